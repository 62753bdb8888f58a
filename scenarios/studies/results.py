"""`landingsbaan results`: list, show, query, export, verify and prune studies.

For each point of a study it prints mean, confidence interval and variance components of the outcomes.
"""

import math
import os
import shutil
import sys
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
from scenarios.common.files import entries, is_taken, with_home, without_links
from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.keys import whole_number
from scenarios.studies.exports import exported as written
from scenarios.studies.exports import interruptible, run_source, study_source
from scenarios.studies.precision import ConfidenceInterval, Precision, Values, half_width_with, next_round
from scenarios.studies.store import DOCUMENT, STALE_SECONDS, Folder, is_own
from simulation.outcomes.definitions import OF_ONE_ARM
from simulation.recording.new_folder import explain_disk_errors
from simulation.recording.store import DOCUMENT as RUN_DOCUMENT
from simulation.recording.store import Run, open_run

POINTS = 10
MOST_ROWS = 1_000  # of the answer to a query


def runs_of(folder: Folder, outcomes: Iterable[str] = ()) -> pd.DataFrame:
    """Return point, replication and some outcomes of a study's runs, sorted by point and replication.

    Raises
    ------
    ConfigurationError
        When the study has no table of runs yet, or lacks these outcomes.
    """
    if not folder.runs.is_file():
        raise ConfigurationError(f"{folder.path.name}: not complete yet; the same sweep command resumes it")
    file = _table_of_runs(folder)
    known = [name for name in declared_in(folder) if name in file.schema_arrow.names]
    for name in outcomes:
        if name not in known:
            raise ConfigurationError(
                f"{folder.path.name}: no outcome {name[:60]} there, it has {', '.join(known) or 'none'}"
                f"{nearest(name, known)}{_added(name)}"
            )
    frame = file.read(columns=["point", "replication", *outcomes]).to_pandas()
    return frame.sort_values(["point", "replication"], ignore_index=True)


LEAST_BYTES_OF_RUN = 16  # in the table of runs: every run has an address of its own, so it cannot be smaller


def _table_of_runs(folder: Folder) -> pq.ParquetFile:
    """Return the table of runs, not read yet.

    Raises
    ------
    ConfigurationError
        When it cannot be read, or has more rows than it can have.
    """
    try:
        size = folder.runs.stat().st_size
        file = pq.ParquetFile(folder.runs, page_checksum_verification=True)
    except (OSError, ValueError, ArrowException) as error:
        reason = getattr(error, "strerror", None) or one_sentence(error)
        raise ConfigurationError(f"{folder.runs} cannot be read: {reason}") from None
    if file.metadata.num_rows * LEAST_BYTES_OF_RUN > size:
        raise ConfigurationError(f"{folder.runs}: {file.metadata.num_rows:,} rows, expected one for each run")
    return file


def _added(name: str) -> str:
    """Return how an outcome that a study does not have is added, if there is such an outcome."""
    if name not in OF_ONE_ARM and not is_own(name):
        return ""
    return f"; the same sweep with outcome={name} adds it without running anything again"


def values_of_points(folder: Folder, outcome: str) -> dict[int, np.ndarray]:
    """Return an outcome by point, float64 of shape (n_replications,) in order of replication."""
    runs = runs_of(folder, [outcome])
    return {int(str(point)): rows[outcome].to_numpy(float) for point, rows in runs.groupby("point")}


def declared_in(folder: Folder) -> dict[str, dict[str, str]]:
    """Return the declared outcomes of a study by name; none for a study of an older version."""
    return {each["name"]: each for each in folder.sweep.get("outcomes", [])}


def precision_of(folder: Folder) -> Precision | None:
    """Return the precision requested for a study, or None."""
    requested = folder.sweep.get("precision")
    return Precision(**requested) if requested else None


def precision_for_display(folder: Folder, outcome: str, against: str) -> Precision:
    """Return a precision without a required width, to compute the confidence intervals of an outcome."""
    document = folder.sweep
    base = whole_number(against)
    if against and (base is None or not 0 <= base < len(document["points"])):
        raise ConfigurationError(
            f"against = {against[:60]}: expected a point from 0 to {len(document['points']) - 1}"
        )
    return Precision(outcome, math.inf, against=base, seeds_per_draw=document["seeds_per_draw"])


