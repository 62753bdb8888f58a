"""Teams act on what they observe: hours, intake, light help, support, referral, closing (process 6)."""

import numpy as np

from agents.rule import rule
from agents.state import FLAG_COORDINATED
from agents.vocabulary import (
    BY_WIJKTEAM,
    N_CHILDREN,
    N_DOMAINS,
    N_PROBLEMS,
    NO_PROVIDER,
    WIJKTEAM,
    YOUTH,
    YOUTH_TEAM,
)
from agents.wijkteam import (
    breadth,
    effect_of_hours,
    learns,
    leaves,
    links_hours,
    productivity,
    triage,
)
from simulation.loops.places import (
    SPECIALIST_MASK,
    TEAM_MASK,
    bit,
    child_of_place,
    ends_place,
    place_for,
    removes_first,
    starts_place,
    team_of_place,
)
from simulation.loops.problems import is_attended
from simulation.loops.referral import refers
from simulation.loops.signals import observed_by
from simulation.luck import Purpose, stream, uniform_on
from simulation.nearness import comes_soon
from simulation.tallies import HARMED, INTAKES, LIGHT_HELPS
from simulation.world import ACTIVE

TRIAGE = int(Purpose.TRIAGE)
OBSERVATION = int(Purpose.MONITOR)
HARM = int(Purpose.HARM)
PLACE_ENDS = int(Purpose.PLACE_ENDS)


@rule
def one_team_divides_hours(world, number):
    """A team fills and loses posts, learns, and divides its hours of the month."""
    team = world.teams[number]
    if team["exists"] == 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    planned = team["planned_fte"] * now["staffing"]
    share = leaves(
        p["turnover_per_year"], p["turnover_by_load"], team["hours_per_case"], p["half_effect_hours"]
    )
    left = team["fte"] * share
    hired = max(0.0, planned - team["fte"] + left) / p["vacancy_months"]
    team["turnover"] = share
    team["left"] = left
    team["fte"] = min(planned, team["fte"] - left + hired)
    replaced = hired / team["fte"] if team["fte"] > 0.0 else 0.0
    team["experience"] = learns(team["experience"], min(1.0, replaced), p["learning_months"])
    width = p["breadth_effect"] * breadth(p["disciplines"])
    team["quality"] = productivity(team["experience"], p["inexperience_costs"]) * (1.0 + width)
    team["sharpness"] = 0.5 + width + 0.3 * team["experience"]
    total = team["fte"] * p["hours_per_fte"]
    team["administration_hours"] = total * p["administrative_share"]
    team["outreach_hours"] = total * p["outreach_share"] * now["prevention"]
    team["collective_hours"] = total * p["collective_share"] * now["prevention"]
    links = min(0.5 * total, links_hours(team["fte"], p["unit_size"], p["link_hours"]))
    rest = max(
        0.0,
        total
        - links
        - team["administration_hours"]
        - team["outreach_hours"]
        - team["collective_hours"]
        - team["coordination_hours"],
    )
    wanted = team["waiting"] * p["hours_per_intake"]
    team["intake_hours"] = min(wanted + team["overtime"], rest * p["most_intake_share"])
    team["support_hours"] = rest - team["intake_hours"]
    team["hours"] = total
    cases = team["caseload"]
    team["hours_per_case"] = team["support_hours"] / cases if cases > 0 else team["support_hours"]
    team["coordination_hours"] = 0.0


@rule
def relieves(world, household, place, less):
    """The problems a team place is about, the adults' or one child's, lose some severity."""
    severity = world.households[household]["severity"]
    child = child_of_place(place)
    first = YOUTH + child if child >= 0 else 0
    last = first + 1 if child >= 0 else N_DOMAINS
    for problem in range(first, last):
        if severity[problem] > 0.0:
            severity[problem] = max(0.0, severity[problem] - less)


@rule
def gives_light_help(world, household, place, number):
    """Short light help at once: the light problems of the adults, or of one child, lose something."""
    home = world.households[household]
    less = world.p[0]["light_help_effect"] * world.teams[number]["quality"]
    relieves(world, household, place, less)
    world.tally[home["wijk"], LIGHT_HELPS] += 1


@rule
def worst_of_place(world, household, place):
    """Return the heaviest problem a team place is about: the child's, or the adults' worst."""
    child = child_of_place(place)
    if child >= 0:
        return YOUTH + child
    severity = world.households[household]["severity"]
    worst = 0
    for problem in range(1, N_DOMAINS):
        if severity[problem] > severity[worst]:
            worst = problem
    return worst


@rule
def problems_above(world, household, level):
    """Return how many problems of a household are heavier than a level."""
    count = 0
    for problem in range(N_PROBLEMS):
        count += world.households[household]["severity"][problem] > level
    return count


