"""Which numbers are fitted, element by element, and which are scenario uncertainty.

Fitted are the numbers of data/priors.csv. Every other parameter with a declared range that a draw
varies is *scenario uncertainty*: nothing in the targets informs it, so it keeps its range, in the fit
as in every run. What has neither is fixed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.common.calibration_inputs import PRIORS, priors
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import value_called
from scenarios.runs.draws import draw_parameters, name_and_place
from simulation.parameters import Parameters, names

# The draws of scenario uncertainty in a training ensemble are not those of any run.
SCENARIO_SEED = 1_000_003


@dataclass(frozen=True)
class Uncertain:
    """One fitted number: a parameter, or one element of a list.

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
    """Return every number a calibration fits, in the order of data/priors.csv.

    Parameters
    ----------
    parameters : Parameters, optional
        Where the values without a draw come from; the defaults unless given.

    Raises
    ------
    ConfigurationError
        For a row that names no parameter, or no element of its list.
    """
    parameters = parameters or Parameters()
    known, found = set(names()), []
    for key, prior in priors().items():
        name, place = name_and_place(key)
        if name not in known:
            raise ConfigurationError(f"{PRIORS.name}: {key} is no parameter{nearest(name, known)}")
        value = value_called(parameters, name)
        if isinstance(value, list) != (place is not None) or (place or 0) >= len(np.atleast_1d(value)):
            raise ConfigurationError(f"{PRIORS.name}: {key}: expected an element of a list, as name[0]")
        number = value if place is None else value[place]
        found.append(Uncertain(name, place, prior.low, prior.high, number, isinstance(number, int)))
    return tuple(found)


def changes_at(
    uncertain: Sequence[Uncertain],
    shares: np.ndarray,
    parameters: Parameters | None = None,
    scenario: int | None = None,
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
    scenario : int, optional
        Number of the draw of scenario uncertainty; without it the rest stays as `parameters` have it.
    """
    parameters = parameters or Parameters()
    drawn: dict[str, Any] = {}
    if scenario is not None:
        parameters, drawn = draw_parameters(parameters, scenario, SCENARIO_SEED)
    values = {each.key: each.at(share) for each, share in zip(uncertain, shares, strict=True)}
    return drawn | changes_of(values, uncertain, parameters)


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
