/* SPDX-License-Identifier: MIT */
/* Strict numbers: the only place where text becomes one. Decimal digits without sign, blank or
 * leading zero; hexadecimal behind 0x where a function says so. Pure. */
#ifndef NUMBER_H
#define NUMBER_H

#include <signal.h>
#include <stdint.h>
#include <sys/types.h>

#include "request.h"

enum number_result {
	NUMBER_OK,
	NUMBER_EMPTY,
	NUMBER_SYNTAX,          /* something that is no digit */
	NUMBER_LEADING_ZERO,    /* would be octal elsewhere */
	NUMBER_RANGE,
};

/* Decimal, 0 to MAX. */
enum number_result number_decimal(const char *text, uint64_t max, uint64_t *value);

/* The same, and hexadecimal behind 0x or 0X. */
enum number_result number_unsigned(const char *text, uint64_t max, uint64_t *value);

/* Of what the kernel writes, not people: the next number in *TEXT behind blanks and other signs, decimal
 * or hexadecimal digits as BASE says, 0 where there is none; *TEXT goes on behind it. */
uint64_t number_scan(const char **text, unsigned base);

/* A PID: decimal, 1 to 2^31-1. */
enum number_result number_pid(const char *text, pid_t *pid);

/* An identity: PID:INODE, or PID:INODE:BOOTID with a boot ID as in /proc/sys/kernel/random/boot_id, in
 * lower case; IDENTITY->boot points into TEXT. */
enum number_result number_identity(const char *text, pid_t *pid, struct identity *identity);

/* A file descriptor: decimal, 0 to 2^31-1. Negative numbers are the kernel's sentinels (oneself,
 * PIDFD_SELF in linux/pidfd.h) and are NUMBER_SYNTAX. */
enum number_result number_fd(const char *text, int *fd);

/* A C int: decimal with an optional minus, or hexadecimal up to INT_MAX. */
enum number_result number_int(const char *text, int *value);

/* A duration in milliseconds, a rest rounded up: a decimal number with an optional fraction and a unit
 * (ms, s, m, h, d), milliseconds each BARE_MS where there is none. */
enum number_result number_duration(const char *text, int64_t bare_ms, int64_t *ms);

/* What sigqueue(3) sends along: decimal, -2^63 to 2^64-1, or hexadecimal. What fits an int goes
 * into sival_int, anything else into sival_ptr, the other bits are zero. NUMBER_RANGE too where a
 * pointer is too narrow for it. */
enum number_result number_sigval(const char *text, union sigval *value);

#endif
