/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "compat.h"

#include <signal.h>

const char *sigdescr_np(int signal)
{
	return sigabbrev_np(signal) ? strsignal(signal) : NULL;
}
