"""Measure speed and memory: ``python -m benchmarks.speed all`` writes benchmarks/results.md.

``--small`` runs everything at toy size in a minute or two, to see that it works; its figures mean
nothing and are only printed.
"""

import argparse
import sys
from collections.abc import Callable

from benchmarks import cases
from benchmarks.measure import RESULTS, machine

SECTIONS: dict[str, Callable[[cases.Size], str]] = {
    "core": cases.core,
    "twin": cases.twin,
    "starsim": cases.starsim,
    "objects": cases.objects,
    "growth": cases.growth,
    "quiet": cases.quiet,
    "country": cases.country,
    "main_job": cases.main_job,
    "compile": cases.compiling,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure the chosen sections, print their tables, and write them down unless small."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("section", nargs="*", default="all", choices=[*SECTIONS, "all"])
    parser.add_argument("--small", action="store_true", help="toy sizes: only to see that it works")
    parser.add_argument("--repeats", type=int, default=0, help="interleaved repeats (5, or 1 when small)")
    parser.add_argument("--peer-python", default=sys.executable, help="the interpreter that has Starsim")
    chosen = parser.parse_args(arguments)
    size = cases.Size(chosen.small, chosen.repeats or (1 if chosen.small else 5), chosen.peer_python)
    wanted = list(SECTIONS) if "all" in chosen.section else chosen.section
    report = f"# Benchmarks\n\nMade by `python -m benchmarks.speed`. {machine()}.\n"
    print(report)
    for name in wanted:
        section = SECTIONS[name](size)
        print(section, flush=True)
        report += "\n" + section
    if not chosen.small and "all" in chosen.section:
        RESULTS.write_text(report, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
