"""Casework of a team: intake, light help, support, referral, closing (process 6)."""

import numpy as np

from agents.compiled import compiled, compiled_inner
from agents.household import strength_after_harm, trust_after_failure, trust_after_help
from agents.referral_source import visibility
from agents.state import FLAG_COORDINATED
from agents.vocabulary import (
    BY_COURT,
    BY_WIJKTEAM,
    DEBT_SERVICE,
    GUIDANCE,
    MIND,
    MONEY,
    N_DOMAINS,
    N_PROBLEMS,
    NO_PROVIDER,
    PROBLEMS,
    SLOT_RANGE,
    SUPERVISION,
    WIJKTEAM,
    YOUTH,
    YOUTH_OUTPATIENT,
)
from agents.wijkteam import effect_of_hours, triage
from agents.wijkteam_casework import FOR_SPECIALIST, LIGHT, hours_of_intake, is_for_team
from simulation.processes.care.care_episodes import admit_at_once, end_slot, start_slot
from simulation.processes.care.care_slots import (
    KIND_OF_SLOT,
    SPECIALIST_MASK,
    TEAM_HELP,
    bit,
    child_of_slot,
    slot_for,
)
from simulation.processes.care.referral import (
    ask_provider,
    has_other_help,
    slot_of_request,
    would_be_granted,
)
from simulation.processes.care.waiting_lists import (
    append_entry,
    list_of_reports,
    remove_first,
    remove_from_waiting_counts,
    team_of_slot,
)
from simulation.processes.problems import is_attended, pace_of
from simulation.processes.signals.arrivals import observed_by
from simulation.processes.teams.offers import (
    ask_for_care,
    count_decisions,
    follow_up_of_team,
    give_from_fund,
    has_specialist_care,
    help_close_to_family,
    is_contact_lasting,
    is_delivered,
    notice_other_generation,
    quality_for,
    sharpness_for,
    shift_of_team,
    talk_with_network,
)
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import (
    ACCESS_ONLY,
    ADVISED,
    DROPPED,
    HARMED,
    INTAKES,
    LASTING_CONTACTS,
    LIGHT_HELPS,
    NO_CASE,
    REPLACED,
    STEPPED_UP,
    TURNED_AWAY,
)

TEAM_CASE = np.int64(Purpose.TEAM_CASE)
STEP_UP = np.int64(Purpose.STEP_UP)
REPORT = np.int64(Purpose.REPORT)
REPORTED_FROM = 0.6  # severity from which a child's problems are serious enough to report; assumed
# Kind of care to which a closed case may be stepped up at any severity, by problem; -1 for none.
LIGHTEST_KIND = np.full(len(PROBLEMS), -1)
LIGHTEST_KIND[[MONEY, MIND, YOUTH]] = DEBT_SERVICE, GUIDANCE, YOUTH_OUTPATIENT


@compiled
def relieve(world, household, slot, less):
    """Lower the severity of the problem of a team case, and by a smaller amount of its other problems.

    `help_works` is a switch that scales the effect.
    """
    p = world.p[0]
    severity = world.households[household]["severity"]
    mine = worst_attended(world, household, slot)
    for problem in range(N_PROBLEMS):
        if severity[problem] > 0.0 and TEAM_HELP[problem] & bit(slot):
            share = 1.0 if problem == mine else p["support_others"]
            severity[problem] = max(0.0, severity[problem] - less * share * p["help_works"])


@compiled
def give_light_help(world, household, slot, number):
    """Give short light help: lower the problems of the adults, or of one child."""
    home = world.households[household]
    less = world.p[0]["light_help_effect"] * world.teams[number]["quality"]
    relieve(world, household, slot, less)
    world.tally[home["wijk"], LIGHT_HELPS] += 1
    diary.note(world, household, diary.LIGHT_HELP, slot, diary.NONE, less, 0.0)


@compiled_inner
def worst_of_slot(world, household, slot):
    """Return the problem of a care slot at a team: the child's, or the most severe one of the adults."""
    child = child_of_slot(slot)
    if child >= 0:
        return YOUTH + child
    severity = world.households[household]["severity"]
    worst = 0
    for problem in range(1, N_DOMAINS):
        if severity[problem] > severity[worst]:
            worst = problem
    return worst


