"""Worlds small enough to work out on paper."""

import numpy as np
import pytest

from agents.vocabulary import (
    DEBT_SERVICE,
    HOUSING_CORPORATION,
    LAW_WMO,
    LINE_CRISIS,
    MENTAL_HEALTH,
    MIND,
    MONEY,
    MUNICIPALITY,
    N_KINDS,
    NEVER,
    ON_DEMAND,
    PROVIDERS,
    SUPERVISION,
    WITHOUT_SLOTS,
    YOUTH,
    YOUTH_OUTPATIENT,
)
from simulation import invariants
from simulation.processes.care.care_episodes import start_slot
from simulation.processes.care.care_slots import CHILD_MASK, SPECIALIST_MASK, SUPERVISION_MASK, slot_for
from tests.worlds import street_maker

INACTIVE = {
    "household.incidence_per_year": [0.0] * 5, "household.dispute_per_year": 0.0,
    "household.shock_per_wijk_year": 0.0, "household.separation_per_year": 0.0,
    "household.death_at_80_per_year": 0.0, "household.moving_per_year": 0.0,
    "household.long_term_care_per_year": 0.0,
}  # fmt: skip
HELP = SPECIALIST_MASK & ~SUPERVISION_MASK
UNDETECTED = {
    "household.help_seeking_per_month": 0.0, "informal_network.speaks_up_per_month": 0.0,
    "referral_source.gp_per_month": 0.0, "referral_source.police_per_month": 0.0,
    "referral_source.school_per_month": 0.0, "referral_source.youth_health_care_per_month": 0.0,
    "referral_source.housing_corporation_per_month": 0.0, "referral_source.district_nurse_per_month": 0.0,
    "referral_source.medical_specialist_per_month": 0.0,
}  # fmt: skip
STILL = {"household.fade_per_month": [0.0] * 5, "household.escalation_per_month": [0.0] * 5,
         "household.passes_per_month": [0.0] * 5}  # fmt: skip
CERTAIN = {
    "household.help_seeking_per_month": 1.0, "household.shame_lowers_help_seeking": 0.0,
    "household.misdirected_per_counter": 0.0, "referral_source.observation_error": 0.0,
    "wijkteam.harm_share": 0.0, "provider.offered_share": [1.0] * 14, "provider.ends_per_month": [0.0] * 14,
    "provider.closes_per_month": [1.0] * 14, "provider.margin_weight": 0.0, "wijkteam.support_effect": 0.0,
    "provider.effect_per_month": [0.1] * 14, "wijkteam.failed_referral_share": 0.1,
    "wijkteam.active_follow_up": 1.0,
    "household.long_standing_share": 0.0, "provider.idle_lengthens": 0.0, "wijkteam.team_done_per_month": 1.0,
    "wijkteam.short_advice": 0.0, "wijkteam.refers_without_case": [0.0, 0.0],
    "wijkteam.replaces_requests": 0.0, "wijkteam.step_up_share": 0.0,
}  # fmt: skip
IN_FORCE = {"landing.transition": "2000-01"}  # the municipality is responsible from the first month


@pytest.fixture
def quiet(make_street):
    """Make a street where nothing happens by itself, with levers of choice."""
    return street_maker(make_street, INACTIVE, months=2)


def plant(street, problem, severity, household=None):
    """Give one household, one that lives there, a problem; return its number."""
    row = street.world.households
    here = np.flatnonzero((street.world.lives["since"] <= 0) & (row["trust"] > 0.5))
    household = int(here[3]) if household is None else household
    row["severity"][household, problem] = severity
    row["strength"][household] = 0.5
    street.world.attention[household] = 0
    return household


def column(street, name):
    return street.recorder.column(name)[: street.month]


# -- nothing happens -----------------------------------------------------------------------------


def test_without_events_everything_stays_inactive(quiet):
    street = quiet(months=300)
    assert not street.world.households["severity"].any()
    assert not column(street, "households_with_something_going_on")[1:].any()
    assert not street.world.slots.any() and not street.world.waiting.any()
    assert not street.world.networks["tiredness"].any()


