"""Specialists admit from the waiting list, treat their own domain, discharge (process 7)."""

import numpy as np

from agents.compiled import part, rule, seldom
from agents.provider import (
    BUDGET_CEILING,
    OPEN_HOUSE,
    closing_level,
    discharges,
    effect_after_waiting,
    lengthened_by_idle,
    places_next,
    prefers_easy,
    treats,
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
    N_PLACES,
    N_YOUTH_KINDS,
    PLACE_RANGE,
    SAFETY,
    SHELTER,
    SUPERVISION,
    YOUTH,
    YOUTH_RESIDENTIAL,
)
from simulation.compiled.bits import lowest_bit
from simulation.compiled.memory_locality import comes_soon
from simulation.processes.care.attention import lists_marked
from simulation.processes.care.care_episodes import ends_place, starts_place
from simulation.processes.care.care_slots import (
    CHILD_MASK,
    KIND_OF_PLACE,
    SPECIALIST_MASK,
    SUPERVISION_MASK,
    bit,
    child_of_place,
)
from simulation.processes.care.referral import refers, stricter_access
from simulation.processes.care.waiting_lists import appends, removes_first
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


# What each place treats, and the other problem it may turn to; mostly the same.
OWN_PROBLEM = np.full(N_PLACES, MIND)
OWN_PROBLEM[[DEBT_SERVICE]] = MONEY
OWN_PROBLEM[[HOUSEHOLD_HELP, AIDS, DAY_CARE]] = CARE
OWN_PROBLEM[[SHELTER]] = SAFETY
OWN_PROBLEM[N_ADULT_KINDS:] = YOUTH + np.arange(N_PLACES - N_ADULT_KINDS) // N_YOUTH_KINDS
OTHER_PROBLEM = OWN_PROBLEM.copy()
OTHER_PROBLEM[SHELTER] = MONEY
OTHER_PROBLEM[GUIDANCE] = CARE


@part
def problem_of_place(world, household, place):
    """Return the problem a place treats: its own domain; guidance and residence the worse of two."""
    severity = world.households[household]["severity"]
    first, second = OWN_PROBLEM[place], OTHER_PROBLEM[place]
    return first if severity[first] >= severity[second] else second


@rule
def one_provider_adjusts(world, number):
    """A provider's staffed places follow its contract with a lag."""
    provider = world.providers[number]
    provider["admitted"] = 0
    if provider["exists"] == 0:
        return
    p = world.p[0]
    own = provider["kind"] == MENTAL_HEALTH  # the insurer's contracts know no partnership
    lag = p["capacity_lag_months"] if own else world.municipality[0]["provider_lag_months"]
    provider["capacity"] = places_next(provider["capacity"], provider["contracted"], lag)
    provider["staff_fte"] = provider["capacity"] / p["clients_per_fte"][provider["kind"]]


@part
def one_provider_admits(world, number, s_treatment):
    """A provider admits from its waiting list while it has places; some are bought as needed."""
    provider = world.providers[number]
    if provider["exists"] == 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    queue = 2 * len(world.teams) + number
    kind = provider["kind"]
    on_demand = kind == AIDS or kind == SUPERVISION or p["places_are_scarce"] == 0
    least = p["least_waiting_months"] if kind == MENTAL_HEALTH else 0.0
    weight = p["margin_weight"] if kind == MENTAL_HEALTH else now["provider_margin_weight"]
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
        place = np.int64(row["place"])
        route = np.int64(row["route"])
        severity = np.float64(
            world.households[household]["severity"][problem_of_place(world, household, place)]
        )
        removes_first(world, queue)
        if waited == 0 and is_at_desk(world, household, place, route):
            diary.notes(world, household, diary.AT_DESK, place, route, 0.0, 0.0)
            appends(world, queue, household, place, route, now["month"])
            passed_over += 1
            if passed_over > provider["waiting"]:
                break
            continue
        luck = uniform_on(s_treatment, household * PLACE_RANGE + place)
        if now["responsible"] and prefers_easy(severity, luck, weight, p["contract_form"]):
            appends(world, queue, household, place, route, now["month"] - waited)
            passed_over += 1
            if passed_over > provider["waiting"]:
                break
            continue
        starts_place(world, household, place, number, route, waited)


@part
def is_renewed(world, household, place, severity, level):
    """Whether a decision whose term is over is renewed: the need is seen again, access now applies."""
    now = world.municipality[0]
    if now["keeps_running_care"] or KIND_OF_PLACE[place] == YOUTH_RESIDENTIAL:
        return True
    strict = stricter_access(now, KIND_OF_PLACE[place]) if now["responsible"] else 0.0
    return severity >= level + strict


@part
def sets_care_by_kind(world):
    """Set by what each kind of care works, closes and is renewed this month: the same for everybody."""
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


@part
def idle_share(world, kind):
    """Share of a kind's staffed places that is idle, where providers are paid per client; else 0."""
    form = world.p[0]["contract_form"]
    of_others = (world.municipality[0]["responsible"] == 0) | (kind == MENTAL_HEALTH)
    paid_per_client = of_others | (form == OPEN_HOUSE) | (form == BUDGET_CEILING)
    places = clients = 0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        places += world.providers[number]["capacity"] * world.providers[number]["exists"]
        clients += world.providers[number]["clients"]
    return max(0.0, 1.0 - clients / places) if paid_per_client and places > 0 else 0.0


