"""Stores that were damaged or altered: whole, or refused in one sentence before anything is written."""

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import cli
from scenarios.cli import MISTAKE
from scenarios.studies.store import Folder
from simulation.recording.store import open_run, with_checksum
from tests.synthetic_run import write_small_stores

NUMBERS = st.integers(-3, 10**6) | st.floats()
VALUES = NUMBERS | st.none() | st.booleans() | st.text(max_size=5) | st.sampled_from([[], {"a": 1}])
FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
MANY = settings(max_examples=400, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """A folder with a small run and a small study, to be copied before it is damaged."""
    return write_small_stores(tmp_path_factory.mktemp("stores"))


def said_by(capsys, *words):
    """Run a command; return its exit code and the lines of its error output."""
    capsys.readouterr()
    code = cli.main(list(words))
    return code, capsys.readouterr().err.splitlines()


def files_of(place):
    return {path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def altered(data, value):
    """Return a document with one value of it replaced, at any depth."""
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(sorted(value)))
        return value | {key: altered(data, value[key])}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], altered(data, value[place]), *value[place + 1 :]]
    return data.draw(VALUES)


def damage(data, path):
    """Truncate a file, flip a bit of it, or give one of its values another type."""
    content = path.read_bytes()
    ways = ["truncated", "flipped", *(["retyped"] if path.suffix == ".json" else [])]
    way = data.draw(st.sampled_from(ways))
    if way == "retyped":
        document = json.loads(content)
        key = data.draw(st.sampled_from(sorted(document)))
        path.write_text(json.dumps(document | {key: altered(data, document[key])}), encoding="utf-8")
        return
    at = data.draw(st.integers(0, len(content) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    flipped = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
    path.write_bytes(content[:at] if way == "truncated" else flipped)


def check_a_damaged_study(stores, place, monkeypatch, capsys, data):
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(stores, place)
    monkeypatch.chdir(place)
    study = Path("results/studies/s")
    path = study / data.draw(st.sampled_from(sorted(str(name) for name in files_of(study))))
    damage(data, path)
    before = files_of(place)
    asked = data.draw(
        st.sampled_from(
            [("ls",), ("show", "s"), ("show", "s", "sql=FROM runs"), ("verify", "s"),
             ("show", "s", "sql=SELECT sum(unmet) FROM monthly"),
             ("export", "s", "table=monthly", "to=out.csv")]
        )
    )  # fmt: skip
    code, lines = said_by(capsys, "results", *asked)
    assert code in (0, MISTAKE) or asked[0] == "verify"
    if code == MISTAKE:
        assert len(lines) == 1 and lines[0].startswith("landingsbaan: "), lines
        assert files_of(place) == before


@FEW
@given(st.data())
def test_a_damaged_study_is_read_or_refused_in_one_sentence(stores, tmp_path_factory, capsys, data):
    with pytest.MonkeyPatch.context() as patch:
        check_a_damaged_study(stores, tmp_path_factory.getbasetemp() / "damaged study", patch, capsys, data)


@pytest.mark.slow
@MANY
@given(st.data())
def test_many_damaged_studies_are_read_or_refused(stores, tmp_path_factory, capsys, data):
    with pytest.MonkeyPatch.context() as patch:
        check_a_damaged_study(stores, tmp_path_factory.getbasetemp() / "damaged study", patch, capsys, data)


def check_a_damaged_run(stores, place, capsys, data):
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(stores / "run", place)
    path = data.draw(st.sampled_from(sorted(place.iterdir())))
    document = json.loads((place / "run.json").read_bytes())
    damage(data, path)
    try:
        if json.loads((place / "run.json").read_bytes()) == document and path.name == "run.json":
            return  # it says the same in other bytes
    except ValueError:
        pass
    before = files_of(place)
    for words in (("figures", str(place)), ("report", str(place))):
        code, lines = said_by(capsys, *words)
        assert code == MISTAKE and len(lines) == 1, (words, path.name, lines)
        assert files_of(place) == before


@FEW
@given(st.data())
def test_a_damaged_run_is_refused_in_one_sentence_before_anything_is_drawn(
    stores, tmp_path_factory, capsys, data
):
    check_a_damaged_run(stores, tmp_path_factory.getbasetemp() / "damaged run", capsys, data)


@pytest.mark.slow
@MANY
@given(st.data())
def test_many_damaged_runs_are_refused(stores, tmp_path_factory, capsys, data):
    check_a_damaged_run(stores, tmp_path_factory.getbasetemp() / "damaged run", capsys, data)


def test_a_study_whose_numbers_were_altered_is_no_study(stores, tmp_path):
    folder = Folder(shutil.copytree(stores / "results/studies/s", tmp_path / "s"))
    document = json.loads((folder.path / "study.json").read_text(encoding="utf-8"))
    (folder.path / "study.json").write_text(json.dumps(document | {"replications": 2}), encoding="utf-8")
    with pytest.raises(ValueError, match="its checksum is another"):
        assert folder.sweep
    part = json.loads((folder.parts / "p.json").read_text(encoding="utf-8"))
    (folder.parts / "p.json").write_text(json.dumps(part | {"runs": [[1, 0], [0, 0]]}), encoding="utf-8")
    assert not folder.is_whole("p")


# By somebody who makes the checksums right: inputs that fuzzing found.


def rewritten(path, change, document_path, name):
    """Write a changed table, and its checksum into the document that names it."""
    pq.write_table(change(pq.read_table(path)), path)
    document = json.loads(document_path.read_bytes())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if "tables" in document:
        document["tables"][name]["sha256"] = digest
    else:
        document["sha256"][name] = digest
    document_path.write_text(json.dumps(with_checksum(document)), encoding="utf-8")


def without_year(table):
    return table.drop_columns(["year"])


def with_year_twice(table):
    return table.append_column("year", table["year"])


def with_texts_as_years(table):
    return table.set_column(table.column_names.index("year"), "year", pa.array(["x"] * len(table)))


@pytest.mark.parametrize("change", [without_year, with_year_twice, with_texts_as_years])
def test_a_table_of_a_run_that_no_run_wrote_is_one_sentence(change, stores, tmp_path):
    folder = Path(shutil.copytree(stores / "run", tmp_path / "run"))
    rewritten(folder / "savings.parquet", change, folder / "run.json", "savings")
    with pytest.raises(ValueError, match="is no table that a run wrote") as refused:
        open_run(folder).table("savings")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["monthly", "savings", "groups", "wijken", "break_even"])
def test_a_report_of_a_run_that_lacks_rows_is_one_sentence_without_a_bar(name, stores, tmp_path, capsys):
    pytest.importorskip("weasyprint", exc_type=OSError)
    folder = Path(shutil.copytree(stores / "run", tmp_path / "run"))
    rewritten(folder / f"{name}.parquet", lambda table: table.slice(2, 2), folder / "run.json", name)
    before = files_of(folder)
    code, lines = said_by(capsys, "report", str(folder))
    assert code == MISTAKE and len(lines) == 1 and lines[0].startswith("landingsbaan: "), lines
    assert files_of(folder) == before


@pytest.mark.parametrize("words", [("export", "s", "to=out.csv"), ("plot", "s")])
def test_a_study_that_contradicts_itself_is_refused_in_one_sentence(
    words, stores, tmp_path, monkeypatch, capsys
):
    place = Path(shutil.copytree(stores / "results", tmp_path / "results")).parent
    monkeypatch.chdir(place)
    study = Path("results/studies/s")
    rewritten(study / "parts/p.monthly.parquet", without_year, study / "parts/p.json", "monthly")
    document = json.loads((study / "study.json").read_bytes())
    document["points"] = [{"elsewhere": 1}, {"elsewhere": 2}]
    (study / "study.json").write_text(json.dumps(with_checksum(document)), encoding="utf-8")
    before = files_of(place)
    code, lines = said_by(capsys, "results", *words)
    assert code == MISTAKE and len(lines) == 1 and lines[0].startswith("landingsbaan: "), lines
    assert files_of(place) == before
