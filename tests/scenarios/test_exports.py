"""Tables in other formats: what is read back is what was written, wide and long, of studies and of runs."""

import re
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from agents.vocabulary import KINDS
from scenarios.common.errors import ConfigurationError
from scenarios.studies import results
from simulation.recording.schema import TABLES
from simulation.recording.store import open_run
from tests.synthetic_run import FIRST, tables, write_run, write_study

pa = pytest.importorskip("pyarrow")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how_to" / "results_elsewhere.md"
FORMATS = ("csv", "decimal comma", "excel", "parquet", "netcdf")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A synthetic run, cut down to a few months, years and wijken."""
    made = tables(1)
    months, wijken = made["monthly"], made["wijken"]
    made["monthly"] = months[months["month"] < FIRST + 4].reset_index(drop=True)
    made["wijken"] = wijken[(wijken["year"] < 2012) & (wijken["wijk"] < 3)].reset_index(drop=True)
    return open_run(write_run(tmp_path_factory.mktemp("runs") / "run", made=made))


@pytest.fixture(scope="module")
def study(run, tmp_path_factory):
    """A study of two points with the months of two arms of the run."""
    return write_study(tmp_path_factory.mktemp("studies") / "s", run)


def read_back(source, kind, path, table, form="wide"):
    """Export a table, and read what was written."""
    decimal = "," if kind == "decimal comma" else "."
    written = results.exported(source, "csv" if kind == "decimal comma" else kind, path, table, decimal, form)
    if kind == "csv":
        return pd.read_csv(written)
    if kind == "decimal comma":
        return pd.read_csv(written, sep=";", decimal=",", encoding="utf-8-sig")
    if kind == "excel":
        pytest.importorskip("openpyxl", reason="needs the extra `excel`")
        return pd.read_excel(written)
    if kind == "parquet":
        return pd.read_parquet(written)
    xarray = pytest.importorskip("xarray", reason="needs the extra `cube`")
    pytest.importorskip("netCDF4")
    with xarray.open_dataset(written) as cube:
        return cube.to_dataframe().reset_index()


def check_same(found, expected, keys):
    """Compare two tables by their keys; a cube has rows without a value too."""
    columns = [name for name in expected if name in found]
    assert columns == list(expected)
    found = found[columns].dropna(how="all", subset=[name for name in columns if name not in keys])
    both = [
        frame.astype(dict.fromkeys(frame.select_dtypes(exclude=["number", "bool"]), str))
        .sort_values(keys, ignore_index=True)
        for frame in (found, expected)
    ]  # fmt: skip
    pd.testing.assert_frame_equal(*both, check_dtype=False)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("table", "form", "stored"),
    [("wijken", "wide", "wijken"), ("wijken", "long", "care_by_wijk"),
     ("care_by_month", "wide", "care_by_month"), ("monthly", "long", "care_by_month")],
)  # fmt: skip
def test_a_table_of_a_run_is_read_back_from_every_format(run, tmp_path, kind, table, form, stored):
    found = read_back(run, kind, tmp_path / "x", table, form)
    check_same(found, run.table(stored), TABLES[stored].keys)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("table", ["monthly", "wijken"])
def test_a_long_table_of_a_study_has_a_row_per_kind_of_care(study, tmp_path, kind, table):
    long = read_back(study, kind, tmp_path / "x", table, "long")
    wide = results.query_study(study, f"FROM {table}")
    keys = ["point", "replication", *(["month"] if table == "monthly" else ["year", "wijk"])]
    assert len(long) == len(wide) * len(KINDS)
    for what in ("clients", "waiting"):
        again = long.pivot(index=keys, columns="kind", values=what).sort_index()
        expected = wide.set_index(keys)[[f"{what}_{kind}" for kind in KINDS]].sort_index()
        assert again[list(KINDS)].to_numpy() == pytest.approx(expected.to_numpy()), what


@pytest.mark.parametrize("kind", FORMATS[:4])
def test_runs_are_exported_with_a_row_per_outcome(study, tmp_path, kind):
    long = read_back(study, kind, tmp_path / "x", "runs", "long")
    assert long["outcome"].tolist() == ["crises", "net_cost"] * 2
    assert long["value"].tolist()[1::2] == [1.5, 2.25] and long["value"].isna().sum() == 1
    assert set(long["unit"]) == {"crises a year", "euro of 2015 per inhabitant a year"}
    assert long["landing.years"].tolist() == [0, 0, 5, 5]


@pytest.mark.parametrize("form", ["wide", "long"])
@pytest.mark.parametrize("table", ["runs", "monthly", "wijken"])
def test_exported_parquet_says_units_and_descriptions_and_has_categories(study, tmp_path, table, form):
    schema = pq.read_schema(results.exported(study, "parquet", tmp_path / "x", table, ".", form))
    assert schema.metadata[b"key_columns"].startswith(b"point replication")
    for field in schema:
        assert field.metadata[b"unit"] and field.metadata[b"description"], field.name
        assert not pa.types.is_string(field.type), field.name


def test_the_table_of_runs_of_a_study_describes_itself(study):
    schema = pq.read_schema(study.runs)
    assert schema.field("net_cost").metadata[b"unit"] == b"euro of 2015 per inhabitant a year"
    assert schema.field("landing.years").metadata[b"unit"] == b"years"
    assert b"Drawn" in schema.field("drawn.wijkteam.support_effect").metadata[b"description"]


def test_an_excel_file_says_what_its_columns_are(run, tmp_path):
    pytest.importorskip("openpyxl", reason="needs the extra `excel`")
    about = pd.read_excel(results.exported(run, "excel", tmp_path / "x", "savings"), sheet_name="columns")
    assert about["column"].tolist() == TABLES["savings"].names and about["unit"].notna().all()


def test_rows_of_a_run_stand_in_the_order_of_its_arms(run, tmp_path):
    found = pd.read_csv(results.exported(run, "csv", tmp_path / "x", "monthly", ".", "long"))
    assert list(found["arm"].unique()[:3]) == ["reference", "policy", "long_phase_in"]
    assert list(found["kind"][: len(KINDS)]) == list(KINDS)


@pytest.mark.parametrize(
    ("table", "form", "sentence"),
    [("books", "long", "one form only; expected table=monthly or wijken"),
     ("monthly", "lang", "did you mean long"), ("monhtly", "wide", "did you mean monthly")],
)  # fmt: skip
def test_a_form_that_is_not_there_is_refused(run, tmp_path, table, form, sentence):
    with pytest.raises(ConfigurationError, match=sentence):
        results.exported(run, "csv", tmp_path / "x", table, ".", form)
    assert not list(tmp_path.iterdir())


def test_a_changed_run_folder_is_not_exported(run, tmp_path):
    (tmp_path / "run.json").write_text(Path(run.folder / "run.json").read_text(encoding="utf-8"))
    with pytest.raises(ConfigurationError, match="incomplete"):
        results.study_or_run(str(tmp_path), tmp_path)


# docs/how_to/results_elsewhere.md.


def python_of_page(word):
    """Return the block of Python of the page in which a word stands."""
    found = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    (block,) = (each for each in found if word in each)
    return block


def run_block(block):
    names = {}
    exec(compile(block, "block", "exec"), names)
    return names


def test_pandas_polars_and_duckdb_read_a_run_folder_as_the_page_shows(run, monkeypatch):
    monkeypatch.chdir(run.folder)
    by_pandas = run_block(python_of_page("import pandas"))["waiting"]
    assert list(by_pandas.index) == list(KINDS) and by_pandas.columns[0] == "reference"
    by_duckdb = run_block(python_of_page("import duckdb"))["waiting"]
    for row in by_duckdb.itertuples():
        assert row.waiting == pytest.approx(by_pandas.loc[row.kind, row.arm])
    pytest.importorskip("polars")
    by_polars = run_block(python_of_page("import polars"))["waiting"]
    for row in by_polars.to_dicts():
        assert row["policy"] == pytest.approx(by_pandas.loc[row["kind"], "policy"])


def test_the_other_blocks_of_the_page_run(run, monkeypatch, capsys):
    monkeypatch.chdir(run.folder)
    run_block(python_of_page("read_schema"))
    assert "people waiting" in capsys.readouterr().out
    longest = run_block(python_of_page("def longest_wait"))["longest_wait"]
    assert longest(run.table("monthly")) >= 0
