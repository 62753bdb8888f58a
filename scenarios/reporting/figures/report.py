"""Three plain figures for the report, narrow enough for a telephone, in the style of all figures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures import landing as figure_landing
from scenarios.reporting.figures import savings as figure_savings
from scenarios.reporting.figures.style import (
    BLACK,
    INTERVAL_ALPHA,
    STYLE,
    YELLOW,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.report.sentences import LESS, MORE, reading
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.intervals import Interval
from simulation.outcomes.savings import BASES
from simulation.recording.store import Run

WIDTH = 5.6
HATCHES = {"municipality": None, "all_payers": "///", "budget": None, "care_needed": "///"}


def savings(run: Run, folder: Path, language: str) -> Path:
    """Draw cumulated savings of the municipality and of all payers."""
    behind = figure_savings.table_behind(run)
    figure = new_figure(WIDTH, 3.4)
    axes = figure.add_axes((0.13, 0.1, 0.84, 0.74))
    column = "cumulated_eur_per_inhabitant"
    for basis in BASES:
        rows = behind[behind["basis"] == basis]
        bounds = rows[f"{column}_low"], rows[f"{column}_high"]
        _line(axes, rows["year"], rows[column], bounds, basis, language)
    axes.axhline(0.0, color=BLACK, linewidth=0.8)
    axes.set_title(texts.text("saving_cumulated", language).replace("\n", " "), loc="left", pad=24)
    _finish(axes, language)
    return save(figure, behind, folder / f"report_savings_{language}")


def landing(run: Run, folder: Path, language: str) -> Path:
    """Draw budget and care still needed with the two phase-in periods, one above the other."""
    behind = figure_landing.table_behind(run)
    touchdown = BASE_YEAR + month_number(run.document["transition"]) / MONTHS_PER_YEAR
    figure = new_figure(WIDTH, 5.2)
    above = figure.subplots(2, 1, sharex=True, sharey=True, gridspec_kw={
        "left": 0.13, "right": 0.97, "top": 0.86, "bottom": 0.07, "hspace": 0.28})  # fmt: skip
    for axes, (arm, key) in zip(above, figure_landing.PHASE_INS.items(), strict=True):
        for line in figure_landing.LINES:
            rows = behind[(behind["phase_in"] == arm) & (behind["what"] == line)]
            rows = rows[rows["year"] >= int(touchdown)]
            _line(axes, rows["year"], rows["mean"], (rows["low"], rows["high"]), line, language)
        years = run.document[key]
        _runway(axes, touchdown - 0.5, figure_landing.AS_HAPPENED_YEARS if years is None else years)
        axes.set_title(_phase_in_title(years, language), loc="left", weight="bold")
        axes.margins(y=0.25)
        _finish(axes, language, 1.1 if arm == "reference" else None)
    figure.text(0.01, 0.985, texts.text("million_axis", language).replace("\n", ", "), va="top")
    return save(figure, behind, folder / f"report_landing_{language}")


def groups(
    found: Mapping[str, Interval], names: Sequence[str], axis: str, folder: Path, language: str
) -> Path:
    """Draw a dot with its interval per group around a line at zero.

    Parameters
    ----------
    found : mapping from name to Interval
        Change per group.
    names : sequence of str
        Their names in the language, in the same order.
    axis : str
        Name of the horizontal axis.
    folder, language
        As of the other figures.
    """
    rows = [(key, each.mean, each.low, each.high) for key, each in found.items()]
    behind = pd.DataFrame(rows, columns=["group", "mean", "low", "high"])
    height = 0.7 + 0.3 * len(names)
    figure = new_figure(WIDTH, height)
    axes = figure.add_axes((0.4, 0.5 / height, 0.57, 0.97 - 0.5 / height))
    for place, each in enumerate(found.values()):
        sure = reading(each, language) in (MORE, LESS)
        colour = BLACK if sure else "#777777"
        axes.plot([each.low, each.high], [place, place], color=colour, linewidth=5, alpha=0.35,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot([each.mean], [place], "o", color=colour, markersize=6,
                  markerfacecolor=colour if sure else "white")  # fmt: skip
    axes.axvline(0.0, color=BLACK, linewidth=0.8)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlabel(axis)
    local_numbers(axes.xaxis, language)
    return save(figure, behind, folder / f"report_groups_{language}")


def _line(axes: Any, x: Any, y: Any, bounds: tuple[Any, Any], name: str, language: str) -> None:
    """Draw one line with its interval and its name for the legend."""
    style = {key: value for key, value in STYLE[name].items() if key != "marker"}
    axes.fill_between(
        x, *bounds, color=style["color"], alpha=INTERVAL_ALPHA, hatch=HATCHES[name], linewidth=0
    )
    label = texts.text(name, language).split("\n")[0]
    axes.plot(x, y, linewidth=2.0, label=label, **style)


def _runway(axes: Any, touchdown: float, years: float) -> None:
    """Draw the phase-in period on the ground: striped for its length, a single mark when there is none."""
    blended = axes.get_xaxis_transform()
    if years <= 0.0:
        axes.plot([touchdown], [0.04], marker="v", color=BLACK, markersize=9, transform=blended)
        return
    axes.fill_between([touchdown, touchdown + years], 0.0, 0.06, transform=blended, facecolor=YELLOW,
                      edgecolor=BLACK, hatch="||", linewidth=0.8)  # fmt: skip


def _phase_in_title(years: float | None, language: str) -> str:
    """Return the length of a phase-in period in words and metres."""
    length = figure_landing.AS_HAPPENED_YEARS if years is None else years
    metres = texts.number(length * figure_landing.METRES_PER_YEAR, language)
    return texts.text("phase_in_title", language, years=texts.phase_in_words(years, language), metres=metres)


def _finish(axes: Any, language: str, above: float | None = 1.0) -> None:
    """Write numbers in the language's format, whole years, and the legend at a height above the axes."""
    local_numbers(axes.yaxis, language)
    low, high = (round(each) for each in axes.dataLim.intervalx)
    axes.set_xticks(range(low, high + 1, 1 + (high - low) // 8))
    if above is not None:
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, above), ncols=2, frameon=False, handlelength=3.2,
                    borderaxespad=0.2)  # fmt: skip
