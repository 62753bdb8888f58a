"""Organisation of teams: autonomy, accounting, staffing, tenders and collective work.

A part of the parameters of the wijkteam, with the rules that use them. Every lever here has a cost in
hours or in euros, and an effect drawn from a range that contains zero.
"""

from dataclasses import dataclass

from agents.compiled import compiled_inline
from agents.parameters import FALLS, HARD_TIMES, RISES, Effect, ParameterGroup, parameter

NUMBERS, STORIES, NO_ACCOUNTING = 0, 1, 2


# Settings under which effects of tenders and of collective work are visible.
TENDERED = {"wijkteam.tender_per_wijk": 1, "wijkteam.tender_years": 2.0}
SHARED_PROBLEM = {
    "household.shock_per_wijk_year": 1.0,
    "household.shock_strikes": 0.05,
    "wijkteam.collective_share": 0.2,
}


@dataclass
class OrganisationParameters(ParameterGroup):
    """Autonomy, goals and accounting of teams; growth, moves, tenders and a flexible shell of staff."""

    autonomy: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever (S0 Zaanstad, S3 Almere, S4 Ede)", lever=True,
        cost="`afterwards_hours_share` of team hours.",
        effect=Effect("wijkteam", "teams", "team_hours_administration", FALLS),
        meaning="How far a team makes its own decisions and accounts for them afterwards.",
    )  # fmt: skip
    autonomy_frees: float = parameter(
        0.2, unit="share of administration hours", low=0.0, high=0.4, source="assumed; size unknown",
        draw="range",
        effect=Effect(
            "wijkteam", "teams", "team_hours_administration", FALLS, also={"wijkteam.autonomy": 1.0},
        ),
        meaning="Share of administration that a fully autonomous team does not need.",
    )  # fmt: skip
    drift_without_goals: float = parameter(
        0.05, unit="share of quality", low=0.0, high=0.15, draw="range",
        source="S1: freedom without stated goals disappoints; size assumed",
        effect=Effect("wijkteam", "teams", "staff_quality", FALLS, also={"wijkteam.autonomy": 1.0}),
        meaning="Share of quality that a fully autonomous team loses without stated goals.",
    )  # fmt: skip
    afterwards_hours_share: float = parameter(
        0.02, unit="share of team hours", low=0.0, high=0.10, source="assumed",
        meaning="Share of hours that a fully autonomous team spends on accounting afterwards.",
    )  # fmt: skip
    stated_goals: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever (S1; S3 Almere)", lever=True,
        cost="`goals_hours_share` of team hours.",
        effect=Effect("wijkteam", "teams", "staff_quality", RISES, also={"wijkteam.autonomy": 1.0}),
        meaning="How far the municipality sets goals instead of prescriptions.",
    )  # fmt: skip
    goals_hours_share: float = parameter(
        0.01, unit="share of team hours", low=0.0, high=0.05, source="assumed",
        meaning="Share of hours that a team spends on setting and discussing its goals.",
    )  # fmt: skip
    accounting: int = parameter(
        0, unit="numbers 0, stories 1, none 2", low=0, high=2, source="lever (S3 Almere)", lever=True,
        cost="Stories take `stories_hours_share` of team hours; none spares `accounting_hours_share`.",
        effect=Effect("wijkteam", "teams", "team_hours_administration", FALLS),
        meaning="How teams account for their work.",
    )  # fmt: skip
    accounting_hours_share: float = parameter(
        0.03, unit="share of team hours", low=0.0, high=0.10, source="assumed",
        meaning="Share of administration saved when teams do not account for their work.",
    )  # fmt: skip
    stories_hours_share: float = parameter(
        0.02, unit="share of team hours", low=0.0, high=0.10, source="assumed",
        meaning="Share of extra hours for accounting by stories, on top of what the law asks.",
    )  # fmt: skip
    stories_teach: float = parameter(
        0.2, unit="share", low=0.0, high=0.5, source="assumed; size unknown", draw="range",
        effect=Effect(
            "wijkteam", "teams", "staff_quality", RISES, also={"wijkteam.accounting": 1}, months=12,
        ),
        meaning="How much faster a team learns when it accounts by stories.",
    )  # fmt: skip
    stories_free_heavy: float = parameter(
        0.05, unit="share of intakes", low=-0.1, high=0.2, source="assumed, with either sign", draw="range",
        effect=Effect(
            "wijkteam", "teams", "light_helps", also={"wijkteam.fte_per_1000": 0.3, "wijkteam.accounting": 1},
        ),
        meaning="Extra share of intakes reserved for heavy cases by teams that are not judged by numbers.",
    )  # fmt: skip
    none_slows_learning: float = parameter(
        0.2, unit="share", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "teams", "staff_quality", FALLS, also={"wijkteam.accounting": 2}, months=12,
        ),
        meaning="How much more slowly a team learns when it does not account for its work.",
    )  # fmt: skip
    none_delays_accounts: float = parameter(
        4.0, unit="months", low=0.0, high=12.0, source="assumed", draw="range",
        effect=Effect(
            "municipality", "budget", "measures_taken", FALLS, also=HARD_TIMES | {"wijkteam.accounting": 2},
        ),
        meaning="How much later accounts reach the council when teams do not account for their work.",
    )  # fmt: skip
    rule_removers: float = parameter(
        0.0, unit="civil servants", low=0.0, high=20.0, source="lever (S0 Zaanstad has three)", lever=True,
        cost="`eur_per_rule_remover`.",
        effect=Effect("wijkteam", "teams", "team_hours_administration", FALLS),
        meaning="Civil servants who remove rules that hinder teams.",
    )  # fmt: skip
    rule_remover_frees: float = parameter(
        0.02, unit="share of administration hours", low=0.0, high=0.04, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "teams", "team_hours_administration", FALLS, also={"wijkteam.rule_removers": 3.0},
        ),
        meaning="Share of administration that one of them removes for `rule_remover_reach` fte of teams.",
    )  # fmt: skip
    rule_remover_reach: float = parameter(
        50.0, unit="fte", low=5.0, high=500.0, source="assumed",
        meaning="Team staff that one civil servant who removes rules can serve.",
    )  # fmt: skip
    eur_per_rule_remover: float = parameter(
        95000.0, unit="euro a year", low=50000.0, high=150000.0, source="assumed",
        meaning="Cost of one civil servant who removes rules.",
    )  # fmt: skip
    growth_years: float = parameter(
        0.0, unit="years", low=0.0, high=8.0, source="lever (S1 Zwolle, S4 Oss)", lever=True,
        cost="Free, because staff that is not there yet is not paid.",
        effect=Effect("wijkteam", "budget", "team_fte", FALLS),
        meaning=(
            "Years after the transition in which staff grows evenly from `early_fte_share` to its full "
            "size."
        ),
    )  # fmt: skip
    moved_staff_share: float = parameter(
        1.0, unit="share of staff", low=0.0, high=1.0, source="lever (S2)", lever=True,
        cost="`eur_per_moved_fte` once for who moves, `eur_per_kept_fte` a year for who does not.",
        effect=Effect("wijkteam", "budget", "staff_quality", FALLS, months=6),
        meaning="Share of staff that changes employer when teams start; the others bring their experience.",
    )  # fmt: skip
    moved_staff_lost: float = parameter(
        0.0, unit="share of moved staff", low=0.0, high=0.5, source="lever (S2: staff moved, staff lost)",
        lever=True,
        cost="Free, because it is a loss: posts that are open are not paid.",
        effect=Effect("wijkteam", "budget", "team_fte", FALLS),
        meaning="Share of moved staff that leaves because of the move; these posts become vacancies.",
    )  # fmt: skip
    eur_per_moved_fte: float = parameter(
        0.0, unit="euro", low=0.0, high=30000.0,
        source="assumed: counted in `eur_per_fte` as long as nothing better is known",
        meaning="One-off extra cost of moving one fte to another employer.",
    )  # fmt: skip
    eur_per_kept_fte: float = parameter(
        4000.0, unit="euro a year", low=0.0, high=20000.0, source="assumed",
        meaning="Overhead paid to the old employer per fte that does not move.",
    )  # fmt: skip
    reorganisation_dip: float = parameter(
        0.0, unit="share of team hours", low=0.0, high=0.35, lever=True,
        source="reorganisation dip 0-35%, assumed 10-20% (evidence.md)",
        cost="Free, because it is a loss: hours that are lost are paid all the same.",
        effect=Effect("wijkteam", "teams", "team_hours_support", FALLS),
        meaning="Share of hours lost to the reorganisation itself, from its announcement on.",
    )  # fmt: skip
    dip_years: float = parameter(
        1.5, unit="years", low=1.0, high=2.0, source="one to two years (evidence.md)", draw="range",
        effect=Effect(
            "wijkteam", "teams", "team_hours_support", FALLS, also={"wijkteam.reorganisation_dip": 0.35},
        ),
        meaning="Years after the transition in which the hours lost to the reorganisation come back evenly.",
    )  # fmt: skip
    tender_per_wijk: int = parameter(
        0, unit="0 or 1", low=0, high=1, source="lever (S0 Zaanstad)", lever=True,
        cost="`eur_per_tender` for every wijk and term.",
        effect=Effect("wijkteam", "teams", "broken_off", RISES, months=60),
        meaning="1 where teams are tendered per wijk and new parties may bid.",
    )  # fmt: skip
    tender_years: float = parameter(
        4.0, unit="years", low=1.0, high=10.0, source="assumed", lever=True,
        cost="`eur_per_tender` for every wijk each time a term begins.",
        effect=Effect("wijkteam", "teams", "broken_off", FALLS, also=TENDERED),
        meaning="Term of a tender, from the transition on.",
    )  # fmt: skip
    tender_moves_staff: float = parameter(
        0.25, unit="share of staff", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect("wijkteam", "teams", "staff_quality", FALLS, also=TENDERED, months=30),
        meaning="Share of staff replaced at every tender.",
    )  # fmt: skip
    tender_price_gain: float = parameter(
        0.03, unit="share of price", low=0.0, high=0.1, source="assumed", draw="range",
        effect=Effect("municipality", "books", "cost_first_eur", FALLS, also=TENDERED),
        meaning="How much cheaper a tendered fte is.",
    )  # fmt: skip
    new_party_quality: float = parameter(
        0.0, unit="share of quality", low=-0.1, high=0.1, source="assumed, with either sign", draw="range",
        effect=Effect("wijkteam", "teams", "staff_quality", RISES, also=TENDERED),
        meaning="Quality of tendered teams relative to others.",
    )  # fmt: skip
    tender_breaks: float = parameter(
        0.1, unit="share of cases", low=0.0, high=0.4, source="assumed", draw="range",
        effect=Effect("wijkteam", "teams", "broken_off", RISES, also=TENDERED),
        meaning="Share of running cases broken off at every tender; these households must ask again.",
    )  # fmt: skip
    eur_per_tender: float = parameter(
        30000.0, unit="euro per wijk", low=0.0, high=200000.0, source="assumed",
        meaning="Cost of one tender, for the municipality and the parties it pays.",
    )  # fmt: skip
    flexible_shell: float = parameter(
        0.0, unit="share of fte", low=0.0, high=0.5, source="lever (S0 Zaanstad)", lever=True,
        cost="Hours used, at `eur_per_fte` and `shell_premium` more.",
        effect=Effect("wijkteam", "teams", "team_waiting", FALLS, also={"wijkteam.fte_per_1000": 0.3}),
        meaning="Most flexible staff, called in when there is a waiting list.",
    )  # fmt: skip
    shell_premium: float = parameter(
        0.35, unit="share of price", low=0.0, high=1.0, source="assumed",
        meaning="How much more expensive an hour of flexible staff is; only hours used are paid.",
    )  # fmt: skip
    shell_quality: float = parameter(
        0.85, unit="share of quality", low=0.7, high=1.0, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "teams", "staff_quality", RISES,
            also={"wijkteam.fte_per_1000": 0.3, "wijkteam.flexible_shell": 0.5},
        ),
        meaning="Quality of flexible staff relative to permanent staff; 1 is equal.",
    )  # fmt: skip


