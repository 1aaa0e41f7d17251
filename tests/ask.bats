# SPDX-License-Identifier: MIT
load lib/common

@test "-p prints the PIDs of targets of every kind, and sends nothing" {
	start_receiver one
	run -0 pidkill -p "$pid" "/proc/$pid" --fd=7 7<"/proc/$pid"
	assert_output "$pid
$pid
$pid"
	run -0 hold 7 "$pid" -- pidkill --pid --fd=7
	assert_output "$pid"
	assert_nothing_sent one
}

@test "-p of something gone says so, the others are printed" {
	start_process
	gone_pid
	run -64 --separate-stderr pidkill -p "$gone" "$pid"
	assert_output "$pid"
	assert_equal "$stderr" "pidkill: $gone: cannot tell its PID: No such process"
	exec 7<"/proc/$pid"
	kill -KILL "$pid"
	wait "$pid" || true
	run -1 pidkill -p --fd=7
	assert_output "pidkill: --fd=7: cannot tell its PID: No such process"
}

@test "-p tells a zombie's PID, and that of another user's process" {
	start_zombie
	run -0 pidkill -p "$zombie"
	assert_output "$zombie"
	needs_root
	start_process
	run -0 as_user pidkill -p "$pid"
	assert_output "$pid"
}

@test "-p tells our own namespace's number of a process on a foreign procfs" {
	needs_root
	needs_scopes
	needs_namespace
	# shellcheck disable=SC2016
	run -0 unshare --pid --fork --kill-child -- bash -c 'sleep 1000 & echo "$!"
		for dir in /proc/[0-9]*; do [ $dir/ns/pid -ef /proc/self/ns/pid ] && grep -qs "^NSpid:.*\s$!\$" $dir/status && outer=$dir; done
		pidkill -p "$outer"'
	assert_equal "${lines[0]}" "${lines[1]}"
}

@test "-p without any /proc trusts the number that it holds" {
	needs_plain_build
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_process
	# shellcheck disable=SC2016
	run -0 unshare --mount -- sh -c 'mount -t tmpfs none /proc; pidkill -p "$1"' sh "$pid"
	assert_output "$pid"
}

@test "-d shows pending, blocked, ignored and caught signals by name, real-time ones too" {
	start_receiver one 1
	kill -USR1 "$pid"
	pidkill -q 1 -s RTMIN+3 "$pid"
	run -0 pidkill -d "$pid"
	assert_line "$pid: pending (thread): none"
	assert_line "$pid: pending (process): USR1 RTMIN+3"
	assert_line --regexp "^$pid: blocked: HUP INT .* SYS .*RTMIN RTMIN\+1 .* RTMAX$"
	assert_line --regexp "^$pid: ignored: "
	run -0 pidkill --show-process-state --fd=7 7<"/proc/$pid"
	assert_line "--fd=7: pending (process): USR1 RTMIN+3"
}

@test "-d tells what one thread has pending from what its process has" {
	needs_scopes
	start_receiver one
	pidkill --scope=thread -s USR2 "$pid"
	run -0 pidkill -d "$pid"
	assert_line "$pid: pending (thread): USR2"
	assert_line "$pid: pending (process): none"
}

catcher() { # SIGNAL...: a shell that catches them: its number in $pid
	mkfifo ready
	# shellcheck disable=SC2016
	bash -c 'for s; do trap "echo caught $s" "$s"; done; echo "$$" >ready; while :; do read -r -t 1000 _ <>block; done' \
		bash "$@" >caught 3>&- &
	mkfifo block
	children+=($!)
	read -r pid <ready
}

@test "-r sends to a process that catches the signal" {
	catcher USR1 RTMIN+2
	run -0 pidkill -v -r -s USR1 "$pid"
	assert_output "$pid: sent SIGUSR1"
}

@test "-r is right for real-time signals" {
	catcher RTMIN+2
	run -0 pidkill -r -s RTMIN+2 "$pid"
	run -1 pidkill -r -s RTMIN+3 "$pid"
	assert_output "pidkill: $pid: did not send SIGRTMIN+3: it has no handler for it (--require-handler)"
}

@test "-r skips a process without a handler, says so, and that counts as not signalled" {
	start_receiver one
	catcher_pid=$pid
	catcher USR1
	run -64 pidkill --require-handler -s USR1 "$catcher_pid" "$pid"
	assert_output "pidkill: $catcher_pid: did not send SIGUSR1: it has no handler for it (--require-handler)"
	assert_nothing_sent one
}

@test "--dry-run says what would be sent to whom, and sends nothing" {
	start_receiver one
	run -0 pidkill --dry-run -9 "$pid" "/proc/$pid" --fd=7 7<"/proc/$pid"
	assert_output "would send SIGKILL to $pid (receiver)
would send SIGKILL to $pid (receiver)
would send SIGKILL to $pid (receiver)"
	run -0 pidkill --dry-run -q 3 -s RTMIN "$pid"
	assert_output "would send SIGRTMIN to $pid (receiver)"
	assert_nothing_sent one
}

