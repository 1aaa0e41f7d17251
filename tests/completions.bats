# SPDX-License-Identifier: MIT
load lib/common

# in_bash WORD...: what bash offers for the last word, one a line.
in_bash() {
	bash --norc --noprofile -c '
		source "$SOURCES/completions/pidkill.bash"
		COMP_WORDS=("$PIDKILL" "$@") COMP_CWORD=$#
		_pidkill "$PIDKILL"
		printf "%s\n" "${COMPREPLY[@]}"' - "$@"
}

# in_zsh COMMAND KEYS...: what zsh makes of each line KEYS when TAB is typed behind it, having run COMMAND.
in_zsh() {
	needs zsh
	# shellcheck disable=SC2016
	timeout 60 zsh -f -c '
		zmodload zsh/zpty
		zpty shell TERM=dumb zsh -f -i
		zpty -w shell "fpath=($SOURCES/completions \$fpath); autoload -U compinit; compinit -u -D"
		zpty -w shell "show() { print -r \"<\$BUFFER>\"; BUFFER= }; zle -N show; bindkey ^T show; $1; echo rea\"\"dy"
		zpty -r shell out "*ready*"
		for keys in "${@:2}"; do
			zpty -w -n shell "$keys"$'"'\t\024'"'
			zpty -r shell out "*<*>*"
			print -r -- "$out" | grep -o "<.*>"
		done
		zpty -d shell' - "$@" 3>&-
}

# in_fish LINE: what fish offers at its end, without descriptions.
in_fish() {
	needs fish
	# shellcheck disable=SC2016
	HOME=$PWD timeout 60 fish --no-config -c '
		source $SOURCES/completions/pidkill.fish
		complete -C $argv[1]' "$1" 3>&- | cut -f1
}

@test "the three shells know the options of --help, and no others" {
	local options shell file
	options=$(pidkill --help | grep -o -- ' --[a-z][a-z-]*' | tr -d ' ' | sort -u)
	for file in completions/_pidkill completions/pidkill.fish; do
		case $file in
		*fish) shell=$(grep '^complete' "$SOURCES/$file" | grep -o -- '-l [a-z-]*' | sed 's/-l /--/') ;;
		*) shell=$(sed -n '/^_arguments/,$p' "$SOURCES/$file" | grep -o -- "^	'\?[*]\?'\?[{]\?[^[]*" | grep -o -- '--[a-z-]*') ;;
		esac
		assert_equal "$file: $(sort -u <<<"$shell")" "$file: $options"
	done
	assert_equal "$(in_bash -- | tr -d = | sort -u)" "$options"
}

@test "bash offers options, with a sign where they take a value" {
	run -0 in_bash --sc
	assert_output "--scope="
	run -0 in_bash --gone
	assert_output "--gone-ok"
}

@test "bash offers signals, also behind a dash" {
	run -0 in_bash -s US
	assert_output $'USR1\nUSR2'
	run -0 in_bash -TE
	assert_output -- -TERM
	run -0 in_bash --signal = US
	assert_line USR1
	run -0 in_bash --timeout 100 KI
	assert_output KILL
	run -0 in_bash -l RTMA
	assert_output RTMAX
}

@test "bash offers PIDs, with names where there is a choice" {
	start_process
	run -0 in_bash "$pid"
	assert_output --partial "$pid"
	run -0 in_bash ""
	assert_line "$pid (sleep)"
}

@test "bash offers its open descriptors that are processes" {
	start_process
	local held plain
	exec {held}<"/proc/$pid" {plain}</dev/null
	run -0 in_bash --fd ""
	assert_line "$held"
	refute_line "$plain"
	run -0 in_bash --fd = ""
	assert_line "$held"
	exec {held}<&- {plain}<&-
}

@test "bash offers running names, users, scopes, files" {
	run -0 in_bash --name = bas
	assert_line bash
	run -0 in_bash --if-user = ro
	assert_line root
	run -0 in_bash --scope = th
	assert_output thread
	touch some.pid
	run -0 in_bash --pidfile = some
	assert_output some.pid
}

@test "zsh completes options, signals and scopes on a terminal" {
	run -0 in_zsh : "pidkill --require" "pidkill -s VTAL" "pidkill -VTAL" "pidkill --scope=th"
	assert_output - <<-'LINES'
		<pidkill --require-handler >
		<pidkill -s VTALRM >
		<pidkill -VTALRM >
		<pidkill --scope=thread >
	LINES
}

@test "zsh completes PIDs and the descriptors that hold a process" {
	start_process
	run -0 in_zsh "exec 7</proc/$pid 8</dev/null" "pidkill $pid" "pidkill --fd="
	assert_line "<pidkill $pid >"
	assert_line "<pidkill --fd=7 >"
}

@test "fish offers options, signals, scopes, PIDs" {
	run -0 in_fish "pidkill --sco"
	assert_line --scope
	run -0 in_fish "pidkill -s VT"
	assert_output VTALRM
	run -0 in_fish "pidkill -VT"
	assert_line -- -VTALRM
	run -0 in_fish "pidkill --scope=th"
	assert_line --partial thread
	start_process
	run -0 in_fish "pidkill $pid"
	assert_line "$pid"
}
