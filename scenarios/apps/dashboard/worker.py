"""A worker: a process that lives arms for visitors, rules loaded and pasts kept.

Between the months of a long life it looks whether something urgent was asked, does that first, and
goes on; so a first answer never waits for somebody else's whole city.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from scenarios.common.errors import one_sentence

# What a worker can be asked: given pasts and a look around between months, it returns an answer.
Task = Callable[[Any, Callable[[], None]], Any]
DO, ABANDON = "do", "abandon"
DONE, ABANDONED, FAILED = "done", "abandoned", "failed"


class AbandonedError(Exception):
    """Nobody waits any more for what is being lived."""


class Worker:
    """Answers what comes through a connection, one thing at a time, urgent things in between.

    Parameters
    ----------
    connection : Connection
        Brings (DO, number, task) and (ABANDON, number); takes (DONE or ABANDONED or FAILED, number, answer).
    pasts : Pasts
        What is kept from task to task.
    """

    def __init__(self, connection: Connection, pasts: Any) -> None:
        self.connection, self.pasts = connection, pasts
        self.current = -1
        self.under_way: set[int] = set()
        self.abandoned: set[int] = set()

    def works(self) -> None:
        """Answer until the connection is closed."""
        try:
            while True:
                self.hears(self.connection.recv())
        except (EOFError, OSError):
            return  # the server has ended

    def hears(self, message: tuple[Any, ...]) -> None:
        """Do what one message asks."""
        if message[0] == ABANDON:
            self.abandoned |= {message[1]} & self.under_way  # it may just have ended
        else:
            self.does(message[1], message[2])

    def looks_around(self) -> None:
        """Hear what came meanwhile; leave what nobody waits for any more."""
        while self.connection.poll():
            self.hears(self.connection.recv())
        if self.current in self.abandoned:
            raise AbandonedError

    def does(self, number: int, task: Task) -> None:
        """Do a task and send its answer."""
        outer, self.current = self.current, number
        self.under_way.add(number)
        try:
            answer = (DONE, number, task(self.pasts, self.looks_around))
        except AbandonedError:
            answer = (ABANDONED, number, None)
        except (EOFError, OSError):
            raise
        except Exception as trouble:  # one visitor's trouble must not end a process that serves all
            answer = (FAILED, number, trouble if isinstance(trouble, ValueError) else one_sentence(trouble))
        self.current = outer
        self.under_way.discard(number)
        self.abandoned.discard(number)
        self.connection.send(answer)


def begin(connection: Connection) -> None:
    """Work in a process of one's own until the server ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_ends_with_parent, daemon=True).start()
    from scenarios.apps.dashboard.jobs import compose_ahead
    from scenarios.apps.dashboard.trajectories import Pasts, warm_up

    pasts = Pasts()
    warm_up(pasts)
    compose_ahead(("sample", "city"))
    Worker(connection, pasts).works()


def _ends_with_parent() -> None:
    """Wait for the server to end, then end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
