"""Scores of the forecasts against the record, for the model and for two simple forecasts.

A forecast is a normal or empirical distribution per figure. Scores are the coverage of its 50% and 90%
intervals, the Winkler interval score (width, plus 2 / alpha times the distance of a figure outside), and the
mean absolute percentage error of its median.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.backtest.forecast import (
    FIRST_YEAR,
    FORECAST,
    WAITING,
    Information,
    column,
    deviation_of,
    municipality,
    truths,
)
from scenarios.studies.country import municipalities_with_figures
from simulation.dated_figures import DATA_FOLDER, read_rows
from simulation.outcomes.history import INDEX_YEAR, SERIES, read_record

LEVELS = (0.5, 0.9)
LAST_VALUE, TREND = "last_value", "trend"


@dataclass(frozen=True)
class Forecast:
    """A forecast of one figure.

    Attributes
    ----------
    median : float
    intervals : dict of float to (float, float)
        Lower and upper end by level, such as 0.9.
    """

    median: float
    intervals: Mapping[float, tuple[float, float]]


def winkler(low: float, high: float, value: float, level: float) -> float:
    """Return the interval score of one figure: interval width plus a penalty for a figure outside.

    Examples
    --------
    >>> winkler(10.0, 14.0, 12.0, 0.9), round(winkler(10.0, 14.0, 15.0, 0.9), 6)
    (4.0, 24.0)
    """
    outside = max(low - value, 0.0) + max(value - high, 0.0)
    return high - low + 2.0 / (1.0 - level) * outside


def coverage(forecasts: Sequence[Forecast], values: Sequence[float], level: float) -> float:
    """Return the percentage of figures inside their interval."""
    inside = [each.intervals[level][0] <= value <= each.intervals[level][1]
              for each, value in zip(forecasts, values, strict=True)]  # fmt: skip
    return 100.0 * float(np.mean(inside))


def percentage_error(forecasts: Sequence[Forecast], values: Sequence[float]) -> float:
    """Return the mean absolute percentage error of the medians.

    Examples
    --------
    >>> round(percentage_error([Forecast(90.0, {}), Forecast(220.0, {})], [100.0, 200.0]), 6)
    10.0
    """
    return 100.0 * float(np.mean([abs(each.median - value) / abs(value)
                                  for each, value in zip(forecasts, values, strict=True)]))  # fmt: skip


def scores(forecasts: Sequence[Forecast], values: Sequence[float]) -> dict[str, float]:
    """Return all scores of some forecasts; the 90% interval score in the unit and in percent."""
    found = {"points": len(values), "error": percentage_error(forecasts, values)}
    for level in LEVELS:
        found[f"coverage_{100 * level:.0f}"] = coverage(forecasts, values, level)
    each = [winkler(*one.intervals[0.9], value, 0.9) for one, value in zip(forecasts, values, strict=True)]
    found["winkler"] = float(np.mean(each))
    found["winkler_percent"] = 100.0 * float(np.mean(np.array(each) / np.abs(values)))
    return found


def normal_forecast(mean: float, deviation: float) -> Forecast:
    """Return a normally distributed forecast."""
    halves = {level: NormalDist().inv_cdf(0.5 + level / 2.0) * deviation for level in LEVELS}
    return Forecast(mean, {level: (mean - half, mean + half) for level, half in halves.items()})


def sampled_forecast(draws: np.ndarray) -> Forecast:
    """Return the empirical forecast of draws, float64 of shape (n_draws,)."""
    ends = {level: np.quantile(draws, [0.5 - level / 2.0, 0.5 + level / 2.0]) for level in LEVELS}
    return Forecast(float(np.median(draws)), {level: (float(e[0]), float(e[1])) for level, e in ends.items()})


def predictive_draws(
    draws: np.ndarray,
    sampling_variance: float,
    sampling_fraction: float,
    error: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return draws of the observed value in a larger population than the simulated one.

    The spread of the draws is due to parameters, scenarios and the sampling variance of the simulated city.
    The latter is removed by shrinking the draws to their mean; the sampling variance of the larger population
    and the observation error are added.

    Parameters
    ----------
    draws : float64 array of shape (n_draws,)
        Simulated values.
    sampling_variance : float
        Variance between two runs of the same point.
    sampling_fraction : float
        Simulated households divided by those of the forecast population.
    error : float
        Standard deviation of the observation error, as a share of the mean.
    rng : Generator

    Returns
    -------
    float64 array of shape (n_draws,)
    """
    draws = draws[np.isfinite(draws)]
    variance = float(draws.var())
    shrink = np.sqrt(max(variance - sampling_variance, 0.0) / variance) if variance > 0.0 else 1.0
    spread = np.sqrt(sampling_fraction * sampling_variance + (error * draws.mean()) ** 2)
    return draws.mean() + (draws - draws.mean()) * shrink + spread * rng.standard_normal(len(draws))


