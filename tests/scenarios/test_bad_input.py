"""Input that once ended in a traceback, in a wrong sentence, or in half a set of files."""

import csv
import io
import json
import os
import sys
from pathlib import Path

import pytest
import yaml

from scenarios import cli
from scenarios.analysis import discovery as discovery
from scenarios.cli.studies import sweep
from scenarios.common.errors import ConfigurationError
from scenarios.config.composition import compose
from scenarios.config.municipality_files.file import read_municipality_file
from scenarios.config.overrides import expanded
from scenarios.reporting.figures import run_figures
from scenarios.reporting.figures.savings import describe
from scenarios.reporting.figures.style import write
from scenarios.reporting.texts import agreed, text
from scenarios.runs.scenario import scenario_from
from scenarios.studies import design
from scenarios.studies.design import design_from, points_of_table, value_of
from scenarios.studies.plan import Plan
from simulation.recording import store
from simulation.recording.store import open_run
from tests.synthetic_run import write_run


def test_a_minus_sign_that_the_screen_lacks_is_written_as_a_hyphen(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    monkeypatch.setitem(cli.ACTIONS, "systems", lambda _: print("\u22126.5 \u00b1 1 \u4e00"))
    assert cli.main(["systems"]) == 0
    assert raw.getvalue().decode("cp1252").splitlines() == ["-6.5 \u00b1 1 ?"]


def test_a_closed_screen_is_a_quiet_end(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["systems"]) == 0


@pytest.mark.parametrize("folder", ["Büro", "b's map", "~/x", "C:\\runs", "één map/twee"])
def test_a_folder_may_have_any_name_and_a_tilde_is_home(folder):
    scenario = scenario_from([f"output.folder={folder}"])
    assert str(scenario.folder) == folder.replace("~", os.path.expanduser("~"))


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ("landing.cut=" + "9" * 400, "outside the allowed range"),
        ("landing.cut=é", "landing.cut takes a number"),
        ("landng.cut=é", "did you mean landing.cut"),
        ("wijkteam.fte=1", r"wijkteam.fte: no such key.*; did you mean wijkteam.fte_per_1000 or"),
        ("landing.years_a=1", r"did you mean landing.years_ahead\?"),
        ("system.not_represented=[1]", r"system.not_represented\[0\]"),
        ("system.particulars=[{en:a}]", r"system.particulars\[0\].nl is missing"),
    ],
)
def test_a_value_of_a_wrong_kind_is_one_sentence(override, sentence):
    with pytest.raises(ConfigurationError, match=sentence):
        compose([override])


@pytest.mark.parametrize("values", ["range(0,nan)", "range(nan,3)", "range(0,inf)", "range(0,3,nan)"])
def test_a_range_that_is_not_between_two_numbers_is_refused(values):
    with pytest.raises(ConfigurationError, match="range between two numbers"):
        expanded([f"landing.years={values}"])


def test_a_pipe_as_a_file_is_refused_instead_of_waited_for(tmp_path):
    for name in ("a.yaml", "a.csv"):
        os.mkfifo(tmp_path / name)
        with pytest.raises(ConfigurationError, match="not a regular file"):
            read_municipality_file(tmp_path / name)
    with pytest.raises(ConfigurationError, match="not a regular file"):
        points_of_table(tmp_path / "a.csv")


def test_a_table_with_semicolons_is_read_with_decimal_commas(tmp_path):
    table = tmp_path / "points.csv"
    table.write_text("landing.years;landing.cut\n0;0,25\n5;0,1\n", encoding="utf-8")
    assert points_of_table(table) == [
        {"landing.years": 0, "landing.cut": 0.25}, {"landing.years": 5, "landing.cut": 0.1}
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    ["[1", "{", "a: b: c", "*x", "@", "%", '"', "!!python/object/apply:os.system [x]", "!!int", "&a [*a]",
     "\0", "[" * 1500, "2015-13-45", "0x" + "f" * 5000],
)  # fmt: skip
def test_a_cell_that_is_no_value_is_one_sentence_with_its_line(cell, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with open("t.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["landing.cut", "landing.years"], [cell, 1]])
    assert cli.main(["sweep", "municipality=street", "table=t.csv"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("landingsbaan: t.csv, line 2: landing.cut = ") and told.count("\n") == 1
    assert told.endswith(": cannot be read as a value\n") and not Path("results").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("landing.cut,landing.cut\n0.1,0.2\n", "line 1: landing.cut is given twice"),
        ("replication.count\n3\n", "line 1: replication.count: has no effect in a study; write replications"),
        ("output.folder\nx\n", "line 1: output.folder: has no effect in a study"),
        (
            "policy.changes\n{wijkteam.one_plan: 1}\n",
            "line 1: policy.changes: names with values cannot differ",
        ),
    ],
)
def test_a_column_that_cannot_be_one_is_refused(content, told, tmp_path):
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told):
        points_of_table(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("landing.cut\n0.1\n7\n", "t.csv, line 3: landing.cut = 7: outside the allowed range"),
        ("policy\nreference\nreferense\n", "t.csv, line 3: policy = referense: no such policy"),
        ("landing.cut\n0.1\n0.2\n0.3\n0.4\n", "t.csv, line 5: expected at most 3 rows of values"),
        ("landing.cut\n0.1\nx${oc.env:HOME}\n", "t.csv, line 3: landing.cut = x.*refers to something else"),
    ],
)
def test_a_row_that_cannot_be_a_point_is_told_with_its_line(content, told, tmp_path, monkeypatch):
    monkeypatch.setattr(design, "MOST_POINTS", 3)
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told):
        points_of_table(tmp_path / "t.csv")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_table_in_another_encoding_is_told_what_is_expected(encoding, tmp_path):
    (tmp_path / "t.csv").write_text("landing.cut\n0.1\n", encoding=encoding)
    with pytest.raises(ConfigurationError, match="cannot be read as text, expected UTF-8"):
        points_of_table(tmp_path / "t.csv")


