"""Heatmaps of the flagship study: narrow enough for phones, readable in grey, uncertain cells hatched."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.analysis.flagship.findings import EMULATED, HARM, PLANES, STEPS
from scenarios.analysis.flagship.points import KINDS
from scenarios.reporting.figures.style import BLACK, SMALL, headline, new_figure, save
from scenarios.reporting.texts import LANGUAGES, capital, number, share
from scenarios.reporting.texts.flagship import word
from scenarios.studies.engines import TEN_YEARS

# A single-hue scale of decreasing lightness, so that a grey print keeps the order.
COLOURS = ("#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b")
DARK = 0.55  # share of the scale from which figures are written in white
WIDTH, HEIGHT = 5.2, 10.6
PERCENT = ("signalling", "cut")


@dataclass(frozen=True)
class Title:
    """File name, finding and explanation of a map."""

    name: str
    map: str
    outcome: str
    title: str
    subtitle: str


def titles(document: Mapping[str, Any], language: str) -> list[Title]:
    """Return the title of every map: how many cells are lower, higher or inconclusive."""
    found = []
    for what in PLANES:
        for outcome in (HARM,) if what == "harm" else EMULATED[what]:
            about = document["outcomes"][outcome.removesuffix(TEN_YEARS)]
            cells = [each for each in document["maps"] if (each["map"], each["outcome"]) == (what, outcome)]
            # A cell that is its own comparison is zero by definition and is not counted.
            counted = [each for each in cells if not each["compared"]]
            less = sum(each["certain"] and each["mean"] < 0.0 for each in counted)
            more = sum(each["certain"] and each["mean"] > 0.0 for each in counted)
            meaning = about["meaning"][language]
            title = word("map_title", language, outcome=capital(meaning), less=less,
                         more=more, open=len(counted) - less - more, all=len(counted))  # fmt: skip
            explained = word(f"map_{what}", language)
            unit = about["unit"][language]
            subtitle = word("map_of", language, map=capital(explained),
                            unit=capital(unit))  # fmt: skip
            found.append(Title(f"{what}_{outcome}", what, outcome, title, subtitle))
    return found


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw all maps in both languages, each with its table."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for each in titles(document, language):
            _draw_map(document, each, language, folder / f"{each.name}_{language}.csv")


def _draw_map(document: Mapping[str, Any], about: Title, language: str, path: Path) -> Path:
    """Draw a panel for each kind of town, one below the other."""
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    cells = [
        each for each in document["maps"] if (each["map"], each["outcome"]) == (about.map, about.outcome)
    ]
    figure = new_figure(WIDTH, HEIGHT)
    low, high = min(each["mean"] for each in cells), max(each["mean"] for each in cells)
    scale = Normalize(low, high if high > low else low + 1.0)
    colours = LinearSegmentedColormap.from_list("lightness", COLOURS)
    for place, kind in enumerate(KINDS):
        axes = figure.add_axes((0.15, 0.64 - 0.285 * place, 0.82, 0.2))
        of_kind = [each for each in cells if each["kind"] == kind]
        _panel(axes, of_kind, about.map, scale, colours, language)
        title = word(kind, language)
        axes.set_title(capital(title), size=SMALL + 1, loc="left")
    headline(figure, about.title, f"{about.subtitle} {word('hatched', language).capitalize()}.")
    note = (
        f"{word('version', language)} {document['result_version']}; {number(document['runs'], language)} runs"
    )
    figure.text(0.015, 0.005, note, size=SMALL - 1, color="#333333", va="bottom")
    return save(figure, pd.DataFrame(cells), path)


def _panel(
    axes: Any, cells: list[dict[str, Any]], what: str, scale: Any, colours: Any, language: str
) -> None:
    """Draw the cells of one kind of town, each with its number; hatched where the interval covers zero."""
    from matplotlib.patches import Rectangle

    across, up = PLANES[what]
    columns, rows = STEPS[across], STEPS[up]
    found = {(each[across], each[up]): each for each in cells}
    largest = max(abs(each["mean"]) for each in cells)
    decimals = 0 if largest >= 10.0 else 1
    for (place, x), (row, y) in product(enumerate(columns), enumerate(rows)):
        each = found[x, y]
        shade = float(scale(each["mean"]))
        hatch = None if each["certain"] or each["compared"] else "////"
        axes.add_patch(Rectangle((place, row), 1, 1, facecolor=colours(shade), edgecolor="#888888",
                                 hatch=hatch, linewidth=0.5))  # fmt: skip
        told = "0" if each["compared"] else number(each["mean"], language, decimals, sign=True)
        back = {"facecolor": colours(shade), "edgecolor": "none", "pad": 0.8}
        axes.text(place + 0.5, row + 0.5, told, ha="center", va="center", size=SMALL - 1,
                  color="white" if shade > DARK else BLACK, bbox=back)  # fmt: skip
    axes.set_xlim(0, len(columns))
    axes.set_ylim(0, len(rows))
    axes.set_xticks([place + 0.5 for place in range(len(columns))], _ticks(across, language))
    axes.set_yticks([place + 0.5 for place in range(len(rows))], _ticks(up, language))
    axes.set_xlabel(word(f"axis_{across}", language), size=SMALL)
    axes.set_ylabel(word(f"axis_{up}", language), size=SMALL)


def _ticks(lever: str, language: str) -> list[str]:
    """Return the values of a lever as axis labels."""
    if lever in PERCENT:
        return [share(value, language) for value in STEPS[lever]]
    return [number(value, language, 1 if lever == "team" else 0) for value in STEPS[lever]]
