/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "pidfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "common.h"
#include "number.h"
#include "procfs.h"

enum {
	LINKS = 40,             /* as the kernel, path_resolution(7) */
	SLACK_MS = 20,          /* a start is rounded to 10 ms, a file's time to a tick */
	PLACE = O_PATH | O_NOFOLLOW | O_CLOEXEC,
};

/* On the way to the file. */
struct walk {
	struct pidfile *file;
	struct reason *reason;
	bool on_fuse;           /* the root is */
	int dir, links;
	char rest[PATH_MAX];    /* to be walked from dir */
	char place[PATH_MAX];   /* dir, for messages */
	char name[NAME_MAX + 1]; /* in dir, the part in hand */
};

static int refuse(const struct walk *walk, enum why why, int error, long number)
{
	*walk->reason = (struct reason){ .why = why, .error = error, .number = number };
	return -1;
}

static int refuse_errno(const struct walk *walk, int error)
{
	return refuse(walk, error == ENOENT ? WHY_PIDFILE_MISSING : WHY_PIDFILE_WAY, error, 0);
}

static bool is_trusted(uid_t uid)
{
	return !procfs_is_unmapped(uid) && (uid == 0 || uid == geteuid());
}

/* True, false or -errno: a FUSE server may refuse to say. */
static int is_fuse(int fd)
{
	enum { FUSE_MAGIC = 0x65735546 }; /* FUSE_SUPER_MAGIC */
	struct statfs fs;

	return fstatfs(fd, &fs) < 0 ? -errno : fs.f_type == FUSE_MAGIC;
}

/* Whoever could write to FD must be root, the caller, or the one other owner. The owners on a user's own FUSE
 * mount are what he says; what the whole system lies on is no such mount. */
static int judge(struct walk *walk, int fd, const struct stat *st)
{
	struct pidfile *file = walk->file;
	const bool sticky = S_ISDIR(st->st_mode) && st->st_mode & S_ISVTX;

	const int fuse = walk->on_fuse ? true : is_fuse(fd);
	if (fuse < 0)
		return refuse(walk, WHY_PIDFILE_WAY, -fuse, 0);
	if (walk->dir < 0)
		walk->on_fuse = fuse;
	else if (fuse && !walk->on_fuse)
		return refuse(walk, WHY_PIDFILE_FUSE, 0, 0);
	if (procfs_is_unmapped(st->st_uid))
		return refuse(walk, WHY_PIDFILE_UNMAPPED, 0, 0);
	if (!is_trusted(st->st_uid)) {
		if (file->has_owner && file->owner != st->st_uid)
			return refuse(walk, WHY_PIDFILE_OWNERS, 0, st->st_uid);
		file->has_owner = true;
		file->owner = st->st_uid;
	}
	if (st->st_mode & (S_IWGRP | S_IWOTH) && !sticky)
		return refuse(walk, WHY_PIDFILE_WRITABLE, 0, 0);
	return 0;
}

static void enter(struct walk *walk, int fd)
{
	if (walk->dir >= 0)
		close(walk->dir);
	walk->dir = fd;
}

static int enter_root(struct walk *walk)
{
	struct stat st;
	FD_AUTO fd = open("/", PLACE | O_DIRECTORY);

	walk->place[0] = walk->name[0] = '\0';
	if (fd < 0 || fstat(fd, &st) < 0)
		return refuse_errno(walk, errno);
	if (judge(walk, fd, &st) < 0)
		return -1;
	enter(walk, fd_take(&fd));
	return 0;
}

/* What FD, a link of the owner in ST, says comes before the rest. */
static int follow(struct walk *walk, int fd, const struct stat *st)
{
	char text[PATH_MAX], rest[PATH_MAX];

	if (procfs_is(fd)) /* its text is not where it leads */
		return refuse(walk, WHY_PIDFILE_LINK_PROC, 0, 0);
	if (!is_trusted(st->st_uid))
		return refuse(walk, WHY_PIDFILE_LINK_OWNER, 0, st->st_uid);
	if (++walk->links > LINKS)
		return refuse_errno(walk, ELOOP);
	const ssize_t length = readlinkat(fd, "", text, sizeof text - 1);
	if (length < 0)
		return refuse_errno(walk, errno);
	text[length] = '\0';
	if ((size_t)snprintf(rest, sizeof rest, "%s/%s", text, walk->rest) >= sizeof rest)
		return refuse_errno(walk, ENAMETOOLONG);
	memcpy(walk->rest, rest, sizeof rest);
	return *text == '/' ? enter_root(walk) : 0;
}

