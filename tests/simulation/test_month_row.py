"""What a month's row says of teams by kind, of each law's means and of what is left."""

import numpy as np
import pytest

from agents.vocabulary import LAW_WMO, LAW_YOUTH

SEPARATE_YOUTH_TEAM = {"wijkteam.youth_count": 1}


def run_past_the_transition(model, months=18):
    """Return the columns of a model's recorder after some months under the municipality."""
    model.run_until(model.transition + months)
    return model.recorder.column


def test_staff_and_cases_of_the_two_kinds_of_team_add_up_to_those_of_all(make_street):
    column = run_past_the_transition(make_street(SEPARATE_YOUTH_TEAM))
    np.testing.assert_allclose(column("wijkteam_fte") + column("youth_team_fte"), column("team_fte"))
    cases = column("wijkteam_caseload") + column("youth_team_caseload")
    np.testing.assert_array_equal(cases, column("team_caseload"))
    assert column("youth_team_fte").max() > 0.0


def test_without_a_youth_team_all_cases_are_those_of_wijkteams(make_street):
    column = run_past_the_transition(make_street())
    assert not column("youth_team_fte").any() and not column("youth_team_caseload").any()


def test_a_result_is_what_the_accounts_say(make_street):
    street = make_street()
    column = run_past_the_transition(street)
    grants, cost, allotted = np.sum(street.municipality.accounts, axis=0) / 100.0
    for name, law in (("youth", LAW_YOUTH), ("wmo", LAW_WMO)):
        assert column(f"grant_{name}_eur").sum() == pytest.approx(grants[law] + allotted[law])
        assert column(f"result_{name}_eur").sum() == pytest.approx(grants[law] + allotted[law] - cost[law])
    assert column("result_eur").sum() == pytest.approx((grants - cost).sum())


def test_a_surplus_is_seen_as_a_surplus(make_street):
    plenty = {"municipality_government.extra_eur_per_inhabitant": 200.0}
    column = run_past_the_transition(make_street(plenty))
    assert column("result_eur").sum() > 0.0


def test_before_the_transition_there_are_no_means_and_no_results(make_street):
    street = make_street(soon=False)
    street.run_until(24)
    for name in ("grant_youth_eur", "grant_wmo_eur", "result_eur", "result_youth_eur", "result_wmo_eur"):
        assert not street.recorder.column(name).any()


def test_what_teams_cost_under_the_youth_act_is_part_of_what_it_costs(make_street):
    column = run_past_the_transition(make_street())
    teams, all_youth = column("cost_youth_teams_eur"), column("cost_youth_eur")
    assert teams.max() > 0.0 and (teams <= all_youth + 1e-9).all()


def test_every_crisis_of_money_counts_as_an_eviction(town_before_transition):
    column = town_before_transition.recorder.column
    assert column("evictions").sum() > 0
    np.testing.assert_array_equal(column("evictions"), column("crises_eviction"))
