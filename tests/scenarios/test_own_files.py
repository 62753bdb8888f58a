"""Results in other formats, a run once more, outcomes and files of one's own: docs/how_to shows them."""

import json
import os

import pandas as pd
import pyarrow.parquet as pq
import pytest

from scenarios import cli
from scenarios.cli.studies import sweep
from scenarios.common.errors import ConfigurationError
from scenarios.config.composition import compose
from scenarios.config.schema import OWN_FOLDER, group_options
from scenarios.runs.run_document import with_stored_overrides
from scenarios.runs.scenario import scenario_from
from scenarios.studies import results
from simulation.recording.schema import TABLES
from tests.synthetic_run import write_run

SHORT = ["municipality=street", "window.start=2014-10", "window.end=2015-12", "window.warm_up_months=9"]
OWN_OUTCOME = '''
def longest_wait(months):
    """Longest wait."""
    return months["waited_months_wijkteam"].max() + len(months)

longest_wait.unit = "person-months"

def wrong(months):
    return months["nowhere"]
'''


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of two points with an outcome of the user's own."""
    place = tmp_path_factory.mktemp("studies")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        (place / "own.py").write_text(OWN_OUTCOME, encoding="utf-8")
        words = [*SHORT, "landing.years=0,2", "replications=1", "study=s", "engine.processes=1"]
        folder = sweep([*words, "outcome=net_cost,own.py:longest_wait"])
        yield results.Folder(place / folder.path)


def test_an_outcome_of_ones_own_is_a_column_of_the_runs_with_its_unit_and_meaning(study):
    runs = pd.read_parquet(study.runs)
    assert (runs["own.py:longest_wait"] >= 12).all()  # the months from the transition on
    own = study.sweep["outcomes"][1]
    assert (own["unit"], own["meaning"]) == ("person-months", "Longest wait.")


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("own.py:none", "has no function none"),
        ("none.py:peak", "FileNotFoundError"),
        ("peak", "file.py:function"),
    ],
)
def test_an_outcome_that_is_not_there_is_refused_before_anything_is_run(
    outcome, sentence, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.py").write_text(OWN_OUTCOME, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=sentence):
        sweep([*SHORT, "landing.years=0,2", "study=t", f"outcome={outcome}"])
    assert not (tmp_path / "results").exists()


def test_runs_are_exported_as_csv_that_dutch_excel_opens(study, tmp_path):
    plain = pd.read_csv(results.exported(study, "csv", tmp_path / "a.csv", "runs"))
    dutch = pd.read_csv(
        results.exported(study, "csv", tmp_path / "b.csv", "runs", ","),
        sep=";",
        decimal=",",
        encoding="utf-8-sig",
    )
    pd.testing.assert_frame_equal(plain, dutch)
    assert len(plain) == 2 and plain["net_cost"].dtype == float


def test_runs_are_exported_as_an_excel_file(study, tmp_path):
    pytest.importorskip("openpyxl", reason="needs the extra `excel`")
    path = results.exported(study, "excel", tmp_path / "a.xlsx", "runs")
    assert pd.read_excel(path)["net_cost"].tolist() == pytest.approx(
        pd.read_parquet(study.runs)["net_cost"].tolist()
    )


@pytest.mark.parametrize(
    ("kind", "table", "decimal", "sentence"),
    [("csv", "rums", ".", "did you mean runs"), ("parquet", "runs", ",", "comma with format=csv"),
     ("exel", "runs", ".", "did you mean excel"), ("netcdf", "runs", ".", "no cube")],
)  # fmt: skip
def test_an_export_that_cannot_be_is_refused_and_nothing_is_written(
    study, tmp_path, kind, table, decimal, sentence
):
    with pytest.raises(ConfigurationError, match=sentence):
        results.exported(study, kind, tmp_path / "a", table, decimal)
    assert not list(tmp_path.iterdir())


def test_studies_of_another_folder_are_listed(study, capsys):
    assert cli.main(["results", "ls", str(study.path.parent)]) == 0
    assert capsys.readouterr().out.startswith("s ")


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [("", "gives no table"), ("COPY (SELECT 1) TO 'x.csv'", "disabled"),
     ("FROM read_text('own.py')", "disabled"),
     ("SET enable_external_access = true", "locked"), ("FROM nowhere", "nowhere")],
)  # fmt: skip
def test_sql_sees_the_tables_of_its_study_and_nothing_else(study, sql, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence):
        results.query_study(study, sql)
    assert not list(tmp_path.iterdir())
    assert results.query_study(study, "SELECT count(*) AS n FROM runs")["n"].tolist() == [2]


# Runs.


