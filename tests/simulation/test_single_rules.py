"""One rule at a time: what a month does to a household when one rule alone is at work."""

import numpy as np
import pytest

from agents.vocabulary import (
    BY_GP,
    CARE,
    DEBT_SERVICE,
    HOUSEHOLD_HELP,
    MIND,
    MONEY,
    NEVER,
    SAFETY,
    YOUTH,
    YOUTH_OUTPATIENT,
    YOUTH_RESIDENTIAL,
)
from simulation.processes.care.care_episodes import chosen_provider, start_slot
from simulation.processes.care.care_slots import bit, slot_for
from simulation.processes.hazards import age_years
from simulation.processes.informal_support import worst_severity
from simulation.processes.observation import take_snapshot
from tests.simulation.test_small_worlds import CERTAIN, IN_FORCE, INACTIVE, STILL, UNDETECTED, column, plant

SHORT = {"household.long_standing_share": 0.0}
ALONE = {"household.money_to_mind": 0.0, "household.mind_to_safety": 0.0}


@pytest.fixture
def quiet(make_street):
    """Make a street where nothing happens by itself, with levers of choice."""

    def make(*changes, months=1):
        merged = dict(INACTIVE)
        for each in changes:
            merged |= each
        return make_street(merged).run_until(months)

    return make


def homes_of(street):
    """Return the numbers of the households that live in the street."""
    return np.flatnonzero(street.world.lives["since"] <= 0)


def with_children(street, most=1000):
    """Return the numbers of some households with a child."""
    born = street.world.lives["child_birth"][:, 0]
    return [each for each in homes_of(street) if born[each] != NEVER][:most]


# -- households ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("months", "years"), [(479, 39), (480, 40), (491, 40), (492, 41)])
def test_age_is_counted_in_whole_years(street, months, years):
    life = street.world.lives[0]
    life["oldest_birth"] = -months
    assert age_years(life, 0) == years


@pytest.mark.parametrize("problem", range(8))
def test_every_problem_of_a_household_may_be_its_worst(problem):
    severity = np.full(8, 0.2, np.float32)
    severity[problem] = 0.7
    assert worst_severity(severity) == np.float32(0.7)


def test_a_problem_that_begins_leaves_the_others_and_their_beginnings_as_they_are(quiet):
    pushes = {"household.money_to_mind": 0.2, "household.spill_floor": 0.3}
    street = quiet(UNDETECTED, STILL, pushes)
    household = with_children(street)[0]
    life = street.world.lives[household]
    life["child_birth"][1] = life["child_birth"][0]
    children = street.world.households["severity"][household, YOUTH : YOUTH + 2]
    plant(street, MONEY, 0.9, household)
    children[:] = 0.10, 0.15
    life["start_month"][[MONEY, YOUTH, YOUTH + 1]] = -30, -20, -10
    street.step()
    assert street.world.households["severity"][household, MIND] > 0.0
    assert life["start_month"][[MONEY, MIND, YOUTH, YOUTH + 1]].tolist() == [-30, street.month - 1, -20, -10]
    assert children[1] - children[0] == pytest.approx(0.05, abs=0.01)


def test_a_problem_that_passes_for_certain_is_gone_in_a_month(quiet):
    street = quiet(UNDETECTED, ALONE, SHORT, {"household.passes_per_month": [1.0] * 5})
    homes = [plant(street, MIND, 0.8, each) for each in homes_of(street)[:20]]
    street.step()
    assert (street.world.households["severity"][homes, MIND] < 0.4).all()


def test_singles_have_problems_with_safety_less_often_than_couples_but_they_do(quiet):
    of_safety = {"household.incidence_per_year": [0.0, 0.0, 0.0, 1.0, 0.0]}
    street = quiet(UNDETECTED, STILL, of_safety)
    couple = street.world.lives["partner"][homes_of(street)] == 1
    street.run_until(13)
    struck = street.world.households["severity"][homes_of(street), SAFETY] > 0.0
    assert 0.1 < struck[~couple].mean() < struck[couple].mean()


def test_young_newcomers_are_couples_in_a_third_of_the_houses_whatever_their_age(quiet):
    street = quiet(UNDETECTED, {"household.death_at_80_per_year": 1000.0})
    lives, ages, couples = street.world.lives, [], []
    for _ in range(12):
        street.step()
        new = lives["since"] == street.month - 1
        ages += list((street.month - 1 - lives["oldest_birth"][new]) / 12)
        couples += list(lives["partner"][new] == 1)
    age, couple = np.array(ages), np.array(couples)
    assert len(age) > 100 and 0.25 < couple.mean() < 0.45
    assert age[couple].min() < 23 and age[couple].max() > 31
    assert age[~couple].min() < 23 and age[~couple].max() > 31


# -- networks ------------------------------------------------------------------------------------


def test_respite_reaches_its_share_of_overburdened_circles(quiet):
    street = quiet(UNDETECTED, STILL, {"informal_network.respite_share": 0.3})
    for household in homes_of(street):
        plant(street, CARE, 0.5, household)
    street.world.networks["tiredness"] = 0.95
    street.world.networks["full_capacity"] = 0.01
    street.step()
    overburdened = column(street, "overburdened_circle_households")[-1]
    assert 0.0 < column(street, "respite_households")[-1] < 0.6 * overburdened


