/* SPDX-License-Identifier: MIT */
/* crowd FIFO COUNT: has COUNT children that block TERM and wait to be killed, and reaps them; writes
 * their numbers to FIFO, on one line, when all are there. Ends with the last of them. */
#include "helper.h"

#include <signal.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
	sigset_t term;

	if (argc != 3)
		errx(2, "usage: crowd FIFO COUNT");
	const int count = number_of(argv[2]);
	pid_t *children = calloc((size_t)count, sizeof *children);
	if (!children)
		err(1, "calloc");
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	for (int i = 0; i < count; i++) {
		children[i] = fork();
		if (children[i] < 0)
			err(1, "fork");
		if (children[i] == 0)
			for (;;)
				pause();
	}
	FILE *fifo = fopen(argv[1], "w");
	if (!fifo)
		err(1, "%s", argv[1]);
	for (int i = 0; i < count; i++)
		fprintf(fifo, "%d ", (int)children[i]);
	fprintf(fifo, "\n");
	fclose(fifo);
	while (wait(NULL) > 0)
		;
	return 0;
}
