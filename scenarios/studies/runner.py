"""Running a study: the engine executes the missing runs; complete parts are never run again."""

import io
import math
import sys
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
from scenarios.studies.plan import Plan, Run, Task, draw_of, parameter_values, seed_of
from scenarios.studies.precision import Precision, next_round
from scenarios.studies.store import DOCUMENT, Folder, Outcomes, described, has_tables_of

# Reuse of completed runs, of this and other studies, by address.


@dataclass(frozen=True)
class StoredRun:
    """Location of a completed run: study folder, part, and its point and replication there."""

    folder: Folder
    part: str
    point: int
    replication: int


class CompletedRuns:
    """Index by address of the completed runs of a study and of the studies in the same folder.

    The study's own runs are included, since a round of a stricter precision groups them into other parts.
    Checksums of parts are verified only when a run is read.
    """

    def __init__(self, beside: Path, stored: tuple[str, ...], result_version: str) -> None:
        """Read the documents of all studies with this result version."""
        self.stored = stored
        self.found: dict[str, StoredRun] = {}
        self._fits: dict[Path, bool] = {}
        for path in sorted(beside.parent.glob(f"*/{DOCUMENT}")):
            self._add_study(Folder(path.parent), result_version)

    def _add_study(self, folder: Folder, result_version: str) -> None:
        try:
            document = folder.sweep
            names = folder.part_names
        except ConfigurationError:
            return
        if document.get("result_version") != result_version or not set(self.stored) <= set(
            document["stored"]
        ):
            return
        for name in names:
            part = folder.part_document(name)
            if part is None:
                continue
            for address, numbers in zip(part["addresses"], part["runs"], strict=True):
                self.found.setdefault(address, StoredRun(folder, name, *numbers))

    def missing(self, task: Task) -> tuple[Run, ...]:
        """Return the runs of a task that are not completed."""
        return tuple(run for run in task.runs if run.address not in self.found)

    def part_of(self, task: Task, new_part: Part | None) -> Part | None:
        """Return the part of a task from completed runs and those just executed; None if any is damaged."""
        tables = {}
        for name in self.stored:
            pieces = []
            for run in task.runs:
                piece = self._rows_of_run(name, run, new_part)
                if piece is None:
                    return None
                pieces.append(piece)
            tables[name] = as_parquet(pa.concat_tables(pieces))
        seconds = new_part.run_seconds if new_part else 0.0
        now = new_part.addresses if new_part else ()
        seconds += sum(self._seconds(run.address) for run in task.runs if run.address not in now)
        return Part(task.name, tables, task.runs, seconds)

    def _is_as_declared(self, found: StoredRun) -> bool:
        """Return whether the part of a run holds the tables of its runs; each part is read once."""
        path = found.folder.parts / found.part
        if path not in self._fits:
            self._fits[path] = found.folder.is_sweep_part(found.part)
        return self._fits[path]

    def _seconds(self, address: str) -> float:
        """Return the core seconds of a completed run: the mean over the runs of its part."""
        found = self.found[address]
        document = found.folder.part_document(found.part) or {"runs": [None]}
        return document.get("run_seconds", 0.0) / len(document["runs"])

    def _rows_of_run(self, name: str, run: Run, new_part: Part | None) -> pa.Table | None:
        """Return the rows of one run, renumbered to its point and replication in this study."""
        if new_part is not None and run.address in new_part.addresses:
            table = pq.read_table(io.BytesIO(new_part.tables[name]))
            return _rows(table, run.point, run.replication)
        found = self.found[run.address]
        if not found.folder.is_whole(found.part) or not self._is_as_declared(found):
            return None
        rows = _rows(found.folder.table(found.part, name), found.point, found.replication)
        if not len(rows):
            return None
        for place, (column, number) in enumerate((("point", run.point), ("replication", run.replication))):
            rows = rows.set_column(place, column, pa.array([number] * len(rows), pa.int64()))
        return rows


def _rows(table: pa.Table, point: int, replication: int) -> pa.Table:
    """Return the rows of one run."""
    return table.filter(pc.and_(pc.equal(table["point"], point), pc.equal(table["replication"], replication)))


WAIT_SECONDS = 1.0
ProgressCallback = Callable[[int], None]


