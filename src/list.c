/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "list.h"

#include <stdint.h>
#include <string.h>

#include "number.h"
#include "options.h"
#include "report.h"
#include "signame.h"

static int complain(const struct request *request, FILE *err, const char *word, enum why why)
{
	const struct problem problem = {
		.why = why, .word = word, .number = signame_nearest(word),
	};
	report_problem(request->program, &problem, err);
	return 1;
}

static void print_mask(uint64_t mask, FILE *out)
{
	for (int signal = 1; signal <= SIGNAME_MAX && signal <= 64; signal++)
		if (mask >> (signal - 1) & 1)
			fprintf(out, "%s\n", signame_of(signal).text);
}

/* A name gives its number; a number or an exit status its name; 0x and a mask the names in it. */
static int list_word(const struct request *request, const char *word, FILE *out, FILE *err)
{
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
		fprintf(out, "%s\n", signame_of(signal).text);
		return 0;
	}
	signal = signame_from_name(word);
	if (signal < 0)
		return complain(request, err, word, WHY_UNKNOWN_SIGNAL);
	fprintf(out, "%d\n", signal);
	return 0;
}

int list_names(const struct request *request, FILE *out, FILE *err)
{
	int status = 0;

	for (size_t i = 0; i < request->target_count; i++)
		status |= list_word(request, request->targets[i].written, out, err);
	if (request->target_count)
		return status;
	for (int signal = 1; signal <= SIGNAME_MAX; signal++)
		if (signame_has_name(signal))
			fprintf(out, "%s\n", signame_of(signal).text);
	return 0;
}

static void print_row(int signal, FILE *out)
{
	fprintf(out, "%2d %-9s %s\n", signal, signame_of(signal).text, signame_meaning(signal).text);
}

int list_table(const struct request *request, FILE *out, FILE *err)
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
static void print_option(const struct option_row *row, FILE *out)
{
	enum { COLUMN = 26 };
	int width = row->letter ? fprintf(out, "  -%c, ", row->letter) : fprintf(out, "      ");
	width += fprintf(out, "--%s", row->name);
	if (row->argument == ARGUMENT_REQUIRED)
		width += fprintf(out, "%c%s", strchr(row->value, ' ') ? ' ' : '=', row->value);
	if (row->argument == ARGUMENT_OPTIONAL)
		width += fprintf(out, "[=%s]", row->value);
	fprintf(out, "%*s%s\n", width + 2 > COLUMN ? 2 : COLUMN - width, "", row->help);
}

int list_help(const struct request *request, FILE *out)
{
	size_t count;
	const struct option_row *rows = options_table(&count);

	fprintf(out, "Usage: %s [-s SIGNAL | -SIGNAL] [OPTION]... TARGET...\n", request->program);
	fputs("Holds every target first, then signals what it holds: never a stranger.\n"
	      "\n"
	      "Targets:\n"
	      "  PID                     the process with this number\n"
	      "  /proc/PID               the process of this directory: any path with a slash\n"
	      "  PID:INODE:BOOTID        the process that --identify printed this for\n"
	      "  -PGID, 0, -1            a group, the own group, all: behind a signal or --\n"
	      "Options:\n",
	      out);
	for (size_t i = 0; i < count; i++)
		if (*rows[i].help)
			print_option(&rows[i], out);
	fputs("\nExit status: 0 all targets signalled, 1 none, 64 some, 2 a wrong command line,\n"
	      "124 something still ran at the end of the wait.\n"
	      "Example: server & exec 7</proc/$!; ...; pidkill --fd=7   (more: man pidkill)\n", out);
	return 0;
}

int list_version(FILE *out)
{
	fputs(PACKAGE_NAME " " PACKAGE_VERSION "\n"
	      "features: proc fd queue scope group state wait identity pidfile name\n", out);
	return 0;
}
