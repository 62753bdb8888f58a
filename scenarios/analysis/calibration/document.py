"""What a finished calibration leaves: calibration.json, which the page and the figures are made of."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.calibration.emulator import FORMS, as_normal
from scenarios.analysis.calibration.fit import Fit, own_error
from scenarios.analysis.calibration.inference import METHODS, WALKERS_PER_DIRECTION
from scenarios.analysis.calibration.prior import Uncertain
from scenarios.analysis.calibration.recovery import BINS, DRAWS, Verdict
from scenarios.analysis.calibration.training_ensemble import TrainingEnsemble, TrainingRuns
from scenarios.common import files
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.runs.draws import scenario_numbers

FINISHED = "calibration.json"
# A posterior that is narrower than its prior by less than this share says nothing.
INFORMED, WELL_INFORMED = 0.8, 0.5
SHARE_BINS = 20
# What the page and the figures read.
EXPECTED = "what a finished calibration leaves"
SPREAD = {"mean": float, "low": float, "high": float}
SHAPE = {
    "about": {
        "command": str, "made": str, "result_version": str, "training_ensemble": str, "members": int,
        "runs": int,
        "households": int, "draws": int, "confirmed": int, "second": int, "steps": int, "processes": int,
        "directions": int, "seconds": float, "core_seconds_training_ensemble": float, "forgets_steps": float,
        "effective_draws": float,
    },
    "targets": [{
        "target": str, "block": str, "unit": str, "value": float, "low": float, "high": float,
        "inside": bool, "fitted": bool, "foreseen": bool, "prior": SPREAD, "posterior": SPREAD,
    }, ...],
    "parameters": [{
        "key": str, "low": float, "high": float, "default": float, "narrower": float, "mean": float,
        "q05": float, "q95": float, "histogram": [float],
    }, ...],
    "left_out": [str],
    "scenario": [str],
    "recovery": [{
        "method": frozenset(METHODS), "recoveries": int, "passes": bool, "least_p_times_number": float,
        "p_together": float, "error": float, "inside_50": float, "inside_90": float,
        "below_five_percent": float, "along": [int], "each": dict,
    }, ...],
}  # fmt: skip
FITTED = {
    "form": frozenset(FORMS), "told": dict.fromkeys(FORMS, float), "target_deviation": float,
    "sampling_deviation": float, "emulator_deviation": float, "emulated": float, "first_error": (float, None),
}  # fmt: skip
PRIOR_DEVIATION = 12.0**-0.5  # of a share of the prior, which is uniform


def document(
    ensemble: TrainingEnsemble,
    runs: TrainingRuns,
    fit: Fit,
    second: int,
    left_out: list[str],
    about: dict[str, Any],
) -> dict[str, Any]:
    """Return everything the page and the figures tell."""
    return {
        "about": {
            **about,
            "members": ensemble.members,
            "runs": len(runs.values),
            "households": ensemble.households,
            "seed": ensemble.seed,
            "training_ensemble": runs.checksum,
            "core_seconds_training_ensemble": round(runs.seconds, 1),
            "draws": len(fit.sample),
            "confirmed": len(fit.confirmed),
            "second": second,
            "directions": fit.emulator.directions,
            "forgets_steps": round(fit.forgets, 1),
            "effective_draws": _effective_draws(about["steps"], fit),
            "method": fit.method,
        },
        "targets": [_row(fit, runs, place) for place in range(len(fit.rows))],
        "parameters": [_parameter(each, fit, place) for place, each in enumerate(ensemble.uncertain)],
        "left_out": left_out,
        "scenario": list(scenario_numbers()),
        "recovery": [_recovery(verdict, ensemble.uncertain) for verdict in fit.verdicts],
    }


def _effective_draws(steps: int, fit: Fit) -> float:
    """Return how many independent draws the walkers of a chain are worth; 0 for another method."""
    if not fit.forgets:
        return 0.0
    return round(WALKERS_PER_DIRECTION * fit.emulator.directions * steps / fit.forgets, 1)


def _row(fit: Fit, runs: TrainingRuns, place: int) -> dict[str, Any]:
    """Return one scored target with what the training ensemble, the emulator and the model at the posterior
    say."""
    row, model = fit.rows[place], fit.confirmed[:, place]
    model = model[np.isfinite(model)]
    found: dict[str, Any] = {
        **{name: getattr(row, name) for name in ("target", "kind", "block", "unit", "value", "low", "high")},
        "fitted": bool(fit.reached[place]),
        "foreseen": bool(_is_foreseen(row.value, runs.values[:, place])),
        "prior": _spread(runs.values[:, place]),
        "posterior": _spread(model),
        "inside": bool(row.low <= model.mean() <= row.high),
        "interval_meets": bool(np.quantile(model, 0.05) <= row.high and np.quantile(model, 0.95) >= row.low),
    }
    if not fit.reached[place]:
        return found
    turn = int(fit.reached[:place].sum())
    own = float(own_error(fit.emulator, fit.sampling_variance)[turn, turn]) ** 0.5
    emulated = fit.emulator(as_normal(fit.sample[: len(fit.confirmed)]) @ fit.emulator.turn)[:, turn]
    return found | {
        "form": fit.emulator.forms[turn],
        "told": {form: float(told[turn]) for form, told in fit.emulator.told.items()},
        "target_deviation": row.deviation,
        "sampling_deviation": float(fit.sampling_variance[turn]) ** 0.5,
        "emulator_deviation": own,
        "emulated": float((np.exp(emulated) if row.in_logs else emulated).mean()),
        "first_error": None if fit.first_error is None else float(fit.first_error[turn]),
    }


def _is_foreseen(value: float, simulated: np.ndarray) -> bool:
    """Whether a figure lies within the prior predictive range: what all but one run in a hundred span."""
    low, high = np.quantile(simulated, [0.005, 0.995])
    return bool(low <= value <= high)


def _spread(values: np.ndarray) -> dict[str, float]:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return {"mean": float(values.mean()), "low": float(low), "median": float(middle), "high": float(high)}


def _parameter(each: Uncertain, fit: Fit, place: int) -> dict[str, Any]:
    """Return one parameter's prior and posterior."""
    shares = fit.large[:, place]
    counts, _ = np.histogram(shares, bins=SHARE_BINS, range=(0.0, 1.0))
    low, middle, high = (each.low + (each.high - each.low) * np.quantile(shares, [0.05, 0.5, 0.95])).tolist()
    return {
        "key": each.key,
        "low": each.low,
        "high": each.high,
        "default": each.default,
        "mean": each.low + (each.high - each.low) * float(shares.mean()),
        "q05": low,
        "q50": middle,
        "q95": high,
        "narrower": float(shares.std() / PRIOR_DEVIATION),
        "moved": float((shares.mean() - 0.5) / PRIOR_DEVIATION),
        "histogram": (counts / counts.sum()).tolist(),
    }


