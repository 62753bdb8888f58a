"""The command `landingsbaan`: sub-commands are ours, everything of the form key=value is Hydra's.

A mistake of the user is one sentence on standard error and exit code 2, and nothing is written.
Heavy imports stand inside the functions, so that help comes at once.
"""

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterator

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
    _open_closed_streams()
    _show_what_the_stream_can()
    try:
        from scenarios.common.installation import check_installation

        check_installation()
        _check_place()
        _answer(read_command_line(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        kept = str(interrupt) or "a run that was under way is not stored"
        print(f"landingsbaan: interrupted; {kept}", file=sys.stderr)
        return INTERRUPTED
    except (ValueError, OSError, ImportError, MemoryError) as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        lost = _lost_output()
        if isinstance(lost, BrokenPipeError):  # the reader of our output left, as `head` does
            return DONE
        print(f"landingsbaan: {_told(lost or error)}", file=sys.stderr)
        return MISTAKE
    return DONE


def _check_place() -> None:
    """Raise ConfigurationError when the folder we are in is gone."""
    try:
        os.getcwd()
    except FileNotFoundError:
        raise ConfigurationError("the folder you are in was removed; go to one that exists") from None


def _open_closed_streams() -> None:
    """Let what was closed before we began be a stream to nowhere; else the next file gets its number."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # what is opened gets the lowest number that is free: its own
            way = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, way, encoding="utf-8"))  # noqa: SIM115


def _lost_output() -> OSError | None:
    """Return why standard output takes no more, None where it does; then let it go nowhere.

    Python would complain once more at its end.
    """
    lost = getattr(sys.stdout, "lost", None)
    try:
        sys.stdout.flush()
    except OSError as error:
        lost = error
    if lost is None:
        return None
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(lost, BrokenPipeError):
        return lost
    return OSError(lost.errno, lost.strerror, "standard output")


def _told(error: BaseException) -> str:
    """Return an error in one sentence; those of the machine say little of themselves."""
    if isinstance(error, MemoryError):
        return "the memory is full; expected fewer processes (processes=1) or households, or more memory"
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return one_sentence(error)


class _Stream(io.TextIOWrapper):
    """Standard output or error, which remembers why it takes no more.

    What is told on standard error is no result: where nobody can read it, it is lost and the rest goes on.
    """

    lost: OSError | None = None

    def write(self, text: str) -> int:
        """Write, or remember why not."""
        with self._remembered():
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written, or remember why not."""
        with self._remembered():
            super().flush()

    @contextlib.contextmanager
    def _remembered(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.lost = error
            if self is not sys.stderr:
                raise


def _show_what_the_stream_can() -> None:
    """Write a sign that the screen's encoding lacks in another way, instead of failing on it."""

    def plainly(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lacking = error.object[error.start : error.end].translate(PLAIN_SIGNS)
        return lacking.encode("ascii", "replace").decode("ascii"), error.end

    codecs.register_error("landingsbaan", plainly)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is getattr(sys, f"__{name}__") and isinstance(stream, io.TextIOWrapper):
            lines = stream.line_buffering
            setattr(sys, name, _Stream(stream.buffer, stream.encoding, stream.errors, line_buffering=lines))
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
