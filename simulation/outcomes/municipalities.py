"""The municipalities of a country's run: the table with a row for each, year by year, and their spread.

Tables are added up over places, years or months by the rules that the schema declares per column. Wijken
are compared by rank of deprivation: wijk number k need not be the same wijk in every replication.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS, PROBLEMS
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.savings import BASES
from simulation.recording.schema import (
    ARM,
    KEY,
    LAST,
    MEAN,
    REPLICATION,
    SAME,
    SUM,
    TABLES,
    YEAR,
    Column,
    Table,
    table_of,
)
from simulation.recording.tallies import CRISES

WEIGHTED = "mean weighted by "
# How pandas does what a rule says.
AGGREGATED = {SUM: "sum", MEAN: "mean", LAST: "last", SAME: "first"}


def weight_of(rule: str) -> str | None:
    """Return the column a mean is weighted by, None for any other rule.

    Parameters
    ----------
    rule : str
        How a column adds up, as the schema declares it.

    Returns
    -------
    str or None
        Name of a column.

    Examples
    --------
    >>> weight_of("mean weighted by first_contacts"), weight_of("sum")
    ('first_contacts', None)
    """
    return rule.removeprefix(WEIGHTED) if rule.startswith(WEIGHTED) else None


def collapsed(name: str, frame: pd.DataFrame, keys: Sequence[str], over: str) -> pd.DataFrame:
    """Return one row for each combination of keys; columns of other keys are gone.

    Parameters
    ----------
    name : str
        The table whose rules count.
    frame : DataFrame
        Rows of that table, or some of its columns.
    keys : sequence of str
        Columns that stay apart.
    over : str
        "over_time" or "over_places": which rules are followed.

    Returns
    -------
    DataFrame
        One row per combination of keys, in the units of the schema.

    Raises
    ------
    ValueError
        When a column is not to be added up that way.
    """
    grouped = frame.groupby(list(keys), sort=False, observed=True)
    rules = {column.name: str(getattr(column, over)) for column in _columns(name, frame)}
    found = {}
    for column, rule in rules.items():
        if column in keys or rule == KEY:
            continue
        if rule not in AGGREGATED:
            raise ValueError(f"table {name}, column {column}: {rule!r} says nothing of {over}")
        found[column] = grouped[column].agg(AGGREGATED[rule])
    return pd.DataFrame(found).reset_index()


def _columns(name: str, frame: pd.DataFrame) -> list[Column]:
    return [column for column in table_of(name).columns if column.name in frame]


class RunningTotal:
    """The total of one table over places that come one at a time, so that no more than one is held.

    Places must come in a fixed order: then the total is the same to the last bit.

    Parameters
    ----------
    name : str
        The table. A mean weighted by a column needs that column in every place's rows, also where
        the table itself has none of that name.
    """

    def __init__(self, name: str) -> None:
        columns = table_of(name).columns
        self.name, self.names = name, [column.name for column in columns]
        self.keys = [column.name for column in columns if column.over_places == KEY]
        self.summed = [column.name for column in columns if column.over_places == SUM]
        self.weighted = {
            column.name: weight for column in columns if (weight := weight_of(column.over_places)) is not None
        }
        other = set(self.names) - {*self.keys, *self.summed, *self.weighted}
        if other:
            raise ValueError(f"table {name} has no total over places: {', '.join(sorted(other))}")
        self._rows: pd.DataFrame | None = None
        self._sums: dict[str, np.ndarray] = {}
        self._products: dict[str, np.ndarray] = {}
        self._weights: dict[str, np.ndarray] = {}

    def add(self, frame: pd.DataFrame) -> None:
        """Add the rows of one place.

        Parameters
        ----------
        frame : DataFrame
            Table of one place, as the schema declares it.

        Raises
        ------
        ValueError
            When its rows are of other keys than those of the places before.
        """
        if self._rows is None:
            self._rows = frame[self.keys].reset_index(drop=True)
            self._sums = {column: np.zeros(len(frame), frame[column].dtype) for column in self.summed}
            self._products = {column: np.zeros(len(frame)) for column in self.weighted}
            self._weights = {column: np.zeros(len(frame)) for column in self.weighted}
        elif not all(np.array_equal(self._rows[key], frame[key]) for key in self.keys):
            raise ValueError(f"table {self.name}: a place has rows of other {', '.join(self.keys)}")
        for column in self.summed:
            self._sums[column] += frame[column].to_numpy()
        for column, weight in self.weighted.items():
            values, weights = frame[column].to_numpy(float), frame[weight].to_numpy(float)
            counts = np.where(np.isnan(values), 0.0, weights)
            self._products[column] += np.where(counts > 0.0, values, 0.0) * counts
            self._weights[column] += counts

    def table(self) -> pd.DataFrame:
        """Return the total, its columns as the schema orders them."""
        if self._rows is None:
            raise ValueError(f"table {self.name}: nothing was added up")
        means = {column: _mean(self._products[column], self._weights[column]) for column in self.weighted}
        found = {name: self._rows[name] for name in self.keys} | self._sums | means
        return pd.DataFrame({name: found[name] for name in self.names})


class RunningBooks:
    """The total of books or costs: places book on other rows, and whole cents may be added in any order."""

    def __init__(self, name: str = "books") -> None:
        self.name = name
        self.keys = [column.name for column in table_of(name).columns if column.over_places == KEY]
        self._total: pd.DataFrame | None = None

    def add(self, frame: pd.DataFrame) -> None:
        """Add the bookings of one place.

        Parameters
        ----------
        frame : DataFrame
            Bookings of one place, cents.
        """
        both = frame if self._total is None else pd.concat([self._total, frame], ignore_index=True)
        self._total = collapsed(self.name, both, self.keys, "over_places")

    def table(self) -> pd.DataFrame:
        """Return the total, in the order of its keys."""
        if self._total is None:
            raise ValueError(f"table {self.name}: nothing was added up")
        return self._total.sort_values(self.keys, ignore_index=True)


def _mean(products: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return products over weights, not a number where nobody counts."""
    return np.divide(products, weights, out=np.full(len(weights), np.nan), where=weights > 0.0)


