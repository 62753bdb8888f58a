"""Yearly measures of a forecast: users, cost per law, waiting and staff of one simulated run.

Pure functions of tables: from months to yearly values, and from yearly values of many replications to fans
and paired differences. Also the registered figures of a municipality.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.dated_figures import DATA_FOLDER, load_figures, read_rows
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.outcomes.history import SERIES, WholeYears

YOUTH_CARE, SOCIAL_DOMAIN, MUNICIPALITIES = "youth_care.csv", "social_domain.csv", "municipalities.csv"
AGES_UNDER_18 = tuple(f"youth_care_users_natura_age_{ages}" for ages in ("0_3", "4_11", "12_17"))
# Definition of a registered figure: the same as in the model, or different as described by the text of this
# name.
SAME, IN_KIND, HELP_IN_KIND, OWN_COUNT, COST_COUNT = (
    "same", "in_kind", "help_in_kind", "own_count", "cost_count",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Location of a measure's registered figure: series to be added up, and their definition."""

    file: str
    series: tuple[str, ...]
    counts: str


@dataclass(frozen=True)
class Registered:
    """One registered figure: value, series, and its definition compared with the model."""

    value: float
    series: str
    counts: str


# Sources in order of priority.
SOURCES: dict[str, tuple[Source, ...]] = {
    "inhabitants": (Source(SOCIAL_DOMAIN, ("population",), SAME), Source(YOUTH_CARE, ("population",), SAME)),
    "youth_users": (Source(YOUTH_CARE, AGES_UNDER_18, IN_KIND),),
    "youth_share": (Source(YOUTH_CARE, ("youth_care_users_share_u18",), SAME),
                    Source(YOUTH_CARE, ("youth_help_share_u18",), HELP_IN_KIND)),
    "wmo_users": (Source(SOCIAL_DOMAIN, ("wmo_clients_year",), SAME),
                  Source(SOCIAL_DOMAIN, ("wmo_clients_own_registration",), OWN_COUNT)),
    "support_users": (Source(SOCIAL_DOMAIN, ("wmo_clients_support_at_home_own_registration",), OWN_COUNT),),
    "wmo_clients": (Source(SOCIAL_DOMAIN, ("wmo_clients_per_1000_year",), SAME),),
    "cost_youth": (Source(YOUTH_CARE, ("youth_care_cost_realised",), COST_COUNT),
                   Source(YOUTH_CARE, ("youth_care_costs",), COST_COUNT)),
    "cost_wmo": (Source(SOCIAL_DOMAIN, ("wmo_spending_total",), COST_COUNT),),
}  # fmt: skip
DEBT_SHARE, DEBT_YEAR = "problem_debt_share", "problem_debt_year"


def registered_figures(slug: str, folder: Path = DATA_FOLDER) -> dict[tuple[str, int], Registered]:
    """Return the registered figures of a municipality, by measure and year.

    Parameters
    ----------
    slug : str
        Slug in data/municipalities.csv; any other has no registered figures.
    folder : Path, optional
        Folder of the data files.

    Returns
    -------
    dict of (str, int) to Registered
        In the unit of the measure.
    """
    columns = ["slug", "municipality", DEBT_SHARE, DEBT_YEAR]
    rows = {row["slug"]: row for row in read_rows(folder / MUNICIPALITIES, columns)}
    if slug not in rows:
        return {}
    region = rows[slug]["municipality"]
    tables = {file: _values(folder / file, region) for file in (YOUTH_CARE, SOCIAL_DOMAIN)}
    found: dict[tuple[str, int], Registered] = {}
    for measure, sources in SOURCES.items():
        for source in sources:
            for year, value in _added_up(tables[source.file], source.series).items():
                name = " + ".join(source.series)
                found.setdefault((measure, year), Registered(value, name, source.counts))
    if rows[slug][DEBT_SHARE] and rows[slug][DEBT_YEAR]:
        share, year = float(rows[slug][DEBT_SHARE]), int(float(rows[slug][DEBT_YEAR]))
        found[DEBT_SHARE, year] = Registered(share, DEBT_SHARE, SAME)
    return found


def _values(path: Path, region: str) -> dict[tuple[str, int], float]:
    """Return the figures of a region by series and year; the first row of a year has priority."""
    found: dict[tuple[str, int], float] = {}
    for row in read_rows(path, ["series", "region", "year", "value"]):
        if row["region"] == region and row["year"].isdigit():
            found.setdefault((row["series"], int(row["year"])), float(row["value"]))
    return found


def _added_up(values: Mapping[tuple[str, int], float], series: tuple[str, ...]) -> dict[int, float]:
    """Return the sum of series in every year that all of them cover."""
    years = [{year for name, year in values if name == each} for each in series]
    return {year: sum(values[each, year] for each in series) for year in sorted(set.intersection(*years))}


