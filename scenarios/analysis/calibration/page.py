"""Results of a finished calibration: calibration.json, docs/calibration.md and its figures."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.calibration.emulator import FORMS, as_normal
from scenarios.analysis.calibration.fit import Fit, above_mean_of_logs, emulator_covariance
from scenarios.analysis.calibration.inference import (
    BINS,
    DRAWS,
    METHODS,
    WALKERS_PER_DIRECTION,
    Uncertain,
    Verdict,
)
from scenarios.analysis.calibration.training_ensemble import TrainingEnsemble, TrainingRuns
from scenarios.analysis.claims.job import parameter_meanings
from scenarios.common import files
from scenarios.common.calibration_inputs import DEVIATIONS_IN_BOUNDS, SAME_SERIES, SHARED, priors
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.reporting.figures.calibration import (
    INFORMED,
    WELL_INFORMED,
    counts_of_information,
    draw_calibration,
)
from scenarios.reporting.texts import LANGUAGES, agreed, number
from scenarios.runs.draws import scenario_numbers

FINISHED = "calibration.json"
SHARE_BINS = 20
# Shape of the document that the page and the figures read.
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
PRIOR_DEVIATION = 12.0**-0.5  # standard deviation of a uniform share of the prior


def document(
    ensemble: TrainingEnsemble,
    runs: TrainingRuns,
    fit: Fit,
    second: int,
    left_out: list[str],
    about: dict[str, Any],
) -> dict[str, Any]:
    """Return the document with all data of the page and the figures."""
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
            "forgets_steps": round(fit.autocorrelation_time, 1),
            "effective_draws": _effective_draws(about["steps"], fit),
            "method": fit.method,
        },
        "targets": [_row(fit, runs, place) for place in range(len(fit.rows))],
        "parameters": [_parameter(each, fit, place) for place, each in enumerate(ensemble.uncertain)],
        "left_out": left_out,
        "scenario": list(scenario_numbers()),
        "recovery": [_recovery_in_document(verdict, ensemble.uncertain) for verdict in fit.verdicts],
    }


def _effective_draws(steps: int, fit: Fit) -> float:
    """Return the effective sample size of a chain over all walkers; 0 for another method."""
    if not fit.autocorrelation_time:
        return 0.0
    return round(WALKERS_PER_DIRECTION * fit.emulator.directions * steps / fit.autocorrelation_time, 1)


def _row(fit: Fit, runs: TrainingRuns, place: int) -> dict[str, Any]:
    """Return one target: its values in the training ensemble, by the emulator and by the model itself."""
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
    fitted_place = int(fit.reached[:place].sum())
    own = float(emulator_covariance(fit.emulator, fit.sampling_variance)[fitted_place, fitted_place]) ** 0.5
    fitted = [each for each, reached in zip(fit.rows, fit.reached, strict=True) if reached]
    emulated = fit.emulator(as_normal(fit.sample[: len(fit.confirmed)]) @ fit.emulator.rotation)
    emulated = (emulated + above_mean_of_logs(fitted, fit.emulator))[:, fitted_place]
    return found | {
        "form": fit.emulator.forms[fitted_place],
        "told": {form: float(share[fitted_place]) for form, share in fit.emulator.explained.items()},
        "target_deviation": row.deviation,
        "sampling_deviation": float(fit.sampling_variance[fitted_place]) ** 0.5,
        "emulator_deviation": own,
        "emulated": float((np.exp(emulated) if row.in_logs else emulated).mean()),
        "first_error": None if fit.first_error is None else float(fit.first_error[fitted_place]),
    }


def _is_foreseen(value: float, simulated: np.ndarray) -> bool:
    """Return whether a figure lies within the prior predictive range: the central 99% of simulated values."""
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


def _recovery_in_document(verdict: Verdict, uncertain: tuple[Uncertain, ...]) -> dict[str, Any]:
    """Return the recovery test of a method as plain data."""
    n = verdict.n_uncertain
    along, parameters = verdict.ranks[:, n:], verdict.ranks[:, :n]
    return {
        "method": verdict.method,
        "recoveries": len(verdict.ranks),
        "passes": verdict.is_uniform,
        "least_p_times_number": verdict.bonferroni_p_value,
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
    """Write the document; its presence marks a finished calibration."""
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
    """Return the posterior as rows of text: keys, then one draw per row, in six significant digits."""
    rows = [[f"{each.at(share):.6g}" for each, share in zip(ensemble.uncertain, draw, strict=True)]
            for draw in sample]  # fmt: skip
    return [[each.key for each in ensemble.uncertain], *rows]


FIGURES = Path("figures") / "calibration"
FORM_WORDS = {"line": "line", "bend": "bent line", "curve": "curve", "kernel": "kernel"}
METHOD_TEXTS = {"chain": "emulators and an ensemble of walkers (`emcee`)",
           "regression": "the nearest runs, moved along a regression"}  # fmt: skip
HEAD = """# Calibration

