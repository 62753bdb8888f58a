"""A provider's waiting list against queueing theory.

Arrivals are planted in the list of one provider with a fixed number of places; care ends with a
constant chance a month. Numbers in the system then follow a Markov chain whose stationary state is
computed here exactly: in a month people arrive, places are filled, care ends.
"""

import math

import numpy as np
import pytest
from scipy import stats

from agents.vocabulary import BY_SELF, DEBT_SERVICE, MONEY
from simulation.processes.care.waiting_lists import drop_out, join_provider_list
from simulation.recording.tallies import STARTS, WAITED

MOST = 200  # the chain is cut off at this many people


def stationary_waiting(arrivals_per_month, ends_per_month, slots):
    """Return the mean number waiting after admission in the stationary chain."""
    system = np.arange(MOST + 1)
    served = np.minimum(system, slots)
    left = served[:, None] - np.arange(slots + 1)[None, :]  # still in care, by how many ended
    ends = stats.binom.pmf(np.arange(slots + 1)[None, :], served[:, None], ends_per_month) * (left >= 0)
    arrives = np.array([np.roll(stats.poisson.pmf(system, arrivals_per_month), n) for n in system])
    arrives = np.triu(arrives)
    arrives[:, -1] += 1.0 - arrives.sum(axis=1)
    leaves = np.zeros((MOST + 1, MOST + 1))
    for count in range(slots + 1):
        leaves[system[count:], system[count:] - count] = ends[count:, count]
    step = arrives @ leaves
    balance = np.vstack([step.T - np.eye(MOST + 1), np.ones(MOST + 1)])
    state = np.linalg.lstsq(balance, np.append(np.zeros(MOST + 1), 1.0), rcond=None)[0]
    return float(state @ arrives @ np.maximum(0, system - slots))


def erlang_c_waiting(arrivals, ends, servers):
    """Return the mean number waiting in M/M/c."""
    load = arrivals / ends
    busy = load**servers / math.factorial(servers) / (1 - load / servers)
    wait = busy / (sum(load**k / math.factorial(k) for k in range(servers)) + busy)
    return wait * load / (servers - load)


@pytest.fixture
def queue(make_street):
    """Make one provider's list: arrivals per month in, numbers and months waited out."""

    def run(arrivals, ends_per_month, slots):
        street = make_street()
        world = street.world
        p, provider = world.p, int(world.provider_range[DEBT_SERVICE])
        p["ends_per_month"][0, DEBT_SERVICE] = ends_per_month
        p["idle_lengthens"] = p["long_standing_share"] = 0.0
        p["effect_per_month"][0, DEBT_SERVICE] = p["closes_per_month"][0, DEBT_SERVICE] = 0.0
        street.open_month()  # so that care goes by these
        world.providers["capacity"][provider] = world.providers["contracted"][provider] = slots
        pool = np.flatnonzero(world.lives["since"] <= 0)
        world.households["severity"][pool, MONEY] = 0.9
        return lists(street, pool, provider, arrivals)

    return run


def lists(street, pool, provider, arrivals):
    """Run the provider's part of the month; return numbers waiting and months waited in all."""
    world, came, waiting = street.world, 0, []
    street.run_loop(street.loops.list_active)
    for month, arriving in enumerate(arrivals):
        world.municipality["month"] = month
        for _ in range(arriving):
            household = int(pool[came % len(pool)])
            assert not world.households["waiting"][household] | world.households["in_care"][household]
            join_provider_list(world, household, DEBT_SERVICE, provider, BY_SELF)
            came += 1
        street.run_providers()
        waiting.append(int(world.providers["waiting"][provider]))
        street.step_all("receive_treatment")
    return np.array(waiting)


def arrivals(per_month, months, seed=0):
    return np.random.default_rng(seed).poisson(per_month, months)


