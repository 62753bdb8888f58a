"""The wijkteam and the youth team: one class, two kinds.

Hours go to administration, contacts between members, outreach, collective work, coordination, community
building, intake and support. The effect on a case is a concave function of the hours it gets. The rules
of casework are in `agents/wijkteam_casework.py`.
ODD 2 (state): `TEAM` in `agents/state.py`.
"""

from dataclasses import dataclass
from typing import Any

import mesa

from agents.compiled import compiled_inline
from agents.mesa_adapter.model_mixin import RecordBacked
from agents.parameters import FALLS, RISES, Effect, parameter
from agents.referral_source import ADDED_LINKS
from agents.wijkteam_casework import CaseworkParameters
from agents.wijkteam_organisation import CollectiveParameters, OrganisationParameters


@dataclass
class WijkteamParameters(CaseworkParameters, CollectiveParameters, OrganisationParameters):
    """How teams are set up and organised, divide hours, help, refer and lose people."""

    count: int = parameter(
        0, unit="teams", low=0, high=5000, lever=True,
        source="0 means one per two wijken, or what the system's source says",
        cost="Free, because it divides the same staff; pairs of colleagues take `link_hours`.",
        effect=Effect(
            "wijkteam", "teams", "links", FALLS, low=1, high=3, months=12, anew=True, households=8000,
        ),
        meaning="Number of wijkteams; 0 derives it from the municipality's wijken.",
    )  # fmt: skip
    youth_count: int = parameter(
        0, unit="teams", low=0, high=5000, source="system", lever=True,
        cost="Free, because it divides the same staff; pairs of colleagues take `link_hours`.",
        effect=Effect("wijkteam", "teams", "youth_caseload", RISES, high=1, anew=True),
        meaning="Number of separate youth teams; 0 puts youth in the wijkteams.",
    )  # fmt: skip
    fte_per_1000: float = parameter(
        0.9, unit="fte per 1,000 inhabitants", low=0.1, high=5.0, lever=True,
        source="team_staff_per_1000: 0.7-1.7 staff per 1,000 inhabitants, 0.8 fte each",
        cost="`eur_per_fte`.",
        effect=Effect("wijkteam", "budget", "team_waiting", FALLS, low=0.3, high=3.0),
        meaning="Staff of wijkteams and youth teams together, without the staff for outreach and links.",
    )  # fmt: skip
    extra_fte_per_1000: float = parameter(
        0.0, unit="fte per 1,000 inhabitants", low=0.0, high=5.0, lever=True,
        source="lever; an arm with the staff of early signalling and nothing else",
        cost="`eur_per_fte`.",
        effect=Effect(
            "wijkteam", "budget", "team_waiting", FALLS, high=2.0, also={"wijkteam.fte_per_1000": 0.3},
        ),
        meaning="Staff in addition to `fte_per_1000`.",
    )  # fmt: skip
    signalling_staffed: float = parameter(
        1.0, unit="share", low=0.0, high=1.0, source="assumed", lever=True,
        cost="`eur_per_fte` for the staff that is hired.",
        effect=Effect("wijkteam", "budget", "team_waiting", FALLS, also={"wijkteam.outreach_share": 0.3}),
        meaning="Share of the hours for outreach, links and the intakes they cause for which staff is hired.",
    )  # fmt: skip
    fte_per_link: float = parameter(
        0.02, unit="fte per 1,000 inhabitants", low=0.0, high=0.06, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "budget", "team_waiting", FALLS,
            also={"wijkteam.fte_per_1000": 0.3, "referral_source.school_link": 1.0,
                 "referral_source.housing_corporation_link": 1.0},
        ),
        meaning="Team staff for contacts with one fully linked referral source and the intakes it causes.",
    )  # fmt: skip
    youth_fte_share: float = parameter(
        0.14, unit="share", low=0.05, high=0.4, draw=0.4,
        source="assumed; 14-40 open cases per fte hold for youth teams too (team_cases_per_fte)",
        effect=Effect(
            "wijkteam", "budget", "youth_staff", RISES, also={"wijkteam.youth_count": 1}, months=6, anew=True,
        ),
        meaning=(
            "Share of team staff for children until a year of use is known; after that youth teams follow "
            "use."
        ),
    )  # fmt: skip
    hours_are_scarce: int = parameter(
        1, unit="0 or 1", low=0, high=1, lever=True,
        source="switch of the mechanism; 0 tells what waiting for a team does",
        cost="Free, because it is no policy but an experiment: it tells what waiting for a team does.",
        effect=Effect("wijkteam", "teams", "team_waiting", RISES, also={"wijkteam.fte_per_1000": 0.3}),
        meaning="Whether households wait for a first talk; 0 takes everybody in immediately.",
    )  # fmt: skip
    help_works: float = parameter(
        1.0, unit="share", low=0.0, high=1.0, source="placebo: 0 switches the effect of team help off",
        lever=True,
        cost="Free, because it is no policy but an experiment: hours without effect are paid all the same.",
        effect=Effect(
            "household", "problems", "severity_*", FALLS,
            also={"wijkteam.support_effect": 0.03, "wijkteam.light_help_effect": 0.06},
        ),
        meaning=(
            "Switch for the effect of help from teams, light help included: 1 has its full effect, 0 none."
        ),
    )  # fmt: skip
    years_early: float = parameter(
        0.0, unit="years", low=0.0, high=8.0, source="system", lever=True,
        cost="`eur_per_fte` for staff that starts early.",
        effect=Effect(
            "wijkteam", "budget", "intakes_before_transition", RISES, high=4.0, months=1, anew=True,
        ),
        meaning="How long before the transition the teams start.",
    )  # fmt: skip
    early_fte_share: float = parameter(
        0.4, unit="share", low=0.05, high=1.0, source="assumed", lever=True,
        cost="`eur_per_fte` for staff that starts early.",
        effect=Effect(
            "wijkteam", "budget", "staff_before_transition", RISES, also={"wijkteam.years_early": 4.0},
            months=1, anew=True,
        ),
        meaning="Share of the final staff that a team has before the transition.",
    )  # fmt: skip
    outreach_share: float = parameter(
        0.0, unit="share of team hours", low=0.0, high=0.6, source="lever", lever=True,
        cost="`eur_per_fte` for the staff of outreach and of the intakes that it causes.",
        effect=Effect("wijkteam", "budget", "outreach_found", RISES, high=0.3),
        meaning="Share of hours spent on visiting households that did not ask for help.",
    )  # fmt: skip
    collective_share: float = parameter(
        0.03, unit="share of team hours", low=0.0, high=0.6, source="assumed", lever=True,
        cost="The hours themselves: `collective_share` of team hours are not there for households.",
        effect=Effect("informal_network", "informal_support", "tiredness_mean", FALLS),
        meaning="Share of hours spent on collective work, which may strengthen networks.",
    )  # fmt: skip
    administrative_share: float = parameter(
        0.30, unit="share of team hours", low=0.10, high=0.60, lever=True,
        source="admin_share 31-38% (patterns.csv); evidence.md 0.20-0.45",
        cost="The hours themselves: `administrative_share` of team hours are not there for households.",
        effect=Effect("wijkteam", "teams", "team_hours_support", FALLS),
        meaning="Share of hours spent on assessment, reassessment and accounting.",
    )  # fmt: skip
    seconded_share: float = parameter(
        0.5, unit="share of staff", low=0.0, high=1.0, source="assumed; S1 Zwolle", lever=True,
        cost="Free, because seconded staff is paid `eur_per_fte` like other staff (assumed).",
        effect=Effect(
            "household", "teams", "transfers", RISES, also={"wijkteam.seconded_shift": 0.5}, months=12,
        ),
        meaning="Share of staff seconded from providers.",
    )  # fmt: skip
    seconded_shift: float = parameter(
        0.25, unit="severity", low=0.0, high=0.5, draw="range",
        source="CPB 2019 (wmo_growth_gap_team_seconded); zero in its range",
        effect=Effect(
            "household", "teams", "transfers", RISES, also={"wijkteam.seconded_share": 1.0}, months=12,
        ),
        meaning=(
            "How much lower the threshold for guidance and day care (the care of their own organisations) "
            "is where all staff are seconded."
        ),
    )  # fmt: skip
    support_shift: float = parameter(
        -0.06, unit="severity", low=-0.2, high=0.1, draw="range",
        source="CPB 2019 (wmo_growth_gap_team_own_staff); either sign",
        effect=Effect("household", "teams", "transfers", RISES, months=12),
        meaning="How much lower a team's threshold for guidance and day care is than a desk's.",
    )  # fmt: skip
    light_help: float = parameter(
        1.0, unit="share", low=0.0, high=1.0, source="model.md", lever=True,
        cost="`hours_per_light_help` of team hours.",
        effect=Effect("wijkteam", "teams", "light_helps", RISES),
        meaning="Share of light cases that get short light help; the others wait like any other case.",
    )  # fmt: skip
    heavy_first: float = parameter(
        0.7, unit="share of intakes", low=0.0, high=1.0, source="assumed", lever=True,
        cost="Free, because it changes the order of intakes and not their hours.",
        effect=Effect("wijkteam", "teams", "light_helps", FALLS, also={"wijkteam.fte_per_1000": 0.3}),
        meaning="Share of intakes reserved for cases that triage marks as heavy.",
    )  # fmt: skip
    active_follow_up: float = parameter(
        0.3, unit="share", low=0.0, high=1.0, source="assumed", lever=True,
        cost="Free, because following a transfer is taken as part of the intake (assumed).",
        effect=Effect("household", "signals", "failed_referrals", FALLS),
        meaning="Share of referrals that the sender follows until they arrive.",
    )  # fmt: skip
    one_plan: float = parameter(
        0.3, unit="share", low=0.0, high=1.0, source="assumed", lever=True,
        cost="`hours_per_coordination` of team hours.",
        effect=Effect("household", "teams", "team_hours_coordination", RISES),
        meaning="Share of households with multiple problems that get one plan and one coordinator.",
    )  # fmt: skip
    counters: float = parameter(
        3.0, unit="counters", low=1.0, high=12.0, source="assumed", lever=True,
        cost="`eur_per_counter`.",
        effect=Effect("household", "signals", "misdirected_contacts", RISES),
        meaning=(
            "Number of counters where residents can ask for help; before the transition `counters_before`."
        ),
    )  # fmt: skip
    counters_before: float = parameter(
        5.0, unit="counters", low=1.0, high=15.0, source="assumed",
        meaning="Number of counters before the transition.",
    )  # fmt: skip
    eur_per_counter: float = parameter(
        0.9, unit="euro per inhabitant a year", low=0.0, high=20.0, source="assumed",
        meaning="Cost of keeping one counter open.",
    )  # fmt: skip
    disciplines: float = parameter(
        6.0, unit="disciplines", low=1.0, high=20.0, source="assumed; Eindhoven has 18", lever=True,
        cost="Free, because other backgrounds are paid `eur_per_fte` like any (assumed).",
        effect=Effect("wijkteam", "teams", "staff_quality", RISES),
        meaning="Professional backgrounds present in a team.",
    )  # fmt: skip
    breadth_effect: float = parameter(
        0.10, unit="share", low=0.0, high=0.2, source="assumed", draw="range",
        effect=Effect("wijkteam", "teams", "staff_quality", RISES),
        meaning="Gain in effect and accuracy from full breadth of disciplines.",
    )  # fmt: skip
    link_hours: float = parameter(
        0.35, unit="hours per pair a month", low=0.0, high=0.8,
        source="links n(n-1)/2 (Singer 2015); hours assumed", draw="range",
        effect=Effect("wijkteam", "teams", "team_hours_support", FALLS),
        meaning="Hours that each pair of colleagues in a unit spends on keeping in touch.",
    )  # fmt: skip
    unit_size: float = parameter(
        12.0, unit="fte", low=4.0, high=60.0, source="team_size_upper_bound 8-12", lever=True,
        cost="`link_hours` of team hours for every pair of colleagues in a unit.",
        effect=Effect("wijkteam", "teams", "team_hours_support", FALLS, also={"wijkteam.fte_per_1000": 5.0}),
        meaning="A larger team works in units of about this size; contacts stay within a unit.",
    )  # fmt: skip
    hours_per_fte: float = parameter(
        115.0, unit="hours a month", low=90.0, high=140.0, source="assumed (1,380 hours a year)",
        meaning="Hours that one fte is at work, without leave and illness.",
    )  # fmt: skip
    hours_per_intake: float = parameter(
        8.11, unit="hours", low=1.0, high=30.0, source="assumed", draw=0.45,
        effect=Effect("wijkteam", "teams", "intakes", FALLS, also={"wijkteam.fte_per_1000": 0.3}),
        meaning="Hours of one intake, visit and plan included.",
    )  # fmt: skip
    hours_per_light_help: float = parameter(
        5.0, unit="hours", low=1.0, high=30.0, source="assumed", draw=0.3,
        effect=Effect(
            "wijkteam", "teams", "intakes", FALLS,
            also={"wijkteam.fte_per_1000": 0.3, "wijkteam.heavy_first": 0.0}, months=60,
        ),
        meaning="Hours of short light help.",
    )  # fmt: skip
    hours_per_found: float = parameter(
        10.0, unit="hours", low=2.0, high=30.0, source="assumed", draw=0.3,
        effect=Effect("wijkteam", "budget", "outreach_found", FALLS, also={"wijkteam.outreach_share": 0.3}),
        meaning="Outreach hours for meeting one household.",
    )  # fmt: skip
    hours_per_coordination: float = parameter(
        2.0, unit="hours a month", low=0.0, high=10.0, source="assumed",
        meaning="Hours of coordination per household with one plan.",
    )  # fmt: skip
    most_intake_share: float = parameter(
        0.5, unit="share of client hours", low=0.1, high=0.9, source="assumed",
        meaning="Largest share of client hours that goes to intakes.",
    )  # fmt: skip
    support_effect: float = parameter(
        0.015, unit="severity a month", low=0.0, high=0.03, draw="range",
        source="CPB 2020: substitution for specialised care is small; zero in its range",
        effect=Effect("household", "teams", "severity_*", FALLS),
        meaning="Severity that a month with enough hours takes off the problem of a team case.",
    )  # fmt: skip
    support_others: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed", draw="range",
        effect=Effect("household", "teams", "severity_*", FALLS, also={"wijkteam.support_effect": 0.03}),
        meaning="Effect on the other problems a team helps with, relative to the problem of the case.",
    )  # fmt: skip
    team_raises_tipping: float = parameter(
        0.5, unit="ratio", low=0.0, high=1.0, source="assumed; a team is no specialist", draw="range",
        effect=Effect("household", "problems", "severity_*", FALLS),
        meaning="How much a team case raises the tipping point, relative to specialist help.",
    )  # fmt: skip
    light_help_effect: float = parameter(
        0.03, unit="severity", low=0.0, high=0.06, draw="range",
        source="CPB 2020: small substitution; zero in its range",
        effect=Effect("household", "teams", "severity_*", FALLS),
        meaning="Severity that short light help takes off a light case.",
    )  # fmt: skip
    half_effect_hours: float = parameter(
        3.0, unit="hours per case a month", low=0.5, high=10.0, draw=0.3,
        source="lower caseloads work (evidence.md); size assumed",
        effect=Effect("household", "teams", "severity_*", RISES),
        meaning="Hours per case and month that give half of the full effect.",
    )  # fmt: skip
    harm: float = parameter(
        0.02, unit="own strength", low=0.0, high=0.04, draw="range",
        source="model.md section 2: drawn from zero upwards",
        effect=Effect("household", "teams", "own_strength", FALLS),
        meaning="Own strength lost through the label or dependence when help turns out to be harmful.",
    )  # fmt: skip
    harm_share: float = parameter(
        0.05, unit="share of first contacts", low=0.0, high=0.3, source="assumed",
        meaning="Share of first contacts that label a household or make it dependent.",
    )  # fmt: skip
    light_below: float = parameter(
        0.321, unit="severity", low=0.1, high=0.6, source="assumed; rough fit to calibration_targets.csv",
        meaning="Observed severity below which a case counts as light.",
    )  # fmt: skip
    refers_at: float = parameter(
        0.329, unit="severity", low=0.2, high=0.9, draw=0.12, source="assumed; rough fit",
        effect=Effect("wijkteam", "teams", "transfers", FALLS),
        meaning="Observed severity above which the team refers to a specialist.",
    )  # fmt: skip
    team_closes_at: float = parameter(
        0.105, unit="severity", low=0.02, high=0.5, source="assumed; rough fit",
        meaning="Severity below which a team case is closed.",
    )  # fmt: skip
    team_closes_per_month: float = parameter(
        0.139, unit="1/month", low=0.0, high=0.5, draw=0.2,
        source="team_closed_within_year: 85 percent of cases end in a year (Van der Zwaan / BiJ 2020)",
        effect=Effect("household", "teams", "clients_wijkteam", FALLS, low=0.05),
        meaning=(
            "Chance per month that a case about a short problem is closed; long-standing ones take longer."
        ),
    )  # fmt: skip
    team_done_per_month: float = parameter(
        0.208, unit="1/month", low=0.02, high=1.0, draw=0.3,
        source="assumed; rough fit to team_cases_per_fte",
        effect=Effect("household", "teams", "clients_wijkteam", FALLS),
        meaning="Chance per month that a case is closed once its problem is below `team_closes_at`.",
    )  # fmt: skip
    step_up_share: float = parameter(
        0.15, unit="share of closed cases", low=0.0, high=0.5, draw="range", source="assumed",
        effect=Effect("household", "teams", "stepped_up", RISES),
        meaning="Share of team cases that end with a referral to a specialist, whatever their severity.",
    )  # fmt: skip
    short_advice: float = parameter(
        0.851, unit="share of light cases", low=0.0, high=1.0, draw=0.2,
        source="assumed; most questions never become a case (Rotterdam 2019, history.md section 3)",
        effect=Effect("wijkteam", "teams", "short_advice", RISES),
        meaning="Share of light cases helped by short advice, which no register counts.",
    )  # fmt: skip
    refers_without_case: list[float] = parameter(
        [0.256, 0.87], unit="share of referrals", low=0.0, high=1.0, draw=0.2,
        source="assumed; rough fit to team_cases_per_fte and youth_form_wijkteam",
        effect=Effect("household", "teams", "referred_without_case", RISES),
        meaning="Share of first talks that end in a referral without a case at the team: adults, children.",
    )  # fmt: skip
    replaces_requests: float = parameter(
        0.1, unit="share", low=0.0, high=0.25, draw="range",
        source="CPB 2020: substitution for specialised care is small; zero in its range",
        effect=Effect("wijkteam", "teams", "requests_replaced", RISES),
        meaning="Share of requests for a specialist for which the team gives the help itself.",
    )  # fmt: skip
    several_above: float = parameter(
        0.25, unit="severity", low=0.05, high=0.8, source="assumed",
        meaning="Severity of two problems above which a household counts as having multiple problems.",
    )  # fmt: skip
    failed_referral_share: float = parameter(
        0.45, unit="share", low=0.10, high=0.70, draw=0.3,
        source="30-60% arrive without active follow-up, 50-90% with it (evidence.md)",
        effect=Effect("household", "signals", "failed_referrals", RISES),
        meaning="Share of referrals between organisations that fail without active follow-up.",
    )  # fmt: skip
    follow_up_saves: float = parameter(
        0.60, unit="share", low=0.0, high=0.9, source="handoff_followup (patterns.csv)", draw=0.3,
        effect=Effect(
            "household", "signals", "failed_referrals", FALLS, also={"wijkteam.active_follow_up": 1.0},
        ),
        meaning="Share of failing referrals that active follow-up prevents.",
    )  # fmt: skip
    turnover_per_year: float = parameter(
        0.16, unit="1/year", low=0.02, high=0.5, source="assumed",
        meaning="Share of staff that leaves per year when the workload is acceptable.",
    )  # fmt: skip
    turnover_by_load: float = parameter(
        0.15, unit="1/year", low=0.0, high=0.6, source="assumed", draw=0.5,
        effect=Effect("wijkteam", "teams", "team_staff_left", RISES),
        meaning="Extra share of staff that leaves per year when there are almost no hours per case.",
    )  # fmt: skip
    vacancy_months: float = parameter(
        5.0, unit="months", low=0.5, high=24.0, source="assumed",
        meaning="Mean time to fill a vacancy.",
    )  # fmt: skip
    learning_months: float = parameter(
        12.0, unit="months", low=2.0, high=48.0, source="assumed",
        meaning="Time in which a new team learns.",
    )  # fmt: skip
    inexperience_costs: float = parameter(
        0.20, unit="share", low=0.0, high=0.35, draw="range",
        source="reorganisation dip 0-35%, assumed 10-20% (evidence.md)",
        effect=Effect("wijkteam", "budget", "staff_quality", FALLS),
        meaning="Share of productivity that a team of newcomers lacks.",
    )  # fmt: skip
    eur_per_fte: float = parameter(
        90000.0, unit="euro a year", low=60000.0, high=120000.0, source="assumed",
        meaning="Cost of one fte in a team, overhead included.",
    )  # fmt: skip
    collective_effect: float = parameter(
        0.5, unit="share of capacity", low=0.0, high=1.0, source="assumed", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", FALLS,
            also={"wijkteam.collective_share": 0.3},
        ),
        meaning="Informal capacity added if all team hours went to collective work.",
    )  # fmt: skip


