"""Traits that stay while a household lives: income fifth, frailty, strength, trust and ties."""

from collections.abc import Callable
from functools import partial

import numpy as np

from agents.population_parameters import PopulationParameters
from agents.state import FLAG_SHAME, FLAG_TENANT
from simulation.population.composition import Composition
from simulation.randomness.common_random_numbers import Purpose
from simulation.randomness.streams import blocks, errors_from, luck_of, normal_scores

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
    luck: Callable[..., np.ndarray], composition: Composition, deprivation: np.ndarray
) -> np.ndarray:
    """Return the score by which households are ranked into income fifths."""
    age_years = composition.age_months / 12.0
    score = normal_scores(luck(Purpose.POPULATION_INCOME)) + INCOME_BY_TYPE[composition.kind]
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
        luck = luck_of(seed, rows)
        fifth = np.searchsorted(borders, income[rows], side="right")
        block = households[rows]
        block["income"] = fifth
        deprivation = wijken["deprivation"][block["wijk"]]
        lives["frailty"][rows] = _frailty(luck, parameters, fifth, deprivation)
        block["flags"] = _flags(luck, parameters, fifth)
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
        ties = luck(Purpose.POPULATION_TIES) + luck(Purpose.POPULATION_TIES, 1)
        block["ties"] = ties / 2.0
    lives["frailty"] /= lives["frailty"][~formed].mean(dtype=np.float64)


def _bounded(mean: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Return a trait between 0 and 1."""
    return np.clip(mean + error, 0.0, 1.0)


def _frailty(
    luck: Callable[..., np.ndarray],
    parameters: PopulationParameters,
    fifth: np.ndarray,
    deprivation: np.ndarray,
) -> np.ndarray:
    """Return frailty before it is brought to mean 1."""
    log_frailty = parameters.frailty_spread * normal_scores(luck(Purpose.POPULATION_FRAILTY))
    log_frailty -= parameters.frailty_income_slope * (fifth - MIDDLE_FIFTH)
    return np.exp(log_frailty + parameters.deprivation_spread * deprivation)


def _flags(
    luck: Callable[..., np.ndarray], parameters: PopulationParameters, fifth: np.ndarray
) -> np.ndarray:
    """Return the flags of tenants of a corporation and of those who do not come by themselves."""
    tenant = luck(Purpose.POPULATION_TENANT) < parameters.tenant_share * TENANTS_BY_INCOME[fifth]
    shame = luck(Purpose.POPULATION_SHAME) < parameters.shame_share
    return FLAG_TENANT * tenant.astype(np.uint8) + FLAG_SHAME * shame.astype(np.uint8)
