# Completion for bash. Source it, or put it into /usr/share/bash-completion/completions/breakglass.

# Ids of the section (Scenarios, Strategies) of what is built into the program.
_breakglass_ids() {
  breakglass list 2>/dev/null | awk -v section="$1" '/^[A-Z]/ { here = ($1 == section) } here && /^  [^ ]/ { print $1 }'
}

_breakglass_duties="communication on-call-cover approvals senior-approval identity-check standard-sequence
  verify-rollback faster-steps intensive-monitoring watchers reports decision-maker staffed-rollback
  run-after-promotion"

_breakglass_mistakes="routine-as-emergency without-approval without-canary without-rollback without-follow-up
  refused-emergency normal-process"

_breakglass() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words=
  local world="--seed --set --traffic --traffic-exact --help"
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "compare sweep run drill play season replay debrief history check list schema help --help --version" -- "$word")
    return
  fi
  case $before in
    --json | --csv | --traffic | --md | --html | --from | --log | --script | --history | --plan | --instructor | --folder | --checkpoint)
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
      ;;
    --strategy)
      mapfile -t COMPREPLY < <(compgen -W "$(_breakglass_ids Strategies)" -- "$word"; compgen -f -- "$word")
      return
      ;;
    --without)
      mapfile -t COMPREPLY < <(compgen -W "each $_breakglass_duties" -- "$word")
      return
      ;;
    --mode)
      mapfile -t COMPREPLY < <(compgen -W "practice drill assessed" -- "$word")
      return
      ;;
    --tutorial)
      mapfile -t COMPREPLY < <(compgen -W "1 2 3" -- "$word"; compgen -f -- "$word")
      return
      ;;
    --scenario)
      mapfile -t COMPREPLY < <(compgen -W "$(_breakglass_ids Scenarios)" -- "$word")
      return
      ;;
    --mistakes)
      mapfile -t COMPREPLY < <(compgen -W "any none $_breakglass_mistakes" -- "$word")
      return
      ;;
    --since | --seed | --replications | --replication | --precision | --max-replications | --fail-if | --vary | --tornado | --threads | --set) return ;;
  esac
  case ${COMP_WORDS[1]} in
    compare)
      words="--strategy --without --replications --precision --max-replications --fail-if --require-winner --threads --json --csv --quiet $world"
      ;;
    sweep) words="--vary --tornado --strategy --precision --max-replications --checkpoint --threads --json --csv --quiet $world" ;;
    run) words="--strategy --replication --all-readings --hindsight --json $world" ;;
    drill) words="--from --at --new-luck --warn --tutorial --plan --instructor --terminal --script --log --mode --replication --seed --set --history --no-history --help" ;;
    play) words="--tutorial --log --mode --replication --seed --set --history --no-history --help" ;;
    season) words="--folder --script --history --no-history --help" ;;
    debrief) words="--overlay --interactive --html --md --json --history --no-history --help" ;;
    history) words="show --scenario --mode --since --mistakes --summary --history --json --csv --help" ;;
    check | list | replay) words="--help" ;;
    schema) words="scenario strategy season lesson plan debrief history --help" ;;
    help) words="compare sweep run drill play season replay debrief history check list schema" ;;
  esac
  if [[ $word == -* || ${COMP_WORDS[1]} == @(schema|help|history) ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  elif [[ ${COMP_WORDS[1]} == @(replay|debrief) ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  elif [[ ${COMP_WORDS[1]} == @(compare|sweep|run|drill|play|check) ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_breakglass_ids Scenarios)" -- "$word"; compgen -f -- "$word")
  fi
}

complete -o filenames -F _breakglass breakglass
