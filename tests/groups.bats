# SPDX-License-Identifier: MIT
load lib/common

# Whatever could hurt runs in a PID namespace of its own.
in_group_namespace() { # SCRIPT: with one group, "one", that has a leader and a member
	run -0 in_namespace "source '$BATS_TEST_DIRNAME/lib/group.bash'; $2 group_start one $3; $1" 2>&1
}

setup_group() {
	needs_namespace
}

both_got() { # WHAT, maybe nothing
	assert_line "one:${1:+ $1}"
	assert_line "one_member:${1:+ $1}"
}

@test "every spelling of a group kill that is in use works" {
	setup_group
	local spelling
	# shellcheck disable=SC2016
	for spelling in '-12 -$leader' '-12 -- -$leader' '-s USR2 -- -$leader' '-USR2 -- -$leader' '-n 12 -- -$leader' \
		'-s USR2 -$leader' '-USR2 -$leader' '--signal=USR2 -$leader'; do
		mkdir round && cd round
		# a number above 64: below, a second signal is what it could be
		in_group_namespace "pidkill $spelling; echo \"exit \$?\"; group_got one; group_got one_member" \
			'echo 1000 >/proc/sys/kernel/ns_last_pid;'
		assert_line "exit 0"
		both_got 12/0/0
		cd .. && rm -r round
	done
}

@test "-- -PGID without a signal sends TERM" {
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'pidkill -v -- -$leader; echo "exit $?"; group_got one; group_got one_member'
	assert_line --regexp "^-[0-9]+: sent SIGTERM$"
	both_got 15/0/0
}

@test "a value reaches every member of a group" {
	setup_group
	needs_scopes
	# shellcheck disable=SC2016
	in_group_namespace 'pidkill -q 77 -s RTMIN -- -$leader; echo "exit $?"; group_got one; group_got one_member'
	assert_line "exit 0"
	both_got 34/-1/77
}

@test "a group beside other targets" {
	setup_group
	needs_scopes
	# shellcheck disable=SC2016
	in_group_namespace 'group=$leader; group_start two; pidkill -s USR1 "$leader" -- "-$group" "$member"
		echo "exit $?"; group_got one; group_got one_member; group_got two; group_got two_member'
	assert_line "exit 0"
	both_got 10/0/0
	assert_line "two: 10/0/0"
	assert_line "two_member: 10/0/0"
}

@test "a group whose leader is reaped, as the only target" {
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'kill -9 $leader; wait $leader
		pidkill -v -s USR1 -- -$leader; echo "exit $?"
		pidkill -q 1 -s USR1 -- -$leader; echo "exit $?"
		pidkill -s USR1 $member -- -$leader; echo "exit $?"
		pidkill --dry-run -- -$leader; echo "exit $?"
		group_got one_member'
	assert_line --regexp "^-[0-9]+: sent SIGUSR1$"
	assert_line --regexp "^pidkill: -[0-9]+: cannot send SIGUSR1: no value reaches this process group \(its leader is gone, or the kernel is older than Linux 6.9\)$"
	assert_line --regexp "^pidkill: -[0-9]+: nothing was sent, this process group can't be held \(its leader is gone, or the kernel is older than Linux 6.9: it must be the only target\)$"
	assert_line --regexp "^would send SIGTERM to process group [0-9]+$"
	assert_equal "$(grep -c '^exit 0' <<<"$output") $(grep -c '^exit 1' <<<"$output")" "2 2"
	assert_line "one_member: 10/0/0"
}

@test "a group whose leader is a zombie" {
	setup_group
	needs_scopes
	# shellcheck disable=SC2016
	in_group_namespace 'mkfifo status ready.z control.z got.z; exec {control_z}<>control.z {got_z}<>got.z
		bash -c "setsid bash -c \"receiver ready.z <>control.z >got.z & exec sleep 1000\" & echo \$! >status; kill -STOP \$\$" &
		read -r group <status; read -r _ <ready.z
		kill -9 $group; until grep -q ") Z" /proc/$group/stat; do :; done
		pidkill -q 5 -s RTMIN -- -$group; echo "exit $?"; group_got z'
	assert_line "exit 0"
	assert_line "z: 34/-1/5"
}

