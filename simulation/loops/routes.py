"""Routes of signals: how likely each is to bring a household's trouble to somebody's notice (process 5)."""

import numpy as np

from agents.finding_place import shows
from agents.household import effort_of_asking, seeks_help
from agents.informal_network import notices
from agents.low_threshold import school_speaks_up
from agents.rule import part
from agents.state import FLAG_SHAME, FLAG_TENANT
from agents.vocabulary import (
    BY_CORPORATION,
    BY_DEBT_SIGNAL,
    BY_DISTRICT_NURSE,
    BY_GP,
    BY_NETWORK,
    BY_OUTREACH,
    BY_POLICE,
    BY_SCHOOL,
    BY_SELF,
    BY_YOUTH_HEALTH_CARE,
    CARE,
    MIND,
    MONEY,
    SAFETY,
    YOUTH,
)
from simulation.loops.arrivals import team_for, team_stands
from simulation.loops.hazards import age_years
from simulation.tallies import SEVERITY_UNITS

SHOWS_TO_GP = 0.2  # severity from which trouble shows to a GP; to the police it shows later


@part
def debt_signals_per_household(p):
    """Creditors' signals a month per household with money trouble; heavier trouble comes first."""
    return p["debt_signals_per_1000_inhabitants"] / p["in_arrears_per_1000_inhabitants"]


@part
def meetings_per_unseen(world, number):
    """Meetings a month of a team's outreach, per household of weight 1 nobody attends to."""
    team = world.teams[number]
    if team["exists"] == 0:
        return 0.0
    meetings = team["outreach_hours"] / world.p[0]["hours_per_found"]
    return meetings / max(1.0, team["unseen"] / SEVERITY_UNITS)


@part
def chance_at_finding_places(world, household, problem, severity, route):
    """Probability a month that one finding place speaks up about this problem."""
    p = world.p[0]
    home = world.households[household]
    life = world.lives[household]
    month = world.municipality[0]["month"]
    if route == BY_GP:
        weight = 1.0 if problem >= YOUTH else (0.8 if problem == MIND else (0.5 if problem == CARE else 0.0))
        return p["gp_per_month"] * weight * shows(severity, SHOWS_TO_GP)
    if route == BY_SCHOOL and problem >= YOUTH:
        age = (month - life["child_birth"][problem - YOUTH]) // 12
        if 4 <= age < 18:
            seen = p["school_per_month"] * p["school_link"] * shows(severity, 0.15)
            helped = p["help_on_school"] * world.municipality[0]["prevention"]
            return school_speaks_up(seen, helped, p["school_keeps_to_itself"])
    elif route == BY_YOUTH_HEALTH_CARE and problem >= YOUTH:
        return p["youth_health_care_per_month"] * p["youth_health_care_link"] * shows(severity, 0.15)
    elif route == BY_CORPORATION and problem == MONEY and home["flags"] & FLAG_TENANT:
        link = p["housing_corporation_link"]
        return p["housing_corporation_per_month"] * link * shows(severity, 0.15)
    elif route == BY_POLICE and problem == SAFETY:
        return p["police_per_month"] * (0.2 + 0.8 * p["police_link"]) * shows(severity, 0.35)
    elif route == BY_DISTRICT_NURSE and problem == CARE and age_years(life, month) >= 70:
        return p["district_nurse_per_month"] * p["district_nurse_link"] * shows(severity, 0.2)
    elif route == BY_DEBT_SIGNAL and problem == MONEY:
        return min(0.5, debt_signals_per_household(p) * severity) * p["debt_signals"]
    return 0.0


@part
def terms_of_outreach(world):
    """Return how readily outreach meets the shy, others, and anybody whatever their trouble.

    What a loop asks of everybody it reads once, before it begins.
    """
    p = world.p[0]
    return p["outreach_meets_shy"], p["outreach_meets_others"], world.municipality[0]["outreach_evenness"]


@part
def weight_for_outreach(home, severity, outreach):
    """How readily outreach meets a household: those who do not come by themselves more often (CPB
    2021), light trouble less often. `outreach` are its terms.
    """
    shy, others, evenness = outreach
    return (shy if home["flags"] & FLAG_SHAME else others) * (evenness + severity)


