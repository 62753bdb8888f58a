"""The training ensemble: simulated histories at points of the prior, and their targets.

All inference uses this ensemble, so it is made once, stored in parts, and resumed. A member is a city of
20,000 households, simulated from the warm-up to 2025 through the history as it happened, with the experiments
of the targets. Every member has its own draw of scenario uncertainty, so that parameters that no target
informs widen the posterior.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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

# Works with parts stored in a folder: a complete part is never computed again, whichever process made it.

WAIT_SECONDS = 1.0
ProgressCallback = Callable[[int], None]


class NamedWork(Protocol):
    """A work with a name, and the addresses of its runs."""

    @property
    def name(self) -> str:
        """Name of its part in the folder."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Hashes of its runs."""


def run_pending_works(
    works: Sequence[NamedWork],
    folder: Folder,
    engine: Engine,
    do: Callable[[Any], Part],
    count_done: ProgressCallback = lambda runs: None,
    fits: Callable[[Any, Mapping[str, bytes]], bool] = lambda work, tables: True,
) -> None:
    """Run the works that are incomplete in the folder, in cooperation with other processes on that folder.

    Parameters
    ----------
    works : sequence of NamedWork
        Works to be completed.
    folder : Folder
        Where parts are stored.
    engine : Engine
        Engine that runs the works.
    do : function
        Runs one work.
    count_done : function
        Called with the number of runs completed.
    fits : function
        Whether the stored tables of a work, as parquet by name, are those it makes; other parts are run
        again.
    """
    left = []
    for work in works:
        whole = folder.is_whole(work.name, work.addresses)
        if whole and not fits(work, folder.tables(work.name)):
            folder.discard(work.name)
            whole = False
        if not whole:
            left.append(work)
    count_done(sum(len(work.runs) for work in works) - sum(len(work.runs) for work in left))
    claimed: set[str] = set()
    with folder.heartbeat(claimed):
        while left:
            for part in engine.do_all(_claimed(folder, left, claimed), do):
                folder.keep(part)
                claimed.discard(part.name)
                folder.release(part.name)
                count_done(len(part.runs))
            left = [work for work in left if not folder.is_whole(work.name, work.addresses)]
            if left:
                time.sleep(WAIT_SECONDS)  # another process has claimed these


def _claimed(folder: Folder, works: Sequence[NamedWork], claimed: set[str]) -> Iterator[NamedWork]:
    """Claim and yield the works that no other process has claimed."""
    for work in works:
        if not folder.claim(work.name):
            continue
        if folder.is_whole(work.name, work.addresses):  # another process completed it in the meantime
            folder.release(work.name)
            continue
        claimed.add(work.name)
        yield work


ENSEMBLE_VERSION = 2
TABLE = "summaries"
PER_PART = 16
# Every n-th member is run a second time with another seed, to separate the sampling variance from the effect
# of parameters.
RUN_TWICE = 16
OTHER_SEEDS = 10_000_000
# Data files that no run of a training ensemble reads.
NOT_READ = ("README", "posterior", "priors", "validation_targets", "record", "history")
AVERAGE = ("municipality=average", "system=national_average")


@dataclass(frozen=True)
class TrainingEnsemble:
    """Specification of a training ensemble.

    Attributes
    ----------
    uncertain : tuple of Uncertain
        Numbers that vary between members.
    members : int
        Number of points of the prior.
    households : int
        Households of the city.
    seed : int
        Seed of the design and of the runs.
    """

    uncertain: tuple[Uncertain, ...]
    members: int
    households: int
    seed: int

    @property
    def n_runs(self) -> int:
        """Number of runs: members, and those with a second seed."""
        return self.members + self.members // RUN_TWICE

    @cached_property
    def shares(self) -> np.ndarray:
        """Points of the prior, float64 of shape (n_members, n_uncertain): a scrambled Sobol sequence.

        A larger training ensemble begins with the members of a smaller one.
        """
        return qmc.Sobol(len(self.uncertain), rng=self.seed).random(self.members)

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Content that identifies the training ensemble; the number of members may grow."""
        return {
            "study_version": ENSEMBLE_VERSION,
            "result_version": probe_version(),  # without the posterior, which no run of the ensemble reads
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
        """Return the works, with stable names: a larger training ensemble reuses those of a smaller one."""
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
        """Return the works of runs at other points; their seeds are not used by any member."""
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


@dataclass(frozen=True, eq=False)  # engines compare works by identity; arrays have no single truth value
class EnsembleWork:
    """A batch of runs for one process: `runs` holds point and seed of each, `points` their shares."""

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
    """Simulate a batch of runs, and return a row of targets for each.

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
    """Return the scenario draw of a point; runs of the same point share it."""
    return point if point >= 0 else OTHER_SEEDS - point


