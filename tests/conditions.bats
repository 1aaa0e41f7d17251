# SPDX-License-Identifier: MIT
load lib/common

@test "--if-exe: the program that runs, by its file and not by its name" {
	start_receiver one
	cp "$(command -v receiver)" receiver
	ln -s "$(command -v receiver)" link
	run -0 pidkill -s RTMIN --if-exe="$(command -v receiver)" "$pid"
	run -0 pidkill -s RTMIN --if-exe=./link --fd=7 7<"/proc/$pid"
	run -1 pidkill -s RTMIN --if-exe=./receiver "$pid"
	assert_output "pidkill: $pid: did not send SIGRTMIN: it runs $BATS_FILE_TMPDIR/bin/receiver (--if-exe)"
	run -1 pidkill -s RTMIN --if-exe=./nothing "$pid"
	assert_output "pidkill: $pid: cannot send SIGRTMIN: the program to compare with can't be read: No such file or directory (--if-exe)"
	receiver_stop one
	assert_equal "$(wc -l <<<"$got")" 2
}

@test "--if-exe: a replaced binary still matches" {
	cp "$(command -v receiver)" mine
	mkfifo ready control
	exec 8<>control
	./mine ready <control >got 3>&- &
	children+=($!)
	read -r pid _ <ready
	cp mine new
	mv new mine # as an upgrade does
	run -0 pidkill -0 --if-exe=mine "$pid"
	ln -s mine link
	run -0 pidkill -0 --if-exe=link "$pid"
	cp mine "mine (deleted)"
	run -1 pidkill -0 --if-exe="mine (deleted)" "$pid"
}

@test "--if-comm: the name that it has" {
	start_receiver one
	run -0 pidkill -s USR1 --if-comm=receiver "$pid"
	run -1 pidkill -s USR1 --if-comm=receive "$pid"
	assert_output "pidkill: $pid: did not send SIGUSR1: its name is receiver (--if-comm)"
	run -64 pidkill -0 --if-comm=receiver "$pid" "$$"
	assert_got one "10 .*"
}

@test "--if-comm: a name that is being changed is one or the other" {
	local rounds=${PIDKILL_ROUNDS:-50} i
	renamer aaaaaaaaaaaaaa bbbbbbbbbbbbbb 3>&- &
	children+=($!)
	until grep -qx 'aaaaaaaaaaaaaa\|bbbbbbbbbbbbbb' "/proc/$!/comm"; do :; done
	for ((i = 0; i < rounds; i++)); do
		! pidkill -0 --if-comm=aaaaaaabbbbbbb "$!" 2>/dev/null || fail "round $i"
	done
}

@test "--if-user: by name and number" {
	local user
	user=$(id -un)
	start_receiver one
	run -0 pidkill -s USR1 --if-user="$user" "$pid"
	run -0 pidkill -0 --if-user="$(id -u)" "$pid"
	run -1 pidkill -0 --if-user=4242424 "$pid"
	assert_output "pidkill: $pid: did not send signal 0: it runs as $user (--if-user)"
	run -2 pidkill -0 --if-user=no-such-user "$pid"
	assert_output "pidkill: no-such-user: no such user"
	run -2 pidkill -0 --if-user=4294967295 "$pid"
	assert_got one "10 .*"
}

@test "--if-user is the effective user" {
	needs_root
	start_receiver one 0 setpriv --ruid=0 --euid=65534 --clear-groups
	run -0 pidkill -0 --if-user=65534 "$pid"
	run -1 pidkill -0 --if-user=root "$pid"
	assert_nothing_sent one
}

@test "all conditions must be met, and they go with every question" {
	start_process
	local exe user
	exe=$(command -v sleep)
	user=$(id -u)
	run -0 pidkill -p --if-exe="$exe" --if-comm=sleep --if-user="$user" "$pid"
	assert_output "$pid"
	run -1 pidkill -p --if-exe="$exe" --if-comm=other --if-user="$user" "$pid"
	assert_output "pidkill: $pid: its name is sleep (--if-comm)"
	run -3 pidkill --status --if-comm=other "$pid"
	assert_output "pidkill: $pid: its name is sleep (--if-comm)"
	run -0 pidkill --status --if-comm=sleep "$pid"
	run -1 pidkill --dry-run --if-comm=other "$pid"
	run -1 pidkill -k 1 --if-comm=other "$pid"
	run -125 pidkill -TERM --exit-status --if-comm=other "$pid"
	run -2 pidkill --if-comm= "$pid"
	run -2 pidkill --if-comm=a --if-comm=b "$pid"
	run -2 pidkill --if-comm=sleep -- -"$pid"
	run -2 pidkill --if-comm=sleep 0
	run -2 pidkill -l --if-comm=sleep
	run -0 pidkill -0 "$pid"
}

@test "what can't be read is a failure, not a match" {
	needs_root
	start_process
	run -1 as_user pidkill -0 --if-exe="$(command -v sleep)" "$pid"
	assert_output "pidkill: $pid: cannot send signal 0: its program can't be read: Permission denied (--if-exe)"
	needs_plain_build
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	# shellcheck disable=SC2016
	run -1 unshare --mount -- sh -c 'mount -t tmpfs none /proc; pidkill --if-user=root "$1"' sh "$pid"
	assert_output "pidkill: $pid: cannot send SIGTERM: no /proc shows it"
}

