"""The pinned baseline: a small run whose figures change only when somebody means them to.

``python -m scenarios.baseline renew`` writes it anew; `tests/test_baseline.py` compares.
"""

import json
import sys
from pathlib import Path

from agents.many import release
from scenarios.installation import check_clone
from simulation.model import Model
from simulation.municipality_profile import load_profile
from simulation.observation.recorder import MONTHLY
from simulation.parameters import Parameters

BASELINE = Path(__file__).resolve().parents[1] / "results" / "reference" / "baseline.json"
SEED = 2015
FIRST_YEAR, LAST_YEAR = 2012, 2019


def baseline_figures() -> dict[str, dict[str, float]]:
    """Return the yearly sums of every indicator of a street of 200 households, by year."""
    model = Model(Parameters(), load_profile("street"), seed=SEED, end_month=12 * (LAST_YEAR - 1999) - 1)
    model.run_until(model.end_month + 1)
    figures = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        first = 12 * (year - 2000)
        sums = model.recorder.monthly[first : first + 12].sum(axis=0)
        figures[str(year)] = {name: float(value) for name, value in zip(MONTHLY, sums, strict=True)}
    release(model, dismantle=True)
    return figures


def renew() -> None:
    """Write the baseline anew."""
    check_clone("baseline renew")
    BASELINE.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"seed": SEED, "municipality": "street", "years": baseline_figures()}, indent=1)
    BASELINE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["renew"]:
        sys.exit("python -m scenarios.baseline renew")
    renew()
