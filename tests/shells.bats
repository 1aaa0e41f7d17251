# SPDX-License-Identifier: MIT
load lib/common

# The reason for this program: a shell holds the process, and pidkill signals what it holds.
shell_holds() { # FD-WORDS SHELL...
	local words=$1
	shift
	needs "$1"
	start_process
	run -0 "$@" -c "exec 7</proc/$pid; pidkill -s KILL $words 2>&1; echo \"then \$?\""
	assert_output "then 0"
	wait "$pid" || true
	exec 7<&-
}

shell_learns_the_end() { # FD-WORDS SHELL...
	local words=$1
	shift
	# shellcheck disable=SC2016
	run -0 "$@" -c 'sleep 1000 >/dev/null & exec 7</proc/$!; kill -9 $!; wait $!
		pidkill '"$words"' 2>&1; echo "then $?"' 2>/dev/null
	assert_line "pidkill: --fd=7: cannot send SIGTERM: No such process"
	assert_line "then 1"
}

@test "bash holds a process with exec 7</proc/\$!" {
	shell_holds --fd=7 bash
	shell_learns_the_end --fd=7 bash
}

@test "dash holds a process with exec 7</proc/\$!" {
	shell_holds --fd=7 dash
	shell_learns_the_end --fd=7 dash
}

@test "zsh holds a process with exec 7</proc/\$!" {
	shell_holds --fd=7 zsh
	shell_learns_the_end --fd=7 zsh
}

@test "busybox ash holds a process with exec 7</proc/\$!" {
	shell_holds --fd=7 busybox ash
	shell_learns_the_end --fd=7 busybox ash
}

@test "ksh and mksh keep their descriptors to themselves: 7<&7 hands one on" {
	shell_holds "--fd=7 7<&7" ksh
	shell_learns_the_end "--fd=7 7<&7" ksh
	shell_holds "--fd=7 7<&7" mksh
}

@test "where a shell kept its descriptor, the message says 7<&7" {
	needs ksh
	start_process
	run -1 ksh -c "exec 7</proc/$pid; pidkill --fd=7"
	assert_output "pidkill: --fd=7: cannot send SIGTERM: Bad file descriptor (not open in pidkill; where a shell keeps its own to itself: pidkill --fd=7 7<&7)"
}