@compiled_inline
def administration_kept(
    autonomy: float, autonomy_frees: float, removers: float, remover_frees: float, reach: float, posts: float
) -> float:
    """Return the share of administration that remains after autonomy and the removal of rules.

    Rule removers serve all teams (`posts` fte) together, with diminishing returns.
    """
    serving = removers * reach / max(1.0, posts)
    return (1.0 - autonomy * autonomy_frees) * (1.0 - remover_frees) ** serving


@compiled_inline
def accounting_hours(
    accounting: int,
    stories: float,
    spared: float,
    autonomy: float,
    afterwards: float,
    stated_goals: float,
    goals: float,
) -> float:
    """Return the share of team hours that accounting adds to administration; negative if it saves hours."""
    share = stories * (accounting == STORIES) - spared * (accounting == NO_ACCOUNTING)
    return share + autonomy * afterwards + stated_goals * goals


@compiled_inline
def learning_pace(accounting: int, stories_teach: float, none_slows_learning: float) -> float:
    """Return the learning rate relative to accounting by numbers: higher with stories, lower with none."""
    return 1.0 + stories_teach * (accounting == STORIES) - none_slows_learning * (accounting == NO_ACCOUNTING)


@compiled_inline
def heavy_first_under(accounting: int, heavy_first: float, stories_free_heavy: float) -> float:
    """Return the share of intakes reserved for heavy cases; shifted where teams account by stories."""
    return min(1.0, max(0.0, heavy_first + stories_free_heavy * (accounting == STORIES)))


