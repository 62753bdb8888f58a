"""Experiments inside the model: effects that studies measured and that nobody put in.

Each follows its study's design as far as the model can: two runs with the same people and the same
random numbers that differ in one thing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import MENTAL_HEALTH, MONEY, N_CHILDREN, NEVER, YOUTH, YOUTH_RESIDENTIAL, YOUTH_TEAM
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.parameters import changed
from simulation.processes.care.care_slots import STAY_MASK, slot_of_kind
from simulation.randomness.common_random_numbers import Purpose, uniforms
from simulation.recording.schema import tally_values

FIVE_YEARS = 60
THREE_YEARS = 36
TWO_YEARS = 24
LEAST_WAITING = 3
LAST_BEGIN = TWO_YEARS + 6  # months after which nobody's treatment is followed any more
NOBODY = 10_000  # later than any month of an experiment
ONE_YEAR = 12
QUARTERS = 4
LESS_EARLY_HELP = 0.15
FROM, TO = 2015, 2017  # years between which growth by teams is told
# Seconded share of each way to staff teams; teams without one have it as it is.
STAFF_OF_TEAMS: dict[str, float | None] = {"own_staff": 0.0, "seconded": 1.0, "mean": None}
NO_TEAMS = "none"
UNMET_YOUTH = "unmet_severity_youth"


def waiting_month_more_care(initial_state: Model) -> float:
    """Percent more mental health care over five years per extra month of waiting (Prudon 2025).

    In one run nobody is admitted before having waited three months, in the other as soon as there is
    room. Those who joined a waiting list in the first two years and were treated in both are followed
    from the month their own treatment began, as the study follows patients; what they waited longer
    differs, so the difference in care is divided by the months they really waited more.
    """
    joined, began, care = _mental_care_of(initial_state, LEAST_WAITING)
    _, sooner, usual = _mental_care_of(initial_state, 0)
    followed = (began >= joined) & (sooner >= joined) & (began < LAST_BEGIN) & (sooner < LAST_BEGIN)
    followed &= joined < NOBODY
    longer = float((began - sooner)[followed].mean())
    return float(100.0 * (care[followed].sum() / usual[followed].sum() - 1.0) / longer)


def _mental_care_of(initial_state: Model, least_waiting: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return per household when it joined, when its treatment began, and months of care in five years."""
    model = initial_state.copy()
    model.apply_policy(changed(model.parameters, {"provider.least_waiting_months": float(least_waiting)}))
    homes = model.world.households
    slot = np.uint32(1 << MENTAL_HEALTH)
    seen_before = ((homes["in_care"] | homes["waiting"]) & slot) != 0
    joined, began = np.full((2, len(homes)), NOBODY)
    care = np.zeros(len(homes), dtype=np.int64)
    for month in range(LAST_BEGIN + FIVE_YEARS):
        model.step()
        homes = model.world.households
        in_care = (homes["in_care"] & slot) != 0
        joins = ((homes["waiting"] & slot) != 0) & ~seen_before & (month < TWO_YEARS)
        joined[joins] = np.minimum(joined[joins], month)
        begins = in_care & ~seen_before
        began[begins] = np.minimum(began[begins], month)
        care += in_care & (month >= began) & (month < began + FIVE_YEARS)
    release(model, dismantle=True)
    return joined, began, care


def eviction_to_placement(initial_state: Model) -> float:
    """Odds ratio of out-of-home placement within three years, evicted or not (Berg and Brannstrom 2018).

    Households with children and money problems are split at random in quarters. In four runs a quarter
    each is evicted; the same households in the run without evictions are not.
    """
    world = initial_state.world
    children = (world.lives["child_birth"] != NEVER).any(axis=1)
    here = world.lives["since"] <= initial_state.month
    with_problem = here & children & (world.households["severity"][:, MONEY] > 0.2)
    with_problem &= (world.households["in_care"] & STAY_MASK) == 0
    random_numbers = uniforms(
        initial_state.random_seed, len(with_problem), initial_state.month, Purpose.EXPERIMENT
    )
    quarter = np.where(with_problem, (random_numbers * QUARTERS).astype(np.int64), -1)
    ever = _placed_in_three_years(initial_state, np.zeros(len(with_problem), dtype=bool))
    placed = [ever[with_problem].sum() + 0.5, 0.5]  # half a case keeps the odds finite
    for number in range(QUARTERS):
        evicted = quarter == number
        placed[1] += _placed_in_three_years(initial_state, evicted)[evicted].sum()
    odds = [count / (with_problem.sum() + 1.0 - count) for count in placed]
    return float(odds[1] / odds[0])


