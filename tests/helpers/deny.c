/* SPDX-License-Identifier: MIT */
/* deny CALL=ERRNO... -- COMMAND...: runs COMMAND under a seccomp filter that answers ERRNO (a name
 * or "kill", the death by SIGSYS) to the named system calls. */
#include "helper.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <stddef.h>

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

static const struct { const char *name; long number; } calls[] = {
	{ "pidfd_open", SYS_pidfd_open },
	{ "pidfd_send_signal", SYS_pidfd_send_signal },
	{ "ioctl", SYS_ioctl },
	{ "kill", SYS_kill },
	{ "tgkill", SYS_tgkill },
	{ "rt_sigqueueinfo", SYS_rt_sigqueueinfo },
};

static const struct { const char *name; unsigned action; } actions[] = {
	{ "ENOSYS", SECCOMP_RET_ERRNO | ENOSYS },
	{ "EPERM", SECCOMP_RET_ERRNO | EPERM },
	{ "EINVAL", SECCOMP_RET_ERRNO | EINVAL },
	{ "ENOENT", SECCOMP_RET_ERRNO | ENOENT },
	{ "ENOTTY", SECCOMP_RET_ERRNO | ENOTTY },
	{ "kill", SECCOMP_RET_KILL_PROCESS },
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

int main(int argc, char **argv)
{
	struct sock_filter code[2 * 16 + 2];
	unsigned short count = 0;
	int at = 1;

	code[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	                                             offsetof(struct seccomp_data, nr));
	for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
		const char *equals = strchr(argv[at], '=');
		size_t call = 0, action = 0;

		if (!equals || count > 2 * 16 - 2)
			errx(2, "usage: deny CALL=ERRNO... -- COMMAND...");
		while (call < LENGTH(calls) &&
		       (strncmp(argv[at], calls[call].name, (size_t)(equals - argv[at])) != 0 ||
		        calls[call].name[equals - argv[at]]))
			call++;
		while (action < LENGTH(actions) && strcmp(equals + 1, actions[action].name) != 0)
			action++;
		if (call == LENGTH(calls) || action == LENGTH(actions))
			errx(2, "unknown: %s", argv[at]);
		code[count++] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[call].number, 0, 1);
		code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, actions[action].action);
	}
	code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);

	const struct sock_fprog program = { .len = count, .filter = code };
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		err(125, "seccomp");
	if (at + 1 >= argc)
		errx(2, "no command");
	execvp(argv[at + 1], &argv[at + 1]);
	err(127, "%s", argv[at + 1]);
}
