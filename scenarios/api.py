"""The public Python interface; docs/api.md states how long its names are kept.

Examples
--------
>>> from scenarios.api import outcomes, municipalities
>>> "net_cost" in outcomes(), "zaanstad" in municipalities()
(True, True)
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from scenarios.studies.plan import Trajectory, composed_values, trajectory_of
from simulation.model import Model
from simulation.outcomes.definitions import OF_ONE_ARM, values_of
from simulation.recording.recorder import typed_table

if TYPE_CHECKING:
    from simulation.recording.store import Run

__all__ = [
    "BatchMunicipality",
    "ConfigurationError",
    "add_municipality",
    "monthly",
    "municipalities",
    "open_run",
    "outcomes",
    "parameters",
    "run",
    "simulate",
    "systems",
]

OUTCOMES = ("net_cost", "crises", "waiting", "unmet")
Value = bool | int | float | str | list[float]


def simulate(
    overrides: Iterable[str] = (),
    outcomes: Iterable[str] = OUTCOMES,
    values: Mapping[str, Value] | None = None,
    replication: int = 0,
) -> dict[str, float]:
    """Return outcomes of one run in this process, from the transition to the end; nothing is written.

    Parameters
    ----------
    overrides : iterable of str
        Words of the command line, such as ``["municipality=street", "landing.cut=0.25"]``; the reference
        policy is used unless they choose another.
    outcomes : iterable of str
        Names from `outcomes`.
    values : mapping of str to value
        Levers and parameters by full name, from `parameters`; they take precedence over all others.
    replication : int
        Number of the replication, from 0; runs with the same number have common random numbers.

    Returns
    -------
    dict of str to float
        Values by outcome, in the units of `landingsbaan sweep outcome=`; see docs/api.md.

    Raises
    ------
    ConfigurationError
        For a key, value or outcome that does not exist, with the nearest match.

    Examples
    --------
    >>> street = ["municipality=street", "window.start=2014-10", "window.end=2015-03",
    ...           "window.warm_up_months=3"]
    >>> sorted(simulate(street, ["crises", "net_cost"], {"landing.cut": 0.25}))
    ['crises', 'net_cost']
    """
    names = tuple(outcomes)
    for name in names:
        if name not in OF_ONE_ARM:
            raise ConfigurationError(f"outcome = {name}: no outcome of one run{nearest(name, OF_ONE_ARM)}")
    trajectory = _trajectory(tuple(overrides), values or {}, replication)
    return values_of(_table_of(trajectory), trajectory.parameters.landing.transition, names)


def monthly(
    overrides: Iterable[str] = (), values: Mapping[str, Value] | None = None, replication: int = 0
) -> pd.DataFrame:
    """Return the monthly table of one run (docs/results.md); arguments as in `simulate`.

    Parameters
    ----------
    overrides : iterable of str
        Keys as on the command line, such as "municipality=average".
    values : mapping of str to number, optional
        Levers and uncertain parameters by key, on top of the overrides.
    replication : int
        Number of the replication, from 0: it sets the seed and the parameter draw.

    Returns
    -------
    DataFrame
        One row per arm and month; docs/results.md lists the units.
    """
    trajectory = _trajectory(tuple(overrides), values or {}, replication)
    return pd.DataFrame(_table_of(trajectory))


def run(overrides: Iterable[str] = ()) -> Path:
    """Run a scenario in parallel, as `landingsbaan run` does, and return the run folder.

    Call it under ``if __name__ == "__main__":``, since worker processes import the main module.

    Parameters
    ----------
    overrides : iterable of str
        Keys as on the command line, such as "municipality=average".

    Returns
    -------
    Path
        The run folder.

    Raises
    ------
    ConfigurationError
        For an invalid scenario; nothing is written then.
    """
    from scenarios.analysis import main_job
    from scenarios.runs.resources import check_disk_space, expected_bytes
    from scenarios.runs.scenario import scenario_from

    scenario = scenario_from(list(overrides))
    if scenario.municipality == "netherlands":
        raise ConfigurationError("municipality = netherlands: a country is run by `landingsbaan run`")
    check_disk_space(scenario.folder, expected_bytes(scenario))
    return main_job.run(scenario)


def open_run(folder: str | Path) -> "Run":
    """Return a run folder opened for reading: `document` is its run.json, `table(name)` a data frame.

    Parameters
    ----------
    folder : str or Path
        A run folder.

    Returns
    -------
    Run
        The run.
    """
    from simulation.recording.store import open_run as opened

    return opened(Path(folder))


def add_municipality(file: str | Path, folder: str | Path | None = None) -> str:
    """Check and add the file of the user's own municipality, and return its slug.

    Parameters
    ----------
    file : path
        A filled-in template (docs/municipality_file.md).
    folder : path, optional
        Folder to store it in; by default the folder in which runs look for it.

    Returns
    -------
    str
        Its name for `municipality=`.

    Raises
    ------
    ConfigurationError
        For an invalid file; nothing is written then.
    """
    from scenarios.config.municipality_files.command import add
    from scenarios.config.municipality_files.file import municipality_folder

    return add(Path(file), Path(folder) if folder is not None else municipality_folder())[0].slug


def outcomes() -> tuple[str, ...]:
    """Return the names of the outcomes of one run."""
    from simulation.outcomes.definitions import OF_ONE_ARM

    return tuple(OF_ONE_ARM)


def parameters() -> dict[str, Any]:
    """Return every parameter and lever by full name, with its default.

    Examples
    --------
    >>> parameters()["landing.same_money_years"]
    8.0
    """
    from dataclasses import asdict

    from simulation.parameters import Parameters

    groups: dict[str, dict[str, Any]] = asdict(Parameters())
    return {f"{group}.{name}": value for group, values in groups.items() for name, value in values.items()}


def municipalities() -> list[str]:
    """Return the municipalities of the package and the user's own."""
    from scenarios.config.municipality_files.file import municipality_file_slugs
    from scenarios.config.schema import group_options

    return [*group_options()["municipality"], *municipality_file_slugs()]


