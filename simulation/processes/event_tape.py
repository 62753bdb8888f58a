"""A tape of events: what came to every household, kept by the run that goes first (process 2).

Events depend on who lives where, on random numbers and on the parameters of `HAZARDS`, not on policy. Runs
that share these meet the same events: the one that comes to a month first keeps them, the others take them
from the tape and look at no calendar and no hazard. What an event does to a household is done by the same
rules in both.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from simulation.parameters import Parameters
from simulation.processes.events import BITS
from simulation.schedule import RunningModel

# Parameters that say which events come to whom, and when, besides those of the population.
HAZARDS = tuple(
    f"household.{name}"
    for name in (
        "incidence_per_year",
        "poverty_hazard",
        "one_parent_hazard",
        "recession_hazard",
        "care_growth_per_year_of_age",
        "care_trend_per_year",
        "youth_trend_per_year",
        "youth_level",
        "separation_per_year",
        "partnering_per_year",
        "one_parent_partnering",
        "birth_per_year",
        "death_at_80_per_year",
        "death_growth_per_year_of_age",
        "long_term_care_per_year",
        "moving_per_year",
        "dispute_per_year",
        "shock_per_wijk_year",
        "shock_strikes",
        "shock_months",
    )
)
MOST_HOUSEHOLDS = 2 ** (32 - BITS)


def hazards_of(parameters: Parameters) -> tuple[Any, ...]:
    """Return the values of all parameters that events depend on.

    Parameters
    ----------
    parameters : Parameters
        All parameters and levers.

    Returns
    -------
    tuple
        Values that compare as equal where events are the same.
    """
    groups = (name.split(".") for name in HAZARDS)
    return parameters.population, *(getattr(getattr(parameters, group), name) for group, name in groups)


def have_same_events(many: Iterable[Parameters]) -> bool:
    """Return whether runs with these parameters have the same events (same municipality and seed).

    Parameters
    ----------
    many : iterable of Parameters
        Of all runs, and of their initial states.

    Returns
    -------
    bool
        True where all parameters that events depend on are the same.
    """
    hazards = [hazards_of(each) for each in many]
    return all(each == hazards[0] for each in hazards)


class EventTape:
    """What came to the households of one run, month by month; copies of a model share it.

    Attributes
    ----------
    months : dict of int to uint32 array of shape (n_households_met,)
        By month number: household and what came to it, as `all_households_events` leaves them.
    """

    def __init__(self) -> None:
        self.months: dict[int, np.ndarray] = {}
        self._met: tuple[Any, ...] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "EventTape":
        """Return this tape: what comes to a model comes to its copies."""
        return self

    def suits(self, model: RunningModel) -> bool:
        """Whether a model that begins meets the events of this tape.

        Parameters
        ----------
        model : RunningModel
            The model.

        Returns
        -------
        bool
            True too of a tape that nobody has yet.
        """
        return self._met is None or self._met == _met_by(model)

    def take_up(self, model: RunningModel) -> None:
        """Take up a model that begins.

        Parameters
        ----------
        model : RunningModel
            The model.

        Raises
        ------
        ValueError
            When it meets other events than the models before it, or has more households than fit.
        """
        households = len(model.world.households)
        if households > MOST_HOUSEHOLDS:
            raise ValueError(
                f"{households:,} households: expected {MOST_HOUSEHOLDS:,} at most on a tape of events"
            )
        if not self.suits(model):
            raise ValueError(
                "this run meets other events than those on the tape: expected the same seed, municipality, "
                f"months, population and hazards ({', '.join(HAZARDS)})"
            )
        self._met = _met_by(model)


def _met_by(model: RunningModel) -> tuple[Any, ...]:
    """Return what decides which events a model meets."""
    months = (model.start_month, model.end_month)
    return model.random_seed, model.profile, *months, hazards_of(model.parameters)