def sampling_variance(draws: np.ndarray, again: np.ndarray) -> float:
    """Return the variance between two runs of the same point, from pairs; 0 without pairs."""
    differences = draws[: len(again)] - again
    differences = differences[np.isfinite(differences)]
    return float((differences**2).mean() / 2.0) if differences.size else 0.0


# Simple forecasts.


def walk_deviation(series: Sequence[Mapping[int, float]]) -> float:
    """Return the standard deviation of a yearly change, as a share of the value, pooled over series.

    Pooled because every series has only a few known years: the root mean square relative change between
    consecutive years.

    Examples
    --------
    >>> round(walk_deviation([{2015: 100.0, 2016: 103.0}, {2016: 50.0, 2017: 48.0}]), 5)
    0.03536
    """
    changes = [values[year + 1] / values[year] - 1.0 for values in series for year in values
               if year + 1 in values]  # fmt: skip
    return _spread_of(changes)


def _spread_of(changes: Sequence[float]) -> float:
    """Return the root mean square of yearly changes, pooled over series."""
    if not changes:
        raise ValueError("no series is known in two neighbouring years; a random walk has no spread")
    return float(np.sqrt(np.mean(np.square(changes))))


def unexplained_walk(draws: pd.DataFrame, known: Mapping[str, Mapping[int, float]]) -> float:
    """Return the standard deviation of a yearly change not explained by the model, as a share of the value.

    Pooled over series as in `walk_deviation`, from known years only: the change of a series beyond that of
    the median draw, between consecutive years.

    Parameters
    ----------
    draws : DataFrame
        Forecasts at draws of the posterior, one column per series and year.
    known : dict of str to dict of int to float
        The record up to the last known year, by series and year.
    """
    left = [
        values[year + 1] / values[year]
        - float(np.nanmedian(draws[column(series, year + 1)] / draws[column(series, year)]))
        for series, values in known.items()
        for year in values
        if year + 1 in values and column(series, year) in draws
    ]
    return _spread_of(left)


def simple_forecast(
    kind: str, known: Mapping[int, float], year: int, walk: float, error: float
) -> Forecast | None:
    """Return a simple forecast of a year, None where it is not defined.

    Parameters
    ----------
    kind : str
        "last_value", or "trend": extrapolates the mean yearly change of the known years.
    known : dict of int to float
        Values by year.
    year : int
        A later year.
    walk : float
        Standard deviation of a yearly change, as a share of the value.
    error : float
        Standard deviation of the observation error, as a share of the last value.

    Returns
    -------
    Forecast or None
        The variance grows linearly with the years ahead; that of a trend also has the variance of its slope,
        which grows with the square of the years. A trend needs two known years.
    """
    if not known:
        return None
    last = max(known)
    ahead, size, deviation = year - last, walk * known[last], error * known[last]
    if kind == LAST_VALUE:
        return normal_forecast(known[last], float(np.hypot(size * np.sqrt(ahead), deviation)))
    covered = last - min(known)
    if not covered:
        return None
    slope = (known[last] - known[min(known)]) / covered
    variance = size**2 * ahead * (1.0 + ahead / covered)
    return normal_forecast(known[last] + ahead * slope, float(np.sqrt(variance + deviation**2)))


MODEL = "model"
ANCHORED = "anchored"  # the model's growth from the last known figure (jump-off correction)
FORECASTERS = (MODEL, ANCHORED, LAST_VALUE, TREND)
# Series whose errors are reported with every projection.
HEADLINE = {"youth_users": ("youth_share",), "wmo_clients": ("wmo_clients",),
            "spending": ("youth_spending", "wmo_spending")}  # fmt: skip
# Series of the municipal figures: for all years; for 2022 only, with help in kind alone.
MUNICIPAL_ROWS = {
    "youth_share": ("youth_care.csv", ("youth_care_users_share_u18", "youth_help_share_u18")),
    "wmo_clients": ("social_domain.csv", ("wmo_clients_per_1000_year",)),
}
IN_KIND = "youth_help_share_u18"
WAITING_SERIES = ("youth_care.csv", "waiting_mean_weeks_outpatient_E", "Rijnmond region")


def error_of(series: str, information: Information) -> float:
    """Return the observation error of a series as a share: of its known figures with bounds, or assumed."""
    known = [deviation_of(point, information) / abs(point.value)
             for (name, year), point in read_record().items()
             if name == series and year <= information.last_year]  # fmt: skip
    return float(np.mean(known)) if known else information.error_without_bounds


