"""Emulators: what the model would come to at any point of the prior, learnt from the training ensemble.

A point is written in standard normal numbers, one per uncertain number, so before the targets are
looked at every direction is alike. First a line is fitted to every row (ridge). Together the lines look
along at most as many directions as there are rows; a turn of the axes puts these first, and anything
but a line is fitted in them alone. Along every other direction nothing is learnt and the prior stands.

A row may be a line, a line that bends along its own direction, that with products of the directions
that move rows most, or a bent line and a kernel: a Gaussian process of what the bent line leaves, in
which the inputs that move the row most count most, by random Fourier features (Rahimi and Recht 2007).
Which is taken is decided per row by how well it tells runs it was not fitted to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

import numpy as np
from scipy.stats import norm

from scenarios.common.errors import ConfigurationError

FORMS = ("line", "bend", "curve", "kernel")
PENALTIES = np.logspace(-1, 4, 16)
FOLDS = 5
LEAST_GAIN = 0.005  # share of variance a richer form must tell more than a plainer one
CROSSED = 10  # first directions whose products a curve holds
FARTHEST = 3.3  # normal numbers of the ends of the prior
FEATURES = 300  # random Fourier features of a kernel
GAMMA = 0.5  # of the kernel exp(-gamma * distance^2), where all inputs weigh 1 together


def as_normal(shares: np.ndarray) -> np.ndarray:
    """Return shares of the prior, in [0, 1], as standard normal numbers."""
    return np.clip(norm.ppf(shares), -FARTHEST, FARTHEST)


def as_shares(normal: np.ndarray) -> np.ndarray:
    """Return standard normal numbers as shares of the prior."""
    return norm.cdf(normal)


@dataclass(frozen=True)
class Emulator:
    """Tells all targets at once from the turned point.

    Attributes
    ----------
    turn : float64 array of shape (n_uncertain, n_directions)
        Orthonormal directions the rows look along.
    forms : tuple of str
        Form per row.
    told : dict of str to float64 array of shape (n_rows,)
        Per form, the share of variance told of runs it was not fitted to.
    own : float64 array of shape (n_directions, n_rows)
        Direction of each row's line, of length 1.
    weights : float64 array of shape (n_features, n_rows)
        Of what `design` returns, after a constant; a plainer form has zeros for what it leaves out.
    kernel : Kernel or None
        Of the rows whose form it is, in their order.
    left : float64 array of shape (n_rows, n_rows)
        Covariance of what it leaves of runs it was not fitted to: sampling variance, and its own error.
    """

    turn: np.ndarray
    forms: tuple[str, ...]
    told: dict[str, np.ndarray]
    own: np.ndarray
    weights: np.ndarray
    left: np.ndarray
    kernel: "Kernel | None" = None

    @property
    def directions(self) -> int:
        """Number of directions along which anything is learnt."""
        return self.turn.shape[1]

    def __call__(self, turned: np.ndarray) -> np.ndarray:
        """Return all rows at turned points: (n_points, n_directions) to (n_points, n_rows)."""
        n = self.directions
        values = self.weights[0] + turned @ self.weights[1 : 1 + n]
        if set(self.forms) == {"line"}:
            return values
        square, cube = bent(turned @ self.own)
        values += square * self.weights[1 + n] + cube * self.weights[2 + n]
        values += products(turned) @ self.weights[3 + n :]
        if self.kernel:
            values[:, [form == "kernel" for form in self.forms]] += self.kernel(turned)
        return values


@dataclass(frozen=True)
class Kernel:
    """What kernels add to some rows, in single precision: a chain asks it very often, for small changes.

    Attributes
    ----------
    frequencies : float32 array of shape (n_directions, n_kernels * FEATURES)
    phases : float32 array of shape (n_kernels * FEATURES,)
    weights : float32 array of shape (n_kernels, FEATURES)
    """

    frequencies: np.ndarray
    phases: np.ndarray
    weights: np.ndarray

    def __call__(self, turned: np.ndarray) -> np.ndarray:
        """Return what they add at turned points: (n_points, n_directions) to (n_points, n_kernels)."""
        features = self.features(turned).reshape(len(turned), *self.weights.shape)
        return np.einsum("nkf,kf->nk", features, self.weights).astype(float)

    def features(self, turned: np.ndarray) -> np.ndarray:
        """Return the Fourier features, (n_points, n_kernels * FEATURES)."""
        along = turned.astype(np.float32) @ self.frequencies
        along += self.phases
        return np.cos(along, out=along)


def fit_kernel(turned: np.ndarray, turn: np.ndarray, own: np.ndarray, rest: np.ndarray) -> Kernel:
    """Fit a kernel to what a bent line leaves of one row.

    Parameters
    ----------
    turned : float64 array of shape (n_runs, n_directions)
    turn : float64 array of shape (n_uncertain, n_directions)
        As in `Emulator`.
    own : float64 array of shape (n_directions,)
        Direction of the row's line: an input counts by its part of it.
    rest : float64 array of shape (n_runs,)
        What is left.
    """
    from sklearn.kernel_approximation import RBFSampler

    inputs = np.abs(turn @ own)
    sampler = RBFSampler(gamma=GAMMA, n_components=FEATURES, random_state=0).fit(inputs[None])
    frequencies = turn.T @ (inputs[:, None] * sampler.random_weights_)
    kernel = Kernel(
        frequencies.astype(np.float32),
        sampler.random_offset_.astype(np.float32),
        np.zeros((1, FEATURES), np.float32),
    )
    weights = _ridge_weights(kernel.features(turned).astype(float), rest)
    return replace(kernel, weights=weights.astype(np.float32)[None])


def joined(kernels: Sequence[Kernel]) -> Kernel:
    """Return the kernels of several rows as one."""
    return Kernel(
        np.hstack([each.frequencies for each in kernels]),
        np.concatenate([each.phases for each in kernels]),
        np.vstack([each.weights for each in kernels]),
    )


def _ridge_weights(known: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return ridge weights whose penalty generalised cross-validation prefers; no constant."""
    spread, axes = np.linalg.eigh(known.T @ known)
    along = axes.T @ (known.T @ values)
    scores = []
    for penalty in PENALTIES:
        shrunk = along / (spread + penalty)
        error = values @ values - 2.0 * shrunk @ along + shrunk**2 @ spread
        free = len(values) - (spread / (spread + penalty)).sum()
        scores.append(error / free**2)
    return axes @ (along / (spread + PENALTIES[int(np.argmin(scores))]))


