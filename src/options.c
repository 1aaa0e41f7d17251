/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "options.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common.h"
#include "number.h"
#include "signame.h"

enum option {
	OPTION_SIGNAL,
	OPTION_N,
	OPTION_QUEUE,
	OPTION_SCOPE,
	OPTION_FD,
	OPTION_CODE,
	OPTION_FLAGS,
	OPTION_WAIT,
	OPTION_KILL_AFTER,
	OPTION_TIMEOUT,
	OPTION_EXIT_STATUS,
	OPTION_CONT,
	OPTION_REQUIRE_HANDLER,
	OPTION_DRY_RUN,
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

#define BIT(option) (1ul << (option))
#define WAITING (BIT(OPTION_WAIT) | BIT(OPTION_KILL_AFTER) | BIT(OPTION_TIMEOUT) | \
                 BIT(OPTION_EXIT_STATUS))
#define SENDING (BIT(OPTION_SIGNAL) | BIT(OPTION_QUEUE) | BIT(OPTION_SCOPE) | BIT(OPTION_CODE) | \
                 BIT(OPTION_FLAGS) | BIT(OPTION_REQUIRE_HANDLER) | BIT(OPTION_DRY_RUN) | WAITING | \
                 BIT(OPTION_CONT))
#define ASKING_TARGETS (BIT(OPTION_PID) | BIT(OPTION_STATE))

static const struct option_row table[] = {
	[OPTION_SIGNAL] = { "signal", 's', ARGUMENT_REQUIRED, "SIGNAL",
		"the signal, a name or a number; TERM if none is given", 0 },
	[OPTION_N] = { NULL, 'n', ARGUMENT_REQUIRED, "SIGNAL", NULL, 0 },
	[OPTION_QUEUE] = { "queue", 'q', ARGUMENT_REQUIRED, "VALUE",
		"send an integer along, as sigqueue(3) does", 0 },
	[OPTION_SCOPE] = { "scope", 0, ARGUMENT_REQUIRED, "SCOPE",
		"signal the process, only the thread, or the group", BIT(OPTION_FLAGS) },
	[OPTION_FD] = { "fd", 0, ARGUMENT_REQUIRED, "N",
		"a target: what the inherited descriptor N holds", 0 },
	[OPTION_CODE] = { "code", 0, ARGUMENT_REQUIRED, "CODE", NULL, 0 },
	[OPTION_FLAGS] = { "flags", 0, ARGUMENT_REQUIRED, "N", NULL, 0 },
	[OPTION_WAIT] = { "wait", 0, ARGUMENT_OPTIONAL, "DURATION",
		"then wait until every target has exited", 0 },
	[OPTION_KILL_AFTER] = { "kill-after", 'k', ARGUMENT_REQUIRED, "DURATION",
		"wait; KILL what is still there by then", BIT(OPTION_TIMEOUT) },
	[OPTION_TIMEOUT] = { "timeout", 0, ARGUMENT_REQUIRED, "MS SIGNAL",
		"the next signal, MS after the last", 0 },
	[OPTION_EXIT_STATUS] = { "exit-status", 0, ARGUMENT_NONE, NULL,
		"wait, and exit as the target did", 0 },
	[OPTION_CONT] = { "cont", 0, ARGUMENT_NONE, NULL,
		"wake stopped targets: CONT after every signal", 0 },
	[OPTION_REQUIRE_HANDLER] = { "require-handler", 'r', ARGUMENT_NONE, NULL,
		"send only to those that catch the signal", BIT(OPTION_FLAGS) },
	[OPTION_DRY_RUN] = { "dry-run", 0, ARGUMENT_NONE, NULL,
		"send nothing, say what would be sent to whom", WAITING },
	[OPTION_PID] = { "pid", 'p', ARGUMENT_NONE, NULL,
		"send nothing, print the targets' PIDs", SENDING | BIT(OPTION_STATE) },
	[OPTION_STATE] = { "show-process-state", 'd', ARGUMENT_NONE, NULL,
		"print pending, blocked, ignored, caught signals", SENDING },
	[OPTION_LIST] = { "list", 'l', ARGUMENT_OPTIONAL, "X",
		"names; of a name its number; of a number its name",
		SENDING | ASKING_TARGETS | BIT(OPTION_FD) | BIT(OPTION_TABLE) | BIT(OPTION_T) },
	[OPTION_TABLE] = { "table", 'L', ARGUMENT_NONE, NULL,
		"a table of signals: number, name, meaning",
		SENDING | ASKING_TARGETS | BIT(OPTION_FD) },
	[OPTION_T] = { NULL, 't', ARGUMENT_NONE, NULL, NULL,
		SENDING | ASKING_TARGETS | BIT(OPTION_FD) },
	[OPTION_VERBOSE] = { "verbose", 'v', ARGUMENT_NONE, NULL,
		"say what is done, on stderr", 0 },
	[OPTION_HELP] = { "help", 'h', ARGUMENT_NONE, NULL, "print this help", 0 },
	[OPTION_VERSION] = { "version", 'V', ARGUMENT_NONE, NULL,
		"print the version and its features", 0 },
};
_Static_assert(ARRAY_LEN(table) == OPTION_COUNT, "an option without a row");