def _placed_in_three_years(initial_state: Model, evicted: np.ndarray) -> np.ndarray:
    """Return which households lose a child to a placement in three years, when some are evicted."""
    model = initial_state.copy()
    model.world.households["severity"][evicted, MONEY] = 1.0
    ever = np.zeros(len(evicted), dtype=bool)
    usual = model.world.p["eviction_share"].copy()
    for month in range(THREE_YEARS):
        # Who is made to lose its home loses it; the same holds for all crises of money in that month.
        model.world.p["eviction_share"] = 1.0 if month == 0 else usual
        model.step()
        ever |= (model.world.households["in_care"] & STAY_MASK) != 0
    release(model, dismantle=True)
    return ever


def prevention_elasticity(initial_state: Model) -> float:
    """Percent more children in need the year after per percent less early help (Webb 2021).

    Early help is what teams and the social base do; children in need are those with heavy problems
    or in specialist youth care, as English social services count them.
    """
    usual, less = initial_state.copy(), initial_state.copy()
    p = less.parameters
    fewer = replace(
        p,
        wijkteam=replace(p.wijkteam, fte_per_1000=p.wijkteam.fte_per_1000 * (1 - LESS_EARLY_HELP)),
        informal_network=replace(
            p.informal_network,
            social_base_eur_per_inhabitant=p.informal_network.social_base_eur_per_inhabitant
            * (1 - LESS_EARLY_HELP),
        ),
    )
    less.apply_policy(fewer)
    less.world.teams["fte"] *= 1 - LESS_EARLY_HELP
    need, spending = [], []
    for model in (usual, less):
        model.run_until(initial_state.month + 2 * ONE_YEAR)
        column = model.recorder.column
        year = slice(
            initial_state.month + ONE_YEAR - model.start_month,
            initial_state.month + 2 * ONE_YEAR - model.start_month,
        )
        first_year = slice(initial_state.month - model.start_month, year.start)
        care = sum(
            column(f"clients_{kind}")[year].mean()
            for kind in ("youth_outpatient", "youth_day_care", "youth_residential", "supervision_order")
        )
        need.append(care + tally_values(UNMET_YOUTH, column(UNMET_YOUTH))[year].mean())
        spent = column("cost_first_eur")[first_year].sum() + column("cost_zero_eur")[first_year].sum()
        spending.append(spent)
        release(model, dismantle=True)
    change_of_need = need[1] / need[0] - 1.0
    change_of_spending = spending[1] / spending[0] - 1.0
    return float(change_of_need / change_of_spending)


def close_help_to_placement(initial_state: Model) -> float:
    """Relative risk of placement within a year with intensive help close to families (Bezeczky 2020).

    Counted per child, as the trials did: those at the edge of care on the caseload of a team, in the
    same months with and without the help. Departs from the trials, because the lever works for
    everybody: children who come to the edge later get it as well, which frees teams and places for
    all, and who is helped gets it only as far as the hours of the team bear it.
    """
    homes = initial_state.world.households
    seats = range(N_CHILDREN)
    with_team = np.array([1 << slot_of_kind(YOUTH_TEAM, seat) for seat in seats], dtype=np.uint32)
    away = np.array([1 << slot_of_kind(YOUTH_RESIDENTIAL, seat) for seat in seats], dtype=np.uint32)
    care = homes["in_care"][:, None]
    at_edge = homes["severity"][:, YOUTH:] >= initial_state.world.p["edge_at"][0]
    at_edge &= ((care & with_team) != 0) & ((care & away) == 0)
    placed = []
    for share in (0.0, 1.0):
        model = initial_state.copy()
        model.apply_policy(changed(model.parameters, {"wijkteam.help_close_to_families": share}))
        ever = np.zeros_like(at_edge)
        for _ in range(ONE_YEAR):
            model.step()
            ever |= (model.world.households["in_care"][:, None] & away) != 0
        placed.append(ever[at_edge].sum() + 0.5)  # half a child keeps the ratio finite
        release(model, dismantle=True)
    return float(placed[1] / placed[0])


class NoTeams:
    """Keeps teams from ever starting: municipalities without teams went on with counters and GPs."""

    def __call__(self, since: int) -> None:
        """Start nothing."""


