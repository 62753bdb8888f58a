"""Replications: one parameter draw and one seed each, run in this process or in parallel.

The arms of a replication share their initial state up to their branch points. Results do not depend on the
number of processes, and no process is left running. The main process also runs replications: it begins the
first one at once, with compiled rules already loaded, while the worker processes start, and then takes the
next replication from the queue.
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
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from typing import Any

import pandas as pd

from agents.mesa_adapter.model_mixin import release
from scenarios.config.schema import NEUTRAL_SYSTEM
from scenarios.runs.arms import Arm, arms_of, first_month_of_warm_up
from scenarios.runs.draws import draw_parameters, explicit_names
from scenarios.runs.scenario import Scenario, under_neutral_system
from simulation.following import Follower, can_follow
from simulation.model import Model
from simulation.parameters import Parameters
from simulation.processes.event_tape import EventTape, have_same_events
from simulation.recording.arm_names import ARMS, FULL_ARMS, POLICY, REFERENCE
from simulation.recording.recorder import as_table

# Tables recorded for arms that serve only to compare costs, next to the monthly table.
STORED_FOR_COMPARISON = ("costs", "open_care")

Tables = dict[str, pd.DataFrame]
# Called with the replication number and the monthly table of reference and policy.
FirstCurveCallback = Callable[[int, pd.DataFrame], None]
# Called with each model before its warm-up, to attach observers.
ModelCallback = Callable[[Model], None]


@dataclass
class ReplicationResult:
    """Results of one replication.

    Attributes
    ----------
    number, seed : int
        Number of the replication, from 0, and its seed.
    drawn : dict
        Drawn parameters by full name; empty without draws.
    tables : dict of str to DataFrame
        Tables as declared in the schema, with the rows of all arms that have them.
    """

    number: int
    seed: int
    drawn: dict[str, Any]
    tables: Tables


def run_replication(
    scenario: Scenario, number: int, on_first_curve: FirstCurveCallback | None = None
) -> ReplicationResult:
    """Run every arm of one replication.

    Parameters
    ----------
    scenario : Scenario
        Scenario to run.
    number : int
        Replication number, from 0: it selects the scenario's seed and the parameter draw.
    on_first_curve : function, optional
        Called once, as soon as reference and policy have run.
    """
    seed = scenario.seeds[number]
    parameters, drawn = parameters_of_replication(scenario, number)
    arms = arms_of(scenario, parameters, number, neutral_parameters(scenario, number))
    branch_months = sorted({arm.branch_month for arm in arms})
    found: dict[str, Tables] = {}
    for arm, model in arms_at_branch_point(scenario, seed, arms, followed=REFERENCE):
        if arm.name not in FULL_ARMS:
            model.recorder.stored = STORED_FOR_COMPARISON
        run_with_branches(model, arm.parameters, branch_months, scenario.end_month + 1)
        found[arm.name] = _tables_of(model, scenario, number, arm.name)
        if on_first_curve is not None and REFERENCE in found and POLICY in found:
            on_first_curve(number, _first_curve(found))
            on_first_curve = None
    for arm in arms:
        if arm.same_as is not None:
            found[arm.name] = _renamed(found[arm.same_as], arm.name)
    if on_first_curve is not None:
        on_first_curve(number, _first_curve(found))
    ordered = [found[arm] for arm in ARMS if arm in found]
    return ReplicationResult(number, seed, drawn, {name: stack_table(ordered, name) for name in ordered[0]})


def run_arm(scenario: Scenario, number: int, name: str) -> Tables:
    """Run one arm of a replication alone, with the same result as among the others; return its tables."""
    parameters, _ = parameters_of_replication(scenario, number)
    arms = arms_of(scenario, parameters, number, neutral_parameters(scenario, number))
    arm = next(each for each in arms if each.name == name)
    branch_months = sorted({each.branch_month for each in arms})
    initial = arm.initial or parameters
    model = begin_warm_up(scenario, scenario.seeds[number], initial)
    if name not in FULL_ARMS:
        model.recorder.stored = STORED_FOR_COMPARISON
    run_with_branches(model, initial, branch_months, arm.branch_month)
    run_with_branches(model, arm.parameters, branch_months, scenario.end_month + 1)
    return _tables_of(model, scenario, number, name)


def parameters_of_replication(scenario: Scenario, number: int) -> tuple[Parameters, dict[str, Any]]:
    """Return the parameters of a replication's reference arm, and the drawn values by full name.

    Parameters set by the user or by the system's file are not drawn.
    """
    if not scenario.draw:
        return scenario.parameters, {}
    not_drawn = explicit_names(scenario.overrides) | set(scenario.configuration["system"]["changes"])
    seed = scenario.seeds[0] if scenario.draw_seed is None else scenario.draw_seed
    draw, scenario_draw = scenario.draws_of(number)
    return draw_parameters(
        scenario.parameters, draw, seed, not_drawn, scenario.posterior, scenario.place, scenario_draw
    )


def neutral_parameters(scenario: Scenario, number: int) -> Parameters | None:
    """Return the parameters of a replication's reference under the neutral organisation.

    None if the municipality has that organisation already, or the replication has no neutral arms.
    """
    if number >= scenario.placebo_count or scenario.system == NEUTRAL_SYSTEM:
        return None
    return parameters_of_replication(under_neutral_system(tuple(scenario.overrides)), number)[0]


def begin_warm_up(
    scenario: Scenario,
    seed: int,
    parameters: Parameters,
    attach_observers: ModelCallback | None = None,
    tape: EventTape | None = None,
) -> Model:
    """Return a model at the start of its warm-up; it records details in reported months only.

    Models with the same tape share their exogenous events.
    """
    begin = first_month_of_warm_up(scenario)
    model = Model(parameters, scenario.profile, seed, begin, scenario.end_month)
    model.recorder.detail_from = scenario.start_month
    if tape is not None:
        model.share_events(tape)
    if attach_observers is not None:
        attach_observers(model)
    return model


def arms_at_branch_point(
    scenario: Scenario,
    seed: int,
    arms: list[Arm],
    attach_observers: ModelCallback | None = None,
    followed: str | None = None,
) -> Iterator[tuple[Arm, Model]]:
    """Yield every simulated arm with its model at the arm's branch point.

    An initial state is simulated once for all arms that share it: the last of them continues with it, the
    others get a copy. Arms with the same hazards have the same exogenous events, which the first arm records
    on a tape for the others. `attach_observers` is called with every model before its warm-up. Arms that may
    decide the same as the arm `followed` for years are simulated together with it; they are yielded later,
    with the model at the month in which they diverge.
    """
    branch_months = sorted({arm.branch_month for arm in arms})
    reference = next(arm.parameters for arm in arms if arm.name == REFERENCE)
    running = [arm for arm in arms if arm.same_as is None]
    tapes: list[tuple[Parameters, EventTape]] = []
    for initial, sharing in _by_initial_state(running, reference):
        tape = None if attach_observers is not None else _tape_for(initial, sharing, tapes)
        shared = begin_warm_up(scenario, seed, initial, attach_observers, tape)
        followers: dict[str, Follower] = {}
        for arm in sharing:
            if arm.name in followers:
                yield arm, followers[arm.name].detach()
                continue
            run_with_branches(shared, initial, branch_months, arm.branch_month)
            model = shared if arm is sharing[-1] else shared.copy()
            if arm.name == followed:
                followers = {
                    each.name: Follower(model, each.parameters, branch_months)
                    for each in sharing[sharing.index(arm) + 1 :]
                    if each.branch_month == arm.branch_month and can_follow(each.parameters, arm.parameters)
                }
            yield arm, model


def _tape_for(
    initial: Parameters, sharing: list[Arm], tapes: list[tuple[Parameters, EventTape]]
) -> EventTape | None:
    """Return the event tape for arms that share an initial state, or None if their events differ.

    A tape of earlier arms with the same events is reused. `tapes` lists the tapes so far with the parameters
    each was made for; a new tape is added to it.
    """
    if not have_same_events([initial, *(arm.parameters for arm in sharing)]):
        return None
    for made_for, tape in tapes:
        if have_same_events([made_for, initial]):
            return tape
    tapes.append((initial, EventTape()))
    return tapes[-1][1]


def _by_initial_state(arms: list[Arm], reference: Parameters) -> list[tuple[Parameters, list[Arm]]]:
    """Return arms grouped by initial state, with its parameters; each group is sorted by branch month.

    The group of the policy comes first, because the first savings curve needs it.
    """
    found: list[tuple[Parameters, list[Arm]]] = []
    for arm in sorted(arms, key=lambda arm: arm.name != POLICY):
        initial = arm.initial or reference
        sharing = next((sharing for each, sharing in found if each == initial), None)
        if sharing is None:
            found.append((initial, [arm]))
        else:
            sharing.append(arm)
    return [(initial, sorted(sharing, key=lambda arm: arm.branch_month)) for initial, sharing in found]


def run_with_branches(model: Model, parameters: Parameters, branch_months: list[int], until: int) -> Model:
    """Run a model up to, not including, month `until`; apply its parameters in every branch month.

    All arms apply their parameters in the same months, even if nothing changes. The side effect of applying
    them (teams are planned for the inhabitants of that month) is then the same in every arm.
    """
    for month in branch_months:
        if model.month <= month < until:
            model.run_until(month).apply_policy(parameters)
    return model.run_until(until)


def _tables_of(model: Model, scenario: Scenario, number: int, arm: str) -> Tables:
    """Return the tables of a finished run and release its model, so that memory use stays constant."""
    recorded = model.recorder.tables(model, scenario.start_month)
    release(model, dismantle=True)
    return {name: as_table(name, columns, number, arm) for name, columns in recorded.items()}


def _first_curve(found: dict[str, Tables]) -> pd.DataFrame:
    """Return the monthly table of reference and policy."""
    return stack_table([found[REFERENCE], found[POLICY]], "monthly")


def _renamed(tables: Tables, arm: str) -> Tables:
    """Return another arm's tables under the name of this arm, limited to the tables that it records."""
    stored = (
        tables if arm in FULL_ARMS else {name: tables[name] for name in ("monthly", *STORED_FOR_COMPARISON)}
    )
    return {
        name: table.assign(arm=pd.Categorical([arm] * len(table), ARMS)) for name, table in stored.items()
    }


