/* SPDX-License-Identifier: MIT */
/* Words that name targets. */
#include "config.h"

#include "scan.h"

#include <string.h>

/* -1 or -PGID. */
static int understand_negative(const struct scan *scan, struct target *target)
{
	const char *word = target->written;
	const enum number_result result = number_pid(word + 1, &target->id.pid);

	if (strcmp(word, "-0") == 0)
		return scan_fail(scan, WHY_MINUS_ZERO, word, NULL);
	target->kind = result == NUMBER_OK && target->id.pid == 1 ? TARGET_ALL : TARGET_GROUP;
	return scan_number(scan, result, word, "process group", WHY_NUMBER_SYNTAX);
}

/* What does not go with this kind of target. */
static uint64_t excluded_by(const struct scan *scan, enum target_kind kind)
{
	const uint64_t nothing_held = WAITING | BIT(OPTION_FLAGS) | BIT(OPTION_REQUIRE_HANDLER) |
	                              ASKING_TARGETS | CONDITIONS;

	switch (kind) {
	case TARGET_OWN_GROUP:
	case TARGET_ALL:
		return nothing_held | BIT(OPTION_SCOPE) | BIT(OPTION_CODE) | BIT(OPTION_QUEUE);
	case TARGET_GROUP:
		return nothing_held |
		       (scan->request->message.scope == SCOPE_GROUP ? 0 : BIT(OPTION_SCOPE));
	case TARGET_WORD:
	case TARGET_PID:
	case TARGET_PATH:
	case TARGET_FD:
	case TARGET_IDENTITY:
	case TARGET_PIDFILE:
	case TARGET_NAME:
		break;
	}
	return 0;
}

static int understand_target(const struct scan *scan, struct target *target)
{
	const char *word = target->written;

	if (number_pid(word, &target->id.pid) == NUMBER_OK) {
		target->kind = TARGET_PID;
		return 0;
	}
	if (!*word)
		return scan_fail(scan, WHY_EMPTY_OPERAND, word, NULL);
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
		return scan_fail(scan, WHY_OPTION_BEHIND, word, NULL);
	if (!is_digit(*word))
		return scan_fail(scan, *word == '%' ? WHY_JOB : WHY_UNKNOWN_OPERAND, word, NULL);
	if (!strchr(word, ':'))
		return scan_number(scan, number_pid(word, &target->id.pid), word, "PID", WHY_NUMBER_SYNTAX);
	target->kind = TARGET_IDENTITY;
	return scan_number(scan, number_identity(word, &target->id.pid, &target->identity), word, "PID or identity",
	                   WHY_IDENTITY_SYNTAX);
}

static int check_target(const struct scan *scan, const struct target *target)
{
	const bool alone = target->kind == TARGET_OWN_GROUP || target->kind == TARGET_ALL;

	if (alone && scan->request->target_count > 1)
		return scan_fail(scan, WHY_NOT_ALONE, target->written, NULL);
	const uint64_t excluded = excluded_by(scan, target->kind) & scan->given_set;
	for (int option = 0; excluded >> option; option++)
		if (excluded & BIT(option))
			return scan_fail(scan, BIT(option) & WAITING ? WHY_NO_WAIT :
			                 option == OPTION_SCOPE && !alone ? WHY_GROUP_SCOPE : WHY_CONFLICT,
			                 target->written, scan_given(scan, (enum option)option));
	return 0;
}

int scan_targets(const struct scan *scan)
{
	const struct request *request = scan->request;

	if (!request->target_count) {
		const char *signal = scan_given(scan, OPTION_SIGNAL);
		const bool numeric = signal && is_digit(signal[1]);
		return scan_fail(scan, numeric ? WHY_ONLY_A_SIGNAL : WHY_NO_TARGET, NULL, signal);
	}
	for (size_t i = 0; i < request->target_count; i++) {
		struct target *target = &request->targets[i];
		if (target->kind == TARGET_WORD && understand_target(scan, target) < 0)
			return -1;
		if (target->kind >= TARGET_GROUP && check_target(scan, target) < 0)
			return -1;
	}
	return 0;
}

