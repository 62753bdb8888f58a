"""The household: problems that fade, linger or grow, own strength, trust and the calendar of a life.

ODD 2 (state): `HOUSEHOLD` and `LIFE` in `agents/state.py`. ODD 7 (submodels): the rules below.
Lists of five run in the order money, mind, care, safety, youth.
"""

import math
from dataclasses import dataclass

import numpy as np

from agents.many import RowAgent
from agents.parameters import ParameterGroup, parameter
from agents.rule import HALF, ONE, ZERO, rule
from agents.vocabulary import NEVER

# Nobody's problem tips at nothing, or only at a crisis.
LOWEST_TIPPING_POINT, HIGHEST_TIPPING_POINT = np.float32(0.02), np.float32(0.98)


@dataclass
class HouseholdParameters(ParameterGroup):
    """How trouble strikes, how problems move, and when help is sought."""

    onset_per_year: list[float] = parameter(
        [0.0347, 0.0791, 0.0413, 0.0191, 0.127], unit="1/year", low=0.0, high=1.0, draw=0.15,
        source="assumed; rough fit to calibration_targets.csv",
        meaning="Hazard of a new trouble for a household of mean frailty (per child for youth).",
    )  # fmt: skip
    onset_size_power: list[float] = parameter(
        [1.54, 1.68, 1.85, 1.6, 2.73], unit="1", low=0.3, high=6.0,
        source="assumed; rough fit to calibration_targets.csv",
        meaning="Shape of the size of a new trouble: higher means more small ones.",
    )  # fmt: skip
    onset_size_least: float = parameter(
        0.08, unit="severity", low=0.02, high=0.3, source="assumed",
        meaning="Smallest new trouble.",
    )  # fmt: skip
    onset_size_most: float = parameter(
        0.85, unit="severity", low=0.4, high=1.0, source="assumed",
        meaning="Largest new trouble.",
    )  # fmt: skip
    fade_per_month: list[float] = parameter(
        [0.16, 0.117, 0.0699, 0.0816, 0.0927], unit="1/month", low=0.0, high=1.0, draw=0.2,
        source="assumed; rough fit to calibration_targets.csv",
        meaning="Speed at which a problem below its tipping point fades.",
    )  # fmt: skip
    escalation_per_month: list[float] = parameter(
        [0.0517, 0.0689, 0.03, 0.0846, 0.0712], unit="1/month", low=0.0, high=1.0, draw=0.2,
        source="assumed; half a year from trouble to violence in S0 sets the order of size",
        meaning="Speed at which a problem above its tipping point grows.",
    )  # fmt: skip
    tipping_point: list[float] = parameter(
        [0.705, 0.543, 0.386, 0.48, 0.419], unit="severity", low=0.05, high=0.95, draw=0.06,
        source="assumed; rough fit to calibration_targets.csv",
        meaning="Severity above which a problem grows, at middling strength and without support.",
    )  # fmt: skip
    linger_width: list[float] = parameter(
        [0.163, 0.0893, 0.185, 0.1, 0.115], unit="severity", low=0.0, high=0.5,
        source="assumed; rough fit to calibration_targets.csv",
        meaning="Half-width of the band around the tipping point in which a problem lingers.",
    )  # fmt: skip
    severity_floor: float = parameter(
        0.04, unit="severity", low=0.0, high=0.1, source="assumed",
        meaning="A problem below this is gone.",
    )  # fmt: skip
    strength_raises_tipping: float = parameter(
        0.35, unit="severity", low=0.0, high=0.8, source="assumed", draw=0.2,
        meaning="How much full own strength raises the tipping point above middling strength.",
    )  # fmt: skip
    support_raises_tipping: float = parameter(
        0.12, unit="severity", low=0.0, high=0.24, source="assumed", draw="range",
        meaning="How much full informal support raises the tipping point.",
    )  # fmt: skip
    help_raises_tipping: float = parameter(
        0.18, unit="severity", low=0.0, high=0.4, source="assumed", draw=0.3,
        meaning="How much professional help raises the tipping point of what it attends to.",
    )  # fmt: skip
    strain_lowers_tipping: float = parameter(
        0.10, unit="severity", low=0.0, high=0.2, source="assumed", draw="range",
        meaning="How much a full load of other problems lowers the tipping point.",
    )  # fmt: skip
    money_to_mind: float = parameter(
        0.020, unit="1/month", low=0.0, high=0.04, source="assumed", draw="range",
        meaning="Monthly push of money trouble on mind.",
    )  # fmt: skip
    money_to_safety: float = parameter(
        0.008, unit="1/month", low=0.0, high=0.06, source="assumed", draw=0.5,
        meaning="Monthly push of money trouble on safety.",
    )  # fmt: skip
    mind_to_youth: float = parameter(
        0.015, unit="1/month", low=0.0, high=0.08,
        source="assumed; Berg and Brannstrom 2018 is met in an experiment, not put in", draw=0.5,
        meaning="Monthly push of a parent's mind trouble on each child.",
    )  # fmt: skip
    mind_to_safety: float = parameter(
        0.008, unit="1/month", low=0.0, high=0.06, source="assumed", draw=0.5,
        meaning="Monthly push of mind trouble on safety.",
    )  # fmt: skip
    spill_floor: float = parameter(
        0.35, unit="severity", low=0.0, high=0.9, source="assumed",
        meaning="Trouble below this does not spill over.",
    )  # fmt: skip
    spill_least: float = parameter(
        0.004, unit="severity a month", low=0.0, high=0.05, source="assumed",
        meaning="A push smaller than this does not begin a problem where there was none.",
    )  # fmt: skip
    scar: float = parameter(
        0.0537, unit="own strength", low=0.0, high=0.3, source="assumed; rough fit",
        meaning="Own strength lost for good in a crisis.",
    )  # fmt: skip
    eviction_hits_child: float = parameter(
        0.2, unit="severity", low=0.0, high=0.4, draw="range",
        source="assumed, drawn from zero: home, school and friends are lost at once; how much is fitted to "
        "eviction_to_placement (Berg and Brannstrom 2018)",
        meaning="Trouble that losing its home brings each child of a household.",
    )  # fmt: skip
    severity_after_crisis: list[float] = parameter(
        [0.856, 0.553, 0.8, 0.4, 0.653], unit="severity", low=0.05, high=0.95,
        source="assumed: violence ends for a while when somebody steps in, debts do not",
        meaning="Severity once a crisis has been attended to.",
    )  # fmt: skip
    asking_per_month: float = parameter(
        0.225, unit="1/month", low=0.0, high=1.0, draw=0.25,
        source="assumed; rough fit to calibration_targets.csv",
        meaning="Chance of asking for help when trouble far outweighs the trouble of asking.",
    )  # fmt: skip
    asking_threshold: float = parameter(
        0.433, unit="severity", low=0.1, high=0.9, source="assumed; rough fit", draw=0.15,
        meaning="Severity at which a household of middling trust begins to ask.",
    )  # fmt: skip
    counter_effort: float = parameter(
        0.03, unit="severity per counter", low=0.0, high=0.06, source="assumed", draw="range",
        meaning="How much each counter beyond the first makes finding the way harder.",
    )  # fmt: skip
    counter_reach: float = parameter(
        0.02, unit="severity per counter", low=0.0, high=0.06, source="assumed", draw="range",
        meaning="How much each counter beyond the first is nearer to somebody.",
    )  # fmt: skip
    wrong_door_per_counter: float = parameter(
        0.08, unit="share per counter", low=0.0, high=0.3, source="assumed",
        meaning="Chance that an asking household meets the wrong door, per counter beyond one.",
    )  # fmt: skip
    trust_lost_per_failure: float = parameter(
        0.08, unit="trust", low=0.0, high=0.4, source="assumed",
        meaning="Trust lost at a wrong door or in a lost transfer.",
    )  # fmt: skip
    trust_gained_by_help: float = parameter(
        0.03, unit="trust", low=0.0, high=0.2, source="assumed",
        meaning="Trust gained when help ends well.",
    )  # fmt: skip
    shame_lowers_asking: float = parameter(
        0.75, unit="share", low=0.0, high=1.0,
        source="Nibud and Divosa: two classes of askers (evidence.md, debt duration); size assumed",
        meaning="How much less often those ask who do not come by themselves.",
    )  # fmt: skip
    violence_at: float = parameter(
        0.278, unit="severity", low=0.2, high=0.9, source="assumed; rough fit to calibration_targets.csv",
        meaning="Safety severity above which violence happens.",
    )  # fmt: skip
    problem_debt_at: float = parameter(
        0.33, unit="severity", low=0.1, high=0.8, source="assumed",
        meaning="Money severity that counts as registered problem debt.",
    )  # fmt: skip
    heavy_at: float = parameter(
        0.5, unit="severity", low=0.2, high=0.9, source="assumed",
        meaning="Severity that counts as heavy.",
    )  # fmt: skip
    separation_per_year: float = parameter(
        0.020, unit="1/year", low=0.0, high=0.05, source="assumed (about 1 in 50 couples a year)",
        meaning="Separation of couples.",
    )  # fmt: skip
    partnering_per_year: float = parameter(
        0.085, unit="1/year", low=0.0, high=0.3, source="assumed",
        meaning="A single adult under 50 finds a partner who moves in.",
    )  # fmt: skip
    one_parent_partnering: float = parameter(
        0.20, unit="ratio", low=0.0, high=1.0, source="assumed",
        meaning="How much less often a single parent finds a partner who moves in.",
    )  # fmt: skip
    birth_per_year: float = parameter(
        0.175, unit="1/year", low=0.0, high=0.5,
        source="derived: 0.024 births per household a year over couples aged 24 to 42",
        meaning="Births in couples whose oldest is 24 to 42.",
    )  # fmt: skip
    moving_per_year: float = parameter(
        0.05, unit="1/year", low=0.0, high=0.3, source="assumed",
        meaning="A household leaves the municipality and a similar one comes in its place.",
    )  # fmt: skip
    death_at_80_per_year: float = parameter(
        0.055, unit="1/year", low=0.0, high=0.2, source="assumed (life-table order of size)",
        meaning="Death of the oldest adult at 80.",
    )  # fmt: skip
    death_growth_per_year_of_age: float = parameter(
        0.10, unit="1/year", low=0.05, high=0.15, source="assumed (Gompertz law)",
        meaning="Growth of the hazard of death with each year of age.",
    )  # fmt: skip
    care_growth_per_year_of_age: float = parameter(
        0.119, unit="1/year", low=0.0, high=0.2, source="assumed; rough fit",
        meaning="Growth of the hazard of daily-functioning trouble with each year of age above 60.",
    )  # fmt: skip
    long_term_care_per_year: float = parameter(
        0.10, unit="1/year", low=0.0, high=0.5, source="assumed",
        meaning="An aged single person with trouble in daily functioning leaves for long-term care.",
    )  # fmt: skip
    one_parent_hazard: float = parameter(
        2.37, unit="ratio", low=1.0, high=4.0, source="assumed; rough fit",
        meaning="How much more often trouble strikes one-parent households.",
    )  # fmt: skip
    poverty_hazard: float = parameter(
        0.45, unit="1 per income fifth", low=0.0, high=1.0, source="assumed",
        meaning="How much log hazard of money trouble rises with each lower income fifth.",
    )  # fmt: skip
    youth_trend_per_year: float = parameter(
        0.0471, unit="1/year", low=0.0, high=0.06,
        source="youth_care_users_share_u18 2016-2023, outside trend 2010-2023", draw=0.3,
        meaning="Growth from outside of trouble among children, 2010-2023.",
    )  # fmt: skip
    care_trend_per_year: float = parameter(
        0.015, unit="1/year", low=0.0, high=0.06,
        source="assumed: care moves home (long-term care reform 2015)", draw=0.3,
        meaning="Growth from outside of care needs met at home, 2010-2023.",
    )  # fmt: skip
    recession_hazard: float = parameter(
        1.25, unit="ratio", low=1.0, high=2.0, source="assumed",
        meaning="Money trouble in 2009-2014 against other years.",
    )  # fmt: skip
    shock_per_wijk_year: float = parameter(
        0.10, unit="1/year", low=0.0, high=1.0, source="assumed",
        meaning="Shared troubles (a school, a street, a drug) per wijk.",
    )  # fmt: skip
    shock_strikes: float = parameter(
        0.004, unit="1/month", low=0.0, high=0.1, source="assumed",
        meaning="Chance a month that a shared trouble strikes a household of the wijk.",
    )  # fmt: skip
    shock_months: float = parameter(
        8.0, unit="months", low=1.0, high=36.0, source="assumed",
        meaning="How long a shared trouble lasts.",
    )  # fmt: skip
    dispute_per_year: float = parameter(
        0.020, unit="1/year", low=0.0, high=0.2, source="assumed",
        meaning="Disputes with neighbours.",
    )  # fmt: skip
    dispute_weight: float = parameter(
        0.14, unit="severity", low=0.0, high=0.5, source="assumed",
        meaning="Largest trouble of mind an unsolved dispute brings a household in it.",
    )  # fmt: skip


