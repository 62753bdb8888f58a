"""The municipality with its council: it allocates, contracts and responds to deficits.

Its accounts arrive months late; the council sees accounts, not the model's truth.
"""

from dataclasses import dataclass

import mesa
import numpy as np

from agents.many import RecordBacked
from agents.parameters import ParameterGroup, parameter
from agents.rule import rule

REACTIONS = ("access", "tariffs", "teams", "prevention")


@dataclass
class MunicipalityParameters(ParameterGroup):
    """Budgets, reserves, patience and the order in which a council reacts to deficits."""

    reserves_eur_per_inhabitant: float = parameter(
        60.0, unit="euro per inhabitant", low=0.0, high=500.0, source="assumed", lever=True,
        meaning="Reserve for the social domain on the transition date.",
    )  # fmt: skip
    patience_years: float = parameter(
        2.0, unit="years", low=0.0, high=20.0, lever=True,
        source="reactions come three to five years in (evidence.md); size assumed",
        meaning="Years of deficit a council bears, reserves gone, before it reacts.",
    )  # fmt: skip
    order_of_reactions: list[int] = parameter(
        [0, 1, 2, 3], unit="access 0, tariffs 1, teams 2, prevention 3", low=0, high=3, lever=True,
        source="municipalities_stricter_access, municipalities_using_reserves (patterns.csv)",
        meaning="In which order measures are taken after reserves.",
    )  # fmt: skip
    pooled: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        meaning="1 where money may move freely between laws, 0 where each law keeps its own.",
    )  # fmt: skip
    passes_on_share: float = parameter(
        0.12, unit="share of referrals", low=0.0, high=0.25, source="assumed", draw="range",
        meaning="Referrals a siloed holder in deficit passes on to another payer.",
    )  # fmt: skip
    accounts_lag_months: float = parameter(
        4.0, unit="months", low=0.0, high=18.0, source="assumed",
        meaning="How late accounts reach the council.",
    )  # fmt: skip
    access_step: float = parameter(
        0.02, unit="severity", low=0.0, high=0.1, source="assumed", draw=0.5,
        meaning="How much one measure of stricter access raises what a referrer must see.",
    )  # fmt: skip
    tariff_step: float = parameter(
        0.02, unit="share of price", low=0.0, high=0.1, source="assumed",
        meaning="How much one measure lowers tariffs.",
    )  # fmt: skip
    team_step: float = parameter(
        0.06, unit="share of staff", low=0.0, high=0.3, source="assumed",
        meaning="How much one measure lowers team staff.",
    )  # fmt: skip
    prevention_step: float = parameter(
        0.34, unit="share", low=0.0, high=1.0, source="assumed",
        meaning="How much one measure lowers the social base above half, outreach and links.",
    )  # fmt: skip
    measures_most: int = parameter(
        8, unit="measures", low=0, high=40, source="assumed",
        meaning="Most measures a council takes one after another.",
    )  # fmt: skip
    programme_protected: float = parameter(
        0.0, unit="0 or 1", low=0.0, high=1.0, source="model.md section 4", lever=True,
        meaning="1 keeps outreach, links and the social base out of the council's measures.",
    )  # fmt: skip
    swing_back_years: float = parameter(
        3.0, unit="years", low=1.0, high=20.0, source="re-investment years later (evidence.md)",
        meaning="Years of surplus after which the last measure is taken back.",
    )  # fmt: skip
    contracts_follow_demand: float = parameter(
        0.88, unit="share", low=0.0, high=1.0, source="duty to help (Jeugdwet, Wmo 2015); assumed",
        draw=0.15,
        meaning="How far contracts follow demand rather than budget.",
    )  # fmt: skip
    waiting_counts: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed",
        meaning="How far those who wait count as demand when contracts are made.",
    )  # fmt: skip
    contract_headroom: float = parameter(
        0.0696, unit="share", low=0.0, high=0.3, source="assumed; rough fit to youth_waiting_outpatient",
        meaning="Spare places contracted beyond demand.",
    )  # fmt: skip
    own_contribution_share: float = parameter(
        0.06, unit="share of Wmo cost", low=0.0, high=0.3, source="assumed",
        meaning="What households pay themselves of household help, guidance and day care.",
    )  # fmt: skip
    crisis_cost_eur: list[float] = parameter(
        [7000.0, 4500.0, 5000.0, 2500.0, 9000.0],
        unit="euro per crisis", low=0.0, high=100000.0, source="assumed",
        meaning="What one crisis costs at once, by problem (eviction, emergency care, police).",
    )  # fmt: skip
    crisis_municipal_share: list[float] = parameter(
        [0.45, 0.10, 0.30, 0.35, 1.0], unit="share", low=0.0, high=1.0, source="assumed",
        meaning="Part of that the municipality pays after the transition; others pay the rest.",
    )  # fmt: skip
    shelter_after_crisis: float = parameter(
        0.0471, unit="share", low=0.0, high=1.0, source="assumed; rough fit",
        meaning="Share of evictions and violent crises that end in a shelter.",
    )  # fmt: skip
    supervision_after_crisis: float = parameter(
        0.371, unit="share", low=0.0, high=1.0, source="assumed; rough fit to supervision_order_stock",
        meaning="Share of crises of a child, or of violence with a child at home, that end in an order.",
    )  # fmt: skip
    placement_after_crisis: float = parameter(
        0.302, unit="share", low=0.0, high=1.0, source="assumed; rough fit to youth_form_stay",
        meaning="Share of crises of a child that end in a placement.",
    )  # fmt: skip
    implementation_eur_per_inhabitant: float = parameter(
        8.8, unit="euro per inhabitant a year", low=0.0, high=80.0,
        source="assumed; with the desk's decisions 12 in all",
        meaning="Cost of running the access desk and contracts, decisions on requests of teams not included.",
    )  # fmt: skip


