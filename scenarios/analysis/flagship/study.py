"""`landingsbaan study flagship`: effects and costs of early signalling, team size, cut and phase-in length.

The four levers are varied together in three kinds of town, over draws of all unknowns. Runs, store and
engines are shared with other studies (scenarios/studies), so the same command resumes.
"""

import io
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.analysis.exploration.options import (
    BYTES_PER_CASE,
    LEAST,
    ROOT,
    Page,
    StudyOptions,
    command_of,
    name_of_study,
    run_progress,
    store_and_report,
)
from scenarios.analysis.flagship import findings, page
from scenarios.analysis.flagship.emulator import check_installed
from scenarios.analysis.flagship.points import (
    KINDS,
    NAMED,
    PLACEBOS,
    TOWNS,
    USUAL,
    FlagshipPlan,
    Levers,
    arms_of,
    flagship_plan,
)
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import write_atomically
from scenarios.common.installation import check_clone
from scenarios.common.result_version import RESULT_VERSION
from scenarios.common.terminal import bar_of
from scenarios.config.overrides import MOST_POINTS
from scenarios.reporting.texts import LANGUAGES
from scenarios.reporting.texts.flagship import word
from scenarios.runs.draws import FIXED
from scenarios.runs.resources import check_disk_space, check_memory, compile_rules
from scenarios.studies.commands import check_folder_name, engine_of, memory_here, split
from scenarios.studies.engines import OUTCOME_TABLE, TEN_YEARS
from scenarios.studies.runner import run_study
from scenarios.studies.store import Folder
from simulation.outcomes.definitions import MEASURES, unit_of

NAMES = ("flagship",)
RESULT = "flagship.json"
BYTES_PER_RUN = 10_000  # upper bound: row in the store, overhead of its part, row in the table of runs
# Keys that the study varies itself.
OF_THE_STUDY = ("municipality", "policy", "grants", "landing", *USUAL.point)
LEAST_DRAWS = 20  # minimum: of ten draws two measure the error and two set the intervals


@dataclass
class FlagshipOptions(StudyOptions):
    """Options of `landingsbaan study flagship`.

    Attributes
    ----------
    draws : int
        Number of parameter draws.
    points : int
        Sampled points per draw, besides the named ones.
    second_seed_every : int
        Every n-th draw is run with a second seed.
    placebo : bool
        Whether placebo points are run: teams whose help has no effect, and a cut with the same money as a
        long phase-in.
    write : bool
        Whether the page in docs/ is written.
    """

    draws: int = 320
    points: int = 4
    second_seed_every: int = 8
    placebo: bool = True
    write: bool = False

    @property
    def named(self) -> dict[str, Levers]:
        """The named points that are run."""
        return {name: levers for name, levers in NAMED.items() if self.placebo or name not in PLACEBOS}


