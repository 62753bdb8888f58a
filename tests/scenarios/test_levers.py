"""Every lever, and every parameter that is drawn, moves its own mechanism's indicator.

A town after its warm-up is copied on the eve of the transition; one copy takes the low value, the other
the high one, all else and all random numbers being equal. What the value itself costs does not count as an
indicator. A direction is asked only where the mechanism dictates it. Besides, it leaves alone what life
brings, and nobody differs before the process in which the parameter says it works (`lever_places.py`).
"""

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import pytest

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import HEALTH_INSURER, KINDS, LAW_WMO, LINE_SECOND, N_KINDS, PROVIDERS
from simulation.model import Model
from simulation.parameters import GROUPS, Parameters, changed
from simulation.population.municipality_profile import load_profile
from simulation.recording.recorder import MONTHLY
from simulation.schedule import MONTH
from tests.lever_places import ABOUT_EVENTS, AGENTS, PLACES, TOWN, Divergence, events_of, first_divergences
from tests.worlds import differences

SPECIALISTS = [kind for kind in KINDS if kind not in ("wijkteam", "youth_team")]
RISES, FALLS, MOVES = 1, -1, 0


@dataclass
class Case:
    """What a parameter's low and high value are, and what the difference moves."""

    name: str
    low: Any
    high: Any
    indicator: Any  # a monthly column, a prefix of columns with *, or a function of the model
    direction: int = MOVES
    also: dict = field(default_factory=dict)
    months: int = 36
    anew: bool = False  # initialised, or drawn, at the start of a run: no copy will do
    households: int = 2000


# -- indicators that are no monthly column -------------------------------------------------------


def staff_quality(model):
    return model.world.teams["quality"].mean()


def own_strength(model):
    return float(model.world.households["strength"].sum(dtype=float))


def own_ties(model):
    return float(model.world.households["ties"].sum(dtype=float))


def waited_by_specialists(model):
    """Mean months waited by those who started specialist care."""
    waited, started = (
        sum(total(model, f"{name}_{kind}") for kind in SPECIALISTS) for name in ("waited_months", "starts")
    )
    return waited / started


def links(model):
    """Team hours of the last month that no other use explains."""
    teams = model.world.teams
    uses = ("administration", "outreach", "collective", "intake", "support")
    return float((teams["hours"] - sum(teams[f"{use}_hours"] for use in uses)).sum())


def support_in_care(model):
    homes = model.world.households
    return float(homes["support"][homes["in_care"] > 0].sum(dtype=float))


def youth_staff(model):
    return float(model.world.teams["fte"][model.world.teams["kind"] == 1].sum())


def unevenness_of_staff(model):
    """Spread over teams of planned staff per household, against its mean."""
    per_household = model.world.teams["planned_fte"] / model.world.teams["households"]
    return float(per_household.std() / per_household.mean())


def youth_caseload(model):
    return int(model.world.teams["caseload"][model.world.teams["kind"] == 1].sum())


def intakes_before_transition(model):
    return model.recorder.column("intakes")[: model.transition].sum()


def staff_before_transition(model):
    return model.recorder.column("team_fte")[: model.transition].sum()


def months_held_back(model):
    return model.national_government.held_months


def in_specialist_care(model):
    return float(sum(total(model, f"clients_{kind}") for kind in SPECIALISTS))


def provider_margin(model):
    """Result over revenue of providers with clients, last month."""
    providers = model.world.providers
    return float(providers["margin"][providers["clients"] > 0].mean())


def slots_contracted(model):
    return int(model.world.providers["contracted"].sum())


def access_shift(model):
    now = model.world.municipality[0]
    return float(now["access_shift"] + now["access_shift_youth"])


def paid_by_insurer(model):
    """Part of the month's guidance the insurer pays."""
    return int(model.books.month[HEALTH_INSURER, PROVIDERS, LINE_SECOND, LAW_WMO].sum())


def total(model, name):
    """Return the sum of a monthly column, or of all that begin alike, since the transition."""
    wanted = [each for each in MONTHLY if each == name or (name[-1] == "*" and each.startswith(name[:-1]))]
    assert wanted, name
    return float(sum(model.recorder.column(each)[model.transition : model.month].sum() for each in wanted))


# -- the table -----------------------------------------------------------------------------------

HARD = {"landing.cut": 0.9, "municipality_government.patience_years": 0.0,
        "municipality_government.reserves_eur_per_inhabitant": 0.0}  # fmt: skip
BY_BUDGET = {"municipality_government.contracts_follow_demand": 0.0}
BUSY = {"wijkteam.fte_per_1000": 0.3}
MARGIN = {"provider.margin_weight": 1.0}
FREE = {"wijkteam.autonomy": 1.0}
TENDERED = {"wijkteam.tender_per_wijk": 1, "wijkteam.tender_years": 2.0}
SHARED_PROBLEM = {"household.shock_per_wijk_year": 1.0, "household.shock_strikes": 0.05,
                  "wijkteam.collective_share": 0.2}  # fmt: skip
