/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"
#include "pidfd.h"
#include "pidfile.h"
#include "procfs.h"

static void fail(struct handle *handle, enum why why, int error, long number)
{
	handle->outcome = OUTCOME_FAILED;
	handle->reason = (struct reason){ .why = why, .error = error, .number = number };
}

void target_fail(struct handle *handle, enum why why, int error)
{
	fail(handle, why, error, 0);
}

void target_unreadable(struct handle *handle, int error)
{
	const bool hidden = error == -ENOENT || error == -EPERM || error == -EACCES;

	if (error == -EXDEV)
		fail(handle, WHY_NO_PROC, 0, 0);
	else
		fail(handle, error == -ESRCH ? WHY_GONE : hidden ? WHY_HIDDEN : WHY_SYSTEM, -error, 0);
}

/* Keeps FD, pidkill's own, in HANDLE: never at 0 to 2, where messages and lists go. */
static void keep(struct handle *handle, int fd)
{
	fd = fd_above_stdio(fd);
	if (fd < 0) {
		fail(handle, WHY_SYSTEM, -fd, 0);
		return;
	}
	handle->fd = fd;
	handle->borrowed = handle->directory = false;
}

static void keep_directory(struct handle *handle, int dir)
{
	keep(handle, dir);
	handle->directory = true;
}

/* /proc/PID, if that procfs counts as we do: -EXDEV if not. */
static int own_directory(pid_t pid)
{
	FD_AUTO root = procfs_own_root();
	return root < 0 ? root : procfs_open(root, pid);
}

/* ENOENT or EINVAL of pidfd_open(2): a thread's number, or a process that has just been reaped. */
static void fail_no_leader(struct handle *handle, pid_t pid, int error)
{
	struct procfs_status status;
	FD_AUTO dir = own_directory(pid);

	if (is_exhausted(dir))
		fail(handle, WHY_SYSTEM, -dir, 0);
	else if (dir >= 0 && procfs_read_status(dir, &status) == 0 && status.tgid != status.pid)
		fail(handle, WHY_THREAD_ID, EOPNOTSUPP, status.tgid);
	else
		fail(handle, WHY_THREAD_OR_REAPED, error, 0);
}

/* Where pidfd_open(2) is missing or filtered. */
static void take_pid_directory(struct handle *handle, pid_t pid, bool thread, int reason)
{
	struct procfs_status status;
	FD_AUTO dir = own_directory(pid);
	const int error = dir < 0 ? dir : procfs_read_status(dir, &status);

	if (error == -EXDEV)
		fail(handle, WHY_FOREIGN_PROC, reason, 0);
	else if (error == -ESRCH)
		fail(handle, WHY_GONE, ESRCH, 0);
	else if (error == -ENOENT)
		fail(handle, WHY_NO_PATH, ENOENT, 0);
	else if (error)
		fail(handle, WHY_SYSTEM, -error, 0);
	else if (status.pid != pid) /* something else is mounted there */
		fail(handle, WHY_FOREIGN_PROC, reason, 0);
	else if (!thread && status.tgid != status.pid)
		fail(handle, WHY_THREAD_ID, EOPNOTSUPP, status.tgid);
	else
		keep_directory(handle, fd_take(&dir));
}

/* FD: at 0 to 2, or why there is none. */
COLD static void take_unusual_pid(struct handle *handle, pid_t pid, bool thread, int fd)
{
	if (fd >= 0)
		keep(handle, fd);
	else if (fd == -ESRCH)
		fail(handle, WHY_GONE, ESRCH, 0);
	else if (fd == -ENOSYS || fd == -EPERM)
		take_pid_directory(handle, pid, thread, -fd);
	else if (fd == -EINVAL && thread)
		fail(handle, WHY_NO_SCOPE, EINVAL, 0);
	else if (fd == -EINVAL || fd == -ENOENT)
		fail_no_leader(handle, pid, -fd);
	else
		fail(handle, WHY_SYSTEM, -fd, 0);
}

