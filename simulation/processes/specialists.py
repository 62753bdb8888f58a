"""Specialist providers: admission from waiting lists, treatment, discharge and renewal (process 7)."""

import numpy as np

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.household import trust_after_help
from agents.provider import (
    BUDGET_CEILING,
    OPEN_HOUSE,
    closing_level,
    effect_after_waiting,
    is_bought_by_the_hour,
    is_cream_skimming,
    is_discharged,
    lengthened_by_idle,
    slots_next,
    treated_severity,
)
from agents.state import FLAG_COORDINATED
from agents.vocabulary import (
    AIDS,
    BY_GUARDIAN,
    BY_RENEWAL,
    CARE,
    DAY_CARE,
    DEBT_SERVICE,
    GUIDANCE,
    HOUSEHOLD_HELP,
    MENTAL_HEALTH,
    MIND,
    MONEY,
    N_ADULT_KINDS,
    N_KINDS,
    N_SLOTS,
    N_YOUTH_KINDS,
    ON_DEMAND,
    SAFETY,
    SHELTER,
    SLOT_RANGE,
    SUPERVISION,
    YOUTH,
    YOUTH_RESIDENTIAL,
)
from simulation.compiled import lowest_bit, prefetch_ahead
from simulation.finance.provider_finances import slots_of_kind
from simulation.processes.care.attention import list_marked
from simulation.processes.care.care_episodes import end_slot, start_slot
from simulation.processes.care.care_slots import (
    CHILD_MASK,
    KIND_OF_SLOT,
    SPECIALIST_MASK,
    SUPERVISION_MASK,
    bit,
    child_of_slot,
)
from simulation.processes.care.referral import refer, referrer, stricter_access
from simulation.processes.care.waiting_lists import append_entry, remove_first
from simulation.processes.problems import pace_of
from simulation.processes.teams.offers import is_at_desk
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import ADMINISTRATION, CARE_MONTHS_MIND, RENEWALS, ROUTE_YOUTH
from simulation.world import WITH_SPECIALIST

DISCHARGE = np.int64(Purpose.DISCHARGE)
RENEWAL = np.int64(Purpose.RENEWAL)
TREATMENT = np.int64(Purpose.TREATMENT)
GUARDIAN = np.int64(Purpose.GUARDIAN)


# The problem that each care slot treats, and the second problem it may treat instead; mostly the same.
OWN_PROBLEM = np.full(N_SLOTS, MIND)
OWN_PROBLEM[[DEBT_SERVICE]] = MONEY
OWN_PROBLEM[[HOUSEHOLD_HELP, AIDS, DAY_CARE]] = CARE
OWN_PROBLEM[[SHELTER]] = SAFETY
OWN_PROBLEM[N_ADULT_KINDS:] = YOUTH + np.arange(N_SLOTS - N_ADULT_KINDS) // N_YOUTH_KINDS
OTHER_PROBLEM = OWN_PROBLEM.copy()
OTHER_PROBLEM[SHELTER] = MONEY
OTHER_PROBLEM[GUIDANCE] = CARE


@compiled_inner
def problem_of_slot(world, household, slot):
    """Return the problem that a care slot treats; the worse of two where it treats two."""
    severity = world.households[household]["severity"]
    first, second = OWN_PROBLEM[slot], OTHER_PROBLEM[slot]
    return first if severity[first] >= severity[second] else second


@compiled_inline
def one_provider_adjust(world, number):
    """Update the staffed care slots of a provider, which follow its contract with a lag; and its staff."""
    provider = world.providers[number]
    provider["admitted"] = 0
    if provider["exists"] == 0:
        return
    p = world.p[0]
    own = provider["kind"] == MENTAL_HEALTH  # partnership does not apply to contracts of the insurer
    lag = p["capacity_lag_months"] if own else world.municipality[0]["provider_lag_months"]
    lag = 1.0 if is_bought_by_the_hour(provider["kind"]) else lag
    provider["capacity"] = slots_next(provider["capacity"], provider["contracted"], lag)
    provider["staff_fte"] = provider["capacity"] / p["clients_per_fte"][provider["kind"]]


