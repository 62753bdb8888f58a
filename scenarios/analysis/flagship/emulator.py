"""Emulators: how an outcome is spread over the unknowns at any point of the levers, with a stated error.

A form tells mean, 5%, 50% and 95% quantile at any point: a quadratic or a cubic surface with a spread that is
a surface too, or gradient-boosted quantiles. Which is taken is decided by how well it tells draws it was not
fitted to. Its outer quantiles are then moved until the interval holds its share of such draws (cross-
conformal prediction; Romano, Patterson and Candès 2019, Barber and others 2021).

The error is told by held-out draws: every fifth of the draws in turn takes no part in fitting, choosing or
moving an emulator, and is only judged by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from scenarios.common.errors import ConfigurationError

LEVEL = 0.9
QUANTILES = (0.05, 0.5, 0.95)
FORMS = ("quadratic", "cubic", "trees")
DEGREES = {"quadratic": 2, "cubic": 3}
APART, FOLDS = 5, 3  # parts of the draws that judge in turn, and within the others those that choose and move
MEAN, LOW, MEDIAN, HIGH = range(4)
LEAST_SPREAD = 0.1  # of the mean spread, below which a surface of the spread is not believed


class Fitted(Protocol):
    """What tells an outcome at points."""

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return mean, low, median and high, shape (n_points, 4), at points of shape (n_points, n_levers)."""


@dataclass(frozen=True)
class Emulator:
    """Mean and quantiles of one outcome in one kind of town.

    Attributes
    ----------
    form : str
        One of `FORMS`.
    fitted : Fitted
        What was fitted.
    moved : float
        How much further out the outer quantiles are put than they were fitted, in the unit of the outcome.
    """

    form: str
    fitted: Fitted
    moved: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return mean, low, median and high at points, shape (n_points, 4)."""
        told = self.fitted(points)
        told[:, LOW] = np.minimum(told[:, LOW] - self.moved, told[:, MEDIAN])
        told[:, HIGH] = np.maximum(told[:, HIGH] + self.moved, told[:, MEDIAN])
        return told


@dataclass(frozen=True)
class Error:
    """How well emulators do on draws they have not seen.

    Attributes
    ----------
    values : int
        Values they were judged by.
    coverage : float
        Share of them inside the 90% interval.
    median_error : float
        Mean distance from the median, in the unit of the outcome.
    explained : float
        Share of the variance that the levers tell; the rest is unknowns and chance.
    """

    values: int
    coverage: float
    median_error: float
    explained: float


def check_installed() -> None:
    """Raise ConfigurationError when what fits emulators is not installed."""
    if find_spec("sklearn") is None:
        raise ConfigurationError(
            "study flagship: scikit-learn is not installed; pip install 'landingsbaan[calibration]'"
        )


def fit_emulator(
    points: np.ndarray, values: np.ndarray, draws: np.ndarray, is_sampled: np.ndarray, zeros: np.ndarray
) -> tuple[Emulator, Error]:
    """Fit an emulator to all draws, and tell the error of its like on held-out draws.

    Parameters
    ----------
    points : float64 array of shape (n_values, n_levers)
        Levers, each scaled to [0, 1].
    values : float64 array of shape (n_values,)
        Outcome of each point in one draw.
    draws : int64 array of shape (n_values,)
        Number of the draw.
    is_sampled : bool array of shape (n_values,)
        Whether it is one of the points that fill the space; all others help to fit, and judge nothing.
    zeros : float64 array of shape (n_zeros, n_levers)
        Points where the outcome is zero by definition. They help to fit the mean alone: what has no chance in
        it says nothing about the spread.
    """
    told = apart(points, values, draws, is_sampled, zeros)
    emulator = _fitted(points, values, draws, is_sampled, zeros)
    return emulator, judged(told[is_sampled], values[is_sampled])


def apart(
    points: np.ndarray, values: np.ndarray, draws: np.ndarray, is_sampled: np.ndarray, zeros: np.ndarray
) -> np.ndarray:
    """Return what is told of every value by an emulator that has not seen its draw, shape (n_values, 4)."""
    told = np.empty((len(values), 4))
    for there in folds(draws, APART):
        rest = ~there
        emulator = _fitted(points[rest], values[rest], draws[rest], is_sampled[rest], zeros)
        told[there] = emulator(points[there])
    return told


def folds(draws: np.ndarray, count: int) -> list[np.ndarray]:
    """Return which values are held out in each of some parts of the draws; a draw is never divided.

    Examples
    --------
    >>> [each.astype(int).tolist() for each in folds(np.array([0, 0, 1, 4]), 2)]
    [[1, 1, 0, 1], [0, 0, 1, 0]]
    """
    known = np.unique(draws)
    return [np.isin(draws, known[place::count]) for place in range(min(count, len(known)))]


def judged(told: np.ndarray, values: np.ndarray) -> Error:
    """Return how well values were told, of shape (n_values, 4), by emulators that had not seen them."""
    spread = float(values.var())
    left = float(((values - told[:, MEAN]) ** 2).mean())
    return Error(
        values=len(values),
        coverage=float(((values >= told[:, LOW]) & (values <= told[:, HIGH])).mean()),
        median_error=float(np.abs(values - told[:, MEDIAN]).mean()),
        explained=max(0.0, 1.0 - left / spread) if spread > 0.0 else 0.0,
    )


def _fitted(
    points: np.ndarray, values: np.ndarray, draws: np.ndarray, is_sampled: np.ndarray, zeros: np.ndarray
) -> Emulator:
    """Choose a form, fit it to all that is given, and move its quantiles."""
    import sklearn.ensemble  # noqa: F401  # only libraries that are loaded are kept to one thread
    from threadpoolctl import threadpool_limits

    held_out, asked = {}, values[is_sampled]
    with threadpool_limits(1):  # one order of sums, and no threads that wait for one another
        for form in FORMS:
            told = np.empty((len(values), 4))
            for there in folds(draws, FOLDS):
                told[there] = _fit(form, points[~there], values[~there], zeros)(points[there])
            held_out[form] = told[is_sampled]
        form = min(FORMS, key=lambda each: pinball_loss(held_out[each], asked))
        return Emulator(form, _fit(form, points, values, zeros), _moved(held_out[form], asked))


def pinball_loss(told: np.ndarray, values: np.ndarray) -> float:
    """Return the mean pinball loss of the three quantiles: the lower, the better they tell the spread."""
    losses = [
        np.maximum(share * left, (share - 1.0) * left).mean()
        for share, place in zip(QUANTILES, (LOW, MEDIAN, HIGH), strict=True)
        for left in [values - told[:, place]]
    ]
    return float(np.mean(losses))


def _moved(told: np.ndarray, values: np.ndarray) -> float:
    """Return by how much the ends of the interval are moved so that it holds its share of held-out values."""
    scores = np.sort(np.maximum(told[:, LOW] - values, values - told[:, HIGH]))
    place = int(np.ceil((len(scores) + 1) * LEVEL)) - 1
    return float(scores[min(place, len(scores) - 1)])


def _fit(form: str, points: np.ndarray, values: np.ndarray, zeros: np.ndarray) -> Fitted:
    """Return a form fitted to values, which are scaled so that penalties mean the same for all outcomes."""
    middle, spread = float(np.median(values)), float(values.std()) or 1.0
    scaled = (values - middle) / spread
    of_mean = np.vstack([points, zeros]), np.append(scaled, np.full(len(zeros), -middle / spread))
    fitted: Fitted = (
        _Trees(points, scaled, *of_mean) if form == "trees"
        else _Surface(DEGREES[form], points, scaled, *of_mean)
    )  # fmt: skip
    return _Unscaled(fitted, middle, spread)


@dataclass(frozen=True)
class _Unscaled:
    """What tells scaled values, in their own unit."""

    fitted: Fitted
    middle: float
    spread: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return mean, low, median and high; quantiles that cross are put in order."""
        told = self.fitted(points) * self.spread + self.middle
        told[:, LOW:] = np.sort(told[:, LOW:], axis=1)
        return told


