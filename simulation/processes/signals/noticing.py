"""Signals: which households are noticed this month, and by which route (process 5)."""

import math

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
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
from simulation.compiled import as_index, prefetch_ahead
from simulation.processes.care.care_slots import TEAM_HELP, TEAM_MASK, bit
from simulation.processes.hazards import age_years
from simulation.processes.problems import is_with_specialist
from simulation.processes.signals.arrivals import deliver_signal, has_team_started, team_for, team_slot_for
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording.tallies import SEVERITY_UNITS
from simulation.world import ACTIVE

# Referral sources by problem, in the order in which their chances are cumulated; -1 is none.
LINKED_ROUTES = np.full((N_PROBLEMS, 3), -1)
LINKED_ROUTES[MONEY, :2] = BY_CORPORATION, BY_DEBT_SIGNAL
LINKED_ROUTES[CARE, 0] = BY_DISTRICT_NURSE
LINKED_ROUTES[SAFETY, 0] = BY_POLICE
LINKED_ROUTES[YOUTH:] = BY_SCHOOL, BY_YOUTH_HEALTH_CARE, BY_MEDICAL_SPECIALIST
SHOWS_TO_SCHOOL = 0.15  # severity from which children's problems are visible to sources other than a GP
SHOWS_TO_GP = 0.2  # severity from which problems are visible to a GP; to the police it is higher


@compiled_inner
def debt_signals_per_household(p):
    """Return the monthly debt signals per household with money problems, at severity 1."""
    return p["debt_signals_per_1000_inhabitants"] / p["in_arrears_per_1000_inhabitants"]


@compiled_inner
def meetings_per_undetected(world, number):
    """Return the monthly meetings of a team's outreach per undetected household of weight 1."""
    team = world.teams[number]
    if team["exists"] == 0:
        return 0.0
    meetings = team["outreach_hours"] / world.p[0]["hours_per_found"]
    return meetings / max(1.0, team["undetected"] / SEVERITY_UNITS)


@compiled_inner
def apparent_severity(world, problem, severity):
    """Return severity as others observe it: for children increased by the trend towards earlier notice."""
    return severity + (world.municipality[0]["youth_shown_more"] if problem >= YOUTH else 0.0)


@compiled_inner
def weight_at_gp(problem):
    """Return the weight of a problem in the chance that a GP acts on it; 0 for money and safety."""
    return 1.0 if problem >= YOUTH else (0.8 if problem == MIND else (0.5 if problem == CARE else 0.0))


@compiled_inner
def supply_for_children(p):
    """Return how often GPs act on children's problems, as a ratio; a youth practitioner draws contacts."""
    return math.exp(p["gp_supply"]) * (1.0 + p["gp_youth_practitioner"] * p["practitioner_draws"])


@compiled_inner
def chance_at_gp(p, problem, severity):
    """Return the monthly probability that a GP acts on this problem."""
    weight = weight_at_gp(problem)
    supply = supply_for_children(p) if problem >= YOUTH else 1.0
    return p["gp_per_month"] * weight * supply * visibility(severity, SHOWS_TO_GP)


@compiled_inner
def chance_if_linked(world, household, problem, severity, route):
    """Return the monthly probability that a fully linked referral source reports this problem."""
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
    """Return the share of a referral source that is linked in existing practice, in every arm."""
    p = world.p[0]
    if route == BY_DEBT_SIGNAL:
        return world.municipality[0]["debt_duty"]
    return 1.0 if route == BY_MEDICAL_SPECIALIST else p["existing_links"]


@compiled_inner
def link_of_policy(p, route):
    """Return the policy's lever for linking a referral source beyond existing practice."""
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
    """Return the share of a referral source that a policy links in addition to existing practice."""
    p = world.p[0]
    existing = link_in_practice(world, route)
    return added_link(existing, link_of_policy(p, route), world.municipality[0]["prevention"], p["finds_new"])


@compiled_inner
def terms_of_outreach(world):
    """Return the loop-invariant terms of outreach, read once per month.

    The weights of households with and without shame, and the weight apart from severity.
    """
    p = world.p[0]
    return p["outreach_meets_shy"], p["outreach_meets_others"], world.municipality[0]["outreach_evenness"]


@compiled_inner
def weight_for_outreach(home, severity, outreach):
    """Return the weight of a household in outreach: higher with shame (CPB 2021) and with severity.

    `outreach` are the terms of `terms_of_outreach`.
    """
    shy, others, evenness = outreach
    return (shy if home["flags"] & FLAG_SHAME else others) * (evenness + severity)


