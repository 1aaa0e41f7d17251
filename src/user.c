/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "user.h"

#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "number.h"

#ifdef STATIC_PROGRAM
/* The entry of USER, or if that is NULL of UID. False: there is none. */
static bool look_up(const char *user, uid_t *uid, char *name, size_t size)
{
	FILE *file = fopen("/etc/passwd", "re");
	const struct passwd *entry;
	bool found = false;

	while (file && !found && (entry = fgetpwent(file))) {
		found = user ? strcmp(entry->pw_name, user) == 0 : entry->pw_uid == *uid;
		if (found) {
			*uid = entry->pw_uid;
			snprintf(name, size, "%s", entry->pw_name);
		}
	}
	if (file)
		fclose(file);
	return found;
}
#else
static bool look_up(const char *user, uid_t *uid, char *name, size_t size)
{
	const struct passwd *entry = user ? getpwnam(user) : getpwuid(*uid);

	if (!entry)
		return false;
	*uid = entry->pw_uid;
	snprintf(name, size, "%s", entry->pw_name);
	return true;
}
#endif

bool user_number(const char *user, uid_t *uid)
{
	uint64_t number = 0;
	char unused[1];

	if (look_up(user, uid, unused, sizeof unused))
		return true;
	if (number_decimal(user, UINT32_MAX - 1, &number) != NUMBER_OK)
		return false;
	*uid = (uid_t)number;
	return true;
}

bool user_name(uid_t uid, char *name, size_t size)
{
	return look_up(NULL, &uid, name, size);
}
