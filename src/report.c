/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "report.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common.h"
#include "compat.h"
#include "procfs.h"
#include "signame.h"
#include "text.h"
#include "user.h"

/* What is wrong, and in brackets the reason or the way out. For a target WHAT stands where errno says
 * nothing. In both: %w the word itself, %o the other word, %k the kind of number, %n the number, %p the
 * process with it, %s the signal, %u the user with it, %l the two options whose letters it is, %t a way
 * out for who wants to signal. A hint that lacks what it needs gives way to the one behind |. */
struct sentence { char what[72], hint[120]; }; /* no pointers: the loader would relocate each */

static const struct sentence sentences[] = {
	[WHY_NO_TARGET] = { "no target", "try 'pidkill --help'" },
	[WHY_ONLY_A_SIGNAL] = { "no target", "%o is the signal; a process group goes after --" },
	[WHY_UNKNOWN_OPTION] = { "unknown option", "long options are written out: --%o|try 'pidkill --help'" },
	[WHY_UNKNOWN_WORD] = { "neither a signal nor an option", "did you mean -%s?|try 'pidkill --help'" },
	[WHY_NO_ARGUMENT] = { "needs a value: %o", "" },
	[WHY_UNWANTED_ARGUMENT] = { "takes no value", "" },
	[WHY_GIVEN_TWICE] = { "given twice", "first as %o" },
	[WHY_CONFLICT] = { "does not go with %o", "" },
	[WHY_LATE_OPTION] = { "comes after a target",
		"a signal or an option goes first, a process group after --" },
	[WHY_EMPTY_OPERAND] = { "an empty target", "a variable or a file may be empty" },
	[WHY_UNKNOWN_OPERAND] = { "not a PID", "to signal by name: --name=%w" },
	[WHY_JOB] = { "not a PID", "jobs are the shell's own: 'jobs -p' gives their PIDs" },
	[WHY_MINUS_ZERO] = { "not a target", "the own process group is 0" },
	[WHY_NOT_ALONE] = { "must be the only target", "" },
	[WHY_GROUP_SCOPE] = { "does not go with %o", "a process group takes --scope=group" },
	[WHY_UNKNOWN_SIGNAL] = { "no such signal", "did you mean %s?|'pidkill -L' lists them" },
	[WHY_SIGNAL_RANGE] = { "no such signal", "signals are 0 to 64; 'pidkill -L' lists them" },
	[WHY_SIGNAL_OR_GROUP] = { "no such signal",
		"signals are 0 to 64; a process group goes after -- or behind a signal" },
	[WHY_SECOND_SIGNAL] = { "a second signal", "%o came first" },
	[WHY_SECOND_NUMBER] = { "a second signal", "%o came first; a process group goes after --" },
	[WHY_OPTION_BEHIND] = { "not a PID", "options go before --" },
	[WHY_LIST_WORD] = { "not an option", "after -l and -L a signal is written without a dash" },
	[WHY_BARE_WAIT] = { "a number behind --wait", "a duration: --wait=%w; a PID: --wait at the end" },
	[WHY_TIMEOUT_WORDS] = { "takes two words", "--timeout MS SIGNAL" },
	[WHY_SHORT_WAIT] = { "must end after the last signal of the schedule", "" },
	[WHY_NO_WAIT] = { "does not go with %o", "there is nothing to wait on without a race" },
	[WHY_ONE_TARGET] = { "takes one target", "" },
	[WHY_NO_SIGNAL_WRITTEN] = { "needs a signal that is written out",
		"-TERM, or -0 to send none; to ask for the state: --status" },
	[WHY_DURATION_SYNTAX] = { "not a %k", "a decimal number, with ms, s, m, h or d" },
	[WHY_CONFLICT_WITHIN] = { "%l", "" },
	[WHY_UNKNOWN_MASK] = { "not a mask of signals", "0x and up to 16 hexadecimal digits" },
	[WHY_UNKNOWN_SCOPE] = { "no such scope", "process, thread or group" },
	[WHY_UNKNOWN_FORM] = { "no such form of an identity", "--identify or --identify=short" },
	[WHY_UNKNOWN_USER] = { "no such user", "" },
	[WHY_EMPTY_VALUE] = { "the value is empty", "a variable or a file may be empty" },
	[WHY_ALL_NEEDS_NAME] = { "needs --name", "" },
	[WHY_IDENTITY_SYNTAX] = { "not a PID, nor an identity", "PID:INODE:BOOTID, as 'pidkill --identify' prints it" },
	[WHY_UNKNOWN_CODE] = { "no such si_code", "USER, QUEUE, TKILL, KERNEL, TIMER, ..." },
	[WHY_NUMBER_EMPTY] = { "the %k is empty", "a variable or a file may be empty" },
	[WHY_NUMBER_SYNTAX] = { "not a %k", "plain digits, no sign, blank or fraction" },
	[WHY_NUMBER_SYNTAX_HEX] = { "not a %k", "a decimal number, or 0x and hexadecimal digits" },
	[WHY_NUMBER_LEADING_ZERO] = { "not a %k: a leading zero",
		"other programs take it for an octal number" },
	[WHY_NUMBER_RANGE] = { "not a %k: out of range", "" },
	[WHY_SECURE] = { "will not run with borrowed privileges",
		"set-user-ID, file capabilities, real and effective IDs that differ, or the like: AT_SECURE" },
	[WHY_NO_MEMORY] = { "nothing was sent", "" },
	[WHY_DESCRIPTOR_LIMIT] = { "nothing was sent, the targets can't all be held at once",
		"the limit is %n descriptors; 'xargs -n' makes smaller lots" },
	[WHY_FILE_TABLE] = { "nothing was sent, the targets can't all be held at once", "fs.file-max is the system's limit" },
	[WHY_UNHELD_GROUP] = { "nothing was sent, this process group can't be held",
		"its leader is gone, or the kernel is older than Linux 6.9: it must be the only target" },
	[WHY_NO_WAIT_SET] = { "nothing was sent, the targets can't be waited for", "" },
	[WHY_SEVERAL_MATCHES] = { "nothing was sent, %n processes have this name", "--exit-status is of one" },
	[WHY_STDOUT] = { "cannot write to standard output", "" },
	[WHY_SYSTEM] = { "", "" },
	[WHY_GONE] = { "", "" },
	[WHY_NO_PATH] = { "", "gone, hidden by hidepid, or mistyped" },
	[WHY_THREAD_ID] = { "", "a thread of process %n%t" },
	[WHY_THREAD_OR_REAPED] = { "",
		"it has just exited, or it is the number of a thread%t" },
	[WHY_THREAD_DIRECTORY] = { "",
		"a thread's directory%p%t" },
	[WHY_THREAD_PIDFD] = { "", "a thread's pidfd needs --scope=thread" },
	[WHY_SELF] = { "that is pidkill itself", "the shell is /proc/$$" },
	[WHY_NO_PROCESS_DIRECTORY] = { "not the directory of a process on a procfs",
		"as /proc/PID is" },
	[WHY_FD_CLOSED] = { "",
		"not open in pidkill; where a shell keeps its own to itself: pidkill --fd=7 7<&7" },
	[WHY_FD_O_PATH] = { "", "opened with O_PATH, which can't be signalled: open it for reading" },
	[WHY_FD_OTHER] = { "", "neither a pidfd nor the directory of a process" },
	[WHY_HIDDEN] = { "", "/proc hides what it is: hidepid" },
	[WHY_FOREIGN_PROC] = { "",
		"pidfd_open(2) is missing or filtered, and no /proc of this PID namespace is mounted" },
	[WHY_NO_PROOF] = { "can't be turned into a pidfd",
		"its procfs is of another PID namespace and tells too little" },
	[WHY_NO_SCOPE] = { "", "this kernel lacks --scope (Linux 6.9)" },
	[WHY_UNKNOWN_FLAGS] = { "", "this kernel does not know these flags" },
	[WHY_NO_PIDFD_SEND_SIGNAL] = { "",
		"pidfd_send_signal(2) needs Linux 5.1, or a seccomp filter hides it" },
	[WHY_OUTER_NAMESPACE] = { "", "the process is outside pidkill's PID namespace" },
	[WHY_SECCOMP] = { "", "a seccomp filter forbids pidfd_send_signal(2) here" },
	[WHY_FORGED_CODE] = { "", "the kernel lets si_code %n be sent to oneself only" },
	[WHY_OTHER_USER] = { "", "it runs as %u" },
	[WHY_SOME_USER] = { "", "another user's process, or a security module forbids it" },
	[WHY_QUEUE_FULL] = { "", "its queue of pending signals is full: RLIMIT_SIGPENDING" },
	[WHY_NOT_A_LEADER] = { "not a group leader", "its group is %n" },
	[WHY_NO_GROUP] = { "", "no process group has this number" },
	[WHY_GROUP_VALUE] = { "no value reaches this process group",
		"its leader is gone, or the kernel is older than Linux 6.9" },
	[WHY_ALL_REFUSE] = { "", "none of its processes may be signalled" },
	[WHY_NO_PROC] = { "no /proc shows it", "" },
	[WHY_NO_PIDFD_OPEN] = { "", "a wait needs pidfd_open(2) (Linux 5.3)" },
	[WHY_STILL_RUNNING] = { "", "" },
	[WHY_NO_ENDING] = { "its exit status can't be learnt",
		"the kernel tells it after the reap since Linux 6.15, of a zombie only to its user" },
	[WHY_STALE] = { "", "the identity is stale: its number is another process's" },
	[WHY_OTHER_BOOT] = { "", "the identity is stale: it is of another boot" },
	[WHY_BOOT_UNREAD] = { "the boot ID can't be read", "/proc/sys/kernel/random/boot_id; --identify=short does without" },
	[WHY_NO_INODE] = { "", "identities need Linux 6.9: before it all pidfds have one inode" },
	[WHY_NARROW_INODE] = { "", "this kernel's inode numbers are cut to 32 bits, and may come again" },
	[WHY_NO_PIDFD] = { "", "an identity needs pidfd_open(2), which is missing or filtered" },
	[WHY_NO_MATCH] = { "", "no process of yours has this name; -a looks at all" },
	[WHY_NO_MATCH_AT_ALL] = { "", "no process has this name" },
	[WHY_NAME_PROC] = { "can't be looked for", "no /proc of this PID namespace is mounted" },
	[WHY_OTHER_EXE] = { "it runs %o", "--if-exe" },
	[WHY_OTHER_COMM] = { "its name is %o", "--if-comm" },
	[WHY_NOT_USER] = { "it runs as %u", "--if-user" },
	[WHY_UNREAD] = { "its program can't be read", "--if-exe" },
	[WHY_EXE_UNREAD] = { "the program to compare with can't be read", "--if-exe" },
	[WHY_UNMAPPED_USER] = { "its user can't be told",
		"several users show as one in this user namespace" },
	[WHY_PIDFILE_MISSING] = { "", "%o" },
	[WHY_PIDFILE_WAY] = { "%o", "" },
	[WHY_PIDFILE_LINK] = { "the file is not trusted: it is a symbolic link", "" },
	[WHY_PIDFILE_LINK_PROC] = { "the file is not trusted: %o is a link of /proc's own", "" },
	[WHY_PIDFILE_FUSE] = { "the file is not trusted: %o is on a user's file system (FUSE)", "" },
	[WHY_PIDFILE_OWN] = { "the file is not trusted: the working directory has no path of its own", "" },
	[WHY_PIDFILE_LINK_OWNER] = { "the file is not trusted: %o is a link of %u", "" },
	[WHY_PIDFILE_WRITABLE] = { "the file is not trusted: group or others may write to %o", "" },
	[WHY_PIDFILE_OWNERS] = { "the file is not trusted: %o is of a second user, %u", "" },
	[WHY_PIDFILE_UNMAPPED] = { "the file is not trusted: whose %o is can't be told", "several users show as one in this user namespace" },
	[WHY_PIDFILE_KIND] = { "the file is not trusted: it is no regular file", "" },
	[WHY_PIDFILE_HARD_LINK] = { "the file is not trusted: it has several hard links", "" },
	[WHY_PIDFILE_EMPTY] = { "the file is empty", "it may be about to be written" },
	[WHY_PIDFILE_SIZE] = { "the file is too large for one PID or identity", "" },
	[WHY_PIDFILE_CONTENT] = { "the file holds something else than one PID or identity", "" },
	[WHY_PIDFILE_SHORT] = { "the file holds an identity without a boot ID", "pidkill --identify > FILE" },
	[WHY_PIDFILE_CHANGED] = { "the file changed while it was read", "try again" },
	[WHY_PIDFILE_INIT] = { "the file is not trusted: it names PID 1", "" },
	[WHY_PIDFILE_FUTURE] = { "the file is not trusted: it was written in the future", "" },
	[WHY_PIDFILE_STALE] = { "", "the file is stale: its number was taken after it was written" },
	[WHY_PIDFILE_OLD] = { "", "the file is stale: it is older than this boot" },
	[WHY_PIDFILE_USER] = { "the file is not trusted: its owner must not stop a process of %u", "" },
	[WHY_NO_HANDLER] = { "it has no handler for it", "--require-handler" },
};

