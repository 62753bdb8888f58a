"""Teams divide their hours and work through their lists and their cases (process 6)."""

import numpy as np

from agents.compiled import part, rule
from agents.vocabulary import N_CHILDREN, WIJKTEAM, YOUTH_TEAM
from agents.wijkteam_organisation import heavy_first_under
from simulation.compiled.memory_locality import comes_soon
from simulation.processes.care.care_slots import TEAM_MASK, bit, place_for
from simulation.processes.care.marks import lists_marked
from simulation.processes.care.waiting_lists import removes_first
from simulation.processes.teams.casework import intake, supports_place
from simulation.processes.teams.team_hours import one_team_divides_hours
from simulation.randomness.common_random_numbers import Purpose, stream
from simulation.world import WITH_TEAM

TRIAGE = np.int64(Purpose.TRIAGE)
OBSERVATION = np.int64(Purpose.MONITOR)
HARM = np.int64(Purpose.HARM)
PLACE_ENDS = np.int64(Purpose.PLACE_ENDS)
ENOUGH_HOURS = 1e12  # where nobody is to wait for a first talk


@part
def first_is_due(world, queue):
    """Whether somebody heads this list for whom the procedure is through."""
    entry = world.queues[queue]["head"]
    if entry < 0:
        return False
    waited = world.municipality[0]["month"] - world.entries[entry]["month"]
    return waited >= world.p[0]["first_help_months"]


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
    hours = team["intake_hours"] - team["overtime"] if p["hours_are_scarce"] else ENOUGH_HOURS
    heavy_hours = hours * heavy_first_under(p["accounting"], p["heavy_first"], p["stories_free_heavy"])
    while hours > 0.0:
        heavy, light = 2 * number, 2 * number + 1
        queue = heavy if heavy_hours > 0.0 else light
        if not first_is_due(world, queue):
            queue = light if queue == heavy else heavy
            if not first_is_due(world, queue):
                break
        row = world.entries[removes_first(world, queue)]
        waited = now["month"] - row["month"]
        household, place = np.int64(row["household"]), np.int64(row["place"])
        route = np.int64(row["route"])
        used = intake(world, number, household, place, route, waited, s_triage, s_error, s_harm)
        hours -= used
        if queue == heavy:
            heavy_hours -= used
    team["overtime"] = max(0.0, -hours) if p["hours_are_scarce"] else 0.0


@part
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
    """Process 6 for all households a team supports."""
    now = world.municipality[0]
    s_ends = stream(now["seed"], now["month"], PLACE_ENDS)
    s_error = stream(now["seed"], now["month"], OBSERVATION)
    supported = world.active[len(world.households) :]
    for turn in range(lists_marked(world, WITH_TEAM, supported)):
        comes_soon(world.households, supported, turn)
        team_supports(world, np.int64(supported[turn]), s_ends, s_error)
