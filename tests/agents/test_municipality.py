"""Rules of the municipality and its council, by hand."""

import numpy as np
import pytest

from agents.municipality import (
    WHOLE,
    attention_left,
    contracted_slots,
    next_innovation,
    share_passed_on,
    softened_access_step,
)
from agents.vocabulary import LAW_WMO, LAW_YOUTH

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
            council.close_month(grants, cost)
        council.respond_to_deficit(p)
    return council


def test_contracts_buy_what_is_needed_where_money_is_no_object():
    assert contracted_slots(100.0, 2.0, 0.0, 0.0) == 100
    assert contracted_slots(100.0, 1.0, 0.0, 0.1) == 110


def test_a_short_budget_holds_contracts_back_as_far_as_the_duty_to_help_allows():
    assert contracted_slots(100.0, 0.5, 1.0, 0.0) == 100
    assert contracted_slots(100.0, 0.5, 0.5, 0.0) == 75
    assert contracted_slots(100.0, 0.5, 0.0, 0.0) == 50


def test_one_place_is_always_contracted():
    assert contracted_slots(0.0, 0.0, 0.0, 0.0) == 1


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
    street.municipality.set_reserve_aside(10**9, np.ones(4))
    assert meets(street, 6, DEFICIT).measures == []


def test_a_siloed_law_lives_on_its_own_reserves_only(street):
    street.municipality.set_reserve_aside(10**9, np.array([1.0, 0.0, 0.0, 0.0]))
    assert len(meets(street, 3, DEFICIT, law=LAW_WMO).measures) > 0


def test_a_reserve_is_divided_without_losing_a_cent(street):
    street.municipality.set_reserve_aside(100, np.array([1.0, 1.0, 0.0, 1.0]))
    assert street.municipality.reserves_by_law.tolist() == [33, 33, 0, 34]


@pytest.mark.parametrize(("pooled", "measures"), [(0.0, 1), (1.0, 0)])
def test_a_surplus_under_one_law_covers_another_only_where_budgets_are_pooled(street, pooled, measures):
    council, p = street.municipality, street.world.p[0]
    p["pooled"], p["patience_years"], p["accounts_lag_months"] = pooled, 0.0, 0.0
    for _ in range(12):
        council.close_month(np.array([100, 100, 0, 0]), np.array([50, 150, 0, 0]), np.array([0, 20, 0, -20]))
    council.respond_to_deficit(p)
    assert len(council.measures) == measures


def test_own_money_allotted_to_a_law_counts_for_it(street):
    council = street.municipality
    for _ in range(12):
        council.close_month(np.array([0, 50, 0, 50]), np.array([0, 100, 0, 0]), np.array([0, 50, 0, -50]))
    assert council.known_result(0).tolist() == [0, 0, 0, 0]


def test_a_measure_of_a_siloed_law_reaches_that_law_only(street):
    council = meets(street, 1, DEFICIT, law=LAW_YOUTH, patience_years=0.0)
    assert council.access_shift_youth > 0.0 == council.access_shift


def test_what_is_decided_waits_until_the_talks_are_over(street):
    p = street.world.p[0]
    council = meets(street, 1, DEFICIT, patience_years=0.0, council_talks=1.0, talks_delay=2.0,
                    talks_add_patience=0.0)  # fmt: skip
    found = [list(council.measures)]
    for _ in range(2):
        council.continue_talks(p)
        found.append(list(council.measures))
    assert found == [[], [], [0]]
    council.continue_talks(p)  # nothing is left to talk about
    assert council.months_of_talks == 0


def test_a_surplus_reverses_the_latest_measure_of_its_own_law(street):
    street.municipality.decided = [(0, LAW_YOUTH), (1, LAW_YOUTH), (0, LAW_WMO)]
    assert meets(street, 1, SURPLUS, law=LAW_YOUTH, swing_back_years=1.0).decided == [(0, LAW_YOUTH)]


def test_talks_add_patience(street, make_street):
    talks = {"council_talks": 1.0, "talks_add_patience": 3.0, "talks_delay": 0.0}
    assert len(meets(street, 4, DEFICIT, **talks).measures) < len(meets(make_street(), 4, DEFICIT).measures)


def test_clients_who_are_heard_soften_stricter_access():
    assert softened_access_step(0.02, 1.0, 0.5) == pytest.approx(0.01)
    assert softened_access_step(0.02, 1.0, 0.0) == 0.02


def test_attention_slips_year_by_year():
    assert attention_left(0, 0.5) == 1.0
    assert attention_left(2, 0.5) == pytest.approx(0.25)


def test_an_agreement_with_the_insurer_ends_passing_on():
    assert share_passed_on(0.12, 0.0) == 0.12 and share_passed_on(0.12, 1.0) == 0.0


def test_innovation_may_help_or_harm_and_is_bounded():
    assert next_innovation(0.0, 0.01, 0.06, 0.15) == pytest.approx(0.005)
    assert next_innovation(0.0, 0.01, -0.02, 0.15) < 0.0
    assert next_innovation(0.149, 0.1, 0.06, 0.15) == 0.15


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
    council.in_force = [(0, WHOLE), (0, WHOLE), (2, WHOLE)]
    council.apply_measures(p)
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