def _recovery(verdict: Verdict, uncertain: tuple[Uncertain, ...]) -> dict[str, Any]:
    """Return how well a method recovers."""
    n = verdict.n_uncertain
    along, parameters = verdict.ranks[:, n:], verdict.ranks[:, :n]
    return {
        "method": verdict.method,
        "recoveries": len(verdict.ranks),
        "passes": verdict.is_uniform,
        "least_p_times_number": verdict.least_of_all,
        "p_together": verdict.p_together,
        "error": verdict.error,
        "inside_50": verdict.inside_50,
        "inside_90": verdict.inside,
        "below_five_percent": float((verdict.p_values < 0.05).mean()),
        "tests": len(verdict.p_values),
        "along": _histogram(along),
        "parameters": _histogram(parameters),
        "each": {key: _histogram(parameters[:, place]) for place, key in
                 enumerate(each.key for each in uncertain)},
        "p_each": {each.key: float(p) for each, p in zip(uncertain, verdict.p_values, strict=False)},
    }  # fmt: skip


def _histogram(ranks: np.ndarray) -> list[int]:
    return np.histogram(ranks, bins=BINS, range=(0, DRAWS + 1))[0].tolist()


def write_document(folder: Path, found: dict[str, Any]) -> None:
    """Write the document; it is there only when a calibration is finished."""
    write_atomically(folder / FINISHED, (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode())


def read_document(folder: Path) -> dict[str, Any]:
    """Return the document of a finished calibration.

    Raises
    ------
    ConfigurationError
        When it is not finished, or damaged.
    """
    found = files.read_document(folder / FINISHED, EXPECTED, SHAPE)
    for place, row in enumerate(found["targets"]):
        wrong = files.misfit(row, FITTED, f"targets[{place}]") if row["fitted"] else None
        if wrong:
            raise ConfigurationError(f"{folder / FINISHED}: {wrong}; expected {EXPECTED}")
    return found


def sample_lines(ensemble: TrainingEnsemble, sample: np.ndarray) -> list[list[str]]:
    """Return the posterior as rows of text: keys, then a draw per row, to six digits."""
    rows = [[f"{each.at(share):.6g}" for each, share in zip(ensemble.uncertain, draw, strict=True)]
            for draw in sample]  # fmt: skip
    return [[each.key for each in ensemble.uncertain], *rows]
