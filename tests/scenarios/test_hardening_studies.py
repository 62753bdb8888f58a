"""Calibrations, validations, explorations: damaged files, full disks, two at once, kills, hostile words."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import cli
from scenarios.analysis.calibration import inference
from scenarios.analysis.calibration import training_ensemble as training_ensemble
from scenarios.analysis.calibration.training_ensemble import (
    TrainingEnsemble,
    keys_of,
    make_ensemble,
    read_ensemble,
)
from scenarios.common.errors import ConfigurationError
from scenarios.runs import draws as committed
from scenarios.runs.draws import provenance
from scenarios.runs.scenario import scenario_from
from scenarios.studies import results, store
from scenarios.studies.commands import check_folder_name
from scenarios.studies.engines import LocalEngine
from scenarios.studies.runner import CompletedRuns
from scenarios.studies.store import DOCUMENT, Folder
from tests.synthetic_calibration import few_numbers, quick_values

ROOT = Path(__file__).resolve().parents[2]
FEW = settings(max_examples=40, suppress_health_check=list(HealthCheck))
STREET = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2015-12",
          "window.warm_up_months=0"]  # fmt: skip
EXPLORED = ["discover", *STREET, "levers=wijkteam.fte_per_1000", "unknowns=none", "outcome=unmet",
            "samples=36", "study=één keer", "engine.processes=1"]  # fmt: skip
# A training ensemble of runs that cost a moment, in a process of its own that can be killed.
PROGRAM = """
import sys, time
from pathlib import Path
from scenarios.analysis.calibration import training_ensemble
from scenarios.studies.engines import LocalEngine
from scenarios.studies.store import Folder
from tests.synthetic_calibration import few_numbers, quick_values
def slowly(*asked):
    time.sleep(0.01)
    return quick_values(*asked)
training_ensemble.values_of_targets = slowly
asked = training_ensemble.TrainingEnsemble(few_numbers(), 64, 200, 1)
training_ensemble.make_ensemble(asked, Folder(Path(sys.argv[1])), LocalEngine(1))
"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


pytestmark = pytest.mark.usefixtures("has_posterior")


def small_ensemble(members=32):
    return TrainingEnsemble(few_numbers(), members, 200, 1)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The folder of a finished training ensemble; copy it before it is damaged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_ensemble, "values_of_targets", quick_values)
        folder = Folder(tmp_path_factory.mktemp("training_ensembles") / "whole")
        make_ensemble(small_ensemble(), folder, LocalEngine(1))
        yield folder


@pytest.fixture
def folder(finished, tmp_path):
    """A copy of a finished training ensemble."""
    return Folder(Path(shutil.copytree(finished.path, tmp_path / "bänk 1")))


def sentence(capsys, *words):
    """Return the one sentence with which a command is refused."""
    assert cli.main(list(words)) == 2
    told = capsys.readouterr()
    last = told.err.splitlines()[-1]
    assert last.startswith("landingsbaan: ") and len(last) < 1_100 and "Traceback" not in told.err
    return last


def full_disk(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


# The training ensemble of a calibration.
# -------------------------------------------------------------------


def truncated(part):
    part.write_bytes(part.read_bytes()[:-7])


def foreign(part):
    pd.DataFrame({"another": [1, 2]}).to_parquet(part)


def described_otherwise(part):
    described = part.parent / "m00000.json"
    described.write_text(described.read_text().replace('"sha256"', '"md5"'), encoding="utf-8")


def nested_without_end(part):
    (part.parent / "m00000.json").write_text("[" * 9000, encoding="utf-8")


@pytest.mark.parametrize("harm", [truncated, foreign, described_otherwise, nested_without_end, Path.unlink])
def test_a_damaged_part_of_a_training_ensemble_is_run_again(harm, finished, folder):
    harm(folder.table_of("m00000", training_ensemble.TABLE))
    with pytest.raises(ConfigurationError, match="part m00000 is missing; the same command resumes"):
        read_ensemble(small_ensemble(), folder)
    make_ensemble(small_ensemble(), folder, LocalEngine(1))
    assert (
        read_ensemble(small_ensemble(), folder).checksum == read_ensemble(small_ensemble(), finished).checksum
    )


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"study_version": "1"}', "[" * 9000])
def test_a_folder_whose_description_is_damaged_is_refused(content, tmp_path, capsys):
    (tmp_path / "c" / "x").mkdir(parents=True)
    (tmp_path / "c" / "x" / DOCUMENT).write_text(content, encoding="utf-8")
    for command in ("calibrate", "validate"):
        assert "study.json: " in sentence(capsys, command, f"folder={tmp_path / 'c'}", "name=x")
    assert [path.name for path in (tmp_path / "c").rglob("*")] == ["x", DOCUMENT]


