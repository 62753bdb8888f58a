"""What was seen of one arm over a span of months: the recorder's columns, without the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from simulation.months import MONTHS_PER_YEAR
from simulation.recording.recorder import MONTHLY
from simulation.recording.tallies import SEVERITY_UNITS
from simulation.recording.tally_columns import scaled_tallies

PLACE = {name: number for number, name in enumerate(MONTHLY)}
# Nobody departs earlier than this; what lies further back is the same in all arms.
MONTHS_BEFORE = 8 * MONTHS_PER_YEAR


@dataclass(frozen=True)
class Seen:
    """A span of months of one arm.

    Attributes
    ----------
    monthly : float64 array of shape (n_months, n_columns)
        Columns as the recorder counts them, severities in 1/1024.
    first, last : int
        Rows that begin the span and end it (not included).
    transition : int
        Row of the month of the transition.
    place : mapping of str to int
        Which column stands where; all of `MONTHLY` unless told otherwise.
    """

    monthly: np.ndarray
    first: int
    last: int
    transition: int = MONTHS_BEFORE
    place: Mapping[str, int] = field(default_factory=lambda: PLACE)

    def over(self, years: tuple[float, float]) -> "Seen":
        """Return the span between two years, counted from the transition."""
        first, last = (self.transition + round(MONTHS_PER_YEAR * year) for year in years)
        if last > len(self.monthly):
            raise ValueError(f"years {years}: the arm was run for {len(self.monthly)} months only")
        return replace(self, first=first, last=last)

    @property
    def months(self) -> int:
        """Length of the span."""
        return self.last - self.first

    def column(self, name: str) -> np.ndarray:
        """Return one column over the span, float64 of shape (n_months,)."""
        return self.monthly[self.first : self.last, self.place[name]]

    def total(self, *names: str) -> float:
        """Return the sum of some columns over the span."""
        return float(sum(self.column(name).sum() for name in names))

    def at_start(self, name: str) -> float:
        """Return a column in the first month of the span."""
        return float(self.monthly[self.first, self.place[name]])

    def at(self, name: str, months: int = 0) -> float:
        """Return a column in a month counted from the transition."""
        return float(self.monthly[self.transition + months, self.place[name]])


def seen_in_table(table: Mapping[str, np.ndarray], transition_month: int) -> Seen:
    """Return what a monthly table tells of one arm from the transition to its end.

    Parameters
    ----------
    table : mapping of str to array of shape (n_months,)
        `month` and any columns of the monthly table, in order of month.
    transition_month : int
        Month number of the transition; a table that begins later is seen from its beginning.
    """
    months = np.asarray(table["month"])
    names = [name for name in table if name in PLACE]
    monthly = np.empty((len(months), len(names)))
    for number, name in enumerate(names):
        monthly[:, number] = table[name]
        if name in scaled_tallies():
            monthly[:, number] *= SEVERITY_UNITS  # a power of two: the count comes back to the bit
    begin = int(np.searchsorted(months, transition_month))
    place = {name: number for number, name in enumerate(names)}
    return Seen(monthly, begin, len(months), begin, place)
