"""National government: grants to the municipality, the cut on them and its phase-in period."""

from dataclasses import dataclass, replace
from typing import Any

import mesa
import numpy as np

from agents.compiled import compiled_inline
from agents.parameters import FALLS, HARD_TIMES, RISES, Effect, ParameterGroup, parameter
from agents.vocabulary import GRANT_YOUTH, N_GRANTS


@dataclass
class LandingParameters(ParameterGroup):
    """The transition: its date, the cut per grant, and the length of the phase-in period."""

    transition: str = parameter(
        "2015-01", unit="month", source="Jeugdwet, Wmo 2015, Participatiewet",
        meaning="First month in which the municipality is responsible.",
    )  # fmt: skip
    cut: float | None = parameter(
        None, unit="share of the transferred grant", low=0.0, high=1.0, source="lever", lever=True,
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "waiting_*", RISES, high=0.8,
            also={"municipality_government.contracts_follow_demand": 0.0},
        ),
        meaning="One cut for every law at its final level; empty takes the cuts per law below.",
    )  # fmt: skip
    cut_youth: float = parameter(
        0.12, unit="share of the grant", low=0.0, high=1.0, lever=True,
        source="450 of 3,750 million euro (model.md section 3)",
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "waiting_youth_outpatient", RISES, high=0.8,
            also={"municipality_government.contracts_follow_demand": 0.0},
        ),
        meaning="Final cut on the youth grant.",
    )  # fmt: skip
    cut_guidance: float = parameter(
        0.11, unit="share of the grant", low=0.0, high=1.0, lever=True,
        source="wmo_cut_transferred_budget_mean 2015 (social_domain.csv)",
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "waiting_guidance", RISES, high=0.8,
            also={"municipality_government.contracts_follow_demand": 0.0},
        ),
        meaning="Final cut on the grant for guidance, day care and protected residence.",
    )  # fmt: skip
    cut_household_help: float = parameter(
        0.32, unit="share of the grant", low=0.0, high=1.0, lever=True,
        source="wmo_cut_household_help 2015 (social_domain.csv)",
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "waiting_household_help", RISES, high=0.8,
            also={"municipality_government.contracts_follow_demand": 0.0},
        ),
        meaning="Final cut on the grant for household help.",
    )  # fmt: skip
    years: float | None = parameter(
        None, unit="years", low=0.0, high=15.0, lever=True,
        source="empty: phased in as it happened (cut_youth_path and others, data/policy); S3: overnight",
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "waiting_*", FALLS, high=8.0,
            also={"municipality_government.contracts_follow_demand": 0.0, "landing.cut": 0.6},
        ),
        meaning=(
            "Length of the phase-in period, over which the cut grows evenly; 0 is overnight, empty is as "
            "it happened."
        ),
    )  # fmt: skip
    years_ahead: float = parameter(
        0.0, unit="years", low=0.0, high=8.0, lever=True, source="S1 S4",
        cost="`eur_per_fte` for staff that starts early.",
        effect=Effect(
            "wijkteam", "budget", "intakes_before_transition", RISES, high=4.0, months=1, anew=True,
        ),
        meaning="How many years before the transition the municipality starts preparing.",
    )  # fmt: skip
    basis: str = parameter(
        "as_announced", unit="as_announced or same_money", lever=True,
        source="model.md section 3",
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "measures_taken", FALLS, low="as_announced", high="same_money",
            also=HARD_TIMES, months=84,
        ),
        meaning=(
            "same_money gives a short period, as a reserve on day one, the extra money that a long one "
            "brings."
        ),
    )  # fmt: skip
    same_money_years: float = parameter(
        8.0, unit="years", low=0.0, high=15.0, source="model.md section 4", lever=True,
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "measures_taken", FALLS,
            also=HARD_TIMES | {"landing.basis": "same_money"}, months=84,
        ),
        meaning="Length of the phase-in period with which `same_money` makes money equal.",
    )  # fmt: skip
    adaptive: float = parameter(
        0.0, unit="0 or 1", low=0.0, high=1.0, source="S4 Ede", lever=True,
        cost="`monitoring_eur_per_inhabitant`.",
        effect=Effect(
            "national_government", "budget", "months_held_back", RISES,
            also={"landing.years": 8.0, "household.escalation_per_month": [0.5] * 5},
        ),
        meaning="1 postpones the next step of the cut while monitored harm is above the norm.",
    )  # fmt: skip
    monitoring_lag_months: float = parameter(
        0.0, unit="months", low=0.0, high=24.0, source="assumed", lever=True,
        cost="Free, because an older figure costs what a new one does (`monitoring_eur_per_inhabitant`).",
        effect=Effect(
            "national_government", "budget", "months_held_back", FALLS, high=12.0,
            also={"landing.adaptive": 1.0, "landing.years": 8.0, "household.escalation_per_month": [0.5] * 5},
        ),
        meaning="How many months old the harm is that the monitor of an adaptive phase-in period shows.",
    )  # fmt: skip
    monitoring_noise: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="assumed", lever=True,
        cost="Free, because a worse figure costs what a good one does (`monitoring_eur_per_inhabitant`).",
        effect=Effect(
            "national_government", "budget", "months_held_back",
            also={"landing.adaptive": 1.0, "landing.years": 8.0},
        ),
        meaning="How far the harm in the monitor can be off, up or down.",
    )  # fmt: skip
    monitoring_eur_per_inhabitant: float = parameter(
        0.5, unit="euro per inhabitant a year", low=0.0, high=5.0, source="assumed",
        meaning="Cost of the monitor, paid when the phase-in period is adaptive.",
    )  # fmt: skip
    discount_per_year: float = parameter(
        0.0225, unit="1/year", low=0.0, high=0.10, source="Dutch discount rate, real (model.md)",
        meaning="Rate for present values.",
    )  # fmt: skip
    grant_growth_per_year: float = parameter(
        0.0025, unit="1/year", low=-0.01, high=0.015, lever=True,
        source="scenario, chosen by grants=low, middle or high; never fitted and never drawn",
        cost="Free, because it changes money that comes in: what is spent of it is cost.",
        effect=Effect(
            "national_government", "budget", "waiting_*", FALLS,
            also={"municipality_government.contracts_follow_demand": 0.0, "landing.cut": 0.6}, months=132,
        ),
        meaning="Growth of grants per inhabitant, above prices, after the last year known (2022).",
    )  # fmt: skip
    grant_over_cost: float = parameter(
        1.12, unit="ratio", low=1.02, high=1.22, draw="range",
        source="balance_2015: about 9% of the grants of 2015 was not spent",
        effect=Effect("municipality", "budget", "reserves_eur", RISES),
        meaning=(
            "Transferred grants before the cut relative to the cost of the tasks in the last year before "
            "it."
        ),
    )  # fmt: skip

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.basis not in ("as_announced", "same_money"):
            raise ValueError(f"basis = {self.basis!r}: expected as_announced or same_money")

    def cuts(self) -> list[float]:
        """Return the final cut per grant: youth, guidance, household help, other."""
        if self.cut is not None:
            return [self.cut, self.cut, self.cut, 0.0]
        return [self.cut_youth, self.cut_guidance, self.cut_household_help, 0.0]


