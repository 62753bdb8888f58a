"""`landingsbaan story`: one household under two policies, side by side."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.main_job import folder_of_now
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.terminal import say
from scenarios.config.keys import PICKS, STORY_KEYS, scenario_overrides, whole_number
from scenarios.reporting.stories.text import write_story
from scenarios.runs.arms import Arm, arms_of, first_month_of_warm_up
from scenarios.runs.replications import (
    ReplicationResult,
    arms_at_branch_point,
    parameters_of_replication,
    run_with_branches,
)
from scenarios.runs.resources import compile_rules
from scenarios.runs.run_document import run_document
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.model import Model
from simulation.randomness.common_random_numbers import Purpose, uniforms
from simulation.recording.arm_names import POLICY, POLICY_ARMS, REFERENCE
from simulation.recording.household_diary import COUNTED, HouseholdDiary, HouseholdSurvey

# Selection of the household of a story; the rule is stated in the story itself.

LEAST = 0.005  # half a cent: smaller differences are rounding errors


@dataclass(frozen=True)
class Twins:
    """Comparison of all households under two policies.

    Attributes
    ----------
    difference : float64 array of shape (n_households, n_counted)
        Second arm minus first, in the units of `COUNTED`.
    here : bool array of shape (n_households,)
        Residents at the start of the comparison.
    differs : bool array of shape (n_households,)
        Households that differ in any of `COUNTED`.
    score : float64 array of shape (n_households,)
        Projection of a household's difference on the direction of the average difference; 1 is as far as the
        average itself.
    """

    difference: np.ndarray
    here: np.ndarray
    differs: np.ndarray
    score: np.ndarray

    @property
    def along(self) -> np.ndarray:
        """Households with a difference in the direction of the average."""
        return self.differs & (self.score > 0.0)

    @property
    def against(self) -> np.ndarray:
        """Households with a difference in the opposite direction."""
        return self.differs & (self.score < 0.0)

    @property
    def agrees(self) -> np.ndarray:
        """Households that differ in the direction of the average in every counted quantity."""
        sign = np.sign(self.difference[self.here].mean(axis=0)) if self.here.any() else 0.0
        return self.along & (self.difference * sign >= -LEAST).all(axis=1)

    def average_differences(self, those: np.ndarray) -> dict[str, float]:
        """Return the average difference of some households, by counted quantity."""
        if not those.any():
            return dict.fromkeys(COUNTED, 0.0)
        return dict(zip(COUNTED, self.difference[those].mean(axis=0).tolist(), strict=True))


def compare(one: HouseholdSurvey, other: HouseholdSurvey) -> Twins:
    """Compare every household under two policies.

    Each counted quantity is scaled by its spread over the households that differ, so that euros do not
    outweigh crises; the direction is that of the average over all households.
    """
    difference = np.column_stack([other.counted[name] - one.counted[name] for name in COUNTED])
    here = one.here & other.here
    difference[~here] = 0.0
    differs = (np.abs(difference) > LEAST).any(axis=1)
    spread = np.sqrt((difference[differs] ** 2).mean(axis=0)) if differs.any() else np.ones(len(COUNTED))
    scaled = difference / np.where(spread > 0.0, spread, 1.0)
    mean = scaled[here].mean(axis=0) if here.any() else np.zeros(len(COUNTED))
    length = float(mean @ mean)
    score = scaled @ mean / length if length > 0.0 else np.zeros(len(difference))
    return Twins(difference, here, differs, score)


def pick_household(twins: Twins, pick: str, seed: int) -> int:
    """Return the household of a story.

    Parameters
    ----------
    pick : str
        "typical": the median by score of the households whose difference has the direction of the average in
        every counted quantity, or else in total; "largest": the one with the highest score; "random": drawn
        from all that differ, in any direction.

    Raises
    ------
    ConfigurationError
        When no household differs.
    """
    choices = [twins.differs] if pick == "random" else [twins.agrees, twins.along, twins.differs]
    wanted = next((found for found in map(np.flatnonzero, choices) if found.size), np.array([], dtype=int))
    if not wanted.size:
        raise ConfigurationError(
            "story: the two policies make no difference to any household; choose another policy=, seed or "
            "longer window.end"
        )
    if pick == "random":
        random_numbers = uniforms(seed, len(twins.differs), 0, Purpose.STORY_PICKED)
        return int(wanted[np.argmin(random_numbers[wanted])])
    by_score = wanted[np.argsort(twins.score[wanted], kind="stable")]
    return int(by_score[-1] if pick == "largest" else by_score[(len(by_score) - 1) // 2])


FOLDER = "results/stories"


@dataclass(frozen=True)
class StoryRequest:
    """A resolved request for a story.

    Attributes
    ----------
    scenario : Scenario
        Scenario to run; its policy arm is the second run unless `against` is given.
    against : Scenario or None
        The same municipality under another system.
    household : int or None
        Number of the household; None selects one.
    pick : str
        Rule of selection, one of `PICKS`.
    """

    scenario: Scenario
    against: Scenario | None
    household: int | None
    pick: str


def read_story_request(overrides: list[str]) -> StoryRequest:
    """Return the request in the overrides of `story`.

    Raises
    ------
    ConfigurationError
        For an invalid household number, selection rule or system.
    """
    mine = {}
    for each in overrides:
        name, _, value = each.partition("=")
        if name in STORY_KEYS:
            mine[name] = value
    others = scenario_overrides(overrides)
    if not any(each.startswith("output.folder=") for each in others):
        others.append(f"output.folder={FOLDER}")
    pick = mine.get("pick", PICKS[0])
    if pick not in PICKS:
        raise ConfigurationError(f"pick = {pick}: expected one of {', '.join(PICKS)}{nearest(pick, PICKS)}")
    if "pick" in mine and "household" in mine:
        raise ConfigurationError(
            "pick = " + pick + ": a household is named already; leave out one of the two"
        )
    household = whole_number(mine.get("household", ""))
    if "household" in mine and (household is None or household < 0):
        raise ConfigurationError(
            f"household = {mine['household'][:60]}: expected a whole number from 0, as household=4711"
        )
    scenario = scenario_from(others)
    against = _against(scenario, others, mine["against"]) if "against" in mine else None
    return StoryRequest(scenario, against, household, pick)


def _against(scenario: Scenario, overrides: list[str], system: str) -> Scenario:
    """Return the same municipality under another system."""
    if any(each.startswith("policy=") for each in overrides):
        raise ConfigurationError(f"against = {system}: compares two systems; leave out policy=")
    if system == scenario.system:
        raise ConfigurationError(f"against = {system}: the same system twice; expected another")
    kept = [each for each in overrides if each.partition("=")[0] not in ("system", "municipality")]
    return scenario_from([*kept, f"municipality={scenario.municipality}", f"system={system}"])


def arms_of_story(asked: StoryRequest) -> list[Arm]:
    """Return the two arms of the story and, not run, the other arms of a run of the scenario."""
    scenario = asked.scenario
    parameters, _ = parameters_of_replication(scenario, 0)
    if asked.against is None:
        policy, reference, *others = arms_of(scenario, parameters)
        if policy.same_as is not None:
            raise ConfigurationError(
                f"policy = {scenario.policy.name}: it changes nothing, so both runs are the same; choose "
                "another policy= or against=SYSTEM"
            )
        return [policy, reference, *(replace(other, same_as=REFERENCE) for other in others)]
    other, _ = parameters_of_replication(asked.against, 0)
    begin = first_month_of_warm_up(scenario)
    return [Arm(POLICY, other, begin, initial=other), Arm(REFERENCE, parameters, begin)]


def divergence_month(asked: StoryRequest) -> int:
    """Return the first month in which the two runs may differ."""
    return arms_of_story(asked)[0].branch_month


def run_story(asked: StoryRequest) -> Path:
    """Simulate both runs and write their story; return the folder.

    Nothing is written before both runs are complete.
    """
    document, tables = simulate_twice(asked)
    scenario = asked.scenario
    named = replace(scenario, policy=replace(scenario.policy, name=_name_of_second(asked)))
    folder = folder_of_now(scenario.folder, f"{named.name}_household_{document['household']}")
    return write_story(folder, document, tables, numbered=True)


def simulate_twice(asked: StoryRequest) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Simulate both runs, select a household, and simulate them again with its diary.

    Returns the description of the story, and its tables.
    """
    begin = time.perf_counter()
    scenario = asked.scenario
    language = scenario.language
    compile_rules(language)
    resident_at = max(divergence_month(asked), scenario.start_month)
    say("twins", language)
    surveys = _surveyed(asked, resident_at)
    twins = compare(surveys[REFERENCE], surveys[POLICY])
    household = _household(asked, twins)
    say("watched", language, household=household)
    diaries = _watched(asked, household)
    tables = {arm: _tables(scenario, diaries[arm], resident_at) for arm in POLICY_ARMS}
    _check_has_events(household, tables)
    since = diaries[REFERENCE].portraits[resident_at]["since"]
    _, drawn = parameters_of_replication(scenario, 0)
    one_replication = [ReplicationResult(0, scenario.seeds[0], drawn, {})]
    document = run_document(scenario, one_replication, time.perf_counter() - begin) | {
        "household": household,
        "picked": "named" if asked.household is not None else asked.pick,
        "against": None if asked.against is None else asked.against.configuration,
        "arms": _titles(asked),
        "divergence_month": divergence_month(asked),
        "resident_at": resident_at,
        "portrait": diaries[REFERENCE].portraits[resident_at],
        "comparison": _comparison(twins, household),
        "first_told": max(scenario.start_month, since),
        "last_told": max(int(tables[arm]["months"]["month"].max()) for arm in POLICY_ARMS),
        "start": scenario.start_month,
        "end": scenario.end_month,
    }
    joined = {
        name: pd.concat([tables[arm][name].assign(arm=arm) for arm in POLICY_ARMS], ignore_index=True)
        for name in ("notes", "months", "costs")
    }
    return document, joined


