"""Who is served when: a fair queue of the visitors' jobs before a few warm processes.

First answers go before refinements, and among equals whoever was served least goes first. Two visitors
who ask the same wait for one run. What nobody waits for any more is abandoned at once.
"""

import asyncio
import contextlib
import itertools
import multiprocessing
import pickle
import signal
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from scenarios.apps.dashboard.trajectories import Job, Outcome, pickled_outcome
from scenarios.apps.dashboard.words import RefusedError
from scenarios.common.errors import one_sentence
from scenarios.runs.replications import end_with_parent

# A worker: a process that simulates arms for visitors, rules loaded and initial states kept.
#
# Between the months of a long run it looks whether something urgent was asked, does that first, and
# goes on; so a first answer never waits for somebody else's whole city.

# What a worker can be asked: given initial states and a look around between months, it returns an answer.
Task = Callable[[Any, Callable[[], None]], Any]
DO, ABANDON = "do", "abandon"
DONE, ABANDONED, FAILED = "done", "abandoned", "failed"


class AbandonedError(Exception):
    """Nobody waits any more for what is being simulated."""


class _LostConnectionError(Exception):
    """The connection to the server has ended; a task's own OSError is no such thing."""


class Worker:
    """Answers what comes through a connection, one thing at a time, urgent things in between.

    Parameters
    ----------
    connection : Connection
        Brings (DO, number, task) and (ABANDON, number); takes (DONE or ABANDONED or FAILED, number, answer).
    initial_states : InitialStates
        What is kept from task to task.
    """

    def __init__(self, connection: Connection, initial_states: Any) -> None:
        self.connection, self.initial_states = connection, initial_states
        self.current = -1
        self.under_way: set[int] = set()
        self.abandoned: set[int] = set()

    def serve_requests(self) -> None:
        """Answer until the connection is closed."""
        try:
            while True:
                self.hear(self._receive())
        except _LostConnectionError:
            return  # the server has ended

    def _receive(self) -> tuple[Any, ...]:
        """Return the next message."""
        try:
            message: tuple[Any, ...] = self.connection.recv()
        except (EOFError, OSError) as error:
            raise _LostConnectionError from error
        return message

    def _has_message(self) -> bool:
        """Whether a message waits."""
        try:
            return self.connection.poll()
        except OSError as error:
            raise _LostConnectionError from error

    def _send(self, answer: tuple[str, int, Any]) -> None:
        """Send an answer."""
        try:
            self.connection.send(answer)
        except OSError as error:
            raise _LostConnectionError from error

    def hear(self, message: tuple[Any, ...]) -> None:
        """Do what one message asks."""
        if message[0] == ABANDON:
            self.abandoned |= {message[1]} & self.under_way  # it may just have ended
        else:
            self.do_task(message[1], message[2])

    def look_around(self) -> None:
        """Hear what came meanwhile; leave what nobody waits for any more."""
        while self._has_message():
            self.hear(self._receive())
        if self.current in self.abandoned:
            raise AbandonedError

    def do_task(self, number: int, task: Task) -> None:
        """Do a task and send its answer."""
        outer, self.current = self.current, number
        self.under_way.add(number)
        try:
            answer = (DONE, number, task(self.initial_states, self.look_around))
        except AbandonedError:
            answer = (ABANDONED, number, None)
        except _LostConnectionError:
            raise
        except Exception as error:  # one visitor's problems must not end a process that serves all
            answer = (FAILED, number, error if isinstance(error, ValueError) else one_sentence(error))
        self.current = outer
        self.under_way.discard(number)
        self.abandoned.discard(number)
        self._send(answer)


def begin(connection: Connection) -> None:
    """Work in a process of one's own until the server ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    from scenarios.apps.dashboard.trajectories import InitialStates, compose_ahead, warm_up

    initial_states = InitialStates()
    warm_up(initial_states)
    compose_ahead(("sample", "city"))
    Worker(connection, initial_states).serve_requests()


# A task apart: what a visitor's file says is read in a process that has bounds and ends with the task, so
# that no file fills the memory of the server, and all memory is given back.
MOST_APART_BYTES = 1_500_000_000
MOST_APART_SECONDS = 120.0  # some of them to start


def begin_apart(connection: Connection, task: Callable[[], Any]) -> None:
    """Do one task within bounds, in a process of one's own, and send its answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    with contextlib.suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_APART_BYTES, MOST_APART_BYTES))
    try:
        answer = (DONE, task())
    except RefusedError as refused:
        answer = (FAILED, refused)
    connection.send(answer)


