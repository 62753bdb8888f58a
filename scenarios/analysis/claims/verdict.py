"""Verdicts on claims, in five words: which an interval and an equivalence margin allow, and which early."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scenarios.analysis.claims.claim import Statement

# Looking at a claim several times without being fooled by it: looks, spending, bounds.
#
# A study is looked at after 50, 100, 200, 350 and 500 replications, and a claim may stop at a look when its
# verdict is safe. Looking often gives chance more chances, so each look may spend only part of the
# allowed error: the spending function of Lan and DeMets in the form that resembles Pocock's,
# error(t) = error x ln(1 + (e - 1) t) at a fraction t of all replications. A look uses what it adds to that;
# by the union bound the chance of an error at any look is then at most the whole, whatever the
# dependence between looks.

LOOKS = (50, 100, 200, 350, 500)
MAXIMUM = LOOKS[-1]
# An early verdict on a probability errs in one direction only; the interval of a mean in two.
ERROR_OF_VERDICT = 0.05
ERROR_OF_INTERVAL = 0.05


def looks_until(replications: int) -> tuple[int, ...]:
    """Return the numbers of replications after which a study of so many replications is looked at.

    Examples
    --------
    >>> looks_until(500), looks_until(120), looks_until(20)
    ((50, 100, 200, 350, 500), (50, 100, 120), (20,))
    """
    return (*(look for look in LOOKS if look < replications), replications)


def spent(error: float, fraction: float) -> float:
    """Return the error that may be spent at a fraction of all replications.

    Examples
    --------
    >>> round(spent(0.05, 0.1), 5), spent(0.05, 1.0)
    (0.00793, 0.05)
    """
    return error * math.log(1.0 + (math.e - 1.0) * min(1.0, fraction))


def error_of_look(looks: Sequence[int], number: int, error: float) -> float:
    """Return the error one look may spend; a study of few replications spends as if it were the full one."""
    whole = max(looks[-1], MAXIMUM)
    before = spent(error, looks[number - 1] / whole) if number else 0.0
    return spent(error, looks[number] / whole) - before


@dataclass(frozen=True)
class Estimate:
    """What the replications so far say about one statement, intervals widened for repeated looking.

    Attributes
    ----------
    replications, missing : int
        Replications counted, and those in which the outcome could not be said.
    mean : float
        Mean effect of these replications.
    adjusted, low, high : float
        Mean effect over everything that may be drawn, with its interval: adjusted for how far the draws of
        these replications happen to lie from their expectation. It is what a verdict rests on.
    explained : float
        Share of the variance between replications that this adjustment takes off.
    spread_low, spread_high : float
        Between these lie 90% of the replications.
    probability, probability_low, probability_high : float
        That the effect of a replication has the sign asked for; a replication without any difference counts
        half.
    surely_above, surely_below : float
        One-sided bounds of that probability at the error this look may spend.
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
        One effect per replication; not a number where it could not be said.
    sign : int
        1 or -1 as claimed; 0 is read as 1.
    looks : sequence of int
        Planned looks.
    number : int
        Which of them this is, from 0.
    controls : float64 array of shape (n_replications, n_controls), optional
        Control variates: quantities of each replication whose expectation is known to be 0.
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


# A control variate costs a degree of freedom: below so many replications for each, none is used.
REPLICATIONS_PER_CONTROL = 10


