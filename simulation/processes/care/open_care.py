"""Care still open at the end of a run: what it may be expected to cost yet.

Cases of teams and people on waiting lists count as well, so that a delay is not taken for a saving.
"""

import numpy as np

from agents.compiled import part, rule
from agents.household import monthly_probability
from agents.provider import remaining_months
from agents.vocabulary import GUIDANCE, MIND, YOUTH_RESIDENTIAL
from agents.wijkteam import effect_of_hours
from simulation.compiled.bits import lowest_bit
from simulation.processes.care.care_slots import KIND_OF_PLACE, TEAM_MASK, bit, child_of_place
from simulation.processes.care.waiting_lists import team_of_place
from simulation.processes.hazards import ADULTHOOD, age_years, hazard_of_departure, hazard_of_move
from simulation.processes.problems import pace_of
from simulation.processes.specialists import effect_at, problem_of_place
from simulation.processes.teams.casework import worst_attended

# Columns of what is added up: of places in use, and behind them of people waiting.
CLIENTS, MONTHS, CENTS, INSURED_CENTS = 0, 1, 2, 3
WAITING, N_COLUMNS = 4, 8


@part
def leaves_per_month(world, household):
    """Chance a month that a household moves away or that its last adult dies."""
    life = world.lives[household]
    age = age_years(life, world.municipality[0]["month"])
    single = life["partner"] == 0
    departs = hazard_of_departure(world, single, age) if single else 0.0
    return monthly_probability(departs + hazard_of_move(world.p[0], age))


@part
def most_months(world, household, place):
    """Return the months a place can go on at most: the horizon, or until a child is of age."""
    most = world.p[0]["open_care_months"]
    child = child_of_place(place)
    if child < 0:
        return most
    born = world.lives[household]["child_birth"][child]
    return min(most, born + ADULTHOOD - world.municipality[0]["month"])


@rule
def months_left(world, household, place):
    """Months one place in care is expected to go on, by its own closing and ending hazards."""
    kind = KIND_OF_PLACE[place]
    care = world.care_by_kind[kind]
    closes = care["closes"]
    if kind != YOUTH_RESIDENTIAL:
        closes += care["term_ends"]  # below the closing level a decision that expires is not renewed
    months = remaining_months(
        np.float64(world.households[household]["severity"][problem_of_place(world, household, place)]),
        care["closing_level"],
        effect_at(world, household, kind),
        care["ends"] * pace_of(world, household, problem_of_place(world, household, place))
        + leaves_per_month(world, household),
        closes,
    )
    return max(0.0, min(most_months(world, household, place), months))


@rule
def months_left_at_team(world, household, place, hours_per_case):
    """Months one case of a team is expected to go on: it is closed when light, or when its time is over."""
    p = world.p[0]
    problem = worst_attended(world, household, place)
    closes = p["team_closes_per_month"] * pace_of(world, household, problem)
    ends = min(1.0, closes + leaves_per_month(world, household))
    months = remaining_months(
        np.float64(world.households[household]["severity"][problem]),
        p["team_closes_at"],
        p["help_works"] * p["support_effect"] * effect_of_hours(hours_per_case, p["half_effect_hours"]),
        ends,
        min(p["team_done_per_month"], 1.0 - ends),
    )
    return max(0.0, min(most_months(world, household, place), months))


@part
def prices_case_of_team(world, household, place, priced, first, waits):
    """Add a case of a team: its months at the hours a case gets, and an intake where it still waits."""
    p = world.p[0]
    team = world.teams[team_of_place(world, household, place)]
    months = months_left_at_team(world, household, place, np.float64(team["hours_per_case"]))
    hours = months * team["hours_per_case"] + waits * p["hours_per_intake"]
    priced[first + CLIENTS] += 1.0
    priced[first + MONTHS] += months
    priced[first + CENTS] += 100.0 * hours * p["eur_per_fte"] / 12.0 / p["hours_per_fte"]


@part
def prices_place(world, household, place, priced, first):
    """Add a place at a provider, at that provider's price."""
    p = world.p[0]
    kind = KIND_OF_PLACE[place]
    number = world.provider_range[kind] + world.lives[household]["provider"][place]
    months = months_left(world, household, place)
    cents = months * world.providers[number]["price_cents"]
    insured = kind == GUIDANCE and problem_of_place(world, household, place) == MIND
    priced[first + CLIENTS] += 1.0
    priced[first + MONTHS] += months
    priced[first + CENTS] += cents
    priced[first + INSURED_CENTS] += p["insurer_agreement"] * p["insurer_pays"] * cents if insured else 0.0


@part
def prices_places(world, household, mask, priced, first):
    """Add every place in a mask; `first` is the first column, that of places in use or of people waiting."""
    while mask:
        place = lowest_bit(mask)
        mask &= ~bit(place)
        of_kind = priced[KIND_OF_PLACE[place]]
        if bit(place) & TEAM_MASK:
            prices_case_of_team(world, household, place, of_kind, first, first == WAITING)
        else:
            prices_place(world, household, place, of_kind, first)


@rule
def prices_open_care(world, priced):
    """Add up per kind the places open now and the people waiting, months to come, and their price.

    Who waits counts as if care began now: nobody drops out, and nothing is got over in the meantime.

    Parameters
    ----------
    priced : float64 array of shape (n_kinds, 8)
        Columns CLIENTS, MONTHS, CENTS, INSURED_CENTS; from WAITING on the same of people waiting.
    """
    priced[:] = 0.0
    for household in range(len(world.households)):
        home = world.households[household]
        prices_places(world, household, np.uint32(home["in_care"]), priced, 0)
        prices_places(world, household, np.uint32(home["waiting"]), priced, WAITING)
