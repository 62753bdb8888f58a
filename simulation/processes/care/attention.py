"""Active households: activation, marks, and lists for the loops of the month."""

import numpy as np

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.vocabulary import SAFETY
from simulation.compiled import BLOCK, ONE, as_index, list_bits
from simulation.processes.care.care_slots import SPECIALIST_MASK, TEAM_MASK
from simulation.world import ACTIVE, IN_ORDER, NEAR_CRISIS, WITH_SPECIALIST, WITH_TEAM

# Marks: bit sets of the households that take part in processes 6, 7 and 8.
#
# Few households have care, and fewer a crisis. Searching the records of all active households for them
# would take longer than most of the work that follows. A mark is one bit, written where the record changes.


@compiled_inline
def set_mark(world, household, mark, is_so):
    """Set or clear the mark of a household."""
    word, bit = as_index(household // BLOCK), np.uint32(household % BLOCK)
    others = world.marks[mark, word] & ~(ONE << bit)
    world.marks[mark, word] = others | (np.uint32(is_so) << bit)


@compiled_inline
def is_marked(world, household, mark):
    """Return whether a household has a mark."""
    bit = np.uint32(household % BLOCK)
    return (world.marks[mark, as_index(household // BLOCK)] >> bit & ONE) != 0


@compiled_inline
def mark_care(world, household):
    """Update the marks of a household for team and specialist care, after care started or ended."""
    in_care = np.uint32(world.households[household]["in_care"])
    set_mark(world, household, WITH_TEAM, (in_care & TEAM_MASK) != 0)
    set_mark(world, household, WITH_SPECIALIST, (in_care & SPECIALIST_MASK) != 0)


@compiled_inline
def mark_crisis(world, household, worst):
    """Update the crisis mark: violence, or a problem at crisis severity; `worst` is the largest severity."""
    violence = world.households[household]["severity"][SAFETY] >= world.p[0]["violence_at"]
    set_mark(world, household, NEAR_CRISIS, violence | (worst >= 1.0))


@compiled_inner
def list_marked(world, mark, listed):
    """Write the households with a mark to `listed`, in order of number; return how many."""
    count = 0
    words = world.marks[mark]
    for word in range(len(words)):
        count = list_bits(words[word], BLOCK * word, listed, count)
    return count


FEW = 16


@compiled_inline
def wake(world, household):
    """Activate an inactive household: append it to the list of active households of this month."""
    if world.attention[household] != 0:
        world.attention[household] = 0
        world.active[world.counts[ACTIVE]] = household
        world.counts[ACTIVE] += 1


@compiled_inline
def earliest_of_block(months, start):
    """Return the earliest of a block of months; the fixed length lets the compiler vectorise it."""
    earliest = months[start]
    for each in range(1, BLOCK):
        earliest = min(earliest, months[start + each])
    return earliest


@compiled_inline
def list_active_households(attention, listed):
    """Write the active households to `listed`, in order of number; return how many."""
    whole = len(attention) // BLOCK * BLOCK
    count = 0
    for start in range(0, whole, BLOCK):
        if earliest_of_block(attention, start) == 0:
            for each in range(BLOCK):
                household = start + each
                listed[as_index(count)] = household
                count += attention[household] == 0
    for household in range(whole, len(attention)):
        listed[as_index(count)] = household
        count += attention[household] == 0
    return count


@compiled_inline
def list_active(world):
    """Make the list of active households of the month."""
    count = list_active_households(world.attention, world.active)
    world.counts[ACTIVE] = count
    world.counts[IN_ORDER] = count


@compiled
def sort_active(world):
    """Sort the households that were activated since the list was made into the list, by number."""
    in_order = world.counts[IN_ORDER]
    total = world.counts[ACTIVE]
    active = world.active
    if total - in_order > FEW:  # making the list again is faster than many insertions
        list_active(world)
        return
    for late in range(in_order, total):
        household = active[late]
        place = np.searchsorted(active[:late], household)
        for each in range(late, place, -1):
            active[as_index(each)] = active[as_index(each - 1)]
        active[place] = household
    world.counts[IN_ORDER] = total
