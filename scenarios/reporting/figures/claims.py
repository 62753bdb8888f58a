"""A figure per claim: how the effects of the replications are spread, and the parameter that decides them."""

import io
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pyarrow import ArrowException

from scenarios.common.errors import one_sentence
from scenarios.common.files import read_regular
from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    INTERVAL_ALPHA,
    ORANGE,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.texts.claims import (
    claim_verdict,
    open_claims,
    statement_sentence,
    verdict_words,
    word,
)

WIDTH, ROW, ABOVE, BELOW = 9.5, 2.7, 1.25, 0.55
MOST_BINS = 30
ROOM_FOR_LEGEND = 1.35  # height of a panel in that of its bars: the legend covers none
BELOW_LEGEND = 1.08 / ROOM_FOR_LEGEND


def draw_claims(folder: Path, language: str, into: Path | None = None) -> list[Path]:
    """Draw the figure of every claim of a finished study, with the table behind it next to it.

    Parameters
    ----------
    folder : Path
        Folder of the study.
    language : str
        "en" or "nl".
    into : Path, optional
        Where figures come; by default in `figures` in the folder of the study.
    """
    study = open_claims(folder)
    effects = _table(folder, "effects", ("claim", "statement", "replication", "effect"))
    draws = _table(folder, "draws", ("replication",)).set_index("replication")
    into = into or folder / "figures"
    into.mkdir(parents=True, exist_ok=True)
    return [draw_claim(claim, study, effects, draws, language, into) for claim in study["claims"]]


def _table(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a table of a study, or raise ValueError where it is missing or another."""
    path = folder / f"{name}.parquet"
    expected = "a table of landingsbaan claims"
    try:
        table = pd.read_parquet(io.BytesIO(read_regular(path, expected)))
    except FileNotFoundError:
        raise ValueError(f"{folder} is incomplete: {path.name} is missing") from None
    except (OSError, ArrowException) as error:
        raise ValueError(f"{path} cannot be read: {one_sentence(error)}") from None
    lacking = [each for each in columns if each not in table]
    if lacking:
        raise ValueError(f"{path}: {', '.join(lacking)} is missing, expected {expected}")
    return table


def draw_claim(
    claim: Mapping[str, Any],
    study: Mapping[str, Any],
    effects: pd.DataFrame,
    draws: pd.DataFrame,
    language: str,
    into: Path,
) -> Path:
    """Draw one claim: a row per statement."""
    rows = claim["statements"]
    height = ABOVE + BELOW + ROW * len(rows)
    figure = new_figure(WIDTH, height)
    title = f"{claim['id']}: {claim['title'][language]} - {claim_verdict(claim, language)}"
    headline(figure, title)
    axes = figure.subplots(len(rows), 2, squeeze=False, width_ratios=(3, 2))
    figure.subplots_adjust(
        left=0.07, right=0.985, top=1 - ABOVE / height, bottom=BELOW / height + 0.16 * ROW / height,
        hspace=0.95, wspace=0.28,
    )  # fmt: skip
    parts = []
    for row, (left, right) in zip(rows, axes, strict=True):
        of_row = effects[(effects["claim"] == claim["id"]) & (effects["statement"] == row["statement"])]
        of_row = of_row.dropna()
        _spread(left, of_row["effect"].to_numpy(float), row, language)
        _deciding(right, of_row, draws, row, language)
        parts.append(of_row)
    note = word(
        "footnote",
        language,
        municipality=texts.place(study["municipality"], language),
        households=texts.number(study["households"], language),
        landing=texts.name(study["landing"], language),
    )
    figure.text(0.015, 0.08 / height, _wrapped(note, 135), size=SMALL, color="#333333", va="bottom")
    return save(figure, pd.concat(parts), into / f"{claim['id']}_{language}.png")


def _spread(axes: Any, effects: np.ndarray, row: Mapping[str, Any], language: str) -> None:
    """Draw how effects are spread, with the margin that counts as none, mean and interval."""
    sentence = row[f"text_{language}"]
    title = f"{_wrapped(sentence, 86)}\n{_summary(row, language)}"
    axes.set_title(title, loc="left", size=SMALL + 0.5)
    if not effects.size:
        _only_text(axes, word("unknown_effect", language), 60)
        return
    from matplotlib.ticker import MaxNLocator

    axes.set_xlabel(_wrapped(_axis(row, language), 78), size=SMALL)
    axes.set_ylabel(word("count_axis", language), size=SMALL)
    axes.axvspan(
        -row["equivalence_margin"],
        row["equivalence_margin"],
        color=ORANGE,
        alpha=INTERVAL_ALPHA,
        label=word("equivalence_margin", language),
        zorder=0,
    )
    axes.hist(effects, bins=_bins(effects), color=BLUE, edgecolor="white", linewidth=0.4)
    axes.axvline(0.0, ymax=BELOW_LEGEND, color=BLACK, linewidth=0.8)
    axes.axvline(
        row["adjusted"],
        ymax=BELOW_LEGEND,
        color=BLACK,
        linestyle="--",
        linewidth=1.2,
        label=word("mean", language),
    )
    top = axes.get_ylim()[1]
    if row["low"] is not None:
        axes.plot([row["low"], row["high"]], [top * 1.02] * 2, color=BLACK, linewidth=2.0)
    axes.set_ylim(0.0, top * ROOM_FOR_LEGEND)
    axes.legend(fontsize=SMALL - 1, frameon=False, loc="upper right", ncols=2, borderaxespad=0.0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    local_numbers(axes.xaxis, language)
    local_numbers(axes.yaxis, language)


def _only_text(axes: Any, sentence: str, width: int) -> None:
    """Write a sentence in the middle of a panel that has nothing to draw."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, _wrapped(sentence, width), transform=axes.transAxes,
              ha="center", va="center", size=SMALL, color="#555555")  # fmt: skip


