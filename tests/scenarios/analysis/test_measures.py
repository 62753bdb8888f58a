"""Measure by measure: shares of games with known values, and parts that add up to the digit."""

import json
from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest

from scenarios import cli
from scenarios.analysis.exploration import options
from scenarios.analysis.exploration.question import outcome_called
from scenarios.analysis.measures import (
    contributions,
    departures,
    described,
    measures,
    package_from,
    permutations_of,
    print_result,
    shapley,
    subsets_of,
    table,
)
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts import LANGUAGES
from scenarios.reporting.texts.exploration import adding_up
from scenarios.runs.scenario import scenario_from
from scenarios.studies.engines import LocalEngine

STREET = ["municipality=street", "window.start=2014-01", "window.end=2015-12", "window.warm_up_months=0",
          "engine.processes=1"]  # fmt: skip


def game(count, worth):
    """Return the values of every set of players of a game."""
    sets = [frozenset(each) for size in range(count + 1) for each in combinations(range(count), size)]
    return {each: np.array([worth(each)]) for each in sets}


def test_the_glove_game_has_its_known_shares():
    # One left glove, two right ones: a pair is worth 1 (Shapley and Shubik 1969).
    values = game(3, lambda chosen: float(0 in chosen and len(chosen) > 1))
    shares = shapley(values, permutations_of(3, 1, 1, 0)[0]).ravel()
    np.testing.assert_allclose(shares, [2 / 3, 1 / 6, 1 / 6])


def test_what_adds_up_by_itself_is_its_own_share_in_every_order():
    sizes = np.array([3.0, -1.0, 0.5, 2.0])
    values = game(4, lambda chosen: 7.0 + sum(sizes[each] for each in chosen))
    np.testing.assert_allclose(shapley(values, permutations_of(4, 1, 1, 0)[0]).ravel(), sizes)
    np.testing.assert_allclose(contributions(values, (3, 1, 0, 2)).ravel(), sizes)


def test_the_order_counts_where_measures_share_an_effect():
    values = game(2, lambda chosen: 10.0 if chosen else 0.0)
    assert contributions(values, (0, 1)).ravel().tolist() == [10.0, 0.0]
    assert shapley(values, [(0, 1), (1, 0)]).ravel().tolist() == [5.0, 5.0]


def test_a_sample_of_orders_and_their_reversals_is_exact_for_effects_of_pairs():
    generator = np.random.default_rng(0)
    alone, pairs = generator.normal(size=8), generator.normal(size=(8, 8))
    values = game(8, lambda chosen: sum(alone[each] for each in chosen)
                  + sum(pairs[one, other] for one, other in combinations(sorted(chosen), 2)))  # fmt: skip
    known = [
        alone[each]
        + sum(pairs[min(each, other), max(each, other)] for other in range(8) if other != each) / 2
        for each in range(8)
    ]
    (orders,) = permutations_of(8, 1, 3, 0)
    assert len(orders) == 6
    np.testing.assert_allclose(shapley(values, orders).ravel(), known)


def test_sampled_orders_come_near_the_exact_shares_and_every_draw_has_its_own():
    values = game(7, lambda chosen: float(len(chosen) ** 3))
    drawn = permutations_of(7, 30, 2, 0)
    assert drawn[0] != drawn[1]
    mean = np.mean([shapley(values, orders).ravel() for orders in drawn], axis=0)
    np.testing.assert_allclose(mean, 7**3 / 7, rtol=0.1)


def test_the_sets_that_are_run_hold_every_head_of_every_order():
    (orders,) = permutations_of(3, 1, 1, 0)
    assert len(subsets_of(orders)) == 8
    assert subsets_of([(2, 1, 0)]) == {
        frozenset(each) for each in ((), (2,), (1, 2), (0, 1, 2), (0,), (0, 1))
    }


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e5])
def test_the_parts_that_are_kept_add_up_in_every_digit(scale):
    generator = np.random.default_rng(1)
    ordered = scale * generator.normal(size=(9, 5))
    shares = ordered.sum(axis=1, keepdims=True) * generator.dirichlet(np.ones(5), 9)
    kept = options.plain(described(outcome_called("net_cost"), list("abcde"), ordered, shares))
    total = Decimal(repr(kept["total"]["mean"]))
    for key in ("ordered", "shapley"):
        assert sum(Decimal(repr(each[key]["mean"])) for each in kept["measures"]) == total
    assert kept["total"]["mean"] == pytest.approx(ordered.sum(axis=1).mean(), rel=1e-4)


def test_numbers_that_are_rounded_add_up_and_none_moves_by_more_than_a_unit():
    values = np.random.default_rng(2).normal(size=(200, 6))
    for row in values:
        shown = adding_up(row.tolist(), float(row.sum()), 1)
        assert sum(Decimal(repr(each)) for each in shown) == Decimal(repr(round(float(row.sum()), 1)))
        assert np.abs(np.array(shown) - row).max() < 0.1


