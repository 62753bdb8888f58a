"""One replication: what arms share, what they may differ in, and what a draw draws."""

from dataclasses import replace

import numpy as np
import pytest

from agents.vocabulary import LINES
from scenarios.runs.arms import arms_of, policy_branch_month
from scenarios.runs.draws import draw_parameters, explicit_names, is_drawn
from scenarios.runs.replications import (
    STORED_FOR_COMPARISON,
    arms_at_branch_point,
    begin_warm_up,
    run_replication,
    run_with_branches,
)
from scenarios.runs.scenario import Scenario, scenario_from
from simulation import parameters as tree
from simulation.months import month_number
from simulation.parameters import GROUPS, Parameters, changed
from simulation.recording.arm_names import (
    ARMS,
    FULL_ARMS,
    LONG_PHASE_IN,
    POLICY,
    QUESTION_ARMS,
    REFERENCE,
    SAME_MONEY,
)
from simulation.recording.schema import check_table

SHORT = [
    "municipality=street", "system=overnight", "replication.count=2", "window.start=2013-07",
    "window.end=2016-06",
    "window.warm_up_months=24", "output.figures=false", "replication.question_count=0",
]  # fmt: skip
TRANSITION = month_number("2015-01")


def street(*overrides: str) -> Scenario:
    """Return a street of a few years around the transition."""
    return scenario_from([*SHORT, *overrides])


def arms_by_name(scenario: Scenario) -> dict:
    """Return the arms of a scenario by name."""
    return {arm.name: arm for arm in arms_of(scenario, scenario.parameters)}


@pytest.fixture(scope="module")
def replication():
    return run_replication(street(), 1)


def rows_of(table, arm):
    """Return the rows of one arm without its name."""
    return table[table["arm"] == arm].drop(columns="arm").reset_index(drop=True)


def test_a_replication_leaves_every_recorded_table_of_the_four_full_arms(replication):
    for name, table in replication.tables.items():
        check_table(name, table)
        assert set(table["replication"]) == {1}
        beside = tuple(arm for arm in ARMS if arm not in QUESTION_ARMS)
        recorded = beside if name in ("monthly", *STORED_FOR_COMPARISON) else FULL_ARMS
        assert list(table["arm"].unique()) == list(recorded)


def test_open_care_counts_everybody_in_care_at_the_end_with_teams_too(replication):
    monthly, open_care = replication.tables["monthly"], replication.tables["open_care"]
    last = monthly[monthly["month"] == monthly["month"].max()].set_index("arm")
    for row in open_care.itertuples():
        assert row.clients == last.loc[row.arm, f"clients_{row.kind}"]
    of_teams = open_care[open_care["kind"] == "wijkteam"]
    assert of_teams["clients"].min() > 0 and (of_teams["all_payers_cost_eur"] > 0.0).all()


def test_clients_of_wijken_are_means_over_the_months_recorded_also_in_a_year_cut_short(replication):
    monthly, wijken = (replication.tables[name] for name in ("monthly", "wijken"))
    for year in (2013, 2014, 2016):  # from July 2013, until June 2016
        months, rows = (
            each[(each["arm"] == REFERENCE) & (each["year"] == year)] for each in (monthly, wijken)
        )
        assert rows["clients_guidance"].sum() == pytest.approx(months["clients_guidance"].mean())


def booked(replication, chosen):
    """Return euros booked per arm and month, of the bookings that `chosen` chooses."""
    books = replication.tables["books"].astype({"arm": str, "line": str, "payer": str, "payee": str})
    return books[chosen(books)].groupby(["arm", "month"])["cents"].sum() / 100.0


def test_the_lines_are_what_the_municipality_pays_and_add_up_to_its_cost(replication):
    monthly = replication.tables["monthly"].astype({"arm": str})
    monthly = monthly[monthly["arm"].isin(FULL_ARMS)].set_index(["arm", "month"]).sort_index()
    lines = 0.0
    for line in LINES:
        paid = booked(
            replication, lambda books, of=line: (books.payer == "municipality") & (books.line == of)
        )
        paid = paid.reindex(monthly.index, fill_value=0.0)
        np.testing.assert_allclose(monthly[f"cost_{line}_eur"], paid, atol=0.005, err_msg=line)
        lines = lines + paid
    own = booked(replication, lambda books: (books.payer == "household") & (books.payee == "municipality"))
    own = own.reindex(monthly.index, fill_value=0.0)
    np.testing.assert_allclose(monthly["municipal_cost_eur"], lines - own, atol=0.005)
    all_payers = booked(replication, lambda books: books.payee != "municipality").reindex(monthly.index)
    np.testing.assert_allclose(monthly["all_payers_cost_eur"], all_payers, atol=0.005)
    assert own.sum() > 0.0 and (all_payers > lines).any()


@pytest.mark.parametrize("arm", [POLICY, LONG_PHASE_IN, SAME_MONEY])
def test_arms_are_equal_bit_for_bit_up_to_the_branch_point_and_differ_after_it(replication, arm):
    monthly = replication.tables["monthly"]
    reference, other = rows_of(monthly, REFERENCE), rows_of(monthly, arm)
    before = reference["month"] < TRANSITION
    assert before.sum() == 18
    assert other[before].equals(reference[before]) and not other.equals(reference)