def run_study(
    plan: Plan,
    folder: Folder,
    engine: Engine,
    stored: tuple[str, ...],
    on_progress: ProgressCallback = lambda runs: None,
    precision: Precision | None = None,
) -> None:
    """Execute the missing runs of a plan, and write the table of runs.

    Parameters
    ----------
    plan : Plan
        The study to run.
    folder : Folder
        Folder of the study; an existing one of the same study is resumed.
    engine : Engine
        Engine that executes the runs.
    stored : tuple of str
        Tables stored for every run.
    on_progress : function
        Called with the number of runs completed since the last call.
    precision : Precision, optional
        Required precision: replications are added in rounds until it is reached.
    """
    begin(plan, folder, stored, precision)
    tasks = do_tasks(plan, folder, engine, stored, list(plan.tasks()), on_progress)
    outcomes = Outcomes(plan, folder)
    while precision is not None:
        values = outcomes.by_point(tasks, precision.outcome)
        coming_round = next_round(precision, values)
        if coming_round is None:
            break
        added = list(plan.tasks(coming_round.first, coming_round.last, coming_round.points))
        tasks += do_tasks(plan, folder, engine, stored, added, on_progress)
    _write_runs(plan, folder, tasks, outcomes)


def run_pilot(
    plan: Plan,
    folder: Folder,
    engine: Engine,
    stored: tuple[str, ...],
    on_progress: ProgressCallback = lambda runs: None,
) -> list[Task]:
    """Execute the missing runs of a pilot, which may be part of an existing study; return its tasks."""
    if (folder.path / DOCUMENT).exists():
        check_same(folder, document_of(plan, stored))
    else:
        begin(plan, folder, stored)
    tasks = do_tasks(plan, folder, engine, stored, list(plan.tasks()), on_progress)
    if not folder.runs.exists():
        _write_runs(plan, folder, tasks, Outcomes(plan, folder))
    return tasks


def _write_runs(plan: Plan, folder: Folder, tasks: list[Task], outcomes: Outcomes) -> None:
    """Write the table of runs, with unit and description of every column."""
    table = described_runs(table_of_runs(plan, tasks, outcomes), described(plan.outcomes))
    write_atomically(folder.runs, as_parquet(table, described=True))


def do_tasks(
    plan: Plan,
    folder: Folder,
    engine: Engine,
    stored: tuple[str, ...],
    tasks: list[Task],
    on_progress: ProgressCallback,
) -> list[Task]:
    """Execute the incomplete tasks of a study; return all tasks."""
    whole = {task.name for task in tasks if folder.is_whole(task.name, _addresses(task))}
    for task in tasks:
        if task.name in whole and not _is_of(task, plan, folder, stored):
            folder.discard(task.name)
            whole.remove(task.name)
    on_progress(sum(len(task.runs) for task in tasks if task.name in whole))
    left = [task for task in tasks if task.name not in whole]
    if left:
        _TaskRunner(plan, folder, stored, on_progress).do_all(engine, left)
    return tasks


def _is_of(task: Task, plan: Plan, folder: Folder, stored: tuple[str, ...]) -> bool:
    """Return whether a whole part holds the tables of a task, and says so in its document."""
    scenarios = {run.point: plan.scenario_of(run.point) for run in task.runs}
    windows = {point: (each.start_month, each.end_month) for point, each in scenarios.items()}
    runs = [(run.point, run.replication) for run in task.runs]
    if (folder.part_document(task.name) or {}).get("runs") != [list(each) for each in runs]:
        return False
    return has_tables_of(folder.tables(task.name), runs, stored, windows)


def begin(plan: Plan, folder: Folder, stored: tuple[str, ...], precision: Precision | None = None) -> None:
    """Write the study's document, or check that the folder holds the same study.

    Raises
    ------
    ConfigurationError
        When the folder holds another study, or one of another result version or a newer study version.
    """
    document = document_of(plan, stored, precision)
    if (folder.path / DOCUMENT).exists():
        check_same(folder, document)
        there = folder.sweep
        document["replications"] = max(document["replications"], there["replications"])
        if all(document[key] == there.get(key) for key in ("replications", "outcomes", "precision")):
            folder.make()
            return
    folder.begin(document)


def document_of(plan: Plan, stored: tuple[str, ...], precision: Precision | None = None) -> dict[str, Any]:
    """Return the document of a study; it does not depend on machine, engine or time."""
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
    """Raise ConfigurationError unless the folder holds the study described by a document."""
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


