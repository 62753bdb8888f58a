"""The same seed gives the same bits; what differs first is named by agent, month and process."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from scenarios.reproducibility import baseline
from scenarios.reproducibility.baseline import Trace
from scenarios.runs.replications import run_replications, stack_table
from scenarios.runs.resources import remove_old_versions
from scenarios.runs.scenario import scenario_from
from simulation.months import month_number

ROOT = Path(__file__).resolve().parents[3]
STREET = ["municipality=street", "replication.count=2", "window.start=2014-07", "window.end=2015-06",
          "window.warm_up_months=6"]  # fmt: skip


class Tamperer:
    """Changes one agent after one process of one month."""

    def __init__(self, month, process, array, row):
        self.month, self.process, self.array, self.row = month, process, array, row

    def after_process(self, model, process):
        if (model.month, process) == (self.month, self.process):
            agents = getattr(model.world, self.array)
            agents.view("u1").reshape(len(agents), -1)[self.row, 0] ^= 1


def traced(make_street, tamperer=None, months=3):
    model = make_street(seed=5)
    model.observers += [tamperer] if tamperer else []
    trace = Trace.of(model)
    model.run_until(months)
    return trace


@pytest.mark.uncompiled  # it also notices a change of a rule that no small test does
def test_this_machine_gives_the_committed_run_bit_for_bit(capsys):
    assert baseline.main(["check"]) == 0, capsys.readouterr().out


@pytest.mark.uncompiled
def test_agent_by_agent_it_is_the_same_run():
    assert baseline.first_difference(by_objects=True, last=month_number("2013-01")) is None


@pytest.mark.parametrize(
    ("array", "row", "process", "named"),
    [
        ("teams", 0, "signals", "wijkteam 0, in 2000-02, after signals"),
        ("providers", 3, "crises", "provider 3, in 2000-02, after crises"),
        ("networks", 7, "problems", "informal network 7, in 2000-02, after problems"),
        ("lives", 42, "events", "household 42, in 2000-02, after events"),
    ],
)
def test_a_planted_difference_is_named_by_agent_month_and_process(make_street, array, row, process, named):
    one, other = traced(make_street), traced(make_street, Tamperer(1, process, array, row))
    assert one.first_difference(other) == named


def test_two_runs_of_one_seed_have_one_trace_and_another_seed_differs_at_initialisation(make_street):
    assert traced(make_street).first_difference(traced(make_street)) is None
    other = Trace.of(make_street(seed=6))
    assert "at the initialisation" in traced(make_street).first_difference(other)


def test_a_trace_comes_back_from_its_document(make_street):
    trace = traced(make_street, months=2)
    again = Trace.from_document(trace.document(), trace.first_month)
    assert again.first_difference(trace) is None and again.kinds == trace.kinds


def test_a_check_that_fails_names_the_difference_and_the_versions(monkeypatch, capsys):
    monkeypatch.setitem(baseline.SEEDS, "most levers", 2016)
    assert baseline.main(["check", "2012-01"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("First difference: household ") and "made with" in told


@pytest.mark.parametrize("words", [[], ["chek"], ["check", "2030-01"], ["renew", "now"]])
def test_other_words_are_refused(words, capsys):
    assert baseline.main(words) == 2 and "expected" in capsys.readouterr().err


def test_one_process_and_two_give_the_same_tables_bit_for_bit():
    scenario = scenario_from(STREET)
    found = []
    for processes in (1, 2):
        results = run_replications(replace(scenario, processes=processes))
        tables = [each.tables for each in results]
        found.append({name: baseline.digest_of(stack_table(tables, name)) for name in tables[0]})
    assert found[0] == found[1]


def checked(last, **environment):
    return subprocess.run(
        [sys.executable, "-m", "scenarios.reproducibility.baseline", "check", last],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.slow
def test_without_what_was_compiled_before_it_is_the_same_run(tmp_path):
    done = checked("2017-03", NUMBA_CACHE_DIR=str(tmp_path / "compiled"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_rules_that_are_not_compiled_give_the_same_run():
    done = checked("2017-02", NUMBA_DISABLE_JIT="1")  # not the diaries, which take most of the time
    assert done.returncode == 0, done.stdout + done.stderr


def test_compiled_rules_of_other_versions_go_once_nobody_uses_them_any_more(tmp_path):
    long_ago = time.time() - 61 * 24 * 3600
    for name in ("0123456789ab", "ba9876543210", "aaaaaaaaaaaa", "something_else"):
        (tmp_path / name / "agents").mkdir(parents=True)
        (tmp_path / name / "complete").touch()
        os.utime(tmp_path / name / "complete", (long_ago, long_ago))
        os.utime(tmp_path / name, (long_ago, long_ago))
    (tmp_path / "ba9876543210" / "complete").touch()  # used today
    remove_old_versions(tmp_path / "aaaaaaaaaaaa")
    left = sorted(each.name for each in tmp_path.iterdir())
    assert left == ["aaaaaaaaaaaa", "ba9876543210", "something_else"]
