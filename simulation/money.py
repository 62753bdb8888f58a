"""The municipality's money: it takes over, receives grants, contracts, and closes its accounts (ODD 7)."""

from typing import TYPE_CHECKING

import numpy as np

from agents.provider import saved_by_tariff
from agents.state import CONTRACT_TERMS
from agents.vocabulary import (
    GENERAL_MEANS,
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
    N_ADULT_KINDS,
    N_GRANTS,
    N_KINDS,
    N_LAWS,
    NATIONAL_GOVERNMENT,
)
from simulation import loops
from simulation.books import cents
from simulation.payments import DECENTRALISED, LAW_OF_CRISIS, law_of_kind, payer_of_kind
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
    other_last_year : float64 array of shape (12, n_laws)
        Cost of the tasks that stay, by the law it is booked under, euros a month.
    share_of_general : float64 array of shape (n_laws,)
        How the fourth grant, for tasks that stay and own plans, is allotted to the laws.
    """

    def __init__(self, world: World) -> None:
        has_places = np.diff(world.provider_range) > 0
        self.tariffed = np.isin(world.providers["kind"], (*DECENTRALISED, HOUSEHOLD_HELP))
        self.for_children = world.providers["kind"] >= N_ADULT_KINDS
        self.contracted_kinds = has_places & ~np.isin(np.arange(N_KINDS), ON_DEMAND)
        self.municipal_kinds = np.array([payer_of_kind(k, True) == MUNICIPALITY for k in range(N_KINDS)])
        self.law_of_kinds = np.array([law_of_kind(k) for k in range(N_KINDS)])
        self.contract_terms = np.zeros(N_KINDS, dtype=CONTRACT_TERMS)
        self.last_year = np.zeros((12, N_GRANTS))
        self.other_last_year = np.zeros((12, N_LAWS))
        self.share_of_general = np.zeros(N_LAWS)
        self.grants_eur = np.zeros(N_GRANTS)
        self.cut_eur = np.zeros(N_GRANTS)

    def takes_over(self, model: "Model") -> None:
        """The transferred sums become grants; prices fall to the new tariff; reserves are set aside."""
        p = model.world.p[0]
        base = self.last_year.sum(axis=0)
        planned = planned_own_cost_eur(model)
        base[GRANT_OTHER] += planned.sum()
        model.national_government.base_eur = base
        other = self.other_last_year.sum(axis=0) + planned
        self.share_of_general = other / max(1.0, other.sum())
        means = other.copy()
        np.add.at(means, np.array(LAW_OF_GRANT[:GRANT_OTHER]), base[:GRANT_OTHER])
        reserve = model.inhabitants * p["reserves_eur_per_inhabitant"]
        reserve += model.national_government.reserve_on_day_one_eur(model.parameters.landing)
        model.municipality.sets_aside(cents(float(reserve)), means)
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
        self._receives_extra(model, since)

    def _receives_extra(self, model: "Model", since: int) -> None:
        """Book extra money from general means, divided over youth and Wmo as the first grants were."""
        p = model.world.p[0]
        if p["extra_eur_per_inhabitant"] == 0.0 or since >= 12.0 * p["extra_years"]:
            return
        extra = p["extra_eur_per_inhabitant"] * model.inhabitants / 12.0
        base = model.national_government.base_eur[:GRANT_OTHER]
        youth = base[GRANT_YOUTH] / max(1.0, base.sum())
        for law, share in ((LAW_YOUTH, youth), (LAW_WMO, 1.0 - youth)):
            model.books.pays(GENERAL_MEANS, MUNICIPALITY, LINE_ZERO, law, cents(float(extra * share)))

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
            factor = self.tariffs(now) * (1.0 + world.providers["premium"])
            world.providers["price_cents"] = np.rint(old * factor).astype(np.int64)

    def tariffs(self, now: np.void) -> np.ndarray:
        """Return the price now against old prices of every provider, float64 of shape (n_providers,)."""
        tariff = np.where(self.for_children, now["tariff_youth"], now["tariff"])
        return np.where(self.tariffed, tariff, 1.0)

    def closes_month(self, model: "Model") -> None:
        """Close the month: providers' reserves, the municipality's accounts, the national payers' year."""
        loops.all_providers_close_month(model.world, model.old_prices)
        tasks, other = cost_of_tasks_eur(model)
        self.last_year[model.month % 12] = tasks
        self.other_last_year[model.month % 12] = other
        if model.responsible:
            allotted = np.array(
                [cents(float(e)) for e in self.grants_eur[GRANT_OTHER] * self.share_of_general]
            )
            allotted[LAW_NONE] -= allotted.sum()
            means, cost = model.books.means_by_law(), model.books.municipal_cost_by_law()
            model.municipality.closes_month(means, cost, allotted)
            self._reinvests(model)

    def _reinvests(self, model: "Model") -> None:
        """Set what tariffs below their earlier level saved this month apart for the social base."""
        world, p, now = model.world, model.world.p[0], model.world.municipality[0]
        now["reinvested_eur"] = 0.0
        if p["reinvest_share"] > 0.0:
            saved = 0.0
            for number in np.flatnonzero(self.tariffed):
                revenue = loops.provider_revenue_cents(world, number)
                tariff = now["tariff_youth"] if self.for_children[number] else now["tariff"]
                saved += saved_by_tariff(revenue, tariff, p["reinvest_from_tariff"])
            now["reinvested_eur"] = p["reinvest_share"] * saved / 100.0


