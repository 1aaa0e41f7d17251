# SPDX-License-Identifier: MIT
load lib/common

# Every row: exit 2, one line that begins with pidkill: and quotes the word, nothing sent to the good
# target beside it.
malformed() { # WORD ARGUMENT...; GOOD in an argument stands for the good target
	local word=$1 argument words=()
	shift
	for argument; do
		words+=("${argument//GOOD/$pid}")
	done
	# run would do, at ten times the cost
	local status=0
	"${guard[@]}" pidkill "${words[@]}" >out 2>err || status=$?
	mapfile -t stderr_lines <err
	stderr=${stderr_lines[*]}
	[ "$status" = 2 ] || fail "${words[*]:0:200}: exit $status"
	[ ! -s out ] || fail "stdout: $(<out)"
	[ "${#stderr_lines[@]}" = 1 ] || fail "not one line: $stderr"
	echo >>"$BATS_FILE_TMPDIR/rows"
	[[ $stderr == "pidkill: "*"$word"* ]] || fail "does not quote $word: $stderr"
}

teardown_file() {
	echo "# $(wc -l <"$BATS_FILE_TMPDIR/rows") malformed command lines" >&3
}

@test "a malformed PID" {
	start_receiver good
	local word
	for word in 00 01 0123 2147483648 4294967297 4294967305 99999999999999999999 1x x1 1e3 1.5 1,2 1-2 \
		0x10 ' 1' '1 ' '1;2' nginx +1 '*' 1: :1 - %1 @1 ~1; do
		malformed "$word" GOOD "$word"
		malformed "$word" "$word" GOOD
	done
	malformed "''" GOOD ""
	malformed "''" "" GOOD
	malformed "1\\n2" $'1\n2' GOOD
	malformed "1\\t" $'1\t' GOOD
	malformed "\\033[1m" $'\e[1m' GOOD
	malformed "caf\\303\\251" café GOOD
	malformed "1\\\\2" "1\\2" GOOD
	assert_nothing_sent good
}

@test "a malformed signal" {
	start_receiver good
	local word
	for word in 65 265 128 4294967305 4294967296 09 0x9 +9 BOGUS SIG SIG9 RTMIN+99 RTMIN+1x RTMIN- RTMAX+1 RT99 RT \
		SIGSIGTERM 'TERM ' TER KILL9 9KILL 1e1 0x0 00 '*'; do
		malformed "$word" -s "$word" GOOD
		malformed "$word" "--signal=$word" GOOD
		malformed "$word" -n "$word" GOOD
	done
	for word in -65 -265 -128 -4294967305 -09 -00 -9x -0x9 -BOGUS -RTMIN+99 -RT99 -SIG -TERMx -.; do
		malformed "$word" "$word" GOOD
	done
	malformed "" -s "" GOOD
	malformed "-1" -s -1 GOOD
	assert_nothing_sent good
}

@test "a second signal" {
	start_receiver good
	malformed -TERM -9 -TERM GOOD
	malformed -9 -s TERM -9 GOOD
	malformed --signal=INT -9 --signal=INT GOOD
	malformed -s -9 -s INT GOOD
	malformed --signal=KILL GOOD --signal=INT --signal=KILL
	malformed -15 -9 -15 GOOD
	malformed -0 -9 -0 GOOD
	malformed -2 -9 -2 GOOD
	malformed -64 -9 -64 GOOD
	malformed -64 GOOD --signal=9 -64
	malformed -TERM -s KILL -TERM GOOD
	malformed -n -n 9 -n 9 GOOD
	assert_nothing_sent good
}

@test "a signal or an option after a target" {
	start_receiver good
	malformed -9 GOOD -9
	malformed -TERM GOOD -TERM
	malformed -0 GOOD -0
	malformed -v GOOD -v
	malformed -s GOOD -s KILL
	malformed -l GOOD -l
	assert_nothing_sent good
}

@test "a malformed value, code, flags, scope or descriptor" {
	start_receiver good
	local word
	for word in "" 1x 0x -0 -0x1 08 +1 '1 ' 18446744073709551616 -9223372036854775809 0x10000000000000000 x 1.5; do
		malformed "${word:-''}" -q "$word" GOOD
		malformed "${word:-''}" "--queue=$word" GOOD
	done
	for word in "" BOGUS SI_ QUEUEX 2147483648 -2147483649 0x80000000 08 1x --1; do
		malformed "${word:-''}" "--code=$word" GOOD
	done
	for word in "" -1 4294967296 0x100000000 08 x; do
		malformed "${word:-''}" "--flags=$word" GOOD
	done
	for word in "" PROCESS threads pgrp 1; do
		malformed "${word:-''}" "--scope=$word" GOOD
	done
	for word in "" -1 -10000 2147483648 07 x 7x 0x7; do
		malformed "${word:-''}" "--fd=$word" GOOD
	done
	assert_nothing_sent good
}