CENTRES = {"informal_network.community_centres_independent": 1.0}
VOLUNTEERS = {"informal_network.volunteers_per_1000": 50.0}
PARTNERS = {"provider.partnership": 1.0}
TALKS = {"municipality_government.council_talks": 1.0}
# Divides the cost of one team for all over the laws, also where there are no youth teams.
WORKS_ANYHOW = ("wijkteam.youth_fte_share",)
WATCHED = {"landing.adaptive": 1.0, "landing.years": 8.0}


def five(value):
    return [value] * 5


CASES = [
    Case("household.incidence_per_year", five(0.02), five(0.20), "new_problems_*", RISES),
    Case("household.fade_per_month", five(0.0), five(0.5), "severity_*", FALLS),
    Case("household.escalation_per_month", five(0.0), five(0.5), "crises_*", RISES),
    Case("household.tipping_point", five(0.3), five(0.8), "crises_*", FALLS),
    Case("household.strength_raises_tipping", 0.0, 0.8, "severity_*"),
    Case("household.support_raises_tipping", 0.0, 0.24, "severity_*", FALLS),
    Case("household.help_raises_tipping", 0.0, 0.4, "severity_*", FALLS),
    Case("household.strain_lowers_tipping", 0.0, 0.2, "severity_*", RISES),
    Case("household.money_to_mind", 0.0, 0.04, "severity_mind", RISES),
    Case("household.money_to_safety", 0.0, 0.06, "severity_safety", RISES),
    Case("household.mind_to_youth", 0.0, 0.08, "severity_youth", RISES),
    Case("household.mind_to_safety", 0.0, 0.06, "severity_safety", RISES),
    Case("household.help_seeking_per_month", 0.0, 1.0, "signals_self", RISES),
    Case("household.help_seeking_threshold", 0.2, 0.8, "signals_self", FALLS),
    Case("household.counter_effort", 0.0, 0.06, "signals_self", FALLS),
    Case("household.counter_reach", 0.0, 0.06, "signals_self", RISES),
    Case("household.youth_trend_per_year", 0.0, 0.06, "new_problems_youth", RISES, months=84),
    Case("household.care_trend_per_year", 0.0, 0.06, "new_problems_care", RISES, months=84),
    Case("informal_network.tires_per_month", 0.0, 0.5, "tiredness_mean", RISES),
    Case("informal_network.recovers_per_month", 0.01, 0.5, "tiredness_mean", FALLS),
    Case("informal_network.carer_strain_per_month", 0.0, 0.2, "severity_mind", RISES),
    Case("informal_network.steps_back", 0.0, 0.5, support_in_care, FALLS),
    Case("informal_network.speaks_up_per_month", 0.0, 0.3, "signals_network", RISES),
    Case("informal_network.social_base_lift", 0.0, 0.4, "tiredness_mean", FALLS,
         also={"informal_network.social_base_eur_per_inhabitant": 200.0}),
    Case("informal_network.respite_effect", 0.0, 0.1, "tiredness_mean", FALLS,
         also={"informal_network.respite_share": 1.0}),
    Case("informal_network.social_base_eur_per_inhabitant", 0.0, 200.0, "tiredness_mean", FALLS),
    Case("informal_network.respite_share", 0.0, 1.0, "respite_households", RISES),
    Case("informal_network.mediation_share", 0.0, 1.0, "disputes_solved", RISES),
    Case("informal_network.mediation_solves", 0.65, 0.75, "disputes_solved", RISES, months=72,
         also={"informal_network.mediation_share": 1.0}),
    Case("referral_source.gp_per_month", 0.0, 0.3, "signals_gp", RISES),
    Case("referral_source.school_per_month", 0.0, 0.3, "signals_school", RISES),
    Case("referral_source.youth_health_care_per_month", 0.0, 0.3, "signals_youth_health_care", RISES),
    Case("referral_source.housing_corporation_per_month", 0.0, 0.3, "signals_housing_corporation", RISES),
    Case("referral_source.police_per_month", 0.0, 0.4, "signals_police", RISES),
    Case("referral_source.district_nurse_per_month", 0.0, 0.3, "signals_district_nurse", RISES),
    Case("referral_source.debt_signal_contact", 0.15, 0.25, "debt_reached", RISES,
         also={"referral_source.debt_signals": 1.0}),
    Case("referral_source.debt_signal_acceptance", 0.30, 0.40, "debt_accepted", RISES, months=72,
         also={"referral_source.debt_signals": 1.0}),
    Case("referral_source.observation_error", 0.0, 0.4, "transfers"),
    Case("referral_source.school_link", 0.0, 1.0, "signals_school", RISES),
    Case("referral_source.youth_health_care_link", 0.0, 1.0, "signals_youth_health_care", RISES),
    Case("referral_source.housing_corporation_link", 0.0, 1.0, "signals_housing_corporation", RISES),
    Case("referral_source.police_link", 0.0, 1.0, "signals_police", RISES),
    Case("referral_source.district_nurse_link", 0.0, 1.0, "signals_district_nurse", RISES),
    Case("referral_source.gp_youth_practitioner", 0.0, 1.0, "youth_starts_gp", FALLS),
    Case("referral_source.debt_signals", 0.0, 1.0, "debt_signals", RISES),
    Case("wijkteam.count", 1, 3, links, FALLS, anew=True, months=12, households=8000),
    Case("wijkteam.youth_count", 0, 1, youth_caseload, RISES, anew=True),
    Case("wijkteam.fte_per_1000", 0.3, 3.0, "team_waiting", FALLS),
    Case("wijkteam.youth_fte_share", 0.05, 0.4, youth_staff, RISES, anew=True, months=6,
         also={"wijkteam.youth_count": 1}),
    Case("wijkteam.years_early", 0.0, 4.0, intakes_before_transition, RISES, anew=True, months=1),
    Case("wijkteam.early_fte_share", 0.05, 1.0, staff_before_transition, RISES, anew=True, months=1,
         also={"wijkteam.years_early": 4.0}),
    Case("wijkteam.outreach_share", 0.0, 0.3, "outreach_found", RISES),
    Case("wijkteam.collective_share", 0.0, 0.6, "tiredness_mean", FALLS),
    Case("wijkteam.administrative_share", 0.1, 0.6, "team_hours_support", FALLS),
    Case("wijkteam.seconded_share", 0.0, 1.0, "transfers", RISES, months=12,
         also={"wijkteam.seconded_shift": 0.5}),
    Case("wijkteam.seconded_shift", 0.0, 0.5, "transfers", RISES, months=12,
         also={"wijkteam.seconded_share": 1.0}),
    Case("wijkteam.light_help", 0.0, 1.0, "light_helps", RISES),
    Case("wijkteam.heavy_first", 0.0, 1.0, "light_helps", FALLS, also=BUSY),
    Case("wijkteam.mandate_to_buy", 0.0, 1.0, "failed_referrals", FALLS),
    Case("wijkteam.active_follow_up", 0.0, 1.0, "failed_referrals", FALLS),
    Case("wijkteam.one_plan", 0.0, 1.0, "team_hours_coordination", RISES),
    Case("wijkteam.counters", 1.0, 12.0, "misdirected_contacts", RISES),
    Case("wijkteam.disciplines", 1.0, 20.0, staff_quality, RISES),
    Case("wijkteam.breadth_effect", 0.0, 0.2, staff_quality, RISES),
    Case("wijkteam.link_hours", 0.0, 0.8, "team_hours_support", FALLS),
    Case("wijkteam.unit_size", 4.0, 60.0, "team_hours_support", FALLS,
         also={"wijkteam.fte_per_1000": 5.0}),
    Case("wijkteam.hours_per_intake", 1.0, 30.0, "intakes", FALLS, also=BUSY),
    Case("wijkteam.hours_per_light_help", 1.0, 30.0, "intakes", FALLS, months=60,
         also=BUSY | {"wijkteam.heavy_first": 0.0}),
    Case("wijkteam.hours_per_found", 2.0, 30.0, "outreach_found", FALLS,
         also={"wijkteam.outreach_share": 0.3}),
    Case("wijkteam.support_effect", 0.0, 0.03, "severity_*", FALLS),
    Case("wijkteam.light_help_effect", 0.0, 0.06, "severity_*", FALLS),
    Case("wijkteam.half_effect_hours", 0.5, 10.0, "severity_*", RISES),
    Case("wijkteam.harm", 0.0, 0.04, own_strength, FALLS),
    Case("wijkteam.refers_at", 0.2, 0.9, "transfers", FALLS),
    Case("wijkteam.failed_referral_share", 0.1, 0.7, "failed_referrals", RISES),
    Case("wijkteam.follow_up_saves", 0.0, 0.9, "failed_referrals", FALLS,
         also={"wijkteam.active_follow_up": 1.0}),
    Case("wijkteam.turnover_by_load", 0.0, 0.6, "team_staff_left", RISES),
    Case("wijkteam.inexperience_costs", 0.0, 0.35, staff_quality, FALLS),
    Case("wijkteam.collective_effect", 0.0, 1.0, "tiredness_mean", FALLS,
         also={"wijkteam.collective_share": 0.3}),
    Case("provider.per_kind", 1, 8, "waiting_*", anew=True),
    Case("provider.effect_per_month", [0.0] * N_KINDS, [0.1] * N_KINDS, "severity_*", FALLS),
    Case("provider.margin_weight", 0.0, 1.0, in_specialist_care, RISES),
    Case("provider.contract_form", 0, 1, in_specialist_care, FALLS, also=MARGIN),
    Case("provider.form_shifts_closing", 0.0, 0.12, in_specialist_care, RISES, also=MARGIN),
    Case("provider.form_shifts_intake", 0.0, 0.12, in_specialist_care, RISES, also=MARGIN),
    Case("provider.tariff", 0.5, 1.2, provider_margin, RISES),
    Case("provider.capacity_lag_months", 1.0, 36.0, "provider_staff_fte"),
    Case("provider.coordination_gain", 0.0, 0.3, "severity_*", FALLS, also={"wijkteam.one_plan": 1.0}),
    Case("provider.continuity_months", 0.0, 60.0, "renewals_*", RISES),
    Case("household.eviction_hits_child", 0.0, 0.4, "severity_youth", RISES,
         also={"household.eviction_share": 1.0, "household.escalation_per_month": five(0.3)}),
    Case("provider.least_waiting_months", 0.0, 24.0, "waiting_mental_health", RISES),
    Case("provider.effect_lost_per_month_waited", 0.0, 0.4, "severity_mind", RISES),
    Case("municipality_government.reserves_eur_per_inhabitant", 0.0, 500.0, "measures_taken", FALLS,
         months=84, also={"landing.cut": 0.3, "municipality_government.patience_years": 0.0}),
    Case("municipality_government.patience_years", 0.0, 20.0, "measures_taken", FALLS, months=60,
         also={"landing.cut": 0.9, "municipality_government.reserves_eur_per_inhabitant": 0.0}),
    Case("municipality_government.order_of_reactions", [0] * 4, [2] * 4, "team_fte", FALLS, months=84,
         also=HARD),
    Case("municipality_government.programme_protected", 0.0, 1.0, "outreach_found", RISES, months=84,
         also=HARD | {"municipality_government.order_of_reactions": [3] * 4,
                      "wijkteam.outreach_share": 0.2}),
    Case("municipality_government.pooled", 0.0, 1.0, slots_contracted, months=60,
         also=BY_BUDGET | {"landing.cut_youth": 0.9, "landing.cut_guidance": 0.0}),
    Case("municipality_government.passes_on_share", 0.0, 0.25, "passed_on", RISES, months=72, also=HARD),
    Case("municipality_government.access_step", 0.0, 0.1, "starts_*", FALLS, months=84, also=HARD),
    Case("municipality_government.contracts_follow_demand", 0.0, 1.0, "waiting_*", FALLS, also=HARD),
    Case("landing.cut", 0.0, 0.8, "waiting_*", RISES, also=BY_BUDGET),
    Case("landing.cut_youth", 0.0, 0.8, "waiting_youth_outpatient", RISES, also=BY_BUDGET),
    Case("landing.cut_guidance", 0.0, 0.8, "waiting_guidance", RISES, also=BY_BUDGET),
    Case("landing.cut_household_help", 0.0, 0.8, "waiting_household_help", RISES, also=BY_BUDGET),
    Case("landing.years", 0.0, 8.0, "waiting_*", FALLS, also=BY_BUDGET | {"landing.cut": 0.6}),
    Case("landing.years_ahead", 0.0, 4.0, intakes_before_transition, RISES, anew=True, months=1),
    Case("landing.basis", "as_announced", "same_money", "measures_taken", FALLS, months=84,
         also=HARD),
    Case("landing.same_money_years", 0.0, 15.0, "measures_taken", FALLS, months=84,
         also=HARD | {"landing.basis": "same_money"}),
    Case("landing.adaptive", 0.0, 1.0, months_held_back, RISES,
         also={"landing.years": 8.0, "household.escalation_per_month": five(0.5)}),
    Case("landing.grant_growth_per_year", -0.01, 0.015, "waiting_*", FALLS, months=132,
         also=BY_BUDGET | {"landing.cut": 0.6}),
    # The record: natural course, finding and replacing, staff of policies, supply, dated history.
    Case("household.passes_per_month", five(0.0), five(0.05), "problems_passed", RISES),
    Case("household.long_standing_share", 0.0, 0.5, "problems_passed", FALLS),
    Case("household.eviction_share", 0.02, 1.0, "evictions", RISES),
    Case("household.contribution_deterrence", 0.0, 0.8, "deterred_by_contribution", RISES),
    Case("household.youth_threshold_falls", 0.0, 0.02, "signals_gp", months=84),
    Case("referral_source.existing_links", 0.3, 0.9, "signals_school", RISES),
    Case("referral_source.finds_new", 0.0, 1.0, "outreach_found", RISES,
         also={"wijkteam.outreach_share": 0.3}),
    Case("referral_source.debt_duty_followed", 0.0, 1.0, "debt_signals", RISES, months=84),
    Case("referral_source.guardian_per_month", 0.0, 1.0, "youth_starts_guardian", RISES, months=60),
    Case("referral_source.medical_specialist_per_month", 0.0, 0.1, "youth_starts_medical_specialist", RISES),
    Case("referral_source.eur_per_link_per_1000", 500.0, 5000.0, "cost_first_eur", RISES, months=1,
         also={"referral_source.school_link": 1.0}),
    Case("wijkteam.hours_are_scarce", 0, 1, "team_waiting", RISES, also=BUSY),
    Case("provider.slots_are_scarce", 0, 1, "waiting_*", RISES, also=HARD),
    Case("wijkteam.extra_fte_per_1000", 0.0, 2.0, "team_waiting", FALLS, also=BUSY),
    Case("wijkteam.signalling_staffed", 0.0, 1.0, "team_waiting", FALLS,
         also={"wijkteam.outreach_share": 0.3}),
    Case("wijkteam.fte_per_link", 0.0, 0.06, "team_waiting", FALLS,
         also=BUSY | {"referral_source.school_link": 1.0, "referral_source.housing_corporation_link": 1.0}),
    Case("wijkteam.help_works", 0.0, 1.0, "severity_*", FALLS,
         also={"wijkteam.support_effect": 0.03, "wijkteam.light_help_effect": 0.06}),
    Case("wijkteam.support_shift", -0.2, 0.1, "transfers", RISES, months=12),
    Case("wijkteam.support_others", 0.0, 1.0, "severity_*", FALLS, also={"wijkteam.support_effect": 0.03}),
    Case("wijkteam.team_raises_tipping", 0.0, 1.0, "severity_*", FALLS),
    Case("wijkteam.team_closes_per_month", 0.05, 0.5, "clients_wijkteam", FALLS),
    Case("wijkteam.team_done_per_month", 0.02, 1.0, "clients_wijkteam", FALLS),
    Case("wijkteam.step_up_share", 0.0, 0.5, "stepped_up", RISES),
    Case("wijkteam.short_advice", 0.0, 1.0, "short_advice", RISES),
    Case("wijkteam.refers_without_case", [0.0, 0.0], [1.0, 1.0], "referred_without_case", RISES),
    Case("wijkteam.replaces_requests", 0.0, 0.25, "requests_replaced", RISES),
    Case("provider.entry_per_year", 0.0, 1.0, "providers", RISES),
    Case("provider.idle_lengthens", 0.0, 0.4, in_specialist_care, RISES),
    Case("provider.wage_lag_years", 0.5, 2.0, provider_margin, months=84),
    Case("provider.youth_intensity_scale", 0.0, 1.5, "cost_youth_eur", RISES),
    Case("provider.tariff_follows_cut", 0.0, 0.6, provider_margin, FALLS, months=12,
         also={"landing.cut": 0.6, "landing.years": 0.0}),
    Case("municipality_government.access_follows_cut", 0.0, 0.15, "starts_*", FALLS,
         also={"landing.cut": 0.6, "landing.years": 0.0}),
    Case("municipality_government.first_budgets_careful", 0.0, 2.0, "starts_*", FALLS, months=12),
    Case("landing.grant_over_cost", 1.02, 1.22, "reserves_eur", RISES),
    Case("population.frailty_spread", 0.2, 1.6, "households_with_something_going_on", anew=True),
    Case("population.circle_capacity", 0.2, 3.0, "tiredness_mean", FALLS, anew=True),
    # organisation of teams
    Case("wijkteam.autonomy", 0.0, 1.0, "team_hours_administration", FALLS),
    Case("wijkteam.autonomy_frees", 0.0, 0.4, "team_hours_administration", FALLS, also=FREE),
    Case("wijkteam.drift_without_goals", 0.0, 0.15, staff_quality, FALLS, also=FREE),
    Case("wijkteam.stated_goals", 0.0, 1.0, staff_quality, RISES, also=FREE),
    Case("wijkteam.accounting", 0, 2, "team_hours_administration", FALLS),
    Case("wijkteam.stories_teach", 0.0, 0.5, staff_quality, RISES, months=12,
         also={"wijkteam.accounting": 1}),
    Case("wijkteam.stories_free_heavy", -0.1, 0.2, "light_helps",
         also=BUSY | {"wijkteam.accounting": 1}),
    Case("wijkteam.none_slows_learning", 0.0, 0.5, staff_quality, FALLS, months=12,
         also={"wijkteam.accounting": 2}),
    Case("wijkteam.none_delays_accounts", 0.0, 12.0, "measures_taken", FALLS,
         also=HARD | {"wijkteam.accounting": 2}),
    Case("wijkteam.rule_removers", 0.0, 20.0, "team_hours_administration", FALLS),
    Case("wijkteam.rule_remover_frees", 0.0, 0.04, "team_hours_administration", FALLS,
         also={"wijkteam.rule_removers": 3.0}),
    Case("wijkteam.growth_years", 0.0, 8.0, "team_fte", FALLS),
    Case("wijkteam.moved_staff_share", 0.0, 1.0, staff_quality, FALLS, months=6),
    Case("wijkteam.moved_staff_lost", 0.0, 0.5, "team_fte", FALLS),
    Case("wijkteam.reorganisation_dip", 0.0, 0.35, "team_hours_support", FALLS),
    Case("wijkteam.dip_years", 1.0, 2.0, "team_hours_support", FALLS,
         also={"wijkteam.reorganisation_dip": 0.35}),
    Case("wijkteam.tender_per_wijk", 0, 1, "broken_off", RISES, months=60),
    Case("wijkteam.tender_years", 1.0, 10.0, "broken_off", FALLS, also=TENDERED),
    Case("wijkteam.tender_moves_staff", 0.0, 0.5, staff_quality, FALLS, months=30, also=TENDERED),
    Case("wijkteam.tender_price_gain", 0.0, 0.1, "cost_first_eur", FALLS, also=TENDERED),
    Case("wijkteam.new_party_quality", -0.1, 0.1, staff_quality, RISES, also=TENDERED),
    Case("wijkteam.tender_breaks", 0.0, 0.4, "broken_off", RISES, also=TENDERED),
    Case("wijkteam.flexible_shell", 0.0, 0.5, "team_waiting", FALLS, also=BUSY),
    Case("wijkteam.shell_quality", 0.7, 1.0, staff_quality, RISES,
         also=BUSY | {"wijkteam.flexible_shell": 0.5}),
    Case("wijkteam.wijk_scans", 0.0, 1.0, "contact_severity",
         also={"wijkteam.outreach_share": 0.3, "wijkteam.scan_guides": 1.0}),
    Case("wijkteam.scan_guides", 0.0, 1.0, unevenness_of_staff, RISES, anew=True, months=12,
         also={"wijkteam.wijk_scans": 1.0, "wijkteam.count": 3}, households=8000),
    Case("wijkteam.community_building_share", 0.0, 0.5, "tiredness_mean", FALLS, months=60,
         also={"wijkteam.community_effect": 0.3}),
    Case("wijkteam.community_effect", 0.0, 0.3, "tiredness_mean", FALLS,
         also={"wijkteam.community_building_share": 0.3}),
    Case("wijkteam.collective_form", 0, 2, "tiredness_mean", RISES,
         also={"wijkteam.collective_share": 0.3}),
    Case("wijkteam.signals_group", 0.0, 0.5, "severity_*", FALLS, also=SHARED_PROBLEM),
    Case("wijkteam.separate_hears", 0.0, 0.5, "severity_*", FALLS,
         also=SHARED_PROBLEM | {"wijkteam.collective_form": 1, "wijkteam.signals_group": 0.5}),
    # Surroundings: networks, social base, providers, municipality and council, landing.
    Case("informal_network.community_centres_independent", 0.0, 1.0, "signals_network", FALLS),
    Case("informal_network.centres_lift", -0.1, 0.2, "tiredness_mean", FALLS, also=CENTRES),
    Case("informal_network.centres_speak_less", 0.0, 0.5, "signals_network", FALLS, also=CENTRES),
    Case("informal_network.volunteers_per_1000", 0.0, 50.0, "tiredness_mean", FALLS),
    Case("informal_network.volunteer_capacity", 0.0, 0.3, "tiredness_mean", FALLS, also=VOLUNTEERS),
    Case("informal_network.volunteer_tires", 0.0, 1.0, "tiredness_mean", RISES, also=VOLUNTEERS),
    Case("informal_network.formal_informal_ties", 0.0, 1.0, support_in_care, RISES),
    Case("informal_network.ties_keep_informal", 0.0, 1.0, support_in_care, RISES,
         also={"informal_network.formal_informal_ties": 1.0}),
    Case("provider.partnership", 0.0, 1.0, in_specialist_care, FALLS, also=MARGIN),
    Case("provider.partnership_tempers", 0.0, 0.6, in_specialist_care, FALLS, also=MARGIN | PARTNERS),
    Case("provider.partnership_speeds", -0.3, 0.3, "provider_staff_fte",
         also=PARTNERS | {"provider.capacity_lag_months": 2.0}),
    Case("provider.partnership_holds_price", 0.0, 0.5, provider_margin, RISES,
         also=PARTNERS | {"provider.tariff": 0.8}),
    Case("provider.reinvest_share", 0.0, 1.0, "tiredness_mean", FALLS, also={"provider.tariff": 0.7}),
    Case("municipality_government.insurer_agreement", 0.0, 1.0, paid_by_insurer, RISES, months=1),
    Case("municipality_government.insurer_pays", 0.0, 0.2, paid_by_insurer, RISES, months=1,
         also={"municipality_government.insurer_agreement": 1.0}),
    Case("municipality_government.innovation_share", 0.0, 0.1, staff_quality, RISES),
    Case("municipality_government.innovation_gain", -0.02, 0.06, staff_quality, RISES,
         also={"municipality_government.innovation_share": 0.02}),
    Case("municipality_government.council_talks", 0.0, 1.0, "measures_taken", FALLS, months=60, also=HARD),
    Case("municipality_government.talks_add_patience", 0.0, 3.0, "measures_taken", FALLS, months=60,
         also=HARD | TALKS),
    Case("municipality_government.talks_delay", 0.0, 6.0, "measures_taken", FALLS, months=60,
         also=HARD | TALKS),
    Case("municipality_government.client_councils", 0.0, 1.0, access_shift, FALLS, months=60, also=HARD),
    Case("municipality_government.clients_soften", 0.0, 0.5, access_shift, FALLS, months=60,
         also=HARD | {"municipality_government.client_councils": 1.0}),
    Case("municipality_government.extra_eur_per_inhabitant", 0.0, 200.0, "reserves_eur", RISES),
    Case("municipality_government.extra_years", 0.0, 3.0, "reserves_eur", RISES,
         also={"municipality_government.extra_eur_per_inhabitant": 50.0}),
    Case("municipality_government.attention_fades_per_year", 0.0, 0.5, "outreach_found", FALLS,
         also={"wijkteam.outreach_share": 0.2}),
    Case("landing.monitoring_lag_months", 0.0, 12.0, months_held_back, FALLS,
         also=WATCHED | {"household.escalation_per_month": five(0.5)}),
    Case("landing.monitoring_noise", 0.0, 1.0, months_held_back, also=WATCHED),
    # access and referral sources
    Case("referral_source.mobile_counter", 0.0, 1.0, "signals_self", RISES),
    Case("referral_source.mobile_counter_eases", 0.0, 0.08, "signals_self", RISES,
         also={"referral_source.mobile_counter": 1.0}),
    Case("referral_source.one_number", 0.0, 1.0, "misdirected_contacts", FALLS),
    Case("referral_source.number_finds_way", 0.0, 0.8, "misdirected_contacts", FALLS,
         also={"referral_source.one_number": 1.0}),
    Case("referral_source.number_blurs", 0.0, 0.3, "severity_*",
         also=BUSY | {"referral_source.one_number": 1.0}),
    Case("referral_source.gp_link", 0.0, 1.0, "youth_starts_gp", FALLS),
    Case("referral_source.linked_gp_consults", 0.0, 1.0, "youth_starts_gp", FALLS,
         also={"referral_source.gp_link": 1.0}),
    Case("referral_source.school_specialist", 0.0, 1.0, "failed_referrals", FALLS, months=72,
         also={"referral_source.school_link": 1.0, "referral_source.school_per_month": 0.3}),
    Case("referral_source.specialist_sharpens", 0.0, 0.5, "severity_*", months=72,
         also={"referral_source.school_link": 1.0, "referral_source.school_specialist": 1.0,
               "referral_source.school_per_month": 0.3, "referral_source.observation_error": 0.4,
               "wijkteam.fte_per_1000": 0.7, "wijkteam.heavy_first": 1.0, "household.heavy_at": 0.35}),
    Case("referral_source.help_on_school", 0.0, 1.0, "low_threshold_school", RISES),
    Case("referral_source.help_on_school_effect", 0.0, 0.03, "severity_youth", FALLS,
         also={"referral_source.help_on_school": 1.0}),
    Case("referral_source.school_keeps_to_itself", 0.0, 0.5, "signals_school", FALLS,
         also={"referral_source.school_link": 1.0, "referral_source.help_on_school": 1.0}),
    Case("referral_source.youth_work", 0.0, 1.0, "low_threshold_youth_work", RISES),
    Case("referral_source.youth_work_effect", 0.0, 0.02, "severity_youth", FALLS,
         also={"referral_source.youth_work": 1.0}),
    Case("referral_source.youth_intervention", 0.0, 1.0, "low_threshold_intervention", RISES),
    Case("referral_source.youth_intervention_effect", 0.0, 0.03, "severity_youth", FALLS,
         also={"referral_source.youth_intervention": 1.0}),
    Case("referral_source.intervention_brings_per_month", 0.0, 0.2, "signals_intervention_team", RISES,
         also={"referral_source.youth_intervention": 1.0}),
    Case("referral_source.flying_brigade", 0.0, 1.0, "low_threshold_brigade", RISES),
    Case("referral_source.flying_brigade_effect", 0.0, 0.03, "severity_*", FALLS,
         also={"referral_source.flying_brigade": 1.0, "referral_source.brigade_reaches_per_month": 1.0}),
    Case("referral_source.safety_expertise", 0.0, 1.0, "severity_*"),
    Case("referral_source.safety_expertise_sharpens", 0.0, 0.6, "severity_*",
         also={"referral_source.safety_expertise": 1.0}),
    # casework of teams
    Case("wijkteam.target_group", 0, 2, "turned_away", RISES, months=12),
    Case("wijkteam.delivers_help", 0.0, 1.0, "access_only", FALLS, months=12),
    Case("wijkteam.first_help_months", 0.0, 6.0, "waited_months_wijkteam", RISES),
    Case("wijkteam.planning_saves", 0.0, 0.2, "intakes", RISES,
         also=BUSY | {"wijkteam.first_help_months": 3.0}),
    Case("wijkteam.mandate_shift", -0.04, 0.04, "transfers", RISES, months=12,
         also={"wijkteam.mandate_to_buy": 1.0}),
    Case("wijkteam.desk_takes_a_month", 0.0, 0.4, waited_by_specialists, RISES, months=12),
    Case("wijkteam.other_noticed", 0.0, 0.5, "joined_in_team", RISES),
    Case("wijkteam.integrated_blurs", 0.0, 0.2, "transfers", months=12, anew=True,
         also={"wijkteam.youth_count": 1}),
    Case("wijkteam.specialists_in_team", 0.0, 0.5, "severity_*",
         also={"wijkteam.specialists_add": 0.2}),
    Case("wijkteam.specialists_add", 0.0, 0.2, "severity_*",
         also={"wijkteam.specialists_in_team": 0.5}),
    Case("wijkteam.complex_needs_breadth", 0.0, 0.4, "severity_*",
         also={"wijkteam.disciplines": 1.0}),
    Case("wijkteam.lasting_contact", 0.0, 1.0, "lasting_contact_months", RISES, months=12),
    Case("wijkteam.network_first", 0.0, 1.0, "network_talks", RISES),
    Case("wijkteam.network_talk_lifts", 0.0, 0.15, own_ties, RISES,
         also={"wijkteam.network_first": 1.0}),
    Case("wijkteam.help_close_to_families", 0.0, 1.0, "close_to_family_months", RISES),
    Case("wijkteam.edge_effect", 0.0, 0.08, "severity_youth", FALLS,
         also={"wijkteam.help_close_to_families": 1.0}),
    Case("wijkteam.poverty_fund_eur", 0.0, 20000.0, "poverty_gifts", RISES, months=24),
    Case("wijkteam.poverty_fund_years", 1.0, 20.0, "poverty_gifts", RISES,
         also={"wijkteam.poverty_fund_eur": 5000.0}),
    Case("wijkteam.gift_effect", 0.0, 0.25, "severity_money", FALLS,
         also={"wijkteam.poverty_fund_eur": 100000.0}),
    Case("wijkteam.access_led_by", 0, 1, "transfers", RISES, months=12,
         also={"wijkteam.social_work_shift": 0.06}),
    Case("wijkteam.social_work_shift", -0.06, 0.06, "transfers", RISES, months=12,
         also={"wijkteam.access_led_by": 1}),
    Case("wijkteam.consortium_shift", -0.06, 0.12, "transfers", RISES, months=12,
         also={"wijkteam.access_led_by": 2}),
    Case("wijkteam.professional_norm", 0.0, 0.5, "starts_*", RISES, months=84,
         also=HARD | {"wijkteam.access_led_by": 1, "municipality_government.access_step": 0.1}),
]  # fmt: skip


