# SPDX-License-Identifier: MIT
load lib/common

# Every rule of what makes a pidfile worth anything, broken.

setup_pidfile() {
	start_receiver one
	echo "$pid" >file
}

refused() { # FILE REGEXP [COMMAND...]: it is not trusted, which is no way of being gone
	local file=$1 regexp=$2
	shift 2
	run -1 "$@" pidkill -s USR1 --gone-ok "--pidfile=$file"
	assert_output --regexp "^pidkill: --pidfile=[^ ]*: cannot send SIGUSR1: $regexp"
}

@test "--pidfile: a PID, with and without its newline" {
	start_receiver one
	echo "$pid" >file
	printf %s "$pid" >bare
	run -0 pidkill -v -s RTMIN --pidfile=file
	assert_output "--pidfile=file: sent SIGRTMIN"
	run -0 pidkill -s RTMIN --pidfile bare "--pidfile=$PWD/file"
	run -0 pidkill -p --pidfile=file
	assert_output "$pid"
	receiver_stop one
	assert_equal "$(wc -l <<<"$got")" 3
}

@test "--pidfile: an identity needs no rule about time, and is only what it says" {
	needs_identities
	setup_pidfile
	pidkill --identify "$pid" >file
	touch -d "1 hour ago" file
	run -0 pidkill -s USR1 --pidfile=file
	echo "$pid:1:$(</proc/sys/kernel/random/boot_id)" >file
	run -1 pidkill -s USR1 --pidfile=file
	assert_output --partial "No such process (the identity is stale"
	pidkill --identify=short "$pid" >file
	refused file "the file holds an identity without a boot ID"
	assert_got one "10 .*"
}

@test "--pidfile: a number that was taken after the file was written is stale" {
	setup_pidfile
	touch -d "1 minute ago" file
	run -1 pidkill -s USR1 --pidfile=file
	assert_output "pidkill: --pidfile=file: cannot send SIGUSR1: No such process (the file is stale: its number was taken after it was written)"
	run -3 pidkill --status --pidfile=file
	assert_output "--pidfile=file: gone"
	run -0 pidkill --gone-ok -s USR1 --pidfile=file
	touch -d "20 years ago" file
	run -1 pidkill -s USR1 --pidfile=file
	assert_output "pidkill: --pidfile=file: cannot send SIGUSR1: No such process (the file is stale: it is older than this boot)"
	assert_nothing_sent one
}

@test "--pidfile: a real reuse of the number is stale" {
	needs_root # in an ordinary user's namespace whose / is can't be told
	needs_set_tid
	# shellcheck disable=SC2016
	run -0 in_namespace 'mkfifo ready control
		sleep 1000 & first=$!
		echo $first >file
		kill -9 $first; wait $first
		begun=$(date +%s%N); until [ $(($(date +%s%N) - begun)) -gt 50000000 ]; do :; done # beyond the slack
		spawn_as $first receiver ready <>control >got &
		read -r _ <ready
		pidkill -s USR1 --pidfile=file; echo "exit $?"
		echo q >control; until grep -qx end got; do :; done; cat got'
	assert_line --partial "the file is stale: its number was taken after it was written"
	assert_line "exit 1"
	refute_line --partial "got "
}

@test "--pidfile: a file that a process writes about itself at once is believed" {
	for _ in {1..20}; do
		# shellcheck disable=SC2016
		sh -c 'echo $$ >file; exec sleep 1000' 3>&- &
		children+=($!)
		until [ -s file ]; do :; done
		run -0 pidkill -0 --pidfile=file
		rm file
	done
}

@test "--pidfile: written in the future" {
	setup_pidfile
	touch -d "1 hour" file
	refused file "the file is not trusted: it was written in the future"
	assert_nothing_sent one
}

@test "--pidfile: contents that are not exactly one PID or identity" {
	start_receiver one
	local content
	for content in "$pid $pid" "$pid\n$pid\n" "$pid\n\n" "$pid x" "$pid " " $pid" "+$pid" "0$pid" "-$pid" "0" "x" "\n" \
		"$pid\r\n" "4294967296" "$pid\0" "$pid:x" "0x10" "$pid:5:abc"; do
		printf %b "$content" >file
		refused file "the file holds something else than one PID or identity"
	done
	echo 1 >file
	refused file "the file is not trusted: it names PID 1"
	: >file
	refused file "the file is empty"
	printf "%0100d" 5 >file
	refused file "the file is too large"
	assert_nothing_sent one
}

