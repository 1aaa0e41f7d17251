/* SPDX-License-Identifier: MIT */
/* What is read through a process's directory on a procfs, proc(5), and the bridges between such a
 * directory and a pidfd. A result is a descriptor or 0, or -errno, where nothing else is said. Reading through a held
 * directory: -ESRCH means gone; -ENOENT, -EPERM and -EACCES mean hidden (hidepid). */
#ifndef PROCFS_H
#define PROCFS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

enum { PROCFS_LEVELS = 33 }; /* PID namespaces nest 32 deep, pid_namespaces(7) */

struct procfs_status {
	pid_t tgid, pid;                /* as this procfs numbers them; they differ for a thread */
	uid_t uid;                      /* the real one, which kill(2) asks about */
	uid_t effective_uid, saved_uid;
	pid_t levels[PROCFS_LEVELS];    /* NSpid: from this procfs's namespace to the innermost */
	int level_count;                /* 0: a kernel without PID namespaces */
	/* bit n-1 is signal n, real-time ones included */
	uint64_t pending_thread, pending_process, blocked, ignored, caught;
};

struct procfs_stat {
	pid_t pid;                      /* as this procfs numbers it, also below */
	char state;                     /* 'Z' of a main thread alone that has ended, too */
	pid_t group;
	uint64_t flags;                 /* PROCFS_KERNEL_THREAD */
	long threads;
	uint64_t start_ticks;           /* since boot, sysconf(_SC_CLK_TCK) a second, rounded down */
	int exit_code;                  /* wait(2) status of a zombie, or 0: not told */
};

enum { PROCFS_KERNEL_THREAD = 0x00200000 }; /* PF_KTHREAD, include/linux/sched.h */

struct procfs_comm { char text[16]; };
struct procfs_boot_id { char text[37]; };

/* True if FD lies on a procfs. */
bool procfs_is(int fd);

/* Reads DIR's status. -EINVAL: no status of a process. */
int procfs_read_status(int dir, struct procfs_status *status);

/* Reads DIR's comm: up to 15 bytes of any kind but '\0'. */
int procfs_read_comm(int dir, struct procfs_comm *comm);

/* Reads DIR's stat. -EINVAL: no stat of a process. */
int procfs_read_stat(int dir, struct procfs_stat *stat);

/* True if all of the process has ended, and nobody has reaped it. */
bool procfs_is_zombie(const struct procfs_stat *stat);

/* 1 if the comm of DIR is exactly NAME; of a NAME over 15 bytes: if comm is its beginning, and the last
 * part of the command line's first word is NAME. 0 if not. */
int procfs_has_name(int dir, const char *name);

/* What this boot of the kernel is called, random(4). */
int procfs_boot_id(struct procfs_boot_id *boot);

/* The file that the process of DIR runs, and its path in LINK of SIZE bytes. */
int procfs_read_exe(int dir, struct stat *exe, char *link, size_t size);

/* True if a path means the same to the process of DIR and to us: one mount namespace. */
bool procfs_shares_mounts(int dir);

/* How the zombie of DIR ended, a wait(2) status: field 52 of stat. -1: not told, which reads 0 there
 * and is known by the links in ns being closed to us too, ptrace(2) access mode checks. */
int procfs_exit_status(int dir);

/* True if DIR is a thread's directory, /proc/PID/task/TID: only these have no "task" in them. */
bool procfs_is_task(int dir);

/* True if DIR is the directory of a thread that has ended, or of any thread of an ended process:
 * reading through it says ENOENT, as if it were hidden or no such directory at all. */
bool procfs_task_ended(int dir);

/* /proc, opened as an O_PATH descriptor, if it is the procfs of our own PID namespace: "self" has
 * one number in NSpid, and it is ours. Only there does /proc/N mean what N means to us. -EXDEV: it
 * is another namespace's, or no procfs. */
int procfs_own_root(void);

/* The directory of process (or thread) PID on our own procfs, procfs_own_root() as ROOT. */
int procfs_open(int root, pid_t pid);

/* 1 if STATUS, read through DIR, is that of the calling process, or has its number and nothing proves
 * that it is another's; else 0; -EMFILE, -ENFILE. */
int procfs_is_self(int dir, const struct procfs_status *status);

/* True if DIR is on the procfs of our own PID namespace: its numbers mean what they mean to us. */
bool procfs_is_own(int dir);

/* The directory /proc/TID, which the kernel takes for a thread, from the thread's directory DIR, which
 * it does not take, with proof that it is the same. -EXDEV: out of reach. */
int procfs_thread_directory(int dir);

/* A pidfd of what FD holds, a pidfd or a process directory, with proof that it is the same, by whatever
 * procfs: a new descriptor. -EXDEV: no proof is to be had. Else as pidfd_of_process(), and -EMFILE. */
int procfs_pidfd(int fd);

/* The directory of what FD holds, a pidfd or such a directory itself, on the procfs at /proc or its
 * own, with proof that it is the same: a new descriptor. -EXDEV: not visible there. */
int procfs_directory(int fd);

/* The status of what FD holds, a pidfd or a process directory, through procfs_directory(). */
int procfs_read_held(int fd, struct procfs_status *status);

/* The number of what FD holds, a pidfd or a process directory, in our own PID namespace. -EXDEV: it
 * can't be told. */
pid_t procfs_number(int fd);

/* True if UID may be anybody's, the overflow uid of a user namespace that does not map all, or that can't be
 * read: user_namespaces(7). */
bool procfs_is_unmapped(uid_t uid);

#endif
