"""Membership and the arithmetic of sets, for sets of agents that are rows of the world.

Python's own set operators would walk through members one by one, and would put the result in a set
that refers to them weakly; here they compare row numbers.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from mesa.agent import AgentSet

from agents.mesa_adapter.window import RowAgent, count_rows


class RowOperations:
    """What `ArrayAgentSet` needs to be an ordered set: who is in, who comes in, who goes out."""

    agent_type: type[RowAgent]
    model: Any
    random: Any
    _rows: np.ndarray
    _mask: np.ndarray | None

    def _replace(self, rows: np.ndarray) -> Any:
        raise NotImplementedError

    def _with(self, rows: np.ndarray) -> Any:
        raise NotImplementedError

    def _is_member(self) -> np.ndarray:
        """Return for every row of the world whether it is in this set, bool, shape (n_rows,)."""
        if self._mask is None:
            self._mask = np.zeros(count_rows(self.agent_type, self.model.world), dtype=bool)
            self._mask[self._rows] = True
        return self._mask

    def _is_ours(self, agent: Any) -> bool:
        """Whether `agent` is of this kind and this model, in the set or not."""
        return type(agent) is self.agent_type and agent.model is self.model

    def _row_of(self, agent: Any) -> int:
        if not self._is_ours(agent):
            raise ValueError(f"got {agent!r}: expected a {self.agent_type.__name__} of the same model")
        row: int = agent.row
        return row

    def _rows_of(self, agents: Iterable[Any]) -> np.ndarray:
        """Return the rows of `agents`, each once, in their order; all must be of this kind."""
        if isinstance(agents, RowOperations):
            if len(agents._rows) == 0 or (
                agents.agent_type is self.agent_type and agents.model is self.model
            ):
                return agents._rows
            raise ValueError(f"got {agents!r}: expected {self.agent_type.__name__} agents of the same model")
        return np.array(list(dict.fromkeys(self._row_of(agent) for agent in agents)), dtype=np.int64)

    def _rows_in(self, agents: Iterable[Any]) -> np.ndarray:
        """Return the rows of those of `agents` that are of this kind; others are passed over."""
        if isinstance(agents, RowOperations):
            ours = agents.agent_type is self.agent_type and agents.model is self.model
            return agents._rows if ours else agents._rows[:0]
        return self._rows_of(agent for agent in agents if self._is_ours(agent))

    def _update(self, agents: Iterable[Any]) -> Any:
        return self._replace(self._rows_of(agents).copy())

    def __contains__(self, agent: object) -> bool:
        return self._is_ours(agent) and bool(self._is_member()[agent.row])  # type: ignore[attr-defined]

    def add(self, agent: Any) -> None:
        """Put a member at the end, unless it is in already."""
        row = self._row_of(agent)
        if agent not in self:
            self._replace(np.append(self._rows, row))

    def discard(self, agent: Any) -> None:
        """Take a member out of this set, if it is in; the world keeps its row."""
        if agent in self:
            self._replace(self._rows[self._rows != agent.row])

    def remove(self, agent: Any) -> None:
        """Take a member out of this set; a KeyError says it was not in."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def clear(self) -> None:
        """Take every member out of this set."""
        self._replace(self._rows[:0])

    def count(self, value: Any) -> int:
        """Return 1 if the agent is in the set and 0 if not."""
        return int(value in self)

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the position of a member."""
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
        """Return what `other` has besides our members: its own kind of set if none is of our kind."""
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
