"""Compile a rule, in one of three ways.

* `compiled_inline`: written into whoever calls it. For what every household goes through every month.
* `compiled_inner`: inlined too, and without an entry point for Python. Only other compiled rules can
  call it.
* `compiled`: compiled once for every loop and called where it stands. For what few go through in a
  month, and for loops over all agents.

What another rule calls is compiled as a part of it, what Python calls as an entry point. Compiling
costs little for a part: `docs/explanation/compiled_code.md` says how and why.

Numba's disk cache does not notice edits in other files, so the cache folder is named after the
sources and after the library's version: edit any rule and every loop is compiled afresh. Where the
sources lie does not matter: two clones of one version share what is compiled. Its files carry a
checksum: machine code that was damaged on the disk is compiled anew instead of run.
"""

import functools
import hashlib
import os
import pickle
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy as np
import platformdirs
from numba.core import itanium_mangler, sigutils, types
from numba.core.caching import FunctionCache, IndexDataCacheFile, UserProvidedCacheLocator
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher
from numba.core.typing.templates import make_concrete_template

_ROOT = Path(__file__).resolve().parents[1]
# What is only read of a run that has ended changes no run: all of the folder, or all but these files.
READING = {"outcomes": (), "recording": ("diary", "month_row", "recorder", "tallies")}


def _fingerprint() -> str:
    """Return twelve hexadecimal digits that change with any source that makes a run what it is."""
    digest = hashlib.sha256(numba.__version__.encode())
    for folder in ("agents", "simulation"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            if path.stem in READING.get(path.parent.name, (path.stem,)):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


MODEL_VERSION = _fingerprint()
CACHE_FOLDER = Path(
    os.environ.get("NUMBA_CACHE_DIR") or Path(platformdirs.user_cache_dir("landingsbaan")) / MODEL_VERSION
)
numba.config.CACHE_DIR = str(CACHE_FOLDER)  # type: ignore[attr-defined]


class CompiledCacheLocator(UserProvidedCacheLocator):
    """Finds our compiled rules by package instead of by path: the folder above them tells the sources."""

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        """Return the locator of a function of ours, None for one of another library.

        Parameters
        ----------
        py_func : callable
            The function that is compiled.
        py_file : str
            File it stands in.

        Returns
        -------
        CompiledCacheLocator or None
            The locator, if the file is one of ours.
        """
        ours = _ROOT in Path(py_file).resolve().parents
        return super().from_function(py_func, py_file) if ours else None  # type: ignore[no-untyped-call]

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """Return the name of the package a file is in.

        Parameters
        ----------
        py_file : str
            File of a function of ours.

        Returns
        -------
        str
            Name of the folder in the cache folder.
        """
        return ".".join(Path(py_file).resolve().relative_to(_ROOT).parent.parts)


numba.config.CACHE_LOCATOR_CLASSES = (  # type: ignore[attr-defined]
    f"{CompiledCacheLocator.__module__}.{CompiledCacheLocator.__name__},"
    "UserProvidedCacheLocator,InTreeCacheLocator,UserWideCacheLocator,IPythonCacheLocator"
)


class _CheckedFile(IndexDataCacheFile):
    """The files of one compiled function, each behind a checksum of its content."""

    has_warned = False

    def _load_index(self) -> Any:
        found = self._read(self._index_path)
        return found[1] if found is not None and found[0] == (self._version, self._source_stamp) else {}

    def _save_index(self, overloads: Any) -> None:
        self._write(self._index_path, ((self._version, self._source_stamp), overloads))

    def _load_data(self, name: str) -> Any:
        return self._read(self._data_path(name))  # type: ignore[no-untyped-call]

    def _save_data(self, name: str, data: Any) -> None:
        self._write(self._data_path(name), data)  # type: ignore[no-untyped-call]

    def _read(self, path: str) -> Any:
        """Return what a file holds, None where there is none or it is damaged: then it is compiled anew."""
        try:
            stored = Path(path).read_bytes()
        except FileNotFoundError:
            return None
        checksum, content = stored[:4], stored[4:]
        if not content or zlib.crc32(content).to_bytes(4, "big") != checksum:
            if not _CheckedFile.has_warned:
                _CheckedFile.has_warned = True
                print(
                    "landingsbaan: compiled rules on disk are damaged; compiling them again", file=sys.stderr
                )
            Path(path).unlink(missing_ok=True)  # other processes need not say it again
            return None
        return pickle.loads(content)

    def _write(self, path: str, held: Any) -> None:
        content = self._dump(held)  # type: ignore[no-untyped-call]
        with self._open_for_write(path) as file:
            file.write(zlib.crc32(content).to_bytes(4, "big") + content)


class _CheckedCache(FunctionCache):
    """The compile cache of one function, on files with a checksum."""

    def __init__(self, py_func: Callable[..., Any]) -> None:
        super().__init__(py_func)  # type: ignore[no-untyped-call]
        self._cache_file = _CheckedFile(  # type: ignore[no-untyped-call]
            self._cache_path, self._impl.filename_base, self._impl.locator.get_source_stamp()
        )

    def save_overload(self, sig: Any, data: Any) -> None:
        """Store compiled code; where the disk is full, the next command compiles again."""
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]


# Lets the compiler do the same sum for a household's problems side by side: same bits, half the time.
numba.config.SLP_VECTORIZE = 1  # type: ignore[attr-defined]