@compiled_inline
def accounts_lag(lag_months: float, accounting: int, none_delays_accounts: float) -> float:
    """Return the delay of accounts to the council, months; longer where teams do not account."""
    return lag_months + none_delays_accounts * (accounting == NO_ACCOUNTING)


@compiled_inline
def share_on_course(autonomy: float, stated_goals: float, drift_without_goals: float) -> float:
    """Return the factor on the quality of an autonomous team: below 1 without stated goals."""
    return 1.0 - drift_without_goals * autonomy * (1.0 - stated_goals)


@compiled_inline
def staff_grown(months_since: float, growth_years: float, early_fte_share: float) -> float:
    """Return the share of its final staff that a team may have some months after the transition."""
    if months_since < 0.0:
        return early_fte_share
    if growth_years <= 0.0:
        return 1.0
    return min(1.0, early_fte_share + (1.0 - early_fte_share) * months_since / (12.0 * growth_years))


@compiled_inline
def lost_to_reorganisation(
    months_since: int, announced_months: float, reorganisation_dip: float, dip_years: float
) -> float:
    """Return the share of hours lost to the reorganisation.

    It is the full dip from the announcement to the transition, and then decreases linearly to 0.
    """
    left = min(1.0, max(0.0, 1.0 - months_since / (12.0 * dip_years)))
    return reorganisation_dip * left * (months_since >= -announced_months)


