"""The figure of a validation: how far the model lies from figures it was not fitted to."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.reporting.figures.calibration import distance_table, distances, note
from scenarios.reporting.figures.style import save
from scenarios.reporting.texts.calibration import word


def draw_validation(told: Mapping[str, Any], into: Path, language: str) -> Path:
    """Draw every row the model can say, as a distance in halves of its bounds.

    Parameters
    ----------
    told : dict
        The content of validation.json.
    into : Path
        Folder of the figure.
    language : str
        "en" or "nl".
    """
    into.mkdir(parents=True, exist_ok=True)
    rows = [
        {**row, "name": row["target"],
         "model": {"mean": row["mean"], "low": row["interval"][0], "high": row["interval"][1]}}
        for row in told["rows"] if row["mean"] is not None
    ]  # fmt: skip
    title = word("title_validation", language, hits=told["counts"]["hit"], rows=len(told["rows"]))
    subtitle = word("subtitle_validation", language, draws=told["about"]["draws"])
    figure = distances(rows, {"hit": "model"}, title, subtitle, language)
    note(figure, told, language)
    return save(figure, distance_table(rows, ("model",)), into / f"validation_{language}.png")
