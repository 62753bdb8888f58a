"""An agent object is a window on one row of the world's arrays.

State lives in structured arrays (`agents/state.py`), held by `model.world`. A window remembers its
model and its row and nothing else: it reads and writes the arrays themselves, so whatever a
compiled loop did last is what it shows, and whatever is written through it is what the loop finds.
"""

from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from inspect import get_annotations, getattr_static
from operator import attrgetter, index
from typing import Any, ClassVar, NoReturn

import mesa
import numpy as np

IDS_PER_KIND = 1 << 40  # no model registers so many ordinary agents, whose ids count up from 1
_NOTHING = object()
# Attributes that were found to be declared; finding out takes longer than most of what is then written.
_MAY_BE_SET: set[tuple[type, str]] = set()
_OF_EVERY_AGENT = frozenset({"model", "unique_id", "pos"})  # what Mesa writes on an agent


class RecordField(property):
    """One field of a record as an attribute of the agents that stand on it."""

    def __init__(self, record: str, name: str) -> None:
        records_of: Callable[[Any], np.ndarray] = attrgetter(f"model.world.{record}")

        def read(agent: Any) -> Any:
            return records_of(agent)[name][agent.row]

        def write(agent: Any, value: Any) -> None:
            column = records_of(agent)[name]
            column[agent.row] = fitting(value, column.dtype, name)

        super().__init__(read, write, doc=f"Field `{name}` of `model.world.{record}`.")
        self.record = record
        self.name = name


def fitting(value: Any, dtype: np.dtype, name: str) -> Any:
    """Return `value` ready to be stored as `dtype`; a whole number must fit without loss.

    NumPy itself would store 0.5 as 0 and 300 as 44 in a byte, without a word.

    Parameters
    ----------
    value : scalar or array-like
        What is to be stored.
    dtype : dtype
        Type of the record's field.
    name : str
        What messages call it.

    Returns
    -------
    scalar or array
        The value.
    """
    if dtype.kind not in "iu":
        return value
    if np.ndim(value) == 0:
        whole, (low, high) = value, _limits(dtype)
        if isinstance(value, float | np.floating) and float(value).is_integer():
            whole = int(value)
        try:
            if low <= index(whole) <= high:
                return index(whole)
        except TypeError:
            pass
        _refuse_number(value, dtype, name)
    values = np.asarray(value)
    with np.errstate(invalid="ignore"):
        stored = values.astype(dtype)
    lost = stored != values
    if lost.any():
        _refuse_number(values[lost].flat[0], dtype, name)
    return stored


def _refuse_number(value: Any, dtype: np.dtype, name: str) -> NoReturn:
    low, high = _limits(dtype)
    raise ValueError(f"{name} = {value!r}: expected a whole number in [{low}, {high}]")


@lru_cache
def _limits(dtype: np.dtype) -> tuple[int, int]:
    limits = np.iinfo(dtype)
    return int(limits.min), int(limits.max)


def array_of(world: Any, record: str) -> np.ndarray:
    """Return the structured array `world.<record>`, or say what is wrong with it.

    Parameters
    ----------
    world : Any
        The arrays of the model.
    record : str
        Name of the array.

    Returns
    -------
    structured array of shape (n_rows,)
        The records themselves, no copy.
    """
    array = getattr(world, record, None)
    if array is None:
        raise ValueError(f"the world has no records {record!r}{nearest(record, dir(world))}")
    if array.dtype.names is None:
        raise ValueError(
            f"world.{record} has dtype {array.dtype}: expected an array of records with named fields"
        )
    return array


def nearest(name: str, known: Any) -> str:
    """Return "; nearest is …" for the known public name most like `name`, or nothing.

    Parameters
    ----------
    name : str
        What was asked for.
    known : iterable of str
        What there is.

    Returns
    -------
    str
        Text behind a message.
    """
    matches = get_close_matches(name, [each for each in known if not each.startswith("_")], n=1)
    return f"; nearest is {matches[0]!r}" if matches else ""


