/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "../src/signame.h"

#include <string.h>

#include "../src/common.h"
#include "tap.h"

static void names(void)
{
	const struct { const char *text; int number; } rows[] = {
		{ "TERM", SIGTERM }, { "SIGTERM", SIGTERM }, { "term", SIGTERM }, { "sigterm", SIGTERM },
		{ "SigKill", SIGKILL }, { "int", SIGINT }, { "IOT", SIGABRT }, { "CLD", SIGCHLD },
		{ "IO", SIGIO }, { "POLL", SIGIO }, { "STKFLT", 16 }, { "SYS", SIGSYS },
		{ "EXIT", 0 }, { "0", 0 }, { "9", 9 }, { "64", 64 }, { "32", 32 },
		{ "RTMIN", SIGRTMIN }, { "RTMAX", SIGRTMAX }, { "RTMIN+1", SIGRTMIN + 1 },
		{ "RTMAX-1", SIGRTMAX - 1 }, { "RT0", SIGRTMIN }, { "RT3", SIGRTMIN + 3 },
		{ "sigrtmin+3", SIGRTMIN + 3 }, { "RTMIN+0", SIGRTMIN }, { "RTMAX-0", SIGRTMAX },
		{ "RTMIN+99", -1 }, { "RTMIN+1x", -1 }, { "RTMIN+", -1 }, { "RTMIN-1", -1 },
		{ "RTMAX+1", -1 }, { "RTMAX-99", -1 }, { "RT", -1 }, { "RT99", -1 }, { "RT-1", -1 },
		{ "RTMIN+01", -1 }, { "RTMIN+4294967296", -1 }, { "RTMIN1", -1 }, { "RTMINx", -1 },
		{ "65", -1 }, { "265", -1 }, { "4294967305", -1 }, { "-1", -1 }, { "+9", -1 },
		{ "09", -1 }, { "0x9", -1 }, { "", -1 }, { "SIG", -1 }, { "SIG9", -1 },
		{ "SIGSIGTERM", -1 }, { "TERM ", -1 }, { " TERM", -1 }, { "TER", -1 }, { "BOGUS", -1 },
		{ "s\xc4\xb1gterm", -1 }, { "NULL", -1 }, { "TER{", -1 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		tap_ok(signame_number(rows[i].text) == rows[i].number, "'%s' is signal %d",
		       rows[i].text, rows[i].number);
}

static void round_trip(void)
{
	for (int signal = 0; signal <= SIGNAME_MAX; signal++) {
		const struct signame name = signame_of(signal);
		tap_ok(signame_number(name.text) == signal, "%d is %s and back", signal, name.text);
	}
}

static void statuses(void)
{
	static const struct { uint64_t status; int signal; } rows[] = {
		{ 0, 0 }, { 9, 9 }, { 64, 64 }, { 65, -1 }, { 128, -1 }, { 129, 1 }, { 137, 9 },
		{ 192, 64 }, { 193, -1 }, { 256, -1 }, { 257, 1 }, { 265, 9 }, { 320, 64 }, { 321, -1 },
		{ UINT64_MAX, -1 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		tap_ok(signame_from_status(rows[i].status) == rows[i].signal, "status %llu is %d",
		       (unsigned long long)rows[i].status, rows[i].signal);
}

static void none(void)
{
	tap_ok(!signame_has_name(65) && !signame_has_name(32), "neither 65 nor 32 has a name");
	tap_ok(strcmp(signame_of(65).text, "65") == 0, "65 is written as a number");
	tap_ok(strcmp(signame_meaning(65).text, "Kept by libc for itself") == 0, "65 means nothing to anyone");
}

static void suggestions(void)
{
	tap_ok(signame_nearest("TREM") == SIGTERM, "TREM is like TERM");
	tap_ok(signame_nearest("sigkil") == SIGKILL, "sigkil is like KILL");
	tap_ok(signame_nearest("KLL") == SIGKILL, "KLL is like KILL, not ILL");
	tap_ok(signame_nearest("nginx") == -1, "nginx is like none");
	tap_ok(signame_nearest("") == -1, "nothing is like none");
	char longest[4096];
	memset(longest, 'A', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	tap_ok(signame_nearest(longest) == -1, "a very long word is like none");
}

int main(void)
{
	names();
	round_trip();
	statuses();
	none();
	suggestions();
	return tap_end();
}