# -- signals and referral ------------------------------------------------------------------------


def test_a_gp_who_acts_on_everything_misses_no_child(quiet):
    street = quiet(UNDETECTED, STILL, {"referral_source.gp_per_month": 1.0})
    homes = with_children(street, 30)
    for household in homes:
        plant(street, YOUTH, 0.99, household)
    street.step()
    assert column(street, "signals_gp")[-1] >= 0.9 * len(homes)


def test_what_a_gp_does_not_see_keeps_nobody_else_from_reporting_it(quiet):
    police = {"referral_source.gp_per_month": 1.0, "referral_source.police_per_month": 1.0,
              "referral_source.existing_links": 1.0}  # fmt: skip
    street = quiet(UNDETECTED, STILL, police)
    homes = [plant(street, SAFETY, 0.9, each) for each in homes_of(street)[:20]]
    street.step()
    assert column(street, "signals_police")[-1] > 0.5 * len(homes)


@pytest.mark.parametrize("flat", [False, True])
def test_a_contribution_that_rises_with_income_keeps_people_from_household_help(quiet, flat):
    deters = {"household.contribution_deterrence": 1.0, "household.contribution_deters": [1.0] * 5}
    street = quiet(STILL, CERTAIN, UNDETECTED, {"referral_source.gp_per_month": 1.0}, ALONE, deters)
    homes = [plant(street, CARE, 0.9, each) for each in homes_of(street)[:20]]
    street.world.municipality["contribution_flat"] = float(flat)
    street.step()
    household = street.world.households[homes]
    wanted = ((household["in_care"] | household["waiting"]) & bit(HOUSEHOLD_HELP)) != 0
    assert wanted.any() == flat
    assert (column(street, "deterred_by_contribution")[-1] > 0) != flat


def test_a_child_is_referred_to_the_heaviest_form_of_help_and_no_other(quiet):
    street = quiet(STILL, CERTAIN, {"referral_source.gp_per_month": 1.0})
    homes = with_children(street, 10)
    for household in homes:
        plant(street, YOUTH, 0.99, household)
    street.step()
    household = street.world.households[homes]
    masks = {int(each) for each in household["in_care"] | household["waiting"]} - {0}
    assert masks == {int(bit(slot_for(YOUTH_RESIDENTIAL, 0)))}


# -- care ----------------------------------------------------------------------------------------


def test_requests_go_to_providers_by_their_share_of_the_market(make_street):
    world = make_street({"provider.per_kind": 2}).world
    first = int(world.provider_range[DEBT_SERVICE])
    world.providers["exists"][first : first + 2] = 1
    world.providers["market"][first : first + 2] = 0.25, 0.75
    chosen = [chosen_provider(world, DEBT_SERVICE, draw) - first for draw in (0.0, 0.24, 0.26, 0.99)]
    assert chosen == [0, 0, 1, 1]


def test_the_start_of_youth_care_is_counted_by_who_referred_the_child(quiet):
    street = quiet(UNDETECTED, STILL)
    household = plant(street, YOUTH, 0.9, with_children(street)[0])
    provider = street.world.provider_range[YOUTH_OUTPATIENT]
    street.world.tally[:] = 0
    start_slot(street.world, household, slot_for(YOUTH_OUTPATIENT, 0), provider, BY_GP, 0)
    street.step()
    assert column(street, "youth_starts_gp")[-1] == column(street, "starts_youth_outpatient")[-1] == 1


@pytest.mark.parametrize(("ends", "left"), [(0.0, 30), (1.0, 0)])
def test_care_may_end_for_other_reasons_than_that_it_is_done(quiet, ends, left):
    street = quiet(UNDETECTED, STILL, CERTAIN, {"provider.ends_per_month": [ends] * 14,
                                                "provider.effect_per_month": [0.0] * 14})  # fmt: skip
    for household in homes_of(street)[:30]:
        plant(street, MONEY, 0.9, household)
        provider = street.world.provider_range[DEBT_SERVICE]
        start_slot(street.world, household, DEBT_SERVICE, provider, 0, 0)
    street.step()
    assert street.world.slots[:, DEBT_SERVICE].sum() == left


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_first_talk_harms_its_share_of_households(quiet, share):
    street = quiet(IN_FORCE, STILL, CERTAIN, {"wijkteam.harm_share": share})
    for household in homes_of(street)[:10]:
        plant(street, MONEY, 0.6, household)
    street.run_until(8)
    assert column(street, "harmed").sum() == share * column(street, "intakes").sum()
    assert column(street, "intakes").sum() > 0


# -- what is recorded ----------------------------------------------------------------------------


def test_a_snapshot_counts_households_who_have_care_and_their_problems(quiet):
    street = quiet(UNDETECTED, STILL)
    world, homes = street.world, homes_of(street)
    for household in homes[:3]:
        plant(street, MONEY, 0.5, household)
    start_slot(world, homes[0], DEBT_SERVICE, world.provider_range[DEBT_SERVICE], 0, 0)
    states, flows = street.recorder.states.copy(), np.zeros((7, 7), np.int64)
    groups = np.zeros((5, 4, 5), np.int64)
    take_snapshot(world, states, -1, flows, groups, street.old_prices)
    assert groups.sum(axis=(0, 1))[:4].tolist() == [len(homes), 1, 3 * 512, 2 * 512]
