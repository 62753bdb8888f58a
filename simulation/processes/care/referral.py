"""Referral: from observed severity to requests for kinds of care, and to waiting lists."""

import numpy as np

from agents.compiled import compiled, compiled_inner
from agents.household import trust_after_failure
from agents.provider import intake_shift
from agents.vocabulary import (
    AIDS,
    BY_GP,
    BY_GUARDIAN,
    BY_WIJKTEAM,
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
    RESIDENCE,
    SAFETY,
    SLOT_RANGE,
    YOUTH,
    YOUTH_DAY_CARE,
    YOUTH_OUTPATIENT,
    YOUTH_RESIDENTIAL,
)
from agents.wijkteam import has_arrived
from simulation.processes.care.care_episodes import chosen_provider
from simulation.processes.care.care_slots import (
    CHILD_MASK,
    KIND_OF_SLOT,
    SPECIALIST_HELP,
    SUPERVISION_MASK,
    bit,
    child_of_slot,
    slot_for,
)
from simulation.processes.care.waiting_lists import join_provider_list
from simulation.randomness.common_random_numbers import FOR_GOOD, Purpose, stream, uniform, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import DETERRED, FAILED_REFERRALS, NOT_GRANTED, PASSED_ON, TRANSFERS

REFERRAL_KIND = np.int64(Purpose.REFERRAL_KIND)
FAILED_REFERRAL = np.int64(Purpose.FAILED_REFERRAL)
WHICH_PROVIDER = np.int64(Purpose.WHICH_PROVIDER)
GATE = np.int64(Purpose.GATE)
CONTRIBUTION = np.int64(Purpose.CONTRIBUTION)

# 1 where a kind of care may be requested for a problem; shape (5 problems, n_kinds).
REQUESTABLE = np.zeros((5, N_KINDS), dtype=np.int8)
REQUESTABLE[MONEY, DEBT_SERVICE] = 1
REQUESTABLE[MIND, [GUIDANCE, MENTAL_HEALTH, RESIDENCE]] = 1
REQUESTABLE[CARE, [AIDS, HOUSEHOLD_HELP, GUIDANCE, DAY_CARE]] = 1
REQUESTABLE[YOUTH, [YOUTH_OUTPATIENT, YOUTH_DAY_CARE, YOUTH_RESIDENTIAL]] = 1


@compiled_inner
def stricter_access(now, kind):
    """Return the increase of the severity for referral by council measures, careful budgets and a cut."""
    # Both sums before the condition, so that it compiles branch-free.
    of_youth = now["access_shift_youth"] + now["access_at_once_youth"]
    of_adults = now["access_shift"] + now["access_at_once"]
    return of_youth if kind >= N_ADULT_KINDS else of_adults


@compiled_inner
def is_deterred(world, household, kind):
    """Return whether an own contribution that rises with income deters a household from a kind of care."""
    p = world.p[0]
    now = world.municipality[0]
    if kind != HOUSEHOLD_HELP or now["contribution_flat"] > 0.0:
        return False
    share = p["contribution_deterrence"] * p["contribution_deters"][world.households[household]["income"]]
    return uniform(now["seed"], household, FOR_GOOD, CONTRIBUTION) < share


@compiled_inner
def shift_for_own_kind(p, kind, route):
    """Return how much lower a team's threshold is for guidance and day care, also by seconded staff."""
    if route != BY_WIJKTEAM or not (kind == GUIDANCE or kind == DAY_CARE):
        return 0.0
    return p["support_shift"] + p["seconded_shift"] * p["seconded_share"]


@compiled_inner
def needed_level(world, kind, own_norm):
    """Return the observed severity from which a kind of care is requested now, stricter access included.

    `own_norm` is the share of the stricter access that this referrer does not follow.
    """
    p = world.p[0]
    now = world.municipality[0]
    level = p["needs_at"][kind]
    if kind == MENTAL_HEALTH:
        return level
    if not now["responsible"]:
        return level - p["margin_weight"] * p["form_shifts_intake"]
    shift = intake_shift(now["provider_margin_weight"], p["contract_form"], p["form_shifts_intake"])
    return level + stricter_access(now, kind) * (1.0 - own_norm) + shift


@compiled_inner
def would_be_granted(world, problem, observed):
    """Return whether a request at this observed severity would be granted for any kind of care."""
    for kind in range(GUIDANCE, N_KINDS):
        if REQUESTABLE[min(problem, YOUTH), kind] and observed >= needed_level(world, kind, 0.0):
            return True
    return False


@compiled
def refer(world, household, problem, observed, route, shift, follow_up):
    """Request the kinds of care that a problem seems to need, by the access rules of the council."""
    return refer_by_norm(world, household, problem, observed, route, shift, follow_up, 0.0)


