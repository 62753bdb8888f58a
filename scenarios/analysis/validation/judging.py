"""From what draws came to, to verdicts: validation targets, and predictive checks of the fitted targets."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.validation.observer import GROWTH_BY_INCOME
from scenarios.analysis.validation.runs import SHOWN
from scenarios.common.calibration_targets import fitted_by_dated_figures, scored_targets
from scenarios.common.errors import ConfigurationError
from scenarios.studies.country.members import of_the_sources
from simulation.history.csv_tables import read_rows
from simulation.history.dated_figures import DATA_FOLDER
from simulation.parameters import GROUPS

# The validation targets: what each is in the model, and whether it is hit.
#
# Nothing is fitted to them. A row is hit when the model's mean over draws lies inside its bounds. Where a
# figure enters the model as an input, the row is reported as input, and is never a hit.

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
class ValidationTarget:
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


def validation_targets(path: Path = VALIDATION) -> list[dict[str, str]]:
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
        row["target"] for row in validation_targets() if row["target"] in sources or row["target"] in entering
    )


def judged(row: Mapping[str, str], values: np.ndarray | None, entering: frozenset[str]) -> ValidationTarget:
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
        return ValidationTarget(name, value, low, high, *words, verdict, None, None, note)
    mean = float(finite.mean())
    interval = (float(np.quantile(finite, 0.05)), float(np.quantile(finite, 0.95)))
    verdict = INPUT if name in entering else HIT if low <= mean <= high else MISS
    return ValidationTarget(name, value, low, high, *words, verdict, mean, interval)


RESAMPLES = 400
FROM_MONTH_19 = slice(18, 24)
HALF = 0.5
SMOOTHED = 3  # months over which a curve is averaged before it is read
OF_ONE_DRAW = (
    *SHOWN, *GROWTH_BY_INCOME.values(), "youth_repeat_share", "team_closed_within_year",
    "satisfaction_gap_zaanstad", "municipalities_over_budget_2018",
)  # fmt: skip

Values = Mapping[str, np.ndarray]  # by name: float64 arrays of shape (n_draws, n_months)


def validation(values: Values) -> list[ValidationTarget]:
    """Return every validation target with its verdict."""
    found = expressed(values)
    entering = inputs()
    return [judged(row, found.get(row["target"]), entering) for row in validation_targets()]


def expressed(values: Values) -> dict[str, np.ndarray]:
    """Return the model's value of every row it can express: per draw, or per resample of draws.

    What is read from a curve by month (from which month on, after how many months) is read from the
    mean over draws: in one city of one draw a handful of children make the curve. Its interval is over
    resamples of the draws.
    """
    found = {name: values[name][:, 0] for name in OF_ONE_DRAW}
    shares = np.column_stack([values[f"share_{slug}"][:, 0] for slug in of_the_sources()])
    found["youth_help_spread_of_municipalities"] = np.quantile(shares, 0.9, axis=1) / np.quantile(
        shares, 0.1, axis=1
    )
    rng = np.random.default_rng(0)
    n = len(shares)
    chosen = [np.arange(n), *(rng.integers(0, n, n) for _ in range(RESAMPLES))]
    found["jcurve_formal_measures_month_from"] = np.array(
        [month_from(*(values[f"formal_{arm}"][some].mean(axis=0) for arm in ("with", "without")))
         for some in chosen]
    )  # fmt: skip
    found["jcurve_in_care_reduction"] = np.array(
        [reduction(*(values[f"care_{arm}"][some].mean(axis=0) for arm in ("with", "without")))
         for some in chosen]
    )  # fmt: skip
    found["prevention_cut_lag"] = np.array(
        [lag(*(values[f"heavy_{arm}"][some].mean(axis=0) for arm in ("usual", "less"))) for some in chosen]
    )  # fmt: skip
    return found


def month_from(helped: np.ndarray, usual: np.ndarray) -> float:
    """Return the first month, from 1, from which more of the helped have it for half a year, or nan.

    Examples
    --------
    >>> month_from(np.array([1.0, 1, 1, 3, 3, 3, 3, 3, 3]), np.ones(9) * 2)
    4.0
    """
    more = helped > usual
    for month in range(len(more) - 5):
        if more[month : month + 6].all():
            return float(month + 1)
    return float("nan")


def reduction(helped: np.ndarray, usual: np.ndarray) -> float:
    """Return by how many percent fewer of the helped have it in months 19 to 24."""
    with_help, without = helped[FROM_MONTH_19].mean(), usual[FROM_MONTH_19].mean()
    return float(100.0 * (1.0 - with_help / without)) if without > 0 else float("nan")


def lag(usual: np.ndarray, less: np.ndarray) -> float:
    """Return the month in which the excess comes to half of its most, smoothed; not a number without any.

    Examples
    --------
    >>> lag(np.zeros(36), np.concatenate([np.zeros(12), np.ones(24)]))
    13.0
    """
    window = np.ones(SMOOTHED) / SMOOTHED
    excess = np.convolve(less - usual, window, mode="same")
    if excess.max() <= 0.0:
        return float("nan")
    return float(np.argmax(excess >= HALF * excess.max()) + 1)


def predictive_checks(values: Values) -> list[dict[str, Any]]:
    """Return the fitted targets with the model's mean and 90% interval over draws, and the verdict."""
    found = []
    for row in scored_targets():
        each = values[row.target][:, 0]
        each = each[np.isfinite(each)]
        mean, low, high = float(each.mean()), *(float(q) for q in np.quantile(each, [0.05, 0.95]))
        found.append(
            {"name": row.target, "block": row.block, "value": row.value, "low": row.low, "high": row.high,
             "unit": row.unit, "model": {"mean": mean, "low": low, "high": high},
             "inside": row.low <= mean <= row.high,
             "share_below": float((each < row.value).mean())}
        )  # fmt: skip
    return found


def counts(rows: list[ValidationTarget]) -> dict[str, int]:
    """Return how many rows are hit, missed, inputs, or not said."""
    return {name: sum(row.verdict == name for row in rows) for name in ("hit", "miss", INPUT, "not said")}
