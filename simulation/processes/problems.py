"""Dynamics of problems: fading, growth, spillover and passing (process 3)."""

import numpy as np

from agents.compiled import ONE, ZERO, compiled, compiled_inline, compiled_inner
from agents.household import escalate, excess_severity, severity_after_spillover, spillover, tipping_point_now
from agents.vocabulary import (
    CARE,
    MIND,
    MONEY,
    N_PROBLEMS,
    NEVER,
    SAFETY,
    YOUTH,
)
from simulation.compiled import as_index, prefetch_ahead
from simulation.processes.care.care_slots import HELP_MASK, SPECIALIST_HELP
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import PASSED
from simulation.world import ACTIVE

PASSES = np.int64(Purpose.PROBLEM_PASSES)
TRAJECTORY = np.int64(Purpose.TRAJECTORY)


@compiled_inline
def is_attended(mask, problem):
    """Return whether any care slot in a mask attends to a problem."""
    return (np.uint32(mask) & HELP_MASK[problem]) != 0


@compiled_inline
def is_with_specialist(mask, problem):
    """Return whether any care slot of a specialist in a mask attends to a problem."""
    return (np.uint32(mask) & SPECIALIST_HELP[problem]) != 0


@compiled_inner
def is_long_standing(world, household, problem):
    """Return whether a problem is long-standing: drawn at its start, independent of care."""
    now = world.municipality[0]
    who = household * N_PROBLEMS + problem
    start_month = np.int64(world.lives[household]["start_month"][problem])
    random_number = uniform_on(stream(now["seed"], start_month, TRAJECTORY), who)
    return random_number < world.p[0]["long_standing_share"]


@compiled_inner
def pace_of(world, household, problem):
    """Return the rate at which this problem passes, and its care ends, relative to a short problem."""
    slow = world.p[0]["long_standing_slows"]
    return slow if is_long_standing(world, household, problem) else 1.0


@compiled_inline
def load_of(severity):
    """Return the sum of all severities of a household, by pairwise summation (fewest dependent steps)."""
    adults = (severity[MONEY] + severity[CARE]) + (severity[MIND] + severity[SAFETY])
    children = (severity[YOUTH] + severity[YOUTH + 2]) + (severity[YOUTH + 1] + severity[YOUTH + 3])
    return adults + children


