/* SPDX-License-Identifier: MIT */
/* The Test Anything Protocol for the C tests of pure rooms. */
#ifndef TAP_H
#define TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static int tap_count, tap_failures;

__attribute__((format(printf, 2, 3)))
static void tap_ok(bool good, const char *format, ...)
{
	va_list arguments;

	printf("%sok %d ", good ? "" : "not ", ++tap_count);
	tap_failures += !good;
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
}

static int tap_end(void)
{
	printf("1..%d\n", tap_count);
	return tap_failures != 0;
}

#endif
