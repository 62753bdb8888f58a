"""What the headline's saving consists of, as a waterfall: own costs, kinds of care, crises, total."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    ORANGE,
    SMALL,
    footnote,
    headline,
    local_numbers,
    new_figure,
    save,
)
from simulation.finance.books import ITEMS
from simulation.months import month_number
from simulation.outcomes.derived import of_arm
from simulation.outcomes.headline import ARTEFACT, saved, standing
from simulation.outcomes.intervals import interval
from simulation.outcomes.savings import BASES, inhabitants_at
from simulation.recording.arm_names import POLICY
from simulation.recording.store import Run

# Bars, in order, by the items they hold: first what a policy pays for itself, then care, then crises.
GROUPS: dict[str, tuple[str, ...]] = {
    "teams": ("wijkteam", "youth_team"),
    "referral_sources": ("referral_sources",),
    "organisation": ("team_organisation", "access", "steering"),
    "social_base": ("social_base", "low_threshold", "poverty_gifts"),
    "youth_outpatient": ("youth_outpatient",),
    "youth_day_care": ("youth_day_care",),
    "youth_residential": ("youth_residential",),
    "supervision_order": ("supervision_order",),
    "guidance": ("guidance",),
    "day_care": ("day_care",),
    "household_help": ("household_help",),
    "residence": ("protected_residence", "shelter"),
    "aids": ("aids",),
    "debt_service": ("debt_service",),
    "mental_health": ("mental_health",),
    "crises": tuple(item for item in ITEMS if item.startswith("crisis_")),
}
GROUP_OF_ITEM = {item: group for group, items in GROUPS.items() for item in items}
TOTAL = "total"


def table_behind(run: Run) -> pd.DataFrame:
    """Return mean and interval of every bar, by basis: the table behind the figure."""
    rows = []
    for basis in BASES:
        parts = parts_by_replication(run, basis)
        for part in parts:
            found = interval(parts[part])
            rows.append((basis, part, found.mean, found.low, found.high))
    return pd.DataFrame(rows, columns=["basis", "part", "mean", "low", "high"])


def parts_by_replication(run: Run, basis: str) -> pd.DataFrame:
    """Return cumulated savings per inhabitant: a row per replication, a column per bar, the total last."""
    monthly = run.table("monthly")
    inhabitants = inhabitants_at(monthly, month_number(run.document["transition"]))
    rows = of_arm(run.table("decomposition"), POLICY, basis)
    grouped = (
        rows.groupby(["replication", rows["item"].map(GROUP_OF_ITEM)])["saving_eur"]
        .sum()
        .unstack(fill_value=0.0)
    )
    parts = grouped.reindex(index=inhabitants.index, columns=list(GROUPS), fill_value=0.0).fillna(0.0)
    parts = parts.div(inhabitants, axis=0)
    return parts.assign(**{TOTAL: parts.sum(axis=1)})


def draw(run: Run, folder: Path, language: str) -> Path:
    """Draw decomposition.png and return its path."""
    behind = table_behind(run)
    alone = run.document["replications"] < 2
    own = behind[behind["basis"] == "municipality"]
    shown = own[(own["mean"].abs() >= 0.005) | (own["part"] == TOTAL)].reset_index(drop=True)
    figure = new_figure(10.5, 2.6 + 0.36 * len(shown))
    inches = figure.get_figheight()
    axes = figure.subplots(gridspec_kw={"left": 0.25, "right": 0.825, "top": 1 - 1.0 / inches,
                                        "bottom": 1.05 / inches})  # fmt: skip
    _bars(axes, shown, alone, language)
    axes.set_yticks(range(len(shown)), [texts.text(f"part_{part}", language) for part in shown["part"]])
    axes.invert_yaxis()
    axes.set_xlabel(texts.text("parts_axis", language))
    local_numbers(axes.xaxis, language)
    headline(
        figure,
        _finding(run, shown, language),
        texts.text("parts_subtitle_one" if alone else "parts_subtitle", language),
    )
    footnote(figure, run, language, texts.text("parts_note", language))
    return save(figure, behind, folder / "decomposition")


def _bars(axes: Any, shown: pd.DataFrame, alone: bool, language: str) -> None:
    """Draw every part from where the parts above it end, and the total from zero.

    `alone` says that there is one replication, which has no interval.
    """
    axes.use_sticky_edges = False
    means = shown["mean"].to_numpy()
    begins = np.append(means[:-1].cumsum() - means[:-1], 0.0)
    for row, (begin, mean) in enumerate(zip(begins, means, strict=True)):
        total = row == len(means) - 1
        colour = BLACK if total else BLUE if mean >= 0.0 else ORANGE
        hatch = "///" if mean < 0.0 and not total else None
        axes.barh(row, mean, left=begin, height=0.62, color=colour, hatch=hatch, edgecolor="white",
                  linewidth=0.0)  # fmt: skip
        if not total:
            axes.plot([begin + mean] * 2, [row - 0.31, row + 1.31], color="#777777", linewidth=0.7)
        words = texts.three(mean, shown["low"][row], shown["high"][row], language)
        told = texts.text("parts_one" if alone else "parts_number", language, **words)
        axes.text(1.01, row, told, size=SMALL, va="center",
                  transform=axes.get_yaxis_transform(), weight="bold" if total else "normal")  # fmt: skip
    last = len(means) - 1
    axes.hlines(last, shown["low"][last], shown["high"][last], color="#999999", linewidth=2.0)
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.axhline(last - 0.5, color="#777777", linewidth=0.7)


def _finding(run: Run, shown: pd.DataFrame, language: str) -> str:
    """Return the title: the total, and what of it is saved and what is spent."""
    found = saved(run)
    parts = shown.loc[shown["part"] != TOTAL, "mean"]
    kind = {1: "saving", -1: "cost", 0: "unclear"}[found.sign]
    if standing(run) == ARTEFACT:
        kind = "artefact"
    policy = texts.name(run.document["policy"], language)
    if kind in ("saving", "cost"):
        policy = policy.capitalize()
    size = max(abs(found.mean), float(parts.abs().max()))
    values = {"mean": abs(found.mean), "saved": parts[parts > 0].sum(), "spent": -parts[parts < 0].sum()}
    words = {key: texts.sensible(value, language, size) for key, value in values.items()}
    return texts.text(f"parts_{kind}", language, policy=policy,
                      year=int(run.table("savings")["year"].max()), **words)  # fmt: skip
