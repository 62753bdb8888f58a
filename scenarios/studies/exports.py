"""`landingsbaan results export`: a table of a study or of a run folder, wide or long, in another format.

Formats describe their columns where they can: parquet in field metadata, NetCDF in attributes, Excel on a
second sheet. CSV has names only; docs/results.md describes them. This module declares unit and description of
every column of a study's tables, for files, exports and the documentation.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.dataset import dataset

from agents.vocabulary import KINDS
from scenarios.common.errors import ConfigurationError, brief, nearest, one_sentence
from scenarios.common.files import check_free, whole_file
from scenarios.studies.store import Folder
from simulation.months import month_text
from simulation.parameters import Parameters
from simulation.recording.new_folder import explain_disk_errors
from simulation.recording.schema import (
    CATEGORIES,
    DTYPES,
    KEY,
    LONG_FORMS,
    MEAN,
    SAME,
    Column,
    Table,
    table_of,
)
from simulation.recording.store import Run, arrow_schema, categories

POINT = Column("point", "whole", "1", "Number of the point of the design.", KEY, KEY, KEY)
REPLICATION = Column("replication", "whole", "1", "Number of the replication: a seed and a parameter draw.",
                     KEY, KEY, KEY)  # fmt: skip
# Columns of the table `runs` that every study has.
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
    """Return the declared metadata of every parameter, by full name."""
    groups = Parameters()
    return {
        f"{group.name}.{each.name}": each.metadata
        for group in fields(groups)
        if is_dataclass(getattr(groups, group.name))
        for each in fields(getattr(groups, group.name))
    }


def _kind_of(kind: pa.DataType) -> str:
    """Return the schema's kind for an Arrow type."""
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
        Arrow schema of the table.
    outcomes : iterable of mapping
        Name, unit and meaning of each outcome, as in `study.json`.
    """
    known = {column.name: column for column in OF_EVERY_RUN}
    measured = {each["name"]: each for each in outcomes}
    columns = []
    for each in schema:
        name, kind = str(each.name), _kind_of(each.type)
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
    """Return the declaration of a recorded table in a study, which has a point instead of an arm."""
    return _in_a_study(table_of(name))


def _in_a_study(table: Table) -> Table:
    columns = (column for column in table.columns if column.name not in ("replication", "arm"))
    return Table(table.name, table.meaning, (POINT, REPLICATION, *columns))


def long_table(table: Table, outcomes: Iterable[Mapping[str, str]] = ()) -> Table | None:
    """Return the declaration of the long form of a table, or None if it has none.

    Parameters
    ----------
    table : Table
        The wide table, of a study or of a run folder.
    outcomes : iterable of mapping
        Outcomes of the study, for the table of runs.
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
    """Return the table of runs with unit and description of every column, and text columns as categories."""
    return as_declared(declared_runs(table.schema, outcomes), table)


def as_declared(declared: Table, table: pa.Table) -> pa.Table:
    """Return an Arrow table cast to the types of its declaration, with units and descriptions."""
    schema = arrow_schema(declared)
    arrays = [
        categories(field.name, table[field.name].to_pandas())
        if pa.types.is_dictionary(field.type)
        else table[field.name].cast(field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)


FORMATS = ("csv", "excel", "parquet", "netcdf")
ENDINGS = {"netcdf": "nc", "excel": "xlsx"}  # others: the format's own name
FORMS = ("wide", "long")
DECIMALS = (".", ",")
MOST_ROWS_OF_EXCEL = 1_048_575
ROWS_AT_ONCE = 100_000
INTERRUPTED = "Query interrupted"  # in the message of DuckDB
# Key columns of the tables that have a row for every combination of keys, and so can be a data cube.
DIMENSIONS = {
    "monthly": ("point", "replication", "arm", "month"),
    "wijken": ("point", "replication", "arm", "year", "wijk"),
    "care_by_month": ("point", "replication", "arm", "month", "kind"),
    "care_by_wijk": ("point", "replication", "arm", "year", "wijk", "kind"),
}


@dataclass(frozen=True)
class Source:
    """A study or run folder to export: tables with their declarations.

    Attributes
    ----------
    name : str
        Name of the study or the run folder.
    tables : mapping of str to Table
        The declarations.
    connect : function
        Returns a connection to an in-memory database with these tables.
    about : mapping of str to str
        Metadata for formats that can hold them.
    outcomes : list of mapping
        Name, unit and meaning of the outcomes of a study.
    points, axes : list
        Points of a study, and the names of the keys that vary between them.
    """

    name: str
    tables: Mapping[str, Table]
    connect: Callable[[], duckdb.DuckDBPyConnection]
    about: Mapping[str, str]
    outcomes: list[dict[str, str]] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)
    axes: list[str] = field(default_factory=list)