def answer_apart(task: Callable[[], Any]) -> Any:
    """Return what a task gives in a process apart.

    Raises
    ------
    RefusedError
        What the task raises, or when it takes too much time or memory.
    """
    process, connection = _started(begin_apart, task)
    try:
        if not connection.poll(MOST_APART_SECONDS):
            raise EOFError
        kind, answer = connection.recv()
    except (EOFError, OSError):
        raise RefusedError(
            "This file takes too much time or memory to read.",
            "Dit bestand kost te veel tijd of geheugen om te lezen.",
        ) from None
    finally:
        process.kill()
        process.join()
        connection.close()
    if kind == FAILED:
        raise answer
    return answer


FIRST, MORE, CITY = 0, 1, 2  # what goes before what
OUTCOME_BYTES = 40_000_000  # some 1,500 outcomes; policies share those of their reference
ATTEMPTS = 2  # a task whose process was killed is tried once more


class LostError(RuntimeError):
    """A process ended twice while it did the same task."""


@dataclass(eq=False)
class Visitor:
    """One browser that looks at the page.

    Attributes
    ----------
    served_seconds : float
        Time that processes worked for it; who has least goes first.
    """

    served_seconds: float = 0.0


@dataclass(eq=False)
class _Wish:
    """A task somebody waits for."""

    number: int
    name: Hashable
    task: Task
    stage: int
    initial_state: Hashable
    waiting: dict[asyncio.Future[Any], Visitor] = field(default_factory=dict)
    attempts: int = 0
    began: float = 0.0

    def served(self) -> float:
        """Return the time served of whoever of those waiting was served least."""
        return min((visitor.served_seconds for visitor in self.waiting.values()), default=float("inf"))


@dataclass(eq=False)
class _Process:
    """One worker with what it does now, the urgent on top, and the initial states it was given."""

    process: Any
    connection: Any
    doing: list[_Wish] = field(default_factory=list)
    initial_states: OrderedDict[Hashable, None] = field(default_factory=OrderedDict)

    def is_free_for(self, wish: _Wish) -> bool:
        """Whether it is free for a wish: idle, or at work on something that can wait for this."""
        if not self.doing:
            return True
        return len(self.doing) == 1 and self.doing[0].stage == CITY and wish.stage < CITY


