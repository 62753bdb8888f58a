"""The household: problems that fade, linger or grow, own strength, trust and the calendar of a life.

ODD 2 (state): `HOUSEHOLD` and `LIFE` in `agents/state.py`. ODD 7 (submodels): the rules below.
Lists of five run in the order money, mind, care, safety, youth.
"""

import math
from typing import Any

import numpy as np

from agents.compiled import HALF, ONE, ZERO, compiled_inline
from agents.mesa_adapter.model_mixin import RowAgent
from agents.vocabulary import NEVER

# Nobody's problem tips at nothing, or only at a crisis.
LOWEST_TIPPING_POINT, HIGHEST_TIPPING_POINT = np.float32(0.02), np.float32(0.98)


@compiled_inline
def monthly_probability(rate_per_year: float) -> float:
    """Turn a yearly rate into the probability of at least one event in a month."""
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
    """Move one problem by a month: below its tipping point it fades, above it grows, near it lingers.

    Parameters
    ----------
    severity : float in [0, 1]
        Severity now; 0 is no problem, 1 is a crisis.
    tipping_point : float
        Raised by own strength, support and help, lowered by other problems.
    linger_width : float
        Half-width of the band around the tipping point where nothing moves.
    fade_per_month, escalation_per_month : float
        Speeds (1/month) per unit of severity outside the band.
    floor : float
        A problem that falls below it is gone.

    Returns
    -------
    float in [0, 1]
        Severity next month. Rest stays at rest: 0 gives 0.
    """
    # All outcomes are worked out and one is chosen: no branch for the processor to guess wrong.
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
    """Where a problem tips now: strength, support and help raise the point, strain lowers it.

    A team raises it no more than a specialist does. Written as two choices: the compiler makes them for
    a household's eight problems at once.
    """
    point = base + by_strength * (strength - HALF) + by_support * support - by_strain * strain
    alone = by_team if has_team else ZERO
    point += by_specialist if has_specialist else alone
    return min(HIGHEST_TIPPING_POINT, max(LOWEST_TIPPING_POINT, point))


@compiled_inline
def overflow(severity: float, spill_floor: float) -> float:
    """What of a problem is too much to stay where it is; light problems do not spill over."""
    return max(ZERO, severity - spill_floor)


@compiled_inline
def spillover(overflow: float, target: float, coupling_per_month: float) -> float:
    """Problems in one domain add to another: the monthly push on `target`."""
    return coupling_per_month * overflow * (ONE - target)


@compiled_inline
def pushed(before: float, after: float, push: float, floor: float, least: float) -> float:
    """Severity once other problems push on it; a push that leaves no trace begins no problem.

    Parameters
    ----------
    before, after : float in [0, 1]
        Severity last month, and as it moves by itself.
    push : float
        What other problems add.
    floor, least : float
        Severity at which a problem begins, and the smallest push that begins one.
    """
    takes = (push > ZERO) & ((before > ZERO) | (push >= least))
    after_push = min(ONE, max(after, floor) + push)
    return after_push if takes else after


@compiled_inline
def struck(severity: float, size: float) -> float:
    """A new problem adds to an old one; together they stay below a crisis made by chance alone."""
    before = np.float64(severity)
    return min(0.98, before + size * (1.0 - before))


@compiled_inline
def size_of_problem(random_number: float, power: float, least: float, most: float) -> float:
    """How large a new problem is: most are small, few are large."""
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
    """What severity must outweigh before a household asks.

    Each counter beyond the first costs effort and is nearer to somebody; which weighs more is
    drawn, so claim C10 is not built in. Little trust weighs too, and further effort: below 0
    where a mobile counter comes by.
    """
    extra = counters - 1.0
    distrust = 0.3 * (0.6 - np.float64(trust))
    return threshold + extra * (effort_per_counter - reach_per_counter) + distrust + further


@compiled_inline
def help_seeking_probability(
    severity: float, effort: float, help_seeking_per_month: float, shame_factor: float
) -> float:
    """Probability a month that a household asks by itself: the more problems outweigh the effort."""
    outweighs = max(0.0, severity - effort)
    return min(1.0, help_seeking_per_month * shame_factor * outweighs / (1.0 - effort + 1e-9))


@compiled_inline
def scarred(strength: float, scar: float) -> float:
    """Own strength after a crisis: part of it is lost for good."""
    return max(0.05, strength - scar)


@compiled_inline
def poverty_factor(income: float, poverty_hazard: float) -> float:
    """How much more often money problems strike an income fifth (0 lowest) than the middle one."""
    return math.exp(poverty_hazard * (2.0 - income))


