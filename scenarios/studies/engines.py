"""One task of a study, and the engines that do tasks: on this machine or another.

A task is a shared initial state, its runs, and the two tables they leave as bytes. What goes in and comes out
can be sent, so every engine calls it alike.
"""

import asyncio
import io
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from agents.mesa_adapter.model_mixin import release
from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.common.result_version import RESULT_VERSION
from scenarios.runs.replications import cores, pool_of
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import Point
from scenarios.studies.plan import Run, Task, Trajectory, trajectory_of
from simulation.model import Model
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.definitions import OF_ONE_ARM, value_of
from simulation.outcomes.derived import YEARS_AFTER_CUT
from simulation.outcomes.rules import span_of_table
from simulation.processes.event_tape import EventTape
from simulation.recording.recorder import in_table_units
from simulation.recording.schema import Column, table_of

TABLES = ("monthly", "wijken")
# A row per run with every outcome of one arm: what a study of very many runs keeps instead of months.
OUTCOME_TABLE = "outcomes"
TEN_YEARS = "_ten_years"  # ends the name of an outcome over the years in which transition harms are counted
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
        Tables that are stored: "monthly", and "wijken" where asked; or "outcomes" alone.
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
    try:
        for turn, (trajectory, model) in enumerate(_at_branch_point(trajectories)):
            model.apply_policy(trajectory.parameters)
            model.run_until(trajectory.scenario.end_month + 1)
            for name in work.stored:
                stored[name].append(_taken(name, model, trajectory, turn))
            release(model, dismantle=True)
    except BaseException:
        _INITIAL_STATES.by_address.clear()  # a tape of events that ends early serves nobody
        raise
    tables = {name: _as_parquet(name, blocks, work) for name, blocks in stored.items()}
    return Part(work.task.name, tables, runs, time.thread_time() - begin)


@lru_cache(maxsize=64)
def _scenario(overrides: tuple[str, ...]) -> Scenario:
    """Return a scenario; the same one serves every task of a process."""
    return scenario_from(list(overrides))


class _Kept(threading.local):
    """The initial state that this process, or thread, simulated last: the next task may share it."""

    def __init__(self) -> None:
        self.by_address: dict[str, Model] = {}


_INITIAL_STATES = _Kept()


def _at_branch_point(trajectories: list[Trajectory]) -> Iterator[tuple[Trajectory, Model]]:
    """Yield every trajectory with its model at the branch point; the initial state is simulated once and
    kept for the next task.
    """
    address = trajectories[0].initial_state_address
    if address not in _INITIAL_STATES.by_address:
        _INITIAL_STATES.by_address[address] = _initial_state(trajectories[0])
    for trajectory in trajectories:
        yield trajectory, _INITIAL_STATES.by_address[address].copy()


def _initial_state(trajectory: Trajectory) -> Model:
    """Simulate an initial state up to the branch month, with the events of the one before where it meets
    the same; that one is let go of.
    """
    initial_state, tape = initialise_model(trajectory), EventTape()
    for before in _INITIAL_STATES.by_address.values():
        tape = before.tape if before.tape is not None and before.tape.is_compatible(initial_state) else tape
        release(before, dismantle=True)
    _INITIAL_STATES.by_address.clear()
    return initial_state.share_events(tape).run_until(trajectory.branch_month)


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
    if name == OUTCOME_TABLE:
        return _outcomes(model, first, turn)
    recorded = in_table_units(name, model.recorder.table(name, model, first))
    columns = [column.name for column in _columns(name)]
    block = np.empty((len(recorded[columns[0]]), len(columns) + 1))
    block[:, 0] = turn
    for place, column in enumerate(columns, start=1):
        block[:, place] = recorded[column]
    return block


def _outcomes(model: Model, first: int, turn: int) -> np.ndarray:
    """Return every outcome of one run as a row: from the transition to the end, and over ten years."""
    seen = span_of_table(
        in_table_units("monthly", model.recorder.table("monthly", model, first)), model.transition
    )
    ten = replace(seen, last=min(seen.last, seen.first + YEARS_AFTER_CUT * MONTHS_PER_YEAR))
    values = [value_of(name, span) for span in (seen, ten) for name in OF_ONE_ARM]
    return np.array([[turn, *values]])


