"""`landingsbaan solve` on a street: an answer with its uncertainty, in both languages, or a refusal."""

import json

import pytest

from scenarios import cli
from scenarios.analysis.exploration import options
from scenarios.analysis.exploration.question import outcomes_called, question_from
from scenarios.analysis.solver.solve import solve, summary
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts import LANGUAGES
from scenarios.studies.engines import LocalEngine

STREET = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2015-12",
          "window.warm_up_months=0", "engine.processes=1"]  # fmt: skip
FEW = ["draws=3", "seeds_per_draw=2", "levels=3", "rounds=1", "held_out=4", "study=s"]
WORDS = [*STREET, *FEW, "target=effect_cost_first<=5", "lever=wijkteam.fte_per_1000"]


def _nothing_is_left(engine, works, do=None):
    assert not list(works)
    return iter(())


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """The document of a solution on a street, and its folder."""
    place = tmp_path_factory.mktemp("solved")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        path = solve(WORDS)
        found = json.loads(path.read_text(encoding="utf-8"))
        patch.setattr(LocalEngine, "do_all", _nothing_is_left)
        again = json.loads(solve(WORDS).read_text(encoding="utf-8"))
    return found, again, place


def test_the_answer_costs_what_was_allowed(solved):
    found, _, _ = solved
    # Staff is paid: more of it raises the cost of the first line, so there is a most that may be had.
    assert found["status"] == "found" and not found["is_rising"]
    low, high = found["interval"]
    assert found["levers"][0]["current"] < low <= high < 2.5
    assert low * 0.99 <= found["value"] <= high * 1.01
    outcomes = {each["name"]: each for each in found["outcomes"]}
    assert outcomes["effect_cost_first"]["mean"] == pytest.approx(5.0, abs=1.0)
    assert 0.0 <= found["probability"]["low"] <= found["probability"]["share"] <= found["probability"]["high"]


def test_the_cost_and_what_else_changes_are_told_with_their_intervals(solved):
    outcomes = {each["name"]: each for each in solved[0]["outcomes"]}
    assert {"effect_net_cost", "effect_unmet", "effect_team_waiting"} <= set(outcomes)
    for each in outcomes.values():
        assert each["low"] <= each["mean"] <= each["high"]


def test_the_answer_says_what_remains_without_help_and_of_what_its_cost_consists(solved):
    beside = solved[0]["beside"]
    assert beside["draws"] == 4
    named = {each["name"]: each for each in beside["outcomes"]}
    assert list(named["net_cost"]["remains"]) == ["no_effect_policy"]  # staff finds nobody by itself
    whole = {each["name"]: each["mean"] for each in solved[0]["outcomes"]}
    assert named["cost_first"]["whole"]["mean"] == pytest.approx(whole["effect_cost_first"], rel=1e-4)
    # Staff is paid whatever its help does.
    assert named["cost_first"]["remains"]["no_effect_policy"]["mean"] == pytest.approx(
        whole["effect_cost_first"], rel=0.05
    )
    for key in ("laws", "lines"):
        parts = sum(each["mean"] for each in beside[key]["parts"])
        assert parts == pytest.approx(beside[key]["total"]["mean"], abs=1e-6)
        assert beside[key]["total"]["mean"] == pytest.approx(whole["effect_net_cost"], abs=0.05)


def test_the_placebo_can_be_left_out_and_costs_two_runs_a_held_out_draw(tmp_path, monkeypatch, solved):
    monkeypatch.chdir(tmp_path)
    found = options.read(solve([*WORDS, "placebo=false"]))
    assert found["beside"]["outcomes"] == [] and found["value"] == solved[0]["value"]
    assert solved[0]["runs"] - found["runs"] == 2 * 4


def test_a_length_of_the_phase_in_is_answered_with_money_and_speed_apart(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = [each for each in STREET if not each.startswith("system")] + ["landing.cut=0.5"]
    found = options.read(solve([*words, *FEW, "target=crises<=1000", "lever=landing.years"]))
    (remains,) = {tuple(each["remains"]) for each in found["beside"]["outcomes"]}
    assert remains == ("same_money",) and "speed alone" in capsys.readouterr().out


def test_a_second_time_nothing_is_run_and_the_answer_is_the_same(solved):
    found, again, _ = solved
    assert found == again


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_told_and_drawn_in_both_languages(solved, language):
    found, _, place = solved
    told = "\n".join(summary(found, language))
    assert "wijkteam.fte_per_1000" in told and f"{found['value']:g}" in told
    assert ("has no effect" if language == "en" else "geen effect heeft") in told
    assert ("90% of the draws" if language == "en" else "90% van de trekkingen") in told
    for suffix in ("png", "csv"):
        assert (place / f"results/studies/s/figures/solution_{language}.{suffix}").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["found", "everywhere", "unreachable"])
