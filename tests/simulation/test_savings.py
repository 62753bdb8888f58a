"""Tests of savings curve, break-even and transition harms, by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.vocabulary import KINDS
from scenarios.reporting.summary.summary import finding_sentence
from simulation.outcomes.derived import (
    HARM_PARTS,
    derived_tables,
    extra_reserves,
    transition_harms,
    waiting_above_norm,
)
from simulation.outcomes.intervals import interval
from simulation.outcomes.savings import (
    break_even,
    break_even_shares,
    break_even_table,
    first_euro,
    open_care_per_inhabitant,
    savings_curve,
)
from tests.synthetic_run import break_evens_by_hand, costs_table, monthly_table

START = 180


def two_arms(policy_costs, inhabitants=10.0, unmet=0.0, replication=0):
    """Return a monthly table: the reference costs 100 a month, the policy as given, from January 2015."""
    months = np.arange(START, START + len(policy_costs))
    rows = []
    for arm, cost, need in (("reference", 100.0, 0.0), ("policy", np.asarray(policy_costs, float), unmet)):
        rows.append(pd.DataFrame({
            "replication": replication, "arm": arm, "month": months, "year": 2000 + months // 12,
            "municipal_cost_eur": cost, "all_payers_cost_eur": 2.0 * cost, "inhabitants": inhabitants,
            "unmet_severity_mind": need,
        }))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def of_municipality(curve):
    """Return the rows of the municipality."""
    return curve[curve["basis"] == "municipality"].reset_index(drop=True)


def test_equal_arms_save_nothing_and_are_no_investment():
    monthly = two_arms([100.0] * 24)
    assert first_euro(monthly) is None
    assert (savings_curve(monthly, START)["saving_eur"] == 0.0).all()
    assert set(break_even_table(monthly, START)["note"]) == {"no investment"}


def test_savings_are_reference_less_policy_per_year_and_inhabitant():
    curve = of_municipality(savings_curve(two_arms([110.0] * 12 + [80.0] * 12), START))
    assert curve["saving_eur"].tolist() == [-120.0, 240.0]
    assert curve["saving_eur_per_inhabitant"].tolist() == [-12.0, 24.0]
    assert curve["cumulated_eur_per_inhabitant"].tolist() == [-12.0, 12.0]


def test_all_payers_have_a_curve_of_their_own():
    curve = savings_curve(two_arms([110.0] * 12), START)
    assert curve.set_index("basis")["saving_eur"].to_dict() == {"municipality": -120.0, "all_payers": -240.0}


@pytest.mark.parametrize("rate", [0.0, 0.0225, 0.04])
def test_present_value_discounts_each_month_to_the_first(rate):
    curve = of_municipality(savings_curve(two_arms([90.0] * 24), START, discount_per_year=rate))
    by_hand = sum(10.0 / (1.0 + rate) ** (month / 12) for month in range(24)) / 10.0
    assert curve["present_value_eur_per_inhabitant"].iloc[-1] == pytest.approx(by_hand)


def test_the_curve_begins_in_the_year_of_the_first_euro():
    curve = savings_curve(two_arms([100.0] * 12 + [101.0] * 12), START)
    assert curve["year"].unique().tolist() == [2016]


def test_inhabitants_are_those_of_the_transition():
    monthly = two_arms([110.0] * 24)
    monthly.loc[monthly["month"] > START, "inhabitants"] = 99.0
    curve = of_municipality(savings_curve(monthly, START))
    assert curve["saving_eur_per_inhabitant"].tolist() == [-12.0, -12.0]


def test_cheaper_with_more_unmet_need_is_shifted():
    assert savings_curve(two_arms([90.0] * 12, unmet=1.0), START)["shifted"].all()
    assert not savings_curve(two_arms([90.0] * 12, unmet=-1.0), START)["shifted"].any()
    assert not savings_curve(two_arms([110.0] * 12, unmet=1.0), START)["shifted"].any()


def test_care_open_at_the_end_stands_beside_the_curve_with_those_who_wait():
    open_care = pd.DataFrame({"replication": 0, "arm": ["reference", "policy"],
                              "municipal_cost_eur": [50.0, 20.0],
                              "waiting_municipal_cost_eur": [0.0, 10.0]})  # fmt: skip
    curve = of_municipality(savings_curve(two_arms([90.0] * 12), START))
    assert curve["saving_eur"].tolist() == [120.0]
    beside = open_care_per_inhabitant(two_arms([90.0] * 12), open_care, START)
    assert beside.tolist() == [2.0]  # 50 euro against 30, among ten inhabitants


def test_a_start_date_outside_the_run_is_refused():
    with pytest.raises(ValueError, match="no month 2014-12"):
        savings_curve(two_arms([90.0] * 12), START - 1)


def test_a_missing_arm_is_refused():
    with pytest.raises(ValueError, match="no arm 'policy'"):
        savings_curve(two_arms([90.0] * 12).query("arm == 'reference'"), START)


def test_break_even_is_the_month_from_which_savings_stay_at_zero_or_above():
    cumulated = np.array([-1.0, 1.0, -1.0, 0.0] + [2.0] * 30)
    assert break_even(cumulated, 120) == (3, "broken even")


def test_break_even_needs_24_months_after_it():
    assert break_even(np.array([-1.0] * 12 + [0.0] * 25), 120)[0] == 12
    assert break_even(np.array([-1.0] * 12 + [0.0] * 24), 120) == (None, "not within 3 years")


def test_what_comes_after_the_horizon_does_not_count():
    cumulated = np.array([-1.0] + [1.0] * 59 + [-1.0] * 12)
    assert break_even(cumulated, 60)[0] == 1
    assert break_even(cumulated, 72)[0] is None


def test_a_policy_that_never_costs_is_no_investment():
    assert break_even(np.array([0.0, 1.0, 2.0]), 120) == (None, "no investment")


@given(st.lists(st.integers(-50, 50), min_size=30, max_size=200))
def test_break_even_agrees_with_its_definition(steps):
    cumulated = np.cumsum(steps).astype(float)
    month, note = break_even(cumulated, len(steps))
    stays = [each for each in range(len(steps)) if (cumulated[each:] >= 0).all()]
    lasting = [each for each in stays if len(steps) - 1 - each >= 24]
    if (cumulated >= 0).all():
        assert note == "no investment"
    else:
        assert month == (lasting[0] if lasting else None)


def test_break_even_is_judged_on_the_mean_over_the_seeds_of_a_draw():
    loss, gain = [110.0] + [100.0] * 47, [110.0] + [60.0] * 47
    monthly = pd.concat([two_arms(loss, replication=0), two_arms(gain, replication=1)])
    alone = break_even_table(monthly, START)
    assert alone.query("basis == 'municipality'")["broken_even"].tolist() == [False, True]
    together = break_even_table(monthly, START, draws={0: 7, 1: 7})
    assert together["broken_even"].tolist() == [True, True] and set(together["replication"]) == {0}


def test_shares_count_every_draw():
    shares = break_even_shares(break_evens_by_hand(), "municipality", (3, 5, 10))
    assert shares == {3: 0.25, 5: 0.25, 10: 0.5, "no investment": 0.25, "not within": 0.25}


def harmed(**differs):
    """Return months of one arm: all counts 1, with the columns named set otherwise."""
    months = np.arange(START - 12, START + 144)
    values = monthly_table(1).query("arm == 'reference'").head(len(months)).reset_index(drop=True) * 1
    for column in values.columns.difference(["replication", "arm", "month", "year"]):
        values[column] = 1.0
    return values.assign(month=months, inhabitants=100.0, **differs)


def parts_of(short, long, **options):
    """Return the transition harms as a dictionary of values."""
    table = transition_harms(short, long, "as_announced", START - 12, START, **options)
    return table.set_index("part")["value"].to_dict()


def test_two_equal_phase_ins_differ_in_nothing():
    assert set(parts_of(harmed(), harmed()).values()) == {0.0}


def test_harms_run_from_the_announcement_to_ten_years_after_the_first_cut():
    parts = parts_of(harmed(crises_eviction=3.0), harmed())
    assert parts["evictions"] == parts["crises"] == 2.0 * 132


def test_own_payments_are_cost_beyond_grants():
    short = harmed(municipal_cost_eur=12.0, grant_eur=8.0)
    long = harmed(municipal_cost_eur=11.0, grant_eur=10.0)
    parts = parts_of(short, long, other_budget_eur_per_inhabitant=3.0)
    assert parts["own_payments"] == pytest.approx(132 * 3.0 / 100)
    assert parts["grant_difference"] == pytest.approx(132 * 2.0 / 100)
    assert parts["own_payments_share"] == pytest.approx(parts["own_payments"] / (11 * 3.0))


def test_a_reserve_on_day_one_pays_for_the_same_money():
    assert parts_of(harmed(), harmed(), reserve_eur={0: 500.0})["own_payments"] == -5.0


def test_the_reserve_of_the_same_money_is_read_from_the_first_month():
    extra = extra_reserves(monthly_table(2), START)
    assert extra.to_numpy() == pytest.approx([38e6, 38e6], rel=0.01)


def test_providers_gone_are_those_gone_at_the_end():
    gone = harmed(providers_gone=np.arange(156.0))
    assert parts_of(gone, harmed())["providers_gone"] == 131.0 - 1.0


def test_fewer_staff_than_on_the_long_phase_in_is_worse():
    parts = parts_of(harmed(provider_staff_fte=8.0), harmed(provider_staff_fte=10.0))
    assert parts["provider_staff"] == 2.0


def test_every_part_is_there_for_every_replication_and_basis():
    monthly = monthly_table(2)
    table = derived_tables(monthly, costs_table(monthly), START, START)["transition_harms"]
    assert len(table) == 2 * 2 * len(HARM_PARTS)


def test_phase_ins_with_other_replications_are_refused():
    with pytest.raises(ValueError, match="other replications"):
        transition_harms(harmed(), harmed(replication=1), "same_money", START, START)


def test_whoever_waits_beyond_the_norm_joined_before_it():
    rows = pd.DataFrame({f"{what}_{kind}": [0.0] * 4 for what in ("waiting", "queued") for kind in KINDS})
    rows["queued_guidance"] = [5.0, 0.0, 0.0, 0.0]
    rows["waiting_guidance"] = [5.0, 5.0, 5.0, 2.0]
    assert waiting_above_norm(rows, norm_months=2) == 5.0 + 2.0


def test_an_interval_gives_mean_band_and_probability_of_sign():
    found = interval(np.arange(101.0) - 2.0)
    assert (found.mean, found.low, found.high) == pytest.approx((48.0, 3.0, 93.0))
    assert found.positive == pytest.approx(98 / 101) and found.sign == 1


def test_one_replication_has_no_sign():
    assert interval([5.0]).sign == 0


def test_missing_values_have_no_interval():
    with pytest.raises(ValueError, match="finite values"):
        interval([1.0, np.nan])


@pytest.mark.parametrize(
    "values, claim",
    [
        ([-1.0, 1.0] * 5, "inconclusive, between \u22121.0 and +1.0 euro"),
        ([1.0], "says nothing about certainty"),
        ([1.0, 2.0], "first estimate 1.5 euro, between 1.1 and 1.9"),
        ([1.0, 2.0] * 5, "1.5 euro (90% interval: 1.0 to 2.0"),
    ],
)
def test_a_sentence_claims_no_more_than_its_interval(values, claim):
    assert claim in finding_sentence(interval(values), "Saved", "euro", "en")
