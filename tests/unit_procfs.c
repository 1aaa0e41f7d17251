/* SPDX-License-Identifier: MIT */
/* What no test can make a kernel write: read from a directory that looks like a process's. */
#include "config.h"

#include "../src/procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static void statuses(int dir)
{
	struct procfs_status status;
	char text[8192] = "Pid:\t7\nGroups:\t";
	size_t length = strlen(text);

	while (length < 8000)
		text[length++] = '1';
	strcpy(text + length, "\nTgid:\t8\nSigCgt:\t3\n");
	tap_ok(write_file(dir, "status", text) && procfs_read_status(dir, &status) == 0 && status.pid == 7 &&
	       status.tgid == 8 && status.caught == 3, "what stands before and behind a line of 8000 bytes is read");
	tap_ok(write_file(dir, "status", "Pid:\t7\n") && procfs_read_status(dir, &status) == -EINVAL,
	       "a status without Tgid is none");
	tap_ok(write_file(dir, "status", "Tgid:\t7\n") && procfs_read_status(dir, &status) == -EINVAL,
	       "a status without Pid is none");
	length = 0;
	length += (size_t)sprintf(text, "Pid:\t7\nTgid:\t7\nNSpid:");
	for (int i = 1; i <= PROCFS_LEVELS + 5; i++)
		length += (size_t)sprintf(text + length, "\t%d", i);
	strcpy(text + length, "\n");
	tap_ok(write_file(dir, "status", text) && procfs_read_status(dir, &status) == 0 &&
	       status.level_count == PROCFS_LEVELS && status.levels[PROCFS_LEVELS - 1] == PROCFS_LEVELS,
	       "of more levels than there can be the first are kept");
}

static void names(int dir)
{
	static const struct { const char *cmdline; int answer; } rows[] = {
		{ "abcdefghijklmnopq", 1 }, { "/bin/abcdefghijklmnopq", 1 }, { "abcdefghijklmno", 0 }, { "", 0 },
	};
	write_file(dir, "comm", "abcdefghijklmno\n");
	unlinkat(dir, "cmdline", 0);
	tap_ok(procfs_has_name(dir, "abcdefghijklmnopq") == -ENOENT, "a long name without a command line can't be told");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		tap_ok(write_file(dir, "cmdline", rows[i].cmdline) && procfs_has_name(dir, "abcdefghijklmnopq") == rows[i].answer,
		       "the command line '%s' is%s of abcdefghijklmnopq", rows[i].cmdline, rows[i].answer ? "" : " not");
}

static void endings(int dir)
{
	static const struct { char state; long threads; bool zombie; } rows[] = {
		{ 'Z', 1, true }, { 'X', 1, true }, { 'X', 0, true }, { 'Z', 2, false }, { 'S', 1, false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct procfs_stat stat = { .state = rows[i].state, .threads = rows[i].threads };
		tap_ok(procfs_is_zombie(&stat) == rows[i].zombie, "%c with %ld threads is %s zombie", rows[i].state,
		       rows[i].threads, rows[i].zombie ? "a" : "no");
	}
	FD_AUTO self = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	tap_ok(procfs_exit_status(self) == -1, "what runs has no exit status");
	tap_ok(procfs_exit_status(dir) == -1, "what is no process has none");
	mkdirat(dir, "ns", 0700);
	tap_ok(symlinkat("user:[1]", dir, "ns/user") == 0 && write_file(dir, "stat", "1 (a) Z") &&
	       procfs_exit_status(dir) == -1, "a stat that is cut tells no exit status");
	unlinkat(dir, "ns/user", 0);
	unlinkat(dir, "ns", AT_REMOVEDIR);
}

int main(void)
{
	char path[] = "/tmp/unit_procfs.XXXXXX";
	if (!mkdtemp(path))
		return 1;
	FD_AUTO dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	comms(dir);
	stats(dir);
	statuses(dir);
	names(dir);
	endings(dir);
	unlinkat(dir, "status", 0);
	unlinkat(dir, "cmdline", 0);
	unlinkat(dir, "comm", 0);
	unlinkat(dir, "stat", 0);
	rmdir(path);
	return tap_end();
}