@compiled_inline
def is_tender_month(months_since: int, tender_per_wijk: int, tender_years: float) -> bool:
    """Return whether teams are tendered this month: at the transition and at the end of every term."""
    term = int(12.0 * tender_years + 0.5)
    return (tender_per_wijk >= 1) & (months_since >= 0) & (months_since % term == 0)


@compiled_inline
def is_tendered(months_since: int, tender_per_wijk: int) -> float:
    """Return 1 if teams work under a tender this month, else 0."""
    return 1.0 * ((tender_per_wijk >= 1) & (months_since >= 0))


@compiled_inline
def shell_hours(flexible_shell: float, fixed_hours: float, wanted: float, offered: float) -> float:
    """Return the hours of the flexible shell: intake hours wanted beyond those offered, up to its size."""
    return min(flexible_shell * fixed_hours, max(0.0, wanted - offered))


@compiled_inline
def mixed_quality(fixed_hours: float, extra_hours: float, shell_quality: float) -> float:
    """Return the quality of permanent and flexible staff together, relative to permanent staff alone."""
    if extra_hours <= 0.0:
        return 1.0
    return 1.0 - (1.0 - shell_quality) * extra_hours / (fixed_hours + extra_hours)


# Collective work of teams: wijk scans, community building, and who does the collective work.

