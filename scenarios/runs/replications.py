"""One pair: one parameter draw and one seed, and the arms that share their past until they differ."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import KINDS, LAWS, LINES, PARTIES
from scenarios.runs.arms import Arm, arms_of, first_month_of_past
from scenarios.runs.draws import draw_parameters, explicit_names
from scenarios.runs.scenario import Scenario
from simulation.finance.books import ITEMS
from simulation.model import Model
from simulation.parameters import Parameters
from simulation.processes.snapshots import STATES, TYPES
from simulation.recording.arm_names import ARMS, FULL_ARMS, POLICY, REFERENCE
from simulation.recording.recorded import as_table

# What is recorded of arms that are there for a comparison of money, beside the monthly table.
KEPT_FOR_COMPARISON = ("costs", "open_care")
# Texts that come back on many rows are kept as numbers of a list.
CATEGORIES = {
    "arm": ARMS, "payer": PARTIES, "payee": PARTIES, "line": LINES, "law": LAWS,
    "kind": KINDS, "item": ITEMS, "household_type": TYPES, "from_state": STATES, "to_state": STATES,
}  # fmt: skip

Tables = dict[str, pd.DataFrame]
# Told: number of the pair, and the monthly table of reference and policy.
Tell = Callable[[int, pd.DataFrame], None]
# Given a model that is about to begin its past.
Attend = Callable[[Model], None]


@dataclass
class PairResult:
    """What one pair leaves behind.

    Attributes
    ----------
    number, seed : int
        Number of the pair, from 0, and its seed.
    drawn : dict
        Drawn parameters by full name; empty without draws.
    tables : dict of str to DataFrame
        Tables as the schema declares them, all arms that have them below one another.
    """

    number: int
    seed: int
    drawn: dict[str, Any]
    tables: Tables


def run_pair(scenario: Scenario, number: int, tell: Tell | None = None) -> PairResult:
    """Run every arm of one pair.

    Parameters
    ----------
    scenario : Scenario
        What is run.
    number : int
        Number of the pair, from 0: it takes seed `number` of the scenario and draw `number`.
    tell : function, optional
        Called once, as soon as reference and policy are known.
    """
    seed = scenario.seeds[number]
    parameters, drawn = parameters_of_pair(scenario, number)
    arms = arms_of(scenario, parameters, number)
    departures = sorted({arm.departure for arm in arms})
    found: dict[str, Tables] = {}
    for arm, model in arms_with_past(scenario, seed, arms):
        if arm.name not in FULL_ARMS:
            model.recorder.kept = KEPT_FOR_COMPARISON
        lives_through(model, arm.parameters, departures, scenario.end_month + 1)
        found[arm.name] = _tables_of(model, scenario, number, arm.name)
        if tell is not None and REFERENCE in found and POLICY in found:
            tell(number, _first_curve(found))
            tell = None
    for arm in arms:
        if arm.same_as is not None:
            found[arm.name] = _renamed(found[arm.same_as], arm.name)
    if tell is not None:
        tell(number, _first_curve(found))
    ordered = [found[arm] for arm in ARMS if arm in found]
    return PairResult(number, seed, drawn, {name: below_one_another(ordered, name) for name in ordered[0]})


def run_arm(scenario: Scenario, number: int, name: str) -> Tables:
    """Run one arm of a pair alone, as it lives beside the others, and return its tables."""
    parameters, _ = parameters_of_pair(scenario, number)
    arms = arms_of(scenario, parameters, number)
    arm = next(each for each in arms if each.name == name)
    departures = sorted({each.departure for each in arms})
    founded = arm.founded or parameters
    model = begin_past(scenario, scenario.seeds[number], founded)
    if name not in FULL_ARMS:
        model.recorder.kept = KEPT_FOR_COMPARISON
    lives_through(model, founded, departures, arm.departure)
    lives_through(model, arm.parameters, departures, scenario.end_month + 1)
    return _tables_of(model, scenario, number, name)


def parameters_of_pair(scenario: Scenario, number: int) -> tuple[Parameters, dict[str, Any]]:
    """Return the parameters of a pair's reference arm, and what was drawn.

    What the user set stays, and so does what the system's source tells.
    """
    if not scenario.draw:
        return scenario.parameters, {}
    given = explicit_names(scenario.overrides) | set(scenario.configuration["system"]["changes"])
    seed = scenario.seeds[0] if scenario.draw_seed is None else scenario.draw_seed
    return draw_parameters(scenario.parameters, number, seed, given, scenario.posterior, scenario.place)


def begin_past(scenario: Scenario, seed: int, parameters: Parameters, attend: Attend | None = None) -> Model:
    """Return a model at the beginning of its past; details are recorded in reported months only."""
    begin = first_month_of_past(scenario)
    model = Model(parameters, scenario.profile, seed, begin, scenario.end_month)
    model.recorder.detail_from = scenario.start_month
    if attend is not None:
        attend(model)
    return model


def arms_with_past(
    scenario: Scenario, seed: int, arms: list[Arm], attend: Attend | None = None
) -> Iterator[tuple[Arm, Model]]:
    """Yield every arm that is run with its model in the month of its departure.

    The past that is shared is run once: the last arm continues it, the others get a copy. `attend`
    is given every model as it begins, to bring witnesses.
    """
    departures = sorted({arm.departure for arm in arms})
    running = [arm for arm in arms if arm.same_as is None]
    sharing = sorted((arm for arm in running if arm.founded is None), key=lambda arm: arm.departure)
    for arm in running:
        if arm.founded is not None:
            past = begin_past(scenario, seed, arm.founded, attend)
            yield arm, lives_through(past, arm.founded, departures, arm.departure)
    reference = next(arm.parameters for arm in arms if arm.name == REFERENCE)
    shared = begin_past(scenario, seed, reference, attend)
    for arm in sharing:
        lives_through(shared, reference, departures, arm.departure)
        yield arm, shared if arm is sharing[-1] else shared.fork()


def lives_through(model: Model, parameters: Parameters, departures: list[int], until: int) -> Model:
    """Run a model up to, not including, a month, adopting its parameters at every departure.

    Every arm adopts in the same months, also one that changes nothing: what adopting does of itself
    (teams are planned for the inhabitants of that month) is then no difference between arms.
    """
    for month in departures:
        if model.month <= month < until:
            model.run_until(month).adopt(parameters)
    return model.run_until(until)


def _tables_of(model: Model, scenario: Scenario, number: int, arm: str) -> Tables:
    """Return the tables of a finished run and let go of its model, so that memory stays flat."""
    recorded = model.recorder.tables(model, scenario.start_month)
    release(model, dismantle=True)
    return {name: _compact(as_table(name, _with_texts(columns), number, arm))
            for name, columns in recorded.items()}  # fmt: skip


def _first_curve(found: dict[str, Tables]) -> pd.DataFrame:
    """Return the monthly table of reference and policy."""
    return below_one_another([found[REFERENCE], found[POLICY]], "monthly")


def _with_texts(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns; those of texts are texts also when there are none, in a window without December."""
    return {name: np.asarray(values, dtype=str) if name in CATEGORIES else values
            for name, values in columns.items()}  # fmt: skip


def _compact(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every text as a number of a fixed list."""
    texts = {name: pd.Categorical(table[name], kinds) for name, kinds in CATEGORIES.items() if name in table}
    return table.assign(**texts)


def _renamed(tables: Tables, arm: str) -> Tables:
    """Return another arm's tables under the name of this arm, as far as it has them."""
    kept = tables if arm in FULL_ARMS else {name: tables[name] for name in ("monthly", *KEPT_FOR_COMPARISON)}
    return {name: table.assign(arm=pd.Categorical([arm] * len(table), ARMS)) for name, table in kept.items()}


def below_one_another(tables: list[Tables], name: str) -> pd.DataFrame:
    """Return one table of several arms or pairs, those that have it, as one."""
    return pd.concat([each[name] for each in tables if name in each], ignore_index=True)