@compiled_inline
def hours_for_links(fte: float, unit_size: float, link_hours: float) -> float:
    """Return the hours per month for contacts between colleagues: pairs within each unit."""
    if fte <= 1.0:
        return 0.0
    units = max(1.0, fte / unit_size)
    members = fte / units
    return units * link_hours * members * (members - 1.0) / 2.0


@compiled_inline
def breadth(disciplines: int) -> float:
    """Return the breadth of a team, from 0 (one discipline) towards 1 (many)."""
    return (disciplines - 1.0) / (disciplines + 5.0)


@compiled_inline
def productivity(experience: float, inexperience_costs: float) -> float:
    """Return the effect of an hour relative to experienced staff; newcomers achieve less."""
    return 1.0 - inexperience_costs * (1.0 - experience)


@compiled_inline
def effect_of_hours(hours_per_case: float, half_effect_hours: float) -> float:
    """Return the share of the full effect that a case gets: concave in hours, 0 for no hours."""
    if hours_per_case <= 0.0:
        return 0.0
    return hours_per_case / (hours_per_case + half_effect_hours)


@compiled_inline
def next_experience(experience: float, turnover_share: float, learning_months: float) -> float:
    """Return the experience of a team next month: practice raises it, turnover lowers it."""
    return experience * (1.0 - turnover_share) + (1.0 - experience) / learning_months


