"""How far the share of children with help follows the rates by which municipalities differ.

Municipalities differ by a draw of how often children have problems and of the supply of GPs
(`population.municipal_spread`). The source knows the spread of the share of children with help, which is
smaller, so the spread that is drawn is the source's over the ratio printed here.

    python -m benchmarks.municipal_spread [households]
"""

import math
import sys
from collections.abc import Sequence

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.calibration.targets import Measured
from scenarios.analysis.calibration.training_ensemble import average_city
from scenarios.runs.draws import MUNICIPAL
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.parameters import changed

HOUSEHOLDS = 30_000
SPREADS = (0.18, 0.36)
YEAR = 2022


def helped_children(changes: dict[str, float], households: int) -> float:
    """Return the youths with care in the last year of one run with these parameters."""
    scenario = average_city(households)
    end = (YEAR + 1 - BASE_YEAR) * MONTHS_PER_YEAR
    model = Model(changed(scenario.parameters, changes), scenario.profile, 1, 0, end + 3 * MONTHS_PER_YEAR)
    model.recorder.stored, model.recorder.all_stocks = (), True
    model.run_until(end)
    users = Measured(model).total("youth_users", YEAR)
    release(model, dismantle=True)
    return users


def main(arguments: Sequence[str]) -> None:
    """Print, for every spread, how the share follows each rate and the log deviation of the share."""
    households = int(arguments[0]) if arguments else HOUSEHOLDS
    for spread in SPREADS:
        half = spread * math.sqrt(0.5)
        follows = []
        for name in MUNICIPAL:
            low, high = (helped_children({name: change}, households) for change in (-half, half))
            follows.append(math.log(high / low) / (2.0 * half))
        deviation = half * math.hypot(*follows)
        shares = ", ".join(f"{name} {value:.2f}" for name, value in zip(MUNICIPAL, follows, strict=True))
        print(
            f"drawn {spread}: the share follows {shares}; its log deviation {deviation:.3f}, "
            f"ratio {deviation / spread:.2f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
