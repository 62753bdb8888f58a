"""What figures of explorations share, and the figure of a sensitivity analysis."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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

MARKS = {"lever": (BLUE, "o"), "unknown": (ORANGE, "s"), "luck": (BLACK, "D")}
LINES = ((BLUE, "-"), (RED, "--"), (GREEN, "-."), (PURPLE, ":"), (BLACK, "-"))
SHOWN = 12


def note(figure: Any, about: Mapping[str, Any], language: str) -> None:
    """Write what was run below a figure."""
    words = word(
        "footnote", language, municipality=texts.place(about["municipality"], language),
        households=texts.number(about["households"], language), cases=texts.number(about["cases"], language),
        runs=texts.number(about["runs"], language), version=about["model_version"],
    )  # fmt: skip
    figure.text(0.015, 0.1 / figure.get_figheight(), words, size=SMALL, color="#333333", va="bottom")


def draw_sensitivity(
    document: Mapping[str, Any], outcome: Mapping[str, Any], title: str, language: str, path: Path
) -> Path:
    """Draw the leading factors with their intervals, and how these narrowed; the table stands beside it."""
    method, kinds = (
        document["method"],
        {each["name"]: each["kind"].split()[0] for each in document["factors"]},
    )
    rows = outcome["indices"][:SHOWN]
    figure = new_figure(10.5, 5.2)
    left, right = figure.add_axes((0.3, 0.2, 0.33, 0.56)), figure.add_axes((0.71, 0.2, 0.27, 0.56))
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
    _converges(right, outcome["convergence"], [row["factor"] for row in rows], language)
    right.set_xlabel(word(f"samples_{method}", language))
    right.set_title(word("convergence", language), size=SMALL, loc="left")
    meaning = outcome["meaning"][language]
    headline(figure, title, meaning[0].upper() + meaning[1:])
    note(figure, document, language)
    return save(figure, pd.DataFrame(outcome["indices"]), path)


def _legend(axes: Any, method: str, language: str) -> None:
    """Say which mark is a lever, an unknown, luck."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=colour, marker=mark, linestyle="", label=word(kind, language))
        for kind, (colour, mark) in MARKS.items()
    ]
    if method == "sobol":
        handles.append(Line2D([], [], color=BLACK, marker="|", linestyle="", label=word("first", language)))
    axes.legend(handles=handles, frameon=False, fontsize=SMALL, loc="lower right")


def _converges(axes: Any, steps: Sequence[Mapping[str, Any]], names: Sequence[str], language: str) -> None:
    """Draw the leading factors' indices over the number of samples, with their intervals."""
    table = pd.DataFrame(steps)
    for name, (colour, dashes) in zip(names, LINES, strict=False):
        rows = table[table["factor"] == name].sort_values("samples")
        axes.plot(rows["samples"], rows["importance"], color=colour, linestyle=dashes, marker=".", label=name)
        axes.fill_between(rows["samples"], rows["low"], rows["high"], color=colour, alpha=0.1, linewidth=0)
    axes.set_xticks(sorted(table["samples"].unique()))
    axes.legend(frameon=False, fontsize=SMALL - 2, loc="upper right")
    local_numbers(axes.yaxis, language)
    axes.set_ylim(bottom=0.0)
