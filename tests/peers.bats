# SPDX-License-Identifier: MIT
load lib/common

# Bugs and traps of other kills, each named after what goes wrong there.

@test "util-linux: -q 42 --timeout 100 KILL delivers the value 1" {
	start_receiver one
	run -0 pidkill -q 42 -s RTMIN --timeout 10 RTMIN+1 "$pid"
	receiver_stop one
	assert_equal "$(sed 's/.*int=\([0-9]*\).*/\1/' <<<"$got" | xargs)" "42 42"
}

@test "util-linux: --timeout 100 without its signal crashes" {
	start_receiver one
	run -2 pidkill "$pid" --timeout 100
	assert_output "pidkill: --timeout: takes two words (--timeout MS SIGNAL)"
	assert_nothing_sent one
}

@test "util-linux: with timeouts the first dead target ends the run" {
	gone_pid
	start_receiver one
	run -64 pidkill -s USR1 --timeout 1 USR2 "$gone" "$pid"
	receiver_stop one
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "10 12"
}

@test "util-linux: a stale PID:INODE is signalled all the same" {
	start_receiver one
	needs_identities
	run -1 pidkill -s USR1 "$pid:1"
	run -1 pidkill -q 1 -s USR1 "$pid:1"
	assert_nothing_sent one
}

@test "util-linux: a stale inode leaks into the next operand" {
	needs_identities
	start_receiver one
	run -64 pidkill -s USR1 "$pid:1" "$pid"
	assert_got one "10 .*"
}

@test "util-linux: the first dead target ends the run" {
	gone_pid
	start_receiver one
	run -64 pidkill -s USR1 "$gone" "$pid" "$gone"
	assert_got one "10 .*"
}

@test "util-linux: an option without its value crashes" {
	local option
	for option in -q --queue -s -n --signal --scope --fd --code --flags; do
		run -2 pidkill "$option"
	done
}

@test "util-linux: --require-handler does not see real-time signals" {
	# shellcheck disable=SC2016
	bash -c 'trap : RTMIN; mkfifo block; echo "$$" >ready; read -r _ <>block' 3>&- &
	children+=($!)
	until [ -s ready ]; do :; done
	run -0 pidkill -r -s RTMIN "$!"
}

@test "util-linux: -4294967305 wraps to KILL" {
	start_receiver one
	run -2 pidkill -4294967305 "$pid"
	run -2 pidkill -s 4294967305 "$pid"
	assert_nothing_sent one
}

@test "util-linux: bare RTMIN and RTMAX are refused" {
	start_receiver one
	run -0 pidkill -RTMIN "$pid"
	run -0 pidkill -s RTMAX "$pid"
	receiver_stop one
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "34 64"
}

@test "util-linux: a typo at the end is found after the damage" {
	start_receiver one
	run -2 pidkill -s USR1 "$pid" 12x
	run -2 pidkill -s USR1 "$pid" ngnix
	assert_nothing_sent one
}

@test "util-linux 2.42: a mistyped number becomes a search by name" {
	start_receiver one
	run -2 pidkill -s USR1 receiver
	assert_output --partial "receiver: not a PID"
	assert_nothing_sent one
}

@test "procps 4.0.2: kill -9 -12345 becomes kill(-1)" {
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'sleep 1000 & deny kill=kill -- pidkill -9 -12345; pidkill -9 -12345; kill -0 $! && echo alive'
	assert_line alive
}

@test "procps 4.0.5: -- -N is refused" {
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'setsid sleep 1000 & until [ "$(ps -o pgid= $! | xargs)" = $! ]; do :; done
		pidkill -v -KILL -- -$!; wait $! || echo "exit $?"'
	assert_line "exit 137"
}

@test "procps: 4294967297 is cut to PID 1" {
	run -2 pidkill -0 4294967297
	run -2 pidkill -0 -- -4294967297
}

@test "procps: -s BOGUS is signal -1, and -l BOGUS exits 0" {
	start_receiver one
	run -2 pidkill -s BOGUS "$pid"
	run -1 pidkill -l BOGUS
	assert_nothing_sent one
}

@test "coreutils: -s 265 sends KILL" {
	start_receiver one
	run -2 pidkill -s 265 "$pid"
	run -2 pidkill -265 "$pid"
	assert_nothing_sent one
}

@test "coreutils and others: a full stdout goes unnoticed" {
	run -1 sh -c 'pidkill -l >/dev/full'
	run -1 sh -c 'pidkill -L >/dev/full'
}

@test "toybox and busybox: an empty word signals one's own group, or succeeds" {
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'setsid sh -c "pidkill \"\"; echo \"exit \$?\""' 2>&1
	assert_line "pidkill: '': an empty target (a variable or a file may be empty)"
	assert_line "exit 2"
}

@test "toybox: -l 99 crashes" {
	run -1 pidkill -l 99
	assert_output "pidkill: 99: no such signal (signals are 0 to 64; 'pidkill -L' lists them)"
}

@test "busybox: 256 failed targets are exit 0" {
	gone_pid
	# shellcheck disable=SC2046
	run -1 pidkill $(yes "$gone" | head -256)
}

@test "zsh: 1-2 is arithmetic" {
	run -2 pidkill -0 1-2
	run -2 pidkill -0 -- 3-2
}

@test "bash up to 5.2: some failed and some succeeded is exit 0" {
	gone_pid
	start_process
	run -64 pidkill -0 "$pid" "$gone"
	run -64 pidkill -0 "$gone" "$pid"
}

@test "dash: no -- before a negative operand" {
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'setsid sleep 1000 & until [ "$(ps -o pgid= $! | xargs)" = $! ]; do :; done
		pidkill -0 -- -$! && pidkill -s 0 -- -$! && echo fine'
	assert_line fine
}

@test "everyone: kill \$(cat missing) is an error, not a success" {
	# shellcheck disable=SC2046
	run -2 pidkill $(cat missing 2>/dev/null)
	run -2 pidkill "$(cat missing 2>/dev/null)"
}

@test "everyone: a stranger that took the number is signalled, where the process was held" {
	needs_set_tid
	# shellcheck disable=SC2016
	run -0 in_namespace 'sleep 1000 & old=$!; exec 7</proc/$old; kill -9 $old; wait $old
		mkfifo ready control; spawn_as $old receiver ready <>control & read -r _ <ready
		pidkill --fd=7; echo "pidkill $?"; kill -0 $old; echo "kill $?"' 2>&1
	assert_line "pidkill 1"
	assert_line "kill 0"
}

@test "everyone: EPERM and ESRCH look the same" {
	needs_root
	start_process
	gone_pid
	run -1 as_user pidkill "$pid" "$gone"
	assert_line "pidkill: $pid: cannot send SIGTERM: Operation not permitted (it runs as root)"
	assert_line "pidkill: $gone: cannot send SIGTERM: No such process"
}
