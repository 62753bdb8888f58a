"""Where each parameter works: whose state it changes first, in which process; and how to see it."""

import zlib
from dataclasses import dataclass

import numpy as np

from simulation.recording.recorder import MONTHLY

# Whose state is kept where in a world. What holds for the whole town is the municipality's.
AGENTS = {
    "household": ("households", "lives", "calendar", "attention"),
    "informal_network": ("networks",),
    "wijkteam": ("teams", "wijken", "queues", "entries"),
    "provider": ("providers", "queues", "entries"),
    "municipality": (),
    "national_government": (),
}
TOWN = frozenset(("municipality", "national_government"))
EVENTS = ("births", "separations", "household_deaths", "moves", "households_formed", "disputes")
# These say themselves how often problems come, or to whom.
ABOUT_EVENTS = frozenset(
    (
        "household.incidence_per_year",
        "household.youth_trend_per_year",
        "household.care_trend_per_year",
        "population.frailty_spread",
    )
)


@dataclass
class Divergence:
    """When and where two runs first differ, and whose state does."""

    month: int
    process: str
    agents: frozenset[str]


class Fingerprints:
    """An observer that keeps one number for the state of each kind of agent after every process."""

    def __init__(self):
        self.seen = []

    def after_process(self, model, process):
        state = {
            agent: [fingerprint(getattr(model.world, name)) for name in names]
            for agent, names in AGENTS.items()
            if names
        }
        town = [fingerprint(model.books.month), fingerprint(model.world.municipality)]
        self.seen.append((process, state | dict.fromkeys(TOWN, town)))


def fingerprint(array):
    """Return a number that is the same for equal arrays; the gaps between fields hold nothing."""
    found = 0
    for part in [array[name] for name in array.dtype.names] if array.dtype.names else [array]:
        found = zlib.crc32(np.ascontiguousarray(part).tobytes(), found)
    return found


def first_divergences(one, other, end):
    """Run two models month by month until they part.

    Returns where the town's rules and books first differ, and where the state of anybody else does;
    rules may differ long before anybody meets them. None for what does not happen by `end`.
    """
    pages = Fingerprints(), Fingerprints()
    for model, page in zip((one, other), pages, strict=True):
        model.observers.append(page)
    town = others = None
    while one.month < end and others is None:
        month = one.month
        for model, page in zip((one, other), pages, strict=True):
            page.seen.clear()
            model.step()
        town = town or _divergence_within(*pages, month, TOWN)
        others = _divergence_within(*pages, month, AGENTS.keys() - TOWN)
    for model, page in zip((one, other), pages, strict=True):
        model.observers.remove(page)
    return town, others


def _divergence_within(one, other, month, agents):
    """Return the first process of a month after which some of these agents differ, None if there is none."""
    for (process, mine), (_, theirs) in zip(one.seen, other.seen, strict=True):
        differ = frozenset(agent for agent in agents if mine[agent] != theirs[agent])
        if differ:
            return Divergence(month, process, differ)
    return None


def events_of(model):
    """Return what life brought since the transition, per month: events, and new problems."""
    names = [*EVENTS, *(name for name in MONTHLY if name.startswith("new_problems_"))]
    return {name: model.recorder.column(name)[model.transition : model.month].copy() for name in names}


