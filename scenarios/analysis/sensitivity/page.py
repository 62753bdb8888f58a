"""docs/sensitivity.md, and what the terminal says of a sensitivity analysis: no more than intervals allow."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.analysis.exploration.options import keep, read
from scenarios.common.installation import DOCS
from scenarios.reporting.figures.exploration import draw_sensitivity
from scenarios.reporting.texts import LANGUAGES, number, sensible
from scenarios.reporting.texts.exploration import word

FIGURES = "figures/sensitivity"
ROWS, STEPS, NAMED = 12, 5, 3
HEAD = """# What drives the outcomes

Written by `landingsbaan sensitivity ... write=true`; do not edit by hand.

Levers and drawn parameters are varied together, over the ranges of [parameters.md](parameters.md)
(drawn parameters; the elements of a list move together) or those named below (levers). *Random seed* is a
factor like the others: another seed. The arms of a case share people, random numbers and unknowns. Outcomes
named `transition_harm_` are what a phase-in period does more than one of eight years, `effect_` what the
policy changes; `savings` compares the policy with the reference. Intervals are 95% by bootstrap. What is said
to lead has an interval apart from all others of its kind; else it is said that they are not distinguishable.
Ranges of expert size go in, so what follows says where this model is sensitive, not what is likely.
"""
METHODS = {
    "morris": """
## Morris: elementary effects

{samples} trajectories over {factors} factors. *mu\\** is the mean size of the change of the outcome
when a factor steps over two thirds of its range, scaled to the whole; *mu* the same with its sign;
*sigma / mu\\** says how much it depends on where the others stand, or bends: near 0 it neither
interacts nor bends, from 1 on it does mostly that.
""",
    "sobol": """
## Sobol: shares of the variance

{samples} base samples over {factors} factors. *Total* is the share of the variance that would remain if
all but this factor were known; *first* what would go if it alone were known; *interaction* the first
less the second.
""",
}


def leading(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the factors that may be the first: those whose intervals reach the highest lower end.

    Examples
    --------
    >>> leading([{"factor": "a", "importance": 3.0, "low": 2.5, "high": 3.5},
    ...          {"factor": "b", "importance": 1.0, "low": 0.5, "high": 1.5}])
    ['a']
    """
    ordered = sorted(rows, key=lambda row: -row["importance"])
    sure = max((row["low"] for row in rows), default=0.0)
    return [row["factor"] for row in ordered if row["high"] >= sure] if sure > 0.0 else []


def sentence(
    document: Mapping[str, Any],
    outcome: Mapping[str, Any],
    language: str,
    kinds: Sequence[str] = ("lever", "unknown"),
) -> str:
    """Return which lever and which unknown lead, in one sentence."""
    of_kind = {each["name"]: each["kind"].split()[0] for each in document["factors"]}
    parts = []
    for kind in kinds:
        rows = [row for row in outcome["indices"] if of_kind[row["factor"]] == kind]
        if not rows:
            continue
        names = leading(rows)
        key = "none_leads" if not names else "one_leads" if len(names) == 1 else "some_lead"
        if len(names) > NAMED:
            key = "many_lead"
        told = ", ".join(names[:NAMED])
        parts.append(word(key, language, kind=word(kind, language), names=told, count=len(names)))
    said = "; ".join(parts)
    return said[:1].upper() + said[1:] + "."


