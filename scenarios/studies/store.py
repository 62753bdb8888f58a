"""The folder of a study: its document, and parts that are written atomically.

    results/studies/<name>/
        study.json            document of the study; written first
        parts/<task>.json     addresses of the runs, checksums of the tables; written last for each part
        parts/<task>.monthly.parquet, parts/<task>.wijken.parquet
        claims/<task>         the process that is working on a task
        runs.parquet          one row per run, written when all parts are complete

A part is complete if its document exists and its tables match the checksums in it; other parts are run again.
Parts never change, so an interrupted and resumed study has the same bytes as an uninterrupted one.
"""

import json
import math
import os
import runpy
import socket
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.common.errors import ConfigurationError, one_sentence
from scenarios.common.files import (
    as_json,
    checksum,
    entries,
    misfit,
    read_document,
    read_json,
    read_regular,
    write_atomically,
)
from scenarios.studies.engines import OUTCOME_TABLE, TABLES, Part, kinds_of
from scenarios.studies.plan import STUDY_VERSION, Plan, Task, trajectory_of
from simulation.months import month_number
from simulation.outcomes.definitions import columns_behind, declared, values_of
from simulation.recording.new_folder import explain_disk_errors, is_dead, remove_leftovers, this_process
from simulation.recording.store import is_unchanged, with_checksum

DOCUMENT, RUNS = "study.json", "runs.parquet"
# Required keys: of the document of any folder of parts, in addition of a sweep, of a part, of a claim.
DOCUMENT_SHAPE = {"study_version": int, "result_version": str}
SWEEP_SHAPE = {"design": str, "axes": [str], "points": [dict, ...], "overrides": [str], "replications": int,
               "seeds_per_draw": int, "stored": [str]}  # fmt: skip
PART_SHAPE = {"addresses": [str], "runs": [[int]], "sha256": dict}
CLAIM_SHAPE = {"host": str, "machine": str, "process": int, "began": int}
BEAT_SECONDS = 5.0
STALE_SECONDS = 60.0  # a claim without a heartbeat for this long may be taken over


