"""Observation: what is counted at the end of a month, and who comes to rest (process 10)."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.state import FLAG_COORDINATED, FLAG_FOUND_EARLY, FLAG_KNOWN
from agents.vocabulary import MONEY, N_PROBLEMS, YOUTH
from simulation.compiled.bits import lowest_bit
from simulation.compiled.memory_locality import at, prefetch_ahead
from simulation.processes.care.attention import list_going_on
from simulation.processes.care.care_episodes import count_as_user
from simulation.processes.care.care_slots import bit
from simulation.processes.informal_support import worst_severity
from simulation.processes.problems import is_attended
from simulation.recording.tallies import (
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

JUST_VISIBLE = np.float32(0.2)  # a problem below this is nobody's unmet need
SEVERITY_UNITS_32 = np.float32(SEVERITY_UNITS)
NOTHING = np.int32(0)
AT_HAND = 1 << 20  # households whose severities surely add up in 32 bits


@compiled_inner
def is_inactive(home):
    """Whether a household has no problems, no care and waits for none: one answer, no branches."""
    without_problem = np.int64(worst_severity(home["severity"]) <= 0.0)
    return without_problem & np.int64((home["in_care"] | home["waiting"]) == 0)


@compiled_inner
def becomes_inactive(world, household):
    """A household without problems, care or waiting is left in peace until its next event."""
    home = world.households[household]
    home["flags"] &= ~(FLAG_KNOWN | FLAG_FOUND_EARLY | FLAG_COORDINATED) & 0xFF
    home["support"] = 0.0
    world.attention[household] = max(1, world.calendar[household]["next_event"])


@compiled_inline
def open_year(world, household):
    """In January: who is in care counts as a user of the new year; who is in debt counts on."""
    home = world.households[household]
    life = world.lives[household]
    year = world.municipality[0]["month"] // 12
    if life["used_year"] != year:
        mask = np.uint32(home["in_care"])
        while mask:
            slot = lowest_bit(mask)
            mask &= ~bit(slot)
            count_as_user(world, household, slot)
    if home["severity"][MONEY] >= world.p[0]["problem_debt_at"]:
        in_a_row = life["debt_year"] + 1 == year
        life["debt_streak"] = min(250, life["debt_streak"] + 1) if in_a_row else 1
        life["debt_year"] = year
        tally = world.tally[home["wijk"]]
        tally[IN_DEBT] += 1
        tally[IN_DEBT_NEW] += life["debt_streak"] == 1
        tally[IN_DEBT_THREE_YEARS] += life["debt_streak"] >= 3


@compiled_inline
def counted(home, heavy_at, problem):
    """Return severity in units, whether it is heavy, and units of what nobody helps with.

    A problem that is not there counts as nothing: adding zero is cheaper than asking first.
    """
    severity = home["severity"][problem]
    units = np.int32(severity * SEVERITY_UNITS_32)
    unmet = (severity >= JUST_VISIBLE) & (not is_attended(home["in_care"], problem))
    return units, np.int32(severity >= heavy_at), units if unmet else NOTHING


@compiled_inline
def add_counts(at_hand, what, counts):
    """Add one count of all eight problems to what is at hand."""
    for problem in range(N_PROBLEMS):
        at_hand[what, problem] += counts[problem]


@compiled_inner
def count_problems(home, heavy_at, at_hand):
    """Count the eight problems of a household, all at once: worked out first, then written down."""
    money, mind = counted(home, heavy_at, 0), counted(home, heavy_at, 1)
    care, safety = counted(home, heavy_at, 2), counted(home, heavy_at, 3)
    first, second = counted(home, heavy_at, 4), counted(home, heavy_at, 5)
    third, last = counted(home, heavy_at, 6), counted(home, heavy_at, 7)
    add_counts(at_hand, 0, (money[0], mind[0], care[0], safety[0], first[0], second[0], third[0], last[0]))
    add_counts(at_hand, 1, (money[1], mind[1], care[1], safety[1], first[1], second[1], third[1], last[1]))
    add_counts(at_hand, 2, (money[2], mind[2], care[2], safety[2], first[2], second[2], third[2], last[2]))


@compiled_inline
def write_counts(at_hand, tally):
    """Write the counts at hand down in the tally of a wijk, and begin anew."""
    for problem in range(N_PROBLEMS):
        which = min(problem, YOUTH)
        tally[SEVERITY + which] += at_hand[0, problem]
        tally[HEAVY + which] += at_hand[1, problem]
        tally[UNMET + which] += at_hand[2, problem]
    at_hand[:] = 0


@compiled_inner
def record_one_wijk(world, listed, first, end, resting, inactive):
    """Process 10 for the households listed from `first` on, as far as they live in one wijk.

    Counts are kept at hand and written down once; who is inactive is added to the list `resting`,
    which holds `inactive` of them so far. Returns the place in the list of the first household that
    lives elsewhere or is one too many, `end` if there is none, and how many are inactive now.
    """
    heavy_at = np.float32(world.p[0]["heavy_at"])
    number = world.households[listed[first]]["wijk"]
    end = min(end, first + AT_HAND)
    in_care = 0
    turn = first
    while turn < end:
        household = listed[at(turn)]
        prefetch_ahead(world.households, listed, turn)
        home = world.households[household]
        if home["wijk"] != number:
            break
        count_problems(home, heavy_at, world.at_hand)
        in_care += int(home["in_care"] != 0)
        resting[at(inactive)] = household
        inactive += is_inactive(home)
        turn += 1
    tally = world.tally[number]
    write_counts(world.at_hand, tally)
    tally[GOING_ON] += turn - first
    tally[HOUSEHOLDS_IN_CARE] += in_care
    return turn, inactive


@compiled_inline
def one_household_observed(world, household):
    """Process 10 for one household, as the loop does it."""
    listed = world.active[len(world.households) :]
    listed[0] = household
    _, inactive = record_one_wijk(world, listed, 0, 1, listed, 0)
    if inactive:
        becomes_inactive(world, household)


@compiled_inline
def one_household_open_year(world, household):
    """January's part of process 1 for one household, before anything else happens."""
    if world.attention[household] == 0:
        open_year(world, household)


@compiled_inline
def all_households_open_year(world):
    """January's part of process 1 for all households with something going on."""
    listed = world.active[len(world.attention) :]
    count = list_going_on(world.attention, listed)
    for turn in range(count):
        prefetch_ahead(world.lives, listed, turn)
        prefetch_ahead(world.households, listed, turn)
        open_year(world, listed[turn])


@compiled_inline
def all_households_observed(world):
    """Process 10 for all households with something going on."""
    resting = world.active[len(world.households) :]
    turn = count = 0
    while turn < world.counts[ACTIVE]:
        turn, count = record_one_wijk(world, world.active, turn, world.counts[ACTIVE], resting, count)
    for number in range(count):
        becomes_inactive(world, resting[number])