@test "--pidfile: a file of 2 GiB is not read" {
	needs_plain_build
	needs strace
	setup_pidfile
	truncate -s 2G file 2>/dev/null || skip "no file of 2 GiB here"
	refused file "the file is too large for one PID or identity"
	strace -qq -o trace -e trace=read,pread64 pidkill --pidfile=file 2>/dev/null || true
	run ! grep -E ', [0-9]{5,}\) = [0-9]{5,}' trace
	assert_nothing_sent one
}

@test "--pidfile: links" {
	setup_pidfile
	ln -s file link
	refused link "the file is not trusted: it is a symbolic link"
	ln file second
	refused file "the file is not trusted: it has several hard links"
	rm second
	mkdir real
	mv file real/
	ln -s real way
	ln -s "$PWD/way" absolute
	ln -s loop loop
	run -0 pidkill -0 --pidfile=way/file # the caller's own link on the way
	run -0 pidkill -0 --pidfile=absolute/file
	run -0 pidkill -0 "--pidfile=$PWD/real/../absolute/./file"
	run -1 pidkill -0 --pidfile=loop/file
	assert_output --partial "Too many levels of symbolic links"
	refused real/file/ "$PWD/real/file: Not a directory"
	assert_nothing_sent one
}

@test "--pidfile: what is no regular file, and a FIFO does not block" {
	start_receiver one
	mkfifo fifo
	timeout 20 "$(type -P pidkill)" --pidfile=fifo 2>/dev/null || [ "$?" = 1 ]
	refused fifo "the file is not trusted: it is no regular file"
	refused . "the file is not trusted: it is no regular file"
	refused / "the file is not trusted: it is no regular file"
	refused /dev/null ".*"
	refused /proc/self/stat ".*"
	refused /proc/sys/kernel/pid_max "the file is not trusted: it is no regular file"
	assert_nothing_sent one
}

@test "--pidfile: whoever else may write to it or on the way" {
	setup_pidfile
	local mode
	for mode in 620 602 666; do
		chmod $mode file
		refused file "the file is not trusted: group or others may write to $PWD/file"
	done
	chmod 600 file
	mkdir -p way/in
	mv file way/in/
	for mode in 770 707 777; do
		chmod $mode way
		refused way/in/file "the file is not trusted: group or others may write to $PWD/way"
		chmod 755 way
		chmod $mode way/in
		refused way/in/file "the file is not trusted: group or others may write to $PWD/way/in"
		chmod 755 way/in
	done
	chmod 1777 way
	run -0 pidkill -0 --pidfile=way/in/file # as /tmp is
	chmod 757 way # of a relative path, too
	run -1 sh -c 'cd way/in && pidkill --pidfile=file'
	assert_output "pidkill: --pidfile=file: cannot send SIGTERM: the file is not trusted: group or others may write to $PWD/way"
	assert_nothing_sent one
}

@test "--pidfile: another user's file names his own processes alone" {
	needs_root
	setup_pidfile
	chown 65534 file
	refused file "the file is not trusted: its owner must not stop a process of root"
	chown 0 file
	mkdir way
	mv file way/
	chown 65534 way
	refused way/file "the file is not trusted: its owner must not stop a process of root"
	chown 1 way/file
	refused way/file "the file is not trusted: $PWD/way/file is of a second user, "
	chown 65534 way/file
	refused way/file "the file is not trusted: its owner must not stop a process of root"
	start_receiver two 0 as_user
	echo "$pid" >way/file
	run -0 pidkill -s USR1 --pidfile=way/file
	assert_nothing_sent one
	assert_got two "10 .*"
	if pidkill --identify=short 1 >/dev/null 2>&1; then
		pidkill --identify 1 >way/file
		refused way/file "the file is not trusted: its owner must not stop a process of root"
	fi
}

