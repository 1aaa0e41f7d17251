/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common.h"
#include "number.h"
#include "pidfd.h"

enum {
	ROOT_INODE = 1,         /* PROC_ROOT_INO */
	DIRECTORY = O_RDONLY | O_DIRECTORY | O_CLOEXEC,
	PLACE = O_PATH | O_DIRECTORY | O_CLOEXEC,
};

/* The lines of a file, however large: `groups` alone can be a megabyte. */
struct lines {
	int fd;
	size_t length;          /* bytes in data */
	size_t start;           /* of the next line */
	char data[4096];
};

static int open_at(int dir, const char *name, int flags)
{
	const int fd = openat(dir, name, flags);
	return fd < 0 ? -errno : fd;
}

/* The next line without its newline; NULL at the end, with *ERROR 0 or -errno. A line that the buffer
 * can't hold is passed over: none that is asked for is long. */
static char *lines_next(struct lines *lines, int *error)
{
	bool skipping = false;

	*error = 0;
	for (;;) {
		char *line = lines->data + lines->start;
		const size_t rest = lines->length - lines->start;
		char *end = memchr(line, '\n', rest);
		if (end) {
			*end = '\0';
			lines->start = (size_t)(end - lines->data) + 1;
			if (!skipping)
				return line;
			skipping = false;
			continue;
		}
		if (rest == sizeof lines->data - 1)
			skipping = true;
		if (skipping) {
			lines->length = lines->start = 0;
		} else {
			memmove(lines->data, line, rest);
			lines->start = 0;
			lines->length = rest;
		}
		const ssize_t got = read(lines->fd, lines->data + lines->length,
		                         sizeof lines->data - 1 - lines->length);
		if (got <= 0) {
			*error = got < 0 ? -errno : 0;
			return NULL;
		}
		lines->length += (size_t)got;
	}
}

static const char *field(const char *line, const char *name)
{
	const size_t length = strlen(name);
	return strncmp(line, name, length) == 0 ? line + length : NULL;
}

static void parse_levels(const char *text, struct procfs_status *status)
{
	pid_t number;

	for (status->level_count = 0; status->level_count < PROCFS_LEVELS; status->level_count++) {
		number = (pid_t)number_scan(&text, 10);
		if (!number)
			break;
		status->levels[status->level_count] = number;
	}
}

static void parse_uids(const char *text, struct procfs_status *status)
{
	status->uid = (uid_t)number_scan(&text, 10);
	status->effective_uid = (uid_t)number_scan(&text, 10);
	status->saved_uid = (uid_t)number_scan(&text, 10);
}

/* True with the last of what is asked for. */
static bool parse_signals(const char *line, struct procfs_status *status)
{
	const struct { char name[8]; uint64_t *mask; } rows[] = {
		{ "SigPnd:", &status->pending_thread }, { "ShdPnd:", &status->pending_process },
		{ "SigBlk:", &status->blocked }, { "SigIgn:", &status->ignored },
		{ "SigCgt:", &status->caught },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *text = field(line, rows[i].name);
		if (text)
			*rows[i].mask = number_scan(&text, 16);
	}
	return field(line, "SigCgt:");
}

/* Of some sixty lines few matter: the first letter sorts most out. True if what follows does not matter either. */
static bool parse_status_line(const char *line, struct procfs_status *status)
{
	const char *text;

	switch (*line) {
	case 'T':
		if ((text = field(line, "Tgid:")))
			status->tgid = (pid_t)number_scan(&text, 10);
		break;
	case 'P':
		if ((text = field(line, "Pid:")))
			status->pid = (pid_t)number_scan(&text, 10);
		break;
	case 'U':
		if ((text = field(line, "Uid:")))
			parse_uids(text, status);
		break;
	case 'N':
		if ((text = field(line, "NSpid:")))
			parse_levels(text, status);
		break;
	case 'S':
		return parse_signals(line, status);
	}
	return false;
}

bool procfs_is(int fd)
{
	return pidfd_kind(fd) == FD_PROCFS;
}

int procfs_read_status(int dir, struct procfs_status *status)
{
	FD_AUTO fd = open_at(dir, "status", O_RDONLY | O_CLOEXEC);
	struct lines lines = { .fd = fd };
	const char *line;
	int error;

	if (fd < 0)
		return fd;
	memset(status, 0, sizeof *status);
	while ((line = lines_next(&lines, &error)))
		if (parse_status_line(line, status))
			break;
	if (error)
		return error;
	return status->pid > 0 && status->tgid > 0 ? 0 : -EINVAL;
}

