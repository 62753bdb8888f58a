"""`landingsbaan targets`: calibration targets and the model's values, one expression per target.

Every expression follows the definition of its target (data/README.md): users in a year are not users on
a date, forms overlap, children are residents under 18, money is converted to the prices of the target.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import KINDS
from scenarios.analysis.calibration.experiments import EXPERIMENTS, results_of
from scenarios.common.calibration_inputs import Target, target_columns
from scenarios.common.terminal import BAD, GOOD, Cell, show_table
from scenarios.runs.resources import compile_rules
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.dated_figures import DATA_FOLDER, load_figures, read_rows
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import MunicipalityProfile
from simulation.processes.observation import STOCKS

WEEKS_PER_MONTH = 52.18 / 12.0
YOUTH_HELP = tuple(kind for kind in KINDS if kind.startswith("youth_"))
STAY = "youth_residential"


@cache
def share_at_location() -> float:
    """Return the share of youths with outpatient help in a year who have it at a provider's location.

    The register counts it apart from help in the youth's own surroundings, and some youths have both; the
    model has one kind, and the number with either is not published. It is at least the youths helped without
    stay less those of teams and day care, and at most the sum of both kinds: the midpoint for 2019 is used
    (CBS).

    Examples
    --------
    >>> round(share_at_location(), 3)
    0.877
    """
    users = {
        row["series"]: float(row["value"])
        for row in read_rows(DATA_FOLDER / "youth_care.csv", ("series", "region", "year", "value"))
        if (row["region"], row["year"]) == ("NL", "2019") and row["series"].endswith("_users")
    }
    forms = ("ambulant", "network", "wijkteam", "day", "without_stay")
    at_location, at_home, team, day, either = (users[f"youth_help_{form}_users"] for form in forms)
    return at_location / (0.5 * (either - team - day + at_location + at_home))


class Measured:
    """Yearly figures of one recorded run.

    Parameters
    ----------
    model : Model
        A model that has run past the last year that is read.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.recorder = model.recorder
        self.price_index = load_figures()["price_index"]

    def _year(self, name: str, year: int) -> np.ndarray:
        first = (year - BASE_YEAR) * MONTHS_PER_YEAR - self.recorder.first_month
        return self.recorder.column(name)[first : first + MONTHS_PER_YEAR]

    def total(self, name: str, *years: int) -> float:
        """Return the sum of a monthly flow over some years."""
        return float(sum(self._year(name, year).sum() for year in years))

    def mean(self, name: str, *years: int) -> float:
        """Return the mean of a monthly stock over some years."""
        return float(np.mean([self._year(name, year).mean() for year in years]))

    def december(self, name: str, year: int) -> float:
        """Return a monthly stock at the end of a year."""
        return float(self._year(name, year)[-1])

    def stock(self, name: str, year: int) -> float:
        """Return a yearly stock of `STOCKS`, counted in December."""
        return float(self.recorder.stocks[year][STOCKS.index(name)])

    def nominal(self, eur_2015: float, year: int) -> float:
        """Return constant euros of 2015 in the prices of a year."""
        month = (year - BASE_YEAR) * MONTHS_PER_YEAR
        return eur_2015 * self.price_index.at(month) / self.price_index.at(180)

    # Youth.

    def youth_share(self, year: int) -> float:
        """Percent of residents under 18 in youth care at any time in the year."""
        return 100.0 * self.total("youth_users", year) / self.stock("children", year)

    def youth_new(self, year: int) -> float:
        """Users of the year who were not in care at its start."""
        return self.total("youth_users", year) - self.stock("children_in_care", year - 1)

    def youth_form(self, kind: str, year: int) -> float:
        """Percent of helped youths with a form of help in the year."""
        return 100.0 * self.total(f"users_{kind}", year) / self.total("youth_users", year)

    def begun(self, kind: str, *years: int) -> float:
        """Trajectories started, renewed decisions included."""
        return self.total(f"starts_{kind}", *years) + self.total(f"renewals_{kind}", *years)

    def begun_help(self, *years: int) -> float:
        """Trajectories of youth help started, all forms."""
        return sum(self.begun(kind, *years) for kind in YOUTH_HELP)

    def running_help(self, *years: int) -> float:
        """Mean number of open trajectories of youth help."""
        return sum(self.mean(f"clients_{kind}", *years) for kind in YOUTH_HELP)

    def trajectories_per_youth(self, year: int) -> float:
        """Trajectories active in the year per youth with help."""
        at_start = sum(self.december(f"clients_{kind}", year - 1) for kind in YOUTH_HELP)
        return (at_start + self.begun_help(year)) / self.total("youth_users", year)

    def referred_by(self, route: str, year: int) -> float:
        """Percent of started trajectories of youth help that were referred by a route.

        A renewed decision starts a trajectory, as in `begun`, and is referred by the municipality, or for a
        child under supervision by the guardian.
        """
        referred = self.total(f"youth_starts_{route}", year)
        if route == "wijkteam":
            referred += self.total("youth_starts_renewal", year)
        return 100.0 * referred / self.begun_help(year)

    def helped_by_team(self, year: int) -> float:
        """Percent of started trajectories of youth help given by the team itself, without a referral."""
        return 100.0 * self.begun("youth_team", year) / self.begun_help(year)

    def cost_per_youth(self, year: int) -> float:
        """All youth spending of a year per user, euro of 2015."""
        return self.total("cost_youth_eur", year) / self.total("youth_users", year)

    def waiting_weeks(self, kind: str, *years: int) -> float:
        """Weeks to the start of help; a start in the month of the request counts as half a month."""
        starts = self.total(f"starts_{kind}", *years)
        months = self.total(f"waited_months_{kind}", *years) / starts + 0.5
        return months * WEEKS_PER_MONTH

    # Wmo, money and debts.

    def per_1000_u18(self, value: float, year: int) -> float:
        """Return a number per 1,000 residents under 18."""
        return 1000.0 * value / self.stock("children", year)

    def per_inhabitant(self, name: str, year: int) -> float:
        """Return a yearly sum per inhabitant."""
        return self.total(name, year) / self.mean("inhabitants", year)

    def wmo_share(self, name: str, *years: int) -> float:
        """Percent of Wmo clients of a year with a provision, averaged over years."""
        return float(
            np.mean([100.0 * self.total(name, year) / self.total("wmo_users", year) for year in years])
        )

    def wmo_without_residence(self, year: int) -> float:
        """Wmo clients of a year less those in residence or shelter, who may have other provisions too."""
        return self.total("wmo_users", year) - self.total("residence_users", year)

    def balance(self, year: int) -> float:
        """Percent of the budget for youth care and the Wmo that was not spent; a deficit is negative."""
        left, means = (
            self.total(f"{what}_youth_eur", year) + self.total(f"{what}_wmo_eur", year)
            for what in ("result", "grant")
        )
        return 100.0 * left / means

    def of_debt(self, name: str, *years: int) -> float:
        """Percent of households in problem debt on 1 January, averaged over years."""
        shares = [100.0 * self.total(name, y) / self.total("in_problem_debt", y) for y in years]
        return float(np.mean(shares))


