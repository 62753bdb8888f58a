"""The plan of a study: points, replications, and the initial states they share.

A run simulates one municipality at one point with the random numbers of one replication. It is initialised,
simulated to its branch month, and then continued with the parameters of the point. Levers apply from the
policy's start, so runs of a replication that differ only in levers share one initial state. Runs that differ
from the start (in an uncertain parameter or a number of teams) have separate initial states.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from typing import Any

from agents.national_government import LandingParameters
from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.composition import TEAM_COUNTS, check_teams
from scenarios.config.keys import check_history, known_keys
from scenarios.runs.arms import EARLY, INITIAL_LEVERS, first_month_of_warm_up
from scenarios.runs.draws import draw_parameters, explicit_names, parameter_names
from scenarios.runs.run_document import data_checksum
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import Design, Point
from simulation.months import MONTHS_PER_YEAR, month_text
from simulation.outcomes.definitions import OF_ONE_ARM
from simulation.parameters import Parameters, changed
from simulation.recording.schema import SCHEMA_VERSION

MOST_DRAWS = 256


@dataclass
class Trajectory:
    """Specification of one run: seed, initial parameters, branch month, and parameters from then on."""

    scenario: Scenario
    seed: int
    drawn: dict[str, Any]
    initial: Parameters
    branch_month: int
    parameters: Parameters

    @cached_property
    def initial_state_address(self) -> str:
        """Hash that identifies the initial state."""
        scenario = self.scenario
        return hash_of(
            {
                "result_version": RESULT_VERSION,
                "data": cached_data_checksum(),
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
        """Hash that identifies the run."""
        return hash_of(
            {"initial_state": self.initial_state_address, "from_branch_month": fingerprint(self.parameters)}
        )


def own_checksum(scenario: Scenario) -> dict[str, str]:
    """Return the checksum of the user's municipality file, as part of a hash; empty without a file."""
    own = scenario.municipality_file
    return {} if own is None else {"municipality_file": own["sha256"]}


