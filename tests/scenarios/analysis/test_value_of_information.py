"""Value of information: problems with known answers, and the whole command on a street."""

import json
from functools import partial
from math import pi, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from scenarios.analysis.exploration import options
from scenarios.analysis.value_of_information import page
from scenarios.analysis.value_of_information.estimator import (
    information,
    permutations,
    threshold,
    value_across_seeds,
    value_of,
)
from scenarios.analysis.value_of_information.value_of_information import (
    asked_together,
    document_of,
    even_price,
    groups_of,
    table_of_unknowns,
    value_of_information,
)
from scenarios.common.calibration_inputs import priors
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts.value_of_information import STUDIES, study_of
from scenarios.runs.draws import drawn_names

STREET = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2015-12",
          "window.warm_up_months=0"]  # fmt: skip
DRAWS = 1000
NO_PERMUTATION = np.empty((0, DRAWS), dtype=int)


def loss(mean, spread):
    """Return E max(0, N(mean, spread²)) less max(0, mean): the answer of the linear-Gaussian problem."""
    return mean * norm.cdf(mean / spread) + spread * norm.pdf(mean / spread) - max(0.0, mean)


@pytest.fixture(scope="module")
def linear():
    """Two policies; the second brings 0.3 + 0.8 x0 + 0.5 x1 + noise, and x2 to x5 do nothing."""
    rng = np.random.default_rng(2)
    unknowns = rng.normal(size=(DRAWS, 6))
    more = 0.3 + 0.8 * unknowns[:, 0] + 0.5 * unknowns[:, 1] + rng.normal(size=DRAWS)
    return np.column_stack([np.zeros(DRAWS), more]), unknowns


# Problems with known answers.


@pytest.mark.parametrize(
    ("known", "spread"), [([0], 0.8), ([1], 0.5), ([0, 1], sqrt(0.89)), (list(range(6)), sqrt(0.89))]
)
def test_a_linear_problem_has_the_value_that_theory_gives(linear, known, spread):
    benefits, unknowns = linear
    found = information(benefits, unknowns[:, known], NO_PERMUTATION)
    assert found.value == pytest.approx(loss(0.3, spread), abs=2.5 * found.error)
    assert found.error < 0.05
    # Another policy is best where the known part is below minus 0.3.
    assert found.changes == pytest.approx(norm.cdf(-0.3 / spread), abs=0.06)
    assert found.explained == pytest.approx(spread**2 / 1.89, abs=0.06)


def test_what_two_unknowns_do_only_together_is_found_together():
    rng = np.random.default_rng(3)
    unknowns = rng.normal(size=(DRAWS, 2))
    more = unknowns.prod(axis=1) + 0.3 * rng.normal(size=DRAWS)
    benefits = np.column_stack([np.zeros(DRAWS), more])
    together = information(benefits, unknowns, NO_PERMUTATION)
    assert together.value == pytest.approx(1.0 / pi, abs=0.05)
    assert information(benefits, unknowns[:, :1], NO_PERMUTATION).value < 0.05


def test_three_policies_are_chosen_from_at_once():
    rng = np.random.default_rng(4)
    unknown = rng.normal(size=DRAWS)
    benefits = np.column_stack([np.zeros(DRAWS), unknown, -unknown]) + 0.2 * rng.normal(size=(DRAWS, 3))
    found = information(benefits, unknown[:, None], NO_PERMUTATION)
    assert found.value == pytest.approx(sqrt(2.0 / pi), abs=0.06)  # E |x|


def test_an_unknown_that_does_nothing_is_worth_nothing_and_is_not_shown(linear):
    benefits, unknowns = linear
    orders = permutations(DRAWS, 40)
    found = [information(benefits, unknowns[:, [place]], orders) for place in range(6)]
    least = threshold(found)
    assert [each.value > least for each in found] == [True, True, False, False, False, False]
    assert max(each.value for each in found[2:]) < 0.02 and max(each.of_nothing for each in found) < 0.01


def test_many_unknowns_that_do_nothing_are_seldom_shown():
    rng = np.random.default_rng(5)
    orders, shown = permutations(80, 60), 0
    for _ in range(20):
        found = information(rng.normal(size=(80, 2)), rng.normal(size=(80, 120)), orders)
        shown += found.value > threshold([found])
    assert shown <= 4  # one in twenty, as permutations promise, and what chance adds


def test_the_standard_error_covers_the_value_as_often_as_it_says():
    inside = 0
    for number in range(40):
        rng = np.random.default_rng(number)
        unknown = rng.normal(size=(200, 1))
        more = 0.3 + 0.8 * unknown[:, 0] + rng.normal(size=200)
        found = information(np.column_stack([0.0 * more, more]), unknown, np.empty((0, 200), dtype=int))
        inside += abs(found.value - loss(0.3, 0.8)) < 1.96 * found.error
    assert 35 <= inside <= 40


