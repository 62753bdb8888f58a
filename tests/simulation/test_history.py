"""The history: the reference next to the record, before any policy, and what may be said of it."""

import csv
import math

import numpy as np
import pandas as pd
import pytest

from scenarios.analysis.main_job import history_overrides
from scenarios.cli import main
from scenarios.reporting.figures.run_figures import draw_all
from scenarios.reporting.summary.history import history_lines, record_lines
from scenarios.reporting.summary.summary import summary_lines
from simulation import dated_figures
from simulation.dated_figures import DATA_FOLDER, load_figures
from simulation.months import month_number
from simulation.outcomes.history import (
    INPUT,
    MET,
    MISSED,
    NO_INTERVAL,
    NO_RECORD,
    RECORD,
    SERIES,
    Point,
    history_table,
    means_within,
    points_met,
    read_record,
    verdict,
)
from simulation.recording.schema import HISTORY, check_table
from simulation.recording.store import open_run
from tests.synthetic_run import monthly_table, tables, write_run

POINT = Point("youth_share", 2019, 12.0, 11.0, 13.0, "percent", "observed", "CBS", "", "")
WITHOUT_BOUNDS = Point("youth_share", 2019, 12.0, None, None, "percent", "observed", "CBS", "", "")


def rows_of(file):
    """Return the country's rows of a data file as (series, year) to value."""
    with (DATA_FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return {(row["series"], row["year"]): float(row["value"])
                for row in csv.DictReader(lines) if row["region"] == "NL"}  # fmt: skip


# -- the record ----------------------------------------------------------------------------------


def test_every_point_of_the_record_has_a_source_and_the_unit_of_its_series():
    for (series, _), point in read_record().items():
        assert point.source and point.derivation
        assert point.unit == SERIES[series].unit


def test_every_series_but_those_in_other_words_has_a_record():
    assert set(SERIES) == {series for series, _ in read_record()}


@pytest.mark.parametrize(
    ("series", "file", "of"),
    [
        ("youth_share", "youth_care.csv", "youth_care_users_share_u18"),
        ("wmo_spending", "social_domain.csv", "wmo_spending_per_inhabitant"),
        ("youth_spending_without_teams", "history.csv", "youth_spending_per_inhabitant_iv3"),
    ],
)
def test_what_is_copied_stands_so_in_the_data(series, file, of):
    found = rows_of(file)
    copied = {year: point.value for (name, year), point in read_record().items() if name == series}
    assert copied and copied == {year: found[of, str(year)] for year in copied}


def test_clients_of_the_record_are_users_over_inhabitants():
    found, inhabitants = rows_of("social_domain.csv"), load_figures()["inhabitants"]
    for (series, year), point in read_record().items():
        name = point.derivation.split()[1]
        if series.startswith("wmo_") and "clients" in name:
            people = float(inhabitants.between((year - 2000) * 12))
            assert point.value == pytest.approx(1000.0 * found[name, str(year)] / people, abs=0.05)


def test_real_spending_of_the_record_is_nominal_spending_over_consumer_prices():
    record, prices = read_record(), load_figures()["price_index"]
    for (series, year), point in record.items():
        if series.endswith("_real"):
            nominal = record[series.removesuffix("_real"), year].value
            assert point.value == pytest.approx(nominal / prices.at((year - 2000) * 12) * 100.0, abs=0.7)


def test_bounds_are_those_of_the_targets():
    with (DATA_FOLDER / "calibration_targets.csv").open(encoding="utf-8", newline="") as lines:
        targets = {row["target"]: row for row in csv.DictReader(lines)}
    record = read_record()
    for (series, year), target in {
        ("youth_share", 2018): "youth_care_share_u18_2018",
        ("wmo_clients", 2018): "wmo_clients_per_1000_2018",
        ("balance", 2015): "balance_2015",
        ("evictions", 2014): "evictions_per_1000_households_2014",
    }.items():
        assert record[series, year].low == float(targets[target]["low"])
        assert record[series, year].high == float(targets[target]["high"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,2019,2,3,4,u,observed,CBS,,", "a 2019: expected low <= value <= high"),
        ("a,2019,2,1,,u,observed,CBS,,", "a 2019: expected low <= value <= high, or no bounds"),
        ("a,2019,,,,u,observed,CBS,,", "a 2019: expected a value and a source"),
        ("a,2019,2,,,u,guessed,CBS,,", "status 'guessed'; expected one of observed"),
    ],
)
def test_a_record_that_cannot_be_right_is_refused_in_a_sentence(line, said, tmp_path):
    path = tmp_path / "record.csv"
    path.write_text(RECORD.read_text(encoding="utf-8").splitlines()[0] + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read_record(path)


# -- verdicts ------------------------------------------------------------------------------------


def test_a_point_is_met_when_the_record_lies_in_the_interval_of_the_model():
    assert verdict(14.0, 11.9, 16.0, WITHOUT_BOUNDS) == MET
    assert verdict(14.0, 12.1, 16.0, WITHOUT_BOUNDS) == MISSED


def test_a_point_is_met_when_the_mean_of_the_model_lies_within_its_bounds():
    assert verdict(12.9, 12.8, 13.0, POINT) == MET
    assert verdict(13.1, 13.0, 13.2, POINT) == MISSED


def test_one_replication_has_no_interval_and_is_judged_by_bounds_alone():
    assert verdict(12.9, math.nan, math.nan, POINT) == MET
    assert verdict(13.1, math.nan, math.nan, POINT) == MISSED
    assert verdict(12.0, math.nan, math.nan, WITHOUT_BOUNDS) == NO_INTERVAL


def test_a_year_without_a_record_is_never_met_nor_missed():
    assert verdict(12.0, 11.0, 13.0, None) == NO_RECORD


def test_a_point_that_a_driving_dated_figure_fits_is_an_input_and_counts_for_nothing(monkeypatch):
    monkeypatch.setattr(dated_figures, "DRIVING", ("youth_intensity",))
    table = history_table(monthly_table(2))
    spending = table[(table["series"] == "youth_spending") & (table["year"] == 2019)]
    assert spending["inside"].tolist() == [INPUT]
    met, points = points_met(table)
    monkeypatch.setattr(dated_figures, "DRIVING", ())
    assert points_met(history_table(monthly_table(2)))[1] == points + 1 and met <= points


# -- the table -----------------------------------------------------------------------------------


def one_year(year, replications=1, **columns):
    """Return the months of the reference in one year, all zero but for some columns."""
    table = monthly_table(replications)
    table = table[(table["arm"] == "reference") & (table["year"] == year)].reset_index(drop=True)
    zero = dict.fromkeys(table.columns[4:], 0.0)
    return table.assign(**{**zero, "grant_eur": 1.0, "inhabitants": 1000.0, **columns})


def value(table, series):
    """Return the model's value of a series in a table of one year."""
    return table.loc[table["series"] == series, "model"].item()


def test_users_are_counted_over_the_year_and_children_at_its_end():
    table = history_table(one_year(2019, youth_users=10.0, children=1000.0, users_youth_residential=1.0))
    assert value(table, "youth_share") == pytest.approx(12.0)
    assert value(table, "youth_stay_share") == pytest.approx(10.0)
    assert value(table, "youth_stay_per_1000") == pytest.approx(12.0)


def test_spending_is_shown_in_prices_of_the_year_and_of_2015():
    table = history_table(one_year(2019, cost_wmo_eur=25_000.0))
    assert value(table, "wmo_spending_real") == pytest.approx(300.0)
    assert value(table, "wmo_spending") == pytest.approx(300.0 * 1.062)


def test_youth_spending_without_teams_leaves_the_teams_out():
    table = history_table(one_year(2015, cost_youth_eur=20_000.0, cost_youth_teams_eur=5_000.0))
    assert value(table, "youth_spending") == pytest.approx(240.0)
    assert value(table, "youth_spending_without_teams") == pytest.approx(180.0)


def test_a_surplus_is_positive_and_participation_makes_a_balance_smaller():
    money = {"grant_youth_eur": 60.0, "grant_wmo_eur": 40.0, "result_youth_eur": 15.0, "result_wmo_eur": -5.0}
    table = history_table(one_year(2017, **money))
    assert value(table, "balance") == pytest.approx(10.0)
    assert value(table, "balance_with_participation") == pytest.approx(7.0)


def test_before_the_transition_there_is_no_spending_and_no_balance_to_compare():
    table = history_table(one_year(2014, grant_eur=0.0, cost_wmo_eur=1.0))
    assert not table["series"].isin(["youth_spending", "wmo_spending", "balance"]).any()


def test_without_a_youth_team_there_are_no_cases_of_it_per_fte():
    table = history_table(one_year(2018, wijkteam_caseload=40.0, wijkteam_fte=2.0))
    assert value(table, "wijkteam_cases_per_fte") == pytest.approx(20.0)
    assert "youth_team_cases_per_fte" not in set(table["series"])


def test_the_mean_over_one_replication_has_no_interval_and_over_two_it_has():
    one, two = history_table(monthly_table(1)), history_table(monthly_table(2))
    assert one["model_low"].isna().all() and not two["model_low"].isna().any()
    assert (two["model_low"] <= two["model"]).all() and (two["model"] <= two["model_high"]).all()


def test_years_of_which_months_are_missing_are_left_out():
    months = monthly_table(1)
    late = history_table(months[months["month"] >= 12 * 15 + 3])
    assert late["year"].min() == 2016
    assert set(history_table(months)["year"]) == set(range(2012, 2023))


def test_a_table_of_no_years_is_a_table_all_the_same():
    empty = history_table(monthly_table(1).query("year > 2022"))
    assert empty.empty
    check_table("history", empty)


def test_only_the_reference_is_shown():
    months = monthly_table(2)
    other = months.assign(youth_users=np.where(months["arm"] == "reference", months["youth_users"], 10**6))
    pd.testing.assert_frame_equal(history_table(months), history_table(other))


def test_one_record_shown_in_two_ways_counts_once():
    rows = [
        ("wmo_spending", MET),
        ("wmo_spending_real", MET),
        ("youth_share", MISSED),
        ("youth_share", NO_RECORD),
    ]
    table = pd.DataFrame(rows, columns=["series", "inside"])
    table = table.assign(model=1.0, record_low=[0.0, 0.0, 2.0, np.nan], record_high=[2.0, 2.0, 3.0, np.nan])
    assert points_met(table) == (1, 2)
    assert means_within(table) == (1, 2)


# -- figure, summary, command --------------------------------------------------------------------


@pytest.mark.parametrize("language, word", [("en", "before any policy"), ("nl", "zonder nieuw beleid")])
def test_the_summary_puts_the_history_before_what_the_policy_does(language, word, tmp_path):
    run = open_run(write_run(tmp_path / "run"))
    lines = summary_lines(run, language)
    place = next(place for place, line in enumerate(lines) if word in line)
    assert place == 1 and len(history_lines(run, language)) <= 17
    assert not any("nan" in line for line in lines)


def test_one_replication_is_said_to_have_no_interval(tmp_path):
    run = open_run(write_run(tmp_path / "run", replications=1))
    assert "One replication has no interval" in history_lines(run, "en")[0]
    assert any(line.endswith("no interval") for line in record_lines(run, "en"))
    assert draw_all(run, "nl")[0].name == "history.png"


@pytest.mark.parametrize("language, said", [("en", "contains no full year"), ("nl", "bevat geen heel jaar")])
def test_a_window_without_the_record_has_a_sentence_and_no_figure(language, said, tmp_path):
    made = tables(1)
    folder = write_run(tmp_path / "run", made=made | {"history": made["history"].iloc[:0]}, replications=1)
    assert (
        said in history_lines(open_run(folder), language)[0]
        and len(history_lines(open_run(folder), language)) == 1
    )
    assert "history.png" not in [path.name for path in draw_all(folder, language)]


def test_a_history_ends_with_the_record_and_has_a_folder_of_its_own_unless_told():
    assert history_overrides([]) == ["output.folder=results/history", "window.end=2022-12"]
    assert history_overrides(["window.end=2016-12"])[1:] == ["window.end=2016-12"]


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """A history of a street in four years, and a run of the same."""
    folder = tmp_path_factory.mktemp("histories")
    words = ["municipality=street", "system=overnight", "replication.count=2", "processes=1",
             "window.start=2013-01",
             "window.end=2016-12", "window.warm_up_months=24", f"output.folder={folder}"]  # fmt: skip
    assert main(["history", *words]) == 0
    assert main(["run", *words, "output.figures=false"]) == 0
    return folder


def test_the_command_prints_the_record_beside_the_reference_and_draws_it(short, capsys):
    (folder,) = short.glob("*_history")
    assert (folder / "figures" / "history.png").is_file() and (folder / "history.parquet").is_file()
    assert main(["figures", str(folder), "nl"]) == 0
    printed = capsys.readouterr().out
    assert "zonder nieuw beleid" in printed and "2016" in printed


def test_the_reference_of_a_history_is_that_of_a_run(short):
    (alone,), (beside,) = short.glob("*_history"), short.glob("*_early_signalling_*")
    one = open_run(alone, {"history": HISTORY}).table("history")
    pd.testing.assert_frame_equal(one, open_run(beside).table("history"))


@pytest.mark.parametrize("words", [["-m"], ["municipality=netherlands"]])
def test_a_history_is_of_one_municipality(words, capsys):
    assert main(["history", *words]) == 2
    assert "one municipality at a time" in capsys.readouterr().err


def test_the_recovery_of_tariffs_is_counted_once_in_the_cost_per_youth():
    figures = load_figures()
    tariff, intensity = (figures[name] for name in ("tariff_youth", "youth_intensity"))
    before = tariff.at(month_number("2015-01"))
    for year in range(2015, 2020):
        month = month_number(f"{year}-01")
        growth = intensity.at(month) * tariff.at(month) / before
        assert growth == pytest.approx(1.045 ** (year - 2015), abs=0.001)
