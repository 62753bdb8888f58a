"""From targets to a posterior sample, by two methods that a recovery test chooses between.

*chain*: the emulators tell every row, a likelihood weighs its distance to the target, and an ensemble of
walkers (emcee) samples the directions the rows look along; along all others the prior stands.
*regression*: the runs nearest to the targets are kept and moved along a regression of their parameters
on their rows (approximate Bayesian computation with regression adjustment, Beaumont 2002); no emulator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.analysis.calibration.emulator import Emulator, as_normal, as_shares
from scenarios.common.calibration_inputs import PRIORS, priors, scored_targets
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import value_called
from scenarios.runs.draws import draw_parameters, name_and_place
from simulation.parameters import Parameters, names

# The draws of scenario uncertainty in a training ensemble are not those of any run.
SCENARIO_SEED = 1_000_003


@dataclass(frozen=True)
class Uncertain:
    """One fitted number: a parameter, or one element of a list.

    Attributes
    ----------
    name : str
        Full name of the parameter.
    place : int or None
        Place in its list.
    low, high : float
        Ends of the prior, which is uniform.
    default : float
        Value without a draw.
    whole : bool
        Whether it stays a whole number.
    """

    name: str
    place: int | None
    low: float
    high: float
    default: float
    whole: bool = False

    @property
    def key(self) -> str:
        """Full name, with the place in a list: "household.fade_per_month[2]"."""
        return self.name if self.place is None else f"{self.name}[{self.place}]"

    def at(self, share: float) -> float:
        """Return the value at a share of the way from low to high."""
        value = self.low + share * (self.high - self.low)
        return round(value) if self.whole else float(value)


def uncertain_numbers(parameters: Parameters | None = None) -> tuple[Uncertain, ...]:
    """Return every number a calibration fits, in the order of data/priors.csv.

    Parameters
    ----------
    parameters : Parameters, optional
        Where the values without a draw come from; the defaults unless given.

    Raises
    ------
    ConfigurationError
        For a row that names no parameter, or no element of its list.
    """
    parameters = parameters or Parameters()
    known, found = set(names()), []
    for key, prior in priors().items():
        name, place = name_and_place(key)
        if name not in known:
            raise ConfigurationError(f"{PRIORS.name}: {key} is no parameter{nearest(name, known)}")
        value = value_called(parameters, name)
        if isinstance(value, list) != (place is not None) or (place or 0) >= len(np.atleast_1d(value)):
            raise ConfigurationError(f"{PRIORS.name}: {key}: expected an element of a list, as name[0]")
        number = value if place is None else value[place]
        found.append(Uncertain(name, place, prior.low, prior.high, number, isinstance(number, int)))
    return tuple(found)


def changes_at(
    uncertain: Sequence[Uncertain],
    shares: np.ndarray,
    parameters: Parameters | None = None,
    scenario: int | None = None,
) -> dict[str, Any]:
    """Return parameter values by full name for one point of the prior.

    Parameters
    ----------
    uncertain : sequence of Uncertain
        What varies.
    shares : float64 array of shape (n_uncertain,)
        Where each stands between its ends.
    parameters : Parameters, optional
        Where the other elements of a list come from; the defaults unless given.
    scenario : int, optional
        Number of the draw of scenario uncertainty; without it the rest stays as `parameters` have it.
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
    """Return parameter values by full name, the elements of a list together."""
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
