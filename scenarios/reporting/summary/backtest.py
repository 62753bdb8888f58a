"""How far the model's forecasts of 2018-2022 were off: said beside every projection of later years."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.scenario_forms import read_scenario_file
from scenarios.reporting.texts import number, text
from simulation.dated_figures import DATA_FOLDER
from simulation.outcomes.history import LAST_YEAR

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
    told = _read(path, path.stat().st_mtime_ns)
    errors = {name: number(told["errors_percent"][name]["model"], language) for name in ERRORS}
    first, last = told["years"]
    said = text("backtest_missed", language, first=first, last=last, **errors,
                inside=number(told["coverage_90_percent"], language))  # fmt: skip
    if told["result_version"] == RESULT_VERSION:
        return said
    return f"{said} {text('backtest_old', language, version=told['result_version'])}"


@lru_cache(maxsize=4)
def _read(path: Path, changed_at: int) -> dict[str, Any]:
    """Return what the file holds, checked; `changed_at` makes a new file a new reading."""
    return read_scenario_file(path, SHAPE, REQUIRED)
