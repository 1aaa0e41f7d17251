# SPDX-License-Identifier: MIT
load lib/common

@test "without an option the signal is TERM" {
	start_receiver one
	run -0 pidkill "$pid"
	refute_output
	assert_got one "15 code=0 .*"
}

@test "every spelling of the signal sends it" {
	local spelling
	for spelling in "-s USR1" "-sUSR1" "-s usr1" "-s SIGUSR1" "-s 10" "-s10" "-n 10" "-n10" "-n USR1" \
		"--signal=USR1" "--signal USR1" "--signal=10" "-USR1" "-SIGUSR1" "-usr1" "-sigusr1" "-10" "-vs USR1"; do
		start_receiver "r"
		# shellcheck disable=SC2086
		run -0 pidkill $spelling "$pid"
		assert_got r "10 code=0 .*"
		rm r.*
	done
}

@test "a long option may follow its target" {
	start_receiver one
	run -0 pidkill "$pid" --signal=USR1
	assert_got one "10 .*"
}

@test "real-time signals go by every name" {
	local name
	for name in RTMIN+3 RT3 rtmin+3 SIGRTMIN+3 37 RTMAX-27; do
		start_receiver r
		run -0 pidkill -s "$name" "$pid"
		assert_got r "37 .*"
		rm r.*
	done
	for name in RTMIN 34; do
		start_receiver r
		run -0 pidkill "-$name" "$pid"
		assert_got r "34 .*"
		rm r.*
	done
	start_receiver r
	run -0 pidkill -RTMAX "$pid"
	assert_got r "64 .*"
}

@test "libc's own signals 32 and 33 go by number" {
	start_receiver one
	run -0 pidkill -33 "$pid"
	assert_got one "33 .*"
}

@test "signal 0 only checks: EXIT, 0 and -0 send nothing" {
	start_receiver one
	run -0 pidkill -0 "$pid"
	run -0 pidkill -s EXIT "$pid"
	run -0 pidkill -s 0 "$pid"
	assert_nothing_sent one
}

@test "KILL kills" {
	start_process
	run -0 pidkill -KILL "$pid"
	run -137 wait_for "$pid"
}

wait_for() {
	while [ -e "/proc/$1/stat" ] && ! grep -q ') [ZX]' "/proc/$1/stat"; do :; done
	return 137
}

@test "every signal that -l names arrives under that name" {
	local name number
	start_receiver one
	for name in $(pidkill -l); do
		case $name in KILL | STOP | CONT | TSTP | TTIN | TTOU) continue ;; esac
		pidkill -s "$name" "$pid" || fail "$name"
	done
	receiver_stop one
	for name in $(pidkill -l); do
		case $name in KILL | STOP | CONT | TSTP | TTIN | TTOU) continue ;; esac
		number=$(pidkill -l "$name")
		[[ $got == *"got $number "* ]] || fail "$name ($number) did not arrive"
	done
}

@test "several targets each get the signal, and -v says so in order" {
	start_receiver one
	local first=$pid
	start_receiver two
	run -0 pidkill -v -s USR1 "$first" "/proc/$pid"
	assert_output "$first: sent SIGUSR1
/proc/$pid: sent SIGUSR1"
	assert_got one "10 .*"
	assert_got two "10 .*"
}

@test "a target written twice is signalled twice" {
	start_receiver one
	run -0 pidkill -s RTMIN "$pid" "$pid"
	receiver_stop one
	assert_equal "$(wc -l <<<"$got")" 2
}

@test "-v names real-time signals, nameless ones and the null signal" {
	start_receiver one
	run -0 pidkill -v -s RTMIN+3 "$pid"
	assert_output "$pid: sent SIGRTMIN+3"
	run -0 pidkill -v -32 "$pid"
	assert_output "$pid: sent signal 32"
	run -0 pidkill -v -0 "$pid"
	assert_output "$pid: sent signal 0"
}

@test "a line of -v that can't be written turns 0 into 1" {
	[ -w /dev/full ] || skip "needs /dev/full"
	start_receiver one
	# shellcheck disable=SC2016
	run -1 sh -c 'pidkill -v -s USR1 "$1" 2>/dev/full' sh "$pid"
	assert_got one "10 .*"
}

@test "nothing is said where nothing is asked for" {
	start_process
	run -0 --separate-stderr pidkill -0 "$pid"
	assert_equal "$output$stderr" ""
}
