/* SPDX-License-Identifier: MIT */
/* Conditions on the held processes, judged by what is read through their handles. */
#ifndef CHECK_H
#define CHECK_H

#include "request.h"
#include "run.h"

/* Every handle of RUN that is OUTCOME_NONE and does not meet a condition of REQUEST becomes SKIPPED;
 * one that can't be read FAILED. */
void check_run(const struct request *request, struct run *run);

#endif
