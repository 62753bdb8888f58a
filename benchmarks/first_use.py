"""Measure the first use: ``python -m benchmarks.first_use`` writes benchmarks/first_use.md.

Every round begins with an empty cache folder. ``--against`` names a checkout of an earlier version of
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
COMPILE = ["-c", """
try:
    from scenarios.compiling import compile_rules  # its place in the first version
except ModuleNotFoundError:
    from scenarios.runs.resources import compile_rules
compile_rules()
"""]  # fmt: skip
COLUMNS = [
    "version", "compiling, seconds of processor", "compiling, seconds", "cache, MB",
    "first curve at second use, seconds",
]  # fmt: skip
NOTE = (
    "Medians of {repeats}. Compiling is what a first command does in an empty cache folder, with all its "
    "processes and imports. The first curve is that of the first replication of `landingsbaan run`, "
    "counted from the command. The first use takes both together. The versions took turns on one machine; "
    "its load was {load:.1f} at the end (two is full), so compare seconds of processor."
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
        kept = {"NUMBA_CACHE_DIR": f"{folder}/cache"}
        began = processor_seconds()
        seconds = seconds_of(lambda: in_process(COMPILE, root=root, **kept))
        used, size = processor_seconds() - began, megabytes(Path(folder))
        command = ["-m", "scenarios.cli", "run", f"output.folder={folder}/runs", *settings]
        return used, seconds, size, seconds_to_line("First of ", command, root, **kept)[0]


def main() -> int:
    """Measure this version, and the one it is asked to be held against."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_use", description=__doc__)
    parser.add_argument("--against", type=Path, help="folder of an earlier version's checkout")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--small", action="store_true", help="a street: only to see that it works")
    chosen = parser.parse_args()
    roots = {"this": ROOT} | ({"earlier": chosen.against.resolve()} if chosen.against else {})
    settings = ["municipality=street"] if chosen.small else []
    repeats = 1 if chosen.small else chosen.repeats
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in roots}
    for _ in range(repeats):
        for name, root in roots.items():
            found[name].append(first_use(root, settings))
    rows = [
        [name, *(f"{median(each):.1f}" for each in zip(*figures, strict=True))]
        for name, figures in found.items()
    ]
    note = NOTE.format(repeats=repeats, load=os.getloadavg()[0])
    text = table("Compiling, and the first curve", COLUMNS, rows, note)
    print(text)
    if not chosen.small:
        head = f"# First use\n\nMade by `python -m benchmarks.first_use`. {machine()}.\n"
        RESULTS.write_text(f"{head}\n{text}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
