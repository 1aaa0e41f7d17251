# SPDX-License-Identifier: MIT
# Completion for pidkill(1) in fish.

function __pidkill_signals
    pidkill -l 2>/dev/null
end

function __pidkill_names
    ps -e -o comm= 2>/dev/null | sort -u
end

# The shell's open descriptors that are processes.
function __pidkill_descriptors
    for file in /proc/$fish_pid/fd/*
        set -l number (basename $file)
        set -l pid (pidkill --pid --fd=$number 2>/dev/null)
        and printf '%s\t%s\n' $number $pid
    end
end

function __pidkill_lists
    __fish_contains_opt -s l -s L list table
end

complete -c pidkill -f
complete -c pidkill -n 'not __pidkill_lists' -a '(__fish_complete_pids)'
complete -c pidkill -n __pidkill_lists -a '(__pidkill_signals)'
for name in (__pidkill_signals)
    complete -c pidkill -o $name -d 'send this signal'
end
complete -c pidkill -s s -l signal -x -a '(__pidkill_signals)' -d 'the signal, a name or a number'
complete -c pidkill -s q -l queue -x -d 'send an integer along'
complete -c pidkill -l scope -x -a 'process thread group' -d 'the process, only the thread, or the group'
complete -c pidkill -l fd -x -a '(__pidkill_descriptors)' -d 'what the inherited descriptor holds'
complete -c pidkill -l pidfile -r -F -d 'whom the file names, if it can be trusted'
complete -c pidkill -l name -x -a '(__pidkill_names)' -d 'all own processes with exactly this name'
complete -c pidkill -s a -l all -d 'with --name: other users\' and namespaces\' too'
complete -c pidkill -l if-exe -r -F -d 'only processes that run this program'
complete -c pidkill -l if-comm -x -a '(__pidkill_names)' -d 'only processes with this name'
complete -c pidkill -l if-user -x -a '(__fish_complete_users)' -d 'only processes of this user'
complete -c pidkill -l gone-ok -d 'a target that is gone is a success'
complete -c pidkill -l wait -d 'then wait until every target has exited'
complete -c pidkill -s k -l kill-after -x -d 'wait; KILL what is still there by then'
complete -c pidkill -l timeout -x -d 'the next signal, MS after the last'
complete -c pidkill -l exit-status -d 'wait, and exit as the target did'
complete -c pidkill -l cont -d 'wake stopped targets'
complete -c pidkill -s r -l require-handler -d 'send only to those that catch the signal'
complete -c pidkill -l dry-run -d 'send nothing, say what would be sent to whom'
complete -c pidkill -l status -d 'print: running, stopped, zombie, gone'
complete -c pidkill -l identify -d 'print an identity, a target for later'
complete -c pidkill -s p -l pid -d 'print the targets\' PIDs'
complete -c pidkill -s d -l show-process-state -d 'print pending, blocked, ignored, caught signals'
complete -c pidkill -s l -l list -d 'names; of a name its number; of a number its name'
complete -c pidkill -s L -l table -d 'a table of signals'
complete -c pidkill -s v -l verbose -d 'say what is done, on stderr'
complete -c pidkill -s h -l help -d 'print the help'
complete -c pidkill -s V -l version -d 'print the version and its features'
