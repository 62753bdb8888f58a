"""The initial population: households, lives, informal networks and wijken (ODD 5).

Everything is drawn by keyed random numbers, a block of households at a time, so that the whole country fits
in memory. Rows stand sorted by wijk. Rows beyond the households that exist at the start are formed
later: `since` says when, and they carry the composition they will have then.
"""

import zlib
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from agents.household_parameters import PopulationParameters
from agents.state import FLAG_SHAME, FLAG_TENANT, HOUSEHOLD, LIFE, NETWORK, WIJK
from agents.vocabulary import N_CHILDREN, NEVER, NO_PROVIDER
from simulation.compiled.memory_locality import zeros_lined_up
from simulation.population.composition import ADULT_MONTHS, PARTNERS, Composition, compose, type_shares
from simulation.population.municipality_profile import MunicipalityProfile
from simulation.randomness.common_random_numbers import (
    Purpose,
    blocks,
    errors_from,
    normal_scores,
    random_numbers_of,
    uniforms,
)

# Traits that stay while a household lives: income fifth, frailty, strength, trust and ties.

# How income goes with type, age and wijk, in deviations; assumed after CBS income statistics.
INCOME_BY_TYPE = np.array([-0.5, 0.25, 0.45, -0.9, 0.6, -0.2], np.float32)
INCOME_YOUNG = -0.5  # oldest adult under 27
INCOME_OLD = -0.3  # oldest adult of 75 and over
INCOME_DEPRIVATION = -0.4  # per deviation of the wijk's deprivation
# Tenants of a corporation by income fifth, over the mean; assumed after the WoON housing survey.
TENANTS_BY_INCOME = np.array([1.9, 1.35, 0.9, 0.55, 0.3])
STRENGTH_BY_INCOME = 0.02  # per fifth; assumed
TRUST_BY_INCOME = 0.025  # per fifth; assumed
INCOME_SAMPLE = 1_000_000
MIDDLE_FIFTH = 2


def income_score(
    random_numbers: Callable[..., np.ndarray], composition: Composition, deprivation: np.ndarray
) -> np.ndarray:
    """Return the score by which households are ranked into income fifths."""
    age_years = composition.age_months / 12.0
    score = normal_scores(random_numbers(Purpose.POPULATION_INCOME)) + INCOME_BY_TYPE[composition.kind]
    score += INCOME_YOUNG * (age_years < 27) + INCOME_OLD * (age_years >= 75)
    return score + INCOME_DEPRIVATION * deprivation


