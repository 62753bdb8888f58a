"""The figures of the page, as plain descriptions that the browser draws, each with its table.

Colours are the project's; every line differs by dash and mark too, for grey print and the colour-blind.
"""

import re
from math import ceil, inf, sqrt
from typing import Any

import numpy as np

from agents.vocabulary import KINDS
from scenarios.apps.dashboard.comparison import (
    TILES,
    Compared,
    level_in_words,
    own_name,
    policy_name,
    readings,
    turned,
)
from scenarios.apps.dashboard.measures import (
    FIRST,
    SAME,
    IntervalSeries,
    Replications,
    direction_of,
    moving,
)
from scenarios.apps.dashboard.state import State
from scenarios.apps.dashboard.words import care_word, word
from scenarios.common.certainty import ENOUGH
from scenarios.reporting import texts
from scenarios.reporting.figures.flows import LOOKS, chained
from simulation.outcomes.intervals import interval, mean_and_interval
from simulation.recording.tallies import STATES

# What the figures of the page are made of: lines with intervals, axes, the runway, tables.

Figure = dict[str, Any]
INK, GREY_INK, GREY, PALE, WASH = "#17212b", "#45525f", "#9aa6b0", "#e1e7eb", "#f3f6f8"
BLUE, ORANGE, GREEN, PURPLE, DARK = "#0a5c99", "#b34700", "#00705c", "#7b3f8c", "#0a4b78"
LAST_KNOWN = 2022  # last year of the figures that the model is held against


def with_interval(
    years: np.ndarray,
    values: IntervalSeries,
    look: dict[str, Any],
    name: str,
    mode: str,
    mark: str = "circle",
    shaded: bool = True,
    unit: str = "",
) -> list[dict[str, Any]]:
    """Return a line with the interval around it; where it has a unit, a pointer reads its values."""
    line = {"x": plain(years), "y": plain(values.mean), "mode": mode, "line": look, "name": name}
    line |= (
        {"hovertemplate": f"%{{x}}: %{{y:,.1f}} {unit}<extra>{name}</extra>"}
        if unit
        else {"hoverinfo": "name"}
    )
    line["marker"] = {"symbol": mark, "size": 7, "color": look["color"]}
    if not shaded or np.array_equal(values.low, values.high):
        return [line]
    around = {
        "x": [*plain(years), *plain(years[::-1])],
        "y": [*plain(values.high), *plain(values.low[::-1])],
        "fill": "toself", "fillcolor": pale(look["color"], 0.18), "line": {"width": 0},
        "hoverinfo": "skip", "showlegend": False, "mode": "lines",
    }  # fmt: skip
    return [around, line]


def axes(language: str) -> dict[str, Any]:
    """Return what all figures with axes share: a pale grid, no legend, no titles along the axes."""
    axis = {"gridcolor": PALE, "zeroline": False, "automargin": True, "linecolor": PALE, "tickcolor": PALE,
            "tickfont": {"color": GREY_INK}, "fixedrange": True}  # fmt: skip
    return {
        "xaxis": dict(axis) | {"showgrid": False},
        "yaxis": dict(axis) | {"nticks": 6, "tickformat": ","},
        "separators": ",." if language == "nl" else ".,",
        "margin": {"l": 44, "r": 78, "t": 14, "b": 34},
        "showlegend": False,
        "height": 340,
        "hovermode": "closest",
        "shapes": [],
        "annotations": [],
    }


ON_A_LINE = {"bgcolor": "#ffffff", "borderpad": 0}  # a text that may stand on a line covers it


