"""The world: every record of every agent, in one tuple of arrays that compiled loops can take."""

from typing import Any, NamedTuple

import numpy as np

from agents.household import care_by_age, hazard_of_death, poverty_factor
from agents.state import (
    CALENDAR,
    CARE_BY_KIND,
    ENTRY,
    MUNICIPALITY,
    PROVIDER,
    PROVIDER_BITS,
    QUEUE,
    TEAM,
)
from agents.vocabulary import (
    MIND,
    N_KINDS,
    N_PROBLEMS,
    ON_DEMAND,
    PROBLEMS,
    SAFETY,
    WITHOUT_SLOTS,
    YOUTH,
)
from simulation.compiled import AHEAD, BLOCK, lined_up
from simulation.population.initial_population import Population
from simulation.processes.care.care_slots import SPECIALIST_HELP, TEAM_HELP
from simulation.recording.diary import no_diary
from simulation.recording.tallies import N_TALLIES

OLDEST_AGE = 127
TABLE_CARE, TABLE_DEATH, TABLE_POVERTY = 0, 1, 2
ENTRANTS_MOST = 6  # providers that may enter a kind of care during a run
MOST_PROVIDERS = 1 << PROVIDER_BITS  # of one kind
ROOM = 4096  # entries that any town has free on its waiting lists, when a month makes room

# How problems move, by problem, in 32 bits and side by side: what holds for a household's eight
# problems can then be worked out for all eight at once. Youth's figure stands once for each child.
PER_KIND_OF_PROBLEM = ("tipping_point", "linger_width", "fade_per_month", "escalation_per_month")
SAME_FOR_ALL = (
    "severity_floor",
    "spill_floor",
    "spill_least",
    "strength_raises_tipping",
    "support_raises_tipping",
    "help_raises_tipping",
    "strain_lowers_tipping",
)
TEAM_RAISES = "team_help_raises_tipping"  # what a team case adds to the tipping point
PASSING = "passes_per_month"  # chance a month that a short problem passes, by problem
SPILLS = ("by_money", "by_mind")  # monthly push of problems of money, and of mind
HELP = {"team_help": TEAM_HELP, "specialist_help": SPECIALIST_HELP}  # the care slots that attend to it
HOW_PROBLEMS_MOVE = np.dtype(
    [(name, np.float32, (N_PROBLEMS,)) for name in (*PER_KIND_OF_PROBLEM, *SPILLS)]
    + [(name, np.uint32, (N_PROBLEMS,)) for name in HELP]
    + [(name, np.float32) for name in (*SAME_FOR_ALL, TEAM_RAISES)]
    + [(PASSING, np.float64, (N_PROBLEMS,)), ("passes_at_most", np.float64)]
)


