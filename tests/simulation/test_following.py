"""A run that follows another is, bit for bit, the run it would have been by itself."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.following import Follower, can_follow
from simulation.parameters import changed
from simulation.processes.event_tape import EventTape
from tests.simulation.test_event_tape import CALENDAR
from tests.worlds import differences

TRANSITION, END = 180, 300
OVERNIGHT = {"landing.cut": 0.25, "landing.years": 0.0}
# The month in which each seed's follower diverges: years after the transition, or the end if it never does.
PARTS = {1: 229, 2: END}


def town(make_street, seed=1):
    """Return a street with a cut overnight, at the beginning of a warm-up of fifteen years."""
    return make_street(OVERNIGHT, seed, soon=False, end_month=END - 1)


def same_money(parameters, **more):
    """Return parameters that bring the money of a long phase-in on day one."""
    return replace(parameters, landing=replace(parameters.landing, basis="same_money", **more))


def followed(leader, parameters, until=END):
    """Run a leader to the end with a follower, and then the detached follower; return the follower."""
    follower = Follower(leader.run_until(TRANSITION), parameters, [TRANSITION])
    leader.apply_policy(leader.parameters)
    leader.run_until(until)
    return follower.detach().run_until(until)


def alone(street, parameters, until=END):
    """Return a street with these parameters, run without a leader."""
    street.run_until(TRANSITION).apply_policy(parameters)
    return street.run_until(until)


@pytest.mark.parametrize("taped", [False, True])
@pytest.mark.parametrize("seed", PARTS)
def test_the_same_money_follows_until_the_council_decides_differently(make_street, taped, seed):
    leader, twin, other = (town(make_street, seed) for _ in range(3))
    tape = EventTape()
    for street in (twin, leader) if taped else ():
        street.share_events(tape)
    alone(twin, twin.parameters)
    follower = followed(leader, same_money(leader.parameters))
    by_itself = alone(other, same_money(other.parameters))
    assert set(differences(follower, by_itself)) <= (CALENDAR if taped else set())
    assert set(differences(leader, twin)) <= (CALENDAR if taped else set())
    assert follower.municipality.reserves_cents == by_itself.municipality.reserves_cents
    recorded, expected = (each.recorder.tables(each, 0) for each in (follower, by_itself))
    for name, columns in expected.items():
        for column, values in columns.items():
            assert np.array_equal(recorded[name][column], values), (name, column)


def test_money_alone_decides_late_and_other_levers_cannot_follow(make_street):
    parameters = make_street().parameters
    assert can_follow(same_money(parameters), parameters)
    assert not can_follow(changed(parameters, {"wijkteam.outreach_share": 0.1}), parameters)


@pytest.mark.parametrize("seed", PARTS)
def test_a_follower_shares_households_for_years_and_diverges_when_its_own_arrays_differ(make_street, seed):
    leader = town(make_street, seed)
    follower = Follower(leader.run_until(TRANSITION), same_money(leader.parameters), [TRANSITION])
    leader.apply_policy(leader.parameters)
    leader.run_until(END)
    assert follower.model.month == PARTS[seed]
    assert (follower in leader.observers) == follower.model.follows == (PARTS[seed] == END)


def test_a_leader_that_stops_leaves_a_follower_that_goes_on(make_street):
    leader, other = town(make_street), town(make_street)
    follower = Follower(leader.run_until(TRANSITION), same_money(leader.parameters), [TRANSITION])
    leader.apply_policy(leader.parameters)
    leader.run_until(TRANSITION + 3)
    detached = follower.detach()
    leader.run_until(TRANSITION + 20)
    expected = alone(other, same_money(other.parameters))
    assert differences(detached.run_until(END), expected) == []


def test_two_followers_of_one_leader_do_not_affect_each_other(make_street):
    leader, other = town(make_street), town(make_street)
    money = same_money(leader.parameters)
    first, second = (Follower(leader.run_until(TRANSITION), money, [TRANSITION]) for _ in range(2))
    assert first.model.observers == second.model.observers == []
    leader.apply_policy(leader.parameters)
    leader.run_until(END)
    by_itself = alone(other, money)
    for each in (first, second):
        assert differences(each.detach().run_until(END), by_itself) == []