def study_source(folder: Folder, connect: Callable[[], duckdb.DuckDBPyConnection]) -> Source:
    """Return the export source of a study."""
    document = folder.sweep
    outcomes = document.get("outcomes", [])
    tables = {name: study_table(name) for name in document["stored"]}
    if folder.runs.is_file():
        tables = {RUNS: declared_runs(pq.read_schema(folder.runs), outcomes), **tables}
    about = {
        "title": folder.path.name,
        "result_version": document["result_version"],
        "overrides": " ".join(document["overrides"]),
        "points": json.dumps(document["points"]),
    }
    return Source(
        folder.path.name, tables, connect, about, outcomes, document["points"], list(document["axes"])
    )


def run_source(run: Run) -> Source:
    """Return the export source of a run folder."""
    paths = {name: run.folder / f"{name}.parquet" for name in run.tables}

    def connect() -> duckdb.DuckDBPyConnection:
        database = duckdb.connect()
        for name, path in paths.items():
            database.register(name, dataset(path, format="parquet"))
        return database

    about = {"title": str(run.document["title"]), "result_version": str(run.document["result_version"])}
    return Source(run.folder.name, run.tables, connect, about)


def declared_table(source: Source, table: str, form: str) -> Table:
    """Return the declaration of a table in the form that is exported.

    Raises
    ------
    ConfigurationError
        For a table or form that does not exist.
    """
    if table not in source.tables:
        raise ConfigurationError(
            f"export table = {table}: expected one of {', '.join(source.tables)}"
            f"{nearest(table, list(source.tables))}"
        )
    if form not in FORMS:
        raise ConfigurationError(
            f"export form = {form}: expected one of {', '.join(FORMS)}{nearest(form, FORMS)}"
        )
    wide = source.tables[table]
    if form == "wide":
        return wide
    long = long_table(wide, source.outcomes)
    if long is None:
        known = [name for name in source.tables if name in (RUNS, *LONG_FORMS)]
        raise ConfigurationError(
            f"export form = long: {table} has one form only; expected table={' or '.join(known)}"
        )
    return long


def query_of(source: Source, table: str, form: str) -> str:
    """Return the SQL query of an export: columns as declared, rows sorted by key."""
    declared = declared_table(source, table, form)
    names = [_name(each) for each in declared.names]
    if form == "wide":
        rows = f"SELECT {', '.join(names)} FROM {_name(table)}"
    elif table == RUNS:
        columns = {
            "outcome": [_text(each["name"]) for each in source.outcomes],
            "unit": [_text(each["unit"]) for each in source.outcomes],
            "value": [_name(each["name"]) for each in source.outcomes],
        }
        rows = _unnested(table, declared, columns)
    else:
        columns = {
            "kind": [_text(kind) for kind in KINDS],
            **{what: [_name(f"{what}_{kind}") for kind in KINDS] for what in ("clients", "waiting")},
        }
        rows = _unnested(table, declared, columns)
    order = ", ".join(_ordered(each) for each in declared.keys)
    return f"SELECT {', '.join(names)} FROM ({rows}) ORDER BY {order}" if order else rows


def _unnested(table: str, declared: Table, columns: Mapping[str, list[str]]) -> str:
    """Return an SQL query that unnests lists of equal length: one row per element, with the other columns."""
    stored = [_name(name) for name in declared.names if name not in columns]
    lists = [f"unnest([{', '.join(values)}]) AS {_name(name)}" for name, values in columns.items()]
    return f"SELECT {', '.join([*stored, *lists])} FROM {_name(table)}"


def _ordered(name: str) -> str:
    """Return the SQL sort expression of a column: categories in declared order, other columns by value."""
    if name not in CATEGORIES:
        return _name(name)
    return f"list_position([{', '.join(map(_text, CATEGORIES[name]))}], {_name(name)}), {_name(name)}"


def _name(name: str) -> str:
    """Return a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _text(text: str | Path) -> str:
    """Return a quoted SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


@contextmanager
def interruptible() -> Iterator[None]:
    """Convert DuckDB's error of an interrupted query, which hides that of Python, into KeyboardInterrupt."""
    try:
        yield
    except (RuntimeError, duckdb.InterruptException) as error:
        if INTERRUPTED not in str(error):
            raise
        raise KeyboardInterrupt from None


def check_format(kind: str) -> None:
    """Raise ConfigurationError for a format that no export has."""
    if kind not in FORMATS:
        raise ConfigurationError(
            f"export format = {brief(kind)}: expected one of {', '.join(FORMATS)}{nearest(kind, FORMATS)}"
        )