class _TaskRunner:
    """Executes the incomplete tasks of a study: claims them, runs them on an engine and stores the parts."""

    def __init__(
        self, plan: Plan, folder: Folder, stored: tuple[str, ...], on_progress: ProgressCallback
    ) -> None:
        self.plan, self.folder, self.stored, self.on_progress = plan, folder, stored, on_progress
        self.completed = CompletedRuns(folder.path, stored, RESULT_VERSION)
        self.claimed: set[str] = set()
        self.by_name: dict[str, Task] = {}

    def do_all(self, engine: Engine, tasks: list[Task]) -> None:
        """Execute all tasks; wait for tasks claimed by other processes, and execute those they release."""
        self.by_name = {task.name: task for task in tasks}
        left, told = tasks, False
        with self.folder.heartbeat(self.claimed):
            while left:
                for part in engine.do_all(self._claimed_work(left)):
                    self._keep(part)
                left = [task for task in left if not self.folder.is_whole(task.name, _addresses(task))]
                if left and not told:
                    told = True
                    print(f"Waiting for {len(left)} parts that other processes work on.", file=sys.stderr)
                if left:
                    time.sleep(WAIT_SECONDS)

    def _claimed_work(self, tasks: list[Task]) -> Iterator[Work]:
        """Claim tasks one by one and yield their work; completed runs are copied and need no engine."""
        for task in tasks:
            if not self.folder.claim(task.name):
                continue
            self.claimed.add(task.name)
            if self.folder.is_whole(task.name, _addresses(task)):
                self._end(task)
                continue
            missing = self.completed.missing(task)
            if missing:
                yield self._work(Task(task.number, task.name, missing))
                continue
            part = self.completed.part_of(task, None)
            if part is None:
                yield self._work(task)
            else:
                self._write(task, part)

    def _work(self, task: Task) -> Work:
        """Return the engine's input for a task."""
        return Work(
            task=task,
            overrides=tuple(tuple(self.plan.scenario_of(run.point).overrides) for run in task.runs),
            points=tuple(self.plan.design.points[run.point] for run in task.runs),
            seeds_per_draw=self.plan.seeds_per_draw,
            stored=self.stored,
            result_version=RESULT_VERSION,
        )

    def _keep(self, part: Part) -> None:
        """Store a part that the engine returned, completed with runs done before."""
        task = self.by_name[part.name]
        if part.addresses != _addresses(task):
            completed = self.completed.part_of(task, part)
            if completed is None:  # an earlier part is damaged: run the whole task again
                self.completed.found.clear()
                self.folder.release(task.name)
                self.claimed.discard(task.name)
                return
            part = completed
        self._write(task, part)

    def _write(self, task: Task, part: Part) -> None:
        self.folder.keep(part)
        self._end(task)
        self.on_progress(len(task.runs))

    def _end(self, task: Task) -> None:
        self.claimed.discard(task.name)
        self.folder.release(task.name)


def _addresses(task: Task) -> tuple[str, ...]:
    return tuple(run.address for run in task.runs)


def table_of_runs(plan: Plan, tasks: list[Task], outcomes: Outcomes) -> pa.Table:
    """Return a row per run: point, replication, seed, draw, address, part, axes, outcomes, drawn values."""
    rows = []
    for task in tasks:
        values = outcomes.of_task(task)
        for run in task.runs:
            point = plan.design.points[run.point]
            scenario, draw = plan.scenario_of(run.point), run.replication // plan.seeds_per_draw
            _, drawn = draw_of(scenario, parameter_values(point), draw)
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
    for name in plan.outcomes:  # a column with only missing values must be float64 too
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(pa.float64()))
    return table


def _known(value: float) -> float | None:
    """Return an outcome as a cell: None if it is missing."""
    return value if math.isfinite(value) else None


def _cell(value: Any) -> Any:
    """Return a point's value as a cell: lists as text, other values unchanged."""
    return str(value) if isinstance(value, list) else value


def _drawn_cells(drawn: dict[str, Any]) -> dict[str, float]:
    """Return drawn values as cells, with one cell per element of a list."""
    cells: dict[str, float] = {}
    for name, value in drawn.items():
        if isinstance(value, list):
            cells |= {f"drawn.{name}[{number}]": each for number, each in enumerate(value)}
        else:
            cells[f"drawn.{name}"] = value
    return cells
