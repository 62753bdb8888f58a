"""What the outcomes of replications say: savings, landing, waiting, wijken and flows, in plain arrays.

The sums are those of `simulation.outcomes.savings` on the tables of a run; a test holds them together.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.apps.dashboard.trajectories import Outcome
from scenarios.common.certainty import ENOUGH
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.intervals import Interval, interval, mean_and_interval
from simulation.outcomes.municipalities import by_deprivation
from simulation.outcomes.savings import BASES, break_even, saved_each_month
from simulation.recording.tallies import STATES

PER_1000 = 1000.0


@dataclass(frozen=True)
class IntervalSeries:
    """Mean and interval over replications of something by year; `low` and `high` hold 90% of the
    replications."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


GOOD, BAD, UNSURE, FIRST, SAME = "good", "bad", "unsure", "first", "same"


@dataclass(frozen=True)
class Reading:
    """What replications say of one number under a policy, next to what it is compared with.

    Attributes
    ----------
    policy, reference : float64 array of shape (n_replications,)
        The number under both, in the same replications.
    better : int
        1 where more is better, -1 where less is.
    """

    policy: np.ndarray
    reference: np.ndarray
    better: int

    @property
    def difference(self) -> np.ndarray:
        """Policy less reference, shape (n_replications,)."""
        return np.asarray(self.policy - self.reference)

    @property
    def found(self) -> Interval:
        """Mean and 90% interval of the difference."""
        return interval(self.difference)

    @property
    def direction(self) -> str:
        """Better, worse, inconclusive, a first estimate, or no difference at all."""
        return direction_of(self.difference, self.better)


def direction_of(difference: np.ndarray, better: int) -> str:
    """Return what a difference is, as far as its replications allow.

    Examples
    --------
    >>> direction_of(np.ones(10), -1), direction_of(np.ones(9), -1), direction_of(np.zeros(1), 1)
    ('bad', 'first', 'same')
    """
    if not difference.any():
        return SAME
    if len(difference) < ENOUGH:
        return FIRST
    return {1: GOOD, -1: BAD, 0: UNSURE}[better * interval(difference).sign]


