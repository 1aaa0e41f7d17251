/* SPDX-License-Identifier: MIT */
/* What every room may use: descriptors that close themselves or are handed on, when two files are one, the
 * length of a table, what is rarely called. */
#ifndef COMMON_H
#define COMMON_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

/* Off the way to success, which then pays nothing for its registers and locals. */
#define COLD __attribute__((cold, noinline))

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* A local descriptor that is closed when its scope ends; errno is kept, negative values are not
 * descriptors. */
#define FD_AUTO __attribute__((cleanup(fd_auto_close), unused)) int

static inline void fd_auto_close(const int *fd)
{
	if (*fd < 0)
		return;
	const int saved = errno;
	close(*fd);
	errno = saved;
}

/* FD, or where that is 0 to 2, where messages and lists go, a duplicate above in its place. -errno:
 * -EMFILE. */
static inline int fd_above_stdio(int fd)
{
	if (fd > STDERR_FILENO)
		return fd;
	const int moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	const int error = errno == EINVAL ? EMFILE : errno; /* EINVAL: the limit is below */
	close(fd);
	return moved < 0 ? -error : moved;
}

static inline bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* True if -ERROR is a lack of descriptors: then nothing else is known. */
static inline bool is_exhausted(int error)
{
	return error == -EMFILE || error == -ENFILE;
}

/* Hands the descriptor in *FD on to the caller: FD_AUTO will no longer close it. */
static inline int fd_take(int *fd)
{
	const int taken = *fd;
	*fd = -1;
	return taken;
}

#endif
