"""The forecasts beside what happened, variable by variable, and what a simple forecast would have said."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.backtest.forecast import FIRST_YEAR, WAITING, column, municipality
from scenarios.analysis.backtest.information import FORECAST, Information, deviation_of, truths
from scenarios.analysis.backtest.scores import (
    LAST_VALUE,
    LEVELS,
    TREND,
    Forecast,
    predictive_draws,
    sampled_forecast,
    sampling_variance,
    scores,
    simple_forecast,
    walk_deviation,
)
from scenarios.studies.country import of_the_sources
from simulation.dated_figures import DATA_FOLDER, read_rows
from simulation.outcomes.history import INDEX_YEAR, SERIES, read_record

MODEL = "model"
ANCHORED = "anchored"  # the model's growth from the last figure known, as demographers start a forecast
FORECASTERS = (MODEL, ANCHORED, LAST_VALUE, TREND)
# What is said beside every later projection: the error of these.
HEADLINE = {"youth_users": ("youth_share",), "wmo_clients": ("wmo_clients",),
            "spending": ("youth_spending", "wmo_spending")}  # fmt: skip
# Series of the municipal figures: of all years; of 2022, which counts help in kind alone.
MUNICIPAL_ROWS = {
    "youth_share": ("youth_care.csv", ("youth_care_users_share_u18", "youth_help_share_u18")),
    "wmo_clients": ("social_domain.csv", ("wmo_clients_per_1000_year",)),
}
IN_KIND = "youth_help_share_u18"
WAITING_SERIES = ("youth_care.csv", "waiting_mean_weeks_outpatient_E", "Rijnmond region")


def error_of(series: str, information: Information) -> float:
    """Return the error with which a series is observed, as a share: that of its known figures with bounds, or
    the one assumed.
    """
    known = [deviation_of(point, information) / abs(point.value)
             for (name, year), point in read_record().items()
             if name == series and year <= information.last_year]  # fmt: skip
    return float(np.mean(known)) if known else information.error_without_bounds


def known_values(information: Information) -> dict[str, dict[int, float]]:
    """Return the record up to the last year known, by series and year; an index has its base year."""
    found: dict[str, dict[int, float]] = {name: {} for name in FORECAST}
    found["youth_users_index"][INDEX_YEAR] = 100.0
    for (series, year), point in read_record().items():
        if series in found and year <= information.last_year:
            found[series][year] = point.value
    for series, figure in information.known_beside_record.items():
        found[series][figure["year"]] = figure["value"]
    return {series: dict(sorted(values.items())) for series, values in found.items()}


def fans(
    information: Information, draws: pd.DataFrame, again: pd.DataFrame, kept: float
) -> dict[str, list[dict[str, Any]]]:
    """Return every forecast by series, a row per year from that of the transition on.

    Parameters
    ----------
    information : Information
    draws, again : DataFrame
        Forecasts at draws of the posterior, a column per series and year; the first rows once more with
        another seed.
    kept : float
        Simulated households over those of the country.

    Returns
    -------
    dict of str to list of dict
        "year", what was "known" in it, and the forecasts; simple ones only of later years.
    """
    rng = np.random.default_rng(information.last_year)
    known = known_values(information)
    walk = walk_deviation(list(known.values()))
    found: dict[str, list[dict[str, Any]]] = {}
    for series in FORECAST:
        error, years = error_of(series, information), range(FIRST_YEAR, information.last_forecast + 1)
        by_chance = _between(draws, again, series, years)
        for year in years:
            here = draws[column(series, year)].to_numpy()
            variance = by_chance * float(np.nanmean(here)) ** 2
            seen = predictive_draws(here, variance, kept, error, rng)
            forecasts: dict[str, Forecast | None] = {MODEL: sampled_forecast(seen), ANCHORED: None}
            if year in information.years and known[series]:
                # The last figure known has an error of observation too, and its year a sampling variance.
                grown = _grown_from_last(draws, series, year, known[series])
                variance = 2.0 * by_chance * float(np.nanmean(grown)) ** 2
                forecasts[ANCHORED] = sampled_forecast(
                    predictive_draws(grown, variance, kept, error * np.sqrt(2.0), rng)
                )
            for kind in (LAST_VALUE, TREND):
                later = year in information.years
                forecasts[kind] = simple_forecast(kind, known[series], year, walk, error) if later else None
            found.setdefault(series, []).append(
                {"year": year, "known": known[series].get(year), "forecasts": _told(forecasts)}
            )
    return found


def _grown_from_last(draws: pd.DataFrame, series: str, year: int, known: Mapping[int, float]) -> np.ndarray:
    """Return the last figure known times the growth of each draw since then, float64 of shape (n_draws,)."""
    last = max(known)
    growth = draws[column(series, year)].to_numpy() / draws[column(series, last)].to_numpy()
    return np.asarray(known[last] * growth, dtype=float)


def judged(information: Information, forecasts: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return a row per figure of the record of the years forecast: what happened, and its forecasts."""
    return [
        {"series": series, "year": point.year, "value": point.value, "low": point.low, "high": point.high,
         "unit": point.unit, "note": point.derivation, "counted": SERIES[series].counted,
         "forecasts": next(row["forecasts"] for row in forecasts[series] if row["year"] == point.year)}
        for series in FORECAST for point in truths(information).get(series, [])
    ]  # fmt: skip


def _between(draws: pd.DataFrame, again: pd.DataFrame, series: str, years: Sequence[int]) -> float:
    """Return the sampling variance of a series over its squared mean, pooled over years."""
    found = []
    for year in years:
        here, twice = (table[column(series, year)].to_numpy() for table in (draws, again))
        mean = float(np.nanmean(here))
        found.append(sampling_variance(here, twice) / mean**2 if mean else 0.0)
    return float(np.mean(found))


