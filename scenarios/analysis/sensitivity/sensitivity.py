"""`landingsbaan sensitivity`: which lever and which unknown an outcome depends on, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.exploration.factors import (
    RANDOM_SEED,
    SEED_FACTOR,
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
    Page,
    about,
    answered,
    check_options,
    check_size,
    finish_exploration,
    read,
)
from scenarios.analysis.exploration.question import Case, Question, outcomes_called, question_from
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.studies.commands import check_folder_name, split

# Sensitivity indices by SALib: elementary effects after Morris, shares of variance after Sobol.
#
# Pure functions on shares from 0 to 1 and one value per row. Intervals are 95% by bootstrap: over
# trajectories (Morris) or over rows of the sample (Sobol).

LEVELS = 4  # a trajectory steps from one of four levels to another, as Morris (1991) advises
RESAMPLES = 1000
MORRIS, SOBOL = "morris", "sobol"
METHODS = (MORRIS, SOBOL)
PAIR_COLUMNS = ["factor", "other", "share", "low", "high"]


def design_of(method: str, count: int, samples: int, seed: int, second_order: bool = False) -> np.ndarray:
    """Return the design of a method, float64 of shape (n_rows, n_factors).

    Parameters
    ----------
    method : str
        "morris" or "sobol".
    count : int
        Number of factors.
    samples : int
        Trajectories (Morris), or a power of 2 of base samples (Sobol).
    seed : int
        Seed of the design.
    second_order : bool
        Whether Sobol's pairs of factors are asked; it doubles the rows.
    """
    problem = _problem(count)
    if method == MORRIS:
        from SALib.sample import morris

        # A trajectory has a seed of its own: more of them keep those there are, whose runs are reused.
        seeds = np.random.SeedSequence(seed).generate_state(samples)
        return np.vstack([morris.sample(problem, 1, num_levels=LEVELS, seed=int(each)) for each in seeds])
    if samples & (samples - 1):
        raise ConfigurationError(
            f"samples = {samples}: Sobol's sequence is balanced for powers of 2 only; expected "
            f"{2 ** (samples.bit_length() - 1)} or {2 ** samples.bit_length()}"
        )
    from SALib.sample import sobol

    return sobol.sample(problem, samples, calc_second_order=second_order, seed=seed)


def rows_per_sample(method: str, count: int, second_order: bool = False) -> int:
    """Return how many rows of a design belong to one trajectory or base sample."""
    return count + 1 if method == MORRIS else (2 * count + 2 if second_order else count + 2)


def indices(
    method: str, names: Sequence[str], shares: np.ndarray, values: np.ndarray, second_order: bool = False
) -> pd.DataFrame:
    """Return a row per factor: how much it matters, with its interval, and how much it interacts.

    Parameters
    ----------
    method : str
        "morris" or "sobol".
    names : sequence of str
        Factors, in the order of `shares`.
    shares : float64 array of shape (n_rows, n_factors)
        The design.
    values : float64 array of shape (n_rows,)
        An outcome at every row.

    Returns
    -------
    DataFrame
        `importance` is mu* (the mean size of the change when the factor steps; Morris) or the total share
        of variance (Sobol), with `low` and `high`. `interaction` is sigma over mu* (how much the effect
        depends on the rest, or bends; Morris) or total less first (Sobol). Morris has `mu` and `sigma`
        beside it, Sobol `first` with `first_low` and `first_high`.
    """
    if not np.isfinite(values).all():
        raise ConfigurationError(
            f"the outcome is missing in {int((~np.isfinite(values)).sum())} of {len(values)} cases; choose "
            "one that every case has"
        )
    if method == MORRIS:
        return _morris(names, shares, values)
    return _sobol(names, values, second_order)[0]


def pairs(names: Sequence[str], values: np.ndarray) -> pd.DataFrame:
    """Return Sobol's second order: a row per pair of factors, the strongest first."""
    return _sobol(names, values, True)[1]


def convergence(
    method: str, names: Sequence[str], shares: np.ndarray, values: np.ndarray, second_order: bool = False
) -> pd.DataFrame:
    """Return the indices again from the first part of the sample only, more and more of it.

    Columns are `samples` and those of `indices`.
    """
    rows = rows_per_sample(method, len(names), second_order)
    whole = len(values) // rows
    found = []
    for samples in _parts(method, whole):
        part = indices(method, names, shares[: samples * rows], values[: samples * rows], second_order)
        found.append(part.assign(samples=samples))
    return pd.concat(found, ignore_index=True)


