# SPDX-License-Identifier: MIT
load lib/common

# On every kernel a feature works, or pidkill says which version has it: and then this one is older.

# works VERSION REASON COMMAND...: true where it does. Where it does not, it has failed with REASON.
works() {
	local version=$1 reason=$2
	shift 2
	run "$@"
	[ "$status" != 0 ] || return 0
	assert_output --partial "$reason"
	refute_output --partial "sent "
	older "$version" || fail "$(uname -r) is not older than $version: $output"
	return 1
}

older() { # VERSION: than it this kernel is
	[ "$(printf '%s\n' "$1" "$(uname -r)" | sort -V | head -1)" != "$1" ]
}

@test "Linux 6.9: --scope=process" {
	start_receiver one
	if works 6.9 "Invalid argument (this kernel lacks --scope (Linux 6.9))" pidkill --scope=process -s USR1 "$pid"; then
		assert_got one "10 code=0 .*"
	else
		assert_nothing_sent one
	fi
}

@test "Linux 6.9: --scope=thread, by number and by directory" {
	start_receiver one 1
	local target
	for target in "${receiver_threads[one]}" "/proc/$pid/task/${receiver_threads[one]}"; do
		works 6.9 "this kernel lacks --scope (Linux 6.9)" pidkill --scope=thread -s RTMIN "$target" || local lacks=yes
	done
	receiver_stop one
	assert_equal "$(grep -c '^got 34 code=-6 .* thread=1$' <<<"$got")" "$([ "${lacks-}" ] && echo 0 || echo 2)"
	[ -z "${lacks-}" ] || assert_equal "$got" ""
}

@test "Linux 6.9: --scope=group, and a value for a group" {
	set -m
	start_receiver one 0 setsid
	set +m
	if works 6.9 "this kernel lacks --scope (Linux 6.9)" pidkill --scope=group -s RTMIN "$pid"; then
		run -0 pidkill -q 5 -s RTMIN -- "-$pid"
		receiver_stop one
		assert_equal "$(cut -d' ' -f2,3 <<<"$got")" "34 code=0
34 code=-1"
	else
		run -1 pidkill -q 5 -s RTMIN -- "-$pid"
		assert_output --partial "no value reaches this process group (its leader is gone, or the kernel is older than Linux 6.9)"
		run -0 pidkill -s USR1 -- "-$pid" # by kill(2)
		assert_got one "10 code=0 .*"
	fi
}

@test "Linux 6.9: --flags" {
	start_process
	works 6.9 "Invalid argument (this kernel does not know these flags)" pidkill -0 --flags=2 "$pid" || :
	run -1 pidkill -0 --flags=8 "$pid"
	assert_output "pidkill: $pid: cannot send signal 0: Invalid argument (this kernel does not know these flags)"
}

@test "Linux 6.9: identities, written and read" {
	start_receiver one
	if works 6.9 "Linux 6.9" pidkill --identify "$pid"; then
		run -0 pidkill -s USR1 "$output"
		assert_got one "10 .*"
	else
		run -1 pidkill -s USR1 "$pid:5"
		assert_output --partial "Linux 6.9"
		assert_nothing_sent one
	fi
}

@test "Linux 6.15: how a process ended that was reaped before it was asked" {
	needs_root
	mkfifo end
	# shellcheck disable=SC2016
	bash -c 'read -r _ <end; exit 7' 3>&- &
	pid=$!
	children+=("$pid")
	mkfifo -m 666 ready
	# shellcheck disable=SC2016
	as_user bash -c 'echo $$ >ready; exec pidkill -0 --exit-status "$1"' bash "$pid" 2>said 3>&- &
	local job=$! waiter status=0
	children+=("$job")
	read -r waiter <ready
	until grep -qs '^SigBlk:.*4...$' "/proc/$waiter/status" && grep -qs ') S' "/proc/$waiter/stat"; do :; done
	echo >end
	wait "$pid" || :
	wait "$job" || status=$?
	[ "$status" != 7 ] || return 0
	assert_equal "$status" 125
	older 6.15
	grep -q "its exit status can't be learnt" said
	grep -q "Linux 6.15" said
}

@test "every kernel: a PID, a directory, a descriptor, a value, a wait, a status" {
	start_receiver one
	run -0 pidkill -q 5 -s RTMIN "$pid" "/proc/$pid" --fd=7 7<"/proc/$pid"
	run -0 pidkill --status "$pid"
	receiver_stop one
	assert_equal "$(grep -c '^got 34 code=-1 .*int=5 ' <<<"$got")" 3
	start_process
	run -0 pidkill -v "$pid" --wait
	assert_line --regexp "^$pid: (killed by SIGTERM|gone)\$" # the shell reaps: before Linux 6.15 it may be too late to ask
}
