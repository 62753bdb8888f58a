"""Write docs/backtest.md and its figure from a finished back-test."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scenarios.analysis.backtest.forecast import NOT_READ, Information, later_priors
from scenarios.analysis.backtest.judging import (
    ANCHORED,
    FORECASTERS,
    HEADLINE,
    LAST_VALUE,
    MODEL,
    MUNICIPAL_ROWS,
    TREND,
    scores_of,
    worse_than,
)
from scenarios.common.files import write_atomically
from scenarios.reporting.figures.forecast import draw_backtest
from scenarios.reporting.texts import LANGUAGES, agreed, number
from simulation.dated_figures import DATA_FOLDER, read_rows
from simulation.parameters import Parameters

FIGURES = Path("figures") / "backtest"
HEADLINE_WORDS = {
    "youth_users": "youths in care, share of under 18",
    "wmo_clients": "Wmo clients",
    "spending": "spending",
}
KINDS = {
    MODEL: "the model",
    ANCHORED: "the model from the last figure known",
    LAST_VALUE: "the last value",
    TREND: "the trend",
}
SCORES = {"error": "absolute percentage error", "winkler": "interval score"}
HEAD = """# Back-test

Written by `landingsbaan backtest`; do not edit by hand.

The model stands at the end of 2017. It is fitted to the calibration targets and the record dated up to 2017,
runs on with what was known or announced then, and forecasts 2018 to 2022. Its forecasts stand next to what
happened, and next to two simple forecasts that anybody could have made: the last value known, and the trend
of the years known.
"""
WELL_COVERED = (80.0, 97.0)  # percent, accepted coverage of a 90% interval, given the few figures
BREAKS = """Two of the figures changed their meaning in 2021, which nobody could know in 2017: more providers
report youth care, and part of residence moved from the Wmo to another law. They are scored all the same.
"""
HOW = """## How it is done

* **Fit.** Emulators of the targets and walkers, as in `landingsbaan calibrate`; a target enters when the
  last year its period or its source names is 2017 or earlier. Figures of 2017 appeared in 2018 and count as
  known.
* **The model's interval** is that of its runs at draws of the fit: parameters and unknown growth are drawn
  anew in each. The sampling variance of the simulated city, measured by running half of the draws twice and
  pooled over years, is taken out and that of the country (or the real municipality) is put in its place.
  The error with which a figure is observed is added: the bounds of its series where the record has them,
  else {error:.0f}% of the value (assumed).
* **The model from the last figure known** takes the last figure known and the model's growth since then, draw
  by draw, as demographers start a forecast. Growth that the model does not explain is added as a random walk;
  its standard deviation a year is the root mean square, over series and years known, of the record's yearly
  change beyond the model's. The variant was added after the first back-test had shown intervals that are too
  wide, and the random walk after a second had shown that without it they are too narrow (65% of the figures
  inside); neither uses a later figure. The errors next to projections are those of the model itself.
  Municipalities with a known figure are forecast in the same way.
* **The simple forecasts** are random walks. A yearly change has one standard deviation for all series, the
  root mean square of the relative changes between years known, because no series has more than three known
  years. The interval of the last value grows with the square root of the years ahead; that of the trend
  also holds the uncertainty of its slope. Both hold the same error of observation. A trend needs two years
  known.
* **Scores.** Coverage of the 50% and 90% intervals; the interval score of Winkler for the 90% interval (its
  width, and twenty times what a figure lies outside; lower is better), in percent of the figure so that
  series can be averaged; the mean absolute percentage error of the median.
* **What this test cannot undo.** The mechanisms of the model, and the ranges of most of its parameters,
  were written down by people who knew what came after 2017. A back-test of this kind is kinder than a
  forecast.
