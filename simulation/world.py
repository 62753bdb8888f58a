"""The world: the state of all agents in one tuple of arrays, which compiled loops take as an argument."""

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
from simulation.compiled import AHEAD, BLOCK, cache_aligned_copy
from simulation.population.initial_population import Population
from simulation.processes.care.care_slots import SPECIALIST_HELP, TEAM_HELP
from simulation.recording.diary import no_diary
from simulation.recording.tallies import N_TALLIES

OLDEST_AGE = 127
TABLE_CARE, TABLE_DEATH, TABLE_POVERTY = 0, 1, 2
MAX_ENTRANTS = 6  # of one kind of care, during a run
MAX_PROVIDERS = 1 << PROVIDER_BITS  # of one kind of care
SPARE_ENTRIES = 4096  # unused waiting list entries, besides those for active households

# Parameters of the problem dynamics, arrays of eight 32-bit values, so that a household's eight problems
# are computed by vector instructions. The value of the youth domain is repeated for each child.
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
TEAM_RAISES = "team_help_raises_tipping"  # added to the tipping point by a team case
PASSING = "passes_per_month"  # monthly probability that a short problem passes, by problem
SPILLS = ("by_money", "by_mind")  # monthly spillover from problems of money, and of mind
HELP = {"team_help": TEAM_HELP, "specialist_help": SPECIALIST_HELP}  # care slots that help with a problem
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
        Month in which a household must be processed next; 0 while it is active.
    marks : uint32 array of shape (3, n_households / BLOCK, rounded up)
        Bit masks of households with care at a team, with care at a specialist, and near a crisis
        (`simulation/processes/care/attention.py`).
    active : uint32 array of shape (2 n_households + AHEAD,)
        Active households of this month; `counts[0]` is their number. From `n_households` on it is a
        work list: a loop first lists the households that it has to process, then processes them.
        The last `AHEAD` entries are read by prefetching only (`simulation/compiled.py`).
    counts : int64 array of shape (7,)
        Number of active households, number of waiting list entries used so far, first freed entry (-1 for
        none), number of active households that are sorted, and the households, adults and children that
        live here, updated by events.
    networks, wijken, teams, providers : record arrays
        `NETWORK`, `WIJK`, `TEAM`, `PROVIDER`.
    provider_range : int64 array of shape (n_kinds + 1,)
        Providers of kind k are numbers provider_range[k] up to provider_range[k + 1].
    entries, queues : record arrays
        Waiting lists. Team t has queues 2t (heavy) and 2t + 1 (light), provider r has 2 n_teams + r; the
        last is the list of children reported to the child protection board.
    slots, waiting : int64 arrays of shape (n_wijken, n_kinds)
        Clients in care and people on waiting lists.
    tally : int64 array of shape (n_wijken, n_tallies)
        Tallies of this month.
    scratch_counts : int32 array of shape (3, n_problems)
        Counters of problems in one wijk, added to its tally and reset to 0.
    tables : float64 array of shape (3, 128)
        Tabulated rules of age and income: care by age, death by age, poverty by income.
    how_problems_move : record array of shape (1,)
        `HOW_PROBLEMS_MOVE`, computed from `p`.
    care_by_kind : record array of shape (n_kinds,)
        `CARE_BY_KIND`, set at the start of a month.
    municipality : record array of shape (1,)
        `MUNICIPALITY`.
    p : record array of shape (1,)
        Parameters and levers of this month.
    diary : record array of shape (n_notes,)
        `NOTE`: events of the watched household this month; empty without a watched household.
    watched : int64 array of shape (2,)
        Number of the watched household, -1 for none, and the number of notes written this month.
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
    scratch_counts: np.ndarray
    tables: np.ndarray
    how_problems_move: np.ndarray
    care_by_kind: np.ndarray
    municipality: np.ndarray
    p: np.ndarray
    diary: np.ndarray
    watched: np.ndarray

    def __deepcopy__(self, memo: dict[int, Any]) -> "World":
        """Return an independent copy, a saved state, with cache-aligned arrays."""
        copies = [cache_aligned_copy(each) for each in self]
        memo.update((id(each), copy) for each, copy in zip(self, copies, strict=True))
        return World(*copies)


