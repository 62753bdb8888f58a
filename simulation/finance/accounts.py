"""The municipality's finances: take-over of tasks, grants, contracts and accounts (ODD 7)."""

import numpy as np

from agents.state import KIND_TERMS
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
    ON_DEMAND,
)
from agents.wijkteam import policy_staff_per_1000
from simulation import loops
from simulation.finance.books import cents
from simulation.finance.payments import (
    DECENTRALISED,
    LAW_OF_GRANT,
    book_grants,
    law_of_kind,
    payer_of_kind,
)
from simulation.finance.provider_finances import CONTRACT_MONTHS
from simulation.schedule import RunningModel
from simulation.world import World


class Money:
    """Grants, contracts and costs of the municipality, month by month.

    Attributes
    ----------
    last_year : float64 array of shape (12, n_grants)
        Cost of the tasks by grant, both transferred and remaining, in the last twelve months, euros a month.
    grants_eur, cut_eur : float64 arrays of shape (n_grants,)
        Grants of this month, and the amounts cut from them, euros.
    other_last_year : float64 array of shape (12, n_laws)
        Cost of the remaining tasks by law in the last twelve months, euros a month.
    terms : record array of shape (n_kinds,)
        `KIND_TERMS`: terms of payment and contract of each kind of care.
    share_of_general : float64 array of shape (n_laws,)
        Shares of the laws in the fourth grant, which pays the remaining tasks and own plans.
    allotted_cents : int64 array of shape (n_laws,)
        Part of each law in that grant this month; the law `none` holds minus their sum.
    """

    def __init__(self, world: World) -> None:
        self.terms = terms_of_kinds(np.diff(world.provider_range) > 0)
        self.last_year = np.zeros((12, N_GRANTS))
        self.other_last_year = np.zeros((12, N_LAWS))
        self.share_of_general = np.zeros(N_LAWS)
        self.allotted_cents = np.zeros(N_LAWS, dtype=np.int64)
        self.grants_eur = np.zeros(N_GRANTS)
        self.cut_eur = np.zeros(N_GRANTS)

    def take_over(self, model: RunningModel) -> None:
        """Set the base of the grants from last year's cost, set reserves aside and apply the measures."""
        p = model.world.p[0]
        base = self.last_year.sum(axis=0)
        base[:GRANT_OTHER] *= model.parameters.landing.grant_over_cost
        model.national_government.inhabitants_then = model.inhabitants
        planned = planned_own_cost_eur(model)
        base[GRANT_OTHER] += planned.sum()
        model.national_government.base_eur = base
        other = self.other_last_year.sum(axis=0) + planned
        self.share_of_general = other / max(1.0, other.sum())
        means = other.copy()
        np.add.at(means, np.array(LAW_OF_GRANT[:GRANT_OTHER]), base[:GRANT_OTHER])
        reserve = model.inhabitants * p["reserves_eur_per_inhabitant"]
        reserve += model.national_government.reserve_on_day_one_eur(model.parameters.landing)
        model.municipality.set_reserve_aside(cents(float(reserve)), means)
        model.municipality.apply_measures(p)

    def receive_grants(self, model: RunningModel) -> None:
        """Book this month's grants; nothing before the transition."""
        if not model.responsible:
            return
        landing = model.parameters.landing
        since = model.month - model.transition
        if landing.adaptive >= 0.5 and since > 0 and model.recorder.harm_above_norm(model):
            model.national_government.hold_back_cut()
        self.grants_eur, self.cut_eur = model.national_government.grants_eur(landing, since)
        book_grants(model.books.pages, self.grants_eur)
        self._receive_extra(model, since)

    def _receive_extra(self, model: RunningModel, since: int) -> None:
        """Book extra money from general means, divided over youth and Wmo like the first grants."""
        p = model.world.p[0]
        if p["extra_eur_per_inhabitant"] == 0.0 or since >= 12.0 * p["extra_years"]:
            return
        extra = p["extra_eur_per_inhabitant"] * model.inhabitants / 12.0
        base = model.national_government.base_eur[:GRANT_OTHER]
        youth = base[GRANT_YOUTH] / max(1.0, base.sum())
        for law, share in ((LAW_YOUTH, youth), (LAW_WMO, 1.0 - youth)):
            model.books.book_payment(GENERAL_MEANS, MUNICIPALITY, LINE_ZERO, law, cents(float(extra * share)))

    def contract_places(self, model: RunningModel) -> None:
        """Contract care slots: national payers by demand each month, the municipality twice a year."""
        if model.responsible and model.month % CONTRACT_MONTHS == 0:
            ratio = budget_ratios(model)[self.terms["law"]]
            self.terms["budget_ratio"] = np.where(self.terms["municipal"] == 1, ratio, 1.0)
        model.run_loop(loops.contract_places, self.terms, model.old_prices)

    def closing_arguments(self, model: RunningModel) -> tuple[np.ndarray, ...]:
        """Return the arguments of `close_finances` after the world, inputs and outputs."""
        of_month = model.month % 12
        return (
            self.terms,
            model.old_prices,
            model.flows,
            self.last_year[of_month],
            self.other_last_year[of_month],
            self.grants_eur,
            self.share_of_general,
            self.allotted_cents,
        )

    def close_month(self, model: RunningModel) -> None:
        """Close the month: books, providers' reserves, cost of tasks and the municipality's accounts."""
        model.books.close_month()
        model.run_loop(loops.close_finances, *self.closing_arguments(model))
        if model.responsible:
            totals = model.books.totals
            model.municipality.close_month(totals["means"], totals["by_law"], self.allotted_cents)


