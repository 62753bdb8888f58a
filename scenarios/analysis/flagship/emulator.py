"""Emulators of the outcomes at any point of the levers, with a measured prediction error.

An emulator predicts the mean and the 5%, 50% and 95% quantiles over the unknowns. Candidate forms are a
quadratic or cubic polynomial with a polynomial model of the spread, and gradient-boosted quantile trees. The
form with the lowest cross-validated pinball loss is chosen. Its outer quantiles are then shifted until the
interval has its nominal coverage on held-out draws (cross-conformal prediction; Romano, Patterson and Candès
2019, Barber and others 2021).

The error is estimated by five-fold cross-validation over draws: in each fold the held-out draws take no
part in fitting, form selection or the conformal step.
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
ERROR_FOLDS, FOLDS = 5, 3  # folds that measure the error; folds within them that fit the interval
MEAN, LOW, MEDIAN, HIGH = range(4)
LEAST_SPREAD = 0.1  # share of the mean spread; lower bound on the predicted spread


class Fitted(Protocol):
    """A fitted model of the mean and quantiles of an outcome."""

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
        Fitted model.
    shift : float
        Conformal correction: how far the outer quantiles are shifted outwards, in the unit of the outcome.
    """

    form: str
    fitted: Fitted
    shift: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return mean, low, median and high at points, shape (n_points, 4)."""
        predicted = self.fitted(points)
        predicted[:, LOW] = np.minimum(predicted[:, LOW] - self.shift, predicted[:, MEDIAN])
        predicted[:, HIGH] = np.maximum(predicted[:, HIGH] + self.shift, predicted[:, MEDIAN])
        return predicted


@dataclass(frozen=True)
class Error:
    """Prediction error on held-out draws.

    Attributes
    ----------
    values : int
        Number of held-out values.
    coverage : float
        Share of values inside the 90% interval.
    median_error : float
        Mean absolute error of the median, in the unit of the outcome.
    explained : float
        Share of the variance explained by the levers; the rest is unknowns and sampling variance.
    """

    values: int
    coverage: float
    median_error: float
    explained: float


def check_installed() -> None:
    """Raise ConfigurationError when scikit-learn is not installed."""
    if find_spec("sklearn") is None:
        raise ConfigurationError(
            "study flagship: scikit-learn is not installed; pip install 'landingsbaan[calibration]'"
        )


def fit_emulator(
    points: np.ndarray, values: np.ndarray, draws: np.ndarray, is_sampled: np.ndarray, zeros: np.ndarray
) -> tuple[Emulator, Error]:
    """Fit an emulator to all draws, and estimate its error by cross-validation over draws.

    Parameters
    ----------
    points : float64 array of shape (n_values, n_levers)
        Levers, each scaled to [0, 1].
    values : float64 array of shape (n_values,)
        Outcome at each point in one draw.
    draws : int64 array of shape (n_values,)
        Number of the draw.
    is_sampled : bool array of shape (n_values,)
        Whether the point is from the Sobol sequence. The others are used to fit, not to measure the error.
    zeros : float64 array of shape (n_zeros, n_levers)
        Points where the outcome is zero by definition. Used to fit the mean only, as they hold no
        information on the spread.
    """
    predicted = held_out_predictions(points, values, draws, is_sampled, zeros)
    emulator = _fitted(points, values, draws, is_sampled, zeros)
    return emulator, prediction_error(predicted[is_sampled], values[is_sampled])


def held_out_predictions(
    points: np.ndarray, values: np.ndarray, draws: np.ndarray, is_sampled: np.ndarray, zeros: np.ndarray
) -> np.ndarray:
    """Return held-out predictions of all values, shape (n_values, 4); folds consist of whole draws."""
    predicted = np.empty((len(values), 4))
    for there in folds(draws, ERROR_FOLDS):
        rest = ~there
        emulator = _fitted(points[rest], values[rest], draws[rest], is_sampled[rest], zeros)
        predicted[there] = emulator(points[there])
    return predicted


def folds(draws: np.ndarray, count: int) -> list[np.ndarray]:
    """Return the held-out mask of each cross-validation fold; a draw is never divided over folds.

    Examples
    --------
    >>> [each.astype(int).tolist() for each in folds(np.array([0, 0, 1, 4]), 2)]
    [[1, 1, 0, 1], [0, 0, 1, 0]]
    """
    known = np.unique(draws)
    return [np.isin(draws, known[place::count]) for place in range(min(count, len(known)))]


def prediction_error(predicted: np.ndarray, values: np.ndarray) -> Error:
    """Return the error of held-out predictions `predicted`, of shape (n_values, 4)."""
    spread = float(values.var())
    left = float(((values - predicted[:, MEAN]) ** 2).mean())
    return Error(
        values=len(values),
        coverage=float(((values >= predicted[:, LOW]) & (values <= predicted[:, HIGH])).mean()),
        median_error=float(np.abs(values - predicted[:, MEDIAN]).mean()),
        explained=max(0.0, 1.0 - left / spread) if spread > 0.0 else 0.0,
    )


def _fitted(
    points: np.ndarray, values: np.ndarray, draws: np.ndarray, is_sampled: np.ndarray, zeros: np.ndarray
) -> Emulator:
    """Choose the form by cross-validation, fit it to all values, and apply the conformal correction."""
    import sklearn.ensemble  # noqa: F401  # threadpoolctl limits only libraries that are loaded
    from threadpoolctl import threadpool_limits

    held_out, asked = {}, values[is_sampled]
    with threadpool_limits(1):  # for a fixed order of sums, and because processes already use all cores
        for form in FORMS:
            predicted = np.empty((len(values), 4))
            for there in folds(draws, FOLDS):
                predicted[there] = _fit(form, points[~there], values[~there], zeros)(points[there])
            held_out[form] = predicted[is_sampled]
        form = min(FORMS, key=lambda each: pinball_loss(held_out[each], asked))
        return Emulator(form, _fit(form, points, values, zeros), _conformal_shift(held_out[form], asked))


def pinball_loss(predicted: np.ndarray, values: np.ndarray) -> float:
    """Return the mean pinball loss of the three quantiles; lower is better."""
    losses = [
        np.maximum(share * left, (share - 1.0) * left).mean()
        for share, place in zip(QUANTILES, (LOW, MEDIAN, HIGH), strict=True)
        for left in [values - predicted[:, place]]
    ]
    return float(np.mean(losses))


def _conformal_shift(predicted: np.ndarray, values: np.ndarray) -> float:
    """Return the conformal shift of both interval ends that gives the nominal coverage on held-out values."""
    scores = np.sort(np.maximum(predicted[:, LOW] - values, values - predicted[:, HIGH]))
    place = int(np.ceil((len(scores) + 1) * LEVEL)) - 1
    return float(scores[min(place, len(scores) - 1)])


def _fit(form: str, points: np.ndarray, values: np.ndarray, zeros: np.ndarray) -> Fitted:
    """Return a form fitted to standardised values, so that penalties are comparable between outcomes."""
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
    """A model of standardised values, converted back to their unit."""

    fitted: Fitted
    middle: float
    spread: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return mean, low, median and high; crossing quantiles are sorted."""
        predicted = self.fitted(points) * self.spread + self.middle
        predicted[:, LOW:] = np.sort(predicted[:, LOW:], axis=1)
        return predicted


class _Surface:
    """A polynomial of the mean, one of the absolute residual, and quantiles of the scaled residual.

    The mean is fitted to its own points and values, which include the points known to be zero.
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
    """Gradient-boosted trees: one ensemble for the mean (on its own points), and one per quantile."""

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
