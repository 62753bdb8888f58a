"""Who gains and who loses: the change in problems by income, household type and neighbourhood."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREY,
    SMALL,
    Drawing,
    Sheet,
    local_numbers,
)
from simulation.outcomes.intervals import Interval

Named = Mapping[str, tuple[str, Interval]]


def describe(found: Named, title: str, subtitle: str, note: str, axis: str) -> Drawing:
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
                   lambda sheet: _paint(sheet, found, axis), (height, height))  # fmt: skip


def _paint(sheet: Sheet, found: Named, axis: str) -> None:
    """Draw a dot with its interval per group around a line at zero, filled where it excludes zero."""
    axes: Any = sheet.figure.add_subplot(sheet.grid(left=1.75, right=0.2, top=0.1, bottom=0.62)[0])
    for place, (_, each) in enumerate(found.values()):
        colour = BLUE if each.sign else GREY
        axes.plot([each.low, each.high], [place, place], color=colour, linewidth=5, alpha=0.4,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot([each.mean], [place], "o", color=colour, markersize=5.5,
                  markerfacecolor=colour if each.sign else "white")  # fmt: skip
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
