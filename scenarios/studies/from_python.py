"""The model from Python: one run as outcomes, or as a Mesa model that takes keys as arguments.

from scenarios.studies.from_python import simulate
found = simulate(["municipality=street", "landing.cut=0.25"], ["net_cost", "crises"])
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import mesa
import numpy as np
import pandas as pd

from agents.mesa_adapter.model_mixin import release
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import plain_value
from scenarios.config.municipality_files.file import check_value
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import Point
from scenarios.studies.engines import initialise_model
from scenarios.studies.plan import Trajectory, chosen_in, trajectory_of
from simulation.model import Model
from simulation.outcomes.definitions import OF_ONE_ARM, values_of
from simulation.recording.recorded import typed_table

OUTCOMES = ("net_cost", "crises", "waiting", "unmet")


def simulate(
    overrides: Iterable[str] = (),
    outcomes: Iterable[str] = OUTCOMES,
    values: Mapping[str, Any] | None = None,
    replication: int = 0,
) -> dict[str, float]:
    """Return outcomes of one run, from the transition to the end (docs/results.md lists them).

    Parameters
    ----------
    overrides : iterable of str
        As on the command line; under the reference policy unless they choose another.
    outcomes : iterable of str
        Names of outcomes of one run.
    values : mapping of str to value
        Levers and parameters of this run, by full name; they count above all else.
    replication : int
        Which random seed, and which draw of the unknowns where these are drawn.

    Raises
    ------
    ConfigurationError
        For a key, value, replication or outcome that does not exist.
    """
    names = tuple(outcomes)
    for name in names:
        if name not in OF_ONE_ARM:
            raise ConfigurationError(f"outcome = {name}: no outcome of one run{nearest(name, OF_ONE_ARM)}")
    trajectory = _trajectory(tuple(overrides), values or {}, replication)
    return values_of(_table_of(trajectory), trajectory.parameters.landing.transition, names)


def monthly(
    overrides: Iterable[str] = (), values: Mapping[str, Any] | None = None, replication: int = 0
) -> pd.DataFrame:
    """Return the monthly table of one run, as docs/results.md describes it; arguments as in `simulate`."""
    trajectory = _trajectory(tuple(overrides), values or {}, replication)
    return pd.DataFrame(_table_of(trajectory))


def monthly_of(model: Model, trajectory: Trajectory) -> dict[str, np.ndarray]:
    """Return the monthly table of a run by column, in the units and types that docs/results.md states."""
    return typed_table("monthly", model.recorder.table("monthly", model, trajectory.scenario.start_month))


def _table_of(trajectory: Trajectory) -> dict[str, np.ndarray]:
    """Run a trajectory to its end and return its monthly table; the model is released."""
    model = _simulated(trajectory)
    table = monthly_of(model, trajectory)
    release(model, dismantle=True)
    return table


def _simulated(trajectory: Trajectory) -> Model:
    """Return the model of a trajectory at its end."""
    model = initialise_model(trajectory)
    model.run_until(trajectory.branch_month).apply_policy(trajectory.parameters)
    return model.run_until(trajectory.scenario.end_month + 1)


@lru_cache(maxsize=16)
def _scenario(overrides: tuple[str, ...]) -> Scenario:
    return scenario_from(list(overrides))


def _trajectory(overrides: tuple[str, ...], values: Mapping[str, Any], replication: int) -> Trajectory:
    """Return how a run goes; without a policy it is the reference."""
    if not any(each.split("=")[0] == "policy" for each in overrides):
        overrides = (*overrides, "policy=reference")
    replication = _checked_replication(replication)
    point: Point = {name: plain_value(value) for name, value in values.items()}
    for name, value in point.items():
        check_value(name, value)
    chosen = (f"{name}={value}" for name, value in chosen_in(point))
    return trajectory_of(_scenario((*overrides, *chosen)), point, replication)


def _checked_replication(replication: Any) -> int:
    """Return the number of a replication as a Python number, or raise ConfigurationError."""
    number = plain_value(replication)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ConfigurationError(f"replication = {replication}: expected a whole number from 0")
    return number


class BatchMunicipality(mesa.Model):
    """A municipality for `mesa.batch_run`: keys are arguments, a step is a month, outcomes are collected.

    Parameters
    ----------
    overrides : str
        Words of the command line, with spaces between them.
    outcomes : str
        Names of outcomes of one run, with commas.
    replication : int
        Which random seed; ``mesa.batch_run(iterations=...)`` repeats a model without telling it, so give it
        as a parameter.
    rng : int, optional
        The same, from ``mesa.batch_run(rng=[0, 1, 2])`` of later versions of Mesa.
    keys : value
        Levers and parameters by full name, as ``**{"landing.years": 5.0}``.
    """

    def __init__(
        self,
        overrides: str = "",
        outcomes: str = ",".join(OUTCOMES),
        replication: int = 0,
        rng: int | None = None,
        **keys: Any,
    ) -> None:
        replication = _checked_replication(replication if rng is None else rng)
        super().__init__(rng=replication)
        self.trajectory = _trajectory(tuple(overrides.split()), keys, replication)
        self.names = tuple(outcomes.split(","))
        self.found: dict[str, float] = dict.fromkeys(self.names, float("nan"))
        self.municipality = initialise_model(self.trajectory)
        self.datacollector = mesa.DataCollector(
            model_reporters={"month": lambda model: model.municipality.month - 1}
            | {name: lambda model, name=name: model.found[name] for name in self.names}
        )

    def step(self) -> None:
        """Run one month; after the last one the outcomes are known and the model stops."""
        if self.municipality.month == self.trajectory.branch_month:
            self.municipality.apply_policy(self.trajectory.parameters)
        self.municipality.step()
        self.running = self.municipality.month <= self.trajectory.scenario.end_month
        if not self.running:
            transition = self.trajectory.parameters.landing.transition
            self.found = values_of(monthly_of(self.municipality, self.trajectory), transition, self.names)
        self.datacollector.collect(self)
        if not self.running:
            release(self.municipality)
