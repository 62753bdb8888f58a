"""Who lives in a household: its type, the age of its oldest adult and its children.

The shares come from the profile, the ages from tables chosen so that the whole has the age
structure of the Netherlands in 2015. Households "with children" of the statistics include those
with adult children only, which the model does not hold: those rows have no children here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from agents.vocabulary import N_CHILDREN
from simulation.population.municipality_profile import MunicipalityProfile
from simulation.randomness.common_random_numbers import Purpose

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

# Households formed later: mostly young ones leaving home or a relation. Shares by type, assumed.
FORMED_TYPES = np.array([0.62, 0.28, 0.06, 0.04, 0.0, 0.0])
FORMED_AGES = {
    SINGLE: ((18, 25, 35, 55, 66), (0.40, 0.35, 0.20, 0.05)),
    COUPLE: ((20, 25, 35, 55, 66), (0.15, 0.65, 0.15, 0.05)),
}


@dataclass
class Composition:
    """What a household consists of, one entry per household.

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

    The share of households with children is split in those with children under 18, which must give
    the profile's children per household, and those with adult children only.
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

    A family is seen at a random moment between its first birth and the day its youngest turns 18.
    During it, some are not born yet and some have left; the sizes are solved from that, so that
    the number of children under 18 is as in CHILDREN_SHARES and their ages are spread evenly.
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
        Gives the block's uniform draws for a purpose and a sub-stream.
    shares : np.ndarray
        Shares of the types at the start, shape (6,).
    old_age_ratio : float
        Share of 65 and over, over the country's.
    formed : np.ndarray
        Whether the household is formed later, bool, shape (n,).
    """
    draws = random_numbers(Purpose.POPULATION_TYPE)
    kind = np.where(formed, _chosen(draws, FORMED_TYPES), _chosen(draws, shares))
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


def _chosen(draws: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return which share each draw falls in."""
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
    """Return the age of the oldest adult and of the children, in months, of families."""
    size = _chosen(random_numbers(Purpose.POPULATION_CHILDREN)[rows], family_size_shares()) + 1
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
    ages = -np.sort(-ages, axis=1)  # oldest first, the empty seats last
    # The mean of two draws: most first births halfway the range.
    middle = (
        random_numbers(Purpose.POPULATION_AGE)[rows] + random_numbers(Purpose.POPULATION_AGE, 1)[rows]
    ) / 2.0
    youngest, oldest = first_age
    at_first_birth = 12.0 * (youngest + (oldest - youngest) * middle)
    return (at_first_birth + since_first).astype(np.int32), ages