Written by `landingsbaan calibrate`; do not edit by hand. Why it is done so: decision
[0050](decisions/0050-calibration-by-a-bank-and-emulators.md).

The uncertain numbers of the model are fitted to the emergent and experiment targets of
`data/calibration_targets.csv`, under the history of 2012-2019 as it happened. What comes out is no best
value but a sample, `data/posterior.csv`: combinations that agree with the figures about as well as the
figures are known. Every interval of the model is drawn from it. Validation targets play no part.
"""


def write_page(result: Mapping[str, Any], docs: Path) -> Path:
    """Write the page and draw its figures in both languages."""
    for language in LANGUAGES:
        draw_calibration(result, docs / FIGURES, language)
    path = docs / "calibration.md"
    write_atomically(path, page(result).encode())
    return path


def page(result: Mapping[str, Any]) -> str:
    """Return the page."""
    return "\n".join(
        [HEAD, *_made(result), *_targets(result), *_recovery(result), *_information(result),
         *_emulators(result)]
    ).rstrip() + "\n"  # fmt: skip


def _made(result: Mapping[str, Any]) -> list[str]:
    """Return the section on how the calibration was made, and its run time."""
    about = result["about"]
    minutes, core_minutes = about["seconds"] / 60, about["core_seconds_training_ensemble"] / 60
    return [
        "## How it was made\n",
        f"    {about['command']}\n",
        agreed(
            f"Made {about['made']} with result version `{about['result_version']}`: "
            f"{number(about['runs'], 'en')} histories of a city of {number(about['households'], 'en')} "
            f"households at {number(about['members'], 'en')} points of the prior (a Sobol sequence), some "
            f"simulated twice to estimate "
            f"the sampling variance, {number(core_minutes, 'en')} process-minutes; the whole command took "
            f"{number(minutes, 'en')} minutes on {about['processes']} processes, what was done before not "
            f"counted. A first posterior pointed to where a second wave of {number(about['second'], 'en')} "
            "histories was simulated, the second posterior to a third as large, and the third to a fourth; "
            "emulators fitted to all of them and judged at the fourth drew the posterior. Training ensemble "
            f"`{about['training_ensemble'][:12]}`. The autocorrelation time is "
            f"{about['forgets_steps']:.0f} of "
            f"{number(about['steps'], 'en')} steps, so the chain is worth "
            f"{number(about['effective_draws'], 'en')} independent draws. The same command resumes it, and "
            "on another machine with `engine=dask`.\n"
        ),
    ]


def _targets(result: Mapping[str, Any]) -> list[str]:
    """Return the table of targets, block by block."""
    rows, about = result["targets"], result["about"]
    inside = sum(row["inside"] for row in rows)
    lines = [
        "## Targets at the posterior\n",
        f"**{inside} of {len(rows)} targets are inside their bounds** on the mean over {about['confirmed']} "
        "draws of the posterior at which the model itself was run. *Model* is that mean, with the interval "
        "that holds 90% of draws, the sampling variance of a city of this size included. *Before* is the "
        "same over the prior.\n",
        _picture("Every target's distance before and after the fit", "targets"),
        "Targets of one block come from one register with one set of definitions, so their errors are taken "
        f"to be correlated by {SHARED:g}; one series in several years shares its definition as well, with a "
        f"correlation of {SAME_SERIES:g}. Bounds are taken as a 90% interval of the figure, with what the "
        "model leaves out in it. To that covariance come the emulator's own error with the effect of "
        "scenario uncertainty, and sampling variance: that of a city in the recovery test, that of the "
        "country in the fit.\n",
        _foreseen(rows),
        "| block | target | value | bounds | before | model | 90% | inside | unit |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in sorted(rows, key=lambda each: each["block"]):
        after, before = row["posterior"], row["prior"]
        verdict = "yes" if row["inside"] else "**no**"
        verdict += "" if row["fitted"] else " (out of reach)"
        lines.append(
            f"| {row['block']} | `{row['target']}` | {row['value']:g} | {row['low']:g} to {row['high']:g} | "
            f"{before['mean']:.4g} | {after['mean']:.4g} | {after['low']:.4g} to {after['high']:.4g} | "
            f"{verdict} | {row['unit']} |"
        )
    return [*lines, "", *_misses(rows, about["confirmed"])]


def _foreseen(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the prior predictive check: which figures the model reached before the fit."""
    missing = [row for row in rows if not row["foreseen"]]
    words = (
        f"**Prior predictive check.** {len(rows) - len(missing)} of {len(rows)} figures lie within what 99% "
        "of the training ensemble spans before the fit"
    )
    if missing:
        words += "; not so: " + ", ".join(f"`{row['target']}`" for row in missing)
    return words + ".\n"


