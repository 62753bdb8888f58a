"""Casework of teams: target group, offers, purchase of care, and hand-overs between teams.

A part of the parameters of `wijkteam`, with the rules that use them. The range of every effect contains
zero; every offer costs hours of the team, money, or both.
"""

from dataclasses import dataclass

from agents.compiled import compiled_inline
from agents.parameters import FALLS, HARD_TIMES, MOVES, RISES, Effect, ParameterGroup, parameter

EVERYONE, LIGHT_ONLY, SEVERAL_PROBLEMS_ONLY = 0, 1, 2
MUNICIPALITY_LEADS, SOCIAL_WORK_LEADS, CONSORTIUM_LEADS = 0, 1, 2
LIGHT, FOR_TEAM, FOR_SPECIALIST = 0, 1, 2  # results of a triage
MOST_NOTICE = 3.0  # months of notice beyond which planning saves no more hours
MOST_SPECIALISTS = 0.5  # share of staff at which specialists have their full effect
MONTHS_A_YEAR = 12.0


@dataclass
class CaseworkParameters(ParameterGroup):
    """Casework of teams: levers, their costs and their effects."""

    target_group: int = parameter(
        0, unit="everyone 0, light only 1, several problems only 2", low=0, high=2, lever=True,
        source="S1 (Zwolle light only, Alphen's outreach teams multi-problem, Eindhoven everyone)",
        cost="Free, because it chooses on whom paid hours are spent.",
        effect=Effect("wijkteam", "teams", "turned_away", RISES, months=12),
        meaning="Which households the team helps itself; it refers the others after the first talk.",
    )  # fmt: skip
    delivers_help: float = parameter(
        1.0, unit="share of cases", low=0.0, high=1.0, source="sources.md section 2", lever=True,
        cost="Free, because it chooses on whom paid hours are spent.",
        effect=Effect("wijkteam", "teams", "access_only", FALLS, months=12),
        meaning="Share of its own cases that the team helps itself; for the others it only arranges access.",
    )  # fmt: skip
    first_help_months: float = parameter(
        0.0, unit="months", low=0.0, high=12.0, source="lever (S0: half a year)", lever=True,
        cost="Free, because a slower procedure takes no more hours.",
        effect=Effect("wijkteam", "teams", "waited_months_wijkteam", RISES, high=6.0),
        meaning="Months that the procedure takes before a first talk, apart from the waiting list.",
    )  # fmt: skip
    planning_saves: float = parameter(
        0.05, unit="share of intake hours per month", low=0.0, high=0.2, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "teams", "intakes", RISES,
            also={"wijkteam.fte_per_1000": 0.3, "wijkteam.first_help_months": 3.0},
        ),
        meaning="Share of intake hours saved by each month of notice, up to three.",
    )  # fmt: skip
    mandate_to_buy: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever (S1 Eindhoven)", lever=True,
        cost="`hours_per_purchase` of team hours; it spares `eur_per_desk_decision`.",
        effect=Effect("wijkteam", "teams", "failed_referrals", FALLS),
        meaning="How far the team may buy specialist care itself, without a decision of the access desk.",
    )  # fmt: skip
    mandate_shift: float = parameter(
        0.0, unit="severity", low=-0.04, high=0.04, source="assumed; the sign is not known", draw="range",
        effect=Effect(
            "household", "teams", "transfers", RISES, also={"wijkteam.mandate_to_buy": 1.0}, months=12,
        ),
        meaning="How much lower the severity is at which a team that buys care itself asks for it.",
    )  # fmt: skip
    hours_per_purchase: float = parameter(
        3.0, unit="hours", low=0.0, high=20.0, source="assumed",
        meaning="Team hours for buying one provision.",
    )  # fmt: skip
    desk_takes_a_month: float = parameter(
        0.1, unit="share of decisions", low=0.0, high=0.4, source="assumed", draw="range",
        effect=Effect("household", "specialists", "waited_by_specialists", RISES, months=12),
        meaning="Share of decisions of the access desk that add a month of waiting.",
    )  # fmt: skip
    eur_per_desk_decision: float = parameter(
        120.0, unit="euro", low=0.0, high=600.0, source="assumed",
        meaning="Cost of one decision of the access desk on a team's request.",
    )  # fmt: skip
    desk_decisions_planned: float = parameter(
        26.0, unit="decisions per 1,000 inhabitants a year", low=0.0, high=200.0,
        source="assumed; what the average municipality's desk does in the model",
        meaning="Decisions that the municipality plans for when it takes over.",
    )  # fmt: skip
    other_noticed: float = parameter(
        0.1, unit="share", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect("wijkteam", "teams", "joined_in_team", RISES),
        meaning=(
            "Share of a parent's problems noticed in a child's case (or the reverse) at intake or in a "
            "year of help."
        ),
    )  # fmt: skip
    integrated_blurs: float = parameter(
        0.1, unit="sharpness", low=0.0, high=0.2, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "transfers", also={"wijkteam.youth_count": 1}, months=12, anew=True,
        ),
        meaning="Accuracy that a team for all ages loses relative to separate teams for adults and children.",
    )  # fmt: skip
    joining_hours: float = parameter(
        2.0, unit="hours", low=0.0, high=20.0, source="assumed",
        meaning="Hours for helping with a family's other problems within one team.",
    )  # fmt: skip
    specialists_in_team: float = parameter(
        0.0, unit="share of staff", low=0.0, high=0.5, source="lever (S1 Eindhoven)", lever=True,
        cost="`eur_per_fte_specialist_more`.",
        effect=Effect("household", "teams", "severity_*", also={"wijkteam.specialists_add": 0.2}),
        meaning="Share of staff who are specialists working in the team.",
    )  # fmt: skip
    specialists_add: float = parameter(
        0.1, unit="share", low=0.0, high=0.2, source="assumed", draw="range",
        effect=Effect("household", "teams", "severity_*", also={"wijkteam.specialists_in_team": 0.5}),
        meaning="Gain in quality and accuracy for multiple problems when half of the staff are specialists.",
    )  # fmt: skip
    eur_per_fte_specialist_more: float = parameter(
        18000.0, unit="euro a year", low=0.0, high=60000.0, source="assumed",
        meaning="How much more one fte of a specialist costs than one of a generalist.",
    )  # fmt: skip
    usual_disciplines: float = parameter(
        6.0, unit="disciplines", low=1.0, high=20.0, source="assumed; the default of disciplines",
        meaning="Number of disciplines at which the effect on multiple problems has its given value.",
    )  # fmt: skip
    complex_needs_breadth: float = parameter(
        0.2, unit="share", low=0.0, high=0.4, source="S2 Hengelo; size assumed", draw="range",
        effect=Effect("household", "teams", "severity_*", also={"wijkteam.disciplines": 1.0}),
        meaning="How much the effect on multiple problems changes with the team's breadth of disciplines.",
    )  # fmt: skip
    lasting_contact: float = parameter(
        0.0, unit="share of households", low=0.0, high=1.0, source="lever (S1)", lever=True,
        cost="`contact_hours` of team hours.",
        effect=Effect("wijkteam", "teams", "lasting_contact_months", RISES, months=12),
        meaning=(
            "Share of cases in which the generalist stays in contact while specialists help, and "
            "afterwards."
        ),
    )  # fmt: skip
    contact_hours: float = parameter(
        1.0, unit="hours a month", low=0.0, high=8.0, source="assumed",
        meaning="Hours of lasting contact, on top of its share in the hours of support.",
    )  # fmt: skip
    network_first: float = parameter(
        0.0, unit="share of light cases", low=0.0, high=1.0, source="lever (S1 Eindhoven, S4 Heerlen)",
        lever=True,
        cost="`hours_per_network_talk` of team hours; it spares `hours_per_light_help`.",
        effect=Effect("wijkteam", "teams", "network_talks", RISES),
        meaning="Share of light cases that get a talk with their network instead of light help first.",
    )  # fmt: skip
    network_talk_lifts: float = parameter(
        0.05, unit="ties", low=0.0, high=0.15, source="assumed", draw="range",
        effect=Effect("household", "teams", "own_ties", RISES, also={"wijkteam.network_first": 1.0}),
        meaning="How much a talk with the network strengthens a household's own ties.",
    )  # fmt: skip
    hours_per_network_talk: float = parameter(
        4.0, unit="hours", low=0.5, high=30.0, source="assumed",
        meaning="Hours of one talk with family and network.",
    )  # fmt: skip
    network_talk_asks: float = parameter(
        0.5, unit="support units", low=0.0, high=3.0, source="assumed",
        meaning="Extra need that a talk puts on the network in the next month.",
    )  # fmt: skip
    help_close_to_families: float = parameter(
        0.0, unit="share of households", low=0.0, high=1.0, source="lever (S4 Wijk bij Duurstede)",
        lever=True,
        cost="`edge_hours` of team hours.",
        effect=Effect("wijkteam", "teams", "close_to_family_months", RISES),
        meaning="Share of families with a child close to placement that get intensive help at home.",
    )  # fmt: skip
    edge_at: float = parameter(
        0.6, unit="severity", low=0.2, high=0.95, source="assumed",
        meaning="Severity from which a child on the team's caseload counts as close to placement.",
    )  # fmt: skip
    edge_effect: float = parameter(
        0.04, unit="severity a month", low=0.0, high=0.08, draw="range",
        source="relative risk of placement 0.60 (0.48-0.76) (evidence.md); size assumed",
        effect=Effect(
            "household", "teams", "severity_youth", FALLS, also={"wijkteam.help_close_to_families": 1.0},
        ),
        meaning=(
            "Severity that a month of intensive help at home takes off the problems of a child close to "
            "placement."
        ),
    )  # fmt: skip
    edge_hours: float = parameter(
        12.0, unit="hours a month", low=0.0, high=60.0, source="assumed",
        meaning="Hours of intensive help for one family.",
    )  # fmt: skip
    reports_per_hour: float = parameter(
        0.002, unit="1/hour", low=0.0, high=0.004, draw="range",
        source="assumed; who comes into a family finds what others do not see (evidence.md, worse before "
        "better); zero, no reports, is in its range",
        effect=Effect("wijkteam", "teams", "clients_supervision_order", RISES, months=48),
        meaning=(
            "Chance per hour in a family that staff's report leads to a supervision order for a child at "
            "crisis severity, in proportion less down to severity 0.6, and none below it."
        ),
    )  # fmt: skip
    inquiry_months: float = parameter(
        4.0, unit="months", low=2.0, high=6.0, draw="range",
        source="assumed: advice, an inquiry by the child protection board, and the court",
        # A town of 2,000 has one report in four years: that it moves something is all that can be seen.
        effect=Effect("household", "teams", "clients_supervision_order", MOVES, months=48),
        meaning="Months from a report by staff to the supervision order that it leads to.",
    )  # fmt: skip
    poverty_fund_eur: float = parameter(
        0.0, unit="euro a year", low=0.0, high=1e8, source="lever (S0 Zaanstad 400,000)", lever=True,
        cost="`poverty_gift_eur` and `gift_hours` of team hours for every gift.",
        effect=Effect("wijkteam", "teams", "poverty_gifts", RISES, high=20000.0, months=24),
        meaning="Poverty fund that the municipality's teams can spend.",
    )  # fmt: skip
    poverty_fund_years: float = parameter(
        20.0, unit="years", low=1.0, high=20.0, source="lever (S0: a pilot)", lever=True,
        cost="`poverty_gift_eur` and `gift_hours` of team hours for every gift.",
        effect=Effect(
            "wijkteam", "teams", "poverty_gifts", RISES, also={"wijkteam.poverty_fund_eur": 5000.0},
        ),
        meaning="Years from the transition in which the fund is filled; 1 is once.",
    )  # fmt: skip
    poverty_gift_at: float = parameter(
        0.25, unit="severity", low=0.05, high=0.9, source="assumed",
        meaning="Severity of an adult's money problems from which the fund gives.",
    )  # fmt: skip
    poverty_gift_eur: float = parameter(
        750.0, unit="euro", low=50.0, high=10000.0, source="assumed",
        meaning="Amount that one household gets from the fund.",
    )  # fmt: skip
    gift_effect: float = parameter(
        0.1, unit="severity", low=0.0, high=0.25, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "severity_money", FALLS, also={"wijkteam.poverty_fund_eur": 100000.0},
        ),
        meaning="Severity that a gift takes off money problems.",
    )  # fmt: skip
    gift_hours: float = parameter(
        1.5, unit="hours", low=0.0, high=10.0, source="assumed",
        meaning="Hours for arranging one gift.",
    )  # fmt: skip
    access_led_by: int = parameter(
        0, unit="municipality 0, social work 1, consortium of providers 2", low=0, high=2, lever=True,
        source="S4 (Vlaardingen, Oss, Wijk bij Duurstede)",
        cost="`lead_overhead` where another than the municipality leads.",
        effect=Effect(
            "household", "teams", "transfers", RISES, high=1, also={"wijkteam.social_work_shift": 0.06},
            months=12,
        ),
        meaning="Who leads the teams and so decides on access to care.",
    )  # fmt: skip
    social_work_shift: float = parameter(
        0.0, unit="severity", low=-0.06, high=0.06, source="assumed; the sign is not known", draw="range",
        effect=Effect(
            "household", "teams", "transfers", RISES, also={"wijkteam.access_led_by": 1}, months=12
        ),
        meaning="How much lower the referral threshold is where social work leads.",
    )  # fmt: skip
    consortium_shift: float = parameter(
        0.0, unit="severity", low=-0.06, high=0.12, draw="range",
        source="as with seconded staff: CPB 2019 says lower, S0 the other way",
        effect=Effect(
            "household", "teams", "transfers", RISES, also={"wijkteam.access_led_by": 2}, months=12
        ),
        meaning="How much lower the referral threshold is where a consortium of providers leads.",
    )  # fmt: skip
    professional_norm: float = parameter(
        0.25, unit="share", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "starts_*", RISES,
            also=HARD_TIMES | {"wijkteam.access_led_by": 1, "municipality_government.access_step": 0.1},
            months=84,
        ),
        meaning="Share of the council's stricter access that social work does not follow when it leads.",
    )  # fmt: skip
    lead_overhead: float = parameter(
        0.04, unit="share of the cost of teams", low=0.0, high=0.2, source="assumed",
        meaning="Cost of the contract when another organisation than the municipality leads.",
    )  # fmt: skip


