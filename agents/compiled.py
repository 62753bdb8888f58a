"""Compile a rule, in one of three ways.

* `compiled_inline`: written into whoever calls it. For what every household goes through every month.
* `compiled_inner`: inlined too, and without an entry point for Python, which takes long to make. Only
  other compiled rules can call it.
* `compiled`: compiled once and called where it stands, not anew in every caller. For what few go through
  in a month, and for loops over all agents.

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
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy as np
import platformdirs
from numba.core.caching import FunctionCache, IndexDataCacheFile, UserProvidedCacheLocator
from numba.core.registry import CPUDispatcher
from numba.core import itanium_mangler, sigutils, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.dispatcher import _FunctionCompiler
from numba.core.typing import make_concrete_template
import llvmlite.binding as ll

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


# Lets the compiler do the same sum for a household's problems side by side: same bits, half the time.
numba.config.SLP_VECTORIZE = 1  # type: ignore[attr-defined]

# One set of options for every compiled function: numba keeps one cache file per function whatever its
# options. nogil lets a caller run two models in two threads; nobody calls a rule from C, and leaving
# that way out saves a tenth of the time to compile.
_OPTIONS = {"nopython": True, "boundscheck": None, "nogil": True, "error_model": "numpy", "_nrt": False, "no_cfunc_wrapper": True}
Rule = TypeVar("Rule", bound=Callable[..., Any])


class _Code(JITCodeLibrary):
    def __init__(self, codegen, name):
        super().__init__(codegen, name)

    def add_linking_library(self, library):
        """Link what a part links too"""
        if isinstance(library, _PartCode):
            for each in (library, *library._linking_libraries):
                if each not in self._linking_libraries:
                    self._linking_libraries.append(each)
        else:
            super().add_linking_library(library)


class _PartCode(_Code):
    """never finalised"""

    def _ensure_finalized(self):
        pass

    def _get_module_for_linking(self):
        if self._shared_module is None:
            for function in self._final_module.functions:
                if not function.is_declaration and function.linkage == ll.Linkage.external:
                    function.linkage = "linkonce_odr"
            self._shared_module = self._final_module
        return self._shared_module


@functools.lru_cache(maxsize=None)
def _short(kind) -> str:
    return hashlib.sha256(str(kind).encode()).hexdigest()[:12]


def _short_name(name, kinds, *, abi_tags=(), uid=None):
    return itanium_mangler.mangle(name, tuple(map(_short, kinds)), abi_tags=abi_tags, uid=uid)


class _EntryCompiler(Compiler):
    code = _Code

    def __init__(self, typingctx, targetctx, library, args, return_type, flags, locals):
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)
        self.state.targetctx.mangler = _short_name

    def compile_extra(self, func):
        codegen = self.state.targetctx.codegen()
        self.state.library = self.code(codegen, func.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(func)


class _PartCompiler(_EntryCompiler):
    code = _PartCode

    def __init__(self, typingctx, targetctx, library, args, return_type, flags, locals):
        flags.no_compile = True
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)


class _Key:
    """What a part is known by"""

class _Rule(CPUDispatcher):
    """A compiled function: parts and entrances"""

    def __init__(self, py_func, locals=None, targetoptions=None, pipeline_class=_EntryCompiler):
        super().__init__(py_func, locals, targetoptions, pipeline_class)
        self._part_compiler = _FunctionCompiler(py_func, self.targetdescr, self.targetoptions | {"no_cpython_wrapper": True}, {}, _PartCompiler)
        self._parts = {}

    def get_call_template(self, args, kws):
        pysig, args = self._compiler.fold_argument_types(args, kws)
        args = tuple(map(types.unliteral, args))
        template = make_concrete_template(self.py_func.__name__, key=self.py_func.__name__, signatures=[self._part(args)[1]])
        return template, pysig, args, {}

    def get_overload(self, sig):
        args, _ = sigutils.normalize_signature(sig)
        return self._parts[tuple(args)][0]

    def _part(self, args):
        part = self._parts.get(args)
        if part is None:
            result = self._part_compiler.compile(args, None)
            key = _Key()
            self.targetctx.insert_user_function(key, result.fndesc, [result.library])
            part = self._parts[args] = (key, result.signature, result)
        return part


def _compile(function: Rule, **more: bool) -> Rule:
    """Return the dispatcher of a function with its cache, or the function where rules are not compiled."""
    if numba.config.DISABLE_JIT:
        return function
    dispatcher = _Rule(function, targetoptions=_OPTIONS | more)
    dispatcher._cache = _CheckedCache(function)  # type: ignore[attr-defined]
    return dispatcher


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


class _InnerDispatcher(_Rule):
    """What compiled rules call; without this Python would jump to an entry point that is not there."""

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
    dispatcher = _compile(function, forceinline=True, no_cpython_wrapper=True)
    if isinstance(dispatcher, _Rule):
        dispatcher.__class__ = _InnerDispatcher  # type: ignore[assignment]
    return dispatcher


# A rule that is to serve a household's eight problems at once takes its constants from here: next to
# a 32-bit severity a bare 0.0 counts as 64 bits, and eight of those do not fit one register.
ZERO: Any = np.float32(0.0)
HALF: Any = np.float32(0.5)
ONE: Any = np.float32(1.0)
