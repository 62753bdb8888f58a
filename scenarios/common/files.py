"""Files of the project: atomic writing, and validation of JSON documents when they are read.

A shape describes the required content of a document: a type, a set of words, a mapping of names to shapes
(other names are allowed), a list with one shape (followed by `...` if it may not be empty), or
``(shape, None)`` for an optional value.
"""

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, one_sentence
from simulation.recording.new_folder import explain_disk_errors, hidden_beside

WORDS = {
    str: "a text", int: "a whole number", float: "a number", bool: "true or false",
    list: "a list", dict: "names with values",
}  # fmt: skip
WHOLE = "it"
LONGEST_NAME = 200  # bytes of a file's name: file systems allow 255, and a hidden name is longer
MOST_BYTES = 2**30  # of a file that is read whole


def is_taken(path: Path) -> bool:
    """Whether something has a name, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def entries(folder: Path) -> list[Path]:
    """Return what is in a folder, sorted; nothing where there is no folder.

    Raises
    ------
    ConfigurationError
        When the folder cannot be read, which `Path.glob` takes for an empty folder.
    """
    try:
        return [folder / name for name in sorted(os.listdir(folder))]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be read: {error.strerror}") from None


def without_links(path: Path) -> Path:
    """Return where a path leads; a link to itself stays what it is, where `Path.resolve` may raise."""
    return Path(os.path.realpath(path))


def with_home(text: str) -> Path:
    """Return the path that a user wrote, in which `~` is the home folder; raise ConfigurationError for none.

    Examples
    --------
    >>> with_home("results/runs").name
    'runs'
    """
    try:
        if "\0" not in text:
            return Path(text).expanduser()
    except RuntimeError:  # nobody of that name
        pass
    raise ConfigurationError(f"{text}: no such path")


def new_file(text: str) -> Path:
    """Return the path of a file that a user wants to be written (`to=`); `~` is the home folder.

    Raises
    ------
    ConfigurationError
        When it can be no file: it has no name, is a folder, or is longer than file systems allow.

    Examples
    --------
    >>> new_file("figures/cost.png").name
    'cost.png'
    """
    path = with_home(text)
    if not path.name or path.name == ".." or text.endswith("/") or path.is_dir():
        raise ConfigurationError(f"to = {text}: expected the name of a file")
    if len(path.name.encode()) > LONGEST_NAME:
        raise ConfigurationError(f"to = {path.name[:60]}...: expected a name of at most {LONGEST_NAME} bytes")
    return path


def check_free(path: Path) -> None:
    """Raise ConfigurationError unless a file can be made here: in a folder that exists, over nothing."""
    if is_taken(path):
        raise ConfigurationError(f"{path} already exists; give another name with to=...")
    if not path.parent.is_dir():
        raise ConfigurationError(f"{path}: there is no folder {path.parent}; make it first")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary hidden path; at the end, sync it to disk and rename it to `path`.

    Parameters
    ----------
    path : Path
        Final path; an existing file is replaced.
    """
    hidden = hidden_beside(path)
    try:
        yield hidden
        with hidden.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(hidden, path)
    finally:
        hidden.unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file atomically: it is complete or does not exist.

    Raises
    ------
    ValueError
        When it cannot be written.
    """
    with explain_disk_errors(path.parent), whole_file(path) as hidden:
        hidden.write_bytes(content)


def as_json(document: Mapping[str, Any]) -> bytes:
    """Return a document as JSON in UTF-8; equal content gives equal bytes."""
    return (json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def checksum(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def size_of_regular(path: Path, expected: str, shown: str = "") -> int:
    """Return the size of a regular file in bytes; `shown` stands for its path in the message.

    Raises
    ------
    OSError
        When it is missing or cannot be looked at.
    ConfigurationError
        When it is no regular file.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ConfigurationError(f"{shown or path}: not a regular file, expected {expected}")
    return found.st_size


def read_regular(path: Path, expected: str = "a file", most: int = MOST_BYTES) -> bytes:
    """Return the content of a regular file.

    Reading a pipe waits for a writer, and reading a device may never end, so neither is opened.

    Parameters
    ----------
    path : Path
        A file, or a link to one.
    expected : str
        What it should be, for the error message.
    most : int
        Largest size that is read, in bytes.

    Raises
    ------
    OSError
        When it is missing or cannot be read.
    ConfigurationError
        When it is no regular file, or larger than `most`.
    """
    size = size_of_regular(path, expected)
    if size > most:
        raise ConfigurationError(f"{path}: {size:,} bytes, expected {expected} of at most {most:,} bytes")
    return path.read_bytes()


def read_json(path: Path, expected: str = "a file") -> Any:
    """Return the content of a JSON file of any shape.

    Raises
    ------
    OSError
        When it is missing or cannot be read.
    ValueError
        When it is no regular file, no JSON, or nested too deep.
    """
    try:
        return json.loads(read_regular(path, expected).decode("utf-8"))
    except RecursionError:
        raise ConfigurationError(f"{path}: nested too deep, expected {expected}") from None


def read_document(path: Path, expected: str, shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON document, checked against a shape.

    Parameters
    ----------
    path : Path
        A JSON file.
    expected : str
        What it should be, for the error message.
    shape : mapping of str to shape
        Required content.

    Raises
    ------
    ConfigurationError
        When it is missing, cannot be read, or does not fit the shape.
    """
    try:
        found = read_json(path, expected)
    except ConfigurationError:
        raise
    except FileNotFoundError:
        raise ConfigurationError(f"{path}: no such file, expected {expected}") from None
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{path}: cannot be read: {one_sentence(error)}; expected {expected}"
        ) from None
    wrong = misfit(found, shape)
    if wrong:
        raise ConfigurationError(f"{path}: {wrong}; expected {expected}")
    return found


def misfit(value: Any, shape: Any, name: str = WHOLE) -> str | None:
    """Return a sentence about the first value that does not fit a shape, or None if all fit.

    Examples
    --------
    >>> misfit({"runs": [[0, 1]], "more": 1}, {"runs": [[int]]})
    >>> misfit({"runs": [[0, "a"]]}, {"runs": [[int]]})
    'runs[0][1] is not a whole number'
    >>> misfit([], {"runs": list})
    'it holds no names with values'
    """
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            return f"{name} holds no names with values"
        return _first(_misfit_of(value, key, inner, name) for key, inner in shape.items())
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{name} is not a list"
        if not value and len(shape) > 1:
            return f"{name} is empty"
        return _first(misfit(each, shape[0], f"{name}[{place}]") for place, each in enumerate(value))
    if isinstance(shape, tuple):
        return None if value is None else misfit(value, shape[0], name)
    if isinstance(shape, frozenset):
        known = isinstance(value, str) and value in shape
        return None if known else f"{name} is none of {', '.join(sorted(shape))}"
    kinds = (int, float) if shape is float else shape
    fits = isinstance(value, kinds) and (shape is bool or not isinstance(value, bool))
    return None if fits else f"{name} is not {WORDS[shape]}"


def _misfit_of(value: dict[str, Any], key: str, shape: Any, inside: str) -> str | None:
    name = key if inside == WHOLE else f"{inside}.{key}"
    return misfit(value[key], shape, name) if key in value else f"{name} is missing"


def _first(found: Iterable[str | None]) -> str | None:
    return next((each for each in found if each is not None), None)
