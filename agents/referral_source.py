"""Referral sources: who notices problems, and whether they are linked to the teams.

A referral source observes severity with an error. Links cost money per year and also give false alarms.
"""

from dataclasses import dataclass

from agents.compiled import compiled_inline
from agents.low_threshold import LowThresholdParameters
from agents.parameters import FALLS, RISES, Effect, parameter


@dataclass
class ReferralSourceParameters(LowThresholdParameters):
    """What referral sources see, which are linked, how sharp their eyes are, and the ways in."""

    gp_per_month: float = parameter(
        0.33, unit="1/month", low=0.0, high=0.6, draw=0.25, source="assumed; rough fit",
        effect=Effect("household", "signals", "signals_gp", RISES, high=0.3),
        meaning="Chance per month that a GP acts on clear mental problems or clear problems of a child.",
    )  # fmt: skip
    gp_refers_straight: float = parameter(
        1.0, unit="share", low=0.0, high=1.0, source="assumed; rough fit to youth_referrer_gp",
        meaning="Share of the cases GPs act on that they refer to a specialist and not to the team.",
    )  # fmt: skip
    school_per_month: float = parameter(
        0.05, unit="1/month", low=0.0, high=0.3, draw=0.5, source="assumed",
        effect=Effect("household", "signals", "signals_school", RISES),
        meaning="Chance per month that a linked school reports clear problems of a pupil.",
    )  # fmt: skip
    youth_health_care_per_month: float = parameter(
        0.025, unit="1/month", low=0.0, high=0.3, draw=0.5, source="assumed",
        effect=Effect("household", "signals", "signals_youth_health_care", RISES),
        meaning="Chance per month that linked youth health care reports clear problems of a child.",
    )  # fmt: skip
    housing_corporation_per_month: float = parameter(
        0.05, unit="1/month", low=0.0, high=0.3, draw=0.5, source="assumed",
        effect=Effect("household", "signals", "signals_housing_corporation", RISES),
        meaning="Chance per month that a linked housing corporation reports a tenant's arrears.",
    )  # fmt: skip
    police_per_month: float = parameter(
        0.06, unit="1/month", low=0.0, high=0.4, draw=0.5, source="assumed",
        effect=Effect("household", "signals", "signals_police", RISES),
        meaning=(
            "Chance per month that the police report clear violence; without a link only a fifth arrives."
        ),
    )  # fmt: skip
    district_nurse_per_month: float = parameter(
        0.04, unit="1/month", low=0.0, high=0.3, draw=0.5, source="assumed",
        effect=Effect("household", "signals", "signals_district_nurse", RISES),
        meaning="Chance per month that a linked district nurse reports clear problems in an old household.",
    )  # fmt: skip
    debt_signals_per_1000_inhabitants: float = parameter(
        4.0, unit="signals per 1,000 inhabitants a month", low=1.0, high=8.0,
        source="Divosa 2023 (patterns.csv)",
        meaning="Debt signals that creditors send to a municipality that receives them.",
    )  # fmt: skip
    in_arrears_per_1000_inhabitants: float = parameter(
        45.0, unit="households per 1,000 inhabitants", low=20.0, high=120.0,
        source="assumed: a tenth of households at 2.2 inhabitants each",
        meaning="Households with money problems that these signals can be about.",
    )  # fmt: skip
    debt_signal_to_case: float = parameter(
        0.80, unit="share", low=0.5, high=1.0, source="Divosa 2023",
        meaning="Share of signals that become a case.",
    )  # fmt: skip
    debt_signal_contact: float = parameter(
        0.20, unit="share", low=0.15, high=0.25, source="Divosa 2023", draw="range",
        effect=Effect(
            "household", "signals", "debt_reached", RISES, also={"referral_source.debt_signals": 1.0},
        ),
        meaning="Share of cases in which the household is reached.",
    )  # fmt: skip
    debt_signal_acceptance: float = parameter(
        0.35, unit="share", low=0.30, high=0.40, source="Divosa 2023", draw="range",
        effect=Effect(
            "household", "signals", "debt_accepted", RISES, also={"referral_source.debt_signals": 1.0},
            months=72,
        ),
        meaning="Share of reached households that accept help.",
    )  # fmt: skip
    observation_error: float = parameter(
        0.16, unit="severity", low=0.0, high=0.4, source="assumed", draw=0.3,
        effect=Effect("household", "signals", "transfers"),
        meaning="Standard deviation of the error with which a referral source observes severity.",
    )  # fmt: skip
    safety_error_factor: float = parameter(
        1.8, unit="ratio", low=1.0, high=4.0, source="model.md section 2; size assumed",
        meaning="How much larger the error is for safety.",
    )  # fmt: skip
    existing_links: float = parameter(
        0.6, unit="share", low=0.3, high=0.9, draw="range",
        source="assumed: schools, youth health care, corporations, police and nurses reported problems long "
        "before 2015 (credible_core.md D3); how many is not known",
        effect=Effect("household", "signals", "signals_school", RISES),
        meaning="Referral sources linked in existing practice, in every arm; the links below are additional.",
    )  # fmt: skip
    finds_new: float = parameter(
        1.0, unit="share", low=0.0, high=1.0, lever=True,
        source="placebo: 0 lets outreach and added links find nobody new",
        cost="Free, because it is no policy but an experiment: what outreach and links cost stands at those "
        "levers.",
        effect=Effect("wijkteam", "budget", "outreach_found", RISES, also={"wijkteam.outreach_share": 0.3}),
        meaning="Share of households met by outreach and added links that become a signal.",
    )  # fmt: skip
    debt_duty_followed: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed", draw="range",
        effect=Effect("municipality", "budget", "debt_signals", RISES, months=84),
        meaning="Share of debt signals that every municipality follows once that is a legal duty (2021).",
    )  # fmt: skip
    guardian_per_month: float = parameter(
        0.253, unit="1/month", low=0.0, high=1.0, draw=0.5,
        source="assumed; rough fit to youth_referrer_guardian",
        effect=Effect("household", "specialists", "youth_starts_guardian", RISES, months=60),
        meaning="Chance per month that the guardian of a child under supervision asks for youth help.",
    )  # fmt: skip
    medical_specialist_per_month: float = parameter(
        0.016, unit="1/month", low=0.0, high=0.1, draw=0.5,
        source="assumed; a small part of referrals (CBS 2023)",
        effect=Effect("household", "signals", "youth_starts_medical_specialist", RISES),
        meaning="Chance per month that a medical specialist refers a clear problem of a child.",
    )  # fmt: skip
    gp_supply: float = parameter(
        0.0, unit="log ratio", low=-0.8, high=0.8, source="drawn per municipality, see population",
        meaning=(
            "How much more often GPs and the supply of care in this municipality bring children into care."
        ),
    )  # fmt: skip
    school_link: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="`eur_per_link_per_1000`, and `fte_per_link` of team staff at `eur_per_fte`.",
        effect=Effect("wijkteam", "budget", "signals_school", RISES),
        meaning=(
            "Share of schools linked to the teams beyond existing practice; the links below work the same "
            "way."
        ),
    )  # fmt: skip
    youth_health_care_link: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="`eur_per_link_per_1000`, and `fte_per_link` of team staff at `eur_per_fte`.",
        effect=Effect("wijkteam", "budget", "signals_youth_health_care", RISES),
        meaning="How far youth health care is linked to the teams.",
    )  # fmt: skip
    housing_corporation_link: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="`eur_per_link_per_1000`, and `fte_per_link` of team staff at `eur_per_fte`.",
        effect=Effect("wijkteam", "budget", "signals_housing_corporation", RISES),
        meaning="How far housing corporations are linked to the teams.",
    )  # fmt: skip
    police_link: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="`eur_per_link_per_1000`, and `fte_per_link` of team staff at `eur_per_fte`.",
        effect=Effect("wijkteam", "budget", "signals_police", RISES),
        meaning="How far police reports reach the teams directly.",
    )  # fmt: skip
    district_nurse_link: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="`eur_per_link_per_1000`, and `fte_per_link` of team staff at `eur_per_fte`.",
        effect=Effect("wijkteam", "budget", "signals_district_nurse", RISES),
        meaning="How far district nurses are linked to the teams.",
    )  # fmt: skip
    gp_youth_practitioner: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="`practitioner_eur_per_1000`.",
        effect=Effect("household", "signals", "youth_starts_gp", FALLS),
        meaning="Share of GPs with a youth practitioner, who helps without a referral.",
    )  # fmt: skip
    practitioner_closes: float = parameter(
        0.45, unit="share", low=0.40, high=0.56, source="poh_not_referred (patterns.csv)",
        meaning="Share of youths that a practitioner at the GP helps without a referral.",
    )  # fmt: skip
    practitioner_draws: float = parameter(
        0.5, unit="ratio", low=0.0, high=1.0, draw="range",
        source="assumed; it adds light contacts (evidence.md, the GP route); zero is in its range",
        effect=Effect(
            "household", "signals", "signals_gp", RISES, also={"referral_source.gp_youth_practitioner": 1.0},
        ),
        meaning="New contacts about children at a GP with a youth practitioner, per contact without one.",
    )  # fmt: skip
    debt_signals: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="`eur_per_debt_signal`, and `fte_per_link` of team staff at `eur_per_fte`.",
        effect=Effect("wijkteam", "budget", "debt_signals", RISES),
        meaning="Share of creditors' debt signals that the municipality receives and follows.",
    )  # fmt: skip
    outreach_meets_shy: float = parameter(
        1.4, unit="ratio", low=0.5, high=3.0, source="CPB 2021 (low-trust households); size assumed",
        meaning="How readily outreach meets households that do not ask by themselves.",
    )  # fmt: skip
    outreach_meets_others: float = parameter(
        0.8, unit="ratio", low=0.1, high=2.0, source="assumed",
        meaning="How readily outreach meets the other households.",
    )  # fmt: skip
    eur_per_debt_signal: float = parameter(
        50.0, unit="euro", low=10.0, high=150.0, source="evidence.md (debt signals)",
        meaning="Cost of following one debt signal.",
    )  # fmt: skip
    eur_per_link_per_1000: float = parameter(
        2750.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=10000.0, draw=0.82,
        source="assumed: 500 to 5,000, nobody knows (credible_core.md section 2)",
        effect=Effect(
            "municipality", "books", "cost_first_eur", RISES, low=500.0, high=5000.0,
            also={"referral_source.school_link": 1.0}, months=1,
        ),
        meaning="Cost of keeping one referral source fully linked, without team staff.",
    )  # fmt: skip
    practitioner_eur_per_1000: float = parameter(
        4000.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=20000.0, source="assumed",
        meaning="Cost of youth practitioners at all GPs.",
    )  # fmt: skip
    mobile_counter: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever; S4 Heerenveen, claim C10", lever=True,
        cost="`mobile_counter_eur_per_1000`.",
        effect=Effect("wijkteam", "signals", "signals_self", RISES),
        meaning="How far a mobile counter visits the wijken; 1 is all of them.",
    )  # fmt: skip
    mobile_counter_eases: float = parameter(
        0.04, unit="severity", low=0.0, high=0.08, source="assumed", draw="range",
        effect=Effect(
            "household", "signals", "signals_self", RISES, also={"referral_source.mobile_counter": 1.0},
        ),
        meaning="How much a visiting counter lowers the severity at which households seek help.",
    )  # fmt: skip
    mobile_counter_eur_per_1000: float = parameter(
        1500.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=10000.0, source="assumed",
        meaning="Cost of a mobile counter that visits every wijk.",
    )  # fmt: skip
    one_number: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever; S0 Breda, claim C10", lever=True,
        cost="`number_eur_per_1000`.",
        effect=Effect("household", "signals", "misdirected_contacts", FALLS),
        meaning="Share of people who ask for help through one central telephone number.",
    )  # fmt: skip
    number_finds_way: float = parameter(
        0.4, unit="share", low=0.0, high=0.8, source="assumed", draw="range",
        effect=Effect(
            "household", "signals", "misdirected_contacts", FALLS, also={"referral_source.one_number": 1.0},
        ),
        meaning="Share of misdirected contacts that one central number prevents.",
    )  # fmt: skip
    number_blurs: float = parameter(
        0.15, unit="share", low=0.0, high=0.3, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "signals", "severity_*",
            also={"wijkteam.fte_per_1000": 0.3, "referral_source.one_number": 1.0},
        ),
        meaning="How much less accurately problems are observed by telephone than at the door.",
    )  # fmt: skip
    number_eur_per_1000: float = parameter(
        800.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=10000.0,
        source="assumed (volunteers, with experts at hand)",
        meaning="Cost of one central number for everybody who asks.",
    )  # fmt: skip
    gp_link: float = parameter(
        0.0, unit="share of GPs", low=0.0, high=1.0, source="lever", lever=True,
        cost="`eur_per_link_per_1000`.",
        effect=Effect("household", "signals", "youth_starts_gp", FALLS),
        meaning="Share of GPs who work with the team.",
    )  # fmt: skip
    linked_gp_consults: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed", draw="range",
        effect=Effect(
            "household", "signals", "youth_starts_gp", FALLS, also={"referral_source.gp_link": 1.0},
        ),
        meaning="Share of direct referrals that a linked GP sends to the team instead.",
    )  # fmt: skip
    school_specialist: float = parameter(
        0.0, unit="share of linked schools", low=0.0, high=1.0, source="lever; S4 Vlaardingen", lever=True,
        cost="`specialist_eur_per_1000`.",
        effect=Effect(
            "household", "teams", "failed_referrals", FALLS,
            also={"referral_source.school_link": 1.0, "referral_source.school_per_month": 0.3}, months=72,
        ),
        meaning="Share of linked schools with a family specialist, who also follows up referrals.",
    )  # fmt: skip
    specialist_sharpens: float = parameter(
        0.25, unit="sharpness", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "signals", "severity_*",
            also={"referral_source.school_link": 1.0, "referral_source.school_specialist": 1.0,
                 "referral_source.school_per_month": 0.3, "referral_source.observation_error": 0.4,
                 "wijkteam.fte_per_1000": 0.7, "wijkteam.heavy_first": 1.0, "household.heavy_at": 0.35},
            months=72,
        ),
        meaning="How much more accurately a family specialist at school observes problems.",
    )  # fmt: skip
    specialist_eur_per_1000: float = parameter(
        3000.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=20000.0,
        source="assumed (one per 25,000 inhabitants)",
        meaning="Cost of family specialists at all schools.",
    )  # fmt: skip
    safety_expertise: float = parameter(
        0.25, unit="share", low=0.0, high=1.0, source="assumed", lever=True,
        cost="`safety_training_eur_per_1000` for what is above `safety_expertise_today`.",
        effect=Effect("wijkteam", "signals", "severity_*"),
        meaning="How far referral sources and teams are trained to recognise violence.",
    )  # fmt: skip
    safety_expertise_today: float = parameter(
        0.25, unit="share", low=0.0, high=1.0, source="assumed",
        meaning="Expertise at which the error about safety equals `safety_error_factor`.",
    )  # fmt: skip
    safety_expertise_sharpens: float = parameter(
        0.3, unit="share", low=0.0, high=0.6, source="assumed", draw="range",
        effect=Effect("wijkteam", "signals", "severity_*", also={"referral_source.safety_expertise": 1.0}),
        meaning="Share of the error about safety that full expertise removes, relative to none.",
    )  # fmt: skip
    safety_training_eur_per_1000: float = parameter(
        1200.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=10000.0, source="assumed",
        meaning="Cost of training from no expertise on violence to full expertise.",
    )  # fmt: skip


