"""Teams divide their hours and work through their lists and their cases (process 6)."""

import numpy as np

from agents.rule import rule
from agents.vocabulary import N_CHILDREN, WIJKTEAM, YOUTH_TEAM
from agents.wijkteam import (
    breadth,
    learns,
    leaves,
    links_hours,
    productivity,
)
from agents.wijkteam_casework import hours_of_intake
from simulation.loops.casework import intake, supports_place
from simulation.loops.places import TEAM_MASK, bit, place_for, removes_first
from simulation.luck import Purpose, stream
from simulation.world import ACTIVE

TRIAGE = int(Purpose.TRIAGE)
OBSERVATION = int(Purpose.MONITOR)
HARM = int(Purpose.HARM)
PLACE_ENDS = int(Purpose.PLACE_ENDS)


@rule
def first_is_due(world, queue):
    """Whether somebody heads this list for whom the procedure is through."""
    entry = world.queues[queue]["head"]
    if entry < 0:
        return False
    waited = world.municipality[0]["month"] - world.entries[entry]["month"]
    return waited >= world.p[0]["first_help_months"]


@rule
def hours_of_intakes_due(world, number):
    """Hours the intakes would take for which the procedure is through this month."""
    p = world.p[0]
    months = p["first_help_months"]
    due = world.teams[number]["waiting"]
    if months > 0.0:
        due = 0
        for queue in (2 * number, 2 * number + 1):
            entry = world.queues[queue]["head"]
            while entry >= 0 and world.municipality[0]["month"] - world.entries[entry]["month"] >= months:
                due += 1
                entry = world.entries[entry]["next"]
    return due * hours_of_intake(p["hours_per_intake"], months, p["planning_saves"])


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
    wanted = hours_of_intakes_due(world, number)
    team["intake_hours"] = min(wanted + team["overtime"], rest * p["most_intake_share"])
    team["support_hours"] = rest - team["intake_hours"]
    team["hours"] = total
    cases = max(0, team["caseload"] - team["beside"])
    team["hours_per_case"] = team["support_hours"] / cases if cases > 0 else team["support_hours"]
    team["coordination_hours"] = 0.0
    team["beside"] = 0


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
        if not first_is_due(world, queue):
            queue = light if queue == heavy else heavy
            if not first_is_due(world, queue):
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
        team_supports(world, supported[turn], s_ends, s_error)
