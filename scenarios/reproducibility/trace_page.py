"""Writes the generated tables of docs/trace.md; the text around them is written by hand.

``python -m scenarios.reproducibility.trace_page write`` renews them; ``check`` tests if they are current.
"""

import csv
import re
import sys
from collections import Counter
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import write_atomically
from scenarios.common.installation import DOCS, ROOT, check_clone
from simulation.parameters import GROUPS
from simulation.schedule import MONTH

PAGE = DOCS / "trace.md"
ACTIONS = ("write", "check")
BLOCK = re.compile(r"(?<=<!-- generated: )(\w+)( -->\n\n).*?(?=\n\n<!-- end -->)", flags=re.DOTALL)
# Prefixes of sources: of assumptions, and of values that a policy or system sets.
ASSUMED = ("assumed", "model.md", "sources.md")
SET_ELSEWHERE = ("lever", "system", "drawn per")


def parameters() -> dict[str, Field[Any]]:
    """Return the field of every parameter by its full name."""
    return {f"{group}.{each.name}": each for group, made in GROUPS.items() for each in fields(made)}


def processes_table() -> str:
    """Return the table of processes, with the numbers of levers and drawn parameters first seen there.

    Each of these effects is shown by a test case.
    """
    cases = [each for each in parameters().values() if each.metadata["effect"] is not None]
    rows = []
    for process in (each.__name__ for each in MONTH):
        here = [each for each in cases if each.metadata["effect"].process == process]
        levers = sum(each.metadata["lever"] for each in here)
        rows.append([f"[{process}](odd.md#{process})", str(levers), str(len(here) - levers)])
    return _table(["process in which the effect is seen first", "levers", "drawn parameters"], rows)


def sources_table() -> str:
    """Return the table of numbers of parameters by use and by kind of source."""
    with (ROOT / "data" / "priors.csv").open(encoding="utf-8", newline="") as file:
        fitted = {row["parameter"].partition("[")[0] for row in csv.DictReader(file)}
    counts: Counter[tuple[str, str]] = Counter()
    for name, each in parameters().items():
        counts[_use(name in fitted, each), _basis(each.metadata["source"])] += 1
    bases = ("a source", "assumed", "set by a policy or system")
    uses = ("fitted", "drawn", "fixed", "lever")
    rows = [[use, *(str(counts[use, basis]) for basis in bases)] for use in uses]
    return _table(["used as", *bases], rows)


def _use(is_fitted: bool, each: Field[Any]) -> str:
    if each.metadata["lever"]:
        return "lever"
    return "fitted" if is_fitted else "fixed" if each.metadata["draw"] is None else "drawn"


def _basis(source: str) -> str:
    if source.startswith(ASSUMED):
        return "assumed"
    return "set by a policy or system" if source.startswith(SET_ELSEWHERE) else "a source"


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows))


def renewed(text: str) -> str:
    """Return the page with its generated tables renewed."""
    made = {"processes": processes_table, "sources": sources_table}
    if sorted(found[0] for found in BLOCK.findall(text)) != sorted(made):
        raise ConfigurationError(f"{PAGE.name}: expected one table each of {', '.join(made)}")
    return BLOCK.sub(lambda found: f"{found[1]}{found[2]}{made[found[1]]()}", text)


def main(words: list[str], page: Path = PAGE) -> int:
    """Write the tables, or check that they are current; return the exit code."""
    action = words[0] if words else ""
    try:
        if action not in ACTIONS:
            raise ConfigurationError(f"{action}: expected {' or '.join(ACTIONS)}{nearest(action, ACTIONS)}")
        check_clone(f"trace_page {action}")
        text = page.read_text(encoding="utf-8")
        if action == "write":
            write_atomically(page, renewed(text).encode())
        elif text != renewed(text):
            raise ConfigurationError(f"{page.name} is not current; run trace_page write")
    except ConfigurationError as error:
        print(f"trace_page: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
