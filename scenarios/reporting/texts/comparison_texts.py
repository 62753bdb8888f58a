"""Words and numbers of a comparison in a language, read off its folder."""

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.texts.comparison import FIGURE_WORDS, WORDS
from simulation.outcomes.definitions import MEASURES
from simulation.outcomes.values import unit_of
from simulation.recording.store import Run


def said(key: str, language: str, **values: object) -> str:
    """Return a text of a comparison with its values filled in.

    Examples
    --------
    >>> said("rest", "nl")
    'bevolking'
    """
    texts.check_language(language)
    return texts.filled(WORDS, key, language, **values)


def outcome_words(outcome: str, language: str) -> tuple[str, str]:
    """Return name and unit of an outcome."""
    return MEASURES[outcome].meaning[language], unit_of(outcome, language)


def figure_word(figure: str, language: str) -> str:
    """Return the word for a figure of a municipality."""
    return FIGURE_WORDS[figure][texts.LANGUAGES.index(language)]


def title(run: Run, system: str, language: str) -> str:
    """Return the title of a compared system."""
    return str(run.document["titles"][system][language])


def years(run: Run) -> tuple[int, int]:
    """Return the first and last year of the outcomes."""
    found = run.table("outcomes")["year"]
    return int(found[found > 0].min()), int(found.max())


def banded(row: pd.Series, language: str) -> str:
    """Return a mean with its band."""
    words = texts.three(row["mean"], row["low"], row["high"], language)
    return f"{words['mean']} [{words['low']}; {words['high']}]"


def one_sided(row: pd.Series) -> bool:
    """Whether every pair lies on the same side of zero; one pair has no side."""
    return bool(row["pairs"] > 1 and 1.0 in (row["positive"], row["negative"]))