@dataclass(frozen=True)
class Folder:
    """The folder of one study."""

    path: Path

    @property
    def parts(self) -> Path:
        """Folder of the parts."""
        return self.path / "parts"

    @property
    def claims(self) -> Path:
        """Folder of the claims: which process is working on which task."""
        return self.path / "claims"

    @property
    def runs(self) -> Path:
        """File of the table with one row per run."""
        return self.path / RUNS

    @cached_property
    def document(self) -> dict[str, Any]:
        """The document of the study.

        Raises
        ------
        ConfigurationError
            When there is none, or it cannot be read.
        """
        document = read_document(self.path / DOCUMENT, "what describes a study", {"study_version": int})
        if "model_version" in document:  # name of the result version in version 0.1
            raise ConfigurationError(
                f"{self.path / DOCUMENT}: written by version 0.1 of landingsbaan, which this version does "
                "not read; run the command again under another name"
            )
        wrong = misfit(document, DOCUMENT_SHAPE)
        if wrong:
            raise ConfigurationError(f"{self.path / DOCUMENT}: {wrong}; expected what describes a study")
        if not is_unchanged(document):
            raise ConfigurationError(
                f"{self.path / DOCUMENT} differs from what the study wrote: its checksum is another"
            )
        return document

    @cached_property
    def sweep(self) -> dict[str, Any]:
        """The document of the study, checked to be a sweep of points and replications.

        Raises
        ------
        ConfigurationError
            When it is not a sweep, or cannot be read.
        """
        wrong = misfit(self.document, SWEEP_SHAPE) or _misfit_of_points(self.document)
        if not wrong and set(self.document["stored"]) - {*TABLES, OUTCOME_TABLE}:
            wrong = "stored names a table that no sweep stores"
        version = self.document["study_version"]
        if wrong and "design" in self.document and version < STUDY_VERSION:
            raise ConfigurationError(
                f"{self.path / DOCUMENT}: study version {version}, this version of landingsbaan reads "
                f"{STUDY_VERSION}; run the sweep again under another name"
            )
        if wrong:
            raise ConfigurationError(f"{self.path / DOCUMENT}: {wrong}; expected what describes a sweep")
        return self.document

    # Writing.

    def make(self) -> None:
        """Create the folders that are missing; copies may leave out empty ones."""
        with explain_disk_errors(self.path):
            self.parts.mkdir(parents=True, exist_ok=True)
            self.claims.mkdir(exist_ok=True)

    def begin(self, document: dict[str, Any]) -> None:
        """Create the folder if needed, and write the study's document."""
        self.make()
        with explain_disk_errors(self.path):
            for place in (self.path, self.parts):
                remove_leftovers(place)
            write_atomically(self.path / DOCUMENT, as_json(with_checksum(json.loads(as_json(document)))))
        for known in ("document", "sweep"):
            self.__dict__.pop(known, None)

    def begin_or_resume(self, identity: dict[str, Any], others: dict[str, Any], what: str) -> None:
        """Begin, or check that the existing document has the same identity.

        Raises
        ------
        ConfigurationError
            When the folder holds another `what`.
        """
        if not (self.path / DOCUMENT).exists():
            self.begin({**identity, **others})
            return
        for key, value in identity.items():
            if self.document.get(key) != value:
                raise ConfigurationError(
                    f"{self.path}: contains another {what}, because its {key.replace('_', ' ')} differs; "
                    f"give this one "
                    "another name with name=..."
                )

    def keep(self, part: Part) -> None:
        """Store a part: its tables first, its document last."""
        with explain_disk_errors(self.path):
            for name, content in part.tables.items():
                write_atomically(self.table_of(part.name, name), content)
            document = {
                "addresses": list(part.addresses),
                "runs": [[run.point, run.replication] for run in part.runs],
                "sha256": {name: checksum(content) for name, content in part.tables.items()},
                "run_seconds": round(part.run_seconds, 3),
            }
            write_atomically(self.parts / f"{part.name}.json", as_json(with_checksum(document)))

    # Reading.

    @property
    def part_names(self) -> list[str]:
        """Names of the parts that have a document, sorted.

        Raises
        ------
        ConfigurationError
            When the folder of the parts cannot be read.
        """
        return [path.stem for path in entries(self.parts) if path.suffix == ".json"]

    def table_of(self, part: str, name: str) -> Path:
        """Return the file of one table of a part."""
        return self.parts / f"{part}.{name}.parquet"

    def part_document(self, part: str) -> dict[str, Any] | None:
        """Return the document of a part, or None if there is no valid one."""
        try:
            document = read_json(self.parts / f"{part}.json")
        except (OSError, ValueError):
            return None
        if misfit(document, PART_SHAPE) or len(document["addresses"]) != len(document["runs"]):
            return None
        if not is_unchanged(document):
            return None
        if misfit(document.setdefault("run_seconds", 0.0), float):
            return None
        tables = document["sha256"]
        named = bool(tables) and all(name.isidentifier() for name in tables)
        return document if named and all(len(numbers) == 2 for numbers in document["runs"]) else None

    def is_whole(self, part: str, addresses: tuple[str, ...] | None = None) -> bool:
        """Return whether a part is complete and undamaged, and holds these runs if any are given."""
        document = self.part_document(part)
        if document is None or (addresses is not None and document["addresses"] != list(addresses)):
            return False
        for name, known in document["sha256"].items():
            try:
                content = read_regular(self.table_of(part, name))
            except (OSError, ValueError):
                return False
            if checksum(content) != known:
                return False
        return True

    def tables(self, part: str) -> dict[str, bytes]:
        """Return the tables of a whole part as parquet, by name."""
        document = self.part_document(part) or {"sha256": {}}
        return {name: read_regular(self.table_of(part, name)) for name in document["sha256"]}

    def table(self, part: str, name: str, columns: list[str] | None = None) -> pa.Table:
        """Return a table of a whole part; read as bytes, because Arrow takes no path that is not UTF-8."""
        return pq.read_table(pa.BufferReader(read_regular(self.table_of(part, name))), columns=columns)

    def is_sweep_part(self, part: str) -> bool:
        """Return whether a whole part of a sweep holds the tables of its runs, as declared."""
        document = self.part_document(part)
        runs = [(point, replication) for point, replication in document["runs"]] if document else []
        return has_tables_of(self.tables(part), runs, self.sweep["stored"])

    def discard(self, part: str) -> None:
        """Remove the document of a part, so that the part is no longer complete and is run again."""
        (self.parts / f"{part}.json").unlink(missing_ok=True)

    # Claims.

    def claim(self, task: str) -> bool:
        """Claim a task for this process; return False if another process holds it."""
        path = self.claims / task
        with explain_disk_errors(self.path):
            if _make_claim(path, _own_claim()):
                return True
            return _is_stale(path) and _remove_stale(path) and _make_claim(path, _own_claim())

    def has_live_claim(self) -> bool:
        """Return whether a live process holds a claim."""
        return any(not _is_stale(path) for path in self.claims.glob("*"))

    def release(self, task: str) -> None:
        """Remove the claim of this process on a task, completed or not."""
        if self._is_own_claim(task):
            (self.claims / task).unlink(missing_ok=True)

    def _is_own_claim(self, task: str) -> bool:
        """Return whether this process holds a claim: after a long silence another may have taken it over."""
        try:
            return (self.claims / task).read_bytes() == _own_claim()
        except FileNotFoundError:
            return False

    @contextmanager
    def heartbeat(self, claimed: set[str]) -> Iterator[None]:
        """Touch the claims of this process regularly while the context lasts; release them at its end.

        Other processes take over a claim without a heartbeat. `claimed` may change in the meantime.
        """
        over = threading.Event()

        def beat() -> None:
            while not over.wait(BEAT_SECONDS):
                for task in list(claimed):
                    try:
                        if self._is_own_claim(task):
                            os.utime(self.claims / task)
                    except OSError:
                        continue  # released in the meantime

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            for task in list(claimed):
                self.release(task)