def test_an_interval_is_that_of_a_mean_over_draws():
    ordered = np.array([[1.0, 0.0], [2.0, 0.0], [3.0, 0.0]])
    found = described(outcome_called("crises"), ["a", "b"], ordered, ordered)
    first = found["measures"][0]["ordered"]
    assert (first["mean"], round(first["low"], 2), round(first["high"], 2)) == (2.0, -0.48, 4.48)
    assert first["positive"] == 1.0


# Packages.


def test_a_policy_is_taken_apart_lever_by_lever_or_agent_by_agent():
    levers = package_from([], "lever")
    assert levers.title["en"] == "early signalling" and list(levers.measures)[0] == "wijkteam.outreach_share"
    agents = package_from([], "agent")
    assert list(agents.measures) == ["wijkteam", "referral_source"]
    assert len(agents.measures["referral_source"]) == 3


def test_a_system_is_held_against_the_neutral_organisation_of_its_own_municipality():
    package = package_from(["system=zwolle"], "lever")
    assert package.title["en"] == "Zwolle" and "municipality=zwolle" in package.overrides
    assert package.measures["wijkteam.fte_per_1000"] == {"wijkteam.fte_per_1000": 0.69}
    neutral = scenario_from(["municipality=zwolle", "system=national_average"])
    assert departures(neutral, neutral) == {}


def test_a_system_with_a_policy_takes_the_policy_apart():
    package = package_from(["system=zwolle", "policy=early_signalling"], "lever")
    assert "wijkteam.outreach_share" in package.measures and "system=zwolle" in package.overrides


def _nothing_is_left(engine, works, do=None):
    assert not list(works)
    return iter(())


@pytest.fixture(scope="module")
def taken_apart(tmp_path_factory):
    """The document of a policy taken apart on a street, the same again, and its folder."""
    place = tmp_path_factory.mktemp("measures")
    words = [*STREET, "replications=2", "outcome=net_cost,unmet", "study=m",
             "policy.changes={wijkteam.outreach_share: 0.2, wijkteam.one_plan: 1.0}"]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        found = json.loads(measures(words).read_text(encoding="utf-8"))
        patch.setattr(LocalEngine, "do_all", _nothing_is_left)
        again = json.loads(measures(words).read_text(encoding="utf-8"))
    return found, again, place


def test_a_package_on_a_street_adds_up_and_a_second_time_nothing_is_run(taken_apart):
    found, again, _ = taken_apart
    assert found == again and found["exact"] and found["runs"] == 8 + 6
    for outcome in found["outcomes"]:
        assert outcome["total"]["mean"] != 0.0
        for key in ("ordered", "shapley"):
            parts = sum(Decimal(repr(each[key]["mean"])) for each in outcome["measures"])
            assert parts == Decimal(repr(outcome["total"]["mean"]))


def test_the_whole_package_is_held_against_its_placebos_in_the_same_draws(taken_apart):
    found = taken_apart[0]
    totals = {each["name"]: each["total"]["mean"] for each in found["outcomes"]}
    beside = {each["name"]: each for each in found["beside"]["outcomes"]}
    assert set(beside) == {"net_cost", "unmet"} and found["beside"]["draws"] == 2
    for name, each in beside.items():
        assert set(each["remains"]) == {"finds_nobody", "no_effect_policy"}
        assert each["whole"]["mean"] == pytest.approx(totals[name], rel=1e-4)
    assert found["beside"]["laws"]["total"]["mean"] == pytest.approx(totals["net_cost"], abs=0.5)


def _decimal(shown, language):
    plain = shown.replace("\u2212", "-")
    return Decimal(plain.replace(".", "").replace(",", ".") if language == "nl" else plain.replace(",", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_are_told_and_drawn_in_both_languages(taken_apart, language, capsys):
    found, _, place = taken_apart
    print_result(found, language)
    told = capsys.readouterr().out
    assert (
        "wijkteam.one_plan" in told and ("Shapley share" if language == "en" else "Shapley-aandeel") in told
    )
    assert "{" not in told
    for outcome in found["outcomes"]:
        head, rows = table(outcome, language)
        for column in (1, 3):  # what is shown adds up too
            shown = [_decimal(row[column], language) for row in rows]
            assert len(head) == 5 and sum(shown[:-1]) == shown[-1]
    for name in ("net_cost", "unmet"):
        for suffix in ("png", "csv"):
            assert (place / f"results/studies/m/figures/{name}_{language}.{suffix}").is_file()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["by=levers"], "by = levers: expected lever or agent; did you mean lever"),
        (["policy=reference"], "holds 0 measures, expected two or more"),
        (["policy.changes={wijkteam.one_plan: 1.0}"], "holds 1 measures, expected two or more"),
        (["policy=early_signaling"], "early_signalling"),
        (["outcome=effect_crises"], "expected an outcome of one arm, as crises"),
        (["outcome=savings"], "expected an outcome of one arm, as net_cost"),
        (["replications=1"], "whole number from 2"),
        (["system=national_average"], "holds 0 measures"),
    ],
)
def test_a_mistake_is_one_sentence_with_exit_code_2_and_nothing_is_written(
    words, sentence, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence):
        measures([*STREET, *words])
    assert cli.main(["measures", *STREET, *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and not list(tmp_path.iterdir())
