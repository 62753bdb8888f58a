"""The municipality with its council: it allocates, contracts and responds to deficits.

Its accounts arrive months late; the council sees accounts, not the model's truth.
"""

import mesa
import numpy as np

from agents.compiled import compiled, compiled_inline
from agents.mesa_adapter.model_mixin import RecordBacked
from agents.provider import negotiated_tariff
from agents.vocabulary import LAW_NONE, LAW_WMO, LAW_YOUTH, N_LAWS
from agents.wijkteam_organisation import accounts_lag

WHOLE = N_LAWS  # the holder of a pooled budget, numbered behind the laws
NOTHING = np.zeros(N_LAWS, dtype=np.int64)


class Municipality(RecordBacked, mesa.Agent):
    """The municipality and its council: budgets, accounts, contracts, and reactions to deficits.

    A pooled council weighs its whole budget. Under siloed budgets youth and Wmo each have grants,
    reserves, patience and measures of their own. A holder below is a law, or `WHOLE`.

    Attributes
    ----------
    accounts : list of int64 arrays of shape (3, n_laws)
        Per month of responsibility, by law and in cents: grants as booked, cost, and own money
        allotted to the law (together nothing, for what a law gets is taken from the general grant).
    reserves_by_law : int64 array of shape (n_laws,)
        Cents set aside.
    in_force, decided : list of (reaction, holder)
        Measures in force, and those decided on; they differ while the council still talks.
    years_in_deficit, years_in_surplus : int64 arrays of shape (n_laws + 1,)
        By holder.
    attention : float in [0, 1]
        How much of the attention for outreach and links is left, by the years since the transition.
    """

    records = ("municipality",)
    accounts: list[np.ndarray]
    in_force: list[tuple[int, int]]
    decided: list[tuple[int, int]]
    months_of_talks: int
    reserves_by_law: np.ndarray
    years_in_deficit: np.ndarray
    years_in_surplus: np.ndarray
    attention: float

    def __init__(self, model: mesa.Model, row: int = 0) -> None:
        super().__init__(model, row)
        self.accounts = []
        self.in_force = []
        self.decided = []
        self.months_of_talks = 0
        self.reserves_by_law = np.zeros(N_LAWS, dtype=np.int64)
        self.years_in_deficit = np.zeros(N_LAWS + 1, dtype=np.int64)
        self.years_in_surplus = np.zeros(N_LAWS + 1, dtype=np.int64)
        self.attention = 1.0

    @property
    def reserves_cents(self) -> int:
        """All reserves together."""
        return int(self.reserves_by_law.sum())

    @property
    def measures(self) -> list[int]:
        """Reactions in force, in the order in which they were taken."""
        return [reaction for reaction, _ in self.in_force]

    def set_reserve_aside(self, reserve_cents: int, means_by_law: np.ndarray) -> None:
        """Divide a reserve over the laws in proportion to their means; what is left over is own money.

        Parameters
        ----------
        reserve_cents : int
            The reserve, cents.
        means_by_law : int64 array of shape (n_laws,)
            Means of the laws, cents.
        """
        share = np.asarray(means_by_law, dtype=float) / max(1.0, float(np.sum(means_by_law)))
        self.reserves_by_law = np.floor(reserve_cents * share).astype(np.int64)
        self.reserves_by_law[LAW_NONE] += reserve_cents - self.reserves_cents

    def close_month(
        self, grants_cents: np.ndarray, cost_cents: np.ndarray, allotted_cents: np.ndarray = NOTHING
    ) -> None:
        """Add a month to the accounts; the result of each law goes to or comes from its reserves.

        Parameters
        ----------
        grants_cents, cost_cents : int64 array of shape (n_laws,)
            Grants received and costs paid this month, cents by law.
        allotted_cents : int64 array of shape (n_laws,)
            General means allotted, cents by law.
        """
        of_month = np.zeros((3, N_LAWS), dtype=np.int64)
        close_accounts(of_month, self.reserves_by_law, grants_cents, cost_cents, allotted_cents)
        self.accounts.append(of_month)

    def known_result(self, lag_months: int) -> np.ndarray | None:
        """Return the result by law of the last twelve months known to the council, in cents.

        Accounts arrive `lag_months` late; before a year of them is known there is nothing to see.

        Parameters
        ----------
        lag_months : int
            Months by which accounts reach the council late.

        Returns
        -------
        int64 array of shape (n_laws,) or None
            Cents by law; None while less than a year is known.
        """
        last = len(self.accounts) - lag_months
        if last < 12:
            return None
        grants, cost, allotted = np.sum(self.accounts[last - 12 : last], axis=0)
        return grants + allotted - cost

    def respond_to_deficit(self, p: np.void) -> None:
        """Once a year the council looks at its accounts and, patience gone, decides on a measure.

        Pooled it weighs the whole budget; siloed it weighs youth and Wmo apart, and a law that is short
        by itself calls for a measure whatever the other has left.

        Parameters
        ----------
        p : structured scalar
            Record of all numerical parameters, by name.
        """
        years = (int(self.model.month) - int(self.transition)) // 12
        self.attention = attention_left(max(0, years), float(p["attention_fades_per_year"]))
        lag = accounts_lag(p["accounts_lag_months"], p["accounting"], p["none_delays_accounts"])
        result = self.known_result(int(lag))
        if result is not None:
            self.deficit_wmo = float(result[LAW_WMO] < 0)
            before = list(self.decided)
            if p["pooled"] >= 0.5:
                self._weigh(WHOLE, int(result.sum()), self.reserves_cents, p)
            else:
                for law in (LAW_YOUTH, LAW_WMO):
                    self._weigh(law, int(result[law]), int(self.reserves_by_law[law]), p)
            if self.decided != before:
                self.months_of_talks = round(float(p["council_talks"] * p["talks_delay"]))
        self.carry_out(p)

    def _weigh(self, holder: int, result_cents: int, reserves_cents: int, p: np.void) -> None:
        """Weigh one budget: reserves first, then the ordered list; after years of surplus a step back."""
        mine = [each for each in self.decided if WHOLE in (holder, each[1]) or each[1] == holder]
        if result_cents >= 0:
            self.years_in_deficit[holder] = 0
            self.years_in_surplus[holder] += 1
            if self.years_in_surplus[holder] >= p["swing_back_years"] and mine:
                last = len(self.decided) - 1 - self.decided[::-1].index(mine[-1])
                del self.decided[last]
                self.years_in_surplus[holder] = 0
            return
        self.years_in_surplus[holder] = 0
        if reserves_cents <= 0:
            self.years_in_deficit[holder] += 1
        patience = p["patience_years"] + p["council_talks"] * p["talks_add_patience"]
        if self.years_in_deficit[holder] > patience and len(self.decided) < p["measures_most"]:
            order = p["order_of_reactions"]
            self.decided.append((int(order[len(mine) % len(order)]), holder))

    def continue_talks(self, p: np.void) -> None:
        """Another month of talks; when they are over, what was decided is carried out.

        Parameters
        ----------
        p : structured scalar
            Record of all numerical parameters, by name.
        """
        if self.months_of_talks > 0:
            self.months_of_talks -= 1
            self.carry_out(p)

    def carry_out(self, p: np.void) -> None:
        """Put what was decided in force, unless the council still talks.

        Parameters
        ----------
        p : structured scalar
            Record of all numerical parameters, by name.
        """
        if self.months_of_talks == 0:
            self.in_force = list(self.decided)
        self.apply_measures(p)

    def apply_measures(self, p: np.void) -> None:
        """Set access, tariffs, staffing and prevention by the measures in force.

        Access and tariffs of a law are moved by its own measures; teams and prevention serve all.

        Parameters
        ----------
        p : structured scalar
            Record of all numerical parameters, by name.
        """
        access = softened_access_step(p["access_step"], p["client_councils"], p["clients_soften"])
        for law, name in ((LAW_WMO, ""), (LAW_YOUTH, "_youth")):
            setattr(self, f"access_shift{name}", self._taken(0, law) * access)
            cut = max(0.5, float(p["tariff"]) - self._taken(1, law) * float(p["tariff_step"]))
            tariff = negotiated_tariff(cut, p["partnership"], p["partnership_holds_price"])
            setattr(self, f"tariff{name}", tariff)
        self.staffing = max(0.3, 1.0 - self.measures.count(2) * float(p["team_step"]))
        less = self.measures.count(3) * float(p["prevention_step"])
        less = 0.0 if p["programme_protected"] >= 0.5 else less
        self.prevention = max(0.0, 1.0 - less) * self.attention

    def _taken(self, reaction: int, law: int) -> int:
        """Return how often a reaction was taken that reaches a law."""
        return sum(each == reaction and holder in (law, WHOLE) for each, holder in self.in_force)


