"""Histories as they would have been simulated at the end of 2017, and what they forecast."""

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.backtest.information import (
    FORECAST,
    Information,
    KnownHistory,
    fixed_in,
    known_history,
    known_targets,
    point_name,
    read_information,
    split_scenario,
)
from scenarios.analysis.calibration.measured import EXPRESSIONS, Measured
from scenarios.analysis.calibration.prior import changes_at
from scenarios.analysis.calibration.targets import measured_values
from scenarios.analysis.calibration.training_ensemble import TABLE, EnsembleWork, average_city
from scenarios.runs.draws import municipal_effects
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.country import of_the_sources
from scenarios.studies.engines import Part, as_parquet, check_version
from simulation.dated_figures import History
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.outcomes.history import SERIES, WholeYears
from simulation.parameters import changed
from simulation.processes.observation import STOCKS

WAITING = "youth_waiting_outpatient"  # weeks; one region's register has it, and only in 2022
MUNICIPAL = ("youth_share", "wmo_clients")
FIRST_YEAR = 2015
YEARS_BEYOND = 3  # the model is made for some years more than it is run, as those of the calibration


class ModelOf2017(Model):
    """A municipality whose dated figures are those that were known at the end of 2017."""

    def __init__(self, known: KnownHistory, *arguments: Any) -> None:
        self.known = known
        super().__init__(*arguments)

    @property
    def history(self) -> History:
        """What was known, and what was assumed of the years after."""
        return self.known


class YearsOfOneRun(WholeYears):
    """Reads whole years from one recorded run, in the prices it was simulated with.

    Parameters
    ----------
    model : ModelOf2017
        Run past the years asked for.
    years : range
        Calendar years.
    """

    def __init__(self, model: ModelOf2017, years: range) -> None:
        self.recorder = model.recorder
        self.years = np.array(years)
        self.price_index = model.known.figures["price_index"]

    def months(self, name: str) -> np.ndarray:
        """Return a column, float64 of shape (1, n_years, 12)."""
        first = (int(self.years[0]) - BASE_YEAR) * MONTHS_PER_YEAR - self.recorder.first_month
        values = self.recorder.column(name)[first : first + MONTHS_PER_YEAR * len(self.years)]
        return np.asarray(values, dtype=float).reshape(1, len(self.years), MONTHS_PER_YEAR)

    def december(self, name: str) -> np.ndarray:
        """Return a stock that is counted in December, float64 of shape (1, n_years)."""
        return np.array([[self.recorder.stocks[int(year)][STOCKS.index(name)] for year in self.years]],
                        dtype=float)  # fmt: skip

    def per_inhabitant(self, name: str) -> np.ndarray:
        """Return a yearly sum per inhabitant; all years asked for lie after the transition."""
        return self.total(name) / self.mean("inhabitants")


@cache
def information() -> Information:
    """Return the information set in data/."""
    return read_information()


def column(series: str, year: int) -> str:
    """Return the name of the column of a forecast."""
    return f"{series}.{year}"


def fitted_names() -> list[str]:
    """Return the targets that are fitted, in their order."""
    return [row.target for row in known_targets(information())[0]]


def run_known_history(work: EnsembleWork) -> Part:
    """Simulate some runs with what was known in 2017: a row each of fitted targets and of forecasts.

    Raises
    ------
    ValueError
        When this process runs another version of the model.
    """
    scenario = average_city(work.households)
    return _part(work, lambda run, shares: values_of_run(work, scenario, run.replication, shares))


def run_municipalities(work: EnsembleWork) -> Part:
    """Simulate the municipalities of the sources at some points, each of a quarter of the city."""
    return _part(work, lambda run, shares: _values_of_municipalities(work, run.replication, shares))


def _part(work: EnsembleWork, values_of: Callable[[Any, np.ndarray], Mapping[str, float]]) -> Part:
    """Return a part with a row of values per run."""
    check_version(work.result_version, "back-test")
    begin = time.process_time()
    rows = [{"point": run.point, "seed": run.replication, **values_of(run, shares)}
            for run, shares in zip(work.runs, work.points, strict=True)]  # fmt: skip
    table = as_parquet(pa.Table.from_pylist(rows))
    return Part(work.name, {TABLE: table}, work.runs, time.process_time() - begin)


