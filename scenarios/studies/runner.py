"""Running a study: what is missing is done, wherever the engine is; what is whole is never done again."""

import io
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.common.result_version import RESULT_VERSION
from scenarios.runs.run_document import commit, versions
from scenarios.studies.engines import Engine, Part, Work, as_parquet
from scenarios.studies.exports import described_runs
from scenarios.studies.plan import Plan, Run, Task, draw_of, seed_of, values_in
from scenarios.studies.precision import Precision, next_round
from scenarios.studies.store import DOCUMENT, Folder, Outcomes, described

# Runs that other studies have done already, found by their address.


@dataclass(frozen=True)
class Found:
    """Where a run stands: a part of some study, and its numbers there."""

    folder: Folder
    part: str
    point: int
    replication: int


class DoneBefore:
    """Every run of a study and those next to it, by address; a damaged part is looked at when needed.

    A study's own runs count too: a round of a stricter precision groups them in other parts.
    """

    def __init__(self, beside: Path, stored: tuple[str, ...], result_version: str) -> None:
        """Look through the documents of all studies of this result version."""
        self.stored = stored
        self.found: dict[str, Found] = {}
        for path in sorted(beside.parent.glob(f"*/{DOCUMENT}")):
            self._is_adding(Folder(path.parent), result_version)

    def _is_adding(self, folder: Folder, result_version: str) -> None:
        try:
            document = folder.sweep
        except ConfigurationError:
            return
        if document.get("result_version") != result_version or not set(self.stored) <= set(
            document["stored"]
        ):
            return
        for path in sorted(folder.parts.glob("*.json")):
            part = folder.part_document(path.stem)
            if part is None:
                continue
            for address, numbers in zip(part["addresses"], part["runs"], strict=True):
                self.found.setdefault(address, Found(folder, path.stem, *numbers))

    def missing(self, task: Task) -> tuple[Run, ...]:
        """Return the runs of a task that nobody has done."""
        return tuple(run for run in task.runs if run.address not in self.found)

    def part_of(self, task: Task, done_now: Part | None) -> Part | None:
        """Return the part of a task from runs done before and those done now; None when some are damaged."""
        tables = {}
        for name in self.stored:
            pieces = []
            for run in task.runs:
                piece = self._piece(name, run, done_now)
                if piece is None:
                    return None
                pieces.append(piece)
            tables[name] = as_parquet(pa.concat_tables(pieces))
        seconds = done_now.run_seconds if done_now else 0.0
        now = done_now.addresses if done_now else ()
        seconds += sum(self._seconds(run.address) for run in task.runs if run.address not in now)
        return Part(task.name, tables, task.runs, seconds)

    def _seconds(self, address: str) -> float:
        """Return what a run took where it was done."""
        found = self.found[address]
        document = found.folder.part_document(found.part) or {"runs": [None]}
        return document.get("run_seconds", 0.0) / len(document["runs"])

    def _piece(self, name: str, run: Run, done_now: Part | None) -> pa.Table | None:
        """Return the rows of one run under the numbers it has in this study."""
        if done_now is not None and run.address in done_now.addresses:
            table = pq.read_table(io.BytesIO(done_now.tables[name]))
            return _rows(table, run.point, run.replication)
        found = self.found[run.address]
        if not found.folder.is_whole(found.part):
            return None
        rows = _rows(pq.read_table(found.folder.table_of(found.part, name)), found.point, found.replication)
        if not len(rows):
            return None
        for place, (column, number) in enumerate((("point", run.point), ("replication", run.replication))):
            rows = rows.set_column(place, column, pa.array([number] * len(rows), pa.int64()))
        return rows


def _rows(table: pa.Table, point: int, replication: int) -> pa.Table:
    """Return the rows of one run."""
    return table.filter(pc.and_(pc.equal(table["point"], point), pc.equal(table["replication"], replication)))


WAIT_SECONDS = 1.0
Told = Callable[[int], None]


