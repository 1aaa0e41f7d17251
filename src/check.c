/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common.h"
#include "procfs.h"

#define DELETED " (deleted)"

/* What the conditions ask for, looked up once. */
struct expected {
	const struct request *request;
	struct stat exe;                /* the program's file */
	int exe_error;                  /* errno, or 0 */
	char replaced[PATH_MAX + sizeof DELETED];   /* what the link of a program says whose file was replaced */
};

static void skip(struct handle *handle, enum why why, long number)
{
	handle->outcome = OUTCOME_SKIPPED;
	handle->reason = (struct reason){ .why = why, .number = number };
}

/* With TEXT, what it is instead. */
static void skip_for(struct handle *handle, enum why why, const char *text)
{
	skip(handle, why, 0);
	handle->detail = strdup(text);
}

/* One descriptor for both answers: the file, and the path without links. */
static void look_up(struct expected *expected)
{
	const char *exe = expected->request->conditions.exe;
	char name[32];

	if (!exe)
		return;
	FD_AUTO fd = open(exe, O_PATH | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &expected->exe) < 0) {
		expected->exe_error = errno;
		return;
	}
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	const ssize_t length = readlink(name, expected->replaced, PATH_MAX - 1);
	strcpy(expected->replaced + (length < 0 ? 0 : length), length < 0 ? "" : DELETED);
}

/* An upgrade has put another file in the place of the one that runs: its path says so. */
static bool is_replaced(const struct expected *expected, int dir, const char *link)
{
	return *expected->replaced && strcmp(link, expected->replaced) == 0 && procfs_shares_mounts(dir);
}

static bool is_zombie(int dir)
{
	struct procfs_stat stat;
	return procfs_read_stat(dir, &stat) == 0 && procfs_is_zombie(&stat);
}

/* A zombie runs nothing, and no signal does anything to it, but to the group that it led. */
static void check_exe(const struct expected *expected, struct handle *handle, int dir)
{
	char link[PATH_MAX + 16];
	struct stat exe;

	if (expected->exe_error) {
		target_fail(handle, WHY_EXE_UNREAD, expected->exe_error);
		return;
	}
	const int error = procfs_read_exe(dir, &exe, link, sizeof link);
	if (error == -ENOENT && !target_means_group(&expected->request->message) && is_zombie(dir))
		return;
	if (error)
		target_fail(handle, error == -ESRCH ? WHY_GONE : WHY_UNREAD, -error);
	else if (!is_same_file(&exe, &expected->exe) && !is_replaced(expected, dir, link))
		skip_for(handle, WHY_OTHER_EXE, link);
}

static void check_comm(const struct expected *expected, struct handle *handle, int dir)
{
	struct procfs_comm comm;
	const int answer = procfs_has_name(dir, expected->request->conditions.comm);

	if (answer < 0)
		target_unreadable(handle, answer);
	else if (!answer)
		skip_for(handle, WHY_OTHER_COMM, procfs_read_comm(dir, &comm) == 0 ? comm.text : "?");
}

static void check_user(const struct expected *expected, struct handle *handle, int dir)
{
	struct procfs_status status;
	const int error = procfs_read_status(dir, &status);

	if (error)
		target_unreadable(handle, error);
	else if (procfs_is_unmapped(status.effective_uid))
		target_fail(handle, WHY_UNMAPPED_USER, 0);
	else if (status.effective_uid != expected->request->conditions.user)
		skip(handle, WHY_NOT_USER, status.effective_uid);
}

/* -r: the process catches the signal, SigCgt in proc(5). */
static void check_handler(const struct expected *expected, struct handle *handle, int dir)
{
	struct procfs_status status;
	const int error = procfs_read_status(dir, &status);

	if (error)
		target_unreadable(handle, error);
	else if (!(status.caught >> (expected->request->message.signal - 1) & 1))
		skip(handle, WHY_NO_HANDLER, 0);
}

/* Everything is read through one directory that is proven to be the handle's process: it can't become
 * another's. */
static void check_handle(const struct expected *expected, struct handle *handle)
{
	const struct conditions *conditions = &expected->request->conditions;
	FD_AUTO dir = procfs_directory(handle->fd);

	if (dir < 0)
		target_unreadable(handle, dir);
	if (conditions->exe && handle->outcome == OUTCOME_NONE)
		check_exe(expected, handle, dir);
	if (conditions->comm && handle->outcome == OUTCOME_NONE)
		check_comm(expected, handle, dir);
	if (conditions->has_user && handle->outcome == OUTCOME_NONE)
		check_user(expected, handle, dir);
	if (expected->request->require_handler && handle->outcome == OUTCOME_NONE)
		check_handler(expected, handle, dir);
}

static void check_handles(const struct request *request, struct run *run)
{
	struct expected expected = { .request = request };

	look_up(&expected);
	for (size_t i = 0; i < run->count; i++)
		if (run->handles[i].outcome == OUTCOME_NONE)
			check_handle(&expected, &run->handles[i]);
}

void check_run(const struct request *request, struct run *run)
{
	const struct conditions *conditions = &request->conditions;

	if (conditions->exe || conditions->comm || conditions->has_user || request->require_handler)
		check_handles(request, run);
}