@part
def closing_level_now(world, kind):
    """Severity at which a kind of care is closed now, by the form of its contracts."""
    p = world.p[0]
    now = world.municipality[0]
    form = p["contract_form"]  # read first: a choice between numbers needs no branch
    form = form if (now["responsible"] != 0) & (kind != MENTAL_HEALTH) else 0.0
    weight, tempered = p["margin_weight"], now["provider_margin_weight"]
    weight = tempered if kind != MENTAL_HEALTH else weight
    return closing_level(p["closes_below"][kind], weight, form, p["form_shifts_closing"])


@part
def effect_at(world, household, kind):
    """Effect of a month of a kind of care for a household; mental health care remembers the wait."""
    effect = world.care_by_kind[kind]["effect"]
    if kind != MENTAL_HEALTH:
        return effect
    waited = world.lives[household]["waited_for_mind"]
    return effect_after_waiting(effect, waited, world.p[0]["effect_lost_per_month_waited"])


@seldom
def guardian_asks(world, household, place, severity):
    """The guardian of a child under supervision that has no youth help may ask for it."""
    now = world.municipality[0]
    home = world.households[household]
    child = child_of_place(place)
    helped = CHILD_MASK[child] & SPECIALIST_MASK & ~SUPERVISION_MASK
    if (np.uint32(home["in_care"]) | np.uint32(home["waiting"])) & helped:
        return
    luck = uniform_on(stream(now["seed"], now["month"], GUARDIAN), household * PLACE_RANGE + place)
    if luck < world.p[0]["guardian_per_month"]:
        refers(world, household, YOUTH + child, severity, BY_GUARDIAN, 0.0, 1.0)


@part
def treats_place(world, household, place, s_discharge, s_renewal):
    """One month of care at one place: treatment, discharge, or a decision that ends its term."""
    p = world.p[0]
    home = world.households[household]
    kind = KIND_OF_PLACE[place]
    problem = problem_of_place(world, household, place)
    coordinated = (home["flags"] & FLAG_COORDINATED) != 0
    severity = treats(
        np.float64(home["severity"][problem]),
        effect_at(world, household, kind),
        coordinated,
        p["coordination_gain"],
        1.0,
    )
    home["severity"][problem] = severity
    tally = world.tally[home["wijk"]]
    tally[CARE_MONTHS_MIND] += kind == MENTAL_HEALTH
    care = world.care_by_kind[kind]
    level = care["closing_level"]
    who = household * PLACE_RANGE + place
    luck = uniform_on(s_discharge, who)
    if kind == SUPERVISION:
        guardian_asks(world, household, place, severity)
    # Few draws are low enough to end any care; only then is asked whether the problem is long-standing.
    may_end = luck < care["closes"] + care["ends"]
    pace = pace_of(world, household, problem) if may_end else 1.0
    if may_end and discharges(severity, luck, level, care["closes"], care["ends"] * pace):
        if severity < level:
            home["trust"] = min(0.98, home["trust"] + p["trust_gained_by_help"])
        ends_place(world, household, place)
        return
    if uniform_on(s_renewal, who) < care["term_ends"]:
        tally[ADMINISTRATION] += 1
        if is_renewed(world, household, place, severity, level):
            tally[RENEWALS + kind] += 1
            diary.notes(world, household, diary.RENEWED, place, diary.NONE, 0.0, severity)
            if kind >= N_ADULT_KINDS and kind != SUPERVISION:
                tally[ROUTE_YOUTH + BY_RENEWAL] += 1
        else:
            diary.notes(world, household, diary.NOT_RENEWED, place, diary.NONE, 0.0, severity)
            ends_place(world, household, place)


@part
def specialists_treat(world, household, s_discharge, s_renewal):
    """Process 7 for one household: a month at every specialist place it has."""
    mask = np.uint32(world.households[household]["in_care"]) & SPECIALIST_MASK
    while mask:
        place = lowest_bit(mask)
        mask &= ~bit(place)
        treats_place(world, household, place, s_discharge, s_renewal)


@rule
def one_household_treatment(world, household):
    """Process 7 for one household, as the loop does it."""
    now = world.municipality[0]
    specialists_treat(
        world,
        household,
        stream(now["seed"], now["month"], DISCHARGE),
        stream(now["seed"], now["month"], RENEWAL),
    )


@rule
def all_providers_admit(world):
    """All providers adjust their places and admit."""
    now = world.municipality[0]
    s_treatment = stream(now["seed"], now["month"], TREATMENT)
    for number in range(len(world.providers)):
        one_provider_adjusts(world, number)
    for number in range(len(world.providers)):
        one_provider_admits(world, number, s_treatment)


@rule
def all_households_treatment(world):
    """Process 7 for all households with a specialist."""
    now = world.municipality[0]
    s_discharge = stream(now["seed"], now["month"], DISCHARGE)
    s_renewal = stream(now["seed"], now["month"], RENEWAL)
    treated = world.active[len(world.households) :]
    for turn in range(lists_marked(world, WITH_SPECIALIST, treated)):
        comes_soon(world.lives, treated, turn)
        comes_soon(world.households, treated, turn)
        specialists_treat(world, np.int64(treated[turn]), s_discharge, s_renewal)


@rule
def one_provider_month(world, number):
    """Admission at one provider, as the loop does it."""
    now = world.municipality[0]
    one_provider_admits(world, number, stream(now["seed"], now["month"], TREATMENT))