/* Reads the beginning of NAME in DIR into TEXT, ended with '\0'. */
static int read_file(int dir, const char *name, char *text, size_t size)
{
	FD_AUTO fd = open_at(dir, name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fd;
	const ssize_t got = read(fd, text, size - 1);
	if (got < 0)
		return -errno;
	text[got] = '\0';
	return 0;
}

int procfs_read_comm(int dir, struct procfs_comm *comm)
{
	char text[sizeof comm->text + 1]; /* with the newline behind it */
	const int error = read_file(dir, "comm", text, sizeof text);

	if (error)
		return error;
	const size_t length = strlen(text);
	/* a kernel worker's is longer, and cut */
	if (length == sizeof comm->text || (length && text[length - 1] == '\n'))
		text[length - 1] = '\0';
	memcpy(comm->text, text, sizeof comm->text);
	return 0;
}

/* 0 while the process or thread of DIR has not been reaped. */
static int is_alive(int dir)
{
	char text[2];
	return read_file(dir, "stat", text, sizeof text);
}

int procfs_read_stat(int dir, struct procfs_stat *stat)
{
	char text[1024];
	const int error = read_file(dir, "stat", text, sizeof text);

	if (error)
		return error;
	const char *first = text, *rest = strrchr(text, ')'); /* comm may hold any byte, ')' too */
	if (!rest || rest[1] != ' ' || !rest[2])
		return -EINVAL;
	stat->pid = (pid_t)number_scan(&first, 10);
	stat->state = rest[2];
	rest += 3;
	for (int field = 4; *rest; field++) { /* counted as in proc(5) */
		const uint64_t number = number_scan(&rest, 10);
		switch (field) {
		case 5:
			stat->group = (pid_t)number;
			break;
		case 9:
			stat->flags = number;
			break;
		case 20:
			stat->threads = (long)number;
			break;
		case 22:
			stat->start_ticks = number;
			break;
		case 52:
			stat->exit_code = (int)number;
			return 0;
		}
	}
	return -EINVAL;
}

bool procfs_is_zombie(const struct procfs_stat *stat)
{
	return (stat->state == 'Z' || stat->state == 'X') && stat->threads <= 1;
}

int procfs_exit_status(int dir)
{
	struct procfs_stat stat;
	char link[32];

	if (readlinkat(dir, "ns/user", link, sizeof link) < 0 || procfs_read_stat(dir, &stat) != 0)
		return -1;
	return stat.state == 'Z' ? stat.exit_code : -1;
}

/* The last part of the first word of DIR's command line is NAME. */
static int has_program_name(int dir, const char *name)
{
	char text[4096];
	const int error = read_file(dir, "cmdline", text, sizeof text);

	if (error)
		return error;
	const char *slash = strrchr(text, '/');
	return strcmp(slash ? slash + 1 : text, name) == 0;
}

static int comm_begins(int dir, const char *name)
{
	struct procfs_comm comm;
	const int error = procfs_read_comm(dir, &comm);

	if (error)
		return error;
	return strncmp(comm.text, name, sizeof comm.text - 1) == 0;
}

int procfs_has_name(int dir, const char *name)
{
	int answer = comm_begins(dir, name);

	if (answer == 1 && strlen(name) >= sizeof(struct procfs_comm))
		answer = has_program_name(dir, name);
	/* a name that is changed under the reader's eyes can read as a third */
	return answer == 1 ? comm_begins(dir, name) : answer;
}

int procfs_boot_id(struct procfs_boot_id *boot)
{
	const int error = read_file(AT_FDCWD, "/proc/sys/kernel/random/boot_id", boot->text,
	                            sizeof boot->text);
	if (error)
		return error;
	return strlen(boot->text) == sizeof boot->text - 1 ? 0 : -EINVAL;
}

bool procfs_is_task(int dir)
{
	struct stat unused;
	return fstatat(dir, "task", &unused, 0) < 0 && errno == ENOENT;
}

bool procfs_task_ended(int dir)
{
	struct stat parent, tasks;

	if (fstatat(dir, "../../task", &tasks, 0) < 0)
		return errno == ESRCH;
	return fstatat(dir, "..", &parent, 0) == 0 && is_same_file(&parent, &tasks);
}

static bool is_root_of(int root, dev_t device)
{
	struct stat st;
	return fstat(root, &st) == 0 && st.st_dev == device && st.st_ino == ROOT_INODE;
}

/* The root of the procfs that DIR is on, as an O_PATH descriptor: up to three levels up, or /proc
 * where DIR is a mount point of its own. -EXDEV: out of reach. */
static int root_of(int dir)
{
	static const char ways[][12] = { "..", "../../..", "/proc" };
	struct stat st;

	if (fstat(dir, &st) < 0)
		return -errno;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		FD_AUTO root = open_at(dir, ways[i], PLACE);
		if (is_exhausted(root))
			return root;
		if (root >= 0 && procfs_is(root) && is_root_of(root, st.st_dev))
			return fd_take(&root);
	}
	return -EXDEV;
}

