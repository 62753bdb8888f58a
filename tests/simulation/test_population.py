"""Who lives where at the start, and who is formed later."""

import numpy as np
import pytest

from agents.household_parameters import PopulationParameters
from agents.state import FLAG_SHAME, FLAG_TENANT
from agents.vocabulary import NEVER
from simulation.population.initial_population import (
    CHILDREN_SHARES,
    build_population,
    family_size_shares,
    inhabitants,
)
from simulation.population.municipality_profile import load_profile
from simulation.randomness.common_random_numbers import Purpose, draws_from, uniforms

START, END = 0, 359


@pytest.fixture(scope="module")
def profile():
    return load_profile("neutral_city")


@pytest.fixture(scope="module")
def population(profile):
    return build_population(profile, 1, PopulationParameters(), START, END)


@pytest.fixture(scope="module")
def existing(population):
    return population.lives["since"] == START


def children_at_home(population):
    return (population.lives["child_birth"] != NEVER).sum(axis=1)


def test_one_seed_gives_one_population_and_another_seed_another(profile, population):
    again = build_population(profile, 1, PopulationParameters(), START, END)
    other = build_population(profile, 2, PopulationParameters(), START, END)
    assert all(np.array_equal(*replication) for replication in zip(population, again, strict=True))
    assert not np.array_equal(population.lives, other.lives)


def test_random_numbers_of_a_block_are_those_of_its_members():
    purpose = int(Purpose.POPULATION_AGE)
    assert np.array_equal(draws_from(3, 40, 60, 2, purpose), uniforms(3, 100, 2, purpose)[40:])


def test_as_many_households_exist_in_a_month_as_the_profile_says(profile, population):
    for month in (START, 120, 180, END):
        assert (population.lives["since"] <= month).sum() == profile.households_at(month)


def test_wijken_are_contiguous_and_together_hold_every_household(population):
    wijken, households = population.wijken, population.households
    assert wijken["size"].sum() == len(households)
    assert np.array_equal(wijken["first"], np.cumsum(wijken["size"]) - wijken["size"])
    assert np.array_equal(np.bincount(households["wijk"]), wijken["size"])


def test_households_formed_later_lie_in_every_wijk(population, existing):
    formed = np.bincount(population.households["wijk"][~existing], minlength=len(population.wijken))
    assert np.abs(formed / population.wijken["size"] - (~existing).mean()).max() < 0.06


def test_a_circle_holds_ten_to_twenty_five_households_of_one_wijk(population):
    networks, households = population.networks, population.households
    assert np.array_equal(np.bincount(households["network"]), networks["size"])
    assert networks["size"].min() >= 10
    assert networks["size"].max() <= 25
    assert np.array_equal(networks["wijk"][households["network"]], households["wijk"])


def test_shares_of_types_are_those_of_the_profile(profile, population, existing):
    lives = population.lives[existing]
    one_adult = profile.single_share + profile.one_parent_share
    assert (lives["partner"] == 0).mean() == pytest.approx(one_adult, abs=0.015)


def test_children_per_household_are_those_of_the_profile(profile, population, existing):
    mean = children_at_home(population)[existing].mean()
    assert mean == pytest.approx(profile.children_per_household, rel=0.05)


def test_families_have_one_to_four_children_as_in_the_statistics(population, existing):
    children = children_at_home(population)[existing]
    shares = np.bincount(children[children > 0], minlength=5)[1:] / (children > 0).sum()
    np.testing.assert_allclose(shares, CHILDREN_SHARES, atol=0.03)


def test_completed_families_are_larger_than_what_is_seen_at_home():
    sizes = np.arange(1, 5)
    assert family_size_shares().sum() == pytest.approx(1.0)
    assert family_size_shares() @ sizes > CHILDREN_SHARES @ sizes


def test_children_are_under_18_and_born_to_adults(population):
    lives = population.lives
    for child in range(4):
        has = lives["child_birth"][:, child] != NEVER
        birth = lives["child_birth"][has, child].astype(int)
        assert (birth <= lives["since"][has]).all()
        assert (birth > lives["since"][has] - 18 * 12).all()
        assert (birth - lives["oldest_birth"][has] >= 18 * 12).all()


