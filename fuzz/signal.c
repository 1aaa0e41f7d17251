/* SPDX-License-Identifier: MIT */
/* Signal names against the list of all spellings, and there and back again. */
#include "config.h"

#include "fuzz.h"

#include <stdarg.h>
#include <strings.h>

#include "../src/signame.h"
#include "compat.h"

static struct spelling { char text[16]; int signal; } spellings[256];
static size_t spelling_count;

__attribute__((format(printf, 2, 3)))
static void spell(int signal, const char *format, ...)
{
	va_list arguments;

	CHECK(spelling_count < sizeof spellings / sizeof *spellings);
	struct spelling *spelling = &spellings[spelling_count++];
	spelling->signal = signal;
	va_start(arguments, format);
	vsnprintf(spelling->text, sizeof spelling->text, format, arguments);
	va_end(arguments);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	spell(0, "EXIT");
	spell(SIGABRT, "IOT");
	spell(SIGCHLD, "CLD");
	spell(SIGIO, "IO");
	spell(SIGIO, "POLL");
	for (int signal = 1; signal < SIGRTMIN; signal++)
		if (sigabbrev_np(signal))
			spell(signal, "%s", sigabbrev_np(signal));
	spell(SIGRTMIN, "RTMIN");
	spell(SIGRTMAX, "RTMAX");
	for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++) {
		spell(signal, "RTMIN+%d", signal - SIGRTMIN);
		spell(signal, "RTMAX-%d", SIGRTMAX - signal);
		spell(signal, "RT%d", signal - SIGRTMIN);
	}
	return 0;
}

static int oracle_name(const char *text)
{
	const char *name = strncasecmp(text, "SIG", 3) == 0 ? text + 3 : text;

	for (size_t i = 0; i < spelling_count; i++)
		if (strcasecmp(name, spellings[i].text) == 0)
			return spellings[i].signal;
	return -1;
}

static void there_and_back(int signal)
{
	const struct signame name = signame_of(signal);

	CHECK(memchr(name.text, '\0', sizeof name.text));
	CHECK(signame_number(name.text) == signal);
	CHECK(signame_from_name(name.text) == (signame_has_name(signal) ? signal : -1));
	CHECK(*signame_meaning(signal).text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	uint64_t number = 0;
	const int named = oracle_name(text);
	const int expected = oracle_decimal(text, SIGNAME_MAX, &number) ? (int)number : named;

	CHECK(signame_from_name(text) == named);
	CHECK(signame_number(text) == expected);
	if (expected >= 0)
		there_and_back(expected);
	const int nearest = signame_nearest(text);
	CHECK(nearest == -1 || (nearest > 0 && nearest <= SIGNAME_MAX && signame_has_name(nearest)));
	free(text);
	return 0;
}