def point_lines(folder: Folder, outcome: str = "", against: str = "", points: str = "") -> list[str]:
    """Return lines with the outcomes of a study's points, or their differences from a base point.

    Parameters
    ----------
    outcome : str
        Names of outcomes, separated by commas; empty shows all outcomes of the study.
    against : str
        Number of the base point; empty shows the outcomes themselves.
    points : str
        Number of points to show; empty shows the first ten.
    """
    declared = declared_in(folder)
    names = [name for name in outcome.split(",") if name] or list(declared)
    if not folder.runs.is_file() or not names:
        return []
    most = whole_number(points) if points else POINTS
    if most is None or most < 0:
        raise ConfigurationError(f"points = {points[:60]}: expected how many points are shown")
    lines = []
    for name in names:
        values = values_of_points(folder, name)
        precision = precision_for_display(folder, name, against)
        of = f", difference from point {against} with common random numbers" if against else ""
        lines += ["", f"{name}: {declared[name]['meaning']}, {declared[name]['unit']}{of}"]
        shown = [point for point in values if point != precision.against][:most]
        lines += [
            f"  point {point:<5} {interval_text(precision.confidence_interval(point, values))}"
            for point in shown
        ]
        lines += variance_lines(precision, values)
    return [*lines, *precision_lines(folder)]


def interval_text(interval: ConfidenceInterval) -> str:
    """Return the text of a confidence interval.

    Examples
    --------
    >>> interval_text(ConfidenceInterval(2.0, 2.484, 3, 3))
    '           2 ±2.484   (3 replications)'
    """
    if not math.isfinite(interval.half_width):
        count = interval.replications
        return f"{_number(interval.mean):>12}, confidence interval unknown ({count} replications)"
    text = f"{_number(interval.mean):>12} ±{interval.half_width:<7.4g} ({interval.replications} replications"
    if interval.parts is None:
        return text + ")"
    parts = interval.parts
    if math.isnan(parts.share):
        return text + "; all alike)"
    return text + (
        f"; {parts.share:.0%} of the variance between draws, {parts.share_low:.0%} to {parts.share_high:.0%})"
    )


def _number(value: float) -> str:
    return f"{value:.5g}" if math.isfinite(value) else "no value"


def variance_lines(precision: Precision, values: Values) -> list[str]:
    """Return lines with the median half width over all points, now and with more draws or more seeds."""
    seeds = precision.seeds_per_draw
    known = [point for point in values if point != precision.against]
    intervals = [precision.confidence_interval(point, values) for point in known]
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
    expected = {
        "twice the draws": [half_width_with(parts, 2 * interval.draws, seeds) for interval, parts in varied],
        "twice the seeds of each draw": [
            half_width_with(parts, interval.draws, 2 * seeds) for interval, parts in varied
        ],
        "as many runs, each a draw of its own": [
            half_width_with(parts, interval.draws * seeds, 1) for interval, parts in varied
        ],
    }
    alternatives = ", ".join(f"{words} ±{middle(widths):.4g}" for words, widths in expected.items())
    return [f"  middle of the points ±{now:.4g}; with {alternatives}"]


def is_finished(folder: Folder) -> bool:
    """Return whether a study with a requested precision needs no more rounds of replications."""
    precision = precision_of(folder)
    if precision is None or not folder.runs.is_file():
        return False
    if precision.outcome not in _table_of_runs(folder).schema_arrow.names:
        return False
    return next_round(precision, values_of_points(folder, precision.outcome)) is None


