"""A run of a whole country: its municipalities, its tasks, and the hidden folder with completed parts.

It simulates the municipalities that have their own figures, and equal average ones for the others. An
interrupted run can be resumed.
"""

import io
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.common.errors import ConfigurationError
from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.composition import Composed, compose
from scenarios.config.schema import MunicipalityChoice
from scenarios.runs.draws import Place
from scenarios.runs.replications import Tables, parameters_of_replication, run_replication
from scenarios.runs.scenario import Scenario, scenario_of
from scenarios.studies.engines import Engine, Part, as_parquet, check_version
from scenarios.studies.plan import Run, cached_data_checksum, fingerprint, hash_of
from scenarios.studies.store import Folder
from simulation.months import year_of
from simulation.outcomes.municipalities import NAME, aggregated, municipality_rows
from simulation.population.municipality_profile import COUNTRY, SYNTHETIC, known_slugs, load_profile
from simulation.recording.schema import KEY, SCHEMA_VERSION, table_of

MUNICIPALITIES = 342  # CBS, 1 January 2023 to 2025; 345 on 1 January 2022
EQUAL = "average"  # the profile of a municipality without figures of its own: the country's shares
LEAST_HOUSEHOLDS = 50  # mean per municipality: with fewer, some wijken are empty
REGIONS = 12  # provinces, for municipalities without figures of their own
SEEDS_APART = 2**30  # distance between the seeds of two municipalities; more than any number of replications


@dataclass(frozen=True)
class Member:
    """One municipality of a country.

    Attributes
    ----------
    name : str
        Name in tables, unique among members.
    slug : str
        Slug of its profile.
    households : int
        Households in the start year.
    """

    name: str
    slug: str
    households: int

    @property
    def real(self) -> bool:
        """Whether the municipality has its own figures."""
        return self.slug not in SYNTHETIC

    @property
    def place(self) -> int:
        """Number that separates its random numbers from those of others; a hash of the name, so that adding
        a member does not change the others.
        """
        return zlib.crc32(self.name.encode())


@dataclass
class Country:
    """A resolved run of a country.

    Attributes
    ----------
    scenario : Scenario
        Scenario of the country as a whole; it sets the seeds and draws of the replications.
    composed : Composed
        The composed configuration of that scenario.
    members : tuple of Member
        Municipalities, in the order in which they are added up.
    """

    scenario: Scenario
    composed: Composed
    members: tuple[Member, ...]
    _made: dict[tuple[str, int], Scenario] = field(default_factory=dict)

    def scenario_of(self, member: Member) -> Scenario:
        """Return the scenario of a member: the country's, with the member's profile and random numbers.

        All members share the country's parameter draw of a replication.
        """
        key = (member.slug, member.households)
        if key not in self._made:
            choice = MunicipalityChoice(member.slug, households=member.households)
            configuration = replace(self.composed.configuration, municipality=choice)
            self._made[key] = scenario_of(replace(self.composed, configuration=configuration))
        made = self._made[key]
        seeds = [seed + member.place * SEEDS_APART for seed in self.scenario.seeds]
        region = made.configuration["municipality"]["region"] or f"region_{member.place % REGIONS}"
        return replace(
            made, seeds=seeds, draw_seed=self.scenario.seeds[0], place=Place(member.name, region),
            question_count=0,
        )  # fmt: skip

    @property
    def notes(self) -> list[str]:
        """Sentences about the municipalities in the total."""
        households = sum(member.households for member in self.members)
        real = [member for member in self.members if member.real]
        equal = [member for member in self.members if not member.real]
        notes = [
            f"{len(self.members)} municipalities with {households:,} households at the start year, each with "
            "teams, budget and council of its own and random numbers of its own; within a replication all "
            "share one parameter draw."
        ]
        if equal:
            represented = sum(member.households for member in real)
            notes.append(
                f"Municipalities with figures of their own: {len(real)} ({represented:,} households). No "
                f"figures are given of the other {len(equal)}: they are equal, about {equal[0].households:,} "
                "households each with the country's shares, and differ by chance alone."
            )
        return notes


def country_from(overrides: list[str], members: Sequence[Member] | None = None) -> Country:
    """Return the country for a list of overrides.

    Parameters
    ----------
    overrides : list of str
        As for any run, with municipality=netherlands; municipality.households scales all municipalities.
    members : sequence of Member, optional
        Municipalities; by default those of the data, and equal ones for the rest.

    Raises
    ------
    ConfigurationError
        For any value that the scenario of the country or of a member does not allow.
    """
    composed = compose(overrides)
    whole = scenario_of(composed)
    if members is None:
        members = members_of(int(year_of(whole.start_month)), whole.households)
    names = [member.name for member in members]
    if not names or len(set(names)) < len(names):
        raise ConfigurationError("municipality = netherlands: expected municipalities of different names")
    country = Country(whole, composed, tuple(members))
    for member in members:
        country.scenario_of(member)
    return country


