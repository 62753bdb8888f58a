"""Tests of run folders: complete and unchanged, or not there at all."""

import json

import pandas as pd
import pytest

from simulation.observation import store
from simulation.observation.store import RunWriter, open_run
from tests.synthetic_run import document, tables, write_run


@pytest.fixture(scope="module")
def made():
    """Return the tables of a small synthetic run."""
    return tables(1)


@pytest.fixture
def folder(tmp_path, made):
    """Return a fresh run folder."""
    return write_run(tmp_path / "run", made=made)


def test_a_run_is_read_back_as_it_was_written(folder, made):
    run = open_run(folder)
    for name in ("savings", "bruises", "flows"):
        pd.testing.assert_frame_equal(run.table(name), made[name], check_dtype=False)
    assert run.document["municipality"] == "Zaanstad"
    assert not list(folder.parent.glob(".*partial"))


def test_the_same_tables_give_the_same_bytes(folder, tmp_path, made):
    again = write_run(tmp_path / "again", made=made)
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, ValueError])
def test_an_interrupted_run_leaves_nothing(tmp_path, made, trouble):
    with pytest.raises(trouble), RunWriter(tmp_path / "run") as writer:
        writer.table("savings", made["savings"])
        raise trouble
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_all_its_tables_is_not_kept(tmp_path, made):
    incomplete = pytest.raises(ValueError, match="incomplete: it lacks monthly")
    with incomplete, RunWriter(tmp_path / "run") as writer:
        writer.table("savings", made["savings"])
        writer.document(document(1))
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_no_run_and_is_cleared_by_the_next(tmp_path, made):
    left = tmp_path / ".run.partial"
    left.mkdir()
    (left / "run.json").write_text("{}")
    with pytest.raises(ValueError, match="not a run folder"):
        open_run(left)
    write_run(tmp_path / "run", made=made)
    assert not left.exists()


def test_an_existing_folder_is_never_overwritten(folder):
    with pytest.raises(ValueError, match="exists already"), RunWriter(folder):
        pass


def test_a_results_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    refused = pytest.raises(ValueError, match="cannot be written: Not a directory")
    with refused, RunWriter(tmp_path / "file" / "run"):
        pass


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(tmp_path, made, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_to_disk", full)
    with pytest.raises(ValueError, match="No space left on device"), RunWriter(tmp_path / "run") as writer:
        writer.table("savings", made["savings"])
    assert list(tmp_path.iterdir()) == []


def test_a_changed_table_is_noticed(folder):
    (folder / "savings.parquet").write_bytes((folder / "bruises.parquet").read_bytes())
    with pytest.raises(ValueError, match="checksum is another"):
        open_run(folder)


def test_a_missing_table_is_noticed(folder):
    (folder / "flows.parquet").unlink()
    with pytest.raises(ValueError, match="incomplete: flows.parquet is missing"):
        open_run(folder)


@pytest.mark.parametrize("text", ["", "[1]", "{"])
def test_a_document_that_is_none_is_refused(folder, text):
    (folder / "run.json").write_text(text)
    with pytest.raises(ValueError, match="run.json"):
        open_run(folder)


def test_a_run_of_a_newer_schema_is_refused(folder):
    described = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(described | {"schema_version": 99}))
    with pytest.raises(ValueError, match="schema version 99; this version reads up to 1"):
        open_run(folder)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not a run folder"):
        open_run(tmp_path)


def test_a_document_without_its_keys_is_refused(tmp_path):
    described = document(1)
    described.pop("model_version")
    refused = pytest.raises(ValueError, match="run.json lacks model_version")
    with refused, RunWriter(tmp_path / "run") as writer:
        writer.document(described)
