/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "list.h"

#include <stdint.h>
#include <string.h>

#include "number.h"
#include "options.h"
#include "report.h"
#include "signame.h"
#include "text.h"

static int complain(const struct request *request, struct output *err, const char *word, enum why why)
{
	const struct problem problem = {
		.why = why, .word = word, .number = signame_nearest(word),
	};
	report_problem(request->called, &problem, err);
	return 1;
}

static void print(const char *line, struct output *out)
{
	struct text text = { 0 };

	text_add(&text, line);
	text_emit(&text, out);
}

static void print_mask(uint64_t mask, struct output *out)
{
	for (int signal = 1; signal <= SIGNAME_MAX && signal <= 64; signal++)
		if (mask >> (signal - 1) & 1)
			print(signame_of(signal).text, out);
}

/* A name gives its number; a number or an exit status its name; 0x and a mask the names in it. */
static int list_word(const struct request *request, const char *word, struct output *out, struct output *err)
{
	struct text text = { 0 };
	uint64_t number = 0;
	int signal;

	if (strncmp(word, "0x", 2) == 0 || strncmp(word, "0X", 2) == 0) {
		if (number_unsigned(word, UINT64_MAX, &number) != NUMBER_OK)
			return complain(request, err, word, WHY_UNKNOWN_MASK);
		print_mask(number, out);
		return 0;
	}
	if (number_decimal(word, UINT64_MAX, &number) == NUMBER_OK) {
		signal = signame_from_status(number);
		if (signal < 0)
			return complain(request, err, word, WHY_SIGNAL_RANGE);
		print(signame_of(signal).text, out);
		return 0;
	}
	signal = signame_from_name(word);
	if (signal < 0)
		return complain(request, err, word, WHY_UNKNOWN_SIGNAL);
	text_format(&text, "%d", signal);
	text_emit(&text, out);
	return 0;
}

int list_names(const struct request *request, struct output *out, struct output *err)
{
	int status = 0;

	for (size_t i = 0; i < request->target_count; i++)
		status |= list_word(request, request->targets[i].written, out, err);
	if (request->target_count)
		return status;
	for (int signal = 1; signal <= SIGNAME_MAX; signal++)
		if (signame_has_name(signal))
			print(signame_of(signal).text, out);
	return 0;
}

static void print_row(int signal, struct output *out)
{
	struct text text = { 0 };

	text_format(&text, "%2d %-9s ", signal, signame_of(signal).text);
	text_add(&text, signame_meaning(signal).text);
	text_emit(&text, out);
}

int list_table(const struct request *request, struct output *out, struct output *err)
{
	int status = 0;

	for (size_t i = 0; i < request->target_count; i++) {
		const char *word = request->targets[i].written;
		const int signal = signame_number(word);
		if (signal < 0)
			status = complain(request, err, word, WHY_UNKNOWN_SIGNAL);
		else
			print_row(signal, out);
	}
	if (request->target_count)
		return status;
	for (int signal = 1; signal <= SIGNAME_MAX; signal++)
		if (signame_has_name(signal))
			print_row(signal, out);
	return 0;
}

/* "  -s, --signal=SIGNAL  what it does" */
static void print_option(const struct option_row *row, struct output *out)
{
	enum { COLUMN = 26 };
	struct text text = { 0 };

	text_format(&text, row->letter ? "  -%c, " : "      ", row->letter);
	text_format(&text, "--%s", row->name);
	if (row->argument == ARGUMENT_REQUIRED)
		text_format(&text, "%c%s", strchr(row->value, ' ') ? ' ' : '=', row->value);
	if (row->argument == ARGUMENT_OPTIONAL)
		text_format(&text, "[=%s]", row->value);
	text_add(&text, text.length + 2 > COLUMN ? "  " : "");
	text_pad(&text, COLUMN);
	text_add(&text, row->help);
	text_emit(&text, out);
}

int list_help(const struct request *request, struct output *out)
{
	struct text text = { 0 };
	size_t count;
	const struct option_row *rows = options_table(&count);

	text_format(&text, "Usage: %s [-s SIGNAL | -SIGNAL] [OPTION]... TARGET...", report_program(request->called));
	text_emit(&text, out);
	print("Holds every target first, then signals what it holds: never a stranger.\n"
	      "\n"
	      "Targets:\n"
	      "  PID                     the process with this number\n"
	      "  /proc/PID               the process of this directory: any path with a slash\n"
	      "  PID:INODE:BOOTID        the process that --identify printed this for\n"
	      "  -PGID, 0, -1            a group, the own group, all: behind a signal or --\n"
	      "Options:", out);
	for (size_t i = 0; i < count; i++)
		if (*rows[i].help)
			print_option(&rows[i], out);
	print("\nExit status: 0 all targets signalled, 1 none, 64 some, 2 a wrong command line,\n"
	      "124 something still ran at the end of the wait.\n"
	      "Example: server & exec 7</proc/$!; ...; pidkill --fd=7   (more: man pidkill)", out);
	return 0;
}

int list_version(struct output *out)
{
	print(PACKAGE_NAME " " PACKAGE_VERSION "\n"
	      "features: proc fd queue scope group state wait identity pidfile name", out);
	return 0;
}