@compiled_inline
def share_of_cut(months_since_transition: int, phase_in_years: float) -> float:
    """Return the share of the final cut in force in a month.

    With a phase-in period of 0 years it is 1 from the transition on. Otherwise it grows in yearly steps,
    because grants are set in January: with five years by a fifth each year.
    """
    if months_since_transition < 0:
        return 0.0
    if phase_in_years <= 0.0:
        return 1.0
    steps = months_since_transition // 12 + 1
    return min(1.0, steps / phase_in_years)


def grant_of_year(base_eur: Any, final_cut: Any, cut_share: Any, growth: float, extra_share: Any) -> Any:
    """Return the grant of a year: the transferred sum less the cut plus extra money, times growth.

    Parameters
    ----------
    base_eur : float or array of float
        Sum transferred at the transition, euro a year, per grant.
    final_cut, cut_share : float or array of float
        Cut at its final level, and the share of it in force.
    growth : float
        Inhabitants relative to the transition, times the growth of the chosen scenario.
    extra_share : float or array of float
        Extra money as a share of the sum transferred.

    Returns
    -------
    float or array of float
        Euro a year, per grant.
    """
    return base_eur * (1.0 - final_cut * cut_share + extra_share) * growth


def present_value(yearly_eur: np.ndarray, discount: float) -> float:
    """Return the present value, on day one, of sums at the start of each year, euros.

    Parameters
    ----------
    yearly_eur : float64 array of shape (n_years,)
        Euros at the start of each year.
    discount : float
        Discount rate a year.

    Returns
    -------
    float
        Euros of day one.

    Examples
    --------
    >>> present_value(np.array([5.0, 0.0]), 0.02)
    5.0
    """
    return float(sum(eur / (1.0 + discount) ** year for year, eur in enumerate(yearly_eur)))


