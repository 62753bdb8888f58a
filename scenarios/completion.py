"""Completion scripts for bash, zsh and fish: sub-commands, groups with members, and keys."""

from scenarios.command_line import EXPLORATION_KEYS, OPTIONS, PICKS, REPORT_KEYS, STORY_KEYS, SUB_COMMANDS
from scenarios.configuration import CONFIGURATION_FOLDER, members
from scenarios.errors import ConfigurationError, nearest
from scenarios.keys import known_keys

CLAIM_ACTIONS = ("check", "write")
CLAIM_KEYS = ("pairs=", "households=", "seed=", "name=", "folder=", "figures=")

BASH = """\
_landingsbaan() {{
  local word words
  word="${{COMP_LINE:0:COMP_POINT}}"
  word="${{word##* }}"
  COMPREPLY=()
  case "$word" in
    -*) words="{options}" ;;
    *=*) words="{members}" ;;
    *.*) words="{keys}" ;;
    *) if [ "$COMP_CWORD" -le 1 ]; then words="{commands}"
       elif [ "${{COMP_WORDS[1]}}" = claims ]; then words="{claims} {starts}"
       else words="{starts}"; fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  case "${{COMPREPLY[0]}}" in
    *=|*.) compopt -o nospace 2>/dev/null ;;
  esac
  # Bash takes what stands before the equals sign for a word of its own.
  case "$word" in
    *=*) COMPREPLY=("${{COMPREPLY[@]#"${{word%%=*}}="}}") ;;
  esac
}}
complete -F _landingsbaan landingsbaan"""

ZSH = """\
_landingsbaan() {{
  local -a found
  case "$PREFIX" in
    -*) found=({options}) ;;
    *=*) found=({members}) ;;
    *.*) found=({keys}) ;;
    *) if (( CURRENT <= 2 )); then found=({commands})
       elif [[ $words[2] == claims ]]; then found=({claims} {starts})
       else found=({starts}); fi ;;
  esac
  compadd -S '' -a found
}}
(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit; }}
compdef _landingsbaan landingsbaan"""

FISH = """\
function __landingsbaan_words
  set -l word (commandline -ct)
  switch $word
    case '-*'
      printf '%s\\n' {options}
    case '*=*'
      printf '%s\\n' {members}
    case '*.*'
      printf '%s\\n' {keys}
    case '*'
      contains claims (commandline -opc); and printf '%s\\n' {claims}
      printf '%s\\n' {starts}
  end
end
complete -c landingsbaan -f
complete -c landingsbaan -n '__fish_use_subcommand' -a '{commands}'
complete -c landingsbaan -n 'not __fish_use_subcommand' -a '(__landingsbaan_words)'"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
REMOVAL = {
    "bash": "complete -r landingsbaan; unset -f _landingsbaan",
    "zsh": "compdef -d landingsbaan; unfunction _landingsbaan",
    "fish": "complete -c landingsbaan -e; functions -e __landingsbaan_words",
}


def completion_script(shell: str) -> str:
    """Return the script that makes a shell complete `landingsbaan`."""
    _check_shell(shell)
    groups = members()
    keys = [f"{name}=" for name in known_keys()]
    tops = {name.split(".")[0] for name in known_keys() if "." in name}
    starts = [f"{group}=" for group in groups] + [f"{top}." for top in sorted(tops)]
    starts += [key for key in keys if "." not in key]
    # Told apart by an equals sign or a dot, so a switch is completed where its values are words.
    chosen = [f"{group}={member}" for group, names in groups.items() for member in names]
    chosen += [f"{name}={value}" for name, key in known_keys().items() if key.kind is bool
               for value in ("true", "false")]  # fmt: skip
    starts += [
        f"{name}=" for name in (*STORY_KEYS, *REPORT_KEYS, *EXPLORATION_KEYS) if f"{name}=" not in starts
    ]
    against = [f"against={system}" for system in groups["system"]]
    return SCRIPTS[shell].format(
        options=" ".join(OPTIONS),
        members=" ".join(
            [*chosen, "language=en", "language=nl", *(f"pick={pick}" for pick in PICKS), *against]
        ),
        keys=" ".join(keys),
        commands=" ".join(SUB_COMMANDS),
        starts=" ".join(starts),
        claims=" ".join([*CLAIM_ACTIONS, *_claims(), *CLAIM_KEYS]),
    )


def _claims() -> list[str]:
    """Return the numbers of the claims, as found in conf/."""
    return sorted(path.stem for path in (CONFIGURATION_FOLDER / "claim").glob("*.yaml"))


def answer(request: str) -> str:
    """Return what `--shell-completion install=bash` prints; `uninstall=bash` undoes it."""
    action, _, shell = request.partition("=")
    if action == "uninstall":
        _check_shell(shell)
        return REMOVAL[shell]
    if action != "install":
        raise ConfigurationError(
            f"--shell-completion {request}: expected install=bash, install=zsh, install=fish or uninstall=..."
        )
    return completion_script(shell)


def _check_shell(shell: str) -> None:
    if shell not in SCRIPTS:
        raise ConfigurationError(
            f"completion {shell}: no such shell{nearest(shell, SCRIPTS)}; expected {', '.join(SCRIPTS)}"
        )
