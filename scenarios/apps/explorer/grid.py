"""The flagship study as scripts: predictions over the levers in whole numbers, and what they are read with.

A browser blocks a page on a disk from reading other files, but not from running scripts next to it. So the
numbers stand in scripts: 16 bits each, in steps too small to be seen.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.flagship.findings import EMULATED, STEPS, is_comparison
from scenarios.analysis.flagship.page import GRID, NAME
from scenarios.analysis.flagship.points import AVERAGE, KINDS, TOWNS, USUAL
from scenarios.common.errors import ConfigurationError, one_sentence
from scenarios.common.files import read_document
from simulation.outcomes.comparison import (
    FIGURES,
    municipal_figures,
    municipality_names,
    similarity_table,
)

VALUES = ("mean", "low", "high")
PAIRS = tuple((what, outcome) for what, outcomes in EMULATED.items() for outcome in outcomes)
SHAPE = tuple(len(steps) for steps in STEPS.values())
DECIMALS = 1  # of euro and months; crises are fewer
DECIMALS_OF_CRISES = 3
# What the registered shares, in which kinds of town differ, are called among the figures of municipalities.
FIGURE = {"money": "problem_debt_share", "youth": "youth_help_share_u18_2022"}
START = "(window.landingsbaan = window.landingsbaan || {})"
RESULT = {
    "result_version": str, "households": int, "draws": int, "first_month": str, "last_month": str,
    "baselines": dict, "effects": dict, "emulators": [dict, ...],
}  # fmt: skip


@dataclass(frozen=True)
class Study:
    """The flagship study as its page keeps it.

    Attributes
    ----------
    document : dict
        What was found.
    values : dict of (kind, difference, outcome) to float64 array of shape (5, 6, 8, 5, 3)
        Mean, low and high at every step of signalling, team, cut and years.
    """

    document: dict[str, Any]
    values: dict[tuple[str, str, str], np.ndarray]


def decimals(outcome: str) -> int:
    """Return with how many decimals an outcome is kept."""
    return DECIMALS_OF_CRISES if outcome.startswith("crises") else DECIMALS


def read_study(folder: Path) -> Study:
    """Read the study that belongs to its page.

    Parameters
    ----------
    folder : Path
        Folder of its figures.

    Raises
    ------
    ConfigurationError
        When a file is missing or is something else.
    """
    document = read_document(folder / f"{NAME}.json", "a result of landingsbaan study flagship", RESULT)
    path = folder / GRID
    try:
        table = pd.read_parquet(path)
        values = {
            (kind, what, outcome): _on_steps(rows)
            for (kind, what, outcome), rows in table.groupby(["kind", "difference", "outcome"], observed=True)
        }
    except FileNotFoundError:
        raise ConfigurationError(f"{path}: no such file, expected the grid of the flagship study") from None
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {one_sentence(error)}") from None
    missing = [key for key in product(KINDS, PAIRS) if (key[0], *key[1]) not in values]
    if missing:
        raise ConfigurationError(f"{path}: {' '.join((missing[0][0], *missing[0][1]))} is missing")
    return Study(document, values)


def _on_steps(rows: pd.DataFrame) -> np.ndarray:
    """Return the rows of one emulator as an array over the steps of the levers."""
    sorted_rows = rows.sort_values(list(STEPS))
    for name, steps in STEPS.items():
        found = np.unique(sorted_rows[name].to_numpy(float))
        if len(found) != len(steps) or not np.allclose(found, steps, atol=1e-6):
            raise ValueError(f"its values of {name} are not {', '.join(map(str, steps))}")
    shaped: np.ndarray = sorted_rows[list(VALUES)].to_numpy(float).reshape(*SHAPE, len(VALUES))
    return shaped


def script_of_kind(study: Study, kind: str) -> str:
    """Return the script with all predictions for one kind of town.

    Raises
    ------
    ValueError
        When a prediction is too large for its 16 bits.
    """
    parts = [np.round(study.values[kind, *pair] * 10 ** decimals(pair[1])) for pair in PAIRS]
    whole = np.stack(parts)
    if not (np.abs(whole) <= np.iinfo(np.int16).max).all():
        raise ValueError(f"the grid of {kind} holds a number of more than 16 bits")
    packed = base64.b64encode(whole.astype("<i2").tobytes()).decode("ascii")
    return f'{START}.{kind} = "{packed}";\n'


def script_of_study(study: Study) -> str:
    """Return the script that says what the predictions are, and what they are compared with."""
    effects, levels = study.document["effects"], study.document["baselines"]
    outcomes = [name for name in dict.fromkeys(pair[1] for pair in PAIRS) if name in levels[AVERAGE]]
    described = {
        "version": study.document["result_version"],
        "steps": {name: list(steps) for name, steps in STEPS.items()},
        "usual": dict(zip(STEPS, USUAL.values, strict=True)),
        "pairs": [[*pair, decimals(pair[1])] for pair in PAIRS],
        "usual_levels": {kind: {name: round(levels[kind][name], 3) for name in outcomes} for kind in KINDS},
        # The level without a cut is the usual one less what the usual cut does.
        "usual_cut": {
            kind: {name: round(effects[kind]["present_cut"][name]["mean"], 3) for name in outcomes}
            for kind in KINDS
        },
        "kinds": list(KINDS),
        "municipalities": municipalities(),
    }
    return f"{START}.study = {json.dumps(described, ensure_ascii=False)};\n"


def kind_figures() -> dict[str, dict[str, float]]:
    """Return the registered shares of every kind of town, in percent, by the figure's name."""
    country = {FIGURE[each.problem]: each.country for kind in KINDS for each in TOWNS[kind]}
    return {
        kind: country | {FIGURE[each.problem]: each.share for each in TOWNS[kind]} for kind in KINDS
    }  # fmt: skip


