"""The arms of a pair: what differs between them, and from which month on."""

from dataclasses import dataclass, replace
from typing import Any

from scenarios.scenario import Scenario
from simulation.months import MONTHS_PER_YEAR
from simulation.parameters import Parameters, changed

REFERENCE, POLICY, LONG_STRIP, SAME_MONEY = "reference", "policy", "long_strip", "same_money"
LONG_YEARS = 8.0
# Levers that are settled when the few are founded: they cannot change during a run.
FOUNDED = ("wijkteam.count", "wijkteam.youth_count", "provider.per_kind")
# Levers that already work before the transition, by so many years.
EARLY = ("landing.years_ahead", "wijkteam.years_early")


@dataclass(frozen=True)
class Arm:
    """One arm of a pair.

    Attributes
    ----------
    name : str
        "reference", "policy", "long_strip" or "same_money".
    parameters : Parameters
        What holds from the departure on.
    departure : int
        Month in which the arm may begin to differ from the reference; until then they share one past.
    founded : Parameters or None
        Parameters of a past of its own, where the arm is founded otherwise than the reference.
    same_as : str or None
        Another arm it cannot differ from, whose results are taken.
    """

    name: str
    parameters: Parameters
    departure: int
    founded: Parameters | None = None
    same_as: str | None = None


def arms_of(scenario: Scenario, parameters: Parameters) -> list[Arm]:
    """Return the arms in the order in which they are run: what the first curve needs comes first.

    Parameters
    ----------
    scenario : Scenario
        What is run.
    parameters : Parameters
        Of the reference, drawn.
    """
    policy = _policy_arm(scenario, parameters)
    transition = scenario.transition_month
    strips = [
        _strip_arm(LONG_STRIP, parameters, transition, years=LONG_YEARS, basis="as_announced"),
        _strip_arm(SAME_MONEY, parameters, transition, basis="same_money"),
    ]
    last = max(arm.departure for arm in (policy, *strips))
    return [policy, Arm(REFERENCE, parameters, last), *strips]


def policy_departure(scenario: Scenario) -> int:
    """Return the month from which the policy's changes hold, preparation included."""
    plan = scenario.policy
    early = max((plan.changes[name] for name in EARLY if name in plan.changes), default=0.0)
    start = min(plan.start_month, scenario.transition_month - round(MONTHS_PER_YEAR * early))
    return max(start, first_month_of_past(scenario)) if early else plan.start_month


def first_month_of_past(scenario: Scenario) -> int:
    """Return the month in which the warm-up begins."""
    return scenario.start_month - scenario.warm_up_months


def _policy_arm(scenario: Scenario, parameters: Parameters) -> Arm:
    """Return the policy arm; other numbers of teams or providers give it a past of its own."""
    changes = scenario.policy.changes
    changed_parameters = changed(parameters, changes)
    if changed_parameters == parameters:
        return Arm(POLICY, parameters, policy_departure(scenario), same_as=REFERENCE)
    founded = changed(parameters, {name: changes[name] for name in FOUNDED if name in changes})
    return Arm(
        POLICY,
        changed_parameters,
        policy_departure(scenario),
        founded=None if founded == parameters else founded,
    )


def _strip_arm(name: str, parameters: Parameters, transition: int, **landing: Any) -> Arm:
    """Return an arm that differs in its landing alone; the strip is told apart from the transition on."""
    chosen = parameters.landing
    other = replace(chosen, **landing)
    # Nothing is cut, or the basis is of no consequence because the strip is as long as the long one.
    alike = max(chosen.cuts()) == 0.0 or chosen.years == other.years == chosen.same_money_years
    same_as = REFERENCE if alike or other == chosen else None
    return Arm(name, replace(parameters, landing=other), transition, same_as=same_as)
