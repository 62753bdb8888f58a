"""The arms of a replication: what differs between them, and from which month on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from agents.wijkteam import policy_staff_per_1000
from scenarios.config.scenario_forms import read_option
from scenarios.runs.scenario import Scenario
from simulation.months import MONTHS_PER_YEAR
from simulation.parameters import Parameters, changed
from simulation.recording.arm_names import (
    DEEPER_CUT,
    FASTER_CUT,
    FINDS_NOBODY,
    LARGER_TEAMS,
    LONG_PHASE_IN,
    NEUTRAL_POLICY,
    NEUTRAL_REFERENCE,
    NO_EFFECT_POLICY,
    NO_EFFECT_REFERENCE,
    POLICY,
    REFERENCE,
    SAME_MONEY,
    SAME_STAFF,
    SMALLER_TEAMS,
)

LONG_YEARS = 8.0
# Levers that set numbers of teams and providers at initialisation: they cannot change during a run.
INITIAL_LEVERS = ("wijkteam.count", "wijkteam.youth_count", "provider.per_kind")
# Levers that take effect before the transition; their value is the number of years.
EARLY = ("landing.years_ahead", "wijkteam.years_early")
EXTRA_STAFF = "wijkteam.extra_fte_per_1000"
# How much deeper the deeper cut is (assumed).
DEEPER = 1.5


@dataclass(frozen=True)
class Placebo:
    """A placebo test: one mechanism is off in an arm, so any effect that remains has another cause.

    Attributes
    ----------
    name : str
        Name of the policy arm with the mechanism off.
    off : dict
        Lever values, by full name, that switch the mechanism off.
    against : str
        Arm it is compared with: the reference, or the reference with the mechanism off as well.
    """

    name: str
    off: dict[str, Any]
    against: str


FINDS = Placebo(FINDS_NOBODY, {"referral_source.finds_new": 0.0}, REFERENCE)
HELPS = Placebo(NO_EFFECT_POLICY, {"wijkteam.help_works": 0.0}, NO_EFFECT_REFERENCE)
# For a landing: with the same money only the speed differs; over eight years the cut is not rushed.
MONEY = Placebo(SAME_MONEY, {"landing.basis": "same_money"}, "same_money_reference")
HASTE = Placebo(
    LONG_PHASE_IN, {"landing.years": LONG_YEARS, "landing.basis": "as_announced"}, "long_phase_in_reference"
)
PLACEBOS = (FINDS, HELPS, MONEY, HASTE)


def placebos_of(levers: Iterable[str]) -> tuple[Placebo, ...]:
    """Return the placebo tests that apply to a change of these levers.

    Finding people applies to outreach and referral sources only, money and haste to landing levers only: a
    shorter phase-in period is faster and has less money, a deeper cut takes more over the same years.

    Parameters
    ----------
    levers : iterable of str
        Full names.

    Examples
    --------
    >>> [each.name for each in placebos_of(["wijkteam.outreach_share"])]
    ['finds_nobody', 'no_effect_policy']
    >>> [each.name for each in placebos_of(["landing.years", "landing.cut"])]
    ['same_money', 'long_phase_in']
    """
    names = set(levers)
    found = []
    if any(name == "wijkteam.outreach_share" or name.startswith("referral_source.") for name in names):
        found.append(FINDS)
    if any(not name.startswith("landing.") for name in names):
        found.append(HELPS)
    if names & {"landing.years", "landing.adaptive"}:
        found.append(MONEY)
    if any(name.startswith("landing.cut") for name in names):
        found.append(HASTE)
    return tuple(found)


@dataclass(frozen=True)
class Arm:
    """One arm of a replication.

    Attributes
    ----------
    name : str
        One of `simulation.recording.arm_names.ARMS`.
    parameters : Parameters
        Parameters from the branch month on.
    branch_month : int
        First month in which the arm may differ from the reference; until then they share one initial state.
    initial : Parameters or None
        Parameters of the arm's own initial state; None where it shares the reference's.
    same_as : str or None
        Name of an arm with the same results; these are copied instead of simulated.
    """

    name: str
    parameters: Parameters
    branch_month: int
    initial: Parameters | None = None
    same_as: str | None = None


def arms_of(
    scenario: Scenario, parameters: Parameters, number: int = 0, neutral: Parameters | None = None
) -> list[Arm]:
    """Return the arms in run order: those needed for the first savings curve come first.

    Parameters
    ----------
    scenario : Scenario
        Scenario to run.
    parameters : Parameters
        Drawn parameters of the reference arm.
    number : int
        Replication number, from 0; the first few replications also have placebo and question arms.
    neutral : Parameters, optional
        Drawn parameters of the reference under the neutral organisation; None omits the neutral arms.
    """
    policy = policy_arm(scenario, parameters)
    transition = scenario.transition_month
    phase_ins = [
        _phase_in_arm(LONG_PHASE_IN, parameters, transition, years=LONG_YEARS, basis="as_announced"),
        _phase_in_arm(SAME_MONEY, parameters, transition, basis="same_money"),
    ]
    last = max(arm.branch_month for arm in (policy, *phase_ins))
    arms = [policy, Arm(REFERENCE, parameters, last), *phase_ins, _same_staff_arm(policy, parameters)]
    if number < scenario.placebo_count:
        arms += placebo_arms(policy, parameters, (FINDS, HELPS))
        arms += [] if neutral is None else _neutral_arms(scenario, neutral)
    if number < scenario.question_count:
        arms += _question_arms(parameters, transition)
    return arms


def policy_branch_month(scenario: Scenario) -> int:
    """Return the first month of the policy's changes, including its preparation."""
    plan = scenario.policy
    early = max((plan.changes[name] for name in EARLY if name in plan.changes), default=0.0)
    start = min(plan.start_month, scenario.transition_month - round(MONTHS_PER_YEAR * early))
    return max(start, first_month_of_warm_up(scenario)) if early else plan.start_month


