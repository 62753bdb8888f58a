"""Replications: one parameter draw and one seed each, by themselves or over processes.

The arms of a replication share their initial state up to their branch points. Over processes the results are
the same whatever their number, and nothing is left behind. The process that was started works too. So the
first replication begins at once, on rules already loaded, while the others start; it then takes whatever
replication nobody has begun.
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

import numpy as np
import pandas as pd

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import KINDS, LAWS, LINES, PARTIES
from scenarios.config.schema import NEUTRAL_SYSTEM
from scenarios.runs.arms import Arm, arms_of, first_month_of_warm_up
from scenarios.runs.draws import draw_parameters, explicit_names
from scenarios.runs.scenario import Scenario, under_neutral_system
from simulation.finance.books import ITEMS
from simulation.following import Follower, can_follow
from simulation.model import Model
from simulation.parameters import Parameters
from simulation.processes.event_tape import EventTape, have_same_events
from simulation.processes.observation import STATES, TYPES
from simulation.recording.arm_names import ARMS, FULL_ARMS, POLICY, REFERENCE
from simulation.recording.recorder import as_table

# What is recorded of arms that are there for a comparison of money, next to the monthly table.
STORED_FOR_COMPARISON = ("costs", "open_care")
# Texts that come back on many rows are kept as numbers of a list.
CATEGORIES = {
    "arm": ARMS, "payer": PARTIES, "payee": PARTIES, "line": LINES, "law": LAWS,
    "kind": KINDS, "item": ITEMS, "household_type": TYPES, "from_state": STATES, "to_state": STATES,
}  # fmt: skip

Tables = dict[str, pd.DataFrame]
# Told: number of the replication, and the monthly table of reference and policy.
Tell = Callable[[int, pd.DataFrame], None]
# Given a model that is about to begin its warm-up.
Attend = Callable[[Model], None]


@dataclass
class ReplicationResult:
    """What one replication leaves behind.

    Attributes
    ----------
    number, seed : int
        Number of the replication, from 0, and its seed.
    drawn : dict
        Drawn parameters by full name; empty without draws.
    tables : dict of str to DataFrame
        Tables as the schema declares them, all arms that have them below each other.
    """

    number: int
    seed: int
    drawn: dict[str, Any]
    tables: Tables


def run_replication(scenario: Scenario, number: int, tell: Tell | None = None) -> ReplicationResult:
    """Run every arm of one replication.

    Parameters
    ----------
    scenario : Scenario
        What is run.
    number : int
        Number of the replication, from 0: it takes seed `number` of the scenario and draw `number`.
    tell : function, optional
        Called once, as soon as reference and policy are known.
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
        if tell is not None and REFERENCE in found and POLICY in found:
            tell(number, _first_curve(found))
            tell = None
    for arm in arms:
        if arm.same_as is not None:
            found[arm.name] = _renamed(found[arm.same_as], arm.name)
    if tell is not None:
        tell(number, _first_curve(found))
    ordered = [found[arm] for arm in ARMS if arm in found]
    return ReplicationResult(
        number, seed, drawn, {name: below_one_another(ordered, name) for name in ordered[0]}
    )


def run_arm(scenario: Scenario, number: int, name: str) -> Tables:
    """Run one arm of a replication alone, as it runs next to the others, and return its tables."""
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
    """Return the parameters of a replication's reference arm, and what was drawn.

    What the user set stays, and so does what the system's source tells.
    """
    if not scenario.draw:
        return scenario.parameters, {}
    given = explicit_names(scenario.overrides) | set(scenario.configuration["system"]["changes"])
    seed = scenario.seeds[0] if scenario.draw_seed is None else scenario.draw_seed
    draw, scenario_draw = scenario.draws_of(number)
    return draw_parameters(
        scenario.parameters, draw, seed, given, scenario.posterior, scenario.place, scenario_draw
    )


def neutral_parameters(scenario: Scenario, number: int) -> Parameters | None:
    """Return the parameters of a replication's reference under the neutral organisation.

    None where the municipality has that organisation already, or the replication has no such arm.
    """
    if number >= scenario.placebo_count or scenario.system == NEUTRAL_SYSTEM:
        return None
    return parameters_of_replication(under_neutral_system(tuple(scenario.overrides)), number)[0]


def begin_warm_up(
    scenario: Scenario,
    seed: int,
    parameters: Parameters,
    attend: Attend | None = None,
    tape: EventTape | None = None,
) -> Model:
    """Return a model at the beginning of its warm-up; details are recorded in reported months only.

    With a tape it shares its events with other models that have the tape.
    """
    begin = first_month_of_warm_up(scenario)
    model = Model(parameters, scenario.profile, seed, begin, scenario.end_month)
    model.recorder.detail_from = scenario.start_month
    if tape is not None:
        model.share_events(tape)
    if attend is not None:
        attend(model)
    return model


