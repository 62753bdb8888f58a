"""Fans of the model: a forecast, and the back-test from 2017 with what happened and two simple forecasts."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREEN,
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
        The image; the table behind it stands next to it.
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
    _note(figure, _missed(document, language))
    return save(figure, shown.sort_values(["measure", "year"]), into / f"fans_{policy}_{language}.png")


def draw_wijken(document: Mapping[str, Any], wijken: pd.DataFrame, into: Path, language: str) -> Path:
    """Draw the last year by wijk under the current policy, and return the path of the image."""
    last = document["last_year"]
    of_last_year = wijken[(wijken["year"] == last) & (wijken["policy"] == REFERENCE)]
    names = list(dict.fromkeys(of_last_year["measure"]))
    figure = new_figure(14.0, 8.4)
    grid = figure.add_gridspec(2, 2, left=0.06, right=0.985, bottom=0.13, top=0.87, hspace=0.42, wspace=0.16)
    for place, measure in enumerate(names):
        axes = figure.add_subplot(grid[place // 2, place % 2])
        rows = of_last_year[of_last_year["measure"] == measure].sort_values(["deprivation", "wijk"])
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
    _note(figure, _missed(document, language))
    return save(figure, of_last_year, into / f"wijken_{language}.png")


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


def _missed(document: Mapping[str, Any], language: str) -> str:
    """Return by how much earlier forecasts missed."""
    return backtest_sentence(document["last_year"], language) or ""


def _note(figure: Any, words: str) -> None:
    """Write a note below a figure, wrapped to its width."""
    lines = textwrap.wrap(words, int(figure.get_figwidth() * 13))
    figure.text(0.015, 0.012, "\n".join(lines), size=SMALL, color="#333333", va="bottom")


# Panels, and the text that names each.
BACKTEST_PANELS = {
    "youth_share": "history_youth_share",
    "youth_users_index": "history_youth_users_index",
    "youth_spending": "history_youth_spending",
    "wmo_spending": "history_wmo_spending",
    "wmo_clients": "history_wmo_clients",
    "wmo_household_help": "history_wmo_household_help",
    "wmo_support": "history_wmo_support",
    "wmo_residence": "history_wmo_residence",
}
LINES = {"last_value": (RED, "--"), "trend": (GREEN, ":")}


def draw_backtest(result: Mapping[str, Any], into: Path, language: str) -> Path:
    """Draw the forecasts of every panel, and return the path of the image.

    Parameters
    ----------
    result : dict
        The content of backtest.json.
    into : Path
        Folder of the figure.
    language : str
        "en" or "nl".
    """
    into.mkdir(parents=True, exist_ok=True)
    figure = new_figure(14.0, 8.4)
    grid = figure.add_gridspec(
        2, ACROSS, left=0.045, right=0.985, bottom=0.14, top=0.81, hspace=0.4, wspace=0.26
    )
    for place, (series, title) in enumerate(BACKTEST_PANELS.items()):
        axes = figure.add_subplot(grid[place // ACROSS, place % ACROSS])
        _panel(axes, result, series, language)
        axes.set_title(texts.text(title, language).strip(), loc="left", weight="bold", size=SMALL)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower right", ncols=5, frameon=False, fontsize=SMALL,
                  bbox_to_anchor=(0.985, 0.055))  # fmt: skip
    headline(figure, title_of(result, language),
             texts.text("backtest_subtitle", language, draws=result["about"]["draws"]))  # fmt: skip
    about = result["about"]
    words = texts.text(
        "backtest_note", language, households=texts.number(about["households"], language),
        members=texts.number(about["members"], language), second=texts.number(about["second"], language),
        version=about["result_version"],
    )  # fmt: skip
    _note(figure, words)
    return save(figure, _behind(result), into / f"backtest_{language}.png")


def title_of(result: Mapping[str, Any], language: str) -> str:
    """Return the finding: how many figures lie in the interval, and its score compared with simple ones."""
    model = result["counted"]["model"]
    better = [kind for kind in LINES
              if result[f"beside_{kind}"]["model"]["winkler_percent"]
              < result[f"beside_{kind}"][kind]["winkler_percent"]]  # fmt: skip
    key = "both" if len(better) == len(LINES) else better[0] if better else "none"
    return texts.text(
        "backtest_title", language, inside=round(model["coverage_90"] * model["points"] / 100.0),
        points=model["points"], verdict=texts.text(f"backtest_better_{key}", language),
    )  # fmt: skip


def _panel(axes: Any, result: Mapping[str, Any], series: str, language: str) -> None:
    """Draw one panel."""
    rows = result["fans"][series]
    years = np.array([row["year"] for row in rows])
    model = [row["forecasts"]["model"] for row in rows]
    for level, dark in ((90, INTERVAL_ALPHA), (50, 2 * INTERVAL_ALPHA)):
        low, high = np.array([each[f"interval_{level}"] for each in model]).T
        axes.fill_between(years, low, high, color=BLUE, alpha=dark, linewidth=0)
    axes.plot(years, [each["median"] for each in model], color=BLUE, linewidth=1.8,
              label=texts.text("backtest_model", language))  # fmt: skip
    known = [(row["year"], row["known"]) for row in rows if row["known"] is not None]
    for kind, (colour, dashes) in LINES.items():
        later = [(row["year"], row["forecasts"][kind]["median"]) for row in rows if row["forecasts"][kind]]
        x, y = zip(*(known[-1:] + later), strict=True) if later else ((), ())
        axes.plot(x, y, color=colour, linestyle=dashes, linewidth=1.6,
                  label=texts.text(f"backtest_{kind}", language))  # fmt: skip
    axes.plot([x for x, _ in known], [y for _, y in known], "o", markersize=5.5, markerfacecolor="white",
              markeredgecolor=BLACK, label=texts.text("backtest_known", language))  # fmt: skip
    happened = [(row["year"], row["value"]) for row in result["rows"] if row["series"] == series]
    axes.plot([x for x, _ in happened], [y for _, y in happened], "o", markersize=5.5, color=BLACK,
              label=texts.text("backtest_happened", language))  # fmt: skip
    axes.axvline(2017.5, color="#777777", linewidth=0.8, linestyle=":")
    axes.set_xlim(years[0] - 0.4, years[-1] + 0.4)
    axes.set_xticks(years[::2])
    axes.set_ylim(bottom=0.0)
    local_numbers(axes.yaxis, language)


def _behind(result: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table behind the figure."""
    happened = {(row["series"], row["year"]): row["value"] for row in result["rows"]}
    return pd.DataFrame(
        [{"series": series, "year": row["year"], "known": row["known"],
          "happened": happened.get((series, row["year"])),
          "model": row["forecasts"]["model"]["median"],
          **{f"model_{level}_{end}": row["forecasts"]["model"][f"interval_{level}"][place]
             for level in (50, 90) for place, end in enumerate(("low", "high"))},
          **{kind: (row["forecasts"][kind] or {}).get("median") for kind in LINES}}
         for series in BACKTEST_PANELS for row in result["fans"][series]]
    )  # fmt: skip
