"""Options that all explorations share, and where an exploration is kept."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agents.rule import MODEL_VERSION
from scenarios.errors import ConfigurationError
from scenarios.exploration.question import Answer, Case, Question, answer
from scenarios.installation import check_clone
from scenarios.room import check_room
from scenarios.studies.options import engine_of
from scenarios.studies.progress import StudyProgress
from scenarios.studies.store import Folder, as_json, writes

ROOT = Path("results/studies")
BYTES_PER_RUN = 150_000  # an upper bound by an ample factor of what a run keeps on ten years and three


@dataclass
class ExplorationOptions:
    """What all explorations are asked beside the keys of a scenario.

    Attributes
    ----------
    study : str
        Name of the study its runs are kept in; empty makes one of what is asked.
    design_seed : int
        Seed of the design, no part of the luck of the runs.
    levers, unknowns : str
        What is varied (`scenarios/exploration/factors.py`).
    engine, scheduler, processes
        As in a sweep.
    write : bool
        Whether the page in docs/ and its figures are written.
    """

    study: str = ""
    design_seed: int = 0
    levers: str = "default"
    unknowns: str = "all"
    engine: str = "local"
    scheduler: str = ""
    processes: int = 0
    write: bool = False


LEAST = {"design_seed": 0, "engine.processes": 0}


def check_options(options: ExplorationOptions) -> None:
    """Raise ConfigurationError for a name that is a path, and for a page where the project has none."""
    name = options.study
    if name and (Path(name).name != name or name.startswith(".")):
        raise ConfigurationError(f"study = {name}: expected a name, not a path")
    if options.write:
        check_clone("write = true")


def answered(
    question: Question, cases: list[Case], options: ExplorationOptions, name: str
) -> tuple[Answer, Folder]:
    """Run the cases of an exploration under a bar of progress; return what they say, and where they are."""
    plan, _ = question.plan(cases)
    folder = Folder(ROOT / (options.study or f"{name}_{plan.name.removeprefix('sweep_')}"))
    check_room(ROOT, len(plan.design.points) * BYTES_PER_RUN)
    engine = engine_of(options)
    with told_progress(len(plan.design.points), question.scenario.language) as told:
        found = answer(question, cases, folder, engine, told)
    return found, folder


@contextmanager
def told_progress(runs: int, language: str) -> Iterator[Any]:
    """Show a bar of runs, and yield what counts them."""
    with StudyProgress(runs, language) as progress:
        yield progress.counts


def about(question: Question, found: Answer, cases: int, command: str) -> dict[str, Any]:
    """Return what was run, for the document of a result."""
    scenario = question.scenario
    return {
        "command": command,
        "model_version": MODEL_VERSION,
        "municipality": scenario.profile.name,
        "households": scenario.profile.households,
        "policy": question.policy,
        "overrides": list(question.overrides),
        "cases": cases,
        "runs": found.runs,
        "core_seconds": round(found.core_seconds),
        "first_month": scenario.configuration["window"]["start"],
        "last_month": scenario.configuration["window"]["end"],
    }


def keeps(document: dict[str, Any], path: Path) -> Path:
    """Write a document of a result, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writes(path, as_json(plain(document)))
    return path


def plain(value: Any) -> Any:
    """Return a value without NumPy's types, numbers in six digits; what is missing is None.

    Examples
    --------
    >>> plain({"a": np.float64(1 / 3), "b": float("nan")})
    {'a': 0.333333, 'b': None}
    """
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, np.bool_ | bool):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(f"{value:.6g}") if np.isfinite(value) else None
    return value


def read(path: Path) -> dict[str, Any]:
    """Return the document of a result.

    Raises
    ------
    ConfigurationError
        When there is none, or it cannot be read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"{path}: no such file, expected what an exploration left") from None
    except (OSError, ValueError) as trouble:
        raise ConfigurationError(f"{path}: cannot be read: {trouble}") from None