static const struct { const char *name; enum scope scope; } scopes[] = {
	{ "process", SCOPE_PROCESS },
	{ "thread", SCOPE_THREAD },
	{ "group", SCOPE_GROUP },
};

static const struct { const char *name; int code; } codes[] = { /* sigaction(2) */
	{ "USER", SI_USER }, { "KERNEL", SI_KERNEL }, { "QUEUE", SI_QUEUE }, { "TIMER", SI_TIMER },
	{ "MESGQ", SI_MESGQ }, { "ASYNCIO", SI_ASYNCIO }, { "SIGIO", SI_SIGIO },
	{ "TKILL", SI_TKILL }, { "DETHREAD", -7 }, { "ASYNCNL", -60 },
};

struct scan {
	int argc, at;                    /* AT: the word after the one in hand */
	char *const *argv;
	struct request *request;
	struct problem *problem;
	const char *given[OPTION_COUNT]; /* the word that gave the option, or NULL */
	bool only_targets;               /* behind -- */
	bool operand_seen;
	bool signal_first;               /* given before the first operand */
	bool finished;                   /* --help, --version: the rest does not matter */
};

const struct option_row *options_table(size_t *count)
{
	*count = ARRAY_LEN(table);
	return table;
}

bool options_names_targets(enum mode mode)
{
	return mode == MODE_SEND || mode == MODE_PID || mode == MODE_STATE;
}

static int fail(const struct scan *scan, enum why why, const char *word, const char *other)
{
	*scan->problem = (struct problem){ .why = why, .word = word, .other = other };
	return -1;
}

/* KIND says what the number WORD should have been, SYNTAX how it is written. */
static int check_number(const struct scan *scan, enum number_result result, const char *word,
                        const char *kind, enum why syntax)
{
	switch (result) {
	case NUMBER_OK:
		return 0;
	case NUMBER_EMPTY:
		return fail(scan, WHY_NUMBER_EMPTY, word, kind);
	case NUMBER_SYNTAX:
		return fail(scan, syntax, word, kind);
	case NUMBER_LEADING_ZERO:
		return fail(scan, WHY_NUMBER_LEADING_ZERO, word, kind);
	case NUMBER_RANGE:
		return fail(scan, WHY_NUMBER_RANGE, word, kind);
	}
	return -1;
}

