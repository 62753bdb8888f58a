"""`landingsbaan phase-in`: how long the phase-in must be, for which cut, with how much prepared beforehand.

Every cut, length, preparation and basis is held against a phase-in period of eight years with the same cut
and preparation, under the same draws and random numbers. A transition harm is said to be there, or not, only
when the whole 95% interval of its mean lies on one side of what counts as none. The page is docs/phase_in.md.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.exploration.options import (
    LEAST,
    ExplorationOptions,
    Page,
    about,
    answered,
    check_options,
    check_size,
    finish_exploration,
    keep,
    read,
)
from scenarios.analysis.exploration.question import Case, outcomes_called, question_from
from scenarios.common.errors import ConfigurationError
from scenarios.common.installation import DOCS
from scenarios.config.keys import key_called
from scenarios.reporting import texts
from scenarios.reporting.figures.exploration import note
from scenarios.reporting.figures.style import BLUE, RED, SMALL, headline, new_figure, save
from scenarios.reporting.texts import LANGUAGES, number, sensible, share
from scenarios.reporting.texts.exploration import phase_in_word as word
from scenarios.studies.commands import split
from scenarios.studies.precision import confidence_interval_of

# The figure of the alderman's page: which phase-in period causes transition harm, by cut, preparation and
# money.

# Distinguishable in grey and by a mark in the cell.
LOOKS = {"free": (BLUE, "○"), "unsure": ("#dddddd", "?"), "harmed": (RED, "×")}
PALE = {"free": 0.25, "unsure": 1.0, "harmed": 0.85}
BASES = ("as_announced", "same_money")


def draw_phase_in(document: Mapping[str, Any], language: str, path: Path) -> Path:
    """Draw a panel for every preparation and basis, a cell for every cut and length; the table beside it."""
    panels = list(product(document["ahead"], BASES))
    figure = new_figure(max(6.5, 2.7 * len(panels)), 7.0)
    width = 0.9 / len(panels)
    for row, group in enumerate(GROUPS):
        for place, (ahead, basis) in enumerate(panels):
            axes = figure.add_axes((0.08 + place * width, 0.56 - 0.4 * row, width * 0.84, 0.27))
            _panel(axes, document, ahead, basis, group, language)
            if place == 0:
                axes.set_ylabel(f"{word(group, language)}\n{word('years', language)}", size=SMALL)
    _legend(figure, language)
    headline(figure, word("title", language))
    note(figure, document, language)
    return save(figure, table(document), path)


def table(document: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row per phase-in period and part: mean, interval, share of draws with a transition harm,
    verdict."""
    return pd.DataFrame(
        [
            {key: each[key] for key in ("cuts", "years", "ahead", "basis")} | {"part": name} | part
            for each in document["phase_ins"]
            for name, part in each["parts"].items()
        ]
    )


def _panel(
    axes: Any, document: Mapping[str, Any], ahead: float, basis: str, group: str, language: str
) -> None:
    """Draw the cells of one preparation and basis."""
    columns, rows = document["cuts"], document["years"]
    for each in document["phase_ins"]:
        if (each["ahead"], each["basis"]) != (ahead, basis):
            continue
        place = columns.index(each["cuts"]), rows.index(each["years"])
        colour, mark = LOOKS[each["verdicts"][group]]
        axes.fill_between([place[0], place[0] + 1], place[1], place[1] + 1, color=colour,
                          alpha=PALE[each["verdicts"][group]], edgecolor="white", linewidth=1.0)  # fmt: skip
        axes.text(place[0] + 0.5, place[1] + 0.5, mark, ha="center", va="center")
    axes.set_xlim(0, len(columns))
    axes.set_ylim(0, len(rows))
    axes.set_xticks(
        [number + 0.5 for number in range(len(columns))], [texts.share(each, language) for each in columns]
    )
    axes.set_yticks([number + 0.5 for number in range(len(rows))], [f"{each:g}" for each in rows])
    axes.set_xlabel(word("cut_axis", language), size=SMALL)
    key = {0.0: "not_ahead", 1.0: "ahead_one"}.get(ahead, "ahead")
    prepared = word(key, language, years=f"{ahead:g}")
    axes.set_title(f"{prepared},\n{word(basis, language)}", size=SMALL, loc="left")


