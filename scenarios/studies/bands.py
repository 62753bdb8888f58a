"""How sure a mean over replicates is, what its band is made of, and how many replicates narrow it.

A band here is the 95% confidence interval of a mean over replicates (Student's t): it narrows with more
of them, unlike the bands of figures that say how far single pairs lie apart. Replicates that share a
parameter draw are no independent witnesses, so the mean of a draw's seeds counts once.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

LEVEL = 0.95
UNKNOWN = math.inf
MOST = 10_000_000


@dataclass(frozen=True)
class Parts:
    """What the spread of replicates is made of: one-way random effects, draws with seeds in them.

    Attributes
    ----------
    between_draws, between_seeds : float
        Variances; the first is never below zero.
    share, share_low, share_high : float
        Share of the variance that lies between draws, with its 95% interval (exact for normal effects).
    """

    between_draws: float
    between_seeds: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True)
class Band:
    """A mean over replicates, mean ± half_width.

    Attributes
    ----------
    mean, half_width : float
        The half width is infinite while it cannot be known.
    replicates, draws : int
        How many replicates count, and how many draws they have.
    parts : Parts or None
        None where every draw has one seed: luck and parameters cannot be told apart then.
    """

    mean: float
    half_width: float
    replicates: int
    draws: int
    parts: Parts | None = None


def of_draws(values: Sequence[float] | np.ndarray, seeds_per_draw: int) -> np.ndarray:
    """Return values as an array of shape (n_draws, seeds_per_draw); incomplete draws are left out.

    Examples
    --------
    >>> of_draws([1.0, 2.0, 3.0, 4.0, 5.0], 2).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    array = np.asarray(values, dtype=float)
    draws = array[: len(array) // seeds_per_draw * seeds_per_draw].reshape(-1, seeds_per_draw)
    return draws[np.isfinite(draws).all(axis=1)]


def band_of(values: Sequence[float] | np.ndarray, seeds_per_draw: int = 1) -> Band:
    """Return the band of a mean over replicates, in order of replicate; missing ones do not count.

    Examples
    --------
    >>> found = band_of([1.0, 2.0, 3.0])
    >>> found.mean, round(found.half_width, 2)
    (2.0, 2.48)
    """
    draws = of_draws(values, seeds_per_draw)
    if not len(draws):
        return Band(math.nan, UNKNOWN, 0, 0)
    means = draws.mean(axis=1)
    width = half_width(float(means.var(ddof=1)), len(draws)) if len(draws) > 1 else UNKNOWN
    return Band(float(means.mean()), width, draws.size, len(draws), parts_of(draws))


def half_width(variance: float, draws: float) -> float:
    """Return half the band of a mean of so many draws, whose means have this variance."""
    return float(special.stdtrit(draws - 1.0, (1.0 + LEVEL) / 2.0) * math.sqrt(variance / draws))


def parts_of(draws: np.ndarray) -> Parts | None:
    """Return the parts of the spread of an array of shape (n_draws, seeds_per_draw)."""
    count, seeds = draws.shape
    if seeds < 2 or count < 2:
        return None
    within = float(draws.var(axis=1, ddof=1).mean())
    between = float(seeds * draws.mean(axis=1).var(ddof=1))
    among = max(0.0, (between - within) / seeds)
    if within == 0.0:
        share = 1.0 if among > 0.0 else math.nan
        return Parts(among, within, share, share, share)
    ratio = between / within
    freedom = (count - 1, count * (seeds - 1))
    ends = [ratio / special.fdtri(*freedom, level) for level in ((1.0 + LEVEL) / 2.0, (1.0 - LEVEL) / 2.0)]
    low, high = (max(0.0, float((end - 1.0) / (end + seeds - 1.0))) for end in ends)
    return Parts(among, within, among / (among + within), low, high)


def half_width_with(parts: Parts, draws: int, seeds: int) -> float:
    """Return half the band a design of so many draws with so many seeds each would have."""
    return half_width(parts.between_draws + parts.between_seeds / seeds, draws)


def needed(
    values: Sequence[float] | np.ndarray, asked: float, seeds_per_draw: int = 1, confidence: float = 0.5
) -> int:
    """Return how many replicates the asked half width takes, judged by those there are.

    Parameters
    ----------
    values : array-like of shape (n_replicates,)
        What replicates gave so far.
    asked : float
        Half the width of the band.
    seeds_per_draw : int
        Replicates that share a draw.
    confidence : float
        Chance that so many are enough, were the draws' means normal: the spread itself is known from a
        few draws only.

    Examples
    --------
    >>> needed([1.0, 2.0, 3.0, 4.0], 1.0), needed([1.0, 2.0, 3.0, 4.0], 1.0, confidence=0.9)
    (11, 36)
    """
    draws = of_draws(values, seeds_per_draw)
    if len(draws) < 2 or not asked > 0.0:
        return MOST
    freedom = len(draws) - 1
    variance = float(draws.mean(axis=1).var(ddof=1)) * freedom / special.chdtri(freedom, confidence)
    low, high = 1, 2
    while high < MOST and half_width(variance, high) > asked:
        low, high = high, 2 * high
    while high - low > 1:  # the band narrows with every draw, so halving finds the first that is enough
        middle = (low + high) // 2
        low, high = (middle, high) if half_width(variance, middle) > asked else (low, middle)
    return min(MOST, high * seeds_per_draw)