static void take_pid(struct handle *handle, pid_t pid, bool thread)
{
	const int fd = thread ? pidfd_of_thread(pid) : pidfd_of_process(pid);

	if (fd > STDERR_FILENO)
		handle->fd = fd;
	else
		take_unusual_pid(handle, pid, thread, fd);
}

/* A status that can't be read: no process directory, or one that is gone or hidden. The kernel tells
 * the first: it takes nothing else for a process. */
static void fail_unread(struct handle *handle, int fd, int error)
{
	const int filter = pidfd_probe_signal(0);

	if (is_exhausted(error))
		fail(handle, WHY_SYSTEM, -error, 0);
	else if (error == -ESRCH || procfs_task_ended(fd))
		fail(handle, WHY_GONE, ESRCH, 0);
	else if (error == -ENOTDIR)
		fail(handle, WHY_FD_OTHER, EBADF, 0);
	else if (filter < 0)
		fail(handle, filter == -ENOSYS ? WHY_NO_PIDFD_SEND_SIGNAL : WHY_SECCOMP, -filter, 0);
	else if (pidfd_signal(fd, 0, NULL, 0) == -EBADF)
		fail(handle, WHY_NO_PROCESS_DIRECTORY, 0, 0);
	else
		fail(handle, WHY_HIDDEN, -error, 0);
}

/* A thread's directory is nothing that the kernel takes: /proc/TID takes its place. */
static void take_task_directory(struct handle *handle, int dir)
{
	const int fd = procfs_thread_directory(dir);

	if (fd >= 0)
		keep_directory(handle, fd);
	else if (fd == -ESRCH || procfs_task_ended(dir))
		fail(handle, WHY_GONE, ESRCH, 0);
	else if (fd == -EXDEV)
		fail(handle, WHY_NO_PROOF, 0, 0);
	else
		fail(handle, is_exhausted(fd) ? WHY_SYSTEM : WHY_HIDDEN, -fd, 0);
}

static void borrow(struct handle *handle)
{
	handle->fd = handle->target->id.fd;
	handle->borrowed = true;
}

/* SELF: true, or -errno if that can't be looked up for want of descriptors. True if the target may be
 * taken: pidkill itself only with a si_code, to show what one may send to oneself. */
static bool check_self(struct handle *handle, int self, const struct request *request)
{
	if (self < 0) {
		fail(handle, WHY_SYSTEM, -self, 0);
	} else if (self && !request->message.code.set && !request->shell_signal) {
		fail(handle, WHY_SELF, 0, 0);
	} else {
		handle->reaches_self = self;
		return true;
	}
	return false;
}

/* False if it does not matter whether a target is pidkill itself: in a shell, alone. */
static bool may_be_self(const struct request *request)
{
	return !request->shell_signal || request->target_count > 1;
}

/* True, false or -errno: the pidfd FD holds pidkill itself. */
static int pidfd_is_self(int fd)
{
	struct procfs_status status;
	const pid_t number = pidfd_number(fd);

	if (number != -ENOTTY && number != -EINVAL)
		return number == getpid();
	FD_AUTO dir = procfs_directory(fd);
	const int error = dir < 0 ? dir : procfs_read_status(dir, &status);
	if (error)
		return is_exhausted(error) ? error : 0;
	return procfs_is_self(dir, &status);
}

/* FD, a directory on a procfs, becomes the handle if it is that of a process; OWN: we opened it. A
 * leader that was reaped still stands for its group. */
