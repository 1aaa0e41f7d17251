# SPDX-License-Identifier: MIT
load lib/common

@test "the demo: a stranger is hit by number and not by pidkill, KILL follows TERM, a value arrives" {
	needs_program # a shell of its own runs it
	needs_set_tid
	run -0 timeout 60 "$SOURCES/demo"
	assert_line "pidkill: --fd=7: cannot send SIGTERM: No such process"
	assert_line "(database was killed by SIGTERM)"
	assert_line --regexp '^[0-9]+: still running after 1s, sent SIGKILL$'
	assert_line --regexp '^[0-9]+: killed by SIGKILL$'
	assert_line --regexp '^got [0-9]+ code=-1 .* int=42 '
}
