# SPDX-License-Identifier: MIT
load lib/common

@test "a PID" {
	start_receiver one
	run -0 pidkill -s USR1 "$pid"
	assert_got one "10 .*"
}

@test "/proc/PID, with and without a slash at the end" {
	start_receiver one
	run -0 pidkill -s USR1 "/proc/$pid"
	run -0 pidkill -s USR2 "/proc/$pid/"
	receiver_stop one
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "10 12"
}

@test "a relative path to the directory" {
	start_receiver one
	cd /proc
	run -0 pidkill -s USR1 "./$pid"
	cd "$pid"
	run -0 pidkill -s USR2 ./
	cd "$BATS_TEST_TMPDIR"
	receiver_stop one
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "10 12"
}

@test "a bare number is a PID even where a directory has that name" {
	start_receiver one
	mkdir "$pid"
	run -0 pidkill -s USR1 "$pid"
	assert_got one "10 .*"
}

@test "a symbolic link to the directory" {
	start_receiver one
	ln -s "/proc/$pid" link
	run -0 pidkill -s USR1 ./link
	assert_got one "10 .*"
}

@test "a bind-mounted procfs, and a bind-mounted process directory" {
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_receiver one
	mkdir all single
	# shellcheck disable=SC2016
	unshare --mount -- sh -ec 'mount --bind /proc all; mount --bind "/proc/$1" single
		pidkill -s USR1 "./all/$1"; pidkill -s USR2 ./single' sh "$pid"
	receiver_stop one
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "10 12"
}

@test "--fd with a directory that the shell opened" {
	start_receiver one
	exec 7<"/proc/$pid"
	run -0 pidkill --verbose -s USR1 --fd=7
	assert_output "--fd=7: sent SIGUSR1"
	run -0 pidkill -v -s USR2 --fd 7
	assert_output "--fd=7: sent SIGUSR2"
	exec 7<&-
	receiver_stop one
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "10 12"
}

@test "--fd with a pidfd" {
	start_receiver one
	run -0 hold 7 "$pid" -- pidkill -s USR1 --fd=7
	assert_got one "10 .*"
}

@test "--fd=0: standard input may hold the process" {
	start_receiver one
	run -0 pidkill -s USR1 --fd=0 <"/proc/$pid"
	assert_got one "10 .*"
}

@test "an option without a value may be given twice" {
	start_receiver one
	run -0 pidkill -v --verbose -vv -s USR1 "$pid"
	assert_output "$pid: sent SIGUSR1"
	assert_got one "10 .*"
}

@test "--fd is no operand: a signal may follow it" {
	start_receiver one
	run -0 pidkill --fd=7 -USR1 7<"/proc/$pid"
	assert_got one "10 .*"
}

@test "targets of every kind in one run, each with its own outcome" {
	start_receiver one
	local first=$pid
	start_receiver two
	local second=$pid
	start_receiver three
	gone_pid
	run -64 pidkill -v -s USR1 "$first" "/proc/$second" "$gone" --fd=7 --fd=8 7<"/proc/$pid" 8</dev/null
	assert_line "$first: sent SIGUSR1"
	assert_line "/proc/$second: sent SIGUSR1"
	assert_line "pidkill: $gone: cannot send SIGUSR1: No such process"
	assert_line "--fd=7: sent SIGUSR1"
	assert_line --partial "pidkill: --fd=8: cannot send SIGUSR1: Bad file descriptor"
	assert_got one "10 .*"
	assert_got two "10 .*"
	assert_got three "10 .*"
}

@test "a PID that is gone: the others are signalled, exit 64" {
	start_receiver one
	gone_pid
	run -64 pidkill -s USR1 "$gone" "$pid"
	assert_got one "10 .*"
}

@test "every target gone is exit 1, as is any number of them" {
	gone_pid
	run -1 pidkill "$gone"
	# shellcheck disable=SC2046
	run -1 pidkill $(yes "$gone" | head -256)
}

@test "a zombie can be signalled, by every kind of handle" {
	start_zombie
	run -0 pidkill "$zombie"
	run -0 pidkill "/proc/$zombie"
	run -0 pidkill --fd=7 7<"/proc/$zombie"
	run -0 hold 7 "$zombie" -- pidkill --fd=7
}

@test "everything behind -- is a target, even words that look like options" {
	start_receiver one
	run -0 pidkill -s USR1 -- "$pid"
	assert_got one "10 .*"
	run -2 pidkill -- --fd=7 "$pid"
	assert_output --partial "pidkill: --fd=7: not a PID"
}

@test "the way to the shell is /proc/\$\$" {
	# shellcheck disable=SC2016
	run -0 bash -c 'trap "echo caught" USR1; pidkill -s USR1 "/proc/$$"; :'
	assert_output caught
}
