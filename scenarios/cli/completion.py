"""Completion scripts for bash, zsh and fish: sub-commands, groups with members, and keys."""

from scenarios.apps.dashboard.options import OPTIONS as SERVE_KEYS
from scenarios.cli.command_line import EXPLORATION_KEYS, FORECAST_KEYS, OPTIONS, REPORT_KEYS, SUB_COMMANDS
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import PICKS, STORY_KEYS, known_keys
from scenarios.config.municipality_files.file import FOLDER, GROUP, SLUG, VARIABLE
from scenarios.config.schema import CONFIGURATION_FOLDER, group_options

CLAIM_ACTIONS = ("list", "check", "write")
CLAIM_KEYS = ("replications=", "households=", "seed=", "name=", "folder=", "figures=")

# The user's own municipalities are looked up on Tab, in the working directory. A file whose name is not a
# slug is left out: it cannot be used, and bash would expand special characters in the name.
BASH = """\
_landingsbaan_own() {{
  local file slug
  for file in "${{{variable}:-{folder}}}"/*.yaml; do
    slug="${{file##*/}}"
    slug="${{slug%.yaml}}"
    [[ -f $file && $slug =~ ^{slug}$ ]] && printf '{group}=%s ' "$slug"
  done
}}
_landingsbaan() {{
  local word words
  word="${{COMP_LINE:0:COMP_POINT}}"
  word="${{word##* }}"
  COMPREPLY=()
  case "$word" in
    -*) words="{options}" ;;
    *=*) words="{members} $(_landingsbaan_own)" ;;
    *.*) words="{keys}" ;;
    *) if [ "$COMP_CWORD" -le 1 ]; then words="{commands}"
       elif [ "${{COMP_WORDS[1]}}" = claims ]; then words="{claims} {starts}"
       elif [ "${{COMP_WORDS[1]}}" = serve ]; then words="{serve}"
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
_landingsbaan_own() {{
  local file slug
  for file in ${{{variable}:-{folder}}}/*.yaml(N-.); do
    slug=${{file:t:r}}
    [[ $slug =~ ^{slug}$ ]] && print -r -- {group}=$slug
  done
}}
_landingsbaan() {{
  local -a found
  case "$PREFIX" in
    -*) found=({options}) ;;
    *=*) found=({members} ${{(f)"$(_landingsbaan_own)"}}) ;;
    *.*) found=({keys}) ;;
    *) if (( CURRENT <= 2 )); then found=({commands})
       elif [[ $words[2] == claims ]]; then found=({claims} {starts})
       elif [[ $words[2] == serve ]]; then found=({serve})
       else found=({starts}); fi ;;
  esac
  compadd -S '' -a found
}}
(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit; }}
compdef _landingsbaan landingsbaan"""

FISH = """\
function __landingsbaan_own
  set -l place {folder}
  test -n "${variable}"; and set place "${variable}"
  for file in $place/*.yaml
    set -l slug (string replace -r '.*/(.*)\\.yaml$' '$1' -- "$file")
    test -f "$file"; and string match -qr '^{slug}$' -- "$slug"; and printf '%s\\n' "{group}=$slug"
  end
end
function __landingsbaan_words
  set -l word (commandline -ct)
  switch $word
    case '-*'
      printf '%s\\n' {options}
    case '*=*'
      printf '%s\\n' {members}
      __landingsbaan_own
    case '*.*'
      printf '%s\\n' {keys}
    case '*'
      contains claims (commandline -opc); and printf '%s\\n' {claims}
      if contains serve (commandline -opc)
        printf '%s\\n' {serve}
      else
        printf '%s\\n' {starts}
      end
  end
end
complete -c landingsbaan -f
complete -c landingsbaan -n '__fish_use_subcommand' -a '{commands}'
complete -c landingsbaan -n 'not __fish_use_subcommand' -a '(__landingsbaan_words)'"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def completion_script(shell: str) -> str:
    """Return the completion script of `landingsbaan` for a shell."""
    if shell not in SCRIPTS:
        raise ConfigurationError(
            f"completion {shell}: no such shell{nearest(shell, SCRIPTS)}; expected {', '.join(SCRIPTS)}"
        )
    groups = group_options()
    keys = [f"{name}=" for name in known_keys()]
    tops = {name.split(".")[0] for name in known_keys() if "." in name}
    starts = [f"{group}=" for group in groups] + [f"{top}." for top in sorted(tops)]
    starts += [key for key in keys if "." not in key]
    # Boolean keys are completed with their values; an equals sign or a dot distinguishes the cases.
    chosen = [f"{group}={member}" for group, names in groups.items() for member in names]
    chosen += [f"{name}={value}" for name, key in known_keys().items() if key.kind is bool
               for value in ("true", "false")]  # fmt: skip
    starts += [
        f"{name}="
        for name in dict.fromkeys((*STORY_KEYS, *REPORT_KEYS, *EXPLORATION_KEYS, *FORECAST_KEYS))
        if f"{name}=" not in starts
    ]
    against = [f"against={system}" for system in groups["system"]]
    return SCRIPTS[shell].format(
        options=" ".join(OPTIONS),
        members=" ".join(
            [
                *chosen,
                "language=en",
                "language=nl",
                "host=127.0.0.1",
                "host=0.0.0.0",
                *(f"pick={pick}" for pick in PICKS),
                *against,
            ]
        ),
        keys=" ".join(keys),
        commands=" ".join(SUB_COMMANDS),
        starts=" ".join(starts),
        serve=" ".join(f"{name}=" for name in SERVE_KEYS),
        claims=" ".join([*CLAIM_ACTIONS, *_claims(), *CLAIM_KEYS]),
        group=GROUP,
        variable=VARIABLE,
        folder=FOLDER,
        slug=SLUG.pattern,
    )


def _claims() -> list[str]:
    """Return the numbers of the claims in conf/."""
    return sorted(path.stem for path in (CONFIGURATION_FOLDER / "claim").glob("*.yaml"))