@test "an unknown, abbreviated or half option" {
	start_receiver good
	local word
	for word in --bogus --sig=9 --verb --signa --list-all --Signal=9 --verbose=1 --help=x --=x -x -vx -vTERM --fds=7; do
		malformed "$word" "$word" GOOD
	done
	for word in -s -n -q --signal --queue --scope --fd --code --flags -vs; do
		malformed "$word" "$word"
	done
	malformed --signal GOOD --signal
	assert_nothing_sent good
}

@test "an option given twice" {
	start_receiver good
	malformed -q -q 1 -q 2 GOOD
	malformed --scope=thread --scope=process --scope=thread GOOD
	malformed --code=QUEUE --code=USER --code=QUEUE GOOD
	malformed --flags=0 --flags=2 --flags=0 GOOD
	assert_nothing_sent good
}

@test "an empty or unknown value" {
	start_receiver good
	local option
	for option in --name --pidfile --if-exe --if-comm --if-user; do
		malformed "$option" "$option=" GOOD
		malformed "$option" GOOD "$option"
	done
	for option in --if-exe --if-comm --if-user; do
		malformed "$option=1" "$option=0" "$option=1" GOOD
	done
	malformed nobody-is-called-so --if-user=nobody-is-called-so GOOD
	malformed 4294967295 --if-user=4294967295 GOOD
	malformed "''" --identify= GOOD
	malformed lang --identify=lang GOOD
	assert_nothing_sent good
}

@test "no target" {
	malformed "no target"
	malformed "no target" -9
	malformed "no target" -1
	malformed "no target" -s TERM
	malformed "no target" --
	malformed "no target" -v
	malformed "no target" -q 5
}

@test "what does not go together names both sides" {
	start_receiver good
	local list sending
	for list in -l -L -t -p -d; do
		for sending in -9 "-sTERM" "--signal=TERM" "-q1" "--scope=process" "--fd=7" "--code=QUEUE" "--flags=0" -r --dry-run; do
			case $list$sending in -[pd]--fd=7) continue ;; esac # a target
			malformed "$list" "$sending" "$list" GOOD
			[[ $stderr == *"${sending}"* ]] || fail "$stderr"
		done
	done
	malformed -l -l -L
	malformed -l -l -p GOOD
	malformed -p -p -d GOOD
	malformed -d -d -L GOOD
	malformed --flags=2 --scope=process --flags=2 GOOD
	malformed -r -r -0 GOOD
	for list in --status --identify --identify=short; do
		for sending in -9 -q1 --wait=5 --cont -r --dry-run --scope=group --code=QUEUE --flags=0 -p -d -l -L; do
			malformed "$list" "$sending" "$list" GOOD
			[[ $stderr == *"$sending"* ]] || fail "$stderr"
		done
	done
	malformed --status --status --identify GOOD
	malformed --gone-ok --gone-ok --status GOOD
	for sending in --gone-ok --name=x --pidfile=x --if-exe=x --if-comm=x --if-user=0; do
		malformed "$sending" -l "$sending"
		malformed "$sending" -L "$sending"
	done
	malformed -a -a GOOD
	malformed --all --all --pidfile=x GOOD
	malformed "-pd: -p does not go with -d" -pd GOOD
	malformed "-p does not go with -r" -rvp GOOD
	malformed -tl -tl
	assert_nothing_sent good
}

