# SPDX-License-Identifier: MIT
load lib/common

@test "--status tells running, stopped, zombie and gone" {
	start_process
	gone_pid
	start_zombie
	local running=$pid
	start_process
	kill -STOP "$pid"
	until grep -q ') T' "/proc/$pid/stat"; do :; done
	run -3 pidkill --status "$running" "$pid" "$zombie" "$gone" "/proc/$running" --fd=7 7<"/proc/$running"
	assert_output "$running: running
$pid: stopped
$zombie: zombie
$gone: gone
/proc/$running: running
--fd=7: running"
	run -0 pidkill --status "$running" "$pid"
	run -3 pidkill --status "$zombie"
	run -3 pidkill --status "$running" "$gone"
	kill -CONT "$pid"
}

@test "--status: what can't be told is exit 4, which wins" {
	start_receiver one 1
	gone_pid
	run -4 --separate-stderr pidkill --status "$gone" "${receiver_threads[one]}" "$pid"
	assert_output "$gone: gone
$pid: running"
	[[ $stderr == "pidkill: ${receiver_threads[one]}: cannot tell its status: Operation not supported (a thread of process $pid"* ]]
	run -4 pidkill --status --fd=9 9<&-
	assert_output --partial "pidkill: --fd=9: cannot tell its status: Bad file descriptor"
	assert_nothing_sent one
	needs_program
	run -4 pidkill --status /proc/self
}

@test "--status of a descriptor whose process is gone, and of another user's process" {
	start_process
	exec 7<"/proc/$pid"
	run -0 as_user pidkill --status "$pid"
	kill -KILL "$pid"
	wait "$pid" || true
	run -3 pidkill --status --fd=7
	assert_output "--fd=7: gone"
}

@test "--status needs no /proc" {
	needs_plain_build
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_process
	start_zombie
	gone_pid
	# shellcheck disable=SC2016
	run -3 unshare --mount -- sh -c 'mount -t tmpfs none /proc; pidkill --status "$@"' sh "$pid" "$zombie" "$gone"
	assert_output "$pid: running
$zombie: zombie
$gone: gone"
}

@test "--status where hidepid hides the process" {
	needs_root
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'mount -t proc -o hidepid=2 proc /proc; sleep 1000 & setpriv --reuid=65534 --regid=65534 --clear-groups -- pidkill --status $!'
	assert_output --regexp "^[0-9]+: running$"
}

@test "a process whose main thread has ended runs, and is found by its name" {
	cp "$(command -v leaderless)" less-$$
	mkfifo ready
	./less-$$ ready 3>&- &
	children+=($!)
	read -r _ <ready
	run -0 pidkill --status "$!" --name=less-$$ --fd=7 7<"/proc/$!"
	assert_output "$!: running
--name=less-$$[$!]: running
--fd=7: running"
}

@test "--gone-ok: what is gone is a success, what is forbidden is not" {
	gone_pid
	start_receiver one
	run -1 pidkill "$gone"
	run -0 pidkill --gone-ok "$gone"
	assert_output ""
	run -0 pidkill -v --gone-ok -s USR1 "$gone" "$pid" --pidfile=missing --name=nobody-has-this
	assert_output "$gone: gone
$pid: sent SIGUSR1
--pidfile=missing: gone
--name=nobody-has-this: gone"
	assert_got one "10 .*"
	run -0 pidkill --gone-ok -k 5 "$gone"
	run -0 pidkill --gone-ok -0 "$gone" --wait
	run -0 pidkill --gone-ok -TERM --exit-status "$gone"
	run -0 pidkill --gone-ok -p "$gone"
	assert_output ""
	run -0 pidkill --gone-ok --dry-run "$gone"
	run -2 pidkill --gone-ok --status "$gone"
	needs_root
	start_process
	run -1 as_user pidkill --gone-ok "$pid"
	run -64 as_user pidkill --gone-ok "$pid" "$gone"
	run -1 pidkill --gone-ok "/proc/$gone/nothing"
}

@test "--gone-ok with a reaped process's descriptor" {
	start_process
	exec 7<"/proc/$pid"
	kill -KILL "$pid"
	wait "$pid" || true
	run -0 pidkill --gone-ok --fd=7
	run -0 pidkill --gone-ok -k 1 --fd=7
}

@test "--status without pidfd_open is what /proc says: running, stopped, zombie" {
	start_zombie
	start_process
	local running=$pid
	start_process
	kill -STOP "$pid"
	until grep -q ') T' "/proc/$pid/stat"; do :; done
	run -3 deny pidfd_open=ENOSYS -- pidkill --status "$running" "$pid" "$zombie" "/proc/$running" "/proc/$zombie"
	assert_output "$running: running
$pid: stopped
$zombie: zombie
/proc/$running: running
/proc/$zombie: zombie"
	kill -CONT "$pid"
}

@test "--status: what neither a pidfd nor /proc tells is exit 4, not a guess" {
	needs_failing
	start_process
	run -4 failing "$opens" error=EIO stat deny pidfd_open=ENOSYS -- pidkill --status "/proc/$pid"
	assert_output "pidkill: /proc/$pid: cannot tell its status: No such file or directory (/proc hides what it is: hidepid)"
}

@test "--status of a process that a tracer has stopped: stopped" {
	start_process
	cp "$(type -P pidkill)" traced-$$
	run -0 interpose "pidkill --status --name=traced-$$" -- ./traced-$$ -0 "$pid"
	assert_output --regexp "^--name=traced-$$\[[0-9]+\]: stopped$"
}

@test "--status of a process that is reaped after it was found by its name: gone" {
	cp "$(type -P sleep)" found-$$
	./found-$$ 1000 3>&- &
	children+=($!)
	until grep -qx found-$$ "/proc/$!/comm"; do :; done
	run -3 interpose "kill -KILL $!; while [ -e /proc/$! ]; do :; done" -- pidkill --status --name=found-$$
	assert_output "--name=found-$$[$!]: gone"
}