@compiled_inline
def next_severity(home, how, problem, load, money_over, mind_over):
    """Return the severity of a problem next month: escalation or fading, then spillover.

    The same code runs for all eight problems on contiguous arrays, so that the compiler vectorises it.
    """
    before = home["severity"][problem]
    in_care = home["in_care"]
    tipping_point = tipping_point_now(
        how["tipping_point"][problem],
        home["strength"],
        home["support"],
        (in_care & how["team_help"][problem]) != 0,
        (in_care & how["specialist_help"][problem]) != 0,
        min(ONE, load - before),
        how["strength_raises_tipping"],
        how["support_raises_tipping"],
        how["team_help_raises_tipping"],
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
    push = spillover(money_over, before, how["by_money"][problem])
    push += spillover(mind_over, before, how["by_mind"][problem])
    return severity_after_spillover(before, after, push, how["severity_floor"], how["spill_least"])


@compiled_inner
def last_and_next(world, household):
    """Return the eight severities of a household, of last month and of next month."""
    home = world.households[household]
    how = world.how_problems_move[0]
    last = home["severity"]
    load = load_of(last)
    money_over = excess_severity(last[MONEY], how["spill_floor"])
    mind_over = excess_severity(last[MIND], how["spill_floor"])
    return (
        (last[0], last[1], last[2], last[3], last[4], last[5], last[6], last[7]),
        (
            next_severity(home, how, 0, load, money_over, mind_over),
            next_severity(home, how, 1, load, money_over, mind_over),
            next_severity(home, how, 2, load, money_over, mind_over),
            next_severity(home, how, 3, load, money_over, mind_over),
            next_severity(home, how, 4, load, money_over, mind_over),
            next_severity(home, how, 5, load, money_over, mind_over),
            next_severity(home, how, 6, load, money_over, mind_over),
            next_severity(home, how, 7, load, money_over, mind_over),
        ),
    )


@compiled_inline
def has_begun(before, after):
    """Return whether a problem has started: severity was 0 and is positive."""
    return (before == ZERO) & (after > ZERO)


@compiled_inline
def write_eight(figures, now):
    """Write one value for each of the eight problems."""
    figures[0], figures[1], figures[2], figures[3] = now[0], now[1], now[2], now[3]
    figures[4], figures[5], figures[6], figures[7] = now[4], now[5], now[6], now[7]


@compiled_inline
def select_severity(keeps, before, after):
    """Return `before` if `keeps`, else `after` (branch-free selection)."""
    return before if keeps else after


@compiled_inner
def move_unless_new(world, household):
    """Update all severities of a household, unless a new problem starts; return whether one starts.

    All values are computed before they are written, because writes could alias later reads.
    """
    last, now = last_and_next(world, household)
    of_adults = has_begun(last[0], now[0]) | has_begun(last[1], now[1]) | has_begun(last[2], now[2])
    of_children = has_begun(last[4], now[4]) | has_begun(last[5], now[5]) | has_begun(last[6], now[6])
    one_begins = of_adults | has_begun(last[3], now[3]) | of_children | has_begun(last[7], now[7])
    write_eight(
        world.households[household]["severity"],
        (
            select_severity(one_begins, last[0], now[0]),
            select_severity(one_begins, last[1], now[1]),
            select_severity(one_begins, last[2], now[2]),
            select_severity(one_begins, last[3], now[3]),
            select_severity(one_begins, last[4], now[4]),
            select_severity(one_begins, last[5], now[5]),
            select_severity(one_begins, last[6], now[6]),
            select_severity(one_begins, last[7], now[7]),
        ),
    )
    return one_begins


@compiled_inline
def where_child_lives(life, child, after):
    """Return the severity of a child's problem; 0 if there is no such child."""
    return ZERO if life["child_birth"][child] == NEVER else after


@compiled_inline
def start_month_now(life, problem, month, before, after):
    """Return the start month of a problem: this month if it starts now, else the stored month."""
    stored = life["start_month"][problem]
    return month if has_begun(before, after) else stored


@compiled_inner
def move_with_new(world, household):
    """Update all severities of a household in which a problem starts, and store the start months."""
    last, moved_to = last_and_next(world, household)
    life = world.lives[household]
    now = (
        moved_to[0],
        moved_to[1],
        moved_to[2],
        moved_to[3],
        where_child_lives(life, 0, moved_to[4]),
        where_child_lives(life, 1, moved_to[5]),
        where_child_lives(life, 2, moved_to[6]),
        where_child_lives(life, 3, moved_to[7]),
    )
    month = np.int16(world.municipality[0]["month"])
    began = (
        start_month_now(life, 0, month, last[0], now[0]),
        start_month_now(life, 1, month, last[1], now[1]),
        start_month_now(life, 2, month, last[2], now[2]),
        start_month_now(life, 3, month, last[3], now[3]),
        start_month_now(life, 4, month, last[4], now[4]),
        start_month_now(life, 5, month, last[5], now[5]),
        start_month_now(life, 6, month, last[6], now[6]),
        start_month_now(life, 7, month, last[7], now[7]),
    )
    write_eight(world.households[household]["severity"], now)
    write_eight(life["start_month"], began)


@compiled_inner
def passing_candidate(severity, chances, random_number):
    """Return the problem selected by a draw, -1 if none, and the draw minus the chances before it.

    Each present problem has an interval as long as its chance of passing; absent problems have length 0,
    which avoids a branch.
    """
    found, left = -1, random_number
    for problem in range(N_PROBLEMS):
        chance = chances[problem]
        stretch = chance if severity[problem] > ZERO else 0.0
        is_here = (found < 0) & (left < stretch)
        found = problem if is_here else found
        left = left if found >= 0 else left - stretch
    return found, left


@compiled
def let_problem_pass(world, household, problem, random_number):
    """Let a selected problem pass if the draw is below its chance, which depends on short or long-standing.

    A share `passing_leaves` of its severity remains.
    """
    p = world.p[0]
    home = world.households[household]
    chance = world.how_problems_move[0]["passes_per_month"][problem]
    if random_number < chance * pace_of(world, household, problem):
        before = np.float64(home["severity"][problem])
        left = np.float32(before * p["passing_leaves"])
        home["severity"][problem] = left if left >= p["severity_floor"] else ZERO
        world.tally[home["wijk"], PASSED] += 1
        diary.note(world, household, diary.PASSED, problem, diary.NONE, 0.0, before)


@compiled_inner
def let_one_pass(world, household, random_number):
    """Let the problem pass that this month's draw selects, if any."""
    chances = world.how_problems_move[0]["passes_per_month"]
    problem, left = passing_candidate(world.households[household]["severity"], chances, random_number)
    if problem >= 0:
        let_problem_pass(world, household, problem, left)


@compiled_inline
def one_household_problems(world, household):
    """Run process 3 for one household, as in the loop."""
    now = world.municipality[0]
    random_number = uniform_on(stream(now["seed"], now["month"], PASSES), household)
    if move_unless_new(world, household):
        move_with_new(world, household)
    if random_number < world.how_problems_move[0]["passes_at_most"]:
        let_one_pass(world, household, random_number)


@compiled_inline
def all_households_problems(world):
    """Run process 3 for all active households."""
    now = world.municipality[0]
    s_passes = stream(now["seed"], now["month"], PASSES)
    bound = world.how_problems_move[0]["passes_at_most"]
    listed = world.active[len(world.households) :]
    beginning = 0
    for number in range(world.counts[ACTIVE]):
        household = world.active[number]
        prefetch_ahead(world.households, world.active, number)
        listed[as_index(beginning)] = household
        beginning += move_unless_new(world, household)
    for turn in range(beginning):
        prefetch_ahead(world.lives, listed, turn)
        prefetch_ahead(world.households, listed, turn)
        move_with_new(world, listed[turn])
    passing = 0
    for number in range(world.counts[ACTIVE]):
        household = world.active[number]
        listed[as_index(passing)] = household
        passing += uniform_on(s_passes, household) < bound
    chances = world.how_problems_move[0]["passes_per_month"]
    drawn = 0
    for turn in range(passing):
        prefetch_ahead(world.households, listed, turn)
        household = np.int64(listed[turn])
        severity = world.households[household]["severity"]
        problem, _ = passing_candidate(severity, chances, uniform_on(s_passes, household))
        listed[as_index(drawn)] = household
        drawn += problem >= 0
    for turn in range(drawn):
        prefetch_ahead(world.lives, listed, turn)
        household = np.int64(listed[turn])
        let_one_pass(world, household, uniform_on(s_passes, household))