static void add_user(struct text *text, uid_t uid)
{
	char name[64];

	if (user_name(uid, name, sizeof name))
		text_word(text, name);
	else
		text_format(text, "user %u", uid);
}

static void add_sentence(struct text *text, const char *sentence, const struct problem *problem)
{
	for (; *sentence && *sentence != '|'; sentence++) {
		if (*sentence != '%') {
			text_format(text, "%c", *sentence);
			continue;
		}
		switch (*++sentence) {
		case 'o':
			text_word(text, problem->other ? problem->other : "?"); /* memory was short */
			break;
		case 'k':
			text_add(text, problem->other);
			break;
		case 'n':
			text_format(text, "%ld", problem->number);
			break;
		case 'l':
			text_format(text, "-%c does not go with -%c", (int)(problem->number & 0xff),
			            (int)(problem->number >> 8));
			break;
		case 'w':
			text_word(text, problem->word);
			break;
		case 'p':
			if (problem->number)
				text_format(text, ", its process is %ld", problem->number);
			break;
		case 's':
			text_add(text, signame_of((int)problem->number).text);
			break;
		case 't':
			if (problem->sends)
				text_add(text, "; to signal one thread: --scope=thread");
			break;
		case 'u':
			add_user(text, (uid_t)problem->number);
			break;
		}
	}
}