ACTIVE, USED_ENTRIES, FREE_HEAD, IN_ORDER, HOUSEHOLDS_HERE, ADULTS_HERE, CHILDREN_HERE = range(7)
# Marks: care slot at a team; at a specialist; violence or a crisis at this month's support process.
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
    """Return the parameters of the problem dynamics, record array of shape (1,) of `HOW_PROBLEMS_MOVE`.

    Parameters
    ----------
    p : structured array of shape (1,)
        Record of all numerical parameters, by name.

    Returns
    -------
    structured array of shape (1,)
        Parameters of all problems.
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
    """Return the world of a population, without activity; teams and providers are initialised later.

    Parameters
    ----------
    population : Population
        Households, networks and wijken.
    n_teams : int
        Number of teams.
    per_kind : int
        Providers per kind of care.
    p : structured array of shape (1,)
        Record of all numerical parameters, by name.

    Returns
    -------
    World
        The world.

    Raises
    ------
    ValueError
        When there are more providers of a kind than a household's record can number.
    """
    if per_kind + MAX_ENTRANTS > MAX_PROVIDERS:
        raise ValueError(
            f"provider.per_kind = {per_kind}: expected {MAX_PROVIDERS - MAX_ENTRANTS} at most, for "
            f"{MAX_ENTRANTS} may enter and a household's record tells {MAX_PROVIDERS} apart"
        )
    n = len(population.households)
    n_wijken = len(population.wijken)
    provider_range = np.zeros(N_KINDS + 1, dtype=np.int64)
    for kind in range(N_KINDS):
        many = 0 if kind in WITHOUT_SLOTS else (1 if kind in ON_DEMAND else per_kind + MAX_ENTRANTS)
        provider_range[kind + 1] = provider_range[kind] + many
    n_providers = int(provider_range[-1])
    counts = np.zeros(7, dtype=np.int64)
    counts[FREE_HEAD] = -1
    queues = np.zeros(2 * n_teams + n_providers + 1, dtype=QUEUE)
    queues["head"] = queues["tail"] = -1
    municipality = np.zeros(1, dtype=MUNICIPALITY)
    municipality["frailty_mean"] = population.frailty_mean
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
        entries=np.zeros(SPARE_ENTRIES, dtype=ENTRY),
        queues=queues,
        slots=np.zeros((n_wijken, N_KINDS), dtype=np.int64),
        waiting=np.zeros((n_wijken, N_KINDS), dtype=np.int64),
        tally=np.zeros((n_wijken, N_TALLIES), dtype=np.int64),
        scratch_counts=np.zeros((3, N_PROBLEMS), dtype=np.int32),
        tables=rule_tables(p),
        how_problems_move=figures_of_problems(p),
        care_by_kind=np.zeros(N_KINDS, dtype=CARE_BY_KIND),
        municipality=municipality,
        p=p,
        **no_diary(),
    )


def with_room_on_waiting_lists(world: World, needed: int) -> World:
    """Return the world with at least this number of unused waiting list entries, and not many more.

    Parameters
    ----------
    world : World
        The arrays of the model.
    needed : int
        Number of unused entries; freed entries do not count.

    Returns
    -------
    World
        The same world, or one with a longer or shorter array of entries.
    """
    used = int(world.counts[USED_ENTRIES])
    if needed <= len(world.entries) - used <= needed + needed // 8:
        return world
    # Slightly more than needed, or the array would grow every month. Unused zeros take no memory.
    entries = np.zeros(used + needed + needed // 16, dtype=ENTRY)
    entries[:used] = world.entries[:used]
    return world._replace(entries=entries)
