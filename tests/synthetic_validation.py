"""What draws of a validation would come to if the model met every figure."""

import numpy as np

from scenarios.analysis.validation.command import GROWTH_BY_TEAMS
from scenarios.analysis.validation.judging import validation_targets
from scenarios.common.calibration_targets import scored_targets
from scenarios.studies.country.members import of_the_sources

DRAWS = 2
# What is followed by month, and for how many.
BY_MONTH = {
    **dict.fromkeys(("formal_with", "formal_without", "care_with", "care_without"), 24),
    **dict.fromkeys(("heavy_usual", "heavy_less"), 36),
}


def values_at_targets(**others):
    """Return values by name, float64 arrays of shape (n_draws, n_months), with some set otherwise."""
    values = {row.target: row.value for row in scored_targets()}
    values |= {row["target"]: float(row["value"]) for row in validation_targets()}
    values |= dict.fromkeys(GROWTH_BY_TEAMS, 26.0) | {row.target: row.value for row in scored_targets()}
    shares = np.linspace(9.7, 16.0, len(of_the_sources()))
    values |= {f"share_{slug}": share for slug, share in zip(of_the_sources(), shares, strict=True)}
    found = {name: np.full((DRAWS, 1), value) for name, value in {**values, **others}.items()}
    for name, months in BY_MONTH.items():
        found[name] = np.tile(np.linspace(1.0, 2.0, months) * (1.2 if "with" in name else 1.0), (DRAWS, 1))
    return found
