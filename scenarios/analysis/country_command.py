"""`landingsbaan run municipality=netherlands`: what the user wrote, read and made ready."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scenarios.common.errors import ConfigurationError, nearest

COUNTRY = "netherlands"
CHOSEN = f"municipality={COUNTRY}"
SYSTEM = "system=national_average"
ENGINE_KEYS = ("engine", "engine.scheduler")


@dataclass(frozen=True)
class Job:
    """A run made ready: everything was checked, nothing is written yet."""

    overrides: list[str]
    folder: Path
    expected_bytes: int
    memory_bytes: int
    language: str
    run: Callable[[], Path]


def is_country(words: list[str]) -> bool:
    """Whether the country is among the municipalities asked for.

    Examples
    --------
    >>> is_country(["municipality=netherlands"]), is_country(["municipality=almere"])
    (True, False)
    """
    return any(COUNTRY in word for word in words if word.startswith("municipality="))


def split_off_engine(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the overrides of a run, and what they say of its engine where a country is asked for.

    Examples
    --------
    >>> split_off_engine(["municipality=netherlands", "engine=dask"])
    (['municipality=netherlands'], {'engine': 'dask'})
    """
    asked = [word for word in words if word.split("=")[0].split(".")[0] == "engine"]
    if not asked:
        return words, {}
    if not is_country(words):
        raise ConfigurationError(f"{asked[0]}: an engine is for sweeps, and for {CHOSEN}")
    engine = dict(word.partition("=")[::2] for word in asked)
    for name in engine:
        if name not in ENGINE_KEYS:
            raise ConfigurationError(
                f"{name}: no such key, expected one of {', '.join(ENGINE_KEYS)}{nearest(name, ENGINE_KEYS)}"
            )
    return [word for word in words if word not in asked], engine


def with_system(overrides: list[str]) -> list[str]:
    """Return the overrides of one run; without a system every municipality has the national average.

    Examples
    --------
    >>> with_system(["municipality=netherlands"])
    ['system=national_average', 'municipality=netherlands']
    """
    if CHOSEN not in overrides or any(word.startswith("system=") for word in overrides):
        return overrides
    return [SYSTEM, *overrides]


def job_of(overrides: list[str], engine: dict[str, str]) -> Job:
    """Return one run made ready: of a municipality, or of the country.

    Raises
    ------
    ConfigurationError
        For anything that cannot be run.
    """
    from scenarios.runs.scenario import scenario_from

    if CHOSEN in overrides:
        return _country(overrides, engine)
    scenario = scenario_from(overrides)
    if scenario.municipality == COUNTRY:
        raise ConfigurationError(f"municipality.slug = {COUNTRY}: write {CHOSEN}")
    from scenarios.analysis import main_job
    from scenarios.runs.resources import expected_bytes, memory_of

    memory = memory_of(scenario.profile.households, len(scenario.seeds), scenario.processes)
    return Job(
        overrides,
        scenario.folder,
        expected_bytes(scenario),
        memory,
        scenario.language,
        lambda: main_job.run(scenario),
    )


def _country(overrides: list[str], engine: dict[str, str]) -> Job:
    from scenarios.analysis import country as job
    from scenarios.runs.resources import memory_of
    from scenarios.studies.country.members import country_from
    from scenarios.studies.engines import engine_called

    country = country_from(overrides)
    if country.scenario.decompose:
        raise ConfigurationError(f"decompose = {country.scenario.decompose}: of one municipality only")
    if country.scenario.split:
        split = "x".join(map(str, country.scenario.split))
        raise ConfigurationError(f"replication.split = {split}: of one municipality only")
    processes = country.scenario.processes
    chosen = engine_called(engine.get("engine", "local"), engine.get("engine.scheduler", ""), processes)
    largest = max(member.households for member in country.members)
    return Job(
        overrides,
        country.scenario.folder,
        job.expected_bytes(country),
        memory_of(largest, len(country.members), processes),
        country.scenario.language,
        lambda: job.run(country, chosen),
    )
