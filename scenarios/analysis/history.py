"""`landingsbaan history`: the reference alone beside the record of 2012-2022, as a table and a figure."""

import time
from functools import partial
from pathlib import Path

from scenarios.analysis.main_job import folder_of_now
from scenarios.common.terminal import Progress, say
from scenarios.reporting.texts import text
from scenarios.runs.compiling import compile_rules
from scenarios.runs.replications import (
    ReplicationResult,
    below_one_another,
    do_all,
    parameters_of_replication,
    run_arm,
)
from scenarios.runs.run_document import run_document
from scenarios.runs.scenario import Scenario
from simulation.outcomes.history import history_table
from simulation.recording.arm_names import REFERENCE
from simulation.recording.schema import HISTORY
from simulation.recording.store import RunWriter, open_run

FOLDER = "results/history"
LAST_MONTH = "2022-12"
TABLES = {HISTORY.name: HISTORY}


def history_overrides(overrides: list[str]) -> list[str]:
    """Return the overrides of a history: it ends with the record and has a folder of its own unless told.

    Examples
    --------
    >>> history_overrides(["window.end=2019-12"])
    ['output.folder=results/history', 'window.end=2019-12']
    """
    given = {each.partition("=")[0] for each in overrides}
    own = {"window.end": LAST_MONTH, "output.folder": FOLDER}
    return [*(f"{key}={value}" for key, value in sorted(own.items()) if key not in given), *overrides]


def run(scenario: Scenario) -> Path:
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
    with RunWriter(named, TABLES, numbered=True) as writer:
        monthly = below_one_another([result.tables for result in ordered], "monthly")
        writer.table(HISTORY.name, history_table(monthly))
        writer.document(run_document(scenario, ordered, time.perf_counter() - begin))
    tell_again(writer.folder, scenario.language, scenario.figures)
    return writer.folder


def reference_of(scenario: Scenario, number: int) -> ReplicationResult:
    """Run the reference of one replication, as it runs beside the other arms of a run."""
    _, drawn = parameters_of_replication(scenario, number)
    tables = run_arm(scenario, number, REFERENCE)
    return ReplicationResult(number, scenario.seeds[number], drawn, {"monthly": tables["monthly"]})


def is_history(folder: Path) -> bool:
    """Whether a folder holds a history alone."""
    return (folder / f"{HISTORY.name}.parquet").is_file() and not (folder / "monthly.parquet").is_file()


def tell_again(folder: Path, language: str, figures: bool = True) -> None:
    """Draw the figure of a finished history and print its table."""
    from scenarios.reporting.summary.history import record_lines

    finished = open_run(folder, TABLES)
    print("\n".join(record_lines(finished, language)))
    rows = len(finished.table(HISTORY.name))
    if figures and rows:
        from scenarios.reporting.figures.run_figures import (
            draw_all,  # matplotlib comes late, as it takes a second
        )

        (figure,) = draw_all(finished, language)
        print(text("history_written", language, rows=rows, table=f"{HISTORY.name}.parquet", figure=figure))
    say("written", language, folder=folder)