# One set of options for every compiled function: numba keeps one cache file per function whatever its
# options. nogil lets a caller run two models in two threads; nobody calls a rule from C, and leaving
# that way out saves a tenth of the time to compile.
_OPTIONS = {
    "nopython": True, "boundscheck": None, "nogil": True, "error_model": "numpy", "_nrt": False,
    "no_cfunc_wrapper": True,
}  # fmt: skip
Rule = TypeVar("Rule", bound=Callable[..., Any])


class _PartCode(JITCodeLibrary):
    """The code of a rule as other rules link it: optimised with what it calls, but no machine code."""

    def _finalize_final_module(self) -> None:
        """Be ready to be linked."""
        self._finalized = True


@functools.cache
def _digest(kind: Any) -> str:
    """Return a short name for a type; its own spells out every field of every record."""
    return hashlib.sha256(str(kind).encode()).hexdigest()[:12]


def _short_name(name: str, kinds: Any, **more: Any) -> str:
    """Return what a rule is called in machine code."""
    return itanium_mangler.mangle(name, [_digest(kind) for kind in kinds], **more)


class _Compiler(Compiler):
    """Compiles an entry point."""

    def compile_extra(self, func: Any) -> Any:
        """Compile under a short name."""
        self.state.targetctx.mangler = _short_name
        return super().compile_extra(func)  # type: ignore[no-untyped-call]


class _PartCompiler(_Compiler):
    """Compiles a part."""

    def compile_extra(self, func: Any) -> Any:
        """Compile without an entry point for Python and without machine code."""
        state = self.state
        state.flags.no_cpython_wrapper = state.flags.no_compile = True
        state.library = _PartCode(state.targetctx.codegen(), func.__qualname__)  # type: ignore[no-untyped-call]
        return super().compile_extra(func)


class _Dispatcher(CPUDispatcher):
    """A compiled rule: entry points for Python, and parts for other rules, which are not stored."""

    def __init__(
        self, py_func: Any, locals: Any = None, targetoptions: Any = None, pipeline_class: Any = _Compiler
    ) -> None:
        super().__init__(py_func, locals, targetoptions, pipeline_class)
        compiler = self._compiler  # type: ignore[attr-defined]
        self._compiler_of_parts = type(compiler)(
            py_func, self.targetdescr, self.targetoptions, {}, _PartCompiler
        )
        # By types of arguments: what numba finds a part by, and the result of compiling it.
        self._parts: dict[tuple[Any, ...], tuple[object, Any]] = {}

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Return how another rule calls this one; a bare number is a number like any other of its type."""
        signature, kinds = self.fold_argument_types(args, kws)
        kinds = tuple(types.unliteral(kind) for kind in kinds)
        name = self.py_func.__name__
        template = make_concrete_template(name, key=name, signatures=[self._part(kinds)[1].signature])
        return template, signature, kinds, {}

    def get_overload(self, sig: Any) -> Any:
        """Return what numba finds the part for some types by."""
        kinds, _ = sigutils.normalize_signature(sig)
        return self._parts[tuple(kinds)][0]

    def _part(self, kinds: tuple[Any, ...]) -> tuple[object, Any]:
        """Return the part for some types; compile it if it is the first time."""
        if kinds not in self._parts:
            with self._compiling_counter:  # by which numba notices that a rule calls itself
                result = self._compiler_of_parts.compile(kinds, None)
            key = object()
            self.targetctx.insert_user_function(key, result.fndesc, [result.library])
            self._parts[kinds] = key, result
        return self._parts[kinds]


def _compile(function: Rule, kind: type[_Dispatcher] = _Dispatcher, **more: bool) -> Rule:
    """Return the dispatcher of a function with its cache, or the function where rules are not compiled."""
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return function
    dispatcher = kind(function, targetoptions=_OPTIONS | more)
    dispatcher._cache = _CheckedCache(function)  # type: ignore[attr-defined]
    return dispatcher  # type: ignore[return-value]


def compiled(function: Rule) -> Rule:
    """Compile a rule that is called where it stands.

    Parameters
    ----------
    function : callable
        A rule or a loop in plain Python.

    Returns
    -------
    callable
        What compiled rules and Python can call.
    """
    return _compile(function)


def compiled_inline(function: Rule) -> Rule:
    """Compile a rule that is written into whoever calls it.

    Parameters
    ----------
    function : callable
        A rule in plain Python.

    Returns
    -------
    callable
        What compiled rules and Python can call.
    """
    return _compile(function, forceinline=True)


class _InnerDispatcher(_Dispatcher):
    """What only compiled rules call."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Refuse."""
        raise TypeError(f"{self.py_func.__name__} is compiled_inner: only compiled rules can call it")


def compiled_inner(function: Rule) -> Rule:
    """Compile a rule that only other rules call; Python has no entry point to it.

    Parameters
    ----------
    function : callable
        A rule in plain Python.

    Returns
    -------
    callable
        What compiled rules can call.
    """
    return _compile(function, _InnerDispatcher, forceinline=True)


# A rule that is to serve a household's eight problems at once takes its constants from here: next to
# a 32-bit severity a bare 0.0 counts as 64 bits, and eight of those do not fit one register.
ZERO: Any = np.float32(0.0)
HALF: Any = np.float32(0.5)
ONE: Any = np.float32(1.0)
