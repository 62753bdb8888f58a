"""`landingsbaan results`: what studies there are, what is in them, in SQL, as CSV, parquet or a cube."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
from pyarrow import ArrowException
from pyarrow.dataset import dataset

from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.common.result_version import RESULT_VERSION
from scenarios.studies.exports import exported as written
from scenarios.studies.exports import run_source, study_source
from scenarios.studies.outcomes_shown import is_finished
from scenarios.studies.store import DOCUMENT, STALE_SECONDS, Folder
from simulation.recording.store import DOCUMENT as RUN_DOCUMENT
from simulation.recording.store import Run, open_run


@dataclass(frozen=True)
class State:
    """How far a study is."""

    name: str
    points: int
    replications: int
    runs: int
    whole: int
    megabytes: float
    result_version: str
    adds: bool = False

    @property
    def in_words(self) -> str:
        """One line of the list."""
        state = "complete" if self.whole == self.runs else f"{self.whole} of {self.runs} runs"
        if self.adds:
            state = f"{self.whole} runs, " + ("complete" if self.whole == self.runs else "so far")
        version = "" if self.result_version == RESULT_VERSION else ", by another result version"
        points = "point " if self.points == 1 else "points"
        return (
            f"{self.name:<28} {self.points:>7} {points} x {self.replications:<5} {state:<22} "
            f"{self.megabytes:8.1f} MB{version}"
        )


def folder_of(name: str, root: Path) -> Folder:
    """Return a study's folder by name or path.

    Raises
    ------
    ConfigurationError
        When there is no such study, with the nearest one.
    """
    for path in (Path(name), root / name):
        if (path / DOCUMENT).is_file():
            return Folder(path)
    known = [each.path.name for each in studies(root)]
    raise ConfigurationError(f"{name}: no such study in {root}{nearest(name, known)}")


def study_or_run(name: str, root: Path) -> Folder | Run:
    """Return a study by name or path, or a run folder by path.

    Raises
    ------
    ConfigurationError
        When there is no such study or run, or a table of the run is missing or changed.
    """
    path = Path(name).expanduser()
    if not (path / RUN_DOCUMENT).is_file():
        return folder_of(name, root)
    try:
        return open_run(path)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None


def studies(root: Path) -> Iterator[Folder]:
    """Yield the studies of a folder, by name."""
    for path in sorted(root.glob(f"*/{DOCUMENT}")):
        yield Folder(path.parent)


def state_of(folder: Folder) -> State:
    """Return how far a study is, by what its parts say of themselves."""
    document = folder.sweep
    size = sum(path.stat().st_size for path in folder.path.rglob("*") if path.is_file())
    points, replications = len(document["points"]), document["replications"]
    whole = set()
    for path in folder.parts.glob("*.json"):
        part = folder.part_document(path.stem)
        whole |= {tuple(numbers) for numbers in part["runs"]} if part else set()
    runs, adds = points * replications, document.get("precision") is not None
    if document.get("point_replications"):  # every point has one run, whatever its replication
        runs = points
    elif not adds:  # what an earlier precision added is no part of it
        whole = {numbers for numbers in whole if numbers[1] < replications}
    elif is_finished(folder):
        runs = len(whole)
    else:  # nobody knows how many it will take
        runs = max(runs, len(whole) + 1)
    return State(
        folder.path.name, points, replications, runs, len(whole), size / 1e6, document["result_version"], adds
    )


def connection(folder: Folder) -> duckdb.DuckDBPyConnection:
    """Return a connection in memory with the study's tables: runs, monthly, wijken.

    The tables are handed over as Arrow datasets, so that questions need no access to any file.

    Raises
    ------
    ConfigurationError
        When the study is not complete.
    """
    if not folder.runs.is_file():
        raise ConfigurationError(
            f"{folder.path.name}: {state_of(folder).in_words.split(maxsplit=1)[1].strip()}; "
            "the same sweep command goes on"
        )
    database = duckdb.connect()
    try:
        runs = pq.read_table(folder.runs, page_checksum_verification=True)
        database.register("runs", runs)
        # Only the parts of these runs: another precision may have left others.
        parts = sorted({Path(part).name for part in runs["part"].to_pylist()})
        broken = [part for part in parts if not folder.is_whole(part)]
        if broken:
            raise ValueError(f"part {broken[0]} differs from what the study wrote")
        for name in folder.sweep["stored"]:
            files = [str(folder.table_of(part, name)) for part in parts]
            database.register(name, dataset(files, format="parquet"))
    except (duckdb.Error, ArrowException, KeyError, OSError, TypeError, ValueError) as error:
        raise ConfigurationError(
            f"{folder.path.name}: a table cannot be read: {one_sentence(error)}; the same sweep command "
            "repairs it"
        ) from None
    return database


def asked(folder: Folder, sql: str) -> pd.DataFrame:
    """Return the answer to a question in SQL about a study's tables.

    Raises
    ------
    ConfigurationError
        When DuckDB does not understand it.
    """
    with connection(folder) as database:
        for setting in ("enable_external_access", "python_enable_replacements"):
            database.execute(f"SET {setting} = false")
        database.execute("SET lock_configuration = true")
        try:
            answer = database.sql(sql)
            if answer is None:
                raise ConfigurationError(
                    f"sql = {sql[:60]}: gives no table; expected a question, as sql='FROM runs'"
                )
            return answer.df()
        except (duckdb.Error, ArrowException) as error:
            raise ConfigurationError(f"sql: {one_sentence(error)}") from None


def summary(folder: Folder) -> list[str]:
    """Return what a study is, in lines."""
    document = folder.sweep
    state = state_of(folder)
    axes = ", ".join(document["axes"]) or "nothing"
    lines = [
        state.in_words,
        f"design {document['design']} over {axes}; {' '.join(document['overrides'])}",
        f"stored: {', '.join(document['stored'])}; result version {document['result_version']}",
    ]
    for number, point in enumerate(document["points"][:10]):
        told = " ".join(f"{name}={value}" for name, value in point.items())
        lines.append(f"  point {number}: {told or 'the scenario itself'}")
    if len(document["points"]) > 10:
        lines.append(f"  ... and {len(document['points']) - 10} points more")
    return lines


def damaged(folder: Folder) -> list[str]:
    """Return the names of parts that are not what their checksums say."""
    return [path.stem for path in sorted(folder.parts.glob("*.json")) if not folder.is_whole(path.stem)]


def exported(
    source: Folder | Run,
    kind: str,
    target: Path,
    table: str = "monthly",
    decimal: str = ".",
    form: str = "wide",
) -> Path:
    """Write a table of a study or a run folder as CSV, Excel, parquet or a NetCDF cube; return where.

    Parameters
    ----------
    source : Folder or Run
        The study, or the run folder.
    kind, target, table, decimal, form
        As in `scenarios.studies.exports.exported`.

    Raises
    ------
    ConfigurationError
        For an unknown format, table or form, or a file that is there already.
    """
    found = (
        run_source(source) if isinstance(source, Run) else study_source(source, lambda: connection(source))
    )
    return written(found, kind, target, table, decimal, form)


def prune(root: Path, names: list[str]) -> list[str]:
    """Remove studies by name, or without names all made by another result version; return what went.

    Raises
    ------
    ConfigurationError
        When somebody is at work on one of them.
    """
    chosen = [folder_of(name, root) for name in names] or [
        folder for folder in studies(root) if folder.sweep["result_version"] != RESULT_VERSION
    ]
    for folder in chosen:
        if any(folder.claims.glob("*")):
            raise ConfigurationError(
                f"{folder.path.name}: another process is working on it, or was until {STALE_SECONDS:g} "
                f"seconds ago; "
                "nothing was removed"
            )
    for folder in chosen:
        shutil.rmtree(folder.path)
    return [folder.path.name for folder in chosen]
