/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common.h"
#include "pidfd.h"
#include "procfs.h"

enum {
	SPARE = 16,     /* more than asked for, when the hard limit is raised */
	LOOKUPS = 8,    /* descriptors that a look into /proc and a wait take at a time */
};

static void fail(struct handle *handle, enum why why, int error, long number)
{
	handle->outcome = OUTCOME_FAILED;
	handle->problem = (struct problem){ .why = why, .error = error, .number = number };
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
	handle->borrowed = false;
}

/* ENOENT or EINVAL of pidfd_open(2): a thread's number, or a process that has just been reaped. */
static void fail_no_leader(struct handle *handle, pid_t pid, int error)
{
	struct procfs_status status;
	FD_AUTO root = procfs_own_root();
	FD_AUTO dir = root < 0 ? root : procfs_open(root, pid);

	if (is_exhausted(dir))
		fail(handle, WHY_SYSTEM, -dir, 0);
	else if (dir >= 0 && procfs_read_status(dir, &status) == 0 && status.tgid != status.pid)
		fail(handle, WHY_THREAD_ID, EOPNOTSUPP, status.tgid);
	else
		fail(handle, WHY_THREAD_OR_REAPED, error, 0);
}

/* Where pidfd_open(2) is missing or filtered: /proc/PID, if that procfs counts as we do. */
static void take_pid_directory(struct handle *handle, pid_t pid, bool thread, int reason)
{
	struct procfs_status status;
	FD_AUTO root = procfs_own_root();

	if (root == -EXDEV) {
		fail(handle, WHY_FOREIGN_PROC, reason, 0);
		return;
	}
	FD_AUTO dir = root < 0 ? root : procfs_open(root, pid);
	const int error = dir < 0 ? dir : procfs_read_status(dir, &status);
	if (error == -ESRCH)
		fail(handle, WHY_GONE, ESRCH, 0);
	else if (error == -ENOENT)
		fail(handle, WHY_NO_PATH, ENOENT, 0);
	else if (error)
		fail(handle, WHY_SYSTEM, -error, 0);
	else if (!thread && status.tgid != status.pid)
		fail(handle, WHY_THREAD_ID, EOPNOTSUPP, status.tgid);
	else
		keep(handle, fd_take(&dir));
}

