"""Measure the first use after installation; ``python -m benchmarks.first_use`` writes benchmarks/first_use.md.

Every figure begins with an empty cache folder. ``--against`` names a checkout of an earlier version of
the project, which is measured in turns with this one. ``--small`` runs a street and only prints.
"""

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.measure import ROOT, in_process, machine, seconds_of, seconds_to_line, table

RESULTS = Path(__file__).resolve().parent / "first_use.md"
COMPILE = ["-c", "from scenarios.runs.resources import compile_rules; compile_rules()"]
COLUMNS = [
    "version", "compiling, seconds of processor", "compiling, seconds", "cache, MB",
    "first curve at first use, seconds", "first curve at second use, seconds",
]  # fmt: skip
NOTE = (
    "Medians. Compiling is what a first command does, with all its processes. The first curve is that of the "
    "first replication of `landingsbaan run`, counted from the command, imports included. Both versions took "
    "turns on one machine."
)


def processor_seconds() -> float:
    """Return the seconds of processor of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def megabytes(folder: Path) -> float:
    """Return the size of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def first_use(root: Path, settings: list[str]) -> tuple[float, ...]:
    """Use a checkout for the first and the second time; return the figures of `COLUMNS`, but its name."""
    with tempfile.TemporaryDirectory() as folder:
        began = processor_seconds()
        seconds = seconds_of(lambda: in_process(COMPILE, root=root, NUMBA_CACHE_DIR=folder))
        used, size = processor_seconds() - began, megabytes(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        command = ["-m", "scenarios.cli", "run", f"output.folder={folder}/runs", *settings]
        kept = {"NUMBA_CACHE_DIR": f"{folder}/cache"}
        curves = [seconds_to_line("First of ", command, root, **kept)[0] for _ in range(2)]
    return used, seconds, size, *curves


def main() -> int:
    """Measure this version, and the one it is asked to be held against."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_use", description=__doc__)
    parser.add_argument("--against", type=Path, help="folder of an earlier version's checkout")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--small", action="store_true", help="a street: only to see that it works")
    chosen = parser.parse_args()
    roots = {"this": ROOT} | ({"earlier": chosen.against.resolve()} if chosen.against else {})
    settings = ["municipality=street", "replication.count=2"] if chosen.small else []
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in roots}
    for _ in range(1 if chosen.small else chosen.repeats):
        for name, root in roots.items():
            found[name].append(first_use(root, settings))
    rows = [
        [name, *(f"{median(each):.1f}" for each in zip(*figures, strict=True))]
        for name, figures in found.items()
    ]
    busy = f"Load when it ended {os.getloadavg()[0]:.1f}."
    text = table("From the command to the first curve", COLUMNS, rows, f"{NOTE} {busy}")
    print(text)
    if not chosen.small:
        head = f"# First use\n\nMade by `python -m benchmarks.first_use`. {machine()}.\n"
        RESULTS.write_text(f"{head}\n{text}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
