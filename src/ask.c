/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ask.h"

#include <errno.h>
#include <stdint.h>

#include "common.h"
#include "pidfd.h"
#include "procfs.h"
#include "report.h"
#include "send.h"
#include "signame.h"
#include "text.h"

/* The number in our PID namespace, or -errno. Without a kernel that tells and a readable /proc the one
 * that was written still is it: it was opened by that number and has not been reaped. */
static pid_t number_of(const struct handle *handle)
{
	const pid_t number = procfs_number(handle->fd);
	return number < 0 && handle->pid ? handle->pid : number;
}

static int answer_pid(const struct handle *handle, struct output *out)
{
	struct text text = { 0 };
	const pid_t number = number_of(handle);
	if (number < 0)
		return number;
	text_format(&text, "%d", (int)number);
	text_emit(&text, out);
	return 0;
}

static void print_set(const struct handle *handle, const char *name, uint64_t set, struct output *out)
{
	struct text text = { 0 };

	report_handle(&text, handle);
	text_format(&text, ": %s:", name);
	for (int signal = 1; signal <= SIGNAME_MAX && signal <= 64; signal++)
		if (set >> (signal - 1) & 1)
			text_format(&text, " %s", signame_of(signal).text);
	text_add(&text, set ? "" : " none");
	text_emit(&text, out);
}

static int answer_state(const struct handle *handle, struct output *out)
{
	struct procfs_status status;
	const int error = procfs_read_held(handle->fd, &status);

	if (error)
		return error;
	print_set(handle, "pending (thread)", status.pending_thread, out);
	print_set(handle, "pending (process)", status.pending_process, out);
	print_set(handle, "blocked", status.blocked, out);
	print_set(handle, "ignored", status.ignored, out);
	print_set(handle, "caught", status.caught, out);
	return 0;
}

static int answer_identity(const struct request *request, struct handle *handle, struct output *out)
{
	struct text text = { 0 };
	struct procfs_boot_id boot;
	uint64_t inode;
	const pid_t number = number_of(handle);
	FD_AUTO fd = number < 0 ? number : procfs_pidfd(handle->fd);
	const int error = fd < 0 ? fd : pidfd_inode(fd, &inode);
	const int unread = request->short_identity ? 0 : procfs_boot_id(&boot);

	if (error == -EOPNOTSUPP || error == -EOVERFLOW || error == -ENOSYS || error == -EPERM) {
		target_fail(handle, error == -EOPNOTSUPP ? WHY_NO_INODE :
		            error == -EOVERFLOW ? WHY_NARROW_INODE : WHY_NO_PIDFD, -error);
		return 0;
	}
	if (error)
		return error;
	if (unread) {
		target_fail(handle, WHY_BOOT_UNREAD, -unread);
		return 0;
	}
	text_format(&text, "%d:%llu", (int)number, (unsigned long long)inode);
	text_add(&text, request->short_identity ? "" : ":");
	text_add(&text, request->short_identity ? "" : boot.text);
	text_emit(&text, out);
	return 0;
}

/* Running, stopped, zombie, gone; NULL: it can't be told. That it has ended is the pidfd's word, that it
 * is stopped /proc's: where that can't be read, it runs. */
static const char *state_of(const struct handle *handle)
{
	struct procfs_stat stat = { .state = '?' };
	FD_AUTO fd = procfs_pidfd(handle->fd);
	FD_AUTO dir = procfs_directory(handle->fd);
	const int exited = fd < 0 ? fd : pidfd_has_exited(fd);
	const int unread = dir < 0 ? dir : procfs_read_stat(dir, &stat);

	if (unread == -ESRCH || pidfd_signal(handle->fd, 0, NULL, 0) == -ESRCH)
		return "gone";
	if (exited == 1 || (exited < 0 && !unread && procfs_is_zombie(&stat)))
		return "zombie";
	if (exited < 0 && unread)
		return NULL;
	return stat.state == 'T' || stat.state == 't' ? "stopped" : "running";
}

