"""The training ensemble: many simulated histories, each at its own point of the prior, and what they came to.

Everything that is inferred is inferred from it, so it is made once, kept in parts, and resumed. A
member is a city of 20,000 households that runs from the warm-up to 2025 through the history as it
happened, with the experiments of the targets inside it. Every member has its own draw of scenario
uncertainty, so what no target informs widens the fit instead of hiding in it.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.stats import qmc

from scenarios.analysis.calibration.experiments import EXPERIMENTS
from scenarios.analysis.calibration.inference import Uncertain, changes_at
from scenarios.analysis.calibration.targets import values_of_targets
from scenarios.common.calibration_inputs import scored_targets
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import misfit, write_atomically
from scenarios.common.result_version import RESULT_VERSION, probe_version
from scenarios.runs.draws import scenario_numbers
from scenarios.runs.run_document import commit, data_checksum, versions
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.engines import Engine, Part, as_parquet, check_version
from scenarios.studies.plan import Run
from scenarios.studies.store import DOCUMENT, Folder
from simulation.parameters import GROUPS

# Works whose parts are kept in a folder: what is whole is never done again, whoever does the rest.

WAIT_SECONDS = 1.0
Told = Callable[[int], None]


class Named(Protocol):
    """A work that says what it is: a name of its own, and the addresses of its runs."""

    @property
    def name(self) -> str:
        """Name of its part."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """What its runs are."""


def do_works(
    works: Sequence[Named],
    folder: Folder,
    engine: Engine,
    do: Callable[[Any], Part],
    told: Told = lambda runs: None,
) -> None:
    """Do the works that are not whole in the folder, with others who are at the same folder.

    Parameters
    ----------
    works : sequence of Named
        What is to be done.
    folder : Folder
        Where parts are stored.
    engine : Engine
        Where works are done.
    do : function
        Does one work.
    told : function
        Called with the number of runs that are whole now.
    """
    left = [work for work in works if not folder.is_whole(work.name, work.addresses)]
    told(sum(len(work.runs) for work in works) - sum(len(work.runs) for work in left))
    claimed: set[str] = set()
    with folder.heartbeat(claimed):
        while left:
            for part in engine.do_all(_claimed(folder, left, claimed), do):
                folder.keep(part)
                claimed.discard(part.name)
                folder.release(part.name)
                told(len(part.runs))
            left = [work for work in left if not folder.is_whole(work.name, work.addresses)]
            if left:
                time.sleep(WAIT_SECONDS)  # another process is at these


def _claimed(folder: Folder, works: Sequence[Named], claimed: set[str]) -> Iterator[Named]:
    """Yield the works that nobody else is at."""
    for work in works:
        if not folder.claim(work.name):
            continue
        if folder.is_whole(work.name, work.addresses):  # somebody did it meanwhile
            folder.release(work.name)
            continue
        claimed.add(work.name)
        yield work


ENSEMBLE_VERSION = 2
TABLE = "summaries"
PER_PART = 16
# Every so many members one is run again with another seed: that separates the sampling variance from the
# parameters.
RUN_TWICE = 16
OTHER_SEEDS = 10_000_000
# Data that no run of a training ensemble reads.
NOT_READ = ("README", "posterior", "priors", "validation_targets", "record", "history")
AVERAGE = ("municipality=average", "system=national_average")


@dataclass(frozen=True)
class TrainingEnsemble:
    """What a training ensemble holds, resolved.

    Attributes
    ----------
    uncertain : tuple of Uncertain
        What varies between members.
    members : int
        Points of the prior.
    households : int
        Size of the city.
    seed : int
        Seed of the design and of the runs.
    """

    uncertain: tuple[Uncertain, ...]
    members: int
    households: int
    seed: int

    @property
    def n_runs(self) -> int:
        """Members, and those simulated twice."""
        return self.members + self.members // RUN_TWICE

    @cached_property
    def shares(self) -> np.ndarray:
        """Points of the prior, float64 of shape (n_members, n_uncertain): a scrambled Sobol sequence.

        A larger training ensemble begins with the members of a smaller one.
        """
        return qmc.Sobol(len(self.uncertain), rng=self.seed).random(self.members)

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What makes this training ensemble the same; its number of members may grow."""
        return {
            "study_version": ENSEMBLE_VERSION,
            "result_version": probe_version(),  # without the posterior, which no run of it reads
            "data_checksum": data_checksum(without=NOT_READ),
            "households": self.households,
            "seed": self.seed,
            "uncertain": [[each.key, each.low, each.high] for each in self.uncertain],
            "scenario": {name: _declared(name) for name in scenario_numbers()},
        }

    @cached_property
    def address(self) -> str:
        """Hash of the identity."""
        text = json.dumps(self.identity, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def works(self) -> "list[EnsembleWork]":
        """Return the works, named so that a larger training ensemble takes over those of a smaller one."""
        parts: dict[str, list[tuple[int, int]]] = {}
        for point in range(self.members):
            parts.setdefault(f"m{point // PER_PART:05d}", []).append((point, self.seed + 2 * point))
        for each in range(self.members // RUN_TWICE):
            again = (each * RUN_TWICE, self.seed + 2 * each * RUN_TWICE + 1)
            parts.setdefault(f"r{each // PER_PART:05d}", []).append(again)
        return [
            self._work(name, runs, self.shares[[point for point, _ in runs]]) for name, runs in parts.items()
        ]

    def works_at(self, points: np.ndarray) -> "list[EnsembleWork]":
        """Return the works of runs at other points; seeds are those of runs beyond all members."""
        works = []
        for first in range(0, len(points), PER_PART):
            some = points[first : first + PER_PART]
            name = "p" + hashlib.sha256(some.tobytes()).hexdigest()[:12]
            runs = [(-1 - first - turn, OTHER_SEEDS + first + turn) for turn in range(len(some))]
            works.append(self._work(name, runs, some))
        return works

    def _work(self, name: str, runs: list[tuple[int, int]], shares: np.ndarray) -> "EnsembleWork":
        addressed = tuple(Run(point, seed, self._address(each, seed))
                     for (point, seed), each in zip(runs, shares, strict=True))  # fmt: skip
        return EnsembleWork(name, addressed, shares, self.uncertain, self.households, RESULT_VERSION)

    def _address(self, shares: np.ndarray, seed: int) -> str:
        return hashlib.sha256(self.address.encode() + shares.tobytes() + str(seed).encode()).hexdigest()


@dataclass(frozen=True, eq=False)  # an engine tells works apart; arrays have no equality to ask
class EnsembleWork:
    """Some runs for one process: `runs` holds point and seed of each, `points` their shares."""

    name: str
    runs: tuple[Run, ...]
    points: np.ndarray
    uncertain: tuple[Uncertain, ...]
    households: int
    result_version: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of its runs."""
        return tuple(run.address for run in self.runs)


def run_history(work: EnsembleWork) -> Part:
    """Simulate some runs, and return a row of summaries for each.

    Raises
    ------
    ValueError
        When this process runs another version of the model than the training ensemble.
    """
    check_version(work.result_version, "training ensemble")
    begin = time.process_time()
    scenario = average_city(work.households)
    rows = []
    for run, shares in zip(work.runs, work.points, strict=True):
        drawn = changes_at(work.uncertain, shares, scenario.parameters, _scenario_of(run.point))
        values = values_of_targets(scenario, run.replication, drawn, scored_experiments())
        summaries = {row.target: values[row.target] for row in scored_targets()}
        rows.append({"point": run.point, "seed": run.replication, **summaries})
    table = pa.Table.from_pylist(rows)
    return Part(work.name, {TABLE: as_parquet(table)}, work.runs, time.process_time() - begin)


def _scenario_of(point: int) -> int:
    """Return which draw of scenario uncertainty a run has: one of its own, the same when it is run twice."""
    return point if point >= 0 else OTHER_SEEDS - point


def _declared(name: str) -> list[Any]:
    """Return the declared range of a parameter: its ends, and how a draw varies it."""
    group, short = name.split(".")
    metadata = GROUPS[group]().__dataclass_fields__[short].metadata
    return [metadata[each] for each in ("low", "high", "draw")]


def scored_experiments() -> tuple[str, ...]:
    """Return the experiments whose rows are fitted."""
    return tuple(row.target for row in scored_targets() if row.target in EXPERIMENTS)


@lru_cache(maxsize=4)
def average_city(households: int) -> Scenario:
    """Return the municipality with the country's figures, of a size, under the transition as it happened."""
    return scenario_from([*AVERAGE, f"municipality.households={households}"])


# Making and reading.


def make_ensemble(
    ensemble: TrainingEnsemble, folder: Folder, engine: Engine, told: Told = lambda runs: None
) -> None:
    """Simulate every run that is not in the folder yet.

    Raises
    ------
    ConfigurationError
        When the folder holds another training ensemble.
    """
    begin(ensemble, folder)
    do_works(ensemble.works(), folder, engine, run_history, told)


def simulate_at(
    ensemble: TrainingEnsemble,
    points: np.ndarray,
    folder: Folder,
    engine: Engine,
    told: Told = lambda runs: None,
) -> np.ndarray:
    """Return what the model comes to at other points, float64 of shape (n_points, n_rows).

    They are kept next to the training ensemble, by what they are, so that they are simulated once.
    """
    works = ensemble.works_at(points)
    do_works(works, folder, engine, run_history, told)
    return np.vstack([_table(folder, work)[_names()].to_numpy(dtype=float) for work in works])


def begin(ensemble: TrainingEnsemble, folder: Folder) -> None:
    """Write what the training ensemble is, or check that the folder holds the same."""
    folder.begin_or_resume(
        ensemble.identity, {"commit": commit(), "versions": versions()}, "training ensemble"
    )


def keys_of(folder: Folder) -> set[str]:
    """Return the keys of what varies in the training ensemble of a folder.

    Raises
    ------
    ConfigurationError
        When the folder holds something else.
    """
    uncertain: Any = folder.document.get("uncertain")
    wrong = misfit(uncertain, [list], "uncertain")
    if wrong or not all(each and isinstance(each[0], str) for each in uncertain):
        raise ConfigurationError(
            f"{folder.path / DOCUMENT}: describes no training ensemble; give another name=..."
        )
    return {each[0] for each in uncertain}


@dataclass(frozen=True)
class TrainingRuns:
    """What a training ensemble came to, without the runs in which something could not be counted.

    Attributes
    ----------
    shares : float64 array of shape (n_lives, n_uncertain)
        Points of the prior.
    values : float64 array of shape (n_lives, n_rows)
        What each came to, per scored target.
    twice : int array of shape (n_pairs, 2)
        Runs with one point and another seed.
    checksum : str
        SHA-256 over all values.
    seconds : float
        Core-seconds the runs took.
    """

    shares: np.ndarray
    values: np.ndarray
    twice: np.ndarray
    checksum: str
    seconds: float


def read_ensemble(ensemble: TrainingEnsemble, folder: Folder) -> TrainingRuns:
    """Return what the runs of a finished training ensemble came to.

    Raises
    ------
    ConfigurationError
        When parts are missing.
    """
    tables, seconds = [], 0.0
    for work in ensemble.works():
        if not folder.is_whole(work.name, work.addresses):
            raise ConfigurationError(f"{folder.path}: part {work.name} is missing; the same command resumes")
        tables.append(_table(folder, work))
        seconds += float((folder.part_document(work.name) or {}).get("run_seconds", 0.0))
    table = pd.concat(tables, ignore_index=True)
    values = table[_names()].to_numpy(dtype=float)
    points = table["point"].to_numpy()
    checksum = hashlib.sha256(ensemble.shares[points].tobytes() + values.tobytes()).hexdigest()
    complete = np.isfinite(values).all(axis=1)
    points, values = points[complete], values[complete]
    first = {int(point): place for place, point in reversed(list(enumerate(points)))}
    twice = [(first[int(point)], place) for place, point in enumerate(points) if first[int(point)] != place]
    return TrainingRuns(
        ensemble.shares[points], values, np.array(twice, dtype=int).reshape(-1, 2), checksum, seconds
    )


def _table(folder: Folder, work: EnsembleWork) -> pd.DataFrame:
    """Return the rows of a part."""
    return pq.read_table(folder.table_of(work.name, TABLE)).to_pandas()


def _names() -> list[str]:
    return [row.target for row in scored_targets()]


def write_table(folder: Folder, ensemble: TrainingEnsemble, runs: TrainingRuns) -> None:
    """Write all runs as one table for whoever wants to look: shares of the prior, and summaries."""
    columns = {f"share.{each.key}": runs.shares[:, place] for place, each in enumerate(ensemble.uncertain)}
    columns |= {row.target: runs.values[:, place] for place, row in enumerate(scored_targets())}
    write_atomically(folder.path / "runs.parquet", as_parquet(pa.table(columns)))
