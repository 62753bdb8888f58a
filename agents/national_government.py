"""National government: a schedule of grants and the cut; the landing strip."""

from dataclasses import dataclass
from functools import lru_cache

import mesa
import numpy as np

from agents.parameters import ParameterGroup, parameter
from agents.rule import rule
from agents.vocabulary import N_GRANTS


@dataclass
class LandingParameters(ParameterGroup):
    """The transition: its date, the cut per grant, and the length of the strip."""

    transition: str = parameter(
        "2015-01", unit="month", source="Jeugdwet, Wmo 2015, Participatiewet",
        meaning="First month in which the municipality is responsible.",
    )  # fmt: skip
    cut: float | None = parameter(
        None, unit="share of the transferred grant", low=0.0, high=1.0, source="lever", lever=True,
        meaning="One cut for every law at its final level; empty takes the cuts per law below.",
    )  # fmt: skip
    cut_youth: float = parameter(
        0.12, unit="share of the grant", low=0.0, high=1.0, lever=True,
        source="450 of 3,750 million euro (model.md section 3)",
        meaning="Final cut on the youth grant.",
    )  # fmt: skip
    cut_guidance: float = parameter(
        0.11, unit="share of the grant", low=0.0, high=1.0, lever=True,
        source="wmo_cut_transferred_budget_mean 2015 (social_domain.csv)",
        meaning="Final cut on the grant for guidance, day care and protected residence.",
    )  # fmt: skip
    cut_household_help: float = parameter(
        0.32, unit="share of the grant", low=0.0, high=1.0, lever=True,
        source="wmo_cut_household_help 2015 (social_domain.csv)",
        meaning="Final cut on the grant for household help.",
    )  # fmt: skip
    years: float = parameter(
        0.0, unit="years", low=0.0, high=15.0, lever=True, source="S3: overnight",
        meaning="Length of the strip: the cut grows evenly over these years. 0 is overnight.",
    )  # fmt: skip
    years_ahead: float = parameter(
        0.0, unit="years", low=0.0, high=8.0, lever=True, source="S1 S4",
        meaning="How long before the transition the municipality starts preparing.",
    )  # fmt: skip
    basis: str = parameter(
        "as_announced", unit="as_announced or same_money", lever=True,
        source="model.md section 3",
        meaning="same_money gives a short strip, as a reserve on day one, what a long one brings more.",
    )  # fmt: skip
    same_money_years: float = parameter(
        8.0, unit="years", low=0.0, high=15.0, source="model.md section 4", lever=True,
        meaning="The strip whose money `same_money` equals.",
    )  # fmt: skip
    adaptive: float = parameter(
        0.0, unit="0 or 1", low=0.0, high=1.0, source="S4 Ede", lever=True,
        meaning="1 holds the next step of the cut back while monitored harm is above the norm.",
    )  # fmt: skip
    monitoring_lag_months: float = parameter(
        0.0, unit="months", low=0.0, high=24.0, source="assumed", lever=True,
        meaning="How much later than today's figures the monitor of an adaptive strip shows harm.",
    )  # fmt: skip
    monitoring_noise: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="assumed", lever=True,
        meaning="How far off, up or down, the harm in the monitor can be.",
    )  # fmt: skip
    monitoring_eur_per_inhabitant: float = parameter(
        0.5, unit="euro per inhabitant a year", low=0.0, high=5.0, source="assumed",
        meaning="Cost of the monitor, paid where the strip is adaptive.",
    )  # fmt: skip
    discount_per_year: float = parameter(
        0.0225, unit="1/year", low=0.0, high=0.10, source="Dutch discount rate, real (model.md)",
        meaning="Rate for present values.",
    )  # fmt: skip
    grant_growth_per_year: float = parameter(
        0.010, unit="1/year", low=-0.03, high=0.05, source="assumed (volume indexation)",
        draw="range",
        meaning="Real growth of grants apart from the cut.",
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


@rule
def share_of_cut(months_since_transition, strip_years):
    """Share of the final cut that holds in a month: all at once overnight, else year by year.

    Grants are set in January, so the cut grows in yearly steps: with five years a fifth a year.
    """
    if months_since_transition < 0:
        return 0.0
    if strip_years <= 0.0:
        return 1.0
    steps = months_since_transition // 12 + 1
    return min(1.0, steps / strip_years)


@rule
def grant_of_year(base_eur, final_cut, cut_share, growth_per_year, years_since_transition):
    """Grant of a year: the transferred sum less the cut so far, with real growth."""
    return base_eur * (1.0 - final_cut * cut_share) * (1.0 + growth_per_year) ** years_since_transition


@lru_cache(maxsize=8)
def grants_of_a_month(
    base_eur: tuple[float, ...],
    final_cuts: tuple[float, ...],
    cut_share: float,
    growth_per_year: float,
    years_since_transition: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Return each grant of a month and what the cut takes from it, euros; the same all year."""
    full = np.array(
        [grant_of_year(base, 0.0, 0.0, growth_per_year, years_since_transition) for base in base_eur]
    )
    reduced = np.array(
        [
            grant_of_year(base, cut, cut_share, growth_per_year, years_since_transition)
            for base, cut in zip(base_eur, final_cuts, strict=True)
        ]
    )
    return reduced / 12.0, (full - reduced) / 12.0


def same_money_reserve(
    base_eur: float,
    final_cut: float,
    short_years: float,
    long_years: float,
    discount: float,
    growth: float = 0.0,
) -> float:
    """Present value of what a longer strip brings more than a shorter one, in euros of day one.

    Examples
    --------
    >>> same_money_reserve(100.0, 0.1, 0.0, 2.0, 0.0)
    5.0
    """
    total = 0.0
    for year in range(int(long_years) + 1):
        more = share_of_cut(12 * year, short_years) - share_of_cut(12 * year, long_years)
        total += base_eur * final_cut * more * ((1.0 + growth) / (1.0 + discount)) ** year
    return total


class NationalGovernment(mesa.Agent):
    """Sets grants: what the transferred tasks cost before, less the cut so far.

    Attributes
    ----------
    base_eur : float64 array of shape (n_grants,)
        Yearly sum transferred per grant; the last is the municipality's own money for old tasks.
    held_steps : int
        Steps of the cut held back by monitoring (adaptive strips only).
    """

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.base_eur = np.zeros(N_GRANTS)
        self.held_months = 0

    def grants_eur(
        self, landing: LandingParameters, months_since_transition: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the grants of this month and what the cut takes from them, in euros per grant."""
        effective = months_since_transition - self.held_months
        granted, taken = grants_of_a_month(
            tuple(self.base_eur.tolist()),
            tuple(landing.cuts()),
            share_of_cut(effective, landing.years),
            landing.grant_growth_per_year,
            max(0, months_since_transition) // 12,
        )
        return granted.copy(), taken.copy()

    def holds_back(self) -> None:
        """Monitoring saw harm above the norm: the cut waits a month."""
        self.held_months += 1

    def reserve_on_day_one_eur(self, landing: LandingParameters) -> float:
        """Return what `same_money` pays out at once: the present value of a longer strip's advantage."""
        if landing.basis != "same_money":
            return 0.0
        return sum(
            same_money_reserve(
                float(base),
                cut,
                landing.years,
                landing.same_money_years,
                landing.discount_per_year,
                landing.grant_growth_per_year,
            )
            for base, cut in zip(self.base_eur, landing.cuts(), strict=True)
        )
