/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "../src/number.h"

#include <inttypes.h>
#include <limits.h>

#include "../src/common.h"
#include "tap.h"

static const char *const results[] = {
	[NUMBER_OK] = "ok", [NUMBER_EMPTY] = "empty", [NUMBER_SYNTAX] = "syntax",
	[NUMBER_LEADING_ZERO] = "leading zero", [NUMBER_RANGE] = "range",
};

static void pids(void)
{
	static const struct { const char *text; enum number_result result; pid_t pid; } rows[] = {
		{ "1", NUMBER_OK, 1 }, { "2147483647", NUMBER_OK, INT32_MAX },
		{ "0", NUMBER_RANGE, 0 }, { "2147483648", NUMBER_RANGE, 0 },
		{ "4294967297", NUMBER_RANGE, 0 }, { "18446744073709551617", NUMBER_RANGE, 0 },
		{ "99999999999999999999999999", NUMBER_RANGE, 0 }, { "", NUMBER_EMPTY, 0 },
		{ "01", NUMBER_LEADING_ZERO, 0 }, { "00", NUMBER_LEADING_ZERO, 0 },
		{ "0x10", NUMBER_SYNTAX, 0 }, { "1e3", NUMBER_SYNTAX, 0 }, { "+1", NUMBER_SYNTAX, 0 },
		{ "-1", NUMBER_SYNTAX, 0 }, { " 1", NUMBER_SYNTAX, 0 }, { "1 ", NUMBER_SYNTAX, 0 },
		{ "1\n", NUMBER_SYNTAX, 0 }, { "1-2", NUMBER_SYNTAX, 0 }, { "1.0", NUMBER_SYNTAX, 0 },
		{ "99999999999999999999999999x", NUMBER_SYNTAX, 0 }, { "01x", NUMBER_SYNTAX, 0 },
		{ "\xd9\xa1", NUMBER_SYNTAX, 0 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		pid_t pid = 0;
		const enum number_result result = number_pid(rows[i].text, &pid);
		tap_ok(result == rows[i].result && (result != NUMBER_OK || pid == rows[i].pid),
		       "the PID '%s' is %s", rows[i].text[0] == '1' && rows[i].text[1] == '\n' ?
		       "1 newline" : rows[i].text, results[rows[i].result]);
	}
}

static void sigvals(void)
{
	static const struct { const char *text; enum number_result result; uint64_t bits; } rows[] = {
		{ "0", NUMBER_OK, 0 }, { "42", NUMBER_OK, 42 }, { "0x2a", NUMBER_OK, 42 },
		{ "0X2A", NUMBER_OK, 42 }, { "2147483647", NUMBER_OK, INT_MAX },
		{ "0x00", NUMBER_OK, 0 }, { "", NUMBER_EMPTY, 0 }, { "-", NUMBER_SYNTAX, 0 },
		{ "-0", NUMBER_SYNTAX, 0 }, { "--1", NUMBER_SYNTAX, 0 }, { "+1", NUMBER_SYNTAX, 0 },
		{ "0x", NUMBER_SYNTAX, 0 }, { "-0x1", NUMBER_SYNTAX, 0 }, { "010", NUMBER_LEADING_ZERO, 0 },
		{ "-010", NUMBER_LEADING_ZERO, 0 }, { "0xg", NUMBER_SYNTAX, 0 },
		{ "18446744073709551616", NUMBER_RANGE, 0 }, { "0x10000000000000000", NUMBER_RANGE, 0 },
		{ "-9223372036854775809", NUMBER_RANGE, 0 }, { "1 2", NUMBER_SYNTAX, 0 },
#if UINTPTR_MAX > UINT32_MAX
		{ "2147483648", NUMBER_OK, 0x80000000 }, { "0xdeadbeefcafe", NUMBER_OK, 0xdeadbeefcafe },
		{ "18446744073709551615", NUMBER_OK, UINT64_MAX },
		{ "-9223372036854775808", NUMBER_OK, (uint64_t)1 << 63 },
		{ "-2147483649", NUMBER_OK, (uint64_t)-2147483649LL },
#else
		{ "4294967295", NUMBER_OK, UINT32_MAX }, { "4294967296", NUMBER_RANGE, 0 },
		{ "-2147483649", NUMBER_RANGE, 0 },
#endif
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		union sigval value;
		const enum number_result result = number_sigval(rows[i].text, &value);
		const bool as_int = rows[i].bits <= INT_MAX;
		tap_ok(result == rows[i].result &&
		       (result != NUMBER_OK || (as_int ? (uint64_t)value.sival_int == rows[i].bits
		                                : (uintptr_t)value.sival_ptr == rows[i].bits)),
		       "the value '%s' is %s", rows[i].text, results[rows[i].result]);
	}
	union sigval value;
	tap_ok(number_sigval("-1", &value) == NUMBER_OK && value.sival_int == -1,
	       "a small negative value goes into sival_int");
	tap_ok(number_sigval("-2147483648", &value) == NUMBER_OK && value.sival_int == INT_MIN,
	       "the smallest int goes into sival_int");
}

static void durations(void)
{
	static const struct { const char *text; enum number_result result; int64_t ms; } rows[] = {
		{ "0", NUMBER_OK, 0 }, { "5", NUMBER_OK, 5000 }, { "5s", NUMBER_OK, 5000 },
		{ "5ms", NUMBER_OK, 5 }, { "2m", NUMBER_OK, 120000 }, { "1h", NUMBER_OK, 3600000 },
		{ "1d", NUMBER_OK, 86400000 }, { "0.5", NUMBER_OK, 500 }, { "1.25m", NUMBER_OK, 75000 },
		{ "0.0001", NUMBER_OK, 1 }, { "0.0000000000001d", NUMBER_OK, 1 }, { "0.000", NUMBER_OK, 0 },
		{ "1.0000000001", NUMBER_OK, 1001 }, { "0.999999999999ms", NUMBER_OK, 1 },
		{ "9990.00030037099990991999d", NUMBER_OK, 863136025953 },
		{ "9223372036854775807ms", NUMBER_OK, INT64_MAX },
		{ "9223372036854775808ms", NUMBER_RANGE, 0 }, { "9223372036854775807.1ms", NUMBER_RANGE, 0 },
		{ "9223372036854775807", NUMBER_RANGE, 0 }, { "99999999999d", NUMBER_OK, 99999999999 * 86400000 },
		{ "999999999999d", NUMBER_RANGE, 0 }, { "", NUMBER_EMPTY, 0 }, { "s", NUMBER_SYNTAX, 0 },
		{ ".5", NUMBER_SYNTAX, 0 }, { "5.", NUMBER_SYNTAX, 0 }, { "5.s", NUMBER_SYNTAX, 0 },
		{ "05", NUMBER_LEADING_ZERO, 0 }, { "00", NUMBER_LEADING_ZERO, 0 }, { "-1", NUMBER_SYNTAX, 0 },
		{ "1e3", NUMBER_SYNTAX, 0 }, { "nan", NUMBER_SYNTAX, 0 }, { "inf", NUMBER_SYNTAX, 0 },
		{ "5sec", NUMBER_SYNTAX, 0 }, { "5 s", NUMBER_SYNTAX, 0 }, { "1.5.5", NUMBER_SYNTAX, 0 },
		{ "5M", NUMBER_SYNTAX, 0 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t ms = 0;
		const enum number_result result = number_duration(rows[i].text, 1000, &ms);
		tap_ok(result == rows[i].result && (result != NUMBER_OK || ms == rows[i].ms),
		       "the duration '%s' is %s", rows[i].text, results[rows[i].result]);
	}
}

static void identities(void)
{
	static const struct { const char *text; enum number_result result; } rows[] = {
		{ "1:5", NUMBER_OK }, { "1:18446744073709551615", NUMBER_OK }, { "1", NUMBER_SYNTAX },
		{ "", NUMBER_SYNTAX }, { ":", NUMBER_SYNTAX }, { "1:", NUMBER_SYNTAX }, { "1:0", NUMBER_RANGE },
		{ "1:18446744073709551616", NUMBER_RANGE }, { "1:123456789012345678901234567890", NUMBER_SYNTAX },
		{ "123456789012345678901234567890:5", NUMBER_SYNTAX }, { "0:5", NUMBER_RANGE }, { "01:5", NUMBER_LEADING_ZERO },
		{ "1:5:08877dd4-d99f-4959-9aee-2b9449cea92e", NUMBER_OK }, { "1:5:08877dd4-d99f-4959-9aee-2b9449cea92", NUMBER_SYNTAX },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct identity identity = { 0 };
		pid_t pid = 0;
		tap_ok(number_identity(rows[i].text, &pid, &identity) == rows[i].result, "the identity '%s' is %s",
		       rows[i].text, results[rows[i].result]);
	}
}

static void others(void)
{
	int value = 0;
	uint64_t wide = 0;

	tap_ok(number_fd("0", &value) == NUMBER_OK && value == 0, "descriptor 0 is one");
	tap_ok(number_fd("2147483647", &value) == NUMBER_OK && value == INT_MAX,
	       "the highest descriptor is one");
	tap_ok(number_fd("2147483648", &value) == NUMBER_RANGE, "2^31 is no descriptor");
	tap_ok(number_fd("-10000", &value) == NUMBER_SYNTAX, "the kernel's sentinel is no descriptor");
	tap_ok(number_int("-77", &value) == NUMBER_OK && value == -77, "an int may be negative");
	tap_ok(number_int("-2147483648", &value) == NUMBER_OK && value == INT_MIN, "INT_MIN is an int");
	tap_ok(number_int("2147483648", &value) == NUMBER_RANGE, "2^31 is no int");
	tap_ok(number_int("-2147483649", &value) == NUMBER_RANGE, "-2^31-1 is no int");
	tap_ok(number_unsigned("0xffffffffffffffff", UINT64_MAX, &wide) == NUMBER_OK &&
	       wide == UINT64_MAX, "2^64-1 in hexadecimal");
	tap_ok(number_unsigned("0x1g", UINT64_MAX, &wide) == NUMBER_SYNTAX, "g is no hex digit");
	tap_ok(number_decimal("64", 63, &wide) == NUMBER_RANGE, "one past the end is out of range");
}

int main(void)
{
	pids();
	sigvals();
	durations();
	identities();
	others();
	return tap_end();
}