@rule
def intake(world, number, household, place, route, waited_months, s_triage, s_error, s_harm):
    """One intake: look, judge, and give light help, support, or a referral with coordination.

    Returns the hours it took.
    """
    p = world.p[0]
    home = world.households[household]
    team = world.teams[number]
    tally = world.tally[home["wijk"]]
    problem = worst_of_place(world, household, place)
    observed = observed_by(world, household, problem, team["sharpness"], s_error)
    tally[INTAKES] += 1
    hours = p["hours_per_intake"]
    if uniform_on(s_harm, household) < p["harm_share"]:
        tally[HARMED] += 1
        home["strength"] = max(0.05, home["strength"] - p["harm"])
    shift = p["seconded_shift"] * p["seconded_share"]
    verdict = triage(observed, p["light_below"], p["refers_at"], shift)
    several = problems_above(world, household, p["several_above"]) >= 2
    starts_place(world, household, place, NO_PROVIDER, route, waited_months)
    if verdict == 0 and uniform_on(s_triage, household) < p["light_help"]:
        gives_light_help(world, household, place, number)
        ends_place(world, household, place)
        return hours + p["hours_per_light_help"]
    follow_up = max(p["active_follow_up"], p["mandate_to_buy"])
    if verdict == 2:
        asked = refers(world, household, problem, observed, BY_WIJKTEAM, shift, follow_up)
        if asked > 0 and several and uniform_on(s_triage, household) < p["one_plan"]:
            home["flags"] |= FLAG_COORDINATED
        elif asked > 0 and not several:
            ends_place(world, household, place)
    return hours


@rule
def one_team_takes_in(world, number):
    """A team works through its two waiting lists, heavy and light, while intake hours last."""
    team = world.teams[number]
    if team["exists"] == 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    s_triage = stream(now["seed"], now["month"], TRIAGE)
    s_error = stream(now["seed"], now["month"], OBSERVATION)
    s_harm = stream(now["seed"], now["month"], HARM)
    # An intake begun is finished; what it took too much is taken off next month.
    hours = team["intake_hours"] - team["overtime"]
    heavy_hours = hours * p["heavy_first"]
    while hours > 0.0:
        heavy, light = 2 * number, 2 * number + 1
        queue = heavy if heavy_hours > 0.0 else light
        if world.queues[queue]["head"] < 0:
            queue = light if queue == heavy else heavy
            if world.queues[queue]["head"] < 0:
                break
        row = world.entries[removes_first(world, queue)]
        waited = now["month"] - row["month"]
        used = intake(
            world, number, row["household"], row["place"], row["route"], waited, s_triage, s_error, s_harm
        )
        hours -= used
        if queue == heavy:
            heavy_hours -= used
    team["overtime"] = max(0.0, -hours)


@rule
def place_is_over(world, household, place, worst, team, s_ends):
    """Whether a team closes a case: the trouble is over, or the time it gives a case is."""
    p = world.p[0]
    if worst < p["team_closes_at"]:
        return True
    return uniform_on(s_ends, household * 32 + place) < p["team_closes_per_month"]


@rule
def supports_place(world, household, place, s_ends, s_error):
    """Support one team case for a month: it loses severity; it may be referred or closed."""
    p = world.p[0]
    home = world.households[household]
    team = world.teams[team_of_place(world, household, place)]
    less = (
        p["support_effect"]
        * effect_of_hours(team["hours_per_case"], p["half_effect_hours"])
        * team["quality"]
    )
    relieves(world, household, place, less)
    problem = worst_of_place(world, household, place)
    worst = np.float64(home["severity"][problem])
    if home["flags"] & FLAG_COORDINATED and np.uint32(home["in_care"]) & SPECIALIST_MASK:
        team["coordination_hours"] += p["hours_per_coordination"]
        if worst >= p["team_closes_at"]:
            return
    if place_is_over(world, household, place, worst, team, s_ends):
        if worst >= p["refers_at"]:
            observed = observed_by(world, household, problem, team["sharpness"], s_error)
            covered = np.uint32(home["in_care"] | home["waiting"]) & SPECIALIST_MASK
            if not is_attended(covered, problem):
                shift = p["seconded_shift"] * p["seconded_share"]
                follow_up = max(p["active_follow_up"], p["mandate_to_buy"])
                refers(world, household, problem, observed, BY_WIJKTEAM, shift, follow_up)
        if worst < p["team_closes_at"]:
            home["trust"] = min(0.98, home["trust"] + p["trust_gained_by_help"])
        home["flags"] &= ~FLAG_COORDINATED & 0xFF
        ends_place(world, household, place)


@rule
def team_supports(world, household, s_ends, s_error):
    """Process 6 for one household: support at every team place it has."""
    mask = np.uint32(world.households[household]["in_care"]) & TEAM_MASK
    if not mask:
        return
    if mask & bit(WIJKTEAM):
        supports_place(world, household, WIJKTEAM, s_ends, s_error)
    for child in range(N_CHILDREN):
        place = place_for(YOUTH_TEAM, child)
        if mask & bit(place):
            supports_place(world, household, place, s_ends, s_error)


@rule
def one_household_team_support(world, household):
    """Process 6 for one household, as the loop does it."""
    now = world.municipality[0]
    team_supports(
        world,
        household,
        stream(now["seed"], now["month"], PLACE_ENDS),
        stream(now["seed"], now["month"], OBSERVATION),
    )


@rule
def all_teams_work(world):
    """All teams divide hours and take in."""
    for number in range(len(world.teams)):
        one_team_divides_hours(world, number)
    for number in range(len(world.teams)):
        one_team_takes_in(world, number)


@rule
def all_households_team_support(world):
    """Process 6 for all households with something going on."""
    now = world.municipality[0]
    s_ends = stream(now["seed"], now["month"], PLACE_ENDS)
    s_error = stream(now["seed"], now["month"], OBSERVATION)
    supported = world.active[len(world.households) :]
    count = 0
    for number in range(world.counts[ACTIVE]):
        household = world.active[number]
        supported[count] = household
        count += (np.uint32(world.households[household]["in_care"]) & TEAM_MASK) != 0
    for turn in range(count):
        comes_soon(world.households, supported, turn, count)
        team_supports(world, supported[turn], s_ends, s_error)
