"""Terminal output: tables on standard output, messages and progress on standard error.

Tables are made with rich, as wide as the terminal. Without a terminal, in a dumb one, with NO_COLOR or after
`--plain`, they have no colours, no lines and one line per row, and nothing is cut, so that they can be piped
to other programs.

During a run, messages, a progress bar with the time left and the first savings curve are shown.
"""

import io
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
from tqdm import tqdm

from scenarios.reporting.texts import filled, number
from simulation.outcomes.savings import savings_curve

WIDEST = 10_000  # characters: width of a table without a terminal
GOOD, BAD, DOUBTFUL = "green", "red", "yellow"
Cell = str | tuple[str, str]  # a text, or a text and its style


def be_plain() -> None:
    """Switch off colours and lines of tables, in this process and its child processes."""
    os.environ.update(NO_COLOR="1", TERM="dumb")


def show_table(head: Sequence[str], rows: Iterable[Sequence[Cell]], right: Collection[int] = ()) -> None:
    """Print a table.

    Parameters
    ----------
    head : sequence of str
        Column names; the first column is never wrapped.
    rows : iterable of sequences of Cell
        One cell per column; a cell may have several lines.
    right : collection of int
        Indices of right-aligned columns.
    """
    from rich import box  # imported late: most commands show no table
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
    for place, name in enumerate(head):
        justify: Any = "right" if place in right else "left"
        table.add_column(Text(name), justify=justify, no_wrap=place == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(each) if isinstance(each, str) else Text(*each) for each in row))
    if not is_plain:
        Console(file=sys.stdout).print(table)
        return
    written = io.StringIO()
    Console(file=written, width=WIDEST, force_terminal=False, color_system=None).print(table)
    print("\n".join(line.rstrip() for line in written.getvalue().splitlines()))


def terminal_width() -> int:
    """Return the characters on a line of the terminal, or of a table written elsewhere."""
    return shutil.get_terminal_size().columns if _has_terminal() else WIDEST


def _has_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _is_plain() -> bool:
    """Return whether output is plain: no terminal, a dumb one, or NO_COLOR."""
    return not _has_terminal() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


