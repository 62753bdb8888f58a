"""Care still open at the end of a run: what it may be expected to cost yet (model.md section 4)."""

import numpy as np

from agents.household import monthly_probability
from agents.provider import remaining_months
from agents.rule import part, rule
from agents.vocabulary import GUIDANCE, MIND, YOUTH_RESIDENTIAL
from simulation.loops.hazards import ADULTHOOD, age_years, hazard_of_departure, hazard_of_move
from simulation.loops.place_numbers import KIND_OF_PLACE, SPECIALIST_MASK, bit, child_of_place, lowest_place
from simulation.loops.specialists import closing_level_now, effect_at, problem_of_place

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
    p = world.p[0]
    now = world.municipality[0]
    kind = KIND_OF_PLACE[place]
    child = child_of_place(place)
    most = p["open_care_months"]
    if child >= 0:
        most = min(most, world.lives[household]["child_birth"][child] + ADULTHOOD - now["month"])
    closes = p["closes_per_month"][kind]
    term = p["decision_months"][kind]
    if term > 0.0 and kind != YOUTH_RESIDENTIAL:
        closes += 1.0 / term  # below the closing level a decision that expires is not renewed
    months = remaining_months(
        np.float64(world.households[household]["severity"][problem_of_place(world, household, place)]),
        closing_level_now(world, kind),
        effect_at(world, household, kind),
        p["ends_per_month"][kind] + leaves_per_month(world, household),
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
            place = lowest_place(mask)
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
