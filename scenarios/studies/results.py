"""`landingsbaan results`: what studies there are, what is in them, in SQL, as CSV, parquet or a cube.

Outcomes of a study's points are put in words: mean, confidence interval, and what that interval is made of.
"""

import math
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from pyarrow import ArrowException
from pyarrow.dataset import dataset

from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.common.result_version import RESULT_VERSION
from scenarios.studies.exports import exported as written
from scenarios.studies.exports import run_source, study_source
from scenarios.studies.precision import ConfidenceInterval, Precision, Values, half_width_with, next_round
from scenarios.studies.store import DOCUMENT, STALE_SECONDS, Folder
from simulation.recording.store import DOCUMENT as RUN_DOCUMENT
from simulation.recording.store import Run, open_run

POINTS = 10


def runs_of(folder: Folder, outcomes: Iterable[str] = ()) -> pd.DataFrame:
    """Return point and replication of a study's runs with some outcomes.

    Raises
    ------
    ConfigurationError
        When the study has no table of runs yet, or was made without these outcomes.
    """
    if not folder.runs.is_file():
        raise ConfigurationError(f"{folder.path.name}: not complete yet; the same sweep command resumes it")
    known = pq.read_schema(folder.runs).names
    for name in outcomes:
        if name not in known:
            has = ", ".join(declared_in(folder)) or "none"
            raise ConfigurationError(
                f"{folder.path.name}: no outcome {name} there, it has {has}{nearest(name, known)}; the same "
                f"sweep with outcome={name} adds it without running anything again"
            )
    frame = pq.read_table(folder.runs, columns=["point", "replication", *outcomes]).to_pandas()
    return frame.sort_values(["point", "replication"], ignore_index=True)


def values_of_points(folder: Folder, outcome: str) -> dict[int, np.ndarray]:
    """Return an outcome by point, in order of replication."""
    runs = runs_of(folder, [outcome])
    return {int(str(point)): rows[outcome].to_numpy(float) for point, rows in runs.groupby("point")}


def declared_in(folder: Folder) -> dict[str, dict[str, str]]:
    """Return the outcomes of a study by name, in the order asked; one of an older program has none."""
    return {each["name"]: each for each in folder.sweep.get("outcomes", [])}


def precision_of(folder: Folder) -> Precision | None:
    """Return the precision a study was asked for."""
    asked = folder.sweep.get("precision")
    return Precision(**asked) if asked else None


def judge_of(folder: Folder, outcome: str, against: str) -> Precision:
    """Return how confidence intervals are judged: as a precision that asks nothing."""
    document = folder.sweep
    if against and not (against.isdecimal() and int(against) < len(document["points"])):
        raise ConfigurationError(
            f"against = {against}: expected a point from 0 to {len(document['points']) - 1}"
        )
    base = int(against) if against else None
    return Precision(outcome, math.inf, against=base, seeds_per_draw=document["seeds_per_draw"])


def points_shown(folder: Folder, outcome: str = "", against: str = "", points: str = "") -> list[str]:
    """Return in lines the outcomes of a study's points, or of their differences from one of them.

    Parameters
    ----------
    outcome : str
        Names, with commas; empty shows all the study has.
    against : str
        Number of the base point; empty shows the outcomes themselves.
    points : str
        How many points are shown; empty shows the first ten.
    """
    declared = declared_in(folder)
    names = [name for name in outcome.split(",") if name] or list(declared)
    if not folder.runs.is_file() or not names:
        return []
    if points and not points.isdecimal():
        raise ConfigurationError(f"points = {points}: expected how many points are shown")
    most = int(points) if points else POINTS
    lines = []
    for name in names:
        values = values_of_points(folder, name)
        judge = judge_of(folder, name, against)
        of = f", difference from point {against} with common random numbers" if against else ""
        lines += ["", f"{name}: {declared[name]['meaning']}, {declared[name]['unit']}{of}"]
        shown = [point for point in values if point != judge.against][:most]
        lines += [
            f"  point {point:<5} {in_words(judge.confidence_interval(point, values))}" for point in shown
        ]
        lines += made_of(judge, values)
    return [*lines, *reached(folder)]