def members_of(start_year: int, households: int | None = None) -> list[Member]:
    """Return the municipalities of the country: those of the data first, then equal ones for the rest.

    Parameters
    ----------
    start_year : int
        Year for the numbers of households.
    households : int, optional
        Households of the country, if scaled; municipalities are scaled in proportion.
    """
    whole = load_profile(COUNTRY, start_year).households
    total = whole if households is None else households
    if total < MUNICIPALITIES * LEAST_HOUSEHOLDS:
        raise ConfigurationError(
            f"municipality.households = {total}: too few for {MUNICIPALITIES} municipalities, expected a "
            f"whole number from {MUNICIPALITIES * LEAST_HOUSEHOLDS} on"
        )
    slugs = municipalities_with_figures()
    sizes = [round(load_profile(slug, start_year).households * total / whole) for slug in slugs]
    real = [Member(slug, slug, size) for slug, size in zip(slugs, sizes, strict=True)]
    left, places = total - sum(sizes), MUNICIPALITIES - len(real)
    if places <= 0 or left < places:
        return real
    size, larger = divmod(left, places)
    equal = [Member(f"equal_{i + 1:03d}", EQUAL, size + (i < larger)) for i in range(places)]
    return real + equal


def municipalities_with_figures() -> list[str]:
    """Return the slugs of the municipalities that have their own figures."""
    return [slug for slug in known_slugs() if slug != COUNTRY and slug not in SYNTHETIC]


# A task of a country's run: all arms of one municipality in one replication, aggregated at once.
#
# Input and output are picklable, so that every engine can execute it.

# Tables that are added up over municipalities; of the wijken one row per municipality and year is stored.
SUMMED = ("monthly", "groups", "flows", "books", "costs", "open_care")
STORED = (*SUMMED, "wijken", NAME)


@dataclass(frozen=True)
class Work:
    """Input of a task, as sent to a worker process.

    Attributes
    ----------
    name : str
        Name of the part.
    address : str
        Hash of everything that determines the task: the same address means the same results.
    scenario : Scenario
        Scenario of the municipality.
    municipality : str
        Name of the municipality.
    real : bool
        Whether it has its own figures.
    place : int
        Number of the municipality, in the order in which they are added up.
    replication : int
        Number of the replication.
    result_version : str
        Result version with which the run was started.
    """

    name: str
    address: str
    scenario: Scenario
    municipality: str
    real: bool
    place: int
    replication: int
    result_version: str


def do_task(work: Work) -> Part:
    """Run a municipality in one replication and return its aggregated tables.

    Raises
    ------
    ValueError
        When this process has another result version than the country.
    """
    check_version(work.result_version, "country")
    begin = time.perf_counter()
    tables = run_replication(work.scenario, work.replication).tables
    parameters, _ = parameters_of_replication(work.scenario, work.replication)
    found = reduced(tables, parameters.population.circle_size, work.municipality, work.real)
    content = {name: as_parquet(_as_arrow(found[name])) for name in STORED}
    run = Run(work.place, work.replication, work.address)
    return Part(work.name, content, (run,), time.perf_counter() - begin)


def reduced(tables: Tables, circle_size: float, name: str, real: bool) -> Tables:
    """Return a municipality's tables, aggregated for storage.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Tables of one replication, with all arms.
    circle_size : float
        Households per informal network.
    name : str
        Name of the municipality.
    real : bool
        Whether it has its own figures.
    """
    wijken = tables["wijken"]
    return {
        "monthly": tables["monthly"].assign(networks=networks(wijken, circle_size)),
        "wijken": aggregated("wijken", wijken, ["replication", "arm", "year"], "over_places"),
        "groups": tables["groups"],
        "flows": tables["flows"],
        **{name: aggregated(name, tables[name], _keys(name), "over_places") for name in ("books", "costs")},
        "open_care": tables["open_care"],
        NAME: municipality_rows(tables["monthly"], name, real),
    }


def _keys(name: str) -> list[str]:
    """Return the key columns of a table when municipalities are added up."""
    return [column.name for column in table_of(name).columns if column.over_places == KEY]


def networks(wijken: pd.DataFrame, circle_size: float) -> int:
    """Return the number of informal networks of a municipality, at least one in each wijk."""
    size = wijken.drop_duplicates("wijk")["households"].to_numpy()
    return int(np.maximum(1, np.rint(size / circle_size)).sum())


def read_part(content: bytes) -> pd.DataFrame:
    """Return a stored table."""
    return pq.read_table(io.BytesIO(content)).to_pandas()


