"""Routes of signals: how likely each is to bring a household's problems to somebody's notice (process 5)."""

import math

import numpy as np

from agents.compiled import compiled_inner
from agents.household import effort_of_help_seeking, help_seeking_probability
from agents.informal_network import noticing_probability
from agents.low_threshold import school_signal_probability
from agents.referral_source import added_link, visibility
from agents.state import FLAG_SHAME, FLAG_TENANT
from agents.vocabulary import (
    BY_CORPORATION,
    BY_DEBT_SIGNAL,
    BY_DISTRICT_NURSE,
    BY_GP,
    BY_MEDICAL_SPECIALIST,
    BY_NETWORK,
    BY_OUTREACH,
    BY_POLICE,
    BY_SCHOOL,
    BY_SELF,
    BY_YOUTH_HEALTH_CARE,
    CARE,
    MIND,
    MONEY,
    N_PROBLEMS,
    SAFETY,
    YOUTH,
)
from simulation.processes.care.care_slots import TEAM_MASK
from simulation.processes.hazards import age_years
from simulation.processes.signals.arrivals import has_team_started, team_for
from simulation.recording.tallies import SEVERITY_UNITS

# Referral sources by problem, in the order in which their chances are laid end to end; -1 is none.
LINKED_ROUTES = np.full((N_PROBLEMS, 3), -1)
LINKED_ROUTES[MONEY, :2] = BY_CORPORATION, BY_DEBT_SIGNAL
LINKED_ROUTES[CARE, 0] = BY_DISTRICT_NURSE
LINKED_ROUTES[SAFETY, 0] = BY_POLICE
LINKED_ROUTES[YOUTH:] = BY_SCHOOL, BY_YOUTH_HEALTH_CARE, BY_MEDICAL_SPECIALIST
SHOWS_TO_SCHOOL = 0.15  # least severity from which problems of children show to anybody but a GP
SHOWS_TO_GP = 0.2  # severity from which problems show to a GP; to the police it shows later


@compiled_inner
def debt_signals_per_household(p):
    """Creditors' signals a month per household with money problems; heavier problems come first."""
    return p["debt_signals_per_1000_inhabitants"] / p["in_arrears_per_1000_inhabitants"]


@compiled_inner
def meetings_per_undetected(world, number):
    """Meetings a month of a team's outreach, per household of weight 1 nobody attends to."""
    team = world.teams[number]
    if team["exists"] == 0:
        return 0.0
    meetings = team["outreach_hours"] / world.p[0]["hours_per_found"]
    return meetings / max(1.0, team["undetected"] / SEVERITY_UNITS)


@compiled_inner
def shown_to_others(world, problem, severity):
    """Severity as it shows: children's problems are noticed and asked about sooner than they were."""
    return severity + (world.municipality[0]["youth_shown_more"] if problem >= YOUTH else 0.0)


@compiled_inner
def weight_at_gp(problem):
    """How readily a GP acts on this problem: on children's and the mind's most, never on money or safety."""
    return 1.0 if problem >= YOUTH else (0.8 if problem == MIND else (0.5 if problem == CARE else 0.0))


@compiled_inner
def chance_at_gp(p, problem, severity):
    """Probability a month that a GP acts on this problem."""
    weight = weight_at_gp(problem)
    supply = math.exp(p["gp_supply"]) if problem >= YOUTH else 1.0
    return p["gp_per_month"] * weight * supply * visibility(severity, SHOWS_TO_GP)


@compiled_inner
def chance_if_linked(world, household, problem, severity, route):
    """Probability a month that a fully linked referral source speaks up about this problem."""
    p = world.p[0]
    life = world.lives[household]
    month = world.municipality[0]["month"]
    if route == BY_SCHOOL and problem >= YOUTH:
        age = (month - life["child_birth"][problem - YOUTH]) // 12
        if 4 <= age < 18:
            helped = p["help_on_school"] * world.municipality[0]["prevention"]
            seen = p["school_per_month"] * visibility(severity, SHOWS_TO_SCHOOL)
            return school_signal_probability(seen, helped, p["school_keeps_to_itself"])
    elif route == BY_YOUTH_HEALTH_CARE and problem >= YOUTH:
        return p["youth_health_care_per_month"] * visibility(severity, SHOWS_TO_SCHOOL)
    elif route == BY_CORPORATION and problem == MONEY and world.households[household]["flags"] & FLAG_TENANT:
        return p["housing_corporation_per_month"] * visibility(severity, 0.15)
    elif route == BY_POLICE and problem == SAFETY:
        return p["police_per_month"] * visibility(severity, 0.35)
    elif route == BY_DISTRICT_NURSE and problem == CARE and age_years(life, month) >= 70:
        return p["district_nurse_per_month"] * visibility(severity, 0.2)
    elif route == BY_DEBT_SIGNAL and problem == MONEY:
        return min(0.5, debt_signals_per_household(p) * severity)
    elif route == BY_MEDICAL_SPECIALIST and problem >= YOUTH:
        return p["medical_specialist_per_month"] * visibility(severity, 0.35)
    return 0.0