def planned_own_cost_eur(model: "Model") -> np.ndarray:
    """Return the own money planned for teams, social base and access, euros a year of shape (n_laws,)."""
    teams, network = model.parameters.wijkteam, model.parameters.informal_network
    per_inhabitant = (
        network.social_base_reference_eur
        + teams.counters * teams.eur_per_counter
        + model.parameters.municipality_government.implementation_eur_per_inhabitant
        + teams.desk_decisions_planned / 1000.0 * teams.eur_per_desk_decision
    )
    rows = model.world.teams
    fte = float(model.world.municipality["team_posts"][0])  # those of collective work beside the teams too
    in_teams = float(rows["planned_fte"].sum())
    in_youth_teams = float(rows["planned_fte"][rows["kind"] == 1].sum())
    youth = fte * (in_youth_teams / in_teams if in_youth_teams > 0.0 else teams.youth_fte_share)
    planned = np.zeros(N_LAWS)
    planned[LAW_YOUTH] = youth * teams.eur_per_fte
    planned[LAW_NONE] = per_inhabitant * model.inhabitants + (fte - youth) * teams.eur_per_fte
    return planned


def budget_ratios(model: "Model") -> np.ndarray:
    """Return grant over cost of the last twelve months per law; one ratio for all when pooled."""
    accounts = model.municipality.accounts[-12:]
    if not accounts or model.month % CONTRACT_MONTHS:
        return np.ones(N_LAWS)
    grant, cost, _ = np.sum(accounts, axis=0).astype(float)
    if model.world.p[0]["pooled"] >= 0.5:
        return np.full(N_LAWS, grant.sum() / max(1.0, cost.sum()))
    return np.where(cost > 0.0, grant / np.maximum(1.0, cost), 1.0)


def cost_of_tasks_eur(model: "Model") -> tuple[np.ndarray, np.ndarray]:
    """Return what tasks cost this month, euros: by grant, and of those that stay also by law."""
    world, p = model.world, model.world.p[0]
    cost, other = np.zeros(N_GRANTS), np.zeros(N_LAWS)
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
            other[law_of_kind(kind)] += eur[kind]
    counted = model.flows[CRISIS : CRISIS + len(CRISES)]
    crises = counted * p["crisis_cost_eur"] * p["crisis_municipal_share"]
    cost[GRANT_OTHER] += float(np.sum(crises))
    np.add.at(other, np.array(LAW_OF_CRISIS), crises)
    return cost, other
