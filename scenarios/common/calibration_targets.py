"""The rows of data/calibration_targets.csv, as whoever shows or fits them reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.history import dated_figures
from simulation.history.csv_tables import read_rows
from simulation.history.dated_figures import DATA_FOLDER

TARGETS = DATA_FOLDER / "calibration_targets.csv"
# Rows that a dated figure fits: once it drives the model they are inputs, neither fitted nor hits.
FITTED_BY = {
    "youth_intensity": ("youth_real_cost_per_user_growth_2015_2019", "youth_cost_per_user_2019"),
}
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


def fitted_by_dated_figures() -> frozenset[str]:
    """Return the rows that a dated figure which drives the model fits."""
    return frozenset(row for figure in dated_figures.DRIVING for row in FITTED_BY.get(figure, ()))


def target_columns(path: Path = TARGETS) -> list[Mapping[str, Any]]:
    """Return what the file says of every target, by the names of `Target`; what enters is an input."""
    entering = fitted_by_dated_figures()
    return [
        {
            **{name: row[name] for name in TEXTS},
            **{name: float(row[name]) for name in NUMBERS},
            **({"kind": "input"} if row["target"] in entering else {}),
        }
        for row in read_rows(path, (*TEXTS, *NUMBERS))
    ]
