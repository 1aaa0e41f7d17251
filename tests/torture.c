/* SPDX-License-Identifier: MIT */
/* torture PROGRAM [SENDS]: processes are born, die and leave their numbers to the next as fast as the machine can,
 * and all the while SENDS signals (none given: a minute of them) are sent by what was noted of one at its birth:
 * by its identity, its pidfd and its directory with pidkill's own code (each hundredth with PROGRAM), and beside each
 * by its number, as kill(1) does. Each signal carries the serial number of the process that it is meant for; one that
 * gets another's is a stranger and says so.
 *
 * Exit 0: strangers were hit by number, and pidkill hit none, missed none that was there and never said "sent" of one
 * that was not; 1: it did; 3: nothing was proved; 77: it can't run here. */
#include "helpers/helper.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "../src/road.h"

enum {
	SLOTS = 12,             /* numbers, each always somebody's but for the moment between two */
	FIRST_NUMBER = 300,
	NOTES = 4,              /* of processes that a number has belonged to, the newest among them */
	SENDERS = 2,
	LIFE = 3,               /* signals, at most, until a process dies */
	EXEC_EVERY = 100,
	SECONDS = 60,
	FD_OF_PROGRAM = 7,      /* where PROGRAM finds a descriptor */
};

enum way { BY_PIDKILL, BY_NUMBER, WAYS };

/* By all processes here: they share their memory, so that a birth costs a tenth of fork(2). */
static _Atomic long received[WAYS], strangers[WAYS];

/* Of one process, noted when it was born and not yet reaped: no doubt who it is. */
struct note {
	int serial;             /* 0: none */
	pid_t pid;
	uint64_t inode;
	int pidfd, dir;
};

static struct slot {
	pthread_mutex_t lock;
	struct note note;       /* of the one that has the number now */
	bool leaving;           /* it is about to be reaped, or has been */
	_Alignas(16) char stack[1 << 14];
} slots[SLOTS];

static pthread_mutex_t births_lock = PTHREAD_MUTEX_INITIALIZER;
static bool used[1 << 22]; /* numbers; PID_MAX_LIMIT */
static int last_pid_fd; /* of /proc/sys/kernel/ns_last_pid: which number comes next */

static struct tally {
	_Atomic long sends, execs, sent, false_claims, misses, oddities;
	_Atomic long by_number, by_number_ok;
} tally;

static _Atomic int last_serial;
static _Atomic long births, reuses;
static _Atomic bool enough;
static char *program;
static char boot_id[40];

/* stderr is shut by then, and the other threads are at work. */
static _Noreturn void give_up(const char *what)
{
	printf("can't run here: %s: %s\n", what, strerror(errno));
	fflush(stdout);
	_exit(77);
}

static int signal_of(enum way way)
{
	return SIGRTMIN + (int)way;
}

/* The life of a process here: it has a few signals, all that came meanwhile among them, and dies. The signals are
 * blocked since before it was born. */
static int live(void *argument)
{
	const struct timespec now = { 0, 0 };
	const int serial = (int)(intptr_t)argument, life = 1 + serial % LIFE;
	siginfo_t info;
	sigset_t set;

	sigemptyset(&set);
	for (int way = 0; way < WAYS; way++)
		sigaddset(&set, signal_of((enum way)way));
	for (int got = 0; sigtimedwait(&set, &info, got < life ? NULL : &now) > 0; got++) {
		const int way = info.si_signo - SIGRTMIN;
		received[way]++;
		strangers[way] += info.si_value.sival_int != serial;
	}
	return 0;
}

/* The next process of SLOT, with the number that the last one had (or another, if PROGRAM has it now). */
static struct note give_birth(struct slot *slot)
{
	struct note note = { .serial = ++last_serial, .pidfd = -1 };
	char text[32];
	struct stat st;

