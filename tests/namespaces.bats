# SPDX-License-Identifier: MIT
load lib/common

# In a PID namespace of its own whose /proc is still the outer one.
in_foreign_proc() {
	unshare --pid --fork --kill-child -- bash -c "$@"
}

@test "a PID means the caller's own namespace, whatever /proc is mounted" {
	needs_root
	needs_namespace
	# shellcheck disable=SC2016
	run -0 in_foreign_proc 'sleep 1000 & pidkill -v -s KILL $!; wait $! || echo "killed by $?"'
	assert_line --regexp "^[0-9]+: sent SIGKILL$"
	assert_line "killed by 137"
}

@test "without pidfd_open a foreign /proc is refused: it would name a stranger" {
	needs_root
	needs_namespace
	# shellcheck disable=SC2016
	run -1 in_foreign_proc 'sleep 1000 & deny pidfd_open=ENOSYS kill=kill -- pidkill $!'
	assert_output --regexp "^pidkill: [0-9]+: cannot send SIGTERM: Function not implemented \(pidfd_open\(2\) is missing or filtered, and no /proc of this PID namespace is mounted\)$"
}

@test "a foreign /proc is refused even where we have the same number in both namespaces" {
	needs_root
	needs_set_tid
	# shellcheck disable=SC2016
	run -0 in_namespace 'sleep 1000 & outer=$!
		timeout 20 unshare --pid --fork --kill-child -- spawn_as 500,500 sh -c "
			read -r self _ </proc/self/stat; echo \$\$ \$self
			exec deny pidfd_open=ENOSYS kill=kill -- pidkill $outer" 2>&1 || true'
	assert_line "500 500"
	assert_line --partial "no /proc of this PID namespace is mounted"
}

@test "without pidfd_open and without any /proc the reason is said" {
	needs_plain_build
	needs_root
	needs_namespace
	start_process
	# shellcheck disable=SC2016
	run -1 unshare --mount -- sh -c 'mount -t tmpfs none /proc; deny pidfd_open=EPERM -- pidkill "$1"' sh "$pid"
	assert_output "pidkill: $pid: cannot send SIGTERM: Operation not permitted (pidfd_open(2) is missing or filtered, and no /proc of this PID namespace is mounted)"
}

@test "without any /proc a PID is signalled all the same" {
	needs_plain_build
	needs_root
	needs_namespace
	start_receiver one
	# shellcheck disable=SC2016
	run -0 unshare --mount -- sh -c 'mount -t tmpfs none /proc; pidkill -s USR1 "$1"' sh "$pid"
	assert_got one "10 .*"
}

@test "a process inside a child namespace is signalled from outside, by every handle" {
	needs_root
	needs_namespace
	mkfifo -m 666 ready control
	exec 8<>control
	unshare --pid --fork --kill-child -- receiver ready <control >inner.got 3>&- &
	children+=($!)
	read -r _ <ready
	local inner
	inner=$(pgrep -P "$!")
	run -0 pidkill -q 4 -s RTMIN "$inner"
	run -0 pidkill -q 5 -s RTMIN "/proc/$inner"
	echo q >&8
	wait "$!"
	assert_equal "$(sed -n 's/^got .*pid=\([0-9]*\) .*int=\([0-9]*\) .*/\1 \2/p' inner.got)" "0 4
0 5"
}

