"""Works whose parts are kept in a folder: what is whole is never done again, whoever does the rest."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from scenarios.studies.engines import Engine
from scenarios.studies.plan import Run
from scenarios.studies.store import Folder
from scenarios.studies.task import Part

WAIT_SECONDS = 1.0
Told = Callable[[int], None]


class Named(Protocol):
    """A work that says what it is: a name of its own, and the addresses of its runs."""

    @property
    def name(self) -> str:
        """Name of its part."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """What its runs are."""


def does_works(
    works: Sequence[Named],
    folder: Folder,
    engine: Engine,
    do: Callable[[Any], Part],
    told: Told = lambda runs: None,
) -> None:
    """Do the works that are not whole in the folder, with others who are at the same folder.

    Parameters
    ----------
    works : sequence of Named
        What is to be done.
    folder : Folder
        Where parts are kept.
    engine : Engine
        Where works are done.
    do : function
        Does one work.
    told : function
        Called with the number of runs that are whole now.
    """
    left = [work for work in works if not folder.is_whole(work.name, work.addresses)]
    told(sum(len(work.runs) for work in works) - sum(len(work.runs) for work in left))
    claimed: set[str] = set()
    with folder.signs_of_life(claimed):
        while left:
            for part in engine.does_all(_claimed(folder, left, claimed), do):
                folder.keeps(part)
                claimed.discard(part.name)
                folder.lets_go(part.name)
                told(len(part.runs))
            left = [work for work in left if not folder.is_whole(work.name, work.addresses)]
            if left:
                time.sleep(WAIT_SECONDS)  # another process is at these


def _claimed(folder: Folder, works: Sequence[Named], claimed: set[str]) -> Iterator[Named]:
    """Yield the works that nobody else is at."""
    for work in works:
        if not folder.claim(work.name):
            continue
        if folder.is_whole(work.name, work.addresses):  # somebody did it meanwhile
            folder.lets_go(work.name)
            continue
        claimed.add(work.name)
        yield work
