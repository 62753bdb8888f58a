"""What happens when a signal arrives: a wrong door, a GP's own help, a team's list or a desk (process 5)."""

import numpy as np

from agents.compiled import part, rule, seldom
from agents.finding_place import chance_of_wrong_door, error_about_safety, observes
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
from simulation.processes.care.care_slots import bit, place_for
from simulation.processes.care.referral import refers
from simulation.processes.care.waiting_lists import joins_team_list
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
    OUTREACH_FOUND,
    ROUTE_SIGNALS,
    SEVERITY_UNITS,
    WRONG_DOORS,
)

ASKS_BY_NUMBER = np.int64(Purpose.ASKS_BY_NUMBER)
GP_WORKS_WITH_TEAM = np.int64(Purpose.GP_WORKS_WITH_TEAM)
INTERVENTION = np.int64(Purpose.INTERVENTION)
INTERVENTION_OBSERVATION = np.int64(Purpose.INTERVENTION_OBSERVATION)


@part
def team_for(world, household, child_problem):
    """Return the team a household belongs to for a child's problem, or for the adults'; -1 if none."""
    wijk = world.wijken[world.households[household]["wijk"]]
    return wijk["youth_team"] if child_problem else wijk["team"]


@rule
def team_place_for(problem):
    """Return the place at a team that is about a problem."""
    return place_for(YOUTH_TEAM, problem - YOUTH) if problem >= YOUTH else WIJKTEAM


@part
def team_stands(world, household, child_problem):
    """Whether a team serves this household for this problem now."""
    team = team_for(world, household, child_problem)
    return team >= 0 and world.teams[team]["exists"] != 0


@seldom
def debt_signal_succeeds(world, household, s_debt):
    """The funnel of a debt signal: signal, case, contact, acceptance."""
    p = world.p[0]
    tally = world.tally[world.households[household]["wijk"]]
    tally[DEBT_SIGNALS] += 1
    diary.notes(world, household, diary.DEBT_SIGNAL, MONEY, diary.NONE, 0.0, 0.0)
    if uniform_on(s_debt, 4 * household) >= p["debt_signal_to_case"]:
        return False
    tally[DEBT_CASES] += 1
    diary.notes(world, household, diary.DEBT_CASE, MONEY, diary.NONE, 0.0, 0.0)
    if uniform_on(s_debt, 4 * household + 1) >= p["debt_signal_contact"]:
        return False
    tally[DEBT_REACHED] += 1
    diary.notes(world, household, diary.DEBT_REACHED, MONEY, diary.NONE, 0.0, 0.0)
    if uniform_on(s_debt, 4 * household + 2) >= p["debt_signal_acceptance"]:
        return False
    tally[DEBT_ACCEPTED] += 1
    diary.notes(world, household, diary.DEBT_ACCEPTED, MONEY, diary.NONE, 0.0, 0.0)
    return True


@seldom
def counts_contact(world, household, problem, route):
    """Count a first contact: how heavy, how long after onset, early, or in vain."""
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
    if life["onset"][problem] != NEVER:
        tally[CONTACT_MONTHS] += world.municipality[0]["month"] - life["onset"][problem]
    if severity < p["asking_threshold"] and route != BY_SELF:
        home["flags"] |= FLAG_FOUND_EARLY
        tally[FOUND_EARLY] += 1
    early = (home["flags"] & FLAG_FOUND_EARLY) != 0
    diary.notes(world, household, diary.FIRST_CONTACT, problem, route, early, severity)
    which = min(problem, YOUTH)
    if severity < p["tipping_point"][which] - p["linger_width"][which]:
        tally[FOUND_IN_VAIN] += 1  # it would have faded by itself


@seldom
def observed_by(world, household, problem, sharpness, s_error):
    """What a professional believes this problem's severity to be."""
    p = world.p[0]
    error = error_on(s_error, household * 8 + problem)
    about_safety = error_about_safety(
        p["safety_error_factor"],
        p["safety_expertise"],
        p["safety_expertise_today"],
        p["safety_expertise_sharpens"],
    )
    spread = p["observation_error"] * (about_safety if problem == SAFETY else 1.0)
    return observes(np.float64(world.households[household]["severity"][problem]), error, spread, sharpness)


@part
def asks_by_number(world, household, route):
    """Whether somebody who asks does so by the one central telephone number."""
    now = world.municipality[0]
    luck = uniform(now["seed"], household, now["month"], ASKS_BY_NUMBER)
    return (route == BY_SELF) & (luck < world.p[0]["one_number"])


@seldom
def meets_wrong_door(world, household, problem, by_number, s_wrong):
    """Whether somebody who asks meets a wrong door, which costs a month and trust."""
    p = world.p[0]
    home = world.households[household]
    counters = world.municipality[0]["counters"]
    wrong = chance_of_wrong_door(p["wrong_door_per_counter"], counters, by_number, p["number_finds_way"])
    if uniform_on(s_wrong, household) >= wrong:
        return False
    world.tally[home["wijk"], WRONG_DOORS] += 1
    diary.notes(world, household, diary.WRONG_DOOR, problem, BY_SELF, 0.0, 0.0)
    home["trust"] = max(0.02, home["trust"] - p["trust_lost_per_failure"])
    return True


@rule
def sharpness_at_the_door(world, route, by_number):
    """How sharply trouble is seen at the door: less by telephone, more by a specialist at school."""
    p = world.p[0]
    specialist = p["school_specialist"] * max(0.0, world.municipality[0]["prevention"])
    sharper = p["specialist_sharpens"] * specialist if route == BY_SCHOOL else 0.0
    blurred = p["number_blurs"] if by_number else 0.0
    return 0.5 * (1.0 - blurred) + sharper


