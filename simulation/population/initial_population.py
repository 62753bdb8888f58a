"""The initial population: households, lives, informal networks and wijken (ODD 5).

Everything is drawn with keyed random numbers, by block of households, so that the whole country fits in
memory. Rows are sorted by wijk. Some rows are households that are formed after the start: `since` is the
month in which they are formed, and their composition is that of that month.

The type of a household, the age of its oldest adult and its children are drawn from the shares of the profile
and from age tables fitted to the age structure of the Netherlands in 2015. Households "with children" in the
statistics include those with adult children only, who are not in the model: those rows have no children here.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from agents.household import LEAST_TRAIT, MIDDLE_FIFTH, MOST_TRAIT, STRENGTH_BY_INCOME, TRUST_BY_INCOME
from agents.household_parameters import PopulationParameters
from agents.state import FLAG_SHAME, FLAG_TENANT, HOUSEHOLD, LIFE, NETWORK, WIJK
from agents.vocabulary import N_CHILDREN, NEVER
from simulation.compiled import cache_aligned_zeros
from simulation.population.municipality_profile import MunicipalityProfile
from simulation.randomness.common_random_numbers import (
    Purpose,
    blocks,
    errors_from,
    normal_scores,
    random_numbers_of,
    uniforms,
)

SINGLE, COUPLE, COUPLE_CHILDREN, ONE_PARENT, COUPLE_ADULT_CHILD, ONE_PARENT_ADULT_CHILD = range(6)
PARTNERS = np.array([0, 1, 1, 0, 1, 0], np.uint8)  # second adult, by type
ADULT_MONTHS = 18 * 12

# Shares of households with children under 18 by their number, 1 to 4 (CBS 2015, rounded; more than
# four counts as four).
CHILDREN_SHARES = np.array([0.40, 0.42, 0.14, 0.04])
SPACING_MONTHS = (18.0, 54.0)  # between one child and the next; assumed
FIRST_CHILD_AGE = {COUPLE_CHILDREN: (20.0, 45.0), ONE_PARENT: (18.0, 42.0)}  # of the oldest adult
LARGEST_SHARE_UNDER_18 = 0.9  # of the households with children of the statistics; assumed

# Ages of the oldest adult without children under 18: borders of classes and shares of households
# per class, after CBS 37975 (2015), rounded, and fitted to the population by age.
AGES = {
    SINGLE: (
        (19, 25, 35, 45, 55, 65, 75, 85, 96),
        (0.11, 0.17, 0.10, 0.135, 0.14, 0.145, 0.125, 0.075),
    ),
    COUPLE: (
        (20, 25, 30, 35, 45, 55, 65, 75, 85, 96),
        (0.03, 0.08, 0.06, 0.06, 0.10, 0.235, 0.27, 0.14, 0.025),
    ),
    COUPLE_ADULT_CHILD: ((42, 50, 60, 70, 86), (0.25, 0.55, 0.16, 0.04)),
    ONE_PARENT_ADULT_CHILD: ((40, 50, 60, 70, 86), (0.25, 0.45, 0.18, 0.12)),
}
OLD_AGE = 65

# Households formed later, mostly by young people who leave home or a relationship. Shares by type, assumed.
FORMED_TYPES = np.array([0.62, 0.28, 0.06, 0.04, 0.0, 0.0])
FORMED_AGES = {
    SINGLE: ((18, 25, 35, 55, 66), (0.40, 0.35, 0.20, 0.05)),
    COUPLE: ((20, 25, 35, 55, 66), (0.15, 0.65, 0.15, 0.05)),
}


@dataclass
class Composition:
    """Composition of households, one entry per household.

    Attributes
    ----------
    kind : np.ndarray
        Type, int64, shape (n,): SINGLE .. ONE_PARENT_ADULT_CHILD.
    age_months : np.ndarray
        Age of the oldest adult in months, int32, shape (n,).
    children_months : np.ndarray
        Ages of the children under 18 in months, -1 where there is none, int32, shape (n, 4).
    """

    kind: np.ndarray
    age_months: np.ndarray
    children_months: np.ndarray


def children_per_family() -> float:
    """Return the mean number of children under 18 of a household that has any."""
    return float(CHILDREN_SHARES @ np.arange(1, N_CHILDREN + 1))


def type_shares(profile: MunicipalityProfile) -> np.ndarray:
    """Return the shares of the six types at the start, float64, shape (6,).

    Households with children are split into those with children under 18, which must have the profile's
    number of children per household, and those with adult children only.
    """
    with_children, one_parent = profile.with_children_share, profile.one_parent_share
    young = profile.children_per_household / children_per_family() / with_children
    young = min(young, LARGEST_SHARE_UNDER_18)
    couple_with = with_children - one_parent
    couple_without = 1.0 - profile.single_share - with_children
    if couple_with < 0.0 or couple_without < 0.0:
        raise ValueError(
            f"{profile.slug}: shares of singles {profile.single_share:.3f}, with children "
            f"{with_children:.3f} and one-parent {one_parent:.3f} do not fit in one whole"
        )
    return np.array(
        [
            profile.single_share,
            couple_without,
            couple_with * young,
            one_parent * young,
            couple_with * (1.0 - young),
            one_parent * (1.0 - young),
        ]
    )


def family_size_shares() -> np.ndarray:
    """Return the shares of completed family sizes 1 to 4 among families with a child under 18.

    A family is observed at a random moment between its first birth and the day its youngest turns 18, when
    some children may not be born yet and some may have left. Sizes are solved such that the number of
    children under 18 is as in CHILDREN_SHARES and their ages are spread evenly.
    """
    spacing = sum(SPACING_MONTHS) / 2.0
    sizes = np.arange(1, N_CHILDREN + 1)
    months = np.zeros((N_CHILDREN, N_CHILDREN))  # with so many at home, by completed size
    for size in sizes:
        months[: size - 1, size - 1] = 2.0 * spacing
        months[size - 1, size - 1] = ADULT_MONTHS - (size - 1) * spacing
    families = np.linalg.solve(months, CHILDREN_SHARES)
    shares = families * (ADULT_MONTHS + (sizes - 1) * spacing)
    return shares / shares.sum()


def compose(
    random_numbers: Callable[..., np.ndarray], shares: np.ndarray, old_age_ratio: float, formed: np.ndarray
) -> Composition:
    """Return the composition of a block of households.

    Parameters
    ----------
    random_numbers : callable
        Returns the block's uniform draws for a purpose and a sub-stream.
    shares : np.ndarray
        Shares of the types at the start, shape (6,).
    old_age_ratio : float
        Share of 65 and over, relative to the country's.
    formed : np.ndarray
        Whether the household is formed later, bool, shape (n,).
    """
    draws = random_numbers(Purpose.POPULATION_TYPE)
    kind = np.where(formed, _sampled_category(draws, FORMED_TYPES), _sampled_category(draws, shares))
    age = np.zeros(len(kind))
    draws = random_numbers(Purpose.POPULATION_AGE)
    for each, table in AGES.items():
        rows = np.flatnonzero((kind == each) & ~formed)
        age[rows] = _age_years(draws[rows], table, old_age_ratio)
    for each, table in FORMED_AGES.items():
        rows = np.flatnonzero((kind == each) & formed)
        age[rows] = _age_years(draws[rows], table, 1.0)
    age_months = (age * 12.0).astype(np.int32)
    children_months = np.full((len(kind), N_CHILDREN), -1, np.int32)
    for each in (COUPLE_CHILDREN, ONE_PARENT):
        rows = np.flatnonzero(kind == each)
        age_months[rows], children_months[rows] = _families(random_numbers, rows, FIRST_CHILD_AGE[each])
    return Composition(kind, age_months, children_months)


def _sampled_category(draws: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return the category of each uniform draw, from the shares of the categories."""
    return np.minimum(np.searchsorted(np.cumsum(shares), draws, side="right"), len(shares) - 1)