static int check_duration(const struct scan *scan, const char *value, int64_t bare_ms, int64_t *ms)
{
	return check_number(scan, number_duration(value, bare_ms, ms), value, "duration",
	                    WHY_DURATION_SYNTAX);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int add_target(const struct scan *scan, struct target target)
{
	struct request *request = scan->request;

	if (request->target_count == FEW && request->targets == request->few) {
		/* argv bounds what can still come */
		struct target *many = calloc((size_t)scan->argc, sizeof *many);
		if (!many)
			return fail(scan, WHY_NO_MEMORY, NULL, NULL);
		memcpy(many, request->few, sizeof request->few);
		request->targets = many;
	}
	request->targets[request->target_count++] = target;
	return 0;
}

static int set_signal(struct scan *scan, int signal, const char *word)
{
	if (scan->given[OPTION_SIGNAL])
		return fail(scan, WHY_SECOND_SIGNAL, word, scan->given[OPTION_SIGNAL]);
	scan->given[OPTION_SIGNAL] = word;
	scan->signal_first = !scan->operand_seen;
	scan->request->message.signal = signal;
	return 0;
}

static int unknown_signal(const struct scan *scan, enum why why, const char *word,
                          const char *name)
{
	fail(scan, why, word, NULL);
	scan->problem->number = signame_nearest(name);
	return -1;
}

/* DIGITS, the number of a signal; QUOTED is how a message shows it. */
static int signal_number(struct scan *scan, const char *digits, const char *quoted, const char *word)
{
	uint64_t number = 0;
	const enum number_result result = number_decimal(digits, SIGNAME_MAX, &number);

	if (result == NUMBER_RANGE)
		return fail(scan, WHY_SIGNAL_RANGE, quoted, NULL);
	if (check_number(scan, result, quoted, "signal", WHY_NUMBER_SYNTAX) < 0)
		return -1;
	return set_signal(scan, (int)number, word);
}

static int option_signal(struct scan *scan, const char *value, const char *word)
{
	if (is_digit(*value))
		return signal_number(scan, value, value, word);
	const int signal = signame_from_name(value);
	if (signal < 0)
		return unknown_signal(scan, WHY_UNKNOWN_SIGNAL, value, value);
	return set_signal(scan, signal, word);
}

static int option_queue(const struct scan *scan, const char *value)
{
	struct payload *payload = &scan->request->message.payload;

	payload->set = true;
	return check_number(scan, number_sigval(value, &payload->value), value, "signal value",
	                    WHY_NUMBER_SYNTAX_HEX);
}

/* --wait DURATION would make a target of the duration: the value only behind =. */
static int option_wait(struct scan *scan, const char *value)
{
	struct waiting *wait = &scan->request->wait;

	wait->for_exit = true;
	if (value) {
		wait->limited = true;
		return check_duration(scan, value, 1000, &wait->limit_ms);
	}
	const char *next = scan->at < scan->argc ? scan->argv[scan->at] : "";
	if (is_digit(*next) && !strchr(next, '/'))
		return fail(scan, WHY_BARE_WAIT, next, NULL);
	return 0;
}

static int add_step(const struct scan *scan, int64_t after_ms, int signal)
{
	struct request *request = scan->request;

	if (!request->steps) {
		request->steps = calloc((size_t)scan->argc, sizeof *request->steps);
		if (!request->steps)
			return fail(scan, WHY_NO_MEMORY, NULL, NULL);
	} else {
		const struct step *last = &request->steps[request->step_count - 1];
		if (__builtin_add_overflow(after_ms, last->after_ms, &after_ms))
			return fail(scan, WHY_NUMBER_RANGE, scan->given[OPTION_TIMEOUT], "schedule");
	}
	request->steps[request->step_count++] = (struct step){ after_ms, signal };
	return 0;
}

static int option_kill_after(const struct scan *scan, const char *value)
{
	int64_t after_ms = 0;

	scan->request->wait.for_exit = true;
	if (check_duration(scan, value, 1000, &after_ms) < 0)
		return -1;
	return add_step(scan, after_ms, SIGKILL);
}

/* --timeout MS SIGNAL, as util-linux has it: two words. */
static int option_timeout(struct scan *scan, const char *value, const char *word)
{
	int64_t after_ms = 0;

	if (strchr(word, '='))
		return fail(scan, WHY_TIMEOUT_EQUALS, word, NULL);
	if (check_duration(scan, value, 1, &after_ms) < 0)
		return -1;
	if (scan->at == scan->argc)
		return fail(scan, WHY_NO_ARGUMENT, word, table[OPTION_TIMEOUT].value);
	const char *name = scan->argv[scan->at++];
	const int signal = signame_number(name);
	if (signal < 0)
		return unknown_signal(scan, WHY_UNKNOWN_SIGNAL, name, name);
	return add_step(scan, after_ms, signal);
}

static int option_scope(const struct scan *scan, const char *value)
{
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
		if (strcmp(value, scopes[i].name) == 0) {
			scan->request->message.scope = scopes[i].scope;
			return 0;
		}
	}
	return fail(scan, WHY_UNKNOWN_SCOPE, value, NULL);
}

