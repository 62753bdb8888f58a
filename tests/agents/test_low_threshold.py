"""Rules of low-threshold help and of the ways in, by hand."""

import pytest

from agents.low_threshold import (
    is_between_school_and_work,
    is_of_school_age,
    is_youth,
    school_signal_probability,
    severity_after_help,
)
from agents.referral_source import chance_of_misdirected_contact, error_about_safety


def test_pupils_are_four_to_seventeen_and_youths_twelve_to_seventeen():
    assert [age for age in range(30) if is_of_school_age(age)] == list(range(4, 18))
    assert [age for age in range(30) if is_youth(age)] == list(range(12, 18))


def test_the_brigade_is_for_sixteen_to_twenty_six():
    assert [age for age in range(40) if is_between_school_and_work(age)] == list(range(16, 27))


def test_help_takes_no_more_off_than_there_is():
    assert severity_after_help(0.3, 0.02) == pytest.approx(0.28)
    assert severity_after_help(0.01, 0.02) == 0.0


def test_a_school_that_helps_itself_speaks_up_less_if_it_keeps_to_itself():
    assert school_signal_probability(0.04, 1.0, 0.5) == pytest.approx(0.02)
    assert school_signal_probability(0.04, 1.0, 0.0) == 0.04 == school_signal_probability(0.04, 0.0, 0.5)


def test_one_counter_has_no_misdirected_contact():
    assert chance_of_misdirected_contact(0.08, 1.0, False, 0.4) == 0.0


def test_one_number_spares_a_share_of_the_misdirected_contacts():
    assert chance_of_misdirected_contact(0.1, 3.0, False, 0.4) == pytest.approx(0.2)
    assert chance_of_misdirected_contact(0.1, 3.0, True, 0.4) == pytest.approx(0.12)


@pytest.mark.parametrize("sharpens", [0.0, 0.17, 0.3, 0.6])
def test_with_the_expertise_of_today_the_error_about_safety_is_that_of_today(sharpens):
    assert error_about_safety(1.8, 0.25, 0.25, sharpens) == 1.8


def test_expertise_on_violence_takes_error_away_but_never_below_that_of_other_domains():
    assert error_about_safety(1.8, 1.0, 0.25, 0.3) < 1.8 < error_about_safety(1.8, 0.0, 0.25, 0.3)
    assert error_about_safety(1.8, 1.0, 0.25, 0.6) == 1.0
    assert error_about_safety(1.8, 1.0, 0.25, 0.0) == 1.8
