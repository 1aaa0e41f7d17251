/* SPDX-License-Identifier: MIT */
/* The whole command line, words parted by blanks, up to a request or a sentence. Nothing is sent or opened. */
#include "config.h"

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "../src/list.h"
#include "../src/options.h"
#include "../src/report.h"

enum { WORDS = 64 };

static int written;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	written = memfd_create("written", MFD_CLOEXEC);
	CHECK(written >= 0);
	return 0;
}

/* What was said is lines that are safe for a terminal. */
static void check_written(void)
{
	char text[1 << 16];
	const ssize_t size = pread(written, text, sizeof text, 0);

	CHECK(size >= 0 && (!size || text[size - 1] == '\n'));
	for (ssize_t i = 0; i < size; i++)
		CHECK(text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~'));
	CHECK(ftruncate(written, 0) == 0 && lseek(written, 0, SEEK_SET) == 0);
}

/* A target was understood if printing it gives the word again. */
static void check_target(const struct request *request, const struct target *target)
{
	const char *word = target->written, *boot;
	uint64_t number = 0, inode = 0;

	switch (target->kind) {
	case TARGET_WORD:
		CHECK(target->kind != TARGET_WORD);
		break;
	case TARGET_PID:
		CHECK(oracle_decimal(word, INT32_MAX, &number) && number && (uint64_t)target->id.pid == number);
		break;
	case TARGET_GROUP:
		CHECK(*word == '-' && oracle_decimal(word + 1, INT32_MAX, &number) && number > 1 &&
		      (uint64_t)target->id.pid == number);
		break;
	case TARGET_FD:
		CHECK(oracle_decimal(word, INT32_MAX, &number) && (uint64_t)target->id.fd == number);
		break;
	case TARGET_IDENTITY:
		CHECK(oracle_identity(word, &number, &inode, &boot) && (uint64_t)target->id.pid == number &&
		      target->identity.inode == inode && target->identity.boot == boot);
		break;
	case TARGET_OWN_GROUP:
		CHECK(strcmp(word, "0") == 0 && request->target_count == 1);
		break;
	case TARGET_ALL:
		CHECK(strcmp(word, "-1") == 0 && request->target_count == 1);
		break;
	case TARGET_PATH:
		CHECK(strchr(word, '/'));
		break;
	case TARGET_PIDFILE:
	case TARGET_NAME:
		CHECK(*word);
		break;
	}
}

static void check_request(const struct request *request)
{
	const struct waiting *wait = &request->wait;
	int64_t last_ms = 0;

	CHECK(request->message.signal >= 0 && request->message.signal <= 64);
	for (size_t i = 0; i < request->step_count; i++) {
		CHECK(request->steps[i].after_ms >= last_ms && request->steps[i].signal >= 0 && request->steps[i].signal <= 64);
		last_ms = request->steps[i].after_ms;
	}
	CHECK(!wait->set || !wait->limited || !request->step_count || wait->limit_ms > last_ms);
	CHECK(!wait->exit_status || (wait->set && request->target_count == 1));
	if (!options_names_targets(request->mode))
		return;
	CHECK(request->target_count > 0);
	for (size_t i = 0; i < request->target_count; i++)
		check_target(request, &request->targets[i]);
}

static void run(int argc, char *argv[])
{
	struct output output = { .fd = written };
	struct request request;
	struct problem problem;

	if (options_parse(argc, argv, &request, &problem) < 0) {
		CHECK(report_problem(argv[0], &problem, &output) == STATUS_USAGE);
		check_written();
		return;
	}
	check_request(&request);
	if (request.mode == MODE_LIST) {
		list_names(&request, &output, &output);
		check_written();
	}
	options_release(&request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *at = text;
	char *argv[WORDS + 1] = { (char[]){ "pidkill" } };
	int argc = 1;

	while (at && argc < WORDS)
		argv[argc++] = strdup(strsep(&at, " ")); /* each of its own, so that ASan sees its end */
	run(argc, argv);
	while (--argc)
		free(argv[argc]);
	free(text);
	return 0;
}
