"""Outcomes of the runs of a study, read off the monthly tables of its parts."""

from collections.abc import Iterable

import numpy as np
import pyarrow.parquet as pq

from scenarios.studies.life import life_of
from scenarios.studies.plan import Plan, Task
from scenarios.studies.store import Folder
from simulation.observation.outcome_values import columns_behind, values_of

Values = dict[int, dict[str, float]]  # by point and outcome


class Outcomes:
    """The outcomes of a study's runs; a part is read once."""

    def __init__(self, plan: Plan, folder: Folder) -> None:
        self.plan, self.folder = plan, folder
        behind = {column for name in plan.outcomes for column in columns_behind(name)}
        self.columns = ["point", "month", *sorted(behind)]
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
        columns = {name: table[name].to_numpy() for name in self.columns}
        begins = np.flatnonzero(np.diff(columns["point"], prepend=-1))
        ends = [*begins[1:], len(columns["point"])]
        found = {}
        for begin, end in zip(begins, ends, strict=True):
            number = int(columns["point"][begin])
            rows = {name: column[begin:end] for name, column in columns.items()}
            found[number] = values_of(rows, self._transition(number), self.plan.outcomes)
        return found

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
