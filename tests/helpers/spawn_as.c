/* SPDX-License-Identifier: MIT */
/* spawn_as PID COMMAND...: starts COMMAND with the process number PID, clone3(2) with set_tid, and
 * exits at once: the child is left to init. 125: this is not allowed here. */
#include "helper.h"

#include <linux/sched.h>
#include <signal.h>

int main(int argc, char **argv)
{
	if (argc < 3)
		errx(2, "usage: spawn_as PID COMMAND...");
	const pid_t wanted = number_of(argv[1]);
	struct clone_args args = {
		.exit_signal = SIGCHLD,
		.set_tid = (uint64_t)(uintptr_t)&wanted,
		.set_tid_size = 1,
	};
	const long child = syscall(SYS_clone3, &args, sizeof args);
	if (child < 0)
		err(125, "clone3 with set_tid %d", (int)wanted);
	if (child > 0)
		return 0;
	execvp(argv[2], &argv[2]);
	err(127, "%s", argv[2]);
}
