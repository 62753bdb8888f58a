"""Low-threshold help: at school, by youth work, by youth intervention teams and by a flying brigade.

It needs no assessment and gives no label. Its effect on severity is drawn from a range that starts at 0.
The council's measures on prevention reduce it.
"""

from dataclasses import dataclass

from agents.compiled import compiled_inline
from agents.parameters import FALLS, RISES, Effect, ParameterGroup, parameter

SCHOOL_FROM = 4  # years of age
YOUTH_FROM = 12
WORK_FROM = 16
ADULT_FROM = 18
YOUNG_ADULT_BELOW = 27  # the Dutch Participation Act has separate rules for people under 27


@dataclass
class LowThresholdParameters(ParameterGroup):
    """Reach, effects and costs of low-threshold help."""

    help_on_school: float = parameter(
        0.0, unit="share of schools", low=0.0, high=1.0, source="lever; S3 Almere (six special schools)",
        lever=True,
        cost="`eur_per_pupil_month`.",
        effect=Effect("household", "signals", "low_threshold_school", RISES),
        meaning="Share of schools with help for pupils without an assessment or a label.",
    )  # fmt: skip
    youth_work: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever; S4 Deventer", lever=True,
        cost="`youth_work_eur_per_1000`.",
        effect=Effect("household", "teams", "low_threshold_youth_work", RISES),
        meaning="How far youth work reaches youths of 12 to 17 with light problems.",
    )  # fmt: skip
    youth_intervention: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever; S4 (youth intervention teams)", lever=True,
        cost="`eur_per_intervention_month`.",
        effect=Effect("household", "teams", "low_threshold_intervention", RISES),
        meaning="How far youth intervention teams reach youths of 12 to 17 with heavier problems.",
    )  # fmt: skip
    flying_brigade: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever; S3 Almere", lever=True,
        cost="`eur_per_brigade_month`.",
        effect=Effect("household", "teams", "low_threshold_brigade", RISES),
        meaning="How far a mobile team between school and work reaches people of 16 to 26.",
    )  # fmt: skip
    visible_at: float = parameter(
        0.15, unit="severity", low=0.05, high=0.6, source="assumed, as for what shows at school",
        meaning="Severity from which problems are visible to low-threshold help.",
    )  # fmt: skip
    pupils_reached_per_month: float = parameter(
        0.25, unit="1/month", low=0.0, high=1.0, source="assumed",
        meaning="Chance per month that help at school reaches a pupil with visible problems.",
    )  # fmt: skip
    youths_met_per_month: float = parameter(
        0.25, unit="1/month", low=0.0, high=1.0, source="assumed",
        meaning="Chance per month that youth work meets a youth with light problems.",
    )  # fmt: skip
    intervention_reaches_per_month: float = parameter(
        0.15, unit="1/month", low=0.0, high=1.0, source="assumed",
        meaning="Chance per month that an intervention team reaches a youth with heavier problems.",
    )  # fmt: skip
    brigade_reaches_per_month: float = parameter(
        0.15, unit="1/month", low=0.0, high=1.0, source="assumed",
        meaning="Chance per month that the mobile team reaches somebody between school and work.",
    )  # fmt: skip
    help_on_school_effect: float = parameter(
        0.015, unit="severity a month", low=0.0, high=0.03, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "severity_youth", FALLS, also={"referral_source.help_on_school": 1.0},
        ),
        meaning="Severity that a month of help at school takes off a pupil's problems.",
    )  # fmt: skip
    school_keeps_to_itself: float = parameter(
        0.25, unit="share", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "signals", "signals_school", FALLS,
            also={"referral_source.school_link": 1.0, "referral_source.help_on_school": 1.0},
        ),
        meaning="How much less a school with its own help reports to the teams.",
    )  # fmt: skip
    youth_work_effect: float = parameter(
        0.01, unit="severity a month", low=0.0, high=0.02, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "severity_youth", FALLS, also={"referral_source.youth_work": 1.0},
        ),
        meaning="Severity that a month of youth work takes off a youth's light problems.",
    )  # fmt: skip
    youth_intervention_effect: float = parameter(
        0.015, unit="severity a month", low=0.0, high=0.03, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "severity_youth", FALLS, also={"referral_source.youth_intervention": 1.0},
        ),
        meaning="Severity that a month with an intervention team takes off a youth's heavier problems.",
    )  # fmt: skip
    intervention_brings_per_month: float = parameter(
        0.1, unit="1/month", low=0.0, high=0.2, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "signals_intervention_team", RISES,
            also={"referral_source.youth_intervention": 1.0},
        ),
        meaning="Chance per month that an intervention team refers a youth to the team.",
    )  # fmt: skip
    flying_brigade_effect: float = parameter(
        0.015, unit="severity a month", low=0.0, high=0.03, source="assumed", draw="range",
        effect=Effect(
            "household", "teams", "severity_*", FALLS,
            also={"referral_source.flying_brigade": 1.0, "referral_source.brigade_reaches_per_month": 1.0},
        ),
        meaning="Severity that a month with the mobile team takes off problems between school and work.",
    )  # fmt: skip
    eur_per_pupil_month: float = parameter(
        150.0, unit="euro", low=0.0, high=1000.0, source="assumed (some two hours)",
        meaning="Cost of a month of help at school for one pupil.",
    )  # fmt: skip
    youth_work_eur_per_1000: float = parameter(
        8000.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=40000.0,
        source="assumed (a youth worker per 9,000 inhabitants)",
        meaning="Cost of youth work that is fully present.",
    )  # fmt: skip
    eur_per_intervention_month: float = parameter(
        350.0, unit="euro", low=0.0, high=2000.0, source="assumed (some five hours)",
        meaning="Cost of a month with an intervention team for one youth.",
    )  # fmt: skip
    eur_per_brigade_month: float = parameter(
        250.0, unit="euro", low=0.0, high=2000.0, source="assumed (some three to four hours)",
        meaning="Cost of a month with the mobile team for one household.",
    )  # fmt: skip


@compiled_inline
def is_of_school_age(age_years: float) -> bool:
    """Return whether a child is of school age."""
    return (age_years >= SCHOOL_FROM) & (age_years < ADULT_FROM)


@compiled_inline
def is_youth(age_years: float) -> bool:
    """Return whether a child is in the age group of youth work and intervention teams."""
    return (age_years >= YOUTH_FROM) & (age_years < ADULT_FROM)


@compiled_inline
def is_between_school_and_work(age_years: float) -> bool:
    """Return whether a youth, or a household's oldest adult, is in the age group of the flying brigade."""
    return (age_years >= WORK_FROM) & (age_years < YOUNG_ADULT_BELOW)


@compiled_inline
def severity_after_help(severity: float, effect: float) -> float:
    """Return severity after a month of low-threshold help: reduced by `effect`, at least 0."""
    return max(0.0, severity - effect)


@compiled_inline
def school_signal_probability(chance: float, help_on_school: float, school_keeps_to_itself: float) -> float:
    """Return the monthly chance that a school sends a signal; lower where it helps its pupils itself."""
    return chance * (1.0 - help_on_school * school_keeps_to_itself)
