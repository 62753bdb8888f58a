"""Tests of run folders: complete and unchanged, or not there at all."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from simulation.recording import new_folder, store
from simulation.recording.store import RunWriter, open_run
from tests.synthetic_run import document, tables, write_run

ROOT = Path(__file__).resolve().parents[2]


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
    for name in ("savings", "transition_harms", "flows"):
        pd.testing.assert_frame_equal(run.table(name), made[name], check_dtype=False)
    assert run.document["municipality"] == "Zaanstad"
    assert not list(folder.parent.glob(".*partial"))


def test_the_same_tables_give_the_same_bytes(folder, tmp_path, made):
    again = write_run(tmp_path / "again", made=made)
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_interrupted_run_leaves_nothing(tmp_path, made, error):
    with pytest.raises(error), RunWriter(tmp_path / "run") as writer:
        writer.table("savings", made["savings"])
        raise error
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_all_its_tables_is_not_kept(tmp_path, made):
    incomplete = pytest.raises(ValueError, match="incomplete: it lacks monthly")
    with incomplete, RunWriter(tmp_path / "run") as writer:
        writer.table("savings", made["savings"])
        writer.document(document(1))
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from simulation.recording.store import RunWriter
with RunWriter(sys.argv[1]) as writer:
    (writer.partial / "run.json").write_text("{}")
    print(writer.partial, flush=True)
    if sys.argv[2] == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdin.read()
"""
AT_ONCE = """
import sys
from pathlib import Path
from simulation.recording.store import RunWriter
from tests.synthetic_run import document, tables
made = tables(1)
print("ready", flush=True)
sys.stdin.readline()
for turn in range(3):
    with RunWriter(sys.argv[1], numbered=True) as writer:
        for name, table in made.items():
            writer.table(name, table)
        writer.document(document(1) | {"title": f"{sys.argv[2]}.{turn}"})
"""


def started(code, *words):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)], text=True, cwd=ROOT, env=dict(os.environ),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def test_runs_that_end_in_the_same_second_all_stay(tmp_path):
    several = [started(AT_ONCE, tmp_path / "run", number) for number in range(4)]
    for each in several:
        assert each.stdout.readline() == "ready\n"
    for each in several:
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [each.wait(60) for each in several] == [0, 0, 0, 0]
    titles = sorted(open_run(folder).document["title"] for folder in tmp_path.iterdir())
    assert titles == [f"{number}.{turn}" for number in range(4) for turn in range(3)]


def test_a_name_taken_while_a_run_is_written_is_not_overwritten(tmp_path, made):
    first = RunWriter(tmp_path / "run", numbered=True)
    with first:
        write_run(tmp_path / "run", made=made)
        for name, table in made.items():
            first.table(name, table)
        first.document(document(1))
    assert first.folder == tmp_path / "run_2"
    assert len({open_run(tmp_path / name).folder for name in ("run", "run_2")}) == 2


def test_what_a_killed_run_left_is_no_run_and_is_cleared_by_the_next(tmp_path, made):
    left = Path(started(KILLED, tmp_path / "run", "dies").stdout.readline().strip())
    with pytest.raises(ValueError, match="not a run folder"):
        open_run(left)
    while left.exists():  # its process may take a moment to be gone
        shutil.rmtree(write_run(tmp_path / "run", made=made))
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_of_somebody_alive_or_elsewhere_fills_is_left_alone(tmp_path, made):
    alive = started(KILLED, tmp_path / "run", "lives")
    filled = Path(alive.stdout.readline().strip())
    elsewhere = re.sub(r"-[0-9a-f]{12}-", "-0123456789ab-", filled.name)
    (tmp_path / elsewhere.replace(f".{alive.pid}-", ".4194303-")).mkdir()
    (tmp_path / ".mine.partial").mkdir()
    write_run(tmp_path / "run", made=made)
    assert (filled / "run.json").exists() and len(list(tmp_path.glob(".*.partial"))) == 3
    alive.kill()
    alive.wait()


def test_a_process_number_given_out_again_is_not_the_one_that_died(tmp_path, made):
    mine = new_folder.hidden_beside(tmp_path / "run")
    before = re.sub(r"-(\d+)-", lambda began: f"-{int(began[1]) + 3600}-", mine.name, count=1)
    for name in (mine.name, before):
        (tmp_path / name).mkdir()
    write_run(tmp_path / "run", made=made)
    assert mine.exists() and not (tmp_path / before).exists()


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

    monkeypatch.setattr(store, "_sync_to_disk", full)
    with pytest.raises(ValueError, match="No space left on device"), RunWriter(tmp_path / "run") as writer:
        writer.table("savings", made["savings"])
    assert list(tmp_path.iterdir()) == []


def test_a_changed_table_is_noticed(folder):
    (folder / "savings.parquet").write_bytes((folder / "transition_harms.parquet").read_bytes())
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
    with pytest.raises(ValueError, match="schema version 99; this version reads up to 2"):
        open_run(folder)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not a run folder"):
        open_run(tmp_path)


def test_a_document_without_its_keys_is_refused(tmp_path):
    described = document(1)
    described.pop("result_version")
    refused = pytest.raises(ValueError, match="run.json lacks result_version")
    with refused, RunWriter(tmp_path / "run") as writer:
        writer.document(described)