def run_study(
    plan: Plan,
    folder: Folder,
    engine: Engine,
    stored: tuple[str, ...],
    told: Told = lambda runs: None,
    precision: Precision | None = None,
) -> None:
    """Do every run of a plan that is not done yet, and write the table of runs.

    Parameters
    ----------
    plan : Plan
        What is run.
    folder : Folder
        Where it is stored; a folder of the same study resumes.
    engine : Engine
        Where it is done.
    kept : tuple of str
        Tables stored of every run.
    told : function
        Called with the number of runs that are whole now.
    precision : Precision, optional
        Adds replications round by round until confidence intervals are as narrow as this asks.
    """
    begin(plan, folder, stored, precision)
    tasks = do_tasks(plan, folder, engine, stored, list(plan.tasks()), told)
    outcomes = Outcomes(plan, folder)
    while precision is not None:
        values = outcomes.by_point(tasks, precision.outcome)
        coming = next_round(precision, values)
        if coming is None:
            break
        added = list(plan.tasks(coming.first, coming.last, coming.points))
        tasks += do_tasks(plan, folder, engine, stored, added, told)
    _write_runs(plan, folder, tasks, outcomes)


def run_pilot(
    plan: Plan, folder: Folder, engine: Engine, stored: tuple[str, ...], told: Told = lambda runs: None
) -> list[Task]:
    """Do the runs of a pilot, of a study that may be there already, and return its tasks."""
    if (folder.path / DOCUMENT).exists():
        check_same(folder, document_of(plan, stored))
    else:
        begin(plan, folder, stored)
    tasks = do_tasks(plan, folder, engine, stored, list(plan.tasks()), told)
    if not folder.runs.exists():
        _write_runs(plan, folder, tasks, Outcomes(plan, folder))
    return tasks


def _write_runs(plan: Plan, folder: Folder, tasks: list[Task], outcomes: Outcomes) -> None:
    """Write the table of runs, with unit and description of every column."""
    table = described_runs(table_of_runs(plan, tasks, outcomes), described(plan.outcomes))
    write_atomically(folder.runs, as_parquet(table, described=True))


def do_tasks(
    plan: Plan, folder: Folder, engine: Engine, stored: tuple[str, ...], tasks: list[Task], told: Told
) -> list[Task]:
    """Do those tasks of a study that are not whole, and return all of them."""
    whole = {task.name for task in tasks if folder.is_whole(task.name, _addresses(task))}
    told(sum(len(task.runs) for task in tasks if task.name in whole))
    left = [task for task in tasks if task.name not in whole]
    if left:
        _Work(plan, folder, stored, told).do_all(engine, left)
    return tasks


def begin(plan: Plan, folder: Folder, stored: tuple[str, ...], precision: Precision | None = None) -> None:
    """Write what is studied, or check that the folder holds the same study.

    Raises
    ------
    ConfigurationError
        When the folder holds another study, one of another result version, or of a newer program.
    """
    document = document_of(plan, stored, precision)
    if (folder.path / DOCUMENT).exists():
        check_same(folder, document)
        there = folder.sweep
        document["replications"] = max(document["replications"], there["replications"])
        if all(document[key] == there.get(key) for key in ("replications", "outcomes", "precision")):
            return
    folder.begin(document)


def document_of(plan: Plan, stored: tuple[str, ...], precision: Precision | None = None) -> dict[str, Any]:
    """Return what describes a study; nothing in it depends on machine, engine or time."""
    return {
        **plan.identity,
        "replications": plan.replications,
        "stored": list(stored),
        "outcomes": described(plan.outcomes),
        "precision": precision.document if precision else None,
        "commit": commit(),
        "versions": versions(),
    }


def check_same(folder: Folder, document: dict[str, Any]) -> None:
    """Raise ConfigurationError unless the folder holds the study a document describes."""
    there = folder.sweep
    if there["study_version"] > document["study_version"]:
        raise ConfigurationError(
            f"{folder.path}: written by a newer version of landingsbaan (study version "
            f"{there['study_version']}, this one reads up to {document['study_version']})"
        )
    if there["result_version"] != document["result_version"]:
        raise ConfigurationError(
            f"{folder.path}: made by result version {there['result_version']}, this is {RESULT_VERSION}; "
            "runs of two versions are never mixed, give the study another name"
        )
    same = (
        "points",
        "overrides",
        "seeds_per_draw",
        "data_checksum",
        "stored",
        "point_replications",
        "municipality_files",
    )
    for key in same:
        if there.get(key) != document.get(key):
            raise ConfigurationError(
                f"{folder.path}: contains another study, because its {key.replace('_', ' ')} differ; give "
                f"this one "
                "another name with study=..."
            )


