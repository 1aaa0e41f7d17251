/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"
#include "scan.h"
#include "signame.h"

#define SETS(member) offsetof(struct request, member)
#define ASKS(what) .mode = MODE_##what, .excludes = SENDING | (ASKING_TARGETS & ~BIT(OPTION_##what))
#define NOT_LISTING (SENDING | ASKING_TARGETS | NAMING_TARGETS | CONDITIONS | BIT(OPTION_GONE_OK))

static const struct option_row table[] = {
	[OPTION_SIGNAL] = { "signal", 's', ARGUMENT_REQUIRED, .many = true, .value = "SIGNAL",
		.help = "the signal, a name or a number; TERM if none is given" },
	[OPTION_N] = { "", 'n', ARGUMENT_REQUIRED, .many = true, .value = "SIGNAL" },
	[OPTION_QUEUE] = { "queue", 'q', ARGUMENT_REQUIRED, .value = "VALUE",
		.help = "send an integer along, as sigqueue(3) does" },
	[OPTION_SCOPE] = { "scope", 0, ARGUMENT_REQUIRED, .value = "SCOPE", .excludes = BIT(OPTION_FLAGS),
		.help = "signal the process, only the thread, or the group" },
	[OPTION_FD] = { "fd", 0, ARGUMENT_REQUIRED, .many = true, .value = "N",
		.help = "a target: what the inherited descriptor N holds" },
	[OPTION_PIDFILE] = { "pidfile", 0, ARGUMENT_REQUIRED, .many = true, .value = "FILE",
		.help = "a target: whom FILE names, if FILE can be trusted" },
	[OPTION_NAME] = { "name", 0, ARGUMENT_REQUIRED, .many = true, .value = "NAME",
		.help = "targets: all own processes with exactly this name" },
	[OPTION_ALL] = { "all", 'a', .flag = SETS(all),
		.help = "with --name: other users' and namespaces' too" },
	[OPTION_IF_EXE] = { "if-exe", 0, ARGUMENT_REQUIRED, .value = "PATH",
		.help = "only processes that run this program" },
	[OPTION_IF_COMM] = { "if-comm", 0, ARGUMENT_REQUIRED, .value = "NAME",
		.help = "only processes with this name" },
	[OPTION_IF_USER] = { "if-user", 0, ARGUMENT_REQUIRED, .value = "USER",
		.help = "only processes of this user" },
	[OPTION_GONE_OK] = { "gone-ok", 0, .flag = SETS(gone_ok), .excludes = BIT(OPTION_STATUS),
		.help = "a target that is gone is a success" },
	[OPTION_CODE] = { "code", 0, ARGUMENT_REQUIRED, .value = "CODE" },
	[OPTION_FLAGS] = { "flags", 0, ARGUMENT_REQUIRED, .value = "N" },
	[OPTION_WAIT] = { "wait", 0, ARGUMENT_OPTIONAL, .value = "DURATION",
		.help = "then wait until every target has exited" },
	[OPTION_KILL_AFTER] = { "kill-after", 'k', ARGUMENT_REQUIRED, .value = "DURATION",
		.excludes = BIT(OPTION_TIMEOUT), .help = "wait; KILL what is still there by then" },
	[OPTION_TIMEOUT] = { "timeout", 0, ARGUMENT_REQUIRED, .many = true, .value = "MS SIGNAL",
		.help = "the next signal, MS after the last" },
	[OPTION_EXIT_STATUS] = { "exit-status", 0, .flag = SETS(wait.exit_status),
		.help = "wait, and exit as the target did" },
	[OPTION_CONT] = { "cont", 0, .flag = SETS(cont),
		.help = "wake stopped targets: CONT after every signal" },
	[OPTION_REQUIRE_HANDLER] = { "require-handler", 'r', .flag = SETS(require_handler),
		.excludes = BIT(OPTION_FLAGS), .help = "send only to those that catch the signal" },
	[OPTION_DRY_RUN] = { "dry-run", 0, .flag = SETS(dry_run), .excludes = WAITING,
		.help = "send nothing, say what would be sent to whom" },
	[OPTION_STATUS] = { "status", 0, ASKS(STATUS),
		.help = "send nothing, print: running, stopped, zombie, gone" },
	[OPTION_IDENTIFY] = { "identify", 0, ARGUMENT_OPTIONAL, .value = "short", ASKS(IDENTIFY),
		.help = "print an identity, a target for later: PID:INODE:..." },
	[OPTION_PID] = { "pid", 'p', ASKS(PID), .help = "send nothing, print the targets' PIDs" },
	[OPTION_STATE] = { "show-process-state", 'd', ASKS(STATE),
		.help = "print pending, blocked, ignored, caught signals" },
	[OPTION_LIST] = { "list", 'l', ARGUMENT_OPTIONAL, .many = true, .value = "X", .mode = MODE_LIST,
		.excludes = NOT_LISTING | BIT(OPTION_TABLE) | BIT(OPTION_T),
		.help = "names; of a name its number; of a number its name" },
	[OPTION_TABLE] = { "table", 'L', .mode = MODE_TABLE, .excludes = NOT_LISTING,
		.help = "a table of signals: number, name, meaning" },
	[OPTION_T] = { "", 't', .mode = MODE_TABLE, .excludes = NOT_LISTING },
	[OPTION_VERBOSE] = { "verbose", 'v', .flag = SETS(verbose), .help = "say what is done, on stderr" },
	[OPTION_HELP] = { "help", 'h', .mode = MODE_HELP, .help = "print this help" },
	[OPTION_VERSION] = { "version", 'V', .mode = MODE_VERSION,
		.help = "print the version and its features" },
};
_Static_assert(ARRAY_LEN(table) == OPTION_COUNT, "an option without a row");