static int option_code(const struct scan *scan, const char *value)
{
	struct si_code *code = &scan->request->message.code;
	const char *name = strncasecmp(value, "SI_", 3) == 0 ? value + 3 : value;

	code->set = true;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		if (strcasecmp(name, codes[i].name) == 0) {
			code->value = codes[i].code;
			return 0;
		}
	}
	if (*value && *value != '-' && !is_digit(*value))
		return fail(scan, WHY_UNKNOWN_CODE, value, NULL);
	return check_number(scan, number_int(value, &code->value), value, "si_code",
	                    WHY_NUMBER_SYNTAX_HEX);
}

static int option_flags(const struct scan *scan, const char *value)
{
	struct raw_flags *flags = &scan->request->message.flags;
	uint64_t number = 0;
	const enum number_result result = number_unsigned(value, UINT_MAX, &number);

	flags->set = true;
	flags->value = (unsigned)number;
	return check_number(scan, result, value, "flags value",
	                    WHY_NUMBER_SYNTAX_HEX);
}

static int option_fd(const struct scan *scan, const char *value)
{
	struct target target = { .kind = TARGET_FD, .written = value };

	if (check_number(scan, number_fd(value, &target.id.fd), value, "descriptor", WHY_NUMBER_SYNTAX) < 0)
		return -1;
	return add_target(scan, target);
}

static bool is_once(enum option option)
{
	return table[option].argument != ARGUMENT_NONE && option != OPTION_FD &&
	       option != OPTION_TIMEOUT && option != OPTION_LIST;
}

/* VALUE is NULL where there is none, WORD is how the option was written. Long, as it has one case for each
 * option. */
static int apply(struct scan *scan, enum option option, const char *value, const char *word)
{
	struct request *request = scan->request;

	if (option == OPTION_SIGNAL || option == OPTION_N)
		return option_signal(scan, value, word);
	if (scan->given[option] && is_once(option))
		return fail(scan, WHY_GIVEN_TWICE, word, scan->given[option]);
	scan->given[option] = word;

	switch (option) {
	case OPTION_SIGNAL:
	case OPTION_N:
		break;
	case OPTION_QUEUE:
		return option_queue(scan, value);
	case OPTION_SCOPE:
		return option_scope(scan, value);
	case OPTION_FD:
		return option_fd(scan, value);
	case OPTION_CODE:
		return option_code(scan, value);
	case OPTION_FLAGS:
		return option_flags(scan, value);
	case OPTION_WAIT:
		return option_wait(scan, value);
	case OPTION_KILL_AFTER:
		return option_kill_after(scan, value);
	case OPTION_TIMEOUT:
		return option_timeout(scan, value, word);
	case OPTION_EXIT_STATUS:
		request->wait.for_exit = request->wait.exit_status = true;
		return 0;
	case OPTION_CONT:
		request->cont = true;
		return 0;
	case OPTION_REQUIRE_HANDLER:
		request->require_handler = true;
		return 0;
	case OPTION_DRY_RUN:
		request->dry_run = true;
		return 0;
	case OPTION_PID:
		request->mode = MODE_PID;
		return 0;
	case OPTION_STATE:
		request->mode = MODE_STATE;
		return 0;
	case OPTION_LIST:
		request->mode = MODE_LIST;
		return value ? add_target(scan, (struct target){ .written = value }) : 0;
	case OPTION_TABLE:
	case OPTION_T:
		request->mode = MODE_TABLE;
		return 0;
	case OPTION_VERBOSE:
		request->verbose = true;
		return 0;
	case OPTION_HELP:
		request->mode = MODE_HELP;
		scan->finished = true;
		return 0;
	case OPTION_VERSION:
		request->mode = MODE_VERSION;
		scan->finished = true;
		return 0;
	case OPTION_COUNT:
		break;
	}
	return -1;
}

