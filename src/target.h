/* SPDX-License-Identifier: MIT */
/* From a target to its handle: one constructor for each kind of target. */
#ifndef TARGET_H
#define TARGET_H

#include "request.h"

enum outcome {
	OUTCOME_NONE,   /* held, nothing done yet */
	OUTCOME_DONE,   /* signalled, or told what was asked */
	OUTCOME_EXITED, /* signalled, and has exited */
	OUTCOME_ALIVE,  /* signalled, and still running when the wait ran out */
	OUTCOME_GONE,   /* gone, or a zombie, and that is no failure: --gone-ok, --status */
	OUTCOME_SKIPPED, /* a condition is not met, reason says which */
	OUTCOME_FAILED, /* reason says why */
	OUTCOME_NO_MATCH, /* was a match of a name that others match, too: counts for nothing */
};

enum { OUTCOMES = OUTCOME_NO_MATCH + 1 };

struct handle {                         /* one process, thread or group, held */
	const struct target *target;
	int fd;                         /* a pidfd or a process directory; -1: none, or a group
	                                   that can't be held */
	pid_t pid;                      /* the number that it was found by; 0: another way */
	int inherited_flags;            /* of an inherited one: what F_GETFL says, or -errno */
	bool borrowed;                  /* inherited: never closed */
	bool directory;                 /* fd is one, not a pidfd */
	bool reaches_self;              /* pidkill too, or its process group: to be signalled last */
	enum outcome outcome;
	int signal;                     /* what is sent, or could not be */
	int status;                     /* wait(2) status of what has EXITED; -1: not told */
	struct reason reason;
	char *detail;                   /* what it is instead, or where; from malloc(3), or NULL */
};

/* Takes hold of HANDLE's target, which is not held yet (of a name: what target_adopt() gave it). OUTCOME_NONE,
 * or OUTCOME_FAILED; for want of descriptors (EMFILE, ENFILE) it may be tried again. With a wait the
 * handle is a pidfd of pidkill's own. */
void target_take(struct handle *handle, const struct request *request);

/* HANDLE, with OUTCOME_NONE, is a match of a name, process PID, held by its directory DIR; or an -errno of
 * search.h. */
void target_adopt(struct handle *handle, const struct request *request, int dir, pid_t pid);

/* True if MESSAGE goes to the process group that a target leads, not to the target alone. */
bool target_means_group(const struct message *message);

/* HANDLE fails because of WHY and ERROR, an errno or 0. */
void target_fail(struct handle *handle, enum why why, int error);

/* HANDLE fails: what it holds could not be read in /proc, because of ERROR (procfs.h). */
void target_unreadable(struct handle *handle, int error);

/* Closes what pidkill opened; an inherited descriptor stays as it was. */
void target_let_go(struct handle *handle);

#endif
