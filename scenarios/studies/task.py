"""One task of a study: a shared initial state, its runs, and the two tables they leave as bytes.

Called by every engine alike, on this machine or another: what goes in and comes out can be sent.
"""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from agents.mesa_adapter.model_mixin import release
from scenarios.common.result_version import RESULT_VERSION
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import Point
from scenarios.studies.plan import Run, Task, Trajectory, trajectory_of
from simulation.model import Model
from simulation.recording.recorded import in_table_units
from simulation.recording.schema import Column, table_of

TABLES = ("monthly", "wijken")
ARROW = {"whole": pa.int64(), "real": pa.float64()}


@dataclass(frozen=True)
class Work:
    """What a process needs to do a task.

    Attributes
    ----------
    task : Task
        The runs.
    overrides : tuple of tuple of str
        Per run, what Hydra composes; mostly the same for all.
    points : tuple of Point
        Per run, its point.
    seeds_per_draw : int
        Replications that share a parameter draw.
    kept : tuple of str
        Tables that are stored: "monthly", and "wijken" where asked.
    result_version : str
        Version of the model that the study was begun with.
    """

    task: Task
    overrides: tuple[tuple[str, ...], ...]
    points: tuple[Point, ...]
    seeds_per_draw: int
    stored: tuple[str, ...]
    result_version: str


@dataclass(frozen=True)
class Part:
    """What a task leaves: its tables as parquet, and the seconds of one core it took."""

    name: str
    tables: dict[str, bytes]
    runs: tuple[Run, ...]
    run_seconds: float

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of its runs."""
        return tuple(run.address for run in self.runs)


def check_version(result_version: str, what: str) -> None:
    """Raise ValueError when this process runs another version of the model than what it works for."""
    if result_version != RESULT_VERSION:
        raise ValueError(
            f"a worker runs result version {RESULT_VERSION}, the {what} {result_version}: install the same "
            "version of landingsbaan on every worker"
        )


def do_task(work: Work) -> Part:
    """Do one task.

    Raises
    ------
    ValueError
        When this process runs another version of the model than the study.
    """
    check_version(work.result_version, "study")
    begin = time.thread_time()  # of the processor: what others do on the machine does not count
    runs = work.task.runs
    trajectories = [
        trajectory_of(_scenario(overrides), point, run.replication, work.seeds_per_draw)
        for overrides, point, run in zip(work.overrides, work.points, runs, strict=True)
    ]
    stored: dict[str, list[np.ndarray]] = {name: [] for name in work.stored}
    for turn, (trajectory, model) in enumerate(_at_branch_point(trajectories)):
        model.apply_policy(trajectory.parameters)
        model.run_until(trajectory.scenario.end_month + 1)
        for name in work.stored:
            stored[name].append(_taken(name, model, trajectory, turn))
        release(model, dismantle=True)
    tables = {name: _as_parquet(name, blocks, work) for name, blocks in stored.items()}
    return Part(work.task.name, tables, runs, time.thread_time() - begin)


@lru_cache(maxsize=64)
def _scenario(overrides: tuple[str, ...]) -> Scenario:
    """Return a scenario; the same one serves every task of a process."""
    return scenario_from(list(overrides))


_INITIAL_STATES: dict[
    str, Model
] = {}  # the initial state this process simulated last: the next task may share it


def _at_branch_point(trajectories: list[Trajectory]) -> Iterator[tuple[Trajectory, Model]]:
    """Yield every trajectory with its model at the branch point; the initial state is simulated once and
    kept for the next task.
    """
    address = trajectories[0].initial_state_address
    if address not in _INITIAL_STATES:
        for model in _INITIAL_STATES.values():
            release(model, dismantle=True)
        _INITIAL_STATES.clear()
        _INITIAL_STATES[address] = _initial_state(trajectories[0])
    for trajectory in trajectories:
        yield trajectory, _INITIAL_STATES[address].copy()


def _initial_state(trajectory: Trajectory) -> Model:
    """Simulate an initial state up to the branch month."""
    return initialise_model(trajectory).run_until(trajectory.branch_month)


def initialise_model(trajectory: Trajectory) -> Model:
    """Return the model of a trajectory as its warm-up begins."""
    scenario = trajectory.scenario
    begin = scenario.start_month - scenario.warm_up_months
    model = Model(trajectory.initial, scenario.profile, trajectory.seed, begin, scenario.end_month)
    model.recorder.stored = ("wijken",)
    model.recorder.detail_from = scenario.start_month
    return model


def _columns(name: str) -> list[Column]:
    """Return the declared columns of a table but those that say whose row it is."""
    return [column for column in table_of(name).columns if column.name not in ("replication", "arm")]


def _taken(name: str, model: Model, trajectory: Trajectory, turn: int) -> np.ndarray:
    """Return what the recorder kept of one run, as numbers with its turn, month or year, and wijk."""
    first = trajectory.scenario.start_month
    recorded = in_table_units(name, model.recorder.table(name, model, first))
    columns = [column.name for column in _columns(name)]
    block = np.empty((len(recorded[columns[0]]), len(columns) + 1))
    block[:, 0] = turn
    for place, column in enumerate(columns, start=1):
        block[:, place] = recorded[column]
    return block


def _as_parquet(name: str, blocks: list[np.ndarray], work: Work) -> bytes:
    """Return the rows of all runs as one parquet file."""
    rows = np.vstack(blocks)
    turn = rows[:, 0].astype(np.int64)
    points = np.array([run.point for run in work.task.runs])
    replications = np.array([run.replication for run in work.task.runs])
    arrays = [pa.array(points[turn]), pa.array(replications[turn])]
    names = ["point", "replication"]
    for place, column in enumerate(_columns(name), start=1):
        arrays.append(pa.array(rows[:, place]).cast(ARROW[column.kind]))
        names.append(column.name)
    return as_parquet(pa.table(arrays, names=names))


def as_parquet(table: pa.Table, described: bool = False) -> bytes:
    """Return a table as parquet; the same table gives the same bytes.

    Parameters
    ----------
    table : Table
        What is written.
    described : bool
        Whether units, descriptions and categories are written too. They take some 80 kB for a table of
        months, as much as a run: parts go without, and an export has them.
    """
    written = io.BytesIO()
    pq.write_table(
        table, written, compression="zstd", compression_level=6,
        use_dictionary=True, write_statistics=True, store_schema=described, version="2.6",
        write_page_checksum=described,  # parts have a checksum of their own
    )  # fmt: skip
    return written.getvalue()
