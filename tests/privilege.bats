# SPDX-License-Identifier: MIT
# How little is enough: system calls, environment.
load lib/common

# The loader's and libc's; each libc and architecture has some of them (musl's open() calls fcntl).
start="execve fcntl brk arch_prctl access faccessat openat open read pread64 fstat newfstatat stat mmap mprotect munmap close
	set_tid_address set_robust_list rseq prlimit64 getrandom readlink readlinkat futex poll ioctl rt_sigprocmask exit_group"

# --if-user is not among them: libc looks a user up, and what its NSS modules do differs from machine to machine.
# NAME | BESIDE THOSE | COMMAND LINE. To print (lists, questions, messages) takes "print".
print="rt_sigaction write"
held="fcntl" # what is read later needs descriptors: they are proved to be there
waits="fcntl getpgrp getpgid ioctl rt_sigprocmask rt_sigaction signalfd4 epoll_create1 epoll_ctl epoll_wait epoll_pwait $print"
modes="
a PID          | pidfd_open pidfd_send_signal                               | -s URG \$pid
a directory    | getpid fstatfs pidfd_send_signal                           | -s URG /proc/\$pid
a descriptor   | getpid fcntl fstatfs pidfd_send_signal                     | -s URG --fd=7
an identity    | pidfd_open fstatfs pidfd_send_signal                       | -s URG \$id
a pidfile      | pidfd_open fstatfs geteuid pidfd_send_signal               | -s URG --pidfile=\$PWD/pidfile
a name         | getpid geteuid fstatfs fcntl getdents64 pidfd_send_signal  | -s URG --name=privileged
conditions     | pidfd_open fstatfs $held pidfd_send_signal                 | -s URG --if-exe=\$exe --if-comm=privileged \$pid
a handler      | pidfd_open fstatfs $held pidfd_send_signal $print          | -s URG -r \$pid
a thread       | pidfd_open pidfd_send_signal                               | -s URG --scope=thread \$pid
a group        | pidfd_open getpgrp getpgid pidfd_send_signal               | -s URG -- -\$group
a value        | pidfd_open getpid getuid pidfd_send_signal                 | -q 5 -s URG \$pid
verbose        | pidfd_open pidfd_send_signal $print                        | -v -s URG \$pid
a wait         | pidfd_open pidfd_send_signal $waits                        | -0 --wait=0 \$pid
-p             | pidfd_open pidfd_send_signal $held $print                  | -p \$pid
-d             | pidfd_open fstatfs pidfd_send_signal $held $print          | -d \$pid
--status       | pidfd_open fstatfs pidfd_send_signal $held $print          | --status \$pid
--identify     | pidfd_open fstatfs pidfd_send_signal $held $print          | --identify \$pid
--dry-run      | pidfd_open fstatfs pidfd_send_signal $held $print          | --dry-run -s URG \$pid
lists          | $print                                                     | -l
a message      | $print                                                     | nonsense
"

each_mode() { # COMMAND...: runs it with $name, $calls and the words of each mode
	local name calls words
	while IFS='|' read -r name calls words; do
		[ -n "$words" ] || continue
		name=${name%%  *}
		name=${name% }
		eval "set_words $words"
		"$@"
	done <<<"$modes"
}

set_words() {
	command_line=("$@")
}

start_privileged() {
	cp "$(type -P sleep)" privileged
	set -m
	./privileged 1000 3>&- &
	pid=$!
	set +m
	children+=("$pid")
	# shellcheck disable=SC2034 # in the words of a mode
	group=$pid exe=$PWD/privileged
	until [ "$(<"/proc/$pid/comm")" = privileged ]; do :; done
	id=$(pidkill --identify "$pid")
	mkdir -m 755 trusted
	echo "$id" >pidfile
	exec 7<"/proc/$pid"
}