def known_values(information: Information) -> dict[str, dict[int, float]]:
    """Return the record up to the last known year, by series and year; an index includes its base year."""
    found: dict[str, dict[int, float]] = {name: {} for name in FORECAST}
    found["youth_users_index"][INDEX_YEAR] = 100.0
    for (series, year), point in read_record().items():
        if series in found and year <= information.last_year:
            found[series][year] = point.value
    for series, figure in information.known_beside_record.items():
        found[series][figure["year"]] = figure["value"]
    return {series: dict(sorted(values.items())) for series, values in found.items()}


def fans(
    information: Information, draws: pd.DataFrame, again: pd.DataFrame, sampling_fraction: float
) -> tuple[dict[str, list[dict[str, Any]]], dict[tuple[str, int], np.ndarray]]:
    """Return all forecasts by series, a row per year from the transition on, and the model's draws.

    Parameters
    ----------
    information : Information
    draws, again : DataFrame
        Forecasts at draws of the posterior, one column per series and year; and a second run of the first
        rows with another seed.
    sampling_fraction : float
        Simulated households divided by those of the country.

    Returns
    -------
    dict of str to list of dict
        "year", the "known" figure, and the forecasts; simple ones for later years only.
    dict of (str, int) to float64 array of shape (n_draws,)
        Observed values that the model predicts, draw by draw, by series and year.
    """
    rng = np.random.default_rng(information.last_year)
    known = known_values(information)
    walk, unexplained = walk_deviation(list(known.values())), unexplained_walk(draws, known)
    found: dict[str, list[dict[str, Any]]] = {}
    predicted: dict[tuple[str, int], np.ndarray] = {}
    for series in FORECAST:
        error, years = error_of(series, information), range(FIRST_YEAR, information.last_forecast + 1)
        by_chance = _between(draws, again, series, years)
        for year in years:
            here = draws[column(series, year)].to_numpy()
            variance = by_chance * float(np.nanmean(here)) ** 2
            seen = predictive_draws(here, variance, sampling_fraction, error, rng)
            predicted[series, year] = np.full(len(here), np.nan)  # a draw keeps its row
            predicted[series, year][np.isfinite(here)] = seen
            forecasts: dict[str, Forecast | None] = {MODEL: sampled_forecast(seen), ANCHORED: None}
            if year in information.years and known[series]:
                # The last known year has a sampling variance too.
                grown = _grown_from_last(draws, series, year, known[series])
                variance = 2.0 * by_chance * float(np.nanmean(grown)) ** 2
                spread = anchored_error(error, unexplained, year - max(known[series]))
                forecasts[ANCHORED] = sampled_forecast(
                    predictive_draws(grown, variance, sampling_fraction, spread, rng)
                )
            for kind in (LAST_VALUE, TREND):
                later = year in information.years
                forecasts[kind] = simple_forecast(kind, known[series], year, walk, error) if later else None
            found.setdefault(series, []).append(
                {"year": year, "known": known[series].get(year), "forecasts": _plain_forecasts(forecasts)}
            )
    return found, predicted


def anchored_error(error: float, unexplained: float, years: int) -> float:
    """Return the standard deviation of a figure that a model's growth extrapolates, as a share of it.

    The last known figure has an observation error as the forecast one does; growth that the model does not
    explain accumulates over the years ahead.

    Examples
    --------
    >>> anchored_error(0.03, 0.0, 5) == 0.03 * 2.0**0.5
    True
    """
    return float(np.sqrt(2.0 * error**2 + unexplained**2 * years))


def coverage_if_right(predicted: Sequence[np.ndarray], level: float = 0.9) -> dict[str, float]:
    """Return how the coverage would vary if the model's joint distribution were exactly right.

    Each draw in turn is taken for what happened. Figures of one series move together, so the share of them
    inside their intervals varies far more than that of as many independent figures. How much they move
    together is the model's own answer: intervals that are too wide for a shared reason are not found out.

    Parameters
    ----------
    predicted : sequence of float64 arrays of shape (n_draws,)
        Observed values that the model predicts, a figure per array, the same draws in the same order. Draws
        with a value that is not finite are left out.
    level : float
        Level of the intervals.

    Returns
    -------
    dict of str to float
        "low" and "high": the middle 90% of the coverage; "all": how often every figure lies inside. Percent.

    Examples
    --------
    >>> same = np.arange(100.0)
    >>> coverage_if_right([same, same])
    {'low': 0.0, 'high': 100.0, 'all': 90.0}
    """
    drawn = np.column_stack(predicted)
    drawn = drawn[np.isfinite(drawn).all(axis=1)]
    low, high = np.quantile(drawn, [0.5 - level / 2.0, 0.5 + level / 2.0], axis=0)
    inside = ((drawn >= low) & (drawn <= high)).mean(axis=1)
    ends = 100.0 * np.quantile(inside, [0.05, 0.95])
    return {"low": float(ends[0]), "high": float(ends[1]), "all": 100.0 * float((inside == 1.0).mean())}


