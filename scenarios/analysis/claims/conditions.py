"""Which drawn parameters decide a claim: rank correlations, and thresholds with a hold-out.

Conditions are sought on one half of the replications (even numbers) and confirmed on the other, so that
searching through many parameters cannot make one up. At most four conditions are put to that test
per statement, each at a quarter of the error allowed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from scenarios.analysis.claims.verdict import (
    LIKELY,
    UNLIKELY,
    Condition,
    Deciding,
    inside_margin,
    mean_interval,
    successes,
)

ERROR = 0.05
TESTS = 4
QUANTILES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
LEAST_SHARE, LEAST_REPLICATIONS = 0.15, 20
MARGIN = 0.03
TRIED_ALONE, TRIED_TOGETHER, SHOWN = 16, 8, 3
FEWEST = 4 * LEAST_REPLICATIONS

Term = tuple[int, bool, float]  # column, whether above, value
Terms = tuple[list[Term], np.ndarray]  # on one column; 1 where each holds, shape (n_terms, n_replications)


def deciding_parameters(
    drawn: np.ndarray, names: list[str], effects: np.ndarray, most: int = SHOWN
) -> tuple[Deciding, ...]:
    """Return the drawn parameters whose ranks go with that of the effect, surely, strongest first.

    Parameters
    ----------
    drawn : float64 array of shape (n_replications, n_parameters)
        Drawn values.
    names : list of str
        Their names.
    effects : float64 array of shape (n_replications,)
        Effects; what is not a number is left out.
    most : int
        How many to return.
    """
    known = np.isfinite(effects)
    count = int(known.sum())
    if count < LEAST_REPLICATIONS or not names:
        return ()
    correlations = rank_correlations(drawn[known], effects[known])
    surely = _least_correlation(count, ERROR / len(names))
    order = np.argsort(-np.abs(correlations), kind="stable")[:most]
    return tuple(
        Deciding(names[each], float(correlations[each])) for each in order if abs(correlations[each]) > surely
    )


def rank_correlations(drawn: np.ndarray, effects: np.ndarray) -> np.ndarray:
    """Return Spearman's correlation of every column with the effects; 0 for what does not vary."""
    columns = np.apply_along_axis(_ranks, 0, drawn)
    ranks = _ranks(effects)
    columns = columns - columns.mean(axis=0)
    ranks = ranks - ranks.mean()
    size = np.sqrt((columns**2).sum(axis=0) * (ranks**2).sum())
    return np.where(size > 0.0, columns.T @ ranks / np.where(size > 0.0, size, 1.0), 0.0)


