"""The figure of the alderman's page: which phase-in period causes transition harm, by cut, preparation and
money."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.exploration import note
from scenarios.reporting.figures.style import BLUE, RED, SMALL, headline, new_figure, save
from scenarios.reporting.texts.phase_in import word

# Distinguishable in grey and by a mark in the cell.
LOOKS = {"free": (BLUE, "○"), "unsure": ("#dddddd", "?"), "harmed": (RED, "×")}
PALE = {"free": 0.25, "unsure": 1.0, "harmed": 0.85}
BASES = ("as_announced", "same_money")
GROUPS = ("people", "money")


def draw_phase_in(document: Mapping[str, Any], language: str, path: Path) -> Path:
    """Draw a panel for every preparation and basis, a cell for every cut and length; the table beside it."""
    panels = list(product(document["ahead"], BASES))
    figure = new_figure(max(6.5, 2.7 * len(panels)), 7.0)
    width = 0.9 / len(panels)
    for row, group in enumerate(GROUPS):
        for place, (ahead, basis) in enumerate(panels):
            axes = figure.add_axes((0.08 + place * width, 0.56 - 0.4 * row, width * 0.84, 0.27))
            _panel(axes, document, ahead, basis, group, language)
            if place == 0:
                axes.set_ylabel(f"{word(group, language)}\n{word('years', language)}", size=SMALL)
    _legend(figure, language)
    headline(figure, word("title", language))
    note(figure, document, language)
    return save(figure, table(document), path)


def table(document: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row per phase-in period and part: mean, interval, share of draws with a transition harm,
    verdict."""
    return pd.DataFrame(
        [
            {key: each[key] for key in ("cuts", "years", "ahead", "basis")} | {"part": name} | part
            for each in document["phase_ins"]
            for name, part in each["parts"].items()
        ]
    )


def _panel(
    axes: Any, document: Mapping[str, Any], ahead: float, basis: str, group: str, language: str
) -> None:
    """Draw the cells of one preparation and basis."""
    columns, rows = document["cuts"], document["years"]
    for each in document["phase_ins"]:
        if (each["ahead"], each["basis"]) != (ahead, basis):
            continue
        place = columns.index(each["cuts"]), rows.index(each["years"])
        colour, mark = LOOKS[each["verdicts"][group]]
        axes.fill_between([place[0], place[0] + 1], place[1], place[1] + 1, color=colour,
                          alpha=PALE[each["verdicts"][group]], edgecolor="white", linewidth=1.0)  # fmt: skip
        axes.text(place[0] + 0.5, place[1] + 0.5, mark, ha="center", va="center")
    axes.set_xlim(0, len(columns))
    axes.set_ylim(0, len(rows))
    axes.set_xticks(
        [number + 0.5 for number in range(len(columns))], [texts.share(each, language) for each in columns]
    )
    axes.set_yticks([number + 0.5 for number in range(len(rows))], [f"{each:g}" for each in rows])
    axes.set_xlabel(word("cut_axis", language), size=SMALL)
    key = {0.0: "not_ahead", 1.0: "ahead_one"}.get(ahead, "ahead")
    prepared = word(key, language, years=f"{ahead:g}")
    axes.set_title(f"{prepared},\n{word(basis, language)}", size=SMALL, loc="left")


def _legend(figure: Any, language: str) -> None:
    """Say what the marks mean."""
    told = [f"{LOOKS[key][1]} {word(each, language)}" for key, each in
            (("free", "free"), ("unsure", "unsure_cell"), ("harmed", "harmed"))]  # fmt: skip
    figure.text(0.08, 0.055, "    ".join(told), size=SMALL, va="bottom")
