"""What a user sees while a country is run, on standard error."""

import sys

from tqdm import tqdm

from scenarios.common.progress import bar_of
from scenarios.reporting.texts import filled, number, pairs
from scenarios.studies.country.members import Country

WORDS = {
    "unit": ("households", "huishoudens"),
    "begin": (
        "{members} municipalities, {pairs}; progress counts households times pairs.",
        "{members} gemeenten, {pairs}; de voortgang telt huishoudens maal paren.",
    ),
    "done_before": (
        "{share}% was done before; the run goes on from there.",
        "{share}% was al gedaan; de run gaat daarvandaan verder.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in."""
    return filled(WORDS, key, language, **values)


class CountryProgress:
    """A bar of households with the time left, as municipalities differ in size; a context manager."""

    def __init__(self, country: Country) -> None:
        self.language = country.scenario.language
        self.members, self.pairs = len(country.members), len(country.scenario.seeds)
        self.total = self.pairs * sum(member.households for member in country.members)
        self.first = True

    def __enter__(self) -> "CountryProgress":
        """Show the bar."""
        told = pairs(self.pairs, self.language)
        tqdm.write(word("begin", self.language, members=self.members, pairs=told), sys.stderr)
        self.bar = bar_of(self.total, word("unit", self.language), unit_scale=True)
        return self

    def __exit__(self, *trouble: object) -> None:
        """Close the bar."""
        self.bar.close()

    def counts(self, households: int) -> None:
        """Count what is whole; that of an earlier start comes first and takes no time."""
        if self.first:
            self.first = False
            if households:
                told = number(100.0 * households / self.total, self.language, 0)
                tqdm.write(word("done_before", self.language, share=told), sys.stderr)
            self.bar.initial = households
        self.bar.update(households)
