"""Tables on standard output, by rich: as wide as the terminal, and a line per row where there is none.

Without a terminal, in a dumb one, with NO_COLOR, or after `--plain`, the same words stand there without
colours or lines around them, and nothing is cut, so that a table can be piped to other programs.
"""

import io
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from typing import Any

WIDEST = 10_000  # characters of a table that no terminal limits
GOOD, BAD, DOUBTFUL = "green", "red", "yellow"
Cell = str | tuple[str, str]  # a text, or a text and its style


def be_plain() -> None:
    """Show neither colours nor lines around tables from now on, in this process and those it starts."""
    os.environ.update(NO_COLOR="1", TERM="dumb")


def show_table(head: Sequence[str], rows: Iterable[Sequence[Cell]], right: Collection[int] = ()) -> None:
    """Print a table.

    Parameters
    ----------
    head : sequence of str
        Names of the columns; the first column is never wrapped.
    rows : iterable of sequences of Cell
        A cell per column; a cell may have several lines.
    right : collection of int
        Columns of numbers, which are aligned to the right.
    """
    from rich import box  # late: most commands show no table
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    is_plain = _is_plain()
    table = Table(
        box=None if is_plain else box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0) if is_plain else (0, 1),
    )
    for number, name in enumerate(head):
        justify: Any = "right" if number in right else "left"
        table.add_column(Text(name), justify=justify, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(each) if isinstance(each, str) else Text(*each) for each in row))
    if not is_plain:
        Console(file=sys.stdout).print(table)
        return
    written = io.StringIO()
    Console(file=written, width=WIDEST, force_terminal=False, color_system=None).print(table)
    print("\n".join(line.rstrip() for line in written.getvalue().splitlines()))


def _is_plain() -> bool:
    """Whether nobody sees colours: no terminal, a dumb one, or somebody who asked for none."""
    is_seen = sys.stdout is not None and sys.stdout.isatty()
    return not is_seen or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