def _as_arrow(frame: pd.DataFrame) -> pa.Table:
    texts = {name: frame[name].astype(object) for name in frame if frame[name].dtype == "category"}
    return pa.Table.from_pandas(frame.assign(**texts), preserve_index=False).replace_schema_metadata(None)


COUNTRY_VERSION = 1
COUNTRY_CLAIM = "country"  # name of the claim: one process works on a country at a time
# Keys that do not affect results, and so are not part of the identity.
NOT_IDENTIFYING = ("processes", "output", "language")
ProgressCallback = Callable[[int], None]


class Tasks:
    """The tasks of a country's run and their folder.

    Attributes
    ----------
    folder : Folder
        Hidden folder next to the run folders; the same command resumes it.
    works : list of Work
        Ordered by replication, then by member in the order in which they are added up.
    """

    def __init__(self, country: Country) -> None:
        self.country = country
        identity = identity_of(country)
        self.folder = Folder(folder_of(country, identity))
        self.identity = identity
        shared = hash_of(identity)
        addresses = [_address(country, member, shared) for member in country.members]
        self.works = [
            _work(country, place, member, replication, addresses[place])
            for replication in range(len(country.scenario.seeds))
            for place, member in enumerate(country.members)
        ]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Claim the folder while the context lasts.

        Raises
        ------
        ConfigurationError
            When another process is working on the same run.
        """
        self.folder.begin(self.identity)
        if not self.folder.claim(COUNTRY_CLAIM):
            raise ConfigurationError(
                f"{self.folder.path}: another process is at work on this run of the country; wait for it, or "
                "end it and give the same command again"
            )
        claimed = {COUNTRY_CLAIM}
        with self.folder.heartbeat(claimed):
            yield

    def do_missing(self, engine: Engine, on_progress: ProgressCallback = lambda households: None) -> float:
        """Execute the missing tasks, largest municipalities first; return the total seconds of all tasks.

        Parameters
        ----------
        engine : Engine
            Engine that executes the tasks.
        on_progress : function
            Called with numbers of households: first of the parts completed before, then of each new part.
        """
        households = {work.name: self.country.members[work.place].households for work in self.works}
        missing = [work for work in self.works if not self.folder.is_whole(work.name, (work.address,))]
        on_progress(sum(households.values()) - sum(households[work.name] for work in missing))
        missing.sort(key=lambda work: (work.replication, -households[work.name]))
        for part in engine.do_all(iter(missing), do_task):
            self.folder.keep(part)
            on_progress(households[part.name])
        return sum(self._seconds(work.name) for work in self.works)

    def tables(self, replication: int) -> Iterator[tuple[int, Callable[[str], bytes]]]:
        """Yield, for every member in order, its number and a function that reads its stored tables."""
        for work in self.works:
            if work.replication == replication:
                yield work.place, self._reader(work.name)

    def _reader(self, part: str) -> Callable[[str], bytes]:
        return lambda table: self.folder.table_of(part, table).read_bytes()

    def _seconds(self, part: str) -> float:
        document = self.folder.part_document(part)
        return float(document["run_seconds"]) if document else 0.0


def identity_of(country: Country) -> dict[str, Any]:
    """Return what identifies a country's run; it does not depend on the number of replications."""
    configuration = {
        name: value for name, value in country.scenario.configuration.items() if name not in NOT_IDENTIFYING
    }
    replication = configuration["replication"]
    configuration["replication"] = {name: value for name, value in replication.items() if name != "count"}
    return {
        "study_version": COUNTRY_VERSION,
        "schema_version": SCHEMA_VERSION,
        "result_version": RESULT_VERSION,
        "data_checksum": cached_data_checksum(),
        "configuration": configuration,
        "members": [[member.name, member.slug, member.households] for member in country.members],
    }


def folder_of(country: Country, identity: dict[str, Any]) -> Path:
    """Return the hidden folder of a run."""
    return country.scenario.folder / f".{country.scenario.name}_{hash_of(identity)[:10]}.parts"


def _address(country: Country, member: Member, shared: str) -> str:
    """Return a hash of everything that determines a member's results, except the replication."""
    scenario = country.scenario_of(member)
    parameters, profile = fingerprint(scenario.parameters), repr(scenario.profile)
    return hash_of({"shared": shared, "parameters": parameters, "profile": profile, "member": member.name})


def _work(country: Country, place: int, member: Member, replication: int, address: str) -> Work:
    """Return the task input of one member and one replication."""
    scenario = country.scenario_of(member)
    address = hash_of({"member": address, "seed": scenario.seeds[replication], "replication": replication})
    name = f"p{replication:05d}_{member.name}"
    return Work(name, address, scenario, member.name, member.real, place, replication, RESULT_VERSION)
