"""Yearly snapshots: the state of care of every household, groups, debts, and other stocks."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.vocabulary import (
    N_CHILDREN,
    N_PROBLEMS,
    NEVER,
    RESIDENCE,
    SHELTER,
)
from simulation.compiled.bits import lowest_bit
from simulation.processes.care.care_slots import (
    KIND_OF_SLOT,
    SPECIALIST_MASK,
    STAY_MASK,
    SUPERVISION_MASK,
    bit,
)
from simulation.processes.hazards import has_children
from simulation.world import ACTIVE, ADULTS_HERE, CHILDREN_HERE, HOUSEHOLDS_HERE

# States of care a household can be in, from light to heavy.
STATES = ("inactive", "problem", "waiting", "team", "one_kind", "several_kinds", "heavy")
NOT_HERE = 255
HEAVY_MASK = np.uint32(int(STAY_MASK) | int(SUPERVISION_MASK) | 1 << RESIDENCE | 1 << SHELTER)
PROBLEM_AT = 0.2
SEVERAL_AT = 0.4
SEVERAL = 3
FIVE_YEARS = 60
AGED = 65 * 12
TYPES = ("single", "couple", "one_parent", "couple_with_children")

# Columns of the group table.
GROUP_COLUMNS = ("households", "in_care", "severity", "unmet", "care_cost_cents")
# Columns of the stock vector.
STOCKS = (
    "households",
    "adults",
    "children",
    "children_in_care",
    "children_in_care_one_parent",
    "multiproblem_households",
    "adults_with_violence_in_five_years",
    "residents_who_cannot_call",
    "households_with_children",
    "one_parent_households",
    "single_households",
    "adults_65plus",
)


@compiled_inline
def number_of_bits(mask):
    """Return how many bits of a mask are set."""
    count = 0
    rest = np.uint32(mask)
    while rest:
        rest &= rest - np.uint32(1)
        count += 1
    return count


@compiled_inline
def household_type(life):
    """Return 0 single, 1 couple, 2 one-parent, 3 couple with children."""
    base = 2 if has_children(life) else 0
    return base + (1 if life["partner"] else 0)


@compiled_inner
def state_of_care(world, household):
    """Return the state of care of a household: a number in `STATES`."""
    home = world.households[household]
    in_care = np.uint32(home["in_care"])
    if in_care & HEAVY_MASK:
        return 6
    specialist = in_care & SPECIALIST_MASK
    if specialist:
        return 5 if number_of_bits(specialist) > 1 else 4
    if in_care:
        return 3
    if home["waiting"]:
        return 2
    for problem in range(N_PROBLEMS):
        if home["severity"][problem] >= PROBLEM_AT:
            return 1
    return 0


@compiled_inline
def take_snapshot(world, before, since, flows, groups, prices_cents):
    """Count states, flows between states since the last snapshot, and groups.

    Parameters
    ----------
    before : uint8 array of shape (n_households,)
        States at the last snapshot; replaced by the states now.
    since : int
        Month of the last snapshot: households that came later did not flow.
    flows : int64 array of shape (n_states, n_states)
    groups : int64 array of shape (5 incomes, 4 types, n_columns)
    """
    month = world.municipality[0]["month"]
    for household in range(len(world.households)):
        life = world.lives[household]
        if life["since"] > month:
            before[household] = NOT_HERE
            continue
        home = world.households[household]
        quiet = world.attention[household] != 0
        state = 0 if quiet else state_of_care(world, household)
        if life["since"] <= since and before[household] != NOT_HERE:
            flows[before[household], state] += 1
        before[household] = state
        group = groups[home["income"], household_type(life)]
        group[0] += 1
        if quiet:
            continue
        mask = np.uint32(home["in_care"])
        if mask:
            group[1] += 1
        total = 0.0
        for problem in range(N_PROBLEMS):
            total += home["severity"][problem]
        group[2] += int(1024.0 * total)
        if not mask:
            group[3] += int(1024.0 * total)
        while mask:
            slot = lowest_bit(mask)
            mask &= ~bit(slot)
            group[4] += prices_cents[KIND_OF_SLOT[slot]]


@compiled_inline
def count_stocks(world, stocks):
    """Count the stocks of `STOCKS` over all households that live here, int64 of shape (n_stocks,)."""
    for which in (HOUSEHOLDS_HERE, ADULTS_HERE, CHILDREN_HERE):
        stocks[which - HOUSEHOLDS_HERE] = world.counts[which]
    count_residents(world, stocks)
    for number in range(world.counts[ACTIVE]):
        count_problems_and_care(world, world.active[number], stocks)


@compiled_inner
def count_residents(world, stocks):
    """Count the other stocks of composition, and of what is remembered, over all households."""
    month = world.municipality[0]["month"]
    can_call_at = world.p[0]["can_call_at"]
    families = one_parent = single = aged = struck = cut_off = 0
    for household in range(len(world.households)):
        life = world.lives[household]
        home = world.households[household]
        is_resident = np.int64(life["since"] <= month)
        alone = np.int64(life["partner"] == 0)
        adults = is_resident * (2 - alone)
        family = is_resident * np.int64(has_children(life))
        families += family
        one_parent += family * alone
        single += (is_resident - family) * alone
        aged += adults * np.int64(month - life["oldest_birth"] >= AGED)
        recently = (life["violence"] != NEVER) & (month - life["violence"] < FIVE_YEARS)
        struck += is_resident * np.int64(recently)
        tiredness = np.float64(world.networks[home["network"]]["tiredness"])
        cut_off += adults * np.int64(home["ties"] * (1.0 - 0.5 * tiredness) < can_call_at)
    stocks[6] += struck
    stocks[7] += cut_off
    stocks[8] += families
    stocks[9] += one_parent
    stocks[10] += single
    stocks[11] += aged


@compiled_inner
def count_problems_and_care(world, household, stocks):
    """Count one household with something going on in the stocks of problems and of children in care."""
    home = world.households[household]
    life = world.lives[household]
    heavy = 0
    for problem in range(N_PROBLEMS):
        heavy += home["severity"][problem] >= SEVERAL_AT
    stocks[5] += (heavy >= SEVERAL) & has_children(life)
    mask = np.uint32(home["in_care"])
    alone = life["partner"] == 0
    for child in range(N_CHILDREN):
        in_care = (mask >> np.uint32(9 + 5 * child) & np.uint32(31)) != 0
        stocks[3] += in_care
        stocks[4] += in_care & alone
