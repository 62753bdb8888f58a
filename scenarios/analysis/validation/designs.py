"""The comparisons of studies that the validation follows, as plain estimators on plain arrays.

None knows the model: what each finds in numbers with a known answer is tested.
"""

from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000


def growth_and_volume(
    spending: np.ndarray, users: np.ndarray, weights: np.ndarray | None = None
) -> tuple[float, float]:
    """Return the growth of the spending of some municipalities, and the share of it due to more users.

    Spending is users times spending per user, so the logarithm of its growth is the sum of those of both.

    Parameters
    ----------
    spending, users : float64 array of shape (n_municipalities, 2)
        In the first and in the last year.
    weights : float64 array of shape (n_municipalities,), optional
        How many real households a simulated one stands for; 1 unless given.

    Returns
    -------
    tuple of float
        Percent growth, and percent of it; the share is not a number without growth.

    Examples
    --------
    >>> growth, share = growth_and_volume(np.array([[100.0, 121.0]]), np.array([[10.0, 11.0]]))
    >>> round(growth, 6), round(share, 6)
    (21.0, 50.0)
    """
    weights = np.ones(len(spending)) if weights is None else weights
    paid, helped = weights @ spending, weights @ users
    growth = float(paid[1] / paid[0])
    share = float(100.0 * np.log(helped[1] / helped[0]) / np.log(growth)) if growth > 1.0 else float("nan")
    return 100.0 * (growth - 1.0), share


def interrupted_series(series: np.ndarray, at: int) -> np.ndarray:
    """Return by how many percent a series lies above its earlier trend, by month from the interruption on.

    Segmented regression on logarithms: a level and a slope before, a change of both after.

    Parameters
    ----------
    series : float64 array of shape (n_months,)
        Counts by month; each above 0, or the answer is not a number.
    at : int
        The first month after the interruption.

    Returns
    -------
    float64 array of shape (n_months - at,)

    Examples
    --------
    >>> months = np.arange(60.0)
    >>> series = 100.0 * 1.01**months * np.where(months >= 36, 1.2, 1.0)
    >>> interrupted_series(series, 36).round(6)[[0, -1]]
    array([20., 20.])
    """
    months = np.arange(len(series), dtype=float)
    after = months >= at
    since = np.where(after, months - at, 0.0)
    if (series <= 0.0).any():
        return np.full(int(after.sum()), np.nan)
    design = np.column_stack([np.ones_like(months), months, after, since])
    found = np.linalg.lstsq(design, np.log(series), rcond=None)[0]
    return 100.0 * np.expm1(found[2] + found[3] * since[after])


def difference_in_differences(outcome: np.ndarray, treated: np.ndarray, first: int) -> float:
    """Return by how many percent the treated grow more than the others from the start of treatment on.

    Logarithms, a mean before and a mean after per unit: what units always differ in and what happens to
    all of them falls out.

    Parameters
    ----------
    outcome : float64 array of shape (n_units, n_years)
        Above 0, or the answer is not a number.
    treated : bool array of shape (n_units,)
        Which units are treated; some are, some are not.
    first : int
        Place of the first year of treatment.

    Examples
    --------
    >>> outcome = np.array([[10.0, 20.0], [100.0, 220.0]])
    >>> round(difference_in_differences(outcome, np.array([False, True]), 1), 6)
    10.0
    """
    if (outcome <= 0.0).any():
        return float("nan")
    logs = np.log(outcome)
    change = logs[:, first:].mean(axis=1) - logs[:, :first].mean(axis=1)
    return float(100.0 * np.expm1(change[treated].mean() - change[~treated].mean()))


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's correlation of ranks, with the 90% interval over resamples of the units."""

    correlation: float
    low: float
    high: float
    units: int


def rank_correlation(model: np.ndarray, register: np.ndarray, seed: int = 0) -> RankCorrelation:
    """Return how far units are in the same order in the model as in the register.

    Parameters
    ----------
    model, register : float64 array of shape (n_units,)
        One value per unit.
    seed : int
        Seed of the resamples; one in which all ranks are tied is left out.

    Examples
    --------
    >>> rank_correlation(np.arange(9.0), np.arange(9.0) ** 3).correlation
    1.0
    """
    rng = np.random.default_rng(seed)
    units = len(model)
    resamples = (rng.integers(0, units, units) for _ in range(RESAMPLES))
    found = [_spearman(model[some], register[some]) for some in resamples]
    low, high = np.nanquantile(found, [0.05, 0.95])
    return RankCorrelation(_spearman(model, register), float(low), float(high), units)


def _spearman(one: np.ndarray, other: np.ndarray) -> float:
    from scipy.stats import rankdata  # takes a second to import

    ranks = rankdata(one), rankdata(other)
    if min(np.ptp(each) for each in ranks) == 0.0:
        return float("nan")
    return round(float(np.corrcoef(*ranks)[0, 1]), 12)
