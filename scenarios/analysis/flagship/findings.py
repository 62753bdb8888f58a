"""Results of the flagship study: effects between named points, interactions, and emulators.

An effect is a paired difference: same parameter draw and random numbers. Its 90% interval is over parameter
draws and grant scenarios; the interval of the mean is the sampling error of a finite number of draws. Draws
that were run with two seeds separate the sampling variance of one town from both.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.flagship.emulator import Emulator, fit_emulator
from scenarios.analysis.flagship.points import (
    CUT,
    KINDS,
    LONGEST,
    NAMED,
    RANGES,
    SIGNALLING,
    TEAM,
    USUAL,
    Levers,
    Place,
)
from scenarios.studies.engines import TEN_YEARS

NORMAL_90 = 1.645
# Effects reported in sentences, as contrasts: named points with their signs.
EFFECTS: dict[str, dict[str, int]] = {
    "signalling": {"signalling": 1, "usual": -1},
    "placebo": {"placebo": 1, "usual": -1},
    "team": {"team": 1, "usual": -1},
    "signalling_in_team": {"team_signalling": 1, "team": -1},
    "team_changes_signalling": {"team_signalling": 1, "team": -1, "signalling": -1, "usual": 1},
    "present_cut": {"usual": 1, "no_cut": -1},
    "cut": {"cut": 1, "usual": -1},
    "cut_long": {"cut_long": 1, "usual": -1},
    "long": {"long": 1, "usual": -1},
    "years_in_cut": {"cut_long": 1, "cut": -1},
    # Effects that remain with a mechanism off: help from teams, money, speed.
    "signalling_no_help": {"signalling_no_help": 1, "usual_no_help": -1},
    "team_no_help": {"team_no_help": 1, "usual_no_help": -1},
    "cut_no_haste": {"cut_long": 1, "long": -1},
    "years_speed": {"cut_long": 1, "cut_same_money": -1},
    "years_money": {"cut_same_money": 1, "cut": -1},
    "years_change_cut": {"cut_long": 1, "cut": -1, "long": -1, "usual": 1},
}
OUTCOMES = (
    "net_cost", "all_payers_cost", "cost_shifted", "own_payments", "unmet", "waiting", "team_waiting",
    "crises",
)  # fmt: skip
# Cost components: by payer, by law and by line of care.
BOOKS = (
    "net_cost", "cost_shifted", "cost_youth", "cost_wmo", "cost_zero", "cost_first", "cost_second",
    "cost_crisis",
)  # fmt: skip
IN_TEN_YEARS = tuple(name + TEN_YEARS for name in ("net_cost", "unmet", "waiting_above_norm", "crises"))
# Outcomes that are emulated, per contrast between a sampled point and its comparison (`AGAINST`).
COST, PEOPLE, WAITING = "net_cost", "unmet", "waiting"
HARM = "unmet" + TEN_YEARS
EMULATED: dict[str, tuple[str, ...]] = {
    "organisation": (COST, PEOPLE, WAITING),
    "landing": (COST, PEOPLE, WAITING),
    "harm": (HARM, "crises" + TEN_YEARS, "own_payments" + TEN_YEARS),
    "signalling": (COST, PEOPLE),
    "level": (COST, "all_payers_cost", PEOPLE, WAITING, "crises"),
}
AGAINST = {
    "organisation": "usual_teams", "landing": "no_cut", "harm": "long", "signalling": "no_signalling",
}  # fmt: skip
ZERO_SEED = 2015  # seed of the points at which a contrast is zero
# Named points that also have such a contrast. A point compared with itself is left out: it has no variance,
# while the smallest lever change has, so it would make intervals too narrow. It is used for the mean only.
ALSO: dict[str, tuple[tuple[str, str], ...]] = {
    "organisation": (
        ("signalling", "usual"), ("team", "usual"), ("team_signalling", "usual")
    ),
    "landing": (
        ("usual", "no_cut"), ("cut", "no_cut"), ("cut_long", "no_cut"), ("long", "no_cut"),
    ),
    "harm": (("usual", "long"), ("cut", "cut_long")),
    "signalling": (("signalling", "usual"), ("team_signalling", "team")),
    "level": tuple(
        (name, "no_cut") for name, levers in NAMED.items() if name != "no_cut" and levers.without is None
    ),
}  # fmt: skip
# Planes of the heatmaps: two levers, the others at their usual value.
PLANES = {
    "organisation": ("signalling", "team"), "landing": ("cut", "years"), "harm": ("cut", "years")
}  # fmt: skip
STEPS = {
    "signalling": (0.0, 0.05, 0.1, 0.15, 0.2),
    "team": (0.6, 0.9, 1.2, 1.6, 2.0, 2.5),
    "cut": (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35),
    "years": (0.0, 2.0, 4.0, 6.0, 8.0),
}
LESS, MORE, MOSTLY_LESS, MOSTLY_MORE, UNCLEAR = "less", "more", "mostly_less", "mostly_more", "unclear"


@dataclass(frozen=True)
class Effect:
    """An effect on an outcome over draws of all unknowns.

    Attributes
    ----------
    mean, low, high : float
        Mean, 5% and 95% quantile over draws, in the unit of the outcome.
    mean_low, mean_high : float
        90% confidence interval of the mean.
    below, above : float
        Share of draws in which the effect is below, and above, zero.
    chance : float or None
        Share of the variance over draws that is sampling variance of one town of this size; None without
        second seeds.
    draws : int
        Number of draws.
    """

    mean: float
    low: float
    high: float
    mean_low: float
    mean_high: float
    below: float
    above: float
    chance: float | None
    draws: int

    @property
    def verdict(self) -> str:
        """Direction that may be reported: in 90% of the draws, on average only, or none."""
        return verdict(asdict(self))


def verdict(effect: Mapping[str, Any]) -> str:
    """Return the direction that an effect supports.

    Examples
    --------
    >>> sure = {"low": -3.0, "high": -1.0, "mean_low": -2.1, "mean_high": -1.9}
    >>> verdict(sure), verdict(sure | {"high": 1.0}), verdict(sure | {"high": 1.0, "mean_high": 0.2})
    ('less', 'mostly_less', 'unclear')
    """
    if effect["high"] < 0.0:
        return LESS
    if effect["low"] > 0.0:
        return MORE
    if effect["mean_high"] < 0.0:
        return MOSTLY_LESS
    return MOSTLY_MORE if effect["mean_low"] > 0.0 else UNCLEAR


def effect_of(values: np.ndarray, second: np.ndarray | None = None) -> Effect:
    """Return the summary of an effect over draws.

    Parameters
    ----------
    values : float64 array of shape (n_draws,)
        Effect in each draw with the first seed.
    second : float64 array of shape (n_draws,), optional
        Effect with the second seed, nan where it was not run.
    """
    known = values[np.isfinite(values)]
    mean, spread = float(known.mean()), float(known.std(ddof=1))
    half = NORMAL_90 * spread / math.sqrt(len(known))
    low, high = (float(each) for each in np.quantile(known, [0.05, 0.95]))
    chance = None
    if second is not None and spread > 0.0:
        both = np.isfinite(values) & np.isfinite(second)
        if both.sum() > 1:
            within = float(((values - second)[both] ** 2).mean() / 2.0)
            chance = min(1.0, within / spread**2)
    return Effect(
        mean, low, high, mean - half, mean + half, float((known < 0).mean()), float((known > 0).mean()),
        chance, len(known),
    )  # fmt: skip


@dataclass(frozen=True)
class Runs:
    """Outcomes of all runs, indexed by place.

    Attributes
    ----------
    values : DataFrame
        Columns are outcomes; the index has kind, draw, seed, sample and name.
    samples : list of list of Levers
        Sampled points of every draw.
    """

    values: pd.DataFrame
    samples: list[list[Levers]]

    def has(self, points: Iterable[str]) -> bool:
        """Whether all these named points were run."""
        return set(points) <= set(self.values.index.get_level_values("name"))

    def named(self, kind: str, name: str, outcome: str, seed: int = 0) -> np.ndarray:
        """Return an outcome of a named point by draw, nan where it was not run with this seed."""
        places = [(kind, draw, seed, -1, name) for draw in range(len(self.samples))]
        return self.values[outcome].reindex(places).to_numpy(float)

    def sampled(self, kind: str, name: str, outcome: str) -> np.ndarray:
        """Return an outcome of all sampled points, or of their comparison points, in order."""
        found = self.values[outcome].loc[kind, :, 0, :, name]
        return found[found.index.get_level_values("sample") >= 0].sort_index().to_numpy(float)

    def effect(self, kind: str, effect: str, outcome: str, seed: int = 0) -> np.ndarray:
        """Return an effect between named points, by draw."""
        signs = EFFECTS[effect]
        return np.sum([sign * self.named(kind, name, outcome, seed) for name, sign in signs.items()], axis=0)


def indexed_runs(places: Sequence[Place], values: pd.DataFrame, samples: list[list[Levers]]) -> Runs:
    """Return the runs of the study; `values` has one row per place, in the same order."""
    index = pd.MultiIndex.from_tuples(
        [(each.kind, each.draw, each.seed, each.sample, each.name) for each in places],
        names=["kind", "draw", "seed", "sample", "name"],
    )
    return Runs(values.set_index(index).sort_index(), samples)


def effects_document(runs: Runs) -> dict[str, Any]:
    """Return all effects: by kind of town, effect and outcome."""
    names = dict.fromkeys([*OUTCOMES, *BOOKS, *IN_TEN_YEARS])
    return {
        kind: {
            effect: {
                outcome: asdict(
                    effect_of(runs.effect(kind, effect, outcome), runs.effect(kind, effect, outcome, 1))
                )
                for outcome in names
            }
            for effect, points in EFFECTS.items()
            if runs.has(points)
        }
        for kind in KINDS
    }


def baselines(runs: Runs) -> dict[str, Any]:
    """Return the mean of every outcome at the usual point, by kind of town."""
    names = dict.fromkeys([*OUTCOMES, *IN_TEN_YEARS])
    return {
        kind: {name: float(np.nanmean(runs.named(kind, "usual", name))) for name in names} for kind in KINDS
    }


def between_kinds(runs: Runs) -> dict[str, Any]:
    """Return by how much effects differ between a deprived and a well-off town, paired by draw."""
    found: dict[str, Any] = {}
    for effect, outcome in product(("signalling", "team", "cut"), (COST, PEOPLE, WAITING)):
        less = [
            runs.effect(KINDS[0], effect, outcome, seed) - runs.effect(KINDS[-1], effect, outcome, seed)
            for seed in (0, 1)
        ]
        found.setdefault(effect, {})[outcome] = asdict(effect_of(*less))
    return found


def interactions(runs: Runs) -> dict[str, Any]:
    """Return the interactions of levers, with probabilities over draws, by kind of town."""
    found = {}
    for kind in KINDS:
        usual, larger = (runs.effect(kind, each, COST) for each in ("signalling", "signalling_in_team"))
        deep, long = (runs.effect(kind, each, PEOPLE) for each in ("cut", "cut_long"))
        found[kind] = {
            # Does a larger team change the sign of early signalling?
            "sign_changes": float((np.sign(usual) != np.sign(larger)).mean()),
            "pays_usual": float((usual < 0.0).mean()),
            "pays_larger": float((larger < 0.0).mean()),
            # Is the deeper cut over many years no worse than the shallower one at once?
            "bearable_at_once": float((deep <= 0.0).mean()),
            "bearable_long": float((long <= 0.0).mean()),
            "long_is_better": float((long < deep).mean()),
        }
    return found


def scaled(levers: Sequence[tuple[float, ...]]) -> np.ndarray:
    """Return levers as shares of their ranges, shape (n_points, n_levers)."""
    low, high = (np.array(ends) for ends in zip(*RANGES.values(), strict=True))
    shares: np.ndarray = (np.array(levers, dtype=float) - low) / (high - low)
    return shares


def training(
    runs: Runs, kind: str, what: str, outcome: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the training data of an emulator: points, differences, draws, and whether points are sampled."""
    points = [each.values for samples in runs.samples for each in samples]
    draws = [draw for draw, samples in enumerate(runs.samples) for _ in samples]
    at_points = runs.sampled(kind, "point", outcome)
    if what == "level":
        base = runs.named(kind, "no_cut", outcome)[draws]
    else:
        base = runs.sampled(kind, AGAINST[what], outcome)
    values, is_sampled = [at_points - base], [np.ones(len(points), dtype=bool)]
    for name, other in ALSO[what]:
        points += [NAMED[name].values] * len(runs.samples)
        draws += range(len(runs.samples))
        values.append(runs.named(kind, name, outcome) - runs.named(kind, other, outcome))
        is_sampled.append(np.zeros(len(runs.samples), dtype=bool))
    return scaled(points), np.concatenate(values), np.array(draws), np.concatenate(is_sampled)