/* What can be pasted into a shell as it is. */
static bool is_plain(const char *word)
{
	return strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(word) &&
	       *word != '-';
}

/* What says the same again lacks something too. */
static bool lacks_ingredient(const char *sentence, const struct problem *problem)
{
	const bool other = problem->other && !(problem->word && strcmp(problem->other, problem->word) == 0);

	return (strstr(sentence, "%o") && !other) ||
	       (strstr(sentence, "%w") && !(problem->word && is_plain(problem->word))) ||
	       (strstr(sentence, "%s") && problem->number < 0) ||
	       (strstr(sentence, "%n") && problem->number == 0 && problem->why == WHY_NOT_A_LEADER);
}

/* ": what: reason (hint)" */
static void add_problem(struct text *text, const struct problem *problem)
{
	const struct sentence *sentence = &sentences[problem->why];

	if (*sentence->what) {
		text_add(text, ": ");
		add_sentence(text, sentence->what, problem);
	}
	if (problem->error) {
		text_add(text, ": ");
		text_add(text, strerrordesc_np(problem->error));
	}
	const char *hint = sentence->hint;
	if (lacks_ingredient(hint, problem))
		hint = strchr(hint, '|') ? strchr(hint, '|') + 1 : "";
	if (*hint) {
		text_add(text, " (");
		add_sentence(text, hint, problem);
		text_add(text, ")");
	}
}

