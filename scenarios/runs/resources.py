"""Resources of a run: checks of memory and disk space, and compilation of the rules, once."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numba
import numpy as np
import psutil

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

from agents.compiled import CACHE_FOLDER
from agents.municipality import close_accounts
from agents.vocabulary import N_LAWS
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import is_taken
from scenarios.common.installation import ROOT
from scenarios.common.terminal import say
from scenarios.runs.draws import draw_parameters
from scenarios.runs.replications import cores, number_of_processes
from scenarios.runs.scenario import Scenario
from simulation import loops
from simulation.finance import payments
from simulation.finance.books import add_up
from simulation.model import Model
from simulation.months import month_number
from simulation.parameters import Parameters
from simulation.population.municipality_profile import load_profile
from simulation.processes.observation import (
    GROUP_COLUMNS,
    TYPES,
    count_stocks,
    take_snapshot,
)
from simulation.processes.surroundings import set_month_conditions
from simulation.recording.arm_names import ARMS
from simulation.recording.month_row import count_flows, write_month
from simulation.recording.tallies import STATES

# Bytes per replication and arm, uncompressed: an ample upper bound of the parquet files.
BYTES_PER_MONTH = 4_000
BYTES_PER_WIJK_YEAR = 1_000
BYTES_OF_FIGURES = 20_000_000
# Measured at the peak of `landingsbaan run` in one process: 398 MiB with 5,000 households, 449 with 180,000.
BYTES_PER_PROCESS = 420_000_000
BYTES_PER_HOUSEHOLD = 310
# Address space that threads and libraries reserve beyond memory: with a limit (`ulimit -v`) of 1.3 GB the
# run of a street failed at its end, with 1.6 GB it did not.
BYTES_OF_ADDRESSES = 400_000_000
# From this size (bytes) the expected memory is printed before a run.
MUCH_MEMORY = 4_000_000_000
FEWER = "processes (processes=1) or households (municipality.households)"
ANNOUNCED = {
    "en": "The run takes about {needed:,.0f} MB of memory; {free:,.0f} MB is available.",
    "nl": "De berekening vraagt ongeveer {needed:,.0f} MB geheugen; {free:,.0f} MB is beschikbaar.",
}


def expected_bytes(scenario: Scenario) -> int:
    """Return an upper bound of the disk space of a scenario's results (bytes)."""
    wijk_years = scenario.profile.wijken * scenario.months / 12
    per_arm = scenario.months * BYTES_PER_MONTH + wijk_years * BYTES_PER_WIJK_YEAR
    return int(len(scenario.seeds) * len(ARMS) * per_arm) + BYTES_OF_FIGURES


def check_disk_space(folder: Path, needed_bytes: int) -> None:
    """Raise ConfigurationError when `folder` cannot be written or has too little free space.

    Nothing is written: the check is done on the nearest existing parent folder.
    """
    existing = folder.absolute()
    while not is_taken(existing) and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir():
        what = "a link that leads nowhere" if existing.is_symlink() and not existing.exists() else "a file"
        raise ConfigurationError(f"output.folder = {folder}: {existing} is {what}, expected a folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise ConfigurationError(
            f"output.folder = {folder}: {existing} cannot be written, expected a folder you may write in"
        )
    free = shutil.disk_usage(existing).free
    if free < needed_bytes:
        raise ConfigurationError(
            f"output.folder = {folder}: {free / 1e6:,.0f} MB free, "
            f"expected at least {needed_bytes / 1e6:,.0f} MB for the results"
        )


def memory_of(households: int, models: int = 1, processes: int | None = 1) -> int:
    """Return the approximate memory of models of a size (bytes); each process holds one at a time.

    Examples
    --------
    >>> memory_of(1_000_000, models=10, processes=2)
    1460000000
    """
    at_once = number_of_processes(processes, models)
    return at_once * (BYTES_PER_PROCESS + int(households) * BYTES_PER_HOUSEHOLD)


def check_memory(needed_bytes: int, language: str = "en", fewer: str = FEWER) -> None:
    """Raise ConfigurationError if a run needs more memory than is free; print the need if it is large.

    `fewer` names what the user can reduce, for the error message.
    """
    free = free_memory()
    if free < needed_bytes:
        raise ConfigurationError(
            f"the run needs about {needed_bytes / 1e6:,.0f} MB of memory and {free / 1e6:,.0f} MB is "
            f"available; expected fewer {fewer}"
        )
    if needed_bytes >= MUCH_MEMORY:
        message = ANNOUNCED[language].format(needed=needed_bytes / 1e6, free=free / 1e6)
        print(message, file=sys.stderr, flush=True)


def free_memory() -> int:
    """Return the available memory in bytes: of the machine, or within this process's address-space limit."""
    free = psutil.virtual_memory().available
    if resource is not None:
        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit != resource.RLIM_INFINITY:
            free = min(free, max(0, limit - psutil.Process().memory_info().vms - BYTES_OF_ADDRESSES))
    return free


