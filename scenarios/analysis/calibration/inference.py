"""From targets to a posterior sample, by two methods that a recovery test chooses between.

*chain*: the emulators tell every row, a likelihood weighs its distance to the target, and an ensemble of
walkers (emcee) samples the directions the rows look along; along all others the prior stands.
*regression*: the runs nearest to the targets are kept and moved along a regression of their parameters
on their rows (approximate Bayesian computation with regression adjustment, Beaumont 2002); no emulator.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.analysis.calibration.emulator import Emulator, as_normal, as_shares
from scenarios.common.calibration_inputs import scored_targets

METHODS = ("chain", "regression")
WALKERS_PER_DIRECTION = 4
# Steps along the difference of two other walkers, by their stretch (None: what suits a bell) and weight; a
# step of a whole difference leads from one peak to another. The snooker move is left out on purpose: in
# emcee 3.1.6 its direction has no length of 1 (mended in its pull request 531), and in forty directions it
# made spreads a quarter too small.
MOVES = ((None, 0.9), (1.0, 0.1))
ACCEPTED_SHARE = 0.25  # of the runs, by the regression


@dataclass(frozen=True)
class Observed:
    """What is held against the model.

    Attributes
    ----------
    values : float64 array of shape (n_rows,)
        Targets, on the scale on which they are compared.
    covariance : float64 array of shape (n_rows, n_rows)
        What may lie between a target and the emulator's value at the true parameters.
    """

    values: np.ndarray
    covariance: np.ndarray


@dataclass(frozen=True)
class Length:
    """How long walkers walk.

    Attributes
    ----------
    burn, steps : int
        Steps thrown away, and steps kept.
    """

    burn: int
    steps: int


LONG, SHORT = Length(3000, 6000), Length(600, 900)


def sample_by_chain(
    emulator: Emulator, observed: Observed, draws: int, seed: int, length: Length = LONG
) -> np.ndarray:
    """Return draws of the posterior as shares of the prior, float64 of shape (draws, n_uncertain)."""
    return spread_out(emulator, walk(emulator, observed, seed, length)[0], draws, seed)


def spread_out(emulator: Emulator, walked: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Return some places of a walk as shares of the prior, with the prior along all other directions."""
    rng = np.random.default_rng(seed)
    chosen = walked[rng.choice(len(walked), draws, replace=len(walked) < draws)]
    free = rng.standard_normal((draws, emulator.turn.shape[0]))
    return as_shares(free - (free @ emulator.turn) @ emulator.turn.T + chosen @ emulator.turn.T)


def walk(
    emulator: Emulator, observed: Observed, seed: int, length: Length = LONG
) -> tuple[np.ndarray, float]:
    """Return where the walkers were, (n, n_directions), and over how many steps they forget."""
    import emcee

    whitener = np.linalg.inv(np.linalg.cholesky(observed.covariance))

    def log_posterior(turned: np.ndarray) -> np.ndarray:
        distance = (emulator(turned) - observed.values) @ whitener.T
        return -0.5 * ((turned**2).sum(axis=1) + (distance**2).sum(axis=1))

    walkers = WALKERS_PER_DIRECTION * emulator.directions
    moves = [(emcee.moves.DEMove(gamma0=stretch), weight) for stretch, weight in MOVES]
    sampler = emcee.EnsembleSampler(walkers, emulator.directions, log_posterior, moves=moves, vectorize=True)
    begin = emcee.State(
        _gaussian_start(emulator, observed, walkers, seed),
        random_state=np.random.RandomState(seed % 2**32).get_state(),
    )
    sampler.run_mcmc(begin, length.burn + length.steps)
    forgets = float(np.max(sampler.get_autocorr_time(discard=length.burn, tol=0)))
    return sampler.get_chain(discard=length.burn, thin=10, flat=True), forgets


def bytes_of_walk(length: Length) -> int:
    """Return about how much memory a walk takes at most: along as many directions as there are rows.

    Every step keeps where all walkers are, and a tenth of the steps once more.
    """
    directions = len(scored_targets())
    numbers = (length.burn + length.steps) * WALKERS_PER_DIRECTION * directions * (directions + 1)
    return round(1.1 * numbers * np.dtype(float).itemsize)


def _gaussian_start(emulator: Emulator, observed: Observed, walkers: int, seed: int) -> np.ndarray:
    """Return draws from what the posterior would be if all rows were lines."""
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
    shares, values : float64 arrays of shape (n_lives, n_uncertain) and (n_lives, n_rows)
        The training ensemble; its values hold the sampling variance of a run, so `observed.covariance` holds
        none.
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
