"""The words a reader of figures and summary sees, in English and Dutch, and numbers in their format."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from scenarios.common.certainty import is_first_estimate
from scenarios.reporting.texts import figures, history, summary
from simulation.outcomes.intervals import Interval

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

LANGUAGES = ("en", "nl")
LOCALES = {"en": "en_GB", "nl": "nl_NL"}  # as Babel names them
_TEXTS = {
    **figures.WORDS,
    **summary.WORDS,
    **figures.MUNICIPALITIES,
    **history.WORDS,
    **history.BACKTEST,
    **summary.PLACEBO,
    **figures.DECOMPOSITION,
}


def check_language(language: str) -> None:
    """Raise ValueError for a language without texts."""
    if language not in LANGUAGES:
        raise ValueError(f"language = {language!r}: expected one of {', '.join(LANGUAGES)}")


def filled(words: Mapping[str, Sequence[str]], key: str, language: str, **values: object) -> str:
    """Return a text of a table of words, in a language and with its values filled in.

    Examples
    --------
    >>> filled({"found": ("{n} found", "{n} gevonden")}, "found", "nl", n=3)
    '3 gevonden'
    >>> filled({"people": ("{n} households", "{n} huishoudens")}, "people", "nl", n=1)
    '1 huishouden'
    """
    check_language(language)
    return agreed(words[key][LANGUAGES.index(language)].format(**values))


# Words of both languages that are counted in texts, with the word after 1.
_AFTER_ONE = {
    "years": "year", "months": "month", "households": "household", "inhabitants": "inhabitant",
    "wijken": "wijk", "municipalities": "municipality", "replications": "replication", "runs": "run",
    "cases": "case", "minutes": "minute", "processes": "process",
    "points": "point", "teams": "team", "histories": "history", "seconds": "second",
    "maanden": "maand", "huishoudens": "huishouden", "inwoners": "inwoner",
    "gemeenten": "gemeente", "berekeningen": "berekening", "replicaties": "replicatie",
    "gevallen": "geval", "punten": "punt",
    "geschiedenissen": "geschiedenis", "seconden": "seconde",
}  # fmt: skip
_ONE = re.compile(rf"(?<![\d.,\-+\u2212])1 ({'|'.join(_AFTER_ONE)})\b")


def agreed(sentence: str) -> str:
    """Return a sentence in which what is counted agrees with the number 1.

    Examples
    --------
    >>> agreed("1 wijken, 21 wijken, 0.1 years")
    '1 wijk, 21 wijken, 0.1 years'
    """
    return _ONE.sub(lambda found: f"1 {_AFTER_ONE[found.group(1)]}", sentence)


def text(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> text("year_number", "nl", year=3)
    '3 jaar'
    """
    return filled(_TEXTS, key, language, **values)


def name(word: str, language: str) -> str:
    """Return the reader's word for a name of ours; a name without one is read as it stands."""
    return text(word, language) if word in _TEXTS else word.replace("_", " ")


# Places that are on no map, by the names of their profiles; every other place is called as it is.
_PLACES = {
    "neutral city": ("Neutral city", "Neutrale stad"),
    "average": ("Average municipality", "Gemiddelde gemeente"),
    "street": ("Street", "Straat"),
    "the Netherlands": ("The Netherlands", "Nederland"),
}


def place(municipality: str, language: str) -> str:
    """Return what a reader calls a municipality, as a name or at the head of a sentence.

    Examples
    --------
    >>> place("neutral city", "nl"), place("Zaanstad", "nl")
    ('Neutrale stad', 'Zaanstad')
    """
    return filled(_PLACES, municipality, language) if municipality in _PLACES else municipality


def policy_of(document: Mapping[str, Any], language: str) -> str:
    """Return what the policy of a run is called: its title, or else its name in words.

    Examples
    --------
    >>> policy_of({"policy": "own_policy", "policy_title": {"en": "more teams", "nl": "meer teams"}}, "nl")
    'meer teams'
    """
    return (document.get("policy_title") or {}).get(language) or name(document["policy"], language)


def arm_of(document: Mapping[str, Any], arm: str, language: str) -> str:
    """Return what the arm of the policy, or else the reference, is called."""
    return policy_of(document, language) if arm == "policy" else name("reference", language)


@cache
def locale(language: str) -> "Locale":
    """Return Babel's locale of a language: how it writes numbers, amounts, lists and dates.

    Babel is imported here, so that a command which writes no number does not wait for it.

    Raises
    ------
    ValueError
        When the language has no texts.
    """
    check_language(language)
    from babel import Locale

    return Locale.parse(LOCALES[language])


