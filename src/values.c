/* SPDX-License-Identifier: MIT */
/* The values of options. */
#include "config.h"

#include "scan.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"
#include "signame.h"
#include "user.h"

static const struct { char name[8]; enum scope scope; } scopes[] = {
	{ "process", SCOPE_PROCESS },
	{ "thread", SCOPE_THREAD },
	{ "group", SCOPE_GROUP },
};

static const struct { char name[12]; int code; } codes[] = { /* sigaction(2) */
	{ "USER", SI_USER }, { "KERNEL", SI_KERNEL }, { "QUEUE", SI_QUEUE }, { "TIMER", SI_TIMER },
	{ "MESGQ", SI_MESGQ }, { "ASYNCIO", SI_ASYNCIO }, { "SIGIO", SI_SIGIO },
	{ "TKILL", SI_TKILL }, { "DETHREAD", -7 }, { "ASYNCNL", -60 },
};

static int check_duration(const struct scan *scan, const char *value, int64_t bare_ms, int64_t *ms)
{
	return scan_number(scan, number_duration(value, bare_ms, ms), value, "duration",
	                   WHY_DURATION_SYNTAX);
}

static int value_signal(struct scan *scan, const char *value, const char *word)
{
	uint64_t number = 0;
	const enum number_result result = number_decimal(value, SIGNAME_MAX, &number);

	if (result == NUMBER_RANGE)
		return scan_fail(scan, WHY_SIGNAL_RANGE, value, NULL);
	if (is_digit(*value))
		return scan_number(scan, result, value, "signal", WHY_NUMBER_SYNTAX) < 0 ? -1
		       : scan_set_signal(scan, (int)number, word);
	const int signal = signame_from_name(value);
	if (signal < 0)
		return scan_unknown_signal(scan, WHY_UNKNOWN_SIGNAL, value, value);
	return scan_set_signal(scan, signal, word);
}

static int value_queue(const struct scan *scan, const char *value)
{
	struct payload *payload = &scan->request->message.payload;

	payload->set = true;
	return scan_number(scan, number_sigval(value, &payload->value), value, "signal value",
	                   WHY_NUMBER_SYNTAX_HEX);
}

/* --wait DURATION would make a target of the duration: the value only behind =. */
static int value_wait(const struct scan *scan, const char *value)
{
	struct waiting *wait = &scan->request->wait;

	wait->for_exit = true;
	if (value) {
		wait->limited = true;
		return check_duration(scan, value, 1000, &wait->limit_ms);
	}
	const char *next = scan->at < scan->argc ? scan->argv[scan->at] : "";
	if (is_digit(*next) && !next[strcspn(next, "/:")])
		return scan_fail(scan, WHY_BARE_WAIT, next, NULL);
	return 0;
}

static int add_step(const struct scan *scan, int64_t after_ms, int signal)
{
	struct request *request = scan->request;

	if (!request->steps) {
		request->steps = calloc((size_t)scan->argc, sizeof *request->steps);
		if (!request->steps)
			return scan_no_memory(scan);
	} else {
		const struct step *last = &request->steps[request->step_count - 1];
		if (__builtin_add_overflow(after_ms, last->after_ms, &after_ms))
			return scan_fail(scan, WHY_NUMBER_RANGE, scan_given(scan, OPTION_TIMEOUT), "schedule");
	}
	request->steps[request->step_count++] = (struct step){ after_ms, signal };
	return 0;
}

static int value_kill_after(const struct scan *scan, const char *value)
{
	int64_t after_ms = 0;

	scan->request->wait.for_exit = true;
	if (check_duration(scan, value, 1000, &after_ms) < 0)
		return -1;
	return add_step(scan, after_ms, SIGKILL);
}

/* --timeout MS SIGNAL, as util-linux has it: two words. */
static int value_timeout(struct scan *scan, const char *value, const char *word)
{
	int64_t after_ms = 0;

	if (strchr(word, '='))
		return scan_fail(scan, WHY_TIMEOUT_WORDS, word, NULL);
	if (check_duration(scan, value, 1, &after_ms) < 0)
		return -1;
	if (scan->at == scan->argc)
		return scan_fail(scan, WHY_TIMEOUT_WORDS, word, NULL);
	const char *name = scan->argv[scan->at++];
	const int signal = signame_number(name);
	if (signal < 0)
		return scan_unknown_signal(scan, WHY_UNKNOWN_SIGNAL, name, name);
	return add_step(scan, after_ms, signal);
}

