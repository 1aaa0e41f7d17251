/* SPDX-License-Identifier: MIT */
/* zombie FIFO [STATUS]: has a child that has exited with STATUS and is never reaped; writes the
 * child's number to FIFO once it is a zombie. */
#include "helper.h"

#include <signal.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
	siginfo_t info;

	if (argc < 2)
		errx(2, "usage: zombie FIFO [STATUS]");
	const pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0)
		_exit(argc > 2 ? number_of(argv[2]) : 0);
	if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) < 0)
		err(1, "waitid");
	const int fd = open(argv[1], O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		err(1, "%s", argv[1]);
	dprintf(fd, "%d\n", (int)child);
	close(fd);
	for (;;)
		pause();
}
