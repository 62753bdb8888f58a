"""Who gains and who loses: by neighbourhood, income and household type."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.certainty import certain_sign, is_first_estimate
from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREY,
    SMALL,
    STYLE,
    Drawing,
    Sheet,
    label_ends,
    local_numbers,
    value_axis,
)
from scenarios.reporting.summary.outcomes import once_per_run
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.municipalities import with_ranks
from simulation.recording.arm_names import POLICY, POLICY_ARMS, REFERENCE
from simulation.recording.store import Run

MOST_PLACES = {False: 30, True: 15}  # beyond this, wide or narrow, neighbours in deprivation share a dot


@once_per_run
def table_behind(run: Run) -> pd.DataFrame:
    """Return per replication, arm, year and wijk the percentage of households in care, mean over the year.

    `rank` is the wijk's place by deprivation within its replication, 1 is the most deprived: over
    replications, wijken of one rank are compared, as one number may be another wijk in another replication.
    """
    monthly = run.table("monthly")
    months = monthly.groupby("year")["month"].nunique().rename("months_in_year")
    keys = ["replication", "arm", "year", "wijk", "deprivation"]
    wijken = run.table("wijken")[[*keys, "households", "households_in_care"]]
    wijken = wijken[wijken["arm"].isin(POLICY_ARMS)].join(months, on="year")
    household_months = wijken["households"] * wijken["months_in_year"]
    percent = 100.0 * wijken["households_in_care"] / household_months.clip(lower=1e-9)
    return with_ranks(wijken[[*keys, "households"]].assign(percent=percent))


def describe(run: Run, language: str) -> Drawing:
    """Return the figure of neighbourhoods."""
    behind = table_behind(run)
    transition = BASE_YEAR + month_number(run.document["transition"]) // MONTHS_PER_YEAR
    year = min(max(transition + 10, int(behind["year"].min())), int(behind["year"].max()))
    at = behind[behind["year"] == year]
    title, subtitle = _finding(run, at, year, language)
    return Drawing(
        "neighbourhoods", title, subtitle, texts.text("neighbourhoods_note", language),
        f"{title}. {subtitle}", behind, lambda sheet: _paint(sheet, at), (3.2, 3.4),
    )  # fmt: skip


def by_place(at: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the mean percentage per replication, arm and place; at most `most` places of equal size."""
    joined = -(-int(at["rank"].max()) // most)
    place = (at["rank"] - 1) // joined * joined + 1
    return at.assign(place=place).groupby(["arm", "replication", "place"], as_index=False)["percent"].mean()


def _paint(sheet: Sheet, at: pd.DataFrame) -> None:
    """Draw a dot with its interval per place and arm."""
    axes = sheet.figure.add_subplot(sheet.grid(left=0.4, right=1.0, bottom=0.6)[0])
    places = by_place(at, MOST_PLACES[sheet.narrow])
    step = float(np.diff(sorted(places["place"].unique())).min()) if places["place"].nunique() > 1 else 1.0
    ends = []
    for arm, beside, mark in ((REFERENCE, -0.13, "s"), (POLICY, 0.13, "o")):
        of_arm = places[places["arm"] == arm].groupby("place")["percent"]
        found = {place: interval(values) for place, values in of_arm}
        x = np.array(list(found)) + beside * step
        colour = STYLE[arm]["color"]
        axes.vlines(x, [each.low for each in found.values()], [each.high for each in found.values()],
                    color=colour, linewidth=3, alpha=0.35)  # fmt: skip
        means = [each.mean for each in found.values()]
        axes.plot(x, means, mark, color=colour, markersize=4.5,
                  markerfacecolor=colour if arm == POLICY else "white")  # fmt: skip
        name = texts.text("with_policy" if arm == POLICY else "without_policy", sheet.language)
        amount = texts.number(means[-1], sheet.language, 1)
        ends.append((float(places["place"].max()) + 0.4 * step, means[-1], f"{name} {amount}%", colour))
    axes.set_xlim(1 - 0.6 * step, float(places["place"].max()) + 0.6 * step)
    axes.margins(y=0.1)
    value_axis(axes, sheet.language, zero=False)
    _ranks(axes, places, sheet)
    label_ends(axes, ends)


def _ranks(axes: Any, places: pd.DataFrame, sheet: Sheet) -> None:
    """Write the ranks below the axis."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, steps=[1, 2, 5, 10]))
    axes.set_xlabel(texts.text("rank_axis", sheet.language), size=SMALL, color=GREY, labelpad=2)
    if places["place"].nunique() < 2:
        axes.set_xticks([1])


def _finding(run: Run, at: pd.DataFrame, year: int, language: str) -> tuple[str, str]:
    """Return title and subtitle: the gap between the most and least deprived fifths, with and without."""
    policy = texts.policy_of(run.document, language)
    if at["rank"].max() == 1:
        levels = at.groupby("arm")["percent"].mean()
        title = texts.text("neighbourhoods_alone", language, year=year, policy=policy,
                           before=texts.number(levels[REFERENCE], language, 1),
                           now=texts.number(levels[POLICY], language, 1))  # fmt: skip
        return title, ""
    gaps = {key: _gap(rows) for key, rows in at.groupby(["arm", "replication"], observed=True)}
    replications = sorted(set(at["replication"]))
    by_arm = {arm: np.array([gaps[arm, each] for each in replications]) for arm in POLICY_ARMS}
    found = interval(by_arm[POLICY] - by_arm[REFERENCE])
    kind = {1: "wider", -1: "narrower", 0: "unclear"}[found.sign]
    if is_first_estimate(found.count):
        kind = "first" if found.count > 1 else "one"
    if kind in ("wider", "narrower"):
        policy = texts.capital(policy)
    title = texts.text(f"neighbourhoods_{kind}", language, year=year, policy=policy,
                       before=texts.number(float(by_arm[REFERENCE].mean()), language, 1),
                       now=texts.number(float(by_arm[POLICY].mean()), language, 1))  # fmt: skip
    subtitle = texts.text("neighbourhoods_subtitle", language, year=year,
                          change=texts.change(found, language))  # fmt: skip
    return title, subtitle


def _gap(at: pd.DataFrame) -> float:
    """Return the difference in percentage points between the most and least deprived fifth of wijken."""
    ordered = at.sort_values("deprivation", ascending=False)["percent"].to_numpy()
    fifth = max(1, len(ordered) // 5)
    return float(ordered[:fifth].mean() - ordered[-fifth:].mean())


Named = Mapping[str, tuple[str, Interval]]


def describe_groups(found: Named, title: str, subtitle: str, note: str, axis: str) -> Drawing:
    """Return the figure of groups.

    Parameters
    ----------
    found : mapping of str to (str, Interval)
        By group: its name in the language, and the change in percent.
    title, subtitle, note : str
        As of every figure.
    axis : str
        Words below the axis.
    """
    rows = [(key, each.mean, each.low, each.high) for key, (_, each) in found.items()]
    behind = pd.DataFrame(rows, columns=["group", "mean", "low", "high"])
    height = 0.75 + 0.27 * len(found)
    return Drawing("groups", title, subtitle, note, f"{title}. {subtitle}", behind,
                   lambda sheet: _paint_groups(sheet, found, axis), (height, height))  # fmt: skip


def _paint_groups(sheet: Sheet, found: Named, axis: str) -> None:
    """Draw a dot with its interval per group around a line at zero, filled where it excludes zero.

    With too few replications no dot is filled.
    """
    axes: Any = sheet.figure.add_subplot(sheet.grid(left=1.75, right=0.2, top=0.1, bottom=0.62)[0])
    for place, (_, each) in enumerate(found.values()):
        certain = certain_sign(each)
        colour = BLUE if certain else GREY
        axes.plot([each.low, each.high], [place, place], color=colour, linewidth=5, alpha=0.4,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot([each.mean], [place], "o", color=colour, markersize=5.5,
                  markerfacecolor=colour if certain else "white")  # fmt: skip
    axes.axvline(0.0, color=BLACK, linewidth=1.1)
    axes.set_yticks(range(len(found)), [name for name, _ in found.values()])
    axes.tick_params(axis="y", length=0, labelcolor=BLACK)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color="#E1E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(axis, size=SMALL, color=GREY)
    local_numbers(axes.xaxis, sheet.language)
