# SPDX-License-Identifier: MIT
load lib/common

refuses() { # TARGET TEXT [signal]: exit 1 and exactly this
	assert_output "pidkill: $1: cannot send ${3:-SIGTERM}: $2"
}

@test "EPERM: another user's process, and whose it is" {
	needs_root
	start_process
	run -1 as_user pidkill "$pid"
	refuses "$pid" "Operation not permitted (it runs as root)"
	run -1 as_user pidkill "/proc/$pid"
	refuses "/proc/$pid" "Operation not permitted (it runs as root)"
	run -1 as_user pidkill -0 "$pid"
	refuses "$pid" "Operation not permitted (it runs as root)" "signal 0"
}

@test "EPERM: process 1, for an ordinary user" {
	[ "$EUID" != 0 ] || needs setpriv
	run -1 as_user pidkill -0 1
	assert_output --regexp "^pidkill: 1: cannot send signal 0: Operation not permitted( \(it runs as .*\))?$"
}

@test "EPERM: a seccomp filter on pidfd_send_signal, told from another user's process" {
	start_process
	run -1 deny pidfd_send_signal=EPERM -- pidkill "$pid"
	refuses "$pid" "Operation not permitted (a seccomp filter forbids pidfd_send_signal(2) here)"
	run -1 deny pidfd_send_signal=EPERM -- pidkill "/proc/$pid"
	refuses "/proc/$pid" "Operation not permitted (a seccomp filter forbids pidfd_send_signal(2) here)"
}

@test "ENOSYS: no pidfd_send_signal, and kill(2) is not called in its place" {
	start_process
	run -1 deny pidfd_send_signal=ENOSYS kill=kill tgkill=kill rt_sigqueueinfo=kill -- pidkill "$pid"
	refuses "$pid" "Function not implemented (pidfd_send_signal(2) needs Linux 5.1, or a seccomp filter hides it)"
	run -1 deny pidfd_send_signal=ENOSYS pidfd_open=ENOSYS kill=kill -- pidkill -q 1 "$pid"
}

@test "ENOSYS or EPERM of pidfd_open: /proc/PID serves, on our own procfs" {
	local error
	for error in ENOSYS EPERM; do
		start_receiver r
		run -0 deny pidfd_open=$error kill=kill -- pidkill -v -s USR1 "$pid"
		assert_output "$pid: sent SIGUSR1"
		assert_got r "10 code=0 .*"
		rm r.*
	done
}

@test "without pidfd_open a thread's number still does not reach its process" {
	start_receiver one 1
	local tid=${receiver_threads[one]}
	run -1 deny pidfd_open=ENOSYS -- pidkill "$tid"
	refuses "$tid" "Operation not supported (a thread of process $pid; to signal one thread: --scope=thread)"
	assert_nothing_sent one
}

@test "without pidfd_open --scope=thread reaches the thread" {
	needs_scopes
	start_receiver one 1
	run -0 deny pidfd_open=ENOSYS -- pidkill --scope=thread -s USR1 "${receiver_threads[one]}"
	receiver_stop one
	assert_regex "$got" "^got 10 code=-6 .* thread=1$"
}

@test "without pidfd_open a PID that is gone may also be hidden: both are said" {
	gone_pid
	run -1 deny pidfd_open=ENOSYS -- pidkill "$gone"
	refuses "$gone" "No such file or directory (gone, hidden by hidepid, or mistyped)"
}

@test "EINVAL of a kernel before 6.9: the scope names the version it needs" {
	start_process
	run -1 deny pidfd_open=EINVAL -- pidkill --scope=thread "$pid"
	refuses "$pid" "Invalid argument (this kernel lacks --scope (Linux 6.9))"
	run -1 deny pidfd_send_signal=EINVAL -- pidkill --scope=process "$pid"
	refuses "$pid" "Invalid argument (this kernel lacks --scope (Linux 6.9))"
}

