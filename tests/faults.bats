# SPDX-License-Identifier: MIT
# What a process may be born with or run out of. Failing system calls, one at a time: tests/faults.
load lib/common

# COMMAND...: $status and $output; run would complain of the 127 that a starved loader ends with.
try() {
	status=0
	output=$("$@" 2>&1) || status=$?
}

# What a starved run may come to, of three signals to NAME: all, or none with a word about it; or it never started.
all_or_none() { # NAME WHAT
	local signals
	receiver_stop "$1"
	signals=$(grep -c "^got 34 " <<<"$got" || true)
	case $status in
	0) assert_equal "$2: $signals" "$2: 3" ;;
	1)
		assert_equal "$2: $signals" "$2: 0"
		[[ $output == *"nothing was sent"* || $output == *"Cannot allocate memory"* ]] || fail "$2: $output"
		;;
	*) # the loader's end, before main
		assert_equal "$2: $signals" "$2: 0"
		[[ $output == *"shared librar"* ]] || fail "$2: exit $status: $output"
		;;
	esac
	rm "$1".*
}

@test "stdin, stdout and stderr closed, in each combination: all is sent, and only output that is missing fails" {
	local mask fd closed signals
	start_receiver one
	for mask in {0..7}; do
		closed=
		for fd in 0 1 2; do
			((mask >> fd & 1)) && closed+=" $fd>&-"
		done
		status=0
		eval "pidkill -s RTMIN $pid $closed" || status=$?
		assert_equal "$closed $status" "$closed 0"
		eval "pidkill -v -s RTMIN $pid 2>err $closed" || status=$?
		assert_equal "$closed $status" "$closed $((mask >> 2))"
		status=0
		eval "pidkill -p $pid >out $closed" || status=$?
		assert_equal "$closed $status" "$closed $((mask >> 1 & 1))"
	done
	receiver_stop one
	signals=$(grep -c "^got 34 " <<<"$got")
	assert_equal "$signals" 16
}

@test "/dev/full as stderr, and a pipe that nobody reads: the signals go out all the same" {
	[ -w /dev/full ] || skip "needs /dev/full"
	start_receiver one
	gone_pid
	# shellcheck disable=SC2016
	run -64 sh -c 'pidkill -s RTMIN "$@" 2>/dev/full' sh "$gone" "$pid"
	# shellcheck disable=SC2016
	run -1 sh -c 'pidkill -v -s RTMIN "$@" 2>/dev/full' sh "$pid" "$pid"
	mkfifo pipe
	# shellcheck disable=SC2016
	run -64 bash -c 'exec 8<>pipe 9>pipe 8<&-; pidkill -v -s RTMIN "$@" 2>&9' bash "$gone" "$pid"
	receiver_stop one
	assert_equal "$(grep -c "^got 34 " <<<"$got")" 4
}

@test "a full file (RLIMIT_FSIZE) stops no run halfway" {
	start_receiver one
	# shellcheck disable=SC2016
	run -1 bash -c 'ulimit -f 0; pidkill -v -s RTMIN "$@" 2>err' bash "$pid" "$pid"
	run -1 bash -c 'ulimit -f 0; pidkill -l >out' bash
	receiver_stop one
	assert_equal "$(grep -c "^got 34 " <<<"$got")" 2
}

@test "3 to 16 descriptors: all of the targets are signalled, or none and it says so" {
	needs_plain_build
	local limit kind
	for limit in {3..16}; do
		for kind in S H; do
			start_receiver one 0 as_user
			# shellcheck disable=SC2016
			try as_user bash -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -Sn '"$limit"'; ulimit -'$kind'n '"$limit"'
				exec pidkill -s RTMIN "$1" "/proc/$1" "$1"' bash "$pid"
			[ "$limit" -lt 8 ] || [[ $status = [01] ]] || fail "$limit: exit $status: $output"
			[ "$limit" -lt 8 ] || [ $kind = H ] || assert_equal "$limit $status" "$limit 0"
			all_or_none one "$limit $kind"
		done
	done
}

@test "little memory: all of the targets are signalled, or none and it says so" {
	needs_plain_build
	needs_uncounted_build
	needs prlimit
	local size
	for size in 3000 2900 2800 2700 2600 2500 2400 2300 2200; do
		start_receiver one
		try prlimit --as=$((size * 1000)) -- pidkill -s RTMIN "$pid" "/proc/$pid" "$pid"
		# what can't even be mapped is killed by the kernel at its exec
		[[ $status != 139 && $status != 137 ]] || output="no room for shared libraries"
		all_or_none one "$size kB"
	done
}

@test "no heap for many targets: nothing is sent, exit 1" {
	needs_plain_build
	needs_uncounted_build
	needs prlimit
	start_receiver one
	local many
	many=$(yes "$pid" | head -n 20000)
	# shellcheck disable=SC2086
	try prlimit --data=400000 -- pidkill -s RTMIN $many
	assert_equal "$status" 1
	assert_equal "$output" "pidkill: nothing was sent: Cannot allocate memory"
	assert_nothing_sent one
}

@test "however little heap there is, all of many targets are signalled, or none and it says so" {
	needs_plain_build
	needs prlimit
	[ "$(ulimit -H -n)" = unlimited ] || [ "$(ulimit -H -n)" -gt 5100 ] || skip "needs five thousand descriptors"
	start_receiver one
	local many words size results=''
	many=$(yes "$pid" | head -n 5000)
	for words in "" "--wait=0" "--timeout 1 0"; do
		for size in {6..36}; do
			# shellcheck disable=SC2086
			try prlimit --data=$((size * 50000)) -- pidkill -0 $words $many
			case $status in
			0 | 124) results+=y ;;
			1)
				[[ $output =~ ^"pidkill: nothing was sent".*": Cannot allocate memory"$ ]] || fail "$size: $output"
				results+=n
				;;
			*) [[ $output == *"shared librar"* || $status = 139 || $status = 137 ]] || fail "$size: exit $status: $output" ;;
			esac
		done
	done
	[[ $results == *n*y* ]] || fail "$results"
	assert_nothing_sent one
}

@test "without argv: no arguments at all, or no name" {
	needs_program
	try noargv 0 pidkill
	assert_equal "$status" 2
	assert_regex "$output" "no target"
	start_receiver one
	try noargv 1 pidkill -s USR1 "$pid"
	assert_equal "$status" 0
	assert_got one "10 .*"
}