@test "--pidfile: all user IDs of the process must be the owner's" {
	needs_root
	mkfifo ready
	local ids
	for ids in "65534 65534 0" "65534 0 65534" "0 65534 65534" "0 0 0" "1 1 1"; do
		# shellcheck disable=SC2086
		uids $ids ready 3>&- &
		children+=($!)
		cat ready >file
		chown 65534 file
		refused file "the file is not trusted: its owner must not stop a process of "
	done
	uids 65534 65534 65534 ready 3>&- &
	children+=($!)
	cat ready >file
	run -0 pidkill -0 --pidfile=file
}

@test "--pidfile: the caller is trusted, a third user is not" {
	needs_root
	start_process
	echo "$pid" >file
	chown 1 file
	run -1 as_user pidkill -0 "--pidfile=$PWD/file"
	assert_output --partial "its owner must not stop a process of root"
	chown 65534 file
	run -1 as_user pidkill -0 "--pidfile=$PWD/file"
	assert_output --partial "Operation not permitted (it runs as root)"
}

@test "--pidfile: a number that has become a thread's is stale, one that was a thread's when it was written is not" {
	touch -d "1 second ago" before
	start_receiver one 1
	echo "${receiver_threads[one]}" >file
	run -1 pidkill --gone-ok --pidfile=file
	assert_output --partial "(a thread of process $pid; "
	run -4 pidkill --status --pidfile=file
	touch -r before file
	run -3 pidkill --status --pidfile=file
	assert_output "--pidfile=file: gone"
	run -0 pidkill --gone-ok --pidfile=file
	assert_nothing_sent one
}

@test "--pidfile: a time that is further off than a clock goes is not this boot's" {
	setup_pidfile
	touch -d @10000000000 file
	refused file "the file is not trusted: it was written in the future"
	touch -d "@$(($(date +%s) + 18446744074))" file
	refused file "the file is not trusted: it was written in the future"
	assert_nothing_sent one
}

@test "--pidfile: a link of /proc leads elsewhere than it says" {
	setup_pidfile
	exec 7<.
	refused "/proc/$BASHPID/cwd/file" "the file is not trusted: /proc/$BASHPID/cwd is a link of /proc's own"
	refused /proc/self/fd/7/file "the file is not trusted: /proc/self is a link of /proc's own"
	assert_nothing_sent one
}

@test "--pidfile: a working directory that is another now, or gone, is no missing file" {
	needs_root
	setup_pidfile
	mkdir here
	cp file here/
	cd here || return
	# shellcheck disable=SC2016
	run unshare --mount -- sh -c 'mount -t tmpfs none "$PWD" && cp ../file "$PWD" && pidkill -0 --pidfile=file'
	assert_output "pidkill: --pidfile=file: cannot send signal 0: the file is not trusted: the working directory has no path of its own"
	rm -r ../here
	run -4 pidkill --status --pidfile=../file
	assert_output --partial "cannot tell its status: "
	cd "$BATS_TEST_TMPDIR" || return
	assert_nothing_sent one
}

@test "--pidfile: in a root directory that anybody may write to" {
	needs_root
	needs_plain_build
	mkdir -p root/bin root/lib root/lib64 root/proc
	cp "$(type -P pidkill)" root/bin/
	ldd root/bin/pidkill | grep -o '/[^ ]*' | while read -r library; do
		mkdir -p "root${library%/*}"
		cp "$library" "root$library"
	done
	start_process
	chmod 755 root
	echo "$pid" >root/file
	chroot root /bin/pidkill --pidfile=/file 2>err || true
	grep -q "no /proc shows it" err
	chmod 777 root
	chroot root /bin/pidkill --pidfile=/file 2>err || true
	grep -q "group or others may write to /" err
}

@test "--pidfile: another user's link on the way is not followed" {
	needs_root
	setup_pidfile
	ln -s . link
	chown -h 65534 link
	refused link/file "the file is not trusted: $PWD/link is a link of nobody"
	assert_nothing_sent one
}

@test "--pidfile: root's file serves an ordinary user" {
	needs_root
	start_receiver one 0 as_user
	echo "$pid" >file
	run -0 as_user pidkill -s USR1 "--pidfile=$PWD/file"
	assert_got one "10 .*"
}

