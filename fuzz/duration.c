/* SPDX-License-Identifier: MIT */
/* Durations against a regular expression and strtold(3), which holds 64 bits. */
#include "config.h"

#include "fuzz.h"

#include <regex.h>

#include "../src/number.h"

static regex_t grammar;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	return regcomp(&grammar, "^(0|[1-9][0-9]*)(\\.[0-9]+)?(ms|s|m|h|d)?$", REG_EXTENDED | REG_NOSUB);
}

static long double oracle_ms(const char *text, int64_t bare_ms)
{
	char *unit;
	const long double number = strtold(text, &unit);

	switch (*unit) {
	case 's':
		return number * 1000;
	case 'm':
		return unit[1] ? number : number * 60000;
	case 'h':
		return number * 3600000;
	case 'd':
		return number * 86400000;
	}
	return number * (long double)bare_ms;
}

static void compare(const char *text, int64_t bare_ms)
{
	const long double limit = 0x1p63L, slack = 1 + 0x1p-60L;
	int64_t ms = -1;
	const enum number_result result = number_duration(text, bare_ms, &ms);

	if (regexec(&grammar, text, 0, NULL, 0) != 0) {
		CHECK(result == NUMBER_EMPTY || result == NUMBER_SYNTAX || result == NUMBER_LEADING_ZERO);
		return;
	}
	const long double exact = oracle_ms(text, bare_ms);
	if (result == NUMBER_OK) /* rounded up */
		CHECK(ms >= 0 && (long double)ms * slack >= exact && (long double)ms - 1 < exact * slack);
	else
		CHECK(result == NUMBER_RANGE && (exact + 1) * slack >= limit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	compare(text, 1);
	compare(text, 1000);
	free(text);
	return 0;
}
