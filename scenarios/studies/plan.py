"""What a study runs: points, replications, and the initial states they share.

A run is one municipality under one point with one replication of random numbers (`trajectory.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.composition import TEAM_COUNTS, check_teams
from scenarios.runs.run_document import data_checksum
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import Design
from scenarios.studies.trajectory import chosen_in, hash_of, own_checksum, trajectory_of
from simulation.outcomes.definitions import OF_ONE_ARM
from simulation.recording.schema import SCHEMA_VERSION

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
        What it is, as a hash: the same address means the same numbers.
    """

    point: int
    replication: int
    address: str


@dataclass(frozen=True)
class Task:
    """Runs that share an initial state: what one process does in one go, and what one part of the store
    holds.
    """

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
    replications : int
        Runs of every point, each with a seed of its own.
    seeds_per_draw : int
        Replications that share a parameter draw; above 1 the confidence interval can be split into sampling
        variance and parameters.
    outcomes: tuple of str
        Outcomes that the table of runs has a column of; they change no run.
    point_replications : tuple of int
        The one replication of every point, where each has random numbers of its own; empty where all points
        share all replications.
    """

    design: Design
    replications: int
    seeds_per_draw: int = 1
    outcomes: tuple[str, ...] = OUTCOMES
    point_replications: tuple[int, ...] = ()

    @cached_property
    def scenarios(self) -> dict[tuple[Any, ...], Scenario]:
        """Scenario by what of a point is chosen in groups and windows: composed once each."""
        found: dict[tuple[Any, ...], Scenario] = {}
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
        """Name of the study's folder when the user gives none."""
        return f"sweep_{hash_of(self.identity)[:10]}"

    @property
    def _own(self) -> list[str]:
        """The checksums of municipalities of one's own."""
        found = (own_checksum(each) for each in self.scenarios.values())
        return sorted({checksum for each in found for checksum in each.values()})

    def check(self) -> None:
        """Raise ConfigurationError for the first outcome nobody knows, or point that no model takes."""
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
        """Return the scenario a point stands in."""
        return self.scenarios[chosen_in(self.design.points[number])]

    def tasks(self, first: int = 0, last: int | None = None, points: tuple[int, ...] = ()) -> Iterator[Task]:
        """Yield the tasks of replications `first` up to `last`, always alike whoever asks.

        Of some points only, a task is named after its runs: another choice of points never takes its
        place.
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
            for runs in self._sharing(replication, chosen):
                for begin in range(0, len(runs), RUNS_PER_PART):
                    part = tuple(runs[begin : begin + RUNS_PER_PART])
                    own = f"{number:05d}" if is_whole else hash_of([run.address for run in part])[:12]
                    yield Task(per_replication + number, f"r{replication:05d}_{own}", part)
                    number += 1
            per_replication += number

    def _by_replication(self) -> dict[int, tuple[int, ...]]:
        """Return the points of every replication, where each point has one of its own."""
        found: dict[int, list[int]] = {}
        for number, replication in enumerate(self.point_replications):
            found.setdefault(replication, []).append(number)
        return {replication: tuple(numbers) for replication, numbers in sorted(found.items())}

    def _sharing(self, replication: int, points: tuple[int, ...]) -> list[list[Run]]:
        """Return the runs of a replication at some points, those with one initial state together."""
        together: dict[str, list[Run]] = {}
        for number in points:
            point = self.design.points[number]
            trajectory = trajectory_of(self.scenario_of(number), point, replication, self.seeds_per_draw)
            together.setdefault(trajectory.initial_state_address, []).append(
                Run(number, replication, trajectory.address)
            )
        return list(together.values())
