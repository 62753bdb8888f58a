"""Observation: what is counted at the end of a month, and who comes to rest (process 10)."""

import numpy as np

from agents.rule import rule
from agents.state import FLAG_COORDINATED, FLAG_FOUND_EARLY, FLAG_KNOWN
from agents.vocabulary import CARE, MIND, MONEY, N_PROBLEMS, SAFETY, YOUTH
from simulation.loops.places import bit, counts_as_user, lowest_place
from simulation.loops.problems import is_attended
from simulation.loops.signals import weight_for_outreach, worst_unattended
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
    world.attention[household] = max(1, world.calendar[household]["next_event"])


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
def counts_problem(world, household, problem):
    """Count one problem: how severe, whether heavy, whether nobody helps. Returns 1 if unmet.

    A problem that is not there counts as nothing: adding zero is cheaper than asking first.
    """
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    which = min(problem, YOUTH)
    severity = np.float64(home["severity"][problem])
    units = int(severity * SEVERITY_UNITS)
    unmet = int((severity >= JUST_VISIBLE) & (not is_attended(home["in_care"], problem)))
    tally[SEVERITY + which] += units
    tally[HEAVY + which] += int(severity >= world.p[0]["heavy_at"])
    tally[UNMET + which] += units * unmet
    return unmet


@rule
def stays_unseen(world, household):
    """Count, for the team it concerns, a household with trouble nobody attends to.

    It counts as much as outreach is likely to meet it, so that all chances of being met add up to
    the meetings there are hours for.
    """
    problem, severity = worst_unattended(world, household)
    if problem < 0:
        return
    wijk = world.wijken[world.households[household]["wijk"]]
    team = wijk["youth_team"] if problem >= YOUTH else wijk["team"]
    if team >= 0:
        weight = weight_for_outreach(world, household, severity)
        world.teams[team]["unseen"] += int(weight * SEVERITY_UNITS)


@rule
def one_household_observed(world, household):
    """Process 10 for one household."""
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    of_adults = home["severity"][MONEY] + home["severity"][MIND] + home["severity"][CARE]
    of_adults += home["severity"][SAFETY]
    counts_problem(world, household, MONEY)
    counts_problem(world, household, MIND)
    counts_problem(world, household, CARE)
    counts_problem(world, household, SAFETY)
    of_children = 0.0
    for problem in range(YOUTH, N_PROBLEMS):
        of_children += home["severity"][problem]
    if of_children > 0.0:
        for problem in range(YOUTH, N_PROBLEMS):
            counts_problem(world, household, problem)
    stays_unseen(world, household)
    tally[GOING_ON] += 1
    tally[HOUSEHOLDS_IN_CARE] += int(home["in_care"] != 0)
    comes_to_rest(world, household, of_adults + of_children)


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
