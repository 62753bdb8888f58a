"""Event tape: a cache of the exogenous events of each month, shared by runs with the same events (process 2).

Events depend on the population, on random numbers and on the parameters of `HAZARDS`, not on policy. Among
runs with the same events, the first run to reach a month computes and stores them; the others replay them
without evaluating calendars or hazards. The same rules apply the events in both cases.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from simulation.parameters import Parameters
from simulation.processes.events import BITS
from simulation.schedule import RunningModel

# Parameters that determine events, in addition to those of the population.
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
        Parameters of all runs, and of their initial states.

    Returns
    -------
    bool
        True if all parameters that events depend on are equal.
    """
    hazards = [hazards_of(each) for each in many]
    return all(each == hazards[0] for each in hazards)


class EventTape:
    """Events of all households by month; copies of a model share one tape.

    Attributes
    ----------
    months : dict of int to uint32 array of shape (n_households_with_events,)
        By month number: household numbers with event bits, as written by `all_households_events`.
    """

    def __init__(self) -> None:
        self.months: dict[int, np.ndarray] = {}
        self._inputs: tuple[Any, ...] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "EventTape":
        """Return this tape itself: copies of a model share it."""
        return self

    def is_compatible(self, model: RunningModel) -> bool:
        """Return whether a new model has the events of this tape.

        Parameters
        ----------
        model : RunningModel
            The model.

        Returns
        -------
        bool
            Also True if no model has been attached to the tape yet.
        """
        return self._inputs is None or self._inputs == _event_inputs(model)

    def attach(self, model: RunningModel) -> None:
        """Attach a new model to the tape.

        Parameters
        ----------
        model : RunningModel
            The model.

        Raises
        ------
        ValueError
            If its events differ from those of the models attached before, or if it has too many households.
        """
        households = len(model.world.households)
        if households > MOST_HOUSEHOLDS:
            raise ValueError(
                f"{households:,} households: expected {MOST_HOUSEHOLDS:,} at most on a tape of events"
            )
        if not self.is_compatible(model):
            raise ValueError(
                "this run meets other events than those on the tape: expected the same seed, municipality, "
                f"months, population and hazards ({', '.join(HAZARDS)})"
            )
        self._inputs = _event_inputs(model)


def _event_inputs(model: RunningModel) -> tuple[Any, ...]:
    """Return the inputs that determine the events of a model: seed, municipality, months and hazards."""
    months = (model.start_month, model.end_month)
    return model.random_seed, model.profile, *months, hazards_of(model.parameters)
