"""The information set of the end of 2017 (data/backtest_information.yaml), and forecasts based on it.

Nothing dated later may enter a back-test. Targets are left out by the years in their rows; dated figures and
priors that use later years are replaced by assumptions that were reasonable then.
"""

import re
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.calibration.inference import Uncertain, changes_at, uncertain_numbers
from scenarios.analysis.calibration.targets import EXPRESSIONS, Measured, measured_values
from scenarios.analysis.calibration.training_ensemble import TABLE, EnsembleWork, average_city
from scenarios.common.calibration_inputs import (
    DEVIATIONS_IN_BOUNDS,
    SCORED,
    TARGETS,
    Scored,
    priors,
    target_columns,
)
from scenarios.common.errors import ConfigurationError
from scenarios.config.scenario_forms import mistake, read_scenario_file
from scenarios.runs.draws import municipal_effects, scenario_numbers
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.country import municipalities_with_figures
from scenarios.studies.engines import Part, as_parquet, check_version
from simulation.dated_figures import DATA_FOLDER, DatedFigure, History, load_figures, read_rows
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.history import SERIES, Point, WholeYears, read_record
from simulation.parameters import Parameters, changed
from simulation.processes.observation import STOCKS

INFORMATION = DATA_FOLDER / "backtest_information.yaml"
KNOWN, ANNOUNCED, GROWS, HELD, NOT_READ = "known", "announced", "grows", "held", "not read"
TREATMENTS = (KNOWN, ANNOUNCED, GROWS, HELD, NOT_READ)
SHAPE = {
    "last_year": int, "first_forecast": int, "last_forecast": int,
    "figures": {"*": {"treatment": str, "until": str, "per_year": [float], "net_of": str, "source": str}},
    "parameters": {"*": {"low": float, "high": float, "source": str}},
    "fitted_record": [str],
    "error_without_bounds": {"value": float, "source": str},
    "history_known": [str],
    "known_beside_record": {"*": {"year": int, "value": float, "source": str}},
}  # fmt: skip
REQUIRED = ("last_year", "first_forecast", "last_forecast", "figures.*.treatment", "figures.*.source",
            "parameters.*.low", "parameters.*.high", "parameters.*.source", "fitted_record",
            "error_without_bounds.value", "history_known", "known_beside_record")  # fmt: skip
# Prefix of drawn growth rates among the uncertain numbers; no parameter name begins with it.
SCENARIO = "scenario."
GRANTS = "grant_growth_scenarios"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LAST_MONTH_KNOWN = month_number("2045-01")


@dataclass(frozen=True)
class Information:
    """The information set of a back-test.

    Attributes
    ----------
    last_year, first_forecast, last_forecast : int
        Last year with known figures, and the years that are forecast.
    figures, parameters : dict
        As in the file: treatment of dated figures and priors, with sources.
    fitted_record : tuple of str
        Series of the record whose known years are fitted.
    error_without_bounds : float
        Standard deviation of an observed figure without bounds, as a share of it.
    history_known : tuple of str
        Series of data/history.csv with rows of later years that were already published.
    known_beside_record : dict
        Figures that were known and are not in the record, by series, with year and source.
    """

    last_year: int
    first_forecast: int
    last_forecast: int
    figures: Mapping[str, Mapping[str, Any]]
    parameters: Mapping[str, Mapping[str, Any]]
    fitted_record: tuple[str, ...]
    error_without_bounds: float
    history_known: tuple[str, ...]
    known_beside_record: Mapping[str, Mapping[str, Any]]

    @property
    def years(self) -> range:
        """The years that are forecast."""
        return range(self.first_forecast, self.last_forecast + 1)


