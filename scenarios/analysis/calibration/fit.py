"""The fit: from a training ensemble to a posterior sample, with its recovery test and confirmation runs.

Emulators fitted to the whole prior have a large error. So the fit has waves: the model is run at draws of a
first posterior, the emulators are fitted to all runs so far, and the next posterior gives the points of the
next wave. Emulators are fitted to all waves and their error is estimated on the last one. Prior and targets
are the same in every wave.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.analysis.calibration.emulator import Emulator, as_normal, fit_emulator, one_thread
from scenarios.analysis.calibration.inference import LONG as LONG_CHAIN
from scenarios.analysis.calibration.inference import (
    METHODS,
    Length,
    Observed,
    Verdict,
    posterior_shares,
    recovery_test,
    run_chain,
    sample_by_regression,
)
from scenarios.analysis.calibration.inference import SHORT as SHORT_CHAIN
from scenarios.analysis.calibration.training_ensemble import TrainingEnsemble, TrainingRuns, average_city
from scenarios.common.calibration_inputs import Scored, covariance_of, scored_targets
from scenarios.studies.engines import Engine
from simulation.months import month_number

# Simulates histories at points of the prior; returns the targets, (n_points, n_rows).
Simulate = Callable[[np.ndarray], np.ndarray]
LARGE_SAMPLE = 4000  # draws from which posterior standard deviations are computed
WAVES = 3  # further waves, at draws of the posterior so far
LEAST_ERROR = 0.05  # lower bound on the emulator error, as a share of the residual variance


@dataclass(frozen=True)
class Fitting:
    """Settings of a fit.

    Attributes
    ----------
    recoveries : int
        Runs of the recovery test per method.
    draws : int
        Rows of the posterior sample.
    confirmed : int
        Rows at which the model itself is run.
    second : int
        Runs of each further wave, at draws of earlier posteriors; 0 leaves them out.
    seed : int
        Random seed of the samplers.
    long, short : Length
        Chain lengths of the fit and of the recovery test.
    """

    recoveries: int = 200
    draws: int = 400
    confirmed: int = 128
    second: int = 1024
    seed: int = 1
    long: Length = LONG_CHAIN
    short: Length = SHORT_CHAIN


@dataclass(frozen=True)
class Fit:
    """A finished fit.

    Attributes
    ----------
    rows : tuple of Scored
        All targets with weight in the fit.
    reached : bool array of shape (n_rows,)
        Which targets were fitted: those whose bounds the training ensemble reaches. A target that no
        parameters reach shows a missing mechanism, and holds no information on parameters.
    verdicts : list of Verdict
        Recovery tests, the chosen method first.
    emulator : Emulator
        Fitted to all waves.
    first_error : float64 array of shape (n_rows,) or None
        Root mean square error of the first wave's emulator at runs of the second.
    observed : Observed
        Targets, and the covariance of their distance to the emulator.
    sampling_variance : float64 array of shape (n_rows,)
        Variance between two runs of one point.
    large, sample : float64 arrays of shape (n_draws, n_uncertain)
        Posterior draws as shares of the prior.
    autocorrelation_time : float
        Integrated autocorrelation time of the chain, steps; 0 for another method.
    confirmed : float64 array of shape (n_confirmed, n_rows)
        Targets simulated by the model at the first rows of the sample, on their original scale.
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
    autocorrelation_time: float
    confirmed: np.ndarray

    @property
    def method(self) -> str:
        """The chosen method."""
        return self.verdicts[0].method


def fit(
    ensemble: TrainingEnsemble,
    runs: TrainingRuns,
    simulate: Simulate,
    engine: Engine,
    fitting: Fitting,
    report_step: Callable[[str], None] = lambda step: None,
    recovered: Callable[[int], None] = lambda truths: None,
    stored: Path | None = None,
) -> Fit:
    """Test both methods, choose the better one, sample the posterior, and run the model at some draws."""
    with one_thread():
        return _fit(ensemble, runs, simulate, engine, fitting, report_step, recovered, stored)