const struct option_row *options_table(size_t *count)
{
	*count = ARRAY_LEN(table);
	return table;
}

bool options_names_targets(enum mode mode)
{
	switch (mode) {
	case MODE_SEND:
	case MODE_PID:
	case MODE_STATE:
	case MODE_STATUS:
	case MODE_IDENTIFY:
		return true;
	case MODE_LIST:
	case MODE_TABLE:
	case MODE_HELP:
	case MODE_VERSION:
		break;
	}
	return false;
}

int scan_fail(const struct scan *scan, enum why why, const char *word, const char *other)
{
	*scan->problem = (struct problem){ .why = why, .word = word, .other = other };
	return -1;
}

int scan_no_memory(const struct scan *scan)
{
	*scan->problem = (struct problem){ .why = WHY_NO_MEMORY, .error = ENOMEM };
	return -1;
}

int scan_number(const struct scan *scan, enum number_result result, const char *word, const char *kind,
                enum why syntax)
{
	switch (result) {
	case NUMBER_OK:
		return 0;
	case NUMBER_EMPTY:
		return scan_fail(scan, WHY_NUMBER_EMPTY, word, kind);
	case NUMBER_SYNTAX:
		return scan_fail(scan, syntax, word, kind);
	case NUMBER_LEADING_ZERO:
		return scan_fail(scan, WHY_NUMBER_LEADING_ZERO, word, kind);
	case NUMBER_RANGE:
		return scan_fail(scan, WHY_NUMBER_RANGE, word, kind);
	}
	return -1;
}

/* argv bounds what can still come. */
COLD static int make_room(const struct scan *scan)
{
	struct request *request = scan->request;
	struct target *many = malloc((size_t)scan->argc * sizeof *many);

	if (!many)
		return scan_no_memory(scan);
	memcpy(many, request->few, sizeof request->few);
	request->targets = many;
	return 0;
}

struct target *scan_new_target(const struct scan *scan, enum target_kind kind, const char *written)
{
	struct request *request = scan->request;

	if (request->target_count == FEW && make_room(scan) < 0)
		return NULL;
	struct target *target = &request->targets[request->target_count++];
	target->kind = kind;
	target->written = written;
	return target;
}

