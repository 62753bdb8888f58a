"""The figures of tabs that are simulated only where somebody looks: the waterfall and the runway."""

from typing import Any

import numpy as np

from scenarios.apps.dashboard.charts import (
    BLUE,
    DARK,
    GREY,
    GREY_INK,
    INK,
    ON_A_LINE,
    ORANGE,
    Figure,
    axes,
    cut,
    end_labels,
    figure,
    interval_words,
    note,
    pale,
    plain,
    rounded,
    sides,
    table_by_year,
    with_interval,
)
from scenarios.apps.dashboard.measures import BAD, GOOD, IntervalSeries, direction_of
from scenarios.apps.dashboard.state import State
from scenarios.apps.dashboard.words import word
from scenarios.common.certainty import ENOUGH
from scenarios.reporting import texts
from scenarios.reporting.figures.landing import METRES_PER_YEAR
from scenarios.reporting.texts.exploration import adding_up
from simulation.outcomes.intervals import interval, mean_and_interval

LOSS = "#5f6b76"  # a step that raises spending


def waterfall(
    state: State, parts: dict[str, np.ndarray], no_saving: tuple[str, ...], placebo: float
) -> Figure:
    """Return what the difference in spending consists of, step by step.

    Parameters
    ----------
    state : State
        What is shown.
    parts : dict of str to float64 array of shape (n_replications,)
        Euro per inhabitant a year by channel; the last stands in no year.
    no_saving : tuple of str
        Parts that lower spending and are no saving: they stand behind the subtotal, hatched.
    placebo : float
        What remains of the saving when nobody new is found; marked in the bar of the saving.
    """
    language = state.language
    *counted, still_open = parts
    steps = [name for name in counted if name not in no_saving]
    total = sum(parts[name] for name in counted)
    saving = sum(parts[name] for name in steps)
    decimals = 1
    printed = dict(zip(counted, adding_up([float(parts[name].mean()) for name in counted],
                                          float(np.mean(total)), decimals), strict=True))  # fmt: skip
    rows = [(name, parts[name], printed[name]) for name in steps]
    rows.append(("saving", np.asarray(saving), sum(printed[name] for name in steps)))
    rows += [(name, parts[name], printed[name]) for name in no_saving]
    rows.append(("difference", np.asarray(total), sum(printed.values())))
    rows.append((still_open, parts[still_open], float(parts[still_open].mean())))
    layout, traces, table = axes(language), [], []
    level, reach = 0.0, [0.0]
    for place, (name, values, printed_mean) in enumerate(rows):
        is_total = name in ("saving", "difference", still_open)
        base = 0.0 if is_total else level
        mean = float(values.mean())
        level = level if is_total else level + mean
        reach += [base, base + mean]
        colour = DARK if name == "saving" else BLUE if mean >= 0 else LOSS
        clear = direction_of(values, 1) in (GOOD, BAD)
        marker: dict[str, Any] = {"color": colour if clear else pale(colour, 0.2),
                                  "line": {"color": colour, "width": 0 if clear else 1}}  # fmt: skip
        if name in no_saving or name == still_open:
            marker = {
                "color": "#ffffff",
                "line": {"color": ORANGE, "width": 1},
                "pattern": {"shape": "/", "fgcolor": ORANGE, "bgcolor": "#ffffff", "size": 6},
            }
        if name == "difference":
            marker = {"color": "#ffffff", "line": {"color": INK, "width": 1.5}}
        label = word(f"channel_{name}", language)
        label = texts.capital(label)
        traces.append({"type": "bar", "orientation": "h", "y": [place], "x": [rounded(mean, 4)],
                       "base": [rounded(base, 4)], "width": 0.42, "marker": marker, "name": label,
                       "hoverinfo": "name"})  # fmt: skip
        found = interval(values)
        number = texts.number(printed_mean, language, decimals, sign=True)
        ends = ""
        if found.count >= ENOUGH:
            size = max(abs(found.low), abs(found.high), 10.0)
            low, high = (texts.sensible(end, language, min(size, 99.0)) for end in (found.low, found.high))
            ends = f"  {word('interval_short', language, low=low, high=high)}"
        bold = name in ("saving", "difference")
        text = f"<b>{label}</b>" if bold else label
        layout["annotations"] += [
            note(0, place, text, xref="paper", yshift=20, font={"color": INK}),
            note(1, place, f"<b>{number}</b>{ends}", xref="paper", xanchor="right", yshift=20, **ON_A_LINE),
        ]
        table.append([label, rounded(printed_mean, decimals), rounded(found.low, 2), rounded(found.high, 2)])
    # Both sides of zero have room for the word that says what that side means.
    span = max(reach) - min(reach) or 1.0
    ends_at = (min(*reach, -0.2 * span) - 0.08 * span, max(*reach, 0.2 * span) + 0.08 * span)
    saved_at = len(steps)
    layout["xaxis"] |= {
        "range": list(ends_at),
        "showgrid": True,
        "nticks": 6,
    }
    layout["yaxis"] |= {"range": [len(rows) - 0.4, -0.95], "visible": False}
    layout |= {"height": 60 + 52 * len(rows), "barmode": "overlay"}
    layout["margin"] = {"l": 4, "r": 4, "t": 24, "b": 32}
    layout["shapes"] += [
        {
            "type": "line",
            "yref": "paper",
            "x0": 0,
            "x1": 0,
            "y0": 0,
            "y1": 1,
            "line": {"color": INK, "width": 1.2},
        },
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": saved_at + 0.38,
            "y1": saved_at + 0.38,
            "line": {"color": GREY, "width": 1},
        },
        {
            "type": "line",
            "x0": placebo,
            "x1": placebo,
            "y0": saved_at - 0.3,
            "y1": saved_at + 0.3,
            "line": {"color": ORANGE, "width": 4},
        },
    ]
    grey = {"font": {"color": GREY_INK}, "yref": "paper", "yanchor": "bottom"}
    layout["annotations"] += [
        note(0, 1, f"\u2190 {word('costs', language)}", xanchor="right", xshift=-6, **grey),
        note(0, 1, f"{word('saves', language)} \u2192", xshift=6, **grey),
    ]
    columns = [word("why_part", language), word("euro_axis", language), *sides(language)]
    return figure(
        "waterfall", "why", word("waterfall_title", language), word("waterfall_sub", language),
        word("waterfall_alt", language), traces, layout, {"columns": columns, "rows": table, "digits": 1},
    )  # fmt: skip


