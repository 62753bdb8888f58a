"""Runs that cost nothing, for tests of what is done with runs."""

import numpy as np

from scenarios.analysis.calibration.prior import uncertain_numbers
from scenarios.common.calibration_targets import scored_targets

FEW = ("household.fade_per_month", "household.strain_lowers_tipping", "wijkteam.refers_at")


def few_numbers():
    """Return a few of the numbers that are fitted."""
    return tuple(each for each in uncertain_numbers() if each.name in FEW)


def quick_values(scenario, seed, drawn, experiments=()):
    """Return what a run comes to: every target moves with the first numbers that vary, with random
    numbers.
    """
    numbers = np.concatenate([np.atleast_1d(each) for each in drawn.values()])
    noise = np.random.default_rng(seed).standard_normal(64)
    moved = float(np.tanh(numbers[:4].sum()))
    return {
        row.target: row.value * (1.0 + 0.3 * moved * (-1) ** place) + 0.3 * row.deviation * noise[place]
        for place, row in enumerate(scored_targets())
    }
