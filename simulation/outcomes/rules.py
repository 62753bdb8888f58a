"""How an outcome is read off: pure functions over what was seen of one arm, or of two.

Counts are per 1,000 households and money per inhabitant, both as the span begins.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from agents.vocabulary import KINDS, PROBLEMS
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.derived import WAITING_NORM_MONTHS
from simulation.outcomes.savings import NO_INVESTMENT, break_even, saved_each_month
from simulation.recording.recorder import MONTHLY
from simulation.recording.tallies import CRISES, SEVERITY_UNITS, scaled_tallies

# What was seen of one arm over a span of months: the recorder's columns, without the model.

PLACE = {name: number for number, name in enumerate(MONTHLY)}
# No arm branches off earlier than this; what lies further back is the same in all arms.
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
        """Return the span between two years, counted from the transition.

        Parameters
        ----------
        years : tuple of float
            Start and end, years since the transition.

        Returns
        -------
        Seen
            The same arm, over these years only.
        """
        first, last = (self.transition + round(MONTHS_PER_YEAR * year) for year in years)
        if last > len(self.monthly):
            raise ValueError(f"years {years}: the arm was run for {len(self.monthly)} months only")
        return replace(self, first=first, last=last)

    @property
    def months(self) -> int:
        """Length of the span."""
        return self.last - self.first

    def column(self, name: str) -> np.ndarray:
        """Return one column over the span, float64 of shape (n_months,).

        Parameters
        ----------
        name : str
            Column of the table `monthly`.

        Returns
        -------
        float64 array of shape (n_months,)
            In the unit of the column.
        """
        return self.monthly[self.first : self.last, self.place[name]]

    def total(self, *names: str) -> float:
        """Return the sum of some columns over the span.

        Parameters
        ----------
        *names : str
            Columns of the table `monthly`.

        Returns
        -------
        float
            In the unit of the columns.
        """
        return float(sum(self.column(name).sum() for name in names))

    def at_start(self, name: str) -> float:
        """Return a column in the first month of the span.

        Parameters
        ----------
        name : str
            Column of the table `monthly`.

        Returns
        -------
        float
            In the unit of the column.
        """
        return float(self.monthly[self.first, self.place[name]])

    def at(self, name: str, months: int = 0) -> float:
        """Return a column in a month counted from the transition.

        Parameters
        ----------
        name : str
            Column of the table `monthly`.
        months : int, optional
            Months since the transition.

        Returns
        -------
        float
            In the unit of the column.
        """
        return float(self.monthly[self.transition + months, self.place[name]])


def seen_in_table(table: Mapping[str, np.ndarray], transition_month: int) -> Seen:
    """Return what a monthly table tells of one arm from the transition to its end.

    Parameters
    ----------
    table : mapping of str to array of shape (n_months,)
        `month` and any columns of the monthly table, in order of month.
    transition_month : int
        Month number of the transition; a table that begins later is seen from its beginning.

    Returns
    -------
    Seen
        The arm, from the transition on.
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


KEPT_AT = 0.5  # a programme that has half of its outreach left counts as kept

OfArm = Callable[[Seen], float]


def per_1000_households(*columns: str) -> OfArm:
    """Return the measure that counts columns per 1,000 households.

    Parameters
    ----------
    *columns : str
        Columns of the table `monthly`.

    Returns
    -------
    callable
        Takes a `Seen`, returns a number per 1,000 households.
    """
    return lambda seen: 1000.0 * seen.total(*columns) / seen.at_start("households")


def mean_per_1000_households(*columns: str) -> OfArm:
    """Return the measure that averages stocks per 1,000 households.

    Parameters
    ----------
    *columns : str
        Columns of the table `monthly`.

    Returns
    -------
    callable
        Takes a `Seen`, returns a number per 1,000 households.
    """
    return lambda seen: 1000.0 * seen.total(*columns) / seen.months / seen.at_start("households")


