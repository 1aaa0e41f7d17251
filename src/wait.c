/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "wait.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "common.h"
#include "pidfd.h"
#include "procfs.h"
#include "send.h"

enum {
	GRACE_MS = 1000,        /* for a parent to reap, where a zombie does not tell how it ended */
	TICK_MS = 1000,
	EVENTS = 64,
};

static const uint64_t SIGNALS = UINT64_MAX; /* the signalfd's place among the handles */
static const int64_t NEVER = INT64_MAX;

struct course {
	const struct request *request;
	struct run *run;
	struct wait *wait;
	const struct wait_observer *observer;
	int64_t start_ms, now_ms, tick_ms;
	int64_t sent_ms;        /* when the last signal was sent */
	size_t step;            /* the next one */
	size_t left;            /* handles that are OUTCOME_DONE */
	size_t grace_count;     /* of these, have ended but not told how */
};

int64_t wait_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What ends a wait; what is ignored stays ignored. */
static void choose_signals(sigset_t *set)
{
	static const int candidates[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action;

	sigemptyset(set);
	for (size_t i = 0; i < ARRAY_LEN(candidates); i++)
		if (sigaction(candidates[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(set, candidates[i]);
}

/* A message may take as long as nobody reads it: meanwhile the signals do what they would without a wait. */
static void hear_signals(const struct wait *wait, bool hear)
{
	sigprocmask(hear ? SIG_SETMASK : SIG_BLOCK, hear ? &wait->old_mask : &wait->chosen, NULL);
}

/* Edge-triggered: a zombie would be reported without pause. */
static int watch(int epoll, int fd, uint64_t place)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.u64 = place };
	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

static int open_all(const struct run *run, struct wait *wait)
{
	wait->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (wait->epoll < 0)
		return -errno;
	wait->epoll = fd_above_stdio(wait->epoll);
	if (wait->epoll < 0)
		return wait->epoll;
	wait->signals = signalfd(-1, &wait->chosen, SFD_CLOEXEC | SFD_NONBLOCK);
	if (wait->signals < 0)
		return -errno;
	wait->signals = fd_above_stdio(wait->signals);
	if (wait->signals < 0)
		return wait->signals;
	int error = watch(wait->epoll, wait->signals, SIGNALS);
	for (size_t i = 0; i < run->count && !error; i++)
		if (run->handles[i].outcome == OUTCOME_NONE)
			error = watch(wait->epoll, run->handles[i].fd, i);
	return error;
}

static void close_all(struct wait *wait)
{
	if (wait->epoll >= 0)
		close(wait->epoll);
	if (wait->signals >= 0)
		close(wait->signals);
	wait->epoll = wait->signals = -1;
}

int wait_prepare(struct run *run, struct wait *wait, struct problem *problem)
{
	int error = -ENOMEM;

	*wait = (struct wait){ .epoll = -1, .signals = -1 };
	choose_signals(&wait->chosen);
	sigprocmask(SIG_BLOCK, NULL, &wait->old_mask);
	wait->grace_ms = calloc(run->count, sizeof *wait->grace_ms);
	if (wait->grace_ms)
		error = open_all(run, wait);
	if (!error)
		return 0;
	wait_release(wait);
	*problem = (struct problem){ .why = WHY_NO_WAIT_SET, .error = -error };
	return -1;
}

void wait_release(struct wait *wait)
{
	close_all(wait);
	free(wait->grace_ms);
	sigprocmask(SIG_SETMASK, &wait->old_mask, NULL);
}

static void settle(struct course *course, size_t place, int status)
{
	struct handle *handle = &course->run->handles[place];

	handle->outcome = OUTCOME_EXITED;
	handle->status = status;
	course->left--;
	course->grace_count -= course->wait->grace_ms[place] != 0;
	if (course->observer->ended) {
		hear_signals(course->wait, true);
		course->observer->ended(course->observer->context, handle);
		hear_signals(course->wait, false);
	}
}

/* How the process of HANDLE ended, a wait(2) status; -1: not told, or not told yet. */
static int ending_of(const struct handle *handle)
{
	const int status = pidfd_exit_status(handle->fd);

	if (status >= 0)
		return status;
	FD_AUTO dir = procfs_directory(handle->fd);
	return dir < 0 ? -1 : procfs_exit_status(dir);
}

/* The process has exited. How is asked only where someone wants to know; a zombie that does not tell is
 * asked again when it is reaped, and at the end of the grace. */
static void look_at(struct course *course, size_t place)
{
	const struct handle *handle = &course->run->handles[place];
	int64_t *grace_ms = &course->wait->grace_ms[place];

	if (handle->outcome != OUTCOME_DONE)
		return;
	if (!course->request->verbose && !course->request->wait.exit_status) {
		settle(course, place, -1);
		return;
	}
	const bool reaped = pidfd_signal(handle->fd, 0, NULL, 0) == -ESRCH;
	const int status = ending_of(handle);
	if (status >= 0 || reaped || (*grace_ms && course->now_ms >= *grace_ms)) {
		settle(course, place, status);
	} else if (!*grace_ms) {
		*grace_ms = course->now_ms + GRACE_MS;
		course->grace_count++;
	}
}

static void look_at_overdue(struct course *course)
{
	for (size_t i = 0; course->grace_count && i < course->run->count; i++)
		if (course->wait->grace_ms[i] && course->now_ms >= course->wait->grace_ms[i])
			look_at(course, i);
}

/* A handle that has FAILED, or is ALIVE at the limit, is not waited for any longer. */
static void drop(struct course *course, const struct handle *handle)
{
	course->left--;
	if (course->observer->failed) {
		hear_signals(course->wait, true);
		course->observer->failed(course->observer->context, handle);
		hear_signals(course->wait, false);
	}
}

static void say_step(const struct course *course, const struct handle *handle, const struct step *step)
{
	if (!course->observer->stepped)
		return;
	hear_signals(course->wait, true);
	course->observer->stepped(course->observer->context, handle, step);
	hear_signals(course->wait, false);
}

/* Sends the step to all that run. One that has just ended shows as an event. */
static void take_step(struct course *course)
{
	const struct step *step = &course->request->steps[course->step++];

	course->sent_ms = course->now_ms;
	for (size_t i = 0; i < course->run->count; i++) {
		struct handle *handle = &course->run->handles[i];
		if (handle->outcome != OUTCOME_DONE || course->wait->grace_ms[i])
			continue;
		if (send_step(course->request, handle, step->signal)) {
			say_step(course, handle, step);
		} else if (handle->outcome == OUTCOME_FAILED) {
			drop(course, handle);
		}
	}
}

static void give_up(struct course *course)
{
	for (size_t i = 0; i < course->run->count; i++) {
		struct handle *handle = &course->run->handles[i];
		if (handle->outcome != OUTCOME_DONE)
			continue;
		if (course->wait->grace_ms[i]) { /* it has ended, only how is unknown */
			settle(course, i, -1);
			continue;
		}
		handle->outcome = OUTCOME_ALIVE;
		handle->reason = (struct reason){ .why = WHY_STILL_RUNNING };
		drop(course, handle);
	}
}

static int64_t later(int64_t start_ms, int64_t after_ms)
{
	int64_t sum;
	return __builtin_add_overflow(start_ms, after_ms, &sum) ? NEVER : sum;
}

static bool has_steps(const struct course *course)
{
	return course->step < course->request->step_count;
}

/* Counted from the signal before it, also where that was late: a target has its time to act on it. */
static int64_t step_ms(const struct course *course)
{
	if (!has_steps(course))
		return NEVER;
	const struct step *step = &course->request->steps[course->step];
	const int64_t before_ms = course->step ? step[-1].after_ms : 0;
	return later(course->sent_ms, step->after_ms - before_ms);
}

/* Behind the last step, by the grammar, and behind a late one too. */
static int64_t limit_ms(const struct course *course)
{
	const struct waiting *wait = &course->request->wait;
	return wait->limited && !has_steps(course) ? later(course->start_ms, wait->limit_ms) : NEVER;
}

static int64_t earliest(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* When there is something to do without an event. */
static int64_t next_ms(const struct course *course)
{
	int64_t next = earliest(step_ms(course), limit_ms(course));

	if (course->observer->waiting)
		next = earliest(next, course->tick_ms);
	for (size_t i = 0; course->grace_count && i < course->run->count; i++)
		if (course->wait->grace_ms[i] && course->run->handles[i].outcome == OUTCOME_DONE)
			next = earliest(next, course->wait->grace_ms[i]);
	return next;
}

static void tell(struct course *course)
{
	const bool stepping = has_steps(course);
	const int64_t next = stepping ? step_ms(course) : limit_ms(course);

	course->tick_ms = course->now_ms + TICK_MS;
	hear_signals(course->wait, true);
	course->observer->waiting(course->observer->context, course->run,
	                          course->left - course->grace_count,
	                          stepping ? &course->request->steps[course->step] : NULL,
	                          next == NEVER ? -1 : next - course->now_ms);
	hear_signals(course->wait, false);
}

/* Until the next event or time: 0, or the signal that ends the wait. */
static int poll_once(struct course *course)
{
	struct epoll_event events[EVENTS];
	struct signalfd_siginfo info;
	const int64_t next = next_ms(course);
	course->now_ms = wait_clock(); /* output and sends take their time */
	const int64_t in_ms = next <= course->now_ms ? 0 : next - course->now_ms;
	int timeout = next == NEVER ? -1 : in_ms > INT_MAX ? INT_MAX : (int)in_ms;
	int count;

	if (course->request->shell_signal) {
		const int signal = course->request->shell_signal();
		if (signal)
			return signal;
	}
	do {
		count = epoll_wait(course->wait->epoll, events, EVENTS, timeout);
		course->now_ms = wait_clock();
		for (int i = 0; i < count; i++) {
			if (events[i].data.u64 != SIGNALS)
				look_at(course, (size_t)events[i].data.u64);
			else if (read(course->wait->signals, &info, sizeof info) == sizeof info)
				return (int)info.ssi_signo;
		}
		timeout = 0; /* all that has ended counts before a limit does */
	} while (count == EVENTS);
	return 0;
}

/* Whatever is due by now; true when the wait is over. */
static bool is_over(struct course *course)
{
	look_at_overdue(course);
	if (course->left && course->now_ms >= step_ms(course))
		take_step(course);
	if (course->left && course->now_ms >= limit_ms(course))
		give_up(course);
	if (course->left && course->observer->waiting && course->now_ms >= course->tick_ms)
		tell(course);
	return !course->left || (!course->request->wait.for_exit && !has_steps(course));
}

int wait_run(const struct request *request, struct run *run, struct wait *wait, int64_t start_ms,
             const struct wait_observer *observer)
{
	struct course course = {
		.request = request, .run = run, .wait = wait, .observer = observer,
		.start_ms = start_ms, .now_ms = start_ms, .sent_ms = start_ms,
		.tick_ms = start_ms + TICK_MS,
	};

	for (size_t i = 0; i < run->count; i++)
		course.left += run->handles[i].outcome == OUTCOME_DONE;
	hear_signals(wait, false);
	while (course.left) {
		const int signal = poll_once(&course);
		if (signal)
			return signal;
		if (is_over(&course))
			break;
	}
	for (size_t i = 0; course.grace_count && i < run->count; i++)
		if (run->handles[i].outcome == OUTCOME_DONE && wait->grace_ms[i])
			settle(&course, i, -1); /* it has ended, and nobody waits to learn how */
	return 0;
}
