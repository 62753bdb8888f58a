"""Bits of a number: found and made as counting them one by one would."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from agents.state import CALENDAR
from simulation.compiled import BLOCK, lowest_bit, mask_of_months_up_to

MONTHS = st.integers(np.iinfo(np.int16).min, np.iinfo(np.int16).max)


@given(st.integers(1, 2**BLOCK - 1))
def test_the_lowest_bit_is_the_first_that_is_set(mask):
    assert lowest_bit(np.uint32(mask)) == f"{mask:b}"[::-1].index("1")


@given(arrays(np.int16, 3 * BLOCK, elements=MONTHS), st.integers(0, 2 * BLOCK), MONTHS)
def test_a_block_of_months_is_compared_as_one_by_one(months, start, month):
    calendar = months.astype(CALENDAR)
    one_by_one = sum(int(each <= month) << i for i, each in enumerate(months[start : start + BLOCK]))
    assert mask_of_months_up_to(calendar, start, np.int16(month)) == one_by_one