def read_information(path: Path = INFORMATION) -> Information:
    """Return the information set of the file.

    Raises
    ------
    ConfigurationError
        When it cannot be read, names an unknown figure or treatment, lacks what its treatment needs, or has
        no treatment for a figure with later values.
    """
    content = read_scenario_file(path, SHAPE, REQUIRED)
    known = load_figures()
    for name, entry in content["figures"].items():
        if name not in known or entry["treatment"] not in TREATMENTS:
            raise mistake(path, f"{name}: expected a dated figure and one of {', '.join(TREATMENTS)}",
                          "figures", name)  # fmt: skip
        if entry.get("net_of", name) not in known or ("net_of" in entry and entry["treatment"] != GROWS):
            raise mistake(path, f"{name}: net_of takes a dated figure and goes with {GROWS}", "figures", name)
        needs = {"until": (KNOWN, GROWS, HELD), "per_year": (GROWS,)}
        per_year = entry.get("per_year", [0.0, 0.0])
        if len(per_year) != 2 or per_year[0] > per_year[1]:
            raise mistake(
                path, f"{name}: per_year takes two ends, the lower first", "figures", name, "per_year"
            )
        for key, treatments in needs.items():
            if (key in entry) != (entry["treatment"] in treatments):
                raise mistake(path, f"{name}: {entry['treatment']} and {key} do not go together",
                              "figures", name)  # fmt: skip
    for name in sorted(later_figures(known, content["last_year"]) - set(content["figures"])):
        raise mistake(path, f"{name} has values after {content['last_year']} and is not decided", "figures")
    return Information(
        content["last_year"], content["first_forecast"], content["last_forecast"], content["figures"],
        content["parameters"], tuple(content["fitted_record"]), content["error_without_bounds"]["value"],
        tuple(content["history_known"]), content["known_beside_record"],
    )  # fmt: skip


def later_figures(figures: Mapping[str, DatedFigure], last_year: int) -> set[str]:
    """Return the names of dated figures with a value after a year."""
    end = month_number(f"{last_year + 1}-01")
    return {name for name, figure in figures.items() if figure.months[-1] >= end}


# Targets.


def year_of_row(row: Mapping[str, str]) -> int | None:
    """Return the last year named by a row's period or source, None where the period names none.

    The source counts because a study published later was not known, whatever years it covers.

    Examples
    --------
    >>> year_of_row({"period": "2015-2017", "source": "CPB 2019"})
    2019
    >>> year_of_row({"period": "", "source": "AEF 2020"})
    """
    if not YEAR.search(row["period"]):
        return None
    return max(int(year) for year in YEAR.findall(f"{row['period']} {row['source']}"))


@dataclass(frozen=True)
class LeftOut:
    """A target that is not fitted, and the reason."""

    target: str
    reason: str


def known_targets(information: Information, path: Path = TARGETS) -> tuple[tuple[Scored, ...], list[LeftOut]]:
    """Return the targets that were known, those of the file first, and the targets left out."""
    dated = {row["target"]: year_of_row(row) for row in read_rows(path, ("target", "period", "source"))}
    rows, left_out = [], []
    for columns in target_columns(path):
        name = columns["target"]
        year = dated[name]
        if columns["kind"] not in SCORED:
            continue
        if year is None:
            left_out.append(LeftOut(name, "no date"))
        elif year > information.last_year:
            left_out.append(LeftOut(name, f"dated {year}"))
        elif name not in EXPRESSIONS:
            left_out.append(LeftOut(name, "needs an experiment of its own"))
        else:
            rows.append(columns)
    rows += [_as_row(point, information) for point in known_points(information)]
    return tuple(Scored(**row) for row in rows), left_out


def known_points(information: Information) -> list[Point]:
    """Return the known points of the record that are fitted and are not targets."""
    named = {row["target"] for row in target_columns()}
    return [
        point
        for (series, year), point in sorted(read_record().items())
        if series in information.fitted_record
        and year <= information.last_year
        and f"{series}_per_1000_{year}" not in named
    ]


def point_name(series: str, year: int) -> str:
    """Return the target name of a point of the record.

    Examples
    --------
    >>> point_name("wmo_support", 2017)
    'record_wmo_support_2017'
    """
    return f"record_{series}_{year}"


def _as_row(point: Point, information: Information) -> dict[str, Any]:
    """Return a point of the record as a target, with its own bounds or those of the assumed error."""
    half = 0.5 * DEVIATIONS_IN_BOUNDS * deviation_of(point, information)
    low, high = (point.low, point.high) if point.low is not None else (point.value - half, point.value + half)
    block = {"youth": "youth", "wmo": "wmo"}.get(point.series.split("_")[0], "budget")
    return {"target": point_name(point.series, point.year), "kind": "emergent", "block": block,
            "unit": point.unit, "value": point.value, "low": low, "high": high}  # fmt: skip


def deviation_of(point: Point, information: Information) -> float:
    """Return the standard deviation of a figure of the record; its bounds are a 90% interval."""
    if point.low is not None and point.high is not None:
        return (point.high - point.low) / DEVIATIONS_IN_BOUNDS
    return information.error_without_bounds * abs(point.value)


