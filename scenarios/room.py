"""Whether results can be written where they should stand, and whether they fit; asked before a run."""

import os
import shutil
from pathlib import Path

from scenarios.errors import ConfigurationError
from scenarios.scenario import Scenario

ARMS = 4
# Bytes per pair and arm, uncompressed: an upper bound by an ample factor for what parquet keeps.
BYTES_PER_MONTH = 4_000
BYTES_PER_WIJK_YEAR = 1_000
BYTES_OF_FIGURES = 20_000_000


def expected_bytes(scenario: Scenario) -> int:
    """Return about how much room the results of a scenario take at most."""
    wijk_years = scenario.profile.wijken * scenario.months / 12
    per_arm = scenario.months * BYTES_PER_MONTH + wijk_years * BYTES_PER_WIJK_YEAR
    return int(len(scenario.seeds) * ARMS * per_arm) + BYTES_OF_FIGURES


def check_room(folder: Path, needed_bytes: int) -> None:
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
