"""Outcome measures as pure functions of the recorded months of one arm, or of two.

Counts are per 1,000 households and money is per inhabitant, both at the start of the span of months.
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

COLUMN_INDEX = {name: number for number, name in enumerate(MONTHLY)}
# No arm branches off earlier than this before the transition; earlier months are the same in all arms.
MONTHS_BEFORE = 8 * MONTHS_PER_YEAR


@dataclass(frozen=True)
class ArmSpan:
    """A span of recorded months of one arm.

    Attributes
    ----------
    monthly : float64 array of shape (n_months, n_columns)
        Columns as recorded, severities in 1/1024.
    first, last : int
        First row of the span and the row after its last.
    transition : int
        Row of the month of the transition.
    place : mapping of str to int
        Index of each column; by default those of `MONTHLY`.
    """

    monthly: np.ndarray
    first: int
    last: int
    transition: int = MONTHS_BEFORE
    place: Mapping[str, int] = field(default_factory=lambda: COLUMN_INDEX)

    def over(self, years: tuple[float, float]) -> "ArmSpan":
        """Return the span between two years, counted from the transition.

        Parameters
        ----------
        years : tuple of float
            Start and end, years since the transition.

        Returns
        -------
        ArmSpan
            The same arm over these years.
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


def span_of_table(table: Mapping[str, np.ndarray], transition_month: int) -> ArmSpan:
    """Return the span of a monthly table of one arm from the transition to its end.

    Parameters
    ----------
    table : mapping of str to array of shape (n_months,)
        `month` and any columns of the monthly table, in order of month.
    transition_month : int
        Month number of the transition; a table that starts later is used from its start.

    Returns
    -------
    ArmSpan
        The arm, from the transition on.
    """
    months = np.asarray(table["month"])
    names = [name for name in table if name in COLUMN_INDEX]
    monthly = np.empty((len(months), len(names)))
    for number, name in enumerate(names):
        monthly[:, number] = table[name]
        if name in scaled_tallies():
            monthly[:, number] *= SEVERITY_UNITS  # a power of two, so the conversion is exact
    begin = int(np.searchsorted(months, transition_month))
    place = {name: number for number, name in enumerate(names)}
    return ArmSpan(monthly, begin, len(months), begin, place)


KEPT_SHARE = 0.5  # least share of its initial outreach with which a programme counts as kept

ArmMeasure = Callable[[ArmSpan], float]


def per_1000_households(*columns: str) -> ArmMeasure:
    """Return the measure that sums columns per 1,000 households.

    Parameters
    ----------
    *columns : str
        Columns of the table `monthly`.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns a number per 1,000 households.
    """
    return lambda span: 1000.0 * span.total(*columns) / span.at_start("households")


def mean_per_1000_households(*columns: str) -> ArmMeasure:
    """Return the measure that averages stocks per 1,000 households.

    Parameters
    ----------
    *columns : str
        Columns of the table `monthly`.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns a number per 1,000 households.
    """
    return lambda span: 1000.0 * span.total(*columns) / span.months / span.at_start("households")


def per_inhabitant(*columns: str) -> ArmMeasure:
    """Return the measure that sums money per inhabitant.

    Parameters
    ----------
    *columns : str
        Columns of the table `monthly`.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns euros per inhabitant.
    """
    return lambda span: span.total(*columns) / span.at_start("inhabitants")


def mean(column: str) -> ArmMeasure:
    """Return the measure that averages a column over months.

    Parameters
    ----------
    column : str
        Column of the table `monthly`.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns a number in the unit of the column.
    """
    return lambda span: span.total(column) / span.months


def ratio(above: tuple[str, ...], below: tuple[str, ...], times: float = 1.0) -> ArmMeasure:
    """Return the measure that divides sums of columns; nan where the denominator is 0.

    Parameters
    ----------
    above, below : tuple of str
        Columns of the numerator and of the denominator.
    times : float, optional
        Factor on the ratio, such as 1,000.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns a number.
    """

    def divided(span: ArmSpan) -> float:
        whole = span.total(*below)
        return times * span.total(*above) / whole if whole > 0 else float("nan")

    return divided


def unmet(span: ArmSpan) -> float:
    """Return the severity of problems without help, severity-months per 1,000 households.

    Parameters
    ----------
    span : ArmSpan
        The arm, over a span of months.

    Returns
    -------
    float
        Severity-months per 1,000 households.
    """
    columns = [f"unmet_severity_{problem}" for problem in PROBLEMS]
    return 1000.0 * span.total(*columns) / SEVERITY_UNITS / span.at_start("households")


def problem_severity(*problems: str) -> ArmMeasure:
    """Return the measure of mean severity per 1,000 households in some domains.

    Parameters
    ----------
    *problems : str
        Domains of problems.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns severity per 1,000 households.
    """

    def measured(span: ArmSpan) -> float:
        total = span.total(*(f"severity_{problem}" for problem in problems))
        return 1000.0 * total / SEVERITY_UNITS / span.months / span.at_start("households")

    return measured


