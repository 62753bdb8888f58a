"""A number with its distribution, and sentences that claim no more than it allows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEVEL = 0.9


@dataclass(frozen=True)
class Interval:
    """What a set of pairs says about one number.

    Attributes
    ----------
    mean, low, high : float
        Mean, and the quantiles between which `level` of the pairs lie.
    positive, negative : float
        Share of pairs above and below zero.
    level : float
        Share of pairs in the band.
    count : int
        Number of pairs.
    """

    mean: float
    low: float
    high: float
    positive: float
    negative: float
    level: float
    count: int

    @property
    def sign(self) -> int:
        """1 or -1 when the whole band lies on one side of zero, else 0: not distinguishable.

        One pair has no band, so it has no sign either.
        """
        if self.count < 2 or self.low <= 0.0 <= self.high:
            return 0
        return 1 if self.low > 0.0 else -1


def interval(values: npt.ArrayLike, level: float = LEVEL) -> Interval:
    """Return mean, band and probability of sign of one number over pairs.

    Parameters
    ----------
    values : array-like of shape (n_pairs,)
        One value per pair; none may be missing.
    level : float
        Share of pairs the band should hold.

    Examples
    --------
    >>> found = interval([1.0, 2.0, 3.0])
    >>> found.mean, found.sign, found.positive
    (2.0, 1, 1.0)
    """
    array = np.asarray(values, dtype=float).ravel()
    if not array.size or not np.isfinite(array).all():
        raise ValueError(f"an interval needs finite values, one per pair; got {array.tolist()[:10]}")
    if not 0.0 < level < 1.0:
        raise ValueError(f"level = {level}: expected a share between 0 and 1")
    low, high = np.quantile(array, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return Interval(
        mean=float(array.mean()),
        low=float(low),
        high=float(high),
        positive=float((array > 0.0).mean()),
        negative=float((array < 0.0).mean()),
        level=level,
        count=int(array.size),
    )


def band(table: np.ndarray, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean, low and high over the first axis of an array of shape (n_pairs, ...)."""
    low, high = np.quantile(table, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0)
    return table.mean(axis=0), low, high
