"""Bits of a number, found and made by the processor's own instructions where rules are compiled.

A mask holds one bit for each of 32 places or households. Plain Python gives the same by counting.
"""

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from agents.compiled import compiled_inline
from simulation.compiled.memory_locality import at

BLOCK = 32  # households that share one mask: as many are compared at once
ONE = np.uint32(1)
_MONTH = ir.IntType(16)
_BITS = ir.IntType(BLOCK)


@intrinsic
def _lowest(typing_context, mask):
    """Return how many zeros come before the lowest bit."""

    def written(context, builder, signature, arguments):
        return builder.zext(builder.cttz(arguments[0], ir.IntType(1)(1)), ir.IntType(64))

    return types.int64(types.uint32), written


@intrinsic
def _up_to(typing_context, records, start, month):
    """Compare a block of records, each of them a month, with one month."""

    def written(context, builder, signature, arguments):
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        where = cgutils.get_item_pointer(context, builder, signature.args[0], array, [arguments[1]])
        block = ir.VectorType(_MONTH, BLOCK)
        months = builder.load(builder.bitcast(where, block.as_pointer()), align=_MONTH.width // 8)
        first = builder.insert_element(ir.Constant(block, ir.Undefined), arguments[2], _BITS(0))
        same = builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(_BITS, BLOCK), None))
        return builder.bitcast(builder.icmp_signed("<=", months, same), _BITS)

    return types.uint32(records, types.int64, types.int16), written


if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]

    def lowest_bit(mask):
        """Return the number of the lowest bit of a mask that is not 0."""
        word = int(mask)
        return (word & -word).bit_length() - 1

    def up_to(records, start, month):
        """Return one bit for each of a block of months: whether it is `month` or before."""
        months = records[start : start + BLOCK].view(np.int16)
        return np.uint32(sum(1 << int(each) for each in np.flatnonzero(months <= month)))

else:

    @compiled_inline
    def lowest_bit(mask):
        """Return the number of the lowest bit of a mask that is not 0."""
        return _lowest(np.uint32(mask))  # type: ignore[call-arg]

    @compiled_inline
    def up_to(records, start, month):
        """Return one bit for each of a block of months: whether it is `month` or before."""
        return _up_to(records, np.int64(start), np.int16(month))  # type: ignore[call-arg]


@compiled_inline
def list_bits(mask, first, listed, count):
    """List whose bits a mask sets, counted from `first` on, after the `count` listed; returns how many."""
    while mask:
        listed[at(count)] = first + lowest_bit(mask)
        mask &= mask - ONE
        count += 1
    return count