/* A target that is gone is an answer here, not a failure. */
static void answer_status(struct handle *handle, struct output *out)
{
	struct text text = { 0 };
	const char *state = "gone";

	if (handle->outcome == OUTCOME_NONE)
		state = state_of(handle);
	else if (!run_is_gone(handle))
		return;
	if (!state) {
		target_unreadable(handle, -ENOENT);
		return;
	}
	report_handle(&text, handle);
	text_add(&text, ": ");
	text_add(&text, state);
	text_emit(&text, out);
	handle->outcome = *state == 'g' || *state == 'z' ? OUTCOME_GONE : OUTCOME_DONE;
}

static int answer(const struct request *request, struct handle *handle, struct output *out)
{
	switch (request->mode) {
	case MODE_PID:
		return answer_pid(handle, out);
	case MODE_STATE:
		return answer_state(handle, out);
	case MODE_IDENTIFY:
		return answer_identity(request, handle, out);
	case MODE_STATUS:
	case MODE_SEND:
	case MODE_LIST:
	case MODE_TABLE:
	case MODE_HELP:
	case MODE_VERSION:
		break;
	}
	return 0;
}

static void answer_all_status(const struct request *request, struct run *run, struct output *out)
{
	/* a match of a name that has gone since is none */
	for (size_t i = 0; i < run->count; i++)
		if (run->handles[i].target->kind == TARGET_NAME && run->handles[i].outcome == OUTCOME_NONE)
			send_probe(request, &run->handles[i]);
	run_settle_gone(request, run);
	for (size_t i = 0; i < run->count; i++)
		answer_status(&run->handles[i], out);
}

void ask_run(const struct request *request, struct run *run, struct output *out)
{
	if (request->mode == MODE_STATUS) {
		answer_all_status(request, run, out);
		return;
	}
	for (size_t i = 0; i < run->count; i++) {
		struct handle *handle = &run->handles[i];
		if (handle->outcome != OUTCOME_NONE || !send_probe(request, handle))
			continue;
		handle->outcome = OUTCOME_DONE;
		const int error = answer(request, handle, out);
		if (error)
			target_unreadable(handle, error);
	}
}

/* "1234 (nginx)", with the target as written where that says something else. */
static void add_process(struct text *text, const struct handle *handle)
{
	struct procfs_comm comm;
	FD_AUTO dir = procfs_directory(handle->fd);
	const pid_t number = number_of(handle);

	if (number > 0)
		text_format(text, "%d", (int)number);
	else
		report_handle(text, handle);
	if (dir >= 0 && procfs_read_comm(dir, &comm) == 0) {
		text_add(text, " (");
		text_word(text, comm.text);
		text_add(text, ")");
	}
}

static void add_whom(struct text *text, const struct handle *handle, enum scope scope)
{
	switch (handle->target->kind) {
	case TARGET_OWN_GROUP:
		text_add(text, "the own process group");
		return;
	case TARGET_ALL:
		text_add(text, "every process that may be signalled");
		return;
	case TARGET_GROUP:
		text_format(text, "process group %d", (int)handle->target->id.pid);
		return;
	case TARGET_WORD:
	case TARGET_PID:
	case TARGET_PATH:
	case TARGET_FD:
	case TARGET_IDENTITY:
	case TARGET_PIDFILE:
	case TARGET_NAME:
		break;
	}
	if (scope == SCOPE_GROUP)
		text_add(text, "the process group of ");
	if (scope == SCOPE_THREAD)
		text_add(text, "thread ");
	add_process(text, handle);
}

void ask_dry_run(const struct request *request, const struct run *run, struct output *out)
{
	for (size_t i = 0; i < run->count; i++) {
		struct text text = { 0 };
		if (run->handles[i].outcome != OUTCOME_DONE)
			continue;
		text_add(&text, "would send ");
		text_signal(&text, request->message.signal);
		text_add(&text, " to ");
		add_whom(&text, &run->handles[i], request->message.scope);
		text_emit(&text, out);
	}
}
