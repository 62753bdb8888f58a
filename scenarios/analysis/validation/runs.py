"""Runs at draws of the posterior with everything the validation targets need; one work is one draw.

Care is recorded month by month, for targets on earlier help, its length, or income.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import (
    BY_GP,
    HOUSEHOLD_HELP,
    KINDS,
    N_CHILDREN,
    N_YOUTH_KINDS,
    SUPERVISION,
    YOUTH,
    YOUTH_RESIDENTIAL,
    YOUTH_TEAM,
)
from agents.wijkteam import effect_of_hours
from scenarios.analysis.calibration.experiments import (
    EXPERIMENTS,
    FROM,
    NO_TEAMS,
    STAFF_OF_TEAMS,
    gaps_of_growth,
    results_of,
    support_users_by_teams,
)
from scenarios.analysis.calibration.targets import (
    EXPRESSIONS,
    LAST_MONTH,
    Measured,
    measured_values,
    percent_growth,
    zaanstad_first_line_share,
    zaanstad_of,
)
from scenarios.analysis.calibration.training_ensemble import average_city
from scenarios.common.result_version import RESULT_VERSION
from scenarios.runs.draws import committed_posterior, draw_parameters
from scenarios.runs.run_document import data_checksum
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.country import municipalities_with_figures
from scenarios.studies.engines import Part, as_parquet, check_version
from scenarios.studies.plan import Run
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.outcomes.history import SHARE_OF_CARE
from simulation.parameters import changed
from simulation.processes.care.care_slots import slot_for
from simulation.recording.month_row import satisfaction, share

if TYPE_CHECKING:
    from simulation.model import Model

LAST_PROCESS = "observation"
FIVE_YEARS = 5 * MONTHS_PER_YEAR
REPEATED = ((2023 - BASE_YEAR) * MONTHS_PER_YEAR, (2023 - BASE_YEAR) * MONTHS_PER_YEAR + 6)
BEGUN_WITH_TEAM = ((2016 - BASE_YEAR) * MONTHS_PER_YEAR, (2017 - BASE_YEAR) * MONTHS_PER_YEAR)
YOUTH_HELP = tuple(kind for kind, name in enumerate(KINDS) if name.startswith("youth_"))
SHIFTS = np.array(
    [[slot_for(kind, seat) for kind in range(YOUTH_TEAM, YOUTH_TEAM + N_YOUTH_KINDS)]
     for seat in range(N_CHILDREN)]
)  # fmt: skip
# Income fifths with a target on growth in household help, lowest and highest.
GROWTH_BY_INCOME = {
    0: "household_help_growth_lowest_income",
    4: "household_help_growth_highest_income",
}
YEARS_OF_HELP = (2018, 2020)
INCOMES = 5
# The months of the interrupted time series: three years before the flat own contribution, and two with it.
SERIES = ((2016 - BASE_YEAR) * MONTHS_PER_YEAR, (2021 - BASE_YEAR) * MONTHS_PER_YEAR)
INTERRUPTED_AT = (2019 - BASE_YEAR) * MONTHS_PER_YEAR - SERIES[0]
HELP = np.array([kind in YOUTH_HELP for kind in range(YOUTH_TEAM, YOUTH_TEAM + N_YOUTH_KINDS)])


def in_care(model: "Model") -> np.ndarray:
    """Return the youth care of every child, bool of shape (n_households, N_CHILDREN, N_YOUTH_KINDS)."""
    care = model.world.households["in_care"].astype(np.int64)
    return (care[:, None, None] >> SHIFTS[None]) & 1 == 1


class ChildrenFollowed:
    """An observer that records every child's help.

    Attributes
    ----------
    repeated, begun : int
        Trajectories started in the first half of 2023, and how many of these by children who had no help the
        month before but some in the five years before that.
    closed, with_team : int
        Team trajectories of children started in 2016, and how many of these ended within a year.
    """

    def __init__(self, model: "Model") -> None:
        shape = (len(model.world.households), N_CHILDREN)
        self.birth = model.world.lives["child_birth"].copy()
        self.before = np.zeros((*shape, N_YOUTH_KINDS), dtype=bool)
        self.last_help = np.full(shape, -10_000)
        self.team_since = np.full(shape, -1)
        self.repeated = self.begun = self.closed = self.with_team = 0

    def after_process(self, model: "Model", process: str) -> None:
        """Record at the end of the month."""
        if (
            process != LAST_PROCESS
            or model.month < REPEATED[0] - FIVE_YEARS
            and not self._is_team_asked(model)
        ):
            return
        now = in_care(model)
        births = model.world.lives["child_birth"]
        other = births != self.birth  # the child slot was refilled or emptied
        self.before[other] = False
        self.last_help[other] = -10_000
        self.team_since[other] = -1
        self.birth = births.copy()
        starts = now & ~self.before
        month = model.month
        if REPEATED[0] <= month < REPEATED[1]:
            helped = (starts & HELP).sum(axis=2)
            away = (self.last_help < month - 1) & (self.last_help >= month - FIVE_YEARS)
            self.begun += int(helped.sum())
            self.repeated += int(helped[away].sum())
        team = now[:, :, 0]
        begins = starts[:, :, 0] & (BEGUN_WITH_TEAM[0] <= month < BEGUN_WITH_TEAM[1])
        ends = self.before[:, :, 0] & ~team & (self.team_since >= 0)
        self.with_team += int(begins.sum())
        self.closed += int((ends & (month - self.team_since <= MONTHS_PER_YEAR)).sum())
        self.team_since[ends] = -1
        self.team_since[begins] = month
        self.last_help[(now & HELP).any(axis=2)] = month
        self.before = now

    @staticmethod
    def _is_team_asked(model: "Model") -> bool:
        return BEGUN_WITH_TEAM[0] - 1 <= model.month <= BEGUN_WITH_TEAM[1] + MONTHS_PER_YEAR


class HelpByIncome:
    """An observer that counts households with household help in a year, by income.

    Attributes
    ----------
    users : dict of int to int64 array of shape (5,)
        Households with household help at the end of any month of a year, by income fifth, lowest first.
    series : float64 array of shape (60, 5)
        Households with household help at the end of each month of `SERIES`, by income fifth.
    """

    def __init__(self, model: "Model") -> None:
        self.slot = np.uint32(1 << slot_for(HOUSEHOLD_HELP, 0))
        self.ever = np.zeros(len(model.world.households), dtype=bool)
        self.users: dict[int, np.ndarray] = {}
        self.series = np.zeros((SERIES[1] - SERIES[0], INCOMES))

    def after_process(self, model: "Model", process: str) -> None:
        """Record at the end of the month."""
        if process != LAST_PROCESS or not SERIES[0] <= model.month < SERIES[1]:
            return
        homes = model.world.households
        helped = (homes["in_care"] & self.slot) != 0
        self.series[model.month - SERIES[0]] = np.bincount(homes["income"][helped], minlength=INCOMES)
        if model.year not in YEARS_OF_HELP:
            return
        if model.month % MONTHS_PER_YEAR == 0:
            self.ever[:] = False
        self.ever |= helped
        self.users[model.year] = np.bincount(homes["income"][self.ever], minlength=INCOMES)

    def growth(self) -> dict[str, float]:
        """Return the percent growth between the two years in the outer income fifths, by target."""
        first, last = (self.users[year].astype(float) for year in YEARS_OF_HELP)
        with np.errstate(divide="ignore", invalid="ignore"):
            growth = 100.0 * (last / first - 1.0)
        return {row: float(growth[income]) for income, row in GROWTH_BY_INCOME.items()}


# Experiments that follow the designs of studies to which the model was not fitted.
#
# Each compares runs of the same people with common random numbers that differ in one respect from a date on.

TWO_YEARS, THREE_YEARS = 24, 36
LESS_EARLY_HELP = 0.15
PRACTITIONER = "referral_source.gp_youth_practitioner"
TRENDS = {
    "youth_growth_without_more_problems": "household.youth_trend_per_year",
    "youth_growth_without_falling_threshold": "household.youth_threshold_falls",
}
INTENSITY = {"spending_growth_with_intensity": 1.0, "spending_growth_without_intensity": 0.0}
SPECIALIST_SLOTS = SHIFTS[:N_CHILDREN, 1:].ravel()  # of children, without the team, which is the first kind


def _in_year(model: Model, name: str, year: int) -> float:
    first = (year - BASE_YEAR) * MONTHS_PER_YEAR - model.recorder.first_month
    return float(model.recorder.column(name)[first : first + MONTHS_PER_YEAR].sum())


def early_family_help(initial_state: Model) -> dict[str, np.ndarray]:
    """Return children of families at the edge with formal measures and in care, by month (Troubled Families).

    Children on a team's caseload with problems at or above `edge_at` and not placed are followed for two
    years, with and without intensive help close to families.

    Returns
    -------
    dict of str to float64 array of shape (24,)
        "formal_with", "formal_without": under a supervision order; "care_with", "care_without": placed.
    """
    now = in_care(initial_state)
    at_edge = initial_state.world.households["severity"][:, YOUTH:] >= initial_state.world.p["edge_at"][0]
    at_edge = at_edge & now[:, :, 0] & ~now[:, :, YOUTH_RESIDENTIAL - YOUTH_TEAM]
    found: dict[str, np.ndarray] = {}
    for name, help_given in (("without", 0.0), ("with", 1.0)):
        model = initial_state.copy()
        model.apply_policy(changed(model.parameters, {"wijkteam.help_close_to_families": help_given}))
        formal, care = np.zeros(TWO_YEARS), np.zeros(TWO_YEARS)
        for month in range(TWO_YEARS):
            model.step()
            now = in_care(model)[at_edge]
            formal[month] = now[:, SUPERVISION - YOUTH_TEAM].sum()
            care[month] = now[:, YOUTH_RESIDENTIAL - YOUTH_TEAM].sum()
        found |= {f"formal_{name}": formal, f"care_{name}": care}
        release(model, dismantle=True)
    return found


def cut_in_early_help(initial_state: Model) -> dict[str, np.ndarray]:
    """Return severe cases by month, with a cut in early help of 15% and without (Webb 2021, Bennett 2021).

    Severe cases are placements and supervision orders.
    """
    found = {}
    for name in ("usual", "less"):
        model = initial_state.copy()
        p = model.parameters
        if name == "less":
            base = p.informal_network.social_base_eur_per_inhabitant * (1 - LESS_EARLY_HELP)
            p = replace(
                p,
                wijkteam=replace(p.wijkteam, fte_per_1000=p.wijkteam.fte_per_1000 * (1 - LESS_EARLY_HELP)),
                informal_network=replace(p.informal_network, social_base_eur_per_inhabitant=base),
            )
        model.apply_policy(p)
        if name == "less":
            model.world.teams["fte"] *= 1 - LESS_EARLY_HELP
        model.run_until(initial_state.month + THREE_YEARS)
        first = initial_state.month - model.start_month
        column = model.recorder.column
        cases = column("clients_youth_residential") + column("clients_supervision_order")
        found[f"heavy_{name}"] = cases[first : first + THREE_YEARS].copy()
        release(model, dismantle=True)
    return found


def contacts_closed_by_practitioner(initial_state: Model) -> float:
    """Return the percent of children the GP would refer and the practitioner helps without referral.

    Each of twelve months is simulated twice, with a practitioner at every GP, who draws no new contacts, and
    without. Contacts are the same, so the difference in the GP's referrals to youth care was closed by the
    practitioner.
    """
    usual = initial_state.copy()
    referred = np.zeros(2)
    for _ in range(MONTHS_PER_YEAR):
        with_practitioner = usual.copy()
        for place, (model, share_of_gps) in enumerate(((usual, 0.0), (with_practitioner, 1.0))):
            usual_contacts = {"referral_source.practitioner_draws": 0.0, PRACTITIONER: share_of_gps}
            model.apply_policy(changed(model.parameters, usual_contacts))
            month = model.month
            model.step()
            entries = model.world.entries
            by_gp = (entries["month"] == month) & (entries["route"] == BY_GP)
            referred[place] += (by_gp & np.isin(entries["slot"], SPECIALIST_SLOTS)).sum()
        release(with_practitioner, dismantle=True)
    release(usual, dismantle=True)
    return _percent(referred[0] - referred[1], referred[0])


def growth_without_trends(initial_state: Model) -> dict[str, float]:
    """Return the percent growth of youths with care over the next three years, with each trend switched off.

    In one run new problems stay as frequent as in 2015; in the other problems have to be as severe as in 2015
    to be noticed. The loss of growth is the contribution of each trend.
    """
    year = BASE_YEAR + initial_state.month // MONTHS_PER_YEAR
    found = {}
    for name, trend in TRENDS.items():
        model = initial_state.copy()
        model.apply_policy(changed(model.parameters, {trend: 0.0}))
        measured = Measured(model.run_until(initial_state.month + 4 * MONTHS_PER_YEAR))
        found[name] = percent_growth(
            *(measured.total("youth_users", each) for each in (year, year + 3)))  # fmt: skip
        release(model, dismantle=True)
    return found


def spending_without_intensity(initial_state: Model) -> dict[str, float]:
    """Return the growth of youth spending over the `NINE_YEARS`, with and without the dated intensity series.

    Percent, in prices of the year; intensity is the dated rise in cost per youth.
    """
    found = {}
    for name, scale in INTENSITY.items():
        model = initial_state.copy()
        usual = model.parameters.provider.youth_intensity_scale
        model.apply_policy(changed(model.parameters, {"provider.youth_intensity_scale": scale * usual}))
        measured = Measured(model.run_until((NINE_YEARS[-1] + 1 - BASE_YEAR) * MONTHS_PER_YEAR))
        found[name] = percent_growth(*(_youth_spending(measured, year) for year in NINE_YEARS))
        release(model, dismantle=True)
    return found


def satisfaction_by_kind(model: Model, year: int) -> dict[str, float]:
    """Return the satisfaction of wijkteams less that of youth teams in a year (points), run from its January.

    Satisfaction is computed from months waited and time per case; transfers and refusals are not known by
    kind.

    Returns
    -------
    dict of str to float
        "satisfaction_gap_zaanstad"; "satisfaction_gap_equal_waiting": the gap with equal waiting;
        "waited_wijkteam" and "waited_youth_team": months.
    """
    hours_by_kind: tuple[list[float], list[float]] = ([], [])
    half = float(model.world.p["half_effect_hours"][0])
    for _ in range(MONTHS_PER_YEAR):
        model.step()
        teams = model.world.teams
        for kind, hours in enumerate(hours_by_kind):
            mine = teams[teams["kind"] == kind]
            per_case = share(float(mine["support_hours"].sum()), float(mine["caseload"].sum()))
            hours.append(float(effect_of_hours(per_case, half)))
    effect = [float(np.mean(each)) for each in hours_by_kind]
    waited = [
        share(_in_year(model, f"waited_months_{name}", year), _in_year(model, f"starts_{name}", year))
        for name in ("wijkteam", "youth_team")
    ]
    wijkteam, youth_team = (
        satisfaction(each, 0.0, 0.0, hours) for each, hours in zip(waited, effect, strict=True)
    )
    return {
        "satisfaction_gap_zaanstad": wijkteam - youth_team,
        "satisfaction_gap_equal_waiting": satisfaction(waited[1], 0.0, 0.0, effect[0]) - youth_team,
        "waited_wijkteam": waited[0],
        "waited_youth_team": waited[1],
    }


TABLE = "draw"
# Targets read from the history itself.
SHOWN = {
    "youth_care_share_u18_2019": lambda m: m.youth_share(2019),
    "youth_cost_per_user_2019": lambda m: m.nominal(m.cost_per_youth(2019), 2019),
    "wmo_clients_per_1000_2019": lambda m: 1000.0 * m.per_inhabitant("wmo_users", 2019),
    "wmo_spending_per_inhabitant_2019": lambda m: m.nominal(m.per_inhabitant("cost_wmo_eur", 2019), 2019),
    "wmo_spending_per_inhabitant_2020": lambda m: m.nominal(m.per_inhabitant("cost_wmo_eur", 2020), 2020),
    "youth_care_users_growth_2016_2019": lambda m: percent_growth(
        m.total("youth_users", 2016), m.total("youth_users", 2019)
    ),
    # Share of the budget for the social domain, participation included, as in the figure; a deficit is
    # positive.
    "overspend_2017": lambda m: -SHARE_OF_CARE * m.balance(2017),
    "wmo_clients_growth_2018": lambda m: percent_growth(
        m.wmo_without_residence(2017), m.wmo_without_residence(2018)
    ),
    "wmo_clients_growth_2019": lambda m: percent_growth(
        m.wmo_without_residence(2018), m.wmo_without_residence(2019)
    ),
    "household_help_growth_2019": lambda m: percent_growth(
        m.total("users_household_help", 2018), m.total("users_household_help", 2019)
    ),
}


# Growth of which the register knows the share without stay: youths in care, and those with a stay.
GROWN_YEARS = (2015, 2019)
GROWN = {"youth_users_added": "youth_users", "youth_stay_users_added": "youth_stay_users"}


def _added(column: str, measured: Measured) -> float:
    first, last = (measured.total(column, year) for year in GROWN_YEARS)
    return last - first


def _youth_growth(year: int, measured: Measured) -> float:
    return percent_growth(*(measured.total("youth_users", each) for each in (year - 1, year)))


# Quantities that explain misses, in addition to those measured by the experiments above.
CAUSES: dict[str, Callable[[Measured], float]] = {
    **{f"youth_users_growth_{year}": partial(_youth_growth, year) for year in (2017, 2018, 2019)},
    "support_growth_2019": lambda m: percent_growth(
        m.total("support_users", 2018), m.total("support_users", 2019)
    ),
    "aids_growth_2019": lambda m: percent_growth(m.total("users_aids", 2018), m.total("users_aids", 2019)),
    **{name: partial(_added, column) for name, column in GROWN.items()},
}
FOLLOWED_FROM = 2016
SPREAD_YEAR, ACCOUNTS_YEAR = 2022, 2018
# Years of KPMG's nine municipalities; years of the comparison of GPs, and the first with practitioners.
NINE_YEARS = (2016, 2018)
GP_YEARS, PRACTITIONERS_FROM = (2015, 2016, 2017, 2018, 2019, 2020), 2017


@dataclass(frozen=True)
class DrawWork:
    """One draw of the posterior for one process."""

    name: str
    runs: tuple[Run, ...]
    seed: int
    households: int
    result_version: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of its run."""
        return tuple(run.address for run in self.runs)


