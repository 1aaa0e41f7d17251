/* SPDX-License-Identifier: MIT */
/* The processes with a name: one pass over our own /proc, each candidate held before it is judged. */
#ifndef SEARCH_H
#define SEARCH_H

#include <dirent.h>
#include <stdbool.h>
#include <sys/types.h>

struct search {
	const char *name;       /* as procfs_has_name() */
	bool all;               /* other users' and PID namespaces' too */
	DIR *entries;
	pid_t candidate;        /* to be judged next; 0: the next entry */
};

/* 0: *SEARCH is to be released. -EXDEV: no /proc of our own PID namespace; or another -errno. */
int search_open(struct search *search, const char *name, bool all);

/* The next match, as a process directory: never the caller, a zombie or a kernel thread. -ENODATA: there
 * is no further one. -EMFILE, -ENFILE: to be called again, nothing is passed over; or another -errno. */
int search_next(struct search *search, pid_t *pid);

void search_release(struct search *search);

#endif