def per_inhabitant(*columns: str) -> OfArm:
    """Return the measure that adds up money per inhabitant.

    Parameters
    ----------
    *columns : str
        Columns of the table `monthly`.

    Returns
    -------
    callable
        Takes a `Seen`, returns euros per inhabitant.
    """
    return lambda seen: seen.total(*columns) / seen.at_start("inhabitants")


def mean(column: str) -> OfArm:
    """Return the measure that averages a column over months.

    Parameters
    ----------
    column : str
        Column of the table `monthly`.

    Returns
    -------
    callable
        Takes a `Seen`, returns a number in the unit of the column.
    """
    return lambda seen: seen.total(column) / seen.months


def ratio(above: tuple[str, ...], below: tuple[str, ...], times: float = 1.0) -> OfArm:
    """Return the measure that divides sums of columns; missing where there is nothing below.

    Parameters
    ----------
    above, below : tuple of str
        Columns that are added up.
    times : float, optional
        Factor on the ratio, such as 1,000.

    Returns
    -------
    callable
        Takes a `Seen`, returns a number.
    """

    def divided(seen: Seen) -> float:
        whole = seen.total(*below)
        return times * seen.total(*above) / whole if whole > 0 else float("nan")

    return divided


def unmet(seen: Seen) -> float:
    """Severity that nobody attended to, severity-months per 1,000 households.

    Parameters
    ----------
    seen : Seen
        The arm, over a span of months.

    Returns
    -------
    float
        Severity-months per 1,000 households.
    """
    columns = [f"unmet_severity_{problem}" for problem in PROBLEMS]
    return 1000.0 * seen.total(*columns) / SEVERITY_UNITS / seen.at_start("households")


def problem_severity(*problems: str) -> OfArm:
    """Return the measure of mean severity per 1,000 households in some domains.

    Parameters
    ----------
    *problems : str
        Domains of problems.

    Returns
    -------
    callable
        Takes a `Seen`, returns severity per 1,000 households.
    """

    def measured(seen: Seen) -> float:
        total = seen.total(*(f"severity_{problem}" for problem in problems))
        return 1000.0 * total / SEVERITY_UNITS / seen.months / seen.at_start("households")

    return measured


def waited_above_norm(seen: Seen) -> float:
    """Person-months waited beyond the norm per 1,000 households, a lower bound (see derived.py).

    Parameters
    ----------
    seen : Seen
        The arm, over a span of months.

    Returns
    -------
    float
        Person-months per 1,000 households.
    """
    total = 0.0
    for kind in KINDS:
        joined = seen.column(f"queued_{kind}")
        recent = np.convolve(joined, np.ones(WAITING_NORM_MONTHS))[: len(joined)]
        total += float(np.clip(seen.column(f"waiting_{kind}") - recent, 0.0, None).sum())
    return 1000.0 * total / seen.at_start("households")


def own_payments(seen: Seen) -> float:
    """Municipal cost beyond grants and the reserve of day one, euro per inhabitant.

    Parameters
    ----------
    seen : Seen
        The arm, over a span of months.

    Returns
    -------
    float
        Euros per inhabitant.
    """
    reserve = seen.at("reserves_eur") - seen.at("grant_eur") + seen.at("municipal_cost_eur")
    return (seen.total("municipal_cost_eur") - seen.total("grant_eur") - reserve) / seen.at_start(
        "inhabitants"
    )


def duration(kinds: tuple[str, ...]) -> OfArm:
    """Return the measure of how long care lasts: clients over those who end in a month.

    Parameters
    ----------
    kinds : tuple of str
        Kinds of care.

    Returns
    -------
    callable
        Takes a `Seen`, returns months.
    """

    def measured(seen: Seen) -> float:
        ended = seen.total(*(f"ends_{kind}" for kind in kinds))
        clients = seen.total(*(f"clients_{kind}" for kind in kinds))
        return clients / ended if ended > 0 else float("nan")

    return measured