def _told(forecasts: Mapping[str, Forecast | None]) -> dict[str, Any]:
    """Return forecasts as plain data."""
    return {kind: None if each is None else {"median": each.median, **{
        f"interval_{100 * level:.0f}": list(each.intervals[level]) for level in LEVELS}}
        for kind, each in forecasts.items()}  # fmt: skip


def forecast_in(told: Mapping[str, Any]) -> Forecast:
    """Return a forecast from plain data."""
    return Forecast(told["median"], {level: tuple(told[f"interval_{100 * level:.0f}"]) for level in LEVELS})


def scores_of(rows: Sequence[Mapping[str, Any]], beside: str = MODEL) -> dict[str, dict[str, float]]:
    """Return the scores of every forecaster, on the rows that `beside` can forecast as well.

    Two are compared on the same figures: the scores of the model beside a trend are of the figures for which
    there is a trend.
    """
    rows = [row for row in rows if row["forecasts"][beside] is not None]
    found = {}
    for kind in FORECASTERS:
        mine = [row for row in rows if row["forecasts"].get(kind) is not None]
        if mine and len(mine) == len(rows):
            forecasts = [forecast_in(row["forecasts"][kind]) for row in mine]
            found[kind] = scores(forecasts, [row["value"] for row in mine])
    return found


def scores_by_series(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the scores of every forecaster by series, each on all figures of the series."""
    found = {}
    for series in dict.fromkeys(row["series"] for row in rows):
        found[series] = scores_of([row for row in rows if row["series"] == series])
    return found


def worse_than(by_series: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, list[str]]:
    """Return by series the simple forecasts that the model is worse than, by score.

    Returns
    -------
    dict of str to list of str
        As "error trend" or "winkler last_value"; empty where it is worse than none.
    """
    return {
        series: [f"{score} {kind}" for kind in (LAST_VALUE, TREND) for score in ("error", "winkler")
                 if kind in found and found[MODEL][score] > found[kind][score]]
        for series, found in by_series.items()
    }  # fmt: skip


def headline_errors(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the mean absolute percentage errors that stand beside projections, per forecaster."""
    found = {}
    for name, series in HEADLINE.items():
        mine = [row for row in rows if row["series"] in series]
        found[name] = {kind: each["error"] for kind, each in scores_of(mine).items()}
    return found


# -- municipalities ------------------------------------------------------------------------------------


def municipal_figures() -> list[dict[str, Any]]:
    """Return what registers say of the municipalities of the sources: slug, series, year, value.

    The registers of 2022 count help in kind alone. They are raised by what the country's record of that year
    is above the country's help in kind.
    """
    names = {municipality(slug).profile.name: slug for slug in of_the_sources()}
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
    information: Information, draws: pd.DataFrame, again: pd.DataFrame, simulated: int
) -> list[dict[str, Any]]:
    """Return a row per later figure of a municipality, as `judged` does for the country.

    Where a municipality has a figure that was known, the model forecasts its growth from there, and so do the
    simple forecasts. Where it has none, the model forecasts its level, and the simple forecasts take the
    country's, with the spread between the municipalities that are known.

    Parameters
    ----------
    information : Information
    draws, again : DataFrame
        As for `judged`.
    simulated : int
        Households of a simulated municipality.
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
        if own:
            base = column(name, information.last_year)
            here = own[max(own)] * here / draws[base].to_numpy()
            twice = own[max(own)] * twice / again[base].to_numpy()
        error = information.error_without_bounds
        kept = simulated / municipality(slug).profile.households
        seen = predictive_draws(here, sampling_variance(here, twice), kept, error, rng)
        spread = error if own else float(np.hypot(error, _spread(figures, series, country, information)))
        basis = own or {max(country[series]): country[series][max(country[series])]}
        forecasts = {MODEL: sampled_forecast(seen), ANCHORED: None,
                     LAST_VALUE: simple_forecast(LAST_VALUE, basis, year, walk, spread),
                     TREND: _with_country_trend(basis, country[series], year, walk, spread)}  # fmt: skip
        rows.append(row | {"own": bool(own), "forecasts": _told(forecasts)})
    return rows


def _spread(
    figures: Sequence[Mapping[str, Any]], series: str, country: Mapping[str, Mapping[int, float]],
    information: Information,
) -> float:  # fmt: skip
    """Return the root mean square distance of known municipal figures from the country's, as a share."""
    level = country[series][max(country[series])]
    known = [each["value"] / level - 1.0 for each in figures
             if each["series"] == series and each["year"] <= information.last_year]  # fmt: skip
    return float(np.sqrt(np.mean(np.square(known))))


def _with_country_trend(
    basis: Mapping[int, float], country: Mapping[int, float], year: int, walk: float, error: float
) -> Forecast | None:
    """Return a trend that takes the country's yearly growth, whoever's figure it begins at."""
    last = max(basis)
    growth = country[max(country)] / country[min(country)]
    before = basis[last] / growth ** (1.0 / (max(country) - min(country)))
    return simple_forecast(TREND, {last - 1: before, last: basis[last]}, year, walk, error)


def waiting_row(information: Information, draws: pd.DataFrame) -> dict[str, Any]:
    """Return the one figure on waiting beside the model; no figure was known, so it is not scored."""
    file, series, region = WAITING_SERIES
    year = information.last_forecast
    value = next(float(row["value"])
                 for row in read_rows(DATA_FOLDER / file, ("series", "region", "year", "value"))
                 if (row["series"], row["region"], row["year"]) == (series, region, str(year)))  # fmt: skip
    told = _told({MODEL: sampled_forecast(draws[column(WAITING, year)].dropna().to_numpy())})
    return {"year": year, "value": value, "region": region, **told}
