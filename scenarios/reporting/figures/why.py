"""Why the policy saves or costs money: a waterfall from own costs to the total, and the placebo checks."""

import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.certainty import is_first_estimate
from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREY,
    SMALL,
    Drawing,
    Sheet,
    local_numbers,
)
from scenarios.reporting.summary.outcomes import headline_status, once_per_run, remaining_saving
from scenarios.reporting.texts.story_words import listed
from simulation.finance.books import ITEMS
from simulation.months import month_number
from simulation.outcomes.derived import of_arm
from simulation.outcomes.headline import ARTEFACT, saved
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.savings import (
    BASES,
    CHANNELS_TABLE,
    inhabitants_at,
    open_care_per_inhabitant,
)
from simulation.recording.arm_names import FINDS_NOBODY, NO_EFFECT_POLICY, POLICY, SAME_STAFF
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
TOTAL, OPEN_CARE = "total", "open_care"
PLACEBOS = (FINDS_NOBODY, NO_EFFECT_POLICY, SAME_STAFF)
NARROW_CHARACTERS = 48  # of a name and its number next to each other on a telephone
LINE_OF_NAME = 0.38  # of the height of a row
STEP, SUM, BESIDE, CHECK = "step", "sum", "beside", "check"  # what a row of the figure is


@dataclass(frozen=True)
class Row:
    """A row of the figure: what it is, its name, and its mean with its interval."""

    kind: str
    name: str
    found: Interval


@once_per_run
def table_behind(run: Run) -> pd.DataFrame:
    """Return mean and interval of every part of the saving, by basis, and of what stands next to it."""
    rows = []
    for basis in BASES:
        parts = parts_by_replication(run, basis)
        for part in parts:
            found = interval(parts[part])
            rows.append((basis, part, found.mean, found.low, found.high))
    for row in _beside(run):
        rows.append(("municipality", row.name, row.found.mean, row.found.low, row.found.high))
    return pd.DataFrame(rows, columns=["basis", "part", "mean", "low", "high"])


@once_per_run
def parts_by_replication(run: Run, basis: str) -> pd.DataFrame:
    """Return cumulated savings per inhabitant: a row per replication, a column per part, the total last.

    The parts are channels where the run was decomposed by them, and else what was paid for.
    """
    monthly = run.table("monthly")
    inhabitants = inhabitants_at(monthly, month_number(run.document["transition"]))
    if CHANNELS_TABLE in run.tables:
        table = run.table(CHANNELS_TABLE)
        rows = table[(table["basis"] == basis) & table["in_total"].astype(bool)]
        names = list(dict.fromkeys(rows.sort_values("order")["channel"]))
        grouped = rows.pivot_table(index="replication", columns="channel", values="saving_eur", aggfunc="sum")
        inhabitants = inhabitants.loc[grouped.index]
    else:
        rows = of_arm(run.table("decomposition"), POLICY, basis)
        names = list(GROUPS)
        of_group = rows.groupby(["replication", rows["item"].map(GROUP_OF_ITEM)])["saving_eur"]
        grouped = of_group.sum().unstack(fill_value=0.0)
    parts = grouped.reindex(index=inhabitants.index, columns=names, fill_value=0.0).fillna(0.0)
    parts = parts.div(inhabitants, axis=0)
    return parts.assign(**{TOTAL: parts.sum(axis=1)})


@once_per_run
def _beside(run: Run) -> list[Row]:
    """Return what does not count as a saving, and what remains of it in the placebo checks."""
    start = month_number(run.document["transition"])
    still = open_care_per_inhabitant(run.table("monthly"), run.table("open_care"), start)
    rows = [Row(BESIDE, OPEN_CARE, interval(still))]
    for arm in (POLICY, *PLACEBOS):
        found = remaining_saving(run, arm)
        if found is None:
            return rows
        total = found.total
        # The interval of a check is a confidence interval of the mean, as its verdict is.
        sides = (float(total.low > 0.0), float(total.high < 0.0))
        rows.append(Row(CHECK, f"check_{arm}",
                        Interval(total.mean, total.low, total.high, *sides, 0.95, total.count)))  # fmt: skip
    return rows