@test "EINVAL: a process outside our PID namespace" {
	needs_root
	needs_namespace
	start_receiver one
	exec 7<"/proc/$pid"
	run -1 unshare --pid --fork -- pidkill --fd=7
	refuses --fd=7 "Invalid argument (the process is outside pidkill's PID namespace)"
	run -1 unshare --pid --fork -- pidkill "/proc/$pid"
	refuses "/proc/$pid" "Invalid argument (the process is outside pidkill's PID namespace)"
	exec 7<&-
	assert_nothing_sent one
}

@test "EBADF: a descriptor that is closed" {
	run -1 pidkill --fd=7 7<&-
	refuses --fd=7 "Bad file descriptor (not open in pidkill; where a shell keeps its own to itself: pidkill --fd=7 7<&7)"
	run -1 pidkill --fd=2147483647
	run -1 pidkill --fd=999999
}

@test "EBADF: a regular file, a pipe, a terminal's stand-in, an eventfd, a plain directory" {
	local reason="Bad file descriptor (neither a pidfd nor the directory of a process)"
	echo >file
	run -1 pidkill --fd=7 7<file
	refuses --fd=7 "$reason"
	run -1 pidkill --fd=7 7< <(:)
	refuses --fd=7 "$reason"
	run -1 pidkill --fd=7 7</dev/null
	refuses --fd=7 "$reason"
	run -1 hold 7 eventfd -- pidkill --fd=7
	refuses --fd=7 "$reason"
	run -1 pidkill --fd=7 7</
	refuses --fd=7 "$reason"
	run -1 pidkill --fd=7 7</proc/self/status
	refuses --fd=7 "$reason"
}

@test "EBADF: O_PATH" {
	start_process
	run -1 hold 7 "path:/proc/$pid" -- pidkill --fd=7
	refuses --fd=7 "Bad file descriptor (opened with O_PATH, which can't be signalled: open it for reading)"
}

@test "descriptors 0 to 2 that are no process say so" {
	local fd
	for fd in 0 1; do
		run -1 --separate-stderr pidkill --fd=$fd </dev/null
		assert_equal "$stderr" "pidkill: --fd=$fd: cannot send SIGTERM: Bad file descriptor (neither a pidfd nor the directory of a process)"
	done
	run -1 pidkill --fd=2
}

@test "a descriptor that no kernel has is malformed: negative, empty, too large" {
	local number
	for number in -1 -10000 -20000 2147483648 4294967303 "" 07 +7 7x 0x7; do
		run -2 pidkill "--fd=$number"
		run -2 pidkill --fd "$number"
	done
}

@test "a directory that is no process's is refused by pidkill itself, before any signal" {
	start_process
	local target reason="not the directory of a process on a procfs (as /proc/PID is)"
	for target in / /proc /proc/sys "/proc/$pid/fd" "/proc/$pid/task" "/proc/$pid/ns" .. "$PWD"; do
		case $target in ..) target=../ ;; esac
		run -1 deny pidfd_open=kill -- pidkill "$target"
		refuses "$target" "$reason"
	done
	mkdir fake
	printf 'Name:\tfake\nTgid:\t1\nPid:\t1\n' >fake/status
	run -1 pidkill ./fake
	refuses ./fake "$reason"
	run -1 pidkill --fd=7 7</proc
	refuses --fd=7 "$reason"
	run -1 pidkill --fd=7 7<"/proc/$pid/task"
	refuses --fd=7 "$reason"
}

@test "a path that can't be opened says why" {
	touch file
	mkfifo fifo
	run -1 pidkill ./file
	refuses ./file "Not a directory"
	run -1 pidkill ./fifo
	refuses ./fifo "Not a directory"
	run -1 pidkill ./missing
	refuses ./missing "No such file or directory (gone, hidden by hidepid, or mistyped)"
	gone_pid
	run -1 pidkill "/proc/$gone"
	refuses "/proc/$gone" "No such file or directory (gone, hidden by hidepid, or mistyped)"
	needs_root
	mkdir -m 700 closed closed/inner
	run -1 as_user pidkill ./closed/inner
	refuses ./closed/inner "Permission denied"
}

