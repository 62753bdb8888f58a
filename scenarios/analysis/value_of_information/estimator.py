"""The expected value of partial perfect information (EVPPI), by regression on existing draws.

After Strong, Oakley and Brennan (2014): the net benefit of each policy is regressed on the unknowns that a
study would measure. The value of knowing them is the mean of the highest fitted value per draw minus the
highest mean. Pure functions of arrays: a row per draw, a column per policy or unknown.

The regression is a Gaussian process. For one unknown it is a smoothing spline (cosines of its rank, with the
prior of a penalty on the second derivative); for several the sum of their splines, with or without all
two-way products. Signal strength (possibly zero) and kernel maximise the likelihood; a fit with a
leave-one-out error no lower than that of the mean is rejected.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

WAVES = 6  # number of cosine terms per unknown
RATIOS = np.concatenate([[0.0], np.logspace(-2.0, 6.0, 49)])  # signal-to-noise ratios, summed over draws
SAMPLES = 400  # of the fitted functions and of the draws, for standard errors
PERMUTATIONS = 200
SURE = 0.95
TINY = 1e-9


@dataclass(frozen=True)
class Information:
    """The value of knowing one unknown, or several together.

    Attributes
    ----------
    value : float
        EVPPI, in the unit of the net benefit.
    error : float
        Standard error of `value`, from the regression and the finite number of draws.
    changes : float
        Probability that the best policy given the unknown differs from the policy that is best on average.
    changes_error : float
        Standard error of `changes`.
    explained : float
        Leave-one-out explained share of the variance of the difference between the two leading policies.
    of_nothing : float
        Mean EVPPI of an unknown without effect: the bias, by permutation of the draws.
    permuted : float64 array of shape (n_permutations,)
        EVPPI under every permutation.
    """

    value: float
    error: float
    changes: float
    changes_error: float
    explained: float
    of_nothing: float
    permuted: np.ndarray


def value_of(benefits: np.ndarray) -> float:
    """Return the gain of choosing the best policy per row over one policy for all rows.

    Parameters
    ----------
    benefits : float64 array of shape (n_draws, n_policies)
        Net benefit.

    Examples
    --------
    >>> value_of(np.array([[0.0, 2.0], [0.0, -2.0]]))
    1.0
    """
    return float(benefits.max(axis=1).mean() - benefits.mean(axis=0).max())


def value_across_seeds(benefits: np.ndarray) -> float:
    """Return the gain of choosing by the mean of some seeds, evaluated on the other seeds.

    The random numbers cannot be known in advance, so this excludes their value. The choice is imprecise with
    few seeds, so this is a lower bound on the value of knowing all unknowns.

    Parameters
    ----------
    benefits : float64 array of shape (n_draws, n_seeds, n_policies)
        Net benefit; two seeds or more.
    """
    half = benefits.shape[1] // 2
    parts = benefits[:, :half].mean(axis=1), benefits[:, half:].mean(axis=1)
    found = [
        np.take_along_axis(had, chosen.argmax(axis=1)[:, None], axis=1).mean()
        for chosen, had in (parts, parts[::-1])
    ]
    return float(np.mean(found) - np.mean(parts, axis=(0, 1)).max())


def information(benefits: np.ndarray, unknowns: np.ndarray, orders: np.ndarray, seed: int = 0) -> Information:
    """Return the value of knowing some unknowns together.

    Parameters
    ----------
    benefits : float64 array of shape (n_draws, n_policies)
        Net benefit of every policy.
    unknowns : float64 array of shape (n_draws, n_unknowns)
        Their values.
    orders : int array of shape (n_permutations, n_draws)
        Permutations of the draws, the same for all groups that are compared.
    seed : int
        Seed of the samples for the standard errors.
    """
    more = benefits[:, 1:] - benefits[:, :1]
    spectra = _spectra(unknowns)
    fits = [_fit(spectrum, more) for spectrum in spectra]
    best = int(np.argmax([fit.likelihood for fit in fits]))
    fitted = _with_first(fits[best].values)
    values, changes = _sampled(spectra[best], fits[best], seed)
    permuted = _of_permuted(spectra, more, orders)
    return Information(
        value=value_of(fitted),
        error=float(values.std(ddof=1)),
        changes=_share_changed(fitted),
        changes_error=float(changes.std(ddof=1)),
        explained=_explained(benefits, fits[best].left_out),
        of_nothing=float(permuted.mean()) if permuted.size else 0.0,
        permuted=permuted,
    )


def permutations(draws: int, count: int = PERMUTATIONS, seed: int = 0) -> np.ndarray:
    """Return permutations of the draws, int of shape (count, draws)."""
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(draws) for _ in range(count)])


def threshold(found: Sequence[Information]) -> float:
    """Return the 95% quantile of the largest value over all groups, under permutation of the draws.

    Corrects for multiple comparisons; all of `found` have to use the same permutations.
    """
    highest = np.max([each.permuted for each in found], axis=0)
    return float(np.quantile(highest, SURE))


@dataclass(frozen=True)
class _Spectrum:
    """Eigenvalues, of shape (n_terms,), and eigenvectors, of shape (n_draws, n_terms), of a kernel."""

    values: np.ndarray
    vectors: np.ndarray


@dataclass(frozen=True)
class _Fit:
    """Fitted values of shape (n_draws, n_columns), and the components of their uncertainty."""

    values: np.ndarray
    kept: np.ndarray  # shrinkage factor of every term, shape (n_terms, n_columns)
    noise: np.ndarray  # residual variance, shape (n_columns,)
    left_out: np.ndarray  # leave-one-out residual of every draw
    likelihood: float


def _waves(unknown: np.ndarray) -> np.ndarray:
    """Return the cosines of one unknown's rank, scaled by the smoothness prior."""
    rank = (rankdata(unknown) - 0.5) / len(unknown)
    number = np.arange(1, WAVES + 1)
    waves = np.cos(np.pi * number * rank[:, None]) / number**2
    return waves - waves.mean(axis=0)


