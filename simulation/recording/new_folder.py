"""A new folder of results: filled while hidden, named when whole, never another's.

A hidden folder bears in its name who fills it: process, when that process began, machine and turn. So no
two processes share one, and the next run can tell which were left by processes that are dead. Beginnings
are counted from the start of the machine: a clock that is set moves none of them.
"""

import errno
import hashlib
import itertools
import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psutil

_TURN = itertools.count()
_HIDDEN = re.compile(r"\..+\.(?P<process>\d+)-(?P<began>\d+)-(?P<machine>[0-9a-f]{12})-\d+\.partial")
SECONDS_APART = 2.0  # the start of the machine is known to whole seconds
TAKEN = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


class NewFolder:
    """A folder that appears under its name when it is whole, or not at all.

    Parameters
    ----------
    folder : Path
        Name that it will have.
    numbered : bool
        Whether a name that is taken gets a number (`name_2`, `name_3`, ...) instead of an error.

    Attributes
    ----------
    folder : Path
        Its name; after `finish` the one that it got.
    hidden : Path
        Where it is filled.
    """

    def __init__(self, folder: Path | str, numbered: bool = False) -> None:
        self.folder = Path(folder).absolute()
        self.numbered = numbered
        self.hidden = hidden_beside(self.folder)

    def make(self) -> None:
        """Make the hidden folder, after removing what dead processes left beside it.

        Raises
        ------
        ValueError
            When the name is taken and no number is allowed.
        OSError
            When it cannot be made.
        """
        if os.path.lexists(self.folder) and not self.numbered:
            raise ValueError(self._taken())
        remove_leftovers(self.folder.parent)
        self.hidden.mkdir(parents=True)

    def finish(self) -> Path:
        """Give the folder its name, the first that is free, and return it.

        Renaming to a folder that holds something fails, so of two processes one gets the name.

        Raises
        ------
        ValueError
            When the name is taken and no number is allowed.
        """
        for number in itertools.count(1):
            folder = self.folder if number == 1 else self.folder.with_name(f"{self.folder.name}_{number}")
            try:
                if not os.path.lexists(folder):
                    self.hidden.rename(folder)
                    break
            except OSError as error:
                if error.errno not in TAKEN or not os.path.lexists(folder):
                    raise
            if not self.numbered:
                raise ValueError(self._taken())
        self.folder = folder
        return folder

    def _taken(self) -> str:
        return f"results folder {self.folder} exists already; give another name"

    def remove(self) -> None:
        """Remove the hidden folder, where it is still there."""
        shutil.rmtree(self.hidden, ignore_errors=True)


def hidden_beside(path: Path) -> Path:
    """Return a hidden name beside a file or folder that no other process, and no other turn, uses.

    Parameters
    ----------
    path : Path
        What is going to be written.

    Returns
    -------
    Path
        A path in the same folder.
    """
    me = this_process()
    owner = f"{me['process']}-{me['began']}-{me['machine']}"
    return path.with_name(f".{path.name}.{owner}-{next(_TURN)}.partial")


def remove_leftovers(parent: Path) -> None:
    """Remove the hidden folders and files that processes of this machine left when they died.

    What belongs to another machine, or to nobody known, stays.

    Parameters
    ----------
    parent : Path
        Folder in which they lie.
    """
    for path in parent.glob(".*.partial"):
        named = _HIDDEN.fullmatch(path.name)
        if named is None or not is_dead(named["machine"], int(named["process"]), int(named["began"])):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):  # another process may remove it too
                path.unlink()


@contextmanager
def disk_in_words(folder: Path) -> Iterator[None]:
    """Turn problems with the disk into one sentence.

    Parameters
    ----------
    folder : Path
        Folder that is written to.

    Yields
    ------
    None
        While the folder is written to.

    Raises
    ------
    ValueError
        When the folder cannot be written.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ValueError(f"results folder {folder} cannot be written: {reason}") from None


def this_process() -> dict[str, Any]:
    """Return what tells this process from any other: machine, number, and when it began.

    Returns
    -------
    dict
        `machine`, twelve hexadecimal digits; `process`, a whole number; `began`, seconds from the start
        of the machine.
    """
    process = os.getpid()
    return {"machine": _machine(), "process": process, "began": _began(process)}


def is_dead(machine: str, process: int, began: int) -> bool:
    """Whether a process was one of this machine and runs no more; nothing is known of other machines.

    Parameters
    ----------
    machine, process, began : str, int, int
        As `this_process` returned them.

    Returns
    -------
    bool
        True where it ended, or its number was given to another process.
    """
    if machine != _machine():
        return False
    if not 0 < process < 2**31:
        return True
    try:
        is_same = abs(_began(process) - began) <= SECONDS_APART
        return not is_same or psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.AccessDenied:
        return False
    except psutil.NoSuchProcess:
        return True


@cache
def _machine() -> str:
    """Return twelve hexadecimal digits for this machine: its name, and where its processes are counted.

    Two containers can have one name, and count their processes apart.
    """
    try:
        counted = os.readlink("/proc/self/ns/pid")
    except OSError:  # a system without such spaces
        counted = ""
    return hashlib.sha256(f"{socket.gethostname()} {counted}".encode()).hexdigest()[:12]


def _began(process: int) -> int:
    """Return the seconds from the start of this machine to the beginning of a process."""
    booted = psutil.boot_time()  # read first: psutil adds the same to the beginning
    return round(psutil.Process(process).create_time() - booted)
