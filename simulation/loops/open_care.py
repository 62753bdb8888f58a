"""Care still open at the end of a run: what it may be expected to cost yet (model.md section 4)."""

import numpy as np

from agents.household import monthly_probability
from agents.provider import remaining_months
from agents.rule import part, rule
from agents.vocabulary import GUIDANCE, MIND, YOUTH_RESIDENTIAL
from simulation.bits import lowest_bit
from simulation.loops.hazards import ADULTHOOD, age_years, hazard_of_departure, hazard_of_move
from simulation.loops.place_numbers import KIND_OF_PLACE, SPECIALIST_MASK, bit, child_of_place
from simulation.loops.specialists import effect_at, problem_of_place

CLIENTS, MONTHS, CENTS, INSURED_CENTS = 0, 1, 2, 3  # columns of what is added up


@part
def leaves_per_month(world, household):
    """Chance a month that a household moves away or that its last adult dies."""
    life = world.lives[household]
    age = age_years(life, world.municipality[0]["month"])
    single = life["partner"] == 0
    departs = hazard_of_departure(world, single, age) if single else 0.0
    return monthly_probability(departs + hazard_of_move(world.p[0], age))


@rule
def months_left(world, household, place):
    """Months one place in care is expected to go on, by its own closing and ending hazards."""
    kind = KIND_OF_PLACE[place]
    care = world.care_by_kind[kind]
    child = child_of_place(place)
    most = world.p[0]["open_care_months"]
    if child >= 0:
        born = world.lives[household]["child_birth"][child]
        most = min(most, born + ADULTHOOD - world.municipality[0]["month"])
    closes = care["closes"]
    if kind != YOUTH_RESIDENTIAL:
        closes += care["term_ends"]  # below the closing level a decision that expires is not renewed
    months = remaining_months(
        np.float64(world.households[household]["severity"][problem_of_place(world, household, place)]),
        care["closing_level"],
        effect_at(world, household, kind),
        care["ends"] + leaves_per_month(world, household),
        closes,
    )
    return max(0.0, min(most, months))


@rule
def prices_open_care(world, priced):
    """Add up per kind the places open now, months to come, their price, and the insurer's part of it.

    Parameters
    ----------
    priced : float64 array of shape (n_kinds, 4)
        Columns CLIENTS, MONTHS, CENTS, INSURED_CENTS.
    """
    priced[:] = 0.0
    p = world.p[0]
    agreed = p["insurer_agreement"] * p["insurer_pays"]
    for household in range(len(world.households)):
        mask = np.uint32(world.households[household]["in_care"]) & SPECIALIST_MASK
        while mask:
            place = lowest_bit(mask)
            mask &= ~bit(place)
            kind = KIND_OF_PLACE[place]
            number = world.provider_range[kind] + world.lives[household]["provider"][place]
            months = months_left(world, household, place)
            cents = months * world.providers[number]["price_cents"]
            insured = kind == GUIDANCE and problem_of_place(world, household, place) == MIND
            priced[kind, CLIENTS] += 1.0
            priced[kind, MONTHS] += months
            priced[kind, CENTS] += cents
            priced[kind, INSURED_CENTS] += agreed * cents if insured else 0.0
