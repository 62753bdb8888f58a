"""Questions: outcomes requested of many cases, each a parameter point with its own random numbers.

An outcome is any outcome of the register, of one arm or as a difference between two arms: `crises` is the
value under the policy; `effect_crises` that minus the value without the policy; `transition_harm_crises` that
minus the value with a phase-in period of eight years. Savings and break-even compare the policy with the
reference. The arms share people, random numbers and unknowns.

Cases are run as one study (scenarios/studies), so runs are resumed, reused and equal on every engine.

Factors are the levers, drawn parameters and random seed that vary. Designs are in shares from 0 to 1; a
factor converts a share to a value. Unknowns use the distributions of `scenarios/runs/draws.py`, so that an
exploration varies the same parameters as a draw.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import key_called, known_keys
from scenarios.config.overrides import interval_of, parsed
from scenarios.reporting.summary.remainder import PARTS, REPORTED
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.arms import HASTE, PLACEBOS, Placebo
from scenarios.runs.draws import FIXED, drawn_names, explicit_names, value_at_quantile
from scenarios.runs.resources import compile_rules
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import Design, Point
from scenarios.studies.engines import Engine
from scenarios.studies.plan import Plan, trajectory_of
from scenarios.studies.runner import run_study
from scenarios.studies.store import Folder
from simulation.months import MONTHS_PER_YEAR, month_number
from simulation.outcomes.definitions import MEASURES, OF_ONE_ARM, columns_behind, effect_of, unit_of, value_of
from simulation.outcomes.derived import YEARS_AFTER_CUT
from simulation.outcomes.rules import ArmSpan, span_of_table
from simulation.recording.arm_names import POLICY, REFERENCE

LEVER, UNKNOWN, RANDOM_SEED = "lever", "unknown", "random_seed"
SEEDS = 2**20  # number of values of the factor random seed
# Levers that vary by default, with their range (assumed): from none, or half of the usual value, to about
# double.
LEVERS: dict[str, tuple[float, float]] = {
    "landing.cut": (0.05, 0.35),
    "landing.years": (0.0, 8.0),
    "landing.years_ahead": (0.0, 2.0),
    "wijkteam.outreach_share": (0.0, 0.2),
    "referral_source.school_link": (0.0, 1.0),
    "referral_source.housing_corporation_link": (0.0, 1.0),
    "referral_source.debt_signals": (0.0, 1.0),
    "wijkteam.fte_per_1000": (0.6, 2.5),
    "wijkteam.collective_share": (0.0, 0.1),
    "wijkteam.one_plan": (0.0, 1.0),
    "provider.tariff": (0.85, 1.05),
    "municipality_government.reserves_eur_per_inhabitant": (0.0, 150.0),
    "municipality_government.patience_years": (0.0, 8.0),
}


@dataclass(frozen=True)
class Factor:
    """A quantity that varies: a lever with a range, a drawn parameter, or the random seed."""

    name: str
    kind: str
    low: float = 0.0
    high: float = 1.0

    def at(self, share: float, scenario: Scenario) -> Any:
        """Return the value at a share in [0, 1]."""
        if self.kind == UNKNOWN:
            return value_at_quantile(scenario.parameters, self.name, share)
        value = self.low + share * (self.high - self.low)
        known = known_keys().get(self.name)
        return round(value) if known is not None and known.kind is int else value


SEED_FACTOR = Factor(RANDOM_SEED, RANDOM_SEED)


def point_at(factors: Sequence[Factor], shares: np.ndarray, scenario: Scenario) -> tuple[Point, int]:
    """Return the point at the shares of all factors, and the replication that gives its random numbers.

    Parameters
    ----------
    factors : sequence of Factor
        In the same order as `shares`.
    shares : float64 array of shape (n_factors,)
        Position of every factor in its range, from 0 to 1.
    scenario : Scenario
        Centre of the drawn parameters.
    """
    point: Point = {}
    replication = 0  # of a design without the random seed as factor
    for factor, share in zip(factors, shares, strict=True):
        if factor.kind == RANDOM_SEED:
            replication = min(SEEDS - 1, int(share * SEEDS))
        else:
            point[factor.name] = factor.at(float(share), scenario)
    return point, replication


def split_intervals(overrides: list[str]) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """Return the ranges given as key=interval(low,high), and the remaining overrides."""
    ends, left = {}, []
    for each in parsed(overrides):
        text, name = each.input_line or "", each.key_or_group
        found = interval_of(each) if each.is_sweep_override() else None
        if found is None:
            if each.is_sweep_override():
                raise ConfigurationError(
                    f"{text}: expected one value, or an interval as {name}=interval(0,1)"
                )
            left.append(text)
            continue
        key = key_called(name)
        if key.lever is None or key.kind not in (int, float):
            raise ConfigurationError(f"{text}: only a lever or parameter that is a number can be varied")
        if not found[0] < found[1]:
            raise ConfigurationError(f"{text}: expected an interval from low to high")
        for end in found:
            key.check(round(end) if key.kind is int else end)
        ends[name] = found
    return ends, left


def factors_of(
    overrides: list[str], ends: dict[str, tuple[float, float]], levers: str = "default", unknowns: str = "all"
) -> tuple[Factor, ...]:
    """Return the factors of an exploration: levers, then drawn parameters.

    Parameters
    ----------
    overrides : list of str
        Overrides of the user; a key with a value does not vary.
    ends : dict of str to (float, float)
        Ranges given by the user, which have priority.
    levers : str
        "default", "none", or names of `LEVERS` with commas.
    unknowns : str
        "all", "none", or names of drawn parameters with commas.

    Raises
    ------
    ConfigurationError
        For a name that is no lever or drawn parameter, with the nearest name.
    """
    given = explicit_names(overrides)
    if _is_cut_set(overrides):
        given.add("landing.cut")
    if levers in ("default", "none"):
        chosen = [name for name in LEVERS if name not in given] if levers == "default" else []
    else:
        chosen = _listed("levers", levers, list(LEVERS), "give others a range, as key=interval(0,1)")
    ranges = {name: LEVERS[name] for name in chosen} | ends
    possible = drawn_names(given | set(ranges))
    if unknowns in ("all", "none"):
        drawn = possible if unknowns == "all" else []
    else:
        drawn = _listed("unknowns", unknowns, possible, "docs/parameters.md tells which are drawn")
    return (
        *(Factor(name, _kind(name), *found) for name, found in ranges.items()),
        *(Factor(name, UNKNOWN) for name in drawn),
    )


def _is_cut_set(overrides: list[str]) -> bool:
    """Return whether the user fixed the cut: by law, or by a landing without one."""
    names = ("landing.cut", "landing.cut_youth", "landing.cut_guidance", "landing.cut_household_help")
    return any(each.split("=")[0] in names or each == "landing=none" for each in overrides)


def _kind(name: str) -> str:
    """Return the kind of a factor with a range: a parameter that no policy sets is an unknown with bounds."""
    return LEVER if key_called(name).lever else f"{UNKNOWN} range"


def _listed(option: str, text: str, known: list[str], otherwise: str) -> list[str]:
    names = list(dict.fromkeys(name for name in text.split(",") if name))
    for name in names:
        if name not in known:
            raise ConfigurationError(
                f"{option} = {name}: expected names with commas, all, default or none"
                f"{nearest(name, known)}; {otherwise}"
            )
    return names


NO_CUT = "no_cut"
EFFECT, TRANSITION_HARM = "effect_", "transition_harm_"
AGAINST_NO_CUT = ("avoidable_crises",)
WORDS: dict[str, tuple[str, str]] = {
    EFFECT: ("{meaning}: what the policy changes", "{meaning}: wat het beleid verandert"),
    TRANSITION_HARM: (
        "{meaning}: more than with a phase-in period of eight years",
        "{meaning}: meer dan bij een overgangsperiode van acht jaar",
    ),
}


@dataclass(frozen=True)
class Asked:
    """An outcome requested of every case.

    Attributes
    ----------
    name : str
        Name as written by the user.
    measure : str
        Name in the register of outcomes.
    against : str or None
        Arm that is subtracted; None for the value of `arm` itself.
    arm : str
        The policy, or the policy with a mechanism switched off.
    """

    name: str
    measure: str
    against: str | None
    arm: str = POLICY

    @property
    def columns(self) -> tuple[str, ...]:
        """The monthly columns it is computed from."""
        return columns_behind(self.measure)

    def unit(self, language: str) -> str:
        """Return the unit."""
        if self.measure in OF_ONE_ARM:
            return unit_of(self.measure, language)
        return MEASURES[self.measure].unit[language]

    def meaning(self, language: str) -> str:
        """Return the description shown to users."""
        meaning = MEASURES[self.measure].meaning[language]
        for prefix, words in WORDS.items():
            if self.name.startswith(prefix):
                return words[LANGUAGES.index(language)].format(meaning=meaning)
        return meaning

    def in_words(self) -> dict[str, dict[str, str]]:
        """Return unit and meaning in both languages, for the document of a result."""
        return {
            "unit": {language: self.unit(language) for language in LANGUAGES},
            "meaning": {language: self.meaning(language) for language in LANGUAGES},
        }

    def value(self, arms: Mapping[str, Mapping[str, np.ndarray]], transition: int) -> float:
        """Return the outcome in one case.

        Parameters
        ----------
        arms : mapping of str to monthly columns
            The arm and its comparison, each in order of month.
        transition : int
            Month number of the transition.
        """
        seen = span_of_table(arms[self.arm], transition)
        if self.against is None:
            return value_of(self.measure, seen)
        other = span_of_table(arms[self.against], transition)
        if self.measure not in OF_ONE_ARM:  # the cost of preparation counts as well
            return effect_of(self.measure, replace(seen, first=0), replace(other, first=0))
        if self.against == HASTE.name:
            seen, other = _ten_years(seen), _ten_years(other)
        return value_of(self.measure, seen) - value_of(self.measure, other)


def _ten_years(seen: ArmSpan) -> ArmSpan:
    """Return the period in which transition harms are counted: up to ten years after the first cut."""
    return replace(seen, last=min(seen.last, seen.first + YEARS_AFTER_CUT * MONTHS_PER_YEAR))


def outcome_called(name: str) -> Asked:
    """Return the outcome with a name.

    Raises
    ------
    ConfigurationError
        For an unknown name, with the nearest one.
    """
    if name in OF_ONE_ARM:
        return Asked(name, name, None)
    for prefix, arm in ((EFFECT, REFERENCE), (TRANSITION_HARM, HASTE.name)):
        if name.startswith(prefix) and name.removeprefix(prefix) in OF_ONE_ARM:
            return Asked(name, name.removeprefix(prefix), arm)
    if name in MEASURES:
        return Asked(name, name, NO_CUT if name in AGAINST_NO_CUT else REFERENCE)
    known = [*MEASURES, *(prefix + each for prefix in (EFFECT, TRANSITION_HARM) for each in OF_ONE_ARM)]
    raise ConfigurationError(
        f"outcome = {name}: no such outcome{nearest(name, known)}; docs/results.md lists them, effect_ "
        f"before "
        "one asks what the policy changes, transition_harm_ how much worse it is than with a phase-in period "
        "of eight years"
    )


def remaining(measure: str, placebo: Placebo) -> Asked:
    """Return the remaining effect of the policy on an outcome with a mechanism switched off."""
    return Asked(f"{placebo.name}_{measure}", measure, placebo.against, placebo.name)


def beside_effect(placebos: Sequence[Placebo], measures: Sequence[str] = REPORTED) -> tuple[Asked, ...]:
    """Return the outcomes reported next to an effect: cost components, and effects in placebo runs."""
    whole = (outcome_called(EFFECT + name) for name in dict.fromkeys((*measures, *PARTS)))
    return (*whole, *(remaining(name, each) for each in placebos for name in measures))


def effects_of(asked: Sequence[Asked], values: np.ndarray) -> dict[str, dict[str, np.ndarray]]:
    """Return effects by arm and outcome, in the form that `remainder_of` takes.

    Parameters
    ----------
    asked : sequence of Asked
        Includes those of `beside_effect`; levels are left out, as they are no effects.
    values : float64 array of shape (n_draws, n_outcomes)
        Outcomes of all draws.
    """
    found: dict[str, dict[str, np.ndarray]] = {}
    of_placebos = {each.name: each.against for each in PLACEBOS} | {POLICY: REFERENCE}
    for place, each in enumerate(asked):
        if each.against == of_placebos[each.arm]:
            found.setdefault(each.arm, {})[each.measure] = values[:, place]
    return found


def outcomes_called(text: str) -> tuple[Asked, ...]:
    """Return the outcomes of a comma-separated list, without duplicates."""
    names = dict.fromkeys(name for name in text.split(",") if name)
    if not names:
        raise ConfigurationError("outcome: expected the name of an outcome, as outcome=savings")
    return tuple(outcome_called(name) for name in names)


def arms_asked(outcomes: tuple[Asked, ...]) -> tuple[str, ...]:
    """Return the arms that the outcomes need, the policy first."""
    needed = (arm for each in outcomes for arm in (each.arm, each.against) if arm is not None)
    return tuple(dict.fromkeys([POLICY, *needed]))


def point_of_arm(arm: str, point: Point, changes: Point) -> Point:
    """Return the point of one arm of a case.

    Parameters
    ----------
    arm : str
        "policy", "reference", "no_cut", or one of `PLACEBOS`.
    point : Point
        Parameters set by the case.
    changes : Point
        Parameters changed by the policy; the reference has none of these levers, whatever the case sets.
    """
    reference = {name: value for name, value in point.items() if name not in changes}
    policy = {**changes, **point}
    found = {POLICY: policy, REFERENCE: reference, NO_CUT: {**policy, "landing.cut": 0.0}}
    for each in PLACEBOS:
        found[each.name] = {**policy, **each.off}
        found.setdefault(each.against, {**reference, **each.off})
    return found[arm]


# Twenty thousand households of the average municipality; five years of warm-up, three recorded years before
# the transition, and ten after it.
SETTING = ("municipality=neutral_city", "system=national_average",
           "window.start=2012-01", "window.end=2024-12",
           "window.warm_up_months=60", "policy=early_signalling")  # fmt: skip
STORED = ("monthly",)
PARTS_AT_HAND = 32


@dataclass(frozen=True)
class Case:
    """One case: its parameter point, and the replication that gives its random numbers (and draw)."""

    point: Point
    replication: int


@dataclass(frozen=True)
class Question:
    """Scenario, policy and outcomes of an exploration.

    Attributes
    ----------
    overrides : tuple of str
        Settings shared by all cases, under the reference policy.
    changes : Point
        Parameters changed by the policy.
    outcomes : tuple of Asked
        Outcomes of every case.
    scenario : Scenario
        The scenario of all cases.
    policy : str
        Name of the policy.
    policy_title : dict of str to str
        Title of the policy by language.
    seeds_per_draw : int
        Number of replications (seeds) with the same draw of the unknowns.
    """

    overrides: tuple[str, ...]
    changes: Point
    outcomes: tuple[Asked, ...]
    scenario: Scenario
    policy: str
    policy_title: dict[str, str]
    seeds_per_draw: int = 1

    def plan(self, cases: Sequence[Case]) -> tuple[Plan, np.ndarray]:
        """Return the study of all cases, and point numbers by case and arm, shape (n_cases, n_arms)."""
        arms = arms_asked(self.outcomes)
        numbers: dict[str, int] = {}
        points: list[Point] = []
        point_replications: list[int] = []
        places = np.empty((len(cases), len(arms)), dtype=np.int64)
        for row, case in enumerate(cases):
            for column, arm in enumerate(arms):
                point = point_of_arm(arm, case.point, self.changes)
                key = f"{case.replication} {sorted(point.items())}"
                if key not in numbers:
                    numbers[key] = len(points)
                    points.append(point)
                    point_replications.append(case.replication)
                places[row, column] = numbers[key]
        axes = tuple(dict.fromkeys(name for point in points for name in point))
        design = Design("cases", axes, tuple(points), self.overrides)
        return Plan(design, 1, self.seeds_per_draw, (), tuple(point_replications)), places


@dataclass(frozen=True)
class Answer:
    """Results of all cases.

    Attributes
    ----------
    values : float64 array of shape (n_cases, n_outcomes)
        Outcomes; nan where missing.
    drawn : list of dict
        Drawn parameters of every case by full name; empty without draws.
    runs : int
        Number of model runs.
    core_seconds : float
        Run time in core-seconds.
    """

    values: np.ndarray
    drawn: list[dict[str, Any]]
    runs: int
    core_seconds: float


def question_from(overrides: list[str], outcomes: tuple[Asked, ...], draws: bool) -> Question:
    """Return the question given by overrides, with defaults from `SETTING`.

    Parameters
    ----------
    overrides : list of str
        Hydra overrides, without options and intervals.
    outcomes : tuple of Asked
        Requested outcomes.
    draws : bool
        Whether every case has a draw of the unknowns; otherwise cases set them, or they keep their values.
    """
    said = {each.split("=")[0] for each in overrides}
    left_out = {"municipality"} if "system" in said else set()
    defaults = [each for each in SETTING if each.split("=")[0] not in said | left_out]
    fixed = [] if draws or "replication.draws" in said else [f"replication.draws={FIXED}"]
    words = [*defaults, *fixed, *overrides]
    policy = scenario_from(words)
    changes = dict(policy.policy.changes)
    # The case sets the levers of the policy; only the start month of the policy is shared by all cases.
    shared = [each for each in words if not _is_of_policy(each) and each.split("=")[0] not in changes]
    shared.append("policy=reference")
    title = {"en": policy.policy.title, "nl": policy.policy.title_nl}
    return Question(tuple(shared), changes, outcomes, scenario_from(shared), policy.policy.name, title)


def _is_of_policy(override: str) -> bool:
    """Return whether an override chooses or changes the policy or its title; the start month is excluded."""
    name = override.lstrip("+~").split("=")[0]
    return name.split(".")[0] == "policy" and name != "policy.start"


def answer(
    question: Question,
    cases: Sequence[Case],
    folder: Folder,
    engine: Engine,
    count_done: Callable[[int], None] = lambda runs: None,
) -> Answer:
    """Run the cases that are not stored yet, and return the results of all."""
    plan, places = question.plan(cases)
    plan.check()
    compile_rules(question.scenario.language)
    run_study(plan, folder, engine, STORED, count_done)
    return _read(question, plan, places, folder)


def _read(question: Question, plan: Plan, places: np.ndarray, folder: Folder) -> Answer:
    """Return the outcomes of all cases, read from the stored parts of their study."""
    outcomes = question.outcomes
    columns = ["point", "month", *sorted({column for each in outcomes for column in each.columns})]
    part_of = {run.point: task.name for task in plan.tasks() for run in task.runs}

    @lru_cache(maxsize=PARTS_AT_HAND)
    def rows_of(part: str) -> dict[int, dict[str, np.ndarray]]:
        table = pq.read_table(folder.table_of(part, "monthly"), columns=columns)
        read = {name: table[name].to_numpy() for name in columns}
        begins = np.flatnonzero(np.diff(read["point"], prepend=-1))
        ends = [*begins[1:], len(read["point"])]
        return {
            int(read["point"][begin]): {name: read[name][begin:end] for name in columns[1:]}
            for begin, end in zip(begins, ends, strict=True)
        }

    arms = arms_asked(outcomes)
    values = np.empty((len(places), len(outcomes)))
    drawn: list[dict[str, Any]] = [{}] * len(places)
    for row in sorted(range(len(places)), key=lambda each: part_of[int(places[each, 0])]):
        numbers = [int(number) for number in places[row]]
        found = {arm: rows_of(part_of[n])[n] for arm, n in zip(arms, numbers, strict=True)}
        trajectory = trajectory_of(
            plan.scenario_of(numbers[0]),
            plan.design.points[numbers[0]],
            plan.point_replications[numbers[0]],
            question.seeds_per_draw,
        )
        drawn[row] = trajectory.drawn
        transition = month_number(trajectory.parameters.landing.transition)
        values[row] = [each.value(found, transition) for each in outcomes]
    seconds = [(folder.part_document(part) or {}).get("run_seconds", 0.0) for part in set(part_of.values())]
    return Answer(values, drawn, len(plan.design.points), float(sum(seconds)))