def works_of(draws: int, households: int, seed: int) -> list[DrawWork]:
    """Return one work per draw; a larger number of draws reuses the works of a smaller one."""
    data = data_checksum()
    works = []
    for number in range(draws):
        text = f"{RESULT_VERSION} {data} {households} {seed} {number}"
        run = Run(number, seed, hashlib.sha256(text.encode()).hexdigest())
        works.append(DrawWork(f"d{number:05d}", (run,), seed, households, RESULT_VERSION))
    return works


def trajectories_of_draw(work: DrawWork) -> Part:
    """Simulate everything the targets need at one draw: one table of names and values by month.

    Raises
    ------
    ValueError
        When this process runs another version of the model.
    """
    check_version(work.result_version, "validation")
    begin = time.process_time()
    values = values_of_draw(work.runs[0].point, work.households, work.seed)
    rows = [
        {"name": name, "month": month, "value": float(value)}
        for name, series in values.items()
        for month, value in enumerate(np.atleast_1d(series))
    ]
    table = pa.Table.from_pylist(rows)
    return Part(work.name, {TABLE: as_parquet(table)}, work.runs, time.process_time() - begin)


def values_of_draw(number: int, households: int, seed: int) -> dict[str, Any]:
    """Return everything the targets need at one draw: a number, or a number per month."""
    scenario = average_city(households)
    random_seed = seed + number
    model, saved = _history(scenario, number, seed)
    values: dict[str, Any] = measured_values(model, {**EXPRESSIONS, **SHOWN, **CAUSES})
    followed, by_income = model.observers
    assert isinstance(followed, ChildrenFollowed) and isinstance(by_income, HelpByIncome)
    values |= by_income.growth()
    values |= {f"household_help_income_{fifth}": each for fifth, each in enumerate(by_income.series.T)}
    values["youth_repeat_share"] = _percent(followed.repeated, followed.begun)
    values["team_closed_within_year"] = _percent(followed.closed, followed.with_team)
    release(model, dismantle=True)
    drawn = _drawn(zaanstad_of(households), number, seed)
    values["first_line_cost_share"] = zaanstad_first_line_share(households, random_seed, drawn)
    values |= results_of(EXPERIMENTS, saved)
    values |= early_family_help(saved[FOLLOWED_FROM]) | cut_in_early_help(saved[FOLLOWED_FROM])
    values |= growth_without_trends(saved[FOLLOWED_FROM]) | spending_without_intensity(saved[FOLLOWED_FROM])
    values["gp_practitioner_closed_share"] = contacts_closed_by_practitioner(saved[FOLLOWED_FROM])
    for initial_state in saved.values():
        release(initial_state, dismantle=True)
    values |= _satisfaction_gap(households, number, seed)
    values |= _sixteen(households, number, seed)
    gaps = _gaps_where_small_have_none(households, number, seed)
    values |= {f"small_{name}": each for name, each in gaps.items()}
    return values