def test_every_kind_of_answer_has_its_own_words(solved, status, language):
    changed = solved[0] | {"status": status, "monotone_share": 0.5, "interval": ["below", "above"]}
    changed |= {
        "influence": {"mean": 0.1, "half_width": 1.0},
        "probability": dict(share=0.1, low=0, high=0.2),
    }
    told = "\n".join(summary(changed, language))
    assert ("0.5" in told or "50%" in told) and "{" not in told
    distinct = {"found": ("Answer", "Antwoord"), "everywhere": ("Every value", "Elke waarde"),
                "unreachable": ("Nearest", "Het dichtst erbij")}  # fmt: skip
    assert distinct[status][LANGUAGES.index(language)] in told
    is_told = ("less than asked" if language == "en" else "minder dan gevraagd") in told
    assert is_told == (status != "unreachable")


def test_several_levers_go_through_the_robust_search(tmp_path, monkeypatch, capsys):
    pytest.importorskip("pymoo")
    monkeypatch.chdir(tmp_path)
    words = ["target=effect_cost_first<=5,effect_net_cost<=100", "population=4", "generations=1", "draws=2",
             "lever=wijkteam.fte_per_1000,provider.tariff", "held_out=2", "study=t"]  # fmt: skip
    found = options.read(solve([*STREET, *words]))
    assert found["tried"] >= 4 and set(found["point"]) == {"wijkteam.fte_per_1000", "provider.tariff"}
    assert len(found["reached"]) == 2 and (tmp_path / "results/studies/t/figures/solution_nl.png").is_file()
    assert "provider.tariff=" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "expected an outcome, <= or >= and a number"),
        (["target=team_waiting<2"], "expected an outcome, <= or >= and a number"),
        (["target=team_waiting<=few"], "expected an outcome, <= or >= and a number"),
        (["target=team_wating<=2"], "target = team_wating: no such outcome; did you mean team_waiting"),
        (["target=crises<=2"], "lever: expected the name of a lever"),
        (["target=crises<=2", "lever=wijkteam.fte_per_100"], "did you mean wijkteam.fte_per_1000"),
        (["target=crises<=2", "lever=household.tipping_point"], "expected a lever that is a number"),
        (["target=crises<=2", "lever=landing.cut", "certainty=1"], "a share between 0 and 1"),
        (["target=crises<=2", "lever=landing.cut", "outcome=crisis"], "no such outcome"),
        (["target=crises<=2", "lever=landing.cut", "landing.years=interval(0,3)"], "not solved for"),
        (["target=crises<=2", "lever=landing.cut", "landing.cut=interval(0,3)"], "outside the allowed range"),
        (["target=crises<=2", "lever=landing.cut", "draws=1"], "whole number from 2"),
        (["target=crises<=2", "lever=landing.cut", "levers=all"], "levers"),
    ],
)
def test_a_mistake_is_one_sentence_with_exit_code_2_and_nothing_is_written(
    words, sentence, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence):
        solve([*STREET, *words])
    assert cli.main(["solve", *STREET, *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and not list(tmp_path.iterdir())


@pytest.mark.parametrize("written", ["policy.changes", "+policy.changes"])
def test_what_a_policy_changes_stays_out_of_the_reference(written):
    asked = question_from([*STREET[:-1], f"{written}={{wijkteam.outreach_share: 0.2}}"],
                          outcomes_called("effect_crises"), draws=True)  # fmt: skip
    assert asked.changes["wijkteam.outreach_share"] == 0.2
    assert asked.scenario.policy.changes == {}
    later = question_from([*STREET[:-1], "policy.start=2015-06"], outcomes_called("crises"), draws=True)
    assert later.scenario.policy.start_month == question_from(
        [*STREET[:-1], "policy=reference", "policy.start=2015-06"], outcomes_called("crises"), draws=True
    ).scenario.policy.start_month != asked.scenario.policy.start_month  # fmt: skip
