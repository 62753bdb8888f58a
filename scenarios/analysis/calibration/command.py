"""The command `landingsbaan calibrate`: training ensemble, recovery, fit, confirmation, and what is written
of them."""

import csv
import io
import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import yaml

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.calibration.emulator import check_installed
from scenarios.analysis.calibration.fit import LARGE_SAMPLE, WAVES, Fitting, fit
from scenarios.analysis.calibration.inference import (
    METHODS,
    SHORT,
    Length,
    Uncertain,
    bytes_of_walk,
    changes_of,
    uncertain_numbers,
)
from scenarios.analysis.calibration.page import (
    FINISHED,
    document,
    read_document,
    sample_lines,
    write_document,
)
from scenarios.analysis.calibration.targets import measured_model
from scenarios.analysis.calibration.training_ensemble import (
    TrainingEnsemble,
    average_city,
    keys_of,
    make_ensemble,
    read_ensemble,
    simulate_at,
    write_table,
)
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import checksum, write_atomically
from scenarios.common.installation import DOCS
from scenarios.common.result_version import RESULT_VERSION, probe_version, version_of
from scenarios.common.terminal import StudyProgress
from scenarios.reporting.figures.calibration import INFORMED
from scenarios.runs.draws import ABOUT, VALUES, provenance
from scenarios.runs.resources import check_disk_space, check_memory, compile_rules
from scenarios.runs.run_document import commit
from scenarios.studies.commands import (
    Bar,
    CityOptions,
    engine_of,
    finished_folder,
    is_publishing_only,
    memory_here,
    options_only,
    say,
)
from scenarios.studies.design import check_balanced
from scenarios.studies.engines import Engine
from scenarios.studies.store import DOCUMENT, Folder
from scenarios.studies.tracking import record
from simulation.parameters import changed

# Which uncertain numbers can matter to the targets at all.
#
# A small town runs its history with a number at either end of its prior. Where every month is the same
# to the last bit, the mechanism it belongs to is off in that history: the targets say nothing about it,
# and it is left out of the fit.

HOUSEHOLDS, SEED = 2000, 1
PER_WORK = 10


@dataclass(frozen=True)
class Screening:
    """Numbers to be tried by one process."""

    number: int
    uncertain: tuple[Uncertain, ...]


def relevant(uncertain: tuple[Uncertain, ...], engine: Engine) -> tuple[Uncertain, ...]:
    """Return those of the numbers that change anything that is recorded, in their order."""
    works = [
        Screening(number, uncertain[first : first + PER_WORK])
        for number, first in enumerate(range(0, len(uncertain), PER_WORK))
    ]
    moves = {key for keys in engine.do_all(works, moving) for key in keys}
    return tuple(each for each in uncertain if each.key in moves)


def moving(work: Screening) -> list[str]:
    """Return the keys of the numbers that change something."""
    return [each.key for each in work.uncertain
            if not np.array_equal(_history(each, each.low), _history(each, each.high))]  # fmt: skip


def _history(each: Uncertain, value: float) -> np.ndarray:
    """Return everything that is recorded of a small town with a number at a value."""
    scenario = average_city(HOUSEHOLDS)
    changes = changes_of({each.key: value}, [each], scenario.parameters)
    model, _ = measured_model(changed(scenario.parameters, changes), scenario.profile, SEED)
    recorded = model.recorder.monthly.copy()
    stocks = [model.recorder.stocks[year] for year in sorted(model.recorder.stocks)]
    release(model, dismantle=True)
    return np.concatenate([recorded.ravel(), np.concatenate(stocks)])


ROOT = Path("results/calibration")
RECOVERIES = "recoveries"  # what was recovered, kept in the folder of the calibration
BYTES_PER_RUN = 4_000
LEAST = {"members": 64, "households": 200, "recoveries": 20, "draws": 10, "confirmed": 10, "second": 0,
         "seed": 0, "engine.processes": 0, "steps": 100}  # fmt: skip


@dataclass
class CalibrateOptions(CityOptions):
    """What a calibration is asked, written as key=value.

    Attributes
    ----------
    members : int
        Points of the prior at which a city's history is simulated.
    recoveries, draws, confirmed : int
        Truths to be recovered; rows of the posterior; rows at which the model itself is run.
    second : int
        Histories of each further wave, at draws of earlier posteriors.
    steps : int
        Steps of the walkers that are kept.
    """

    members: int = 2048
    recoveries: int = Fitting.recoveries
    draws: int = Fitting.draws
    confirmed: int = Fitting.confirmed
    second: int = Fitting.second
    steps: int = 6000
    folder: str = str(ROOT)


