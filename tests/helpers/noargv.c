/* SPDX-License-Identifier: MIT */
/* noargv COUNT FILE [WORD...]: runs FILE without any argument (COUNT 0; Linux 5.18 on makes one empty one of it), or with
 * an empty one in its name's place, and the WORDs. */
#include "helper.h"

int main(int argc, char **argv)
{
	char empty[] = "", *none[] = { NULL };

	if (argc < 3)
		errx(2, "usage: noargv COUNT FILE [WORD...]");
	char *const file = argv[2];
	argv[2] = empty;
	execvp(file, number_of(argv[1]) ? &argv[2] : none);
	err(127, "%s", file);
}
