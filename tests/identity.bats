# SPDX-License-Identifier: MIT
load lib/common

setup_identity() {
	needs_identities
	boot=$(</proc/sys/kernel/random/boot_id)
}

@test "an identity of every kind of target, and back" {
	setup_identity
	start_process
	echo "$pid" >file
	local id
	id=$(pidkill --identify "$pid")
	[[ $id =~ ^$pid:[1-9][0-9]*:$boot$ ]]
	run -0 pidkill --identify "$pid" "/proc/$pid" "$id" "${id%:*}" --fd=7 --pidfile=file 7<"/proc/$pid"
	assert_output "$id
$id
$id
$id
$id
$id"
	run -0 hold 7 "$pid" -- pidkill --identify=short --fd=7
	assert_output "${id%:*}"
	exec -a pidkill-named sleep 1000 3>&- &
	children+=($!)
	ln -s "$(command -v sleep)" "named.$$"
	"./named.$$" 1000 3>&- &
	children+=($!)
	until grep -qs "named.$$" "/proc/$!/comm"; do :; done
	run -0 pidkill --identify "--name=named.$$"
	assert_output "$(pidkill --identify $!)"
	run -0 pidkill -v -s KILL "$id" --wait
	assert_line "$id: sent SIGKILL"
	assert_line --regexp "^$id: (killed by SIGKILL|gone)\$" # as the shell reaps, and the kernel tells: Linux 6.15
}

@test "both forms are signalled, in every combination" {
	setup_identity
	start_receiver one
	start_process
	local id short
	id=$(pidkill --identify "${receiver_pid[one]}")
	short=$(pidkill --identify=short "${receiver_pid[one]}")
	run -0 pidkill -q 5 -s RTMIN "$id" "$short" "$pid"
	receiver_stop one
	assert_equal "$(sed 's/.*int=\([0-9]*\).*/\1/' <<<"$got" | xargs)" "5 5"
}

@test "a stale identity fails alone, wherever it stands, whatever is asked" {
	setup_identity
	start_receiver one
	start_receiver two
	local stale=${receiver_pid[two]}:1 good=${receiver_pid[one]}
	for stale in "${receiver_pid[two]}:1" "${receiver_pid[two]}:1:$boot"; do
		run -64 pidkill -s RTMIN "$stale" "$good"
		assert_output "pidkill: $stale: cannot send SIGRTMIN: No such process (the identity is stale: its number is another process's)"
		run -64 pidkill -s RTMIN "$good" "$stale"
		run -64 pidkill -q 3 -s RTMIN "$good" "$stale" "$good"
		run -1 pidkill -s RTMIN "$stale"
		run -1 pidkill -s RTMIN --cont "$stale"
		run -1 pidkill -s RTMIN --wait=0 "$stale"
		run -1 pidkill -0 --wait "$stale"
		run -125 pidkill -s RTMIN --exit-status "$stale"
		run -1 pidkill -s RTMIN --timeout 1 RTMIN+1 "$stale"
		run -1 pidkill --dry-run "$stale"
		run -1 pidkill -r -s RTMIN "$stale"
		run -1 pidkill -p "$stale"
		run -1 pidkill -d "$stale"
		run -1 pidkill --identify "$stale"
		run -1 pidkill --scope=group -s RTMIN "$stale"
		run -3 pidkill --status "$stale"
		assert_output "$stale: gone"
		run -0 pidkill --gone-ok -s RTMIN "$stale"
		assert_output ""
	done
	assert_nothing_sent two
	receiver_stop one
	assert_equal "$(cut -d' ' -f2 <<<"$got" | xargs)" "34 34 34 34 34 34 34 34"
}

@test "an identity of another boot is stale" {
	setup_identity
	start_receiver one
	local id
	id=$(pidkill --identify "$pid")
	id=${id%:*}:00000000-0000-4000-8000-000000000000
	run -1 pidkill -s USR1 "$id"
	assert_output "pidkill: $id: cannot send SIGUSR1: No such process (the identity is stale: it is of another boot)"
	assert_nothing_sent one
}

@test "two commands: identify, the number is taken by another, refused" {
	setup_identity
	needs_set_tid
	# shellcheck disable=SC2016
	run -0 in_namespace 'mkfifo ready control
		sleep 1000 & first=$!
		id=$(pidkill --identify $first)
		kill -9 $first; wait $first
		spawn_as $first receiver ready <>control >got &
		read -r stranger <ready
		[ "$stranger" = "$first" ] || exit 9
		pidkill -s USR1 "$id"; echo "exit $?"
		pidkill -k 1 "$id"; echo "exit $?"
		kill -USR2 $first
		echo q >control; until grep -qx end got; do :; done; cat got'
	assert_line --partial "No such process (the identity is stale"
	assert_equal "$(grep -c 'exit 1' <<<"$output")" 2
	assert_equal "$(grep -c '^got' <<<"$output")" 1
	assert_line --partial "got 12 "
}

