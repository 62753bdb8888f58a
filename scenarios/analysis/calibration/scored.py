"""The rows that are fitted: how far the model may be from each, and what a block weighs.

A row's bounds are taken as a 90% interval of what the figure may be in truth and of what the model
leaves out. Rows of one block come from one register, with one set of definitions, so what is wrong
with one is partly wrong with all: a correlation of `SHARED` is assumed. A block of n rows then says as
much as n / (1 + (n - 1) SHARED) rows by themselves, and the variance of each of its rows is multiplied
by 1 + (n - 1) SHARED. That is what weighing by block means here: twenty rows on youth care do not
outvote four on debts.
"""

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.common.calibration_targets import TARGETS, Target, target_columns
from scenarios.common.errors import ConfigurationError

SCORED = ("emergent", "experiment")
SHARED = 0.1
DEVIATIONS_IN_BOUNDS = 2 * 1.6449  # a 90% interval


@dataclass(frozen=True)
class Scored(Target):
    """One fitted row; `weight` is how many independent rows it counts for, from its block."""

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


def scored_rows(path: Path = TARGETS) -> tuple[Scored, ...]:
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
