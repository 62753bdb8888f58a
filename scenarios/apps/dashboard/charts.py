"""The figures of the page, as plain descriptions that the browser draws, each with its table.

Colours are the project's; every line differs by dash and mark too, for grey print and the colour-blind.
"""

from math import ceil, sqrt
from typing import Any

import numpy as np

from agents.vocabulary import KINDS
from scenarios.apps.dashboard.measures import IntervalSeries, Replications, moving
from scenarios.apps.dashboard.state import State
from scenarios.apps.dashboard.words import care_word, word
from scenarios.reporting import texts
from scenarios.reporting.figures.flows import LOOKS, chained
from scenarios.reporting.figures.landing import METRES_PER_YEAR
from scenarios.reporting.figures.style import BLACK, BLUE, GREEN, PURPLE, RED, YELLOW
from simulation.outcomes.intervals import interval
from simulation.recording.tallies import STATES

# What the figures of the page are made of: lines with intervals, axes, the runway, tables.

Figure = dict[str, Any]


def with_interval(
    years: np.ndarray,
    values: IntervalSeries,
    look: dict[str, Any],
    name: str,
    mode: str,
    mark: str = "circle",
    shaded: bool = True,
) -> list[dict[str, Any]]:
    """Return a line with the interval around it."""
    line = {"x": plain(years), "y": plain(values.mean), "mode": mode, "line": look, "name": name}
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
    """Return the runway on the ground; overnight it is a line."""
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
    "b": (RED, "dash", "square"),
    "c": (GREEN, "dot", "diamond"),
    "d": (PURPLE, "dashdot", "triangle-up"),
}
GREY = "#999999"
FLOW_YEARS = 5
Found = dict[str, Replications]


def figures_of(state: State, found: Found, phase_ins: dict[str, float], marks: str) -> list[Figure]:
    """Return every figure of the page.

    Parameters
    ----------
    state : State
        What is shown.
    found : dict of str to Replications
        Outcomes by policy.
    strips : dict of str to float
        Length of the phase-in in years, by policy.
    marks : str
        What the figures rest on, such as "10% sample, 4 replications"; written in every one.
    """
    looked = found[state.look]
    figures = [
        _landing(state, letter, replications, phase_ins[letter], found)
        for letter, replications in found.items()
    ]
    figures += [_savings(state, found, cumulated) for cumulated in (True, False)]
    figures += [_waiting(state, found), _kinds(state, looked), _flows(state, looked), _wijken(state, looked)]
    for each in figures:
        each["marks"] = " ".join([f"{marks}.", *each.pop("notes", ())])
    return figures


def policy_name(letter: str, language: str) -> str:
    """Return how a policy is called on the page."""
    return word("policy", language, letter=letter.upper())


def _landing(state: State, letter: str, replications: Replications, phase_in: float, found: Found) -> Figure:
    """Return the landing of one policy: grant and cost by year, and the runway on the ground."""
    language = state.language
    lines = {"budget": ("grant_eur", BLUE, "solid"), "care_needed": ("municipal_cost_eur", RED, "dash")}
    start = replications.first_year + replications.transition // 12
    shown = replications.years >= start
    years = replications.years[shown]
    traces, rows = [], []
    for line, (column, colour, dash) in lines.items():
        euros = cut(replications.euros("policy", column), shown)
        look = {"color": colour, "dash": dash, "width": 2.5}
        traces += with_interval(years, euros, look, word(line, language), "lines")
        rows.append(euros)
    tops = [replication.euros("policy", name).high[replication.years >= start].max()
            for replication in found.values() for name, _, _ in lines.values()]  # fmt: skip
    lows = [replication.euros("policy", name).low[replication.years >= start].min()
            for replication in found.values() for name, _, _ in lines.values()]  # fmt: skip
    margin = 0.12 * (max(tops) - min(lows))
    phase_in_words = texts.number(phase_in, language, 0 if phase_in % 1 == 0 else 1)
    title = word(
        "landing_title", language, policy=policy_name(letter, language), years=phase_in_words,
        metres=texts.number(phase_in * METRES_PER_YEAR, language),
    )  # fmt: skip
    layout = axes(language, word("year", language), word("euro_axis", language))
    layout["yaxis"]["range"] = [float(min(lows)) - 2.0 * margin, float(max(tops)) + margin]
    layout["xaxis"] |= {"range": [start - 0.7, float(years[-1]) + 0.7], "dtick": 4}
    layout["shapes"] = [runway(start - 0.5, phase_in)]
    metres = [0, 3000, 6000]
    layout["xaxis2"] = {
        "overlaying": "x", "side": "top", "matches": "x", "showgrid": False,
        "tickvals": [start - 0.5 + each / METRES_PER_YEAR for each in metres],
        "ticktext": [texts.number(each, language) for each in metres],
        "title": {"text": word("metre_axis", language), "font": {"size": 12}},
    }  # fmt: skip
    # An axis without a trace is not drawn.
    traces.append({"x": [start], "y": [None], "xaxis": "x2", "showlegend": False, "hoverinfo": "skip"})
    columns = [word("year", language)]
    for line in lines:
        columns += [f"{word(line, language)} ({word('euro_axis', language)})", *sides(language)]
    table = table_by_year(years, rows, columns, 0)
    alt = word("landing_alt", language, policy=policy_name(letter, language))
    return figure(f"landing-{letter}", title, alt, traces, layout, table)