def draw_traits(
    households: np.ndarray,
    lives: np.ndarray,
    wijken: np.ndarray,
    seed: int,
    parameters: PopulationParameters,
    income: np.ndarray,
    formed: np.ndarray,
) -> None:
    """Write income fifths and the traits that go with them.

    Fifths and a mean frailty of 1 hold among the households that exist at the start.
    """
    sample = income[~formed][:: max(1, len(income) // INCOME_SAMPLE)]
    borders = np.quantile(sample, [0.2, 0.4, 0.6, 0.8])
    for rows in blocks(len(households)):
        random_numbers = random_numbers_of(seed, rows)
        fifth = np.searchsorted(borders, income[rows], side="right")
        block = households[rows]
        block["income"] = fifth
        deprivation = wijken["deprivation"][block["wijk"]]
        lives["frailty"][rows] = _frailty(random_numbers, parameters, fifth, deprivation)
        block["flags"] = _flags(random_numbers, parameters, fifth)
        error = partial(errors_from, seed, rows.start, rows.stop - rows.start, 0)
        block["strength"] = _bounded(
            parameters.strength_mean + STRENGTH_BY_INCOME * (fifth - MIDDLE_FIFTH),
            parameters.strength_spread * error(int(Purpose.POPULATION_STRENGTH)),
        )
        block["trust"] = _bounded(
            parameters.trust_mean + TRUST_BY_INCOME * (fifth - MIDDLE_FIFTH),
            parameters.trust_spread * error(int(Purpose.POPULATION_TRUST)),
        )
        # The mean of two draws: most households have some ties, few have none or many.
        ties = random_numbers(Purpose.POPULATION_TIES) + random_numbers(Purpose.POPULATION_TIES, 1)
        block["ties"] = ties / 2.0
    lives["frailty"] /= lives["frailty"][~formed].mean(dtype=np.float64)


def _bounded(mean: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Return a trait between 0 and 1."""
    return np.clip(mean + error, 0.0, 1.0)


def _frailty(
    random_numbers: Callable[..., np.ndarray],
    parameters: PopulationParameters,
    fifth: np.ndarray,
    deprivation: np.ndarray,
) -> np.ndarray:
    """Return frailty before it is brought to mean 1."""
    log_frailty = parameters.frailty_spread * normal_scores(random_numbers(Purpose.POPULATION_FRAILTY))
    log_frailty -= parameters.frailty_income_slope * (fifth - MIDDLE_FIFTH)
    return np.exp(log_frailty + parameters.deprivation_spread * deprivation)


def _flags(
    random_numbers: Callable[..., np.ndarray], parameters: PopulationParameters, fifth: np.ndarray
) -> np.ndarray:
    """Return the flags of tenants of a corporation and of those who do not come by themselves."""
    tenant = random_numbers(Purpose.POPULATION_TENANT) < parameters.tenant_share * TENANTS_BY_INCOME[fifth]
    shame = random_numbers(Purpose.POPULATION_SHAME) < parameters.shame_share
    return FLAG_TENANT * tenant.astype(np.uint8) + FLAG_SHAME * shame.astype(np.uint8)


NOT_YET = -1  # no shared problems in a wijk yet, no team serves it yet

WIJK_SIZE_SPREAD = 0.3  # wijken differ by up to this share in size; assumed
CIRCLE_SHIFT = 0.18  # how far the border between two circles moves, in circles; 10 to 22 of 16


class Population(NamedTuple):
    """The many, one array per kind of agent.

    Attributes
    ----------
    households : np.ndarray
        dtype HOUSEHOLD, shape (n_households,), sorted by wijk.
    lives : np.ndarray
        dtype LIFE, shape (n_households,).
    networks : np.ndarray
        dtype NETWORK, shape (n_networks,), sorted by wijk.
    wijken : np.ndarray
        dtype WIJK, shape (n_wijken,).
    """

    households: np.ndarray
    lives: np.ndarray
    networks: np.ndarray
    wijken: np.ndarray


def build_population(
    profile: MunicipalityProfile,
    seed: int,
    parameters: PopulationParameters,
    start_month: int = 0,
    end_month: int = 359,
) -> Population:
    """Return the population of a municipality from the first month to the last.

    Parameters
    ----------
    profile : MunicipalityProfile
        Size and composition.
    seed : int
        Seed of the keyed random numbers.
    parameters : PopulationParameters
        Spread of traits.
    start_month, end_month : int
        First month (of the warm-up) and last month; households formed between them are rows too.

    Raises
    ------
    ValueError
        When the months are in the wrong order or there are more wijken than households.
    """
    if end_month < start_month:
        raise ValueError(f"the last month {end_month} lies before the first month {start_month}")
    formed_by = profile.households_at(np.arange(start_month, end_month + 1))
    if formed_by[0] < profile.wijken:
        raise ValueError(
            f"{profile.slug} has {profile.wijken} wijken and {formed_by[0]} households; "
            "expected at least one household in each"
        )
    since = _months_of_forming(seed, formed_by, start_month)
    wijken = _draw_wijken(profile, len(since))
    networks = _draw_networks(wijken, seed, parameters)
    households, lives = zeros_lined_up(len(since), HOUSEHOLD), np.zeros(len(since), LIFE)
    households["wijk"] = np.repeat(np.arange(len(wijken), dtype=np.int16), wijken["size"])
    households["network"] = np.repeat(np.arange(len(networks), dtype=np.int32), networks["size"])
    lives["since"] = since
    population = Population(households, lives, networks, wijken)
    formed = since > start_month
    income = _draw_compositions(population, profile, seed, formed)
    draw_traits(households, lives, wijken, seed, parameters, income, formed)
    return population


def inhabitants(population: Population, month: int) -> int:
    """Return the adults and children under 18 of the households formed up to a month.

    Adult children at home and people in institutions are not in the model: about 2.0 persons per
    household, where the statistics count 2.2. Figures per inhabitant take the profile's count.
    """
    persons = 0
    for rows in blocks(len(population.lives)):
        lives = population.lives[rows]
        lives = lives[lives["since"] <= month]
        births = lives["child_birth"]
        under_18 = (births <= month) & (births > month - ADULT_MONTHS)
        persons += len(lives) + int(lives["partner"].sum()) + int(np.count_nonzero(under_18))
    return persons


def _months_of_forming(seed: int, formed_by: np.ndarray, start_month: int) -> np.ndarray:
    """Return the month each row is formed, int16, shape (n_households,).

    Random numbers choose which rows are formed later, so they lie spread over all wijken, and in what
    order; the profile's growth says how many by each month.
    """
    existing, total = int(formed_by[0]), int(formed_by[-1])
    since = np.full(total, start_month, np.int16)
    later = total - existing
    if later:
        random_numbers = uniforms(seed, total, 0, int(Purpose.POPULATION_MONTH))
        rows = np.argpartition(random_numbers, later - 1)[:later]
        rows = rows[np.argsort(random_numbers[rows])]
        since[rows] = start_month + np.searchsorted(formed_by, existing + 1 + np.arange(later))
    return since


def _draw_wijken(profile: MunicipalityProfile, households: int) -> np.ndarray:
    """Return the wijken: contiguous rows, sizes that vary, deprivation with mean 0.

    They are the same in every replication of a municipality. The data have no figures on real wijken:
    sizes and deprivation are drawn by the municipality's name, unless its profile gives deprivation.
    """
    count = profile.wijken
    wijken = np.zeros(count, WIJK)
    draw = partial(uniforms, zlib.crc32(profile.slug.encode()), count)
    weights = 1.0 + WIJK_SIZE_SPREAD * (2.0 * draw(1, int(Purpose.POPULATION_DEPRIVATION)) - 1.0)
    # One household each before the rest is shared out: no wijk is empty.
    ends = np.rint((households - count) * np.cumsum(weights) / weights.sum()).astype(np.int64)
    ends += np.arange(1, count + 1)
    wijken["size"] = np.diff(ends, prepend=0)
    wijken["first"] = ends - wijken["size"]
    scores = profile.deprivation_spread * normal_scores(draw(0, int(Purpose.POPULATION_DEPRIVATION)))
    if profile.wijk_deprivation:
        scores = np.array(profile.wijk_deprivation)
    wijken["deprivation"] = scores - np.average(scores, weights=wijken["size"])
    for name in ("shock_until", "shock_problem", "team", "youth_team"):
        wijken[name] = NOT_YET
    return wijken


def _draw_networks(wijken: np.ndarray, seed: int, parameters: PopulationParameters) -> np.ndarray:
    """Return the informal networks: circles of consecutive households of one wijk."""
    circles = np.maximum(1, np.rint(wijken["size"] / parameters.circle_size)).astype(np.int64)
    count = int(circles.sum())
    networks = np.zeros(count, NETWORK)
    wijk = np.repeat(np.arange(len(wijken)), circles)
    place = np.arange(count) - np.repeat(np.cumsum(circles) - circles, circles)
    shift = CIRCLE_SHIFT * (2.0 * uniforms(seed, count, 1, int(Purpose.POPULATION_NETWORK)) - 1.0)
    shift[place == 0] = 0.0
    inside = (place + shift) / circles[wijk] * wijken["size"][wijk]
    networks["first"] = wijken["first"][wijk] + np.rint(inside).astype(np.int64)
    households = int(wijken["size"].sum())
    networks["size"] = np.diff(networks["first"].astype(np.int64), append=households)
    networks["wijk"] = wijk
    spread = parameters.circle_capacity_spread
    scores = normal_scores(uniforms(seed, count, 0, int(Purpose.POPULATION_NETWORK)))
    networks["capacity"] = parameters.circle_capacity * np.exp(spread * scores - spread**2 / 2.0)
    networks["full_capacity"] = networks["capacity"]
    return networks


def _draw_compositions(
    population: Population, profile: MunicipalityProfile, seed: int, formed: np.ndarray
) -> np.ndarray:
    """Write who lives where; return each household's income score, float32, (n_households,)."""
    shares = type_shares(profile)
    old_age_ratio = profile.share_65plus / profile.country_share_65plus
    income = np.empty(len(formed), np.float32)
    for rows in blocks(len(formed)):
        random_numbers = random_numbers_of(seed, rows)
        composition = compose(random_numbers, shares, old_age_ratio, formed[rows])
        _write_lives(population.lives[rows], composition)
        deprivation = population.wijken["deprivation"][population.households["wijk"][rows]]
        income[rows] = income_score(random_numbers, composition, deprivation)
    return income


def _write_lives(lives: np.ndarray, composition: Composition) -> None:
    """Write a block's composition, as of the month each household is formed."""
    lives["oldest_birth"] = lives["since"] - composition.age_months
    ages = composition.children_months
    for child in range(N_CHILDREN):
        birth = lives["since"] - ages[:, child]
        lives["child_birth"][:, child] = np.where(ages[:, child] < 0, NEVER, birth)
    lives["partner"] = PARTNERS[composition.kind]
    for name in ("start_month", "violence"):
        lives[name] = NEVER
    lives["provider"] = NO_PROVIDER
