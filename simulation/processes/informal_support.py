"""Informal support: networks divide their capacity over members, get tired and recover (process 4)."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.household import severity_after_onset
from agents.informal_network import (
    capacity_now,
    next_tiredness,
    support_need,
    support_received,
    volunteer_capacity_now,
)
from agents.vocabulary import MIND
from simulation.compiled import prefetch_ahead, prefetch_behind
from simulation.processes.care.attention import mark_crisis, wake
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import OVERBURDENED, RESPITE
from simulation.world import ACTIVE

NEED_UNITS = 1024.0
CARER = np.int64(Purpose.CARER)


@compiled_inline
def worst_severity(severity):
    """Return the largest severity of a household, by pairwise comparison (fewest dependent steps)."""
    first, second = max(severity[0], severity[4]), max(severity[1], severity[5])
    third, fourth = max(severity[2], severity[6]), max(severity[3], severity[7])
    return np.float64(max(max(first, third), max(second, fourth)))


@compiled_inline
def one_household_needs(world, household):
    """Add the need of a household to the need of its network."""
    home = world.households[household]
    p = world.p[0]
    need = support_need(
        worst_severity(home["severity"]),
        p["light_need_at"],
        home["in_care"] != 0,
        world.municipality[0]["network_steps_back"],
    )
    world.networks[home["network"]]["need"] += int(need * NEED_UNITS)


@compiled_inner
def drawn_carer(world, network, random_number):
    """Return a household of a network, drawn of those that are formed; -1 if none is."""
    which = int(random_number * network["formed"])
    for household in range(network["first"], network["first"] + network["size"]):
        if world.lives[household]["since"] <= world.municipality[0]["month"]:
            if which == 0:
                return household
            which -= 1
    return -1


@compiled_inner
def one_network_update(world, number, s_carer):
    """Update one network: share of the need that it meets, respite, tiredness, and strain of a carer."""
    network = world.networks[number]
    need = network["need"] / NEED_UNITS
    # 64 bits from here on: plain Python would continue in the 32 bits of the record.
    tired = np.float64(network["tiredness"])
    if need == 0.0 and tired == 0.0:
        network["share"] = 0.0
        return
    p = world.p[0]
    now = world.municipality[0]
    capacity = capacity_now(
        np.float64(network["full_capacity"]) * network["formed"] / network["size"],
        tired,
        p["tiredness_lowers_capacity"],
        now["social_base_factor"] + p["community_effect"] * world.wijken[network["wijk"]]["community"],
    )
    capacity += volunteer_capacity_now(
        now["volunteers_per_household"], network["formed"], tired, p["volunteer_tires"]
    )
    network["capacity"] = capacity
    network["share"] = min(1.0, capacity / need) if need > 0.0 else 0.0
    tiredness = next_tiredness(tired, need, capacity, p["tires_per_month"], p["recovers_per_month"])
    tally = world.tally[network["wijk"]]
    if tiredness > p["overburdened_at"]:
        tally[OVERBURDENED] += network["formed"]
        offered = p["respite_share"] * now["prevention"]
        if offered > 0.0 and uniform_on(s_carer, 4 * number + 1) < offered:
            tally[RESPITE] += network["formed"]
            diary.note_circle(world, number, diary.RESPITE)
            tiredness -= p["respite_effect"] * tiredness
    network["tiredness"] = tiredness if tiredness > 0.005 else 0.0
    network["need"] = 0
    chance = p["carer_strain_per_month"] * tiredness if tiredness > p["overburdened_at"] else 0.0
    if chance > 0.0 and uniform_on(s_carer, 4 * number + 2) < chance:
        carer = drawn_carer(world, network, uniform_on(s_carer, 4 * number))
        if carer >= 0:
            home = world.households[carer]
            if home["severity"][MIND] == 0.0:
                world.lives[carer]["start_month"][MIND] = now["month"]
            home["severity"][MIND] = severity_after_onset(home["severity"][MIND], p["carer_strain_size"])
            diary.note(
                world, carer, diary.CARER_STRAINED, MIND, -1, p["carer_strain_size"], home["severity"][MIND]
            )
            wake(world, carer)


@compiled_inline
def one_household_support(world, household):
    """Set the informal support of a household; set or clear its crisis mark."""
    home = world.households[household]
    p = world.p[0]
    worst = worst_severity(home["severity"])
    mark_crisis(world, household, worst)
    home["support"] = support_received(
        world.networks[home["network"]]["share"],
        home["ties"],
        worst,
        p["light_need_at"],
        p["support_most"],
        home["in_care"] != 0,
        world.municipality[0]["network_steps_back"],
    )


@compiled_inline
def all_households_needs(world):
    """Add the needs of all active households to their networks."""
    for number in range(world.counts[ACTIVE]):
        prefetch_ahead(world.households, world.active, number)
        one_household_needs(world, world.active[number])


@compiled_inline
def all_networks_update(world):
    """Update all networks."""
    now = world.municipality[0]
    s_carer = stream(now["seed"], now["month"], CARER)
    for number in range(len(world.networks)):
        one_network_update(world, number, s_carer)


@compiled_inline
def one_network_month(world, number):
    """Run process 4 for one network, as in the loop."""
    now = world.municipality[0]
    one_network_update(world, number, stream(now["seed"], now["month"], CARER))


@compiled_inline
def all_households_support(world):
    """Set the support of all active households, in reverse order (`simulation/compiled.py`)."""
    for number in range(world.counts[ACTIVE] - 1, -1, -1):
        prefetch_behind(world.households, world.active, number)
        one_household_support(world, world.active[number])