# -- two runs and what they share ----------------------------------------------------------------


@dataclass
class Pair:
    """A case's run under its low and under its high value: indicators, events, where they part."""

    case: Case
    found: list[float]
    events: list[dict[str, np.ndarray]]
    town: Divergence | None
    others: Divergence | None


def with_value(town, case, value):
    """Return a model at the start of a case's run, under one value."""
    changes = case.also | {case.name: value}
    if case.anew:
        return Model(changed(Parameters(), changes), load_profile("average", households=case.households), 3)
    model = town.copy()
    model.apply_policy(changed(town.parameters, changes))
    return model


def two_runs(town, case):
    """Run a case under both values, side by side for as long as they have not parted."""
    models = [with_value(town, case, value) for value in (case.low, case.high)]
    end = models[0].transition + case.months
    town_parts, others_part = first_divergences(*models, end)
    found = []
    for model in models:
        model.run_until(end)
        found.append(
            total(model, case.indicator) if isinstance(case.indicator, str) else case.indicator(model)
        )
    events = [events_of(model) for model in models]
    for model in models:
        release(model)
    return Pair(case, found, events, town_parts, others_part)


@pytest.fixture(scope="module", params=CASES, ids=[case.name for case in CASES])
def pair(request, town_before_transition):
    return two_runs(town_before_transition, request.param)


