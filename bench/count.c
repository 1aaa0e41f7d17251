/* SPDX-License-Identifier: MIT */
/* count COMMAND...: runs it a single step at a time, prints how many instructions it took in user space and how
 * many system calls (the exec that starts it is none). Exact, and the same each time with the same environment.
 * 1 if the command fails. x86-64 alone. */
#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
#ifdef __x86_64__
	enum { SYSCALL = 0x050f }; /* the instruction, as a number */
	unsigned long steps = 0, calls = 0;
	int status;

	if (argc < 2)
		errx(2, "usage: count COMMAND...");
	const pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		execvp(argv[1], argv + 1);
		err(127, "%s", argv[1]);
	}
	while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
		struct user_regs_struct registers;
		ptrace(PTRACE_GETREGS, child, NULL, &registers);
		errno = 0;
		const long word = ptrace(PTRACE_PEEKTEXT, child, (void *)(uintptr_t)registers.rip, NULL);
		calls += errno == 0 && (word & 0xffff) == SYSCALL;
		steps++;
		ptrace(PTRACE_SINGLESTEP, child, NULL, NULL);
	}
	printf("%lu %lu\n", steps, calls);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
#else
	(void)argc;
	errx(2, "%s: for x86-64 alone", argv[0]);
#endif
}
