# SPDX-License-Identifier: MIT
load lib/common

@test "AT_SECURE: a set-user-ID copy refuses to run" {
	needs_root
	cp "$(type -P pidkill)" pidkill.suid
	chmod 4755 pidkill.suid
	chmod 711 .
	mount_allows_suid || skip "the temporary directory is mounted nosuid"
	start_receiver one
	local environment
	# the loader takes some variables out, and moves what lies behind them
	for environment in HOME=/ "LD_PRELOAD=x" "LD_LIBRARY_PATH=/x A=1" "A=1 LD_PRELOAD=x B=1 LD_AUDIT=x GCONV_PATH=x C=1 TMPDIR=/"; do
		# shellcheck disable=SC2086
		run -1 as_user env -i $environment ./pidkill.suid -0 "$pid"
		assert_output --partial "pidkill: will not run with borrowed privileges"
	done
	run -1 as_user env -i ./pidkill.suid -0 "$pid"
	assert_output --partial "pidkill: will not run with borrowed privileges"
	assert_nothing_sent one
}

mount_allows_suid() {
	[[ ,$(findmnt -no OPTIONS -T .), != *,nosuid,* ]]
}

@test "AT_SECURE: a copy with file capabilities refuses to run" {
	needs_root
	needs setcap
	cp "$(type -P pidkill)" pidkill.cap
	setcap cap_kill+ep pidkill.cap || skip "no file capabilities here"
	mount_allows_suid || skip "the temporary directory is mounted nosuid"
	start_receiver one
	run -1 as_user ./pidkill.cap "$pid"
	assert_output --partial "pidkill: will not run with borrowed privileges"
	assert_nothing_sent one
}

@test "with descriptors 0 to 5 closed in every combination, none of pidkill's own is taken for one" {
	start_receiver one
	local mask fd closed status
	for mask in {0..63}; do
		closed=
		for fd in 0 1 2 3 4 5; do
			((mask >> fd & 1)) && closed+=" $fd>&-"
		done
		# Those that are closed fail, though pidkill holds two processes of its own meanwhile, and so do those
		# that are open on something else: only the two are signalled.
		status=0
		eval "pidkill -0 $pid /proc/$pid --fd=0 --fd=1 --fd=2 --fd=3 --fd=4 --fd=5 \
			0</dev/null 1>/dev/null 2>/dev/null 3</dev/null 4</dev/null 5</dev/null $closed" || status=$?
		assert_equal "$mask $status" "$mask 64"
		((mask & 4)) && continue
		eval "pidkill -0 /proc/$pid --fd=0 --fd=1 --fd=2 --fd=3 --fd=4 --fd=5 $pid \
			0</dev/null 1>/dev/null 2>err 3</dev/null 4</dev/null 5</dev/null $closed" || true
		assert_equal "$(grep -c ': Bad file descriptor' err)" 6
	done
	assert_nothing_sent one
}

@test "what pidkill holds never lies at 0 to 2: messages do not go into it" {
	needs_plain_build
	needs strace
	start_process
	run -0 strace -f -qq -o trace -e trace=fcntl,pidfd_open,pidfd_send_signal sh -c "exec pidkill -0 $pid 0<&- 1<&- 2<&-"
	run ! grep -E 'pidfd_send_signal\([012],' trace
	grep -q 'F_DUPFD_CLOEXEC, 3' trace
}

@test "everything that pidkill opens is close-on-exec" {
	needs_plain_build
	needs strace
	start_receiver one 1
	run strace -qq -o trace -e trace=open,openat,pidfd_open,fcntl,dup,dup2,dup3 pidkill -0 "$pid" "/proc/$pid" "/proc/$pid/task/$pid" /proc "${receiver_threads[one]}"
	run ! grep -E 'open(at)?\(.*(O_RDONLY|O_PATH)' <(grep -v O_CLOEXEC trace)
	run ! grep -E 'dup|F_DUPFD,' trace
}

@test "the inherited descriptor is left as it was" {
	needs_plain_build
	start_process
	# shellcheck disable=SC2016
	run -0 sh -c 'exec 7</proc/'"$pid"'; before=$(cat /proc/self/fdinfo/7); pidkill -0 --fd=7 --fd=7
		[ "$before" = "$(cat /proc/self/fdinfo/7)" ]; pidkill -0 --fd=7'
	needs strace
	run -0 strace -qq -o trace -e trace=close,fcntl pidkill -0 --fd=7 7<"/proc/$pid"
	run ! grep -E 'close\(7\)|\(7, F_SET' trace
}

@test "more targets than descriptors: the limit is raised" {
	start_receiver one
	local targets
	targets=$(yes "$pid" | head -100)
	# shellcheck disable=SC2016,SC2086
	run -0 sh -c 'ulimit -S -n 16; pidkill -s USR1 "$@"' sh $targets
	assert_got one "10 .*"
}