# Who is first in another state, in which process: the earliest of the month in which the parameter works.
NAMES_BY_PLACE = {
    ("municipality", "budget"): """
        household.youth_threshold_falls referral_source.debt_duty_followed
        municipality_government.access_follows_cut municipality_government.first_budgets_careful
        landing.grant_over_cost
        municipality_government.access_step municipality_government.attention_fades_per_year
        municipality_government.client_councils municipality_government.clients_soften
        municipality_government.council_talks municipality_government.extra_eur_per_inhabitant
        municipality_government.extra_years municipality_government.innovation_share
        municipality_government.insurer_agreement municipality_government.order_of_reactions
        municipality_government.passes_on_share municipality_government.patience_years
        municipality_government.programme_protected
        municipality_government.reserves_eur_per_inhabitant
        municipality_government.talks_add_patience municipality_government.talks_delay
        wijkteam.none_delays_accounts
    """,
    ("national_government", "budget"): """
        landing.adaptive landing.basis landing.cut landing.cut_guidance landing.cut_household_help
        landing.cut_youth landing.grant_growth_per_year landing.monitoring_lag_months
        landing.monitoring_noise landing.same_money_years landing.years
    """,
    ("provider", "budget"): """
        provider.entry_per_year provider.tariff_follows_cut provider.wage_lag_years
        provider.youth_intensity_scale
        municipality_government.contracts_follow_demand municipality_government.pooled
        provider.partnership provider.partnership_holds_price provider.per_kind provider.tariff
    """,
    ("wijkteam", "budget"): """
        referral_source.finds_new
        referral_source.debt_signals referral_source.district_nurse_link
        referral_source.housing_corporation_link referral_source.police_link referral_source.school_link
        referral_source.youth_health_care_link wijkteam.hours_per_found wijkteam.outreach_share
        wijkteam.extra_fte_per_1000 wijkteam.fte_per_link wijkteam.signalling_staffed
        landing.years_ahead wijkteam.early_fte_share wijkteam.fte_per_1000 wijkteam.growth_years
        wijkteam.inexperience_costs wijkteam.moved_staff_lost wijkteam.moved_staff_share
        wijkteam.scan_guides wijkteam.years_early wijkteam.youth_fte_share
    """,
    ("household", "events"): """
        household.care_trend_per_year household.incidence_per_year household.youth_trend_per_year
        informal_network.mediation_share informal_network.mediation_solves population.frailty_spread
    """,
    ("household", "problems"): """
        household.passes_per_month household.long_standing_share wijkteam.team_raises_tipping
        wijkteam.help_works
        household.escalation_per_month household.fade_per_month household.help_raises_tipping
        household.mind_to_safety household.mind_to_youth household.money_to_mind
        household.money_to_safety household.strain_lowers_tipping household.strength_raises_tipping
        household.support_raises_tipping household.tipping_point
    """,
    ("household", "informal_support"): """
        informal_network.carer_strain_per_month
    """,
    ("informal_network", "informal_support"): """
        informal_network.centres_lift informal_network.community_centres_independent
        informal_network.formal_informal_ties informal_network.recovers_per_month
        informal_network.respite_effect informal_network.respite_share
        informal_network.social_base_eur_per_inhabitant informal_network.social_base_lift
        informal_network.steps_back informal_network.ties_keep_informal
        informal_network.tires_per_month informal_network.volunteer_capacity
        informal_network.volunteer_tires informal_network.volunteers_per_1000
        population.circle_capacity provider.reinvest_share wijkteam.collective_effect
        wijkteam.collective_form wijkteam.collective_share wijkteam.community_effect
    """,
    ("household", "signals"): """
        household.contribution_deterrence referral_source.existing_links
        referral_source.medical_specialist_per_month
        referral_source.debt_signal_acceptance referral_source.debt_signal_contact

        referral_source.district_nurse_per_month referral_source.gp_link referral_source.gp_per_month
        referral_source.gp_youth_practitioner
        referral_source.housing_corporation_per_month referral_source.linked_gp_consults
        referral_source.mobile_counter_eases referral_source.number_finds_way
        referral_source.observation_error referral_source.one_number
        referral_source.police_per_month
         referral_source.school_per_month
         referral_source.youth_health_care_per_month
        household.help_seeking_per_month household.help_seeking_threshold household.counter_effort
        household.counter_reach informal_network.centres_speak_less
        informal_network.speaks_up_per_month provider.form_shifts_intake
        provider.margin_weight provider.partnership_tempers wijkteam.active_follow_up
        wijkteam.counters wijkteam.follow_up_saves wijkteam.failed_referral_share
    """,
    ("wijkteam", "signals"): """
        referral_source.help_on_school referral_source.school_keeps_to_itself
        referral_source.mobile_counter referral_source.number_blurs referral_source.safety_expertise
        referral_source.safety_expertise_sharpens referral_source.specialist_sharpens
        wijkteam.wijk_scans
    """,
    ("household", "teams"): """
        provider.contract_form
        wijkteam.mandate_shift wijkteam.refers_without_case wijkteam.seconded_shift
        wijkteam.support_others wijkteam.support_shift wijkteam.team_closes_per_month
        wijkteam.step_up_share wijkteam.team_done_per_month
        referral_source.flying_brigade referral_source.flying_brigade_effect
        referral_source.help_on_school_effect
        referral_source.intervention_brings_per_month referral_source.school_specialist
        referral_source.youth_intervention referral_source.youth_intervention_effect
        referral_source.youth_work referral_source.youth_work_effect wijkteam.access_led_by
        wijkteam.complex_needs_breadth wijkteam.edge_effect wijkteam.gift_effect
        wijkteam.half_effect_hours wijkteam.harm wijkteam.integrated_blurs
        wijkteam.light_help_effect wijkteam.network_talk_lifts wijkteam.one_plan
        wijkteam.professional_norm
        wijkteam.seconded_share wijkteam.separate_hears wijkteam.signals_group
        wijkteam.specialists_add wijkteam.specialists_in_team wijkteam.support_effect
    """,
    ("wijkteam", "teams"): """
        wijkteam.hours_are_scarce wijkteam.replaces_requests
         wijkteam.short_advice
        municipality_government.innovation_gain wijkteam.accounting wijkteam.administrative_share
        wijkteam.autonomy wijkteam.autonomy_frees wijkteam.breadth_effect
        wijkteam.community_building_share wijkteam.consortium_shift wijkteam.count
        wijkteam.delivers_help wijkteam.dip_years wijkteam.disciplines wijkteam.drift_without_goals
        wijkteam.first_help_months wijkteam.flexible_shell wijkteam.heavy_first
        wijkteam.help_close_to_families wijkteam.hours_per_intake wijkteam.hours_per_light_help
        wijkteam.lasting_contact wijkteam.light_help wijkteam.link_hours
        wijkteam.mandate_to_buy wijkteam.network_first wijkteam.new_party_quality
        wijkteam.none_slows_learning wijkteam.other_noticed
         wijkteam.planning_saves wijkteam.poverty_fund_eur
        wijkteam.poverty_fund_years wijkteam.refers_at wijkteam.reorganisation_dip
        wijkteam.rule_remover_frees wijkteam.rule_removers
        wijkteam.shell_quality wijkteam.social_work_shift wijkteam.stated_goals
        wijkteam.stories_free_heavy wijkteam.stories_teach wijkteam.target_group
        wijkteam.tender_breaks wijkteam.tender_moves_staff wijkteam.tender_per_wijk
        wijkteam.tender_years wijkteam.turnover_by_load wijkteam.unit_size wijkteam.youth_count
    """,
    ("household", "specialists"): """
        referral_source.guardian_per_month provider.idle_lengthens
        provider.continuity_months provider.coordination_gain
        provider.effect_lost_per_month_waited wijkteam.desk_takes_a_month
    """,
    ("provider", "specialists"): """
        provider.slots_are_scarce
        provider.capacity_lag_months provider.effect_per_month provider.least_waiting_months
        provider.form_shifts_closing provider.partnership_speeds
    """,
    ("household", "crises"): """
        household.eviction_share
        household.eviction_hits_child
    """,
    ("municipality", "books"): """
        referral_source.eur_per_link_per_1000
        municipality_government.insurer_pays wijkteam.tender_price_gain
    """,
}
PLACES = {name: place for place, names in NAMES_BY_PLACE.items() for name in names.split()}
