"""Arrival of a signal: misdirected contact, help by the GP, waiting list of a team, or desk (process 5)."""

import numpy as np

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.household import trust_after_failure
from agents.referral_source import chance_of_misdirected_contact, error_about_safety, observed_severity
from agents.state import FLAG_FOUND_EARLY, FLAG_KNOWN
from agents.vocabulary import (
    BY_DEBT_SIGNAL,
    BY_GP,
    BY_INTERVENTION_TEAM,
    BY_MEDICAL_SPECIALIST,
    BY_OUTREACH,
    BY_SCHOOL,
    BY_SELF,
    MIND,
    MONEY,
    NEVER,
    SAFETY,
    WIJKTEAM,
    YOUTH,
    YOUTH_TEAM,
)
from simulation.processes.care.care_slots import bit, slot_for
from simulation.processes.care.referral import refer
from simulation.processes.care.waiting_lists import join_team_list
from simulation.randomness.common_random_numbers import Purpose, error_on, stream, uniform, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import (
    CONTACT_MONTHS,
    CONTACT_SEVERITY,
    DEBT_ACCEPTED,
    DEBT_CASES,
    DEBT_REACHED,
    DEBT_SIGNALS,
    FIRST_CONTACTS,
    FOUND_EARLY,
    FOUND_IN_VAIN,
    MISDIRECTED_CONTACTS,
    OUTREACH_FOUND,
    ROUTE_SIGNALS,
    SEVERITY_UNITS,
)

ASKS_BY_NUMBER = np.int64(Purpose.ASKS_BY_NUMBER)
GP_WORKS_WITH_TEAM = np.int64(Purpose.GP_WORKS_WITH_TEAM)
INTERVENTION = np.int64(Purpose.INTERVENTION)
INTERVENTION_OBSERVATION = np.int64(Purpose.INTERVENTION_OBSERVATION)


@compiled_inner
def team_for(world, household, child_problem):
    """Return the team of a household for a child's problem or for an adult's."""
    wijk = world.wijken[world.households[household]["wijk"]]
    return wijk["youth_team"] if child_problem else wijk["team"]


@compiled_inline
def team_slot_for(problem):
    """Return the care slot at a team for a problem."""
    return slot_for(YOUTH_TEAM, problem - YOUTH) if problem >= YOUTH else WIJKTEAM


@compiled_inner
def has_team_started(world, household, child_problem):
    """Return whether the team of a household for this problem exists now."""
    return world.teams[team_for(world, household, child_problem)]["exists"] != 0


@compiled
def follow_debt_signal(world, household, s_debt):
    """Follow up a debt signal (case, contact, acceptance); return whether the household accepts help."""
    p = world.p[0]
    tally = world.tally[world.households[household]["wijk"]]
    tally[DEBT_SIGNALS] += 1
    diary.note(world, household, diary.DEBT_SIGNAL, MONEY, diary.NONE, 0.0, 0.0)
    if uniform_on(s_debt, 4 * household) >= p["debt_signal_to_case"]:
        return False
    tally[DEBT_CASES] += 1
    diary.note(world, household, diary.DEBT_CASE, MONEY, diary.NONE, 0.0, 0.0)
    if uniform_on(s_debt, 4 * household + 1) >= p["debt_signal_contact"]:
        return False
    tally[DEBT_REACHED] += 1
    diary.note(world, household, diary.DEBT_REACHED, MONEY, diary.NONE, 0.0, 0.0)
    if uniform_on(s_debt, 4 * household + 2) >= p["debt_signal_acceptance"]:
        return False
    tally[DEBT_ACCEPTED] += 1
    diary.note(world, household, diary.DEBT_ACCEPTED, MONEY, diary.NONE, 0.0, 0.0)
    return True