@compiled_inline
def hazard_of_money_problem(
    base: float, frailty: float, poverty: float, one_parent: bool, one_parent_hazard: float, economy: float
) -> float:
    """Yearly hazard of money problems: job loss and the like strike the poor more often."""
    hazard = base * frailty * poverty * economy
    return hazard * (one_parent_hazard if one_parent else 1.0)


@compiled_inline
def care_by_age(age_years: float, growth_per_year_of_age: float) -> float:
    """How often daily functioning fails by age: rare in the young, growing from 60."""
    if age_years < 40.0:
        return 0.2
    return 0.25 + math.exp(growth_per_year_of_age * (age_years - 60.0))


@compiled_inline
def hazard_of_care_problem(
    base: float, frailty: float, by_age: float, adults: float, trend: float
) -> np.floating[Any]:
    """Yearly hazard of problems in daily functioning; two adults have it more often than one."""
    root = np.float32(math.sqrt(frailty))  # of 32 bits, as frailty is: plain Python would give 64
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
    """Yearly hazard of problems for one child: low for toddlers, highest from six to sixteen."""
    by_age = 0.45 if child_age_years < 4.0 else (1.15 if child_age_years < 16.0 else 0.9)
    hazard = base * frailty * by_age * trend * (one_parent_hazard if one_parent else 1.0)
    return hazard if (child_age_years >= 0.0) & (child_age_years < 18.0) else 0.0


@compiled_inline
def hazard_of_death(age_years: float, at_80_per_year: float, growth_per_year_of_age: float) -> float:
    """Yearly hazard of death of the oldest adult (Gompertz)."""
    return min(1.5, at_80_per_year * math.exp(growth_per_year_of_age * (age_years - 80.0)))


@compiled_inline
def years_of_trend(month: int) -> float:
    """Return the years from 2015 over which trends from outside have run: from 2010 to 2023."""
    return min(23.0, max(10.0, month / 12.0)) - 15.0


@compiled_inline
def trend_since_2010(month: int, trend_per_year: float) -> float:
    """Growth from outside, as a factor of 2015: exponential from 2010 to 2023, flat before and after."""
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
    """Frailty multiplies all hazards: lognormal, higher in poorer households and wijken; mean near 1."""
    log_frailty = spread * error + income_slope * (2.0 - income) + deprivation_slope * deprivation
    mean_shift = 0.5 * spread * spread + income_slope * income_slope
    return math.exp(log_frailty - mean_shift)


@compiled_inline
def bounded_trait(mean: float, spread: float, error: float) -> float:
    """A trait between 0.02 and 0.98 around its mean."""
    return min(0.98, max(0.02, mean + spread * error))


class Household(RowAgent):
    """One household: a window on its record. Its processes are those of the month (ODD 3)."""

    records = ("households", "lives", "calendar")
    kind_number = 1

    def open_year(self) -> None:
        """January: users of the new year, and years in debt, are counted."""
        self.model.loops.one_household_open_year(self.model.world, self.row)

    def process_events(self) -> None:
        """What the calendar and the wijk bring this month (process 2)."""
        self.model.loops.one_household_events(self.model.world, self.row)

    def update_problems(self) -> None:
        """Problems fade, linger, grow and spill over (process 3)."""
        self.model.loops.one_household_problems(self.model.world, self.row)

    def register_need(self) -> None:
        """Lay its need on the informal network (process 4)."""
        if self.is_active:
            self.model.loops.one_household_needs(self.model.world, self.row)

    def receive_support(self) -> None:
        """Receive its share of informal support (process 4)."""
        if self.is_active:
            self.model.loops.one_household_support(self.model.world, self.row)

    def send_signals(self) -> None:
        """Ask, or be noticed (process 5)."""
        if self.is_active:
            self.model.loops.one_household_signals(self.model.world, self.row)

    def receive_team_support(self) -> None:
        """A month of support by the team (process 6)."""
        self.model.loops.one_household_team_support(self.model.world, self.row)

    def receive_low_threshold_help(self) -> None:
        """A month of help at school, by youth work, an intervention team or the brigade (process 6)."""
        if self.is_active:
            self.model.loops.one_household_low_threshold(self.model.world, self.row)

    def receive_treatment(self) -> None:
        """A month of specialist care (process 7)."""
        self.model.loops.one_household_treatment(self.model.world, self.row)

    def process_crises(self) -> None:
        """Problems that have come to a crisis are served (process 8)."""
        self.model.loops.one_household_crises(self.model.world, self.row)

    def record_indicators(self) -> None:
        """Be counted, and come to rest when nothing is going on (process 10)."""
        if self.is_active:
            self.model.loops.one_household_observed(self.model.world, self.row)

    @property
    def is_active(self) -> bool:
        """Whether something is going on in this household."""
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
        """Kinds of care it has now, a child's seat number behind youth kinds."""
        return self.model.kinds_of_care(self.row)
