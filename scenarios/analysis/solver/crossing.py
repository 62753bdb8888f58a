"""The lever value at which an outcome reaches a target: stochastic root finding with common random numbers.

All draws are run at the same levels of a lever, so the runs of a draw and seed form a curve. Every curve is
made monotone (isotonic regression), and its first crossing of the target is the level that run needs. The
quantiles of these levels give the value that suffices with a given probability, and the placement of the next
runs.

*Margin* is the distance of an outcome to the target in the good direction: zero or more meets it. *Effort* is
the lever, or its negative where a lower value helps; the margin increases with the effort.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression
from scipy.special import betaincinv

LEVEL = 0.9
TAIL = (1.0 - LEVEL) / 2.0
RESAMPLES = 200
JEFFREYS = 0.5


@dataclass(frozen=True)
class Curves:
    """Margins of all runs at each level of a lever.

    Attributes
    ----------
    levels : float64 array of shape (n_levels,)
        Values of the lever, ascending.
    margins : float64 array of shape (n_levels, n_draws, n_seeds)
        Distance of the outcome to the target; zero or more meets it.
    """

    levels: np.ndarray
    margins: np.ndarray

    def joined(self, levels: np.ndarray, margins: np.ndarray) -> "Curves":
        """Return the curves with further levels."""
        order = np.argsort(together := np.concatenate([self.levels, levels]), kind="stable")
        return Curves(together[order], np.concatenate([self.margins, margins])[order])

    @property
    def is_rising(self) -> bool:
        """Whether a rising monotone curve fits the mean margins at least as well as a falling one."""
        return self.misfit(True) <= self.misfit(False)

    def misfit(self, rising: bool) -> float:
        """Return the residual sum of squares of a monotone fit to the mean margins."""
        means = self.margins.mean(axis=(1, 2))
        return float(((means - isotonic_regression(means, increasing=rising).x) ** 2).sum())

    @property
    def monotone_share(self) -> float:
        """Share of the variance of the mean margins explained by a monotone fit; 1 without variance."""
        means = self.margins.mean(axis=(1, 2))
        whole = float(((means - means.mean()) ** 2).sum())
        return 1.0 - self.misfit(self.is_rising) / whole if whole > 0.0 else 1.0

    def needed(self) -> np.ndarray:
        """Return the effort that every run needs, float64 of shape (n_draws, n_seeds); see `needed_in`."""
        efforts, margins = self._by_effort(self.margins.reshape(len(self.levels), -1))
        found = [needed_in(efforts, curve) for curve in margins.T]
        return np.array(found).reshape(self.margins.shape[1:])

    def needed_by_draw(self) -> np.ndarray:
        """Return the effort that every draw needs without sampling variance, float64 of shape (n_draws,)."""
        efforts, margins = self._by_effort(without_chance(self.margins))
        return np.array([needed_in(efforts, curve) for curve in margins.T])

    def _by_effort(self, margins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return efforts, ascending, and margins in the same order."""
        return (self.levels, margins) if self.is_rising else (-self.levels[::-1], margins[::-1])

    def level(self, effort: float) -> float:
        """Return the lever value of an effort."""
        return effort if self.is_rising else -effort

    @property
    def best(self) -> float:
        """The level at which most runs meet the target; ties are broken by the mean margin."""
        shares = (self.margins >= 0.0).mean(axis=(1, 2))
        return float(self.levels[np.lexsort((self.margins.mean(axis=(1, 2)), shares))[-1]])


def needed_in(efforts: np.ndarray, margins: np.ndarray) -> float:
    """Return the lowest effort at which a curve meets the target, by linear interpolation between levels.

    Parameters
    ----------
    efforts, margins : float64 arrays of shape (n_levels,)
        Efforts ascending.

    Returns
    -------
    float
        -inf where the lowest effort already meets the target, inf where the highest does not.

    Examples
    --------
    >>> needed_in(np.array([0.0, 1.0, 2.0]), np.array([-3.0, -1.0, 1.0]))
    1.5
    """
    curve = isotonic_regression(margins, increasing=True).x
    met = np.flatnonzero(curve >= 0.0)
    if not met.size:
        return math.inf
    if met[0] == 0:
        return -math.inf
    before, after = met[0] - 1, met[0]
    share = -curve[before] / (curve[after] - curve[before])
    return float(efforts[before] + share * (efforts[after] - efforts[before]))


