"""Runs that other studies have done already, found by their address."""

import io
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scenarios.common.errors import ConfigurationError
from scenarios.studies.plan import Run, Task
from scenarios.studies.store import DOCUMENT, Folder
from scenarios.studies.task import Part, as_parquet


@dataclass(frozen=True)
class Found:
    """Where a run stands: a part of some study, and its numbers there."""

    folder: Folder
    part: str
    point: int
    replicate: int


class DoneBefore:
    """Every run of a study and those beside it, by address; a damaged part is looked at when needed.

    A study's own runs count too: a round of a stricter precision groups them in other parts.
    """

    def __init__(self, beside: Path, kept: tuple[str, ...], model_version: str) -> None:
        """Look through the documents of all studies of this model version."""
        self.kept = kept
        self.found: dict[str, Found] = {}
        for path in sorted(beside.parent.glob(f"*/{DOCUMENT}")):
            self._adds(Folder(path.parent), model_version)

    def _adds(self, folder: Folder, model_version: str) -> None:
        try:
            document = folder.sweep
        except ConfigurationError:
            return
        if document.get("model_version") != model_version or not set(self.kept) <= set(document["kept"]):
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
        for name in self.kept:
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
            return _rows(table, run.point, run.replicate)
        found = self.found[run.address]
        if not found.folder.is_whole(found.part):
            return None
        rows = _rows(pq.read_table(found.folder.table_of(found.part, name)), found.point, found.replicate)
        if not len(rows):
            return None
        for place, (column, number) in enumerate((("point", run.point), ("replicate", run.replicate))):
            rows = rows.set_column(place, column, pa.array([number] * len(rows), pa.int64()))
        return rows


def _rows(table: pa.Table, point: int, replicate: int) -> pa.Table:
    """Return the rows of one run."""
    return table.filter(pc.and_(pc.equal(table["point"], point), pc.equal(table["replicate"], replicate)))
