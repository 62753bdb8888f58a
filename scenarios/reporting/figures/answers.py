"""The figures of the solver and of measure by measure."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd

from scenarios.reporting.figures.exploration import note
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    INTERVAL_ALPHA,
    ORANGE,
    RED,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    on_two_lines,
    save,
)
from scenarios.reporting.texts.exploration import answer_word as word

UNIT_WIDTH = 40  # letters of a line next to an axis


def draw_curve(document: Mapping[str, Any], language: str, path: Path) -> Path:
    """Draw the outcome over the lever, the target and the answer; next to it the share that meets it."""
    (lever,), (target,) = document["levers"], document["targets"]
    curve = pd.DataFrame(document["curve"])
    figure = new_figure(10.0, 4.8)
    left, right = figure.add_axes((0.09, 0.2, 0.4, 0.52)), figure.add_axes((0.57, 0.2, 0.4, 0.52))
    left.plot(curve["level"], curve["mean"], color=BLUE, marker="o", markersize=3,
              label=word("curve", language))  # fmt: skip
    left.fill_between(curve["level"], curve["low"], curve["high"], color=BLUE, alpha=INTERVAL_ALPHA)
    left.axhline(target["bound"], color=RED, linestyle="--", linewidth=1.0, label=word("bound", language))
    left.set_ylabel(fill(target["unit"][language], UNIT_WIDTH), size=SMALL)
    right.plot(curve["level"], 100.0 * curve["share"], color=ORANGE, marker="o", markersize=3)
    right.axhline(100.0 * document["certainty"], color=BLACK, linestyle=":", linewidth=0.8)
    right.set_ylim(-3.0, 103.0)
    right.set_ylabel(fill(word("share_met", language), UNIT_WIDTH), size=SMALL)
    unit = "" if lever["unit"] in ("", "1") else f" ({lever['unit']})"
    for axes in (left, right):
        if document["status"] == "found":
            ends = [lever["low"] if each == "below" else lever["high"] if each == "above" else each
                    for each in document["interval"]]  # fmt: skip
            axes.axvspan(*ends, color="#999999", alpha=INTERVAL_ALPHA, linewidth=0.0)
            axes.axvline(document["value"], color=BLACK, linewidth=1.0, label=word("answer", language))
        axes.set_xlabel(f"{lever['name']}{unit}", size=SMALL)
        local_numbers(axes.xaxis, language)
        local_numbers(axes.yaxis, language)
    left.legend(frameon=False, fontsize=SMALL - 1)
    meaning = target["meaning"][language]
    headline(figure, word("solve_title", language, meaning=meaning[0].upper() + meaning[1:],
                          lever=lever["name"]))  # fmt: skip
    note(figure, document, language)
    return save(figure, curve, path)


def draw_outcomes(document: Mapping[str, Any], language: str, path: Path) -> Path:
    """Draw where every target of a joint answer comes to on held-out draws, as a share of its bound."""
    outcomes = {each["name"]: each for each in document["outcomes"]}
    figure = new_figure(9.0, 2.6 + 0.5 * len(document["targets"]))
    axes = figure.add_axes((0.3, 0.3, 0.65, 0.42))
    for row, target in enumerate(document["targets"]):
        found, scale = outcomes[target["name"]], abs(target["bound"]) or 1.0
        low, high = found["range"]
        axes.plot([low / scale, high / scale], [row, row], color=BLUE, linewidth=3.0, alpha=0.4)
        axes.plot(found["mean"] / scale, row, color=BLUE, marker="o", linestyle="")
        axes.plot(target["bound"] / scale, row, color=RED, marker="|", markersize=14, linestyle="")
    labels = [f"{each['name']} {each['sense']} {each['bound']:g}" for each in document["targets"]]
    axes.set_yticks(range(len(labels)), labels, size=SMALL)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.invert_yaxis()
    axes.set_xlabel(word("of_bound", language), size=SMALL)
    local_numbers(axes.xaxis, language)
    headline(figure, word("solve_title_together", language))
    note(figure, document, language)
    table = pd.DataFrame(
        [
            {key: each[key] for key in ("name", "mean", "low", "high", "positive")}
            for each in outcomes.values()
        ]
    )
    return save(figure, table, path)


def draw_waterfall(
    document: Mapping[str, Any], outcome: Mapping[str, Any], language: str, path: Path
) -> Path:
    """Draw every measure from where those before it end, and next to it its Shapley share with interval."""
    rows = outcome["measures"]
    figure = new_figure(11.0, 2.8 + 0.4 * len(rows))
    inches = figure.get_figheight()
    bottom, height = 0.95 / inches, 1.0 - (0.95 + 1.15) / inches
    left = figure.add_axes((0.24, bottom, 0.36, height))
    right = figure.add_axes((0.64, bottom, 0.34, height))
    begin = 0.0
    for place, row in enumerate(rows):
        size = row["ordered"]["mean"]
        left.barh(place, size, left=begin, height=0.6, color=BLUE if size < 0.0 else ORANGE,
                  hatch=None if size < 0.0 else "///", edgecolor="white", linewidth=0.0)  # fmt: skip
        ends = begin + row["ordered"]["low"], begin + row["ordered"]["high"]
        left.hlines(place, *ends, color="#777777", linewidth=1.5)
        begin += size
        left.plot([begin, begin], [place - 0.3, place + 1.3], color="#777777", linewidth=0.7)
    for axes, key in ((left, "ordered"), (right, "shapley")):
        total = outcome["total"]
        axes.barh(len(rows), total["mean"], height=0.6, color=BLACK)
        axes.hlines(len(rows), total["low"], total["high"], color="#999999", linewidth=2.0)
        axes.axvline(0.0, color="black", linewidth=0.8)
        axes.axhline(len(rows) - 0.5, color="#777777", linewidth=0.7)
        axes.set_title(word(key, language), size=SMALL, loc="left")
        axes.set_ylim(len(rows) + 0.5, -0.6)
        axes.set_xlabel(fill(outcome["unit"][language], UNIT_WIDTH), size=SMALL)
        local_numbers(axes.xaxis, language)
    for place, row in enumerate(rows):
        part = row["shapley"]
        right.plot([part["low"], part["high"]], [place, place], color=BLUE, linewidth=3.0, alpha=0.4)
        right.plot(part["mean"], place, color=BLUE, marker="D", markersize=5, linestyle="")
    labels = [*(on_two_lines(row["measure"]) for row in rows), word("total", language)]
    left.set_yticks(range(len(labels)), labels, size=SMALL)
    right.set_yticks([])
    meaning = outcome["meaning"][language]
    sentence = word("waterfall", language, package=document["title"][language], outcome=meaning)
    headline(figure, sentence[0].upper() + sentence[1:])
    note(figure, document, language)
    return save(figure, measures_table(outcome), path)


def measures_table(outcome: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row per measure and the whole: mean and interval in the order given, and by Shapley."""
    parts = {each["measure"]: (each["ordered"], each["shapley"]) for each in outcome["measures"]}
    parts["total"] = (outcome["total"], outcome["total"])
    columns = ("mean", "low", "high", "positive")
    return pd.DataFrame(
        [
            {"measure": name}
            | {f"ordered_{key}": ordered[key] for key in columns}
            | {f"shapley_{key}": shapley[key] for key in columns}
            for name, (ordered, shapley) in parts.items()
        ]
    )
