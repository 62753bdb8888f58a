"""Households by where they are with their problems: counted on 1 January, with and without the policy."""

from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.certainty import is_first_estimate
from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLUE,
    GREEN,
    INTERVAL_ALPHA,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    SMALL,
    STYLE,
    Drawing,
    Sheet,
    label_ends,
    value_axis,
    years_axis,
)
from scenarios.reporting.summary.outcomes import once_per_run
from scenarios.reporting.texts.story_words import listed
from simulation.outcomes.history import LAST_YEAR
from simulation.outcomes.intervals import Interval, interval
from simulation.recording.arm_names import POLICY, POLICY_ARMS, REFERENCE
from simulation.recording.store import Run
from simulation.recording.tallies import STATES

DRAWN = STATES[1:]  # inactive households would hide the others
HEAVY, WAITING = "heavy", "waiting"
PER = 1000.0
# Fill and hatch of every state where households are drawn as bars or ribbons, as on the dashboard.
LOOKS = dict(
    zip(
        DRAWN,
        ((SKY, ""), (ORANGE, "///"), (GREEN, ""), (BLUE, "..."), (PURPLE, "xx"), (RED, "")),
        strict=True,
    )
)


@once_per_run
def state_counts(run: Run) -> pd.DataFrame:
    """Return households per 1,000 in each state on 1 January: a row per arm, year, state and replication.

    Counted are those who lived there a year before too: a flow leads to 1 January of its year.
    """
    flows = run.table("flows")
    flows = flows[flows["arm"].isin(POLICY_ARMS)]
    keys = ["arm", "year", "to_state", "replication"]
    counts = flows.groupby(keys, observed=True)["households"].sum().rename("counted").reset_index()
    total = counts.groupby(["arm", "year", "replication"], observed=True)["counted"].transform("sum")
    counts["per_1000"] = PER * counts["counted"] / total.clip(lower=1.0)
    return counts.rename(columns={"to_state": "state"})


def chained(matrices: dict[int, np.ndarray], first: int, last: int) -> np.ndarray:
    """Return flows from 1 January of one year to that of a later one, chained from yearly flows.

    Where somebody goes next is taken not to depend on where they came from, so it is an
    approximation; one year is exact.
    """
    flow = matrices[first + 1]
    for year in range(first + 2, last + 1):
        step = matrices[year]
        leaving = step.sum(axis=1, keepdims=True)
        flow = flow @ np.divide(step, leaving, out=np.zeros_like(step), where=leaving > 0.0)
    return flow


@once_per_run
def table_behind(run: Run) -> pd.DataFrame:
    """Return the counts drawn: mean, median and interval over replications per arm, year and state."""
    rows = []
    for (arm, year, state), of_state in state_counts(run).groupby(
        ["arm", "year", "state"], observed=True, sort=True
    ):
        found = interval(of_state["per_1000"])
        rows.append(
            (arm, int(year), state, float(of_state["counted"].mean()), found.mean, found.low, found.high,
             float(of_state["per_1000"].median()))
        )  # fmt: skip
    names = ["arm", "year", "state", "households", "mean", "low", "high", "median"]
    return pd.DataFrame(rows, columns=names)


def can_be_drawn(run: Run) -> bool:
    """Whether there are flows: a household flows from one 1 January to the next."""
    return not run.table("flows").empty


def describe(run: Run, language: str) -> Drawing:
    """Return the figure of households by state."""
    counts, behind = state_counts(run), table_behind(run)
    last = int(behind["year"].max())
    title, found = _finding(run, counts, last, language)
    at = behind[behind["year"] == last].set_index(["arm", "state"])
    states = [
        texts.text("flows_state", language, state=texts.text(f"panel_state_{state}", language).lower(),
                   now=_level(at, POLICY, state, language), before=_level(at, REFERENCE, state, language))
        for state in DRAWN
    ]  # fmt: skip
    words = texts.text("flows_alternative", language, year=last, states=listed(states, language),
                       policy=texts.policy_of(run.document, language))  # fmt: skip
    return Drawing(
        "flows", title, texts.text("flows_subtitle", language, found=found),
        texts.text("flows_note", language), f"{title}. {words}", behind,
        lambda sheet: _paint(sheet, behind, counts), (4.2, 9.6),
    )  # fmt: skip