def _spectra(unknowns: np.ndarray) -> list[_Spectrum]:
    """Return the candidate kernels: the sum of all splines, without and with all two-way products."""
    if unknowns.shape[1] == 1:
        vectors, values, _ = np.linalg.svd(_waves(unknowns[:, 0]), full_matrices=False)
        return [_normed(values**2, vectors)]
    count = len(unknowns)
    added, squares = np.zeros((count, count)), np.zeros((count, count))
    for column in unknowns.T:
        waves = _waves(column)
        kernel = waves @ waves.T
        kernel *= count / max(np.trace(kernel), TINY)
        added += kernel
        squares += kernel**2
    products = (added**2 - squares) / 2.0
    both = added / np.trace(added) + products / np.trace(products)
    return [_normed(*np.linalg.eigh(_centred(kernel))) for kernel in (added, both)]


def _centred(kernel: np.ndarray) -> np.ndarray:
    means = kernel.mean(axis=0)
    return kernel - means - means[:, None] + means.mean()


def _normed(values: np.ndarray, vectors: np.ndarray) -> _Spectrum:
    """Return the nonzero terms, with eigenvalues normalised to a sum of 1."""
    count = values > TINY * max(float(values.max()), TINY)
    return _Spectrum(values[count] / values[count].sum(), vectors[:, count])