@dataclass(frozen=True)
class Replications:
    """One policy and its reference over the same replications.

    Attributes
    ----------
    reference, policy : list of Outcome
        One per replication, in order of their number.
    first_year : int
        First reported year.
    transition : int
        Month of the transition, counted from the first reported month.
    """

    reference: list[Outcome]
    policy: list[Outcome]
    first_year: int
    transition: int

    @property
    def count(self) -> int:
        """Number of replications."""
        return len(self.policy)

    @property
    def years(self) -> np.ndarray:
        """Reported years, int, shape (n_years,)."""
        return self.first_year + np.arange(len(self.policy[0].monthly["waiting"]) // MONTHS_PER_YEAR)

    @property
    def years_since(self) -> int:
        """Number of years from the transition to the end."""
        return len(self.years) - self.transition // MONTHS_PER_YEAR

    def reading(self, name: str, better: int = -1) -> Reading:
        """Return an outcome of policy and reference; "saving" is money, per inhabitant a year."""
        if name == "saving":
            saved = self.saved_at_end("municipality") / self.years_since
            cost = self.outcome("reference", "net_cost")
            return Reading(cost - saved, cost, -1)
        return Reading(self.outcome("policy", name), self.outcome("reference", name), better)

    def outcome(self, arm: str, name: str) -> np.ndarray:
        """Return an outcome of one arm over all years since the transition, shape (n_replications,)."""
        return np.array([outcome.outcomes[name] for outcome in getattr(self, arm)])

    def monthly(self, arm: str, name: str) -> np.ndarray:
        """Return a monthly figure of one arm, shape (n_replications, n_months)."""
        return np.stack([outcome.monthly[name] for outcome in getattr(self, arm)])

    def inhabitants(self) -> np.ndarray:
        """Return the inhabitants at the transition, which per inhabitant means, shape (n_replications, 1)."""
        return self.monthly("reference", "inhabitants")[:, self.transition, None]

    def savings(self, payer: str) -> np.ndarray:
        """Return monthly savings in euro of 2015, shape (n_replications, n_months)."""
        column = BASES[payer]
        return saved_each_month(self.monthly("reference", column), self.monthly("policy", column))

    def first_saving_month(self) -> int:
        """Return the month of the first euro spent, or of the transition when the arms never differ."""
        differs = np.zeros(self.monthly("policy", "waiting").shape[1], dtype=bool)
        for payer in BASES:
            differs |= (self.savings(payer) != 0.0).any(axis=0)
        return int(np.flatnonzero(differs)[0]) if differs.any() else self.transition

    def first_saving_year(self) -> int:
        """Return the year of the first euro spent."""
        return self.first_year + self.first_saving_month() // MONTHS_PER_YEAR

    def saved(self, payer: str, cumulated: bool) -> IntervalSeries:
        """Return savings per inhabitant by year, per year or cumulated."""
        per_year = yearly(self.savings(payer)) / self.inhabitants()
        return interval_series_of(per_year.cumsum(axis=1) if cumulated else per_year)

    def saved_at_end(self, payer: str) -> np.ndarray:
        """Return savings per inhabitant over all years, shape (n_replications,)."""
        return self.savings(payer).sum(axis=1) / self.inhabitants()[:, 0]

    def more_unmet(self) -> np.ndarray:
        """Return unmet severity-months of the policy less the reference, shape (n_replications,)."""
        return (self.monthly("policy", "unmet") - self.monthly("reference", "unmet")).sum(axis=1)

    def paid_back(self, payer: str) -> list[tuple[str, float | None]]:
        """Return per replication a note, and the years from the first euro to lasting break-even."""
        first = self.first_saving_month()
        found = []
        for saving in self.savings(payer):
            month, note = break_even(saving[first:].cumsum(), len(saving))
            found.append((note, (month + 1) / MONTHS_PER_YEAR if month is not None else None))
        return found

    def paid_back_share(self, payer: str, years: float) -> float:
        """Return the share of replications that have paid back for good within so many years."""
        found = self.paid_back(payer)
        return sum(when is not None and when <= years for _, when in found) / len(found)

    def euros(self, arm: str, column: str) -> IntervalSeries:
        """Return a sum of euros per inhabitant and year."""
        return interval_series_of(yearly(self.monthly(arm, column)) / self.inhabitants())

    def waiting(self, arm: str) -> IntervalSeries:
        """Return those waiting for a team or for care per 1,000 inhabitants, mean of a year's months."""
        rate = PER_1000 * self.monthly(arm, "waiting") / self.monthly(arm, "inhabitants")
        return interval_series_of(rate.reshape(self.count, -1, MONTHS_PER_YEAR).mean(axis=2))

    def waiting_by_kind(self, arm: str, year: int) -> np.ndarray:
        """Return waiting per kind of care in a year per 1,000 inhabitants, mean over replications."""
        row = year - self.first_year
        there = self.monthly(arm, "inhabitants")[:, row * MONTHS_PER_YEAR]
        rates = [PER_1000 * each.waiting[row] / n for each, n in zip(getattr(self, arm), there, strict=True)]
        return np.mean(rates, axis=0)

    def wijken(self, arm: str, measure: str) -> np.ndarray:
        """Return a figure per wijk, the most deprived first, mean over replications, shape (n_years,
        n_wijken).

        Wijken of one rank of deprivation are averaged: a number may be another wijk in another replication.
        Clients, waiting and crises are per 1,000 households, cost is euro per household.
        """
        scale = 1.0 if measure == "cost" else PER_1000
        rates = []
        for each in getattr(self, arm):
            order = by_deprivation(each.deprivation)
            rates.append(scale * each.wijken[measure][:, order] / each.wijk_households[order])
        return np.mean(rates, axis=0)

    def wijk_ranks(self, arm: str) -> tuple[np.ndarray, np.ndarray]:
        """Return deprivation and households of the wijken, the most deprived first, mean over
        replications.
        """
        outcomes = getattr(self, arm)
        orders = [by_deprivation(each.deprivation) for each in outcomes]
        sorted_by_rank = [
            (each.deprivation[order], each.wijk_households[order])
            for each, order in zip(outcomes, orders, strict=True)
        ]
        deprivation, households = zip(*sorted_by_rank, strict=True)
        return np.mean(deprivation, axis=0), np.mean(households, axis=0)

    def flows(self, arm: str) -> dict[int, np.ndarray]:
        """Return flows between care states by the year on whose 1 January they end, mean over
        replications.
        """
        outcomes = getattr(self, arm)
        years = sorted(outcomes[0].flows)
        return {year: np.mean([each.flows[year] for each in outcomes], axis=0) for year in years}


def yearly(monthly: np.ndarray) -> np.ndarray:
    """Return sums per year of months, shape (n_replications, n_years)."""
    return monthly.reshape(len(monthly), -1, MONTHS_PER_YEAR).sum(axis=2)


def interval_series_of(values: np.ndarray) -> IntervalSeries:
    """Return mean and interval over replications of values of shape (n_replications, ...)."""
    return IntervalSeries(*mean_and_interval(values))


def moving(flow: np.ndarray) -> list[tuple[str, str, float]]:
    """Return who went where, households inactive on both days left out.

    Examples
    --------
    >>> moving(np.diag([9.0, 2.0, 0, 0, 0, 0, 0]))
    [('problem', 'problem', 2.0)]
    """
    return [
        (STATES[i], STATES[j], float(flow[i, j]))
        for i in range(len(STATES))
        for j in range(len(STATES))
        if flow[i, j] > 0.0 and (i or j)
    ]
