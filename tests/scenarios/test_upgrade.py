"""Runs and studies of version 0.1, as it wrote them, are refused in one sentence that says how to go on."""

import re
import shutil
from pathlib import Path

import pytest

from scenarios.cli import DONE, MISTAKE, main
from scenarios.common.errors import ConfigurationError
from scenarios.studies.store import Folder

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "version_0_1"


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A folder with a run and a study of version 0.1; their tables are left out."""
    shutil.copytree(RECORDED / "run", tmp_path / "results" / "runs" / "old")
    shutil.copytree(RECORDED / "study", tmp_path / "results" / "studies" / "old")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["figures", "results/runs/old"], "schema version 1, this version reads 2"),
        (["report", "results/runs/old"], "run again=results/runs/old makes the run anew"),
        (["results", "show", "old"], "written by version 0.1 of landingsbaan"),
        (["results", "export", "old", "table=runs"], "run the command again under another name"),
        (["sweep", "municipality=street", "landing.years=0,2", "study=old"], "written by version 0.1"),
    ],
)
def test_what_version_0_1_wrote_is_refused_in_one_sentence_and_left_alone(old, words, sentence, capsys):
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    assert main(words) == MISTAKE
    said = capsys.readouterr().err
    assert sentence in said.splitlines()[-1] and said.count("landingsbaan: ") == 1
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_a_key_of_a_run_of_version_0_1_is_told_with_its_new_name(old, capsys):
    assert main(["run", "again=results/runs/old", "--cfg", "job"]) == MISTAKE
    said = capsys.readouterr().err
    assert "result version of version 0.1" in said
    assert ".pairs: no such key or group; it is now called replication.count" in said


def test_a_run_of_version_0_1_whose_keys_are_still_known_is_made_again(old, capsys):
    path = old / "results" / "runs" / "old" / "run.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\w+\.pairs=", "replication.count=", text), encoding="utf-8")
    assert main(["run", "again=results/runs/old", "--cfg", "job"]) == DONE
    assert "count: 1\n" in capsys.readouterr().out


def test_a_document_that_is_no_study_is_still_told_so(tmp_path):
    (tmp_path / "study.json").write_text('{"study_version": 2}', encoding="utf-8")
    with pytest.raises(
        ConfigurationError, match="result_version is missing; expected what describes a study"
    ):
        Folder(tmp_path).document  # noqa: B018