YOUTH, WMO, DEBT, ALL = "youth", "wmo", "debt", "all"
# Kinds of care with their own waiting list; teams have one list for all laws.
WAITED_FOR = {
    YOUTH: ("youth_outpatient", "youth_day_care", "youth_residential", "supervision_order"),
    WMO: ("guidance", "day_care", "household_help", "protected_residence", "aids", "shelter"),
    DEBT: ("debt_service",),
}
MILLION = 1e6
# Quantiles of the fan by column name.
QUANTILES = {"p5": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95}
POOLED = "all"  # all grant scenarios together, with equal weights


class YearsOfTable(WholeYears):
    """Whole years of the monthly table of one run.

    Parameters
    ----------
    monthly : mapping of str to array of shape (n_months,)
        Columns of the table `monthly`, of whole calendar years in order.
    first_year : int
        First year that is read.
    """

    def __init__(self, monthly: Mapping[str, np.ndarray], first_year: int) -> None:
        years = np.asarray(monthly["year"], dtype=int)
        self.chosen = years >= first_year
        self.monthly = monthly
        self.years = np.unique(years[self.chosen])
        self.price_index = load_figures()["price_index"]

    def months(self, name: str) -> np.ndarray:
        """Return a column, float64 of shape (1, n_years, 12)."""
        values = np.asarray(self.monthly[name], dtype=float)[self.chosen]
        return values.reshape(1, len(self.years), MONTHS_PER_YEAR)


@dataclass(frozen=True)
class Measure:
    """One measure of a forecast.

    Attributes
    ----------
    name, law : str
        Name in tables, and "youth", "wmo", "debt" or "all".
    unit : str
        Key of its unit among the texts, and the unit in tables.
    value : function
        Takes `WholeYears`, returns float64 of shape (1, n_years) for the simulated population.
    counted : bool
        Whether it is a number of people, staff or money, which scales with the municipality; else a rate.
    """

    name: str
    law: str
    unit: str
    value: Callable[[WholeYears], np.ndarray]
    counted: bool = True


def _euros(column: str) -> Callable[[WholeYears], np.ndarray]:
    return lambda years: years.nominal(years.total(column)) / MILLION


def _waiting(law: str) -> Callable[[WholeYears], np.ndarray]:
    return lambda years: sum((years.mean(f"waiting_{kind}") for kind in WAITED_FOR[law]), np.zeros(1))


def staff_needed(fte: np.ndarray, caseload: np.ndarray, waiting: np.ndarray) -> np.ndarray:
    """Return the staff needed to also help those who wait, at the current caseload per fte.

    Parameters
    ----------
    fte, caseload, waiting : float64 arrays of one shape
        Staff of teams (fte), open cases, and households that wait for a team.

    Returns
    -------
    float64 array
        Fte; the staff there is where no case is open, as in a hamlet.

    Examples
    --------
    >>> staff_needed(np.array([10.0]), np.array([100.0]), np.array([20.0]))
    array([12.])
    """
    more = np.divide(waiting, caseload, out=np.zeros_like(fte), where=caseload > 0.0)
    return fte * (1.0 + more)


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("inhabitants", ALL, "persons", lambda y: y.mean("inhabitants")),
        Measure("youth_users", YOUTH, "children_a_year", lambda y: y.total("youth_users")),
        Measure("youth_share", YOUTH, "percent_under_18", SERIES["youth_share"].value, counted=False),
        Measure("wmo_users", WMO, "people_a_year", lambda y: y.total("wmo_users")),
        Measure("household_help_users", WMO, "people_a_year", lambda y: y.total("users_household_help")),
        Measure("support_users", WMO, "people_a_year", lambda y: y.total("support_users")),
        Measure("aids_users", WMO, "people_a_year", lambda y: y.total("users_aids")),
        Measure("residence_users", WMO, "people_a_year", lambda y: y.total("residence_users")),
        Measure("wmo_clients", WMO, "per_1000_inhabitants", SERIES["wmo_clients"].value, counted=False),
        Measure("debt_users", DEBT, "households_a_year", lambda y: y.total("users_debt_service")),
        Measure("problem_debt_share", DEBT, "percent_households",
                lambda y: 100.0 * y.total("in_problem_debt") / y.december("households"), counted=False),
        Measure("cost_youth", YOUTH, "million_euro", _euros("cost_youth_eur")),
        Measure("cost_wmo", WMO, "million_euro", _euros("cost_wmo_eur")),
        Measure("cost_debt", DEBT, "million_euro", _euros("cost_debt_eur")),
        Measure("result", ALL, "million_euro", _euros("result_eur")),
        Measure("waiting_youth", YOUTH, "people_waiting", _waiting(YOUTH)),
        Measure("waiting_wmo", WMO, "people_waiting", _waiting(WMO)),
        Measure("waiting_debt", DEBT, "people_waiting", _waiting(DEBT)),
        Measure("waiting_teams", ALL, "households_waiting", lambda y: y.mean("team_waiting")),
        Measure("team_staff", ALL, "fte", lambda y: y.mean("team_fte")),
        Measure("team_staff_needed", ALL, "fte",
                lambda y: staff_needed(y.months("team_fte"), y.months("team_caseload"),
                                       y.months("team_waiting")).mean(axis=2)),
        Measure("provider_staff", ALL, "fte", lambda y: y.mean("provider_staff_fte")),
    )
}  # fmt: skip
# Measures per wijk; the table has one count per year.
WIJK_MEASURES: dict[str, tuple[str, str, Callable[[Mapping[str, np.ndarray]], np.ndarray]]] = {
    "youth_users": (YOUTH, "children_a_year", lambda wijken: wijken["youth_users"]),
    "wmo_users": (WMO, "people_a_year", lambda wijken: wijken["wmo_users"]),
    "waiting": (ALL, "people_waiting",
                lambda wijken: sum((wijken[f"waiting_{kind}"] for kinds in WAITED_FOR.values()
                                    for kind in kinds), np.zeros(1))),
    "care_cost": (ALL, "million_euro", lambda wijken: wijken["cost_eur"] / MILLION),
}  # fmt: skip


