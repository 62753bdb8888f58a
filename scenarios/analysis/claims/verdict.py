"""Verdicts on claims: thresholds on a probability, an equivalence margin, and what is safe to say early."""

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
    mean, low, high : float
        Mean effect with its interval.
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
    low: float
    high: float
    spread_low: float
    spread_high: float
    probability: float
    probability_low: float
    probability_high: float
    surely_above: float
    surely_below: float


def estimate(effects: np.ndarray, sign: int, looks: Sequence[int], number: int) -> Estimate:
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
    """
    known = np.asarray(effects, dtype=float)
    known = known[np.isfinite(known)]
    if not known.size:
        nothing = (math.nan,) * 6
        return Estimate(0, len(effects), *nothing[:5], 0.5, 0.0, 1.0, 0.0, 1.0)
    interval_error = error_of_look(looks, number, ERROR_OF_INTERVAL)
    verdict_error = error_of_look(looks, number, ERROR_OF_VERDICT)
    low, high = mean_interval(known, interval_error)
    as_claimed = successes(known, sign)
    count = float(as_claimed.sum())
    return Estimate(
        replications=known.size,
        missing=len(effects) - known.size,
        mean=float(known.mean()),
        low=low,
        high=high,
        spread_low=float(np.quantile(known, 0.05)),
        spread_high=float(np.quantile(known, 0.95)),
        probability=float(as_claimed.mean()),
        probability_low=least_probability(count, known.size, interval_error / 2.0),
        probability_high=most_probability(count, known.size, interval_error / 2.0),
        surely_above=least_probability(count, known.size, verdict_error),
        surely_below=most_probability(count, known.size, verdict_error),
    )


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


SUPPORTED, REFUTED, NO_EFFECT = "supported", "refuted", "no effect"
ONLY_IF, UNDECIDED, TRADE_OFF, OPEN = "only if", "undecided", "trade-off", "not finished"
LIKELY, UNLIKELY = 0.90, 0.10
ENOUGH_FOR_CONDITIONS = 200  # replications
ENOUGH_FOR_TRADE_OFF = 100


@dataclass(frozen=True)
class Condition:
    """A condition on one or two drawn parameters, found on one half of the replications, confirmed on the
    other.

    Attributes
    ----------
    terms : tuple of (str, str, float)
        Parameter, "above" or "below", and the value.
    probability, elsewhere : float
        That the sign is as claimed where the condition holds, and where it does not (other half).
    replications : int
        Replications of the other half in which it holds.
    mean, low, high : float
        Effect there, with its interval (other half).
    """

    terms: tuple[tuple[str, str, float], ...]
    probability: float
    elsewhere: float
    replications: int
    mean: float
    low: float
    high: float


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
    only_if: tuple[Condition, ...] = ()
    fails_if: tuple[Condition, ...] = ()
    deciding: tuple[Deciding, ...] = field(default=())


def inside_margin(low: float, high: float, margin: float) -> bool:
    """Whether an interval lies inside the equivalence margin."""
    return -margin <= low and high <= margin


def safe_verdict(statement: Statement, found: Estimate, only_if: tuple[Condition, ...] = ()) -> str | None:
    """Return the verdict that is safe at this look, or None when more replications are needed.

    A mean inside the margin may hide draws in which the effect is large. So with few replications nearly all
    of them must lie inside it, and with more no condition may stand out. "Only if" is safe once a
    condition is confirmed and the whole is surely on neither side of the thresholds: more replications would
    say the same.
    """
    if statement.sign == 0:
        return _safe_trade_off(statement, found)
    if not found.replications:
        return None
    if inside_margin(found.low, found.high, statement.equivalence_margin):
        all_small = inside_margin(found.spread_low, found.spread_high, statement.equivalence_margin)
        enough = found.replications + found.missing >= ENOUGH_FOR_CONDITIONS and not only_if
        return NO_EFFECT if all_small or enough else None
    between = found.probability_low > UNLIKELY and found.probability_high < LIKELY
    if only_if and between and found.replications + found.missing >= ENOUGH_FOR_CONDITIONS:
        return ONLY_IF
    beyond = found.low > statement.equivalence_margin or found.high < -statement.equivalence_margin
    if not beyond:
        return None
    as_claimed = found.mean * statement.sign > 0.0
    if as_claimed and found.surely_above >= LIKELY:
        return SUPPORTED
    if not as_claimed and found.surely_below <= UNLIKELY:
        return REFUTED
    return None


def _safe_trade_off(statement: Statement, found: Estimate) -> str | None:
    """Return whether a trade-off can be reported: its side is sure, or it is small, or replications are
    many.
    """
    side_is_sure = found.low > 0.0 or found.high < 0.0
    enough = found.replications + found.missing >= ENOUGH_FOR_TRADE_OFF
    small = inside_margin(found.low, found.high, statement.equivalence_margin)
    return TRADE_OFF if small or side_is_sure or enough else None


def final_verdict(statement: Statement, found: Estimate, only_if: tuple[Condition, ...]) -> str:
    """Return the verdict when no more replications will come.

    A likely sign counts only where the effect is not surely too small to matter; a condition under
    which the claim holds or fails goes before "no effect", for then the mean hides it.
    """
    safe = safe_verdict(statement, found, only_if)
    if safe is not None:
        return safe
    if found.replications + found.missing < MAXIMUM or not found.replications or statement.sign == 0:
        return OPEN
    small = inside_margin(found.low, found.high, statement.equivalence_margin)
    if not small and found.probability >= LIKELY:
        return SUPPORTED
    if not small and found.probability <= UNLIKELY:
        return REFUTED
    if only_if:
        return ONLY_IF
    return NO_EFFECT if small else UNDECIDED


def verdict_of_claim(verdicts: list[str]) -> str:
    """Return the verdict of a claim from those of its statements, each once, in order.

    Examples
    --------
    >>> verdict_of_claim(["supported", "no effect", "supported"])
    'supported, no effect'
    """
    return ", ".join(dict.fromkeys(verdicts))
