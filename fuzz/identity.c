/* SPDX-License-Identifier: MIT */
/* Identities, PID:INODE[:BOOTID]: what is taken is what printing its parts gives again. */
#include "config.h"

#include "fuzz.h"

#include "../src/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct identity identity = { 0 };
	uint64_t number = 0, inode = 0;
	const char *boot = NULL;
	pid_t pid = 0;
	const bool good = oracle_identity(text, &number, &inode, &boot);

	CHECK((number_identity(text, &pid, &identity) == NUMBER_OK) == good);
	if (good)
		CHECK((uint64_t)pid == number && identity.inode == inode && identity.boot == boot);
	free(text);
	return 0;
}