def _misses(rows: Sequence[Mapping[str, Any]], confirmed: int) -> list[str]:
    """Return the explanations of targets that are missed, of means over `confirmed` draws."""
    lines = []
    unreached = [row for row in rows if not row["fitted"]]
    for row in unreached:
        lines.append(
            f"`{row['target']}` is out of reach: no run of the training ensemble comes to its bounds (90% of "
            f"runs "
            f"between {row['prior']['low']:.3g} and {row['prior']['high']:.3g}). It tells of a mechanism "
            "that is missing, not of parameters, and is left out of the fit so that no parameter is bent "
            f"for it. {WHY.get(row['target'], '')}\n"
        )
    for row in rows:
        if row["fitted"] and not row["inside"]:
            posterior = row["posterior"]
            beyond = max(row["low"] - posterior["mean"], posterior["mean"] - row["high"])
            error = (posterior["high"] - posterior["low"]) / DEVIATIONS_IN_BOUNDS / math.sqrt(confirmed)
            known = WHY.get(row["target"], "")
            unsure = f"The standard error of that mean ({error:.2g}) is larger. " if beyond < error else ""
            why = unsure + known or "We have no reason we believe."
            lines.append(
                f"`{row['target']}` is missed: {posterior['mean']:.4g} against {row['low']:g} to "
                f"{row['high']:g}. {why.strip()}\n"
            )
    return lines


# Hand-written explanations; printed only for targets that are missed.
_TEAM_HELP = (
    "Teams help more youths in the model than registers count: in the model every case of a team is a "
    "trajectory, while many municipalities do not register what their teams do (data/README.md, How to "
    "count). The share of teams, the share of outpatient help and the share without a referral are three "
    "views of this."
)
WHY = {
    "prevention_elasticity": (
        "English early help is children's centres, family support and youth work for everybody; in the model "
        "it is teams and the social base alone."
    ),
    "youth_form_wijkteam": _TEAM_HELP,
    "youth_form_ambulant": _TEAM_HELP,
    "youth_referrer_none": _TEAM_HELP,
    "youth_referrer_municipality": (
        "A renewed decision counts as a referral by the municipality; that registers count it so is assumed "
        "(decision 89)."
    ),
    "youth_care_new_share": (
        "Within short and long-standing problems care ends without memory, so more users leave soon, and "
        "more begin, than with durations around a mean."
    ),
    "supervision_order_stock": (
        "Too many orders begin: the stock over the duration is more than in the registers. Fewer would lower "
        "`youth_referrer_guardian`, which is low already: the fit lies between the two."
    ),
    "supervision_order_duration": (
        "At the number of orders that begin, longer ones would raise `supervision_order_stock`, which is too "
        "high already."
    ),
    "first_line_cost_share": (
        "Zaanstad paid its teams 30 of 133 million euro, about 195 euro per inhabitant. No source says how "
        "many staff that was; with the staff of an average city the model's teams cost half of it."
    ),
}


