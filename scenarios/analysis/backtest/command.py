"""The command `landingsbaan backtest`: fit to the information of 2017, forecast, score, and write results."""

import shlex
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import yaml

from scenarios.analysis.backtest.forecast import (
    INFORMATION,
    information,
    known_targets,
    municipal_households,
    run_known_history,
    run_municipalities,
    uncertain_in,
)
from scenarios.analysis.backtest.judging import (
    FORECASTERS,
    HEADLINE,
    LAST_VALUE,
    TREND,
    coverage_if_right,
    fans,
    headline_errors,
    judged_municipalities,
    known_values,
    rows_of_record,
    scores_by_series,
    scores_of,
    unexplained_walk,
    waiting_row,
)
from scenarios.analysis.calibration.emulator import check_installed, one_thread
from scenarios.analysis.calibration.fit import WAVES, country_households, evidence_of, sample_in_waves
from scenarios.analysis.calibration.inference import Length, bytes_of_chain, posterior_shares
from scenarios.analysis.calibration.training_ensemble import (
    TABLE,
    EnsembleWork,
    TrainingEnsemble,
    average_city,
    run_pending_works,
)
from scenarios.common.calibration_inputs import Scored
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import as_json, checksum, read_document, write_atomically
from scenarios.common.installation import DOCS
from scenarios.common.result_version import RESULT_VERSION
from scenarios.common.terminal import StudyProgress
from scenarios.reporting.summary.history import BACKTEST
from scenarios.runs.resources import check_disk_space, check_memory, compile_rules
from scenarios.runs.run_document import commit
from scenarios.studies.commands import (
    CityOptions,
    engine_of,
    finished_folder,
    is_publishing_only,
    memory_here,
    options_only,
    say,
)
from scenarios.studies.design import check_balanced
from scenarios.studies.engines import Engine, Part
from scenarios.studies.store import Folder
from scenarios.studies.tracking import record

ROOT = Path("results/backtest")
FINISHED = "backtest.json"
BYTES_PER_RUN = 12_000
PER_PIECE = 4  # parameter draws of all municipalities in one part
AGAIN = 2  # every n-th draw is run with a second seed, to estimate the sampling variance
LEAST = {"members": 64, "households": 200, "second": 0, "draws": 20, "municipal": 10, "seed": 0,
         "engine.processes": 0, "steps": 100}  # fmt: skip
_SCORES = {"points": int, "error": float, "coverage_50": float, "coverage_90": float, "winkler": float,
           "winkler_percent": float}  # fmt: skip
_FORECAST = {"median": float, "interval_50": [float], "interval_90": [float]}
_ROW = {"series": str, "year": int, "value": float,
        "forecasts": {"model": _FORECAST, **dict.fromkeys(FORECASTERS[1:], (_FORECAST, None))}}  # fmt: skip
# Shape of the document that the page and the figure read.
SHAPE = {
    "about": {
        "command": str, "made": str, "result_version": str, "members": int, "second": int, "draws": int,
        "municipal": int, "households": int, "seconds": float, "core_seconds": float, "processes": int,
    },
    "fitted": [{"target": str, "value": float, "low": float, "high": float, "reached": bool,
                "model": {"mean": float, "low": float, "high": float}}, ...],
    "left_out": [{"target": str, "reason": str}],
    "rows": [{**_ROW, "counted": bool, "unit": str, "note": str}, ...],
    "fans": dict, "by_series": dict,
    "counted": {"model": _SCORES},
    "coverage_if_right": {"low": float, "high": float, "all": float},
    "beside_last_value": {"model": _SCORES, "last_value": _SCORES},
    "beside_trend": {"model": _SCORES, "trend": _SCORES},
    "headline": {name: {"model": float} for name in HEADLINE},
    "municipalities": [{**_ROW, "slug": str, "own": bool}, ...],
    "waiting": {"year": int, "value": float, "region": str, "model": _FORECAST},
}  # fmt: skip


@dataclass
class BacktestOptions(CityOptions):
    """Options of a back-test, written as key=value.

    Attributes
    ----------
    members : int
        Points of the prior of 2017 in the training ensemble.
    second : int
        Runs of each further wave, at draws of earlier posteriors; 0 leaves them out.
    draws, municipal : int
        Posterior draws for the forecast of the country, and how many of them for the municipalities.
    steps : int
        Steps of the chain after burn-in.
    """

    members: int = 1024
    second: int = 512
    draws: int = 256
    municipal: int = 32
    steps: int = 6000
    folder: str = str(ROOT)


def options_of(overrides: list[str]) -> BacktestOptions:
    """Return the options that overrides set.

    Raises
    ------
    ConfigurationError
        For an unknown key, a value no option takes, or options that do not go together.
    """
    options = options_only(BacktestOptions, "backtest", overrides, LEAST)
    check_balanced("members", options.members)
    if options.municipal > options.draws:
        raise ConfigurationError(f"municipal = {options.municipal}: expected at most draws, {options.draws}")
    return options