@compiled
def refer_by_norm(world, household, problem, observed, route, shift, follow_up, own_norm):
    """Request the kinds of care that a problem seems to need; return how many reached a waiting list.

    Parameters
    ----------
    observed : float in [0, 1]
        Severity as the referrer observes it.
    shift : float
        How much lower the referrer's own threshold is.
    follow_up : float in [0, 1]
        Share of transfers that are followed up until they arrive.
    own_norm : float in [0, 1]
        Share of the council's stricter access that the referrer does not follow.
    """
    home = world.households[household]
    p = world.p[0]
    now = world.municipality[0]
    which = min(problem, YOUTH)
    child = max(0, problem - YOUTH)
    tally = world.tally[home["wijk"]]
    s_kind = stream(now["seed"], now["month"], REFERRAL_KIND)
    arrived = 0
    is_asked = False  # for something, or it uses or awaits it already: then nothing was refused
    was_passed_on = False
    diary.note(world, household, diary.REFERRED, problem, route, observed, home["severity"][problem])
    for turn in range(GUIDANCE, N_KINDS):
        # A child is referred to one form of help: the heaviest that seems needed and is offered.
        kind = N_KINDS - 1 - (turn - GUIDANCE) if which == YOUTH else turn
        if which == YOUTH and is_asked:
            break
        if REQUESTABLE[which, kind] == 0:
            continue
        if observed < needed_level(world, kind, own_norm) - shift - shift_for_own_kind(p, kind, route):
            continue
        if is_deterred(world, household, kind):
            tally[DETERRED] += 1
            is_asked = True
            continue
        # For mental problems a GP refers to mental health care, not to Wmo care.
        if route == BY_GP and which == MIND and kind != MENTAL_HEALTH:
            continue
        # A request that was passed on is the one for mental health care: it succeeds or fails once.
        if kind == MENTAL_HEALTH and was_passed_on:
            continue
        if uniform_on(s_kind, household * SLOT_RANGE + slot_for(kind, child)) >= p["offered_share"][kind]:
            continue
        is_asked = True
        slot = slot_for(kind, child)
        had = np.uint32(home["in_care"]) | np.uint32(home["waiting"])
        if which == MIND and not had & bit(slot):
            slot = slot_of_request(world, household, kind, child, route)
        was_passed_on |= kind == GUIDANCE and slot == MENTAL_HEALTH
        if had & bit(slot):
            continue
        arrived += ask_provider(world, household, slot, route, follow_up)
    if not is_asked and which != SAFETY:
        tally[NOT_GRANTED] += 1
        diary.note(world, household, diary.NOT_GRANTED, problem, route, observed, home["severity"][problem])
    return arrived


@compiled
def slot_of_request(world, household, kind, child, route):
    """Return the care slot that a request is for: mental health care where the council passes guidance on.

    A holder of the Wmo budget that is in deficit passes a share of requests about mental problems on.
    """
    now = world.municipality[0]
    slot = slot_for(kind, child)
    if kind != GUIDANCE or now["deficit_wmo"] <= 0.0 or world.p[0]["pooled"] >= 0.5:
        return slot
    random_number = uniform_on(stream(now["seed"], now["month"], GATE), household * SLOT_RANGE + slot)
    if random_number >= now["share_passed_on"]:
        return slot
    passed_on = slot_for(MENTAL_HEALTH, 0)
    home = world.households[household]
    if not (np.uint32(home["in_care"]) | np.uint32(home["waiting"])) & bit(passed_on):
        world.tally[home["wijk"], PASSED_ON] += 1
        diary.note(world, household, diary.PASSED_ON, slot, route, 0.0, 0.0)
    return passed_on


@compiled_inner
def has_other_help(had, problem):
    """Return whether a child with this problem uses or awaits youth care, apart from a supervision order."""
    if problem < YOUTH:
        return False
    return (np.uint32(had) & SPECIALIST_HELP[problem] & ~SUPERVISION_MASK) != 0


@compiled
def ask_provider(world, household, slot, route, follow_up):
    """Transfer a household to a provider's waiting list; return 1 if it arrives, else 0."""
    home = world.households[household]
    life = world.lives[household]
    p = world.p[0]
    now = world.municipality[0]
    who = household * SLOT_RANGE + slot
    tally = world.tally[home["wijk"]]
    tally[TRANSFERS] += 1
    random_number = uniform_on(stream(now["seed"], now["month"], FAILED_REFERRAL), who)
    # Any referral, by a desk, a GP or a team, is a transfer between organisations that may fail.
    if not has_arrived(random_number, p["failed_referral_share"], follow_up, p["follow_up_saves"]):
        tally[FAILED_REFERRALS] += 1
        diary.note(world, household, diary.LOST, slot, route, 0.0, 0.0)
        home["trust"] = trust_after_failure(home["trust"], p["trust_lost_per_failure"])
        return 0
    kind = KIND_OF_SLOT[slot]
    provider = chosen_provider(
        world, kind, uniform_on(stream(now["seed"], now["month"], WHICH_PROVIDER), who)
    )
    if provider < 0 or life["since"] > now["month"]:
        return 0
    join_provider_list(world, household, slot, provider, referrer(home, slot, route))
    return 1


@compiled_inner
def referrer(home, slot, route):
    """Return the route that counts as the referrer: the guardian for a child under supervision."""
    child = child_of_slot(slot)
    if child < 0:
        return route
    supervised = np.uint32(home["in_care"]) & SUPERVISION_MASK & CHILD_MASK[child]
    return BY_GUARDIAN if supervised != 0 else route