def values_of_run(work: EnsembleWork, scenario: Scenario, seed: int, shares: np.ndarray) -> dict[str, float]:
    """Return the fitted targets and the forecasts of one run, by the names of their columns."""
    model = _model_at(work, scenario, seed, shares)
    found = _measured(model)
    release(model, dismantle=True)
    return found


def _model_at(
    work: EnsembleWork,
    scenario: Scenario,
    seed: int,
    shares: np.ndarray,
    effects: Mapping[str, float] | None = None,
) -> ModelOf2017:
    """Return a municipality that has run to the end of the last year forecast, at a point."""
    known = information()
    growth, others = split_scenario(work.uncertain, shares)
    uncertain = [each for each, _ in others]
    # One draw of what no target informs per point, so that a point that is run twice has the same.
    number = zlib.crc32(np.ascontiguousarray(shares).tobytes())
    drawn = changes_at(uncertain, np.array([share for _, share in others]), scenario.parameters, number)
    parameters = changed(scenario.parameters, drawn | fixed_in(known) | dict(effects or {}))
    history = known_history(known, growth)
    profile = replace(scenario.profile, country_households=history.figures["households"])
    end = (known.last_forecast + 1 - BASE_YEAR) * MONTHS_PER_YEAR
    model = ModelOf2017(history, parameters, profile, seed, 0, end + YEARS_BEYOND * MONTHS_PER_YEAR)
    model.recorder.stored, model.recorder.all_stocks = (), True
    model.run_until(end)
    return model


def _measured(model: ModelOf2017) -> dict[str, float]:
    """Return fitted targets and forecasts of a finished run."""
    known, targets = information(), fitted_names()
    found = measured_values(model, {name: EXPRESSIONS[name] for name in targets if name in EXPRESSIONS})
    years = YearsOfOneRun(model, range(FIRST_YEAR, known.last_forecast + 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        by_series = {name: SERIES[name].value(years)[0] for name in (*FORECAST, *known.fitted_record)}
    for name, values in by_series.items():
        for year, value in zip(years.years, values, strict=True):
            found[column(name, int(year))] = float(value)
            if point_name(name, int(year)) in targets:
                found[point_name(name, int(year))] = float(value)
    waiting = Measured(model).waiting_weeks("youth_outpatient", known.last_forecast)
    return found | {column(WAITING, known.last_forecast): float(waiting)}


def _values_of_municipalities(work: EnsembleWork, seed: int, shares: np.ndarray) -> dict[str, float]:
    """Return youth share and Wmo clients of every municipality by year, at one point.

    Their organisation is the neutral one: how each was organised after 2017 was not known. How each differs
    from others of the same people is drawn.
    """
    found = {}
    for place, slug in enumerate(of_the_sources()):
        scenario = municipality(slug, municipal_households(work.households))
        assert scenario.place is not None
        effects = municipal_effects(scenario.parameters, scenario.place, zlib.crc32(shares.tobytes()), 0)
        model = _model_at(work, scenario, seed + 1000 * (place + 1), shares, effects)
        years = YearsOfOneRun(model, range(information().last_year, information().last_forecast + 1))
        for name in MUNICIPAL:
            for year, value in zip(years.years, SERIES[name].value(years)[0], strict=True):
                found[column(f"{slug}.{name}", int(year))] = float(value)
        release(model, dismantle=True)
    return found


def municipal_households(households: int) -> int:
    """Return the households of every municipality beside a city of so many."""
    return max(200, households // 4)


@lru_cache(maxsize=64)
def municipality(slug: str, households: int | None = None) -> Scenario:
    """Return a municipality under the neutral organisation, of a number of households or of its own."""
    size = [f"municipality.households={households}"] if households else []
    return scenario_from(["system=national_average", f"municipality={slug}", *size])