def _random_seed(document: Mapping[str, Any], outcome: Mapping[str, Any], language: str) -> str:
    """Return how much the random seed matters beside the first factor."""
    rows = {row["factor"]: row["importance"] for row in outcome["indices"]}
    highest = max(rows.values())
    share = 100.0 * rows["random_seed"] / highest if highest > 0.0 else 0.0
    said = word("seed_beside", language, share=number(share, language))
    return said[0].upper() + said[1:] + "."


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return what a result says, in lines for the terminal."""
    lines = []
    for outcome in document["outcomes"]:
        lines += [
            "",
            f"{outcome['name']} ({outcome['unit'][language]}): {sentence(document, outcome, language)}",
        ]
        for row in outcome["indices"][:ROWS]:
            told = f"{sensible(row['importance'], language)} ({_between(row, language)})"
            lines.append(f"  {row['factor']:<52} {told:<28} {sensible(row['interaction'], language)}")
    return lines


def _between(row: Mapping[str, Any], language: str) -> str:
    beside = row["importance"]
    return f"{sensible(row['low'], language, beside)} – {sensible(row['high'], language, beside)}"


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figures of all outcomes in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in document["outcomes"]:
        for language in LANGUAGES:
            name = f"{document['method']}_{outcome['name']}_{language}.csv"
            draw_sensitivity(
                document, outcome, sentence(document, outcome, language), language, folder / name
            )


def write_pages(document: dict[str, Any], docs: Path = DOCS) -> Path:
    """Keep a result among the pages, and write the page from all that are stored there."""
    folder = docs / FIGURES
    keep(document, folder / f"{document['method']}.json")
    draw(document, folder)
    stored = [read(path) for method in METHODS if (path := folder / f"{method}.json").is_file()]
    page = docs / "sensitivity.md"
    page.write_text(HEAD + "".join(_section(each) for each in stored), encoding="utf-8")
    print(page)
    return page


def _section(document: Mapping[str, Any]) -> str:
    """Return the part of the page on one method."""
    count = len(document["factors"])
    lines = [METHODS[document["method"]].format(samples=document["samples"], factors=count)]
    lines.append(
        f"{document['municipality']}, {document['households']:,} households, {document['first_month']} to "
        f"{document['last_month']}, policy {document['policy']}; {document['cases']:,} cases, "
        f"{document['runs']:,} "
        f"runs, {document['core_seconds']:,} core-seconds; result version {document['result_version']}.\n"
    )
    lines.append(f"```text\n{document['command']}\n```\n")
    ranges = [each for each in document["factors"] if "low" in each]
    if ranges:
        told = "; ".join(f"`{each['name']}` {each['low']:g} to {each['high']:g}" for each in ranges)
        lines.append(f"Ranges of levers: {told}.\n")
    for outcome in document["outcomes"]:
        lines += _of_outcome(document, outcome)
    return "\n".join(lines)


def _of_outcome(document: Mapping[str, Any], outcome: Mapping[str, Any]) -> list[str]:
    """Return the lines on one outcome."""
    method, name = document["method"], outcome["name"]
    kinds = {each["name"]: each["kind"] for each in document["factors"]}
    picture = f"{FIGURES}/{method}_{name}_en.png"
    lines = [
        f"### `{name}`",
        "",
        f"{outcome['meaning']['en'][:1].upper()}{outcome['meaning']['en'][1:]}, "
        f"{outcome['unit']['en']}; mean {outcome['mean']:.4g}, "
        f"standard "
        f"deviation {outcome['spread']:.4g} over all cases. **{sentence(document, outcome, 'en')}** "
        f"{_random_seed(document, outcome, 'en')}",
        "",
        f"![{name}]({picture})",
        "",
    ]
    if method == "morris":
        lines += [
            "| factor | kind | mu\\* | 95% | mu | sigma / mu\\* |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| `{row['factor']}` | {kinds[row['factor']]} | {row['importance']:.3g} | {row['low']:.3g} to "
            f"{row['high']:.3g} | {row['mu']:+.3g} | {row['interaction']:.2f} |"
            for row in outcome["indices"][:ROWS]
        ]
    else:
        lines += ["| factor | kind | total | 95% | first | 95% | interaction |", "| --- " * 7 + "|"]
        lines += [
            f"| `{row['factor']}` | {kinds[row['factor']]} | {row['importance']:.3f} | {row['low']:.3f} to "
            f"{row['high']:.3f} | {row['first']:.3f} | {row['first_low']:.3f} to {row['first_high']:.3f} | "
            f"{row['interaction']:+.3f} |"
            for row in outcome["indices"][:ROWS]
        ]
    return [*lines, "", *_convergence(outcome), *_pairs(outcome)]


def _convergence(outcome: Mapping[str, Any]) -> list[str]:
    """Return the leading factors' indices over more and more of the sample."""
    leaders = [row["factor"] for row in outcome["indices"][:STEPS]]
    sizes = sorted({row["samples"] for row in outcome["convergence"]})
    at = {(row["factor"], row["samples"]): row for row in outcome["convergence"]}
    lines = ["Convergence, with half the 95% interval:", ""]
    lines += [
        "| samples | " + " | ".join(f"`{name}`" for name in leaders) + " |",
        "| --- " * (len(leaders) + 1) + "|",
    ]
    for size in sizes:
        cells = []
        for name in leaders:
            row = at[name, size]
            cells.append(f"{row['importance']:.3g} ± {row['high'] - row['importance']:.2g}")
        lines.append(f"| {size} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def _pairs(outcome: Mapping[str, Any]) -> list[str]:
    """Return the pairs of factors that interact most, where these were asked."""
    if "pairs" not in outcome:
        return []
    lines = [
        "Pairs that interact most (share of the variance):",
        "",
        "| factor | with | share | 95% |",
        "| --- " * 4 + "|",
    ]
    for row in outcome["pairs"][:STEPS]:
        lines.append(
            f"| `{row['factor']}` | `{row['other']}` | {row['share']:.3f} | {row['low']:.3f} to "
            f"{row['high']:.3f} |"
        )
    return [*lines, ""]