def zero_points(what: str, count: int) -> np.ndarray:
    """Return points over the whole space at which a contrast is zero by definition.

    Parameters
    ----------
    what : str
        A key of `EMULATED`. "level" gets no points: it has a single comparison point.
    count : int
        Number of points.

    Returns
    -------
    points : float64 array of shape (count, n_levers), or (0, n_levers) for a level
        Levers, each scaled to [0, 1].
    """
    if what == "level":
        return np.empty((0, len(RANGES)))
    shares = np.random.default_rng(ZERO_SEED).random((count, len(RANGES)))
    found = []
    for place, each in enumerate(shares):
        levers = {name: low + share * (high - low)
                  for (name, (low, high)), share in zip(RANGES.items(), each, strict=True)}  # fmt: skip
        if what in ("organisation", "signalling"):
            levers["signalling"] = USUAL.signalling
        if what == "organisation":
            levers["team"] = USUAL.team
        if what == "landing" or (what == "harm" and place % 2):
            levers["cut"] = 0.0
        elif what == "harm":
            levers["years"] = LONGEST
        found.append(tuple(levers.values()))
    return scaled(found)


def emulators(
    runs: Runs, on_fitted: Any = lambda fitted: None
) -> tuple[dict[tuple[str, str, str], Emulator], list[dict[str, Any]]]:
    """Return the emulators by kind, difference and outcome, and a row with the error of each."""
    found, rows = {}, []
    for kind, what in product(KINDS, EMULATED):
        zeros = zero_points(what, len(runs.samples))
        for outcome in EMULATED[what]:
            emulator, error = fit_emulator(*training(runs, kind, what, outcome), zeros)
            found[kind, what, outcome] = emulator
            rows.append(
                {"kind": kind, "difference": what, "outcome": outcome, "form": emulator.form,
                 "moved": emulator.shift, **asdict(error),
                 **_at_named(runs, emulator, kind, what, outcome)}
            )  # fmt: skip
            on_fitted(1)
    return found, rows


