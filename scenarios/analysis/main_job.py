"""The main job: a policy against the reference, and a short phase-in against a long one, over replications.

With decompose=channels the saving is decomposed over channels by nested runs in which mechanisms are switched
on one after the other. In the first run all listed mechanisms are off, for reference and policy alike; in the
last none is, so it equals the run itself. A channel is the increase of the saving when its mechanism is
switched on; channels add up to the saving by construction. Their sizes depend on the order, which is
reported.

`landingsbaan history` runs the reference alone and compares it with the record of 2012-2022, in a table and a
figure.
"""

import importlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from agents.mesa_adapter.model_mixin import release
from scenarios.common.files import write_atomically
from scenarios.common.terminal import Progress, say
from scenarios.reporting.texts import text
from scenarios.runs.arms import FINDS, HELPS, Arm, arms_of
from scenarios.runs.replications import (
    ReplicationResult,
    arms_at_branch_point,
    do_all,
    parameters_of_replication,
    run_arm,
    run_replications,
    run_with_branches,
    stack_table,
)
from scenarios.runs.resources import compile_rules
from scenarios.runs.run_document import announcement_month, draw_of, run_document
from scenarios.runs.scenario import Scenario
from simulation.outcomes.derived import derived_tables
from simulation.outcomes.history import history_table
from simulation.outcomes.savings import (
    BASES,
    CARE_STILL_OPEN,
    CHANNELS_TABLE,
    DECOMPOSED_TABLES,
    OWN_COST,
    bases_of_costs,
    saved_on_open_care,
)
from simulation.parameters import Parameters, changed
from simulation.recording.arm_names import POLICY, POLICY_ARMS, REFERENCE
from simulation.recording.recorder import as_table
from simulation.recording.schema import HISTORY, TABLES
from simulation.recording.store import Run, RunWriter, open_run


@dataclass(frozen=True)
class Channel:
    """A channel of savings, and the parameters that switch its mechanism off.

    Attributes
    ----------
    name : str
        Name in the table and in texts.
    off : dict
        Values of parameters and levers, by full name, that switch the mechanism off.
    """

    name: str
    off: dict[str, Any]


# Ordered as they are switched on.
CHANNELS = (
    # Need that nobody asked about is found, and becomes demand.
    Channel("found_need", FINDS.off),
    Channel("prevented_escalation", HELPS.off),
    # A team itself gives help for which a specialist would have been requested.
    Channel("substitution", {"wijkteam.replaces_requests": 0.0}),
    # Slots and hours of teams are scarce, which causes waiting.
    Channel("delay", {"provider.slots_are_scarce": 0, "wijkteam.hours_are_scarce": 0}),
    Channel("care_not_granted", {"municipality_government.access_step": 0.0}),
    Channel(
        "prices_and_contracts",
        {
            "municipality_government.tariff_step": 0.0,
            "municipality_government.contracts_follow_demand": 1.0,
        },
    ),
    Channel(
        "cuts_on_teams_and_prevention",
        {"municipality_government.team_step": 0.0, "municipality_government.prevention_step": 0.0},
    ),
)


@dataclass(frozen=True)
class World:
    """A nested run with some mechanisms off; `channel` is the mechanism switched on last."""

    channel: str
    off: dict[str, Any]


@dataclass
class Decomposed:
    """The channels of one replication: rows of the table `channels`."""

    number: int
    table: pd.DataFrame


def nested_worlds(channels: tuple[Channel, ...] = CHANNELS) -> list[World]:
    """Return the nested runs, from all mechanisms off to none off.

    Examples
    --------
    >>> worlds = nested_worlds((Channel("a", {"x": 0.0}), Channel("b", {"y": 0.0})))
    >>> [(world.channel, sorted(world.off)) for world in worlds]
    [('own_cost', ['x', 'y']), ('a', ['y']), ('b', [])]
    """
    worlds = []
    for on in range(len(channels) + 1):
        off: dict[str, Any] = {}
        for channel in channels[on:]:
            off |= channel.off
        worlds.append(World(channels[on - 1].name if on else OWN_COST, off))
    return worlds


