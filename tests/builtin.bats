# SPDX-License-Identifier: MIT
load lib/common

# The builtin of bash, made by `make pidkill.so` where bash's headers are. What it does like the program the
# other files show, with PIDKILL_SO set: make check-builtin.

builtin_so() {
	so=${PIDKILL_SO:-${PIDKILL%/*}/pidkill.so}
	[ -e "$so" ] || skip "needs the builtin: make pidkill.so"
	needs_plain_build
}

in_bash() { # SCRIPT: where pidkill is the builtin, and nothing else is called so
	# shellcheck disable=SC2016
	timeout 60 bash -c 'enable -f "$so" pidkill || exit 99; hash -p /nonexistent pidkill; eval "$0"' "$1" 3>&-
}

setup() {
	builtin_so
	export so
	cd "$BATS_TEST_TMPDIR" || return
	PATH=$BATS_FILE_TMPDIR/bin:$PATH
	# shellcheck disable=SC2034 # start_process adds to it
	children=()
}

@test "the shell's own PID and directory are ordinary targets, and come last" {
	run -0 in_bash 'trap "echo trapped" USR1; pidkill -v -s USR1 $$ /proc/$$ /proc/self 2>&1; echo "status $?"'
	assert_line "trapped"
	assert_line "status 0"
	assert_line "/proc/self: sent SIGUSR1"
	run -0 in_bash 'sleep 1000 >/dev/null & trap "echo last" USR1; pidkill -v -s USR1 $$ $! 2>&1; wait $!; echo "$?"'
	assert_line --index 0 --regexp "^[0-9]+: sent SIGUSR1$"
	assert_line "last"
	assert_line "138"
}

@test "--name skips the shell" {
	run in_bash 'echo $$; pidkill -p --name=bash'
	[ "$(grep -cx "${lines[0]}" <<<"$output")" = 1 ]
}

@test "a descriptor that the shell holds" {
	# shellcheck disable=SC2016
	run -0 in_bash 'sleep 1000 >/dev/null & exec {fd}</proc/$!; pidkill -v --fd=$fd 2>&1; wait $!; echo "$?"; pidkill --fd=$fd; echo "status $?"
		exec {fd}<&-; pidkill --fd=$fd; echo "status $?"'
	assert_line --regexp "^--fd=[0-9]+: sent SIGTERM$"
	assert_line 143
	assert_line --partial "cannot send SIGTERM: No such process"
	assert_line --partial "Bad file descriptor (not open in pidkill"
	[ "$(grep -cx "status 1" <<<"$output")" = 2 ]
}

@test "ten thousand calls leave the shell as it was: descriptors, memory, limits, signals" {
	# shellcheck disable=SC2016
	run -0 in_bash 'sleep 1000 >/dev/null & p=$!; exec 7</proc/$p; echo $p >file; ulimit -Sn 64
		state() { ls /proc/$$/fd; ulimit -Sn; ulimit -Hn; trap; grep -E "^Sig(Blk|Ign|Cgt)|^Threads" /proc/$$/status; }
		calls() { for ((i = 0; i < $1; i++)); do
			pidkill -0 $p; pidkill -0 /proc/$p; pidkill -0 --fd=7; pidkill -0 99999999 2>/dev/null; pidkill 1x 2>/dev/null
			done; }
		others() { for ((i = 0; i < $1; i++)); do
			pidkill --wait=0 -0 $p; pidkill -p $p --name=sleep; pidkill --status $p --pidfile=file; pidkill -l HUP
			pidkill -0 --pidfile=missing; pidkill --if-exe=/bin/true -0 $p; pidkill --if-user=nobody -0 $p; pidkill --bogus; pidkill
			pidkill -0 --pidfile=/dev/null; pidkill -k; pidkill --timeout 1 KILL x; pidkill -L BOGUS; pidkill -d $p; pidkill --identify $p
			pidkill -0 $(yes $p | head -100) --wait=0; pidkill --scope=thread -0 $p; pidkill -q 5 -0 $p
			done >/dev/null 2>&1; }
		rss() { grep VmRSS /proc/$$/status | tr -dc 0-9; }
		calls 200; others 5; before=$(state); low=$(rss)
		calls 1800; others 20; after=$(state); high=$(rss)
		[ "$before" = "$after" ] || { diff <(echo "$before") <(echo "$after"); exit 1; }
		[ $((high - low)) -lt 300 ] || echo "grew by $((high - low)) KiB"
		kill $p'
	assert_output ""
}

@test "set -e, subshells, pipelines, functions and redirections" {
	# shellcheck disable=SC2016
	run -0 in_bash '(set -e; pidkill 99999999; echo not here) 2>/dev/null; echo "subshell $?"
		pidkill -l | head -1; echo "pipe ${PIPESTATUS[0]}"
		f() { pidkill "$@"; }; f -l 9; x=$(pidkill -l TERM); echo "$x"
		pidkill -l 2 >out; cat out; pidkill -l 3 >/dev/full; echo "full $?"
		if pidkill -0 $$; then echo yes; fi; pidkill -0 $BASHPID && (pidkill -0 $BASHPID && echo sub)'
	assert_line "subshell 1"
	assert_line "HUP"
	assert_line --regexp "^pipe (0|1)$"
	assert_line "KILL"
	assert_line "15"
	assert_line "INT"
	assert_line "full 1"
	assert_line "yes"
	assert_line "sub"
}

@test "a closed pipe does not end the shell, and SIGPIPE is what it was" {
	# shellcheck disable=SC2016
	run -0 in_bash 'before=$(grep SigIgn /proc/$$/status); mkfifo p; exec 8<>p 9>p 8<&-
		pidkill -L >&9; echo "status $?"; [ "$before" = "$(grep SigIgn /proc/$$/status)" ] && echo same'
	assert_line "status 1"
	assert_line "same"
}

# shellcheck disable=SC2016
# In SCRIPT: $mask is what the shell blocks, read without a fork, around which it blocks CHLD and more.
mask='get_mask() { local key; while read -r key mask && [ "$key" != SigBlk: ]; do :; done </proc/$$/status; }'
# In SCRIPT: TERM to the shell once it waits.
interrupt='interrupt() { (until grep -q epoll /proc/$$/wchan; do :; done; kill -TERM $$) >/dev/null & }'

@test "an interrupted wait gives the shell back, with its traps" {
	start_process
	[ "$(cat "/proc/$pid/wchan" 2>/dev/null)" != 0 ] || skip "needs /proc/PID/wchan"
	# shellcheck disable=SC2016
	run -0 in_bash "$interrupt; $mask; p=$pid"'; trap "echo trapped" TERM; get_mask; before=$mask
		interrupt; pidkill -0 $p --wait; echo "status $?"; get_mask; [ "$before" = "$mask" ] && echo same'
	assert_line "trapped"
	assert_line "status 143"
	assert_line same
}

@test "an interrupted wait without a trap ends the shell, as an external command's would" {
	start_process
	[ "$(cat "/proc/$pid/wchan" 2>/dev/null)" != 0 ] || skip "needs /proc/PID/wchan"
	run -143 in_bash "$interrupt; interrupt; pidkill -0 $pid --wait; echo not here"
	assert_output ""
}

@test "a signal that comes before the wait, or during a message, ends the wait as well" {
	start_process
	# shellcheck disable=SC2016
	run -0 in_bash "p=$pid"'; trap "echo trapped" USR1 INT; pidkill -s INT $$ $p --timeout 1000000 KILL 2>&1; echo "status $?"' # to itself, before it waits
	assert_line "trapped"
	assert_line "status 130"
}

@test "an interrupted wait in a subshell or pipeline stops the script" {
	start_process
	[ "$(cat "/proc/$pid/wchan" 2>/dev/null)" != 0 ] || skip "needs /proc/PID/wchan"
	local form
	# shellcheck disable=SC2016
	for form in '(pidkill -0 $p --wait)' 'pidkill -0 $p --wait | cat'; do
		run in_bash "p=$pid"'; set -m; bash -c "enable -f $so pidkill; p=$p; '"${form//\$/\\$}"'; echo not here" & child=$!
			until grep -qs epoll /proc/[0-9]*/wchan && [ "$(ps -o pid= --ppid $child | wc -l)" -ge 1 ]; do :; done
			kill -INT -- -$child; wait $child; echo "status $?"'
		refute_line "not here"
		assert_line "status 130"
	done
}

@test "SIGPIPE to the shell is the shell's" {
	start_process
	# shellcheck disable=SC2016
	run -0 in_bash "p=$pid"'; trap "echo trapped" PIPE; pidkill -v -0 $p 2>/dev/null; pidkill -v -PIPE $p $$ 2>/dev/null; echo "status $?"'
	assert_line "trapped"
	assert_line "status 0"
}

@test "messages are in English, whatever the shell's language" {
	needs localedef
	localedef -i de_DE -f UTF-8 "$PWD/de_DE.UTF-8" 2>/dev/null || skip "needs the source of a locale"
	# shellcheck disable=SC2016
	run -1 env LOCPATH="$PWD" LC_ALL=de_DE.UTF-8 bash -c 'enable -f "$so" pidkill; pidkill 99999999'
	assert_output "pidkill: 99999999: cannot send SIGTERM: No such process"
}

@test "waits for the shell's own children, and the shell still knows how they ended" {
	# shellcheck disable=SC2016
	run -0 in_bash 'sleep 1000 >/dev/null & pidkill -v -k 5 $! 2>&1; wait $!; echo "status $?"; (exit 7) & pidkill -0 $! --wait --gone-ok; wait $!; echo "status $?"'
	assert_line --regexp "^[0-9]+: (killed by SIGTERM|gone)$"
	assert_line "status 143"
	assert_line "status 7"
}

@test "without /proc" {
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	# shellcheck disable=SC2016
	run -0 in_bash 'sleep 1000 >/dev/null & p=$!; unshare --mount bash -c "mount -t tmpfs none /proc; enable -f $so pidkill; pidkill -v $p"; wait $p; echo "$?"'
	assert_line 143
}

@test "a million descriptors' worth of limit is not kept" {
	# shellcheck disable=SC2016
	run -0 in_bash 'ulimit -Sn 40; p=$BASHPID; pidkill -0 $(yes $p | head -300); echo "status $?"; ulimit -Sn'
	assert_line "status 0"
	assert_line "40"
}

@test "none of its names clash with bash's" {
	needs_uncounted_build
	needs nm
	run -0 nm -D --defined-only "$so"
	run ! grep -v ' pidkill_' <<<"$output"
}

@test "a signal that came before the wait ends it, and a shell without a trap for it ends by it" {
	start_process
	# shellcheck disable=SC2016
	run -143 in_bash "p=$pid"'; trap "echo bye" EXIT; pidkill -s TERM $$ $p --timeout 1000000 KILL; echo not here'
	assert_output bye
}

# SCRIPT: what an interactive shell is given line by line, where pidkill is the builtin.
in_interactive_bash() {
	# shellcheck disable=SC2016
	printf '%s\n' 'enable -f "$so" pidkill' "$@" | timeout 60 bash --norc --noprofile --noediting -i 2>/dev/null 3>&-
}

@test "an interrupted wait gives an interactive shell its prompt back, whether INT comes before or in it" {
	start_process
	[ "$(cat "/proc/$pid/wchan" 2>/dev/null)" != 0 ] || skip "needs /proc/PID/wchan"
	run -0 in_interactive_bash "pidkill -s INT \$\$ $pid --timeout 1000000 KILL; echo not here" 'echo "status $?"'
	assert_line --partial "status 130"
	refute_output --partial "not here"
	start_process
	run -0 in_interactive_bash "(until grep -q epoll /proc/\$\$/wchan; do :; done; kill -INT \$\$) & pidkill -0 $pid --wait; echo not here" 'echo "status $?"; exit 0'
	assert_line --partial "status 130"
	refute_output --partial "not here"
}

@test "a pidfd that the shell inherited, alone" {
	start_process
	# shellcheck disable=SC2016
	run -0 hold 7 "$pid" -- bash -c 'enable -f "$so" pidkill; pidkill -v -0 --fd=7'
	assert_output "--fd=7: sent signal 0"
}

@test "AT_SECURE: a shell with borrowed privileges does not get the builtin" {
	needs_root
	[[ ,$(findmnt -no OPTIONS -T .), != *,nosuid,* ]] || skip "the temporary directory is mounted nosuid"
	cp "$(type -P bash)" bash.suid
	chmod 4755 bash.suid
	chmod 711 .
	cp "$so" pidkill.so
	# shellcheck disable=SC2016
	run as_user ./bash.suid -p -c 'enable -f "$PWD/pidkill.so" pidkill; echo "status $?"; type -t pidkill; pidkill -0 $$'
	assert_output --partial "will not run with borrowed privileges"
	assert_line "status 1"
	refute_line builtin
}