def _ranks(values: np.ndarray) -> np.ndarray:
    """Return ranks from 0; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts + 1) / 2.0)[inverse]


def _least_correlation(count: int, error: float) -> float:
    """Return the size a rank correlation must exceed to be surely none of chance."""
    from scipy.special import stdtrit

    t = float(stdtrit(count - 2, 1.0 - error / 2.0))
    return t / np.sqrt(count - 2 + t * t)


@dataclass(frozen=True)
class Aim:
    """What a condition must bring about: a probability from a threshold on, or up to one."""

    likely: bool
    threshold: float
    matters: bool  # the mean there must have that sign, and be surely outside the margin

    def reached(self, probability: Any, margin: float = 0.0) -> Any:
        """Whether a probability, or each of many, is across the threshold by a margin."""
        if self.likely:
            return probability >= self.threshold + margin
        return probability <= self.threshold - margin


HOLDS, TURNS = Aim(True, LIKELY, True), Aim(False, UNLIKELY, True)
FAILS, HELD_AFTER_ALL = Aim(False, 0.5, False), Aim(True, 0.5, False)


def conditions(
    drawn: np.ndarray,
    names: list[str],
    effects: np.ndarray,
    sign: int,
    margin: float,
    first: Collection[str] = (),
    aims: tuple[Aim, ...] = (HOLDS, TURNS),
    error: float = ERROR,
) -> tuple[Condition, ...]:
    """Return the confirmed conditions that move a claim across a threshold, one or two parameters each.

    Parameters
    ----------
    drawn, names, effects
        As in `deciding_parameters`; the rows are replications in order of their number.
    sign : int
        As claimed.
    margin : float
        The effect must be surely outside it where the condition holds.
    first : collection of str
        Parameters the claim names; they are always tried.
    aims : tuple of Aim
        By default where the claim is supported, and where it is refuted.
    error : float
        Chance that may be taken of confirming what is none; a study that looks often gives each look
        its part.
    """
    known = np.isfinite(effects)
    drawn, effects = drawn[known], np.asarray(effects, dtype=float)[known]
    if len(effects) < FEWEST or not names:
        return ()
    as_claimed = successes(effects, sign)
    halves = np.arange(len(effects)) % 2
    search, confirm = halves == 0, halves == 1
    tried = _terms(drawn[search], _tried(drawn[search], names, effects[search], first))
    found = []
    for aim in aims:
        if aim.reached(float(as_claimed.mean())):
            continue  # it is across that threshold as it is
        for size in (1, 2):
            terms = _best(tried, as_claimed[search], aim, size)
            if terms is None:
                continue
            made = _confirmed(drawn[confirm], effects[confirm], sign, margin, terms, aim, names, error)
            if made is not None:
                found.append(made)
                break  # one parameter says it; two would say no more
    return tuple(found)


def _tried(drawn: np.ndarray, names: list[str], effects: np.ndarray, first: Collection[str]) -> list[int]:
    """Return the columns to try: those the claim names, then those that correlate most."""
    named = [number for number, name in enumerate(names) if name in first or name.split("[")[0] in first]
    order = np.argsort(-np.abs(rank_correlations(drawn, effects)), kind="stable")[:TRIED_ALONE]
    return list(dict.fromkeys([*named, *(int(each) for each in order)]))[: TRIED_ALONE + len(named)]


def _single_terms(drawn: np.ndarray, column: int) -> Iterator[Term]:
    for value in np.unique(np.quantile(drawn[:, column], QUANTILES)):
        yield column, True, float(value)
        yield column, False, float(value)


def _where_true(drawn: np.ndarray, terms: tuple[Term, ...]) -> np.ndarray:
    """Return where all terms of a condition hold."""
    holds = np.ones(len(drawn), dtype=bool)
    for column, above, value in terms:
        holds &= drawn[:, column] > value if above else drawn[:, column] <= value
    return holds


def _terms(drawn: np.ndarray, tried: list[int]) -> list[Terms]:
    """Return the terms on each column to try, and where they hold."""
    terms = [list(_single_terms(drawn, column)) for column in tried]
    return [(each, np.array([_where_true(drawn, (term,)) for term in each], float)) for each in terms]


def _best(tried: list[Terms], as_claimed: np.ndarray, aim: Aim, size: int) -> tuple[Term, ...] | None:
    """Return the widest condition of so many parameters that is across the threshold, or None.

    The best of many is better than it will prove to be; asking for a little more than the threshold
    makes up for that.
    """
    least = max(LEAST_REPLICATIONS, LEAST_SHARE * len(as_claimed))
    best, widest = None, 0.0
    for chosen in combinations(tried if size == 1 else tried[:TRIED_TOGETHER], size):
        holds = [where for _, where in chosen]
        counts = _added_up(holds, np.ones(len(as_claimed)))
        probability = _added_up(holds, as_claimed) / np.maximum(counts, 1.0)
        width = counts + (probability if aim.likely else 1.0 - probability)
        width[(counts < least) | ~aim.reached(probability, MARGIN)] = 0.0
        if width.max() > widest:
            numbers = np.unravel_index(width.argmax(), width.shape)
            best = tuple(terms[number] for (terms, _), number in zip(chosen, numbers, strict=True))
            widest = width.max()
    return best


def _added_up(holds: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Add weights up where one term of one parameter holds, or one of each of two together.

    Weights are 0, a half or 1, so that the sum is exact in whatever order it is taken. Returns an axis of
    terms for each parameter.
    """
    weighed = holds[0] * weights
    return weighed.sum(axis=1) if len(holds) == 1 else weighed @ holds[1].T


def _confirmed(
    drawn: np.ndarray,
    effects: np.ndarray,
    sign: int,
    margin: float,
    terms: tuple[Term, ...],
    aim: Aim,
    names: list[str],
    error: float,
) -> Condition | None:
    """Return the condition as the other half of the replications sees it, or None where it does not hold
    up.
    """
    holds = _where_true(drawn, terms)
    if holds.sum() < LEAST_REPLICATIONS // 2 or (~holds).sum() < LEAST_REPLICATIONS // 2:
        return None
    as_claimed = successes(effects, sign)
    inside, outside = as_claimed[holds], as_claimed[~holds]
    probability, elsewhere = float(inside.mean()), float(outside.mean())
    low, high = mean_interval(effects[holds], error)
    mean = float(effects[holds].mean())
    matters = not inside_margin(low, high, margin) and (mean * sign > 0.0) == aim.likely
    if not aim.reached(probability) or not _differ(inside, outside, error) or (aim.matters and not matters):
        return None
    named = tuple((names[column], "above" if above else "below", value) for column, above, value in terms)
    return Condition(named, probability, elsewhere, int(holds.sum()), mean, low, high)


def _differ(inside: np.ndarray, outside: np.ndarray, error: float) -> bool:
    """Whether two shares differ more than chance allows (normal approximation, pooled)."""
    from scipy.special import ndtri

    pooled = np.concatenate([inside, outside])
    spread = pooled.std() * np.sqrt(1.0 / inside.size + 1.0 / outside.size)
    return bool(abs(inside.mean() - outside.mean()) > -ndtri(error / TESTS / 2.0) * spread > 0.0)
