"""How teams are organised: each lever's mechanism, price and drawback, by hand."""

import numpy as np
import pytest

from agents.vocabulary import LINE_FIRST, LINE_ZERO, MUNICIPALITY, SOCIAL_BASE, TEAMS
from agents.wijkteam_organisation import (
    accounts_lag,
    administration_kept,
    guided_by_scans,
    is_tender_month,
    lost_to_reorganisation,
    mixed_quality,
    next_community,
    separate_collective_fte,
    share_answered_together,
    share_on_course,
    share_recognised,
    shell_hours,
    staff_grown,
)
from simulation import invariants
from simulation.population.initial_organisations import plan_staff, share_of_need
from tests.worlds import differences

MUCH = {
    "wijkteam.autonomy": 1.0, "wijkteam.accounting": 1, "wijkteam.rule_removers": 2.0,
    "wijkteam.growth_years": 2.0, "wijkteam.moved_staff_share": 0.5, "wijkteam.moved_staff_lost": 0.2,
    "wijkteam.reorganisation_dip": 0.2, "wijkteam.tender_per_wijk": 1, "wijkteam.tender_years": 1.0,
    "wijkteam.tender_breaks": 0.4,
    "wijkteam.flexible_shell": 0.3, "wijkteam.wijk_scans": 1.0, "wijkteam.community_building_share": 0.2,
    "wijkteam.collective_form": 1, "wijkteam.collective_share": 0.2, "wijkteam.signals_group": 0.5,
    "wijkteam.fte_per_1000": 0.5, "household.shock_per_wijk_year": 1.0, "household.shock_strikes": 0.05,
    "household.incidence_per_year": [0.1] * 5, "wijkteam.refers_without_case": [0.0, 0.0],
    "wijkteam.short_advice": 0.0,
}  # fmt: skip
AT_ONCE = {"landing.transition": "2000-01"}


def column(model, name):
    return model.recorder.column(name)[: model.month]


# -- rules ---------------------------------------------------------------------------------------


def test_freedom_and_removers_take_off_nothing_where_they_free_nothing():
    assert administration_kept(1.0, 0.0, 5.0, 0.0, 50.0, 20.0) == 1.0


def test_the_second_remover_finds_less_left_than_the_first():
    none, one, two = (administration_kept(0.0, 0.0, float(n), 0.04, 50.0, 50.0) for n in range(3))
    assert none == 1.0 and none - one > one - two > 0.0


def test_freedom_drifts_only_as_far_as_goals_are_not_stated():
    assert share_on_course(1.0, 1.0, 0.15) == 1.0
    assert share_on_course(1.0, 0.0, 0.15) == pytest.approx(0.85)
    assert share_on_course(0.0, 0.0, 0.15) == 1.0


def test_accounts_come_later_only_where_nothing_is_accounted_for():
    assert [accounts_lag(4.0, how, 6.0) for how in (0, 1, 2)] == [4.0, 4.0, 10.0]


def test_staff_grows_evenly_from_its_early_share():
    assert [staff_grown(month, 0.0, 0.4) for month in (-1, 0, 24)] == [0.4, 1.0, 1.0]
    assert [staff_grown(month, 4.0, 0.4) for month in (-1, 0, 24, 48, 60)] == pytest.approx(
        [0.4, 0.4, 0.7, 1, 1]
    )


def test_the_dip_lasts_from_the_announcement_until_its_years_are_over():
    lost = [lost_to_reorganisation(month, 12.0, 0.3, 2.0) for month in (-13, -12, 0, 12, 24, 36)]
    assert lost == pytest.approx([0.0, 0.3, 0.3, 0.15, 0.0, 0.0])


def test_tenders_come_at_the_transition_and_after_every_term():
    months = [month for month in range(-12, 60) if is_tender_month(month, 1, 2.0)]
    assert months == [0, 24, 48]
    assert not any(is_tender_month(month, 0, 2.0) for month in range(60))


def test_the_shell_comes_as_far_as_the_list_asks_and_no_further():
    assert shell_hours(0.5, 100.0, 30.0, 40.0) == 0.0
    assert shell_hours(0.5, 100.0, 60.0, 40.0) == 20.0
    assert shell_hours(0.5, 100.0, 600.0, 40.0) == 50.0
    assert mixed_quality(100.0, 100.0, 0.8) == pytest.approx(0.9)


def test_a_community_is_built_slowly_and_decays_slowly():
    assert next_community(0.0, 40.0, 20.0, 24.0) == pytest.approx(1 / 24)
    assert next_community(1.0, 0.0, 20.0, 24.0) == pytest.approx(23 / 24)
    assert next_community(1.0, 40.0, 20.0, 24.0) == 1.0


def test_staff_beside_the_team_is_what_it_would_have_spent_inside():
    in_team = 10.0 * (1 - 0.2)
    assert separate_collective_fte(in_team, 1, 0.2) == pytest.approx(2.0)
    assert separate_collective_fte(10.0, 0, 0.2) == separate_collective_fte(10.0, 2, 0.2) == 0.0