# Links that a policy adds to existing practice. Their contacts and intakes take hours of the teams.
ADDED_LINKS = (
    "school_link",
    "youth_health_care_link",
    "housing_corporation_link",
    "police_link",
    "district_nurse_link",
)


@compiled_inline
def added_link(existing: float, link: float, prevention: float, finds_new: bool) -> float:
    """Return the share of a referral source that a policy links in addition to existing practice."""
    return (1.0 - existing) * link * max(0.0, prevention) * finds_new


@compiled_inline
def observed_severity(severity: float, error: float, observation_error: float, sharpness: float) -> float:
    """Return the severity that a referral source observes: true severity plus an error, in [0, 1].

    The error decreases with `sharpness`.
    """
    return min(1.0, max(0.0, severity + error * observation_error / (0.5 + sharpness)))


@compiled_inline
def visibility(severity: float, from_severity: float) -> float:
    """Return the visibility of a problem in [0, 1]: 0 up to `from_severity`, then linear in severity."""
    return max(0.0, severity - from_severity) / (1.0 - from_severity)


@compiled_inline
def error_about_safety(factor: float, expertise: float, expertise_today: float, sharpens: float) -> float:
    """Return the ratio of the error about safety to other domains: it falls with expertise, at least 1."""
    left = (1.0 - sharpens * expertise) / (1.0 - sharpens * expertise_today)
    return max(1.0, factor * left)


@compiled_inline
def chance_of_misdirected_contact(
    per_counter: float, counters: float, by_number: float, number_finds_way: float
) -> float:
    """Return the chance of a misdirected contact: it grows with counters; one central number lowers it."""
    found = number_finds_way if by_number else 0.0
    return per_counter * (counters - 1.0) * (1.0 - found)