# A checksum says that a table is as some program wrote it; these check that it is the table of its runs.

IS_OF_KIND = {
    "whole": pa.types.is_integer,
    "real": pa.types.is_floating,
    "text": lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind),
}
KEYS = {"monthly": ["month"], "wijken": ["year", "wijk"], OUTCOME_TABLE: []}


MOST_ROWS_OF_RUN = 100_000  # of a table, for instance a thousand wijken in a hundred years


def read_keys(
    content: bytes,
    kinds: Mapping[str, str],
    keys: Sequence[str],
    may_be_empty: Collection[str] = (),
    most: int = MOST_ROWS_OF_RUN,
) -> pd.DataFrame | None:
    """Return the key columns of a table of a part, or None where the table is not as declared.

    Parameters
    ----------
    content : bytes
        The table as parquet.
    kinds : mapping of str to str
        Columns in order, each "whole", "real" or "text".
    keys : sequence of str
        Columns that together differ between any two rows.
    may_be_empty : collection of str
        Columns that may have cells without a number.
    most : int
        Largest number of rows: a few kilobytes can be written as billions of rows.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        schema = file.schema_arrow
        if file.metadata.num_rows > most or schema.names != list(kinds):
            return None
        if not all(IS_OF_KIND[kinds[each.name]](each.type) for each in schema):
            return None
        table = file.read()
    except (pa.ArrowException, OSError, ValueError):
        return None
    if not len(table) or any(_lacks_numbers(table[name], name in may_be_empty) for name in kinds):
        return None
    frame = table.select(list(keys)).to_pandas()
    return None if frame.duplicated().any() else frame


def _lacks_numbers(column: pa.ChunkedArray, may_be_empty: bool) -> bool:
    """Return whether a column has infinite cells, or empty ones where it may not."""
    if column.null_count and not may_be_empty:
        return True
    if not pa.types.is_floating(column.type):
        return False
    numbers = column.to_numpy()  # nan where a cell is empty
    return bool(np.isinf(numbers).any() or (not may_be_empty and np.isnan(numbers).any()))


def has_tables_of(
    tables: Mapping[str, bytes],
    runs: Sequence[tuple[int, int]],
    stored: Iterable[str],
    windows: Mapping[int, tuple[int, int]] | None = None,
) -> bool:
    """Return whether the tables of a part of a sweep are those of its runs.

    Parameters
    ----------
    tables : mapping of str to bytes
        Tables as parquet, by name.
    runs : sequence of (int, int)
        Point and replication of each run, in order.
    stored : iterable of str
        Names of the tables that are stored.
    windows : mapping of int to (int, int), optional
        First and last month by point.
    """
    for name in stored:
        kinds, may_be_empty = kinds_of(name)
        keys = read_keys(
            tables.get(name, b""), kinds, ["point", "replication", *KEYS[name]], may_be_empty,
            MOST_ROWS_OF_RUN * len(runs),
        )  # fmt: skip
        if keys is None:
            return False
        begins = np.flatnonzero((keys[["point", "replication"]].diff() != 0).any(axis=1))
        blocks = [keys.iloc[begin:end] for begin, end in pairwise([*begins, len(keys)])]
        found = [(int(rows["point"].iloc[0]), int(rows["replication"].iloc[0])) for rows in blocks]
        if found != list(runs) or not all(_is_complete(rows, name, windows) for rows in blocks):
            return False
    return True


def _is_complete(rows: pd.DataFrame, name: str, windows: Mapping[int, tuple[int, int]] | None) -> bool:
    """Return whether the rows of one run in a table have every month, or every wijk in every year."""
    if name != "monthly":
        return len(rows) == math.prod(rows[key].nunique() for key in KEYS[name])
    months = rows["month"].to_numpy()
    first, last = windows[int(rows["point"].iloc[0])] if windows else (months[0], months[-1])
    return np.array_equal(months, np.arange(first, last + 1))


def latest_finished(root: Path, document: str) -> Path | None:
    """Return the folder in `root` with the newest file named `document`, or None if there is none."""
    found = sorted(root.glob(f"*/{document}"), key=lambda path: path.stat().st_mtime)
    return found[-1].parent if found else None


def _own_claim() -> bytes:
    """Return what the claims of this process hold."""
    return as_json({"host": socket.gethostname(), **this_process()})


def _make_claim(path: Path, content: bytes) -> bool:
    """Write a claim; return False if there is one already."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return True


