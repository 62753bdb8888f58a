"""Waiting lists: joining, leaving and standing in line."""

import numpy as np

from agents.compiled import rule, seldom
from agents.vocabulary import (
    WIJKTEAM,
    YOUTH_TEAM,
)
from simulation.processes.care.attention import wakes
from simulation.processes.care.care_slots import (
    KIND_OF_PLACE,
    bit,
)
from simulation.recording import diary
from simulation.recording.tallies import (
    DROPPED,
    QUEUED,
)
from simulation.world import FREE_ENTRIES, FREE_HEAD


@rule
def team_of_place(world, household, place):
    """Return the team that serves a household for a team place."""
    wijk = world.wijken[world.households[household]["wijk"]]
    return wijk["team"] if place == WIJKTEAM else wijk["youth_team"]


@rule
def provider_of(world, household, place):
    """Return the number of the provider that serves, or will serve, a household at a place."""
    return world.provider_range[KIND_OF_PLACE[place]] + world.lives[household]["provider"][place]


@seldom
def leaves_list(world, household, place):
    """Count a household out of those who wait; its entry has been taken off the list."""
    home = world.households[household]
    kind = KIND_OF_PLACE[place]
    home["waiting"] = np.uint32(home["waiting"]) & ~bit(place)
    world.waiting[home["wijk"], kind] -= 1
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        world.teams[team_of_place(world, household, place)]["waiting"] -= 1
    else:
        world.providers[provider_of(world, household, place)]["waiting"] -= 1


@seldom
def unlinks(world, queue, household, place):
    """Take the entry of a household out of one waiting list; returns whether it stood there."""
    line = world.queues[queue]
    before = -1
    entry = line["head"]
    while entry >= 0:
        row = world.entries[entry]
        if row["household"] == household and row["place"] == place:
            if before < 0:
                line["head"] = row["next"]
            else:
                world.entries[before]["next"] = row["next"]
            if line["tail"] == entry:
                line["tail"] = before
            frees(world, entry)
            return True
        before = entry
        entry = row["next"]
    return False


@rule
def frees(world, entry):
    """Give an entry back; its content stays readable until it is used again."""
    world.entries[entry]["next"] = world.counts[FREE_HEAD]
    world.counts[FREE_HEAD] = entry
    world.counts[FREE_ENTRIES] += 1


@seldom
def stops_waiting(world, household, place):
    """Take a household off a waiting list, entry and all, before its turn has come."""
    kind = KIND_OF_PLACE[place]
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        team = team_of_place(world, household, place)
        if not unlinks(world, 2 * team, household, place):
            unlinks(world, 2 * team + 1, household, place)
    else:
        provider = provider_of(world, household, place)
        unlinks(world, 2 * len(world.teams) + provider, household, place)
    leaves_list(world, household, place)


@seldom
def drops_out(world, household, place):
    """A household leaves a waiting list without having started."""
    world.tally[world.households[household]["wijk"], DROPPED + KIND_OF_PLACE[place]] += 1
    diary.notes(world, household, diary.DROPPED, place, diary.NONE, 0.0, 0.0)
    stops_waiting(world, household, place)


@seldom
def appends(world, queue, household, place, route, month):
    """Put an entry of a household that joined in `month` at the end of a waiting list."""
    if world.counts[FREE_ENTRIES] <= 0:
        raise RuntimeError("no room on the waiting lists: with_room() must make some first")
    entry = world.counts[FREE_HEAD]
    row = world.entries[entry]
    world.counts[FREE_HEAD] = row["next"]
    world.counts[FREE_ENTRIES] -= 1
    row["household"] = household
    row["place"] = place
    row["route"] = route
    row["month"] = month
    row["next"] = -1
    line = world.queues[queue]
    if line["tail"] < 0:
        line["head"] = entry
    else:
        world.entries[line["tail"]]["next"] = entry
    line["tail"] = entry


@seldom
def removes_first(world, queue):
    """Take the first entry off a waiting list and set it free; its content stays readable."""
    line = world.queues[queue]
    entry = line["head"]
    row = world.entries[entry]
    line["head"] = row["next"]
    if line["head"] < 0:
        line["tail"] = -1
    frees(world, entry)
    return entry


@seldom
def joins_team_list(world, household, place, route, heavy, after_months):
    """Put a household on its team's waiting list, heavy or light as it seemed at the door.

    Its turn comes from `after_months` on: 0 for a signal, 1 for whom a team notices while it works, or two
    first talks could call for each other all month.
    """
    home = world.households[household]
    if (np.uint32(home["waiting"]) | np.uint32(home["in_care"])) & bit(place):
        return
    kind = KIND_OF_PLACE[place]
    team = team_of_place(world, household, place)
    home["waiting"] = np.uint32(home["waiting"]) | bit(place)
    world.waiting[home["wijk"], kind] += 1
    world.teams[team]["waiting"] += 1
    world.tally[home["wijk"], QUEUED + kind] += 1
    month = world.municipality[0]["month"] + after_months
    appends(world, 2 * team + (0 if heavy else 1), household, place, route, month)
    diary.notes(world, household, diary.JOINED, place, route, heavy, 0.0)
    wakes(world, household)


@seldom
def joins_provider_list(world, household, place, provider, route):
    """Put a household on a provider's waiting list."""
    home = world.households[household]
    kind = KIND_OF_PLACE[place]
    home["waiting"] = np.uint32(home["waiting"]) | bit(place)
    world.lives[household]["provider"][place] = provider - world.provider_range[kind]
    world.waiting[home["wijk"], kind] += 1
    world.providers[provider]["waiting"] += 1
    world.tally[home["wijk"], QUEUED + kind] += 1
    month = world.municipality[0]["month"]
    appends(world, 2 * len(world.teams) + provider, household, place, route, month)
    diary.notes(world, household, diary.JOINED, place, route, 0.0, 0.0)
    wakes(world, household)
