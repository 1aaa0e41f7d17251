/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "search.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "common.h"
#include "number.h"
#include "procfs.h"

int search_open(struct search *search, const char *name, bool all)
{
	FD_AUTO root = procfs_own_root();
	FD_AUTO fd = root < 0 ? -1 : openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	*search = (struct search){ .name = name, .all = all };
	if (root < 0)
		return root;
	if (fd < 0)
		return -errno;
	search->entries = fdopendir(fd);
	if (!search->entries)
		return -errno;
	fd_take(&fd);
	return 0;
}

void search_release(struct search *search)
{
	if (search->entries)
		closedir(search->entries);
	search->entries = NULL;
}

static bool is_ours(const struct procfs_status *status)
{
	const uid_t uid = geteuid();

	return status->uid == uid && status->effective_uid == uid && status->level_count <= 1 &&
	       !procfs_is_unmapped(uid);
}

/* 1 if the process held by DIR is meant, 0 if not or not told, -EMFILE, -ENFILE. It must have the name before
 * and after the rest is read. */
static int is_meant(const struct search *search, int dir)
{
	struct procfs_status status;
	struct procfs_stat stat;
	int answer = procfs_has_name(dir, search->name);

	if (answer <= 0)
		return is_exhausted(answer) ? answer : 0;
	int error = procfs_read_status(dir, &status);
	if (!error)
		error = procfs_read_stat(dir, &stat);
	if (error)
		return is_exhausted(error) ? error : 0;
	if (status.pid != search->candidate || status.pid == getpid() ||
	    stat.flags & PROCFS_KERNEL_THREAD || procfs_is_zombie(&stat))
		return 0;
	if (!search->all && !is_ours(&status))
		return 0;
	answer = procfs_has_name(dir, search->name);
	return answer < 0 && !is_exhausted(answer) ? 0 : answer;
}

/* The next entry that is a process's; 0 at the end, or -errno. */
static pid_t next_candidate(struct search *search)
{
	const struct dirent *entry;
	pid_t pid;

	errno = 0;
	while ((entry = readdir(search->entries)))
		if (number_pid(entry->d_name, &pid) == NUMBER_OK)
			return pid;
	return -errno;
}

int search_next(struct search *search, pid_t *pid)
{
	for (;; search->candidate = 0) {
		if (!search->candidate)
			search->candidate = next_candidate(search);
		if (search->candidate <= 0) {
			const int error = search->candidate;
			search->candidate = 0;
			return error ? error : -ENODATA;
		}
		FD_AUTO dir = procfs_open(dirfd(search->entries), search->candidate);
		const int answer = dir < 0 ? dir : is_meant(search, dir);
		if (is_exhausted(answer))
			return answer;
		if (answer > 0) {
			*pid = search->candidate;
			search->candidate = 0;
			return fd_take(&dir);
		}
	}
}
