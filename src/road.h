/* SPDX-License-Identifier: MIT */
/* The road from argv to the exit status, for the program and the shell builtin alike. */
#ifndef ROAD_H
#define ROAD_H

/* Does what the command line says: returns the exit status. SHELL_SIGNAL: NULL, or the calling process is a
 * shell and a target like others, and this tells what signal it has got meanwhile that ends a wait, or 0.
 * *INTERRUPTED: 0, or the signal that ended a wait. Leaves the process as it was. */
int road_run(int argc, char *const argv[], int (*shell_signal)(void), int *interrupted);

#endif