@compiled_inline
def share_leaving(
    turnover_per_year: float, by_load: float, hours_per_case: float, half_effect_hours: float
) -> float:
    """Return the share of staff that leaves in a month: larger with few hours per case."""
    strain = 1.0 - effect_of_hours(hours_per_case, half_effect_hours)
    return (turnover_per_year + by_load * strain * strain) / 12.0


@compiled_inline
def fte_for_signalling(
    fte_per_1000: float,
    outreach_share: float,
    hours_per_intake: float,
    hours_per_found: float,
    links: float,
    fte_per_link: float,
    finds_new: bool,
) -> float:
    """Return the extra staff per 1,000 inhabitants that early signalling needs.

    It covers outreach, and the contacts and intakes of the households that outreach and links find (none
    if `finds_new` is 0).

    >>> round(fte_for_signalling(1.0, 0.1, 5.0, 10.0, 2.0, 0.02, 1.0), 6)
    0.19
    >>> fte_for_signalling(1.0, 0.1, 5.0, 10.0, 2.0, 0.02, 0.0)
    0.1
    """
    outreach = fte_per_1000 * outreach_share
    with_intakes = outreach * (1.0 + finds_new * hours_per_intake / hours_per_found)
    return with_intakes + finds_new * links * fte_per_link


@compiled_inline
def triage(observed: float, light_below: float, refers_at: float, shift: float) -> int:
    """Return the triage of an observed severity: 0 light, 1 for the team, 2 for a specialist."""
    if observed >= refers_at - shift:
        return 2
    return 0 if observed < light_below else 1