class NationalGovernment(mesa.Agent):
    """The national government: sets grants from the former cost of the transferred tasks and the cut.

    Attributes
    ----------
    base_eur : float64 array of shape (n_grants,)
        Sum transferred per grant, euros a year; the last is the municipality's own money for old tasks.
    inhabitants_then : float
        Inhabitants at the transition.
    held_months : int
        Months by which monitoring has postponed the cut (adaptive phase-in only).
    """

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.base_eur = np.zeros(N_GRANTS)
        self.inhabitants_then = 1.0
        self.held_months = 0
        self._inputs: tuple[Any, ...] = ()
        self._granted = np.zeros(N_GRANTS), np.zeros(N_GRANTS)

    def shares_of_cut(self, landing: LandingParameters, months_since_transition: int) -> np.ndarray:
        """Return the share of its final cut in force per grant, float64 of shape (n_grants,).

        Parameters
        ----------
        landing : LandingParameters
            How the cut is phased in.
        months_since_transition : int
            Months since the transition, negative before it.

        Returns
        -------
        float64 array of shape (n_grants,)
            Shares, from 0 to 1.
        """
        months = months_since_transition - self.held_months
        if landing.years is None:
            return self.model.history.shares_of_cut(months)
        return np.full(N_GRANTS, share_of_cut(months, landing.years))

    def cut_now(self, landing: LandingParameters, months_since_transition: int) -> np.ndarray:
        """Return the cut in force per grant, float64 of shape (n_grants,).

        Parameters
        ----------
        landing : LandingParameters
            How the cut is phased in.
        months_since_transition : int
            Months since the transition, negative before it.

        Returns
        -------
        float64 array of shape (n_grants,)
            Cuts, as shares of the grants.
        """
        return np.array(landing.cuts()) * self.shares_of_cut(landing, months_since_transition)

    def grants_eur(
        self, landing: LandingParameters, months_since_transition: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the grants of a month and the amounts cut from them, in euros per grant.

        Parameters
        ----------
        landing : LandingParameters
            How the cut is phased in.
        months_since_transition : int
            Months since the transition, negative before it.

        Returns
        -------
        tuple of two float64 arrays of shape (n_grants,)
            Grants, and the amounts cut from them, euros a month.
        """
        model: Any = self.model
        shares = self.shares_of_cut(landing, months_since_transition)
        # Most months repeat the grants of the month before, and comparing takes less than computing.
        year = (model.transition + months_since_transition) // 12
        inputs = (year, shares.tobytes(), self.base_eur.tobytes(), self.inhabitants_then, landing)
        if inputs != self._inputs:
            self._inputs = inputs
            self._granted = self._grants(landing, months_since_transition, shares)
        return self._granted

    def _grants(
        self, landing: LandingParameters, months: int, shares: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return grants and amounts cut, euros a month, `months` after the transition at given shares."""
        model: Any = self.model
        january = model.transition + months - (model.transition + months) % 12
        growth = model.inhabitants_in(january) / self.inhabitants_then
        growth *= model.history.growth_after_known(january, landing.grant_growth_per_year)
        extra = np.zeros(N_GRANTS)
        extra[GRANT_YOUTH] = model.history.extra_youth_share(january)
        full = grant_of_year(self.base_eur, 0.0, 0.0, growth, extra)
        reduced = grant_of_year(self.base_eur, np.array(landing.cuts()), shares, growth, extra)
        return reduced / 12.0, (full - reduced) / 12.0

    def hold_back_cut(self) -> None:
        """Postpone the cut by a month, because monitored harm is above the norm."""
        self.held_months += 1

    def reserve_on_day_one_eur(self, landing: LandingParameters) -> float:
        """Return the reserve that `same_money` pays on day one.

        It is the present value of the extra grants that the longer phase-in period brings. Only years
        within the run count, so that both periods have the same money within the run.

        Parameters
        ----------
        landing : LandingParameters
            How the cut is phased in.

        Returns
        -------
        float
            Euros of day one.
        """
        if landing.basis != "same_money":
            return 0.0
        model: Any = self.model
        long = replace(landing, years=landing.same_money_years)
        more = []
        for months in range(0, model.end_month + 1 - model.transition, 12):
            lasting = min(12, model.end_month + 1 - model.transition - months)
            grants = [self._grants(each, months, self.shares_of_cut(each, months))[0].sum()
                      for each in (long, landing)]  # fmt: skip
            more.append(lasting * (grants[0] - grants[1]))
        return present_value(np.array(more), landing.discount_per_year)
