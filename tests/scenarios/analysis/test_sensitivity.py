"""Sensitivity: known indices are recovered, the random seed is a factor, and no more is said than
intervals allow.
"""

import json

import numpy as np
import pytest

from scenarios.analysis import sensitivity as sensitivity_page
from scenarios.analysis.exploration import options
from scenarios.analysis.exploration.question import (
    SEED_FACTOR,
    SEEDS,
    Factor,
    answer,
    arms_asked,
    factors_of,
    outcome_called,
    outcomes_called,
    point_at,
    point_of_arm,
    question_from,
    split_intervals,
)
from scenarios.analysis.sensitivity import (
    cases_at,
    convergence,
    design_of,
    indices,
    leading_factors,
    pairs,
    sensitivity,
)
from scenarios.api import simulate
from scenarios.common.errors import ConfigurationError
from scenarios.runs.draws import draw_parameters, drawn_names, value_at_quantile
from scenarios.studies.engines import LocalEngine
from scenarios.studies.results import state_of
from scenarios.studies.store import Folder
from simulation.parameters import Parameters

pytest.importorskip("SALib")
STREET = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2016-12",
          "window.warm_up_months=12"]  # fmt: skip
NAMES = ("first", "second", "third")


def ishigami(shares):
    """Return the function of Ishigami and Homma (1990), whose indices are known."""
    angles = np.pi * (2.0 * shares - 1.0)
    return np.sin(angles[:, 0]) * (1.0 + 0.1 * angles[:, 2] ** 4) + 7.0 * np.sin(angles[:, 1]) ** 2


# Indices.


def test_sobol_recovers_the_indices_of_ishigami():
    shares = design_of("sobol", 3, 1024, 0)
    found = indices("sobol", NAMES, shares, ishigami(shares)).set_index("factor")
    known = {"first": (0.3139, 0.5576), "second": (0.4424, 0.4424), "third": (0.0, 0.2437)}
    for name, (first, total) in known.items():
        row = found.loc[name]
        assert row["first"] == pytest.approx(first, abs=0.06) and row["importance"] == pytest.approx(
            total, abs=0.06
        )
        assert row["first_low"] <= first <= row["first_high"] and row["low"] <= total <= row["high"]


def test_second_order_finds_the_pair_that_interacts():
    shares = design_of("sobol", 3, 512, 0, second_order=True)
    strongest = pairs(NAMES, ishigami(shares)).iloc[0]
    assert {strongest["factor"], strongest["other"]} == {"first", "third"} and strongest["low"] > 0.0


def test_morris_knows_a_straight_effect_from_an_interaction_and_from_none():
    shares = design_of("morris", 3, 20, 0)
    values = 4.0 * shares[:, 0] + (shares[:, 1] - 0.5) * (shares[:, 0] - 0.5)
    found = indices("morris", NAMES, shares, values).set_index("factor")
    assert found.loc["first", "importance"] == pytest.approx(4.0, abs=0.3)
    assert found.loc["second", "interaction"] > 0.9 > 0.2 > found.loc["first", "interaction"]
    assert found.loc["third", "importance"] == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_more_samples_keep_those_there_were(method):
    few, more = design_of(method, 4, 4, 0), design_of(method, 4, 8, 0)
    np.testing.assert_array_equal(few, more[: len(few)])


def test_intervals_narrow_as_the_sample_grows():
    shares = design_of("sobol", 3, 512, 0)
    steps = convergence("sobol", NAMES, shares, ishigami(shares))
    width = (steps["high"] - steps["low"]).groupby(steps["samples"]).mean()
    assert list(width.index) == [64, 128, 256, 512] and width.iloc[-1] < 0.6 * width.iloc[0]


def test_an_outcome_that_never_changes_depends_on_nothing():
    for method in ("morris", "sobol"):
        shares = design_of(method, 3, 4, 0)
        assert (indices(method, NAMES, shares, np.ones(len(shares)))["importance"] == 0.0).all()


