"""Problems fade, linger or grow, and spill over (process 3)."""

import numpy as np

from agents.household import escalate, spills_over, tipping_point_now
from agents.rule import rule
from agents.vocabulary import (
    AIDS,
    CARE,
    DAY_CARE,
    DEBT_SERVICE,
    GUIDANCE,
    HOUSEHOLD_HELP,
    MENTAL_HEALTH,
    MIND,
    MONEY,
    N_CHILDREN,
    N_DOMAINS,
    N_PROBLEMS,
    NEVER,
    RESIDENCE,
    SAFETY,
    SHELTER,
    WIJKTEAM,
    YOUTH,
)
from simulation.loops.places import CHILD_MASK, _mask
from simulation.world import ACTIVE

# Which places attend to which problem.
HELP_MASK = np.array(
    [
        _mask(WIJKTEAM, DEBT_SERVICE),
        _mask(WIJKTEAM, GUIDANCE, MENTAL_HEALTH, RESIDENCE),
        _mask(GUIDANCE, DAY_CARE, HOUSEHOLD_HELP, AIDS, RESIDENCE),
        _mask(WIJKTEAM, SHELTER),
        *(int(mask) for mask in CHILD_MASK),
    ],
    dtype=np.uint32,
)
assert len(HELP_MASK) == N_PROBLEMS == N_DOMAINS + N_CHILDREN


@rule
def kind_of_problem(problem):
    """Return 0..4: money, mind, care, safety, youth."""
    return min(problem, YOUTH)


@rule
def is_attended(mask, problem):
    """Whether some of these places attend to a problem."""
    return (np.uint32(mask) & HELP_MASK[problem]) != 0


@rule
def moved(home, p, problem, total, push):
    """Return a problem's severity next month: it escalates or fades, then takes what is pushed on it."""
    which = kind_of_problem(problem)
    before = np.float64(home["severity"][problem])
    tipping_point = tipping_point_now(
        p["tipping_point"][which],
        home["strength"],
        home["support"],
        is_attended(home["in_care"], problem),
        min(1.0, total - before),
        p["strength_raises_tipping"],
        p["support_raises_tipping"],
        p["help_raises_tipping"],
        p["strain_lowers_tipping"],
    )
    after = escalate(
        before,
        tipping_point,
        p["linger_width"][which],
        p["fade_per_month"][which],
        p["escalation_per_month"][which],
        p["severity_floor"],
    )
    after_push = min(1.0, max(after, p["severity_floor"]) + push)
    # A push too small to leave a trace does not begin a problem.
    takes = (push > 0.0) & ((before > 0.0) | (push >= p["spill_least"]))
    return after_push if takes else after


@rule
def remembers_onset(world, household, problem, before, after):
    """Remember when a problem began; what is remembered of a problem that is gone means nothing."""
    if before == 0.0 and after > 0.0:
        world.lives[household]["onset"][problem] = world.municipality[0]["month"]


@rule
def adults_problems(world, household, money, mind, total):
    """Move the four problems of the adults: side by side and without branches, for speed."""
    home = world.households[household]
    p = world.p[0]
    severity = home["severity"]
    safety = np.float64(severity[SAFETY])
    floor = p["spill_floor"]
    on_mind = spills_over(money, mind, p["money_to_mind"], floor)
    on_safety = spills_over(money, safety, p["money_to_safety"], floor) + spills_over(
        mind, safety, p["mind_to_safety"], floor
    )
    new_money = moved(home, p, MONEY, total, 0.0)
    new_mind = moved(home, p, MIND, total, on_mind)
    new_care = moved(home, p, CARE, total, 0.0)
    new_safety = moved(home, p, SAFETY, total, on_safety)
    severity[MONEY] = new_money
    severity[MIND] = new_mind
    severity[CARE] = new_care
    severity[SAFETY] = new_safety
    begins = ((mind == 0.0) & (new_mind > 0.0)) | ((safety == 0.0) & (new_safety > 0.0))
    if begins:  # money and care begin by events only
        remembers_onset(world, household, MIND, mind, new_mind)
        remembers_onset(world, household, SAFETY, safety, new_safety)


@rule
def childrens_problems(world, household, mind, total):
    """The problem of each child moves; trouble of mind of a parent spills over on it."""
    home = world.households[household]
    p = world.p[0]
    severity = home["severity"]
    first, second = np.float64(severity[YOUTH]), np.float64(severity[YOUTH + 1])
    third, fourth = np.float64(severity[YOUTH + 2]), np.float64(severity[YOUTH + 3])
    by_mind, floor = p["mind_to_youth"], p["spill_floor"]
    new_first = moved(home, p, YOUTH, total, spills_over(mind, first, by_mind, floor))
    new_second = moved(home, p, YOUTH + 1, total, spills_over(mind, second, by_mind, floor))
    new_third = moved(home, p, YOUTH + 2, total, spills_over(mind, third, by_mind, floor))
    new_fourth = moved(home, p, YOUTH + 3, total, spills_over(mind, fourth, by_mind, floor))
    births = world.lives[household]["child_birth"]
    severity[YOUTH] = first if births[0] == NEVER else new_first
    severity[YOUTH + 1] = second if births[1] == NEVER else new_second
    severity[YOUTH + 2] = third if births[2] == NEVER else new_third
    severity[YOUTH + 3] = fourth if births[3] == NEVER else new_fourth
    begins = (
        ((first == 0.0) & (severity[YOUTH] > 0.0))
        | ((second == 0.0) & (severity[YOUTH + 1] > 0.0))
        | ((third == 0.0) & (severity[YOUTH + 2] > 0.0))
        | ((fourth == 0.0) & (severity[YOUTH + 3] > 0.0))
    )
    if begins:
        remembers_onset(world, household, YOUTH, first, severity[YOUTH])
        remembers_onset(world, household, YOUTH + 1, second, severity[YOUTH + 1])
        remembers_onset(world, household, YOUTH + 2, third, severity[YOUTH + 2])
        remembers_onset(world, household, YOUTH + 3, fourth, severity[YOUTH + 3])


@rule
def one_household_problems(world, household):
    """Process 3 for one household: all problems move at once, from last month's severities."""
    severity = world.households[household]["severity"]
    money, mind = np.float64(severity[MONEY]), np.float64(severity[MIND])
    of_adults = money + mind + severity[CARE] + severity[SAFETY]
    total = of_adults
    for problem in range(YOUTH, N_PROBLEMS):
        total += severity[problem]
    if total == 0.0:
        return
    adults_problems(world, household, money, mind, total)
    if (total > of_adults) | (mind > world.p[0]["spill_floor"]):
        childrens_problems(world, household, mind, total)


@rule
def all_households_problems(world):
    """Process 3 for all households with something going on."""
    for number in range(world.counts[ACTIVE]):
        one_household_problems(world, world.active[number])