@compiled_inner
def one_provider_admit(world, number, s_treatment):
    """Admit clients of one provider from its waiting list while it has free care slots.

    Kinds bought on demand have no limit. A request that waits for a decision of the desk, or that the
    provider skips, goes to the end of the list.
    """
    provider = world.providers[number]
    if provider["exists"] == 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    queue = 2 * len(world.teams) + number
    kind = provider["kind"]
    on_demand = kind in ON_DEMAND or p["slots_are_scarce"] == 0
    least = p["least_waiting_months"] if kind == MENTAL_HEALTH else 0.0
    weight = now["provider_margin_weight"]
    passed_over = 0
    while on_demand or provider["clients"] < provider["capacity"]:
        entry = world.queues[queue]["head"]
        if entry < 0:
            break
        row = world.entries[entry]
        waited = now["month"] - row["month"]
        if waited < least:
            break
        household = np.int64(row["household"])
        slot = np.int64(row["slot"])
        route = np.int64(row["route"])
        severity = np.float64(
            world.households[household]["severity"][problem_of_slot(world, household, slot)]
        )
        remove_first(world, queue)
        if waited == 0 and is_at_desk(world, household, slot, route):
            diary.note(world, household, diary.AT_DESK, slot, route, 0.0, 0.0)
            append_entry(world, queue, household, slot, route, now["month"])
            passed_over += 1
            if passed_over > provider["waiting"]:
                break
            continue
        random_number = uniform_on(s_treatment, household * SLOT_RANGE + slot)
        mine = now["responsible"] and kind != MENTAL_HEALTH and kind not in ON_DEMAND
        if mine and is_cream_skimming(severity, random_number, weight, p["contract_form"]):
            append_entry(world, queue, household, slot, route, now["month"] - waited)
            passed_over += 1
            if passed_over > provider["waiting"]:
                break
            continue
        start_slot(world, household, slot, number, route, waited)


@compiled_inner
def is_renewed(world, slot, severity, level):
    """Return whether an expired decision is renewed: need is assessed again under current access rules."""
    now = world.municipality[0]
    if now["keeps_running_care"] or KIND_OF_SLOT[slot] == YOUTH_RESIDENTIAL:
        return True
    strict = stricter_access(now, KIND_OF_SLOT[slot]) if now["responsible"] else 0.0
    return severity >= level + strict


@compiled_inner
def set_care_by_kind(world):
    """Set the effect, closing and ending rates of each kind of care this month (`CARE_BY_KIND`)."""
    p = world.p[0]
    for kind in range(N_KINDS):
        care = world.care_by_kind[kind]
        care["effect"] = p["effect_per_month"][kind]
        care["closing_level"] = closing_level_now(world, kind)
        idle, lengthens = idle_share(world, kind), p["idle_lengthens"]
        care["closes"] = lengthened_by_idle(p["closes_per_month"][kind], idle, lengthens)
        care["ends"] = lengthened_by_idle(p["ends_per_month"][kind], idle, lengthens)
        term = p["decision_months"][kind]
        care["term_ends"] = 1.0 / term if term > 0.0 else 0.0


@compiled_inner
def idle_share(world, kind):
    """Return the idle share of the staffed care slots of a kind, if providers are paid per client; else 0."""
    form = world.p[0]["contract_form"]
    of_others = (world.municipality[0]["responsible"] == 0) | (kind == MENTAL_HEALTH)
    paid_per_client = of_others | (form == OPEN_HOUSE) | (form == BUDGET_CEILING)
    slots = slots_of_kind(world, kind)
    clients = 0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        clients += world.providers[number]["clients"]
    return max(0.0, 1.0 - clients / slots) if paid_per_client and slots > 0 else 0.0


@compiled_inner
def closing_level_now(world, kind):
    """Return the severity below which a kind of care is closed now, by the form of its contracts."""
    p = world.p[0]
    now = world.municipality[0]
    form = p["contract_form"]  # read before the condition, so that it compiles branch-free
    form = form if (now["responsible"] != 0) & (kind != MENTAL_HEALTH) else 0.0
    weight, tempered = p["margin_weight"], now["provider_margin_weight"]
    weight = tempered if kind != MENTAL_HEALTH else weight
    return closing_level(p["closes_below"][kind], weight, form, p["form_shifts_closing"])


@compiled_inner
def effect_at(world, household, kind):
    """Return the effect of a month of a kind of care; waiting lowers that of mental health care."""
    effect = world.care_by_kind[kind]["effect"]
    if kind != MENTAL_HEALTH:
        return effect
    waited = world.lives[household]["waited_for_mind"]
    return effect_after_waiting(effect, waited, world.p[0]["effect_lost_per_month_waited"])


