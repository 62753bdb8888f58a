"""Exogenous events: life events, new problems and shared problems (process 2).

The next candidate event of a household is drawn ahead from an upper bound on its hazard. In its month it
is accepted with probability hazard / bound (thinning, Lewis and Shedler 1979). Nothing here depends on
policy: a household has the same events under every policy. The events of a month can therefore be stored
on a tape and replayed in other runs, without their calendars (`simulation/processes/event_tape.py`).
"""

import math

import numpy as np

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.household import (
    MIDDLE_FIFTH,
    STRENGTH_BY_INCOME,
    TRUST_BY_INCOME,
    bounded_trait,
    frailty_of,
    monthly_probability,
    severity_after_onset,
    size_of_problem,
)
from agents.state import FLAG_SHAME, FLAG_TENANT
from agents.vocabulary import MIND, N_CHILDREN, N_PROBLEMS, NEVER, YOUTH
from simulation.compiled import BLOCK, as_index, list_bits, mask_of_months_up_to, prefetch_ahead
from simulation.processes.care.attention import wake
from simulation.processes.care.care_episodes import end_child, end_everything
from simulation.processes.hazards import (
    ADULTHOOD,
    BIRTH,
    DEATH,
    MOVE,
    PARTNERING,
    SEPARATION,
    draw_next_event,
    has_children,
    people_of,
    problem_of_shock,
    total_hazard_and_event,
)
from simulation.randomness.common_random_numbers import Purpose, error_on, normal_on, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import (
    BIRTHS,
    DEATHS,
    DISPUTES,
    DISPUTES_SOLVED,
    FORMED,
    MOVES,
    NEW_PROBLEMS,
    SEPARATIONS,
)
from simulation.world import (
    ACTIVE,
    ADULTS_HERE,
    CHILDREN_HERE,
    HOUSEHOLDS_HERE,
)

# Households that are due: with a candidate event, or in reach of a shared problem, this month.

FRAILEST = 3.0  # upper bound on frailty in the chance of a shared problem


@compiled_inner
def list_due(world, start, last, due, count):
    """Append the households of one wijk with a candidate event to `due`; return the new count."""
    month = np.int16(world.municipality[0]["month"])
    calendar = world.calendar[start:last]  # a slice, so that indices start at 0 and are never negative
    whole = len(calendar) // BLOCK * BLOCK
    for first in range(0, whole, BLOCK):
        count = list_bits(mask_of_months_up_to(calendar, first, month), start + first, due, count)
    for each in range(whole, len(calendar)):
        due[as_index(count)] = start + each
        count += calendar[each]["next_event"] <= month
    return count


@compiled_inner
def list_due_or_in_reach(world, start, last, due, count, s_strikes):
    """Append to `due` the households with a candidate event or that a shared problem may reach.

    For a wijk with a shared problem. Returns the new count.
    """
    month = world.municipality[0]["month"]
    reach = world.p[0]["shock_strikes"] * FRAILEST
    for household in range(start, last):
        due[as_index(count)] = household
        in_reach = uniform_on(s_strikes, household) < reach
        count += in_reach | (world.calendar[as_index(household)]["next_event"] <= month)
    return count


NEXT_EVENT = np.int64(Purpose.NEXT_EVENT)
WHICH_EVENT = np.int64(Purpose.WHICH_EVENT)
EVENT_SIZE = np.int64(Purpose.EVENT_SIZE)
SUCCESSOR = np.int64(Purpose.SUCCESSOR)
WIJK_SHOCK = np.int64(Purpose.WIJK_SHOCK)
WIJK_SHOCK_STRIKES = np.int64(Purpose.WIJK_SHOCK_STRIKES)
MEDIATED = np.int64(Purpose.DISPUTE_MEDIATED)


@compiled
def start_problem(world, household, problem, random_number):
    """Start a new problem in one domain of a household; its size is drawn."""
    p = world.p[0]
    home = world.households[household]
    which = min(np.int64(problem), YOUTH)  # converted, because the domain of a shared problem has 8 bits
    size = size_of_problem(
        random_number,
        p["initial_severity_power"][which],
        p["initial_severity_least"],
        p["initial_severity_most"],
    )
    add_problem(world, household, problem, size)
    world.tally[home["wijk"], NEW_PROBLEMS + which] += 1


@compiled
def add_problem(world, household, problem, size):
    """Add severity to a problem; store the month in which it started; activate the household."""
    home = world.households[household]
    if home["severity"][problem] <= 0.0:
        world.lives[household]["start_month"][problem] = world.municipality[0]["month"]
    home["severity"][problem] = severity_after_onset(home["severity"][problem], size)
    diary.note(world, household, diary.STRUCK, problem, diary.NONE, size, home["severity"][problem])
    wake(world, household)