@compiled_inline
def has_arrived(
    random_number: float, failed_referral_share: float, active_follow_up: float, follow_up_saves: float
) -> bool:
    """Return whether a transfer between two organisations arrives."""
    return random_number >= failed_referral_share * (1.0 - active_follow_up * follow_up_saves)


def policy_staff_per_1000(parameters: Any) -> float:
    """Return the staff per 1,000 inhabitants that is hired for outreach and added links.

    Parameters
    ----------
    parameters : Parameters
        All groups: levers of the teams and of the referral sources.

    Returns
    -------
    float
        Full-time posts per 1,000 inhabitants.
    """
    team, place = parameters.wijkteam, parameters.referral_source
    links = sum(getattr(place, name) for name in ADDED_LINKS) * (1.0 - place.existing_links)
    links += place.debt_signals  # existing practice is 0: before the legal duty nobody follows them
    return float(
        team.signalling_staffed
        * fte_for_signalling(
            team.fte_per_1000,
            team.outreach_share,
            team.hours_per_intake,
            team.hours_per_found,
            links,
            team.fte_per_link,
            place.finds_new,
        )
    )


class Wijkteam(RecordBacked, mesa.Agent):
    """A team of generalists for some wijken; `kind` 1 is a youth team."""

    records = ("teams",)

    def divide_hours(self) -> None:
        """Update staff and experience, and divide the hours of the month (process 6)."""
        self.model.loops.one_team_divide_hours(self.model.world, self.row)

    def take_in(self) -> None:
        """Do intakes from the waiting lists while there are intake hours (process 6)."""
        self.model.loops.one_team_take_in(self.model.world, self.row)
