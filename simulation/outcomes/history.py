"""The history: the model's reference compared with the record of the country in 2012-2022.

A series is counted in the same way as its record. Amounts are converted to the prices of their year where
the record is nominal. Years may lack a record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation import dated_figures
from simulation.dated_figures import DATA_FOLDER, load_figures, number, read_rows
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.outcomes.intervals import interval

# The record: figures of the country in 2012-2022, collected from the sources in `data/record.csv`.

RECORD = DATA_FOLDER / "record.csv"
TEXTS = ("series", "unit", "status", "source", "derivation", "input_of")
STATUSES = ("observed", "derived", "approximate")


@dataclass(frozen=True)
class Point:
    """One figure of the record.

    Attributes
    ----------
    series : str
    year : int
    value : float
    low, high : float or None
        Bounds, where the source or a target gives them.
    unit : str
    status : str
        "observed", "derived" or "approximate" (press, a forecast).
    source, derivation : str
        Publisher, and the rows of the data files from which it was taken.
    input_of : str
        Dated figure that was fitted to it, if any: where that is an input of the model, so is the point.
    """

    series: str
    year: int
    value: float
    low: float | None
    high: float | None
    unit: str
    status: str
    source: str
    derivation: str
    input_of: str

    @property
    def is_input(self) -> bool:
        """Whether a dated figure that was fitted to this point is an input of the model."""
        return self.input_of in dated_figures.DRIVING


def read_record(path: Path = RECORD) -> dict[tuple[str, int], Point]:
    """Return the record by series and year.

    Parameters
    ----------
    path : Path, optional
        File of the record.

    Returns
    -------
    dict[tuple[str, int], Point]
        Points of the record by series and year.

    Raises
    ------
    ValueError
        When the file cannot be read, a value is missing, only one bound is given, the value is outside its
        bounds, or a status is unknown.
    """
    points = {}
    for row in read_rows(path, (*TEXTS, "year", "value", "low", "high")):
        value, low, high = (number(row, column, path.name) for column in ("value", "low", "high"))
        place = f"{path.name}, {row['series']} {row['year']}"
        if value is None or not row["source"]:
            raise ValueError(f"{place}: expected a value and a source")
        if (low is None) != (high is None) or not (value if low is None else low) <= value <= (
            value if high is None else high
        ):
            raise ValueError(f"{place}: expected low <= value <= high, or no bounds")
        if row["status"] not in STATUSES:
            raise ValueError(f"{place}: status {row['status']!r}; expected one of {', '.join(STATUSES)}")
        texts = {name: row[name] for name in TEXTS}
        point = Point(**texts, year=int(row["year"]), value=value, low=low, high=high)
        points[point.series, point.year] = point
    return points


FIRST_YEAR, LAST_YEAR = 2012, 2022
INDEX_YEAR = 2016
# Share of youth care and the Wmo in the budget of the social domain; the rest is participation.
SHARE_OF_CARE = 0.7
MET, MISSED, INPUT, NO_INTERVAL, NO_RECORD = "yes", "no", "input", "no interval", "no record"


class WholeYears:
    """Computes yearly figures of the reference from the monthly table, for all replications.

    Parameters
    ----------
    monthly : DataFrame
        The monthly table.

    Attributes
    ----------
    years : int64 array of shape (n_years,)
        Years of the record of which the reference has all months.
    """

    def __init__(self, monthly: pd.DataFrame) -> None:
        rows = monthly[(monthly["arm"] == "reference") & monthly["year"].between(FIRST_YEAR, LAST_YEAR)]
        self.rows = rows.sort_values(["replication", "month"])
        months = self.rows.groupby("year")["month"].nunique()
        self.years = months.index[months == MONTHS_PER_YEAR].to_numpy()
        self.rows = self.rows[self.rows["year"].isin(self.years)]
        self.price_index = load_figures()["price_index"]

    def months(self, name: str) -> np.ndarray:
        """Return a column, float64 of shape (n_replications, n_years, 12).

        Parameters
        ----------
        name : str
            Column of the table `monthly`.

        Returns
        -------
        float64 array of shape (n_replications, n_years, 12)
            In the unit of the column.
        """
        values = self.rows[name].to_numpy(dtype=float)
        return values.reshape(-1, len(self.years), MONTHS_PER_YEAR)

    def total(self, name: str) -> np.ndarray:
        """Return the sum of a flow over each year, float64 of shape (n_replications, n_years).

        Parameters
        ----------
        name : str
            Column of the table `monthly`.

        Returns
        -------
        float64 array of shape (n_replications, n_years)
            Per year, in the unit of the column.
        """
        return self.months(name).sum(axis=2)

    def mean(self, name: str) -> np.ndarray:
        """Return the mean of a stock over each year, float64 of shape (n_replications, n_years).

        Parameters
        ----------
        name : str
            Column of the table `monthly`.

        Returns
        -------
        float64 array of shape (n_replications, n_years)
            In the unit of the column.
        """
        return self.months(name).mean(axis=2)

    def december(self, name: str) -> np.ndarray:
        """Return a stock at the end of each year, float64 of shape (n_replications, n_years).

        Parameters
        ----------
        name : str
            Column of the table `monthly`.

        Returns
        -------
        float64 array of shape (n_replications, n_years)
            In the unit of the column.
        """
        return self.months(name)[:, :, -1]

    def per_inhabitant(self, name: str) -> np.ndarray:
        """Return a yearly sum per inhabitant, nan in years before the transition.

        Parameters
        ----------
        name : str
            Column of the table `monthly`.

        Returns
        -------
        float64 array of shape (n_replications, n_years)
            Per inhabitant and year.
        """
        responsible = self.total("grant_eur") > 0.0
        return np.where(responsible, self.total(name) / self.mean("inhabitants"), np.nan)

    def nominal(self, eur_2015: np.ndarray) -> np.ndarray:
        """Return constant euros of 2015 in the prices of each year.

        Parameters
        ----------
        eur_2015 : float64 array of shape (n_replications, n_years)
            Euros of 2015.

        Returns
        -------
        float64 array of shape (n_replications, n_years)
            Euros of the year.
        """
        months = (self.years - BASE_YEAR) * MONTHS_PER_YEAR
        prices = np.array([self.price_index.at(int(month)) for month in months], dtype=float)
        return eur_2015 * prices / self.price_index.at((2015 - BASE_YEAR) * MONTHS_PER_YEAR)


@dataclass(frozen=True)
class Series:
    """One series of the history.

    Attributes
    ----------
    name, unit : str
    value : function
        Takes `WholeYears`, returns float64 of shape (n_replications, n_years); nan where undefined.
    counted : bool
        Whether its points count in `points_met`; a figure that is shown twice counts once.
    """

    name: str
    unit: str
    value: Callable[[WholeYears], np.ndarray]
    counted: bool = True


def _percent(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return 100.0 * part / whole


def _users_index(years: WholeYears) -> np.ndarray:
    users = years.total("youth_users")
    base = users[:, years.years == INDEX_YEAR]
    return _percent(users, base) if base.size else np.full_like(users, np.nan)


def _per_1000(name: str) -> Callable[[WholeYears], np.ndarray]:
    return lambda years: 1000.0 * years.total(name) / years.mean("inhabitants")


def _youth_without_teams(years: WholeYears) -> np.ndarray:
    return years.per_inhabitant("cost_youth_eur") - years.per_inhabitant("cost_youth_teams_eur")


def _balance(years: WholeYears) -> np.ndarray:
    left, means = (
        years.total(f"{what}_youth_eur") + years.total(f"{what}_wmo_eur") for what in ("result", "grant")
    )
    return _percent(left, means)


def _cases_per_fte(kind: str) -> Callable[[WholeYears], np.ndarray]:
    return lambda years: years.mean(f"{kind}_caseload") / years.mean(f"{kind}_fte")


_CLIENTS, _NOMINAL, _REAL = (
    "clients per 1000 inhabitants",
    "euro per inhabitant, prices of the year",
    "euro of 2015 per inhabitant",
)
SERIES: dict[str, Series] = {
    series.name: series
    for series in (
        Series("youth_share", "percent of residents under 18",
               lambda y: _percent(y.total("youth_users"), y.december("children"))),
        Series("youth_users_index", "index, 2016 = 100", _users_index, counted=False),
        Series("youth_stay_share", "percent of helped youths",
               lambda y: _percent(y.total("users_youth_residential"), y.total("youth_users"))),
        Series("youth_stay_per_1000", "per 1000 residents under 18",
               lambda y: 1000.0 * y.total("users_youth_residential") / y.december("children"),
               counted=False),
        Series("wmo_clients", _CLIENTS, _per_1000("wmo_users")),
        Series("wmo_household_help", _CLIENTS, _per_1000("users_household_help")),
        Series("wmo_support", _CLIENTS, _per_1000("support_users")),
        Series("wmo_residence", _CLIENTS, _per_1000("residence_users")),
        Series("youth_spending", _NOMINAL, lambda y: y.nominal(y.per_inhabitant("cost_youth_eur"))),
        Series("youth_spending_real", _REAL, lambda y: y.per_inhabitant("cost_youth_eur"), counted=False),
        Series("youth_spending_without_teams", _NOMINAL, lambda y: y.nominal(_youth_without_teams(y))),
        Series("wmo_spending", _NOMINAL, lambda y: y.nominal(y.per_inhabitant("cost_wmo_eur"))),
        Series("wmo_spending_real", _REAL, lambda y: y.per_inhabitant("cost_wmo_eur"), counted=False),
        Series("balance", "percent of means for youth and Wmo", _balance),
        Series("balance_with_participation", "percent of means with participation",
               lambda y: SHARE_OF_CARE * _balance(y)),
        Series("evictions", "per 1000 households",
               lambda y: 1000.0 * y.total("evictions") / y.december("households")),
        Series("wijkteam_cases_per_fte", "open cases per fte", _cases_per_fte("wijkteam")),
        Series("youth_team_cases_per_fte", "open cases per fte", _cases_per_fte("youth_team")),
    )
}  # fmt: skip
COLUMNS = ("year", "series", "model", "model_low", "model_high", "record", "record_low", "record_high",
           "unit", "inside")  # fmt: skip
REALS = COLUMNS[2:8]


def history_table(monthly: pd.DataFrame, record: dict[tuple[str, int], Point] | None = None) -> pd.DataFrame:
    """Return the reference with the record: a row per series and year for which the model has a value.

    Parameters
    ----------
    monthly : DataFrame
        The monthly table; without a whole year of 2012-2022 the result is empty.
    record : dict, optional
        As `read_record` returns it.

    Returns
    -------
    DataFrame
        A row per series and year, in the unit of its column `unit`.
    """
    record = read_record() if record is None else record
    years = WholeYears(monthly)
    rows = []
    for name, series in SERIES.items():
        if not years.years.size:
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            values = series.value(years)
        for place, year in enumerate(years.years):
            if np.isfinite(values[:, place]).all():
                rows.append(_row(int(year), series, values[:, place], record.get((name, int(year)))))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"year": "int64", **dict.fromkeys(REALS, "float64")})


def _row(year: int, series: Series, values: np.ndarray, point: Point | None) -> tuple[Any, ...]:
    """Return one row of the table, without an interval for one replication."""
    found = interval(values)
    low, high = (found.low, found.high) if found.count > 1 else (np.nan, np.nan)
    of_record = (np.nan,) * 3 if point is None else (point.value, point.low, point.high)
    inside = verdict(found.mean, low, high, point)
    return (year, series.name, found.mean, low, high, *of_record, series.unit, inside)


def verdict(mean: float, low: float, high: float, point: Point | None) -> str:
    """Return whether the model meets a point of the record.

    It does when the record is in the model's 90% interval or the model's mean is within the record's bounds.
    A point to which a dated figure of the model was fitted is an input.

    Parameters
    ----------
    mean, low, high : float
        Mean and interval of the model; the interval is nan with one replication.
    point : Point or None
        The record.

    Returns
    -------
    str
        "yes", "no", "input", "no interval" (one replication and a record without bounds) or "no record".
    """
    if point is None:
        return NO_RECORD
    if point.is_input:
        return INPUT
    if point.low is not None and point.high is not None and point.low <= mean <= point.high:
        return MET
    if np.isfinite(low) and low <= point.value <= high:
        return MET
    return NO_INTERVAL if not np.isfinite(low) and point.low is None else MISSED


def means_within(table: pd.DataFrame) -> tuple[int, int]:
    """Return the number of points with the model's mean within the record's bounds, and of those with bounds.

    Unlike `points_met`, this does not depend on the width of the model's interval.

    Parameters
    ----------
    table : DataFrame
        Result of `history_table`.

    Returns
    -------
    tuple of int
        Points within, and points with bounds.
    """
    counted = table["series"].map(lambda name: SERIES[name].counted) & (table["inside"] != INPUT)
    bounded = table[counted & table["record_low"].notna()]
    return int(bounded["model"].between(bounded["record_low"], bounded["record_high"]).sum()), len(bounded)


def points_met(table: pd.DataFrame) -> tuple[int, int]:
    """Return the number of points of the record that the model meets, and of those evaluated.

    Parameters
    ----------
    table : DataFrame
        Result of `history_table`.

    Returns
    -------
    tuple of int
        Points met, and points evaluated.
    """
    counted = table[table["series"].map(lambda name: SERIES[name].counted)]
    return int((counted["inside"] == MET).sum()), int(counted["inside"].isin((MET, MISSED)).sum())
