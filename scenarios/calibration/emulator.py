"""Emulators: what the model would come to at any point of the prior, learnt from the bank.

A point is written in standard normal numbers, one per uncertain number, so before the targets are
looked at every direction is alike. First a line is fitted to every row (ridge). Together the lines look
along at most as many directions as there are rows; a turn of the axes puts these first, and curves are
fitted in them alone. Along every other direction nothing is learnt and the prior stands.

Which form is taken is decided per row by how well it tells lives it was not fitted to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import norm

from scenarios.errors import ConfigurationError

FORMS = ("line", "curve", "bend")
PENALTIES = np.logspace(-1, 4, 16)
FOLDS = 5
LEAST_GAIN = 0.005  # share of variance a richer form must tell more than a plainer one
FARTHEST = 3.3  # normal numbers of the ends of the prior


def as_normal(shares: np.ndarray) -> np.ndarray:
    """Return shares of the prior, in [0, 1], as standard normal numbers."""
    return np.clip(norm.ppf(shares), -FARTHEST, FARTHEST)


def as_shares(normal: np.ndarray) -> np.ndarray:
    """Return standard normal numbers as shares of the prior."""
    return norm.cdf(normal)


@dataclass(frozen=True)
class Emulator:
    """Tells all rows at once from the turned point.

    Attributes
    ----------
    turn : float64 array of shape (n_uncertain, n_directions)
        Orthonormal directions the rows look along.
    forms : tuple of str
        Form per row.
    told : dict of str to float64 array of shape (n_rows,)
        Per form, the share of variance told of lives it was not fitted to.
    weights : float64 array of shape (n_features, n_rows)
        Of all `features`; a plainer form has zeros for what it leaves out.
    left : float64 array of shape (n_rows, n_rows)
        Covariance of what it leaves of lives it was not fitted to: luck, and its own error.
    """

    turn: np.ndarray
    forms: tuple[str, ...]
    told: dict[str, np.ndarray]
    weights: np.ndarray
    left: np.ndarray

    @property
    def directions(self) -> int:
        """Number of directions along which anything is learnt."""
        return self.turn.shape[1]

    def __call__(self, turned: np.ndarray) -> np.ndarray:
        """Return all rows at turned points: (n_points, n_directions) to (n_points, n_rows)."""
        if set(self.forms) == {"line"}:  # products that nobody weighs need not be made
            n = self.directions
            return self.weights[0] + turned @ self.weights[1 : 1 + n]
        return features(turned) @ self.weights


def features(turned: np.ndarray) -> np.ndarray:
    """Return a constant, every direction, every product of two, and a third power of each.

    Squares and third powers are Hermite polynomials: over the prior all features are uncorrelated.
    """
    one, other = np.triu_indices(turned.shape[1])
    products = turned[:, one] * turned[:, other]
    products[:, one == other] -= 1.0
    thirds = turned**3 - 3.0 * turned
    return np.hstack([np.ones((len(turned), 1)), turned, products, thirds])


def width_of(form: str, directions: int) -> int:
    """Return how many features a form takes beside the constant: it takes the first ones."""
    products = directions * (directions + 1) // 2
    return {"line": directions, "curve": directions + products, "bend": 2 * directions + products}[form]


def fit_emulator(
    shares: np.ndarray, values: np.ndarray, scales: np.ndarray, forms: Sequence[str] = FORMS
) -> Emulator:
    """Fit an emulator to lives.

    Parameters
    ----------
    shares : float64 array of shape (n_lives, n_uncertain)
        Points of the prior.
    values : float64 array of shape (n_lives, n_rows)
        What they came to, on the scale on which rows are compared.
    scales : float64 array of shape (n_rows,)
        Deviation per row that matters: directions that move rows by many of them come first.
    forms : sequence of str
        Forms that are tried.
    """
    _check_installed()
    normal = as_normal(shares)
    turn = directions(normal, values, scales)
    held_out = _held_out(normal, values, scales, forms)
    told = {form: 1.0 - (values - each).var(axis=0) / values.var(axis=0) for form, each in held_out.items()}
    chosen = tuple(_best(forms, told, row) for row in range(values.shape[1]))
    design = features(normal @ turn)[:, 1:]
    weights = np.zeros((1 + design.shape[1], values.shape[1]))
    left = np.empty_like(values)
    for form in sorted(set(chosen)):
        mine = np.array([each == form for each in chosen])
        width = width_of(form, turn.shape[1])
        model = _ridge(design[:, :width], values[:, mine])
        weights[0, mine] = model.intercept_
        weights[1 : 1 + width, mine] = model.coef_.reshape(mine.sum(), -1).T
        left[:, mine] = values[:, mine] - held_out[form][:, mine]
    covariance = np.cov(left, rowvar=False).reshape(values.shape[1], -1)
    return Emulator(turn, chosen, told, weights, covariance)


def directions(normal: np.ndarray, values: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Return the directions rows look along, most telling first: (n_uncertain, n_directions)."""
    lines = _ridge(normal, values).coef_.reshape(values.shape[1], -1).T
    turn, strength, _ = np.linalg.svd(lines / scales, full_matrices=False)
    return turn[:, strength > 1e-9 * max(strength[0], 1e-300)]


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
    """Return per form what is told of every life by a fit, directions included, to the other folds."""
    from sklearn.model_selection import KFold

    found = {form: np.empty_like(values) for form in forms}
    for here, there in KFold(FOLDS, shuffle=True, random_state=0).split(values):
        turn = directions(normal[here], values[here], scales)
        known, asked = (features(normal[some] @ turn)[:, 1:] for some in (here, there))
        for form in forms:
            width = width_of(form, turn.shape[1])
            told = _ridge(known[:, :width], values[here]).predict(asked[:, :width])
            found[form][there] = told.reshape(len(there), -1)
    return found


def _ridge(design: np.ndarray, values: np.ndarray) -> Any:
    """Return a ridge regression of all rows, with the penalty per row that tells a life left out best."""
    from sklearn.linear_model import RidgeCV

    return RidgeCV(alphas=PENALTIES, alpha_per_target=values.shape[1] > 1).fit(design, values)


def one_thread() -> Any:
    """Keep linear algebra to one thread: sums then have one order, and processes do not compete."""
    _check_installed()
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def _check_installed() -> None:
    """Raise ConfigurationError when what fits emulators is not installed."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise ConfigurationError(
            "calibrate: scikit-learn is not installed; pip install 'landingsbaan[calibration]'"
        ) from None
