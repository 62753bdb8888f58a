"""`landingsbaan run municipality=netherlands`: every municipality separately, their sum, and each beside it.

Everything is checked before the first run; the sum is a run folder like any other.
"""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from scenarios.analysis.main_job import all_tables, draw_and_print, new_folder
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.terminal import bar_of
from scenarios.reporting.texts import filled, replications
from scenarios.reporting.texts import number as number_text
from scenarios.runs.replications import ReplicationResult, Tables, parameters_of_replication
from scenarios.runs.resources import BYTES_OF_FIGURES, compile_rules
from scenarios.runs.run_document import run_document
from scenarios.studies.country import STORED, SUMMED, Country, Member, Tasks, read_part
from scenarios.studies.engines import Engine, LocalEngine
from simulation.outcomes.municipalities import COUNTRY_TABLES, RunningBooks, RunningTotal
from simulation.recording.schema import table_of
from simulation.recording.store import RunWriter

COUNTRY = "netherlands"
CHOSEN = f"municipality={COUNTRY}"
SYSTEM = "system=national_average"
ENGINE_KEYS = ("engine", "engine.scheduler")


@dataclass(frozen=True)
class Job:
    """A run that was checked and not started."""

    overrides: list[str]
    folder: Path
    expected_bytes: int
    memory_bytes: int
    language: str
    run: Callable[[], Path]


def is_country(words: list[str]) -> bool:
    """Return whether the country is among the requested municipalities.

    Examples
    --------
    >>> is_country(["municipality=netherlands"]), is_country(["municipality=almere"])
    (True, False)
    """
    return any(COUNTRY in word for word in words if word.startswith("municipality="))


