"""Compile a rule, in one of three ways.

* `compiled_inline`: inlined into its caller. For rules that run for every household every month.
* `compiled_inner`: inlined, without an entry point for Python. Only other compiled rules can call it.
* `compiled`: compiled once and called as a function. For rules that run for few households a month,
  and for loops over all agents.

A rule called by another rule is compiled as a part of it; a rule called from Python is compiled as an
entry point. Parts are cheap to compile: `docs/explanation/compiled_code.md` explains how and why.

Numba's disk cache does not detect edits in other files, so the cache folder is named after a hash of
the sources and of Numba's version: an edit of any rule recompiles every loop. The hash does not contain
the path of the sources, so two clones of one version share a cache. Cache files carry a checksum:
a damaged file is recompiled instead of loaded.
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
# Folders whose modules only read finished runs, with the files in them that do affect a run. The other
# files are left out of the fingerprint.
READ_ONLY_MODULES = {"outcomes": (), "recording": ("diary", "month_row", "recorder", "tallies")}


def _fingerprint() -> str:
    """Return the first twelve hexadecimal digits of a hash of all sources that affect a run."""
    digest = hashlib.sha256(numba.__version__.encode())
    for folder in ("agents", "simulation"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            if path.stem in READ_ONLY_MODULES.get(path.parent.name, (path.stem,)):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


MODEL_VERSION = _fingerprint()
CACHE_FOLDER = Path(
    os.environ.get("NUMBA_CACHE_DIR") or Path(platformdirs.user_cache_dir("landingsbaan")) / MODEL_VERSION
)
numba.config.CACHE_DIR = str(CACHE_FOLDER)  # type: ignore[attr-defined]


class CompiledCacheLocator(UserProvidedCacheLocator):
    """Locate the cache of a rule by its package instead of its path; `CACHE_FOLDER` contains the hash."""

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        """Return the locator of a function of this project, None for one of another library.

        Parameters
        ----------
        py_func : callable
            The function that is compiled.
        py_file : str
            File that defines it.

        Returns
        -------
        CompiledCacheLocator or None
            The locator, if the file is in this project.
        """
        ours = _ROOT in Path(py_file).resolve().parents
        return super().from_function(py_func, py_file) if ours else None  # type: ignore[no-untyped-call]

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """Return the name of the package a file is in.

        Parameters
        ----------
        py_file : str
            File of a function of this project.

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
    """The cache files of one compiled function, each prefixed with a checksum of its content."""

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
        """Return the content of a cache file, None if it is missing or damaged (it is then recompiled)."""
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
            Path(path).unlink(missing_ok=True)  # so that other processes do not warn again
            return None
        return pickle.loads(content)

    def _write(self, path: str, held: Any) -> None:
        content = self._dump(held)  # type: ignore[no-untyped-call]
        with self._open_for_write(path) as file:
            file.write(zlib.crc32(content).to_bytes(4, "big") + content)


class _CheckedCache(FunctionCache):
    """The compile cache of one function, in files with a checksum."""

    def __init__(self, py_func: Callable[..., Any]) -> None:
        super().__init__(py_func)  # type: ignore[no-untyped-call]
        self._cache_file = _CheckedFile(  # type: ignore[no-untyped-call]
            self._cache_path, self._impl.filename_base, self._impl.locator.get_source_stamp()
        )

    def save_overload(self, sig: Any, data: Any) -> None:
        """Store compiled code; if the disk is full it is not stored, and the next process recompiles."""
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]


# Vectorises the same operation on a household's problems (SIMD): identical results in half the time.
numba.config.SLP_VECTORIZE = 1  # type: ignore[attr-defined]

# One set of options for all compiled functions, because Numba's cache files do not depend on options.
# nogil allows two models in two threads. No rule is called from C: without the C wrapper, compiling
# takes a tenth less time.
_OPTIONS = {
    "nopython": True, "boundscheck": None, "nogil": True, "error_model": "numpy", "_nrt": False,
    "no_cfunc_wrapper": True,
}  # fmt: skip
Rule = TypeVar("Rule", bound=Callable[..., Any])


class _PartCode(JITCodeLibrary):
    """Intermediate code of a rule for linking into other rules: optimised, without machine code."""

    def _finalize_final_module(self) -> None:
        """Mark as ready to be linked, without generating machine code."""
        self._finalized = True


@functools.cache
def _digest(kind: Any) -> str:
    """Return a short name for a type; Numba's own name lists every field of every record."""
    return hashlib.sha256(str(kind).encode()).hexdigest()[:12]