def _remove_stale(path: Path) -> bool:
    """Remove a claim that was found stale; return False if another process has renewed it since.

    Two processes may find one claim stale. Only one can rename it; the other may rename the new claim of
    the first, which it sees by looking again, and puts back.
    """
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return True  # another process took it away; whoever writes first holds the task
    stale = _is_stale(aside)
    if not stale:
        _make_claim(path, aside.read_bytes())
    aside.rmdir() if aside.is_dir() else aside.unlink()
    return stale


def _misfit_of_points(document: dict[str, Any]) -> str | None:
    """Return a sentence about points that do not fit the axes of a sweep, or None if all fit.

    A point has a value for some or all axes, and every axis has a value in some point.
    """
    if set().union(*document["points"]) != set(document["axes"]):
        return "points has other names than axes"
    for number, point in enumerate(document["points"]):
        for name, value in point.items():
            if any(isinstance(each, dict | list) for each in (value if isinstance(value, list) else [value])):
                return f"points[{number}].{name} is no value of an axis"
    return None


def _is_stale(path: Path) -> bool:
    """Return whether the process that holds a claim is dead or silent."""
    silent = math.inf
    try:
        # The modification time may lie in the future if the clock was set back.
        silent = abs(time.time() - path.stat().st_mtime)
        holder = read_json(path)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return silent > BEAT_SECONDS  # still being written, or incomplete
    if misfit(holder, CLAIM_SHAPE):
        return silent > BEAT_SECONDS
    return is_dead(holder["machine"], holder["process"], holder["began"]) or silent > STALE_SECONDS


# Outcomes of the runs of a study, computed from the monthly tables of its parts.
#
# An outcome is a built-in one, by name, or a function of the user, written as `file.py:function`: it takes
# the months from the transition on as a pandas table and returns a number.

Values = dict[int, dict[str, float]]  # by point and outcome