def _as_parquet(name: str, blocks: list[np.ndarray], work: Work) -> bytes:
    """Return the rows of all runs as one parquet file."""
    rows = np.vstack(blocks)
    turn = rows[:, 0].astype(np.int64)
    points = np.array([run.point for run in work.task.runs])
    replications = np.array([run.replication for run in work.task.runs])
    arrays = [pa.array(points[turn]), pa.array(replications[turn])]
    names = ["point", "replication"]
    if name == OUTCOME_TABLE:
        kinds = {each + end: "real" for end in ("", TEN_YEARS) for each in OF_ONE_ARM}
    else:
        kinds = {column.name: column.kind for column in _columns(name)}
    for place, (column_name, kind) in enumerate(kinds.items(), start=1):
        arrays.append(pa.array(rows[:, place]).cast(ARROW[kind]))
        names.append(column_name)
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


# What is done with a work: its result must be picklable, and so must both.
Do = Callable[[Any], Any]

AHEAD = 2  # tasks given out per process beyond the one it is at
MOST_BREAKS = 5


class Engine(Protocol):
    """Does works and yields what they leave as they are done."""

    processes: int

    def do_all(self, works: Iterable[Any], do: Do = do_task) -> Iterator[Any]:
        """Yield what `do` makes of all works, in the order in which they are done."""


class LocalEngine:
    """The cores of this machine, one process each."""

    def __init__(self, processes: int | None = None) -> None:
        self.processes = processes or cores()

    def do_all(self, works: Iterable[Any], do: Do = do_task) -> Iterator[Any]:
        """Yield parts as they are done; what a killed process was at is given to another.

        Raises
        ------
        ChildProcessError
            When processes keep being killed.
        """
        if self.processes == 1:
            yield from map(do, works)
            return
        coming = iter(works)
        left: list[Any] = []
        for _ in range(MOST_BREAKS):
            try:
                with pool_of(self.processes) as pool:
                    under_way = _UnderWay(partial(_give_out, pool, do), _first_done, Future.result)
                    yield from under_way.as_done(coming, left, self.processes * AHEAD)
                return
            except BrokenProcessPool:
                continue  # `left` holds what was under way: a new pool does it again
        raise ChildProcessError(
            f"processes were killed {MOST_BREAKS} times; often there is too little memory for "
            f"engine.processes = {self.processes}, try fewer: what is done is stored"
        )


@dataclass(frozen=True)
class _UnderWay:
    """How an engine gives out a work, waits for the first that is done, and takes what it leaves."""

    submit: Callable[[Any], Any]
    first_done: Callable[[Iterable[Any]], Iterable[Any]]
    result: Callable[[Any], Any]

    def as_done(self, coming: Iterator[Any], left: list[Any], most: int) -> Iterator[Any]:
        """Give out works, never more than `most` at once, and yield what they leave.

        `left` is what is under way: after a break it is given out again before anything new.
        """
        running = {self.submit(work): work for work in left}
        while True:
            while len(running) < most:
                work = next(coming, None)
                if work is None:
                    break
                left.append(work)
                running[self.submit(work)] = work
            if not running:
                return
            for future in self.first_done(list(running)):
                found = self.result(future)
                left.remove(running.pop(future))
                yield found


def _give_out(pool: ProcessPoolExecutor, do: Do, work: Any) -> Future[Any]:
    """Give one work to a process of this machine."""
    return pool.submit(do, work)


def _first_done(futures: Iterable[Future[Any]]) -> Iterable[Future[Any]]:
    """Wait for the first futures that are done, and return them."""
    return wait(futures, return_when=FIRST_COMPLETED).done


