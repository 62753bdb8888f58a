"""A new folder of results: filled while hidden, named when whole, never another's.

A hidden folder bears in its name who fills it: process, when that process began, machine and turn. So no
two processes share one, and the next run can tell which were left by processes that are dead.
"""

import errno
import hashlib
import itertools
import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psutil

_TURN = itertools.count()
_HIDDEN = re.compile(r"\..+\.(?P<process>\d+)-(?P<began>\d+)-(?P<machine>[0-9a-f]{12})-\d+\.partial")
SECONDS_APART = 2.0  # a clock that is set moves the beginning of a process by so much at most
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
                if error.errno not in TAKEN:
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
    began = int(psutil.Process().create_time())
    return path.with_name(f".{path.name}.{os.getpid()}-{began}-{_machine()}-{next(_TURN)}.partial")


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
        if named is None or named["machine"] != _machine():
            continue
        if not _is_alive(int(named["process"]), int(named["began"])):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


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


@cache
def _machine() -> str:
    """Return twelve hexadecimal digits for the name of this machine."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:12]


def _is_alive(process: int, began: int) -> bool:
    """Whether the process of this number that began at that time still runs."""
    try:
        found = psutil.Process(process)
        is_same = abs(found.create_time() - began) <= SECONDS_APART
        return is_same and found.status() != psutil.STATUS_ZOMBIE
    except psutil.AccessDenied:
        return True
    except (psutil.NoSuchProcess, OverflowError):
        return False
