"""Casework of teams: who they help, who buys, what passes between teams, and what offers cost."""

import numpy as np
import pytest

from agents.vocabulary import (
    HOUSEHOLD,
    LAW_DEBT,
    LINE_ZERO,
    MIND,
    MONEY,
    MUNICIPALITY,
    WIJKTEAM,
    YOUTH,
    YOUTH_TEAM,
)
from agents.wijkteam_casework import (
    gain_of_breadth,
    hours_of_intake,
    is_for_team,
    poverty_fund_balance,
    shift_of_lead,
)
from simulation import invariants
from simulation.finance.books import cents
from simulation.processes.care.care_slots import slot_for
from tests.simulation.test_small_worlds import CERTAIN, IN_FORCE, INACTIVE, STILL, column, plant
from tests.worlds import differences, street_maker

AT_WORK = INACTIVE | STILL | CERTAIN | IN_FORCE | {"wijkteam.failed_referral_share": 0.1}
TWO_TEAMS = {"wijkteam.youth_count": 1, "wijkteam.other_noticed": 0.5}
OFF = ("turned_away", "access_only", "bought_by_team", "network_talks", "close_to_family_months",
       "lasting_contact_months", "poverty_gifts", "hand_offs")  # fmt: skip
MANY = [0.6] * 5


@pytest.fixture
def at_work(make_street):
    """Make a street with its teams at work, where nothing happens by itself."""
    return street_maker(make_street, AT_WORK, months=3)


@pytest.fixture
def busy_street(make_street):
    """Make a street with much problems, run some years past its transition and checked each month."""

    def make(changes, months=30):
        street = make_street({"household.incidence_per_year": MANY} | changes).run_until(12)
        invariants.run_checked(street, months)
        return street

    return make


def money_case(street, severity):
    """Give one household money problems and let its team take it in; return the household."""
    household = plant(street, MONEY, severity)
    while not column(street, "intakes").any() and street.month < 60:
        street.step()
    return household


# -- rules -----------------------------------------------------------------------------------------


def test_a_team_for_light_problem_takes_no_other_and_one_for_several_problems_no_single_one():
    assert is_for_team(2, False, 0) and is_for_team(0, False, 1) and is_for_team(1, True, 2)
    assert not is_for_team(1, True, 1) and not is_for_team(0, False, 2)


def test_notice_saves_intake_hours_up_to_three_months():
    assert hours_of_intake(10.0, 0.0, 0.2) == 10.0
    assert hours_of_intake(10.0, 2.0, 0.1) == pytest.approx(8.0)
    assert hours_of_intake(10.0, 12.0, 0.1) == hours_of_intake(10.0, 3.0, 0.1)


def test_the_municipality_is_the_measure_for_who_leads():
    assert [shift_of_lead(lead, 0.03, -0.02) for lead in range(3)] == [0.0, 0.03, -0.02]


def test_breadth_counts_for_several_problems_with_either_sign():
    assert gain_of_breadth(0.4, 0.4, 0.3) == 0.0
    assert gain_of_breadth(0.2, 0.4, 0.3) < 0.0 < gain_of_breadth(0.6, 0.4, 0.3)


def test_the_fund_is_filled_each_of_its_years_and_kept_after_them():
    months = [poverty_fund_balance(7, 1000.0, 2.0, since) for since in (-1, 0, 1, 12, 24)]
    assert months == [7, 100000, 7, 100000, 7]


# -- levers off, levers on -------------------------------------------------------------------------


def test_offers_that_are_off_leave_no_trace(busy_street):
    street = busy_street({})
    assert column(street, "intakes").sum() > 20
    assert not [name for name in OFF if column(street, name).any()]
    assert not street.world.lives["talks"].any() and not street.world.teams["beside"].any()


@pytest.mark.parametrize(
    "changes",
    [
        {"wijkteam.target_group": 1, "wijkteam.access_led_by": 2},
        {"wijkteam.target_group": 2, "wijkteam.first_help_months": 4.0},
        {"wijkteam.delivers_help": 0.3, "wijkteam.mandate_to_buy": 0.5},
        TWO_TEAMS | {"wijkteam.lasting_contact": 0.7, "wijkteam.help_close_to_families": 1.0,
                     "wijkteam.network_first": 1.0, "wijkteam.poverty_fund_eur": 3000.0,
                     "wijkteam.specialists_in_team": 0.4, "wijkteam.access_led_by": 1},
    ],
    ids=["light_only", "several_only", "arranges_access", "offers"],
)  # fmt: skip
def test_people_and_money_stay_accounted_for(busy_street, changes):
    assert column(busy_street(changes), "intakes").sum() > 5


def test_household_by_household_the_offers_are_the_same_as_in_the_loop(make_street):
    changes = TWO_TEAMS | {"household.incidence_per_year": MANY, "wijkteam.lasting_contact": 0.7,
                           "wijkteam.help_close_to_families": 1.0, "wijkteam.network_first": 1.0,
                           "wijkteam.poverty_fund_eur": 3000.0}  # fmt: skip
    one, other = (make_street(changes, by_objects=objects).run_until(30) for objects in (False, True))
    assert differences(one, other) == []


# -- who the team helps ----------------------------------------------------------------------------


def test_a_single_problem_is_turned_away_by_a_team_for_several(at_work):
    street = at_work({"wijkteam.target_group": 2})
    household = money_case(street, 0.33)
    assert column(street, "turned_away").sum() == 1
    assert not street.world.households["in_care"][household]