def test_an_unknown_that_moves_much_but_never_the_choice_is_worth_nothing():
    unknown = np.linspace(0.0, 1.0, 200)
    benefits = np.column_stack([np.zeros(200), 5.0 + unknown])
    found = information(benefits, unknown[:, None], np.empty((0, 200), dtype=int))
    assert found.value == pytest.approx(0.0, abs=1e-9) and found.changes == 0.0 and found.explained > 0.99


def test_policies_that_do_not_differ_leave_nothing_to_know():
    found = information(np.ones((50, 2)), np.arange(50.0)[:, None], permutations(50, 3))
    assert (found.value, found.error, found.changes, found.explained) == (0.0, 0.0, 0.0, 0.0)


def test_chance_is_counted_in_the_upper_value_of_knowing_everything_alone():
    chance = np.random.default_rng(6).normal(size=(4000, 2, 2))
    assert value_of(chance.mean(axis=1)) == pytest.approx(1.0 / sqrt(2.0 * pi), abs=0.03)
    assert abs(value_across_seeds(chance)) < 0.05
    certain = np.repeat(chance[:, :1], 2, axis=1)  # both seeds bring the same: all is known
    assert value_across_seeds(certain) == pytest.approx(value_of(certain[:, 0]))


# Groups.


def test_every_unknown_has_a_study_and_every_study_measures_one():
    names = {*drawn_names(), *priors(), "household.youth_level", "referral_source.gp_supply"}
    assert {study_of(name) for name in names} == set(STUDIES)


def test_every_unknown_stands_in_one_part_of_each_split():
    names = ["household.tipping_point[0]", "household.tipping_point[1]", "wijkteam.link_hours"]
    groups = groups_of(names, ["wijkteam.link_hours"])
    members = {(kind, name): of_it for kind, name, of_it in groups}
    assert members["split", "fitted"] == names[:1] and members["split", "scenario"] == names[1:]
    assert members["parameters", "household"] == names[:2] and members["split", "all"] == names
    assert members["study", "together"] == members["study", "time_of_teams"] == names[2:]
    assert ("parameters", "provider") not in members


def test_elements_of_lists_are_unknowns_and_what_never_varies_is_none():
    drawn = [{"group.list": [1.0, 2.0], "group.one": 3.0}, {"group.list": [1.0, 4.0], "group.one": 5.0}]
    assert list(table_of_unknowns(drawn)) == ["group.list[1]", "group.one"]


def test_a_list_stands_for_its_elements_in_a_study_of_ones_own():
    known = ["household.tipping_point[0]", "household.tipping_point[1]", "wijkteam.harm"]
    assert asked_together("household.tipping_point,wijkteam.harm", known) == known
    with pytest.raises(ConfigurationError, match=r"did you mean wijkteam\.harm"):
        asked_together("wijkteam.ham", known)


# The page.


@pytest.fixture(scope="module")
def told():
    """A document of two unknowns, one of which decides."""
    rng = np.random.default_rng(7)
    unknowns = pd.DataFrame(
        {"provider.margin_weight": rng.random(150), "household.fade_per_month[4]": rng.random(150)}
    )
    more = 4.0 * (unknowns["provider.margin_weight"].to_numpy() - 0.5)[:, None] + 0.1 * rng.normal(
        size=(150, 2)
    )
    benefits = np.stack([np.zeros((150, 2)), more], axis=2)
    policies = [{"name": name, "title": {"en": name, "nl": name}, "more": more, "error": 0.1, "best": 0.5}
                for name, more in (("first", 0.0), ("second", 0.1))]  # fmt: skip
    about = {"municipality": "street", "households": 200, "cases": 2, "runs": 2, "core_seconds": 1,
             "first_month": "2012-01", "last_month": "2024-12", "draws": 150, "seeds": 2,
             "draws_from": "ranges", "result_version": "0" * 12, "command": "landingsbaan",
             "unmet_price": 0.0, "even_price": None, "even_price_error": None,
             "unit": {"en": "euro", "nl": "euro"}}  # fmt: skip
    return about | {"policies": policies} | document_of(benefits, unknowns)


def test_the_finding_names_the_study_that_is_worth_most_in_both_languages(told):
    assert page.title(told, "en").endswith(STUDIES["providers"].study[0])
    assert page.title(told, "nl").endswith(STUDIES["providers"].study[1])
    first, second = told["unknowns"]
    assert (first["name"], first["is_shown"], second["is_shown"]) == ("provider.margin_weight", True, False)
    assert first["value"] == pytest.approx(0.5, abs=0.1)  # E max(0, U(-2, 2))
    assert first["source"] and first["study"] == "providers" and second["target"] is None
    lower, upper = told["everything"]["lower"], told["everything"]["upper"]
    assert lower <= upper and upper == pytest.approx(0.5, abs=0.1)


def test_nothing_is_said_to_lead_that_is_not_shown_or_not_in_doubt(told):
    rows = [row | {"is_shown": False} for row in told["groups"]]
    assert page.title(told | {"groups": rows}, "en") == (
        "No single study is shown to change the choice of second"
    )
    sure = told | {"everything": {"upper": 0.0}}
    assert "no study would change the choice" in page.title(sure, "en")


