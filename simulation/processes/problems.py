"""Problems fade, linger or grow, and spill over (process 3)."""

import numpy as np

from agents.compiled import ONE, ZERO, part, rule, seldom
from agents.household import escalate, overflows, pushed, spills_over, tipping_point_now
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
from simulation.compiled.memory_locality import at, comes_soon
from simulation.processes.care.care_slots import CHILD_MASK, SPECIALIST_MASK, TEAM_MASK, _mask
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import PASSED
from simulation.world import ACTIVE

# Which specialist places attend to which problem.
SPECIALIST_HELP = np.array(
    [
        _mask(DEBT_SERVICE),
        _mask(GUIDANCE, MENTAL_HEALTH, RESIDENCE),
        _mask(GUIDANCE, DAY_CARE, HOUSEHOLD_HELP, AIDS, RESIDENCE),
        _mask(SHELTER),
        *(int(mask & SPECIALIST_MASK) for mask in CHILD_MASK),
    ],
    dtype=np.uint32,
)
# What a team case attends to, stated once: healing, tipping points, signals and unmet need go by it.
# Daily functioning is no work of a team: it arranges household help, aids and guidance for it.
TEAM_ATTENDS = (MONEY, MIND, SAFETY)
TEAM_HELP = np.array(
    [_mask(WIJKTEAM) if problem in TEAM_ATTENDS else 0 for problem in range(N_DOMAINS)]
    + [int(mask & TEAM_MASK) for mask in CHILD_MASK],
    dtype=np.uint32,
)
HELP_MASK = SPECIALIST_HELP | TEAM_HELP
assert len(HELP_MASK) == N_PROBLEMS == N_DOMAINS + N_CHILDREN
PASSES = np.int64(Purpose.PROBLEM_PASSES)
TRAJECTORY = np.int64(Purpose.TRAJECTORY)


@rule
def is_attended(mask, problem):
    """Whether some of these places attend to a problem."""
    return (np.uint32(mask) & HELP_MASK[problem]) != 0


@rule
def is_with_specialist(mask, problem):
    """Whether some of these places are of specialists who attend to a problem."""
    return (np.uint32(mask) & SPECIALIST_HELP[problem]) != 0


@rule
def is_with_team(mask, problem):
    """Whether some of these places are of a team that attends to a problem."""
    return (np.uint32(mask) & TEAM_HELP[problem]) != 0


@part
def is_long_standing(world, household, problem):
    """Whether a problem is long-standing: settled at its onset, whatever is done about it."""
    now = world.municipality[0]
    who = household * N_PROBLEMS + problem
    onset = np.int64(world.lives[household]["onset"][problem])
    luck = uniform_on(stream(now["seed"], onset, TRAJECTORY), who)
    return luck < world.p[0]["long_standing_share"]


@part
def pace_of(world, household, problem):
    """How often this problem passes, and its care ends, against a short one."""
    slow = world.p[0]["long_standing_slows"]
    return slow if is_long_standing(world, household, problem) else 1.0


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
        is_with_team(home["in_care"], problem),
        is_with_specialist(home["in_care"], problem),
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


@rule
def writes_eight(figures, now):
    """Write a figure for each of the eight problems."""
    figures[0], figures[1], figures[2], figures[3] = now[0], now[1], now[2], now[3]
    figures[4], figures[5], figures[6], figures[7] = now[4], now[5], now[6], now[7]


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
        writes_eight(world.households[household]["severity"], now)
    return one_begins


@rule
def where_child_lives(life, child, after):
    """Severity of a child's problem; where no child lives there is none to have it."""
    return ZERO if life["child_birth"][child] == NEVER else after


@rule
def onset_now(life, problem, month, before, after):
    """Month in which a problem began: this month, if it was not there before."""
    remembered = life["onset"][problem]
    return month if begins(before, after) else remembered


@part
def moves_where_one_begins(world, household):
    """Move all problems of a household in which one begins, and remember when each began."""
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
        onset_now(life, 0, month, last[0], now[0]),
        onset_now(life, 1, month, last[1], now[1]),
        onset_now(life, 2, month, last[2], now[2]),
        onset_now(life, 3, month, last[3], now[3]),
        onset_now(life, 4, month, last[4], now[4]),
        onset_now(life, 5, month, last[5], now[5]),
        onset_now(life, 6, month, last[6], now[6]),
        onset_now(life, 7, month, last[7], now[7]),
    )
    writes_eight(world.households[household]["severity"], now)
    writes_eight(life["onset"], began)


@part
def which_may_pass(severity, chances, luck):
    """The problem within whose stretch the draw falls, and what of the draw is left; -1 if within none."""
    for problem in range(N_PROBLEMS):
        if severity[problem] > ZERO:
            if luck < chances[problem]:
                return problem, luck
            luck -= chances[problem]
    return -1, luck


@seldom
def problem_passes(world, household, problem, luck):
    """Most of a problem's severity is gone, if the draw that fell to it is low enough for its class."""
    p = world.p[0]
    home = world.households[household]
    chance = world.how_problems_move[0]["passes_per_month"][problem]
    if luck < chance * pace_of(world, household, problem):
        before = np.float64(home["severity"][problem])
        left = np.float32(before * p["passing_leaves"])
        home["severity"][problem] = left if left >= p["severity_floor"] else ZERO
        world.tally[home["wijk"], PASSED] += 1
        diary.notes(world, household, diary.PASSED, problem, diary.NONE, 0.0, before)


@part
def one_may_pass(world, household, luck):
    """Let the problem pass that this month's draw falls to, if to any."""
    chances = world.how_problems_move[0]["passes_per_month"]
    problem, left = which_may_pass(world.households[household]["severity"], chances, luck)
    if problem >= 0:
        problem_passes(world, household, problem, left)


@rule
def one_household_problems(world, household):
    """Process 3 for one household, as the loop does it."""
    now = world.municipality[0]
    luck = uniform_on(stream(now["seed"], now["month"], PASSES), household)
    if moves_unless_one_begins(world, household):
        moves_where_one_begins(world, household)
    if luck < world.how_problems_move[0]["passes_at_most"]:
        one_may_pass(world, household, luck)


@rule
def all_households_problems(world):
    """Process 3 for all households with something going on."""
    now = world.municipality[0]
    s_passes = stream(now["seed"], now["month"], PASSES)
    bound = world.how_problems_move[0]["passes_at_most"]
    listed = world.active[len(world.households) :]
    beginning = 0
    for number in range(world.counts[ACTIVE]):
        household = world.active[number]
        comes_soon(world.households, world.active, number)
        listed[at(beginning)] = household
        beginning += moves_unless_one_begins(world, household)
    for turn in range(beginning):
        comes_soon(world.lives, listed, turn)
        comes_soon(world.households, listed, turn)
        moves_where_one_begins(world, listed[turn])
    passing = 0
    for number in range(world.counts[ACTIVE]):
        household = world.active[number]
        listed[at(passing)] = household
        passing += uniform_on(s_passes, household) < bound
    for turn in range(passing):
        comes_soon(world.households, listed, turn)
        household = np.int64(listed[turn])
        one_may_pass(world, household, uniform_on(s_passes, household))