def options_of(overrides: list[str]) -> CalibrateOptions:
    """Return the options that overrides set.

    Raises
    ------
    ConfigurationError
        For an unknown key, a value no option takes, or options that do not go together.
    """
    options = options_only(CalibrateOptions, "calibrate", overrides, LEAST)
    check_balanced("members", options.members)
    most_of = {"recoveries": options.members // 2, "draws": LARGE_SAMPLE, "confirmed": options.draws}
    for name, most in most_of.items():
        if getattr(options, name) > most:
            raise ConfigurationError(f"{name} = {getattr(options, name)}: expected at most {most}")
    return options


def calibrate(words: list[str], overrides: list[str]) -> None:
    """Answer `landingsbaan calibrate`."""
    options = options_of(overrides)
    if is_publishing_only("calibrate", words):
        _write_results(finished_folder(options, FINISHED, "calibrate", "calibration"), options)
    else:
        _run_steps(options, overrides)


def _run_steps(options: CalibrateOptions, overrides: list[str]) -> None:
    """Do everything that is not done yet."""
    begin = time.perf_counter()
    check_installed()
    root = Path(options.folder)
    _check_size(options, root)
    engine = engine_of(options)
    compile_rules(options.language)
    folder = Folder(root / (options.name or f"c{options.households}_{options.seed}_{probe_version()[-12:]}"))
    ensemble, left_out = ensemble_of(options, folder, engine)

    def simulate(points: np.ndarray) -> np.ndarray:
        with StudyProgress(len(points), options.language) as progress:
            return simulate_at(ensemble, points, folder, engine, progress.count_done)

    try:
        with StudyProgress(ensemble.n_runs, options.language) as progress:
            make_ensemble(ensemble, folder, engine, progress.count_done)
        runs = read_ensemble(ensemble, folder)
        write_table(folder, ensemble, runs)
        bar = Bar(len(METHODS) * options.recoveries, "truths", options.language)
        found = fit(
            ensemble,
            runs,
            simulate,
            engine,
            _fitting(options),
            _teller(options.language),
            bar.count_done,
            folder.path / RECOVERIES,
        )
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{folder.path} stores what is done; the same command resumes") from None
    about = {
        "command": " ".join(["landingsbaan calibrate", *map(shlex.quote, overrides)]),
        "made": date.today().isoformat(),
        "result_version": RESULT_VERSION,
        "commit": commit(),
        "seconds": round(time.perf_counter() - begin, 1),
        "processes": engine.processes,
        "steps": options.steps,
    }
    told = document(ensemble, runs, found, options.second, left_out, about)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(sample_lines(ensemble, found.sample))
    write_atomically(folder.path / VALUES.name, text.getvalue().encode())
    ends = {each.key: [each.low, each.high] for each in ensemble.uncertain}
    written = {key: told["about"][key] for key in (
        "command", "made", "result_version", "commit", "training_ensemble", "members", "households", "method",
        "core_seconds_training_ensemble", "seconds", "processes")}  # fmt: skip
    written |= {"draws": len(found.sample), "provenance": provenance(ends), "priors": ends}
    written |= {"sha256": checksum(text.getvalue().encode())}
    content = yaml.safe_dump(written, sort_keys=False, default_flow_style=None, width=110)
    write_atomically(folder.path / ABOUT.name, content.encode())
    write_document(folder.path, told)
    _write_results(folder.path, options)


def _check_size(options: CalibrateOptions, root: Path) -> None:
    """Raise ConfigurationError for a calibration that disk or memory cannot hold; announce much memory."""
    runs = options.members + WAVES * options.second + options.confirmed
    check_disk_space(root, runs * BYTES_PER_RUN)
    needed = runs * BYTES_PER_RUN + bytes_of_walk(_fitting(options).long)
    needed += memory_here(options, options.households, runs)
    fewer = "members, second, steps, households or processes (engine.processes=1)"
    check_memory(needed, options.language, fewer)


def _teller(language: str) -> Callable[[str], None]:
    """Return what tells the user a step in a language."""
    return lambda step: say(step, language)


def _fitting(options: CalibrateOptions) -> Fitting:
    """Return how the fit is made; chains of recoveries are shorter than those of the fit."""
    return Fitting(
        recoveries=options.recoveries,
        draws=options.draws,
        confirmed=options.confirmed,
        second=options.second,
        seed=options.seed,
        long=Length(options.steps // 2, options.steps),
        short=Length(min(SHORT.burn, options.steps), min(SHORT.steps, options.steps)),
    )


def ensemble_of(
    options: CalibrateOptions, folder: Folder, engine: Engine
) -> tuple[TrainingEnsemble, list[str]]:
    """Return the training ensemble and the keys of what cannot matter; a training ensemble that was begun
    knows them already."""
    every = uncertain_numbers(average_city(options.households).parameters)
    if (folder.path / DOCUMENT).exists():
        keys = keys_of(folder)
        chosen: tuple[Uncertain, ...] = tuple(each for each in every if each.key in keys)
    else:
        say("screening", options.language)
        chosen = relevant(every, engine)
    ensemble = TrainingEnsemble(chosen, options.members, options.households, options.seed)
    return ensemble, [each.key for each in every if each not in chosen]


def _write_results(folder: Path, options: CalibrateOptions) -> None:
    """Write posterior and page where the project keeps them, or where the user wants them."""
    from scenarios.analysis.calibration.page import write_page  # matplotlib comes late

    told = read_document(folder)
    for name in (VALUES.name, ABOUT.name):
        target = Path(options.to) / name if options.to else VALUES.parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, (folder / name).read_bytes())
    if not options.to:  # the posterior is part of the version that its page belongs to
        told["about"]["result_version"] = version_of(probe_version())
    page = write_page(told, Path(options.to) if options.to else DOCS)
    print(page)
    rows = told["targets"]
    inside = sum(row["inside"] for row in rows)
    if not options.to:
        contracted = sum(each["narrower"] < INFORMED for each in told["parameters"])
        record("calibration", {
            "targets inside their bounds": f"{inside} of {len(rows)}",
            "fitted numbers below 80% of the prior's width": f"{contracted} of {len(told['parameters'])}",
            "truths inside 90% in the recovery test": f"{told['recovery'][0]['inside_90']:.1%}",
        })  # fmt: skip
    say("finished", options.language, inside=inside, rows=len(rows), page=page)
    sys.stdout.flush()
