"""Rules of the national government, by hand: the cut and the phase-in period."""

import numpy as np
import pytest

from agents.national_government import (
    LandingParameters,
    grant_of_year,
    present_value,
    share_of_cut,
)
from simulation.dated_figures import history_of

BASE_EUR = np.array([1200.0, 600.0, 360.0, 120.0])


def grants(government, months, **landing):
    model = government.model
    government.base_eur = BASE_EUR
    government.inhabitants_then = model.inhabitants_in(model.transition + months - months % 12)
    chosen = LandingParameters(grant_growth_per_year=0.0, **({"years": 0.0} | landing))
    return government.grants_eur(chosen, months)


def test_before_the_transition_nothing_is_cut():
    assert share_of_cut(-1, 0.0) == 0.0 == share_of_cut(-1, 5.0)


def test_overnight_the_whole_cut_holds_at_once():
    assert share_of_cut(0, 0.0) == 1.0


def test_a_phase_in_of_five_years_cuts_a_fifth_a_year():
    shares = [share_of_cut(month, 5.0) for month in (0, 11, 12, 24, 36, 48, 60)]
    assert shares == pytest.approx([0.2, 0.2, 0.4, 0.6, 0.8, 1.0, 1.0])


def test_a_longer_phase_in_never_cuts_more():
    for month in range(150):
        shares = [share_of_cut(month, years) for years in (0.0, 2.5, 5.0, 8.0)]
        assert shares == sorted(shares, reverse=True)


def test_a_grant_is_the_transferred_sum_less_the_cut_so_far():
    assert grant_of_year(1000.0, 0.2, 0.5, 1.0, 0.0) == pytest.approx(900.0)
    assert grant_of_year(1000.0, 0.0, 1.0, 1.0201, 0.0) == pytest.approx(1020.1)
    assert grant_of_year(1000.0, 1.0, 1.0, 1.1, 0.0) == 0.0


def test_extra_money_comes_on_top_of_the_grant_after_the_cut():
    assert grant_of_year(1000.0, 0.12, 1.0, 1.0, 0.1) == pytest.approx(980.0)


def test_a_grant_grows_with_the_inhabitants(street):
    government = street.national_government
    government.base_eur = BASE_EUR
    government.inhabitants_then = street.inhabitants_in(street.transition) / 2.0
    granted, _ = government.grants_eur(LandingParameters(years=0.0, cut=0.0), 0)
    np.testing.assert_allclose(granted, 2.0 * BASE_EUR / 12)


def test_money_later_is_worth_less_now():
    assert present_value(np.array([100.0, 100.0]), 0.0) == 200.0
    assert present_value(np.array([100.0, 100.0]), 0.05) < 200.0


def test_the_cut_that_happened_came_in_three_steps_for_youth_care_and_two_for_household_help():
    history = history_of()
    youth = [history.cuts(months)[0] for months in (-1, 0, 12, 24, 120)]
    assert youth == [0.0, 0.03, 0.08, 0.12, 0.12]
    assert [history.cuts(months)[2] for months in (0, 12)] == [0.26, 0.32]
    np.testing.assert_allclose(history.shares_of_cut(24)[:3], 1.0)


def test_an_empty_phase_in_period_is_as_it_happened(street):
    granted, _ = grants(street.national_government, 0, years=None, cut_youth=0.12)
    assert granted[0] == pytest.approx(0.97 * BASE_EUR[0] / 12)


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
    government.hold_back_cut()
    months = [grants(government, month, cut=0.5, years=2.0)[0][0] for month in (11, 12, 13)]
    assert months[0] == months[1] > months[2]


def test_only_the_same_money_brings_a_reserve_on_day_one(street):
    government = street.national_government
    government.base_eur, government.inhabitants_then = BASE_EUR, street.inhabitants
    assert government.reserve_on_day_one_eur(LandingParameters(years=0.0)) == 0.0
    assert government.reserve_on_day_one_eur(LandingParameters(years=0.0, basis="same_money")) > 0.0


@pytest.mark.parametrize("years", [1, 2.5, 3, 10])
def test_the_same_money_is_the_same_within_the_run_also_where_the_run_ends_first(make_street, years):
    model = make_street(end_month=int(12 * (1 + years)) - 1)  # the street's transition comes in 2001
    government = model.national_government
    government.base_eur, government.inhabitants_then = BASE_EUR, model.inhabitants
    usual = {"cut": 0.3, "discount_per_year": 0.0}
    short = LandingParameters(years=0.0, basis="same_money", **usual)
    long = LandingParameters(years=8.0, **usual)
    received = [sum(government.grants_eur(each, month)[0].sum() for month in range(int(12 * years)))
                for each in (short, long)]  # fmt: skip
    assert received[0] + government.reserve_on_day_one_eur(short) == pytest.approx(received[1])


def test_another_basis_than_the_two_is_refused():
    with pytest.raises(ValueError, match="expected as_announced or same_money"):
        LandingParameters(basis="as_promised")
