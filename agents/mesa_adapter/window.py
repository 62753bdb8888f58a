"""Agent objects that are views ("windows") of one row of the world's arrays.

State is stored in structured arrays (`agents/state.py`) of `model.world`. A window stores only its model
and its row number. It reads and writes the arrays directly, so it always shows the state that a compiled
loop left, and a loop sees what was written through it.
"""

from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from inspect import get_annotations, getattr_static
from operator import attrgetter, index
from typing import Any, ClassVar, NoReturn

import mesa
import numpy as np

IDS_PER_KIND = 1 << 40  # above the ids of ordinary agents, which count up from 1
_NOTHING = object()
# Cache of attributes known to be writable: the check is slower than most writes.
_MAY_BE_SET: set[tuple[type, str]] = set()
_OF_EVERY_AGENT = frozenset({"model", "unique_id", "pos"})  # attributes that Mesa sets on an agent


class RecordField(property):
    """Property that reads and writes one field of the record of an agent."""

    def __init__(self, record: str, name: str) -> None:
        records_of: Callable[[Any], np.ndarray] = attrgetter(f"model.world.{record}")

        def read(agent: Any) -> Any:
            return records_of(agent)[name][agent.row]

        def write(agent: Any, value: Any) -> None:
            column = records_of(agent)[name]
            column[agent.row] = checked_value(value, column.dtype, name)

        super().__init__(read, write, doc=f"Field `{name}` of `model.world.{record}`.")
        self.record = record
        self.name = name


def checked_value(value: Any, dtype: np.dtype, name: str) -> Any:
    """Return `value` as it can be stored in an array of `dtype`; integers must fit without loss.

    NumPy itself would store 0.5 as 0, and 300 in a byte as 44, without a warning.

    Parameters
    ----------
    value : scalar or array-like
        Value to store.
    dtype : dtype
        Type of the record's field.
    name : str
        Name of the field in error messages.

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
    """Return the structured array `world.<record>`; raise ValueError if there is none.

    Parameters
    ----------
    world : Any
        The arrays of the model.
    record : str
        Name of the array.

    Returns
    -------
    structured array of shape (n_rows,)
        The array itself, not a copy.
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
    """Return "; nearest is …" with the known public name most similar to `name`, or an empty string.

    Parameters
    ----------
    name : str
        Unknown name.
    known : iterable of str
        Known names.

    Returns
    -------
    str
        Suffix of an error message.
    """
    matches = get_close_matches(name, [each for each in known if not each.startswith("_")], n=1)
    return f"; nearest is {matches[0]!r}" if matches else ""


@lru_cache(maxsize=256)
def _unknown(agent_type: Any, name: str) -> str:
    return f"{agent_type.__name__} has no attribute {name!r}{nearest(name, dir(agent_type))}"


def _find(agent_type: type, name: str) -> Any:
    """Return the class attribute `name` without calling a property, or `_NOTHING`."""
    return getattr_static(agent_type, name, _NOTHING)


def add_record_fields(agent_type: type["RecordBacked"], world: Any) -> None:
    """Add one property per field of its records to a class; does nothing the second time.

    The fields are known only when there is a world. A property that the class defines under the name of
    a field is kept; a method with that name raises ValueError.

    Parameters
    ----------
    agent_type : type
        Kind of agent; the class is changed.
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

    Write ``class Wijkteam(RecordBacked, mesa.Agent)`` with ``records = ("teams",)``; create one with
    ``Wijkteam(model, row)``. Fields are readable and writable attributes; an array field gives a writable
    view. Any other public attribute can be set only if the class declares it (an annotation, an
    attribute with a value, a property with a setter).

    Attributes
    ----------
    records : tuple of str
        Attributes of `model.world` that are the parallel arrays of this kind of agent.
    row : int
        Row number of this agent.
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
        """Add the fields of the records on first use; otherwise raise AttributeError with similar names."""
        agent_type: Any = type(self)
        if name.startswith("_") or name in ("model", "row"):
            raise AttributeError(f"{agent_type.__name__} has no attribute {name!r}")
        add_record_fields(agent_type, self.model.world)
        if _find(agent_type, name) is _NOTHING:
            raise AttributeError(_unknown(agent_type, name))
        # The attribute exists: a new field, or a property that raised, whose own error must be shown.
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a field, a property or a declared attribute; any other public name raises AttributeError."""
        known = (type(self), name) in _MAY_BE_SET
        if not known and name not in self._fields and not name.startswith("_"):
            if not self._may_set(name):
                add_record_fields(type(self), self.model.world)
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
        """Return whether the class declares a writable attribute with this name."""
        if name in _OF_EVERY_AGENT:
            return True
        held = _find(cls, name)
        if held is not _NOTHING:
            return name != "records" and (hasattr(type(held), "__set__") or not callable(held))
        return name != "row" and name in _declared(cls)


def _declared(agent_type: Any) -> frozenset[str]:
    """Return the names annotated in a class and its bases."""
    return frozenset(name for each in agent_type.__mro__ for name in get_annotations(each))


def checked_row(agent_type: type[RecordBacked], model: Any, row: Any) -> int:
    """Return `row` as a Python int; raise ValueError if the agent's records have no such row.

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
    """Return the number of rows of the agents' records; parallel arrays must have equal length.

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
    """An agent that is only a view of its row, created on access.

    It is not registered with the model, so seventy thousand of them cost nothing. Two windows on one
    row are equal. Windows are temporary: store no state on them outside their records, and do not define
    `__init__` in a subclass, because sets of rows create windows without calling it.

    Attributes
    ----------
    kind_number : int
        Number that separates the ids of kinds of agents; unique per kind within a model.
    """

    __slots__ = ("model", "row")
    kind_number: ClassVar[int] = 1
    pos = None

    def __init__(self, model: Any, row: int) -> None:
        _set_model(self, model)
        _set_row(self, checked_row(type(self), model, row))

    @property
    def unique_id(self) -> int:
        """Id of the row: the same in every run, and different from those of ordinary agents."""
        return self.kind_number * IDS_PER_KIND + self.row + 1

    def remove(self) -> NoReturn:
        """Raise NotImplementedError: rows cannot be removed."""
        raise NotImplementedError(
            f"{self!r} is a row of the world and cannot be removed; "
            "discard it from a set of agents, or write in its record that it left"
        )

    @classmethod
    def create_agents(cls, model: Any, n: int, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise NotImplementedError: the arrays of the world determine the number of agents.

        Parameters
        ----------
        model : Any
            The running model.
        n : int
            Number of agents.
        *args, **kwargs : Any
            Arguments of Mesa's agents.
        """
        raise NotImplementedError(
            f"{cls.__name__} agents are rows of the world: look in model.agents_by_type[{cls.__name__}]"
        )

    @classmethod
    def _may_set(cls, name: str) -> bool:
        """Return whether `name` is a field or a property; other values would be lost with the window."""
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


# Slot descriptors, because `__setattr__` does not allow a change of model or row.
_set_model = RowAgent.__dict__["model"].__set__
_set_row = RowAgent.__dict__["row"].__set__
_new = object.__new__


def window(agent_type: type[RowAgent], model: Any, row: int) -> Any:
    """Return a window on a row that is known to exist; fast, without checks.

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
