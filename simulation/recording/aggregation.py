"""Adding tables up over places, years or months by the rules that the schema declares per column."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.recording.schema import KEY, LAST, MEAN, SAME, SUM, Column, table_of

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