@compiled
def ask_by_guardian(world, household, slot, severity):
    """Let the guardian of a child under supervision request youth help, if the child has none."""
    now = world.municipality[0]
    home = world.households[household]
    child = child_of_slot(slot)
    helped = CHILD_MASK[child] & SPECIALIST_MASK & ~SUPERVISION_MASK
    if (np.uint32(home["in_care"]) | np.uint32(home["waiting"])) & helped:
        return
    random_number = uniform_on(stream(now["seed"], now["month"], GUARDIAN), household * SLOT_RANGE + slot)
    if random_number < world.p[0]["guardian_per_month"]:
        refer(world, household, YOUTH + child, severity, BY_GUARDIAN, 0.0, 1.0)


@compiled_inner
def treat_slot(world, household, slot, s_discharge, s_renewal):
    """Run one month of care in one care slot: treatment, discharge, and renewal of an expired decision."""
    p = world.p[0]
    home = world.households[household]
    kind = KIND_OF_SLOT[slot]
    problem = problem_of_slot(world, household, slot)
    coordinated = (home["flags"] & FLAG_COORDINATED) != 0
    severity = treated_severity(
        np.float64(home["severity"][problem]),
        effect_at(world, household, kind),
        coordinated,
        p["coordination_gain"],
    )
    home["severity"][problem] = severity
    tally = world.tally[home["wijk"]]
    tally[CARE_MONTHS_MIND] += kind == MENTAL_HEALTH
    care = world.care_by_kind[kind]
    level = care["closing_level"]
    who = household * SLOT_RANGE + slot
    random_number = uniform_on(s_discharge, who)
    if kind == SUPERVISION:
        ask_by_guardian(world, household, slot, severity)
    # Few draws are low enough to end this care; `pace_of` is slow and evaluated only for these.
    may_end = is_discharged(severity, random_number, level, care["closes"], care["ends"])
    pace = pace_of(world, household, problem) if may_end else 1.0
    if may_end and is_discharged(severity, random_number, level, care["closes"], care["ends"] * pace):
        if severity < level:
            home["trust"] = trust_after_help(home["trust"], p["trust_gained_by_help"])
        end_slot(world, household, slot)
        return
    if uniform_on(s_renewal, who) < care["term_ends"]:
        tally[ADMINISTRATION] += 1
        if is_renewed(world, slot, severity, level):
            tally[RENEWALS + kind] += 1
            diary.note(world, household, diary.RENEWED, slot, diary.NONE, 0.0, severity)
            if kind >= N_ADULT_KINDS and kind != SUPERVISION:
                tally[ROUTE_YOUTH + referrer(home, slot, BY_RENEWAL)] += 1
        else:
            diary.note(world, household, diary.NOT_RENEWED, slot, diary.NONE, 0.0, severity)
            end_slot(world, household, slot)


@compiled_inner
def specialists_treat(world, household, s_discharge, s_renewal):
    """Run process 7 for one household: a month of care in each of its specialist care slots."""
    mask = np.uint32(world.households[household]["in_care"]) & SPECIALIST_MASK
    while mask:
        slot = lowest_bit(mask)
        mask &= ~bit(slot)
        treat_slot(world, household, slot, s_discharge, s_renewal)


@compiled_inline
def one_household_treatment(world, household):
    """Run process 7 for one household, as in the loop."""
    now = world.municipality[0]
    specialists_treat(
        world,
        household,
        stream(now["seed"], now["month"], DISCHARGE),
        stream(now["seed"], now["month"], RENEWAL),
    )


@compiled_inline
def all_providers_admit(world):
    """Update the care slots of all providers, then admit at all providers."""
    now = world.municipality[0]
    s_treatment = stream(now["seed"], now["month"], TREATMENT)
    for number in range(len(world.providers)):
        one_provider_adjust(world, number)
    for number in range(len(world.providers)):
        one_provider_admit(world, number, s_treatment)


@compiled_inline
def all_households_treatment(world):
    """Run process 7 for all households in specialist care."""
    now = world.municipality[0]
    s_discharge = stream(now["seed"], now["month"], DISCHARGE)
    s_renewal = stream(now["seed"], now["month"], RENEWAL)
    treated = world.active[len(world.households) :]
    for turn in range(list_marked(world, WITH_SPECIALIST, treated)):
        prefetch_ahead(world.lives, treated, turn)
        prefetch_ahead(world.households, treated, turn)
        specialists_treat(world, np.int64(treated[turn]), s_discharge, s_renewal)


@compiled_inline
def one_provider_month(world, number):
    """Run the admission at one provider, as in the loop."""
    now = world.municipality[0]
    one_provider_admit(world, number, stream(now["seed"], now["month"], TREATMENT))
