/* SPDX-License-Identifier: MIT */
/* From outcomes to lines and an exit status. Every sentence that people read about a failure is
 * here. Whatever comes from outside is escaped and cut to a readable length. */
#ifndef REPORT_H
#define REPORT_H

#include <stdio.h>

#include "request.h"
#include "target.h"
#include "text.h"

enum {
	STATUS_OK = 0,
	STATUS_NONE = 1,        /* no target was signalled, or output failed */
	STATUS_USAGE = 2,
	STATUS_SOME = 64,       /* as util-linux kill */
};

/* Says on ERR what is wrong with the command line or with pidkill as a whole; returns the exit
 * status that goes with it. PROGRAM begins the line. */
int report_problem(const char *program, const struct problem *problem, FILE *err);

/* Says on ERR what failed or was skipped, with -v also what was sent: of handles that reach pidkill
 * itself if SELF, else of all others. */
void report_run(const struct request *request, const struct run *run, bool self, FILE *err);

/* The exit status that RUN's outcomes amount to. */
int report_status(const struct run *run);

/* The same, where what -v says had to be written to ERR. */
int report_status_written(const struct run *run, FILE *err);

/* Adds the target as it was written. */
void report_target(struct text *text, const struct target *target);

/* Closes OUT, the standard output; a write that failed is said on ERR and turns STATUS 0 into 1. */
int report_close(const char *program, FILE *out, FILE *err, int status);

/* A closed pipe shall show as a failed write, not end pidkill halfway. To be called before the first
 * output. */
void report_ignore_sigpipe(void);

#endif