def _duration_years(m: Measured, kind: str, *years: int) -> float:
    return m.mean(f"clients_{kind}", *years) * len(years) / m.begun(kind, *years)


def percent_growth(first: float, last: float) -> float:
    """Return the growth from one number to another in percent.

    Examples
    --------
    >>> percent_growth(50.0, 60.0)
    20.0
    """
    return 100.0 * (last - first) / first


def _first_line_share(m: Measured, year: int) -> float:
    spent = sum(m.total(f"cost_{line}_eur", year) for line in ("zero", "first", "second", "crisis"))
    return 100.0 * m.total("cost_first_eur", year) / spent


Y3 = (2019, 2020, 2021)
DEBT_YEARS = (2015, 2016, 2017, 2018)
TEAM_YEARS = (2016, 2017, 2018, 2019)

EXPRESSIONS: dict[str, Callable[[Measured], float]] = {
    "youth_care_share_u18_2016": lambda m: m.youth_share(2016),
    "youth_care_share_u18_2017": lambda m: m.youth_share(2017),
    "youth_care_share_u18_2018": lambda m: m.youth_share(2018),
    "youth_care_new_share": lambda m: 100.0 * m.youth_new(2018) / m.total("youth_users", 2018),
    "youth_care_stock_ratio": lambda m: (
        0.5
        * (m.stock("children_in_care", 2024) + m.stock("children_in_care", 2025))
        / m.total("youth_users", 2024)
    ),
    "youth_entry_hazard": lambda m: (
        100.0 * m.youth_new(2015) / (m.stock("children", 2015) - m.stock("children_in_care", 2014))
    ),
    "youth_form_ambulant": lambda m: m.youth_form("youth_outpatient", 2019) * share_at_location(),
    "youth_form_wijkteam": lambda m: m.youth_form("youth_team", 2019),
    "youth_form_day": lambda m: m.youth_form("youth_day_care", 2019),
    "youth_form_stay": lambda m: m.youth_form(STAY, 2019),
    "youth_trajectories_per_1000_u18": lambda m: m.per_1000_u18(m.begun_help(*Y3) / 3.0, 2020),
    "youth_trajectories_per_youth": lambda m: m.trajectories_per_youth(2021),
    "youth_referrer_gp": lambda m: m.referred_by("gp", 2023),
    "youth_referrer_municipality": lambda m: m.referred_by("wijkteam", 2023),
    "youth_duration_all": lambda m: m.running_help(*Y3) * 3.0 / m.begun_help(*Y3),
    "youth_duration_stay": lambda m: _duration_years(m, STAY, *Y3),
    "supervision_order_stock": lambda m: m.per_1000_u18(m.december("clients_supervision_order", 2019), 2019),
    "supervision_order_duration": lambda m: _duration_years(m, "supervision_order", 2016, 2017, 2018, 2019),
    "youth_single_parent_share": lambda m: (
        100.0 * m.total("youth_users_one_parent", 2022) / m.total("youth_users", 2022)
    ),
    "youth_cost_per_user_2017": lambda m: m.nominal(m.cost_per_youth(2017), 2017),
    "wmo_clients_per_1000_2016": lambda m: 1000.0 * m.per_inhabitant("wmo_users", 2016),
    "wmo_share_household_help": lambda m: m.wmo_share("users_household_help", 2017, 2018, 2019),
    "wmo_share_support": lambda m: m.wmo_share("support_users", 2017, 2018, 2019),
    "wmo_share_residence": lambda m: m.wmo_share("residence_users", 2017, 2018, 2019),
    "problem_debt_share": lambda m: 100.0 * m.total("in_problem_debt", 2015) / m.stock("households", 2014),
    "problem_debt_new_share": lambda m: m.of_debt("in_problem_debt_new", *DEBT_YEARS),
    "problem_debt_three_years_share": lambda m: m.of_debt("in_problem_debt_three_years", *DEBT_YEARS),
    "debt_help_applications": lambda m: (
        1000.0 * m.total("queued_debt_service", 2015) / m.stock("households", 2015)
    ),
    "informal_carers_overburdened": lambda m: (
        100.0
        * m.mean("overburdened_carers", 2019)
        / (m.model.parameters.informal_network.carers_share * m.stock("adults", 2019))
    ),
    "network_cannot_call": lambda m: (
        100.0 * m.stock("residents_who_cannot_call", 2017) / m.stock("adults", 2017)
    ),
    "multiproblem_households": lambda m: (
        100.0 * m.stock("multiproblem_households", 2017) / m.stock("households", 2017)
    ),
    "youth_spending_per_inhabitant_2015": lambda m: m.per_inhabitant("cost_youth_eur", 2015),
    "wmo_spending_per_inhabitant_2017": lambda m: m.nominal(m.per_inhabitant("cost_wmo_eur", 2017), 2017),
    "violence_adults_five_years": lambda m: (
        100.0 * m.stock("adults_with_violence_in_five_years", 2019) / m.stock("adults", 2019)
    ),
    "first_line_cost_share": lambda m: _first_line_share(m, 2018),
    "youth_referrer_none": lambda m: m.helped_by_team(2023),
    "youth_referrer_guardian": lambda m: m.referred_by("guardian", 2023),
    "youth_spending_per_inhabitant_2018": lambda m: m.nominal(
        m.per_inhabitant("cost_youth_eur", 2018) - m.per_inhabitant("cost_youth_teams_eur", 2018), 2018
    ),
    "youth_real_cost_per_user_growth_2015_2019": lambda m: percent_growth(
        m.cost_per_youth(2015), m.cost_per_youth(2019)
    ),
    "wmo_clients_per_1000_2018": lambda m: 1000.0 * m.per_inhabitant("wmo_users", 2018),
    "wmo_spending_per_inhabitant_2018": lambda m: m.nominal(m.per_inhabitant("cost_wmo_eur", 2018), 2018),
    "team_cases_per_fte": lambda m: m.mean("team_caseload", *TEAM_YEARS) / m.mean("team_fte", *TEAM_YEARS),
    "evictions_per_1000_households_2014": lambda m: (
        1000.0 * m.total("evictions", 2014) / m.stock("households", 2014)
    ),
    "balance_2015": lambda m: m.balance(2015),
    "youth_waiting_outpatient": lambda m: m.waiting_weeks("youth_outpatient", 2022, 2023, 2024, 2025),
}