def with_ranks(wijken: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the wijken table with `rank`: place by deprivation within their replication, 1 is the
    most.

    Parameters
    ----------
    wijken : DataFrame
        Rows with replication, wijk and deprivation, which is one number for every wijk of a replication.

    Returns
    -------
    DataFrame
        A copy with the column `rank`, from 1.

    Examples
    --------
    >>> with_ranks(pd.DataFrame({"replication": [0, 0, 1, 1], "wijk": [0, 1, 0, 1],
    ...                          "deprivation": [0.5, -0.5, -1.0, 1.0]}))["rank"].tolist()
    [1, 2, 2, 1]
    """
    each = wijken[["replication", "wijk", "deprivation"]].drop_duplicates(["replication", "wijk"])
    each = each.sort_values(["replication", "deprivation", "wijk"], ascending=[True, False, True])
    ranks = each.assign(rank=each.groupby("replication").cumcount() + 1)[["replication", "wijk", "rank"]]
    return wijken.merge(ranks, on=["replication", "wijk"], how="left", validate="many_to_one")


def by_deprivation(deprivation: np.ndarray) -> np.ndarray:
    """Return the numbers of wijken from the most to the least deprived, those alike by their number.

    Parameters
    ----------
    deprivation : float64 array of shape (n_wijken,)
        Deprivation, higher is more.

    Returns
    -------
    int64 array of shape (n_wijken,)
        Numbers of wijken, from 0.

    Examples
    --------
    >>> by_deprivation(np.array([0.1, 0.9, 0.1])).tolist()
    [1, 0, 2]
    """
    return np.argsort(-np.asarray(deprivation), kind="stable")


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