@test "on a kernel before 6.9 a group is signalled by kill(2), without a value" {
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'deny pidfd_send_signal=EINVAL -- pidkill -s USR1 -- -$leader; echo "exit $?"
		deny pidfd_send_signal=EINVAL -- pidkill -q 1 -s USR1 -- -$leader; echo "exit $?"
		deny pidfd_send_signal=EINVAL -- pidkill -s USR1 -- -$leader $member; echo "exit $?"
		group_got one; group_got one_member'
	assert_line "exit 0"
	assert_line --partial "no value reaches this process group"
	assert_line --partial "nothing was sent, this process group can't be held"
	both_got 10/0/0
}

@test "a group that does not exist fails alone" {
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'pidkill -s USR1 -- -7777 $leader; echo "exit $?"; pidkill -- -7777; echo "exit $?"
		pidkill -s USR1 -- -$member; group_got one; group_got one_member'
	assert_line "pidkill: -7777: cannot send SIGUSR1: No such process (no process group has this number)"
	assert_line "exit 64"
	assert_line "exit 1"
	assert_line --regexp "^pidkill: -[0-9]+: cannot send SIGUSR1: No such process \(no process group has this number\)$"
	assert_line "one: 10/0/0"
	assert_line "one_member:"
}

@test "partial permission in a group is success, none at all is EPERM, as kill(2)" {
	needs_root
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'user="setpriv --reuid=65534 --regid=65534 --clear-groups"
		$user pidkill -s USR1 -- -$leader; echo "exit $?"
		group_got one; group_got one_member
		group_start two; $user pidkill -s USR1 -- -$leader; echo "exit $?"' "" "setpriv --reuid=65534 --regid=65534 --clear-groups"
	assert_line "exit 0"
	assert_line "one:"
	assert_line "one_member: 10/0/0"
	assert_line --regexp "^pidkill: -[0-9]+: cannot send SIGUSR1: Operation not permitted \(none of its processes may be signalled\)$"
	assert_line "exit 1"
}

@test "0 is pidkill's own process group, and comes after all output" {
	setup_group
	# shellcheck disable=SC2016
	run in_namespace 'setsid bash -c "trap \"echo caught\" USR1; pidkill -v -s USR1 0; echo \"exit \$?\""' 2>&1
	assert_line caught
	run in_namespace 'setsid bash -c "trap : USR1; trap \"\" USR2; pidkill -v -s USR2 0"; echo "exit $?"' 2>&1
	assert_line "0: sent SIGUSR2"
	assert_line "exit 0"
	# KILL reaches pidkill too: what had to be said has been said
	# shellcheck disable=SC2016
	run in_namespace 'setsid bash -c "pidkill -v -KILL -- 7777 -\$\$; echo never"; echo "exit $?"' 2>&1
	assert_line "pidkill: 7777: cannot send SIGKILL: No such process"
	assert_line "exit 137"
	refute_line never
}

@test "-1 is every process but oneself and init, behind a signal or --" {
	setup_group
	local spelling
	for spelling in "-10 -1" "-s USR1 -1" "-USR1 -1" "-s USR1 -- -1" "-10 -- -1"; do
		mkdir round && cd round
		in_group_namespace "pidkill -v $spelling; echo \"exit \$?\"; group_got one; group_got one_member"
		assert_line "-1: sent SIGUSR1"
		assert_line "exit 0"
		both_got 10/0/0
		cd .. && rm -r round
	done
}

@test "-1 alone is a signal without a target, and -9 too" {
	setup_group
	in_group_namespace 'pidkill -1; echo "exit $?"; pidkill -9; echo "exit $?"; group_got one; group_got one_member'
	assert_line "pidkill: no target (-1 is the signal; a process group goes after --)"
	assert_line "pidkill: no target (-9 is the signal; a process group goes after --)"
	both_got ""
}

@test "kill -9 -12345 never becomes kill(-1)" {
	setup_group
	in_group_namespace 'pidkill -9 -12345; echo "exit $?"; group_got one; group_got one_member'
	assert_line "pidkill: -12345: cannot send SIGKILL: No such process (no process group has this number)"
	assert_line "exit 1"
	both_got ""
}

@test "group 1 never goes through kill(2), which would be everybody" {
	setup_group
	needs_scopes
	# init leads group 1 here; WINCH is ignored where there is no handler
	# shellcheck disable=SC2016
	run -0 in_namespace 'exec setsid bash -c "trap \"echo init got it\" WINCH
		deny kill=kill -- pidkill -v --scope=group -s WINCH 1; echo exit \$?
		deny kill=kill pidfd_send_signal=EINVAL -- pidkill --scope=group -s WINCH 1; echo exit \$?"' 2>&1
	assert_line "1: sent SIGWINCH"
	assert_line "init got it"
	assert_line "exit 0"
	assert_line "pidkill: 1: cannot send SIGWINCH: Invalid argument (this kernel lacks --scope (Linux 6.9))"
	assert_line "exit 1"
}