def truths(information: Information) -> dict[str, list[Point]]:
    """Return the points of the record that are forecast, by series of the model."""
    found: dict[str, list[Point]] = {}
    for (series, year), point in sorted(read_record().items()):
        if series in FORECAST and year in information.years:
            found.setdefault(series, []).append(point)
    return found


# Series that are forecast: those that are scored, then the same in other prices or as an index, and one kind
# without earlier figures. Norms, and series without later figures, are left out.
FORECAST = (
    "youth_share", "wmo_clients", "wmo_household_help", "wmo_support", "wmo_residence", "youth_stay_share",
    "youth_spending", "wmo_spending", "youth_users_index", "youth_stay_per_1000", "youth_spending_real",
    "wmo_spending_real", "youth_spending_without_teams",
)  # fmt: skip


# Inputs of the model.


def uncertain_in(information: Information, parameters: Parameters) -> tuple[Uncertain, ...]:
    """Return the uncertain numbers: parameters with their priors of then, and growth rates of figures."""
    others = [each for each in uncertain_numbers(parameters) if each.name not in information.parameters]
    replaced = [
        Uncertain(name, None, entry["low"], entry["high"], 0.5 * (entry["low"] + entry["high"]))
        for name, entry in information.parameters.items()
        if entry["low"] < entry["high"]
    ]
    growth = [
        Uncertain(
            SCENARIO + name, None, entry["per_year"][0], entry["per_year"][1], 0.5 * sum(entry["per_year"])
        )  # fmt: skip
        for name, entry in information.figures.items()
        if entry["treatment"] == GROWS
    ]
    return (*others, *replaced, *growth)


def later_priors(information: Information, parameters: Parameters) -> list[str]:
    """Return the parameters that keep a prior whose source names a year after the last known one."""
    sources = {key: prior.source for key, prior in priors().items()}
    for name in scenario_numbers():
        group, short = name.split(".")
        declared = next(each for each in fields(getattr(parameters, group)) if each.name == short)
        sources[name] = str(declared.metadata.get("source", ""))
    return [name for name, source in sources.items() if name not in information.parameters
            and max(map(int, YEAR.findall(source)), default=0) > information.last_year]  # fmt: skip


def fixed_in(information: Information) -> dict[str, float]:
    """Return the parameters that the information set fixes at one value."""
    return {name: entry["low"] for name, entry in information.parameters.items()
            if entry["low"] == entry["high"]}  # fmt: skip


def split_scenario(
    uncertain: Sequence[Uncertain], shares: np.ndarray
) -> tuple[dict[str, float], list[tuple[Uncertain, float]]]:
    """Return the growth rate of each dated figure at a point, and the parameters with their shares."""
    growth, others = {}, []
    for each, share in zip(uncertain, shares, strict=True):
        if each.name.startswith(SCENARIO):
            growth[each.name.removeprefix(SCENARIO)] = each.at(share)
        else:
            others.append((each, share))
    return growth, others


