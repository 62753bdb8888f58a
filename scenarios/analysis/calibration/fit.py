"""The fit: from a training ensemble to a posterior sample, with what it was tested by.

A training ensemble over the whole prior leaves emulators a large error of their own. So a first posterior
only says where to look: a second wave of runs is simulated at its draws, a third at those of a second
posterior, and a fourth at those of a third. Emulators are fitted to all waves, so that they are tied down
wherever a chain may go, and judged at the last one. The posterior is drawn from the same prior and the
same targets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.analysis.calibration.emulator import Emulator, as_normal, fit_emulator, one_thread
from scenarios.analysis.calibration.inference import LONG as LONG_WALK
from scenarios.analysis.calibration.inference import (
    METHODS,
    Length,
    Observed,
    Verdict,
    recovery_test,
    sample_by_regression,
    spread_out,
    walk,
)
from scenarios.analysis.calibration.inference import SHORT as SHORT_WALK
from scenarios.analysis.calibration.training_ensemble import TrainingEnsemble, TrainingRuns, average_city
from scenarios.common.calibration_inputs import Scored, covariance_of, scored_targets
from scenarios.studies.engines import Engine
from simulation.months import month_number

# Simulates histories at points of the prior, and returns what they come to: (n_points, n_rows).
Simulate = Callable[[np.ndarray], np.ndarray]
LARGE_SAMPLE = 4000  # draws from which deviations are told
WAVES = 3  # of runs at draws of the posterior so far
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
    second : int
        Runs of each further wave, at draws of earlier posteriors; 0 leaves them out.
    seed : int
        Random seed of the samplers.
    long, short : Length
        Chains of the fit and of the recoveries.
    """

    recoveries: int = 200
    draws: int = 400
    confirmed: int = 128
    second: int = 1024
    seed: int = 1
    long: Length = LONG_WALK
    short: Length = SHORT_WALK