WORDS: Final[dict[str, tuple[str, str]]] = {
    "compiling": (
        "Compiling the rules. This happens once and takes less than a minute.",
        "De regels worden gecompileerd. Dat gebeurt één keer en duurt minder dan een minuut.",
    ),
    "not_kept": (
        "The compiled rules cannot be stored in {folder}, so every run compiles them again. Set "
        "XDG_CACHE_HOME to a folder where you can write.",
        "De gecompileerde regels zijn niet op te slaan in {folder}, dus elke run compileert ze opnieuw. "
        "Zet XDG_CACHE_HOME op een map waarin u mag schrijven.",
    ),
    "replications": ("replications", "berekeningen"),
    "steps": ("steps of the report", "stappen van het rapport"),
    "runs": ("runs of a municipality", "simulaties van een gemeente"),
    "curve": (
        "First of {replications} replications: saving for the municipality compared with the reference "
        "policy, "
        "euro of 2015 per inhabitant (one replication says nothing about certainty)",
        "Eerste van {replications} berekeningen: besparing voor de gemeente vergeleken met het "
        "referentiebeleid, euro van 2015 per inwoner (één berekening zegt niets over zekerheid)",
    ),
    "columns": ("  year   in the year   so far", "  jaar    in het jaar   tot nu"),
    "drawing": ("Drawing the figures ...", "De figuren worden getekend ..."),
    "undrawn": (
        "The tables in {folder} are complete, but the figures are not. Draw them with: landingsbaan "
        "figures "
        "{folder}",
        "De tabellen in {folder} zijn volledig, maar de figuren niet. Teken ze met: landingsbaan figures "
        "{folder}",
    ),
    "twins": (
        "Simulating all households under both policies to compare them ...",
        "Alle huishoudens worden met beide soorten beleid gesimuleerd, om ze te vergelijken ...",
    ),
    "watched": (
        "Simulating again with a diary for household {household} ...",
        "De simulatie wordt herhaald, met een dagboek van huishouden {household} ...",
    ),
    "story": ("Story in {folder}", "Verhaal in {folder}"),
    "written": ("Results in {folder}", "Resultaten in {folder}"),
}
# Update interval of progress bars; longer in a file, where each update is a new line.
SECONDS_IN_TERMINAL, SECONDS_IN_FILE = 0.5, 10.0


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("replications", "nl")
    'berekeningen'
    """
    return filled(WORDS, key, language, **values)


def say(key: str, language: str, **values: object) -> None:
    """Print a message on standard error."""
    print(word(key, language, **values), file=sys.stderr, flush=True)


def bar_of(total: int, unit: str, unit_scale: bool = False) -> tqdm:
    """Return a progress bar on standard error, with the time left; `unit_scale` writes thousands as k."""
    is_dumb = os.environ.get("TERM") == "dumb"
    seconds = SECONDS_IN_TERMINAL if sys.stderr.isatty() and not is_dumb else SECONDS_IN_FILE
    return tqdm(
        total=total, unit=f" {unit}", unit_scale=unit_scale, mininterval=seconds, file=sys.stderr,
        ascii=True if is_dumb else None,
    )  # fmt: skip


class Progress:
    """Context manager: a progress bar of replications, and the savings curve of the first replication."""

    def __init__(self, scenario: Any, total: int | None = None, unit: str = "replications") -> None:
        """Set the scenario, which gives seeds and language; the bar appears on entering."""
        self.scenario = scenario
        self.total = len(scenario.seeds) if total is None else total
        self.unit = unit

    def __enter__(self) -> "Progress":
        """Show the bar."""
        self.bar = bar_of(self.total, word(self.unit, self.scenario.language))
        return self

    def __exit__(self, *error: object) -> None:
        """Close the bar."""
        self.bar.close()

    def count_done(self, result: Any) -> None:
        """Count one completed replication."""
        self.bar.update(1)

    def show_curve(self, replication: int, monthly: pd.DataFrame) -> None:
        """Print the savings curve of the first replication."""
        curve = savings_curve(monthly, self.scenario.transition_month)
        self.bar.clear()
        tqdm.write(
            "\n".join(curve_lines(curve, len(self.scenario.seeds), self.scenario.language)), sys.stderr
        )
        sys.stderr.flush()


def curve_lines(curve: pd.DataFrame, replications: int, language: str) -> list[str]:
    """Return the savings curve of one replication as lines of text, one per year."""
    rows = curve[curve["basis"] == "municipality"].sort_values("year")
    lines = [word("curve", language, replications=replications), word("columns", language)]
    for row in rows.itertuples():
        in_year = number(row.saving_eur_per_inhabitant, language, 1, sign=True)
        so_far = number(row.cumulated_eur_per_inhabitant, language, 1, sign=True)
        lines.append(f"  {row.year}   {in_year:>11}   {so_far:>6}")
    return lines


# Messages on standard error during a study.

STUDY_WORDS = {
    "runs": ("runs", "runs"),
    "done_before": ("Done before: {runs} runs.", "Al gedaan: {runs} runs."),
    "written": (
        "Study in {folder}, {seconds} seconds. To see it: landingsbaan results show {name}",
        "Studie in {folder}, {seconds} seconden. Bekijk met: landingsbaan results show {name}",
    ),
}


def study_word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in."""
    return filled(STUDY_WORDS, key, language, **values)


class StudyProgress:
    """Context manager: a progress bar of runs with the time left."""

    def __init__(self, runs: int, language: str) -> None:
        self.runs, self.language = runs, language
        self.first = True

    def __enter__(self) -> "StudyProgress":
        """Show the bar."""
        self.bar = bar_of(self.runs, study_word("runs", self.language))
        return self

    def __exit__(self, *error: object) -> None:
        """Close the bar."""
        self.bar.close()

    def count_done(self, runs: int) -> None:
        """Count completed runs; the first call has those of earlier sessions, which take no time.

        The total grows when a precision adds runs.
        """
        if self.first:
            self.first = False
            if runs:
                tqdm.write(study_word("done_before", self.language, runs=runs), sys.stderr)
            self.bar.initial = runs
        self.bar.total = max(self.bar.total, self.bar.n + runs)
        self.bar.update(runs)

    def finish(self, folder: Path, seconds: float) -> None:
        """Print the folder of the study and the time taken."""
        shown = number(seconds, self.language, 0)
        print(
            study_word("written", self.language, folder=folder, seconds=shown, name=folder.name),
            file=sys.stderr,
        )
