"""What makes compiled loops fast, and changes no result: memory locality, and bits by processor instructions.

A household's record fills one cache line exactly, and its life's another, if the arrays begin at a
cache line. Records far apart come slowly; one asked for in time is there when its turn comes. What was
looked at last is nearest: a loop that goes through a list backwards, after one that went forwards,
finds most of a city's records still there.

A mask holds one bit for each of 32 places or households; plain Python counts them with the same result.
"""

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from agents.compiled import compiled_inline

LINE_BYTES = 64
AHEAD = 16  # turns between asking for a record and needing it


def lined_up(array: np.ndarray) -> np.ndarray:
    """Return a copy of an array that begins at a cache line.

    Parameters
    ----------
    array : array
        Array of any shape and type.

    Returns
    -------
    array
        Its copy.
    """
    copy = zeros_lined_up(array.shape, array.dtype)
    copy[...] = array
    return copy


def zeros_lined_up(shape: int | tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Return an array of zeros that begins at a cache line.

    Parameters
    ----------
    shape : int or tuple of int
        Its shape.
    dtype : dtype
        Its type.

    Returns
    -------
    array
        Zeros, writeable.
    """
    size = int(np.prod(shape)) * dtype.itemsize
    buffer = np.zeros(size + LINE_BYTES, dtype=np.uint8)
    first = -buffer.ctypes.data % LINE_BYTES
    return buffer[first : first + size].view(dtype).reshape(shape)


@compiled_inline
def at(place):
    """Return a place in a list, counted from its beginning.

    A number with a sign might count from the end: the compiler would ask at every turn whether it does.
    """
    return np.uint64(place)


@intrinsic
def _prefetch(typing_context, records, row):
    """Ask the processor for all lines of one record (the compiler's own prefetch instruction)."""

    def written(context, builder, signature, arguments):
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        where = cgutils.get_item_pointer(context, builder, signature.args[0], array, [arguments[1]])
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        asks = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        for offset in range(0, signature.args[0].dtype.size, LINE_BYTES):
            line = builder.gep(builder.bitcast(where, byte), [ir.Constant(number, offset)])
            builder.call(asks, [line, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(records, row), written


if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]

    def prefetch_ahead(records, listed, turn):
        """Do nothing: plain Python has no memory to ask."""

    def prefetch_behind(records, listed, turn):
        """Do nothing: plain Python has no memory to ask."""

else:

    @compiled_inline
    def prefetch_ahead(records, listed, turn):
        """Ask for the record of whoever on a list has its turn soon.

        A list has room for `AHEAD` more than can be on it: what lies behind its end is asked for in
        vain, which costs less than to look for the end at every turn.
        """
        _prefetch(records, np.int64(listed[at(turn + AHEAD)]))  # type: ignore[call-arg]

    @compiled_inline
    def prefetch_behind(records, listed, turn):
        """Ask for the record of whoever has its turn soon on a list that is gone through backwards."""
        _prefetch(records, np.int64(listed[at(max(0, turn - AHEAD))]))  # type: ignore[call-arg]


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
