"""Dated figures: law and budget figures with their unit, reference and values by date.

The files are in data/policy, in the form of OpenFisca parameters, as JSON: a figure has a description, a
unit, a reference and values by date. A value holds from its date until the next, unless the description
says that the figure is interpolated. The CSV files of data/ are read here too; errors name file and column.
"""

import csv
import difflib
import json
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from agents.vocabulary import GRANT_GUIDANCE, GRANT_HOUSEHOLD_HELP, GRANT_YOUTH, N_GRANTS
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number

DATA_FOLDER = Path(__file__).resolve().parents[1] / "data"
# Historical figures that are inputs of the model. A target that one of them was fitted to is an input too.
DRIVING: tuple[str, ...] = ("youth_intensity",)


def read_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a CSV file that must have these columns.

    Parameters
    ----------
    path : Path
        A CSV file with a header.
    columns : sequence of str
        Columns that the header must have.

    Returns
    -------
    list of dict of str to str
        One dictionary per row, by column.

    Raises
    ------
    ValueError
        When the file is missing, is not text, has no rows or lacks a column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
            found = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from None
    for column in columns:
        if column not in found:
            raise ValueError(f"{path.name} has no column {column}; it has {', '.join(found) or 'none'}")
    if not rows:
        raise ValueError(f"{path.name} has columns but no rows")
    return rows


def number(row: dict[str, str], column: str, file: str) -> float | None:
    """Return a cell as a number, None where it is empty.

    Parameters
    ----------
    row : dict of str to str
        A row of `read_rows`.
    column, file : str
        Column of the cell, and the file's name for the error message.

    Returns
    -------
    float or None
        The number.

    Raises
    ------
    ValueError
        When the cell is neither a number nor empty.
    """
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{file}: column {column} has {text!r}; expected a number or an empty cell")
    return value


def value_of(rows: list[dict[str, str]], series: str, region: str, year: int) -> float | None:
    """Return the first value of a series in social_domain.csv, None where there is none.

    Parameters
    ----------
    rows : list of dict of str to str
        The rows of the file.
    series, region : str
        Values of the columns of these names.
    year : int
        Calendar year.

    Returns
    -------
    float or None
        The value, in the unit of its series.
    """
    for row in rows:
        if row["series"] == series and row["region"] == region and row["year"] == str(year):
            return number(row, "value", "social_domain.csv")
    return None


@dataclass(frozen=True)
class DatedFigure:
    """One figure with its values by date.

    Attributes
    ----------
    name, description, unit, reference : str
        Name, meaning, unit and source of the figure.
    price_basis : str
        Price level of an amount ("nominal", "euro of 2015", ...); empty where none is stated.
    months : tuple of int
        Months from which the values hold, ascending.
    values : tuple
        Values, one per month: numbers, texts or, for named scenarios, numbers by name.
    statuses : tuple of str
        "observed", "derived", "approximate" or "assumed", one per value.
    """

    name: str
    description: str
    unit: str
    reference: str
    months: tuple[int, ...]
    values: tuple[Any, ...]
    statuses: tuple[str, ...]
    price_basis: str = ""

    def at(self, month: int) -> Any:
        """Return the value that holds in a month; before the first date, the first value.

        Parameters
        ----------
        month : int
            Month since January 2000.

        Returns
        -------
        number, str or dict
            The value, in the figure's unit.
        """
        return self.values[max(bisect_right(self.months, month) - 1, 0)]

    def between(self, month: Any) -> Any:
        """Return the value interpolated at one month or an array of months.

        Parameters
        ----------
        month : int or array of int
            Months since January 2000.

        Returns
        -------
        float or array of float
            Values in the figure's unit, of the shape of `month`.

        Raises
        ------
        ValueError
            When a month lies outside the dates of the figure.
        """
        first, last = self.months[0], self.months[-1]
        if np.min(month) < first or np.max(month) > last:
            raise ValueError(
                f"{self.name} is known from {_year(first)} to {_year(last)}; "
                f"it was asked for {_year(int(np.min(month)))} to {_year(int(np.max(month)))}"
            )
        return np.interp(month, self.months, self.values)


def load_figures(country: str = "netherlands", folder: Path = DATA_FOLDER) -> dict[str, DatedFigure]:
    """Return the dated figures of a country by name.

    Parameters
    ----------
    country : str
        Name of a file in data/policy.
    folder : Path
        The data folder.

    Returns
    -------
    dict of str to DatedFigure
        The figures by name.

    Raises
    ------
    ValueError
        When the file is missing, cannot be read, or a figure is incomplete.
    """
    path = folder / "policy" / f"{country}.json"
    if not path.is_file():
        known = [each.stem for each in sorted(path.parent.glob("*.json"))]
        near = difflib.get_close_matches(country, known, n=1) or known
        raise ValueError(f"no dated figures for {country!r}; nearest: {', '.join(near) or 'none'}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path.name} cannot be read as JSON: {error}") from None
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} holds no figures; expected names with values by date")
    return {name: _figure(name, entry, path.name) for name, entry in content.items()}