"""


def write_page(result: Mapping[str, Any], information: Information, docs: Path) -> Path:
    """Write the page and draw its figure in both languages."""
    for language in LANGUAGES:
        draw_backtest(result, docs / FIGURES, language)
    path = docs / "backtest.md"
    write_atomically(path, page(result, information).encode())
    return path


def page(result: Mapping[str, Any], information: Information) -> str:
    """Return the page."""
    parts = [
        HEAD, *_made(result), *_verdict(result), *_variables(result), *_worse(result),
        *_points(result["rows"], "series"), *_municipalities(result), *_waiting(result),
        HOW.format(error=100.0 * information.error_without_bounds), *_information(information),
        *_targets(result),
    ]  # fmt: skip
    return "\n".join(parts).rstrip() + "\n"


def _made(result: Mapping[str, Any]) -> list[str]:
    about = result["about"]
    return [
        f"    {about['command']}\n",
        agreed(
            f"Made {about['made']} with result version `{about['result_version']}`: "
            f"{number(about['members'], 'en')} histories at points of the prior and "
            f"{number(about['second'], 'en')} in each of three further waves, {about['draws']} draws that "
            f"forecast the country and {about['municipal']} that forecast "
            f"sixteen municipalities, a city of {number(about['households'], 'en')} households; "
            f"{number(about['core_seconds'] / 60, 'en', 1)} process-minutes, "
            f"{number(about['seconds'] / 60, 'en')} minutes on {about['processes']} processes, "
            "what was done before not counted.\n"
        ),
    ]


def _verdict(result: Mapping[str, Any]) -> list[str]:
    """Return the scores over all scored figures, and the errors reported with projections."""
    model = result["counted"][MODEL]
    inside = [row for row in result["rows"] if _lies_inside(row)]
    lines = [
        "## What came of it\n",
        f"**{_inside(model)} of {model['points']} figures lie in the model's 90% interval** "
        f"({model['coverage_90']:.0f}%; half of them should lie in the 50% interval, "
        f"{model['coverage_50']:.0f}% do). An index, a figure per child or in constant prices is derived "
        f"from another and is not counted; with these {len(inside)} of {len(result['rows'])} lie inside. "
        f"{_asked(model['coverage_90'])} {_from_last(result['beside_last_value'])}\n",
        _evidence(model["coverage_90"], result["coverage_if_right"]),
        f"![Forecasts and what happened]({(FIGURES / 'backtest_en.png').as_posix()})\n",
        "| all figures that count | figures | error, % | in 50% | in 90% | interval score, % |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for beside, words in (("counted", "the model, all"), ("beside_last_value", "with a last value"),
                          ("beside_trend", "with a trend")):  # fmt: skip
        for kind, each in _in_order(result[beside]):
            name = words if beside == "counted" and kind == MODEL else f"{KINDS[kind]}, figures {words}"
            if kind in (MODEL, ANCHORED, beside.removeprefix("beside_")):
                lines.append(f"| {name} | {_scores(each)} |")
    lines += ["", "Errors that stand next to projections of later years (mean absolute percentage error):\n",
              "| | " + " | ".join(KINDS[kind] for kind in FORECASTERS) + " |",
              "| --- |" + " --- |" * len(FORECASTERS)]  # fmt: skip
    for name, each in ((name, result["headline"][name]) for name in HEADLINE):
        cells = (f"{each[kind]:.1f}%" if kind in each else "-" for kind in FORECASTERS)
        lines.append(f"| {HEADLINE_WORDS[name]} | " + " | ".join(cells) + " |")
    return [*lines, "", BREAKS]


def _from_last(found: Mapping[str, Any]) -> str:
    """Return the sentence on the model started from the last known figure, compared with the last value."""
    model, last = found[ANCHORED], found[LAST_VALUE]
    return (
        f"Started from the last figure known, {_inside(model)} of {model['points']} lie in its interval "
        f"({model['coverage_90']:.0f}%), with an interval score of {model['winkler_percent']:.0f} "
        f"(the last value: {last['winkler_percent']:.0f})."
    )


def _asked(covered: float) -> str:
    """Return the sentence on the coverage that was asked, in percent, and whether it is missed.

    Examples
    --------
    >>> _asked(100.0), _asked(90.0)
    ('Between 80% and 97% was asked, so this is missed.', 'Between 80% and 97% was asked.')
    """
    low, high = WELL_COVERED
    missed = "" if low <= covered <= high else ", so this is missed"
    return f"Between {low:.0f}% and {high:.0f}% was asked{missed}."


def _evidence(covered: float, right: Mapping[str, float]) -> str:
    """Return what a coverage says of the intervals, given how it varies where the model is exactly right."""
    if covered < right["low"]:
        meaning = "fewer lie inside, so the intervals are probably too narrow"
    elif covered > right["high"]:
        meaning = "more lie inside, so the intervals are probably too wide"
    else:
        meaning = "the coverage found is in that range"
    if right["high"] >= 100.0:
        meaning += (
            ". That cannot show intervals that are too wide: with these figures no coverage is too high"
        )
    return (
        "Figures of one series move together, so coverage varies even where the model's joint distribution "
        "is exactly right: with each of its own draws taken for what happened, nine of ten have "
        f"{right['low']:.0f}% to {right['high']:.0f}% of these figures inside, and {right['all']:.0f}% have "
        f"all of them; {meaning}.\n"
    )


def _in_order(found: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return scores by forecaster, the model first."""
    return [(kind, found[kind]) for kind in FORECASTERS if kind in found]


