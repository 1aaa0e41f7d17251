/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "number.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "common.h"

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A' + 10);
	return UINT_MAX;
}

/* A malformed tail outranks a number that is too large: "99999999999999999999x" is no number. */
static enum number_result digits(const char *text, unsigned base, uint64_t max, uint64_t *value)
{
	uint64_t sum = 0;
	bool fits = true;

	if (!*text)
		return NUMBER_SYNTAX;
	for (; *text; text++) {
		const unsigned digit = digit_value(*text);
		if (digit >= base)
			return NUMBER_SYNTAX;
		fits &= !__builtin_mul_overflow(sum, base, &sum) && !__builtin_add_overflow(sum, digit, &sum);
	}
	if (!fits || sum > max)
		return NUMBER_RANGE;
	*value = sum;
	return NUMBER_OK;
}

uint64_t number_scan(const char **text, unsigned base)
{
	const char *at = *text;
	uint64_t sum = 0;

	while (*at && digit_value(*at) >= base)
		at++;
	for (; digit_value(*at) < base; at++)
		sum = sum * base + digit_value(*at);
	*text = at;
	return sum;
}

static bool is_hexadecimal(const char *text)
{
	return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

enum number_result number_decimal(const char *text, uint64_t max, uint64_t *value)
{
	if (!*text)
		return NUMBER_EMPTY;
	if (text[0] == '0' && text[1]) {
		uint64_t ignored;
		const enum number_result tail = digits(text, 10, UINT64_MAX, &ignored);
		return tail == NUMBER_SYNTAX ? NUMBER_SYNTAX : NUMBER_LEADING_ZERO;
	}
	return digits(text, 10, max, value);
}

enum number_result number_unsigned(const char *text, uint64_t max, uint64_t *value)
{
	if (is_hexadecimal(text))
		return digits(text + 2, 16, max, value);
	return number_decimal(text, max, value);
}

/* With an optional minus before a decimal number: -MIN to MAX, as two's complement. */
static enum number_result number_signed(const char *text, uint64_t min, uint64_t max,
                                        uint64_t *value)
{
	if (text[0] != '-')
		return number_unsigned(text, max, value);

	uint64_t magnitude = 0;
	const enum number_result result = number_decimal(text + 1, min, &magnitude);
	if (result == NUMBER_EMPTY || (result == NUMBER_OK && !magnitude))
		return NUMBER_SYNTAX;
	*value = -magnitude;
	return result;
}

COLD static enum number_result unusual_pid(const char *text, pid_t *pid)
{
	uint64_t value = 0;
	const enum number_result result = number_decimal(text, INT32_MAX, &value);

	if (result == NUMBER_OK && !value)
		return NUMBER_RANGE;
	*pid = (pid_t)value;
	return result;
}

enum number_result number_pid(const char *text, pid_t *pid)
{
	enum { DIGITS = 9 }; /* so many always fit */
	unsigned digit, quick = 0;
	const char *at = text;

	/* what nearly every word is, without a look at how it might be wrong */
	for (; (digit = (unsigned)(*at - '0')) <= 9; at++)
		quick = quick * 10 + digit;
	if (!*at && *text != '0' && at != text && at - text <= DIGITS) {
		*pid = (pid_t)quick;
		return NUMBER_OK;
	}
	return unusual_pid(text, pid);
}

static bool is_boot_id(const char *text)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	for (size_t i = 0; i < sizeof shape; i++) { /* the end of both, too */
		const bool matches = shape[i] == 'x' ? text[i] && strchr("0123456789abcdef", text[i])
		                                     : text[i] == shape[i];
		if (!matches)
			return false;
	}
	return true;
}

enum number_result number_identity(const char *text, pid_t *pid, struct identity *identity)
{
	enum { LONGEST = sizeof "18446744073709551615" };
	const char *colon = strchr(text, ':');
	char number[LONGEST], inode[LONGEST];

