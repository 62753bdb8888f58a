"""One replication of the claims: the same people and random numbers under every arm of all claims.

Claims with equal arms share them, and arms with the same initialisation share one initial state. Every arm
branches off in the first month in which it may differ.
"""

import json
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.claims.claim import Claim, Statement
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import is_taken, misfit, read_document, write_atomically
from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.composition import TEAM_COUNTS
from scenarios.runs.arms import EARLY, first_month_of_warm_up
from scenarios.runs.replications import begin_warm_up, parameters_of_replication, run_with_branches
from scenarios.runs.scenario import Scenario
from simulation.model import FIXED, Model
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.definitions import MEASURES, effect_of
from simulation.outcomes.rules import MONTHS_BEFORE, ArmSpan
from simulation.parameters import Parameters, changed
from simulation.recording.new_folder import explain_disk_errors

Changes = dict[str, Any]
# Numbers of teams in claim files are for the wijken of the neutral city; elsewhere they are scaled.
WIJKEN_OF_CLAIMS = 8


@dataclass(frozen=True)
class Branch:
    """An arm, resolved for a run.

    Attributes
    ----------
    changes : dict
        All changes, by full name.
    initial : dict
        The changes that are fixed at initialisation.
    months : tuple of int
        Months in which parameters are applied, the same for every arm of the claim; in the first the arm
        branches off its initial state.
    """

    changes: Changes
    initial: Changes
    months: tuple[int, ...]

    @property
    def key(self) -> str:
        """Key of the run; arms with equal keys are the same run."""
        return json.dumps([self.changes, self.months], sort_keys=True)

    @property
    def initial_state(self) -> str:
        """Key of the initial state; arms with equal keys share it."""
        return json.dumps(self.initial, sort_keys=True)


@dataclass(frozen=True)
class Outcome:
    """Result of a statement in one replication.

    Attributes
    ----------
    effect : float
        nan where it is undefined.
    levels : tuple of float
        Outcome under the arm and under its comparison, where both have a level.
    """

    effect: float
    levels: tuple[float, ...]


@dataclass(frozen=True)
class ClaimsReplication:
    """Results of one replication: an outcome per statement key."""

    number: int
    seed: int
    outcomes: dict[str, Outcome]


@dataclass(frozen=True)
class Experiments:
    """Callable for processes: runs the replication with a given number.

    Attributes
    ----------
    scenario : Scenario
        The municipality and its reference.
    claims : tuple of Claim
        Claims to be run.
    wanted : dict of int to tuple of str
        Keys of the statements still to be run, per replication; a missing replication runs all.
    off : bool
        Whether the mechanisms of the claims are switched off.
    """

    scenario: Scenario
    claims: tuple[Claim, ...]
    wanted: dict[int, tuple[str, ...]]
    off: bool = False

    def __call__(self, number: int) -> ClaimsReplication:
        """Run one replication."""
        return run_claims_of_replication(
            self.scenario, self.claims, number, self.wanted.get(number), self.off
        )


def branches_of(scenario: Scenario, claim: Claim, off: bool = False) -> dict[str, Branch]:
    """Return the runs of a claim's arms; all apply their parameters in the same months.

    Applying parameters has effects of its own (teams are planned for the inhabitants of that month), which
    then are no difference between arms.
    """
    switched = claim.mechanism_off if off else {}
    arms = {name: _fitted(scenario, changes | switched) for name, changes in claim.arms.items()}
    years = max((float(each.get(name, 0.0)) for each in arms.values() for name in EARLY), default=0.0)
    early = scenario.transition_month - min(MONTHS_BEFORE, round(MONTHS_PER_YEAR * years))
    months = tuple(sorted({max(early, first_month_of_warm_up(scenario)), scenario.transition_month}))
    return {
        name: Branch(changes, {each: value for each, value in changes.items() if is_initial(each)}, months)
        for name, changes in arms.items()
    }


def _fitted(scenario: Scenario, changes: Changes) -> Changes:
    """Return the changes with numbers of teams scaled to the municipality's wijken."""
    wijken = scenario.profile.wijken
    return {
        name: max(1, min(wijken, round(value * wijken / WIJKEN_OF_CLAIMS)))
        if name in TEAM_COUNTS and value
        else value
        for name, value in changes.items()
    }


def is_initial(name: str) -> bool:
    """Whether a parameter is fixed when a run is initialised."""
    return name in FIXED or name.startswith("population.")


