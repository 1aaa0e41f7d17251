/* SPDX-License-Identifier: MIT */
/* From outcomes to lines and an exit status. Every sentence that people read about a failure is
 * here. Whatever comes from outside is escaped and cut to a readable length. */
#ifndef REPORT_H
#define REPORT_H

#include "request.h"
#include "run.h"
#include "text.h"
#include "wait.h"

enum {
	STATUS_OK = 0,
	STATUS_NONE = 1,        /* no target was signalled, or output failed */
	STATUS_USAGE = 2,
	STATUS_NOT_RUNNING = 3, /* --status: something is not, as the LSB has it */
	STATUS_UNTOLD = 4,      /* --status: of something it can't be told */
	STATUS_SOME = 64,       /* as util-linux kill */
	STATUS_TIMED_OUT = 124, /* something still ran when the wait ran out, as timeout(1) */
	STATUS_UNKNOWN = 125,   /* --exit-status: any failure of pidkill's own */
};

/* How messages begin: "pidkill", or "kill" where it was called by that name, in kill(1)'s place. */
const char *report_program(const char *called);

/* Says on ERR what is wrong with the command line or with pidkill as a whole; returns the exit
 * status that goes with it. The line begins with report_program(CALLED). */
int report_problem(const char *called, const struct problem *problem, struct output *err);

/* Says on ERR, before RUN is sent to, that a value may be lost, where it is of a standard signal: if that is
 * already pending the second is dropped, without an error. Only real-time signals queue, signal(7). */
void report_unqueued(const struct message *message, const struct run *run, struct output *err);

/* Says on ERR what failed or was skipped, with -v also what was sent: of handles that reach pidkill
 * itself if SELF, else of all others. */
void report_run(const struct request *request, const struct run *run, bool self, struct output *err);

/* The exit status that RUN's outcomes amount to. */
int report_status(const struct request *request, const struct run *run);

/* With --exit-status: how the only target of RUN ended, as a shell would say it; else 124, or 125 with
 * the reason on ERR. */
int report_exit_status(const struct request *request, const struct run *run, struct output *err);

/* What is said during a wait: lines with -v, failures, and on a terminal, without -v, one line that
 * says what is waited for. */
struct report_wait {
	const struct request *request;
	struct output *err;
	bool shown;             /* the terminal's line stands there */
};
struct wait_observer report_wait_observer(struct report_wait *report);

/* Takes the terminal's line away. */
void report_wait_clear(struct report_wait *report);

/* Adds the target as it was written, of a name's match with its PID. */
void report_handle(struct text *text, const struct handle *handle);

/* A write to OUT, the standard output, that failed is said on ERR and turns STATUS 0 into 1. */
int report_output(const char *called, const struct output *out, struct output *err, int status);

#endif
