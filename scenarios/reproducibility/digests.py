"""Whether two versions of the rules compute the same: digests of runs with every parameter at its bounds.

``python -m scenarios.reproducibility.digests write FILE`` runs a small municipality around the transition
once for each bound of each parameter and lever, and writes a digest of everything it computed. Write such a
file with each of two versions, in a clone of its own; ``python -m scenarios.reproducibility.digests compare
FILE FILE`` names the runs that differ. Figures of one version then hold for the other, which a fingerprint
cannot tell.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from agents.compiled import MODEL_VERSION
from agents.mesa_adapter.model_mixin import release
from scenarios.reproducibility.baseline import digest_of
from simulation.model import Model
from simulation.months import month_number
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import load_profile
from simulation.recording.recorder import MONTHLY

TOWN, HOUSEHOLDS, SEED = "average", 2_500, 1
FIRST, LAST = month_number("2005-01"), month_number("2018-12")
# What a loop writes on, what only says whose turn it is, and what is kept for somebody watched is not what a
# run has computed.
SCRATCH = ("active", "at_hand", "care_by_kind", "counts", "diary", "marks", "watched")
DEFAULTS = "all defaults"


def bounds() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the change of every run: defaults, then each parameter at each bound."""
    yield DEFAULTS, {}
    parameters = Parameters()
    for group in fields(parameters):
        held = getattr(parameters, group.name)
        for one in fields(held):
            default = getattr(held, one.name)
            for end in ("low", "high"):
                bound = one.metadata.get(end)
                if bound is not None and not isinstance(default, str):
                    name = f"{group.name}.{one.name}"
                    yield f"{name} {end}", {name: _like(default, bound)}


def _like(default: Any, bound: float) -> Any:
    """Return a bound in the form of the default: a list of it, a whole number, or itself."""
    if isinstance(default, list | tuple):
        return [bound] * len(default)
    return bound if default is None else type(default)(bound)


def computed_by(model: Model) -> dict[str, np.ndarray]:
    """Return all a run has computed, as one table: indicators by month, fields of records, yearly stocks."""
    months = model.recorder.monthly[: model.month - model.start_month]
    table = {name: months[:, place] for place, name in enumerate(MONTHLY)}
    for record in sorted(set(model.world._fields) - set(SCRATCH)):
        array = getattr(model.world, record)
        table |= {f"{record}.{name}": array[name] for name in array.dtype.names or ()} or {record: array}
    return table | {f"stocks {year}": stocks for year, stocks in model.recorder.stocks.items()}


def run_of(change: dict[str, Any], households: int = HOUSEHOLDS) -> str:
    """Return the digest of one run, or why there is none."""
    try:
        profile = load_profile(TOWN, households=households)
        model = Model(changed(Parameters(), change), profile, SEED, FIRST, LAST)
        model.recorder.all_stocks = True
        model.run_until(LAST + 1)
    except (ValueError, ArithmeticError) as refusal:
        return f"refused: {refusal}"
    digest = digest_of(computed_by(model))
    release(model, dismantle=True)
    return digest


def compare(one: Path, other: Path) -> list[str]:
    """Return the names of the runs that two files do not agree on."""
    found = [json.loads(path.read_text("utf-8"))["digests"] for path in (one, other)]
    return sorted(name for name in found[0] | found[1] if found[0].get(name) != found[1].get(name))


def main() -> int:
    """Write a file of digests, or compare two."""
    parser = argparse.ArgumentParser(prog="python -m scenarios.reproducibility.digests", description=__doc__)
    parser.add_argument("job", choices=("write", "compare"))
    parser.add_argument("files", nargs="+", type=Path)
    chosen = parser.parse_args()
    expected = 1 if chosen.job == "write" else 2
    if len(chosen.files) != expected:
        parser.error(f"{chosen.job}: got {len(chosen.files)} files, expected {expected}")
    if chosen.job == "write":
        digests = {name: run_of(change) for name, change in tqdm(list(bounds()), unit="run")}
        text = json.dumps({"model_version": MODEL_VERSION, "digests": digests}, indent=1)
        chosen.files[0].write_text(text, "utf-8")
        return 0
    different = compare(*chosen.files)
    print(
        "The same bit for bit." if not different else f"{len(different)} runs differ: {', '.join(different)}"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
