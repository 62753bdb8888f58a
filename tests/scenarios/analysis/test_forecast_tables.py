"""Tables of a forecast, from months made by hand: fans, paired differences, and what was registered."""

import csv

import numpy as np
import pandas as pd
import pytest

from scenarios.analysis.forecast.command import COLUMNS, differences_table, forecast_table
from scenarios.analysis.forecast.measures import (
    AGES_UNDER_18,
    HELP_IN_KIND,
    MEASURES,
    OWN_COUNT,
    POOLED,
    SAME,
    WAITED_FOR,
    Registered,
    fans,
    paired_differences,
    pooled,
    registered_figures,
    staff_needed,
    wijk_values,
    yearly_values,
)
from scenarios.analysis.forecast.page import page_text
from scenarios.reporting.texts.forecast import WORDS, said
from simulation.recording.schema import TABLES

MONTHS = 24  # of 2015 and 2016


def months(**columns):
    """Return two years of months in which every column is zero but those that are given."""
    names = TABLES["monthly"].names
    zeros = {name: np.zeros(MONTHS) for name in names}
    return zeros | {"year": np.repeat([2015, 2016], 12)} | {
        name: np.full(MONTHS, value) for name, value in columns.items()
    }  # fmt: skip


def of(table, measure, year=2015):
    return table[(table["measure"] == measure) & (table["year"] == year)]["value"].item()


def values(replications, grants=("middle",), policies=("reference",), effect=0.0, year=2027):
    """Return the youth users of every replication: 1, 2, 3, ..., and more of them under another policy."""
    rows = [
        (policy, scenario, number, year, "youth_users", number + 1.0 + effect * (policy != "reference"))
        for policy in policies
        for scenario in grants
        for number in range(replications)
    ]
    return pd.DataFrame(rows, columns=["policy", "grants", "replication", "year", "measure", "value"])


def test_people_and_money_grow_with_the_municipality_and_rates_do_not():
    made = months(youth_users=2.0, children=48.0, cost_youth_eur=1e6, team_waiting=3.0)
    table = yearly_values(made, 2015, scale=10.0)
    assert of(table, "youth_users") == 240.0
    assert of(table, "youth_share") == 50.0
    assert of(table, "cost_youth") == pytest.approx(120.0)
    assert of(table, "waiting_teams") == 30.0


def test_amounts_are_in_the_prices_of_their_year():
    table = yearly_values(months(cost_wmo_eur=1e6), 2015, scale=1.0)
    assert of(table, "cost_wmo", 2016) / of(table, "cost_wmo", 2015) == pytest.approx(100.3 / 100.0)


def test_years_before_the_first_one_are_left_out():
    assert set(yearly_values(months(), 2016, 1.0)["year"]) == {2016}


@pytest.mark.parametrize("law", WAITED_FOR)
def test_waiting_is_the_sum_over_the_kinds_of_care_of_a_law(law):
    table = yearly_values(months(**{f"waiting_{kind}": 2.0 for kind in WAITED_FOR[law]}), 2015, 1.0)
    assert of(table, f"waiting_{law}") == 2.0 * len(WAITED_FOR[law])
    assert all(of(table, f"waiting_{other}") == 0.0 for other in WAITED_FOR if other != law)


def test_staff_needed_is_the_staff_there_is_when_nobody_waits():
    assert staff_needed(np.array([8.0]), np.array([40.0]), np.array([0.0])) == 8.0
    assert staff_needed(np.array([8.0]), np.array([40.0]), np.array([20.0])) == 12.0
    # Without an open case there is no caseload to judge by; a part of a study may hold no gap.
    assert staff_needed(np.array([8.0]), np.array([0.0]), np.array([20.0])) == 8.0


def test_wijken_are_counted_one_by_one():
    names = TABLES["wijken"].names
    made = {name: np.zeros(2) for name in names} | {
        "year": np.array([2027, 2027]), "wijk": np.array([0, 1]), "deprivation": np.array([-0.5, 0.5]),
        "youth_users": np.array([3.0, 5.0]),
    }  # fmt: skip
    table = wijk_values(made, 2027, scale=2.0)
    users = table[table["measure"] == "youth_users"].set_index("wijk")["value"]
    assert users.to_dict() == {0: 6.0, 1: 10.0}


def test_a_fan_has_the_quantiles_of_its_runs():
    row = fans(values(101), ["measure"]).iloc[0]
    assert row[["p5", "p25", "median", "p75", "p95"]].tolist() == [6.0, 26.0, 51.0, 76.0, 96.0]


def test_a_measure_that_nobody_could_count_in_some_replication_is_left_out():
    made = values(10)
    made.loc[3, "value"] = np.nan
    assert fans(made, ["measure"]).empty


def test_all_scenarios_together_are_never_narrower_than_the_widest_spread_of_their_medians():
    made = values(11, grants=("low", "high"))
    made.loc[made["grants"] == "high", "value"] += 100.0
    table = fans(pooled(made), ["grants"]).set_index("grants")
    assert table.loc[POOLED, "p5"] <= table.loc["low", "median"]
    assert table.loc[POOLED, "p95"] >= table.loc["high", "median"]


def test_a_planted_effect_is_found_in_every_pair_whatever_the_spread():
    made = values(50, ("low", "high"), ("reference", "early_signalling"), effect=-3.0)
    differences = paired_differences(made, "reference")
    assert len(differences) == 100 and (differences["value"] == -3.0).all()


