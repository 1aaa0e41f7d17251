# SPDX-License-Identifier: MIT
# Completion for pidkill(1) in bash. Options and signals are what the program itself tells.

# Processes that the user may signal, each with its name where there is a choice.
_pidkill_pids() {
	local directory comm number
	local -a choices=()
	for directory in /proc/[0-9]*; do
		number=${directory#/proc/}
		[[ $number == "$1"* && ($EUID -eq 0 || -O $directory) && -e $directory/exe ]] || continue
		{ read -r comm <"$directory/comm"; } 2>/dev/null || continue
		choices+=("$number ($comm)")
	done
	[ ${#choices[@]} != 1 ] || choices=("${choices[0]%% *}")
	COMPREPLY=("${choices[@]}")
	compopt -o nosort 2>/dev/null
}

_pidkill_names() {
	local file comm
	for file in /proc/[0-9]*/comm; do
		{ read -r comm <"$file"; } 2>/dev/null && [ -e "${file%comm}exe" ] && echo "$comm"
	done
}

# The shell's open descriptors that are processes.
_pidkill_descriptors() {
	local file
	for file in "/proc/$BASHPID/fd"/*; do
		"$1" --pid --fd="${file##*/}" >/dev/null 2>&1 && echo "${file##*/}"
	done
}

# From a list of words, one a line, those that begin with PREFIX.
_pidkill_words() {
	local IFS=$'\n'
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_pidkill_value() { # PROGRAM OPTION PREFIX: false if the option takes none
	case $2 in
	-s | -n | --signal | --list | -l) _pidkill_words "$("$1" -l)" "$3" ;;
	--scope) _pidkill_words $'process\nthread\ngroup' "$3" ;;
	--fd) _pidkill_words "$(_pidkill_descriptors "$1")" "$3" ;;
	--name | --if-comm) _pidkill_words "$(_pidkill_names | sort -u)" "$3" ;;
	--if-user) mapfile -t COMPREPLY < <(compgen -u -- "$3") ;;
	--identify) _pidkill_words short "$3" ;;
	--pidfile | --if-exe)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$3")
		;;
	--wait | -k | --kill-after | --timeout | -q | --queue | --code | --flags) COMPREPLY=() ;;
	*) return 1 ;;
	esac
}

_pidkill() {
	local program=$1 current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	COMPREPLY=()
	# readline splits --option=value at the sign
	if [ "$current" = = ]; then
		_pidkill_value "$program" "$before" ""
		return
	fi
	if [ "$before" = = ] && [ "$COMP_CWORD" -ge 2 ]; then
		_pidkill_value "$program" "${COMP_WORDS[COMP_CWORD - 2]}" "$current"
		return
	fi
	if [ "$COMP_CWORD" -ge 2 ] && [ "${COMP_WORDS[COMP_CWORD - 2]}" = --timeout ]; then # MS SIGNAL
		_pidkill_value "$program" --signal "$current"
		return
	fi
	case $before in
	--list | --identify | --wait | -l) ;; # their values are optional: behind a sign, or the next word is a target
	-?*) _pidkill_value "$program" "$before" "$current" && return ;;
	esac
	case $current in
	--*)
		_pidkill_words "$("$program" --help | grep -o -- ' --[a-z][a-z-]*=\?' | tr -d ' ')" "$current"
		[[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
		;;
	-*)
		_pidkill_words "$("$program" -l | sed 's/^/-/'
			"$program" --help | sed -n 's/^  \(-[a-zA-Z]\),.*/\1/p')" "$current"
		;;
	*/*)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		;;
	*)
		case " ${COMP_WORDS[*]} " in
		*' -l '* | *' --list '* | *' -L '* | *' --table '*) _pidkill_words "$("$program" -l)" "$current" ;;
		*) _pidkill_pids "$current" ;;
		esac
		;;
	esac
}

complete -F _pidkill pidkill
