"""Rules of the municipality and its council, by hand."""

import numpy as np
import pytest

from agents.municipality import contracted_places

SURPLUS, DEFICIT = (100, 50), (50, 100)  # grant and cost of a month, cents


def meets(street, years, month_result, law=1, **values):
    """Let a council meet in a number of Januaries after months with one and the same result."""
    council, p = street.municipality, street.world.p[0]
    for name, value in {"accounts_lag_months": 0.0, "patience_years": 1.0, **values}.items():
        p[name] = value
    for _ in range(years):
        for _ in range(12):
            grants, cost = np.zeros(4, np.int64), np.zeros(4, np.int64)
            grants[law], cost[law] = month_result
            council.closes_month(grants, cost)
        council.responds_to_deficit(p)
    return council


def test_contracts_buy_what_is_needed_where_money_is_no_object():
    assert contracted_places(100.0, 2.0, 0.0, 0.0) == 100
    assert contracted_places(100.0, 1.0, 0.0, 0.1) == 110


def test_a_short_budget_holds_contracts_back_as_far_as_the_duty_to_help_allows():
    assert contracted_places(100.0, 0.5, 1.0, 0.0) == 100
    assert contracted_places(100.0, 0.5, 0.5, 0.0) == 75
    assert contracted_places(100.0, 0.5, 0.0, 0.0) == 50


def test_one_place_is_always_contracted():
    assert contracted_places(0.0, 0.0, 0.0, 0.0) == 1


def test_a_month_goes_to_the_accounts_and_the_reserves(street):
    council = meets(street, 1, SURPLUS)
    assert council.reserves_cents == 12 * 50
    assert len(council.accounts) == 12


def test_a_council_that_has_not_seen_a_year_does_nothing(street):
    council = meets(street, 1, DEFICIT, accounts_lag_months=4.0, patience_years=0.0)
    assert council.measures == [] and council.known_result(4) is None


def test_the_council_sees_accounts_of_months_ago(street):
    council = meets(street, 1, SURPLUS)
    meets(street, 1, DEFICIT)
    np.testing.assert_array_equal(council.known_result(12)[1], 12 * 50)


def test_reserves_come_before_measures(street):
    street.municipality.reserves_cents = 10**9
    assert meets(street, 6, DEFICIT).measures == []


def test_a_patient_council_bears_deficits_longer(street, make_street):
    patient, impatient = meets(street, 3, DEFICIT, patience_years=5.0), meets(make_street(), 3, DEFICIT)
    assert len(patient.measures) == 0 < len(impatient.measures)


def test_measures_are_taken_one_a_year_in_their_order(street):
    council = meets(street, 6, DEFICIT, patience_years=0.0, order_of_reactions=[2, 0, 3, 1])
    assert council.measures == [2, 0, 3, 1, 2, 0]


def test_no_more_measures_are_taken_than_there_may_be(street):
    assert len(meets(street, 9, DEFICIT, patience_years=0.0, measures_most=2).measures) == 2


def test_each_measure_moves_its_own(street):
    council, p = street.municipality, street.world.p[0]
    council.measures = [0, 0, 2]
    council.applies_measures(p)
    assert council.access_shift == pytest.approx(2 * p["access_step"])
    assert council.staffing == pytest.approx(1.0 - p["team_step"])
    assert (council.tariff, council.prevention) == (pytest.approx(p["tariff"]), 1.0)


def test_years_of_surplus_take_the_last_measure_back(street):
    council = meets(street, 3, DEFICIT, patience_years=0.0)
    taken = list(council.measures)
    meets(street, 3, (1000, 0), swing_back_years=3.0, patience_years=0.0)
    assert council.measures == taken[:-1]


def test_a_council_with_a_surplus_takes_no_measures(street):
    assert meets(street, 5, SURPLUS, patience_years=0.0).measures == []