@test "more targets than the limit can be raised to: nothing is sent, and xargs is named" {
	start_receiver one
	local targets
	targets=$(yes "$pid" | head -100)
	# shellcheck disable=SC2086
	run -1 as_user prlimit --nofile=32:32 pidkill -s USR1 $targets
	assert_output --regexp "^pidkill: nothing was sent, the targets can't all be held at once: Too many open files \(the limit is 32 descriptors; 'xargs -n' makes smaller lots\)$"
	assert_nothing_sent one
}

@test "ten thousand targets, where the hard limit allows" {
	[ "$(ulimit -H -n)" = unlimited ] || [ "$(ulimit -H -n)" -gt 10100 ] || needs_root
	start_process
	# shellcheck disable=SC2046
	run -0 pidkill -0 $(yes "$pid" | head -10000)
}

@test "every target is held before the first signal: a second that is replaced in between is gone" {
	needs_set_tid
	cp "$BATS_TEST_DIRNAME/helpers/replaced.sh" .
	run -0 in_namespace 'bash replaced.sh' 2>&1
	assert_line --regexp "^pidkill: [0-9]+: cannot send SIGUSR1: No such process$"
	assert_line "the stranger has the number and got nothing"
}

@test "a target that is pidkill itself, or its group, comes last" {
	start_receiver one
	# shellcheck disable=SC2016
	run -143 sh -c 'exec pidkill $$ "$@"' sh "$pid"
	assert_got one "15 .*"
	rm one.*
	needs_scopes
	start_receiver one
	# shellcheck disable=SC2016
	run -143 setsid --wait bash -c 'pidkill -v --scope=group -TERM $$; :' 3>&-
	# shellcheck disable=SC2016
	run setsid --wait bash -c 'pidkill -v -TERM -- -$$ "$1"; :' bash "$pid" 3>&-
	assert_line "$pid: sent SIGTERM"
	assert_got one "15 .*"
}

own_group_last() { # WORDS: what reaches the own group comes before the receiver, which gets its signal all the same
	start_receiver r
	run -143 setsid --wait bash -c "$1"'; :' bash "$pid" 3>&-
	assert_got r "15 .*"
	rm r.*
}

@test "the own group comes last also where it is told by a scope, by flags, or can't be told" {
	needs_scopes
	# PROCESS_GROUP for all: the receiver's group is its own
	set -m
	# shellcheck disable=SC2016
	own_group_last 'pidkill --scope=group -TERM $$ "$1"'
	# shellcheck disable=SC2016
	own_group_last 'pidkill --flags=4 -TERM $$ "$1"'
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	needs_plain_build
	# shellcheck disable=SC2016
	own_group_last 'unshare --mount sh -c "mount -t tmpfs none /proc; pidkill --scope=group -TERM $$ $1"'
	set +m
}

@test "what is read later has its descriptors: the limit is raised, or nothing is done at all" {
	start_process
	local mode limit
	for mode in -d -p --dry-run "-r -s USR1" "--scope=group -0"; do
		for limit in 6 7 8 9 10 11 12 13; do
			# shellcheck disable=SC2016
			run sh -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -S -n '$limit'; exec pidkill '"$mode"' "$@"' sh "$pid" "$pid" "$pid"
			refute_output --partial "Too many open files"
			refute_output --partial "No such process"
			# shellcheck disable=SC2016
			run as_user sh -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n '$limit'; exec pidkill '"$mode"' "$@"' sh "$pid" "$pid" "$pid"
			refute_output --partial "No such process"
			[[ $output != *"Too many open files"* || $output == *"nothing was sent"* ]] || fail "$mode $limit: $output"
		done
	done
}

@test "a PID that was reused while the shell held the directory: kill hits the stranger, pidkill says ESRCH" {
	needs_set_tid
	# shellcheck disable=SC2016
	run -0 in_namespace 'set -e
		sleep 1000 & old=$!
		exec 7</proc/$old
		kill -9 $old; wait $old || true
		mkfifo ready control
		spawn_as $old receiver ready 0 <>control >got &
		read -r stranger <ready
		[ "$stranger" = "$old" ]
		pidkill -s USR1 --fd=7 2>&1 || echo "exit $?"
		echo "pending: $(grep ShdPnd /proc/$old/status)"
		kill -s USR2 $old
		echo "pending: $(grep ShdPnd /proc/$old/status)"'
	assert_line "pidkill: --fd=7: cannot send SIGUSR1: No such process"
	assert_line "exit 1"
	assert_line "pending: ShdPnd:	0000000000000000"
	assert_line "pending: ShdPnd:	0000000000000800"
}