INSIDE, SEPARATE, NO_COLLECTIVE = 0, 1, 2


@dataclass
class CollectiveParameters(ParameterGroup):
    """Wijk scans, community building and collective work of teams."""

    wijk_scans: float = parameter(
        0.0, unit="scans per wijk a year", low=0.0, high=2.0, source="lever (S4 Heerenveen)", lever=True,
        cost="`eur_per_scan`.",
        effect=Effect(
            "wijkteam", "signals", "contact_severity", high=1.0,
            also={"wijkteam.outreach_share": 0.3, "wijkteam.scan_guides": 1.0},
        ),
        meaning="Wijk scans and plans made with residents.",
    )  # fmt: skip
    scan_guides: float = parameter(
        0.4, unit="share", low=0.0, high=1.0, source="assumed", draw="range",
        effect=Effect(
            "wijkteam", "budget", "unevenness_of_staff", RISES,
            also={"wijkteam.wijk_scans": 1.0, "wijkteam.count": 3}, months=12, anew=True, households=8000,
        ),
        meaning="How far staff and outreach follow the need that a yearly scan measures.",
    )  # fmt: skip
    eur_per_scan: float = parameter(
        15000.0, unit="euro per scan", low=0.0, high=100000.0, source="assumed",
        meaning="Cost of one wijk scan with its plan.",
    )  # fmt: skip
    community_building_share: float = parameter(
        0.0, unit="share of hours left", low=0.0, high=0.5, source="lever (S2)", lever=True,
        cost="The hours themselves: `community_building_share` of team hours are not there for households.",
        effect=Effect(
            "wijkteam", "teams", "tiredness_mean", FALLS, also={"wijkteam.community_effect": 0.3}, months=60,
        ),
        meaning="Share of the hours not spent on clients that goes to community building.",
    )  # fmt: skip
    community_effect: float = parameter(
        0.10, unit="share of capacity", low=0.0, high=0.3, source="assumed; size unknown", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", FALLS,
            also={"wijkteam.community_building_share": 0.3},
        ),
        meaning="Informal capacity added by a fully built community.",
    )  # fmt: skip
    community_hours_full: float = parameter(
        20.0, unit="hours per 1,000 inhabitants a month", low=1.0, high=200.0, source="assumed",
        meaning="Hours that build a community fully and keep it so.",
    )  # fmt: skip
    community_months: float = parameter(
        24.0, unit="months", low=3.0, high=120.0, source="assumed",
        meaning="Time in which a community is built or decays.",
    )  # fmt: skip
    collective_form: int = parameter(
        0, unit="inside 0, separate 1, none 2", low=0, high=2, source="lever (S2 Hengelo, Utrecht)",
        lever=True,
        cost="`separate_overhead` where an organisation beside the team does it.",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", RISES,
            also={"wijkteam.collective_share": 0.3},
        ),
        meaning="Who does collective work: the team, a separate organisation, or nobody.",
    )  # fmt: skip
    separate_overhead: float = parameter(
        0.10, unit="share of price", low=0.0, high=0.5, source="assumed",
        meaning="How much more expensive an fte of a separate collective organisation is.",
    )  # fmt: skip
    signals_group: float = parameter(
        0.0, unit="share a month", low=0.0, high=0.5, draw="range",
        source="S2 Hengelo; size unknown, none unless drawn",
        effect=Effect("household", "teams", "severity_*", FALLS, also=SHARED_PROBLEM),
        meaning=(
            "Share of shared problems that a signals group removes per month with enough collective hours."
        ),
    )  # fmt: skip
    separate_hears: float = parameter(
        0.25, unit="share", low=0.0, high=0.5, source="assumed; S2 Utrecht", draw="range",
        effect=Effect(
            "household", "teams", "severity_*", FALLS,
            also=SHARED_PROBLEM | {"wijkteam.collective_form": 1, "wijkteam.signals_group": 0.5},
        ),
        meaning="Share of a signals group's effect that remains with a separate organisation.",
    )  # fmt: skip
    collective_hours_full: float = parameter(
        20.0, unit="hours per 1,000 inhabitants a month", low=1.0, high=200.0, source="assumed",
        meaning="Collective hours at which a signals group has its full effect.",
    )  # fmt: skip
    questions_for_signal: float = parameter(
        2.0, unit="households per 1,000", low=0.1, high=50.0, source="assumed",
        meaning="Households that must ask about one shared problem before the team recognises it.",
    )  # fmt: skip