def test_a_missing_outcome_is_said_and_not_filled_in():
    shares = design_of("morris", 3, 2, 0)
    with pytest.raises(ConfigurationError, match="missing in 8 of 8 cases"):
        indices("morris", NAMES, shares, np.full(len(shares), np.nan))


# Factors and arms.


def test_what_a_draw_varies_is_what_an_analysis_varies_in_the_same_range():
    _, drawn = draw_parameters(Parameters(), 0, 1)
    assert list(drawn) == drawn_names()
    low, high = (
        value_at_quantile(Parameters(), "household.help_seeking_per_month", share) for share in (0.0, 1.0)
    )
    assert low < drawn["household.help_seeking_per_month"] < high


def test_what_the_user_set_is_not_varied_and_an_interval_counts_above_the_usual_range():
    words = ["landing.cut=0.2", "household.money_to_mind=0.01", "landing.years=interval(2,4)"]
    ends, left = split_intervals(words)
    factors = {each.name: each for each in factors_of(left, ends)}
    assert "landing.cut" not in factors and "household.money_to_mind" not in factors
    assert factors["landing.years"].at(0.5, None) == 3.0


def test_the_random_seed_is_a_factor_and_every_trajectory_has_seeds_of_its_own():
    question = question_from(STREET, outcomes_called("crises"), draws=False)
    factors = (Factor("landing.cut", "lever", 0.0, 0.4), SEED_FACTOR)
    cases = cases_at(question, factors, design_of("morris", 2, 3, 0), "morris")
    replications = [{case.replication for case in cases[3 * number : 3 * number + 3]} for number in range(3)]
    assert all(len(each) == 2 for each in replications) and len(set().union(*replications)) == 6
    assert point_at(factors, np.array([0.5, 1.0]), question.scenario) == ({"landing.cut": 0.2}, SEEDS - 1)


def test_the_reference_has_no_lever_of_the_policy_whatever_the_case_says():
    changes, point = {"wijkteam.outreach_share": 0.1}, {"wijkteam.outreach_share": 0.2, "landing.cut": 0.3}
    assert point_of_arm("reference", point, changes) == {"landing.cut": 0.3}
    assert point_of_arm("policy", point, changes) == point
    assert point_of_arm("long_phase_in", point, changes)["landing.years"] == 8.0


def test_arms_are_run_only_where_an_outcome_needs_them():
    assert arms_asked(outcomes_called("crises")) == ("policy",)
    assert arms_asked(outcomes_called("savings,effect_crises,transition_harm_unmet")) == (
        "policy",
        "reference",
        "long_phase_in",
    )
    assert outcome_called("avoidable_crises").against == "no_cut"


def test_savings_count_the_preparation_and_harms_ten_years_from_the_cut():
    months = np.arange(180, 340)

    def arm(cost, crises):
        columns = {"month": months, "municipal_cost_eur": np.full(160, cost)}
        columns |= {"inhabitants": np.full(160, 100.0), "households": np.full(160, 50.0)}
        behind = outcome_called("transition_harm_crises").columns
        return columns | {name: np.full(160, crises) for name in behind if name.startswith("crises_")}

    arms = {"policy": arm(90.0, 2.0), "reference": arm(100.0, 1.0), "long_phase_in": arm(90.0, 1.0)}
    kinds = sum(name.startswith("crises_") for name in outcome_called("transition_harm_crises").columns)
    assert outcome_called("savings").value(arms, 200) == pytest.approx(160 * 10.0 / 100.0)
    assert outcome_called("transition_harm_crises").value(arms, 200) == pytest.approx(kinds * 12 * 1000 / 50)
    assert outcome_called("effect_crises").value(arms, 200) == pytest.approx(kinds * 12 * 1000 / 50)


# The model.


@pytest.fixture(scope="module")
def asked():
    return question_from(STREET, outcomes_called("crises,effect_crises,savings"), draws=False)