def measure(model: Model, names: list[str] | None = None) -> dict[str, Any]:
    """Return the model's value of every emergent target with an expression."""
    measured = Measured(model)
    return {name: EXPRESSIONS[name](measured) for name in names or EXPRESSIONS}


# The last year of any target, and the first month of the warm-up.
LAST_MONTH = (2025 - BASE_YEAR + 1) * MONTHS_PER_YEAR - 1
FIRST_MONTH = 0
# Inputs as the model has them, shown next to the target.
INPUTS = {
    "wmo_cost_support": lambda p, m: _per_client(p, m, "support_users", "guidance", "day_care"),
    "wmo_cost_household_help": lambda p, m: _per_client(p, m, "users_household_help", "household_help"),
    "wmo_cost_residence": lambda p, m: _per_client(p, m, "residence_users", "protected_residence", "shelter"),
    "debt_signal_contact": lambda p, m: 100.0 * p.referral_source.debt_signal_contact,
    "debt_signal_acceptance": lambda p, m: 100.0 * p.referral_source.debt_signal_acceptance,
    "informal_carers_share": lambda p, m: 100.0 * p.informal_network.carers_share,
    "team_staff_per_1000": lambda p, m: p.wijkteam.fte_per_1000,
}
NOT_HELD = {
    "multiproblem_cost": "not a parameter: it adds up from care; the studies count benefits too",
    "family_prevention_nnt": "low-threshold help counts months helped and follows no family",
}