static int value_scope(const struct scan *scan, const char *value)
{
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
		if (strcmp(value, scopes[i].name) == 0) {
			scan->request->message.scope = scopes[i].scope;
			return 0;
		}
	}
	return scan_fail(scan, WHY_UNKNOWN_SCOPE, value, NULL);
}

static int value_code(const struct scan *scan, const char *value)
{
	struct si_code *code = &scan->request->message.code;
	const char *behind = signame_behind(value, "SI_");
	const char *name = behind ? behind : value;

	code->set = true;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		const char *rest = signame_behind(name, codes[i].name);
		if (rest && !*rest) {
			code->value = codes[i].code;
			return 0;
		}
	}
	if (*value && *value != '-' && !is_digit(*value))
		return scan_fail(scan, WHY_UNKNOWN_CODE, value, NULL);
	return scan_number(scan, number_int(value, &code->value), value, "si_code",
	                   WHY_NUMBER_SYNTAX_HEX);
}

static int value_flags(const struct scan *scan, const char *value)
{
	struct raw_flags *flags = &scan->request->message.flags;
	uint64_t number = 0;
	const enum number_result result = number_unsigned(value, UINT_MAX, &number);

	flags->set = true;
	flags->value = (unsigned)number;
	return scan_number(scan, result, value, "flags value", WHY_NUMBER_SYNTAX_HEX);
}

static int value_fd(const struct scan *scan, const char *value)
{
	int fd = -1;

	if (scan_number(scan, number_fd(value, &fd), value, "descriptor", WHY_NUMBER_SYNTAX) < 0)
		return -1;
	struct target *target = scan_new_target(scan, TARGET_FD, value);
	if (!target)
		return -1;
	target->id.fd = fd;
	return 0;
}

static int value_text(const struct scan *scan, const char *value, const char *word, const char **text)
{
	if (!*value)
		return scan_fail(scan, WHY_EMPTY_VALUE, word, NULL);
	*text = value;
	return 0;
}

static int value_target(const struct scan *scan, enum target_kind kind, const char *value, const char *word)
{
	const char *text = NULL;

	return value_text(scan, value, word, &text) == 0 && scan_new_target(scan, kind, text) ? 0 : -1;
}

static int value_user(const struct scan *scan, const char *value, const char *word)
{
	struct conditions *conditions = &scan->request->conditions;

	conditions->has_user = true;
	if (!*value)
		return scan_fail(scan, WHY_EMPTY_VALUE, word, NULL);
	return user_number(value, &conditions->user) ? 0 : scan_fail(scan, WHY_UNKNOWN_USER, value, NULL);
}

static int value_identify(const struct scan *scan, const char *value)
{
	if (value && strcmp(value, "short") != 0)
		return scan_fail(scan, WHY_UNKNOWN_FORM, value, NULL);
	scan->request->short_identity = value;
	return 0;
}

/* One case for each option that takes a value. */
int scan_value(struct scan *scan, enum option option, const char *value, const char *word)
{
	struct request *request = scan->request;

	switch ((int)option) {
	case OPTION_SIGNAL:
	case OPTION_N:
		return value_signal(scan, value, word);
	case OPTION_QUEUE:
		return value_queue(scan, value);
	case OPTION_SCOPE:
		return value_scope(scan, value);
	case OPTION_FD:
		return value_fd(scan, value);
	case OPTION_PIDFILE:
		return value_target(scan, TARGET_PIDFILE, value, word);
	case OPTION_NAME:
		return value_target(scan, TARGET_NAME, value, word);
	case OPTION_IF_EXE:
		return value_text(scan, value, word, &request->conditions.exe);
	case OPTION_IF_COMM:
		return value_text(scan, value, word, &request->conditions.comm);
	case OPTION_IF_USER:
		return value_user(scan, value, word);
	case OPTION_CODE:
		return value_code(scan, value);
	case OPTION_FLAGS:
		return value_flags(scan, value);
	case OPTION_WAIT:
		return value_wait(scan, value);
	case OPTION_KILL_AFTER:
		return value_kill_after(scan, value);
	case OPTION_TIMEOUT:
		return value_timeout(scan, value, word);
	case OPTION_IDENTIFY:
		return value_identify(scan, value);
	case OPTION_LIST:
		return !value || scan_new_target(scan, TARGET_WORD, value) ? 0 : -1;
	}
	return 0;
}