@compiled_inner
def worst_attended(world, household, slot):
    """Return the most severe of the problems that a team case attends to."""
    severity = world.households[household]["severity"]
    worst, most = -1, np.float32(-1.0)
    for problem in range(N_PROBLEMS):
        if TEAM_HELP[problem] & bit(slot) and severity[problem] > most:
            worst, most = problem, severity[problem]
    return worst


@compiled_inner
def problems_above(world, household, level):
    """Return the number of problems of a household above a severity."""
    count = 0
    for problem in range(N_PROBLEMS):
        count += world.households[household]["severity"][problem] > level
    return count


@compiled
def turn_away(world, number, household, slot, problem, observed, shift, route):
    """Turn away a case outside the team's target group after the intake: request other care for it."""
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    remove_from_waiting_counts(world, household, slot)
    tally[DROPPED + KIND_OF_SLOT[slot]] += 1
    tally[TURNED_AWAY] += 1
    diary.note(world, household, diary.TURNED_AWAY, slot, diary.NONE, 0.0, 0.0)
    before = home["trust"]
    arrived = ask_for_care(world, number, household, problem, observed, shift, route)
    if arrived == 0 and home["trust"] == before:  # a failed referral has lowered trust already
        home["trust"] = trust_after_failure(home["trust"], world.p[0]["trust_lost_per_failure"])


@compiled
def help_light_case(world, number, household, slot, s_triage):
    """Help a light case by a talk with its network or short light help; return the hours, 0 if neither."""
    p = world.p[0]
    hours = talk_with_network(world, household, slot)
    if hours > 0.0:
        return hours
    if uniform_on(s_triage, household * SLOT_RANGE + slot) < p["light_help"]:
        give_light_help(world, household, slot, number)
        return p["hours_per_light_help"]
    return 0.0


@compiled
def end_without_case(world, household, slot, tally_of, note):
    """End an intake without opening a case; no register counts it."""
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    remove_from_waiting_counts(world, household, slot)
    tally[DROPPED + KIND_OF_SLOT[slot]] += 1
    tally[tally_of] += 1
    diary.note(world, household, note, slot, diary.NONE, 0.0, 0.0)


@compiled
def give_short_advice(world, number, household, slot, random_number, s_triage):
    """Help a light case by short advice outside the registers; return the hours, 0 if it becomes a case."""
    if random_number >= world.p[0]["short_advice"]:
        return 0.0
    hours = help_light_case(world, number, household, slot, s_triage)
    if hours > 0.0:
        end_without_case(world, household, slot, ADVISED, diary.ADVISED)
    return hours


@compiled
def refer_at_intake(
    world, number, household, slot, route, observed, shift, random_number, s_triage, delivered
):
    """Request specialist care at the intake; return whether the team opens a case of its own.

    It does if no request arrived, for multiple problems, with lasting contact, and for a share of others.
    """
    home = world.households[household]
    p = world.p[0]
    several = problems_above(world, household, p["several_above"]) >= 2
    problem = worst_of_slot(world, household, slot)
    who = household * SLOT_RANGE + slot
    arrived = ask_for_care(world, number, household, problem, observed, shift, route)
    if (TEAM_HELP[problem] & bit(slot)) == 0:
        return False
    if arrived > 0 and several and delivered and uniform_on(s_triage, who) < p["one_plan"]:
        home["flags"] |= FLAG_COORDINATED
        diary.note(world, household, diary.COORDINATED, slot, diary.NONE, 0.0, 0.0)
        return True
    if arrived == 0 or several or is_contact_lasting(world, household):
        return True
    return random_number >= p["refers_without_case"][np.int64(slot != WIJKTEAM)]


