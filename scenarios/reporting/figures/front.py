"""The figure of a robust search: the front over its objectives, and how it converged."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.exploration import note
from scenarios.reporting.figures.style import BLUE, ORANGE, SMALL, headline, local_numbers, new_figure, save
from scenarios.reporting.texts.exploration import word

UNIT_WIDTH = 22  # letters of a line below an axis


def draw_front(document: Mapping[str, Any], title: str, language: str, path: Path) -> Path:
    """Draw every policy of the front as a line over its objectives, with the hypervolume beside it."""
    rows = [row["objectives"] | row["levers"] for row in document["front"]]
    names = [each["name"] for each in document["objectives"]]
    table = pd.DataFrame(rows)
    figure = new_figure(10.5, 5.0)
    left, right = figure.add_axes((0.06, 0.22, 0.6, 0.5)), figure.add_axes((0.74, 0.22, 0.24, 0.5))
    _front(left, table[names].to_numpy(), document, language)
    _grows(right, document["hypervolume"], language)
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
            told = texts.sensible(end, language, max(abs(ends[0]), abs(ends[1])))
            axes.text(place, height, told, ha="center", va=align, size=SMALL)
        axes.axvline(place, color="#cccccc", linewidth=0.8, zorder=0)
    labels = [
        f"{each['name']}\n{fill(each['unit'][language], UNIT_WIDTH)}" for each in document["objectives"]
    ]
    axes.set_xticks(range(len(labels)), labels, size=SMALL - 2)
    axes.tick_params(axis="x", pad=16)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_title(word("front", language), size=SMALL, loc="left", pad=16)


def _grows(axes: Any, shares: list[float], language: str) -> None:
    """Draw the hypervolume over the generations."""
    axes.plot(range(1, len(shares) + 1), shares, color=ORANGE, marker="o", markersize=4)
    axes.set_ylim(0.0, 1.05)
    axes.set_xlabel(word("generation", language))
    axes.set_title(word("hypervolume", language), size=SMALL, loc="left", pad=16)
    local_numbers(axes.xaxis, language)
    local_numbers(axes.yaxis, language)