class _Surface:
    """A polynomial surface of the mean, one of the spread, and quantiles of what is left in its units.

    The mean is fitted to points and values of its own.
    """

    def __init__(
        self, degree: int, points: np.ndarray, values: np.ndarray, at: np.ndarray, means: np.ndarray
    ) -> None:
        from sklearn.linear_model import Ridge
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import PolynomialFeatures, StandardScaler

        def surface(places: np.ndarray, of: np.ndarray) -> Any:
            columns = PolynomialFeatures(degree, include_bias=False)
            return make_pipeline(columns, StandardScaler(), Ridge(alpha=1e-2)).fit(places, of)

        self.mean = surface(at, means)
        left = values - self.mean.predict(points)
        self.least = LEAST_SPREAD * float(np.abs(left).mean()) or 1e-12
        self.spread = surface(points, np.abs(left))
        self.quantiles: Sequence[float] = np.quantile(left / self._spread(points), QUANTILES).tolist()

    def _spread(self, points: np.ndarray) -> np.ndarray:
        return np.maximum(self.spread.predict(points), self.least)

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return mean, low, median and high."""
        mean, spread = self.mean.predict(points), self._spread(points)
        return np.column_stack([mean, *(mean + each * spread for each in self.quantiles)])


class _Trees:
    """Gradient-boosted trees: an ensemble for the mean, with points of its own, and one for each quantile."""

    def __init__(self, points: np.ndarray, values: np.ndarray, at: np.ndarray, means: np.ndarray) -> None:
        from sklearn.ensemble import HistGradientBoostingRegressor

        losses: list[dict[str, Any]] = [{"loss": "squared_error"}]
        losses += [{"loss": "quantile", "quantile": share} for share in QUANTILES]
        self.models = [
            HistGradientBoostingRegressor(
                max_iter=60, learning_rate=0.1, max_leaf_nodes=8, min_samples_leaf=20, random_state=0, **loss
            ).fit(*((at, means) if loss["loss"] == "squared_error" else (points, values)))
            for loss in losses
        ]

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return mean, low, median and high."""
        return np.column_stack([model.predict(points) for model in self.models])