def municipalities() -> list[dict[str, Any]]:
    """Return the municipalities of the data: their two shares, and the kind of town they resemble most.

    Kinds differ in two shares only. With one of them unknown the other does not tell: a town with few youths
    in help may have many debts. Such a municipality gets no kind.
    """
    unknown = dict.fromkeys(FIGURES, float("nan"))
    own = {kind: unknown | figures for kind, figures in kind_figures().items()}
    alike = similarity_table(list(KINDS), own=own).set_index(["other", "municipality"])
    known = municipal_figures()[list(FIGURE.values())]
    rows = []
    for slug, name in sorted(municipality_names().items(), key=lambda each: each[1]):
        if slug not in known.index:
            continue
        distances = {kind: round(float(alike.loc[(slug, kind), "distance"]), 2) for kind in KINDS}
        is_complete = int(alike.loc[(slug, AVERAGE), "figures"]) == len(FIGURE)
        shares = {key: float(known.loc[slug, figure]) for key, figure in FIGURE.items()}
        rows.append(
            {"slug": slug, "name": name,
             **{key: None if np.isnan(value) else value for key, value in shares.items()},
             "kind": min(distances, key=lambda kind: distances[kind]) if is_complete else None,
             "distances": distances if is_complete else None}
        )  # fmt: skip
    return rows


def held_out_errors(study: Study) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Return how far straight lines lie from emulators at steps that took no part: mean, and at most.

    Each inner step of each lever is left out in turn and predicted from its two neighbours. They stand twice
    as far apart as what the site draws lines between, so the site's own error is smaller: a quarter of it,
    where an emulator is a smooth surface. What is zero by definition is no emulator's, and takes no part.
    """
    found = {}
    for key, values in study.values.items():
        zero = _zero_by_definition(key[1])
        apart = [
            np.abs(_left_out(values, axis, place) - values.take(place, axis))[
                ~zero.take([place - 1, place, place + 1], axis).any(axis=axis)
            ].ravel()
            for axis, count in enumerate(SHAPE)
            for place in range(1, count - 1)
        ]
        every = np.concatenate(apart)
        found[key] = (float(every.mean()), float(every.max()))
    return found


@cache
def _zero_by_definition(difference: str) -> np.ndarray:
    """Return which points of the grid a difference compares with themselves, shape `SHAPE`."""
    points = [dict(zip(STEPS, each, strict=True)) for each in product(*STEPS.values())]
    return np.array([is_comparison(difference, each) for each in points]).reshape(SHAPE)


def _left_out(values: np.ndarray, axis: int, place: int) -> np.ndarray:
    """Return what straight lines between the steps before and after predict at a step."""
    before, here, after = list(STEPS.values())[axis][place - 1 : place + 2]
    weight = (here - before) / (after - before)
    line: np.ndarray = (1.0 - weight) * values.take(place - 1, axis) + weight * values.take(place + 1, axis)
    return line


def errors_of(study: Study, outcome: str) -> Mapping[str, float]:
    """Return the largest mean error of straight lines over kinds and differences, and the emulator's own.

    Parameters
    ----------
    study : Study
        The study.
    outcome : str
        Its outcome.

    Returns
    -------
    mapping of str to float
        `lines`: the largest mean distance of straight lines from an emulator; `emulator`: that emulator's own
        mean distance from what it was not fitted to, in the unit of the outcome.
    """
    own = {
        (row["kind"], row["difference"], row["outcome"]): row["median_error"]
        for row in study.document["emulators"]
    }
    errors = {key: mean for key, (mean, _) in held_out_errors(study).items() if key[2] == outcome}
    worst = max(errors, key=lambda key: errors[key])
    return {"lines": errors[worst], "emulator": own[worst]}
