"""docs/value_of_information.md and its figure: the most valuable study, as far as the draws can show."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd

from agents.vocabulary import KINDS, PROBLEMS
from scenarios.analysis.exploration.options import draw_in_languages, read, store_result
from scenarios.common.installation import DOCS
from scenarios.reporting.figures.exploration import note
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    ORANGE,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.summary.remainder import remainder_lines, remainder_table
from scenarios.reporting.texts import LANGUAGES, capital, number, sensible, share, table_row
from scenarios.reporting.texts.value_of_information import STUDIES, WORDS, word

FIGURES = "figures/value_of_information"
NAME = "value_of_information"
SHOWN, TABLED = 10, 25
LABEL_WIDTH = 62  # maximum number of characters in a line left of an axis
NORMAL_95 = 1.96
# Required content of a stored result.
ROW = {"name": str, "value": float, "error": float, "changes": float, "explained": float, "is_shown": bool}
STORED = {"unknowns": [ROW], "groups": [ROW], "everything": {"upper": float}, "policies": [{"best": float}]}
HEAD = """# Which study would settle it

Written by `landingsbaan value-of-information ... write=true`; do not edit by hand.

Every policy below was run under the same draws of all unknowns, with the same random numbers. The *value* of
an unknown is its EVPPI (expected value of partial perfect information): how much more the best choice
brings, on average, when this unknown is known before the choice and all others are not. It is found by
regression on the draws (Strong, Oakley and Brennan 2014): a smoothing spline for one unknown, a Gaussian
process for several. *Changes* is the probability that another policy would be chosen, *explains* the share
of the variance of the difference between the two leading policies, with chance in the whole. An unknown may
explain much and be worth nothing: then the choice is the same at all its values.

The standard error holds what the regression leaves open and that the draws are a sample. Bias is checked by
permutation: *of nothing* is the mean value of an unknown with the same draws that does nothing. A value is
said to be shown only above what the highest of all that are looked at in one table reaches in 95% of the
permutations when none of them does anything. A value of 0 that is not shown does not prove that a study is
useless: a small value stays hidden.

A value is what *perfect* knowledge is worth, so it is the most that a study could be worth, before its cost;
how large a study must be is not said here. It is the value for one inhabitant of a town as simulated, for
each year from the transition on. Fitted unknowns are correlated where the posterior says so: to know one
tells of others. It is as good as the ranges and the model: what neither holds has no value here.
"""


def title(document: Mapping[str, Any], language: str) -> str:
    """Return the main result in one sentence."""
    best = _best(document)["title"][language]
    if not document["everything"]["upper"] > 0.0:
        told = word("no_doubt", language, best=best)
    else:
        leaders = leading([row for row in document["groups"] if row["kind"] == "study"])
        first = label(leaders[0], language) if leaders else ""
        key = "none_counts" if not leaders else "one_leads" if len(leaders) == 1 else "some_lead"
        told = word(key, language, best=best, study=first, count=len(leaders))
    return capital(told)


def leading(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the rows with possibly the highest value: intervals that reach the highest lower end.

    Examples
    --------
    >>> row = {"value": 3.0, "error": 0.1, "is_shown": True}
    >>> len(leading([row, row | {"value": 1.0}, row | {"is_shown": False}]))
    1
    """
    shown = sorted((row for row in rows if row["is_shown"]), key=lambda row: -row["value"])
    sure = max((row["value"] - NORMAL_95 * row["error"] for row in shown), default=0.0)
    return [row for row in shown if row["value"] + NORMAL_95 * row["error"] >= sure]


def label(row: Mapping[str, Any], language: str) -> str:
    """Return the label of a row: a description of a study, or an unknown with its list element.

    Examples
    --------
    >>> label({"name": "household.passes_per_month[4]"}, "en")
    'household.passes_per_month[4] (youth)'
    """
    name = row["name"]
    if name in STUDIES:
        return STUDIES[name].study[LANGUAGES.index(language)]
    if name in WORDS:
        return word(name, language)
    parameter, _, place = name.partition("[")
    lists = {"household": PROBLEMS, "provider": KINDS}.get(parameter.partition(".")[0])
    if not place or lists is None:
        return name
    return f"{name} ({lists[int(place[:-1])]})"


