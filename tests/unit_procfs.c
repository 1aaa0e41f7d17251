/* SPDX-License-Identifier: MIT */
/* What no test can make a kernel write: read from a directory that looks like a process's. */
#include "config.h"

#include "../src/procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../src/common.h"
#include "tap.h"

static bool write_file(int dir, const char *name, const char *text)
{
	FD_AUTO fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
}

static void comms(int dir)
{
	static const struct { const char *file, *comm; } rows[] = {
		{ "sh\n", "sh" }, { "\n", "" }, { "a\n\n", "a\n" }, { "123456789012345\n", "123456789012345" },
		{ "12345678901234\n\n", "12345678901234\n" },
		{ "kworker/0:0H-kblockd\n", "kworker/0:0H-kb" }, { "1234567890123456\n", "123456789012345" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct procfs_comm comm;
		memset(&comm, 'x', sizeof comm);
		const bool read = write_file(dir, "comm", rows[i].file) && procfs_read_comm(dir, &comm) == 0;
		tap_ok(read && strncmp(comm.text, rows[i].comm, sizeof comm.text) == 0, "a comm of %zu bytes is %zu",
		       strlen(rows[i].file), strlen(rows[i].comm));
	}
}

static void stats(int dir)
{
	static const char *const cut[] = { "", "1", "1 (a", "1 (a)", "1 (a) ", "1 (a) S", "1 (a) S 1 2 3" };
	struct procfs_stat stat;

	for (size_t i = 0; i < ARRAY_LEN(cut); i++)
		tap_ok(write_file(dir, "stat", cut[i]) && procfs_read_stat(dir, &stat) == -EINVAL,
		       "a stat that is cut after '%s' is none", cut[i]);
}

int main(void)
{
	char path[] = "/tmp/unit_procfs.XXXXXX";
	if (!mkdtemp(path))
		return 1;
	FD_AUTO dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	comms(dir);
	stats(dir);
	unlinkat(dir, "comm", 0);
	unlinkat(dir, "stat", 0);
	rmdir(path);
	return tap_end();
}