void report_handle(struct text *text, const struct handle *handle)
{
	const struct target *target = handle->target;

	switch (target->kind) {
	case TARGET_FD:
		text_format(text, "--fd=%d", target->id.fd);
		return;
	case TARGET_PIDFILE:
		text_add(text, "--pidfile=");
		break;
	case TARGET_NAME:
		text_add(text, "--name=");
		break;
	case TARGET_WORD:
	case TARGET_PID:
	case TARGET_PATH:
	case TARGET_IDENTITY:
	case TARGET_GROUP:
	case TARGET_OWN_GROUP:
	case TARGET_ALL:
		break;
	}
	text_word(text, target->written);
	if (target->kind == TARGET_NAME && handle->pid)
		text_format(text, "[%d]", (int)handle->pid);
}

const char *report_program(const char *called)
{
	const char *slash = strrchr(called, '/');

	return strcmp(slash ? slash + 1 : called, "kill") == 0 ? "kill" : "pidkill";
}

int report_problem(const char *called, const struct problem *problem, struct output *err)
{
	struct text text = { 0 };

	text_add(&text, report_program(called));
	if (problem->word) {
		text_add(&text, ": ");
		text_word(&text, problem->word);
	}
	add_problem(&text, problem);
	text_emit(&text, err);
	return problem->why < WHY_SECURE ? STATUS_USAGE : STATUS_NONE;
}