def _legend(figure: Any, language: str) -> None:
    """Say what the marks mean."""
    told = [f"{LOOKS[key][1]} {word(each, language)}" for key, each in
            (("free", "free"), ("unsure", "unsure_cell"), ("harmed", "harmed"))]  # fmt: skip
    figure.text(0.08, 0.055, "    ".join(told), size=SMALL, va="bottom")


# What counts as a transition harm of a short phase-in period, and what the interval of its mean allows to
# say.

# What counts as no transition harm, a year: those of claim C06 (conf/claim/C06.yaml) over its ten years.
NONE: dict[str, float] = {
    "transition_harm_own_payments": 2.0,
    "transition_harm_crises": 0.1,
    "transition_harm_supervision_orders": 0.02,
    "transition_harm_waiting_above_norm": 1.0,
    "transition_harm_unmet": 6.0,
}
# Distinguished, because a longer phase-in period as announced brings more money by itself.
GROUPS = {
    "people": tuple(name for name in NONE if name != "transition_harm_own_payments"),
    "money": ("transition_harm_own_payments",),
}
FREE, HARMED, UNSURE = "free", "harmed", "unsure"


def parts(values: np.ndarray) -> dict[str, Any]:
    """Return mean, interval and verdict of every part of a transition harm; values are of shape (n_draws,
    n_parts)."""
    found = {}
    for place, (name, none) in enumerate(NONE.items()):
        of_draws = values[:, place]
        interval = confidence_interval_of(of_draws)
        low, high = interval.mean - interval.half_width, interval.mean + interval.half_width
        found[name] = {
            "mean": interval.mean, "low": low, "high": high,
            "share_of_draws": float((of_draws > none).mean()),
            "verdict": FREE if high <= none else HARMED if low > none else UNSURE,
        }  # fmt: skip
    return found


def verdict(of_parts: list[str]) -> str:
    """Return what holds of all parts together.

    Examples
    --------
    >>> verdict(["free", "free"]), verdict(["free", "unsure"]), verdict(["unsure", "harmed"])
    ('free', 'unsure', 'harmed')
    """
    if HARMED in of_parts:
        return HARMED
    return FREE if set(of_parts) == {FREE} else UNSURE


def shortest(verdicts: list[tuple[float, str]]) -> float | None:
    """Return the shortest phase-in period from which on all phase-in periods looked at are free of transition
    harms; None without one.

    Examples
    --------
    >>> shortest([(0.0, "harmed"), (1.0, "free"), (2.0, "unsure"), (3.0, "free"), (5.0, "free")])
    3.0
    """
    found = None
    for years, said in sorted(verdicts, reverse=True):
        if said != FREE:
            break
        found = years
    return found


def longest_harmed(verdicts: list[tuple[float, str]]) -> float | None:
    """Return the longest phase-in period up to which all phase-in periods looked at cause transition harm;
    None without one.

    Examples
    --------
    >>> longest_harmed([(0.0, "harmed"), (1.0, "harmed"), (2.0, "unsure"), (3.0, "harmed")])
    1.0
    """
    found = None
    for years, said in sorted(verdicts):
        if said != HARMED:
            break
        found = years
    return found


FIGURES = "figures/phase_in"
NAME = "phase_in"
HEAD = "Written by `landingsbaan phase-in ... write=true`; do not edit by hand."


def verdicts(
    document: Mapping[str, Any], cut: float, ahead: float, basis: str, group: str
) -> list[tuple[float, str]]:
    """Return length and verdict of the phase-in periods of one cut, preparation and basis; for people or for
    money."""
    return [
        (each["years"], each["verdicts"][group])
        for each in document["phase_ins"]
        if (each["cuts"], each["ahead"], each["basis"]) == (cut, ahead, basis)
    ]


def told(found: list[tuple[float, str]], language: str) -> str:
    """Return what the phase-in periods of one cut say, each length under its own verdict.

    Examples
    --------
    >>> told([(0.0, "harmed"), (1.0, "unsure"), (3.0, "free")], "en")
    '0 causes transition harm; 1 inconclusive; 3 no transition harm that counts'
    """
    said = []
    for key in (HARMED, UNSURE, FREE):
        years = [f"{each:g}" for each, verdict in sorted(found) if verdict == key]
        if len(years) == len(found):
            return word(f"all_{key}", language)
        if years:
            said.append(f"{', '.join(years)} {word(f'{key}_of', language)}")
    return "; ".join(said)


