"""Where records lie in memory, and asking for one before its turn: faster, and nothing else.

A household's record fills one line of the processor's memory exactly, if the array begins where a
line begins. Records far apart come slowly; one asked for in time is there when its turn comes. What was
looked at last is nearest: a loop that goes through a list backwards, after one that went forwards, finds
the greater part of a city's records still there.
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
    """Return a copy of an array that begins where a line of memory begins."""
    copy = zeros_lined_up(array.shape, array.dtype)
    copy[...] = array
    return copy


def zeros_lined_up(shape: int | tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Return an array of zeros that begins where a line of memory begins."""
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
        """Plain Python has no memory to ask."""

    def prefetch_behind(records, listed, turn):
        """Plain Python has no memory to ask."""

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
