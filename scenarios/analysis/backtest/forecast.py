"""What was known at the end of 2017 (data/backtest_information.yaml), and what simulations then forecast.

Nothing dated later may enter a back-test. Targets are left out by the years their rows name; dated figures
and priors that later years informed are replaced by what one would have assumed then.
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
    "figures": {"*": {"treatment": str, "until": str, "per_year": [float], "source": str}},
    "parameters": {"*": {"low": float, "high": float, "source": str}},
    "fitted_record": [str],
    "error_without_bounds": {"value": float, "source": str},
    "history_known": [str],
    "known_beside_record": {"*": {"year": int, "value": float, "source": str}},
}  # fmt: skip
REQUIRED = ("last_year", "first_forecast", "last_forecast", "figures.*.treatment", "figures.*.source",
            "parameters.*.low", "parameters.*.high", "parameters.*.source", "fitted_record",
            "error_without_bounds.value", "history_known", "known_beside_record")  # fmt: skip
# Names of drawn growth among the uncertain numbers; a parameter's name never begins like this.
SCENARIO = "scenario."
GRANTS = "grant_growth_scenarios"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LAST_MONTH_KNOWN = month_number("2045-01")


@dataclass(frozen=True)
class Information:
    """What a back-test knows.

    Attributes
    ----------
    last_year, first_forecast, last_forecast : int
        Last year whose figures are known, and the years that are forecast.
    figures, parameters : dict
        As in the file: what is done to dated figures and to priors, with its source.
    fitted_record : tuple of str
        Series of the record whose known points are fitted.
    error_without_bounds : float
        Standard deviation of a figure of the record that has no bounds, as a share of it.
    history_known : tuple of str
        Series of data/history.csv with rows of later years that were published by then.
    known_beside_record : dict
        By series a figure that was known and that the record does not hold, with its year and source.
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
    """Return what the file says.

    Raises
    ------
    ConfigurationError
        When it cannot be read, names a figure or a treatment that does not exist, lacks what its treatment
        needs, or leaves a figure with later values undecided.
    """
    told = read_scenario_file(path, SHAPE, REQUIRED)
    known = load_figures()
    for name, entry in told["figures"].items():
        if name not in known or entry["treatment"] not in TREATMENTS:
            raise mistake(path, f"{name}: expected a dated figure and one of {', '.join(TREATMENTS)}",
                          "figures", name)  # fmt: skip
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
    for name in sorted(later_figures(known, told["last_year"]) - set(told["figures"])):
        raise mistake(path, f"{name} has values after {told['last_year']} and is not decided", "figures")
    return Information(
        told["last_year"], told["first_forecast"], told["last_forecast"], told["figures"],
        told["parameters"], tuple(told["fitted_record"]), told["error_without_bounds"]["value"],
        tuple(told["history_known"]), told["known_beside_record"],
    )  # fmt: skip


def later_figures(figures: Mapping[str, DatedFigure], last_year: int) -> set[str]:
    """Return the names of dated figures that have a value dated after a year."""
    end = month_number(f"{last_year + 1}-01")
    return {name for name, figure in figures.items() if figure.months[-1] >= end}


# Targets.


