"""Measure memory a household: ``python -m benchmarks.memory`` writes benchmarks/memory.md.

``--against`` names a checkout of an earlier version of the project, which is measured with this one.
``--small`` runs a street and only prints.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import psutil

from benchmarks.measure import ROOT, in_process, machine, table
from simulation.model import Model
from simulation.parameters import Parameters
from simulation.population.municipality_profile import load_profile
from simulation.processes.event_tape import EventTape

RESULTS = Path(__file__).resolve().parent / "memory.md"
# Arrays of the world by what they are about; what is named nowhere is "everything else".
ABOUT = {
    "households: problems, care, traits": ("households",),
    "lives: people, dates, providers": ("lives",),
    "calendar and attention": ("calendar", "attention"),
    "lists and marks of the month": ("active", "marks"),
    "informal networks": ("networks",),
    "waiting lists": ("entries", "queues"),
    "teams and providers": ("teams", "providers"),
}
REST = "everything else"
NOTE = (
    "Bytes a household, households still to be formed included. *Begin* is the population without any "
    "activity, *end* is after the months named. *Resident* is what the process grew by, as the system counts "
    "it, from before the model was made to the end: with agents, books and the recorder's monthly table. The "
    "tape of events is kept next to the model, and only where runs share it."
)


def town(slug: str, households: int | None, months: int) -> dict[str, Any]:
    """Run a municipality; return the bytes a household of its arrays and of what it keeps next to them."""
    profile = load_profile(slug, households=households)
    warm = Model(Parameters(), load_profile("street")).share_events(EventTape()).run_until(13)
    warm.recorder.stored = ()
    before = psutil.Process().memory_info().rss
    model = Model(Parameters(), profile)
    model.recorder.stored = ()
    n = len(model.world.households)
    begin = {name: array.nbytes / n for name, array in model.world._asdict().items()}
    model.run_until(months)
    resident = (psutil.Process().memory_info().rss - before) / n
    end = {name: array.nbytes / n for name, array in model.world._asdict().items()}
    tape = EventTape()
    Model(Parameters(), profile).share_events(tape).run_until(months)
    taped = sum(array.nbytes for array in tape.months.values()) / n
    return {"households": n, "begin": begin, "end": end, "resident": resident, "tape": taped}


def by_subject(arrays: dict[str, float]) -> dict[str, float]:
    """Return bytes by what the arrays are about."""
    found = {subject: sum(arrays[name] for name in names) for subject, names in ABOUT.items()}
    return found | {REST: sum(arrays.values()) - sum(found.values())}


def measured(root: Path, towns: list[tuple[str, int | None, int]]) -> list[dict[str, Any]]:
    """Return what each town takes, a process each, by the version of the project in a folder."""
    given = [[slug, str(households or 0), str(months)] for slug, households, months in towns]
    return [json.loads(in_process([__file__, "--town", *each], root=root)) for each in given]


def page_of(found: list[dict[str, Any]], towns: list[tuple[str, int | None, int]]) -> str:
    """Return the table of one version."""
    columns = ["bytes a household"]
    for (_, _, months), of_town in zip(towns, found, strict=True):
        named = f"{of_town['households']:,} households"
        columns += [f"{named}, begin", f"end, {months} months"]
    sides = [by_subject(of_town[side]) for of_town in found for side in ("begin", "end")]
    rows = [[subject, *(f"{side[subject]:.1f}" for side in sides)] for subject in (*ABOUT, REST)]
    rows.append(["**all arrays**", *(f"**{sum(side.values()):.1f}**" for side in sides)])
    for name, words in (("resident", "resident"), ("tape", "tape of events, apart")):
        rows.append([words, *(text for of_town in found for text in ("", f"{of_town[name]:.1f}"))])
    return table("By array", columns, rows, NOTE)


def main(arguments: list[str] | None = None) -> int:
    """Measure this version, and the one it is asked to be held against."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--against", type=Path, help="folder of an earlier version's checkout")
    parser.add_argument("--small", action="store_true", help="a street: only to see that it works")
    parser.add_argument("--town", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.town:
        slug, households, months = chosen.town
        print(json.dumps(town(slug, int(households) or None, int(months))))
        return 0
    towns: list[tuple[str, int | None, int]] = [("zaanstad", None, 150), ("average", 1_000_000, 36)]
    towns = [("street", None, 13)] if chosen.small else towns
    text = page_of(measured(ROOT, towns), towns)
    if chosen.against:
        earlier = page_of(measured(chosen.against.resolve(), towns), towns)
        text += "\n" + earlier.replace("## By array", "## The same of an earlier version", 1)
    print(text)
    if not chosen.small:
        head = f"# Memory\n\nMade by `python -m benchmarks.memory`. {machine()}.\n"
        RESULTS.write_text(f"{head}\n{text}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
