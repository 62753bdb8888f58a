"""Emulators: the targets at any point of the prior, learnt from the training ensemble.

Points are in standard normal coordinates, one per uncertain number, so the prior is isotropic. First a linear
ridge regression is fitted to every target. A singular value decomposition of the slopes gives at most as many
orthonormal directions as there are targets; nonlinear terms are fitted along these directions only. Along
all other directions the targets hold no information and the posterior equals the prior.

The form of each target is a line, a line with a square and a cubic term along its own direction ("bend"), a
bend with products of the leading directions ("curve"), or a bend plus a Gaussian process of its residuals
with lengths by the slope of each input, approximated by random Fourier features (Rahimi and Recht 2007;
"kernel"). The form is chosen per target by the share of variance explained in cross-validation.
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
LEAST_GAIN = 0.005  # minimum gain in explained variance for a more complex form
PRODUCT_DIRECTIONS = 10  # leading directions whose products the form "curve" uses
LARGEST_NORMAL = 3.3  # clipping bound of standard normal coordinates, at the ends of the prior
FEATURES = 300  # random Fourier features of a kernel
GAMMA = 0.5  # of the kernel exp(-gamma * distance^2); the weights of all inputs have a sum of squares of 1


def as_normal(shares: np.ndarray) -> np.ndarray:
    """Return shares of the prior, in [0, 1], as standard normal numbers."""
    return np.clip(norm.ppf(shares), -LARGEST_NORMAL, LARGEST_NORMAL)


def as_shares(normal: np.ndarray) -> np.ndarray:
    """Return standard normal numbers as shares of the prior."""
    return norm.cdf(normal)


@dataclass(frozen=True)
class Emulator:
    """Predicts all targets from a point in rotated coordinates.

    Attributes
    ----------
    rotation : float64 array of shape (n_uncertain, n_directions)
        Orthonormal basis of the directions that influence targets.
    forms : tuple of str
        Form per target.
    explained : dict of str to float64 array of shape (n_rows,)
        Share of variance explained in cross-validation, per form.
    own : float64 array of shape (n_directions, n_rows)
        Unit vector along the linear slope of each target.
    weights : float64 array of shape (n_features, n_rows)
        Coefficients of a constant and of the columns of `design`; zero for columns that a form does not use.
    kernel : Kernel or None
        Kernels of the targets with that form, in their order.
    left : float64 array of shape (n_rows, n_rows)
        Covariance of the cross-validated residuals: sampling variance and emulator error.
    """

    rotation: np.ndarray
    forms: tuple[str, ...]
    explained: dict[str, np.ndarray]
    own: np.ndarray
    weights: np.ndarray
    left: np.ndarray
    kernel: "Kernel | None" = None

    @property
    def directions(self) -> int:
        """Number of directions that influence targets."""
        return self.rotation.shape[1]

    def __call__(self, rotated: np.ndarray) -> np.ndarray:
        """Return all targets at rotated points: (n_points, n_directions) to (n_points, n_rows)."""
        n = self.directions
        values = self.weights[0] + rotated @ self.weights[1 : 1 + n]
        if set(self.forms) == {"line"}:
            return values
        square, cube = hermite_terms(rotated @ self.own)
        values += square * self.weights[1 + n] + cube * self.weights[2 + n]
        values += products(rotated) @ self.weights[3 + n :]
        if self.kernel:
            values[:, [form == "kernel" for form in self.forms]] += self.kernel(rotated)
        return values


@dataclass(frozen=True)
class Kernel:
    """The kernel terms of some targets, in single precision because a chain evaluates them very often.

    Attributes
    ----------
    frequencies : float32 array of shape (n_directions, n_kernels * FEATURES)
    phases : float32 array of shape (n_kernels * FEATURES,)
    weights : float32 array of shape (n_kernels, FEATURES)
    """

    frequencies: np.ndarray
    phases: np.ndarray
    weights: np.ndarray

    def __call__(self, rotated: np.ndarray) -> np.ndarray:
        """Return the kernel terms at rotated points: (n_points, n_directions) to (n_points, n_kernels)."""
        features = self.features(rotated).reshape(len(rotated), *self.weights.shape)
        return np.einsum("nkf,kf->nk", features, self.weights).astype(float)

    def features(self, rotated: np.ndarray) -> np.ndarray:
        """Return the Fourier features, (n_points, n_kernels * FEATURES)."""
        along = rotated.astype(np.float32) @ self.frequencies
        along += self.phases
        return np.cos(along, out=along)


def fit_kernel(rotated: np.ndarray, rotation: np.ndarray, own: np.ndarray, rest: np.ndarray) -> Kernel:
    """Fit a kernel to the residuals of one target.

    Parameters
    ----------
    rotated : float64 array of shape (n_runs, n_directions)
    rotation : float64 array of shape (n_uncertain, n_directions)
        As in `Emulator`.
    own : float64 array of shape (n_directions,)
        Unit vector along the target's slope; weighs the inputs.
    rest : float64 array of shape (n_runs,)
        Residuals of the form "bend".
    """
    from sklearn.kernel_approximation import RBFSampler

    inputs = np.abs(rotation @ own)
    sampler = RBFSampler(gamma=GAMMA, n_components=FEATURES, random_state=0).fit(inputs[None])
    frequencies = rotation.T @ (inputs[:, None] * sampler.random_weights_)
    kernel = Kernel(
        frequencies.astype(np.float32),
        sampler.random_offset_.astype(np.float32),
        np.zeros((1, FEATURES), np.float32),
    )
    weights = _ridge_weights(kernel.features(rotated).astype(float), rest)
    return replace(kernel, weights=weights.astype(np.float32)[None])


def stack_kernels(kernels: Sequence[Kernel]) -> Kernel:
    """Return the kernels of several targets as one."""
    return Kernel(
        np.hstack([each.frequencies for each in kernels]),
        np.concatenate([each.phases for each in kernels]),
        np.vstack([each.weights for each in kernels]),
    )


def _ridge_weights(known: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return ridge coefficients without intercept; the penalty minimises generalised cross-validation."""
    spread, axes = np.linalg.eigh(known.T @ known)
    along = axes.T @ (known.T @ values)
    scores = []
    for penalty in PENALTIES:
        shrunk = along / (spread + penalty)
        error = values @ values - 2.0 * shrunk @ along + shrunk**2 @ spread
        free = len(values) - (spread / (spread + penalty)).sum()
        scores.append(error / free**2)
    return axes @ (along / (spread + PENALTIES[int(np.argmin(scores))]))