def describe(run: Run, language: str) -> Drawing:
    """Return the figure of what a saving consists of."""
    parts = parts_by_replication(run, "municipality")
    kind = "channel" if CHANNELS_TABLE in run.tables else "part"
    steps = [
        Row(STEP, f"{kind}_{name}", interval(parts[name]))
        for name in parts
        if name != TOTAL and abs(parts[name].mean()) >= 0.005
    ]
    total = Row(SUM, f"part_{TOTAL}", interval(parts[TOTAL]))
    rows = [*steps, total, *_beside(run)]
    title = _finding(run, steps, language)
    phrases = [f"{texts.text(each.name, language)} {_number(each.found, language)}" for each in rows]
    count = run.document["replications"]
    subtitle = texts.text("parts_subtitle_one" if count < 2 else "parts_subtitle", language)
    lines = len(rows) + (1.3 if any(each.kind == CHECK for each in rows) else 0.0)
    return Drawing(
        "why", title, subtitle, _note(count, language),
        f"{title}. {listed(phrases, language)}.", table_behind(run),
        lambda sheet: _paint(sheet, rows, is_first_estimate(count)),
        (0.75 + 0.24 * lines, 0.75 + 0.43 * (lines + sum(_taller(row, language) for row in rows))),
    )  # fmt: skip


def _note(count: int, language: str) -> str:
    """Return how to read the figure: with too few replications no check has a filled dot."""
    key = "parts_note_first" if is_first_estimate(count) else "parts_note"
    return texts.text(key, language, replications=texts.replications(count, language))


def _number(found: Interval, language: str) -> str:
    """Return a mean with its interval."""
    words = texts.three(found.mean, found.low, found.high, language)
    return texts.text("parts_number" if found.count > 1 else "parts_one", language, **words)


def _wrapped(row: Row, language: str) -> str:
    """Return the name of a row, on more lines where it would run into its number on a telephone."""
    name, words = texts.text(row.name, language), _number(row.found, language)
    if len(name) + len(words) <= NARROW_CHARACTERS:
        return name
    return textwrap.fill(name, NARROW_CHARACTERS - len(words), break_long_words=False)


def _taller(row: Row, language: str) -> float:
    """Return how much higher a row is for the lines of its name after the first, in rows."""
    return LINE_OF_NAME * _wrapped(row, language).count("\n")


