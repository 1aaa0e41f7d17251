/* SPDX-License-Identifier: MIT */
/* What options, values and operands share while a command line is read; no other room's business. */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "number.h"
#include "request.h"

enum option {
	OPTION_SIGNAL,
	OPTION_N,
	OPTION_QUEUE,
	OPTION_SCOPE,
	OPTION_FD,
	OPTION_PIDFILE,
	OPTION_NAME,
	OPTION_ALL,
	OPTION_IF_EXE,
	OPTION_IF_COMM,
	OPTION_IF_USER,
	OPTION_GONE_OK,
	OPTION_CODE,
	OPTION_FLAGS,
	OPTION_WAIT,
	OPTION_KILL_AFTER,
	OPTION_TIMEOUT,
	OPTION_EXIT_STATUS,
	OPTION_CONT,
	OPTION_REQUIRE_HANDLER,
	OPTION_DRY_RUN,
	OPTION_STATUS,
	OPTION_IDENTIFY,
	OPTION_PID,
	OPTION_STATE,
	OPTION_LIST,
	OPTION_TABLE,
	OPTION_T,
	OPTION_VERBOSE,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_COUNT
};

#define BIT(option) (UINT64_C(1) << (option))
#define WAITING (BIT(OPTION_WAIT) | BIT(OPTION_KILL_AFTER) | BIT(OPTION_TIMEOUT) | \
                 BIT(OPTION_EXIT_STATUS))
#define SENDING (BIT(OPTION_SIGNAL) | BIT(OPTION_QUEUE) | BIT(OPTION_SCOPE) | BIT(OPTION_CODE) | \
                 BIT(OPTION_FLAGS) | BIT(OPTION_REQUIRE_HANDLER) | BIT(OPTION_DRY_RUN) | WAITING | \
                 BIT(OPTION_CONT))
#define ASKING_TARGETS (BIT(OPTION_PID) | BIT(OPTION_STATE) | BIT(OPTION_STATUS) | BIT(OPTION_IDENTIFY))
#define NAMING_TARGETS (BIT(OPTION_FD) | BIT(OPTION_PIDFILE) | BIT(OPTION_NAME) | BIT(OPTION_ALL))
#define CONDITIONS (BIT(OPTION_IF_EXE) | BIT(OPTION_IF_COMM) | BIT(OPTION_IF_USER))

struct scan {
	int argc, at;                    /* AT: the word after the one in hand */
	char *const *argv;
	struct request *request;
	struct problem *problem;
	uint64_t given_set;              /* a bit for each option that was given */
	bool only_targets;               /* behind -- */
	bool operand_seen;
	bool signal_first;               /* given before the first operand */
	bool finished;                   /* --help, --version: the rest does not matter */
	const char *words[OPTION_COUNT]; /* the word that gave the option: scan_given() */
};

/* The word that gave OPTION, or NULL. */
static inline const char *scan_given(const struct scan *scan, enum option option)
{
	return scan->given_set & BIT(option) ? scan->words[option] : NULL;
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* *PROBLEM is why; -1. OTHER is what WORD should have been, or what it collides with. */
int scan_fail(const struct scan *scan, enum why why, const char *word, const char *other);

/* -1: ENOMEM. */
int scan_no_memory(const struct scan *scan);

/* 0, or scan_fail(): KIND says what the number WORD should have been, SYNTAX how it is written. */
int scan_number(const struct scan *scan, enum number_result result, const char *word, const char *kind,
                enum why syntax);

/* One more target, whose number or identity is still to be set; NULL, and scan_fail(), for want of memory. */
struct target *scan_new_target(const struct scan *scan, enum target_kind kind, const char *written);

/* 0, or scan_fail() for a second one. WORD is how it was written. */
int scan_set_signal(struct scan *scan, int signal, const char *word);

/* scan_fail() with the signal whose name is nearest to NAME. */
int scan_unknown_signal(const struct scan *scan, enum why why, const char *word, const char *name);

/* values.c: the VALUE (NULL: none) of OPTION, written as WORD, into the request. 0 or scan_fail(). */
int scan_value(struct scan *scan, enum option option, const char *value, const char *word);

/* operands.c: every target of the request, understood and checked against the options. 0 or
 * scan_fail(). */
int scan_targets(const struct scan *scan);

#endif