def test_the_shared_initial_state_is_that_of_each_arm_alone():
    scenario = street()
    arms = arms_of(scenario, scenario.parameters)
    alone = begin_warm_up(scenario, 1, scenario.parameters).run_until(TRANSITION)
    for _, model in arms_at_branch_point(scenario, 1, arms):
        assert model.month == TRANSITION
        assert all(np.array_equal(*both) for both in zip(model.world, alone.world, strict=True))


def test_an_arm_that_changes_nothing_runs_like_the_reference():
    scenario = street()
    arms = [replace(arm, parameters=scenario.parameters) for arm in arms_of(scenario, scenario.parameters)]
    months = [
        run_with_branches(model, arm.parameters, [arm.branch_month], scenario.end_month + 1).recorder.monthly
        for arm, model in arms_at_branch_point(scenario, 1, arms)
    ]
    assert len(months) == len([arm for arm in arms if arm.same_as is None]) > 4
    assert all(np.array_equal(each, months[0]) for each in months[1:])


def test_a_policy_equal_to_the_reference_is_not_run_twice_and_saves_nothing():
    monthly = run_replication(street("policy=reference"), 0).tables["monthly"]
    assert rows_of(monthly, POLICY).equals(rows_of(monthly, REFERENCE))


def test_a_phase_in_of_eight_years_is_its_own_long_phase_in():
    arms = arms_by_name(street("landing=eight_years"))
    assert arms[LONG_PHASE_IN].same_as == arms[SAME_MONEY].same_as == REFERENCE
    assert arms[REFERENCE].same_as is arms[POLICY].same_as is None


def test_without_a_cut_all_phase_ins_are_the_same():
    arms = arms_by_name(street("landing=none"))
    assert arms[LONG_PHASE_IN].same_as == arms[SAME_MONEY].same_as == REFERENCE


def test_a_short_phase_in_differs_from_the_long_one_in_its_landing_alone():
    scenario = street("landing=three_years")
    arms = arms_by_name(scenario)
    assert arms[LONG_PHASE_IN].parameters == changed(scenario.parameters, {"landing.years": 8.0})
    assert arms[SAME_MONEY].parameters == changed(scenario.parameters, {"landing.basis": "same_money"})


def test_a_policy_that_starts_later_branches_later():
    arms = arms_by_name(street("policy.start=2015-10"))
    assert arms[POLICY].branch_month == arms[REFERENCE].branch_month == TRANSITION + 9
    assert arms[LONG_PHASE_IN].branch_month == TRANSITION


def test_a_policy_that_prepares_begins_before_the_transition():
    scenario = street("+policy.changes={landing.years_ahead: 1.0}")
    assert policy_branch_month(scenario) == TRANSITION - 12


def test_other_numbers_of_teams_give_the_policy_an_initial_state_of_its_own():
    scenario = street()
    scenario.policy.changes["provider.per_kind"] = 2
    arms = arms_of(scenario, scenario.parameters)
    assert arms[0].initial is not None and arms[0].initial.provider.per_kind == 2
    initial = dict((arm.name, model) for arm, model in arms_at_branch_point(scenario, 1, arms))
    assert len(initial[POLICY].world.providers) != len(initial[REFERENCE].world.providers)


def test_a_draw_varies_uncertain_parameters_within_their_ranges():
    _, drawn = draw_parameters(Parameters(), 3, 1)
    expected = [f"{group}.{each.name}" for group, made in GROUPS.items()
                for each in made.__dataclass_fields__.values() if is_drawn(each)]  # fmt: skip
    assert list(drawn) == expected and len(drawn) > 20
    again, other = draw_parameters(Parameters(), 3, 1)[1], draw_parameters(Parameters(), 4, 1)[1]
    assert drawn == again and drawn != other


def test_draws_of_a_parameter_fill_its_interval():
    values = [draw_parameters(Parameters(), n, 1)[1]["population.frailty_spread"] for n in range(200)]
    middle = Parameters().population.frailty_spread
    assert min(values) == pytest.approx(0.8 * middle, rel=0.02)
    assert max(values) == pytest.approx(1.2 * middle, rel=0.02)
    assert np.mean(values) == pytest.approx(middle, rel=0.03)


def test_another_parameter_leaves_a_draw_as_it_is(monkeypatch):
    _, before = draw_parameters(Parameters(), 0, 1)
    monkeypatch.setattr("scenarios.runs.draws.GROUPS", dict(list(tree.GROUPS.items())[3:]))
    _, after = draw_parameters(Parameters(), 0, 1)
    assert after == {name: before[name] for name in after} and 0 < len(after) < len(before)


def test_what_the_user_set_stays_and_levers_are_never_drawn():
    explicit = explicit_names(["population.frailty_spread=0.5", "landing.years=3"])
    given = changed(Parameters(), {"population.frailty_spread": 0.5, "landing.years": 3.0})
    drawn_parameters, drawn = draw_parameters(given, 0, 1, explicit)
    assert drawn_parameters.population.frailty_spread == 0.5 and drawn_parameters.landing.years == 3.0
    assert not explicit & set(drawn)


def test_without_draws_parameters_are_the_defaults():
    assert run_replication(street("replication.draws=fixed", "window.end=2015-02"), 0).drawn == {}
