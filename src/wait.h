/* SPDX-License-Identifier: MIT */
/* From handles to endings: one loop over pidfds on CLOCK_MONOTONIC, no sleeping, no number looked up
 * again. */
#ifndef WAIT_H
#define WAIT_H

#include <signal.h>
#include <stdint.h>

#include "request.h"
#include "run.h"

/* What is to be said meanwhile, by report. A member that is NULL is not called. */
struct wait_observer {
	void *context;
	void (*stepped)(void *context, const struct handle *handle, const struct step *step);
	void (*ended)(void *context, const struct handle *handle);
	/* FAILED at a step, or ALIVE at the limit. */
	void (*failed)(void *context, const struct handle *handle);
	/* Every second: LEFT handles of RUN are OUTCOME_DONE and still run. NEXT, the step that is IN_MS
	 * away, is NULL when there is none; then IN_MS is the time to the limit, -1 without one. */
	void (*waiting)(void *context, const struct run *run, size_t left, const struct step *next,
	                int64_t in_ms);
};

struct wait {
	int epoll, signals;             /* the second a signalfd of what ends the wait */
	sigset_t chosen, old_mask;      /* those signals; what was blocked before */
	int64_t *grace_ms;              /* for each handle: 0 it runs; when to stop asking how it ended */
};

/* Makes ready, before the first signal, to be ended by INT, TERM and HUP but for those that are ignored.
 * 0: *WAIT is to be released. -1: *PROBLEM says why nothing may be sent. epoll(7), signalfd(2). */
int wait_prepare(struct run *run, struct wait *wait, struct problem *problem);

/* Waits for every handle that is OUTCOME_DONE, and sends REQUEST's steps to those that still run:
 * EXITED with the status where it is told, ALIVE at the limit, FAILED where a step could not be sent.
 * Durations count from START_MS, wait_clock() at the first signal. Returns 0, or the signal that ended
 * the wait. */
int wait_run(const struct request *request, struct run *run, struct wait *wait, int64_t start_ms,
             const struct wait_observer *observer);

/* CLOCK_MONOTONIC in milliseconds. */
int64_t wait_clock(void);

/* Closes, frees, and puts the signal mask back. */
void wait_release(struct wait *wait);

#endif
