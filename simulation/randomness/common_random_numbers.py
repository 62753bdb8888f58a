"""Common random numbers: uniform draws keyed by (seed, who, month, purpose).

A draw depends on its key only. So a policy that does not affect a household does not change its draws,
whatever the order of execution or the number of processes. The generator is splitmix64 (Steele, Lea and
Flood 2014, doi:10.1145/2714064.2660195), used as a counter-based generator: the month and the purpose,
mixed twice with the seed, give a stream, in which `who` is the counter.
"""

import math
from collections.abc import Callable, Iterator
from enum import IntEnum

import numpy as np
from scipy.special import ndtri

from agents.compiled import compiled_inline

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
ODD_MONTH = np.uint64(0xD1342543DE82EF95)
ODD_PURPOSE = np.uint64(0xDA942042E4DD58B5)
SHIFT_30 = np.uint64(30)
SHIFT_27 = np.uint64(27)
SHIFT_31 = np.uint64(31)
SHIFT_11 = np.uint64(11)
SHIFT_32 = np.uint64(32)
LOW_32 = np.uint64(0xFFFFFFFF)
TO_UNIT = 1.0 / 9007199254740992.0  # 2**-53
TO_UNIT_32 = 1.0 / 4294967296.0  # 2**-32
FOR_GOOD = 0  # the month of a draw that is made once


class Purpose(IntEnum):
    """Purposes of draws. Numbers never change; a new purpose gets a new number.

    Rules use them as `np.int64(Purpose.ROUTE)`, because numba compiles a copy for each literal value.
    """

    NEXT_EVENT = 1
    WHICH_EVENT = 2
    EVENT_SIZE = 3
    SUCCESSOR = 4
    WIJK_SHOCK = 5
    WIJK_SHOCK_STRIKES = 6
    DISPUTE_MEDIATED = 8
    CARER = 10
    ROUTE = 11
    MISDIRECTED_CONTACT = 12
    OBSERVATION = 13
    DEBT_SIGNAL = 14
    REFERRAL_KIND = 15
    FAILED_REFERRAL = 16
    TRIAGE = 17
    WHICH_PROVIDER = 18
    TREATMENT = 19
    DISCHARGE = 20
    RENEWAL = 21
    CRISIS = 22
    HARM = 24
    SLOT_ENDS = 25
    GATE = 26
    MONITOR = 27
    POPULATION_TYPE = 40
    POPULATION_AGE = 41
    POPULATION_CHILDREN = 42
    POPULATION_CHILD_AGE = 43
    POPULATION_INCOME = 44
    POPULATION_FRAILTY = 45
    POPULATION_STRENGTH = 46
    POPULATION_TRUST = 47
    POPULATION_TIES = 48
    POPULATION_TENANT = 49
    POPULATION_SHAME = 50
    POPULATION_NETWORK = 51
    POPULATION_DEPRIVATION = 52
    POPULATION_MONTH = 53
    PARAMETER_DRAW = 60
    EXPERIMENT = 61
    TENDER_BREAKS = 80
    MONITORING = 85
    ASKS_BY_NUMBER = 70
    GP_WORKS_WITH_TEAM = 71
    LOW_THRESHOLD = 72
    INTERVENTION = 73
    INTERVENTION_OBSERVATION = 74
    OTHER_NOTICED = 75
    TEAM_OFFER = 76
    DESK = 77
    OTHER_SEEN = 78
    STAYS_CLOSE = 79
    STORY_PICKED = 90
    PROBLEM_PASSES = 91
    TRAJECTORY = 92
    TEAM_CASE = 93
    CONTRIBUTION = 94
    GUARDIAN = 95
    ENTRY = 96
    MUNICIPAL_EFFECT = 97
    STEP_UP = 98
    REPORT = 99
    GP_GATE = 100


@compiled_inline
def mixed(word: np.uint64) -> np.uint64:
    """Return the 64-bit word thoroughly mixed (finaliser of splitmix64)."""
    word = (word ^ (word >> SHIFT_30)) * MIX_1
    word = (word ^ (word >> SHIFT_27)) * MIX_2
    return word ^ (word >> SHIFT_31)


