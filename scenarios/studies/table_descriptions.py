"""Unit and description of every column of a study's tables: in files, in exports, in the documentation."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from simulation.parameters import Parameters
from simulation.recording.schema import (
    KEY,
    LONG_FORMS,
    MEAN,
    SAME,
    Column,
    Table,
    table_of,
)
from simulation.recording.store import arrow_schema, categories

POINT = Column("point", "whole", "1", "Number of the point of the design.", KEY, KEY, KEY)
REPLICATION = Column("replication", "whole", "1", "Number of the replication: a seed and a parameter draw.",
                     KEY, KEY, KEY)  # fmt: skip
# The columns of `runs` that every study has.
OF_EVERY_RUN = (
    POINT,
    REPLICATION,
    Column("seed", "whole", "1", "Seed of the random numbers.", SAME, SAME, SAME),
    Column("draw", "whole", "1", "Number of the parameter draw.", SAME, SAME, SAME),
    Column("address", "text", "1", "Checksum of everything that determines the run.", SAME, SAME, SAME),
    Column("part", "text", "1", "Name of the part that holds the run.", SAME, SAME, SAME),
)
RUNS = "runs"
RUNS_MEANING = "A row per run, with the values of its point, its outcomes and the parameters drawn for it."
LONG_RUNS = "A row per run and outcome."
DRAWN = "drawn."


@cache
def _parameters() -> dict[str, Mapping[str, Any]]:
    """Return what is declared of every parameter, by full name."""
    groups = Parameters()
    return {
        f"{group.name}.{each.name}": each.metadata
        for group in fields(groups)
        if is_dataclass(getattr(groups, group.name))
        for each in fields(getattr(groups, group.name))
    }


def _kind_of(kind: pa.DataType) -> str:
    """Return the type of a column of Arrow as a kind of the schema."""
    if pa.types.is_boolean(kind):
        return "yes or no"
    if pa.types.is_integer(kind):
        return "whole"
    return "real" if pa.types.is_floating(kind) else "text"


def declared_runs(schema: pa.Schema, outcomes: Iterable[Mapping[str, str]]) -> Table:
    """Return the declaration of the table of runs of a study.

    Parameters
    ----------
    schema : Schema
        The columns it has.
    outcomes : iterable of mapping
        Name, unit and meaning of each outcome, as in `study.json`.
    """
    known = {column.name: column for column in OF_EVERY_RUN}
    measured = {each["name"]: each for each in outcomes}
    columns = []
    for field in schema:
        name, kind = str(field.name), _kind_of(field.type)
        parameter = name.removeprefix(DRAWN).partition("[")[0]
        metadata = _parameters().get(parameter, {})
        if name in known:
            columns.append(known[name])
        elif name in measured:
            unit, meaning = measured[name]["unit"], measured[name]["meaning"]
            columns.append(Column(name, "real", unit, meaning, SAME, SAME, MEAN, True))
        elif name.startswith(DRAWN):
            meaning = f"Drawn value. {metadata.get('meaning', parameter)}"
            columns.append(Column(name, kind, metadata.get("unit", "1"), meaning, SAME, SAME, MEAN, True))
        else:
            meaning = f"Value of the point. {metadata.get('meaning', name)}"
            columns.append(Column(name, kind, metadata.get("unit", "1"), meaning, SAME, SAME, SAME, True))
    return Table(RUNS, RUNS_MEANING, tuple(columns))


def study_table(name: str) -> Table:
    """Return the declaration of a recorded table in a study: a point takes the place of the arm."""
    return _in_a_study(table_of(name))


def _in_a_study(table: Table) -> Table:
    columns = (column for column in table.columns if column.name not in ("replication", "arm"))
    return Table(table.name, table.meaning, (POINT, REPLICATION, *columns))


def long_table(table: Table, outcomes: Iterable[Mapping[str, str]] = ()) -> Table | None:
    """Return the declaration of the long form of a table, None where it has none.

    Parameters
    ----------
    table : Table
        The wide table, of a study or of a run folder.
    outcomes : iterable of mapping
        The outcomes of the study, for the table of runs.
    """
    if table.name == RUNS:
        named = {each["name"] for each in outcomes}
        stored = (
            column
            for column in table.columns
            if column.name not in (*named, "address", "part") and not column.name.startswith(DRAWN)
        )
        measured = (
            Column("outcome", "text", "1", "Name of the outcome.", KEY, KEY, KEY),
            Column("unit", "text", "1", "Unit of the value.", SAME, SAME, SAME),
            Column("value", "real", "see unit", "Value of the outcome.", SAME, SAME, MEAN, True),
        )
        return Table(f"{RUNS}_long", LONG_RUNS, (*stored, *measured))
    if table.name not in LONG_FORMS:
        return None
    long = LONG_FORMS[table.name]
    return _in_a_study(long) if POINT in table.columns else long


def described_runs(table: pa.Table, outcomes: Iterable[Mapping[str, str]]) -> pa.Table:
    """Return the table of runs with unit and description of every column, and texts as categories."""
    return as_declared(declared_runs(table.schema, outcomes), table)


def as_declared(declared: Table, table: pa.Table) -> pa.Table:
    """Return a table of Arrow in the types of its declaration, with units and descriptions."""
    schema = arrow_schema(declared)
    arrays = [
        categories(field.name, table[field.name].to_pandas())
        if pa.types.is_dictionary(field.type)
        else table[field.name].cast(field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)