@test "/proc/self is pidkill itself, by every path" {
	needs_program
	local target
	for target in /proc/self /proc/self/../self /proc/self/fd/../; do
		run -1 pidkill "$target"
		refuses "$target" "that is pidkill itself (the shell is /proc/\$\$)"
	done
	run -1 sh -c 'exec pidkill --fd=7 7</proc/self'
	refuses --fd=7 "that is pidkill itself (the shell is /proc/\$\$)"
	# shellcheck disable=SC2016
	run -1 sh -c 'exec hold 7 $$ -- pidkill --fd=7'
	refuses --fd=7 "that is pidkill itself (the shell is /proc/\$\$)"
}

@test "/proc/self is refused also with few descriptors, and by a mount that proves nothing" {
	needs_plain_build
	local limit
	for limit in 5 6 7 8; do
		# shellcheck disable=SC2016
		run -1 sh -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -S -n '$limit'; pidkill /proc/self'
		refuses /proc/self "that is pidkill itself (the shell is /proc/\$\$)"
	done
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	mkdir self
	# shellcheck disable=SC2016
	run -1 unshare --mount -- sh -c 'mount --bind /proc/$$ self; mount -t tmpfs none /proc; exec pidkill ./self'
	refuses ./self "that is pidkill itself (the shell is /proc/\$\$)"
}

@test "ESRCH: gone, and a held directory whose process was reaped" {
	gone_pid
	run -1 pidkill "$gone"
	refuses "$gone" "No such process"
	start_process
	exec 7<"/proc/$pid"
	kill -KILL "$pid"
	wait "$pid" || true
	run -1 pidkill --fd=7
	refuses --fd=7 "No such process"
	exec 7<&-
}

@test "EAGAIN: a full queue" {
	needs_root
	# as another user, whose pending signals nobody else counts
	start_receiver one 0 setpriv --reuid=64123 --clear-groups prlimit --sigpending=0
	run -1 pidkill -q 1 -s RTMIN "$pid"
	refuses "$pid" "Resource temporarily unavailable (its queue of pending signals is full: RLIMIT_SIGPENDING)" SIGRTMIN
	assert_nothing_sent one
}

@test "hidepid: a held directory that hides its process is refused, never taken for gone" {
	needs_root
	needs_namespace
	# shellcheck disable=SC2016
	run -1 in_namespace 'mount -o remount,hidepid=2 /proc || exit 77; sleep 1000 & exec 7</proc/$!
		setpriv --reuid=65534 --regid=65534 --clear-groups pidkill --fd=7'
	[ "$status" != 77 ] || skip "needs hidepid"
	refuses --fd=7 "No such file or directory (/proc hides what it is: hidepid)"
}

@test "hidepid: a held thread's directory is hidden, not gone, as is a PID without pidfd_open" {
	needs_root
	needs_scopes
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'mount -o remount,hidepid=2 /proc || exit 77; sleep 1000 & exec 7</proc/$!/task/$!
		user="setpriv --reuid=65534 --regid=65534 --clear-groups"
		$user pidkill --scope=thread --fd=7; $user deny pidfd_open=EPERM -- pidkill $!; $user pidkill /proc/$!; $user pidkill $!
		mount -o remount,hidepid=1 /proc; $user pidkill /proc/$!; :' 2>&1
	assert_line "pidkill: --fd=7: cannot send SIGTERM: No such file or directory (/proc hides what it is: hidepid)"
	assert_line --regexp "^pidkill: [0-9]+: cannot send SIGTERM: No such file or directory \(gone, hidden by hidepid, or mistyped\)$"
	assert_line --regexp "^pidkill: /proc/[0-9]+: cannot send SIGTERM: No such file or directory \(gone, hidden by hidepid, or mistyped\)$"
	assert_line --regexp "^pidkill: [0-9]+: cannot send SIGTERM: Operation not permitted \(another user's process, or a security module forbids it\)$"
	assert_line --regexp "^pidkill: /proc/[0-9]+: cannot send SIGTERM: Operation not permitted \(/proc hides what it is: hidepid\)$"
}

