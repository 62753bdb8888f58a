"""Who has something going on: woken, and listed for the loops of the month."""

import numpy as np

from agents.compiled import rule, seldom
from simulation.compiled.bits import BLOCK
from simulation.compiled.memory_locality import at
from simulation.world import ACTIVE, IN_ORDER

FEW = 16


@rule
def wakes(world, household):
    """Put a household that something begins to happen to at the end of this month's list."""
    if world.attention[household] != 0:
        world.attention[household] = 0
        world.active[world.counts[ACTIVE]] = household
        world.counts[ACTIVE] += 1


@rule
def earliest_of_block(months, start):
    """Return the earliest of a block of months; its length is fixed, so many are compared at once."""
    earliest = months[start]
    for each in range(1, BLOCK):
        earliest = min(earliest, months[start + each])
    return earliest


@rule
def lists_going_on(attention, listed):
    """List the households with something going on, in order of number; returns how many."""
    whole = len(attention) // BLOCK * BLOCK
    count = 0
    for start in range(0, whole, BLOCK):
        if earliest_of_block(attention, start) == 0:
            for each in range(BLOCK):
                household = start + each
                listed[at(count)] = household
                count += attention[household] == 0
    for household in range(whole, len(attention)):
        listed[at(count)] = household
        count += attention[household] == 0
    return count


@rule
def lists_active(world):
    """Make the list of the month."""
    count = lists_going_on(world.attention, world.active)
    world.counts[ACTIVE] = count
    world.counts[IN_ORDER] = count


@seldom
def orders_active(world):
    """Put those who were woken since the list was made in their place, by number."""
    in_order = world.counts[IN_ORDER]
    total = world.counts[ACTIVE]
    active = world.active
    if total - in_order > FEW:  # to list them all anew is quicker than to make room for each
        lists_active(world)
        return
    for late in range(in_order, total):
        household = active[late]
        place = np.searchsorted(active[:late], household)
        for each in range(late, place, -1):
            active[at(each)] = active[at(each - 1)]
        active[place] = household
    world.counts[IN_ORDER] = total
