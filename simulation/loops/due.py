"""Who is due: whose calendar or wijk asks for attention this month (process 2)."""

import numpy as np

from agents.rule import part, rule
from simulation.loops.attention import BLOCK
from simulation.loops.place_numbers import lowest_place
from simulation.luck import uniform_on
from simulation.nearness import at

FRAILEST = 3.0  # frailty above this does not make a shared trouble strike more often


@rule
def earliest_event_of_block(calendar, start):
    """Return the earliest next event of a block of households."""
    earliest = calendar[start]["next_event"]
    for each in range(1, BLOCK):
        earliest = min(earliest, calendar[start + each]["next_event"])
    return earliest


@rule
def due_in_block(calendar, start, until):
    """Return one bit for each of a block of households: whether its next event has come by `until`."""
    bits = np.uint32(0)
    for each in range(BLOCK):
        bits |= np.uint32(calendar[start + each]["next_event"] <= until) << np.uint32(each)
    return bits


@part
def lists_due(world, start, last, due, count):
    """List whose calendar asks for attention in one wijk, after the `count` listed; returns how many."""
    month = np.int16(world.municipality[0]["month"])
    calendar = world.calendar[start:last]  # its rows begin at 0: none can be counted from the end
    whole = len(calendar) // BLOCK * BLOCK
    for first in range(0, whole, BLOCK):
        if earliest_event_of_block(calendar, first) <= month:
            bits = due_in_block(calendar, first, month)
            while bits:
                due[at(count)] = start + first + lowest_place(bits)
                bits &= bits - np.uint32(1)
                count += 1
    for each in range(whole, len(calendar)):
        due[at(count)] = start + each
        count += calendar[each]["next_event"] <= month
    return count


@part
def lists_due_or_in_reach(world, start, last, due, count, s_strikes):
    """List, in a wijk with a shared trouble, whose calendar asks for attention or whom it may strike."""
    month = world.municipality[0]["month"]
    reach = world.p[0]["shock_strikes"] * FRAILEST
    for household in range(start, last):
        due[at(count)] = household
        in_reach = uniform_on(s_strikes, household) < reach
        count += in_reach | (world.calendar[at(household)]["next_event"] <= month)
    return count
