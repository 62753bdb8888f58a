"""Expected cost of the care that is still open at the end of a run.

Team cases and people on waiting lists are included, so that a delay does not count as a saving.
"""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.household import monthly_probability
from agents.provider import remaining_months
from agents.vocabulary import GUIDANCE, MIND, YOUTH_RESIDENTIAL
from agents.wijkteam import effect_of_hours
from simulation.compiled import lowest_bit
from simulation.processes.care.care_slots import KIND_OF_SLOT, TEAM_MASK, bit, child_of_slot
from simulation.processes.care.waiting_lists import provider_of, team_of_slot
from simulation.processes.hazards import ADULTHOOD, age_years, hazard_of_departure, hazard_of_move
from simulation.processes.problems import pace_of
from simulation.processes.specialists import effect_at, problem_of_slot
from simulation.processes.teams.casework import worst_attended

# Columns of the sums: first for care slots in use, then (from `WAITING` on) for people waiting.
CLIENTS, MONTHS, CENTS, INSURED_CENTS = 0, 1, 2, 3
WAITING, N_COLUMNS = 4, 8


@compiled_inner
def leaving_per_month(world, household):
    """Return the monthly chance that a household moves away or that its last adult dies."""
    life = world.lives[household]
    age = age_years(life, world.municipality[0]["month"])
    single = life["partner"] == 0
    departs = hazard_of_departure(world, single, age) if single else 0.0
    return monthly_probability(departs + hazard_of_move(world.p[0], age))


@compiled_inner
def most_months(world, household, slot):
    """Return the most months that care can last: the horizon, or until a child is 18."""
    most = world.p[0]["open_care_months"]
    child = child_of_slot(slot)
    if child < 0:
        return most
    born = world.lives[household]["child_birth"][child]
    return min(most, born + ADULTHOOD - world.municipality[0]["month"])


@compiled_inline
def months_left(world, household, slot):
    """Return the expected months that care in one care slot continues, by its closing and ending rates."""
    kind = KIND_OF_SLOT[slot]
    care = world.care_by_kind[kind]
    closes = care["closes"]
    if kind != YOUTH_RESIDENTIAL:
        closes += care["term_ends"]  # below the closing level a decision that expires is not renewed
    months = remaining_months(
        np.float64(world.households[household]["severity"][problem_of_slot(world, household, slot)]),
        care["closing_level"],
        effect_at(world, household, kind),
        care["ends"] * pace_of(world, household, problem_of_slot(world, household, slot))
        + leaving_per_month(world, household),
        closes,
    )
    return max(0.0, min(most_months(world, household, slot), months))


@compiled_inline
def months_left_at_team(world, household, slot, hours_per_case):
    """Return the expected months that a team case continues: until it is light, or its time is over."""
    p = world.p[0]
    problem = worst_attended(world, household, slot)
    closes = p["team_closes_per_month"] * pace_of(world, household, problem)
    ends = min(1.0, closes + leaving_per_month(world, household))
    months = remaining_months(
        np.float64(world.households[household]["severity"][problem]),
        p["team_closes_at"],
        p["help_works"] * p["support_effect"] * effect_of_hours(hours_per_case, p["half_effect_hours"]),
        ends,
        min(p["team_done_per_month"], 1.0 - ends),
    )
    return max(0.0, min(most_months(world, household, slot), months))


@compiled_inner
def price_case_of_team(world, household, slot, priced, first, waits):
    """Add a team case to the sums: its months at the hours per case, and an intake if it still waits."""
    p = world.p[0]
    team = world.teams[team_of_slot(world, household, slot)]
    months = months_left_at_team(world, household, slot, np.float64(team["hours_per_case"]))
    hours = months * team["hours_per_case"] + waits * p["hours_per_intake"]
    priced[first + CLIENTS] += 1.0
    priced[first + MONTHS] += months
    priced[first + CENTS] += 100.0 * hours * p["eur_per_fte"] / 12.0 / p["hours_per_fte"]


@compiled_inner
def price_slot(world, household, slot, priced, first):
    """Add a care slot at a provider to the sums, at that provider's price."""
    p = world.p[0]
    kind = KIND_OF_SLOT[slot]
    months = months_left(world, household, slot)
    cents = months * world.providers[provider_of(world, household, slot)]["price_cents"]
    insured = kind == GUIDANCE and problem_of_slot(world, household, slot) == MIND
    priced[first + CLIENTS] += 1.0
    priced[first + MONTHS] += months
    priced[first + CENTS] += cents
    priced[first + INSURED_CENTS] += p["insurer_agreement"] * p["insurer_pays"] * cents if insured else 0.0


@compiled_inner
def price_slots(world, household, mask, priced, first):
    """Add every care slot in a mask to the sums; `first` is the first column: 0 or `WAITING`."""
    while mask:
        slot = lowest_bit(mask)
        mask &= ~bit(slot)
        of_kind = priced[KIND_OF_SLOT[slot]]
        if bit(slot) & TEAM_MASK:
            price_case_of_team(world, household, slot, of_kind, first, first == WAITING)
        else:
            price_slot(world, household, slot, of_kind, first)


@compiled_inline
def price_open_care(world, priced):
    """Sum, per kind, the care slots in use and people waiting, their expected months, and the price.

    People waiting are treated as if care started now: without drop-out or recovery before the start.

    Parameters
    ----------
    priced : float64 array of shape (n_kinds, 8)
        Overwritten. Columns CLIENTS, MONTHS, CENTS, INSURED_CENTS; from WAITING on the same of people
        waiting.
    """
    priced[:] = 0.0
    for household in range(len(world.households)):
        home = world.households[household]
        price_slots(world, household, np.uint32(home["in_care"]), priced, 0)
        price_slots(world, household, np.uint32(home["waiting"]), priced, WAITING)