def _grown_from_last(draws: pd.DataFrame, series: str, year: int, known: Mapping[int, float]) -> np.ndarray:
    """Return the last known figure times the growth in each draw since then, float64 of shape (n_draws,)."""
    last = max(known)
    growth = draws[column(series, year)].to_numpy() / draws[column(series, last)].to_numpy()
    return np.asarray(known[last] * growth, dtype=float)


def rows_of_record(
    information: Information, forecasts: Mapping[str, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Return a row per figure of the record in the forecast years: observed value and forecasts."""
    return [
        {"series": series, "year": point.year, "value": point.value, "low": point.low, "high": point.high,
         "unit": point.unit, "note": point.derivation, "counted": SERIES[series].counted,
         "forecasts": next(row["forecasts"] for row in forecasts[series] if row["year"] == point.year)}
        for series in FORECAST for point in truths(information).get(series, [])
    ]  # fmt: skip


def _between(draws: pd.DataFrame, again: pd.DataFrame, series: str, years: Sequence[int]) -> float:
    """Return the sampling variance of a series divided by its squared mean, pooled over years."""
    found = []
    for year in years:
        here, twice = (table[column(series, year)].to_numpy() for table in (draws, again))
        mean = float(np.nanmean(here))
        found.append(sampling_variance(here, twice) / mean**2 if mean else 0.0)
    return float(np.mean(found))


def _plain_forecasts(forecasts: Mapping[str, Forecast | None]) -> dict[str, Any]:
    """Return forecasts as plain data."""
    return {kind: None if each is None else {"median": each.median, **{
        f"interval_{100 * level:.0f}": list(each.intervals[level]) for level in LEVELS}}
        for kind, each in forecasts.items()}  # fmt: skip


def forecast_from_entry(entry: Mapping[str, Any]) -> Forecast:
    """Return a forecast from plain data."""
    return Forecast(entry["median"], {level: tuple(entry[f"interval_{100 * level:.0f}"]) for level in LEVELS})


def scores_of(rows: Sequence[Mapping[str, Any]], beside: str = MODEL) -> dict[str, dict[str, float]]:
    """Return the scores of every forecaster, on the rows for which `beside` has a forecast.

    Comparisons are on the same figures: the model is compared with a trend on the figures that have a trend.
    """
    rows = [row for row in rows if row["forecasts"][beside] is not None]
    found = {}
    for kind in FORECASTERS:
        mine = [row for row in rows if row["forecasts"].get(kind) is not None]
        if mine and len(mine) == len(rows):
            forecasts = [forecast_from_entry(row["forecasts"][kind]) for row in mine]
            found[kind] = scores(forecasts, [row["value"] for row in mine])
    return found


def scores_by_series(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the scores of every forecaster by series, on all figures of the series."""
    found = {}
    for series in dict.fromkeys(row["series"] for row in rows):
        found[series] = scores_of([row for row in rows if row["series"] == series])
    return found


def worse_than(by_series: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, list[str]]:
    """Return by series the simple forecasts that outperform the model, by score.

    Returns
    -------
    dict of str to list of str
        Such as "error trend" or "winkler last_value"; empty where none does.
    """
    return {
        series: [f"{score} {kind}" for kind in (LAST_VALUE, TREND) for score in ("error", "winkler")
                 if kind in found and found[MODEL][score] > found[kind][score]]
        for series, found in by_series.items()
    }  # fmt: skip


def headline_errors(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the mean absolute percentage errors reported with projections, per forecaster."""
    found = {}
    for name, series in HEADLINE.items():
        mine = [row for row in rows if row["series"] in series]
        found[name] = {kind: each["error"] for kind, each in scores_of(mine).items()}
    return found


# Municipalities.


def municipal_figures() -> list[dict[str, Any]]:
    """Return the registered figures of the municipalities of the sources: slug, series, year, value.

    The registers of 2022 count help in kind alone. They are scaled by the ratio of the country's record of
    that year to the country's help in kind.
    """
    names = {municipality(slug).profile.name: slug for slug in municipalities_with_figures()}
    record, found = read_record(), []
    for series, (file, columns) in MUNICIPAL_ROWS.items():
        table = [row for row in read_rows(DATA_FOLDER / file, ("series", "region", "year", "value"))
                 if row["series"] in columns and row["year"].isdigit()]  # fmt: skip
        country = {(row["series"], int(row["year"])): float(row["value"])
                   for row in table if row["region"] == "NL"}  # fmt: skip
        for row in table:
            if row["region"] in names:
                year, value = int(row["year"]), float(row["value"])
                if row["series"] == IN_KIND:
                    value *= record[series, year].value / country[row["series"], year]
                found.append({"slug": names[row["region"]], "series": series, "year": year, "value": value})
    return found


def judged_municipalities(
    information: Information,
    draws: pd.DataFrame,
    again: pd.DataFrame,
    simulated: int,
    unexplained: float,
) -> list[dict[str, Any]]:
    """Return a row per later figure of a municipality, as `rows_of_record` does for the country.

    Where a municipality has a known figure, the model and the simple forecasts extrapolate from it. Otherwise
    the model forecasts its level, and the simple forecasts use the country's figure with the known spread
    between municipalities.

    Parameters
    ----------
    information : Information
    draws, again : DataFrame
        As for `rows_of_record`.
    simulated : int
        Households of a simulated municipality.
    unexplained : float
        Standard deviation of a yearly change that the model does not explain, as a share of the value.
    """
    rng = np.random.default_rng(information.last_year + 1)
    figures = municipal_figures()
    country = known_values(information)
    walk = walk_deviation(list(country.values()))
    rows = []
    for row in (each for each in figures if each["year"] in information.years):
        slug, series, year = row["slug"], row["series"], row["year"]
        own = {each["year"]: each["value"] for each in figures if each["slug"] == slug
               and each["series"] == series and each["year"] <= information.last_year}  # fmt: skip
        name = f"{slug}.{series}"
        here, twice = draws[column(name, year)].to_numpy(), again[column(name, year)].to_numpy()
        error = of_model = information.error_without_bounds
        if own:
            base = column(name, max(own))
            here = own[max(own)] * here / draws[base].to_numpy()
            twice = own[max(own)] * twice / again[base].to_numpy()
            of_model = anchored_error(error, unexplained, year - max(own))
        sampling_fraction = simulated / municipality(slug).profile.households
        seen = predictive_draws(here, sampling_variance(here, twice), sampling_fraction, of_model, rng)
        spread = error if own else float(np.hypot(error, _spread(figures, series, country, information)))
        basis = own or {max(country[series]): country[series][max(country[series])]}
        forecasts = {MODEL: sampled_forecast(seen), ANCHORED: None,
                     LAST_VALUE: simple_forecast(LAST_VALUE, basis, year, walk, spread),
                     TREND: _with_country_trend(basis, country[series], year, walk, spread)}  # fmt: skip
        rows.append(row | {"own": bool(own), "forecasts": _plain_forecasts(forecasts)})
    return rows


def _spread(
    figures: Sequence[Mapping[str, Any]], series: str, country: Mapping[str, Mapping[int, float]],
    information: Information,
) -> float:  # fmt: skip
    """Return the root mean square distance of known municipal figures to the country's, as a share."""
    level = country[series][max(country[series])]
    known = [each["value"] / level - 1.0 for each in figures
             if each["series"] == series and each["year"] <= information.last_year]  # fmt: skip
    return float(np.sqrt(np.mean(np.square(known))))


def _with_country_trend(
    basis: Mapping[int, float], country: Mapping[int, float], year: int, walk: float, error: float
) -> Forecast | None:
    """Return a trend with the country's yearly growth, from any figure."""
    last = max(basis)
    growth = country[max(country)] / country[min(country)]
    before = basis[last] / growth ** (1.0 / (max(country) - min(country)))
    return simple_forecast(TREND, {last - 1: before, last: basis[last]}, year, walk, error)


def waiting_row(information: Information, draws: pd.DataFrame) -> dict[str, Any]:
    """Return the single figure on waiting and its forecast; not scored, as no earlier figure exists."""
    file, series, region = WAITING_SERIES
    year = information.last_forecast
    value = next(float(row["value"])
                 for row in read_rows(DATA_FOLDER / file, ("series", "region", "year", "value"))
                 if (row["series"], row["region"], row["year"]) == (series, region, str(year)))  # fmt: skip
    forecasts = _plain_forecasts({MODEL: sampled_forecast(draws[column(WAITING, year)].dropna().to_numpy())})
    return {"year": year, "value": value, "region": region, **forecasts}
