"""Observation: what is counted at the end of a month, and who comes to rest (process 10)."""

import numpy as np

from agents.rule import rule
from agents.state import FLAG_COORDINATED, FLAG_FOUND_EARLY, FLAG_KNOWN
from agents.vocabulary import CARE, MONEY, N_PROBLEMS, YOUTH
from simulation.loops.places import bit, counts_as_user, lowest_place
from simulation.loops.problems import is_attended
from simulation.tallies import (
    GOING_ON,
    HEAVY,
    HOUSEHOLDS_IN_CARE,
    IN_DEBT,
    IN_DEBT_NEW,
    IN_DEBT_THREE_YEARS,
    SEVERITY,
    SEVERITY_UNITS,
    UNMET,
)
from simulation.world import ACTIVE

JUST_VISIBLE = 0.2  # trouble below this is nobody's unmet need


@rule
def comes_to_rest(world, household, total):
    """A household without trouble, care or waiting is left in peace until its next event."""
    home = world.households[household]
    if total > 0.0 or home["in_care"] != 0 or home["waiting"] != 0:
        return
    home["flags"] &= ~(FLAG_KNOWN | FLAG_FOUND_EARLY | FLAG_COORDINATED) & 0xFF
    home["support"] = 0.0
    world.attention[household] = max(1, world.lives[household]["next_event"])


@rule
def opens_year(world, household):
    """In January: who is in care counts as a user of the new year; who is in debt counts on."""
    home = world.households[household]
    life = world.lives[household]
    year = world.municipality[0]["month"] // 12
    if life["used_year"] != year:
        mask = np.uint32(home["in_care"])
        while mask:
            place = lowest_place(mask)
            mask &= ~bit(place)
            counts_as_user(world, household, place)
    if home["severity"][MONEY] >= world.p[0]["problem_debt_at"]:
        in_a_row = life["debt_year"] + 1 == year
        life["debt_streak"] = min(250, life["debt_streak"] + 1) if in_a_row else 1
        life["debt_year"] = year
        tally = world.tally[home["wijk"]]
        tally[IN_DEBT] += 1
        tally[IN_DEBT_NEW] += life["debt_streak"] == 1
        tally[IN_DEBT_THREE_YEARS] += life["debt_streak"] >= 3


@rule
def one_household_observed(world, household):
    """Process 10 for one household."""
    home = world.households[household]
    p = world.p[0]
    tally = world.tally[home["wijk"]]
    total = 0.0
    in_care = home["in_care"]
    for problem in range(N_PROBLEMS):
        severity = np.float64(home["severity"][problem])
        if severity <= 0.0:
            continue
        total += severity
        which = min(problem, YOUTH)
        units = int(severity * SEVERITY_UNITS)
        tally[SEVERITY + which] += units
        if severity >= p["heavy_at"]:
            tally[HEAVY + which] += 1
        if severity >= JUST_VISIBLE and not is_attended(in_care, problem):
            tally[UNMET + which] += units
            if problem != CARE:
                wijk = world.wijken[home["wijk"]]
                team = wijk["youth_team"] if problem >= YOUTH else wijk["team"]
                if team >= 0:
                    world.teams[team]["unseen"] += 1
    tally[GOING_ON] += 1
    if in_care != 0:
        tally[HOUSEHOLDS_IN_CARE] += 1
    comes_to_rest(world, household, total)


@rule
def one_household_opens_year(world, household):
    """January's part of process 1 for one household, before anything else happens."""
    if world.attention[household] == 0:
        opens_year(world, household)


@rule
def all_households_open_year(world):
    """January's part of process 1 for all households with something going on."""
    attention = world.attention
    for household in range(len(attention)):
        if attention[household] == 0:
            opens_year(world, household)


@rule
def forgets_unseen(world):
    """Begin counting anew, per team, the trouble nobody attends to."""
    for number in range(len(world.teams)):
        world.teams[number]["unseen"] = 0


@rule
def all_households_observed(world):
    """Process 10 for all households with something going on."""
    for number in range(world.counts[ACTIVE]):
        one_household_observed(world, world.active[number])
