"""The household: rules for its problems, own strength, trust, help-seeking and life events.

ODD 2 (state): `HOUSEHOLD` and `LIFE` in `agents/state.py`. ODD 7 (submodels): the rules below.
Lists of five have the order money, mind, care, safety, youth.
"""

import math
from typing import Any

import numpy as np

from agents.compiled import HALF, ONE, ZERO, compiled_inline
from agents.mesa_adapter.model_mixin import RowAgent
from agents.vocabulary import NEVER

# Bounds on the tipping point: strictly between no problem and a crisis.
LOWEST_TIPPING_POINT, HIGHEST_TIPPING_POINT = np.float32(0.02), np.float32(0.98)
# Nobody has no trust or strength at all, nor all there can be; what harms leaves this much strength.
LEAST_TRAIT, MOST_TRAIT, LEAST_STRENGTH = 0.02, 0.98, 0.05
MIDDLE_FIFTH = 2.0  # of income: 0 is the lowest fifth, 4 the highest; records hold unsigned bytes
# How much the mean of strength and trust rises per fifth of income; assumed.
STRENGTH_BY_INCOME, TRUST_BY_INCOME = 0.02, 0.025


@compiled_inline
def monthly_probability(rate_per_year: float) -> float:
    """Return the probability of at least one event in a month at a given yearly rate."""
    return -math.expm1(-rate_per_year / 12.0)


@compiled_inline
def escalate(
    severity: float,
    tipping_point: float,
    linger_width: float,
    fade_per_month: float,
    escalation_per_month: float,
    floor: float,
) -> float:
    """Return the severity of a problem next month: it fades below its tipping point and grows above it.

    Within `linger_width` of the tipping point it does not change.

    Parameters
    ----------
    severity : float in [0, 1]
        Severity now; 0 is no problem, 1 is a crisis.
    tipping_point : float
        Raised by own strength, support and help, lowered by other problems.
    linger_width : float
        Half-width of the interval around the tipping point in which severity does not change.
    fade_per_month, escalation_per_month : float
        Speeds (1/month) per unit of severity outside that interval.
    floor : float
        Severity below which a problem ends (0 is returned).

    Returns
    -------
    float in [0, 1]
        Severity next month. Severity 0 stays 0.
    """
    # Branch-free: all outcomes are computed and one is selected, which avoids branch misprediction.
    distance = severity - tipping_point
    grown = severity + escalation_per_month * (distance - linger_width)
    faded = severity + fade_per_month * (distance + linger_width)
    moved = grown if distance > linger_width else severity
    moved = faded if distance < -linger_width else moved
    moved = ZERO if moved < floor else min(ONE, moved)
    return ZERO if severity <= ZERO else moved


@compiled_inline
def tipping_point_now(
    base: float,
    strength: float,
    support: float,
    has_team: bool,
    has_specialist: bool,
    strain: float,
    by_strength: float,
    by_support: float,
    by_team: float,
    by_specialist: float,
    by_strain: float,
) -> float:
    """Return the tipping point of a problem: strength, support and help raise it, strain lowers it.

    Help of a specialist counts instead of help of a team, not in addition to it. Both are conditional
    expressions, so that the compiler vectorises them over a household's eight problems.
    """
    point = base + by_strength * (strength - HALF) + by_support * support - by_strain * strain
    alone = by_team if has_team else ZERO
    point += by_specialist if has_specialist else alone
    return min(HIGHEST_TIPPING_POINT, max(LOWEST_TIPPING_POINT, point))


@compiled_inline
def excess_severity(severity: float, spill_floor: float) -> float:
    """Return the severity above the floor from which a problem spills over into other domains."""
    return max(ZERO, severity - spill_floor)


@compiled_inline
def spillover(excess: float, target: float, coupling_per_month: float) -> float:
    """Return the severity that a problem in one domain adds per month to a problem in another."""
    return coupling_per_month * excess * (ONE - target)


@compiled_inline
def severity_after_spillover(before: float, after: float, push: float, floor: float, least: float) -> float:
    """Return severity after spillover from other problems; a small push does not start a new problem.

    Parameters
    ----------
    before, after : float in [0, 1]
        Severity last month, and this month before spillover.
    push : float
        Severity that other problems add.
    floor, least : float
        Severity at which a problem starts, and the smallest push that starts one.
    """
    takes = (push > ZERO) & ((before > ZERO) | (push >= least))
    after_push = min(ONE, max(after, floor) + push)
    return after_push if takes else after