class Outcomes:
    """Computes the outcomes of a study's runs; each part is read once."""

    def __init__(self, plan: Plan, folder: Folder) -> None:
        self.plan, self.folder = plan, folder
        self.own = [name for name in plan.outcomes if is_own(name)]
        self.ours = [name for name in plan.outcomes if not is_own(name)]
        behind = {column for name in self.ours for column in columns_behind(name)}
        # The columns that a user's function needs are not known, so it gets all of them.
        self.columns = None if self.own else ["point", "month", *sorted(behind)]
        self._known: dict[str, Values] = {}
        self._transitions: dict[int, str] = {}

    def of_task(self, task: Task) -> Values:
        """Return the outcomes of a task's runs by point; a task has one replication of each point."""
        if not self.plan.outcomes:  # the monthly table need not exist
            return {run.point: {} for run in task.runs}
        if task.name not in self._known:
            self._known[task.name] = self._read(task)
        return self._known[task.name]

    def _read(self, task: Task) -> Values:
        table = self.folder.table(task.name, "monthly", self.columns)
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
        """Return the outcomes of the user's functions for one run."""
        if not self.own:
            return {}
        months = pd.DataFrame(rows)
        months = months[months["month"] >= month_number(transition)]
        return {name: _value_of_own(name, months) for name in self.own}

    def _transition(self, number: int) -> str:
        """Return the month of a point's transition, which draws do not change."""
        if number not in self._transitions:
            point = self.plan.design.points[number]
            trajectory = trajectory_of(self.plan.scenario_of(number), point, 0, self.plan.seeds_per_draw)
            self._transitions[number] = trajectory.parameters.landing.transition
        return self._transitions[number]

    def by_point(self, tasks: Iterable[Task], name: str) -> dict[int, np.ndarray]:
        """Return an outcome by point, float64 of shape (n_replications,) in order of replication."""
        found: dict[int, list[tuple[int, float]]] = {}
        for task in tasks:
            for point, values in self.of_task(task).items():
                found.setdefault(point, []).append((task.runs[0].replication, values[name]))
        return {point: np.array([value for _, value in sorted(rows)]) for point, rows in found.items()}


def is_own(name: str) -> bool:
    """Return whether an outcome is a user's function, written as `file.py:function`."""
    return ".py:" in name


@cache
def own_function(name: str) -> Callable[[pd.DataFrame], Any]:
    """Return the user's function for an outcome.

    Raises
    ------
    ConfigurationError
        When its file cannot be run, or has no such function.
    """
    file, _, function = name.rpartition(":")
    try:
        read_regular(Path(file), "a file in Python")
        found = runpy.run_path(file).get(function)
    except ConfigurationError as error:
        raise ConfigurationError(f"outcome = {name}: {error}") from None
    except Exception as error:  # the user's file may raise anything
        kind = type(error).__name__
        raise ConfigurationError(f"outcome = {name}: {file}: {kind}: {one_sentence(error)}") from None
    if not callable(found):
        raise ConfigurationError(f"outcome = {name}: {file} has no function {function}")
    return found


def described(names: Iterable[str]) -> list[dict[str, str]]:
    """Return name, unit, meaning and aggregation of outcomes; of a user's function also the checksum."""
    return [_described_own(name) if is_own(name) else declared([name])[0] for name in names]


def _described_own(name: str) -> dict[str, str]:
    function, file = own_function(name), Path(name.rpartition(":")[0])
    meaning = (function.__doc__ or name).strip().splitlines()[0]
    digest = checksum(read_regular(file))
    return {
        "name": name, "unit": str(getattr(function, "unit", "own unit")), "meaning": meaning,
        "adds_up": "own", "sha256": digest,
    }  # fmt: skip


def _value_of_own(name: str, months: pd.DataFrame) -> float:
    """Return the value of a user's function for the months of a run."""
    try:
        return float(own_function(name)(months))
    except Exception as error:  # the user's function may raise anything
        kind = type(error).__name__
        raise ConfigurationError(
            f"outcome = {name}: expected a number, got {kind}: {one_sentence(error)}"
        ) from None
