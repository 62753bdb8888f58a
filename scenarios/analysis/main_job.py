"""The main job: a policy against the reference, and a short phase-in period against a long one, over
replications."""

import sys
import time
from datetime import datetime
from pathlib import Path

import pandas as pd

from scenarios.common.progress import Progress, say
from scenarios.runs.channels import channels_of, described
from scenarios.runs.compiling import compile_rules
from scenarios.runs.replications import ReplicationResult, below_one_another
from scenarios.runs.run_document import announcement_month, draw_of, run_document
from scenarios.runs.scenario import Scenario
from scenarios.runs.workers import run_replications
from simulation.outcomes.channels import DECOMPOSED_TABLES
from simulation.outcomes.channels import NAME as CHANNELS
from simulation.outcomes.derived import derived_tables
from simulation.recording.new_folder import disk_in_words
from simulation.recording.schema import TABLES
from simulation.recording.store import Run, RunWriter, open_run

RECORDED = ("monthly", "wijken", "groups", "flows", "books", "costs", "open_care")


def run(scenario: Scenario) -> Path:
    """Run a scenario, write its run folder, draw its figures, tell its summary; return the folder.

    Raises
    ------
    ValueError
        When the results cannot be written.
    ChildProcessError
        When processes were killed.
    """
    folder = simulate(scenario)
    tell(folder, scenario)
    return folder


def simulate(scenario: Scenario, tells: bool = True) -> Path:
    """Run a scenario and write its run folder, without figures; return the folder.

    Parameters
    ----------
    scenario : Scenario
        What is run.
    tells : bool
        Whether the curve of the first replication is shown as soon as it is known.
    """
    begin = time.perf_counter()
    compile_rules(scenario.language)
    with Progress(scenario) as progress:
        results = run_replications(scenario, progress.show_curve if tells else None, progress.count_done)
    tables, more = all_tables(scenario, results), {}
    if scenario.decompose:
        with Progress(scenario) as progress:
            tables[CHANNELS] = channels_of(scenario, results, progress.count_done)
        more[CHANNELS] = described()
    kinds = DECOMPOSED_TABLES if scenario.decompose else TABLES
    with RunWriter(new_folder(scenario), kinds, numbered=True) as writer:
        for name, table in tables.items():
            writer.table(name, table)
        writer.document(run_document(scenario, results, time.perf_counter() - begin) | more)
    return writer.folder


def tell(folder: Path, scenario: Scenario) -> None:
    """Draw the figures of a run folder where they are asked for, and tell its summary."""
    finished = open_run(folder)
    if scenario.figures:
        _draw(finished, scenario.language)
    _summarise(finished, scenario.language, scenario.notes_shown)


def all_tables(
    scenario: Scenario, results: list[ReplicationResult], recorded_names: tuple[str, ...] = RECORDED
) -> dict[str, pd.DataFrame]:
    """Return the tables of the run folder: what was recorded, and what follows from it."""
    recorded = {name: below_one_another([each.tables for each in results], name) for name in recorded_names}
    draws = {each.number: draw_of(scenario, each.number) for each in results}
    derived = derived_tables(
        recorded["monthly"], recorded["costs"], scenario.transition_month, announcement_month(scenario),
        draws=draws,
    )  # fmt: skip
    return recorded | derived


def new_folder(scenario: Scenario) -> Path:
    """Return the name that a run folder has when nobody else takes it in the same second."""
    return folder_of_now(scenario.folder, scenario.name)


def folder_of_now(parent: Path, name: str) -> Path:
    """Return a folder named after the time; whoever writes it gives it a number where it is taken."""
    return parent / f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{name}"


def _draw(finished: Run, language: str) -> None:
    """Draw the figures; an interrupt leaves the tables and says how to draw later."""
    from scenarios.reporting.figures.run_figures import (  # matplotlib comes late, as it takes a second
        draw_all,
        left_out,
    )

    say("drawing", language)
    for sentence in left_out(finished, language):
        print(sentence, file=sys.stderr)
    try:
        draw_all(finished, language)
    except KeyboardInterrupt:
        say("undrawn", language, folder=finished.folder)
        raise


def _summarise(finished: Run, language: str, with_notes: bool) -> None:
    """Write the whole summary to the run's folder; print what fits on a screen, or all of it."""
    from scenarios.reporting.summary.summary import SUMMARY_FILE, screen_lines, summary_lines

    lines = summary_lines(finished, language)
    with disk_in_words(finished.folder):
        file = finished.folder / SUMMARY_FILE.format(language=language)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines if with_notes else screen_lines(finished, language)))
    say("written", language, folder=finished.folder)