def _savings(state: State, found: Found, cumulated: bool) -> Figure:
    """Return savings by year of every policy, with intervals."""
    language, payer = state.language, state.payer
    first = min(replications.first_saving_year() for replications in found.values())
    traces, intervals, columns = [], [], [word("year", language)]
    for letter, replications in found.items():
        colour, dash, mark = LINES[letter]
        saved = cut(replications.saved(payer, cumulated), replications.years >= first)
        look = {"color": colour, "dash": dash, "width": 2.5}
        name = policy_name(letter, language)
        traces += with_interval(
            replications.years[replications.years >= first], saved, look, name, "lines+markers", mark
        )
        intervals.append(saved)
        columns += [f"{name} ({word('euro_cumulated', language)})", *sides(language)]
    years = replications.years[replications.years >= first]
    axis = word("euro_cumulated" if cumulated else "euro_axis", language)
    layout = axes(language, word("year", language), axis)
    layout["yaxis"] |= {"zeroline": True, "zerolinecolor": BLACK, "zerolinewidth": 1.5}
    if cumulated:
        title = word("savings_cumulated", language, payer=word(payer, language),
                     finding=_finding(found, payer, language))  # fmt: skip
    else:
        title = word("savings_per_year", language, payer=word(payer, language))
    name = "savings-cumulated" if cumulated else "savings-yearly"
    table = table_by_year(years, intervals, columns, 2)
    notes = [word("open_care_note", language)]
    return {"notes": notes} | figure(name, title, word("savings_alt", language), traces, layout, table)


def _finding(found: Found, payer: str, language: str) -> str:
    """Return which policies end above or below zero, and which are inconclusive."""
    if next(iter(found.values())).count < 2:
        return word("finding_one", language)
    by_sign: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for letter, replications in found.items():
        by_sign[interval(replications.saved_at_end(payer)).sign].append(letter.upper())
    keys = {1: "finding_up", -1: "finding_down", 0: "finding_unclear"}
    parts = [
        word(keys[sign], language, policies=", ".join(letters))
        for sign, letters in by_sign.items()
        if letters
    ]
    return "; ".join(parts)


def _waiting(state: State, found: Found) -> Figure:
    """Return waiting by year of every policy and of the reference of the one looked into."""
    language = state.language
    years = found[state.look].years
    reference = word("reference_of", language, policy=policy_name(state.look, language))
    waits = found[state.look].waiting("reference")
    look = {"color": BLACK, "dash": "longdash", "width": 1.5}
    traces = with_interval(years, waits, look, reference, "lines", shaded=False)
    intervals, columns = [waits], [word("year", language), reference, *sides(language)]
    for letter, replications in found.items():
        colour, dash, mark = LINES[letter]
        waits = replications.waiting("policy")
        name = policy_name(letter, language)
        look = {"color": colour, "dash": dash, "width": 2.5}
        traces += with_interval(years, waits, look, name, "lines+markers", mark)
        intervals.append(waits)
        columns += [name, *sides(language)]
    layout = axes(language, word("year", language), word("waiting_axis", language))
    layout["yaxis"]["rangemode"] = "tozero"
    table = table_by_year(years, intervals, columns, 1)
    alt = word("waiting_alt", language)
    return figure("waiting", word("waiting_title", language), alt, traces, layout, table)


