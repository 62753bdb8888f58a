"""The five verdicts on claims: from interval and equivalence margin, with early stopping."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scenarios.analysis.claims.claim import Statement

# Sequential analysis: looks, error spending, bounds.
#
# A study is evaluated after 50, 100, 200, 350 and 500 replications; a claim may stop at a look when its
# verdict is safe. Repeated looks inflate the error, so each may spend only part of it: the spending function
# of Lan and DeMets in the form that approximates Pocock's, error(t) = error x ln(1 + (e - 1) t) at a fraction
# t of all replications. A look uses the increment; by the union bound the probability of an error at any look
# is at most the total, whatever the dependence between looks.

LOOKS = (50, 100, 200, 350, 500)
MAXIMUM = LOOKS[-1]
# One-sided for an early verdict on a probability, two-sided for the interval of a mean.
ERROR_OF_VERDICT = 0.05
ERROR_OF_INTERVAL = 0.05


def looks_until(replications: int) -> tuple[int, ...]:
    """Return the numbers of replications at which a study of this size has looks.

    Examples
    --------
    >>> looks_until(500), looks_until(120), looks_until(20)
    ((50, 100, 200, 350, 500), (50, 100, 120), (20,))
    """
    return (*(look for look in LOOKS if look < replications), replications)


def spent(error: float, fraction: float) -> float:
    """Return the cumulative error that may be spent at a fraction of all replications.

    Examples
    --------
    >>> round(spent(0.05, 0.1), 5), spent(0.05, 1.0)
    (0.00793, 0.05)
    """
    return error * math.log(1.0 + (math.e - 1.0) * min(1.0, fraction))


def error_of_look(looks: Sequence[int], number: int, error: float) -> float:
    """Return the error of one look; a smaller study spends as much as the full one at the same look."""
    whole = max(looks[-1], MAXIMUM)
    before = spent(error, looks[number - 1] / whole) if number else 0.0
    return spent(error, looks[number] / whole) - before


@dataclass(frozen=True)
class Estimate:
    """Estimates of one statement; intervals are widened for repeated looks.

    Attributes
    ----------
    replications, missing : int
        Replications used, and those with an undefined outcome.
    mean : float
        Mean effect of these replications.
    adjusted, low, high : float
        Mean effect over the whole parameter distribution with its interval, on which the verdict is based:
        adjusted by control variates for the deviation of the parameter draws from their expectation.
    explained : float
        Share of the variance between replications explained by the control variates.
    spread_low, spread_high : float
        5% and 95% quantiles of the replications.
    probability, probability_low, probability_high : float
        Probability that a replication has an effect of the claimed sign, with its interval; a replication
        without any difference counts half.
    surely_above, surely_below : float
        One-sided bounds of that probability at the error of this look.
    """

    replications: int
    missing: int
    mean: float
    adjusted: float
    low: float
    high: float
    explained: float
    spread_low: float
    spread_high: float
    probability: float
    probability_low: float
    probability_high: float
    surely_above: float
    surely_below: float


def estimate(
    effects: np.ndarray, sign: int, looks: Sequence[int], number: int, controls: np.ndarray | None = None
) -> Estimate:
    """Return the estimate at a look.

    Parameters
    ----------
    effects : float64 array of shape (n_replications,)
        Effect per replication; nan where it is undefined.
    sign : int
        Claimed sign, 1 or -1; 0 is treated as 1.
    looks : sequence of int
        Planned looks.
    number : int
        Index of the current look.
    controls : float64 array of shape (n_replications, n_controls), optional
        Control variates: quantities of each replication with expectation 0.
    """
    effects = np.asarray(effects, dtype=float)
    known = effects[np.isfinite(effects)]
    if not known.size:
        nothing = (math.nan,) * 7
        return Estimate(0, len(effects), *nothing[:4], 0.0, *nothing[:2], 0.5, 0.0, 1.0, 0.0, 1.0)
    interval_error = error_of_look(looks, number, ERROR_OF_INTERVAL)
    verdict_error = error_of_look(looks, number, ERROR_OF_VERDICT)
    of_known = np.empty((known.size, 0)) if controls is None else controls[np.isfinite(effects)]
    adjusted, low, high, explained = adjusted_mean(known, of_known, interval_error)
    as_claimed = successes(known, sign)
    count = float(as_claimed.sum())
    return Estimate(
        replications=int(known.size),
        missing=int(len(effects) - known.size),
        mean=float(known.mean()),
        adjusted=adjusted,
        low=low,
        high=high,
        explained=explained,
        spread_low=float(np.quantile(known, 0.05)),
        spread_high=float(np.quantile(known, 0.95)),
        probability=float(as_claimed.mean()),
        probability_low=least_probability(count, known.size, interval_error / 2.0),
        probability_high=most_probability(count, known.size, interval_error / 2.0),
        surely_above=least_probability(count, known.size, verdict_error),
        surely_below=most_probability(count, known.size, verdict_error),
    )


# A control variate costs a degree of freedom: with fewer replications per control variate none is used.
REPLICATIONS_PER_CONTROL = 10


def adjusted_mean(
    effects: np.ndarray, controls: np.ndarray, error: float
) -> tuple[float, float, float, float]:
    """Return a mean adjusted by control variates, its interval, and the share of variance explained.

    Ordinary least squares on the control variates: the intercept is the mean effect at their expectation, 0.
    With more control variates than the replications allow, the first are used.

    Parameters
    ----------
    effects : float64 array of shape (n_replications,)
        Effects, all finite.
    controls : float64 array of shape (n_replications, n_controls)
        Control variates.
    error : float
        Probability that the interval misses the mean.
    """
    from scipy.special import stdtrit

    controls = controls[:, : effects.size // REPLICATIONS_PER_CONTROL]
    spread = float(((effects - effects.mean()) ** 2).sum())
    if not controls.shape[1] or spread == 0.0:
        low, high = mean_interval(effects, error)
        return float(effects.mean()), low, high, 0.0
    design = np.column_stack([np.ones(effects.size), controls])
    slopes = np.linalg.lstsq(design, effects, rcond=None)[0]
    left = float(((effects - design @ slopes) ** 2).sum())
    free = effects.size - design.shape[1]
    variance = left / free * np.linalg.pinv(design.T @ design)[0, 0]
    half = float(stdtrit(free, 1.0 - error / 2.0)) * math.sqrt(variance)
    centre = float(slopes[0])
    return centre, centre - half, centre + half, max(0.0, 1.0 - left / spread)


def successes(effects: np.ndarray, sign: int) -> np.ndarray:
    """Return 1 for an effect of the sign, 0 for the opposite, 0.5 for none.

    Examples
    --------
    >>> successes(np.array([-2.0, 0.0, 3.0]), -1).tolist()
    [1.0, 0.5, 0.0]
    """
    signed = np.asarray(effects, dtype=float) * (sign or 1)
    return 0.5 * (1.0 + np.sign(signed))


def mean_interval(effects: np.ndarray, error: float) -> tuple[float, float]:
    """Return the confidence interval of a mean (Student's t) with this error; infinite for one value."""
    from scipy.special import stdtrit  # scipy.stats takes more than a second to import

    if effects.size < 2:
        return -math.inf, math.inf
    half = float(stdtrit(effects.size - 1, 1.0 - error / 2.0) * effects.std(ddof=1) / math.sqrt(effects.size))
    centre = float(effects.mean())
    return centre - half, centre + half


def least_probability(count: float, total: int, error: float) -> float:
    """Return the lower confidence bound of a probability (Clopper and Pearson) with this one-sided error.

    Examples
    --------
    >>> round(least_probability(50, 50, 0.05), 3), least_probability(0, 50, 0.05)
    (0.942, 0.0)
    """
    from scipy.special import betaincinv

    return 0.0 if count <= 0 else float(betaincinv(count, total - count + 1.0, error))


def most_probability(count: float, total: int, error: float) -> float:
    """Return the upper confidence bound of a probability (Clopper and Pearson), with this one-sided error."""
    from scipy.special import betaincinv

    return 1.0 if count >= total else float(betaincinv(count + 1.0, total - count, 1.0 - error))


SUPPORTED, NOT_SUPPORTED, DEPENDS = "supported", "not supported", "depends"
TRADE_OFF, INCONCLUSIVE = "trade-off", "inconclusive"
VERDICTS = (SUPPORTED, NOT_SUPPORTED, DEPENDS, TRADE_OFF, INCONCLUSIVE)
LIKELY = 0.90
ENOUGH = 200  # minimum number of replications for a verdict on the mean, and for the search of thresholds
ENOUGH_FOR_TRADE_OFF = 100


@dataclass(frozen=True)
class Threshold:
    """A value of a drawn parameter at which a claim changes, found on one half of the replications.

    Attributes
    ----------
    name, side, value : str, str, float
        The claim holds where the parameter is "above" or "below" the value.
    replications : int
        Number of replications of the other half on that side.
    mean, low, high : float
        Effect on that side, with its interval (other half).
    elsewhere, elsewhere_low, elsewhere_high : float
        Effect on the opposite side, with its interval (other half).
    """

    name: str
    side: str
    value: float
    replications: int
    mean: float
    low: float
    high: float
    elsewhere: float
    elsewhere_low: float
    elsewhere_high: float


@dataclass(frozen=True)
class Deciding:
    """A drawn parameter and its rank correlation with the effect."""

    name: str
    rank_correlation: float


@dataclass(frozen=True)
class Found:
    """Estimate, verdict and conditions of one statement."""

    estimate: Estimate
    verdict: str
    threshold: Threshold | None = None
    deciding: tuple[Deciding, ...] = field(default=())


def inside_margin(low: float, high: float, margin: float) -> bool:
    """Return whether an interval lies within the equivalence margin."""
    return -margin <= low and high <= margin


def safe_verdict(statement: Statement, found: Estimate, threshold: Threshold | None = None) -> str | None:
    """Return the verdict that is safe at this look, or None when more replications are needed.

    A mean can hide draws with the opposite effect. So with few replications nearly all of them must have the
    same sign, and with more no threshold may be found at which the claim changes.
    """
    if statement.sign == 0:
        return _safe_trade_off(statement, found)
    if not found.replications:
        return None
    if threshold is not None:
        return DEPENDS
    margin, enough = statement.equivalence_margin, found.replications + found.missing >= ENOUGH
    if inside_margin(found.low, found.high, margin):
        all_small = inside_margin(found.spread_low, found.spread_high, margin)
        return NOT_SUPPORTED if all_small or enough else None
    beyond = found.low > margin or found.high < -margin
    if enough and abs(found.adjusted) > margin:
        return _by_sign(statement, found)
    if beyond and max(found.surely_above, 1.0 - found.surely_below) >= LIKELY:
        return _by_sign(statement, found)
    return None


def _by_sign(statement: Statement, found: Estimate) -> str | None:
    """Return the verdict of an interval on one side of zero, None when it includes zero."""
    if found.low <= 0.0 <= found.high:
        return None
    return SUPPORTED if found.adjusted * statement.sign > 0.0 else NOT_SUPPORTED


def _safe_trade_off(statement: Statement, found: Estimate) -> str | None:
    """Return whether a trade-off can be reported: its sign is certain, or it is small, or there are many
    replications.
    """
    side_is_sure = found.low > 0.0 or found.high < 0.0
    enough = found.replications + found.missing >= ENOUGH_FOR_TRADE_OFF
    small = inside_margin(found.low, found.high, statement.equivalence_margin)
    return TRADE_OFF if small or side_is_sure or enough else None


def final_verdict(statement: Statement, found: Estimate, threshold: Threshold | None = None) -> str:
    """Return the verdict at the last look.

    With a certain sign, the effect may still be within the margin; the interval shows this.
    """
    safe = safe_verdict(statement, found, threshold)
    if safe is None and found.replications + found.missing >= ENOUGH and found.replications:
        safe = _by_sign(statement, found)
    return safe or (INCONCLUSIVE if statement.sign else TRADE_OFF)


def replications_to_settle(found: Estimate, margin: float) -> int | None:
    """Return the number of replications at which the interval would exclude zero or lie within the margin.

    Assumes constant mean and spread; None where nothing is known.

    Examples
    --------
    >>> at = dict(replications=100, missing=0, mean=2.0, adjusted=2.0, low=-1.0, high=5.0, explained=0.0,
    ...           spread_low=0.0, spread_high=0.0, probability=0.5, probability_low=0.0,
    ...           probability_high=1.0, surely_above=0.0, surely_below=1.0)
    >>> replications_to_settle(Estimate(**at), margin=1.0)
    226
    """
    half = (found.high - found.low) / 2.0
    wanted = max(abs(found.adjusted), margin - abs(found.adjusted))
    if not math.isfinite(half) or not wanted > 0.0:
        return None
    return math.ceil(found.replications * (half / wanted) ** 2) + 1


def verdict_of_claim(verdicts: Sequence[str]) -> str:
    """Return the verdict of a claim from its statements with a sign, or from all when none has one.

    "depends" when any statement depends. "trade-off" when some hold and others do not, and when the source
    gives no direction. Otherwise the common verdict, and "inconclusive" when any statement is inconclusive.

    Examples
    --------
    >>> verdict_of_claim(["supported", "supported"]), verdict_of_claim(["supported", "not supported"])
    ('supported', 'trade-off')
    >>> verdict_of_claim(["supported", "inconclusive"]), verdict_of_claim(["inconclusive", "depends"])
    ('inconclusive', 'depends')
    """
    if DEPENDS in verdicts:
        return DEPENDS
    if {SUPPORTED, NOT_SUPPORTED} <= set(verdicts):
        return TRADE_OFF
    return INCONCLUSIVE if INCONCLUSIVE in verdicts else verdicts[0]
