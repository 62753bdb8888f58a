"""A tape of events: what came to every household, kept by the run that goes first (process 2).

Events depend on who lives where, on random numbers and on the parameters of `HAZARDS`, not on policy. Runs
that share these meet the same events: the one that comes to a month first keeps them, the others take them
from the tape and look at no calendar and no hazard. What an event does to a household is done by the same
rules in both.
"""

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


class EventTape:
    """What came to the households of one run, month by month; copies of a model share it.

    Attributes
    ----------
    months : dict of int to uint32 array of shape (n_households_met,)
        By month number: household and what came to it, as `all_households_events` leaves them.
    """

    def __init__(self) -> None:
        self.months: dict[int, np.ndarray] = {}
        self._of: tuple[Any, ...] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "EventTape":
        """Return this tape: what comes to a model comes to its copies."""
        return self

    def take_up(self, model: RunningModel, profile: Any) -> None:
        """Take up a model that has not run yet.

        Parameters
        ----------
        model : RunningModel
            The model.
        profile : MunicipalityProfile
            Who lives there.

        Raises
        ------
        ValueError
            When it meets other events than the models before it.
        """
        households = len(model.world.households)
        if households > MOST_HOUSEHOLDS:
            raise ValueError(f"a tape of events is for {MOST_HOUSEHOLDS:,} households at most, not {households:,}")
        met = (
            model.random_seed,
            profile,
            model.start_month,
            model.end_month,
            hazards_of(model.parameters),
        )
        if self._of is not None and self._of != met:
            raise ValueError(
                "these two runs meet other events: expected the same seed, municipality, months and "
                f"hazards ({', '.join(HAZARDS)}, and those of the population)"
            )
        self._of = met