@compiled_inline
def is_of_age(born, month):
    """Return whether a child is present and 18 or older."""
    return (born != NEVER) & (np.int64(born) + ADULTHOOD <= month)


@compiled_inner
def has_grown_up(life, month):
    """Return whether any child of a household is 18 or older (branch-free)."""
    grown = 0
    for child in range(N_CHILDREN):
        grown |= np.int64(is_of_age(life["child_birth"][child], month))
    return grown != 0


@compiled
def grow_up(world, household):
    """Remove children of 18 from the household; their youth care ends."""
    home = world.households[household]
    life = world.lives[household]
    month = world.municipality[0]["month"]
    for child in range(N_CHILDREN):
        if is_of_age(life["child_birth"][child], month):
            diary.note(world, household, diary.GREW_UP, child, diary.NONE, 0.0, 0.0)
            end_child(world, household, child)
            home["severity"][YOUTH + child] = 0.0
            life["start_month"][YOUTH + child] = NEVER
            life["child_birth"][child] = NEVER


@compiled
def add_birth(world, household):
    """Add a child in the first free position."""
    life = world.lives[household]
    for child in range(N_CHILDREN):
        if life["child_birth"][child] == NEVER:
            life["child_birth"][child] = world.municipality[0]["month"]
            world.tally[world.households[household]["wijk"], BIRTHS] += 1
            diary.note(world, household, diary.BORN, child, diary.NONE, 0.0, 0.0)
            return


@compiled
def replace_household(world, household, young, s_successor):
    """Replace a household that leaves by a new one with newly drawn traits and without problems or care.

    A death is followed by a young household (`young`), a move by a household of the same composition, so
    that moves in and out balance by age.
    """
    p = world.p[0]
    home = world.households[household]
    life = world.lives[household]
    end_everything(world, household)
    month = world.municipality[0]["month"]
    who = household * 8
    deprivation = world.wijken[home["wijk"]]["deprivation"]
    income = home["income"]
    frailty = frailty_of(
        normal_on(s_successor, who),
        income,
        deprivation,
        p["frailty_spread"],
        p["frailty_income_slope"],
        p["deprivation_spread"],
    )
    life["frailty"] = frailty / world.municipality[0]["frailty_mean"]
    # As in the initial population, strength and trust rise with income.
    strength = p["strength_mean"] + STRENGTH_BY_INCOME * (income - MIDDLE_FIFTH)
    trust = p["trust_mean"] + TRUST_BY_INCOME * (income - MIDDLE_FIFTH)
    home["strength"] = bounded_trait(strength, p["strength_spread"], error_on(s_successor, who + 1))
    home["trust"] = bounded_trait(trust, p["trust_spread"], error_on(s_successor, who + 2))
    shame = FLAG_SHAME if uniform_on(s_successor, who + 3) < p["shame_share"] else 0
    home["flags"] = (home["flags"] & FLAG_TENANT) | shame
    home["support"] = 0.0
    home["ties"] -= life["ties_lifted"]
    life["ties_lifted"] = 0.0
    life["talks"] = 0
    for problem in range(N_PROBLEMS):
        home["severity"][problem] = 0.0
        life["start_month"][problem] = NEVER
    life["since"] = month
    life["violence"] = NEVER
    life["debt_streak"] = 0
    life["debt_year"] = 0
    life["used"] = np.uint32(0)
    if young:
        life["partner"] = 1 if uniform_on(s_successor, who + 4) < 0.35 else 0
        life["oldest_birth"] = month - int(12.0 * (20.0 + 14.0 * uniform_on(s_successor, who + 5)))
        for child in range(N_CHILDREN):
            life["child_birth"][child] = NEVER


@compiled_inline
def size_key(household, which):
    """Return the key of the draw of the size of a new problem; `SHARED` for that of a shared problem."""
    return household * 32 + which


