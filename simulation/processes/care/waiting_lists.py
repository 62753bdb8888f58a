"""Waiting lists of teams and providers: first-in-first-out linked lists with one pool of entries."""

import numpy as np

from agents.compiled import compiled, compiled_inline
from agents.state import PROVIDER_BITS
from agents.vocabulary import (
    WIJKTEAM,
    YOUTH_TEAM,
)
from simulation.processes.care.attention import wake
from simulation.processes.care.care_slots import (
    KIND_OF_SLOT,
    PROVIDER_INDEX,
    bit,
)
from simulation.recording import diary
from simulation.recording.tallies import (
    DROPPED,
    QUEUED,
)
from simulation.world import FREE_HEAD, MAX_PROVIDERS, USED_ENTRIES


@compiled_inline
def team_of_slot(world, household, slot):
    """Return the team that serves a household for a care slot at a team."""
    wijk = world.wijken[world.households[household]["wijk"]]
    return wijk["team"] if slot == WIJKTEAM else wijk["youth_team"]


@compiled_inline
def provider_of(world, household, slot):
    """Return the number of the provider of a care slot that a household uses or waits for."""
    index = PROVIDER_INDEX[slot]
    both = np.int64(world.lives[household]["provider"][index // 2])
    local = both >> PROVIDER_BITS * (index % 2) & (MAX_PROVIDERS - 1)
    return world.provider_range[KIND_OF_SLOT[slot]] + local


@compiled_inline
def set_provider(world, household, slot, provider):
    """Store the provider of a care slot that a household uses or waits for."""
    index = PROVIDER_INDEX[slot]
    shift = PROVIDER_BITS * (index % 2)
    local = provider - world.provider_range[KIND_OF_SLOT[slot]]
    both = world.lives[household]["provider"]
    other = np.int64(both[index // 2]) & ~((MAX_PROVIDERS - 1) << shift)
    both[index // 2] = other | local << shift


@compiled
def remove_from_waiting_counts(world, household, slot):
    """Remove a household from the counts of a waiting list; its entry must be unlinked before."""
    home = world.households[household]
    kind = KIND_OF_SLOT[slot]
    home["waiting"] = np.uint32(home["waiting"]) & ~bit(slot)
    world.waiting[home["wijk"], kind] -= 1
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        world.teams[team_of_slot(world, household, slot)]["waiting"] -= 1
    else:
        world.providers[provider_of(world, household, slot)]["waiting"] -= 1


@compiled
def unlink(world, queue, household, slot):
    """Remove the entry of a household from one waiting list; return the months waited, -1 if not in it."""
    line = world.queues[queue]
    before = -1
    entry = line["head"]
    while entry >= 0:
        row = world.entries[entry]
        if row["household"] == household and row["slot"] == slot:
            if before < 0:
                line["head"] = row["next"]
            else:
                world.entries[before]["next"] = row["next"]
            if line["tail"] == entry:
                line["tail"] = before
            free_entry(world, entry)
            return max(0, world.municipality[0]["month"] - np.int64(row["month"]))
        before = entry
        entry = row["next"]
    return -1


@compiled_inline
def free_entry(world, entry):
    """Return an entry to the free list; its content stays readable until it is reused."""
    world.entries[entry]["next"] = world.counts[FREE_HEAD]
    world.counts[FREE_HEAD] = entry


@compiled
def stop_waiting(world, household, slot):
    """Remove a household from a waiting list, its entry and its counts; return the months it waited."""
    kind = KIND_OF_SLOT[slot]
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        team = team_of_slot(world, household, slot)
        waited = unlink(world, 2 * team, household, slot)
        if waited < 0:
            waited = unlink(world, 2 * team + 1, household, slot)
    else:
        provider = provider_of(world, household, slot)
        waited = unlink(world, 2 * len(world.teams) + provider, household, slot)
    remove_from_waiting_counts(world, household, slot)
    return waited


@compiled
def drop_out(world, household, slot):
    """Remove a household from a waiting list without a start of care, and count it as dropped out."""
    world.tally[world.households[household]["wijk"], DROPPED + KIND_OF_SLOT[slot]] += 1
    diary.note(world, household, diary.DROPPED, slot, diary.NONE, 0.0, 0.0)
    stop_waiting(world, household, slot)


@compiled
def append_entry(world, queue, household, slot, route, month):
    """Append an entry of a household that joined in `month` to a waiting list.

    Raises RuntimeError if the pool of entries is full.
    """
    entry = world.counts[FREE_HEAD]
    if entry >= 0:
        world.counts[FREE_HEAD] = world.entries[entry]["next"]
    else:
        entry = world.counts[USED_ENTRIES]
        if entry >= len(world.entries):
            raise RuntimeError(
                "no room on the waiting lists: with_room_on_waiting_lists() must make some first"
            )
        world.counts[USED_ENTRIES] += 1
    row = world.entries[entry]
    row["household"] = household
    row["slot"] = slot
    row["route"] = route
    row["month"] = month
    row["next"] = -1
    line = world.queues[queue]
    if line["tail"] < 0:
        line["head"] = entry
    else:
        world.entries[line["tail"]]["next"] = entry
    line["tail"] = entry


@compiled_inline
def list_of_reports(world):
    """Return the number of the list of children reported to the child protection board: the last."""
    return len(world.queues) - 1


@compiled
def remove_first(world, queue):
    """Remove the first entry of a waiting list and return its number; its content stays readable."""
    line = world.queues[queue]
    entry = line["head"]
    row = world.entries[entry]
    line["head"] = row["next"]
    if line["head"] < 0:
        line["tail"] = -1
    free_entry(world, entry)
    return entry


@compiled
def join_team_list(world, household, slot, route, heavy, after_months):
    """Add a household to its team's waiting list for heavy or light cases, by observed severity.

    It can be served after `after_months`: 0 for a signal; 1 for a household that the team notices during
    its work, because otherwise two intakes could trigger each other within one month.
    """
    home = world.households[household]
    if (np.uint32(home["waiting"]) | np.uint32(home["in_care"])) & bit(slot):
        return
    kind = KIND_OF_SLOT[slot]
    team = team_of_slot(world, household, slot)
    home["waiting"] = np.uint32(home["waiting"]) | bit(slot)
    world.waiting[home["wijk"], kind] += 1
    world.teams[team]["waiting"] += 1
    world.tally[home["wijk"], QUEUED + kind] += 1
    month = world.municipality[0]["month"] + after_months
    append_entry(world, 2 * team + (0 if heavy else 1), household, slot, route, month)
    diary.note(world, household, diary.JOINED, slot, route, heavy, 0.0)
    wake(world, household)


@compiled
def join_provider_list(world, household, slot, provider, route):
    """Add a household to a provider's waiting list."""
    home = world.households[household]
    kind = KIND_OF_SLOT[slot]
    home["waiting"] = np.uint32(home["waiting"]) | bit(slot)
    set_provider(world, household, slot, provider)
    world.waiting[home["wijk"], kind] += 1
    world.providers[provider]["waiting"] += 1
    world.tally[home["wijk"], QUEUED + kind] += 1
    month = world.municipality[0]["month"]
    append_entry(world, 2 * len(world.teams) + provider, household, slot, route, month)
    diary.note(world, household, diary.JOINED, slot, route, 0.0, 0.0)
    wake(world, household)
