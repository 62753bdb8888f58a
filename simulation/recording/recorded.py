"""What the recorder kept, as the tables of the schema: with replication and arm, in readers' units."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from simulation.recording.schema import check_names, table_of, tally_values
from simulation.recording.tallies import SEVERITY_UNITS, TALLIES


def as_table(name: str, recorded: Mapping[str, Any], replication: int, arm: str) -> pd.DataFrame:
    """Return one recorded table of one arm of one replication as the schema declares it.

    Parameters
    ----------
    name : str
        "monthly", "wijken", "groups", "flows", "books" or "open_care".
    recorded : mapping from column to array
        As `Recorder.tables` gives it: severities in 1/1024, groups in cents, and flows under the
        year in whose December they end.
    replication : int
        Number of the replication.
    arm : str
        Name of the arm.

    Returns
    -------
    DataFrame
        The table, in the units of the schema.

    Raises
    ------
    ValueError
        When a column is missing or unknown, or a whole number is not whole.
    """
    columns = in_table_units(name, recorded)
    rows = len(next(iter(columns.values())))
    columns |= {"replication": np.full(rows, replication), "arm": np.full(rows, arm)}
    frame = pd.DataFrame({column: _typed(name, column, columns) for column in table_of(name).names
                          if column in columns})  # fmt: skip
    unknown = [column for column in columns if column not in frame]
    if unknown:
        raise ValueError(f"table {name} has unknown columns {', '.join(unknown)}")
    if name == "flows":
        frame = _flows_to_january(frame)
    check_names(name, frame)  # types are right by construction; the writer checks values as well
    return frame


def in_table_units(name: str, recorded: Mapping[str, Any]) -> dict[str, Any]:
    """Return recorded columns in the units of the tables: the only conversion between the two.

    Every road from the recorder to a reader goes through here: runs, studies, Python and Mesa.

    Parameters
    ----------
    name : str
        Name of the table.
    recorded : mapping from column to array
        As `Recorder.table` gives it: severities in 1/1024, the cost of groups in cents.

    Returns
    -------
    dict of str to Any
        Columns by name.

    Examples
    --------
    >>> in_table_units("monthly", {"month": np.array([180]), "severity_money": np.array([512.0])})
    {'month': array([180]), 'severity_money': array([0.5])}
    """
    columns = dict(recorded)
    if name == "groups":
        columns["cost_eur"] = np.asarray(columns.pop("care_cost_cents")) / 100.0
        for each in ("severity", "unmet"):
            columns[each] = np.asarray(columns[each]) / SEVERITY_UNITS
    return columns | {each: tally_values(each, columns[each]) for each in TALLIES if each in columns}


def typed_table(name: str, recorded: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return a recorded table's columns in the schema's units, types and order, without replication and
    arm.

    Parameters
    ----------
    name : str
        Name of the table.
    recorded : mapping of str to array
        Columns as the recorder gives them.

    Returns
    -------
    dict of str to ndarray
        Columns by name, each of shape (n_rows,).
    """
    columns = in_table_units(name, recorded)
    return {each: _typed(name, each, columns) for each in table_of(name).names if each in columns}


def _typed(table: str, name: str, columns: Mapping[str, Any]) -> np.ndarray:
    """Return one column in its declared type; a number that should be whole must be."""
    values = np.asarray(columns[name])
    kind = next(column.kind for column in table_of(table).columns if column.name == name)
    if kind == "real":
        return values.astype(np.float64)
    if kind == "whole":
        whole = np.rint(values).astype(np.int64)
        if not np.array_equal(whole, values):
            wrong = values[whole != values][0]
            raise ValueError(f"table {table}, column {name}: expected whole numbers, got {wrong}")
        return whole
    return values


def _flows_to_january(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the flows under the year on whose 1 January they end; a first snapshot has none."""
    seen = flows.groupby("year")["households"].transform("sum") > 0
    flows = flows[seen].reset_index(drop=True)
    return flows.assign(year=flows["year"] + 1)