def bent(along: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return second and third power of places along a direction, made uncorrelated over the prior."""
    return (along**2 - 1.0) / 2.0**0.5, (along**3 - 3.0 * along) / 6.0**0.5


def products(turned: np.ndarray) -> np.ndarray:
    """Return every product of two of the first directions, (n_points, n_products)."""
    first = turned[:, :CROSSED]
    one, other = np.triu_indices(first.shape[1])
    found = first[:, one] * first[:, other]
    found[:, one == other] = bent(first)[0]
    return found


def design(turned: np.ndarray, own: np.ndarray, form: str) -> np.ndarray:
    """Return what a form of one row, without its kernel, is a weighed sum of; `own` is the direction of
    its line."""
    columns = [turned]
    if form != "line":
        columns.append(np.column_stack(bent(turned @ own)))
    if form == "curve":
        columns.append(products(turned))
    return np.hstack(columns)


def fit_emulator(
    shares: np.ndarray,
    values: np.ndarray,
    scales: np.ndarray,
    forms: Sequence[str] = FORMS,
    judged: slice = slice(None),
) -> Emulator:
    """Fit an emulator to runs.

    Parameters
    ----------
    shares : float64 array of shape (n_lives, n_uncertain)
        Points of the prior.
    values : float64 array of shape (n_lives, n_rows)
        What they came to, on the scale on which rows are compared.
    scales : float64 array of shape (n_rows,)
        Deviation per row that matters: directions that move rows by many of them come first.
    forms : sequence of str
        Forms that are tried, the plainest first.
    judged : slice
        Runs at which forms are compared and errors are told: where the emulator will be asked.
    """
    check_installed()
    normal = as_normal(shares)
    held_out = _held_out(normal, values, scales, forms)
    spread = values[judged].var(axis=0)
    told = {form: 1.0 - (values - each)[judged].var(axis=0) / spread for form, each in held_out.items()}
    chosen = tuple(_best(forms, told, row) for row in range(values.shape[1]))
    turn = directions_of(normal, values, scales)
    turned = normal @ turn
    own = own_directions(turned, values)
    weights = np.zeros((1 + design(turned[:1], own[:, 0], "curve").shape[1], values.shape[1]))
    left, kernels = np.empty_like(values), []
    for row, form in enumerate(chosen):
        known = design(turned, own[:, row], form)
        model = _ridge(known, values[:, row])
        weights[0, row], weights[1 : 1 + known.shape[1], row] = model.intercept_, model.coef_
        if form == "kernel":
            rest = values[:, row] - model.predict(known)
            kernels.append(fit_kernel(turned, turn, own[:, row], rest))
        left[:, row] = values[:, row] - held_out[form][:, row]
    covariance = np.cov(left[judged], rowvar=False).reshape(values.shape[1], -1)
    return Emulator(turn, chosen, told, own, weights, covariance, joined(kernels) if kernels else None)


def directions_of(normal: np.ndarray, values: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Return the directions rows look along, most telling first: (n_uncertain, n_directions)."""
    lines = _ridge(normal, values).coef_.reshape(values.shape[1], -1).T
    turn, strength, _ = np.linalg.svd(lines / scales, full_matrices=False)
    return turn[:, strength > 1e-9 * max(strength[0], 1e-300)]


def own_directions(turned: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the direction of each row's line, of length 1: (n_directions, n_rows)."""
    slopes = _ridge(turned, values).coef_.reshape(values.shape[1], -1).T
    return slopes / np.maximum(np.linalg.norm(slopes, axis=0), 1e-300)


def _best(forms: Sequence[str], told: dict[str, np.ndarray], row: int) -> str:
    """Return the plainest form that tells about as much as any."""
    best = forms[0]
    for form in forms[1:]:
        if told[form][row] > told[best][row] + LEAST_GAIN:
            best = form
    return best


def _held_out(
    normal: np.ndarray, values: np.ndarray, scales: np.ndarray, forms: Sequence[str]
) -> dict[str, np.ndarray]:
    """Return per form what is told of every run by a fit, directions included, to the other folds."""
    from sklearn.model_selection import KFold

    found = {form: np.empty_like(values) for form in forms}
    for here, there in KFold(FOLDS, shuffle=True, random_state=0).split(values):
        turn = directions_of(normal[here], values[here], scales)
        known, asked = normal[here] @ turn, normal[there] @ turn
        own = own_directions(known, values[here])
        for form in forms:
            for row in range(values.shape[1]):
                learnt = design(known, own[:, row], form)
                model = _ridge(learnt, values[here, row])
                found[form][there, row] = model.predict(design(asked, own[:, row], form))
                if form == "kernel":
                    rest = values[here, row] - model.predict(learnt)
                    found[form][there, row] += fit_kernel(known, turn, own[:, row], rest)(asked)[:, 0]
    return found


def _ridge(known: np.ndarray, values: np.ndarray) -> Any:
    """Return a ridge regression of one or all rows; each row's penalty tells a run left out best."""
    from sklearn.linear_model import RidgeCV

    several = values.ndim > 1 and values.shape[1] > 1
    return RidgeCV(alphas=PENALTIES, alpha_per_target=several).fit(known, values)


def one_thread() -> Any:
    """Keep linear algebra to one thread: sums then have one order, and processes do not compete."""
    check_installed()
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def check_installed() -> None:
    """Raise ConfigurationError when what fits emulators and samples the posterior is not installed."""
    for module, library in (("sklearn", "scikit-learn"), ("emcee", "emcee")):
        if find_spec(module) is None:
            raise ConfigurationError(
                f"calibrate: {library} is not installed; pip install 'landingsbaan[calibration]'"
            )
