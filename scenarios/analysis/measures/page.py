"""What the terminal says of a package, measure by measure, and its waterfall."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scenarios.common.languages import LANGUAGES
from scenarios.reporting.figures.answers import draw_waterfall
from scenarios.reporting.texts import number
from scenarios.reporting.texts.answers import adding_up, decimals_for, word

ENDS = ("low", "high")


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the parts of every outcome, in lines for the terminal."""
    lines: list[str] = []
    for outcome in document["outcomes"]:
        lines += ["", *_of_outcome(document["title"][language], outcome, language)]
    count = len(document["measures"])
    if document["exact"]:
        how = word("exact", language, subsets=2**count)
    else:
        possible = number(math.factorial(count), language)
        how = word("sampled", language, orders=document["orders"], possible=possible)
    return [*lines, "", word("how", language, draws=document["draws"], how=how)]


def _of_outcome(package: str, outcome: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the whole and each measure; the numbers shown add up."""
    total, rows = outcome["total"], outcome["measures"]
    decimals = decimals_for(
        total["mean"], *(row[key]["mean"] for row in rows for key in ("ordered", "shapley"))
    )
    whole = {key: number(total[key], language, decimals) for key in ENDS}
    doubt = word("doubt", language) if total["low"] <= 0.0 <= total["high"] else ""
    said = word(
        "package", language, package=package, outcome=outcome["meaning"][language],
        total=number(total["mean"], language, decimals), unit=outcome["unit"][language], **whole,
    )  # fmt: skip
    yield f"{said[0].upper()}{said[1:]}{doubt}"
    yield f"  {word('heads', language)}"
    means = {
        key: adding_up([row[key]["mean"] for row in rows], total["mean"], decimals)
        for key in ("ordered", "shapley")
    }
    for place, row in enumerate(rows):
        values = {"measure": row["measure"]}
        for key, name in (("ordered", "ordered"), ("shapley", "part")):
            values[name] = number(means[key][place], language, decimals)
            values |= {f"{name}_{end}": number(row[key][end], language, decimals) for end in ENDS}
        yield word("measure_row", language, **values)


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the waterfall of every outcome in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in document["outcomes"]:
        for language in LANGUAGES:
            draw_waterfall(document, outcome, language, folder / f"{outcome['name']}_{language}.csv")
