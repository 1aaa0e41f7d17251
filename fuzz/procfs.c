/* SPDX-License-Identifier: MIT */
/* What is read in /proc: the input is every file of a made-up process directory, and then a comm between
 * the lines that a kernel writes, which must read the same whatever it is. */
#include "config.h"

#include "../src/procfs.c" /* for shown_number(), which reads fdinfo */

#include "fuzz.h"

static int dir, text_fd;

static void write_text(const void *text, size_t size)
{
	CHECK(pwrite(text_fd, text, size, 0) == (ssize_t)size && ftruncate(text_fd, (off_t)size) == 0);
}

/* One file by all names. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const names[] = { "status", "comm", "cmdline", "self/fdinfo/0" };
	char path[] = "fuzz-procfs.XXXXXX";

	(void)argc, (void)argv;
	CHECK(mkdtemp(path));
	dir = open(path, DIRECTORY);
	CHECK(dir >= 0 && mkdirat(dir, "self", 0700) == 0 && mkdirat(dir, "self/fdinfo", 0700) == 0);
	text_fd = openat(dir, "stat", O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(text_fd >= 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		CHECK(linkat(dir, "stat", dir, names[i], 0) == 0);
	return 0;
}

/* Fields of stat by sscanf(3), where nothing but plain numbers follows the last ')'. */
static bool oracle_stat(const char *text, struct procfs_stat *stat)
{
	const char *rest = strrchr(text, ')');
	unsigned long long group, flags, threads, start, exit_code;
	int end = 0;

	if (!rest || rest[1] != ' ' || rest[2] < 'A' || rest[2] > 'Z' || rest[3] != ' ' ||
	    rest[4 + strspn(rest + 4, "0123456789 ")])
		return false;
	for (const char *number = rest + 4; *number; number += strspn(number, " "))
		if (strcspn(number, " ") > 19) /* sscanf(3) stops at the largest, and the other goes round */
			return false;
		else
			number += strcspn(number, " ");
	const int got = sscanf(rest, ") %c %*u %llu %*u %*u %*u %llu %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %llu %*u "
	                       "%llu %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u "
	                       "%*u %*u %*u %*u %*u %*u %*u %*u %llu%n",
	                       &stat->state, &group, &flags, &threads, &start, &exit_code, &end);
	stat->group = (pid_t)group;
	stat->flags = flags;
	stat->threads = (long)threads;
	stat->start_ticks = start;
	stat->exit_code = (int)exit_code;
	return got == 6 && end;
}

static bool same_stat(const struct procfs_stat *a, const struct procfs_stat *b)
{
	return a->state == b->state && a->group == b->group && a->flags == b->flags && a->threads == b->threads &&
	       a->start_ticks == b->start_ticks && a->exit_code == b->exit_code;
}

static void read_anything(const char *text, size_t size)
{
	struct procfs_status status;
	struct procfs_stat stat, expected;
	struct procfs_comm comm;

	write_text(text, size);
	if (procfs_read_status(dir, &status) == 0)
		CHECK(status.pid > 0 && status.tgid > 0 && status.level_count >= 0 && status.level_count <= PROCFS_LEVELS);
	const int error = procfs_read_stat(dir, &stat);
	CHECK(error == 0 || error == -EINVAL);
	if (size < 1024 && strlen(text) == size && oracle_stat(text, &expected))
		CHECK(error == 0 && same_stat(&stat, &expected));
	CHECK(procfs_read_comm(dir, &comm) == 0 && memchr(comm.text, '\0', sizeof comm.text));
	CHECK(procfs_has_name(dir, comm.text) == 1);
	procfs_has_name(dir, "a-name-of-more-than-15-bytes");
	shown_number(dir, 0);
}

/* A process that calls itself COMM. */
static void read_hostile(const char *comm)
{
	struct procfs_status status;
	struct procfs_stat stat;
	char text[1024];
	int size = snprintf(text, sizeof text, "77 (%s) Z 6 5 4 3 2 2097152 1 0 9 8 7 6 5 4 20 0 3 0 123456 0 0 0 0 0 0 "
	                    "0 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 9\n", comm);

	write_text(text, (size_t)size);
	CHECK(procfs_read_stat(dir, &stat) == 0 && stat.pid == 77);
	CHECK(same_stat(&stat, &(struct procfs_stat){ .state = 'Z', .group = 5, .flags = PROCFS_KERNEL_THREAD,
	                                              .threads = 3, .start_ticks = 123456, .exit_code = 9 }));

	if (strchr(comm, '\n')) /* the kernel escapes it here */
		return;
	size = snprintf(text, sizeof text, "Name:\t%s\nTgid:\t77\nPid:\t78\nUid:\t1\t2\t3\t4\nNSpid:\t77\t2\nSigPnd:\t1\n"
	                "ShdPnd:\t2\nSigBlk:\t3\nSigIgn:\t4\nSigCgt:\t00000000000000fe\n", comm);
	write_text(text, (size_t)size);
	CHECK(procfs_read_status(dir, &status) == 0 && status.tgid == 77 && status.pid == 78);
	CHECK(status.uid == 1 && status.effective_uid == 2 && status.saved_uid == 3);
	CHECK(status.level_count == 2 && status.levels[0] == 77 && status.levels[1] == 2);
	CHECK(status.pending_thread == 1 && status.pending_process == 2 && status.blocked == 3 &&
	      status.ignored == 4 && status.caught == 0xfe);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	read_anything(text, size);
	text[size < 63 ? size : 63] = '\0'; /* of a kernel worker, the longest */
	read_hostile(text);
	free(text);
	return 0;
}
