"""What counts as a bruise of a short strip, and what the interval of its mean allows to say."""

from typing import Any

import numpy as np

from scenarios.studies.bands import band_of

# What counts as no bruise, a year: those of claim C06 (conf/claim/C06.yaml) over its ten years.
NONE: dict[str, float] = {
    "bruise_own_payments": 2.0,
    "bruise_crises": 0.1,
    "bruise_supervision_orders": 0.02,
    "bruise_waiting_above_norm": 1.0,
    "bruise_unmet": 6.0,
}
# Told apart, because a longer strip as announced brings more money by itself.
GROUPS = {
    "people": tuple(name for name in NONE if name != "bruise_own_payments"),
    "money": ("bruise_own_payments",),
}
BASES = ("as_announced", "same_money")
FREE, BRUISED, UNSURE = "free", "bruised", "unsure"


def parts(values: np.ndarray) -> dict[str, Any]:
    """Return mean, interval and verdict of every part of a bruise; values are of shape (n_draws, n_parts)."""
    found = {}
    for place, (name, none) in enumerate(NONE.items()):
        of_draws = values[:, place]
        band = band_of(of_draws)
        low, high = band.mean - band.half_width, band.mean + band.half_width
        found[name] = {
            "mean": band.mean, "low": low, "high": high, "share_of_draws": float((of_draws > none).mean()),
            "verdict": FREE if high <= none else BRUISED if low > none else UNSURE,
        }  # fmt: skip
    return found


def verdict(of_parts: list[str]) -> str:
    """Return what holds of all parts together.

    Examples
    --------
    >>> verdict(["free", "free"]), verdict(["free", "unsure"]), verdict(["unsure", "bruised"])
    ('free', 'unsure', 'bruised')
    """
    if BRUISED in of_parts:
        return BRUISED
    return FREE if set(of_parts) == {FREE} else UNSURE


def shortest(verdicts: list[tuple[float, str]]) -> float | None:
    """Return the shortest strip from which on all strips looked at are free of bruises; None without one.

    Examples
    --------
    >>> shortest([(0.0, "bruised"), (1.0, "free"), (2.0, "unsure"), (3.0, "free"), (5.0, "free")])
    3.0
    """
    found = None
    for years, said in sorted(verdicts, reverse=True):
        if said != FREE:
            break
        found = years
    return found


def longest_bruised(verdicts: list[tuple[float, str]]) -> float | None:
    """Return the longest strip up to which all strips looked at bruise; None without one.

    Examples
    --------
    >>> longest_bruised([(0.0, "bruised"), (1.0, "bruised"), (2.0, "unsure"), (3.0, "bruised")])
    1.0
    """
    found = None
    for years, said in sorted(verdicts):
        if said != BRUISED:
            break
        found = years
    return found
