"""The command `landingsbaan calibrate`: training ensemble, recovery test, fit, confirmation, and results."""

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
    bytes_of_chain,
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
from scenarios.common.files import checksum, read_regular, write_atomically
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

# Screening: which uncertain numbers can influence the targets.
#
# A small town is simulated through the history at both ends of a number's prior. Where all recorded values
# are bit for bit equal, its mechanism is off in that history: the targets hold no information on it, and it
# is not fitted.

HOUSEHOLDS, SEED = 2000, 1
PER_WORK = 10


@dataclass(frozen=True)
class Screening:
    """Numbers to be screened by one process."""

    number: int
    uncertain: tuple[Uncertain, ...]


def relevant(uncertain: tuple[Uncertain, ...], engine: Engine) -> tuple[Uncertain, ...]:
    """Return the numbers that change any recorded value, in their order."""
    works = [
        Screening(number, uncertain[first : first + PER_WORK])
        for number, first in enumerate(range(0, len(uncertain), PER_WORK))
    ]
    moves = {key for keys in engine.do_all(works, influential_keys) for key in keys}
    return tuple(each for each in uncertain if each.key in moves)


def influential_keys(work: Screening) -> list[str]:
    """Return the keys of the numbers that change any recorded value."""
    return [each.key for each in work.uncertain
            if not np.array_equal(_history(each, each.low), _history(each, each.high))]  # fmt: skip


def _history(each: Uncertain, value: float) -> np.ndarray:
    """Return all recorded values of a small town with a number at a value."""
    scenario = average_city(HOUSEHOLDS)
    changes = changes_of({each.key: value}, [each], scenario.parameters)
    model, _ = measured_model(changed(scenario.parameters, changes), scenario.profile, SEED)
    recorded = model.recorder.monthly.copy()
    stocks = [model.recorder.stocks[year] for year in sorted(model.recorder.stocks)]
    release(model, dismantle=True)
    return np.concatenate([recorded.ravel(), np.concatenate(stocks)])


ROOT = Path("results/calibration")
RECOVERIES = "recoveries"  # folder of stored recovery tests, in the folder of the calibration
BYTES_PER_RUN = 4_000
LEAST = {"members": 64, "households": 200, "recoveries": 20, "draws": 10, "confirmed": 10, "second": 0,
         "seed": 0, "engine.processes": 0, "steps": 100}  # fmt: skip


@dataclass
class CalibrateOptions(CityOptions):
    """Options of a calibration, written as key=value.

    Attributes
    ----------
    members : int
        Points of the prior in the training ensemble.
    recoveries, draws, confirmed : int
        Runs of the recovery test; rows of the posterior; rows at which the model itself is run.
    second : int
        Runs of each further wave, at draws of earlier posteriors.
    steps : int
        Steps of the chain after burn-in.
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
    """Run `landingsbaan calibrate`."""
    options = options_of(overrides)
    if is_publishing_only("calibrate", words):
        _write_results(finished_folder(options, FINISHED, "calibrate", "calibration"), options)
    else:
        _run_steps(options, overrides)


def _run_steps(options: CalibrateOptions, overrides: list[str]) -> None:
    """Run all steps that are not stored yet."""
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
            _step_printer(options.language),
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
    result = document(ensemble, runs, found, options.second, left_out, about)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(sample_lines(ensemble, found.sample))
    write_atomically(folder.path / VALUES.name, text.getvalue().encode())
    ends = {each.key: [each.low, each.high] for each in ensemble.uncertain}
    written = {key: result["about"][key] for key in (
        "command", "made", "result_version", "commit", "training_ensemble", "members", "households", "method",
        "core_seconds_training_ensemble", "seconds", "processes")}  # fmt: skip
    written |= {"draws": len(found.sample), "provenance": provenance(ends), "priors": ends}
    written |= {"sha256": checksum(text.getvalue().encode())}
    content = yaml.safe_dump(written, sort_keys=False, default_flow_style=None, width=110)
    write_atomically(folder.path / ABOUT.name, content.encode())
    write_document(folder.path, result)
    _write_results(folder.path, options)


def _check_size(options: CalibrateOptions, root: Path) -> None:
    """Raise ConfigurationError when disk or memory is too small; print a notice of high memory use."""
    runs = options.members + WAVES * options.second + options.confirmed
    check_disk_space(root, runs * BYTES_PER_RUN)
    needed = runs * BYTES_PER_RUN + bytes_of_chain(_fitting(options).long)
    needed += memory_here(options, options.households, runs)
    fewer = "members, second, steps, households or processes (engine.processes=1)"
    check_memory(needed, options.language, fewer)


def _step_printer(language: str) -> Callable[[str], None]:
    """Return a function that prints the name of a step in a language."""
    return lambda step: say(step, language)


def _fitting(options: CalibrateOptions) -> Fitting:
    """Return the settings of the fit; chains of the recovery test are shorter than those of the fit."""
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
    """Return the training ensemble, and the keys of numbers without influence; the screening is skipped when
    the folder holds an ensemble already.
    """
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
    """Write posterior and page to their place in the project, or to the folder in `to`."""
    from scenarios.analysis.calibration.page import write_page  # matplotlib is slow to import

    result = read_document(folder)
    for name in (VALUES.name, ABOUT.name):
        target = Path(options.to) / name if options.to else VALUES.parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, read_regular(folder / name))
    if not options.to:  # the posterior is part of the result version of the page
        result["about"]["result_version"] = version_of(probe_version())
    page = write_page(result, Path(options.to) if options.to else DOCS)
    print(page)
    rows = result["targets"]
    inside = sum(row["inside"] for row in rows)
    if not options.to:
        contracted = sum(each["narrower"] < INFORMED for each in result["parameters"])
        record("calibration", {
            "targets inside their bounds": f"{inside} of {len(rows)}",
            "fitted numbers below 80% of the prior's width": f"{contracted} of {len(result['parameters'])}",
            "truths inside 90% in the recovery test": f"{result['recovery'][0]['inside_90']:.1%}",
        })  # fmt: skip
    say("finished", options.language, inside=inside, rows=len(rows), page=page)
    sys.stdout.flush()
