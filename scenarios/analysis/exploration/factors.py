"""Factors: the levers, the drawn parameters and the random seed that an exploration varies.

Designs are laid out in shares from 0 to 1; a factor knows which value a share stands for. An unknown asks
`scenarios/runs/draws.py`, so that an exploration varies what a draw varies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import key_called, known_keys
from scenarios.config.overrides import interval_of, parsed
from scenarios.runs.draws import at_share, drawn_names, explicit_names
from scenarios.runs.scenario import Scenario
from scenarios.studies.design import Point

LEVER, UNKNOWN, RANDOM_SEED = "lever", "unknown", "random_seed"
SEEDS = 2**20  # as many seeds as the factor random seed can take
# Levers that are varied unless told otherwise, with the range (assumed): from none, or half of what is
# usual, to about double.
LEVERS: dict[str, tuple[float, float]] = {
    "landing.cut": (0.05, 0.35),
    "landing.years": (0.0, 8.0),
    "landing.years_ahead": (0.0, 2.0),
    "wijkteam.outreach_share": (0.0, 0.2),
    "referral_source.school_link": (0.0, 1.0),
    "referral_source.housing_corporation_link": (0.0, 1.0),
    "referral_source.debt_signals": (0.0, 1.0),
    "wijkteam.fte_per_1000": (0.6, 2.5),
    "wijkteam.collective_share": (0.0, 0.1),
    "wijkteam.one_plan": (0.0, 1.0),
    "provider.tariff": (0.85, 1.05),
    "municipality_government.reserves_eur_per_inhabitant": (0.0, 150.0),
    "municipality_government.patience_years": (0.0, 8.0),
}


@dataclass(frozen=True)
class Factor:
    """One thing that is varied: a lever between two ends, a drawn parameter, or the random seed."""

    name: str
    kind: str
    low: float = 0.0
    high: float = 1.0

    def at(self, share: float, scenario: Scenario) -> Any:
        """Return the value a share in [0, 1] stands for."""
        if self.kind == UNKNOWN:
            return at_share(scenario.parameters, self.name, share)
        value = self.low + share * (self.high - self.low)
        known = known_keys().get(self.name)
        return round(value) if known is not None and known.kind is int else value


SEED_FACTOR = Factor(RANDOM_SEED, RANDOM_SEED)


def point_at(
    factors: Sequence[Factor], shares: np.ndarray, scenario: Scenario, replication: int = 0
) -> tuple[Point, int]:
    """Return the point that shares of all factors stand for, and the replication whose random numbers it has.

    Parameters
    ----------
    factors : sequence of Factor
        In the order of `shares`.
    shares : float64 array of shape (n_factors,)
        Where every factor stands, from 0 to 1.
    scenario : Scenario
        Around which drawn parameters vary.
    replication : int
        Replication of a design in which the random seed is no factor.
    """
    point: Point = {}
    for factor, share in zip(factors, shares, strict=True):
        if factor.kind == RANDOM_SEED:
            replication = min(SEEDS - 1, int(share * SEEDS))
        else:
            point[factor.name] = factor.at(float(share), scenario)
    return point, replication


def split_intervals(overrides: list[str]) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """Return the ends of the keys given as key=interval(low,high), and the overrides that are left."""
    ends, left = {}, []
    for each in parsed(overrides):
        text, name = each.input_line or "", each.key_or_group
        found = interval_of(each) if each.is_sweep_override() else None
        if found is None:
            if each.is_sweep_override():
                raise ConfigurationError(
                    f"{text}: expected one value, or an interval as {name}=interval(0,1)"
                )
            left.append(text)
            continue
        key = key_called(name)
        if key.lever is None or key.kind not in (int, float):
            raise ConfigurationError(f"{text}: only a lever or parameter that is a number can be varied")
        if not found[0] < found[1]:
            raise ConfigurationError(f"{text}: expected an interval from low to high")
        for end in found:
            key.check(round(end) if key.kind is int else end)
        ends[name] = found
    return ends, left


def factors_of(
    overrides: list[str], ends: dict[str, tuple[float, float]], levers: str = "default", unknowns: str = "all"
) -> tuple[Factor, ...]:
    """Return the factors of an exploration: levers, then drawn parameters.

    Parameters
    ----------
    overrides : list of str
        What the user set: a key with a value is not varied.
    ends : dict of str to (float, float)
        Ranges the user gave; they count above all else.
    levers : str
        "default", "none", or names of `LEVERS` with commas.
    unknowns : str
        "all", "none", or names of drawn parameters with commas.

    Raises
    ------
    ConfigurationError
        For a name that is no lever or no drawn parameter, with the nearest.
    """
    given = explicit_names(overrides)
    if _is_cut_set(overrides):
        given.add("landing.cut")
    if levers in ("default", "none"):
        chosen = [name for name in LEVERS if name not in given] if levers == "default" else []
    else:
        chosen = _listed("levers", levers, list(LEVERS), "give others a range, as key=interval(0,1)")
    ranges = {name: LEVERS[name] for name in chosen} | ends
    possible = drawn_names(given | set(ranges))
    if unknowns in ("all", "none"):
        drawn = possible if unknowns == "all" else []
    else:
        drawn = _listed("unknowns", unknowns, possible, "docs/parameters.md tells which are drawn")
    return (
        *(Factor(name, _kind(name), *found) for name, found in ranges.items()),
        *(Factor(name, UNKNOWN) for name in drawn),
    )


def _is_cut_set(overrides: list[str]) -> bool:
    """Whether the user settled the cut: by law, or by a landing without one."""
    names = ("landing.cut", "landing.cut_youth", "landing.cut_guidance", "landing.cut_household_help")
    return any(each.split("=")[0] in names or each == "landing=none" for each in overrides)


def _kind(name: str) -> str:
    """Return the kind of what has a range: a parameter that no policy sets is an unknown between two ends."""
    return LEVER if key_called(name).lever else f"{UNKNOWN} range"


def _listed(option: str, text: str, known: list[str], otherwise: str) -> list[str]:
    names = list(dict.fromkeys(name for name in text.split(",") if name))
    for name in names:
        if name not in known:
            raise ConfigurationError(
                f"{option} = {name}: expected names with commas, all, default or none"
                f"{nearest(name, known)}; {otherwise}"
            )
    return names
