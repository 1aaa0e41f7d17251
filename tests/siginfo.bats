# SPDX-License-Identifier: MIT
load lib/common

uid=$(id -u)

@test "without -q the receiver sees exactly a kill(2): SI_USER and the sender" {
	start_receiver one
	pidkill -s USR1 "$pid" &
	local sender=$!
	wait "$sender"
	assert_got one "10 code=0 pid=$sender uid=$uid int=0 ptr=0"
}

# Width of a program's pointers, as its ELF header has it: 1 is 32 bits, 2 is 64.
class_of() {
	od -An -tu1 -j4 -N1 "$(type -P "$1")" | tr -d ' '
}

# The other half of sigval(3type), a union: as a pointer what is sent as an int, as an int what is sent as a pointer.
pointer_of() {
	is_little_endian && echo "$1" || printf '%#x\n' $(($1 << 32))
}

int_of() {
	local half=$(($1 & 0xffffffff))
	is_little_endian || half=$(($1 >> 32 & 0xffffffff))
	echo $(((half ^ 0x80000000) - 0x80000000))
}

@test "-q sends SI_QUEUE with the sender's PID and uid" {
	start_receiver one
	pidkill -q 42 -s RTMIN "$pid" &
	local sender=$!
	wait "$sender"
	assert_got one "34 code=-1 pid=$sender uid=$uid int=42 ptr=$(pointer_of 0x2a)"
}

queue_arrives() { # VALUE INT PTR
	start_receiver r
	run -0 pidkill "--queue=$1" -s RTMIN "$pid"
	assert_got r "34 code=-1 pid=[0-9]+ uid=$uid int=$2 ptr=$3"
	rm r.*
}

@test "a value arrives unchanged: negative, hexadecimal" {
	queue_arrives 0 0 0
	queue_arrives -1 -1 "$(pointer_of 0xffffffff)"
	queue_arrives 2147483647 2147483647 "$(pointer_of 0x7fffffff)"
	queue_arrives -2147483648 -2147483648 "$(pointer_of 0x80000000)"
}

@test "what is wider than a pointer of pidkill's own is refused" {
	[ "$(class_of pidkill)" = 1 ] || skip "needs a 32-bit pidkill"
	start_receiver one
	run -2 pidkill -q 0xdeadbeefcafe -s RTMIN "$pid"
	assert_output "pidkill: 0xdeadbeefcafe: not a signal value: out of range"
	assert_nothing_sent one
}

@test "a value of 64 bits arrives unchanged" {
	[ "$(class_of pidkill)$(class_of receiver)" = 22 ] || skip "needs 64-bit pointers at both ends"
	queue_arrives 0xdeadbeefcafe "$(int_of 0xdeadbeefcafe)" 0xdeadbeefcafe
	queue_arrives 18446744073709551615 -1 0xffffffffffffffff
	queue_arrives -9223372036854775808 "$(int_of 0x8000000000000000)" 0x8000000000000000
}

@test "a value may be attached, follow, or stand behind =" {
	local way
	for way in "-q7" "-q 7" "--queue=7" "--queue 7" "-vq7"; do
		start_receiver r
		# shellcheck disable=SC2086
		run -0 pidkill $way -s RTMIN "$pid"
		assert_got r "34 code=-1 .* int=7 ptr=$(pointer_of 0x7)"
		rm r.*
	done
}

@test "-q with several targets sends the value to each" {
	start_receiver one
	local first=$pid
	start_receiver two
	run -0 pidkill -q 9 -s RTMIN "$first" "$pid"
	assert_got one "34 code=-1 .* int=9 .*"
	assert_got two "34 code=-1 .* int=9 .*"
}

@test "real-time values queue, in order" {
	start_receiver one
	local value
	for value in 1 2 3; do
		pidkill -q $value -s RTMIN+1 "$pid"
	done
	receiver_stop one
	assert_equal "$(sed 's/.*int=\([0-9]*\).*/\1/' <<<"$got" | xargs)" "1 2 3"
}

@test "-v warns that a standard signal does not carry a value dependably" {
	start_receiver one
	run -0 pidkill -v -q 1 -s USR1 "$pid"
	assert_line --index 0 --partial "SIGUSR1: does not queue"
	run -0 pidkill -v -q 1 -s RTMIN "$pid"
	refute_output --partial "queue"
	run -0 pidkill -v -q 1 -s 33 "$pid"
	refute_output --partial "queue"
	run -0 pidkill -v -q 1 -0 "$pid"
	refute_output --partial "queue"
	gone_pid
	run -1 pidkill -v -q 1 -s USR1 "$gone"
	refute_output --partial "queue"
	# shellcheck disable=SC2016
	needs_scopes
	run -0 setsid bash -c 'exec 7</proc/$$; pidkill -v -q 1 -s WINCH --scope=group --fd=7; exit "$?"' # itself, at the end
	assert_line --index 0 --partial "SIGWINCH: does not queue"
}

@test "signal 0 with a value only probes" {
	start_receiver one
	run -0 pidkill -0 -q 5 "$pid"
	assert_nothing_sent one
}

@test "--code by name and by number: negative codes may go to anyone" {
	local row
	for row in QUEUE=-1 SI_QUEUE=-1 queue=-1 si_timer=-2 TIMER=-2 MESGQ=-3 ASYNCIO=-4 SIGIO=-5 DETHREAD=-7 ASYNCNL=-60 -1=-1 -77=-77; do
		start_receiver r
		run -0 pidkill --code="${row%=*}" -s RTMIN "$pid"
		assert_got r "34 code=${row#*=} pid=[0-9]+ .*"
		rm r.*
	done
}

@test "--code with a value sends both" {
	start_receiver one
	run -0 pidkill --code=TIMER -q 6 -s RTMIN "$pid"
	assert_got one "34 code=-2 .* int=6 .*"
}

@test "a code of the kernel's own is refused for another process, with the reason" {
	local code
	start_receiver one
	for code in USER KERNEL TKILL 0 1 77 0x80; do
		run -1 pidkill --code="$code" -s RTMIN "$pid"
		assert_output --regexp "^pidkill: $pid: cannot send SIGRTMIN: Operation not permitted \(the kernel lets si_code -?[0-9]+ be sent to oneself only\)$"
	done
	assert_nothing_sent one
}

@test "any code may go to oneself: /proc/self with --code" {
	run -0 pidkill --code=USER -0 /proc/self
	run -0 pidkill --code=KERNEL -0 /proc/self
	run -0 pidkill --code=TKILL -0 /proc/self
}
