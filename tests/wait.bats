# SPDX-License-Identifier: MIT
load lib/common

# A process that ignores TERM.
start_stubborn() {
	mkfifo ready.stubborn
	bash -c 'trap "" TERM; echo >ready.stubborn; exec sleep 1000' 3>&- &
	pid=$!
	children+=("$pid")
	read -r _ <ready.stubborn
	rm ready.stubborn
}

# $waiter polls, with TERM blocked.
is_waiting() {
	grep -qs '^SigBlk:.*4...$' "/proc/$waiter/status" && grep -qs ') S' "/proc/$waiter/stat"
}

# start_wait PREFIX ARGUMENT...: pidkill, run by PREFIX (as_user, or nothing), that is in its wait when
# this returns: $waiter is its number, $job is what to wait for.
start_wait() {
	local prefix=$1 tries=0
	shift
	mkfifo -m 666 ready.wait
	# shellcheck disable=SC2016
	$prefix bash -c 'echo $$ >ready.wait; exec pidkill "$@"' bash "$@" 3>&- &
	job=$!
	children+=("$job")
	read -r waiter <ready.wait
	rm ready.wait
	until is_waiting; do
		((++tries < 1000)) || fail "it does not wait"
	done
}

@test "--wait returns when every target has exited" {
	start_process
	local first=$pid
	start_process
	run -0 pidkill "$first" "$pid" --wait
	refute_output
	run ! grep -qs ') [^Z]' "/proc/$first/stat" "/proc/$pid/stat"
}

@test "-v says how each ended" {
	start_process
	run -0 pidkill -v "$pid" --wait
	assert_line --index 0 "$pid: sent SIGTERM"
	assert_line --index 1 "$pid: killed by SIGTERM"
	start_zombie 3
	run -0 pidkill -0 -v "$zombie" --wait
	assert_line --index 1 "$zombie: exited with status 3"
}

