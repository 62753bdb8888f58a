"""Observation: monthly and yearly counts, and deactivation of households (process 10)."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.state import FLAG_COORDINATED, FLAG_FOUND_EARLY, FLAG_KNOWN
from agents.vocabulary import (
    MONEY,
    N_CHILDREN,
    N_PROBLEMS,
    NEVER,
    RESIDENCE,
    SHELTER,
    YOUTH,
)
from simulation.compiled import as_index, lowest_bit, prefetch_ahead
from simulation.processes.care.attention import list_active_households
from simulation.processes.care.care_episodes import count_as_user
from simulation.processes.care.care_slots import (
    KIND_OF_SLOT,
    SPECIALIST_MASK,
    STAY_MASK,
    SUPERVISION_MASK,
    bit,
)
from simulation.processes.hazards import has_children
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
from simulation.world import ACTIVE, ADULTS_HERE, CHILDREN_HERE, HOUSEHOLDS_HERE

JUST_VISIBLE = np.float32(0.2)  # severity below which a problem does not count as unmet need
SEVERITY_UNITS_32 = np.float32(SEVERITY_UNITS)
NOTHING = np.int32(0)
AT_HAND = 1 << 20  # most households counted in the 32-bit buffer, so that sums cannot overflow


@compiled_inner
def is_inactive(home):
    """Return whether a household has no problems, no care and no place on a waiting list (branch-free)."""
    without_problem = np.int64(worst_severity(home["severity"]) <= 0.0)
    return without_problem & np.int64((home["in_care"] | home["waiting"]) == 0)


@compiled_inner
def deactivate(world, household):
    """Deactivate a household until its next event: clear its flags and its support."""
    home = world.households[household]
    home["flags"] &= ~(FLAG_KNOWN | FLAG_FOUND_EARLY | FLAG_COORDINATED) & 0xFF
    home["support"] = 0.0
    world.attention[household] = max(1, world.calendar[household]["next_event"])


@compiled_inline
def open_year(world, household):
    """Count a household in January: users of care of the new year, and years in problem debt."""
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
def problem_counts(home, heavy_at, problem):
    """Return severity in units, whether it is heavy (0 or 1), and unmet need in units, of one problem.

    Absent problems add 0, which is faster than a branch.
    """
    severity = home["severity"][problem]
    units = np.int32(severity * SEVERITY_UNITS_32)
    unmet = (severity >= JUST_VISIBLE) & (not is_attended(home["in_care"], problem))
    return units, np.int32(severity >= heavy_at), units if unmet else NOTHING


@compiled_inline
def add_counts(scratch_counts, what, counts):
    """Add one count of all eight problems to row `what` of the buffer."""
    for problem in range(N_PROBLEMS):
        scratch_counts[what, problem] += counts[problem]


@compiled_inner
def count_problems(home, heavy_at, scratch_counts):
    """Add the counts of the eight problems of a household to the buffer.

    All counts are computed before they are written, so that the compiler vectorises them.
    """
    money, mind = problem_counts(home, heavy_at, 0), problem_counts(home, heavy_at, 1)
    care, safety = problem_counts(home, heavy_at, 2), problem_counts(home, heavy_at, 3)
    first, second = problem_counts(home, heavy_at, 4), problem_counts(home, heavy_at, 5)
    third, last = problem_counts(home, heavy_at, 6), problem_counts(home, heavy_at, 7)
    add_counts(
        scratch_counts, 0, (money[0], mind[0], care[0], safety[0], first[0], second[0], third[0], last[0])
    )
    add_counts(
        scratch_counts, 1, (money[1], mind[1], care[1], safety[1], first[1], second[1], third[1], last[1])
    )
    add_counts(
        scratch_counts, 2, (money[2], mind[2], care[2], safety[2], first[2], second[2], third[2], last[2])
    )


@compiled_inline
def write_counts(scratch_counts, tally):
    """Add the counts in the buffer to the tally of a wijk, and reset the buffer."""
    for problem in range(N_PROBLEMS):
        which = min(problem, YOUTH)
        tally[SEVERITY + which] += scratch_counts[0, problem]
        tally[HEAVY + which] += scratch_counts[1, problem]
        tally[UNMET + which] += scratch_counts[2, problem]
    scratch_counts[:] = 0


@compiled_inner
def record_one_wijk(world, listed, first, end, inactive_list, inactive):
    """Run process 10 for the listed households from position `first` on that live in the same wijk.

    Counts are collected in a buffer and added to the tally once. Inactive households are appended to
    `inactive_list`, which has `inactive` entries so far. Returns the position of the next household to count
    (of another wijk, or beyond the size of the buffer; `end` if there is none) and the new number of
    entries in `inactive_list`.
    """
    heavy_at = np.float32(world.p[0]["heavy_at"])
    number = world.households[listed[first]]["wijk"]
    end = min(end, first + AT_HAND)
    in_care = 0
    turn = first
    while turn < end:
        household = listed[as_index(turn)]
        prefetch_ahead(world.households, listed, turn)
        home = world.households[household]
        if home["wijk"] != number:
            break
        count_problems(home, heavy_at, world.scratch_counts)
        in_care += int(home["in_care"] != 0)
        inactive_list[as_index(inactive)] = household
        inactive += is_inactive(home)
        turn += 1
    tally = world.tally[number]
    write_counts(world.scratch_counts, tally)
    tally[GOING_ON] += turn - first
    tally[HOUSEHOLDS_IN_CARE] += in_care
    return turn, inactive


@compiled_inline
def one_household_observation(world, household):
    """Run process 10 for one household, as in the loop."""
    listed = world.active[len(world.households) :]
    listed[0] = household
    _, inactive = record_one_wijk(world, listed, 0, 1, listed, 0)
    if inactive:
        deactivate(world, household)


@compiled_inline
def one_household_open_year(world, household):
    """Run the January part of process 1 for one household."""
    if world.attention[household] == 0:
        open_year(world, household)


@compiled_inline
def all_households_open_year(world):
    """Run the January part of process 1 for all active households."""
    listed = world.active[len(world.attention) :]
    count = list_active_households(world.attention, listed)
    for turn in range(count):
        prefetch_ahead(world.lives, listed, turn)
        prefetch_ahead(world.households, listed, turn)
        open_year(world, listed[turn])


@compiled_inline
def all_households_observation(world):
    """Run process 10 for all active households."""
    inactive_list = world.active[len(world.households) :]
    turn = count = 0
    while turn < world.counts[ACTIVE]:
        turn, count = record_one_wijk(world, world.active, turn, world.counts[ACTIVE], inactive_list, count)
    for number in range(count):
        deactivate(world, inactive_list[number])


NOT_HERE = 255  # no state of care (`STATES`)
HEAVY_MASK = np.uint32(int(STAY_MASK) | int(SUPERVISION_MASK) | 1 << RESIDENCE | 1 << SHELTER)
PROBLEM_AT = 0.2
SEVERAL_AT = 0.4
SEVERAL = 3
FIVE_YEARS = 60
AGED = 65 * 12
TYPES = ("single", "couple", "one_parent", "couple_with_children")

# Columns of the group table.
GROUP_COLUMNS = ("households", "in_care", "severity", "unmet", "care_cost_cents")
# Columns of the stock vector.
STOCKS = (
    "households",
    "adults",
    "children",
    "children_in_care",
    "children_in_care_one_parent",
    "multiproblem_households",
    "adults_with_violence_in_five_years",
    "residents_who_cannot_call",
    "households_with_children",
    "one_parent_households",
    "single_households",
    "adults_65plus",
)


@compiled_inline
def number_of_bits(mask):
    """Return the number of bits set in a mask."""
    count = 0
    rest = np.uint32(mask)
    while rest:
        rest &= rest - np.uint32(1)
        count += 1
    return count


@compiled_inline
def household_type(life):
    """Return 0 single, 1 couple, 2 one-parent, 3 couple with children."""
    base = 2 if has_children(life) else 0
    return base + (1 if life["partner"] else 0)


@compiled_inner
def state_of_care(world, household):
    """Return the state of care of a household: a number in `STATES`."""
    home = world.households[household]
    in_care = np.uint32(home["in_care"])
    if in_care & HEAVY_MASK:
        return 6
    specialist = in_care & SPECIALIST_MASK
    if specialist:
        return 5 if number_of_bits(specialist) > 1 else 4
    if in_care:
        return 3
    if home["waiting"]:
        return 2
    for problem in range(N_PROBLEMS):
        if home["severity"][problem] >= PROBLEM_AT:
            return 1
    return 0


@compiled_inline
def take_snapshot(world, before, since, flows, groups, prices_cents):
    """Count states, flows between states since the last snapshot, and groups.

    Parameters
    ----------
    before : uint8 array of shape (n_households,)
        States at the last snapshot; overwritten with the current states.
    since : int
        Month of the last snapshot; households that came later are not counted in flows.
    flows : int64 array of shape (n_states, n_states)
    groups : int64 array of shape (5 incomes, 4 types, n_columns)
    """
    month = world.municipality[0]["month"]
    for household in range(len(world.households)):
        life = world.lives[household]
        if life["since"] > month:
            before[household] = NOT_HERE
            continue
        home = world.households[household]
        quiet = world.attention[household] != 0
        state = 0 if quiet else state_of_care(world, household)
        if life["since"] <= since and before[household] != NOT_HERE:
            flows[before[household], state] += 1
        before[household] = state
        group = groups[home["income"], household_type(life)]
        group[0] += 1
        if quiet:
            continue
        mask = np.uint32(home["in_care"])
        if mask:
            group[1] += 1
        total = 0.0
        for problem in range(N_PROBLEMS):
            total += home["severity"][problem]
        group[2] += int(1024.0 * total)
        if not mask:
            group[3] += int(1024.0 * total)
        while mask:
            slot = lowest_bit(mask)
            mask &= ~bit(slot)
            group[4] += prices_cents[KIND_OF_SLOT[slot]]


@compiled_inline
def count_stocks(world, stocks):
    """Count the stocks of `STOCKS` over all resident households into `stocks`, int64 of shape (n_stocks,)."""
    for which in (HOUSEHOLDS_HERE, ADULTS_HERE, CHILDREN_HERE):
        stocks[which - HOUSEHOLDS_HERE] = world.counts[which]
    count_residents(world, stocks)
    for number in range(world.counts[ACTIVE]):
        count_problems_and_care(world, world.active[number], stocks)


@compiled_inner
def count_residents(world, stocks):
    """Count the stocks of composition, past violence and weak ties over all households."""
    month = world.municipality[0]["month"]
    can_call_at = world.p[0]["can_call_at"]
    families = one_parent = single = aged = struck = cut_off = 0
    for household in range(len(world.households)):
        life = world.lives[household]
        home = world.households[household]
        is_resident = np.int64(life["since"] <= month)
        alone = np.int64(life["partner"] == 0)
        adults = is_resident * (2 - alone)
        family = is_resident * np.int64(has_children(life))
        families += family
        one_parent += family * alone
        single += (is_resident - family) * alone
        aged += adults * np.int64(month - life["oldest_birth"] >= AGED)
        recently = (life["violence"] != NEVER) & (month - life["violence"] < FIVE_YEARS)
        struck += is_resident * np.int64(recently)
        tiredness = np.float64(world.networks[home["network"]]["tiredness"])
        cut_off += adults * np.int64(home["ties"] * (1.0 - 0.5 * tiredness) < can_call_at)
    stocks[6] += struck
    stocks[7] += cut_off
    stocks[8] += families
    stocks[9] += one_parent
    stocks[10] += single
    stocks[11] += aged


@compiled_inner
def count_problems_and_care(world, household, stocks):
    """Add one active household to the stocks of multiple problems and of children in care."""
    home = world.households[household]
    life = world.lives[household]
    heavy = 0
    for problem in range(N_PROBLEMS):
        heavy += home["severity"][problem] >= SEVERAL_AT
    stocks[5] += (heavy >= SEVERAL) & has_children(life)
    mask = np.uint32(home["in_care"])
    alone = life["partner"] == 0
    for child in range(N_CHILDREN):
        in_care = (mask >> np.uint32(9 + 5 * child) & np.uint32(31)) != 0
        stocks[3] += in_care
        stocks[4] += in_care & alone
