"""What the figures of the page are made of: lines with bands, axes, the strip, tables."""

from typing import Any

import numpy as np

from scenarios.apps.dashboard.measures import Band
from scenarios.apps.dashboard.words import word
from scenarios.reporting.figures.style import BLACK, YELLOW

Figure = dict[str, Any]


def with_band(
    years: np.ndarray,
    values: Band,
    look: dict[str, Any],
    name: str,
    mode: str,
    mark: str = "circle",
    band: bool = True,
) -> list[dict[str, Any]]:
    """Return a line with the band around it."""
    line = {"x": plain(years), "y": plain(values.mean), "mode": mode, "line": look, "name": name}
    line["marker"] = {"symbol": mark, "size": 7, "color": look["color"]}
    if not band or np.array_equal(values.low, values.high):
        return [line]
    around = {
        "x": [*plain(years), *plain(years[::-1])],
        "y": [*plain(values.high), *plain(values.low[::-1])],
        "fill": "toself", "fillcolor": pale(look["color"], 0.18), "line": {"width": 0},
        "hoverinfo": "skip", "showlegend": False, "mode": "lines",
    }  # fmt: skip
    return [around, line]


def axes(language: str, across: str, up: str) -> dict[str, Any]:
    """Return what all figures with axes share."""
    axis = {"gridcolor": "#E5E5E5", "zeroline": False, "automargin": True, "linecolor": "#666666"}
    return {
        "xaxis": axis | {"title": {"text": across}},
        "yaxis": axis | {"title": {"text": up}},
        "separators": ",." if language == "nl" else ".,",
        "margin": {"l": 56, "r": 16, "t": 36, "b": 48},
        "legend": {"orientation": "h", "y": -0.26, "yanchor": "top", "x": 0},
        "height": 400,
        "hovermode": "closest",
        "font": {"size": 13},
    }


def runway(start: float, years: float) -> dict[str, Any]:
    """Return the strip on the ground; overnight it is a line."""
    long = max(years, 0.06)
    colour = YELLOW if years else BLACK
    return {
        "type": "rect", "xref": "x", "yref": "paper", "x0": start, "x1": start + long, "y0": 0.0, "y1": 0.05,
        "fillcolor": colour, "line": {"color": BLACK, "width": 1},
    }  # fmt: skip


def figure(
    name: str, title: str, alt: str, traces: list[Any], layout: dict[str, Any], table: dict[str, Any]
) -> Figure:
    """Return one figure: what it is called, drawn and told, and the table behind it."""
    return {"id": name, "title": title, "alt": alt, "traces": traces, "layout": layout, "table": table}


def table_by_year(years: np.ndarray, bands: list[Band], columns: list[str], digits: int) -> dict[str, Any]:
    """Return a table with a row per year; three columns per band."""
    rows = []
    for row, year in enumerate(years):
        cells = [rounded(side[row], 4) for each in bands for side in (each.mean, each.low, each.high)]
        rows.append([int(year), *cells])
    return {"columns": columns, "rows": rows, "digits": digits}


def sides(language: str) -> list[str]:
    """Return the names of the two sides of a band."""
    return [f"{word(side, language)} ({word('band', language)})" for side in ("low", "high")]


def cut(values: Band, shown: np.ndarray) -> Band:
    """Return a band in some of its years."""
    return Band(values.mean[shown], values.low[shown], values.high[shown])


def plain(values: np.ndarray) -> list[float | None]:
    """Return plain numbers; what is not there is None, as JSON has no other word for it."""
    return [None if value != value else rounded(value, 4) for value in np.asarray(values).tolist()]


def rounded(value: float, decimals: int) -> float:
    """Return a rounded number; there is no minus zero."""
    return round(float(value), decimals) + 0.0


def pale(colour: str, strength: float = 0.35) -> str:
    """Return a colour with transparency.

    Examples
    --------
    >>> pale("#0072B2", 0.2)
    'rgba(0,114,178,0.2)'
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"