def _paint(sheet: Sheet, rows: list[Row], first: bool) -> None:
    """Draw every step from where those above it end, the total from zero, and below it what is next to it."""
    left, right = (0.1, 0.1) if sheet.narrow else (2.4, 1.8)
    axes = sheet.figure.add_subplot(sheet.grid(left=left, right=right, top=0.1, bottom=0.6)[0])
    axes.use_sticky_edges = False
    ends = _axis_ends(rows)
    taller = [_taller(row, sheet.language) if sheet.narrow else 0.0 for row in rows]
    reach, y, before = 0.0, 0.0, STEP
    for row, above, below in zip(rows, taller, [*taller[1:], 0.0], strict=True):
        y += above
        if row.kind == CHECK and before != CHECK:
            y += 1.3
            axes.annotate(texts.text("checks_head", sheet.language), (0.0, y - 1.0),
                          xycoords=axes.get_yaxis_transform(), xytext=(0 if sheet.narrow else -6, 0),
                          textcoords="offset points", size=SMALL, weight="bold", va="center",
                          ha="left" if sheet.narrow else "right", annotation_clip=False)  # fmt: skip
        begin = reach if row.kind == STEP else 0.0
        _row(axes, row, begin, y, ends, sheet, first)
        if row.kind == STEP:
            reach += row.found.mean
            axes.plot([reach, reach], [y, y + 1.2 + below], color=GREY, linewidth=0.7)
        before = row.kind
        y += 1.0
    axes.axvline(0.0, color=BLACK, linewidth=1.1)
    axes.set_ylim(y - 0.4, -0.9 if sheet.narrow else -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.04)
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.grid(axis="x", color="#E1E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    local_numbers(axes.xaxis, sheet.language)
    axes.set_xlabel(texts.text("parts_axis_narrow" if sheet.narrow else "parts_axis", sheet.language),
                    size=SMALL, color=GREY)  # fmt: skip


def _axis_ends(rows: list[Row]) -> tuple[float, float]:
    """Return how far the axis may go: half the width of all bars beyond them, on either side."""
    means = [row.found.mean for row in rows if row.kind == STEP]
    bars = [0.0, *np.cumsum(means), *(row.found.mean for row in rows if row.kind in (SUM, BESIDE))]
    room = 0.5 * (max(bars) - min(bars))
    return float(min(bars) - room), float(max(bars) + room)


def _interval(axes: Any, found: Interval, y: float, ends: tuple[float, float], **looks: Any) -> None:
    """Draw an interval; where it goes beyond the axis it is cut off, with an arrow head."""
    low, high = (float(np.clip(end, *ends)) for end in (found.low, found.high))
    axes.plot([low, high], [y, y], color=GREY, **looks)
    for end, mark, beyond in ((low, "<", found.low < ends[0]), (high, ">", found.high > ends[1])):
        if beyond:
            axes.plot([end], [y], mark, color=GREY, markersize=6.5, zorder=3)


def _row(
    axes: Any, row: Row, begin: float, y: float, ends: tuple[float, float], sheet: Sheet, first: bool
) -> None:
    """Draw a bar, or for a check a dot with its interval, with its name and numbers."""
    mean = row.found.mean
    if row.kind == CHECK:
        _interval(axes, row.found, y, ends, linewidth=4, alpha=0.45, solid_capstyle="butt")
        clear = row.found.sign != 0 and not first
        if ends[0] <= mean <= ends[1]:
            axes.plot([mean], [y], "o", color=BLACK if clear else GREY, markersize=4.5,
                      markerfacecolor=BLACK if clear else "white")  # fmt: skip
    else:
        looks = {
            STEP: {"facecolor": BLUE if mean >= 0.0 else "#9AA5AF", "edgecolor": "white"},
            SUM: {"facecolor": BLACK, "edgecolor": BLACK},
            BESIDE: {"facecolor": "white", "edgecolor": GREY, "hatch": "////"},
        }[row.kind]
        axes.barh(y, mean, left=begin, height=0.42 if sheet.narrow else 0.6, linewidth=0.6, **looks)
        if row.kind == SUM and row.found.count > 1:
            _interval(axes, row.found, y, ends, linewidth=2.0, alpha=0.8)
    weight = "bold" if row.kind == SUM else "normal"
    name, words = texts.text(row.name, sheet.language), _number(row.found, sheet.language)
    if sheet.narrow:
        above = y - 0.42
        over = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # no line shines through the words
        middle = above - _taller(row, sheet.language) / 2
        axes.text(0.0, middle, _wrapped(row, sheet.language), size=SMALL, weight=weight, va="center",
                  bbox=over, transform=axes.get_yaxis_transform())  # fmt: skip
        axes.text(1.0, above, words, size=SMALL, weight=weight, va="center", ha="right", bbox=over,
                  transform=axes.get_yaxis_transform())  # fmt: skip
        return
    axes.annotate(name, (0.0, y), xycoords=axes.get_yaxis_transform(), xytext=(-6, 0),
                  textcoords="offset points", size=SMALL, weight=weight, va="center", ha="right",
                  annotation_clip=False)  # fmt: skip
    axes.annotate(words, (1.0, y), xycoords=axes.get_yaxis_transform(), xytext=(6, 0),
                  textcoords="offset points", size=SMALL, weight=weight, va="center",
                  annotation_clip=False)  # fmt: skip


def _finding(run: Run, steps: list[Row], language: str) -> str:
    """Return the title: the total, and what of it is saved and what is spent."""
    found = saved(run)
    means = np.array([each.found.mean for each in steps] or [0.0])
    kind = {1: "saving", -1: "cost", 0: "unclear"}[found.sign]
    if headline_status(run) == ARTEFACT:
        kind = "artefact"
    if is_first_estimate(found.count):
        kind = "first_saving" if found.mean >= 0.0 else "first_cost"
    policy = texts.policy_of(run.document, language)
    if kind in ("saving", "cost"):
        policy = texts.capital(policy)
    size = max(abs(found.mean), float(np.abs(means).max()))
    values = {"mean": abs(found.mean), "saved": means[means > 0].sum(), "spent": -means[means < 0].sum()}
    words = {key: texts.sensible(value, language, size) for key, value in values.items()}
    return texts.text(f"parts_{kind}", language, policy=policy,
                      year=int(run.table("savings")["year"].max()), **words)  # fmt: skip
