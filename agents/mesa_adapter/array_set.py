"""Ordered set of agents that are rows of the world, with the interface of Mesa's AgentSet."""

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from operator import attrgetter, index
from typing import Any

import numpy as np
from mesa.agent import AgentSet

from agents.mesa_adapter.window import (
    RecordField,
    RowAgent,
    add_record_fields,
    checked_value,
    count_rows,
    window,
)

# Set operators compare arrays of row numbers. The inherited operators would iterate over members and
# return a set with weak references to them.


class RowOperations:
    """Membership and set operators of `ArrayAgentSet`."""

    agent_type: type[RowAgent]
    model: Any
    random: Any
    _held: np.ndarray | None  # row numbers of the members; None means all rows (created on first use)
    _mask: np.ndarray | None

    @property
    def _rows(self) -> np.ndarray:
        """Row numbers of the members, int64, shape (n_members,), in the order of the set."""
        if self._held is None:
            self._held = np.arange(count_rows(self.agent_type, self.model.world))
            self._held.flags.writeable = False
        return self._held

    def _replace(self, rows: np.ndarray | None) -> Any:
        raise NotImplementedError

    def _with(self, rows: np.ndarray) -> Any:
        raise NotImplementedError

    def _is_member(self) -> np.ndarray:
        """Return a mask of the rows of the world that are in this set, bool of shape (n_rows,)."""
        if self._mask is None:
            self._mask = np.zeros(count_rows(self.agent_type, self.model.world), dtype=bool)
            self._mask[self._rows] = True
        return self._mask

    def _is_ours(self, agent: Any) -> bool:
        """Return whether `agent` is of this kind and this model (it need not be in the set)."""
        return type(agent) is self.agent_type and agent.model is self.model

    def _row_of(self, agent: Any) -> int:
        if not self._is_ours(agent):
            raise ValueError(f"got {agent!r}: expected a {self.agent_type.__name__} of the same model")
        row: int = agent.row
        return row

    def _rows_of(self, agents: Iterable[Any]) -> np.ndarray:
        """Return the unique rows of `agents` in their order; all must be of this kind."""
        if isinstance(agents, RowOperations):
            if len(agents._rows) == 0 or (
                agents.agent_type is self.agent_type and agents.model is self.model
            ):
                return agents._rows
            raise ValueError(f"got {agents!r}: expected {self.agent_type.__name__} agents of the same model")
        return np.array(list(dict.fromkeys(self._row_of(agent) for agent in agents)), dtype=np.int64)

    def _rows_in(self, agents: Iterable[Any]) -> np.ndarray:
        """Return the rows of those of `agents` that are of this kind; others are ignored."""
        if isinstance(agents, RowOperations):
            ours = agents.agent_type is self.agent_type and agents.model is self.model
            return agents._rows if ours else agents._rows[:0]
        return self._rows_of(agent for agent in agents if self._is_ours(agent))

    def _update(self, agents: Iterable[Any]) -> Any:
        return self._replace(self._rows_of(agents).copy())

    def __contains__(self, agent: object) -> bool:
        return self._is_ours(agent) and bool(self._is_member()[agent.row])  # type: ignore[attr-defined]

    def add(self, agent: Any) -> None:
        """Append an agent, unless it is already a member.

        Parameters
        ----------
        agent : RowAgent
            A window on a row of this set's world.
        """
        row = self._row_of(agent)
        if agent not in self:
            self._replace(np.append(self._rows, row))

    def discard(self, agent: Any) -> None:
        """Remove an agent from this set if it is a member; its row stays in the world.

        Parameters
        ----------
        agent : RowAgent
            A window on a row of this set's world.
        """
        if agent in self:
            self._replace(self._rows[self._rows != agent.row])

    def remove(self, agent: Any) -> None:
        """Remove a member from this set; raise KeyError if it is not a member.

        Parameters
        ----------
        agent : RowAgent
            A member.
        """
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def clear(self) -> None:
        """Remove all members from this set."""
        self._replace(self._rows[:0])

    def count(self, value: Any) -> int:
        """Return 1 if the agent is in the set and 0 if not.

        Parameters
        ----------
        value : RowAgent
            Agent to search for.

        Returns
        -------
        int
            0 or 1.
        """
        return int(value in self)

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the position of a member.

        Parameters
        ----------
        value : RowAgent
            Agent to search for.
        start, stop : int, optional
            Range of positions to search.

        Returns
        -------
        int
            Position, from 0.
        """
        if value in self:
            position = int(np.flatnonzero(self._rows == value.row)[0])
            if position in range(len(self._rows))[start:stop]:
                return position
        raise ValueError(f"{value!r} is not in the set")

    def __or__(self, other: Any) -> Any:
        if not isinstance(other, Iterable):
            return NotImplemented
        rows = self._rows_of(other)
        return self._with(np.concatenate([self._rows, rows[~self._is_member()[rows]]]))

    def __and__(self, other: Any) -> Any:
        if not isinstance(other, Iterable):
            return NotImplemented
        rows = self._rows_in(other)
        return self._with(rows[self._is_member()[rows]])

    def __sub__(self, other: Any) -> Any:
        if not isinstance(other, Iterable):
            return NotImplemented
        stays = np.ones(len(self._is_member()), dtype=bool)
        stays[self._rows_in(other)] = False
        return self._with(self._rows[stays[self._rows]])

    def __xor__(self, other: Any) -> Any:
        if not isinstance(other, Iterable):
            return NotImplemented
        others = self._with(self._rows_of(other))
        return (self - others) | (others - self)

    def __ror__(self, other: Any) -> Any:
        return self._with(self._rows_of(other)) | self if isinstance(other, Iterable) else NotImplemented

    def __rand__(self, other: Any) -> Any:
        return self._with(self._rows_in(other)) & self if isinstance(other, Iterable) else NotImplemented

    def __rxor__(self, other: Any) -> Any:
        return self._with(self._rows_of(other)) ^ self if isinstance(other, Iterable) else NotImplemented

    def __rsub__(self, other: Any) -> Any:
        """Return the members of `other` that are not in this set; an AgentSet if none is a row agent."""
        if not isinstance(other, Iterable):
            return NotImplemented
        rest = [agent for agent in other if agent not in self]
        if rest and not any(isinstance(agent, RowAgent) for agent in rest):
            return AgentSet(rest, random=self.random)
        return self._with(self._rows_of(rest))

    def __ior__(self, other: Any) -> Any:
        return self._replace((self | other)._rows)

    def __iand__(self, other: Any) -> Any:
        return self._replace(self._rows[(self & other)._is_member()[self._rows]])

    def __isub__(self, other: Any) -> Any:
        return self._replace((self - other)._rows)

    def __ixor__(self, other: Any) -> Any:
        return self._replace((self ^ other)._rows)


try:
    from mesa.agentset import GroupBy  # its location in Mesa 3.5
except ModuleNotFoundError:
    from mesa.agent import GroupBy


class ArrayAgentSet(RowOperations, AgentSet):
    """An AgentSet of row agents: an ordered set of agents of one kind, stored as row numbers.

    Mesa's sets hold weak references, so temporary windows would disappear from them at once; this set
    stores row numbers. Operations on fields of the records are vectorised; operations on other
    attributes iterate over the members.

    Differences from Mesa: `select` also takes a boolean array, `set` also takes one value per member,
    and `agg` passes its function an array (64-bit numbers) instead of a list.

    Parameters
    ----------
    agent_type : type of RowAgent
        Kind of the members.
    model : mesa.Model
        Model whose `world` has the arrays.
    rows : array of int, shape (n_members,), optional
        Unique row numbers in the order of the set; all rows by default.
    """

    def __init__(self, agent_type: type[RowAgent], model: Any, rows: Any = None) -> None:
        # Mesa's __init__ is not called: it would create a dictionary of all members.
        size = count_rows(agent_type, model.world)
        add_record_fields(agent_type, model.world)
        self.agent_type = agent_type
        self.model = model
        self.random = model.random
        self._replace(None if rows is None else checked_rows(agent_type, rows, size))

    @property
    def rows(self) -> np.ndarray:
        """Row numbers of the members, int64, shape (n_members,), in the order of the set."""
        return self._rows

    def _replace(self, rows: np.ndarray | None) -> "ArrayAgentSet":
        """Set the members of this set to `rows`; None means all rows."""
        self._held = rows
        if rows is not None:
            rows.flags.writeable = False  # shared between copies of a set
        self._mask: np.ndarray | None = None  # created on the first membership test
        return self

    def _with(self, rows: np.ndarray) -> "ArrayAgentSet":
        """Return a new set of the same kind with these members."""
        return self.copy()._replace(rows)

    def _window(self, row: int) -> Any:
        return window(self.agent_type, self.model, row)

    def copy(self) -> "ArrayAgentSet":
        """Return an independent set with the same members."""
        other = object.__new__(type(self))
        other.__setstate__(self.__getstate__())
        return other

    __copy__ = copy

    def __getstate__(self) -> dict[str, Any]:
        return {"agent_type": self.agent_type, "model": self.model, "random": self.random, "rows": self._held}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.agent_type, self.model, self.random = state["agent_type"], state["model"], state["random"]
        self._replace(state["rows"])

    def __repr__(self) -> str:
        return f"ArrayAgentSet({self.agent_type.__name__}, {len(self)} members)"

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return map(window, repeat(self.agent_type), repeat(self.model), self._rows.tolist())

    def __getitem__(self, item: int | slice) -> Any:
        """Return one member, or a list of members for a slice."""
        if isinstance(item, slice):
            return [self._window(row) for row in self._rows[item].tolist()]
        return self._window(int(self._rows[index(item)]))

    def to_list(self) -> list[Any]:
        """Return the members as a list."""
        return list(self)

    def _column(self, name: str) -> np.ndarray | None:
        """Return the field `name` of all rows of the world, or None if it is not a field of a record."""
        held = getattr(self.agent_type, name, None)
        if not isinstance(held, RecordField):
            return None
        column: np.ndarray = getattr(self.model.world, held.record)[name]
        return column

    def values(self, name: str) -> np.ndarray:
        """Return an attribute of all members as an array, shape (n_members, …).

        Parameters
        ----------
        name : str
            Attribute of the agents.

        Returns
        -------
        array of shape (n_members, ...)
            A copy, in the order of the members, with the type of the field.
        """
        column = self._column(name)
        return np.array([getattr(agent, name) for agent in self]) if column is None else column[self._rows]

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Return an attribute of every member, or a list of them for a list of names.

        Parameters
        ----------
        attr_names : str or list of str
            Attributes of the agents.
        handle_missing : str, optional
            "error", or "default" to use `default_value`.
        default_value : Any, optional
            Value for a missing attribute.

        Returns
        -------
        list
            One value per member, in order; a list of values per member for a list of names.
        """
        if handle_missing not in ("error", "default"):
            raise ValueError(
                f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'"
            )
        if not isinstance(attr_names, str):
            columns = [self.get(name, handle_missing, default_value) for name in attr_names]
            return (
                [list(each) for each in zip(*columns, strict=True)] if columns else [[] for _ in self._rows]
            )
        column = self._column(attr_names)
        if column is not None:
            return column[self._rows].tolist() if column.ndim == 1 else list(column[self._rows])
        if handle_missing == "error":
            return [getattr(agent, attr_names) for agent in self]
        return [getattr(agent, attr_names, default_value) for agent in self]

    def set(self, attr_name: str, value: Any) -> "ArrayAgentSet":
        """Set an attribute of all members to one value, or to one value per member.

        Parameters
        ----------
        attr_name : str
            Attribute of the agents.
        value : scalar or array of shape (n_members, ...)
            Value to write to the records of the world.

        Returns
        -------
        ArrayAgentSet
            This set.
        """
        column = self._column(attr_name)
        if column is None:
            for agent in self:
                setattr(agent, attr_name, value)
            return self
        one, each = column.shape[1:], (len(self), *column.shape[1:])
        if np.shape(value) not in ((), one, each):
            raise ValueError(
                f"{attr_name}: got values of shape {np.shape(value)}, expected (), {one} or {each}"
            )
        column[self._rows] = checked_value(value, column.dtype, attr_name)
        return self

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """Apply one function, or each of several, to the array of an attribute of all members.

        Parameters
        ----------
        attribute : str
            Attribute of the agents.
        func : callable or iterable of callable
            Takes an array of shape (n_members,).

        Returns
        -------
        scalar or list of scalar
            One result per function.
        """
        values = self.values(attribute)
        if values.dtype.kind in "iu" and values.dtype != np.uint64:
            values = values.astype(np.int64)  # Python's `sum` of 8-bit numbers would overflow
        elif values.dtype.kind == "f":
            values = values.astype(np.float64)
        return func(values) if callable(func) else [each(values) for each in func]

    def select(
        self,
        filter_func: Callable[[Any], bool] | np.ndarray | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> "ArrayAgentSet":
        """Return the members selected by a function or a boolean array of shape (n_members,).

        Parameters
        ----------
        filter_func : callable or bool array of shape (n_members,), optional
            Filter; all members by default.
        at_most : int or float, optional
            Maximum number of members; a float up to 1.0 is a share of the members.
        inplace : bool, optional
            Whether to change this set instead of returning a new one.
        agent_type : type, optional
            Kind of agent to select.

        Returns
        -------
        ArrayAgentSet
            The selected members: a new set, or this one.
        """
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)  # a share of the members, as Mesa reads it
        limit = int(max(0, min(at_most, len(self))))
        rows = self._rows
        if agent_type is not None and not issubclass(self.agent_type, agent_type):
            rows = rows[:0]
        elif isinstance(filter_func, np.ndarray):
            rows = rows[self._checked_mask(filter_func)]
        elif filter_func is not None:
            rows = self._filtered(filter_func, limit)
        chosen = rows[:limit]
        return self._replace(chosen) if inplace else self._with(chosen)

    def _checked_mask(self, mask: np.ndarray) -> np.ndarray:
        if mask.dtype != bool or mask.shape != (len(self),):
            raise ValueError(
                f"select: got {mask.dtype} of shape {mask.shape}, expected bool of shape ({len(self)},)"
            )
        return mask

    def _filtered(self, filter_func: Callable[[Any], bool], limit: int) -> np.ndarray:
        rows: list[int] = []
        for agent in self:
            if len(rows) >= limit:
                break
            if filter_func(agent):
                rows.append(agent.row)
        return np.array(rows, dtype=np.int64)

    def shuffle(self, inplace: bool = False) -> "ArrayAgentSet":
        """Return the members in random order, the same order as Mesa's shuffle gives.

        Parameters
        ----------
        inplace : bool, optional
            Whether to change this set instead of returning a new one.

        Returns
        -------
        ArrayAgentSet
            The members in random order: a new set, or this one.
        """
        rows = self._rows.tolist()
        self.random.shuffle(rows)
        shuffled = np.array(rows, dtype=np.int64)
        return self._replace(shuffled) if inplace else self._with(shuffled)

    def sort(
        self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False
    ) -> "ArrayAgentSet":
        """Return the members sorted by an attribute or a function, highest first by default (stable sort).

        Parameters
        ----------
        key : callable or str
            An attribute, or a function of the agent.
        ascending : bool, optional
            Whether the lowest comes first.
        inplace : bool, optional
            Whether to change this set instead of returning a new one.

        Returns
        -------
        ArrayAgentSet
            The members in order: a new set, or this one.
        """
        column = self._column(key) if isinstance(key, str) else None
        if column is not None and column.ndim == 1:
            values = column[self._rows]
            order = np.argsort(values, kind="stable")
            if not ascending:
                order = len(values) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
            rows = self._rows[order]
        else:
            of_agent = attrgetter(key) if isinstance(key, str) else key
            ordered = sorted(self, key=of_agent, reverse=not ascending)
            rows = np.array([agent.row for agent in ordered], dtype=np.int64)
        return self._replace(rows) if inplace else self._with(rows)

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Call a method, or a function of the agent, for every member in order; return the results.

        Parameters
        ----------
        method : str or callable
            A method's name, or a function of the agent.
        *args, **kwargs : Any
            Further arguments.

        Returns
        -------
        list
            One result per member.
        """
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "ArrayAgentSet":
        """Call a method, or a function of the agent, for every member in order.

        Parameters
        ----------
        method : str or callable
            A method's name, or a function of the agent.
        *args, **kwargs : Any
            Further arguments.

        Returns
        -------
        ArrayAgentSet
            This set.
        """
        if isinstance(method, str):
            for agent in self:
                getattr(agent, method)(*args, **kwargs)
        else:
            for agent in self:
                method(agent, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "ArrayAgentSet":
        """Call a method, or a function of the agent, for every member in a random order.

        Parameters
        ----------
        method : str or callable
            A method's name, or a function of the agent.
        *args, **kwargs : Any
            Further arguments.

        Returns
        -------
        ArrayAgentSet
            This set, in its own order.
        """
        self.shuffle().do(method, *args, **kwargs)
        return self

    def groupby(self, by: Callable[..., Any] | str, result_type: str = "agentset") -> GroupBy:
        """Return the members grouped by the value of an attribute or a function, as sets or as lists.

        Parameters
        ----------
        by : callable or str
            An attribute, or a function of the agent.
        result_type : str, optional
            "agentset" for sets, "list" for lists.

        Returns
        -------
        GroupBy
            Members by value.
        """
        keys = [by(agent) for agent in self] if callable(by) else self.get(by)
        members: dict[Any, list[int]] = {}
        for key, row in zip(keys, self._rows.tolist(), strict=True):
            members.setdefault(key, []).append(row)
        sets = {key: self._with(np.array(rows, dtype=np.int64)) for key, rows in members.items()}
        return GroupBy(sets if result_type == "agentset" else {key: list(each) for key, each in sets.items()})


def checked_rows(agent_type: type[RowAgent], rows: Any, size: int) -> np.ndarray:
    """Return `rows` as int64 row numbers; raise ValueError if one is out of range or not unique.

    Parameters
    ----------
    agent_type : type
        Kind of agent.
    rows : array-like of shape (n_rows,)
        Row numbers.
    size : int
        Number of rows of the world.

    Returns
    -------
    int64 array of shape (n_rows,)
        The row numbers.
    """
    array = np.asarray(rows)
    if array.ndim != 1 or (len(array) and array.dtype.kind not in "iu"):
        raise ValueError(
            f"rows of {agent_type.__name__}: expected a list of whole numbers, got {array.dtype} "
            f"of shape {array.shape}"
        )
    numbers = array.astype(np.int64)
    outside = numbers[(numbers < 0) | (numbers >= size)]
    if len(outside):
        raise ValueError(f"{agent_type.__name__} row {outside[0]}: expected 0 to {size - 1}")
    if len(np.unique(numbers)) < len(numbers):
        raise ValueError(f"rows of {agent_type.__name__}: expected every row once, some stand there twice")
    return numbers
