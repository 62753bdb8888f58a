"""Compiling the rules once, with a word to the user, before anything runs in parallel."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numba
import numpy as np

from agents.compiled import CACHE_FOLDER
from agents.municipality import close_accounts
from agents.vocabulary import N_LAWS
from scenarios.common.installation import ROOT
from scenarios.common.terminal import say
from scenarios.runs.draws import draw_parameters
from scenarios.runs.replications import cores
from simulation import loops
from simulation.finance import payments
from simulation.finance.books import add_up
from simulation.model import Model
from simulation.months import month_number
from simulation.parameters import Parameters
from simulation.population.municipality_profile import load_profile
from simulation.processes.snapshots import (
    GROUP_COLUMNS,
    STATES,
    TYPES,
    count_stocks,
    take_snapshot,
)
from simulation.processes.surroundings import set_month_conditions
from simulation.recording.month_row import count_flows, write_month

STREET, YEAR = "street", 2010
# The months around the transition and a December call every rule that is compiled.
FIRST, LAST = month_number("2014-11"), month_number("2015-02")
DONE = CACHE_FOLDER / "complete"
DAYS_KEPT = 60  # since their last use, of the compiled rules of other versions: some hundred megabytes each
# Loops over a whole world that take about as long to compile as all others together: a second
# process does them meanwhile. Both leave what they compile in the cache.
SECOND_HALF = (
    "all_teams_work",
    "all_households_team_support",
    "all_households_treatment",
    "all_providers_admit",
    "all_households_low_threshold",
    "all_households_crises",
    "all_households_observed",
)


def compile_rules(language: str = "en") -> None:
    """Compile every rule by running a street for a few months, unless that was done before.

    A file in the cache folder says that it was: some rules are compiled as soon as a configuration
    is read, so the presence of compiled rules does not say that all are there.
    """
    if DONE.is_file():
        used_now()
        return
    say("compiling", language)
    second = None
    if cores() > 1:
        second = subprocess.Popen(
            # -P and a path of ours: a folder `scenarios` where the user stands is not to be run.
            [sys.executable, "-P", "-m", "scenarios.runs.compiling"],
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    street = street_around_transition()
    kind = (numba.typeof(street.world),)
    if second is not None:
        for name in first_half():
            getattr(loops, name).compile(kind)
        compile_rules_of_the_few(street)
        second.wait()  # should it have failed, the street compiles what is missing
    street.run_until(LAST + 1)
    try:
        DONE.parent.mkdir(parents=True, exist_ok=True)
        DONE.touch()
    except OSError:
        say("not_kept", language, folder=DONE.parent)
        return
    if "NUMBA_CACHE_DIR" not in os.environ:
        remove_old_versions(CACHE_FOLDER)


def used_now() -> None:
    """Remember that these compiled rules were used; a folder that cannot be written stays as it is."""
    with contextlib.suppress(OSError):
        DONE.touch()


def remove_old_versions(folder: Path, days: float = DAYS_KEPT) -> None:
    """Remove the compiled rules of other versions, beside `folder`, that nobody used for some days."""
    for other in folder.parent.iterdir():
        if other == folder or not re.fullmatch("[0-9a-f]{12}", other.name):
            continue
        with contextlib.suppress(OSError):  # another process may remove it too
            used = [each.stat().st_mtime for each in (other, other / DONE.name) if each.exists()]
            if time.time() - max(used, default=0.0) > days * 24 * 3600:
                shutil.rmtree(other, ignore_errors=True)


def street_around_transition() -> Model:
    """Return a street on the eve of the transition."""
    parameters, _ = draw_parameters(Parameters(), 0, 1)
    return Model(parameters, load_profile(STREET, YEAR), 1, FIRST, LAST)


def compile_rules_of_the_few(street: Model) -> None:
    """Compile what a month asks of teams, providers, payers and the recorder, without doing it."""
    world, recorder = street.world, street.recorder
    reserves, accounts = street.municipality.reserves_by_law, np.zeros((3, N_LAWS), dtype=np.int64)
    flows = np.zeros((len(STATES), len(STATES)), dtype=np.int64)
    groups = np.zeros((5, len(TYPES), len(GROUP_COLUMNS)), dtype=np.int64)
    for rule, *given in (
        (set_month_conditions, world, 1.0, 1.0),
        (loops.contract_places, world, street.money.terms, street.old_prices),
        (loops.run_collective_work, world),
        (loops.all_networks_carry, world),
        (payments.all_payments, world, street.books.pages, street.flows, 1.0, street.money.grants_eur),
        (loops.close_finances, world, *street.money.to_close(street)),
        (close_accounts, accounts, reserves, reserves, reserves, reserves),
        (add_up, street.books.month, street.books.closed),
        (count_flows, world, street.flows),
        (write_month, world, *recorder.to_count(street)),
        (count_stocks, world, street.flows),
        (take_snapshot, world, recorder.states, 1, flows, groups, street.old_prices),
    ):
        rule.compile(tuple(numba.typeof(each) for each in given))  # type: ignore[union-attr]


def first_half() -> list[str]:
    """Return the loops over a whole world that the second process leaves."""
    return [name for name in loops.__all__ if name.startswith("all_households") and name not in SECOND_HALF]


def compile_second_half() -> None:
    """Compile what the other process leaves."""
    kind = (numba.typeof(street_around_transition().world),)
    for name in SECOND_HALF:
        getattr(loops, name).compile(kind)


if __name__ == "__main__":
    compile_second_half()