def arms_at_branch_point(
    scenario: Scenario,
    seed: int,
    arms: list[Arm],
    attend: Attend | None = None,
    followed: str | None = None,
) -> Iterator[tuple[Arm, Model]]:
    """Yield every arm that is run with its model at its branch point.

    An initial state is simulated once for all arms that begin alike: the last of them continues it, the
    others get a copy. Arms with the same hazards meet the same events, and then the first one keeps them for
    the others. `attend` is given every model as it begins, to bring observers. Where an arm is `followed`,
    those that may decide alike for years run along with it, and come later with the model as it is then.
    """
    branch_months = sorted({arm.branch_month for arm in arms})
    reference = next(arm.parameters for arm in arms if arm.name == REFERENCE)
    running = [arm for arm in arms if arm.same_as is None]
    tapes: list[tuple[Parameters, EventTape]] = []
    for initial, sharing in _by_initial_state(running, reference):
        tape = None if attend is not None else _tape_for(initial, sharing, tapes)
        shared = begin_warm_up(scenario, seed, initial, attend, tape)
        following: dict[str, Follower] = {}
        for arm in sharing:
            if arm.name in following:
                yield arm, following[arm.name].detach()
                continue
            run_with_branches(shared, initial, branch_months, arm.branch_month)
            model = shared if arm is sharing[-1] else shared.copy()
            if arm.name == followed:
                following = {
                    each.name: Follower(model, each.parameters, branch_months)
                    for each in sharing[sharing.index(arm) + 1 :]
                    if each.branch_month == arm.branch_month and can_follow(each.parameters, arm.parameters)
                }
            yield arm, model


def _tape_for(
    initial: Parameters, sharing: list[Arm], tapes: list[tuple[Parameters, EventTape]]
) -> EventTape | None:
    """Return the tape of what comes to arms that begin alike, a new one where no earlier arms met the same.

    None where they do not meet the same events among themselves. `tapes` holds the parameters that each was
    made for; a new one is added.
    """
    if not have_same_events([initial, *(arm.parameters for arm in sharing)]):
        return None
    for made_for, tape in tapes:
        if have_same_events([made_for, initial]):
            return tape
    tapes.append((initial, EventTape()))
    return tapes[-1][1]


def _by_initial_state(arms: list[Arm], reference: Parameters) -> list[tuple[Parameters, list[Arm]]]:
    """Return arms that begin alike together, with the parameters of their initial state, by branch month.

    The policy's comes first: the first curve needs it.
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
    """Run a model up to, not including, a month, applying its parameters in every branch month.

    Every arm applies its parameters in the same months, also one that changes nothing: what applying does of
    itself (teams are planned for the inhabitants of that month) is then no difference between arms.
    """
    for month in branch_months:
        if model.month <= month < until:
            model.run_until(month).apply_policy(parameters)
    return model.run_until(until)


def _tables_of(model: Model, scenario: Scenario, number: int, arm: str) -> Tables:
    """Return the tables of a finished run and let go of its model, so that memory stays flat."""
    recorded = model.recorder.tables(model, scenario.start_month)
    release(model, dismantle=True)
    return {name: _compact(as_table(name, _with_texts(columns), number, arm))
            for name, columns in recorded.items()}  # fmt: skip


def _first_curve(found: dict[str, Tables]) -> pd.DataFrame:
    """Return the monthly table of reference and policy."""
    return below_one_another([found[REFERENCE], found[POLICY]], "monthly")


def _with_texts(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns; those of texts are texts also when there are none, in a window without December."""
    return {name: np.asarray(values, dtype=str) if name in CATEGORIES else values
            for name, values in columns.items()}  # fmt: skip


def _compact(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every text as a number of a fixed list."""
    texts = {name: pd.Categorical(table[name], kinds) for name, kinds in CATEGORIES.items() if name in table}
    return table.assign(**texts)


def _renamed(tables: Tables, arm: str) -> Tables:
    """Return another arm's tables under the name of this arm, as far as it has them."""
    stored = (
        tables if arm in FULL_ARMS else {name: tables[name] for name in ("monthly", *STORED_FOR_COMPARISON)}
    )
    return {
        name: table.assign(arm=pd.Categorical([arm] * len(table), ARMS)) for name, table in stored.items()
    }


def below_one_another(tables: list[Tables], name: str) -> pd.DataFrame:
    """Return one table of several arms or replications, those that have it, as one."""
    return pd.concat([each[name] for each in tables if name in each], ignore_index=True)


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
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the process that started this one to end, however it ends, then end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
