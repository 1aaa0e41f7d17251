/* SPDX-License-Identifier: MIT */
/* renamer NAME OTHER: takes both names in turn, as fast as it can, until it is killed. */
#include "helper.h"

#include <sys/prctl.h>

int main(int argc, char **argv)
{
	if (argc != 3)
		errx(2, "usage: renamer NAME OTHER");
	for (;;) {
		prctl(PR_SET_NAME, argv[1]);
		prctl(PR_SET_NAME, argv[2]);
	}
}