def cell(found: list[tuple[float, str]], language: str) -> str:
    """Return the same in a few words, for a table."""
    high, low = shortest(found), longest_harmed(found)
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
    """Return which parts show transition harm overnight, with size and interval; nothing where none surely
    does."""
    for each in document["phase_ins"]:
        if (each["cuts"], each["ahead"], each["basis"], each["years"]) == (cut, ahead, basis, 0.0):
            parts = []
            for name, part in each["parts"].items():
                if part["verdict"] == HARMED:
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


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figure in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        draw_phase_in(document, language, folder / f"{NAME}_{language}.csv")


def write_pages(document: dict[str, Any], docs: Path = DOCS) -> list[Path]:
    """Write the page in both languages, with its figures."""
    folder = docs / FIGURES
    keep(document, folder / f"{NAME}.json")
    draw(document, folder)
    pages = []
    for language, name in (("en", "phase_in.md"), ("nl", "phase_in_nl.md")):
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
        "how",
        language,
        draws=document["draws"],
        parts=len(document["none"]),
        phase_ins=len(document["phase_ins"]),
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


RESULT = "phase_in.json"
KEYS = {"cuts": "landing.cut", "years": "landing.years", "ahead": "landing.years_ahead"}


@dataclass
class PhaseInOptions(ExplorationOptions):
    """What `landingsbaan phase-in` is asked.

    Attributes
    ----------
    cuts, years, ahead : str
        Values with commas: cuts, lengths of the phase-in period, years of preparation.
    replications : int
        Draws of the unknowns, each with a seed; the same for every phase-in period.
    """

    cuts: str = "0.05,0.1,0.15,0.25,0.35"
    years: str = "0,1,2,3,5"
    ahead: str = "0,2"
    replications: int = 12


def phase_in(words: list[str]) -> Path:
    """Do what `landingsbaan phase-in` asks; return the document of the result.

    Raises
    ------
    ConfigurationError
        For a mistake of the user; nothing is written then.
    """
    options, overrides = split(PhaseInOptions, words, LEAST | {"replications": 2})
    check_options(options)
    axes = {name: numbers(name, getattr(options, name)) for name in KEYS}
    if not any(each.split("=")[0] == "policy" for each in overrides):
        overrides = [*overrides, "policy=reference"]
    question = question_from(overrides, outcomes_called(",".join(NONE)), draws=True)
    check_size(
        question,
        len(BASES) * math.prod(len(values) for values in axes.values()) * options.replications,
        options,
    )
    phase_ins: list[dict[str, Any]] = [
        {"cuts": cut, "ahead": ahead, "basis": basis, "years": years}
        for cut, ahead, basis, years in product(axes["cuts"], axes["ahead"], BASES, axes["years"])
    ]
    cases = [
        Case({KEYS[key]: each[key] for key in KEYS} | {"landing.basis": each["basis"]}, draw)
        for each in phase_ins
        for draw in range(options.replications)
    ]
    found, folder = answered(question, cases, options, "phase_in")
    values = found.values.reshape(len(phase_ins), options.replications, -1)
    rows = [_row(each, values[place]) for place, each in enumerate(phase_ins)]
    document = about(question, found, len(cases), "phase_in", words) | {
        "draws": options.replications,
        "none": NONE,
        "outcomes": {each.name: each.in_words() for each in question.outcomes},
        **axes,
        "phase_ins": rows,
    }

    return finish_exploration(
        {folder.path / RESULT: document},
        Page(summary, draw, write_pages),
        options,
        question.scenario.language,
    )


def _row(chosen: dict[str, Any], values: np.ndarray) -> dict[str, Any]:
    """Return what is said of one phase-in period."""
    found = parts(values)
    said = {group: verdict([found[name]["verdict"] for name in names]) for group, names in GROUPS.items()}
    return chosen | {"parts": found, "verdicts": said}


def numbers(name: str, text: str) -> list[float]:
    """Return the numbers of an axis, each once, from low to high.

    Raises
    ------
    ConfigurationError
        For what is no number, or lies outside the key's range.
    """
    try:
        values = sorted({float(each) for each in text.split(",")})
    except ValueError:
        raise ConfigurationError(f"{name} = {text}: expected numbers with commas, as {name}=0,2") from None
    for value in values:
        key_called(KEYS[name]).check(value)
    return values
