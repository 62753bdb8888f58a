"""Hazards of life events, and the draw of the next candidate event by thinning (process 2)."""

import math

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.household import (
    hazard_of_care_problem,
    hazard_of_money_problem,
    hazard_of_youth_problem,
)
from agents.vocabulary import N_CHILDREN, N_PROBLEMS, NEVER, YOUTH
from simulation.randomness.common_random_numbers import uniform_on
from simulation.world import (
    OLDEST_AGE,
    TABLE_CARE,
    TABLE_DEATH,
    TABLE_POVERTY,
)

LOOK_AHEAD = 48  # months for which the bound on the hazard is valid
LOOK_FAR_AHEAD = 600
ADULTHOOD = 216  # months
SCHOOL_AGE = 48  # months; from this age children have problems more often
BEARING_AGE, PAST_BEARING_AGE = 24, 43  # years of the oldest adult between which couples have children
LONG_TERM_CARE_AGE = 82  # years from which single people may move to long-term care
SEPARATION = N_PROBLEMS
PARTNERING = N_PROBLEMS + 1
BIRTH = N_PROBLEMS + 2
DEATH = N_PROBLEMS + 3
MOVE = N_PROBLEMS + 4
DISPUTE = N_PROBLEMS + 5
N_EVENTS = N_PROBLEMS + 6


@compiled_inline
def growth_of_hazards(p):
    """Return the largest relative growth in LOOK_AHEAD months of the hazards of adults and of children.

    It bounds the effect of ageing and trends.
    """
    years = LOOK_AHEAD / 12.0
    of_adults = max(
        p["care_growth_per_year_of_age"] + p["care_trend_per_year"], p["death_growth_per_year_of_age"]
    )
    return math.expm1(of_adults * years), math.expm1(p["youth_trend_per_year"] * years)


