/* SPDX-License-Identifier: MIT */
/* What flows down the road: a request (the command line, understood), the targets in it, and why
 * something did not work. */
#ifndef REQUEST_H
#define REQUEST_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum mode {
	MODE_SEND,
	MODE_PID,       /* -p */
	MODE_STATE,     /* -d */
	MODE_STATUS,    /* --status */
	MODE_IDENTIFY,  /* --identify */
	MODE_LIST,      /* -l */
	MODE_TABLE,     /* -L */
	MODE_HELP,
	MODE_VERSION,
};

enum scope {
	SCOPE_DEFAULT,  /* flags 0: what the handle holds */
	SCOPE_PROCESS,
	SCOPE_THREAD,
	SCOPE_GROUP,
};

struct payload {
	bool set;
	union sigval value;
};

struct si_code {
	bool set;
	int value;
};

struct raw_flags {
	bool set;
	unsigned value;
};

struct step {                           /* -k, --timeout: to what is still there */
	int64_t after_ms;               /* counted from the first signal */
	int signal;
};

struct waiting {
	bool set;
	bool for_exit;                  /* until every target has exited, or LIMIT; else until the
	                                   last step */
	bool limited;
	int64_t limit_ms;               /* counted from the first signal; 0: look once */
	bool exit_status;               /* --exit-status */
};

struct message {
	int signal;
	enum scope scope;
	struct payload payload;         /* -q */
	struct si_code code;            /* --code */
	struct raw_flags flags;         /* --flags */
};

enum target_kind {
	TARGET_WORD,    /* not understood yet; in a list: a word to look up */
	TARGET_PID,
	TARGET_PATH,
	TARGET_FD,
	TARGET_IDENTITY,        /* PID:INODE, PID:INODE:BOOTID */
	TARGET_PIDFILE,
	TARGET_NAME,            /* many processes, or none */
	/* no process, but a group or all */
	TARGET_GROUP,           /* -PGID */
	TARGET_OWN_GROUP,       /* 0 */
	TARGET_ALL,             /* -1 */
};

struct identity {                       /* of one process: no other has it, before or after */
	uint64_t inode;                 /* of its pidfd */
	const char *boot;               /* the boot ID, NULL: not told */
};

struct target {                         /* one operand, --fd, --pidfile or --name */
	enum target_kind kind;
	union { pid_t pid; int fd; } id; /* pid: of a group its PGID */
	const char *written;            /* borrowed from argv; of an option its value */
	struct identity identity;       /* of an identity, beside its PID */
};

struct conditions {                     /* what a held process must be */
	const char *exe, *comm;         /* NULL: not asked for */
	bool has_user;
	uid_t user;                     /* its effective one */
};