@compiled
def count_contact(world, household, problem, route):
    """Count a first contact: severity, months since the start, whether early, whether in vain.

    Sets the flags of a known household, and of one found early.
    """
    home = world.households[household]
    life = world.lives[household]
    p = world.p[0]
    if home["flags"] & FLAG_KNOWN:
        return
    severity = np.float64(home["severity"][problem])
    tally = world.tally[home["wijk"]]
    home["flags"] |= FLAG_KNOWN
    tally[FIRST_CONTACTS] += 1
    tally[CONTACT_SEVERITY] += int(severity * SEVERITY_UNITS)
    if life["start_month"][problem] != NEVER:
        tally[CONTACT_MONTHS] += world.municipality[0]["month"] - life["start_month"][problem]
    if severity < p["help_seeking_threshold"] and route != BY_SELF:
        home["flags"] |= FLAG_FOUND_EARLY
        tally[FOUND_EARLY] += 1
    early = (home["flags"] & FLAG_FOUND_EARLY) != 0
    diary.note(world, household, diary.FIRST_CONTACT, problem, route, early, severity)
    which = min(problem, YOUTH)
    if severity < p["tipping_point"][which] - p["linger_width"][which]:
        tally[FOUND_IN_VAIN] += 1  # the problem would have faded without help


@compiled
def observed_by(world, household, problem, sharpness, s_error):
    """Return the severity of a problem as a professional observes it."""
    p = world.p[0]
    error = error_on(s_error, household * 8 + problem)
    about_safety = error_about_safety(
        p["safety_error_factor"],
        p["safety_expertise"],
        p["safety_expertise_today"],
        p["safety_expertise_sharpens"],
    )
    spread = p["observation_error"] * (about_safety if problem == SAFETY else 1.0)
    return observed_severity(
        np.float64(world.households[household]["severity"][problem]), error, spread, sharpness
    )


@compiled_inner
def is_by_number(world, household, route):
    """Return whether a household that seeks help does so by the central telephone number."""
    now = world.municipality[0]
    random_number = uniform(now["seed"], household, now["month"], ASKS_BY_NUMBER)
    return (route == BY_SELF) & (random_number < world.p[0]["one_number"])


@compiled
def try_misdirected_contact(world, household, problem, by_number, s_wrong):
    """Draw whether help-seeking ends in a misdirected contact, which costs a month and trust."""
    p = world.p[0]
    home = world.households[household]
    counters = world.municipality[0]["counters"]
    wrong = chance_of_misdirected_contact(
        p["misdirected_per_counter"], counters, by_number, p["number_finds_way"]
    )
    if uniform_on(s_wrong, household) >= wrong:
        return False
    world.tally[home["wijk"], MISDIRECTED_CONTACTS] += 1
    diary.note(world, household, diary.MISDIRECTED_CONTACT, problem, BY_SELF, 0.0, 0.0)
    home["trust"] = trust_after_failure(home["trust"], p["trust_lost_per_failure"])
    return True


@compiled_inline
def sharpness_at_first_contact(world, route, by_number):
    """Return the sharpness of observation at first contact: lower by telephone, higher by a specialist."""
    p = world.p[0]
    specialist = p["school_specialist"] * max(0.0, world.municipality[0]["prevention"])
    sharper = p["specialist_sharpens"] * specialist if route == BY_SCHOOL else 0.0
    blurred = p["number_blurs"] if by_number else 0.0
    return 0.5 * (1.0 - blurred) + sharper


@compiled_inline
def follow_up_share(world, route):
    """Return the share of transfers with follow-up; a family specialist follows up those from school."""
    p = world.p[0]
    specialist = p["school_specialist"] * max(0.0, world.municipality[0]["prevention"])
    follow_up = p["active_follow_up"]
    return max(follow_up, specialist) if route == BY_SCHOOL else follow_up


@compiled_inner
def is_sent_to_team_by_gp(world, household, child):
    """Return whether a GP sends a household to an existing team instead of to a specialist.

    Whether the GP of a household is linked is drawn once; whether a linked GP consults, every time.
    """
    p = world.p[0]
    now = world.municipality[0]
    linked = uniform(now["seed"], 2 * household, 0, GP_WORKS_WITH_TEAM) < p["gp_link"] * now["prevention"]
    consults = (
        uniform(now["seed"], 2 * household + 1, now["month"], GP_WORKS_WITH_TEAM) < p["linked_gp_consults"]
    )
    return linked & consults & has_team_started(world, household, child)


