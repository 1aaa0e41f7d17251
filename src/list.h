/* SPDX-License-Identifier: MIT */
/* What is asked of pidkill itself: names of signals, help, version. */
#ifndef LIST_H
#define LIST_H

#include <stdio.h>

#include "request.h"

/* -l, -L, --help, --version. Each returns the exit status: 0, or 1 if a word is no signal (said on ERR;
 * the good ones are printed all the same). A failed write shows when OUT is closed. */
int list_names(const struct request *request, FILE *out, FILE *err);
int list_table(const struct request *request, FILE *out, FILE *err);
int list_help(const struct request *request, FILE *out);
int list_version(FILE *out);

#endif