@lru_cache(maxsize=256)
def _unknown(agent_type: Any, name: str) -> str:
    return f"{agent_type.__name__} has no attribute {name!r}{nearest(name, dir(agent_type))}"


def _find(agent_type: type, name: str) -> Any:
    """Return what the class itself holds under `name`, a property not being asked, or `_NOTHING`."""
    return getattr_static(agent_type, name, _NOTHING)


def learn_fields(agent_type: type["RecordBacked"], world: Any) -> None:
    """Give the class one attribute per field of its records, once.

    The class names its records; which fields they have is known when there is a world. A property
    that a class defines itself under the name of a field stays; a method by that name is refused.

    Parameters
    ----------
    agent_type : type
        Kind of agent; its class is changed.
    world : Any
        The arrays of the model.
    """
    if "_fields" in vars(agent_type):
        return
    fields: dict[str, RecordField] = {}
    for record in agent_type.records:
        for name in array_of(world, record).dtype.names or ():
            if name in fields:
                raise ValueError(
                    f"field {name!r} stands in {fields[name].record} and in {record}: rename one"
                )
            fields[name] = RecordField(record, name)
            own = _find(agent_type, name)
            if hasattr(RowAgent, name) or (own is not _NOTHING and not isinstance(own, property)):
                raise ValueError(f"{agent_type.__name__}.{name} hides field {name!r} of {record}: rename one")
    for name, each in fields.items():
        if _find(agent_type, name) is _NOTHING:
            setattr(agent_type, name, each)
    agent_type._fields = frozenset(fields)


