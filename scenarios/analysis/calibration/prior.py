"""Which parameters are fitted, element by element, and what was known of each before.

Fitted is what a draw varies, and what was set by an earlier rough fit without a draw of its own: that
one may lie a stated share away. Before the targets are looked at, every value between the ends is as
likely as any other, and nothing is known of how two go together.
"""

from collections.abc import Sequence
from dataclasses import Field, dataclass, fields
from typing import Any

import numpy as np

from scenarios.config.keys import value_called
from scenarios.runs.draws import is_drawn
from simulation.parameters import GROUPS, Parameters

ROUGH_FIT = "rough fit"
ROUGH_FIT_WIDTH = 0.25


@dataclass(frozen=True)
class Uncertain:
    """One uncertain number: a parameter, or one element of a list.

    Attributes
    ----------
    name : str
        Full name of the parameter.
    place : int or None
        Place in its list.
    low, high : float
        Ends of the prior, which is uniform.
    default : float
        Value without a draw.
    whole : bool
        Whether it stays a whole number.
    """

    name: str
    place: int | None
    low: float
    high: float
    default: float
    whole: bool = False

    @property
    def key(self) -> str:
        """Full name, with the place in a list: "household.fade_per_month[2]"."""
        return self.name if self.place is None else f"{self.name}[{self.place}]"

    def at(self, share: float) -> float:
        """Return the value at a share of the way from low to high."""
        value = self.low + share * (self.high - self.low)
        return round(value) if self.whole else float(value)


def uncertain_numbers(parameters: Parameters | None = None) -> tuple[Uncertain, ...]:
    """Return every number a calibration may fit, in the order of the parameters.

    Parameters
    ----------
    parameters : Parameters, optional
        Values around which relative widths are taken; the defaults unless given.
    """
    parameters = parameters or Parameters()
    found = []
    for group in GROUPS:
        values = getattr(parameters, group)
        for each in fields(values):
            width = prior_width(each)
            if width is None:
                continue
            value = getattr(values, each.name)
            numbers = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            for place, number in numbers:
                low, high = _ends(each, number, width)
                if high > low:
                    name = f"{group}.{each.name}"
                    found.append(Uncertain(name, place, low, high, number, isinstance(number, int)))
    return tuple(found)


def prior_width(parameter: Field[Any]) -> float | str | None:
    """Return how wide the prior of a parameter is, None for what is not fitted."""
    if is_drawn(parameter):
        return parameter.metadata["draw"]
    rough = ROUGH_FIT in (parameter.metadata.get("source") or "")
    return ROUGH_FIT_WIDTH if rough and not parameter.metadata.get("lever") else None


def _ends(parameter: Field[Any], value: float, width: float | str) -> tuple[float, float]:
    low, high = parameter.metadata["low"], parameter.metadata["high"]
    if width == "range":
        return float(low), float(high)
    first, last = sorted((value * (1.0 - float(width)), value * (1.0 + float(width))))
    return (
        first if low is None else max(float(low), first),
        last if high is None else min(float(high), last),
    )


def changes_at(
    uncertain: Sequence[Uncertain], shares: np.ndarray, parameters: Parameters | None = None
) -> dict[str, Any]:
    """Return parameter values by full name for one point of the prior.

    Parameters
    ----------
    uncertain : sequence of Uncertain
        What varies.
    shares : float64 array of shape (n_uncertain,)
        Where each stands between its ends.
    parameters : Parameters, optional
        Where the other elements of a list come from; the defaults unless given.
    """
    return changes_of({each.key: each.at(share) for each, share in zip(uncertain, shares, strict=True)},
                      uncertain, parameters or Parameters())  # fmt: skip


def changes_of(
    values: dict[str, float], uncertain: Sequence[Uncertain], parameters: Parameters
) -> dict[str, Any]:
    """Return parameter values by full name, the elements of a list together."""
    changes: dict[str, Any] = {}
    for each in uncertain:
        if each.place is None:
            changes[each.name] = values[each.key]
            continue
        numbers = changes.setdefault(each.name, list(value_called(parameters, each.name)))
        numbers[each.place] = values[each.key]
    return changes
