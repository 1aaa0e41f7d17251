/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "send.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common.h"
#include "pidfd.h"
#include "procfs.h"

static unsigned message_flags(const struct message *message)
{
	switch (message->scope) {
	case SCOPE_DEFAULT:
		break;
	case SCOPE_PROCESS:
		return PIDFD_TO_PROCESS;
	case SCOPE_THREAD:
		return PIDFD_TO_THREAD;
	case SCOPE_GROUP:
		return PIDFD_TO_GROUP;
	}
	return message->flags.value;
}

/* As sigqueue(3) fills it in, rt_sigqueueinfo(2). The rest stays zero: the kernel refuses what it
 * has no field for (E2BIG). */
static void fill_info(siginfo_t *info, const struct message *message)
{
	memset(info, 0, sizeof *info);
	info->si_signo = message->signal;
	info->si_code = message->code.set ? message->code.value : SI_QUEUE;
	info->si_pid = getpid();
	info->si_uid = getuid();
	info->si_value = message->payload.value;
}

/* The real user of what FD holds, which kill(2) compares with ours; -1: it can't be told. */
static long real_uid(int fd)
{
	struct procfs_status status;

	if (procfs_read_held(fd, &status) < 0)
		return -1;
	return procfs_is_unmapped(status.uid) ? -1 : (long)status.uid;
}

/* A filter answers before the kernel looks at anything, so a harmless call unmasks it. */
static struct reason explain_eperm(const struct handle *handle, const struct message *message,
                                   unsigned flags)
{
	struct reason reason = { .why = WHY_SYSTEM, .error = EPERM };
	const int code = message->code.value;

	if (handle->fd < 0) {
		reason.why = WHY_ALL_REFUSE;
	} else if (pidfd_probe_signal(0) < 0) {
		reason.why = WHY_SECCOMP;
	} else if (message->code.set && (code >= 0 || code == SI_TKILL)) {
		reason.why = WHY_FORGED_CODE;
		reason.number = code;
	} else if (flags & PIDFD_TO_GROUP) {
		reason.why = WHY_ALL_REFUSE;
	} else {
		reason.number = real_uid(handle->fd);
		reason.why = reason.number < 0 ? WHY_SOME_USER : WHY_OTHER_USER;
	}
	return reason;
}

static enum why explain_einval(const struct message *message, unsigned flags)
{
	if (pidfd_probe_signal(flags) != -EINVAL)
		return WHY_OUTER_NAMESPACE;
	if (message->scope != SCOPE_DEFAULT)
		return WHY_NO_SCOPE;
	return message->flags.set ? WHY_UNKNOWN_FLAGS : WHY_SYSTEM;
}

/* With PIDFD_TO_GROUP, ESRCH also means that the process leads no group. */
static enum why explain_esrch(const struct handle *handle, unsigned flags)
{
	if (handle->target->kind == TARGET_GROUP)
		return WHY_NO_GROUP;
	if (!(flags & PIDFD_TO_GROUP))
		return WHY_GONE;
	const int alive = pidfd_signal(handle->fd, 0, NULL, 0);
	return alive == 0 || alive == -EPERM ? WHY_NOT_A_LEADER : WHY_GONE;
}

/* What ERROR means, the answer of pidfd_send_signal(2) or kill(2). */
COLD static struct reason explain(const struct handle *handle, const struct message *message,
                                  unsigned flags, int error)
{
	struct reason reason = { .why = WHY_SYSTEM, .error = error };

	switch (error) {
	case EPERM:
		return explain_eperm(handle, message, flags);
	case EINVAL:
		reason.why = explain_einval(message, flags);
		break;
	case ESRCH:
		reason.why = explain_esrch(handle, flags);
		if (reason.why == WHY_NOT_A_LEADER)
			reason.error = 0;
		break;
	case EAGAIN:
		reason.why = WHY_QUEUE_FULL;
		break;
	case ENOSYS:
		reason.why = WHY_NO_PIDFD_SEND_SIGNAL;
		break;
	}
	return reason;
}

COLD static int send_unheld(const struct target *target, int signal)
{
	if (target->kind == TARGET_OWN_GROUP)
		return pidfd_kill_own_group(signal);
	return target->kind == TARGET_ALL ? pidfd_kill_all(signal)
	                                  : pidfd_kill_group(target->id.pid, signal);
}

