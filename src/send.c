/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "send.h"

#include <errno.h>
#include <string.h>
#include <sys/types.h>
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

static long effective_uid(int fd)
{
	struct procfs_status status;
	FD_AUTO found = procfs_is(fd) ? -1 : procfs_from_pidfd(fd);

	return procfs_read_status(found < 0 ? fd : found, &status) < 0 ? -1 : (long)status.euid;
}

/* A filter answers before the kernel looks at anything, so a harmless call unmasks it. */
static struct problem explain_eperm(int fd, const struct message *message)
{
	struct problem problem = { .why = WHY_SYSTEM, .error = EPERM };
	const int code = message->code.value;

	if (pidfd_probe_signal(0) < 0) {
		problem.why = WHY_SECCOMP;
	} else if (message->code.set && (code >= 0 || code == SI_TKILL)) {
		problem.why = WHY_FORGED_CODE;
		problem.number = code;
	} else {
		problem.number = effective_uid(fd);
		if (problem.number >= 0)
			problem.why = WHY_OTHER_USER;
	}
	return problem;
}

static enum why explain_einval(const struct message *message, unsigned flags)
{
	if (pidfd_probe_signal(flags) != -EINVAL)
		return WHY_OUTER_NAMESPACE;
	return message->scope == SCOPE_DEFAULT ? WHY_UNKNOWN_FLAGS : WHY_NO_SCOPE;
}

/* With PIDFD_TO_GROUP, ESRCH also means that the process leads no group. */
static enum why explain_esrch(int fd, unsigned flags)
{
	const int alive = flags & PIDFD_TO_GROUP ? pidfd_signal(fd, 0, NULL, 0) : -ESRCH;
	return alive == 0 || alive == -EPERM ? WHY_NOT_A_LEADER : WHY_GONE;
}

/* What ERROR means, the answer of pidfd_send_signal(2) for FD. */
static struct problem explain(int fd, const struct message *message, unsigned flags, int error)
{
	struct problem problem = { .why = WHY_SYSTEM, .error = error };

	switch (error) {
	case EPERM:
		return explain_eperm(fd, message);
	case EINVAL:
		problem.why = explain_einval(message, flags);
		break;
	case ESRCH:
		problem.why = explain_esrch(fd, flags);
		break;
	case EAGAIN:
		problem.why = WHY_QUEUE_FULL;
		break;
	case ENOSYS:
		problem.why = WHY_NO_PIDFD_SEND_SIGNAL;
		break;
	}
	return problem;
}

void send_run(const struct request *request, struct run *run)
{
	const struct message *message = &request->message;
	const unsigned flags = message_flags(message);
	siginfo_t filled, *info = NULL;

	if (message->payload.set || message->code.set) {
		fill_info(&filled, message);
		info = &filled;
	}
	for (size_t i = 0; i < run->count; i++) {
		struct handle *handle = &run->handles[i];
		if (handle->outcome != OUTCOME_NONE)
			continue;
		const int error = pidfd_signal(handle->fd, message->signal, info, flags);
		if (error) {
			handle->outcome = OUTCOME_FAILED;
			handle->problem = explain(handle->fd, message, flags, -error);
		} else {
			handle->outcome = OUTCOME_SENT;
		}
	}
}
