"""The history: the model's reference next to the record of 2012-2022, in eight small panels."""

from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INTERVAL_ALPHA,
    PURPLE,
    RED,
    SMALL,
    Drawing,
    Sheet,
    label_ends,
    value_axis,
)
from scenarios.reporting.summary.history import history_sentence
from simulation.outcomes.history import FIRST_YEAR, INPUT, LAST_YEAR, MET, MISSED, NO_RECORD
from simulation.recording.store import Run

NAME = "history"
PANELS = {
    "youth_share": ("youth_share",),
    "stay": ("youth_stay_share",),
    "wmo": ("wmo_clients", "wmo_household_help", "wmo_support", "wmo_residence"),
    "cases": ("wijkteam_cases_per_fte", "youth_team_cases_per_fte"),
    "youth_spending": ("youth_spending", "youth_spending_real", "youth_spending_without_teams"),
    "wmo_spending": ("wmo_spending", "wmo_spending_real"),
    "balance": ("balance", "balance_with_participation"),
    "evictions": ("evictions",),
}
STYLES = ((BLUE, "-", "o"), (RED, "--", "s"), (GREEN, "-.", "^"), (PURPLE, ":", "v"))
APART = 0.22  # years between points of two series, so that none hides another


def describe(run: Run, language: str) -> Drawing:
    """Return the figure of the reference next to the record."""
    one = "_one" if run.document["replications"] < 2 else ""
    title = history_sentence(run, "history_title", language)
    return Drawing(
        NAME, title, texts.text(f"history_how{one}", language), texts.text("history_note", language),
        history_sentence(run, "history_sentence", language), run.table(NAME),
        lambda sheet: _panels(sheet, run.table(NAME)), (8.8, 15.0),
    )  # fmt: skip


def _panels(sheet: Sheet, table: pd.DataFrame) -> None:
    """Draw every panel, two next to each other or all below each other."""
    across = 1 if sheet.narrow else 2
    grid = sheet.grid(len(PANELS) // across, across, left=0.52, right=1.0, top=0.5,
                      hspace=0.85 if sheet.narrow else 0.72, wspace=0.6)  # fmt: skip
    for place, (panel, names) in enumerate(PANELS.items()):
        axes = sheet.figure.add_subplot(grid[place // across, place % across])
        _panel(axes, table, panel, names, sheet.language)


def _panel(axes: Any, table: pd.DataFrame, panel: str, names: tuple[str, ...], language: str) -> None:
    """Draw one panel: a line and points per series, with their names where there is more than one."""
    ends = []
    for place, (name, style) in enumerate(zip(names, STYLES, strict=False)):
        rows = table[table["series"] == name]
        if rows.empty:
            continue
        _line(axes, rows, *style[:2], INTERVAL_ALPHA if name == names[0] else INTERVAL_ALPHA / 2)
        beside = APART * (place - (len(names) - 1) / 2)
        _points(axes, rows[rows["inside"] != NO_RECORD], beside, style[0], style[2])
        label = texts.text(f"line_{name}", language) if len(names) > 1 else ""
        label = label or texts.text("line_model", language)
        ends.append((float(rows["year"].iloc[-1]), float(rows["model"].iloc[-1]), label, style[0]))
    axes.set_title(texts.text(f"panel_{panel}", language), loc="left", weight="bold", size=SMALL + 1)
    axes.set_xlim(FIRST_YEAR - 0.4, LAST_YEAR + 0.4)
    axes.set_xticks(range(FIRST_YEAR, LAST_YEAR + 1, 5))
    axes.margins(y=0.12)
    value_axis(axes, language, zero=panel == "balance")
    if panel != "balance":
        axes.set_ylim(bottom=0.0)
    if ends:
        label_ends(axes, ends)


def _line(axes: Any, rows: pd.DataFrame, colour: str, dashes: str, dark: float) -> None:
    """Draw the model: its mean, and its interval where there is one."""
    x = rows["year"].to_numpy(float)
    axes.fill_between(x, rows["model_low"], rows["model_high"], color=colour, alpha=dark, linewidth=0)
    axes.plot(x, rows["model"], color=colour, linestyle=dashes, linewidth=1.8, zorder=2)


def _points(axes: Any, rows: pd.DataFrame, beside: float, colour: str, marker: str) -> None:
    """Draw the record, so many years away from its year: filled where the model meets it."""
    for row in rows.itertuples():
        edge = colour if row.inside in (MET, MISSED, INPUT) else GREY
        bounds = np.array([[row.record - row.record_low], [row.record_high - row.record]])
        axes.errorbar(
            [row.year + beside], [row.record], yerr=np.nan_to_num(bounds),
            fmt="D" if row.inside == INPUT else marker, markersize=5.5,
            markerfacecolor=edge if row.inside == MET else "white", markeredgecolor=edge, ecolor=edge,
            elinewidth=1.1, capsize=2.0, zorder=3,
        )  # fmt: skip
