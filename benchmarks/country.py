"""The country as one body, in a process of its own: prints seconds, memory and share going on as JSON.

Two threads, one core each: compiled rules let go of Python's lock, and one process holds the libraries
once. Each thread runs half the country's households as one municipality with its own seed.
"""

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.cases import LAST_YEAR, going_on
from benchmarks.measure import peak_memory_mb
from simulation.model import Model
from simulation.months import month_number
from simulation.parameters import Parameters
from simulation.population.municipality_profile import load_profile


def half(households: int, months: int, seed: int) -> Model:
    """Return half the country without any activity, about to run; it has so many households in its last
    year."""
    profile = load_profile("netherlands", households=households, start_year=LAST_YEAR)
    end = month_number(f"{LAST_YEAR}-12")
    model = Model(Parameters(), profile, seed, end - months + 1, end)
    model.recorder.stored = ()
    return model


def main() -> None:
    """Run both halves at once and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, required=True, help="of each half")
    parser.add_argument("--months", type=int, required=True)
    chosen = parser.parse_args()
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(lambda seed: half(chosen.households, chosen.months, seed), (1, 2)))
        began = time.perf_counter()
        list(pool.map(lambda model: model.run_until(model.end_month + 1), halves))
        seconds = time.perf_counter() - began
    print(
        json.dumps(
            {
                "seconds": seconds,
                "households": sum(len(model.world.households) for model in halves),
                "share": sum(going_on(model, chosen.months) for model in halves) / 2.0,
                "memory_mb": peak_memory_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
