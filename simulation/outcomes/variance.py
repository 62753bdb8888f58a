"""Variance decomposition of an outcome: parameters, scenario assumptions and chance.

It uses the law of total variance on pairs of replications that share some draws. Half the expected squared
difference of an outcome between two replications is the variance of what they do *not* share:

* the same parameter draw and scenario draw, another seed: the variance of chance;
* the same parameter draw only: the variance of the scenario, of its interaction and of chance;
* the same scenario draw only: likewise with the variance of the parameters;
* nothing in common: the total variance.

Means over such pairs are unbiased estimates for any design, crossed or nested. The interaction of parameters
and scenario is divided equally between them (Shapley effects; Owen, 2014), so that three parts add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulation.outcomes.headline import saved_by_replication, side_effect_rates
from simulation.outcomes.savings import BASES
from simulation.recording.arm_names import POLICY, REFERENCE
from simulation.recording.store import Run

PARTS = ("parameters", "scenario", "chance")
SIDE_EFFECTS_SPLIT = ("team_waiting", "care_waiting", "crises", "unmet")


@dataclass(frozen=True)
class VarianceParts:
    """The variance of an outcome over replications, and its parts.

    Attributes
    ----------
    total : float
        Variance in the square of the outcome's unit.
    parameters, scenario, chance : float
        Its parts, which add up to it. The estimates are unbiased, so a small part may be below zero.
    errors : tuple of three floats
        Standard errors of the `shares`: the larger of a jackknife over the parameter draws and one over
        the scenario draws. With few draws they are uncertain and tend to be too large.
    """

    total: float
    parameters: float
    scenario: float
    chance: float
    errors: tuple[float, float, float]

    @property
    def shares(self) -> tuple[float, float, float]:
        """The parts as shares that add up to 1, none below 0; nan where nothing varies."""
        return _shares(np.array([self.parameters, self.scenario, self.chance]))


def variance_parts(
    values: npt.ArrayLike, parameter_draws: Sequence[int], scenario_draws: Sequence[int]
) -> VarianceParts:
    """Return the parts of the variance of an outcome over replications that share draws.

    Parameters
    ----------
    values : array-like of shape (n_replications,)
        The outcome; every replication has its own seed.
    parameter_draws, scenario_draws : sequence of int of length n_replications
        Numbers of the parameter draw and of the scenario draw of each replication. Where no two replications
        share the scenario draw only (a nested design), the interaction counts as scenario.

    Returns
    -------
    VarianceParts
        The variance, its parts, and the standard errors of their shares.

    Raises
    ------
    ValueError
        When there are no two replications that share both draws, the parameter draw only, or neither.

    Examples
    --------
    >>> parameters, scenario = [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1]
    >>> found = variance_parts([1.0, 1.0, 1.0, 1.0, 3.0, 3.0, 3.0, 3.0], parameters, scenario)
    >>> found.total, found.shares
    (2.0, (1.0, 0.0, 0.0))
    """
    outcome = np.asarray(values, dtype=float)
    parameter, scenario = np.asarray(parameter_draws), np.asarray(scenario_draws)
    found = _parts(outcome, parameter, scenario)
    if found is None:
        raise ValueError(
            "variance parts need replications that share both draws, the parameters' alone, and neither; "
            f"got parameter draws {parameter.tolist()[:12]} and scenario draws {scenario.tolist()[:12]}"
        )
    squared = np.zeros(len(PARTS))
    for draws in (parameter, scenario):
        without = [_parts(outcome[left], parameter[left], scenario[left])
                   for left in (draws != each for each in np.unique(draws))]  # fmt: skip
        shares = np.array([_shares(each) for each in without if each is not None]).reshape(-1, len(PARTS))
        shares = shares[np.isfinite(shares).all(axis=1)]
        if len(shares) > 1:
            squared = np.maximum(squared, (len(shares) - 1) * shares.var(axis=0))
    first, second, third = (float(each) for each in np.sqrt(squared))
    by_parameters, by_scenario, chance = (float(each) for each in found)
    return VarianceParts(
        float(found.sum()), by_parameters, by_scenario, chance, errors=(first, second, third)
    )


def _parts(outcome: np.ndarray, parameter: np.ndarray, scenario: np.ndarray) -> np.ndarray | None:
    """Return the three parts, float64 of shape (3,); None where the design does not identify them."""
    one, other = np.triu_indices(len(outcome), k=1)
    half = 0.5 * (outcome[one] - outcome[other]) ** 2
    same_parameter, same_scenario = parameter[one] == parameter[other], scenario[one] == scenario[other]
    kinds = (
        ~same_parameter & ~same_scenario,
        same_parameter & ~same_scenario,
        same_parameter & same_scenario,
        ~same_parameter & same_scenario,
    )
    if not all(kind.any() for kind in kinds[:3]):
        return None
    total, fixed_parameter, chance = (half[kind].mean() for kind in kinds[:3])
    by_parameter, by_both = total - fixed_parameter, total - chance
    if not kinds[3].any():
        return np.array([by_parameter, by_both - by_parameter, chance])
    together = by_both - by_parameter - (total - half[kinds[3]].mean())
    by_parameter += 0.5 * together
    return np.array([by_parameter, by_both - by_parameter, chance])


def _shares(parts: np.ndarray) -> tuple[float, float, float]:
    """Return parts as shares of their sum, with negative parts set to 0."""
    above = np.maximum(parts, 0.0)
    with np.errstate(invalid="ignore"):
        first, second, third = above / above.sum()
    return float(first), float(second), float(third)


def parts_in_run(run: Run, values: npt.ArrayLike) -> VarianceParts | None:
    """Return the parts of the variance of an outcome of a run; None where its replications share no draws.

    Parameters
    ----------
    run : Run
        A finished run.
    values : array-like of shape (n_replications,)
        Any outcome, in the order of the replications.

    Returns
    -------
    VarianceParts or None
        Shares of the variance; None where the run has no nested replications.
    """
    split = run.document.get("split")
    if not split:
        return None
    return variance_parts(values, split["parameter_draws"], split["scenario_draws"])


def parts_of_headline(run: Run) -> dict[str, VarianceParts]:
    """Return the parts of variance of savings and side effects; empty where replications share no draws.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    dict of str to VarianceParts
        "municipality" and "all_payers": cumulated savings, euro per inhabitant; then policy less reference
        for side effects, per 1,000 households a year, by name in `SIDE_EFFECTS`.
    """
    if not run.document.get("split"):
        return {}
    values = {basis: saved_by_replication(run, basis) for basis in BASES}
    for name in SIDE_EFFECTS_SPLIT:
        rates = side_effect_rates(run, name)
        values[name] = (rates[POLICY] - rates[REFERENCE]).sort_index()
    found = {name: parts_in_run(run, each) for name, each in values.items()}
    return {name: each for name, each in found.items() if each is not None}
