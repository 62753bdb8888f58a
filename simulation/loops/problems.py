"""Problems fade, linger or grow, and spill over (process 3)."""

import numpy as np

from agents.household import escalate, spills_over, tipping_point_now
from agents.rule import rule
from agents.vocabulary import (
    AIDS,
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
def pushed(severity_of_mind, severity_of_money, problem, target, p):
    """What trouble elsewhere adds to a problem this month: four named couplings."""
    floor = p["spill_floor"]
    if problem == MIND:
        return spills_over(severity_of_money, target, p["money_to_mind"], floor)
    if problem == SAFETY:
        return spills_over(severity_of_money, target, p["money_to_safety"], floor) + spills_over(
            severity_of_mind, target, p["mind_to_safety"], floor
        )
    if problem >= YOUTH:
        return spills_over(severity_of_mind, target, p["mind_to_youth"], floor)
    return 0.0


@rule
def one_household_problems(world, household):
    """Process 3 for one household: all problems move at once, from last month's severities."""
    home = world.households[household]
    life = world.lives[household]
    p = world.p[0]
    severity = home["severity"]
    money, mind = np.float64(severity[MONEY]), np.float64(severity[MIND])
    total = 0.0
    for problem in range(N_PROBLEMS):
        total += severity[problem]
    if total == 0.0:
        return
    spills = money > p["spill_floor"] or mind > p["spill_floor"]
    in_care = home["in_care"]
    for problem in range(N_PROBLEMS):
        before = np.float64(severity[problem])
        if problem >= YOUTH and life["child_birth"][problem - YOUTH] == NEVER:
            continue
        if before == 0.0 and not spills:
            continue
        which = kind_of_problem(problem)
        after = 0.0
        if before > 0.0:
            tipping_point = tipping_point_now(
                p["tipping_point"][which],
                home["strength"],
                home["support"],
                is_attended(in_care, problem),
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
        if spills:
            push = pushed(mind, money, problem, before, p)
            if push > 0.0 and (before > 0.0 or push >= p["spill_least"]):
                after = min(1.0, max(after, p["severity_floor"]) + push)
        severity[problem] = after
        if after == 0.0:
            life["onset"][problem] = NEVER
        elif before == 0.0:
            life["onset"][problem] = world.municipality[0]["month"]


@rule
def all_households_problems(world):
    """Process 3 for all households with something going on."""
    for number in range(world.counts[ACTIVE]):
        one_household_problems(world, world.active[number])
