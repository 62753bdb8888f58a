"""The municipality with its council: it allocates budgets, contracts care and responds to deficits.

The council sees its accounts, with a delay of some months, not the current state of the model.
"""

from dataclasses import dataclass

import mesa
import numpy as np

from agents.compiled import compiled, compiled_inline
from agents.mesa_adapter.model_mixin import RecordBacked
from agents.parameters import FALLS, HARD_TIMES, RISES, Effect, ParameterGroup, parameter
from agents.provider import negotiated_tariff
from agents.vocabulary import LAW_NONE, LAW_WMO, LAW_YOUTH, N_LAWS
from agents.wijkteam_organisation import accounts_lag


@dataclass
class MunicipalityParameters(ParameterGroup):
    """Budgets, reserves, patience and the order in which a council reacts to deficits."""

    reserves_eur_per_inhabitant: float = parameter(
        60.0, unit="euro per inhabitant", low=0.0, high=500.0, source="assumed", lever=True,
        cost="Free, because it is money that comes in: what is spent of it is cost.",
        effect=Effect(
            "municipality", "budget", "measures_taken", FALLS,
            also={"landing.cut": 0.3, "municipality_government.patience_years": 0.0}, months=84,
        ),
        meaning="Reserve for the social domain on the transition date.",
    )  # fmt: skip
    patience_years: float = parameter(
        2.0, unit="years", low=0.0, high=20.0, lever=True,
        source="reactions come three to five years in (evidence.md); size assumed",
        cost="Free, because a deficit that is borne is spending that is counted already.",
        effect=Effect(
            "municipality", "budget", "measures_taken", FALLS,
            also={"landing.cut": 0.9, "municipality_government.reserves_eur_per_inhabitant": 0.0}, months=60,
        ),
        meaning="Years of deficit, with reserves used up, before the council reacts.",
    )  # fmt: skip
    order_of_reactions: list[int] = parameter(
        [0, 1, 2, 3], unit="access 0, tariffs 1, teams 2, prevention 3", low=0, high=3, lever=True,
        source="municipalities_stricter_access, municipalities_using_reserves (patterns.csv)",
        cost="Free, because it only orders measures.",
        effect=Effect("municipality", "budget", "team_fte", FALLS, high=[2] * 4, also=HARD_TIMES, months=84),
        meaning="Order in which measures are taken after reserves are used up.",
    )  # fmt: skip
    pooled: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="lever", lever=True,
        cost="Free, because money that moves between laws is not spent by that.",
        effect=Effect(
            "provider", "budget", "slots_contracted",
            also={"municipality_government.contracts_follow_demand": 0.0, "landing.cut_youth": 0.9,
                 "landing.cut_guidance": 0.0}, months=60,
        ),
        meaning="1 where money may move between laws, 0 where each law keeps its own.",
    )  # fmt: skip
    passes_on_share: float = parameter(
        0.12, unit="share of referrals", low=0.0, high=0.25, source="assumed", draw="range",
        effect=Effect("municipality", "budget", "passed_on", RISES, also=HARD_TIMES, months=72),
        meaning="Share of referrals that a budget holder in deficit passes on to another payer.",
    )  # fmt: skip
    accounts_lag_months: float = parameter(
        4.0, unit="months", low=0.0, high=18.0, source="assumed",
        meaning="How many months later accounts reach the council.",
    )  # fmt: skip
    access_step: float = parameter(
        0.02, unit="severity", low=0.0, high=0.1, source="assumed", draw=0.5,
        effect=Effect("municipality", "budget", "starts_*", FALLS, also=HARD_TIMES, months=84),
        meaning="How much one measure of stricter access raises the severity that a referrer must observe.",
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
        meaning="Most measures that a council takes in a row.",
    )  # fmt: skip
    programme_protected: float = parameter(
        0.0, unit="0 or 1", low=0.0, high=1.0, source="model.md section 4", lever=True,
        cost="Free, because what it keeps is paid at the levers that began it.",
        effect=Effect(
            "municipality", "budget", "outreach_found", RISES,
            also=HARD_TIMES | {"municipality_government.order_of_reactions": [3] * 4,
                 "wijkteam.outreach_share": 0.2}, months=84,
        ),
        meaning="1 exempts outreach, links and the social base from the council's measures.",
    )  # fmt: skip
    swing_back_years: float = parameter(
        3.0, unit="years", low=1.0, high=20.0, source="re-investment years later (evidence.md)",
        meaning="Years of surplus after which the last measure is reversed.",
    )  # fmt: skip
    contracts_follow_demand: float = parameter(
        0.88, unit="share", low=0.0, high=1.0, source="duty to help (Jeugdwet, Wmo 2015); assumed",
        draw=0.15,
        effect=Effect("provider", "budget", "waiting_*", FALLS, also=HARD_TIMES),
        meaning="How far contracts follow demand rather than budget.",
    )  # fmt: skip
    ceiling_follows_demand: float = parameter(
        0.6, unit="ratio", low=0.0, high=1.0, source="assumed",
        meaning="How far contracts under a budget ceiling follow demand, relative to other contracts.",
    )  # fmt: skip
    waiting_counts: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed",
        meaning="How far people on waiting lists count as demand when contracts are made.",
    )  # fmt: skip
    contract_headroom: float = parameter(
        0.055, unit="share", low=0.0, high=0.3, source="assumed; rough fit to youth_waiting_outpatient",
        meaning="Spare slots contracted on top of demand.",
    )  # fmt: skip
    first_budgets_careful: float = parameter(
        0.904, unit="ratio", low=0.0, high=2.0, draw=0.5, source="assumed; scales `access_dip` (data/policy)",
        effect=Effect("municipality", "budget", "starts_*", FALLS, months=12),
        meaning="How much careful first budgets and continuing rights lower access in 2015 and 2016.",
    )  # fmt: skip
    access_follows_cut: float = parameter(
        0.05, unit="severity", low=0.0, high=0.15, draw="range", source="assumed; zero in its range",
        effect=Effect(
            "municipality", "budget", "starts_*", FALLS, also={"landing.cut": 0.6, "landing.years": 0.0},
        ),
        meaning=(
            "How much a full cut beyond the historical one immediately raises the severity that a referrer "
            "must observe."
        ),
    )  # fmt: skip
    own_contribution_since_2019: float = parameter(
        0.03, unit="share of Wmo cost", low=0.0, high=0.3,
        source="assumed: 411 million a year of lower contributions (history.md, finding 5)",
        meaning="Share that households pay themselves since the contribution is flat.",
    )  # fmt: skip
    own_contribution_share: float = parameter(
        0.06, unit="share of Wmo cost", low=0.0, high=0.3, source="assumed",
        meaning="Share that households pay themselves of household help, guidance and day care.",
    )  # fmt: skip
    crisis_cost_eur: list[float] = parameter(
        [7000.0, 4500.0, 5000.0, 2500.0, 9000.0],
        unit="euro per crisis", low=0.0, high=100000.0, source="assumed",
        meaning="Direct cost of one crisis, by problem (eviction, emergency care, police).",
    )  # fmt: skip
    crisis_municipal_share: list[float] = parameter(
        [0.45, 0.10, 0.30, 0.35, 1.0], unit="share", low=0.0, high=1.0, source="assumed",
        meaning=(
            "Share of the direct cost of crises that the municipality pays after the transition; others "
            "pay the rest."
        ),
    )  # fmt: skip
    shelter_after_crisis: float = parameter(
        0.0471, unit="share", low=0.0, high=1.0, source="assumed; set by an earlier fit",
        meaning="Share of evictions and violent crises that end in a shelter.",
    )  # fmt: skip
    supervision_after_crisis: float = parameter(
        0.37, unit="share", low=0.0, high=1.0, source="assumed; rough fit to supervision_order_stock",
        meaning=(
            "Share of crises of a child, or of violence with a child at home, that lead to a supervision "
            "order."
        ),
    )  # fmt: skip
    placement_after_crisis: float = parameter(
        0.32, unit="share", low=0.0, high=1.0, source="assumed; rough fit to youth_form_stay",
        meaning="Share of crises of a child that lead to a placement.",
    )  # fmt: skip
    implementation_eur_per_inhabitant: float = parameter(
        8.8, unit="euro per inhabitant a year", low=0.0, high=80.0,
        source="assumed; with the desk's decisions 12 in all",
        meaning="Cost of the access desk and contracts, without decisions on teams' requests.",
    )  # fmt: skip
    insurer_agreement: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="S4", lever=True,
        cost="`agreement_eur_per_inhabitant`.",
        effect=Effect("municipality", "budget", "paid_by_insurer", RISES, months=1),
        meaning=(
            "How far municipality and health insurer have agreed on who pays guidance for mental problems."
        ),
    )  # fmt: skip
    insurer_pays: float = parameter(
        0.10, unit="share", low=0.0, high=0.2, source="assumed", draw="range",
        effect=Effect(
            "municipality", "books", "paid_by_insurer", RISES,
            also={"municipality_government.insurer_agreement": 1.0}, months=1,
        ),
        meaning="Share of guidance for mental problems that the insurer pays under a full agreement.",
    )  # fmt: skip
    agreement_eur_per_inhabitant: float = parameter(
        0.5, unit="euro per inhabitant a year", low=0.0, high=5.0, source="assumed",
        meaning="Cost of making and keeping the agreement.",
    )  # fmt: skip
    innovation_share: float = parameter(
        0.0, unit="share of youth and Wmo grants", low=0.0, high=0.1, source="S4", lever=True,
        cost="`innovation_share` itself, of the grants for youth and Wmo.",
        effect=Effect("municipality", "budget", "staff_quality", RISES),
        meaning="Share of the budget set aside for innovation and spent every year.",
    )  # fmt: skip
    innovation_gain: float = parameter(
        0.02, unit="share of quality per percent a year", low=-0.02, high=0.06, source="assumed",
        draw="range",
        effect=Effect(
            "wijkteam", "teams", "staff_quality", RISES,
            also={"municipality_government.innovation_share": 0.02},
        ),
        meaning="How much 1% of the budget, spent for a year, changes the effect of a team's hour.",
    )  # fmt: skip
    innovation_most: float = parameter(
        0.15, unit="share of quality", low=0.0, high=0.5, source="assumed",
        meaning="Largest change that innovation can make, for better or worse.",
    )  # fmt: skip
    council_talks: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="S0 (talks on the three decentralisations)", lever=True,
        cost="`talks_eur_per_inhabitant`.",
        effect=Effect("municipality", "budget", "measures_taken", FALLS, also=HARD_TIMES, months=60),
        meaning="How far the council takes part in regular talks about the social domain.",
    )  # fmt: skip
    talks_add_patience: float = parameter(
        1.0, unit="years", low=0.0, high=3.0, source="assumed", draw="range",
        effect=Effect(
            "municipality", "budget", "measures_taken", FALLS,
            also=HARD_TIMES | {"municipality_government.council_talks": 1.0}, months=60,
        ),
        meaning="Years of patience that full talks add.",
    )  # fmt: skip
    talks_delay: float = parameter(
        3.0, unit="months", low=0.0, high=6.0, source="assumed", draw="range",
        effect=Effect(
            "municipality", "budget", "measures_taken", FALLS,
            also=HARD_TIMES | {"municipality_government.council_talks": 1.0}, months=60,
        ),
        meaning="Months by which full talks delay a measure once it is decided.",
    )  # fmt: skip
    talks_eur_per_inhabitant: float = parameter(
        0.4, unit="euro per inhabitant a year", low=0.0, high=5.0, source="assumed",
        meaning="Cost of the talks: hours of civil servants and the clerk.",
    )  # fmt: skip
    client_councils: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="S4", lever=True,
        cost="`client_councils_eur_per_inhabitant`.",
        effect=Effect("municipality", "budget", "access_shift", FALLS, also=HARD_TIMES, months=60),
        meaning="How far client councils are heard before access becomes stricter.",
    )  # fmt: skip
    clients_soften: float = parameter(
        0.25, unit="share", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect(
            "municipality", "budget", "access_shift", FALLS,
            also=HARD_TIMES | {"municipality_government.client_councils": 1.0}, months=60,
        ),
        meaning="Share of a step of stricter access that is dropped when client councils are heard.",
    )  # fmt: skip
    client_councils_eur_per_inhabitant: float = parameter(
        0.5, unit="euro per inhabitant a year", low=0.0, high=5.0, source="assumed",
        meaning="Cost of client councils.",
    )  # fmt: skip
    extra_eur_per_inhabitant: float = parameter(
        0.0, unit="euro per inhabitant a year", low=0.0, high=200.0, source="S3", lever=True,
        cost="Free, because it is money that comes in: what is spent of it is cost.",
        effect=Effect("municipality", "budget", "reserves_eur", RISES),
        meaning="Extra money from the municipality's general budget after the transition.",
    )  # fmt: skip
    extra_years: float = parameter(
        3.0, unit="years", low=0.0, high=15.0, source="S3", lever=True,
        cost="Free, because it is money that comes in: what is spent of it is cost.",
        effect=Effect(
            "municipality", "budget", "reserves_eur", RISES, high=3.0,
            also={"municipality_government.extra_eur_per_inhabitant": 50.0},
        ),
        meaning="Years after the transition in which the extra money comes.",
    )  # fmt: skip
    attention_fades_per_year: float = parameter(
        0.0, unit="1/year", low=0.0, high=0.5, source="assumed", lever=True,
        cost="Free, because it is a loss: what slips is not paid any more.",
        effect=Effect(
            "municipality", "budget", "outreach_found", FALLS, also={"wijkteam.outreach_share": 0.2},
        ),
        meaning="Share of outreach, links and other prevention that is lost each year after the transition.",
    )  # fmt: skip