@compiled
def close_accounts(
    of_month: np.ndarray,
    reserves_cents: np.ndarray,
    grants_cents: np.ndarray,
    cost_cents: np.ndarray,
    allotted_cents: np.ndarray,
) -> None:
    """Fill a month of the accounts, int64 of shape (3, n_laws), and add its result to the reserves."""
    for law in range(N_LAWS):
        of_month[0, law] = grants_cents[law]
        of_month[1, law] = cost_cents[law]
        of_month[2, law] = allotted_cents[law]
        reserves_cents[law] += grants_cents[law] - cost_cents[law] + allotted_cents[law]


@compiled_inline
def attention_left(years: float, fades_per_year: float) -> float:
    """Share of the attention for a programme that is left after so many years; it slips every January."""
    return (1.0 - fades_per_year) ** years


@compiled_inline
def softened_access_step(access_step: float, client_councils: float, soften: float) -> float:
    """How much one measure of stricter access raises the level, where clients were heard in time."""
    return access_step * (1.0 - client_councils * soften)


@compiled_inline
def share_passed_on(passes_on_share: float, insurer_agreement: float) -> float:
    """Share of referrals a siloed holder in deficit passes on; an agreement with the insurer ends it."""
    return passes_on_share * (1.0 - insurer_agreement)


@compiled_inline
def next_innovation(innovation: float, share: float, gain_per_percent_year: float, most: float) -> float:
    """What innovation has changed after another month, for better or worse, within bounds."""
    return min(most, max(-most, innovation + gain_per_percent_year * 100.0 * share / 12.0))


@compiled_inline
def contracted_slots(demand: float, budget_ratio: float, follow_demand: float, headroom: float) -> float:
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
    slots = demand * (1.0 + headroom) * (follow_demand + (1.0 - follow_demand) * held_back)
    return max(1, int(slots + 0.5))