def _short_name(name: str, kinds: Any, **more: Any) -> str:
    """Return the mangled name of a rule in machine code."""
    return itanium_mangler.mangle(name, [_digest(kind) for kind in kinds], **more)


class _Compiler(Compiler):
    """Compiler of entry points."""

    def compile_extra(self, func: Any) -> Any:
        """Compile under a short mangled name."""
        self.state.targetctx.mangler = _short_name
        return super().compile_extra(func)  # type: ignore[no-untyped-call]


class _PartCompiler(_Compiler):
    """Compiler of parts."""

    def compile_extra(self, func: Any) -> Any:
        """Compile without an entry point for Python and without machine code."""
        state = self.state
        state.flags.no_cpython_wrapper = state.flags.no_compile = True
        state.library = _PartCode(state.targetctx.codegen(), func.__qualname__)  # type: ignore[no-untyped-call]
        return super().compile_extra(func)


class _Dispatcher(CPUDispatcher):
    """A compiled rule: entry points for Python, and parts for other rules; parts are not cached on disk."""

    def __init__(
        self, py_func: Any, locals: Any = None, targetoptions: Any = None, pipeline_class: Any = _Compiler
    ) -> None:
        super().__init__(py_func, locals, targetoptions, pipeline_class)
        compiler = self._compiler  # type: ignore[attr-defined]
        self._compiler_of_parts = type(compiler)(
            py_func, self.targetdescr, self.targetoptions, {}, _PartCompiler
        )
        # By argument types: the key under which Numba looks up a part, and the compile result.
        self._parts: dict[tuple[Any, ...], tuple[object, Any]] = {}

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Return the call template for another rule; literal numbers are treated as their plain type."""
        signature, kinds = self.fold_argument_types(args, kws)
        kinds = tuple(types.unliteral(kind) for kind in kinds)
        name = self.py_func.__name__
        template = make_concrete_template(name, key=name, signatures=[self._part(kinds)[1].signature])
        return template, signature, kinds, {}

    def get_overload(self, sig: Any) -> Any:
        """Return the key under which Numba looks up the part for these argument types."""
        kinds, _ = sigutils.normalize_signature(sig)
        return self._parts[tuple(kinds)][0]

    def _part(self, kinds: tuple[Any, ...]) -> tuple[object, Any]:
        """Return the part for these argument types; compile it on first use."""
        if kinds not in self._parts:
            with self._compiling_counter:  # Numba uses it to detect recursion
                result = self._compiler_of_parts.compile(kinds, None)
            key = object()
            self.targetctx.insert_user_function(key, result.fndesc, [result.library])
            self._parts[kinds] = key, result
        return self._parts[kinds]


def _compile(function: Rule, kind: type[_Dispatcher] = _Dispatcher, **more: bool) -> Rule:
    """Return the dispatcher of a function with its cache, or the function if compilation is disabled."""
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return function
    dispatcher = kind(function, targetoptions=_OPTIONS | more)
    dispatcher._cache = _CheckedCache(function)  # type: ignore[attr-defined]
    return dispatcher  # type: ignore[return-value]


def compiled(function: Rule) -> Rule:
    """Compile a rule once; callers call it as a function.

    Parameters
    ----------
    function : callable
        A rule or a loop in plain Python.

    Returns
    -------
    callable
        Callable from compiled rules and from Python.
    """
    return _compile(function)


def compiled_inline(function: Rule) -> Rule:
    """Compile a rule that is inlined into its callers.

    Parameters
    ----------
    function : callable
        A rule in plain Python.

    Returns
    -------
    callable
        Callable from compiled rules and from Python.
    """
    return _compile(function, forceinline=True)


class _InnerDispatcher(_Dispatcher):
    """A rule that only compiled rules can call."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Raise TypeError: there is no entry point for Python."""
        raise TypeError(f"{self.py_func.__name__} is compiled_inner: only compiled rules can call it")


def compiled_inner(function: Rule) -> Rule:
    """Compile a rule that is inlined and that only other rules can call, not Python.

    Parameters
    ----------
    function : callable
        A rule in plain Python.

    Returns
    -------
    callable
        Callable from compiled rules.
    """
    return _compile(function, _InnerDispatcher, forceinline=True)


# 32-bit constants for rules that are vectorised over a household's eight problems. A literal 0.0 would
# promote a 32-bit severity to 64 bits, and eight 64-bit numbers do not fit one SIMD register.
ZERO: Any = np.float32(0.0)
HALF: Any = np.float32(0.5)
ONE: Any = np.float32(1.0)
