"""The command `landingsbaan`: sub-commands are ours, everything of the form key=value is Hydra's.

A mistake of the user is one sentence on standard error and exit code 2, and nothing is written.
Heavy imports stand inside the functions, so that help comes at once.
"""

import codecs
import io
import os
import sys

from scenarios.cli.actions import ACTIONS, combinations
from scenarios.cli.command_line import SUB_COMMANDS, CommandLine, read_command_line
from scenarios.common.errors import ConfigurationError, nearest, one_sentence

DONE, MISTAKE, INTERRUPTED = 0, 2, 130
# How signs of our texts are written where the screen's encoding lacks them; other signs become "?".
PLAIN_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00b1": "+/-", "\u00b7": "-",
                             "\u2026": "...", "\u20ac": "EUR", "\u00d7": "x"})  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Do what the command line asks and return the exit code: 0, 2 (mistake) or 130 (interrupted).

    Set HYDRA_FULL_ERROR=1 to see where a mistake was found.
    """
    _show_what_the_stream_can()
    try:
        from scenarios.common.installation import check_installation

        check_installation()
        _answer(read_command_line(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:  # None where it was closed before we began
            sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        kept = str(interrupt) or "a run that was under way is not stored"
        print(f"landingsbaan: interrupted; {kept}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left, as `head` does; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (ValueError, OSError, ImportError, MemoryError) as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        print(f"landingsbaan: {one_sentence(error)}", file=sys.stderr)
        return MISTAKE
    return DONE


def _show_what_the_stream_can() -> None:
    """Write a sign that the screen's encoding lacks in another way, instead of failing on it."""

    def plainly(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lacking = error.object[error.start : error.end].translate(PLAIN_SIGNS)
        return lacking.encode("ascii", "replace").decode("ascii"), error.end

    codecs.register_error("landingsbaan", plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="landingsbaan")


def _answer(asked: CommandLine) -> None:
    """Answer what was asked: help and the like first, else the sub-command."""
    if asked.plain:
        from scenarios.common.terminal import be_plain

        be_plain()
    if asked.config_folder:
        from scenarios.config.schema import OWN_FOLDER, own_configuration

        os.environ[OWN_FOLDER] = asked.config_folder
        own_configuration()
    if asked.wants_help or (asked.command == "help") or asked == read_command_line([]):
        _help(asked)
    elif asked.version:
        _version()
    elif asked.configuration is not None:
        _print_configuration(asked)
    elif asked.information is not None:
        _inform(asked)
    elif not asked.command:
        raise ConfigurationError("expected a sub-command, such as run; see landingsbaan --help")
    else:
        ACTIONS[asked.command](asked)


def _help(asked: CommandLine) -> None:
    from scenarios.cli.help_texts import help_for

    topic = asked.words[0] if asked.command == "help" and asked.words else asked.command
    if topic and topic not in SUB_COMMANDS:
        raise ConfigurationError(f"{topic}: no such sub-command{nearest(topic, SUB_COMMANDS)}")
    print(help_for(topic))


def _version() -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        print(f"landingsbaan {version('landingsbaan')}")
    except PackageNotFoundError:
        print("landingsbaan, not installed")


def _print_configuration(asked: CommandLine) -> None:
    """Print the composed configuration, the system's changes written in (`--cfg`)."""
    from scenarios.config.composition import compose
    from scenarios.config.schema import as_yaml

    for number, overrides in enumerate(combinations(asked)):
        composed = compose(overrides)
        if number:
            print("---")
        if asked.configuration in ("job", "all"):
            print(as_yaml(composed.configuration), end="")
        if asked.configuration in ("hydra", "all"):
            from scenarios.config.overrides import hydra_yaml

            print(hydra_yaml(overrides), end="")


def _inform(asked: CommandLine) -> None:
    """Print where values come from (`--info`)."""
    from scenarios.config.composition import compose
    from scenarios.config.overrides import description

    for overrides in combinations(asked):
        compose(overrides)
        print(description(asked.information or "all", overrides), end="")
