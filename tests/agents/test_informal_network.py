"""Rules of the informal network, by hand."""

import pytest

from agents.informal_network import (
    capacity_now,
    centres_factor,
    next_tiredness,
    noticing_probability,
    noticing_with_centres,
    social_base_factor,
    support_need,
    support_received,
    volunteer_capacity_now,
    withdrawal_with_ties,
)


def support(share=1.0, ties=1.0, worst=0.2, in_care=False, steps_back=0.3):
    return support_received(share, ties, worst, 0.75, 0.9, in_care, steps_back)


def tired(tiredness=0.0, need=0.0, capacity=1.0, tires_per_month=0.05, recovers_per_month=0.06):
    return next_tiredness(tiredness, need, capacity, tires_per_month, recovers_per_month)


def test_who_needs_nothing_lays_no_need_on_anybody():
    assert support_need(0.0, 0.75, False, 0.3) == 0.0


def test_the_network_steps_back_where_professionals_step_in():
    assert support_need(0.5, 0.75, True, 0.3) == pytest.approx(0.7 * support_need(0.5, 0.75, False, 0.3))
    assert support(in_care=True) == pytest.approx(0.7 * support())


def test_a_network_that_never_steps_back_helps_as_before():
    assert support(in_care=True, steps_back=0.0) == support()


def test_support_is_greatest_for_light_needs():
    assert support(worst=0.1) > support(worst=0.4) > support(worst=0.75)
    assert support(worst=0.75) == pytest.approx(0.9 * 0.25)


def test_nobody_is_supported_by_a_network_without_strength_or_without_ties():
    assert support(share=0.0) == 0.0
    assert support(ties=0.0) == 0.0


def test_support_stays_within_zero_and_one():
    assert all(0.0 <= support(worst=worst / 10) <= 1.0 for worst in range(11))


def test_tiredness_lowers_capacity_and_the_social_base_lifts_it():
    assert capacity_now(2.0, 0.0, 0.5, 1.0) == 2.0
    assert capacity_now(2.0, 1.0, 0.5, 1.0) == 1.0
    assert capacity_now(2.0, 0.0, 0.5, 1.2) == pytest.approx(2.4)


def test_a_rested_network_that_can_bear_its_load_stays_rested():
    assert tired(need=0.9) == 0.0


def test_an_overloaded_network_tires_and_more_so_the_heavier_the_load():
    assert 0.0 < tired(need=2.0) < tired(need=3.0)


def test_tiredness_passes_in_rest():
    assert tired(0.5) == pytest.approx(0.5 * (1.0 - 0.06))


@pytest.mark.parametrize("need", [0.0, 1.0, 1e6])
@pytest.mark.parametrize("tiredness", [0.0, 0.5, 1.0])
def test_tiredness_stays_within_zero_and_one(tiredness, need):
    assert 0.0 <= tired(tiredness, need, 0.0, 0.5, 0.5) <= 1.0


def test_nobody_speaks_up_about_light_problem_without_ties_or_when_worn_out():
    assert noticing_probability(0.24, 1.0, 0.0, 0.1) == 0.0
    assert noticing_probability(0.8, 0.0, 0.0, 0.1) == 0.0
    assert noticing_probability(0.8, 1.0, 1.0, 0.1) == 0.0


def test_a_rested_network_speaks_up_more_about_heavier_problem():
    assert noticing_probability(0.9, 0.5, 0.2, 0.1) > noticing_probability(0.4, 0.5, 0.2, 0.1)
    assert noticing_probability(0.8, 0.5, 0.25, 0.1) == pytest.approx(0.1 * 0.5 * 0.75 * 0.8)


def test_doubling_the_social_base_adds_the_lift_and_the_reference_adds_nothing():
    assert social_base_factor(45.0, 45.0, 0.2) == 1.0
    assert social_base_factor(90.0, 45.0, 0.2) == pytest.approx(1.2)


def test_a_social_base_without_effect_changes_nothing():
    assert social_base_factor(200.0, 45.0, 0.0) == 1.0


def test_without_any_social_base_some_capacity_is_left():
    assert social_base_factor(0.0, 45.0, 0.6) == pytest.approx(0.4)
    assert social_base_factor(0.0, 45.0, 1.0) == 0.2


def test_centres_of_residents_add_or_take_in_proportion_to_the_social_base():
    assert centres_factor(1.0, 90.0, 45.0, 0.1) == pytest.approx(0.2)
    assert centres_factor(1.0, 45.0, 45.0, -0.1) == pytest.approx(-0.1)
    assert noticing_with_centres(0.02, 1.0, 0.5) == pytest.approx(0.01)


def test_ties_keep_a_network_from_stepping_back():
    assert withdrawal_with_ties(0.2, 1.0, 1.0) == 0.0
    assert withdrawal_with_ties(0.2, 1.0, 0.0) == withdrawal_with_ties(0.2, 0.0, 1.0) == 0.2


def test_volunteers_carry_and_tire_with_the_circle():
    assert volunteer_capacity_now(0.1, 16, 0.0, 0.5) == pytest.approx(1.6)
    assert volunteer_capacity_now(0.1, 16, 1.0, 0.5) == pytest.approx(0.8)
