"""An outcome over one axis of a study, with its confidence interval, as an image with its numbers next to
it."""

import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from scenarios.analysis.claims.verdict import mean_interval
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import check_free, new_file
from scenarios.config.keys import check_language, known_keys
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    ENDINGS,
    GREEN,
    INTERVAL_ALPHA,
    ORANGE,
    PURPLE,
    RED,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.texts import filled
from scenarios.studies.exports import values_of_axis
from scenarios.studies.results import declared_in, precision_for_display, values_of_points
from scenarios.studies.store import Folder
from simulation.outcomes.definitions import MEASURES, unit_of
from simulation.recording.new_folder import explain_disk_errors

LINES = (
    (BLUE, "-", "o"), (ORANGE, "--", "s"), (GREEN, "-.", "^"), (RED, ":", "D"), (PURPLE, "-", "v"),
    (BLACK, "--", "P"),
)  # fmt: skip
NOT_IN_NAMES = re.compile(r"[^\w.-]")  # signs of an outcome of one's own, as in results/own.py:share
TENTHS = 10
MOST_ON_A_LINE = 40  # more values of an axis than this are points without a line
WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("{outcome} over {axis}", "{outcome} naar {axis}"),
    "difference": ("{outcome} over {axis}, difference from point {base}",
                   "{outcome} naar {axis}, verschil met punt {base}"),
    "subtitle": ("Mean over replications with its 95% confidence interval.",
                 "Gemiddelde over berekeningen met het 95%-betrouwbaarheidsinterval."),
    "tenths": ("Dots: means of points. Line: mean of each tenth of the points, with its 95% "
               "confidence interval.",
               "Stippen: gemiddelden van punten. Lijn: gemiddelde van elk tiende deel van de "
               "punten, met het 95%-betrouwbaarheidsinterval."),
    "others": ("Other axes differ between the points: {axes}.", "Andere assen verschillen per punt: {axes}."),
    "note": ("{study}: {points} points, {runs} runs, result version {version}. {shared}",
             "{study}: {points} punten, {runs} runs, resultaatversie {version}. {shared}"),
}  # fmt: skip


def draw(folder: Folder, options: dict[str, str]) -> Path:
    """Draw an outcome over an axis, with its table next to it, and return where.

    Parameters
    ----------
    options : dict of str to str
        `outcome`, `over` (an axis), `against` (a base point), `to` (a file), `language`.

    Raises
    ------
    ConfigurationError
        For an outcome or axis the study does not have.
    """
    document = folder.sweep
    language = options.get("language", "en")
    check_language(language)
    outcome = options.get("outcome") or next(iter(declared_in(folder)), "net_cost")
    axes = document["axes"]
    over = options.get("over") or next(iter(axes), "")
    if over not in axes:
        has = ", ".join(axes) or "no axis"
        raise ConfigurationError(f"over = {over}: the study varies {has}{nearest(over, axes)}")
    name = f"{NOT_IN_NAMES.sub('_', outcome)}_over_{over}_{language}"
    target = _asked(options["to"]) if "to" in options else folder.path / "figures" / name
    behind = table_behind(folder, outcome, over, options.get("against", ""))
    figure = _figure(behind, folder, outcome, over, language, options.get("against", ""))
    with explain_disk_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    return save(figure, behind, target.parent / f"{target.name}.csv")


def _asked(text: str) -> Path:
    """Return the path of `to=` without .png; raise ConfigurationError if a file would be overwritten."""
    image = new_file(text)
    name = image.name.removesuffix(".png")
    if not name:
        raise ConfigurationError(f"to = {text}: expected a name before .png")
    for path in (image, *(image.parent / f"{name}{ending}" for ending in ENDINGS)):
        check_free(path)
    return image.parent / name


def table_behind(folder: Folder, outcome: str, over: str, against: str = "") -> pd.DataFrame:
    """Return a row per point: number, axes, mean, ends of the confidence interval, replications; sorted by
    the axis."""
    values, precision = values_of_points(folder, outcome), precision_for_display(folder, outcome, against)
    axes, points = folder.sweep["axes"], folder.sweep["points"]
    rows = []
    for number in values:
        interval = precision.confidence_interval(number, values)
        width = interval.half_width if np.isfinite(interval.half_width) else np.nan
        ends = (interval.mean - width, interval.mean + width)
        rows.append(
            {
                "point": number,
                **dict.fromkeys(axes),
                **points[number],
                "mean": interval.mean,
                "low": ends[0],
                "high": ends[1],
                "replications": interval.replications,
            }
        )
    table = pd.DataFrame(rows)
    for axis in axes:
        table[axis] = values_of_axis(table[axis])
    return table.sort_values([over, "point"], ignore_index=True)


