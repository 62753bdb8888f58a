"""The design points of the flagship study: levers, kinds of town, and the comparison of each point.

Every parameter draw is run at the same points in three kinds of town: named points for the sentences (some
with a mechanism off) and points of a Sobol sequence for the emulators. All runs of a draw share parameters,
seed and warm-up, so every difference is paired.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.stats import qmc

from agents.vocabulary import PROBLEMS
from scenarios.runs.arms import FINDS, HELPS, MONEY, Placebo
from scenarios.runs.draws import draw_parameters
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import Design, Point
from scenarios.studies.plan import Plan

SETTING = (
    "municipality=neutral_city",
    "system=national_average",
    "window.start=2012-01",
    "window.end=2029-12",
    "window.warm_up_months=60",
    "policy=reference",
)
SEEDS_PER_DRAW = 2
INCIDENCE = "household.incidence_per_year"
AVERAGE = "average"
KINDS = ("deprived", AVERAGE, "well_off")


@dataclass(frozen=True)
class Registered:
    """A registered figure that distinguishes a kind of town from the country.

    Attributes
    ----------
    problem : str
        The problem it represents, one of `PROBLEMS`.
    share, country : float
        Share in the municipality and in the country, percent, same definition.
    municipality, source : str
        Municipality of the figure, and its source.
    """

    problem: str
    share: float
    country: float
    municipality: str
    source: str


# Kept here: a new file in data/ would change the checksum of every stored study.
_DEBT = "households in registered problem debt, 1 October 2020 (CBS, Schuldenproblematiek in beeld)"
_YOUTH = "residents under 18 with youth help, 2022 (CBS StatLine, Indicatoren jeugdzorg; youth_care.csv)"
TOWNS: dict[str, tuple[Registered, ...]] = {
    "deprived": (
        Registered("money", 13.0, 7.6, "Heerlen", _DEBT),
        Registered("youth", 17.3, 13.2, "Heerlen", _YOUTH),
    ),
    AVERAGE: (),
    "well_off": (
        Registered("money", 4.8, 7.6, "Wormerland", f"{_DEBT}, as the press reported it"),
        Registered("youth", 11.5, 13.2, "Ede", _YOUTH),
    ),
}
# Scenarios of the grants after the last known year; equally weighted, as their probabilities are unknown.
GRANTS = ("low", "middle", "high")
LINKS = (
    "referral_source.school_link",
    "referral_source.housing_corporation_link",
    "referral_source.debt_signals",
)
FULL_LINKS_AT = 0.10  # share of team hours at which the lever equals the policy `early_signalling`


@dataclass(frozen=True)
class Levers:
    """Values of the four levers, and the mechanism that is switched off.

    Attributes
    ----------
    signalling : float
        Share of team hours for outreach; links grow with it and are complete from 10% on.
    team : float
        Staff of teams, fte per 1,000 inhabitants.
    cut : float
        Final cut on all grants, a share.
    years : float
        Length of the phase-in period, years.
    without : Placebo or None
        Mechanism that is switched off in a placebo run.
    """

    signalling: float = 0.0
    team: float = 0.9
    cut: float = 0.15
    years: float = 0.0
    without: Placebo | None = None

    @property
    def point(self) -> Point:
        """The parameters a run sets."""
        links = min(1.0, self.signalling / FULL_LINKS_AT)
        return {
            "wijkteam.outreach_share": self.signalling,
            **dict.fromkeys(LINKS, links),
            "wijkteam.fte_per_1000": self.team,
            "landing.cut": self.cut,
            "landing.years": self.years,
            **(self.without.off if self.without else {}),
        }

    @property
    def values(self) -> tuple[float, float, float, float]:
        """The four levers as numbers, ordered as `RANGES`."""
        return (self.signalling, self.team, self.cut, self.years)


RANGES = {"signalling": (0.0, 0.2), "team": (0.6, 2.5), "cut": (0.0, 0.35), "years": (0.0, 8.0)}
LONGEST = RANGES["years"][1]
USUAL = Levers()  # a cut of 15% at once: about the sum of the three cuts of 2015
SIGNALLING, TEAM, CUT = 0.10, 1.8, 0.30
NAMED = {
    "usual": USUAL,
    "no_cut": replace(USUAL, cut=0.0),
    "signalling": replace(USUAL, signalling=SIGNALLING),
    "placebo": replace(USUAL, signalling=SIGNALLING, without=FINDS),
    "team": replace(USUAL, team=TEAM),
    "team_signalling": replace(USUAL, team=TEAM, signalling=SIGNALLING),
    "cut": replace(USUAL, cut=CUT),
    "cut_long": replace(USUAL, cut=CUT, years=LONGEST),
    "long": replace(USUAL, years=LONGEST),
    "usual_no_help": replace(USUAL, without=HELPS),
    "signalling_no_help": replace(USUAL, signalling=SIGNALLING, without=HELPS),
    "team_no_help": replace(USUAL, team=TEAM, without=HELPS),
    "cut_same_money": replace(USUAL, cut=CUT, without=MONEY),
}
# Optional points; sentences about them are left out as well.
PLACEBOS = tuple(name for name, levers in NAMED.items() if levers.without not in (None, FINDS))


def arms_of(levers: Levers) -> dict[str, Levers]:
    """Return a sampled point and its comparison points, which have the same random numbers.

    Examples
    --------
    >>> arms_of(Levers(0.2, 2.0, 0.3, 1.0))["no_signalling"].values
    (0.0, 2.0, 0.3, 1.0)
    """
    return {
        "point": levers,
        "no_signalling": replace(levers, signalling=0.0),
        "usual_teams": replace(levers, signalling=USUAL.signalling, team=USUAL.team),
        "no_cut": replace(levers, cut=0.0),
        "long": replace(levers, years=LONGEST),
    }


def sampled(draws: int, points: int, seed: int) -> list[list[Levers]]:
    """Return the sampled points of every draw: points of one Sobol sequence over the four levers."""
    needed = draws * points
    sequence = qmc.Sobol(len(RANGES), rng=seed).random_base2(max(0, (needed - 1).bit_length()))[:needed]
    low, high = zip(*RANGES.values(), strict=True)
    scaled = qmc.scale(sequence, low, high)
    return [[_levers(row) for row in scaled[draw * points : (draw + 1) * points]] for draw in range(draws)]


def _levers(row: np.ndarray) -> Levers:
    """Return levers from numbers ordered as `RANGES`."""
    signalling, team, cut, years = row.tolist()
    return Levers(signalling, team, cut, years)


@dataclass(frozen=True)
class Place:
    """Identification of a run: kind of town, draw, seed index and point.

    `sample` is -1 for a named point, else the number of the sampled point within the draw.
    """

    kind: str
    draw: int
    seed: int
    sample: int
    name: str


def ratios(kind: str) -> tuple[float, ...]:
    """Return the rate of each problem in a kind of town relative to the country, in order of problems.

    The ratio of registered shares multiplies the rate of new problems; 1 for a problem without a figure.

    Examples
    --------
    >>> ratios("average")
    (1.0, 1.0, 1.0, 1.0, 1.0)
    """
    found = dict.fromkeys(PROBLEMS, 1.0)
    found |= {each.problem: each.share / each.country for each in TOWNS[kind]}
    return tuple(found.values())


def town_of(kind: str, scenario: Scenario, draw: int) -> Point:
    """Return the parameters of a kind of town in one draw: drawn rates of new problems times its ratios."""
    if kind == AVERAGE:
        return {}
    drawn: list[float] = scenario.parameters.household.incidence_per_year
    if scenario.draw:
        parameters, _ = draw_parameters(
            scenario.parameters, draw, scenario.seeds[0], (), scenario.posterior, scenario.place
        )
        drawn = parameters.household.incidence_per_year
    return {INCIDENCE: [min(1.0, rate * ratio) for rate, ratio in zip(drawn, ratios(kind), strict=True)]}


@dataclass(frozen=True)
class FlagshipPlan:
    """The study plan, and the identification of every run."""

    plan: Plan
    places: tuple[Place, ...]
    samples: list[list[Levers]]
    scenario: Scenario


def flagship_plan(
    overrides: list[str],
    draws: int,
    points: int,
    second_seed_every: int,
    design_seed: int,
    named: Mapping[str, Levers] = NAMED,
) -> FlagshipPlan:
    """Return the plan of the study.

    Parameters
    ----------
    overrides : list of str
        Settings of all runs, besides `SETTING`.
    draws : int
        Number of parameter draws.
    points : int
        Number of sampled points per draw.
    second_seed_every : int
        Every n-th draw is run with a second seed, to estimate the sampling variance.
    design_seed : int
        Seed of the Sobol sequence.
    named : mapping of str to Levers
        Named points, run in every draw.
    """
    said = {each.split("=")[0] for each in overrides}
    shared = [*(each for each in SETTING if each.split("=")[0] not in said), *overrides]
    scenario = scenario_from(shared)
    samples = sampled(draws, points, design_seed)
    places: list[Place] = []
    of_runs: list[Point] = []
    replications: list[int] = []
    for draw in range(draws):
        for seed in range(SEEDS_PER_DRAW if draw % second_seed_every == 0 else 1):
            for place, point in _of_draw(scenario, draw, seed, samples[draw], named):
                places.append(place)
                of_runs.append(point)
                replications.append(SEEDS_PER_DRAW * draw + seed)
    axes = tuple(dict.fromkeys(name for point in of_runs for name in point))
    design = Design("flagship", axes, tuple(of_runs), tuple(shared))
    return FlagshipPlan(
        Plan(design, 1, SEEDS_PER_DRAW, (), tuple(replications)), tuple(places), samples, scenario
    )


def _of_draw(
    scenario: Scenario, draw: int, seed: int, samples: list[Levers], named: Mapping[str, Levers]
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield every run of a draw and seed; runs of a kind of town are consecutive: they share a warm-up."""
    for kind in KINDS:
        town = {"grants": GRANTS[draw % len(GRANTS)]} | town_of(kind, scenario, draw)
        for name, levers in named.items():
            yield Place(kind, draw, seed, -1, name), town | levers.point
        for number, sample in enumerate(samples):
            for name, levers in arms_of(sample).items():
                yield Place(kind, draw, seed, number, name), town | levers.point
