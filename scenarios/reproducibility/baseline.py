"""The pinned baseline: a small run whose figures change only when somebody means them to.

``python -m scenarios.reproducibility.baseline renew`` writes it anew, ``python -m
scenarios.reproducibility.baseline check`` compares this machine's run with it, bit for bit, and names the
first difference by agent, month and process; ``check 2012-03`` stops after a month, for where rules are not
compiled and a month takes long. `tests/scenarios/reproducibility/test_baseline.py` and
`tests/scenarios/reproducibility/test_reproducibility.py` do the same.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from agents.compiled import MODEL_VERSION
from agents.mesa_adapter.model_mixin import release
from scenarios.common.installation import ROOT, check_clone
from scenarios.reproducibility.run_trace import Trace
from scenarios.runs.run_document import versions
from simulation.model import Model
from simulation.months import month_number, month_text
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import load_profile
from simulation.recording.recorder import MONTHLY
from simulation.schedule import MONTH

FOLDER = ROOT / "results" / "reference"
BASELINE = FOLDER / "baseline.json"
TRACE = FOLDER / "trace.json"
STREET = "street"
SEED = 2015
FIRST_YEAR, LAST_YEAR = 2012, 2019
# The months that are traced, from their own initialisation: three years of the old regime and two of the
# new one, so that every process does both.
FIRST_TRACED, LAST_TRACED = month_number("2012-01"), month_number("2016-12")
# Early signalling and low-threshold help on, so that every rule has work.
TRACED_LEVERS = {
    "wijkteam.outreach_share": 0.1,
    "referral_source.school_link": 1.0,
    "referral_source.gp_link": 1.0,
    "referral_source.debt_signals": 1.0,
    "referral_source.youth_work": 1.0,
}


def baseline_figures() -> dict[str, dict[str, float]]:
    """Return the yearly sums of every indicator of a street of 200 households, by year."""
    model = Model(Parameters(), load_profile(STREET), seed=SEED, end_month=12 * (LAST_YEAR - 1999) - 1)
    model.run_until(model.end_month + 1)
    figures = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        first = 12 * (year - 2000)
        sums = model.recorder.monthly[first : first + 12].sum(axis=0)
        figures[str(year)] = {name: float(value) for name, value in zip(MONTHLY, sums, strict=True)}
    release(model, dismantle=True)
    return figures


def traced_street(by_objects: bool = False, last: int = LAST_TRACED) -> tuple[Trace, dict[str, str]]:
    """Return the trace of a street around the transition, up to a month, and a digest of its tables."""
    parameters = changed(Parameters(), TRACED_LEVERS)
    profile = load_profile(STREET, 2012)
    model = Model(parameters, profile, SEED, FIRST_TRACED, LAST_TRACED, by_objects=by_objects)
    trace = Trace.of(model)
    model.run_until(last + 1)
    tables: dict[str, str] = {}
    if last == LAST_TRACED:
        recorded = model.recorder.tables(model, FIRST_TRACED)
        tables = {name: digest_of(table) for name, table in recorded.items()}
    release(model, dismantle=True)
    return trace, tables


def digest_of(table: Any) -> str:
    """Return the SHA-256 of a table: its columns' names and the bits of their values."""
    digest = hashlib.sha256()
    for name in sorted(table):
        column = np.asarray(table[name])
        digest.update(name.encode())
        plain = column.dtype.kind in "biuf"
        digest.update(column.tobytes() if plain else "\n".join(map(str, column)).encode())
    return digest.hexdigest()


def first_difference(by_objects: bool = False, last: int = LAST_TRACED) -> str | None:
    """Return in words where a run on this machine first differs from the committed one, else None.

    Parameters
    ----------
    by_objects : bool
        Run agent by agent.
    last : int
        Last month compared; tables are compared after the whole run only.
    """
    document = json.loads(TRACE.read_text(encoding="utf-8"))
    trace, tables = traced_street(by_objects, last)
    committed = Trace.from_document(document, month_number(document["first_month"]))
    del committed.steps[1 + len(MONTH) * (last - FIRST_TRACED + 1) :]
    found = committed.first_difference(trace)
    if found is not None:
        return found
    whole = document["tables"] if last == LAST_TRACED else {}
    differing = [name for name, digest in whole.items() if tables.get(name) != digest]
    return f"table {differing[0]}, though no agent differs" if differing else None


def renew() -> None:
    """Write baseline and trace anew."""
    check_clone("baseline renew")
    FOLDER.mkdir(parents=True, exist_ok=True)
    _write(BASELINE, {"seed": SEED, "municipality": STREET, "years": baseline_figures()})
    trace, tables = traced_street()
    about = {"seed": SEED, "municipality": STREET, "made_with": versions() | {"model": MODEL_VERSION}}
    _write(TRACE, {**about, "tables": tables, **trace.document()})


def check(last: int = LAST_TRACED) -> int:
    """Tell whether a run on this machine is the committed one; return the exit code, 0 or 1."""
    document = json.loads(TRACE.read_text(encoding="utf-8"))
    found = first_difference(last=last)
    months = f"{month_text(FIRST_TRACED)} to {month_text(last)}"
    if found is None:
        print(f"The same bit for bit, {months}: {sum(document['kinds'].values())} agents, every process.")
        return 0
    made = {name: version for name, version in document["made_with"].items() if version is not None}
    here = versions() | {"model": MODEL_VERSION}
    others = [f"{name} {version}, here {here.get(name)}" for name, version in made.items()
              if here.get(name) != version]  # fmt: skip
    print(f"First difference: {found}.")
    print(f"The committed run was made with {'; '.join(others) or 'the same versions'}.")
    return 1


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main(words: list[str]) -> int:
    """Do what was asked; return the exit code."""
    if words == ["renew"]:
        renew()
        return 0
    asked = words[:1] == ["check"] and len(words) <= 2
    last = month_number(words[1]) if asked and len(words) == 2 else LAST_TRACED
    if asked and FIRST_TRACED <= last <= LAST_TRACED:
        return check(last)
    months = f"{month_text(FIRST_TRACED)} to {month_text(LAST_TRACED)}"
    print(
        f"expected: python -m scenarios.reproducibility.baseline check, check MONTH ({months}), or renew",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
