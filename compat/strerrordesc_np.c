/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "compat.h"

#include <errno.h>

/* As glibc has it, where musl says it in other words: scripts read messages. Neither has another language than
 * English here, as pidkill never calls setlocale(3). */
const char *strerrordesc_np(int error)
{
	switch (error) {
	case EIO:
		return "Input/output error";
	case ENOMEM:
		return "Cannot allocate memory";
	case EMFILE:
		return "Too many open files";
	case ENAMETOOLONG:
		return "File name too long";
	case ELOOP:
		return "Too many levels of symbolic links";
	case EOPNOTSUPP:
		return "Operation not supported";
	}
	return strerror(error);
}