def note(x: float, y: float, text: str, **more: Any) -> dict[str, Any]:
    """Return a text in a figure, to the right of where it stands unless told otherwise."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", **more}


def end_labels(ends: list[tuple[float, float, str, str]], reach: tuple[float, float]) -> list[dict[str, Any]]:
    """Return a label at the end of every line, moved apart where two would overlap.

    Parameters
    ----------
    ends : list of (x, y, text, colour)
        Where lines end.
    reach : tuple of float
        Ends of the vertical axis.
    """
    least = 0.075 * (reach[1] - reach[0])
    labels, last = [], -inf
    for x, y, text, colour in sorted(ends, key=lambda each: each[1]):
        last = max(y, last + least)
        labels.append(note(x, last, text, xshift=6, font={"color": colour}))
    return labels


def room_for(labels: list[dict[str, Any]]) -> int:
    """Return the right margin in pixels that labels at the ends of lines need."""
    return 12 + 10 * max(len(re.sub("<.*?>", "", each["text"])) for each in labels)


def end_text(letter: str, value: float, language: str) -> str:
    """Return what stands at the end of a line: which it is, where there are more, and its last value."""
    return f"<b>{letter.upper()} {texts.sensible(value, language, sign=True)}</b>".replace("<b> ", "<b>")


def known_and_projected(layout: dict[str, Any], language: str) -> None:
    """Mark in a figure over the years what is known and what is projected."""
    layout["shapes"] += [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": LAST_KNOWN + 0.5,
            "x1": 2029.4,
            "y0": 0,
            "y1": 1,
            "fillcolor": WASH,
            "line": {"width": 0},
            "layer": "below",
        },
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": LAST_KNOWN + 0.5,
            "x1": LAST_KNOWN + 0.5,
            "y0": 0,
            "y1": 1,
            "line": {"color": GREY_INK, "width": 1, "dash": "dot"},
        },
    ]
    grey = {"yref": "paper", "yanchor": "top", "font": {"color": GREY_INK}}
    layout["annotations"] += [
        note(LAST_KNOWN + 0.5, 1, word("known", language), xanchor="right", xshift=-4, **grey),
        note(LAST_KNOWN + 0.5, 1, word("projection", language), xshift=4, **grey),
    ]


def sides_of_zero(layout: dict[str, Any], up: str, down: str, at: float) -> None:
    """Say in a figure which side of zero is which, and draw the line of zero."""
    layout["shapes"].append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0,
                             "line": {"color": INK, "width": 1.2}, "layer": "below"})  # fmt: skip
    for text, end, anchor, shift in ((f"\u2191 {up}", 1, "top", -18), (f"\u2193 {down}", 0, "bottom", 0)):
        layout["annotations"].append(
            note(at, end, text, yref="paper", yanchor=anchor, yshift=shift, font={"color": GREY_INK})
        )


def figure(
    name: str, place: str, title: str, sub: str, alt: str, traces: list[Any], layout: dict[str, Any],
    table: dict[str, Any],
) -> Figure:  # fmt: skip
    """Return one figure: where it stands, what it finds, shows and is told as, and the table behind it."""
    return {"id": name, "place": place, "title": title, "sub": sub, "alt": alt, "traces": traces,
            "layout": layout, "table": table, "marks": ""}  # fmt: skip


def table_by_year(
    years: np.ndarray, intervals: list[IntervalSeries], columns: list[str], digits: int
) -> dict[str, Any]:
    """Return a table with a row per year; three columns per interval."""
    rows = []
    for row, year in enumerate(years):
        cells = [rounded(side[row], 4) for each in intervals for side in (each.mean, each.low, each.high)]
        rows.append([int(year), *cells])
    return {"columns": columns, "rows": rows, "digits": digits}


def sides(language: str) -> list[str]:
    """Return the names of the two sides of an interval."""
    return [f"{word(side, language)} ({word('interval', language)})" for side in ("low", "high")]


def cut(values: IntervalSeries, shown: np.ndarray) -> IntervalSeries:
    """Return an interval in some of its years."""
    return IntervalSeries(values.mean[shown], values.low[shown], values.high[shown])


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


LINES = {
    "a": (BLUE, "solid", "circle"),
    "b": (ORANGE, "dash", "square"),
    "c": (GREEN, "dot", "diamond"),
    "d": (PURPLE, "dashdot", "triangle-up"),
}
FLOW_YEARS = 5
Found = dict[str, Replications]


def figures_of(state: State, found: Found, compared: Compared, marks: str) -> list[Figure]:
    """Return every figure of the page, but those that are simulated only where somebody looks.

    Parameters
    ----------
    state : State
        What is shown.
    found : dict of str to Replications
        Outcomes by policy, each with the reference that has its own landing.
    compared : dict of str to Replications
        Outcomes by policy, all with one reference.
    marks : str
        What the figures rest on, such as "10% sample, 4 replications"; written in every one.
    """
    chosen = found[state.look]
    own = {state.look: chosen}
    figures = [_savings(state, own, True, "money"), _savings(state, own, False, "money")]
    figures += [_waiting(state, own), _kinds(state, chosen), _flows(state, chosen), _wijken(state, chosen)]
    figures += [_dots(state, compared, tile) for tile in TILES]
    figures.append(_savings(state, compared, True, "curve"))
    for each in figures:
        each["marks"] = " ".join([f"{marks}.", *each.pop("notes", ())])
    return figures


def interval_words(count: int, language: str) -> str:
    """Return what is shaded, as far as there is an interval."""
    return word("shaded_interval" if count >= ENOUGH else "no_interval", language)


def _savings(state: State, found: Found, cumulated: bool, place: str) -> Figure:
    """Return savings by year of every policy, with intervals."""
    language, payer = state.language, state.payer
    some = next(iter(found.values()))
    # The intervals of several policies would lie over one another; they stand in the table.
    shaded = some.count >= ENOUGH and len(found) == 1
    first = min(replications.first_saving_year() for replications in found.values())
    traces, intervals, columns = [], [], [word("year", language)]
    unit = word("euro_cumulated" if cumulated else "euro_axis", language)
    for letter, replications in found.items():
        colour, dash, mark = LINES[letter]
        saved = cut(replications.saved(payer, cumulated), replications.years >= first)
        look = {"color": colour, "dash": dash, "width": 2.6}
        name = policy_name(state, letter)
        mode = "lines" if cumulated else "lines+markers"
        shown_years = replications.years[replications.years >= first]
        traces += with_interval(shown_years, saved, look, name, mode, mark, shaded, unit)
        intervals.append(saved)
        columns += [f"{name} ({unit})", *sides(language)]
    years = some.years[some.years >= first]
    layout = axes(language)
    lows = min(0.0, *(each.low.min() if shaded else each.mean.min() for each in intervals))
    highs = max(0.0, *(each.high.max() if shaded else each.mean.max() for each in intervals))
    margin = max(1.0, 0.14 * (highs - lows))
    reach = (float(lows - margin), float(highs + margin))
    layout["yaxis"]["range"] = list(reach)
    layout["xaxis"] |= {"range": [float(first) - 0.4, 2029.4], "dtick": 3, "tick0": 2014}
    known_and_projected(layout, language)
    sides_of_zero(layout, word("saves", language), word("costs_more", language), float(first) - 0.3)
    labels = end_labels(
        [
            (
                2029.4,
                float(each.mean[-1]),
                end_text(letter if len(found) > 1 else "", float(each.mean[-1]), language),
                LINES[letter][0],
            )
            for letter, each in zip(found, intervals, strict=True)
        ],
        reach,
    )
    layout["annotations"] += labels
    layout["margin"]["r"] = max(layout["margin"]["r"], room_for(labels))
    payers = word(payer, language)
    reference = word("sub_common" if place == "curve" else "sub_own", language)
    sub = word(
        "savings_sub",
        language,
        unit=unit,
        payer=payers,
        reference=reference,
        interval=word("interval_in_table", language)
        if len(found) > 1
        else interval_words(some.count, language),
    )
    if place == "curve":
        title = word("curve_title", language)
    else:
        title = _finding(some, payer, language) if cumulated else word("savings_per_year", language)
    name = "curve" if place == "curve" else "savings-cumulated" if cumulated else "savings-yearly"
    table = table_by_year(years, intervals, columns, 2)
    notes = [word("open_care_note", language)]
    drawn = figure(name, place, title, sub, word("savings_alt", language), traces, layout, table)
    return drawn | {"notes": notes}


def _finding(replications: Replications, payer: str, language: str) -> str:
    """Return what the curve says: saved, spent or inconclusive by the end."""
    saved = replications.saved_at_end(payer)
    direction = direction_of(saved, 1)
    mean = texts.sensible(abs(float(saved.mean())), language)
    return word(f"curve_{direction}", language, mean=mean, year=int(replications.years[-1]))


def _waiting(state: State, found: Found) -> Figure:
    """Return waiting by year under the policy looked at and without it."""
    language, (letter, replications) = state.language, next(iter(found.items()))
    years = replications.years
    waits = {arm: replications.waiting(arm) for arm in ("reference", "policy")}
    colour, dash, mark = LINES[letter]
    names = {"reference": word("no_policy", language), "policy": own_name(state, letter)}
    grey = {"color": GREY_INK, "dash": "longdash", "width": 1.5}
    unit = word("waiting_axis", language)
    traces = with_interval(years, waits["reference"], grey, names["reference"], "lines", shaded=False,
                           unit=unit)  # fmt: skip
    look = {"color": colour, "dash": dash, "width": 2.6}
    traces += with_interval(years, waits["policy"], look, names["policy"], "lines", mark,
                            replications.count >= ENOUGH, unit)  # fmt: skip
    layout = axes(language)
    top = max(float(each.mean.max()) for each in waits.values())
    top = max(top, float(waits["policy"].high.max()) if replications.count >= ENOUGH else 0.0) * 1.15 + 0.1
    layout["yaxis"]["range"] = [0.0, top]
    layout["xaxis"] |= {"range": [float(years[0]) - 0.4, 2029.4], "dtick": 3, "tick0": 2011}
    layout["margin"]["r"] = 96
    known_and_projected(layout, language)
    layout["annotations"] += end_labels(
        [(2029.4, float(waits["policy"].mean[-1]), f"<b>{word('with_policy', language)}</b>", colour),
         (2029.4, float(waits["reference"].mean[-1]), word("without_policy", language), GREY_INK)],
        (0.0, top),
    )  # fmt: skip
    columns = [
        word("year", language),
        names["reference"],
        *sides(language),
        names["policy"],
        *sides(language),
    ]
    table = table_by_year(years, [waits["reference"], waits["policy"]], columns, 1)
    sub = word("waiting_sub", language, interval=interval_words(replications.count, language))
    alt = word("waiting_alt", language)
    title = word("waiting_title", language)
    return figure("waiting", "people", title, sub, alt, traces, layout, table)


def _dots(state: State, compared: Compared, tile: str) -> Figure:
    """Return all policies on one measure: mean and interval, against the one reference."""
    language = state.language
    traces, rows, layout = [], [], axes(language)
    letters = list(compared)
    reach, kinds = 0.0, {}
    for place, (letter, replications) in enumerate(compared.items()):
        reading = readings(replications)[tile]
        values = turned(tile, reading.difference)
        found = interval(values)
        kinds[letter] = reading.direction
        has_interval = reading.direction not in (FIRST, SAME)
        clear = has_interval and found.sign != 0
        colour = LINES[letter][0]
        low, high = (found.low, found.high) if has_interval else (found.mean, found.mean)
        reach = max(reach, abs(low), abs(high))
        traces.append({
            "x": plain(np.array([low, high])), "y": [place, place], "mode": "lines", "hoverinfo": "skip",
            "line": {"color": INK if clear else GREY, "width": 3},
        })  # fmt: skip
        name = f"{letter.upper()} {policy_name(state, letter)}"
        traces.append(
            {
                "x": plain(np.array([found.mean])),
                "y": [place],
                "mode": "markers",
                "name": name,
                "hovertemplate": f"%{{x:,.1f}} {word(f'tile_{tile}_unit', language)}<extra>{name}</extra>",
                "marker": {
                    "size": 12,
                    "color": colour if clear else "#ffffff",
                    "line": {"color": colour, "width": 2.5},
                },
            }
        )
        layout["annotations"].append(
            note(
                0, place, name, xref="paper", yshift=17, font={"color": colour, "weight": "bold"}, **ON_A_LINE
            )
        )
        rows.append([name, *(rounded(each, 3) for each in (found.mean, low, high))])
    reach = reach * 1.15 or 1.0
    layout["xaxis"] |= {"range": [-reach, reach], "showgrid": True, "nticks": 5}
    layout["yaxis"] |= {"range": [len(letters) - 0.5, -0.9], "visible": False}
    layout["height"] = 80 + 62 * len(letters)
    layout["margin"] = {"l": 8, "r": 8, "t": 26, "b": 30}
    layout["shapes"].append({"type": "line", "yref": "paper", "x0": 0, "x1": 0, "y0": 0, "y1": 1,
                             "line": {"color": INK, "width": 1.2}})  # fmt: skip
    sign = "left", "right"
    for side, anchor, text in zip(sign, ("right", "left"), ("\u2190 {}", "{} \u2192"), strict=True):
        label = text.format(word(f"tile_{tile}_{side}", language))
        layout["annotations"].append(
            note(
                0,
                1,
                label,
                yref="paper",
                xanchor=anchor,
                yanchor="bottom",
                xshift=-6 if side == "left" else 6,
                font={"color": GREY_INK},
            )
        )
    columns = [word("policy_word", language), word(f"measure_{tile}", language), *sides(language)]
    table = {"columns": columns, "rows": rows, "digits": 2}
    title = _dots_title(tile, kinds, language)
    level = level_in_words(readings(compared[letters[0]])[tile].reference, language)
    key = "compare_from_spending" if tile == "money" else "compare_from"
    sub = f"{word(f'compare_{tile}', language)}; {word(key, language, level=level)}"
    return figure(f"dots-{tile}", "compare", title, sub, word("dots_alt", language), traces, layout, table)


def _dots_title(tile: str, kinds: dict[str, str], language: str) -> str:
    """Return which policies are better, worse and inconclusive on a measure."""
    by_kind: dict[str, list[str]] = {}
    for letter, kind in kinds.items():
        by_kind.setdefault(kind, []).append(letter.upper())
    parts = [
        word(f"dots_{kind}", language, policies=", ".join(by_kind[kind]))
        for kind in ("good", "bad", "unsure", "first", "same") if kind in by_kind
    ]  # fmt: skip
    return f"{word(f'measure_{tile}_short', language)}: {'; '.join(parts)}"


def _kinds(state: State, replications: Replications) -> Figure:
    """Return waiting per kind of care in the year looked into, policy and reference."""
    language, year = state.language, state.year
    policy_waiting, reference_waiting = (
        replications.waiting_by_kind("policy", year),
        replications.waiting_by_kind("reference", year),
    )
    order = np.argsort(reference_waiting, kind="stable")
    names = [care_word(KINDS[kind], language) for kind in order]
    policy, reference = own_name(state, state.look), word("no_policy", language)
    unit = word("waiting_axis", language)
    traces = [
        {"type": "bar", "orientation": "h", "name": label, "y": names, "x": plain(values[order]),
         "hovertemplate": f"%{{y}}: %{{x:,.2f}} {unit}<extra>{label}</extra>",
         "marker": {"color": colour, "pattern": {"shape": shape, "fillmode": "overlay"}}}
        for label, values, colour, shape in (
            (reference, reference_waiting, GREY, "/"), (policy, policy_waiting, LINES[state.look][0], "")
        )
    ]  # fmt: skip
    layout = axes(language)
    layout["xaxis"] |= {"showgrid": True, "rangemode": "tozero"}
    layout["yaxis"] |= {"automargin": True, "nticks": len(names)}
    layout |= {
        "barmode": "group",
        "height": 520,
        "showlegend": True,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 34},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }
    rows = [
        [names[i], rounded(policy_waiting[kind], 3), rounded(reference_waiting[kind], 3)]
        for i, kind in enumerate(order)
    ]
    columns = [word("kind", language), f"{policy} ({unit})", f"{reference} ({unit})"]
    title = word("kinds_title", language, year=year)
    table = {"columns": columns, "rows": rows[::-1], "digits": 2}
    return figure(
        "kinds",
        "people",
        title,
        word("per_1000_mean", language),
        word("kinds_alt", language),
        traces,
        layout,
        table,
    )


def _flows(state: State, replications: Replications) -> Figure:
    """Return who went from which state of care to which, over five years to the year looked into."""
    language = state.language
    matrices = replications.flows("policy")
    years = sorted(matrices)
    last = min(max(state.year, years[0] + 1), years[-1])
    first = max(last - FLOW_YEARS, years[0] - 1)
    moves = moving(chained(matrices, first, last))
    labels = [care_word(each, language) for each in STATES]
    colours = [GREY, *(LOOKS[each][0] for each in STATES[1:])]
    links = {
        "source": [STATES.index(origin) for origin, _, _ in moves],
        "target": [len(STATES) + STATES.index(target) for _, target, _ in moves],
        "value": [rounded(number, 1) for _, _, number in moves],
        "color": [pale(colours[STATES.index(origin)]) for origin, _, _ in moves],
    }
    counted = f"%{{value:,.0f}} {word('households', language)}<extra></extra>"
    links["hovertemplate"] = f"%{{source.label}} → %{{target.label}}: {counted}"
    node = {"label": labels * 2, "color": colours * 2, "pad": 12, "thickness": 14}
    node["hovertemplate"] = f"%{{label}}: {counted}"
    traces = [{"type": "sankey", "node": node, "link": links, "arrangement": "snap"}]
    title = word("flows_title", language, first=first, last=last, policy=own_name(state, state.look))
    rows = [[care_word(o, language), care_word(t, language), rounded(n, 1)] for o, t, n in moves]
    columns = [word("from_state", language), word("to_state", language), word("households", language)]
    layout = {"margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "height": 460}
    table = {"columns": columns, "rows": rows, "digits": 0}
    return figure(
        "flows",
        "people",
        title,
        word("flows_sub", language),
        word("flows_alt", language),
        traces,
        layout,
        table,
    )


def wijk_measure(measure: str, language: str) -> str:
    """Return what the colour of a wijk shows; people who wait there wait for all kinds of care."""
    return word("measure_waiting_list" if measure == "waiting" else f"measure_{measure}", language)


def _wijken(state: State, replications: Replications) -> Figure:
    """Return a grid of wijken, the most deprived first, coloured by the figure asked for."""
    language, year = state.language, state.year
    values = replications.wijken("policy", state.measure)
    row = values[year - replications.first_year]
    deprivation, households = replications.wijk_ranks("policy")
    across = ceil(sqrt(1.6 * len(row)))
    down = ceil(len(row) / across)
    cells = np.full(across * down, np.nan)
    cells[: len(row)] = row
    names = [str(rank + 1) for rank in range(len(row))] + [""] * (len(cells) - len(row))
    unit = wijk_measure(state.measure, language)
    written = [
        f"{word('wijk', language)} {name}: {texts.sensible(cell, language)}" if name else ""
        for name, cell in zip(names, cells, strict=True)
    ]
    inside = [
        f"<b>{name}</b><br>{texts.sensible(cell, language)}" if name else ""
        for name, cell in zip(names, cells, strict=True)
    ]
    heat = {
        "type": "heatmap", "z": [plain(line) for line in cells.reshape(down, across)],
        "text": [list(line) for line in np.array(inside).reshape(down, across)],
        "hovertext": [list(line) for line in np.array(written).reshape(down, across)],
        "hoverinfo": "text", "texttemplate": "%{text}",
        "colorscale": "Cividis", "reversescale": True,
        # One scale over all years: a wijk that changes colour changed.
        "zmin": float(np.nanmin(values)), "zmax": float(np.nanmax(values)), "xgap": 3, "ygap": 3,
        "colorbar": {"thickness": 12},
    }  # fmt: skip
    layout = axes(language)
    layout["margin"]["r"] = 8
    layout["xaxis"] |= {"visible": False}
    layout["yaxis"] |= {"visible": False, "autorange": "reversed"}
    layout["height"] = 420
    title = word("wijken_title", language, measure=unit[0].upper() + unit[1:], year=year,
                 policy=own_name(state, state.look))  # fmt: skip
    columns = [word("wijk", language), word("deprivation", language), word("households", language),
               f"{unit}, {year}"]  # fmt: skip
    rows = [
        [rank + 1, rounded(deprivation[rank], 2), round(float(households[rank])), rounded(row[rank], 3)]
        for rank in range(len(row))
    ]  # fmt: skip
    table = {"columns": columns, "rows": rows, "digits": 2}
    notes = [word("grid_note", language)]
    drawn = figure(
        "wijken",
        "neighbourhoods",
        title,
        word("wijken_sub", language),
        word("wijken_alt", language),
        [heat],
        layout,
        table,
    )
    return drawn | {"notes": notes}


def run_figure(savings: Any, language: str) -> Figure:
    """Return the cumulated savings of a run that was opened, from its savings table."""
    own = savings[savings["basis"] == "municipality"]
    grid = own.pivot(index="replication", columns="year", values="cumulated_eur_per_inhabitant")
    saved = IntervalSeries(*mean_and_interval(grid.to_numpy(float)))
    years = grid.columns.to_numpy()
    look = {"color": BLUE, "dash": "solid", "width": 2.5}
    name = word("payer_municipality", language)
    unit = word("euro_cumulated", language)
    traces = with_interval(years, saved, look, name, "lines+markers", "circle", unit=unit)
    layout = axes(language)
    columns = [word("year", language), f"{name} ({unit})", *sides(language)]
    table = table_by_year(years, [saved], columns, 2)
    title = word("run_title", language)
    return figure("run", "run", title, unit, word("savings_alt", language), traces, layout, table)