static void take_directory(struct handle *handle, int fd, bool own, const struct request *request)
{
	const enum scope scope = request->message.scope;
	FD_AUTO dir = own ? fd : -1;
	struct procfs_status status;
	const int error = procfs_read_status(fd, &status);

	if (error == -ESRCH && scope == SCOPE_GROUP && !own) {
		borrow(handle);
		return;
	}
	if (error) {
		fail_unread(handle, fd, error);
		return;
	}
	const bool task = procfs_is_task(fd);
	if ((task || status.tgid != status.pid) && scope != SCOPE_THREAD) {
		fail(handle, WHY_THREAD_DIRECTORY, EOPNOTSUPP, procfs_is_own(fd) ? status.tgid : 0);
		return;
	}
	if (may_be_self(request) && !check_self(handle, procfs_is_self(fd, &status), request))
		return;
	if (task)
		take_task_directory(handle, fd);
	else if (own)
		keep_directory(handle, fd_take(&dir));
	else
		borrow(handle);
}

static void take_path(struct handle *handle, const struct request *request)
{
	const int fd = open(handle->target->written, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0) {
		fail(handle, errno == ENOENT ? WHY_NO_PATH : errno == EPERM ? WHY_HIDDEN : WHY_SYSTEM,
		     errno, 0);
	} else if (!procfs_is(fd)) {
		close(fd);
		fail(handle, WHY_NO_PROCESS_DIRECTORY, 0, 0);
	} else {
		take_directory(handle, fd, true, request);
	}
}

static void take_fd(struct handle *handle, const struct request *request)
{
	const int fd = handle->target->id.fd;
	const int flags = handle->inherited_flags;

	if (flags < 0) {
		fail(handle, WHY_FD_CLOSED, -flags, 0);
		return;
	}
	if (flags & O_PATH) {
		fail(handle, WHY_FD_O_PATH, EBADF, 0);
		return;
	}
	switch (pidfd_kind(fd)) {
	case FD_PROCFS:
		take_directory(handle, fd, false, request);
		break;
	case FD_PIDFD:
		if (pidfd_flags_thread(flags) && request->message.scope != SCOPE_THREAD)
			fail(handle, WHY_THREAD_PIDFD, EOPNOTSUPP, 0);
		else if (!may_be_self(request) || check_self(handle, pidfd_is_self(fd), request))
			borrow(handle);
		break;
	case FD_OTHER:
		fail(handle, WHY_FD_OTHER, EBADF, 0);
		break;
	}
}

/* The group is named by its leader. Where that can't be read, the kernel's ESRCH tells at the send. */
static void check_leader(struct handle *handle)
{
	struct procfs_status status;
	struct procfs_stat stat;
	FD_AUTO dir = procfs_directory(handle->fd);
	int error = dir < 0 ? dir : procfs_read_status(dir, &status);

	if (!error)
		error = procfs_read_stat(dir, &stat);
	if (is_exhausted(error))
		fail(handle, WHY_SYSTEM, -error, 0);
	else if (!error && stat.group != status.pid)
		fail(handle, WHY_NOT_A_LEADER, 0, procfs_is_own(dir) ? stat.group : 0);
}

/* True unless the group of what HANDLE holds is known to be another's: then it comes last. */
static bool may_be_own_group(const struct handle *handle)
{
	const pid_t number = procfs_number(handle->fd);
	return number < 0 || number == getpgrp();
}

/* A group without a leader to hold, or on a kernel that can't signal it through one. */
static void take_unheld_group(struct handle *handle, const struct message *message)
{
	const int error = pidfd_kill_group(handle->target->id.pid, 0);

	handle->outcome = OUTCOME_NONE;
	handle->reason = (struct reason){ .why = WHY_NONE };
	if (error == -ESRCH)
		fail(handle, WHY_NO_GROUP, ESRCH, 0);
	else if (message->payload.set || message->code.set)
		fail(handle, WHY_GROUP_VALUE, 0, 0);
	else if (error && error != -EPERM)
		fail(handle, WHY_SYSTEM, -error, 0);
}

static bool lacks_leader(const struct handle *handle)
{
	const enum why why = handle->reason.why;
	return handle->outcome == OUTCOME_FAILED &&
	       (why == WHY_GONE || why == WHY_THREAD_ID || why == WHY_THREAD_OR_REAPED ||
	        why == WHY_NO_PATH || why == WHY_FOREIGN_PROC);
}