def run_claims_of_replication(
    scenario: Scenario,
    claims: Iterable[Claim],
    number: int,
    wanted: Collection[str] | None = None,
    off: bool = False,
) -> ClaimsReplication:
    """Run every arm that some statements need for one replication, each once, and return their outcomes.

    Parameters
    ----------
    scenario : Scenario
        The municipality and its reference.
    claims : iterable of Claim
        Claims of the statements.
    number : int
        Number of the replication, from 0.
    wanted : collection of str, optional
        Keys of the statements; all by default.
    off : bool
        Whether the mechanisms of the claims are switched off.
    """
    base, _ = parameters_of_replication(scenario, number)
    plans: list[tuple[Statement, dict[str, Branch]]] = []
    until: dict[str, int] = {}
    arms: dict[str, Branch] = {}
    for claim in claims:
        branches = branches_of(scenario, claim, off)
        for statement in claim.statements:
            if wanted is not None and statement.key not in wanted:
                continue
            plans.append((statement, branches))
            end = scenario.transition_month + round(MONTHS_PER_YEAR * statement.years[1])
            for branch in (branches[arm] for arm in statement.arms):
                arms[branch.key] = branch
                until[branch.key] = max(end, until.get(branch.key, 0))
    seed = scenario.seeds[number]
    seen: dict[str, ArmSpan] = {}
    for initial_state in dict.fromkeys(each.initial_state for each in arms.values()):
        sharing = [each for each in arms.values() if each.initial_state == initial_state]
        seen |= _run_arms(scenario, seed, base, sharing, until)
    outcomes = {}
    for statement, branches in plans:
        of_arms = {arm: seen[branches[arm].key] for arm in statement.arms}
        outcomes[statement.key] = Outcome(_effect(statement, of_arms), _levels(statement, of_arms))
    return ClaimsReplication(number, seed, outcomes)


def _run_arms(
    scenario: Scenario, seed: int, base: Parameters, arms: list[Branch], until: dict[str, int]
) -> dict[str, ArmSpan]:
    """Run arms that share an initial state; the last continues the state itself, the others copies of it."""
    model = begin_warm_up(scenario, seed, changed(base, arms[0].initial))
    model.recorder.detail_from = scenario.end_month + 1
    ordered = sorted(arms, key=lambda each: each.months[0])
    found = {}
    for arm in ordered:
        model.run_until(arm.months[0])
        running = model if arm is ordered[-1] else model.copy()
        run_with_branches(running, changed(base, arm.changes), list(arm.months), until[arm.key])
        found[arm.key] = _seen(running, scenario)
        release(running, dismantle=True)
    return found


def _seen(model: Model, scenario: Scenario) -> ArmSpan:
    """Return the recorded months of an arm, after which its model can be released."""
    first = scenario.transition_month - MONTHS_BEFORE - model.recorder.first_month
    last = model.month - model.recorder.first_month
    recorded = model.recorder.monthly[max(0, first) : last]
    missing = np.full(
        (max(0, -first), recorded.shape[1]), np.nan
    )  # where the warm-up is shorter than the months before the transition
    monthly = np.vstack([missing, recorded])
    return ArmSpan(monthly, 0, len(monthly))


def _effect(statement: Statement, seen: dict[str, ArmSpan]) -> float:
    """Return the effect of a statement: a difference, or a difference of differences."""
    over = {arm: seen[arm].over(statement.years) for arm in statement.arms}
    effect = effect_of(statement.measure, over[statement.arm], over[statement.against])
    if statement.less:
        one, other = statement.less
        effect -= effect_of(statement.measure, over[one], over[other])
    return effect


def _levels(statement: Statement, seen: dict[str, ArmSpan]) -> tuple[float, ...]:
    """Return the outcome under each of the two arms, where the statement compares two arms."""
    of_arm = MEASURES[statement.measure].of_arm
    if of_arm is None:
        return ()
    return tuple(of_arm(seen[arm].over(statement.years)) for arm in (statement.arm, statement.against))


# Results of a study per replication, each in its own file, so that an interrupted study resumes.
#
# A part is written atomically. The same command resumes the study with the same settings; a study with other
# rules or a changed claim file is not modified.

ROOT = Path("results") / "claims"
ABOUT, FINISHED, PARTS = "study.json", "claims.json", "parts"
ABOUT_SHAPE = {"settings": dict, "claims": dict}
PART_SHAPE = {"number": int, "seed": int, "outcomes": dict}
OUTCOME_SHAPE = {"effect": (float, None), "levels": [(float, None)]}


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """Return the settings that identify a study, without claims, replications and processes."""
    asked = {key: value for key, value in scenario.configuration.items() if key not in NOT_SETTINGS}
    asked["replication"] = {key: value for key, value in asked["replication"].items() if key != "count"}
    explicit = sorted(each for each in scenario.overrides if each.split("=")[0] not in NOT_SETTINGS_KEYS)
    own = {"municipality_file": scenario.municipality_file} if scenario.municipality_file else {}
    return {"result_version": RESULT_VERSION, "configuration": asked, "overrides": explicit, **own}


