"""Results per phase-in length: verdicts, the shortest harmless length, and lengths that need more draws.

Every question (is the mean effect on an outcome at a length above the equivalence margin?) has a confidence
interval at each look. The error of 5% is divided evenly over all questions, and over the looks in proportion
to their draws (Bonferroni), so all intervals of a page hold jointly with a confidence of 95%, for any
stopping rule and dependence between questions. Lengths and answers derived from the intervals need no further
correction. Early looks get little of the error, because the mean of few skewed draws is least normal.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from scenarios.runs.arms import LONG_YEARS
from scenarios.studies.precision import LEVEL, confidence_interval_of

# Equivalence margins of transition harms, per year: those of claim C06 (conf/claim/C06.yaml) over its ten
# years.
NONE: dict[str, float] = {
    "transition_harm_own_payments": 2.0,
    "transition_harm_crises": 0.1,
    "transition_harm_supervision_orders": 0.02,
    "transition_harm_waiting_above_norm": 1.0,
    "transition_harm_unmet": 6.0,
}
# Separate groups, because a longer phase-in period as announced brings more money by itself.
GROUPS = {
    "people": tuple(name for name in NONE if name != "transition_harm_own_payments"),
    "money": ("transition_harm_own_payments",),
}
BASES = ("as_announced", "same_money")
MONEY = "by_money"  # as announced minus same money; the effect of same money is that of speed
EFFECTS = (*BASES, MONEY)
FREE, HARMED, UNSURE = "free", "harmed", "unsure"
OVERNIGHT, LENGTH, LONGER, INCONCLUSIVE = "overnight", "length", "longer", "inconclusive"
WIDEST = 2.0  # years: a length is reported when its interval is at most two steps of a yearly grant
ONE_STEP = 1.0  # years: grants are set once a year, so a length up to a year is overnight
STEP = 0.01  # years: grid of the linear interpolation between tested lengths

Parts = Mapping[str, Mapping[str, Any]]  # name of an outcome: mean, low, high, verdict
Levels = Mapping[int, float]  # draws at a look: confidence level of one interval


def looks(first: int, most: int) -> list[int]:
    """Return the number of draws at every look: doubled each time, up to the maximum.

    Examples
    --------
    >>> looks(48, 384), looks(10, 25), looks(8, 8)
    ([48, 96, 192, 384], [10, 20, 25], [8])
    """
    found = []
    while first < most:
        found.append(first)
        first *= 2
    return [*found, most]


def levels_of(questions: int, times: Sequence[int]) -> Levels:
    """Return the confidence level of one interval at every look that gives joint confidence over all.

    Examples
    --------
    >>> {draws: round(level, 6) for draws, level in levels_of(100, [10, 40]).items()}
    {10: 0.9999, 40: 0.9996}
    """
    return {draws: 1.0 - (1.0 - LEVEL) * draws / sum(times) / questions for draws in times}


def parts_of(values: np.ndarray, levels: Levels) -> dict[str, dict[str, Any]]:
    """Return mean, interval and verdict of every outcome; `values` is of shape (n_draws, n_parts)."""
    found, level = {}, levels[len(values)]
    for place, (name, none) in enumerate(NONE.items()):
        of_draws = values[:, place]
        interval = confidence_interval_of(of_draws, level=level)
        low, high = interval.mean - interval.half_width, interval.mean + interval.half_width
        found[name] = {
            "mean": interval.mean, "low": low, "high": high,
            "share_of_draws": float((of_draws > none).mean()),
            "verdict": FREE if high <= none else HARMED if low > none else UNSURE,
        }  # fmt: skip
    return found


def verdict(of_parts: Sequence[str]) -> str:
    """Return the joint verdict of several outcomes.

    Examples
    --------
    >>> verdict(["free", "free"]), verdict(["free", "unsure"]), verdict(["unsure", "harmed"])
    ('free', 'unsure', 'harmed')
    """
    if HARMED in of_parts:
        return HARMED
    return FREE if set(of_parts) == {FREE} else UNSURE


def verdict_of(group: str, parts: Parts) -> str:
    """Return the joint verdict of a group of outcomes at one length."""
    return verdict([parts[name]["verdict"] for name in GROUPS[group]])


class Answer(NamedTuple):
    """The required length of a phase-in.

    Attributes
    ----------
    kind : str
        "overnight", "length", "longer" (than the longest length tested) or "inconclusive".
    years : float or None
        Shortest length from which on the means are harmless; None beyond the longest possible length.
    low, high : float or None
        Interval of `years`; `high` is None beyond the longest possible length.
    """

    kind: str
    years: float | None
    low: float
    high: float | None


def answer_of(names: Sequence[str], by_years: Mapping[float, Parts]) -> Answer:
    """Return the shortest length from which on none of the named outcomes is harmed, with its interval.

    Means and ends of their intervals are interpolated linearly between tested lengths, up to the long
    phase-in period that is the comparison and harmless by definition. The interval begins at the longest
    length that is significantly harmful, and ends at the shortest from which on every length is significantly
    harmless.

    Parameters
    ----------
    names : sequence of str
        Outcomes that are judged together.
    by_years : mapping of float to parts
        Results of each tested length.
    """
    tested = sorted(by_years)
    nodes = {years: by_years[years] for years in tested}
    if tested[0] < ONE_STEP < tested[-1] and ONE_STEP not in nodes:
        nodes[ONE_STEP] = nodes[tested[0]]
    if tested[-1] < LONG_YEARS:
        nodes[LONG_YEARS] = {name: {"mean": 0.0, "low": 0.0, "high": 0.0} for name in NONE}
    lengths = sorted(nodes)
    grid = np.unique(np.concatenate([lengths, np.arange(lengths[0], lengths[-1], STEP)]).round(6))

    def beyond_none(key: str) -> np.ndarray:
        """Return the excess of the most harmed outcome over its margin, at every length."""
        lines = [
            np.interp(grid, lengths, [nodes[each][name][key] - NONE[name] for each in lengths])
            for name in names
        ]
        return np.max(lines, axis=0)

    harmed = np.flatnonzero(beyond_none("low") > 0.0)
    low = float(grid[harmed[-1]]) if len(harmed) else tested[0]
    high, years = (_harmless_from(grid, beyond_none(key) <= 0.0) for key in ("high", "mean"))
    if low >= tested[-1]:
        return Answer(LONGER, years, low, high)
    if high == tested[0]:
        return Answer(OVERNIGHT, high, high, high)
    is_told = high is not None and high - low <= WIDEST
    return Answer(LENGTH if is_told else INCONCLUSIVE, years, low, high)


def _harmless_from(grid: np.ndarray, harmless: np.ndarray) -> float | None:
    """Return the first grid length from which on all are harmless, None without one."""
    harmful = np.flatnonzero(~harmless)
    first = harmful[-1] + 1 if len(harmful) else 0
    return float(grid[first]) if first < len(grid) else None


def undecided(by_years: Mapping[float, Parts]) -> set[float]:
    """Return the lengths that need more draws to answer for people and for money.

    These are the lengths without a verdict while the answer is inconclusive, except those below a length that
    is significantly harmful. When all have a verdict, the lengths on both sides of the answer.
    """
    found: set[float] = set()
    for group, names in GROUPS.items():
        if answer_of(names, by_years).kind != INCONCLUSIVE:
            continue
        verdicts = {years: verdict_of(group, parts) for years, parts in by_years.items()}
        longest = max((years for years, said in verdicts.items() if said == HARMED), default=-math.inf)
        beyond = [years for years in sorted(verdicts) if years > longest]
        found |= {years for years in beyond if verdicts[years] == UNSURE} or {longest, beyond[0]}
    return found


def differs(one: Answer, other: Answer) -> int:
    """Return 1 when one answer is significantly longer than the other, -1 when shorter, else 0.

    Examples
    --------
    >>> overnight, later = Answer("overnight", 0.0, 0.0, 0.0), Answer("length", 2.5, 2.0, 3.0)
    >>> differs(overnight, later), differs(later, overnight), differs(later, later)
    (-1, 1, 0)
    """
    if other.high is not None and one.low > other.high:
        return 1
    return -1 if one.high is not None and other.low > one.high else 0
