"""The command `landingsbaan`: sub-commands, with overrides of the form key=value in Hydra's syntax.

An error of the user gives one sentence on standard error and exit code 2, and nothing is written. Slow
imports are inside the functions, so that help is shown at once.
"""

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterator

from scenarios.cli.actions import ACTIONS, combinations
from scenarios.cli.command_line import SUB_COMMANDS, CommandLine, read_command_line
from scenarios.common.errors import ConfigurationError, brief, nearest, one_sentence

LONGEST_PATH = 400  # characters of a path in a message
DONE, FAULT, MISTAKE, INTERRUPTED = 0, 1, 2, 130
# Replacements for characters of our texts that the output encoding lacks; other characters become "?".
PLAIN_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00b1": "+/-", "\u00b7": "-",
                             "\u2026": "...", "\u20ac": "EUR", "\u00d7": "x"})  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Execute the command line and return the exit code.

    It is 0, 1 (fault of the program), 2 (error of the user) or 130 (interrupted).

    HYDRA_FULL_ERROR=1 shows the traceback of an error.
    """
    _replace_closed_streams()
    _replace_missing_characters()
    try:
        from scenarios.common.installation import check_installation

        check_installation()
        _check_working_directory()
        _execute(read_command_line(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        kept = str(interrupt) or "a run that was under way is not stored"
        print(f"landingsbaan: interrupted; {kept}", file=sys.stderr)
        return INTERRUPTED
    except (ValueError, OSError, ImportError, MemoryError) as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        lost = _output_error()
        if isinstance(lost, BrokenPipeError):  # the reader closed the pipe, as `head` does
            return DONE
        print(f"landingsbaan: {_message_of(lost or error)}", file=sys.stderr)
        return MISTAKE
    except Exception as fault:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        print(
            f"landingsbaan: {type(fault).__name__}: {one_sentence(fault)}; this is a fault of the program: "
            "please report it with your command and the traceback that HYDRA_FULL_ERROR=1 shows",
            file=sys.stderr,
        )
        return FAULT
    return DONE


def _check_working_directory() -> None:
    """Raise ConfigurationError if the working directory does not exist any more."""
    try:
        os.getcwd()
    except FileNotFoundError:
        raise ConfigurationError("the folder you are in was removed; go to one that exists") from None


def _replace_closed_streams() -> None:
    """Open the null device for standard streams that are closed; else another file gets their descriptor."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # a new file gets the lowest free descriptor: that of this stream
            way = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, way, encoding="utf-8"))  # noqa: SIM115


def _output_error() -> OSError | None:
    """Return the error of standard output, or None; after an error, redirect it to the null device.

    Otherwise Python would report the error again at exit.
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


def _message_of(error: BaseException) -> str:
    """Return the message of an error; for memory and operating-system errors, one that is easier to read."""
    if isinstance(error, MemoryError):
        return "the memory is full; expected fewer processes (processes=1) or households, or more memory"
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{brief(error.filename, LONGEST_PATH)}: {error.strerror}"
    return one_sentence(error)


class _Stream(io.TextIOWrapper):
    """Standard output or error; it stores a write error in `lost`.

    An error of standard error is not raised, since messages are not results and the command can continue.
    """

    lost: OSError | None = None

    def write(self, text: str) -> int:
        """Write a text; store the error if it fails."""
        with self._store_error():
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """Flush the buffer; store the error if it fails."""
        with self._store_error():
            super().flush()

    @contextlib.contextmanager
    def _store_error(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.lost = error
            if self is not sys.stderr:
                raise


def _replace_missing_characters() -> None:
    """Replace characters that the output encoding lacks, instead of raising an error."""

    def replace_characters(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lacking = error.object[error.start : error.end].translate(PLAIN_SIGNS)
        return lacking.encode("ascii", "replace").decode("ascii"), error.end

    codecs.register_error("landingsbaan", replace_characters)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is getattr(sys, f"__{name}__") and isinstance(stream, io.TextIOWrapper):
            lines = stream.line_buffering
            setattr(sys, name, _Stream(stream.buffer, stream.encoding, stream.errors, line_buffering=lines))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="landingsbaan")


def _execute(args: CommandLine) -> None:
    """Execute the options that print information (help, version, configuration), else the sub-command."""
    if args.plain:
        from scenarios.common.terminal import be_plain

        be_plain()
    if args.config_folder:
        from scenarios.config.schema import OWN_FOLDER, own_configuration

        os.environ[OWN_FOLDER] = args.config_folder
        own_configuration()
    if args.wants_help or (args.command == "help") or args == read_command_line([]):
        _help(args)
    elif args.version:
        _version()
    elif args.configuration is not None:
        _print_configuration(args)
    elif args.information is not None:
        _print_information(args)
    elif not args.command:
        raise ConfigurationError("expected a sub-command, such as run; see landingsbaan --help")
    else:
        ACTIONS[args.command](args)


def _help(args: CommandLine) -> None:
    from scenarios.cli.help_texts import help_for

    topic = args.words[0] if args.command == "help" and args.words else args.command
    if topic and topic not in SUB_COMMANDS:
        raise ConfigurationError(f"{topic}: no such sub-command{nearest(topic, SUB_COMMANDS)}")
    print(help_for(topic))


def _version() -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        print(f"landingsbaan {version('landingsbaan')}")
    except PackageNotFoundError:
        print("landingsbaan, not installed")


def _print_configuration(args: CommandLine) -> None:
    """Print the composed configuration, with the system's changes (`--cfg`)."""
    from scenarios.config.composition import compose
    from scenarios.config.schema import as_yaml

    for number, overrides in enumerate(combinations(args)):
        composed = compose(overrides)
        if number:
            print("---")
        if args.configuration in ("job", "all"):
            print(as_yaml(composed.configuration), end="")
        if args.configuration in ("hydra", "all"):
            from scenarios.config.overrides import hydra_yaml

            print(hydra_yaml(overrides), end="")


def _print_information(args: CommandLine) -> None:
    """Print the origin of configuration values (`--info`)."""
    from scenarios.config.composition import compose
    from scenarios.config.overrides import description

    for overrides in combinations(args):
        compose(overrides)
        print(description(args.information or "all", overrides), end="")