def _fit(
    ensemble: TrainingEnsemble,
    runs: TrainingRuns,
    simulate: Simulate,
    engine: Engine,
    fitting: Fitting,
    report_step: Callable[[str], None],
    recovered: Callable[[int], None],
    stored: Path | None,
) -> Fit:
    rows = scored_targets()
    evidence = evidence_of(rows, runs.shares, runs.values, runs.repeated, ensemble.households)
    report_step("recovery")
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
        found = sample_in_waves(evidence, simulate, fitting.second, fitting.seed, fitting.long, report_step)
        large = posterior_shares(found.emulator, found.chain, LARGE_SAMPLE, fitting.seed)
    else:
        report_step("emulator")
        emulator = fit_emulator(evidence.shares, evidence.values, evidence.deviations)
        found = Waves(emulator, evidence.observed_by(emulator), None, np.empty(0), 0.0)
        report_step("posterior")
        large = sample_by_regression(
            evidence.shares, evidence.values, found.observed, LARGE_SAMPLE, fitting.seed
        )
    sample = large[np.random.default_rng(fitting.seed).choice(len(large), fitting.draws, replace=False)]
    report_step("confirmation")
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
        found.autocorrelation_time,
        confirmed,
    )


@dataclass(frozen=True)
class Evidence:
    """Runs of a training ensemble and the targets that are fitted.

    Attributes
    ----------
    fitted : tuple of Scored
        Targets within reach.
    reached : bool array of shape (n_rows,)
        Which of all targets these are.
    shares : float64 array of shape (n_runs, n_uncertain)
        Points of the prior, one run each.
    values : float64 array of shape (n_runs, n_fitted)
        Simulated targets, on the scales on which they are compared.
    sampling_variance : float64 array of shape (n_fitted,)
        Variance between two runs of the same point.
    households : int
        Households of the simulated city.
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
        """Covariance of the observation errors of targets."""
        return covariance_of(self.fitted)

    def observed_by(self, emulator: Emulator) -> Observed:
        """Return the targets, and the covariance of their distance to an emulator."""
        of_country = np.diag(self.sampling_variance * self.households / country_households())
        own = emulator_covariance(emulator, self.sampling_variance) + of_country
        centres = np.array([row.centre for row in self.fitted])
        return Observed(centres - above_mean_of_logs(self.fitted, emulator), self.noise + own)


def evidence_of(
    rows: tuple[Scored, ...], shares: np.ndarray, values: np.ndarray, repeated: np.ndarray, households: int
) -> Evidence:
    """Return the runs of an ensemble as evidence; of two runs of the same point the first is used.

    Parameters
    ----------
    rows : tuple of Scored
    shares, values : float64 arrays of shape (n_runs, n_uncertain) and (n_runs, n_rows)
    repeated : int array of shape (n_pairs, 2)
        Pairs of runs of the same point.
    households : int
        Households of the simulated city.
    """
    reached = within_reach(rows, values)
    fitted = tuple(row for row, yes in zip(rows, reached, strict=True) if yes)
    values = on_their_scales(fitted, values[:, reached])
    once = np.setdiff1d(np.arange(len(values)), repeated[:, 1])
    variance = sampling_variance_of(values, repeated)
    return Evidence(fitted, reached, shares[once], values[once], variance, households)


@dataclass(frozen=True)
class Waves:
    """Result of all waves of runs.

    Attributes
    ----------
    emulator : Emulator
    observed : Observed
    first_error : float64 array of shape (n_fitted,) or None
        Root mean square error of the first emulator at runs of the second wave.
    chain : float64 array of shape (n_places, n_directions)
        Positions of the chain.
    autocorrelation_time : float
        Integrated autocorrelation time, steps.
    """

    emulator: Emulator
    observed: Observed
    first_error: np.ndarray | None
    chain: np.ndarray
    autocorrelation_time: float


def sample_in_waves(
    evidence: Evidence,
    simulate: Simulate,
    second: int,
    seed: int,
    length: Length,
    report_step: Callable[[str], None] = lambda step: None,
) -> Waves:
    """Run the model at draws of the posterior so far, wave by wave, and sample the posterior.

    Parameters
    ----------
    evidence : Evidence
        The first wave, over the whole prior.
    simulate : function
    second : int
        Runs of each further wave; 0 leaves them out.
    seed : int
    length : Length
        Length of a chain.
    report_step : function
        Called with the name of each step.
    """
    report_step("emulator")
    emulator = fit_emulator(evidence.shares, evidence.values, evidence.deviations)
    first_error = None
    waves = [(evidence.shares, evidence.values)]
    for wave in range(WAVES if second else 0):
        report_step(("second", "third", "fourth")[wave])
        chain, _ = run_chain(emulator, evidence.observed_by(emulator), seed, length)
        near = posterior_shares(emulator, chain, second, seed)
        simulated = on_their_scales(evidence.fitted, simulate(near)[:, evidence.reached])
        known = np.isfinite(simulated).all(axis=1)
        missed = simulated[known] - emulator(as_normal(near[known]) @ emulator.rotation)
        first_error = np.sqrt((missed**2).mean(axis=0)) if first_error is None else first_error
        waves.append((near[known], simulated[known]))
        shares, values = (np.vstack(each) for each in zip(*waves, strict=True))
        test_runs = slice(len(shares) - int(known.sum()), None)
        emulator = fit_emulator(shares, values, evidence.deviations, test_runs=test_runs)
    report_step("posterior")
    chain, autocorrelation_time = run_chain(emulator, evidence.observed_by(emulator), seed, length)
    return Waves(emulator, evidence.observed_by(emulator), first_error, chain, autocorrelation_time)


def on_their_scales(rows: tuple[Scored, ...], values: np.ndarray) -> np.ndarray:
    """Return values, a column per target, on the scales on which targets are compared."""
    return np.column_stack([row.measure(values[:, place]) for place, row in enumerate(rows)])


def within_reach(rows: tuple[Scored, ...], values: np.ndarray) -> np.ndarray:
    """Return which targets the runs reach, sampling variance included, bool of shape (n_rows,)."""
    lows, highs = (np.array([getattr(row, name) for row in rows]) for name in ("low", "high"))
    return (values.max(axis=0) >= lows) & (values.min(axis=0) <= highs)


def sampling_variance_of(values: np.ndarray, repeated: np.ndarray) -> np.ndarray:
    """Return the variance between two runs of the same point, per target."""
    differences = values[repeated[:, 0]] - values[repeated[:, 1]]
    return (differences**2).mean(axis=0) / 2.0


def emulator_covariance(emulator: Emulator, sampling_variance: np.ndarray) -> np.ndarray:
    """Return the covariance of an emulator's residuals beyond the sampling variance.

    This is the emulator error, plus the effect of scenario uncertainty, which is correlated between targets.

    Returns
    -------
    float64 array of shape (n_rows, n_rows)
    """
    left = np.diag(emulator.left)
    kept = np.sqrt(np.maximum(left - sampling_variance, LEAST_ERROR * left) / left)
    return emulator.left * np.outer(kept, kept)


def above_mean_of_logs(rows: Sequence[Scored], emulator: Emulator) -> np.ndarray:
    """Return how far the log of a mean is above the mean of logs: half the variance of the residuals.

    A figure of the country is a mean over municipalities; an emulator of a target in logs gives the mean of
    the logs of single cities.

    Returns
    -------
    float64 array of shape (n_rows,)
        Zero for targets that are not compared in logs.
    """
    return 0.5 * np.diag(emulator.left) * np.array([row.in_logs for row in rows])


def country_households() -> float:
    """Return the country's households in 2015, by which the sampling variance of the country is scaled."""
    return float(average_city(20_000).profile.country_households.at(month_number("2015-01")))