@rule
def monthly_probability(rate_per_year):
    """Turn a yearly rate into the probability of at least one event in a month."""
    return -math.expm1(-rate_per_year / 12.0)


@rule
def escalate(severity, tipping_point, linger_width, fade_per_month, escalation_per_month, floor):
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


@rule
def tipping_point_now(base, strength, support, has_help, strain, by_strength, by_support, by_help, by_strain):
    """Where a problem tips now: strength, support and help raise the point, strain lowers it."""
    point = base + by_strength * (strength - HALF) + by_support * support - by_strain * strain
    point += by_help if has_help else ZERO
    return min(HIGHEST_TIPPING_POINT, max(LOWEST_TIPPING_POINT, point))


@rule
def overflows(severity, spill_floor):
    """What of a problem is too much to stay where it is; light trouble does not spill over."""
    return max(ZERO, severity - spill_floor)


@rule
def spills_over(overflow, target, coupling_per_month):
    """Trouble in one domain adds to another: the monthly push on `target`."""
    return coupling_per_month * overflow * (ONE - target)


@rule
def pushed(before, after, push, floor, least):
    """Severity once other trouble pushes on it; a push that leaves no trace begins no problem.

    Parameters
    ----------
    before, after : float in [0, 1]
        Severity last month, and as it moves by itself.
    push : float
        What other trouble adds.
    floor, least : float
        Severity at which a problem begins, and the smallest push that begins one.
    """
    takes = (push > ZERO) & ((before > ZERO) | (push >= least))
    after_push = min(ONE, max(after, floor) + push)
    return after_push if takes else after


