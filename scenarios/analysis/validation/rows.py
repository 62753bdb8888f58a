"""The validation rows: what each is in the model, and whether it is hit.

Nothing is fitted to them. A row is hit when the model's mean over draws lies inside its bounds. Where a
figure enters the model as an input, the row is reported as input, and is never a hit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from scenarios.common.calibration_targets import fitted_by_dated_figures
from scenarios.common.errors import ConfigurationError
from simulation.history.csv_tables import read_rows
from simulation.history.dated_figures import DATA_FOLDER
from simulation.parameters import GROUPS

VALIDATION = DATA_FOLDER / "validation_targets.csv"
COLUMNS = ("target", "value", "low", "high", "unit", "region", "period", "definition", "source")
HIT, MISS, INPUT, NOT_SAID = "hit", "miss", "input", "not said"
NEVER = "not within the months followed"
# Rows the model does not express, and why.
_NINE = "not yet measured: it needs accounts of nine municipalities drawn as in the study"
_PRACTITIONER = "not yet measured: it needs youth practitioners that start at some GPs and not at others"
CANNOT: dict[str, str] = {
    "youth_spending_growth_2016_2018": _NINE,
    "youth_spending_growth_volume_share": _NINE,
    "gp_practitioner_volume_effect": _PRACTITIONER,
    "gp_practitioner_closed_share": _PRACTITIONER,
}


@dataclass(frozen=True)
class ValidationRow:
    """One row beside the model."""

    target: str
    value: float
    low: float
    high: float
    unit: str
    definition: str
    source: str
    verdict: str
    mean: float | None
    interval: tuple[float, float] | None
    note: str = ""


def known_rows(path: Path = VALIDATION) -> list[dict[str, str]]:
    """Return the rows of the file.

    Raises
    ------
    ConfigurationError
        For bounds that are no numbers or the wrong way round.
    """
    rows = read_rows(path, COLUMNS)
    for row in rows:
        try:
            low, high = float(row["low"]), float(row["high"])
            float(row["value"])
        except ValueError:
            raise ConfigurationError(
                f"{path.name}, {row['target']}: expected numbers for value, low, high"
            ) from None
        if low > high:
            raise ConfigurationError(
                f"{path.name}, {row['target']}: expected low <= high, got {low:g}, {high:g}"
            )
    return rows


def inputs() -> frozenset[str]:
    """Return the rows that enter: a parameter names them as its source, or a dated figure fits them."""
    sources = " ".join(
        str(each.metadata.get("source", "")) for made in GROUPS.values() for each in fields(made)
    )
    entering = fitted_by_dated_figures()
    return frozenset(
        row["target"] for row in known_rows() if row["target"] in sources or row["target"] in entering
    )


def judged(row: Mapping[str, str], values: np.ndarray | None, entering: frozenset[str]) -> ValidationRow:
    """Return a row with the model's mean, its 90% interval over draws, and the verdict.

    Parameters
    ----------
    row : mapping
        As in the file.
    values : float64 array or None
        The model's value, one per draw (or per resample of draws); none where it cannot be said.
    entering : frozenset of str
        Rows that enter as inputs.
    """
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    words = row["unit"], row["definition"], row["source"]
    name = row["target"]
    finite = values[np.isfinite(values)] if values is not None else np.zeros(0)
    if not finite.size:
        note = CANNOT.get(name, NEVER if values is not None else "")
        verdict = INPUT if name in entering else (MISS if values is not None else NOT_SAID)
        return ValidationRow(name, value, low, high, *words, verdict, None, None, note)
    mean = float(finite.mean())
    interval = (float(np.quantile(finite, 0.05)), float(np.quantile(finite, 0.95)))
    verdict = INPUT if name in entering else HIT if low <= mean <= high else MISS
    return ValidationRow(name, value, low, high, *words, verdict, mean, interval)
