"""The history in sentences: the model next to the record, and how far its back-test missed."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.scenario_forms import read_scenario_file
from scenarios.reporting.texts import number, text
from simulation.dated_figures import DATA_FOLDER
from simulation.outcomes.history import LAST_YEAR, MET, MISSED, NO_RECORD, SERIES, means_within, points_met
from simulation.recording.store import Run

# Not in the summary: the same record in other prices, as an index or per child.
SHOWN = tuple(name for name, series in SERIES.items() if series.counted)


def history_lines(run: Run, language: str) -> list[str]:
    """Return the history in short: one sentence, and for every series its last record.

    Parameters
    ----------
    run : Run
        A finished run.
    language : str
        "en" or "nl".
    """
    recorded = _recorded(run)
    rows = []
    for name in SHOWN:
        of_series = recorded[recorded["series"] == name]
        if not of_series.empty:
            met, judged = (of_series["inside"] == MET).sum(), of_series["inside"].isin((MET, MISSED)).sum()
            last = of_series.iloc[-1]
            verdict = (
                text("history_of", language, met=met, points=judged) if judged else _verdict(last, language)
            )
            rows.append([*_cells(last, language), verdict])
    return [history_sentence(run, "history_sentence", language), *_aligned(rows, language)]


def record_lines(run: Run, language: str) -> list[str]:
    """Return the sentence, and every point of the record next to the model, a line each."""
    return [
        history_sentence(run, "history_sentence", language),
        *_aligned(record_rows(run, language), language),
    ]


def record_rows(run: Run, language: str) -> list[list[str]]:
    """Return every point of the record next to the model: name, year, model, record, whether it is met."""
    return [[*_cells(row, language), _verdict(row, language)] for _, row in _recorded(run).iterrows()]


def heads(language: str) -> list[str]:
    """Return the heads of the columns of `record_rows`."""
    return [text(f"history_{key}", language) for key in ("series", "year", "model", "record", "met")]


def history_sentence(run: Run, key: str, language: str) -> str:
    """Return how many points the model meets; a window without years of the record has a sentence of its own.

    Parameters
    ----------
    run : Run
        A finished run.
    key : str
        "history_sentence" or "history_title"; with one replication its words for one.
    language : str
        "en" or "nl".
    """
    table = run.table("history")
    if table.empty:
        return text("history_none", language)
    met, points = points_met(table)
    within, bounded = means_within(table)
    return text(
        f"{key}_one" if run.document["replications"] < 2 else key, language, met=met, points=points,
        within=within, bounded=bounded, first=table["year"].min(), last=table["year"].max(),
    )  # fmt: skip


def _recorded(run: Run) -> pd.DataFrame:
    table = run.table("history")
    return table[table["inside"] != NO_RECORD]


def _cells(row: Any, language: str) -> list[str]:
    """Return name, year, model and record of a row in the language's format."""
    model = _with_bounds([row[name] for name in ("model", "model_low", "model_high")], language)
    record = _with_bounds([row[name] for name in ("record", "record_low", "record_high")], language)
    return [
        text(f"history_{row['series']}", language),
        str(row["year"]),
        model,
        record,
    ]


def _with_bounds(numbers: list[float], language: str) -> str:
    """Return a value and its bounds, where it has any, with equal decimals."""
    largest = float(np.nanmax(np.abs(np.array(numbers, dtype=float))))
    decimals = 0 if largest >= 100.0 else 1 if largest >= 2.0 else 2
    value, low, high = (number(each, language, decimals) for each in numbers)
    return value if np.isnan(numbers[1]) else f"{value} [{low}; {high}]"


def _verdict(row: Any, language: str) -> str:
    return text(f"history_{row['inside'].replace(' ', '_')}", language)


def _aligned(rows: list[list[str]], language: str) -> list[str]:
    """Return rows under their heads, in columns of equal width; nothing for no rows."""
    if not rows:
        return []
    table = [heads(language), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


BACKTEST = DATA_FOLDER / "backtest.yaml"  # written by `landingsbaan backtest`
ERRORS = ("youth_users", "wmo_clients", "spending")
SHAPE = {
    "command": str, "made": str, "result_version": str, "members": int, "draws": int, "households": int,
    "years": [int], "errors_percent": {"*": {"*": float}}, "coverage_90_percent": float,
}  # fmt: skip
REQUIRED = ("made", "result_version", "years", "coverage_90_percent",
            *(f"errors_percent.{name}.model" for name in ERRORS))  # fmt: skip


def backtest_sentence(last_year: int, language: str, path: Path | None = None) -> str | None:
    """Return by how much forecasts missed; None for what ends within the record.

    Parameters
    ----------
    last_year : int
        Last year that is shown.
    language : str
        "en" or "nl".
    path : Path, optional
        File with the errors; that of the project unless given.

    Returns
    -------
    str or None
        It says so where another result version was tested, and where none was.
    """
    path = path or BACKTEST
    if last_year <= LAST_YEAR:
        return None
    if not path.is_file():
        return text("backtest_none", language)
    backtest = _read(path, path.stat().st_mtime_ns)
    errors = {name: number(backtest["errors_percent"][name]["model"], language) for name in ERRORS}
    first, last = backtest["years"]
    sentence = text("backtest_missed", language, first=first, last=last, **errors,
                    inside=number(backtest["coverage_90_percent"], language))  # fmt: skip
    if backtest["result_version"] == RESULT_VERSION:
        return sentence
    return f"{sentence} {text('backtest_old', language, version=backtest['result_version'])}"


@lru_cache(maxsize=4)
def _read(path: Path, changed_at: int) -> dict[str, Any]:
    """Return what the file holds, checked; `changed_at` makes a new file a new reading."""
    return read_scenario_file(path, SHAPE, REQUIRED)