def _best(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the policy that is best on average."""
    return max(document["policies"], key=lambda each: each["more"])


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the result as lines for the terminal."""
    lines = ["", f"{title(document, language)}.", *_about_all(document, language)]
    for kind, rows in _tables(document).items():
        lines += ["", f"{word(f'by_{kind}', language)}"]
        lines += [f"  {label(row, language)}: {_worth(row, language)}" for row in rows[:SHOWN]]
    for policy, found in _beside(document, language):
        lines += ["", f"{policy}:", *remainder_lines(found, language)]
    return lines


def _beside(document: Mapping[str, Any], language: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every policy but the first, and its remaining effect with a mechanism off."""
    titles = [each["title"][language] for each in document["policies"]]
    for title_of, found in zip(titles[1:], document["beside"], strict=True):
        yield capital(word("compared", language, policy=title_of, first=titles[0])), found


def _about_all(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the lines on the effects of policies, perfect information, and prices."""
    everything, unit = document["everything"], document["unit"][language]
    first = document["policies"][0]["title"][language]
    lines = [
        word("policy_row", language, policy=capital(each["title"][language]), first=first, unit=unit,
             more=_signed(each["more"], language), error=sensible(each["error"], language, each["more"]),
             share=share(each["best"], language)) + "."
        for each in document["policies"][1:]
    ]  # fmt: skip
    lines.append(
        word("at_most", language, best=_best(document)["title"][language], unit=unit,
             upper=sensible(everything["upper"], language),
             error=sensible(everything["upper_error"], language, everything["upper"]))
    )  # fmt: skip
    if everything["lower"] is not None:
        lines.append(
            word("at_least", language, lower=sensible(everything["lower"], language),
                 error=sensible(everything["lower_error"], language, everything["lower"]))
        )  # fmt: skip
    price, even = document["unmet_price"], document["even_price"]
    lines.append(word("with_price" if price else "money_only", language, price=sensible(price, language)))
    if price:
        cheapest = document["on_money_alone"]
        lines.append(
            word("on_money_alone", language, share=share(cheapest["share"], language),
                 policy=document["policies"][cheapest["policy"]]["title"][language])
        )  # fmt: skip
    first, second = (each["title"][language] for each in document["policies"][:2])
    lines.append(
        capital(word("no_even_price", language, first=first, second=second)) if even is None
        else word("even_price", language, first=first, second=second, price=sensible(even, language),
                  error=sensible(document["even_price_error"], language, even))
    )  # fmt: skip
    return lines


def _signed(value: float, language: str) -> str:
    decimals = 0 if abs(value) >= 100.0 else 1 if abs(value) >= 1.0 else 2
    return number(value, language, decimals, sign=True)


def _worth(row: Mapping[str, Any], language: str) -> str:
    """Return value, error and consequence of one row, and whether it is distinguishable from zero."""
    told = word("worth", language, value=number(row["value"], language, 2),
                error=number(row["error"], language, 2), changes=share(row["changes"], language),
                explained=share(row["explained"], language))  # fmt: skip
    return told if row["is_shown"] else f"{told}; {word('not_shown', language)}"


def _tables(document: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the rows of every table, in order."""
    groups = document["groups"]
    return {
        "study": [row for row in groups if row["kind"] == "study"],
        "unknown": document["unknowns"],
        "split": [row for row in groups if row["kind"] == "split"],
        "parameters": [row for row in groups if row["kind"] == "parameters"],
    }


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figure in both languages."""
    draw_in_languages(draw_bars, title, document, folder / NAME)


def draw_bars(document: Mapping[str, Any], finding: str, language: str, path: Path) -> Path:
    """Draw studies and single unknowns as bars with their 95% intervals; write a table of the same name."""
    figure = new_figure(13.0, 6.6)
    tables = _tables(document)
    for left, kind, colour in ((0.27, "study", BLUE), (0.75, "unknown", ORANGE)):
        axes = figure.add_axes((left, 0.2, 0.22, 0.55))
        rows = tables[kind][:SHOWN]
        for place, row in enumerate(reversed(rows)):
            # Values that are not significant are pale, also in a grey print.
            axes.barh(place, row["value"], color=colour, alpha=1.0 if row["is_shown"] else 0.3, height=0.7)
            width = min(row["value"], NORMAL_95 * row["error"]), NORMAL_95 * row["error"]
            axes.errorbar(row["value"], place, xerr=[[width[0]], [width[1]]], color=BLACK, linewidth=1.0)
        axes.axvline(document["thresholds"][kind], color=BLACK, linestyle=":", linewidth=1.0)
        names = [fill(label(row, language), LABEL_WIDTH) for row in reversed(rows)]
        axes.set_yticks(range(len(rows)), names, size=SMALL - 2)
        axes.set_xlim(left=0.0)
        axes.set_xlabel(word("value_axis", language, unit=document["unit"][language]), size=SMALL)
        axes.set_title(word(f"by_{kind}", language), size=SMALL + 1, loc="left")
        local_numbers(axes.xaxis, language)
    figure.text(0.015, 0.055, f"┈ {word('threshold', language)}", size=SMALL, va="bottom")
    headline(figure, finding, " ".join(_about_all(document, language)[:-2]))
    note(figure, document, language)
    behind = [{"table": kind} | _cells(row) for kind, rows in tables.items() for row in rows]
    return save(figure, pd.DataFrame(behind), path)


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numbers of a row."""
    kept = ("name", "value", "error", "changes", "changes_error", "explained", "of_nothing", "is_shown")
    return {key: row[key] for key in kept}


def write_pages(document: dict[str, Any], docs: Path = DOCS) -> Path:
    """Store a result with the pages, and write the page from it."""
    folder = docs / FIGURES
    path = store_result(document, folder / f"{NAME}.json")
    draw(document, folder)
    page = docs / f"{NAME}.md"
    page.write_text(_page(read(path, STORED)), encoding="utf-8")
    print(page)
    return page


def _page(document: Mapping[str, Any]) -> str:
    """Return the page."""
    policies = ", ".join(f"`{each['name']}`" for each in document["policies"])
    lines = [
        HEAD,
        f"**{title(document, 'en')}.** {' '.join(_about_all(document, 'en'))}",
        "",
        f"![{title(document, 'en')}]({FIGURES}/{NAME}_en.png)",
        "",
        f"{document['municipality']}, {document['households']:,} households, {document['first_month']} to "
        f"{document['last_month']}; policies {policies}; {document['draws']:,} draws of the unknowns from "
        f"{_from_where(document)}, each with {document['seeds']} random seed(s); "
        f"{document['runs']:,} runs, {document['core_seconds']:,} core-seconds; result version "
        f"{document['result_version']}.",
        "",
        f"```text\n{document['command']}\n```",
        "",
    ]
    for kind, rows in _tables(document).items():
        lines += [f"## {word(f'by_{kind}', 'en')}", "", *_table(kind, rows, document)]
    for policy, found in _beside(document, "en"):
        lines += [f"## {policy}", "", *remainder_table(found, "en")]
    return "\n".join(lines)


def _from_where(document: Mapping[str, Any]) -> str:
    """Return the source of the draws as a phrase."""
    if document["draws_from"] == "posterior":
        return "the posterior and, where nothing was fitted, their ranges"
    return "their ranges (no posterior was used)"


def _table(kind: str, rows: Sequence[Mapping[str, Any]], document: Mapping[str, Any]) -> list[str]:
    """Return one table of the page, with the criterion for a shown value."""
    limit = document["thresholds"][kind]
    lines = [
        f"Values in {document['unit']['en']}. A value counts as shown when it is above {limit:.3g}"
        + (f"; the first {TABLED} of {len(rows)}, all stand in [the table]({FIGURES}/{NAME}_en.csv)."
           if len(rows) > TABLED else "."),
        "",
    ]  # fmt: skip
    last = {"study": ["data that exist", "unknowns"], "unknown": ["data that exist", "study"]}
    heads = ["", "value", "standard error", "of nothing", "changes", "explains", "shown"]
    lines += [table_row([*heads, *last.get(kind, ["unknowns"])])]
    lines.append("| --- " * (len(heads) + len(last.get(kind, [""]))) + "|")
    lines += [table_row([*_numbers(row), *_last(kind, row)]) for row in rows[:TABLED]]
    return [*lines, ""]


def _numbers(row: Mapping[str, Any]) -> list[str]:
    name = f"`{row['name']}`" if "[" in row["name"] or "." in row["name"] else label(row, "en")
    if name.startswith("`") and label(row, "en") != row["name"]:
        name += label(row, "en").removeprefix(row["name"])
    return [
        name,
        f"{row['value']:.3f}",
        f"{row['error']:.3f}",
        f"{row['of_nothing']:.3f}",
        f"{row['changes']:.0%} ± {row['changes_error']:.0%}",
        f"{row['explained']:.0%}",
        "yes" if row["is_shown"] else "no",
    ]


def _last(kind: str, row: Mapping[str, Any]) -> list[str]:
    """Return the last columns: existing data, and the study."""
    if kind == "unknown":
        target = f"target `{row['target']}`; " if row["target"] else "no target; "
        return [target + row["source"], STUDIES[row["study"]].study[0]]
    members = str(len(row["members"]))
    if kind != "study":
        return [members]
    return [STUDIES[row["name"]].exists[0] if row["name"] in STUDIES else "", members]