@test "--dry-run finds what would fail: gone, forbidden, uncaught" {
	start_process
	gone_pid
	run -64 --separate-stderr pidkill --dry-run "$gone" "$pid"
	assert_output "would send SIGTERM to $pid (sleep)"
	assert_equal "$stderr" "pidkill: $gone: cannot send SIGTERM: No such process"
	run -1 pidkill --dry-run -r "$pid"
	assert_output "pidkill: $pid: did not send SIGTERM: it has no handler for it (--require-handler)"
	needs_root
	run -1 as_user pidkill --dry-run "$pid"
	assert_output "pidkill: $pid: cannot send SIGTERM: Operation not permitted (it runs as root)"
}

@test "--dry-run names groups, the own group and everybody" {
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'setsid sleep 1000 & until [ "$(ps -o pgid= $! | xargs)" = $! ]; do :; done
		pidkill --dry-run -- -$!; pidkill --dry-run 0; pidkill --dry-run -9 -1; pidkill --dry-run --scope=group $!; kill -0 $! && echo alive'
	assert_line --regexp "^would send SIGTERM to process group [0-9]+$"
	assert_line "would send SIGTERM to the own process group"
	assert_line "would send SIGKILL to every process that may be signalled"
	assert_line alive
}

@test "a hostile name of a process is escaped" {
	local name=$'a\e[2J\n(b) c'
	cp "$(command -v sleep)" "$name"
	"./$name" 1000 3>&- &
	children+=($!)
	until grep -q b "/proc/$!/comm"; do :; done
	run -0 pidkill --dry-run "$!"
	assert_output "would send SIGTERM to $! ('a\\033[2J\\n(b) c')"
}

@test "a failed write of -p, -d or --dry-run is exit 1" {
	[ -w /dev/full ] || skip "needs /dev/full"
	start_process
	local mode
	for mode in -p -d --dry-run; do
		# shellcheck disable=SC2016
		run -1 sh -c 'pidkill "$@" >/dev/full' sh $mode "$pid"
		assert_output "pidkill: cannot write to standard output: No space left on device"
	done
}

@test "-d finds the signals of a process that is in two thousand groups" {
	needs_root
	start_receiver one 0 setpriv --groups="$(seq -s , 1 2000)"
	kill -USR1 "$pid"
	run -0 pidkill -d "$pid"
	assert_line "$pid: pending (process): USR1"
	assert_line --regexp "^$pid: blocked: HUP INT .* RTMAX$"
}

@test "-d of a process that is reaped while it is asked: gone" {
	start_process
	run -1 interpose "kill -KILL $pid; while [ -e /proc/$pid ]; do :; done" -- pidkill -d "$pid"
	assert_output "pidkill: $pid: cannot read its signals: No such process"
}

@test "where the kernel does not tell a pidfd's number, /proc does" {
	start_process
	run -0 deny ioctl=ENOTTY -- pidkill -p "$pid"
	assert_output "$pid"
	run -0 hold 7 "$pid" -- deny ioctl=ENOTTY -- pidkill -p --fd=7
	assert_output "$pid"
	run -0 hold 7 "$pid" -- deny ioctl=ENOTTY -- pidkill --dry-run --fd=7
	assert_output "would send SIGTERM to $pid (sleep)"
}

@test "a directory whose procfs is out of reach has no number, but a name" {
	needs_plain_build
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_process
	mkdir single
	# shellcheck disable=SC2016
	run unshare --mount -- sh -c 'mount --bind "/proc/$1" single; mount -t tmpfs none /proc
		pidkill -p ./single; echo "exit $?"; pidkill --dry-run ./single; echo "exit $?"' sh "$pid"
	assert_output "pidkill: ./single: cannot tell its PID: no /proc shows it
exit 1
would send SIGTERM to ./single (sleep)
exit 0"
}

@test "-d of a number over whose directory another is mounted is refused: it would be a stranger's" {
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_process
	# shellcheck disable=SC2016
	run unshare --mount -- sh -c 'mount --bind /proc/1 "/proc/$1"; pidkill -d "$1"; echo "exit $?"
		deny pidfd_open=ENOSYS -- pidkill -0 "$1"; echo "exit $?"' sh "$pid"
	assert_output "pidkill: $pid: cannot read its signals: no /proc shows it
exit 1
pidkill: $pid: cannot send signal 0: Function not implemented (pidfd_open(2) is missing or filtered, and no /proc of this PID namespace is mounted)
exit 1"
}

@test "--dry-run says that it is a thread" {
	needs_scopes
	start_receiver one 1
	run -0 pidkill --dry-run --scope=thread "${receiver_threads[one]}"
	assert_output "would send SIGTERM to thread ${receiver_threads[one]} (receiver)"
	assert_nothing_sent one
}

@test "--dry-run with --cont sends no CONT either" {
	start_receiver one
	run -0 pidkill --dry-run --cont -s USR1 "$pid"
	assert_output "would send SIGUSR1 to $pid (receiver)"
	assert_nothing_sent one
}

@test "-v adds nothing to an answer" {
	start_process
	run -0 pidkill -v -p "$pid"
	assert_output "$pid"
	run -0 pidkill -v --dry-run "$pid"
	assert_output "would send SIGTERM to $pid (sleep)"
}

@test "a failed write does not hide that a target is gone: exit 64, and both are said" {
	[ -w /dev/full ] || skip "needs /dev/full"
	start_process
	gone_pid
	# shellcheck disable=SC2016
	run -64 sh -c 'pidkill -p "$@" >/dev/full' sh "$gone" "$pid"
	assert_output "pidkill: $gone: cannot tell its PID: No such process
pidkill: cannot write to standard output: No space left on device"
}