def backtest(words: list[str], overrides: list[str]) -> None:
    """Run `landingsbaan backtest`."""
    options = options_of(overrides)
    if is_publishing_only("backtest", words):
        _write_results(finished_folder(options, FINISHED, "backtest", "back-test"), options)
    else:
        _run_steps(options, overrides)


def _run_steps(options: BacktestOptions, overrides: list[str]) -> None:
    """Run all steps that are not stored yet."""
    check_installed()
    begin = time.perf_counter()
    scenario = average_city(options.households)  # raises for an impossible size before anything is written
    runs = options.members + WAVES * options.second + 2 * options.draws
    length = Length(options.steps // 2, options.steps)
    check_disk_space(Path(options.folder), runs * BYTES_PER_RUN)
    needed = memory_here(options, options.households, runs) + bytes_of_chain(length)
    check_memory(needed, options.language, "members, steps, households or processes (engine.processes=1)")
    engine = engine_of(options)
    compile_rules(options.language)
    uncertain = uncertain_in(information(), scenario.parameters)
    ensemble = TrainingEnsemble(uncertain, options.members, options.households, options.seed)
    name = options.name or f"b{options.households}_{options.seed}_{RESULT_VERSION}"
    folder = Folder(Path(options.folder) / name)
    folder.begin_or_resume(identity_of(ensemble), {}, "back-test")
    stage = Stage(ensemble, folder, engine, options.language)
    try:
        found = _found(options, stage, length)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{folder.path} stores what is done; the same command resumes") from None
    about = {
        "command": " ".join(["landingsbaan backtest", *map(shlex.quote, overrides)]),
        "made": date.today().isoformat(),
        "result_version": RESULT_VERSION,
        "commit": commit(),
        **{key: getattr(options, key) for key in ("members", "second", "draws", "municipal", "households")},
        "seconds": round(time.perf_counter() - begin, 1),
        "core_seconds": round(stage.core_seconds, 1),
        "processes": engine.processes,
    }
    write_atomically(folder.path / FINISHED, as_json({"about": about, **found}))
    _write_results(folder.path, options)


def identity_of(ensemble: TrainingEnsemble) -> dict[str, Any]:
    """Return the content that identifies a back-test: ensemble, information set, and fitted targets."""
    fitted, _ = known_targets(information())
    return ensemble.identity | {
        "information": checksum(INFORMATION.read_bytes()),
        "fitted": [[row.target, row.value, row.low, row.high] for row in fitted],
    }


class Stage:
    """Runs the works of one back-test unless they are stored, and adds up their run time.

    Parameters
    ----------
    ensemble : TrainingEnsemble
    folder : Folder
    engine : Engine
    language : str
        Language of the progress messages.
    """

    def __init__(self, ensemble: TrainingEnsemble, folder: Folder, engine: Engine, language: str) -> None:
        self.ensemble, self.folder, self.engine, self.language = ensemble, folder, engine, language
        self.core_seconds = 0.0

    def run(self, works: list[EnsembleWork], do: Callable[[EnsembleWork], Part]) -> pd.DataFrame:
        """Return the rows of works in order; stored works are not run again."""
        with StudyProgress(sum(len(work.runs) for work in works), self.language) as progress:
            run_pending_works(works, self.folder, self.engine, do, progress.count_done)
        documents = [self.folder.part_document(work.name) or {} for work in works]
        self.core_seconds += sum(float(each.get("run_seconds", 0.0)) for each in documents)
        tables = [pq.read_table(self.folder.table_of(work.name, TABLE)).to_pandas() for work in works]
        return pd.concat(tables, ignore_index=True)

    def run_at(
        self, points: np.ndarray, do: Callable[[EnsembleWork], Part] = run_known_history
    ) -> pd.DataFrame:
        """Return the rows of runs at points."""
        works = self.ensemble.works_at(points)
        if do is run_municipalities:  # the same points as the country, in parts of their own
            works = [piece for work in works for piece in _pieces(work)]
        return self.run(works, do)

    def run_repeated(
        self, points: np.ndarray, do: Callable[[EnsembleWork], Part] = run_known_history
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the rows of runs at points, and of runs at the first half of them with another seed."""
        first = points[: max(2, len(points) // AGAIN)]
        # Reversed, because a part is named by the hash of its points.
        rows = self.run_at(np.vstack([points, first[::-1]]), do)
        return rows[: len(points)], rows[len(points) :][::-1].reset_index(drop=True)


def _pieces(work: EnsembleWork) -> list[EnsembleWork]:
    """Return a work divided into parts of some minutes each, with names for the municipal runs."""
    return [
        EnsembleWork(f"g{work.name[1:]}{place:02d}", work.runs[place : place + PER_PIECE],
                     work.points[place : place + PER_PIECE], work.uncertain, work.households,
                     work.result_version)
        for place in range(0, len(work.runs), PER_PIECE)
    ]  # fmt: skip


def _found(options: BacktestOptions, stage: Stage, length: Length) -> dict[str, Any]:
    """Return the results of a back-test."""
    known, households = information(), options.households
    targets, left_out = known_targets(known)
    say("backtest_members", options.language)
    members = stage.run(stage.ensemble.works(), run_known_history)
    with one_thread():
        posterior, reached = posterior_of(options, stage, members, targets, length)
    say("backtest_forecast", options.language)
    draws, again = stage.run_repeated(posterior)
    say("backtest_municipal", options.language)
    of_municipalities = stage.run_repeated(posterior[: options.municipal], run_municipalities)
    forecasts, predicted = fans(known, draws, again, households / country_households())
    rows = rows_of_record(known, forecasts)
    municipal = judged_municipalities(
        known,
        *of_municipalities,
        municipal_households(households),
        unexplained_walk(draws, known_values(known)),
    )
    counted = [row for row in rows if row["counted"]]
    by_series = scores_by_series(rows)
    return {
        "fitted": [_fitted(row, draws, bool(yes)) for row, yes in zip(targets, reached, strict=True)],
        "left_out": [asdict(each) for each in left_out],
        "fans": forecasts,
        "rows": rows,
        "by_series": by_series,
        "counted": scores_of(counted),
        "coverage_if_right": coverage_if_right([predicted[row["series"], row["year"]] for row in counted]),
        "beside_last_value": scores_of(counted, LAST_VALUE),
        "beside_trend": scores_of(counted, TREND),
        "headline": headline_errors(rows),
        "municipalities": municipal,
        "waiting": waiting_row(known, draws),
    }


def _fitted(row: Scored, draws: pd.DataFrame, reached: bool) -> dict[str, Any]:
    """Return a target and the model's value at the posterior."""
    values = draws[row.target].dropna()
    model = {"mean": float(values.mean()), "low": float(values.quantile(0.05)),
             "high": float(values.quantile(0.95))}  # fmt: skip
    about = {name: getattr(row, name) for name in ("target", "value", "low", "high", "unit")}
    return about | {"reached": reached, "model": model}


def posterior_of(
    options: BacktestOptions,
    stage: Stage,
    members: pd.DataFrame,
    targets: tuple[Scored, ...],
    length: Length,
) -> tuple[np.ndarray, np.ndarray]:
    """Return draws of the posterior as shares of the prior, and which targets were fitted.

    The fit is the chain of `landingsbaan calibrate`, with the targets that were known.

    Returns
    -------
    float64 array of shape (n_draws, n_uncertain), bool array of shape (n_targets,)
    """
    ensemble, names = stage.ensemble, [row.target for row in targets]
    values = members[names].to_numpy(dtype=float)
    finite = np.isfinite(values).all(axis=1)
    values, points = values[finite], members["point"].to_numpy()[finite]
    first = {int(point): place for place, point in reversed(list(enumerate(points)))}
    repeated = np.array([(first[int(point)], place) for place, point in enumerate(points)
                         if first[int(point)] != place], dtype=int).reshape(-1, 2)  # fmt: skip
    evidence = evidence_of(targets, ensemble.shares[points], values, repeated, options.households)
    found = sample_in_waves(
        evidence,
        lambda points: stage.run_at(points)[names].to_numpy(dtype=float),
        options.second,
        options.seed,
        length,
        lambda step: say(step, options.language),
    )
    return posterior_shares(found.emulator, found.chain, options.draws, options.seed + 1), evidence.reached


def _write_results(folder: Path, options: BacktestOptions) -> None:
    """Write the page, its figures and the errors reported with projections."""
    from scenarios.analysis.backtest.page import write_page  # matplotlib is slow to import

    result = read_document(folder / FINISHED, "what a finished back-test leaves", SHAPE)
    page = write_page(result, information(), Path(options.to) if options.to else DOCS)
    errors = Path(options.to) / BACKTEST.name if options.to else BACKTEST
    content = yaml.safe_dump(errors_of(result), sort_keys=False, width=110)
    write_atomically(errors, content.encode())
    model = result["counted"]["model"]
    if not options.to:
        record("back-test of 2018-2022", {
            "figures in the 90% interval": f"{model['coverage_90']:.0f}%",
            "interval score, percent": f"{model['winkler_percent']:.0f}",
            **{f"error, {name.replace('_', ' ')}": f"{each['model']:.1f}%" for name, each in
               result["headline"].items()},
        })  # fmt: skip
    say("backtested", options.language, inside=round(model["coverage_90"] * model["points"] / 100.0),
        points=model["points"], page=page)  # fmt: skip
    print(page)


def errors_of(result: dict[str, Any]) -> dict[str, Any]:
    """Return the errors reported with every projection, and how they were computed."""
    about = {key: result["about"][key] for key in (
        "command", "made", "result_version", "members", "draws", "households")}  # fmt: skip
    known = information()
    return about | {
        "years": [known.first_forecast, known.last_forecast],
        "errors_percent": {name: {kind: round(error, 1) for kind, error in each.items()}
                           for name, each in result["headline"].items()},
        "coverage_90_percent": round(result["counted"]["model"]["coverage_90"], 1),
    }  # fmt: skip
