"""`landingsbaan discover`: where, among levers and unknowns, a policy fails or a landing causes transition
harm."""

import math
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import qmc

from scenarios.analysis.discovery.boxes import Box, find_box
from scenarios.analysis.exploration.factors import (
    RANDOM_SEED,
    UNKNOWN,
    Factor,
    factors_of,
    point_at,
    split_intervals,
)
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
from scenarios.common.errors import ConfigurationError
from scenarios.runs.posterior import FIXED
from scenarios.studies.options import split

RESULT = "discovery_{name}.json"
OUTCOMES = "breaks_even"


@dataclass
class DiscoverOptions(ExplorationOptions):
    """What `landingsbaan discover` is asked.

    Attributes
    ----------
    outcome : str
        Outcomes with commas; a box is sought for each.
    samples : int
        Cases: each has levers of its own, a draw of all unknowns, and a seed.
    above, below : str
        A case fails when its outcome is above (or below) this number; without either, when it does not
        break even, or causes more transition harm than the usual case (above the median).
    """

    outcome: str = OUTCOMES
    samples: int = 500
    above: str = ""
    below: str = ""


def discover(words: list[str]) -> Path:
    """Do what `landingsbaan discover` asks; return the document of the last result.

    Raises
    ------
    ConfigurationError
        For a mistake of the user; nothing is written then.
    """
    options, left = split(DiscoverOptions, words, LEAST)
    ends, overrides = split_intervals(left)
    check_options(options)
    asked_threshold(options)
    question = question_from(overrides, outcomes_called(options.outcome), draws=True)
    if not question.scenario.draw:
        raise ConfigurationError(
            f"replication.draws = {FIXED}: discover draws the unknowns, expected posterior or ranges"
        )
    factors = factors_of(overrides, ends, options.levers, options.unknowns)
    levers = tuple(each for each in factors if each.kind != UNKNOWN)
    check_size(question, options.samples, options)
    shares = qmc.LatinHypercube(max(1, len(levers)), rng=options.design_seed).random(options.samples)
    cases = [
        Case(point_at(levers, shares[number, : len(levers)], question.scenario)[0], number)
        for number in range(options.samples)
    ]
    found, folder = answered(question, cases, options, "discover")
    table = table_of_factors(factors, cases, found.drawn)
    from scenarios.analysis.discovery import page

    results, without = {}, []
    for place, asked in enumerate(question.outcomes):
        values = found.values[:, place]
        sense, threshold = condition(options, asked.name, values)
        hits = values > threshold if sense == "above" else values < threshold
        try:
            box = find_box(table, hits)
        except ConfigurationError as error:  # the other outcomes may still have a box
            without.append(f"{asked.name}: {error}")
            continue
        results[folder.path / RESULT.format(name=asked.name)] = about(
            question, found, len(cases), "discover", words
        ) | {
            "outcome": asked.name,
            **asked.in_words(),
            "sense": sense,
            "threshold": threshold,
            "hits": float(hits.mean()),
            "factors": [
                {"name": name, "low": table[name].min(), "high": table[name].max()} for name in table.columns
            ],
            "box": described(box),
        }
    if not results:
        raise ConfigurationError("; ".join(without))
    last = finish_exploration(results, page, options, question.scenario.language)
    for sentence in without:
        print(f"No region is sought for {sentence}", file=sys.stderr)
    return last


def asked_threshold(options: DiscoverOptions) -> tuple[str, float] | None:
    """Return the sense and number of the threshold the user gave; None when none is given."""
    given = [(sense, text) for sense, text in (("above", options.above), ("below", options.below)) if text]
    if not given:
        return None
    if len(given) > 1:
        raise ConfigurationError("above and below: expected one of the two")
    sense, text = given[0]
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ConfigurationError(f"{sense} = {text}: expected a number")
    return sense, number


def condition(options: DiscoverOptions, outcome: str, values: np.ndarray) -> tuple[str, float]:
    """Return when a case fails: "above" or "below", and the number."""
    given = asked_threshold(options)
    if given is not None:
        return given
    if outcome in ("breaks_even", "survives_and_breaks_even"):
        return "below", 0.5
    return ("below", 0.0) if outcome == "savings" else ("above", float(np.median(values)))


def table_of_factors(
    factors: tuple[Factor, ...], cases: list[Case], drawn: list[dict[str, Any]]
) -> pd.DataFrame:
    """Return a row per case and a column per factor; every element of a list has one of its own."""
    rows = []
    for case, draw in zip(cases, drawn, strict=True):
        row: dict[str, float] = {}
        for factor in factors:
            value = draw.get(factor.name) if factor.kind == UNKNOWN else case.point[factor.name]
            if isinstance(value, list):
                row |= {f"{factor.name}[{number}]": each for number, each in enumerate(value)}
            elif factor.kind != RANDOM_SEED and value is not None:
                row[factor.name] = float(value)
        rows.append(row)
    table = pd.DataFrame(rows).astype(float)
    return table.loc[:, table.nunique() > 1]


def described(box: Box | None) -> dict[str, Any] | None:
    """Return a box as plain values."""
    if box is None:
        return None
    steps = box.trajectory[["coverage", "density", "res_dim", "mass", "chosen"]]
    return {
        "limits": [asdict(limit) for limit in box.limits],
        "coverage": box.found[0],
        "density": box.found[1],
        "judged_coverage": box.judged[0],
        "judged_density": box.judged[1],
        "judged_p": float(box.judged_p),
        "trajectory": steps.to_dict("records"),
    }