behaves() {
	local without with
	without=0 with=0
	pidkill "${command_line[@]}" >out 2>&1 3>&- || without=$?
	# shellcheck disable=SC2086
	allow $start $calls -- pidkill "${command_line[@]}" >out.allowed 2>&1 3>&- || with=$?
	assert_equal "$name: $with" "$name: $without"
	assert_equal "$name: $(<out.allowed)" "$name: $(<out)"
	[ "$name" = "a message" ] || [[ $with = 0 || $name = "a wait" || $name = "a handler" ]] || fail "$name: exit $with: $(<out.allowed)"
}

@test "each mode does with the system calls that are listed for it, and dies of no other" {
	needs_program
	needs_plain_build
	needs_uncounted_build
	needs_root
	needs_identities
	start_privileged
	each_mode behaves
}

# Those of this libc and architecture, that is.
makes_all() {
	local call
	strace -qq -o trace pidkill "${command_line[@]}" >/dev/null 2>&1 3>&- || true
	for call in $calls; do
		case "$name $call" in
		*" getpgid" | *" getpgrp" | *" epoll_wait" | *" epoll_pwait") continue ;; # another libc's
		"a pidfile"*" geteuid" | "a handler"*" pidfd_send_signal") continue ;; # an ordinary user's; where there is a handler
		"a wait"*" rt_sigprocmask" | "a wait"*" write" | "a wait"*" rt_sigaction") continue ;; # where it lasts
		esac
		grep -q "^$call(" trace || fail "$name: $call is allowed, but not made"
	done
}

@test "no mode is allowed a call that it does not make" {
	needs_program
	needs_plain_build
	needs_uncounted_build
	needs_root
	needs_identities
	needs strace
	start_privileged
	each_mode makes_all
}

@test "no environment variable changes what it does" {
	needs_program
	needs_plain_build
	needs_uncounted_build
	needs_identities
	start_process
	gone_pid
	local line hostile=(TZ=Antarctica/Troll LANG=tr_TR.UTF-8 LC_ALL=de_DE.UTF-8 LC_MESSAGES=fr_FR LANGUAGE=fr POSIXLY_CORRECT=1
		COLUMNS=1 LINES=1 TERM=dumb TMPDIR=/nonexistent HOME=/nonexistent PATH=/nonexistent USER=root LOGNAME=root
		MALLOC_ARENA_MAX=1 MALLOC_CHECK_=3 MALLOC_PERTURB_=255 MALLOC_TOP_PAD_=1 MALLOC_TRACE=trace
		GLIBC_TUNABLES=glibc.malloc.perturb=255:glibc.malloc.tcache_count=0 LOCPATH=/nonexistent NLSPATH=/nonexistent
		GCONV_PATH=/nonexistent HOSTALIASES=/nonexistent RES_OPTIONS=debug NO_COLOR=1 CLICOLOR_FORCE=1 PROCPS_USERLEN=1
		PS_PERSONALITY=sysv PIDKILL=x PIDKILL_SIGNAL=KILL KILL=9 SIGNAL=KILL LD_BIND_NOW=1 "BASH_FUNC_x%%=() { :; }")
	while read -r line; do
		# shellcheck disable=SC2086
		{
			env -i "$(type -P pidkill)" $line >out 2>err && status=0 || status=$?
			env -i "${hostile[@]}" "$(type -P pidkill)" $line >out.hostile 2>err.hostile && hostile_status=0 || hostile_status=$?
		}
		assert_equal "$line: $hostile_status" "$line: $status"
		cmp out out.hostile
		cmp err err.hostile
	done <<-END
		-l
		-L
		--help
		-0 $pid 0x1
		-0 -v $pid $gone
		-0 $pid nonsense -v
		-p $pid
		-d $pid
		--status $pid $gone
		--identify $pid
		--dry-run -s RTMIN+1 $pid
		--dry-run --name=sleep --if-user=root
		--dry-run --if-user=nosuchuser $pid
		-0 --wait=0.001 $pid
		-0 --wait=0,5 $pid
		-0 --pidfile=missing
	END
	[ ! -e trace ]
	needs nm
	run ! grep -E 'getenv|setlocale' <(nm -D "$(type -P pidkill)" 2>/dev/null)
}
