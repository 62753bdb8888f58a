"""Phrases of a story: problems, care, months and amounts in the reader's language."""

from collections.abc import Sequence

from scenarios.reporting.texts import LANGUAGES, filled, number
from scenarios.reporting.texts import stories as words
from scenarios.reporting.texts.story_frame import FRAME
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR

LONG_STRETCH = 3  # months in a row that are told as from the first to the last


def frame(key: str, language: str, **values: object) -> str:
    """Return a text around the events, with its values filled in.

    Examples
    --------
    >>> frame("waited", "nl", n=3)
    ', na 3 maanden op de wachtlijst'
    """
    return filled(FRAME, key, language, **values)


def nth(name: str, language: str) -> tuple[str, str]:
    """Return a name without the number of a child, and that number as a word.

    Examples
    --------
    >>> nth("youth_outpatient_2", "en"), nth("money", "en")
    (('youth_outpatient', 'second'), ('money', ''))
    """
    kind, _, last = name.rpartition("_")
    if not last.isdigit():
        return name, ""
    return kind, words.ORDINALS[int(last) - 1][LANGUAGES.index(language)]


def _word(table: words.Words, name: str, language: str) -> str:
    kind, ordinal = nth(name, language)
    return table[kind][LANGUAGES.index(language)].format(nth=ordinal)


def problem(name: str, language: str) -> str:
    """Return the words for a problem.

    Examples
    --------
    >>> problem("youth_2", "nl")
    'problemen van het tweede kind'
    """
    return _word(words.PROBLEMS, name, language)


def care(name: str, language: str) -> str:
    """Return the words for a place in care."""
    return _word(words.CARE, name, language)


def crisis(name: str, language: str) -> str:
    """Return the words for the crisis a problem comes to."""
    return _word(words.CRISES, name, language)


def route(name: str, language: str) -> str:
    """Return who speaks up on a route."""
    return _word(words.ROUTES, name, language)


def payer(name: str, language: str) -> str:
    """Return the words for a payer."""
    return _word(words.PAYERS, name, language)


def year_of(month: int) -> int:
    """Return the calendar year of a month number."""
    return BASE_YEAR + month // MONTHS_PER_YEAR


def month_name(month: int, language: str) -> str:
    """Return the name of a month."""
    return words.MONTHS[month % MONTHS_PER_YEAR][LANGUAGES.index(language)]


def month(number_of_month: int, language: str) -> str:
    """Return a month and its year.

    Examples
    --------
    >>> month(182, "en"), month(182, "nl")
    ('March 2015', 'maart 2015')
    """
    return f"{month_name(number_of_month, language)} {year_of(number_of_month)}"


def listed(parts: Sequence[str], language: str) -> str:
    """Return parts with commas and a word before the last.

    Examples
    --------
    >>> listed(["a", "b", "c"], "en"), listed(["a"], "nl")
    ('a, b and c', 'a')
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {frame('and', language)} {parts[-1]}"


def when(months: Sequence[int], language: str) -> str:
    """Return in which months of one year something happened.

    Examples
    --------
    >>> when([180, 182], "en"), when([180], "nl")
    ('In January and March', 'In januari')
    >>> when([180, 181, 182], "nl"), when([180, 182, 183, 184], "en")
    ('Van januari tot en met maart', 'In January and March to May')
    """
    stretches: list[list[int]] = []
    for each in sorted(set(months)):
        if stretches and each == stretches[-1][-1] + 1:
            stretches[-1].append(each)
        else:
            stretches.append([each])
    if len(stretches) == 1 and len(stretches[0]) >= LONG_STRETCH:
        return _stretch("from_to", stretches[0], language)
    names: list[str] = []
    for stretch in stretches:
        if len(stretch) >= LONG_STRETCH:
            names.append(_stretch("to", stretch, language))
        else:
            names += [month_name(each, language) for each in stretch]
    return frame("in_month", language, months=listed(names, language))


def _stretch(key: str, months: Sequence[int], language: str) -> str:
    first, last = month_name(months[0], language), month_name(months[-1], language)
    return frame(key, language, first=first, last=last)


def severity(value: float, language: str) -> str:
    """Return a severity in the language's own format.

    Examples
    --------
    >>> severity(0.456, "nl")
    '0,46'
    """
    return number(value, language, 2)


def euros(cents: float, language: str) -> str:
    """Return an amount in whole euros, as the language writes it.

    Examples
    --------
    >>> euros(1234567, "en"), euros(1234567, "nl")
    ('€12,346', '€ 12.346')
    """
    amount = number(cents / 100.0, language)
    return f"€{amount}" if language == "en" else f"€ {amount}"