	pthread_mutex_lock(&births_lock);
	const int length = snprintf(text, sizeof text, "%d", FIRST_NUMBER - 1 + (int)(slot - slots));
	if (pwrite(last_pid_fd, text, (size_t)length, 0) < 0)
		give_up("ns_last_pid");
	note.pid = clone(live, slot->stack + sizeof slot->stack, CLONE_VM | CLONE_PIDFD | SIGCHLD,
	                 (void *)(intptr_t)note.serial, &note.pidfd);
	if (note.pid < 0)
		give_up("clone");
	births++;
	reuses += used[note.pid];
	used[note.pid] = true;
	pthread_mutex_unlock(&births_lock);
	snprintf(text, sizeof text, "/proc/%d", (int)note.pid);
	note.dir = open(text, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (note.dir < 0 || fstat(note.pidfd, &st) < 0)
		give_up(text);
	note.inode = st.st_ino;
	return note;
}

static void forget(struct note *note)
{
	if (note->serial) {
		close(note->pidfd);
		close(note->dir);
	}
	note->serial = 0;
}

static void *keep(void *argument)
{
	struct slot *slot = argument;

	for (;;) {
		const struct note note = give_birth(slot);
		siginfo_t info;

		pthread_mutex_lock(&slot->lock);
		forget(&slot->note);
		slot->note = note;
		slot->leaving = false;
		pthread_mutex_unlock(&slot->lock);
		if (waitid(P_PID, (id_t)note.pid, &info, WEXITED | WNOWAIT) < 0)
			give_up("waitid");
		pthread_mutex_lock(&slot->lock);
		slot->leaving = true;
		pthread_mutex_unlock(&slot->lock);
		if (waitpid(note.pid, NULL, 0) != note.pid)
			give_up("waitpid");
	}
	return NULL;
}

/* Copies what SLOT's process now is into NOTES, over the oldest, if it is not there. */
static void take_note(struct slot *slot, struct note notes[NOTES])
{
	int oldest = 0;

	for (int i = 1; i < NOTES; i++)
		if (notes[i].serial < notes[oldest].serial)
			oldest = i;
	pthread_mutex_lock(&slot->lock);
	bool known = !slot->note.serial;
	for (int i = 0; i < NOTES; i++)
		known |= notes[i].serial == slot->note.serial;
	if (!known) {
		forget(&notes[oldest]);
		notes[oldest] = slot->note;
		notes[oldest].pidfd = fcntl(slot->note.pidfd, F_DUPFD_CLOEXEC, FD_OF_PROGRAM + 1);
		notes[oldest].dir = fcntl(slot->note.dir, F_DUPFD_CLOEXEC, FD_OF_PROGRAM + 1);
	}
	pthread_mutex_unlock(&slot->lock);
}

/* True: the process noted is reaped, or will be in a moment. */
static bool is_leaving(struct slot *slot, int serial)
{
	pthread_mutex_lock(&slot->lock);
	const bool leaving = slot->leaving || slot->note.serial != serial;
	pthread_mutex_unlock(&slot->lock);
	return leaving;
}

/* True: the process noted was reaped, since its number has gone on. */
static bool is_gone(struct slot *slot, int serial)
{
	pthread_mutex_lock(&slot->lock);
	const bool gone = slot->note.serial != serial;
	pthread_mutex_unlock(&slot->lock);
	return gone;
}

static int run_program(char **argv, int fd)
{
	posix_spawn_file_actions_t actions;
	pid_t child;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, FD_OF_PROGRAM);
	if ((errno = posix_spawn(&child, program, &actions, NULL, argv, environ)))
		give_up(program);
	posix_spawn_file_actions_destroy(&actions);
	if (waitpid(child, &status, 0) < 0)
		give_up("waitpid");
	tally.execs++;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int never(void)
{
	return 0;
}

static int pidkill(const struct note *note, long turn)
{
	enum { IDENTITY, LONG_IDENTITY, PIDFD, DIRECTORY, MEANS };
	const bool by_program = turn % EXEC_EVERY == 0;
	const long means = (by_program ? turn / EXEC_EVERY : turn) % MEANS;
	const int fd = means == DIRECTORY ? note->dir : note->pidfd;
	char target[96], value[16], signal_name[] = "RTMIN";
	char *argv[] = { (char[]){ "pidkill" }, (char[]){ "-q" }, value, (char[]){ "-s" }, signal_name, target, NULL };
	int interrupted;

	snprintf(value, sizeof value, "%d", note->serial);
	if (means == IDENTITY)
		snprintf(target, sizeof target, "%d:%ju", (int)note->pid, (uintmax_t)note->inode);
	else if (means == LONG_IDENTITY)
		snprintf(target, sizeof target, "%d:%ju:%s", (int)note->pid, (uintmax_t)note->inode, boot_id);
	else
		snprintf(target, sizeof target, "--fd=%d", by_program ? FD_OF_PROGRAM : fd);
	if (by_program)
		return run_program(argv, fd);
	return road_run(6, argv, never, &interrupted); /* as in a shell: it closes all */
}

static void send_by_pidkill(struct slot *slot, const struct note *note, long turn)
{
	const bool gone = is_gone(slot, note->serial);
	const int status = pidkill(note, turn);
	const bool there = !is_leaving(slot, note->serial);

	tally.sends++;
	tally.sent += status == 0;
	tally.false_claims += status == 0 && gone;
	tally.misses += status != 0 && there;
	tally.oddities += status != 0 && status != 1;
}

static void send_by_number(const struct note *note)
{
	const int error = sigqueue(note->pid, signal_of(BY_NUMBER), (union sigval){ .sival_int = note->serial });

	tally.by_number++;
	tally.by_number_ok += error == 0;
}

static void *send_signals(void *argument)
{
	struct note notes[SLOTS][NOTES] = { 0 };
	const long most = *(long *)argument;
	unsigned seed = (unsigned)(uintptr_t)&seed;

	for (long turn = 1; turn <= most && !enough; turn++) {
		struct slot *slot = &slots[rand_r(&seed) % SLOTS];
		struct note *of_slot = notes[slot - slots];

		take_note(slot, of_slot);
		const struct note *note = &of_slot[rand_r(&seed) % NOTES];
		if (!note->serial) {
			turn--;
			continue;
		}
		send_by_pidkill(slot, note, turn);
		send_by_number(note);
	}
	return NULL;
}

static void start(pthread_t *thread, void *run(void *), void *argument)
{
	if ((errno = pthread_create(thread, NULL, run, argument)))
		give_up("pthread_create");
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* What there is to say, and the exit status. */
static int judge(double seconds)
{
	const bool proved = reuses > 0 && strangers[BY_NUMBER] > 0;
	const bool good = !strangers[BY_PIDKILL] && !tally.false_claims && !tally.misses && !tally.oddities;

	printf("%d numbers: %ld processes born in %.1f s, %ld of them with a number that another had before\n", SLOTS, births,
	       seconds, reuses);
	printf("by identity, pidfd or directory: %ld sends (%ld by exec), %ld sent, %ld received, %ld by strangers\n",
	       tally.sends, tally.execs, tally.sent, received[BY_PIDKILL], strangers[BY_PIDKILL]);
	printf("by number, as kill(1):           %ld sends, %ld sent, %ld received, %ld by strangers\n",
	       tally.by_number, tally.by_number_ok, received[BY_NUMBER], strangers[BY_NUMBER]);
	printf("pidkill said \"sent\" of one that was gone: %ld; missed one that was there: %ld; other statuses: %ld\n",
	       tally.false_claims, tally.misses, tally.oddities);
	puts(!good ? "FAILED" : proved ? "passed" : "nothing was proved: no number was used again, or kill(2) hit nobody");
	return !good ? 1 : proved ? 0 : 3;
}

/* Process 1 of a PID namespace with its own /proc is what this must be. */
static void enter_namespace(const char *self, const char *sends)
{
	static const char *const words[] = { "unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child",
	                                     "--mount-proc", "--" };
	enum { COUNT = sizeof words / sizeof *words, OF_USER = 2 };
	const char *command[COUNT + 4] = { words[0] };
	int count = 1;

	for (int i = geteuid() ? 1 : 1 + OF_USER; i < COUNT; i++)
		command[count++] = words[i];
	command[count++] = self;
	command[count++] = program;
	command[count++] = sends;
	execvp(command[0], (char *const *)command);
	give_up("unshare");
}

static void prepare(void)
{
	sigset_t set;
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	const int boot = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	if (boot < 0 || read(boot, boot_id, 36) != 36)
		give_up("boot_id");
	last_pid_fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
	if (last_pid_fd < 0)
		give_up("ns_last_pid");
	sigemptyset(&set);
	for (int way = 0; way < WAYS; way++)
		sigaddset(&set, signal_of((enum way)way));
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	if (dup2(null, STDERR_FILENO) < 0) /* what pidkill says of each that is gone */
		give_up("/dev/null");
}

int main(int argc, char **argv)
{
	const bool limited = argc > 2 && *argv[2];
	long each = limited ? (number_of(argv[2]) + SENDERS - 1) / SENDERS : INT32_MAX;
	pthread_t keeper, senders[SENDERS];

	if (argc < 2 || argc > 3)
		errx(2, "usage: torture PROGRAM [SENDS]");
	program = argv[1];
	if (getpid() != 1)
		enter_namespace(argv[0], argc > 2 ? argv[2] : NULL);
	prepare();
	const double begin = now();
	for (int i = 0; i < SLOTS; i++) {
		pthread_mutex_init(&slots[i].lock, NULL);
		start(&keeper, keep, &slots[i]);
	}
	for (int i = 0; i < SENDERS; i++)
		start(&senders[i], send_signals, &each);
	if (!limited) {
		sleep(SECONDS);
		enough = true;
	}
	for (int i = 0; i < SENDERS; i++)
		pthread_join(senders[i], NULL);
	return judge(now() - begin);
}
