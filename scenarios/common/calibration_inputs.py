"""What a calibration fits, and to what.

The numbers stand in data/priors.csv, with what was known of each before; the targets in
data/calibration_targets.csv.
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
    """What was known of one number before the fit: every value between the ends is equally likely.

    Attributes
    ----------
    low, high : float
        Ends, in the unit of the parameter.
    target : str
        The calibration target that is expected to inform it most.
    source : str
        Where the ends come from; "assumed" is a source.
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
        For a file that cannot be read, a number without ends, or one that is listed twice.
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


# The targets that are fitted: how far the model may be from each, and from all together.
#
# A target's bounds are taken as a 90% interval of what the figure may be in truth and of what the model
# leaves out. Targets of one block come from one register, with one set of definitions, so what is wrong
# with one is partly wrong with all: errors are correlated by `SHARED`. One series in several years shares
# its definition as well: its errors are correlated by `SAME_SERIES`, so that a level counts once.

SCORED = ("emergent", "experiment")
SHARED = 0.1
SAME_SERIES = 0.8
LEAST_SHARE = 0.05  # of the lower bound: where a small city had no case at all, in logs
YEAR = re.compile(r"_20\d\d$")
DEVIATIONS_IN_BOUNDS = 2 * 1.6449  # a 90% interval


@dataclass(frozen=True)
class Scored(Target):
    """One fitted target."""

    @property
    def series(self) -> str:
        """What is measured, without the year of the figure."""
        return YEAR.sub("", self.target)

    @property
    def in_logs(self) -> bool:
        """Whether distances are relative: for ratios of odds and rates of rare events.

        Half and double are as far from them, and what moves them multiplies.
        """
        return self.unit.startswith(("odds ratio", "per 1000")) and self.low > 0.0

    def measure(self, values: np.ndarray) -> np.ndarray:
        """Return values on the scale on which they are compared."""
        values = np.asarray(values, dtype=float)
        return np.log(np.maximum(values, LEAST_SHARE * self.low)) if self.in_logs else values

    @property
    def centre(self) -> float:
        """The target on the scale on which it is compared."""
        return float(self.measure(np.array(self.value)))

    @property
    def deviation(self) -> float:
        """Standard deviation of the target on that scale."""
        low, high = (float(self.measure(np.array(each))) for each in (self.low, self.high))
        return (high - low) / DEVIATIONS_IN_BOUNDS


def covariance_of(rows: Sequence[Scored]) -> np.ndarray:
    """Return the covariance of the errors of targets, on the scales on which they are compared.

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
    """Return the rows that are fitted, inputs left out.

    Raises
    ------
    ConfigurationError
        For a row whose bounds do not hold its value.
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
