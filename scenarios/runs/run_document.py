"""What describes a run in run.json: everything needed to know what was run, and to run it again."""

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Collection
from dataclasses import asdict, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil

from scenarios.common.errors import ConfigurationError
from scenarios.common.files import read_document
from scenarios.common.installation import ROOT
from scenarios.common.result_version import PROBED, RESULT_VERSION
from scenarios.runs.arms import INITIAL_LEVERS, LONG_YEARS, arms_of, policy_branch_month
from scenarios.runs.draws import scenario_numbers
from scenarios.runs.replications import ReplicationResult
from scenarios.runs.scenario import Scenario
from simulation.dated_figures import DATA_FOLDER
from simulation.months import MONTHS_PER_YEAR, month_text
from simulation.parameters import Parameters

AGAIN = "again="
LIBRARIES = ("landingsbaan", "mesa", "numpy", "numba", "pandas", "pyarrow", "matplotlib", "hydra-core")


def run_document(scenario: Scenario, results: list[ReplicationResult], run_seconds: float) -> dict[str, Any]:
    """Return the description of a run; only time and machine differ between two runs of a scenario."""
    return {
        **_asked(scenario),
        **_months_and_people(scenario),
        "replications": len(results),
        "placebo_count": min(scenario.placebo_count, len(results)),
        "question_count": min(scenario.question_count, len(results)),
        "seeds": [result.seed for result in results],
        "draws": [draw_of(scenario, result.number) for result in results],
        "parameters": _parameters(scenario),
        "parameter_draws": [result.drawn for result in results],
        "draws_from": draws_from(scenario),
        **_split(scenario),
        "configuration": scenario.configuration,
        "overrides": scenario.overrides,
        **provenance(scenario.processes, run_seconds),
    }


def with_those_of_a_run(overrides: list[str]) -> list[str]:
    """Return overrides in which `again=FOLDER` is written as what was asked of the run in that folder.

    What the user writes next to it holds against what that run was asked.

    Raises
    ------
    ConfigurationError
        When there is no run in the folder.
    """
    asked = [each.partition("=")[2] for each in overrides if each.startswith(AGAIN)]
    if not asked:
        return overrides
    if len(asked) > 1:
        raise ConfigurationError("again is given twice; name one run folder")
    path = Path(asked[0]).expanduser()
    path = path if path.suffix == ".json" else path / "run.json"
    document = read_document(path, "what describes a run", {"overrides": [str]})
    made_by = document.get("result_version", "of version 0.1")  # which gave it another name
    if made_by != RESULT_VERSION:
        print(
            f"Note: that run has result version {made_by}, this is {RESULT_VERSION}: its numbers may differ.",
            file=sys.stderr,
        )
    own = [each for each in overrides if not each.startswith(AGAIN)]
    names = {each.partition("=")[0] for each in own}
    return [each for each in document["overrides"] if each.partition("=")[0] not in names] + own


def provenance(processes: int | None, run_seconds: float) -> dict[str, Any]:
    """Return with what, on what and how long something was run."""
    return {
        "result_version": RESULT_VERSION,
        "versions": versions(),
        "commit": commit(),
        "data_checksum": data_checksum(),
        "run_seconds": round(run_seconds, 2),
        "machine": _machine(processes),
    }


def draw_of(scenario: Scenario, number: int) -> int:
    """Return the number of a replication's parameter draw; without draws all replications share one.

    In a split run a draw is what parameters and scenario together are: their first replication's number.
    """
    if not scenario.draw:
        return 0
    pairs = [scenario.draws_of(each) for each in range(number + 1)]
    return pairs.index(pairs[number])


def _split(scenario: Scenario) -> dict[str, Any]:
    """Return which replications share the draw of parameters or of the scenario; nothing without a split."""
    if scenario.split is None:
        return {}
    pairs = [scenario.draws_of(number) for number in range(len(scenario.seeds))]
    return {
        "split": {
            "parameter_draws": [draw for draw, _ in pairs],
            "scenario_draws": [draw for _, draw in pairs],
            "scenario_numbers": list(scenario_numbers()),
        }
    }


def draws_from(scenario: Scenario) -> dict[str, Any]:
    """Return where the parameter draws come from: nowhere, their ranges, or which posterior."""
    if not scenario.draw:
        return {"source": "none"}
    posterior = scenario.posterior
    if posterior is None:
        return {"source": scenario.draws}
    return {
        "source": scenario.draws,
        **{key: posterior.about[key] for key in ("result_version", "training_ensemble", "made")},
    }


