"""Policies in words: their names, three value tiles with the answer, and up to four next to each other."""

from typing import Any

import numpy as np

from scenarios.apps.dashboard.measures import (
    BAD,
    FIRST,
    GOOD,
    SAME,
    UNSURE,
    Reading,
    Replications,
    direction_of,
)
from scenarios.apps.dashboard.state import POLICY_PRESETS, SLIDERS, State, policy_changes
from scenarios.apps.dashboard.words import word
from scenarios.common.certainty import ENOUGH
from scenarios.reporting import texts
from scenarios.reporting.figures.landing import METRES_PER_YEAR
from simulation.outcomes.intervals import interval


def policy_name(state: State, letter: str) -> str:
    """Return what a policy is called: by its visitor, or else after what it changes."""
    own, landing = own_name(state, letter), landing_names(state, letter)
    if landing and not policy_changes(state.policies[letter]):
        own, *landing = [texts.capital(landing[0]), *landing[1:]]
    return state.names.get(letter) or ", ".join([own, *landing])


def within_a_sentence(state: State, letter: str) -> str:
    """Return what a policy is called within a sentence: its parts joined by "and".

    Examples
    --------
    >>> from scenarios.apps.dashboard.state import read_link
    >>> within_a_sentence(read_link("?a=signalling:1,fte:0.6&language=nl"), "a")
    'vroegsignalering en 0,6 fte in de teams'
    """
    own = own_name(state, letter)
    return f" {texts.text('and', state.language)} ".join((own[:1].lower() + own[1:]).rsplit(", ", 1))


def is_preset(state: State, letter: str) -> bool:
    """Whether a policy without its landing is one that a button sets."""
    return own_name(state, letter) in (word(f"preset_{name}", state.language) for name in POLICY_PRESETS)


def own_name(state: State, letter: str) -> str:
    """Return what a policy is called without its landing, as at the head of a sentence."""
    levers, language = state.policies[letter], state.language
    own = {name: value for name, value in levers.items() if not SLIDERS[name].shared}
    own = {name: value for name, value in own.items() if name not in ("signalling", "extra") or value}
    for preset, sliders in POLICY_PRESETS.items():
        if own == sliders:
            return word(f"preset_{preset}", language)
    parts = [_short(name, value, language) for name, value in own.items()]
    description = ", ".join(parts) or word("preset_nothing", language)
    return texts.capital(description)


def is_plural(state: State, letter: str) -> bool:
    """Whether what a policy is called without its landing is more than one thing."""
    own = own_name(state, letter)
    several = (word(f"preset_{name}", state.language) for name in ("larger_teams", "both"))
    return own in several or ", " in own


def landing_names(state: State, letter: str) -> list[str]:
    """Return what a policy's landing is called, nothing for the place's own."""
    levers = state.policies[letter]
    return [_short(name, value, state.language) for name, value in levers.items() if SLIDERS[name].shared]


def contents_of(state: State, letter: str) -> list[str]:
    """Return what is in a policy, a line for each slider that was moved."""
    levers, language = state.policies[letter], state.language
    moved = {name: value for name, value in levers.items() if value or name != "signalling"}
    lines = [word(f"has_{name}", language, **_values(name, value, language)) for name, value in moved.items()]
    return lines or [word("has_nothing", language)]


def landing_words(years: float | None, language: str) -> str:
    """Return a landing in words, with its metres.

    Examples
    --------
    >>> landing_words(2.5, "en"), landing_words(None, "nl")
    ('2.5 years (1,500 m)', 'zoals het ging (1.800 m)')
    """
    if years is None:
        return word("landing_as_happened", language)
    if years == 0.0:
        return word("landing_overnight", language)
    metres = texts.number(years * METRES_PER_YEAR, language)
    years_text = texts.number(years, language, 0 if years % 1 == 0 else 1)
    return word("landing_years", language, years=years_text, metres=metres)


def _short(name: str, value: float, language: str) -> str:
    if name == "phase_in" and value == 0.0:
        return word("short_overnight", language)
    if name == "signalling" and value == 1.0:
        return word("short_signalling_whole", language)
    return word(f"short_{name}", language, **_values(name, value, language))


def _values(name: str, value: float, language: str) -> dict[str, str]:
    """Return a slider's value as texts use it."""
    slider = SLIDERS[name]
    shown = 100.0 * value if slider.percent else value
    decimals = next(each for each in range(3) if each == 2 or round(shown, each) == round(shown, 2))
    return {"value": texts.number(shown, language, decimals),
            "metres": texts.number(value * METRES_PER_YEAR, language)}  # fmt: skip