def _history(scenario: Scenario, number: int, seed: int) -> tuple[Model, dict[int, Model]]:
    """Simulate the history with observers of children and household help; saved states have no observers."""
    parameters = changed(scenario.parameters, _drawn(scenario, number, seed))
    model = Model(parameters, scenario.profile, seed + number, 0, LAST_MONTH + 3 * MONTHS_PER_YEAR)
    model.recorder.stored, model.recorder.all_stocks = (), True
    saved = {}
    for year in sorted({year for _, year in EXPERIMENTS.values()} | {FOLLOWED_FROM}):
        model.run_until((year - BASE_YEAR) * MONTHS_PER_YEAR)
        observers, model.observers = model.observers, []
        saved[year] = model.copy()
        model.observers = observers or [ChildrenFollowed(model), HelpByIncome(model)]
    return model.run_until(LAST_MONTH + 1), saved


def _drawn(scenario: Scenario, number: int, seed: int) -> dict[str, Any]:
    """Return the parameters of a draw: fitted numbers from the posterior, others from their ranges."""
    given = set(scenario.configuration["system"]["changes"])
    return draw_parameters(scenario.parameters, number, seed, given, committed_posterior(), scenario.place)[1]


def _satisfaction_gap(households: int, number: int, seed: int) -> dict[str, float]:
    """Return the gap between wijkteams and youth teams in Zaanstad in 2015, and its components."""
    zaanstad = zaanstad_of(households)
    parameters = changed(zaanstad.parameters, _drawn(zaanstad, number, seed))
    end = (2015 - BASE_YEAR + 1) * MONTHS_PER_YEAR - 1
    model = Model(parameters, zaanstad.profile, seed + number, 0, end)
    model.recorder.stored, model.recorder.all_stocks = (), True
    gap = satisfaction_by_kind(model.run_until(end - MONTHS_PER_YEAR + 1), 2015)
    release(model, dismantle=True)
    return gap


