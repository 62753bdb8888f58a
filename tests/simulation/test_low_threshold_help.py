"""Ways in and low-threshold help, in a small world."""

import numpy as np
import pytest

from agents.vocabulary import BY_SCHOOL, LAW_YOUTH, LINE_ZERO, MONEY, MUNICIPALITY, NEVER, SOCIAL_BASE, YOUTH
from simulation import schedule
from simulation.processes.care.attention import wake
from simulation.processes.care.care_slots import bit
from simulation.processes.signals.arrivals import follow_up_share, sharpness_at_first_contact, team_slot_for
from simulation.processes.teams.low_threshold import all_households_low_threshold, may_be_brought
from simulation.recording.tallies import LOW_THRESHOLD
from tests.worlds import LOW_THRESHOLD as LEVERS

QUIET = {"household.incidence_per_year": [0.0] * 5}
SURE = {
    "referral_source.help_on_school": 1.0,
    "referral_source.pupils_reached_per_month": 1.0,
    "referral_source.help_on_school_effect": 0.03,
}


def with_a_child(street, age_years, severity, household=5):
    """Give a household one child of an age, with problems, and return its number."""
    life = street.world.lives[household]
    life["child_birth"][:] = NEVER
    life["child_birth"][0] = street.world.municipality["month"][0] - 12 * age_years
    street.world.households["severity"][household, YOUTH] = severity
    wake(street.world, household)
    return household


@pytest.mark.parametrize(("age", "after"), [(3, 0.3), (4, 0.27), (17, 0.27)])
def test_help_at_school_takes_something_off_a_pupils_problem(make_street, age, after):
    street = make_street(QUIET | SURE).run_until(3)
    household = with_a_child(street, age, 0.3)
    all_households_low_threshold(street.world)
    assert street.world.households["severity"][household, YOUTH] == pytest.approx(after)


def test_problem_that_does_not_show_is_not_helped(make_street):
    street = make_street(QUIET | SURE).run_until(3)
    household = with_a_child(street, 10, 0.14)
    all_households_low_threshold(street.world)
    assert street.world.households["severity"][household, YOUTH] == np.float32(0.14)


def test_a_child_in_care_is_left_to_those_who_care(make_street):
    street = make_street(QUIET | SURE).run_until(3)
    household = with_a_child(street, 10, 0.3)
    street.world.households["in_care"][household] = bit(team_slot_for(YOUTH))
    all_households_low_threshold(street.world)
    assert street.world.households["severity"][household, YOUTH] == np.float32(0.3)


def test_the_brigade_goes_to_young_adults_short_of_money(make_street):
    brigade = {"referral_source.flying_brigade": 1.0, "referral_source.brigade_reaches_per_month": 1.0,
               "referral_source.flying_brigade_effect": 0.03}  # fmt: skip
    street = make_street(QUIET | brigade).run_until(3)
    for household, age in ((2, 26), (3, 27)):
        street.world.lives["oldest_birth"][household] = street.world.municipality["month"][0] - 12 * age
        street.world.households["severity"][household, MONEY] = 0.4
        wake(street.world, household)
    all_households_low_threshold(street.world)
    assert street.world.households["severity"][2:4, MONEY] == pytest.approx([0.37, 0.4])


def test_who_waits_for_help_is_not_brought_again(make_street):
    street = make_street(QUIET | {"referral_source.intervention_brings_per_month": 0.2})
    brought = [each for each in range(200) if may_be_brought(street.world, each, YOUTH)]
    street.world.households["waiting"][brought] = bit(team_slot_for(YOUTH))
    assert brought
    assert not any(may_be_brought(street.world, each, YOUTH) for each in brought)


def test_help_at_school_is_paid_by_the_pupil(make_street):
    paid = []
    for cost in (0.0, 150.0):
        street = make_street(SURE | {"referral_source.eur_per_pupil_month": cost}).run_until(24)
        for process in schedule.MONTH[:9]:
            process(street)
        paid.append(int(street.books.month[MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_YOUTH]))
        helped = int(street.flows[LOW_THRESHOLD])
    assert helped > 0
    assert paid == [0, 15000 * helped]


def test_levers_that_do_nothing_leave_everybody_as_they_were(make_street):
    """Reached, helped with no effect, and brought to no team: money is spent and nothing else differs."""
    idle = {name: value for name, value in LEVERS.items() if name.split(".")[1] in
            ("help_on_school", "youth_work", "youth_intervention", "flying_brigade")}  # fmt: skip
    without = ("help_on_school_effect", "youth_work_effect", "youth_intervention_effect",
               "flying_brigade_effect", "intervention_brings_per_month")  # fmt: skip
    idle |= {f"referral_source.{name}": 0.0 for name in without}
    helped, left = (make_street(changes).run_until(36) for changes in (idle, {}))
    assert (helped.world.households == left.world.households).all()
    assert (helped.world.lives == left.world.lives).all()


def test_a_specialist_at_school_sees_sharper_and_follows_the_transfer(make_street):
    street = make_street({"referral_source.school_specialist": 1.0})
    assert sharpness_at_first_contact(street.world, BY_SCHOOL, False) > 0.5
    assert follow_up_share(street.world, BY_SCHOOL) == 1.0
    assert sharpness_at_first_contact(street.world, 0, False) == 0.5
    assert sharpness_at_first_contact(street.world, 0, True) < 0.5