def stack_table(tables: list[Tables], name: str) -> pd.DataFrame:
    """Return the rows of one table over all arms or replications that have it."""
    return pd.concat([each[name] for each in tables if name in each], ignore_index=True)


ATTEMPTS = 2
# A picklable function of a replication number; its result has that number as `number`.
Work = Callable[[int], Any]
ResultCallback = Callable[[Any], None]


def run_replications(
    scenario: Scenario,
    on_first_curve: FirstCurveCallback | None = None,
    on_result: ResultCallback | None = None,
    while_waiting: Callable[[], Any] | None = None,
) -> list[ReplicationResult]:
    """Run every replication of a scenario and return the results in order of their number.

    Parameters
    ----------
    scenario : Scenario
        Scenario to run, on `scenario.processes` processes; None means every core.
    on_first_curve : function, optional
        Called for the first replication, as soon as its reference and policy have run.
    on_result : function, optional
        Called with every result, in order of completion.
    while_waiting : function, optional
        Called in this process when only others are still at work.

    Raises
    ------
    ChildProcessError
        When worker processes were killed in both attempts.
    """
    results: dict[int, ReplicationResult] = {}

    def keep(result: ReplicationResult) -> None:
        results[result.number] = result
        if on_result is not None:
            on_result(result)

    def first(number: int) -> ReplicationResult:
        return run_replication(scenario, number, on_first_curve if number == 0 else None)

    everything = range(len(scenario.seeds))
    do_all(
        partial(run_replication, scenario), list(everything), scenario.processes, keep, first, while_waiting
    )
    return [results[number] for number in everything]


