"""What the terminal says of a package, measure by measure, and its waterfall."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.common.languages import LANGUAGES
from scenarios.common.terminal import show_table
from scenarios.reporting.figures.answers import draw_waterfall
from scenarios.reporting.texts import number
from scenarios.reporting.texts.answers import adding_up, decimals_for, word

PARTS = ("ordered", "shapley")


def tell(document: Mapping[str, Any], language: str) -> None:
    """Print the whole and a table of the measures of every outcome, and how they were found."""
    for outcome in document["outcomes"]:
        print(f"\n{title(document, outcome, language)}")
        head, rows = table(outcome, language)
        show_table(head, rows, range(1, len(head)))
    print(f"\n{how(document, language)}")


def title(document: Mapping[str, Any], outcome: Mapping[str, Any], language: str) -> str:
    """Return the effect of the package on an outcome in one sentence."""
    total = outcome["total"]
    decimals = decimals_of(outcome)
    told = word(
        "package", language, package=document["title"][language], outcome=outcome["meaning"][language],
        unit=outcome["unit"][language], low=number(total["low"], language, decimals),
        high=number(total["high"], language, decimals), total=number(total["mean"], language, decimals),
    )  # fmt: skip
    doubt = word("doubt", language) if total["low"] <= 0.0 <= total["high"] else ""
    return f"{told[0].upper()}{told[1:]}{doubt}"


def decimals_of(outcome: Mapping[str, Any]) -> int:
    """Return with how many decimals the parts of an outcome are shown."""
    means = (row[key]["mean"] for row in outcome["measures"] for key in PARTS)
    return decimals_for(outcome["total"]["mean"], *means)


def table(outcome: Mapping[str, Any], language: str) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a table: a row per measure and one of the whole; the numbers shown add up."""
    total, measures, decimals = outcome["total"], outcome["measures"], decimals_of(outcome)
    rows = [[row["measure"]] for row in measures] + [[word("total", language)]]
    for key in PARTS:
        means = adding_up([row[key]["mean"] for row in measures], total["mean"], decimals)
        parts = [*(row[key] for row in measures), total]
        for cells, mean, part in zip(rows, [*means, total["mean"]], parts, strict=True):
            ends = {end: number(part[end], language, decimals) for end in ("low", "high")}
            cells += [number(mean, language, decimals), word("ends", language, **ends)]
    head = [word("measure", language)]
    for key in PARTS:
        head += [word(key, language), "95%"]
    return head, rows


def how(document: Mapping[str, Any], language: str) -> str:
    """Return how the parts were found."""
    count = len(document["measures"])
    if document["exact"]:
        told = word("exact", language, subsets=2**count)
    else:
        possible = number(math.factorial(count), language)
        told = word("sampled", language, orders=document["orders"], possible=possible)
    return word("how", language, draws=document["draws"], how=told)


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the waterfall of every outcome in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in document["outcomes"]:
        for language in LANGUAGES:
            draw_waterfall(document, outcome, language, folder / f"{outcome['name']}_{language}.csv")