	if (!colon)
		return NUMBER_SYNTAX;
	const char *second = strchr(colon + 1, ':');
	const size_t number_length = (size_t)(colon - text);
	const size_t inode_length = second ? (size_t)(second - colon - 1) : strlen(colon + 1);
	if (number_length >= LONGEST || inode_length >= LONGEST || (second && !is_boot_id(second + 1)))
		return NUMBER_SYNTAX;
	memcpy(number, text, number_length);
	number[number_length] = '\0';
	memcpy(inode, colon + 1, inode_length);
	inode[inode_length] = '\0';
	identity->boot = second ? second + 1 : NULL;
	const enum number_result result = number_pid(number, pid);
	const enum number_result other = number_decimal(inode, UINT64_MAX, &identity->inode);
	const enum number_result worse = result != NUMBER_OK ? result : other;
	if (worse == NUMBER_OK)
		return identity->inode ? NUMBER_OK : NUMBER_RANGE;
	return worse == NUMBER_EMPTY ? NUMBER_SYNTAX : worse;
}

enum number_result number_fd(const char *text, int *fd)
{
	uint64_t value = 0;
	const enum number_result result = number_decimal(text, INT_MAX, &value);

	*fd = (int)value;
	return result;
}

enum number_result number_int(const char *text, int *value)
{
	uint64_t wide = 0;
	const enum number_result result = number_signed(text, (uint64_t)INT_MAX + 1, INT_MAX, &wide);

	*value = (int)(int64_t)wide;
	return result;
}

/* Milliseconds in the unit that TEXT is, BARE_MS if it is empty; 0: no unit. */
static int64_t unit_ms(const char *text, int64_t bare_ms)
{
	static const struct { char name[4]; int64_t ms; } units[] = {
		{ "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 }, { "d", 86400000 },
	};

	if (!*text)
		return bare_ms;
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (strcmp(text, units[i].name) == 0)
			return units[i].ms;
	return 0;
}

enum number_result number_duration(const char *text, int64_t bare_ms, int64_t *ms)
{
	static const char decimals[] = "0123456789";
	const size_t whole_length = strspn(text, decimals);
	const char *fraction = text[whole_length] == '.' ? text + whole_length + 1 : "";
	const size_t fraction_length = strspn(fraction, decimals);
	const char *rest = text + whole_length + (*fraction ? 1 + fraction_length : 0);
	const int64_t unit = unit_ms(rest, bare_ms);
	int64_t whole = 0, rounded = 0;

	if (!*text)
		return NUMBER_EMPTY;
	if (!whole_length || !unit || (text[whole_length] == '.' && !fraction_length))
		return NUMBER_SYNTAX;
	if (text[0] == '0' && whole_length > 1)
		return NUMBER_LEADING_ZERO;
	for (size_t i = 0; i < whole_length; i++)
		if (__builtin_mul_overflow(whole, 10, &whole) ||
		    __builtin_add_overflow(whole, text[i] - '0', &whole))
			return NUMBER_RANGE;
	for (size_t i = fraction_length; i-- > 0;) /* from the last digit on: each step rounds up, and so does the whole */
		rounded = ((fraction[i] - '0') * unit + rounded + 9) / 10;
	if (__builtin_mul_overflow(whole, unit, &whole) ||
	    __builtin_add_overflow(whole, rounded, &whole))
		return NUMBER_RANGE;
	*ms = whole;
	return NUMBER_OK;
}

enum number_result number_sigval(const char *text, union sigval *value)
{
	uint64_t wide = 0;
	const enum number_result result = number_signed(text, (uint64_t)INT64_MAX + 1, UINT64_MAX,
	                                                &wide);
	const bool negative = text[0] == '-';

	memset(value, 0, sizeof *value);
	if (result != NUMBER_OK)
		return result;
	if (negative ? (int64_t)wide >= INT_MIN : wide <= INT_MAX)
		value->sival_int = (int)(int64_t)wide;
	else if (negative ? (int64_t)wide < INTPTR_MIN : wide > UINTPTR_MAX)
		return NUMBER_RANGE;
	else
		value->sival_ptr = (void *)(uintptr_t)wide;
	return NUMBER_OK;
}
