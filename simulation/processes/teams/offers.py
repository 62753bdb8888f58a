"""Offers of a team besides support, purchase of care, and problems of the other generation (process 6)."""

import numpy as np

from agents.compiled import compiled, compiled_inner
from agents.household import trust_after_failure
from agents.vocabulary import (
    BY_WIJKTEAM,
    MONEY,
    N_ADULT_KINDS,
    N_DOMAINS,
    N_PROBLEMS,
    SLOT_RANGE,
    WIJKTEAM,
    YOUTH,
)
from agents.wijkteam import breadth, has_arrived
from agents.wijkteam_casework import (
    MONTHS_A_YEAR,
    SOCIAL_WORK_LEADS,
    gain_of_breadth,
    gain_of_specialists,
    own_shift,
    shift_of_lead,
)
from simulation.processes.care.care_slots import CHILD_MASK, SPECIALIST_MASK, bit, child_of_slot
from simulation.processes.care.referral import refer_by_norm
from simulation.processes.care.waiting_lists import join_team_list, team_of_slot
from simulation.processes.informal_support import NEED_UNITS
from simulation.processes.problems import is_with_specialist
from simulation.processes.signals.arrivals import follow_up_share, observed_by, team_slot_for
from simulation.processes.signals.noticing import care_or_waiting_mask
from simulation.randomness.common_random_numbers import FOR_GOOD, Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import (
    BOUGHT_BY_TEAM,
    CLOSE_MONTHS,
    DESK_DECISIONS,
    FAILED_REFERRALS,
    HAND_OFFS,
    JOINED,
    LOST_HAND_OFFS,
    NETWORK_TALKS,
    POVERTY_GIFTS,
    TRANSFERS,
)

OTHER_NOTICED = np.int64(Purpose.OTHER_NOTICED)
TEAM_OFFER = np.int64(Purpose.TEAM_OFFER)
DESK = np.int64(Purpose.DESK)
OTHER_SEEN = np.int64(Purpose.OTHER_SEEN)
STAYS_CLOSE = np.int64(Purpose.STAYS_CLOSE)
ADULT_MASK = np.uint32((1 << N_ADULT_KINDS) - 1)


# Accuracy and quality of a team.


@compiled_inner
def has_two_teams(world, household):
    """Return whether the wijk of a household has a separate youth team."""
    wijk = world.wijken[world.households[household]["wijk"]]
    return wijk["team"] != wijk["youth_team"]


@compiled_inner
def sharpness_for(world, number, household, several):
    """Return the sharpness of a team for a household: higher with specialists and with separate teams."""
    p = world.p[0]
    sharpness = world.teams[number]["sharpness"]
    if several:
        sharpness += gain_of_specialists(p["specialists_in_team"], p["specialists_add"])
    return sharpness + p["integrated_blurs"] if has_two_teams(world, household) else sharpness


@compiled_inner
def quality_for(world, number, several):
    """Return the quality of a team for a household; breadth and specialists count for multiple problems."""
    quality = world.teams[number]["quality"]
    if not several:
        return quality
    p = world.p[0]
    usual = breadth(p["usual_disciplines"])
    gain = gain_of_breadth(breadth(p["disciplines"]), usual, p["complex_needs_breadth"])
    return quality * (1.0 + gain + gain_of_specialists(p["specialists_in_team"], p["specialists_add"]))


# Requests and purchase of care.


@compiled
def is_bought_by_team(world, household):
    """Return whether the team buys care for a household itself this month, without the desk."""
    now = world.municipality[0]
    random_number = uniform_on(stream(now["seed"], now["month"], DESK), household * 2 * SLOT_RANGE)
    return random_number < world.p[0]["mandate_to_buy"]


@compiled
def is_at_desk(world, household, slot, route):
    """Return whether a team's request waits a month for a decision of the desk."""
    if route != BY_WIJKTEAM or is_bought_by_team(world, household):
        return False
    now = world.municipality[0]
    who = (household * 2 + 1) * SLOT_RANGE + slot
    return uniform_on(stream(now["seed"], now["month"], DESK), who) < world.p[0]["desk_takes_a_month"]


@compiled_inner
def shift_of_team(world, household):
    """Return how much lower the referral threshold of a household's team is."""
    p = world.p[0]
    lead = shift_of_lead(p["access_led_by"], p["social_work_shift"], p["consortium_shift"])
    purse = p["mandate_shift"] if is_bought_by_team(world, household) else 0.0
    return own_shift(lead, purse)


