"""What happens when a signal arrives: a wrong door, a GP's own help, a team's list or a desk (process 5)."""

import numpy as np

from agents.finding_place import observes
from agents.rule import rule
from agents.state import FLAG_FOUND_EARLY, FLAG_KNOWN
from agents.vocabulary import (
    BY_DEBT_SIGNAL,
    BY_GP,
    BY_OUTREACH,
    BY_SELF,
    MIND,
    NEVER,
    SAFETY,
    WIJKTEAM,
    YOUTH,
    YOUTH_TEAM,
)
from simulation.loops.places import joins_team_list, place_for
from simulation.loops.referral import refers
from simulation.luck import error_on, uniform_on
from simulation.tallies import (
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


@rule
def team_for(world, household, child_problem):
    """Return the team a household belongs to for a child's problem, or for the adults'; -1 if none."""
    wijk = world.wijken[world.households[household]["wijk"]]
    return wijk["youth_team"] if child_problem else wijk["team"]


@rule
def team_place_for(problem):
    """Return the place at a team that is about a problem."""
    return place_for(YOUTH_TEAM, problem - YOUTH) if problem >= YOUTH else WIJKTEAM


@rule
def team_stands(world, household, child_problem):
    """Whether a team serves this household for this problem now."""
    team = team_for(world, household, child_problem)
    return team >= 0 and world.teams[team]["exists"] != 0


@rule
def debt_signal_succeeds(world, household, s_debt):
    """The funnel of a debt signal: signal, case, contact, acceptance."""
    p = world.p[0]
    tally = world.tally[world.households[household]["wijk"]]
    tally[DEBT_SIGNALS] += 1
    if uniform_on(s_debt, 4 * household) >= p["debt_signal_to_case"]:
        return False
    tally[DEBT_CASES] += 1
    if uniform_on(s_debt, 4 * household + 1) >= p["debt_signal_contact"]:
        return False
    tally[DEBT_REACHED] += 1
    if uniform_on(s_debt, 4 * household + 2) >= p["debt_signal_acceptance"]:
        return False
    tally[DEBT_ACCEPTED] += 1
    return True


@rule
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
    which = min(problem, YOUTH)
    if severity < p["tipping_point"][which] - p["linger_width"][which]:
        tally[FOUND_IN_VAIN] += 1  # it would have faded by itself


@rule
def observed_by(world, household, problem, sharpness, s_error):
    """What a professional believes this problem's severity to be."""
    p = world.p[0]
    error = error_on(s_error, household * 8 + problem)
    spread = p["observation_error"] * (p["safety_error_factor"] if problem == SAFETY else 1.0)
    return observes(np.float64(world.households[household]["severity"][problem]), error, spread, sharpness)


@rule
def signal_arrives(world, household, problem, route, s_wrong, s_error, s_debt, s_gate):
    """A signal about a problem arrives: at a wrong door, at the GP's own help, at a team or a desk."""
    home = world.households[household]
    p = world.p[0]
    now = world.municipality[0]
    tally = world.tally[home["wijk"]]
    tally[ROUTE_SIGNALS + route] += 1
    if route == BY_SELF:
        wrong = p["wrong_door_per_counter"] * (now["counters"] - 1.0)
        if uniform_on(s_wrong, household) < wrong:
            tally[WRONG_DOORS] += 1
            home["trust"] = max(0.02, home["trust"] - p["trust_lost_per_failure"])
            return
    if route == BY_DEBT_SIGNAL and not debt_signal_succeeds(world, household, s_debt):
        return
    if route == BY_OUTREACH:
        tally[OUTREACH_FOUND] += 1
    counts_contact(world, household, problem, route)
    observed = observed_by(world, household, problem, 0.5, s_error)
    child = problem >= YOUTH
    if route == BY_GP and (child or problem == MIND):
        luck = uniform_on(s_gate, household)
        if luck < p["gp_refers_straight"]:
            if (
                child
                and uniform_on(s_wrong, household) < p["gp_youth_practitioner"] * p["practitioner_closes"]
            ):
                less = p["light_help_effect"]
                home["severity"][problem] = max(0.0, home["severity"][problem] - less)
                return
            refers(world, household, problem, observed, BY_GP, 0.0, p["active_follow_up"])
            return
    # Teams that start early take their part of the signals; the old desks take the rest.
    part = 1.0 if now["responsible"] else p["early_fte_share"]
    if team_stands(world, household, child) and uniform_on(s_debt, 4 * household + 3) < part:
        place = team_place_for(problem)
        joins_team_list(world, household, place, route, observed >= p["heavy_at"])
    else:
        refers(world, household, problem, observed, route, 0.0, p["active_follow_up"])