int scan_set_signal(struct scan *scan, int signal, const char *word)
{
	if (scan_given(scan, OPTION_SIGNAL))
		return scan_fail(scan, WHY_SECOND_SIGNAL, word, scan_given(scan, OPTION_SIGNAL));
	scan->words[OPTION_SIGNAL] = word;
	scan->given_set |= BIT(OPTION_SIGNAL);
	scan->signal_first = !scan->operand_seen;
	scan->request->message.signal = signal;
	return 0;
}

int scan_unknown_signal(const struct scan *scan, enum why why, const char *word, const char *name)
{
	scan_fail(scan, why, word, NULL);
	scan->problem->number = signame_nearest(name);
	return -1;
}

/* VALUE is NULL where there is none, WORD is how the option was written. */
static int apply(struct scan *scan, enum option option, const char *value, const char *word)
{
	const struct option_row *row = &table[option];
	const bool is_signal = option == OPTION_SIGNAL || option == OPTION_N;

	if (scan_given(scan, option) && !row->many && row->argument != ARGUMENT_NONE)
		return scan_fail(scan, WHY_GIVEN_TWICE, word, scan_given(scan, option));
	if (!is_signal) { /* that can be given by a word, too */
		scan->words[option] = word;
		scan->given_set |= BIT(option);
	}
	if (row->flag)
		*(bool *)((char *)scan->request + row->flag) = true;
	if (row->mode)
		scan->request->mode = (enum mode)row->mode;
	scan->finished = option == OPTION_HELP || option == OPTION_VERSION;
	return row->argument == ARGUMENT_NONE ? 0 : scan_value(scan, option, value, word);
}

