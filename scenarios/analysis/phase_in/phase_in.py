"""`landingsbaan strip`: how long must the strip be, for which cut, with how much prepared beforehand?

Every cut, length, preparation and basis is held against a strip of eight years with the same cut and
preparation, under the same draws and luck. A bruise is said to be there, or not, only when the whole 95%
interval of its mean lies on one side of what counts as none.
"""

import math
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.exploration.options import (
    LEAST,
    ExplorationOptions,
    about,
    answered,
    check_options,
    check_size,
    leaves,
)
from scenarios.analysis.exploration.outcomes import outcomes_called
from scenarios.analysis.exploration.question import Case, question_from
from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import key_called
from scenarios.studies.bands import band_of
from scenarios.studies.options import split

RESULT = "strip.json"
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
KEYS = {"cuts": "landing.cut", "years": "landing.years", "ahead": "landing.years_ahead"}


@dataclass
class StripOptions(ExplorationOptions):
    """What `landingsbaan strip` is asked.

    Attributes
    ----------
    cuts, years, ahead : str
        Values with commas: cuts, lengths of the strip, years of preparation.
    replicates : int
        Draws of the unknowns, each with a seed; the same for every strip.
    """

    cuts: str = "0.05,0.1,0.15,0.25,0.35"
    years: str = "0,1,2,3,5"
    ahead: str = "0,2"
    replicates: int = 12


def strip(words: list[str]) -> Path:
    """Do what `landingsbaan strip` asks; return the document of the result.

    Raises
    ------
    ConfigurationError
        For a mistake of the user; nothing is written then.
    """
    options, overrides = split(StripOptions, words, LEAST | {"replicates": 2})
    check_options(options)
    axes = {name: numbers(name, getattr(options, name)) for name in KEYS}
    if not any(each.split("=")[0] == "policy" for each in overrides):
        overrides = [*overrides, "policy=reference"]
    question = question_from(overrides, outcomes_called(",".join(NONE)), draws=True)
    check_size(
        question,
        len(BASES) * math.prod(len(values) for values in axes.values()) * options.replicates,
        options,
    )
    strips: list[dict[str, Any]] = [
        {"cuts": cut, "ahead": ahead, "basis": basis, "years": years}
        for cut, ahead, basis, years in product(axes["cuts"], axes["ahead"], BASES, axes["years"])
    ]
    cases = [
        Case({KEYS[key]: each[key] for key in KEYS} | {"landing.basis": each["basis"]}, draw)
        for each in strips
        for draw in range(options.replicates)
    ]
    found, folder = answered(question, cases, options, "strip")
    values = found.values.reshape(len(strips), options.replicates, -1)
    rows = [_row(each, values[place]) for place, each in enumerate(strips)]
    document = about(question, found, len(cases), "strip", words) | {
        "draws": options.replicates,
        "none": NONE,
        "outcomes": {each.name: each.in_words() for each in question.outcomes},
        **axes,
        "strips": rows,
    }
    from scenarios.analysis.phase_in import page

    return leaves({folder.path / RESULT: document}, page, options, question.scenario.language)


def _row(chosen: dict[str, Any], values: np.ndarray) -> dict[str, Any]:
    """Return what is said of one strip."""
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