@test "a malformed duration or schedule" {
	start_receiver good
	local word
	for word in "" -1 +1 nan inf infinity 1e3 0x10 .5 5. 5.s 1.5.5 05 5ss 5S 5x "5 s" ' 5' 5us 5w 1,5 99999999999999999999 \
		9223372036854775807 106751991168d 9223372036854776s; do
		malformed "${word:-''}" "--wait=$word" GOOD
		malformed "${word:-''}" -k "$word" GOOD
		malformed "${word:-''}" "--kill-after=$word" GOOD
		case $word in 9223372036854775807) continue ;; esac # milliseconds there
		malformed "${word:-''}" --timeout "$word" KILL GOOD
	done
	malformed --timeout GOOD --timeout
	malformed --timeout GOOD --timeout 100
	malformed BOGUS GOOD --timeout 100 BOGUS
	malformed 65 GOOD --timeout 100 65
	malformed --timeout=100 --timeout=100 KILL GOOD
	malformed --timeout --timeout 9223372036854775807 KILL --timeout 1 KILL GOOD
	malformed "$pid" --wait GOOD
	malformed 5s --wait 5s GOOD
	malformed --wait=1 --wait=1 -k 1 GOOD
	malformed --wait=1 --wait=1 -k 2 GOOD
	malformed --wait=1 --wait=1 --timeout 600 INT --timeout 400 KILL GOOD
	malformed --wait=1 --wait --wait=1 GOOD
	malformed -k -k 1 -k 2 GOOD
	malformed -k -k 1 --timeout 5 KILL GOOD
	malformed --exit-status --exit-status GOOD
	malformed --exit-status -9 --exit-status GOOD GOOD
	assert_nothing_sent good
}

@test "what does not go with a wait names both sides" {
	start_receiver good
	local wait words
	for wait in --wait=5 "-k 5" "--timeout 5 KILL" --exit-status; do
		for words in --dry-run -p -d --scope=thread --scope=group --flags=0; do
			# shellcheck disable=SC2086
			malformed "${wait%% *}" $words $wait GOOD
			[[ $stderr == *"$words"* ]] || fail "$stderr"
		done
		for words in 0 "-- -1" "-- -77777"; do
			# shellcheck disable=SC2086
			guarded "${wait%% *}" -15 $wait $words
			[[ $stderr == *"${words##* }"* ]] || fail "$stderr"
		done
	done
	for words in -p -d --list --table; do
		malformed --cont --cont $words GOOD
	done
	assert_nothing_sent good
}

# For words that would hurt if they were taken: kill(2) is the death of pidkill.
guarded() {
	local guard=(deny kill=kill --)
	malformed "$@"
}

@test "0 and -1 must be alone, and go with a signal only" {
	start_receiver good
	local option
	guarded 0 GOOD 0
	guarded 0 0 GOOD
	guarded -1 GOOD -- -1
	guarded -1 -9 GOOD -1
	guarded -1 -9 -1 GOOD
	guarded -1 -- -1 GOOD
	guarded 0 0 0
	guarded 0 0 --fd=7
	for option in -q1 --scope=process --scope=thread --scope=group --flags=0 --flags=2 --code=QUEUE -r -p -d --status --identify \
		--if-exe=x --if-comm=x --if-user=0; do
		guarded "$option" "$option" 0
		guarded "$option" "$option" -- -1
	done
	assert_nothing_sent good
}

@test "what does not go with a process group" {
	start_receiver good
	local option
	for option in --scope=process --scope=thread --flags=0 --flags=4 -r -p -d --status --identify --if-exe=x --if-comm=x --if-user=0; do
		guarded "$option" "$option" GOOD -- -77777
	done
	malformed --scope=group -r --scope=group GOOD
	malformed --flags=4 -r --flags=4 GOOD
	assert_nothing_sent good
}

@test "a malformed group" {
	start_receiver good
	local word
	for word in -0 -00 -01 -1x -x -- -2147483648 -4294967297 -12345678901234567890 -1.5 '- 1' -+1 -0x10; do
		malformed "$word" GOOD -- "$word"
		case $word in -1.5 | -+1 | '- 1' | -x | -0x10 | --) ;; *) malformed "$word" -9 GOOD "$word" ;; esac
	done
	malformed -12345 -12345 GOOD
	malformed -12345 GOOD -12345
	malformed -12345 GOOD -12345 --signal=9
	assert_nothing_sent good
}

@test "words of the greatest length are refused, and quoted in a readable length" {
	start_receiver good
	local long
	long=$(printf '%131071s' '' | tr ' ' 9)
	malformed 9999 GOOD "$long"
	[ "${#stderr}" -lt 300 ] || fail "${#stderr} characters"
	malformed 9999 "-${long:1}" GOOD
	malformed 9999 -s "$long" GOOD
	malformed 9999 -q "$long" GOOD
	malformed AAAA GOOD "${long//9/A}"
	malformed 9999 "--${long:2}" GOOD
	assert_nothing_sent good
}

@test "an error in the last word is found before the first signal" {
	start_receiver good
	malformed 1x GOOD GOOD GOOD GOOD 1x
	malformed --bogus GOOD GOOD --bogus
	assert_nothing_sent good
}

@test "no words at all, not even a program name, is a usage error" {
	run -2 bash -c 'exec -a "" pidkill'
	assert_output --partial "pidkill: no target"
}
