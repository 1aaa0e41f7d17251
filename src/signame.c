/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "signame.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common.h"
#include "compat.h"
#include "number.h"

/* The real-time signals: 32 and 33 are libc's own (with musl 34 too, but one static file has to mean what the
 * programs of a glibc system mean). */
#ifdef STATIC_PROGRAM
enum { FIRST = 34, LAST = 64 };
#else
#define FIRST SIGRTMIN
#define LAST SIGRTMAX
#endif

/* Names that libc's sigabbrev_np() does not give for the number. */
static const struct { char name[8]; int signal; } aliases[] = {
	{ "EXIT", 0 },
	{ "IOT", SIGABRT },
	{ "CLD", SIGCHLD },
	{ "IO", SIGIO },
	{ "POLL", SIGPOLL },
};

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

const char *signame_behind(const char *text, const char *prefix)
{
	for (; *prefix; text++, prefix++)
		if (upper(*text) != *prefix)
			return NULL;
	return text;
}

static bool same(const char *text, const char *name)
{
	const char *rest = signame_behind(text, name);
	return rest && !*rest;
}

/* BASE plus (sign 1) or minus (sign -1) the number in TEXT, if that is a real-time signal. */
static int realtime(const char *text, int base, int sign)
{
	uint64_t offset = 0;

	if (number_decimal(text, (uint64_t)(LAST - FIRST), &offset) != NUMBER_OK)
		return -1;
	return base + sign * (int)offset;
}

static int realtime_number(const char *name)
{
	const char *rest;

	if ((rest = signame_behind(name, "RTMIN")))
		return !*rest ? FIRST : *rest == '+' ? realtime(rest + 1, FIRST, 1) : -1;
	if ((rest = signame_behind(name, "RTMAX")))
		return !*rest ? LAST : *rest == '-' ? realtime(rest + 1, LAST, -1) : -1;
	if ((rest = signame_behind(name, "RT")))
		return realtime(rest, FIRST, 1);
	return -1;
}

int signame_from_name(const char *name)
{
	const char *rest = signame_behind(name, "SIG");

	if (rest)
		name = rest;
	for (int signal = 1; signal < FIRST; signal++) {
		const char *known = sigabbrev_np(signal);
		if (known && same(name, known))
			return signal;
	}
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (same(name, aliases[i].name))
			return aliases[i].signal;
	return realtime_number(name);
}

int signame_number(const char *text)
{
	uint64_t number = 0;

	if (number_decimal(text, SIGNAME_MAX, &number) == NUMBER_OK)
		return (int)number;
	return signame_from_name(text);
}

bool signame_has_name(int signal)
{
	return signal == 0 || (signal >= FIRST && signal <= LAST) || sigabbrev_np(signal);
}

struct signame signame_of(int signal)
{
	struct signame name;
	const char *known = signal ? sigabbrev_np(signal) : "EXIT";

	if (known)
		snprintf(name.text, sizeof name.text, "%s", known);
	else if (signal == FIRST)
		snprintf(name.text, sizeof name.text, "RTMIN");
	else if (signal == LAST)
		snprintf(name.text, sizeof name.text, "RTMAX");
	else if (signal > FIRST && signal < LAST)
		snprintf(name.text, sizeof name.text, "RTMIN+%d", signal - FIRST);
	else
		snprintf(name.text, sizeof name.text, "%d", signal);
	return name;
}

struct signame_meaning signame_meaning(int signal)
{
	struct signame_meaning meaning;
	const char *known = signal ? sigdescr_np(signal) : "No signal, only the checks";

	if (known)
		snprintf(meaning.text, sizeof meaning.text, "%s", known);
	else if (signal >= FIRST && signal <= LAST)
		snprintf(meaning.text, sizeof meaning.text, "Real-time signal %d", signal - FIRST);
	else
		snprintf(meaning.text, sizeof meaning.text, "Kept by libc for itself");
	return meaning;
}

/* Damerau-Levenshtein distance without repeated edits between A (any case) and B, both short. */
static size_t distance(const char *a, const char *b)
{
	enum { MOST = 16 };
	const size_t m = strlen(a), n = strlen(b);
	size_t row[MOST + 1][MOST + 1];

	if (m > MOST || n > MOST)
		return MOST;
	for (size_t i = 0; i <= m; i++)
		row[i][0] = i;
	for (size_t j = 0; j <= n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= m; i++) {
		for (size_t j = 1; j <= n; j++) {
			const bool equal = upper(a[i - 1]) == b[j - 1];
			size_t best = row[i - 1][j - 1] + !equal;
			if (row[i - 1][j] + 1 < best)
				best = row[i - 1][j] + 1;
			if (row[i][j - 1] + 1 < best)
				best = row[i][j - 1] + 1;
			if (i > 1 && j > 1 && upper(a[i - 1]) == b[j - 2] &&
			    upper(a[i - 2]) == b[j - 1] && row[i - 2][j - 2] + 1 < best)
				best = row[i - 2][j - 2] + 1;
			row[i][j] = best;
		}
	}
	return row[m][n];
}

int signame_nearest(const char *wrong)
{
	const char *rest = signame_behind(wrong, "SIG");
	int nearest = -1;
	size_t best = SIZE_MAX;

	if (rest)
		wrong = rest;
	if (wrong[strcspn(wrong, "+-")]) /* a real-time signal out of range is like no other */
		return -1;
	for (int signal = 1; signal <= LAST; signal++) {
		if (!signame_has_name(signal))
			continue;
		const struct signame name = signame_of(signal);
		const size_t edits = distance(wrong, name.text);
		/* of equally near ones the one that begins alike: KILL for KLL, not ILL */
		const size_t far = 2 * edits + (upper(*wrong) != *name.text);
		if (edits <= 2 && edits + 1 < strlen(name.text) && far < best) {
			best = far;
			nearest = signal;
		}
	}
	return nearest;
}

int signame_from_status(uint64_t status)
{
	if (status <= SIGNAME_MAX)
		return (int)status;
	if (status > 128 && status <= 128 + SIGNAME_MAX)
		return (int)(status - 128);
	if (status > 256 && status <= 256 + SIGNAME_MAX)
		return (int)(status - 256);
	return -1;
}
