"""The back-test: the fan of the model from 2017, what happened, and two simple forecasts."""

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

# Panels, and the text that names each.
PANELS = {
    "youth_share": "history_youth_share",
    "youth_users_index": "history_youth_users_index",
    "youth_spending": "history_youth_spending",
    "wmo_spending": "history_wmo_spending",
    "wmo_clients": "history_wmo_clients",
    "wmo_household_help": "history_wmo_household_help",
    "wmo_support": "history_wmo_support",
    "wmo_residence": "history_wmo_residence",
}
ACROSS = 4
LINES = {"last_value": (RED, "--"), "trend": (GREEN, ":")}


def draw_backtest(told: Mapping[str, Any], into: Path, language: str) -> Path:
    """Draw the forecasts of every panel, and return the path of the image.

    Parameters
    ----------
    told : dict
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
    for place, (series, title) in enumerate(PANELS.items()):
        axes = figure.add_subplot(grid[place // ACROSS, place % ACROSS])
        _panel(axes, told, series, language)
        axes.set_title(texts.text(title, language).strip(), loc="left", weight="bold", size=SMALL)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower right", ncols=5, frameon=False, fontsize=SMALL,
                  bbox_to_anchor=(0.985, 0.055))  # fmt: skip
    headline(figure, title_of(told, language),
             texts.text("backtest_subtitle", language, draws=told["about"]["draws"]))  # fmt: skip
    about = told["about"]
    words = texts.text(
        "backtest_note", language, households=texts.number(about["households"], language),
        members=about["members"], second=about["second"], version=about["result_version"],
    )  # fmt: skip
    figure.text(0.015, 0.012, words, size=SMALL, color="#333333")
    return save(figure, _behind(told), into / f"backtest_{language}.png")


def title_of(told: Mapping[str, Any], language: str) -> str:
    """Return the finding: how many figures lie in the interval, and what its score is beside simple ones."""
    model = told["counted"]["model"]
    better = [kind for kind in LINES
              if told[f"beside_{kind}"]["model"]["winkler_percent"]
              < told[f"beside_{kind}"][kind]["winkler_percent"]]  # fmt: skip
    key = "both" if len(better) == len(LINES) else better[0] if better else "none"
    return texts.text(
        "backtest_title", language, inside=round(model["coverage_90"] * model["points"] / 100.0),
        points=model["points"], verdict=texts.text(f"backtest_better_{key}", language),
    )  # fmt: skip


def _panel(axes: Any, told: Mapping[str, Any], series: str, language: str) -> None:
    """Draw one panel."""
    rows = told["fans"][series]
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
    happened = [(row["year"], row["value"]) for row in told["rows"] if row["series"] == series]
    axes.plot([x for x, _ in happened], [y for _, y in happened], "o", markersize=5.5, color=BLACK,
              label=texts.text("backtest_happened", language))  # fmt: skip
    axes.axvline(2017.5, color="#777777", linewidth=0.8, linestyle=":")
    axes.set_xlim(years[0] - 0.4, years[-1] + 0.4)
    axes.set_xticks(years[::2])
    axes.set_ylim(bottom=0.0)
    local_numbers(axes.yaxis, language)


def _behind(told: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table behind the figure."""
    happened = {(row["series"], row["year"]): row["value"] for row in told["rows"]}
    return pd.DataFrame(
        [{"series": series, "year": row["year"], "known": row["known"],
          "happened": happened.get((series, row["year"])),
          "model": row["forecasts"]["model"]["median"],
          **{f"model_{level}_{end}": row["forecasts"]["model"][f"interval_{level}"][place]
             for level in (50, 90) for place, end in enumerate(("low", "high"))},
          **{kind: (row["forecasts"][kind] or {}).get("median") for kind in LINES}}
         for series in PANELS for row in told["fans"][series]]
    )  # fmt: skip