@compiled
def apply_event(world, household, event, s_size, s_successor, s_mediated):
    """Apply one event to one household."""
    p = world.p[0]
    life = world.lives[household]
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    if event < N_PROBLEMS:
        start_problem(world, household, event, uniform_on(s_size, size_key(household, event)))
    elif event == SEPARATION:
        life["partner"] = 0
        tally[SEPARATIONS] += 1
        diary.note(world, household, diary.SEPARATED, diary.NONE, diary.NONE, 0.0, 0.0)
        add_problem(world, household, MIND, 0.25 * uniform_on(s_size, size_key(household, MIND)))
        for child in range(N_CHILDREN):
            if life["child_birth"][child] != NEVER:
                random_number = uniform_on(s_size, size_key(household, YOUTH + child))
                add_problem(world, household, YOUTH + child, 0.25 * random_number)
    elif event == PARTNERING:
        diary.note(world, household, diary.PARTNERED, diary.NONE, diary.NONE, 0.0, 0.0)
        life["partner"] = 1
    elif event == BIRTH:
        add_birth(world, household)
    elif event == DEATH:
        if life["partner"] == 1:
            life["partner"] = 0
            diary.note(world, household, diary.BEREAVED, diary.NONE, diary.NONE, 0.0, 0.0)
            add_problem(world, household, MIND, 0.3 * uniform_on(s_size, size_key(household, MIND)))
        else:
            tally[DEATHS] += 1
            diary.note(world, household, diary.LEFT_BY_DEATH, diary.NONE, diary.NONE, 0.0, 0.0)
            replace_household(world, household, True, s_successor)
    elif event == MOVE:
        tally[MOVES] += 1
        diary.note(world, household, diary.MOVED, diary.NONE, diary.NONE, 0.0, 0.0)
        replace_household(world, household, False, s_successor)
    else:
        tally[DISPUTES] += 1
        random_number = uniform_on(s_mediated, household)
        if random_number < p["mediation_share"] * p["mediation_solves"]:
            tally[DISPUTES_SOLVED] += 1
            diary.note(world, household, diary.DISPUTE, diary.NONE, diary.NONE, 1.0, 0.0)
        else:
            diary.note(world, household, diary.DISPUTE, diary.NONE, diary.NONE, 0.0, 0.0)
            random_number = uniform_on(s_size, size_key(household, MIND))
            add_problem(world, household, MIND, p["dispute_weight"] * random_number)


# The events of a household in a month, as eight bits.
EVENT = 15  # mask of the event number plus 1; 0 for none
SHARED = 16  # the shared problem of its wijk
FORMS = 32  # the household is formed
GROWN_UP = 64  # a child turns 18
DUE = 128  # it had a candidate event
BITS = 8


@compiled_inner
def count_people(world, household, sign):
    """Add (`sign` 1) or subtract (-1) the people of a household in the counts of residents."""
    adults, children = people_of(world.lives[household])
    world.counts[ADULTS_HERE] += sign * adults
    world.counts[CHILDREN_HERE] += sign * children


@compiled_inner
def is_reached_by_shared_problem(world, household, s_strikes):
    """Return whether the shared problem of its wijk reaches a household this month."""
    life = world.lives[household]
    wijk = world.wijken[world.households[household]["wijk"]]
    if wijk["shock_until"] < world.municipality[0]["month"]:
        return False
    if uniform_on(s_strikes, household) >= world.p[0]["shock_strikes"] * min(FRAILEST, life["frailty"]):
        return False
    return wijk["shock_problem"] != YOUTH or has_children(life)


@compiled_inline
def begin_events(world, household, event_bits, s_size):
    """Apply the first part of a month's events: shared problem, formation, children of 18."""
    number = world.households[household]["wijk"]
    if event_bits & SHARED:
        problem = problem_of_shock(world.wijken[number], world.lives[household])
        diary.note(world, household, diary.SHARED_PROBLEM, problem, diary.NONE, 0.0, 0.0)
        start_problem(world, household, problem, uniform_on(s_size, size_key(household, SHARED)))
    if event_bits & FORMS:
        world.counts[HOUSEHOLDS_HERE] += 1
        world.wijken[number]["formed"] += 1
        world.networks[world.households[household]["network"]]["formed"] += 1
        world.tally[number, FORMED] += 1
    elif event_bits & DUE:
        count_people(world, household, -1)
    if event_bits & GROWN_UP:
        grow_up(world, household)


@compiled_inline
def end_events(world, household, event_bits, s_size, s_successor, s_mediated):
    """Apply the accepted event, if any, and update the counts of residents."""
    if event_bits & EVENT:
        apply_event(world, household, (event_bits & EVENT) - 1, s_size, s_successor, s_mediated)
    if event_bits & DUE:
        count_people(world, household, 1)