@compiled_inner
def is_unknown_to_team(home):
    """Return whether a household has no case at a team and is on no team's list: outreach skips others."""
    return ((np.uint32(home["waiting"]) | np.uint32(home["in_care"])) & TEAM_MASK) == 0


@compiled_inner
def chance_of_outreach(world, household, problem, severity, prevention):
    """Return the monthly probability that outreach of the team for this problem meets the household."""
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

    One draw selects a route from the cumulated chances of all routes. Existing practice comes first and a
    policy's links last, so that an added link never changes a signal by another route.
    """
    home = world.households[household]
    now = world.municipality[0]
    unmoved = np.float64(home["severity"][problem])
    severity = apparent_severity(world, problem, unmoved)
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
    """Return upper bounds on the chance of being noticed this month, valid for every household.

    Most households are not noticed in a month. A draw above the bound is rejected without evaluating the
    routes; a draw below it is evaluated exactly, so the results do not change.

    Returns
    -------
    tuple
        GPs and the police, per unit of severity above `SHOWS_TO_GP`: for money, mind, care, safety and
        children; other routes, per unit of severity, for the same five; the network, per unit of severity
        and ties; outreach, per unit of 0.6 + severity; and the severity added to children's problems as
        they are observed.
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
    gp_of_child = gp * max(1.0, supply_for_children(p))
    police /= 1.0 - SHOWS_TO_GP
    at_gp = (0.0, gp * weight_at_gp(MIND), gp * weight_at_gp(CARE), police, max(gp_of_child, police))
    more = np.float32(max(0.0, now["youth_shown_more"]))
    return at_gp, (money, 0.0, care, 0.0, youth), now["network_speaks_up"], outreach, more