@dataclass(frozen=True)
class KnownHistory(History):
    """Dated figures as known at the end of 2017; grants grow from the last known budget.

    Attributes
    ----------
    grants_from : int
        January of the last year with known grants.
    grant_growth : float
        Growth of grants per inhabitant from then on, above prices, share per year.
    """

    grants_from: int
    grant_growth: float

    def growth_after_known(self, month: int, growth_per_year: float) -> float:
        """Return the growth of grants since the last known year; the grant scenario of the run is ignored."""
        years = max(0, (month - self.grants_from) // MONTHS_PER_YEAR)
        return float((1.0 + self.grant_growth) ** years)


def known_history(information: Information, growth: Mapping[str, float]) -> KnownHistory:
    """Return the history as known, extended with the drawn growth rates.

    Parameters
    ----------
    information : Information
    growth : dict of str to float
        Growth rate per year of every figure that grows.
    """
    figures = dict(_all_figures())
    for name, entry in information.figures.items():
        if name != GRANTS and entry["treatment"] in (KNOWN, GROWS, HELD):
            until = month_number(entry["until"])
            figures[name] = cut_off(figures[name], until, growth.get(name, 0.0))
    for name, entry in information.figures.items():
        if "net_of" in entry:
            figures[name] = net_of(figures[name], figures[entry["net_of"]], month_number(entry["until"]))
    return KnownHistory(figures, month_number(information.figures[GRANTS]["until"]), growth[GRANTS])


@cache
def _all_figures() -> dict[str, DatedFigure]:
    return load_figures()


def cut_off(figure: DatedFigure, until: int, per_year: float) -> DatedFigure:
    """Return a figure without its values after a month; it then grows each January, or is constant.

    Raises
    ------
    ConfigurationError
        For a figure without a value up to that month.
    """
    places = [place for place, month in enumerate(figure.months) if month <= until]
    if not places:
        raise ConfigurationError(f"{figure.name}: has no value by month {until}")
    months, values = [figure.months[each] for each in places], [figure.values[each] for each in places]
    statuses = [figure.statuses[each] for each in places]
    last = values[-1]
    for year in range(1, (LAST_MONTH_KNOWN - until) // MONTHS_PER_YEAR + 1 if per_year else 0):
        months.append(until + year * MONTHS_PER_YEAR)
        values.append(last * (1.0 + per_year) ** year)
        statuses.append("assumed")
    return replace(figure, months=tuple(months), values=tuple(values), statuses=tuple(statuses))


def net_of(figure: DatedFigure, part: DatedFigure, since: int) -> DatedFigure:
    """Return a figure without the growth of a part of it since a month."""
    values = [
        value * part.at(since) / part.at(month) if month > since else value
        for month, value in zip(figure.months, figure.values, strict=True)
    ]
    return replace(figure, values=tuple(values))


WAITING = "youth_waiting_outpatient"  # weeks; in one region's register only, in 2022
MUNICIPAL = ("youth_share", "wmo_clients")
FIRST_YEAR = 2015
YEARS_BEYOND = 3  # the model is made for more years than it is run, as in the calibration


class ModelOf2017(Model):
    """A municipality with the dated figures that were known at the end of 2017."""

    def __init__(self, known: KnownHistory, *arguments: Any) -> None:
        self.known = known
        super().__init__(*arguments)

    @property
    def history(self) -> History:
        """The known figures, with assumptions for later years."""
        return self.known


class YearsOfOneRun(WholeYears):
    """Whole years of one recorded run, in the prices it was simulated with.

    Parameters
    ----------
    model : ModelOf2017
        A model that has run past the last year that is read.
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
        """Return a stock in December, float64 of shape (1, n_years)."""
        return np.array([[self.recorder.stocks[int(year)][STOCKS.index(name)] for year in self.years]],
                        dtype=float)  # fmt: skip

    def per_inhabitant(self, name: str) -> np.ndarray:
        """Return a yearly sum per inhabitant; all years are after the transition."""
        return self.total(name) / self.mean("inhabitants")


@cache
def information() -> Information:
    """Return the information set in data/."""
    return read_information()


def column(series: str, year: int) -> str:
    """Return the column name of a forecast."""
    return f"{series}.{year}"


def fitted_names() -> list[str]:
    """Return the names of the fitted targets, in order."""
    return [row.target for row in known_targets(information())[0]]


def run_known_history(work: EnsembleWork) -> Part:
    """Simulate a batch of runs with the information of 2017: a row of fitted targets and forecasts each.

    Raises
    ------
    ValueError
        When this process runs another version of the model.
    """
    scenario = average_city(work.households)
    return _part(work, lambda run, shares: values_of_run(work, scenario, run.replication, shares))


def run_municipalities(work: EnsembleWork) -> Part:
    """Simulate the municipalities of the sources at some points, each a quarter of the city's size."""
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
    """Return the fitted targets and forecasts of one run, by column name."""
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
    """Return a municipality at a point, simulated to the end of the last forecast year."""
    known = information()
    growth, others = split_scenario(work.uncertain, shares)
    uncertain = [each for each, _ in others]
    # One scenario draw per point, so that repeated runs of a point share it.
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
    """Return the fitted targets and forecasts of a finished run."""
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

    All have the neutral organisation, as their organisation after 2017 was not known. Differences between
    municipalities with the same people are drawn.
    """
    found = {}
    for place, slug in enumerate(municipalities_with_figures()):
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
    """Return the households of every simulated municipality, given those of the city."""
    return max(200, households // 4)


@lru_cache(maxsize=64)
def municipality(slug: str, households: int | None = None) -> Scenario:
    """Return a municipality under the neutral organisation, with a given number of households or its own."""
    size = [f"municipality.households={households}"] if households else []
    return scenario_from(["system=national_average", f"municipality={slug}", *size])