def yearly_values(monthly: Mapping[str, np.ndarray], first_year: int, scale: float) -> pd.DataFrame:
    """Return year, measure and value of one run.

    Parameters
    ----------
    monthly : mapping of str to array of shape (n_months,)
        Columns of the table `monthly`.
    first_year : int
        First year of the result.
    scale : float
        Inhabitants of the municipality per simulated inhabitant.

    Returns
    -------
    DataFrame
        A row per year and measure, in the unit of the measure.
    """
    years = YearsOfTable(monthly, first_year)
    found = []
    with np.errstate(divide="ignore", invalid="ignore"):
        for measure in MEASURES.values():
            values = measure.value(years)[0] * (scale if measure.counted else 1.0)
            found.append(pd.DataFrame({"year": years.years, "measure": measure.name, "value": values}))
    return pd.concat(found, ignore_index=True)


def wijk_values(wijken: Mapping[str, np.ndarray], first_year: int, scale: float) -> pd.DataFrame:
    """Return year, wijk, its deprivation, measure and value of one run; money in the prices of its year.

    Parameters
    ----------
    wijken : mapping of str to array of shape (n_rows,)
        Columns of the table `wijken`.
    first_year, scale
        As in `yearly_values`.

    Returns
    -------
    DataFrame
        A row per year, wijk and measure.
    """
    years = np.asarray(wijken["year"], dtype=int)
    chosen = years >= first_year
    here = {name: np.asarray(values, dtype=float)[chosen] for name, values in wijken.items()}
    keys = {"year": years[chosen], "wijk": here["wijk"].astype(int), "deprivation": here["deprivation"]}
    prices = load_figures()["price_index"]
    of_2015 = {int(year): prices.at(_january(int(year))) / prices.at(_january(2015))
               for year in np.unique(years[chosen])}  # fmt: skip
    index = np.array([of_2015[int(year)] for year in years[chosen]])
    found = []
    for name, (_, unit, value) in WIJK_MEASURES.items():
        factor = scale * (index if unit == "million_euro" else 1.0)
        found.append(pd.DataFrame({**keys, "measure": name, "value": value(here) * factor}))
    return pd.concat(found, ignore_index=True)


def _january(year: int) -> int:
    return (year - BASE_YEAR) * MONTHS_PER_YEAR


def fans(values: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the fan of every group: its median, and the ends of its 50% and 90% intervals.

    Groups with a nan value are left out: in some replication nobody was counted.

    Parameters
    ----------
    values : DataFrame
        With a column `value`, a row per replication (and scenario) of every group.
    keys : list of str
        Columns that make a group.

    Returns
    -------
    DataFrame
        The keys, p5, p25, median, p75 and p95.
    """
    groups = values.groupby(keys, sort=False)["value"]
    known = groups.transform(lambda group: bool(np.isfinite(group).all())).astype(bool)
    groups = values[known].groupby(keys, sort=False)["value"]
    columns = {name: groups.quantile(share) for name, share in QUANTILES.items()}
    return pd.DataFrame(columns).reset_index()


def pooled(values: pd.DataFrame) -> pd.DataFrame:
    """Return the values by grant scenario, followed by all of them again under the name of the pool."""
    if values["grants"].nunique() < 2:
        return values.assign(grants=POOLED)
    return pd.concat([values.assign(grants=POOLED), values], ignore_index=True)


def paired_differences(values: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Return every policy minus the reference, in the same replication and grant scenario.

    Parameters
    ----------
    values : DataFrame
        Columns policy, grants, replication, year, measure and value.
    reference : str
        The policy that is subtracted.

    Returns
    -------
    DataFrame
        The same columns, without the reference; only years that both have.
    """
    same = ["grants", "replication", "year", "measure"]
    base = values[values["policy"] == reference].set_index(same)["value"]
    others = values[values["policy"] != reference]
    matched = base.reindex(pd.MultiIndex.from_frame(others[same])).to_numpy()
    return others.assign(value=others["value"].to_numpy() - matched)