def test_every_column_of_a_run_says_its_unit_and_meaning(tmp_path):
    folder = write_run(tmp_path / "run")
    for name, table in TABLES.items():
        for column in table.columns:
            told = pq.read_schema(folder / f"{name}.parquet").field(column.name).metadata
            assert told[b"unit"].decode() == column.unit
            assert told[b"description"].decode() == column.meaning


def test_a_run_is_asked_again_with_what_is_written_beside_it(tmp_path):
    document = {"overrides": ["landing.years=5", "replication.count=2"], "result_version": "another"}
    (tmp_path / "run.json").write_text(json.dumps(document), encoding="utf-8")
    for place in (tmp_path, tmp_path / "run.json"):
        assert with_stored_overrides([f"again={place}", "replication.count=3"]) == [
            "landing.years=5",
            "replication.count=3",
        ]
    with pytest.raises(ConfigurationError, match="no such file"):
        with_stored_overrides([f"again={tmp_path / 'elsewhere'}"])


# Configuration.


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder with a policy of one's own, in use; that of docs/how_to/own_files.md is its like."""
    folder = tmp_path / "own één, of Jan's"
    (folder / "policy").mkdir(parents=True)
    text = "name: more\ntitle: more outreach\nsource: assumed\nchanges:\n  wijkteam.outreach_share: 0.1\n"
    (folder / "policy" / "more.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv(OWN_FOLDER, str(folder))
    return folder


def test_a_policy_in_a_file_of_ones_own_is_composed(own_folder):
    assert "more" in group_options()["policy"]
    assert compose(["policy=more"]).configuration.policy.changes == {"wijkteam.outreach_share": 0.1}


def test_a_file_of_ones_own_is_checked_as_those_of_the_package(own_folder):
    (own_folder / "policy" / "more.yaml").write_text("name: a\ntitle: b\nsource: c\nchagnes: {}\n")
    with pytest.raises(ConfigurationError, match="did you mean changes"):
        compose(["policy=more"])


def test_a_folder_of_ones_own_that_cannot_be_read_is_told(own_folder, monkeypatch, capsys):
    list_folder = os.listdir

    def refuse(place):
        if place == own_folder / "policy":
            raise PermissionError(13, "Permission denied", str(place))
        return list_folder(place)

    monkeypatch.setattr(os, "listdir", refuse)  # root may read a folder without permissions
    assert cli.main(["run", "policy=more", "--cfg", "job"]) == 2
    told = capsys.readouterr().err
    assert f"{own_folder / 'policy'} cannot be read: Permission denied" in told and told.count("\n") == 1


def test_a_name_of_the_package_is_not_taken_over(own_folder):
    (own_folder / "policy" / "reference.yaml").write_text("name: reference\n")
    with pytest.raises(ConfigurationError, match="the package has a policy of that name"):
        compose([])


def test_a_folder_that_is_not_there_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setenv(OWN_FOLDER, "")
    assert cli.main(["run", "--config-dir=nowhere", "--cfg", "job"]) == 2
    assert "--config-dir = nowhere: no such folder" in capsys.readouterr().err


def test_a_system_of_ones_own_may_stand_for_a_municipality_of_ones_own(own_folder, capsys, monkeypatch):
    monkeypatch.setenv(OWN_FOLDER, "")
    for group, name, text in (
        ("municipality", "lutjedijk", "slug: lutjedijk\nname: Lutjedijk\npeople:\n  inhabitants: 12000\n"),
        ("system", "lutjedijks", "slug: lutjedijks\ntitle: Lutjedijks\nmunicipality: lutjedijk\nsources: [S3]"
         "\nchanges:\n  wijkteam.autonomy: {value: 0.7, source: assumed}\nparticulars:\n"
         "- {en: a, nl: b, source: S3, levers: [wijkteam.autonomy]}\nnot_represented:\n- {en: a, nl: b}\n"),
    ):  # fmt: skip
        (own_folder / group).mkdir()
        (own_folder / group / f"{name}.yaml").write_text(text, encoding="utf-8")
    for words in (["system=lutjedijks"], ["system=lutjedijks", "municipality=lutjedijk"]):
        assert cli.main(["run", "--config-dir", str(own_folder), *words, "--cfg", "job"]) == 0
        told = capsys.readouterr().out
        assert "slug: lutjedijk\n" in told and "autonomy: 0.7" in told
        scenario = scenario_from(words)
        assert scenario.profile.name == "Lutjedijk" and scenario.parameters.wijkteam.autonomy == 0.7
    assert cli.main(["run", "-cd", str(own_folder), "policy=more", "--info", "searchpath"]) == 0
    assert str(own_folder) in capsys.readouterr().out
    assert cli.main(["run", "-cd", str(own_folder), "municipality=lutjedyk"]) == 2
    assert "did you mean lutjedijk" in capsys.readouterr().err