static void take_pid(struct handle *handle, pid_t pid, bool thread)
{
	const int fd = thread ? pidfd_of_thread(pid) : pidfd_of_process(pid);

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
		keep(handle, fd);
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
static bool check_self(struct handle *handle, int self, const struct message *message)
{
	if (self < 0) {
		fail(handle, WHY_SYSTEM, -self, 0);
	} else if (self && !message->code.set) {
		fail(handle, WHY_SELF, 0, 0);
	} else {
		handle->reaches_self = self;
		return true;
	}
	return false;
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
static void take_directory(struct handle *handle, int fd, bool own, const struct message *message)
{
	FD_AUTO dir = own ? fd : -1;
	struct procfs_status status;
	const int error = procfs_read_status(fd, &status);

	if (error == -ESRCH && message->scope == SCOPE_GROUP && !own) {
		borrow(handle);
		return;
	}
	if (error) {
		fail_unread(handle, fd, error);
		return;
	}
	const bool task = procfs_is_task(fd);
	if ((task || status.tgid != status.pid) && message->scope != SCOPE_THREAD) {
		fail(handle, WHY_THREAD_DIRECTORY, EOPNOTSUPP, procfs_is_own(fd) ? status.tgid : 0);
		return;
	}
	if (!check_self(handle, procfs_is_self(fd, &status), message))
		return;
	if (task)
		take_task_directory(handle, fd);
	else if (own)
		keep(handle, fd_take(&dir));
	else
		borrow(handle);
}

static void take_path(struct handle *handle, const struct message *message)
{
	const int fd = open(handle->target->written, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0) {
		fail(handle, errno == ENOENT ? WHY_NO_PATH : errno == EPERM ? WHY_HIDDEN : WHY_SYSTEM,
		     errno, 0);
	} else if (!procfs_is(fd)) {
		close(fd);
		fail(handle, WHY_NO_PROCESS_DIRECTORY, 0, 0);
	} else {
		take_directory(handle, fd, true, message);
	}
}

static void take_fd(struct handle *handle, const struct message *message)
{
	const int fd = handle->target->id.fd;
	const int flags = handle->inherited_flags;

	if (flags < 0) {
		fail(handle, WHY_FD_CLOSED, -flags, 0);
	} else if (flags & O_PATH) {
		fail(handle, WHY_FD_O_PATH, EBADF, 0);
	} else if (procfs_is(fd)) {
		take_directory(handle, fd, false, message);
	} else if (!pidfd_possible(fd) || pidfd_signal(fd, 0, NULL, 0) == -EBADF) {
		fail(handle, WHY_FD_OTHER, EBADF, 0);
	} else if (pidfd_flags_thread(flags) && message->scope != SCOPE_THREAD) {
		fail(handle, WHY_THREAD_PIDFD, EOPNOTSUPP, 0);
	} else if (check_self(handle, pidfd_is_self(fd), message)) {
		borrow(handle);
	}
}

/* The group is named by its leader. Where that can't be read, the kernel's ESRCH tells at the send. */
static void check_leader(struct handle *handle)
{
	struct procfs_status status;
	FD_AUTO dir = procfs_directory(handle->fd);
	const int error = dir < 0 ? dir : procfs_read_status(dir, &status);

	if (is_exhausted(error))
		fail(handle, WHY_SYSTEM, -error, 0);
	if (error)
		return;
	const pid_t group = procfs_group(dir);
	if (group >= 0 && group != status.pid)
		fail(handle, WHY_NOT_A_LEADER, 0, procfs_is_own(dir) ? group : 0);
}

/* True unless the group of what HANDLE holds is known to be another's: then it comes last. */
static bool may_be_own_group(const struct handle *handle)
{
	const pid_t told = pidfd_number(handle->fd);
	if (told > 0)
		return told == getpgrp();
	FD_AUTO dir = procfs_directory(handle->fd);
	const pid_t number = dir < 0 ? dir : procfs_own_number(dir);
	return number < 0 || number == getpgrp();
}

/* A group without a leader to hold, or on a kernel that can't signal it through one. */
static void take_unheld_group(struct handle *handle, const struct message *message)
{
	const int error = pidfd_kill_group(handle->target->id.pid, 0);

	handle->outcome = OUTCOME_NONE;
	if (error == -ESRCH)
		fail(handle, WHY_NO_GROUP, ESRCH, 0);
	else if (message->payload.set || message->code.set)
		fail(handle, WHY_GROUP_VALUE, 0, 0);
	else if (error && error != -EPERM)
		fail(handle, WHY_SYSTEM, -error, 0);
}

static bool lacks_leader(const struct handle *handle)
{
	const enum why why = handle->problem.why;
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
	const bool directory = procfs_is(handle->fd);
	FD_AUTO own = handle->borrowed ? -1 : handle->fd;
	const int fd = directory ? procfs_to_pidfd(handle->fd)
	                         : fcntl(handle->fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	handle->fd = -1;
	if (fd >= 0)
		keep(handle, fd);
	else if (!directory)
		fail(handle, WHY_SYSTEM, errno, 0);
	else if (fd == -ESRCH)
		fail(handle, WHY_GONE, ESRCH, 0);
	else if (fd == -EXDEV)
		fail(handle, WHY_NO_PROOF, 0, 0);
	else
		fail(handle, fd == -ENOSYS || fd == -EPERM ? WHY_NO_PIDFD_OPEN : WHY_SYSTEM, -fd, 0);
}

static void let_go(struct handle *handle)
{
	if (handle->fd >= 0 && !handle->borrowed)
		close(handle->fd);
	handle->fd = -1;
}

static void take(struct handle *handle, const struct request *request)
{
	const struct message *message = &request->message;

	let_go(handle); /* of a try that lacked descriptors */
	handle->outcome = OUTCOME_NONE;
	switch (handle->target->kind) {
	case TARGET_WORD:
	case TARGET_ALL:
		break;
	case TARGET_OWN_GROUP:
		handle->reaches_self = true;
		break;
	case TARGET_GROUP:
		take_group(handle, message);
		return;
	case TARGET_PID:
		take_pid(handle, handle->target->id.pid, message->scope == SCOPE_THREAD);
		break;
	case TARGET_PATH:
		take_path(handle, message);
		break;
	case TARGET_FD:
		take_fd(handle, message);
		break;
	}
	if (message->scope == SCOPE_GROUP && handle->outcome == OUTCOME_NONE)
		check_leader(handle);
	const bool group = message->scope == SCOPE_GROUP ||
	                   (message->flags.set && message->flags.value & PIDFD_TO_GROUP);
	if (group && handle->outcome == OUTCOME_NONE)
		handle->reaches_self |= may_be_own_group(handle);
	if (request->wait.set && handle->outcome == OUTCOME_NONE &&
	    (handle->borrowed || procfs_is(handle->fd)))
		make_pollable(handle);
}

bool target_raise_limit(size_t more)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return false;
	if (limit.rlim_cur == limit.rlim_max)
		limit.rlim_max += more + SPARE;
	limit.rlim_cur = limit.rlim_max;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

static bool lacks_descriptors(const struct handle *handle)
{
	const int error = handle->problem.error;
	return handle->outcome == OUTCOME_FAILED && (error == EMFILE || error == ENFILE);
}

static long descriptor_limit(void)
{
	struct rlimit limit;
	return getrlimit(RLIMIT_NOFILE, &limit) < 0 ? 0 : (long)limit.rlim_cur;
}

static bool is_unheld(const struct handle *handle)
{
	return handle->target->kind == TARGET_GROUP && handle->outcome == OUTCOME_NONE &&
	       handle->fd < 0;
}

static int refuse_for_limit(struct problem *problem, int error)
{
	*problem = (struct problem){
		.why = error == ENFILE ? WHY_FILE_TABLE : WHY_DESCRIPTOR_LIMIT,
		.error = error, .number = descriptor_limit(),
	};
	return -1;
}

/* What is read through handles later needs descriptors too: they must be free now. */
static int prove_spare(const struct run *run, struct problem *problem)
{
	int spare[LOOKUPS], count = 0, held = -1, error = EMFILE;

	for (size_t i = 0; i < run->count && held < 0; i++)
		held = run->handles[i].fd;
	while (held >= 0 && count < LOOKUPS) {
		const int fd = fcntl(held, F_DUPFD_CLOEXEC, 0);
		error = errno;
		if (fd >= 0)
			spare[count++] = fd;
		else if (error == ENFILE || !target_raise_limit(LOOKUPS))
			break;
	}
	const bool proven = held < 0 || count == LOOKUPS;
	while (count)
		close(spare[--count]);
	return proven ? 0 : refuse_for_limit(problem, error);
}

static bool reads_later(const struct request *request)
{
	return request->mode != MODE_SEND || request->dry_run || request->require_handler ||
	       request->wait.set;
}

static int acquire_all(const struct request *request, struct run *run, struct problem *problem)
{
	/* a single target comes last in any case */
	const pid_t self = run->count > 1 ? getpid() : 0;

	for (size_t i = 0; i < run->count; i++) {
		struct handle *handle = &run->handles[i];
		const struct target *target = handle->target;
		take(handle, request);
		while (lacks_descriptors(handle)) {
			const int error = handle->problem.error;
			if (error == ENFILE || !target_raise_limit(run->count - i))
				return refuse_for_limit(problem, error);
			take(handle, request);
		}
		if (is_unheld(handle) && run->count > 1) {
			*problem = (struct problem){ .why = WHY_UNHELD_GROUP,
			                             .word = target->written };
			return -1;
		}
		if (target->kind == TARGET_PID && target->id.pid == self)
			handle->reaches_self = true;
	}
	return reads_later(request) ? prove_spare(run, problem) : 0;
}

int target_acquire(const struct request *request, struct run *run, struct problem *problem)
{
	run->count = request->target_count;
	run->handles = run->few;
	if (run->count > FEW) {
		run->handles = calloc(run->count, sizeof *run->handles);
		if (!run->handles) {
			*problem = (struct problem){ .why = WHY_NO_MEMORY, .error = ENOMEM };
			return -1;
		}
	}
	/* What is inherited is looked at first: later a number could be one that pidkill opened. */
	for (size_t i = 0; i < run->count; i++) {
		struct handle *handle = &run->handles[i];
		const struct target *target = &request->targets[i];
		*handle = (struct handle){
			.target = target, .fd = -1, .signal = request->message.signal,
		};
		if (target->kind == TARGET_FD) {
			const int flags = fcntl(target->id.fd, F_GETFL);
			handle->inherited_flags = flags < 0 ? -errno : flags;
		}
	}
	if (acquire_all(request, run, problem) == 0)
		return 0;
	target_release(run);
	return -1;
}

void target_release(struct run *run)
{
	for (size_t i = 0; i < run->count; i++)
		let_go(&run->handles[i]);
	if (run->handles != run->few)
		free(run->handles);
	run->handles = run->few;
	run->count = 0;
}
