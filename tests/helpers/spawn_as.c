/* SPDX-License-Identifier: MIT */
/* spawn_as PID[,PID...] COMMAND...: runs COMMAND as the process with the number PID, clone3(2) with
 * set_tid, and ends as it does. Further numbers are those in the PID namespaces around this one.
 * 125: this is not allowed here. */
#include "helper.h"

#include <linux/sched.h>
#include <signal.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
	pid_t wanted[4];
	size_t count = 0;
	int status;

	if (argc < 3)
		errx(2, "usage: spawn_as PID[,PID...] COMMAND...");
	for (char *word = strtok(argv[1], ","); word && count < 4; word = strtok(NULL, ","))
		wanted[count++] = number_of(word);
	struct clone_args args = {
		.exit_signal = SIGCHLD,
		.set_tid = (uint64_t)(uintptr_t)wanted,
		.set_tid_size = count,
	};
	const long child = syscall(SYS_clone3, &args, sizeof args);
	if (child < 0)
		err(125, "clone3 with set_tid %d", (int)wanted[0]);
	if (child == 0) {
		execvp(argv[2], &argv[2]);
		err(127, "%s", argv[2]);
	}
	if (waitpid((pid_t)child, &status, 0) < 0)
		err(125, "waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
