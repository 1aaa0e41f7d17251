/* SPDX-License-Identifier: MIT */
/* The road from argv to the exit status: HACKING.md names its rooms. */
#include "config.h"

#include <stdio.h>
#include <sys/auxv.h>

#include "list.h"
#include "options.h"
#include "report.h"
#include "send.h"
#include "target.h"

static int send_signals(const struct request *request)
{
	struct run run;
	struct problem problem;

	if (target_acquire(request, &run, &problem) < 0)
		return report_problem(request->program, &problem, stderr);
	send_run(request, &run);
	const int status = report_run(request, &run, stderr);
	target_release(&run);
	return status;
}

static int print_lists(const struct request *request)
{
	int status = STATUS_OK;

	report_ignore_sigpipe();
	switch (request->mode) {
	case MODE_SEND:
		break;
	case MODE_LIST:
		status = list_names(request, stdout, stderr);
		break;
	case MODE_TABLE:
		status = list_table(request, stdout, stderr);
		break;
	case MODE_HELP:
		status = list_help(stdout);
		break;
	case MODE_VERSION:
		status = list_version(stdout);
		break;
	}
	return report_close(request->program, stdout, stderr, status);
}

int main(int argc, char *argv[])
{
	struct request request;
	struct problem problem;

	if (getauxval(AT_SECURE)) {
		problem = (struct problem){ .why = WHY_SECURE };
		return report_problem("pidkill", &problem, stderr);
	}
	if (options_parse(argc, argv, &request, &problem) < 0)
		return report_problem(request.program, &problem, stderr);
	const int status = request.mode == MODE_SEND ? send_signals(&request)
	                                             : print_lists(&request);
	options_release(&request);
	return status;
}
