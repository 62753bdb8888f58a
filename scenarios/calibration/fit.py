"""The fit: from a bank to a posterior sample, with what it was tested by."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenarios.calibration.bank import Bank, Lives, average_city, live_at
from scenarios.calibration.emulator import Emulator, fit_emulator, one_thread
from scenarios.calibration.inference import LONG as LONG_WALK
from scenarios.calibration.inference import (
    METHODS,
    Length,
    Observed,
    sample_by_regression,
    spread_out,
    walk,
)
from scenarios.calibration.inference import SHORT as SHORT_WALK
from scenarios.calibration.recovery import Verdict, recovery_test
from scenarios.calibration.scored import Scored, scored_rows
from scenarios.studies.engines import Engine
from scenarios.studies.store import Folder
from simulation.months import month_number

LARGE_SAMPLE = 4000  # draws from which deviations are told
LEAST_ERROR = 0.05  # share of what an emulator leaves that is its own error at the least


@dataclass(frozen=True)
class Fitting:
    """How a fit is made.

    Attributes
    ----------
    recoveries : int
        Truths that are recovered by every method.
    draws : int
        Rows of the posterior sample.
    confirmed : int
        Rows at which the model itself is run.
    seed : int
        Luck of the samplers.
    long, short : Length
        Chains of the fit and of the recoveries.
    """

    recoveries: int = 200
    draws: int = 400
    confirmed: int = 128
    seed: int = 1
    long: Length = LONG_WALK
    short: Length = SHORT_WALK


@dataclass(frozen=True)
class Fit:
    """A finished fit.

    Attributes
    ----------
    rows : tuple of Scored
        All rows that count.
    reached : bool array of shape (n_rows,)
        Which of them were fitted: those whose bounds some life of the bank comes to. A row that no
        parameters reach tells of what the model lacks, not of its parameters.
    verdicts : list of Verdict
        Recovery tests, the method that was taken first.
    emulator : Emulator
        Fitted to all members.
    observed : Observed
        Targets, and what may lie between them and the emulator.
    luck : float64 array of shape (n_rows,)
        Variance between two lives of one point.
    large, sample : float64 arrays of shape (n_draws, n_uncertain)
        Posterior draws as shares of the prior.
    forgets : float
        Steps over which the chain forgets.
    confirmed : float64 array of shape (n_confirmed, n_rows)
        What the model came to at the first rows of the sample, not measured in logs.
    """

    rows: tuple[Scored, ...]
    reached: np.ndarray
    verdicts: list[Verdict]
    emulator: Emulator
    observed: Observed
    luck: np.ndarray
    large: np.ndarray
    sample: np.ndarray
    forgets: float
    confirmed: np.ndarray

    @property
    def method(self) -> str:
        """The method that was taken."""
        return self.verdicts[0].method


def fit(
    bank: Bank,
    lives: Lives,
    folder: Folder,
    engine: Engine,
    fitting: Fitting,
    told: Callable[[str], None] = lambda step: None,
) -> Fit:
    """Test both methods, take the better one, sample the posterior, and run the model at some draws."""
    with one_thread():
        return _fit(bank, lives, folder, engine, fitting, told)


def _fit(
    bank: Bank, lives: Lives, folder: Folder, engine: Engine, fitting: Fitting, told: Callable[[str], None]
) -> Fit:
    rows = scored_rows()
    reached = within_reach(rows, lives.values)
    fitted = tuple(row for row, yes in zip(rows, reached, strict=True) if yes)
    values = np.column_stack(
        [row.measure(lives.values[:, place]) for place, row in enumerate(rows) if reached[place]]
    )
    luck = luck_of(values, lives.twice)
    once = np.setdiff1d(np.arange(len(values)), lives.twice[:, 1])
    shares, values = lives.shares[once], values[once]
    deviations = np.array([row.weighed_deviation for row in fitted])
    noise = np.diag(deviations**2)
    told("recovery")
    verdicts = recovery_test(
        shares, values, deviations, noise, METHODS, engine, fitting.recoveries, fitting.short
    )
    verdicts.sort(key=lambda each: (not each.passes, each.error))
    told("emulator")
    emulator = fit_emulator(shares, values, deviations)
    observed = Observed(
        np.array([row.centre for row in fitted]),
        noise + np.diag(own_error(emulator, luck) + luck * bank.households / country_households()),
    )
    told("posterior")
    if verdicts[0].method == "chain":
        walked, forgets = walk(emulator, observed, fitting.seed, fitting.long)
        large = spread_out(emulator, walked, LARGE_SAMPLE, fitting.seed)
    else:
        large = sample_by_regression(shares, values, observed, LARGE_SAMPLE, fitting.seed)
        forgets = 0.0
    sample = large[np.random.default_rng(fitting.seed).choice(len(large), fitting.draws, replace=False)]
    told("confirmation")
    confirmed = live_at(bank, sample[: fitting.confirmed], folder, engine)
    return Fit(rows, reached, verdicts, emulator, observed, luck, large, sample, forgets, confirmed)


def within_reach(rows: tuple[Scored, ...], values: np.ndarray) -> np.ndarray:
    """Return for every row whether the bank comes to its bounds, luck included; bool of shape (n_rows,)."""
    lows, highs = (np.array([getattr(row, name) for row in rows]) for name in ("low", "high"))
    return (values.max(axis=0) >= lows) & (values.min(axis=0) <= highs)


def luck_of(values: np.ndarray, twice: np.ndarray) -> np.ndarray:
    """Return the variance between two lives of one point, per row."""
    differences = values[twice[:, 0]] - values[twice[:, 1]]
    return (differences**2).mean(axis=0) / 2.0


def own_error(emulator: Emulator, luck: np.ndarray) -> np.ndarray:
    """Return the variance of the emulator's own error: what it leaves beyond luck."""
    left = np.diag(emulator.left)
    return np.maximum(left - luck, LEAST_ERROR * left)


def country_households() -> float:
    """Return the country's households in 2015: its luck is that much smaller than a city's."""
    return float(average_city(20_000).profile.country_households.at(month_number("2015-01")))