class RecordBacked:
    """Mixin for ordinary, registered Mesa agents whose state is a row of the world's arrays.

    Write ``class Wijkteam(RecordBacked, mesa.Agent)`` with ``records = ("teams",)``; make one with
    ``Wijkteam(model, row)``. Fields are attributes, readable and writable; a field that is itself a
    row of numbers gives a writable view. Another public attribute can be set only if the class
    declares it (an annotation, an attribute with a value, a property that can be set).

    Attributes
    ----------
    records : tuple of str
        Attributes of `model.world` that hold the agents' parallel arrays of records.
    row : int
        Which row of them is this agent.
    """

    __slots__ = ()
    records: ClassVar[tuple[str, ...]] = ()
    _fields: ClassVar[frozenset[str]] = frozenset()
    model: Any
    row: int

    def __init__(self, model: Any, row: int, *args: Any, **kwargs: Any) -> None:
        object.__setattr__(self, "row", checked_row(type(self), model, row))
        super().__init__(model, *args, **kwargs)  # type: ignore[call-arg]

    def __getattr__(self, name: str) -> Any:
        """Answer for a name not found: learn the fields if need be, or name the nearest."""
        agent_type: Any = type(self)
        if name.startswith("_") or name in ("model", "row"):
            raise AttributeError(f"{agent_type.__name__} has no attribute {name!r}")
        learn_fields(agent_type, self.model.world)
        if _find(agent_type, name) is _NOTHING:
            raise AttributeError(_unknown(agent_type, name))
        # It is there: newly learned, or a property that failed, whose own error is the one to show.
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a field, a property or a declared attribute; refuse any other public name."""
        known = (type(self), name) in _MAY_BE_SET
        if not known and name not in self._fields and not name.startswith("_"):
            if not self._may_set(name):
                learn_fields(type(self), self.model.world)
                if not self._may_set(name):
                    raise AttributeError(self._why_not_set(name))
            _MAY_BE_SET.add((type(self), name))
        object.__setattr__(self, name, value)

    def _why_not_set(self, name: str) -> str:
        agent_type: Any = type(self)
        if _find(agent_type, name) is _NOTHING:
            return _unknown(agent_type, name)
        return f"{agent_type.__name__}.{name} cannot be set; what can be is a field of its records"

    @classmethod
    def _may_set(cls, name: str) -> bool:
        """Whether the class provides for a value under this name."""
        if name in _OF_EVERY_AGENT:
            return True
        held = _find(cls, name)
        if held is not _NOTHING:
            return name != "records" and (hasattr(type(held), "__set__") or not callable(held))
        return name != "row" and name in _declared(cls)


def _declared(agent_type: Any) -> frozenset[str]:
    """Return the names a class and those it stands on declare."""
    return frozenset(name for each in agent_type.__mro__ for name in get_annotations(each))


def checked_row(agent_type: type[RecordBacked], model: Any, row: Any) -> int:
    """Return `row` as a Python int if the world has such a row of the agent's records.

    Parameters
    ----------
    agent_type : type
        Kind of agent.
    model : Any
        The running model.
    row : int
        Row number.

    Returns
    -------
    int
        Row number, from 0.
    """
    size = count_rows(agent_type, model.world)
    if not 0 <= index(row) < size:
        raise ValueError(f"{agent_type.__name__} row {row}: expected 0 to {size - 1}")
    return index(row)


def count_rows(agent_type: type[RecordBacked], world: Any) -> int:
    """Return how many rows the agents' records have; parallel arrays must be equally long.

    Parameters
    ----------
    agent_type : type
        Kind of agent.
    world : Any
        The arrays of the model.

    Returns
    -------
    int
        Number of rows.
    """
    if not agent_type.records:
        raise ValueError(f"{agent_type.__name__}.records is empty: expected names of arrays of the world")
    lengths = {record: len(array_of(world, record)) for record in agent_type.records}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"{agent_type.__name__} stands on records of unequal length: {lengths}")
    return lengths[agent_type.records[0]]


class RowAgent(RecordBacked, mesa.Agent):
    """One of the many: an agent that is only a window on its row, made when somebody looks.

    It is never registered with the model, so seventy thousand of them cost nothing. Two windows on
    one row are equal. Windows come and go: keep nothing on them but what their records hold, and
    do not define `__init__` in a subclass, for sets of rows make windows without it.

    Attributes
    ----------
    kind_number : int
        Tells the ids of one kind from another's; each kind of a model needs its own.
    """

    __slots__ = ("model", "row")
    kind_number: ClassVar[int] = 1
    pos = None

    def __init__(self, model: Any, row: int) -> None:
        _set_model(self, model)
        _set_row(self, checked_row(type(self), model, row))

    @property
    def unique_id(self) -> int:
        """The same number for the same row in every run; no ordinary agent has it."""
        return self.kind_number * IDS_PER_KIND + self.row + 1

    def remove(self) -> NoReturn:
        """Refuse: a row stays in the world."""
        raise NotImplementedError(
            f"{self!r} is a row of the world and cannot be removed; "
            "discard it from a set of agents, or write in its record that it left"
        )

    @classmethod
    def create_agents(cls, model: Any, n: int, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the world's arrays say how many there are.

        Parameters
        ----------
        model : Any
            The running model.
        n : int
            How many were asked for.
        *args, **kwargs : Any
            What Mesa's agents are given.
        """
        raise NotImplementedError(
            f"{cls.__name__} agents are rows of the world: look in model.agents_by_type[{cls.__name__}]"
        )

    @classmethod
    def _may_set(cls, name: str) -> bool:
        """Only fields and properties: whatever else one wrote would be gone with the window."""
        held = _find(cls, name)
        return isinstance(held, property) and held.fset is not None

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return other.row == self.row and other.model is self.model

    def __hash__(self) -> int:
        return hash((type(self), self.row, id(self.model)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(row={self.row})"

    def __reduce__(self) -> tuple[Any, ...]:
        return window, (type(self), self.model, self.row)


# The slots themselves, because `__setattr__` lets nobody move a window once it stands.
_set_model = RowAgent.__dict__["model"].__set__
_set_row = RowAgent.__dict__["row"].__set__
_new = object.__new__


def window(agent_type: type[RowAgent], model: Any, row: int) -> Any:
    """Make a window on a row known to exist, as fast as Python can.

    Parameters
    ----------
    agent_type : type
        Kind of agent.
    model : Any
        The running model.
    row : int
        Row number, not checked.

    Returns
    -------
    RowAgent
        The window.
    """
    agent = _new(agent_type)
    _set_model(agent, model)
    _set_row(agent, row)
    return agent
