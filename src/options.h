/* SPDX-License-Identifier: MIT */
/* From words to a request. Nothing but this room reads argv. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "request.h"

enum argument { ARGUMENT_NONE, ARGUMENT_REQUIRED, ARGUMENT_OPTIONAL };

/* An option is declared once, in this row: the scanner and --help read it, and a test compares it
 * with the man page. */
struct option_row {
	const char *name;               /* long, without dashes; NULL: none */
	char letter;                    /* short; 0: none */
	enum argument argument;
	const char *value;              /* what --help calls the argument */
	const char *help;               /* NULL: told in the man page alone */
	unsigned long excludes;         /* 1ul << OPTION_x: what it does not go with */
};

/* Understands the whole command line. 0: *REQUEST is whole, to be released. -1: *PROBLEM says why
 * not, and nothing is to be released; nothing has been opened or sent. */
int options_parse(int argc, char *const argv[], struct request *request, struct problem *problem);

/* How messages begin: "pidkill", or "kill" where it was called by that name, in kill(1)'s place. */
const char *options_program(int argc, char *const argv[]);

void options_release(struct request *request);

/* True if operands are targets in MODE, and not words to look up. */
bool options_names_targets(enum mode mode);

/* The table's rows, in the order of --help. */
const struct option_row *options_table(size_t *count);

#endif
