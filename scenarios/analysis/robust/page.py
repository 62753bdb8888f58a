"""docs/robust.md, and what the terminal says of policies that no other beats."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.analysis.exploration.options import keep, read
from scenarios.common.installation import DOCS
from scenarios.common.languages import LANGUAGES
from scenarios.reporting.figures.exploration import draw_front
from scenarios.reporting.texts import sensible
from scenarios.reporting.texts.exploration import word

FIGURES = "figures/robust"
NAME = "front"
ROWS = 30
HEAD = """# Policies that hold up across the unknowns

Written by `landingsbaan optimise ... write=true`; do not edit by hand.

NSGA-III (pymoo) searches the levers a municipality has. Every policy meets the same draws of the
unknowns and the same random numbers; an objective is what it comes to in the worst quarter of these draws
(`robust=worst_quarter`) or on average (`robust=mean`). `effect_` is the difference from the same
municipality without any of these levers, `transition_harm_` from the same policy with a phase-in period of
eight years. Shown are the policies that no other that was tried beats on all objectives at once: the
trade-off is the reader's. *Hypervolume* is the part of the objectives' space that the front dominates; where
it still grows, the search was not at its end. A policy was chosen on these draws, so on others it will do
a little worse than stands here.
"""


def title(document: Mapping[str, Any], language: str) -> str:
    """Return the finding in one sentence."""
    names = ", ".join(each["name"] for each in document["objectives"])
    told = word(
        "front_title", language, count=len(document["front"]), tried=document["tried"], objectives=names
    )
    return told[0].upper() + told[1:]


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return what was found, in lines for the terminal."""
    lines = ["", f"{title(document, language)}."]
    for row in document["front"][:ROWS]:
        names = (each["name"] for each in document["objectives"])
        objectives = ", ".join(f"{name} {sensible(row['objectives'][name], language)}" for name in names)
        levers = " ".join(f"{name}={value:.3g}" for name, value in row["levers"].items())
        lines.append(f"  {objectives}: {levers}")
    return lines


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the front and its convergence in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        draw_front(document, title(document, language), language, folder / f"{NAME}_{language}.csv")


def write_pages(document: dict[str, Any], docs: Path = DOCS) -> Path:
    """Write the page and its figures."""
    folder = docs / FIGURES
    keep(document, folder / f"{NAME}.json")
    draw(document, folder)
    page = docs / "robust.md"
    page.write_text(HEAD + _body(read(folder / f"{NAME}.json")), encoding="utf-8")
    print(page)
    return page


def _body(document: Mapping[str, Any]) -> str:
    """Return the page below its head."""
    names = [each["name"] for each in document["objectives"]]
    levers = [each["name"] for each in document["levers"]]
    grown = " ".join(f"{value:.2f}" for value in document["hypervolume"])
    lines = [
        f"\n{document['municipality']}, {document['households']:,} households, {document['first_month']} to "
        f"{document['last_month']}; {document['draws']} draws, {document['tried']} policies, "
        f"{document['runs']:,} runs, "
        f"{document['core_seconds']:,} core-seconds; result version {document['result_version']}.\n",
        f"```text\n{document['command']}\n```\n",
        "Levers searched: "
        + "; ".join(f"`{each['name']}` {each['low']:g} to {each['high']:g}" for each in document["levers"])
        + ".\n",
        f"**{title(document, 'en')}.** Hypervolume by generation, as a share of the last: {grown}.\n",
        f"![The front]({FIGURES}/{NAME}_en.png)\n",
        "Objectives: "
        + "; ".join(
            f"`{each['name']}` ({each['meaning']['en']}, {each['unit']['en']}"
            + (", more is better)" if each["more_is_better"] else ")")
            for each in document["objectives"]
        )
        + ".\n",
        "| " + " | ".join(f"`{name}`" for name in names + levers) + " |",
        "| --- " * (len(names) + len(levers)) + "|",
    ]
    for row in document["front"][:ROWS]:
        cells = [f"{row['objectives'][name]:.3g}" for name in names]
        cells += [f"{row['levers'][name]:.3g}" for name in levers]
        lines.append("| " + " | ".join(cells) + " |")
    if len(document["front"]) > ROWS:
        lines.append(
            f"\n{len(document['front']) - ROWS} more stand in [{NAME}_en.csv]({FIGURES}/{NAME}_en.csv)."
        )
    return "\n".join(lines) + "\n"