def test_a_team_that_only_arranges_access_keeps_no_case(at_work):
    street = at_work({"wijkteam.delivers_help": 0.0})
    money_case(street, 0.3)
    assert column(street, "access_only").sum() == 1 and not street.world.teams["caseload"].any()


def test_the_procedure_takes_its_months_however_short_the_list(at_work):
    waited = []
    for months in (0.0, 4.0):
        street = at_work({"wijkteam.first_help_months": months})
        money_case(street, 0.33)
        waited.append(column(street, "waited_months_wijkteam").sum())
    assert waited == [0, 4]


# -- the desk and the mandate ----------------------------------------------------------------------


def test_a_team_with_a_mandate_buys_and_pays_in_hours_where_a_desk_decides_and_is_paid(at_work):
    decided, bought = [], []
    for mandate in (0.0, 1.0):
        street = at_work({"wijkteam.mandate_to_buy": mandate})
        money_case(street, 0.6)
        decided.append(column(street, "desk_decisions").sum())
        bought.append(column(street, "bought_by_team").sum())
    assert decided[0] == bought[1] == 1 and decided[1] == bought[0] == 0


def test_with_a_desk_that_takes_a_month_the_care_starts_a_month_later(at_work):
    street = at_work()
    street.world.p["desk_takes_a_month"] = 1.0  # beyond its range, so that it is certain
    money_case(street, 0.6)
    street.run_until(street.month + 2)
    assert column(street, "starts_debt_service").sum() == 1
    assert column(street, "waited_months_debt_service").sum() == 1


# -- the other generation --------------------------------------------------------------------------


def family_case(street):
    """Give a family heavy problems of a child and lighter problems of mind; return it."""
    children = street.world.lives["child_birth"][:, 0]
    here = (children != 32767) & (children > -100) & (street.world.lives["since"] <= 0)
    here &= street.world.households["trust"] > 0.5
    household = int(np.flatnonzero(here)[0])
    plant(street, YOUTH, 0.7, household)
    plant(street, MIND, 0.5, household)
    return household


def test_two_teams_hand_a_familys_other_problem_over_and_one_team_takes_it_up(at_work):
    counted = {}
    for teams in (0, 1):
        street = at_work({"wijkteam.youth_count": teams, "referral_source.gp_refers_straight": 0.0})
        street.world.p["other_noticed"] = 12.0  # seen at once
        street.world.p["failed_referral_share"] = 0.0
        family_case(street)
        street.run_until(street.month + 12)
        counted[teams] = [column(street, name).any() for name in ("joined_in_team", "hand_offs")]
    assert counted == {0: [True, False], 1: [False, True]}


def test_a_lost_hand_over_leaves_the_parents_where_they_were(at_work):
    street = at_work({"wijkteam.youth_count": 1, "referral_source.gp_refers_straight": 0.0})
    street.world.p["other_noticed"] = 12.0
    street.world.p["failed_referral_share"] = 1.0
    street.world.p["follow_up_saves"] = 0.0
    household = family_case(street)
    while not column(street, "hand_offs").any() and street.month < 40:
        street.step()
    assert column(street, "lost_hand_offs").sum() == column(street, "hand_offs").sum()
    first, second = slot_for(WIJKTEAM, 0), slot_for(YOUTH_TEAM, 0)
    home = street.world.households[household]
    listed = int(home["waiting"] | home["in_care"])
    assert (listed >> first & 1) + (listed >> second & 1) == 1


# -- offers ----------------------------------------------------------------------------------------


def test_a_gift_lowers_money_problem_and_is_booked_to_the_cent(at_work):
    street = at_work({"wijkteam.poverty_fund_eur": 1000.0, "wijkteam.gift_effect": 0.1})
    household = money_case(street, 0.33)
    gift = cents(street.world.p["poverty_gift_eur"][0])
    assert street.books.month[MUNICIPALITY, HOUSEHOLD, LINE_ZERO, LAW_DEBT] == gift
    assert street.world.municipality["poverty_fund_cents"][0] == 100000 - gift
    assert street.world.households["severity"][household, MONEY] < 0.33 - 0.09


def test_an_empty_fund_gives_nothing(busy_street):
    street = busy_street({"wijkteam.poverty_fund_eur": 1600.0, "wijkteam.poverty_fund_years": 1.0})
    assert column(street, "poverty_gifts").sum() == 2


def test_a_talk_lifts_ties_once_and_its_successor_has_the_ties_of_before(at_work):
    street = at_work({"wijkteam.network_first": 1.0, "wijkteam.light_below": 0.6, "wijkteam.refers_at": 0.9,
                      "wijkteam.short_advice": 1.0})  # fmt: skip
    before = street.world.households["ties"].copy()
    household = money_case(street, 0.5)
    lifted = street.world.households["ties"][household] - before[household]
    assert column(street, "network_talks").sum() == 1 and 0.0 < lifted <= 0.051
    assert street.world.lives["ties_lifted"][household] == pytest.approx(lifted, abs=1e-6)


def test_a_lasting_contact_stays_while_specialists_work(at_work):
    staying = []
    for share in (0.0, 1.0):
        street = at_work({"wijkteam.lasting_contact": share, "wijkteam.refers_without_case": [1.0, 1.0]})
        household = money_case(street, 0.6)
        street.step()
        staying.append(int(street.world.households["in_care"][household]) & 1)
    assert staying == [0, 1]