class World(NamedTuple):
    """All state of one municipality.

    Attributes
    ----------
    households, lives : record arrays of shape (n_households,)
        `HOUSEHOLD` and `LIFE`.
    calendar : record array of shape (n_households,)
        `CALENDAR`.
    attention : int16 array of shape (n_households,)
        Month at which a household must be looked at next; 0 while something is going on.
    marks : uint32 array of shape (3, n_households / BLOCK, rounded up)
        Who has care at a team or a specialist and who is near a crisis
        (`simulation/processes/care/attention.py`).
    active : uint32 array of shape (2 n_households + AHEAD,)
        Households with something going on this month; `counts[0]` says how many. From `n_households`
        on it is a list to write on: a loop first lists whose turn it is, then gives them their turn.
        The last `AHEAD` numbers are only ever looked at (`simulation/compiled.py`).
    counts : int64 array of shape (7,)
        Active households, entries that were used ever, the first of these that is free (-1 for none), how
        many of the active are in order, and the households, adults and children that live here, of whom
        events keep count.
    networks, wijken, teams, providers : record arrays
        `NETWORK`, `WIJK`, `TEAM`, `PROVIDER`.
    provider_range : int64 array of shape (n_kinds + 1,)
        Providers of kind k are numbers provider_range[k] up to provider_range[k + 1].
    entries, queues : record arrays
        Waiting lists. Team t has queues 2t (heavy) and 2t + 1 (light), provider r has 2 n_teams + r.
    slots, waiting : int64 arrays of shape (n_wijken, n_kinds)
        Clients in care and people on waiting lists.
    tally : int64 array of shape (n_wijken, n_tallies)
        What was counted this month.
    at_hand : int32 array of shape (3, n_problems)
        To count on before counts are written down in the tally; zeros in between.
    tables : float64 array of shape (3, 128)
        Rules of age and income evaluated once: care by age, death by age, poverty by income.
    how_problems_move : record array of shape (1,)
        `HOW_PROBLEMS_MOVE`, drawn up from `p`.
    care_by_kind : record array of shape (n_kinds,)
        `CARE_BY_KIND`, set when a month opens.
    municipality : record array of shape (1,)
        `MUNICIPALITY`.
    p : record array of shape (1,)
        Parameters and levers of this month.
    diary : record array of shape (n_notes,)
        `NOTE`: what happened this month to the household that is watched; empty where nobody is.
    watched : int64 array of shape (2,)
        The household that is watched, -1 for none, and how many notes were written this month.
    """

    households: np.ndarray
    lives: np.ndarray
    calendar: np.ndarray
    attention: np.ndarray
    marks: np.ndarray
    active: np.ndarray
    counts: np.ndarray
    networks: np.ndarray
    wijken: np.ndarray
    teams: np.ndarray
    providers: np.ndarray
    provider_range: np.ndarray
    entries: np.ndarray
    queues: np.ndarray
    slots: np.ndarray
    waiting: np.ndarray
    tally: np.ndarray
    at_hand: np.ndarray
    tables: np.ndarray
    how_problems_move: np.ndarray
    care_by_kind: np.ndarray
    municipality: np.ndarray
    p: np.ndarray
    diary: np.ndarray
    watched: np.ndarray

    def __deepcopy__(self, memo: dict[int, Any]) -> "World":
        """Return an independent copy, a saved state, whose households lie as they did in memory."""
        copies = [lined_up(each) for each in self]
        memo.update((id(each), copy) for each, copy in zip(self, copies, strict=True))
        return World(*copies)


ACTIVE, USED_ENTRIES, FREE_HEAD, IN_ORDER, HOUSEHOLDS_HERE, ADULTS_HERE, CHILDREN_HERE = range(7)
# Marks: has a care slot at a team; at a specialist; violence or a crisis when this month's support was given.
WITH_TEAM, WITH_SPECIALIST, NEAR_CRISIS = MARKS = range(3)


def rule_tables(p: np.ndarray) -> np.ndarray:
    """Evaluate the rules of age and income once per parameter set, float64 of shape (3, 128).

    Parameters
    ----------
    p : structured array of shape (1,)
        Record of all numerical parameters, by name.

    Returns
    -------
    float64 array of shape (3, 128)
        One row per rule, one column per year of age or income fifth.
    """
    tables = np.zeros((3, OLDEST_AGE + 1))
    for age in range(OLDEST_AGE + 1):
        tables[TABLE_CARE, age] = care_by_age(float(age), p["care_growth_per_year_of_age"][0])
        tables[TABLE_DEATH, age] = hazard_of_death(
            float(age), p["death_at_80_per_year"][0], p["death_growth_per_year_of_age"][0]
        )
    for income in range(5):
        tables[TABLE_POVERTY, income] = poverty_factor(float(income), p["poverty_hazard"][0])
    return tables


def figures_of_problems(p: np.ndarray) -> np.ndarray:
    """Return how problems move, by problem, record array of shape (1,) of `HOW_PROBLEMS_MOVE`.

    Parameters
    ----------
    p : structured array of shape (1,)
        Record of all numerical parameters, by name.

    Returns
    -------
    structured array of shape (1,)
        Figures of all problems.
    """
    figures = np.zeros(1, dtype=HOW_PROBLEMS_MOVE)
    kinds = np.minimum(np.arange(N_PROBLEMS), len(PROBLEMS) - 1)
    for name in PER_KIND_OF_PROBLEM:
        figures[name] = p[name][0][kinds]
    for name in SAME_FOR_ALL:
        figures[name] = p[name][0]
    for name, slots in HELP.items():
        figures[name] = slots
    help_works = p["help_works"][0] * p["team_raises_tipping"][0]
    figures[TEAM_RAISES] = p["help_raises_tipping"][0] * help_works
    figures[PASSING] = p[PASSING][0][kinds]
    figures["passes_at_most"] = figures[PASSING].sum()
    figures["by_money"][0, [MIND, SAFETY]] = p["money_to_mind"][0], p["money_to_safety"][0]
    figures["by_mind"][0, SAFETY] = p["mind_to_safety"][0]
    figures["by_mind"][0, YOUTH:] = p["mind_to_youth"][0]
    return figures


