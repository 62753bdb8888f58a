"""Marks: whose turn it is in the processes that concern few (processes 6, 7 and 8).

Few households have care and fewer a crisis, and to look at the record of everybody with something going
on to find them takes longer than much of what is then done for them. A mark is one bit, written where the
record changes.
"""

import numpy as np

from agents.compiled import part, rule
from agents.vocabulary import SAFETY
from simulation.compiled.bits import BLOCK, ONE, lists_bits
from simulation.compiled.memory_locality import at
from simulation.processes.care.care_slots import SPECIALIST_MASK, TEAM_MASK
from simulation.world import NEAR_CRISIS, WITH_SPECIALIST, WITH_TEAM


@rule
def marks(world, household, mark, is_so):
    """Give a household a mark, or take it away."""
    word, bit = at(household // BLOCK), np.uint32(household % BLOCK)
    others = world.marks[mark, word] & ~(ONE << bit)
    world.marks[mark, word] = others | (np.uint32(is_so) << bit)


@rule
def is_marked(world, household, mark):
    """Whether a household has a mark."""
    bit = np.uint32(household % BLOCK)
    return (world.marks[mark, at(household // BLOCK)] >> bit & ONE) != 0


@rule
def marks_care(world, household):
    """Mark who has care, after it began or ended."""
    in_care = np.uint32(world.households[household]["in_care"])
    marks(world, household, WITH_TEAM, (in_care & TEAM_MASK) != 0)
    marks(world, household, WITH_SPECIALIST, (in_care & SPECIALIST_MASK) != 0)


@rule
def marks_crisis(world, household, worst):
    """Mark who has violence, or a problem that has come to a crisis; `worst` is the largest severity."""
    violence = world.households[household]["severity"][SAFETY] >= world.p[0]["violence_at"]
    marks(world, household, NEAR_CRISIS, violence | (worst >= 1.0))


@part
def lists_marked(world, mark, listed):
    """List the households with a mark, in order of number; returns how many."""
    count = 0
    words = world.marks[mark]
    for word in range(len(words)):
        count = lists_bits(words[word], BLOCK * word, listed, count)
    return count
