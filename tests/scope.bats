# SPDX-License-Identifier: MIT
load lib/common

@test "--scope=process signals the process, as without it" {
	needs_scopes
	start_receiver one
	run -0 pidkill --scope=process -s USR1 "$pid"
	assert_got one "10 code=0 .*"
}

@test "--scope=thread signals one thread of several, by its number" {
	needs_scopes
	start_receiver one 2
	local tid=${receiver_threads[one]##* }
	run -0 pidkill -v --scope=thread -s USR1 "$tid"
	assert_output "$tid: sent SIGUSR1"
	assert_equal "$(sed -n 's/SigPnd:\t//p' "/proc/$pid/task/$tid/status")" 0000000000000200
	receiver_stop one
	assert_regex "$got" "^got 10 code=-6 .* thread=2$"
}

@test "--scope=thread with the leader's number signals the leader alone" {
	needs_scopes
	start_receiver one 1
	run -0 pidkill --scope=thread -s USR1 "$pid"
	assert_equal "$(sed -n 's/SigPnd:\t//p' "/proc/$pid/task/$pid/status")" 0000000000000200
	assert_got one "10 code=-6 .*"
}

@test "--scope=thread takes a thread's directory, by every path, and a value goes along" {
	needs_scopes
	start_receiver one 2
	local tid=${receiver_threads[one]%% *}
	run -0 pidkill --scope=thread -q 5 -s RTMIN "/proc/$pid/task/$tid"
	run -0 pidkill --scope=thread -q 6 -s RTMIN "/proc/$tid"
	run -0 pidkill --scope=thread -q 7 -s RTMIN --fd=7 7<"/proc/$pid/task/$tid"
	receiver_stop one
	assert_equal "$(sed 's/.*int=\([0-9]*\).* \(thread=.*\)/\1 \2/' <<<"$got")" "5 thread=1
6 thread=1
7 thread=1"
}

@test "--scope=thread takes a thread's pidfd" {
	needs_scopes
	start_receiver one 2
	local tid=${receiver_threads[one]##* }
	run -0 hold 7 "$tid" thread -- pidkill --scope=thread -s USR1 --fd=7
	receiver_stop one
	assert_regex "$got" "^got 10 code=-6 .* thread=2$"
}

@test "a thread's directory without --scope=thread: EOPNOTSUPP, exit 1, and its process is named" {
	start_receiver one 1
	local tid=${receiver_threads[one]} target
	for target in "/proc/$pid/task/$tid" "/proc/$pid/task/$pid" "/proc/$tid"; do
		run -1 pidkill "$target"
		assert_output "pidkill: $target: cannot send SIGTERM: Operation not supported (a thread's directory, its process is $pid; to signal one thread: --scope=thread)"
		run -1 pidkill --fd=7 7<"$target"
		assert_output --partial "Operation not supported"
	done
	run -1 pidkill --scope=process "/proc/$tid"
	run -1 pidkill --scope=group "/proc/$tid"
	assert_nothing_sent one
}

@test "a thread's number without --scope=thread: its process is named" {
	start_receiver one 1
	local tid=${receiver_threads[one]}
	run -1 pidkill "$tid"
	assert_output "pidkill: $tid: cannot send SIGTERM: Operation not supported (a thread of process $pid; to signal one thread: --scope=thread)"
	assert_nothing_sent one
}

@test "a thread's pidfd without --scope=thread is refused" {
	needs_scopes
	start_receiver one 1
	run -1 hold 7 "${receiver_threads[one]}" thread -- pidkill --fd=7
	assert_output "pidkill: --fd=7: cannot send SIGTERM: Operation not supported (a thread's pidfd needs --scope=thread)"
	assert_nothing_sent one
}

@test "a thread that has ended is gone, its process is not signalled" {
	needs_scopes
	start_receiver one 1
	local tid=${receiver_threads[one]}
	exec 7<"/proc/$pid/task/$tid" 8<"/proc/$tid"
	receiver_stop one
	run -1 pidkill --scope=thread --fd=7 --fd=8 "$tid"
	assert_line "pidkill: --fd=7: cannot send SIGTERM: No such process"
	assert_line "pidkill: --fd=8: cannot send SIGTERM: No such process"
	assert_line "pidkill: $tid: cannot send SIGTERM: No such process"
}

start_group() { # a group of two receivers, its leader "leader"
	set -m
	start_receiver leader 0 setsid
	set +m
}

@test "--scope=group signals every member, with the value" {
	needs_scopes
	mkfifo -m 666 a.ready b.ready a.control b.control
	exec 8<>a.control 9<>b.control
	# shellcheck disable=SC2016
	setsid sh -c 'receiver a.ready <a.control >a.got & exec receiver b.ready <b.control >b.got' 3>&- &
	children+=($!)
	local leader member
	read -r leader <b.ready
	read -r member <a.ready
	receiver_pid=([a]=$member [b]=$leader)
	receiver_control=([a]=8 [b]=9)
	run -0 pidkill --scope=group -q 11 -s RTMIN "$leader"
	run -1 pidkill --scope=group -s RTMIN "$member"
	assert_output "pidkill: $member: cannot send SIGRTMIN: not a group leader (its group is $leader)"
	run -1 pidkill --scope=group -s RTMIN --fd=7 7<"/proc/$member"
	assert_output "pidkill: --fd=7: cannot send SIGRTMIN: not a group leader (its group is $leader)"
	run -0 pidkill --scope=group -s USR1 "/proc/$leader"
	receiver_stop b
	receiver_stop_foreign a
	assert_equal "$(cut -d' ' -f2,3 a.got)" "10 code=0
34 code=-1
end"
}

# A receiver that is not our child: the end of its output is its end.
receiver_stop_foreign() {
	echo q >&"${receiver_control[$1]}"
	tail -f --pid="${receiver_pid[$1]}" "$1.got" | sed /end/q >/dev/null
}

@test "--scope=group on a reaped leader that is still held reaches the rest of its group" {
	needs_scopes
	mkfifo -m 666 a.ready a.control leader.ready leader.control
	exec 8<>a.control 9<>leader.control
	# shellcheck disable=SC2016
	setsid sh -c 'receiver a.ready <a.control >a.got & echo $$ >leader.ready; read -r _ <leader.control' 3>&- &
	local leader
	read -r leader <leader.ready
	read -r "receiver_pid[a]" <a.ready
	children+=("${receiver_pid[a]}")
	receiver_control=([a]=8)
	exec 7<"/proc/$leader"
	echo >&9
	wait "$leader" || true
	run -1 pidkill -s USR1 --fd=7
	run -0 pidkill --scope=group -q 3 -s RTMIN --fd=7
	receiver_stop_foreign a
	assert_equal "$(cut -d' ' -f2,3 a.got)" "34 code=-1
end"
	exec 7<&-
}

@test "--flags goes to the kernel as it is, and its EINVAL is reported" {
	needs_scopes
	start_receiver one
	run -0 pidkill --flags=2 -s USR1 "$pid"
	run -0 pidkill --flags=0x2 -s USR1 "$pid"
	run -1 pidkill --flags=8 -s USR1 "$pid"
	assert_output "pidkill: $pid: cannot send SIGUSR1: Invalid argument (this kernel does not know these flags)"
	run -1 pidkill --flags=4294967295 -s USR1 "$pid"
	assert_got one "10 .*"
}
