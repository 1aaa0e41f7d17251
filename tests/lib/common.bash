# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2034 # what the tests read
# What every test file loads. The environment, set by `make check` (by hand: tests/run):
#   PIDKILL   the program under test
#   HELPERS   the directory of the built helpers
#   SOURCES   the directory of configure
#   PIDKILL_SO  the builtin, to be run wherever these files say pidkill; empty: the program

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

# An ordinary user must reach the program and the helpers too, wherever the tree lies.
setup_file() {
	mkdir "$BATS_FILE_TMPDIR/bin"
	cp "$PIDKILL" "$HELPERS"/{allow,crowd,deny,hold,interpose,leaderless,noargv,receiver,renamer,spawn_as,uids,zombie} "$BATS_FILE_TMPDIR/bin/"
	chmod 711 "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR"
}

setup() {
	PATH=$BATS_FILE_TMPDIR/bin:$PATH
	cd "$BATS_TEST_TMPDIR" || return
	[ -z "${PIDKILL_SO-}" ] || enable -f "$PIDKILL_SO" pidkill # what bash runs itself, here and in its subshells
	children=()
	declare -gA receiver_pid=() receiver_control=() receiver_threads=()
}

# No process is left behind.
teardown() {
	local child
	[ "${#children[@]}" != 0 ] || return 0
	for child in $(jobs -pr); do # what has been waited for is nobody's number, or a stranger's
		[[ " ${children[*]} " != *" $child "* ]] || kill -KILL "$child" 2>/dev/null || true
	done
	wait "${children[@]}" 2>/dev/null || true
}

# An ordinary user, when the suite runs as root; the same one otherwise.
as_user() {
	if [ "$EUID" = 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
	else
		"$@"
	fi
}

needs_root() {
	[ "$EUID" = 0 ] || skip "needs root"
}

needs() {
	command -v "$1" >/dev/null || skip "needs $1"
}

# Not under a sanitizer: its runtime opens files, reads /proc and can't be traced.
needs_plain_build() {
	! grep -qE '__[am]san_init' "$PIDKILL" || skip "needs a build without sanitizers"
}

# failing CALLS WHAT PATH COMMAND...: COMMAND, whose system CALLS with PATH, as it is written there or as the descriptor's
# ("": with any), end as WHAT says: error=EIO, error=EIO:when=2, as strace(1) has it. Libcs call by different names: $opens, $stats.
failing() {
	strace --quiet=all -o /dev/null ${3:+-P "$3"} -e "inject=$1:$2" -- "${@:4}"
}

opens="openat,?open"
stats="?fstat,?newfstatat,?stat,?fstatat64,?fstat64"

needs_failing() {
	needs_plain_build
	needs strace
	strace --quiet=all -o /dev/null true 2>/dev/null || skip "needs ptrace"
}

is_little_endian() {
	[ "$(printf '\1\0' | od -An -td2 | tr -d ' ')" = 1 ]
}

# Not where coverage is counted: that makes calls of its own at the end.
needs_uncounted_build() {
	! grep -q __gcov_init "${PIDKILL_SO:-$PIDKILL}" || skip "needs a build that does not count coverage"
}

# What is true of a process of its own, and not of a shell's builtin.
needs_program() {
	[ -z "${PIDKILL_SO-}" ] || skip "needs the program, not the builtin"
}

# Linux 6.9: scopes and pidfs.
needs_scopes() {
	pidkill -0 --flags=2 "$BASHPID" 2>/dev/null || skip "needs Linux 6.9"
}

# Linux 6.9, and inodes that are wide enough: identities.
needs_identities() {
	pidkill --identify=short "$BASHPID" >/dev/null 2>&1 || skip "needs Linux 6.9 and its identities"
}

# In a PID namespace of its own, with its /proc; all that is left in it dies at the end. An ordinary
# user is root in a user namespace there.
in_namespace() {
	local user=()
	[ "$EUID" = 0 ] || user=(--user --map-root-user)
	timeout -k 5 50 unshare "${user[@]}" --pid --fork --kill-child --mount-proc -- bash -c "$@"
}

needs_namespace() {
	in_namespace : 2>/dev/null || skip "needs PID namespaces"
}

needs_set_tid() {
	needs_namespace
	in_namespace 'spawn_as 300 true' 2>/dev/null || skip "needs clone3 with set_tid"
}

# A process that does nothing, and is no longer the shell that it was, with its traps: its number in $pid.
start_process() {
	local comm=
	sleep 1000 3>&- &
	pid=$!
	children+=("$pid")
	until [ "$comm" = sleep ]; do
		read -r comm <"/proc/$pid/comm"
	done
}

# The number of a process that has been and gone.
gone_pid() {
	sleep 0 3>&- &
	gone=$!
	wait "$gone"
}

# A process that has exited with STATUS, 0 if none, and is not reaped: its number in $zombie.
start_zombie() { # [STATUS] [COMMAND...]
	local status=${1:-0}
	shift $(($# < 1 ? $# : 1))
	mkfifo -m 666 zombie.ready
	"$@" zombie zombie.ready "$status" 3>&- &
	children+=($!)
	read -r zombie <zombie.ready
	rm zombie.ready
}

# start_receiver NAME [THREADS] [COMMAND...]: a receiver, run by COMMAND (as_user), that is ready when
# this returns: ${receiver_pid[NAME]}, and the numbers of its threads in ${receiver_threads[NAME]}.
start_receiver() {
	local name=$1 threads=${2:-0} control line
	shift $(($# < 2 ? $# : 2))
	mkfifo -m 666 "$name.ready" "$name.control"
	exec {control}<>"$name.control"
	"$@" receiver "$name.ready" "$threads" <"$name.control" >"$name.got" 3>&- &
	children+=($!)
	read -r line <"$name.ready"
	receiver_pid[$name]=${line%% *}
	receiver_threads[$name]=${line#* }
	receiver_control[$name]=$control
	pid=${receiver_pid[$name]}
}

# What it got, in $got: a line for each signal, none if there was none.
receiver_stop() {
	local control=${receiver_control[$1]}
	echo q >&"$control"
	exec {control}>&-
	wait "${receiver_pid[$1]}" 2>/dev/null || # a grandchild: run as another user
		until grep -qx end "$1.got" || ! kill -0 "${receiver_pid[$1]}" 2>/dev/null; do :; done
	got=$(<"$1.got")
	got=${got%end}
	got=${got%$'\n'}
}

assert_got() { # NAME REGEXP: exactly one signal, like this
	receiver_stop "$1"
	[[ $got =~ ^got\ $2\ thread=[0-9]+$ ]] || fail "expected: got $2, but: ${got:-nothing}"
}

assert_nothing_sent() { # NAME
	receiver_stop "$1"
	[ -z "$got" ] || fail "something was sent: $got"
}