static int send_one(const struct handle *handle, int signal, siginfo_t *info, unsigned flags)
{
	return handle->fd >= 0 ? pidfd_signal(handle->fd, signal, info, flags)
	                       : send_unheld(handle->target, signal);
}

/* A message as the kernel takes it. */
struct parcel {
	struct message message;
	unsigned flags;         /* to what is no group */
	siginfo_t filled, *info;
};

static void pack(struct parcel *parcel, const struct request *request, int signal)
{
	parcel->message = request->message;
	parcel->message.signal = signal;
	parcel->flags = message_flags(&parcel->message);
	parcel->info = NULL;
	if (parcel->message.payload.set || parcel->message.code.set) {
		fill_info(&parcel->filled, &parcel->message);
		parcel->info = &parcel->filled;
	}
}

/* What a stopped process need not be woken for: it can't act on these, or it is to stay stopped. */
static bool needs_cont(int signal)
{
	switch (signal) {
	case 0:
	case SIGKILL:
	case SIGCONT:
	case SIGSTOP:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
		return false;
	}
	return true;
}

/* The signal, then CONT. What reaches pidkill too ends it only after the CONT. */
COLD static int send_with_cont(struct handle *handle, struct parcel *parcel, unsigned flags)
{
	const int signal = parcel->message.signal;
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	int error = send_one(handle, signal, parcel->info, flags);
	if (!error && needs_cont(signal)) {
		error = send_one(handle, SIGCONT, NULL, flags);
		if (error == -ESRCH) /* it did not survive the signal */
			error = 0;
		else if (error)
			handle->signal = SIGCONT;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return error;
}

/* ERROR: what a send to HANDLE came to. 0 if that is no failure, else ERROR: HANDLE has failed and says why. */
COLD static int fail_to_deliver(struct handle *handle, const struct request *request,
                                const struct parcel *parcel, unsigned flags, int error)
{
	if (error == -EPERM && !parcel->message.signal && request->wait.set) { /* it is only waited for */
		handle->outcome = OUTCOME_DONE;
		handle->reason.error = EPERM;
		return 0;
	}
	handle->outcome = OUTCOME_FAILED;
	handle->reason = explain(handle, &parcel->message, flags, -error);
	return error;
}

/* 0 or -errno, in which case HANDLE has failed and says why. */
static int deliver(struct handle *handle, const struct request *request, struct parcel *parcel)
{
	const unsigned flags = handle->target->kind == TARGET_GROUP ? PIDFD_TO_GROUP : parcel->flags;

	handle->signal = request->dry_run ? request->message.signal : parcel->message.signal;
	const int error = request->cont && !request->dry_run
		? send_with_cont(handle, parcel, flags)
		: send_one(handle, parcel->message.signal, parcel->info, flags);
	if (error)
		return fail_to_deliver(handle, request, parcel, flags, error);
	handle->outcome = OUTCOME_DONE;
	return 0;
}

bool send_probe(const struct request *request, struct handle *handle)
{
	struct parcel parcel;

	pack(&parcel, request, 0);
	const int error = send_one(handle, 0, parcel.info, parcel.flags);
	if (!error || error == -EPERM)
		return true;
	handle->outcome = OUTCOME_FAILED;
	handle->reason = explain(handle, &parcel.message, parcel.flags, -error);
	return false;
}

bool send_step(const struct request *request, struct handle *handle, int signal)
{
	struct parcel parcel;

	pack(&parcel, request, signal);
	const int error = deliver(handle, request, &parcel);
	if (error == -ESRCH)
		handle->outcome = OUTCOME_DONE;
	return !error;
}

bool send_run(const struct request *request, struct run *run, bool self)
{
	struct parcel parcel;
	bool packed = false, all = true;

	for (size_t i = 0; i < run->count; i++) {
		struct handle *handle = &run->handles[i];
		if (handle->reaches_self != self)
			continue;
		if (handle->outcome != OUTCOME_NONE) {
			all = false;
			continue;
		}
		if (!packed)
			pack(&parcel, request, request->dry_run ? 0 : request->message.signal);
		packed = true;
		all &= deliver(handle, request, &parcel) == 0;
	}
	return all;
}
