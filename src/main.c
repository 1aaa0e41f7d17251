/* SPDX-License-Identifier: MIT */
/* The road from argv to the exit status: HACKING.md names its rooms. */
#include "config.h"

#include <stdio.h>
#include <sys/auxv.h>

#include "ask.h"
#include "check.h"
#include "list.h"
#include "options.h"
#include "report.h"
#include "send.h"
#include "target.h"

/* Those that the signal reaches pidkill through come last, when all has been said. */
static void send_signals(const struct request *request, struct run *run)
{
	check_run(request, run);
	send_run(request, run, false);
	report_run(request, run, false, stderr);
	send_run(request, run, true);
	report_run(request, run, true, stderr);
}

static void answer(const struct request *request, struct run *run)
{
	report_ignore_sigpipe();
	if (request->dry_run) {
		check_run(request, run);
		send_run(request, run, false);
		send_run(request, run, true);
		ask_dry_run(request, run, stdout);
	} else {
		ask_run(request, run, stdout);
	}
	report_run(request, run, false, stderr);
	report_run(request, run, true, stderr);
}

static int handle_targets(const struct request *request)
{
	const bool answers = request->mode != MODE_SEND || request->dry_run;
	struct run run;
	struct problem problem;

	if (target_acquire(request, &run, &problem) < 0)
		return report_problem(request->program, &problem, stderr);
	if (answers)
		answer(request, &run);
	else
		send_signals(request, &run);
	const int status = request->verbose ? report_status_written(&run, stderr) : report_status(&run);
	target_release(&run);
	return answers ? report_close(request->program, stdout, stderr, status) : status;
}

static int print_list(const struct request *request)
{
	int status = STATUS_OK;

	report_ignore_sigpipe();
	switch (request->mode) {
	case MODE_SEND:
	case MODE_PID:
	case MODE_STATE:
		break;
	case MODE_LIST:
		status = list_names(request, stdout, stderr);
		break;
	case MODE_TABLE:
		status = list_table(request, stdout, stderr);
		break;
	case MODE_HELP:
		status = list_help(request, stdout);
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
	const int status = options_names_targets(request.mode) ? handle_targets(&request)
	                                                       : print_list(&request);
	options_release(&request);
	return status;
}
