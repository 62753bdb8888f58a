"""A model whose run has ended is let go of: many runs in one process take no more memory than one."""

import gc
import weakref

import psutil
import pytest

from agents.mesa_adapter.model_mixin import release
from simulation.model import Model
from simulation.parameters import Parameters
from simulation.population.municipality_profile import load_profile

MEGABYTE = 1 << 20


def run_and_release(runs, dismantle=True):
    """Run the street some times; return weak references to the models."""
    seen = []
    for seed in range(runs):
        model = Model(Parameters(), load_profile("street"), seed=seed).run_until(12)
        seen.append(weakref.ref(model))
        release(model, dismantle=dismantle)
    return seen


def test_a_released_model_is_gone():
    seen = run_and_release(3)
    gc.collect()
    assert [each() for each in seen] == [None] * 3


def test_a_released_model_that_is_not_dismantled_is_gone_too():
    seen = run_and_release(3, dismantle=False)
    gc.collect()
    assert [each() for each in seen] == [None] * 3


def test_a_hundred_runs_take_no_more_memory_than_twenty():
    process = psutil.Process()
    run_and_release(20)
    before = process.memory_info().rss
    run_and_release(100)
    grown = process.memory_info().rss - before
    # One street with its recorder takes about a megabyte: a hundred kept alive would show.
    assert grown < 20 * MEGABYTE, f"grew by {grown / MEGABYTE:.0f} MB"


def test_a_household_takes_at_most_155_bytes_while_its_town_runs():
    model = Model(Parameters(), load_profile("average", households=60_000), end_month=47)
    for month in (0, 12, 48):
        model.run_until(month)
        size = sum(array.nbytes for array in model.world) / len(model.world.households)
        assert 128 < size <= 155, f"{size:.1f} bytes in month {month}"
    release(model)


@pytest.mark.parametrize("copies", [5])
def test_saved_states_are_let_go_of_as_well(copies):
    model = Model(Parameters(), load_profile("street"), seed=1).run_until(12)
    states = [model.copy() for _ in range(copies)]
    seen = [weakref.ref(each) for each in states]
    while states:
        release(states.pop())
    release(model)
    gc.collect()
    assert [each() for each in seen] == [None] * copies