@cache
def _pattern(digits: str, sign: bool = False) -> "NumberPattern":
    """Return Babel's pattern for digits, with a plus sign where one is asked for."""
    from babel.numbers import parse_pattern

    return parse_pattern(f"+{digits};-{digits}" if sign else digits)


def number(value: float, language: str, decimals: int = 0, sign: bool = False) -> str:
    """Return a number in the language's own format, with a true minus sign.

    Examples
    --------
    >>> number(1234.5, "en", 1), number(1234.5, "nl", 1), number(-0.04, "nl", 1)
    ('1,234.5', '1.234,5', '0,0')
    """
    rounded = round(float(value), decimals) + 0.0  # adding 0 turns -0 into 0
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return _pattern(digits, sign).apply(rounded, locale(language)).replace("-", "\u2212")


def significant(value: float, language: str) -> str:
    """Return a number with at most three significant digits.

    Examples
    --------
    >>> significant(0.012345, "nl"), significant(2.0, "en")
    ('0,0123', '2')
    """
    return _pattern("@##").apply(value, locale(language)).replace("-", "\u2212")


def share(value: float, language: str) -> str:
    """Return a share as a whole percentage without its sign."""
    return number(100.0 * value, language)


def capital(words: str) -> str:
    """Return words with a capital at the beginning.

    Examples
    --------
    >>> capital("early signalling")
    'Early signalling'
    """
    return words[:1].upper() + words[1:]


def table_row(cells: Iterable[str]) -> str:
    """Return a row of a Markdown table; a bar in a cell would end it.

    Examples
    --------
    >>> table_row(["cut", "a|b"])
    '| cut | a/b |'
    """
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def sensible(value: float, language: str, beside: float = 0.0, sign: bool = False) -> str:
    """Return a number with decimals only where they say something, as many as the one next to it."""
    size = max(abs(float(value)), abs(float(beside)))
    return number(value, language, 0 if size >= 100 else 1 if size >= 1 else 2, sign)


def three(mean: float, low: float, high: float, language: str, sign: bool = False) -> dict[str, str]:
    """Return mean, low and high with equal decimals, by the names that texts use.

    Examples
    --------
    >>> three(150.4, 0.5, 300.0, "en")
    {'mean': '150', 'low': '0', 'high': '300'}
    """
    largest = max(abs(mean), abs(low), abs(high))
    values = {"mean": mean, "low": low, "high": high}
    return {key: sensible(value, language, largest, sign) for key, value in values.items()}


def change(found: Interval, language: str, unit: str = "") -> str:
    """Return a mean with its interval or, where the interval contains zero, that it is inconclusive.

    With too few replications it is a first estimate.

    Parameters
    ----------
    found : Interval
        Mean and 90% interval over replications; a single replication has no interval.
    language : str
        "en" or "nl".
    unit : str
        The unit in that language, put after the number; empty where the sentence names it.

    Examples
    --------
    >>> from simulation.outcomes.intervals import interval
    >>> change(interval([-1.0, 1.0] * 5), "en", "euro")
    'inconclusive: between \u22121.0 and +1.0 euro (90% interval)'
    >>> change(interval([1.0, 2.0] * 5), "nl", "euro"), change(interval([1.0, 2.0]), "nl", "euro")
    ('1,5 euro (90%-interval: 1,0 tot 2,0)', 'eerste schatting 1,5 euro, tussen 1,1 en 1,9')
    """
    words = three(found.mean, found.low, found.high, language, sign=found.count > 1 and not found.sign)
    after = f" {unit}" if unit else ""
    if found.count < 2:
        return f"{words['mean']}{after}"
    if is_first_estimate(found.count):
        return text("change_first", language, unit=after, **words)
    return text("change" if found.sign else "inconclusive", language, unit=after, **words)


def replications(count: int, language: str) -> str:
    """Return a number of replications with its word.

    Examples
    --------
    >>> replications(1, "en"), replications(10, "nl")
    ('1 replication', '10 berekeningen')
    """
    return f"{count} {text('replication' if count == 1 else 'replications', language)}"


def phase_in_words(years: float | None, language: str) -> str:
    """Return the phase-in period in words; None is as it happened."""
    if years is None:
        return text("as_happened_phase_in", language)
    if years <= 0.0:
        return text("no_years_phase_in", language)
    decimals = 0 if years % 1 == 0 else 1
    return text("years_phase_in", language, years=number(years, language, decimals))
