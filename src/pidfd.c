/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "pidfd.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifdef HAVE_SYS_PIDFD_H
#include <sys/pidfd.h>
#else
/* One number each on every architecture but alpha, which counts from 110. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#define pidfd_open(pid, flags) ((int)syscall(SYS_pidfd_open, (pid), (flags)))
#define pidfd_send_signal(fd, signal, info, flags) \
	((int)syscall(SYS_pidfd_send_signal, (fd), (signal), (info), (flags)))
#endif

enum {
	OPEN_THREAD = O_EXCL,           /* PIDFD_THREAD */
	PIDFS_MAGIC = 0x50494446,       /* PID_FS_MAGIC, linux/magic.h */
	ANON_INODES_MAGIC = 0x09041934, /* ANON_INODE_FS_MAGIC */
};

static int result(int returned)
{
	return returned < 0 ? -errno : returned;
}

int pidfd_of_process(pid_t pid)
{
	return result(pidfd_open(pid, 0));
}

int pidfd_of_thread(pid_t tid)
{
	return result(pidfd_open(tid, OPEN_THREAD));
}

bool pidfd_flags_thread(int flags)
{
	return flags & OPEN_THREAD;
}

bool pidfd_possible(int fd)
{
	struct statfs fs;

	if (fstatfs(fd, &fs) < 0)
		return false;
	return fs.f_type == PIDFS_MAGIC || fs.f_type == ANON_INODES_MAGIC;
}

int pidfd_signal(int fd, int signal, siginfo_t *info, unsigned flags)
{
	return result(pidfd_send_signal(fd, signal, info, flags));
}

int pidfd_probe_signal(unsigned flags)
{
	const int answer = pidfd_signal(-1, 0, NULL, flags);

	return answer == -EBADF ? 0 : answer;
}

/* struct pidfd_info of linux/pidfd.h in its first size: later fields have moved between kernels. */
struct info {
	uint64_t mask, cgroupid;
	uint32_t pid, tgid, ppid, ruid, rgid, euid, egid, suid, sgid, fsuid, fsgid;
	int32_t exit_code;
};
_Static_assert(sizeof(struct info) == 64, "the kernel knows it by its size");

pid_t pidfd_number(int fd)
{
	struct info info = { .mask = 1 /* PIDFD_INFO_PID */ };

	if (ioctl(fd, _IOWR(0xFF, 11, struct info), &info) < 0) /* PIDFD_GET_INFO */
		return -errno;
	return info.mask & 1 ? (pid_t)info.pid : -ESRCH;
}

int pidfd_kill_own_group(int signal)
{
	return result(kill(0, signal));
}

int pidfd_kill_all(int signal)
{
	return result(kill(-1, signal));
}

int pidfd_kill_group(pid_t group, int signal)
{
	return group > 1 ? result(kill(-group, signal)) : -EINVAL;
}
