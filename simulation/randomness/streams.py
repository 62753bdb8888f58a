"""Keyed luck for a run of members at once, where `luck.uniforms` gives them all."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.special import ndtri

from agents.compiled import rule
from simulation.randomness.common_random_numbers import Purpose, error_on, stream, uniform_on

BLOCK = 1 << 17  # members drawn at a time


@rule
def _fill_draws(drawn, seed, first, month, purpose):
    """Fill an array with the uniform draws of members first, first + 1, and so on."""
    a_stream = stream(seed, month, purpose)
    for place in range(len(drawn)):
        drawn[place] = uniform_on(a_stream, first + place)


@rule
def _fill_errors(drawn, seed, first, month, purpose):
    """Fill an array with the symmetric draws of members first, first + 1, and so on."""
    a_stream = stream(seed, month, purpose)
    for place in range(len(drawn)):
        drawn[place] = error_on(a_stream, first + place)


def draws_from(seed: int, first: int, count: int, month: int, purpose: int) -> np.ndarray:
    """Return the uniform draws of members first..first+count-1, float64 of shape (count,)."""
    drawn = np.empty(count)
    _fill_draws(drawn, seed, first, month, purpose)
    return drawn


def errors_from(seed: int, first: int, count: int, month: int, purpose: int) -> np.ndarray:
    """Return symmetric draws (mean 0, deviation 1) of members first.., float64 of shape (count,)."""
    drawn = np.empty(count)
    _fill_errors(drawn, seed, first, month, purpose)
    return drawn


def blocks(count: int) -> Iterator[slice]:
    """Yield the rows in blocks."""
    for first in range(0, count, BLOCK):
        yield slice(first, min(first + BLOCK, count))


def luck_of(seed: int, rows: slice) -> Callable[..., np.ndarray]:
    """Return the uniform draws of a block by purpose and sub-stream."""

    def luck(purpose: Purpose, sub_stream: int = 0) -> np.ndarray:
        return draws_from(seed, rows.start, rows.stop - rows.start, sub_stream, int(purpose))

    return luck


def normal_scores(draws: np.ndarray) -> np.ndarray:
    """Return the normal scores of uniform draws, kept off 0, whose score is infinite."""
    return ndtri(np.maximum(draws, 1e-16))