static void take_group(struct handle *handle, const struct message *message)
{
	const pid_t group = handle->target->id.pid;

	handle->reaches_self = group == getpgrp();
	take_pid(handle, group, false);
	if (handle->outcome == OUTCOME_NONE && pidfd_probe_signal(PIDFD_TO_GROUP) == -EINVAL) {
		close(fd_take(&handle->fd));
		take_unheld_group(handle, message);
	} else if (lacks_leader(handle)) {
		take_unheld_group(handle, message);
	}
}

/* A wait polls, and only a pidfd can be polled: a directory's process gets one, and an inherited one a
 * descriptor of its own (it may be inherited twice). */
static void make_pollable(struct handle *handle)
{
	const int fd = procfs_pidfd(handle->fd);

	if (fd >= 0) {
		if (!handle->borrowed)
			close(handle->fd);
		keep(handle, fd);
	} else if (fd == -ESRCH) {
		fail(handle, WHY_GONE, ESRCH, 0);
	} else if (fd == -EXDEV) {
		fail(handle, WHY_NO_PROOF, 0, 0);
	} else {
		fail(handle, fd == -ENOSYS || fd == -EPERM ? WHY_NO_PIDFD_OPEN : WHY_SYSTEM, -fd, 0);
	}
}

/* An identity of this boot whose number has been taken by another process, or by a thread, is stale. */
static void take_identity(struct handle *handle, const struct identity *identity, bool thread)
{
	struct procfs_boot_id boot;
	uint64_t inode;
	const int told = identity->boot ? procfs_boot_id(&boot) : 0;

	if (told < 0) {
		fail(handle, WHY_BOOT_UNREAD, -told, 0);
		return;
	}
	if (identity->boot && strcmp(boot.text, identity->boot) != 0) {
		fail(handle, WHY_OTHER_BOOT, ESRCH, 0);
		return;
	}
	FD_AUTO fd = thread ? pidfd_of_thread(handle->pid) : pidfd_of_process(handle->pid);
	const int error = fd < 0 ? fd : pidfd_inode(fd, &inode);
	if (error == -ENOSYS || error == -EPERM)
		fail(handle, WHY_NO_PIDFD, -error, 0);
	else if (error == -EOPNOTSUPP || error == -EOVERFLOW)
		fail(handle, error == -EOVERFLOW ? WHY_NARROW_INODE : WHY_NO_INODE, -error, 0);
	else if (thread && error == -EINVAL)
		fail(handle, WHY_NO_SCOPE, EINVAL, 0);
	else if (error == -ESRCH)
		fail(handle, WHY_GONE, ESRCH, 0);
	else if (error == -ENOENT || error == -EINVAL || (!error && inode != identity->inode))
		fail(handle, WHY_STALE, ESRCH, 0);
	else if (error)
		fail(handle, WHY_SYSTEM, -error, 0);
	else
		keep(handle, fd_take(&fd));
}

/* What the file cannot have meant is not signalled. */
static void check_pidfile(struct handle *handle, const struct pidfile *file)
{
	FD_AUTO dir = procfs_directory(handle->fd);
	long number = 0;
	int error = dir < 0 ? dir : 0;
	const enum why why = error ? WHY_NONE : pidfile_vouches(file, dir, &number, &error);

	if (error)
		target_unreadable(handle, error);
	else if (why != WHY_NONE)
		fail(handle, why, why == WHY_PIDFILE_STALE ? ESRCH : 0, number);
}

/* The number of a thread: one that a daemon had before, unless the thread is older than the file. */
COLD static void judge_thread(struct handle *handle, const struct pidfile *file)
{
	FD_AUTO dir = own_directory(file->pid);
	long number;
	int error;

	if (dir >= 0 && pidfile_vouches(file, dir, &number, &error) == WHY_PIDFILE_STALE)
		fail(handle, WHY_PIDFILE_STALE, ESRCH, 0);
}

