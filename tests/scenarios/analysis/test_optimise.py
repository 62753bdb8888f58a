"""Robust search finds a known front and converges."""

import json
from dataclasses import replace

import numpy as np
import pytest

from scenarios.analysis import robust as optimise_page
from scenarios.analysis.exploration import options
from scenarios.analysis.robust import (
    OptimiseOptions,
    front_of,
    optimise,
    robust,
    search,
)
from scenarios.common.errors import ConfigurationError
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
    for row in document["front"][: optimise_page.BESIDE]:
        (cost,) = (each for each in row["beside"]["outcomes"] if each["name"] == "net_cost")
        assert set(cost["remains"]) == {"finds_nobody", "no_effect_policy"}
    assert capsys.readouterr().out.count("If nobody new is found") == min(3, len(document["front"]))
    monkeypatch.setattr(LocalEngine, "do_all", _nothing_is_left)
    assert json.loads(optimise([*STREET, *words]).read_text()) == document
    page = optimise_page.write_pages(options.read(path), tmp_path / "docs").read_text()
    assert "Hypervolume" in page and "effect_unmet" in page and "Net municipal cost by law" in page


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