@pytest.mark.parametrize("text", ["0", "-3", "0.50", "-0.5", "12345678901234567", "007", "1.", ".5", "1e5"])
def test_a_number_is_read_as_yaml_does(text):
    read = value_of(text, "x")
    assert (read, type(read)) == (yaml.safe_load(text), type(yaml.safe_load(text)))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["policy.changes={wijkteam.one_plan:0},{wijkteam.one_plan:1}"], "policy.changes: names with values"),
        (["system.sources=[a],[b]"], "system.sources: names with values cannot differ"),
        (["landing.years=0,1", "landing.years=2,3"], "landing.years is given twice"),
        (["landing.years=0,1", "landing.years=2"], "landing.years is given twice"),
        (["replication.count=5"], "write replications=10"),
        (["language=en,nl"], "language=en or language=nl"),
    ],
)
def test_an_axis_that_cannot_be_one_is_refused(words, told):
    with pytest.raises(ConfigurationError, match=told):
        design_from(words)


def test_a_table_may_say_the_policy_of_each_point(tmp_path, monkeypatch):
    (tmp_path / "t.csv").write_text("policy\nreference\nearly_signalling\n", encoding="utf-8")
    checked = []
    monkeypatch.setattr(Plan, "check", lambda plan: checked.append(plan.scenarios) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sweep(["municipality=street", f"table={tmp_path / 't.csv'}"])
    assert len(checked[0]) == 2


# Run folders.


@pytest.mark.parametrize(
    ("key", "value"),
    [("seeds", 3), ("replications", "two"), ("notes", [1]), ("landing_years", "long"),
     ("tables", {"monthly": 1}),
     ("policy_title", "more"), ("municipality", None), ("transition", 2015)],
)  # fmt: skip
def test_a_run_document_with_another_kind_of_value_is_refused_before_anything_is_drawn(tmp_path, key, value):
    folder = write_run(tmp_path / "run")
    document = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(document | {key: value}), encoding="utf-8")
    with pytest.raises(ValueError, match=key):
        run_figures.draw_all(folder)
    assert not (folder / "figures").exists()


def test_figures_are_all_drawn_or_none_is_written(tmp_path, monkeypatch):
    folder = write_run(tmp_path / "run")

    def fails(*_):
        raise ValueError("cannot be drawn")

    monkeypatch.setattr(run_figures.FIGURES[-1], "describe", fails)
    with pytest.raises(ValueError, match="cannot be drawn"):
        run_figures.draw_all(folder)
    assert sorted(path.suffix for path in folder.iterdir()) == sorted(
        [".json", *[".parquet"] * (len(list(folder.iterdir())) - 1)]
    )


def test_a_dollar_sign_in_the_name_of_a_municipality_is_drawn(tmp_path):
    folder = write_run(tmp_path / "run")
    document = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    named = store.with_checksum(document | {"municipality": "Geld$ $\\frac$"})
    (folder / "run.json").write_text(json.dumps(named), encoding="utf-8")
    assert write(describe(open_run(folder), "nl"), "", tmp_path, "nl").is_file()


# Words.


def test_what_is_counted_agrees_with_one_in_both_languages():
    assert agreed("1 years, 1 wijken, 11 wijken, 2.1 years") == "1 year, 1 wijk, 11 wijken, 2.1 years"
    assert agreed("1 huishoudens en 1 replicaties") == "1 huishouden en 1 replicatie"
    assert text("summary_first_year", "nl") == "Eerste jaar"


# Explorations.


def test_an_outcome_without_a_region_does_not_keep_another_from_being_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    finds = discovery.find_box

    def only_of_mixed(table, hits):
        if hits.mean() > 0.9:
            raise ConfigurationError("too few or too many to mark out")
        return finds(table, hits)

    monkeypatch.setattr(discovery, "find_box", only_of_mixed)
    words = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2015-12",
             "window.warm_up_months=0", "levers=wijkteam.fte_per_1000", "outcome=unmet,breaks_even",
             "samples=36", "study=d", "engine.processes=1"]  # fmt: skip
    last = discovery.discover(words)
    told = capsys.readouterr()
    assert last.name == "discovery_unmet.json" and "unmet" in told.out
    assert "breaks_even" in told.err
