"""A run folder: tables in parquet and run.json, written atomically.

A writer fills a hidden folder and renames it when everything is on disk, so an interrupted run leaves no
folder that looks complete (`new_folder.py`). The same tables give the same bytes. Parquet metadata holds the
unit and description of every column; texts are dictionary-encoded categories.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from agents.vocabulary import KINDS
from simulation.outcomes.municipalities import COUNTRY_TABLES
from simulation.outcomes.savings import CHANNELS_TABLE as CHANNELS
from simulation.outcomes.savings import DECOMPOSED_TABLES
from simulation.recording.new_folder import NewFolder, explain_disk_errors
from simulation.recording.schema import (
    CATEGORIES,
    DTYPES,
    LONG_FORMS,
    SCHEMA_VERSION,
    TABLES,
    Column,
    Table,
    check_table,
    table_of,
)

# Keys of run.json with their meanings. Those of REQUIRED must be given; this file adds schema_version and
# tables.
DOCUMENT_MEANINGS = {
    "title": "What was asked, in one line.",
    "result_version": "Changes when results change, and with nothing else.",
    "municipality": "Name as read by people.",
    "municipality_slug": "Name in files.",
    "municipality_file": "Only of a municipality of one's own: file, checksum, figures, system and doubts.",
    "system": "Name of the system of care.",
    "policy": "Name of the policy compared with the reference.",
    "policy_title": "What the policy is called in texts, in English and Dutch.",
    "policy_start": "Month from which the policy's changes hold, as 2015-01.",
    "landing": "Name of the landing.",
    "landing_years": "Phase-in period chosen, in years; 0 is overnight, null is as it happened.",
    "long_years": "Length of the long phase-in period, in years.",
    "cut": "One cut for every law as a share, or null for the cuts per law.",
    "steering": "Name of the money of the phase-in period and the patience of the council.",
    "transition": "Transition month, as 2015-01.",
    "years_ahead": "Years between announcement and transition.",
    "first_month": "First month reported, as 2010-01.",
    "last_month": "Last month reported.",
    "months": "Number of months reported.",
    "warm_up_months": "Months simulated before the first month reported.",
    "replications": "Number of replications.",
    "question_count": "How many replications, from the first on, have the arms of the questions.",
    "placebo_count": "How many replications, from the first on, have placebo arms.",
    "channels": "Only of a decomposed run: its channels in order, what switches each off, what lacks.",
    "seeds": "Seed of each replication.",
    "draws": "Number of the parameter draw of each replication.",
    "households": "Households at the first month reported.",
    "inhabitants": "Inhabitants at the first month reported.",
    "notes": "Sentences on figures that are borrowed or derived.",
    "sources": "The sources of the system.",
    "not_represented": "What of these sources the model does not represent, in the language of the run.",
    "language": "Language of what was told: en or nl.",
    "overrides": "What the user wrote, word by word.",
    "configuration": "All that was set, resolved, as `--cfg job` prints it.",
    "parameters": "Every parameter and lever, resolved, by full name, per arm where arms differ.",
    "parameter_draws": "Drawn parameters per replication.",
    "draws_from": "Where draws come from: none, ranges, or which posterior.",
    "split": "Only of a split run: draw of parameters and of scenario by replication, and what is scenario.",
    "versions": "Versions of Python and libraries.",
    "commit": "Commit of the code, or null.",
    "data_checksum": "Checksum of the data folder.",
    "run_seconds": "How long the run took.",
    "members": "Only of a country: its municipalities in the order of the sum, with profile, size and notes.",
    "core_seconds": "Only of a country: seconds of work in all its municipalities together.",
    "machine": "Number of processors and memory.",
    "schema_version": "Version of this schema.",
    "tables": "Per table its rows and the SHA-256 of its file.",
    "checksum": "SHA-256 of all the rest of this file.",
}
REQUIRED = (
    "title", "result_version", "municipality", "policy", "landing", "landing_years", "long_years",
    "transition", "years_ahead", "replications", "seeds", "households", "inhabitants", "notes",
)  # fmt: skip

# Types of values in run.json: a type, [type] for a list, {str: type} for a dictionary, a tuple for any of
# several.
Kind = type | list[Any] | dict[Any, Any] | tuple[Any, ...]
TYPES: dict[str, Kind] = {
    "title": str, "result_version": str, "municipality": str, "municipality_slug": str,
    "municipality_file": dict, "system": str, "policy": str, "policy_title": {str: str}, "policy_start": str,
    "landing": str, "landing_years": (float, None), "long_years": float, "cut": (float, None),
    "steering": str, "transition": str, "years_ahead": float, "first_month": str, "last_month": str,
    "months": int, "warm_up_months": int, "replications": int, "placebo_count": int,
    "question_count": int, "channels": [dict],
    "seeds": [int], "draws": [int], "households": int, "inhabitants": int, "notes": [str], "sources": [str],
    "not_represented": [str], "language": str, "overrides": [str], "configuration": dict,
    "parameters": {str: dict}, "parameter_draws": [dict], "draws_from": dict, "split": dict, "versions": dict,
    "commit": (str, None), "data_checksum": str, "run_seconds": float, "members": [dict],
    "core_seconds": float, "machine": dict, "schema_version": int, "tables": {str: dict}, "checksum": str,
}  # fmt: skip


def is_kind(value: object, kind: Kind | None) -> bool:
    """Return whether a value of run.json has the declared type.

    Parameters
    ----------
    value : object
        Value to check.
    kind : Kind or None
        Declared type; None accepts None only.

    Returns
    -------
    bool
        True where it has that type.

    Examples
    --------
    >>> is_kind([1, 2], [int]), is_kind([1, "2"], [int]), is_kind(None, (float, None)), is_kind(True, int)
    (True, False, True, False)
    """
    if kind is None:
        return value is None
    if isinstance(kind, tuple):
        return any(is_kind(value, each) for each in kind)
    if isinstance(kind, list):
        return isinstance(value, list) and all(is_kind(each, kind[0]) for each in value)
    if isinstance(kind, dict):
        return isinstance(value, dict) and all(is_kind(each, kind[str]) for each in value.values())
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind) and not isinstance(value, bool)


DOCUMENT = "run.json"
OF_A_STORY, STORY = "story_schema_version", "a story"
# Other folders with a run.json, by a table that no run has.
OTHER_FOLDERS = {"policy_outcomes": "a comparison of policies", "systems": "a comparison of systems"}
LONGEST_REASON = 200  # characters of a library's error message
_ARROW_TYPES = {"whole": pa.int64(), "real": pa.float64(), "text": pa.string(), "yes or no": pa.bool_()}


class RunWriter:
    """Writes one run folder; use it as a context manager.

    Parameters
    ----------
    folder : Path
        Folder of the run; `writer.folder` is its final path afterwards.
    tables : mapping of str to Table
        Tables that must be written.
    required : sequence of str
        Keys that run.json must have.
    numbered : bool
        Whether a number is appended to a name that exists; otherwise the folder must not exist.

    Raises
    ------
    ValueError
        When the folder exists and is not numbered, cannot be written, a table differs from the schema,
        or a table or the document is missing at the end.
    """

    def __init__(
        self,
        folder: Path | str,
        tables: Mapping[str, Table] = TABLES,
        required: Sequence[str] = REQUIRED,
        *,
        numbered: bool = False,
    ) -> None:
        """Set the path of the folder; nothing is written yet."""
        self.tables, self.required = tables, required
        self._new = NewFolder(folder, numbered)
        self.partial = self._new.hidden
        self._tables: dict[str, dict[str, Any]] = {}
        self._document: dict[str, Any] | None = None

    def __enter__(self) -> "RunWriter":
        """Make the hidden folder."""
        with explain_disk_errors(self.folder):
            self._new.make()
        return self

    @property
    def folder(self) -> Path:
        """Path of the run folder; final once everything is written."""
        return self._new.folder

    def table(self, name: str, frame: pd.DataFrame) -> None:
        """Check and write one table.

        Parameters
        ----------
        name : str
            Name of the table.
        frame : DataFrame
            The table, as the schema declares it.
        """
        self.blocks(name, [frame])

    def blocks(self, name: str, frames: Iterable[pd.DataFrame]) -> None:
        """Check and write one table in blocks of rows, of which only one is in memory.

        A table that has a long form among the tables of the run is also written in long form.

        Parameters
        ----------
        name : str
            Name of the table.
        frames : iterable of DataFrame
            Blocks of rows, each as the schema declares the table.
        """
        names, rows = [name], {name: 0}
        if name in LONG_FORMS and LONG_FORMS[name].name in self.tables:
            names.append(LONG_FORMS[name].name)
            rows[names[1]] = 0
        with explain_disk_errors(self.folder):
            with ExitStack() as stack:
                written = {each: stack.enter_context(self._open_writer(each)) for each in names}
                for frame in frames:
                    check_table(name, frame, self.tables)
                    for each in names:
                        block = frame if each == name else long_form(name, frame)
                        written[each].write_table(as_arrow(self.tables[each], block))
                        rows[each] += len(block)
            for each in names:
                _sync_to_disk(self._path(each))
                self._tables[each] = {"rows": rows[each], "sha256": _checksum(self._path(each))}

    def _path(self, name: str) -> Path:
        """Return the file of a table while it is written."""
        return self.partial / f"{name}.parquet"

    def _open_writer(self, name: str) -> pq.ParquetWriter:
        """Return the open file of a table."""
        return pq.ParquetWriter(
            self._path(name), arrow_schema(table_of(name, self.tables)), compression="zstd",
            use_dictionary=True, write_statistics=True,
            store_schema=True, version="2.6",  # with it, each column has its unit and description
        )  # fmt: skip

    def document(self, document: dict[str, Any]) -> None:
        """Store the description of the run, which is written last, with the checksums of the tables.

        Parameters
        ----------
        document : dict of str to Any
            Contents of run.json.
        """
        missing = [key for key in self.required if key not in document]
        if missing:
            raise ValueError(f"{DOCUMENT} lacks {', '.join(missing)}")
        self._document = dict(document)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the folder without an error, otherwise remove it."""
        try:
            if kind is None:
                self._finish()
        finally:
            self._new.remove()

    def _finish(self) -> None:
        """Write run.json and rename the folder."""
        missing = [name for name in self.tables if name not in self._tables]
        if self._document is None:
            missing.append(DOCUMENT)
        if missing:
            raise ValueError(f"run {self.folder.name} is incomplete: it lacks {', '.join(missing)}")
        document = {**(self._document or {}), "schema_version": SCHEMA_VERSION, "tables": self._tables}
        path = self.partial / DOCUMENT
        content = with_checksum(json.loads(json.dumps(document, default=_json_value)))
        text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
        with explain_disk_errors(self.folder):
            path.write_text(text + "\n", encoding="utf-8")
            _sync_to_disk(path)
            _sync_to_disk(self.partial)
            self._new.finish()
            _sync_to_disk(self.folder.parent)