@compiled
def intake(world, number, household, slot, route, waited_months, s_triage, s_error, s_harm):
    """Do one intake: observe, triage, and give light help, open a case or refer; return the hours used."""
    p = world.p[0]
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    problem = worst_of_slot(world, household, slot)
    several = problems_above(world, household, p["several_above"]) >= 2
    observed = observed_by(
        world, household, problem, sharpness_for(world, number, household, several), s_error
    )
    tally[INTAKES] += 1
    diary.note(world, household, diary.INTAKE, slot, route, observed, home["severity"][problem])
    hours = hours_of_intake(p["hours_per_intake"], p["first_help_months"], p["planning_saves"])
    if uniform_on(s_harm, household * SLOT_RANGE + slot) < p["harm_share"]:
        tally[HARMED] += 1
        diary.note(world, household, diary.HARMED, slot, diary.NONE, 0.0, 0.0)
        home["strength"] = strength_after_harm(home["strength"], p["harm"])
    hours += notice_other_generation(world, number, household, slot, several, 1)
    shift = shift_of_team(world, household)
    verdict = triage(observed, p["light_below"], p["refers_at"], shift)
    now = world.municipality[0]
    s_case = stream(now["seed"], now["month"], TEAM_CASE)
    who = 3 * (household * SLOT_RANGE + slot)
    if not is_for_team(verdict, several, p["target_group"]):
        turn_away(world, number, household, slot, problem, observed, shift, route)
        return hours
    attends = (TEAM_HELP[problem] & bit(slot)) != 0
    if verdict == LIGHT:
        spent = give_short_advice(world, number, household, slot, uniform_on(s_case, who), s_triage)
        if spent > 0.0:
            return hours + spent
    delivered = is_delivered(world, household, slot)
    refers = verdict == FOR_SPECIALIST or not attends or not delivered
    if verdict == FOR_SPECIALIST and attends and delivered:
        # Only a request that would have been granted can be replaced by help of the team.
        granted = would_be_granted(world, problem, observed)
        if granted and uniform_on(s_case, who + 1) < p["replaces_requests"]:
            tally[REPLACED] += 1
            refers = False
    if refers:
        random_number = uniform_on(s_case, who + 2)
        keeps = refer_at_intake(
            world, number, household, slot, route, observed, shift, random_number, s_triage, delivered
        )
        if not (keeps and delivered):
            if keeps:  # a case of the team for which it only arranges access
                tally[ACCESS_ONLY] += 1
                diary.note(world, household, diary.ACCESS_ONLY, slot, diary.NONE, 0.0, 0.0)
            end_without_case(world, household, slot, NO_CASE, diary.NO_CASE)
            return hours
    start_slot(world, household, slot, NO_PROVIDER, route, waited_months)
    return hours + give_from_fund(world, household, slot)


@compiled_inner
def slot_is_over(world, household, slot, worst, s_ends):
    """Return whether a team closes a case this month: its problem is light, or its time is over."""
    p = world.p[0]
    random_number = uniform_on(s_ends, household * SLOT_RANGE + slot)
    done = p["team_done_per_month"] if worst < p["team_closes_at"] else 0.0
    problem = worst_attended(world, household, slot)
    return random_number < done + p["team_closes_per_month"] * pace_of(world, household, problem)


@compiled
def step_up(world, number, household, slot, problem):
    """Refer a closing case, if so drawn, to the lightest specialist care for its problem.

    A child that has or waits for other care is not referred. Returns the number of requests that arrived.
    """
    p = world.p[0]
    now = world.municipality[0]
    home = world.households[household]
    who = household * SLOT_RANGE + slot
    random_number = uniform_on(stream(now["seed"], now["month"], STEP_UP), who)
    kind = LIGHTEST_KIND[min(problem, YOUTH)]
    if random_number >= p["step_up_share"] or kind < 0 or home["severity"][problem] <= 0.0:
        return 0
    had = np.uint32(home["in_care"]) | np.uint32(home["waiting"])
    if has_other_help(had, problem) or had & bit(slot_for(kind, max(0, problem - YOUTH))):
        return 0
    requested = slot_of_request(world, household, kind, max(0, problem - YOUTH), BY_WIJKTEAM)
    if had & bit(requested):
        return 0
    world.tally[home["wijk"], STEPPED_UP] += 1
    diary.note(world, household, diary.STEPPED_UP, problem, diary.NONE, 0.0, home["severity"][problem])
    follow_up = follow_up_of_team(world, household, BY_WIJKTEAM)
    arrived = ask_provider(world, household, requested, BY_WIJKTEAM, follow_up)
    count_decisions(world, number, household, problem, arrived)
    return arrived