@part
def chance_of_outreach(world, household, problem, severity, prevention):
    """Probability a month that the outreach of the team for this problem meets this household."""
    if prevention <= 0.0 or not team_stands(world, household, problem >= YOUTH):
        return 0.0
    team = team_for(world, household, problem >= YOUTH)
    weight = weight_for_outreach(world.households[household], severity, terms_of_outreach(world))
    return min(0.5, meetings_per_unseen(world, team) * weight)


@part
def route_of_signal(world, household, problem, luck):
    """Return the route by which this problem is signalled this month, -1 if by none.

    One draw serves all routes, laid end to end; a policy's links come last, so that linking a place
    never changes what already came by another route.
    """
    home = world.households[household]
    now = world.municipality[0]
    severity = np.float64(home["severity"][problem])
    luck -= chance_of_asking(home, severity, terms_of_asking(world))
    if luck < 0.0:
        return BY_SELF
    network = world.networks[home["network"]]
    luck -= notices(severity, home["ties"], network["tiredness"], now["network_speaks_up"])
    if luck < 0.0:
        return BY_NETWORK
    luck -= chance_at_finding_places(world, household, problem, severity, BY_GP)
    if luck < 0.0:
        return BY_GP
    luck -= chance_at_finding_places(world, household, problem, severity, BY_POLICE)
    if luck < 0.0:
        return BY_POLICE
    prevention = now["prevention"]
    for route in (
        BY_SCHOOL,
        BY_YOUTH_HEALTH_CARE,
        BY_CORPORATION,
        BY_DISTRICT_NURSE,
        BY_DEBT_SIGNAL,
    ):
        luck -= chance_at_finding_places(world, household, problem, severity, route) * prevention
        if luck < 0.0:
            return route
    luck -= chance_of_outreach(world, household, problem, severity, prevention)
    return BY_OUTREACH if luck < 0.0 else -1


@part
def bounds_on_signals(world):
    """Return what bounds the chance of being noticed this month, whoever the household is.

    Most months nobody speaks up. Comparing the draw with a bound first spares those households the
    routes one by one; a draw below the bound goes through them as ever, so nothing else changes.

    Returns
    -------
    tuple of float
        GP or police, and police alone, per unit of severity that shows to a GP; all other routes but
        asking and outreach, per unit of severity; outreach, per unit of 0.6 + severity.
    """
    p = world.p[0]
    prevention = max(0.0, world.municipality[0]["prevention"])
    money = p["housing_corporation_per_month"] * p["housing_corporation_link"]
    money += debt_signals_per_household(p) * p["debt_signals"]
    care = p["district_nurse_per_month"] * p["district_nurse_link"]
    youth = p["school_per_month"] * p["school_link"]
    youth += p["youth_health_care_per_month"] * p["youth_health_care_link"]
    police = p["police_per_month"] * (0.2 + 0.8 * p["police_link"])
    seen = max(money, max(care, youth)) * prevention
    outreach = 0.0
    if prevention > 0.0:
        readily = max(p["outreach_meets_shy"], p["outreach_meets_others"])
        for number in range(len(world.teams)):
            outreach = max(outreach, readily * meetings_per_unseen(world, number))
    return max(p["gp_per_month"], police), police, p["speaks_up_per_month"] + seen, outreach


@part
def terms_of_asking(world):
    """Return what asking takes of everybody: see `effort_of_asking` and `seeks_help`."""
    p = world.p[0]
    return (
        p["asking_threshold"],
        world.municipality[0]["counters"],
        p["counter_effort"],
        p["counter_reach"],
        world.municipality[0]["further_effort"],
        p["asking_per_month"],
        1.0 - p["shame_lowers_asking"],
    )


@part
def chance_of_asking(home, severity, asking):
    """Probability a month that a household asks for help by itself; `asking` are its terms."""
    threshold, counters, effort_per_counter, reach_per_counter, further, per_month, ashamed = asking
    effort = effort_of_asking(
        threshold, counters, effort_per_counter, reach_per_counter, home["trust"], further
    )
    return seeks_help(severity, effort, per_month, ashamed if home["flags"] & FLAG_SHAME else 1.0)