def runway(
    state: State,
    name: str,
    lines: dict[str, np.ndarray],
    phase_in: float,
    landing: str,
    scale: tuple[float, float],
) -> tuple[Figure, dict[str, Any]]:
    """Return the landing as a runway: budget and cost of care by year, and the strip below on the same axis.

    Parameters
    ----------
    state : State
        What is shown.
    name : str
        "first" or "second".
    lines : dict of str to float64 array of shape (n_replications, n_years)
        Cost, budget, and budget without the cut, from 2012 on; the cost of 2012 is 100.
    phase_in : float
        Years over which the cut grows.
    landing : str
        The landing in words.
    scale : tuple of float
        Ends of the vertical axis, the same for both landings.

    Returns
    -------
    tuple of (figure, dict)
        The dict holds where the aeroplane touches down, and where it stops, if it does.
    """
    language = state.language
    count, n_years = lines["cost"].shape
    years = 2012 + np.arange(n_years)
    first = int(np.flatnonzero(~np.isnan(lines["budget"]).any(axis=0))[0])
    cost = IntervalSeries(*mean_and_interval(lines["cost"]))
    budget, uncut = lines["budget"].mean(axis=0)[first:], lines["uncut"].mean(axis=0)[first:]
    down = float(years[first])
    fits = cost.mean[first:] <= budget
    lasting = np.flatnonzero(np.logical_and.accumulate(fits[::-1])[::-1])
    stop = down + float(lasting[0]) if lasting.size else None
    last = float(years[-1]) + 1.0
    strip_end, end = down + phase_in, stop if stop is not None else last
    metres = round((end - strip_end) * METRES_PER_YEAR)
    layout = axes(language)
    look = {"color": ORANGE, "dash": "dash", "width": 2.6}
    traces = with_interval(
        years + 0.5, cost, look, word("care_needed", language), "lines", shaded=count >= ENOUGH
    )
    steps = np.append(years[first:], last)
    traces += [
        {
            "x": plain(steps),
            "y": plain(np.append(line, line[-1])),
            "mode": "lines",
            "name": word(key, language),
            "line": {"color": colour, "width": width, "shape": "hv", "dash": dash},
            "hoverinfo": "name",
        }
        for key, line, colour, width, dash in (
            ("budget_uncut", uncut, GREY, 1.2, "dot"),
            ("budget", budget, BLUE, 2.6, "solid"),
        )
    ]
    short = np.maximum(0.0, cost.mean[first:] - budget)
    traces.append(
        {
            "type": "bar",
            "x": plain(years[first:] + 0.5),
            "y": plain(short),
            "base": plain(budget),
            "width": 1.0,
            "name": word("shortfall_word", language),
            "hoverinfo": "name",
            "marker": {
                "color": "rgba(255,255,255,0)",
                "line": {"width": 0},
                "pattern": {
                    "shape": "/",
                    "fgcolor": pale(ORANGE, 0.5),
                    "bgcolor": "rgba(255,255,255,0)",
                    "size": 7,
                },
            },
        }
    )
    for length, base, marker in (
        (max(phase_in, 0.08), down, {"color": GREY_INK}),
        (max(0.0, end - strip_end), strip_end,
         {"color": "#ffffff", "line": {"color": ORANGE, "width": 1},
          "pattern": {"shape": "/", "fgcolor": ORANGE, "bgcolor": "#ffffff", "size": 6}}),
    ):  # fmt: skip
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": [length],
                "base": [base],
                "y": [0],
                "width": 0.5,
                "yaxis": "y2",
                "xaxis": "x",
                "marker": marker,
                "hoverinfo": "skip",
            }
        )
    low, high = scale
    layout["yaxis"] |= {"domain": [0.36, 1.0], "range": [low, high + 0.08 * (high - low)]}
    layout["yaxis2"] = {"domain": [0.0, 0.3], "range": [-1.3, 1.6], "visible": False, "fixedrange": True}
    layout["xaxis"] |= {"range": [2011.8, last + 0.2], "dtick": 3, "tick0": 2012, "anchor": "y2"}
    layout |= {"height": 430, "barmode": "overlay"}
    layout["margin"]["r"] = 62
    layout["shapes"] += [
        {"type": "line", "yref": "paper", "x0": down, "x1": down, "y0": 0.06, "y1": 1,
         "line": {"color": GREY_INK, "width": 1, "dash": "dot"}},
        {"type": "line", "yref": "y2", "x0": down, "x1": strip_end, "y0": 0, "y1": 0,
         "line": {"color": "#ffffff", "width": 2, "dash": "dash"}},
    ]  # fmt: skip
    grey = {"font": {"color": GREY_INK}}
    strip_metres = texts.number(phase_in * METRES_PER_YEAR, language)
    layout["annotations"] += [
        note(
            down,
            1.0,
            word("first_cut", language, year=int(down)),
            yref="paper",
            yanchor="top",
            xshift=4,
            align="left",
            **grey,
        ),
        note(
            down,
            -0.35,
            f"<b>{word('strip_label', language, metres=strip_metres)}</b>",
            yref="y2",
            yanchor="top",
            xanchor="left",
        ),
    ]
    layout["annotations"] += end_labels(
        [(last, float(budget[-1]), f"<b>{word('budget', language)}</b>", BLUE),
         (last, float(cost.mean[-1]), f"<b>{word('care_short', language)}</b>", ORANGE)], scale,
    )  # fmt: skip
    if stop is not None:
        layout["shapes"].append({"type": "line", "yref": "y2", "x0": stop, "x1": stop, "y0": -0.5, "y1": 0.5,
                                 "line": {"color": ORANGE, "width": 4}})  # fmt: skip
        layout["annotations"].append(
            note(
                stop,
                0.5,
                word("stops", language, year=int(stop)),
                yref="y2",
                xanchor="left",
                yanchor="bottom",
                **grey,
            )
        )
    title_values = {"landing": landing, "year": int(end), "metres": texts.number(abs(metres), language)}
    key = "runway_never" if stop is None else "runway_over" if metres > 0 else "runway_in_time"
    title = word(key, language, **title_values)
    deepest = float((100.0 * (1.0 - budget / uncut)).max())
    sub = word(
        "runway_sub", language, cut=texts.number(deepest, language), interval=interval_words(count, language)
    )
    columns = [word("year", language)]
    for line in ("care_needed", "budget"):
        columns += [f"{word(line, language)} (2012 = 100)", *sides(language)]
    budget_series = IntervalSeries(*mean_and_interval(lines["budget"][:, first:]))
    table = table_by_year(years[first:], [cut(cost, np.arange(n_years) >= first), budget_series], columns, 1)
    drawn = figure(
        f"runway-{name}",
        "landing",
        texts.capital(title),
        sub,
        word("runway_alt", language),
        traces,
        layout,
        table,
    )
    return drawn, {"down": down, "stop": stop, "end": end}
