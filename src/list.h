/* SPDX-License-Identifier: MIT */
/* What is asked of pidkill itself: names of signals, help, version. */
#ifndef LIST_H
#define LIST_H

#include "request.h"
#include "text.h"

/* -l, -L, --help, --version. Each returns the exit status: 0, or 1 if a word is no signal (said on ERR;
 * the good ones are printed all the same). A failed write stays with OUT. */
int list_names(const struct request *request, struct output *out, struct output *err);
int list_table(const struct request *request, struct output *out, struct output *err);
int list_help(const struct request *request, struct output *out);
int list_version(struct output *out);

#endif