class DaskEngine:
    """The workers of a scheduler of Dask's (dask.distributed)."""

    def __init__(self, scheduler: str, timeout_seconds: float = 20.0) -> None:
        """Reach the scheduler.

        Raises
        ------
        ConfigurationError
            When Dask is not installed, or nobody answers.
        """
        try:
            import distributed
        except ImportError:
            raise ConfigurationError(
                "engine = dask: dask.distributed is not installed; pip install 'landingsbaan[dask]'"
            ) from None
        self._distributed: Any = distributed
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # the sentence is ours
        logging.getLogger("asyncio").addFilter(_is_no_lost_connection)
        self.scheduler = scheduler
        self.timeout = timeout_seconds
        self._client: Any = None
        self._reach()

    def _reach(self) -> None:
        """Connect to the scheduler and count its workers."""
        try:
            # A client that cannot be made keeps Python waiting at its end: knock first, in a thread of its
            # own since a notebook has an event loop already.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, self._knock()).result()
            self._client = self._distributed.Client(
                self.scheduler, timeout=self.timeout, set_as_default=False
            )
        except (OSError, TimeoutError, TypeError, ValueError, RuntimeError) as error:
            raise ConfigurationError(
                f"engine.scheduler = {self.scheduler}: no scheduler answers there within "
                f"{self.timeout:g} seconds: {one_sentence(error)}"
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=self.timeout)
        except TimeoutError:
            raise ConfigurationError(
                f"engine.scheduler = {self.scheduler}: the scheduler has no workers within "
                f"{self.timeout:g} seconds"
            ) from None
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        self.processes = max(1, sum(worker["nthreads"] for worker in workers.values()))

    async def _knock(self) -> None:
        """Connect to the scheduler and leave again."""
        security = self._distributed.Security().get_connection_args("client")
        line = await self._distributed.comm.connect(self.scheduler, timeout=self.timeout, **security)
        await line.close()

    def do_all(self, works: Iterable[Any], do: Do = do_task) -> Iterator[Any]:
        """Yield parts as they are done; Dask gives what a lost worker was at to another.

        When the scheduler itself is lost, what was under way is given again once it is back.

        Raises
        ------
        ConnectionError
            When the scheduler stays away.
        """
        coming = iter(works)
        left: list[Any] = []
        for _ in range(MOST_BREAKS):
            try:
                under_way = _UnderWay(partial(self._submit, do), self._first_done, self._result)
                yield from under_way.as_done(coming, left, self.processes * (1 + AHEAD))
                return
            except (CancelledError, OSError, TimeoutError):
                self._client.close(timeout=1)
                try:
                    self._reach()
                except ConfigurationError as error:
                    raise ConnectionError(
                        f"{one_sentence(error)}; what is done is stored, the same command resumes"
                    ) from None
        raise ConnectionError(f"the scheduler {self.scheduler} was lost {MOST_BREAKS} times")

    def _first_done(self, futures: Iterable[Any]) -> Iterable[Any]:
        """Wait for the first works that are done, and return them."""
        with self._client.as_current():
            return self._distributed.wait(list(futures), return_when="FIRST_COMPLETED").done

    def _result(self, future: Any) -> Any:
        """Return what a worker made; who cannot read our work is told what is missing there."""
        try:
            found = future.result()
            future.release()
            return found
        except (ImportError, RuntimeError) as error:
            raise ConfigurationError(
                f"engine.scheduler = {self.scheduler}: the scheduler or a worker cannot run this version of "
                f"landingsbaan, install the same one everywhere: {one_sentence(error)[:200]}"
            ) from None

    def _submit(self, do: Do, work: Any) -> Any:
        """Give one work to a worker; who was killed more than three times at it was too small for it."""
        return self._client.submit(do, work, pure=False, retries=3)

    def close(self) -> None:
        """Leave the scheduler."""
        self._client.close()


def _is_no_lost_connection(record: logging.LogRecord) -> bool:
    """Whether a message is of something else than a connection that nobody waits for any more."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, OSError | TimeoutError | CancelledError)


ENGINES = ("local", "dask")


def engine_called(name: str, scheduler: str = "", processes: int | None = None) -> Engine:
    """Return an engine by name.

    Raises
    ------
    ConfigurationError
        For an unknown engine, or Dask without a scheduler.
    """
    if name == "local":
        return LocalEngine(processes)
    if name != "dask":
        raise ConfigurationError(
            f"engine = {name}: expected one of {', '.join(ENGINES)}{nearest(name, ENGINES)}"
        )
    if not scheduler:
        raise ConfigurationError(
            "engine = dask: engine.scheduler is missing, as engine.scheduler=tcp://host:8786"
        )
    return DaskEngine(scheduler)
