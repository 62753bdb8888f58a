"""Months are counted from January 2000, which is month 0."""

from agents.compiled import compiled_inline

BASE_YEAR = 2000
MONTHS_PER_YEAR = 12


def month_number(text: str) -> int:
    """Return the month number of "2015-01".

    Parameters
    ----------
    text : str
        Year and month, as "2015-01".

    Returns
    -------
    int
        Month number, counted from January 2000.

    Raises
    ------
    ValueError
        When the text is not a year and a month.

    Examples
    --------
    >>> month_number("2015-01")
    180
    """
    try:
        year, month = (int(part) for part in str(text).split("-"))
    except ValueError:
        raise ValueError(f"{text!r} is not a month; expected a text like 2015-01") from None
    if not 1 <= month <= MONTHS_PER_YEAR or not 1900 <= year <= 2200:
        raise ValueError(f"{text!r} is not a month; expected a text like 2015-01")
    return (year - BASE_YEAR) * MONTHS_PER_YEAR + month - 1


def month_text(month: int) -> str:
    """Return the text of a month number.

    Parameters
    ----------
    month : int
        Month number, counted from January 2000.

    Returns
    -------
    str
        Year and month, as "2015-01".

    Examples
    --------
    >>> month_text(180)
    '2015-01'
    """
    return f"{year_of(month):04d}-{month % MONTHS_PER_YEAR + 1:02d}"


@compiled_inline
def year_of(month: int) -> int:
    """Return the calendar year of a month number."""
    return BASE_YEAR + month // MONTHS_PER_YEAR


@compiled_inline
def is_january(month: int) -> bool:
    """Return whether a month is the first of a budget year."""
    return month % MONTHS_PER_YEAR == 0


@compiled_inline
def is_december(month: int) -> bool:
    """Return whether a month is the last of a budget year."""
    return month % MONTHS_PER_YEAR == MONTHS_PER_YEAR - 1
