"""The landing: the descent of the budget against the care still needed, on two phase-in periods, with
transition harms."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    INTERVAL_ALPHA,
    SMALL,
    STYLE,
    YELLOW,
    footnote,
    headline,
    label_ends,
    local_numbers,
    new_figure,
    save,
)
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.derived import HARM_PARTS
from simulation.outcomes.intervals import Interval, interval, mean_and_interval
from simulation.outcomes.savings import arm_grid
from simulation.recording.store import Run

AS_HAPPENED_YEARS = 3.0  # the last step of the cut came in its third year
METRES_PER_YEAR = 600  # 3,000 m stands for five years, 1,500 m for two and a half
LINES = {"budget": "grant_eur", "care_needed": "municipal_cost_eur"}
PHASE_INS = {"reference": "landing_years", "long_phase_in": "long_years"}
BASES = ("as_announced", "same_money")


def table_behind(run: Run) -> pd.DataFrame:
    """Return budget and care still needed per phase-in period and year, and the transition harms under
    them."""
    rows = []
    for arm in PHASE_INS:
        for line, column in LINES.items():
            grid = arm_grid(run.table("monthly"), arm, column)
            years = pd.Index(BASE_YEAR + grid.columns.to_numpy() // MONTHS_PER_YEAR, name="year")
            per_year = (grid.T.groupby(years).sum() / 1e6).T
            mean, low, high = mean_and_interval(per_year.to_numpy())
            named = {"phase_in": arm, "what": line, "unit": "million euro of 2015"}
            rows.append(
                pd.DataFrame({**named, "year": per_year.columns, "mean": mean, "low": low, "high": high})
            )
    for (basis, part, unit), of_part in run.table("transition_harms").groupby(
        ["basis", "part", "unit"], sort=False
    ):
        found = interval(of_part["value"])
        rows.append(
            pd.DataFrame([{"phase_in": basis, "what": part, "unit": unit, "mean": found.mean,
            "low": found.low,
                           "high": found.high}])
        )  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def draw(run: Run, folder: Path, language: str) -> Path:
    """Draw landing.png and return its path."""
    behind = table_behind(run)
    figure = new_figure(11.5, 10.4)
    above = figure.add_gridspec(1, 2, left=0.07, right=0.88, bottom=0.53, top=0.82, wspace=0.42)
    left = figure.add_subplot(above[0])
    panels = (left, figure.add_subplot(above[1], sharey=left))
    for axes, (arm, key) in zip(panels, PHASE_INS.items(), strict=True):
        _phase_in(axes, behind[behind["phase_in"] == arm], run, run.document[key], language)
    panels[0].set_ylabel(texts.text("million_axis", language))
    _transition_harms(figure.add_axes((0.015, 0.075, 0.97, 0.39)), run, language)
    headline(figure, *_finding(run, language))
    notes = " ".join(texts.text(key, language) for key in ("landing_note", "reserve_note", "shaded"))
    footnote(figure, run, language, notes)
    return save(figure, behind, folder / "landing")


def _touchdown(run: Run) -> float:
    """Return the transition as a year with its fraction."""
    return BASE_YEAR + month_number(run.document["transition"]) / MONTHS_PER_YEAR


def _phase_in(axes: Any, behind: pd.DataFrame, run: Run, years: float | None, language: str) -> None:
    """Draw one phase-in period: the runway, the budget that descends on it, and the care still needed."""
    touchdown = _touchdown(run)
    ends = []
    for line in LINES:
        rows, style = behind[behind["what"] == line], STYLE[line]
        rows = rows[rows["year"] >= np.floor(touchdown)]
        x = rows["year"].to_numpy() + 0.5
        axes.fill_between(
            x, rows["low"], rows["high"], color=style["color"], alpha=INTERVAL_ALPHA, linewidth=0
        )
        axes.plot(x, rows["mean"], linewidth=2, **style)
        ends.append((x[-1], rows["mean"].iloc[-1], texts.text(line, language), style["color"]))
    axes.margins(y=0.2)
    last = float(behind["year"].max()) + 1.0
    axes.set_xlim(np.floor(touchdown) - 0.5, last)
    _runway(axes, touchdown, AS_HAPPENED_YEARS if years is None else years, language)
    phase_in = texts.phase_in_words(years, language)
    metres = texts.number((AS_HAPPENED_YEARS if years is None else years) * METRES_PER_YEAR, language)
    axes.set_title(
        texts.text("phase_in_title", language, years=phase_in, metres=metres), weight="bold", pad=30
    )
    axes.set_xlabel(texts.text("year_axis", language))
    local_numbers(axes.yaxis, language)
    above = axes.secondary_xaxis(
        "top",
        functions=(lambda x: (x - touchdown) * METRES_PER_YEAR, lambda x: x / METRES_PER_YEAR + touchdown),
    )
    above.set_xticks([0, 1500, 3000, 4800, 6000, 9000])
    local_numbers(above.xaxis, language)
    above.tick_params(labelsize=SMALL)
    above.set_xlabel(texts.text("metre_axis", language), size=SMALL)
    label_ends(axes, ends)


def _runway(axes: Any, touchdown: float, years: float, language: str) -> None:
    """Draw the phase-in period on the ground: striped for its length, a single mark when there is none."""
    blended = axes.get_xaxis_transform()
    axes.axvline(touchdown, color=BLACK, linewidth=0.9, linestyle=":")
    if years <= 0.0:
        axes.plot([touchdown], [0.03], marker="v", color=BLACK, markersize=8, transform=blended)
        return
    end = min(touchdown + years, axes.get_xlim()[1])
    axes.fill_between([touchdown, end], 0.0, 0.055, transform=blended, facecolor=YELLOW, edgecolor=BLACK,
                      hatch="||", linewidth=0.8)  # fmt: skip


def _found(run: Run) -> dict[tuple[str, str], Interval]:
    """Return the interval of every part on both bases."""
    table = run.table("transition_harms")
    return {key: interval(of_part["value"]) for key, of_part in table.groupby(["basis", "part"])}


def written(part: str, found: Interval, language: str) -> str:
    """Return mean and interval of one part of the transition harms, shares of the budget as percentages."""
    factor = 100.0 if part == "own_payments_share" else 1.0
    words = texts.three(factor * found.mean, factor * found.low, factor * found.high, language)
    return "{mean}  [{low}; {high}]".format(**words) if found.count > 1 else words["mean"]


def _transition_harms(axes: Any, run: Run, language: str) -> None:
    """Write the table of transition harms, with bold where the interval lies on one side of zero."""
    axes.axis("off")
    found = _found(run)
    height = 1.0 / (len(HARM_PARTS) + 1.5)
    columns = (0.0, 0.36, 0.70)
    places = ((columns[1], 0.30), (columns[2], 0.30))
    axes.text(0.0, 1.0, texts.text("harm_column", language), weight="bold", size=SMALL + 1)
    for basis, (x, width) in zip(BASES, places, strict=True):
        axes.text(x + width / 2, 1.0, texts.text(basis, language), weight="bold", size=SMALL + 1, ha="center")
    for row, part in enumerate(HARM_PARTS, start=1):
        y = 1.0 - row * height
        unit = texts.text(f"unit_{part}", language)
        axes.text(0.0, y, f"{texts.text(part, language)} ({unit})" if unit else texts.text(part, language),
                  size=SMALL)  # fmt: skip
        for basis, (x, width) in zip(BASES, places, strict=True):
            _part(axes, found[basis, part], written(part, found[basis, part], language), x, y, width, height)
        if row % 2:
            axes.axhspan(y - 0.3 * height, y + 0.7 * height, color="#F2F2F2", zorder=0)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(1.0 - (len(HARM_PARTS) + 0.5) * height, 1.0 + height)


def _part(axes: Any, found: Interval, words: str, x: float, y: float, width: float, height: float) -> None:
    """Draw one cell: its interval around zero as a small bar, and the numbers beside it."""
    middle, half = x + 0.065, 0.055
    size = max(abs(found.low), abs(found.high), abs(found.mean), 1e-12)
    colour = STYLE["care_needed"]["color"] if found.sign > 0 else STYLE["budget"]["color"]
    colour = colour if found.sign else "#777777"
    centre = y + 0.2 * height
    axes.plot([middle, middle], [y - 0.2 * height, y + 0.6 * height], color=BLACK, linewidth=0.7)
    axes.plot([middle + half * found.low / size, middle + half * found.high / size], [centre, centre],
              color=colour, linewidth=4, solid_capstyle="butt", alpha=0.6)  # fmt: skip
    axes.plot([middle + half * found.mean / size], [centre], "o", color=colour, markersize=4)
    axes.text(x + width - 0.005, y, words, size=SMALL, ha="right", weight="bold" if found.sign else "normal")


def _finding(run: Run, language: str) -> tuple[str, str]:
    """Return title and subtitle: own payments with the short phase-in period beyond the long one."""
    found = _found(run)
    announced, same = (found[basis, "own_payments"] for basis in BASES)
    kind = {1: "higher", -1: "lower", 0: "unclear" if announced.count > 1 else "one"}[announced.sign]
    short = texts.phase_in_words(run.document["landing_years"], language)
    mean = texts.sensible(abs(announced.mean), language)
    title = texts.text(f"landing_{kind}", language, short=short, mean=mean,
                       long=texts.number(run.document["long_years"], language))  # fmt: skip
    sentences = [
        texts.text(key, language, change=texts.change(each, language, texts.text("euro", language)))
        for key, each in (("as_announced_interval", announced), ("on_same_money", same))
    ]  # fmt: skip
    return title, ". ".join(sentences) + "."