/* "5s", "1.5s", "200ms" */
static void add_duration(struct text *text, int64_t ms)
{
	if (ms < 1000)
		text_format(text, "%dms", (int)ms);
	else
		text_format(text, "%.15gs", (double)ms / 1000);
}

static void add_not_sent(struct text *text, const struct request *request,
                         const struct handle *handle)
{
	if (handle->outcome == OUTCOME_ALIVE) {
		text_add(text, ": still running");
		if (request->wait.limit_ms) {
			text_add(text, " after ");
			add_duration(text, request->wait.limit_ms);
		}
	} else if (handle->reason.why == WHY_NO_ENDING) {
		text_add(text, ": ended");
	} else if (handle->outcome == OUTCOME_SKIPPED) {
		text_add(text, ": did not send ");
		text_signal(text, handle->signal);
	} else {
		text_add(text, ": cannot send ");
		text_signal(text, handle->signal);
	}
}

static void add_what_failed(struct text *text, const struct request *request,
                            const struct handle *handle)
{
	if (request->mode != MODE_SEND && handle->outcome == OUTCOME_SKIPPED)
		return;
	switch (request->mode) {
	case MODE_PID:
		text_add(text, ": cannot tell its PID");
		break;
	case MODE_STATE:
		text_add(text, ": cannot read its signals");
		break;
	case MODE_STATUS:
		text_add(text, ": cannot tell its status");
		break;
	case MODE_IDENTIFY:
		text_add(text, ": cannot identify it");
		break;
	case MODE_SEND:
	case MODE_LIST:
	case MODE_TABLE:
	case MODE_HELP:
	case MODE_VERSION:
		add_not_sent(text, request, handle);
		break;
	}
}

static void report_failure(const struct request *request, const struct handle *handle, struct output *err)
{
	struct text text = { 0 };

	text_add(&text, report_program(request->called));
	text_add(&text, ": ");
	report_handle(&text, handle);
	add_what_failed(&text, request, handle);
	add_problem(&text, &(struct problem){
		.why = handle->reason.why, .error = handle->reason.error, .number = handle->reason.number,
		.word = handle->target->written, .other = handle->detail, .sends = request->mode == MODE_SEND,
	});
	text_emit(&text, err);
}