@test "a core dump is told" {
	local pattern
	pattern=$(cat /proc/sys/kernel/core_pattern)
	[[ $pattern != \|* && $pattern != /* ]] || skip "cores go elsewhere: $pattern"
	mkfifo ready
	bash -c 'ulimit -c unlimited && echo yes >ready && exec sleep 1000; echo no >ready' 3>&- &
	children+=($!)
	local possible
	read -r possible <ready
	[ "$possible" = yes ] || skip "core dumps are not allowed here"
	run -0 pidkill -v -SEGV "$!" --wait
	assert_line "$!: killed by SIGSEGV, dumped core"
}

@test "-0 --wait only waits, also for a process that may not be signalled" {
	needs_root
	start_process
	start_wait as_user -0 "$pid" --wait
	kill -KILL "$pid"
	wait "$job"
}

@test "a zombie has exited, even if nobody ever reaps it" {
	start_zombie
	run -0 pidkill -0 "$zombie" --wait
	run -0 pidkill -0 "/proc/$zombie" --wait
	run -0 pidkill -0 --fd=7 --fd=7 --wait 7<"/proc/$zombie"
}

@test "a wait goes with every kind of handle, and with one that is inherited twice" {
	start_process
	run -0 pidkill "/proc/$pid" --wait
	start_process
	run -124 pidkill -0 --fd=7 --fd=7 --wait=0 7<"/proc/$pid"
	assert_equal "$output" "pidkill: --fd=7: still running
pidkill: --fd=7: still running"
	run -124 hold 7 "$pid" -- pidkill -0 --fd=7 --fd=7 --wait=0
	run -0 hold 7 "$pid" -- pidkill --fd=7 --wait
}

@test "an interrupted wait is no success for the init of a namespace, which survives the signal" {
	needs_namespace
	# shellcheck disable=SC2016
	run -143 in_namespace 'sleep 1000 & sleeper=$!; mkfifo go; (read -r _ <go; until grep -qx pidkill /proc/1/comm && grep -q "^SigBlk:.*4...\$" /proc/1/status; do :; done
		kill -TERM 1) & echo >go; exec pidkill -0 "$!" "$sleeper" --wait'
}

@test "--cont wakes one's own group too" {
	needs strace
	needs_plain_build
	run setsid --wait strace -qq -o trace -e trace=kill pidkill --cont -TERM 0 3>&-
	grep -q 'kill(0, SIGCONT) *= 0' trace
}

@test "-k kills what is still there, and only that" {
	start_stubborn
	local stubborn=$pid
	start_process
	run -0 pidkill -v -k 2 "$stubborn" "$pid"
	assert_line "$pid: killed by SIGTERM"
	assert_line "$stubborn: still running after 2s, sent SIGKILL"
	assert_line "$stubborn: killed by SIGKILL"
	refute_line "$pid: still running after 2s, sent SIGKILL"
}

@test "--timeout sends one signal after the other, each with the value, and is done after the last" {
	start_receiver one
	run -0 pidkill -v -q 42 -s RTMIN --timeout 10 RTMIN+1 --timeout 15ms RTMIN+2 "$pid"
	assert_line "$pid: still running after 10ms, sent SIGRTMIN+1"
	assert_line "$pid: still running after 25ms, sent SIGRTMIN+2"
	receiver_stop one
	assert_equal "$(sed 's/got \([0-9]*\) code=\([-0-9]*\) .*int=\([0-9]*\) .*/\1 \2 \3/' <<<"$got")" "34 -1 42
35 -1 42
36 -1 42"
}

@test "--timeout with --wait waits to the end" {
	start_stubborn
	run -0 pidkill -v --timeout 10 INT --timeout 10 KILL "$pid" --wait
	assert_line "$pid: killed by SIGKILL"
}

@test "the schedule runs for all targets at once: a thousand of them" {
	needs_plain_build
	mkfifo ready
	crowd ready 1000 3>&- &
	children+=($!)
	local pids start=$SECONDS
	read -r pids <ready
	# shellcheck disable=SC2086
	run -0 pidkill --kill-after=0.3 $pids
	[ $((SECONDS - start)) -lt 60 ]
	wait "${children[-1]}"
}

@test "one target's failure does not end another's schedule" {
	gone_pid
	start_stubborn
	run -64 pidkill -v -k 0.1 "$gone" "$pid" "$gone"
	assert_line "$pid: killed by SIGKILL"
}

@test "exit 124 when something still runs at the end of the wait, which wins over 64" {
	start_process
	run -124 pidkill -0 --wait=0.05 "$pid"
	assert_output "pidkill: $pid: still running after 50ms"
	gone_pid
	run -124 pidkill -0 --wait=50ms "$pid" "$gone"
}

@test "--wait=0 looks once" {
	start_process
	run -124 pidkill -0 --wait=0 "$pid"
	start_zombie
	run -0 pidkill -0 --wait=0 "$zombie"
	# more than one look of the kernel's takes
	# shellcheck disable=SC2046
	run -0 pidkill -0 --wait=0 $(yes "$zombie" | head -200)
}

@test "--cont wakes a stopped process, so that it can act on the signal" {
	mkfifo ready
	mkfifo block
	bash -c 'trap "exit 5" TERM; echo >ready; while :; do read -r -t 1000 _ <>block; done' 3>&- &
	children+=($!)
	read -r _ <ready
	until grep -q ') S' "/proc/$!/stat"; do :; done # it reads: between two commands bash could miss the signal
	kill -STOP "$!"
	until grep -q ') T' "/proc/$!/stat"; do :; done
	run -0 pidkill -v --cont "$!" --wait
	assert_line "$!: exited with status 5"
}

@test "--cont sends no CONT after signals that it would undo" {
	local signal
	start_receiver one
	for signal in 0 CONT TSTP TTIN TTOU; do
		pidkill --cont -s $signal "$pid"
	done
	run -0 pidkill --cont -s USR1 "$pid"
	receiver_stop one
	# CONT removes pending stop signals, as the kernel does
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "10 18"
}

@test "--exit-status exits as the target did" {
	start_process
	run -143 pidkill -TERM --exit-status "$pid"
	start_process
	run -137 pidkill --exit-status -s KILL "/proc/$pid"
	start_zombie 7
	run -7 pidkill -0 --exit-status "$zombie"
}

@test "--exit-status learns a status of 7 from a process that is reaped during the wait, as another user" {
	mkfifo end
	bash -c 'read -r _ <end; exit 7' 3>&- &
	pid=$!
	children+=("$pid")
	start_wait as_user -0 --exit-status "$pid"
	local status=0
	echo >end
	wait "$pid" || true
	wait "$job" || status=$?
	[ "$status" = 7 ] || [ "$status" = 125 ]
	kernel_tells_endings || skip "needs Linux 6.15"
	assert_equal "$status" 7
}

# PIDFD_INFO_EXIT
kernel_tells_endings() {
	local release
	release=$(uname -r)
	[ "$(printf '%s\n' 6.15 "$release" | sort -V | head -1)" = 6.15 ]
}

@test "an ending of pidkill's own child is told" {
	# shellcheck disable=SC2016
	run -6 bash -c 'sh -c '\''until read -r comm </proc/$PPID/comm && [ "$comm" = pidkill ]; do :; done; exit 6'\'' &
		exec pidkill -0 --exit-status "$!"'
}

@test "--exit-status never takes another user's zombie for a success" {
	needs_root
	start_zombie 7
	run -125 as_user pidkill -0 --exit-status "$zombie"
	assert_output --regexp "^pidkill: $zombie: ended: its exit status can't be learnt"
	run -0 as_user pidkill -0 -v "$zombie" --wait
	assert_line "$zombie: gone"
}

@test "--exit-status: 124 timed out, 125 a failure of pidkill's own" {
	start_process
	run -124 pidkill -0 --exit-status --wait=0 "$pid"
	gone_pid
	run -125 pidkill -0 --exit-status "$gone"
	assert_output "pidkill: $gone: cannot send signal 0: No such process"
}

@test "INT, TERM and HUP end the wait: pidkill dies of that signal, and sends nothing more" {
	local signal status
	# a background job of a shell without job control ignores INT: not with -m
	set -m
	for signal in 2 15 1; do
		start_stubborn
		start_wait '' -k 1000 "$pid"
		kill -s $signal "$waiter"
		status=0
		wait "$job" || status=$?
		assert_equal "$status" $((128 + signal))
		grep -q ') S' "/proc/$pid/stat"
	done
	set +m
}

@test "a signal that was ignored at the start stays ignored" {
	start_stubborn
	trap '' HUP
	start_wait '' -k 1000 "$pid"
	trap - HUP
	kill -HUP "$waiter"
	kill -KILL "$pid"
	wait "$job"
}

# on_terminal REGEXP SCRIPT: what a terminal shows of SCRIPT, once there is a line with REGEXP and until ^C: the file screen.
on_terminal() {
	needs script
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "needs a pseudo-terminal"
	rm -f keys
	mkfifo keys
	exec 8<>keys
	echo "$2" >inner
	set -m # or it would ignore INT
	script -qfec "bash inner" /dev/null <keys >screen 3>&- &
	set +m
	children+=($!)
	until grep -qsaE "$1" screen; do
		[ -e "/proc/$!" ] || fail "$(cat -v screen)"
	done
	printf '\003' >&8
	wait "$!" || true
}

@test "on a terminal: a line says what is waited for, it goes, and ^C stops the script around it" {
	start_process
	on_terminal "waiting for 1: sleep $pid; giving up in" "pidkill -0 $pid --wait=1000; echo never"
	run ! grep -q never screen
	grep -q $'\r\e\[K' screen
}

@test "no terminal, no line" {
	start_process
	run -124 pidkill -0 --wait=1.2 "$pid"
	assert_output "pidkill: $pid: still running after 1.2s"
}

@test "between the last signal and the end there are no wake-ups without cause" {
	needs strace
	needs_plain_build
	needs_uncounted_build
	start_process
	# shellcheck disable=SC2046
	run -124 strace -qq -o trace pidkill -0 --wait=1 $(yes "$pid" | head -100)
	assert_equal "$(grep -cE 'epoll_p?wait' trace)" 1
	assert_equal "$(awk '/epoll_p?wait/ { on = 1 } on' trace | grep -cv 'close\|write\|exit\|rt_sig\|munmap')" 1
}

@test "a wait whose messages nobody reads still ends by INT" {
	needs_plain_build
	start_process
	mkfifo full
	exec 8<>full
	dd if=/dev/zero of=full bs=4096 oflag=nonblock 2>/dev/null || true # until it is
	(set -m; exec pidkill -v -0 --wait --timeout 1 CONT "$pid" 2>&8) &
	children+=($!)
	until grep -q pipe_write "/proc/$!/wchan" 2>/dev/null || grep -qx 'write.*' "/proc/$!/syscall" 2>/dev/null || [ "$(cut -d' ' -f1 "/proc/$!/syscall" 2>/dev/null)" = 1 ]; do :; done
	kill -TERM "$!"
	local status=0
	wait "$!" || status=$?
	assert_equal "$status" 143
}

@test "ten thousand targets can be waited for, where the hard limit allows" {
	[ "$(ulimit -H -n)" = unlimited ] || [ "$(ulimit -H -n)" -gt 10100 ] || needs_root
	start_zombie
	# shellcheck disable=SC2046
	run -0 pidkill -0 $(yes "$zombie" | head -10000) --wait
}

@test "where the descriptors do not suffice for a wait, that is said before anything is sent" {
	needs_plain_build
	start_receiver one
	local limit targets
	targets=$(yes "$pid" | head -20)
	for limit in 20 22 23 24; do
		# shellcheck disable=SC2086
		run -1 as_user prlimit --nofile=$limit:$limit pidkill -s USR1 --wait=0 $targets
		assert_output --regexp "^pidkill: nothing was sent, "
	done
	assert_nothing_sent one
	start_process
	# shellcheck disable=SC2016,SC2046
	run -124 sh -c 'ulimit -S -n 24; pidkill -0 --wait=0 "$@"' sh $(yes "$pid" | head -20)
}

@test "a wait needs pidfd_open, and says so" {
	start_process
	run -1 deny pidfd_open=ENOSYS -- pidkill "$pid" --wait
	assert_output "pidkill: $pid: cannot send SIGTERM: Function not implemented (a wait needs pidfd_open(2) (Linux 5.3))"
	grep -q ') S' "/proc/$pid/stat"
}

@test "where the kernel does not tell an ending, that of pidkill's own child is told all the same" {
	mkfifo ready go
	# shellcheck disable=SC2016
	bash -c 'sh -c "read -r _ <go; exit 6" & echo $$ >ready; exec deny ioctl=ENOTTY -- pidkill -0 --exit-status "$!"' 3>&- &
	local job=$! waiter status=0
	children+=("$job")
	read -r waiter <ready
	until is_waiting; do :; done
	echo >go
	wait "$job" || status=$?
	assert_equal "$status" 6
	# shellcheck disable=SC2016
	run -0 bash -c 'sleep 1000 >/dev/null & exec deny ioctl=ENOTTY -- pidkill -v -KILL "$!" --wait'
	assert_line --regexp "^[0-9]+: killed by SIGKILL$"
}

@test "another user's zombie that does not tell how it ended gets no further signal, and is gone at the end of any wait" {
	needs_root
	start_zombie 7
	run -0 as_user pidkill -v -0 -k 0.01 "$zombie"
	assert_output "$zombie: only waited for: Operation not permitted
$zombie: gone"
	run -0 as_user pidkill -v -0 --wait=0.01 "$zombie"
	assert_output "$zombie: only waited for: Operation not permitted
$zombie: gone"
	run -0 as_user pidkill -v -0 --timeout 1 KILL "$zombie"
	assert_output "$zombie: only waited for: Operation not permitted
$zombie: gone"
	start_process
	run -124 as_user pidkill -v -0 --wait=2 "$zombie" "$pid" # longer than the grace
	assert_output "$zombie: only waited for: Operation not permitted
$pid: only waited for: Operation not permitted
$zombie: gone
pidkill: $pid: still running after 2s"
}

@test "a wait of a thousand days, or beyond all time, ends when the process does" {
	local limit
	for limit in 1000d 9223372036854775807ms; do
		start_process
		start_wait '' -0 --wait=$limit "$pid"
		kill -KILL "$pid"
		wait "$job"
	done
}

@test "--cont of a process that the signal has ended is a success" {
	start_process
	run -0 interpose "while [ -e /proc/$pid ]; do :; done" -- pidkill --cont -TERM "$pid"
	assert_output ""
}

@test "a step that finds its target gone is no failure" {
	needs_failing
	start_receiver one
	run -0 failing pidfd_send_signal error=ESRCH:when=2 "" pidkill -v -0 --timeout 1 USR1 "$pid"
	assert_nothing_sent one
}

@test "a step that is refused ends the schedule of its target alone" {
	needs_failing
	start_process
	local other=$pid
	start_process
	run -64 failing pidfd_send_signal error=EPERM:when=3 "" pidkill -v -0 -k 0.01 "$other" "$pid"
	assert_line "pidkill: $other: cannot send SIGKILL: Operation not permitted (it runs as $(id -un))"
	assert_line "$pid: killed by SIGKILL"
	grep -q ') S' "/proc/$other/stat"
}

@test "--exit-status whose words can't be written is exit 125, not the target's 0" {
	[ -w /dev/full ] || skip "needs /dev/full"
	start_zombie 0
	# shellcheck disable=SC2016
	run -0 sh -c 'pidkill -0 --exit-status "$1" 2>/dev/full' sh "$zombie"
	# shellcheck disable=SC2016
	run -125 sh -c 'pidkill -v -0 --exit-status "$1" 2>/dev/full' sh "$zombie"
}

@test "a directory whose process is reaped while it becomes a pidfd is gone, what it was opened by is not signalled" {
	needs_failing
	start_receiver one
	run -1 failing "$opens" error=ESRCH stat pidkill -s USR1 --wait "/proc/$pid"
	assert_output "pidkill: /proc/$pid: cannot send SIGUSR1: No such process"
	assert_nothing_sent one
}

@test "a process outside pidkill's PID namespace is not waited for" {
	needs_root
	needs_namespace
	start_process
	run -1 unshare --pid --fork --kill-child -- pidkill -0 --wait "/proc/$pid"
	assert_output "pidkill: /proc/$pid: cannot send signal 0: can't be turned into a pidfd (its procfs is of another PID namespace and tells too little)"
}

@test "a wait that can't have its descriptors, or memory of the kernel's, sends nothing" {
	needs_failing
	start_receiver one
	local call
	for call in epoll_create1 signalfd4 epoll_ctl; do
		run -1 failing $call error=ENOMEM "" pidkill -s USR1 --wait=0 "$pid"
		assert_output "pidkill: nothing was sent, the targets can't be waited for: Cannot allocate memory"
	done
	run -125 failing epoll_create1 error=EMFILE "" pidkill -USR1 --exit-status "$pid"
	assert_output "pidkill: nothing was sent, the targets can't be waited for: Too many open files"
	run -1 failing fcntl error=ENFILE:when=2 "" pidkill -s USR1 --wait=0 --fd=7 7<"/proc/$pid"
	assert_output "pidkill: nothing was sent, the targets can't all be held at once: Too many open files in system (fs.file-max is the system's limit)"
	assert_nothing_sent one
}

@test "with stdin closed nothing of a wait lies there, however few descriptors there are" {
	needs_plain_build
	start_receiver one
	local limit
	for limit in {3..20}; do
		# shellcheck disable=SC2016
		run as_user sh -c 'exec 0<&- 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n "$1"; exec pidkill -0 --wait=0 "$2"' sh "$limit" "$pid"
		[[ $status = 124 || $status = 1 && $output == *"nothing was sent"* || $limit -lt 5 ]] || [ "$EUID" = 0 ] || fail "$limit: exit $status: $output"
		# shellcheck disable=SC2016
		run sh -c 'exec 0<&- 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -Sn "$1"; exec pidkill -0 --wait=0 "$2"' sh "$limit" "$pid"
		[ "$limit" -lt 5 ] || assert_equal "$limit: $status $output" "$limit: 124 pidkill: $pid: still running"
	done
	assert_nothing_sent one
}

@test "on a terminal: the first names of many, the next signal, and no more than fits" {
	start_process
	local first=$pid
	start_process
	start_zombie
	on_terminal "waiting for 3: sleep $first, sleep $pid, sleep $first; SIGKILL in [0-9]+s" \
		"stty cols 200; exec pidkill -0 -k 1000 $zombie $first $pid $first"
	on_terminal "waiting for 4: sleep $first, sleep $first, sleep $pid, \.\.\." \
		"stty cols 200; exec pidkill -0 $first $first $pid $pid --wait"
	run ! grep -aq 'giving up' screen
	on_terminal $'waiting for 1: slee\e' "stty cols 20; exec pidkill -0 $first --wait"
}