def test_what_nobody_asks_about_is_not_answered():
    assert share_answered_together(0.5, 1.0, share_recognised(0, 1000, 2.0), 20.0, 20.0) == 0.0
    assert share_answered_together(0.5, 1.0, share_recognised(2, 1000, 2.0), 20.0, 20.0) == 0.5
    assert share_answered_together(0.5, 0.25, share_recognised(1, 1000, 2.0), 10.0, 20.0) == pytest.approx(
        0.03125
    )


def test_more_than_one_scan_a_year_guides_no_further():
    assert guided_by_scans(2.0, 0.4) == guided_by_scans(1.0, 0.4) == 0.4


# -- worlds --------------------------------------------------------------------------------------


def test_everything_that_must_hold_holds_with_all_levers_on(make_street):
    street = make_street(MUCH)
    invariants.run_checked(street, 60)
    assert column(street, "broken_off").any() and column(street, "answered_together").any()


def test_agent_by_agent_the_levers_give_what_the_loops_give(make_street):
    loops, objects = (make_street(MUCH, by_objects=each).run_until(36) for each in (False, True))
    assert differences(loops, objects) == []


def test_whom_shared_problem_strikes_is_the_same_whatever_teams_do(make_street):
    with_group = make_street(MUCH).run_until(48)
    without = make_street(MUCH | {"wijkteam.signals_group": 0.0}).run_until(48)
    for problem in ("money", "mind", "care", "safety", "youth"):
        name = f"new_problems_{problem}"
        np.testing.assert_array_equal(column(with_group, name), column(without, name))


def test_a_separate_organisation_is_paid_on_the_zero_line_for_the_staff_it_took(make_street):
    inside = make_street(AT_ONCE | {"wijkteam.collective_share": 0.2}).run_until(3)
    changes = {
        "wijkteam.collective_share": 0.2,
        "wijkteam.collective_form": 1,
        "wijkteam.separate_overhead": 0,
    }
    beside = make_street(AT_ONCE | changes).run_until(3)
    zero, first = (street.books.totals["by_line"][[LINE_ZERO, LINE_FIRST]] for street in (inside, beside))
    assert first[0] > zero[0] and first[1] < zero[1]
    assert zero.sum() == pytest.approx(first.sum(), rel=0.01)
    assert not beside.world.teams["collective_hours"].any()


def test_a_shell_that_is_not_called_in_costs_nothing(make_street):
    nobody = AT_ONCE | {"household.incidence_per_year": [0.0] * 5}
    plain, shell = (
        make_street(nobody | each).run_until(3) for each in ({}, {"wijkteam.flexible_shell": 0.5})
    )
    assert (shell.books.totals["by_law"] == plain.books.totals["by_law"]).all()


def test_rule_removers_scans_and_tenders_are_booked_to_the_first_line(make_street):
    plain = make_street(AT_ONCE).run_until(1)
    removers = {"wijkteam.rule_removers": 3.0, "wijkteam.wijk_scans": 1.0, "wijkteam.tender_per_wijk": 1,
                "wijkteam.tender_price_gain": 0.0}  # fmt: skip
    dear = make_street(AT_ONCE | removers).run_until(1)
    p, wijken = dear.world.p[0], len(dear.world.wijken)
    more = (3.0 * p["eur_per_rule_remover"] + wijken * p["eur_per_scan"]) / 12 + wijken * p["eur_per_tender"]
    paid = [each.books.month[MUNICIPALITY, TEAMS, LINE_FIRST].sum() / 100 for each in (plain, dear)]
    assert paid[1] - paid[0] == pytest.approx(more, abs=0.02)
    assert (
        dear.books.month[MUNICIPALITY, SOCIAL_BASE].sum()
        == plain.books.month[MUNICIPALITY, SOCIAL_BASE].sum()
    )


def test_staff_follows_measured_need_and_none_is_lost(make_street):
    street = make_street({"wijkteam.count": 2, "wijkteam.wijk_scans": 1.0, "wijkteam.scan_guides": 1.0})
    home = street.world.households
    before = street.world.teams["planned_fte"].copy()
    home["severity"][home["wijk"] == 1, 0] = 0.5
    plan_staff(street.world, street.parameters, street.inhabitants_of_january)
    after = street.world.teams["planned_fte"]
    assert share_of_need(street.world) == pytest.approx([0.0, 1.0])
    assert after[1] > before[1] and after.sum() == pytest.approx(before.sum())


def test_assessment_eats_the_hours_for_community_building(make_street):
    levers = AT_ONCE | {"wijkteam.community_building_share": 0.3}
    little, much = (
        make_street(levers | {"wijkteam.administrative_share": share}).run_until(24) for share in (0.1, 0.6)
    )
    assert column(much, "team_hours_community").sum() < column(little, "team_hours_community").sum()
    assert much.world.wijken["community"].mean() < little.world.wijken["community"].mean()