def test_ages_of_children_are_spread_evenly(population, existing):
    births = population.lives["child_birth"][existing]
    ages = -births[births != NEVER] / 12
    shares = np.histogram(ages, bins=[0, 6, 12, 18])[0] / len(ages)
    np.testing.assert_allclose(shares, 1 / 3, atol=0.02)


def test_oldest_adults_are_adults_and_old_people_are_as_many_as_in_the_country(profile, population, existing):
    age = -population.lives["oldest_birth"][existing] / 12
    adults = 1 + population.lives["partner"][existing]
    assert age.min() >= 18
    assert age.max() < 97
    # Partners count at the age of the oldest; a tenth of the old lives in institutions.
    old = adults[age >= 65].sum() / existing.sum() / profile.inhabitants_per_household
    assert old == pytest.approx(profile.share_65plus, abs=0.02)


def test_households_formed_later_are_younger(population, existing):
    lives = population.lives
    age = (lives["since"] - lives["oldest_birth"].astype(int)) / 12
    assert np.median(age[~existing]) < 35 < np.median(age[existing])


def test_income_fifths_are_equal_and_one_parents_are_poorer(population, existing):
    income = population.households["income"]
    np.testing.assert_allclose(np.bincount(income[existing]) / existing.sum(), 0.2, atol=0.01)
    one_parent = (children_at_home(population) > 0) & (population.lives["partner"] == 0)
    assert income[one_parent].mean() < income[existing].mean() - 0.5


def test_a_deprived_wijk_is_poorer_and_frailer(population):
    households, wijken = population.households, population.wijken
    poorest = households["wijk"] == np.argmax(wijken["deprivation"])
    richest = households["wijk"] == np.argmin(wijken["deprivation"])
    assert households["income"][poorest].mean() < households["income"][richest].mean()
    assert population.lives["frailty"][poorest].mean() > population.lives["frailty"][richest].mean()


def test_frailty_has_mean_one_and_traits_lie_within_their_bounds(population, existing):
    households = population.households
    assert population.lives["frailty"][existing].mean() == pytest.approx(1.0, abs=1e-4)
    for trait, least, most in (("strength", 0.02, 0.98), ("trust", 0.02, 0.98), ("ties", 0.0, 1.0)):
        assert households[trait].min() >= np.float32(least) and households[trait].max() <= np.float32(most)


def test_strength_and_trust_rise_with_income(population, existing):
    households = population.households[existing]
    for trait in ("strength", "trust"):
        mean = [households[trait][households["income"] == fifth].mean() for fifth in range(5)]
        assert (np.diff(mean) > 0).all() and 0.06 < mean[4] - mean[0] < 0.12


def test_shares_of_tenants_and_of_shame_are_those_of_the_parameters(population, existing):
    flags, parameters = population.households["flags"][existing], PopulationParameters()
    assert (flags & FLAG_TENANT > 0).mean() == pytest.approx(parameters.tenant_share, abs=0.015)
    assert (flags & FLAG_SHAME > 0).mean() == pytest.approx(parameters.shame_share, abs=0.015)


def test_nobody_has_a_problem_or_care_at_the_start(population):
    assert not population.households["severity"].any()
    assert not population.households["in_care"].any()
    assert (population.lives["start_month"] == NEVER).all()


def test_persons_per_household_lie_below_the_statistics_which_count_adult_children(
    profile, population, existing
):
    persons = inhabitants(population, START) / existing.sum()
    assert 1.9 < persons < profile.inhabitants_per_household


def test_a_street_of_two_wijken_can_be_built_without_growth():
    street = build_population(load_profile("street"), 1, PopulationParameters(), 120, 120)
    assert len(street.households) == 200
    assert len(street.wijken) == 2


def test_more_wijken_than_households_is_refused():
    profile = load_profile("street")
    profile.wijken = 500
    with pytest.raises(ValueError, match="500 wijken and 184 households"):
        build_population(profile, 1, PopulationParameters())


def test_months_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="last month 5 lies before the first month 10"):
        build_population(load_profile("street"), 1, PopulationParameters(), 10, 5)
