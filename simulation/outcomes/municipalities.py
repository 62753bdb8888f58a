"""The municipalities of a country's run: the table with a row for each, year by year, and their spread."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS, PROBLEMS
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.savings import BASES
from simulation.recording.aggregation import collapsed
from simulation.recording.schema import ARM, MEAN, REPLICATION, SUM, TABLES, YEAR, Column, Table
from simulation.recording.tallies import CRISES

NAME = "municipalities"
# Columns taken from the monthly table, collapsed over the months of a year by its own rules.
TAKEN = (
    "households", "inhabitants", "municipal_cost_eur", "all_payers_cost_eur", "cost_zero_eur",
    "cost_first_eur", "cost_second_eur", "cost_crisis_eur", "cost_youth_eur", "cost_wmo_eur",
    "cost_debt_eur", "grant_eur", "cut_eur", "result_eur", "reserves_eur", "measures_taken",
    *(f"clients_{kind}" for kind in KINDS), "team_caseload", "team_waiting", "first_contacts", "found_early",
    "satisfaction",
)  # fmt: skip
# New columns: those of the monthly table that are added up for them.
ADDED = {
    "waiting": tuple(f"waiting_{kind}" for kind in KINDS),
    "crises": tuple(f"crises_{crisis}" for crisis in CRISES),
    "unmet": tuple(f"unmet_severity_{problem}" for problem in PROBLEMS),
}
SAVINGS = {"saving_eur": "municipality", "saving_all_payers_eur": "all_payers"}


def _taken(name: str) -> Column:
    """Return a column of the monthly table as a column of a year: what is a mean over months is real."""
    column = next(each for each in TABLES["monthly"].columns if each.name == name)
    kind = "real" if column.over_time == MEAN else column.kind
    return Column(name, kind, column.unit, column.meaning, column.over_time, column.over_places,
                  column.over_replications, column.may_be_empty)  # fmt: skip


_SAVED = "the reference less that of this arm."
MUNICIPALITIES = Table(
    NAME,
    "Only of a country's run: each municipality, year by year, stocks as means over the months.",
    (REPLICATION, Column("municipality", "text", "1", "Name of the municipality.", "key", "key", "key"),
     Column("real", "yes or no", "1", "Whether it has figures of its own; the others are equal.",
            "same", "key", "same"),
     ARM, YEAR, *(_taken(name) for name in TAKEN),
     Column("waiting", "real", "people waiting", "Waiting for specialist care, all kinds.", MEAN),
     Column("crises", "whole", "crises", "Crises of all kinds.", SUM),
     Column("unmet", "real", "severity-months", "Severity without help, all domains.", SUM),
     Column("saving_eur", "real", "euro of 2015", f"Municipal cost of {_SAVED}"),
     Column("saving_all_payers_eur", "real", "euro of 2015", f"Cost, whoever pays, of {_SAVED}")),
)  # fmt: skip
COUNTRY_TABLES: Mapping[str, Table] = {**TABLES, NAME: MUNICIPALITIES}

# Measures of the spread: column, arm, per how many inhabitants a year; None takes the column as it is.
MEASURES: dict[str, tuple[str, str, float | None]] = {
    "saving": ("saving_eur", "policy", 1.0),
    "saving_all_payers": ("saving_all_payers_eur", "policy", 1.0),
    "cost": ("municipal_cost_eur", "reference", 1.0),
    "crises": ("crises", "reference", 1000.0),
    "unmet": ("unmet", "reference", 1000.0),
    "found_early": ("found_early", "policy", 1000.0),
    "waiting": ("waiting", "reference", 1000.0),
    "satisfaction": ("satisfaction", "reference", None),
}


def municipality_rows(monthly: pd.DataFrame, name: str, real: bool) -> pd.DataFrame:
    """Return the rows of one municipality and one replication, all arms.

    Parameters
    ----------
    monthly : DataFrame
        Its own table.
    name : str
        Its name.
    real : bool
        Whether it has figures of its own.

    Returns
    -------
    DataFrame
        A row per arm and year, with the name of the municipality.
    """
    keys = ["replication", "arm", "year"]
    rows = collapsed("monthly", monthly[[*keys, *TAKEN]], keys, "over_time")
    added = {column: monthly[list(parts)].sum(axis=1) for column, parts in ADDED.items()}
    by_year = pd.DataFrame(added).groupby([monthly[key] for key in keys], sort=False, observed=True)
    for column in ADDED:
        rows[column] = by_year[column].agg("mean" if column == "waiting" else "sum").to_numpy()
    for column, basis in SAVINGS.items():
        rows[column] = _saved(rows, BASES[basis])
    rows = rows.assign(municipality=name, real=real)
    kinds = {column.name: column.kind for column in MUNICIPALITIES.columns}
    types = {each: "float64" for each in rows if kinds[each] == "real"}
    return rows.astype(types)[MUNICIPALITIES.names]


def _saved(rows: pd.DataFrame, cost: str) -> np.ndarray:
    """Return by row what the reference costs in that year less what this arm costs."""
    paid = rows[cost]
    reference = paid[rows["arm"] == "reference"].set_axis(rows["year"][rows["arm"] == "reference"])
    return rows["year"].map(reference).to_numpy(float) - paid.to_numpy(float)


def measured(municipalities: pd.DataFrame, first_year: int) -> pd.DataFrame:
    """Return every measure of every municipality and replication: a mean a year from a year on.

    Columns are municipality, real, replication, households and those of `MEASURES`.

    Parameters
    ----------
    municipalities : DataFrame
        Table `municipalities` of a run of the country.
    first_year : int
        First calendar year that counts.

    Returns
    -------
    DataFrame
        A row per municipality and replication, a column per measure.
    """
    rows = municipalities[municipalities["year"] >= first_year]
    keys = ["municipality", "real", "replication"]
    order = {name: place for place, name in enumerate(rows["municipality"].unique())}
    found = {"households": _of_arm(rows, "reference", keys)["households"].mean()}
    for measure, (column, arm, per) in MEASURES.items():
        grouped = _of_arm(rows, arm, keys)
        if per is None:
            found[measure] = grouped[column].mean()
        else:
            found[measure] = per * grouped[column].sum() / grouped["inhabitants"].sum()
    table = pd.DataFrame(found).reset_index()
    return table.sort_values(["replication", "municipality"], key=lambda each: each.map(order)
                             if each.name == "municipality" else each, ignore_index=True)  # fmt: skip


def _of_arm(rows: pd.DataFrame, arm: str, keys: list[str]) -> Any:
    return rows[rows["arm"] == arm].groupby(keys, sort=False, observed=True)


def spread(measures: pd.DataFrame) -> pd.DataFrame:
    """Return how far municipalities lie apart: a row per measure.

    Each municipality counts by its mean over replications. Columns are lowest, low (5%), median, high (95%),
    highest, and the names of the lowest and the highest.

    Parameters
    ----------
    measures : DataFrame
        What `measured` gave.

    Returns
    -------
    DataFrame
        A row per measure, in its own unit.
    """
    means = measures.groupby("municipality", sort=False)[list(MEASURES)].mean()
    rows = []
    for measure in MEASURES:
        known = means[measure].dropna()
        if known.empty:
            continue
        low, median, high = known.quantile([0.05, 0.5, 0.95])
        rows.append((measure, known.min(), low, median, high, known.max(), known.idxmin(), known.idxmax()))
    names = ["measure", "lowest", "low", "median", "high", "highest", "lowest_in", "highest_in"]
    return pd.DataFrame(rows, columns=names)


def intervals(measures: pd.DataFrame, measure: str) -> dict[str, Interval]:
    """Return the interval over replications of one measure by municipality.

    Parameters
    ----------
    measures : DataFrame
        What `measured` gave.
    measure : str
        Column of it.

    Returns
    -------
    dict of str to Interval
        Intervals by municipality, in the unit of the measure.
    """
    return {str(name): interval(rows[measure]) for name, rows in measures.groupby("municipality", sort=False)}
