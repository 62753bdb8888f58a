"""Pairs over processes: the same results whatever their number, and nothing left behind.

The process that was started works too. So the first pair begins at once, on rules already loaded,
while the others start; it then takes whatever pair nobody has begun.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait

from scenarios.pairs import PairResult, Tell, run_pair
from scenarios.scenario import Scenario

ATTEMPTS = 2
Done = Callable[[PairResult], None]


def run_pairs(scenario: Scenario, tell: Tell | None = None, done: Done | None = None) -> list[PairResult]:
    """Run every pair of a scenario and return the results in order of their number.

    Parameters
    ----------
    scenario : Scenario
        What is run, on `scenario.processes` processes; None means every core.
    tell : function, optional
        Called for the first pair, as soon as its reference and policy are known.
    done : function, optional
        Called with every result, in the order in which pairs end.

    Raises
    ------
    ChildProcessError
        When a process was killed, and again after its pairs were started anew.
    """
    results: dict[int, PairResult] = {}

    def keep(result: PairResult) -> None:
        results[result.number] = result
        if done is not None:
            done(result)

    everything = range(len(scenario.seeds))
    for attempt in range(1, ATTEMPTS + 1):
        unfinished = [number for number in everything if number not in results]
        try:
            _share_out(scenario, unfinished, tell if attempt == 1 else None, keep)
        except BrokenProcessPool:
            if attempt == ATTEMPTS:
                raise ChildProcessError(
                    f"a process was killed twice before its pair was done, with {len(results)} of "
                    f"{len(everything)} pairs finished; often there is too little memory for "
                    f"processes = {number_of_processes(scenario, len(unfinished))}, try fewer"
                ) from None
    return [results[number] for number in everything]


def number_of_processes(scenario: Scenario, pairs: int) -> int:
    """Return how many processes work: never more than pairs."""
    return max(1, min(pairs, scenario.processes or _cores()))


def _cores() -> int:
    """Return the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _share_out(scenario: Scenario, numbers: list[int], tell: Tell | None, keep: Done) -> None:
    """Run these pairs here and in other processes, whoever is free first."""
    others = number_of_processes(scenario, len(numbers)) - 1
    if others < 1:
        for number in numbers:
            keep(run_pair(scenario, number, tell if number == 0 else None))
        return
    here, elsewhere = numbers[0], numbers[1:]
    with _pool(others) as pool:
        futures = {number: pool.submit(run_pair, scenario, number) for number in elsewhere}
        collected: set[Future] = set()
        keep(run_pair(scenario, here, tell if here == 0 else None))
        for number in reversed(elsewhere):  # others begin at the front
            _collect(futures, collected, keep)
            if futures[number].cancel():
                keep(run_pair(scenario, number))
        for future in as_completed(futures.values()):
            _keep_once(future, collected, keep)


def _collect(futures: dict[int, Future], collected: set[Future], keep: Done) -> None:
    """Keep what other processes have finished by now."""
    for future in futures.values():
        if future.done():
            _keep_once(future, collected, keep)


def _keep_once(future: Future, collected: set[Future], keep: Done) -> None:
    """Keep the result of a pair that another process finished; one taken over here has none."""
    if future.cancelled() or future in collected:
        return
    collected.add(future)
    keep(future.result())


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that ends with what it is for, also when that is interrupted."""
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin_worker)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        # Nobody waits for pairs whose results nobody will read.
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    """Leave interrupts to the process that started this one, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_ends_with_parent, daemon=True).start()


def _ends_with_parent() -> None:
    """Wait for the process that started this one to end, however it ends, then end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
