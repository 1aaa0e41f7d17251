/* SPDX-License-Identifier: MIT */
/* What a pidfile holds: the input is the content of a file that can be trusted. */
#include "config.h"

#include "fuzz.h"

#include <unistd.h>

#include "../src/pidfile.h"

static char *path;
static int fd;

static void write_file(const void *data, size_t size)
{
	CHECK(pwrite(fd, data, size, 0) == (ssize_t)size && ftruncate(fd, (off_t)size) == 0);
}

/* 0, or why not. */
static enum why read_file(struct pidfile *file)
{
	struct reason reason = { .why = WHY_NONE };
	char *where = NULL;
	const int result = pidfile_read(path, file, &reason, &where);

	CHECK(result < 0 ? reason.why != WHY_NONE : reason.why == WHY_NONE);
	free(where);
	return reason.why;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char name[] = "fuzz-pidfile.XXXXXX";
	struct pidfile file;

	(void)argc, (void)argv;
	fd = mkstemp(name);
	path = realpath(name, NULL);
	CHECK(fd >= 0 && path);
	write_file("2\n", 2);
	CHECK(read_file(&file) == WHY_NONE); /* else the directory is not trusted */
	return 0;
}

/* One PID or one long identity, one newline or none behind it. */
static bool oracle(char *text, size_t size, uint64_t *pid, uint64_t *inode)
{
	const char *boot;

	*inode = 0;
	if (size >= sizeof((struct pidfile *)0)->content || strlen(text) != size)
		return false;
	if (size && text[size - 1] == '\n')
		text[size - 1] = '\0';
	return (oracle_decimal(text, INT32_MAX, pid) && *pid > 1) ||
	       (oracle_identity(text, pid, inode, &boot) && boot);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct pidfile file;
	uint64_t pid = 0, inode = 0;

	write_file(data, size);
	const enum why why = read_file(&file);
	if (oracle(text, size, &pid, &inode))
		CHECK(why == WHY_NONE && (uint64_t)file.pid == pid && file.identity.inode == inode);
	else
		CHECK(why >= WHY_PIDFILE_MISSING && why <= WHY_PIDFILE_USER);
	free(text);
	return 0;
}
