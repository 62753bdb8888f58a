"""The fans of a forecast: one image per policy, and one of the wijken in the last year."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    INTERVAL_ALPHA,
    RED,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.texts.forecast import said
from simulation.recording.arm_names import REFERENCE

PANELS = ("youth_users", "wmo_users", "debt_users", "cost_youth", "cost_wmo", "result", "waiting_youth",
          "waiting_wmo", "waiting_teams", "team_staff", "team_staff_needed", "provider_staff")  # fmt: skip
ACROSS = 4
LONGEST_TITLE = 40  # characters above a panel
COUNTED_ALIKE = "same"
POOLED = "all"


def draw_fans(
    document: Mapping[str, Any], table: pd.DataFrame, policy: str, into: Path, language: str
) -> Path:
    """Draw the fans of a policy, and return the path of the image.

    Parameters
    ----------
    document : mapping
        What describes the forecast.
    table : DataFrame
        Fans by year, measure, policy and scenario of the grants.
    policy : str
        Whose fans are drawn; those of an alternative begin where the history of the reference ends.
    into : Path
        Folder of the image.
    language : str
        "en" or "nl".

    Returns
    -------
    Path
        The image; the table behind it stands beside it.
    """
    pooled = table[(table["grants"] == POOLED) & table["measure"].isin(PANELS)]
    reference = pooled[pooled["policy"] == REFERENCE]
    known = reference[reference["year"] <= document["known_until"]]
    shown = reference if policy == REFERENCE else pd.concat([known, pooled[pooled["policy"] == policy]])
    figure = new_figure(15.0, 10.4)
    grid = figure.add_gridspec(3, ACROSS, left=0.05, right=0.985, bottom=0.1, top=0.89, hspace=0.48,
                               wspace=0.28)  # fmt: skip
    for place, measure in enumerate(PANELS):
        axes = figure.add_subplot(grid[place // ACROSS, place % ACROSS])
        rows = shown[shown["measure"] == measure].sort_values("year")
        _fan(axes, rows)
        _points(axes, reference[reference["measure"] == measure])
        if policy != REFERENCE:
            current = reference[(reference["measure"] == measure)
                                & (reference["year"] >= document["known_until"])]  # fmt: skip
            axes.plot(current["year"], current["median"], color=RED, linestyle="--", linewidth=1.5,
                      label=said("figure_current", language))  # fmt: skip
        axes.axvline(document["known_until"] + 0.5, color="#777777", linewidth=0.8, linestyle=":")
        if measure != "result":
            axes.set_ylim(bottom=0.0)
        _labels(axes, rows, measure, language)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    if handles:
        figure.legend(handles, labels, loc="lower right", frameon=False, fontsize=SMALL,
                      bbox_to_anchor=(0.985, 0.045))  # fmt: skip
    name = document["policies"][policy][language]
    if policy == REFERENCE:
        name = said("one_policy", language)
    headline(
        figure,
        said("figure_title", language, municipality=texts.place(document["municipality"], language),
             last=document["last_year"], policy=name),
        said("figure_subtitle", language, values=document["replications"] * len(document["grants"])),
    )  # fmt: skip
    _note(figure, document, language)
    return save(figure, shown.sort_values(["measure", "year"]), into / f"fans_{policy}_{language}.png")


def draw_wijken(document: Mapping[str, Any], wijken: pd.DataFrame, into: Path, language: str) -> Path:
    """Draw the last year by wijk under the current policy, and return the path of the image."""
    last = document["last_year"]
    here = wijken[(wijken["year"] == last) & (wijken["policy"] == REFERENCE)]
    names = list(dict.fromkeys(here["measure"]))
    figure = new_figure(14.0, 8.4)
    grid = figure.add_gridspec(2, 2, left=0.06, right=0.985, bottom=0.13, top=0.87, hspace=0.42, wspace=0.16)
    for place, measure in enumerate(names):
        axes = figure.add_subplot(grid[place // 2, place % 2])
        rows = here[here["measure"] == measure].sort_values(["deprivation", "wijk"])
        spots = range(len(rows))
        axes.vlines(spots, rows["p5"], rows["p95"], color=BLUE, linewidth=1.2)
        axes.vlines(spots, rows["p25"], rows["p75"], color=BLUE, linewidth=4.0, alpha=0.6)
        axes.plot(spots, rows["median"], "o", color=BLACK, markersize=4)
        axes.set_ylim(bottom=0.0)
        axes.set_title(said(measure, language), loc="left", weight="bold", size=SMALL)
        axes.set_ylabel(said(rows["unit"].iloc[0], language), size=SMALL)
        axes.set_xticks(list(spots), [str(each) for each in rows["wijk"]], size=SMALL - 1)
        axes.set_xlabel(said("wijk", language), size=SMALL)
        local_numbers(axes.yaxis, language)
    place_name = texts.place(document["municipality"], language)
    headline(figure, said("figure_wijken", language, municipality=place_name, last=last),
             said("figure_wijken_subtitle", language))  # fmt: skip
    _note(figure, document, language)
    return save(figure, here, into / f"wijken_{language}.png")


def _fan(axes: Any, rows: pd.DataFrame) -> None:
    """Draw the median between the bands of 50% and 90%."""
    for low, high, dark in (("p5", "p95", INTERVAL_ALPHA), ("p25", "p75", 2 * INTERVAL_ALPHA)):
        axes.fill_between(rows["year"], rows[low], rows[high], color=BLUE, alpha=dark, linewidth=0)
    axes.plot(rows["year"], rows["median"], color=BLUE, linewidth=1.8)


def _points(axes: Any, rows: pd.DataFrame) -> None:
    """Draw what was registered; filled where it counts as the model does."""
    rows = rows[rows["registered"].notna()]
    alike = rows["registered_counts"] == COUNTED_ALIKE
    for chosen, face in ((rows[alike], BLACK), (rows[~alike], "white")):
        axes.plot(chosen["year"], chosen["registered"], "o", markersize=5.0, markerfacecolor=face,
                  markeredgecolor=BLACK)  # fmt: skip


def _labels(axes: Any, rows: pd.DataFrame, measure: str, language: str) -> None:
    title = "\n".join(textwrap.wrap(said(measure, language), LONGEST_TITLE))
    axes.set_title(title, loc="left", weight="bold", size=SMALL)
    if len(rows):
        axes.set_ylabel(said(rows["unit"].iloc[0], language), size=SMALL - 1)
        first, last = int(rows["year"].min()), int(rows["year"].max())
        axes.set_xticks(range(first, last + 1, max(1, (last - first) // 5)))
    local_numbers(axes.yaxis, language)


def _note(figure: Any, document: Mapping[str, Any], language: str) -> None:
    """Write below a figure by how much earlier forecasts missed."""
    missed = backtest_sentence(document["last_year"], language) or ""
    lines = textwrap.wrap(missed, int(figure.get_figwidth() * 13))
    figure.text(0.015, 0.012, "\n".join(lines), size=SMALL, color="#333333", va="bottom")
