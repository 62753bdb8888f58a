"""Problems fade, linger or grow, and spill over (process 3)."""

import numpy as np

from agents.household import escalate, overflows, pushed, spills_over, tipping_point_now
from agents.rule import ONE, ZERO, part, rule
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
from simulation.loops.place_numbers import CHILD_MASK, _mask
from simulation.nearness import at, comes_soon
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
def is_attended(mask, problem):
    """Whether some of these places attend to a problem."""
    return (np.uint32(mask) & HELP_MASK[problem]) != 0


@rule
def load_of(severity):
    """Return all severities of a household together, added in pairs that need not wait for each other."""
    adults = (severity[MONEY] + severity[CARE]) + (severity[MIND] + severity[SAFETY])
    children = (severity[YOUTH] + severity[YOUTH + 2]) + (severity[YOUTH + 1] + severity[YOUTH + 3])
    return adults + children


@rule
def moved(home, how, problem, load, money_over, mind_over):
    """Return a problem's severity next month: it escalates or fades, then takes what is pushed on it.

    One text for all eight, and figures that stand side by side: the compiler moves them at once.
    """
    before = home["severity"][problem]
    tipping_point = tipping_point_now(
        how["tipping_point"][problem],
        home["strength"],
        home["support"],
        is_attended(home["in_care"], problem),
        min(ONE, load - before),
        how["strength_raises_tipping"],
        how["support_raises_tipping"],
        how["help_raises_tipping"],
        how["strain_lowers_tipping"],
    )
    after = escalate(
        before,
        tipping_point,
        how["linger_width"][problem],
        how["fade_per_month"][problem],
        how["escalation_per_month"][problem],
        how["severity_floor"],
    )
    push = spills_over(money_over, before, how["by_money"][problem])
    push += spills_over(mind_over, before, how["by_mind"][problem])
    return pushed(before, after, push, how["severity_floor"], how["spill_least"])


@part
def last_and_next(world, household):
    """Return all severities of a household, of last month and of the next: eight of each."""
    home = world.households[household]
    how = world.how_problems_move[0]
    last = home["severity"]
    load = load_of(last)
    money_over = overflows(last[MONEY], how["spill_floor"])
    mind_over = overflows(last[MIND], how["spill_floor"])
    return (
        (last[0], last[1], last[2], last[3], last[4], last[5], last[6], last[7]),
        (
            moved(home, how, 0, load, money_over, mind_over),
            moved(home, how, 1, load, money_over, mind_over),
            moved(home, how, 2, load, money_over, mind_over),
            moved(home, how, 3, load, money_over, mind_over),
            moved(home, how, 4, load, money_over, mind_over),
            moved(home, how, 5, load, money_over, mind_over),
            moved(home, how, 6, load, money_over, mind_over),
            moved(home, how, 7, load, money_over, mind_over),
        ),
    )


@rule
def begins(before, after):
    """Whether a problem that was not there is there now."""
    return (before == ZERO) & (after > ZERO)


@part
def moves_unless_one_begins(world, household):
    """Move all problems at once, from last month's severities, unless one begins: returns whether.

    All is worked out before anything is written, or what is written might be what is read next.
    """
    last, now = last_and_next(world, household)
    of_adults = begins(last[0], now[0]) | begins(last[1], now[1]) | begins(last[2], now[2])
    of_children = begins(last[4], now[4]) | begins(last[5], now[5]) | begins(last[6], now[6])
    one_begins = of_adults | begins(last[3], now[3]) | of_children | begins(last[7], now[7])
    if not one_begins:
        severity = world.households[household]["severity"]
        severity[0], severity[1], severity[2], severity[3] = now[0], now[1], now[2], now[3]
        severity[4], severity[5], severity[6], severity[7] = now[4], now[5], now[6], now[7]
    return one_begins


@part
def moves_and_begins(world, household, problem, before, after):
    """Move one problem and remember when it began; where no child lives there is none to have it."""
    life = world.lives[household]
    if problem >= YOUTH:
        after = ZERO if life["child_birth"][problem - YOUTH] == NEVER else after
    remembered = life["onset"][problem]
    month = np.int16(world.municipality[0]["month"])
    life["onset"][problem] = month if begins(before, after) else remembered
    world.households[household]["severity"][problem] = after


@part
def moves_where_one_begins(world, household):
    """Move all problems of a household in which one begins."""
    last, now = last_and_next(world, household)
    moves_and_begins(world, household, 0, last[0], now[0])
    moves_and_begins(world, household, 1, last[1], now[1])
    moves_and_begins(world, household, 2, last[2], now[2])
    moves_and_begins(world, household, 3, last[3], now[3])
    moves_and_begins(world, household, 4, last[4], now[4])
    moves_and_begins(world, household, 5, last[5], now[5])
    moves_and_begins(world, household, 6, last[6], now[6])
    moves_and_begins(world, household, 7, last[7], now[7])


@rule
def one_household_problems(world, household):
    """Process 3 for one household, as the loop does it."""
    if moves_unless_one_begins(world, household):
        moves_where_one_begins(world, household)


@rule
def all_households_problems(world):
    """Process 3 for all households with something going on."""
    beginning = world.active[len(world.households) :]
    count = 0
    for number in range(world.counts[ACTIVE]):
        household = world.active[number]
        comes_soon(world.households, world.active, number)
        beginning[at(count)] = household
        count += moves_unless_one_begins(world, household)
    for turn in range(count):
        comes_soon(world.lives, beginning, turn)
        comes_soon(world.households, beginning, turn)
        moves_where_one_begins(world, beginning[turn])
