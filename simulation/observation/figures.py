"""Draws every figure of a run from its folder alone, each with the table behind it."""

from pathlib import Path
from typing import Any

from simulation.observation import (
    figure_decomposition,
    figure_flows,
    figure_landing,
    figure_municipalities,
    figure_savings,
    figure_wijken,
)
from simulation.observation.municipalities import NAME
from simulation.observation.store import Run, open_run
from simulation.observation.texts import check_language

FOLDER = "figures"
FIGURES = (figure_savings, figure_decomposition, figure_landing, figure_flows, figure_wijken)
FIGURES_OF_A_COUNTRY = (
    figure_savings,
    figure_decomposition,
    figure_landing,
    figure_flows,
    figure_municipalities,
)


def figures_of(run: Run) -> tuple[Any, ...]:
    """Return the modules that draw a run: a country's shows municipalities instead of wijken."""
    return FIGURES_OF_A_COUNTRY if NAME in run.tables else FIGURES


def draw_all(folder: Path | str | Run, language: str = "en") -> list[Path]:
    """Draw the figures of a run into its folder `figures` and return the paths of the images.

    Next to each image stands a CSV of the same name with the numbers drawn.

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
    try:
        place.mkdir(exist_ok=True)
    except OSError as trouble:
        raise ValueError(f"figures folder {place} cannot be written: {trouble.strerror}") from None
    return [figure.draw(run, place, language) for figure in figures_of(run)]