def adjusted_mean(
    effects: np.ndarray, controls: np.ndarray, error: float
) -> tuple[float, float, float, float]:
    """Return a mean adjusted by control variates, its interval, and the share of variance they take off.

    Ordinary least squares on quantities with expectation 0: the intercept is the mean effect where all of
    them are at their expectation. Of more than the replications can carry, the first are taken.

    Parameters
    ----------
    effects : float64 array of shape (n_replications,)
        Effects, all known.
    controls : float64 array of shape (n_replications, n_controls)
        Control variates.
    error : float
        How often the interval may miss.
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
    """Return 1 for an effect of the sign, 0 for the opposite, a half for none.

    Examples
    --------
    >>> successes(np.array([-2.0, 0.0, 3.0]), -1).tolist()
    [1.0, 0.5, 0.0]
    """
    signed = np.asarray(effects, dtype=float) * (sign or 1)
    return 0.5 * (1.0 + np.sign(signed))


def mean_interval(effects: np.ndarray, error: float) -> tuple[float, float]:
    """Return the interval of a mean that errs so often (Student); one replication has no interval."""
    from scipy.special import stdtrit  # scipy.stats takes more than a second to import

    if effects.size < 2:
        return -math.inf, math.inf
    half = float(stdtrit(effects.size - 1, 1.0 - error / 2.0) * effects.std(ddof=1) / math.sqrt(effects.size))
    centre = float(effects.mean())
    return centre - half, centre + half


def least_probability(count: float, total: int, error: float) -> float:
    """Return the lower bound of a probability (Clopper and Pearson), wrong at most so often.

    Examples
    --------
    >>> round(least_probability(50, 50, 0.05), 3), least_probability(0, 50, 0.05)
    (0.942, 0.0)
    """
    from scipy.special import betaincinv

    return 0.0 if count <= 0 else float(betaincinv(count, total - count + 1.0, error))


def most_probability(count: float, total: int, error: float) -> float:
    """Return the upper bound of a probability (Clopper and Pearson), wrong at most so often."""
    from scipy.special import betaincinv

    return 1.0 if count >= total else float(betaincinv(count + 1.0, total - count, 1.0 - error))


SUPPORTED, NOT_SUPPORTED, DEPENDS = "supported", "not supported", "depends"
TRADE_OFF, INCONCLUSIVE = "trade-off", "inconclusive"
VERDICTS = (SUPPORTED, NOT_SUPPORTED, DEPENDS, TRADE_OFF, INCONCLUSIVE)
LIKELY = 0.90
ENOUGH = 200  # replications from which a verdict may rest on the mean, and thresholds are looked for
ENOUGH_FOR_TRADE_OFF = 100


@dataclass(frozen=True)
class Threshold:
    """A value of a drawn parameter at which a claim turns, found on one half of the replications.

    Attributes
    ----------
    name, side, value : str, str, float
        The claim holds where the parameter is "above" or "below" the value.
    replications : int
        Replications of the other half in which it is so.
    mean, low, high : float
        Effect there, with its interval (other half).
    elsewhere, elsewhere_low, elsewhere_high : float
        Effect elsewhere, with its interval (other half).
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
    """A drawn parameter and how its rank goes with that of the effect."""

    name: str
    rank_correlation: float


@dataclass(frozen=True)
class Found:
    """All that is found about one statement."""

    estimate: Estimate
    verdict: str
    threshold: Threshold | None = None
    deciding: tuple[Deciding, ...] = field(default=())


def inside_margin(low: float, high: float, margin: float) -> bool:
    """Whether an interval lies inside the equivalence margin."""
    return -margin <= low and high <= margin


def safe_verdict(statement: Statement, found: Estimate, threshold: Threshold | None = None) -> str | None:
    """Return the verdict that is safe at this look, or None when more replications are needed.

    A mean may hide draws in which the effect is another. So with few replications nearly all of them must
    say the same, and with more no threshold may stand out at which the claim turns.
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
    """Return the verdict of an interval on one side of zero, None of one that holds zero."""
    if found.low <= 0.0 <= found.high:
        return None
    return SUPPORTED if found.adjusted * statement.sign > 0.0 else NOT_SUPPORTED


def _safe_trade_off(statement: Statement, found: Estimate) -> str | None:
    """Return whether a trade-off can be reported: its side is sure, or it is small, or replications are
    many.
    """
    side_is_sure = found.low > 0.0 or found.high < 0.0
    enough = found.replications + found.missing >= ENOUGH_FOR_TRADE_OFF
    small = inside_margin(found.low, found.high, statement.equivalence_margin)
    return TRADE_OFF if small or side_is_sure or enough else None


def final_verdict(statement: Statement, found: Estimate, threshold: Threshold | None = None) -> str:
    """Return the verdict when no more replications will come.

    Where the sign is sure, the size may still be one that does not count: the interval then says so.
    """
    safe = safe_verdict(statement, found, threshold)
    if safe is None and found.replications + found.missing >= ENOUGH and found.replications:
        safe = _by_sign(statement, found)
    return safe or (INCONCLUSIVE if statement.sign else TRADE_OFF)


def replications_to_settle(found: Estimate, margin: float) -> int | None:
    """Return after how many replications the interval would exclude zero or lie inside the margin.

    Supposes that mean and spread stay as they are; None where nothing is known.

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
    """Return the one verdict of a claim from those of its statements with a sign, or of all without one.

    It depends where any statement does. It is a trade-off where some hold and others do not, and where the
    source gives no direction. Otherwise it is what all statements are, and inconclusive if one of them is.

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
