"""Outcomes of the runs of a study, read off the monthly tables of its parts.

An outcome is one of ours, by name, or a function of the user's own, written as `file.py:function`: it
takes the months from the transition on as a pandas table and returns a number.
"""

import hashlib
import runpy
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from scenarios.common.errors import ConfigurationError, one_sentence
from scenarios.studies.plan import Plan, Task
from scenarios.studies.store import Folder
from scenarios.studies.trajectory import life_of
from simulation.months import month_number
from simulation.outcomes.values import columns_behind, declared, values_of

Values = dict[int, dict[str, float]]  # by point and outcome


class Outcomes:
    """The outcomes of a study's runs; a part is read once."""

    def __init__(self, plan: Plan, folder: Folder) -> None:
        self.plan, self.folder = plan, folder
        self.own = [name for name in plan.outcomes if is_own(name)]
        self.ours = [name for name in plan.outcomes if not is_own(name)]
        behind = {column for name in self.ours for column in columns_behind(name)}
        # What a function of the user's looks at is not known: it gets every column.
        self.columns = None if self.own else ["point", "month", *sorted(behind)]
        self._known: dict[str, Values] = {}
        self._transitions: dict[int, str] = {}

    def of_task(self, task: Task) -> Values:
        """Return the outcomes of a task's runs; a task has one replicate of a point."""
        if task.name not in self._known:
            self._known[task.name] = self._read(task)
        return self._known[task.name]

    def _read(self, task: Task) -> Values:
        path = self.folder.table_of(task.name, "monthly")
        table = pq.read_table(path, columns=self.columns)
        columns = {name: table[name].to_numpy() for name in table.column_names}
        begins = np.flatnonzero(np.diff(columns["point"], prepend=-1))
        ends = [*begins[1:], len(columns["point"])]
        found = {}
        for begin, end in zip(begins, ends, strict=True):
            number = int(columns["point"][begin])
            rows = {name: column[begin:end] for name, column in columns.items()}
            transition = self._transition(number)
            found[number] = values_of(rows, transition, self.ours) | self._of_own(rows, transition)
        return found

    def _of_own(self, rows: dict[str, np.ndarray], transition: str) -> dict[str, float]:
        """Return what the user's own functions make of the months of one run."""
        if not self.own:
            return {}
        months = pd.DataFrame(rows)
        months = months[months["month"] >= month_number(transition)]
        return {name: _value_of_own(name, months) for name in self.own}

    def _transition(self, number: int) -> str:
        """Return the month of a point's transition; no draw moves it."""
        if number not in self._transitions:
            point = self.plan.design.points[number]
            life = life_of(self.plan.scenario_of(number), point, 0, self.plan.seeds_per_draw)
            self._transitions[number] = life.parameters.landing.transition
        return self._transitions[number]

    def by_point(self, tasks: Iterable[Task], name: str) -> dict[int, np.ndarray]:
        """Return an outcome by point, float64 of shape (n_replicates,) in order of replicate."""
        found: dict[int, list[tuple[int, float]]] = {}
        for task in tasks:
            for point, values in self.of_task(task).items():
                found.setdefault(point, []).append((task.runs[0].replicate, values[name]))
        return {point: np.array([value for _, value in sorted(rows)]) for point, rows in found.items()}


def is_own(name: str) -> bool:
    """Whether an outcome is a function of the user's, as `file.py:function`."""
    return ".py:" in name


@cache
def own_function(name: str) -> Callable[[pd.DataFrame], Any]:
    """Return the function of the user's that is an outcome.

    Raises
    ------
    ConfigurationError
        When its file cannot be run, or has no such function.
    """
    file, _, function = name.rpartition(":")
    try:
        found = runpy.run_path(file).get(function)
    except Exception as trouble:  # whatever the user's file does when it is run
        kind = type(trouble).__name__
        raise ConfigurationError(f"outcome = {name}: {file}: {kind}: {one_sentence(trouble)}") from None
    if not callable(found):
        raise ConfigurationError(f"outcome = {name}: {file} has no function {function}")
    return found


def described(names: Iterable[str]) -> list[dict[str, str]]:
    """Return name, unit, meaning and how it adds up of outcomes; of an own one also the file's checksum."""
    return [_described_own(name) if is_own(name) else declared([name])[0] for name in names]


def _described_own(name: str) -> dict[str, str]:
    function, file = own_function(name), Path(name.rpartition(":")[0])
    meaning = (function.__doc__ or name).strip().splitlines()[0]
    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    return {
        "name": name, "unit": str(getattr(function, "unit", "own unit")), "meaning": meaning,
        "adds_up": "own", "sha256": checksum,
    }  # fmt: skip


def _value_of_own(name: str, months: pd.DataFrame) -> float:
    """Return what a function of the user's makes of the months of a run."""
    try:
        return float(own_function(name)(months))
    except Exception as trouble:  # whatever the user's function does
        kind = type(trouble).__name__
        raise ConfigurationError(
            f"outcome = {name}: expected a number, got {kind}: {one_sentence(trouble)}"
        ) from None