def split_off_engine(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the overrides of a run, and their engine options where a country is requested.

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
    """Return the overrides of one run; the default system is the national average.

    Examples
    --------
    >>> with_system(["municipality=netherlands"])
    ['system=national_average', 'municipality=netherlands']
    """
    if CHOSEN not in overrides or any(word.startswith("system=") for word in overrides):
        return overrides
    return [SYSTEM, *overrides]


def job_of(overrides: list[str], engine: dict[str, str]) -> Job:
    """Return one checked run: of a municipality, or of the country.

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
    from scenarios.runs.resources import memory_of
    from scenarios.studies.country import country_from
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
        expected_bytes(country),
        memory_of(largest, len(country.members), processes),
        country.scenario.language,
        lambda: run(country, chosen),
    )


# Messages during a run of the country, on standard error.

WORDS = {
    "unit": ("households", "huishoudens"),
    "begin": (
        "{members} municipalities, {replications}; progress counts households times replications.",
        "{members} gemeenten, {replications}; de voortgang telt huishoudens maal replicaties.",
    ),
    "done_before": (
        "{share}% was done before; the run resumes from there.",
        "{share}% was al gedaan; de run gaat daarvandaan verder.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in."""
    return filled(WORDS, key, language, **values)


class CountryProgress:
    """A progress bar of households, as municipalities differ in size; a context manager."""

    def __init__(self, country: Country) -> None:
        self.language = country.scenario.language
        self.members, self.replications = len(country.members), len(country.scenario.seeds)
        self.total = self.replications * sum(member.households for member in country.members)
        self.first = True

    def __enter__(self) -> "CountryProgress":
        """Show the bar."""
        told = replications(self.replications, self.language)
        tqdm.write(word("begin", self.language, members=self.members, replications=told), sys.stderr)
        self.bar = bar_of(self.total, word("unit", self.language), unit_scale=True)
        return self

    def __exit__(self, *error: object) -> None:
        """Close the bar."""
        self.bar.close()

    def count_done(self, households: int) -> None:
        """Count completed households; those of an earlier start come first and are not timed."""
        if self.first:
            self.first = False
            if households:
                told = number_text(100.0 * households / self.total, self.language, 0)
                tqdm.write(word("done_before", self.language, share=told), sys.stderr)
            self.bar.initial = households
        self.bar.update(households)


# Bytes per municipality and replication, generous upper bounds: while the run is incomplete, and after.
BYTES_PER_MONTH = 10_000
INTERRUPTED = "what is done is stored, the same command resumes"


def run(country: Country, engine: Engine | None = None) -> Path:
    """Run every municipality, write the run folder of their sum, draw, print; return the folder.

    Raises
    ------
    ValueError
        When the results cannot be written.
    ChildProcessError, ConnectionError
        When processes are killed repeatedly, or a scheduler does not respond; completed parts are stored.
    KeyboardInterrupt
        Completed parts are stored, and the same call resumes.
    """
    scenario = country.scenario
    begin = time.perf_counter()
    compile_rules(scenario.language)
    tasks = Tasks(country)
    with tasks.held():
        try:
            with CountryProgress(country) as progress:
                core_seconds = tasks.do_missing(
                    engine or LocalEngine(scenario.processes), progress.count_done
                )
            folder = _written(country, tasks, begin, core_seconds)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(INTERRUPTED) from None
        shutil.rmtree(tasks.folder.path, ignore_errors=True)
    draw_and_print(folder, scenario)
    return folder


def expected_bytes(country: Country) -> int:
    """Return the estimated maximum size of a run in bytes, including its temporary parts."""
    tasks = len(country.members) * len(country.scenario.seeds)
    return int(tasks * country.scenario.months * BYTES_PER_MONTH) + BYTES_OF_FIGURES


def _written(country: Country, tasks: Tasks, begin: float, core_seconds: float) -> Path:
    """Add up the stored parts, one municipality at a time, and write the run folder."""
    scenario, members = country.scenario, country.members
    results = []
    for number, seed in enumerate(scenario.seeds):
        _, drawn = parameters_of_replication(scenario, number)
        results.append(ReplicationResult(number, seed, drawn, total_of(tasks, number)))
    with RunWriter(new_folder(scenario), COUNTRY_TABLES, numbered=True) as writer:
        for name, table in all_tables(scenario, results, SUMMED).items():
            writer.table(name, table)
        for name in STORED:
            if name not in SUMMED:
                writer.blocks(name, blocks_of(tasks, name, len(results)))
        document = run_document(scenario, results, time.perf_counter() - begin)
        document |= {
            "notes": [*country.notes, *document["notes"]],
            "core_seconds": round(core_seconds, 1),
            "members": [_described(country, member) for member in members],
        }
        for what in ("households", "inhabitants"):  # sums, not the country's own profile
            document[what] = sum(each[what] for each in document["members"])
        writer.document(document)
    return writer.folder


def _described(country: Country, member: Member) -> dict[str, Any]:
    """Return the description of a municipality, with its population in the first reported month."""
    scenario = country.scenario_of(member)
    households = int(scenario.profile.households_at(scenario.start_month))
    return {
        "name": member.name,
        "title": scenario.profile.name if member.real else member.name.replace("_", " "),
        "profile": member.slug,
        "households": households,
        "inhabitants": round(households * scenario.profile.inhabitants_per_household),
        "wijken": scenario.profile.wijken,
        "notes": scenario.notes,
    }


def total_of(tasks: Tasks, replication: int) -> Tables:
    """Return the sums of one replication over all municipalities, in a fixed order of addition."""
    totals = {
        name: RunningBooks(name) if name in ("books", "costs") else RunningTotal(name) for name in SUMMED
    }
    for _, read in tasks.tables(replication):
        for name, total in totals.items():
            total.add(read_part(read(name)))
    return {name: total.table() for name, total in totals.items()}


def blocks_of(tasks: Tasks, name: str, replications: int) -> Iterator[pd.DataFrame]:
    """Yield the rows of a table with a row per municipality, replication by replication."""
    for replication in range(replications):
        frames = []
        for place, read in tasks.tables(replication):
            frame = read_part(read(name))
            frames.append(frame.assign(wijk=place) if name == "wijken" else frame)
        yield pd.concat(frames, ignore_index=True)[table_of(name, COUNTRY_TABLES).names]
