"""What happened: dated figures that drive every run, by calendar year (data/policy).

History is data; the model explains the rest. Figures that came with the transition (cuts, tariffs, the
careful first budgets) run by the years since it, so that a run with another transition date has them
too; figures of the country (contributions, duties, extra money) run by the calendar.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from agents.vocabulary import GRANT_GUIDANCE, GRANT_HOUSEHOLD_HELP, GRANT_YOUTH, N_GRANTS
from simulation.history.dated_figures import DatedFigure, load_figures
from simulation.months import MONTHS_PER_YEAR, month_number

TRANSITION = month_number("2015-01")
LAST_KNOWN_JANUARY = month_number("2022-01")  # grants after that year are a named scenario
NATIONAL_YOUTH_GRANT = "youth_spending_million_eur"
CUT_PATHS = {
    GRANT_YOUTH: "cut_youth_path",
    GRANT_GUIDANCE: "cut_guidance_path",
    GRANT_HOUSEHOLD_HELP: "cut_household_help_path",
}


@dataclass(frozen=True)
class History:
    """Dated figures of one country.

    Attributes
    ----------
    figures : dict of str to DatedFigure
        By name.
    """

    figures: dict[str, DatedFigure]

    def value(self, name: str, month: int) -> float:
        """Return a figure in a month."""
        return float(self.figures[name].at(month))

    def since_transition(self, name: str, months: int) -> float:
        """Return a figure that came with the transition, so many months after it (negative: before)."""
        return self.value(name, TRANSITION + months)

    def shares_of_cut(self, months: int) -> np.ndarray:
        """Return the share of its final cut that each grant had borne, float64 of shape (n_grants,)."""
        shares = np.zeros(N_GRANTS)
        if months >= 0:
            for grant, name in CUT_PATHS.items():
                shares[grant] = self.since_transition(name, months) / self.figures[name].values[-1]
        return shares

    def cuts(self, months: int) -> np.ndarray:
        """Return the cut each grant bore as it happened, float64 of shape (n_grants,)."""
        cuts = np.zeros(N_GRANTS)
        if months >= 0:
            for grant, name in CUT_PATHS.items():
                cuts[grant] = self.since_transition(name, months)
        return cuts

    def extra_youth_share(self, month: int) -> float:
        """Return extra money for youth care of a month's year, over the youth grant before the cut."""
        known = min(month, LAST_KNOWN_JANUARY)
        nominal = self.value("extra_youth_million_eur", known)
        prices = self.value("price_index", known) / 100.0
        return nominal / prices / float(self.figures[NATIONAL_YOUTH_GRANT].values[0])

    def growth_after_known(self, month: int, growth_per_year: float) -> float:
        """Return growth of grants per inhabitant by the chosen scenario, over the last year known."""
        years = max(0, (month - LAST_KNOWN_JANUARY) // MONTHS_PER_YEAR)
        return float((1.0 + growth_per_year) ** years)

    def lagged(self, name: str, month: int, lag_years: float) -> float:
        """Return a figure so many years late."""
        return self.value(name, month - round(lag_years * MONTHS_PER_YEAR))


@cache
def history_of(country: str = "netherlands") -> History:
    """Return the history of a country."""
    return History(load_figures(country))