def _fit(spectrum: _Spectrum, targets: np.ndarray) -> _Fit:
    """Return the regression of every column on a kernel, with the signal strength of maximum likelihood."""
    draws, mean = len(targets), targets.mean(axis=0)
    terms = spectrum.vectors.T @ (targets - mean)
    whole = ((targets - mean) ** 2).sum(axis=0)
    left = np.maximum(whole - (terms**2).sum(axis=0), 0.0)
    growth = 1.0 + RATIOS[:, None] * spectrum.values  # of shape (n_ratios, n_terms)
    squares = (1.0 / growth) @ terms**2 + left
    likelihood = -0.5 * (draws * np.log(np.maximum(squares, TINY)) + np.log(growth).sum(axis=1)[:, None])
    chosen = likelihood.argmax(axis=0)
    kept = (1.0 - 1.0 / growth[chosen]).T
    left_out = _left_out(spectrum, targets - mean, kept, terms)
    alone = (targets - mean) * draws / (draws - 1.0)
    fails = (left_out**2).sum(axis=0) >= (alone**2).sum(axis=0)
    chosen, kept, left_out = np.where(fails, 0, chosen), kept * ~fails, np.where(fails, alone, left_out)
    values = mean + spectrum.vectors @ (kept * terms)
    noise = np.take_along_axis(squares, chosen[None], axis=0)[0] / draws
    likely = np.take_along_axis(likelihood, chosen[None], axis=0)
    return _Fit(values, kept, noise, left_out, float(likely.sum()))


def _left_out(spectrum: _Spectrum, centred: np.ndarray, kept: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """Return the leave-one-out residual of every draw."""
    leverage = 1.0 / len(centred) + spectrum.vectors**2 @ kept
    return (centred - spectrum.vectors @ (kept * terms)) / np.maximum(1.0 - leverage, TINY)


def _with_first(more: np.ndarray) -> np.ndarray:
    """Return the benefits of all policies relative to the first, whose column is 0."""
    return np.hstack([np.zeros((len(more), 1)), more])


def _share_changed(fitted: np.ndarray) -> float:
    """Return the share of draws in which the best policy differs from the policy that is best on average."""
    return float((fitted.argmax(axis=1) != fitted.mean(axis=0).argmax()).mean())


def _explained(benefits: np.ndarray, left_out: np.ndarray) -> float:
    """Return the explained share of variance of the difference between the two leading policies."""
    first, second = np.argsort(-benefits.mean(axis=0), kind="stable")[:2]
    residuals = _with_first(left_out)
    whole = float((benefits[:, first] - benefits[:, second]).var())
    left = float(((residuals[:, first] - residuals[:, second]) ** 2).mean())
    return max(0.0, 1.0 - left / whole) if whole > 0.0 else 0.0


def _sampled(spectrum: _Spectrum, fit: _Fit, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return value and share changed for samples of the fitted functions and bootstraps of the draws."""
    rng = np.random.default_rng(seed)
    draws, columns = fit.values.shape
    together = _root_of_correlation(fit.left_out)
    values, changes = np.empty(SAMPLES), np.empty(SAMPLES)
    wide = np.sqrt(fit.kept * fit.noise)
    for number in range(SAMPLES):
        terms = wide * (rng.standard_normal((len(wide), columns)) @ together)
        mean = np.sqrt(fit.noise / draws) * (rng.standard_normal(columns) @ together)
        sample = fit.values + mean + spectrum.vectors @ terms
        sample = _with_first(sample)[rng.integers(draws, size=draws)]
        values[number], changes[number] = value_of(sample), _share_changed(sample)
    return values, changes


def _root_of_correlation(residuals: np.ndarray) -> np.ndarray:
    """Return a matrix that gives independent normal columns the correlation of the residuals."""
    spread = residuals.std(axis=0)
    scaled = residuals / np.where(spread > 0.0, spread, 1.0)
    correlation = scaled.T @ scaled / len(scaled)
    np.fill_diagonal(correlation, 1.0)
    return np.linalg.cholesky(correlation + TINY * np.eye(len(correlation))).T


def _of_permuted(spectra: list[_Spectrum], more: np.ndarray, orders: np.ndarray) -> np.ndarray:
    """Return the value under every permutation, in which the unknowns have no effect."""
    found = np.empty(len(orders))
    for number, order in enumerate(orders):
        fits = [_fit(spectrum, more[order]) for spectrum in spectra]
        best = max(fits, key=lambda fit: fit.likelihood)
        found[number] = value_of(_with_first(best.values))
    return found
