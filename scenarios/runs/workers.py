"""Replications over processes: the same results whatever their number, and nothing left behind.

The process that was started works too. So the first replication begins at once, on rules already loaded,
while the others start; it then takes whatever replication nobody has begun.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from scenarios.runs.replications import ReplicationResult, Tell, run_replication
from scenarios.runs.scenario import Scenario

ATTEMPTS = 2
# Work that other processes can do too: it is given the number of a replication; what it returns knows that
# number.
Work = Callable[[int], Any]
Done = Callable[[Any], None]


def run_replications(
    scenario: Scenario, tell: Tell | None = None, done: Done | None = None
) -> list[ReplicationResult]:
    """Run every replication of a scenario and return the results in order of their number.

    Parameters
    ----------
    scenario : Scenario
        What is run, on `scenario.processes` processes; None means every core.
    tell : function, optional
        Called for the first replication, as soon as its reference and policy are known.
    done : function, optional
        Called with every result, in the order in which replications end.

    Raises
    ------
    ChildProcessError
        When a process was killed, and again after its replications were started anew.
    """
    results: dict[int, ReplicationResult] = {}

    def keep(result: ReplicationResult) -> None:
        results[result.number] = result
        if done is not None:
            done(result)

    def first(number: int) -> ReplicationResult:
        return run_replication(scenario, number, tell if number == 0 else None)

    everything = range(len(scenario.seeds))
    do_all(partial(run_replication, scenario), list(everything), scenario.processes, keep, first)
    return [results[number] for number in everything]


def do_all(
    work: Work, numbers: list[int], processes: int | None, keep: Done, first: Work | None = None
) -> None:
    """Do work for every number, over processes, whoever is free first.

    Parameters
    ----------
    work : function
        Is given a number; it must be picklable, and its result must have that `number`.
    numbers : list of int
        Numbers to be done.
    processes : int or None
        Processes to use; None means every core.
    keep : function
        Called with every result, in the order in which they come.
    first : function, optional
        Does the first number instead, in this process, unless processes were killed before.

    Raises
    ------
    ChildProcessError
        When a process was killed, and again after its numbers were started anew.
    """
    finished: set[int] = set()

    def keep_result(result: Any) -> None:
        finished.add(result.number)
        keep(result)

    for attempt in range(1, ATTEMPTS + 1):
        unfinished = [number for number in numbers if number not in finished]
        try:
            if unfinished:
                _share_out(
                    work, unfinished, processes, keep_result, first if attempt == 1 and first else work
                )
            return
        except BrokenProcessPool:
            if attempt == ATTEMPTS:
                raise ChildProcessError(
                    f"a process was killed twice before its replication was done, with {len(finished)} of "
                    f"{len(numbers)} replications finished; often there is too little memory for "
                    f"processes = {number_of_processes(processes, len(unfinished))}, try fewer"
                ) from None


def number_of_processes(processes: int | None, replications: int) -> int:
    """Return how many processes work: never more than replications."""
    return max(1, min(replications, processes or cores()))


def cores() -> int:
    """Return the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _share_out(work: Work, numbers: list[int], processes: int | None, keep: Done, first: Work) -> None:
    """Do these numbers here and in other processes, whoever is free first."""
    others = number_of_processes(processes, len(numbers)) - 1
    waiting = deque(numbers)
    mine = waiting.popleft()
    if others < 1:
        keep(first(mine))
        for number in waiting:
            keep(work(number))
        return
    with pool_of(others) as pool:
        given = _Given(pool, work, waiting, keep)
        try:
            with _interrupts_held():  # processes that start now are not to be interrupted themselves
                for _ in range(others):
                    given.give_next()
            keep(first(mine))
            while (next_one := given.take_next()) is not None:
                keep(work(next_one))
            given.wait()
        finally:
            waiting.clear()


class _Given:
    """Replications given to other processes, a new one whenever one is done; nobody has one in store.

    A replication that waits here can be taken by whoever is free; one that waits in the pool cannot, and
    calling it back there is not safe when a process is killed at that time.
    """

    def __init__(self, pool: ProcessPoolExecutor, work: Work, waiting: deque[Any], keep: Done) -> None:
        self.pool, self.work, self.waiting, self.keep = pool, work, waiting, keep
        self.futures: list[Future[Any]] = []
        self.lock = threading.Lock()

    def take_next(self) -> int | None:
        """Return a replication nobody has begun, or None."""
        with self.lock:
            return self.waiting.popleft() if self.waiting else None

    def give_next(self) -> None:
        """Give a replication nobody has begun to a process that is free."""
        with self.lock:
            if not self.waiting:
                return
            future = self.pool.submit(self.work, self.waiting.popleft())
            self.futures.append(future)
        future.add_done_callback(self._end)

    def wait(self) -> None:
        """Wait for all; raise what went wrong elsewhere."""
        with self.lock:
            futures = list(self.futures)
        for future in as_completed(futures):
            future.result()

    def _end(self, future: Future[Any]) -> None:
        """Keep the result and give the next replication; after problems elsewhere nothing new is begun."""
        if future.cancelled() or future.exception() is not None:
            self.waiting.clear()
            return
        self.keep(future.result())
        self.give_next()


@contextmanager
def pool_of(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that ends with what it is for, also when that is interrupted."""
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin_worker)
    try:
        yield pool
    except BaseException:
        # Nobody waits for replications whose results nobody will read.
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
            process.join()
        raise
    finally:
        pool.shutdown()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold interrupts back for a moment; a process started meanwhile never gets them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin_worker() -> None:
    """Leave interrupts to the process that started this one, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the process that started this one to end, however it ends, then end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
