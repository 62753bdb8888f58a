"""Outcomes of a study's points in words: mean, confidence interval, and what the confidence interval is made
of."""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.studies.precision import ConfidenceInterval, Precision, Values, half_width_with, next_round
from scenarios.studies.store import Folder

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