def first_month_of_warm_up(scenario: Scenario) -> int:
    """Return the month in which the warm-up begins."""
    return scenario.start_month - scenario.warm_up_months


def policy_arm(scenario: Scenario, parameters: Parameters) -> Arm:
    """Return the policy arm, with its own initial state if it changes numbers of teams or providers.

    Parameters
    ----------
    scenario : Scenario
        Scenario with the policy.
    parameters : Parameters
        Drawn parameters of the reference arm.
    """
    changes = scenario.policy.changes
    changed_parameters = changed(parameters, changes)
    if changed_parameters == parameters:
        return Arm(POLICY, parameters, policy_branch_month(scenario), same_as=REFERENCE)
    initial = changed(parameters, {name: changes[name] for name in INITIAL_LEVERS if name in changes})
    return Arm(
        POLICY,
        changed_parameters,
        policy_branch_month(scenario),
        initial=None if initial == parameters else initial,
    )


def _same_staff_arm(policy: Arm, parameters: Parameters) -> Arm:
    """Return the reference with the extra staff of the policy and none of its other changes.

    It separates the effect of more staff from the effect of the policy.
    """
    teams = policy.parameters.wijkteam
    brought = policy_staff_per_1000(policy.parameters) - policy_staff_per_1000(parameters)
    extra = max(0.0, teams.extra_fte_per_1000 + brought)
    other = changed(parameters, {EXTRA_STAFF: extra, "wijkteam.fte_per_1000": teams.fte_per_1000})
    same_as = REFERENCE if other == parameters else None
    return Arm(SAME_STAFF, other, policy.branch_month, same_as=same_as)


def placebo_arms(policy: Arm, parameters: Parameters, placebos: Iterable[Placebo]) -> list[Arm]:
    """Return the placebo arms: the policy without a mechanism, and the reference without it where needed.

    Parameters
    ----------
    policy : Arm
        The policy arm with all mechanisms on.
    parameters : Parameters
        Drawn parameters of the reference arm.
    placebos : iterable of Placebo
        Placebo tests; each switches off one mechanism.
    """
    arms = []
    for each in placebos:
        if each.against != REFERENCE:
            arms.append(Arm(each.against, changed(parameters, each.off), policy.branch_month))
        arm = _without(policy, each.name, each.off)
        arms.append(arm if policy.same_as is None else replace(arm, same_as=each.against))
    return arms


def _neutral_arms(scenario: Scenario, parameters: Parameters) -> list[Arm]:
    """Return reference and policy under the neutral organisation, applied from the warm-up on."""
    policy = policy_arm(scenario, parameters)
    reference = Arm(NEUTRAL_REFERENCE, parameters, policy.branch_month, initial=parameters)
    if policy.same_as is not None:
        return [reference, replace(policy, name=NEUTRAL_POLICY, same_as=NEUTRAL_REFERENCE)]
    return [reference, replace(policy, name=NEUTRAL_POLICY, initial=policy.initial or parameters)]


def _question_arms(parameters: Parameters, transition: int) -> list[Arm]:
    """Return the reference with larger and smaller teams, a deeper and a faster cut, from the transition on.

    An arm that would equal the reference is left out: teams that are that small already, or a cut that is
    overnight already.
    """
    landing, fewest = parameters.landing, read_option("policy", SMALLER_TEAMS)["changes"]
    more_staff = (
        read_option("policy", LARGER_TEAMS)["changes"][EXTRA_STAFF] + parameters.wijkteam.extra_fte_per_1000
    )
    found = {LARGER_TEAMS: changed(parameters, {EXTRA_STAFF: more_staff})}
    if fewest["wijkteam.fte_per_1000"] < parameters.wijkteam.fte_per_1000:
        found[SMALLER_TEAMS] = changed(parameters, fewest)
    if max(landing.cuts()) > 0.0:
        names = ["cut"] if landing.cut is not None else ["cut_youth", "cut_guidance", "cut_household_help"]
        deeper = {name: min(1.0, DEEPER * getattr(landing, name)) for name in names}
        found[DEEPER_CUT] = replace(parameters, landing=replace(landing, **deeper))
        if landing.years != 0.0 or landing.adaptive:
            overnight = replace(landing, years=0.0, adaptive=0.0)
            found[FASTER_CUT] = replace(parameters, landing=overnight)
    return [Arm(name, other, transition) for name, other in found.items()]


def _without(arm: Arm, name: str, changes: dict[str, Any]) -> Arm:
    """Return an arm with a mechanism switched off from the branch month on."""
    return replace(arm, name=name, parameters=changed(arm.parameters, changes), same_as=None)


def _phase_in_arm(name: str, parameters: Parameters, transition: int, **landing: Any) -> Arm:
    """Return an arm that changes only the landing, from the transition on."""
    chosen = parameters.landing
    other = replace(chosen, **landing)
    # Nothing is cut, or the phase-in period is the long one already, so that the basis makes no difference.
    alike = max(chosen.cuts()) == 0.0 or chosen.years == other.years == chosen.same_money_years
    same_as = REFERENCE if alike or other == chosen else None
    return Arm(name, replace(parameters, landing=other), transition, same_as=same_as)