def systems() -> list[str]:
    """Return the systems of care.

    Examples
    --------
    >>> "almere" in systems()
    True
    """
    from scenarios.config.schema import group_options

    return list(group_options()["system"])


def _monthly_of(model: Model, trajectory: Trajectory) -> dict[str, np.ndarray]:
    """Return the monthly table of a run by column, in the units and types of docs/results.md."""
    return typed_table("monthly", model.recorder.table("monthly", model, trajectory.scenario.start_month))


def _table_of(trajectory: Trajectory) -> dict[str, np.ndarray]:
    """Run a trajectory to its end, return its monthly table and release the model."""
    model = _simulated(trajectory)
    table = _monthly_of(model, trajectory)
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
    """Return the trajectory of a run; the policy is the reference unless the overrides choose one."""
    if not any(each.split("=")[0] == "policy" for each in overrides):
        overrides = (*overrides, "policy=reference")
    replication = _checked_replication(replication)
    point: Point = {name: plain_value(value) for name, value in values.items()}
    for name, value in point.items():
        check_value(name, value)
    chosen = (f"{name}={value}" for name, value in composed_values(point))
    return trajectory_of(_scenario((*overrides, *chosen)), point, replication)


def _checked_replication(replication: Any) -> int:
    """Return the number of a replication as an int, or raise ConfigurationError."""
    number = plain_value(replication)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ConfigurationError(f"replication = {replication}: expected a whole number from 0")
    return number


class BatchMunicipality(mesa.Model):
    """A municipality for `mesa.batch_run`: keys are arguments, a step is a month, outcomes are collected.

    Parameters
    ----------
    overrides : str
        Words of the command line, separated by spaces.
    outcomes : str
        Names of outcomes of one run, separated by commas.
    replication : int
        Number of the replication, which sets the seed. Vary it as a parameter, because
        ``mesa.batch_run(iterations=...)`` does not pass the iteration to the model.
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
        """Run one month; after the last one compute the outcomes and stop."""
        if self.municipality.month == self.trajectory.branch_month:
            self.municipality.apply_policy(self.trajectory.parameters)
        self.municipality.step()
        self.running = self.municipality.month <= self.trajectory.scenario.end_month
        if not self.running:
            transition = self.trajectory.parameters.landing.transition
            self.found = values_of(_monthly_of(self.municipality, self.trajectory), transition, self.names)
        self.datacollector.collect(self)
        if not self.running:
            release(self.municipality)