/* The argument of an option that needs one: what is ATTACHED to it, else the next word. */
static int apply_with_argument(struct scan *scan, enum option option, const char *attached,
                               const char *word)
{
	if (!attached && table[option].argument == ARGUMENT_REQUIRED) {
		if (scan->at == scan->argc)
			return fail(scan, WHY_NO_ARGUMENT, word, table[option].value);
		attached = scan->argv[scan->at++];
	}
	return apply(scan, option, attached, word);
}

static int scan_long(struct scan *scan, const char *word)
{
	const char *name = word + 2;
	const size_t length = strcspn(name, "=");
	const char *value = name[length] ? name + length + 1 : NULL;
	const char *nearest = NULL;

	for (enum option option = 0; option < OPTION_COUNT; option++) {
		const char *known = table[option].name;
		if (!known || strncmp(known, name, length) != 0)
			continue;
		if (known[length]) {
			nearest = length ? known : NULL;
			continue;
		}
		if (value && table[option].argument == ARGUMENT_NONE)
			return fail(scan, WHY_UNWANTED_ARGUMENT, word, NULL);
		return apply_with_argument(scan, option, value, word);
	}
	return fail(scan, WHY_UNKNOWN_OPTION, word, nearest);
}

static int option_of_letter(char letter)
{
	for (enum option option = 0; option < OPTION_COUNT; option++)
		if (table[option].letter == letter)
			return (int)option;
	return -1;
}

/* Short options, bundled: the first that takes an argument takes the rest of the word. */
static int scan_letters(struct scan *scan, const char *word)
{
	for (const char *at = word + 1; *at && !scan->finished; at++) {
		const int option = option_of_letter(*at);
		if (option < 0 && scan->given[OPTION_LIST])
			return fail(scan, WHY_LIST_WORD, word, NULL);
		if (option < 0)
			return unknown_signal(scan, WHY_UNKNOWN_WORD, word, word + 1);
		if (table[option].argument != ARGUMENT_NONE)
			return apply_with_argument(scan, (enum option)option, at[1] ? at + 1 : NULL, word);
		if (apply(scan, (enum option)option, NULL, word) < 0)
			return -1;
	}
	return 0;
}

static int add_operand(struct scan *scan, const char *word)
{
	scan->operand_seen = true;
	return add_target(scan, (struct target){ .written = word });
}

/* -N where the signal is known: a group above the signals' numbers, and -1, which is everything.
 * -2 to -64 could be a second signal and is refused, as is -0. */
static bool is_group_word(const char *word)
{
	uint64_t number = 0;
	const enum number_result result = number_decimal(word + 1, SIGNAME_MAX, &number);

	return is_digit(word[1]) && !(result == NUMBER_OK && number != 1);
}

/* A word with one dash is a group where it can be no signal, else first tried as a signal, then as
 * options. */
static int scan_dash(struct scan *scan, const char *word)
{
	uint64_t number = 0;

	if (scan->signal_first && is_group_word(word))
		return add_operand(scan, word);
	if (scan->operand_seen)
		return fail(scan, WHY_LATE_OPTION, word, NULL);
	if (scan->given[OPTION_LIST])
		return scan_letters(scan, word);
	if (is_digit(word[1]) && scan->given[OPTION_SIGNAL])
		return fail(scan, WHY_SECOND_NUMBER, word, scan->given[OPTION_SIGNAL]);
	if (number_decimal(word + 1, SIGNAME_MAX, &number) == NUMBER_RANGE)
		return fail(scan, WHY_SIGNAL_OR_GROUP, word, NULL);
	if (is_digit(word[1]))
		return signal_number(scan, word + 1, word, word);
	const int signal = signame_from_name(word + 1);
	return signal < 0 ? scan_letters(scan, word) : set_signal(scan, signal, word);
}

