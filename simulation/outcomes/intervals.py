"""Mean, interval and sign of a number over replications."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEVEL = 0.9


@dataclass(frozen=True)
class Interval:
    """Distribution of one number over replications.

    Attributes
    ----------
    mean, low, high : float
        Mean, and the quantiles between which `level` of the replications lie.
    positive, negative : float
        Share of replications above and below zero.
    level : float
        Share of replications in the interval.
    count : int
        Number of replications.
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
        """1 or -1 when the whole interval lies on one side of zero, else 0: not distinguishable.

        One replication has no interval, so it has no sign either.
        """
        if self.count < 2 or self.low <= 0.0 <= self.high:
            return 0
        return 1 if self.low > 0.0 else -1


def interval(values: npt.ArrayLike, level: float = LEVEL) -> Interval:
    """Return mean, interval and probability of sign of one number over replications.

    Parameters
    ----------
    values : array-like of shape (n_replications,)
        One value per replication; none may be missing.
    level : float
        Share of replications in the interval.

    Returns
    -------
    Interval
        Mean and ends of the interval, in the unit of the values.

    Examples
    --------
    >>> found = interval([1.0, 2.0, 3.0])
    >>> found.mean, found.sign, found.positive
    (2.0, 1, 1.0)
    """
    array = np.asarray(values, dtype=float).ravel()
    if not array.size or not np.isfinite(array).all():
        raise ValueError(f"an interval needs finite values, one per replication; got {array.tolist()[:10]}")
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


def mean_and_interval(table: np.ndarray, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean, low and high over the first axis of an array of shape (n_replications, ...).

    Parameters
    ----------
    table : float64 array of shape (n_replications, ...)
        Values.
    level : float, optional
        Share of the replications in the interval.

    Returns
    -------
    tuple of three arrays
        Mean, low and high, each without the first axis, in the unit of the table.
    """
    low, high = np.quantile(table, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0)
    return table.mean(axis=0), low, high