def cumulated_saving(arm: Seen, against: Seen) -> np.ndarray:
    """Return what an arm costs the municipality less than another, cumulated euros by month.

    Parameters
    ----------
    arm : Seen
        The arm that is judged.
    against : Seen
        The arm that it is compared with.

    Returns
    -------
    float64 array of shape (n_months,)
        Euros.
    """
    saved = saved_each_month(against.column("municipal_cost_eur"), arm.column("municipal_cost_eur"))
    spent = np.flatnonzero(saved)
    return np.cumsum(saved[spent[0] :]) if spent.size else np.zeros(0)


def savings(arm: Seen, against: Seen) -> float:
    """Cumulated savings of the municipality by the end, euro per inhabitant of the transition.

    Parameters
    ----------
    arm : Seen
        The arm that is judged.
    against : Seen
        The arm that it is compared with.

    Returns
    -------
    float
        Euros per inhabitant.
    """
    saved = cumulated_saving(arm, against)
    return float(saved[-1]) / against.at("inhabitants") if saved.size else 0.0


def has_broken_even(arm: Seen, against: Seen) -> float:
    """1 when cumulated savings are and stay above zero before the end, or nothing was ever paid extra.

    Parameters
    ----------
    arm : Seen
        The arm that is judged.
    against : Seen
        The arm that it is compared with.

    Returns
    -------
    float
        1 or 0.
    """
    saved = cumulated_saving(arm, against)
    if not saved.size:
        return 0.0
    month, note = break_even(saved, saved.size)
    return float(month is not None or note == NO_INVESTMENT)


def years_to_break_even(arm: Seen, against: Seen) -> float:
    """Years to break-even; missing where there is none before the end.

    Parameters
    ----------
    arm : Seen
        The arm that is judged.
    against : Seen
        The arm that it is compared with.

    Returns
    -------
    float
        Years since the transition, or not a number.
    """
    saved = cumulated_saving(arm, against)
    month = break_even(saved, saved.size)[0] if saved.size else None
    return float("nan") if month is None else (month + 1) / 12.0


def kept(arm: Seen) -> bool:
    """Whether at least half of the programme's outreach is left in the last year.

    Parameters
    ----------
    arm : Seen
        The arm that is judged.

    Returns
    -------
    bool
        True where half is left.
    """
    share = arm.column("team_hours_outreach") / np.maximum(1.0, arm.column("team_hours_total"))
    return bool(share[-12:].mean() >= KEPT_AT * share[:12].mean() and share[:12].mean() > 0.0)


def has_survived_and_broken_even(arm: Seen, against: Seen) -> float:
    """1 when the programme is kept to the end and breaks even.

    Parameters
    ----------
    arm : Seen
        The arm that is judged.
    against : Seen
        The arm that it is compared with.

    Returns
    -------
    float
        1 or 0.
    """
    return has_broken_even(arm, against) * kept(arm)


def avoidable_crises_per_million(arm: Seen, against: Seen) -> float:
    """Crises more than in the other arm per million euro of grant forgone.

    Parameters
    ----------
    arm : Seen
        The arm that is judged.
    against : Seen
        The arm that it is compared with.

    Returns
    -------
    float
        Crises per million euro.
    """
    cut = arm.total("cut_eur") / 1e6
    columns = [f"crises_{crisis}" for crisis in CRISES]
    more = arm.total(*columns) - against.total(*columns)
    if cut <= 0.0:
        return 0.0 if more == 0.0 else float("nan")
    return more / cut


def at_end(column: str) -> OfArm:
    """Return the measure of how a column stands in the last month.

    Parameters
    ----------
    column : str
        Column of the table `monthly`.

    Returns
    -------
    callable
        Takes a `Seen`, returns a number in the unit of the column.
    """
    return lambda seen: float(seen.column(column)[-1])
