"""The back-test: nothing dated after 2017 enters, scores are right, and it resumes."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.backtest.command import errors_of
from scenarios.analysis.backtest.forecast import (
    FORECAST,
    GROWS,
    INFORMATION,
    SCENARIO,
    ModelOf2017,
    column,
    cut_off,
    fitted_names,
    known_history,
    known_points,
    known_targets,
    later_figures,
    read_information,
    run_known_history,
    uncertain_in,
    year_of_row,
)
from scenarios.analysis.backtest.judging import (
    LAST_VALUE,
    TREND,
    Forecast,
    coverage,
    coverage_if_right,
    error_of,
    judged_municipalities,
    known_values,
    municipal_figures,
    normal_forecast,
    percentage_error,
    predictive_draws,
    sampling_variance,
    scores,
    scores_of,
    simple_forecast,
    unexplained_walk,
    walk_deviation,
    winkler,
    worse_than,
)
from scenarios.analysis.backtest.page import _evidence, page
from scenarios.analysis.calibration.training_ensemble import average_city
from scenarios.apps.dashboard.answering import place_of_state
from scenarios.apps.dashboard.state import State
from scenarios.cli import main
from scenarios.common.calibration_inputs import TARGETS, scored_targets
from scenarios.common.errors import ConfigurationError
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reporting.report.memo import unknown_section
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.summary.summary import screen_lines, summary_lines
from scenarios.reproducibility.stale_pages import marked
from simulation.dated_figures import load_figures, read_rows
from simulation.model import Model
from simulation.months import month_number
from simulation.outcomes.history import read_record
from simulation.parameters import Parameters
from simulation.recording.store import open_run
from tests.synthetic_run import write_run

INFORMATION_SET = read_information()
GROWTH = {name: entry["per_year"][0] for name, entry in INFORMATION_SET.figures.items()
          if entry["treatment"] == GROWS}  # fmt: skip


# What was known.


def test_no_fitted_target_is_dated_after_2017():
    rows, left_out = known_targets(INFORMATION_SET)
    dated = {row["target"]: year_of_row(row) for row in read_rows(TARGETS, ("target", "period", "source"))}
    of_file = [row.target for row in rows if row.target in dated]
    assert len(of_file) >= 10
    assert all(dated[name] is not None and dated[name] <= 2017 for name in of_file)
    assert {row.target for row in scored_targets()} == set(of_file) | {each.target for each in left_out}
    assert all(point.year <= 2017 for point in known_points(INFORMATION_SET))


@pytest.mark.parametrize(
    "period, source, year",
    [("2016", "NJi", 2016), ("2016-2017", "CBS", 2017), ("2017-2019", "CBS", 2019),
     ("2012", "Webb 2021", 2021), ("2023 H1", "CBS", 2023), ("", "AEF 2020", None)],
)  # fmt: skip
def test_a_target_is_as_late_as_the_last_year_its_period_or_source_names(period, source, year):
    assert year_of_row({"period": period, "source": source}) == year


def test_a_target_moved_to_2018_is_left_out(tmp_path):
    text = TARGETS.read_text(encoding="utf-8")
    assert ",NL,2017,think they cannot" in text
    path = tmp_path / "calibration_targets.csv"
    path.write_text(
        text.replace(",NL,2017,think they cannot", ",NL,2018,think they cannot"), encoding="utf-8"
    )
    rows, left_out = known_targets(INFORMATION_SET, path)
    assert "network_cannot_call" not in {row.target for row in rows}
    assert ("network_cannot_call", "dated 2018") in {(each.target, each.reason) for each in left_out}


def test_a_point_of_the_record_that_is_a_target_is_fitted_once():
    names = fitted_names()
    assert "record_wmo_clients_2017" in names and "record_wmo_clients_2016" not in names
    assert "wmo_clients_per_1000_2016" in names
    assert len(names) == len(set(names))


def test_every_dated_figure_with_a_later_value_is_decided():
    assert later_figures(load_figures(), 2017) <= set(INFORMATION_SET.figures)


def test_a_figure_nobody_decided_on_is_refused(tmp_path):
    told = yaml.safe_load(INFORMATION.read_text(encoding="utf-8"))
    del told["figures"]["care_wages"]
    path = tmp_path / "information.yaml"
    path.write_text(yaml.safe_dump(told), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="care_wages has values after 2017 and is not decided"):
        read_information(path)


@pytest.mark.parametrize(
    "change, told",
    [({"treatment": "guessed"}, "expected a dated figure and one of known, announced"),
     ({"treatment": "held"}, "held and per_year do not go together"),
     ({"net_of": "tarif_youth"}, "net_of takes a dated figure"),
     ({"treatment": "announced"}, "announced and until do not go together")],
)  # fmt: skip
def test_a_treatment_that_is_not_complete_is_refused(tmp_path, change, told):
    content = yaml.safe_load(INFORMATION.read_text(encoding="utf-8"))
    content["figures"]["price_index"] |= change
    path = tmp_path / "information.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told):
        read_information(path)


def test_the_recovery_of_tariffs_counts_once_in_the_cost_per_youth():
    history = known_history(INFORMATION_SET, GROWTH | {"youth_intensity": 0.02})
    for year in (2016, 2018, 2022):
        month = month_number(f"{year}-01")
        both = history.value("youth_intensity", month) * history.value("tariff_youth", month)
        assert both == pytest.approx(0.93 * 1.02 ** (year - 2015))


def test_no_value_of_a_figure_after_the_end_is_kept_unless_it_was_announced():
    history, actual = known_history(INFORMATION_SET, GROWTH), load_figures()
    assert history.value("price_index", month_number("2017-06")) == actual["price_index"].at(204)
    assert history.value("price_index", month_number("2018-01")) == pytest.approx(101.7 * 1.01)
    assert history.value("extra_youth_million_eur", month_number("2022-06")) == 0.0
    assert history.value("debt_signalling_duty", month_number("2022-06")) == 0.0
    assert history.value("care_wages", month_number("2022-06")) == 1.0
    assert history.value("own_contribution_flat", month_number("2019-01")) == 1.0


def test_grants_grow_from_the_last_budget_known_by_what_was_drawn():
    history = known_history(INFORMATION_SET, GROWTH)
    assert history.growth_after_known(month_number("2018-01"), 0.5) == 1.0
    assert history.growth_after_known(month_number("2020-01"), 0.5) == pytest.approx(0.99**2)


def test_a_figure_without_growth_holds_its_last_known_value():
    figure = cut_off(load_figures()["youth_intensity"], month_number("2017-01"), 0.0)
    assert figure.at(month_number("2030-01")) == figure.values[-1] == 1.042


def test_the_past_is_the_same_whatever_is_assumed_of_the_years_after():
    scenario = average_city(500)
    end, last = month_number("2017-01"), month_number("2019-01")
    models = [
        ModelOf2017(
            known_history(INFORMATION_SET, GROWTH | {"price_index": growth}),
            scenario.parameters,
            scenario.profile,
            1,
            0,
            last,
        )
        for growth in (0.01, 0.02)
    ]
    one, other = (model.run_until(end).recorder.monthly.copy() for model in models)
    assert np.array_equal(one, other) and one.any()
    plain = Model(scenario.parameters, scenario.profile, 1, 0, last)
    assert models[0].history is not plain.history
    for model in (*models, plain):
        release(model)


def test_priors_of_2017_take_the_place_of_those_with_a_later_source():
    keys = {each.key: each for each in uncertain_in(INFORMATION_SET, Parameters())}
    assert (keys["household.youth_trend_per_year"].low, keys["household.youth_trend_per_year"].high) == (
        0.0,
        0.045,
    )
    assert SCENARIO + "price_index" in keys
    assert "provider.youth_intensity_scale" not in keys


# Scores.


def test_the_interval_score_is_the_width_and_twenty_times_what_lies_outside():
    assert winkler(10.0, 14.0, 12.0, 0.9) == 4.0
    assert winkler(10.0, 14.0, 9.0, 0.9) == pytest.approx(4.0 + 20.0)
    assert winkler(10.0, 14.0, 15.0, 0.5) == pytest.approx(4.0 + 4.0)


def test_coverage_counts_figures_inside_and_on_the_ends():
    forecasts = [Forecast(2.0, {0.9: (1.0, 3.0)})] * 4
    assert coverage(forecasts, [1.0, 3.0, 3.1, 2.0], 0.9) == 75.0


def test_the_percentage_error_is_of_medians_whatever_their_side():
    assert percentage_error([Forecast(90.0, {}), Forecast(220.0, {})], [100.0, 200.0]) == pytest.approx(10.0)


def test_scores_are_in_the_unit_and_in_percent_of_the_figure():
    found = scores([Forecast(100.0, {0.5: (95.0, 105.0), 0.9: (90.0, 110.0)})], [200.0])
    assert found["winkler"] == pytest.approx(20.0 + 20.0 * 90.0)
    assert found["winkler_percent"] == pytest.approx(found["winkler"] / 2.0)
    assert (found["coverage_50"], found["coverage_90"], found["points"]) == (0.0, 0.0, 1)


def test_coverage_varies_less_for_independent_figures_than_for_figures_that_move_together():
    rng = np.random.default_rng(7)
    alone = coverage_if_right(list(rng.standard_normal((27, 4000))))
    shared = rng.standard_normal(4000)
    together = coverage_if_right([shared + 0.1 * rng.standard_normal(4000) for _ in range(27)])
    assert alone["all"] == pytest.approx(100.0 * 0.9**27, abs=2.0)
    assert together["all"] > 80.0
    assert together["low"] < alone["low"] < 90.0 < alone["high"] <= together["high"] == 100.0


def test_a_draw_that_is_not_finite_is_left_out_whole():
    figures = [np.arange(100.0), np.arange(100.0)]
    figures[0] = np.where(figures[0] == 50.0, np.nan, figures[0])
    assert coverage_if_right(figures)["all"] == pytest.approx(90.0, abs=2.0)


@pytest.mark.parametrize(
    "covered, high, meaning",
    [(60.0, 97.0, "probably too narrow"), (99.0, 97.0, "probably too wide"), (90.0, 97.0, "in that range."),
     (100.0, 100.0, "no coverage is too high")],
)  # fmt: skip
def test_the_page_calls_intervals_wrong_only_where_right_ones_would_seldom_do_that(covered, high, meaning):
    assert meaning in _evidence(covered, {"low": 70.0, "high": high, "all": 23.0})


def test_intervals_of_a_normal_forecast_hold_half_and_nine_tenths():
    found = normal_forecast(10.0, 2.0)
    assert found.intervals[0.5] == pytest.approx((10 - 0.6745 * 2, 10 + 0.6745 * 2), abs=1e-3)
    assert found.intervals[0.9] == pytest.approx((10 - 1.6449 * 2, 10 + 1.6449 * 2), abs=1e-3)


def test_the_last_value_spreads_with_the_root_of_the_years_ahead():
    found = [simple_forecast(LAST_VALUE, {2016: 90.0, 2017: 100.0}, year, 0.03, 0.0) for year in (2018, 2021)]
    widths = [each.intervals[0.9][1] - each.intervals[0.9][0] for each in found]
    assert found[0].median == found[1].median == 100.0
    assert widths[1] == pytest.approx(2.0 * widths[0])
    assert widths[0] == pytest.approx(2 * 1.6449 * 3.0, rel=1e-3)


def test_a_trend_goes_on_with_the_mean_change_and_knows_its_slope_from_few_years():
    found = simple_forecast(TREND, {2015: 90.0, 2017: 100.0}, 2019, 0.03, 0.04)
    assert found.median == 110.0
    deviation = np.sqrt(3.0**2 * 2 * (1 + 2 / 2) + 4.0**2)
    assert found.intervals[0.9][1] - 110.0 == pytest.approx(1.6449 * deviation, rel=1e-3)
    assert simple_forecast(TREND, {2017: 100.0}, 2019, 0.03, 0.0) is None
    assert simple_forecast(LAST_VALUE, {}, 2019, 0.03, 0.0) is None


def test_the_spread_of_a_walk_is_that_of_changes_between_neighbouring_years():
    changes = [0.03, -0.04]
    found = walk_deviation([{2015: 100.0, 2016: 103.0}, {2016: 50.0, 2017: 48.0}, {2015: 1.0, 2017: 9.0}])
    assert found == pytest.approx(np.sqrt(np.mean(np.square(changes))))
    with pytest.raises(ValueError, match="two neighbouring years"):
        walk_deviation([{2015: 1.0, 2017: 9.0}])


def test_growth_that_the_model_explains_leaves_no_walk():
    grows = np.array([10.0, 20.0, 40.0])
    draws = pd.DataFrame({"a.2015": grows, "a.2016": 1.1 * grows, "a.2017": 1.1 * grows})
    assert unexplained_walk(draws, {"a": {2015: 100.0, 2016: 110.0}}) == pytest.approx(0.0)
    known = {"a": {2015: 100.0, 2016: 113.0, 2017: 117.52}, "b": {2015: 1.0, 2016: 9.0}}
    assert unexplained_walk(draws, known) == pytest.approx(np.sqrt(np.mean(np.square([0.03, 0.04]))))
    with pytest.raises(ValueError, match="two neighbouring years"):
        unexplained_walk(draws, {"a": {2015: 100.0, 2017: 117.0}})


def test_the_sampling_variance_of_the_city_makes_way_for_that_of_the_country():
    rng = np.random.default_rng(0)
    parameters = rng.normal(100.0, 3.0, 20_000)
    draws, again = (parameters + rng.normal(0.0, 4.0, 20_000) for _ in range(2))
    by_chance = sampling_variance(draws, again)
    assert by_chance == pytest.approx(16.0, rel=0.05)
    seen = predictive_draws(draws, by_chance, 0.0, 0.0, rng)
    assert seen.std() == pytest.approx(3.0, rel=0.03)
    assert predictive_draws(draws, by_chance, 0.5, 0.02, rng).std() == pytest.approx(
        np.sqrt(9 + 8 + 4), rel=0.03
    )


def row_of(series, value, model, last_value, trend=None):
    """Return a row of a back-test with intervals of one percent of each median."""

    def told(median):
        half = 0.01 * median
        return None if median is None else {"median": median, "interval_50": [median - half, median + half],
                                            "interval_90": [median - half, median + half]}  # fmt: skip

    forecasts = {"model": told(model), "last_value": told(last_value),
                 "trend": None if trend is None else told(trend)}  # fmt: skip
    return {"series": series, "value": value, "forecasts": forecasts}


def test_forecasters_are_compared_on_the_figures_that_both_can_forecast():
    rows = [row_of("a", 100.0, 90.0, 100.0, 80.0), row_of("b", 100.0, 50.0, 100.0)]
    assert scores_of(rows)["model"]["error"] == pytest.approx(30.0)
    assert "trend" not in scores_of(rows)
    beside = scores_of(rows, TREND)
    assert beside["model"]["error"] == pytest.approx(10.0) and beside["trend"]["error"] == pytest.approx(20.0)


def test_it_says_by_series_where_the_model_is_worse():
    by_series = {"a": scores_of([row_of("a", 100.0, 90.0, 100.0, 80.0)])}
    assert worse_than(by_series) == {"a": ["error last_value", "winkler last_value"]}


def test_simple_forecasts_begin_at_what_was_known():
    known = known_values(INFORMATION_SET)
    assert set(known) == set(FORECAST)
    assert max(year for values in known.values() for year in values) == 2017
    assert known["youth_users_index"] == {2016: 100.0, 2017: 103.1}
    assert list(known["youth_spending"]) == [2015, 2017]


def test_the_error_of_a_series_comes_from_its_known_bounds_or_is_assumed():
    point = read_record()["youth_share", 2017]
    assert error_of("youth_share", INFORMATION_SET) == pytest.approx(
        (point.high - point.low) / 3.2898 / point.value, rel=0.05
    )
    assert error_of("wmo_support", INFORMATION_SET) == 0.03


def test_a_municipality_with_a_known_figure_is_forecast_from_it():
    rows = municipal_figures()
    tables = [pd.DataFrame({column(f"{row['slug']}.{row['series']}", year): np.full(4, 10.0 + year - 2017)
                            for row in rows for year in range(2017, 2023)}) for _ in range(2)]  # fmt: skip
    found = {(row["slug"], row["series"], row["year"]): row
             for row in judged_municipalities(INFORMATION_SET, *tables, 2000, 0.01)}  # fmt: skip
    oss = found["oss", "youth_share", 2022]["forecasts"]
    assert oss["model"]["median"] == pytest.approx(14.3 * 1.5, rel=0.06)
    assert oss["last_value"]["median"] == 14.3 and oss["trend"]["median"] > 14.3
    assert found["ede", "wmo_clients", 2019]["forecasts"]["last_value"]["median"] == 61.5
    assert all(year > 2017 for _, _, year in found)


# The command.


@pytest.fixture
def quick(monkeypatch):
    """Let runs come to figures near the targets at once, and count them."""
    done = []
    targets, _ = known_targets(INFORMATION_SET)
    record = {(series, year): point.value for (series, year), point in read_record().items()}

    def values(work, scenario, seed, shares):
        done.append(seed)
        noise = 1.0 + 0.2 * (shares[:20].mean() - 0.5) + 0.01 * np.sin(seed)
        found = {row.target: row.value * noise for row in targets}
        for series in (*FORECAST, *INFORMATION_SET.fitted_record):
            for year in range(2015, 2023):
                found.setdefault(column(series, year), record.get((series, year), 20.0) * noise)
        return found | {column("youth_waiting_outpatient", 2022): 9.0}

    def of_municipalities(work, seed, shares):
        done.append(seed)
        return {column(f"{row['slug']}.{row['series']}", year): 12.0 + 0.1 * np.sin(seed)
                for row in municipal_figures() for year in range(2017, 2023)}  # fmt: skip

    monkeypatch.setattr("scenarios.analysis.backtest.forecast.values_of_run", values)
    monkeypatch.setattr("scenarios.analysis.backtest.forecast._values_of_municipalities", of_municipalities)
    return done


def test_backtest_writes_its_page_and_resumes_where_it_stopped(quick, tmp_path):
    places = [f"folder={tmp_path / 'backtest'}", f"to={tmp_path / 'written'}", "name=toy"]
    words = ["members=64", "second=16", "draws=20", "municipal=10", "households=200", "steps=100"]
    assert main(["backtest", *words, *places, "engine.processes=1"]) == 0
    runs = len(quick)
    assert runs == 68 + 3 * 16 + 30 + 15
    removed = sorted((tmp_path / "backtest" / "toy" / "parts").glob("m*.json"))[0]
    removed.unlink()
    assert main(["backtest", *words, *places, "engine.processes=1"]) == 0
    assert len(quick) == runs + 16
    for language in ("en", "nl"):
        assert (tmp_path / "written" / "figures" / "backtest" / f"backtest_{language}.png").is_file()
    text = (tmp_path / "written" / "backtest.md").read_text(encoding="utf-8")
    assert "lie in the model's 90% interval" in text and "`price_index` | grows" in text
    assert "Where the model is worse than a simple forecast" in text
    told = json.loads((tmp_path / "backtest" / "toy" / "backtest.json").read_text(encoding="utf-8"))
    errors = yaml.safe_load((tmp_path / "written" / "backtest.yaml").read_text(encoding="utf-8"))
    assert errors == errors_of(told)
    assert all(row["year"] > 2017 for row in told["rows"])
    right = told["coverage_if_right"]
    assert (
        0.0 <= right["low"] <= right["high"] <= 100.0 and f"and {right['all']:.0f}% have all of them" in text
    )
    assert "| `youth_share` | yes | the model | 6 |" in text
    assert "| `youth_share` | no | the model | 12 |" in text
    _check_page_in_both_states(told, text)
    _check_that_another_information_set_is_refused(words, places, tmp_path)


def _check_page_in_both_states(told, text):
    """A page of this result version has no notice, one of another has."""
    assert marked("backtest.md", text) == text
    other = page(told | {"about": told["about"] | {"result_version": "0" * 12}}, INFORMATION_SET)
    assert "> This page is out of date" in marked("backtest.md", other)


def _check_that_another_information_set_is_refused(words, places, tmp_path):
    """What was fitted to something else is not resumed."""
    other = [each.replace("households=200", "households=300") for each in words]
    assert main(["backtest", *other, *places, "engine.processes=1"]) == 2


def test_a_part_of_another_result_version_is_refused(quick):
    from scenarios.analysis.calibration.training_ensemble import TrainingEnsemble

    ensemble = TrainingEnsemble(uncertain_in(INFORMATION_SET, Parameters()), 64, 200, 1)
    work = replace(ensemble.works()[0], result_version="0" * 12)
    with pytest.raises(ValueError, match="a worker runs result version"):
        run_known_history(work)


@pytest.mark.parametrize(
    "words, told",
    [
        (["draws=some"], "draws = some: expected a whole number from 20 on"),
        (["draw=30"], "did you mean draws?"),
        (["members=100"], "a Sobol sequence is balanced for powers of 2 only; expected 64 or 128"),
        (["draws=20", "municipal=30"], "municipal = 30: expected at most draws, 20"),
        (["now"], "backtest now: expected write"),
        (["write", "folder=nowhere"], "no finished back-test in nowhere"),
        (["name=a/b"], "expected a name, not a path"),
        (["-m"], "backtest takes no -m"),
    ],
)
def test_backtest_refuses_bad_input_in_one_sentence(words, told, capsys):
    assert main(["backtest", *words]) == 2
    assert told in capsys.readouterr().err


# What stands next to projections.


@pytest.fixture
def written(tmp_path):
    """Return what writes errors of a result version to a file."""

    def write(version):
        path = tmp_path / "errors.yaml"
        errors = {"youth_users": {"model": 4.2}, "wmo_clients": {"model": 7.6}, "spending": {"model": 11.9}}
        content = {"command": "c", "made": "m", "result_version": version, "members": 1, "draws": 2,
                   "households": 3, "years": [2018, 2022], "errors_percent": errors,
                   "coverage_90_percent": 85.2}  # fmt: skip
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
        return path

    return write


def test_the_error_stands_beside_what_ends_after_the_record(written):
    path = written(RESULT_VERSION)
    assert backtest_sentence(2022, "en", path) is None
    said = backtest_sentence(2029, "en", path)
    assert "4% (share of youths in care), 8% (Wmo clients) and 12% (spending)" in said and "85%" in said
    assert "result version" not in said
    assert "4% (aandeel jeugdigen met jeugdzorg)" in backtest_sentence(2029, "nl", path)


def test_errors_of_another_result_version_say_so(written, tmp_path):
    assert "another result version of the model (abc)" in backtest_sentence(2029, "en", written("abc"))
    assert "was not measured" in backtest_sentence(2029, "en", tmp_path / "none.yaml")


def test_a_damaged_file_of_errors_is_refused(tmp_path):
    path = tmp_path / "errors.yaml"
    path.write_text("years: [2018, 2022]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="missing"):
        backtest_sentence(2029, "en", path)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_summary_report_and_dashboard_name_the_error(written, tmp_path, monkeypatch, language):
    monkeypatch.setattr("scenarios.reporting.summary.history.BACKTEST", written(RESULT_VERSION))
    run = open_run(write_run(tmp_path / "run", replications=2))
    assert run.table("monthly")["year"].max() > 2022
    said = backtest_sentence(2029, language)
    assert said in screen_lines(run, language) and said in summary_lines(run, language)
    for section in (unknown_section(run, language),):
        assert said in section.blocks[0].items
    assert said == place_of_state(State(language=language))["trust"][language]
