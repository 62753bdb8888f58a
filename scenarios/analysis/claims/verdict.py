"""Verdicts on claims: thresholds on a probability, a practical band, and what is safe to say early."""

from dataclasses import dataclass, field

from scenarios.analysis.claims.claim import Statement
from scenarios.analysis.claims.sequential import MAXIMUM, Estimate

SUPPORTED, REFUTED, NO_EFFECT = "supported", "refuted", "no effect"
ONLY_IF, UNDECIDED, TRADE_OFF, OPEN = "only if", "undecided", "trade-off", "not finished"
LIKELY, UNLIKELY = 0.90, 0.10
ENOUGH_FOR_CONDITIONS = 200  # pairs
ENOUGH_FOR_TRADE_OFF = 100


@dataclass(frozen=True)
class Condition:
    """A condition on one or two drawn parameters, found on one half of the pairs, confirmed on the other.

    Attributes
    ----------
    terms : tuple of (str, str, float)
        Parameter, "above" or "below", and the value.
    probability, elsewhere : float
        That the sign is as claimed where the condition holds, and where it does not (other half).
    pairs : int
        Pairs of the other half in which it holds.
    mean, low, high : float
        Effect there, with its interval (other half).
    """

    terms: tuple[tuple[str, str, float], ...]
    probability: float
    elsewhere: float
    pairs: int
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


def inside_band(low: float, high: float, band: float) -> bool:
    """Whether an interval lies inside the practical band."""
    return -band <= low and high <= band


def safe_verdict(statement: Statement, found: Estimate, only_if: tuple[Condition, ...] = ()) -> str | None:
    """Return the verdict that is safe at this look, or None when more pairs are needed.

    A mean inside the band may hide draws in which the effect is large. So with few pairs nearly all
    of them must lie inside it, and with more no condition may stand out. "Only if" is safe once a
    condition is confirmed and the whole is surely on neither side of the thresholds: more pairs would
    say the same.
    """
    if statement.sign == 0:
        return _safe_trade_off(statement, found)
    if not found.pairs:
        return None
    if inside_band(found.low, found.high, statement.band):
        all_small = inside_band(found.spread_low, found.spread_high, statement.band)
        enough = found.pairs + found.missing >= ENOUGH_FOR_CONDITIONS and not only_if
        return NO_EFFECT if all_small or enough else None
    between = found.probability_low > UNLIKELY and found.probability_high < LIKELY
    if only_if and between and found.pairs + found.missing >= ENOUGH_FOR_CONDITIONS:
        return ONLY_IF
    beyond = found.low > statement.band or found.high < -statement.band
    if not beyond:
        return None
    as_claimed = found.mean * statement.sign > 0.0
    if as_claimed and found.surely_above >= LIKELY:
        return SUPPORTED
    if not as_claimed and found.surely_below <= UNLIKELY:
        return REFUTED
    return None


def _safe_trade_off(statement: Statement, found: Estimate) -> str | None:
    """Return whether a trade-off can be reported: its side is sure, or it is small, or pairs are many."""
    side_is_sure = found.low > 0.0 or found.high < 0.0
    enough = found.pairs + found.missing >= ENOUGH_FOR_TRADE_OFF
    small = inside_band(found.low, found.high, statement.band)
    return TRADE_OFF if small or side_is_sure or enough else None


def final_verdict(statement: Statement, found: Estimate, only_if: tuple[Condition, ...]) -> str:
    """Return the verdict when no more pairs will come.

    A likely sign counts only where the effect is not surely too small to matter; a condition under
    which the claim holds or fails goes before "no effect", for then the mean hides it.
    """
    safe = safe_verdict(statement, found, only_if)
    if safe is not None:
        return safe
    if found.pairs + found.missing < MAXIMUM or not found.pairs or statement.sign == 0:
        return OPEN
    small = inside_band(found.low, found.high, statement.band)
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
