# SPDX-License-Identifier: MIT
load lib/common

# A receiver that is called NAME: its number in $pid.
start_named() { # NAME [COMMAND...]
	local name=$1
	[ -e "bin/$name" ] || { mkdir -p bin; cp "$(command -v receiver)" "bin/$name"; chmod 755 . bin "bin/$name"; }
	mkfifo -m 666 "$name.$#.ready" "$name.$#.control"
	exec 8<>"$name.$#.control"
	"${@:2}" "bin/$name" "$name.$#.ready" <"$name.$#.control" >"$name.$#.got" 3>&- &
	children+=($!)
	read -r pid _ <"$name.$#.ready"
}

@test "--name signals every process whose name it is, and no other" {
	start_named one-$$
	local one=$pid
	start_named one-$$x
	run -0 pidkill -v -s USR1 --name=one-$$
	assert_output "--name=one-$$[$one]: sent SIGUSR1"
	run -0 pidkill -p --name=one-$$ --name=one-$$x
	assert_output "$one
$pid"
	run -0 pidkill --dry-run "--name=one-$$"
	assert_output "would send SIGTERM to $one (one-$$)"
	run -0 pidkill --status --name=one-$$
	assert_output "--name=one-$$[$one]: running"
	run -0 pidkill -v -s KILL --name=one-$$ "$pid" --wait
	assert_line "--name=one-$$[$one]: killed by SIGKILL"
}

@test "--name: no match is exit 1 and says so" {
	run -1 pidkill --name=nobody-has-me
	assert_output "pidkill: --name=nobody-has-me: cannot send SIGTERM: No such process (no process of yours has this name; -a looks at all)"
	run -3 pidkill --status --name=nobody-has-me
	run -1 pidkill -p --name=nobody-has-me
	run -2 pidkill --name=
	run -2 pidkill -a 1234
	assert_output "pidkill: -a: needs --name"
}

@test "--name: a bare word is no name, the hint says how" {
	run -2 pidkill nginx
	assert_output "pidkill: nginx: not a PID (to signal by name: --name=nginx)"
}

@test "--name: exactly that, upper and lower case, no part of it, no pattern" {
	start_named exact-$$
	local word
	for word in exact-$$x exact- "exact-$$ " EXACT-$$ 'exact.*' '*' "bin/exact-$$"; do
		run -1 pidkill -0 "--name=$word"
	done
	run -0 pidkill -0 --name=exact-$$
}

@test "--name: a name over 15 bytes is comm's beginning and the command line's" {
	local name=abcdefghijklmnop-$$ other=abcdefghijklmnoX-$$
	start_named $name
	local long=$pid
	start_named $other
	run -0 pidkill -p --name=$name
	assert_output "$long"
	run -0 pidkill -p --name=$other
	assert_output "$pid"
	run -1 pidkill -p --name=abcdefghijklmnop
	run -0 pidkill -p --name=abcdefghijklmno # what comm is
	assert_output --partial "$long"
	assert_output --partial "$pid"
}

@test "--name: a search that fails late has signalled each match once" {
	needs_failing # a sanitizer's runtime reads directories too
	needs_program
	start_named late-$$ env
	start_named late-$$
	strace -qq -o trace -e trace=getdents64 "$(type -P pidkill)" -p --name=late-$$ >/dev/null
	[ "$(grep -c getdents64 trace)" = 2 ] || skip "needs a libc that reads all of /proc at once"
	run -64 strace -qq -o trace -e trace=getdents64,pidfd_send_signal -e inject=getdents64:error=EIO:when=2 \
		pidkill -v -s WINCH --name=late-$$
	assert_equal "$(grep -c 'sent SIGWINCH$' <<<"$output")" 2
	assert_equal "$(grep -c pidfd_send_signal trace)" 2
	assert_line --partial "cannot send SIGWINCH: Input/output error"
}

@test "--name: never pidkill itself, a zombie or a kernel thread" {
	cp "$(type -P pidkill)" self-$$
	run -1 ./self-$$ -s KILL --name=self-$$
	start_zombie
	run pidkill -p --name=zombie # its parent
	refute_output --partial "$zombie"
	run -1 pidkill -0 --name=kthreadd
	run -1 pidkill -a -0 --name=kthreadd
}

@test "--name: other users' processes only with -a" {
	needs_root
	start_named other-$$ as_user
	run -1 pidkill -0 --name=other-$$
	run -0 pidkill -p -a --name=other-$$
	assert_output "$pid"
	run -0 as_user pidkill -p --name=other-$$
	start_named ours-$$
	run -1 as_user pidkill -0 --name=ours-$$
	run -1 as_user pidkill -0 --all --name=ours-$$
	assert_output --partial "Operation not permitted (it runs as root)"
}

@test "--name: a process with one user of another's is not our own" {
	needs_root
	mkfifo ready
	cp "$(type -P uids)" mixed-$$
	local ids
	for ids in "0 65534 0" "65534 0 0"; do
		# shellcheck disable=SC2086
		./mixed-$$ $ids ready 3>&- &
		children+=($!)
		read -r pid <ready
		run -1 pidkill -0 --name=mixed-$$
		run -0 pidkill -p -a --name=mixed-$$
		kill -KILL "$pid"
	done
}

@test "--name: the overflow user of a namespace is nobody" {
	unshare --user true 2>/dev/null || skip "needs user namespaces"
	start_named overflow-$$
	run -0 pidkill -0 --name=overflow-$$
	run -1 unshare --user -- "$(type -P pidkill)" -0 --name=overflow-$$
}