static int scan_word(struct scan *scan, const char *word)
{
	if (!scan->only_targets && word[0] == '-' && word[1]) {
		if (word[1] != '-')
			return scan_dash(scan, word);
		if (word[2])
			return scan_long(scan, word);
		scan->only_targets = true;
		return 0;
	}
	return add_operand(scan, word);
}

/* -1 or -PGID. */
static int understand_negative(const struct scan *scan, struct target *target)
{
	const char *word = target->written;
	const enum number_result result = number_pid(word + 1, &target->id.pid);

	if (strcmp(word, "-0") == 0)
		return fail(scan, WHY_MINUS_ZERO, word, NULL);
	target->kind = result == NUMBER_OK && target->id.pid == 1 ? TARGET_ALL : TARGET_GROUP;
	return check_number(scan, result, word, "process group", WHY_NUMBER_SYNTAX);
}

static int understand_target(const struct scan *scan, struct target *target)
{
	const char *word = target->written;

	if (target->kind != TARGET_WORD)
		return 0;
	if (!*word)
		return fail(scan, WHY_EMPTY_OPERAND, word, NULL);
	if (strchr(word, '/')) {
		target->kind = TARGET_PATH;
		return 0;
	}
	if (strcmp(word, "0") == 0) {
		target->kind = TARGET_OWN_GROUP;
		return 0;
	}
	if (*word == '-' && is_digit(word[1]))
		return understand_negative(scan, target);
	if (strncmp(word, "--", 2) == 0)
		return fail(scan, WHY_OPTION_BEHIND, word, NULL);
	if (!is_digit(*word))
		return fail(scan, *word == '%' ? WHY_JOB : WHY_UNKNOWN_OPERAND, word, NULL);
	target->kind = TARGET_PID;
	return check_number(scan, number_pid(word, &target->id.pid), word, "PID",
	                    WHY_NUMBER_SYNTAX);
}

/* What does not go with this kind of target. */
static unsigned long excluded_by(const struct scan *scan, enum target_kind kind)
{
	const bool group_scope = scan->request->message.scope == SCOPE_GROUP;

	switch (kind) {
	case TARGET_OWN_GROUP:
	case TARGET_ALL:
		return WAITING | BIT(OPTION_SCOPE) | BIT(OPTION_FLAGS) | BIT(OPTION_CODE) | BIT(OPTION_QUEUE) |
		       BIT(OPTION_REQUIRE_HANDLER) | ASKING_TARGETS;
	case TARGET_GROUP:
		return WAITING | (group_scope ? 0 : BIT(OPTION_SCOPE)) | BIT(OPTION_FLAGS) |
		       BIT(OPTION_REQUIRE_HANDLER) | ASKING_TARGETS;
	case TARGET_WORD:
	case TARGET_PID:
	case TARGET_PATH:
	case TARGET_FD:
		break;
	}
	return 0;
}

static int check_target(const struct scan *scan, const struct target *target)
{
	const bool alone = target->kind == TARGET_OWN_GROUP || target->kind == TARGET_ALL;

	if (alone && scan->request->target_count > 1)
		return fail(scan, WHY_NOT_ALONE, target->written, NULL);
	for (enum option option = 0; option < OPTION_COUNT; option++)
		if (scan->given[option] && excluded_by(scan, target->kind) & BIT(option))
			return fail(scan, BIT(option) & WAITING ? WHY_NO_WAIT :
			            option == OPTION_SCOPE && !alone ? WHY_GROUP_SCOPE : WHY_CONFLICT,
			            target->written, scan->given[option]);
	return 0;
}

static int understand_targets(const struct scan *scan)
{
	const struct request *request = scan->request;

	if (!request->target_count) {
		const char *signal = scan->given[OPTION_SIGNAL];
		const bool numeric = signal && is_digit(signal[1]);
		return fail(scan, numeric ? WHY_ONLY_A_SIGNAL : WHY_NO_TARGET, NULL, signal);
	}
	for (size_t i = 0; i < request->target_count; i++)
		if (understand_target(scan, &request->targets[i]) < 0)
			return -1;
	for (size_t i = 0; i < request->target_count; i++)
		if (check_target(scan, &request->targets[i]) < 0)
			return -1;
	return 0;
}

