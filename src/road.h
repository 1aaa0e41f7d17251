/* SPDX-License-Identifier: MIT */
/* The road from argv to the exit status, for the program and the shell builtin alike. */
#ifndef ROAD_H
#define ROAD_H

#include <stdbool.h>

/* Does what the command line says: returns the exit status. IN_SHELL: the calling process is a shell, and
 * a target like others. *INTERRUPTED: 0, or the signal that ended a wait. Leaves the process as it was,
 * but for SIGPIPE, which is ignored once there is something to say. */
int road_run(int argc, char *const argv[], bool in_shell, int *interrupted);

#endif