def test_cases_give_what_single_runs_give_and_are_not_run_twice(asked, tmp_path):
    factors = (Factor("landing.cut", "lever", 0.0, 0.4), SEED_FACTOR)
    cases = cases_at(asked, factors, design_of("morris", 2, 1, 0), "morris")
    folder = Folder(tmp_path / "cases")
    found = answer(asked, cases, folder, LocalEngine(1))
    points = [point_of_arm(arm, cases[0].point, asked.changes) for arm in ("policy", "reference")]
    alone = [simulate(asked.overrides, ["crises"], point, cases[0].replication)["crises"] for point in points]
    assert found.values[0, :2].tolist() == [alone[0], alone[0] - alone[1]]
    assert state_of(folder).whole == found.runs == 6
    again = answer(asked, cases, folder, None)  # no engine is needed: nothing is left to run
    np.testing.assert_array_equal(again.values, found.values)


def test_the_command_leaves_indices_a_page_and_figures_in_both_languages(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = [
        "levers=landing.years",
        "unknowns=household.help_seeking_per_month",
        "outcome=effect_unmet",
        "samples=2",
    ]
    path = sensitivity([*STREET, *words, "study=s", "engine.processes=1"])
    document = json.loads(path.read_text())
    outcome = document["outcomes"][0]
    assert {row["factor"] for row in outcome["indices"]} == {
        "landing.years",
        "household.help_seeking_per_month",
        "random_seed",
    }
    assert outcome["convergence"] and "effect_unmet" in capsys.readouterr().out
    page = sensitivity_page.write_pages(options.read(path), tmp_path / "docs").read_text()
    assert "sigma / mu" in page and "Convergence" in page
    drawn = {each.name for each in (tmp_path / "docs" / "figures" / "sensitivity").glob("*.png")}
    assert drawn == {"morris_effect_unmet_en.png", "morris_effect_unmet_nl.png"}


# Words.


def row(name, importance, low, high):
    return {"factor": name, "importance": importance, "low": low, "high": high}


def test_only_a_factor_whose_interval_stands_apart_is_said_to_lead():
    apart, close, nothing = row("a", 3.0, 2.5, 3.5), row("b", 2.4, 1.9, 2.9), row("c", 0.1, 0.0, 0.3)
    assert sensitivity_page.leading([apart, nothing]) == ["a"]
    assert sensitivity_page.leading([apart, close, nothing]) == ["a", "b"]
    assert sensitivity_page.leading([nothing]) == []
    document = {"factors": [{"name": name, "kind": "lever"} for name in "abc"]}
    said = sensitivity_page.sentence(document, {"indices": [apart, close, nothing]}, "en")
    assert said == "No single lever is clearly the most important: a, b are not distinguishable."


def test_a_screening_leaves_what_leads_in_any_outcome_and_never_the_random_seed():
    one = [row("a", 9.0, 8.0, 10.0), row("b", 1.0, 0.0, 2.0), row("random_seed", 20.0, 1.0, 30.0)]
    other = [row("c", 0.2, 0.1, 0.3), row("a", 0.0, 0.0, 0.0)]
    outcomes = [{"indices": one}, {"indices": other}]
    assert leading_factors({"outcomes": outcomes}, 2) == {"a", "c"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["outcome=savngs"], "did you mean savings"),
        (["outcome=transition_harm_crisis"], "did you mean transition_harm_crises"),
        (["method=sobel"], "did you mean sobol"),
        (["levers=landing.jears"], "did you mean landing.years"),
        (["unknowns=household.asking"], "did you mean household"),
        (["landing.jears=interval(0,1)"], "did you mean landing.years"),
        (["landing.cut=interval(0,2)"], "outside the allowed range"),
        (["landing.cut=0,0.1"], "expected one value, or an interval"),
        (["method=sobol"], "expected at most inputs = 20"),
        (["method=sobol", "unknowns=none", "samples=12"], "expected 8 or 16"),
        (["samples=few"], "expected a whole number"),
        (["study=../elsewhere"], "expected a name, not a path"),
        (["method=sobol", "screened=nowhere"], "no such file"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=sentence) as error:
        sensitivity([*STREET, *words])
    assert "\n" not in str(error.value) and not list(tmp_path.iterdir())
