"""Who is due: whose calendar or wijk asks for attention this month (process 2)."""

import numpy as np

from agents.compiled import part
from simulation.compiled.bits import BLOCK, lists_bits, up_to
from simulation.compiled.memory_locality import at
from simulation.randomness.common_random_numbers import uniform_on

FRAILEST = 3.0  # frailty above this does not make a shared trouble strike more often


@part
def lists_due(world, start, last, due, count):
    """List whose calendar asks for attention in one wijk, after the `count` listed; returns how many."""
    month = np.int16(world.municipality[0]["month"])
    calendar = world.calendar[start:last]  # its rows begin at 0: none can be counted from the end
    whole = len(calendar) // BLOCK * BLOCK
    for first in range(0, whole, BLOCK):
        count = lists_bits(up_to(calendar, first, month), start + first, due, count)
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