def described(channels: tuple[Channel, ...] = CHANNELS) -> list[dict[str, Any]]:
    """Return the channels as plain data for run.json."""
    return [{"name": each.name, "off": each.off} for each in channels]


def channels_of(
    scenario: Scenario, results: list[ReplicationResult], done: Callable[[Any], None] | None = None
) -> pd.DataFrame:
    """Return the table `channels` of every replication of a run.

    Parameters
    ----------
    scenario : Scenario
        Scenario of the run.
    results : list of ReplicationResult
        The replications of the run; its own arms are the last nested run.
    done : function, optional
        Callback after every replication.
    """
    found: dict[int, pd.DataFrame] = {}

    def keep(decomposed: Decomposed) -> None:
        found[decomposed.number] = decomposed.table
        if done is not None:
            done(decomposed)

    whole = {result.number: _of_the_run(result) for result in results}
    do_all(partial(decomposed, scenario, whole), sorted(whole), scenario.processes, keep)
    return pd.concat([found[number] for number in sorted(found)], ignore_index=True)


def decomposed(scenario: Scenario, whole: dict[int, dict[str, dict[str, float]]], number: int) -> Decomposed:
    """Run the nested runs of one replication, the last one excepted, and return its channels."""
    worlds = nested_worlds()
    savings = [saved_in(scenario, number, world.off) for world in worlds[:-1]]
    savings.append(whole[number]["saving"])
    rows = []
    for basis in BASES:
        before = 0.0
        for order, (world, saving) in enumerate(zip(worlds, savings, strict=True)):
            gained = round(saving[basis] - before, 2)
            rows.append((number, basis, order, world.channel, gained, True))
            before = saving[basis]
        rows.append((number, basis, len(worlds), CARE_STILL_OPEN, whole[number]["open"][basis], False))
    names = ["replication", "basis", "order", "channel", "saving_eur", "in_total"]
    return Decomposed(number, pd.DataFrame(rows, columns=names))


def saved_in(scenario: Scenario, number: int, off: dict[str, Any]) -> dict[str, float]:
    """Return the savings of the policy with some mechanisms off, euros by basis.

    They are off from the first month with changes of the policy; the initial state is that of the run.
    """
    parameters, _ = parameters_of_replication(scenario, number)
    arms = [_in_world(arm, off) for arm in arms_of(scenario, parameters, number)]
    branch_months = sorted({arm.branch_month for arm in arms})
    costs = []
    for arm, model in arms_at_branch_point(scenario, scenario.seeds[number], _run_last(arms, parameters)):
        model.recorder.stored = ("costs",)
        run_with_branches(model, arm.parameters, branch_months, scenario.end_month + 1)
        name = REFERENCE if arm.name == _WORLDS_REFERENCE else arm.name
        recorded = model.recorder.table("costs", model, scenario.start_month)
        costs.append(as_table("costs", recorded, number, name))
        release(model, dismantle=True)
    return _saving(pd.concat(costs, ignore_index=True))


# A reference with mechanisms off, which shares the initial state of the run's reference.
_WORLDS_REFERENCE = "reference_of_the_world"


def _in_world(arm: Arm, off: dict[str, Any]) -> Arm:
    """Return the arm with some mechanisms off; only the arms that are compared are run."""
    if arm.name not in POLICY_ARMS:
        return replace(arm, same_as=REFERENCE)
    return replace(arm, parameters=changed(arm.parameters, off), same_as=None)


def _run_last(arms: list[Arm], parameters: Parameters) -> list[Arm]:
    """Return the arms with the run's own reference added, not run, as the source of the initial state."""
    reference = next(arm for arm in arms if arm.name == REFERENCE)
    branch_month = next(arm for arm in arms if arm.name == POLICY).branch_month
    others = [arm for arm in arms if arm.name != REFERENCE]
    own = replace(reference, parameters=parameters, same_as=REFERENCE)
    return [*others, own, replace(reference, name=_WORLDS_REFERENCE, branch_month=branch_month)]


