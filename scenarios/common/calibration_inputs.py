"""Inputs of the calibration: the fitted parameters with their priors, and the targets.

Priors are in data/priors.csv, targets in data/calibration_targets.csv.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.common.errors import ConfigurationError
from simulation import dated_figures
from simulation.dated_figures import DATA_FOLDER, number, read_rows

PRIORS = DATA_FOLDER / "priors.csv"
COLUMNS = ("parameter", "low", "high", "target", "source")


@dataclass(frozen=True)
class Prior:
    """Uniform prior of one parameter.

    Attributes
    ----------
    low, high : float
        Bounds, in the unit of the parameter.
    target : str
        The calibration target that is expected to inform it most.
    source : str
        Source of the bounds; "assumed" is a source.
    """

    low: float
    high: float
    target: str
    source: str


@cache
def priors(path: Path = PRIORS) -> dict[str, Prior]:
    """Return the priors by key, in the order of the file.

    Raises
    ------
    ConfigurationError
        For a file that cannot be read, or a parameter without bounds or listed twice.
    """
    found: dict[str, Prior] = {}
    try:
        for row in read_rows(path, COLUMNS):
            low, high = (number(row, column, path.name) for column in ("low", "high"))
            key = row["parameter"]
            if low is None or high is None or not low < high or key in found:
                raise ValueError(
                    f"{path.name}, {key}: expected one row with low < high, got {row['low']}, {row['high']}"
                )
            found[key] = Prior(low, high, row["target"], row["source"])
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    return found


TARGETS = DATA_FOLDER / "calibration_targets.csv"
# Targets that a dated figure determines: if it drives the model they are inputs, not fitted and not scored.
FITTED_BY = {
    "youth_intensity": ("youth_real_cost_per_user_growth_2015_2019", "youth_cost_per_user_2019"),
}
TEXTS, NUMBERS = ("target", "kind", "block", "unit"), ("value", "low", "high")


@dataclass(frozen=True)
class Target:
    """One calibration target.

    Attributes
    ----------
    target : str
        Name of the figure.
    kind : str
        "emergent", "experiment" or "input".
    block : str
        The register or study it comes from; targets of a block have correlated errors.
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
    """Return the targets determined by the dated figures that drive the model."""
    return frozenset(row for figure in dated_figures.DRIVING for row in FITTED_BY.get(figure, ()))


def target_columns(path: Path = TARGETS) -> list[Mapping[str, Any]]:
    """Return every target of the file as a mapping with the fields of `Target`.

    Targets determined by dated figures get kind "input".
    """
    entering = fitted_by_dated_figures()
    return [
        {
            **{name: row[name] for name in TEXTS},
            **{name: float(row[name]) for name in NUMBERS},
            **({"kind": "input"} if row["target"] in entering else {}),
        }
        for row in read_rows(path, (*TEXTS, *NUMBERS))
    ]


# Fitted targets and the covariance of their errors.
#
# A target's bounds are taken as a 90% interval of its error: measurement error plus model discrepancy.
# Targets of one block come from one register with the same definitions, so their errors are correlated, by
# `SHARED`. Years of one series also share a definition: their errors are correlated by `SAME_SERIES`, so that
# the level of a series counts once.

SCORED = ("emergent", "experiment")
SHARED = 0.1
SAME_SERIES = 0.8
LEAST_SHARE = 0.05  # of the lower bound: floor for logs, if a small city had no case at all
YEAR = re.compile(r"_20\d\d$")
DEVIATIONS_IN_BOUNDS = 2 * 1.6449  # a 90% interval


@dataclass(frozen=True)
class Scored(Target):
    """One fitted target."""

    @property
    def series(self) -> str:
        """Name of the target without its year."""
        return YEAR.sub("", self.target)

    @property
    def in_logs(self) -> bool:
        """Whether errors are on the log scale: for odds ratios and rates of rare events.

        Effects on them are multiplicative, and half and double are equally far from the target.
        """
        return self.unit.startswith(("odds ratio", "per 1000")) and self.low > 0.0

    def measure(self, values: np.ndarray) -> np.ndarray:
        """Return values on the scale of comparison: logs if `in_logs`, else unchanged."""
        values = np.asarray(values, dtype=float)
        return np.log(np.maximum(values, LEAST_SHARE * self.low)) if self.in_logs else values

    @property
    def centre(self) -> float:
        """The target's value on the scale of comparison."""
        return float(self.measure(np.array(self.value)))

    @property
    def deviation(self) -> float:
        """Standard deviation of the target's error on the scale of comparison."""
        low, high = (float(self.measure(np.array(each))) for each in (self.low, self.high))
        return (high - low) / DEVIATIONS_IN_BOUNDS


def covariance_of(rows: Sequence[Scored]) -> np.ndarray:
    """Return the covariance of the errors of targets, on their scales of comparison.

    Parameters
    ----------
    rows : sequence of Scored

    Returns
    -------
    float64 array of shape (n_rows, n_rows)
    """
    same_block = np.equal.outer(*[np.array([row.block for row in rows])] * 2)
    same_series = np.equal.outer(*[np.array([row.series for row in rows])] * 2)
    correlation = np.where(same_series, SAME_SERIES, np.where(same_block, SHARED, 0.0))
    np.fill_diagonal(correlation, 1.0)
    deviations = np.array([row.deviation for row in rows])
    return correlation * np.outer(deviations, deviations)


def scored_targets(path: Path = TARGETS) -> tuple[Scored, ...]:
    """Return the targets that are fitted, without inputs.

    Raises
    ------
    ConfigurationError
        For a target whose value is outside its bounds.
    """
    rows = [row for row in target_columns(path) if row["kind"] in SCORED]
    found = tuple(Scored(**row) for row in rows)
    for row in found:
        if not row.low <= row.value <= row.high or row.low == row.high:
            raise ConfigurationError(
                f"{path.name}, {row.target}: expected low <= value <= high and low < high, got "
                f"{row.low:g}, {row.value:g}, {row.high:g}"
            )
    return found
