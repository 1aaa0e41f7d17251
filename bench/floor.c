/* SPDX-License-Identifier: MIT */
/* floor [-0 PID...]: what no kill on pidfds can do without: for each PID pidfd_open(2), pidfd_send_signal(2) with
 * signal 0, close(2). Without words: an empty program. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 2; i < argc; i++) {
		int pid = 0;
		for (const char *at = argv[i]; *at; at++)
			pid = pid * 10 + (*at - '0');
		const long fd = syscall(SYS_pidfd_open, pid, 0);
		failed |= fd < 0 || syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0) < 0;
		syscall(SYS_close, fd);
	}
	return failed;
}
