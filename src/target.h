/* SPDX-License-Identifier: MIT */
/* From a request's targets to handles: one constructor for each kind of target. */
#ifndef TARGET_H
#define TARGET_H

#include "request.h"

enum outcome {
	OUTCOME_NONE,   /* held, nothing done yet */
	OUTCOME_DONE,   /* signalled, or told what was asked */
	OUTCOME_EXITED, /* signalled, and has exited */
	OUTCOME_ALIVE,  /* signalled, and still running when the wait ran out */
	OUTCOME_SKIPPED, /* a condition is not met, problem says which */
	OUTCOME_FAILED, /* problem says why */
};

struct handle {                         /* one process, thread or group, held */
	const struct target *target;
	int fd;                         /* a pidfd or a process directory; -1: none, or a group
	                                   that can't be held */
	int inherited_flags;            /* of an inherited one: what F_GETFL says, or -errno */
	bool borrowed;                  /* inherited: never closed */
	bool reaches_self;              /* pidkill too, or its process group: to be signalled last */
	enum outcome outcome;
	int signal;                     /* the one that could not be sent, if FAILED */
	int status;                     /* wait(2) status of what has EXITED; -1: not told */
	struct problem problem;
};

struct run {
	struct handle *handles;
	size_t count;
	struct handle few[FEW];
};

/* Takes hold of every target of REQUEST, before any signal. A target that can't be taken fails alone:
 * its handle is OUTCOME_FAILED. 0: RUN is to be released. -1: nothing may be sent at all (descriptors or
 * memory do not suffice, or a group can't be held beside other targets), *PROBLEM says why, and RUN is
 * released. With a wait every handle is a pidfd of pidkill's own. The limit on descriptors is raised if
 * it must be. */
int target_acquire(const struct request *request, struct run *run, struct problem *problem);

/* HANDLE fails: what it holds could not be read in /proc, because of ERROR (procfs.h). */
void target_unreadable(struct handle *handle, int error);

/* Room for MORE descriptors: the soft limit up to the hard one, then the hard one where we may,
 * setrlimit(2). False: it can't be raised. */
bool target_raise_limit(size_t more);

/* Closes what pidkill opened; inherited descriptors stay as they were. */
void target_release(struct run *run);

#endif