def run_and_print(asked: StoryRequest) -> None:
    """Write a story, print its text in the requested language, and its path."""
    folder = run_story(asked)
    language = asked.scenario.language
    print((folder / f"story_{language}.md").read_text(encoding="utf-8"))
    say("story", language, folder=folder)


def _name_of_second(asked: StoryRequest) -> str:
    """Return the name of the second run for the name of a folder."""
    return asked.scenario.policy.name if asked.against is None else f"against_{asked.against.system}"


def _run(asked: StoryRequest, attach_observer: Callable[[Model], None]) -> dict[str, Model]:
    """Simulate both runs from their initial state to the end and return their models."""
    scenario = asked.scenario
    arms = arms_of_story(asked)
    branch_months = sorted({arm.branch_month for arm in arms})
    models = {}
    for arm, model in arms_at_branch_point(scenario, scenario.seeds[0], arms, attach_observer):
        models[arm.name] = run_with_branches(model, arm.parameters, branch_months, scenario.end_month + 1)
    return models


def _observer_of(models: dict[str, Model]) -> dict[str, Any]:
    """Return the observer of each run, and release the models."""
    found = {arm: model.observers[0] for arm, model in models.items()}
    for model in models.values():
        release(model, dismantle=True)
    return found


def _surveyed(asked: StoryRequest, resident_at: int) -> dict[str, HouseholdSurvey]:
    """Simulate both runs with a survey of all households."""

    def attach_observer(model: Model) -> None:
        _check_number(asked.household, len(model.world.households))
        HouseholdSurvey(resident_at).start_watching(model)

    return _observer_of(_run(asked, attach_observer))


