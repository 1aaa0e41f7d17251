# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Runs in a PID namespace of its own. The first target takes a signal; before pidkill goes on, the
# second is killed and reaped, and a stranger takes its number.
set -e
mkfifo ready1 control1 ready2 control2 ready3 control3
receiver ready1 <>control1 >got1 &
read -r first <ready1
receiver ready2 <>control2 >got2 &
read -r second <ready2
mkfifo reaped
cat >hook <<'H'
set -e
kill -9 "$second"
read -r _ <reaped
spawn_as "$second" receiver ready3 <>control3 >got3 &
read -r stranger <ready3
[ "$stranger" = "$second" ]
H
export second
interpose 'bash -e hook' -- pidkill -s USR1 "$first" "$second" &
sender=$!
wait "$second" || true # reaped, now that the hook has killed it
echo reaped >reaped
status=0
wait "$sender" || status=$?
[ "$status" = 64 ]
grep -q '^ShdPnd:.*0200$' "/proc/$first/status"
grep -q '^ShdPnd:.*0000$' "/proc/$second/status"
echo "the stranger has the number and got nothing"
