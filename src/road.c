/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "road.h"

#include <unistd.h>

#include "ask.h"
#include "check.h"
#include "list.h"
#include "options.h"
#include "report.h"
#include "run.h"
#include "send.h"
#include "wait.h"

/* What everyone on the road needs. */
struct road {
	struct request request;
	struct output out, err;
	int interrupted;        /* the signal that ended the wait, or 0 */
};

static void send_and_report(struct road *road, struct run *run, bool self)
{
	if (send_run(&road->request, run, self) && !road->request.verbose)
		return;
	run_settle_gone(&road->request, run);
	report_run(&road->request, run, self, &road->err);
}

/* Those that the signal reaches pidkill through come last, when all has been said. */
static void send_signals(struct road *road, struct run *run)
{
	if (road->request.verbose)
		report_unqueued(&road->request.message, run, &road->err);
	send_and_report(road, run, false);
	if (run->reaches_self)
		send_and_report(road, run, true);
}

/* Returns 0, or the signal that ended the wait. */
static int wait_for_endings(struct road *road, struct run *run, struct wait *wait, int64_t start_ms)
{
	const struct request *request = &road->request;
	struct report_wait report = { .request = request, .err = &road->err };
	const struct wait_observer observer = report_wait_observer(&report);
	const int interrupted = wait_run(request, run, wait, start_ms, &observer);

	report_wait_clear(&report);
	return interrupted;
}

/* Of a failure of pidkill's own: STATUS, or what stands for it. */
static int failure_status(const struct request *request, int status)
{
	if (request->mode == MODE_STATUS)
		return STATUS_UNTOLD;
	return request->wait.exit_status ? STATUS_UNKNOWN : status;
}

static int send_and_wait(struct road *road, struct run *run)
{
	const struct request *request = &road->request;
	struct problem problem;
	struct wait wait;

	check_run(request, run);
	if (wait_prepare(run, &wait, &problem) < 0)
		return failure_status(request, report_problem(request->called, &problem, &road->err));
	const int64_t start_ms = wait_clock();
	send_signals(road, run);
	road->interrupted = wait_for_endings(road, run, &wait, start_ms);
	wait_release(&wait);
	if (road->interrupted)
		return 128 + road->interrupted;
	return request->wait.exit_status ? report_exit_status(request, run, &road->err)
	                                 : report_status(request, run);
}

static void answer(struct road *road, struct run *run)
{
	const struct request *request = &road->request;
	check_run(request, run);
	if (request->dry_run) {
		send_run(request, run, false);
		send_run(request, run, true);
		ask_dry_run(request, run, &road->out);
	} else {
		ask_run(request, run, &road->out);
	}
	run_settle_gone(request, run);
	report_run(request, run, false, &road->err);
	report_run(request, run, true, &road->err);
}

static int serve_targets(struct road *road, struct run *run)
{
	const struct request *request = &road->request;
	if (request->mode != MODE_SEND || request->dry_run) {
		answer(road, run);
		return report_output(request->called, &road->out, &road->err, report_status(request, run));
	}
	if (request->wait.set)
		return send_and_wait(road, run);
	check_run(request, run);
	send_signals(road, run);
	return report_status(request, run);
}

static int handle_targets(struct road *road)
{
	const struct request *request = &road->request;
	struct run run;
	struct problem problem;

	if (run_acquire(request, &run, &problem) < 0)
		return failure_status(request, report_problem(request->called, &problem, &road->err));
	int status = serve_targets(road, &run);
	if (request->verbose && status == STATUS_OK && road->err.error)
		status = failure_status(request, STATUS_NONE);
	if (request->shell_signal)
		run_release(&run);
	else
		run_forget(&run);
	return status;
}

static int print_list(struct road *road)
{
	const struct request *request = &road->request;
	int status = STATUS_OK;

	switch (request->mode) {
	case MODE_SEND:
	case MODE_PID:
	case MODE_STATE:
	case MODE_STATUS:
	case MODE_IDENTIFY:
		break;
	case MODE_LIST:
		status = list_names(request, &road->out, &road->err);
		break;
	case MODE_TABLE:
		status = list_table(request, &road->out, &road->err);
		break;
	case MODE_HELP:
		status = list_help(request, &road->out);
		break;
	case MODE_VERSION:
		status = list_version(&road->out);
		break;
	}
	return report_output(request->called, &road->out, &road->err, status);
}

int road_run(int argc, char *const argv[], int (*shell_signal)(void), int *interrupted)
{
	struct road road;
	struct problem problem;

	road.out = (struct output){ .fd = STDOUT_FILENO };
	road.err = (struct output){ .fd = STDERR_FILENO };
	road.interrupted = 0;
	const int parsed = options_parse(argc, argv, &road.request, &problem);
	road.request.shell_signal = shell_signal;
	const int status = parsed < 0 ? report_problem(road.request.called, &problem, &road.err) :
	                   options_names_targets(road.request.mode) ? handle_targets(&road)
	                                                            : print_list(&road);
	if (parsed == 0)
		options_release(&road.request);
	*interrupted = road.interrupted;
	return status;
}
