# SPDX-License-Identifier: MIT
load lib/common

page() {
	echo "$SOURCES/man/pidkill.1"
}

# The literal blocks of EXAMPLES, each in a file of its own.
extract_examples() {
	awk '/^\.Sh/ { on = $2 == "EXAMPLES" } on && /^\.Bd -literal/ { n++; body = 1; next }
		/^\.Ed/ { body = 0 } body { gsub(/\\e/, "\\"); print >("example." n) }' "$(page)"
}

@test "every example of the man page runs" {
	extract_examples
	local example
	[ -e example.5 ]
	for example in example.*; do
		run -0 bash -e "$example" 3>&-
		run ! grep -i "usage\|no such signal" <<<"$output"
	done
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

@test "the man page is clean for mandoc and groff" {
	needs mandoc
	# mandoc.db is about the machine, not about the page
	run mandoc -T lint "$(page)"
	output=$(grep -v "mandoc.db" <<<"$output" || true)
	assert_output ""
	needs groff
	run -0 --separate-stderr groff -mandoc -Tutf8 -ww -z "$(page)"
	assert_equal "$stderr" ""
}