def year_of_row(row: Mapping[str, str]) -> int | None:
    """Return the last year that a row's period or its source names, None where the period names none.

    A study that appeared later was not known, whatever the years it is about.

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
    """A target that does not enter the fit, and why."""

    target: str
    reason: str


def known_targets(information: Information, path: Path = TARGETS) -> tuple[tuple[Scored, ...], list[LeftOut]]:
    """Return the targets that were known, those of the file first, and what is left out."""
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
    """Return the points of the record up to the last year known that are fitted, no target among them."""
    named = {row["target"] for row in target_columns()}
    return [
        point
        for (series, year), point in sorted(read_record().items())
        if series in information.fitted_record
        and year <= information.last_year
        and f"{series}_per_1000_{year}" not in named
    ]


def point_name(series: str, year: int) -> str:
    """Return what a point of the record is called among targets.

    Examples
    --------
    >>> point_name("wmo_support", 2017)
    'record_wmo_support_2017'
    """
    return f"record_{series}_{year}"


def _as_row(point: Point, information: Information) -> dict[str, Any]:
    """Return a point of the record as a target: bounds of its own, or those of the error assumed."""
    half = 0.5 * DEVIATIONS_IN_BOUNDS * deviation_of(point, information)
    low, high = (point.low, point.high) if point.low is not None else (point.value - half, point.value + half)
    block = {"youth": "youth", "wmo": "wmo"}.get(point.series.split("_")[0], "budget")
    return {"target": point_name(point.series, point.year), "kind": "emergent", "block": block,
            "unit": point.unit, "value": point.value, "low": low, "high": high}  # fmt: skip


def deviation_of(point: Point, information: Information) -> float:
    """Return the standard deviation of a figure of the record: its bounds are a 90% interval."""
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


# Series that are forecast: those that count, then the same in other prices or as an index, and one kind that
# nobody had counted before. Norms, and what has no later figure, are left out.
FORECAST = (
    "youth_share", "wmo_clients", "wmo_household_help", "wmo_support", "wmo_residence", "youth_stay_share",
    "youth_spending", "wmo_spending", "youth_users_index", "youth_stay_per_1000", "youth_spending_real",
    "wmo_spending_real", "youth_spending_without_teams",
)  # fmt: skip


# What the model runs with.


def uncertain_in(information: Information, parameters: Parameters) -> tuple[Uncertain, ...]:
    """Return what varies: parameters with their priors of then, and the growth of what was unknown."""
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
    """Return the parameters that keep a prior whose source names a year after the last one known."""
    sources = {key: prior.source for key, prior in priors().items()}
    for name in scenario_numbers():
        group, short = name.split(".")
        declared = next(each for each in fields(getattr(parameters, group)) if each.name == short)
        sources[name] = str(declared.metadata.get("source", ""))
    return [name for name, source in sources.items() if name not in information.parameters
            and max(map(int, YEAR.findall(source)), default=0) > information.last_year]  # fmt: skip


def fixed_in(information: Information) -> dict[str, float]:
    """Return the parameters that the information set holds at one value."""
    return {name: entry["low"] for name, entry in information.parameters.items()
            if entry["low"] == entry["high"]}  # fmt: skip


def split_scenario(
    uncertain: Sequence[Uncertain], shares: np.ndarray
) -> tuple[dict[str, float], list[tuple[Uncertain, float]]]:
    """Return the growth that a point draws, by dated figure, and the parameters with their shares."""
    growth, others = {}, []
    for each, share in zip(uncertain, shares, strict=True):
        if each.name.startswith(SCENARIO):
            growth[each.name.removeprefix(SCENARIO)] = each.at(share)
        else:
            others.append((each, share))
    return growth, others


@dataclass(frozen=True)
class KnownHistory(History):
    """Dated figures as they were known, with growth of grants from the last budget known.

    Attributes
    ----------
    grants_from : int
        January of the last year whose grants were known.
    grant_growth : float
        Growth of grants per inhabitant from then on, above prices, a year.
    """

    grants_from: int
    grant_growth: float

    def growth_after_known(self, month: int, growth_per_year: float) -> float:
        """Return the growth of grants over the last year known; the scenario of the run is not read."""
        years = max(0, (month - self.grants_from) // MONTHS_PER_YEAR)
        return float((1.0 + self.grant_growth) ** years)


def known_history(information: Information, growth: Mapping[str, float]) -> KnownHistory:
    """Return the history as it was known, with what was unknown growing as drawn.

    Parameters
    ----------
    information : Information
    growth : dict of str to float
        Growth a year of every figure that grows.
    """
    figures = dict(_all_figures())
    for name, entry in information.figures.items():
        if name != GRANTS and entry["treatment"] in (KNOWN, GROWS, HELD):
            until = month_number(entry["until"])
            figures[name] = cut_off(figures[name], until, growth.get(name, 0.0))
    return KnownHistory(figures, month_number(information.figures[GRANTS]["until"]), growth[GRANTS])


@cache
def _all_figures() -> dict[str, DatedFigure]:
    return load_figures()


def cut_off(figure: DatedFigure, until: int, per_year: float) -> DatedFigure:
    """Return a figure without its values after a month; from there it grows each January, or is held.

    Raises
    ------
    ConfigurationError
        For a figure without a value by then.
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
    """Return the households of every municipality next to a city of so many."""
    return max(200, households // 4)


@lru_cache(maxsize=64)
def municipality(slug: str, households: int | None = None) -> Scenario:
    """Return a municipality under the neutral organisation, of a number of households or of its own."""
    size = [f"municipality.households={households}"] if households else []
    return scenario_from(["system=national_average", f"municipality={slug}", *size])