# Of each tile: its outcome, and whether more of it is better.
TILES = {"money": ("saving", -1), "help": ("without_help", -1), "waiting": ("team_waiting", -1)}
# What may get worse in addition to the tiles, and whether more of it is better.
SIDE_EFFECTS = {
    "without_help": -1, "team_waiting": -1, "specialist_waiting": -1, "crises": -1, "child_crises": -1,
    "violence": -1, "supervision_orders": -1, "placements": -1, "evictions": -1, "found_in_vain": -1,
    "lost_share": -1, "overburdened_carers": -1, "satisfaction": 1,
}  # fmt: skip
LEAST = 0.01  # a baseline below this makes no share
MOST_IN_FULL = 3  # of what gets worse, next to the answer; what else does is named
LEAST_IN_MILLIONS = 50_000.0  # euro a year; a smaller sum is not told in millions


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
    if falls_below_average(reading):
        baseline.append(word("tile_baseline_spread", language, **_level_ends(reading.reference, language)))
    if name == "money" and inhabitants is not None and abs(mean) * inhabitants >= LEAST_IN_MILLIONS:
        total = texts.number(abs(mean) * inhabitants / 1e6, language, 1)
        key = "money_together_saved" if mean > 0 else "money_together_spent"
        baseline.append(word(key, language, total=total, inhabitants=texts.number(inhabitants, language)))
    return {
        "name": name,
        "number": _number(name, mean, language, largest),
        "baseline": " ".join(baseline),
        "direction": direction_words(reading.direction, language),
        "certainty": _certainty(name, values, reading, numbers, language),
        "values": [round(float(value), 4) for value in values],
        "mean": round(float(mean), 4),
        "ends": [] if reading.direction in (FIRST, SAME) else [round(float(low), 4), round(float(high), 4)],
        "ends_told": [numbers["low"], numbers["high"]],
        "sides": [word(f"tile_{name}_{side}", language) for side in ("left", "right")],
    }  # fmt: skip


def falls_below_average(reading: Reading) -> bool:
    """Whether the interval of a fall goes beyond the average that it starts from.

    It does where replications start from very different levels: then the level needs its interval too.
    """
    return reading.difference.size >= ENOUGH and -reading.found.low > float(reading.reference.mean())


def level_in_words(values: np.ndarray, language: str) -> str:
    """Return an average level with its interval, where its replications allow one."""
    level = texts.sensible(float(values.mean()), language)
    if values.size < ENOUGH:
        return level
    return f"{level} ({word('interval_ends', language, **_level_ends(values, language))})"


def _level_ends(values: np.ndarray, language: str) -> dict[str, str]:
    """Return the ends of the interval of a level, with as many decimals as its average."""
    found = interval(values)
    return {key: texts.sensible(getattr(found, key), language, found.mean) for key in ("low", "high")}


def _number(name: str, mean: float, language: str, largest: float) -> str:
    """Return the number of a tile, with the decimals of its interval, and the word for its direction."""
    if abs(mean) < LEAST / 2:
        return word("no_difference", language)
    up, down = ("money_saved", "money_spent") if name == "money" else ("more", "fewer")
    return word(up if mean > 0 else down, language, number=texts.sensible(abs(mean), language, largest))


def direction_words(direction: str, language: str) -> dict[str, str]:
    """Return a direction with its word."""
    return {"kind": direction, "word": word(f"direction_{direction}", language)}


def _certainty(
    name: str, values: np.ndarray, reading: Reading, numbers: dict[str, str], language: str
) -> str:
    """Return in how many replications the sign is that of the mean, and the interval where there is one."""
    if reading.direction == SAME:
        return word("certainty_same", language)
    if len(values) == 1:
        return word("certainty_one", language)
    up = values.mean() > 0
    share = {"some": int(((values > 0) == up).sum()), "count": len(values)}
    sentence = word(f"certainty_{name}_{'up' if up else 'down'}", language, **share)
    if reading.direction == FIRST:
        return f"{sentence} {word('certainty_first', language)}"
    return f"{sentence} {word('certainty_interval', language, **numbers)}"


