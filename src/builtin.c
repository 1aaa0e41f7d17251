/* SPDX-License-Identifier: MIT */
/* pidkill as a builtin of bash: enable -f ./pidkill.so pidkill. No config.h of ours: bash has its own. */
#include <loadables.h>
#include <quit.h>

#include <signal.h>
#include <stdlib.h>
#include <sys/auxv.h>

#include "road.h"

/* bash finds these by name. */
#define EXPORTED __attribute__((visibility("default")))

EXPORTED int pidkill_builtin(WORD_LIST *list);
EXPORTED int pidkill_builtin_load(char *word);
extern struct builtin pidkill_struct EXPORTED;

extern int signal_is_pending(int signal_number); /* bash's; no header has it */

/* What bash has got for its traps, or to end by. */
static int shell_signal(void)
{
	static const int candidates[] = { SIGINT, SIGTERM, SIGHUP };

	if (interrupt_state)
		return SIGINT;
	if (terminating_signal)
		return terminating_signal;
	for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++)
		if (signal_is_pending(candidates[i]))
			return candidates[i];
	return 0;
}

/* What ends a wait is the shell's: one that pidkill took instead is given to it, and it acts on it. */
int pidkill_builtin(WORD_LIST *list)
{
	int argc, interrupted = 0;
	char **argv = make_builtin_argv(list, &argc);
	const int status = road_run(argc, argv, shell_signal, &interrupted);

	free(argv);
	if (interrupted && !shell_signal())
		raise(interrupted);
	if (interrupted)
		QUIT;
	return status;
}

/* 0: not to be loaded, AT_SECURE as for the program. */
int pidkill_builtin_load(char *word)
{
	(void)word;
	if (!getauxval(AT_SECURE))
		return 1;
	builtin_error("will not run with borrowed privileges");
	return 0;
}

static char doc[] =
	"Signal processes that are held, not numbers.\n\n"
	"    Holds every target first, then signals what it holds. The same as the\n"
	"    program pidkill(1), without a fork; 'pidkill --help' lists the options.";
static char *const pidkill_doc[] = { doc, NULL };
static char name[] = "pidkill";

struct builtin pidkill_struct = {
	.name = name,
	.function = pidkill_builtin,
	.flags = BUILTIN_ENABLED,
	.long_doc = pidkill_doc,
	.short_doc = "pidkill [-s SIGNAL | -SIGNAL] [OPTION]... TARGET...",
};
