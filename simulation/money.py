"""The municipality's money: it takes over, receives grants, contracts, and closes its accounts (ODD 7)."""

from typing import TYPE_CHECKING

import numpy as np

from agents.state import CONTRACT_TERMS
from agents.vocabulary import (
    GRANT_GUIDANCE,
    GRANT_HOUSEHOLD_HELP,
    GRANT_OTHER,
    GRANT_YOUTH,
    HOUSEHOLD_HELP,
    LAW_NONE,
    LAW_WMO,
    LAW_YOUTH,
    LINE_ZERO,
    MENTAL_HEALTH,
    MUNICIPALITY,
    N_GRANTS,
    N_KINDS,
    N_LAWS,
    NATIONAL_GOVERNMENT,
)
from simulation import loops
from simulation.books import cents
from simulation.payments import DECENTRALISED, law_of_kind, payer_of_kind
from simulation.tallies import CRISES, CRISIS
from simulation.world import ON_DEMAND, World

if TYPE_CHECKING:
    from simulation.model import Model

CONTRACT_MONTHS = 6  # the municipality contracts in January and July
# Which grant pays what moved: youth, guidance with day care and residence, household help.
LAW_OF_GRANT = (LAW_YOUTH, LAW_WMO, LAW_WMO, LAW_NONE)


class Money:
    """What the municipality receives, contracts and owes, month by month.

    Attributes
    ----------
    last_year : float64 array of shape (12, n_grants)
        Cost of the tasks that move, or stay, over the last twelve months, euros a month.
    grants_eur, cut_eur : float64 arrays of shape (n_grants,)
        Grants of this month, and what the cut takes from them.
    """

    def __init__(self, world: World) -> None:
        has_places = np.diff(world.provider_range) > 0
        self.tariffed = np.isin(world.providers["kind"], (*DECENTRALISED, HOUSEHOLD_HELP))
        self.contracted_kinds = has_places & ~np.isin(np.arange(N_KINDS), ON_DEMAND)
        self.municipal_kinds = np.array([payer_of_kind(k, True) == MUNICIPALITY for k in range(N_KINDS)])
        self.law_of_kinds = np.array([law_of_kind(k) for k in range(N_KINDS)])
        self.contract_terms = np.zeros(N_KINDS, dtype=CONTRACT_TERMS)
        self.last_year = np.zeros((12, N_GRANTS))
        self.grants_eur = np.zeros(N_GRANTS)
        self.cut_eur = np.zeros(N_GRANTS)

    def takes_over(self, model: "Model") -> None:
        """The transferred sums become grants; prices fall to the new tariff; reserves are set aside."""
        p = model.world.p[0]
        base = self.last_year.sum(axis=0)
        base[GRANT_OTHER] += planned_own_cost_eur(model)
        model.national_government.base_eur = base
        reserve = model.inhabitants * p["reserves_eur_per_inhabitant"]
        reserve += model.national_government.reserve_on_day_one_eur(model.parameters.landing)
        model.municipality.reserves_cents = cents(float(reserve))
        model.municipality.applies_measures(p)

    def receives_grants(self, model: "Model") -> None:
        """Book this month's grants from the transition on."""
        if not model.responsible:
            return
        landing = model.parameters.landing
        since = model.month - model.transition
        if landing.adaptive >= 0.5 and since > 0 and model.recorder.harm_above_norm(model):
            model.national_government.holds_back()
        self.grants_eur, self.cut_eur = model.national_government.grants_eur(landing, since)
        for grant in range(N_GRANTS):
            model.books.pays(
                NATIONAL_GOVERNMENT,
                MUNICIPALITY,
                LINE_ZERO,
                LAW_OF_GRANT[grant],
                cents(float(self.grants_eur[grant])),
            )

    def contracts(self, model: "Model") -> None:
        """Contract places: national payers on demand each month, the municipality twice a year."""
        world, p, now = model.world, model.world.p[0], model.world.municipality[0]
        mine = self.municipal_kinds if model.responsible else np.zeros(N_KINDS, dtype=bool)
        terms = self.contract_terms
        terms["revised"] = self.contracted_kinds & (~mine | (model.month % CONTRACT_MONTHS == 0))
        terms["months"] = np.where(mine, CONTRACT_MONTHS, 1)
        terms["follow_demand"] = np.where(mine, p["contracts_follow_demand"], 1.0)
        terms["headroom"] = np.where(mine, p["contract_headroom"], p["national_headroom"])
        terms["budget_ratio"] = np.where(mine, budget_ratios(model)[self.law_of_kinds], 1.0)
        loops.contracts(world, terms)
        if model.responsible:
            old = model.old_prices[world.providers["kind"]]
            new = np.rint(old * now["tariff"]).astype(np.int64)
            world.providers["price_cents"] = np.where(self.tariffed, new, old)

    def closes_month(self, model: "Model") -> None:
        """Close the month: providers' reserves, the municipality's accounts, the national payers' year."""
        loops.all_providers_close_month(model.world, model.old_prices)
        self.last_year[model.month % 12] = cost_of_tasks_eur(model)
        if model.responsible:
            grants = model.books.month[NATIONAL_GOVERNMENT, MUNICIPALITY].sum(axis=0)
            model.municipality.closes_month(grants, model.books.municipal_cost_by_law())


def planned_own_cost_eur(model: "Model") -> float:
    """Return the own money the municipality plans for teams, social base and access, euros a year."""
    teams, network = model.parameters.wijkteam, model.parameters.informal_network
    per_inhabitant = (
        network.social_base_reference_eur
        + teams.counters * teams.eur_per_counter
        + model.parameters.municipality_government.implementation_eur_per_inhabitant
    )
    fte = float(model.world.teams["planned_fte"].sum())
    return per_inhabitant * model.inhabitants + fte * teams.eur_per_fte


def budget_ratios(model: "Model") -> np.ndarray:
    """Return grant over cost of the last twelve months per law; one ratio for all when pooled."""
    accounts = model.municipality.accounts[-12:]
    if not accounts or model.month % CONTRACT_MONTHS:
        return np.ones(N_LAWS)
    grant, cost = np.sum(accounts, axis=0).astype(float)
    if model.world.p[0]["pooled"] >= 0.5:
        return np.full(N_LAWS, grant.sum() / max(1.0, cost.sum()))
    return np.where(cost > 0.0, grant / np.maximum(1.0, cost), 1.0)


def cost_of_tasks_eur(model: "Model") -> np.ndarray:
    """Return what the tasks that move, or stay, cost this month, euros of shape (n_grants,)."""
    world, p = model.world, model.world.p[0]
    cost = np.zeros(N_GRANTS)
    clients = np.zeros(N_KINDS)
    np.add.at(clients, world.providers["kind"], world.providers["clients"])
    eur = clients * model.old_prices / 100.0
    for kind in range(N_KINDS):
        if kind in DECENTRALISED:
            cost[GRANT_YOUTH if law_of_kind(kind) == LAW_YOUTH else GRANT_GUIDANCE] += eur[kind]
        elif kind == HOUSEHOLD_HELP:
            cost[GRANT_HOUSEHOLD_HELP] += eur[kind] * (1.0 - float(p["own_contribution_share"]))
        elif kind != MENTAL_HEALTH:
            cost[GRANT_OTHER] += eur[kind]
    counted = model.flows[CRISIS : CRISIS + len(CRISES)]
    cost[GRANT_OTHER] += float(np.sum(counted * p["crisis_cost_eur"] * p["crisis_municipal_share"]))
    return cost
