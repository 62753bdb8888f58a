"""Outcomes of one arm a year, for tables in which systems or points stand beside one another.

A measure that adds up over months is given per year, so that windows of different length compare;
means, ratios and stocks are as they are.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from simulation.months import MONTHS_PER_YEAR, month_number
from simulation.outcomes.definitions import MEASURES, SUM, effect_of
from simulation.outcomes.rules import PLACE, Seen, seen_in_table
from simulation.recording.recorder import MONTHLY

A_YEAR = {"en": "a year", "nl": "per jaar"}
OF_ONE_ARM = tuple(name for name, measure in MEASURES.items() if measure.of_arm is not None)
# What systems are compared by.
COMPARED = (
    "net_cost", "all_payers_cost", "cost_zero", "cost_first", "cost_second", "crises", "unmet",
    "team_waiting", "specialist_waiting", "first_line_clients", "second_line_clients",
    "supervision_orders", "found_early_share", "lost_share", "overburdened_carers", "satisfaction",
)  # fmt: skip


def value_of(name: str, seen: Seen) -> float:
    """Return an outcome of one arm over a span, per year where it adds up; it may be missing (nan).

    Parameters
    ----------
    name : str
        Name of the outcome.
    seen : Seen
        The arm, over a span of months.

    Returns
    -------
    float
        In the unit of the outcome.
    """
    of_arm = MEASURES[name].of_arm
    assert of_arm is not None
    value = of_arm(seen)
    return value * MONTHS_PER_YEAR / seen.months if MEASURES[name].adds_up == SUM else value


def unit_of(name: str, language: str = "en") -> str:
    """Return the unit of an outcome of one arm.

    Parameters
    ----------
    name : str
        Name of the outcome.
    language : str, optional
        "en" or "nl".

    Returns
    -------
    str
        The unit in words.

    Examples
    --------
    >>> unit_of("net_cost"), unit_of("lost_share", "nl")
    ('euro of 2015 per inhabitant a year', 'aandeel')
    """
    measure = MEASURES[name]
    unit = measure.unit[language]
    return f"{unit} {A_YEAR[language]}" if measure.adds_up == SUM else unit


def declared(names: Iterable[str]) -> list[dict[str, str]]:
    """Return name, unit, meaning and how it adds up of outcomes, for the document beside a table.

    Parameters
    ----------
    names : iterable of str
        Names of outcomes.

    Returns
    -------
    list of dict of str to str
        One dictionary per outcome.
    """
    return [
        {
            "name": name,
            "unit": unit_of(name),
            "meaning": MEASURES[name].meaning["en"],
            "adds_up": MEASURES[name].adds_up,
        }
        for name in names
    ]


@cache
def columns_behind(name: str) -> tuple[str, ...]:
    """Return the monthly columns an outcome is read off, found by asking it.

    Parameters
    ----------
    name : str
        Name of the outcome.

    Returns
    -------
    tuple of str
        Names of columns.

    Examples
    --------
    >>> columns_behind("lost_share")
    ('transfers', 'failed_referrals')
    """
    asked: dict[str, int] = {}

    class Asked(dict[str, int]):
        def __getitem__(self, column: str) -> int:
            return asked.setdefault(column, PLACE[column])

    seen = Seen(np.ones((24, len(MONTHLY))), 12, 24, 12, Asked())
    if name in OF_ONE_ARM:
        value_of(name, seen)
    else:  # another arm, so that there is a difference to be asked about
        effect_of(name, seen, Seen(np.full((24, len(MONTHLY)), 2.0), 12, 24, 12, seen.place))
    return tuple(asked)


def values_of(table: Mapping[str, np.ndarray], transition: str, names: Iterable[str]) -> dict[str, float]:
    """Return outcomes from the transition ("2015-01") to the end of a monthly table.

    Parameters
    ----------
    table : mapping of str to array of shape (n_months,)
        Columns of the monthly table of one arm.
    transition : str
        Month of the transition, as "2015-01".
    names : iterable of str
        Names of outcomes.

    Returns
    -------
    dict of str to float
        Values by outcome, in their units.
    """
    seen = seen_in_table(table, month_number(transition))
    return {name: value_of(name, seen) if seen.months else float("nan") for name in names}


def outcome_rows(monthly: pd.DataFrame, first_year: int) -> pd.DataFrame:
    """Return year, outcome, value of one arm from a year on; year 0 is all those years together.

    Parameters
    ----------
    monthly : DataFrame
        Monthly table of one arm and replication.
    first_year : int
        First calendar year.

    Returns
    -------
    DataFrame
        Columns year, outcome and value, in the unit of the outcome.
    """
    reported = monthly[monthly["year"] >= first_year]
    spans = {0: reported} | {int(year): rows for year, rows in reported.groupby("year")}
    rows = []
    for year, span in spans.items():
        seen = seen_in_table({name: span[name].to_numpy() for name in span}, int(span["month"].iloc[0]))
        rows += [(year, name, value_of(name, seen)) for name in COMPARED]
    table = pd.DataFrame(rows, columns=["year", "outcome", "value"])
    return table.astype({"year": "int64", "value": "float64"})