/* The status of the calling process as the procfs with this ROOT shows it. */
static int read_own_status(int root, struct procfs_status *status)
{
	FD_AUTO self = open_at(root, "self", DIRECTORY);
	return self < 0 ? self : procfs_read_status(self, status);
}

static bool is_own(const struct procfs_status *self)
{
	return self->level_count <= 1 && self->pid == getpid();
}

int procfs_own_root(void)
{
	struct procfs_status self;
	FD_AUTO root = open_at(AT_FDCWD, "/proc", PLACE);

	if (root < 0)
		return is_exhausted(root) ? root : -EXDEV;
	if (!procfs_is(root))
		return -EXDEV;
	const int error = read_own_status(root, &self);
	if (error)
		return is_exhausted(error) ? error : -EXDEV;
	return is_own(&self) ? fd_take(&root) : -EXDEV;
}

int procfs_open(int root, pid_t pid)
{
	char name[16];

	snprintf(name, sizeof name, "%d", (int)pid);
	return open_at(root, name, DIRECTORY);
}

static pid_t innermost(const struct procfs_status *status)
{
	return status->level_count ? status->levels[status->level_count - 1] : status->pid;
}

int procfs_is_self(int dir, const struct procfs_status *status)
{
	struct procfs_status self;

	if (innermost(status) != getpid()) /* what nearly every target says */
		return 0;
	FD_AUTO root = root_of(dir);
	const int error = root < 0 ? root : read_own_status(root, &self);
	if (is_exhausted(error))
		return error;
	if (root >= 0 && error == -ENOENT) /* "self" is dangling: we are not in that namespace */
		return 0;
	return error || self.pid == status->pid;
}

bool procfs_is_own(int dir)
{
	struct procfs_status self;
	FD_AUTO root = root_of(dir);

	return root >= 0 && read_own_status(root, &self) == 0 && is_own(&self);
}

/* The number that the procfs with this ROOT gives the process of our descriptor FD, a pidfd. -EXDEV:
 * it is not visible there; -ESRCH: reaped. */
static pid_t shown_number(int root, int fd)
{
	char name[48];
	const char *line, *text;
	int error;

	snprintf(name, sizeof name, "self/fdinfo/%d", fd);
	FD_AUTO info = open_at(root, name, O_RDONLY | O_CLOEXEC);
	struct lines lines = { .fd = info };
	if (info < 0)
		return is_exhausted(info) ? info : -EXDEV;
	while ((line = lines_next(&lines, &error))) {
		if ((text = field(line, "Pid:"))) {
			if (strchr(text, '-')) /* -1 */
				return -ESRCH;
			const pid_t number = (pid_t)number_scan(&text, 10);
			return number ? number : -EXDEV;
		}
	}
	return -EXDEV;
}

/* On another namespace's procfs: SELF and STATUS are what it says of us and of DIR. Our level's
 * number in the list of DIR's numbers may be a stranger's (a sibling namespace is as deep as ours),
 * so what it opens counts only if this procfs numbers it as DIR. */
static int foreign_to_pidfd(int root, int dir, const struct procfs_status *self,
                            const struct procfs_status *status)
{
	if (self->level_count < 1 || status->level_count < self->level_count)
		return -EXDEV;
	FD_AUTO fd = pidfd_of_process(status->levels[self->level_count - 1]);
	if (fd < 0)
		return fd == -ESRCH && is_alive(dir) == 0 ? -EXDEV : fd;
	if (shown_number(root, fd) != status->pid)
		return -EXDEV;
	const int alive = is_alive(dir);
	return alive < 0 ? alive : fd_take(&fd);
}

/* What DIR says of itself, and the root of its procfs; or -errno. */
static int root_and_status(int dir, struct procfs_status *status)
{
	FD_AUTO root = root_of(dir);
	const int error = root < 0 ? root : procfs_read_status(dir, status);

	return error ? error : fd_take(&root);
}

