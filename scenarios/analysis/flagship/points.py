"""The points of the flagship study: levers, kinds of town, and what each point is compared with.

Every draw of the unknowns meets the same points in three kinds of town: named ones, of which sentences are
made (some with a mechanism off), and some of a Sobol sequence, of which the emulator is made. All share the
draw, the seed and the years before the policies depart, so every difference between them is paired.
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
    """A registered figure by which a kind of town differs from the country.

    Attributes
    ----------
    problem : str
        The problem it stands for, one of `PROBLEMS`.
    share, country : float
        The share in a municipality and in the country, percent, counted alike.
    municipality, source : str
        Whose figure it is, and where it was read.
    """

    problem: str
    share: float
    country: float
    municipality: str
    source: str


# They stand here and not in data/, where a new file would change the checksum of every stored study.
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
# Scenarios of the grants after the last known year; no one knows their probability, so all count alike.
GRANTS = ("low", "middle", "high")
LINKS = (
    "referral_source.school_link",
    "referral_source.housing_corporation_link",
    "referral_source.debt_signals",
)
FULL_LINKS_AT = 0.10  # of team hours: there the lever is the policy `early_signalling`


@dataclass(frozen=True)
class Levers:
    """Values of the four levers, and the mechanism that is switched off.

    Attributes
    ----------
    signalling : float
        Share of team hours for outreach; links grow with it and are full from a tenth on.
    team : float
        Staff of teams, fte per 1,000 inhabitants.
    cut : float
        Final cut on all grants, a share.
    years : float
        Length of the phase-in period.
    without : Placebo or None
        What is off, in a placebo.
    """

    signalling: float = 0.0
    team: float = 0.9
    cut: float = 0.15
    years: float = 0.0
    without: Placebo | None = None

    @property
    def point(self) -> Point:
        """What a run sets."""
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
        """The four levers as numbers, in the order of `RANGES`."""
        return (self.signalling, self.team, self.cut, self.years)


RANGES = {"signalling": (0.0, 0.2), "team": (0.6, 2.5), "cut": (0.0, 0.35), "years": (0.0, 8.0)}
LONGEST = RANGES["years"][1]
USUAL = Levers()  # a sixth to a seventh less at once: about what the three cuts of 2015 came to together
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
# Points that may be left out, with all that is said of them.
PLACEBOS = tuple(name for name, levers in NAMED.items() if levers.without not in (None, FINDS))


def arms_of(levers: Levers) -> dict[str, Levers]:
    """Return a sampled point and what it is compared with on the same random numbers.

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
    """Return the sampled points of every draw: a Sobol sequence over the four levers, dealt out."""
    needed = draws * points
    sequence = qmc.Sobol(len(RANGES), rng=seed).random_base2(max(0, (needed - 1).bit_length()))[:needed]
    low, high = zip(*RANGES.values(), strict=True)
    scaled = qmc.scale(sequence, low, high)
    return [[_levers(row) for row in scaled[draw * points : (draw + 1) * points]] for draw in range(draws)]


def _levers(row: np.ndarray) -> Levers:
    """Return levers from numbers in the order of `RANGES`."""
    signalling, team, cut, years = row.tolist()
    return Levers(signalling, team, cut, years)


@dataclass(frozen=True)
class Place:
    """What a run of the study is: kind of town, draw, which of its seeds, and which point.

    `sample` is -1 for a named point, else the number of the sampled point within the draw.
    """

    kind: str
    draw: int
    seed: int
    sample: int
    name: str


def ratios(kind: str) -> tuple[float, ...]:
    """Return how much more often each problem comes in a kind of town than in the country, in their order.

    The ratio of registered shares is laid on the rate of new problems; a problem without a figure keeps the
    country's rate.

    Examples
    --------
    >>> ratios("average")
    (1.0, 1.0, 1.0, 1.0, 1.0)
    """
    found = dict.fromkeys(PROBLEMS, 1.0)
    found |= {each.problem: each.share / each.country for each in TOWNS[kind]}
    return tuple(found.values())


def town_of(kind: str, scenario: Scenario, draw: int) -> Point:
    """Return what makes a town of a kind in one draw: the drawn rates of new problems times its ratios."""
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
    """The study: what is run, and what every point of it is."""

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
        What all runs share, besides `SETTING`.
    draws : int
        Draws of the unknowns.
    points : int
        Sampled points of each draw.
    second_seed_every : int
        Every so many draws all is run with a second seed, so that chance can be told from the unknowns.
    design_seed : int
        Seed of the Sobol sequence.
    named : mapping of str to Levers
        Named points of each draw.
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
    """Yield every run of a draw and seed; towns of a kind stand together, for they share a past."""
    for kind in KINDS:
        town = {"grants": GRANTS[draw % len(GRANTS)]} | town_of(kind, scenario, draw)
        for name, levers in named.items():
            yield Place(kind, draw, seed, -1, name), town | levers.point
        for number, sample in enumerate(samples):
            for name, levers in arms_of(sample).items():
                yield Place(kind, draw, seed, number, name), town | levers.point