@test "EPERM names nobody where the overflow uid is anybody" {
	needs_root
	start_process
	run -1 as_user unshare --user --map-root-user pidkill "$pid"
	[[ $output != *unshare* ]] || skip "needs user namespaces"
	refuses "$pid" "Operation not permitted (another user's process, or a security module forbids it)"
}

@test "a seccomp filter is not mistaken for hidepid" {
	run -1 deny pidfd_send_signal=EPERM -- pidkill /proc
	refuses /proc "Operation not permitted (a seccomp filter forbids pidfd_send_signal(2) here)"
}

@test "without pidfd_open a thread's directory still becomes its thread" {
	needs_scopes
	start_receiver one 1
	run -0 deny pidfd_open=EPERM -- pidkill --scope=thread -s USR1 "/proc/$pid/task/${receiver_threads[one]}"
	receiver_stop one
	assert_regex "$got" "^got 10 code=-6 .* thread=1$"
}

@test "hidepid does not stop a PID from being signalled or refused rightly" {
	needs_root
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'mount -o remount,hidepid=2 /proc; sleep 1000 & other=$!
		setpriv --reuid=65534 --regid=65534 --clear-groups sh -c '\''sleep 1000 & pidkill -v -KILL $!; pidkill "$1"; echo "$?"'\'' sh $other' 2>&1
	assert_line --regexp "^[0-9]+: sent SIGKILL$"
	assert_line --regexp "cannot send SIGTERM: Operation not permitted"
	assert_line 1
}

@test "EINVAL or ENOENT of pidfd_open, of a process whose number is its own: it has just exited" {
	start_process
	local error
	for error in EINVAL ENOENT; do
		run -1 deny pidfd_open=$error -- pidkill "$pid"
		assert_output --regexp "^pidkill: $pid: cannot send SIGTERM: .* \(it has just exited, or it is the number of a thread; to signal one thread: --scope=thread\)$"
	done
}

@test "without /proc a thread's number is refused all the same" {
	needs_plain_build
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_receiver one 1
	# shellcheck disable=SC2016
	run -1 unshare --mount -- sh -c 'mount -t tmpfs none /proc; pidkill "$1"' sh "${receiver_threads[one]}"
	assert_output --partial "(it has just exited, or it is the number of a thread; to signal one thread: --scope=thread)"
	assert_nothing_sent one
}

@test "a thread's directory without its procfs: no process is named, and with --scope=thread none is signalled" {
	needs_plain_build
	needs_scopes
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_receiver one 1
	mkdir single
	# shellcheck disable=SC2016
	run unshare --mount -- sh -c 'mount --bind "/proc/$1/task/$2" single; mount -t tmpfs none /proc
		pidkill ./single; echo "exit $?"; pidkill --scope=thread ./single; echo "exit $?"' sh "$pid" "${receiver_threads[one]}"
	assert_output "pidkill: ./single: cannot send SIGTERM: Operation not supported (a thread's directory; to signal one thread: --scope=thread)
exit 1
pidkill: ./single: cannot send SIGTERM: can't be turned into a pidfd (its procfs is of another PID namespace and tells too little)
exit 1"
	assert_nothing_sent one
}

@test "EINVAL that no scope, flags or namespace explains is said as it is" {
	start_process
	run -1 deny pidfd_send_signal=EINVAL -- pidkill "$pid"
	refuses "$pid" "Invalid argument"
}

@test "ENOSYS of pidfd_send_signal is not mistaken for hidepid" {
	run -1 deny pidfd_send_signal=ENOSYS -- pidkill /proc
	refuses /proc "Function not implemented (pidfd_send_signal(2) needs Linux 5.1, or a seccomp filter hides it)"
}

