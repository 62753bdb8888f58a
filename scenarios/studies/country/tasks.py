"""The tasks of a country's run, and the hidden folder in which what is done outlives an interruption."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agents.compiled import MODEL_VERSION
from scenarios.common.errors import ConfigurationError
from scenarios.studies.country.members import Country, Member
from scenarios.studies.country.task import Work, does
from scenarios.studies.engines import Engine
from scenarios.studies.store import Folder
from scenarios.studies.trajectory import fingerprint, hash_of, planned_data
from simulation.recording.schema import SCHEMA_VERSION

COUNTRY_VERSION = 1
WHOLE = "country"  # what is claimed: a country is one process's at a time
# Keys that say how a run is made, not what it is.
NO_MATTER = ("processes", "output", "language")
Told = Callable[[int], None]


class Tasks:
    """The tasks of a country's run and their folder.

    Attributes
    ----------
    folder : Folder
        Hidden beside the run folders; the same command finds it again.
    works : list of Work
        Pair by pair, and in each the members in the order in which they are added up.
    """

    def __init__(self, country: Country) -> None:
        self.country = country
        identity = identity_of(country)
        self.folder = Folder(folder_of(country, identity))
        self.identity = identity
        shared = hash_of(identity)
        addresses = [_address(country, member, shared) for member in country.members]
        self.works = [
            _work(country, place, member, pair, addresses[place])
            for pair in range(len(country.scenario.seeds))
            for place, member in enumerate(country.members)
        ]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for as long as it lasts.

        Raises
        ------
        ConfigurationError
            When another process is at work on the same run.
        """
        self.folder.begins(self.identity)
        if not self.folder.claim(WHOLE):
            raise ConfigurationError(
                f"{self.folder.path}: another process is at work on this run of the country; wait for it, or "
                "end it and give the same command again"
            )
        claimed = {WHOLE}
        with self.folder.signs_of_life(claimed):
            yield

    def does_missing(self, engine: Engine, told: Told = lambda households: None) -> float:
        """Do what is not done yet, the largest municipalities first; return the seconds of work in it.

        Parameters
        ----------
        engine : Engine
            Where it is done.
        told : function
            Called with the households of what is whole: once for what was done before, then part by part.
        """
        households = {work.name: self.country.members[work.place].households for work in self.works}
        missing = [work for work in self.works if not self.folder.is_whole(work.name, (work.address,))]
        told(sum(households.values()) - sum(households[work.name] for work in missing))
        missing.sort(key=lambda work: (work.pair, -households[work.name]))
        for part in engine.does_all(iter(missing), does):
            self.folder.keeps(part)
            told(households[part.name])
        return sum(self._seconds(work.name) for work in self.works)

    def tables(self, pair: int) -> Iterator[tuple[int, Callable[[str], bytes]]]:
        """Yield, for every member in order, its number and what gives its kept tables."""
        for work in self.works:
            if work.pair == pair:
                yield work.place, self._reader(work.name)

    def _reader(self, part: str) -> Callable[[str], bytes]:
        return lambda table: self.folder.table_of(part, table).read_bytes()

    def _seconds(self, part: str) -> float:
        document = self.folder.part_document(part)
        return float(document["run_seconds"]) if document else 0.0


def identity_of(country: Country) -> dict[str, Any]:
    """Return what makes a country's run what it is; two with one identity are one, whatever their pairs."""
    configuration = {
        name: value for name, value in country.scenario.configuration.items() if name not in NO_MATTER
    }
    configuration["luck"] = {name: value for name, value in configuration["luck"].items() if name != "pairs"}
    return {
        "study_version": COUNTRY_VERSION,
        "schema_version": SCHEMA_VERSION,
        "model_version": MODEL_VERSION,
        "data_checksum": planned_data(),
        "configuration": configuration,
        "members": [[member.name, member.slug, member.households] for member in country.members],
    }


def folder_of(country: Country, identity: dict[str, Any]) -> Path:
    """Return the hidden folder of a run."""
    return country.scenario.folder / f".{country.scenario.name}_{hash_of(identity)[:10]}.parts"


def _address(country: Country, member: Member, shared: str) -> str:
    """Return what a member is, whatever the pair, as a hash."""
    scenario = country.scenario_of(member)
    parameters, profile = fingerprint(scenario.parameters), repr(scenario.profile)
    return hash_of({"shared": shared, "parameters": parameters, "profile": profile, "member": member.name})


def _work(country: Country, place: int, member: Member, pair: int, address: str) -> Work:
    """Return the work of one member and one pair."""
    scenario = country.scenario_of(member)
    address = hash_of({"member": address, "seed": scenario.seeds[pair], "pair": pair})
    name = f"p{pair:05d}_{member.name}"
    return Work(name, address, scenario, member.name, member.real, place, pair, MODEL_VERSION)
