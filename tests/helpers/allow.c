/* SPDX-License-Identifier: MIT */
/* allow CALL... -- COMMAND...: runs COMMAND under a seccomp filter that lets the named system calls through, and kills
 * (SIGSYS) at any other. A name that this architecture has no call for is passed over. */
#include "helper.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#define CALL(name) { #name, SYS_##name }

static const struct { const char *name; long number; } calls[] = {
	CALL(brk), CALL(close), CALL(epoll_create1), CALL(epoll_ctl), CALL(epoll_pwait), CALL(execve), CALL(exit_group),
	CALL(faccessat), CALL(fcntl), CALL(fstat), CALL(fstatfs), CALL(futex), CALL(getdents64), CALL(geteuid), CALL(getpgid),
	CALL(getpid), CALL(getrandom), CALL(getuid), CALL(ioctl), CALL(lseek), CALL(kill), CALL(mmap), CALL(mprotect),
	CALL(munmap), CALL(openat), CALL(ppoll), CALL(pread64), CALL(prlimit64), CALL(read), CALL(readlinkat),
	CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(set_robust_list), CALL(set_tid_address), CALL(signalfd4),
	CALL(statfs), CALL(uname), CALL(waitid), CALL(write), CALL(writev),
	{ "pidfd_send_signal", 424 }, { "pidfd_open", 434 },
#ifdef SYS_rseq
	CALL(rseq),
#endif
#ifdef SYS_newfstatat
	CALL(newfstatat),
#endif
#ifdef SYS_access /* the older architectures' own */
	CALL(access), CALL(epoll_wait), CALL(getpgrp), CALL(open), CALL(poll), CALL(readlink), CALL(stat),
#endif
#ifdef SYS_arch_prctl
	CALL(arch_prctl),
#endif
};

int main(int argc, char **argv)
{
	enum { MOST = 64 };
	struct sock_filter code[2 * MOST + 2] = { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)) };
	unsigned short count = 1;
	int at = 1;

	for (; at < argc && strcmp(argv[at], "--") != 0 && at < MOST; at++)
		for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
			if (strcmp(argv[at], calls[i].name) == 0) {
				code[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
				                                             (unsigned)calls[i].number, 0, 1);
				code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
			}
	if (at + 1 >= argc || strcmp(argv[at], "--") != 0)
		errx(2, "usage: allow CALL... -- COMMAND...");
	code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);

	const struct sock_fprog program = { .len = count, .filter = code };
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		err(125, "seccomp");
	execvp(argv[at + 1], &argv[at + 1]);
	err(127, "%s", argv[at + 1]);
}
