"""What a user sees: tables on standard output, and on standard error how far a run is.

Tables are made by rich: as wide as the terminal, and a line per row where there is none. Without a terminal,
in a dumb one, with NO_COLOR, or after `--plain`, the same words stand there without colours or lines around
them, and nothing is cut, so that a table can be piped to other programs.

While a run is under way it shows words, the time left and the first curve.
"""

import io
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
from tqdm import tqdm

from scenarios.reporting.texts import filled, number
from simulation.outcomes.savings import savings_curve

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


def _is_plain() -> bool:
    """Whether nobody sees colours: no terminal, a dumb one, or somebody who asked for none."""
    is_seen = sys.stdout is not None and sys.stdout.isatty()
    return not is_seen or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


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
# A line that is rewritten in a terminal is a new line in a file.
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
    """Say something on standard error."""
    print(word(key, language, **values), file=sys.stderr, flush=True)


def bar_of(total: int, unit: str, unit_scale: bool = False) -> tqdm:
    """Return a bar on standard error, with the time left; `unit_scale` writes thousands as k."""
    is_dumb = os.environ.get("TERM") == "dumb"
    seconds = SECONDS_IN_TERMINAL if sys.stderr.isatty() and not is_dumb else SECONDS_IN_FILE
    return tqdm(
        total=total, unit=f" {unit}", unit_scale=unit_scale, mininterval=seconds, file=sys.stderr,
        ascii=True if is_dumb else None,
    )  # fmt: skip


class Progress:
    """A bar of replications with the time left, and the curve of the first replication; a context manager."""

    def __init__(self, scenario: Any, total: int | None = None, unit: str = "replications") -> None:
        """Keep what is run, with seeds and a language; the bar appears on entering."""
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
        """Count a replication that is done."""
        self.bar.update(1)

    def show_curve(self, replication: int, monthly: pd.DataFrame) -> None:
        """Show the savings of the first replication, as in the tables."""
        curve = savings_curve(monthly, self.scenario.transition_month)
        self.bar.clear()
        tqdm.write(
            "\n".join(curve_lines(curve, len(self.scenario.seeds), self.scenario.language)), sys.stderr
        )
        sys.stderr.flush()


def curve_lines(curve: pd.DataFrame, replications: int, language: str) -> list[str]:
    """Return a savings curve of one replication for the terminal: a line per year."""
    rows = curve[curve["basis"] == "municipality"].sort_values("year")
    lines = [word("curve", language, replications=replications), word("columns", language)]
    for row in rows.itertuples():
        in_year = number(row.saving_eur_per_inhabitant, language, 1, sign=True)
        so_far = number(row.cumulated_eur_per_inhabitant, language, 1, sign=True)
        lines.append(f"  {row.year}   {in_year:>11}   {so_far:>6}")
    return lines


# What a user sees while a study is under way, on standard error.

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
    """A bar of runs with the time left; a context manager."""

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
        """Count runs that are whole; those of an earlier start come first and take no time.

        Runs that a precision adds move the end of the bar.
        """
        if self.first:
            self.first = False
            if runs:
                tqdm.write(study_word("done_before", self.language, runs=runs), sys.stderr)
            self.bar.initial = runs
        self.bar.total = max(self.bar.total, self.bar.n + runs)
        self.bar.update(runs)

    def finish(self, folder: Path, seconds: float) -> None:
        """Say where the study is."""
        told = number(seconds, self.language, 0)
        print(
            study_word("written", self.language, folder=folder, seconds=told, name=folder.name),
            file=sys.stderr,
        )