def _watched(asked: StoryRequest, household: int) -> dict[str, HouseholdDiary]:
    """Simulate both runs with the diary of one household."""
    return _observer_of(_run(asked, lambda model: HouseholdDiary(household).start_watching(model)))


def _check_number(household: int | None, households: int) -> None:
    """Raise ConfigurationError for a household number out of range."""
    if household is not None and household >= households:
        raise ConfigurationError(
            f"household = {household}: no such household, expected a number from 0 to {households - 1}"
        )


def _check_has_events(household: int, tables: dict[str, dict[str, pd.DataFrame]]) -> None:
    """Raise ConfigurationError for a household without any event."""
    if all(tables[arm]["notes"].empty for arm in POLICY_ARMS):
        raise ConfigurationError(
            f"household = {household}: nothing happens to it in these years, so it has no story; "
            f"choose "
            "another, or leave it to pick="
        )


def _household(asked: StoryRequest, twins: Twins) -> int:
    """Return the requested household, or the selected one."""
    if asked.household is None:
        return pick_household(twins, asked.pick, asked.scenario.seeds[0])
    if not twins.here[asked.household]:
        raise ConfigurationError(
            f"household = {asked.household}: nobody lives there yet when the two runs start to differ; "
            f"choose another"
        )
    return asked.household


def _tables(scenario: Scenario, diary: HouseholdDiary, resident_at: int) -> dict[str, pd.DataFrame]:
    """Return the diary of one run, for the months of the story."""
    return diary.tables(resident_at, scenario.start_month, scenario.end_month)


def _comparison(twins: Twins, household: int) -> dict[str, Any]:
    """Return the difference of this household, and average differences and counts of all households."""
    return {
        "households": int(twins.here.sum()),
        "differ": int(twins.differs.sum()),
        "along": int(twins.along.sum()),
        "against": int(twins.against.sum()),
        "average": twins.average_differences(twins.here),
        "average_of_those_who_differ": twins.average_differences(twins.differs),
        "this_household": dict(zip(COUNTED, twins.difference[household].tolist(), strict=True)),
    }


def _titles(asked: StoryRequest) -> dict[str, dict[str, str]]:
    """Return the names of the two runs in both languages."""
    scenario = asked.scenario
    if asked.against is None:
        policy = scenario.policy
        reference = {"en": "reference policy", "nl": "referentiebeleid"}
        return {REFERENCE: reference, POLICY: {"en": policy.title, "nl": policy.title_nl}}
    return {REFERENCE: _system_title(scenario), POLICY: _system_title(asked.against)}


def _system_title(scenario: Scenario) -> dict[str, str]:
    """Return the title of a system in both languages."""
    system = scenario.configuration["system"]
    return {"en": system["title"], "nl": system["title_nl"] or system["title"]}