# -- every parameter -----------------------------------------------------------------------------


def test_it_moves_its_own_mechanism(pair):
    case, (low, high) = pair.case, pair.found
    assert np.isfinite([low, high]).all()
    assert low != high, f"{case.name} moves nothing: {low} under {case.low} and under {case.high}"
    if case.direction != MOVES:
        assert np.sign(high - low) == case.direction, f"{low} under {case.low}, {high} under {case.high}"


def test_it_leaves_alone_what_life_brings(pair):
    if pair.case.name in ABOUT_EVENTS:
        pytest.skip("says itself how often problems come")
    low, high = pair.events
    assert [name for name in low if not np.array_equal(low[name], high[name])] == []


def test_nobody_differs_before_its_process_has_worked_and_its_agent_does_then(pair):
    if pair.case.anew:
        pytest.skip("initialised otherwise: the runs differ before their first month")
    agent, process = PLACES[pair.case.name]
    order = [each.__name__ for each in MONTH]
    first_divergence = pair.town if agent in TOWN else pair.others
    assert order.index(first_divergence.process) >= order.index(process), first_divergence
    assert agent in first_divergence.agents, first_divergence


def test_every_case_states_its_place():
    assert set(PLACES) == {case.name for case in CASES}
    processes = {process.__name__ for process in MONTH}
    for agent, process in PLACES.values():
        assert agent in AGENTS and process in processes