def test_a_folder_of_something_else_is_refused(tmp_path, capsys):
    Folder(tmp_path / "x").begin({"study_version": 1, "result_version": "y"})
    with pytest.raises(ConfigurationError, match="describes no training ensemble"):
        keys_of(Folder(tmp_path / "x"))
    assert "another validation" in sentence(capsys, "validate", f"folder={tmp_path}", "name=x")


def test_a_study_of_an_older_version_is_refused_with_what_to_do(tmp_path):
    Folder(tmp_path / "x").begin({"study_version": 1, "result_version": "y", "design": "grid"})
    with pytest.raises(ConfigurationError, match="study version 1, .* reads 2; run the sweep again"):
        _ = Folder(tmp_path / "x").sweep


def test_a_full_disk_ends_a_training_ensemble_in_a_sentence_and_leaves_what_is_whole(
    finished, tmp_path, monkeypatch
):
    folder, written = Folder(tmp_path / "training_ensemble"), []

    def fills_up(descriptor):
        written.append(descriptor)
        if len(written) > 4:
            full_disk()

    monkeypatch.setattr(store.os, "fsync", fills_up)
    with pytest.raises(ValueError, match="cannot be written: No space left on device"):
        make_ensemble(small_ensemble(), folder, LocalEngine(1))
    assert not list(folder.claims.iterdir()) and not list(folder.path.rglob("*.partial"))
    monkeypatch.undo()
    monkeypatch.setattr(training_ensemble, "values_of_targets", quick_values)
    make_ensemble(small_ensemble(), folder, LocalEngine(1))
    assert (
        read_ensemble(small_ensemble(), folder).checksum == read_ensemble(small_ensemble(), finished).checksum
    )


def test_two_at_one_training_ensemble_share_it_and_nothing_is_run_twice(finished, tmp_path, monkeypatch):
    done = []

    def slowly(scenario, seed, drawn, experiments=()):
        done.append(seed)
        time.sleep(0.01)
        return quick_values(scenario, seed, drawn, experiments)

    monkeypatch.setattr(training_ensemble, "values_of_targets", slowly)
    training_ensemble.begin(small_ensemble(), Folder(tmp_path / "training_ensemble"))
    both = [Thread(target=make_ensemble, args=(small_ensemble(), Folder(tmp_path / "training_ensemble"),
    LocalEngine(1)))
            for _ in range(2)]  # fmt: skip
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(done) == small_ensemble().n_runs
    assert (
        read_ensemble(small_ensemble(), Folder(tmp_path / "training_ensemble")).checksum
        == read_ensemble(small_ensemble(), finished).checksum
    )


