"""Options of a command that stand among the overrides as key=value, read into a dataclass."""

from dataclasses import dataclass, fields
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.runs.resources import memory_of
from scenarios.studies.engines import Engine, engine_called

OF_ENGINE = ("scheduler", "processes")  # written as engine.scheduler and engine.processes
# Greatest whole numbers: what seeds may be, and for all others what can still be counted with.
MOST = {"seed": 2**62, "design_seed": 2**32 - 1}
MOST_OF_ANY = 10**12
LONGEST_NAME = 120  # bytes: some file systems take 255, and parts of a study add their own
NOT_IN_NAMES = frozenset('/\\:*?"<>|$')


def keys_of(kind: type) -> dict[str, Any]:
    """Return the fields of a dataclass of options by the name the user writes, inherited ones last."""
    own = sorted(fields(kind), key=lambda each: each.name not in kind.__annotations__)
    return {("engine." if each.name in OF_ENGINE else "") + each.name: each for each in own}


@dataclass
class EngineOptions:
    """By what runs are made, which every study is asked.

    Attributes
    ----------
    engine : str
        "local" or "dask".
    scheduler : str
        Address of Dask's scheduler (`engine.scheduler`).
    processes : int
        Processes of the local engine (`engine.processes`); 0 means every core.
    """

    engine: str = "local"
    scheduler: str = ""
    processes: int = 0


def engine_of(options: EngineOptions) -> Engine:
    """Return the engine that options name; 0 processes are all of this machine's."""
    return engine_called(options.engine, options.scheduler, options.processes or None)


def memory_here(options: EngineOptions, households: int, models: int) -> int:
    """Return about how much memory models take on this machine; with another engine it is the workers'."""
    return memory_of(households, models, options.processes or None) if options.engine == "local" else 0


def split(kind: type, words: list[str], least: dict[str, int]) -> tuple[Any, list[str]]:
    """Return the options of a command, and the words that are left: overrides of its runs.

    Parameters
    ----------
    kind : type
        A dataclass of texts and whole numbers.
    words : list of str
        key=value, as the user wrote them.
    least : dict of str to int
        Least value of whole numbers by key; 1 for those not named.

    Raises
    ------
    ConfigurationError
        For a value no option takes.
    """
    keys = keys_of(kind)
    given: dict[str, Any] = {}
    left = []
    for word in words:
        name, _, text = word.partition("=")
        if name in keys:
            given[keys[name].name] = _value(keys[name].type, name, text, least.get(name, 1))
        elif name == "processes" and "engine.processes" in keys:
            raise ConfigurationError(
                f"{word}: a study takes engine.{word}, and is the same study with any number"
            )
        elif name.startswith("engine."):
            raise ConfigurationError(f"{name}: no such key{nearest(name, keys)}")
        else:
            left.append(word)
    return kind(**given), left


def check_folder_name(option: str, name: str) -> None:
    """Raise ConfigurationError for a name that is a path, or that some file system does not take.

    Spaces and letters of any language are fine; an empty name is none.

    Examples
    --------
    >>> check_folder_name("study", "tweede poging, één wijk")
    """
    if not name:
        return
    fits = name.isprintable() and len(name.encode()) <= LONGEST_NAME and name == name.strip()
    if not fits or name[0] in ".-~" or NOT_IN_NAMES & set(name):
        raise ConfigurationError(
            f"{option} = {name}: expected a name, not a path: at most {LONGEST_NAME} letters, digits, spaces "
            f"and signs other than {' '.join(sorted(NOT_IN_NAMES))}, no dot in front"
        )


def _value(kind: type, name: str, text: str, least: int) -> Any:
    """Return the value of an option in its type."""
    if kind is bool:
        if text not in ("true", "false"):
            raise ConfigurationError(f"{name} = {text}: expected true or false")
        return text == "true"
    if kind is not int:
        return text
    wrong = ConfigurationError(f"{name} = {text}: expected a whole number from {least} on")
    try:
        number = int(text)
    except ValueError:
        raise wrong from None
    if number < least:
        raise wrong
    most = MOST.get(name, MOST_OF_ANY)
    if number > most:
        raise ConfigurationError(f"{name} = {text}: expected a whole number from {least} to {most:,}")
    return number