/* Why something failed: a reason, no sentence. report.c has the sentences. */
enum why {
	WHY_NONE,
	/* the command line: nothing is sent, exit 2 */
	WHY_NO_TARGET,
	WHY_ONLY_A_SIGNAL,
	WHY_UNKNOWN_OPTION,
	WHY_UNKNOWN_WORD,
	WHY_NO_ARGUMENT,
	WHY_UNWANTED_ARGUMENT,
	WHY_GIVEN_TWICE,
	WHY_CONFLICT,
	WHY_LATE_OPTION,
	WHY_EMPTY_OPERAND,
	WHY_UNKNOWN_OPERAND,
	WHY_JOB,
	WHY_MINUS_ZERO,
	WHY_NOT_ALONE,
	WHY_GROUP_SCOPE,
	WHY_UNKNOWN_SIGNAL,
	WHY_SIGNAL_RANGE,
	WHY_SIGNAL_OR_GROUP,
	WHY_SECOND_SIGNAL,
	WHY_SECOND_NUMBER,
	WHY_OPTION_BEHIND,
	WHY_LIST_WORD,
	WHY_CONFLICT_WITHIN,            /* number: two letters, the second times 256 */
	WHY_BARE_WAIT,
	WHY_TIMEOUT_WORDS,
	WHY_SHORT_WAIT,
	WHY_NO_WAIT,
	WHY_ONE_TARGET,
	WHY_NO_SIGNAL_WRITTEN,
	WHY_UNKNOWN_MASK,
	WHY_UNKNOWN_SCOPE,
	WHY_UNKNOWN_CODE,
	WHY_UNKNOWN_FORM,
	WHY_UNKNOWN_USER,
	WHY_EMPTY_VALUE,
	WHY_ALL_NEEDS_NAME,
	WHY_IDENTITY_SYNTAX,
	WHY_NUMBER_EMPTY,
	WHY_NUMBER_SYNTAX,              /* here and below, other: what it should be */
	WHY_NUMBER_SYNTAX_HEX,
	WHY_DURATION_SYNTAX,
	WHY_NUMBER_LEADING_ZERO,
	WHY_NUMBER_RANGE,
	/* pidkill as a whole: nothing is sent, exit 1 */
	WHY_SECURE,
	WHY_NO_MEMORY,
	WHY_DESCRIPTOR_LIMIT,
	WHY_FILE_TABLE,
	WHY_UNHELD_GROUP,
	WHY_NO_WAIT_SET,
	WHY_SEVERAL_MATCHES,            /* number: how many */
	WHY_STDOUT,
	/* one target */
	WHY_SYSTEM,                     /* as errno says */
	WHY_GONE,
	WHY_NO_PATH,
	WHY_THREAD_ID,                  /* number: its process */
	WHY_THREAD_OR_REAPED,
	WHY_THREAD_DIRECTORY,           /* number: its process, or 0 */
	WHY_THREAD_PIDFD,
	WHY_SELF,
	WHY_NO_PROCESS_DIRECTORY,
	WHY_FD_CLOSED,
	WHY_FD_O_PATH,
	WHY_FD_OTHER,
	WHY_HIDDEN,
	WHY_FOREIGN_PROC,
	WHY_NO_PROOF,
	WHY_NO_SCOPE,                   /* the kernel lacks it */
	WHY_UNKNOWN_FLAGS,
	WHY_NO_PIDFD_SEND_SIGNAL,
	WHY_OUTER_NAMESPACE,
	WHY_SECCOMP,
	WHY_FORGED_CODE,
	WHY_OTHER_USER,                 /* number: its real uid */
	WHY_SOME_USER,
	WHY_QUEUE_FULL,
	WHY_NOT_A_LEADER,               /* number: its group, or 0 */
	WHY_NO_GROUP,
	WHY_GROUP_VALUE,
	WHY_ALL_REFUSE,
	WHY_NO_PROC,
	WHY_NO_HANDLER,
	WHY_NO_PIDFD_OPEN,
	WHY_STILL_RUNNING,
	WHY_NO_ENDING,
	WHY_STALE,
	WHY_OTHER_BOOT,
	WHY_BOOT_UNREAD,
	WHY_NO_INODE,                   /* the kernel numbers no pidfds */
	WHY_NARROW_INODE,
	WHY_NO_PIDFD,                   /* an identity needs one */
	WHY_NO_MATCH,
	WHY_NO_MATCH_AT_ALL,
	WHY_NAME_PROC,
	/* conditions: text is what it is instead */
	WHY_OTHER_EXE,
	WHY_OTHER_COMM,
	WHY_NOT_USER,                   /* number: its uid */
	WHY_UNREAD,
	WHY_EXE_UNREAD,
	WHY_UNMAPPED_USER,
	/* a pidfile, other: the part of the path that is meant */
	WHY_PIDFILE_MISSING,
	WHY_PIDFILE_WAY,
	WHY_PIDFILE_LINK,
	WHY_PIDFILE_LINK_PROC,
	WHY_PIDFILE_FUSE,
	WHY_PIDFILE_OWN,
	WHY_PIDFILE_LINK_OWNER,         /* number: its owner, also below */
	WHY_PIDFILE_WRITABLE,
	WHY_PIDFILE_OWNERS,
	WHY_PIDFILE_UNMAPPED,
	WHY_PIDFILE_KIND,
	WHY_PIDFILE_HARD_LINK,
	WHY_PIDFILE_EMPTY,
	WHY_PIDFILE_SIZE,
	WHY_PIDFILE_CONTENT,
	WHY_PIDFILE_SHORT,
	WHY_PIDFILE_CHANGED,
	WHY_PIDFILE_INIT,
	WHY_PIDFILE_FUTURE,
	WHY_PIDFILE_STALE,
	WHY_PIDFILE_OLD,
	WHY_PIDFILE_USER,
};

struct reason {                         /* why a target failed */
	enum why why;
	int error;                      /* errno, or 0 where pidkill itself refuses */
	long number;
};

struct problem {                        /* the same of the command line, or of pidkill */
	enum why why;
	int error;
	long number;
	const char *word;               /* the word that is wrong, borrowed */
	const char *other;              /* what it should be, or collides with; borrowed */
	bool sends;                     /* it stood in the way of a signal, not of a question */
};

enum { FEW = 16 }; /* targets that need no heap */

struct request {                        /* the whole line, or nothing */
	const char *called;             /* the name that pidkill was called by */
	int (*shell_signal)(void);      /* in a shell, a target like others: what has interrupted it
	                                   meanwhile, or 0; else NULL */
	enum mode mode;
	bool verbose;
	bool require_handler;           /* -r */
	bool dry_run;
	bool cont;                      /* --cont */
	bool gone_ok;
	bool all;                       /* -a */
	bool short_identity;            /* --identify=short */
	struct conditions conditions;
	struct waiting wait;
	struct step *steps;
	size_t step_count;
	struct message message;
	struct target *targets;
	size_t target_count;
	struct target few[FEW];         /* last */
};

#endif
