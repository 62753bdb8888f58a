"""What a study runs: points, replicates, and the pasts they share.

A run is one municipality under one point with one replicate of luck. Levers hold from the policy's
start, so the runs of a replicate that differ in levers only share one past; what varies from the
beginning (an uncertain parameter, a number of teams) has a past of its own.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from typing import Any

from agents.national_government import LandingParameters
from agents.rule import MODEL_VERSION
from scenarios.arms import EARLY, FOUNDED, first_month_of_past
from scenarios.draws import draw_parameters, explicit_names, parameter_names
from scenarios.errors import ConfigurationError, nearest, one_sentence
from scenarios.keys import known_keys
from scenarios.run_document import data_checksum
from scenarios.scenario import Scenario, check_teams, scenario_from
from scenarios.studies.design import Design, Point
from simulation.months import MONTHS_PER_YEAR
from simulation.observation.outcome_values import OF_ONE_ARM
from simulation.observation.schema import SCHEMA_VERSION
from simulation.parameters import Parameters, changed

STUDY_VERSION = 1
RUNS_PER_PART = 25
MOST_DRAWS = 256
OUTCOMES = ("net_cost", "all_payers_cost", "crises", "unmet", "waiting")


@dataclass(frozen=True)
class Run:
    """One run of a study.

    Attributes
    ----------
    point, replicate : int
        Numbers, from 0.
    address : str
        What it is, as a hash: the same address means the same numbers.
    """

    point: int
    replicate: int
    address: str


@dataclass(frozen=True)
class Task:
    """Runs that share a past: what one process does in one go, and what one part of the store holds."""

    number: int
    name: str
    runs: tuple[Run, ...]


@dataclass
class Plan:
    """A study, resolved.

    Attributes
    ----------
    design : Design
        Points, and the overrides they share.
    replicates : int
        Runs of every point, each with a seed of its own.
    seeds_per_draw : int
        Replicates that share a parameter draw; above 1 the band can be told apart into luck and
        parameters.
    outcomes: tuple of str
        Outcomes that the table of runs has a column of; they change no run.
    lucks : tuple of int
        The one replicate of every point, where each has luck of its own; empty where all points share
        all replicates.
    """

    design: Design
    replicates: int
    seeds_per_draw: int = 1
    outcomes: tuple[str, ...] = OUTCOMES
    lucks: tuple[int, ...] = ()

    @cached_property
    def scenarios(self) -> dict[tuple, Scenario]:
        """Scenario by what of a point is chosen in groups and windows: composed once each."""
        found: dict[tuple, Scenario] = {}
        for point in self.design.points:
            key = chosen_in(point)
            if key not in found:
                found[key] = scenario_from([*self.design.shared, *(f"{name}={value}" for name, value in key)])
        return found

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What makes this study this study; two with one identity are one."""
        return {
            "study_version": STUDY_VERSION,
            "schema_version": SCHEMA_VERSION,
            "model_version": MODEL_VERSION,
            "data_checksum": data_checksum(),
            "design": self.design.kind,
            "axes": list(self.design.axes),
            "points": [dict(point) for point in self.design.points],
            "overrides": list(self.design.shared),
            "seeds_per_draw": self.seeds_per_draw,
            **({"lucks": list(self.lucks)} if self.lucks else {}),
            **({"own_municipalities": self._own} if self._own else {}),
        }

    @cached_property
    def name(self) -> str:
        """Name of the study's folder when the user gives none."""
        return f"sweep_{_hash(self.identity)[:10]}"

    @property
    def _own(self) -> list[str]:
        """The checksums of municipalities of one's own."""
        found = (_own_checksum(each) for each in self.scenarios.values())
        return sorted({checksum for each in found for checksum in each.values()})

    def check(self) -> None:
        """Raise ConfigurationError for the first outcome nobody knows, or point that no model takes."""
        for name in self.outcomes:
            if name not in OF_ONE_ARM:
                raise ConfigurationError(
                    f"outcome = {name}: no outcome of one run{nearest(name, OF_ONE_ARM)}; docs/results.md "
                    "lists them"
                )
        for number, point in enumerate(self.design.points):
            scenario = self.scenario_of(number)
            for name in ("wijkteam.count", "wijkteam.youth_count"):
                check_teams(name, point.get(name, 0), scenario.profile)
            try:
                parameters_of(scenario, point, 0, self.seeds_per_draw)
            except ValueError as trouble:
                raise ConfigurationError(f"point {number}: {one_sentence(trouble)}") from None

    def scenario_of(self, number: int) -> Scenario:
        """Return the scenario a point stands in."""
        return self.scenarios[chosen_in(self.design.points[number])]

    def tasks(self, first: int = 0, last: int | None = None, points: tuple[int, ...] = ()) -> Iterator[Task]:
        """Yield the tasks of replicates `first` up to `last`, always alike whoever asks.

        Of some points only, a task is named after its runs: another choice of points never takes its
        place.
        """
        if self.lucks and not points:
            for luck, with_it in self._by_luck().items():
                yield from self.tasks(luck, luck + 1, with_it)
            return
        chosen = points or tuple(range(len(self.design.points)))
        is_whole = len(chosen) == len(self.design.points)
        per_replicate = 0
        for replicate in range(first, self.replicates if last is None else last):
            number = 0
            for runs in self._sharing(replicate, chosen):
                for begin in range(0, len(runs), RUNS_PER_PART):
                    part = tuple(runs[begin : begin + RUNS_PER_PART])
                    own = f"{number:05d}" if is_whole else _hash([run.address for run in part])[:12]
                    yield Task(per_replicate + number, f"r{replicate:05d}_{own}", part)
                    number += 1
            per_replicate += number

    def _by_luck(self) -> dict[int, tuple[int, ...]]:
        """Return the points of every replicate, where each point has one of its own."""
        found: dict[int, list[int]] = {}
        for number, luck in enumerate(self.lucks):
            found.setdefault(luck, []).append(number)
        return {luck: tuple(numbers) for luck, numbers in sorted(found.items())}

    def _sharing(self, replicate: int, points: tuple[int, ...]) -> list[list[Run]]:
        """Return the runs of a replicate at some points, those with one past together."""
        together: dict[str, list[Run]] = {}
        for number in points:
            point = self.design.points[number]
            life = life_of(self.scenario_of(number), point, replicate, self.seeds_per_draw)
            together.setdefault(life.past_address, []).append(Run(number, replicate, life.address))
        return list(together.values())