@rule
def struck(severity, size):
    """A new trouble adds to an old one; together they stay below a crisis made by chance alone."""
    return min(0.98, severity + size * (1.0 - severity))


@rule
def size_of_trouble(luck, power, least, most):
    """How large a new trouble is: most are small, few are large."""
    return least + (most - least) * luck**power


@rule
def effort_of_asking(threshold, counters, effort_per_counter, reach_per_counter, trust, further):
    """What severity must outweigh before a household asks.

    Each counter beyond the first costs effort and is nearer to somebody; which weighs more is
    drawn, so claim C10 is not built in. Little trust weighs too, and further effort: below 0
    where a mobile counter comes by.
    """
    extra = counters - 1.0
    return threshold + extra * (effort_per_counter - reach_per_counter) + 0.3 * (0.6 - trust) + further


@rule
def seeks_help(severity, effort, asking_per_month, shame_factor):
    """Probability a month that a household asks by itself: the more trouble outweighs the effort."""
    outweighs = max(0.0, severity - effort)
    return min(1.0, asking_per_month * shame_factor * outweighs / (1.0 - effort + 1e-9))


@rule
def scarred(strength, scar):
    """Own strength after a crisis: part of it is lost for good."""
    return max(0.05, strength - scar)


@rule
def poverty_factor(income, poverty_hazard):
    """How much more often money trouble strikes an income fifth (0 lowest) than the middle one."""
    return math.exp(poverty_hazard * (2.0 - income))


