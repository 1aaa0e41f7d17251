/* SPDX-License-Identifier: MIT */
/* Stand-ins for what a libc lacks; configure picks them (AC_REPLACE_FUNCS). */
#ifndef COMPAT_H
#define COMPAT_H

#include <string.h>

#ifndef HAVE_SIGABBREV_NP
/* "TERM" for SIGTERM; NULL: no such signal, or a real-time one. sigabbrev_np(3), glibc 2.32. */
const char *sigabbrev_np(int signal);
#endif

#ifndef HAVE_SIGDESCR_NP
/* "Terminated" for SIGTERM; NULL as above. sigdescr_np(3), glibc 2.32. */
const char *sigdescr_np(int signal);
#endif

#ifndef HAVE_STRERRORDESC_NP
/* "No such process" for ESRCH, in no language but English. strerrordesc_np(3), glibc 2.32. */
const char *strerrordesc_np(int error);
#endif

#endif
