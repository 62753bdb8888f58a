"""The landing-strip lab: predictions are scored, notebooks made from one source, every cell runs."""

import ast
import json

import numpy as np
import pytest

from scenarios.apps.dashboard.state import read_link
from scenarios.apps.dashboard.words import RefusedError
from scenarios.apps.lab import notebook, worksheet
from scenarios.apps.lab.exercises import EXERCISES, MECHANISMS, WORDS, without
from scenarios.apps.lab.predictions import (
    PREDICTED,
    ROW_PREDICTED,
    Prediction,
    Score,
    jobs_to_see,
    predicted,
    score_of,
    state_of,
    total_words,
)
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.scenario import scenario_from


def code_of(language):
    """Return the code cells of a notebook."""
    cells = json.loads(notebook.written(language))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.fixture
def small(monkeypatch, tmp_path):
    monkeypatch.setenv(worksheet.SMALL_LAB, "small")
    monkeypatch.chdir(tmp_path)


# Predictions.


def test_whoever_knows_the_distribution_scores_best():
    values = np.random.default_rng(1).normal(5.0, 2.0, 400)
    low, high = np.quantile(values, [0.05, 0.95])
    best = score_of(Prediction("break", low, high), values)
    assert best.points == pytest.approx(best.best)
    for narrower, wider in ((0.5, 0.0), (0.0, 3.0)):
        other = Prediction("break", low + narrower - wider, high - narrower + wider)
        assert score_of(other, values).points < best.points


def test_being_sure_of_something_wrong_scores_below_knowing_nothing():
    values = np.full(10, 20.0)
    assert score_of(Prediction("break", -50.0, 50.0), values).points == 0.0
    assert score_of(Prediction("break", 0.0, 1.0), values).points < 0.0
    assert score_of(Prediction("break", 19.0, 21.0), values).points > 90.0


@pytest.mark.parametrize(
    ("inside", "key"), [(20, "lab_too_wide"), (18, "lab_well"), (16, "lab_well"), (12, "lab_too_sure")]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_predictions_together_are_too_sure_calibrated_or_too_wide(inside, key, language):
    said = total_words([Score(inside - 5, 10, 40.0, 90.0), Score(5, 10, 60.0, 90.0)], language)
    assert WORDS[key][LANGUAGES.index(language)] in said and "50" in said


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("brake", 1, 2), "expected one of phase_in, break, shift"),
        (("shift", ..., 2), "Fill in two numbers first"),
        (("shift", None, None), "Fill in two numbers first"),
        (("shift", float("nan"), 2), "Fill in two numbers first"),
        (("shift", True, 2), "Fill in two numbers first"),
        (("shift", 3, 2), "the lower number first"),
        (("break", 1, 2, "gravity"), "expected one of escalation"),
    ],
)
def test_a_prediction_that_is_none_is_refused_with_a_sentence(asked, sentence):
    with pytest.raises(RefusedError, match=sentence):
        predicted(*asked)


def test_a_policy_that_changes_only_the_landing_shifts_nothing_and_is_refused():
    with pytest.raises(RefusedError, match="nothing but the landing"):
        state_of(Prediction("shift", 0.0, 1.0), read_link("?a=phase_in:2"))


def test_both_strips_and_both_models_are_seen_in_pairs():
    """Every job of a replication has its seed and parameter draw, so differences are of one replication."""
    state = read_link("?system=overnight&city=street&a=fte:0.5")
    for exercise in PREDICTED:
        mine = Prediction(exercise, 0.0, 1.0, "escalation" if exercise == "break" else "")
        jobs = jobs_to_see(mine, state_of(mine, state), 3)
        assert {job.number for job in jobs.values()} == {3} and len(set(jobs.values())) == len(jobs)
    mine = Prediction("phase_in", 0.0, 1.0)
    jobs = jobs_to_see(mine, state_of(mine, state), 0)
    lengths = {name: dict(job.shared)["phase_in"] for name, job in jobs.items()}
    assert lengths == {"first": 2.5, "first_same_money": 2.5, "second": 5.0}
    assert {dict(job.shared)["cut"] for job in jobs.values()} == {0.25}


# Notebooks.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notebooks_in_docs_are_current(language):
    path = notebook.FOLDER / notebook.NAMES[language]
    assert path.read_text(encoding="utf-8") == notebook.written(language), (
        "python -m scenarios.apps.lab.notebook"
    )


def test_both_notebooks_ask_the_same_of_the_model():
    def calls(language):
        trees = [ast.parse(code) for code in code_of(language)]
        found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
        return [ast.unparse(each) for each in found]

    assert calls("en") == calls("nl")


def test_a_notebook_shows_nothing_before_there_is_a_prediction(small):
    first = next(code for code in code_of("en") if "see(" in code and "import" not in code)
    names = {}
    exec(code_of("en")[0], names)
    with pytest.raises(ValueError, match="Fill in two numbers first"):
        exec(first, names)


def test_every_cell_of_the_notebook_runs_in_small(small):
    names, shown = {}, []
    for code in code_of("nl"):
        *before, last = ast.parse(code.replace("low=..., high=...", "low=-20, high=20")).body
        if isinstance(last, ast.Expr):  # what a notebook shows under the cell
            exec(compile(ast.Module(before, []), "cell", "exec"), names)
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
        else:
            exec(code, names)
    pictures = [each.image for each in shown if hasattr(each, "image")]
    texts = [each._repr_markdown_() for each in shown if hasattr(each, "_repr_markdown_")]
    assert len(pictures) == 4 and all(each.startswith(b"\x89PNG") for each in pictures)
    assert len(texts) == 4 and "Je score is" in texts[0] and "Berekening voor berekening" in texts[0]
    assert texts[3].startswith("# Twee levens")


def test_a_street_seen_twice_gives_the_same_numbers(small):
    one, other = (worksheet.see("shift", -10, 10, fte=0.5) for _ in range(2))
    assert one.values == other.values and one.score == other.score
    rows = {row["what"]: row for row in one.shown["rows"]}
    assert [name for name, row in rows.items() if row["predicted"]] == ["all payers together save"]


# Words and settings.


@pytest.mark.parametrize("link", [link for each in EXERCISES.values() for _, link in each.settings])
def test_every_setting_of_the_lab_is_a_link_the_dashboard_reads(link):
    assert read_link(f"?{link}").policies


def test_every_exercise_has_its_words_in_both_languages():
    for each in EXERCISES.values():
        parts = ["title", "task", "discussion"]
        parts += ["predict", "unit", "finding", "sides"] if each.name in PREDICTED else []
        keys = [*each.questions(), *(key for key, _ in each.settings)]
        keys += [ROW_PREDICTED[each.name]] if each.name in PREDICTED else []
        for key in [*keys, *(f"{each.name}_{part}" for part in parts)]:
            assert len(WORDS[key]) == len(LANGUAGES) and all(WORDS[key])


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_taken_out_is_out_in_every_replication(name):
    scenario = scenario_from(["municipality=street", *without(name)])
    for key, value in MECHANISMS[name].items():
        group, parameter = key.split(".")
        assert getattr(getattr(scenario.parameters, group), parameter) == value
        assert any(each.startswith(f"{key}=") for each in scenario.overrides)  # so no draw varies it


def test_a_slider_out_of_range_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="fte = '99': expected a number from 0.3 to 3"):
        worksheet.see("shift", 0, 1, fte=99)
