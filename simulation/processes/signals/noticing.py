"""Signals: who notices, and by which route (process 5)."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.vocabulary import (
    BY_GP,
    BY_MEDICAL_SPECIALIST,
    N_PROBLEMS,
)
from simulation.compiled.memory_locality import at, prefetch_ahead
from simulation.processes.care.care_slots import TEAM_HELP, bit
from simulation.processes.problems import is_with_specialist
from simulation.processes.signals.arrivals import deliver_signal, team_slot_for
from simulation.processes.signals.routes import (
    SHOWS_TO_GP,
    bounds_on_signals,
    chance_of_help_seeking,
    is_unknown_to_team,
    most_by_severity,
    route_of_signal,
    terms_of_help_seeking,
    terms_of_outreach,
    weight_for_outreach,
)
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording.tallies import SEVERITY_UNITS
from simulation.world import ACTIVE

ROUTE = np.int64(Purpose.ROUTE)
MISDIRECTED_CONTACT = np.int64(Purpose.MISDIRECTED_CONTACT)
OBSERVATION = np.int64(Purpose.OBSERVATION)
DEBT_SIGNAL = np.int64(Purpose.DEBT_SIGNAL)
GATE_GP = np.int64(Purpose.TRIAGE)
ROUNDING = 1e-9  # far above what a sum of chances is rounded by
LEAST_SEEN = 0.10  # a sign fainter than this shows to nobody


@compiled_inner
def is_with_team(world, household, problem):
    """Whether the team that a signal would go to works on this problem, or has the household on its list."""
    home = world.households[household]
    listed = np.uint32(home["waiting"]) & bit(team_slot_for(problem))
    return (listed | (np.uint32(home["in_care"]) & TEAM_HELP[problem])) != 0


@compiled_inline
def slots_and_lists(home):
    """Return the places a household has or waits for: specialists among them stop signals about a problem.

    A care slot at a team stops none: help by a team replaces only what would have been granted.
    """
    return home["waiting"] | home["in_care"]


@compiled_inner
def worst_unattended(world, household):
    """Return the problem with the largest severity that no specialist attends to, and that severity.

    Where a team has the case, a GP may still send them elsewhere. -1 and the least severity that is
    seen, if none shows.
    """
    home = world.households[household]
    covered = slots_and_lists(home)
    worst = -1
    most = np.float32(LEAST_SEEN)
    for problem in range(N_PROBLEMS):
        severity = home["severity"][problem]
        is_worse = (severity > most) & (not is_with_specialist(covered, problem))
        worst = problem if is_worse else worst
        most = severity if is_worse else most
    return worst, np.float64(most)


@compiled_inline
def open_severity(severity, covered, problem):
    """Severity of a problem, 0 where specialists or their waiting lists attend to it."""
    now = severity[problem]
    return np.float32(0.0) if is_with_specialist(covered, problem) else now


@compiled_inner
def worst_open_severities(home):
    """Return the largest severity nobody attends to: of adults, children, in money, mind and care.

    Compared half with half, adults and children alike: the compiler compares them at once.
    """
    covered = slots_and_lists(home)
    severity = home["severity"]
    money, mind = open_severity(severity, covered, 0), open_severity(severity, covered, 1)
    care, safety = open_severity(severity, covered, 2), open_severity(severity, covered, 3)
    first, second = open_severity(severity, covered, 4), open_severity(severity, covered, 5)
    third, fourth = open_severity(severity, covered, 6), open_severity(severity, covered, 7)
    money_or_safety, mind_or_care = max(money, safety), max(mind, care)
    first_or_fourth, second_or_third = max(first, fourth), max(second, third)
    of_adults, of_children = max(money_or_safety, mind_or_care), max(first_or_fourth, second_or_third)
    return of_adults, of_children, money, mind, care


@compiled_inner
def weight_undetected(home, of_adults, of_children, outreach):
    """How much a household nobody attends to counts for the team its worst problem concerns.

    It counts as much as outreach is likely to meet it, so that next month all chances of being met
    add up to the meetings there are hours for. Returned for the team of the adults, and of children.
    """
    severity = np.float64(max(of_adults, of_children))
    weight = int(weight_for_outreach(home, severity, outreach) * SEVERITY_UNITS)
    weight *= int((severity > LEAST_SEEN) & is_unknown_to_team(home))
    of_child = int(of_children > of_adults)
    return weight * (1 - of_child), weight * of_child


@compiled_inner
def count_undetected(world, number, for_adults, for_children):
    """Add to the teams of a wijk what nobody attends to there."""
    wijk = world.wijken[number]
    world.teams[max(0, wijk["team"])]["undetected_now"] += for_adults
    world.teams[max(0, wijk["youth_team"])]["undetected_now"] += for_children


@compiled_inner
def of_worst(figures, is_worst):
    """Return the one of five figures that goes with the worst problem.

    Of adults' problems that are as heavy the first is signalled, so that it is chosen last.
    """
    of_money, of_mind, of_care, of_child = is_worst
    chosen = figures[2] if of_care else figures[3]
    chosen = figures[1] if of_mind else chosen
    chosen = figures[0] if of_money else chosen
    return figures[4] if of_child else chosen


@compiled_inner
def may_be_noticed(home, worst, bounds, help_seeking, random_number):
    """Whether this month's draw is low enough for anybody to speak up: one answer, no branches."""
    of_adults, of_children, money, mind, care = worst
    at_gp, by_others, network, outreach, shown_more = bounds
    is_child = of_children > of_adults
    as_shown = of_children + shown_more
    severity = np.float64(as_shown if is_child else of_adults)
    asks = chance_of_help_seeking(home, severity, help_seeking)
    is_worst = money >= of_adults, mind >= of_adults, care >= of_adults, is_child
    to_gp, others = of_worst(at_gp, is_worst), of_worst(by_others, is_worst)
    bound = asks + to_gp * max(0.0, severity - SHOWS_TO_GP) + (others + network * home["ties"]) * severity
    bound += outreach * (0.6 + severity) + ROUNDING
    return (random_number < bound) & (max(of_adults, of_children) > np.float32(LEAST_SEEN))