@rule
def hazard_of_money_trouble(base, frailty, poverty, one_parent, one_parent_hazard, economy):
    """Yearly hazard of money trouble: job loss and the like strike the poor more often."""
    hazard = base * frailty * poverty * economy
    return hazard * (one_parent_hazard if one_parent else 1.0)


@rule
def care_by_age(age_years, growth_per_year_of_age):
    """How often daily functioning fails by age: rare in the young, growing from 60."""
    if age_years < 40.0:
        return 0.2
    return 0.25 + math.exp(growth_per_year_of_age * (age_years - 60.0))


@rule
def hazard_of_care_trouble(base, frailty, by_age, adults, trend):
    """Yearly hazard of trouble in daily functioning; two adults have it more often than one."""
    return base * math.sqrt(frailty) * by_age * (0.6 + 0.4 * adults) * trend


@rule
def hazard_of_youth_trouble(base, frailty, child_age_years, one_parent, one_parent_hazard, trend):
    """Yearly hazard of trouble for one child: low for toddlers, highest from six to sixteen."""
    by_age = 0.45 if child_age_years < 4.0 else (1.15 if child_age_years < 16.0 else 0.9)
    hazard = base * frailty * by_age * trend * (one_parent_hazard if one_parent else 1.0)
    return hazard if (child_age_years >= 0.0) & (child_age_years < 18.0) else 0.0


