"""Draws every figure of a run from its folder alone, each with the table behind it."""

import os
import shutil
from pathlib import Path
from typing import Any

from scenarios.reporting.figures import (
    flows,
    history,
    landing,
    municipalities,
    neighbourhoods,
    savings,
    why,
)
from scenarios.reporting.figures.style import scenario, write
from scenarios.reporting.texts import check_language, text
from simulation.outcomes.municipalities import NAME
from simulation.recording.new_folder import hidden_beside, remove_leftovers
from simulation.recording.store import Run, open_run

FOLDER = "figures"
FIGURES = (
    history,
    savings,
    why,
    landing,
    flows,
    neighbourhoods,
)
OF_THE_REFERENCE = (history, landing)  # they do not show the policy
FIGURES_OF_A_COUNTRY = (*FIGURES[:-1], municipalities)


def figures_of(run: Run) -> tuple[Any, ...]:
    """Return the modules that draw a run: a country's shows municipalities instead of neighbourhoods.

    The history comes first; a window that holds no year of the record has none.
    """
    if tuple(run.tables) == (history.NAME,):
        return (history,)
    figures = FIGURES_OF_A_COUNTRY if NAME in run.tables else FIGURES
    return figures if len(run.table(history.NAME)) else figures[1:]


def left_out(run: Run, language: str = "en") -> list[str]:
    """Return a sentence for each figure that cannot be drawn of a run, as its window is too short."""
    return [] if flows.can_be_drawn(run) else [text("flows_left_out", language)]


def footer_of(figure: Any, run: Run, language: str) -> str:
    """Return what was run, as it stands below a figure: without the policy where it is not shown."""
    return scenario(run, language, compared=figure not in OF_THE_REFERENCE)


def draw_all(folder: Path | str | Run, language: str = "en") -> list[Path]:
    """Draw the figures of a run into its folder `figures` and return the paths of the images.

    A figure that its window is too short for is left out; `left_out` says which, and why.

    Next to each image stand, with the same name, a CSV with the numbers drawn and a text that says what it
    shows.

    Parameters
    ----------
    folder : Path, str or Run
        A finished run folder, or the run already opened.
    language : str
        "en" or "nl".

    Raises
    ------
    ValueError
        When the folder holds no complete run, the language is unknown, or it cannot be written.
    """
    check_language(language)
    run = folder if isinstance(folder, Run) else open_run(folder)
    place = run.folder / FOLDER
    hidden = hidden_beside(place)
    drawn = [each for each in figures_of(run) if each is not flows or each.can_be_drawn(run)]
    try:
        remove_leftovers(run.folder)
        hidden.mkdir()
        images = [
            write(each.describe(run, language), footer_of(each, run, language), hidden, language)
            for each in drawn
        ]
        # All are drawn, so all appear: a run that cannot be drawn gets no half set.
        place.mkdir(exist_ok=True)
        for path in sorted(hidden.iterdir()):
            os.replace(path, place / path.name)
    except OSError as error:
        raise ValueError(f"figures folder {place} cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(hidden, ignore_errors=True)
    return [place / each.name for each in images]
