"""Rules of the household, by hand: nothing, everything, direction, arithmetic."""

import math

import pytest

from agents.household import (
    bounded_trait,
    care_by_age,
    effort_of_help_seeking,
    escalate,
    excess_severity,
    frailty_of,
    hazard_of_care_problem,
    hazard_of_death,
    hazard_of_money_problem,
    hazard_of_youth_problem,
    help_seeking_probability,
    monthly_probability,
    poverty_factor,
    severity_after_onset,
    size_of_problem,
    spillover,
    strength_after_harm,
    tipping_point_now,
    trend_since_2010,
)
from simulation.months import month_number

SEVERITIES = [0.0, 0.05, 0.3, 0.5, 0.7, 0.95, 1.0]


def moved(severity, tipping_point=0.5, linger=0.1, fade=0.2, grow=0.2, floor=0.02):
    return escalate(severity, tipping_point, linger, fade, grow, floor)


def tipping(strength=0.5, support=0.0, has_help=False, strain=0.0, has_team=False):
    return tipping_point_now(0.5, strength, support, has_team, has_help, strain, 0.4, 0.1, 0.1, 0.2, 0.1)


def spills(source, target, coupling):
    return spillover(excess_severity(source, 0.35), target, coupling)


def test_no_problem_stays_no_problem():
    assert moved(0.0) == 0.0


def test_a_problem_below_its_tipping_point_fades():
    assert moved(0.3) < 0.3


def test_a_problem_above_its_tipping_point_grows():
    assert moved(0.7) > 0.7


@pytest.mark.parametrize("severity", [0.41, 0.5, 0.59])
def test_a_problem_near_its_tipping_point_lingers(severity):
    assert moved(severity) == severity


def test_a_problem_grows_by_its_speed_times_its_distance_from_the_band():
    assert moved(0.8) == pytest.approx(0.8 + 0.2 * (0.8 - 0.5 - 0.1))
    assert moved(0.2) == pytest.approx(0.2 - 0.2 * (0.5 - 0.2 - 0.1))


def test_a_problem_below_the_floor_is_gone():
    assert moved(0.02, fade=0.5) == 0.0


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_problem_stays_between_nothing_and_a_crisis(severity):
    assert 0.0 <= moved(severity, fade=1.0, grow=1.0, tipping_point=0.3, linger=0.0) <= 1.0


def test_without_speed_nothing_moves():
    assert [moved(each, fade=0.0, grow=0.0) for each in SEVERITIES] == SEVERITIES


def test_strength_support_and_help_raise_the_tipping_point_and_strain_lowers_it():
    assert tipping(strength=0.8) > tipping() and tipping(support=1.0) > tipping()
    assert tipping(has_help=True) > tipping() > tipping(strain=1.0)


def test_the_tipping_point_is_the_sum_of_its_parts():
    assert tipping(0.75, 0.5, True, 0.5) == pytest.approx(0.5 + 0.4 * 0.25 + 0.1 * 0.5 + 0.2 - 0.1 * 0.5)


def test_a_team_alone_raises_the_tipping_point_by_its_own_part_and_a_specialist_by_all():
    assert tipping(has_team=True) == pytest.approx(0.6)
    assert tipping(has_team=True, has_help=True) == pytest.approx(tipping(has_help=True)) == 0.7


def test_the_tipping_point_never_reaches_nothing_or_a_crisis():
    assert tipping_point_now(0.5, 1.0, 1.0, False, True, 0.0, 5.0, 1.0, 0.0, 1.0, 1.0) == pytest.approx(0.98)
    assert tipping_point_now(0.5, 0.0, 0.0, False, False, 1.0, 5.0, 1.0, 0.0, 0.0, 1.0) == pytest.approx(0.02)


def test_light_problem_does_not_spill_over():
    assert spills(0.35, 0.0, 0.1) == 0.0


def test_heavier_problem_spills_over_more_and_onto_heavy_problem_less():
    assert spills(0.9, 0.2, 0.1) > spills(0.6, 0.2, 0.1)
    assert spills(0.9, 0.8, 0.1) < spills(0.9, 0.2, 0.1)
    assert spills(0.85, 0.5, 0.1) == pytest.approx(0.1 * 0.5 * 0.5)


def test_without_a_coupling_nothing_spills_over():
    assert spills(1.0, 0.0, 0.0) == 0.0


@pytest.mark.parametrize("severity", SEVERITIES)
def test_chance_alone_makes_no_crisis_and_ends_none(severity):
    assert severity_after_onset(severity, 1.0) == max(severity, 0.98)


def test_a_new_problem_adds_to_what_is_left_to_get_worse():
    assert severity_after_onset(0.0, 0.3) == pytest.approx(0.3)
    assert severity_after_onset(0.5, 0.3) == pytest.approx(0.65)


def test_the_size_of_problem_lies_between_its_bounds_and_most_problems_are_small():
    assert size_of_problem(0.0, 2.0, 0.1, 0.9) == pytest.approx(0.1)
    assert size_of_problem(1.0, 2.0, 0.1, 0.9) == pytest.approx(0.9)
    assert size_of_problem(0.5, 2.0, 0.1, 0.9) == pytest.approx(0.1 + 0.8 * 0.25)


def test_one_counter_costs_nothing_extra():
    assert effort_of_help_seeking(0.4, 1.0, 0.1, 0.0, 0.6, 0.0) == pytest.approx(0.4)


