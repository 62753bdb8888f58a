"""Commands with a folder of their own that publish what came of it: calibrate, validate, backtest."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from tqdm import tqdm

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.installation import check_clone
from scenarios.common.terminal import bar_of
from scenarios.config.checks import check_language
from scenarios.reporting.texts import filled
from scenarios.studies.options import EngineOptions, check_folder_name, keys_of, split
from scenarios.studies.store import finished_last

# What a user sees while a calibration or a validation is under way, on standard error.

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
    """Say something on standard error."""
    print(word(key, language, **values), file=sys.stderr, flush=True)


class Bar:
    """A bar with the time left, there from the first count to the last."""

    def __init__(self, total: int, unit: str, language: str) -> None:
        self.total, self.unit = total, word(unit, language)
        self.bar: tqdm | None = None

    def count_done(self, number: int) -> None:
        """Count what is done now."""
        if self.bar is None:
            self.bar = bar_of(self.total, self.unit)
        self.bar.update(number)
        if self.bar.n >= self.total:
            self.bar.close()


WRITE = "write"  # the word that asks to publish once more what is finished


@dataclass
class PublishingOptions(EngineOptions):
    """What every such command is asked beside its own options.

    Attributes
    ----------
    name, folder : str
        Name of what is made, and the folder in which all of its kind stand.
    to : str
        Where what is published is written; the project's own docs/ and data/ when empty.
    language : str
        Of what is told meanwhile.
    """

    name: str = ""
    folder: str = ""
    to: str = ""
    language: str = "en"


Options = TypeVar("Options", bound=PublishingOptions)


def options_only(kind: type[Options], command: str, words: list[str], least: dict[str, int]) -> Options:
    """Return the options of a command that takes nothing else; see `split`.

    Raises
    ------
    ConfigurationError
        For an unknown key, a value no option takes, a name that is a path, or where nothing can be
        published because the project's pages are not there.
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
    """Whether only the publishing is asked again; raise ConfigurationError for any other word."""
    if words and words != [WRITE]:
        raise ConfigurationError(
            f"{command} {words[0]}: expected {WRITE} or nothing{nearest(words[0], [WRITE])}"
        )
    return bool(words)


def finished_folder(options: PublishingOptions, document: str, command: str, made: str) -> Path:
    """Return the folder that is asked for, or of its kind the one that was finished last.

    Parameters
    ----------
    options : PublishingOptions
    document : str
        Name of the file that stands where something is finished.
    command, made : str
        What the user runs, and what that makes, as in "calibrate" and "calibration".

    Raises
    ------
    ConfigurationError
        When nothing is finished there.
    """
    root = Path(options.folder)
    folder = root / options.name if options.name else finished_last(root, document)
    if folder is None or not (folder / document).is_file():
        missing = f"finished {made} in {root}" if folder is None else f"{document} in {folder}"
        raise ConfigurationError(f"{command} {WRITE}: no {missing}; landingsbaan {command}")
    return folder
