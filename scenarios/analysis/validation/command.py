"""The command `landingsbaan validate`: runs at draws of the posterior, verdicts, and the page."""

import shlex
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from scenarios.analysis.calibration.experiments import STAFF_OF_TEAMS
from scenarios.analysis.calibration.training_ensemble import average_city, do_works
from scenarios.analysis.validation.judging import causes, counts, predictive_checks, reported, validation
from scenarios.analysis.validation.runs import TABLE, trajectories_of_draw, works_of
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import as_json, read_document, write_atomically
from scenarios.common.installation import DOCS
from scenarios.common.progress import StudyProgress
from scenarios.common.result_version import RESULT_VERSION
from scenarios.runs.compiling import compile_rules
from scenarios.runs.posterior import committed_posterior, why_not
from scenarios.runs.resources import check_disk_space, check_memory
from scenarios.runs.run_document import commit, data_checksum
from scenarios.studies.country.members import of_the_sources
from scenarios.studies.options import engine_of, memory_here
from scenarios.studies.publishing import (
    PublishingOptions,
    finished_folder,
    is_publishing_only,
    options_only,
    say,
)
from scenarios.studies.store import Folder
from scenarios.studies.tracking import record

ROOT = Path("results/validation")
FINISHED = "validation.json"
# Growth of the second line of the Wmo without teams and gaps with them, of teams at random and where the
# smaller municipalities have none.
GROWTH_BY_TEAMS = tuple(
    f"{design}{name}"
    for design in ("", "small_")
    for name in ("wmo_growth_without_teams", *(f"wmo_growth_gap_team_{staff}" for staff in STAFF_OF_TEAMS))
)
ESTIMATE = dict.fromkeys(("mean", "low", "high"), (float, None))
# What the page and the figure read.
SHAPE = {
    "about": {
        "command": str, "made": str, "result_version": str, "posterior": {"made": str,
        "training_ensemble": str},
        "draws": int, "households": int, "seconds": float, "core_seconds": float, "processes": int,
    },
    "targets": [{
        "target": str, "value": float, "low": float, "high": float, "unit": str, "definition": str,
        "verdict": str, "note": str,
        "mean": (float, None), "interval": ([float], None),
    }, ...],
    "checks": [{
        "block": str, "name": str, "value": float, "low": float, "high": float, "inside": bool,
        "share_below": float, "model": {"mean": float, "low": float, "high": float},
    }, ...],
    "counts": {"hit": int, "miss": int, "input": int},
    "causes": {},
    "reported": {
        "ranks": {"correlation": float, "low": float, "high": float, "units": int},
        "by_municipality": dict.fromkeys(of_the_sources(), {"model": float, "register": float}),
        "series_by_income": [ESTIMATE, ...],
        "practitioner_paired": ESTIMATE,
    },
    "growth_by_teams": dict.fromkeys(GROWTH_BY_TEAMS, float),
}  # fmt: skip
BYTES_PER_DRAW = 20_000
LEAST = {"draws": 2, "households": 200, "seed": 0, "engine.processes": 0}


@dataclass
class ValidateOptions(PublishingOptions):
    """What a validation is asked, written as key=value.

    Attributes
    ----------
    draws : int
        Rows of the posterior.
    households, seed : int
        Size of the city, and first seed.
    """

    draws: int = 64
    households: int = 20_000
    seed: int = 1
    folder: str = str(ROOT)


def validate(words: list[str], overrides: list[str]) -> None:
    """Answer `landingsbaan validate`."""
    options = options_only(ValidateOptions, "validate", overrides, LEAST)
    if is_publishing_only("validate", words):
        _write_results(finished_folder(options, FINISHED, "validate", "validation"), options)
    else:
        _run_draws(options, overrides)


def _run_draws(options: ValidateOptions, overrides: list[str]) -> None:
    """Simulate at every draw that is not done yet, judge, and write."""
    posterior = committed_posterior()
    if posterior is None:
        raise ConfigurationError(f"validate: {why_not()}")
    begin = time.perf_counter()
    average_city(options.households)  # a size no city has is told before anything is written
    check_disk_space(Path(options.folder), options.draws * BYTES_PER_DRAW)
    needed = memory_here(options, options.households, options.draws)
    check_memory(needed, options.language, "households or processes (engine.processes=1)")
    engine = engine_of(options)
    compile_rules(options.language)
    name = options.name or f"v{options.households}_{options.seed}_{RESULT_VERSION}_{data_checksum()[:8]}"
    folder = Folder(Path(options.folder) / name)
    works = works_of(options.draws, options.households, options.seed)
    identity = {"study_version": 1, "result_version": RESULT_VERSION, "data_checksum": data_checksum()}
    folder.begin_or_resume(identity, {}, "validation")
    try:
        with StudyProgress(options.draws, options.language) as progress:
            do_works(works, folder, engine, trajectories_of_draw, progress.count_done)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{folder.path} stores what is done; the same command resumes") from None
    values = _values(folder, [work.name for work in works])
    seconds = [(folder.part_document(work.name) or {}).get("run_seconds", 0.0) for work in works]
    rows = validation(values)
    told = {
        "about": {
            "command": " ".join(["landingsbaan validate", *map(shlex.quote, overrides)]),
            "made": date.today().isoformat(),
            "result_version": RESULT_VERSION,
            "commit": commit(),
            "posterior": {
                key: posterior.about[key] for key in ("made", "result_version", "training_ensemble")
            },
            "draws": options.draws,
            "households": options.households,
            "seconds": round(time.perf_counter() - begin, 1),
            "core_seconds": round(sum(seconds), 1),
            "processes": engine.processes,
        },
        "targets": [asdict(row) for row in rows],
        "checks": predictive_checks(values),
        "counts": counts(rows),
        "reported": reported(values),
        "causes": causes(values),
        "growth_by_teams": {name: float(np.nanmean(values[name])) for name in GROWTH_BY_TEAMS},
    }
    write_atomically(folder.path / FINISHED, as_json(told))
    _write_results(folder.path, options)


def _values(folder: Folder, parts: list[str]) -> dict[str, np.ndarray]:
    """Return by name what all draws came to: float64 of shape (n_draws, n_months)."""
    found: dict[str, list[np.ndarray]] = {}
    for part in parts:
        table = pq.read_table(folder.table_of(part, TABLE)).to_pandas()
        for name, rows in table.groupby("name", sort=False):
            found.setdefault(str(name), []).append(rows.sort_values("month")["value"].to_numpy(float))
    return {name: np.vstack(rows) for name, rows in found.items()}


def _write_results(folder: Path, options: ValidateOptions) -> None:
    """Write the page and its figures."""
    from scenarios.analysis.validation.page import write_page  # matplotlib comes late

    told = read_document(folder / FINISHED, "what a finished validation leaves", SHAPE)
    page = write_page(told, Path(options.to) if options.to else DOCS)
    number = told["counts"]
    scored = number["hit"] + number["miss"]
    if not options.to:
        record("validation", {"targets hit": number["hit"], "missed": number["miss"],
                              "inputs, not counted": number["input"]})  # fmt: skip
    say("validated", options.language, hits=number["hit"], scored=scored, inputs=number["input"],
        page=page)  # fmt: skip
    print(page)
