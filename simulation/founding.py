"""Founding the few: teams and providers at the start of a run (ODD 5)."""

import numpy as np

from agents.vocabulary import N_KINDS
from simulation.parameters import Parameters
from simulation.payments import prices
from simulation.world import World

WIJKEN_PER_TEAM = 2


def number_of_teams(parameters: Parameters, n_wijken: int) -> tuple[int, int]:
    """Return how many wijkteams and separate youth teams there are.

    Raises
    ------
    ValueError
        When there would be more wijkteams than wijken.
    """
    count = int(parameters.wijkteam.count) or max(1, round(n_wijken / WIJKEN_PER_TEAM))
    if count > n_wijken:
        raise ValueError(
            f"wijkteam.count = {count}: a wijkteam serves at least one wijk; expected at most {n_wijken}"
        )
    return count, int(parameters.wijkteam.youth_count)


def found_teams(world: World, parameters: Parameters) -> None:
    """Give every wijk its team and every team its households."""
    n_wijken = len(world.wijken)
    count, youth_count = number_of_teams(parameters, n_wijken)
    number = np.arange(n_wijken)
    world.wijken["team"] = number * count // n_wijken
    world.wijken["youth_team"] = (
        count + number * youth_count // n_wijken if youth_count else world.wijken["team"]
    )
    world.teams["kind"] = np.arange(len(world.teams)) >= count
    for team, row in enumerate(world.teams):
        served = world.wijken["youth_team" if row["kind"] else "team"] == team
        row["households"] = int(world.wijken["size"][served].sum())


def plan_staff(world: World, parameters: Parameters, inhabitants: float) -> None:
    """Plan the staff of every team for a year, in proportion to the households it serves."""
    teams = world.teams
    share_of_town = teams["households"] / world.wijken["size"].sum()
    youth_share = parameters.wijkteam.youth_fte_share if (teams["kind"] == 1).any() else 0.0
    share = np.where(teams["kind"] == 1, youth_share, 1.0 - youth_share)
    total = parameters.wijkteam.fte_per_1000 * inhabitants / 1000.0
    teams["planned_fte"] = total * share * share_of_town
    teams["inhabitants"] = inhabitants * share_of_town


def found_providers(world: World, inhabitants: float) -> None:
    """Found the providers of every kind with unequal shares of the market and old prices."""
    p = world.p[0]
    old_prices = prices(world)
    for kind in range(N_KINDS):
        first, last = world.provider_range[kind], world.provider_range[kind + 1]
        weights = 1.0 / np.arange(1, last - first + 1)
        for number in range(first, last):
            provider = world.providers[number]
            share = weights[number - first] / weights.sum()
            places = max(1, round(p["capacity_per_1000"][kind] * inhabitants / 1000.0 * share))
            provider["kind"] = kind
            provider["exists"] = 1
            provider["gone"] = -1
            provider["market"] = share
            provider["capacity"] = places
            provider["contracted"] = places
            provider["price_cents"] = old_prices[kind]
            provider["reserves_cents"] = int(p["reserves_months"] * places * old_prices[kind])
