/* SPDX-License-Identifier: MIT */
/* Whom a pidfile names, and whether it can be trusted: nobody but root and the caller may have had a
 * hand in it, or one more user, who can name his own processes alone. */
#ifndef PIDFILE_H
#define PIDFILE_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "request.h"

struct pidfile {
	pid_t pid;
	struct identity identity;       /* inode 0: a bare PID */
	char content[80];               /* what identity.boot points into */
	struct timespec written;        /* when it was last written */
	bool has_owner;                 /* somebody else owns it, or a directory on the way */
	uid_t owner;
};

/* Reads the file at PATH. 0, or -1: *REASON says why it can't be trusted, *WHERE, the caller's to be
 * freed, which part of the path is meant (NULL: no memory). Links on the way are
 * followed where root or the caller made them; the last part is opened without following and without
 * blocking. An error of EMFILE or ENFILE: nothing is known. */
int pidfile_read(const char *path, struct pidfile *file, struct reason *reason, char **where);

/* WHY_NONE if FILE can mean the process of DIR, a process directory that has been proven to be that of
 * its number: all its uids are the owner's, if there is one, and a bare PID's process started before the
 * file was written. Else the reason, with *NUMBER as the sentence needs it; or -errno in *ERROR where DIR
 * can't be read. */
enum why pidfile_vouches(const struct pidfile *file, int dir, long *number, int *error);

#endif