WHOLE = N_LAWS  # number of the holder of a pooled budget, after those of the laws
NOTHING = np.zeros(N_LAWS, dtype=np.int64)


class Municipality(RecordBacked, mesa.Agent):
    """The municipality and its council: budgets, accounts, contracts, and reactions to deficits.

    With pooled budgets the council reviews its whole budget. With siloed budgets youth and Wmo each have
    their own grants, reserves, patience and measures. A holder below is a law, or `WHOLE`.

    Attributes
    ----------
    accounts : list of int64 arrays of shape (3, n_laws)
        Per month of responsibility, by law and in cents: grants as booked, cost, and own money
        allotted to the law (it sums to 0, because it is taken from the general grant).
    reserves_by_law : int64 array of shape (n_laws,)
        Reserves, cents.
    in_force, decided : list of (reaction, holder)
        Measures in force, and measures decided; they differ during talks in the council.
    years_in_deficit, years_in_surplus : int64 arrays of shape (n_laws + 1,)
        By holder.
    attention : float in [0, 1]
        Share of the attention for outreach and links that is left, by the years since the transition.
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
        """Sum of all reserves, cents."""
        return int(self.reserves_by_law.sum())

    @property
    def measures(self) -> list[int]:
        """Reactions in force, in the order in which they were taken."""
        return [reaction for reaction, _ in self.in_force]

    def set_reserve_aside(self, reserve_cents: int, means_by_law: np.ndarray) -> None:
        """Set the reserves: divided over the laws in proportion to their means, the rest to `LAW_NONE`.

        Parameters
        ----------
        reserve_cents : int
            The reserve, cents.
        means_by_law : float64 array of shape (n_laws,)
            Means of the laws, euro; only their ratios matter.
        """
        share = np.asarray(means_by_law, dtype=float) / max(1.0, float(np.sum(means_by_law)))
        self.reserves_by_law = np.floor(reserve_cents * share).astype(np.int64)
        self.reserves_by_law[LAW_NONE] += reserve_cents - self.reserves_cents

    def close_month(
        self, grants_cents: np.ndarray, cost_cents: np.ndarray, allotted_cents: np.ndarray = NOTHING
    ) -> None:
        """Append a month to the accounts and add the result of each law to its reserves.

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
        """Return the result by law of the last twelve months that the council knows, in cents.

        Parameters
        ----------
        lag_months : int
            Delay with which accounts reach the council, months.

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
        """Review the accounts once a year; decide on a measure when a deficit lasts beyond the patience.

        Pooled budgets are reviewed as a whole. Siloed budgets are reviewed by law: a deficit of one law
        leads to a measure even if the other law has a surplus.

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
        """Review one budget: use reserves first, then take the next measure; reverse one after surpluses."""
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
        """Count down one month of talks; when they end, carry out the measures decided.

        Parameters
        ----------
        p : structured scalar
            Record of all numerical parameters, by name.
        """
        if self.months_of_talks > 0:
            self.months_of_talks -= 1
            self.carry_out(p)

    def carry_out(self, p: np.void) -> None:
        """Put the measures decided in force, unless talks continue.

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

        Access and tariffs are set per law; staffing and prevention are common to all laws.

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
        """Return how many measures in force of this kind apply to a law."""
        return sum(each == reaction and holder in (law, WHOLE) for each, holder in self.in_force)


@compiled
def close_accounts(
    of_month: np.ndarray,
    reserves_cents: np.ndarray,
    grants_cents: np.ndarray,
    cost_cents: np.ndarray,
    allotted_cents: np.ndarray,
) -> None:
    """Write one month of accounts to `of_month`, int64 (3, n_laws), and add the result to the reserves."""
    for law in range(N_LAWS):
        of_month[0, law] = grants_cents[law]
        of_month[1, law] = cost_cents[law]
        of_month[2, law] = allotted_cents[law]
        reserves_cents[law] += grants_cents[law] - cost_cents[law] + allotted_cents[law]


@compiled_inline
def attention_left(years: float, fades_per_year: float) -> float:
    """Return the share of the attention for a programme that is left after some years."""
    return (1.0 - fades_per_year) ** years


@compiled_inline
def softened_access_step(access_step: float, client_councils: float, soften: float) -> float:
    """Return how much one measure of stricter access raises the level; client councils soften it."""
    return access_step * (1.0 - client_councils * soften)


@compiled_inline
def share_passed_on(passes_on_share: float, insurer_agreement: float) -> float:
    """Return the share of referrals that a siloed holder in deficit passes on; an agreement ends it."""
    return passes_on_share * (1.0 - insurer_agreement)


@compiled_inline
def next_innovation(innovation: float, share: float, gain_per_percent_year: float, most: float) -> float:
    """Return the cumulative effect of innovation after another month, within [-most, most]."""
    return min(most, max(-most, innovation + gain_per_percent_year * 100.0 * share / 12.0))


@compiled_inline
def contracted_slots(demand: float, budget_ratio: float, follow_demand: float, headroom: float) -> float:
    """Return the care slots to contract: demand, limited by the budget as far as the duty to help allows.

    Parameters
    ----------
    demand : float
        Clients, plus people waiting times their weight.
    budget_ratio : float
        Grant of the law over its cost of last year; above 1 it does not limit.
    follow_demand : float in [0, 1]
        How far contracts follow demand rather than budget.
    headroom : float
        Spare care slots on top of demand, as a share of it.
    """
    held_back = min(1.0, budget_ratio)
    slots = demand * (1.0 + headroom) * (follow_demand + (1.0 - follow_demand) * held_back)
    return max(1, int(slots + 0.5))