@compiled_inner
def link_in_practice(world, route):
    """Share of a referral source that is linked in existing practice, in every arm."""
    p = world.p[0]
    if route == BY_DEBT_SIGNAL:
        return world.municipality[0]["debt_duty"]
    return 1.0 if route == BY_MEDICAL_SPECIALIST else p["existing_links"]


@compiled_inner
def link_of_policy(p, route):
    """How far a policy links a referral source beyond existing practice."""
    if route == BY_SCHOOL:
        return p["school_link"]
    if route == BY_YOUTH_HEALTH_CARE:
        return p["youth_health_care_link"]
    if route == BY_CORPORATION:
        return p["housing_corporation_link"]
    if route == BY_POLICE:
        return p["police_link"]
    if route == BY_DISTRICT_NURSE:
        return p["district_nurse_link"]
    return p["debt_signals"] if route == BY_DEBT_SIGNAL else 0.0


@compiled_inner
def link_added(world, route):
    """Share of a referral source that a policy links on top, as far as that finds anybody."""
    p = world.p[0]
    existing = link_in_practice(world, route)
    return added_link(existing, link_of_policy(p, route), world.municipality[0]["prevention"], p["finds_new"])


@compiled_inner
def terms_of_outreach(world):
    """Return how readily outreach meets the shy, others, and anybody whatever their problems.

    What a loop asks of everybody it reads once, before it begins.
    """
    p = world.p[0]
    return p["outreach_meets_shy"], p["outreach_meets_others"], world.municipality[0]["outreach_evenness"]


@compiled_inner
def weight_for_outreach(home, severity, outreach):
    """How readily outreach meets a household: those who do not come by themselves more often (CPB
    2021), light problems less often. `outreach` are its terms.
    """
    shy, others, evenness = outreach
    return (shy if home["flags"] & FLAG_SHAME else others) * (evenness + severity)


@compiled_inner
def is_unknown_to_team(home):
    """Whether no team has this household, on its list or as a case: outreach passes others by."""
    return ((np.uint32(home["waiting"]) | np.uint32(home["in_care"])) & TEAM_MASK) == 0


@compiled_inner
def chance_of_outreach(world, household, problem, severity, prevention):
    """Probability a month that the outreach of the team for this problem meets this household."""
    home = world.households[household]
    if prevention <= 0.0 or not (
        has_team_started(world, household, problem >= YOUTH) & is_unknown_to_team(home)
    ):
        return 0.0
    team = team_for(world, household, problem >= YOUTH)
    weight = weight_for_outreach(home, severity, terms_of_outreach(world))
    return min(0.5, meetings_per_undetected(world, team) * weight) * world.p[0]["finds_new"]


@compiled_inner
def route_of_signal(world, household, problem, random_number):
    """Return the route by which this problem is signalled this month, -1 if by none.

    One draw serves all routes, laid end to end; existing practice comes first and a policy's links last, so
    that linking a care slot never changes what already came by another route.
    """
    home = world.households[household]
    now = world.municipality[0]
    unmoved = np.float64(home["severity"][problem])
    severity = shown_to_others(world, problem, unmoved)
    random_number -= chance_of_help_seeking(home, severity, terms_of_help_seeking(world))
    if random_number < 0.0:
        return BY_SELF
    network = world.networks[home["network"]]
    random_number -= noticing_probability(
        severity, home["ties"], network["tiredness"], now["network_speaks_up"]
    )
    if random_number < 0.0:
        return BY_NETWORK
    random_number -= chance_at_gp(world.p[0], problem, severity)
    if random_number < 0.0:
        return BY_GP
    for route in LINKED_ROUTES[problem]:
        if route >= 0:
            chance = chance_if_linked(world, household, problem, severity, route)
            random_number -= chance * link_in_practice(world, route)
            if random_number < 0.0:
                return route
    for route in LINKED_ROUTES[problem]:
        added = link_added(world, route)
        if added > 0.0:
            random_number -= chance_if_linked(world, household, problem, severity, route) * added
            if random_number < 0.0:
                return route
    random_number -= chance_of_outreach(world, household, problem, unmoved, now["prevention"])
    return BY_OUTREACH if random_number < 0.0 else -1