def _declared(name: str) -> list[Any]:
    """Return the declared range of a parameter: its bounds, and how a draw varies it."""
    group, short = name.split(".")
    metadata = GROUPS[group]().__dataclass_fields__[short].metadata
    return [metadata[each] for each in ("low", "high", "draw")]


def scored_experiments() -> tuple[str, ...]:
    """Return the experiments whose targets are fitted."""
    return tuple(row.target for row in scored_targets() if row.target in EXPERIMENTS)


@lru_cache(maxsize=4)
def average_city(households: int) -> Scenario:
    """Return a municipality of a given size with the country's figures and the transition as it happened."""
    return scenario_from([*AVERAGE, f"municipality.households={households}"])


# Run and read a training ensemble.


def make_ensemble(
    ensemble: TrainingEnsemble,
    folder: Folder,
    engine: Engine,
    count_done: ProgressCallback = lambda runs: None,
) -> None:
    """Simulate every run that is not in the folder yet.

    Raises
    ------
    ConfigurationError
        When the folder holds another training ensemble.
    """
    begin(ensemble, folder)
    run_pending_works(ensemble.works(), folder, engine, run_history, count_done)


def simulate_at(
    ensemble: TrainingEnsemble,
    points: np.ndarray,
    folder: Folder,
    engine: Engine,
    count_done: ProgressCallback = lambda runs: None,
) -> np.ndarray:
    """Return the simulated targets at other points, float64 of shape (n_points, n_rows).

    Runs are stored next to the training ensemble by hash of their content, and reused.
    """
    works = ensemble.works_at(points)
    run_pending_works(works, folder, engine, run_history, count_done)
    return np.vstack([_table(folder, work)[_names()].to_numpy(dtype=float) for work in works])


def begin(ensemble: TrainingEnsemble, folder: Folder) -> None:
    """Write the identity of the training ensemble, or check that the folder holds the same one."""
    folder.begin_or_resume(
        ensemble.identity, {"commit": commit(), "versions": versions()}, "training ensemble"
    )


def keys_of(folder: Folder) -> set[str]:
    """Return the keys of the numbers that vary in the training ensemble of a folder.

    Raises
    ------
    ConfigurationError
        When the folder holds other content.
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
    """Results of a training ensemble, without runs in which a target could not be counted.

    Attributes
    ----------
    shares : float64 array of shape (n_runs, n_uncertain)
        Points of the prior.
    values : float64 array of shape (n_runs, n_rows)
        Simulated value per scored target.
    repeated : int array of shape (n_pairs, 2)
        Pairs of runs with the same point and different seeds.
    checksum : str
        SHA-256 over all values.
    seconds : float
        Total run time, core-seconds.
    """

    shares: np.ndarray
    values: np.ndarray
    repeated: np.ndarray
    checksum: str
    seconds: float


def read_ensemble(ensemble: TrainingEnsemble, folder: Folder) -> TrainingRuns:
    """Return the results of a finished training ensemble.

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
    repeated = [
        (first[int(point)], place) for place, point in enumerate(points) if first[int(point)] != place
    ]
    return TrainingRuns(
        ensemble.shares[points], values, np.array(repeated, dtype=int).reshape(-1, 2), checksum, seconds
    )


def _table(folder: Folder, work: EnsembleWork) -> pd.DataFrame:
    """Return the rows of a part."""
    return pq.read_table(folder.table_of(work.name, TABLE)).to_pandas()


def _names() -> list[str]:
    return [row.target for row in scored_targets()]


def write_table(folder: Folder, ensemble: TrainingEnsemble, runs: TrainingRuns) -> None:
    """Write all runs as one table for other programs: shares of the prior, and targets."""
    columns = {f"share.{each.key}": runs.shares[:, place] for place, each in enumerate(ensemble.uncertain)}
    columns |= {row.target: runs.values[:, place] for place, row in enumerate(scored_targets())}
    write_atomically(folder.path / "runs.parquet", as_parquet(pa.table(columns)))