def test_without_events_the_municipality_pays_what_stands_and_nothing_else(quiet):
    street = quiet(IN_FORCE, months=40)
    p, inhabitants = street.world.p[0], street.inhabitants_by_month[:40]
    per_inhabitant = (
        p["social_base_eur_per_inhabitant"]
        + p["counters"] * p["eur_per_counter"]
        + p["implementation_eur_per_inhabitant"]
    )
    expected = inhabitants * per_inhabitant / 12 + column(street, "team_fte") * p["eur_per_fte"] / 12
    np.testing.assert_allclose(column(street, "municipal_cost_eur"), expected, atol=0.03)
    np.testing.assert_allclose(column(street, "all_payers_cost_eur"), expected, atol=0.03)


def test_before_the_transition_there_are_no_teams_no_desk_and_no_grants(quiet):
    street = quiet(months=12)
    p, inhabitants = street.world.p[0], street.inhabitants_by_month[:12]
    eur = p["social_base_eur_per_inhabitant"] + p["counters_before"] * p["eur_per_counter"]
    np.testing.assert_allclose(column(street, "municipal_cost_eur"), inhabitants * eur / 12, atol=0.03)
    assert not column(street, "team_fte").any() and not column(street, "grant_eur").any()


def test_children_are_born_and_grow_up_where_nothing_else_happens(quiet):
    street = quiet(months=200)
    born = street.world.lives["child_birth"]
    here = street.world.lives["since"] <= street.month
    children = here[:, None] & (born != 32767)
    assert column(street, "births").sum() > 0
    assert (street.month - born[children] <= 216).all()


# -- one household -------------------------------------------------------------------------------


def test_one_debt_is_asked_about_taken_in_referred_treated_and_closed(quiet):
    # 0.60 loses 0.1 in each month of debt service: 0.5, 0.4, 0.3, 0.2, 0.1, which is below 0.16.
    closes = [0.16] * 14
    street = quiet(IN_FORCE, STILL, CERTAIN, {"provider.closes_below": closes, "wijkteam.one_plan": 0.0})
    street.world.p["failed_referral_share"] = 0.0
    household = plant(street, MONEY, 0.60)
    asked = None
    while not street.world.slots[:, DEBT_SERVICE].any() and street.month < 60:
        asked = street.month
        invariants.run_checked(street)
    severities = [street.world.households["severity"][household, MONEY]]
    while street.kinds_of_care(household):
        invariants.run_checked(street)
        severities.append(street.world.households["severity"][household, MONEY])
    np.testing.assert_allclose(severities, [0.5, 0.4, 0.3, 0.2, 0.1], atol=1e-6)
    assert (column(street, "starts_debt_service").sum(), column(street, "ends_debt_service").sum()) == (1, 1)
    assert column(street, "intakes")[asked] == 1 == column(street, "signals_self").sum()


def test_what_one_debt_costs_is_its_months_of_debt_service(quiet):
    street = quiet(IN_FORCE, STILL, CERTAIN, {"wijkteam.one_plan": 0.0})
    street.world.p["failed_referral_share"] = 0.0
    plant(street, MONEY, 0.60)
    street.run_until(60)
    months = column(street, "clients_debt_service").sum()
    price = street.world.providers["price_cents"][street.world.provider_range[DEBT_SERVICE]]
    assert months > 0
    assert column(street, "cost_debt_eur").sum() == pytest.approx(months * price / 100)


