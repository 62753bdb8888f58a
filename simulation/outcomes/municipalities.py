"""The municipalities of a country's run: a table by municipality and year, and the spread between them.

Tables are aggregated over places, years or months by the rules that the schema declares per column. Wijken
are compared by rank of deprivation, because wijk k need not be the same wijk in every replication.
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
# Aggregation functions of pandas by rule of the schema.
AGGREGATED = {SUM: "sum", MEAN: "mean", LAST: "last", SAME: "first"}


def weight_of(rule: str) -> str | None:
    """Return the column that weights a mean, None for any other rule.

    Parameters
    ----------
    rule : str
        Aggregation rule of a column, as the schema declares it.

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


def aggregated(name: str, frame: pd.DataFrame, keys: Sequence[str], over: str) -> pd.DataFrame:
    """Return one row per combination of keys, without other key columns.

    Parameters
    ----------
    name : str
        Table whose rules apply.
    frame : DataFrame
        Rows of that table, or some of its columns.
    keys : sequence of str
        Columns to group by.
    over : str
        "over_time" or "over_places": the kind of rules to apply.

    Returns
    -------
    DataFrame
        One row per combination of keys, in the units of the schema.

    Raises
    ------
    ValueError
        When a column cannot be aggregated in that way.
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
    """The total of one table over places that are added one by one, so that only one is in memory.

    Places must be added in a fixed order, so that the total is the same to the last bit.

    Parameters
    ----------
    name : str
        Name of the table. A weighted mean needs the column of its weights in every place's rows, also where
        the table itself has no such column.
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
            When its rows have other keys than those of earlier places.
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
        """Return the total, with columns in the order of the schema."""
        if self._rows is None:
            raise ValueError(f"table {self.name}: nothing was added up")
        means = {column: _mean(self._products[column], self._weights[column]) for column in self.weighted}
        found = {name: self._rows[name] for name in self.keys} | self._sums | means
        return pd.DataFrame({name: found[name] for name in self.names})


class RunningBooks:
    """The total of books or costs: places may have different rows, and cents can be added in any order."""

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
        self._total = aggregated(self.name, both, self.keys, "over_places")

    def table(self) -> pd.DataFrame:
        """Return the total, sorted by its keys."""
        if self._total is None:
            raise ValueError(f"table {self.name}: nothing was added up")
        return self._total.sort_values(self.keys, ignore_index=True)


def _mean(products: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return products over weights, nan where the weight is 0."""
    return np.divide(products, weights, out=np.full(len(weights), np.nan), where=weights > 0.0)


def with_ranks(wijken: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the wijken table with `rank`: by deprivation within a replication, 1 is most deprived.

    Parameters
    ----------
    wijken : DataFrame
        Rows with replication, wijk and deprivation, which is constant for a wijk of a replication.

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
    """Return the numbers of wijken from the most to the least deprived; ties are ordered by number.

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
# Columns of the monthly table, aggregated over the months of a year by its rules.
MONTHLY_COLUMNS = (
    "households", "inhabitants", "municipal_cost_eur", "all_payers_cost_eur", "cost_zero_eur",
    "cost_first_eur", "cost_second_eur", "cost_crisis_eur", "cost_youth_eur", "cost_wmo_eur",
    "cost_debt_eur", "grant_eur", "cut_eur", "result_eur", "reserves_eur", "measures_taken",
    *(f"clients_{kind}" for kind in KINDS), "team_caseload", "team_waiting", "first_contacts", "found_early",
    "satisfaction",
)  # fmt: skip
# New columns, with the columns of the monthly table that are summed.
ADDED = {
    "waiting": tuple(f"waiting_{kind}" for kind in KINDS),
    "crises": tuple(f"crises_{crisis}" for crisis in CRISES),
    "unmet": tuple(f"unmet_severity_{problem}" for problem in PROBLEMS),
}
SAVINGS = {"saving_eur": "municipality", "saving_all_payers_eur": "all_payers"}


def _yearly_column(name: str) -> Column:
    """Return a column of the monthly table as a yearly column; a mean over months has type real."""
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
     ARM, YEAR, *(_yearly_column(name) for name in MONTHLY_COLUMNS),
     Column("waiting", "real", "people waiting", "Waiting for specialist care, all kinds.", MEAN),
     Column("crises", "whole", "crises", "Crises of all kinds.", SUM),
     Column("unmet", "real", "severity-months", "Severity without help, all domains.", SUM),
     Column("saving_eur", "real", "euro of 2015", f"Municipal cost of {_SAVED}"),
     Column("saving_all_payers_eur", "real", "euro of 2015", f"Cost, whoever pays, of {_SAVED}")),
)  # fmt: skip
COUNTRY_TABLES: Mapping[str, Table] = {**TABLES, NAME: MUNICIPALITIES}

# Measures of the spread: column, arm, and number of inhabitants for a yearly rate; None: the column itself.
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
        Monthly table of the municipality.
    name : str
        Name of the municipality.
    real : bool
        Whether it has its own figures.

    Returns
    -------
    DataFrame
        A row per arm and year, with the name of the municipality.
    """
    keys = ["replication", "arm", "year"]
    rows = aggregated("monthly", monthly[[*keys, *MONTHLY_COLUMNS]], keys, "over_time")
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
    """Return for each row the cost of the reference in that year less the cost of this arm."""
    paid = rows[cost]
    reference = paid[rows["arm"] == "reference"].set_axis(rows["year"][rows["arm"] == "reference"])
    return rows["year"].map(reference).to_numpy(float) - paid.to_numpy(float)


def municipality_measures(municipalities: pd.DataFrame, first_year: int) -> pd.DataFrame:
    """Return the measures of every municipality and replication, as yearly means from a year on.

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
    """Return the spread over municipalities: a row per measure.

    A municipality's value is its mean over replications. Columns are lowest, low (5%), median, high (95%),
    highest, and the names of the lowest and the highest.

    Parameters
    ----------
    measures : DataFrame
        Result of `municipality_measures`.

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
        Result of `municipality_measures`.
    measure : str
        Name of the measure.

    Returns
    -------
    dict of str to Interval
        Intervals by municipality, in the unit of the measure.
    """
    return {str(name): interval(rows[measure]) for name, rows in measures.groupby("municipality", sort=False)}