class Municipality(RecordBacked, mesa.Agent):
    """The municipality and its council: budgets, accounts, contracts, and reactions to deficits.

    Attributes
    ----------
    accounts : list of int64 arrays of shape (2, n_laws)
        Per month of responsibility, grants and cost by law, in cents.
    measures : list of int
        Reactions taken so far, in order; the last one is taken back first.
    """

    records = ("municipality",)
    accounts: list
    measures: list
    reserves_cents: int
    years_in_deficit: int
    years_in_surplus: int
    programme_since: int

    def __init__(self, model: mesa.Model, row: int = 0) -> None:
        super().__init__(model, row)
        self.accounts = []
        self.measures = []
        self.reserves_cents = 0
        self.years_in_deficit = 0
        self.years_in_surplus = 0
        self.programme_since = 0

    def closes_month(self, grants_cents: np.ndarray, cost_cents: np.ndarray) -> None:
        """Add a month to the accounts; the result goes to or comes from the reserves."""
        self.accounts.append(np.array([grants_cents, cost_cents], dtype=np.int64))
        self.reserves_cents += int(grants_cents.sum() - cost_cents.sum())

    def known_result(self, lag_months: int) -> np.ndarray | None:
        """Return the result by law of the last twelve months known to the council, in cents.

        Accounts arrive `lag_months` late; before a year of them is known there is nothing to see.
        """
        last = len(self.accounts) - lag_months
        if last < 12:
            return None
        year = np.sum(self.accounts[last - 12 : last], axis=0)
        return year[0] - year[1]

    def responds_to_deficit(self, p: np.void) -> None:
        """Once a year the council looks at its accounts and, patience gone, takes one measure.

        Reserves come first; then the ordered list. After years of surplus the last measure is
        taken back.
        """
        result = self.known_result(int(p["accounts_lag_months"]))
        if result is None:
            return
        self.deficit_wmo = float(result[1] < 0)
        pooled = p["pooled"] >= 0.5
        short = result.sum() < 0 if pooled else bool(result[0] < 0 or result[1] < 0) and result.sum() < 0
        if not short:
            self.years_in_deficit = 0
            self.years_in_surplus += 1
            if self.years_in_surplus >= p["swing_back_years"] and self.measures:
                self.measures.pop()
                self.years_in_surplus = 0
        else:
            self.years_in_surplus = 0
            if self.reserves_cents <= 0:
                self.years_in_deficit += 1
            if self.years_in_deficit > p["patience_years"] and len(self.measures) < p["measures_most"]:
                order = p["order_of_reactions"]
                self.measures.append(int(order[len(self.measures) % len(order)]))
        self.applies_measures(p)

    def applies_measures(self, p: np.void) -> None:
        """Set access, tariffs, staffing and prevention by the measures in force."""
        taken = [self.measures.count(which) for which in range(len(REACTIONS))]
        self.access_shift = taken[0] * float(p["access_step"])
        self.tariff = max(0.5, float(p["tariff"]) - taken[1] * float(p["tariff_step"]))
        self.staffing = max(0.3, 1.0 - taken[2] * float(p["team_step"]))
        less = 0.0 if p["programme_protected"] >= 0.5 else taken[3] * float(p["prevention_step"])
        self.prevention = max(0.0, 1.0 - less)


@rule
def contracted_places(demand, budget_ratio, follow_demand, headroom):
    """Return places to contract: demand, held back by the budget as far as the duty to help allows.

    Parameters
    ----------
    demand : float
        Clients, and those who wait as far as they count.
    budget_ratio : float
        Grant of the law over its cost of last year; above 1 it does not hold back.
    follow_demand : float in [0, 1]
        How far contracts follow demand rather than budget.
    headroom : float
        Spare places beyond demand.
    """
    held_back = min(1.0, budget_ratio)
    places = demand * (1.0 + headroom) * (follow_demand + (1.0 - follow_demand) * held_back)
    return max(1, int(places + 0.5))