def support_users_by_teams(initial_state: Model, arms: Iterable[str]) -> dict[str, np.ndarray]:
    """Return people with guidance or day care in 2015 and in 2017, by how teams are staffed.

    Parameters
    ----------
    initial_state : Model
        A municipality on the eve of the transition.
    arms : iterable of str
        "none", "own_staff", "seconded" or "mean" (as most have them).

    Returns
    -------
    dict of str to float64 array of shape (2,)
    """
    found = {}
    for name in arms:
        model = initial_state.copy()
        if name == NO_TEAMS:
            model._start_teams = NoTeams()  # type: ignore[method-assign]
        elif STAFF_OF_TEAMS[name] is not None:
            model.apply_policy(changed(model.parameters, {"wijkteam.seconded_share": STAFF_OF_TEAMS[name]}))
        model.run_until((TO - BASE_YEAR + 1) * MONTHS_PER_YEAR)
        users = model.recorder.column("support_users")
        starts = [(year - BASE_YEAR) * MONTHS_PER_YEAR - model.recorder.first_month for year in (FROM, TO)]
        found[name] = np.array([users[start : start + MONTHS_PER_YEAR].sum() for start in starts])
        release(model, dismantle=True)
    return found


def gaps_of_growth(with_teams: Mapping[str, np.ndarray], without: np.ndarray) -> dict[str, float]:
    """Return points by which the second line of the Wmo grows faster with teams, and its growth without.

    Parameters
    ----------
    with_teams : dict of str to float64 array of shape (2,)
        Users in the first and the last year, by `STAFF_OF_TEAMS`.
    without : float64 array of shape (2,)
        Users without teams.

    Examples
    --------
    >>> gaps_of_growth({"seconded": np.array([100.0, 150.0])}, np.array([100.0, 125.0]))
    {'wmo_growth_gap_team_seconded': 25.0, 'wmo_growth_without_teams': 25.0}
    """
    growth = {name: float(100.0 * (users[1] / users[0] - 1.0)) for name, users in with_teams.items()}
    none = float(100.0 * (without[1] / without[0] - 1.0))
    gaps = {f"wmo_growth_gap_team_{name}": each - none for name, each in growth.items()}
    return {**gaps, "wmo_growth_without_teams": none}


def wmo_growth_gaps(initial_state: Model) -> dict[str, float]:
    """Points of growth of the second line of the Wmo, 2015-2017, above no team (CPB 2019).

    Municipalities are alike and differ from the transition on: without teams, with teams of own staff,
    with teams of providers' staff, with teams as most have them. Teams are assigned at random, so to say;
    in the study those without are mostly small. Growth is that of people with guidance or day care.
    """
    users = support_users_by_teams(initial_state, (NO_TEAMS, *STAFF_OF_TEAMS))
    without = users.pop(NO_TEAMS)
    return gaps_of_growth(users, without)


# By row: what measures it, in a model in January of which year. One that measures several rows returns
# them by name, and is run once.
EXPERIMENTS: dict[str, tuple[Callable[[Model], float | dict[str, float]], int]] = {
    "waiting_month_more_care": (waiting_month_more_care, 2012),
    "eviction_to_placement": (eviction_to_placement, 2009),
    "prevention_elasticity": (prevention_elasticity, 2018),
    "intensive_help_placement_rr": (close_help_to_placement, 2018),
    **{f"wmo_growth_gap_team_{name}": (wmo_growth_gaps, FROM) for name in STAFF_OF_TEAMS},
}


def results_of(names: Iterable[str], saved: Mapping[int, Model]) -> dict[str, float]:
    """Return what experiments come to, by name; each is run once.

    Parameters
    ----------
    names : iterable of str
        Names of `EXPERIMENTS`.
    saved : dict of int to Model
        The municipality in January of every year the experiments begin in. Nothing in it is changed.

    Returns
    -------
    dict of str to float
        Not a number where nobody was counted, as in a street.
    """
    found: dict[str, float] = {}
    for name in names:
        if name not in found:
            measure, year = EXPERIMENTS[name]
            try:
                with np.errstate(divide="ignore", invalid="ignore"):
                    result = measure(saved[year])
            except ZeroDivisionError:
                result = float("nan")  # nobody was counted
            found |= result if isinstance(result, dict) else {name: result}
    return found
