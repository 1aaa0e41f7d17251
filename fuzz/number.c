/* SPDX-License-Identifier: MIT */
/* Strict numbers against strtoull(3) and strtoll(3): what is taken is exactly what they would print. */
#include "config.h"

#include "fuzz.h"

#include <limits.h>

#include "../src/number.h"

/* The kinds of mistakes, told by what the text is made of. */
static enum number_result mistake(const char *digits)
{
	if (!*digits)
		return NUMBER_EMPTY;
	if (digits[strspn(digits, "0123456789")])
		return NUMBER_SYNTAX;
	return digits[0] == '0' && digits[1] ? NUMBER_LEADING_ZERO : NUMBER_RANGE;
}

/* TEXT is hexadecimal behind 0x, up to MAX. */
static bool oracle_hexadecimal(const char *text, uint64_t max, uint64_t *value)
{
	if (strncmp(text, "0x", 2) != 0 && strncmp(text, "0X", 2) != 0)
		return false;
	const char *digits = text + 2;
	const char *significant = digits + strspn(digits, "0");
	*value = strtoull(digits, NULL, 16);
	return *digits && !digits[strspn(digits, "0123456789abcdefABCDEF")] && strlen(significant) <= 16 &&
	       *value <= max;
}

/* TEXT is decimal and negative, down to MIN. */
static bool oracle_negative(const char *text, int64_t min, int64_t *value)
{
	char again[24];

	*value = strtoll(text, NULL, 10);
	snprintf(again, sizeof again, "%" PRId64, *value);
	return *value < 0 && *value >= min && strcmp(again, text) == 0;
}

static void unsigned_ones(const char *text)
{
	static const uint64_t limits[] = { 0, 63, 64, 99, INT32_MAX, UINT32_MAX, INT64_MAX, UINT64_MAX - 1, UINT64_MAX };
	uint64_t got = 0, value = 0;

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		enum number_result result = number_decimal(text, limits[i], &got);
		const bool good = oracle_decimal(text, limits[i], &value);
		CHECK(good ? result == NUMBER_OK && got == value : result == mistake(text));
		result = number_unsigned(text, limits[i], &got);
		const bool good_too = good || oracle_hexadecimal(text, limits[i], &value);
		CHECK(good_too ? result == NUMBER_OK && got == value : result != NUMBER_OK);
	}
}

static void pids(const char *text)
{
	uint64_t value = 0;
	pid_t pid = -1;
	int fd = -1;
	const bool good = oracle_decimal(text, INT32_MAX, &value);

	enum number_result result = number_fd(text, &fd);
	CHECK(good ? result == NUMBER_OK && (uint64_t)fd == value : result == mistake(text));
	result = number_pid(text, &pid);
	CHECK(good && value ? result == NUMBER_OK && (uint64_t)pid == value : result == mistake(text));
}

static void signed_ones(const char *text)
{
	union sigval got;
	int64_t negative = 0;
	uint64_t value = 0;
	int small = 0;

	enum number_result result = number_int(text, &small);
	if (oracle_negative(text, INT_MIN, &negative))
		CHECK(result == NUMBER_OK && small == negative);
	else if (oracle_decimal(text, INT_MAX, &value) || oracle_hexadecimal(text, INT_MAX, &value))
		CHECK(result == NUMBER_OK && (uint64_t)small == value);
	else
		CHECK(result != NUMBER_OK);

	result = number_sigval(text, &got);
	if (oracle_negative(text, INT64_MIN, &negative))
		CHECK(result == NUMBER_OK && (negative >= INT_MIN ? got.sival_int == negative
		                              : (intptr_t)got.sival_ptr == negative));
	else if (oracle_decimal(text, UINT64_MAX, &value) || oracle_hexadecimal(text, UINT64_MAX, &value))
		CHECK(result == NUMBER_OK && (value <= INT_MAX ? (uint64_t)got.sival_int == value
		                              : (uintptr_t)got.sival_ptr == value));
	else
		CHECK(result != NUMBER_OK);
}

/* What the kernel writes: the first number, by strtoull(3), as far as that can hold it. */
static void scanned(const char *text)
{
	const char *first = text + strcspn(text, "0123456789");
	const char *at = text;
	const uint64_t number = number_scan(&at, 10);

	CHECK(at == first + strspn(first, "0123456789"));
	if (at - first < 20)
		CHECK(number == strtoull(first, NULL, 10));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	unsigned_ones(text);
	pids(text);
	signed_ones(text);
	scanned(text);
	free(text);
	return 0;
}
