"""Conditions of the month for all agents: trends, regime, social base, networks, partnerships (ODD 7)."""

import math

import numpy as np

from agents.compiled import compiled, compiled_inner
from agents.household import trend_since_2010, years_of_trend
from agents.informal_network import (
    centres_factor,
    noticing_with_centres,
    social_base_factor,
    social_base_kept,
    withdrawal_with_ties,
)
from agents.municipality import next_innovation, share_passed_on
from agents.provider import lag_in_partnership, tempered_margin
from agents.wijkteam_casework import poverty_fund_balance
from agents.wijkteam_organisation import collective_work, guided_by_scans
from simulation.finance.payments import has_any_team_started
from simulation.months import month_number
from simulation.processes.hazards import growth_of_hazards
from simulation.processes.specialists import set_care_by_kind

OUTREACH_EVENNESS = 0.6  # weight of every household for outreach; its severity is added
RECESSION = (month_number("2009-01"), month_number("2014-12"))


@compiled_inner
def set_networks(p, now, inhabitants, per_household, standing):
    """Set the factor on the capacity of networks, and their reporting and withdrawal of support."""
    collective = collective_work(p["collective_form"], p["collective_share"]) * now["prevention"] * standing
    eur = p["social_base_eur_per_inhabitant"] * social_base_kept(now["prevention"])
    eur += 12.0 * now["reinvested_eur"] / inhabitants
    reference = p["social_base_reference_eur"]
    independent = p["community_centres_independent"]
    now["social_base_factor"] = (
        social_base_factor(eur, reference, p["social_base_lift"])
        + p["collective_effect"] * collective
        + centres_factor(independent, eur, reference, p["centres_lift"])
    )
    now["network_speaks_up"] = noticing_with_centres(
        p["speaks_up_per_month"], independent, p["centres_speak_less"]
    )
    now["network_steps_back"] = withdrawal_with_ties(
        p["steps_back"], p["formal_informal_ties"], p["ties_keep_informal"]
    )
    volunteers = p["volunteers_per_1000"] / 1000.0
    now["volunteers_per_household"] = volunteers * per_household * p["volunteer_capacity"]


@compiled_inner
def set_surroundings(p, now, inhabitants, per_household, standing):
    """Set the conditions of this month for all networks and providers.

    Parameters
    ----------
    inhabitants, per_household : float
        Inhabitants now, and per household.
    standing : bool
        Whether teams exist, whose collective work raises the capacity of networks.
    """
    set_networks(p, now, inhabitants, per_household, standing)
    partnership = p["partnership"] * now["responsible"]
    now["provider_margin_weight"] = tempered_margin(p["margin_weight"], partnership, p["partnership_tempers"])
    now["provider_lag_months"] = lag_in_partnership(
        p["capacity_lag_months"], partnership, p["partnership_speeds"]
    )
    now["share_passed_on"] = share_passed_on(p["passes_on_share"], p["insurer_agreement"])


@compiled_inner
def set_trends(p, now):
    """Set the trends, the economy, and the bounds on the growth of hazards."""
    month = now["month"]
    now["trend_youth"] = trend_since_2010(month, p["youth_trend_per_year"]) * math.exp(p["youth_level"])
    now["youth_shown_more"] = p["youth_threshold_falls"] * years_of_trend(month)
    now["trend_care"] = trend_since_2010(month, p["care_trend_per_year"])
    now["economy"] = p["recession_hazard"] if RECESSION[0] <= month <= RECESSION[1] else 1.0
    now["hazards_grow"], now["youth_hazard_grows"] = growth_of_hazards(p)


@compiled_inner
def set_regime(p, now):
    """Set what depends on the months since the transition: continued care, poverty fund, innovation."""
    since = now["month"] - now["transition"]
    now["keeps_running_care"] = np.int64((since >= 0) & (since < p["continuity_months"]))
    now["poverty_fund_cents"] = poverty_fund_balance(
        now["poverty_fund_cents"], p["poverty_fund_eur"], p["poverty_fund_years"], since
    )
    if now["responsible"]:  # innovation is paid from the youth and Wmo grants
        now["innovation"] = next_innovation(
            now["innovation"], p["innovation_share"], p["innovation_gain"], p["innovation_most"]
        )


@compiled
def set_month_conditions(world, inhabitants, per_household):
    """Set the conditions of this month for all agents: trends, regime, access, networks, providers, care.

    Also sets the tally to zero.
    """
    p, now = world.p[0], world.municipality[0]
    world.tally[:] = 0
    set_trends(p, now)
    set_regime(p, now)
    guided = guided_by_scans(p["wijk_scans"], p["scan_guides"])
    now["outreach_evenness"] = OUTREACH_EVENNESS * (1.0 - guided)
    standing = has_any_team_started(world)
    now["counters"] = p["counters"] if standing else p["counters_before"]
    now["further_effort"] = -p["mobile_counter"] * p["mobile_counter_eases"]
    set_surroundings(p, now, inhabitants, per_household, standing)
    set_care_by_kind(world)