def hermite_terms(along: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return normalised Hermite polynomials of degree 2 and 3, which are uncorrelated under the prior."""
    return (along**2 - 1.0) / 2.0**0.5, (along**3 - 3.0 * along) / 6.0**0.5


def products(rotated: np.ndarray) -> np.ndarray:
    """Return all products of two leading directions, (n_points, n_products)."""
    first = rotated[:, :PRODUCT_DIRECTIONS]
    one, other = np.triu_indices(first.shape[1])
    found = first[:, one] * first[:, other]
    found[:, one == other] = hermite_terms(first)[0]
    return found


def design(rotated: np.ndarray, own: np.ndarray, form: str) -> np.ndarray:
    """Return the design matrix of a form without its kernel; `own` is the direction of one target."""
    columns = [rotated]
    if form != "line":
        columns.append(np.column_stack(hermite_terms(rotated @ own)))
    if form == "curve":
        columns.append(products(rotated))
    return np.hstack(columns)


def fit_emulator(
    shares: np.ndarray,
    values: np.ndarray,
    scales: np.ndarray,
    forms: Sequence[str] = FORMS,
    test_runs: slice = slice(None),
) -> Emulator:
    """Fit an emulator to simulated runs.

    Parameters
    ----------
    shares : float64 array of shape (n_runs, n_uncertain)
        Points of the prior.
    values : float64 array of shape (n_runs, n_rows)
        Simulated targets, on the scale on which they are compared.
    scales : float64 array of shape (n_rows,)
        Standard deviation of each target; leading directions change targets by most standard deviations.
    forms : sequence of str
        Candidate forms, the simplest first.
    test_runs : slice
        Runs at which forms are compared and errors are estimated.
    """
    check_installed()
    normal = as_normal(shares)
    held_out = _held_out(normal, values, scales, forms)
    spread = values[test_runs].var(axis=0)
    explained = {
        form: 1.0 - (values - each)[test_runs].var(axis=0) / spread for form, each in held_out.items()
    }
    chosen = tuple(_best(forms, explained, row) for row in range(values.shape[1]))
    rotation = directions_of(normal, values, scales)
    rotated = normal @ rotation
    own = target_directions(rotated, values)
    weights = np.zeros((1 + design(rotated[:1], own[:, 0], "curve").shape[1], values.shape[1]))
    left, kernels = np.empty_like(values), []
    for row, form in enumerate(chosen):
        known = design(rotated, own[:, row], form)
        model = _ridge(known, values[:, row])
        weights[0, row], weights[1 : 1 + known.shape[1], row] = model.intercept_, model.coef_
        if form == "kernel":
            rest = values[:, row] - model.predict(known)
            kernels.append(fit_kernel(rotated, rotation, own[:, row], rest))
        left[:, row] = values[:, row] - held_out[form][:, row]
    covariance = np.cov(left[test_runs], rowvar=False).reshape(values.shape[1], -1)
    return Emulator(
        rotation, chosen, explained, own, weights, covariance, stack_kernels(kernels) if kernels else None
    )


def directions_of(normal: np.ndarray, values: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Return the directions that influence targets, by singular value: (n_uncertain, n_directions)."""
    lines = _ridge(normal, values).coef_.reshape(values.shape[1], -1).T
    rotation, strength, _ = np.linalg.svd(lines / scales, full_matrices=False)
    return rotation[:, strength > 1e-9 * max(strength[0], 1e-300)]


def target_directions(rotated: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the unit vector along each target's slope: (n_directions, n_rows)."""
    slopes = _ridge(rotated, values).coef_.reshape(values.shape[1], -1).T
    return slopes / np.maximum(np.linalg.norm(slopes, axis=0), 1e-300)


def _best(forms: Sequence[str], explained: dict[str, np.ndarray], row: int) -> str:
    """Return the simplest form that no more complex one outperforms by more than `LEAST_GAIN`."""
    best = forms[0]
    for form in forms[1:]:
        if explained[form][row] > explained[best][row] + LEAST_GAIN:
            best = form
    return best


def _held_out(
    normal: np.ndarray, values: np.ndarray, scales: np.ndarray, forms: Sequence[str]
) -> dict[str, np.ndarray]:
    """Return cross-validated predictions of every run per form; directions are refitted in every fold."""
    from sklearn.model_selection import KFold

    found = {form: np.empty_like(values) for form in forms}
    for here, there in KFold(FOLDS, shuffle=True, random_state=0).split(values):
        rotation = directions_of(normal[here], values[here], scales)
        known, asked = normal[here] @ rotation, normal[there] @ rotation
        own = target_directions(known, values[here])
        for form in forms:
            for row in range(values.shape[1]):
                learnt = design(known, own[:, row], form)
                model = _ridge(learnt, values[here, row])
                found[form][there, row] = model.predict(design(asked, own[:, row], form))
                if form == "kernel":
                    rest = values[here, row] - model.predict(learnt)
                    found[form][there, row] += fit_kernel(known, rotation, own[:, row], rest)(asked)[:, 0]
    return found


def _ridge(known: np.ndarray, values: np.ndarray) -> Any:
    """Return a ridge regression of one or all targets; each target has its own cross-validated penalty."""
    from sklearn.linear_model import RidgeCV

    several = values.ndim > 1 and values.shape[1] > 1
    return RidgeCV(alphas=PENALTIES, alpha_per_target=several).fit(known, values)


def one_thread() -> Any:
    """Limit linear algebra to one thread: a fixed order of sums, and no competition between processes."""
    check_installed()
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def check_installed() -> None:
    """Raise ConfigurationError when scikit-learn or emcee is not installed."""
    for module, library in (("sklearn", "scikit-learn"), ("emcee", "emcee")):
        if find_spec(module) is None:
            raise ConfigurationError(
                f"calibrate: {library} is not installed; pip install 'landingsbaan[calibration]'"
            )
