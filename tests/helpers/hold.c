/* SPDX-License-Identifier: MIT */
/* hold N PID [thread] -- COMMAND...: runs COMMAND with a pidfd of PID (of the thread PID) at
 * descriptor N, as a service manager would hand it on. Other things to inherit, in PID's place:
 * eventfd, path:DIRECTORY (O_PATH). */
#include "helper.h"

#include <sys/eventfd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

static int open_what(const char *what, int thread)
{
	if (strcmp(what, "eventfd") == 0)
		return eventfd(0, 0);
	if (strncmp(what, "path:", 5) == 0)
		return open(what + 5, O_PATH | O_DIRECTORY);
	return (int)syscall(SYS_pidfd_open, number_of(what), thread ? O_EXCL : 0);
}

int main(int argc, char **argv)
{
	int at = 3;

	if (argc < 5)
		errx(2, "usage: hold N PID [thread] -- COMMAND...");
	const int thread = strcmp(argv[at], "thread") == 0;
	at += thread;
	if (strcmp(argv[at], "--") != 0 || !argv[at + 1])
		errx(2, "no command");
	const int number = number_of(argv[1]);
	const int fd = open_what(argv[2], thread);
	if (fd < 0)
		err(125, "%s", argv[2]);
	if (dup2(fd, number) < 0)
		err(125, "dup2");
	if (fd != number)
		close(fd);
	else if (fcntl(fd, F_SETFD, 0) < 0)
		err(125, "fcntl");
	execvp(argv[at + 1], &argv[at + 1]);
	err(127, "%s", argv[at + 1]);
}