@rule
def followed_from(world, route):
    """Share of transfers followed until they arrive: a family specialist follows those from school."""
    p = world.p[0]
    specialist = p["school_specialist"] * max(0.0, world.municipality[0]["prevention"])
    follow_up = p["active_follow_up"]
    return max(follow_up, specialist) if route == BY_SCHOOL else follow_up


@part
def gp_sends_to_team(world, household, child):
    """Whether a GP works with a team that stands and sends this household there, not straight on.

    A household keeps its GP: who is linked is drawn once, what a linked GP does each time.
    """
    p = world.p[0]
    now = world.municipality[0]
    linked = uniform(now["seed"], 2 * household, 0, GP_WORKS_WITH_TEAM) < p["gp_link"] * now["prevention"]
    consults = (
        uniform(now["seed"], 2 * household + 1, now["month"], GP_WORKS_WITH_TEAM) < p["linked_gp_consults"]
    )
    return linked & consults & team_stands(world, household, child)


@seldom
def gp_keeps(world, household, problem, observed, s_wrong, s_gate):
    """Whether a GP's signal goes past the team: helped at the practice, or referred straight."""
    p = world.p[0]
    child = problem >= YOUTH
    if not (child or problem == MIND) or uniform_on(s_gate, household) >= p["gp_refers_straight"]:
        return False
    if child and uniform_on(s_wrong, household) < p["gp_youth_practitioner"] * p["practitioner_closes"]:
        severity = world.households[household]["severity"]
        severity[problem] = max(0.0, severity[problem] - p["light_help_effect"])
        diary.notes(world, household, diary.PRACTITIONER, problem, diary.NONE, p["light_help_effect"], 0.0)
        return True
    if gp_sends_to_team(world, household, child):
        diary.notes(world, household, diary.GP_TO_TEAM, problem, BY_GP, 0.0, 0.0)
        return False
    refers(world, household, problem, observed, BY_GP, 0.0, p["active_follow_up"])
    return True


@seldom
def goes_to_team_or_desk(world, household, problem, route, observed, luck):
    """A signal goes to the list of the team, or to a desk that refers.

    Teams that start early take their part of the signals; the old desks take the rest.
    """
    p = world.p[0]
    part = 1.0 if world.municipality[0]["responsible"] else p["early_fte_share"]
    place = team_place_for(problem)
    # Who has a case at the team already gets care for what the team does not do by way of the desk.
    has_case = (np.uint32(world.households[household]["in_care"]) & bit(place)) != 0
    if team_stands(world, household, problem >= YOUTH) and luck < part and not has_case:
        joins_team_list(world, household, place, route, observed >= p["heavy_at"], 0)
    else:
        refers(world, household, problem, observed, route, 0.0, followed_from(world, route))


@seldom
def signal_arrives(world, household, problem, route, s_wrong, s_error, s_debt, s_gate):
    """A signal about a problem arrives: at a wrong door, at the GP's own help, at a team or a desk."""
    tally = world.tally[world.households[household]["wijk"]]
    tally[ROUTE_SIGNALS + route] += 1
    severity = world.households[household]["severity"][problem]
    diary.notes(world, household, diary.SIGNAL, problem, route, 0.0, severity)
    by_number = asks_by_number(world, household, route)
    if by_number:
        diary.notes(world, household, diary.BY_NUMBER, problem, route, 0.0, 0.0)
    if route == BY_SELF and meets_wrong_door(world, household, problem, by_number, s_wrong):
        return
    if route == BY_DEBT_SIGNAL and not debt_signal_succeeds(world, household, s_debt):
        return
    if route == BY_OUTREACH:
        tally[OUTREACH_FOUND] += 1
    counts_contact(world, household, problem, route)
    sharpness = sharpness_at_the_door(world, route, by_number)
    observed = observed_by(world, household, problem, sharpness, s_error)
    if route == BY_GP and gp_keeps(world, household, problem, observed, s_wrong, s_gate):
        return
    if route == BY_MEDICAL_SPECIALIST:
        refers(world, household, problem, observed, route, 0.0, world.p[0]["active_follow_up"])
        return
    luck = uniform_on(s_debt, 4 * household + 3)
    goes_to_team_or_desk(world, household, problem, route, observed, luck)


@seldom
def intervention_team_brings(world, household, problem):
    """A youth intervention team brings a youth to the team, or to a desk where no team stands."""
    now = world.municipality[0]
    world.tally[world.households[household]["wijk"], ROUTE_SIGNALS + BY_INTERVENTION_TEAM] += 1
    severity = world.households[household]["severity"][problem]
    diary.notes(world, household, diary.SIGNAL, problem, BY_INTERVENTION_TEAM, 0.0, severity)
    counts_contact(world, household, problem, BY_INTERVENTION_TEAM)
    s_error = stream(now["seed"], now["month"], INTERVENTION_OBSERVATION)
    sharpness = sharpness_at_the_door(world, BY_INTERVENTION_TEAM, False)
    observed = observed_by(world, household, problem, sharpness, s_error)
    luck = uniform(now["seed"], 2 * (household * 8 + problem) + 1, now["month"], INTERVENTION)
    goes_to_team_or_desk(world, household, problem, BY_INTERVENTION_TEAM, observed, luck)