def _per_client(parameters: Parameters, measured: Measured, users: str, *kinds: str) -> float:
    """Return the cost per client in a year: prices are per slot and year, clients stay shorter."""
    prices = parameters.provider.price_eur_per_year
    cost = sum(measured.mean(f"clients_{kind}", 2017) * prices[KINDS.index(kind)] for kind in kinds)
    return cost / measured.total(users, 2017)


@dataclass(frozen=True)
class ComparedTarget(Target):
    """A target and the model's value; `inside` is None for inputs and targets without an expression."""

    model: float | None
    note: str = ""

    @property
    def inside(self) -> bool | None:
        """Whether the model's value lies within the target's bounds."""
        if self.kind == "input" or self.model is None:
            return None
        return self.low <= self.model <= self.high


def measured_model(
    parameters: Parameters,
    profile: MunicipalityProfile,
    seed: int,
    last_month: int = LAST_MONTH,
    saved_years: Iterable[int] = (),
) -> tuple[Model, dict[int, Model]]:
    """Run one municipality through history; return it, and saved states of some years."""
    model = Model(parameters, profile, seed, FIRST_MONTH, last_month + 3 * MONTHS_PER_YEAR)
    model.recorder.stored, model.recorder.all_stocks = (), True
    saved = {}
    for year in sorted(set(saved_years)):
        model.run_until((year - BASE_YEAR) * MONTHS_PER_YEAR)
        saved[year] = model.copy()
    return model.run_until(last_month + 1), saved


