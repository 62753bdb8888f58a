"""`landingsbaan compare`: systems on one city and on their own municipalities, over replications."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.analysis.main_job import folder_of_now
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.common.terminal import Progress, say
from scenarios.reporting.systems import check_known, systems, title_of
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.arms import arms_of
from scenarios.runs.replications import do_all, run_arm
from scenarios.runs.resources import BYTES_OF_FIGURES, compile_rules, memory_of
from scenarios.runs.run_document import provenance
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.months import month_text, year_of
from simulation.outcomes.comparison import (
    COMPARE_TABLES,
    NEUTRAL,
    OWN,
    decomposition_table,
    differences_table,
    similarity_table,
    systems_table,
)
from simulation.outcomes.definitions import outcome_rows
from simulation.recording.arm_names import POLICY
from simulation.recording.store import Run, RunWriter, open_run

REPLICATIONS = 4
FOLDER = "results/compare"
# Keys that compare sets itself.
TAKEN = ("policy",)
BYTES_PER_RUN = 200_000  # generous upper bound for the outcomes of one run in parquet


@dataclass
class Comparison:
    """Systems on one neutral city and on their own municipalities.

    Attributes
    ----------
    systems : list of str
        Slugs; the others are compared with the first.
    scenarios : dict of (place, slug) to Scenario
        Every system on the neutral city and on its own municipality.
    runs : list of (place, slug, replication)
        The runs; a replication on one place shares households, random numbers and drawn parameters.
    """

    systems: list[str]
    scenarios: dict[tuple[str, str], Scenario]
    runs: list[tuple[str, str, int]]

    @property
    def first(self) -> Scenario:
        """The first system on the neutral city, with the settings shared by all."""
        return self.scenarios[NEUTRAL, self.systems[0]]

    @property
    def folder(self) -> Path:
        """Folder that contains the folder of this comparison."""
        return self.first.folder

    @property
    def name(self) -> str:
        """Names of the systems, as part of a folder name."""
        shown = "_".join(self.systems[:4])
        more = len(self.systems) - 4
        return f"{shown}_and_{more}_more" if more > 0 else shown

    @property
    def expected_bytes(self) -> int:
        """Estimated maximum size of the results in bytes."""
        return len(self.runs) * BYTES_PER_RUN + BYTES_OF_FIGURES

    @property
    def memory_bytes(self) -> int:
        """Estimated memory of simultaneous runs in bytes."""
        largest = max(each.profile.households for each in self.scenarios.values())
        return memory_of(largest, len(self.runs), self.first.processes)


def comparison_from(systems: list[str], overrides: list[str]) -> Comparison:
    """Return the requested comparison.

    Parameters
    ----------
    systems : list of str
        Two or more slugs of conf/system.
    overrides : list of str
        Keys and groups of `landingsbaan run`; `municipality` names another place than the neutral city,
        `municipality.households` sizes every place.

    Raises
    ------
    ConfigurationError
        For invalid requests, before anything is run.
    """
    for slug in systems:
        check_known(slug, "compare")
    if len(set(systems)) < 2 or len(set(systems)) < len(systems):
        raise ConfigurationError(
            f"compare {' '.join(systems)}: expected two or more different systems, as landingsbaan compare "
            "system=zwolle,eindhoven"
        )
    names = {each.lstrip("+").split("=")[0] for each in overrides}
    taken = [name for name in TAKEN if name in names]
    if taken:
        raise ConfigurationError(f"{taken[0]}=...: each system is compared as it is described")
    scenarios = {}
    for slug in systems:
        asked = [f"system={slug}", "policy=as_described", *_unless_given(names), *overrides]
        neutral = [] if "municipality" in names else ["municipality=neutral_city"]
        own = [each for each in asked if each.split("=")[0] not in ("municipality", "municipality.slug")]
        scenarios[NEUTRAL, slug] = scenario_from([*asked, *neutral])
        scenarios[OWN, slug] = scenario_from(own)
    replications = range(len(scenarios[NEUTRAL, systems[0]].seeds))
    runs = [
        (place, slug, replication)
        for replication in replications
        for place in (NEUTRAL, OWN)
        for slug in systems
    ]
    return Comparison(list(systems), scenarios, runs)


def _unless_given(names: set[str]) -> list[str]:
    """Return the defaults of a comparison that the user did not override."""
    own = {"replication.count": REPLICATIONS, "output.folder": FOLDER}
    return [f"{name}={value}" for name, value in own.items() if name not in names]


# The comparison: runs, folder, figures, summary.

REQUIRED = (
    "title",
    "systems",
    "titles",
    "replications",
    "seeds",
    "households",
    "changes",
    "notes",
    "result_version",
)


@dataclass
class SimulatedRun:
    """Result of one run: its index among the runs, and its outcomes."""

    number: int
    outcomes: pd.DataFrame


def run(comparison: Comparison) -> Path:
    """Run a comparison, write its folder, draw its figures, print its summary; return the folder.

    Nothing is written before all runs are done.
    """
    begin = time.perf_counter()
    language = comparison.first.language
    compile_rules(language)
    done: dict[int, SimulatedRun] = {}
    with Progress(comparison.first, len(comparison.runs), "runs") as progress:

        def keep(simulated: SimulatedRun) -> None:
            done[simulated.number] = simulated
            progress.count_done(simulated)

        numbers = list(range(len(comparison.runs)))
        do_all(partial(simulate, comparison), numbers, comparison.first.processes, keep)
    outcomes = pd.concat([done[number].outcomes for number in numbers], ignore_index=True)
    folder = folder_of_now(comparison.folder, comparison.name)
    with RunWriter(folder, COMPARE_TABLES, REQUIRED, numbered=True) as writer:
        for name, table in tables_of(comparison, outcomes).items():
            writer.table(name, table)
        writer.document(document_of(comparison, time.perf_counter() - begin))
    finished = open_run(writer.folder, COMPARE_TABLES)
    draw_and_print(finished, language, comparison.first.figures)
    return finished.folder


def simulate(comparison: Comparison, number: int) -> SimulatedRun:
    """Simulate a system on a place in one replication, with its own outreach, links and debt signals."""
    place, slug, replication = comparison.runs[number]
    scenario = comparison.scenarios[place, slug]
    same = next(arm.same_as for arm in arms_of(scenario, scenario.parameters) if arm.name == POLICY)
    monthly = run_arm(scenario, replication, same or POLICY)["monthly"]
    rows = outcome_rows(monthly, int(year_of(scenario.transition_month)))
    keys = {"place": place, "system": slug, "municipality": scenario.municipality, "replication": replication}
    return SimulatedRun(number, rows.assign(**keys)[COMPARE_TABLES["outcomes"].names])


def tables_of(comparison: Comparison, outcomes: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return every table of the folder."""
    order = comparison.systems
    return {
        "outcomes": outcomes,
        "systems": systems_table(outcomes, order),
        "differences": differences_table(outcomes, order),
        "decomposition": decomposition_table(outcomes, order),
        "municipalities": similarity_table([comparison.scenarios[OWN, each].municipality for each in order]),
    }