static void report_done(const struct request *request, const struct handle *handle, struct output *err)
{
	struct text text = { 0 };

	report_handle(&text, handle);
	if (handle->outcome == OUTCOME_GONE) {
		text_add(&text, ": gone");
	} else if (handle->reason.error) {
		text_add(&text, ": only waited for: ");
		text_add(&text, strerrordesc_np(handle->reason.error));
	} else {
		text_add(&text, ": sent ");
		text_signal(&text, request->message.signal);
	}
	text_emit(&text, err);
}

void report_unqueued(const struct message *message, const struct run *run, struct output *err)
{
	enum { KERNEL_SIGRTMIN = 32 };
	struct text text = { 0 };
	size_t settled = 0;

	if (!message->payload.set || !message->signal || message->signal >= KERNEL_SIGRTMIN)
		return;
	while (settled < run->count && run->handles[settled].outcome != OUTCOME_NONE)
		settled++;
	if (settled == run->count)
		return;
	text_signal(&text, message->signal);
	text_add(&text, ": does not queue, the value may be lost (real-time signals do)");
	text_emit(&text, err);
}

int report_status(const struct request *request, const struct run *run)
{
	size_t counts[OUTCOMES] = { 0 };

	for (size_t i = 0; i < run->count; i++)
		counts[run->handles[i].outcome]++;
	if (request->mode == MODE_STATUS) /* as the LSB wants it of an init script: worst first */
		return counts[OUTCOME_FAILED] ? STATUS_UNTOLD :
		       counts[OUTCOME_GONE] || counts[OUTCOME_SKIPPED] ? STATUS_NOT_RUNNING : STATUS_OK;
	if (counts[OUTCOME_ALIVE])
		return STATUS_TIMED_OUT;
	const size_t done = counts[OUTCOME_DONE] + counts[OUTCOME_EXITED] + counts[OUTCOME_GONE];
	if (done + counts[OUTCOME_NO_MATCH] == run->count)
		return STATUS_OK;
	return done ? STATUS_SOME : STATUS_NONE;
}

/* What failed or was skipped; with -v also what was sent. A dry run and the asking modes have said theirs. */
static bool is_told(const struct request *request, const struct handle *handle)
{
	switch (handle->outcome) {
	case OUTCOME_FAILED:
	case OUTCOME_SKIPPED:
		return true;
	case OUTCOME_DONE:
	case OUTCOME_GONE:
		return request->verbose && request->mode == MODE_SEND && !request->dry_run;
	case OUTCOME_NONE:
	case OUTCOME_EXITED:
	case OUTCOME_ALIVE:
	case OUTCOME_NO_MATCH:
		break;
	}
	return false;
}

void report_run(const struct request *request, const struct run *run, bool self, struct output *err)
{
	for (size_t i = 0; i < run->count; i++) {
		const struct handle *handle = &run->handles[i];
		if (handle->reaches_self != self || !is_told(request, handle))
			continue;
		if (handle->outcome == OUTCOME_FAILED || handle->outcome == OUTCOME_SKIPPED)
			report_failure(request, handle, err);
		else
			report_done(request, handle, err);
	}
}

/* "exited with status 3", "killed by SIGKILL", "killed by SIGSEGV, dumped core"; "gone" where it is not
 * told. */
static void add_ending(struct text *text, int status)
{
	if (status < 0) {
		text_add(text, "gone");
	} else if (WIFEXITED(status)) {
		text_format(text, "exited with status %d", WEXITSTATUS(status));
	} else {
		text_add(text, "killed by ");
		text_signal(text, WTERMSIG(status));
		if (WCOREDUMP(status))
			text_add(text, ", dumped core");
	}
}

