"""docs/landing_strip.md: how long the strip must be, claiming no more than the intervals allow."""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.exploration.options import keeps, read
from scenarios.common.installation import DOCS
from scenarios.common.languages import LANGUAGES
from scenarios.reporting.figures.phase_in import draw_strip
from scenarios.reporting.texts import number, sensible, share
from scenarios.reporting.texts.phase_in import word
from scenarios.studies.precision import band_of

# What counts as a bruise of a short strip, and what the interval of its mean allows to say.

# What counts as no bruise, a year: those of claim C06 (conf/claim/C06.yaml) over its ten years.
NONE: dict[str, float] = {
    "bruise_own_payments": 2.0,
    "bruise_crises": 0.1,
    "bruise_supervision_orders": 0.02,
    "bruise_waiting_above_norm": 1.0,
    "bruise_unmet": 6.0,
}
# Told apart, because a longer strip as announced brings more money by itself.
GROUPS = {
    "people": tuple(name for name in NONE if name != "bruise_own_payments"),
    "money": ("bruise_own_payments",),
}
BASES = ("as_announced", "same_money")
FREE, BRUISED, UNSURE = "free", "bruised", "unsure"


def parts(values: np.ndarray) -> dict[str, Any]:
    """Return mean, interval and verdict of every part of a bruise; values are of shape (n_draws, n_parts)."""
    found = {}
    for place, (name, none) in enumerate(NONE.items()):
        of_draws = values[:, place]
        band = band_of(of_draws)
        low, high = band.mean - band.half_width, band.mean + band.half_width
        found[name] = {
            "mean": band.mean, "low": low, "high": high, "share_of_draws": float((of_draws > none).mean()),
            "verdict": FREE if high <= none else BRUISED if low > none else UNSURE,
        }  # fmt: skip
    return found


def verdict(of_parts: list[str]) -> str:
    """Return what holds of all parts together.

    Examples
    --------
    >>> verdict(["free", "free"]), verdict(["free", "unsure"]), verdict(["unsure", "bruised"])
    ('free', 'unsure', 'bruised')
    """
    if BRUISED in of_parts:
        return BRUISED
    return FREE if set(of_parts) == {FREE} else UNSURE


def shortest(verdicts: list[tuple[float, str]]) -> float | None:
    """Return the shortest strip from which on all strips looked at are free of bruises; None without one.

    Examples
    --------
    >>> shortest([(0.0, "bruised"), (1.0, "free"), (2.0, "unsure"), (3.0, "free"), (5.0, "free")])
    3.0
    """
    found = None
    for years, said in sorted(verdicts, reverse=True):
        if said != FREE:
            break
        found = years
    return found


def longest_bruised(verdicts: list[tuple[float, str]]) -> float | None:
    """Return the longest strip up to which all strips looked at bruise; None without one.

    Examples
    --------
    >>> longest_bruised([(0.0, "bruised"), (1.0, "bruised"), (2.0, "unsure"), (3.0, "bruised")])
    1.0
    """
    found = None
    for years, said in sorted(verdicts):
        if said != BRUISED:
            break
        found = years
    return found


FIGURES = "figures/strip"
NAME = "strip"
HEAD = "Written by `landingsbaan strip ... write=true`; do not edit by hand."


def verdicts(
    document: Mapping[str, Any], cut: float, ahead: float, basis: str, group: str
) -> list[tuple[float, str]]:
    """Return length and verdict of the strips of one cut, preparation and basis; for people or for money."""
    return [
        (each["years"], each["verdicts"][group])
        for each in document["strips"]
        if (each["cuts"], each["ahead"], each["basis"]) == (cut, ahead, basis)
    ]


def told(found: list[tuple[float, str]], language: str) -> str:
    """Return what the strips of one cut say, each length under its own verdict.

    Examples
    --------
    >>> told([(0.0, "bruised"), (1.0, "unsure"), (3.0, "free")], "en")
    '0 bruises; 1 cannot be told; 3 no bruise that counts'
    """
    said = []
    for key in (BRUISED, UNSURE, FREE):
        years = [f"{each:g}" for each, verdict in sorted(found) if verdict == key]
        if len(years) == len(found):
            return word(f"all_{key}", language)
        if years:
            said.append(f"{', '.join(years)} {word(f'{key}_of', language)}")
    return "; ".join(said)


def cell(found: list[tuple[float, str]], language: str) -> str:
    """Return the same in a few words, for a table."""
    high, low = shortest(found), longest_bruised(found)
    if high == 0.0:
        return word("cell_overnight", language)
    key = {(True, True): "between", (True, False): "enough", (False, True): "longer"}.get(
        (high is not None, low is not None), "unsure"
    )
    return word(f"cell_{key}", language, low=f"{low or 0:g}", high=f"{high or 0:g}")


