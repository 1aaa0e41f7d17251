# SPDX-License-Identifier: MIT
load lib/common

@test "-l prints one name a line in the order of the numbers, real-time ones included" {
	run -0 --separate-stderr pidkill -l
	assert_equal "${lines[0]}" HUP
	assert_equal "${lines[8]}" KILL
	assert_line RTMIN
	assert_line RTMIN+15
	assert_equal "${lines[-1]}" RTMAX
	assert_equal "${#lines[@]}" 62
	assert_equal "$(pidkill --list)" "$output"
	assert_equal "$stderr" ""
	local numbers
	numbers=$(pidkill -l "${lines[@]}")
	assert_equal "$numbers" "$(sort -n <<<"$numbers")"
}

@test "-l gives the number of a name and the name of a number" {
	run -0 pidkill -l KILL sigterm rtmin+3 EXIT 9 64 0 32 33
	assert_output "9
15
37
0
KILL
RTMAX
EXIT
32
33"
}

@test "-l decodes exit statuses, 128+n and 256+n" {
	run -0 pidkill -l 129 137 143 192 257 265 320
	assert_output "HUP
KILL
TERM
RTMAX
HUP
KILL
RTMAX"
}

@test "-l decodes a mask" {
	run -0 pidkill -l 0x4003
	assert_output "HUP
INT
TERM"
	run -0 pidkill -l 0x8000000100000000
	assert_output "33
RTMAX"
	run -0 pidkill -l 0x0
	assert_output ""
	run -0 pidkill -l 0XFFFFFFFFFFFFFFFF
	assert_equal "${#lines[@]}" 64
}

@test "-l takes its word attached, behind = and apart" {
	local way
	for way in "-l9" "-l 9" "--list=9" "--list 9"; do
		# shellcheck disable=SC2086
		run -0 pidkill $way
		assert_output KILL
	done
}

@test "a bad word after -l is exit 1, after the good ones are printed" {
	run -1 --separate-stderr pidkill -l HUP BOGUS 9 65 128 193 256 321 0x1g 0x10000000000000000 "" 09
	assert_output "1
KILL"
	assert_equal "${#stderr_lines[@]}" 10
	assert_equal "${stderr_lines[0]}" "pidkill: BOGUS: no such signal ('pidkill -L' lists them)"
}

@test "after -l no word is a signal option" {
	run -2 pidkill -l -9
	assert_output "pidkill: -9: not an option (after -l and -L a signal is written without a dash)"
	run -2 pidkill -l -TERM
	run -1 pidkill -l -- -9
}

@test "-l of everything goes round" {
	local names numbers
	names=$(pidkill -l)
	# shellcheck disable=SC2086
	numbers=$(pidkill -l $names)
	# shellcheck disable=SC2086
	assert_equal "$(pidkill -l $numbers)" "$names"
}

@test "-L is a table with number, name and meaning; -t and --table are the same" {
	run -0 pidkill -L
	assert_equal "${#lines[@]}" 62
	assert_line " 9 KILL      Killed"
	assert_line "35 RTMIN+1   Real-time signal 1"
	assert_equal "$(pidkill -t)" "$output"
	assert_equal "$(pidkill --table)" "$output"
	run -0 pidkill -L KILL 15 RTMAX
	assert_output " 9 KILL      Killed
15 TERM      Terminated
64 RTMAX     Real-time signal 30"
	run -1 pidkill -L BOGUS 9
	assert_line " 9 KILL      Killed"
}

@test "--help fits 80 columns, is short, and goes to stdout" {
	run -0 --separate-stderr pidkill --help
	assert_equal "$stderr" ""
	[ "$(pidkill -h | wc -l)" -le 46 ]
	[ "$(awk '{ if (length($0) > m) m = length($0) } END { print m }' <<<"$output")" -le 79 ]
	assert_equal "$(pidkill -h)" "$output"
}

@test "--help and --version win over what stands behind them" {
	run -0 pidkill --help --bogus
	run -0 pidkill --version --bogus 1x
	assert_equal "$(pidkill -V)" "$output"
	assert_line --index 0 --regexp "^pidkill [0-9]+\.[0-9]+\.[0-9]+$"
	assert_line --regexp "^features: "
}

@test "a failed write to stdout is exit 1, with a message" {
	[ -w /dev/full ] || skip "needs /dev/full"
	local list
	for list in -l "-l 9" -L --help -V; do
		# shellcheck disable=SC2086,SC2016
		run -1 sh -c 'pidkill "$@" >/dev/full' sh $list
		assert_output "pidkill: cannot write to standard output: No space left on device"
		# shellcheck disable=SC2086
		run -1 sh -c 'pidkill "$@" >&-' sh $list
		assert_output "pidkill: cannot write to standard output: Bad file descriptor"
	done
}

@test "a closed pipe is a failed write, not a death by SIGPIPE" {
	# shellcheck disable=SC2016
	run -0 bash -c 'mkfifo p; exec 8<>p 9>p 8<&-; pidkill -L >&9; echo "$?"'
	assert_output "pidkill: cannot write to standard output: Broken pipe
1"
}

@test "messages to a closed pipe do not change the exit status" {
	gone_pid
	# shellcheck disable=SC2016
	run -0 bash -c 'mkfifo p; exec 8<>p 9>p 8<&-; pidkill '"$gone"' 2>&9; echo "$?"; pidkill 1x 2>&9; echo "$?"'
	assert_output "1
2"
}

@test "-L knows what signal 0 is, and the signals that libc keeps" {
	run -0 pidkill -L 0 32
	assert_output " 0 EXIT      No signal, only the checks
32 32        Kept by libc for itself"
}

@test "behind -h or -V in a word the rest does not matter" {
	run -0 pidkill -Vx
	assert_line --index 0 --regexp "^pidkill [0-9]"
	run -0 pidkill -hx
	assert_line --index 0 --partial "Usage: pidkill"
}

@test "an interrupted write is made again" {
	needs_failing
	run -0 failing write error=EINTR:when=1 "" pidkill -l HUP
	assert_output 1
}
