"""The landing-strip lab: notebooks made from one source, every cell runs, every setting can be set."""

import ast
import json

import pytest

from scenarios.apps.dashboard.state import read_link
from scenarios.apps.lab import flight, notebook
from scenarios.apps.lab.exercises import EXERCISES, MECHANISMS, WORDS, without
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.scenario import scenario_from


def code_of(language):
    """Return the code cells of a notebook."""
    cells = json.loads(notebook.written(language))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


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


def test_every_cell_of_the_notebook_runs_in_small(monkeypatch, tmp_path):
    monkeypatch.setenv(flight.SMALL, "small")
    monkeypatch.chdir(tmp_path)
    names, shown = {}, []
    for code in code_of("nl"):
        *before, last = ast.parse(code).body
        if isinstance(last, ast.Expr):  # what a notebook shows under the cell
            exec(compile(ast.Module(before, []), "cell", "exec"), names)
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
        else:
            exec(code, names)
    assert len(shown) == 8
    assert all(each is not None and (len(each) if hasattr(each, "columns") else each.picture or each.text)
               for each in shown)  # fmt: skip


@pytest.mark.parametrize("link", [link for each in EXERCISES for _, link in each.settings])
def test_every_setting_of_the_lab_is_a_link_the_dashboard_reads(link):
    assert read_link(f"?{link}").policies


def test_every_exercise_has_its_words_in_both_languages():
    for each in EXERCISES:
        keys = [*each.questions(), *(key for key, _ in each.settings)]
        for key in [*keys, *(f"{each.name}_{part}" for part in ("title", "task", "discussion"))]:
            assert len(WORDS[key]) == len(LANGUAGES) and all(WORDS[key])


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_taken_out_is_out_in_every_replication(name):
    scenario = scenario_from(["municipality=street", *without(name)])
    for key, value in MECHANISMS[name].items():
        group, parameter = key.split(".")
        assert getattr(getattr(scenario.parameters, group), parameter) == value
        assert any(each.startswith(f"{key}=") for each in scenario.overrides)  # so no draw varies it


def test_a_slider_out_of_range_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="phase_in = '99': expected a number from 0 to 15"):
        flight.fly(phase_in=99)