def trajectory_of(scenario: Scenario, point: Point, replication: int, seeds_per_draw: int = 1) -> Trajectory:
    """Return the trajectory of a point and a replication.

    Raises
    ------
    ConfigurationError
        When the history before the transition is too short for a cut, or the policy starts after the
        transition: runs of a study branch once, at the transition at the latest.
    """
    if scenario.policy.start_month > scenario.transition_month:
        raise ConfigurationError(
            f"policy.start = {month_text(scenario.policy.start_month)}: a study branches once; expected "
            f"{month_text(scenario.transition_month)}, the transition, or earlier"
        )
    check_history(scenario.history, scenario.parameters.landing.transition, point)
    initial, parameters, drawn = parameters_of(scenario, point, replication, seeds_per_draw)
    changes = {**scenario.policy.changes, **parameter_values(point)}
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
    """Return the parameters of a run's initial state, those from the branch month on, and the drawn values.

    A point's values take precedence over the draw, the system and the policy.
    """
    values = parameter_values(point)
    parameters, drawn = draw_of(scenario, values, replication // seeds_per_draw)
    changes = {**scenario.policy.changes, **values}
    known = known_keys()
    from_initialisation = {
        name: value for name, value in changes.items() if name in INITIAL_LEVERS or not known[name].lever
    }
    return _before_landing(changed(parameters, from_initialisation)), changed(parameters, changes), drawn


# Cache of recent draws, which points share. The key has the id of the parameters; the entry holds a
# reference to them, so that the id stays unique. A fingerprint instead would cost half a millisecond per run.
_DRAWS: dict[tuple[Any, ...], tuple[Parameters, Parameters, dict[str, Any]]] = {}


def draw_of(scenario: Scenario, values: Point, draw: int) -> tuple[Parameters, dict[str, Any]]:
    """Return the parameters of a draw, without the values of the point, and the drawn values."""
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
    """Return parameters of an initial state, with defaults for landing parameters that have no effect yet."""
    chosen, usual = parameters.landing, LandingParameters()
    kept = ("transition", "years_ahead", "discount_per_year", "grant_growth_per_year")
    landing = replace(usual, **{each.name: getattr(chosen, each.name) for each in fields(chosen)
                                if each.name in kept})  # fmt: skip
    return replace(parameters, landing=landing)


def fingerprint(parameters: Parameters) -> str:
    """Return a hash of every parameter; `repr` of a float is exact."""
    return hashlib.sha256(repr(parameters).encode()).hexdigest()


@cache
def cached_data_checksum() -> str:
    """Return the checksum of the data; cached, since the data do not change during planning."""
    return data_checksum()


def composed_values(point: Point) -> tuple[Any, ...]:
    """Return the values of a point that Hydra composes: groups, and keys that are not parameters."""
    return tuple((name, value) for name, value in point.items() if name not in parameter_names())


def parameter_values(point: Point) -> dict[str, Any]:
    """Return the parameter values of a point, by full name."""
    return {name: value for name, value in point.items() if name in parameter_names()}


def hash_of(content: Any) -> str:
    """Return the SHA-256 hash of plain values; floats are written exactly."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


STUDY_VERSION = 2
RUNS_PER_PART = 25
OUTCOMES = ("net_cost", "all_payers_cost", "crises", "unmet", "waiting")


@dataclass(frozen=True)
class Run:
    """One run of a study.

    Attributes
    ----------
    point, replication : int
        Numbers, from 0.
    address : str
        Hash of everything that determines the run: the same address means the same results.
    """

    point: int
    replication: int
    address: str


@dataclass(frozen=True)
class Task:
    """Runs that share an initial state: the unit of work of a process, stored as one part."""

    number: int
    name: str
    runs: tuple[Run, ...]


@dataclass
class Plan:
    """A resolved study.

    Attributes
    ----------
    design : Design
        Points, and the overrides they share.
    replications : int
        Runs per point, each with its own seed.
    seeds_per_draw : int
        Replications that share a parameter draw; above 1 the variance can be split into sampling variance
        and parameter uncertainty.
    outcomes: tuple of str
        Outcomes with a column in the table of runs; they do not affect the runs.
    point_replications : tuple of int
        Replication number of each point, if every point has one run with its own random numbers; empty if
        all points share all replications.
    """

    design: Design
    replications: int
    seeds_per_draw: int = 1
    outcomes: tuple[str, ...] = OUTCOMES
    point_replications: tuple[int, ...] = ()

    @cached_property
    def scenarios(self) -> dict[tuple[Any, ...], Scenario]:
        """Scenario by the composed values of a point; each is composed once."""
        found: dict[tuple[Any, ...], Scenario] = {}
        for point in self.design.points:
            key = composed_values(point)
            if key not in found:
                found[key] = scenario_from([*self.design.shared, *(f"{name}={value}" for name, value in key)])
        return found

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What identifies the study: studies with the same identity have the same runs."""
        return {
            "study_version": STUDY_VERSION,
            "schema_version": SCHEMA_VERSION,
            "result_version": RESULT_VERSION,
            "data_checksum": data_checksum(),
            "design": self.design.kind,
            "axes": list(self.design.axes),
            "points": [dict(point) for point in self.design.points],
            "overrides": list(self.design.shared),
            "seeds_per_draw": self.seeds_per_draw,
            **({"point_replications": list(self.point_replications)} if self.point_replications else {}),
            **({"municipality_files": self._own} if self._own else {}),
        }

    @cached_property
    def name(self) -> str:
        """Default name of the study's folder."""
        return f"sweep_{hash_of(self.identity)[:10]}"

    @property
    def _own(self) -> list[str]:
        """Checksums of the user's municipality files."""
        found = (own_checksum(each) for each in self.scenarios.values())
        return sorted({checksum for each in found for checksum in each.values()})

    def check(self) -> None:
        """Raise ConfigurationError for the first unknown outcome, or the first invalid point."""
        for name in self.outcomes:
            if name not in OF_ONE_ARM and ".py:" not in name:
                raise ConfigurationError(
                    f"outcome = {name}: no outcome of one run{nearest(name, OF_ONE_ARM)}; docs/results.md "
                    "lists them; one of your own is written as file.py:function"
                )
        for number, point in enumerate(self.design.points):
            scenario = self.scenario_of(number)
            for name in TEAM_COUNTS:
                check_teams(name, point.get(name, 0), scenario.profile)
            try:
                trajectory_of(scenario, point, 0, self.seeds_per_draw)
            except ConfigurationError:
                raise
            except ValueError as error:
                raise ConfigurationError(f"point {number}: {one_sentence(error)}") from None

    def scenario_of(self, number: int) -> Scenario:
        """Return the scenario of a point."""
        return self.scenarios[composed_values(self.design.points[number])]

    def tasks(self, first: int = 0, last: int | None = None, points: tuple[int, ...] = ()) -> Iterator[Task]:
        """Yield the tasks of replications `first` up to, not including, `last`; deterministic.

        Tasks for a subset of points are named by a hash of their runs, so that tasks for other subsets do
        not overwrite them.
        """
        if self.point_replications and not points:
            for replication, with_it in self._by_replication().items():
                yield from self.tasks(replication, replication + 1, with_it)
            return
        chosen = points or tuple(range(len(self.design.points)))
        is_whole = len(chosen) == len(self.design.points)
        per_replication = 0
        for replication in range(first, self.replications if last is None else last):
            number = 0
            for runs in self._grouped_by_initial_state(replication, chosen):
                for begin in range(0, len(runs), RUNS_PER_PART):
                    part = tuple(runs[begin : begin + RUNS_PER_PART])
                    own = f"{number:05d}" if is_whole else hash_of([run.address for run in part])[:12]
                    yield Task(per_replication + number, f"r{replication:05d}_{own}", part)
                    number += 1
            per_replication += number

    def _by_replication(self) -> dict[int, tuple[int, ...]]:
        """Return the points by replication, where each point has its own replication."""
        found: dict[int, list[int]] = {}
        for number, replication in enumerate(self.point_replications):
            found.setdefault(replication, []).append(number)
        return {replication: tuple(numbers) for replication, numbers in sorted(found.items())}

    def _grouped_by_initial_state(self, replication: int, points: tuple[int, ...]) -> list[list[Run]]:
        """Return the runs of a replication at some points, grouped by initial state."""
        together: dict[str, list[Run]] = {}
        for number in points:
            point = self.design.points[number]
            trajectory = trajectory_of(self.scenario_of(number), point, replication, self.seeds_per_draw)
            together.setdefault(trajectory.initial_state_address, []).append(
                Run(number, replication, trajectory.address)
            )
        return list(together.values())