def values_of_targets(
    scenario: Scenario, seed: int, drawn: Mapping[str, Any], experiments: Iterable[str] = EXPERIMENTS
) -> dict[str, float]:
    """Return the model's value of every emergent target and of some experiments.

    Parameters
    ----------
    scenario : Scenario
        The municipality. The first-line share is a figure of Zaanstad and is measured in a model of Zaanstad.
    seed : int
        Random seed of both models.
    drawn : dict
        Parameters by full name, set from the start of the run.
    experiments : iterable of str
        Names of `EXPERIMENTS`.

    Returns
    -------
    dict of str to float
        nan where nobody was counted, as in a street.
    """
    parameters = changed(scenario.parameters, dict(drawn))
    experiments = tuple(experiments)
    years = {EXPERIMENTS[name][1] for name in experiments}
    model, saved = measured_model(parameters, scenario.profile, seed, saved_years=years)
    values = measured_values(model, EXPRESSIONS)
    values |= {name: _known(partial(value, parameters), Measured(model)) for name, value in INPUTS.items()}
    release(model, dismantle=True)
    values["first_line_cost_share"] = zaanstad_first_line_share(scenario.households, seed, drawn)
    values |= results_of(experiments, saved)
    for initial_state in saved.values():
        release(initial_state, dismantle=True)
    return values


def measured_values(model: Model, expressions: Mapping[str, Callable[[Measured], float]]) -> dict[str, float]:
    """Return the value of every expression in a run; nan where nobody was counted."""
    measured = Measured(model)
    return {name: _known(express, measured) for name, express in expressions.items()}


def _known(express: Callable[[Any], float], of: Any) -> float:
    """Return a value, nan for a division by zero."""
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(express(of))
    except ZeroDivisionError:
        return float("nan")


def compared_targets(scenario: Scenario) -> list[ComparedTarget]:
    """Return every calibration target with the model's value."""
    values = values_of_targets(scenario, scenario.seeds[0], {})
    return [
        ComparedTarget(
            **columns, model=values.get(columns["target"]), note=NOT_HELD.get(columns["target"], "")
        )
        for columns in target_columns()
    ]


@cache
def zaanstad_of(households: int | None) -> Scenario:
    """Return Zaanstad under its own system, with a given number of households."""
    size = [f"municipality.households={households}"] if households else []
    return scenario_from(["system=zaanstad", *size])


def zaanstad_first_line_share(households: int | None, seed: int, drawn: Mapping[str, Any]) -> float:
    """Return the first line's share of spending in Zaanstad under its own system."""
    zaanstad = zaanstad_of(households)
    last = (2018 - BASE_YEAR + 1) * MONTHS_PER_YEAR - 1
    model, _ = measured_model(changed(zaanstad.parameters, dict(drawn)), zaanstad.profile, seed, last)
    name = "first_line_cost_share"
    share = measured_values(model, {name: EXPRESSIONS[name]})[name]
    release(model, dismantle=True)
    return share


def show_targets(rows: list[ComparedTarget]) -> None:
    """Print the table, emergent targets and experiments before inputs."""
    cells: list[list[Cell]] = []
    for row in sorted(rows, key=lambda r: ("emergent", "experiment", "input").index(r.kind)):
        model = "-" if row.model is None else f"{row.model:.4g}"
        looks: dict[bool | None, Cell] = {None: "", True: ("yes", GOOD), False: ("no", BAD)}
        bounds, unit = f"[{row.low:g}, {row.high:g}]", row.unit + (f" ({row.note})" if row.note else "")
        state = "input" if row.kind == "input" else looks[row.inside]
        cells.append([row.target, model, f"{row.value:.4g}", bounds, state, unit])
    show_table(("target", "model", "target", "bounds", "inside", "unit"), cells, right=[1, 2])


def verdict_lines(rows: list[ComparedTarget]) -> list[str]:
    """Return lines with the number of targets expressed and inside their bounds, and those that are not."""
    lines = []
    for kind in ("emergent", "experiment"):
        mine = [row for row in rows if row.kind == kind]
        expressed = [row for row in mine if row.model is not None]
        inside = [row for row in expressed if row.inside]
        lines.append(
            f"{kind}: {len(expressed)} of {len(mine)} rows expressed, {len(inside)} inside their bounds"
        )
        outside = ", ".join(f"{row.target} {row.model:.3g}" for row in expressed if not row.inside)
        if outside:
            lines.append(f"  outside: {outside}")
    return lines


def main(scenario: Scenario) -> None:
    """Print every target against the model."""
    compile_rules(scenario.language)
    print(f"{scenario.profile.name}, {scenario.profile.households:,} households in 2010, one seed")
    rows = compared_targets(scenario)
    show_targets(rows)
    print("\n".join(["", *verdict_lines(rows)]))