int procfs_thread_directory(int dir)
{
	struct procfs_status status;
	FD_AUTO root = root_and_status(dir, &status);

	if (root < 0)
		return root;
	FD_AUTO thread = procfs_open(root, status.pid);
	if (thread < 0)
		return thread;
	const int error = is_alive(dir); /* the number was its own when it was opened */
	return error ? error : fd_take(&thread);
}

/* A pidfd of the process of DIR, as procfs_pidfd(). */
static int to_pidfd(int dir)
{
	struct procfs_status self, status;
	FD_AUTO root = root_and_status(dir, &status);

	if (root < 0)
		return root;
	int error = read_own_status(root, &self);
	if (error)
		return error == -ENOENT ? -EXDEV : error; /* "self" is dangling: we are not in it */
	if (!is_own(&self))
		return foreign_to_pidfd(root, dir, &self, &status);

	FD_AUTO fd = pidfd_of_process(status.pid);
	if (fd < 0)
		return fd;
	error = is_alive(dir); /* not reaped: the number was its own when it was opened */
	return error ? error : fd_take(&fd);
}

int procfs_pidfd(int fd)
{
	if (procfs_is(fd))
		return to_pidfd(fd);
	const int copy = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	return copy < 0 ? -errno : copy;
}

int procfs_directory(int fd)
{
	if (procfs_is(fd))
		return open_at(fd, ".", DIRECTORY);

	FD_AUTO root = open_at(AT_FDCWD, "/proc", PLACE);
	if (root < 0)
		return root;
	if (!procfs_is(root))
		return -EXDEV;
	const pid_t number = shown_number(root, fd);
	if (number < 0)
		return number;
	struct procfs_stat stat;
	FD_AUTO dir = procfs_open(root, number);
	const int error = dir < 0 ? dir : procfs_read_stat(dir, &stat);
	if (error)
		return error;
	if (stat.pid != number) /* something else is mounted there */
		return -EXDEV;
	const pid_t again = shown_number(root, fd);
	if (again < 0)
		return again;
	return again == number ? fd_take(&dir) : -ESRCH;
}

int procfs_read_held(int fd, struct procfs_status *status)
{
	FD_AUTO dir = procfs_directory(fd);
	return dir < 0 ? dir : procfs_read_status(dir, status);
}

/* The number of DIR's process in our own PID namespace, as procfs_number(). */
static pid_t own_number(int dir)
{
	struct procfs_status self, status;
	FD_AUTO root = root_of(dir);

	if (root < 0)
		return root;
	const int error = procfs_read_status(dir, &status);
	if (error)
		return error;
	if (read_own_status(root, &self) != 0)
		return -EXDEV;
	if (is_own(&self))
		return status.pid;
	/* a foreign procfs: our level's number, if a pidfd proves that the list is of our line */
	FD_AUTO proof = to_pidfd(dir);
	return proof < 0 ? proof : status.levels[self.level_count - 1];
}

pid_t procfs_number(int fd)
{
	const pid_t told = pidfd_number(fd);

	if (told > 0)
		return told;
	FD_AUTO dir = procfs_directory(fd);
	return dir < 0 ? dir : own_number(dir);
}

int procfs_read_exe(int dir, struct stat *exe, char *link, size_t size)
{
	const ssize_t length = readlinkat(dir, "exe", link, size - 1);

	if (length < 0 || fstatat(dir, "exe", exe, 0) < 0)
		return -errno;
	link[length] = '\0';
	return 0;
}

bool procfs_shares_mounts(int dir)
{
	struct stat own, other;

	return stat("/proc/self/ns/mnt", &own) == 0 && fstatat(dir, "ns/mnt", &other, 0) == 0 &&
	       is_same_file(&own, &other);
}

/* True if every uid has a name of its own in our user namespace, user_namespaces(7). */
static bool maps_all_uids(void)
{
	char text[64];
	const char *at = text;

	if (read_file(AT_FDCWD, "/proc/self/uid_map", text, sizeof text) != 0)
		return false;
	number_scan(&at, 10); /* first inside */
	number_scan(&at, 10); /* first outside */
	return number_scan(&at, 10) == UINT32_MAX;
}

bool procfs_is_unmapped(uid_t uid)
{
	enum { USUAL = 65534 };
	char text[16];
	const char *at = text;
	const bool told = read_file(AT_FDCWD, "/proc/sys/kernel/overflowuid", text, sizeof text) == 0;

	return uid == (told ? (uid_t)number_scan(&at, 10) : USUAL) && !maps_all_uids();
}
