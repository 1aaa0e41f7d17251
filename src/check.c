/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "check.h"

#include <errno.h>
#include <stdint.h>

#include "common.h"
#include "procfs.h"

/* -r: the process catches the signal, SigCgt in proc(5). */
static void check_handler(struct handle *handle, int signal)
{
	struct procfs_status status;
	const int error = procfs_read_held(handle->fd, &status);

	if (error) {
		target_unreadable(handle, error);
	} else if (!(status.caught >> (signal - 1) & 1)) {
		handle->outcome = OUTCOME_SKIPPED;
		handle->problem = (struct problem){ .why = WHY_NO_HANDLER };
	}
}

void check_run(const struct request *request, struct run *run)
{
	if (!request->require_handler)
		return;
	for (size_t i = 0; i < run->count; i++)
		if (run->handles[i].outcome == OUTCOME_NONE)
			check_handler(&run->handles[i], request->message.signal);
}