def announcement_month(scenario: Scenario) -> int:
    """Return the month from which transition harms are counted: preparation, not before the first
    reported."""
    ahead = round(MONTHS_PER_YEAR * scenario.parameters.landing.years_ahead)
    return max(scenario.start_month, scenario.transition_month - ahead)


def _asked(scenario: Scenario) -> dict[str, Any]:
    """Return what was asked."""
    landing = scenario.parameters.landing
    return {
        "title": scenario.title,
        "municipality": scenario.profile.name,
        "municipality_slug": scenario.municipality,
        "system": scenario.system,
        "policy": scenario.policy.name,
        "policy_title": {"en": scenario.policy.title, "nl": scenario.policy.title_nl},
        "policy_start": month_text(policy_branch_month(scenario)),
        "landing": scenario.landing,
        "landing_years": landing.years,
        "long_years": LONG_YEARS,
        "cut": landing.cut,
        "years_ahead": landing.years_ahead,
        "steering": scenario.steering,
        "sources": scenario.sources,
        "not_represented": scenario.not_represented,
        "notes": [*scenario.notes, *_notes(scenario)],
        **({"municipality_file": scenario.municipality_file} if scenario.municipality_file else {}),
        "language": scenario.language,
    }


def _months_and_people(scenario: Scenario) -> dict[str, Any]:
    """Return the months, and how many people lived there in the first of them."""
    profile = scenario.profile
    households = float(profile.households_at(scenario.start_month))
    return {
        "transition": month_text(scenario.transition_month),
        "first_month": month_text(scenario.start_month),
        "last_month": month_text(scenario.end_month),
        "months": scenario.months,
        "warm_up_months": scenario.warm_up_months,
        "households": round(households),
        "inhabitants": round(households * profile.inhabitants_per_household),
    }


def _notes(scenario: Scenario) -> list[str]:
    """Return what is settled about the policy arm on the way."""
    initial = [name for name in INITIAL_LEVERS if name in scenario.policy.changes]
    return [
        f"{name} = {scenario.policy.changes[name]} holds in the policy arm from the initialisation of "
        "teams and providers on: it cannot change during a run."
        for name in initial
    ]


def _parameters(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Return every parameter of the reference before draws, and of each other arm what differs."""
    arms = {arm.name: _by_full_name(arm.parameters) for arm in arms_of(scenario, scenario.parameters)}
    reference = arms["reference"]
    return {
        arm: values if arm == "reference" else {k: v for k, v in values.items() if v != reference[k]}
        for arm, values in arms.items()
    }


def _by_full_name(parameters: Parameters) -> dict[str, Any]:
    """Return every parameter by its full name."""
    return {
        f"{group.name}.{name}": value
        for group in fields(parameters)
        for name, value in asdict(getattr(parameters, group.name)).items()
    }


def versions() -> dict[str, str | None]:
    """Return the versions of Python and of the libraries results depend on."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = None
    return found


def commit() -> str | None:
    """Return the commit of the code, marked when files were changed since; None outside its repository."""
    top = _git("rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != ROOT:
        return None
    name = _git("rev-parse", "HEAD")
    return f"{name} with changes" if name and _git("status", "--porcelain", "--untracked-files=no") else name


def _git(*words: str) -> str | None:
    """Return what git answers, or None where it does not."""
    try:
        answer = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


# The probe, and what a back-test knows and leaves: no run reads them.
NOTHING_IS_COMPUTED_FROM = (PROBED.stem, "backtest", "backtest_information")


def data_checksum(without: Collection[str] = ()) -> str:
    """Return the SHA-256 over the names and contents of all data files, in hexadecimal digits.

    Files whose stem is among `without` are left out, as are those of `NOTHING_IS_COMPUTED_FROM`.
    """
    digest = hashlib.sha256()
    for path in sorted(DATA_FOLDER.rglob("*")):
        if path.is_file() and path.stem not in (*NOTHING_IS_COMPUTED_FROM, *without):
            digest.update(path.relative_to(DATA_FOLDER).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _machine(processes: int | None) -> dict[str, Any]:
    """Return the machine, as far as it says how long a run takes."""
    return {
        "processors": os.cpu_count(),
        "processes": processes,
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.system(),
        "architecture": platform.machine(),
    }
