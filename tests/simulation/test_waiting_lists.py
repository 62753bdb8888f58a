"""Room on the waiting lists, and the provider at each care slot: small numbers that hold what they must."""

import pytest

from agents.vocabulary import BY_SELF, DEBT_SERVICE, N_KINDS, N_SLOTS, ON_DEMAND, WITHOUT_SLOTS
from simulation import invariants
from simulation.parameters import Parameters, as_record
from simulation.population.initial_population import build_population
from simulation.population.municipality_profile import load_profile
from simulation.processes.care.care_slots import KIND_OF_SLOT
from simulation.processes.care.waiting_lists import append_entry, provider_of, remove_first, set_provider
from simulation.world import MAX_ENTRANTS, SPARE_ENTRIES, USED_ENTRIES, make_world, with_room_on_waiting_lists

MOST_PER_KIND = 8  # the most that `provider.per_kind` takes
SLOTS = [slot for slot in range(N_SLOTS) if KIND_OF_SLOT[slot] not in WITHOUT_SLOTS]


def join(world, queue, months):
    for month in months:
        append_entry(world, queue, 3, DEBT_SERVICE, BY_SELF, month)


def months_of(world, queue):
    """Return the months in which those on a list joined it, first to last."""
    found, entry = [], world.queues[queue]["head"]
    while entry >= 0:
        found.append(int(world.entries[entry]["month"]))
        entry = world.entries[entry]["next"]
    return found


def test_a_list_without_room_refuses_whoever_comes(street):
    world = street.world
    join(world, 0, range(SPARE_ENTRIES))
    assert months_of(world, 0) == list(range(len(world.entries)))
    with pytest.raises(RuntimeError, match="no room on the waiting lists"):
        join(world, 0, [1])


@pytest.mark.parametrize("needed", [10, 5000])
def test_a_longer_or_shorter_list_keeps_who_stood_there_and_has_the_room_that_was_asked_for(street, needed):
    world = street.world
    join(world, 0, range(4000))
    for _ in range(500):
        remove_first(world, 0)
    join(world, 1, range(100))
    longer = with_room_on_waiting_lists(world, needed)
    assert len(longer.entries) == 4000 + needed + needed // 16
    join(longer, 1, range(100, 500 + needed))  # in the entries that came free, and in those asked for
    assert (months_of(longer, 0), months_of(longer, 1)) == (
        list(range(500, 4000)), list(range(500 + needed)),
    )  # fmt: skip
    assert longer.counts[USED_ENTRIES] == 4000 + needed


def test_lists_stay_as_they_are_while_their_room_is_about_what_is_needed(street):
    for needed, stays in (
        (SPARE_ENTRIES + 1, False),
        (SPARE_ENTRIES, True),
        (SPARE_ENTRIES * 8 // 9, False),
        (SPARE_ENTRIES * 8 // 9 + 1, True),
    ):
        assert (with_room_on_waiting_lists(street.world, needed) is street.world) == stays


def test_no_entry_is_lost_while_lists_grow_and_shrink(make_street):
    street = make_street({"provider.capacity_per_1000": [0.0] * N_KINDS})  # everybody waits, some drop out
    for month in range(36):
        street.world = with_room_on_waiting_lists(street.world, (SPARE_ENTRIES, 2 * SPARE_ENTRIES)[month % 2])
        street.step()
        invariants.check_waiting_lists(street)
    assert 0 < street.world.waiting.sum() <= street.world.counts[USED_ENTRIES]


@pytest.mark.parametrize("in_order", [1, -1])
def test_every_slot_remembers_its_own_provider(make_street, in_order):
    world = make_street({"provider.per_kind": MOST_PER_KIND}).world
    for turn in range(MOST_PER_KIND + MAX_ENTRANTS):
        chosen = {slot: provider_at(world, KIND_OF_SLOT[slot], turn + slot) for slot in SLOTS}
        for slot in SLOTS[::in_order]:
            set_provider(world, 5, slot, chosen[slot])
        assert {slot: provider_of(world, 5, slot) for slot in SLOTS} == chosen
    assert not world.lives["provider"][[4, 6]].any()


def provider_at(world, kind, turn):
    first, last = world.provider_range[[kind, kind + 1]]
    assert (last - first == 1) == (kind in ON_DEMAND)
    return int(first + turn % (last - first))


def test_more_providers_than_a_record_can_tell_apart_are_refused():
    population = build_population(load_profile("street"), 1, Parameters().population, 0, 12)
    p = as_record(Parameters())
    assert len(make_world(population, 2, 10, p).providers) == 10 * 16 + 2
    with pytest.raises(ValueError, match=r"provider.per_kind = 11: expected 10 at most"):
        make_world(population, 2, 11, p)
