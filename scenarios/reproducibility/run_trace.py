"""The trace of a run: a digest of every agent after every process, and the first that differs.

Two runs that should be one are compared by their traces. What differs first is named by agent, month
and process, because everything after it differs too and says nothing.
"""

import base64
import zlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulation.model import Model
from simulation.months import month_text
from simulation.schedule import MONTH

INITIALISATION = "initialisation"
# What is digested of every agent; of what has no agents of its own, one digest of all.
ROWS = {
    "household": ("households", "lives", "calendar", "attention"),
    "informal network": ("networks",),
    "wijk": ("wijken", "slots", "waiting", "tally"),
    "wijkteam": ("teams",),
    "provider": ("providers",),
    "municipality": ("municipality",),
    "waiting list": ("queues",),
}
WHOLE = {"places on waiting lists": ("entries",), "parameters": ("p", "tables", "how_problems_move")}
BOOKS, RECORD = "books", "indicators of the month"
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass
class Trace:
    """The digests of a run, step by step; an observer of it.

    Attributes
    ----------
    first_month : int
        Month number of the first month.
    kinds : dict of str to int
        Agents of every kind, in the order of the columns of `steps`.
    steps : list of uint16 arrays
        A digest of every agent at the initialisation and after every process.
    """

    first_month: int
    kinds: dict[str, int] = field(default_factory=dict)
    steps: list[np.ndarray] = field(default_factory=list)

    @classmethod
    def of(cls, model: Model) -> "Trace":
        """Return the trace of a model that is about to run, its initialisation already in it."""
        trace = cls(model.month)
        model.observers.append(trace)
        trace.after_process(model, INITIALISATION)
        return trace

    def after_process(self, model: Model, process: str) -> None:
        """Keep a digest of every agent."""
        digests = digests_of(model)
        self.kinds = {kind: len(found) for kind, found in digests.items()}
        self.steps.append(np.concatenate(list(digests.values())))

    def first_difference(self, other: "Trace") -> str | None:
        """Return in words what differs first, None where two traces are the same.

        Parameters
        ----------
        other : Trace
            Of another run that should be the same.
        """
        if self.first_month != other.first_month:
            return f"the first month: {month_text(self.first_month)} against {month_text(other.first_month)}"
        for number, (mine, others) in enumerate(zip(self.steps, other.steps, strict=False)):
            if self.kinds != other.kinds or len(mine) != len(others):
                return f"the number of agents, {self._when(number)}: {self.kinds} against {other.kinds}"
            different = np.flatnonzero(mine != others)
            if len(different):
                return f"{self._who(int(different[0]))}, {self._when(number)}"
        if len(self.steps) != len(other.steps):
            return f"the number of processes run: {len(self.steps)} against {len(other.steps)}"
        return None

    def _when(self, number: int) -> str:
        """Return month and process of a step in words."""
        if number == 0:
            return "at the initialisation"
        month, process = divmod(number - 1, len(MONTH))
        return f"in {month_text(self.first_month + month)}, after {MONTH[process].__name__}"

    def _who(self, column: int) -> str:
        """Return the agent of a column in words."""
        for kind, many in self.kinds.items():
            if column < many:
                return f"{kind} {column}" if kind in ROWS else kind
            column -= many
        raise IndexError(f"column {column} of no agent")

    def document(self) -> dict[str, Any]:
        """Return the trace as plain values for a JSON file."""
        steps = np.array(self.steps, dtype="<u2")
        steps[1:] ^= steps[:-1].copy()  # what stays as it was becomes zero, which takes no room
        packed = base64.b64encode(zlib.compress(steps.T.tobytes(), 9)).decode()
        return {
            "first_month": month_text(self.first_month),
            "kinds": self.kinds,
            "steps": len(self.steps),
            "digests": [packed[start : start + 100] for start in range(0, len(packed), 100)],
        }

    @classmethod
    def from_document(cls, document: dict[str, Any], first_month: int) -> "Trace":
        """Return the trace of a document."""
        raw = zlib.decompress(base64.b64decode("".join(document["digests"])))
        steps = np.frombuffer(raw, dtype="<u2").reshape(-1, document["steps"]).T.copy()
        steps = np.bitwise_xor.accumulate(steps, axis=0)
        return cls(first_month, dict(document["kinds"]), list(steps))


def digests_of(model: Model) -> dict[str, np.ndarray]:
    """Return a digest of every agent of a model as it is now, uint16 of shape (n_agents,), by kind."""
    arrays = model.world._asdict()
    found = {kind: _digests([arrays[name] for name in names]) for kind, names in ROWS.items()}
    for kind, names in WHOLE.items():
        found[kind] = np.array([np.bitwise_xor.reduce(_places(_digests([arrays[name]]))) for name in names])
    found[BOOKS] = np.array([np.bitwise_xor.reduce(_places(_digests([model.books.month])))])
    row = min(model.month - model.start_month, len(model.recorder.monthly) - 1)
    found[RECORD] = _digests([model.recorder.monthly[row : row + 1]])
    return {kind: each.astype(np.uint16) for kind, each in found.items()}


def _digests(arrays: list[np.ndarray]) -> np.ndarray:
    """Return a digest of every row over arrays of as many rows, uint16; the same bits, the same digest."""
    parts = [part for array in arrays for part in _bytes(array)]
    rows = np.concatenate(parts, axis=1).astype(np.uint64)
    weights = (np.arange(1, rows.shape[1] + 1, dtype=np.uint64) * _MIX) | np.uint64(1)
    weights ^= weights >> np.uint64(29)
    sums = (rows * (weights * _MIX | np.uint64(1))).sum(axis=1, dtype=np.uint64)
    sums = (sums ^ (sums >> np.uint64(31))) * _MIX
    return (sums >> np.uint64(48)).astype(np.uint16)


def _places(digests: np.ndarray) -> np.ndarray:
    """Return digests that also tell at which place they stand."""
    places = np.arange(1, len(digests) + 1, dtype=np.uint64) * _MIX >> np.uint64(48)
    mixed = (digests.astype(np.uint64) + places) * _MIX >> np.uint64(48)
    return mixed.astype(np.uint16)


def _bytes(array: np.ndarray) -> list[np.ndarray]:
    """Return the bytes of every row, uint8 of shape (n_rows, n_bytes), field by field: no padding."""
    if array.dtype.names is not None:
        return [part for name in array.dtype.names for part in _bytes(array[name])]
    return [np.ascontiguousarray(array).reshape(len(array), -1).view(np.uint8)]
