"""Low-level tools of the compiled loops, without effect on results: cache alignment, prefetching, bit masks.

A record of `HOUSEHOLD` or `LIFE` fills exactly one cache line if its array starts at a cache line. Records
far apart are slow to load, so a loop prefetches the records that it uses next. Records used last are
still in the cache: a loop that runs backwards through a list, after one that ran forwards, finds most of
a city's records there.

A mask holds one bit for each of 32 care slots or households. Plain Python gives the same results.
"""

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from agents.compiled import compiled_inline

LINE_BYTES = 64
# List positions between prefetching a record and using it: light loops take less for each than memory does.
AHEAD = 64


def cache_aligned_copy(array: np.ndarray) -> np.ndarray:
    """Return a copy of an array that starts at a cache line.

    Parameters
    ----------
    array : array
        Array of any shape and type.

    Returns
    -------
    array
        The copy.
    """
    copy = cache_aligned_zeros(array.shape, array.dtype)
    copy[...] = array
    return copy


def cache_aligned_zeros(shape: int | tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Return an array of zeros that starts at a cache line.

    Parameters
    ----------
    shape : int or tuple of int
        Shape of the array.
    dtype : dtype
        Type of the array.

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
def as_index(place):
    """Return a list position as an unsigned index.

    A signed index may be negative and count from the end, which the compiler would check at every access.
    """
    return np.uint64(place)


@intrinsic
def _prefetch(typing_context, records, row):
    """Prefetch all cache lines of one record (LLVM's prefetch instruction)."""

    def generate_code(context, builder, signature, arguments):
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        where = cgutils.get_item_pointer(context, builder, signature.args[0], array, [arguments[1]])
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        instruction = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        for offset in range(0, signature.args[0].dtype.size, LINE_BYTES):
            line = builder.gep(builder.bitcast(where, byte), [ir.Constant(number, offset)])
            builder.call(instruction, [line, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(records, row), generate_code


if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]

    def prefetch_ahead(records, listed, turn):
        """Do nothing: plain Python cannot prefetch."""

    def prefetch_behind(records, listed, turn):
        """Do nothing: plain Python cannot prefetch."""

else:

    @compiled_inline
    def prefetch_ahead(records, listed, turn):
        """Prefetch the record `AHEAD` positions after the current one in a list.

        Lists are allocated with `AHEAD` unused entries at the end. Prefetching their records is useless
        but costs less than a bounds check at every position.
        """
        _prefetch(records, np.int64(listed[as_index(turn + AHEAD)]))  # type: ignore[call-arg]

    @compiled_inline
    def prefetch_behind(records, listed, turn):
        """Prefetch the record `AHEAD` positions before the current one, for a loop that runs backwards."""
        _prefetch(records, np.int64(listed[as_index(max(0, turn - AHEAD))]))  # type: ignore[call-arg]


BLOCK = 32  # households that share one mask, compared in one vector instruction
ONE = np.uint32(1)
_MONTH = ir.IntType(16)
_BITS = ir.IntType(BLOCK)


@intrinsic
def _count_trailing_zeros(typing_context, mask):
    """Return the number of zeros below the lowest set bit."""

    def generate_code(context, builder, signature, arguments):
        return builder.zext(builder.cttz(arguments[0], ir.IntType(1)(1)), ir.IntType(64))

    return types.int64(types.uint32), generate_code


@intrinsic
def _mask_of_months_up_to(typing_context, records, start, month):
    """Compare a block of records, each of them a month, with one month in a vector instruction."""

    def generate_code(context, builder, signature, arguments):
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        where = cgutils.get_item_pointer(context, builder, signature.args[0], array, [arguments[1]])
        block = ir.VectorType(_MONTH, BLOCK)
        months = builder.load(builder.bitcast(where, block.as_pointer()), align=_MONTH.width // 8)
        first = builder.insert_element(ir.Constant(block, ir.Undefined), arguments[2], _BITS(0))
        same = builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(_BITS, BLOCK), None))
        return builder.bitcast(builder.icmp_signed("<=", months, same), _BITS)

    return types.uint32(records, types.int64, types.int16), generate_code


if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]

    def lowest_bit(mask):
        """Return the position of the lowest set bit of a mask that is not 0."""
        word = int(mask)
        return (word & -word).bit_length() - 1

    def mask_of_months_up_to(records, start, month):
        """Return a mask of a block of months, with a bit set for each that is `month` or earlier."""
        months = records[start : start + BLOCK].view(np.int16)
        return np.uint32(sum(1 << int(each) for each in np.flatnonzero(months <= month)))

else:

    @compiled_inline
    def lowest_bit(mask):
        """Return the position of the lowest set bit of a mask that is not 0."""
        return _count_trailing_zeros(np.uint32(mask))  # type: ignore[call-arg]

    @compiled_inline
    def mask_of_months_up_to(records, start, month):
        """Return a mask of a block of months, with a bit set for each that is `month` or earlier."""
        return _mask_of_months_up_to(records, np.int64(start), np.int16(month))  # type: ignore[call-arg]


@compiled_inline
def list_bits(mask, first, listed, count):
    """Append `first` plus the position of each set bit of a mask to a list; return its new length."""
    while mask:
        listed[as_index(count)] = first + lowest_bit(mask)
        mask &= mask - ONE
        count += 1
    return count
