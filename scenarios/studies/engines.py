"""Engines: where tasks are done. Each takes the same work and gives the same parts, in any order.

`local` uses the cores of this machine; `dask` an existing scheduler of Dask's, wherever its workers
are. Results come back to the process that asked, which alone writes the store.
"""

import asyncio
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
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.runs.replications import cores, pool_of
from scenarios.studies.task import do_task

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