def answer_of(state: State, replications: Replications) -> dict[str, Any]:
    """Return the answer in a sentence, what it rests on, and the largest side effect."""
    language = state.language
    measured = readings(replications)
    found = {name: reading.direction for name, reading in measured.items()}
    sure = ""
    if FIRST in found.values():
        saves, count = int((replications.saved_at_end("municipality") > 0).sum()), replications.count
        costs = "" if 2 * saves >= count else "_costs"
        key = "answer_one" if count == 1 else "answer_first"
        title = word(f"{key}{costs}", language, some=count - saves if costs else saves, count=count)
    elif set(found.values()) == {SAME}:
        return {"title": word("answer_same", language), "basis": nothing_differs(language),
                "side": side_effect(replications, language)}  # fmt: skip
    else:
        euros = measured["money"].difference
        euro = texts.sensible(abs(float(euros.mean())), language, _size(euros))
        title_measures = ("help", "money")
        title = " ".join(word(f"answer_{name}_{found[name]}", language, euro=euro) for name in title_measures)
        clear = [name for name in title_measures if found[name] in (GOOD, BAD)]
        if clear:
            what = word(f"tile_{clear[0]}", language)
            key = "answer_sure_one" if UNSURE in (found[name] for name in title_measures) else "answer_sure"
            sure = f"{word(key, language, what=what)} "
    basis = word(
        "answer_basis", language,
        policy=within_a_sentence(state, state.look) if is_preset(state, state.look)
        else word("this_policy", language),
        first=int(replications.years[-replications.years_since]), last=int(replications.years[-1]),
    )  # fmt: skip
    return {"title": title, "basis": sure + basis, "side": side_effect(replications, language)}


def nothing_differs(language: str) -> str:
    """Return why a policy that changes only the landing saves nothing, and where to compare landings."""
    places = {"tab": word("tab_landing", language), "compare": word("nav_compare", language)}
    return word("nothing_differs", language, **places)


def side_effect(replications: Replications, language: str) -> dict[str, str]:
    """Return what gets worse most against its baseline, what else does, and whether that is known yet."""
    title = word("side_title", language)
    kind, worse = harms_of(replications)
    if kind == FIRST:
        return {"kind": FIRST, "title": title, "text": word("side_first", language), "more": ""}
    if not worse:
        text = word("side_none", language, count=len(SIDE_EFFECTS))
        return {"kind": GOOD, "title": title, "text": text, "more": ""}
    lines = [_worse_in_words(name, reading, language) for name, reading in worse.items()]
    more = [word("side_also", language, also="; ".join(lines[1:MOST_IN_FULL]))] if lines[1:] else []
    if lines[MOST_IN_FULL:]:
        names = [word(f"side_{name}", language) for name in list(worse)[MOST_IN_FULL:]]
        more.append(word("side_further", language, also=", ".join(names)))
    return {"kind": kind, "title": title, "text": _sentence(lines[0]), "more": " ".join(more)}


def harms_of(replications: Replications) -> tuple[str, dict[str, Reading]]:
    """Return what gets worse beyond doubt, the largest change against its baseline first.

    Answer and comparison list this; money is not in it, as it stands in the headline of the answer.

    Returns
    -------
    tuple of (str, dict of str to Reading)
        `BAD`, `GOOD` where nothing gets worse, or `FIRST` where that is not known yet; and the readings.
    """
    found = {name: replications.reading(name, better) for name, better in SIDE_EFFECTS.items()}
    if any(reading.direction == FIRST for reading in found.values()):
        return FIRST, {}
    worse = [name for name, reading in found.items() if reading.direction == BAD]
    worse.sort(key=lambda name: -_relative(found[name]))
    return BAD if worse else GOOD, {name: found[name] for name in worse}


def _sentence(text: str) -> str:
    return texts.capital(text) + "."


def _relative(reading: Reading) -> float:
    return abs(float(reading.difference.mean())) / max(LEAST, abs(float(reading.reference.mean())))