@compiled
def handle_at_gp(world, household, problem, observed, s_wrong, s_gate):
    """Handle a GP's signal without the team, if so drawn; return whether it was.

    A youth practitioner helps at the practice, or the GP refers directly to a specialist.
    """
    p = world.p[0]
    child = problem >= YOUTH
    if not (child or problem == MIND) or uniform_on(s_gate, household) >= p["gp_refers_straight"]:
        return False
    if child and uniform_on(s_wrong, household) < p["gp_youth_practitioner"] * p["practitioner_closes"]:
        severity = world.households[household]["severity"]
        severity[problem] = max(0.0, severity[problem] - p["light_help_effect"])
        diary.note(world, household, diary.PRACTITIONER, problem, diary.NONE, p["light_help_effect"], 0.0)
        return True
    if is_sent_to_team_by_gp(world, household, child):
        diary.note(world, household, diary.GP_TO_TEAM, problem, BY_GP, 0.0, 0.0)
        return False
    refer(world, household, problem, observed, BY_GP, 0.0, p["active_follow_up"])
    return True


@compiled
def send_to_team_or_desk(world, household, problem, route, observed, random_number):
    """Send a signal to the waiting list of the team, or to a desk that refers.

    Before the transition, teams that start early receive a share of the signals; desks get the rest.
    """
    p = world.p[0]
    hired = 1.0 if world.municipality[0]["responsible"] else p["early_fte_share"]
    slot = team_slot_for(problem)
    # A household with a case at the team gets other care through the desk.
    has_case = (np.uint32(world.households[household]["in_care"]) & bit(slot)) != 0
    if has_team_started(world, household, problem >= YOUTH) and random_number < hired and not has_case:
        join_team_list(world, household, slot, route, observed >= p["heavy_at"], 0)
    else:
        refer(world, household, problem, observed, route, 0.0, follow_up_share(world, route))


@compiled
def deliver_signal(world, household, problem, route, s_wrong, s_error, s_debt, s_gate):
    """Process a signal about a problem: misdirected contact, help by the GP, team or desk."""
    tally = world.tally[world.households[household]["wijk"]]
    tally[ROUTE_SIGNALS + route] += 1
    severity = world.households[household]["severity"][problem]
    diary.note(world, household, diary.SIGNAL, problem, route, 0.0, severity)
    by_number = is_by_number(world, household, route)
    if by_number:
        diary.note(world, household, diary.BY_NUMBER, problem, route, 0.0, 0.0)
    if route == BY_SELF and try_misdirected_contact(world, household, problem, by_number, s_wrong):
        return
    if route == BY_DEBT_SIGNAL and not follow_debt_signal(world, household, s_debt):
        return
    if route == BY_OUTREACH:
        tally[OUTREACH_FOUND] += 1
    count_contact(world, household, problem, route)
    sharpness = sharpness_at_first_contact(world, route, by_number)
    observed = observed_by(world, household, problem, sharpness, s_error)
    if route == BY_GP and handle_at_gp(world, household, problem, observed, s_wrong, s_gate):
        return
    if route == BY_MEDICAL_SPECIALIST:
        refer(world, household, problem, observed, route, 0.0, world.p[0]["active_follow_up"])
        return
    random_number = uniform_on(s_debt, 4 * household + 3)
    send_to_team_or_desk(world, household, problem, route, observed, random_number)


@compiled
def bring_by_intervention_team(world, household, problem):
    """Send a youth from a youth intervention team to the team, or to a desk if there is no team."""
    now = world.municipality[0]
    world.tally[world.households[household]["wijk"], ROUTE_SIGNALS + BY_INTERVENTION_TEAM] += 1
    severity = world.households[household]["severity"][problem]
    diary.note(world, household, diary.SIGNAL, problem, BY_INTERVENTION_TEAM, 0.0, severity)
    count_contact(world, household, problem, BY_INTERVENTION_TEAM)
    s_error = stream(now["seed"], now["month"], INTERVENTION_OBSERVATION)
    sharpness = sharpness_at_first_contact(world, BY_INTERVENTION_TEAM, False)
    observed = observed_by(world, household, problem, sharpness, s_error)
    random_number = uniform(now["seed"], 2 * (household * 8 + problem) + 1, now["month"], INTERVENTION)
    send_to_team_or_desk(world, household, problem, BY_INTERVENTION_TEAM, observed, random_number)
