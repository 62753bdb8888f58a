"""Options and progress of commands that write a folder of their own, and the publishing of their pages.

Options are written as key=value among the overrides and are read into a dataclass.
"""

import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from tqdm import tqdm

from scenarios.common.errors import ConfigurationError, brief, nearest
from scenarios.common.installation import check_clone
from scenarios.common.terminal import bar_of
from scenarios.config.keys import check_language, whole_number
from scenarios.reporting.texts import filled
from scenarios.runs.resources import memory_of
from scenarios.studies.engines import Engine, engine_called
from scenarios.studies.store import latest_finished

OF_ENGINE = ("scheduler", "processes")  # written as engine.scheduler and engine.processes
# Upper bounds of whole numbers: of seeds by name, and of all others.
MOST = {"seed": 2**62, "design_seed": 2**32 - 1}
MOST_OF_ANY = 10**12
LONGEST_NAME = 120  # bytes: some file systems allow 255, and parts of a study add a suffix
NOT_IN_NAMES = frozenset('/\\:*?"<>|$')


def keys_of(kind: type) -> dict[str, Any]:
    """Return the fields of an options dataclass by the name that the user writes, inherited ones last."""
    own = sorted(fields(kind), key=lambda each: each.name not in kind.__annotations__)
    return {("engine." if each.name in OF_ENGINE else "") + each.name: each for each in own}


@dataclass
class EngineOptions:
    """Options of every study: the engine that executes its runs.

    Attributes
    ----------
    engine : str
        "local" or "dask".
    scheduler : str
        Address of Dask's scheduler (`engine.scheduler`).
    processes : int
        Processes of the local engine (`engine.processes`); 0 means every core.
    """

    engine: str = "local"
    scheduler: str = ""
    processes: int = 0


def engine_of(options: EngineOptions) -> Engine:
    """Return the engine named by the options; 0 processes means every core."""
    return engine_called(options.engine, options.scheduler, options.processes or None)


def memory_here(options: EngineOptions, households: int, models: int) -> int:
    """Return the approximate memory of models on this machine (bytes); 0 if an engine runs them elsewhere."""
    return memory_of(households, models, options.processes or None) if options.engine == "local" else 0


def split(kind: type, words: list[str], least: dict[str, int]) -> tuple[Any, list[str]]:
    """Return the options of a command, and the remaining words: the overrides of its runs.

    Parameters
    ----------
    kind : type
        An options dataclass with fields of type str, int or bool.
    words : list of str
        Words of the form key=value from the command line.
    least : dict of str to int
        Minimum of whole numbers by key; 1 for other keys.

    Raises
    ------
    ConfigurationError
        For an invalid value of an option.
    """
    keys = keys_of(kind)
    values: dict[str, Any] = {}
    left = []
    for word in words:
        name, _, text = word.partition("=")
        if name in keys:
            values[keys[name].name] = _value(keys[name].type, name, text, least.get(name, 1))
        elif name == "processes" and "engine.processes" in keys:
            raise ConfigurationError(
                f"{word}: a study takes engine.{word}, and is the same study with any number"
            )
        elif name.startswith("engine."):
            raise ConfigurationError(f"{name}: no such key{nearest(name, keys)}")
        else:
            left.append(word)
    return kind(**values), left


def check_folder_name(option: str, name: str) -> None:
    """Raise ConfigurationError for a name that is a path, or that some file systems do not allow.

    Spaces and letters of any language are allowed; an empty name means no name and passes.

    Examples
    --------
    >>> check_folder_name("study", "tweede poging, één wijk")
    """
    if not name:
        return
    fits = name.isprintable() and len(name.encode()) <= LONGEST_NAME and name == name.strip()
    if not fits or name[0] in ".-~" or NOT_IN_NAMES & set(name):
        raise ConfigurationError(
            f"{option} = {brief(name)}: expected a name, not a path: at most {LONGEST_NAME} letters, digits, "
            f"spaces and signs other than {' '.join(sorted(NOT_IN_NAMES))}, no dot in front"
        )


def _value(kind: type, name: str, text: str, least: int) -> Any:
    """Return the value of an option, converted to its type."""
    if kind is bool:
        if text not in ("true", "false"):
            raise ConfigurationError(f"{name} = {text}: expected true or false")
        return text == "true"
    if kind is not int:
        return text
    number = whole_number(text)
    if number is None or number < least:
        raise ConfigurationError(f"{name} = {text[:LONGEST_NAME]}: expected a whole number from {least} on")
    most = MOST.get(name, MOST_OF_ANY)
    if number > most:
        raise ConfigurationError(f"{name} = {text}: expected a whole number from {least} to {most:,}")
    return number


# Messages on standard error during a calibration, validation or back-test.

