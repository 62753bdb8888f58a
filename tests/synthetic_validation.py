"""Synthetic validation values: those of a model that meets every target."""

import numpy as np

from scenarios.analysis.validation.command import GROWTH_BY_TEAMS
from scenarios.analysis.validation.judging import OF_SATISFACTION, validation_targets
from scenarios.analysis.validation.runs import (
    CAUSES,
    GP_YEARS,
    INCOMES,
    INTENSITY,
    INTERRUPTED_AT,
    PRACTITIONERS_FROM,
    SERIES,
    TRENDS,
)
from scenarios.common.calibration_inputs import scored_targets
from scenarios.studies.country import municipalities_with_figures

DRAWS = 2
# Number of months of the values that are recorded by month.
BY_MONTH = {
    **dict.fromkeys(("formal_with", "formal_without", "care_with", "care_without"), 24),
    **dict.fromkeys(("heavy_usual", "heavy_less"), 36),
}


def values_at_targets(**others):
    """Return values by name, float64 arrays of shape (n_draws, n_months); `others` override them."""
    values = {row.target: row.value for row in scored_targets()}
    values |= {row["target"]: float(row["value"]) for row in validation_targets()}
    values |= dict.fromkeys((*CAUSES, *TRENDS, *INTENSITY, *OF_SATISFACTION), 1.0)
    values |= {"youth_users_added": 100.0}
    values |= {"youth_stay_users_added": 100.0 - values["youth_growth_without_stay_share"]}
    values |= dict.fromkeys(GROWTH_BY_TEAMS, 26.0) | {row.target: row.value for row in scored_targets()}
    shares = np.linspace(9.7, 16.0, len(municipalities_with_figures()))
    values |= {
        f"share_{slug}": share for slug, share in zip(municipalities_with_figures(), shares, strict=True)
    }
    found = {name: np.full((DRAWS, 1), value) for name, value in {**values, **others}.items()}
    for name, months in BY_MONTH.items():
        month = np.arange(1, months + 1)
        factor = {
            "formal_with": np.where(month >= 7, 1.2, 0.9),
            "care_with": 0.68,
            "heavy_less": np.where(month >= 12, 1.2, 1.0),
        }.get(name, 1.0)
        found[name] = np.tile(np.linspace(1.0, 2.0, months) * factor, (DRAWS, 1))
    return found | municipalities_at_targets()


def municipalities_at_targets(growth=1.21, volume=0.54, effect=1.0):
    """Return values of the municipalities for a growth of spending, with share `volume` of it due to users.

    `effect` is the factor by which a youth practitioner at the GPs changes the number of youths with care.
    Other values grow equally, from a different level in each municipality.
    """
    found = {}
    for place, slug in enumerate(municipalities_with_figures()):
        level, treated = 100.0 * (place + 1), float(place % 2)
        usual = level * 1.03 ** np.arange(len(GP_YEARS))
        with_practitioners = np.where(np.array(GP_YEARS) >= PRACTITIONERS_FROM, effect**treated, 1.0)
        of_one = {
            "weight": [1.0 + place],
            "users": [level, level * growth**volume],
            "spending": [1000.0 * level, 1000.0 * level * growth],
            "result": [-10.0 - place],
            "gp_treated": [treated],
            "gp_usual": usual,
            "gp_users": usual * with_practitioners,
        }
        found |= {f"{name}_{slug}": np.tile(each, (DRAWS, 1)) for name, each in of_one.items()}
    series = 50.0 * 1.002 ** np.arange(SERIES[1] - SERIES[0])
    for fifth in range(INCOMES):
        jump = np.where(np.arange(len(series)) >= INTERRUPTED_AT, 1.0 + 0.2 * fifth, 1.0)
        found[f"household_help_income_{fifth}"] = np.tile(series * jump, (DRAWS, 1))
    return found