@dataclass(frozen=True)
class Fit:
    """A finished fit.

    Attributes
    ----------
    rows : tuple of Scored
        All targets that count.
    reached : bool array of shape (n_rows,)
        Which of them were fitted: those whose bounds some run of the training ensemble comes to. A target
        that no parameters reach tells of what the model lacks, not of its parameters.
    verdicts : list of Verdict
        Recovery tests, the method that was taken first.
    emulator : Emulator
        Fitted to all waves.
    first_error : float64 array of shape (n_rows,) or None
        Root mean square error of the first wave's emulator at runs of the second.
    observed : Observed
        Targets, and what may lie between them and the emulator.
    sampling_variance : float64 array of shape (n_rows,)
        Variance between two runs of one point.
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
    first_error: np.ndarray | None
    observed: Observed
    sampling_variance: np.ndarray
    large: np.ndarray
    sample: np.ndarray
    forgets: float
    confirmed: np.ndarray

    @property
    def method(self) -> str:
        """The method that was taken."""
        return self.verdicts[0].method


def fit(
    ensemble: TrainingEnsemble,
    runs: TrainingRuns,
    simulate: Simulate,
    engine: Engine,
    fitting: Fitting,
    told: Callable[[str], None] = lambda step: None,
    recovered: Callable[[int], None] = lambda truths: None,
    stored: Path | None = None,
) -> Fit:
    """Test both methods, take the better one, sample the posterior, and run the model at some draws."""
    with one_thread():
        return _fit(ensemble, runs, simulate, engine, fitting, told, recovered, stored)


def _fit(
    ensemble: TrainingEnsemble,
    runs: TrainingRuns,
    simulate: Simulate,
    engine: Engine,
    fitting: Fitting,
    told: Callable[[str], None],
    recovered: Callable[[int], None],
    stored: Path | None,
) -> Fit:
    rows = scored_targets()
    evidence = evidence_of(rows, runs.shares, runs.values, runs.twice, ensemble.households)
    told("recovery")
    verdicts = recovery_test(
        evidence.shares,
        evidence.values,
        evidence.deviations,
        evidence.noise,
        METHODS,
        engine,
        fitting.recoveries,
        fitting.short,
        recovered,
        stored,
    )
    verdicts.sort(key=lambda each: (not each.is_uniform, each.error))
    if verdicts[0].method == "chain":
        found = walk_in_waves(evidence, simulate, fitting.second, fitting.seed, fitting.long, told)
        large = spread_out(found.emulator, found.walked, LARGE_SAMPLE, fitting.seed)
    else:
        told("emulator")
        emulator = fit_emulator(evidence.shares, evidence.values, evidence.deviations)
        found = Waves(emulator, evidence.observed_by(emulator), None, np.empty(0), 0.0)
        told("posterior")
        large = sample_by_regression(
            evidence.shares, evidence.values, found.observed, LARGE_SAMPLE, fitting.seed
        )
    sample = large[np.random.default_rng(fitting.seed).choice(len(large), fitting.draws, replace=False)]
    told("confirmation")
    confirmed = simulate(sample[: fitting.confirmed])
    return Fit(
        rows,
        evidence.reached,
        verdicts,
        found.emulator,
        found.first_error,
        found.observed,
        evidence.sampling_variance,
        large,
        sample,
        found.forgets,
        confirmed,
    )


@dataclass(frozen=True)
class Evidence:
    """Runs of a training ensemble next to the targets that are fitted.

    Attributes
    ----------
    fitted : tuple of Scored
        Targets within reach.
    reached : bool array of shape (n_rows,)
        Which of all targets these are.
    shares : float64 array of shape (n_runs, n_uncertain)
        Points of the prior, one run each.
    values : float64 array of shape (n_runs, n_fitted)
        What they came to, on the scales on which targets are compared.
    sampling_variance : float64 array of shape (n_fitted,)
        Variance between two runs of one point.
    households : int
        Of a run's city.
    """

    fitted: tuple[Scored, ...]
    reached: np.ndarray
    shares: np.ndarray
    values: np.ndarray
    sampling_variance: np.ndarray
    households: int

    @property
    def deviations(self) -> np.ndarray:
        """Standard deviation of every target."""
        return np.array([row.deviation for row in self.fitted])

    @property
    def noise(self) -> np.ndarray:
        """Covariance of the errors of targets."""
        return covariance_of(self.fitted)

    def observed_by(self, emulator: Emulator) -> Observed:
        """Return the targets, and what may lie between them and an emulator."""
        of_country = np.diag(self.sampling_variance * self.households / country_households())
        own = own_error(emulator, self.sampling_variance) + of_country
        return Observed(np.array([row.centre for row in self.fitted]), self.noise + own)


def evidence_of(
    rows: tuple[Scored, ...], shares: np.ndarray, values: np.ndarray, twice: np.ndarray, households: int
) -> Evidence:
    """Return the runs of an ensemble as evidence; of two runs of one point the first counts.

    Parameters
    ----------
    rows : tuple of Scored
    shares, values : float64 arrays of shape (n_runs, n_uncertain) and (n_runs, n_rows)
    twice : int array of shape (n_pairs, 2)
        Runs of one point.
    households : int
        Of a run's city.
    """
    reached = within_reach(rows, values)
    fitted = tuple(row for row, yes in zip(rows, reached, strict=True) if yes)
    values = on_their_scales(fitted, values[:, reached])
    once = np.setdiff1d(np.arange(len(values)), twice[:, 1])
    variance = sampling_variance_of(values, twice)
    return Evidence(fitted, reached, shares[once], values[once], variance, households)


@dataclass(frozen=True)
class Waves:
    """What waves of runs at draws of posteriors lead to.

    Attributes
    ----------
    emulator : Emulator
    observed : Observed
    first_error : float64 array of shape (n_fitted,) or None
        Root mean square error of the first emulator at runs of the second wave.
    walked : float64 array of shape (n_places, n_directions)
        Places of the chain.
    forgets : float
        Steps over which it forgets.
    """

    emulator: Emulator
    observed: Observed
    first_error: np.ndarray | None
    walked: np.ndarray
    forgets: float


def walk_in_waves(
    evidence: Evidence,
    simulate: Simulate,
    second: int,
    seed: int,
    length: Length,
    told: Callable[[str], None] = lambda step: None,
) -> Waves:
    """Simulate where the posterior so far looks, wave by wave, and sample the posterior.

    Parameters
    ----------
    evidence : Evidence
        The first wave, over the whole prior.
    simulate : function
    second : int
        Runs of each further wave; 0 leaves them out.
    seed : int
    length : Length
        Of a chain.
    told : function
        Called with the name of every step.
    """
    told("emulator")
    emulator = fit_emulator(evidence.shares, evidence.values, evidence.deviations)
    first_error = None
    waves = [(evidence.shares, evidence.values)]
    for wave in range(WAVES if second else 0):
        told(("second", "third", "fourth")[wave])
        walked, _ = walk(emulator, evidence.observed_by(emulator), seed, length)
        near = spread_out(emulator, walked, second, seed)
        simulated = on_their_scales(evidence.fitted, simulate(near)[:, evidence.reached])
        known = np.isfinite(simulated).all(axis=1)
        missed = simulated[known] - emulator(as_normal(near[known]) @ emulator.turn)
        first_error = np.sqrt((missed**2).mean(axis=0)) if first_error is None else first_error
        waves.append((near[known], simulated[known]))
        shares, values = (np.vstack(each) for each in zip(*waves, strict=True))
        judged = slice(len(shares) - int(known.sum()), None)
        emulator = fit_emulator(shares, values, evidence.deviations, judged=judged)
    told("posterior")
    walked, forgets = walk(emulator, evidence.observed_by(emulator), seed, length)
    return Waves(emulator, evidence.observed_by(emulator), first_error, walked, forgets)


def on_their_scales(rows: tuple[Scored, ...], values: np.ndarray) -> np.ndarray:
    """Return values, a column per row, on the scales on which rows are compared."""
    return np.column_stack([row.measure(values[:, place]) for place, row in enumerate(rows)])


def within_reach(rows: tuple[Scored, ...], values: np.ndarray) -> np.ndarray:
    """Return for every target whether the training ensemble comes to its bounds, sampling variance included;
    bool of shape (n_rows,).
    """
    lows, highs = (np.array([getattr(row, name) for row in rows]) for name in ("low", "high"))
    return (values.max(axis=0) >= lows) & (values.min(axis=0) <= highs)


def sampling_variance_of(values: np.ndarray, twice: np.ndarray) -> np.ndarray:
    """Return the variance between two runs of one point, per row."""
    differences = values[twice[:, 0]] - values[twice[:, 1]]
    return (differences**2).mean(axis=0) / 2.0


def own_error(emulator: Emulator, sampling_variance: np.ndarray) -> np.ndarray:
    """Return the covariance of what an emulator leaves beyond the sampling variance.

    That is its own error, and what scenario uncertainty does: it moves targets together.

    Returns
    -------
    float64 array of shape (n_rows, n_rows)
    """
    left = np.diag(emulator.left)
    kept = np.sqrt(np.maximum(left - sampling_variance, LEAST_ERROR * left) / left)
    return emulator.left * np.outer(kept, kept)


def country_households() -> float:
    """Return the country's households in 2015: its sampling variance is that much smaller than a city's."""
    return float(average_city(20_000).profile.country_households.at(month_number("2015-01")))