def _recovery(result: Mapping[str, Any]) -> list[str]:
    """Return the section on the recovery test."""
    taken = result["recovery"][0]
    chosen = (
        "the one that passes with the smaller error was taken" if taken["passes"] else
        "neither passes, and the one with the smaller error was taken: of its intervals of 90% "
        f"{taken['inside_90']:.1%} hold the true value"
    )  # fmt: skip
    lines = [
        "## Recovery of planted parameters\n",
        f"{taken['recoveries']} runs of the training ensemble that no emulator was fitted to stood in for "
        f"the country: "
        "their rows were blurred as the targets are, and the posterior was drawn from them. Where a method "
        "is right, the rank of the true value among the draws is uniform (simulation-based calibration). "
        f"Two methods were tried on the same truths; {chosen}.\n",
        "| method | ranks uniform | smallest p, times number of tests | p of all directions together | "
        "share of p below 0.05 | error of the mean (prior: 1) | truths inside 50% | inside 90% |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in result["recovery"]:
        lines.append(
            f"| {METHOD_TEXTS[each['method']]} | {'yes' if each['passes'] else 'no'} | "
            f"{each['least_p_times_number']:.2g} | {each['p_together']:.2g} | "
            f"{each['below_five_percent']:.1%} | {each['error']:.3f} | {each['inside_50']:.1%} | "
            f"{each['inside_90']:.1%} |"
        )
    return [*lines, "", _picture("Rank histograms of the recovery test", "recovery")]


def _information(result: Mapping[str, Any]) -> list[str]:
    """Return the information that targets hold on every fitted number, and the scenario uncertainty."""
    parameters, meanings, known = result["parameters"], parameter_meanings(), priors()
    counts = counts_of_information(parameters)
    lines = [
        "## What the targets inform, and what not\n",
        f"{counts['all']} numbers are fitted; their priors (`data/priors.csv`, with sources) are uniform and "
        "none was widened after a fit; which numbers joined after earlier fits had been seen stands in "
        "decision [0110](decisions/0110-fewer-fitted-numbers.md). *Contraction* is given as the width that "
        "is left, the posterior's deviation as a share of the prior's: below "
        f"{WELL_INFORMED:.0%} for {counts['well']} numbers, below {INFORMED:.0%} for "
        f"{counts['some']} more, at or above it for {counts['none']}. Targets look along "
        f"{result['about']['directions']} directions; what a direction fixes is a combination of numbers, "
        "each of which may stay wide by itself. That is why a draw takes a whole row.\n",
        _picture("Prior and posterior of the numbers informed most", "prior_posterior"),
        "| number | contraction (width left) | prior | posterior mean | 90% | meaning "
        "| source of the prior |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in sorted(parameters, key=lambda each: each["narrower"]):
        meaning = meanings.get(each["key"], "")
        source = known[each["key"]].source if each["key"] in known else ""
        lines.append(
            f"| `{each['key']}` | {each['narrower']:.0%} | {each['low']:.3g} to {each['high']:.3g} | "
            f"{each['mean']:.3g} | {each['q05']:.3g} to {each['q95']:.3g} | {meaning} | {source} |"
        )
    lines.append("")
    if result["left_out"]:
        lines.append(
            "Left out of the fit, because nothing in the history as it happened depends on them: "
            + ", ".join(f"`{key}`" for key in result["left_out"]) + ".\n"
        )  # fmt: skip
    lines.append(
        f"**Scenario uncertainty.** {len(result['scenario'])} parameters are not fitted: targets move little "
        "by them, or another number moves the same targets. They keep the range of their declaration "
        "(docs/parameters.md), were drawn from it in every run of the training ensemble, and are drawn from "
        "it in every run: "
        + ", ".join(f"`{key}`" for key in result["scenario"])
        + ". All others are fixed at the value of their declaration.\n"
    )
    return lines


def _emulators(result: Mapping[str, Any]) -> list[str]:
    """Return the section on the accuracy of the emulators."""
    fitted = [row for row in result["targets"] if row["fitted"]]
    forms = list(fitted[0]["told"]) if fitted else []
    lines = [
        "## How accurate the emulators are\n",
        "Share of the variance explained in held-out runs, by form; the plainest form that "
        "explains about as much as any is taken. *Sampling* is the deviation between two runs of one point, "
        "*own error* what an emulator leaves beyond that, *first wave* the error the first wave's emulator "
        "had at runs of the second, sampling variance in it, *target* the deviation of the target.\n",
        f"| target | taken | {' | '.join(FORM_WORDS[form] for form in forms)} | sampling | first wave "
        "| own error | target | at the posterior, emulator | model |",
        "| --- | --- | " + " | ".join("---" for _ in forms) + " | --- | --- | --- | --- | --- | --- |",
    ]
    for row in fitted:
        shares = " | ".join(f"{row['told'][form]:.0%}" for form in forms)
        first = "-" if row["first_error"] is None else f"{row['first_error']:.2g}"
        lines.append(
            f"| `{row['target']}` | {FORM_WORDS[row['form']]} | {shares} | {row['sampling_deviation']:.2g} | "
            f"{first} | "
            f"{row['emulator_deviation']:.2g} | {row['target_deviation']:.2g} | "
            f"{row['emulated']:.4g} | {row['posterior']['mean']:.4g} |"
        )
    return lines


def _picture(says: str, name: str) -> str:
    return f"![{says}]({(FIGURES / f'{name}_en.png').as_posix()})\n"
