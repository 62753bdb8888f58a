"""What surrounds the teams this month: the social base, networks, partnerships, agreements (ODD 7)."""

import numpy as np

from agents.informal_network import (
    centres_factor,
    social_base_factor,
    social_base_kept,
    speaks_up_with_centres,
    steps_back_with_ties,
)
from agents.municipality import innovates, passes_on
from agents.provider import lag_in_partnership, tempered_margin
from agents.wijkteam_collective import collective_work
from simulation.world import World


def sets_surroundings(world: World, inhabitants: float, per_household: float, standing: bool) -> None:
    """Set what holds for every network and provider this month.

    Parameters
    ----------
    inhabitants, per_household : float
        Inhabitants now, and per household.
    standing : bool
        Whether teams stand, whose collective work lifts the social base.
    """
    p, now = world.p[0], world.municipality[0]
    _sets_networks(p, now, inhabitants, per_household, standing)
    partnership = p["partnership"] * now["responsible"]
    now["provider_margin_weight"] = tempered_margin(p["margin_weight"], partnership, p["partnership_tempers"])
    now["provider_lag_months"] = lag_in_partnership(
        p["capacity_lag_months"], partnership, p["partnership_speeds"]
    )
    now["passes_on"] = passes_on(p["passes_on_share"], p["insurer_agreement"])


def _sets_networks(
    p: np.void, now: np.void, inhabitants: float, per_household: float, standing: bool
) -> None:
    """Set what networks can carry and how they behave."""
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
    now["network_speaks_up"] = speaks_up_with_centres(
        p["speaks_up_per_month"], independent, p["centres_speak_less"]
    )
    now["network_steps_back"] = steps_back_with_ties(
        p["steps_back"], p["formal_informal_ties"], p["ties_keep_informal"]
    )
    volunteers = p["volunteers_per_1000"] / 1000.0
    now["volunteers_per_household"] = volunteers * per_household * p["volunteer_capacity"]


def innovation_goes_on(world: World) -> None:
    """Another month of innovation after the transition, paid from the youth and Wmo grants."""
    p, now = world.p[0], world.municipality[0]
    if now["responsible"]:
        now["innovation"] = innovates(
            now["innovation"], p["innovation_share"], p["innovation_gain"], p["innovation_most"]
        )
