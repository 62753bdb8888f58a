"""The public Python interface: these names stay; docs/api.md says for how long.

Examples
--------
>>> from scenarios.api import outcomes, municipalities
>>> "net_cost" in outcomes(), "zaanstad" in municipalities()
(True, True)
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.common.errors import ConfigurationError

if TYPE_CHECKING:
    import pandas as pd

    from simulation.recording.store import Run

__all__ = [
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

Value = bool | int | float | str | list[float]


def simulate(
    overrides: Iterable[str] = (),
    outcomes: Iterable[str] = ("net_cost", "crises", "waiting", "unmet"),
    values: Mapping[str, Value] | None = None,
    replication: int = 0,
) -> dict[str, float]:
    """Return outcomes of one run in this process, from the transition to the end; nothing is written.

    Parameters
    ----------
    overrides : iterable of str
        Words of the command line, such as ``["municipality=street", "landing.cut=0.25"]``; under the
        reference policy unless they choose another.
    outcomes : iterable of str
        Names from `outcomes`.
    values : mapping of str to value
        Levers and parameters by full name, from `parameters`; they count above all else.
    replication : int
        Which random seed; the same number gives common random numbers under every value.

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
    from scenarios.studies.from_python import simulate as simulated

    return simulated(overrides, outcomes, values, replication)


def monthly(
    overrides: Iterable[str] = (), values: Mapping[str, Value] | None = None, replication: int = 0
) -> "pd.DataFrame":
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
        A row per arm and month; units stand in docs/results.md.
    """
    from scenarios.studies.from_python import monthly as by_month

    return by_month(overrides, values, replication)


def run(overrides: Iterable[str] = ()) -> Path:
    """Do what `landingsbaan run` does, over processes, and return the run folder.

    On systems that start processes afresh (Windows, macOS) call it under ``if __name__ == "__main__":``.

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
        For anything that cannot be run, before anything is written.
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
    """Check and add the file of a municipality of one's own, and return its slug.

    Parameters
    ----------
    file : path
        A filled-in template (docs/municipality_file.md).
    folder : path, optional
        Where it is stored; where runs look for it unless said.

    Returns
    -------
    str
        Name by which `municipality=` knows it.

    Raises
    ------
    ConfigurationError
        For a file that cannot be used; nothing is written then.
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
    """Return the municipalities of the package, and those of one's own."""
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