@dataclass
class Life:
    """How one run goes: its founding, its past, and what holds from its departure on."""

    scenario: Scenario
    seed: int
    drawn: dict[str, Any]
    founded: Parameters
    departure: int
    parameters: Parameters

    @cached_property
    def past_address(self) -> str:
        """Address of the past."""
        scenario = self.scenario
        return _hash(
            {
                "model_version": MODEL_VERSION,
                "data": _data(),
                "municipality": scenario.municipality,
                **_own_checksum(scenario),
                "households": scenario.households,
                "seed": self.seed,
                "months": [first_month_of_past(scenario), scenario.start_month, scenario.end_month],
                "founded": fingerprint(self.founded),
                "departure": self.departure,
            }
        )

    @cached_property
    def address(self) -> str:
        """Address of the run."""
        return _hash({"past": self.past_address, "from_departure": fingerprint(self.parameters)})


def _own_checksum(scenario: Scenario) -> dict[str, str]:
    """Return the checksum of a municipality of one's own: another file is another place."""
    own = scenario.own_municipality
    return {} if own is None else {"own_municipality": own["sha256"]}


def life_of(scenario: Scenario, point: Point, replicate: int, seeds_per_draw: int = 1) -> Life:
    """Return how the run of a point and a replicate goes."""
    founded, parameters, drawn = parameters_of(scenario, point, replicate, seeds_per_draw)
    changes = {**scenario.policy.changes, **values_in(point)}
    early = max((float(changes[name]) for name in EARLY if name in changes), default=0.0)
    start = min(
        scenario.policy.start_month,
        scenario.transition_month - round(MONTHS_PER_YEAR * early),
    )
    return Life(
        scenario=scenario,
        seed=seed_of(scenario, replicate),
        drawn=drawn,
        founded=founded,
        departure=max(start, first_month_of_past(scenario)),
        parameters=parameters,
    )


def parameters_of(
    scenario: Scenario, point: Point, replicate: int, seeds_per_draw: int
) -> tuple[Parameters, Parameters, dict[str, Any]]:
    """Return the parameters of a run's past and of its time after the departure, and what was drawn.

    A point's value holds against the draw, the system and the policy.
    """
    values = values_in(point)
    parameters, drawn = draw_of(scenario, values, replicate // seeds_per_draw)
    changes = {**scenario.policy.changes, **values}
    known = known_keys()
    from_founding = {
        name: value for name, value in changes.items() if name in FOUNDED or not known[name].lever
    }
    return _before_landing(changed(parameters, from_founding)), changed(parameters, changes), drawn


# The last few draws: points share them. An entry holds the parameters whose id is in its key, so that no
# others can come to stand in their place; a fingerprint of them would cost a run half a millisecond.
_DRAWS: dict[tuple, tuple[Parameters, Parameters, dict[str, Any]]] = {}


def draw_of(scenario: Scenario, values: Point, draw: int) -> tuple[Parameters, dict[str, Any]]:
    """Return the parameters of a draw at a point, before the point's own values, and what was drawn."""
    undrawn = scenario.parameters
    if not scenario.draw:
        return undrawn, {}
    explicit = frozenset(explicit_names(scenario.overrides) | set(values))
    key = (id(undrawn), scenario.seeds[0], draw, explicit, scenario.draws)
    if key not in _DRAWS:
        if len(_DRAWS) >= MOST_DRAWS:
            _DRAWS.clear()
        _DRAWS[key] = (
            undrawn, *draw_parameters(undrawn, draw, scenario.seeds[0], explicit, scenario.posterior)
        )  # fmt: skip
    return _DRAWS[key][1:]


def seed_of(scenario: Scenario, replicate: int) -> int:
    """Return the seed of a replicate."""
    return scenario.seeds[0] + replicate


def _before_landing(parameters: Parameters) -> Parameters:
    """Return the parameters of a past: how it will land makes no difference to it yet."""
    chosen, usual = parameters.landing, LandingParameters()
    kept = ("transition", "years_ahead", "discount_per_year", "grant_growth_per_year")
    landing = replace(usual, **{each.name: getattr(chosen, each.name) for each in fields(chosen)
                                if each.name in kept})  # fmt: skip
    return replace(parameters, landing=landing)


def fingerprint(parameters: Parameters) -> str:
    """Return a hash of every parameter; Python writes a number so that no bit is lost."""
    return hashlib.sha256(repr(parameters).encode()).hexdigest()


@cache
def _data() -> str:
    """Return the checksum of the data; nobody changes them while a study is planned."""
    return data_checksum()


def chosen_in(point: Point) -> tuple:
    """Return what of a point is composed by Hydra: groups, and keys that are no parameters."""
    return tuple((name, value) for name, value in point.items() if name not in parameter_names())


def values_in(point: Point) -> dict[str, Any]:
    """Return what of a point sets a parameter."""
    return {name: value for name, value in point.items() if name in parameter_names()}


def _hash(content: Any) -> str:
    """Return a hash of plain values; floats are told apart to the last bit."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
