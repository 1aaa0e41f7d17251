# SPDX-License-Identifier: MIT
load lib/common

page() {
	echo "$SOURCES/man/pidkill.1"
}

# The literal blocks of a page, each in a file of its own: NAME.N
extract_blocks() { # PAGE NAME
	awk -v name="$2" '/^\.Bd -literal/ { n++; body = 1; next } /^\.Ed/ { body = 0 }
		body { gsub(/\\-/, "-"); gsub(/\\\(aq/, "'\''"); gsub(/\\e/, "\\"); print >(name "." n) }' "$1"
}

# Between a start and what follows: the last one is what was started by now, and no longer the shell.
settle() { # COMMAND FILE...
	settled() {
		local words=
		until [[ $words != "" && $words != bash\ * ]]; do words=$(tr '\0' ' ' <"/proc/$!/cmdline"); done
	}
	export -f settled
	sed -i "s/$1 & /$1 \& settled; /; s/$1 &\$/$1 \& settled/" "${@:2}"
}

@test "every example of the man page runs" {
	awk '/^\.Sh/ { on = $2 == "EXAMPLES" } on' "$(page)" >examples
	extract_blocks examples example
	settle "sleep 100" example.*
	local example
	[ -e example.5 ]
	for example in example.*; do
		run -0 bash -e "$example" 3>&-
		run ! grep -i "usage\|no such signal" <<<"$output"
	done
}

# What the recipes take for granted: a server that waits, and sudo.
provide() {
	ulimit -c 0
	mkdir -p sbin
	cp "$(type -P sleep)" sbin/server
	server() { exec "$SBIN/server" 1000; }
	sudo() { "$@"; }
	SBIN=$PWD/sbin
	export SBIN
	export -f server sudo
}

recipes() {
	provide
	extract_blocks "$SOURCES/man/pidkill-examples.7" recipe
	sed -i "s|/usr/sbin/server|$SBIN/server|g" recipe.*
	settle server recipe.*
}

@test "every recipe runs" {
	needs_program # shells of their own run them
	needs_identities
	recipes
	local recipe
	[ -e recipe.15 ]
	for recipe in recipe.*; do
		! grep -q '^trap .* TERM$' "$recipe" || continue # the next test
		run -0 timeout 50 bash -e "$recipe" 3>&-
		refute_output --partial cannot
	done
}

@test "the recipe for a container: TERM ends the server, and the status is the server's" {
	needs_program
	recipes
	local entrypoint caught
	entrypoint=$(grep -l '^trap .* TERM$' recipe.*)
	bash "$entrypoint" 3>&- &
	pid=$!
	children+=("$pid")
	until caught=$(sed -n 's/^SigCgt:\t//p' "/proc/$pid/status") && (((16#$caught >> 14) & 1)); do :; done
	pidkill "$pid"
	local status=0
	wait "$pid" || status=$?
	assert_equal "$status" 143
}

@test "what the man pages show can be copied: minus signs and apostrophes" {
	run awk '/^\.Bd/ { body = 1; next } /^\.Ed/ { body = 0 } body && /(^|[^\\])-|'\''/' "$SOURCES"/man/*.[17]
	assert_output ""
}

@test "--help and the man page know the same options" {
	local option
	for option in $(pidkill --help | grep -o -- '--[a-z-]*' | sort -u); do
		grep -q -- "Fl Fl ${option#--}" "$(page)" || fail "$option is not in the man page"
	done
	for option in $(grep -o 'Fl Fl [a-z-]*' "$(page)" | sed 's/Fl Fl /--/' | sort -u); do
		case $option in
		--code | --flags) # for testing kernels: told there alone
			run ! grep -q -- "$option" <<<"$(pidkill --help)" ;;
		*) pidkill --help | grep -q -- "$option" || fail "$option is not in --help" ;;
		esac
	done
}

@test "every option in the man page is one that pidkill knows" {
	local option
	for option in $(grep -o 'Fl Fl [a-z-]*' "$(page)" | sed 's/Fl Fl /--/' | sort -u); do
		run pidkill "$option"
		refute_output --partial "unknown option"
	done
}

@test "every option has a test" {
	local option tests
	tests=$(grep -h 'pidkill' "$SOURCES"/tests/*.bats | grep -v completions)
	for option in $(pidkill --help | grep -oE -- '(^|[ ,])--?[a-zA-Z][a-z-]*\b' | tr -d ' ,' | sort -u); do
		grep -qE -- "[ '\"]$option([ )='\"]|\$)" <<<"$tests" || fail "$option is in no test"
	done
}

@test "the man pages are clean for mandoc and groff" {
	needs mandoc
	# mandoc.db is about the machine, not about the page
	run mandoc -T lint "$SOURCES"/man/*.[17]
	output=$(grep -v "mandoc.db\|referenced manual not found" <<<"$output" || true)
	assert_output ""
	needs groff
	run -0 --separate-stderr groff -mandoc -Tutf8 -ww -z "$SOURCES"/man/*.[17]
	assert_equal "$stderr" ""
}
