"""Which uncertain numbers can matter to the targets at all.

A small town lives its history with a number at either end of its prior. Where every month is the same
to the last bit, the mechanism it belongs to is off in that history: the targets say nothing about it,
and it is left out of the fit.
"""

from dataclasses import dataclass

import numpy as np

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.calibration.prior import Uncertain, changes_of
from scenarios.analysis.calibration.targets import measured_model
from scenarios.analysis.calibration.training_ensemble import average_city
from scenarios.studies.engines import Engine
from simulation.parameters import changed

HOUSEHOLDS, SEED = 2000, 1
PER_WORK = 10


@dataclass(frozen=True)
class Screening:
    """Numbers to be tried by one process."""

    number: int
    uncertain: tuple[Uncertain, ...]


def relevant(uncertain: tuple[Uncertain, ...], engine: Engine) -> tuple[Uncertain, ...]:
    """Return those of the numbers that change anything that is recorded, in their order."""
    works = [
        Screening(number, uncertain[first : first + PER_WORK])
        for number, first in enumerate(range(0, len(uncertain), PER_WORK))
    ]
    moves = {key for keys in engine.does_all(works, moving) for key in keys}
    return tuple(each for each in uncertain if each.key in moves)


def moving(work: Screening) -> list[str]:
    """Return the keys of the numbers that change something."""
    return [each.key for each in work.uncertain
            if not np.array_equal(_history(each, each.low), _history(each, each.high))]  # fmt: skip


def _history(each: Uncertain, value: float) -> np.ndarray:
    """Return everything that is recorded of a small town with a number at a value."""
    scenario = average_city(HOUSEHOLDS)
    changes = changes_of({each.key: value}, [each], scenario.parameters)
    model, _ = measured_model(changed(scenario.parameters, changes), scenario.profile, SEED)
    recorded = model.recorder.monthly.copy()
    stocks = [model.recorder.stocks[year] for year in sorted(model.recorder.stocks)]
    release(model, dismantle=True)
    return np.concatenate([recorded.ravel(), np.concatenate(stocks)])
