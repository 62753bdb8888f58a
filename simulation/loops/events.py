"""Events: the calendar of a life and the troubles that strike (process 2).

A household's next candidate event is drawn ahead with a hazard that is an upper bound; when it
comes it is accepted in proportion to the hazard of that month (thinning, Lewis and Shedler 1979).
Nothing here depends on policy: the same events strike the same household under every policy.
"""

import math

import numpy as np

from agents.household import (
    bounded_trait,
    frailty_of,
    hazard_of_care_trouble,
    hazard_of_money_trouble,
    hazard_of_youth_trouble,
    monthly_probability,
    size_of_trouble,
    struck,
)
from agents.rule import part, rule, seldom
from agents.state import FLAG_SHAME, FLAG_TENANT
from agents.vocabulary import MIND, N_CHILDREN, N_PROBLEMS, NEVER, YOUTH
from simulation import diary
from simulation.loops.places import BLOCK, ends_child, ends_everything, lowest_place, wakes
from simulation.luck import Purpose, error_on, stream, uniform_on
from simulation.nearness import at, comes_soon
from simulation.tallies import (
    BIRTHS,
    DEATHS,
    DISPUTES,
    DISPUTES_SOLVED,
    FORMED,
    MOVES,
    ONSETS,
    SEPARATIONS,
)
from simulation.world import (
    ACTIVE,
    ADULTS_HERE,
    CHILDREN_HERE,
    HOUSEHOLDS_HERE,
    OLDEST_AGE,
    TABLE_CARE,
    TABLE_DEATH,
    TABLE_POVERTY,
)

LOOK_AHEAD = 48  # months for which the bound on a hazard holds
LOOK_FAR_AHEAD = 600
ADULTHOOD = 216  # months
SCHOOL_AGE = 48  # months; from here on trouble strikes children more often
BEARING_AGE, PAST_BEARING_AGE = 24, 43  # years of the oldest adult between which couples have children
LONG_TERM_CARE_AGE = 82  # years from which single people leave for long-term care
FRAILEST = 3.0  # frailty above this does not make a shared trouble strike more often
SEPARATION = N_PROBLEMS
PARTNERING = N_PROBLEMS + 1
BIRTH = N_PROBLEMS + 2
DEATH = N_PROBLEMS + 3
MOVE = N_PROBLEMS + 4
DISPUTE = N_PROBLEMS + 5
N_EVENTS = N_PROBLEMS + 6

NEXT_EVENT = np.int64(Purpose.NEXT_EVENT)
WHICH_EVENT = np.int64(Purpose.WHICH_EVENT)
EVENT_SIZE = np.int64(Purpose.EVENT_SIZE)
SUCCESSOR = np.int64(Purpose.SUCCESSOR)
WIJK_SHOCK = np.int64(Purpose.WIJK_SHOCK)
WIJK_SHOCK_STRIKES = np.int64(Purpose.WIJK_SHOCK_STRIKES)
MEDIATED = np.int64(Purpose.DISPUTE_MEDIATED)


@rule
def growth_of_hazards(p):
    """Return what ageing and trends can add in LOOK_AHEAD months, to adults' and children's hazards."""
    years = LOOK_AHEAD / 12.0
    of_adults = max(
        p["care_growth_per_year_of_age"] + p["care_trend_per_year"], p["death_growth_per_year_of_age"]
    )
    return math.expm1(of_adults * years), math.expm1(p["youth_trend_per_year"] * years)