STREET, YEAR = "street", 2010
# The months around the transition and a December call every compiled rule.
FIRST, LAST = month_number("2014-11"), month_number("2015-02")
DONE = CACHE_FOLDER / "complete"
DAYS_KEPT = 60  # days since last use before the cache of another version (some 10 MB each) is removed
# Loops that take longest to compile, the longest last: a second process starts at the end.
LONGEST = (
    "all_households_treatment",
    "all_households_crises",
    "all_households_team_support",
    "all_households_low_threshold",
    "all_teams_work",
    "all_households_signals",
)


def compile_rules(language: str = "en") -> None:
    """Compile every rule by running a street for a few months, unless the cache is complete.

    A marker file in the cache folder says that it is complete. The presence of compiled rules does not, since
    reading a configuration compiles some of them.
    """
    if DONE.is_file():
        mark_cache_used()
        return
    say("compiling", language)
    second = None
    if cores() > 1:
        second = subprocess.Popen(
            # -P and our own path: do not import a folder `scenarios` from the user's working directory.
            [sys.executable, "-P", "-m", "scenarios.runs.resources"],
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    street = street_around_transition()
    if second is not None:
        for rule, kinds in monthly_signatures(street):
            rule.compile(kinds)
        second.wait()  # if it failed, running the street compiles what is missing
    street.run_until(LAST + 1)
    try:
        DONE.parent.mkdir(parents=True, exist_ok=True)
        DONE.touch()
    except OSError:
        say("not_kept", language, folder=DONE.parent)
        return
    if "NUMBA_CACHE_DIR" not in os.environ:
        remove_old_versions(CACHE_FOLDER)


def mark_cache_used() -> None:
    """Update the time of last use of the compiled rules, if the folder can be written."""
    with contextlib.suppress(OSError):
        DONE.touch()


def remove_old_versions(folder: Path, days: float = DAYS_KEPT) -> None:
    """Remove compiled rules of other versions, next to `folder`, not used for `days` days."""
    for other in folder.parent.iterdir():
        if other == folder or not re.fullmatch("[0-9a-f]{12}", other.name):
            continue
        with contextlib.suppress(OSError):  # another process may remove it too
            used = [each.stat().st_mtime for each in (other, other / DONE.name) if each.exists()]
            if time.time() - max(used, default=0.0) > days * 24 * 3600:
                shutil.rmtree(other, ignore_errors=True)


def street_around_transition() -> Model:
    """Return a model of a street that starts shortly before the transition."""
    parameters, _ = draw_parameters(Parameters(), 0, 1)
    return Model(parameters, load_profile(STREET, YEAR), 1, FIRST, LAST)


def monthly_signatures(street: Model) -> list[tuple[Any, tuple[Any, ...]]]:
    """Return the compiled functions of a month with their argument types, slowest to compile last."""
    world, recorder = street.world, street.recorder
    reserves, accounts = street.municipality.reserves_by_law, np.zeros((3, N_LAWS), dtype=np.int64)
    flows = np.zeros((len(STATES), len(STATES)), dtype=np.int64)
    groups = np.zeros((5, len(TYPES), len(GROUP_COLUMNS)), dtype=np.int64)
    others = [name for name in loops.__all__ if name.startswith("all_") and name not in LONGEST]
    calls = (
        (take_snapshot, world, recorder.states, 1, flows, groups, street.old_prices),
        (payments.all_payments, world, street.books.pages, street.flows, 1.0, street.money.grants_eur),
        (payments.book_grants, street.books.pages, street.money.grants_eur),
        (write_month, world, *recorder.month_row_arguments(street)),
        (set_month_conditions, world, 1.0, 1.0),
        (loops.contract_places, world, street.money.terms, street.old_prices),
        (loops.replay_taped_events, world, np.zeros(0, dtype=np.uint32)),
        (loops.run_collective_work, world),
        (loops.close_finances, world, *street.money.closing_arguments(street)),
        (close_accounts, accounts, reserves, reserves, reserves, reserves),
        (add_up, street.books.month, street.books.closed),
        (count_flows, world, street.flows),
        (count_stocks, world, street.flows),
        *((getattr(loops, name), world) for name in (*others, *LONGEST)),
    )
    return [(rule, tuple(numba.typeof(each) for each in arguments)) for rule, *arguments in calls]


def compile_in_reverse() -> None:
    """Compile the rules in reverse order, in parallel with a process that starts at the beginning.

    Once both meet, the remaining rules are only read from the cache.
    """
    for rule, kinds in reversed(monthly_signatures(street_around_transition())):
        rule.compile(kinds)


if __name__ == "__main__":
    compile_in_reverse()