class Work:
    """The processes and the queue before them; lives in the server's event loop.

    Parameters
    ----------
    processes : int
        Number of workers.
    outcome_bytes : int
        Bound of the outcomes that are kept, so that the same question is answered at once.
    """

    def __init__(self, processes: int, outcome_bytes: int = OUTCOME_BYTES) -> None:
        self.number_of_processes = processes
        self.outcome_bytes = outcome_bytes
        self.processes: list[_Process] = []
        self.wishes: OrderedDict[Hashable, _Wish] = OrderedDict()
        # As they came, pickled: an outcome is some 170 objects, which leave the heap in pieces.
        self.known: OrderedDict[Job, bytes] = OrderedDict()
        self.known_bytes = 0
        self.numbers = itertools.count()
        self.apart = asyncio.Lock()
        self.loop: asyncio.AbstractEventLoop | None = None

    def prepare(self) -> None:
        """Start the processes, so that they are warm when the first visitor comes."""
        while len(self.processes) < self.number_of_processes:
            self.processes.append(_begun())

    def start(self) -> None:
        """Listen to the processes, from within the event loop; once."""
        if self.loop is None:
            self.loop = asyncio.get_running_loop()
            self.prepare()
            for each in self.processes:
                self._begin_listening(each)

    def stop(self) -> None:
        """End the processes."""
        for each in self.processes:
            each.process.terminate()
            each.process.join()
        self.processes, self.loop = [], None

    def has_outcome(self, job: Job) -> bool:
        """Whether the outcome of a job is at hand."""
        return job in self.known

    async def outcome(self, visitor: Visitor, job: Job, stage: int) -> Outcome:
        """Return the outcome of a job as soon as it is this visitor's turn.

        Cancelling the caller abandons the job, unless another visitor waits for the same.
        """
        found = self.known.get(job)
        if found is None:
            initial_state = (job.place, job.number, dict(job.own).get("teams"))
            found = await self.answer(visitor, job, partial(pickled_outcome, job), stage, initial_state)
            self._keep(job, found)
        else:
            self.known.move_to_end(job)
        outcome: Outcome = pickle.loads(found)
        return outcome

    async def answer(
        self, visitor: Visitor, name: Hashable, task: Task, stage: int, initial_state: Hashable = None
    ) -> Any:
        """Return what a worker answers to a task; equal names are one task."""
        self.start()
        wish = self.wishes.get(name)
        if wish is None:
            wish = self.wishes[name] = _Wish(next(self.numbers), name, task, stage, initial_state)
        wish.stage = min(wish.stage, stage)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        wish.waiting[future] = visitor
        self._give_out()
        try:
            return await future
        finally:
            wish.waiting.pop(future, None)
            if not wish.waiting:
                self._abandon(wish, visitor)

    async def answer_apart(self, task: Callable[[], Any]) -> Any:
        """Return what a task gives in a process apart, one at a time."""
        async with self.apart:
            return await asyncio.to_thread(answer_apart, task)

    def _keep(self, job: Job, outcome: bytes) -> None:
        """Keep a pickled outcome; the longest unused are let go when there is no room."""
        if job not in self.known:
            self.known[job] = outcome
            self.known_bytes += len(outcome)
        while self.known_bytes > self.outcome_bytes and len(self.known) > 1:
            _, oldest = self.known.popitem(last=False)
            self.known_bytes -= len(oldest)

    def _give_out(self) -> None:
        """Give whoever is free the wish whose turn it is."""
        busy = {id(wish) for each in self.processes for wish in each.doing}
        while True:
            waiting = [wish for wish in self.wishes.values() if wish.waiting and id(wish) not in busy]
            pairs = [(each, wish) for wish in waiting for each in self.processes if each.is_free_for(wish)]
            if not pairs:
                return
            process, wish = min(
                pairs,
                key=lambda pair: (
                    pair[1].stage,
                    pair[1].served(),
                    pair[1].initial_state not in pair[0].initial_states,
                    len(pair[0].doing),
                    pair[1].number,
                ),
            )
            busy.add(id(wish))
            self._give(process, wish)

    def _give(self, process: _Process, wish: _Wish) -> None:
        """Send one wish to one process."""
        process.doing.append(wish)
        wish.began = time.perf_counter()
        process.initial_states[wish.initial_state] = None
        process.initial_states.move_to_end(wish.initial_state)
        if len(process.initial_states) > 8:
            process.initial_states.popitem(last=False)
        with contextlib.suppress(OSError):  # a process that ended is noticed by who listens to it
            process.connection.send((DO, wish.number, wish.task))

    def _abandon(self, wish: _Wish, visitor: Visitor) -> None:
        """Take a wish nobody waits for out of the queue, and out of the hands of who does it.

        Who asked last is charged: asking and leaving is no way to be served before others.
        """
        if self.wishes.get(wish.name) is wish:
            del self.wishes[wish.name]
        for each in self.processes:
            if wish in each.doing:
                visitor.served_seconds += time.perf_counter() - wish.began
                with contextlib.suppress(OSError):
                    each.connection.send((ABANDON, wish.number))

    def _begin_listening(self, process: _Process) -> None:
        threading.Thread(target=self._listen, args=(process, self.loop), daemon=True).start()

    def _listen(self, process: _Process, loop: asyncio.AbstractEventLoop) -> None:
        """Pass on what a process sends, until it ends; runs in a thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: the server ends
            try:
                while True:
                    message = process.connection.recv()
                    loop.call_soon_threadsafe(self._hear, process, message)
            except (EOFError, OSError):
                loop.call_soon_threadsafe(self._replace_lost, process)

    def _hear(self, process: _Process, message: tuple[Any, ...]) -> None:
        """Hand an answer to those who wait for it, and give out the next."""
        kind, number, answer = message
        wish = next((each for each in process.doing if each.number == number), None)
        if wish is None:
            return
        process.doing.remove(wish)
        if self.wishes.get(wish.name) is wish:
            del self.wishes[wish.name]
        share = (time.perf_counter() - wish.began) / max(1, len(wish.waiting))
        for future, visitor in list(wish.waiting.items()):
            visitor.served_seconds += share
            if future.done():
                continue
            if kind == DONE:
                future.set_result(answer)
            else:
                future.set_exception(answer if isinstance(answer, ValueError) else LostError(answer))
        self._give_out()

    def _replace_lost(self, process: _Process) -> None:
        """Start a new process for one that ended; what it did is done again, once."""
        if process not in self.processes:
            return
        self.processes.remove(process)
        for wish in process.doing:
            wish.attempts += 1
            if wish.attempts >= ATTEMPTS:
                self.wishes.pop(wish.name, None)
                for future in list(wish.waiting):
                    if not future.done():
                        future.set_exception(LostError("the process that worked on it ended twice"))
        if self.loop is not None:
            self.processes.append(_begun())
            self._begin_listening(self.processes[-1])
            self._give_out()


def _begun() -> _Process:
    """Start one process."""
    return _Process(*_started(begin))


def _started(target: Callable[..., None], *more: Any) -> tuple[Any, Connection]:
    """Start a process and return it with the connection to it."""
    context = multiprocessing.get_context("spawn")
    parent_end, child_end = context.Pipe()
    process = context.Process(target=target, args=(child_end, *more), daemon=True)
    process.start()
    child_end.close()
    return process, parent_end
