"""Half the country in one process: prints seconds, memory and share going on as one line of JSON."""

import argparse
import json

from benchmarks.cases import going_on, model_of
from benchmarks.measure import peak_memory_mb, seconds_of


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, required=True)
    parser.add_argument("--months", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    model = model_of(
        "netherlands", chosen.households, seed=chosen.seed, start_month=120, end_month=119 + chosen.months
    )
    seconds = seconds_of(lambda: model.run_until(120 + chosen.months))
    print(
        json.dumps(
            {
                "seconds": seconds,
                "households": len(model.world.households),
                "share": going_on(model, chosen.months),
                "memory_mb": peak_memory_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
