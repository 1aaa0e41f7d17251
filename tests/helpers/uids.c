/* SPDX-License-Identifier: MIT */
/* uids REAL EFFECTIVE SAVED FIFO: a process with these user IDs, which no exec has made alike; its number to
 * FIFO when it has them. */
#include "helper.h"

int main(int argc, char **argv)
{
	if (argc != 5)
		errx(2, "usage: uids REAL EFFECTIVE SAVED FIFO");
	const int fifo = open(argv[4], O_WRONLY);
	if (fifo < 0)
		err(1, "%s", argv[4]);
	if (syscall(SYS_setresuid, number_of(argv[1]), number_of(argv[2]), number_of(argv[3])) < 0)
		err(1, "setresuid");
	dprintf(fifo, "%d\n", (int)getpid());
	close(fifo);
	for (;;)
		pause();
}