@compiled_inner
def bounds_by_severity(world):
    """Return upper bounds on the chance of being noticed by severity alone, from `bounds_on_signals`.

    Returns
    -------
    tuple
        Help-seeking, per unit of severity above a level, and that level, with full trust and no shame;
        GPs and the police, per unit of severity above `SHOWS_TO_GP`, for adults and for children; all other
        routes, per unit of severity, for the same two; a constant; and the severity added to children's
        problems as they are observed.
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
    """Return the share of a referral source that is linked, by existing practice and by a policy."""
    return link_in_practice(world, route) + link_added(world, route)


@compiled_inner
def terms_of_help_seeking(world):
    """Return the loop-invariant terms of `effort_of_help_seeking` and `help_seeking_probability`."""
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
    """Return the monthly probability that a household seeks help; `help_seeking` are its terms."""
    threshold, counters, effort_per_counter, reach_per_counter, further, per_month, ashamed = help_seeking
    effort = effort_of_help_seeking(
        threshold, counters, effort_per_counter, reach_per_counter, home["trust"], further
    )
    return help_seeking_probability(
        severity, effort, per_month, ashamed if home["flags"] & FLAG_SHAME else 1.0
    )


ROUTE = np.int64(Purpose.ROUTE)
MISDIRECTED_CONTACT = np.int64(Purpose.MISDIRECTED_CONTACT)
OBSERVATION = np.int64(Purpose.OBSERVATION)
DEBT_SIGNAL = np.int64(Purpose.DEBT_SIGNAL)
GATE_GP = np.int64(Purpose.GP_GATE)
ROUNDING = 1e-9  # margin far above the rounding error of a sum of chances
LEAST_SEEN = 0.10  # severity below which a problem is not noticed


@compiled_inner
def is_with_team(world, household, problem):
    """Return whether the team for this problem has a case about it, or the household on its waiting list."""
    home = world.households[household]
    listed = np.uint32(home["waiting"]) & bit(team_slot_for(problem))
    return (listed | (np.uint32(home["in_care"]) & TEAM_HELP[problem])) != 0


@compiled_inline
def care_or_waiting_mask(home):
    """Return the mask of care slots that a household uses or waits for.

    Those of specialists stop signals about a problem. A care slot at a team does not, because help by a
    team replaces only requests that would have been granted.
    """
    return home["waiting"] | home["in_care"]


@compiled_inner
def worst_unattended(world, household):
    """Return the problem with the largest severity that no specialist attends to, and that severity.

    Problems of a team case are included, because a GP may still refer them. Returns -1 and `LEAST_SEEN` if
    there is none above `LEAST_SEEN`.
    """
    home = world.households[household]
    covered = care_or_waiting_mask(home)
    worst = -1
    most = np.float32(LEAST_SEEN)
    for problem in range(N_PROBLEMS):
        severity = home["severity"][problem]
        is_worse = (severity > most) & (not is_with_specialist(covered, problem))
        worst = problem if is_worse else worst
        most = severity if is_worse else most
    return worst, np.float64(most)


@compiled_inline
def unattended_severity(severity, covered, problem):
    """Return the severity of a problem; 0 if the household has or waits for a specialist for it."""
    now = severity[problem]
    return np.float32(0.0) if is_with_specialist(covered, problem) else now


@compiled_inner
def worst_unattended_severities(home):
    """Return the largest unattended severities of adults and of children, and those of money, mind and care.

    Compared pairwise, in the same way for adults and children, so that the compiler vectorises it.
    """
    covered = care_or_waiting_mask(home)
    severity = home["severity"]
    money, mind = unattended_severity(severity, covered, 0), unattended_severity(severity, covered, 1)
    care, safety = unattended_severity(severity, covered, 2), unattended_severity(severity, covered, 3)
    first, second = unattended_severity(severity, covered, 4), unattended_severity(severity, covered, 5)
    third, fourth = unattended_severity(severity, covered, 6), unattended_severity(severity, covered, 7)
    money_or_safety, mind_or_care = max(money, safety), max(mind, care)
    first_or_fourth, second_or_third = max(first, fourth), max(second, third)
    of_adults, of_children = max(money_or_safety, mind_or_care), max(first_or_fourth, second_or_third)
    return of_adults, of_children, money, mind, care


@compiled_inner
def weight_undetected(home, of_adults, of_children, outreach):
    """Return the weight of an undetected household, for the team of adults and for that of children.

    The weight is that of outreach, in units of 1 / `SEVERITY_UNITS`, so that next month the chances of all
    households sum to the number of meetings. It counts for the team of the worst problem.
    """
    severity = np.float64(max(of_adults, of_children))
    weight = int(weight_for_outreach(home, severity, outreach) * SEVERITY_UNITS)
    weight *= int((severity > LEAST_SEEN) & is_unknown_to_team(home))
    of_child = int(of_children > of_adults)
    return weight * (1 - of_child), weight * of_child


@compiled_inner
def count_undetected(world, number, for_adults, for_children):
    """Add the weights of the undetected households of a wijk to its teams."""
    wijk = world.wijken[number]
    world.teams[wijk["team"]]["undetected_now"] += for_adults
    world.teams[wijk["youth_team"]]["undetected_now"] += for_children


@compiled_inner
def value_for_worst(figures, is_worst):
    """Return the value, of five, for the worst problem.

    Of equally severe problems of adults the first is signalled; it is therefore selected last.
    """
    of_money, of_mind, of_care, of_child = is_worst
    chosen = figures[2] if of_care else figures[3]
    chosen = figures[1] if of_mind else chosen
    chosen = figures[0] if of_money else chosen
    return figures[4] if of_child else chosen


@compiled_inner
def may_be_noticed(home, worst, bounds, help_seeking, random_number):
    """Return whether this month's draw is below the bound for this household (branch-free)."""
    of_adults, of_children, money, mind, care = worst
    at_gp, by_others, network, outreach, shown_more = bounds
    is_child = of_children > of_adults
    as_shown = of_children + shown_more
    severity = np.float64(as_shown if is_child else of_adults)
    seeking_chance = chance_of_help_seeking(home, severity, help_seeking)
    is_worst = money >= of_adults, mind >= of_adults, care >= of_adults, is_child
    to_gp, others = value_for_worst(at_gp, is_worst), value_for_worst(by_others, is_worst)
    bound = (
        seeking_chance
        + to_gp * max(0.0, severity - SHOWS_TO_GP)
        + (others + network * home["ties"]) * severity
    )
    bound += outreach * (0.6 + severity) + ROUNDING
    return (random_number < bound) & (max(of_adults, of_children) > np.float32(LEAST_SEEN))


@compiled_inner
def is_below_severity_bound(of_adults, of_children, at_most, random_number):
    """Return whether this month's draw is below the bound for this severity (branch-free).

    A fast first test for all households; the slower `may_be_noticed` is False wherever this is False.
    """
    by_asking, asks_from, at_gp, by_others, at_all, shown_more = at_most
    is_child = of_children > of_adults
    as_shown = of_children + shown_more
    severity = np.float64(as_shown if is_child else of_adults)
    to_gp = at_gp[1] if is_child else at_gp[0]
    others = by_others[1] if is_child else by_others[0]
    bound = by_asking * max(0.0, severity - asks_from) + to_gp * max(0.0, severity - SHOWS_TO_GP)
    bound += others * severity + at_all + ROUNDING
    # The observed severity of children may exceed 1; the bound is not valid there.
    return ((random_number < bound) | (severity > 1.0)) & (severity > np.float32(LEAST_SEEN))