@compiled_inline
def stream(seed: int, month: int, purpose: int) -> np.uint64:
    """Return the stream of one purpose in one month, an unsigned 64-bit number.

    Call it in compiled code only: numba returns a uint64 to Python as a plain int.
    """
    word = mixed(np.uint64(seed) + ODD_PURPOSE * np.uint64(purpose))
    return mixed(word + ODD_MONTH * np.uint64(month + 65536))


@compiled_inline
def word_of(a_stream: np.uint64, who: int) -> np.uint64:
    """Return the 64 random bits of `who` on a stream."""
    return mixed(a_stream + GOLDEN * np.uint64(who + 1))


@compiled_inline
def uniform_on(a_stream: np.uint64, who: int) -> float:
    """Return the uniform draw in [0, 1) of `who` on a stream."""
    return (word_of(a_stream, who) >> SHIFT_11) * TO_UNIT


@compiled_inline
def uniform(seed: int, who: int, month: int, purpose: int) -> float:
    """Return the uniform draw in [0, 1) with this key."""
    return uniform_on(stream(seed, month, purpose), who)


@compiled_inline
def error_on(a_stream: np.uint64, who: int) -> float:
    """Return a symmetric draw with mean 0 and standard deviation 1, triangular in shape.

    Two uniform halves of one word are added: bounded at 2.45 standard deviations, and cheap.
    """
    word = word_of(a_stream, who)
    high = (word >> SHIFT_32) * TO_UNIT_32
    low = (word & LOW_32) * TO_UNIT_32
    return (high + low - 1.0) * 2.449489742783178


@compiled_inline
def normal_on(a_stream: np.uint64, who: int) -> float:
    """Return a normal draw with mean 0 and standard deviation 1 (Box and Muller 1958), of one word."""
    word = word_of(a_stream, who)
    high = ((word >> SHIFT_32) + 0.5) * TO_UNIT_32
    low = (word & LOW_32) * TO_UNIT_32
    return math.sqrt(-2.0 * math.log(high)) * math.cos(2.0 * math.pi * low)


@compiled_inline
def fill_uniforms(drawn: np.ndarray, seed: int, month: int, purpose: int) -> None:
    """Fill an array, float64 of shape (count,), with the draws of members 0..count-1."""
    a_stream = stream(seed, month, purpose)
    for who in range(len(drawn)):
        drawn[who] = uniform_on(a_stream, who)


def uniforms(seed: int, count: int, month: int, purpose: int) -> np.ndarray:
    """Return the draws of members 0..count-1, float64 of shape (count,)."""
    drawn = np.empty(count)
    fill_uniforms(drawn, seed, month, int(purpose))
    return drawn


# Keyed random numbers for a range of members; `uniforms` returns those of all members.

BLOCK = 1 << 17  # members drawn at a time


@compiled_inline
def _fill_draws(drawn: np.ndarray, seed: int, first: int, month: int, purpose: int) -> None:
    """Fill an array with the uniform draws of members first, first + 1, and so on."""
    a_stream = stream(seed, month, purpose)
    for place in range(len(drawn)):
        drawn[place] = uniform_on(a_stream, first + place)


@compiled_inline
def _fill_errors(drawn: np.ndarray, seed: int, first: int, month: int, purpose: int) -> None:
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
    """Yield slices of at most `BLOCK` rows that cover `count` rows."""
    for first in range(0, count, BLOCK):
        yield slice(first, min(first + BLOCK, count))


def random_numbers_of(seed: int, rows: slice) -> Callable[..., np.ndarray]:
    """Return a function from purpose and sub-stream to the uniform draws of a block of rows."""

    def random_numbers(purpose: Purpose, sub_stream: int = 0) -> np.ndarray:
        return draws_from(seed, rows.start, rows.stop - rows.start, sub_stream, int(purpose))

    return random_numbers


def normal_scores(draws: np.ndarray) -> np.ndarray:
    """Return the normal scores of uniform draws; draws of 0 are raised, because their score is infinite."""
    return ndtri(np.maximum(draws, 1e-16))
