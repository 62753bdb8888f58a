"""The main job: the same tables on any number of processes, and nothing left of a run that ends early."""

import json
import multiprocessing
import os
import signal
import time

import pytest

from scenarios.analysis import main_job
from scenarios.analysis.main_job import all_tables
from scenarios.common.terminal import Progress, curve_lines
from scenarios.runs import replications
from scenarios.runs.replications import ReplicationResult, run_replication
from scenarios.runs.scenario import Scenario
from simulation.outcomes.savings import saved_on_open_care
from simulation.recording.store import open_run
from tests.scenarios.test_replications import street

TABLES = (*main_job.RECORDED, "savings", "break_even", "decomposition", "growth", "transition_harms")


def bytes_of_tables(folder) -> dict[str, bytes]:
    """Return the bytes of every table of a run folder."""
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def job_in(folder, *overrides: str) -> Scenario:
    """Return a small scenario that writes into a folder."""
    return street(f"output.folder={folder}", *overrides)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    return main_job.run(job_in(tmp_path_factory.mktemp("one_process"), "processes=1"))


def test_a_run_folder_is_whole_and_says_what_was_run(finished):
    run = open_run(finished)
    about = run.document
    assert about["municipality_slug"] == "street" and about["policy"] == "early_signalling"
    assert about["seeds"] == [1, 2] and about["draws"] == [0, 1] and len(about["parameter_draws"]) == 2
    assert about["parameters"]["long_phase_in"] == {"landing.years": 8.0}
    assert about["parameters"]["policy"]["wijkteam.outreach_share"] == 0.1
    assert finished.name.endswith("_street_early_signalling_overnight")


def test_tables_are_the_same_on_one_process_and_on_two(finished, tmp_path):
    again = main_job.run(job_in(tmp_path, "processes=2"))
    assert bytes_of_tables(again) == bytes_of_tables(finished)


def test_two_documents_of_one_scenario_differ_in_time_and_machine_only(finished, tmp_path):
    again = main_job.run(job_in(finished.parent, "processes=1"))
    one, other = (json.loads((each / "run.json").read_text()) for each in (finished, again))
    assert {key for key in one if one[key] != other[key]} <= {"run_seconds", "machine", "checksum"}


def test_a_policy_equal_to_the_reference_saves_exactly_nothing(tmp_path):
    run = open_run(main_job.run(job_in(tmp_path, "policy=reference", "processes=1")))
    assert (run.table("savings")["saving_eur"] == 0.0).all()
    assert set(run.table("break_even")["note"]) == {"no investment"}


def test_without_draws_all_replications_share_one_break_even(tmp_path):
    run = open_run(main_job.run(job_in(tmp_path, "replication.draws=fixed", "processes=1")))
    assert run.document["draws"] == [0, 0] and len(run.table("break_even")) == 2


def is_interrupted_here(scenario, number, on_first_curve=None):
    """Stand in for a replication: other processes are busy, this one is interrupted."""
    if multiprocessing.parent_process() is None:
        time.sleep(1.0)
        raise KeyboardInterrupt
    time.sleep(60.0)


def test_an_interrupt_leaves_no_folder_and_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr(replications, "run_replication", is_interrupted_here)
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        main_job.run(job_in(tmp_path, "processes=2"))
    assert list(tmp_path.iterdir()) == [] and multiprocessing.active_children() == []
    assert time.monotonic() - begin < 30.0


def test_an_interrupt_while_tables_are_written_leaves_no_folder(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(main_job, "run_document", interrupted)
    with pytest.raises(KeyboardInterrupt):
        main_job.run(job_in(tmp_path, "processes=1"))
    assert list(tmp_path.iterdir()) == []


def dies_once(scenario, number, on_first_curve=None):
    """Stand in for a replication; the first process but this one is killed."""
    mark = scenario.folder / "killed"
    if multiprocessing.parent_process() is not None and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return ReplicationResult(number, scenario.seeds[number], {}, {})


def dies_always(scenario, number, on_first_curve=None):
    """Stand in for a replication; every process but this one is killed."""
    if multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return ReplicationResult(number, scenario.seeds[number], {}, {})


def test_a_process_that_is_killed_is_replaced_and_its_replications_are_run_again(tmp_path, monkeypatch):
    monkeypatch.setattr(replications, "run_replication", dies_once)
    results = replications.run_replications(job_in(tmp_path, "processes=2", "replication.count=4"))
    assert [result.number for result in results] == [0, 1, 2, 3]


def test_when_processes_are_killed_again_the_run_stops_with_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(replications, "run_replication", dies_always)
    with pytest.raises(ChildProcessError, match="killed twice .* processes = "):
        replications.run_replications(job_in(tmp_path, "processes=3", "replication.count=6"))


def numbered(number):
    """Stand in for a replication; a function of a module, so that other processes can be given it."""
    return ReplicationResult(number, number, {}, {})


@pytest.mark.parametrize(("processes", "times"), [(1, 0), (2, 1)])
def test_what_fills_the_wait_for_other_processes_is_done_once_and_never_alone(processes, times):
    done, waited = [], []
    replications.do_all(
        numbered, [0, 1, 2], processes, done.append, while_waiting=lambda: waited.append(os.getpid())
    )
    assert sorted(each.number for each in done) == [0, 1, 2] and waited == [os.getpid()] * times


def test_every_replication_is_counted_once_and_the_first_is_told(tmp_path):
    told, counted = [], []
    replications.run_replications(
        job_in(tmp_path, "processes=2", "replication.count=3", "window.end=2015-03"),
        on_first_curve=lambda number, monthly: told.append((number, set(monthly["arm"]))),
        on_result=lambda result: counted.append(result.number),
    )
    assert told == [(0, {"reference", "policy"})] and sorted(counted) == [0, 1, 2]


def test_the_curve_on_the_screen_is_that_of_the_tables_and_the_summary(tmp_path, capsys):
    job = job_in(tmp_path, "replication.count=1", "processes=1")
    with Progress(job) as progress:
        result = run_replication(job, 0, progress.show_curve)
    tables = all_tables(job, [result])
    assert saved_on_open_care(tables["open_care"], "municipality")[0] != 0.0
    shown = capsys.readouterr().err
    assert "\n".join(curve_lines(tables["savings"], 1, job.language)) in shown


def test_the_first_curve_has_a_line_per_year(finished):
    curve = open_run(finished).table("savings")
    lines = curve_lines(curve[curve["replication"] == 0], 2, "nl")
    assert lines[0].startswith("Eerste van 2 berekeningen") and [line[2:6] for line in lines[2:]] == [
        "2015",
        "2016",
    ]


def test_a_figure_that_its_window_is_too_short_for_is_left_out_with_a_sentence(tmp_path, capsys):
    year = [
        "replication.count=1",
        "processes=1",
        "window.start=2015-01",
        "window.end=2015-12",
        "output.figures=true",
    ]
    folder = main_job.run(job_in(tmp_path, *year, "window.warm_up_months=0"))
    assert sorted(path.stem for path in (folder / "figures").glob("*.png")) == [
        "history", "landing", "neighbourhoods", "savings", "why"
    ]  # fmt: skip
    assert "The figure of flows is left out" in capsys.readouterr().err
