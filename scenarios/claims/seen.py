"""What was seen of one arm over a span of months: the recorder's columns, without the model."""

from dataclasses import dataclass

import numpy as np

from simulation.months import MONTHS_PER_YEAR
from simulation.observation.recorder import MONTHLY

PLACE = {name: number for number, name in enumerate(MONTHLY)}
# Nobody departs earlier than this; what lies further back is the same in all arms.
MONTHS_BEFORE = 8 * MONTHS_PER_YEAR


@dataclass(frozen=True)
class Seen:
    """A span of months of one arm.

    Attributes
    ----------
    monthly : float64 array of shape (n_months, n_columns)
        Columns `MONTHLY`, from `MONTHS_BEFORE` months before the transition on.
    first, last : int
        Rows that begin the span and end it (not included).
    """

    monthly: np.ndarray
    first: int
    last: int

    def over(self, years: tuple[float, float]) -> "Seen":
        """Return the span between two years, counted from the transition."""
        first, last = (MONTHS_BEFORE + round(MONTHS_PER_YEAR * year) for year in years)
        if last > len(self.monthly):
            raise ValueError(f"years {years}: the arm was run for {len(self.monthly)} months only")
        return Seen(self.monthly, first, last)

    @property
    def months(self) -> int:
        """Length of the span."""
        return self.last - self.first

    def column(self, name: str) -> np.ndarray:
        """Return one column over the span, float64 of shape (n_months,)."""
        return self.monthly[self.first : self.last, PLACE[name]]

    def total(self, *names: str) -> float:
        """Return the sum of some columns over the span."""
        return float(sum(self.column(name).sum() for name in names))

    def at_start(self, name: str) -> float:
        """Return a column in the first month of the span."""
        return float(self.monthly[self.first, PLACE[name]])

    def at(self, name: str, months: int = 0) -> float:
        """Return a column in a month counted from the transition."""
        return float(self.monthly[MONTHS_BEFORE + months, PLACE[name]])