@compiled
def ask_for_care(world, number, household, problem, observed, shift, came_by):
    """Request specialist care by a team, at the desk or by buying it; return how many requests arrived.

    `came_by` is the route by which the household came to the team.
    """
    p = world.p[0]
    follow_up = follow_up_of_team(world, household, came_by)
    own_norm = p["professional_norm"] if p["access_led_by"] == SOCIAL_WORK_LEADS else 0.0
    arrived = refer_by_norm(world, household, problem, observed, BY_WIJKTEAM, shift, follow_up, own_norm)
    count_decisions(world, number, household, problem, arrived)
    return arrived


@compiled_inner
def follow_up_of_team(world, household, came_by):
    """Return the share of a team's referrals that is followed up until they arrive."""
    if is_contact_lasting(world, household):
        return 1.0
    return max(follow_up_share(world, came_by), world.p[0]["mandate_to_buy"])


@compiled
def count_decisions(world, number, household, problem, arrived):
    """Count the requests that arrived: bought by the team, which takes hours, or decided by the desk."""
    p = world.p[0]
    tally = world.tally[world.households[household]["wijk"]]
    if is_bought_by_team(world, household):
        tally[BOUGHT_BY_TEAM] += arrived
        world.teams[number]["coordination_hours"] += arrived * p["hours_per_purchase"]
        if arrived > 0:
            diary.note(world, household, diary.BOUGHT_BY_TEAM, problem, diary.NONE, arrived, 0.0)
    else:
        tally[DESK_DECISIONS] += arrived
        if arrived > 0:
            diary.note(world, household, diary.DESK_DECIDES, problem, diary.NONE, arrived, 0.0)


# Problems of the other generation.


@compiled_inner
def worst_of_other_generation(world, household, slot):
    """Return the worst problem of the other generation that no specialist attends to; -1 if there is none.

    The other generation is the children at a case of the adults, and the adults at a child's case.
    """
    home = world.households[household]
    covered = care_or_waiting_mask(home)
    first, last = (YOUTH, N_PROBLEMS) if slot == WIJKTEAM else (0, N_DOMAINS)
    worst, most = -1, np.float32(0.0)
    for problem in range(first, last):
        if home["severity"][problem] > most and not is_with_specialist(covered, problem):
            worst, most = problem, home["severity"][problem]
    return worst


@compiled_inner
def hand_over(world, household, other_slot, heavy, who):
    """Hand the problems of the other generation over to the other team; the transfer may fail."""
    home = world.households[household]
    p = world.p[0]
    now = world.municipality[0]
    tally = world.tally[home["wijk"]]
    tally[TRANSFERS] += 1
    tally[HAND_OFFS] += 1
    random_number = uniform_on(stream(now["seed"], now["month"], OTHER_NOTICED), who)
    if has_arrived(random_number, p["failed_referral_share"], p["active_follow_up"], p["follow_up_saves"]):
        diary.note(world, household, diary.OTHER_HANDED_OVER, other_slot, diary.NONE, 0.0, 0.0)
        join_team_list(world, household, other_slot, BY_WIJKTEAM, heavy, 1)
        return
    tally[FAILED_REFERRALS] += 1
    tally[LOST_HAND_OFFS] += 1
    diary.note(world, household, diary.OTHER_LOST, other_slot, diary.NONE, 0.0, 0.0)
    home["trust"] = trust_after_failure(home["trust"], p["trust_lost_per_failure"])


@compiled
def notice_other_generation(world, number, household, slot, several, at_intake):
    """Let a team notice problems of the other generation, if so drawn; return the hours used.

    One team for all ages puts them on its own list, which takes hours; with two teams they are handed
    over. `at_intake` is 1 at an intake, 0 in a month of support; both may happen in one month.
    """
    p = world.p[0]
    now = world.municipality[0]
    who = 4 * (household * SLOT_RANGE + slot) + 2 * at_intake
    chance = p["other_noticed"] if at_intake else p["other_noticed"] / MONTHS_A_YEAR
    if uniform_on(stream(now["seed"], now["month"], OTHER_NOTICED), who) >= chance:
        return 0.0
    problem = worst_of_other_generation(world, household, slot)
    if problem < 0:
        return 0.0
    other_slot = team_slot_for(problem)
    home = world.households[household]
    if (np.uint32(home["waiting"]) | np.uint32(home["in_care"])) & bit(other_slot):
        return 0.0
    if world.teams[team_of_slot(world, household, other_slot)]["exists"] == 0:
        return 0.0
    s_seen = stream(now["seed"], now["month"], OTHER_SEEN)
    observed = observed_by(
        world, household, problem, sharpness_for(world, number, household, several), s_seen
    )
    if observed < p["several_above"]:
        return 0.0
    heavy = observed >= p["heavy_at"]
    if has_two_teams(world, household):
        hand_over(world, household, other_slot, heavy, who + 1)
        return 0.0
    diary.note(world, household, diary.OTHER_TAKEN_UP, other_slot, diary.NONE, 0.0, 0.0)
    join_team_list(world, household, other_slot, BY_WIJKTEAM, heavy, 1)
    world.tally[home["wijk"], JOINED] += 1
    return p["joining_hours"]


