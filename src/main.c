/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <link.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "report.h"
#include "road.h"

#ifdef STATIC_PROGRAM
static bool is_secure(char *const *envp)
{
	(void)envp;
	return getauxval(AT_SECURE);
}
#else
/* The kernel's AT_SECURE. On the stack the auxiliary vector lies behind the environment; to look there costs a start a
 * sixth of finding getauxval(3). Where the loader has taken variables out of the environment, as it does of
 * a secure process, something else lies there: then getauxval(3) has the word. */
static bool is_secure(char *const *envp)
{
	while (*envp)
		envp++;
	for (const ElfW(auxv_t) *entry = (const void *)(envp + 1); entry->a_type != AT_NULL; entry++) {
		enum { HIGHEST_TYPE = 1023 }; /* pointers are above */
		if (entry->a_type > HIGHEST_TYPE)
			break;
		if (entry->a_type == AT_SECURE && !entry->a_un.a_val)
			return false;
	}
	return getauxval(AT_SECURE);
}
#endif

/* So that a script around pidkill stops too. init of a PID namespace survives it. */
static void die_of(int signal_number)
{
	sigset_t set;

	signal(signal_number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, signal_number);
	raise(signal_number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int main(int argc, char *argv[])
{
	int interrupted;

	if (is_secure(&argv[argc + 1])) {
		const struct problem problem = { .why = WHY_SECURE };
		struct output err = { .fd = STDERR_FILENO };
		return report_problem(argc > 0 ? argv[0] : "", &problem, &err);
	}
	const int status = road_run(argc, argv, NULL, &interrupted);
	if (interrupted)
		die_of(interrupted);
	return status;
}