def _series(result: Mapping[str, Any]) -> list[str]:
    """Return the series that were forecast, in order."""
    return list(dict.fromkeys(row["series"] for row in result["rows"]))


def _inside(scores: Mapping[str, float]) -> int:
    return round(scores["coverage_90"] * scores["points"] / 100.0)


def _scores(each: Mapping[str, float]) -> str:
    return (f"{each['points']} | {each['error']:.1f} | {each['coverage_50']:.0f}% | "
            f"{each['coverage_90']:.0f}% | {each['winkler_percent']:.0f}")  # fmt: skip


def _variables(result: Mapping[str, Any]) -> list[str]:
    """Return the scores by series."""
    units = {row["series"]: row["unit"] for row in result["rows"]}
    lines = [
        "## Variable by variable\n",
        "| series | forecast | figures | error, % | in 50% | in 90% | interval score, % | in its unit |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for series in _series(result):
        for kind, each in _in_order(result["by_series"][series]):
            lines.append(
                f"| `{series}` | {KINDS[kind]} | {_scores(each)} | {each['winkler']:.3g} ({units[series]}) |"
            )
    return [*lines, ""]


def _worse(result: Mapping[str, Any]) -> list[str]:
    """Return the sentences on series where a simple forecast outperforms the model."""
    lines = ["### Where the model is worse than a simple forecast\n"]
    worse = worse_than(result["by_series"])
    for series in _series(result):
        found = worse[series]
        rivals = [kind for kind in (LAST_VALUE, TREND) if kind in result["by_series"][series]]
        if not rivals:
            lines.append(f"* `{series}`: no figure was known, so there is no simple forecast.")
            continue
        against = " and ".join(KINDS[kind] for kind in rivals)
        if not found:
            lines.append(
                f"* `{series}`: nowhere; it is better than {against} in error and in interval score."
            )
            continue
        parts = ", ".join(_words(each) for each in found)
        lines.append(f"* `{series}`: **worse** in {parts}.")
    return [*lines, ""]


def _words(each: str) -> str:
    """Return a phrase for a key such as "error trend"."""
    score, _, kind = each.partition(" ")
    return f"{SCORES[score]} than {KINDS[kind]}"


def _lies_inside(row: Mapping[str, Any]) -> bool:
    """Return whether a figure lies in the model's 90% interval."""
    low, high = row["forecasts"][MODEL]["interval_90"]
    return bool(low <= row["value"] <= high)


def _points(rows: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    """Return a table of figures and their forecasts."""
    lines = [
        "### Every figure\n" if key == "series" else "",
        f"| {key} | year | figure | model | 50% | 90% | last value | trend | in 90% |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        model = row["forecasts"][MODEL]
        (low, high), half = model["interval_90"], model["interval_50"]
        simple = (row["forecasts"][kind] for kind in (LAST_VALUE, TREND))
        cells = ["-" if each is None else f"{each['median']:.3g}" for each in simple]
        lines.append(
            f"| `{row[key]}` | {row['year']} | {row['value']:.4g} | {model['median']:.4g} | {half[0]:.3g} to "
            f"{half[1]:.3g} | {low:.3g} to {high:.3g} | {cells[0]} | {cells[1]} | "
            f"{'yes' if _lies_inside(row) else '**no**'} |"
        )
    return [*lines, ""]


def _municipalities(result: Mapping[str, Any]) -> list[str]:
    """Return the section on municipalities."""
    rows = result["municipalities"]
    own = sum(row["own"] for row in rows)
    lines = [
        "## Municipalities\n",
        f"Registers in data/ hold {len(rows)} later figures of the sixteen municipalities, {own} of them of "
        "a municipality with a figure that was known (press or municipal documents). From such a figure all "
        "forecasts go on; elsewhere the model forecasts the level from the people who live there under a "
        "neutral organisation, and the simple forecasts take the country's, with the spread of the figures "
        "known. The register of 2022 counts help in kind and is raised to the record's count by the "
        "country's ratio.\n",
        "| series | own figure known | forecast | figures | error, % | in 50% | in 90% | interval score, % |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for series in MUNICIPAL_ROWS:
        for start in (True, False):
            found = scores_of([row for row in rows if row["series"] == series and row["own"] is start])
            lines += [f"| `{series}` | {'yes' if start else 'no'} | {KINDS[kind]} | {_scores(each)} |"
                      for kind, each in _in_order(found)]  # fmt: skip
    for series in MUNICIPAL_ROWS:
        lines += [f"\n`{series}`:", *_points([row for row in rows if row["series"] == series], "slug")]
    return lines


def _waiting(result: Mapping[str, Any]) -> list[str]:
    """Return the section on waiting."""
    row = result["waiting"]
    low, high = row["model"]["interval_90"]
    return [
        "## Waiting\n",
        "No comparable figure on waiting was known in 2017, and of 2018-2022 there is one, of one region: "
        f"outpatient youth help began after {row['value']:.0f} weeks in {row['region']} in {row['year']}. "
        f"The model forecasts {row['model']['median']:.1f} weeks for the country (90% of draws between "
        f"{low:.1f} and {high:.1f}). One region is no record of the country, so it is not "
        "scored.\n",
    ]


def _information(information: Information) -> list[str]:
    """Return the information set: dated figures, priors, and series of the history."""
    lines = [
        "## What was known at the end of 2017\n",
        "From `data/backtest_information.yaml`. Every dated figure with a value after 2017:\n",
        "| figure | what is done | from | growth a year | source |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, entry in information.figures.items():
        growth = "{:.2%} to {:.2%}, drawn".format(*entry["per_year"]) if "per_year" in entry else "-"
        growth += f", `{entry['net_of']}` in it" if "net_of" in entry else ""
        done = entry["treatment"] if entry["treatment"] != NOT_READ else "not read after 2017"
        lines.append(f"| `{name}` | {done} | {entry.get('until', '-')} | {growth} | {entry['source']} |")
    lines += ["\nFigures that were known in addition to the record; simple forecasts begin at them:\n",
              "| series | year | figure | source |", "| --- | --- | --- | --- |"]  # fmt: skip
    lines += [f"| `{name}` | {each['year']} | {each['value']:g} | {each['source']} |"
              for name, each in information.known_beside_record.items()]  # fmt: skip
    lines += ["\nParameters whose range was set with a later figure in view, and the range of then:\n",
              "| parameter | low | high | source |", "| --- | --- | --- | --- |"]  # fmt: skip
    lines += [f"| `{name}` | {entry['low']:g} | {entry['high']:g} | {entry['source']} |"
              for name, entry in information.parameters.items()]  # fmt: skip
    stay = later_priors(information, Parameters())
    lines.append(
        f"\n{len(stay)} more parameters keep a prior whose source is dated after {information.last_year}, "
        "because it says how a thing works and not how much it grew: "
        + ", ".join(f"`{each}`" for each in stay)
        + "."
    )
    later = {row["series"] for row in read_rows(DATA_FOLDER / "history.csv", ("series", "year"))
             if row["year"][:4] > str(information.last_year)}  # fmt: skip
    known = sorted(later & set(information.history_known))
    lines.append(
        f"\nOf the {len(later)} series of `data/history.csv` with rows after 2017, {len(known)} were "
        f"published by then ({', '.join(f'`{each}`' for each in known)}); the others are unknown and "
        "nothing here reads them. So the extra requests for household help after 2019, the duty of debt "
        "signalling of 2021, the extra money for youth care and the wages of 2020 and 2022 are not in "
        "the forecast.\n"
    )
    return lines


def _targets(result: Mapping[str, Any]) -> list[str]:
    """Return the targets that were fitted and those left out."""
    lines = [
        "## What was fitted\n",
        "| target | figure | bounds | model | 90% | inside | fitted |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in result["fitted"]:
        model = row["model"]
        inside = "yes" if row["low"] <= model["mean"] <= row["high"] else "**no**"
        lines.append(
            f"| `{row['target']}` | {row['value']:g} | {row['low']:.4g} to {row['high']:.4g} | "
            f"{model['mean']:.4g}  | {model['low']:.4g} to {model['high']:.4g} | {inside} | "
            f"{'yes' if row['reached'] else 'no, out of reach'} |"
        )
    left_out = ", ".join(f"`{row['target']}` ({row['reason']})" for row in result["left_out"])
    return [*lines, f"\nLeft out, by the last year that period or source names: {left_out}.\n"]
