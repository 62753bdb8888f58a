"""Headline numbers of every version, to track how changes of the model change its results.

Commands that publish a page record its headline numbers here; `python -m scenarios.studies.tracking
FOLDER` records those of a finished run with the default settings. `docs/tracking.md` shows all versions side
by side; `results/reference/headlines.json` holds the same numbers for programs.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError
from scenarios.common.files import read_document, write_atomically
from scenarios.common.installation import DOCS, ROOT, check_clone
from scenarios.common.result_version import probe_version, version_of
from simulation.outcomes.headline import (
    Confidence,
    beyond_same_staff,
    remaining_saving,
    saved,
    saved_under_neutral,
)
from simulation.outcomes.intervals import Interval
from simulation.recording.arm_names import FINDS_NOBODY, NO_EFFECT_POLICY, POLICY, SAME_STAFF
from simulation.recording.store import Run, open_run

FILE = ROOT / "results" / "reference" / "headlines.json"
PAGE = DOCS / "tracking.md"
SHAPE = {
    "entries": [{"section": str, "version": str, "result_version": str, "made": str, "numbers": dict}, ...]
}
HEAD = """# What every version answered

Written by the commands that renew a page; do not edit by hand. The same numbers for programs:
`results/reference/headlines.json`. A version that was not released yet has the name of the last release with
`+`. Intervals hold 90% of replications for a saving, and are 95% confidence intervals for the placebo.
"""


def record(section: str, numbers: Mapping[str, object]) -> None:
    """Record the headline numbers of this version, replacing its earlier ones, and rewrite the page.

    Parameters
    ----------
    section : str
        Subject of the numbers: "calibration", "claims", "default run" and so on.
    numbers : mapping of str to object
        Results by name; values are shown as `str` writes them.
    """
    entries = _read()
    current = f"{version('landingsbaan')}+"
    entry = {
        "section": section,
        "version": current,
        "result_version": version_of(probe_version()),
        "made": date.today().isoformat(),
        "numbers": {name: str(value) for name, value in numbers.items()},
    }
    others = [each for each in entries if (each["section"], each["version"]) != (section, current)]
    content = {"entries": [*others, entry]}
    write_atomically(FILE, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())
    write_atomically(PAGE, page(content["entries"]).encode())


def page(known: Sequence[Mapping[str, Any]]) -> str:
    """Return the page: a table per section with a column per version."""
    lines = [HEAD]
    for section in sorted({each["section"] for each in known}):
        entries = [each for each in known if each["section"] == section]
        names = list(dict.fromkeys(name for each in entries for name in each["numbers"]))
        lines += [
            f"## {section.capitalize()}\n",
            "| | " + " | ".join(each["version"] for each in entries) + " |",
            "| --- |" + " --- |" * len(entries),
            "| result version | " + " | ".join(f"`{each['result_version']}`" for each in entries) + " |",
            "| made | " + " | ".join(each["made"] for each in entries) + " |",
        ]
        for name in names:
            lines.append(
                f"| {name} | " + " | ".join(each["numbers"].get(name, "-") for each in entries) + " |"
            )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def of_run(run: Run) -> dict[str, str]:
    """Return the headline numbers of a run, in euro of 2015 per inhabitant up to its last year."""
    placebo = {
        "before own cost": remaining_saving(run, POLICY),
        "before own cost, finds nobody": remaining_saving(run, FINDS_NOBODY),
        "before own cost, teams have no effect": remaining_saving(run, NO_EFFECT_POLICY),
        "before own cost, the same staff alone": remaining_saving(run, SAME_STAFF),
    }
    found: dict[str, Interval | Confidence | None] = {"saving, own cost included": saved(run)}
    found |= {name: each.total if each else None for name, each in placebo.items()}
    found |= {
        "before own cost, beyond the same staff": beyond_same_staff(run, POLICY),
        "saving under the neutral organisation": saved_under_neutral(run),
    }
    about = run.document
    asked = {"asked": f"{about['municipality']}, {about['policy']}, {about['replications']} replications"}
    return asked | {
        name: f"{each.mean:.0f} [{each.low:.0f}; {each.high:.0f}]" for name, each in found.items() if each
    }


def _read() -> list[dict[str, Any]]:
    """Return the recorded entries, one per section and version."""
    if not FILE.is_file():
        return []
    return list(read_document(FILE, "headline numbers by section and version", SHAPE)["entries"])


def main(words: list[str]) -> int:
    """Record the headline numbers of a finished run; return the exit code."""
    try:
        check_clone("headline numbers")
        if len(words) != 1:
            raise ConfigurationError(f"expected the folder of a run, got {len(words)} words")
        record("default run", of_run(open_run(Path(words[0]))))
    except (ConfigurationError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