def test_the_theory_is_m_m_c_when_months_are_short():
    short = 0.01
    waiting = stationary_waiting(1.0 * short, 0.25 * short, 5)
    assert waiting == pytest.approx(erlang_c_waiting(1.0, 0.25, 5), rel=0.01)


@pytest.mark.parametrize("per_month, ends_per_month, slots", [(1.0, 0.25, 5), (0.8, 0.10, 10), (0.9, 0.5, 2)])
def test_the_number_waiting_is_what_theory_says(queue, per_month, ends_per_month, slots):
    waiting = queue(arrivals(per_month, 6000), ends_per_month, slots)[200:]
    batches = waiting[: len(waiting) // 20 * 20].reshape(20, -1).mean(axis=1)
    error = batches.std(ddof=1) / math.sqrt(len(batches))
    expected = stationary_waiting(per_month, ends_per_month, slots)
    assert abs(waiting.mean() - expected) < 4 * error
    assert error < 0.25 * expected  # the comparison says something


def test_with_the_same_arrivals_more_places_never_lengthen_the_wait(queue):
    came = arrivals(1.0, 600)
    waits = [queue(came, 0.25, slots).sum() / came.sum() for slots in range(4, 12)]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > waits[-1]


def test_with_more_places_than_people_nobody_waits(queue):
    assert not queue(arrivals(1.0, 300), 0.25, 200).any()


def test_the_list_is_empty_when_nobody_comes(queue):
    assert not queue(np.zeros(50, dtype=int), 0.25, 1).any()


def test_without_ends_the_list_grows_by_all_who_come_after_the_last_place_is_taken(queue):
    waiting = queue(np.full(20, 2), 0.0, 6)
    np.testing.assert_array_equal(waiting, np.maximum(0, 2 * np.arange(1, 21) - 6))


# -- the order of a list -------------------------------------------------------------------------


def one_place(street, severity=0.9):
    """Return a debt service with one place, and the households that live in the street."""
    world = street.world
    provider = int(world.provider_range[DEBT_SERVICE])
    world.providers["capacity"][provider] = world.providers["contracted"][provider] = 1
    pool = np.flatnonzero(world.lives["since"] <= 0)
    world.households["severity"][pool, MONEY] = severity
    return provider, [int(each) for each in pool]


def test_who_comes_first_is_served_first(street):
    provider, (first, second, *_) = one_place(street)
    for household in (second, first):
        join_provider_list(street.world, household, DEBT_SERVICE, provider, BY_SELF)
    street.run_providers()
    assert street.world.households["in_care"][second] and not street.world.households["in_care"][first]


def test_who_left_a_list_and_comes_back_stands_at_its_end(street):
    provider, (leaver, stayer, *_) = one_place(street)
    for household in (leaver, stayer):
        join_provider_list(street.world, household, DEBT_SERVICE, provider, BY_SELF)
    drop_out(street.world, leaver, DEBT_SERVICE)
    street.world.municipality["month"] += 1
    join_provider_list(street.world, leaver, DEBT_SERVICE, provider, BY_SELF)
    street.run_providers()
    assert street.world.households["in_care"][stayer] and not street.world.households["in_care"][leaver]


def test_who_was_passed_over_has_waited_all_the_same(make_street):
    street = make_street()
    world, (provider, pool) = street.world, one_place(street)
    for household in pool[:20]:
        join_provider_list(world, household, DEBT_SERVICE, provider, BY_SELF)
    world.p["contract_form"], world.p["margin_weight"] = 2.0, 1.0
    world.municipality["responsible"] = 1
    world.providers["capacity"][provider] = world.providers["contracted"][provider] = 20
    for month in range(1, 12):
        world.municipality["month"] = month
        before = world.tally[:, [WAITED + DEBT_SERVICE, STARTS + DEBT_SERVICE]].sum(axis=0)
        street.run_providers()
        waited, started = world.tally[:, [WAITED + DEBT_SERVICE, STARTS + DEBT_SERVICE]].sum(axis=0) - before
        assert waited == started * month