# Offers.


@compiled_inner
def is_delivered(world, household, slot):
    """Return whether the team itself helps a case, instead of arranging access only."""
    now = world.municipality[0]
    random_number = uniform_on(
        stream(now["seed"], now["month"], TEAM_OFFER), 2 * (household * SLOT_RANGE + slot)
    )
    return random_number < world.p[0]["delivers_help"]


@compiled
def talk_with_network(world, household, slot):
    """Hold a talk with the network, if so drawn: it raises the household's ties and the network's need.

    At most once per household. Returns the hours used, 0 without a talk.
    """
    home = world.households[household]
    life = world.lives[household]
    p = world.p[0]
    now = world.municipality[0]
    who = 2 * (household * SLOT_RANGE + slot) + 1
    random_number = uniform_on(stream(now["seed"], now["month"], TEAM_OFFER), who)
    if life["talks"] > 0 or random_number >= p["network_first"]:
        return 0.0
    life["talks"] = 1
    lifted = min(p["network_talk_lifts"], 1.0 - np.float64(home["ties"]))
    home["ties"] += lifted
    life["ties_lifted"] += lifted
    world.networks[home["network"]]["need"] += int(p["network_talk_asks"] * NEED_UNITS)
    world.tally[home["wijk"], NETWORK_TALKS] += 1
    diary.note(world, household, diary.NETWORK_TALK, slot, diary.NONE, 0.0, 0.0)
    return p["hours_per_network_talk"]


@compiled
def give_from_fund(world, household, slot):
    """Give adults with money problems a gift while the fund lasts; return the hours used, 0 without one."""
    p = world.p[0]
    now = world.municipality[0]
    home = world.households[household]
    gift_cents = round(p["poverty_gift_eur"] * 100.0)
    severity = np.float64(home["severity"][MONEY])
    if slot != WIJKTEAM or severity < p["poverty_gift_at"] or now["poverty_fund_cents"] < gift_cents:
        return 0.0
    now["poverty_fund_cents"] -= gift_cents
    home["severity"][MONEY] = max(0.0, severity - p["gift_effect"])
    world.tally[home["wijk"], POVERTY_GIFTS] += 1
    diary.note(world, household, diary.POVERTY_GIFT, MONEY, diary.NONE, p["gift_effect"], 0.0)
    return p["gift_hours"]


@compiled
def help_close_to_family(world, number, household, slot, problem):
    """Give intensive help at home to a child close to placement, while the team has hours.

    Returns the severity that it removes; the caller applies it.
    """
    p = world.p[0]
    if slot == WIJKTEAM or world.households[household]["severity"][problem] < p["edge_at"]:
        return 0.0
    random_number = uniform_on(stream(world.municipality[0]["seed"], FOR_GOOD, STAYS_CLOSE), 2 * household)
    team = world.teams[number]
    hours = team["coordination_hours"] + p["edge_hours"]
    if random_number >= p["help_close_to_families"] or hours > team["support_hours"]:
        return 0.0
    team["coordination_hours"] = hours
    world.tally[world.households[household]["wijk"], CLOSE_MONTHS] += 1
    less = p["edge_effect"] * team["quality"]
    diary.note(world, household, diary.CLOSE_TO_FAMILY, slot, diary.NONE, less, 0.0)
    return less


@compiled_inner
def is_contact_lasting(world, household):
    """Return whether the generalist stays the contact of a household during and after specialist care."""
    share = world.p[0]["lasting_contact"]
    if share <= 0.0:
        return False
    now = world.municipality[0]
    return uniform_on(stream(now["seed"], FOR_GOOD, STAYS_CLOSE), 2 * household + 1) < share


@compiled_inner
def has_specialist_care(home, slot):
    """Return whether the adults or the child of a team case use or wait for specialist care."""
    whose = ADULT_MASK if slot == WIJKTEAM else CHILD_MASK[child_of_slot(slot)]
    return ((np.uint32(home["in_care"]) | np.uint32(home["waiting"])) & whose & SPECIALIST_MASK) != 0