def test_problem_nobody_sees_gets_no_help(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    household = plant(street, MIND, 0.8)
    street.run_until(100)
    assert street.world.households["severity"][household, MIND] == np.float32(0.8)
    assert column(street, "first_contacts").sum() == 0 and column(street, "cost_second_eur").sum() == 0.0


def test_undetected_problem_below_its_tipping_point_passes_and_above_it_ends_in_a_crisis(quiet):
    street = quiet(UNDETECTED, {"household.money_to_mind": 0.0, "household.mind_to_safety": 0.0})
    light, heavy = plant(street, MIND, 0.15), plant(street, MIND, 0.85, household=60)
    street.run_until(120)
    assert street.world.households["severity"][light, MIND] == 0.0
    assert column(street, "crises_mental_emergency").sum() >= 1
    assert street.world.households["strength"][heavy] < 0.5


def test_money_problem_pushes_the_mind_by_its_coupling(quiet):
    couple = {"household.money_to_mind": 0.04, "household.spill_floor": 0.4, "household.severity_floor": 0.02}
    street = quiet(UNDETECTED, STILL, couple)
    household = plant(street, MONEY, 0.9)
    street.step()
    assert street.world.households["severity"][household, MIND] == pytest.approx(0.02 + 0.04 * 0.5, abs=1e-6)


def test_one_eviction_costs_what_the_table_says_and_two_parties_pay_it(quiet):
    bill = {"municipality_government.crisis_cost_eur": [1000.0] * 5,
            "municipality_government.crisis_municipal_share": [0.25] * 5,
            "municipality_government.shelter_after_crisis": 0.0}  # fmt: skip
    street = quiet(IN_FORCE, UNDETECTED, STILL, bill)
    household = plant(street, MONEY, 1.0)
    street.step()
    paid = street.books.month[:, PROVIDERS, LINE_CRISIS, LAW_WMO]
    assert (paid[MUNICIPALITY], paid[HOUSING_CORPORATION], paid.sum()) == (25_000, 75_000, 100_000)
    assert column(street, "crises_eviction").sum() == 1
    p, home = street.world.p[0], street.world.households[household]
    assert home["strength"] == pytest.approx(0.5 - p["scar"]) and home["severity"][MONEY] < 1.0


def test_an_eviction_strikes_the_children_who_lose_their_home_and_no_others(quiet):
    street = quiet(UNDETECTED, STILL, {"household.eviction_hits_child": 0.3, "household.eviction_share": 1.0})
    lives, homes = street.world.lives, street.world.households
    household, unharmed = np.flatnonzero((lives["child_birth"] != NEVER).sum(axis=1) >= 1)[:2]
    children = lives["child_birth"][household] != NEVER
    homes["severity"][household, MONEY], homes["severity"][household, YOUTH] = 1.0, 0.5
    street.world.attention[household] = 0
    street.step()
    struck = np.where(children, 0.3, 0.0)
    struck[0] = 0.5 + 0.3 * 0.5
    assert homes["severity"][household, YOUTH:] == pytest.approx(struck, abs=1e-6)
    assert (lives["start_month"][household, YOUTH:][children][1:] == street.month - 1).all()
    assert homes["severity"][unharmed, YOUTH:].sum() == 0.0


def test_treatment_waited_for_does_less_and_no_other_care_remembers(quiet):
    effect = [0.06] * N_KINDS
    lost = {"provider.effect_lost_per_month_waited": 0.25, "provider.effect_per_month": effect,
            "provider.coordination_gain": 0.0}  # fmt: skip
    street = quiet(UNDETECTED, STILL, lost)
    for kind, problem, expected in ((MENTAL_HEALTH, MIND, 0.04), (DEBT_SERVICE, MONEY, 0.06)):
        household = plant(street, problem, 0.8)
        provider = street.world.provider_range[kind]
        start_slot(street.world, household, kind, provider, 0, 2)
        street.loops.one_household_treatment(street.world, household)
        left = street.world.households["severity"][household, problem]
        assert left == pytest.approx(0.8 - expected, abs=1e-6), kind


def test_a_circle_with_one_member_in_need_shares_by_its_capacity(quiet):
    street = quiet(UNDETECTED, STILL)
    household = plant(street, MONEY, 0.3)
    network = street.world.households["network"][household]
    street.world.networks["full_capacity"][network] = 100.0
    street.world.households["ties"][household] = 1.0
    street.step()
    p = street.world.p[0]
    expected = p["support_most"] * (0.25 + 0.75 * (1.0 - 0.3 / p["light_need_at"]))
    assert street.world.networks["share"][network] == 1.0
    assert street.world.households["support"][household] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("supervised", "route"), [(False, "renewal"), (True, "guardian")])
def test_the_guardian_of_a_child_under_supervision_refers_a_renewed_decision(quiet, supervised, route):
    long = {"provider.closes_per_month": [0.0] * 14, "provider.ends_per_month": [0.0] * 14,
            "provider.decision_months": [1.0] * 14, "provider.effect_per_month": [0.0] * 14}  # fmt: skip
    street = quiet(UNDETECTED, STILL, long)
    row = street.world.lives["child_birth"][:, 0] != NEVER
    household = plant(street, YOUTH, 0.9, int(np.flatnonzero(row & (street.world.lives["since"] <= 0))[0]))
    for kind in (YOUTH_OUTPATIENT, *([SUPERVISION] if supervised else [])):
        start_slot(street.world, household, slot_for(kind, 0), street.world.provider_range[kind], 0, 0)
    before = column(street, f"youth_starts_{route}").sum()
    street.step()
    assert column(street, f"youth_starts_{route}").sum() - before == 1


