# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2034 # what the scripts read
# For scripts that run in a PID namespace of their own: receivers in process groups.

mkfifo_all() {
	mkfifo "$@" && chmod 666 "$@"
}

# group_start NAME: two receivers in a new group, its leader NAME and the member NAME_member; their
# numbers in $leader and $member. The words behind NAME run the member (setpriv).
group_start() {
	local name=$1
	shift
	mkfifo_all {ready,control,got}."$name" {ready,control,got}."${name}_member"
	eval "exec {control_$name}<>control.$name {got_$name}<>got.$name"
	eval "exec {control_${name}_member}<>control.${name}_member {got_${name}_member}<>got.${name}_member"
	# shellcheck disable=SC2016
	setsid bash -c 'name=$1; shift
		"$@" receiver "ready.${name}_member" <"control.${name}_member" >"got.${name}_member" &
		exec receiver "ready.$name" <"control.$name" >"got.$name"' bash "$name" "$@" &
	read -r leader <"ready.$name"
	read -r member <"ready.${name}_member"
}

# What receiver NAME got: a word for each signal, "signal/code/value".
group_got() {
	local control=control_$1 got=got_$1 line
	echo >&"${!control}"
	while read -r line <&"${!got}" && [ "$line" != end ]; do
		sed 's,got \([0-9]*\) code=\([-0-9]*\) .* int=\([-0-9]*\) .*,\1/\2/\3,' <<<"$line"
	done | xargs echo "$1:"
}
