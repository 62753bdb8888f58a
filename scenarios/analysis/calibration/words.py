"""What a user sees while a calibration or a validation is under way, on standard error."""

import sys
from typing import Final

from tqdm import tqdm

from scenarios.common.progress import bar_of
from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    "screening": (
        "Trying which uncertain numbers can matter to the targets ...",
        "Uitzoeken welke onzekere getallen ertoe kunnen doen voor de doelwaarden ...",
    ),
    "recovery": (
        "Recovering parameters that were planted, by two methods ...",
        "Geplante parameters terugvinden, met twee methoden ...",
    ),
    "emulator": ("Fitting emulators to the whole bank ...", "Emulatoren passen op de hele bank ..."),
    "second": (
        "Living a second wave of histories where the first posterior points ...",
        "Een tweede golf geschiedenissen leven waar de eerste posterior heen wijst ...",
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
    "validated": (
        "{hits} of {rows} validation rows hit, {inputs} are inputs, {missing} the model cannot say; {page}",
        "{hits} van {rows} validatieregels raak, {inputs} zijn invoer, {missing} kan het model niet zeggen; "
        "{page}",
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

    def counts(self, number: int) -> None:
        """Count what is done now."""
        if self.bar is None:
            self.bar = bar_of(self.total, self.unit)
        self.bar.update(number)
        if self.bar.n >= self.total:
            self.bar.close()
