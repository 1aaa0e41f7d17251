/* SPDX-License-Identifier: MIT */
/* What the test helpers share. */
#ifndef HELPER_H
#define HELPER_H

#include "config.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static inline int number_of(const char *text)
{
	char *end;
	const long value = strtol(text, &end, 10);
	if (end == text || *end)
		errx(2, "not a number: %s", text);
	return (int)value;
}

#endif