def test_two_studies_with_overlapping_intervals_are_not_distinguished():
    row = {"value": 3.0, "error": 0.5, "is_shown": True}
    assert len(page.leading([row, row | {"value": 2.5}, row | {"value": 0.2, "error": 0.1}])) == 2


# The command.


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """The command on a street, forty draws of two seeds; and again from its store with a price."""
    folder = tmp_path_factory.mktemp("information")
    words = [*STREET, "draws=40", "seeds=2", "study=v", "engine.processes=1"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        # Rougher standard errors: a minute less, and no test here asks for them.
        patch.setattr("scenarios.analysis.value_of_information.estimator.SAMPLES", 40)
        few = partial(permutations, count=20)
        patch.setattr("scenarios.analysis.value_of_information.value_of_information.permutations", few)
        first = json.loads(value_of_information(words).read_text())
        # What is stored is not run again: there is no process to run it.
        patch.setattr("scenarios.analysis.exploration.options.engine_of", lambda _: None)
        priced = [json.loads(value_of_information([*words, f"unmet_price={price}"]).read_text())
                  for price in (100, 200)]  # fmt: skip
    return folder, first, priced


def test_the_command_ranks_unknowns_and_studies_and_draws_both_languages(answered):
    folder, document, _ = answered
    names = {row["name"] for row in document["unknowns"]}
    assert {"household.tipping_point[0]", "wijkteam.hours_per_intake"} <= names
    assert {row["name"] for row in document["groups"] if row["kind"] == "study"} <= set(STUDIES)
    assert {row["kind"] for row in document["groups"]} == {"split", "parameters", "study"}
    assert document["runs"] == 160 + 3 * 40 and document["everything"]["upper"] >= 0.0
    figures = {path.name for path in (folder / "results/studies/v/figures").glob("*.png")}
    assert figures == {"value_of_information_en.png", "value_of_information_nl.png"}
    values = [row["value"] for row in document["unknowns"]]
    assert values == sorted(values, reverse=True) and min(values) >= 0.0


def test_what_the_policy_brings_is_held_against_its_placebos_on_the_first_draws(answered):
    document = answered[1]
    (found,) = document["beside"]
    assert found["draws"] == 40
    cost, unmet = found["outcomes"]
    assert (cost["name"], unmet["name"]) == ("net_cost", "unmet")
    assert set(cost["remains"]) == {"finds_nobody", "no_effect_policy"}
    both = unmet["remains"]["finds_nobody"]["mean"] + unmet["through"]["finds_nobody"]["mean"]
    assert both == pytest.approx(unmet["whole"]["mean"], abs=1e-2) and unmet["whole"]["mean"] != 0.0
    assert found["laws"]["total"]["mean"] == pytest.approx(cost["whole"]["mean"], abs=0.5)


def test_the_price_of_unmet_need_is_what_the_user_says(answered):
    _, without, (once, twice) = answered
    more = [document["policies"][1]["more"] for document in (without, once, twice)]
    assert more[0] != more[1]
    assert more[2] - more[1] == pytest.approx(more[1] - more[0], rel=1e-3)
    assert once["unmet_price"] == 100.0


def test_the_even_price_is_the_cost_of_a_severity_month_less():
    cost = np.array([[[10.0, 16.0]], [[10.0, 14.0]]])
    unmet = np.array([[[2.0, 1.9]], [[2.0, 1.7]]])
    price, error = even_price(cost, unmet)
    assert price == pytest.approx(25.0)  # 5 euro more on average for 0.2 less
    # Residuals 6 - 2.5 and 4 - 7.5: their spread over the root of two draws, per severity-month.
    assert error == pytest.approx(7.0 / sqrt(2.0) / sqrt(2.0) / 0.2)
    assert even_price(cost, -unmet) == (None, None)


def test_the_page_says_what_was_run_and_that_the_price_is_a_choice(answered, tmp_path):
    folder, document, _ = answered
    stored = folder / "results/studies/v/value_of_information.json"
    text = page.write_pages(options.read(stored), docs=tmp_path).read_text()
    assert "That price is a choice, not a finding" in text and document["result_version"] in text
    assert "If nobody new is found".lower() in text.lower() and "Net municipal cost by law" in text
    assert "40 draws of the unknowns" in text and "## Studies" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["policies=reference,early_signaling"], "did you mean early_signalling"),
        (["policies=reference"], "expected two policies or more"),
        (["policy=reference"], "expected policies="),
        (["unmet_price=much"], "expected a number of euro of at least 0"),
        (["unmet_price=-1"], "expected a number of euro of at least 0"),
        (["unmet_price=nan"], "expected a number of euro of at least 0"),
        (["draws=5000"], "expected at most 4,000"),
        (["draws=20"], "expected a whole number from 40 on"),
        (["levers=none"], "draws every unknown and varies no lever"),
        (["together=wijkteam.ham"], "no unknown that is drawn"),
        (["replication.draws=fixed"], "expected posterior or ranges"),
        (["study=../elsewhere"], "expected a name, not a path"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence) as error:
        value_of_information([*STREET, *words])
    assert "\n" not in str(error.value) and not list(tmp_path.iterdir())
