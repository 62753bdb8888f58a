"""`landingsbaan sensitivity`: which lever and which unknown an outcome depends on, and how surely."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.exploration.factors import (
    LUCK,
    LUCK_FACTOR,
    SEEDS,
    UNKNOWN,
    Factor,
    factors_of,
    point_at,
    split_intervals,
)
from scenarios.analysis.exploration.options import (
    LEAST,
    ROOT,
    ExplorationOptions,
    about,
    answered,
    check_options,
    check_size,
    leaves,
    read,
)
from scenarios.analysis.exploration.outcomes import outcomes_called
from scenarios.analysis.exploration.question import Case, Question, question_from
from scenarios.analysis.sensitivity.indices import (
    LEVELS,
    METHODS,
    MORRIS,
    convergence,
    design_of,
    indices,
    pairs,
    rows_per_sample,
)
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.studies.options import check_folder_name, split

RESULT = "sensitivity.json"
SAMPLES = {"morris": 10, "sobol": 128}
MOST_INPUTS = 20
OUTCOMES = "savings,bruise_own_payments,bruise_crises,bruise_waiting_above_norm,bruise_unmet"
# What is read of a screening.
OF_SCREENING = {"outcomes": [{"indices": [{"factor": str, "importance": (float, None)}]}]}
CONVERGING = 8  # factors whose convergence is kept


@dataclass
class SensitivityOptions(ExplorationOptions):
    """What `landingsbaan sensitivity` is asked.

    Attributes
    ----------
    method : str
        "morris" or "sobol".
    outcome : str
        Outcomes with commas; all are read off the same runs.
    samples : int
        Trajectories (Morris) or base samples (Sobol, a power of 2); 0 takes 10 or 128.
    screened : str
        Sobol: study of a Morris screening whose leading factors are the inputs.
    inputs : int
        Sobol: most factors, luck included.
    second_order : bool
        Sobol: whether pairs of factors are asked too, for twice the runs.
    """

    method: str = MORRIS
    outcome: str = OUTCOMES
    samples: int = 0
    screened: str = ""
    inputs: int = MOST_INPUTS
    second_order: bool = False


def sensitivity(words: list[str]) -> Path:
    """Do what `landingsbaan sensitivity` asks; return the document of the result.

    Raises
    ------
    ConfigurationError
        For a mistake of the user; nothing is written then.
    """
    options, left = split(SensitivityOptions, words, LEAST | {"samples": 0, "inputs": 2})
    if options.method not in METHODS:
        hint = nearest(options.method, METHODS)
        raise ConfigurationError(f"method = {options.method}: expected one of {', '.join(METHODS)}{hint}")
    ends, overrides = split_intervals(left)
    check_options(options)
    question = question_from(overrides, outcomes_called(options.outcome), draws=False)
    factors = chosen_factors(options, overrides, ends)
    samples = options.samples or SAMPLES[options.method]
    rows = rows_per_sample(options.method, len(factors), options.second_order)
    check_size(question, samples * rows, options)
    shares = design_of(options.method, len(factors), samples, options.design_seed, options.second_order)
    cases = cases_at(question, factors, shares, options.method)
    found, folder = answered(question, cases, options, options.method)
    names = [factor.name for factor in factors]
    document = about(question, found, len(cases), "sensitivity", words) | {
        "method": options.method,
        "samples": samples,
        "factors": [{"name": each.name, "kind": each.kind} | _range(each) for each in factors],
        "outcomes": [
            {"name": asked.name, **asked.in_words()}
            | _analysed(options, names, shares, found.values[:, place])
            for place, asked in enumerate(question.outcomes)
        ],
    }
    from scenarios.analysis.sensitivity import page

    return leaves({folder.path / RESULT: document}, page, options, question.scenario.language)


def chosen_factors(
    options: SensitivityOptions, overrides: list[str], ends: dict[str, tuple[float, float]]
) -> tuple[Factor, ...]:
    """Return the factors of an analysis, luck the last; Sobol's are those a screening leaves."""
    factors = (*factors_of(overrides, ends, options.levers, options.unknowns), LUCK_FACTOR)
    if options.screened:
        check_folder_name("screened", options.screened)
        kept = leading_factors(read(ROOT / options.screened / RESULT, OF_SCREENING), options.inputs - 1)
        factors = (*(each for each in factors if each.name in kept), LUCK_FACTOR)
    if options.method != MORRIS and len(factors) > options.inputs:
        raise ConfigurationError(
            f"method = sobol: {len(factors)} factors, expected at most inputs = {options.inputs}; name them "
            "with levers= and unknowns=, or give screened=STUDY of a Morris screening"
        )
    if len(factors) < 2:
        raise ConfigurationError("sensitivity: nothing is varied; give levers, unknowns or key=interval(0,1)")
    return factors


def leading_factors(screening: dict[str, Any], most: int) -> set[str]:
    """Return the factors that matter most in any outcome of a screening; luck is never among them."""
    highest: dict[str, float] = {}
    for outcome in screening["outcomes"]:
        rows = [row for row in outcome["indices"] if row["factor"] != LUCK]
        largest = max((row["importance"] or 0.0 for row in rows), default=0.0) or 1.0
        for row in rows:
            share = (row["importance"] or 0.0) / largest
            highest[row["factor"]] = max(share, highest.get(row["factor"], 0.0))
    return set(sorted(highest, key=lambda name: (-highest[name], name))[:most])


def cases_at(question: Question, factors: tuple[Factor, ...], shares: np.ndarray, method: str) -> list[Case]:
    """Return the case of every row of a design.

    Every trajectory has kinds of luck of its own, one for each level that the factor luck may take.
    """
    rows = rows_per_sample(method, len(factors))
    cases = []
    for number, row in enumerate(shares):
        placed = np.array(row, dtype=float)
        for place, factor in enumerate(factors):
            if factor.kind == LUCK and method == MORRIS:
                level = (number // rows) * LEVELS + round(row[place] * (LEVELS - 1))
                placed[place] = (level + 0.5) / SEEDS
        cases.append(Case(*point_at(factors, placed, question.scenario)))
    return cases


def _analysed(
    options: SensitivityOptions, names: list[str], shares: np.ndarray, values: np.ndarray
) -> dict[str, Any]:
    """Return the indices of one outcome, their convergence and, where asked, pairs of factors."""
    table = indices(options.method, names, shares, values, options.second_order)
    table = table.sort_values("importance", ascending=False, ignore_index=True)
    steps = convergence(options.method, names, shares, values, options.second_order)
    steps = steps[steps["factor"].isin(table["factor"][:CONVERGING])]
    found = {
        "mean": float(values.mean()),
        "spread": float(values.std()),
        "indices": table.to_dict("records"),
        "convergence": steps[["samples", "factor", "importance", "low", "high"]].to_dict("records"),
    }
    if options.second_order:
        found["pairs"] = pairs(names, values).head(10).to_dict("records")
    return found


def _range(factor: Factor) -> dict[str, float]:
    """Return the ends of a factor that has a range of its own."""
    return {} if factor.kind in (LUCK, UNKNOWN) else {"low": factor.low, "high": factor.high}
