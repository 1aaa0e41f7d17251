/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share: an input as text, checks, and oracles that are simpler than what they judge. */
#ifndef FUZZ_H
#define FUZZ_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define CHECK(condition) \
	((condition) ? (void)0 : (fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition), abort()))

/* The input as a string, to be freed: exactly as long, so that ASan sees a look behind its end. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	CHECK(text);
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

/* TEXT is a strict number up to MAX: it is what printing its value gives. */
static inline bool oracle_decimal(const char *text, uint64_t max, uint64_t *value)
{
	char again[24];

	*value = strtoull(text, NULL, 10);
	snprintf(again, sizeof again, "%" PRIu64, *value);
	return strcmp(again, text) == 0 && *value <= max;
}

/* TEXT is PID:INODE or PID:INODE:BOOTID, in the same way. *BOOT is NULL in the short form. */
static inline bool oracle_identity(const char *text, uint64_t *pid, uint64_t *inode, const char **boot)
{
	char again[128], *end;
	int length = 0;

	*pid = strtoull(text, &end, 10);
	*inode = *end ? strtoull(end + 1, &end, 10) : 0;
	*boot = *end ? end + 1 : NULL;
	snprintf(again, sizeof again, "%" PRIu64 ":%" PRIu64 "%s%s", *pid, *inode, *boot ? ":" : "",
	         *boot ? *boot : "");
	if (strcmp(again, text) != 0 || !*pid || *pid > INT32_MAX || !*inode)
		return false;
	if (*boot)
		sscanf(*boot, "%*8[0-9a-f]-%*4[0-9a-f]-%*4[0-9a-f]-%*4[0-9a-f]-%*12[0-9a-f]%n", &length);
	return !*boot || (length == 36 && !(*boot)[length]);
}

#endif
