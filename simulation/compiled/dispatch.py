"""The way straight into compiled loops.

Numba looks at the type of every array of the world at every call: two dozen of them, some four
microseconds, which in a small town is longer than most loops take. Here it looks once.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import typeof
from numba.core.registry import CPUDispatcher

from simulation.world import World

# Compiled loops, by what the world they were made for consists of: worlds differ in length alone.
Loop = Callable[..., Any]
_KNOWN: dict[tuple[tuple[np.dtype, int], ...], dict[Loop, Loop]] = {}


class Dispatch:
    """Runs compiled loops over a world without asking at every call what it is made of.

    What a loop is given beside the world has to be of the same types at every call, as the arrays
    of models are.
    """

    def __init__(self) -> None:
        self._world: World | None = None
        self._known: dict[Loop, Loop] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> "Dispatch":
        """Return one that has seen no world yet: a copied model has a world of its own."""
        return Dispatch()

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return Dispatch, ()

    def __call__(self, loop: Loop, world: World, *more: Any) -> Any:
        """Run a loop over the world, and what more it is given."""
        if world is not self._world:
            self._world, self._known = world, _KNOWN.setdefault(made_of(world), {})
        entry_point = self._known.get(loop)
        if entry_point is None:
            entry_point = self._known[loop] = entry_point_of(loop, world, *more)
        return entry_point(world, *more)


def made_of(world: World) -> tuple[tuple[np.dtype, int], ...]:
    """Return the kinds of arrays a world consists of.

    Raises
    ------
    ValueError
        Where an array is none that compiled code could read as it stands.
    """
    for name, array in zip(World._fields, world, strict=True):
        if not array.flags.carray:
            raise ValueError(f"world.{name}: expected an array that is writeable and without gaps")
    return tuple((array.dtype, array.ndim) for array in world)


def entry_point_of(loop: Loop, *given: Any) -> Loop:
    """Return the compiled code of a loop for arguments like these; the loop itself if it is plain Python."""
    if not isinstance(loop, CPUDispatcher):
        return loop
    entry_point: Loop = loop.compile(tuple(typeof(each) for each in given))
    return entry_point