def document_of(comparison: Comparison, run_seconds: float) -> dict[str, Any]:
    """Return the description of a comparison for run.json."""
    first = comparison.first
    known = systems()
    return {
        "title": f"{', '.join(comparison.systems)} on {first.municipality} and on their own",
        "systems": comparison.systems,
        "titles": {
            slug: {language: title_of(known[slug], language) for language in LANGUAGES}
            for slug in comparison.systems
        },
        "neutral": first.municipality,
        "own": {slug: comparison.scenarios[OWN, slug].municipality for slug in comparison.systems},
        "transition": month_text(first.transition_month),
        "first_month": month_text(first.start_month),
        "last_month": month_text(first.end_month),
        "replications": len(first.seeds),
        "seeds": first.seeds,
        "draw": first.draw,
        "households": {
            place: {
                slug: int(scenario.profile.households_at(scenario.start_month))
                for (where, slug), scenario in comparison.scenarios.items()
                if where == place
            }
            for place in (NEUTRAL, OWN)
        },
        "changes": {slug: known[slug]["changes"] for slug in comparison.systems},
        "not_represented": {slug: known[slug]["not_represented"] for slug in comparison.systems},
        "notes": {f"{place} {slug}": each.notes for (place, slug), each in comparison.scenarios.items()},
        "overrides": {
            f"{place} {slug}": each.overrides for (place, slug), each in comparison.scenarios.items()
        },
        **provenance(first.processes, run_seconds),
    }


def redraw_and_print(folder: Path, language: str) -> None:
    """Draw the figures of a stored comparison again, and print its summary."""
    draw_and_print(open_run(folder, COMPARE_TABLES), language, with_figures=True)


def draw_and_print(finished: Run, language: str, with_figures: bool) -> None:
    """Draw the figures and write the summary in both languages; print it in the requested one."""
    from scenarios.reporting.summary.comparison import summary_text

    if with_figures:
        from scenarios.reporting.figures.comparison import draw  # matplotlib is slow to import

        write_and_say(finished, language, summary_text, draw)
    else:
        write_and_say(finished, language, summary_text)


def write_and_say(
    finished: Run,
    language: str,
    summary: Callable[[Run, str], str],
    draw: Callable[[Run, str], Path] | None = None,
) -> None:
    """Write a summary and draw figures in both languages; print the summary in the requested one."""
    texts = {each: summary(finished, each) for each in LANGUAGES}
    for each, text in texts.items():
        write_atomically(finished.folder / f"summary_{each}.md", text.encode())
    if draw is not None:
        say("drawing", language)
        try:
            for each in LANGUAGES:
                draw(finished, each)
        except KeyboardInterrupt:
            say("undrawn", language, folder=finished.folder)
            raise
    print(texts[language], end="")
    say("written", language, folder=finished.folder)