def precision_lines(folder: Folder) -> list[str]:
    """Return lines that say whether the requested precision is reached, and at which points it is not."""
    precision = precision_of(folder)
    if precision is None or precision.outcome not in _table_of_runs(folder).schema_arrow.names:
        return []
    values = values_of_points(folder, precision.outcome)
    unmet = precision.unmet(values)
    unit = declared_in(folder)[precision.outcome]["unit"]
    requested = (
        f"{100.0 * precision.width:.4g}% of the mean"
        if precision.of_mean
        else f"{precision.width:.4g} {unit}"
    )
    of = "" if precision.against is None else f", difference from point {precision.against}"
    if precision.of_mean and of:
        requested += " there"
    counts = [len(each) for each in values.values()]
    text = f"precision of {precision.outcome}{of}, ±{requested}: "
    text += f"{min(counts)} to {max(counts)} replications a point, {sum(counts):,} runs; "
    if not unmet:
        return ["", text + "reached at every point"]
    lines = [
        "",
        text + f"not reached at {len(unmet)} of {len(values)} points (most_replications or no value):",
    ]
    for point in unmet[:POINTS]:
        interval = precision.confidence_interval(point, values)
        required = precision.required_half_width(point, values)
        lines.append(f"  point {point:<5} {interval_text(interval)}, ±{required:.4g} asked")
    return lines + ([f"  ... and {len(unmet) - POINTS} more"] if len(unmet) > POINTS else [])


@dataclass(frozen=True)
class State:
    """Progress and size of a study."""

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
        """One line of `results ls`."""
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
        When there is no such study; the message names the nearest one.
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
    path = with_home(name)
    if not (path / RUN_DOCUMENT).is_file():
        return folder_of(name, root)
    try:
        return open_run(path)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None


def studies(root: Path) -> Iterator[Folder]:
    """Yield the studies of a folder, sorted by name."""
    for path in entries(root):
        if is_taken(path / DOCUMENT):
            yield Folder(path)


def state_of(folder: Folder) -> State:
    """Return the progress of a study, from the documents of its parts."""
    document = folder.sweep
    size = sum(path.stat().st_size for path in folder.path.rglob("*") if path.is_file())
    points, replications = len(document["points"]), document["replications"]
    whole = set()
    for name in folder.part_names:
        part = folder.part_document(name)
        whole |= {tuple(numbers) for numbers in part["runs"]} if part else set()
    runs, adds = points * replications, document.get("precision") is not None
    if document.get("point_replications"):  # every point has one run
        runs = points
    elif not adds:  # leave out the runs that an earlier precision added
        whole = {numbers for numbers in whole if numbers[1] < replications}
    elif is_finished(folder):
        runs = len(whole)
    else:  # the total is not known yet
        runs = max(runs, len(whole) + 1)
    return State(
        folder.path.name, points, replications, runs, len(whole), size / 1e6, document["result_version"], adds
    )


