/* SPDX-License-Identifier: MIT */
/* From words to a request. Nothing but this room, with values.c and operands.c, reads argv. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdint.h>

#include "request.h"

enum argument { ARGUMENT_NONE, ARGUMENT_REQUIRED, ARGUMENT_OPTIONAL };

/* An option is declared once, in this row: the scanner and --help read it, and a test compares it
 * with the man page. No pointers: the loader would have to relocate each at every start. */
struct option_row {
	char name[20];                  /* long, without dashes; empty: none */
	char letter;                    /* short; 0: none */
	unsigned char argument;         /* enum argument */
	bool many;                      /* may be given several times */
	short mode;                     /* enum mode that it asks for; 0: none */
	short flag;                     /* where in struct request the bool is that it sets; 0: none */
	uint64_t excludes;              /* 1 << OPTION_x: what it does not go with */
	char value[12];                 /* what --help calls the argument */
	char help[56];                  /* empty: told in the man page alone */
};

/* Understands the whole command line. 0: *REQUEST is whole, to be released. -1: *PROBLEM says why
 * not, and nothing is to be released; nothing has been opened or sent. */
int options_parse(int argc, char *const argv[], struct request *request, struct problem *problem);

void options_release(struct request *request);

/* True if operands are targets in MODE, and not words to look up. */
bool options_names_targets(enum mode mode);

/* The table's rows, in the order of --help. */
const struct option_row *options_table(size_t *count);

#endif