@test "--pidfile: in a user namespace that maps few users, an unmapped owner is nobody" {
	unshare --user --map-root-user true 2>/dev/null || skip "needs user namespaces"
	needs_root
	setup_pidfile
	chown 65534 file
	# shellcheck disable=SC2016
	run -1 unshare --user --map-root-user -- pidkill -s USR1 --pidfile=file
	assert_output --regexp "the file is not trusted: whose .* is can't be told"
	assert_nothing_sent one
}

@test "--pidfile: a missing file or way is gone, for --status and --gone-ok" {
	run -1 pidkill --pidfile=nothing
	assert_output "pidkill: --pidfile=nothing: cannot send SIGTERM: No such file or directory ($PWD/nothing)"
	run -1 pidkill --pidfile=nothing/at/all
	run -0 pidkill --gone-ok --pidfile=nothing
	run -3 pidkill --status --pidfile=nothing/at/all
	assert_output "--pidfile=nothing/at/all: gone"
	run -2 pidkill --pidfile=
	assert_output "pidkill: --pidfile=: the value is empty (a variable or a file may be empty)"
}

@test "--pidfile without /proc: a reason, never a guess" {
	needs_plain_build
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	setup_pidfile
	# shellcheck disable=SC2016
	run -1 unshare --mount -- sh -c 'mount -t tmpfs none /proc; pidkill -s USR1 --pidfile=file'
	assert_output "pidkill: --pidfile=file: cannot send SIGUSR1: no /proc shows it"
	assert_nothing_sent one
}

@test "--pidfile where hidepid hides the process: a reason" {
	needs_root
	needs_namespace
	# shellcheck disable=SC2016
	run in_namespace 'mount -t proc -o hidepid=2 proc /proc; sleep 1000 & echo $! >file; chmod 711 .
		setpriv --reuid=65534 --regid=65534 --clear-groups -- pidkill --pidfile="$PWD/file"'
	assert_output --partial "cannot send SIGTERM: No such file or directory (/proc hides what it is: hidepid)"
}

@test "--pidfile: on a user's file system (FUSE), or where that can't be told, the file is not trusted" {
	needs_failing
	setup_pidfile
	mkdir way
	mv file way/
	# what fstatfs(2) says of a FUSE mount
	local magic=4655736500000000
	is_little_endian || magic=0000000065735546
	run -1 failing "?fstatfs,?fstatfs64" "poke_exit=@arg2=$magic" "$PWD/way" pidkill -s USR1 --pidfile=way/file
	assert_output "pidkill: --pidfile=way/file: cannot send SIGUSR1: the file is not trusted: $PWD/way is on a user's file system (FUSE)"
	# a FUSE server may refuse to say
	local place
	for place in "$PWD/way" /; do
		run -1 failing "?fstatfs,?fstatfs64" error=EIO "$place" pidkill -s USR1 --gone-ok --pidfile=way/file
		assert_output "pidkill: --pidfile=way/file: cannot send SIGUSR1: $place: Input/output error"
	done
	assert_nothing_sent one
}

@test "--pidfile: ways that are too long are said to be" {
	setup_pidfile
	local long name
	too_long() { # PATH
		run -1 pidkill --gone-ok "--pidfile=$1"
		assert_output --regexp "^pidkill: --pidfile=.*: cannot send SIGTERM: .*: File name too long$"
	}
	name=$(printf '%0256d' 0)
	too_long "$name"
	too_long "./$name/file"
	mkdir in
	too_long "in/$name"
	long=$(printf './%.0s' {1..2050})
	too_long "${long}file"
	ln -s "${long:0:4000}" way
	too_long "way/${long:0:200}file"
	run -0 pidkill -0 --pidfile=way/file
	# a directory whose own name is short enough to be the working directory, and what is in it is not
	name=$(printf '%0200d' 0)
	for _ in {1..18}; do
		mkdir "$name" && cd "$name" || return
	done
	mkdir -p "$name/$name/$name"
	echo "$pid" >"$name/$name/$name/file"
	too_long "$name/$name/$name/file"
	cd "$BATS_TEST_TMPDIR" || return
	assert_nothing_sent one
}