def _figure(name: str, entry: Any, file: str) -> DatedFigure:
    """Return one figure from its entry in a file."""
    for word in ("description", "unit", "reference", "values"):
        if not isinstance(entry, dict) or not entry.get(word):
            raise ValueError(f"{file}: {name} has no {word}")
    dated = []
    for text, value in sorted(entry["values"].items()):
        try:
            day, number = date.fromisoformat(text), value["value"]
        except (ValueError, TypeError, KeyError):
            raise ValueError(f"{file}: {name} at {text} is not a date with a value") from None
        dated.append((day, number, value.get("status", "observed")))
    return DatedFigure(
        name=name,
        description=entry["description"],
        unit=entry["unit"],
        reference=entry["reference"],
        months=tuple((day.year - BASE_YEAR) * MONTHS_PER_YEAR + day.month - 1 for day, _, _ in dated),
        values=tuple(value for _, value, _ in dated),
        statuses=tuple(status for _, _, status in dated),
        price_basis=entry.get("price_basis", ""),
    )


def _year(month: int) -> int:
    """Return the calendar year of a month."""
    return BASE_YEAR + month // MONTHS_PER_YEAR


# History: dated figures that are inputs of every run (data/policy).
#
# Figures that date from the transition (cuts, tariffs, the careful first budgets) are read by the time since
# the transition, so that they also apply in a run with another transition date. Figures of the country
# (contributions, duties, extra money) are read by calendar date.

TRANSITION = month_number("2015-01")
LAST_KNOWN_JANUARY = month_number("2022-01")  # grants after that year are a named scenario
NATIONAL_YOUTH_GRANT = "youth_spending_million_eur"
CUT_PATHS = {
    GRANT_YOUTH: "cut_youth_path",
    GRANT_GUIDANCE: "cut_guidance_path",
    GRANT_HOUSEHOLD_HELP: "cut_household_help_path",
}


@dataclass(frozen=True)
class History:
    """Dated figures of one country.

    Attributes
    ----------
    figures : dict of str to DatedFigure
        Figures by name.
    """

    figures: dict[str, DatedFigure]

    def value(self, name: str, month: int) -> float:
        """Return a figure in a month.

        Parameters
        ----------
        name : str
            Name of the figure.
        month : int
            Month since January 2000.

        Returns
        -------
        float
            The value, in the figure's unit.
        """
        return float(self.figures[name].at(month))

    def since_transition(self, name: str, months: int) -> float:
        """Return a figure that dates from the transition, by months since the transition.

        Parameters
        ----------
        name : str
            Name of the figure.
        months : int
            Months since the transition; negative before it.

        Returns
        -------
        float
            The value, in the figure's unit.
        """
        return self.value(name, TRANSITION + months)

    def shares_of_cut(self, months: int) -> np.ndarray:
        """Return the historical cut of each grant as a share of its final cut.

        Parameters
        ----------
        months : int
            Months since the transition; negative before it.

        Returns
        -------
        array of float64 of shape (n_grants,)
            Shares, 0 before the transition.
        """
        shares = np.zeros(N_GRANTS)
        if months >= 0:
            for grant, name in CUT_PATHS.items():
                shares[grant] = self.since_transition(name, months) / self.figures[name].values[-1]
        return shares

    def cuts(self, months: int) -> np.ndarray:
        """Return the historical cut of each grant.

        Parameters
        ----------
        months : int
            Months since the transition; negative before it.

        Returns
        -------
        array of float64 of shape (n_grants,)
            Shares of the grant before the cut.
        """
        cuts = np.zeros(N_GRANTS)
        if months >= 0:
            for grant, name in CUT_PATHS.items():
                cuts[grant] = self.since_transition(name, months)
        return cuts

    def extra_youth_share(self, month: int) -> float:
        """Return the extra money for youth care in a month's year over the youth grant before the cut.

        Parameters
        ----------
        month : int
            Month since January 2000.

        Returns
        -------
        float
            Share of that grant, in prices of 2015.
        """
        known = min(month, LAST_KNOWN_JANUARY)
        nominal = self.value("extra_youth_million_eur", known)
        prices = self.value("price_index", known) / 100.0
        return nominal / prices / float(self.figures[NATIONAL_YOUTH_GRANT].values[0])

    def growth_after_known(self, month: int, growth_per_year: float) -> float:
        """Return the growth of grants per inhabitant since the last known year, by the chosen scenario.

        Parameters
        ----------
        month : int
            Month since January 2000.
        growth_per_year : float
            Growth per year; 0.01 is 1%.

        Returns
        -------
        float
            A factor; 1 until the last known year.
        """
        years = max(0, (month - LAST_KNOWN_JANUARY) // MONTHS_PER_YEAR)
        return float((1.0 + growth_per_year) ** years)

    def lagged(self, name: str, month: int, lag_years: float) -> float:
        """Return a figure with a lag.

        Parameters
        ----------
        name : str
            Name of the figure.
        month : int
            Month since January 2000.
        lag_years : float
            Lag in years, rounded to whole months.

        Returns
        -------
        float
            The value, in the figure's unit.
        """
        return self.value(name, month - round(lag_years * MONTHS_PER_YEAR))


@cache
def history_of(country: str = "netherlands") -> History:
    """Return the history of a country.

    Parameters
    ----------
    country : str
        Name of a file in data/policy.

    Returns
    -------
    History
        The figures; the file is read once.
    """
    return History(load_figures(country))