@test "--name: a match that vanishes among others is none" {
	needs_plain_build
	needs strace
	mkfifo ready
	crowd ready 1 3>&- &
	children+=($!)
	read -r _ <ready
	# the second of two dies when the first is signalled
	strace -f -qq -o trace -e inject=pidfd_send_signal:error=ESRCH:when=2 "$(type -P pidkill)" -v -0 --name=crowd >out 2>&1
	run cat out
	assert_line --regexp "^--name=crowd\[[0-9]+\]: sent signal 0$"
}

@test "--name: other PID namespaces' processes only with -a" {
	needs_root
	needs_namespace
	cp "$(command -v receiver)" inner-$$
	mkfifo ready control
	exec 8<>control
	unshare --pid --fork --kill-child -- ./inner-$$ ready <control >inner.got 3>&- &
	children+=($!)
	read -r _ <ready
	run -1 pidkill -0 --name=inner-$$
	run -0 pidkill -v -0 -a --name=inner-$$
	echo q >&8
	wait $!
}

@test "--name: without a /proc of our own namespace it can't be looked for" {
	needs_plain_build
	needs_root
	needs_namespace
	run -1 unshare --pid --fork --kill-child -- pidkill -0 --name=sleep
	assert_output "pidkill: --name=sleep: cannot send signal 0: can't be looked for (no /proc of this PID namespace is mounted)"
	run -1 unshare --mount -- sh -c 'mount -t tmpfs none /proc; pidkill -0 --gone-ok --name=sleep'
	assert_output --partial "can't be looked for"
}

@test "--name: as many matches as there are, more than the descriptor limit's soft part" {
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_namespace 'mkfifo ready; crowd ready 100 & read -r list <ready
		set -- $list; ulimit -Sn 32
		pidkill -p --name=crowd | wc -l
		pidkill -s KILL -v --name=crowd --wait 2>&1 | grep -c "killed by SIGKILL"
		pidkill -0 --name=crowd'"
		[ \$? = 1 ]"
	assert_line --index 0 101
	assert_line --index 1 101
}

@test "--name with --exit-status is of one process" {
	start_named status-$$
	run -137 pidkill -KILL --exit-status --name=status-$$
	start_named two-$$ env
	start_named two-$$
	run -125 pidkill -TERM --exit-status --name=two-$$
	assert_output "pidkill: two-$$: nothing was sent, 2 processes have this name (--exit-status is of one)"
	run -0 pidkill -0 "$pid"
}

@test "--name: a process that changes its name is hit only by names that it has" {
	local rounds=${PIDKILL_ROUNDS:-100}
	renamer 3>&- aaaaaaaaaaaaaa bbbbbbbbbbbbbb &
	children+=($!)
	until grep -qx 'aaaaaaaaaaaaaa\|bbbbbbbbbbbbbb' "/proc/$!/comm"; do :; done
	local i
	for ((i = 0; i < rounds; i++)); do
		! pidkill -s KILL --name=aaaaaaabbbbbbb 2>/dev/null || fail "round $i"
		! pidkill -s KILL --name=bbbbbbbaaaaaaa 2>/dev/null || fail "round $i"
	done
	kill -0 $!
}

@test "--name: a lack of descriptors while /proc is searched is no 'no match'" {
	needs_failing
	needs prlimit
	start_named lack-$$
	local path
	for path in /proc . comm status stat; do
		run -1 failing "$opens" error=ENFILE $path pidkill -0 --name=lack-$$
		assert_output --regexp "^pidkill: nothing was sent, the targets can't all be held at once: Too many open files in system \(fs.file-max is the system's limit\)$"
		run -0 failing "$opens" error=EMFILE:when=1 $path prlimit --nofile=64: pidkill -v -0 --name=lack-$$ # the limit is raised
		assert_output "--name=lack-$$[$pid]: sent signal 0"
	done
	run -1 failing "$opens" error=EIO . pidkill -0 --name=lack-$$
	assert_output "pidkill: --name=lack-$$: cannot send signal 0: Input/output error"
}

@test "--name: what vanishes while it is looked at is no match" {
	needs_failing
	start_named vanish-$$
	local file
	for file in comm stat; do
		run -1 failing "$opens" error=ENOENT $file pidkill -0 --name=vanish-$$
		assert_output --partial "No such process (no process of yours has this name; -a looks at all)"
	done
	run -1 failing "$opens" error=ENOENT /proc pidkill -0 --name=vanish-$$
	assert_output --partial "can't be looked for"
}

@test "--name: when all matches have vanished, one message stands for them" {
	needs_failing
	mkfifo ready
	crowd ready 1 3>&- &
	children+=($!)
	read -r _ <ready
	run -1 failing pidfd_send_signal error=ESRCH "" pidkill -v -0 --name=crowd
	assert_output "pidkill: --name=crowd: cannot send signal 0: No such process (no process of yours has this name; -a looks at all)"
}

@test "--name: a directory over which another process's is mounted is not taken for its own" {
	needs_root
	unshare --mount true 2>/dev/null || skip "needs mount namespaces"
	start_named over-$$
	local one=$pid
	start_named over-$$ env
	# shellcheck disable=SC2016
	run -0 unshare --mount -- sh -c 'mount --bind "/proc/$1" "/proc/$2"; pidkill -p --name="$3"' sh "$one" "$pid" over-$$
	assert_output "$one"
}

@test "--name with a wait: the limit is raised for what that needs" {
	start_named wait-$$
	local limit
	for limit in {7..16}; do
		# shellcheck disable=SC2016
		run -124 sh -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -Sn "$1"; exec pidkill -0 --wait=0 "--name=$2"' sh "$limit" wait-$$
		assert_output "pidkill: --name=wait-$$[$pid]: still running"
	done
}
