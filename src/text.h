/* SPDX-License-Identifier: MIT */
/* A line for people in the making: bounded, and safe for a terminal. */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
struct output {                         /* where lines go: no stdio, which costs more than a kill */
	int fd;
	int error;              /* errno of the first write that failed, or 0 */
};

struct text {
	size_t length;
	char data[2048];        /* what does not fit is cut */
};

void text_add(struct text *text, const char *more);

__attribute__((format(printf, 2, 3)))
void text_format(struct text *text, const char *format, ...);

/* WORD from outside: what is no printable ASCII is escaped, a long one cut in the middle, an empty
 * one or one with blanks quoted. */
void text_word(struct text *text, const char *word);

/* "SIGTERM", "SIGRTMIN+3"; "signal 0", "signal 32" where there is no name. */
void text_signal(struct text *text, int signal);

/* Adds blanks up to COLUMN, and none if that is passed. */
void text_pad(struct text *text, size_t column);

/* Writes the line in one piece, so that lines of several writers do not mix, and empties it. A closed pipe is a
 * failed write, not the end of pidkill halfway. */
void text_emit(struct text *text, struct output *out);

/* The same without a newline. */
void text_flush(struct text *text, struct output *out);

#endif
