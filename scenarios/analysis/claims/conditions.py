"""Which drawn parameters decide a claim: rank correlations, and the threshold at which it turns.

A threshold is sought on one half of the replications (even numbers) and confirmed on the other, so that
searching through many parameters cannot make one up: only one is put to the test per statement.
"""

from collections.abc import Collection

import numpy as np

from scenarios.analysis.claims.verdict import Deciding, Threshold, inside_margin, mean_interval

ERROR = 0.05
QUANTILES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
LEAST_REPLICATIONS = 20  # on either side of a threshold, in each half
TRIED, SHOWN = 16, 3
FEWEST = 4 * LEAST_REPLICATIONS


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


def columns_named(names: list[str], asked: Collection[str]) -> list[int]:
    """Return the columns of the parameters asked for; a list has a column per element.

    Examples
    --------
    >>> columns_named(["a.b[0]", "a.b[1]", "a.c"], ["a.b"])
    [0, 1]
    """
    return [number for number, name in enumerate(names) if name in asked or name.split("[")[0] in asked]


def threshold_of(
    drawn: np.ndarray,
    names: list[str],
    effects: np.ndarray,
    sign: int,
    margin: float,
    first: Collection[str] = (),
    error: float = ERROR,
) -> Threshold | None:
    """Return the confirmed value of one drawn parameter at which a claim turns, or None.

    On one side the mean effect is surely as claimed and not too small to count; on the other it is surely
    the opposite or too small to count; and the two surely differ.

    Parameters
    ----------
    drawn, names, effects
        As in `deciding_parameters`; the rows are replications in order of their number.
    sign : int
        As claimed.
    margin : float
        A mean effect inside it counts as none.
    first : collection of str
        Parameters the claim names; they are always tried, besides those that go with the effect most.
    error : float
        Chance that may be taken of confirming what is none; a study that looks often gives each look
        its part.
    """
    known = np.isfinite(effects)
    drawn, signed = drawn[known], np.asarray(effects, dtype=float)[known] * sign
    if len(signed) < FEWEST or not names:
        return None
    search = np.arange(len(signed)) % 2 == 0
    order = np.argsort(-np.abs(rank_correlations(drawn[search], signed[search])), kind="stable")[:TRIED]
    tried = dict.fromkeys([*columns_named(names, first), *(int(each) for each in order)])
    best = _best_split(drawn[search], list(tried), signed[search], margin)
    if best is None:
        return None
    column, above, value = best
    holds = drawn[~search, column] > value if above else drawn[~search, column] <= value
    inside, outside = signed[~search][holds], signed[~search][~holds]
    if min(inside.size, outside.size) < LEAST_REPLICATIONS:
        return None
    low, high = mean_interval(inside, error)
    low_outside, high_outside = mean_interval(outside, error)
    as_claimed = low > 0.0 and not inside_margin(low, high, margin)
    if not (as_claimed and high_outside < margin and _differ(inside, outside, error)):
        return None
    there, elsewhere = sorted((sign * low, sign * high)), sorted((sign * low_outside, sign * high_outside))
    return Threshold(
        name=names[column],
        side="above" if above else "below",
        value=value,
        replications=int(inside.size),
        mean=sign * float(inside.mean()),
        low=there[0],
        high=there[1],
        elsewhere=sign * float(outside.mean()),
        elsewhere_low=elsewhere[0],
        elsewhere_high=elsewhere[1],
    )


def _best_split(
    drawn: np.ndarray, tried: list[int], signed: np.ndarray, margin: float
) -> tuple[int, bool, float] | None:
    """Return column, whether above, and value of the split whose sides differ most, one as claimed and the
    other not.
    """
    best, widest = None, 0.0
    for column in tried:
        for value in np.unique(np.quantile(drawn[:, column], QUANTILES)):
            above = drawn[:, column] > value
            if min(above.sum(), (~above).sum()) < LEAST_REPLICATIONS:
                continue
            more, less = signed[above], signed[~above]
            holds, fails = max(more.mean(), less.mean()), min(more.mean(), less.mean())
            width = (holds - fails) / max(_error_of_difference(more, less), 1e-12)
            if holds > margin > fails and width > widest:
                best, widest = (column, bool(more.mean() > less.mean()), float(value)), width
    return best


def _error_of_difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the standard error of the difference between two means (Welch)."""
    return float(np.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size))


def _differ(one: np.ndarray, other: np.ndarray, error: float) -> bool:
    """Whether two means differ more than chance allows (normal approximation)."""
    from scipy.special import ndtri

    difference = abs(float(one.mean() - other.mean()))
    return difference > -float(ndtri(error / 2.0)) * _error_of_difference(one, other)
