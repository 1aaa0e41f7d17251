/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "pidfd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

/* One number each on every architecture but alpha, which counts from 110. glibc has functions of these
 * names since 2.36; one syscall(2) for all costs a start of pidkill less. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

enum {
	OPEN_THREAD = O_EXCL,           /* PIDFD_THREAD */
	PIDFS_MAGIC = 0x50494446,       /* PID_FS_MAGIC, linux/magic.h */
	ANON_INODES_MAGIC = 0x09041934, /* ANON_INODE_FS_MAGIC */
	PROCFS_MAGIC = 0x9fa0,          /* PROC_SUPER_MAGIC */
	WAIT_FOR_PIDFD = 3,             /* P_PIDFD, Linux 5.4 */
	CORE_DUMPED = 0x80,             /* in a wait(2) status */
};

static int result(long returned)
{
	return returned < 0 ? -errno : (int)returned;
}

int pidfd_of_process(pid_t pid)
{
	return result(syscall(SYS_pidfd_open, pid, 0));
}

int pidfd_of_thread(pid_t tid)
{
	return result(syscall(SYS_pidfd_open, tid, OPEN_THREAD));
}

bool pidfd_flags_thread(int flags)
{
	return flags & OPEN_THREAD;
}

enum fd_kind pidfd_kind(int fd)
{
	struct statfs fs;

	if (fstatfs(fd, &fs) < 0)
		return FD_OTHER;
	switch (fs.f_type) {
	case PIDFS_MAGIC:
		return FD_PIDFD;
	case PROCFS_MAGIC:
		return FD_PROCFS;
	case ANON_INODES_MAGIC:
		return pidfd_signal(fd, 0, NULL, 0) == -EBADF ? FD_OTHER : FD_PIDFD;
	}
	return FD_OTHER;
}

/* A 32-bit kernel's inode number is the lower half of what tells processes apart. */
static bool has_narrow_inodes(void)
{
	struct utsname name;

	return sizeof(ino_t) < sizeof(uint64_t) ||
	       (sizeof(long) < sizeof(uint64_t) && (uname(&name) < 0 || !strstr(name.machine, "64")));
}

int pidfd_inode(int fd, uint64_t *inode)
{
	struct statfs fs;
	struct stat st;

	if (fstatfs(fd, &fs) < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (fs.f_type != PIDFS_MAGIC)
		return -EOPNOTSUPP;
	if (has_narrow_inodes())
		return -EOVERFLOW;
	*inode = st.st_ino;
	return 0;
}

int pidfd_has_exited(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0) < 0 ? -errno : poll_fd.revents != 0;
}

int pidfd_signal(int fd, int signal, siginfo_t *info, unsigned flags)
{
	return result(syscall(SYS_pidfd_send_signal, fd, signal, info, flags));
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

enum { INFO_PID = 1 << 0, INFO_EXIT = 1 << 3 }; /* PIDFD_INFO_PID, PIDFD_INFO_EXIT */

/* PIDFD_GET_INFO. What the kernel told is in INFO's mask. */
static int get_info(int fd, struct info *info)
{
	return result(syscall(SYS_ioctl, fd, _IOWR(0xFF, 11, struct info), info)); /* musl has an int there */
}

pid_t pidfd_number(int fd)
{
	struct info info = { .mask = INFO_PID };
	const int error = get_info(fd, &info);

	if (error)
		return error;
	return info.mask & INFO_PID ? (pid_t)info.pid : -ESRCH;
}

/* As waitid(2) tells it to a parent, which leaves the zombie for whoever waits for it. */
static int child_status(int fd)
{
	siginfo_t info = { .si_pid = 0 };

	if (waitid((idtype_t)WAIT_FOR_PIDFD, (id_t)fd, &info, WEXITED | WNOWAIT | WNOHANG) < 0 || !info.si_pid)
		return -1;
	if (info.si_code == CLD_EXITED)
		return info.si_status << 8;
	return info.si_status | (info.si_code == CLD_DUMPED ? CORE_DUMPED : 0);
}

int pidfd_exit_status(int fd)
{
	struct info info = { .mask = INFO_EXIT };

	if (get_info(fd, &info) == 0 && info.mask & INFO_EXIT)
		return info.exit_code;
	return child_status(fd);
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