def _parts(method: str, whole: int) -> list[int]:
    """Return the sizes at which convergence is looked at; powers of 2 for Sobol."""
    if method == SOBOL:
        return [size for size in (whole // 8, whole // 4, whole // 2, whole) if size >= 4] or [whole]
    sizes = sorted({max(2, round(whole * share)) for share in (0.25, 0.5, 0.75, 1.0)})
    return [size for size in sizes if size <= whole] or [whole]


def _problem(count: int, names: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "num_vars": count,
        "names": list(names) or [str(number) for number in range(count)],
        "bounds": [[0.0, 1.0]] * count,
    }


def _morris(names: Sequence[str], shares: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    from SALib.analyze import morris

    if not np.ptp(values) > 0.0:
        zero = np.zeros(len(names))
        return pd.DataFrame({"factor": list(names), "importance": zero, "low": zero, "high": zero,
                             "mu": zero, "sigma": zero, "interaction": zero})  # fmt: skip
    found = morris.analyze(
        _problem(len(names), names), shares, values, num_resamples=RESAMPLES, num_levels=LEVELS, seed=0
    )
    importance, width = np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"], dtype=float)
    sigma = np.nan_to_num(np.asarray(found["sigma"], dtype=float))
    return pd.DataFrame(
        {
            "factor": list(names),
            "importance": importance,
            "low": np.maximum(0.0, importance - width),
            "high": importance + width,
            "mu": np.asarray(found["mu"]),
            "sigma": sigma,
            "interaction": np.divide(sigma, importance, out=np.zeros_like(sigma), where=importance > 0.0),
        }
    )


def _sobol(names: Sequence[str], values: np.ndarray, second_order: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    from SALib.analyze import sobol

    if not np.ptp(values) > 0.0:  # SALib divides by the spread
        zero = dict.fromkeys(
            ("importance", "low", "high", "first", "first_low", "first_high", "interaction"), 0.0
        )
        return pd.DataFrame({"factor": list(names), **zero}), pd.DataFrame(columns=PAIR_COLUMNS)
    found = sobol.analyze(
        _problem(len(names), names), values, calc_second_order=second_order, num_resamples=RESAMPLES, seed=0
    )
    first, total = np.nan_to_num(found["S1"]), np.nan_to_num(found["ST"])
    wide, wider = np.nan_to_num(found["S1_conf"]), np.nan_to_num(found["ST_conf"])
    table = pd.DataFrame(
        {
            "factor": list(names),
            "importance": total,
            "low": np.maximum(0.0, total - wider),
            "high": total + wider,
            "first": first,
            "first_low": first - wide,
            "first_high": first + wide,
            "interaction": total - first,
        }
    )
    rows = []
    if second_order:
        for one in range(len(names)):
            for other in range(one + 1, len(names)):
                value, width = found["S2"][one, other], found["S2_conf"][one, other]
                rows.append((names[one], names[other], value, value - width, value + width))
    of_pairs = pd.DataFrame(rows, columns=PAIR_COLUMNS)
    return table, of_pairs.sort_values("share", ascending=False, ignore_index=True)


RESULT = "sensitivity.json"
SAMPLES = {"morris": 10, "sobol": 128}
MOST_INPUTS = 20
OUTCOMES = (
    "savings,transition_harm_own_payments,transition_harm_crises,"
    "transition_harm_waiting_above_norm,transition_harm_unmet"
)
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
        Sobol: most factors, the random seed included.
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

    return finish_exploration(
        {folder.path / RESULT: document},
        Page(page.summary, page.draw, page.write_pages),
        options,
        question.scenario.language,
    )


def chosen_factors(
    options: SensitivityOptions, overrides: list[str], ends: dict[str, tuple[float, float]]
) -> tuple[Factor, ...]:
    """Return the factors of an analysis, the random seed the last; Sobol's are those a screening leaves."""
    factors = (*factors_of(overrides, ends, options.levers, options.unknowns), SEED_FACTOR)
    if options.screened:
        check_folder_name("screened", options.screened)
        kept = leading_factors(read(ROOT / options.screened / RESULT, OF_SCREENING), options.inputs - 1)
        factors = (*(each for each in factors if each.name in kept), SEED_FACTOR)
    if options.method != MORRIS and len(factors) > options.inputs:
        raise ConfigurationError(
            f"method = sobol: {len(factors)} factors, expected at most inputs = {options.inputs}; name them "
            "with levers= and unknowns=, or give screened=STUDY of a Morris screening"
        )
    if len(factors) < 2:
        raise ConfigurationError("sensitivity: nothing is varied; give levers, unknowns or key=interval(0,1)")
    return factors


def leading_factors(screening: dict[str, Any], most: int) -> set[str]:
    """Return the factors that matter most in any outcome of a screening; the random seed is never among
    them.
    """
    highest: dict[str, float] = {}
    for outcome in screening["outcomes"]:
        rows = [row for row in outcome["indices"] if row["factor"] != RANDOM_SEED]
        largest = max((row["importance"] or 0.0 for row in rows), default=0.0) or 1.0
        for row in rows:
            share = (row["importance"] or 0.0) / largest
            highest[row["factor"]] = max(share, highest.get(row["factor"], 0.0))
    return set(sorted(highest, key=lambda name: (-highest[name], name))[:most])


def cases_at(question: Question, factors: tuple[Factor, ...], shares: np.ndarray, method: str) -> list[Case]:
    """Return the case of every row of a design.

    Every trajectory has seeds of its own, one for each level that the factor random seed may take.
    """
    rows = rows_per_sample(method, len(factors))
    cases = []
    for number, row in enumerate(shares):
        placed = np.array(row, dtype=float)
        for place, factor in enumerate(factors):
            if factor.kind == RANDOM_SEED and method == MORRIS:
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
    return {} if factor.kind in (RANDOM_SEED, UNKNOWN) else {"low": factor.low, "high": factor.high}
