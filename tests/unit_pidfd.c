/* SPDX-License-Identifier: MIT */
/* What must not come to pass, whoever asks: signal 0 is sent, if any. */
#include "config.h"

#include "../src/pidfd.h"

#include <errno.h>

#include "tap.h"

int main(void)
{
	for (pid_t group = -2; group <= 1; group++)
		tap_ok(pidfd_kill_group(group, 0) == -EINVAL, "group %d never goes to kill(2): it would be everybody, or a process", (int)group);
	tap_ok(pidfd_kill_all(65) == -EINVAL && pidfd_kill_own_group(65) == -EINVAL, "a signal that there is none is refused");
	return tap_end();
}