/* The argument of an option that needs one: what is ATTACHED to it, else the next word. */
static int apply_with_argument(struct scan *scan, enum option option, const char *attached,
                               const char *word)
{
	if (!attached && table[option].argument == ARGUMENT_REQUIRED) {
		if (scan->at == scan->argc)
			return scan_fail(scan, WHY_NO_ARGUMENT, word, table[option].value);
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
	int near = 0;

	for (enum option option = 0; option < OPTION_COUNT; option++) {
		const char *known = table[option].name;
		if (!*known || *known != *name || strncmp(known, name, length) != 0)
			continue;
		if (known[length]) {
			nearest = known;
			near++;
			continue;
		}
		if (value && table[option].argument == ARGUMENT_NONE)
			return scan_fail(scan, WHY_UNWANTED_ARGUMENT, word, NULL);
		return apply_with_argument(scan, option, value, word);
	}
	return scan_fail(scan, WHY_UNKNOWN_OPTION, word, near == 1 ? nearest : NULL);
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
		if (option < 0 && scan_given(scan, OPTION_LIST))
			return scan_fail(scan, WHY_LIST_WORD, word, NULL);
		if (option < 0)
			return scan_unknown_signal(scan, WHY_UNKNOWN_WORD, word, word + 1);
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
	return scan_new_target(scan, TARGET_WORD, word) ? 0 : -1;
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
		return scan_fail(scan, WHY_LATE_OPTION, word, NULL);
	if (scan_given(scan, OPTION_LIST))
		return scan_letters(scan, word);
	if (is_digit(word[1]) && scan_given(scan, OPTION_SIGNAL))
		return scan_fail(scan, WHY_SECOND_NUMBER, word, scan_given(scan, OPTION_SIGNAL));
	const enum number_result result = number_decimal(word + 1, SIGNAME_MAX, &number);
	if (result == NUMBER_RANGE)
		return scan_fail(scan, WHY_SIGNAL_OR_GROUP, word, NULL);
	if (is_digit(word[1]))
		return scan_number(scan, result, word, "signal", WHY_NUMBER_SYNTAX) < 0 ? -1
		       : scan_set_signal(scan, (int)number, word);
	const int signal = signame_from_name(word + 1);
	return signal < 0 ? scan_letters(scan, word) : scan_set_signal(scan, signal, word);
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

/* What a wait asks of the rest of the line. */
static int check_wait(const struct scan *scan)
{
	const struct request *request = scan->request;
	const struct waiting *wait = &request->wait;
	const enum scope scope = request->message.scope;

	if (!wait->set)
		return 0;
	const char *given = scan_given(scan, OPTION_WAIT);
	for (enum option option = 0; option < OPTION_COUNT && !given; option++)
		given = BIT(option) & WAITING ? scan_given(scan, option) : NULL;
	if (scope == SCOPE_THREAD || scope == SCOPE_GROUP)
		return scan_fail(scan, WHY_NO_WAIT, scan_given(scan, OPTION_SCOPE), given);
	if (scan_given(scan, OPTION_FLAGS))
		return scan_fail(scan, WHY_NO_WAIT, scan_given(scan, OPTION_FLAGS), given);
	if (request->step_count && wait->limited &&
	    wait->limit_ms <= request->steps[request->step_count - 1].after_ms)
		return scan_fail(scan, WHY_SHORT_WAIT, scan_given(scan, OPTION_WAIT), NULL);
	if (wait->exit_status && !scan_given(scan, OPTION_SIGNAL))
		return scan_fail(scan, WHY_NO_SIGNAL_WRITTEN, scan_given(scan, OPTION_EXIT_STATUS), NULL);
	if (wait->exit_status && request->target_count > 1)
		return scan_fail(scan, WHY_ONE_TARGET, scan_given(scan, OPTION_EXIT_STATUS), NULL);
	return 0;
}

/* Both sides by the words that gave them, or by their letters where that is one word. */
static int conflict(const struct scan *scan, enum option one, enum option two)
{
	const bool bundled = scan_given(scan, one) == scan_given(scan, two);

	scan_fail(scan, bundled ? WHY_CONFLICT_WITHIN : WHY_CONFLICT, scan_given(scan, one), scan_given(scan, two));
	scan->problem->number = table[one].letter | table[two].letter << 8;
	return -1;
}

static int check_conflicts(const struct scan *scan)
{
	const uint64_t given = scan->given_set;

	for (int one = 0; given >> one; one++) {
		const uint64_t excluded = given & BIT(one) ? given & table[one].excludes : 0;
		for (int two = 0; excluded >> two; two++)
			if (excluded & BIT(two))
				return conflict(scan, (enum option)one, (enum option)two);
	}
	if (scan_given(scan, OPTION_ALL) && !scan_given(scan, OPTION_NAME))
		return scan_fail(scan, WHY_ALL_NEEDS_NAME, scan_given(scan, OPTION_ALL), NULL);
	const struct message *message = &scan->request->message;
	if (scan_given(scan, OPTION_REQUIRE_HANDLER) && !message->signal)
		return conflict(scan, OPTION_REQUIRE_HANDLER, OPTION_SIGNAL);
	if (scan_given(scan, OPTION_REQUIRE_HANDLER) && message->scope == SCOPE_GROUP)
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
	struct waiting *wait = &scan->request->wait;
	wait->for_exit |= wait->exit_status;
	wait->set = wait->for_exit || scan->request->step_count;
	if (check_conflicts(scan) < 0 || check_wait(scan) < 0)
		return -1;
	return options_names_targets(scan->request->mode) ? scan_targets(scan) : 0;
}

int options_parse(int argc, char *const argv[], struct request *request, struct problem *problem)
{
	struct scan scan;

	memset(&scan, 0, offsetof(struct scan, words));
	scan.argc = argc;
	scan.at = 1;
	scan.argv = argv;
	scan.request = request;
	scan.problem = problem;

	memset(request, 0, offsetof(struct request, few)); /* not all the room for targets, which takes time */
	request->called = argc > 0 ? argv[0] : "";
	request->mode = MODE_SEND;
	request->message.signal = SIGTERM;
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
