"""Synthetic results of runs, for fast tests of the calibration."""

import numpy as np

from scenarios.analysis.calibration.inference import uncertain_numbers
from scenarios.common.calibration_inputs import scored_targets

FEW = ("household.passes_per_month", "household.strain_lowers_tipping", "wijkteam.support_shift")


def few_numbers():
    """Return a few of the fitted parameters."""
    return tuple(each for each in uncertain_numbers() if each.name in FEW)


def quick_values(scenario, seed, drawn, experiments=()):
    """Return synthetic target values of a run: a function of a few fitted parameters plus noise."""
    moving = sum(float(np.sum(drawn.get(name, 0.0))) for name in FEW)
    noise = np.random.default_rng(seed).standard_normal(64)
    moved = float(np.tanh(3.0 * moving))
    return {
        row.target: row.value * (1.0 + 0.3 * moved * (-1) ** place) + 0.3 * row.deviation * noise[place]
        for place, row in enumerate(scored_targets())
    }
