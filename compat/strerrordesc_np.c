/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "compat.h"

/* A program that never calls setlocale(3) has but one language. */
const char *strerrordesc_np(int error)
{
	return strerror(error);
}
