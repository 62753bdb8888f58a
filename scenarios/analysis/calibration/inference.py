"""Posterior sampling from targets, by two methods; a recovery test chooses between them.

*chain*: emulators predict the targets, the likelihood is a multivariate normal of their distance to the
observed values, and an ensemble sampler (emcee) samples the directions that influence targets; along all
other directions the prior is sampled.
*regression*: the runs nearest to the targets are accepted and corrected by a regression of their parameters
on their targets (approximate Bayesian computation with regression adjustment, Beaumont 2002); no emulator.

The numbers of data/priors.csv are fitted, element by element. Every other parameter with a declared range
that a draw varies is *scenario uncertainty*: no target informs it, so it keeps its range in the fit and in
every run. All other parameters are fixed.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import chi2, kstest

from scenarios.analysis.calibration.emulator import Emulator, as_normal, as_shares, fit_emulator, one_thread
from scenarios.common.calibration_inputs import PRIORS, priors, scored_targets
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import write_atomically
from scenarios.config.keys import value_called
from scenarios.runs.draws import draw_parameters, name_and_index
from scenarios.studies.engines import Engine
from simulation.parameters import Parameters, names
from simulation.recording.new_folder import explain_disk_errors

# Seed offset: scenario draws of a training ensemble differ from those of every other run.
SCENARIO_SEED = 1_000_003


@dataclass(frozen=True)
class Uncertain:
    """One fitted number: a parameter, or one element of a list parameter.

    Attributes
    ----------
    name : str
        Full name of the parameter.
    place : int or None
        Index in the list.
    low, high : float
        Ends of the prior, which is uniform.
    default : float
        Value without a draw (the parameter's default).
    whole : bool
        Whether values are rounded to whole numbers.
    """

    name: str
    place: int | None
    low: float
    high: float
    default: float
    whole: bool = False

    @property
    def key(self) -> str:
        """Full name with the index in a list, as "household.fade_per_month[2]"."""
        return self.name if self.place is None else f"{self.name}[{self.place}]"

    def at(self, share: float) -> float:
        """Return the value at a share of the range from low to high."""
        value = self.low + share * (self.high - self.low)
        return round(value) if self.whole else float(value)


def uncertain_numbers(parameters: Parameters | None = None) -> tuple[Uncertain, ...]:
    """Return all numbers that a calibration fits, in the order of data/priors.csv.

    Parameters
    ----------
    parameters : Parameters, optional
        Source of the values without a draw; the defaults unless given.

    Raises
    ------
    ConfigurationError
        For a row that names no parameter, or no element of its list.
    """
    parameters = parameters or Parameters()
    known, found = set(names()), []
    for key, prior in priors().items():
        name, index = name_and_index(key)
        if name not in known:
            raise ConfigurationError(f"{PRIORS.name}: {key} is no parameter{nearest(name, known)}")
        value = value_called(parameters, name)
        if isinstance(value, list) != (index is not None) or (index or 0) >= len(np.atleast_1d(value)):
            raise ConfigurationError(f"{PRIORS.name}: {key}: expected an element of a list, as name[0]")
        number = value if index is None else value[index]
        found.append(Uncertain(name, index, prior.low, prior.high, number, isinstance(number, int)))
    return tuple(found)


def changes_at(
    uncertain: Sequence[Uncertain],
    shares: np.ndarray,
    parameters: Parameters | None = None,
    scenario: int | None = None,
) -> dict[str, Any]:
    """Return parameter values by full name at one point of the prior.

    Parameters
    ----------
    uncertain : sequence of Uncertain
        The numbers that vary.
    shares : float64 array of shape (n_uncertain,)
        Position of each number in its range.
    parameters : Parameters, optional
        Source of the other elements of list parameters; the defaults unless given.
    scenario : int, optional
        Number of the draw of scenario uncertainty; without it these parameters keep the values of
        `parameters`.
    """
    parameters = parameters or Parameters()
    drawn: dict[str, Any] = {}
    if scenario is not None:
        parameters, drawn = draw_parameters(parameters, scenario, SCENARIO_SEED)
    values = {each.key: each.at(share) for each, share in zip(uncertain, shares, strict=True)}
    return drawn | changes_of(values, uncertain, parameters)


def changes_of(
    values: dict[str, float], uncertain: Sequence[Uncertain], parameters: Parameters
) -> dict[str, Any]:
    """Return parameter values by full name, with list elements combined into lists."""
    changes: dict[str, Any] = {}
    for each in uncertain:
        if each.place is None:
            changes[each.name] = values[each.key]
            continue
        numbers = changes.setdefault(each.name, list(value_called(parameters, each.name)))
        numbers[each.place] = values[each.key]
    return changes


METHODS = ("chain", "regression")
WALKERS_PER_DIRECTION = 4
# Differential evolution moves: stretch factor (None: the optimum for a normal posterior) and weight; a
# stretch of about 1 jumps between modes. The snooker move is left out: in emcee 3.1.6 its direction is not
# normalised (fixed in its pull request 531), which in forty directions made spreads a quarter too small.
MOVES = ((None, 0.9), (1.0, 0.1))
ACCEPTED_SHARE = 0.25  # share of the runs that the regression accepts


@dataclass(frozen=True)
class Observed:
    """Observed targets.

    Attributes
    ----------
    values : float64 array of shape (n_rows,)
        Targets, on the scale on which they are compared.
    covariance : float64 array of shape (n_rows, n_rows)
        Covariance of the distance between the targets and the emulator at the true parameters.
    """

    values: np.ndarray
    covariance: np.ndarray


@dataclass(frozen=True)
class Length:
    """Length of a chain.

    Attributes
    ----------
    burn, steps : int
        Steps discarded at the start, and steps used.
    """

    burn: int
    steps: int


LONG, SHORT = Length(3000, 6000), Length(600, 900)


def sample_by_chain(
    emulator: Emulator, observed: Observed, draws: int, seed: int, length: Length = LONG
) -> np.ndarray:
    """Return draws of the posterior as shares of the prior, float64 of shape (draws, n_uncertain)."""
    return posterior_shares(emulator, run_chain(emulator, observed, seed, length)[0], draws, seed)


def posterior_shares(emulator: Emulator, chain: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Return points of a chain as shares of the prior, with prior draws along all other directions."""
    rng = np.random.default_rng(seed)
    chosen = chain[rng.choice(len(chain), draws, replace=len(chain) < draws)]
    free = rng.standard_normal((draws, emulator.rotation.shape[0]))
    return as_shares(free - (free @ emulator.rotation) @ emulator.rotation.T + chosen @ emulator.rotation.T)


def run_chain(
    emulator: Emulator, observed: Observed, seed: int, length: Length = LONG
) -> tuple[np.ndarray, float]:
    """Return the positions of a chain, (n, n_directions), and its autocorrelation time in steps."""
    import emcee

    whitener = np.linalg.inv(np.linalg.cholesky(observed.covariance))

    def log_posterior(rotated: np.ndarray) -> np.ndarray:
        distance = (emulator(rotated) - observed.values) @ whitener.T
        return -0.5 * ((rotated**2).sum(axis=1) + (distance**2).sum(axis=1))

    walkers = WALKERS_PER_DIRECTION * emulator.directions
    moves = [(emcee.moves.DEMove(gamma0=stretch), weight) for stretch, weight in MOVES]
    sampler = emcee.EnsembleSampler(walkers, emulator.directions, log_posterior, moves=moves, vectorize=True)
    begin = emcee.State(
        _gaussian_start(emulator, observed, walkers, seed),
        random_state=np.random.RandomState(seed % 2**32).get_state(),
    )
    sampler.run_mcmc(begin, length.burn + length.steps)
    autocorrelation_time = float(np.max(sampler.get_autocorr_time(discard=length.burn, tol=0)))
    return sampler.get_chain(discard=length.burn, thin=10, flat=True), autocorrelation_time


def bytes_of_chain(length: Length) -> int:
    """Return an upper estimate of the memory of a chain in bytes, with as many directions as targets.

    The positions of all walkers are stored at every step, and once more for every tenth step.
    """
    directions = len(scored_targets())
    numbers = (length.burn + length.steps) * WALKERS_PER_DIRECTION * directions * (directions + 1)
    return round(1.1 * numbers * np.dtype(float).itemsize)


def _gaussian_start(emulator: Emulator, observed: Observed, walkers: int, seed: int) -> np.ndarray:
    """Return draws from the posterior of the linear parts of the emulators, a normal distribution."""
    n = emulator.directions
    slopes = emulator.weights[1 : 1 + n].T
    precision = np.eye(n) + slopes.T @ np.linalg.solve(observed.covariance, slopes)
    rest = observed.values - emulator.weights[0]
    mean = np.linalg.solve(precision, slopes.T @ np.linalg.solve(observed.covariance, rest))
    spread = np.linalg.cholesky(np.linalg.inv(precision))
    return mean + np.random.default_rng(seed).standard_normal((walkers, n)) @ spread.T


def sample_by_regression(
    shares: np.ndarray, values: np.ndarray, observed: Observed, draws: int, seed: int
) -> np.ndarray:
    """Return draws of the posterior as shares of the prior, float64 of shape (draws, n_uncertain).

    Parameters
    ----------
    shares, values : float64 arrays of shape (n_runs, n_uncertain) and (n_runs, n_rows)
        The training ensemble. Values include the sampling variance of a run, so `observed.covariance` does
        not.
    """
    from sklearn.linear_model import Ridge

    rng = np.random.default_rng(seed)
    noise = rng.multivariate_normal(np.zeros(len(observed.values)), observed.covariance, len(values))
    seen = values + noise
    spread = seen.std(axis=0)
    distance = np.sqrt((((seen - observed.values) / spread) ** 2).sum(axis=1))
    accepted = np.argsort(distance, kind="stable")[: max(20, round(ACCEPTED_SHARE * len(values)))]
    weight = 1.0 - (distance[accepted] / distance[accepted].max()) ** 2
    rows, normal = (seen[accepted] - observed.values) / spread, as_normal(shares[accepted])
    line = Ridge(alpha=1.0).fit(rows, normal, sample_weight=weight)
    moved = normal - rows @ line.coef_.T
    chosen = rng.choice(len(accepted), draws, p=weight / weight.sum())
    return as_shares(moved[chosen])


RECOVERIES = 200
DRAWS = 99  # so that ranks run from 0 to 99
BINS = 10
PER_WORK = 5


@dataclass(frozen=True, eq=False)  # engines compare works by identity; arrays have no single truth value
class Recovery:
    """A batch of recovery tests for one process, by one method.

    Attributes
    ----------
    method : str
        "chain" or "regression".
    truths : float64 array of shape (n_truths, n_uncertain)
        Shares of the prior.
    seen : float64 array of shape (n_truths, n_rows)
        Their targets with observation noise.
    noise : float64 array of shape (n_rows, n_rows)
        Covariance of the noise.
    emulator : Emulator or None
        Used by the chain.
    runs : tuple of two arrays or None
        Shares and values of the training ensemble, used by the regression.
    rotation : float64 array of shape (n_uncertain, n_directions)
        Directions that are ranked besides the parameters.
    first : int
        Number of the first truth.
    length : Length
        Length of a chain.
    """

    method: str
    truths: np.ndarray
    seen: np.ndarray
    noise: np.ndarray
    emulator: Emulator | None
    runs: tuple[np.ndarray, np.ndarray] | None
    rotation: np.ndarray
    first: int
    length: Length = SHORT

    @property
    def address(self) -> str:
        """Hash of method, data and settings: equal addresses give equal ranks."""
        digest = hashlib.sha256(repr((self.method, self.first, self.length, MOVES)).encode())
        emulator = self.emulator
        parts = self.runs or ()
        if emulator:
            kernel = (emulator.kernel.weights,) if emulator.kernel else ()
            parts = (emulator.weights, emulator.own, emulator.left, *kernel)
        for array in (self.truths, self.seen, self.noise, self.rotation, *parts):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class Recovered:
    """Results of a batch of recovery tests: ranks, errors and posterior standard deviations.

    Attributes
    ----------
    first : int
        Number of the first truth.
    ranks : int array of shape (n_truths, n_uncertain + n_directions)
        Number of draws below the truth, from 0 to `DRAWS`.
    misses, spreads : float64 arrays of shape (n_truths, n_directions)
        Error of the posterior mean, and posterior standard deviation, along every direction.
    """

    first: int
    ranks: np.ndarray
    misses: np.ndarray
    spreads: np.ndarray


def recover(work: Recovery) -> Recovered:
    """Run a batch of recovery tests, on one thread so that results do not depend on the batch size."""
    with one_thread():
        return _recovered(work)


def _recovered(work: Recovery) -> Recovered:
    ranks, misses, spreads = [], [], []
    for number, (truth, seen) in enumerate(zip(work.truths, work.seen, strict=True), start=work.first):
        draws = as_normal(_sample(work, seen, number))
        true = as_normal(truth[None])
        along, true_along = draws @ work.rotation, true @ work.rotation
        ranks.append(np.concatenate([(draws < true).sum(axis=0), (along < true_along).sum(axis=0)]))
        misses.append(along.mean(axis=0) - true_along[0])
        spreads.append(along.std(axis=0))
    return Recovered(work.first, np.array(ranks), np.array(misses), np.array(spreads))


def _sample(work: Recovery, seen: np.ndarray, number: int) -> np.ndarray:
    if work.emulator is not None:
        observed = Observed(seen, work.noise + work.emulator.left)
        return sample_by_chain(work.emulator, observed, DRAWS, number, work.length)
    assert work.runs is not None
    return sample_by_regression(*work.runs, Observed(seen, work.noise), DRAWS, number)


@dataclass(frozen=True)
class Verdict:
    """Recovery test of a method.

    Attributes
    ----------
    method : str
        "chain" or "regression".
    ranks : int array of shape (n_recoveries, n_uncertain + n_directions)
    n_uncertain : int
        Number of columns that are parameters; the others are directions.
    p_values : float64 array of shape (n_uncertain + n_directions,)
        Chi-square test of uniform ranks, per column.
    p_together : float
        Kolmogorov-Smirnov test that the p-values of the directions are uniform.
    error : float
        Root mean square error of the posterior mean along the directions; that of the prior is 1.
    inside_50, inside : float
        Coverage of the 50% and the 90% interval along the directions.
    """

    method: str
    ranks: np.ndarray
    n_uncertain: int
    p_values: np.ndarray
    p_together: float
    error: float
    inside_50: float
    inside: float

    @property
    def bonferroni_p_value(self) -> float:
        """Smallest p-value with Bonferroni correction; below 0.05 some rank histogram is not uniform."""
        return float(min(1.0, self.p_values.min() * len(self.p_values)))

    @property
    def is_uniform(self) -> bool:
        """Whether uniform ranks are not rejected at 5%."""
        return self.bonferroni_p_value >= 0.05 and self.p_together >= 0.05


def recovery_test(
    shares: np.ndarray,
    values: np.ndarray,
    scales: np.ndarray,
    noise: np.ndarray,
    methods: Sequence[str],
    engine: Engine,
    recoveries: int = RECOVERIES,
    length: Length = SHORT,
    count_done: Callable[[int], None] = lambda recovered: None,
    stored: Path | None = None,
) -> list[Verdict]:
    """Run the recovery test (simulation-based calibration) with held-out runs, by every method.

    Parameters
    ----------
    shares, values : float64 arrays of shape (n_runs, n_uncertain) and (n_runs, n_rows)
        The training ensemble, one run per point.
    scales : float64 array of shape (n_rows,)
        As for `fit_emulator`.
    noise : float64 array of shape (n_rows, n_rows)
        Covariance of the targets.
    methods, engine, recoveries, length
        Methods to test, engine, number of truths, and length of chains.
    count_done : function
        Called with the number of truths recovered.
    stored : Path, optional
        Folder of stored results, which are reused.
    """
    held = np.arange(len(shares)) >= len(shares) - recoveries
    emulator = fit_emulator(shares[~held], values[~held], scales)
    rng = np.random.default_rng(0)
    blur = rng.multivariate_normal(np.zeros(len(noise)), noise, recoveries)
    truths, seen = shares[held], values[held] + blur
    verdicts = []
    for method in methods:
        works = [
            Recovery(
                method, truths[first : first + PER_WORK], seen[first : first + PER_WORK], noise,
                emulator if method == "chain" else None,
                (shares[~held], values[~held]) if method == "regression" else None,
                emulator.rotation, first, length,
            )
            for first in range(0, recoveries, PER_WORK)
        ]  # fmt: skip
        found = []
        for recovered in _recovered_or_stored(works, engine, stored):
            found.append(recovered)
            count_done(len(recovered.ranks))
        found.sort(key=lambda each: each.first)
        verdicts.append(_verdict(method, found, shares.shape[1]))
    return verdicts


def _recovered_or_stored(works: list[Recovery], engine: Engine, stored: Path | None) -> Iterator[Recovered]:
    """Yield the results of all works; stored results are reused."""
    if stored is None:
        yield from engine.do_all(works, recover)
        return
    with explain_disk_errors(stored):
        stored.mkdir(exist_ok=True)
    path_of = {work.first: stored / f"{work.address}.npz" for work in works}
    left = []
    for work in works:
        recovered = _stored(path_of[work.first], work)
        if recovered is None:
            left.append(work)
        else:
            yield recovered
    for recovered in engine.do_all(left, recover):
        content = io.BytesIO()
        np.savez(content, **asdict(recovered))
        write_atomically(path_of[recovered.first], content.getvalue())
        yield recovered


def _stored(path: Path, work: Recovery) -> Recovered | None:
    """Return the stored result of a work, None when it is missing or unusable."""
    try:
        with np.load(path) as arrays:
            found = Recovered(int(arrays["first"]), arrays["ranks"], arrays["misses"], arrays["spreads"])
    except Exception:  # what libraries raise for a damaged file has no end; it is computed again
        return None
    truths, directions = len(work.truths), work.rotation.shape[1]
    shapes = (found.ranks.shape, found.misses.shape, found.spreads.shape)
    expected = ((truths, work.truths.shape[1] + directions), *[(truths, directions)] * 2)
    return found if found.first == work.first and shapes == expected else None


def _verdict(method: str, found: Sequence[Recovered], n_uncertain: int) -> Verdict:
    ranks = np.vstack([each.ranks for each in found])
    misses = np.vstack([each.misses for each in found])
    p_values = np.array([p_of_uniform(column) for column in ranks.T])
    along = ranks[:, n_uncertain:]
    inside_50, inside = (
        float(((along >= tail * (DRAWS + 1)) & (along < (1.0 - tail) * (DRAWS + 1))).mean())
        for tail in (0.25, 0.05)
    )
    return Verdict(
        method, ranks, n_uncertain, p_values,
        float(kstest(p_values[n_uncertain:], "uniform").pvalue),
        float(np.sqrt((misses**2).mean())), inside_50, inside,
    )  # fmt: skip


def p_of_uniform(ranks: np.ndarray) -> float:
    """Return the p-value of the chi-square test that ranks from 0 to `DRAWS` are uniform."""
    counts, _ = np.histogram(ranks, bins=BINS, range=(0, DRAWS + 1))
    expected = len(ranks) / BINS
    return float(chi2.sf(((counts - expected) ** 2 / expected).sum(), BINS - 1))
