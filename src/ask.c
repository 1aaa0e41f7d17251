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
	const pid_t told = pidfd_number(handle->fd);
	if (told > 0)
		return told;
	FD_AUTO dir = procfs_directory(handle->fd);
	const pid_t number = dir < 0 ? dir : procfs_own_number(dir);

	return number < 0 && handle->target->kind == TARGET_PID ? handle->target->id.pid : number;
}

static int answer_pid(const struct handle *handle, FILE *out)
{
	struct text text = { 0 };
	const pid_t number = number_of(handle);
	if (number < 0)
		return number;
	text_format(&text, "%d", (int)number);
	text_emit(&text, out);
	return 0;
}

static void print_set(const struct handle *handle, const char *name, uint64_t set, FILE *out)
{
	struct text text = { 0 };

	report_target(&text, handle->target);
	text_format(&text, ": %s:", name);
	for (int signal = 1; signal <= SIGNAME_MAX && signal <= 64; signal++)
		if (set >> (signal - 1) & 1)
			text_format(&text, " %s", signame_of(signal).text);
	text_add(&text, set ? "" : " none");
	text_emit(&text, out);
}

static int answer_state(const struct handle *handle, FILE *out)
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

void ask_run(const struct request *request, struct run *run, FILE *out)
{
	for (size_t i = 0; i < run->count; i++) {
		struct handle *handle = &run->handles[i];
		if (handle->outcome != OUTCOME_NONE || !send_probe(request, handle))
			continue;
		const int error = request->mode == MODE_PID ? answer_pid(handle, out)
		                                            : answer_state(handle, out);
		handle->outcome = OUTCOME_DONE;
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
		report_target(text, handle->target);
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
		break;
	}
	if (scope == SCOPE_GROUP)
		text_add(text, "the process group of ");
	if (scope == SCOPE_THREAD)
		text_add(text, "thread ");
	add_process(text, handle);
}

void ask_dry_run(const struct request *request, const struct run *run, FILE *out)
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
