"""Timing, memory and the words around a table."""

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).resolve().parent / "results.md"


def seconds_of(work: Callable[[], Any]) -> float:
    """Return the wall time of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(works: dict[str, Callable[[], float]], repeats: int) -> dict[str, float]:
    """Return the median of each work's own figure; the works take turns, so all meet the same machine."""
    seen: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            seen[name].append(work())
    return {name: median(figures) for name, figures in seen.items()}


def in_process(
    arguments: list[str], python: str = sys.executable, root: Path = ROOT, **environment: str
) -> str:
    """Run a fresh Python from the project's root, or another, and return what it printed.

    Raises
    ------
    RuntimeError
        When it fails; the last line it printed says why.
    """
    done = subprocess.run(
        [python, *arguments],
        cwd=root,
        env=environment_of(root, environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise RuntimeError(f"{' '.join(arguments)}: exit code {done.returncode}: {' '.join(last)}")
    return done.stdout


def environment_of(root: Path, changes: dict[str, str]) -> dict[str, str]:
    """Return the environment of a process that imports the project from a folder."""
    return {**os.environ, "PYTHONPATH": str(root), **changes}


def seconds_to_line(
    begins: str, arguments: list[str], root: Path = ROOT, **environment: str
) -> tuple[float, float]:
    """Run a fresh Python; return when a line beginning so stood on its screen, and when it ended, in seconds.

    Raises
    ------
    RuntimeError
        When it fails, or never says so.
    """
    began, seen, last = time.perf_counter(), None, ""
    running = subprocess.Popen(
        [sys.executable, *arguments], cwd=root, env=environment_of(root, environment),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stderr is not None
    for line in running.stderr:
        last = line.strip() or last
        if seen is None and last.startswith(begins):
            seen = time.perf_counter() - began
    if running.wait() != 0 or seen is None:
        raise RuntimeError(f"{' '.join(arguments)}: exit code {running.returncode}: {last}")
    return seen, time.perf_counter() - began


def peak_memory_mb() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def machine() -> str:
    """Return one line about the machine and the versions."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        model = f"{len(names)} x {names[0]}" if names else model
    versions = ", ".join(f"{each} {version(each)}" for each in ("numba", "numpy", "mesa"))
    return f"{model}; Python {platform.python_version()}; {versions}; {np.datetime64('today')}"


def table(title: str, columns: list[str], rows: list[list[str]], note: str = "") -> str:
    """Return a Markdown section with one table."""
    lines = [f"## {title}", "", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines + (["", note] if note else [])) + "\n"
