/* SPDX-License-Identifier: MIT */
/* Signal names and numbers, signal(7). Pure. Names come from libc, real-time ones are RTMIN+n. */
#ifndef SIGNAME_H
#define SIGNAME_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define SIGNAME_MAX (_NSIG - 1) /* the highest number */

struct signame { char text[16]; };

/* The number of TEXT, a name in any case with or without SIG (HUP to SYS; IOT, CLD, IO, POLL; EXIT,
 * the null signal; RTMIN, RTMIN+n, RTn, RTMAX, RTMAX-n) or a decimal number up to SIGNAME_MAX.
 * -1: none such. */
int signame_number(const char *text);

/* The same for names alone: digits are no name. */
int signame_from_name(const char *name);

/* "TERM", "RTMIN+3", "EXIT"; the number in digits where the signal has no name (32, 33). */
struct signame signame_of(int signal);

/* True if signame_of() gives a name and not digits. */
bool signame_has_name(int signal);

/* What it means, in English, or "Real-time signal N"; never NULL. */
struct signame_meaning { char text[64]; } signame_meaning(int signal);

/* The signal whose name is most like WRONG, -1 if none is like it. */
int signame_nearest(const char *wrong);

/* The number that STATUS stands for: 0 to SIGNAME_MAX itself, 128+n as shells report a death by
 * signal n, 256+n as ksh does. -1: none. */
int signame_from_status(uint64_t status);

/* The rest of TEXT behind PREFIX, in any case; NULL if it does not begin so. No locale: in a Turkish one
 * "sigint" would be no name. */
const char *signame_behind(const char *text, const char *prefix);

#endif
