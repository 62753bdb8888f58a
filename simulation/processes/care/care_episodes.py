"""Care: starting and ending it; the only code that changes who is in care."""

import numpy as np

from agents.compiled import seldom
from agents.provider import CONSORTIUM
from agents.vocabulary import (
    MENTAL_HEALTH,
    NO_PROVIDER,
    SUPERVISION,
    WIJKTEAM,
    YOUTH_TEAM,
)
from simulation.compiled.bits import lowest_bit
from simulation.processes.care.attention import marks_care, wakes
from simulation.processes.care.care_slots import (
    CHILD_MASK,
    KIND_OF_PLACE,
    RESIDENCE_MASK,
    STAY_MASK,
    SUPPORT_MASK,
    WMO_MASK,
    bit,
    child_of_place,
)
from simulation.processes.care.waiting_lists import drops_out, leaves_list, provider_of, team_of_place
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


@seldom
def counts_as_user(world, household, place):
    """Count the first use of a place in the calendar year, as the statistics count users."""
    life = world.lives[household]
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    year = world.municipality[0]["month"] // 12
    if life["used_year"] != year:
        life["used_year"] = year
        life["used"] = np.uint32(0)
    used = np.uint32(life["used"])
    one = bit(place)
    if used & one:
        return
    kind = KIND_OF_PLACE[place]
    tally[USERS + kind] += 1
    if one & WMO_MASK and not used & WMO_MASK:
        tally[WMO_USERS] += 1
    if one & SUPPORT_MASK and not used & SUPPORT_MASK:
        tally[SUPPORT_USERS] += 1
    if one & RESIDENCE_MASK and not used & RESIDENCE_MASK:
        tally[RESIDENCE_USERS] += 1
    child = child_of_place(place)
    if child >= 0:
        if not used & CHILD_MASK[child]:
            tally[YOUTH_USERS] += 1
            if life["partner"] == 0:
                tally[YOUTH_USERS_ONE_PARENT] += 1
        if one & STAY_MASK:
            tally[YOUTH_STAY_USERS] += 1
    life["used"] = used | one


@seldom
def starts_place(world, household, place, provider, route, waited_months):
    """Begin care: the household takes a place at a provider or, for team places, at its team."""
    home = world.households[household]
    kind = KIND_OF_PLACE[place]
    wijk = home["wijk"]
    tally = world.tally[wijk]
    if np.uint32(home["waiting"]) & bit(place):
        leaves_list(world, household, place)
    home["in_care"] = np.uint32(home["in_care"]) | bit(place)
    marks_care(world, household)
    world.places[wijk, kind] += 1
    tally[STARTS + kind] += 1
    tally[WAITED + kind] += waited_months
    if kind > YOUTH_TEAM and kind != SUPERVISION:
        tally[ROUTE_YOUTH + route] += 1
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        world.teams[team_of_place(world, household, place)]["caseload"] += 1
        world.lives[household]["provider"][place] = NO_PROVIDER
    else:
        if kind == MENTAL_HEALTH:
            world.lives[household]["waited_for_mind"] = min(255, waited_months)
        world.providers[provider]["clients"] += 1
        world.providers[provider]["admitted"] += 1
        world.lives[household]["provider"][place] = provider - world.provider_range[kind]
    counts_as_user(world, household, place)
    diary.notes(world, household, diary.STARTED, place, route, waited_months, 0.0)
    wakes(world, household)


@seldom
def ends_place(world, household, place):
    """End care of a household at one place."""
    home = world.households[household]
    kind = KIND_OF_PLACE[place]
    wijk = home["wijk"]
    home["in_care"] = np.uint32(home["in_care"]) & ~bit(place)
    marks_care(world, household)
    world.places[wijk, kind] -= 1
    world.tally[wijk, ENDS + kind] += 1
    diary.notes(world, household, diary.ENDED, place, diary.NONE, 0.0, 0.0)
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        world.teams[team_of_place(world, household, place)]["caseload"] -= 1
    else:
        world.providers[provider_of(world, household, place)]["clients"] -= 1
        world.lives[household]["provider"][place] = NO_PROVIDER


@seldom
def ends_everything(world, household):
    """End all care and waiting of a household: it left, or a child grew up with nobody behind."""
    home = world.households[household]
    mask = np.uint32(home["in_care"])
    while mask:
        place = lowest_bit(mask)
        mask &= ~bit(place)
        ends_place(world, household, place)
    mask = np.uint32(home["waiting"])
    while mask:
        place = lowest_bit(mask)
        mask &= ~bit(place)
        drops_out(world, household, place)


@seldom
def ends_child(world, household, child):
    """End all youth care and waiting of one child."""
    home = world.households[household]
    mask = np.uint32(home["in_care"]) & CHILD_MASK[child]
    while mask:
        place = lowest_bit(mask)
        mask &= ~bit(place)
        ends_place(world, household, place)
    mask = np.uint32(home["waiting"]) & CHILD_MASK[child]
    while mask:
        place = lowest_bit(mask)
        mask &= ~bit(place)
        drops_out(world, household, place)


@seldom
def freest_provider(world, first, last):
    """Return the provider with most free places among these, -1 if none is there: one door for all."""
    freest, most = -1, 0
    for number in range(first, last):
        provider = world.providers[number]
        free = provider["capacity"] - provider["clients"] - provider["waiting"]
        if provider["exists"] and (freest < 0 or free > most):
            freest, most = number, free
    return freest


@seldom
def chosen_provider(world, kind, luck):
    """Pick a provider of a kind, by its share of the market among those that exist."""
    first = world.provider_range[kind]
    last = world.provider_range[kind + 1]
    if world.p[0]["contract_form"] == CONSORTIUM and world.municipality[0]["responsible"]:
        return freest_provider(world, first, last)
    total = 0.0
    for provider in range(first, last):
        if world.providers[provider]["exists"]:
            total += world.providers[provider]["market"]
    reach = luck * total
    chosen = -1
    for provider in range(first, last):
        if world.providers[provider]["exists"]:
            chosen = provider
            reach -= world.providers[provider]["market"]
            if reach < 0.0:
                return provider
    return chosen
