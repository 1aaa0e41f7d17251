/* SPDX-License-Identifier: MIT */
/* What is asked of targets, and a dry run's answer: all of it read through the handles. */
#ifndef ASK_H
#define ASK_H

#include "request.h"
#include "run.h"
#include "text.h"

/* -p, -d, --identify: prints on OUT the PID, the state of the signals, or the identity of every handle of
 * RUN that is OUTCOME_NONE: DONE, or FAILED with the reason. --status: also of what is gone already,
 * which is GONE then, as a zombie is. */
void ask_run(const struct request *request, struct run *run, struct output *out);

/* --dry-run: prints on OUT what would have been sent to every handle that is OUTCOME_DONE. */
void ask_dry_run(const struct request *request, const struct run *run, struct output *out);

#endif
