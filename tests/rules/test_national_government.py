"""Rules of the national government, by hand: the cut and the landing strip."""

import numpy as np
import pytest

from agents.national_government import (
    LandingParameters,
    grant_of_year,
    same_money_reserve,
    share_of_cut,
)

BASE_EUR = np.array([1200.0, 600.0, 360.0, 120.0])


def grants(government, months, **landing):
    government.base_eur = BASE_EUR
    return government.grants_eur(LandingParameters(grant_growth_per_year=0.0, **landing), months)


def test_before_the_transition_nothing_is_cut():
    assert share_of_cut(-1, 0.0) == 0.0 == share_of_cut(-1, 5.0)


def test_overnight_the_whole_cut_holds_at_once():
    assert share_of_cut(0, 0.0) == 1.0


def test_a_strip_of_five_years_cuts_a_fifth_a_year():
    shares = [share_of_cut(month, 5.0) for month in (0, 11, 12, 24, 36, 48, 60)]
    assert shares == pytest.approx([0.2, 0.2, 0.4, 0.6, 0.8, 1.0, 1.0])


def test_a_longer_strip_never_cuts_more():
    for month in range(150):
        shares = [share_of_cut(month, years) for years in (0.0, 2.5, 5.0, 8.0)]
        assert shares == sorted(shares, reverse=True)


def test_a_grant_is_the_transferred_sum_less_the_cut_so_far():
    assert grant_of_year(1000.0, 0.2, 0.5, 0.0, 3) == pytest.approx(900.0)
    assert grant_of_year(1000.0, 0.0, 1.0, 0.01, 2) == pytest.approx(1020.1)
    assert grant_of_year(1000.0, 1.0, 1.0, 0.01, 2) == 0.0


def test_strips_of_one_length_have_the_same_money():
    assert same_money_reserve(1000.0, 0.2, 5.0, 5.0, 0.02) == 0.0


def test_overnight_receives_as_a_reserve_what_a_strip_of_four_years_brings_more():
    # Cut of 200 a year; the strip bears 1/4, 2/4, 3/4 and then all of it: 0.75 + 0.5 + 0.25 less.
    assert same_money_reserve(1000.0, 0.2, 0.0, 4.0, 0.0) == pytest.approx(200 * 1.5)


def test_a_reserve_later_is_worth_less_now():
    assert same_money_reserve(1000.0, 0.2, 0.0, 8.0, 0.05) < same_money_reserve(1000.0, 0.2, 0.0, 8.0, 0.0)


def test_one_cut_holds_for_every_law_but_not_for_the_municipalitys_own_money():
    assert LandingParameters(cut=0.25).cuts() == [0.25, 0.25, 0.25, 0.0]
    per_law = LandingParameters(cut_youth=0.1, cut_guidance=0.2, cut_household_help=0.3)
    assert per_law.cuts() == [0.1, 0.2, 0.3, 0.0]


def test_a_month_is_a_twelfth_of_the_year_and_the_cut_is_what_is_forgone(street):
    granted, forgone = grants(street.national_government, 0, cut=0.5)
    np.testing.assert_allclose(granted, [50.0, 25.0, 15.0, 10.0])
    np.testing.assert_allclose(granted + forgone, BASE_EUR / 12)


def test_a_step_held_back_comes_a_month_later(street):
    government = street.national_government
    government.holds_back()
    months = [grants(government, month, cut=0.5, years=2.0)[0][0] for month in (11, 12, 13)]
    assert months[0] == months[1] > months[2]


def test_only_the_same_money_brings_a_reserve_on_day_one(street):
    government = street.national_government
    government.base_eur = BASE_EUR
    assert government.reserve_on_day_one_eur(LandingParameters()) == 0.0
    assert government.reserve_on_day_one_eur(LandingParameters(basis="same_money")) > 0.0


def test_another_basis_than_the_two_is_refused():
    with pytest.raises(ValueError, match="expected as_announced or same_money"):
        LandingParameters(basis="as_promised")