int report_exit_status(const struct request *request, const struct run *run, struct output *err)
{
	struct handle handle = run->handles[0];

	if (handle.outcome == OUTCOME_ALIVE)
		return STATUS_TIMED_OUT;
	if (handle.outcome == OUTCOME_GONE)
		return STATUS_OK;
	if (handle.outcome != OUTCOME_EXITED)
		return STATUS_UNKNOWN;
	if (handle.status >= 0)
		return WIFEXITED(handle.status) ? WEXITSTATUS(handle.status) : 128 + WTERMSIG(handle.status);
	handle.reason = (struct reason){ .why = WHY_NO_ENDING };
	report_failure(request, &handle, err);
	return STATUS_UNKNOWN;
}

void report_wait_clear(struct report_wait *report)
{
	struct text text = { 0 };

	text_add(&text, report->shown ? "\r\033[K" : "");
	text_flush(&text, report->err);
	report->shown = false;
}

static void on_stepped(void *context, const struct handle *handle, const struct step *step)
{
	struct report_wait *report = context;
	struct text text = { 0 };

	report_handle(&text, handle);
	text_add(&text, ": still running after ");
	add_duration(&text, step->after_ms);
	text_add(&text, ", sent ");
	text_signal(&text, step->signal);
	text_emit(&text, report->err);
}

static void on_ended(void *context, const struct handle *handle)
{
	struct report_wait *report = context;
	struct text text = { 0 };

	report_handle(&text, handle);
	text_add(&text, ": ");
	add_ending(&text, handle->status);
	text_emit(&text, report->err);
}

static void on_failed(void *context, const struct handle *handle)
{
	struct report_wait *report = context;

	report_wait_clear(report);
	report_failure(report->request, handle, report->err);
}

/* The first few names of what is waited for. */
static void add_names(struct text *text, const struct run *run, size_t left)
{
	enum { NAMES = 3 };
	size_t named = 0;

	for (size_t i = 0; i < run->count && named < NAMES && named < left; i++) {
		const struct handle *handle = &run->handles[i];
		struct procfs_comm comm;
		if (handle->outcome != OUTCOME_DONE)
			continue;
		text_add(text, named++ ? ", " : " ");
		FD_AUTO dir = procfs_directory(handle->fd);
		if (dir >= 0 && procfs_read_comm(dir, &comm) == 0) {
			text_word(text, comm.text);
			text_add(text, " ");
		}
		report_handle(text, handle);
	}
	text_add(text, left > named ? ", ..." : "");
}

static void on_waiting(void *context, const struct run *run, size_t left, const struct step *next,
                       int64_t in_ms)
{
	struct report_wait *report = context;
	struct winsize size;
	struct text text = { 0 };

	text_format(&text, "\rwaiting for %zu:", left);
	add_names(&text, run, left);
	if (in_ms >= 0) {
		text_add(&text, "; ");
		if (next)
			text_signal(&text, next->signal);
		else
			text_add(&text, "giving up");
		text_format(&text, " in %llds", (long long)(in_ms + 999) / 1000);
	}
	const bool sized = ioctl(report->err->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
	const size_t columns = sized ? size.ws_col : 80u;
	if (text.length >= columns + 1) /* the return is none */
		text.length = columns;
	text_add(&text, "\033[K");
	text_flush(&text, report->err);
	report->shown = true;
}

struct wait_observer report_wait_observer(struct report_wait *report)
{
	const bool verbose = report->request->verbose;
	/* in the background the terminal is another's; what is none has no foreground */
	const bool terminal = !verbose && tcgetpgrp(report->err->fd) == getpgrp();

	return (struct wait_observer){
		.context = report,
		.stepped = verbose ? on_stepped : NULL,
		.ended = verbose ? on_ended : NULL,
		.failed = on_failed,
		.waiting = terminal ? on_waiting : NULL,
	};
}

int report_output(const char *called, const struct output *out, struct output *err, int status)
{
	if (!out->error)
		return status;
	report_problem(called, &(struct problem){ .why = WHY_STDOUT, .error = out->error }, err);
	return status == STATUS_OK ? STATUS_NONE : status;
}
