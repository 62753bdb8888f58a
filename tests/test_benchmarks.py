"""The benchmarks run at toy size; `python -m benchmarks.speed` measures how fast."""

import doctest
import importlib
import subprocess
import sys

import pytest

from agents.mesa_adapter.model_mixin import release
from benchmarks import memory, municipal_spread, sharing, speed
from benchmarks.cases import going_on, model_of
from benchmarks.measure import interleaved, table
from benchmarks.plain_twin import TwinModel


def test_the_twin_goes_on_with_about_as_many_households_in_problem():
    model = model_of("average", 600).run_until(120)
    twin = TwinModel(model)
    at_first = twin.share_going_on
    for _ in range(24):
        twin.step()
    model.run_until(144)
    assert at_first == pytest.approx(going_on(model, 24), abs=0.12)
    assert twin.share_going_on == pytest.approx(going_on(model, 1), abs=0.12)
    assert twin.cost_cents > 0
    release(twin)


def test_severities_and_clients_of_the_twin_stay_what_they_must():
    twin = TwinModel(model_of("street").run_until(60))
    for _ in range(12):
        twin.step()
    homes = [each for each in twin.agents if hasattr(each, "severity")]
    assert homes and all(0.0 <= level <= 1.0 for home in homes for level in home.severity)
    slots = sum(len(home.care) for home in homes)
    assert slots == sum(each.clients for each in twin.agents if hasattr(each, "clients"))
    release(twin)


def test_every_team_of_the_twin_is_paid_once_however_many_wijken_it_serves():
    model = model_of("street").run_until(60)
    model.world.wijken["team"] = 0
    twin = TwinModel(model)
    twin.step()
    assert len(twin.team_of_wijk) > len(set(twin.team_of_wijk))
    paid = (each.cost_cents() for each in twin.agents if hasattr(each, "cost_cents"))
    assert twin.cost_cents == sum(paid)
    release(twin)


def test_without_a_section_all_are_measured(monkeypatch, capsys):
    monkeypatch.setattr(
        speed, "SECTIONS", {name: lambda size, name=name: f"## {name}" for name in speed.SECTIONS}
    )
    assert speed.main(["--small"]) == 0
    told = capsys.readouterr().out
    assert all(f"## {name}" in told for name in speed.SECTIONS)


def test_the_core_is_measured_at_toy_size(capsys):
    assert speed.main(["core", "--small"]) == 0
    printed = capsys.readouterr().out
    assert "million household-months/s" in printed and "something going on" in printed


def test_what_runs_share_is_measured_at_toy_size(capsys):
    assert sharing.main(["--small", "--replications", "1", "--repeats", "1"]) == 0
    printed = capsys.readouterr().out
    assert "Four arms of one replication" in printed and "Runs of a study" in printed


def test_memory_a_household_is_measured_at_toy_size(capsys):
    assert memory.main(["--small"]) == 0
    rows = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines() if "|" in line]
    figures = {row[0]: [float(each.strip("* ") or 0) for each in row[1:]] for row in rows[2:]}
    assert figures["households: problems, care, traits"] == [64.0, 64.0]
    parts = [figures[subject] for subject in (*memory.ABOUT, memory.REST)]
    assert [sum(side) for side in zip(*parts, strict=True)] == pytest.approx(figures["**all arrays**"], abs=1)
    assert figures["tape of events, apart"][1] > 0


def test_how_the_share_of_helped_children_follows_the_rates_is_measured_at_toy_size(capsys):
    municipal_spread.main(["2000"])
    lines = capsys.readouterr().out.splitlines()
    ratios = [float(line.split("ratio ")[1]) for line in lines]
    assert len(ratios) == len(municipal_spread.SPREADS) and all(0.2 < each < 1.0 for each in ratios)


def test_works_take_turns_and_medians_are_kept():
    order = []
    figures = {"a": iter([1.0, 9.0, 2.0]), "b": iter([5.0, 4.0, 6.0])}

    def work(name):
        order.append(name)
        return next(figures[name])

    found = interleaved({"a": lambda: work("a"), "b": lambda: work("b")}, 3)
    assert order == ["a", "b"] * 3
    assert found == {"a": 2.0, "b": 5.0}


def test_a_server_that_ends_before_it_answers_is_not_waited_for(monkeypatch):
    for each in ("psutil", "websockets"):
        pytest.importorskip(each)
    load = importlib.import_module("benchmarks.dashboard_load")
    started = subprocess.Popen
    ends = [sys.executable, "-c", "raise SystemExit(3)"]
    monkeypatch.setattr(load.subprocess, "Popen", lambda _, **options: started(ends, **options))
    with pytest.raises(RuntimeError, match="exit code 3"), load.serving():
        pass


@pytest.mark.parametrize(
    ("module", "needs"),
    [("mutants", ("coverage", "cosmic_ray")), ("dashboard_load", ("psutil", "websockets"))],
)
def test_examples_in_modules_that_need_more_are_true(module, needs):
    for each in needs:
        pytest.importorskip(each)
    found = doctest.testmod(importlib.import_module(f"benchmarks.{module}"))
    assert found.attempted > 0 and found.failed == 0


def test_a_table_has_a_cell_for_every_column():
    lines = table("Title", ["one", "two"], [["1", "2"]]).splitlines()
    assert lines[0] == "## Title" and lines[2:] == ["| one | two |", "| --- | --- |", "| 1 | 2 |"]
