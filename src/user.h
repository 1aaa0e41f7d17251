/* SPDX-License-Identifier: MIT */
/* Names of users. A static program reads /etc/passwd alone: glibc would load modules for more. */
#ifndef USER_H
#define USER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* False: USER is neither the name of a user, getpwnam(3), nor the number of one, below 2^32-1. */
bool user_number(const char *user, uid_t *uid);

/* The name of UID, getpwuid(3), cut to SIZE; false: it has none. */
bool user_name(uid_t uid, char *name, size_t size);

#endif