def _prepared(ahead: float, language: str) -> str:
    if ahead in (0.0, 1.0):
        return word("not_ahead" if ahead == 0.0 else "ahead_one", language)
    return word("ahead", language, years=number(ahead, language, 0 if ahead == int(ahead) else 1))


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return a sentence for every cut, preparation and basis."""
    return list(_answers(document, language))


def _answers(document: Mapping[str, Any], language: str) -> Iterator[str]:
    for basis, ahead, cut in product(BASES, document["ahead"], document["cuts"]):
        by_group = "; ".join(
            f"{word(group, language)}: {told(verdicts(document, cut, ahead, basis, group), language)}"
            for group in GROUPS
        )
        said = word("sentence", language, cut=share(cut, language), ahead=_prepared(ahead, language),
                    basis=word(basis, language), told=by_group)  # fmt: skip
        yield said + _overnight_parts(document, cut, ahead, basis, language)


def _overnight_parts(document: Mapping[str, Any], cut: float, ahead: float, basis: str, language: str) -> str:
    """Return which parts bruise overnight, with size and interval; nothing where none surely does."""
    for each in document["strips"]:
        if (each["cuts"], each["ahead"], each["basis"], each["years"]) == (cut, ahead, basis, 0.0):
            parts = []
            for name, part in each["parts"].items():
                if part["verdict"] == BRUISED:
                    outcome = document["outcomes"][name]
                    meaning = outcome["meaning"][language].split(":")[0]
                    mean, low, high = (
                        sensible(part[key], language, part["mean"]) for key in ("mean", "low", "high")
                    )
                    parts.append(f"{meaning} +{mean} ({low} – {high}) {outcome['unit'][language]}")
            return word("overnight_parts", language, parts="; ".join(parts)) if parts else ""
    return ""


def preparation(document: Mapping[str, Any], language: str) -> str:
    """Return whether preparation changes the answers."""
    first, lines = document["ahead"][0], []
    for ahead in document["ahead"][1:]:
        where = [
            f"{share(cut, language)}% ({word(group, language)}, {word(basis, language)})"
            for group, basis, cut in product(GROUPS, BASES, document["cuts"])
            if cell(verdicts(document, cut, ahead, basis, group), language)
            != cell(verdicts(document, cut, first, basis, group), language)
        ]
        if where:
            lines.append(word("other_answer", language, ahead=f"{ahead:g}", where=", ".join(where)))
    return " ".join(lines) or (word("same_answer", language) if len(document["ahead"]) > 1 else "")


def draws(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figure in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        draw_strip(document, language, folder / f"{NAME}_{language}.csv")


def writes_page(document: dict[str, Any], docs: Path = DOCS) -> list[Path]:
    """Write the page in both languages, with its figures."""
    folder = docs / FIGURES
    keeps(document, folder / f"{NAME}.json")
    draws(document, folder)
    pages = []
    for language, name in (("en", "landing_strip.md"), ("nl", "landing_strip_nl.md")):
        page = docs / name
        page.write_text(_page(read(folder / f"{NAME}.json"), language), encoding="utf-8")
        pages.append(page)
        print(page)
    return pages


def _page(document: Mapping[str, Any], language: str) -> str:
    """Return the page."""
    columns = list(product(document["ahead"], BASES))
    heads = [f"{_prepared(ahead, language)}, {word(basis, language)}" for ahead, basis in columns]
    lines = [f"# {word('title', language)}", "", HEAD, ""]
    for group in GROUPS:
        lines += [
            f"| {word(group, language)} | " + " | ".join(heads) + " |",
            "| --- " * (len(heads) + 1) + "|",
        ]
        for cut in document["cuts"]:
            cells = [cell(verdicts(document, cut, ahead, basis, group), language) for ahead, basis in columns]
            lines.append(f"| {word('cut', language)} {share(cut, language)}% | " + " | ".join(cells) + " |")
        lines.append("")
    none = "; ".join(
        f"{document['outcomes'][name]['meaning'][language].split(':')[0]} {value:g} "
        f"{document['outcomes'][name]['unit'][language]}"
        for name, value in document["none"].items()
    )
    lines += [
        "",
        f"![{word('title', language)}]({FIGURES}/{NAME}_{language}.png)",
        "",
        preparation(document, language),
        "",
    ]
    lines += [f"* {said}" for said in summary(document, language)]
    how = word(
        "how", language, draws=document["draws"], parts=len(document["none"]), strips=len(document["strips"])
    )
    lines += ["", how, "", f"{word('counts_as_none', language)}: {none}.", ""]
    lines += [
        f"{document['municipality']}, {number(document['households'], language)} "
        f"{word('households', language)}; {document['first_month']} – "
        f"{document['last_month']}; "
        f"policy {document['policy']}; {document['runs']:,} runs, {document['core_seconds']:,} "
        f"core-seconds; model "
        f"version {document['result_version']}. "
        + word(
            "all_numbers", language, file=f"{NAME}_{language}.csv", path=f"{FIGURES}/{NAME}_{language}.csv"
        ),
        "",
        f"```text\n{document['command']}\n```",
        "",
    ]
    return "\n".join(lines)