def test_an_offer_that_is_off_leaves_the_run_as_it_is_whatever_it_would_do(town_before_transition):
    usual = Parameters()
    idle = {case.name: case.high for case in CASES if is_about_what_is_off(usual, case)}
    assert len(idle) > 25
    models = [town_before_transition.copy() for _ in range(2)]
    models[1].apply_policy(changed(usual, idle))
    found = differences(*(model.run_until(model.transition + 36) for model in models))
    for model in models:
        release(model)
    assert [name for name in found if not name.startswith("p.")] == []


def is_about_what_is_off(usual, case):
    """Whether a case is about what a lever would do that is at zero as long as nobody touches it."""
    if metadata_of(case.name)["lever"] or case.name in WORKS_ANYHOW:
        return False
    return any(value_of(usual, name) == 0 != value for name, value in case.also.items())


def value_of(parameters, name):
    group, short = name.split(".")
    return getattr(getattr(parameters, group), short)


def metadata_of(name):
    group, short = name.split(".")
    return next(each.metadata for each in fields(GROUPS[group]) if each.name == short)


def test_every_lever_and_every_drawn_parameter_has_its_case():
    wanted = {
        f"{group}.{each.name}"
        for group, made in GROUPS.items()
        for each in fields(made)
        if each.metadata["lever"] or each.metadata["draw"] is not None
    }
    assert wanted == {case.name for case in CASES}
    assert len(CASES) == len(wanted)


def test_two_runs_under_one_value_are_equal(town_before_transition):
    pair = two_runs(
        town_before_transition, Case("household.help_seeking_per_month", 0.3, 0.3, "signals_self")
    )
    assert pair.found[0] == pair.found[1] and pair.town is None and pair.others is None