@test "--if-exe: a zombie runs nothing, and has ended: it is gone, not unreadable" {
	start_zombie
	run -0 pidkill --gone-ok -k 1 --if-exe="$(command -v zombie)" "$zombie"
	assert_output ""
	run -3 pidkill --status --if-exe="$(command -v zombie)" "$zombie"
	assert_output "$zombie: zombie"
}

@test "--if-exe: a zombie that leads a group is no way to the group" {
	needs_scopes
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'mkfifo ready control leader
		bash -c "setsid bash -c \"receiver ready <>control >got & exec sleep 1000\" & echo \$! >leader; kill -STOP \$\$" &
		read -r leader <leader; read -r _ <ready
		kill -KILL $leader; until grep -q ") Z" /proc/$leader/stat; do :; done
		pidkill -s USR1 --scope=group --if-exe=/dev/null $leader; echo "exit $?"
		pidkill -s USR1 --flags=4 --if-exe=/dev/null $leader; echo "exit $?"
		echo q >control; until grep -qx end got; do :; done; cat got'
	assert_equal "$(grep -c "cannot send SIGUSR1: its program can't be read: No such file or directory (--if-exe)$" <<<"$output")" 2
	assert_equal "$(grep -c '^exit 1$' <<<"$output")" 2
	refute_line --partial "got "
}

@test "--if-user: the overflow user of a namespace is nobody's" {
	unshare --user --map-root-user true 2>/dev/null || skip "needs user namespaces"
	needs_root
	start_process
	start_receiver one 0 as_user
	run -1 unshare --user --map-root-user -- pidkill -0 --if-user=65534 "$pid"
	assert_output "pidkill: $pid: cannot send signal 0: its user can't be told (several users show as one in this user namespace)"
	assert_nothing_sent one
}

@test "--if-exe: a file of another file system is another" {
	start_process
	run -1 pidkill -0 --if-exe=/dev/null "$pid"
	assert_output --regexp "^pidkill: $pid: did not send signal 0: it runs /.*sleep \(--if-exe\)$"
}

replaced_binary() { # COMMAND...: runs "mine", which is then replaced: $pid
	cp "$(type -P receiver)" mine
	mkfifo ready control
	exec 8<>control
	"$@" ./mine ready <control >got 3>&- &
	children+=($!)
	read -r pid _ <ready
	cp mine new
	mv new mine
}

@test "--if-exe: a replaced binary of another mount namespace is not believed by its path" {
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	replaced_binary unshare --mount --
	run -1 pidkill -0 --if-exe=mine "$pid"
	assert_output --regexp "^pidkill: $pid: did not send signal 0: it runs '.*$PWD/mine \\(deleted\\)' \\(--if-exe\\)\$" # a chroot in front
}

@test "--if-exe: where the mount namespaces can't be compared a replaced binary is not believed" {
	needs_failing
	replaced_binary
	run -0 failing "$stats" error=EACCES ns/nothing pidkill -0 --if-exe=mine "$pid"
	local path
	for path in /proc/self/ns/mnt ns/mnt; do
		run -1 failing "$stats" error=EACCES $path pidkill -0 --if-exe=mine "$pid"
		assert_output "pidkill: $pid: did not send signal 0: it runs '$PWD/mine (deleted)' (--if-exe)"
	done
}

@test "a condition that can't be looked up is a failure with its reason" {
	needs_failing
	start_process
	local exe
	exe=$(type -P sleep)
	fails_with() { # REASON CALLS ERROR PATH WORDS
		run -1 failing "$2" "error=$3" "$4" pidkill -0 "$5" "$pid"
		assert_output "pidkill: $pid: cannot send signal 0: $1"
	}
	fails_with "its program can't be read: Permission denied (--if-exe)" "$stats" EACCES exe "--if-exe=$exe"
	fails_with "No such process" "?readlink,readlinkat" ESRCH exe "--if-exe=$exe"
	fails_with "Input/output error" "$opens" EIO comm --if-comm=sleep
	fails_with "Permission denied (/proc hides what it is: hidepid)" "$opens" EACCES comm --if-comm=sleep
	fails_with "Input/output error" "$opens" EIO status "--if-user=$(id -u)"
	run -1 failing "$opens" error=EIO status pidkill -r "$pid"
	assert_output "pidkill: $pid: cannot send SIGTERM: Input/output error"
	run -1 failing "$opens" error=EIO:when=2 comm pidkill -0 --if-comm=other "$pid"
	assert_output "pidkill: $pid: did not send signal 0: its name is ? (--if-comm)"
}

@test "--if-user: where the users of the namespace can't be told the overflow user is nobody's" {
	needs_root
	needs_failing
	start_receiver one 0 as_user
	run -0 pidkill -0 --if-user=65534 "$pid"
	run -1 failing "$opens" error=ENOENT /proc/self/uid_map pidkill -0 --if-user=65534 "$pid"
	assert_output "pidkill: $pid: cannot send signal 0: its user can't be told (several users show as one in this user namespace)"
	assert_nothing_sent one
}
