/* SPDX-License-Identifier: MIT */
/* The one place that sends. */
#ifndef SEND_H
#define SEND_H

#include "request.h"
#include "target.h"

/* Sends REQUEST's message to every handle of RUN that is OUTCOME_NONE: DONE, or FAILED with the
 * reason. SELF: only to those that reach pidkill itself, else only to the others. Without a value and a
 * code the info pointer is NULL, which is exactly kill(2). A dry run probes with signal 0. */
void send_run(const struct request *request, struct run *run, bool self);

#endif