@test "a number that has become a thread's is stale" {
	setup_identity
	start_receiver one 1
	run -1 pidkill "${receiver_threads[one]}:1"
	assert_output --partial "No such process (the identity is stale"
	assert_nothing_sent one
}

@test "an identity whose number is free is gone, one of a kernel without thread pidfds is not" {
	setup_identity
	gone_pid
	run -1 pidkill "$gone:5"
	assert_output "pidkill: $gone:5: cannot send SIGTERM: No such process"
	needs_plain_build
	start_process
	run -1 deny pidfd_open=EINVAL -- pidkill -0 "$pid:5"
	assert_output --partial "No such process (the identity is stale"
	run -1 pidkill -0 --scope=thread "$pid:5"
	assert_output --partial "No such process (the identity is stale"
	run -1 deny pidfd_open=EINVAL -- pidkill -0 --scope=thread --gone-ok "$pid:5"
	assert_output --partial "this kernel lacks --scope (Linux 6.9)"
}

@test "the shell that was identified can be replaced by pidkill: it is signalled last" {
	setup_identity
	start_receiver one
	# shellcheck disable=SC2016
	run -138 sh -c 'exec pidkill -v -s USR1 "$(pidkill --identify $$)" "$1"' sh "$pid"
	assert_line "$pid: sent SIGUSR1"
	assert_got one "10 .*"
}

@test "malformed identities are usage errors" {
	start_receiver one
	local word
	for word in "$pid:" ":5" ":" "$pid:x" "$pid:0x5" "$pid:05" "$pid:0" "0$pid:5" "0:5" "$pid:18446744073709551616" \
		"$pid:-1" "$pid:5:" "$pid:5:x" "$pid:5:08877dd4-d99f-4959-9aee-2b9449cea92" \
		"$pid:5:08877dd4-d99f-4959-9aee-2b9449cea92ea" "$pid:5:08877DD4-d99f-4959-9aee-2b9449cea92e" \
		"$pid:5:08877dd4-d99f-4959-9aee-2b9449cea92e:" "$pid:5 " "99999999999999999999999:5"; do
		run -2 pidkill "$pid" "$word"
		assert_output --partial "pidkill: "
	done
	run -2 pidkill --identify=long "$pid"
	assert_output "pidkill: long: no such form of an identity (--identify or --identify=short)"
	assert_nothing_sent one
}

@test "without pidfd_open an identity is refused, not taken for a number" {
	setup_identity
	needs_plain_build
	start_receiver one
	local id
	id=$(pidkill --identify "$pid")
	run -1 deny pidfd_open=ENOSYS -- pidkill -s USR1 "$id"
	assert_output "pidkill: $id: cannot send SIGUSR1: Function not implemented (an identity needs pidfd_open(2), which is missing or filtered)"
	run -1 deny pidfd_open=EPERM -- pidkill --identify "/proc/$pid"
	assert_output --partial "cannot identify it: Operation not permitted (an identity needs pidfd_open(2)"
	assert_nothing_sent one
}

@test "where the boot ID can't be read only the short form serves" {
	setup_identity
	needs_plain_build
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_process
	# shellcheck disable=SC2016
	run unshare --mount -- sh -c 'id=$(pidkill --identify "$1"); mount -t tmpfs none /proc
		pidkill -v -0 "$id"; echo "exit $?"; pidkill -v -0 "${id%:*}"; pidkill --identify "$1"; pidkill --identify=short "$1"' sh "$pid"
	assert_line --regexp "^pidkill: $pid:[0-9]+:.*: cannot send signal 0: the boot ID can't be read: No such file or directory \(.*\)$"
	assert_line "exit 1"
	assert_line --regexp "^$pid:[0-9]+: sent signal 0$"
	assert_line --regexp "^pidkill: $pid: cannot identify it: the boot ID can't be read: No such file"
	assert_line --regexp "^$pid:[0-9]+$"
}

@test "an identity is our namespace's number, also of a process named on a foreign /proc" {
	setup_identity
	needs_root
	needs_namespace
	# shellcheck disable=SC2016
	run -0 unshare --pid --fork --kill-child -- bash -c 'sleep 1000 & pidkill --identify $!
		for dir in /proc/[0-9]*; do [ $dir/ns/pid -ef /proc/self/ns/pid ] && grep -qs "^NSpid:.*\s$!\$" $dir/status && outer=$dir; done
		pidkill --identify "$outer"'
	assert_equal "${lines[0]}" "${lines[1]}"
}