NOT_SETTINGS = ("output", "processes", "language", "policy")
NOT_SETTINGS_KEYS = ("replication.count", "output.folder", "output.figures", "processes", "language")


def study_folder(
    scenario: Scenario, claims: Iterable[Claim], root: Path = ROOT, name: str | None = None
) -> Path:
    """Return the folder of the study with these settings: the latest one, else a new one.

    Raises
    ------
    ValueError
        When the folder of that name holds a study with other settings.
    """
    settings = json.loads(json.dumps(settings_of(scenario)))
    digests = {each.number: each.digest for each in claims}
    if name is not None:
        folder = root / name
        if is_taken(folder / ABOUT) and not _is_same_study(_about(folder), settings, digests):
            raise ValueError(
                f"{folder} contains a study of other settings, rules or claim files; choose another name"
            )
    else:
        known = sorted((path.parent for path in root.glob(f"*/{ABOUT}")), reverse=True)
        folder = next((each for each in known if _can_resume(each, settings, digests)), _new(root))
    before = _about(folder) if is_taken(folder / ABOUT) else {"claims": {}}
    with explain_disk_errors(folder):
        (folder / PARTS).mkdir(parents=True, exist_ok=True)
    write(folder / ABOUT, {"settings": settings, "claims": before["claims"] | digests})
    return folder


def _about(folder: Path) -> dict[str, Any]:
    """Return what describes a study."""
    return read_document(folder / ABOUT, "what describes a study of claims", ABOUT_SHAPE)


def _can_resume(folder: Path, settings: dict[str, Any], digests: dict[str, str]) -> bool:
    """Return whether a folder holds the same study; one that cannot be read is another."""
    try:
        return _is_same_study(_about(folder), settings, digests)
    except ConfigurationError:
        return False


def _is_same_study(about: dict[str, Any], settings: dict[str, Any], digests: dict[str, str]) -> bool:
    """Return whether a study has these settings and unchanged claim files."""
    same = all(about["claims"].get(number, digest) == digest for number, digest in digests.items())
    return same and about["settings"] == settings


def _new(root: Path) -> Path:
    """Return a folder name that is not in use."""
    when = datetime.now().strftime("%Y-%m-%d")
    folder, taken = root / when, 1
    while folder.exists():
        taken += 1
        folder = root / f"{when}_{taken}"
    return folder


def store_outcomes(folder: Path, result: ClaimsReplication) -> None:
    """Add the outcomes of a replication to its part."""
    path = _part(folder, result.number)
    outcomes = _read_part(path)["outcomes"] if is_taken(path) else {}
    for key, outcome in result.outcomes.items():
        levels = [_or_none(each) for each in outcome.levels]
        outcomes[key] = {"effect": _or_none(outcome.effect), "levels": levels}
    write(path, {"number": result.number, "seed": result.seed, "outcomes": outcomes})


def known_outcomes(folder: Path) -> dict[int, dict[str, Outcome]]:
    """Return every stored outcome, by replication and statement."""
    found = {}
    for path in sorted((folder / PARTS).glob("replication_*.json")):
        part = _read_part(path)
        found[int(part["number"])] = {
            key: Outcome(_or_nan(outcome["effect"]), tuple(_or_nan(each) for each in outcome["levels"]))
            for key, outcome in part["outcomes"].items()
        }
    return found


def write(path: Path, content: Any) -> None:
    """Write a document atomically."""
    write_atomically(path, (json.dumps(content, indent=1, allow_nan=False) + "\n").encode())


def _part(folder: Path, number: int) -> Path:
    return folder / PARTS / f"replication_{number:06d}.json"


def _read_part(path: Path) -> dict[str, Any]:
    """Return the stored outcomes of a replication.

    Raises
    ------
    ConfigurationError
        When the file is not as `store_outcomes` writes it.
    """
    expected = "the outcomes of a replication; remove it and it is made again"
    part = read_document(path, expected, PART_SHAPE)
    wrong = next(
        (found for key, each in part["outcomes"].items() if (found := misfit(each, OUTCOME_SHAPE, key))), None
    )
    if path.stem != f"replication_{part['number']:06d}":
        wrong = "number is not that of its name"
    if wrong:
        raise ConfigurationError(f"{path}: {wrong}; expected {expected}")
    return part


def _or_none(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