@compiled_inline
def severity_after_onset(severity: float, size: float) -> float:
    """Return severity after a new problem of this size; chance alone makes no crisis (at most 0.98)."""
    before = np.float64(severity)
    return max(before, min(0.98, before + size * (1.0 - before)))


@compiled_inline
def size_of_problem(random_number: float, power: float, least: float, most: float) -> float:
    """Return the severity of a new problem, a power of a uniform draw: most are small, few are large."""
    return least + (most - least) * random_number**power


@compiled_inline
def effort_of_help_seeking(
    threshold: float,
    counters: float,
    effort_per_counter: float,
    reach_per_counter: float,
    trust: float,
    further: float,
) -> float:
    """Return the severity above which a household may seek help.

    Each counter beyond the first adds effort (finding the right one) and lowers it (being nearer); both
    sizes are drawn, so claim C10 is not built in. Low trust adds effort. `further` is additional effort,
    negative where a mobile counter visits.
    """
    extra = counters - 1.0
    distrust = 0.3 * (0.6 - np.float64(trust))
    return threshold + extra * (effort_per_counter - reach_per_counter) + distrust + further


@compiled_inline
def help_seeking_probability(
    severity: float, effort: float, help_seeking_per_month: float, shame_factor: float
) -> float:
    """Return the monthly probability that a household seeks help: proportional to severity above effort."""
    outweighs = max(0.0, severity - effort)
    return min(1.0, help_seeking_per_month * shame_factor * outweighs / (1.0 - effort + 1e-9))


@compiled_inline
def strength_after_harm(strength: float, harm: float) -> float:
    """Return own strength after a crisis or a first talk that did harm; the loss is permanent."""
    return max(LEAST_STRENGTH, strength - harm)


@compiled_inline
def trust_after_failure(trust: float, lost: float) -> float:
    """Return trust in help after help failed to come, was broken off or was sought at the wrong counter."""
    return max(LEAST_TRAIT, trust - lost)


@compiled_inline
def trust_after_help(trust: float, gained: float) -> float:
    """Return trust in help after help that closed a problem."""
    return min(MOST_TRAIT, trust + gained)


@compiled_inline
def poverty_factor(income: float, poverty_hazard: float) -> float:
    """Return the hazard ratio of money problems of an income fifth (0 lowest) relative to the middle one."""
    return math.exp(poverty_hazard * (2.0 - income))


@compiled_inline
def hazard_of_money_problem(
    base: float, frailty: float, poverty: float, one_parent: bool, one_parent_hazard: float, economy: float
) -> float:
    """Return the yearly hazard of money problems: higher for low incomes and single parents."""
    hazard = base * frailty * poverty * economy
    return hazard * (one_parent_hazard if one_parent else 1.0)


@compiled_inline
def care_by_age(age_years: float, growth_per_year_of_age: float) -> float:
    """Return the relative hazard of problems in daily functioning by age: low below 40, growing from 60."""
    if age_years < 40.0:
        return 0.2
    return 0.25 + math.exp(growth_per_year_of_age * (age_years - 60.0))


@compiled_inline
def hazard_of_care_problem(
    base: float, frailty: float, by_age: float, adults: float, trend: float
) -> np.floating[Any]:
    """Return the yearly hazard of problems in daily functioning; higher with two adults than with one."""
    root = np.float32(math.sqrt(frailty))  # 32 bits, as frailty: plain Python would give 64
    return base * root * by_age * (0.6 + 0.4 * adults) * trend


@compiled_inline
def hazard_of_youth_problem(
    base: float,
    frailty: float,
    child_age_years: float,
    one_parent: bool,
    one_parent_hazard: float,
    trend: float,
) -> float:
    """Return the yearly hazard of problems of one child: low below 4 years, highest from 4 to 16."""
    by_age = 0.45 if child_age_years < 4.0 else (1.15 if child_age_years < 16.0 else 0.9)
    hazard = base * frailty * by_age * trend * (one_parent_hazard if one_parent else 1.0)
    return hazard if (child_age_years >= 0.0) & (child_age_years < 18.0) else 0.0


