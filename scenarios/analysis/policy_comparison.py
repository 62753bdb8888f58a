"""`landingsbaan compare policy=a,b`: policies on one city, each against the same reference."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.comparison import write_and_say
from scenarios.analysis.main_job import folder_of_now
from scenarios.common.errors import ConfigurationError
from scenarios.common.terminal import Progress
from scenarios.config.keys import key_called, value_called
from scenarios.reporting.summary.remainder import PARTS, REPORTED, effects_between, remainder_of
from scenarios.runs.arms import PLACEBOS, Arm, placebo_arms, placebos_of, policy_arm, policy_branch_month
from scenarios.runs.replications import (
    arms_at_branch_point,
    do_all,
    parameters_of_replication,
    run_with_branches,
)
from scenarios.runs.resources import BYTES_OF_FIGURES, compile_rules, memory_of
from scenarios.runs.run_document import provenance
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.model import Model
from simulation.months import month_text, year_of
from simulation.outcomes.definitions import outcome_rows, values_of
from simulation.outcomes.policies import (
    POLICY_TABLES,
    costs_table,
    money_table,
    policies_table,
    policy_differences_table,
    ranking_table,
)
from simulation.parameters import Parameters
from simulation.population.municipality_profile import COUNTRY
from simulation.recording.arm_names import POLICY, REFERENCE
from simulation.recording.recorder import as_table, in_table_units
from simulation.recording.store import Run, RunWriter, open_run

FOLDER = "results/compare"
BYTES_PER_ARM = 200_000  # generous upper bound for the outcomes and costs of one arm in parquet
# Defaults of the city.
CITY = "municipality=neutral_city"


@dataclass
class PolicyComparison:
    """Policies on one city, each against the reference.

    Attributes
    ----------
    reference : Scenario
        The city under the reference policy, with the settings shared by all policies.
    policies : dict of str to Scenario
        The same city under each policy, by policy name.
    """

    reference: Scenario
    policies: dict[str, Scenario]

    @property
    def order(self) -> list[str]:
        """Names of all policies, the reference first."""
        return [REFERENCE, *self.policies]

    @property
    def folder(self) -> Path:
        """Folder that contains the folder of this comparison."""
        return self.reference.folder

    @property
    def name(self) -> str:
        """Names of the policies, as part of a folder name."""
        shown = list(self.policies)[:3]
        more = len(self.policies) - len(shown)
        return "_".join([*shown, *([f"and_{more}_more"] if more else [])])

    @property
    def expected_bytes(self) -> int:
        """Estimated maximum size of the results in bytes."""
        return len(self.reference.seeds) * len(self.order) * BYTES_PER_ARM + BYTES_OF_FIGURES

    @property
    def memory_bytes(self) -> int:
        """Estimated memory of simultaneous runs in bytes."""
        one = self.reference
        return memory_of(one.profile.households, len(one.seeds), one.processes)


def policy_comparison_from(policies: list[str], overrides: list[str]) -> PolicyComparison:
    """Return the requested comparison.

    Parameters
    ----------
    policies : list of str
        One or more members of conf/policy.
    overrides : list of str
        Keys and groups of `landingsbaan run`, without `policy`.

    Raises
    ------
    ConfigurationError
        For invalid requests, before anything is run.
    """
    given = f"policy={','.join(policies)}"
    if len(set(policies)) < len(policies) or REFERENCE in policies or not all(policies):
        raise ConfigurationError(
            f"{given}: expected different policies without the reference, which each is compared with, as "
            "policy=early_signalling,larger_teams"
        )
    names = {each.lstrip("+").partition("=")[0] for each in overrides}
    own = next(
        (name for name in sorted(names) if name.startswith("policy.") and name != "policy.start"), None
    )
    if own is not None:
        raise ConfigurationError(
            f"{own}=...: compare takes policies by name; write yours as a file (--config-dir)"
        )
    shared = [*([] if {"municipality", "system"} & names else [CITY]), *overrides]
    shared += [] if "output.folder" in names else [f"output.folder={FOLDER}"]
    if "decompose" in names:
        raise ConfigurationError("decompose=...: of one policy only; use landingsbaan run")
    found = {name: scenario_from([*shared, f"policy={name}"]) for name in policies}
    for name, scenario in found.items():
        both = next((each for each in sorted(names) if each in scenario.policy.changes), None)
        if both is not None:
            raise ConfigurationError(
                f"{both}=...: {name} changes it, and all policies have one reference; leave it out"
            )
    reference = scenario_from([*shared, f"policy={REFERENCE}"])
    if reference.municipality == COUNTRY:
        raise ConfigurationError(f"municipality={COUNTRY}: compare takes one municipality")
    return PolicyComparison(reference, found)


# The comparison: runs, folder, figure, summary.

REQUIRED = (
    "title",
    "order",
    "policies",
    "replications",
    "seeds",
    "households",
    "inhabitants",
    "notes",
    "result_version",
)


@dataclass
class ComparedReplication:
    """Result of one replication: outcomes and costs of every policy.

    `levels` has the outcomes reported next to an effect, by arm and outcome, placebo arms included.
    """

    number: int
    outcomes: pd.DataFrame
    costs: pd.DataFrame
    inhabitant_years: float
    levels: dict[str, dict[str, float]]


def run(comparison: PolicyComparison) -> Path:
    """Run a comparison, write its folder, draw its figure, print its summary; return the folder.

    Nothing is written before all replications are done.
    """
    begin = time.perf_counter()
    one = comparison.reference
    compile_rules(one.language)
    done: dict[int, ComparedReplication] = {}
    with Progress(one) as progress:

        def keep(compared: ComparedReplication) -> None:
            done[compared.number] = compared
            progress.count_done(compared)

        numbers = list(range(len(one.seeds)))
        do_all(partial(simulate, comparison), numbers, one.processes, keep)
    ordered = [done[number] for number in numbers]
    with RunWriter(folder_of_now(comparison.folder, comparison.name), POLICY_TABLES, REQUIRED,
                   numbered=True) as writer:  # fmt: skip
        for name, table in tables_of(comparison, ordered).items():
            writer.table(name, table)
        writer.document(document_of(comparison, ordered, time.perf_counter() - begin))
    draw_and_print(open_run(writer.folder, POLICY_TABLES), one.language, one.figures)
    return writer.folder


def simulate(comparison: PolicyComparison, number: int) -> ComparedReplication:
    """Simulate the reference and every policy in one replication, from one initial state."""
    one = comparison.reference
    first_year = int(year_of(one.transition_month))
    parameters, transition = parameters_of_replication(one, number)[0], month_text(one.transition_month)
    arms = arms_of_comparison(comparison, parameters)
    compared = {arm.name for arm in arms}
    arms = [*placebo_arms_of_comparison(comparison, parameters, number), *arms]
    outcomes, costs, levels, inhabitant_years = {}, {}, {}, 0.0
    for arm, model in run_arms(comparison, number, arms):
        recorded = in_table_units("monthly", model.recorder.table("monthly", model, one.start_month))
        levels[arm.name] = values_of(recorded, transition, (*REPORTED, *PARTS))
        if arm.name not in compared:
            release(model, dismantle=True)
            continue
        monthly = as_table(
            "monthly", model.recorder.table("monthly", model, one.start_month), number, REFERENCE
        )
        paid = as_table("costs", model.recorder.table("costs", model, one.start_month), number, REFERENCE)
        outcomes[arm.name] = outcome_rows(monthly, first_year)
        costs[arm.name] = paid
        if arm.name == REFERENCE:
            since = monthly[monthly["month"] >= one.transition_month]
            inhabitant_years = float(since["inhabitants"].iloc[0]) * len(since) / 12.0
        release(model, dismantle=True)
    same = {arm.name: arm.same_as for arm in arms if arm.same_as is not None}
    levels |= {name: levels[other] for name, other in same.items()}
    rows, paid_rows = [], []
    for name in comparison.order:
        other = same.get(name, name)
        rows.append(outcomes[other].assign(policy=name, replication=number))
        paid_rows.append(costs[other].assign(arm=name))
    names = POLICY_TABLES["policy_outcomes"].names
    return ComparedReplication(
        number,
        pd.concat(rows, ignore_index=True)[names],
        pd.concat(paid_rows, ignore_index=True),
        inhabitant_years,
        levels,
    )


def arms_of_comparison(comparison: PolicyComparison, parameters: Parameters) -> list[Arm]:
    """Return every policy as an arm under its own name, and the reference.

    All apply their parameters in the same months, including the transition, as in a run.
    """
    arms = [
        replace(policy_arm(scenario, parameters), name=name) for name, scenario in comparison.policies.items()
    ]
    transition = comparison.reference.transition_month
    last = max(transition, *(arm.branch_month for arm in arms))
    return [*arms, Arm(REFERENCE, parameters, last)]


def placebo_arms_of_comparison(
    comparison: PolicyComparison, parameters: Parameters, number: int
) -> list[Arm]:
    """Return placebo arms of every policy and of the reference; none after the first few replications."""
    if number >= comparison.reference.placebo_count:
        return []
    found = {}
    for name, scenario in comparison.policies.items():
        policy, placebos = policy_arm(scenario, parameters), placebos_of(scenario.policy.changes)
        for arm in placebo_arms(policy, parameters, placebos):
            own = arm_name(name, arm.name, policy.branch_month)
            same_as = arm.same_as and arm_name(name, arm.same_as, policy.branch_month)
            found[own] = replace(arm, name=own, same_as=same_as)
    return list(found.values())


def arm_name(policy: str, arm: str, branch_month: int) -> str:
    """Return the unique name of an arm among all policies; comparison arms are shared between policies.

    Examples
    --------
    >>> arm_name("larger_teams", "no_effect_policy", 180), arm_name("larger_teams", "reference", 180)
    ('larger_teams no_effect_policy', 'reference')
    >>> arm_name("larger_teams", "no_effect_reference", 180)
    'no_effect_reference 180'
    """
    if arm == REFERENCE:
        return REFERENCE
    shared = {each.against for each in PLACEBOS}
    return f"{arm} {branch_month}" if arm in shared else f"{policy} {arm}"


def beside(comparison: PolicyComparison, ordered: list[ComparedReplication]) -> dict[str, dict[str, Any]]:
    """Return the effects of every policy in placebo runs, and its cost components."""
    found = {}
    for name, scenario in comparison.policies.items():
        placebos = placebos_of(scenario.policy.changes) if comparison.reference.placebo_count else ()
        branch_month = policy_branch_month(scenario)
        wanted = {POLICY: name, REFERENCE: REFERENCE}
        for each in placebos:
            wanted |= {arm: arm_name(name, arm, branch_month) for arm in (each.name, each.against)}
        levels = {
            arm: {
                outcome: np.array([each.levels[own][outcome] for each in ordered if own in each.levels])
                for outcome in (*REPORTED, *PARTS)
            }
            for arm, own in wanted.items()
        }
        found[name] = remainder_of(effects_between(levels, {each.name: each.against for each in placebos}))
    return found


def run_arms(comparison: PolicyComparison, number: int, arms: list[Arm]) -> Iterator[tuple[Arm, Model]]:
    """Yield every arm with its model at the end of the window."""
    one = comparison.reference
    # Not run; adds the month of the transition, in which every arm applies its parameters.
    applied = Arm("transition", arms[-1].parameters, one.transition_month, same_as=REFERENCE)
    every = [*arms, applied]
    branch_months = sorted({arm.branch_month for arm in every})
    for arm, model in arms_at_branch_point(one, one.seeds[number], every):
        model.recorder.stored = ("costs",)
        yield arm, run_with_branches(model, arm.parameters, branch_months, one.end_month + 1)


def tables_of(comparison: PolicyComparison, ordered: list[ComparedReplication]) -> dict[str, pd.DataFrame]:
    """Return every table of the folder."""
    order = comparison.order
    outcomes = pd.concat([each.outcomes for each in ordered], ignore_index=True)
    paid = pd.concat([each.costs for each in ordered], ignore_index=True)
    costs = costs_table(paid, order, int(year_of(comparison.reference.transition_month)))
    years = pd.Series({each.number: each.inhabitant_years for each in ordered})
    return {
        "policy_outcomes": outcomes,
        "policies": policies_table(outcomes, order),
        "policy_differences": policy_differences_table(outcomes, order),
        "ranking": ranking_table(outcomes, order),
        "policy_costs": costs,
        "money": money_table(costs, order, years),
    }


def document_of(
    comparison: PolicyComparison, ordered: list[ComparedReplication], run_seconds: float
) -> dict[str, Any]:
    """Return the description of a comparison for run.json."""
    one = comparison.reference
    households = round(one.profile.households_at(one.start_month))
    return {
        "title": f"{', '.join(comparison.policies)} on {one.municipality}",
        "order": list(comparison.policies),
        "policies": {name: _about(each, one.parameters) for name, each in comparison.policies.items()},
        "municipality": one.profile.name,
        "municipality_slug": one.municipality,
        "system": one.system,
        "landing": one.landing,
        "transition": month_text(one.transition_month),
        "first_month": month_text(one.start_month),
        "last_month": month_text(one.end_month),
        "replications": len(one.seeds),
        "seeds": one.seeds,
        "draw": one.draw,
        "beside": beside(comparison, ordered),
        "households": households,
        "inhabitants": round(households * one.profile.inhabitants_per_household),
        "notes": sorted({note for each in comparison.policies.values() for note in each.notes}),
        "overrides": one.overrides,
        **provenance(one.processes, run_seconds),
    }


def _about(scenario: Scenario, reference: Parameters) -> dict[str, Any]:
    """Return the description of a policy: titles, source, text, and the old and new value of each lever."""
    plan, choice = scenario.policy, scenario.configuration["policy"]
    return {
        "title": {"en": plan.title, "nl": plan.title_nl},
        "source": choice["source"],
        "about": {"en": choice["about"], "nl": choice["about_nl"] or choice["about"]},
        "start": month_text(plan.start_month),
        "changes": {
            name: {"from": value_called(reference, name), "to": value, "unit": key_called(name).unit}
            for name, value in plan.changes.items()
        },
    }


def redraw_and_print(folder: Path, language: str) -> None:
    """Draw the figure of a stored comparison again, and print its summary."""
    draw_and_print(open_run(folder, POLICY_TABLES), language, with_figures=True)


def draw_and_print(finished: Run, language: str, with_figures: bool) -> None:
    """Draw the figure and write the summary in both languages; print it in the requested one."""
    from scenarios.reporting.summary.comparison import policy_summary

    if with_figures:
        from scenarios.reporting.figures.comparison import draw_policies  # slow to import

        write_and_say(finished, language, policy_summary, draw_policies)
    else:
        write_and_say(finished, language, policy_summary)