def make_world(population: Population, n_teams: int, per_kind: int, p: np.ndarray) -> World:
    """Return a world without any activity around a population; teams and providers are still to be set up.

    Parameters
    ----------
    population : Population
        Households, networks and wijken.
    n_teams : int
        Number of teams.
    per_kind : int
        Providers of each kind of care.
    p : structured array of shape (1,)
        Record of all numerical parameters, by name.

    Returns
    -------
    World
        The world.

    Raises
    ------
    ValueError
        When there are more providers of a kind than a household's record can tell apart.
    """
    if per_kind + ENTRANTS_MOST > MOST_PROVIDERS:
        raise ValueError(
            f"provider.per_kind = {per_kind}: expected {MOST_PROVIDERS - ENTRANTS_MOST} at most, for "
            f"{ENTRANTS_MOST} may enter and a household's record tells {MOST_PROVIDERS} apart"
        )
    n = len(population.households)
    n_wijken = len(population.wijken)
    provider_range = np.zeros(N_KINDS + 1, dtype=np.int64)
    for kind in range(N_KINDS):
        many = 0 if kind in WITHOUT_SLOTS else (1 if kind in ON_DEMAND else per_kind + ENTRANTS_MOST)
        provider_range[kind + 1] = provider_range[kind] + many
    n_providers = int(provider_range[-1])
    counts = np.zeros(7, dtype=np.int64)
    counts[FREE_HEAD] = -1
    queues = np.zeros(2 * n_teams + n_providers, dtype=QUEUE)
    queues["head"] = queues["tail"] = -1
    return World(
        households=population.households,
        lives=population.lives,
        calendar=population.lives["since"].astype(CALENDAR),
        attention=population.lives["since"].astype(np.int16),
        marks=np.zeros((len(MARKS), -(-n // BLOCK)), dtype=np.uint32),
        active=np.zeros(2 * n + AHEAD, dtype=np.uint32),
        counts=counts,
        networks=population.networks,
        wijken=population.wijken,
        teams=np.zeros(n_teams, dtype=TEAM),
        providers=np.zeros(n_providers, dtype=PROVIDER),
        provider_range=provider_range,
        entries=np.zeros(ROOM, dtype=ENTRY),
        queues=queues,
        slots=np.zeros((n_wijken, N_KINDS), dtype=np.int64),
        waiting=np.zeros((n_wijken, N_KINDS), dtype=np.int64),
        tally=np.zeros((n_wijken, N_TALLIES), dtype=np.int64),
        at_hand=np.zeros((3, N_PROBLEMS), dtype=np.int32),
        tables=rule_tables(p),
        how_problems_move=figures_of_problems(p),
        care_by_kind=np.zeros(N_KINDS, dtype=CARE_BY_KIND),
        municipality=np.zeros(1, dtype=MUNICIPALITY),
        p=p,
        **no_diary(),
    )


def with_room_on_waiting_lists(world: World, needed: int) -> World:
    """Return the world with room for so many more entries on its waiting lists, and not much more.

    Parameters
    ----------
    world : World
        The arrays of the model.
    needed : int
        Entries that must be there and have never been used; those that came free are not counted on.

    Returns
    -------
    World
        The world, or one with longer or shorter lists.
    """
    used = int(world.counts[USED_ENTRIES])
    if needed <= len(world.entries) - used <= needed + needed // 8:
        return world
    # A little ahead, or lists would grow every month. Zeros take no memory before they are used.
    entries = np.zeros(used + needed + needed // 16, dtype=ENTRY)
    entries[:used] = world.entries[:used]
    return world._replace(entries=entries)
