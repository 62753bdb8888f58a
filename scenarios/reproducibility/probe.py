"""The probe: digests of the model's figures for a small town at every parameter bound, system and landing.

``python -m scenarios.reproducibility.probe renew`` runs it and writes two files: `data/probe.yaml`, one
digest from which the result version follows (`scenarios.common.result_version`), and
`results/reference/probe.json`, a digest for every run. It prints the runs that differ from those committed.
``check`` does the same without writing. Versions with the same digest have the same figures, even if their
sources differ.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import yaml
from tqdm import tqdm

from agents.compiled import MODEL_VERSION
from agents.mesa_adapter.model_mixin import release
from agents.parameters import bound_of
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import as_json, write_atomically
from scenarios.common.installation import ROOT, check_clone
from scenarios.common.result_version import DIGITS, PROBED
from scenarios.runs.scenario import scenario_from
from simulation.model import Model
from simulation.months import month_number
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import load_profile

ACTIONS = ("renew", "check")
RUNS = ROOT / "results" / "reference" / "probe.json"
TOWN, HOUSEHOLDS, SEED = "average", 2_500, 1
# Five years of warm-up, then every regime of the record.
FIRST, LAST = month_number("2005-01"), month_number("2022-12")
DEFAULTS = "all defaults"


def parameter_sets() -> Iterator[tuple[str, Parameters]]:
    """Yield name and parameters of every run of the probe.

    These are the defaults, then each parameter at each bound, then each system under each landing.
    """
    defaults = Parameters()
    yield DEFAULTS, defaults
    for group in fields(defaults):
        held = getattr(defaults, group.name)
        for one in fields(held):
            for end in ("low", "high"):
                bound = bound_of(one, end)
                if bound is not None:
                    name = f"{group.name}.{one.name}"
                    yield f"{name} {end}", changed(defaults, {name: bound})
    for system in _choices("system"):
        for landing in _choices("landing"):
            scenario = scenario_from([f"municipality={TOWN}", f"system={system}", f"landing={landing}"])
            yield f"system={system} landing={landing}", scenario.parameters


def _choices(group: str) -> list[str]:
    return sorted(path.stem for path in (ROOT / "conf" / group).glob("*.yaml"))


def digest_of_run(parameters: Parameters, households: int = HOUSEHOLDS) -> str:
    """Return the digest of the figures of one run, or the error if the parameters are refused.

    Figures are the monthly table and the yearly stocks in the order of their declaration, without names, so
    that renaming a column does not change the digest.
    """
    try:
        model = Model(parameters, load_profile(TOWN, households=households), SEED, FIRST, LAST)
        model.recorder.all_stocks = True
        model.run_until(LAST + 1)
    except (ValueError, ArithmeticError) as refusal:
        return f"refused: {type(refusal).__name__}"
    digest = hashlib.sha256(np.ascontiguousarray(model.recorder.monthly).tobytes())
    for year in sorted(model.recorder.stocks):
        digest.update(model.recorder.stocks[year].tobytes())
    release(model, dismantle=True)
    return digest.hexdigest()[:DIGITS]


def digest_of_probe(runs: dict[str, str]) -> str:
    """Return one digest over all runs, independent of their names.

    Runs with the same digest count once, so that a parameter without effect does not change the result.

    Examples
    --------
    >>> digest_of_probe({"a": "1", "b": "1"}) == digest_of_probe({"c": "1"})
    True
    """
    return hashlib.sha256("\n".join(sorted(set(runs.values()))).encode()).hexdigest()[:DIGITS]


def differing(runs: dict[str, str], committed: dict[str, str]) -> list[str]:
    """Return the names of the runs that are in both and have other digests."""
    return [name for name in runs if name in committed and runs[name] != committed[name]]


def main(arguments: list[str]) -> int:
    """Run the probe, renew or check the committed digests, and return the exit code."""
    if len(arguments) != 1 or arguments[0] not in ACTIONS:
        raise ConfigurationError(
            f"got {' '.join(arguments) or 'nothing'}: expected one of {', '.join(ACTIONS)}"
        )
    check_clone("the probe")
    runs = {name: digest_of_run(each) for name, each in tqdm(list(parameter_sets()), unit=" runs")}
    committed = json.loads(RUNS.read_text("utf-8")) if RUNS.exists() else {}
    digest, before = digest_of_probe(runs), digest_of_probe(committed)
    different = differing(runs, committed)
    if digest == before:
        print(f"The probe gives the same figures, bit for bit: {digest}.")
    else:
        print(f"The probe gives other figures: {digest}, before {before}. {len(different)} runs differ.")
        print("\n".join(different[:20]))
    if arguments[0] == "check":
        return int(digest != before)
    write_atomically(RUNS, as_json(runs))
    write_atomically(PROBED, yaml.safe_dump({"digest": digest, "sources": MODEL_VERSION}).encode())
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
