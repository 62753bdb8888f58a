"""Parameters of households: how problems start, grow and fade, and how a household seeks help."""

from dataclasses import dataclass

from agents.parameters import FALLS, RISES, Effect, ParameterGroup, parameter


@dataclass
class HouseholdParameters(ParameterGroup):
    """How problems start, grow and spread, and when help is sought."""

    incidence_per_year: list[float] = parameter(
        [0.041, 0.0786, 0.0427, 0.0292, 0.113], unit="1/year", low=0.0, high=1.0, draw=0.15,
        source="assumed; rough fit to calibration_targets.csv",
        effect=Effect(
            "household", "events", "new_problems_*", RISES, low=[0.02] * 5, high=[0.2] * 5,
            is_about_events=True,
        ),
        meaning="Hazard of a new problem for a household of mean frailty (per child for youth).",
    )  # fmt: skip
    initial_severity_power: list[float] = parameter(
        [1.54, 1.67, 1.85, 1.6, 2.26], unit="1", low=0.3, high=6.0,
        source="assumed; rough fit to calibration_targets.csv",
        meaning="Shape of the size of new problems: a higher value means more small ones.",
    )  # fmt: skip
    initial_severity_least: float = parameter(
        0.08, unit="severity", low=0.02, high=0.3, source="assumed",
        meaning="Smallest new problem.",
    )  # fmt: skip
    initial_severity_most: float = parameter(
        0.85, unit="severity", low=0.4, high=1.0, source="assumed",
        meaning="Largest new problem.",
    )  # fmt: skip
    fade_per_month: list[float] = parameter(
        [0.16, 0.117, 0.0699, 0.0816, 0.0927], unit="1/month", low=0.0, high=1.0, draw=0.2,
        source="assumed; rough fit to calibration_targets.csv",
        effect=Effect("household", "problems", "severity_*", FALLS, high=[0.5] * 5),
        meaning="Speed at which a problem below its tipping point fades.",
    )  # fmt: skip
    escalation_per_month: list[float] = parameter(
        [0.0721, 0.0689, 0.03, 0.0847, 0.0779], unit="1/month", low=0.0, high=1.0, draw=0.2,
        source="assumed; half a year from problems to violence in S0 sets the order of size",
        effect=Effect("household", "problems", "crises_*", RISES, high=[0.5] * 5),
        meaning="Speed at which a problem above its tipping point grows.",
    )  # fmt: skip
    tipping_point: list[float] = parameter(
        [0.697, 0.543, 0.386, 0.465, 0.431], unit="severity", low=0.05, high=0.95, draw=0.06,
        source="assumed; rough fit to calibration_targets.csv",
        effect=Effect("household", "problems", "crises_*", FALLS, low=[0.3] * 5, high=[0.8] * 5),
        meaning="Severity above which a problem grows, at mean own strength and without support.",
    )  # fmt: skip
    linger_width: list[float] = parameter(
        [0.163, 0.0893, 0.185, 0.1, 0.115], unit="severity", low=0.0, high=0.5,
        source="assumed; set by an earlier fit",
        meaning=(
            "Half-width of the range around the tipping point in which a problem neither fades nor grows."
        ),
    )  # fmt: skip
    severity_floor: float = parameter(
        0.04, unit="severity", low=0.0, high=0.1, source="assumed",
        meaning="A problem below this is gone.",
    )  # fmt: skip
    strength_raises_tipping: float = parameter(
        0.35, unit="severity", low=0.0, high=0.8, source="assumed", draw=0.2,
        effect=Effect("household", "problems", "severity_*"),
        meaning="How much full own strength raises the tipping point, compared with mean strength.",
    )  # fmt: skip
    support_raises_tipping: float = parameter(
        0.12, unit="severity", low=0.0, high=0.24, source="assumed", draw="range",
        effect=Effect("household", "problems", "severity_*", FALLS),
        meaning="How much full informal support raises the tipping point.",
    )  # fmt: skip
    help_raises_tipping: float = parameter(
        0.18, unit="severity", low=0.0, high=0.4, source="assumed", draw=0.3,
        effect=Effect("household", "problems", "severity_*", FALLS),
        meaning="How much professional help raises the tipping point of the problems it covers.",
    )  # fmt: skip
    strain_lowers_tipping: float = parameter(
        0.10, unit="severity", low=0.0, high=0.2, source="assumed", draw="range",
        effect=Effect("household", "problems", "severity_*", RISES),
        meaning="How much a full load of other problems lowers the tipping point.",
    )  # fmt: skip
    money_to_mind: float = parameter(
        0.020, unit="1/month", low=0.0, high=0.04, source="assumed", draw="range",
        effect=Effect("household", "problems", "severity_mind", RISES),
        meaning="How much money problems add to mental problems per month.",
    )  # fmt: skip
    money_to_safety: float = parameter(
        0.008, unit="1/month", low=0.0, high=0.06, source="assumed", draw=0.5,
        effect=Effect("household", "problems", "severity_safety", RISES),
        meaning="How much money problems add to safety problems per month.",
    )  # fmt: skip
    mind_to_youth: float = parameter(
        0.015, unit="1/month", low=0.0, high=0.08,
        source="assumed; Berg and Brannstrom 2018 is met in an experiment, not put in", draw=0.5,
        effect=Effect("household", "problems", "severity_youth", RISES),
        meaning="How much a parent's mental problems add to the problems of each child per month.",
    )  # fmt: skip
    mind_to_safety: float = parameter(
        0.008, unit="1/month", low=0.0, high=0.06, source="assumed", draw=0.5,
        effect=Effect("household", "problems", "severity_safety", RISES),
        meaning="How much mental problems add to safety problems per month.",
    )  # fmt: skip
    spill_floor: float = parameter(
        0.35, unit="severity", low=0.0, high=0.9, source="assumed",
        meaning="Problems below this do not spill over.",
    )  # fmt: skip
    spill_least: float = parameter(
        0.004, unit="severity a month", low=0.0, high=0.05, source="assumed",
        meaning="An addition smaller than this does not start a problem where there was none.",
    )  # fmt: skip
    scar: float = parameter(
        0.0537, unit="own strength", low=0.0, high=0.3, source="assumed; set by an earlier fit",
        meaning="Own strength lost permanently in a crisis.",
    )  # fmt: skip
    eviction_hits_child: float = parameter(
        0.2, unit="severity", low=0.0, high=0.4, draw="range",
        source="assumed, drawn from zero: home, school and friends are lost at once; how much is fitted to "
        "eviction_to_placement (Berg and Brannstrom 2018)",
        effect=Effect(
            "household", "crises", "severity_youth", RISES,
            also={"household.eviction_share": 1.0, "household.escalation_per_month": [0.3] * 5},
        ),
        meaning="Severity that losing its home adds to the problems of each child.",
    )  # fmt: skip
    passes_per_month: list[float] = parameter(
        [0.006, 0.02, 0.004, 0.02, 0.008], unit="1/month", low=0.0, high=0.05, draw=0.9,
        source="assumed, wide on purpose: how many of those found early would have recovered anyway is "
        "not known (credible_core.md section 2)",
        effect=Effect("household", "problems", "problems_passed", RISES),
        meaning=(
            "Chance per month that a problem of any severity passes, stops growing or is solved elsewhere."
        ),
    )  # fmt: skip
    passing_leaves: float = parameter(
        0.3, unit="share of severity", low=0.0, high=0.9, source="assumed",
        meaning="Share of severity that remains of a problem that passes.",
    )  # fmt: skip
    long_standing_share: float = parameter(
        0.16, unit="share of problems", low=0.0, high=0.5, draw=0.5,
        source="assumed; 6 percent of team cases last three years or more (Van der Zwaan / BiJ 2020)",
        effect=Effect("household", "problems", "problems_passed", FALLS),
        meaning="Share of problems that are long-standing from the start; the others are short.",
    )  # fmt: skip
    long_standing_slows: float = parameter(
        0.25, unit="ratio", low=0.05, high=1.0, source="assumed; as above",
        meaning="How often a long-standing problem passes and its care ends, relative to a short one.",
    )  # fmt: skip
    eviction_share: float = parameter(
        0.195, unit="share of crises of money", low=0.02, high=1.0, draw=0.6,
        source="assumed; rough fit to evictions_per_1000_households_2014",
        effect=Effect("household", "crises", "evictions", RISES),
        meaning="Share of money crises that end in an eviction; the others are settled at the last moment.",
    )  # fmt: skip
    severity_when_settled: float = parameter(
        0.65, unit="severity", low=0.3, high=0.95, source="assumed",
        meaning="Severity of money problems after an eviction was averted.",
    )  # fmt: skip
    severity_after_crisis: list[float] = parameter(
        [0.856, 0.553, 0.8, 0.4, 0.585], unit="severity", low=0.05, high=0.95,
        source="assumed: violence ends for a while when somebody steps in, debts do not",
        meaning="Severity after the response to a crisis.",
    )  # fmt: skip
    help_seeking_per_month: float = parameter(
        0.173, unit="1/month", low=0.0, high=1.0, draw=0.25,
        source="assumed; rough fit to calibration_targets.csv",
        effect=Effect("household", "signals", "signals_self", RISES),
        meaning="Chance per month of seeking help when problems far outweigh the effort of asking.",
    )  # fmt: skip
    help_seeking_threshold: float = parameter(
        0.417, unit="severity", low=0.1, high=0.9, source="assumed; rough fit", draw=0.15,
        effect=Effect("household", "signals", "signals_self", FALLS, low=0.2, high=0.8),
        meaning="Severity at which a household with mean trust begins to ask for help.",
    )  # fmt: skip
    counter_effort: float = parameter(
        0.03, unit="severity per counter", low=0.0, high=0.06, source="assumed", draw="range",
        effect=Effect("household", "signals", "signals_self", FALLS),
        meaning="How much harder each counter beyond the first makes it to find the right one.",
    )  # fmt: skip
    counter_reach: float = parameter(
        0.02, unit="severity per counter", low=0.0, high=0.06, source="assumed", draw="range",
        effect=Effect("household", "signals", "signals_self", RISES),
        meaning="How much easier each counter beyond the first is to reach.",
    )  # fmt: skip
    misdirected_per_counter: float = parameter(
        0.08, unit="share per counter", low=0.0, high=0.3, source="assumed",
        meaning="Chance that a household seeking help makes a misdirected contact, per counter beyond one.",
    )  # fmt: skip
    trust_lost_per_failure: float = parameter(
        0.08, unit="trust", low=0.0, high=0.4, source="assumed",
        meaning="Trust lost in a misdirected contact or a failed referral.",
    )  # fmt: skip
    trust_gained_by_help: float = parameter(
        0.03, unit="trust", low=0.0, high=0.2, source="assumed",
        meaning="Trust gained when help ends well.",
    )  # fmt: skip
    contribution_deters: list[float] = parameter(
        [0.06, 0.4, 0.8, 0.9, 1.0], unit="ratio by income fifth", low=0.0, high=1.0,
        source="derived from household_help_growth_lowest_income and "
        "household_help_growth_highest_income: growth of household help 2018-2020 by income, about 0-5% "
        "lowest, +67% middle, doubled at the top (history.csv, Significant 2021)",
        meaning=(
            "How strongly an own contribution that rises with income deters each income fifth; the highest "
            "is 1."
        ),
    )  # fmt: skip
    contribution_deterrence: float = parameter(
        0.46, unit="share", low=0.0, high=0.8, draw=0.19,
        source="derived from household_help_growth_highest_income and household_help_growth_lowest_income: "
        "with 90% (60-120) more users at the highest incomes in 2018-2020, 3% of which happened without it, "
        "1 - 1.03 / 1.90 never asked before",
        effect=Effect("household", "signals", "deterred_by_contribution", RISES),
        meaning=(
            "Share of the highest incomes that never ask for household help while the contribution rises "
            "with income."
        ),
    )  # fmt: skip
    youth_threshold_falls: float = parameter(
        0.004, unit="severity a year", low=0.0, high=0.02, draw="range",
        source="assumed; users +2.5% a year (1-4) outside protection (history.md section 4)",
        effect=Effect("municipality", "budget", "signals_gp", months=84),
        meaning=(
            "How much the severity at which children's problems are noticed and reported falls per year, "
            "2010-2023."
        ),
    )  # fmt: skip
    youth_level: float = parameter(
        0.0, unit="log ratio", low=-0.8, high=0.8, source="drawn per municipality, see population",
        meaning="Log ratio of how often children in this municipality have problems, everything else equal.",
    )  # fmt: skip
    shame_lowers_help_seeking: float = parameter(
        0.75, unit="share", low=0.0, high=1.0,
        source="Nibud and Divosa: two classes of askers (evidence.md, debt duration); size assumed",
        meaning="How much less often households that do not ask by themselves seek help.",
    )  # fmt: skip
    violence_at: float = parameter(
        0.262, unit="severity", low=0.2, high=0.9, source="assumed; rough fit to calibration_targets.csv",
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
        meaning="Chance per year that a household leaves the municipality; a similar one takes its place.",
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
        0.119, unit="1/year", low=0.0, high=0.2, source="assumed; set by an earlier fit",
        meaning="Growth of the hazard of daily-functioning problems with each year of age above 60.",
    )  # fmt: skip
    long_term_care_per_year: float = parameter(
        0.10, unit="1/year", low=0.0, high=0.5, source="assumed",
        meaning=(
            "Chance per year that an old single person with problems in daily life moves to long-term care."
        ),
    )  # fmt: skip
    one_parent_hazard: float = parameter(
        2.37, unit="ratio", low=1.0, high=4.0, source="assumed; rough fit",
        meaning="How much more often single-parent households get problems.",
    )  # fmt: skip
    poverty_hazard: float = parameter(
        0.45, unit="1 per income fifth", low=0.0, high=1.0, source="assumed",
        meaning="How much the log hazard of money problems rises with each lower income fifth.",
    )  # fmt: skip
    youth_trend_per_year: float = parameter(
        0.0298, unit="1/year", low=0.0, high=0.06,
        source="youth_care_users_share_u18 2016-2023, outside trend 2010-2023", draw=0.3,
        effect=Effect("household", "events", "new_problems_youth", RISES, months=84, is_about_events=True),
        meaning="Growth of children's problems from outside the model, 2010-2023.",
    )  # fmt: skip
    care_trend_per_year: float = parameter(
        0.0149, unit="1/year", low=0.0, high=0.06,
        source="assumed: care moves home (long-term care reform 2015)", draw=0.3,
        effect=Effect("household", "events", "new_problems_care", RISES, months=84, is_about_events=True),
        meaning="Growth of care needs met at home from outside the model, 2010-2023.",
    )  # fmt: skip
    recession_hazard: float = parameter(
        1.25, unit="ratio", low=1.0, high=2.0, source="assumed",
        meaning="Money problems in 2009-2014 relative to other years.",
    )  # fmt: skip
    shock_per_wijk_year: float = parameter(
        0.10, unit="1/year", low=0.0, high=1.0, source="assumed",
        meaning="Shared problems per wijk and year (about a school, a street, a drug).",
    )  # fmt: skip
    shock_strikes: float = parameter(
        0.004, unit="1/month", low=0.0, high=0.1, source="assumed",
        meaning="Chance per month that a shared problem reaches a household of the wijk.",
    )  # fmt: skip
    shock_months: float = parameter(
        8.0, unit="months", low=1.0, high=36.0, source="assumed",
        meaning="How long a shared problem lasts.",
    )  # fmt: skip
    dispute_per_year: float = parameter(
        0.020, unit="1/year", low=0.0, high=0.2, source="assumed",
        meaning="Disputes with neighbours.",
    )  # fmt: skip
    dispute_weight: float = parameter(
        0.14, unit="severity", low=0.0, high=0.5, source="assumed",
        meaning="Largest mental problem that an unsolved dispute causes in a household.",
    )  # fmt: skip