def _age_years(
    draws: np.ndarray, table: tuple[Sequence[float], Sequence[float]], old_age_ratio: float
) -> np.ndarray:
    """Return ages in years; classes from 65 weigh `old_age_ratio` times as much."""
    borders, weights = np.array(table[0], float), np.array(table[1], float)
    weights = np.where(borders[:-1] >= OLD_AGE, weights * old_age_ratio, weights)
    cumulative = np.concatenate([[0.0], np.cumsum(weights)]) / weights.sum()
    return np.interp(draws, cumulative, borders)


def _families(
    random_numbers: Callable[..., np.ndarray], rows: np.ndarray, first_age: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ages of the oldest adult and of the children of families, in months."""
    size = _sampled_category(random_numbers(Purpose.POPULATION_CHILDREN)[rows], family_size_shares()) + 1
    shortest, longest = SPACING_MONTHS
    born_after = np.zeros((len(rows), N_CHILDREN))  # months after the first birth
    for child in range(1, N_CHILDREN):
        gap = shortest + (longest - shortest) * random_numbers(Purpose.POPULATION_CHILD_AGE, child)[rows]
        born_after[:, child] = born_after[:, child - 1] + np.floor(gap)
    last = born_after[np.arange(len(rows)), size - 1]
    since_first = random_numbers(Purpose.POPULATION_CHILD_AGE)[rows] * (ADULT_MONTHS + last)
    ages = np.floor(since_first[:, None] - born_after).astype(np.int32)
    absent = (np.arange(N_CHILDREN) >= size[:, None]) | (ages < 0) | (ages >= ADULT_MONTHS)
    ages[absent] = -1
    ages = -np.sort(-ages, axis=1)  # oldest first, absent children last
    # The mean of two draws, so that most first births are near the middle of the range.
    middle = (
        random_numbers(Purpose.POPULATION_AGE)[rows] + random_numbers(Purpose.POPULATION_AGE, 1)[rows]
    ) / 2.0
    youngest, oldest = first_age
    at_first_birth = 12.0 * (youngest + (oldest - youngest) * middle)
    return (at_first_birth + since_first).astype(np.int32), ages


# Traits of a household at the start: income fifth, frailty, strength, trust and ties.

# Effects of type, age and wijk on income, in standard deviations; assumed after CBS income statistics.
INCOME_BY_TYPE = np.array([-0.5, 0.25, 0.45, -0.9, 0.6, -0.2], np.float32)
INCOME_YOUNG = -0.5  # oldest adult under 27
INCOME_OLD = -0.3  # oldest adult of 75 and over
INCOME_DEPRIVATION = -0.4  # per deviation of the wijk's deprivation
# Tenants of a corporation by income fifth, relative to the mean; assumed after the WoON housing survey.
TENANTS_BY_INCOME = np.array([1.9, 1.35, 0.9, 0.55, 0.3])
INCOME_SAMPLE = 1_000_000


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
) -> float:
    """Write income fifths and the traits that depend on them; return the mean that frailty is scaled by.

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
        block["strength"] = _bounded_traits(
            parameters.strength_mean + STRENGTH_BY_INCOME * (fifth - MIDDLE_FIFTH),
            parameters.strength_spread * error(int(Purpose.POPULATION_STRENGTH)),
        )
        block["trust"] = _bounded_traits(
            parameters.trust_mean + TRUST_BY_INCOME * (fifth - MIDDLE_FIFTH),
            parameters.trust_spread * error(int(Purpose.POPULATION_TRUST)),
        )
        # The mean of two draws: most households have some ties, few have none or many.
        ties = random_numbers(Purpose.POPULATION_TIES) + random_numbers(Purpose.POPULATION_TIES, 1)
        block["ties"] = ties / 2.0
    mean = float(lives["frailty"][~formed].mean(dtype=np.float64))
    lives["frailty"] /= mean
    return mean


def _bounded_traits(mean: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Return a trait, clipped as that of a household that comes later (`bounded_trait`)."""
    return np.clip(mean + error, LEAST_TRAIT, MOST_TRAIT)


def _frailty(
    random_numbers: Callable[..., np.ndarray],
    parameters: PopulationParameters,
    fifth: np.ndarray,
    deprivation: np.ndarray,
) -> np.ndarray:
    """Return frailty before it is scaled to mean 1."""
    log_frailty = parameters.frailty_spread * normal_scores(random_numbers(Purpose.POPULATION_FRAILTY))
    log_frailty -= parameters.frailty_income_slope * (fifth - MIDDLE_FIFTH)
    return np.exp(log_frailty + parameters.deprivation_spread * deprivation)


def _flags(
    random_numbers: Callable[..., np.ndarray], parameters: PopulationParameters, fifth: np.ndarray
) -> np.ndarray:
    """Return the flags of tenants of a corporation and of households that do not ask for help themselves."""
    tenant = random_numbers(Purpose.POPULATION_TENANT) < parameters.tenant_share * TENANTS_BY_INCOME[fifth]
    shame = random_numbers(Purpose.POPULATION_SHAME) < parameters.shame_share
    return FLAG_TENANT * tenant.astype(np.uint8) + FLAG_SHAME * shame.astype(np.uint8)


NOT_YET = -1  # a wijk has no shared problem or no team yet

WIJK_SIZE_SPREAD = 0.3  # wijken differ by up to this share in size; assumed
CIRCLE_SHIFT = 0.18  # largest shift of the border between two circles, in circles; sizes 10 to 22 of 16


class Population(NamedTuple):
    """Households, networks and wijken, one array per kind of agent.

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
    frailty_mean : float
        Mean by which frailty is scaled to 1.
    """

    households: np.ndarray
    lives: np.ndarray
    networks: np.ndarray
    wijken: np.ndarray
    frailty_mean: float = 1.0


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
        First month (of the warm-up) and last month; rows include households formed between them.

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
    households, lives = cache_aligned_zeros(len(since), HOUSEHOLD), cache_aligned_zeros(len(since), LIFE)
    households["wijk"] = np.repeat(np.arange(len(wijken), dtype=np.int16), wijken["size"])
    households["network"] = np.repeat(np.arange(len(networks), dtype=np.int32), networks["size"])
    lives["since"] = since
    population = Population(households, lives, networks, wijken)
    formed = since > start_month
    income = _draw_compositions(population, profile, seed, formed)
    mean = draw_traits(households, lives, wijken, seed, parameters, income, formed)
    return population._replace(frailty_mean=mean)


def inhabitants(population: Population, month: int) -> int:
    """Return the adults and children under 18 of the households formed up to a month.

    Adult children at home and people in institutions are not in the model: it has about 2.0 persons per
    household, the statistics 2.2. Figures per inhabitant use the profile's count.
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

    Random numbers choose which rows are formed later and in what order, so they are spread over all wijken.
    The profile's growth determines how many are formed by each month.
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

    They are the same in every replication of a municipality. The data have no figures on real wijken: sizes
    and deprivation are drawn with the municipality's name as seed, unless its profile has deprivation.
    """
    count = profile.wijken
    wijken = np.zeros(count, WIJK)
    draw = partial(uniforms, zlib.crc32(profile.slug.encode()), count)
    weights = 1.0 + WIJK_SIZE_SPREAD * (2.0 * draw(1, int(Purpose.POPULATION_DEPRIVATION)) - 1.0)
    # Every wijk gets one household before the rest is divided, so that none is empty.
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
    """Write the composition of all households; return income scores, float32 of shape (n_households,)."""
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
    """Write a block's composition in the month in which each household is formed."""
    lives["oldest_birth"] = lives["since"] - composition.age_months
    ages = composition.children_months
    for child in range(N_CHILDREN):
        birth = lives["since"] - ages[:, child]
        lives["child_birth"][:, child] = np.where(ages[:, child] < 0, NEVER, birth)
    lives["partner"] = PARTNERS[composition.kind]
    for name in ("start_month", "violence"):
        lives[name] = NEVER
