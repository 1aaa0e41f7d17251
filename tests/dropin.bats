# SPDX-License-Identifier: MIT
load lib/common

# Forms in which unit files, init scripts, logrotate, cron jobs and package scripts call /bin/kill:
#   what a receiver gets, or "refused" and the exit status | the words, as a shell sees them
# PID is the receiver, GROUP its process group, EMPTY a variable or a file with nothing in it.
forms() {
	cat <<'FORMS'
1 | kill -HUP $PID
1 | kill -HUP $(cat pidfile)
1 | kill -HUP `cat pidfile`
1 | kill -s HUP $PID
1 | kill -1 $PID
1 | kill -SIGHUP $PID
1 | kill -s SIGHUP $PID
1 | kill -hup $PID
1 | kill --signal HUP $PID
1 | kill --signal=HUP $PID
1 | kill -HUP -- $PID
1 | kill -s 1 $PID
1 | kill -n 1 $PID
1 | kill -HUP "$(head -n 1 pidfile)"
1 | read -r line <pidfile; kill -HUP "$line"
2 | kill -INT $PID
3 | kill -QUIT $PID
3 | kill -s QUIT $PID
3 | kill -3 $PID
10 | kill -USR1 $PID
10 | kill -s USR1 `cat pidfile 2>/dev/null` 2>/dev/null || true
10 | test ! -f pidfile || kill -USR1 `cat pidfile`
10 | [ ! -f pidfile ] || kill -USR1 $(cat pidfile)
12 | kill -USR2 $PID
12 | kill -SIGUSR2 $PID
14 | kill -ALRM $PID
15 | kill $PID
15 | kill -TERM $PID
15 | kill -15 $PID
15 | kill -s TERM $PID
15 | kill -s 15 $PID
15 | kill -TERM "$PID" >/dev/null 2>&1
15 | kill -- $PID
15 | kill -SIGTERM -- $PID
15 | echo $PID | xargs kill
15 | echo $PID | xargs -r kill -TERM
15 | echo $PID | xargs -n 1 kill -s TERM
15 | find . -name pidfile -exec cat {} + | xargs kill -15
15 | kill -0 $PID && kill $PID
15 | kill -9 $EMPTY 2>/dev/null || kill $PID
15 | for p in $PID; do kill -TERM $p; done
15 | awk '{ print $1 }' pidfile | xargs kill -TERM
15 | sh -c 'kill -TERM $0' $PID
15 | trap 'kill -TERM $PID' EXIT; exit 0
15 | kill -l TERM >/dev/null && kill -$(kill -l 15) $PID
15 | kill -s $(kill -l 143) $PID
15 | kill -TERM -- -$GROUP
15 | kill -TERM -$GROUP
15 | kill -- -$GROUP
15 | kill -15 -- -$GROUP
15 | kill -s TERM -- -$GROUP
15 | env kill -TERM $PID
15 | timeout 5 kill $PID
20 | kill -TSTP $PID
23 | kill -URG $PID
28 | kill -WINCH $PID
28 | kill -s WINCH ${PID}
34 | kill -s RTMIN $PID
34 | kill -RTMIN $PID
38 | kill -s RTMIN+4 $PID
38 | kill -SIGRTMIN+4 $PID
34/7 | kill -q 7 -s RTMIN $PID
34/7 | kill -s RTMIN -q 7 $PID
34/7 | kill --queue 7 -s RTMIN $PID
nothing | kill -0 $PID
nothing | kill -s 0 $PID
nothing | kill -0 $PID 2>/dev/null && echo running
nothing | kill -p $PID
nothing | kill --pid $PID
nothing | kill -l
nothing | kill -l 9
nothing | kill -l HUP
nothing | kill --list
nothing | kill --list=HUP
nothing | kill -L
nothing | kill --table
nothing | kill -t
nothing | kill -V
nothing | kill --version
nothing | kill --help
nothing | kill -d $PID
refused 2 | kill
refused 2 | kill -9
refused 2 | kill -9 $EMPTY
refused 2 | kill -TERM "$EMPTY"
refused 2 | kill "$(cat missing 2>/dev/null)"
refused 2 | kill %1
refused 2 | kill receiver
refused 2 | kill -9 $PID receiver
refused 2 | kill $PID -9
refused 2 | kill -a receiver
refused 2 | kill -$GROUP
refused 2 | kill -SIGBOGUS $PID
FORMS
}

setup_kill() {
	mkdir kill-dir
	ln -s "$(type -P pidkill)" kill-dir/kill
	PATH=$PWD/kill-dir:$PATH
	cat >run-form <<'S'
enable -n kill
export PID GROUP EMPTY
. ./form
S
}

@test "every form in use works unchanged or is refused with a reason" {
	setup_kill
	local want form count=0 line
	mkfifo ready control got
	exec 8<>control 9<>got
	set -m
	receiver ready <control >got 3>&- &
	set +m
	children+=($!)
	read -r pid <ready
	echo "$pid" >pidfile
	while IFS='|' read -r want form; do
		want=${want% }
		echo "$form" >form
		PID=$pid GROUP=$pid EMPTY='' run bash run-form 8>&- 9>&-
		echo >&8
		got=
		while read -r line <&9 && [ "$line" != end ]; do
			got+=${got:+$'\n'}$line
		done
		case $want in
		refused*)
			[ "$status" = "${want#refused }" ] || fail "$form: exit $status: $output"
			[[ $output == "kill: "* ]] || fail "$form: no reason: $output"
			[ -z "$got" ] || fail "$form: sent $got" ;;
		nothing)
			[ "$status" = 0 ] || fail "$form: exit $status: $output"
			[ -z "$got" ] || fail "$form: sent $got" ;;
		*)
			[ "$status" = 0 ] || fail "$form: exit $status: $output"
			if [[ $want == */* ]]; then
				[[ $got == "got ${want%/*} "*" int=${want#*/} "* ]] || fail "$form: $got"
			else
				[[ $got == "got $want "* ]] || fail "$form: got ${got:-nothing}"
			fi ;;
		esac
		[[ $got != *$'\n'* ]] || fail "$form: $got"
		count=$((count + 1))
	done < <(forms)
	[ "$count" -ge 90 ]
}

@test "called as kill, messages begin with kill" {
	setup_kill
	run -2 bash -c 'enable -n kill; kill 1x'
	assert_output --regexp "^kill: 1x: not a PID"
	gone_pid
	run -1 bash -c "enable -n kill; kill $gone"
	assert_output "kill: $gone: cannot send SIGTERM: No such process"
	run -0 bash -c 'enable -n kill; kill --help'
	assert_line --index 0 "Usage: kill [-s SIGNAL | -SIGNAL] [OPTION]... TARGET..."
}
