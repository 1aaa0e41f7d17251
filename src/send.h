/* SPDX-License-Identifier: MIT */
/* The one place that sends. */
#ifndef SEND_H
#define SEND_H

#include <stdbool.h>

#include "request.h"
#include "run.h"

/* Sends REQUEST's message to every handle of RUN that is OUTCOME_NONE: DONE, or FAILED with the
 * reason. SELF: only to those that reach pidkill itself, else only to the others. Without a value and a
 * code the info pointer is NULL, which is exactly kill(2). A dry run probes with signal 0. True if all of
 * them are DONE now. */
bool send_run(const struct request *request, struct run *run, bool self);

/* True if what HANDLE holds exists, be it forbidden to us; else it has failed and says why. */
bool send_probe(const struct request *request, struct handle *handle);

/* Sends SIGNAL, with REQUEST's value, to a HANDLE that has been signalled before. False: it has failed
 * and says why, or it has just ended (ESRCH) and is as it was. */
bool send_step(const struct request *request, struct handle *handle, int signal);

#endif