@rule
def hazard_of_death(age_years, at_80_per_year, growth_per_year_of_age):
    """Yearly hazard of death of the oldest adult (Gompertz)."""
    return min(1.5, at_80_per_year * math.exp(growth_per_year_of_age * (age_years - 80.0)))


@rule
def trend_since_2010(month, trend_per_year):
    """Growth from outside, as a factor of 2015: exponential from 2010 to 2023, flat before and after."""
    years = min(23.0, max(10.0, month / 12.0)) - 15.0
    return math.exp(trend_per_year * years)


@rule
def frailty_of(error, income, deprivation, spread, income_slope, deprivation_slope):
    """Frailty multiplies all hazards: lognormal, higher in poorer households and wijken; mean near 1."""
    log_frailty = spread * error + income_slope * (2.0 - income) + deprivation_slope * deprivation
    mean_shift = 0.5 * spread * spread + income_slope * income_slope
    return math.exp(log_frailty - mean_shift)


@rule
def bounded_trait(mean, spread, error):
    """A trait between 0.02 and 0.98 around its mean."""
    return min(0.98, max(0.02, mean + spread * error))


class Household(RowAgent):
    """One household: a window on its record. Its processes are those of the month (ODD 3)."""

    records = ("households", "lives", "calendar")
    kind_number = 1

    def opens_year(self) -> None:
        """January: users of the new year, and years in debt, are counted."""
        self.model.loops.one_household_opens_year(self.model.world, self.row)

    def meets_events(self) -> None:
        """What the calendar and the wijk bring this month (process 2)."""
        self.model.loops.one_household_events(self.model.world, self.row)

    def moves_problems(self) -> None:
        """Problems fade, linger, grow and spill over (process 3)."""
        self.model.loops.one_household_problems(self.model.world, self.row)

    def lays_need(self) -> None:
        """Lay its need on the informal network (process 4)."""
        if self.is_active:
            self.model.loops.one_household_needs(self.model.world, self.row)

    def receives_support(self) -> None:
        """Receive its share of informal support (process 4)."""
        if self.is_active:
            self.model.loops.one_household_support(self.model.world, self.row)

    def gives_signals(self) -> None:
        """Ask, or be noticed (process 5)."""
        if self.is_active:
            self.model.loops.one_household_signals(self.model.world, self.row)

    def is_supported(self) -> None:
        """A month of support by the team (process 6)."""
        self.model.loops.one_household_team_support(self.model.world, self.row)

    def gets_low_threshold_help(self) -> None:
        """A month of help at school, by youth work, an intervention team or the brigade (process 6)."""
        if self.is_active:
            self.model.loops.one_household_low_threshold(self.model.world, self.row)

    def is_treated(self) -> None:
        """A month of specialist care (process 7)."""
        self.model.loops.one_household_treatment(self.model.world, self.row)

    def meets_crises(self) -> None:
        """Problems that have come to a crisis are served (process 8)."""
        self.model.loops.one_household_crises(self.model.world, self.row)

    def is_observed(self) -> None:
        """Be counted, and come to rest when nothing is going on (process 10)."""
        if self.is_active:
            self.model.loops.one_household_observed(self.model.world, self.row)

    @property
    def is_active(self) -> bool:
        """Whether something is going on in this household."""
        return bool(self.model.world.attention[self.row] == 0)

    @property
    def lives_here(self) -> bool:
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