# Distributions of the fixed traits of households and networks.


@dataclass
class PopulationParameters(ParameterGroup):
    """How fixed traits vary between households, circles and wijken."""

    frailty_spread: float = parameter(
        0.9,
        unit="1",
        low=0.2,
        high=1.6,
        source="assumed",
        draw=0.2,
        effect=Effect(
            "household",
            "events",
            "households_with_something_going_on",
            anew=True,
            is_about_events=True,
        ),
        meaning="Standard deviation of the log of frailty, which multiplies every hazard.",
    )
    municipal_spread: float = parameter(
        0.36,
        unit="log deviation",
        low=0.0,
        high=0.8,
        source="youth_help_spread_of_municipalities: the share of children with help differs by a "
        "log sd of 0.18 (0.16-0.21) between municipalities beyond their population (history.md); the share "
        "follows the rates by half (benchmarks/municipal_spread.py)",
        meaning=(
            "Spread between municipalities of how often children come into care; half of it is GPs and "
            "supply."
        ),
    )
    municipal_regional: float = parameter(
        0.3,
        unit="correlation",
        low=0.0,
        high=1.0,
        source="assumed",
        meaning="Correlation between two municipalities of one region of how often children come into care.",
    )
    frailty_income_slope: float = parameter(
        0.35,
        unit="1 per income fifth",
        low=0.0,
        high=0.8,
        source="assumed",
        meaning="How much log frailty rises with each lower income fifth.",
    )
    deprivation_spread: float = parameter(
        0.35,
        unit="1",
        low=0.0,
        high=1.0,
        source="assumed",
        meaning="How much log frailty is higher in a wijk that is one standard deviation more deprived.",
    )
    strength_mean: float = parameter(
        0.55,
        unit="1",
        low=0.2,
        high=0.8,
        source="assumed",
        meaning="Mean own strength.",
    )
    strength_spread: float = parameter(
        0.18,
        unit="1",
        low=0.0,
        high=0.4,
        source="assumed",
        meaning="Standard deviation of own strength.",
    )
    trust_mean: float = parameter(
        0.6,
        unit="1",
        low=0.2,
        high=0.9,
        source="assumed",
        meaning="Mean trust in help.",
    )
    trust_spread: float = parameter(
        0.2,
        unit="1",
        low=0.0,
        high=0.4,
        source="assumed",
        meaning="Standard deviation of trust.",
    )
    shame_share: float = parameter(
        0.35,
        unit="share",
        low=0.0,
        high=0.8,
        source="assumed",
        meaning="Share of households that do not ask for help by themselves.",
    )
    tenant_share: float = parameter(
        0.30,
        unit="share",
        low=0.1,
        high=0.6,
        source="assumed",
        meaning="Share of households that rent from a housing corporation; higher among lower incomes.",
    )
    circle_size: float = parameter(
        16.0,
        unit="households",
        low=10.0,
        high=25.0,
        source="model.md section 1",
        meaning="Mean number of households in an informal network.",
    )
    circle_capacity: float = parameter(
        2.88,
        unit="support units per month",
        low=0.2,
        high=3.0,
        source="assumed and fixed: only its ratio to `tires_per_month`, which is fitted, shows",
        effect=Effect("informal_network", "informal_support", "tiredness_mean", FALLS, anew=True),
        meaning="Mean spare strength of a rested informal network.",
    )
    circle_capacity_spread: float = parameter(
        0.5,
        unit="1",
        low=0.0,
        high=1.0,
        source="assumed",
        meaning="Standard deviation of the log of a network's capacity.",
    )