def _sixteen(households: int, number: int, seed: int) -> dict[str, Any]:
    """Return what the comparisons of municipalities need, for every municipality with a profile.

    Each has its own people, its own system and a quarter of the households of the city; all have the same
    draw, but for the effects of a municipality. From January 2017 a copy continues to 2020, with a youth
    practitioner at every GP in a random half of the municipalities (drawn per parameter draw) and without in
    the others.

    Returns
    -------
    dict
        By municipality, "share_zwolle" and so on: "share" percent of residents under 18 with youth care in
        2022; "weight" real households per simulated one; "spending" on youth care with that of teams, euro in
        prices of the year, and "users" in the years of `NINE_YEARS`; "gp_users" users in the `GP_YEARS`
        with the practitioners that came, "gp_usual" without any, and "gp_treated" 1 where they came;
        "result" percent of the means for youth care that was left in 2018.
        "municipalities_over_budget_2018": percent whose youth care cost more than its means.
    """
    last = (SPREAD_YEAR - BASE_YEAR + 1) * MONTHS_PER_YEAR - 1
    slugs = municipalities_with_figures()
    rng = np.random.default_rng([seed, number])
    treated = rng.permutation(len(slugs)) < len(slugs) // 2
    found: dict[str, Any] = {}
    over = []
    for place, slug in enumerate(slugs):
        scenario = _municipality(slug, max(200, households // 4))
        parameters = changed(scenario.parameters, _drawn(scenario, number, seed))
        model = Model(parameters, scenario.profile, seed + number + 1000 * (place + 1), 0, last)
        model.recorder.stored, model.recorder.all_stocks = (), True
        model.run_until((PRACTITIONERS_FROM - BASE_YEAR) * MONTHS_PER_YEAR)
        found[f"gp_treated_{slug}"] = float(treated[place])
        found[f"gp_users_{slug}"] = _users_with_practitioners(model, float(treated[place]))
        measured = Measured(model.run_until(last + 1))
        found[f"gp_usual_{slug}"] = np.array([measured.total("youth_users", year) for year in GP_YEARS])
        found[f"weight_{slug}"] = _real_households(slug) / scenario.profile.households
        found[f"users_{slug}"] = np.array([measured.total("youth_users", year) for year in NINE_YEARS])
        found[f"spending_{slug}"] = np.array([_youth_spending(measured, year) for year in NINE_YEARS])
        found[f"share_{slug}"] = measured.youth_share(SPREAD_YEAR)
        left, means = (measured.total(f"{what}_youth_eur", ACCOUNTS_YEAR) for what in ("result", "grant"))
        found[f"result_{slug}"] = 100.0 * left / means
        over.append(left < 0.0)
        release(model, dismantle=True)
    return found | {"municipalities_over_budget_2018": 100.0 * float(np.mean(over))}


def _users_with_practitioners(initial_state: Model, share_of_gps: float) -> np.ndarray:
    """Return youths in care in each of the `GP_YEARS`, with practitioners at a share of the GPs."""
    model = initial_state.copy()
    model.apply_policy(changed(model.parameters, {PRACTITIONER: share_of_gps}))
    measured = Measured(model.run_until((GP_YEARS[-1] + 1 - BASE_YEAR) * MONTHS_PER_YEAR))
    users = np.array([measured.total("youth_users", year) for year in GP_YEARS])
    release(model, dismantle=True)
    return users


def _youth_spending(measured: Measured, year: int) -> float:
    """Return the cost under the youth act in prices of the year, without counters and access.

    The help that teams give is in it, as in the study's spending (data/youth_care.csv,
    care_share_of_spending): the users of the register include those whom teams help.
    """
    return measured.nominal(measured.total("cost_youth_eur", year), year)


@lru_cache(maxsize=32)
def _real_households(slug: str) -> int:
    """Return the real number of households of a municipality."""
    return _under_one_transition(slug, None).profile.households


def _gaps_where_small_have_none(households: int, number: int, seed: int) -> dict[str, float]:
    """Return the gaps in growth by teams where the smaller half of the sixteen has none, as in the study.

    All have the overnight transition and their own people; their sizes are proportional to the real ones and
    add up to four times the city. Reported next to the gaps of the experiment, not scored.
    """
    size = {slug: _real_households(slug) for slug in sorted(municipalities_with_figures())}
    ordered, total = sorted(size, key=lambda slug: size[slug]), sum(size.values())
    users: dict[str, np.ndarray] = {name: np.zeros(2) for name in (NO_TEAMS, *STAFF_OF_TEAMS)}
    for place, slug in enumerate(ordered):
        scenario = _under_one_transition(slug, max(200, round(4 * households * size[slug] / total)))
        parameters = changed(scenario.parameters, _drawn(scenario, number, seed))
        end = (FROM + 3 - BASE_YEAR) * MONTHS_PER_YEAR - 1
        initial_state = Model(parameters, scenario.profile, seed + number + 1000 * (place + 1), 0, end)
        initial_state.recorder.stored = ()
        initial_state.run_until((FROM - BASE_YEAR) * MONTHS_PER_YEAR)
        arms = (NO_TEAMS,) if place < len(ordered) // 2 else tuple(STAFF_OF_TEAMS)
        for name, each in support_users_by_teams(initial_state, arms).items():
            users[name] += each
        release(initial_state, dismantle=True)
    without = users.pop(NO_TEAMS)
    return gaps_of_growth(users, without)


@lru_cache(maxsize=64)
def _under_one_transition(slug: str, households: int | None) -> Scenario:
    """Return a municipality under the overnight transition, with a given number of households or its own."""
    size = [f"municipality.households={households}"] if households else []
    return scenario_from(["system=national_average", f"municipality={slug}", *size])


@lru_cache(maxsize=32)
def _municipality(slug: str, households: int) -> Scenario:
    """Return a municipality under its own system."""
    return scenario_from([f"system={slug}", f"municipality={slug}", f"municipality.households={households}"])


def _percent(part: float, whole: float) -> float:
    return 100.0 * part / whole if whole else float("nan")