def do_all(
    work: Work,
    numbers: list[int],
    processes: int | None,
    keep: ResultCallback,
    first: Work | None = None,
    while_waiting: Callable[[], Any] | None = None,
) -> None:
    """Call `work` for every number, in parallel; each free process takes the next number.

    Parameters
    ----------
    work : function
        Takes a number; it must be picklable, and its result must have that `number`.
    numbers : list of int
        Replication numbers.
    processes : int or None
        Processes to use; None means every core.
    keep : function
        Called with every result, in order of completion.
    first : function, optional
        Called in this process for the first number, instead of `work`; not after a restart.
    while_waiting : function, optional
        Called in this process when only others are still at work; not if it does everything alone.

    Raises
    ------
    ChildProcessError
        When worker processes were killed in both attempts.
    """
    finished: set[int] = set()

    def keep_result(result: Any) -> None:
        finished.add(result.number)
        keep(result)

    for attempt in range(1, ATTEMPTS + 1):
        unfinished = [number for number in numbers if number not in finished]
        try:
            if unfinished:
                first_work = first if attempt == 1 and first else work
                _distribute(work, unfinished, processes, keep_result, first_work, while_waiting)
            return
        except BrokenProcessPool:
            if attempt == ATTEMPTS:
                raise ChildProcessError(
                    f"a process was killed twice before its replication was done, with {len(finished)} of "
                    f"{len(numbers)} replications finished; often there is too little memory for "
                    f"processes = {number_of_processes(processes, len(unfinished))}, try fewer"
                ) from None