def study(words: list[str], overrides: list[str]) -> Path:
    """Run the study with this name; return the path of the result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    if len(words) != 1 or words[0] not in NAMES:
        asked = " ".join(words)
        raise ConfigurationError(f"study {asked}: expected {' or '.join(NAMES)}{nearest(asked, NAMES)}")
    return flagship(overrides)


def flagship(words: list[str]) -> Path:
    """Run or resume the flagship study, fit its emulators, write and print the result."""
    options, overrides = split(FlagshipOptions, words, LEAST | {"draws": LEAST_DRAWS})
    _check(options, overrides)
    runs = _runs(options)
    if runs > MOST_POINTS:
        raise ConfigurationError(
            f"draws = {options.draws}, points = {options.points}: {runs:,} runs, expected at most "
            f"{MOST_POINTS:,}; ask for fewer"
        )
    check_disk_space(ROOT, runs * BYTES_PER_RUN)
    asked = flagship_plan(
        overrides, options.draws, options.points, options.second_seed_every, options.design_seed,
        options.named,
    )  # fmt: skip
    scenario, plan = asked.scenario, asked.plan
    if not scenario.draw:
        raise ConfigurationError(
            f"replication.draws = {FIXED}: the study says how certain it is by draws of the unknowns, "
            "expected posterior or ranges"
        )
    plan.check()
    needed = memory_here(options, scenario.profile.households, len(asked.places))
    check_memory(needed + len(asked.places) * BYTES_PER_CASE, scenario.language)
    folder = Folder(ROOT / (options.study or name_of_study("flagship", tuple(overrides), options)))
    engine = engine_of(options)
    compile_rules(scenario.language)
    with run_progress(len(asked.places), scenario.language) as count_done:
        run_study(plan, folder, engine, (OUTCOME_TABLE,), count_done)
    document, table = result_of(asked, folder, words)
    write_atomically(folder.path / page.GRID, _as_parquet(table))
    kept = store_and_report(document, folder.path / RESULT, Page(page.summary, page.draw), scenario.language)
    if options.write:
        page.write_pages(kept, folder.path / page.GRID)
    return folder.path / RESULT


def _runs(options: FlagshipOptions) -> int:
    """Return the number of runs, second seeds included."""
    twice = math.ceil(options.draws / options.second_seed_every)
    of_a_town = len(options.named) + options.points * len(arms_of(USUAL))
    return (options.draws + twice) * len(KINDS) * of_a_town


def _check(options: FlagshipOptions, overrides: list[str]) -> None:
    """Raise ConfigurationError for options that do not apply, before anything is run."""
    check_installed()
    check_folder_name("study", options.study)
    if options.write:
        check_clone("write = true")
    for each in overrides:
        name = each.lstrip("+~").split("=")[0]
        if name in OF_THE_STUDY or name.startswith(("policy.", "municipality.slug", "landing.")):
            raise ConfigurationError(
                f"{each}: study flagship varies towns, grants, signalling, teams, cut and phase-in itself; "
                "leave it out"
            )


def result_of(asked: FlagshipPlan, folder: Folder, words: list[str]) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return the result document of a finished study, and the grid of predictions."""
    values, seconds = _read(asked, folder)
    runs = findings.indexed_runs(asked.places, values, asked.samples)
    count = len(KINDS) * sum(len(each) for each in findings.EMULATED.values())
    with bar_of(count, word("emulators", asked.scenario.language)) as bar:
        found, errors = findings.emulators(runs, bar.update)
    profile, window = asked.scenario.profile, asked.scenario.configuration["window"]
    document = {
        "command": command_of("study flagship", words),
        "result_version": RESULT_VERSION,
        "municipality": profile.name,
        "households": profile.households,
        "first_month": window["start"],
        "last_month": window["end"],
        "draws": len(asked.samples),
        "draws_from": asked.scenario.draws,
        "named": len({each.name for each in asked.places if each.sample < 0}),
        "points": len(asked.samples[0]),
        "cases": sum(len(each) for each in asked.samples),
        "second_seeds": sum(each.seed == 1 and each.name == "usual" for each in asked.places) // len(KINDS),
        "runs": len(asked.places),
        "core_seconds": round(seconds),
        "towns": {kind: _town(runs, kind) for kind in KINDS},
        "levers": findings.levers_in_words(),
        "outcomes": _outcomes_in_words(),
        "effects": findings.effects_document(runs),
        "baselines": findings.baselines(runs),
        "between_kinds": findings.between_kinds(runs),
        "interactions": findings.interactions(runs),
        "emulators": errors,
        "maps": findings.maps(found),
    }
    return document, findings.grid(found)


def _town(runs: findings.Runs, kind: str) -> dict[str, Any]:
    return {
        "registered": [asdict(each) for each in TOWNS[kind]],
        "usual": {name: float(np.nanmean(runs.named(kind, "usual", name))) for name in findings.OUTCOMES},
    }


def _outcomes_in_words() -> dict[str, Any]:
    """Return unit and meaning of the outcomes in both languages."""
    names = dict.fromkeys(
        name.removesuffix(TEN_YEARS) for name in [*findings.OUTCOMES, *findings.BOOKS, *findings.IN_TEN_YEARS]
    )
    return {
        name: {
            "unit": {language: unit_of(name, language) for language in LANGUAGES},
            "meaning": {language: MEASURES[name].meaning[language] for language in LANGUAGES},
        }
        for name in names
    }


def _read(asked: FlagshipPlan, folder: Folder) -> tuple[pd.DataFrame, float]:
    """Return the outcomes of all runs in the order of their places, and the processor time in seconds."""
    names = [task.name for task in asked.plan.tasks()]
    tables = [pq.read_table(folder.table_of(name, OUTCOME_TABLE)) for name in names]
    frame = pa.concat_tables(tables).to_pandas().set_index("point").sort_index()
    seconds = sum((folder.part_document(name) or {}).get("run_seconds", 0.0) for name in names)
    return frame.drop(columns="replication").reset_index(drop=True), float(seconds)


def _as_parquet(table: pd.DataFrame) -> bytes:
    written = io.BytesIO()
    table.to_parquet(written, index=False, compression="zstd")
    return written.getvalue()