class _Work:
    """The tasks of a study that are not whole: given out, taken back, kept."""

    def __init__(self, plan: Plan, folder: Folder, stored: tuple[str, ...], told: Told) -> None:
        self.plan, self.folder, self.stored, self.told = plan, folder, stored, told
        self.done_before = DoneBefore(folder.path, stored, RESULT_VERSION)
        self.claimed: set[str] = set()
        self.by_name: dict[str, Task] = {}

    def do_all(self, engine: Engine, tasks: list[Task]) -> None:
        """Do all tasks, those of others' processes excepted; wait for these and do what they leave."""
        self.by_name = {task.name: task for task in tasks}
        left = tasks
        with self.folder.signs_of_life(self.claimed):
            while left:
                for part in engine.do_all(self._given(left)):
                    self._keep(part)
                left = [task for task in left if not self.folder.is_whole(task.name, _addresses(task))]
                if left:
                    time.sleep(WAIT_SECONDS)

    def _given(self, tasks: list[Task]) -> Iterator[Work]:
        """Claim tasks one by one and yield their work; what was done before needs no engine."""
        for task in tasks:
            if not self.folder.claim(task.name):
                continue
            self.claimed.add(task.name)
            if self.folder.is_whole(task.name, _addresses(task)):
                self._end(task)
                continue
            missing = self.done_before.missing(task)
            if missing:
                yield self._work(Task(task.number, task.name, missing))
                continue
            part = self.done_before.part_of(task, None)
            if part is None:
                yield self._work(task)
            else:
                self._write(task, part)

    def _work(self, task: Task) -> Work:
        """Return the work of a task."""
        return Work(
            task=task,
            overrides=tuple(tuple(self.plan.scenario_of(run.point).overrides) for run in task.runs),
            points=tuple(self.plan.design.points[run.point] for run in task.runs),
            seeds_per_draw=self.plan.seeds_per_draw,
            stored=self.stored,
            result_version=RESULT_VERSION,
        )

    def _keep(self, part: Part) -> None:
        """Keep a part that an engine gave back."""
        task = self.by_name[part.name]
        if part.addresses != _addresses(task):
            completed = self.done_before.part_of(task, part)
            if completed is None:  # what was done before turns out to be damaged: do all of it
                self.done_before.found.clear()
                self.folder.release(task.name)
                self.claimed.discard(task.name)
                return
            part = completed
        self._write(task, part)

    def _write(self, task: Task, part: Part) -> None:
        self.folder.keep(part)
        self._end(task)
        self.told(len(task.runs))

    def _end(self, task: Task) -> None:
        self.claimed.discard(task.name)
        self.folder.release(task.name)


def _addresses(task: Task) -> tuple[str, ...]:
    return tuple(run.address for run in task.runs)


def table_of_runs(plan: Plan, tasks: list[Task], outcomes: Outcomes) -> pa.Table:
    """Return a row per run: point, replication, seed, draw, address, part, axes, outcomes, what was drawn."""
    rows = []
    for task in tasks:
        values = outcomes.of_task(task)
        for run in task.runs:
            point = plan.design.points[run.point]
            scenario, draw = plan.scenario_of(run.point), run.replication // plan.seeds_per_draw
            _, drawn = draw_of(scenario, values_in(point), draw)
            rows.append(
                {
                    "point": run.point,
                    "replication": run.replication,
                    "seed": seed_of(scenario, run.replication),
                    "draw": draw,
                    "address": run.address,
                    "part": task.name,
                    **{name: _cell(value) for name, value in point.items()},
                    **{name: _known(value) for name, value in values[run.point].items()},
                    **_drawn_cells(drawn),
                }
            )
    rows.sort(key=lambda row: (row["point"], row["replication"]))
    table = pa.Table.from_pylist(rows)
    for name in plan.outcomes:  # a column without any value is still one of numbers
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(pa.float64()))
    return table


def _known(value: float) -> float | None:
    """Return an outcome as a cell; one that is missing is empty."""
    return value if math.isfinite(value) else None


def _cell(value: Any) -> Any:
    """Return a point's value as a cell: numbers as they are, lists as text."""
    return str(value) if isinstance(value, list) else value


def _drawn_cells(drawn: dict[str, Any]) -> dict[str, float]:
    """Return drawn values as cells; each element of a list has one of its own."""
    cells: dict[str, float] = {}
    for name, value in drawn.items():
        if isinstance(value, list):
            cells |= {f"drawn.{name}[{number}]": each for number, each in enumerate(value)}
        else:
            cells[f"drawn.{name}"] = value
    return cells
