"""Response to crises: care regardless of the budget, and a permanent loss of own strength (process 8)."""

import numpy as np

from agents.compiled import compiled, compiled_inline
from agents.household import strength_after_harm
from agents.vocabulary import (
    BY_COURT,
    BY_CRISIS,
    BY_GUARDIAN,
    CARE,
    GUIDANCE,
    MENTAL_HEALTH,
    MIND,
    MONEY,
    N_CHILDREN,
    N_PROBLEMS,
    NEVER,
    SAFETY,
    SHELTER,
    SUPERVISION,
    YOUTH,
    YOUTH_OUTPATIENT,
    YOUTH_RESIDENTIAL,
)
from simulation.compiled import prefetch_ahead
from simulation.processes.care.attention import is_marked, list_marked, set_mark
from simulation.processes.care.care_episodes import admit_at_once
from simulation.processes.events import add_problem
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import CRISIS, EVICTIONS, SETTLED, VIOLENCE
from simulation.world import NEAR_CRISIS

CRISIS_PURPOSE = np.int64(Purpose.CRISIS)
DRAWS = 64  # random numbers reserved per household and month


@compiled
def child_in_crisis(world, household, child, s_crisis):
    """Respond to a child's crisis: possibly a supervision order, and a placement or outpatient care."""
    p = world.p[0]
    who = household * DRAWS + 8 * child
    route = BY_CRISIS
    if uniform_on(s_crisis, who) < p["supervision_after_crisis"]:
        route = BY_GUARDIAN  # the guardian arranges the help that belongs to a supervision order
        admit_at_once(world, household, SUPERVISION, child, uniform_on(s_crisis, who + 1), BY_COURT)
    kind = YOUTH_OUTPATIENT
    if uniform_on(s_crisis, who + 2) < p["placement_after_crisis"]:
        kind = YOUTH_RESIDENTIAL
    admit_at_once(world, household, kind, child, uniform_on(s_crisis, who + 3), route)


@compiled
def lose_home(world, household):
    """Add the harm of an eviction to the problem of every child of the household."""
    for child in range(N_CHILDREN):
        if world.lives[household]["child_birth"][child] != NEVER:
            add_problem(world, household, YOUTH + child, world.p[0]["eviction_hits_child"])


@compiled
def is_settled(world, household, s_crisis):
    """Return whether a money crisis is settled without an eviction."""
    who = household * DRAWS + 32 + 4 * MONEY
    return uniform_on(s_crisis, who + 2) >= world.p[0]["eviction_share"]


@compiled
def adult_in_crisis(world, household, problem, s_crisis):
    """Respond to an adult's crisis: care or shelter, and effects on the children."""
    p = world.p[0]
    life = world.lives[household]
    who = household * DRAWS + 32 + 4 * problem
    random_number = uniform_on(s_crisis, who)
    choice = uniform_on(s_crisis, who + 1)
    if problem == MIND:
        admit_at_once(world, household, MENTAL_HEALTH, 0, choice, BY_CRISIS)
    elif problem == CARE:
        admit_at_once(world, household, GUIDANCE, 0, choice, BY_CRISIS)
    elif random_number < p["shelter_after_crisis"]:
        admit_at_once(world, household, SHELTER, 0, choice, BY_CRISIS)
    if problem == MONEY:
        lose_home(world, household)
    if problem == SAFETY:
        for child in range(N_CHILDREN):
            if life["child_birth"][child] == NEVER:
                continue
            draw = uniform_on(s_crisis, household * DRAWS + 8 * child + 4)
            if draw < 0.5 * p["supervision_after_crisis"]:
                admit_at_once(world, household, SUPERVISION, child, choice, BY_COURT)


@compiled
def crises_of(world, household, s_crisis):
    """Run process 8 for one household: respond to all problems at crisis severity, lower own strength.

    Also counts violence, and clears the crisis mark.
    """
    home = world.households[household]
    life = world.lives[household]
    p = world.p[0]
    tally = world.tally[home["wijk"]]
    set_mark(world, household, NEAR_CRISIS, False)
    if home["severity"][SAFETY] >= p["violence_at"]:
        tally[VIOLENCE] += 1
        diary.note(world, household, diary.VIOLENCE, SAFETY, diary.NONE, 0.0, home["severity"][SAFETY])
        life["violence"] = world.municipality[0]["month"]
    for problem in range(N_PROBLEMS):
        if home["severity"][problem] < 1.0:
            continue
        if problem == MONEY and is_settled(world, household, s_crisis):
            home["severity"][MONEY] = p["severity_when_settled"]
            tally[SETTLED] += 1
            diary.note(world, household, diary.SETTLED, MONEY, diary.NONE, 0.0, 1.0)
            continue
        tally[CRISIS + min(problem, YOUTH)] += 1
        tally[EVICTIONS] += problem == MONEY
        diary.note(world, household, diary.CRISIS, problem, diary.NONE, 0.0, home["severity"][problem])
        if problem >= YOUTH:
            child_in_crisis(world, household, problem - YOUTH, s_crisis)
        else:
            adult_in_crisis(world, household, problem, s_crisis)
        home["strength"] = strength_after_harm(home["strength"], p["scar"])
        home["severity"][problem] = p["severity_after_crisis"][min(problem, YOUTH)]


@compiled_inline
def one_household_crises(world, household):
    """Run process 8 for one household, as in the loop."""
    now = world.municipality[0]
    if is_marked(world, household, NEAR_CRISIS):
        crises_of(world, household, stream(now["seed"], now["month"], CRISIS_PURPOSE))


@compiled_inline
def all_households_crises(world):
    """Run process 8 for all households with the crisis mark."""
    now = world.municipality[0]
    s_crisis = stream(now["seed"], now["month"], CRISIS_PURPOSE)
    in_crisis = world.active[len(world.households) :]
    for turn in range(list_marked(world, NEAR_CRISIS, in_crisis)):
        prefetch_ahead(world.lives, in_crisis, turn)
        prefetch_ahead(world.households, in_crisis, turn)
        crises_of(world, np.int64(in_crisis[turn]), s_crisis)
