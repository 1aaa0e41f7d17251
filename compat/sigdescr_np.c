/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "compat.h"

#include <signal.h>
#include <stddef.h>

static const struct { int signal; char text[32]; } rows[] = {
	{ SIGHUP, "Hangup" }, { SIGINT, "Interrupt" }, { SIGQUIT, "Quit" },
	{ SIGILL, "Illegal instruction" }, { SIGTRAP, "Trace/breakpoint trap" },
	{ SIGABRT, "Aborted" }, { SIGBUS, "Bus error" }, { SIGFPE, "Floating point exception" },
	{ SIGKILL, "Killed" }, { SIGUSR1, "User defined signal 1" }, { SIGSEGV, "Segmentation fault" },
	{ SIGUSR2, "User defined signal 2" }, { SIGPIPE, "Broken pipe" }, { SIGALRM, "Alarm clock" },
	{ SIGTERM, "Terminated" }, { SIGCHLD, "Child exited" }, { SIGCONT, "Continued" },
	{ SIGSTOP, "Stopped (signal)" }, { SIGTSTP, "Stopped" }, { SIGTTIN, "Stopped (tty input)" },
	{ SIGTTOU, "Stopped (tty output)" }, { SIGURG, "Urgent I/O condition" },
	{ SIGXCPU, "CPU time limit exceeded" }, { SIGXFSZ, "File size limit exceeded" },
	{ SIGVTALRM, "Virtual timer expired" }, { SIGPROF, "Profiling timer expired" },
	{ SIGWINCH, "Window changed" }, { SIGIO, "I/O possible" }, { SIGPWR, "Power failure" },
	{ SIGSYS, "Bad system call" },
#ifdef SIGSTKFLT
	{ SIGSTKFLT, "Stack fault" },
#endif
};

const char *sigdescr_np(int signal)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].signal == signal)
			return rows[i].text;
	return NULL;
}
