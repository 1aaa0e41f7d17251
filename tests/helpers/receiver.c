/* SPDX-License-Identifier: MIT */
/* receiver FIFO [THREADS]: blocks every signal, writes "PID [TID...]" to FIFO when it is ready, and
 * for each line on stdin takes out all that is pending, a line for each:
 *
 *	got 10 code=-1 pid=123 uid=0 int=5 ptr=0x5 thread=0
 *
 * then "end"; after the line "q", or the end of stdin, it exits. Thread 0 is the main thread; it takes out first, so that what another thread got was
 * sent to that thread alone. The raw rt_sigtimedwait(2), which sigwaitinfo(3) is made of: glibc's
 * turns SI_TKILL into SI_USER. */
#include "helper.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <time.h>

enum { MOST = 8 };

static struct worker {
	pthread_t thread;
	pid_t tid;
	int number;
	sem_t started, turn, done;
} workers[MOST];

static void take_out(int thread)
{
	const uint64_t all = ~UINT64_C(0);
	const struct timespec now = { 0, 0 };
	siginfo_t info;

	for (;;) {
		memset(&info, 0, sizeof info);
		const long got = syscall(SYS_rt_sigtimedwait, &all, &info, &now, sizeof all);
		if (got < 0 && errno == EAGAIN)
			return;
		if (got < 0)
			err(1, "rt_sigtimedwait");
		printf("got %d code=%d pid=%d uid=%d int=%d ptr=%#lx thread=%d\n", info.si_signo,
		       info.si_code, (int)info.si_pid, (int)info.si_uid, info.si_value.sival_int,
		       (unsigned long)(uintptr_t)info.si_value.sival_ptr, thread);
	}
}

static void *work(void *argument)
{
	struct worker *self = argument;

	self->tid = (pid_t)syscall(SYS_gettid);
	sem_post(&self->started);
	for (;;) {
		sem_wait(&self->turn);
		take_out(self->number);
		sem_post(&self->done);
	}
	return NULL;
}

static void say_ready(const char *fifo, int threads)
{
	const int fd = open(fifo, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		err(1, "%s", fifo);
	dprintf(fd, "%d", (int)getpid());
	for (int i = 0; i < threads; i++)
		dprintf(fd, " %d", (int)workers[i].tid);
	dprintf(fd, "\n");
	close(fd);
}

int main(int argc, char **argv)
{
	const int threads = argc > 2 ? number_of(argv[2]) : 0;
	const uint64_t all = ~UINT64_C(0);
	char line[16];
	int last = 0;

	if (argc < 2 || threads > MOST)
		errx(2, "usage: receiver FIFO [THREADS]");
	/* libc's own signals too: sigprocmask(3) leaves 32 and 33 out */
	if (syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL, sizeof all) < 0)
		err(1, "rt_sigprocmask");
	for (int i = 0; i < threads; i++) {
		workers[i].number = i + 1;
		sem_init(&workers[i].started, 0, 0);
		sem_init(&workers[i].turn, 0, 0);
		sem_init(&workers[i].done, 0, 0);
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
		sem_wait(&workers[i].started);
	}
	say_ready(argv[1], threads);
	setvbuf(stdin, NULL, _IONBF, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (!last) {
		last = !fgets(line, sizeof line, stdin) || line[0] == 'q';
		take_out(0);
		for (int i = 0; i < threads; i++) {
			sem_post(&workers[i].turn);
			sem_wait(&workers[i].done);
		}
		puts("end");
	}
	return 0;
}