def number_of_processes(processes: int | None, replications: int) -> int:
    """Return the number of processes to use, at most one per replication."""
    return max(1, min(replications, processes or cores()))


def cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _distribute(
    work: Work,
    numbers: list[int],
    processes: int | None,
    keep: ResultCallback,
    first: Work,
    while_waiting: Callable[[], Any] | None,
) -> None:
    """Call `work` for these numbers, here and in worker processes; each takes the next when free."""
    others = number_of_processes(processes, len(numbers)) - 1
    waiting = deque(numbers)
    mine = waiting.popleft()
    if others < 1:
        keep(first(mine))
        for number in waiting:
            keep(work(number))
        return
    with pool_of(others) as pool:
        queue = _SharedQueue(pool, work, waiting, keep)
        try:
            with _interrupts_held():  # workers inherit the mask: only this process handles interrupts
                for _ in range(others):
                    queue.submit_next()
            keep(first(mine))
            while (next_one := queue.take_next()) is not None:
                keep(work(next_one))
            if while_waiting is not None:
                while_waiting()
            queue.wait()
        finally:
            waiting.clear()


class _SharedQueue:
    """Submits replications to a pool, one per worker; a new one when one is done.

    Replications wait here and not in the pool, so that the main process can take them as well. Cancelling
    work in the pool is not safe while a worker is killed.
    """

    def __init__(
        self, pool: ProcessPoolExecutor, work: Work, waiting: deque[Any], keep: ResultCallback
    ) -> None:
        self.pool, self.work, self.waiting, self.keep = pool, work, waiting, keep
        self.futures: list[Future[Any]] = []
        self.lock = threading.Lock()

    def take_next(self) -> int | None:
        """Return the next replication from the queue, or None."""
        with self.lock:
            return self.waiting.popleft() if self.waiting else None

    def submit_next(self) -> None:
        """Submit the next replication from the queue to the pool."""
        with self.lock:
            if not self.waiting:
                return
            future = self.pool.submit(self.work, self.waiting.popleft())
            self.futures.append(future)
        future.add_done_callback(self._on_done)

    def wait(self) -> None:
        """Wait for all submitted replications; raise the exception of a worker."""
        with self.lock:
            futures = list(self.futures)
        for future in as_completed(futures):
            future.result()

    def _on_done(self, future: Future[Any]) -> None:
        """Handle the result and submit the next replication; after an error submit nothing more."""
        if future.cancelled() or future.exception() is not None:
            self.waiting.clear()
            return
        self.keep(future.result())
        self.submit_next()


@contextmanager
def pool_of(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of processes; stop them at exit, at once after an exception or an interrupt."""
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin_worker)
    try:
        yield pool
    except BaseException:
        # Their results will not be read: do not wait for them.
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
            process.join()
        raise
    finally:
        pool.shutdown()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Block SIGINT in this thread; processes started meanwhile inherit the mask and never get it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin_worker() -> None:
    """Initialise a worker: ignore SIGINT, which the parent handles, and exit when the parent exits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait until the parent process exits, for whatever reason, then exit too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