def _of_the_run(result: ReplicationResult) -> dict[str, dict[str, float]]:
    """Return the savings of the policy in the run itself, and those on care still open at its end."""
    open_care = result.tables["open_care"]
    left = {basis: round(float(saved_on_open_care(open_care, basis).iloc[0]), 2) for basis in BASES}
    return {"saving": _saving(result.tables["costs"]), "open": left}


def _saving(costs: pd.DataFrame) -> dict[str, float]:
    """Return the cost of the reference minus the cost of the policy, euros by basis."""
    paid = bases_of_costs(costs)
    return {basis: (paid[REFERENCE][basis] - paid[POLICY][basis]) / 100.0 for basis in BASES}


RECORDED = ("monthly", "wijken", "groups", "flows", "books", "costs", "open_care")


def run(scenario: Scenario) -> Path:
    """Run a scenario, write its run folder, draw its figures, print its summary; return the folder.

    Raises
    ------
    ValueError
        When the results cannot be written.
    ChildProcessError
        When processes were killed.
    """
    folder = simulate(scenario)
    draw_and_print(folder, scenario)
    return folder


def simulate(scenario: Scenario, prints_first: bool = True) -> Path:
    """Run a scenario and write its run folder, without figures; return the folder.

    Parameters
    ----------
    scenario : Scenario
        Scenario to run.
    prints_first : bool
        Whether the result of the first replication is printed as soon as it is known.
    """
    begin = time.perf_counter()
    compile_rules(scenario.language)
    with Progress(scenario) as progress:
        results = run_replications(
            scenario,
            progress.show_curve if prints_first else None,
            progress.count_done,
            _import_figures if scenario.figures else None,
        )
    tables, more = all_tables(scenario, results), {}
    if scenario.decompose:
        with Progress(scenario) as progress:
            tables[CHANNELS_TABLE] = channels_of(scenario, results, progress.count_done)
        more[CHANNELS_TABLE] = described()
    kinds = DECOMPOSED_TABLES if scenario.decompose else TABLES
    with RunWriter(new_folder(scenario), kinds, numbered=True) as writer:
        for name, table in tables.items():
            writer.table(name, table)
        writer.document(run_document(scenario, results, time.perf_counter() - begin) | more)
    return writer.folder


def draw_and_print(folder: Path, scenario: Scenario) -> None:
    """Draw the figures of a run folder if requested, and print its summary."""
    finished = open_run(folder)
    if scenario.figures:
        _draw(finished, scenario.language)
    _summarise(finished, scenario.language, scenario.notes_shown)


def all_tables(
    scenario: Scenario, results: list[ReplicationResult], recorded_names: tuple[str, ...] = RECORDED
) -> dict[str, pd.DataFrame]:
    """Return the tables of the run folder: what was recorded, and what follows from it."""
    recorded = {name: stack_table([each.tables for each in results], name) for name in recorded_names}
    draws = {each.number: draw_of(scenario, each.number) for each in results}
    derived = derived_tables(
        recorded["monthly"], recorded["costs"], scenario.transition_month, announcement_month(scenario),
        draws=draws,
    )  # fmt: skip
    return recorded | derived


def new_folder(scenario: Scenario) -> Path:
    """Return the name of a run folder, unless another run takes it in the same second."""
    return folder_of_now(scenario.folder, scenario.name)


def folder_of_now(parent: Path, name: str) -> Path:
    """Return a folder named by the time; on a conflict the writer appends a number."""
    return parent / f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{name}"


def _import_figures() -> ModuleType:
    """Return the module that draws figures; matplotlib takes a second to import."""
    return importlib.import_module("scenarios.reporting.figures.run_figures")