@compiled_inline
def is_for_team(verdict: int, several: bool, target_group: int) -> bool:
    """Return whether a case is in the team's target group: everyone, light only, or several problems."""
    if target_group == LIGHT_ONLY:
        return verdict == LIGHT
    return several if target_group == SEVERAL_PROBLEMS_ONLY else True


@compiled_inline
def hours_of_intake(hours_per_intake: float, first_help_months: float, planning_saves: float) -> float:
    """Return the hours of one intake; notice of some months may save hours by planning."""
    return hours_per_intake * (1.0 - planning_saves * min(MOST_NOTICE, first_help_months))


@compiled_inline
def own_shift(lead_shift: float, mandate_shift: float) -> float:
    """Return how much lower a team's referral threshold is, by its lead and its mandate to buy."""
    return lead_shift + mandate_shift


@compiled_inline
def shift_of_lead(access_led_by: int, social_work_shift: float, consortium_shift: float) -> float:
    """Return how much lower the referral threshold is by who leads the access; 0 for the municipality."""
    if access_led_by == SOCIAL_WORK_LEADS:
        return social_work_shift
    return consortium_shift if access_led_by == CONSORTIUM_LEADS else 0.0


@compiled_inline
def gain_of_specialists(specialists_in_team: float, specialists_add: float) -> float:
    """Return the gain in quality and sharpness by specialists in the team, for multiple problems."""
    return specialists_add * specialists_in_team / MOST_SPECIALISTS


@compiled_inline
def gain_of_breadth(breadth: float, usual_breadth: float, complex_needs_breadth: float) -> float:
    """Return the gain in quality for multiple problems of a broader team than usual; may be negative."""
    return complex_needs_breadth * (breadth - usual_breadth)


@compiled_inline
def poverty_fund_balance(
    left_cents: int, poverty_fund_eur: float, poverty_fund_years: float, since: int
) -> int:
    """Return the balance of the poverty fund this month, cents.

    It is filled at the start of each of its years. After the last year the balance remains available.

    Parameters
    ----------
    left_cents : int
        Balance of last month.
    since : int
        Months since the transition, negative before it.
    """
    starts = since >= 0 and since % MONTHS_A_YEAR == 0 and since < MONTHS_A_YEAR * poverty_fund_years
    return round(poverty_fund_eur * 100.0) if starts else left_cents
