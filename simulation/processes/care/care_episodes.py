"""Start and end of care episodes; the only code that changes which care slots are in use."""

import numpy as np

from agents.compiled import compiled
from agents.provider import CONSORTIUM
from agents.state import FLAG_COORDINATED
from agents.vocabulary import (
    MENTAL_HEALTH,
    SUPERVISION,
    WIJKTEAM,
    YOUTH_TEAM,
)
from simulation.compiled import lowest_bit
from simulation.processes.care.attention import mark_care, wake
from simulation.processes.care.care_slots import (
    CHILD_MASK,
    KIND_OF_SLOT,
    RESIDENCE_MASK,
    STAY_MASK,
    SUPPORT_MASK,
    TEAM_MASK,
    WMO_MASK,
    bit,
    child_of_slot,
    slot_for,
)
from simulation.processes.care.waiting_lists import (
    drop_out,
    provider_of,
    remove_from_waiting_counts,
    set_provider,
    stop_waiting,
    team_of_slot,
)
from simulation.recording import diary
from simulation.recording.tallies import (
    ENDS,
    RESIDENCE_USERS,
    ROUTE_YOUTH,
    STARTS,
    SUPPORT_USERS,
    USERS,
    WAITED,
    WMO_USERS,
    YOUTH_STAY_USERS,
    YOUTH_USERS,
    YOUTH_USERS_ONE_PARENT,
)


@compiled
def count_as_user(world, household, slot):
    """Count a user at the first use of a care slot in the calendar year, as official statistics do."""
    life = world.lives[household]
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    year = world.municipality[0]["month"] // 12
    if life["used_year"] != year:
        life["used_year"] = year
        life["used"] = np.uint32(0)
    used = np.uint32(life["used"])
    one = bit(slot)
    if used & one:
        return
    kind = KIND_OF_SLOT[slot]
    tally[USERS + kind] += 1
    if one & WMO_MASK and not used & WMO_MASK:
        tally[WMO_USERS] += 1
    if one & SUPPORT_MASK and not used & SUPPORT_MASK:
        tally[SUPPORT_USERS] += 1
    if one & RESIDENCE_MASK and not used & RESIDENCE_MASK:
        tally[RESIDENCE_USERS] += 1
    child = child_of_slot(slot)
    if child >= 0:
        if not used & CHILD_MASK[child]:
            tally[YOUTH_USERS] += 1
            if life["partner"] == 0:
                tally[YOUTH_USERS_ONE_PARENT] += 1
        if one & STAY_MASK:
            tally[YOUTH_STAY_USERS] += 1
    life["used"] = used | one


@compiled
def start_slot(world, household, slot, provider, route, waited_months):
    """Start care in a care slot at a provider or, for team slots, at the team of the household.

    Removes the household from the counts of its waiting list, updates counts and marks, and activates it.
    """
    home = world.households[household]
    kind = KIND_OF_SLOT[slot]
    wijk = home["wijk"]
    tally = world.tally[wijk]
    if np.uint32(home["waiting"]) & bit(slot):
        remove_from_waiting_counts(world, household, slot)
    home["in_care"] = np.uint32(home["in_care"]) | bit(slot)
    mark_care(world, household)
    world.slots[wijk, kind] += 1
    tally[STARTS + kind] += 1
    tally[WAITED + kind] += waited_months
    if kind > YOUTH_TEAM and kind != SUPERVISION:
        tally[ROUTE_YOUTH + route] += 1
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        world.teams[team_of_slot(world, household, slot)]["caseload"] += 1
    else:
        if kind == MENTAL_HEALTH:
            world.lives[household]["waited_for_mind"] = min(255, waited_months)
        world.providers[provider]["clients"] += 1
        world.providers[provider]["admitted"] += 1
        set_provider(world, household, slot, provider)
    count_as_user(world, household, slot)
    diary.note(world, household, diary.STARTED, slot, route, waited_months, 0.0)
    wake(world, household)


@compiled
def end_slot(world, household, slot):
    """End care of a household in one care slot."""
    home = world.households[household]
    kind = KIND_OF_SLOT[slot]
    wijk = home["wijk"]
    home["in_care"] = np.uint32(home["in_care"]) & ~bit(slot)
    mark_care(world, household)
    world.slots[wijk, kind] -= 1
    world.tally[wijk, ENDS + kind] += 1
    diary.note(world, household, diary.ENDED, slot, diary.NONE, 0.0, 0.0)
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        world.teams[team_of_slot(world, household, slot)]["caseload"] -= 1
        if not np.uint32(home["in_care"]) & TEAM_MASK:  # nobody is left who has the one plan
            home["flags"] &= ~FLAG_COORDINATED & 0xFF
    else:
        world.providers[provider_of(world, household, slot)]["clients"] -= 1


@compiled
def end_everything(world, household):
    """End all care and waiting of a household, because it leaves."""
    home = world.households[household]
    mask = np.uint32(home["in_care"])
    while mask:
        slot = lowest_bit(mask)
        mask &= ~bit(slot)
        end_slot(world, household, slot)
    mask = np.uint32(home["waiting"])
    while mask:
        slot = lowest_bit(mask)
        mask &= ~bit(slot)
        drop_out(world, household, slot)


@compiled
def end_child(world, household, child):
    """End all youth care and waiting of one child."""
    home = world.households[household]
    mask = np.uint32(home["in_care"]) & CHILD_MASK[child]
    while mask:
        slot = lowest_bit(mask)
        mask &= ~bit(slot)
        end_slot(world, household, slot)
    mask = np.uint32(home["waiting"]) & CHILD_MASK[child]
    while mask:
        slot = lowest_bit(mask)
        mask &= ~bit(slot)
        drop_out(world, household, slot)


@compiled
def freest_provider(world, first, last):
    """Return the provider from `first` to `last` with most free care slots, -1 if none exists.

    The single entrance of a consortium.
    """
    freest, most = -1, 0
    for number in range(first, last):
        provider = world.providers[number]
        free = provider["capacity"] - provider["clients"] - provider["waiting"]
        if provider["exists"] and (freest < 0 or free > most):
            freest, most = number, free
    return freest


@compiled
def chosen_provider(world, kind, random_number):
    """Return a provider of a kind, drawn by market share among those that exist; -1 if none exists."""
    first = world.provider_range[kind]
    last = world.provider_range[kind + 1]
    form = world.p[0]["contract_form"]
    if form == CONSORTIUM and world.municipality[0]["responsible"] and kind != MENTAL_HEALTH:
        return freest_provider(world, first, last)
    total = 0.0
    for provider in range(first, last):
        if world.providers[provider]["exists"]:
            total += world.providers[provider]["market"]
    reach = random_number * total
    chosen = -1
    for provider in range(first, last):
        if world.providers[provider]["exists"]:
            chosen = provider
            reach -= world.providers[provider]["market"]
            if reach < 0.0:
                return provider
    return chosen


@compiled
def admit_at_once(world, household, kind, child, random_number, route):
    """Start care this month without a wait, above capacity if necessary; none if it is already in use."""
    slot = slot_for(kind, child)
    home = world.households[household]
    if home["in_care"] & bit(slot):
        return
    provider = chosen_provider(world, kind, random_number)
    if provider >= 0:
        waited = stop_waiting(world, household, slot) if home["waiting"] & bit(slot) else 0
        start_slot(world, household, slot, provider, route, waited)