@test "a group without a leader none of whose processes may be signalled is EPERM" {
	needs_root
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'kill -9 $leader; wait $leader
		setpriv --reuid=65534 --regid=65534 --clear-groups pidkill -s USR1 -- -$leader; echo "exit $?"; group_got one_member'
	assert_line --regexp "^pidkill: -[0-9]+: cannot send SIGUSR1: Operation not permitted \(none of its processes may be signalled\)$"
	assert_line "exit 1"
	assert_line "one_member:"
}

@test "a group without a leader is reached where pidfd_open is missing, too" {
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'kill -9 $leader; wait $leader
		deny pidfd_open=ENOSYS pidfd_send_signal=EINVAL -- pidkill -s USR1 -- -$leader; echo "exit $?"
		deny pidfd_open=EPERM -- pidkill -- -7777; group_got one_member'
	assert_line "exit 0"
	assert_line "pidkill: -7777: cannot send SIGTERM: No such process (no process group has this number)"
	assert_line "one_member: 10/0/0"
}

@test "no positive PID and no held group ever goes to kill(2)" {
	setup_group
	needs_scopes
	# shellcheck disable=SC2016
	in_group_namespace 'deny kill=kill tgkill=kill rt_sigqueueinfo=kill -- pidkill -s USR1 $member /proc/$member -- -$leader; echo "exit $?"
		group_got one; group_got one_member'
	assert_line "exit 0"
	assert_line "one: 10/0/0"
}

@test "--scope=group with -PGID is what it is without" {
	setup_group
	needs_scopes
	# shellcheck disable=SC2016
	in_group_namespace 'pidkill --scope=group -s USR1 -- -$leader; echo "exit $?"; group_got one; group_got one_member'
	assert_line "exit 0"
	both_got 10/0/0
}

@test "a code does not reach a group whose leader is reaped, and what kill(2) says of it is said" {
	setup_group
	# shellcheck disable=SC2016
	in_group_namespace 'kill -9 $leader; wait $leader
		pidkill --code=TIMER -s USR1 -- -$leader; echo "exit $?"
		deny kill=EINVAL -- pidkill -s USR1 -- -$leader; echo "exit $?"; group_got one_member'
	assert_line --partial "no value reaches this process group"
	assert_line --regexp "^pidkill: -[0-9]+: cannot send SIGUSR1: Invalid argument$"
	assert_equal "$(grep -c '^exit 1' <<<"$output")" 2
	assert_line "one_member:"
}

@test "a group whose leader pidfd_open does not take, or /proc does not show, is signalled by kill(2)" {
	setup_group
	needs_plain_build # without /proc
	# shellcheck disable=SC2016
	in_group_namespace 'deny pidfd_open=EINVAL -- pidkill -s USR1 -- -$leader; echo "exit $?"
		mount -t tmpfs none /proc
		deny pidfd_open=ENOSYS -- pidkill -s USR2 -- -$leader; echo "exit $?"; group_got one; group_got one_member'
	assert_equal "$(grep -c '^exit 0' <<<"$output")" 2
	both_got "10/0/0 12/0/0"
}

@test "without /proc the kernel says that --scope=group names no leader" {
	setup_group
	needs_scopes
	needs_plain_build
	# shellcheck disable=SC2016
	in_group_namespace 'mount -t tmpfs none /proc; pidkill --scope=group -s USR1 $member; echo "exit $?"
		pidkill --flags=4 -s USR1 $leader; echo "exit $?"; group_got one; group_got one_member'
	assert_line --regexp "^pidkill: [0-9]+: cannot send SIGUSR1: not a group leader$"
	assert_line "exit 1"
	assert_line "exit 0"
	both_got 10/0/0
}

@test "more groups than descriptors: the limit is raised" {
	setup_group
	needs_scopes
	# shellcheck disable=SC2016
	in_group_namespace 'ulimit -Sn 16; pidkill -q 1 -s RTMIN -- $(yes -- -$leader | head -30); echo "exit $?"; group_got one | wc -w'
	assert_line "exit 0"
	assert_line 31
}
