"""Figure: two lives of one household below each other, as timelines of problems, marks, care and waiting."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from agents.vocabulary import HOUSEHOLD, PARTIES
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    FIELD,
    GREY,
    RED,
    SMALL,
    Drawing,
    Sheet,
    write,
)
from scenarios.reporting.stories.summary import LOSSES, rows_of_arm, total_cents
from scenarios.reporting.texts import number, place
from scenarios.reporting.texts import story_words as say
from scenarios.reporting.texts.story_words import frame
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR

PROBLEMS: Final = ("money", "mind", "care", "safety", "youth_1", "youth_2", "youth_3", "youth_4")
CLOSE = 1.3  # years between marks within which a count has no room
# Marks, by what they stand for: the notes that are counted, and how they look.
MARKS: Final = {
    "signals": (("signal",), "^", BLUE),
    "losses": (LOSSES, "X", GREY),
    "crisis_marks": (("crisis",), "*", RED),
}
SEVERITY: Final = "severity"
TALL: Final = 1.7  # lanes that the severity is high


def describe(document: dict[str, Any], tables: dict[str, pd.DataFrame], language: str) -> Drawing:
    """Return the figure of both lives.

    Parameters
    ----------
    document : dict
        What describes the story.
    tables : dict of str to DataFrame
        notes, months and costs of both arms.
    language : str
        "en" or "nl".
    """
    problems, places = _problems(tables["months"], document), _places(tables["months"], document)
    marks = [name for name, (what, *_) in MARKS.items() if tables["notes"]["what"].isin(what).any()]
    lanes = [SEVERITY, *marks, *places]
    begin = document["resident_at"]
    found: dict[str, str] = {}
    for name, arm in zip(("first", "second"), document["arms"], strict=True):
        found[name] = document["arms"][arm][language]
        found[f"cost_{name}"] = say.euros(total_cents(tables["costs"], arm, begin), language)
        found[f"unmet_{name}"] = number(rows_of_arm(tables["months"], arm, begin)["unmet"].sum(), language)
    title = frame("figure_title", language, number=document["household"], **found)
    subtitle = frame(
        "figure_subtitle", language, place=place(document["municipality"], language),
        month=say.month(begin, language),
    )  # fmt: skip
    alternative = frame(
        "alt", language, begin=say.month(document["first_told"], language),
        end=say.month(document["last_told"], language), month=say.month(begin, language), **found,
    )  # fmt: skip
    count = len(lanes) + TALL
    return Drawing(
        f"story_{language}", title, subtitle, frame("figure_note", language), alternative,
        behind(tables, problems, places), lambda sheet: _paint(sheet, document, tables, lanes),
        (2 * (0.5 + 0.2 * count) + 0.4, 2 * (0.5 + 0.36 * count) + 0.4),
    )  # fmt: skip


def draw(document: dict[str, Any], tables: dict[str, pd.DataFrame], folder: Path, language: str) -> Path:
    """Draw both lives with title and note into a folder; the table behind the figure stands next to it."""
    footer = frame("figure_footer", language, seed=document["seeds"][0],
                   households=number(document["comparison"]["households"], language))  # fmt: skip
    return write(describe(document, tables, language), footer, folder, language)


def _problems(months: pd.DataFrame, document: dict[str, Any]) -> list[str]:
    """Return the problems that were there in either life, in their order."""
    story_months = months[months["month"] >= document["first_told"]]
    return [name for name in PROBLEMS if (story_months[f"severity_{name}"] > 0.0).any()]


def _places(months: pd.DataFrame, document: dict[str, Any]) -> list[str]:
    """Return the places the household had or waited for in either life."""
    story_months = months[months["month"] >= document["first_told"]]
    names = (story_months["in_care"] + " " + story_months["waiting"]).str.split().explode().dropna()
    return sorted(names.unique())


def _years(months: Any) -> Any:
    """Return months as years with a fraction."""
    return BASE_YEAR + np.asarray(months, dtype=float) / MONTHS_PER_YEAR


def _paint(sheet: Sheet, document: dict[str, Any], tables: dict[str, pd.DataFrame], lanes: list[str]) -> None:
    """Draw one life above the other on one time axis."""
    left = 0.1 if sheet.narrow else 2.25
    grid = sheet.grid(2, left=left, right=0.15, top=0.45 if sheet.narrow else 0.3, bottom=0.3,
                      hspace=0.4)  # fmt: skip
    for row, arm in enumerate(document["arms"]):
        axes = sheet.figure.add_subplot(grid[row])
        begin = document["resident_at"]
        months = rows_of_arm(tables["months"], arm)
        _life(axes, months, rows_of_arm(tables["notes"], arm), lanes, sheet)
        _time(axes, document)
        words = frame(
            "life_title", sheet.language, name=document["arms"][arm][sheet.language],
            cost=say.euros(total_cents(tables["costs"], arm, begin), sheet.language),
            unmet=number(rows_of_arm(tables["months"], arm, begin)["unmet"].sum(), sheet.language),
        )  # fmt: skip
        words = words.replace(": ", ":\n", 1) if sheet.narrow else words
        axes.annotate(words, (0.0, 1.0), xycoords="axes fraction", size=SMALL + 0.5, weight="bold",
                      xytext=(0 if sheet.narrow else -left * 72 + 8, 6), textcoords="offset points",
                      annotation_clip=False)  # fmt: skip


def _life(axes: Any, months: pd.DataFrame, notes: pd.DataFrame, lanes: list[str], sheet: Sheet) -> None:
    """Draw how heavy the problems are, then marks and bars, each in a lane with its name."""
    top = TALL
    severities = months[[f"severity_{name}" for name in PROBLEMS]].max(axis=1).to_numpy(float)
    x = _years(months["month"] + 0.5)
    heavy = TALL - (0.55 if sheet.narrow else 0.15)
    axes.fill_between(x, top - severities * heavy, top, color=GREY, alpha=0.35, linewidth=0, step="mid")
    axes.plot(x, top - severities * heavy, color=BLACK, linewidth=1.0, drawstyle="steps-mid")
    _name(axes, frame("heaviest", sheet.language), top - 0.5 * TALL, sheet, above=top - TALL + 0.25)
    for number_of_lane, lane in enumerate(lanes[1:]):
        y = TALL + number_of_lane + (0.7 if sheet.narrow else 0.5)
        axes.axhline(TALL + number_of_lane, color="#E1E7EB", linewidth=0.8, zorder=-1)
        if lane in MARKS:
            _folded_marks(axes, notes, lane, y)
            _name(axes, frame(lane, sheet.language), y, sheet, above=y - 0.45)
            continue
        for column, looks in (
            ("in_care", {"facecolor": BLUE, "edgecolor": BLUE}),
            ("waiting", {"facecolor": "white", "edgecolor": BLACK, "hatch": "/////"}),
        ):
            spans = [
                (float(_years(begin)), length / MONTHS_PER_YEAR)
                for begin, length in stretches(months, column, lane)
            ]
            thick = 0.36 if sheet.narrow else 0.62
            axes.broken_barh(spans, (y - thick / 2, thick), linewidth=0.5, **looks)
        _name(axes, say.care(lane, sheet.language), y, sheet, above=y - 0.45)
    axes.set_ylim(TALL + len(lanes) - 1, 0.0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _name(axes: Any, words: str, y: float, sheet: Sheet, above: float) -> None:
    """Write the name of a lane at its left, or on a telephone above what is drawn in it."""
    if sheet.narrow:
        over = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.3}
        axes.text(0.0, above, words, size=SMALL, va="center", transform=axes.get_yaxis_transform(), bbox=over)
        return
    axes.annotate(words, (0.0, y), xycoords=axes.get_yaxis_transform(), xytext=(-6, 0),
                  textcoords="offset points", size=SMALL, va="center", ha="right",
                  annotation_clip=False)  # fmt: skip


def _folded_marks(axes: Any, notes: pd.DataFrame, lane: str, y: float) -> None:
    """Put one mark a year for what was noted in it, with a count where it was more than once."""
    what, marker, colour = MARKS[lane]
    months = notes.loc[notes["what"].isin(what), "month"]
    marks = [of_year for _, of_year in months.groupby(months // MONTHS_PER_YEAR)]
    places = [float(_years(of_year.mean() + 0.5)) for of_year in marks]
    for of_year, x, after in zip(marks, places, [*places, float("inf")][1:], strict=True):
        axes.plot([x], [y], marker, color=colour, markersize=9 if marker == "*" else 6, markeredgewidth=0)
        if len(of_year) > 1:
            # Next to its mark, or above it where the next mark would cover it.
            close = after - x < CLOSE
            axes.annotate(f"{len(of_year)}\u00d7", (x, y), xytext=(0, 4) if close else (5, 0), size=SMALL,
                          textcoords="offset points", color=colour, ha="center" if close else "left",
                          va="bottom" if close else "center")  # fmt: skip


def _time(axes: Any, document: dict[str, Any]) -> None:
    """Give a life the axis of years, and a grey field where the policy is the same."""
    from matplotlib.ticker import MaxNLocator

    first, last = document["start"], document["end"] + 1
    axes.set_xlim(_years(first), _years(last))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    if first < document["divergence_month"] <= last:
        parting = float(_years(document["divergence_month"]))
        axes.axvspan(float(_years(first)), parting, color=FIELD, zorder=-3, linewidth=0)
        axes.axvline(parting, color=GREY, linewidth=0.9, linestyle=(0, (1, 2)), zorder=-1)


def stretches(months: pd.DataFrame, column: str, name: str) -> list[tuple[int, int]]:
    """Return first month and length of every unbroken stretch in a place.

    Examples
    --------
    >>> table = pd.DataFrame({"month": [1, 2, 3, 4], "in_care": ["", "aids", "aids", ""]})
    >>> stretches(table, "in_care", "aids")
    [(2, 2)]
    """
    found: list[tuple[int, int]] = []
    for month, names in zip(months["month"], months[column], strict=True):
        if name in names.split():
            joins = found and sum(found[-1]) == month
            found[-1:] = [(found[-1][0], found[-1][1] + 1)] if joins else [*found[-1:], (int(month), 1)]
    return found


def behind(tables: dict[str, pd.DataFrame], problems: list[str], places: list[str]) -> pd.DataFrame:
    """Return the numbers drawn: per run and month severities, care, waiting, marks and cost."""
    months = tables["months"][["arm", "month", *(f"severity_{name}" for name in problems)]].copy()
    for name in places:
        for column in ("in_care", "waiting"):
            has = tables["months"][column].str.split().map(lambda names, name=name: name in names)
            months[f"{column}_{name}"] = has.astype(int)
    notes = tables["notes"]
    for name, what in (("signals", ("signal",)), ("losses", LOSSES), ("crises", ("crisis",))):
        count = notes[notes["what"].isin(what)].groupby(["arm", "month"]).size().rename(name)
        months = months.merge(count, how="left", on=["arm", "month"]).fillna({name: 0})
    costs = tables["costs"][tables["costs"]["payer"] != PARTIES[HOUSEHOLD]]
    paid = costs.pivot_table("cents", ["arm", "month"], "payer", aggfunc="sum", fill_value=0) / 100.0
    return months.merge(paid.add_suffix("_eur").reset_index(), how="left", on=["arm", "month"]).fillna(0)