WORDS: Final[dict[str, tuple[str, str]]] = {
    "screening": (
        "Trying which uncertain numbers can matter to the targets ...",
        "Uitzoeken welke onzekere getallen ertoe kunnen doen voor de doelwaarden ...",
    ),
    "recovery": (
        "Recovering parameters that were planted, by two methods ...",
        "Geplante parameters terugvinden, met twee methoden ...",
    ),
    "emulator": (
        "Fitting emulators to the whole training ensemble ...",
        "Emulatoren passen op het hele trainingsensemble ...",
    ),
    "second": (
        "Simulating a second wave of histories where the first posterior points ...",
        "Een tweede golf geschiedenissen simuleren waar de eerste posterior heen wijst ...",
    ),
    "third": (
        "Simulating a third wave of histories where the second posterior points ...",
        "Een derde golf geschiedenissen simuleren waar de tweede posterior heen wijst ...",
    ),
    "fourth": (
        "Simulating a fourth wave of histories where the third posterior points ...",
        "Een vierde golf geschiedenissen simuleren waar de derde posterior heen wijst ...",
    ),
    "posterior": ("Sampling the posterior ...", "De posterior trekken ..."),
    "confirmation": (
        "Running the model itself at draws of the posterior ...",
        "Het model zelf draaien bij trekkingen uit de posterior ...",
    ),
    "finished": (
        "{inside} of {rows} targets inside their bounds at the posterior; {page}",
        "{inside} van {rows} doelwaarden binnen hun grenzen bij de posterior; {page}",
    ),
    "truths": ("truths", "waarheden"),
    "backtest_members": (
        "Simulating histories with what was known at the end of 2017 ...",
        "Geschiedenissen simuleren met wat eind 2017 bekend was ...",
    ),
    "backtest_second": (
        "Simulating a second wave where the first fit points ...",
        "Een tweede golf simuleren waar de eerste schatting heen wijst ...",
    ),
    "backtest_forecast": ("Forecasting 2018-2022 ...", "2018-2022 voorspellen ..."),
    "backtest_municipal": (
        "Forecasting 2018-2022 for sixteen municipalities ...",
        "2018-2022 voorspellen voor zestien gemeenten ...",
    ),
    "backtested": (
        "{inside} of {points} figures of 2018-2022 lie in the 90% interval of the forecast; {page}",
        "{inside} van {points} cijfers van 2018-2022 liggen in het 90%-interval van de voorspelling; {page}",
    ),
    "validated": (
        "{hits} of {scored} validation rows hit, {inputs} more are inputs and not counted; {page}",
        "{hits} van {scored} validatieregels raak, {inputs} andere zijn invoer en tellen niet mee; {page}",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in."""
    return filled(WORDS, key, language, **values)


def say(key: str, language: str, **values: object) -> None:
    """Print a message on standard error."""
    print(word(key, language, **values), file=sys.stderr, flush=True)


class Bar:
    """A progress bar with the time left; it is shown from the first count until all is done."""

    def __init__(self, total: int, unit: str, language: str) -> None:
        self.total, self.unit = total, word(unit, language)
        self.bar: tqdm | None = None

    def count_done(self, number: int) -> None:
        """Add a number of completed items."""
        if self.bar is None:
            self.bar = bar_of(self.total, self.unit)
        self.bar.update(number)
        if self.bar.n >= self.total:
            self.bar.close()


WRITE = "write"  # the action that publishes a finished result again


@dataclass
class PublishingOptions(EngineOptions):
    """Options shared by the commands that publish pages.

    Attributes
    ----------
    name, folder : str
        Name of the result, and the folder that holds all results of its kind.
    to : str
        Folder for the published files; the project's own docs/ and data/ when empty.
    language : str
        Language of the messages.
    """

    name: str = ""
    folder: str = ""
    to: str = ""
    language: str = "en"


@dataclass
class CityOptions(PublishingOptions):
    """Options of commands that simulate the history of a city.

    Attributes
    ----------
    households : int
        Number of households.
    seed : int
        Seed of the runs, and of the design and the samplers if there are any.
    """

    households: int = 20_000
    seed: int = 1


Options = TypeVar("Options", bound=PublishingOptions)


def options_only(kind: type[Options], command: str, words: list[str], least: dict[str, int]) -> Options:
    """Return the options of a command that takes no overrides; see `split`.

    Raises
    ------
    ConfigurationError
        For an unknown key, an invalid value, a name that is a path, or outside a clone without `to`, since
        the project's pages exist only there.
    """
    options, left = split(kind, words, least)
    if left:
        name, keys = left[0].partition("=")[0], keys_of(kind)
        raise ConfigurationError(f"{name}: {command} takes {', '.join(keys)}{nearest(name, keys)}")
    check_language(options.language)
    check_folder_name("name", options.name)
    if not options.to:
        check_clone(f"{command} without to=")
    return options


def is_publishing_only(command: str, words: list[str]) -> bool:
    """Return whether the words ask to publish only; raise ConfigurationError for an unknown word."""
    if words and words != [WRITE]:
        raise ConfigurationError(
            f"{command} {words[0]}: expected {WRITE} or nothing{nearest(words[0], [WRITE])}"
        )
    return bool(words)


def finished_folder(options: PublishingOptions, document: str, command: str, made: str) -> Path:
    """Return the folder named by the options, or the one that was finished last.

    Parameters
    ----------
    options : PublishingOptions
    document : str
        Name of the file that marks a finished folder.
    command, made : str
        The command and its result, for the message, as in "calibrate" and "calibration".

    Raises
    ------
    ConfigurationError
        When there is no finished folder.
    """
    root = Path(options.folder)
    folder = root / options.name if options.name else latest_finished(root, document)
    if folder is None or not (folder / document).is_file():
        missing = f"finished {made} in {root}" if folder is None else f"{document} in {folder}"
        raise ConfigurationError(f"{command} {WRITE}: no {missing}; landingsbaan {command}")
    return folder
