"""The first screen in words: three value tiles, the answer, and what gets worse."""

from typing import Any

import numpy as np

from scenarios.apps.dashboard.measures import BAD, FIRST, GOOD, SAME, Reading, Replications
from scenarios.apps.dashboard.state import State
from scenarios.apps.dashboard.words import word
from scenarios.reporting import texts

# Of each tile: its outcome, and whether more of it is better.
TILES = {"money": ("saving", -1), "help": ("without_help", -1), "waiting": ("team_waiting", -1)}
# What may get worse beside the tiles, and whether more of it is better.
SIDE_EFFECTS = {
    "without_help": -1, "team_waiting": -1, "specialist_waiting": -1, "crises": -1, "child_crises": -1,
    "violence": -1, "supervision_orders": -1, "placements": -1, "evictions": -1, "found_in_vain": -1,
    "lost_share": -1, "overburdened_carers": -1, "satisfaction": 1,
}  # fmt: skip
LEAST = 0.01  # a baseline below this makes no share
LEAST_TOLD = 50_000.0  # euro a year; a smaller sum is not told in millions


def readings(replications: Replications) -> dict[str, Reading]:
    """Return what the three tiles are about."""
    return {tile: replications.reading(name, better) for tile, (name, better) in TILES.items()}


def tiles_of(
    replications: Replications, language: str, inhabitants: float | None = None
) -> list[dict[str, Any]]:
    """Return the tiles as the browser shows them.

    Parameters
    ----------
    replications : Replications
        The policy that is looked at, with its reference.
    language : str
        "en" or "nl".
    inhabitants : float, optional
        Of the whole municipality, for the sum of money; None where a sample is shown.
    """
    found = readings(replications)
    return [_tile(name, reading, language, inhabitants) for name, reading in found.items()]


def _tile(name: str, reading: Reading, language: str, inhabitants: float | None) -> dict[str, Any]:
    """Return one tile: number, unit, baseline, direction, certainty, and what its dots are."""
    # Money is told as a saving, so its sign is turned: to the right is better there.
    turned = -1.0 if name == "money" else 1.0
    values = turned * reading.difference
    mean, low, high = values.mean(), *np.quantile(values, [0.05, 0.95])
    before, after = reading.reference.mean(), reading.policy.mean()
    largest = max(abs(mean), abs(low), abs(high))
    numbers = {
        "before": texts.sensible(before, language), "after": texts.sensible(after, language, before),
        "low": texts.sensible(low, language, largest), "high": texts.sensible(high, language, largest),
    }  # fmt: skip
    baseline = [word(f"tile_{name}_baseline", language, **numbers)]
    if name == "money" and inhabitants is not None and abs(mean) * inhabitants >= LEAST_TOLD:
        total = texts.number(abs(mean) * inhabitants / 1e6, language, 1)
        key = "money_together_saved" if mean > 0 else "money_together_spent"
        baseline.append(word(key, language, total=total, inhabitants=texts.number(inhabitants, language)))
    return {
        "name": name,
        "number": _number(name, mean, language),
        "baseline": " ".join(baseline),
        "direction": direction_words(reading.direction, language),
        "certainty": _certainty(name, values, reading, numbers, language),
        "values": [round(float(value), 4) for value in values],
        "mean": round(float(mean), 4),
        "ends": [] if reading.direction in (FIRST, SAME) else [round(float(low), 4), round(float(high), 4)],
        "ends_told": [numbers["low"], numbers["high"]],
        "sides": [word(f"tile_{name}_{side}", language) for side in ("left", "right")],
    }  # fmt: skip


def _number(name: str, mean: float, language: str) -> str:
    """Return the number of a tile: money with its sign, people with more or fewer."""
    if name == "money":
        return texts.sensible(mean, language)
    told = texts.sensible(abs(mean), language)
    if abs(mean) < LEAST / 2:
        return word("no_difference", language)
    return word("more" if mean > 0 else "fewer", language, number=told)


def direction_words(direction: str, language: str) -> dict[str, str]:
    """Return a direction with its word."""
    return {"kind": direction, "word": word(f"direction_{direction}", language)}


def _certainty(
    name: str, values: np.ndarray, reading: Reading, numbers: dict[str, str], language: str
) -> str:
    """Return in how many replications the sign is that of the mean, and the interval where there is one."""
    if reading.direction == SAME:
        return word("certainty_same", language)
    up = values.mean() > 0
    share = {"some": int(((values > 0) == up).sum()), "count": len(values)}
    told = word(f"certainty_{name}_{'up' if up else 'down'}", language, **share)
    if reading.direction == FIRST:
        return f"{told} {word('certainty_first', language)}"
    return f"{told} {word('certainty_interval', language, **numbers)}"


def answer_of(state: State, replications: Replications, policy: str) -> dict[str, Any]:
    """Return the answer in a sentence, what it rests on, and the largest side effect."""
    language = state.language
    found = {name: reading.direction for name, reading in readings(replications).items()}
    if FIRST in found.values():
        saves = int((replications.saved_at_end("municipality") > 0).sum())
        title = word("answer_first", language, some=saves, count=replications.count)
    elif set(found.values()) == {SAME}:
        title = word("answer_same", language)
    else:
        title = " ".join(word(f"answer_{name}_{found[name]}", language) for name in ("help", "money"))
    basis = word(
        "answer_basis", language, policy=policy[:1].lower() + policy[1:],
        first=int(replications.years[-replications.years_since]), last=int(replications.years[-1]),
    )  # fmt: skip
    return {"title": title, "basis": basis, "side": side_effect(replications, language)}


def side_effect(replications: Replications, language: str) -> dict[str, str]:
    """Return what gets worse most against its baseline, of what is beyond doubt."""
    found = {name: replications.reading(name, better) for name, better in SIDE_EFFECTS.items()}
    title = word("side_title", language)
    if any(reading.direction == FIRST for reading in found.values()):
        return {"kind": FIRST, "title": title, "text": word("side_first", language), "more": ""}
    worse = {name: reading for name, reading in found.items() if reading.direction == BAD}
    if not worse:
        return {
            "kind": GOOD, "title": title, "text": word("side_none", language, count=len(found)), "more": "",
        }  # fmt: skip
    order = sorted(worse, key=lambda name: -_relative(worse[name]))
    also = [_worse(name, worse[name], language) for name in order[1:3]]
    more = word("side_also", language, also="; ".join(also)) if also else ""
    text = _worse(order[0], worse[order[0]], language)
    return {"kind": BAD, "title": title, "text": text[:1].upper() + text[1:] + ".", "more": more}


def _relative(reading: Reading) -> float:
    return abs(float(reading.difference.mean())) / max(LEAST, abs(float(reading.reference.mean())))


def _worse(name: str, reading: Reading, language: str) -> str:
    """Return one thing that gets worse, with from what to what and its interval."""
    scale = 100.0 if name == "lost_share" else 1.0
    found = reading.found
    before, after = scale * reading.reference.mean(), scale * reading.policy.mean()
    ends = sorted((scale * found.low, scale * found.high))
    size = max(abs(each) for each in ends)
    return word(
        "side_line", language, what=word(f"side_{name}", language), unit=word(f"side_{name}_unit", language),
        before=texts.sensible(before, language, after), after=texts.sensible(after, language, before),
        low=texts.sensible(ends[0], language, size, sign=True),
        high=texts.sensible(ends[1], language, size, sign=True),
    )  # fmt: skip