@test "--pidfile: a file that is changed while it is read is not believed" {
	needs_failing
	setup_pidfile
	# the reader is stopped behind its read
	strace --quiet=all -o trace -P "$PWD/file" -e inject=read:signal=SIGSTOP -- "$(type -P pidkill)" -s USR1 --gone-ok --pidfile=file 2>said 3>&- &
	local job=$! reader status=0
	children+=("$job")
	until grep -qs 'stopped by SIGSTOP' trace; do
		[ -e "/proc/$job" ] || fail "$(cat said trace)"
	done
	read -r reader _ <"/proc/$job/task/$job/children" || true # no newline
	echo "$pid " >file
	kill -CONT "$reader"
	wait "$job" || status=$?
	assert_equal "$status" 1
	assert_equal "$(<said)" "pidkill: --pidfile=file: cannot send SIGUSR1: the file changed while it was read (try again)"
	run -1 failing read retval=1 "$PWD/file" pidkill -s USR1 --gone-ok --pidfile=file # less than there was
	assert_output --partial "the file changed while it was read (try again)"
	assert_nothing_sent one
}

@test "--pidfile: what can't be read of the file, its way or its process is a failure with its reason" {
	needs_failing
	setup_pidfile
	mkdir real
	cp file real/
	ln -s real way
	fails_with() { # REASON CALLS ERROR PATH FILE
		run -1 failing "$2" "error=$3" "$4" pidkill -s USR1 --gone-ok "--pidfile=$5"
		assert_output "pidkill: --pidfile=$5: cannot send SIGUSR1: $1"
	}
	fails_with "$PWD/file: Input/output error" read EIO "$PWD/file" file
	fails_with "$PWD/file: Permission denied" "$opens" EACCES file file
	fails_with "$PWD/way: Input/output error" "?readlinkat" EIO "$PWD/way" way/file
	fails_with "/: Input/output error" "$opens" EIO / file
	fails_with "Input/output error" "$opens" EIO stat file
	fails_with "Input/output error" "$opens" EIO status file
	assert_nothing_sent one
}

@test "--pidfile: an ordinary user can't read it" {
	needs_root
	setup_pidfile
	chmod 600 file
	run -1 as_user pidkill --gone-ok "--pidfile=$PWD/file"
	assert_output "pidkill: --pidfile=$PWD/file: cannot send SIGTERM: $PWD/file: Permission denied"
	assert_nothing_sent one
}

@test "--pidfile: in a user namespace where the root directory's owner is unmapped, no way is trusted" {
	as_user unshare --user --map-root-user true 2>/dev/null || skip "needs user namespaces"
	setup_pidfile
	run -1 as_user unshare --user --map-root-user -- pidkill -s USR1 "--pidfile=$PWD/file"
	assert_output "pidkill: --pidfile=$PWD/file: cannot send SIGUSR1: the file is not trusted: whose / is can't be told (several users show as one in this user namespace)"
	assert_nothing_sent one
}

@test "--pidfile: a link on the way whose owner is unmapped is not followed" {
	needs_root
	unshare --user --map-root-user true 2>/dev/null || skip "needs user namespaces"
	setup_pidfile
	ln -s . link
	chown -h 65534 link
	run -1 unshare --user --map-root-user -- pidkill -s USR1 --pidfile=link/file
	assert_output --partial "the file is not trusted: $PWD/link is a link of "
	assert_nothing_sent one
}

@test "--pidfile: a working directory over which another of the same file system is mounted has no path" {
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	setup_pidfile
	mkdir here other
	cp file here/
	cp file other/
	cd here || return
	# shellcheck disable=SC2016
	run -1 unshare --mount -- sh -c 'mount --bind ../other "$PWD" && exec pidkill -0 --pidfile=file'
	assert_output "pidkill: --pidfile=file: cannot send signal 0: the file is not trusted: the working directory has no path of its own"
	cd "$BATS_TEST_TMPDIR" || return
	assert_nothing_sent one
}

@test "--pidfile with --scope=thread: the leader alone, and a thread's number is its own" {
	needs_scopes
	start_receiver one 1
	echo "$pid" >file
	run -0 pidkill --scope=thread -s RTMIN --pidfile=file
	echo "${receiver_threads[one]}" >file
	run -0 pidkill --scope=thread -s RTMIN --pidfile=file
	receiver_stop one
	assert_equal "$(sed 's/.* thread=//' <<<"$got")" "0
1"
}