def _draw(finished: Run, language: str) -> None:
    """Draw the figures; after an interrupt the tables remain, and a message says how to draw later."""
    figures = _import_figures()
    say("drawing", language)
    for sentence in figures.left_out(finished, language):
        print(sentence, file=sys.stderr)
    try:
        figures.draw_all(finished, language)
    except KeyboardInterrupt:
        say("undrawn", language, folder=finished.folder)
        raise


def _summarise(finished: Run, language: str, with_notes: bool) -> None:
    """Write the whole summary to the run folder; print its first screen, or all of it."""
    from scenarios.reporting.summary.summary import SUMMARY_FILE, screen_lines, summary_lines

    lines = summary_lines(finished, language)
    text = "\n".join(lines) + "\n"
    write_atomically(finished.folder / SUMMARY_FILE.format(language=language), text.encode())
    print("\n".join(lines if with_notes else screen_lines(finished, language)))
    say("written", language, folder=finished.folder)


HISTORY_FOLDER = "results/history"
LAST_MONTH = "2022-12"
HISTORY_TABLES = {HISTORY.name: HISTORY}


def history_overrides(overrides: list[str]) -> list[str]:
    """Return the overrides of a history: by default it ends with the record and has a folder of its own.

    Examples
    --------
    >>> history_overrides(["window.end=2019-12"])
    ['output.folder=results/history', 'window.end=2019-12']
    """
    given = {each.partition("=")[0] for each in overrides}
    own = {"window.end": LAST_MONTH, "output.folder": HISTORY_FOLDER}
    return [*(f"{key}={value}" for key, value in sorted(own.items()) if key not in given), *overrides]


def run_history(scenario: Scenario) -> Path:
    """Run the reference of every replication, write a folder with table and figure, print; return the folder.

    Raises
    ------
    ValueError
        When the results cannot be written.
    ChildProcessError
        When processes were killed.
    """
    begin = time.perf_counter()
    compile_rules(scenario.language)
    results: dict[int, ReplicationResult] = {}

    def keep(result: ReplicationResult) -> None:
        results[result.number] = result
        progress.count_done(result)

    with Progress(scenario) as progress:
        numbers = list(range(len(scenario.seeds)))
        do_all(partial(reference_of, scenario), numbers, scenario.processes, keep)
    ordered = [results[number] for number in numbers]
    named = folder_of_now(scenario.folder, f"{scenario.municipality}_history")
    with RunWriter(named, HISTORY_TABLES, numbered=True) as writer:
        monthly = stack_table([result.tables for result in ordered], "monthly")
        writer.table(HISTORY.name, history_table(monthly))
        writer.document(run_document(scenario, ordered, time.perf_counter() - begin))
    redraw_and_print(writer.folder, scenario.language, scenario.figures)
    return writer.folder


def reference_of(scenario: Scenario, number: int) -> ReplicationResult:
    """Run the reference of one replication, exactly as next to the other arms of a run."""
    _, drawn = parameters_of_replication(scenario, number)
    tables = run_arm(scenario, number, REFERENCE)
    return ReplicationResult(number, scenario.seeds[number], drawn, {"monthly": tables["monthly"]})


def is_history(folder: Path) -> bool:
    """Return whether a folder holds a history only."""
    return (folder / f"{HISTORY.name}.parquet").is_file() and not (folder / "monthly.parquet").is_file()


def redraw_and_print(folder: Path, language: str, figures: bool = True) -> None:
    """Draw the figure of a finished history and print its table."""
    from scenarios.reporting.summary.history import record_lines

    finished = open_run(folder, HISTORY_TABLES)
    print("\n".join(record_lines(finished, language)))
    rows = len(finished.table(HISTORY.name))
    if figures and rows:
        from scenarios.reporting.figures.run_figures import (
            draw_all,  # matplotlib is slow to import
        )

        (figure,) = draw_all(finished, language)
        print(text("history_written", language, rows=rows, table=f"{HISTORY.name}.parquet", figure=figure))
    say("written", language, folder=folder)
