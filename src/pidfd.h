/* SPDX-License-Identifier: MIT */
/* The system calls on pidfds, and what a kernel answers where it lacks one. Results are a
 * descriptor or 0, or -errno. Facts: pidfd_open(2), pidfd_send_signal(2), linux/pidfd.h. */
#ifndef PIDFD_H
#define PIDFD_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Flags of pidfd_send_signal(2), Linux 6.9; named apart from those of newer headers. */
enum {
	PIDFD_TO_THREAD = 1 << 0,       /* PIDFD_SIGNAL_THREAD */
	PIDFD_TO_PROCESS = 1 << 1,      /* PIDFD_SIGNAL_THREAD_GROUP */
	PIDFD_TO_GROUP = 1 << 2,        /* PIDFD_SIGNAL_PROCESS_GROUP */
};

/* Takes hold of the process PID: a close-on-exec pidfd. -ESRCH gone. -ENOENT (-EINVAL up to Linux
 * 6.12) a thread's number, or a process reaped just now. -ENOSYS before Linux 5.3, -EPERM only from
 * a seccomp filter. -EMFILE, -ENFILE. */
int pidfd_of_process(pid_t pid);

/* The same for the thread TID (PIDFD_THREAD, Linux 6.9; -EINVAL on an older kernel). */
int pidfd_of_thread(pid_t tid);

/* True if the status flags FLAGS (F_GETFL) of a pidfd say that it holds a thread. */
bool pidfd_flags_thread(int flags);

/* What FD can be, by the filesystem it lies on: pidfs (Linux 6.9), or anon_inodefs together with other kinds,
 * which are told apart by a probe. */
enum fd_kind {
	FD_PIDFD,
	FD_PROCFS,      /* maybe the directory of a process */
	FD_OTHER,       /* closed, too */
};
enum fd_kind pidfd_kind(int fd);

/* The inode number of FD, a pidfd: of the process's every pidfd, and of no other process's since boot.
 * -EOPNOTSUPP: this kernel has one for all (before Linux 6.9); -EOVERFLOW: it is cut to 32 bits. */
int pidfd_inode(int fd, uint64_t *inode);

/* 1 if the process of FD, a pidfd, has ended (a zombie, too), 0 if not, or -errno. */
int pidfd_has_exited(int fd);

/* Sends SIGNAL to what FD holds, a pidfd or a process directory of a procfs. 0 or -errno: -ESRCH
 * gone (or, with PIDFD_TO_GROUP, no group with that number), -EPERM refused, forged si_code or a
 * seccomp filter, -EINVAL unknown flags or outside our PID namespace, -EBADF nothing that can be
 * signalled, -EAGAIN queue full, -ENOSYS before Linux 5.1. INFO NULL: as kill(2). Never blocks. */
int pidfd_signal(int fd, int signal, siginfo_t *info, unsigned flags);

/* What pidfd_send_signal(2) says to FLAGS before it looks at any process: 0 if it takes them,
 * -EINVAL unknown to this kernel, -ENOSYS not there, -EPERM (or another) a seccomp filter. */
int pidfd_probe_signal(unsigned flags);

/* The number of what FD, a pidfd, holds (a thread's own), in our PID namespace, PIDFD_GET_INFO.
 * -ENOTTY, -EINVAL: this kernel can't tell (before Linux 6.13); another -errno: gone, or outside. */
pid_t pidfd_number(int fd);

/* How the process of FD, a pidfd, ended, as a wait(2) status: from the kernel once it has been reaped
 * (PIDFD_GET_INFO with PIDFD_INFO_EXIT, Linux 6.15), from waitid(2) if it is our own child. -1: not
 * told. Needs no privilege. */
int pidfd_exit_status(int fd);

/* kill(2) for what names no process: the own process group, every process that may be signalled
 * (but the caller and init), and a GROUP of 2 or more that can't be held (-EINVAL below that: kill(-1)
 * would be everybody). 0 or -errno. */
int pidfd_kill_own_group(int signal);
int pidfd_kill_all(int signal);
int pidfd_kill_group(pid_t group, int signal);

#endif
