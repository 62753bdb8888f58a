"""Places and waiting lists: starting, ending, queueing; the only code that changes who is in care."""

import numpy as np

from agents.rule import rule, seldom
from agents.vocabulary import (
    AIDS,
    DAY_CARE,
    GUIDANCE,
    HOUSEHOLD_HELP,
    MENTAL_HEALTH,
    N_ADULT_KINDS,
    N_CHILDREN,
    N_PLACES,
    N_YOUTH_KINDS,
    NO_PROVIDER,
    RESIDENCE,
    SHELTER,
    SUPERVISION,
    WIJKTEAM,
    YOUTH_RESIDENTIAL,
    YOUTH_TEAM,
)
from simulation import diary
from simulation.nearness import at
from simulation.tallies import (
    DROPPED,
    ENDS,
    QUEUED,
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
from simulation.world import ACTIVE, FREE_ENTRIES, FREE_HEAD, IN_ORDER

ONE = np.uint32(1)
FEW = 16
BLOCK = 32  # quiet households are passed over in blocks of this many, one for each bit of a mask
# One over a power of two, found by a de Bruijn sequence: the number of the lowest bit.
_DE_BRUIJN = np.uint64(0x077CB531)
_LOW_32 = np.uint64(0xFFFFFFFF)
_BIT_NUMBER = np.zeros(32, dtype=np.int64)
for _bit in range(32):
    _BIT_NUMBER[((int(_DE_BRUIJN) << _bit) & 0xFFFFFFFF) >> 27] = _bit


def place_of_kind(kind: int, child: int = 0) -> int:
    """Return the place of a kind of care, for a child where the kind is for children."""
    if kind < N_ADULT_KINDS:
        return kind
    return N_ADULT_KINDS + N_YOUTH_KINDS * child + kind - N_ADULT_KINDS


def _mask(*places: int) -> int:
    """Return the bits of some places as one number."""
    return sum(1 << place for place in places)


KIND_OF_PLACE = np.array(
    [p if p < N_ADULT_KINDS else N_ADULT_KINDS + (p - N_ADULT_KINDS) % N_YOUTH_KINDS for p in range(N_PLACES)]
)
CHILD_MASK = np.array(
    [_mask(*(place_of_kind(N_ADULT_KINDS + k, c) for k in range(N_YOUTH_KINDS))) for c in range(N_CHILDREN)],
    dtype=np.uint32,
)
WMO_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE, HOUSEHOLD_HELP, RESIDENCE, AIDS, SHELTER))
SUPPORT_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE))
RESIDENCE_MASK = np.uint32(_mask(RESIDENCE, SHELTER))
TEAM_MASK = np.uint32(_mask(WIJKTEAM, *(place_of_kind(YOUTH_TEAM, c) for c in range(N_CHILDREN))))
ALL_MASK = np.uint32((1 << N_PLACES) - 1)
SPECIALIST_MASK = np.uint32(int(ALL_MASK) & ~int(TEAM_MASK))
STAY_MASK = np.uint32(_mask(*(place_of_kind(YOUTH_RESIDENTIAL, c) for c in range(N_CHILDREN))))
SUPERVISION_MASK = np.uint32(_mask(*(place_of_kind(SUPERVISION, c) for c in range(N_CHILDREN))))


@rule
def lowest_place(mask):
    """Return the number of the lowest bit of a mask that is not 0."""
    word = np.uint64(mask)
    low = word & (np.uint64(0) - word)
    return _BIT_NUMBER[np.int64(((low * _DE_BRUIJN) & _LOW_32) >> np.uint64(27))]


@rule
def place_for(kind, child):
    """Return the place of a kind of care; `child` counts only for youth kinds."""
    if kind < N_ADULT_KINDS:
        return kind
    return N_ADULT_KINDS + N_YOUTH_KINDS * child + kind - N_ADULT_KINDS


@rule
def child_of_place(place):
    """Return the child a youth place belongs to, -1 for adults."""
    if place < N_ADULT_KINDS:
        return -1
    return (place - N_ADULT_KINDS) // N_YOUTH_KINDS


@rule
def bit(place):
    """Return the bit of a place."""
    return ONE << np.uint32(place)


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
        place = late
        while place > 0 and active[place - 1] > household:
            active[place] = active[place - 1]
            place -= 1
        active[place] = household
    world.counts[IN_ORDER] = total


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


@rule
def team_of_place(world, household, place):
    """Return the team that serves a household for a team place."""
    wijk = world.wijken[world.households[household]["wijk"]]
    return wijk["team"] if place == WIJKTEAM else wijk["youth_team"]


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
    world.places[wijk, kind] -= 1
    world.tally[wijk, ENDS + kind] += 1
    diary.notes(world, household, diary.ENDED, place, diary.NONE, 0.0, 0.0)
    if kind == WIJKTEAM or kind == YOUTH_TEAM:
        world.teams[team_of_place(world, household, place)]["caseload"] -= 1
    else:
        world.providers[provider_of(world, household, place)]["clients"] -= 1
        world.lives[household]["provider"][place] = NO_PROVIDER


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
def joins_team_list(world, household, place, route, heavy):
    """Put a household on its team's waiting list, heavy or light as it seemed at the door."""
    home = world.households[household]
    if (np.uint32(home["waiting"]) | np.uint32(home["in_care"])) & bit(place):
        return
    kind = KIND_OF_PLACE[place]
    team = team_of_place(world, household, place)
    home["waiting"] = np.uint32(home["waiting"]) | bit(place)
    world.waiting[home["wijk"], kind] += 1
    world.teams[team]["waiting"] += 1
    world.tally[home["wijk"], QUEUED + kind] += 1
    month = world.municipality[0]["month"]
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


@seldom
def ends_everything(world, household):
    """End all care and waiting of a household: it left, or a child grew up with nobody behind."""
    home = world.households[household]
    mask = np.uint32(home["in_care"])
    while mask:
        place = lowest_place(mask)
        mask &= ~bit(place)
        ends_place(world, household, place)
    mask = np.uint32(home["waiting"])
    while mask:
        place = lowest_place(mask)
        mask &= ~bit(place)
        drops_out(world, household, place)


@seldom
def ends_child(world, household, child):
    """End all youth care and waiting of one child."""
    home = world.households[household]
    mask = np.uint32(home["in_care"]) & CHILD_MASK[child]
    while mask:
        place = lowest_place(mask)
        mask &= ~bit(place)
        ends_place(world, household, place)
    mask = np.uint32(home["waiting"]) & CHILD_MASK[child]
    while mask:
        place = lowest_place(mask)
        mask &= ~bit(place)
        drops_out(world, household, place)


@seldom
def chosen_provider(world, kind, luck):
    """Pick a provider of a kind, by its share of the market among those that exist."""
    first = world.provider_range[kind]
    last = world.provider_range[kind + 1]
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