@compiled_inline
def age_years(life, month):
    """Return the age of the oldest adult in whole years, clipped to the range of the tables."""
    return min(OLDEST_AGE, max(0, (month - life["oldest_birth"]) // 12))


@compiled_inner
def has_children(life):
    """Return whether a child under 18 lives in the household."""
    first_born = NEVER
    for child in range(N_CHILDREN):
        first_born = min(first_born, life["child_birth"][child])
    return first_born != NEVER


@compiled_inner
def problem_of_shock(wijk, life):
    """Return the problem of a household that the shared problem of its wijk concerns: of its first child."""
    problem = np.int64(wijk["shock_problem"])
    for child in range(N_CHILDREN):
        if problem == YOUTH + child and life["child_birth"][child] == NEVER and child < N_CHILDREN - 1:
            problem += 1
    return problem


@compiled_inner
def people_of(life):
    """Return the number of adults and of children of a household."""
    children = 0
    for child in range(N_CHILDREN):
        children += np.int64(life["child_birth"][child] != NEVER)
    return 2 - np.int64(life["partner"] == 0), children


@compiled_inner
def hazard_for_child(world, household, child):
    """Return the yearly hazard of problems of one child; 0 if there is no such child."""
    p = world.p[0]
    now = world.municipality[0]
    life = world.lives[household]
    born = life["child_birth"][child]
    hazard = hazard_of_youth_problem(
        p["incidence_per_year"][4],
        life["frailty"],
        (now["month"] - born) / 12.0,
        life["partner"] == 0,
        p["one_parent_hazard"],
        now["trend_youth"],
    )
    return 0.0 if born == NEVER else hazard


@compiled_inner
def hazard_of_partnering(p, single, age, children):
    """Return the yearly hazard that a single adult under 50 finds a partner."""
    with_children = p["one_parent_partnering"]  # read before the condition, so that it compiles branch-free
    hazard = p["partnering_per_year"] * (with_children if children else 1.0)
    return hazard if single & (age < 50) else 0.0


@compiled_inner
def hazard_of_birth(p, life, age):
    """Return the yearly hazard of a birth: couples, oldest adult 24 to 42, a child position free."""
    hazard = p["birth_per_year"]
    fertile = (life["partner"] != 0) & (age >= BEARING_AGE) & (age < PAST_BEARING_AGE)
    return hazard if fertile & (people_of(life)[1] < N_CHILDREN) else 0.0


@compiled_inner
def hazard_of_departure(world, single, age):
    """Return the yearly hazard of death; for old single people including the move to long-term care."""
    leaves = world.p[0]["long_term_care_per_year"]
    return world.tables[TABLE_DEATH, age] + (leaves if single & (age >= LONG_TERM_CARE_AGE) else 0.0)


@compiled_inner
def hazard_of_move(p, age):
    """Return the yearly hazard that a household moves away; highest under 35."""
    return p["moving_per_year"] * (2.0 if age < 35 else (1.0 if age < 60 else 0.4))


@compiled_inner
def total_hazard_and_event(world, household, reach):
    """Return the total yearly hazard of all events, and the event at a point of the cumulative hazard.

    Parameters
    ----------
    world : World
        Arrays of the model.
    household : int
        Row of the household.
    reach : float
        Point of the cumulative hazard (1/year); hazards are added in the order of event numbers.

    Returns
    -------
    tuple
        Total hazard; the most that ageing, trends and a recession can add to it in LOOK_AHEAD months; and
        the event whose interval of the cumulative hazard contains `reach`, -1 if none. The number of an
        event is the number of events whose intervals lie before `reach`: it is counted without branches.
    """
    life = world.lives[household]
    p = world.p[0]
    now = world.municipality[0]
    frailty = life["frailty"]
    single = life["partner"] == 0
    children = has_children(life)
    age = age_years(life, now["month"])
    poverty = world.tables[TABLE_POVERTY, world.households[household]["income"]]
    by_age = world.tables[TABLE_CARE, age]
    incidence = p["incidence_per_year"]
    total = hazard_of_money_problem(
        incidence[0], frailty, poverty, single & children, p["one_parent_hazard"], now["economy"]
    )
    event = int(reach >= total)
    total += incidence[1] * frailty
    event += reach >= total
    more = (p["recession_hazard"] - 1.0) * total
    care = hazard_of_care_problem(incidence[2], frailty, by_age, 1.0 if single else 2.0, now["trend_care"])
    more += now["hazards_grow"] * care
    total += care
    event += reach >= total
    total += incidence[3] * frailty * (0.5 if single else 1.2)
    event += reach >= total
    before_children, of_adults = event, total
    if children:
        for child in range(N_CHILDREN):
            total += hazard_for_child(world, household, child)
            event += reach >= total
    more += now["youth_hazard_grows"] * (total - of_adults)
    # Without children, the intervals of the four children are skipped together.
    event = event if children | (before_children < YOUTH) else YOUTH + N_CHILDREN
    separation = p["separation_per_year"]
    total += 0.0 if single else separation
    event += reach >= total
    total += hazard_of_partnering(p, single, age, children)
    event += reach >= total
    total += hazard_of_birth(p, life, age)
    event += reach >= total
    departure = hazard_of_departure(world, single, age)
    more += now["hazards_grow"] * departure
    total += departure
    event += reach >= total
    total += hazard_of_move(p, age)
    event += reach >= total
    total += p["dispute_per_year"]
    event += reach >= total
    return total, more, event if event < N_EVENTS else -1


@compiled_inner
def upcoming_hazard_increase(world, household):
    """Return what steps of the hazards with age can add to the bound within LOOK_AHEAD months.

    The steps: a child turns four, a couple reaches the age of births, a single person that of long-term
    care.
    """
    p = world.p[0]
    life = world.lives[household]
    month = world.municipality[0]["month"]
    age, soon = age_years(life, month), age_years(life, month + LOOK_AHEAD)
    births, leaves = p["birth_per_year"], p["long_term_care_per_year"]
    single = life["partner"] == 0
    more = births if (not single) & (age < BEARING_AGE) & (soon >= BEARING_AGE) else 0.0
    more += leaves if single & (age < LONG_TERM_CARE_AGE) & (soon >= LONG_TERM_CARE_AGE) else 0.0
    grow = world.municipality[0]["youth_hazard_grows"]
    if has_children(life):
        for child in range(N_CHILDREN):
            age = month - life["child_birth"][child]
            if (age >= SCHOOL_AGE - LOOK_AHEAD) & (age < SCHOOL_AGE):
                more += 1.6 * (1.0 + grow) * hazard_for_child(world, household, child)
    return more


@compiled_inner
def draw_next_event(world, household, total, more, s_next):
    """Draw the month of the next candidate event; store it with the bound on the hazard (thinning)."""
    life = world.lives[household]
    month = world.municipality[0]["month"]
    bound = total + more + upcoming_hazard_increase(world, household)
    # With a hazard of 0 only a child's 18th birthday can be the next event.
    look_at = month + (LOOK_AHEAD if bound > 0.0 else LOOK_FAR_AHEAD)
    life["bound"] = 0.0
    if bound > 0.0:
        random_number = max(1e-12, uniform_on(s_next, household))
        ahead = 1 + int(-math.log(random_number) * 12.0 / bound)
        look_at = month + min(ahead, LOOK_AHEAD)
        life["bound"] = bound if ahead <= LOOK_AHEAD else 0.0
    if has_children(life):
        for child in range(N_CHILDREN):
            adult = np.int64(life["child_birth"][child]) + ADULTHOOD
            comes_first = (month < adult) & (adult < look_at)
            life["bound"] = np.float32(0.0) if comes_first else life["bound"]
            look_at = adult if comes_first else look_at
    world.calendar[household]["next_event"] = look_at
    if world.attention[household] != 0:
        world.attention[household] = look_at