def middle_of(state: str) -> str:
    """Return what a state is drawn by: waiting has few and many, so its middle is a median."""
    return "median" if state == WAITING else "mean"


def _level(at: pd.DataFrame, arm: str, state: str, language: str) -> str:
    """Return the level of a state under an arm in words."""
    return texts.sensible(float(at.loc[(arm, state), middle_of(state)]), language)


def _paint(sheet: Sheet, behind: pd.DataFrame, counts: pd.DataFrame) -> None:
    """Draw a panel per state."""
    across = 1 if sheet.narrow else 3
    grid = sheet.grid(len(DRAWN) // across, across, left=0.42, right=0.9, top=0.4, hspace=0.62, wspace=1.0)
    for place, state in enumerate(DRAWN):
        axes = sheet.figure.add_subplot(grid[place // across, place % across])
        dots = counts[counts["state"] == state] if state == WAITING else None
        _panel(axes, behind[behind["state"] == state], state, dots, sheet)


def _panel(axes: Any, behind: pd.DataFrame, state: str, dots: pd.DataFrame | None, sheet: Sheet) -> None:
    """Draw one state over the years: with the policy and without it."""
    ends = []
    for arm in (REFERENCE, POLICY):
        rows, style = behind[behind["arm"] == arm], STYLE[arm]
        x, y = rows["year"].to_numpy(float), rows[middle_of(state)].to_numpy()
        if arm == POLICY:
            axes.fill_between(x, rows["low"], rows["high"], color=style["color"], alpha=INTERVAL_ALPHA,
                              linewidth=0)  # fmt: skip
        axes.plot(x, y, linewidth=2.0, **style)
        if dots is not None:
            there = dots[(dots["arm"] == arm) & (dots["year"] == dots["year"].max())]["per_1000"].to_numpy()
            beside = x[-1] + (0.9 if arm == POLICY else 1.8)
            axes.plot(np.full(len(there), beside), there, ".", color=style["color"], markersize=3.5)
        name = texts.text("with_policy" if arm == POLICY else "without_policy", sheet.language)
        amount = texts.sensible(float(y[-1]), sheet.language)
        right = float(behind["year"].max()) + (1.8 if dots is not None else 0.0)
        ends.append((right, float(y[-1]), f"{name} {amount}", style["color"]))
    axes.set_ylim(bottom=0.0)
    first, last = float(behind["year"].min()), float(behind["year"].max())
    years_axis(axes, first, last + (2.2 if dots is not None else 0.2), sheet.language)
    axes.set_xticks([first, last], [str(int(first)), str(int(last))])
    axes.axvline(LAST_YEAR + 0.5, color="#5C6670", linewidth=0.8, linestyle=(0, (1, 2)), zorder=-1)
    value_axis(axes, sheet.language)
    axes.set_ylim(bottom=0.0)
    axes.set_title(texts.text(f"panel_state_{state}", sheet.language), loc="left", size=SMALL + 0.5,
                   weight="bold", pad=6)  # fmt: skip
    label_ends(axes, ends)


def _finding(run: Run, counts: pd.DataFrame, year: int, language: str) -> tuple[str, str]:
    """Return title and its uncertainty: households in heavy care at the last date, policy less reference."""
    heavy = counts[(counts["year"] == year) & (counts["state"] == HEAVY)].set_index(["arm", "replication"])
    rates = heavy["per_1000"]
    found: Interval = interval((rates[POLICY] - rates[REFERENCE]).to_numpy())
    kind = {1: "higher", -1: "lower", 0: "unclear"}[found.sign]
    if is_first_estimate(found.count):
        kind = "first" if found.count > 1 else "one"
    levels = {"now": float(rates[POLICY].mean()), "before": float(rates[REFERENCE].mean())}
    words = {key: texts.sensible(level, language) for key, level in levels.items()}
    title = texts.text(f"flows_{kind}", language, policy=texts.policy_of(run.document, language), year=year,
                       **words)  # fmt: skip
    ends = texts.three(found.mean, found.low, found.high, language, sign=True)
    return title, texts.text("flows_found", language, **ends)
