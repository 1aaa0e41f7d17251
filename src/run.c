/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common.h"
#include "search.h"

enum {
	SPARE = 16,     /* more than asked for, when the hard limit is raised */
	LOOKUPS = 8,    /* descriptors that a look into /proc and a wait take at a time */
};

/* Room for MORE descriptors: the soft limit up to the hard one, then the hard one where we may,
 * setrlimit(2). False: it can't be raised. */
static bool raise_limit(struct run *run, size_t more)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return false;
	if (!run->raised)
		run->limit = limit;
	run->raised = true;
	if (limit.rlim_cur == limit.rlim_max)
		limit.rlim_max += more + SPARE;
	limit.rlim_cur = limit.rlim_max;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

static bool lacks_descriptors(const struct handle *handle)
{
	return handle->outcome == OUTCOME_FAILED && is_exhausted(-handle->reason.error);
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
static int prove_spare(struct run *run, struct problem *problem)
{
	int spare[LOOKUPS], count = 0, held = -1, error = EMFILE;

	for (size_t i = 0; i < run->count && held < 0; i++)
		held = run->handles[i].fd;
	while (held >= 0 && count < LOOKUPS) {
		const int fd = fcntl(held, F_DUPFD_CLOEXEC, 0);
		error = errno;
		if (fd >= 0)
			spare[count++] = fd;
		else if (error == ENFILE || !raise_limit(run, LOOKUPS))
			break;
	}
	const bool proven = held < 0 || count == LOOKUPS;
	while (count)
		close(spare[--count]);
	return proven ? 0 : refuse_for_limit(problem, error);
}

static bool reads_later(const struct request *request)
{
	const struct conditions *conditions = &request->conditions;

	return request->mode != MODE_SEND || request->dry_run || request->require_handler ||
	       request->wait.set || conditions->exe || conditions->comm || conditions->has_user;
}

static int no_memory(struct problem *problem)
{
	*problem = (struct problem){ .why = WHY_NO_MEMORY, .error = ENOMEM };
	return -1;
}

/* Raises the limit after ERROR, a lack of descriptors, or refuses. */
static int make_room(struct run *run, size_t more, int error, struct problem *problem)
{
	return error != EMFILE || !raise_limit(run, more) ? refuse_for_limit(problem, error) : 0;
}

/* One more handle for the target of the one before AT. */
static int insert(struct run *run, size_t at)
{
	if (run->count == run->capacity) {
		struct handle *more = malloc(run->capacity * 2 * sizeof *more);
		if (!more)
			return -1;
		memcpy(more, run->handles, run->count * sizeof *more);
		if (run->handles != run->few)
			free(run->handles);
		run->handles = more;
		run->capacity *= 2;
	}
	memmove(&run->handles[at + 1], &run->handles[at], (run->count - at) * sizeof *run->handles);
	run->handles[at] = (struct handle){
		.target = run->handles[at - 1].target, .fd = -1, .signal = run->handles[at - 1].signal,
	};
	run->count++;
	return 0;
}

/* A handle for each match of the name: the one at AT, and more behind it. What ends the search early fails
 * as a match would. */
static int hold_matches(const struct request *request, struct run *run, size_t at, struct search *search,
                        struct problem *problem)
{
	size_t matches = 0;
	pid_t pid = 0;
	int dir;

	do {
		dir = search_next(search, &pid);
		if (is_exhausted(dir) && make_room(run, 1, -dir, problem) < 0)
			return -1;
		if (is_exhausted(dir) || (dir == -ENODATA && matches))
			continue;
		if (matches && insert(run, at + matches) < 0) {
			if (dir >= 0)
				close(dir);
			return no_memory(problem);
		}
		target_adopt(&run->handles[at + matches++], request, dir, dir < 0 ? 0 : pid);
	} while (dir >= 0 || is_exhausted(dir));
	return 0;
}

COLD static int find_matches(const struct request *request, struct run *run, size_t at, struct problem *problem)
{
	struct search search;
	int error;

	while ((error = search_open(&search, run->handles[at].target->written, request->all)) < 0) {
		if (!is_exhausted(error)) {
			target_adopt(&run->handles[at], request, error, 0);
			return 0;
		}
		if (make_room(run, 1, -error, problem) < 0)
			return -1;
	}
	error = hold_matches(request, run, at, &search, problem);
	search_release(&search);
	return error;
}

/* The handle at AT was not simply taken: it wants more descriptors, stands for a group, or has failed. */
COLD static int see_to(const struct request *request, struct run *run, size_t at, struct problem *problem)
{
	struct handle *handle = &run->handles[at];

	while (lacks_descriptors(handle)) {
		if (make_room(run, run->count - at, handle->reason.error, problem) < 0)
			return -1;
		if (handle->target->kind != TARGET_NAME) /* whose directory it has still */
			target_let_go(handle);
		handle->outcome = OUTCOME_NONE;
		handle->reason = (struct reason){ .why = WHY_NONE };
		target_take(handle, request);
	}
	if (is_unheld(handle) && request->target_count > 1) {
		*problem = (struct problem){ .why = WHY_UNHELD_GROUP, .word = handle->target->written };
		return -1;
	}
	return 0;
}

/* Takes hold of what the handle at AT is for, with as many descriptors as that needs. */
static int acquire_one(const struct request *request, struct run *run, size_t at, struct problem *problem)
{
	const struct handle *first = &run->handles[at];
	if (first->target->kind == TARGET_NAME && first->fd < 0 && first->outcome == OUTCOME_NONE &&
	    find_matches(request, run, at, problem) < 0)
		return -1;
	struct handle *handle = &run->handles[at];
	if (handle->outcome != OUTCOME_NONE)
		return 0;
	target_take(handle, request);
	return handle->fd >= 0 && handle->outcome == OUTCOME_NONE ? 0 : see_to(request, run, at, problem);
}

static int acquire_all(const struct request *request, struct run *run, struct problem *problem)
{
	/* a single target comes last in any case */
	const pid_t self = run->count > 1 ? getpid() : -1;

	for (size_t i = 0; i < run->count; i++) {
		if (acquire_one(request, run, i, problem) < 0)
			return -1;
		run->handles[i].reaches_self |= run->handles[i].pid == self;
		run->reaches_self |= run->handles[i].reaches_self;
	}
	if (request->wait.exit_status && run->count > 1) {
		*problem = (struct problem){
			.why = WHY_SEVERAL_MATCHES, .number = (long)run->count,
			.word = request->targets[0].written,
		};
		return -1;
	}
	return reads_later(request) ? prove_spare(run, problem) : 0;
}

int run_acquire(const struct request *request, struct run *run, struct problem *problem)
{
	run->count = request->target_count;
	run->capacity = FEW;
	run->reaches_self = run->raised = false;
	run->handles = run->few;
	if (run->count > FEW) {
		run->handles = malloc(run->count * sizeof *run->handles);
		run->capacity = run->count;
		if (!run->handles)
			return no_memory(problem);
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
	run_release(run);
	return -1;
}

bool run_is_gone(const struct handle *handle)
{
	if (handle->outcome != OUTCOME_FAILED)
		return false;
	switch ((int)handle->reason.why) {
	case WHY_GONE:
	case WHY_STALE:
	case WHY_OTHER_BOOT:
	case WHY_NO_GROUP:
	case WHY_NO_MATCH:
	case WHY_NO_MATCH_AT_ALL:
	case WHY_PIDFILE_MISSING:
	case WHY_PIDFILE_STALE:
	case WHY_PIDFILE_OLD:
		return true;
	}
	return false;
}

/* Of the matches of a name, those that have gone since are none. If all have, one stands for them. */
static void drop_gone_matches(const struct request *request, struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		struct handle *handle = &run->handles[i];
		if (handle->target->kind != TARGET_NAME || !run_is_gone(handle))
			continue;
		size_t others = 0;
		for (size_t j = 0; j < run->count; j++)
			others += j != i && run->handles[j].target == handle->target &&
			          run->handles[j].outcome != OUTCOME_NO_MATCH;
		target_let_go(handle);
		if (others)
			handle->outcome = OUTCOME_NO_MATCH;
		else
			target_adopt(handle, request, -ENODATA, 0);
	}
}

void run_settle_gone(const struct request *request, struct run *run)
{
	drop_gone_matches(request, run);
	for (size_t i = 0; request->gone_ok && i < run->count; i++)
		if (run_is_gone(&run->handles[i]))
			run->handles[i].outcome = OUTCOME_GONE;
}

void run_forget(struct run *run)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->handles[i].detail)
			free(run->handles[i].detail);
	if (run->handles != run->few)
		free(run->handles);
	run->handles = run->few;
	run->count = 0;
}

void run_release(struct run *run)
{
	for (size_t i = 0; i < run->count; i++)
		target_let_go(&run->handles[i]);
	if (run->raised)
		setrlimit(RLIMIT_NOFILE, &run->limit);
	run_forget(run);
}
