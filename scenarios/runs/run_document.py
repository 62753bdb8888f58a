"""The content of run.json: everything needed to document a run and to repeat it."""

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
from scenarios.common.files import read_document, with_home
from scenarios.common.installation import ROOT
from scenarios.common.result_version import PROBED, RESULT_VERSION
from scenarios.runs.arms import INITIAL_LEVERS, LONG_YEARS, arms_of, policy_branch_month
from scenarios.runs.draws import scenario_numbers
from scenarios.runs.replications import ReplicationResult
from scenarios.runs.scenario import Scenario
from simulation.dated_figures import DATA_FOLDER
from simulation.months import MONTHS_PER_YEAR, month_text
from simulation.parameters import Parameters

AGAIN_KEY = "again="
LIBRARIES = ("landingsbaan", "mesa", "numpy", "numba", "pandas", "pyarrow", "matplotlib", "hydra-core")


def run_document(scenario: Scenario, results: list[ReplicationResult], run_seconds: float) -> dict[str, Any]:
    """Return the description of a run; two runs of a scenario differ only in time and machine."""
    return {
        **_choices(scenario),
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


def with_stored_overrides(overrides: list[str]) -> list[str]:
    """Return overrides in which `again=FOLDER` is replaced by the overrides of the run in that folder.

    Other overrides that the user gives take precedence over the stored ones.

    Raises
    ------
    ConfigurationError
        When there is no run in the folder.
    """
    asked = [each.partition("=")[2] for each in overrides if each.startswith(AGAIN_KEY)]
    if not asked:
        return overrides
    if len(asked) > 1:
        raise ConfigurationError("again is given twice; name one run folder")
    path = with_home(asked[0])
    path = path if path.suffix == ".json" else path / "run.json"
    document = read_document(path, "what describes a run", {"overrides": [str]})
    made_by = document.get("result_version", "of version 0.1")  # it used another key
    if made_by != RESULT_VERSION:
        print(
            f"Note: that run has result version {made_by}, this is {RESULT_VERSION}: its numbers may differ.",
            file=sys.stderr,
        )
    own = [each for each in overrides if not each.startswith(AGAIN_KEY)]
    names = {each.partition("=")[0] for each in own}
    return [each for each in document["overrides"] if each.partition("=")[0] not in names] + own


def provenance(processes: int | None, run_seconds: float) -> dict[str, Any]:
    """Return the versions, machine and duration of a run."""
    return {
        "result_version": RESULT_VERSION,
        "versions": versions(),
        "commit": commit(),
        "data_checksum": data_checksum(),
        "run_seconds": round(run_seconds, 2),
        "machine": _machine(processes),
    }


def draw_of(scenario: Scenario, number: int) -> int:
    """Return the number of a replication's parameter draw; 0 for all replications without draws.

    In a split run it is the number of the first replication with the same parameters and scenario.
    """
    if not scenario.draw:
        return 0
    pairs = [scenario.draws_of(each) for each in range(number + 1)]
    return pairs.index(pairs[number])


def _split(scenario: Scenario) -> dict[str, Any]:
    """Return the parameter draw and scenario draw of each replication of a split run, else nothing."""
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
    """Return the source of the parameter draws: none, ranges, or the posterior with its version."""
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
    """Return the month from which transition harms are counted: the start of the preparation, or the
    first reported month if that is later."""
    ahead = round(MONTHS_PER_YEAR * scenario.parameters.landing.years_ahead)
    return max(scenario.start_month, scenario.transition_month - ahead)


def _choices(scenario: Scenario) -> dict[str, Any]:
    """Return the choices of the user: municipality, system, policy, landing, notes and language."""
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
    """Return the months of a run, and households and inhabitants in the first one."""
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
    """Return a sentence for each lever that the policy arm has from its initialisation on."""
    initial = [name for name in INITIAL_LEVERS if name in scenario.policy.changes]
    return [
        f"{name} = {scenario.policy.changes[name]} holds in the policy arm from the initialisation of "
        "teams and providers on: it cannot change during a run."
        for name in initial
    ]


def _parameters(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Return every parameter of the reference before draws, and for the other arms those that differ."""
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
    """Return the versions of Python and of the libraries that results depend on."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = None
    return found


def commit() -> str | None:
    """Return the commit of the code, marked if files were changed since; None outside its repository."""
    top = _git("rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != ROOT:
        return None
    name = _git("rev-parse", "HEAD")
    return f"{name} with changes" if name and _git("status", "--porcelain", "--untracked-files=no") else name


def _git(*words: str) -> str | None:
    """Return the output of git, or None if it fails."""
    try:
        answer = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


# Stems of data files that no run reads: the probe, and input and output of the back-test.
NOT_READ_BY_RUNS = (PROBED.stem, "backtest", "backtest_information")


def data_checksum(without: Collection[str] = ()) -> str:
    """Return the SHA-256 over the names and contents of all data files, in hexadecimal digits.

    Files whose stem is among `without` are left out, as are those of `NOT_READ_BY_RUNS`.
    """
    digest = hashlib.sha256()
    for path in sorted(DATA_FOLDER.rglob("*")):
        if path.is_file() and path.stem not in (*NOT_READ_BY_RUNS, *without):
            digest.update(path.relative_to(DATA_FOLDER).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _machine(processes: int | None) -> dict[str, Any]:
    """Return the properties of the machine that explain the run time."""
    return {
        "processors": os.cpu_count(),
        "processes": processes,
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.system(),
        "architecture": platform.machine(),
    }
