"""Studies: designs, one store whatever the engine, nothing lost and nothing done twice."""

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenarios import cli
from scenarios.cli.studies import options_of
from scenarios.common.errors import ConfigurationError
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reporting.figures.study import draw
from scenarios.runs.resources import compile_rules
from scenarios.studies import exports, results
from scenarios.studies.design import design_from
from scenarios.studies.engines import LocalEngine, do_task, engine_called, kinds_of
from scenarios.studies.plan import Plan
from scenarios.studies.runner import begin, run_study
from scenarios.studies.store import Folder, read_keys
from simulation.recording.store import with_checksum
from tests.damaged_parts import HOWS, seal

SMALL = ["municipality=street", "system=overnight", "policy=reference", "window.warm_up_months=12",
         "window.start=2014-01", "window.end=2016-12"]  # fmt: skip
AXES = ["landing.years=0,5", "wijkteam.outreach_share=0,0.1"]
STORED = ("monthly", "wijken")
ROOT = Path(__file__).resolve().parents[2]


def small_plan(replications=2, axes=AXES, **options):
    return Plan(design_from([*SMALL, *axes]), replications, **options)


def files_of(folder):
    """Return the content of all tables of a study."""
    return {path.name: path.read_bytes() for path in folder.path.rglob("*.parquet")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A finished study of four points and two replications."""
    compile_rules()
    folder = Folder(tmp_path_factory.mktemp("studies") / "whole")
    run_study(small_plan(), folder, LocalEngine(1), STORED)
    return folder


class CountingEngine(LocalEngine):
    """Does tasks here and counts their runs; may stop after some."""

    def __init__(self, most=10**9):
        super().__init__(1)
        self.runs, self.most = 0, most

    def do_all(self, works):
        for work in works:
            if self.runs >= self.most:
                raise KeyboardInterrupt
            self.runs += len(work.task.runs)
            yield do_task(work)


# Designs.


def test_a_grid_has_every_combination_and_a_list_goes_side_by_side():
    grid = design_from(["landing.years=0,5", "landing.cut=0.1,0.2"])
    assert len(grid.points) == 4
    listed = design_from(["landing.years=0,5", "landing.cut=0.1,0.2"], kind="list")
    assert listed.points == (
        {"landing.years": 0, "landing.cut": 0.1},
        {"landing.years": 5, "landing.cut": 0.2},
    )


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_samples_fill_the_axes_and_come_again_with_the_same_seed(kind):
    words = [
        "landing.cut=interval(0.1,0.3)",
        "provider.per_kind=interval(1,5)",
        "landing=overnight,five_years",
    ]
    points = design_from(words, kind, samples=64).points
    cuts = np.array([point["landing.cut"] for point in points])
    assert len(points) == 64 and 0.1 <= cuts.min() < 0.12 and 0.28 < cuts.max() <= 0.3
    assert np.histogram(cuts, 8, (0.1, 0.3))[0].tolist() == [8] * 8
    assert {point["landing"] for point in points} == {"overnight", "five_years"}
    assert all(isinstance(point["provider.per_kind"], int) for point in points)
    assert points == design_from(words, kind, samples=64).points
    assert points != design_from(words, kind, samples=64, seed=1).points


def test_a_table_gives_its_points_and_names_the_line_of_a_mistake(tmp_path):
    table = tmp_path / "points.csv"
    table.write_text("landing.years,landing\n0,overnight\n2.5,five_years\n")
    assert design_from([], table=str(table)).points[1] == {"landing.years": 2.5, "landing": "five_years"}
    table.write_text("landing.years,landing.cut\n0,0.1\n2.5\n")
    with pytest.raises(ConfigurationError, match=r"line 3: expected 2 values"):
        design_from([], table=str(table))
    table.write_text("landing.jears\n0\n")
    with pytest.raises(ConfigurationError, match=r"line 1: landing.jears: .*did you mean landing.years"):
        design_from([], table=str(table))


@pytest.mark.parametrize(
    ("words", "kind", "samples", "sentence"),
    [
        (["landing.jears=0,1"], "", 4, "did you mean landing.years"),
        (["landing.years=0,99"], "", 4, "outside the allowed range"),
        (["landing.years=interval(0,5)"], "grid", 4, "interval is for design=lhs"),
        (["landing=interval(0,5)"], "lhs", 4, "only a number"),
        (["landing.years=interval(0,5)"], "sobol", 5, "expected 4 or 8"),
        (["landing.years=interval(0,5)"], "latin", 5, "expected one of grid"),
        (["landing.years=0,1", "landing.cut=0,0.1,0.2"], "list", 5, "as many values"),
        (["system=almere,zwole"], "", 5, "did you mean zwolle"),
        (["landing.transition='${oc.env:HOME}','2015-01'"], "", 5, "interpolations are not allowed"),
    ],
)
def test_a_design_that_cannot_be_run_is_refused_in_one_sentence(words, kind, samples, sentence):
    with pytest.raises(ConfigurationError, match=sentence):
        Plan(design_from(words, kind, samples), 1).check()


def test_a_policy_that_starts_after_the_transition_is_refused_because_runs_branch_once():
    late = Plan(design_from([*SMALL, "policy.start=2015-06", *AXES]), 1)
    with pytest.raises(ConfigurationError, match="policy.start = 2015-06.*expected 2015-01"):
        late.check()


# One store.


def test_levers_share_an_initial_state_and_parameters_have_their_own():
    shared = list(small_plan(1).tasks())
    assert [len(task.runs) for task in shared] == [4]
    apart = list(small_plan(1, ["household.help_seeking_per_month=0.1,0.2", *AXES]).tasks())
    assert [len(task.runs) for task in apart] == [4, 4]


def test_two_processes_give_the_bytes_of_one(whole, tmp_path):
    folder = Folder(tmp_path / "two")
    run_study(small_plan(), folder, LocalEngine(2), STORED)
    assert files_of(folder) == files_of(whole)


def test_a_study_that_was_interrupted_goes_on_and_ends_the_same(whole, tmp_path):
    folder = Folder(tmp_path / "stopped")
    with pytest.raises(KeyboardInterrupt):
        run_study(small_plan(), folder, CountingEngine(most=4), STORED)
    assert not folder.runs.exists()
    rest = CountingEngine()
    run_study(small_plan(), folder, rest, STORED)
    assert rest.runs == 4
    assert files_of(folder) == files_of(whole)
    assert not list(folder.claims.iterdir())


def test_a_damaged_part_is_found_and_done_again(whole, tmp_path):
    folder = Folder(tmp_path / "damaged")
    run_study(small_plan(), folder, LocalEngine(1), STORED)
    table = folder.table_of("r00001_00000", "monthly")
    content = bytearray(table.read_bytes())
    content[1000] ^= 1
    table.write_bytes(content)
    assert results.damaged(folder) == ["r00001_00000"]
    again = CountingEngine()
    run_study(small_plan(), folder, again, STORED)
    assert again.runs == 4
    assert files_of(folder) == files_of(whole)


def test_a_run_done_in_another_study_is_taken_from_there(tmp_path):
    first, second = Folder(tmp_path / "first"), Folder(tmp_path / "second")
    run_study(small_plan(), first, LocalEngine(1), STORED)
    more = CountingEngine()
    plan = small_plan(axes=["landing.years=0,2,5", "wijkteam.outreach_share=0,0.1"])
    run_study(plan, second, more, STORED)
    assert more.runs == 4  # two new points, two replications
    alone = Folder(tmp_path / "elsewhere" / "alone")
    run_study(plan, alone, LocalEngine(1), STORED)
    assert files_of(second) == files_of(alone)


def test_more_replications_leave_what_is_there_alone(whole, tmp_path):
    folder = Folder(tmp_path / "more")
    run_study(small_plan(1), folder, LocalEngine(1), STORED)
    added = CountingEngine()
    run_study(small_plan(2), folder, added, STORED)
    assert added.runs == 4
    assert files_of(folder) == files_of(whole)


def test_another_study_or_result_version_is_never_mixed_in(whole, tmp_path):
    with pytest.raises(ConfigurationError, match="contains another study, because its points differ"):
        begin(small_plan(axes=["landing.years=0,1"]), whole, STORED)
    folder = Folder(tmp_path / "old")
    plan = small_plan()
    plan.identity["result_version"] = "000000000000"
    begin(plan, folder, STORED)
    with pytest.raises(ConfigurationError, match="two versions are never mixed"):
        begin(small_plan(), folder, STORED)
    newer = small_plan()
    newer.identity["study_version"] = 99
    begin(newer, Folder(tmp_path / "newer"), STORED)
    with pytest.raises(ConfigurationError, match="newer version of landingsbaan"):
        begin(small_plan(), Folder(tmp_path / "newer"), STORED)


def test_a_worker_of_another_version_is_refused(whole):
    class Old(LocalEngine):
        def do_all(self, works):
            for work in works:
                object.__setattr__(work, "result_version", "000000000000")
                yield do_task(work)

    with pytest.raises(ValueError, match=f"a worker runs result version {RESULT_VERSION}, the study 0000"):
        run_study(small_plan(), Folder(whole.path.parent / "sub" / "mixed"), Old(1), STORED)


def test_two_processes_at_work_on_one_study_share_it(whole, tmp_path):
    folder = Folder(tmp_path / "shared")
    begin(small_plan(), folder, STORED)
    words = [*SMALL, *AXES, "replications=2", "study=shared", "engine.processes=1"]
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "studies").symlink_to(tmp_path)
    both = [_sweep(tmp_path, words) for _ in range(2)]
    assert [each.wait(timeout=300) for each in both] == [0, 0]
    assert files_of(folder) == files_of(whole)


def _sweep(where, words):
    return subprocess.Popen(
        [sys.executable, "-m", "scenarios.cli", "sweep", *words],
        cwd=where, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_a_sweep_killed_at_random_points_ends_with_the_same_bytes(tmp_path, kills):
    words = [*SMALL, "landing.years=0,5", "replications=24", "study=killed", "engine.processes=2"]
    plan = Plan(design_from([*SMALL, "landing.years=0,5"]), 24)
    undisturbed = Folder(tmp_path / "undisturbed")
    run_study(plan, undisturbed, LocalEngine(2), STORED)
    folder = Folder(tmp_path / "results" / "studies" / "killed")
    rng = random.Random(7)
    for _ in range(kills):
        running = _sweep(tmp_path, words)
        time.sleep(rng.uniform(0.5, 6.0))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    last = _sweep(tmp_path, words)
    assert last.wait(timeout=300) == 0
    assert files_of(folder) == files_of(undisturbed)


# Reading.


def test_a_study_answers_in_sql_and_runs_carry_their_axes_and_draws(whole):
    answer = results.query_study(whole, 'select point, "landing.years" y, count(*) n from runs group by all')
    assert sorted(zip(answer["point"], answer["y"], answer["n"], strict=True)) == [
        (0, 0, 2), (1, 0, 2), (2, 5, 2), (3, 5, 2)]  # fmt: skip
    drawn = results.query_study(whole, 'select distinct draw, "drawn.wijkteam.support_effect" v from runs')
    assert len(drawn) == 2 and drawn["v"].nunique() == 2
    with pytest.raises(ConfigurationError, match="sql: "):
        results.query_study(whole, "select nothing from nowhere")


@pytest.fixture
def asked(whole, tmp_path, monkeypatch, capsys):
    """A function that asks `landingsbaan results` about a copy of the study s, from an empty folder."""
    shutil.copytree(whole.path, tmp_path / "results/studies/s")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()

    def answer(*words):
        before = sorted(tmp_path.rglob("*"))
        code = cli.main(["results", *words])
        printed = capsys.readouterr()
        if code:
            assert (code, printed.out, printed.err.count("\n")) == (2, "", 1)
            assert sorted(tmp_path.rglob("*")) == before  # nothing is written
        return printed.out + printed.err

    return answer


@pytest.mark.parametrize("action", ["show", "plot"])
@pytest.mark.parametrize("name", ["seed", "part", "landing.years", "drawn.household.scar"])
def test_a_column_that_is_no_outcome_is_not_shown_as_one(action, name, asked):
    told = asked(action, "s", f"outcome={name}")
    assert f"s: no outcome {name} there, it has net_cost, " in told and "the same sweep" not in told


def test_an_outcome_that_could_be_added_is_told_with_how(asked):
    assert "the same sweep with outcome=team_waiting adds it" in asked("show", "s", "outcome=team_waiting")
    assert "did you mean crises?" in asked("show", "s", "outcome=crisis")


@pytest.mark.parametrize("action", ["plot", "export"])
@pytest.mark.parametrize(
    ("name", "told"),
    [("", "to = "), ("/", "to = /"), (".", "to = ."), ("..", "to = .."), ("here", "to = here"),
     ("new/", "to = new/"), ("a\0b", "no such path"), ("~nobody_of_that_name/x", "no such path"),
     ("n" * 250, "at most 200 bytes")],
)  # fmt: skip
def test_what_can_be_no_file_is_refused(action, name, told, asked):
    assert told in asked(action, "s", f"to={name}")


def test_an_export_to_a_folder_that_is_not_there_names_it(asked):
    assert asked("export", "s", "to=new/b.csv") == (
        "landingsbaan: new/b.csv: there is no folder new; make it first\n"
    )


def test_an_export_of_a_format_of_20_000_characters_is_refused_in_a_short_sentence(asked):
    told = asked("export", "s", "format=" + "x" * 20_000)
    assert "export format = xxx" in told and "expected one of csv" in told and len(told) < 200


@pytest.mark.parametrize("ending", [".png", ".csv", ".txt"])
def test_a_plot_overwrites_no_file_of_the_user(ending, whole, tmp_path):
    own = tmp_path / f"q{ending}"
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"q\{ending} already exists; give another name"):
        draw(whole, {"to": str(tmp_path / "q.png")})
    assert [path.name for path in tmp_path.iterdir()] == [own.name] and own.read_text() == "mine"


@pytest.mark.parametrize(
    ("to", "told"),
    [("/dev/full", "/dev/full already exists"), ("new/q.png", "make it first"), (".png", "a name before")],
)
def test_a_plot_is_written_under_a_free_name_in_a_folder_that_exists(to, told, asked):
    assert told in asked("plot", "s", f"to={to}")


@pytest.mark.parametrize("word", ["points=", "against="])
def test_a_number_of_five_thousand_digits_is_refused_as_any_other(word, asked):
    assert "expected" in asked("show", "s", word + "9" * 5000)


def test_an_outcome_of_ones_own_is_drawn_with_its_meaning(tmp_path):
    own = tmp_path / "own.py"
    own.write_text('def months(rows):\n    """Months recorded."""\n    return float(len(rows))\n')
    folder = Folder(tmp_path / "s")
    run_study(small_plan(1, AXES[:1], outcomes=(f"{own}:months",)), folder, LocalEngine(1), STORED)
    image = draw(folder, {"outcome": f"{own}:months"})
    assert image.parent == folder.path / "figures" and image.name.endswith(
        "own.py_months_over_landing.years_en.png"
    )
    assert "Months recorded." in image.with_suffix(".txt").read_text(encoding="utf-8")


def test_exports_hold_the_same_numbers_in_every_format(whole, tmp_path):
    xarray = pytest.importorskip("xarray")
    pytest.importorskip("netCDF4")
    frames = {kind: results.exported(whole, kind, tmp_path / f"x.{kind}") for kind in exports.FORMATS}
    table = pd.read_parquet(frames["parquet"])
    read = pd.read_csv(frames["csv"])
    assert table.shape == read.shape
    assert np.allclose(table["municipal_cost_eur"], read["municipal_cost_eur"])
    with xarray.open_dataset(frames["netcdf"]) as cube:
        assert dict(cube.sizes) == {"point": 4, "replication": 2, "month": 36}
        assert cube["municipal_cost_eur"].attrs["units"] == "euro of 2015"
        assert cube["landing.years"].values.tolist() == [0, 0, 5, 5]
        cost = table.groupby("point")["municipal_cost_eur"].sum().to_numpy()
        assert np.allclose(cube["municipal_cost_eur"].sum(["replication", "month"]), cost)
    with pytest.raises(ConfigurationError, match="already exists"):
        results.exported(whole, "csv", tmp_path / "x.csv")
    with pytest.raises(ConfigurationError, match="did you mean parquet"):
        results.exported(whole, "parket", tmp_path / "y")


def test_prune_takes_what_another_version_made_and_spares_the_rest(whole, tmp_path):
    stored, old = Folder(tmp_path / "kept"), Folder(tmp_path / "old")
    begin(small_plan(), stored, STORED)
    plan = small_plan()
    plan.identity["result_version"] = "000000000000"
    begin(plan, old, STORED)
    assert results.prune(tmp_path, []) == ["old"]
    assert stored.path.exists() and not old.path.exists()
    with pytest.raises(ConfigurationError, match="did you mean kept"):
        results.prune(tmp_path, ["kep"])


def test_prune_removes_a_named_study_of_the_current_result_version_only_when_told_so(tmp_path, monkeypatch):
    from scenarios.cli import studies as command

    monkeypatch.setattr(command, "ROOT", tmp_path)
    plan, old = small_plan(), Folder(tmp_path / "old")
    begin(plan, Folder(tmp_path / "mine"), STORED)
    plan.identity["result_version"] = "000000000000"
    begin(plan, old, STORED)
    with pytest.raises(
        ConfigurationError, match="^mine: a study of the current .* add yes=true to remove it"
    ):
        command.answer_results(["prune", "old", "mine"], {})
    with pytest.raises(ConfigurationError, match="yes = y: expected true or false"):
        command.answer_results(["prune", "mine"], {"yes": "y"})
    assert old.path.exists() and (tmp_path / "mine").exists()
    command.answer_results(["prune", "old"], {})
    command.answer_results(["prune", "mine"], {"yes": "true"})
    assert not old.path.exists() and not (tmp_path / "mine").exists()


def test_options_of_a_sweep_are_read_and_mistakes_told():
    options, left = options_of(
        ["samples=8", "engine=dask", "engine.scheduler=tcp://a:1", "landing.years=0,1"]
    )
    assert (options.samples, options.engine, options.scheduler) == (8, "dask", "tcp://a:1")
    assert left == ["landing.years=0,1"]
    for word, sentence in {
        "samples=many": "whole number", "replications=0": "from 1 on", "keep=all": "monthly or monthly",
        "engine.schedular=x": "did you mean engine.scheduler", "study=../x": "a name, not a path",
    }.items():  # fmt: skip
        with pytest.raises(ConfigurationError, match=sentence):
            options_of([word])


def test_an_unknown_engine_or_a_missing_scheduler_is_told():
    with pytest.raises(ConfigurationError, match="did you mean dask"):
        engine_called("dsk")
    with pytest.raises(ConfigurationError, match=r"engine\.scheduler is missing"):
        engine_called("dask")


@pytest.mark.parametrize("how", HOWS)
def test_a_part_with_another_content_is_run_again(whole, how, tmp_path):
    folder = Folder(shutil.copytree(whole.path, tmp_path / "copy"))
    before = files_of(folder)
    part = sorted(path.stem for path in folder.parts.glob("*.json"))[0]
    seal(folder, part, "monthly", how)
    engine = CountingEngine()
    run_study(small_plan(), folder, engine, STORED)
    assert engine.runs == 4 and files_of(folder) == before


@pytest.mark.parametrize("runs", [[[1, 0], [0, 0]], [[0, 0], [0, 0]], [[-1, 0], [1, 0]]])
def test_a_part_that_says_it_has_other_runs_is_run_again(whole, runs, tmp_path):
    folder = Folder(shutil.copytree(whole.path, tmp_path / "copy"))
    before, part = files_of(folder), folder.part_names[0]
    document = folder.part_document(part)
    document["runs"] = runs + document["runs"][2:]
    (folder.parts / f"{part}.json").write_text(json.dumps(with_checksum(document)), encoding="utf-8")
    run_study(small_plan(), folder, CountingEngine(), STORED)
    assert files_of(folder) == before and results.damaged(folder) == []


@pytest.mark.parametrize("left_out", ["claims", "parts"])
def test_a_study_whose_empty_folders_a_copy_left_out_is_resumed(whole, left_out, tmp_path):
    folder = Folder(shutil.copytree(whole.path, tmp_path / "copy"))
    before = files_of(folder)
    shutil.rmtree(folder.path / left_out)
    (folder.parts / f"{whole.part_names[0]}.json").unlink(missing_ok=True)
    run_study(small_plan(), folder, CountingEngine(), STORED)
    assert files_of(folder) == before


def test_a_neighbour_whose_name_is_no_text_is_used_like_any_other(whole, tmp_path):
    shutil.copytree(whole.path, os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe"))
    engine, folder = CountingEngine(), Folder(tmp_path / "own")
    run_study(small_plan(), folder, engine, STORED)
    assert engine.runs == 0 and results.damaged(folder) == []


def test_a_folder_in_the_place_of_an_old_claim_gives_way(whole, tmp_path):
    folder = Folder(shutil.copytree(whole.path, tmp_path / "copy"))
    part = folder.part_names[0]
    (folder.parts / f"{part}.json").unlink()
    (folder.claims / part).mkdir()
    os.utime(folder.claims / part, (1, 1))
    run_study(small_plan(), folder, CountingEngine(), STORED)
    assert results.damaged(folder) == [] and not list(folder.claims.iterdir())


def test_a_study_that_cannot_be_removed_whole_is_not_removed_in_part(whole, tmp_path, monkeypatch):
    folder = Folder(shutil.copytree(whole.path, tmp_path / "copy"))
    monkeypatch.setattr(os, "access", lambda place, mode: place != folder.parts)
    with pytest.raises(ConfigurationError, match=r"parts cannot be written: .*; nothing was removed"):
        results.prune(tmp_path, ["copy"], of_this_version=True)
    assert files_of(folder) == files_of(whole)


@pytest.mark.parametrize("hidden", ["studies", "parts"])
def test_a_folder_that_may_not_be_read_is_not_taken_for_an_empty_one(whole, hidden, tmp_path, monkeypatch):
    folder = Folder(shutil.copytree(whole.path, tmp_path / "copy"))

    def refused(place):
        raise PermissionError(13, "Permission denied", str(place))

    monkeypatch.setattr(os, "listdir", refused)
    asked = {"studies": lambda: list(results.studies(tmp_path)), "parts": lambda: results.damaged(folder)}
    with pytest.raises(ConfigurationError, match="cannot be read: Permission denied"):
        asked[hidden]()


def test_a_table_of_runs_with_more_rows_than_it_can_have_is_not_read(whole, tmp_path):
    folder = Folder(shutil.copytree(whole.path, tmp_path / "copy"))
    rows = pq.read_table(folder.runs).slice(0, 1).take(pa.array(np.zeros(100_000, int)))
    pq.write_table(rows, folder.runs)
    for read in (results.runs_of, results.connection):
        with pytest.raises(ConfigurationError, match="100,000 rows, expected one for each run"):
            read(folder)


def test_a_part_with_more_rows_than_its_runs_can_have_is_not_read(whole):
    content = whole.tables(whole.part_names[0])["monthly"]
    kinds, may_be_empty = kinds_of("monthly")
    keys, rows = ["point", "replication", "month"], pq.read_metadata(io.BytesIO(content)).num_rows
    assert read_keys(content, kinds, keys, may_be_empty, rows) is not None
    assert read_keys(content, kinds, keys, may_be_empty, rows - 1) is None


def test_a_part_with_another_content_is_not_taken_from_a_neighbour(whole, tmp_path):
    other = Folder(shutil.copytree(whole.path, tmp_path / "other"))
    for path in other.parts.glob("*.json"):
        seal(other, path.stem, "monthly", "text")
    engine, folder = CountingEngine(), Folder(tmp_path / "own")
    run_study(small_plan(), folder, engine, STORED)
    assert engine.runs == 8 and results.damaged(folder) == []