/* Through NAME, a directory or a link to one. */
static int step(struct walk *walk)
{
	struct stat st;
	FD_AUTO fd = openat(walk->dir, walk->name, PLACE);

	if (fd < 0 || fstat(fd, &st) < 0)
		return refuse_errno(walk, errno);
	if (S_ISLNK(st.st_mode))
		return follow(walk, fd, &st);
	if (!S_ISDIR(st.st_mode))
		return refuse_errno(walk, ENOTDIR);
	if (judge(walk, fd, &st) < 0)
		return -1;
	enter(walk, fd_take(&fd));
	const size_t length = strlen(walk->place);
	if ((size_t)snprintf(walk->place + length, sizeof walk->place - length, "/%s", walk->name) >=
	    sizeof walk->place - length)
		return refuse_errno(walk, ENAMETOOLONG);
	return 0;
}

/* The next part of the rest into NAME, "." behind a slash at the end. */
static int next_name(struct walk *walk)
{
	const char *part = walk->rest + strspn(walk->rest, "/");
	const size_t length = strcspn(part, "/");

	if (length > NAME_MAX)
		return refuse_errno(walk, ENAMETOOLONG);
	memcpy(walk->name, part, length);
	walk->name[length] = '\0';
	if (!length)
		strcpy(walk->name, ".");
	memmove(walk->rest, part + length, strlen(part + length) + 1);
	return 0;
}

/* To the directory in which the last part of PATH, then NAME, is: from the root, or on from where we are. */
static int walk_on(struct walk *walk, const char *path)
{
	if ((size_t)snprintf(walk->rest, sizeof walk->rest, "%s", path) >= sizeof walk->rest)
		return refuse_errno(walk, ENAMETOOLONG);
	if (next_name(walk) < 0)
		return -1;
	while (*walk->rest)
		if ((strcmp(walk->name, ".") != 0 && step(walk) < 0) || next_name(walk) < 0)
			return -1;
	return 0;
}

/* To the working directory, by its own path, which must lead there. */
static int walk_to_own(struct walk *walk)
{
	char own[PATH_MAX];
	struct stat there, here;

	if (!getcwd(own, sizeof own - 2))
		return refuse(walk, WHY_PIDFILE_WAY, errno, 0);
	strcat(own, "/.");
	if (*own != '/') /* "(unreachable)", getcwd(3) */
		return refuse(walk, WHY_PIDFILE_OWN, 0, 0);
	if (walk_on(walk, own) < 0)
		return -1;
	if (fstat(walk->dir, &there) < 0 || fstatat(AT_FDCWD, ".", &here, 0) < 0)
		return refuse(walk, WHY_PIDFILE_WAY, errno, 0);
	if (!is_same_file(&there, &here))
		return refuse(walk, WHY_PIDFILE_OWN, 0, 0);
	return 0;
}

static int walk_to(struct walk *walk, const char *path)
{
	if (enter_root(walk) < 0 || (*path != '/' && walk_to_own(walk) < 0))
		return -1;
	return walk_on(walk, path);
}

static int judge_file(struct walk *walk, int fd, const struct stat *st)
{
	if (!S_ISREG(st->st_mode) || procfs_is(fd))
		return refuse(walk, WHY_PIDFILE_KIND, 0, 0);
	if (st->st_nlink == 0)
		return refuse_errno(walk, ENOENT);
	if (st->st_nlink > 1)
		return refuse(walk, WHY_PIDFILE_HARD_LINK, 0, 0);
	if (judge(walk, fd, st) < 0)
		return -1;
	if (st->st_size == 0)
		return refuse(walk, WHY_PIDFILE_EMPTY, 0, 0);
	if (st->st_size >= (off_t)sizeof walk->file->content)
		return refuse(walk, WHY_PIDFILE_SIZE, 0, 0);
	return 0;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The content, and the file as it was before and after. */
static int read_content(const struct walk *walk, int fd, const struct stat *before)
{
	struct pidfile *file = walk->file;
	struct stat after;
	const ssize_t got = read(fd, file->content, sizeof file->content - 1);

	if (got < 0 || fstat(fd, &after) < 0)
		return refuse_errno(walk, errno);
	if (got != before->st_size || !is_same(before, &after))
		return refuse(walk, WHY_PIDFILE_CHANGED, 0, 0);
	file->content[got] = '\0';
	file->written = after.st_mtim;
	if (strlen(file->content) != (size_t)got)
		return refuse(walk, WHY_PIDFILE_CONTENT, 0, 0);
	return 0;
}

static int parse(const struct walk *walk)
{
	struct pidfile *file = walk->file;
	char *newline = strchr(file->content, '\n');

	if (newline && !newline[1])
		*newline = '\0';
	if (strchr(file->content, ':')) {
		if (number_identity(file->content, &file->pid, &file->identity) != NUMBER_OK)
			return refuse(walk, WHY_PIDFILE_CONTENT, 0, 0);
		return file->identity.boot ? 0 : refuse(walk, WHY_PIDFILE_SHORT, 0, 0);
	}
	if (number_pid(file->content, &file->pid) != NUMBER_OK)
		return refuse(walk, WHY_PIDFILE_CONTENT, 0, 0);
	return file->pid == 1 ? refuse(walk, WHY_PIDFILE_INIT, 0, 0) : 0;
}

/* A file's owner can write any time into it: one that is too far off is as far off as can be. */
static int64_t in_ns(const struct timespec *time)
{
	int64_t ns;
	const bool too_far = __builtin_mul_overflow((int64_t)time->tv_sec, 1000000000, &ns) ||
	                     __builtin_add_overflow(ns, time->tv_nsec, &ns);

	return !too_far ? ns : time->tv_sec < 0 ? INT64_MIN : INT64_MAX;
}

/* When the kernel started, by today's clock. */
static int64_t boot_ns(void)
{
	struct timespec now, since_boot;

	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_BOOTTIME, &since_boot);
	return in_ns(&now) - in_ns(&since_boot);
}

