"""Robust search finds a known front and converges; the phase-in period's page says no more than intervals
allow."""

import json
from dataclasses import replace

import numpy as np
import pytest

from scenarios.analysis import phase_in as phase_in_page
from scenarios.analysis import robust as optimise_page
from scenarios.analysis.exploration import options
from scenarios.analysis.phase_in import longest_harmed, parts, phase_in, shortest, verdict
from scenarios.analysis.robust import (
    OptimiseOptions,
    front_of,
    optimise,
    robust,
    search,
)
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts import LANGUAGES
from scenarios.studies.engines import LocalEngine

pytest.importorskip("pymoo")
STREET = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2015-12",
          "window.warm_up_months=0", "engine.processes=1"]  # fmt: skip


def zdt1(generation, shares):
    """Return the first function of Zitzler, Deb and Thiele (2000); its front is 1 - sqrt(first)."""
    rest = 1.0 + 9.0 * shares[:, 1:].mean(axis=1)
    return np.column_stack([shares[:, 0], rest * (1.0 - np.sqrt(shares[:, 0] / rest))])


@pytest.fixture(scope="module")
def found():
    return search(zdt1, 4, 2, 24, 60, seed=0)


def test_the_search_finds_a_known_front(found):
    front = found.objectives[found.front]
    assert np.abs(front[:, 1] - (1.0 - np.sqrt(front[:, 0]))).max() < 0.05
    assert np.histogram(front[:, 0], 5, (0.0, 1.0))[0].min() > 0


def test_the_hypervolume_grows_and_comes_to_rest(found):
    grown = found.hypervolumes()
    assert (np.diff(grown) >= -1e-12).all() and grown[0] < 0.5 and grown[-1] == 1.0 and grown[-10] > 0.95


def test_the_same_seed_searches_the_same_way(found):
    np.testing.assert_array_equal(
        search(zdt1, 4, 2, 24, 5, seed=0).shares, found.shares[found.generation < 5]
    )


def test_a_front_holds_what_nothing_beats():
    assert front_of(np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5], [0.6, 0.6]])).tolist() == [0, 1, 2]


def test_robust_is_the_mean_over_the_worst_quarter():
    values = np.arange(8.0).reshape(1, 8, 1)
    assert robust(values, "worst_quarter").item() == 6.5 and robust(values, "mean").item() == 3.5


def _nothing_is_left(engine, works, do=None):
    assert not list(works)
    return iter(())


def test_the_command_searches_and_a_second_time_runs_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ["levers=wijkteam.outreach_share", "outcome=effect_net_cost,effect_unmet", "population=4",
             "generations=2", "replications=2", "study=o"]  # fmt: skip
    path = optimise([*STREET, *words])
    document = json.loads(path.read_text())
    assert document["tried"] == 8 and document["front"] and len(document["hypervolume"]) == 2
    monkeypatch.setattr(LocalEngine, "do_all", _nothing_is_left)
    assert json.loads(optimise([*STREET, *words]).read_text()) == document
    page = optimise_page.write_pages(options.read(path), tmp_path / "docs").read_text()
    assert "Hypervolume" in page and "effect_unmet" in page


def test_a_search_is_named_after_what_is_searched_not_after_who_computes_it():
    asked = OptimiseOptions(generations=3)
    name = options.name_of_study("optimise", ["landing.cut=0.2"], asked)
    elsewhere = replace(asked, processes=7, write=True)
    assert options.name_of_study("optimise", ["landing.cut=0.2"], elsewhere) == name
    assert options.name_of_study("optimise", ["landing.cut=0.2"], replace(asked, replications=9)) != name
    assert options.name_of_study("optimise", ["landing.cut=0.3"], asked) != name


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["robust=worst"], "worst_quarter"),
        (["outcome=net_cost"], "two objectives"),
        (["levers=landing.jears"], "did you mean landing.years"),
        (["household.money_to_mind=interval(0,0.01)"], "a policy sets levers only"),
        (["levers=none"], "nothing is searched"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence):
        optimise([*STREET, *words])
    assert not list(tmp_path.iterdir())


# -- the phase-in period -----------------------------------------------------------------------------------


def test_a_harm_is_said_only_when_the_whole_interval_is_beyond_what_counts_as_none():
    noise = np.random.default_rng(0).normal(0.0, 0.01, (12, 5))
    said = parts(np.array([50.0, 0.0, 0.0, 0.0, 6.0]) + noise)
    assert [each["verdict"] for each in said.values()] == ["harmed", "free", "free", "free", "unsure"]
    assert verdict(["free", "unsure"]) == "unsure"


def test_a_phase_in_is_long_enough_only_if_all_longer_ones_are():
    found = [(0.0, "harmed"), (1.0, "free"), (2.0, "unsure"), (3.0, "free"), (5.0, "free")]
    assert shortest(found) == 3.0 and longest_harmed(found) == 0.0
    assert shortest([(0.0, "free"), (5.0, "unsure")]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_length_is_told_under_its_own_verdict(language):
    cases = [["free", "free"], ["harmed", "free"], ["unsure", "free"], ["harmed", "unsure"],
             ["unsure", "harmed"], ["harmed", "harmed"], ["unsure", "unsure"]]  # fmt: skip
    said = {phase_in_page.told(list(zip((0.0, 3.0), each, strict=True)), language) for each in cases}
    assert len(said) == len(cases)


def test_a_phase_in_that_harms_says_nothing_of_shorter_ones():
    found = [(0.0, "unsure"), (3.0, "harmed"), (5.0, "harmed")]
    assert longest_harmed(found) is None and phase_in_page.cell(found, "en") == "inconclusive"


def test_the_command_answers_for_every_cut_and_leaves_a_page_in_both_languages(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    path = phase_in([*STREET, "cuts=0.3", "years=0,3", "ahead=0,1", "replications=2", "study=s"])
    document = options.read(path)
    assert len(document["phase_ins"]) == 8 and capsys.readouterr().out.count("A cut of 30%") == 4
    english, dutch = phase_in_page.write_pages(document, tmp_path / "docs")
    assert "# How long must the phase-in period be?" in english.read_text()
    assert "# Hoe lang moet de landingsbaan zijn?" in dutch.read_text()


@pytest.mark.parametrize(
    ("words", "sentence"), [("cuts=much", "expected numbers"), ("years=99", "outside the allowed")]
)
def test_a_phase_in_that_cannot_be_is_refused(words, sentence):
    with pytest.raises(ConfigurationError, match=sentence):
        phase_in([*STREET, words])
