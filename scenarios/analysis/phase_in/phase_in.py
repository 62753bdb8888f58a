"""`landingsbaan phase-in`: how long must the phase-in period be, for which cut, with how much prepared
beforehand?

Every cut, length, preparation and basis is held against a phase-in period of eight years with the same cut
and preparation, under the same draws and random numbers. A transition harm is said to be there, or not, only
when the whole 95% interval of its mean lies on one side of what counts as none.
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
    finish_exploration,
)
from scenarios.analysis.exploration.outcomes import outcomes_called
from scenarios.analysis.exploration.question import Case, question_from
from scenarios.analysis.phase_in.page import BASES, GROUPS, NONE, parts, verdict
from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import key_called
from scenarios.studies.options import split

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
    from scenarios.analysis.phase_in import page

    return finish_exploration({folder.path / RESULT: document}, page, options, question.scenario.language)


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