/* A bare PID is worth something only if it was written in this boot. */
static int judge_time(const struct walk *walk)
{
	const struct pidfile *file = walk->file;
	struct timespec now;

	if (file->identity.inode)
		return 0;
	clock_gettime(CLOCK_REALTIME, &now);
	if (in_ns(&file->written) > in_ns(&now))
		return refuse(walk, WHY_PIDFILE_FUTURE, 0, 0);
	if (in_ns(&file->written) < boot_ns())
		return refuse(walk, WHY_PIDFILE_OLD, ESRCH, 0);
	return 0;
}

static int read_last(struct walk *walk)
{
	struct stat st;

	/* to open a FIFO or a device is to do something to it */
	if (fstatat(walk->dir, walk->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return refuse_errno(walk, errno);
	if (!S_ISREG(st.st_mode))
		return refuse(walk, S_ISLNK(st.st_mode) ? WHY_PIDFILE_LINK : WHY_PIDFILE_KIND, 0, 0);
	FD_AUTO fd = openat(walk->dir, walk->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		return refuse_errno(walk, errno);
	if (judge_file(walk, fd, &st) < 0 || read_content(walk, fd, &st) < 0 || parse(walk) < 0)
		return -1;
	return judge_time(walk);
}

int pidfile_read(const char *path, struct pidfile *file, struct reason *reason, char **where)
{
	struct walk walk = {
		.file = file, .reason = reason, .dir = -1,
	};

	*file = (struct pidfile){ .has_owner = false };
	const int result = walk_to(&walk, path) < 0 ? -1 : read_last(&walk);
	if (walk.dir >= 0)
		close(walk.dir);
	if (result == 0)
		return 0;
	const size_t size = strlen(walk.place) + strlen(walk.name) + 2;
	*where = malloc(size);
	if (*where)
		snprintf(*where, size, "%s/%s", walk.place, walk.name);
	return -1;
}

/* 1 if the process of DIR started before FILE was last written, 0 if not, or -errno. */
static int started_before(const struct pidfile *file, int dir)
{
	struct procfs_stat stat;
	const int error = procfs_read_stat(dir, &stat);

	if (error)
		return error;
	const int64_t tick_ns = 1000000000 / sysconf(_SC_CLK_TCK);
	const int64_t start_ns = boot_ns() + (int64_t)stat.start_ticks * tick_ns;
	return start_ns <= in_ns(&file->written) + (int64_t)SLACK_MS * 1000000;
}

enum why pidfile_vouches(const struct pidfile *file, int dir, long *number, int *error)
{
	struct procfs_status status;
	const int before = file->identity.inode ? 1 : started_before(file, dir);

	*error = before < 0 ? before : procfs_read_status(dir, &status);
	if (*error)
		return WHY_NONE;
	if (!before)
		return WHY_PIDFILE_STALE;
	if (!file->has_owner)
		return WHY_NONE;
	*number = status.uid != file->owner ? status.uid :
	          status.effective_uid != file->owner ? status.effective_uid : status.saved_uid;
	return *number == file->owner ? WHY_NONE : WHY_PIDFILE_USER;
}
