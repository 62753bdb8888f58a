"""Rules of the specialist provider, by hand."""

import pytest

from agents.provider import (
    closing_level,
    intake_shift,
    is_cream_skimming,
    is_discharged,
    is_giving_up,
    lag_in_partnership,
    negotiated_tariff,
    remaining_months,
    saved_by_tariff,
    slots_next,
    tempered_margin,
    treated_severity,
)

PRODUCTION, LUMP_SUM, RESULT = 0.0, 1.0, 2.0
FORMS = [PRODUCTION, LUMP_SUM, RESULT]


@pytest.mark.parametrize("form", FORMS)
def test_a_provider_that_does_not_weigh_margin_follows_the_professional_norm(form):
    assert closing_level(0.2, 0.0, form, 0.1) == pytest.approx(0.2)
    assert intake_shift(0.0, form, 0.1) == 0.0
    assert not is_cream_skimming(0.9, 0.0, 0.0, form)


def test_production_funding_pulls_towards_longer_care_and_results_towards_shorter():
    longer, shorter, shortest = (closing_level(0.2, 0.5, form, 0.1) for form in FORMS)
    assert longer < 0.2 < shorter < shortest
    assert (longer, shortest) == (pytest.approx(0.15), pytest.approx(0.25))


def test_production_funding_opens_the_door_and_a_lump_sum_closes_it():
    assert [intake_shift(0.5, form, 0.1) for form in FORMS] == [-0.05, 0.05, 0.0]


def test_only_who_is_paid_by_results_passes_over_heavy_cases():
    assert is_cream_skimming(0.9, 0.1, 1.0, RESULT)
    assert not is_cream_skimming(0.5, 0.1, 1.0, RESULT)
    assert not is_cream_skimming(0.9, 0.1, 1.0, PRODUCTION) and not is_cream_skimming(0.9, 0.1, 1.0, LUMP_SUM)


def test_a_passed_over_case_is_taken_some_other_month():
    assert not is_cream_skimming(0.9, 0.6, 1.0, RESULT)


def test_treatment_lowers_severity_and_never_below_nothing():
    assert treated_severity(0.5, 0.03, False, 0.2) == pytest.approx(0.47)
    assert treated_severity(0.01, 0.03, False, 0.2) == 0.0


def test_coordination_may_help_or_do_nothing():
    assert treated_severity(0.5, 0.03, True, 0.2) == pytest.approx(0.5 - 0.03 * 1.2)
    assert treated_severity(0.5, 0.03, True, 0.0) == treated_severity(0.5, 0.03, False, 0.0)


def test_treatment_without_effect_changes_nothing():
    assert treated_severity(0.5, 0.0, True, 0.5) == 0.5


def test_a_case_below_its_closing_level_is_closed_sooner():
    assert is_discharged(0.1, 0.2, 0.2, 0.25, 0.01)
    assert not is_discharged(0.5, 0.2, 0.2, 0.25, 0.01)
    assert is_discharged(0.5, 0.005, 0.2, 0.25, 0.01)


def test_care_that_never_ends_never_ends():
    assert not is_discharged(0.0, 0.0, 0.2, 0.0, 0.0)


def test_staffed_places_reach_the_contract_and_stay_there():
    slots = 10
    for _ in range(60):
        slots = slots_next(slots, 25, 6.0)
    assert slots == 25 == slots_next(25, 25, 6.0)


def test_places_follow_a_smaller_contract_down_at_least_one_a_month():
    assert slots_next(10, 9, 36.0) == 9
    assert slots_next(30, 12, 6.0) == 27


def test_a_longer_lag_is_slower_and_no_lag_is_at_once():
    assert slots_next(10, 40, 12.0) < slots_next(10, 40, 6.0) < slots_next(10, 40, 1.0) == 40


@pytest.mark.parametrize("months, gone", [(0, False), (11, False), (12, True), (13, True)])
def test_a_provider_gives_up_after_months_without_reserves(months, gone):
    assert is_giving_up(months, 12.0) == gone


def test_without_partnership_nothing_changes():
    assert tempered_margin(0.3, 0.0, 0.6) == 0.3
    assert lag_in_partnership(6.0, 0.0, 0.3) == 6.0
    assert negotiated_tariff(0.97, 0.0, 0.5) == 0.97


def test_partnership_tempers_margin_speeds_or_slows_and_holds_the_price():
    assert tempered_margin(0.3, 1.0, 0.6) == pytest.approx(0.12)
    assert lag_in_partnership(10.0, 1.0, 0.3) < 10.0 < lag_in_partnership(10.0, 1.0, -0.3)
    assert negotiated_tariff(0.8, 1.0, 0.5) == pytest.approx(0.9)
    assert negotiated_tariff(1.1, 1.0, 0.5) == 1.1


def test_a_tariff_saves_only_below_the_one_before():
    assert saved_by_tariff(80.0, 0.8, 1.0) == pytest.approx(20.0)
    assert saved_by_tariff(80.0, 1.0, 0.97) == 0.0


def test_a_case_below_its_closing_level_lasts_as_its_hazards_say():
    assert remaining_months(0.1, 0.2, 0.02, 0.05, 0.20) == pytest.approx(1.0 / 0.25)


def test_a_heavy_case_lasts_longer_and_one_that_nothing_treats_until_it_ends():
    assert remaining_months(0.6, 0.2, 0.02, 0.05, 0.20) > remaining_months(0.1, 0.2, 0.02, 0.05, 0.20)
    assert remaining_months(0.6, 0.2, 0.0, 0.05, 0.20) == pytest.approx(1.0 / 0.05)


def test_months_of_treatment_and_of_closing_add_up():
    assert remaining_months(0.6, 0.2, 0.1, 0.0, 0.5) == pytest.approx(4.0 + 2.0)
