"""The claims of the sources for a reader without the model: verdict, interval, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.analysis.claims.experiment import FINISHED
from scenarios.apps.explorer.words import PARAMETERS, said, source_in
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import read_document
from scenarios.reporting.texts import LANGUAGES, number, sensible
from scenarios.reporting.texts.claims import effect_words, is_finished_study
from scenarios.reporting.texts.story_words import listed

VERDICTS = ("supported", "not supported", "depends", "trade-off", "inconclusive")
YES_OR_NO = "0 or 1"  # the unit of what happens or not; a reader takes shares in percentage points
# Words for the same unit as on the page with the sliders.
UNITS = {"severity-months": "problem-months", "ernstmaanden": "probleemmaanden"}


@dataclass(frozen=True)
class Said:
    """A statement of a claim, what was found, and the key of its verdict, if a direction is claimed."""

    statement: str
    found: str
    verdict: str


@dataclass(frozen=True)
class ClaimRow:
    """A claim as it stands on the page; all texts in one language."""

    number: str
    title: str
    verdict: str
    statements: tuple[Said, ...]
    rests_on: tuple[str, ...]
    source: str
    literature: str


def read_claims(folder: Path) -> dict[str, Any]:
    """Read the study of claims that belongs to its page.

    Raises
    ------
    ConfigurationError
        When it is missing or is something else.
    """
    path = folder / FINISHED
    expected = "a finished study of landingsbaan claims write"
    study = read_document(path, expected, {"claims": [dict, ...], "result_version": str, "households": int})
    if not is_finished_study(study):
        raise ConfigurationError(f"{path}: its verdicts are not those of today; expected {expected}")
    return study


def key_of(verdict: str) -> str:
    """Return the key of a verdict among the words of the page.

    Examples
    --------
    >>> key_of("trade-off")
    'trade_off'
    """
    return verdict.replace("-", "_").replace(" ", "_")


def claim_rows(study: Mapping[str, Any], language: str) -> list[ClaimRow]:
    """Return all claims in a language."""
    return [
        ClaimRow(
            claim["id"],
            claim["title"][language],
            key_of(claim["verdict"]),
            tuple(
                Said(
                    row[f"text_{language}"],
                    found_words(row, language),
                    key_of(row["verdict"]) if row["sign"] else "",
                )
                for row in claim["statements"]
            ),
            tuple(_rests_on(claim, language)),
            source_in(claim["source"], language),
            claim["literature"][language],
        )
        for claim in study["claims"]
    ]


def found_words(row: Mapping[str, Any], language: str) -> str:
    """Return what was found about a statement: size, interval, how often, in how many calculations."""
    if not row["replications"] or row["low"] is None:
        return said("found_nothing", language)
    unit = row[f"unit_{language}"]
    for model_unit, page_unit in UNITS.items():
        unit = unit.replace(model_unit, page_unit)
    if row["unit_en"] == YES_OR_NO:
        unit = said("points", language)
        sizes = {key: 100.0 * row[key] for key in ("mean", "adjusted", "low", "high")}
        row = {**row, **sizes}
    key = "found" if row["sign"] else "found_without_direction"
    return said(
        key, language, **effect_words(row, language), unit=unit,
        replications=number(row["replications"], language),
        probability=number(100.0 * row["probability"], language),
    )  # fmt: skip


def _rests_on(claim: Mapping[str, Any], language: str) -> list[str]:
    """Return what a verdict rests on: calculations, what was compared, numbers that it turns on."""
    arms = [title[language] for title in claim["arm_titles"].values()]
    sentences = [
        said("rests_calculations", language, count=number(claim["replications"], language),
             arms=listed(arms, language))
    ]  # fmt: skip
    for row in claim["statements"]:
        if row.get("threshold"):
            sentences.append(_threshold(row["threshold"], language))
        elif row["verdict"] == "inconclusive" and row.get("replications_to_settle"):
            sentences.append(
                said("rests_settle", language, count=number(row["replications_to_settle"], language))
            )
    return list(dict.fromkeys(sentences))


def _threshold(threshold: Mapping[str, Any], language: str) -> str:
    """Return on which side of which number a claim holds, and what is found on each."""
    # A number without words of its own is read by its name.
    what = PARAMETERS.get(threshold["name"], (threshold["name"],) * len(LANGUAGES))
    keys = ("mean", "low", "high", "elsewhere", "elsewhere_low", "elsewhere_high")
    largest = max(abs(threshold[key]) for key in keys)
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 0.1 else 4
    return said(
        "rests_threshold", language, what=what[LANGUAGES.index(language)],
        side=said(threshold["side"], language), value=sensible(threshold["value"], language),
        **{key: number(threshold[key], language, decimals, sign=True) for key in keys},
    )  # fmt: skip