@rule
def age_years(life, month):
    """Age of the oldest adult in whole years, within the tables."""
    return min(OLDEST_AGE, max(0, (month - life["oldest_birth"]) // 12))


@part
def has_children(life):
    """Whether a child under 18 lives here."""
    first_born = NEVER
    for child in range(N_CHILDREN):
        first_born = min(first_born, life["child_birth"][child])
    return first_born != NEVER


@part
def people_of(life):
    """Return the adults and the children of a household."""
    children = 0
    for child in range(N_CHILDREN):
        children += np.int64(life["child_birth"][child] != NEVER)
    return 2 - np.int64(life["partner"] == 0), children


@part
def hazard_for_child(world, household, child):
    """Yearly hazard of trouble for one child; 0 where there is none."""
    p = world.p[0]
    now = world.municipality[0]
    life = world.lives[household]
    born = life["child_birth"][child]
    hazard = hazard_of_youth_trouble(
        p["onset_per_year"][4],
        life["frailty"],
        (now["month"] - born) / 12.0,
        life["partner"] == 0,
        p["one_parent_hazard"],
        now["trend_youth"],
    )
    return 0.0 if born == NEVER else hazard


@part
def hazard_of_partnering(p, single, age, children):
    """Yearly hazard that a single adult under 50 finds a partner."""
    with_children = p["one_parent_partnering"]  # read first: a choice between numbers needs no branch
    hazard = p["partnering_per_year"] * (with_children if children else 1.0)
    return hazard if single & (age < 50) else 0.0


@part
def hazard_of_birth(p, life, age):
    """Yearly hazard of a birth in a couple whose oldest is 24 to 42, while there is a free seat."""
    hazard = p["birth_per_year"]
    fertile = (life["partner"] != 0) & (age >= BEARING_AGE) & (age < PAST_BEARING_AGE)
    return hazard if fertile & (life["child_birth"][N_CHILDREN - 1] == NEVER) else 0.0


@part
def hazard_of_departure(world, single, age):
    """Yearly hazard of death; an aged single person also leaves for long-term care."""
    leaves = world.p[0]["long_term_care_per_year"]
    return world.tables[TABLE_DEATH, age] + (leaves if single & (age >= LONG_TERM_CARE_AGE) else 0.0)


@part
def hazard_of_move(p, age):
    """Yearly hazard that a household moves away; the young move most."""
    return p["moving_per_year"] * (2.0 if age < 35 else (1.0 if age < 60 else 0.4))


@part
def hazards_end_to_end(world, household, reach):
    """Lay the yearly hazards of all events of this month end to end, in the order of their numbers.

    Returns their total, what ageing, trends and a recession can add to it in LOOK_AHEAD months, and
    the event within whose stretch `reach` falls, -1 if none: as many events lie wholly before `reach`
    as its number says, so that no hazard has to ask which it is.
    """
    life = world.lives[household]
    p = world.p[0]
    now = world.municipality[0]
    frailty = life["frailty"]
    single = life["partner"] == 0
    children = has_children(life)
    age = age_years(life, now["month"])
    poverty = world.tables[TABLE_POVERTY, world.households[household]["income"]]
    by_age = world.tables[TABLE_CARE, age]
    onset = p["onset_per_year"]
    total = hazard_of_money_trouble(
        onset[0], frailty, poverty, single & children, p["one_parent_hazard"], now["economy"]
    )
    event = int(reach >= total)
    total += onset[1] * frailty
    event += reach >= total
    more = (p["recession_hazard"] - 1.0) * total
    care = hazard_of_care_trouble(onset[2], frailty, by_age, 1.0 if single else 2.0, now["trend_care"])
    more += now["hazards_grow"] * care
    total += care
    event += reach >= total
    total += onset[3] * frailty * (0.5 if single else 1.2)
    event += reach >= total
    before_children, of_adults = event, total
    if children:
        for child in range(N_CHILDREN):
            total += hazard_for_child(world, household, child)
            event += reach >= total
    more += now["youth_hazard_grows"] * (total - of_adults)
    # Where no child lives, all four stretches are passed together.
    event = event if children | (before_children < YOUTH) else YOUTH + N_CHILDREN
    separation = p["separation_per_year"]
    total += 0.0 if single else separation
    event += reach >= total
    total += hazard_of_partnering(p, single, age, children)
    event += reach >= total
    total += hazard_of_birth(p, life, age)
    event += reach >= total
    departure = hazard_of_departure(world, single, age)
    more += now["hazards_grow"] * departure
    total += departure
    event += reach >= total
    total += hazard_of_move(p, age)
    event += reach >= total
    total += p["dispute_per_year"]
    event += reach >= total
    return total, more, event if event < N_EVENTS else -1


@part
def soon_more(world, household):
    """What a hazard about to jump adds to the bound: a toddler turns four, adults come of an age."""
    p = world.p[0]
    life = world.lives[household]
    month = world.municipality[0]["month"]
    age, soon = age_years(life, month), age_years(life, month + LOOK_AHEAD)
    births, leaves = p["birth_per_year"], p["long_term_care_per_year"]
    single = life["partner"] == 0
    more = births if (not single) & (age < BEARING_AGE) & (soon >= BEARING_AGE) else 0.0
    more += leaves if single & (age < LONG_TERM_CARE_AGE) & (soon >= LONG_TERM_CARE_AGE) else 0.0
    grow = world.municipality[0]["youth_hazard_grows"]
    if has_children(life):
        for child in range(N_CHILDREN):
            age = month - life["child_birth"][child]
            small = (age >= SCHOOL_AGE - LOOK_AHEAD) & (age < SCHOOL_AGE)
            more += 1.6 * (1.0 + grow) * hazard_for_child(world, household, child) * small
    return more


@part
def draws_next_event(world, household, total, more, s_next):
    """Draw the month of the next candidate event and remember the bound it was drawn with."""
    life = world.lives[household]
    month = world.municipality[0]["month"]
    bound = total + more + soon_more(world, household)
    # Where nothing can happen there is nothing to look out for but children growing up.
    look_at = month + (LOOK_AHEAD if bound > 0.0 else LOOK_FAR_AHEAD)
    life["bound"] = 0.0
    if bound > 0.0:
        luck = max(1e-12, uniform_on(s_next, household))
        ahead = 1 + int(-math.log(luck) * 12.0 / bound)
        look_at = month + min(ahead, LOOK_AHEAD)
        life["bound"] = bound if ahead <= LOOK_AHEAD else 0.0
    if has_children(life):
        for child in range(N_CHILDREN):
            adult = np.int64(life["child_birth"][child]) + ADULTHOOD
            comes_first = (month < adult) & (adult < look_at)
            life["bound"] = np.float32(0.0) if comes_first else life["bound"]
            look_at = adult if comes_first else look_at
    world.calendar[household]["next_event"] = look_at
    if world.attention[household] != 0:
        world.attention[household] = look_at


@seldom
def strikes(world, household, problem, luck):
    """A new trouble strikes one problem of a household."""
    p = world.p[0]
    home = world.households[household]
    which = min(np.int64(problem), YOUTH)  # a shared trouble's problem is held in eight bits
    size = size_of_trouble(luck, p["onset_size_power"][which], p["onset_size_least"], p["onset_size_most"])
    adds_trouble(world, household, problem, size)
    world.tally[home["wijk"], ONSETS + which] += 1


@seldom
def adds_trouble(world, household, problem, size):
    """Add trouble to a problem and remember when it began."""
    home = world.households[household]
    if home["severity"][problem] <= 0.0:
        world.lives[household]["onset"][problem] = world.municipality[0]["month"]
    home["severity"][problem] = struck(home["severity"][problem], size)
    diary.notes(world, household, diary.STRUCK, problem, diary.NONE, size, home["severity"][problem])
    wakes(world, household)


@seldom
def grows_up(world, household):
    """Children of eighteen leave youth care and are children no more; the others close ranks."""
    home = world.households[household]
    life = world.lives[household]
    month = world.municipality[0]["month"]
    for child in range(N_CHILDREN):
        born = life["child_birth"][child]
        if born != NEVER and born + ADULTHOOD <= month:
            diary.notes(world, household, diary.GREW_UP, child, diary.NONE, 0.0, 0.0)
            ends_child(world, household, child)
            home["severity"][YOUTH + child] = 0.0
            life["onset"][YOUTH + child] = NEVER
            life["child_birth"][child] = NEVER


@seldom
def is_born(world, household):
    """A child is born into the first free seat."""
    life = world.lives[household]
    for child in range(N_CHILDREN):
        if life["child_birth"][child] == NEVER:
            life["child_birth"][child] = world.municipality[0]["month"]
            world.tally[world.households[household]["wijk"], BIRTHS] += 1
            diary.notes(world, household, diary.BORN, child, diary.NONE, 0.0, 0.0)
            return


@seldom
def is_succeeded(world, household, young, s_successor):
    """A household leaves; another takes its house with traits, luck and troubles of its own.

    After a death a young household comes, after a move a household of the same composition: moves
    in and out balance by age.
    """
    p = world.p[0]
    home = world.households[household]
    life = world.lives[household]
    ends_everything(world, household)
    month = world.municipality[0]["month"]
    who = household * 8
    deprivation = world.wijken[home["wijk"]]["deprivation"]
    income = home["income"]
    life["frailty"] = frailty_of(
        error_on(s_successor, who),
        income,
        deprivation,
        p["frailty_spread"],
        p["frailty_income_slope"],
        p["deprivation_spread"],
    )
    home["strength"] = bounded_trait(p["strength_mean"], p["strength_spread"], error_on(s_successor, who + 1))
    home["trust"] = bounded_trait(p["trust_mean"], p["trust_spread"], error_on(s_successor, who + 2))
    shame = FLAG_SHAME if uniform_on(s_successor, who + 3) < p["shame_share"] else 0
    home["flags"] = (home["flags"] & FLAG_TENANT) | shame
    home["support"] = 0.0
    home["ties"] -= life["ties_lifted"]
    life["ties_lifted"] = 0.0
    life["talks"] = 0
    for problem in range(N_PROBLEMS):
        home["severity"][problem] = 0.0
        life["onset"][problem] = NEVER
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


@seldom
def happens(world, household, event, s_size, s_successor, s_mediated):
    """Let one event happen to one household."""
    p = world.p[0]
    life = world.lives[household]
    home = world.households[household]
    tally = world.tally[home["wijk"]]
    if event < N_PROBLEMS:
        strikes(world, household, event, uniform_on(s_size, household))
    elif event == SEPARATION:
        life["partner"] = 0
        tally[SEPARATIONS] += 1
        diary.notes(world, household, diary.SEPARATED, diary.NONE, diary.NONE, 0.0, 0.0)
        adds_trouble(world, household, MIND, 0.25 * uniform_on(s_size, household))
        for child in range(N_CHILDREN):
            if life["child_birth"][child] != NEVER:
                adds_trouble(world, household, YOUTH + child, 0.25 * uniform_on(s_size, household))
    elif event == PARTNERING:
        diary.notes(world, household, diary.PARTNERED, diary.NONE, diary.NONE, 0.0, 0.0)
        life["partner"] = 1
    elif event == BIRTH:
        is_born(world, household)
    elif event == DEATH:
        if life["partner"] == 1:
            life["partner"] = 0
            diary.notes(world, household, diary.BEREAVED, diary.NONE, diary.NONE, 0.0, 0.0)
            adds_trouble(world, household, MIND, 0.3 * uniform_on(s_size, household))
        else:
            tally[DEATHS] += 1
            diary.notes(world, household, diary.LEFT_BY_DEATH, diary.NONE, diary.NONE, 0.0, 0.0)
            is_succeeded(world, household, True, s_successor)
    elif event == MOVE:
        tally[MOVES] += 1
        diary.notes(world, household, diary.MOVED, diary.NONE, diary.NONE, 0.0, 0.0)
        is_succeeded(world, household, False, s_successor)
    else:
        tally[DISPUTES] += 1
        luck = uniform_on(s_mediated, household)
        if luck < p["mediation_share"] * p["mediation_solves"]:
            tally[DISPUTES_SOLVED] += 1
            diary.notes(world, household, diary.DISPUTE, diary.NONE, diary.NONE, 1.0, 0.0)
        else:
            diary.notes(world, household, diary.DISPUTE, diary.NONE, diary.NONE, 0.0, 0.0)
            adds_trouble(world, household, MIND, p["dispute_weight"] * uniform_on(s_size, household))


@part
def counts_who_came_and_went(world, household, forms, adults, children):
    """Keep count of who live here: who came to a household this month, and who left it."""
    adults_now, children_now = people_of(world.lives[household])
    world.counts[HOUSEHOLDS_HERE] += forms
    world.counts[ADULTS_HERE] += adults_now - (0 if forms else adults)
    world.counts[CHILDREN_HERE] += children_now - (0 if forms else children)


@rule
def events_of(world, household, s_next, s_which, s_size, s_successor, s_strikes, s_mediated):
    """What the calendar and the wijk bring one household this month."""
    month = world.municipality[0]["month"]
    life = world.lives[household]
    home = world.households[household]
    if life["since"] > month:
        return
    wijk = world.wijken[home["wijk"]]
    if wijk["shock_until"] >= month:
        luck = uniform_on(s_strikes, household)
        if luck < world.p[0]["shock_strikes"] * min(FRAILEST, life["frailty"]):
            problem = np.int64(wijk["shock_problem"])
            if problem != YOUTH or life["child_birth"][0] != NEVER:
                diary.notes(world, household, diary.SHARED_TROUBLE, problem, diary.NONE, 0.0, 0.0)
                strikes(world, household, problem, uniform_on(s_size, household))
    if world.calendar[household]["next_event"] > month:
        return
    forms = (life["since"] == month) & (life["bound"] == 0.0)
    adults, children = people_of(life)
    grows_up(world, household)
    world.tally[home["wijk"], FORMED] += forms
    reach = uniform_on(s_which, household) * life["bound"] if life["bound"] > 0.0 else math.inf
    total, more, event = hazards_end_to_end(world, household, reach)
    if event >= 0:
        happens(world, household, event, s_size, s_successor, s_mediated)
        if SEPARATION <= event <= MOVE:  # who lives here has changed, and with it what may happen
            total, more, _ = hazards_end_to_end(world, household, math.inf)
    draws_next_event(world, household, total, more, s_next)
    counts_who_came_and_went(world, household, forms, adults, children)


@rule
def shared_trouble_begins(world):
    """Wijken are struck by troubles shared by many: a school, a street, a drug."""
    world.counts[ACTIVE] = 0  # the list of the month is made after its events
    p = world.p[0]
    now = world.municipality[0]
    s_shock = stream(now["seed"], now["month"], WIJK_SHOCK)
    chance = monthly_probability(p["shock_per_wijk_year"])
    for number in range(len(world.wijken)):
        wijk = world.wijken[number]
        if wijk["shock_until"] < now["month"] and uniform_on(s_shock, 2 * number) < chance:
            wijk["shock_until"] = now["month"] + int(p["shock_months"])
            which = int(4.0 * uniform_on(s_shock, 2 * number + 1))
            wijk["shock_problem"] = YOUTH if which == 2 else which


@rule
def one_household_events(world, household):
    """Process 2 for one household, as the loop does it."""
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


@rule
def earliest_event_of_block(calendar, start):
    """Return the earliest next event of a block of households."""
    earliest = calendar[start]["next_event"]
    for each in range(1, BLOCK):
        earliest = min(earliest, calendar[start + each]["next_event"])
    return earliest


@rule
def due_in_block(calendar, start, until):
    """Return one bit for each of a block of households: whether its next event has come by `until`."""
    bits = np.uint32(0)
    for each in range(BLOCK):
        bits |= np.uint32(calendar[start + each]["next_event"] <= until) << np.uint32(each)
    return bits


@part
def lists_due(world, start, last, due, count):
    """List whose calendar asks for attention in one wijk, after the `count` listed; returns how many."""
    month = np.int16(world.municipality[0]["month"])
    calendar = world.calendar[start:last]  # its rows begin at 0: none can be counted from the end
    whole = len(calendar) // BLOCK * BLOCK
    for first in range(0, whole, BLOCK):
        if earliest_event_of_block(calendar, first) <= month:
            bits = due_in_block(calendar, first, month)
            while bits:
                due[at(count)] = start + first + lowest_place(bits)
                bits &= bits - np.uint32(1)
                count += 1
    for each in range(whole, len(calendar)):
        due[at(count)] = start + each
        count += calendar[each]["next_event"] <= month
    return count


@part
def lists_due_or_in_reach(world, start, last, due, count, s_strikes):
    """List, in a wijk with a shared trouble, whose calendar asks for attention or whom it may strike."""
    month = world.municipality[0]["month"]
    reach = world.p[0]["shock_strikes"] * FRAILEST
    for household in range(start, last):
        due[at(count)] = household
        in_reach = uniform_on(s_strikes, household) < reach
        count += in_reach | (world.calendar[at(household)]["next_event"] <= month)
    return count


@rule
def all_households_events(world):
    """Process 2 for all households whose calendar or wijk asks for attention this month."""
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
            count = lists_due_or_in_reach(world, start, last, due, count, s_strikes)
        else:
            count = lists_due(world, start, last, due, count)
    for turn in range(count):
        comes_soon(world.lives, due, turn, count)
        comes_soon(world.households, due, turn, count)
        events_of(world, np.int64(due[turn]), s_next, s_which, s_size, s_successor, s_strikes, s_mediated)
