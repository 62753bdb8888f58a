"""Options shared by all explorations, and the storage of their results."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from scenarios.analysis.exploration.question import Answer, Case, Question, answer, arms_asked
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import as_json, read_document, write_atomically
from scenarios.common.installation import check_clone
from scenarios.common.result_version import RESULT_VERSION
from scenarios.common.terminal import StudyProgress
from scenarios.config.overrides import MOST_POINTS
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.resources import check_disk_space, check_memory
from scenarios.studies.commands import EngineOptions, check_folder_name, engine_of, memory_here
from scenarios.studies.store import Folder

ROOT = Path("results/studies")
BYTES_PER_CASE = 20_000  # memory of the point of one arm: some hundred names and numbers, twice
BYTES_PER_RUN = 150_000  # generous upper bound of the stored result of a run of thirteen years


@dataclass
class StudyOptions(EngineOptions):
    """Options of all commands that run as studies, in addition to the keys of a scenario.

    Attributes
    ----------
    study : str
        Name of the study that stores the runs; empty for a name derived from the request.
    design_seed : int
        Seed of the design; independent of the random seeds of the runs.
    """

    study: str = ""
    design_seed: int = 0


@dataclass
class ExplorationOptions(StudyOptions):
    """Further options of explorations.

    Attributes
    ----------
    levers, unknowns : str
        Levers and unknowns that vary (`scenarios/analysis/exploration/question.py`).
    write : bool
        Whether the page in docs/ and its figures are written.
    """

    levers: str = "default"
    unknowns: str = "all"
    write: bool = False


NO_SHAPE: dict[str, Any] = {}  # for documents that were written by the same process
LEAST = {"design_seed": 0, "engine.processes": 0}


def check_options(options: ExplorationOptions) -> None:
    """Raise ConfigurationError for a name that is a path, and for `write` outside a clone of the project."""
    check_folder_name("study", options.study)
    if options.write:
        check_clone("write = true")


def check_size(question: Question, cases: int, options: StudyOptions, rounds: int = 1) -> None:
    """Raise ConfigurationError for more cases than fit in memory or on disk; call before making the cases.

    Parameters
    ----------
    question : Question
        Outcomes requested of each case.
    cases : int
        Cases held in memory at once.
    options : StudyOptions
        Options of the engine.
    rounds : int
        Number of rounds of this size, run one after the other.
    """
    if cases > MOST_POINTS:
        raise ConfigurationError(f"{cases:,} cases: expected at most {MOST_POINTS:,}; ask for fewer")
    scenario, runs = question.scenario, cases * len(arms_asked(question.outcomes))
    check_disk_space(ROOT, runs * rounds * BYTES_PER_RUN)
    needed = runs * BYTES_PER_CASE + memory_here(options, scenario.profile.households, runs)
    fewer = "cases, households (municipality.households) or processes (engine.processes=1)"
    check_memory(needed, scenario.language, fewer)


def run_cases(
    question: Question, cases: list[Case], options: StudyOptions, name: str
) -> tuple[Answer, Folder]:
    """Run the cases of an exploration with a progress bar; return the answer and the folder of the study.

    Call `check_size` before making the cases.
    """
    plan, _ = question.plan(cases)
    folder = Folder(ROOT / (options.study or f"{name}_{plan.name.removeprefix('sweep_')}"))
    engine = engine_of(options)
    with run_progress(len(plan.design.points), question.scenario.language) as count_done:
        found = answer(question, cases, folder, engine, count_done)
    return found, folder


@contextmanager
def run_progress(runs: int, language: str) -> Iterator[Any]:
    """Show a progress bar of runs, and yield the function that counts completed runs."""
    with StudyProgress(runs, language) as progress:
        yield progress.count_done


def command_of(name: str, words: list[str]) -> str:
    """Return the command that made a result, quoted for a shell."""
    quoted = [f"'{word}'" if set(word) & set("()[]{}*<> ") else word for word in words]
    return " ".join(["landingsbaan", name, *quoted])


def about(question: Question, found: Answer, cases: int, name: str, words: list[str]) -> dict[str, Any]:
    """Return the description of the runs and the command, for the document of a result."""
    scenario = question.scenario
    return {
        "command": command_of(name, words),
        "result_version": RESULT_VERSION,
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


def store_result(document: dict[str, Any], path: Path) -> Path:
    """Write the document of a result atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, as_json(plain(document)))
    return path


class Page(NamedTuple):
    """Output functions of an exploration.

    Attributes
    ----------
    summary : function
        Takes the document and a language, returns lines for the terminal.
    draw : function
        Takes the document and a folder, draws figures there.
    write_pages : function, optional
        Takes all documents, writes the pages of the documentation.
    """

    summary: Callable[[dict[str, Any], str], list[str]]
    draw: Callable[[dict[str, Any], Path], None]
    write_pages: Callable[..., object] | None = None


def finish_exploration(
    results: Mapping[Path, dict[str, Any]], page: Page, options: ExplorationOptions, language: str
) -> Path:
    """Write all results of an exploration, print and draw each, and write its page where requested.

    Parameters
    ----------
    results : mapping of Path to dict
        Path of each document; figures are drawn next to it.
    page : Page
        Output functions.
    options, language
        Whether a page is written, and the language of the terminal.

    Returns
    -------
    Path
        Path of the last document.
    """
    stored = [store_and_report(document, path, page, language) for path, document in results.items()]
    if options.write and page.write_pages:
        page.write_pages(*stored)
    return list(results)[-1]


def draw_in_languages(
    paint: Callable[[Mapping[str, Any], str, str, Path], Any],
    title: Callable[[Mapping[str, Any], str], str],
    document: Mapping[str, Any],
    stem: Path,
) -> None:
    """Draw a figure of a document in every language, with file names that start with `stem`."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        paint(document, title(document, language), language, stem.with_name(f"{stem.name}_{language}.csv"))


def store_and_report(document: dict[str, Any], path: Path, page: Page, language: str) -> dict[str, Any]:
    """Write one result, print its summary and draw its figures next to it; return it as stored."""
    kept = read(store_result(document, path))
    print("\n".join(page.summary(kept, language)))
    page.draw(kept, path.parent / "figures")
    return kept


def name_of_study(command: str, asked: object, options: StudyOptions) -> str:
    """Return a name of a study derived from the request, without engine options and output options."""
    no_part = {"study", "write", *(each.name for each in fields(EngineOptions))}
    content = {name: value for name, value in vars(options).items() if name not in no_part}
    return f"{command}_{crc32(repr((asked, content)).encode()):08x}"


def plain(value: Any) -> Any:
    """Return a value with plain Python types, numbers in six significant digits, and None for missing values.

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


def read(path: Path, shape: Mapping[str, Any] = NO_SHAPE) -> dict[str, Any]:
    """Return the document of a result, or raise ConfigurationError; see `read_document`."""
    return read_document(path, "what an exploration left", shape)