def test_whether_more_counters_help_depends_on_effort_and_reach():
    one, dearer, nearer = (effort_of_help_seeking(0.4, n, e, r, 0.6, 0.0)
                           for n, e, r in [(1, 0.1, 0.1), (4, 0.1, 0.0), (4, 0.0, 0.1)])  # fmt: skip
    assert nearer < one < dearer
    assert effort_of_help_seeking(0.4, 4.0, 0.1, 0.1, 0.6, 0.0) == pytest.approx(one)


def test_little_trust_and_further_effort_make_help_seeking_harder():
    assert effort_of_help_seeking(0.4, 1.0, 0.0, 0.0, 0.2, 0.0) > 0.4
    assert effort_of_help_seeking(0.4, 1.0, 0.0, 0.0, 0.6, 0.1) == pytest.approx(0.5)


def test_nobody_asks_about_problem_that_does_not_outweigh_the_effort():
    assert help_seeking_probability(0.4, 0.4, 1.0, 1.0) == 0.0


def test_the_more_problem_the_likelier_a_household_asks():
    chances = [help_seeking_probability(severity, 0.3, 0.5, 1.0) for severity in SEVERITIES]
    assert chances == sorted(chances)
    assert chances[-1] == pytest.approx(0.5)


def test_who_is_ashamed_asks_less_and_who_never_asks_never_asks():
    assert help_seeking_probability(0.9, 0.3, 0.5, 0.25) == pytest.approx(
        0.25 * help_seeking_probability(0.9, 0.3, 0.5, 1.0)
    )
    assert help_seeking_probability(0.9, 0.3, 0.5, 0.0) == 0.0


def test_a_crisis_costs_strength_but_never_all_of_it():
    assert strength_after_harm(0.5, 0.06) == pytest.approx(0.44)
    assert strength_after_harm(0.06, 0.3) == 0.05


def test_a_rate_becomes_a_probability():
    assert monthly_probability(0.0) == 0.0
    assert monthly_probability(1.2) == pytest.approx(1.0 - math.exp(-0.1))
    assert 1.0 - (1.0 - monthly_probability(0.7)) ** 12 == pytest.approx(1.0 - math.exp(-0.7))


def test_money_problem_strikes_the_poor_the_frail_and_one_parent_households_more():
    assert poverty_factor(0, 0.4) > poverty_factor(2, 0.4) == 1.0 > poverty_factor(4, 0.4)
    base = hazard_of_money_problem(0.1, 1.0, 1.0, False, 1.5, 1.0)
    assert base == pytest.approx(0.1)
    assert hazard_of_money_problem(0.1, 2.0, 1.0, True, 1.5, 1.2) == pytest.approx(0.1 * 2 * 1.5 * 1.2)


def test_daily_functioning_fails_more_with_age_and_with_two_to_fail():
    assert care_by_age(30.0, 0.08) < care_by_age(65.0, 0.08) < care_by_age(85.0, 0.08)
    one, two = (hazard_of_care_problem(0.1, 1.0, 1.0, adults, 1.0) for adults in (1.0, 2.0))
    assert one == pytest.approx(0.1) and one < two < 2 * one


@pytest.mark.parametrize("age", [-1.0, 18.0, 30.0])
def test_who_is_no_child_has_no_problem_of_a_child(age):
    assert hazard_of_youth_problem(0.1, 1.0, age, False, 1.7, 1.0) == 0.0


def test_problem_of_children_is_highest_at_school_age_and_with_one_parent():
    toddler, pupil, almost_adult = (hazard_of_youth_problem(0.1, 1.0, age, False, 1.7, 1.0)
                                    for age in (2.0, 10.0, 17.0))  # fmt: skip
    assert toddler < almost_adult < pupil
    assert hazard_of_youth_problem(0.1, 1.0, 10.0, True, 1.7, 1.0) == pytest.approx(1.7 * pupil)


def test_death_comes_with_age():
    assert hazard_of_death(80.0, 0.05, 0.1) == pytest.approx(0.05)
    assert hazard_of_death(90.0, 0.05, 0.1) == pytest.approx(0.05 * math.e)
    assert hazard_of_death(127.0, 0.2, 0.15) == 1.5


def test_trends_from_outside_run_from_2010_to_2023_and_are_one_in_2015():
    at = {text: trend_since_2010(month_number(text), 0.03) for text in ("2005-01", "2010-01", "2015-01",
                                                                        "2023-01", "2029-12")}  # fmt: skip
    assert at["2015-01"] == pytest.approx(1.0)
    assert at["2005-01"] == at["2010-01"] < 1.0 < at["2023-01"] == at["2029-12"]


def test_frailty_is_one_without_differences_and_higher_in_poor_households_and_wijken():
    assert frailty_of(0.0, 2, 0.0, 0.0, 0.0, 0.0) == 1.0
    middle = frailty_of(0.0, 2, 0.0, 0.9, 0.3, 0.3)
    assert frailty_of(0.0, 0, 0.0, 0.9, 0.3, 0.3) > middle > frailty_of(0.0, 4, 0.0, 0.9, 0.3, 0.3)
    assert frailty_of(0.0, 2, 1.0, 0.9, 0.3, 0.3) > middle


def test_a_trait_stays_within_its_bounds():
    assert bounded_trait(0.5, 0.2, 0.0) == 0.5
    assert (bounded_trait(0.5, 0.2, -9.0), bounded_trait(0.5, 0.2, 9.0)) == (0.02, 0.98)
