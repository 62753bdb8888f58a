"""The rows of data/calibration_targets.csv, as whoever shows or fits them reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.dated_figures import DATA_FOLDER
from simulation.tables import read_rows

TARGETS = DATA_FOLDER / "calibration_targets.csv"
TEXTS, NUMBERS = ("target", "kind", "block", "unit"), ("value", "low", "high")


@dataclass(frozen=True)
class Target:
    """One row.

    Attributes
    ----------
    target : str
        Name of the figure.
    kind : str
        "emergent", "experiment" or "input".
    block : str
        The register or study it comes from, with others.
    unit : str
    value, low, high : float
        The figure and its bounds.
    """

    target: str
    kind: str
    block: str
    unit: str
    value: float
    low: float
    high: float


def target_columns(path: Path = TARGETS) -> list[Mapping[str, Any]]:
    """Return what the file says of every target, by the names of `Target`."""
    return [
        {**{name: row[name] for name in TEXTS}, **{name: float(row[name]) for name in NUMBERS}}
        for row in read_rows(path, (*TEXTS, *NUMBERS))
    ]