@pytest.mark.slow
def test_a_training_ensemble_that_is_killed_and_then_made_by_two_at_once_is_the_training_ensemble_of_one(
    tmp_path,
):
    def starts():
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, tmp_path / "training_ensemble"],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    killed, rng = starts(), random.Random(3)
    while killed.poll() is None and not list((tmp_path / "training_ensemble").glob("parts/m*.json")):
        time.sleep(0.02)
    time.sleep(rng.uniform(0.0, 0.2))
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    both = [starts() for _ in range(2)]
    assert [each.wait(timeout=300) for each in both] == [0, 0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_ensemble, "values_of_targets", quick_values)
        alone = Folder(tmp_path / "alone")
        make_ensemble(small_ensemble(64), alone, LocalEngine(1))
    together = read_ensemble(small_ensemble(64), Folder(tmp_path / "training_ensemble"))
    assert together.checksum == read_ensemble(small_ensemble(64), alone).checksum
    assert not list((tmp_path / "training_ensemble").rglob("*.partial"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", None])
def test_a_recovery_whose_record_is_damaged_is_done_again(content, tmp_path):
    rng = np.random.default_rng(0)
    shares = rng.random((200, 3))
    asked = (shares, shares @ rng.random((3, 4)), np.full(4, 0.2), np.eye(4) * 0.04, ["regression"])
    first = inference.recovery_test(*asked, LocalEngine(1), 20, stored=tmp_path / "kept")[0]
    torn = sorted((tmp_path / "kept").iterdir())[0]
    if content is None:
        np.savez(torn, first=0, ranks=np.zeros(2), misses=np.zeros(2), spreads=np.zeros(2))
    else:
        torn.write_bytes(content)
    again = inference.recovery_test(*asked, LocalEngine(1), 20, stored=tmp_path / "kept")[0]
    assert np.array_equal(again.ranks, first.ranks)


# Folders of parts.


@FEW
@given(st.fixed_dictionaries({}, optional={key: JSON for key in (*store.DOCUMENT_SHAPE, *store.SWEEP_SHAPE)}))
def test_a_foreign_description_of_a_study_is_a_state_or_one_sentence(tmp_path_factory, document):
    folder = Folder(tmp_path_factory.mktemp("studies") / "foreign")
    folder.begin(document)
    CompletedRuns(folder.path, ("monthly",), "x")
    for asks in (results.state_of, results.summary, results.connection):
        try:
            asks(folder)
        except ConfigurationError as error:
            assert "foreign" in str(error)


@FEW
@given(st.fixed_dictionaries({}, optional={key: JSON for key in (*store.PART_SHAPE, "run_seconds")}) | JSON)
def test_a_foreign_description_of_a_part_is_no_part(tmp_path_factory, document):
    folder = Folder(tmp_path_factory.mktemp("study"))
    folder.begin({"study_version": 1})
    (folder.parts / "m00000.json").write_text(json.dumps(document), encoding="utf-8")
    assert not folder.is_whole("m00000")
    results.damaged(folder)


@FEW
@given(st.binary(max_size=30) | JSON.map(lambda each: json.dumps(each).encode()))
def test_a_foreign_claim_is_nobodys_after_a_while(tmp_path_factory, content):
    folder = Folder(tmp_path_factory.mktemp("study"))
    folder.begin({"study_version": 1})
    (folder.claims / "m00000").write_bytes(content)
    assert not folder.claim("m00000")
    os.utime(folder.claims / "m00000", (0, 0))
    assert folder.claim("m00000")


@FEW
@given(st.text(max_size=60) | st.sampled_from(["..", "a/..", "~", "a\x00", "C:x", "a\udce9", "é" * 90]))
def test_a_name_is_a_folder_below_the_root_or_refused(tmp_path_factory, name):
    root = tmp_path_factory.mktemp("root")
    try:
        check_folder_name("study", name)
    except ConfigurationError:
        return
    if name:
        (root / name).mkdir()
        assert [path.name for path in root.iterdir()] == [name]


# The posterior that draws come from.

KEYS = ("household.fade_per_month[2]", "wijkteam.refers_at")
SAMPLE = ",".join(KEYS) + "\n0.06,0.31\n0.07,0.33\n"
ABOUT = {
    "priors": {key: [0.0, 1.0] for key in KEYS},
    "result_version": "x",
    "training_ensemble": "y",
    "made": "z",
    "draws": 2,
}


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A posterior of two rows that can be damaged."""
    values, about = tmp_path / "posterior.csv", tmp_path / "posterior.yaml"
    values.write_text(SAMPLE, encoding="utf-8")
    about.write_text(yaml.safe_dump({**ABOUT, "provenance": provenance(ABOUT["priors"])}), encoding="utf-8")
    monkeypatch.setattr(committed, "VALUES", values)
    monkeypatch.setattr(committed, "ABOUT", about)
    assert committed.committed_posterior().keys == KEYS
    return values, about


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "cannot be read as CSV"),
        ("\x00\n", "differs"),
        (SAMPLE.replace(",wijkteam.refers_at", ""), "expected a column for each prior"),
        (SAMPLE.replace("wijkteam.refers_at", "wijkteam.refers_to"), "wijkteam.refers_at differs"),
        (SAMPLE.replace("0.33", "nan"), "line 3: wijkteam.refers_at = nan: expected a number from 0 to 1"),
        (SAMPLE.replace("0.33", "7"), "line 3: wijkteam.refers_at = 7"),
        (SAMPLE.replace("0.31", "a"), "line 2: wijkteam.refers_at = a"),
        (SAMPLE.replace(",0.33", ""), "line 3: expected 2 values, got 1"),
        (SAMPLE[:-5], "line 3: wijkteam.refers_at = : expected a number"),
        (SAMPLE[:-10], "is not the sample that posterior.yaml describes"),
        (KEYS[0] + "," + KEYS[1], "is not the sample that posterior.yaml describes"),
    ],
)  # fmt: skip
def test_a_damaged_sample_is_one_sentence(content, told, files):
    files[0].write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        committed.committed_posterior()
    assert told in str(error.value) and "landingsbaan calibrate" in str(error.value)


def test_a_damaged_sample_stops_what_would_draw_from_it_and_nothing_else(files, tmp_path, capsys):
    files[0].write_text(SAMPLE[:-10], encoding="utf-8")
    place = f"output.folder={tmp_path / 'runs'}"
    assert "posterior.csv: " in sentence(
        capsys, "run", "municipality=street", "replication.draws=posterior", place
    )
    assert not (tmp_path / "runs").exists()
    assert scenario_from(["municipality=street", "replication.draws=ranges"]).posterior is None
    assert scenario_from(["municipality=street", "replication.draws=fixed"]).posterior is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file is empty"),
        ("\tx", "line 1: "),
        ("[1, 2]", "expected names with values"),
        ("made: 2026", "made: expected a text"),
        ("made: 'x'", "result_version is missing"),
        ("made: &a [*a]", "anchors"),
        ("made: ${oc.env:HOME}", "interpolations"),
        ("made: !!python/name:os.system x", "is not allowed"),
        (yaml.safe_dump({**ABOUT, "provenance": "x", "priors": {"a": [0, 1]}}), "a: is no parameter"),
        (yaml.safe_dump({**ABOUT, "provenance": "x", "priors": {KEYS[0]: [1, 0]}}), "expected two ends"),
        (yaml.safe_dump({**ABOUT, "provenance": "x", "sha256": "0"}), "is not the sample"),
    ],
)  # fmt: skip
def test_a_damaged_description_of_the_sample_is_one_sentence_too(content, told, files):
    files[1].write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        committed.committed_posterior()
    assert told in str(error.value)


@FEW
@given(st.binary(max_size=80), st.integers(0, len(SAMPLE)), st.booleans())
def test_any_bytes_in_the_posterior_are_read_or_one_sentence(files, harm, place, in_values):
    path = files[0] if in_values else files[1]
    whole = path.read_bytes()
    try:
        path.write_bytes(whole[:place] + harm + whole[place + len(harm) :])
        committed.committed_posterior()
    except ConfigurationError as error:
        assert "posterior" in str(error)
    finally:
        path.write_bytes(whole)


# Explorations.


@pytest.fixture(scope="module")
def explored(tmp_path_factory):
    """A place with a finished discovery, in a folder with spaces and letters of another language."""
    pytest.importorskip("ema_workbench")
    place = tmp_path_factory.mktemp("plaats één")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert cli.main(EXPLORED) == 0
    return place


@pytest.fixture
def again(explored, tmp_path, monkeypatch):
    """A copy of that place to damage, its study, and what it found."""
    shutil.copytree(explored, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    study = Path("results/studies/één keer")
    return study, (study / "discovery_unmet.json").read_bytes()


def test_a_damaged_exploration_is_mended_by_the_same_command(again):
    study, found = again
    truncated(next(study.glob("parts/*00001*.parquet")))
    foreign(next(study.glob("parts/*00002*.parquet")))
    (study / "runs.parquet").write_bytes(b"PAR1")
    (study / "discovery_unmet.json").write_text("{", encoding="utf-8")
    assert cli.main(EXPLORED) == 0
    assert (study / "discovery_unmet.json").read_bytes() == found
    assert results.damaged(Folder(study)) == [] and len(results.query_study(Folder(study), "from runs")) == 36


def test_a_table_of_runs_that_is_damaged_is_one_sentence(again, capsys):
    study, _ = again
    (study / "runs.parquet").write_bytes(b"PAR1 torn PAR1")
    assert "the same sweep command repairs it" in sentence(
        capsys, "results", "show", study.name, "sql=from runs"
    )
    (study / DOCUMENT).write_text("[]", encoding="utf-8")
    assert "study.json: it holds no names" in sentence(capsys, "results", "ls")


def test_a_full_disk_ends_an_exploration_in_a_sentence_and_its_parts_are_kept(again, capsys, monkeypatch):
    study, found = again
    (study / "discovery_unmet.json").unlink()
    monkeypatch.setattr(store.os, "replace", full_disk)
    assert "cannot be written: No space left on device" in sentence(capsys, *EXPLORED)
    assert not (study / "discovery_unmet.json").exists() and not list(study.rglob("*.partial"))
    monkeypatch.undo()
    monkeypatch.chdir(study.parents[2])


def test_folders_that_cannot_be_written_are_told_before_anything_is_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scenarios.runs.resources.os.access", lambda *_: False)
    for words in (EXPLORED, ["calibrate"], ["validate"], ["phase-in"], ["optimise"], ["sensitivity"],
                  ["measures"], ["solve", "target=crises<=1", "lever=landing.cut"]):  # fmt: skip
        assert "cannot be written" in sentence(capsys, *words)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["discover", "name=../../x"], "name: no such key"),
        (["sweep", "processes=2"], "processes=2: a study takes engine.processes=2"),
        (["discover", "study=../../x"], "expected a name, not a path"),
        (["sensitivity", "study=${oc.env:HOME}"], "expected a name, not a path"),
        (["sensitivity", "screened=../../x", "method=sobol"], "expected a name, not a path"),
        (["phase-in", "policy.title=${oc.env:HOME}"], "interpolations are not allowed"),
        (["phase-in", "cuts=${oc.env:HOME}"], "expected numbers with commas"),
        (["phase-in", "cuts=nan"], "outside the allowed range"),
        (["discover", "above=nan"], "above = nan: expected a number"),
        (["discover", "samples=1000000000000"], "expected at most 1,000,000"),
        (["sensitivity", "samples=1000000000000"], "expected at most 1,000,000"),
        (["phase-in", "most_replications=1000000000000"], "expected at most 1,000,000"),
        (["optimise", "population=1000000000000"], "expected at most 1,000,000"),
        (["optimise", "generations=1000000000"], "MB free"),
        (["optimise", "design_seed=99999999999999999999"], "expected a whole number from 0 to"),
        (["solve", "study=../../x", "target=crises<=1", "lever=landing.cut"], "expected a name, not a path"),
        (["solve", "target=crises<=${oc.env:HOME}", "lever=landing.cut"], "<= or >= and a number"),
        (["solve", "target=crises<=1", "lever=landing.cut", "rounds=1000000000000"], "at most 1,000,000"),
        (["solve", "target=crises<=1", "lever=landing.cut,landing.years", "generations=1000000000"],
         "at most 1,000,000"),
        (["measures", "orders=1000000000000", "system=eindhoven"], "expected at most 1,000,000"),
        (["measures", "study=../../x"], "expected a name, not a path"),
        (["discover", "engine.processes=1000000"], "MB of memory"),
        (["validate", "draws=1000000000000"], "MB free"),
        (["validate", "households=1000000000"], "municipality.households = 1000000000: outside"),
        (["validate", "engine.processes=1000000", "draws=100000"], "MB of memory"),
        (["validate", "write", "name=.."], "expected a name, not a path"),
    ],
)  # fmt: skip
def test_a_hostile_word_is_refused_before_anything_is_written(
    words, told, large_disk, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert told in sentence(capsys, *words)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("screening", ["[]", "{}", '{"outcomes": [{"indices": [{"factor": 1}]}]}', "{"])
def test_a_screening_that_is_none_is_refused(screening, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results/studies/s").mkdir(parents=True)
    (tmp_path / "results/studies/s/sensitivity.json").write_text(screening, encoding="utf-8")
    assert "sensitivity.json: " in sentence(capsys, "sensitivity", "method=sobol", "screened=s")