def with_checksum(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with the checksum of its contents.

    Parameters
    ----------
    document : dict
        Values of JSON types.

    Returns
    -------
    dict
        The same with the key "checksum".
    """
    content = {key: value for key, value in document.items() if key != "checksum"}
    text = json.dumps(content, sort_keys=True)  # non-ASCII is escaped, so that any text can be encoded
    return {**content, "checksum": hashlib.sha256(text.encode()).hexdigest()}


def is_unchanged(document: dict[str, Any]) -> bool:
    """Return whether a document agrees with its checksum; True for one without a checksum.

    Parameters
    ----------
    document : dict
        Contents of run.json.

    Returns
    -------
    bool
        False where the contents were altered.

    Examples
    --------
    >>> written = with_checksum({"seeds": [1]})
    >>> is_unchanged(written), is_unchanged(written | {"seeds": [2]})
    (True, False)
    """
    return "checksum" not in document or document == with_checksum(document)


class Run:
    """A finished run: `run.document`, and tables that are read on demand, such as `run.table("monthly")`."""

    def __init__(self, folder: Path, document: dict[str, Any], tables: Mapping[str, Table] = TABLES) -> None:
        """Store the folder and its document; use `open_run`, which checks both."""
        self.folder = folder
        self.tables = tables
        self.document = document
        self._frames: dict[str, pd.DataFrame] = {}

    def table(self, name: str) -> pd.DataFrame:
        """Return one table as the schema declares it; it is cached, so do not change it.

        Parameters
        ----------
        name : str
            Name of the table.

        Returns
        -------
        DataFrame
            The table, in the units of the schema.
        """
        if name not in self._frames:
            self._frames[name] = _read(self.folder, name, self.tables)
        return self._frames[name]

    def __repr__(self) -> str:
        """Return the call that opens this run."""
        return f"open_run({str(self.folder)!r})"


def open_run(folder: Path | str, tables: Mapping[str, Table] | None = None) -> Run:
    """Return the run of a folder, after checking every file against its checksum.

    Parameters
    ----------
    folder : Path or str
        A finished run folder.
    tables : mapping of str to Table, optional
        Tables that it must have; by default those of a run, of a country's run or of a decomposed run.

    Returns
    -------
    Run
        The run.

    Raises
    ------
    ValueError
        When it is not a run folder, is incomplete, was changed, or has another schema version.
    """
    folder = Path(folder)
    document = _read_document(folder)
    other = _other_kind(document)
    if other and (tables is None or other == STORY):
        raise ValueError(f"{folder} is the folder of {other}, expected one of landingsbaan run")
    version = document.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise ValueError(f"{folder} has schema version {version}; this version reads up to {SCHEMA_VERSION}")
    if version < SCHEMA_VERSION:
        raise ValueError(
            f"{folder} has schema version {version}, this version reads {SCHEMA_VERSION}; "
            f"landingsbaan run again={folder} makes the run anew"
        )
    written = document.get("tables", {})
    if tables is None or tables is TABLES:
        _check_types(folder / DOCUMENT, document)
    if tables is None:
        run_tables = DECOMPOSED_TABLES if CHANNELS in document else TABLES
        tables = COUNTRY_TABLES if "members" in document else run_tables
    lacking = [key for key in REQUIRED if key not in document] if tables is TABLES else []
    if lacking:
        raise ValueError(f"{folder / DOCUMENT} lacks {', '.join(lacking)}")
    if not is_unchanged(document):
        raise ValueError(f"{folder / DOCUMENT} differs from what the run wrote: its checksum is another")
    for name in tables:
        path = folder / f"{name}.parquet"
        if name not in written or not path.is_file():
            raise ValueError(f"{folder} is incomplete: {path.name} is missing")
        if _checksum(path) != written[name].get("sha256"):
            raise ValueError(f"{path} differs from what the run wrote: its checksum is another")
    return Run(folder, document, tables)


def _read_document(folder: Path) -> dict[str, Any]:
    """Return run.json as a dictionary."""
    if not (folder / DOCUMENT).is_file() or folder.name.endswith(".partial"):
        raise ValueError(f"{folder} is not a run folder: it has no finished {DOCUMENT}")
    try:
        document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"{folder / DOCUMENT} cannot be read: {error}") from None
    if not isinstance(document, dict):
        raise ValueError(f"{folder / DOCUMENT} holds no run: expected keys and values")
    return document


def _other_kind(document: dict[str, Any]) -> str | None:
    """Return what a folder holds whose document is not that of a run, or None for that of a run."""
    if OF_A_STORY in document:
        return STORY
    tables = document.get("tables")
    if not isinstance(tables, dict):
        return None
    if set(tables) == {"history"}:
        return "a history"
    return next((kind for name, kind in OTHER_FOLDERS.items() if name in tables), None)


def _check_types(path: Path, document: dict[str, Any]) -> None:
    """Raise ValueError where a value of a run's document has another type than declared."""
    wrong = [key for key, kind in TYPES.items() if key in document and not is_kind(document[key], kind)]
    if wrong:
        raise ValueError(f"{path}: {', '.join(wrong)} is not what a run writes there")


def long_form(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the long form of a table: a row per kind of care, with its clients and its waiting.

    Parameters
    ----------
    name : str
        A key of `LONG_FORMS`: "monthly" or "wijken".
    frame : DataFrame
        The table; a study's table has `point` instead of `arm`.

    Returns
    -------
    DataFrame
        As many rows as `frame` times the kinds of care, in the order of `frame`, then of the kinds.

    Examples
    --------
    >>> month = {f"{what}_{kind}": [number] for number, what in enumerate(("clients", "waiting"), start=7)
    ...          for kind in KINDS}
    >>> long_form("monthly", pd.DataFrame({"month": [180], **month})).to_csv(index=False).splitlines()[:2]
    ['month,kind,clients,waiting', '180,wijkteam,7,8']
    """
    identity = [*(each for each in ("point",) if each in frame),
                *(each for each in LONG_FORMS[name].keys if each in frame)]  # fmt: skip
    rows = np.repeat(np.arange(len(frame)), len(KINDS))
    kinds = pd.Categorical.from_codes(np.tile(np.arange(len(KINDS)), len(frame)), list(KINDS))
    long = frame[identity].iloc[rows].reset_index(drop=True).assign(kind=kinds)
    for what in ("clients", "waiting"):
        long[what] = frame[[f"{what}_{kind}" for kind in KINDS]].to_numpy().ravel()
    return long


def arrow_field(column: Column) -> pa.Field:
    """Return a column as an Arrow field with unit and description; texts are dictionary-encoded.

    Parameters
    ----------
    column : Column
        Declared column.

    Returns
    -------
    Field
        Field with metadata.
    """
    kind = _ARROW_TYPES[column.kind]
    if column.kind == "text":
        kind = pa.dictionary(pa.int32(), kind)
    return pa.field(column.name, kind, metadata={"unit": column.unit, "description": column.meaning})


def arrow_schema(table: Table) -> pa.Schema:
    """Return a table as an Arrow schema, with its description and its key columns as metadata.

    Parameters
    ----------
    table : Table
        Declared table.

    Returns
    -------
    Schema
        Schema with metadata.
    """
    about = {
        "description": table.meaning,
        "key_columns": " ".join(table.keys),
        "schema_version": str(SCHEMA_VERSION),
    }
    return pa.schema([arrow_field(column) for column in table.columns], metadata=about)


def as_arrow(table: Table, frame: pd.DataFrame) -> pa.Table:
    """Return the frame as an Arrow table in declared order and types, without machine-dependent metadata.

    Parameters
    ----------
    table : Table
        Declared table.
    frame : DataFrame
        The table.

    Returns
    -------
    Table
        The same rows.
    """
    arrays = [_array(column, frame[column.name]) for column in table.columns]
    return pa.table(arrays, schema=arrow_schema(table))


def _array(column: Column, values: pd.Series) -> pa.Array:
    """Return one column in its declared type."""
    if column.kind == "text":
        return categories(column.name, values)
    return pa.Array.from_pandas(values, type=_ARROW_TYPES[column.kind])


def categories(name: str, values: pd.Series) -> pa.DictionaryArray:
    """Return texts as categories, in the order of `CATEGORIES`, otherwise of appearance.

    Parameters
    ----------
    name : str
        Name of the column.
    values : Series of str
        Texts.

    Returns
    -------
    DictionaryArray
        One code per row, and the distinct texts.

    Examples
    --------
    >>> categories("law", pd.Series(["wmo", "youth", "wmo"])).dictionary.to_pylist()
    ['youth', 'wmo']
    """
    codes, found = pd.factorize(values)
    texts = [str(each) for each in found]
    known = CATEGORIES.get(name, ())
    order = sorted(range(len(texts)), key=lambda code: known.index(texts[code]) if texts[code] in known
                   else len(known) + code)  # fmt: skip
    place = np.argsort(order)
    indices = pa.array(place[codes] if len(texts) else codes, pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array([texts[code] for code in order], pa.string()))


def with_texts(table: pa.Table) -> pa.Table:
    """Return a table with its categories as texts.

    Parameters
    ----------
    table : Table
        An Arrow table.

    Returns
    -------
    Table
        The same rows.
    """
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(place, field.name, table[field.name].cast(pa.string()))
    return table


def _read(folder: Path, name: str, tables: Mapping[str, Table]) -> pd.DataFrame:
    """Return one table with the declared types."""
    path = folder / f"{name}.parquet"
    try:
        frame = with_texts(pq.read_table(path)).to_pandas()
        for column in table_of(name, tables).columns:
            if column.kind != "text":
                empty = column.kind == "whole" and column.may_be_empty
                frame[column.name] = frame[column.name].astype("Int64" if empty else DTYPES[column.kind])
    except (
        pa.ArrowException,
        AttributeError,
        KeyError,
        OSError,
        OverflowError,
        TypeError,
        ValueError,
    ) as error:
        reason = " ".join(str(error).split())[:LONGEST_REASON]
        raise ValueError(f"{path} is no table that a run wrote: {reason}") from None
    check_table(name, frame, tables)
    return frame


def _json_value(value: Any) -> Any:
    """Return a numpy value or a path as a JSON value."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Path):
        return str(value)
    raise ValueError(f"{DOCUMENT} cannot hold {value!r} of type {type(value).__name__}")


def _checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_to_disk(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
