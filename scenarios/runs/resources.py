"""Whether results can be written where they should stand, and whether disk and memory suffice."""

import os
import shutil
import sys
from pathlib import Path

import psutil

from scenarios.common.errors import ConfigurationError
from scenarios.runs.replications import number_of_processes
from scenarios.runs.scenario import Scenario
from simulation.recording.arm_names import ARMS

# Bytes per replication and arm, uncompressed: an upper bound by an ample factor for what parquet keeps.
BYTES_PER_MONTH = 4_000
BYTES_PER_WIJK_YEAR = 1_000
BYTES_OF_FIGURES = 20_000_000
# Measured at the peak of `landingsbaan run` in one process: 398 MiB with 5,000 households, 449 with 180,000.
BYTES_PER_PROCESS = 420_000_000
BYTES_PER_HOUSEHOLD = 310
# From here on the user is told beforehand.
MUCH_MEMORY = 4_000_000_000
FEWER = "processes (processes=1) or households (municipality.households)"
ANNOUNCED = {
    "en": "The run takes about {needed:,.0f} MB of memory; {free:,.0f} MB is available.",
    "nl": "De berekening vraagt ongeveer {needed:,.0f} MB geheugen; {free:,.0f} MB is beschikbaar.",
}


def expected_bytes(scenario: Scenario) -> int:
    """Return about how much room the results of a scenario take at most."""
    wijk_years = scenario.profile.wijken * scenario.months / 12
    per_arm = scenario.months * BYTES_PER_MONTH + wijk_years * BYTES_PER_WIJK_YEAR
    return int(len(scenario.seeds) * len(ARMS) * per_arm) + BYTES_OF_FIGURES


def check_disk_space(folder: Path, needed_bytes: int) -> None:
    """Raise ConfigurationError when `folder` cannot be written or has too little free space.

    Nothing is written: the nearest folder that exists is looked at.
    """
    existing = folder.absolute()
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir():
        raise ConfigurationError(f"output.folder = {folder}: {existing} is a file, expected a folder")
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
    """Return about how much memory models of a size take, each process living one at a time.

    Examples
    --------
    >>> memory_of(1_000_000, models=10, processes=2)
    1460000000
    """
    at_once = number_of_processes(processes, models)
    return at_once * (BYTES_PER_PROCESS + int(households) * BYTES_PER_HOUSEHOLD)


def check_memory(needed_bytes: int, language: str = "en", fewer: str = FEWER) -> None:
    """Raise ConfigurationError when a run needs more memory than there is; announce it when it is much.

    `fewer` names what the user may ask less of.
    """
    free = psutil.virtual_memory().available
    if free < needed_bytes:
        raise ConfigurationError(
            f"the run needs about {needed_bytes / 1e6:,.0f} MB of memory and {free / 1e6:,.0f} MB is "
            f"available; expected fewer {fewer}"
        )
    if needed_bytes >= MUCH_MEMORY:
        said = ANNOUNCED[language].format(needed=needed_bytes / 1e6, free=free / 1e6)
        print(said, file=sys.stderr, flush=True)