def _figure(
    behind: pd.DataFrame, folder: Folder, outcome: str, over: str, language: str, against: str
) -> Any:
    figure = new_figure(8.0, 5.0)
    axes = figure.add_axes((0.12, 0.2, 0.84, 0.6))
    others = [axis for axis in folder.sweep["axes"] if axis != over]
    are_numbers = pd.api.types.is_numeric_dtype(behind[over])
    places = behind[over] if are_numbers else pd.Categorical(behind[over].astype(str)).codes
    behind_here = behind.assign(_place=np.asarray(places, dtype=float))
    groups = list(behind_here.groupby(others, sort=True)) if others else [((), behind_here)]
    is_pooled = len(groups) > len(LINES) or behind[over].nunique() > MOST_ON_A_LINE
    in_tenths = is_pooled and are_numbers and len(behind) > MOST_ON_A_LINE
    for (colour, dashes, mark), (chosen, rows) in zip(
        LINES, [((), behind_here)] if is_pooled else groups, strict=False
    ):
        label = ", ".join(f"{axis} = {value:g}" if isinstance(value, int | float) else f"{axis} = {value}"
                          for axis, value in zip(others, chosen, strict=False))  # fmt: skip
        if in_tenths:
            _draw_tenths(axes, rows)
        elif is_pooled or not are_numbers:
            axes.errorbar(rows["_place"], rows["mean"], yerr=(rows["high"] - rows["low"]) / 2, color=colour,
                          linestyle="", marker=mark, markersize=4, elinewidth=1.0, label=label)  # fmt: skip
        else:
            axes.plot(rows["_place"], rows["mean"], color=colour, linestyle=dashes, marker=mark, label=label)
            axes.fill_between(
                rows["_place"], rows["low"], rows["high"], color=colour, alpha=INTERVAL_ALPHA, linewidth=0
            )
    if not is_pooled and others:
        axes.legend(frameon=False, fontsize=SMALL)
    declared = declared_in(folder)[outcome]
    unit = unit_of(outcome, language) if outcome in MEASURES else declared["unit"]
    _labels(axes, behind, unit, over, language)
    if against:
        axes.axhline(0.0, color=BLACK, linewidth=0.8)
    measure = MEASURES[outcome].meaning[language] if outcome in MEASURES else declared["meaning"]
    title = _word("difference" if against else "title", language, outcome=measure, axis=over, base=against)
    more = _word("others", language, axes=", ".join(others)) if is_pooled and others else ""
    headline(
        figure,
        title[0].upper() + title[1:],
        f"{_word('tenths' if in_tenths else 'subtitle', language)} {more}".strip(),
    )
    document = folder.sweep
    note = _word("note", language, study=folder.path.name, points=len(behind),
                 runs=int(behind["replications"].sum()), version=document["result_version"],
                 shared=" ".join(document["overrides"]))  # fmt: skip
    figure.text(0.015, 0.02, note if len(note) < 120 else note[:117] + "...", size=SMALL, color="#333333")
    return figure


def _draw_tenths(axes: Any, rows: pd.DataFrame) -> None:
    """Draw many points as dots, and the mean of each tenth of them with its confidence interval."""
    axes.plot(rows["_place"], rows["mean"], linestyle="", marker=".", markersize=3, color=BLUE, alpha=0.35)
    tenths = [tenth for tenth in np.array_split(np.arange(len(rows)), TENTHS) if len(tenth)]
    places = [rows["_place"].iloc[tenth].mean() for tenth in tenths]
    means = [rows["mean"].iloc[tenth].mean() for tenth in tenths]
    ends = [mean_interval(rows["mean"].iloc[tenth].to_numpy(), 0.05) for tenth in tenths]
    axes.plot(places, means, color=ORANGE, marker="o", markersize=4)
    axes.fill_between(places, *zip(*ends, strict=True), color=ORANGE, alpha=INTERVAL_ALPHA, linewidth=0)


def _labels(axes: Any, behind: pd.DataFrame, unit: str, over: str, language: str) -> None:
    """Write what stands along the axes; `unit` is that of the outcome."""
    key = known_keys().get(over)
    of_axis = f" ({key.unit})" if key is not None and key.unit not in ("", "1") else ""
    axes.set_xlabel(f"{over}{of_axis}")
    axes.set_ylabel(unit)
    local_numbers(axes.yaxis, language)
    if pd.api.types.is_numeric_dtype(behind[over]):
        local_numbers(axes.xaxis, language)
    else:
        names = sorted(behind[over].astype(str).unique())
        axes.set_xticks(range(len(names)), names)


def _word(key: str, language: str, **values: object) -> str:
    return filled(WORDS, key, language, **values)