@compiled_inline
def guided_by_scans(wijk_scans: float, scan_guides: float) -> float:
    """Return how far staff and outreach follow the need measured by scans; full with a scan per year."""
    return min(1.0, wijk_scans) * scan_guides


@compiled_inline
def next_community(community: float, hours_per_1000: float, hours_full: float, months: float) -> float:
    """Return the community level of a wijk next month: it moves towards the level its hours sustain."""
    reached = min(1.0, hours_per_1000 / hours_full)
    return community + (reached - community) / months


@compiled_inline
def separate_collective_share(collective_form: int, collective_share: float) -> float:
    """Return the share of planned staff that works in a separate collective organisation."""
    return collective_share * (collective_form == SEPARATE)


@compiled_inline
def separate_collective_fte(fte: float, collective_form: int, collective_share: float) -> float:
    """Return the fte of the separate collective organisation that belongs to a team of `fte`."""
    beside = separate_collective_share(collective_form, collective_share)
    return fte * beside / (1.0 - beside)


@compiled_inline
def inside_the_team(collective_form: int, collective_share: float) -> float:
    """Return the share of team hours for collective work by the team itself."""
    return collective_share * (collective_form == INSIDE)


@compiled_inline
def collective_work(collective_form: int, collective_share: float) -> float:
    """Return the share of planned hours for collective work, by the team or a separate organisation."""
    return collective_share * (collective_form != NO_COLLECTIVE)


@compiled_inline
def share_of_questions_heard(collective_form: int, separate_hears: float) -> float:
    """Return the share of households' questions to the team that reach those who do collective work."""
    inside = 1.0 * (collective_form == INSIDE)
    return inside + separate_hears * (collective_form == SEPARATE)


@compiled_inline
def share_recognised(questions: float, households: float, questions_for_signal: float) -> float:
    """Return how far repeated questions in a wijk are recognised as one shared problem, in [0, 1]."""
    return min(1.0, 1000.0 * questions / (max(1.0, households) * questions_for_signal))


@compiled_inline
def share_answered_together(
    signals_group: float, hears: float, heard: float, hours_per_1000: float, hours_full: float
) -> float:
    """Return the share of a shared problem that collective work removes this month."""
    return signals_group * hears * heard * min(1.0, hours_per_1000 / hours_full)
