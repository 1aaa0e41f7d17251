/* SPDX-License-Identifier: MIT */
/* leaderless FIFO: its main thread ends, another goes on; its number to FIFO when that has happened. */
#include "helper.h"

#include <pthread.h>

static void *go_on(void *fifo)
{
	char path[64], text[512];

	snprintf(path, sizeof path, "/proc/self/stat");
	do {
		FILE *stat = fopen(path, "r");
		if (!stat || !fgets(text, sizeof text, stat))
			err(1, "%s", path);
		fclose(stat);
	} while (!strstr(text, ") Z"));
	FILE *out = fopen(fifo, "w");
	if (!out)
		err(1, "%s", (char *)fifo);
	fprintf(out, "%d\n", (int)getpid());
	fclose(out);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc != 2)
		errx(2, "usage: leaderless FIFO");
	if (pthread_create(&thread, NULL, go_on, argv[1]) != 0)
		errx(1, "pthread_create");
	pthread_exit(NULL);
}
