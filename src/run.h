/* SPDX-License-Identifier: MIT */
/* All targets of a request, held at once. */
#ifndef RUN_H
#define RUN_H

#include <sys/resource.h>

#include "request.h"
#include "target.h"

struct run {
	struct handle *handles;         /* in the order of the targets; a name has one for each match */
	size_t count, capacity;
	bool reaches_self;              /* one of them does */
	bool raised;                    /* the limit on descriptors was this before */
	struct rlimit limit;
	struct handle few[FEW];
};

/* Takes hold of every target of REQUEST, before any signal. A target that can't be taken fails alone:
 * its handle is OUTCOME_FAILED. 0: RUN is to be released. -1: nothing may be sent at all (descriptors or
 * memory do not suffice, a group can't be held beside other targets, several match where one is
 * waited for), *PROBLEM says why, and RUN is released. The limit on descriptors is raised if it must
 * be. */
int run_acquire(const struct request *request, struct run *run, struct problem *problem);

/* True if HANDLE has FAILED since its target is gone, or a pidfile is not there. */
bool run_is_gone(const struct handle *handle);

/* To be called when targets may have turned out to be gone: a match of a name is none then, and with
 * --gone-ok it is no failure. */
void run_settle_gone(const struct request *request, struct run *run);

/* Closes what pidkill opened; inherited descriptors stay as they were. The limit is what it was. */
void run_release(struct run *run);

/* Frees what RUN holds of memory, and leaves the rest to the end of the process, which does it for less. */
void run_forget(struct run *run);

#endif
