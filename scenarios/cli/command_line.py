"""Parser of the command line: sub-command, plain words, overrides, and Hydra's options."""

import argparse
from dataclasses import dataclass
from typing import NoReturn

from scenarios.common.errors import RETIRED_COMMANDS, ConfigurationError, is_text, nearest, renamed

SUB_COMMANDS = {
    "run": "simulate a municipality under the reference policy and another policy",
    "story": "follow one household under two policies, side by side",
    "history": "compare the reference policy with the record of 2012-2022",
    "targets": "compare the model with the calibration targets",
    "calibrate": "fit the uncertain parameters to the targets (a posterior sample); `write` the page",
    "validate": "test the model on figures it was not fitted to; `write` the page",
    "backtest": "forecast 2018-2022 with what was known in 2017, and score it; `write` the page",
    "claims": "run the claims of the sources and give each a verdict; `list`, `check` and `write`",
    "sweep": "run a study of many points, here or on a cluster; resume where it stopped",
    "results": "work with finished studies: ls, show, plot, export, verify, prune",
    "sensitivity": "find the levers and unknowns that matter most (Morris or Sobol)",
    "discover": "find where a policy does not pay for itself or a landing causes harm",
    "optimise": "search for policies that work across the unknowns, and show the trade-offs",
    "solve": "find the value of a lever that reaches a target, how certain it is, and what it costs",
    "measures": "find what each measure of a policy or system contributes to its effect",
    "phase-in": "find how long the phase-in period must be for a cut",
    "value-of-information": "find which study would change the choice of a policy, and what that is worth",
    "study": "run a study with a name; `flagship` answers what pays, when, and for whom",
    "forecast": "forecast a municipality: users, cost per law, waiting, staff, as fans",
    "comparable": "find the most similar municipalities, and what a policy does there",
    "systems": "list the systems or describe one; `write` and `check` their page",
    "compare": "compare systems, or policies on one city: system=a,b or policy=a,b",
    "municipality": "add your own municipality: new, check, add, list",
    "check": "check a folder of your own files; `schema` writes what editors use",
    "serve": "open the dashboard on this machine",
    "parameters": "print parameters, all or those with a word, with unit, range, source; `write`, `check`",
    "figures": "draw the figures of a run folder again",
    "report": "make a report of a run folder for aldermen, as one HTML file and a PDF",
    "publish": "write a site with sliders and the claims, for a web server or a disk",
    "completion": "print a completion script for bash, zsh or fish",
    "help": "explain a sub-command",
}
OVERRIDABLE = (
    "run", "history", "targets", "sweep", "results", "story", "compare", "systems", "claims", "report",
    "serve", "sensitivity", "discover", "optimise", "solve", "measures", "phase-in", "forecast", "comparable",
    "calibrate", "validate", "backtest", "municipality", "value-of-information", "study",
    "publish", "check",
)  # fmt: skip
TAKES_WORDS = (  # plain words in addition to key=value
    "claims", "results", "compare", "systems", "report", "calibrate", "validate", "backtest",
    "municipality", "study", "publish", "check",
)  # fmt: skip
COMPOSED = ("run", "story", "history", "targets", "compare")  # those with a configuration to print
NOTES = "output.notes=true"
# Commands without runs of their own: no combinations of values.
ONCE = ("results", "systems", "serve", "parameters", "figures", "completion", "help")
MOST_WORDS = {"systems": 1, "figures": 2, "completion": 1, "help": 1}
REPORT_KEYS = ("language", "to", "story", "comparable", "compare", "claims")
FORECAST_KEYS = ("years", "number", "replications", "name", "folder")
EXPLORATION_KEYS = (
    "outcome", "levers", "unknowns", "samples", "method", "screened", "inputs", "second_order", "above",
    "below", "robust", "replications", "population", "generations", "study", "write",
    "target", "lever", "certainty", "draws", "seeds_per_draw", "levels", "rounds", "held_out", "by", "orders",
    "policies", "draws", "seeds", "unmet_price", "together", "points", "second_seed_every",
)  # fmt: skip
OPTIONS = (
    "--help",
    "--config-dir",
    "--cfg",
    "--info",
    "--multirun",
    "--notes",
    "--plain",
    "--resolve",
    "--version",
)


@dataclass
class CommandLine:
    """The parsed command line.

    Attributes
    ----------
    command : str
        The sub-command; empty if none was given.
    words : list of str
        Plain words after it.
    overrides : list of str
        Words of the form key=value.
    wants_help, multirun, version, plain : bool
        Whether --help, --multirun, --version or --plain was given.
    configuration, information : str or None
        Values of --cfg and --info.
    config_folder : str or None
        The user's own configuration folder (`--config-dir`).
    """

    command: str
    words: list[str]
    overrides: list[str]
    wants_help: bool
    multirun: bool
    version: bool
    configuration: str | None
    information: str | None
    plain: bool = False
    config_folder: str | None = None


