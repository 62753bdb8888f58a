"""Keyed luck for a run of members at once, where `luck.uniforms` gives them all."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.special import ndtri

from agents.rule import rule
from simulation.luck import Purpose, error_on, stream, uniform_on

BLOCK = 1 << 17  # members drawn at a time


@rule
def draws_from(seed, first, count, month, purpose):
    """Return the uniform draws of members first..first+count-1, float64 of shape (count,)."""
    drawn = np.empty(count)
    a_stream = stream(seed, month, purpose)
    for place in range(count):
        drawn[place] = uniform_on(a_stream, first + place)
    return drawn


@rule
def errors_from(seed, first, count, month, purpose):
    """Return symmetric draws (mean 0, deviation 1) of members first.., float64 of shape (count,)."""
    drawn = np.empty(count)
    a_stream = stream(seed, month, purpose)
    for place in range(count):
        drawn[place] = error_on(a_stream, first + place)
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