def _at_named(runs: Runs, emulator: Emulator, kind: str, what: str, outcome: str) -> dict[str, float]:
    """Return the maximum error of the emulated mean at the named points, and their maximum spread."""
    pairs = ALSO[what]
    predictions = emulator(scaled([NAMED[name].values for name, _ in pairs]))[:, 0]
    seen = [runs.named(kind, a, outcome) - runs.named(kind, b, outcome) for a, b in pairs]
    apart = np.abs(predictions - np.array([each.mean() for each in seen]))
    return {"mean_error_named": float(apart.max()), "spread_named": float(max(each.std() for each in seen))}


def predicted(emulator: Emulator, what: str, points: Sequence[tuple[float, ...]]) -> np.ndarray:
    """Return mean, low, median and high at points; exactly zero where a point is its own comparison."""
    predictions = emulator(scaled(points))
    predictions[[is_comparison(what, dict(zip(RANGES, each, strict=True))) for each in points]] = 0.0
    return predictions


def is_comparison(what: str, levers: Mapping[str, float]) -> bool:
    """Return whether a point is its own comparison, so that the difference is zero by definition."""
    usual_teams = levers["signalling"] == USUAL.signalling and levers["team"] == USUAL.team
    return {
        "organisation": usual_teams,
        "landing": levers["cut"] == 0.0,
        "harm": levers["cut"] == 0.0 or levers["years"] == LONGEST,
        "signalling": levers["signalling"] == USUAL.signalling,
        "level": usual_teams and levers["cut"] == 0.0,
    }[what]