@compiled_inner
def bounds_on_signals(world):
    """Return what bounds the chance of being noticed this month, whoever the household is.

    Most months nobody speaks up. Comparing the draw with a bound first spares those households the
    routes one by one; a draw below the bound goes through them as ever, so nothing else changes.

    Returns
    -------
    tuple
        GPs and the police, per unit of severity above what shows to a GP: about money, the mind, care,
        safety and children; other routes, per unit of severity, about the same five; the network, per unit
        of severity and ties; outreach, per unit of 0.6 + severity; and by how much heavier children's
        problems show than they are.
    """
    p = world.p[0]
    now = world.municipality[0]
    money = p["housing_corporation_per_month"] * linked_in_all(world, BY_CORPORATION)
    money += debt_signals_per_household(p) * linked_in_all(world, BY_DEBT_SIGNAL)
    care = p["district_nurse_per_month"] * linked_in_all(world, BY_DISTRICT_NURSE)
    youth = p["school_per_month"] * linked_in_all(world, BY_SCHOOL)
    youth += p["youth_health_care_per_month"] * linked_in_all(world, BY_YOUTH_HEALTH_CARE)
    youth += p["medical_specialist_per_month"]
    police = p["police_per_month"] * linked_in_all(world, BY_POLICE)
    outreach = 0.0
    if now["prevention"] > 0.0:
        readily = max(p["outreach_meets_shy"], p["outreach_meets_others"])
        for number in range(len(world.teams)):
            outreach = max(outreach, readily * meetings_per_undetected(world, number))
    gp = p["gp_per_month"] / (1.0 - SHOWS_TO_GP)
    gp_of_child = p["gp_per_month"] * math.exp(max(0.0, p["gp_supply"])) / (1.0 - SHOWS_TO_GP)
    police /= 1.0 - SHOWS_TO_GP
    at_gp = (0.0, gp * weight_at_gp(MIND), gp * weight_at_gp(CARE), police, max(gp_of_child, police))
    more = np.float32(max(0.0, now["youth_shown_more"]))
    return at_gp, (money, 0.0, care, 0.0, youth), now["network_speaks_up"], outreach, more


@compiled_inner
def most_by_severity(world):
    """Return what bounds the chance of being noticed by severity alone, from `bounds_on_signals`.

    Returns
    -------
    tuple
        Asking, per unit of severity above a level, and that level: of who trusts fully and has no shame;
        GPs and the police, per unit of severity above what shows to a GP, to adults and to children; all
        others, per unit of severity, the same two; what comes on top; and by how much heavier children's
        problems show than they are.
    """
    at_gp, others, network, outreach, shown_more = bounds_on_signals(world)
    threshold, counters, effort_per_counter, reach_per_counter, further, per_month, _ = terms_of_help_seeking(
        world
    )
    effort = effort_of_help_seeking(threshold, counters, effort_per_counter, reach_per_counter, 1.0, further)
    by_asking = per_month / (1.0 - effort) if effort < 1.0 else 0.0  # the slope at its steepest
    beside = network + outreach
    of_adults = max(max(others[0], others[1]), max(others[2], others[3])) + beside
    gp_of_adults = max(max(at_gp[0], at_gp[1]), max(at_gp[2], at_gp[3]))
    return (
        by_asking,
        effort,
        (gp_of_adults, at_gp[4]),
        (of_adults, others[4] + beside),
        0.6 * outreach,
        shown_more,
    )


@compiled_inner
def linked_in_all(world, route):
    """Share of a referral source linked, by existing practice and by a policy."""
    return link_in_practice(world, route) + link_added(world, route)


@compiled_inner
def terms_of_help_seeking(world):
    """Return the terms of `effort_of_help_seeking` and `help_seeking_probability`, the same for everybody."""
    p = world.p[0]
    return (
        p["help_seeking_threshold"],
        world.municipality[0]["counters"],
        p["counter_effort"],
        p["counter_reach"],
        world.municipality[0]["further_effort"],
        p["help_seeking_per_month"],
        1.0 - p["shame_lowers_help_seeking"],
    )


@compiled_inner
def chance_of_help_seeking(home, severity, help_seeking):
    """Probability a month that a household asks for help by itself; `asking` are its terms."""
    threshold, counters, effort_per_counter, reach_per_counter, further, per_month, ashamed = help_seeking
    effort = effort_of_help_seeking(
        threshold, counters, effort_per_counter, reach_per_counter, home["trust"], further
    )
    return help_seeking_probability(
        severity, effort, per_month, ashamed if home["flags"] & FLAG_SHAME else 1.0
    )
