/* SPDX-License-Identifier: MIT */
/* The road from argv to the exit status: HACKING.md names its rooms. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <sys/auxv.h>

#include "ask.h"
#include "check.h"
#include "list.h"
#include "options.h"
#include "report.h"
#include "send.h"
#include "run.h"
#include "wait.h"

/* Those that the signal reaches pidkill through come last, when all has been said. */
static void send_signals(const struct request *request, struct run *run)
{
	send_run(request, run, false);
	run_settle_gone(request, run);
	report_run(request, run, false, stderr);
	send_run(request, run, true);
	run_settle_gone(request, run);
	report_run(request, run, true, stderr);
}

/* Returns 0, or the signal that ended the wait: pidkill dies of it then, so that a script around it
 * stops too. */
static int wait_for_endings(const struct request *request, struct run *run, struct wait *wait,
                            int64_t start_ms)
{
	struct report_wait report = { .request = request, .err = stderr };
	const struct wait_observer observer = report_wait_observer(&report);
	const int interrupted = wait_run(request, run, wait, start_ms, &observer);

	report_wait_clear(&report);
	return interrupted;
}

static void die_of(int signal_number)
{
	sigset_t set;

	signal(signal_number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, signal_number);
	raise(signal_number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static int send_and_wait(const struct request *request, struct run *run)
{
	struct problem problem;
	struct wait wait;

	check_run(request, run);
	if (wait_prepare(run, &wait, &problem) < 0) {
		const int status = report_problem(request->program, &problem, stderr);
		return request->wait.exit_status ? STATUS_UNKNOWN : status;
	}
	const int64_t start_ms = wait_clock();
	send_signals(request, run);
	const int interrupted = wait_for_endings(request, run, &wait, start_ms);
	wait_release(&wait);
	if (interrupted) {
		die_of(interrupted);
		return 128 + interrupted; /* init of a PID namespace survives it */
	}
	return request->wait.exit_status ? report_exit_status(request, run, stderr)
	                                 : report_status(request, run);
}

static void answer(const struct request *request, struct run *run)
{
	report_ignore_sigpipe();
	check_run(request, run);
	if (request->dry_run) {
		send_run(request, run, false);
		send_run(request, run, true);
		ask_dry_run(request, run, stdout);
	} else {
		ask_run(request, run, stdout);
	}
	run_settle_gone(request, run);
	report_run(request, run, false, stderr);
	report_run(request, run, true, stderr);
}

static int serve_targets(const struct request *request, struct run *run)
{
	if (request->mode != MODE_SEND || request->dry_run) {
		answer(request, run);
		return report_close(request->program, stdout, stderr, report_status(request, run));
	}
	if (request->wait.set)
		return send_and_wait(request, run);
	check_run(request, run);
	send_signals(request, run);
	return report_status(request, run);
}

static int handle_targets(const struct request *request)
{
	struct run run;
	struct problem problem;

	if (run_acquire(request, &run, &problem) < 0) {
		const int status = report_problem(request->program, &problem, stderr);
		return request->wait.exit_status ? STATUS_UNKNOWN : status;
	}
	int status = serve_targets(request, &run);
	if (request->verbose && status == STATUS_OK && ferror(stderr))
		status = request->wait.exit_status ? STATUS_UNKNOWN : STATUS_NONE;
	run_release(&run);
	return status;
}

static int print_list(const struct request *request)
{
	int status = STATUS_OK;

	report_ignore_sigpipe();
	switch (request->mode) {
	case MODE_SEND:
	case MODE_PID:
	case MODE_STATE:
	case MODE_STATUS:
	case MODE_IDENTIFY:
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
		return report_problem(options_program(argc, argv), &problem, stderr);
	}
	if (options_parse(argc, argv, &request, &problem) < 0)
		return report_problem(request.program, &problem, stderr);
	const int status = options_names_targets(request.mode) ? handle_targets(&request)
	                                                       : print_list(&request);
	options_release(&request);
	return status;
}
