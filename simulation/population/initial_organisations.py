"""The initial organisations: teams and providers at the start of a run (ODD 5)."""

import numpy as np

from agents.vocabulary import N_KINDS
from agents.wijkteam import WijkteamParameters, policy_staff_per_1000
from agents.wijkteam_organisation import guided_by_scans, separate_collective_share, staff_grown
from simulation import loops
from simulation.finance.payments import prices
from simulation.finance.provider_finances import NOT_YET
from simulation.parameters import Parameters
from simulation.world import World

WIJKEN_PER_TEAM = 2
PRIOR_CASES = 40.0  # weight of `youth_fte_share` against observed use, in open cases
READY_AT_TRANSITION = 0.8  # least share of its planned staff that a team has at the transition


def number_of_teams(parameters: Parameters, n_wijken: int) -> tuple[int, int]:
    """Return the number of wijkteams and of separate youth teams.

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


def initialise_teams(world: World, parameters: Parameters) -> None:
    """Assign a team to every wijk and count the households of every team."""
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
    """Plan the staff of every team for a year, in proportion to its households.

    With wijk scans staff follows measured need. A separate collective organisation takes its part of the
    planned staff from the teams.
    """
    teams, levers = world.teams, parameters.wijkteam
    now = world.municipality[0]
    share_of_town = teams["households"] / world.wijken["size"].sum()
    youth_share = youth_share_of_staff(world, levers) if (teams["kind"] == 1).any() else 0.0
    share = np.where(teams["kind"] == 1, youth_share, 1.0 - youth_share)
    signalling = policy_staff_per_1000(parameters)
    per_1000 = levers.fte_per_1000 + levers.extra_fte_per_1000 + signalling
    now["outreach_fraction"] = levers.outreach_share * levers.fte_per_1000 / per_1000
    now["signalling_fraction"] = signalling / per_1000
    total = per_1000 * inhabitants / 1000.0
    guided = guided_by_scans(levers.wijk_scans, levers.scan_guides)
    share_of_staff = (
        (1.0 - guided) * share_of_town + guided * share_of_need(world) if guided else share_of_town
    )
    teams["planned_fte"] = total * share * share_of_staff
    teams["inhabitants"] = inhabitants * share_of_town
    world.municipality["team_posts"] = teams["planned_fte"].sum()
    teams["planned_fte"] *= 1.0 - separate_collective_share(levers.collective_form, levers.collective_share)


def youth_share_of_staff(world: World, levers: WijkteamParameters) -> float:
    """Return the share of staff for separate youth teams: their share of use, once a year of use is known.

    Observed use is averaged with `youth_fte_share`, which weighs as `PRIOR_CASES` cases.
    """
    now, teams = world.municipality[0], world.teams
    if now["month"] < now["transition"] + 12:
        return float(levers.youth_fte_share)
    use = (teams["caseload"] + teams["waiting"]).astype(float)
    of_children = use[teams["kind"] == 1].sum() + PRIOR_CASES * levers.youth_fte_share
    return float(of_children / (use.sum() + PRIOR_CASES))


def share_of_need(world: World) -> np.ndarray:
    """Return each team's share of the problems that a wijk scan finds, float64 of shape (n_teams,).

    Shares add up to one over the teams of one kind. A youth team counts problems of children, a wijkteam
    beside youth teams those of adults. Without problems, shares follow the number of households.
    """
    teams = world.teams
    separate = bool((teams["kind"] == 1).any())
    found = np.zeros(len(teams))
    loops.add_severity_by_team(world, found, separate)
    need = np.zeros(len(teams))
    for kind in (0, 1):
        of_kind = teams["kind"] == kind
        found_of_kind = np.where(of_kind, found, 0.0)
        counted = found_of_kind if found_of_kind.sum() > 0.0 else teams["households"] * of_kind
        need += counted / max(1e-9, counted.sum())
    return need


def start_teams(world: World, levers: WijkteamParameters, since: int) -> None:
    """Start teams and enlarge them at the transition; `since` is the number of months from it.

    Before the transition they have part of their staff. Staff that moves to another employer brings no
    experience, and posts of staff lost in the move stay open.
    """
    teams = world.teams
    if since > 0 and teams[0]["exists"]:  # all teams start in the same month
        return
    moved = levers.moved_staff_share
    filled = (1.0 - moved * levers.moved_staff_lost) * staff_grown(
        float(since), levers.growth_years, levers.early_fte_share
    )
    starting = teams["exists"] == 0
    if starting.any():
        teams["exists"][starting] = 1
        teams["fte"][starting] = teams["planned_fte"][starting] * filled
        teams["experience"][starting] = 1.0 - moved
        teams["sharpness"][starting] = 0.5
        teams["quality"][starting] = 1.0 - levers.inexperience_costs * moved
    if since == 0:
        ready = np.maximum(teams["fte"], teams["planned_fte"] * READY_AT_TRANSITION * filled)
        # Staff that joins a team at the transition has the experience of a team that starts then.
        joins = np.divide(ready - teams["fte"], ready, out=np.zeros_like(ready), where=ready > 0.0)
        teams["experience"] += joins * (1.0 - moved - teams["experience"])
        teams["fte"] = ready


def initialise_providers(world: World, inhabitants: float) -> None:
    """Initialise the providers of every kind with unequal market shares and prices before the transition."""
    p = world.p[0]
    old_prices = prices(world)
    for kind in range(N_KINDS):
        first, last = world.provider_range[kind], world.provider_range[kind + 1]
        many = min(last - first, int(p["per_kind"]))
        weights = 1.0 / np.arange(1, many + 1)
        world.providers["kind"][first:last] = kind
        world.providers["gone"][first:last] = NOT_YET
        world.providers["price_cents"][first:last] = old_prices[kind]
        for number in range(first, first + many):
            provider = world.providers[number]
            share = weights[number - first] / weights.sum()
            slots = max(1, round(p["capacity_per_1000"][kind] * inhabitants / 1000.0 * share))
            provider["exists"] = 1
            provider["market"] = share
            provider["capacity"] = slots
            provider["contracted"] = slots
            provider["reserves_cents"] = int(p["reserves_months"] * slots * old_prices[kind])