/* What a wait asks of the rest of the line. */
static int check_wait(const struct scan *scan)
{
	const struct request *request = scan->request;
	const struct waiting *wait = &request->wait;
	const enum scope scope = request->message.scope;

	if (!wait->set)
		return 0;
	const char *given = scan->given[OPTION_WAIT];
	for (enum option option = 0; option < OPTION_COUNT && !given; option++)
		given = BIT(option) & WAITING ? scan->given[option] : NULL;
	if (scope == SCOPE_THREAD || scope == SCOPE_GROUP)
		return fail(scan, WHY_NO_WAIT, scan->given[OPTION_SCOPE], given);
	if (scan->given[OPTION_FLAGS])
		return fail(scan, WHY_NO_WAIT, scan->given[OPTION_FLAGS], given);
	if (request->step_count && wait->limited &&
	    wait->limit_ms <= request->steps[request->step_count - 1].after_ms)
		return fail(scan, WHY_SHORT_WAIT, scan->given[OPTION_WAIT], NULL);
	if (wait->exit_status && !scan->given[OPTION_SIGNAL])
		return fail(scan, WHY_NO_SIGNAL_WRITTEN, scan->given[OPTION_EXIT_STATUS], NULL);
	if (wait->exit_status && request->target_count > 1)
		return fail(scan, WHY_ONE_TARGET, scan->given[OPTION_EXIT_STATUS], NULL);
	return 0;
}

/* Both sides by the words that gave them, or by their letters where that is one word. */
static int conflict(const struct scan *scan, enum option one, enum option two)
{
	const bool bundled = scan->given[one] == scan->given[two];

	fail(scan, bundled ? WHY_CONFLICT_WITHIN : WHY_CONFLICT, scan->given[one], scan->given[two]);
	scan->problem->number = table[one].letter | table[two].letter << 8;
	return -1;
}

static int check_conflicts(const struct scan *scan)
{
	for (enum option one = 0; one < OPTION_COUNT; one++)
		for (enum option two = 0; two < OPTION_COUNT; two++)
			if (scan->given[one] && scan->given[two] && table[one].excludes & BIT(two))
				return conflict(scan, one, two);
	const struct message *message = &scan->request->message;
	if (scan->given[OPTION_REQUIRE_HANDLER] && !message->signal)
		return conflict(scan, OPTION_REQUIRE_HANDLER, OPTION_SIGNAL);
	if (scan->given[OPTION_REQUIRE_HANDLER] && message->scope == SCOPE_GROUP)
		return conflict(scan, OPTION_REQUIRE_HANDLER, OPTION_SCOPE);
	return 0;
}

static int scan_line(struct scan *scan)
{
	while (scan->at < scan->argc) {
		if (scan_word(scan, scan->argv[scan->at++]) < 0)
			return -1;
		if (scan->finished)
			return 0;
	}
	scan->request->wait.set = scan->request->wait.for_exit || scan->request->step_count;
	if (check_conflicts(scan) < 0 || check_wait(scan) < 0)
		return -1;
	return options_names_targets(scan->request->mode) ? understand_targets(scan) : 0;
}

const char *options_program(int argc, char *const argv[])
{
	const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
	const char *name = slash ? slash + 1 : argc > 0 ? argv[0] : "";

	return strcmp(name, "kill") == 0 ? "kill" : "pidkill";
}

int options_parse(int argc, char *const argv[], struct request *request, struct problem *problem)
{
	struct scan scan = {
		.argc = argc, .at = 1, .argv = argv, .request = request, .problem = problem,
	};

	*request = (struct request){
		.program = options_program(argc, argv), .mode = MODE_SEND, .message.signal = SIGTERM,
	};
	request->targets = request->few;
	if (scan_line(&scan) == 0)
		return 0;
	options_release(request);
	return -1;
}

void options_release(struct request *request)
{
	if (request->targets != request->few)
		free(request->targets);
	if (request->steps)
		free(request->steps);
	request->steps = NULL;
	request->targets = request->few;
	request->target_count = 0;
}
