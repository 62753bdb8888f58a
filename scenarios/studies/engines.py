"""Execution of a study's tasks, and the engines that execute them: local processes or Dask workers.

A task simulates a shared initial state and its runs, and returns their tables as bytes. Input and output are
picklable, so that every engine calls the same function.
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
# A row per run with every outcome of one arm: stored instead of months in studies of very many runs.
OUTCOME_TABLE = "outcomes"
TEN_YEARS = "_ten_years"  # suffix of outcomes over the years in which transition harms are counted
ARROW = {"whole": pa.int64(), "real": pa.float64()}


@dataclass(frozen=True)
class Work:
    """Input of a task, as sent to a worker process.

    Attributes
    ----------
    task : Task
        The runs.
    overrides : tuple of tuple of str
        Hydra overrides of each run; mostly the same for all.
    points : tuple of Point
        Point of each run.
    seeds_per_draw : int
        Replications that share a parameter draw.
    stored : tuple of str
        Tables to store: "monthly", optionally with "wijken"; or "outcomes" alone.
    result_version : str
        Result version with which the study was started.
    """

    task: Task
    overrides: tuple[tuple[str, ...], ...]
    points: tuple[Point, ...]
    seeds_per_draw: int
    stored: tuple[str, ...]
    result_version: str


@dataclass(frozen=True)
class Part:
    """Result of a task: its tables as parquet files in bytes, and the core seconds it took."""

    name: str
    tables: dict[str, bytes]
    runs: tuple[Run, ...]
    run_seconds: float

    @property
    def addresses(self) -> tuple[str, ...]:
        """Addresses of the runs."""
        return tuple(run.address for run in self.runs)


def check_version(result_version: str, what: str) -> None:
    """Raise ValueError if this worker has another result version than the study it works for."""
    if result_version != RESULT_VERSION:
        raise ValueError(
            f"a worker runs result version {RESULT_VERSION}, the {what} {result_version}: install the same "
            "version of landingsbaan on every worker"
        )


def do_task(work: Work) -> Part:
    """Execute one task and return its tables.

    Raises
    ------
    ValueError
        When this process has another result version than the study.
    """
    check_version(work.result_version, "study")
    begin = time.thread_time()  # CPU time, so that other load on the machine does not count
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
                stored[name].append(_recorded_rows(name, model, trajectory, turn))
            release(model, dismantle=True)
    except BaseException:
        _INITIAL_STATES.by_address.clear()  # an incomplete event tape cannot be shared
        raise
    tables = {name: _as_parquet(name, blocks, work) for name, blocks in stored.items()}
    return Part(work.task.name, tables, runs, time.thread_time() - begin)


@lru_cache(maxsize=64)
def _scenario(overrides: tuple[str, ...]) -> Scenario:
    """Return the scenario of some overrides; cached for all tasks of a process."""
    return scenario_from(list(overrides))


class _InitialStateCache(threading.local):
    """The last initial state that this process or thread simulated; the next task may share it."""

    def __init__(self) -> None:
        self.by_address: dict[str, Model] = {}


_INITIAL_STATES = _InitialStateCache()


def _at_branch_point(trajectories: list[Trajectory]) -> Iterator[tuple[Trajectory, Model]]:
    """Yield every trajectory with its model at the branch point; the initial state is simulated once and
    cached for the next task.
    """
    address = trajectories[0].initial_state_address
    if address not in _INITIAL_STATES.by_address:
        _INITIAL_STATES.by_address[address] = _initial_state(trajectories[0])
    for trajectory in trajectories:
        yield trajectory, _INITIAL_STATES.by_address[address].copy()


def _initial_state(trajectory: Trajectory) -> Model:
    """Simulate an initial state up to the branch month.

    It reuses the event tape of the previous initial state if that has the same events, and releases that
    state.
    """
    initial_state, tape = initialise_model(trajectory), EventTape()
    for before in _INITIAL_STATES.by_address.values():
        tape = before.tape if before.tape is not None and before.tape.is_compatible(initial_state) else tape
        release(before, dismantle=True)
    _INITIAL_STATES.by_address.clear()
    return initial_state.share_events(tape).run_until(trajectory.branch_month)


def initialise_model(trajectory: Trajectory) -> Model:
    """Return the model of a trajectory at the start of its warm-up."""
    scenario = trajectory.scenario
    begin = scenario.start_month - scenario.warm_up_months
    model = Model(trajectory.initial, scenario.profile, trajectory.seed, begin, scenario.end_month)
    model.recorder.stored = ("wijken",)
    model.recorder.detail_from = scenario.start_month
    return model


def _columns(name: str) -> list[Column]:
    """Return the declared columns of a table without `replication` and `arm`."""
    return [column for column in table_of(name).columns if column.name not in ("replication", "arm")]


def kinds_of(name: str) -> tuple[dict[str, str], frozenset[str]]:
    """Return the kind of every column of a stored table in order, and the columns that may be empty."""
    kinds = {"point": "whole", "replication": "whole"}
    if name == OUTCOME_TABLE:
        outcomes = {each + end: "real" for end in ("", TEN_YEARS) for each in OF_ONE_ARM}
        return kinds | outcomes, frozenset(outcomes)
    kinds |= {column.name: column.kind for column in _columns(name)}
    return kinds, frozenset(column.name for column in _columns(name) if column.may_be_empty)


def _recorded_rows(name: str, model: Model, trajectory: Trajectory, turn: int) -> np.ndarray:
    """Return the rows of one run in a recorded table, float64 of shape (n_rows, 1 + n_columns).

    The first column is `turn`, the number of the run in the task.
    """
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
    """Return one row with `turn` and every outcome: from the transition to the end, then over ten years."""
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
    kinds = list(kinds_of(name)[0].items())[len(names) :]
    for place, (column_name, kind) in enumerate(kinds, start=1):
        arrays.append(pa.array(rows[:, place]).cast(ARROW[kind]))
        names.append(column_name)
    return as_parquet(pa.table(arrays, names=names))


def as_parquet(table: pa.Table, described: bool = False) -> bytes:
    """Return a table as parquet; the same table gives the same bytes.

    Parameters
    ----------
    table : Table
        Table to write.
    described : bool
        Whether units, descriptions and categories are written too. They take some 80 kB for a monthly
        table, as much as a run; parts omit them, exports include them.
    """
    written = io.BytesIO()
    pq.write_table(
        table, written, compression="zstd", compression_level=6,
        use_dictionary=True, write_statistics=True, store_schema=described, version="2.6",
        write_page_checksum=described,  # parts have their own checksum
    )  # fmt: skip
    return written.getvalue()


# Executes one work item; function, item and result must be picklable.
Do = Callable[[Any], Any]

AHEAD = 2  # tasks queued per process in addition to the running one
MOST_BREAKS = 5


class Engine(Protocol):
    """Executes work items and yields their results in order of completion."""

    processes: int

    def do_all(self, works: Iterable[Any], do: Do = do_task) -> Iterator[Any]:
        """Yield the result of `do` for all work items, in order of completion."""


class LocalEngine:
    """Executes tasks on this machine, with one process per core."""

    def __init__(self, processes: int | None = None) -> None:
        self.processes = processes or cores()

    def do_all(self, works: Iterable[Any], do: Do = do_task) -> Iterator[Any]:
        """Yield results in order of completion; the tasks of a killed process are executed again.

        Raises
        ------
        ChildProcessError
            When processes are killed repeatedly.
        """
        if self.processes == 1:
            yield from map(do, works)
            return
        waiting = iter(works)
        unfinished: list[Any] = []
        for _ in range(MOST_BREAKS):
            try:
                with pool_of(self.processes) as pool:
                    submitter = _Submitter(partial(_submit_to_pool, pool, do), _first_done, Future.result)
                    yield from submitter.results(waiting, unfinished, self.processes * AHEAD)
                return
            except BrokenProcessPool:
                continue  # a new pool executes the unfinished tasks again
        raise ChildProcessError(
            f"processes were killed {MOST_BREAKS} times; often there is too little memory for "
            f"engine.processes = {self.processes}, try fewer: what is done is stored"
        )


@dataclass(frozen=True)
class _Submitter:
    """How an engine submits a work item, waits for completed ones, and gets a result."""

    submit: Callable[[Any], Any]
    first_done: Callable[[Iterable[Any]], Iterable[Any]]
    result: Callable[[Any], Any]

    def results(self, waiting: Iterator[Any], unfinished: list[Any], most: int) -> Iterator[Any]:
        """Submit work items, at most `most` at once, and yield their results in order of completion.

        `unfinished` is updated to the items submitted and not completed; after a crash of the pool the next
        call submits them first.
        """
        running = {self.submit(work): work for work in unfinished}
        while True:
            while len(running) < most:
                work = next(waiting, None)
                if work is None:
                    break
                unfinished.append(work)
                running[self.submit(work)] = work
            if not running:
                return
            for future in self.first_done(list(running)):
                found = self.result(future)
                unfinished.remove(running.pop(future))
                yield found


def _submit_to_pool(pool: ProcessPoolExecutor, do: Do, work: Any) -> Future[Any]:
    """Submit one work item to a process pool."""
    return pool.submit(do, work)


def _first_done(futures: Iterable[Future[Any]]) -> Iterable[Future[Any]]:
    """Wait until a future is done, and return all that are done."""
    return wait(futures, return_when=FIRST_COMPLETED).done


class DaskEngine:
    """Executes tasks on the workers of a Dask scheduler (dask.distributed)."""

    def __init__(self, scheduler: str, timeout_seconds: float = 20.0) -> None:
        """Connect to the scheduler.

        Raises
        ------
        ConfigurationError
            When Dask is not installed, or the scheduler does not answer.
        """
        try:
            import distributed
        except ImportError:
            raise ConfigurationError(
                "engine = dask: dask.distributed is not installed; pip install 'landingsbaan[dask]'"
            ) from None
        self._distributed: Any = distributed
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # we raise our own message
        logging.getLogger("asyncio").addFilter(_is_not_connection_loss)
        self.scheduler = scheduler
        self.timeout = timeout_seconds
        self._client: Any = None
        self._connect()

    def _connect(self) -> None:
        """Connect to the scheduler and count its workers."""
        try:
            # A client that fails to connect blocks the exit of Python, so test the connection first; in its
            # own thread, since a notebook has an event loop already.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, self._check_connection()).result()
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

    async def _check_connection(self) -> None:
        """Open and close a connection to the scheduler."""
        security = self._distributed.Security().get_connection_args("client")
        line = await self._distributed.comm.connect(self.scheduler, timeout=self.timeout, **security)
        await line.close()

    def do_all(self, works: Iterable[Any], do: Do = do_task) -> Iterator[Any]:
        """Yield results in order of completion; Dask reassigns the tasks of a lost worker.

        When the connection to the scheduler is lost, unfinished tasks are submitted again after it is back.

        Raises
        ------
        ConnectionError
            When the scheduler cannot be reached again.
        """
        waiting = iter(works)
        unfinished: list[Any] = []
        for _ in range(MOST_BREAKS):
            try:
                submitter = _Submitter(partial(self._submit, do), self._first_done, self._result)
                yield from submitter.results(waiting, unfinished, self.processes * (1 + AHEAD))
                return
            except (CancelledError, OSError, TimeoutError):
                self._client.close(timeout=1)
                try:
                    self._connect()
                except ConfigurationError as error:
                    raise ConnectionError(
                        f"{one_sentence(error)}; what is done is stored, the same command resumes"
                    ) from None
        raise ConnectionError(f"the scheduler {self.scheduler} was lost {MOST_BREAKS} times")

    def _first_done(self, futures: Iterable[Any]) -> Iterable[Any]:
        """Wait until a future is done, and return all that are done."""
        with self._client.as_current():
            return self._distributed.wait(list(futures), return_when="FIRST_COMPLETED").done

    def _result(self, future: Any) -> Any:
        """Return the result of a future; raise ConfigurationError if a worker lacks this version."""
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
        """Submit one work item; it fails after its worker was killed more than three times."""
        return self._client.submit(do, work, pure=False, retries=3)

    def close(self) -> None:
        """Disconnect from the scheduler."""
        self._client.close()


def _is_not_connection_loss(record: logging.LogRecord) -> bool:
    """Return whether a log record has another cause than a lost connection (a logging filter)."""
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