def maps(found: Mapping[tuple[str, str, str], Emulator]) -> list[dict[str, Any]]:
    """Return the cells of every heatmap: mean, interval and direction, the other levers at usual values."""
    cells = []
    for (kind, what, outcome), emulator in found.items():
        if what not in PLANES or (what == "harm" and outcome != HARM):
            continue
        across, up = PLANES[what]
        places = list(product(STEPS[across], STEPS[up]))
        usual = dict(zip(RANGES, USUAL.values, strict=True))
        points = [tuple((usual | {across: x, up: y}).values()) for x, y in places]
        for (x, y), (mean, low, _, high) in zip(places, predicted(emulator, what, points), strict=True):
            cells.append({"kind": kind, "map": what, "outcome": outcome, across: x, up: y, "mean": mean,
                          "low": low, "high": high, "certain": bool(low > 0.0 or high < 0.0),
                          "compared": is_comparison(what, usual | {across: x, up: y})})  # fmt: skip
    return cells


def grid(found: Mapping[tuple[str, str, str], Emulator]) -> pd.DataFrame:
    """Return predictions over the whole space, a row per kind, levers, difference and outcome."""
    points = list(product(*STEPS.values()))
    levers = pd.DataFrame(points, columns=list(STEPS))
    frames = []
    for (kind, what, outcome), emulator in found.items():
        predictions = pd.DataFrame(
            predicted(emulator, what, points), columns=["mean", "low", "median", "high"]
        )
        names = pd.DataFrame({"kind": kind, "difference": what, "outcome": outcome}, index=levers.index)
        frames.append(pd.concat([names, levers, predictions], axis=1))
    table = pd.concat(frames, ignore_index=True)
    texts = ["kind", "difference", "outcome"]
    return table.astype(
        {name: "category" for name in texts} | {name: "float32" for name in table if name not in texts}
    )


def levers_in_words() -> dict[str, float]:
    """Return the values of the named points, for the texts."""
    return {"signalling": SIGNALLING, "team": TEAM, "usual_team": USUAL.team, "cut": CUT,
            "usual_cut": USUAL.cut, "years": LONGEST}  # fmt: skip