@pytest.mark.parametrize("child", [0, 1])
def test_a_guardian_requests_youth_help_for_the_child_under_supervision_that_has_none(quiet, child):
    certain = {"referral_source.guardian_per_month": 1.0, "provider.closes_per_month": [0.0] * 14,
               "provider.ends_per_month": [0.0] * 14}  # fmt: skip
    street = quiet(UNDETECTED, STILL, certain)
    lives = street.world.lives
    age = (street.month - lives["child_birth"][:, :2].astype(int)) // 12
    young = ((age >= 4) & (age < 17)).all(axis=1) & (lives["since"] <= 0)
    household = plant(street, YOUTH + child, 0.6, int(np.flatnonzero(young)[0]))
    provider = street.world.provider_range[SUPERVISION]
    start_slot(street.world, household, slot_for(SUPERVISION, child), provider, 0, 0)
    street.step()
    home = street.world.households[household]
    helped = [(int(home["in_care"]) | int(home["waiting"])) & int(mask & HELP) for mask in CHILD_MASK[:2]]
    assert helped[child] and not helped[1 - child]


# -- one team ------------------------------------------------------------------------------------


def test_a_team_with_all_its_hours_elsewhere_takes_in_nobody(quiet):
    elsewhere = {"wijkteam.administrative_share": 0.6, "wijkteam.collective_share": 0.6,
                 "wijkteam.signalling_staffed": 0.0}  # fmt: skip
    street = quiet(IN_FORCE, STILL, CERTAIN, elsewhere)
    plant(street, MONEY, 0.45)
    street.run_until(60)
    assert column(street, "intakes").sum() == 0
    assert street.world.teams["waiting"].sum() == 1


def test_heavy_cases_do_not_wait_behind_light_ones(quiet):
    small = {
        "wijkteam.fte_per_1000": 0.3,
        "wijkteam.heavy_first": 1.0,
        "household.help_seeking_threshold": 0.1,
    }
    street = quiet(IN_FORCE, STILL, CERTAIN, small)
    light = [plant(street, MONEY, 0.25, household) for household in range(10, 60)]
    street.run_until(12)
    waiting = [each for each in light if street.world.households["waiting"][each]]
    heavy = plant(street, MONEY, 0.7, 80)
    while not street.world.households["in_care"][heavy] and street.month < 60:
        street.step()
    assert waiting and street.world.households["in_care"][heavy]
    assert any(street.world.households["waiting"][each] for each in waiting)


def test_the_hours_of_a_team_are_its_staff_times_the_hours_of_one(quiet):
    street = quiet(IN_FORCE, months=6)
    team, p = street.world.teams[0], street.world.p[0]
    assert team["hours"] == pytest.approx(team["fte"] * p["hours_per_fte"])
    assert team["administration_hours"] == pytest.approx(team["hours"] * p["administrative_share"])
    assert team["intake_hours"] == 0.0


def test_intakes_take_the_hours_there_are_and_at_most_one_is_finished_in_overtime(quiet):
    small = {
        "wijkteam.fte_per_1000": 0.5,
        "wijkteam.light_help": 0.0,
        "household.help_seeking_threshold": 0.1,
    }
    street = quiet(IN_FORCE, STILL, CERTAIN, small)
    for household in range(10, 90):
        plant(street, MONEY, 0.5, household)
    for _ in range(12):
        street.step()
        used = column(street, "intakes")[-1] * street.world.p[0]["hours_per_intake"]
        assert used < column(street, "team_hours_intake")[-1] + street.world.p[0]["hours_per_intake"]


def test_over_a_year_intakes_take_no_more_hours_than_there_are(quiet):
    tiny = {"wijkteam.fte_per_1000": 0.1, "wijkteam.light_help": 0.0, "household.help_seeking_threshold": 0.1}
    street = quiet(IN_FORCE, STILL, CERTAIN, tiny)
    for household in range(10, 90):
        plant(street, MONEY, 0.5, household)
    street.run_until(26)
    used = column(street, "intakes")[2:].sum() * street.world.p[0]["hours_per_intake"]
    assert used < column(street, "team_hours_intake")[2:].sum() + street.world.p[0]["hours_per_intake"]


# -- providers in their first years --------------------------------------------------------------


def test_there_is_a_choice_of_providers_on_the_eve_of_the_transition(town_before_transition):
    providers = town_before_transition.world.providers
    there = np.bincount(providers["kind"][providers["exists"] > 0], minlength=N_KINDS)
    assert all(there[kind] >= 2 for kind in range(N_KINDS) if kind not in {*WITHOUT_SLOTS, *ON_DEMAND})
