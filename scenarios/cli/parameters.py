"""Writes docs/parameters.md from the metadata of the parameters; `--check` tests whether it is current."""

import sys
import textwrap
from collections.abc import Sequence
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from agents.parameters import default_of
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.installation import DOCS
from scenarios.common.terminal import show_table, terminal_width
from scenarios.config.keys import shown
from simulation.parameters import GROUPS

PAGE = DOCS / "parameters.md"
HEADER = """\
# Parameters

Written by `landingsbaan parameters write`; do not edit by hand.

*Draw* says how an uncertain value varies between parameter draws: by a relative half-width around its
value, or over its whole range. A *lever* may be set by a policy and is never drawn; its *cost* names the
parameters that price it.
What a *source* stands for, and which study touches which number, is on [evidence.md](evidence.md).
"""
COLUMNS = ("name", "default", "unit", "range", "draw", "lever", "cost", "source", "meaning")
NARROWEST_TABLE = 110  # characters of a line on which the words of a table stay whole
ACTIONS = ("write", "check")


def table() -> str:
    """Return the page: one table per group of parameters."""
    return HEADER + "".join(_group(name, made) for name, made in GROUPS.items())


def show(words: list[str]) -> None:
    """Print the parameters with every word in their name or meaning; without words print all.

    Raises
    ------
    ConfigurationError
        When no parameter matches.
    """
    rows = [
        [f"{name}.{each.name}", *_cells(each)[:-2], *reversed(_cells(each)[-2:])]
        for name, made in GROUPS.items()
        for each in fields(made)
        if all(word.lower() in f"{name}.{each.name} {each.metadata['meaning']}".lower() for word in words)
    ]
    if not rows:
        known = [*ACTIONS, *GROUPS, *(each.name for made in GROUPS.values() for each in fields(made))]
        raise ConfigurationError(
            f"parameters {' '.join(words)}: not in the name or meaning of any parameter"
            f"{nearest(words[0], known)}"
        )
    heads = (*COLUMNS[:-2], *reversed(COLUMNS[-2:]))  # long sources last
    if terminal_width() < NARROWEST_TABLE:
        print("\n\n".join(block(heads, row, terminal_width()) for row in rows))
    else:
        show_table(heads, rows, right=[1])


def block(heads: Sequence[str], row: Sequence[str], width: int) -> str:
    """Return one parameter as lines: its name, and below it what else is known of it.

    Examples
    --------
    >>> print(block(("name", "unit", "lever"), ("team.size", "fte", ""), 80))
    team.size
      unit      fte
    """
    lines = [row[0]]
    for head, cell in zip(heads[1:], row[1:], strict=True):
        if cell:
            lines += textwrap.wrap(cell, width, initial_indent=f"  {head:<8}  ", subsequent_indent=" " * 12,
                                   break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines)


def write(page: Path = PAGE) -> None:
    """Write the page."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(table(), encoding="utf-8")


def check(page: Path = PAGE) -> None:
    """Raise ConfigurationError if the page differs from what `write` would write."""
    if not page.is_file() or page.read_text(encoding="utf-8") != table():
        raise ConfigurationError(f"{page.name} is not current; run landingsbaan parameters write")


def main(arguments: list[str]) -> int:
    """Write the page; with `--check` return 1 if it is not current."""
    if "--check" not in arguments:
        write()
        return 0
    try:
        check()
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _group(name: str, made: Any) -> str:
    sentence = (made.__doc__ or "").strip().splitlines()[0]
    rows = [_row([f"`{name}.{each.name}`", *_cells(each)]) for each in fields(made)]
    head = [_row(list(COLUMNS)), _row(["---"] * len(COLUMNS))]
    return f"\n## {name}\n\n{sentence}\n\n" + "\n".join(head + rows) + "\n"


def _cells(each: Field[Any]) -> list[str]:
    metadata = each.metadata
    return [
        shown(default_of(each)),
        metadata["unit"],
        _range(metadata["low"], metadata["high"]),
        _draw(metadata["draw"]),
        "yes" if metadata["lever"] else "",
        metadata["cost"],
        metadata["source"],
        metadata["meaning"],
    ]


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None and high is None else f"{shown(low)} to {shown(high)}"


def _draw(draw: float | str | None) -> str:
    if draw is None:
        return ""
    return "whole range" if draw == "range" else f"± {float(draw):.0%}"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