static void take_pidfile(struct handle *handle, bool thread)
{
	struct pidfile file;

	if (pidfile_read(handle->target->written, &file, &handle->reason, &handle->detail) < 0) {
		handle->outcome = OUTCOME_FAILED;
		return;
	}
	handle->pid = file.pid;
	if (file.identity.inode)
		take_identity(handle, &file.identity, thread);
	else
		take_pid(handle, file.pid, thread);
	if (handle->outcome == OUTCOME_NONE && (file.has_owner || !file.identity.inode))
		check_pidfile(handle, &file);
	else if (handle->outcome == OUTCOME_FAILED && handle->reason.why == WHY_THREAD_ID)
		judge_thread(handle, &file);
}

void target_let_go(struct handle *handle)
{
	if (handle->fd >= 0 && !handle->borrowed)
		close(handle->fd);
	handle->fd = -1;
	if (handle->detail)
		free(handle->detail);
	handle->detail = NULL;
}

static bool needs_more(const struct request *request)
{
	return request->message.scope != SCOPE_DEFAULT || request->message.flags.set || request->wait.set;
}

bool target_means_group(const struct message *message)
{
	return message->scope == SCOPE_GROUP || (message->flags.set && message->flags.value & PIDFD_TO_GROUP);
}

/* What a scope, flags and a wait ask of a handle. */
COLD static void prepare(struct handle *handle, const struct request *request)
{
	const struct message *message = &request->message;

	if (message->scope == SCOPE_GROUP && handle->outcome == OUTCOME_NONE)
		check_leader(handle);
	if (target_means_group(message) && handle->outcome == OUTCOME_NONE)
		handle->reaches_self |= may_be_own_group(handle);
	if (request->wait.set && handle->outcome == OUTCOME_NONE &&
	    (handle->borrowed || handle->directory))
		make_pollable(handle);
}

/* Any but a PID. */
COLD static void take_unusual(struct handle *handle, const struct request *request, bool thread)
{
	const struct target *target = handle->target;

	switch (target->kind) {
	case TARGET_WORD:
	case TARGET_PID:
	case TARGET_ALL:
		break;
	case TARGET_NAME: /* the directory that a search has found */
		keep_directory(handle, handle->fd);
		break;
	case TARGET_OWN_GROUP:
		handle->reaches_self = true;
		break;
	case TARGET_GROUP:
		take_group(handle, &request->message);
		break;
	case TARGET_IDENTITY:
		handle->pid = target->id.pid;
		take_identity(handle, &target->identity, thread);
		break;
	case TARGET_PIDFILE:
		take_pidfile(handle, thread);
		break;
	case TARGET_PATH:
		take_path(handle, request);
		break;
	case TARGET_FD:
		take_fd(handle, request);
		break;
	}
}

void target_take(struct handle *handle, const struct request *request)
{
	const struct target *target = handle->target;
	const bool thread = request->message.scope == SCOPE_THREAD;

	if (target->kind == TARGET_PID) {
		handle->pid = target->id.pid;
		take_pid(handle, target->id.pid, thread);
	} else {
		take_unusual(handle, request, thread);
	}
	if (needs_more(request) && target->kind != TARGET_GROUP)
		prepare(handle, request);
}

void target_adopt(struct handle *handle, const struct request *request, int dir, pid_t pid)
{
	handle->pid = pid;
	handle->fd = dir < 0 ? -1 : dir;
	if (dir == -ENODATA)
		fail(handle, request->all ? WHY_NO_MATCH_AT_ALL : WHY_NO_MATCH, ESRCH, 0);
	else if (dir < 0)
		fail(handle, dir == -EXDEV ? WHY_NAME_PROC : WHY_SYSTEM, dir == -EXDEV ? 0 : -dir, 0);
}