def terms_of_kinds(has_slots: np.ndarray) -> np.ndarray:
    """Return the initial terms of each kind of care, record array of `KIND_TERMS`."""
    terms = np.zeros(N_KINDS, dtype=KIND_TERMS)
    kinds = np.arange(N_KINDS)
    terms["by_slots"] = has_slots & ~np.isin(kinds, ON_DEMAND)
    terms["municipal"] = [payer_of_kind(kind, True) == MUNICIPALITY for kind in range(N_KINDS)]
    terms["tariffed"] = np.isin(kinds, (*DECENTRALISED, HOUSEHOLD_HELP))
    terms["for_children"] = kinds >= N_ADULT_KINDS
    terms["law"] = [law_of_kind(kind) for kind in range(N_KINDS)]
    terms["grant"] = [grant_of_kind(kind) for kind in range(N_KINDS)]
    terms["budget_ratio"] = 1.0
    return terms


def grant_of_kind(kind: int) -> int:
    """Return the grant that pays a kind of care, -1 where none does (mental health care)."""
    if kind in DECENTRALISED:
        return GRANT_YOUTH if law_of_kind(kind) == LAW_YOUTH else GRANT_GUIDANCE
    if kind == HOUSEHOLD_HELP:
        return GRANT_HOUSEHOLD_HELP
    return -1 if kind == MENTAL_HEALTH else GRANT_OTHER


def planned_own_cost_eur(model: RunningModel) -> np.ndarray:
    """Return the planned cost of teams, social base and access by law, euros a year, shape (n_laws,)."""
    teams, network = model.parameters.wijkteam, model.parameters.informal_network
    per_inhabitant = (
        network.social_base_reference_eur
        + teams.counters * teams.eur_per_counter
        + model.parameters.municipality_government.implementation_eur_per_inhabitant
        + teams.desk_decisions_planned / 1000.0 * teams.eur_per_desk_decision
    )
    rows = model.world.teams
    # Includes staff for collective work outside the teams, excludes staff that a policy adds.
    per_1000 = teams.fte_per_1000 + teams.extra_fte_per_1000 + policy_staff_per_1000(model.parameters)
    fte = float(model.world.municipality["team_posts"][0]) * teams.fte_per_1000 / per_1000
    in_teams = float(rows["planned_fte"].sum())
    in_youth_teams = float(rows["planned_fte"][rows["kind"] == 1].sum())
    youth = fte * (in_youth_teams / in_teams if in_youth_teams > 0.0 else teams.youth_fte_share)
    planned = np.zeros(N_LAWS)
    planned[LAW_YOUTH] = youth * teams.eur_per_fte
    planned[LAW_NONE] = per_inhabitant * model.inhabitants + (fte - youth) * teams.eur_per_fte
    return planned


def budget_ratios(model: RunningModel) -> np.ndarray:
    """Return grant over cost of the last twelve months by law; one ratio for all when budgets are pooled.

    A law without a grant of its own (debt help, paid from general means) has ratio 1: no budget limits it.
    """
    accounts = model.municipality.accounts[-12:]
    if not accounts:
        return np.ones(N_LAWS)
    grant, cost, _ = np.sum(accounts, axis=0).astype(float)
    if model.world.p[0]["pooled"] >= 0.5:
        return np.full(N_LAWS, grant.sum() / max(1.0, cost.sum()))
    has_own_grant = np.isin(np.arange(N_LAWS), LAW_OF_GRANT[:GRANT_OTHER])
    return np.where(has_own_grant & (cost > 0.0), grant / np.maximum(1.0, cost), 1.0)