class _Parser(argparse.ArgumentParser):
    """A parser that raises an exception instead of exiting the process."""

    def error(self, message: str) -> NoReturn:
        """Raise ConfigurationError with the parser's message, and what was expected."""
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message:
            raise ConfigurationError(
                f"{unknown}: no such option, expected key=value or one of {', '.join(OPTIONS)}"
            )
        if "ignored explicit argument" in message:
            message += ", expected key=value without a hyphen in front"
        raise ConfigurationError(message)


def _parser() -> _Parser:
    parser = _Parser(prog="landingsbaan", add_help=False, allow_abbrev=False)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--help", "-h", action="store_true")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--multirun", "-m", action="store_true")
    parser.add_argument("--notes", action="store_true")
    parser.add_argument("--cfg", "-c", choices=["job", "hydra", "all"])
    # Interpolations are always resolved; the option is accepted for users of Hydra.
    parser.add_argument("--resolve", action="store_true")
    parser.add_argument(
        "--info", "-i", nargs="?", const="all",
        choices=["all", "config", "defaults", "defaults-tree", "plugins", "searchpath"],
    )  # fmt: skip
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--config-dir", "-cd")
    return parser


def read_command_line(arguments: list[str]) -> CommandLine:
    """Return the parsed arguments.

    Raises
    ------
    ConfigurationError
        For an unknown sub-command or option, with the nearest match.

    Examples
    --------
    >>> args = read_command_line(["run", "-m", "landing.years=0,5"])
    >>> args.command, args.multirun, args.overrides
    ('run', True, ['landing.years=0,5'])
    """
    for each in arguments:
        name = each.split("=")[0]
        if "=" in each and not is_text(each):
            raise ConfigurationError(
                f"{each[:60]!r}: its bytes are no text here; write it in UTF-8, and where this system uses "
                "another encoding set PYTHONUTF8=1"
            )
        if not each.strip():
            raise ConfigurationError("expected words and key=value, got an empty word ('')")
        if each.startswith("--") and name not in OPTIONS:
            raise ConfigurationError(f"{name}: no such option{nearest(name, OPTIONS)}")
    read = _parser().parse_intermixed_args(arguments)
    command = next((word for word in read.words if not _is_override(word)), "")
    takes_paths = command in (*TAKES_WORDS, "figures")
    overrides = [word for word in read.words if _is_override(word) and not (takes_paths and _is_path(word))]
    plain = [word for word in read.words if word not in overrides]
    if read.notes and command in (*SUB_COMMANDS, "") and command != "run":
        raise ConfigurationError("--notes: prints the whole summary of a run, expected it after run only")
    if read.notes:
        overrides.append(NOTES)
    if command and command not in SUB_COMMANDS:
        near = renamed(command, RETIRED_COMMANDS) or nearest(command, SUB_COMMANDS)
        raise ConfigurationError(
            f"{command}: no such sub-command{near}; expected one of {', '.join(SUB_COMMANDS)}"
        )
    args = CommandLine(
        command=command,
        words=plain[1:],
        overrides=overrides,
        wants_help=read.help,
        multirun=read.multirun,
        version=read.version,
        configuration=read.cfg,
        information=read.info,
        plain=read.plain,
        config_folder=read.config_dir,
    )
    _check_form(args)
    return args


def _is_override(word: str) -> bool:
    return "=" in word or word.startswith("~")


def _is_path(word: str) -> bool:
    """Return whether a word is a path, though it may look like an override: results/runs/a=b."""
    return "/" in word.partition("=")[0]


def _check_form(args: CommandLine) -> None:
    """Raise ConfigurationError for words, options or overrides that the sub-command does not take."""
    if args.multirun and args.command in ONCE:
        raise ConfigurationError(f"-m: {args.command} runs nothing; leave it out")
    option = "--cfg" if args.configuration else "--info" if args.information else ""
    if option and args.command not in (*COMPOSED, "help", ""):
        raise ConfigurationError(
            f"{option}: {args.command} takes no {option}, expected it after one of {', '.join(COMPOSED)}"
        )
    most = MOST_WORDS.get(args.command, len(args.words))
    if len(args.words) > most:
        raise ConfigurationError(
            f"{args.words[most]}: expected nothing after {args.command} {args.words[most - 1]}"
        )
    if args.overrides and args.command not in OVERRIDABLE:
        place = args.command or "without a sub-command"
        raise ConfigurationError(
            f"{args.overrides[0]}: {place} takes no key=value; put it after run, as landingsbaan run "
            f"{args.overrides[0]}"
        )
    if args.command in OVERRIDABLE and args.words and args.command not in TAKES_WORDS:
        raise ConfigurationError(f"{args.words[0]}: expected key=value after {args.command}")
    _check_given_once(args)


def _check_given_once(args: CommandLine) -> None:
    """Raise ConfigurationError for a key that is given twice; +key=value adds to the value of key=value."""
    names = [each.partition("=")[0].removeprefix("++") for each in args.overrides]
    for name in names:
        if names.count(name) > 1:
            is_compared = args.command == "compare" and name in ("policy", "system")
            expected = f"write {name}=a,b once" if is_compared else "expected one value"
            raise ConfigurationError(f"{name} is given twice; {expected}")