def in_words(interval: ConfidenceInterval) -> str:
    """Return a confidence interval in words.

    Examples
    --------
    >>> in_words(ConfidenceInterval(2.0, 2.484, 3, 3))
    '           2 ±2.484   (3 replications)'
    """
    if not math.isfinite(interval.half_width):
        count = interval.replications
        return f"{_number(interval.mean):>12}, confidence interval unknown ({count} replications)"
    told = f"{_number(interval.mean):>12} ±{interval.half_width:<7.4g} ({interval.replications} replications"
    if interval.parts is None:
        return told + ")"
    parts = interval.parts
    if math.isnan(parts.share):
        return told + "; all alike)"
    return told + (
        f"; {parts.share:.0%} of the variance between draws, {parts.share_low:.0%} to {parts.share_high:.0%})"
    )


def _number(value: float) -> str:
    return f"{value:.5g}" if math.isfinite(value) else "no value"


def made_of(judge: Precision, values: Values) -> list[str]:
    """Return what confidence intervals are made of over all points, and what more draws or more seeds would
    do."""
    seeds = judge.seeds_per_draw
    known = [point for point in values if point != judge.against]
    intervals = [judge.confidence_interval(point, values) for point in known]
    if not any(math.isfinite(interval.half_width) for interval in intervals):
        return []
    if seeds == 1:
        return [
            "  ± holds draws and sampling variance together: every draw has one seed; seeds_per_draw=4 tells "
            "them apart"
        ]
    varied = [(interval, interval.parts) for interval in intervals if interval.parts]
    if not varied:
        return []

    def middle(widths: list[float]) -> float:
        return float(np.median(widths))

    now = middle([interval.half_width for interval, _ in varied])
    told = {
        "twice the draws": [half_width_with(parts, 2 * interval.draws, seeds) for interval, parts in varied],
        "twice the seeds of each draw": [
            half_width_with(parts, interval.draws, 2 * seeds) for interval, parts in varied
        ],
        "as many runs, each a draw of its own": [
            half_width_with(parts, interval.draws * seeds, 1) for interval, parts in varied
        ],
    }
    parts_told = ", ".join(f"{words} ±{middle(widths):.4g}" for words, widths in told.items())
    return [f"  middle of the points ±{now:.4g}; with {parts_told}"]


def is_finished(folder: Folder) -> bool:
    """Whether a study that was asked for a precision has no round to do any more."""
    precision = precision_of(folder)
    if precision is None or not folder.runs.is_file():
        return False
    if precision.outcome not in pq.read_schema(folder.runs).names:
        return False
    return next_round(precision, values_of_points(folder, precision.outcome)) is None


def reached(folder: Folder) -> list[str]:
    """Return in lines whether the precision that was asked is reached, and which points lack it."""
    precision = precision_of(folder)
    if precision is None or precision.outcome not in pq.read_schema(folder.runs).names:
        return []
    values = values_of_points(folder, precision.outcome)
    unmet = precision.unmet(values)
    unit = declared_in(folder)[precision.outcome]["unit"]
    asked = (
        f"{100.0 * precision.width:.4g}% of the mean"
        if precision.of_mean
        else f"{precision.width:.4g} {unit}"
    )
    of = "" if precision.against is None else f", difference from point {precision.against}"
    if precision.of_mean and of:
        asked += " there"
    counts = [len(each) for each in values.values()]
    told = f"precision of {precision.outcome}{of}, ±{asked}: "
    told += f"{min(counts)} to {max(counts)} replications a point, {sum(counts):,} runs; "
    if not unmet:
        return ["", told + "reached at every point"]
    lines = [
        "",
        told + f"not reached at {len(unmet)} of {len(values)} points (most_replications or no value):",
    ]
    for point in unmet[:POINTS]:
        interval = precision.confidence_interval(point, values)
        lines.append(f"  point {point:<5} {in_words(interval)}, ±{precision.asked(point, values):.4g} asked")
    return lines + ([f"  ... and {len(unmet) - POINTS} more"] if len(unmet) > POINTS else [])


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
        if folder.is_worked_at():
            raise ConfigurationError(
                f"{folder.path.name}: another process is working on it, or was until {STALE_SECONDS:g} "
                f"seconds ago; "
                "nothing was removed"
            )
    for folder in chosen:
        shutil.rmtree(folder.path)
    return [folder.path.name for folder in chosen]