def connection(folder: Folder) -> duckdb.DuckDBPyConnection:
    """Return a connection to an in-memory database with the study's tables: runs, monthly, wijken.

    The tables are registered as Arrow datasets, so that queries need no file access.

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
        runs = _table_of_runs(folder).read()
        database.register("runs", runs)
        # Only the parts of these runs: another precision may have added others.
        parts = sorted({Path(part).name for part in runs["part"].to_pylist()})
        broken = [part for part in parts if not _is_sound(folder, part)]
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


def query_study(folder: Folder, sql: str, most: int = MOST_ROWS) -> pd.DataFrame:
    """Return the result of an SQL query on a study's tables; a note says how many rows are left out.

    Parameters
    ----------
    folder : Folder
        Folder of the study.
    sql : str
        The query.
    most : int
        Largest number of rows that is returned.

    Raises
    ------
    ConfigurationError
        When the query is invalid or returns no table.
    KeyboardInterrupt
        When the user interrupts the query.
    """
    with connection(folder) as database:
        for setting in ("enable_external_access", "python_enable_replacements"):
            database.execute(f"SET {setting} = false")
        database.execute("SET lock_configuration = true")
        try:
            with interruptible():
                answer = database.sql(sql)
                if answer is None:
                    raise ConfigurationError(
                        f"sql = {sql[:60]}: gives no table; expected a question, as sql='FROM runs'"
                    )
                found = answer.limit(most).df()
                if len(found) == most and (more := answer.count("*").fetchall()[0][0] - most) > 0:
                    print(
                        f"Note: the first {most:,} rows, and {more:,} more; landingsbaan results export "
                        "writes whole tables.",
                        file=sys.stderr,
                    )
                return found
        except (duckdb.Error, ArrowException) as error:
            raise ConfigurationError(f"sql: {one_sentence(error)}") from None


def summary(folder: Folder) -> list[str]:
    """Return lines that describe a study: progress, design, tables and points."""
    document = folder.sweep
    state = state_of(folder)
    axes = ", ".join(document["axes"]) or "nothing"
    lines = [
        state.in_words,
        f"design {document['design']} over {axes}; {' '.join(document['overrides'])}",
        f"stored: {', '.join(document['stored'])}; result version {document['result_version']}",
    ]
    for number, point in enumerate(document["points"][:10]):
        values = " ".join(f"{name}={value}" for name, value in point.items())
        lines.append(f"  point {number}: {values or 'the scenario itself'}")
    if len(document["points"]) > 10:
        lines.append(f"  ... and {len(document['points']) - 10} points more")
    return lines


def damaged(folder: Folder) -> list[str]:
    """Return the names of parts whose files do not match their checksums, or are no tables of their runs."""
    return [name for name in folder.part_names if not _is_sound(folder, name)]


def _is_sound(folder: Folder, part: str) -> bool:
    return folder.is_whole(part) and folder.is_sweep_part(part)


def exported(
    source: Folder | Run,
    kind: str,
    target: Path,
    table: str = "monthly",
    decimal: str = ".",
    form: str = "wide",
) -> Path:
    """Write a table of a study or a run folder as CSV, Excel, parquet or a NetCDF cube; return the path.

    Parameters
    ----------
    source : Folder or Run
        The study, or the run folder.
    kind, target, table, decimal, form
        As in `scenarios.studies.exports.exported`.

    Raises
    ------
    ConfigurationError
        For an unknown format, table or form, or a file that exists already.
    """
    found = (
        run_source(source) if isinstance(source, Run) else study_source(source, lambda: connection(source))
    )
    return written(found, kind, target, table, decimal, form)


def prune(root: Path, names: list[str], of_this_version: bool = False) -> list[str]:
    """Remove studies by name, or without names all of another result version; return the removed names.

    Parameters
    ----------
    root : Path
        Folder of studies.
    names : list of str
        Studies to remove; an empty list means all of another result version.
    of_this_version : bool
        Whether named studies of the current result version may be removed.

    Returns
    -------
    list of str
        Names of the removed studies.

    Raises
    ------
    ConfigurationError
        When a process is working on one of them, one is a symbolic link, or one is of the current result
        version and `of_this_version` is False; nothing is removed then.
    """
    found = [folder_of(name, root) for name in names] or [
        folder for folder in studies(root) if folder.sweep["result_version"] != RESULT_VERSION
    ]
    chosen = list({folder.path.absolute(): folder for folder in found}.values())
    for folder in chosen:
        if folder.path.is_symlink():
            raise ConfigurationError(
                f"{folder.path}: a symbolic link to {without_links(folder.path)}, expected the folder of a "
                "study; nothing was removed"
            )
        if folder.has_live_claim():
            raise ConfigurationError(
                f"{folder.path.name}: another process is working on it, or was until {STALE_SECONDS:g} "
                f"seconds ago; "
                "nothing was removed"
            )
        if folder.document["result_version"] == RESULT_VERSION and not of_this_version:
            raise ConfigurationError(
                f"{folder.path.name}: a study of the current result version {RESULT_VERSION}; nothing was "
                f"removed, add yes=true to remove it"
            )
        _check_removable(folder.path)
    for folder in chosen:
        with explain_disk_errors(folder.path):
            shutil.rmtree(folder.path)
    return [folder.path.name for folder in chosen]


def _check_removable(path: Path) -> None:
    """Raise ConfigurationError where a folder could be removed in part only."""
    below = [each for each in path.rglob("*") if each.is_dir() and not each.is_symlink()]
    for place in (path.parent, path, *below):
        if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
            raise ConfigurationError(f"{place} cannot be written: Permission denied; nothing was removed")
