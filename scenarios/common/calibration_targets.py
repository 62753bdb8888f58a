"""The targets of data/calibration_targets.csv, as whoever shows or fits them reads them."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.common.errors import ConfigurationError
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


# The rows that are fitted: how far the model may be from each, and what a block weighs.
#
# A row's bounds are taken as a 90% interval of what the figure may be in truth and of what the model
# leaves out. Rows of one block come from one register, with one set of definitions, so what is wrong
# with one is partly wrong with all: a correlation of `SHARED` is assumed. A block of n rows then says as
# much as n / (1 + (n - 1) SHARED) rows by themselves, and the variance of each of its rows is multiplied
# by 1 + (n - 1) SHARED. That is what weighing by block means here: twenty rows on youth care do not
# outvote four on debts.

SCORED = ("emergent", "experiment")
SHARED = 0.1
DEVIATIONS_IN_BOUNDS = 2 * 1.6449  # a 90% interval


@dataclass(frozen=True)
class Scored(Target):
    """One fitted target; `weight` is how many independent rows it counts for, from its block."""

    weight: float

    @property
    def in_logs(self) -> bool:
        """Whether distances are relative: for a ratio of odds, where half and double are as far."""
        return "ratio" in self.unit and self.low > 0.0

    def measure(self, values: np.ndarray) -> np.ndarray:
        """Return values on the scale on which they are compared."""
        return np.log(values) if self.in_logs else np.asarray(values, dtype=float)

    @property
    def centre(self) -> float:
        """The target on the scale on which it is compared."""
        return float(self.measure(np.array(self.value)))

    @property
    def deviation(self) -> float:
        """Standard deviation of the target on that scale, before weighing."""
        low, high = (float(self.measure(np.array(each))) for each in (self.low, self.high))
        return (high - low) / DEVIATIONS_IN_BOUNDS

    @property
    def weighed_deviation(self) -> float:
        """Standard deviation with the weight of its block."""
        return self.deviation / math.sqrt(self.weight)


def scored_targets(path: Path = TARGETS) -> tuple[Scored, ...]:
    """Return the rows that are fitted, inputs left out.

    Raises
    ------
    ConfigurationError
        For a row whose bounds do not hold its value.
    """
    rows = [row for row in target_columns(path) if row["kind"] in SCORED]
    size = Counter(row["block"] for row in rows)
    found = tuple(Scored(**row, weight=1.0 / (1.0 + (size[row["block"]] - 1) * SHARED)) for row in rows)
    for row in found:
        if not row.low <= row.value <= row.high or row.low == row.high:
            raise ConfigurationError(
                f"{path.name}, {row.target}: expected low <= value <= high and low < high, got "
                f"{row.low:g}, {row.value:g}, {row.high:g}"
            )
    return found
