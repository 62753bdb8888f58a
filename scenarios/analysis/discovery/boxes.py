"""Boxes in which a policy fails, by PRIM as the EMA Workbench has it; found on some cases, judged on others.

Pure functions on a table of factors and a yes or no per case.
"""

import contextlib
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from scenarios.common.errors import ConfigurationError

MOST_FACTORS = 4  # more than this nobody can remember
SURE = 0.05  # a restriction with a higher quasi-p value is left out; a box with a higher p is none
LEAST_CASES = 30
PEELED, LEAST_MASS = 0.05, 0.05


@dataclass(frozen=True)
class Limit:
    """One restriction of a box: a factor, its ends (None where open), and their quasi-p values."""

    factor: str
    low: float | None
    high: float | None
    low_quasi_p: float | None
    high_quasi_p: float | None


@dataclass(frozen=True)
class Box:
    """A box and what it holds.

    Attributes
    ----------
    limits : tuple of Limit
        Restrictions, the surest first.
    found, judged : (coverage, density)
        On the cases it was found in, and on the held-out cases.
    judged_p : float
        Chance that as many hits or more lie inside, of the held-out cases, where the box has nothing to
        do with them (Fisher's exact test, one-sided).
    trajectory : DataFrame
        Coverage, density and number of restricted factors at every step of the peeling.
    """

    limits: tuple[Limit, ...]
    found: tuple[float, float]
    judged: tuple[float, float]
    judged_p: float
    trajectory: pd.DataFrame


def find_box(factors: pd.DataFrame, hits: np.ndarray) -> Box | None:
    """Return the box that marks out most hits with the fewest misses; None where nothing is sure.

    From every box on the peeling trajectory, restrictions that chance explains (quasi-p above 0.05) are
    dropped, and all but the four surest. Of what is left the one is taken in which coverage and density are
    highest together (their harmonic mean). Two thirds of the cases find it, every third judges it.

    Raises
    ------
    ConfigurationError
        When there are too few cases, or nearly all are alike.
    """
    hits = np.asarray(hits, dtype=bool)
    if len(hits) < LEAST_CASES:
        raise ConfigurationError(
            f"samples = {len(hits)}: expected at least {LEAST_CASES} cases to find a box in"
        )
    finding = np.arange(len(hits)) % 3 != 2
    _check_mixed(hits[finding])
    table = factors[finding].reset_index(drop=True)
    trajectory, lims, quasi_p = _peeled(table, hits[finding])
    steps = [_limits(box, sure)[:MOST_FACTORS] for box, sure in zip(lims, quasi_p, strict=True)]
    quality = [coverage_and_density(is_inside(table, limits), hits[finding]) for limits in steps]
    together = [_both(*each) if limits else -1.0 for each, limits in zip(quality, steps, strict=True)]
    best = int(np.argmax(together))
    if not steps[best]:
        return None
    inside = is_inside(factors, steps[best])
    trajectory = trajectory.assign(
        coverage=[each[0] for each in quality],
        density=[each[1] for each in quality],
        chosen=np.arange(len(steps)) == best,
    )
    others = inside[~finding], hits[~finding]
    return Box(steps[best], quality[best], coverage_and_density(*others), chance_of(*others), trajectory)


def chance_of(inside: np.ndarray, hits: np.ndarray) -> float:
    """Return the chance that as many hits or more lie inside by chance alone, as Fisher's exact test has it.

    Examples
    --------
    >>> chance_of(np.array([True, True, False, False]), np.array([True, True, False, False])).round(3)
    np.float64(0.167)
    """
    both = (inside & hits).sum()
    return stats.hypergeom.sf(both - 1, len(hits), hits.sum(), inside.sum())


def _both(coverage: float, density: float) -> float:
    """Return how high coverage and density are together: their harmonic mean."""
    return 2.0 * coverage * density / (coverage + density) if coverage + density > 0.0 else 0.0


def is_inside(factors: pd.DataFrame, limits: tuple[Limit, ...]) -> np.ndarray:
    """Return which cases lie inside limits, bool of shape (n_cases,)."""
    inside = np.ones(len(factors), dtype=bool)
    for limit in limits:
        column = factors[limit.factor].to_numpy()
        inside &= (limit.low is None) | (column >= (limit.low if limit.low is not None else 0.0))
        inside &= (limit.high is None) | (column <= (limit.high if limit.high is not None else 0.0))
    return inside


def coverage_and_density(inside: np.ndarray, hits: np.ndarray) -> tuple[float, float]:
    """Return the share of hits that lie inside, and the share of what lies inside that are hits.

    Examples
    --------
    >>> coverage_and_density(np.array([True, True, False]), np.array([True, False, True]))
    (0.5, 0.5)
    """
    both = float((inside & hits).sum())
    return (
        both / float(hits.sum()) if hits.any() else float("nan"),
        both / float(inside.sum()) if inside.any() else float("nan"),
    )


def _check_mixed(hits: np.ndarray) -> None:
    """Raise ConfigurationError when nearly all cases are alike: there is nothing to mark out."""
    few = min(int(hits.sum()), int((~hits).sum()))
    if few < 5:
        raise ConfigurationError(
            f"{int(hits.sum())} of {len(hits)} cases meet the condition: too few or too many to mark out; "
            "choose another threshold with above= or below=, or more samples"
        )


def _peeled(
    factors: pd.DataFrame, hits: np.ndarray
) -> tuple[pd.DataFrame, list[pd.DataFrame], list[Mapping[str, Any]]]:
    """Return the peeling trajectory, its boxes, and their quasi-p values."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ema_workbench.analysis import prim
    except ImportError:
        raise ConfigurationError(
            "discover: the EMA Workbench is not installed; pip install 'landingsbaan[explore]'"
        ) from None
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search: Any = prim.Prim(
            factors, hits, threshold=float(hits.mean()), peel_alpha=PEELED, mass_min=LEAST_MASS
        )
        box = search.find_box()
    return box.peeling_trajectory.reset_index(drop=True), box.box_lims, box.qp


def _limits(lims: pd.DataFrame, quasi_p: Mapping[str, list[float]]) -> tuple[Limit, ...]:
    """Return the sure restrictions of one box of the trajectory."""
    found = []
    for name, (low, high) in quasi_p.items():
        keeps_low, keeps_high = 0.0 <= low <= SURE, 0.0 <= high <= SURE
        if keeps_low or keeps_high:
            ends = lims[name]
            found.append(
                Limit(
                    name,
                    float(ends.iloc[0]) if keeps_low else None,
                    float(ends.iloc[1]) if keeps_high else None,
                    float(low) if keeps_low else None,
                    float(high) if keeps_high else None,
                )
            )
    return tuple(
        sorted(found, key=lambda each: min(p for p in (each.low_quasi_p, each.high_quasi_p) if p is not None))
    )
