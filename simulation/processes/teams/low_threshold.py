"""Low-threshold help: at school, by youth work, intervention teams and a flying brigade (process 6).

It reaches visible problems that no care attends to, also of households on a waiting list.
"""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.low_threshold import is_between_school_and_work, is_of_school_age, is_youth, severity_after_help
from agents.vocabulary import MONEY, N_CHILDREN, N_PROBLEMS, NEVER, YOUTH
from simulation.processes.care.care_slots import SPECIALIST_MASK, bit
from simulation.processes.hazards import age_years
from simulation.processes.problems import is_attended
from simulation.processes.signals.arrivals import bring_by_intervention_team, team_slot_for
from simulation.randomness.common_random_numbers import Purpose, stream, uniform, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import LOW_THRESHOLD, LOW_THRESHOLD_HELPS
from simulation.world import ACTIVE

SCHOOL, YOUTH_WORK, INTERVENTION_TEAM, BRIGADE = range(len(LOW_THRESHOLD_HELPS))
N_HELPS = len(LOW_THRESHOLD_HELPS)
REACH = np.int64(Purpose.LOW_THRESHOLD)
INTERVENTION = np.int64(Purpose.INTERVENTION)


@compiled_inline
def give_help(world, household, problem, which, chance, effect, s_reach):
    """Give one kind of low-threshold help for one problem, if so drawn; return whether it was given."""
    home = world.households[household]
    if uniform_on(s_reach, (household * N_PROBLEMS + problem) * N_HELPS + which) >= chance:
        return False
    home["severity"][problem] = severity_after_help(np.float64(home["severity"][problem]), effect)
    world.tally[home["wijk"], LOW_THRESHOLD + which] += 1
    diary.note(world, household, diary.HELP_ON_SCHOOL + which, problem, diary.NONE, effect, 0.0)
    return True


@compiled_inline
def may_be_brought(world, household, problem):
    """Return whether an intervention team sends a youth to the team; not if help is waited for already."""
    home = world.households[household]
    now = world.municipality[0]
    listed = np.uint32(home["waiting"])
    if is_attended(listed & SPECIALIST_MASK, problem) or listed & bit(team_slot_for(problem)):
        return False
    random_number = uniform(now["seed"], 2 * (household * N_PROBLEMS + problem), now["month"], INTERVENTION)
    return random_number < world.p[0]["intervention_brings_per_month"]


@compiled_inner
def help_youth(world, household, problem, severity, prevention, s_reach):
    """Give a youth of 12 to 17 youth work for light problems, or an intervention team for heavier ones."""
    p = world.p[0]
    if severity < p["light_below"]:
        chance = p["youth_work"] * p["youths_met_per_month"] * prevention
        give_help(world, household, problem, YOUTH_WORK, chance, p["youth_work_effect"], s_reach)
        return
    chance = p["youth_intervention"] * p["intervention_reaches_per_month"] * prevention
    effect = p["youth_intervention_effect"]
    reached = give_help(world, household, problem, INTERVENTION_TEAM, chance, effect, s_reach)
    if reached and may_be_brought(world, household, problem):
        bring_by_intervention_team(world, household, problem)


@compiled_inner
def is_visible_and_unhelped(world, household, problem):
    """Return whether a problem is visible and no care attends to it."""
    home = world.households[household]
    visible = home["severity"][problem] >= world.p[0]["visible_at"]
    return visible & (not is_attended(home["in_care"], problem))


@compiled_inner
def help_child(world, household, child, prevention, s_reach):
    """Give low-threshold help to one child with visible problems, by age."""
    p = world.p[0]
    life = world.lives[household]
    problem = YOUTH + child
    if life["child_birth"][child] == NEVER or not is_visible_and_unhelped(world, household, problem):
        return
    severity = np.float64(world.households[household]["severity"][problem])
    age = (world.municipality[0]["month"] - life["child_birth"][child]) // 12
    if is_of_school_age(age):
        chance = p["help_on_school"] * p["pupils_reached_per_month"] * prevention
        give_help(world, household, problem, SCHOOL, chance, p["help_on_school_effect"], s_reach)
    if is_between_school_and_work(age):
        chance = p["flying_brigade"] * p["brigade_reaches_per_month"] * prevention
        give_help(world, household, problem, BRIGADE, chance, p["flying_brigade_effect"], s_reach)
    if is_youth(age):
        help_youth(world, household, problem, severity, prevention, s_reach)


@compiled_inline
def low_threshold_help(world, household, s_reach):
    """Give a month of low-threshold help to a household: its children, and young adults' money problems."""
    p = world.p[0]
    prevention = max(0.0, world.municipality[0]["prevention"])
    for child in range(N_CHILDREN):
        help_child(world, household, child, prevention, s_reach)
    age = age_years(world.lives[household], world.municipality[0]["month"])
    if is_between_school_and_work(age) and is_visible_and_unhelped(world, household, MONEY):
        chance = p["flying_brigade"] * p["brigade_reaches_per_month"] * prevention
        give_help(world, household, MONEY, BRIGADE, chance, p["flying_brigade_effect"], s_reach)


@compiled_inline
def one_household_low_threshold(world, household):
    """Run low-threshold help (process 6) for one household, as in the loop."""
    now = world.municipality[0]
    low_threshold_help(world, household, stream(now["seed"], now["month"], REACH))


@compiled_inline
def all_households_low_threshold(world):
    """Run low-threshold help (process 6) for all active households."""
    now = world.municipality[0]
    s_reach = stream(now["seed"], now["month"], REACH)
    for number in range(world.counts[ACTIVE]):
        low_threshold_help(world, world.active[number], s_reach)