def _worse_in_words(name: str, reading: Reading, language: str) -> str:
    """Return one thing that gets worse, with from what to what and its interval."""
    scale = 100.0 if name == "lost_share" else 1.0
    found = reading.found
    before, after = scale * reading.reference.mean(), scale * reading.policy.mean()
    ends = sorted((scale * found.low, scale * found.high))
    size = max(abs(each) for each in ends)
    levels = [texts.sensible(before, language, after), texts.sensible(after, language, before)]
    if levels[0] == levels[1]:  # a small change shows in more decimals
        levels = [texts.number(each, language, 2) for each in (before, after)]
    return word(
        "side_line", language, what=word(f"side_{name}", language), unit=word(f"side_{name}_unit", language),
        before=levels[0], after=levels[1],
        low=texts.sensible(ends[0], language, size, sign=True),
        high=texts.sensible(ends[1], language, size, sign=True),
    )  # fmt: skip


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
    sizes = {tile: max(_size(each[tile].difference) for each in found.values()) for tile in TILES}
    return {
        "title": _title(found, names, language),
        "basis": word(
            "compare_basis", language, count=len(next(iter(compared.values())).reference),
            first=int(next(iter(compared.values())).years[-next(iter(compared.values())).years_since]),
            last=int(next(iter(compared.values())).years[-1]),
        ),
        **_worse(compared, names, language),
        "columns": [word(f"compare_{tile}", language) for tile in TILES],
        "reference": {"name": word("no_policy", language), "contents": [word("has_nothing", language)],
                      "cells": [_level(tile, first[tile], language) for tile in TILES]},
        "note": word("compare_note", language)
        if any(falls_below_average(each["waiting"]) for each in found.values()) else "",
        "rows": [
            {"letter": letter, "name": names[letter],
             "cells": [_cell(tile, each, language, sizes[tile]) for tile, each in found[letter].items()],
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


def _level(tile: str, reading: Reading, language: str) -> dict[str, str]:
    """Return where every policy starts from: the reference, with its interval."""
    level = {"number": texts.sensible(float(reading.reference.mean()), language), "interval": ""}
    if reading.reference.size >= ENOUGH:
        level["interval"] = word("interval_ends", language, **_level_ends(reading.reference, language))
    return level | {"what": word("compare_spending", language) if tile == "money" else ""}


def _cell(tile: str, reading: Reading, language: str, size: float) -> dict[str, Any]:
    after = texts.sensible(reading.policy.mean(), language, reading.reference.mean())
    return {**_difference_in_words(turned(tile, reading.difference), language, size),
            "after": word(f"compare_after_{'money' if tile == 'money' else 'level'}", language, after=after),
            "direction": direction_words(reading.direction, language)}  # fmt: skip


def _size(values: np.ndarray) -> float:
    """Return the largest of what is told of a difference, which decides on decimals for its whole column."""
    found = interval(values)
    return max(abs(found.mean), abs(found.low), abs(found.high))


def _difference_in_words(values: np.ndarray, language: str, size: float) -> dict[str, str]:
    """Return a difference with its interval, where its replications allow one."""
    found = interval(values)
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
    sentences = [
        word(_best_key(tile, found[letter][tile]), language, policy=names[letter])
        for tile, letter in best.items()
        if letter
    ]
    if not sentences:
        return word("compare_none_best", language)
    if len(set(best.values())) == 1:
        return word("compare_all_best", language, policy=names[best["money"]])
    return " ".join(sentences)


def _best_key(tile: str, reading: Reading) -> str:
    """Return which sentence says that a policy is best; the cheapest may save money or cost the least."""
    clear = tile == "money" and reading.direction in (GOOD, BAD)
    return f"compare_best_{tile}_{reading.direction}" if clear else f"compare_best_{tile}"


def _clearly_best(tile: str, found: dict[str, dict[str, Reading]]) -> str:
    """Return the policy that is better than every other beyond doubt; empty where there is none."""
    for letter, readings_ in found.items():
        own = readings_[tile]
        others = [each[tile] for other, each in found.items() if other != letter]
        if all(own.better * interval(own.policy - other.policy).sign > 0 for other in others):
            return letter
    return ""


def _worse(compared: Compared, names: dict[str, str], language: str) -> dict[str, Any]:
    """Return by policy what gets worse, spending first, and whether anything does."""
    found = {letter: harms_of(replications) for letter, replications in compared.items()}
    if any(kind == FIRST for kind, _ in found.values()):
        return {"worse_kind": FIRST, "worse": [{"name": "", "lines": [word("side_first", language)]}]}
    kind, policies = GOOD, []
    for letter, (_, worse) in found.items():
        money = compared[letter].reading(*TILES["money"])
        worsened = ({"spending": money} if money.direction == BAD else {}) | worse
        lines = [_sentence(_worse_in_words(name, reading, language)) for name, reading in worsened.items()]
        kind = BAD if lines else kind
        none = word("compare_worse_none", language, count=len(SIDE_EFFECTS) + 1)
        policies.append({"name": names[letter], "lines": lines or [none]})
    return {"worse_kind": kind, "worse": policies}


def _pairs(
    tile: str, found: dict[str, dict[str, Reading]], names: dict[str, str], language: str
) -> list[dict[str, Any]]:
    """Return a row per policy: itself less every other, in the same replications."""
    rows = []
    size = max((_size(one[tile].policy - other[tile].policy) for one in found.values()
                for other in found.values() if other is not one), default=0.0)  # fmt: skip
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
            cells.append({**_difference_in_words(turned(tile, less), language, size),
                          "word": word(key, language, policy=better.upper())})  # fmt: skip
        rows.append({"letter": letter.upper(), "name": names[letter], "cells": cells})
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