@test "a thread's directory on a foreign procfs is that thread" {
	needs_scopes
	needs_root
	needs_namespace
	cat >inside <<'S'
mkfifo ready control
receiver ready 1 <>control >got &
read -r _ <ready
for task in /proc/[0-9]*/task/*; do
	[ "$task/ns/pid" -ef /proc/self/ns/pid ] && [ "$(cat "$task/comm")" = receiver ] && last=$task
done
pidkill --scope=thread -q 8 -s RTMIN "$last"
echo q >control
until grep -qx end got; do wait; done
cat got
S
	run -0 in_foreign_proc 'bash inside'
	assert_line --regexp "^got 34 code=-1 .* int=8 .* thread=1$"
}

@test "a thread's directory of an outer process is refused from inside" {
	needs_scopes
	needs_root
	needs_namespace
	start_receiver one 1
	local target="/proc/$pid/task/${receiver_threads[one]}"
	run -1 in_foreign_proc "pidkill --scope=thread $target"
	assert_output --partial "pidkill: $target: cannot send SIGTERM: "
	assert_nothing_sent one
}

# A receiver that is the first process of a PID namespace and has the number 300 in it too, SCRIPT's arguments
# are the two directories: run in a sibling of that namespace, with the outer /proc.
in_sibling() { # SCRIPT
	mkfifo -m 666 ready control ready300 control300
	exec 8<>control 9<>control300
	# shellcheck disable=SC2016
	unshare --pid --fork --kill-child -- bash -c 'spawn_as 300 receiver ready300 <control300 >got300 & exec receiver ready <control >got' 3>&- &
	children+=($!)
	read -r _ <ready
	read -r _ <ready300
	local dir first='' other=''
	for dir in /proc/[0-9]*; do
		! grep -qsx "PPid:.$!" "$dir/status" || first=$dir
	done
	for dir in /proc/[0-9]*; do
		[ "$dir/ns/pid" -ef "$first/ns/pid" ] && grep -qs '^NSpid:.*[[:space:]]300$' "$dir/status" && other=$dir
	done
	[ "$first" ] && [ "$other" ]
	run in_foreign_proc "$1" sibling "$first" "$other"
	echo q >&8
	echo q >&9
}

@test "a number in a sibling namespace proves nothing in ours: neither a stranger's nor a free one" {
	needs_root
	needs_set_tid
	# shellcheck disable=SC2016
	in_sibling 'for dir in "$@"; do pidkill -0 --wait "$dir"; echo "exit $?"; pidkill -p "$dir"; echo "exit $?"; done'
	assert_equal "$(grep -c "cannot send signal 0: can't be turned into a pidfd (its procfs is of another PID namespace and tells too little)$" <<<"$output")" 2
	assert_equal "$(grep -c '^exit 1$' <<<"$output")" 4
	assert_equal "$(grep -c 'cannot tell its PID: ' <<<"$output")" 2
}

# pidkill signals a process that has pidkill's own number in a PID namespace of its own, by its directory here or, with
# FROM_INSIDE, on the /proc of that namespace. START, in which $$ is that number, makes it: a receiver, with ready, control and got.
signals_its_namesake() { # START [FROM_INSIDE]
	needs_root
	needs_set_tid
	mkfifo -m 666 ready control
	exec 8<>control
	# shellcheck disable=SC2016
	run -0 timeout 50 bash -c 'eval "$1" >/dev/null 2>&1 &
		read -r number _ <ready; [ "$number" = $$ ] || exit 9
		for dir in /proc/[0-9]*; do
			grep -qs "^NSpid:.*[[:space:]][0-9]*[[:space:]]$$\$" "$dir/status" && target=$dir
		done
		exec pidkill -v -s USR1 "$target${2:+/root/proc/$$}"' bash "$@" 3>&-
	echo q >&8
	assert_output --regexp "^/proc/[0-9]+${2:+/root/proc/[0-9]+}: sent SIGUSR1$"
}

# shellcheck disable=SC2016
@test "a stranger with pidkill's own number in an inner namespace is not pidkill itself" {
	signals_its_namesake 'unshare --pid --fork --kill-child -- spawn_as $$ receiver ready <control >got'
}

# shellcheck disable=SC2016
@test "a stranger with pidkill's own number on the /proc of a namespace that does not show pidkill is not pidkill itself" {
	signals_its_namesake 'unshare --pid --fork --kill-child --mount-proc -- bash -c "spawn_as $$ receiver ready <control >got & wait"' from-inside
}