def exported(
    source: Source, kind: str, target: Path, table: str = "monthly", decimal: str = ".", form: str = "wide"
) -> Path:
    """Write a table as CSV, Excel, parquet or a NetCDF cube; return the path.

    Parameters
    ----------
    table : str
        A table of the source; for a study "runs" (a row per run, with its outcomes) or a stored table.
    decimal : str
        Decimal mark of CSV: "." or ","; with a comma, cells are separated by semicolons, as in Dutch Excel.
    form : str
        "wide", or "long": a row per kind of care, for `runs` a row per outcome.

    Raises
    ------
    ConfigurationError
        For an unknown format, table or form, or a file that exists already.
    """
    check_format(kind)
    declared = declared_table(source, table, form)
    if decimal not in DECIMALS or (decimal == "," and kind != "csv"):
        raise ConfigurationError(
            f"export decimal = {decimal}: expected . or , and a comma with format=csv only"
        )
    if kind == "netcdf" and declared.name not in DIMENSIONS:
        raise ConfigurationError(f"export table = {table}: no cube; expected format=csv, excel or parquet")
    check_free(target)
    query = query_of(source, table, form)
    try:
        with (
            source.connect() as database,
            interruptible(),
            explain_disk_errors(target.parent),
            whole_file(target) as partial,
        ):
            if kind == "netcdf":
                cube(database.sql(query).df(), source, declared).to_netcdf(partial, engine="netcdf4")
            elif kind == "excel":
                _write_excel(database.sql(query).df(), partial, declared)
            elif kind == "parquet":
                _write_parquet(database.sql(query), partial, declared)
            elif decimal == ",":
                frame = database.sql(query).df()
                frame.to_csv(partial, sep=";", decimal=",", index=False, encoding="utf-8-sig")
            else:
                database.execute(f"COPY ({query}) TO {_text(partial)} (FORMAT csv, HEADER)")
    except duckdb.IOException as error:
        reason = one_sentence(error).rpartition(": ")[2]  # without the hidden path
        raise ConfigurationError(f"{target}: cannot be written: {reason}") from None
    except (duckdb.Error, pa.ArrowException) as error:
        raise ConfigurationError(
            f"{table} cannot be exported: {one_sentence(error)}; the same sweep command repairs a study"
        ) from None
    return target


def _write_parquet(relation: duckdb.DuckDBPyRelation, path: Path, declared: Table) -> None:
    """Write a query result as parquet, with units, descriptions and categories."""
    # `fetch_arrow_reader` is the name in DuckDB before 1.4.
    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
    with pq.ParquetWriter(path, arrow_schema(declared), compression="zstd", version="2.6") as written:
        for batch in read(ROWS_AT_ONCE):
            written.write_table(as_declared(declared, pa.Table.from_batches([batch])))


def _write_excel(frame: pd.DataFrame, path: Path, declared: Table) -> None:
    """Write a table as an Excel file, with a description of its columns on a second sheet.

    Numbers have no format of their own, so that Excel shows them in the reader's locale.
    """
    if len(frame) > MOST_ROWS_OF_EXCEL:
        raise ConfigurationError(
            f"export format = excel: {len(frame):,} rows, expected at most {MOST_ROWS_OF_EXCEL:,}; use csv"
        )
    about = pd.DataFrame(
        [(each.name, DTYPES[each.kind], each.unit, each.meaning) for each in declared.columns],
        columns=["column", "type", "unit", "description"],
    )
    try:
        with path.open("wb") as file, pd.ExcelWriter(file, engine="openpyxl") as book:
            frame.to_excel(book, sheet_name=declared.name, index=False)
            about.to_excel(book, sheet_name="columns", index=False)
    except ImportError:
        raise ConfigurationError(
            "export format = excel: openpyxl is not installed; pip install 'landingsbaan[excel]'"
        ) from None


def cube(frame: pd.DataFrame, source: Source, declared: Table) -> Any:
    """Return a table as an xarray dataset with named dimensions, and units on every variable."""
    try:
        import xarray
    except ImportError:
        raise ConfigurationError(
            "export netcdf: xarray and netCDF4 are not installed; pip install 'landingsbaan[cube]'"
        ) from None
    dimensions = [name for name in DIMENSIONS[declared.name] if name in frame]
    columns = {column.name: column for column in declared.columns}
    dataset = xarray.Dataset.from_dataframe(frame.set_index(dimensions))
    for name, variable in dataset.variables.items():
        column = columns[str(name)]
        variable.attrs = {"units": column.unit, "long_name": column.meaning}
    if "month" in dimensions:
        dataset["month"].attrs = {"long_name": "month number, 0 is January 2000"}
        dataset = dataset.assign_coords(date=("month", [month_text(int(m)) for m in dataset["month"].values]))
    for axis in source.axes:
        dataset = dataset.assign_coords(
            {axis: ("point", values_of_axis([point.get(axis) for point in source.points]))}
        )
    dataset.attrs = dict(source.about)
    return dataset


def values_of_axis(values: Iterable[Any]) -> Any:
    """Return the values of an axis: as float64 if all are numbers, else as texts."""
    values = list(values)
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return np.array(values, dtype=float)
    return [str(value) for value in values]
