"""Scores of forecasts, and the two simple forecasts that a model has to beat.

A forecast is a normal or empirical distribution per point. Scored are coverage of its 50% and 90% intervals,
the interval score of Winkler (width, and twice over alpha times what is missed) and the mean absolute
percentage error of its median.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

LEVELS = (0.5, 0.9)
LAST_VALUE, TREND = "last_value", "trend"


@dataclass(frozen=True)
class Forecast:
    """A forecast of one figure.

    Attributes
    ----------
    median : float
    intervals : dict of float to (float, float)
        Lower and upper end by level, as 0.9.
    """

    median: float
    intervals: Mapping[float, tuple[float, float]]


def winkler(low: float, high: float, value: float, level: float) -> float:
    """Return the interval score of one figure: its width, and a penalty where the figure lies outside.

    Examples
    --------
    >>> winkler(10.0, 14.0, 12.0, 0.9), round(winkler(10.0, 14.0, 15.0, 0.9), 6)
    (4.0, 24.0)
    """
    outside = max(low - value, 0.0) + max(value - high, 0.0)
    return high - low + 2.0 / (1.0 - level) * outside


def coverage(forecasts: Sequence[Forecast], values: Sequence[float], level: float) -> float:
    """Return the percentage of figures inside their interval."""
    inside = [each.intervals[level][0] <= value <= each.intervals[level][1]
              for each, value in zip(forecasts, values, strict=True)]  # fmt: skip
    return 100.0 * float(np.mean(inside))


def percentage_error(forecasts: Sequence[Forecast], values: Sequence[float]) -> float:
    """Return the mean absolute percentage error of the medians.

    Examples
    --------
    >>> round(percentage_error([Forecast(90.0, {}), Forecast(220.0, {})], [100.0, 200.0]), 6)
    10.0
    """
    return 100.0 * float(np.mean([abs(each.median - value) / abs(value)
                                  for each, value in zip(forecasts, values, strict=True)]))  # fmt: skip


def scores(forecasts: Sequence[Forecast], values: Sequence[float]) -> dict[str, float]:
    """Return all scores of some forecasts; the interval score of 90% in the unit and in percent."""
    found = {"points": len(values), "error": percentage_error(forecasts, values)}
    for level in LEVELS:
        found[f"coverage_{100 * level:.0f}"] = coverage(forecasts, values, level)
    each = [winkler(*one.intervals[0.9], value, 0.9) for one, value in zip(forecasts, values, strict=True)]
    found["winkler"] = float(np.mean(each))
    found["winkler_percent"] = 100.0 * float(np.mean(np.array(each) / np.abs(values)))
    return found


def normal_forecast(mean: float, deviation: float) -> Forecast:
    """Return a forecast that is normally distributed."""
    halves = {level: NormalDist().inv_cdf(0.5 + level / 2.0) * deviation for level in LEVELS}
    return Forecast(mean, {level: (mean - half, mean + half) for level, half in halves.items()})


def sampled_forecast(draws: np.ndarray) -> Forecast:
    """Return the forecast that draws make, float64 of shape (n_draws,)."""
    ends = {level: np.quantile(draws, [0.5 - level / 2.0, 0.5 + level / 2.0]) for level in LEVELS}
    return Forecast(float(np.median(draws)), {level: (float(e[0]), float(e[1])) for level, e in ends.items()})


def predictive_draws(
    draws: np.ndarray, sampling_variance: float, kept: float, error: float, rng: np.random.Generator
) -> np.ndarray:
    """Return draws of what would be observed of a larger population than the one simulated.

    The spread of draws holds parameters, scenarios and the sampling variance of the simulated city. That of
    the city is taken out by drawing values towards their mean, that of the larger population is added, and so
    is the error with which the figure is observed.

    Parameters
    ----------
    draws : float64 array of shape (n_draws,)
        What runs came to.
    sampling_variance : float
        Variance between two runs of one point.
    kept : float
        Simulated households over those of the population that is forecast.
    error : float
        Standard deviation of the error of observation, as a share of the mean.
    rng : Generator

    Returns
    -------
    float64 array of shape (n_draws,)
    """
    draws = draws[np.isfinite(draws)]
    variance = float(draws.var())
    shrink = np.sqrt(max(variance - sampling_variance, 0.0) / variance) if variance > 0.0 else 1.0
    spread = np.sqrt(kept * sampling_variance + (error * draws.mean()) ** 2)
    return draws.mean() + (draws - draws.mean()) * shrink + spread * rng.standard_normal(len(draws))


def sampling_variance(draws: np.ndarray, again: np.ndarray) -> float:
    """Return the variance between two runs of one point, from pairs; 0 without any."""
    differences = draws[: len(again)] - again
    differences = differences[np.isfinite(differences)]
    return float((differences**2).mean() / 2.0) if differences.size else 0.0


# -- simple forecasts ----------------------------------------------------------------------------------


def walk_deviation(series: Sequence[Mapping[int, float]]) -> float:
    """Return the standard deviation of a yearly change as a share of the value, pooled over series.

    No series has more than a few known years, so all share one: the root mean square of their relative
    changes between neighbouring years.

    Examples
    --------
    >>> round(walk_deviation([{2015: 100.0, 2016: 103.0}, {2016: 50.0, 2017: 48.0}]), 5)
    0.03536
    """
    changes = [values[year + 1] / values[year] - 1.0 for values in series for year in values
               if year + 1 in values]  # fmt: skip
    if not changes:
        raise ValueError("no series is known in two neighbouring years; a random walk has no spread")
    return float(np.sqrt(np.mean(np.square(changes))))


def simple_forecast(
    kind: str, known: Mapping[int, float], year: int, walk: float, error: float
) -> Forecast | None:
    """Return what a simple forecast says of a year, None where it cannot say anything.

    Parameters
    ----------
    kind : str
        "last_value", or "trend": the mean yearly change of the years known goes on.
    known : dict of int to float
        Values by year.
    year : int
        A later year.
    walk : float
        Standard deviation of a yearly change, as a share.
    error : float
        Standard deviation of the error of observation, as a share of the last value.

    Returns
    -------
    Forecast or None
        Its variance grows by that of a change a year; a trend has that of its slope too, which grows with the
        square of the years. A trend needs two years.
    """
    if not known:
        return None
    last = max(known)
    ahead, size, deviation = year - last, walk * known[last], error * known[last]
    if kind == LAST_VALUE:
        return normal_forecast(known[last], float(np.hypot(size * np.sqrt(ahead), deviation)))
    covered = last - min(known)
    if not covered:
        return None
    slope = (known[last] - known[min(known)]) / covered
    variance = size**2 * ahead * (1.0 + ahead / covered)
    return normal_forecast(known[last] + ahead * slope, float(np.sqrt(variance + deviation**2)))
