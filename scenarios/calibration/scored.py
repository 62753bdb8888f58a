"""The rows that are fitted: how far the model may be from each, and what a block weighs.

A row's bounds are taken as a 90% interval of what the figure may be in truth and of what the model
leaves out. Rows of one block come from one register, with one set of definitions, so what is wrong
with one is partly wrong with all: a correlation of `SHARED` is assumed. A block of n rows then says as
much as n / (1 + (n - 1) SHARED) rows by themselves, and the variance of each of its rows is multiplied
by 1 + (n - 1) SHARED. That is what weighing by block means here: twenty rows on youth care do not
outvote four on debts.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.errors import ConfigurationError
from simulation.dated_figures import DATA_FOLDER
from simulation.tables import read_rows

TARGETS = DATA_FOLDER / "calibration_targets.csv"
COLUMNS = ("target", "kind", "block", "unit", "value", "low", "high")
SCORED = ("emergent", "experiment")
SHARED = 0.1
DEVIATIONS_IN_BOUNDS = 2 * 1.6449  # a 90% interval


@dataclass(frozen=True)
class Scored:
    """One fitted row.

    Attributes
    ----------
    target, kind, block, unit : str
        As in the file.
    value, low, high : float
        As in the file.
    weight : float
        How many independent rows it counts for, from its block.
    """

    target: str
    kind: str
    block: str
    unit: str
    value: float
    low: float
    high: float
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
    rows = [row for row in read_rows(path, COLUMNS) if row["kind"] in SCORED]
    size = {block: sum(row["block"] == block for row in rows) for block in {row["block"] for row in rows}}
    found = []
    for row in rows:
        value, low, high = (float(row[column]) for column in ("value", "low", "high"))
        if not low <= value <= high or low == high:
            raise ConfigurationError(
                f"{path.name}, {row['target']}: expected low <= value <= high and low < high, got "
                f"{low:g}, {value:g}, {high:g}"
            )
        weight = 1.0 / (1.0 + (size[row["block"]] - 1) * SHARED)
        found.append(Scored(row["target"], row["kind"], row["block"], row["unit"], value, low, high, weight))
    return tuple(found)