@compiled_inline
def events_of(world, household, s_next, s_which, s_size, s_successor, s_strikes, s_mediated):
    """Determine and apply the events of one household this month; return them as bits."""
    month = world.municipality[0]["month"]
    life = world.lives[household]
    if life["since"] > month:
        return 0
    event_bits = SHARED if is_reached_by_shared_problem(world, household, s_strikes) else 0
    if world.calendar[household]["next_event"] <= month:
        event_bits |= DUE
        event_bits |= FORMS if (life["since"] == month) & (life["bound"] == 0.0) else 0
        event_bits |= GROWN_UP if has_grown_up(life, month) else 0
    begin_events(world, household, event_bits, s_size)
    if event_bits & DUE:
        reach = uniform_on(s_which, household) * life["bound"] if life["bound"] > 0.0 else math.inf
        total, more, event = total_hazard_and_event(world, household, reach)
        event_bits |= event + 1
        end_events(world, household, event_bits, s_size, s_successor, s_mediated)
        if SEPARATION <= event <= MOVE:  # the composition has changed, and with it the hazards
            total, more, _ = total_hazard_and_event(world, household, math.inf)
        draw_next_event(world, household, total, more, s_next)
    return event_bits


@compiled_inline
def begin_shared_problem(world):
    """Draw the wijken in which a shared problem starts (about a school, a street, a drug)."""
    world.counts[ACTIVE] = 0  # the list of active households is made after the events
    p = world.p[0]
    now = world.municipality[0]
    s_shock = stream(now["seed"], now["month"], WIJK_SHOCK)
    chance = monthly_probability(p["shock_per_wijk_year"])
    for number in range(len(world.wijken)):
        wijk = world.wijken[number]
        if wijk["shock_until"] < now["month"] and uniform_on(s_shock, 2 * number) < chance:
            wijk["shock_until"] = now["month"] + int(p["shock_months"]) - 1
            which = int(4.0 * uniform_on(s_shock, 2 * number + 1))
            wijk["shock_problem"] = YOUTH if which == 2 else which


@compiled_inline
def one_household_events(world, household):
    """Run process 2 for one household, as in the loop."""
    now = world.municipality[0]
    seed, month = now["seed"], now["month"]
    events_of(
        world,
        household,
        stream(seed, month, NEXT_EVENT),
        stream(seed, month, WHICH_EVENT),
        stream(seed, month, EVENT_SIZE),
        stream(seed, month, SUCCESSOR),
        stream(seed, month, WIJK_SHOCK_STRIKES),
        stream(seed, month, MEDIATED),
    )


@compiled_inline
def all_households_events(world):
    """Run process 2 for all households with a candidate event or in reach of a shared problem.

    Writes one number per household with events to the second half of `world.active`: the household
    number, and in its lowest `BITS` bits the events. Returns how many there are.
    """
    now = world.municipality[0]
    seed, month = now["seed"], now["month"]
    s_next = stream(seed, month, NEXT_EVENT)
    s_which = stream(seed, month, WHICH_EVENT)
    s_size = stream(seed, month, EVENT_SIZE)
    s_successor = stream(seed, month, SUCCESSOR)
    s_strikes = stream(seed, month, WIJK_SHOCK_STRIKES)
    s_mediated = stream(seed, month, MEDIATED)
    due = world.active[len(world.calendar) :]
    count = 0
    for number in range(len(world.wijken)):
        start = world.wijken[number]["first"]
        last = start + world.wijken[number]["size"]
        if world.wijken[number]["shock_until"] >= month:
            count = list_due_or_in_reach(world, start, last, due, count, s_strikes)
        else:
            count = list_due(world, start, last, due, count)
    recorded = 0
    for turn in range(count):
        prefetch_ahead(world.lives, due, turn)
        prefetch_ahead(world.households, due, turn)
        household = np.int64(due[turn])
        event_bits = events_of(world, household, s_next, s_which, s_size, s_successor, s_strikes, s_mediated)
        due[as_index(recorded)] = household << BITS | event_bits
        recorded += (event_bits & ~DUE) != 0
    return recorded


@compiled_inline
def replay_taped_events(world, tape):
    """Run process 2 by replaying the events of this month from a tape, uint32 of shape (n_events,)."""
    now = world.municipality[0]
    seed, month = now["seed"], now["month"]
    s_size = stream(seed, month, EVENT_SIZE)
    s_successor = stream(seed, month, SUCCESSOR)
    s_mediated = stream(seed, month, MEDIATED)
    due = world.active[len(world.calendar) :]
    for turn in range(len(tape)):
        due[as_index(turn)] = tape[as_index(turn)] >> BITS
    for turn in range(len(tape)):
        prefetch_ahead(world.lives, due, turn)
        prefetch_ahead(world.households, due, turn)
        household = np.int64(due[as_index(turn)])
        event_bits = np.int64(tape[as_index(turn)])
        begin_events(world, household, event_bits, s_size)
        end_events(world, household, event_bits, s_size, s_successor, s_mediated)
