"""Draws every figure of a run from its folder alone, each with the table behind it."""

from pathlib import Path

from simulation.observation import figure_flows, figure_landing, figure_savings, figure_wijken
from simulation.observation.store import Run, open_run
from simulation.observation.texts import check_language

FOLDER = "figures"
FIGURES = (figure_savings, figure_landing, figure_flows, figure_wijken)


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
    return [figure.draw(run, place, language) for figure in FIGURES]
