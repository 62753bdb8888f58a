"""Observation: what is counted at the end of a month, and who comes to rest (process 10)."""

import numpy as np

from agents.rule import rule
from agents.state import FLAG_COORDINATED, FLAG_FOUND_EARLY, FLAG_KNOWN
from agents.vocabulary import CARE, MIND, MONEY, SAFETY, YOUTH
from simulation.loops.informal import worst_severity
from simulation.loops.places import bit, counts_as_user, lowest_place
from simulation.loops.problems import is_attended
from simulation.nearness import comes_soon
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

JUST_VISIBLE = np.float32(0.2)  # trouble below this is nobody's unmet need
SEVERITY_UNITS_32 = np.float32(SEVERITY_UNITS)
NOTHING = np.int32(0)
AT_HAND = 1 << 20  # households whose severities surely add up in 32 bits


@rule
def comes_to_rest(world, household):
    """A household without trouble, care or waiting is left in peace until its next event."""
    home = world.households[household]
    if (worst_severity(home["severity"]) > 0.0) | ((home["in_care"] | home["waiting"]) != 0):
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
def counted(home, heavy_at, problem):
    """Return severity in units, whether it is heavy, and units of what nobody helps with.

    A problem that is not there counts as nothing: adding zero is cheaper than asking first.
    """
    severity = home["severity"][problem]
    units = np.int32(severity * SEVERITY_UNITS_32)
    unmet = (severity >= JUST_VISIBLE) & (not is_attended(home["in_care"], problem))
    return units, np.int32(severity >= heavy_at), units if unmet else NOTHING


@rule
def added(counts, home, heavy_at, problem):
    """Add one household's problem to the counts of severity, heavy problems and unmet severity.

    Kept in 32 bits, so that the compiler counts all eight problems at once.
    """
    severity, heavy, unmet = counted(home, heavy_at, problem)
    return np.int32(counts[0] + severity), np.int32(counts[1] + heavy), np.int32(counts[2] + unmet)


@rule
def adds_counts(tally, which, counts):
    """Add what was counted of one kind of problem to the tally of a wijk."""
    units, heavy, unmet_units = counts
    tally[SEVERITY + which] += units
    tally[HEAVY + which] += heavy
    tally[UNMET + which] += unmet_units


@rule
def observes_one_wijk(world, listed, first, end):
    """Process 10 for the households listed from `first` on, as far as they live in one wijk.

    Counts are kept at hand and written down once. Returns the place in the list of the first
    household that lives elsewhere or is one too many, `end` if there is none.
    """
    heavy_at = np.float32(world.p[0]["heavy_at"])
    number = world.households[listed[first]]["wijk"]
    end = min(end, first + AT_HAND)
    none = (NOTHING, NOTHING, NOTHING)
    money, mind, care, safety = none, none, none, none
    oldest, older, younger, youngest = none, none, none, none
    in_care = 0
    turn = first
    while turn < end:
        household = listed[turn]
        comes_soon(world.households, listed, turn, end)
        home = world.households[household]
        if home["wijk"] != number:
            break
        money = added(money, home, heavy_at, MONEY)
        mind = added(mind, home, heavy_at, MIND)
        care = added(care, home, heavy_at, CARE)
        safety = added(safety, home, heavy_at, SAFETY)
        oldest = added(oldest, home, heavy_at, YOUTH)
        older = added(older, home, heavy_at, YOUTH + 1)
        younger = added(younger, home, heavy_at, YOUTH + 2)
        youngest = added(youngest, home, heavy_at, YOUTH + 3)
        in_care += int(home["in_care"] != 0)
        comes_to_rest(world, household)
        turn += 1
    tally = world.tally[number]
    adds_counts(tally, MONEY, money)
    adds_counts(tally, MIND, mind)
    adds_counts(tally, CARE, care)
    adds_counts(tally, SAFETY, safety)
    adds_counts(tally, YOUTH, oldest)
    adds_counts(tally, YOUTH, older)
    adds_counts(tally, YOUTH, younger)
    adds_counts(tally, YOUTH, youngest)
    tally[GOING_ON] += turn - first
    tally[HOUSEHOLDS_IN_CARE] += in_care
    return turn


@rule
def one_household_observed(world, household):
    """Process 10 for one household, as the loop does it."""
    listed = world.active[len(world.households) :]
    listed[0] = household
    observes_one_wijk(world, listed, 0, 1)


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
def all_households_observed(world):
    """Process 10 for all households with something going on."""
    turn = 0
    while turn < world.counts[ACTIVE]:
        turn = observes_one_wijk(world, world.active, turn, world.counts[ACTIVE])