def without_chance(margins: np.ndarray) -> np.ndarray:
    """Return the margins of draws at every level without sampling variance, of shape (n_levels, n_draws).

    The variance of the means over a draw's seeds is inflated by sampling variance; the means are shrunk to
    the overall mean until their variance equals that between draws (one-way random effects). With one seed
    per draw the two are not identifiable, and nothing is shrunk.
    """
    means = margins.mean(axis=2)
    seeds = margins.shape[2]
    if seeds < 2 or margins.shape[1] < 2:
        return means
    by_chance = float(margins.var(axis=2, ddof=1).mean()) / seeds
    whole = float(means.var(axis=1, ddof=1).mean())
    kept = math.sqrt(max(0.0, whole - by_chance) / whole) if whole > 0.0 else 0.0
    middle = means.mean(axis=1, keepdims=True)
    return middle + kept * (means - middle)


def quantile(values: np.ndarray, share: float) -> float:
    """Return a median-unbiased quantile of numbers that may be infinite.

    Hyndman and Fan (1996), type 8.

    Examples
    --------
    >>> quantile(np.array([1.0, 2.0, np.inf]), 0.5), quantile(np.array([1.0, 2.0, np.inf]), 0.75)
    (2.0, inf)
    """
    ordered = np.sort(values.ravel())
    place = (len(ordered) + 1.0 / 3.0) * share - 2.0 / 3.0
    place = min(max(place, 0.0), len(ordered) - 1.0)
    low, high = float(ordered[math.floor(place)]), float(ordered[math.ceil(place)])
    if low == high or place == math.floor(place):
        return low
    if math.isinf(low) or math.isinf(high):
        return low if math.isinf(low) else high
    return low + (place - math.floor(place)) * (high - low)


def simulation_error(needed: np.ndarray, certainty: float, seed: int) -> tuple[float, float]:
    """Return the 90% bootstrap interval (over draws) of a value from a finite number of draws."""
    generator = np.random.default_rng(seed)
    picked = generator.integers(0, len(needed), (RESAMPLES, len(needed)))
    found = np.array([quantile(needed[rows], certainty) for rows in picked])
    return quantile(found, TAIL), quantile(found, 1.0 - TAIL)


def next_levels(curves: Curves, certainty: float, least_step: float, whole: bool) -> np.ndarray:
    """Return the next levels to run: midpoints of the intervals around the value sought and its interval.

    Bisection converges for any curve. Linear interpolation is faster for most, but slow at a kink, which
    waiting lists have.

    Parameters
    ----------
    curves : Curves
        Margins so far.
    certainty : float
        Share of runs in which the value sought suffices.
    least_step : float
        Minimum distance between levels.
    whole : bool
        Whether the lever takes whole numbers only.
    """
    by_draw, placed = curves.needed_by_draw(), set()
    ends = quantile(by_draw, TAIL), quantile(by_draw, 1.0 - TAIL)
    for effort in (quantile(curves.needed(), certainty), *ends):
        level = curves.level(effort)
        if not math.isfinite(level):
            continue
        after = min(max(int(np.searchsorted(curves.levels, level)), 1), len(curves.levels) - 1)
        low, high = curves.levels[after - 1], curves.levels[after]
        middle = math.floor((low + high) / 2.0) if whole else (low + high) / 2.0
        if middle - low > (0.0 if whole else least_step):
            placed.add(float(middle))
    return np.array(sorted(placed))


def share_interval(met: int, runs: int) -> tuple[float, float]:
    """Return the 90% interval of a probability observed as `met` out of `runs` (Jeffreys).

    Examples
    --------
    >>> low, high = share_interval(0, 40)
    >>> low, round(high, 3)
    (0.0, 0.047)
    """
    low = betaincinv(met + JEFFREYS, runs - met + JEFFREYS, TAIL) if met else 0.0
    high = betaincinv(met + JEFFREYS, runs - met + JEFFREYS, 1.0 - TAIL) if met < runs else 1.0
    return float(low), float(high)
