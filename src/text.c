/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "signame.h"

void text_add(struct text *text, const char *more)
{
	while (*more && text->length < sizeof text->data - 1)
		text->data[text->length++] = *more++;
}

void text_format(struct text *text, const char *format, ...)
{
	char formatted[64];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(formatted, sizeof formatted, format, arguments);
	va_end(arguments);
	text_add(text, formatted);
}

static void add_escaped(struct text *text, unsigned char c)
{
	if (c == '\n')
		text_add(text, "\\n");
	else if (c == '\t')
		text_add(text, "\\t");
	else if (c == '\\')
		text_add(text, "\\\\");
	else if (c < ' ' || c > '~')
		text_format(text, "\\%03o", c);
	else
		text_format(text, "%c", c);
}

void text_word(struct text *text, const char *word)
{
	enum { HEAD = 96, TAIL = 48 };
	const char *quote = !*word || strchr(word, ' ') ? "'" : "";
	const size_t length = strlen(word);
	const size_t skipped = length > HEAD + TAIL ? length - HEAD - TAIL : 0;

	text_add(text, quote);
	for (size_t i = 0; i < length; i++) {
		if (skipped && i == HEAD) {
			text_add(text, "...");
			i += skipped;
		}
		add_escaped(text, (unsigned char)word[i]);
	}
	text_add(text, quote);
}

void text_signal(struct text *text, int signal)
{
	const bool named = signal && signame_has_name(signal);

	text_format(text, "%s%s", named ? "SIG" : "signal ", signal ? signame_of(signal).text : "0");
}

void text_pad(struct text *text, size_t column)
{
	while (text->length < column)
		text_add(text, " ");
}

static void write_all(const char *at, size_t length, struct output *out)
{
	while (length && !out->error) {
		const ssize_t written = write(out->fd, at, length);
		if (written < 0 && errno != EINTR)
			out->error = errno;
		if (written < 0)
			continue;
		at += written;
		length -= (size_t)written;
	}
}

/* A reader that is gone or a file that is full ends no run halfway: it is an error of the output. */
void text_flush(struct text *text, struct output *out)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction before_pipe, before_size;

	if (!text->length)
		return;
	sigaction(SIGPIPE, &ignore, &before_pipe);
	sigaction(SIGXFSZ, &ignore, &before_size);
	write_all(text->data, text->length, out);
	sigaction(SIGXFSZ, &before_size, NULL);
	sigaction(SIGPIPE, &before_pipe, NULL);
	text->length = 0;
}

void text_emit(struct text *text, struct output *out)
{
	text->data[text->length++] = '\n'; /* text_add() leaves room */
	text_flush(text, out);
}
