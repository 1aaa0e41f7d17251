/* SPDX-License-Identifier: MIT */
/* interpose HOOK -- COMMAND...: runs COMMAND under ptrace(2), and HOOK (a shell command) to its end
 * right after COMMAND's first pidfd_send_signal(2) has returned. Exits as COMMAND does; 125: no
 * ptrace here, 126: COMMAND never sent. */
#include "helper.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif

static long call_of(pid_t child)
{
	/* the beginning of struct ptrace_syscall_info, which libcs name differently */
	struct { uint8_t op, pad[3]; uint32_t arch; uint64_t ip, sp, number; } info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) < 0)
		err(125, "PTRACE_GET_SYSCALL_INFO");
	return info.op == 1 /* PTRACE_SYSCALL_INFO_ENTRY */ ? (long)info.number : -1;
}

/* Runs COMMAND up to its next stop. True: at a system call; false: it has ended, *STATUS says how. */
static int next_stop(pid_t child, int *status)
{
	if (ptrace(PTRACE_SYSCALL, child, 0, 0) < 0)
		err(125, "PTRACE_SYSCALL");
	if (waitpid(child, status, 0) < 0)
		err(125, "waitpid");
	return WIFSTOPPED(*status);
}

int main(int argc, char **argv)
{
	int status, sent = 0;

	if (argc < 4 || strcmp(argv[2], "--") != 0)
		errx(2, "usage: interpose HOOK -- COMMAND...");
	const pid_t child = fork();
	if (child < 0)
		err(125, "fork");
	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
			err(125, "PTRACE_TRACEME");
		raise(SIGSTOP);
		execvp(argv[3], &argv[3]);
		err(127, "%s", argv[3]);
	}
	if (waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status))
		errx(125, "no child to trace");
	ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
	while (next_stop(child, &status)) {
		if (WSTOPSIG(status) != (SIGTRAP | 0x80) || call_of(child) != SYS_pidfd_send_signal)
			continue;
		if (!next_stop(child, &status)) /* the call's return */
			break;
		sent = 1;
		if (system(argv[1]) != 0)
			errx(125, "the hook failed: %s", argv[1]);
		ptrace(PTRACE_DETACH, child, 0, 0);
		waitpid(child, &status, 0);
		break;
	}
	if (!sent)
		return 126;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
