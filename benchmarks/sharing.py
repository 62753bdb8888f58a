"""Measure what runs that share something save: ``python -m benchmarks.sharing`` writes benchmarks/sharing.md.

Arms of a replication and runs of a study share the events of their households; an arm with the same money
follows the reference until its council decides differently. Both ways give the same figures, bit for bit.
Times are processor time of one core, in turns. ``--small`` runs at toy size, to see that it works.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from agents.mesa_adapter.model_mixin import release
from benchmarks.measure import machine, table
from scenarios.runs.arms import Arm, arms_of
from scenarios.runs.replications import (
    arms_at_branch_point,
    begin_warm_up,
    parameters_of_replication,
    run_with_branches,
)
from scenarios.runs.resources import compile_rules
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.model import Model
from simulation.parameters import changed
from simulation.processes.event_tape import EventTape
from simulation.recording.arm_names import FULL_ARMS, REFERENCE

RESULTS = Path(__file__).resolve().parent / "sharing.md"
STREET = ["municipality=street", "window.warm_up_months=24", "window.start=2013-01", "window.end=2017-12"]
LANDINGS = [{"landing.years": float(years), "landing.cut": 0.15} for years in (0, 1, 2, 3, 4, 5, 6, 8)]
COLUMNS = ["replication", "one arm", "four arms, each alone", "times one", "four arms, sharing", "times one"]


def seconds_alone(arms: list[Arm], initial_state: Model, until: int) -> dict[str, float]:
    """Return the processor seconds of every arm from its branch month on, run by itself."""
    found = {}
    for arm in arms:
        began = time.thread_time()
        model = initial_state.copy()
        run_with_branches(model, arm.parameters, [arm.branch_month], until)
        found[arm.name] = time.thread_time() - began
        release(model, dismantle=True)
    return found


def seconds_sharing(scenario: Scenario, number: int, arms: list[Arm]) -> float:
    """Return the processor seconds of all arms from their branch month on, run as a replication runs them."""
    yielded = arms_at_branch_point(scenario, scenario.seeds[number], arms, followed=REFERENCE)
    began = None
    for arm, model in yielded:
        began = time.thread_time() if began is None else began  # their initial state is not counted
        run_with_branches(model, arm.parameters, [arm.branch_month], scenario.end_month + 1)
        release(model, dismantle=True)
    assert began is not None
    return time.thread_time() - began


def of_one_replication(scenario: Scenario, number: int, repeats: int) -> list[str]:
    """Return the row of one replication: medians, in turns."""
    parameters, _ = parameters_of_replication(scenario, number)
    arms = [arm for arm in arms_of(scenario, parameters, number) if arm.name in FULL_ARMS]
    initial_state = begin_warm_up(scenario, scenario.seeds[number], parameters)
    initial_state.run_until(arms[0].branch_month)
    one, alone, together = [], [], []
    for turn in range(2 * repeats):
        if turn % 4 in (0, 3):  # alone, sharing, sharing, alone: whoever comes first changes
            found = seconds_alone(arms, initial_state, scenario.end_month + 1)
            one.append(found[REFERENCE])
            alone.append(sum(found.values()))
        else:
            together.append(seconds_sharing(scenario, number, arms))
    release(initial_state, dismantle=True)
    arm, apart, shared = median(one), median(alone), median(together)
    print(f"replication {number}: {shared / apart:.3f} of each alone", file=sys.stderr)
    return [
        str(number), f"{arm:.3f} s", f"{apart:.3f} s", f"{apart / arm:.2f}", f"{shared:.3f} s",
        f"{shared / arm:.2f}",
    ]  # fmt: skip


def of_a_study(scenario: Scenario, repeats: int) -> list[str]:
    """Return the row of runs that share an initial state, with calendars of their own and from a tape."""
    parameters, _ = parameters_of_replication(scenario, 0)
    taped, untaped = (
        begin_warm_up(scenario, scenario.seeds[0], parameters, tape=tape) for tape in (EventTape(), None)
    )
    for each in (taped, untaped):
        each.run_until(scenario.transition_month)
    _seconds_of_run(taped, LANDINGS[0], scenario)  # fills the tape
    ratios = []
    for turn, landing in enumerate(LANDINGS * repeats):
        order = (taped, untaped) if turn % 2 else (untaped, taped)
        seconds = {id(each): _seconds_of_run(each, landing, scenario) for each in order}
        ratios.append(seconds[id(taped)] / seconds[id(untaped)])
    for each in (taped, untaped):
        release(each, dismantle=True)
    low, high = min(ratios), max(ratios)
    return [f"{len(ratios)}", f"{median(ratios):.3f}", f"{low:.3f} to {high:.3f}"]


def _seconds_of_run(initial_state: Model, landing: dict[str, float], scenario: Scenario) -> float:
    """Return the processor seconds of a run from an initial state."""
    model = initial_state.copy()
    model.recorder.stored = ("wijken",)
    model.apply_policy(changed(model.parameters, landing))
    began = time.thread_time()
    model.run_until(scenario.end_month + 1)
    seconds = time.thread_time() - began
    release(model, dismantle=True)
    return seconds


def report(small: bool, repeats: int, replications: int) -> str:
    """Return the page."""
    of_one_replication(scenario_from(STREET), 0, 1)  # loads the compiled rules
    scenario = scenario_from(STREET if small else ["municipality=zaanstad"])
    rows = [of_one_replication(scenario, number, repeats) for number in range(replications)]
    study = scenario_from(STREET if small else ["municipality=zaanstad", "window.end=2024-12"])
    parts: list[Callable[[], str]] = [
        lambda: table("Four arms of one replication", COLUMNS, rows, NOTE),
        lambda: table("Runs of a study", ["pairs", "ratio (median)", "range"], [of_a_study(study, 1)], STUDY),
    ]
    head = f"# Benchmarks of runs that share\n\nMade by `python -m benchmarks.sharing`. {machine()}.\n"
    return "\n".join([head, *(part() for part in parts)])


NOTE = (
    "Zaanstad, early signalling, 180 months from the transition on: policy, reference, long phase-in and the "
    "same money, everything recorded. Their shared initial state and the writing of tables are not counted. "
    "How much the same money saves depends on the replication: its council decides like the reference's for "
    "years, or to the end."
)
STUDY = (
    "Zaanstad, 120 months from the transition on: a run with another landing that takes its events from the "
    "tape against the same run with a calendar of its own, pair by pair."
)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and write the page unless small."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sharing", description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--replications", type=int, default=4)
    chosen = parser.parse_args(arguments)
    compile_rules()
    text = report(chosen.small, chosen.repeats, chosen.replications)
    print(text)
    if not chosen.small:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