def waited_above_norm(span: ArmSpan) -> float:
    """Return a lower bound of person-months waited beyond the norm per 1,000 households (see derived.py).

    Parameters
    ----------
    span : ArmSpan
        The arm, over a span of months.

    Returns
    -------
    float
        Person-months per 1,000 households.
    """
    total = 0.0
    for kind in KINDS:
        joined = span.column(f"queued_{kind}")
        recent = np.convolve(joined, np.ones(WAITING_NORM_MONTHS))[: len(joined)]
        total += float(np.clip(span.column(f"waiting_{kind}") - recent, 0.0, None).sum())
    return 1000.0 * total / span.at_start("households")


def own_payments(span: ArmSpan) -> float:
    """Return municipal cost less grants and the reserve of day one, euro per inhabitant.

    Parameters
    ----------
    span : ArmSpan
        The arm, over a span of months.

    Returns
    -------
    float
        Euros per inhabitant.
    """
    reserve = span.at("reserves_eur") - span.at("grant_eur") + span.at("municipal_cost_eur")
    return (span.total("municipal_cost_eur") - span.total("grant_eur") - reserve) / span.at_start(
        "inhabitants"
    )


def duration(kinds: tuple[str, ...]) -> ArmMeasure:
    """Return the measure of the duration of care: clients over ends per month.

    Parameters
    ----------
    kinds : tuple of str
        Kinds of care.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns months.
    """

    def measured(span: ArmSpan) -> float:
        ended = span.total(*(f"ends_{kind}" for kind in kinds))
        clients = span.total(*(f"clients_{kind}" for kind in kinds))
        return clients / ended if ended > 0 else float("nan")

    return measured


def cumulated_saving(arm: ArmSpan, against: ArmSpan) -> np.ndarray:
    """Return the municipal cost of `against` less that of `arm`, cumulated euros by month.

    Parameters
    ----------
    arm : ArmSpan
        The arm that is evaluated.
    against : ArmSpan
        The arm that it is compared with.

    Returns
    -------
    float64 array of shape (n_months,)
        Euros.
    """
    saved = saved_each_month(against.column("municipal_cost_eur"), arm.column("municipal_cost_eur"))
    spent = np.flatnonzero(saved)
    return np.cumsum(saved[spent[0] :]) if spent.size else np.zeros(0)


def savings(arm: ArmSpan, against: ArmSpan) -> float:
    """Return cumulated savings of the municipality by the end, euro per inhabitant at the transition.

    Parameters
    ----------
    arm : ArmSpan
        The arm that is evaluated.
    against : ArmSpan
        The arm that it is compared with.

    Returns
    -------
    float
        Euros per inhabitant.
    """
    saved = cumulated_saving(arm, against)
    return float(saved[-1]) / against.at("inhabitants") if saved.size else 0.0


def has_broken_even(arm: ArmSpan, against: ArmSpan) -> float:
    """Return 1 where cumulated savings come to zero or above and stay there, or were never negative, else 0.

    Parameters
    ----------
    arm : ArmSpan
        The arm that is evaluated.
    against : ArmSpan
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


def years_to_break_even(arm: ArmSpan, against: ArmSpan) -> float:
    """Return the years to break-even; nan where there is none before the end.

    Parameters
    ----------
    arm : ArmSpan
        The arm that is evaluated.
    against : ArmSpan
        The arm that it is compared with.

    Returns
    -------
    float
        Years from the first difference in cost, or nan.
    """
    saved = cumulated_saving(arm, against)
    month = break_even(saved, saved.size)[0] if saved.size else None
    return float("nan") if month is None else (month + 1) / 12.0


def is_programme_kept(arm: ArmSpan) -> bool:
    """Return whether at least half of the programme's outreach remains in the last year.

    Parameters
    ----------
    arm : ArmSpan
        The arm that is evaluated.

    Returns
    -------
    bool
        True where half remains.
    """
    share = arm.column("team_hours_outreach") / np.maximum(1.0, arm.column("team_hours_total"))
    return bool(share[-12:].mean() >= KEPT_SHARE * share[:12].mean() and share[:12].mean() > 0.0)


def has_survived_and_broken_even(arm: ArmSpan, against: ArmSpan) -> float:
    """Return 1 where the programme is kept to the end and breaks even, else 0.

    Parameters
    ----------
    arm : ArmSpan
        The arm that is evaluated.
    against : ArmSpan
        The arm that it is compared with.

    Returns
    -------
    float
        1 or 0.
    """
    return has_broken_even(arm, against) * is_programme_kept(arm)


def avoidable_crises_per_million(arm: ArmSpan, against: ArmSpan) -> float:
    """Return crises in excess of the other arm per million euro of grant forgone.

    Parameters
    ----------
    arm : ArmSpan
        The arm that is evaluated.
    against : ArmSpan
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


def at_end(column: str) -> ArmMeasure:
    """Return the measure of a column's value in the last month.

    Parameters
    ----------
    column : str
        Column of the table `monthly`.

    Returns
    -------
    callable
        Takes an `ArmSpan`, returns a number in the unit of the column.
    """
    return lambda span: float(span.column(column)[-1])