def _summary(row: Mapping[str, Any], language: str) -> str:
    """Return verdict and probability in a few words."""
    verdict = verdict_words(row["verdict"], language)
    if not row["sign"]:
        return verdict
    return f"{verdict}, {texts.number(100.0 * row['probability'], language)}%"


def _bins(effects: np.ndarray) -> int:
    return int(np.clip(round(2.0 * np.sqrt(effects.size)), 5, MOST_BINS))


def _deciding(
    axes: Any, of_row: pd.DataFrame, draws: pd.DataFrame, row: Mapping[str, Any], language: str
) -> None:
    """Draw effects against the drawn parameter that goes with them most."""
    if not row["deciding"] or of_row.empty:
        _only_text(axes, word("none_decides", language), 30)
        return
    first = row["deciding"][0]
    values = draws.loc[of_row["replication"], first["name"]].to_numpy(float)
    axes.axhspan(
        -row["equivalence_margin"], row["equivalence_margin"], color=ORANGE, alpha=INTERVAL_ALPHA, zorder=0
    )
    axes.scatter(values, of_row["effect"], s=9, color=BLUE, alpha=0.55, linewidths=0)
    axes.axhline(0.0, color=BLACK, linewidth=0.8)
    if row["threshold"] and row["threshold"]["name"] == first["name"]:
        axes.axvline(row["threshold"]["value"], color=BLACK, linestyle=":", linewidth=1.2)
    axes.set_xlabel(first["name"], size=SMALL)
    axes.set_ylabel(word("effect", language), size=SMALL)
    correlation = texts.number(first["rank_correlation"], language, 2, sign=True)
    axes.set_title(word("rank", language, value=correlation), loc="right", size=SMALL - 0.5, color=BLUE)
    axes.locator_params(axis="x", nbins=5)  # narrow next to the other: longer numbers would touch
    local_numbers(axes.xaxis, language)
    local_numbers(axes.yaxis, language)


def _axis(row: Mapping[str, Any], language: str) -> str:
    return word("effect_axis", language, measure=row[f"meaning_{language}"], unit=row[f"unit_{language}"])


def _wrapped(sentence: str, width: int) -> str:
    return "\n".join(textwrap.wrap(sentence, width))


def alternative_text(claim: Mapping[str, Any], language: str) -> str:
    """Return what the figure shows, for who cannot see it."""
    sentences = [
        f"{row[f'text_{language}']} {statement_sentence(row, language)}." for row in claim["statements"]
    ]
    return " ".join([f"{claim['id']}, {claim_verdict(claim, language)}.", *sentences])