@compiled_inline
def hazard_of_death(age_years: float, at_80_per_year: float, growth_per_year_of_age: float) -> float:
    """Return the yearly hazard of death of the oldest adult (Gompertz law)."""
    return min(1.5, at_80_per_year * math.exp(growth_per_year_of_age * (age_years - 80.0)))


@compiled_inline
def years_of_trend(month: int) -> float:
    """Return the years since 2015 that count for exogenous trends, which run from 2010 to 2023."""
    return min(23.0, max(10.0, month / 12.0)) - 15.0


@compiled_inline
def trend_since_2010(month: int, trend_per_year: float) -> float:
    """Return exogenous growth relative to 2015: exponential from 2010 to 2023, flat before and after."""
    return math.exp(trend_per_year * years_of_trend(month))


@compiled_inline
def frailty_of(
    error: float,
    income: float,
    deprivation: float,
    spread: float,
    income_slope: float,
    deprivation_slope: float,
) -> float:
    """Return frailty before it is scaled to mean 1: lognormal, higher with low income and deprivation."""
    return math.exp(spread * error + income_slope * (MIDDLE_FIFTH - income) + deprivation_slope * deprivation)


@compiled_inline
def bounded_trait(mean: float, spread: float, error: float) -> float:
    """Return a normally distributed trait, clipped to [`LEAST_TRAIT`, `MOST_TRAIT`]."""
    return min(MOST_TRAIT, max(LEAST_TRAIT, mean + spread * error))


class Household(RowAgent):
    """One household, a view of its records. Its methods run the processes of the month (ODD 3)."""

    records = ("households", "lives", "calendar")
    kind_number = 1

    def open_year(self) -> None:
        """Count users of care and years in debt in January (process 1)."""
        self.model.loops.one_household_open_year(self.model.world, self.row)

    def process_events(self) -> None:
        """Process the life events and shared problems of this month (process 2)."""
        self.model.loops.one_household_events(self.model.world, self.row)

    def update_problems(self) -> None:
        """Update the severity of all problems, spillover included (process 3)."""
        self.model.loops.one_household_problems(self.model.world, self.row)

    def register_need(self) -> None:
        """Add its need to that of the informal network (process 4)."""
        if self.is_active:
            self.model.loops.one_household_needs(self.model.world, self.row)

    def receive_support(self) -> None:
        """Receive its share of informal support (process 4)."""
        if self.is_active:
            self.model.loops.one_household_support(self.model.world, self.row)

    def send_signals(self) -> None:
        """Seek help, or be noticed by a referral source (process 5)."""
        if self.is_active:
            self.model.loops.one_household_signals(self.model.world, self.row)

    def receive_team_support(self) -> None:
        """Receive a month of support by the team (process 6)."""
        self.model.loops.one_household_team_support(self.model.world, self.row)

    def receive_low_threshold_help(self) -> None:
        """Receive a month of help at school, by youth work, intervention team or brigade (process 6)."""
        if self.is_active:
            self.model.loops.one_household_low_threshold(self.model.world, self.row)

    def receive_treatment(self) -> None:
        """Receive a month of specialist care (process 7)."""
        self.model.loops.one_household_treatment(self.model.world, self.row)

    def process_crises(self) -> None:
        """Respond to problems at crisis severity (process 8)."""
        self.model.loops.one_household_crises(self.model.world, self.row)

    def record_indicators(self) -> None:
        """Record its indicators; become inactive without problems, care and waiting (process 10)."""
        if self.is_active:
            self.model.loops.one_household_observation(self.model.world, self.row)

    @property
    def is_active(self) -> bool:
        """Whether the household is active: it has a problem, care or a place on a waiting list."""
        return bool(self.model.world.attention[self.row] == 0)

    @property
    def is_resident(self) -> bool:
        """Whether the household has been formed yet."""
        return bool(self.since <= self.model.month)

    @property
    def household_type(self) -> str:
        """One of single, couple, one_parent, couple_with_children."""
        children = any(born != NEVER for born in self.child_birth)
        if self.partner:
            return "couple_with_children" if children else "couple"
        return "one_parent" if children else "single"

    @property
    def kinds_of_care(self) -> list[str]:
        """Kinds of care in use now; kinds for children are followed by the child's number."""
        return self.model.kinds_of_care(self.row)
