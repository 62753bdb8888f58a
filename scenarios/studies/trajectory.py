"""One run of a study: its initialisation, its initial state, and what holds from the branch month on.

Levers hold from the policy's start, so the runs of a replication that differ in levers only share one
initial state; what varies from the beginning (an uncertain parameter, a number of teams) has an initial state
of its own.
"""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from typing import Any

from agents.national_government import LandingParameters
from scenarios.common.errors import ConfigurationError
from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.checks import check_history
from scenarios.config.keys import known_keys
from scenarios.runs.arms import EARLY, INITIAL_LEVERS, first_month_of_warm_up
from scenarios.runs.draws import draw_parameters, explicit_names, parameter_names
from scenarios.runs.run_document import data_checksum
from scenarios.runs.scenario import Scenario
from scenarios.studies.design import Point
from simulation.months import MONTHS_PER_YEAR, month_text
from simulation.parameters import Parameters, changed

MOST_DRAWS = 256


@dataclass
class Trajectory:
    """How one run goes: its initialisation, its initial state, and what holds from the branch month on."""

    scenario: Scenario
    seed: int
    drawn: dict[str, Any]
    initial: Parameters
    branch_month: int
    parameters: Parameters

    @cached_property
    def initial_state_address(self) -> str:
        """Address of the initial state."""
        scenario = self.scenario
        return hash_of(
            {
                "result_version": RESULT_VERSION,
                "data": planned_data(),
                "municipality": scenario.municipality,
                **own_checksum(scenario),
                "households": scenario.households,
                "seed": self.seed,
                "months": [first_month_of_warm_up(scenario), scenario.start_month, scenario.end_month],
                "initial": fingerprint(self.initial),
                "branch_month": self.branch_month,
            }
        )

    @cached_property
    def address(self) -> str:
        """Address of the run."""
        return hash_of(
            {"initial_state": self.initial_state_address, "from_branch_month": fingerprint(self.parameters)}
        )


def own_checksum(scenario: Scenario) -> dict[str, str]:
    """Return the checksum of a municipality of one's own: another file is another place."""
    own = scenario.municipality_file
    return {} if own is None else {"municipality_file": own["sha256"]}


def trajectory_of(scenario: Scenario, point: Point, replication: int, seeds_per_draw: int = 1) -> Trajectory:
    """Return how the run of a point and a replication goes.

    Raises
    ------
    ConfigurationError
        For a history that does not go with the transition, or a policy that starts after it: the runs of a
        study branch once, at the transition at the latest.
    """
    if scenario.policy.start_month > scenario.transition_month:
        raise ConfigurationError(
            f"policy.start = {month_text(scenario.policy.start_month)}: a study branches once; expected "
            f"{month_text(scenario.transition_month)}, the transition, or earlier"
        )
    check_history(scenario.history, scenario.parameters.landing.transition, point)
    initial, parameters, drawn = parameters_of(scenario, point, replication, seeds_per_draw)
    changes = {**scenario.policy.changes, **values_in(point)}
    early = max((float(changes[name]) for name in EARLY if name in changes), default=0.0)
    start = min(
        scenario.policy.start_month,
        scenario.transition_month - round(MONTHS_PER_YEAR * early),
    )
    return Trajectory(
        scenario=scenario,
        seed=seed_of(scenario, replication),
        drawn=drawn,
        initial=initial,
        branch_month=max(start, first_month_of_warm_up(scenario)),
        parameters=parameters,
    )


def parameters_of(
    scenario: Scenario, point: Point, replication: int, seeds_per_draw: int
) -> tuple[Parameters, Parameters, dict[str, Any]]:
    """Return the parameters of a run's initial state and of its time after the branch month, and what was
    drawn.

    A point's value holds against the draw, the system and the policy.
    """
    values = values_in(point)
    parameters, drawn = draw_of(scenario, values, replication // seeds_per_draw)
    changes = {**scenario.policy.changes, **values}
    known = known_keys()
    from_initialisation = {
        name: value for name, value in changes.items() if name in INITIAL_LEVERS or not known[name].lever
    }
    return _before_landing(changed(parameters, from_initialisation)), changed(parameters, changes), drawn


# The last few draws: points share them. An entry holds the parameters whose id is in its key, so that no
# others can come to stand in their place; a fingerprint of them would cost a run half a millisecond.
_DRAWS: dict[tuple[Any, ...], tuple[Parameters, Parameters, dict[str, Any]]] = {}


def draw_of(scenario: Scenario, values: Point, draw: int) -> tuple[Parameters, dict[str, Any]]:
    """Return the parameters of a draw at a point, before the point's own values, and what was drawn."""
    undrawn = scenario.parameters
    if not scenario.draw:
        return undrawn, {}
    explicit = frozenset(explicit_names(scenario.overrides) | set(values))
    key = (id(undrawn), scenario.seeds[0], draw, explicit, scenario.draws, scenario.place)
    if key not in _DRAWS:
        if len(_DRAWS) >= MOST_DRAWS:
            _DRAWS.clear()
        _DRAWS[key] = (
            undrawn,
            *draw_parameters(
                undrawn, draw, scenario.seeds[0], explicit, scenario.posterior, scenario.place
            ),
        )  # fmt: skip
    return _DRAWS[key][1:]


def seed_of(scenario: Scenario, replication: int) -> int:
    """Return the seed of a replication."""
    return scenario.seeds[0] + replication


def _before_landing(parameters: Parameters) -> Parameters:
    """Return the parameters of an initial state: how it will land makes no difference to it yet."""
    chosen, usual = parameters.landing, LandingParameters()
    kept = ("transition", "years_ahead", "discount_per_year", "grant_growth_per_year")
    landing = replace(usual, **{each.name: getattr(chosen, each.name) for each in fields(chosen)
                                if each.name in kept})  # fmt: skip
    return replace(parameters, landing=landing)


def fingerprint(parameters: Parameters) -> str:
    """Return a hash of every parameter; Python writes a number so that no bit is lost."""
    return hashlib.sha256(repr(parameters).encode()).hexdigest()


@cache
def planned_data() -> str:
    """Return the checksum of the data; nobody changes them while runs are planned."""
    return data_checksum()


def chosen_in(point: Point) -> tuple[Any, ...]:
    """Return what of a point is composed by Hydra: groups, and keys that are no parameters."""
    return tuple((name, value) for name, value in point.items() if name not in parameter_names())


def values_in(point: Point) -> dict[str, Any]:
    """Return what of a point sets a parameter."""
    return {name: value for name, value in point.items() if name in parameter_names()}


def hash_of(content: Any) -> str:
    """Return a hash of plain values; floats are distinguished to the last bit."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