@compiled_inner
def may_show(of_adults, of_children, at_most, random_number):
    """Whether this month's draw is low enough for so severe a problem, whoever's it is: no branches.

    Asked of everybody before `may_be_noticed`, which takes longer and says no wherever this does.
    """
    by_asking, asks_from, at_gp, by_others, at_all, shown_more = at_most
    is_child = of_children > of_adults
    as_shown = of_children + shown_more
    severity = np.float64(as_shown if is_child else of_adults)
    to_gp = at_gp[1] if is_child else at_gp[0]
    others = by_others[1] if is_child else by_others[0]
    bound = by_asking * max(0.0, severity - asks_from) + to_gp * max(0.0, severity - SHOWS_TO_GP)
    bound += others * severity + at_all + ROUNDING
    # Problems of children may show more than a crisis does: then severity alone bounds nothing.
    return ((random_number < bound) | (severity > 1.0)) & (severity > np.float32(LEAST_SEEN))


@compiled_inner
def list_shown(world, number, listed, turn, end, shown, count, at_most, s_route):
    """List whose problems may show to anybody in one wijk, and count who stays undetected.

    Goes through those `listed` from `turn` on and adds to `shown`, which holds `count` so far.
    Returns the first turn of the next wijk, at most `end`, and how many are listed now.
    """
    beyond = world.wijken[number]["first"] + world.wijken[number]["size"]
    outreach = terms_of_outreach(world)
    for_adults = for_children = 0
    while turn < end:
        household = listed[at(turn)]
        if household >= beyond:
            break
        prefetch_ahead(world.households, listed, turn)
        home = world.households[household]
        worst = worst_open_severities(home)
        adults, children = weight_undetected(home, worst[0], worst[1], outreach)
        for_adults += adults
        for_children += children
        shown[at(count)] = household
        count += may_show(worst[0], worst[1], at_most, uniform_on(s_route, household))
        turn += 1
    count_undetected(world, number, for_adults, for_children)
    return turn, count


@compiled_inner
def keep_noticed(world, shown, count, s_route):
    """Keep on a list of `count` only who may be noticed; returns how many."""
    bounds, help_seeking = bounds_on_signals(world), terms_of_help_seeking(world)
    noticed = 0
    for turn in range(count):
        prefetch_ahead(world.households, shown, turn)
        household = np.int64(shown[turn])
        home = world.households[household]
        shown[at(noticed)] = household
        noticed += may_be_noticed(
            home, worst_open_severities(home), bounds, help_seeking, uniform_on(s_route, household)
        )
    return noticed


@compiled_inner
def signals_of(world, household, s_route, s_wrong, s_error, s_debt, s_gate):
    """At most one signal a month of one household, about its worst unattended problem."""
    problem, _ = worst_unattended(world, household)
    route = route_of_signal(world, household, problem, uniform_on(s_route, household))
    past_team = route == BY_GP or route == BY_MEDICAL_SPECIALIST
    if route >= 0 and (past_team or not is_with_team(world, household, problem)):
        deliver_signal(world, household, problem, route, s_wrong, s_error, s_debt, s_gate)


@compiled_inline
def remember_undetected_need(world):
    """What was counted last month is what outreach goes by; counting begins anew."""
    for number in range(len(world.teams)):
        world.teams[number]["undetected"] = world.teams[number]["undetected_now"]
        world.teams[number]["undetected_now"] = 0


@compiled_inline
def one_household_signals(world, household):
    """Process 5 for one household, as the loop does it."""
    now = world.municipality[0]
    seed, month = now["seed"], now["month"]
    s_route = stream(seed, month, ROUTE)
    listed = world.active[len(world.households) :]
    listed[0] = household
    wijk = world.households[household]["wijk"]
    _, count = list_shown(world, wijk, listed, 0, 1, listed, 0, most_by_severity(world), s_route)
    if not keep_noticed(world, listed, count, s_route):
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
    """Process 5 for all households with something going on."""
    now = world.municipality[0]
    seed, month = now["seed"], now["month"]
    at_most = most_by_severity(world)
    s_route = stream(seed, month, ROUTE)
    s_wrong = stream(seed, month, MISDIRECTED_CONTACT)
    s_error = stream(seed, month, OBSERVATION)
    s_debt = stream(seed, month, DEBT_SIGNAL)
    s_gate = stream(seed, month, GATE_GP)
    noticed = world.active[len(world.households) :]
    end = world.counts[ACTIVE]
    begins = count = 0
    for number in range(len(world.wijken)):
        begins, count = list_shown(world, number, world.active, begins, end, noticed, count, at_most, s_route)
    for turn in range(keep_noticed(world, noticed, count, s_route)):
        prefetch_ahead(world.lives, noticed, turn)
        prefetch_ahead(world.households, noticed, turn)
        signals_of(world, np.int64(noticed[turn]), s_route, s_wrong, s_error, s_debt, s_gate)
