"""Experiments inside the model: effects measured by studies and not used as inputs.

Each follows the design of its study as far as the model allows: two runs with the same people and random
numbers that differ in one respect.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import MENTAL_HEALTH, MONEY, N_CHILDREN, NEVER, YOUTH, YOUTH_RESIDENTIAL, YOUTH_TEAM
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.parameters import changed
from simulation.processes.care.care_slots import STAY_MASK, slot_for
from simulation.randomness.common_random_numbers import Purpose, uniforms
from simulation.recording.schema import tally_values

FIVE_YEARS = 60
THREE_YEARS = 36
TWO_YEARS = 24
LEAST_WAITING = 3
LAST_BEGIN = TWO_YEARS + 6  # months after which treatments are no longer followed
NOBODY = 10_000  # a month after the end of any experiment
ONE_YEAR = 12
QUARTERS = 4
LESS_EARLY_HELP = 0.15
FROM, TO = 2015, 2017  # years over which growth by teams is measured
# Seconded share of teams per type of staff; without an entry the parameter keeps its value.
STAFF_OF_TEAMS: dict[str, float | None] = {"own_staff": 0.0, "seconded": 1.0, "mean": None}
NO_TEAMS = "none"
UNMET_YOUTH = "unmet_severity_youth"


def waiting_month_more_care(initial_state: Model) -> float:
    """Percent more mental health care over five years per extra month of waiting (Prudon 2025).

    In the first run nobody is admitted before having waited three months; in the second as soon as there is
    room. Households that joined a waiting list in the first two years and were treated in both runs are
    followed from the month of their own treatment, as in the study. The difference in care is divided by the
    realised difference in waiting months.
    """
    joined, began, care = _mental_care_of(initial_state, LEAST_WAITING)
    _, sooner, usual = _mental_care_of(initial_state, 0)
    followed = (began >= joined) & (sooner >= joined) & (began < LAST_BEGIN) & (sooner < LAST_BEGIN)
    followed &= joined < NOBODY
    longer = float((began - sooner)[followed].mean())
    return float(100.0 * (care[followed].sum() / usual[followed].sum() - 1.0) / longer)


def _mental_care_of(initial_state: Model, least_waiting: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return per household the months of joining and of treatment, and months of care in five years."""
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

    Households with children and money problems are randomly divided into quarters. In four runs one quarter
    is evicted; the same households in the run without evictions are the controls.
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
    """Return which households have a child placed within three years, when some are evicted."""
    model = initial_state.copy()
    model.world.households["severity"][evicted, MONEY] = 1.0
    ever = np.zeros(len(evicted), dtype=bool)
    usual = model.world.p["eviction_share"].copy()
    for month in range(THREE_YEARS):
        # Eviction is forced; it applies to all money crises of these households in that month.
        model.world.p["eviction_share"] = 1.0 if month == 0 else usual
        model.step()
        ever |= (model.world.households["in_care"] & STAY_MASK) != 0
    release(model, dismantle=True)
    return ever


def prevention_elasticity(initial_state: Model) -> float:
    """Percent more children in need the year after per percent less early help (Webb 2021).

    Early help is given by teams and the social base. Children in need have severe problems or specialist
    youth care, as counted by English social services.
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

    Counted per child, as in the trials: children at the edge of care on the caseload of a team, in the same
    months with and without the help. Departs from the trials because the lever works for everybody: children
    who reach the edge later also get the help, which frees teams and places, and help is limited by the hours
    of the team.
    """
    homes = initial_state.world.households
    seats = range(N_CHILDREN)
    with_team = np.array([1 << slot_for(YOUTH_TEAM, seat) for seat in seats], dtype=np.uint32)
    away = np.array([1 << slot_for(YOUTH_RESIDENTIAL, seat) for seat in seats], dtype=np.uint32)
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
    """Prevents teams from starting: municipalities without teams continue with counters and GPs."""

    def __call__(self, since: int) -> None:
        """Do nothing."""


def support_users_by_teams(initial_state: Model, arms: Iterable[str]) -> dict[str, np.ndarray]:
    """Return people with guidance or day care in 2015 and in 2017, by staffing of the teams.

    Parameters
    ----------
    initial_state : Model
        A municipality in the month before the transition.
    arms : iterable of str
        "none", "own_staff", "seconded" or "mean" (the usual mix).

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
    """Return growth of the second line of the Wmo with teams less that without, and the growth without.

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
    """Return growth of the second line of the Wmo with teams less that without, 2015-2017 (CPB 2019).

    All runs have the same municipality and differ from the transition on: no teams, teams with own staff,
    teams with providers' staff, or the usual mix. Teams are thus assigned at random; in the study, those
    without teams are mostly small. Growth is in the number of people with guidance or day care, in percentage
    points.
    """
    users = support_users_by_teams(initial_state, (NO_TEAMS, *STAFF_OF_TEAMS))
    without = users.pop(NO_TEAMS)
    return gaps_of_growth(users, without)


# Per target: the experiment, and the year whose January it starts from. An experiment for several targets
# returns them by name, and is run once.
EXPERIMENTS: dict[str, tuple[Callable[[Model], float | dict[str, float]], int]] = {
    "waiting_month_more_care": (waiting_month_more_care, 2012),
    "eviction_to_placement": (eviction_to_placement, 2009),
    "prevention_elasticity": (prevention_elasticity, 2018),
    "intensive_help_placement_rr": (close_help_to_placement, 2018),
    **{f"wmo_growth_gap_team_{name}": (wmo_growth_gaps, FROM) for name in STAFF_OF_TEAMS},
}


def results_of(names: Iterable[str], saved: Mapping[int, Model]) -> dict[str, float]:
    """Return the results of experiments by name; each experiment is run once.

    Parameters
    ----------
    names : iterable of str
        Names of `EXPERIMENTS`.
    saved : dict of int to Model
        The municipality in January of every year in which an experiment starts. Not modified.

    Returns
    -------
    dict of str to float
        nan where nobody was counted, as in a street.
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
