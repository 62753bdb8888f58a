"""Files next to those that are asked for: pipes, other documents and other tables end in one sentence."""

import json
import os
import shutil
import signal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from scenarios import cli
from scenarios.analysis.claims import experiment, job
from scenarios.cli import INTERRUPTED, MISTAKE
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import read_regular
from scenarios.reporting.report.additions import find_comparable, open_claims
from scenarios.studies import results
from scenarios.studies.engines import as_parquet
from scenarios.studies.plan import STUDY_VERSION
from scenarios.studies.store import Folder, read_keys
from simulation.recording.store import with_checksum
from tests.damaged_parts import HOWS, seal
from tests.synthetic_run import write_small_stores

OTHER_DOCUMENTS = ["[]", "1", "{}", '{"settings": 1}', '{"claims": [{}]}', "[" * 100_000, "{", ""]


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """A folder with a small study, to be copied before it is damaged."""
    return write_small_stores(tmp_path_factory.mktemp("stores"))


@pytest.fixture
def place(stores, tmp_path, monkeypatch):
    """A copy of the stores in which commands are given; what waits longer than a minute fails."""

    def late(*_):
        raise TimeoutError("it waits for ever")

    shutil.copytree(stores, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield tmp_path / "here"
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def said_by(capsys, *words):
    """Run a command; return its exit code and the lines of its error output."""
    capsys.readouterr()
    code = cli.main(list(words))
    return code, capsys.readouterr().err.splitlines()


def pipe_at(path):
    """Put a pipe, which nobody writes to, in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


# Pipes.


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("results/studies/z/study.json", ["results", "ls"]),
        ("results/studies/z/study.json", ["results", "verify"]),
        ("results/studies/z/study.json", ["results", "prune"]),
        ("results/studies/s/parts/p.json", ["results", "export", "s", "to=o.csv"]),
        ("results/studies/s/parts/p.monthly.parquet", ["results", "export", "s", "to=o.csv"]),
        ("results/studies/s/parts/p.monthly.parquet", ["results", "verify", "s"]),
        ("results/studies/s/claims/t", ["results", "prune", "s"]),
        ("x.json", ["run", "again=x.json"]),
        ("y/run.json", ["run", "again=y"]),
        ("o.py", ["sweep", "municipality=street", "landing.years=0,2", "outcome=o.py:f"]),
        ("results/claims/z/claims.json", ["claims", "write", "results/claims/z"]),
        ("results/sensitivity/m/sensitivity.json",
         ["sensitivity", "municipality=street", "method=sobol", "samples=128", "screened=m",
          "outcome=net_cost"]),
    ],
)  # fmt: skip
def test_a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(path, words, place, capsys):
    pipe_at(place / path)
    code, lines = said_by(capsys, *words)
    assert code == MISTAKE and len(lines) == 1, lines


@pytest.mark.parametrize("words", [["ls"], ["show", "s"]])
def test_a_part_that_is_a_pipe_is_not_complete(words, place, capsys):
    pipe_at(place / "results/studies/s/parts/p.json")
    assert said_by(capsys, "results", *words)[0] == 0


def test_a_file_that_is_no_regular_one_or_too_large_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match="not a regular file, expected a study"):
        read_regular(tmp_path, "a study")
    (tmp_path / "large").write_bytes(b"12345")
    with pytest.raises(ConfigurationError, match="5 bytes, expected a file of at most 4 bytes"):
        read_regular(tmp_path / "large", most=4)


# Studies of claims.


@pytest.mark.parametrize("content", OTHER_DOCUMENTS)
def test_another_document_is_no_finished_study_of_claims(content, tmp_path):
    folder, docs = tmp_path / "z", tmp_path / "docs"
    folder.mkdir()
    (folder / "claims.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="z is not a finished study"):
        job.write_page(folder, tmp_path, docs)
    assert not docs.exists()


def test_a_study_of_claims_without_its_tables_is_incomplete_and_no_page_is_written(tmp_path, monkeypatch):
    folder, docs = tmp_path / "z", tmp_path / "docs"
    folder.mkdir()
    claim = {"id": "C01", "title": {"en": "a", "nl": "b"}, "verdict": "supported", "statements": []}
    (folder / "claims.json").write_text(json.dumps({"claims": [claim]}), encoding="utf-8")
    with pytest.raises(ValueError, match="z is not as landingsbaan writes it"):
        job.write_page(folder, tmp_path, docs)
    monkeypatch.setattr(job, "page", lambda study: "")
    with pytest.raises(ValueError, match=r"z is incomplete: effects\.parquet is missing"):
        job.write_page(folder, tmp_path, docs)
    assert not docs.exists()


def test_a_claim_that_is_called_after_another_folder_is_none(tmp_path):
    claim = {"id": "../x", "title": {"en": "a", "nl": "b"}, "verdict": "supported", "statements": []}
    (tmp_path / "claims.json").write_text(json.dumps({"claims": [claim]}), encoding="utf-8")
    with pytest.raises(ValueError, match="not a finished study"):
        open_claims(tmp_path)


@pytest.mark.parametrize("content", [*OTHER_DOCUMENTS, None])
def test_a_neighbour_that_cannot_be_read_is_another_study_of_claims(content, tmp_path, monkeypatch):
    monkeypatch.setattr(experiment, "settings_of", lambda scenario: {})
    path = tmp_path / "z" / "study.json"
    path.parent.mkdir()
    if content is None:
        pipe_at(path)
    else:
        path.write_text(content, encoding="utf-8")
    assert experiment.study_folder(None, [], tmp_path) != path.parent
    with pytest.raises(ConfigurationError, match="expected what describes a study of claims"):
        experiment.study_folder(None, [], tmp_path, "z")


@pytest.mark.parametrize("content", [
    "[]", "{}", "[" * 100_000, '{"number": 1, "seed": 1, "outcomes": {}}',
    '{"number": 0, "seed": 1, "outcomes": {"C01.1": {"effect": "x", "levels": []}}}',
])  # fmt: skip
def test_an_outcome_that_is_not_as_it_was_stored_is_named(content, tmp_path):
    path = tmp_path / "parts" / "replication_000000.json"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(
        ConfigurationError, match=r"replication_000000\.json: .*remove it and it is made again"
    ):
        experiment.known_outcomes(tmp_path)


# Tables whose checksums were made right.


def test_an_own_kind_of_table_is_read_by_its_declaration():
    table = pa.table({"name": ["a", "b"], "value": [1.0, None]})
    kinds = {"name": "text", "value": "real"}
    assert read_keys(as_parquet(table.slice(0, 1)), kinds, ["name"])["name"].tolist() == ["a"]
    assert read_keys(as_parquet(table), kinds, ["name"]) is None
    assert read_keys(as_parquet(table), kinds, ["name"], ["value"])["name"].tolist() == ["a", "b"]
    assert read_keys(b"", kinds, ["name"]) is None


@pytest.mark.parametrize("name", ["monthly", "wijken"])
@pytest.mark.parametrize("how", HOWS)
def test_a_part_with_another_content_is_damaged_although_its_checksum_fits(how, name, place, capsys):
    folder = Folder(Path("results/studies/s"))
    assert results.damaged(folder) == []
    seal(folder, "p", name, how)
    assert folder.is_whole("p") and results.damaged(folder) == ["p"]
    code, lines = said_by(capsys, "results", "show", "s", "sql=FROM runs")
    assert code == MISTAKE and "part p differs" in lines[0]


# Studies.


def test_a_linked_study_is_not_pruned_and_no_other_is(place, capsys):
    shutil.copytree("results/studies/s", "real")
    Path("results/studies/linked").symlink_to(Path("real").absolute())
    code, lines = said_by(capsys, "results", "prune", "s", "linked")
    assert code == MISTAKE and "a symbolic link to" in lines[0] and "nothing was removed" in lines[0]
    assert Path("results/studies/s").is_dir() and Path("real").is_dir()


def test_a_study_named_twice_is_pruned_once(place, capsys):
    assert said_by(capsys, "results", "prune", "s", "results/studies/s")[0] == 0


def test_an_interrupted_query_is_interrupted_and_no_mistake(place, capsys):
    def interrupts(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGALRM, interrupts)
    signal.alarm(3)
    code, lines = said_by(capsys, "results", "show", "s", "sql=select count(*) from range(100000000000) a")
    assert code == INTERRUPTED and "interrupted" in lines[0]


def test_an_interrupted_export_is_interrupted(place, monkeypatch):
    def interrupts(*_):
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr("scenarios.studies.exports.query_of", lambda *_: "select 1")
    monkeypatch.setattr("scenarios.studies.exports._write_parquet", interrupts)
    with pytest.raises(KeyboardInterrupt):
        results.exported(Folder(Path("results/studies/s")), "parquet", Path("o.parquet"))
    assert not Path("o.parquet").exists()


def test_a_long_answer_is_cut_and_says_how_many_rows_there_are(place, capsys):
    found = results.query_study(Folder(Path("results/studies/s")), "select * from range(30000000)")
    assert len(found) == 1_000 and "29,999,000 more" in capsys.readouterr().err
    assert len(results.query_study(Folder(Path("results/studies/s")), "select * from range(1000)")) == 1_000
    assert not capsys.readouterr().err


@pytest.mark.parametrize("change", [
    {"points": []}, {"points": [{}, {}]}, {"axes": ["x"]}, {"axes": []},
    {"points": [{"landing.years": {}, "policy": "x"}] * 2},
    {"points": [{"landing.years": [[1]], "policy": "x"}] * 2},
])  # fmt: skip
@pytest.mark.parametrize("words", [["plot", "s", "to=p.png"], ["export", "s", "format=netcdf", "to=o.nc"]])
def test_points_that_do_not_fit_the_axes_are_named(words, change, place, capsys):
    path = place / "results/studies/s/study.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(
        json.dumps(with_checksum(document | {"study_version": STUDY_VERSION} | change)), encoding="utf-8"
    )
    code, lines = said_by(capsys, "results", *words)
    assert code == MISTAKE and len(lines) == 1 and "points" in lines[0]
    assert "expected what describes a sweep" in lines[0]


@pytest.mark.parametrize("value", [[1, 2], None, "x"])
def test_an_axis_of_lists_or_of_texts_is_drawn_as_texts(value, place, capsys):
    path = place / "results/studies/s/study.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["points"][1]["landing.years"] = value
    path.write_text(json.dumps(with_checksum(document)), encoding="utf-8")
    assert said_by(capsys, "results", "plot", "s", "to=p.png") == (0, [])


# Additions to a report, and other folders.


@pytest.mark.parametrize("content", [*OTHER_DOCUMENTS, '{"municipalities": []}', '{"municipalities": null}',
                                     '{"municipalities": ["street"], "policy": {}}'])  # fmt: skip
def test_a_comparable_result_that_cannot_be_read_is_not_found(content, tmp_path):
    (tmp_path / "z").mkdir()
    (tmp_path / "z" / "comparable.json").write_text(content, encoding="utf-8")
    pd.DataFrame({"a": [1]}).to_csv(tmp_path / "z" / "effects.csv")
    assert find_comparable({"municipality_slug": "street", "result_version": "x"}, tmp_path) is None


@pytest.mark.parametrize(("document", "what"), [
    ({"story_schema_version": 1}, "a story"),
    ({"schema_version": 1, "tables": {"history": {}}}, "a history"),
    ({"schema_version": 1, "tables": {"policy_outcomes": {}, "money": {}}}, "a comparison of policies"),
    ({"schema_version": 1, "tables": {"outcomes": {}, "systems": {}}}, "a comparison of systems"),
])  # fmt: skip
@pytest.mark.parametrize("words", [["results", "export", "z", "to=o.csv"], ["report", "z"]])
def test_a_whole_folder_of_another_kind_is_named(words, document, what, place, capsys):
    (place / "z").mkdir()
    (place / "z/run.json").write_text(json.dumps(document), encoding="utf-8")
    code, lines = said_by(capsys, *words)
    assert code == MISTAKE
    assert lines == [f"landingsbaan: z is the folder of {what}, expected one of landingsbaan run"]
