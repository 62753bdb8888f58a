"""A new results folder: written under a hidden name and renamed when complete.

The hidden name contains its owner: process number, start time of the process, machine and a counter. So no
two processes share a folder, and the next run can recognise folders left by processes that have ended. Start
times are measured from the start of the machine, so that setting the clock does not change them.
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

_COUNTER = itertools.count()
_HIDDEN = re.compile(r"\..+\.(?P<process>\d+)-(?P<began>\d+)-(?P<machine>[0-9a-f]{12})-\d+\.partial")
SECONDS_APART = 2.0  # the start of the machine is known to whole seconds
TAKEN = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


class NewFolder:
    """A folder that appears under its name when it is complete, or not at all.

    Parameters
    ----------
    folder : Path
        Final path of the folder.
    numbered : bool
        Whether a number is appended to a name that exists (`name_2`, `name_3`, ...) instead of an error.

    Attributes
    ----------
    folder : Path
        Final path; after `finish` with the number that was appended.
    hidden : Path
        Path while it is written.
    """

    def __init__(self, folder: Path | str, numbered: bool = False) -> None:
        self.folder = Path(folder).absolute()
        self.numbered = numbered
        self.hidden = hidden_beside(self.folder)

    def make(self) -> None:
        """Make the hidden folder, after removing those that ended processes left beside it.

        Raises
        ------
        ValueError
            When the final path exists and `numbered` is false.
        OSError
            When the folder cannot be made.
        """
        if os.path.lexists(self.folder) and not self.numbered:
            raise ValueError(self._taken())
        remove_leftovers(self.folder.parent)
        self.hidden.mkdir(parents=True)

    def finish(self) -> Path:
        """Rename the folder to the first free name and return its path.

        Renaming to a folder that is not empty fails, so only one of two processes gets the name.

        Raises
        ------
        ValueError
            When the final path exists and `numbered` is false.
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
        """Remove the hidden folder if it exists."""
        shutil.rmtree(self.hidden, ignore_errors=True)


def hidden_beside(path: Path) -> Path:
    """Return a unique hidden path beside a file or folder.

    Parameters
    ----------
    path : Path
        File or folder that will be written.

    Returns
    -------
    Path
        A path in the same folder.
    """
    me = this_process()
    owner = f"{me['process']}-{me['began']}-{me['machine']}"
    return path.with_name(f".{path.name}.{owner}-{next(_COUNTER)}.partial")


def remove_leftovers(parent: Path) -> None:
    """Remove hidden folders and files left by processes of this machine that have ended.

    Those of other machines, or with an unknown owner, are not removed.

    Parameters
    ----------
    parent : Path
        Folder to search.
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
def explain_disk_errors(folder: Path) -> Iterator[None]:
    """Convert an OSError into a ValueError with one sentence.

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
    """Return the identity of this process: machine, process number and start time.

    Returns
    -------
    dict
        `machine`, twelve hexadecimal digits; `process`, a whole number; `began`, its start in seconds from
        the start of the machine.
    """
    process = os.getpid()
    return {"machine": _machine(), "process": process, "began": _start_seconds(process)}


def is_dead(machine: str, process: int, began: int) -> bool:
    """Return whether a process of this machine has ended; False for processes of other machines.

    Parameters
    ----------
    machine, process, began : str, int, int
        As `this_process` returned them.

    Returns
    -------
    bool
        True where it has ended, or its number now belongs to another process.
    """
    if machine != _machine():
        return False
    if not 0 < process < 2**31:
        return True
    try:
        is_same = abs(_start_seconds(process) - began) <= SECONDS_APART
        return not is_same or psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.AccessDenied:
        return False
    except psutil.NoSuchProcess:
        return True


@cache
def _machine() -> str:
    """Return twelve hexadecimal digits for this machine: a hash of its name and its process namespace.

    Two containers can have the same name but number their processes separately.
    """
    try:
        counted = os.readlink("/proc/self/ns/pid")
    except OSError:  # a system without process namespaces
        counted = ""
    return hashlib.sha256(f"{socket.gethostname()} {counted}".encode()).hexdigest()[:12]


def _start_seconds(process: int) -> int:
    """Return the start time of a process, in seconds from the start of this machine."""
    booted = psutil.boot_time()  # read first: psutil adds it to the start time
    return round(psutil.Process(process).create_time() - booted)