def test_a_policy_that_changes_nothing_has_no_difference():
    made = values(5, policies=("reference", "early_signalling"))
    row = differences_table(made).iloc[0]
    assert row[["p5", "median", "p95"]].tolist() == [0.0, 0.0, 0.0]


def test_the_table_lies_beside_what_is_registered():
    table = forecast_table(values(3), {("youth_users", 2027): Registered(9.0, "series", SAME)})
    assert list(table) == COLUMNS and table["registered"].tolist() == [9.0]
    assert table.loc[0, ["year", "measure", "law", "policy", "median"]].tolist() == [
        2027, "youth_users", "youth", "reference", 2.0,
    ]  # fmt: skip


def write(folder, name, rows):
    with (folder / name).open("w", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture
def data(tmp_path):
    head = ["series", "region", "year", "value"]
    ages = [[name, "Dorp", 2021, 10 * place] for place, name in enumerate(AGES_UNDER_18, start=1)]
    write(tmp_path, "youth_care.csv", [
        head, *ages, [AGES_UNDER_18[0], "Dorp", 2022, 5],
        ["youth_care_users_share_u18", "Dorp", 2018, 11.0], ["youth_help_share_u18", "Dorp", 2018, 10.0],
        ["youth_help_share_u18", "Dorp", 2022, 12.0], ["youth_help_share_u18", "Stad", 2022, 99.0],
    ])  # fmt: skip
    write(tmp_path, "social_domain.csv", [
        head, ["wmo_clients_year", "Dorp", 2019, 70], ["wmo_clients_own_registration", "Dorp", 2019, 90],
        ["wmo_clients_own_registration", "Dorp", 2020, 95],
    ])  # fmt: skip
    write(tmp_path, "municipalities.csv", [
        ["slug", "municipality", "problem_debt_share", "problem_debt_year"],
        ["dorp", "Dorp", 8.0, 2020], ["stad", "Stad", "", ""],
    ])  # fmt: skip
    return tmp_path


def test_registered_figures_are_those_of_the_municipality_and_say_how_they_count(data):
    found = registered_figures("dorp", data)
    assert found["youth_users", 2021].value == 60.0
    assert ("youth_users", 2022) not in found  # two of the three ages are missing
    assert found["youth_share", 2018] == Registered(11.0, "youth_care_users_share_u18", SAME)
    assert found["youth_share", 2022].counts == HELP_IN_KIND and found["youth_share", 2022].value == 12.0
    assert (found["wmo_users", 2019].value, found["wmo_users", 2019].counts) == (70.0, SAME)
    assert found["wmo_users", 2020].counts == OWN_COUNT
    assert found["problem_debt_share", 2020].value == 8.0


def test_a_place_without_figures_has_none_registered(data):
    assert registered_figures("street", data) == {}
    assert ("problem_debt_share", 2020) not in registered_figures("stad", data)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_measure_unit_and_law_has_words(language):
    for measure in MEASURES.values():
        assert said(measure.name, language) and said(measure.unit, language)
        assert said(f"law_{measure.law}", language)
    assert all(len(each) == 2 and all(each) for each in WORDS.values())


def about(**changes):
    return {
        "command": "landingsbaan forecast", "result_version": "v", "municipality": "Dorp", "slug": "dorp",
        "system": "national_average", "households": 100, "scale": 1.0, "replications": 50,
        "policies": {"reference": {"en": "reference", "nl": "referentie"},
                     "early_signalling": {"en": "early signalling", "nl": "vroegsignalering"}},
        "grants": {"low": -0.01, "high": 0.015}, "known_until": 2022, "first_year": 2023, "last_year": 2027,
        "beside_grants": "middle", "beside": {},
    } | changes  # fmt: skip


@pytest.mark.parametrize(("effect", "word"), [(500.0, "higher"), (-500.0, "lower")])
def test_the_page_says_no_more_than_the_interval_allows(effect, word):
    two = ("reference", "early_signalling")
    certain, unclear = (values(50, ("low", "high"), two, effect=size) for size in (effect, 0.0))
    unclear.loc[unclear["policy"] != "reference", "value"] += np.tile([-1.0, 1.0], 50)
    for made, told in ((certain, word), (unclear, "inconclusive")):
        page = page_text(about(), forecast_table(made, {}), differences_table(made), None, [], "en")
        assert f"| {told} |" in page


def test_the_page_names_the_assumed_growth_of_the_grants_and_the_errors_of_the_back_test():
    made = values(50, ("low", "high"), ("reference", "early_signalling"))
    page = page_text(about(), forecast_table(made, {}), differences_table(made), None, [], "en")
    assert "\u22121.00% (low), +1.50% (high)" in page and "After 2022" in page
    assert "forecasts missed by" in page or "was not measured" in page
    few = page_text(about(replications=5), forecast_table(made, {}), differences_table(made), None, [], "nl")
    assert "Met 5 berekeningen" in few


def test_registered_figures_that_count_alike_are_scored_and_others_are_not():
    made = values(50, year=2021)
    registered = {("youth_users", 2021): Registered(25.0, "s", SAME)}
    page = page_text(about(), forecast_table(made, registered), differences_table(made), None, [], "en")
    assert "1 of 1 registered figures" in page
    registered = {("youth_users", 2021): Registered(25.0, "s", OWN_COUNT)}
    page = page_text(about(), forecast_table(made, registered), differences_table(made), None, [], "en")
    assert "0 of 0 registered figures" in page
