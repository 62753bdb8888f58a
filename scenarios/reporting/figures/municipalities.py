"""Municipalities of a country side by side: what the policy saves in each, by size."""

from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLUE,
    GREY,
    SMALL,
    Drawing,
    Sheet,
    apart,
    local_numbers,
    panel_title,
    value_axis,
)
from scenarios.reporting.summary.summary import first_year, titles
from simulation.outcomes.intervals import interval
from simulation.outcomes.municipalities import MEASURES, NAME, municipality_measures
from simulation.recording.store import Run

LABEL_INCHES = 0.17
MOST_NAMES = 20  # the largest are named


def table_behind(run: Run) -> pd.DataFrame:
    """Return a row per municipality: every measure, mean over replications, and the interval of the
    saving."""
    measures = municipality_measures(run.table(NAME), first_year(run))
    rows = []
    for (name, real), of_municipality in measures.groupby(["municipality", "real"], sort=False):
        found = interval(of_municipality["saving"])
        means = {measure: of_municipality[measure].mean() for measure in MEASURES}
        rows.append(
            {"municipality": name, "real": real, "households": of_municipality["households"].mean(), **means,
             "saving_low": found.low, "saving_high": found.high}
        )  # fmt: skip
    return pd.DataFrame(rows)


def describe(run: Run, language: str) -> Drawing:
    """Return the figure of municipalities side by side."""
    behind = table_behind(run)
    title, subtitle = _finding(behind, language)
    return Drawing(
        "municipalities", title, subtitle, texts.text("municipalities_note", language),
        f"{title}. {subtitle}", behind, lambda sheet: _paint(sheet, behind, run), (5.4, 5.6),
    )  # fmt: skip


def _paint(sheet: Sheet, behind: pd.DataFrame, run: Run) -> None:
    """Draw a dot per municipality by its size, the real ones with their interval and name."""
    grid = sheet.grid(left=0.5, right=1.35 if sheet.narrow else 1.7, top=0.7, bottom=0.6)
    axes = sheet.figure.add_subplot(grid[0])
    size = behind["households"] / 1000.0
    real = behind["real"].to_numpy(bool)
    axes.plot(size[~real], behind["saving"][~real], "o", color=GREY, markersize=3.5, alpha=0.6)
    axes.vlines(size[real], behind["saving_low"][real], behind["saving_high"][real], color=BLUE, linewidth=3,
                alpha=0.35)  # fmt: skip
    axes.plot(size[real], behind["saving"][real], "s", color=BLUE, markersize=5)
    axes.set_xscale("log")
    axes.margins(x=0.06, y=0.1)
    axes.set_xlabel(texts.text("municipalities_size", sheet.language), size=SMALL, color=GREY)
    value_axis(axes, sheet.language)
    local_numbers(axes.xaxis, sheet.language)
    axes.xaxis.set_minor_formatter("")
    panel_title(axes, texts.text("municipalities_axis", sheet.language, first=first_year(run)), sheet)
    named = behind[real].nlargest(12 if sheet.narrow else MOST_NAMES, "households")
    _names(axes, named, titles(run))


def _names(axes: Any, real: pd.DataFrame, read: dict[str, str]) -> None:
    """Write the names at the right, as far apart as they must be, each with a line to its point."""
    if real.empty:
        return
    low, high = axes.get_ylim()
    inches = axes.figure.get_figheight() * axes.get_position().height
    places = apart(list(real["saving"]), (high - low) * LABEL_INCHES / inches)
    for row, place in zip(real.itertuples(), places, strict=True):
        axes.annotate(
            read[row.municipality], (row.households / 1000.0, row.saving),
            xytext=(1.02, place), textcoords=("axes fraction", "data"), size=SMALL, va="center",
            arrowprops={"arrowstyle": "-", "color": BLUE, "linewidth": 0.4, "alpha": 0.6}, color=BLUE,
            annotation_clip=False,
        )  # fmt: skip


def _finding(behind: pd.DataFrame, language: str) -> tuple[str, str]:
    """Return title and subtitle: where nine of ten municipalities lie."""
    low, median, high = behind["saving"].quantile([0.05, 0.5, 0.95])
    largest = max(abs(low), abs(high))
    words = {
        key: texts.sensible(value, language, largest)
        for key, value in (("low", low), ("median", median), ("high", high))
    }
    positive = int((behind["saving"] > 0.0).sum())
    return (
        texts.text("municipalities_title", language, low=words["low"], high=words["high"]),
        texts.text("municipalities_subtitle", language, median=words["median"], positive=positive,
                   all=len(behind)),
    )  # fmt: skip