@compiled
def ask_at_closing(world, number, household, slot, problem, worst, several, s_error):
    """Refer a closing case: a heavy one if no specialist has it, a lighter one by `step_up`.

    Returns the number of requests that arrived.
    """
    home = world.households[household]
    if worst < world.p[0]["refers_at"]:
        return step_up(world, number, household, slot, problem)
    observed = observed_by(
        world, household, problem, sharpness_for(world, number, household, several), s_error
    )
    covered = np.uint32(home["in_care"] | home["waiting"]) & SPECIALIST_MASK
    if is_attended(covered, problem):
        return 0
    shift = shift_of_team(world, household)
    return ask_for_care(world, number, household, problem, observed, shift, BY_WIJKTEAM)


@compiled
def stay_in_contact(world, number, household, slot):
    """Record a month of lasting contact, if specialists help the case; return whether it was one."""
    home = world.households[household]
    if not (is_contact_lasting(world, household) and has_specialist_care(home, slot)):
        return False
    if home["flags"] & FLAG_COORDINATED:
        return False
    team = world.teams[number]
    team["beside"] += 1
    team["coordination_hours"] += world.p[0]["contact_hours"]
    world.tally[home["wijk"], LASTING_CONTACTS] += 1
    diary.note(world, household, diary.LASTING_CONTACT, slot, diary.NONE, 0.0, 0.0)
    return True


@compiled
def report_child(world, household, slot, hours):
    """Report a child with serious problems, if so drawn, to the child protection board.

    The chance is in proportion to the hours that staff spend in the family this month.
    """
    child = child_of_slot(slot)
    if child < 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    severity = np.float64(world.households[household]["severity"][YOUTH + child])
    chance = p["reports_per_hour"] * hours * visibility(severity, REPORTED_FROM)
    if uniform_on(stream(now["seed"], now["month"], REPORT), 2 * (household * SLOT_RANGE + slot)) < chance:
        append_entry(world, list_of_reports(world), household, slot, BY_COURT, now["month"])


@compiled
def supervise_reported_children(world):
    """Start the supervision orders of children reported `inquiry_months` ago who still live there."""
    now = world.municipality[0]
    reports = list_of_reports(world)
    s_report = stream(now["seed"], now["month"], REPORT)
    while world.queues[reports]["head"] >= 0:
        first = world.entries[world.queues[reports]["head"]]
        if now["month"] - first["month"] < world.p[0]["inquiry_months"]:
            break
        remove_first(world, reports)
        household, slot = np.int64(first["household"]), np.int64(first["slot"])
        child = child_of_slot(slot)
        life = world.lives[household]
        if life["since"] <= first["month"] and life["child_birth"][child] <= first["month"]:
            random_number = uniform_on(s_report, 2 * (household * SLOT_RANGE + slot) + 1)
            admit_at_once(world, household, SUPERVISION, child, random_number, BY_COURT)


@compiled
def support_slot(world, household, slot, is_first, s_ends, s_error):
    """Support one team case for a month: lower its severity; possibly refer or close it.

    Hours of the one plan of a household are booked with its first case (`is_first`).
    """
    p = world.p[0]
    home = world.households[household]
    number = team_of_slot(world, household, slot)
    team = world.teams[number]
    if stay_in_contact(world, number, household, slot):
        return
    several = problems_above(world, household, p["several_above"]) >= 2
    less = (
        p["support_effect"]
        * effect_of_hours(team["hours_per_case"], p["half_effect_hours"])
        * quality_for(world, number, several)
    )
    at_home = help_close_to_family(world, number, household, slot, worst_attended(world, household, slot))
    relieve(world, household, slot, less + at_home)
    report_child(world, household, slot, p["edge_hours"] if at_home > 0.0 else team["hours_per_case"])
    problem = worst_attended(world, household, slot)
    worst = np.float64(home["severity"][problem])
    team["coordination_hours"] += notice_other_generation(world, number, household, slot, several, 0)
    if home["flags"] & FLAG_COORDINATED and np.uint32(home["in_care"]) & SPECIALIST_MASK:
        if is_first:
            team["coordination_hours"] += p["hours_per_coordination"]
        if worst >= p["team_closes_at"]:
            return
    if slot_is_over(world, household, slot, worst, s_ends):
        arrived = ask_at_closing(world, number, household, slot, problem, worst, several, s_error)
        if arrived > 0 and is_contact_lasting(world, household):
            return
        if worst < p["team_closes_at"]:
            home["trust"] = trust_after_help(home["trust"], p["trust_gained_by_help"])
        end_slot(world, household, slot)