def _kinds(state: State, replications: Replications) -> Figure:
    """Return waiting per kind of care in the year looked into, policy and reference."""
    language, year = state.language, state.year
    here, there = (
        replications.waiting_by_kind("policy", year),
        replications.waiting_by_kind("reference", year),
    )
    order = np.argsort(there, kind="stable")
    names = [care_word(KINDS[kind], language) for kind in order]
    policy = policy_name(state.look, language)
    reference = word("reference_of", language, policy=policy)
    traces = [
        {"type": "bar", "orientation": "h", "name": label, "y": names, "x": plain(values[order]),
         "marker": {"color": colour, "pattern": {"shape": shape, "fillmode": "overlay"}}}
        for label, values, colour, shape in (
            (reference, there, GREY, "/"), (policy, here, LINES[state.look][0], "")
        )
    ]  # fmt: skip
    layout = axes(language, word("per_1000", language), "")
    layout["yaxis"] |= {"automargin": True}
    layout |= {"barmode": "group", "height": 520}
    rows = [[names[i], rounded(here[kind], 3), rounded(there[kind], 3)] for i, kind in enumerate(order)]
    unit = word("waiting_axis", language)
    columns = [word("kind", language), f"{policy} ({unit})", f"{reference} ({unit})"]
    title = word("kinds_title", language, year=year, policy=policy)
    table = {"columns": columns, "rows": rows[::-1], "digits": 2}
    return figure("kinds", title, word("kinds_alt", language), traces, layout, table)


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
    node = {"label": labels * 2, "color": colours * 2, "pad": 12, "thickness": 14}
    traces = [{"type": "sankey", "node": node, "link": links, "arrangement": "snap"}]
    policy = policy_name(state.look, language)
    title = word("flows_title", language, first=first, last=last, policy=policy)
    rows = [[care_word(o, language), care_word(t, language), rounded(n, 1)] for o, t, n in moves]
    columns = [word("from_state", language), word("to_state", language), word("households", language)]
    layout = {"margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "height": 480, "font": {"size": 13}}
    table = {"columns": columns, "rows": rows, "digits": 0}
    return figure("flows", title, word("flows_alt", language), traces, layout, table)


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
    unit = word(f"measure_{state.measure}", language)
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
        "colorbar": {"title": {"text": unit, "side": "right"}, "thickness": 14},
    }  # fmt: skip
    layout = axes(language, "", "")
    layout["xaxis"] |= {"visible": False}
    layout["yaxis"] |= {"visible": False, "autorange": "reversed"}
    layout["height"] = 420
    title = word(
        "wijken_title", language, measure=unit[0].upper() + unit[1:], year=year,
        policy=policy_name(state.look, language),
    )  # fmt: skip
    columns = [word("wijk", language), word("deprivation", language), word("households", language),
               f"{unit}, {year}"]  # fmt: skip
    rows = [
        [rank + 1, rounded(deprivation[rank], 2), round(float(households[rank])), rounded(row[rank], 3)]
        for rank in range(len(row))
    ]  # fmt: skip
    table = {"columns": columns, "rows": rows, "digits": 2}
    notes = [word("grid_note", language)]
    return {"notes": notes} | figure("wijken", title, word("wijken_alt", language), [heat], layout, table)


def run_figure(savings: Any, language: str) -> Figure:
    """Return the cumulated savings of a run that was opened, from its savings table."""
    from simulation.outcomes.intervals import mean_and_interval

    own = savings[savings["basis"] == "municipality"]
    grid = own.pivot(index="replication", columns="year", values="cumulated_eur_per_inhabitant")
    saved = IntervalSeries(*mean_and_interval(grid.to_numpy(float)))
    years = grid.columns.to_numpy()
    look = {"color": BLUE, "dash": "solid", "width": 2.5}
    name = word("payer_municipality", language)
    traces = with_interval(years, saved, look, name, "lines+markers", "circle")
    layout = axes(language, word("year", language), word("euro_cumulated", language))
    columns = [word("year", language), f"{name} ({word('euro_cumulated', language)})", *sides(language)]
    title = word("savings_cumulated", language, payer=word("municipality", language), finding="")
    table = table_by_year(years, [saved], columns, 2)
    drawn = figure("run", title.rstrip(": "), word("savings_alt", language), traces, layout, table)
    return drawn | {"marks": ""}