@test "EPERM: a code that may be sent to anyone is not the reason, nor a user without a name one less" {
	needs_root
	start_receiver one 0 setpriv --reuid=64123 --clear-groups
	run -1 as_user pidkill --code=TIMER -s USR1 "$pid"
	refuses "$pid" "Operation not permitted (it runs as user 64123)" SIGUSR1
	assert_nothing_sent one
}

@test "a pidfd of pidkill itself is refused also where the kernel does not tell its number" {
	needs_failing
	# shellcheck disable=SC2016
	run -1 sh -c 'exec hold 7 $$ -- deny ioctl=ENOTTY -- pidkill --fd=7'
	refuses --fd=7 "that is pidkill itself (the shell is /proc/\$\$)"
	start_receiver one
	run -0 hold 7 "$pid" -- deny ioctl=ENOTTY -- pidkill -s USR1 --fd=7
	run -0 failing "$opens" error=EIO stat hold 7 "$pid" -- deny ioctl=ENOTTY -- pidkill -0 --fd=7
	run -1 failing "$opens" error=ENFILE stat hold 7 "$pid" -- deny ioctl=ENOTTY -- pidkill -s USR1 --fd=7
	assert_output "pidkill: nothing was sent, the targets can't all be held at once: Too many open files in system (fs.file-max is the system's limit)"
	assert_got one "10 .*"
}

@test "a full table of files is not the process's fault: nothing is sent, and it is named" {
	needs_failing
	start_receiver one 1
	local said="pidkill: nothing was sent, the targets can't all be held at once: Too many open files in system (fs.file-max is the system's limit)"
	run -1 failing pidfd_open error=ENFILE "" pidkill -s USR1 "$pid"
	assert_output "$said"
	run -1 failing "$opens" error=ENFILE /proc pidkill -s USR1 "${receiver_threads[one]}"
	assert_output "$said"
	run -1 failing "$opens" error=ENFILE .. pidkill -p "/proc/$pid"
	assert_output --partial "Too many open files in system"
	run -1 failing fcntl error=ENFILE:when=1 "" pidkill -p "$pid"
	assert_output "$said"
	assert_nothing_sent one
}

@test "a limit that can't be asked for can't be raised" {
	needs_failing
	start_process
	run -1 strace --quiet=all -o /dev/null -e inject=pidfd_open:error=EMFILE -e "inject=?prlimit64,?getrlimit:error=EPERM" -- pidkill -0 "$pid"
	assert_output --regexp "^pidkill: nothing was sent, the targets can't all be held at once: Too many open files "
}

@test "without pidfd_open a directory that can't be read says why" {
	needs_failing
	start_process
	in_its_place() { # REASON WHAT PATH
		run -1 failing "$opens" "error=$2" "$3" deny pidfd_open=ENOSYS -- pidkill "$pid"
		refuses "$pid" "$1"
	}
	in_its_place "Input/output error" EIO:when=2 status
	in_its_place "No such process" ESRCH:when=2 status
	run -1 failing "$opens" error=ENFILE status deny pidfd_open=ENOSYS -- pidkill "$pid"
	assert_output "pidkill: nothing was sent, the targets can't all be held at once: Too many open files in system (fs.file-max is the system's limit)"
}

@test "before Linux 6.9 a pidfd has no inode of its own: no identity, and it is told from what is no process" {
	needs_failing
	is_little_endian || skip "needs a little-endian machine"
	start_receiver one
	old() {
		failing "?fstatfs,?fstatfs64" poke_exit=@arg2=3419040900000000 "anon_inode:[pidfd]" "$@"
	}
	run -1 old pidkill --identify "$pid"
	assert_output "pidkill: $pid: cannot identify it: Operation not supported (identities need Linux 6.9: before it all pidfds have one inode)"
	run -1 old pidkill -s USR1 "$pid:5"
	refuses "$pid:5" "Operation not supported (identities need Linux 6.9: before it all pidfds have one inode)" SIGUSR1
	run -0 old hold 7 "$pid" -- pidkill -s USR1 --fd=7
	assert_got one "10 .*"
}
