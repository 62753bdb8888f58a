"""Up to four policies on one reference: what each does, which difference is real, how likely each is best."""

from typing import Any

import numpy as np

from scenarios.apps.dashboard.measures import FIRST, SAME, Reading, Replications, direction_of
from scenarios.apps.dashboard.policies import contents_of, policy_name
from scenarios.apps.dashboard.state import State
from scenarios.apps.dashboard.tiles import TILES, direction_words, readings
from scenarios.apps.dashboard.words import word
from scenarios.reporting import texts
from simulation.outcomes.intervals import interval

Compared = dict[str, Replications]  # every policy with the one reference


def comparison_of(state: State, compared: Compared) -> dict[str, Any]:
    """Return the comparison as the browser shows it.

    Parameters
    ----------
    state : State
        What is shown.
    compared : dict of str to Replications
        Every policy, each with the same reference in the same replications.
    """
    language = state.language
    names = {letter: f"{letter.upper()} {policy_name(state, letter)}" for letter in compared}
    found = {letter: readings(replications) for letter, replications in compared.items()}
    first = next(iter(found.values()))
    before = {tile: texts.sensible(first[tile].reference.mean(), language) for tile in TILES}
    return {
        "title": _title(found, names, language),
        "basis": word(
            "compare_basis", language, count=len(next(iter(compared.values())).reference),
            first=int(next(iter(compared.values())).years[-next(iter(compared.values())).years_since]),
            last=int(next(iter(compared.values())).years[-1]),
        ),
        "worse": _worse(found, names, language),
        "columns": [word(f"compare_{tile}", language, before=before[tile]) for tile in TILES],
        "rows": [
            {"letter": letter, "name": names[letter],
             "cells": [_cell(tile, reading, language) for tile, reading in found[letter].items()],
             "contents": contents_of(state, letter)}
            for letter in compared
        ],
        "measures": {tile: word(f"measure_{tile}", language) for tile in TILES},
        "pairs": {tile: _pairs(tile, found, names, language) for tile in TILES},
        "ranking": {tile: _ranking(tile, found, names, language) for tile in TILES},
    }  # fmt: skip


def turned(tile: str, values: np.ndarray) -> np.ndarray:
    """Return a difference as it is told: money as a saving, the rest as it is."""
    return -values if tile == "money" else values


def _cell(tile: str, reading: Reading, language: str) -> dict[str, Any]:
    return {**_told(turned(tile, reading.difference), language),
            "direction": direction_words(reading.direction, language)}  # fmt: skip


def _told(values: np.ndarray, language: str) -> dict[str, str]:
    """Return a difference with its interval, where its replications allow one."""
    found = interval(values)
    size = max(abs(found.mean), abs(found.low), abs(found.high))
    number = texts.sensible(found.mean, language, size, sign=True)
    if direction_of(values, 1) in (FIRST, SAME):
        return {"number": number, "interval": ""}
    ends = {key: texts.sensible(getattr(found, key), language, size) for key in ("low", "high")}
    return {"number": number, "interval": word("interval_ends", language, **ends)}


def _title(found: dict[str, dict[str, Reading]], names: dict[str, str], language: str) -> str:
    """Return which policy is first on which measure, as far as the paired differences allow."""
    some = next(iter(found.values()))
    if len(found) < 2:
        return word("compare_one", language)
    if any(reading.direction == FIRST for each in found.values() for reading in each.values()):
        return word("compare_first", language)
    best = {tile: _clearly_best(tile, found) for tile in some}
    told = [
        word(f"compare_best_{tile}", language, policy=names[letter])
        for tile, letter in best.items()
        if letter
    ]
    if not told:
        return word("compare_none_best", language)
    if len(set(best.values())) == 1:
        return word("compare_all_best", language, policy=names[best["money"]])
    return " ".join(told)


def _clearly_best(tile: str, found: dict[str, dict[str, Reading]]) -> str:
    """Return the policy that is better than every other beyond doubt; empty where there is none."""
    for letter, readings_ in found.items():
        own = readings_[tile]
        others = [each[tile] for other, each in found.items() if other != letter]
        if all(own.better * interval(own.policy - other.policy).sign > 0 for other in others):
            return letter
    return ""


def _worse(found: dict[str, dict[str, Reading]], names: dict[str, str], language: str) -> list[str]:
    """Return what each policy makes worse, of the three measures."""
    lines = []
    for letter, of_policy in found.items():
        for tile, reading in of_policy.items():
            if reading.direction == "bad":
                numbers = {
                    "before": texts.sensible(reading.reference.mean(), language),
                    "after": texts.sensible(reading.policy.mean(), language, reading.reference.mean()),
                }
                lines.append(word(f"compare_worse_{tile}", language, policy=names[letter], **numbers))
    return lines


def _pairs(
    tile: str, found: dict[str, dict[str, Reading]], names: dict[str, str], language: str
) -> list[dict[str, Any]]:
    """Return a row per policy: itself less every other, in the same replications."""
    rows = []
    for letter, of_policy in found.items():
        cells: list[dict[str, str] | None] = []
        for other, of_other in found.items():
            if other == letter:
                cells.append(None)
                continue
            less = of_policy[tile].policy - of_other[tile].policy
            direction = direction_of(less, of_policy[tile].better)
            key = f"pair_{tile}_{direction}" if direction in ("good", "bad") else f"direction_{direction}"
            better = letter if direction == "good" else other
            cells.append({**_told(turned(tile, less), language),
                          "word": word(key, language, policy=better.upper())})  # fmt: skip
        rows.append({"name": names[letter], "cells": cells})
    return rows


def _ranking(
    tile: str, found: dict[str, dict[str, Reading]], names: dict[str, str], language: str
) -> list[dict[str, Any]]:
    """Return how often each policy, and no new policy at all, takes each place; equals share a place."""
    some = next(iter(found.values()))[tile]
    values = {"": some.reference} | {letter: each[tile].policy for letter, each in found.items()}
    goodness = some.better * np.stack(list(values.values()))  # more is better; shape (n, replications)
    shares = np.zeros((len(values), len(values)))
    for column in goodness.T:
        for row, value in enumerate(column):
            before, equal = int((column > value).sum()), int((column == value).sum())
            shares[row, before : before + equal] += 1.0 / equal / goodness.shape[1]
    order = sorted(range(len(values)), key=lambda row: tuple(-shares[row]))
    letters = list(values)
    return [
        {"name": names.get(letters[row], word("no_policy", language)),
         "shares": [round(float(share), 4) for share in shares[row]]}
        for row in order
    ]  # fmt: skip
