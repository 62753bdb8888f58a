"""What figures of explorations share, and the figure of a sensitivity analysis."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    ORANGE,
    PURPLE,
    RED,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    on_two_lines,
    save,
)
from scenarios.reporting.texts.exploration import word

MARKS = {"lever": (BLUE, "o"), "unknown": (ORANGE, "s"), "random_seed": (BLACK, "D")}
LINES = ((BLUE, "-"), (RED, "--"), (GREEN, "-."), (PURPLE, ":"), (BLACK, "-"))
SHOWN = 12


def note(figure: Any, about: Mapping[str, Any], language: str) -> None:
    """Write what was run below a figure, wrapped to its width."""
    words = word(
        "footnote", language, municipality=texts.place(about["municipality"], language),
        households=texts.number(about["households"], language), cases=texts.number(about["cases"], language),
        runs=texts.number(about["runs"], language), version=about["result_version"],
    )  # fmt: skip
    lines = fill(words, int(figure.get_figwidth() * 14.4))
    figure.text(0.015, 0.1 / figure.get_figheight(), lines, size=SMALL, color="#333333", va="bottom")


def draw_sensitivity(
    document: Mapping[str, Any], outcome: Mapping[str, Any], title: str, language: str, path: Path
) -> Path:
    """Draw the leading factors with their intervals, and how these narrowed; the table stands next to it."""
    method, kinds = (
        document["method"],
        {each["name"]: each["kind"].split()[0] for each in document["factors"]},
    )
    rows = outcome["indices"][:SHOWN]
    figure = new_figure(10.5, 6.6)
    left, right = figure.add_axes((0.3, 0.27, 0.33, 0.44)), figure.add_axes((0.71, 0.27, 0.27, 0.44))
    for place, row in enumerate(reversed(rows)):
        colour, mark = MARKS[kinds[row["factor"]]]
        width = [[row["importance"] - row["low"]], [row["high"] - row["importance"]]]
        left.errorbar(row["importance"], place, xerr=width, color=colour, marker=mark, markersize=5,
                      linestyle="", elinewidth=1.4)  # fmt: skip
        if "first" in row:
            left.plot(row["first"], place, marker="|", markersize=11, color=colour)
    left.set_yticks(range(len(rows)), [on_two_lines(row["factor"]) for row in reversed(rows)])
    left.axvline(0.0, color=BLACK, linewidth=0.6)
    left.set_xlabel(word(f"importance_{method}", language, unit=outcome["unit"][language]), wrap=True)
    local_numbers(left.xaxis, language)
    _legend(left, method, language)
    _draw_convergence(right, outcome["convergence"], [row["factor"] for row in rows], language)
    right.set_xlabel(word(f"samples_{method}", language))
    right.set_title(word("convergence", language), size=SMALL, loc="left")
    meaning = outcome["meaning"][language]
    headline(figure, title, meaning[0].upper() + meaning[1:])
    note(figure, document, language)
    return save(figure, pd.DataFrame(outcome["indices"]), path)


def _legend(axes: Any, method: str, language: str) -> None:
    """Say which mark is a lever, an unknown, the random seed."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=colour, marker=mark, linestyle="", label=word(kind, language))
        for kind, (colour, mark) in MARKS.items()
    ]
    if method == "sobol":
        handles.append(Line2D([], [], color=BLACK, marker="|", linestyle="", label=word("first", language)))
    axes.legend(handles=handles, frameon=False, fontsize=SMALL, loc="lower right")


def _draw_convergence(
    axes: Any, steps: Sequence[Mapping[str, Any]], names: Sequence[str], language: str
) -> None:
    """Draw the leading factors' indices over the number of samples, with their intervals."""
    table = pd.DataFrame(steps)
    for name, (colour, dashes) in zip(names, LINES, strict=False):
        rows = table[table["factor"] == name].sort_values("samples")
        axes.plot(rows["samples"], rows["importance"], color=colour, linestyle=dashes, marker=".", label=name)
        axes.fill_between(rows["samples"], rows["low"], rows["high"], color=colour, alpha=0.1, linewidth=0)
    axes.set_xticks(sorted(table["samples"].unique()))
    # Below the axes: inside them the names would cover the lines.
    axes.legend(frameon=False, fontsize=SMALL - 1, loc="upper left", bbox_to_anchor=(-0.22, -0.17))
    local_numbers(axes.yaxis, language)
    axes.set_ylim(bottom=0.0)


# The figure of scenario discovery: a box over the ranges varied, and the peeling it was taken from.

GREY = "#cccccc"


def draw_discovery(document: Mapping[str, Any], title: str, language: str, path: Path) -> Path:
    """Draw a box and its peeling trajectory, with the table of its limits next to it."""
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
            label = f"{texts.sensible(limit[side], language, width)} (qp {limit[side + '_quasi_p']:.1g})"
            axes.text(end, place + 0.16, label, ha=align, va="bottom", size=SMALL)


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


# The figure of a robust search: the front over its objectives, and how it converged.

UNIT_WIDTH = 22  # letters of a line below an axis


def draw_front(document: Mapping[str, Any], title: str, language: str, path: Path) -> Path:
    """Draw every policy of the front as a line over its objectives, with the hypervolume next to it."""
    rows = [row["objectives"] | row["levers"] for row in document["front"]]
    names = [each["name"] for each in document["objectives"]]
    table = pd.DataFrame(rows)
    figure = new_figure(10.5, 5.0)
    left, right = figure.add_axes((0.06, 0.22, 0.6, 0.5)), figure.add_axes((0.74, 0.22, 0.24, 0.5))
    _front(left, table[names].to_numpy(), document, language)
    _draw_growth(right, document["hypervolume"], language)
    headline(figure, title)
    note(figure, document, language)
    return save(figure, table, path)


def _front(axes: Any, values: np.ndarray, document: Mapping[str, Any], language: str) -> None:
    """Draw the front; every objective from the best of the front (below) to its worst."""
    signs = np.array([-1.0 if each["more_is_better"] else 1.0 for each in document["objectives"]])
    low, high = (values * signs).min(axis=0), (values * signs).max(axis=0)
    placed = (values * signs - low) / np.where(high > low, high - low, 1.0)
    for row in placed:
        axes.plot(range(len(row)), row, color=BLUE, alpha=0.35, linewidth=1.0, marker=".")
    for place in range(len(signs)):
        ends = (low[place] * signs[place], high[place] * signs[place])
        for height, end, align in ((-0.08, ends[0], "top"), (1.03, ends[1], "bottom")):
            label = texts.sensible(end, language, max(abs(ends[0]), abs(ends[1])))
            axes.text(place, height, label, ha="center", va=align, size=SMALL)
        axes.axvline(place, color="#cccccc", linewidth=0.8, zorder=0)
    labels = [
        f"{each['name']}\n{fill(each['unit'][language], UNIT_WIDTH)}" for each in document["objectives"]
    ]
    axes.set_xticks(range(len(labels)), labels, size=SMALL - 2)
    axes.tick_params(axis="x", pad=16)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_title(word("front", language), size=SMALL, loc="left", pad=16)


def _draw_growth(axes: Any, shares: list[float], language: str) -> None:
    """Draw the hypervolume over the generations."""
    axes.plot(range(1, len(shares) + 1), shares, color=ORANGE, marker="o", markersize=4)
    axes.set_ylim(0.0, 1.05)
    axes.set_xlabel(word("generation", language))
    axes.set_title(word("hypervolume", language), size=SMALL, loc="left", pad=16)
    local_numbers(axes.xaxis, language)
    local_numbers(axes.yaxis, language)
