"""The figure of scenario discovery: a box over the ranges varied, and the peeling it was taken from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.exploration import note
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    ORANGE,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    on_two_lines,
    save,
)
from scenarios.reporting.texts.exploration import word

GREY = "#cccccc"


def draw_discovery(document: Mapping[str, Any], title: str, language: str, path: Path) -> Path:
    """Draw a box and its peeling trajectory, with the table of its limits beside it."""
    box = document["box"]
    ranges = {each["name"]: (each["low"], each["high"]) for each in document["factors"]}
    figure = new_figure(10.5, 4.6)
    left, right = figure.add_axes((0.3, 0.17, 0.3, 0.55)), figure.add_axes((0.7, 0.17, 0.28, 0.55))
    for place, limit in enumerate(reversed(box["limits"])):
        _limit(left, place, limit, *ranges[limit["factor"]], language)
    left.set_yticks(
        range(len(box["limits"])), [on_two_lines(limit["factor"]) for limit in reversed(box["limits"])]
    )
    left.set_ylim(-0.7, len(box["limits"]) - 0.3)
    left.set_xlim(-0.02, 1.02)
    left.set_xticks([])
    left.set_xlabel(word("range_varied", language))
    _trajectory(right, document, language)
    meaning = f"{document['meaning'][language]} ({document['unit'][language]})"
    headline(figure, title, meaning[0].upper() + meaning[1:])
    note(figure, document, language)
    return save(figure, pd.DataFrame(box["limits"]), path)


def _limit(
    axes: Any, place: int, limit: Mapping[str, Any], lowest: float, highest: float, language: str
) -> None:
    """Draw one restriction: the whole range thin, what is inside thick, with its ends and quasi-p values."""
    width = (highest - lowest) or 1.0
    low = lowest if limit["low"] is None else limit["low"]
    high = highest if limit["high"] is None else limit["high"]
    ends = (low - lowest) / width, (high - lowest) / width
    axes.plot([0, 1], [place, place], color=GREY, linewidth=2)
    axes.plot(ends, [place, place], color=BLUE, linewidth=7, solid_capstyle="butt")
    for side, end, align in (("low", ends[0], "left"), ("high", ends[1], "right")):
        if limit[side] is not None:
            told = f"{texts.sensible(limit[side], language, width)} (qp {limit[side + '_quasi_p']:.1g})"
            axes.text(end, place + 0.16, told, ha=align, va="bottom", size=SMALL)


def _trajectory(axes: Any, document: Mapping[str, Any], language: str) -> None:
    """Draw coverage against density along the peeling, the chosen box and the share of all cases."""
    steps = pd.DataFrame(document["box"]["trajectory"])
    axes.plot(
        100 * steps["coverage"], 100 * steps["density"], color=ORANGE, marker="o", markersize=4, linewidth=0.8
    )
    chosen = steps[steps["chosen"]]
    axes.plot(
        100 * chosen["coverage"],
        100 * chosen["density"],
        color=BLUE,
        marker="*",
        markersize=14,
        linestyle="",
        label=word("chosen", language),
    )
    axes.axhline(
        100 * document["hits"],
        color=BLACK,
        linestyle=":",
        linewidth=0.8,
        label=word("all_cases", language, share=texts.share(document["hits"], language)),
    )
    axes.set_xlabel(f"{word('coverage', language)} (%)")
    axes.set_ylabel(f"{word('density', language)} (%)")
    axes.set_title(word("trajectory", language), size=SMALL, loc="left")
    axes.legend(frameon=False, fontsize=SMALL)
    local_numbers(axes.xaxis, language)
    local_numbers(axes.yaxis, language)