@compiled_inner
def list_candidates(world, number, listed, turn, end, candidates, count, at_most, s_route):
    """List the households of one wijk that pass the first test of being noticed; count the undetected.

    Reads `listed` from position `turn` on and appends to `candidates`, which has `count` entries so far.
    Returns the position of the first household of the next wijk, at most `end`, and the new count.
    """
    beyond = world.wijken[number]["first"] + world.wijken[number]["size"]
    outreach = terms_of_outreach(world)
    for_adults = for_children = 0
    while turn < end:
        household = listed[as_index(turn)]
        if household >= beyond:
            break
        prefetch_ahead(world.households, listed, turn)
        home = world.households[household]
        worst = worst_unattended_severities(home)
        adults, children = weight_undetected(home, worst[0], worst[1], outreach)
        for_adults += adults
        for_children += children
        candidates[as_index(count)] = household
        count += is_below_severity_bound(worst[0], worst[1], at_most, uniform_on(s_route, household))
        turn += 1
    count_undetected(world, number, for_adults, for_children)
    return turn, count


@compiled_inner
def filter_candidates(world, candidates, count, s_route):
    """Filter a list of `count` households by `may_be_noticed`, in place; return how many remain."""
    bounds, help_seeking = bounds_on_signals(world), terms_of_help_seeking(world)
    noticed = 0
    for turn in range(count):
        prefetch_ahead(world.households, candidates, turn)
        household = np.int64(candidates[turn])
        home = world.households[household]
        candidates[as_index(noticed)] = household
        noticed += may_be_noticed(
            home, worst_unattended_severities(home), bounds, help_seeking, uniform_on(s_route, household)
        )
    return noticed


@compiled_inner
def signals_of(world, household, s_route, s_wrong, s_error, s_debt, s_gate):
    """Send at most one signal of one household this month, about its worst unattended problem."""
    problem, _ = worst_unattended(world, household)
    route = route_of_signal(world, household, problem, uniform_on(s_route, household))
    past_team = route == BY_GP or route == BY_MEDICAL_SPECIALIST
    if route >= 0 and (past_team or not is_with_team(world, household, problem)):
        deliver_signal(world, household, problem, route, s_wrong, s_error, s_debt, s_gate)


@compiled_inline
def remember_undetected_need(world):
    """Store last month's weight of undetected households for outreach, and reset the count."""
    for number in range(len(world.teams)):
        world.teams[number]["undetected"] = world.teams[number]["undetected_now"]
        world.teams[number]["undetected_now"] = 0


@compiled_inline
def one_household_signals(world, household):
    """Run process 5 for one household, as in the loop."""
    now = world.municipality[0]
    seed, month = now["seed"], now["month"]
    s_route = stream(seed, month, ROUTE)
    listed = world.active[len(world.households) :]
    listed[0] = household
    wijk = world.households[household]["wijk"]
    _, count = list_candidates(world, wijk, listed, 0, 1, listed, 0, bounds_by_severity(world), s_route)
    if not filter_candidates(world, listed, count, s_route):
        return
    signals_of(
        world,
        household,
        s_route,
        stream(seed, month, MISDIRECTED_CONTACT),
        stream(seed, month, OBSERVATION),
        stream(seed, month, DEBT_SIGNAL),
        stream(seed, month, GATE_GP),
    )


@compiled_inline
def all_households_signals(world):
    """Run process 5 for all active households."""
    now = world.municipality[0]
    seed, month = now["seed"], now["month"]
    at_most = bounds_by_severity(world)
    s_route = stream(seed, month, ROUTE)
    s_wrong = stream(seed, month, MISDIRECTED_CONTACT)
    s_error = stream(seed, month, OBSERVATION)
    s_debt = stream(seed, month, DEBT_SIGNAL)
    s_gate = stream(seed, month, GATE_GP)
    noticed = world.active[len(world.households) :]
    end = world.counts[ACTIVE]
    begins = count = 0
    for number in range(len(world.wijken)):
        begins, count = list_candidates(
            world, number, world.active, begins, end, noticed, count, at_most, s_route
        )
    for turn in range(filter_candidates(world, noticed, count, s_route)):
        prefetch_ahead(world.lives, noticed, turn)
        prefetch_ahead(world.households, noticed, turn)
        signals_of(world, np.int64(noticed[turn]), s_route, s_wrong, s_error, s_debt, s_gate)
