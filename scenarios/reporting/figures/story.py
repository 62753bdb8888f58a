"""Figure: one household under two policies, two timelines side by side."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from agents.vocabulary import HOUSEHOLD, PARTIES
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    SMALL,
    YELLOW,
    headline,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.stories.summary import LOSSES, rows_of_arm, total_cents
from scenarios.reporting.texts import number, place
from scenarios.reporting.texts import story_words as say
from scenarios.reporting.texts.story_words import frame
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR

# One style per problem, so that lines are distinguishable in grey print too.
LINES: Final = {
    "money": (BLUE, "-"),
    "mind": (RED, "--"),
    "care": (GREEN, "-."),
    "safety": (BLACK, ":"),
    "youth_1": (PURPLE, "-"),
    "youth_2": (ORANGE, "--"),
    "youth_3": (SKY, "-."),
    "youth_4": ("#7A6A00", ":"),
}
MARKS: Final = {"signals": ("^", BLUE), "losses": ("X", ORANGE), "crisis_marks": ("*", RED)}
PAYERS: Final = {
    "municipality": (BLUE, ""),
    "province_and_national_funds": (YELLOW, "//"),
    "health_insurer": (ORANGE, "\\\\"),
    "long_term_care": (GREEN, "xx"),
    "housing_corporation": (SKY, ".."),
    "justice": (PURPLE, "++"),
}
BARS: Final = {
    "in_care": {"facecolor": BLUE, "edgecolor": BLUE},
    "waiting": {"facecolor": "white", "edgecolor": BLACK, "hatch": "////"},
}
HEIGHT_OF_LANE: Final = 0.27


def draw(document: dict[str, Any], tables: dict[str, pd.DataFrame], folder: Path, language: str) -> Path:
    """Draw both runs; the table behind the figure stands beside it.

    Parameters
    ----------
    document : dict
        What describes the story.
    tables : dict of str to DataFrame
        notes, months and costs of both arms.
    folder : Path
        Where `story_<language>.png` is written.
    language : str
        "en" or "nl".
    """
    arms = list(document["arms"])
    problems, places = _problems(tables["months"], document), _places(tables["months"], document)
    lanes = [*MARKS, *places]
    height = 6.2 + HEIGHT_OF_LANE * len(lanes)
    figure = new_figure(14.0, height)
    rows = (2.2, HEIGHT_OF_LANE * len(lanes) + 0.2, 1.6)
    grid = figure.add_gridspec(
        3, 2, height_ratios=rows, left=0.22, right=0.985, top=1 - 1.25 / height, bottom=1.0 / height,
        hspace=0.12, wspace=0.09,
    )  # fmt: skip
    panels = np.empty((3, 2), dtype=object)
    for column, arm in enumerate(arms):
        for row in range(3):
            beside = panels[row, 0] if column else None
            panels[row, column] = figure.add_subplot(grid[row, column], sharey=beside)
        _severity(panels[0, column], rows_of_arm(tables["months"], arm), problems, language)
        panels[0, column].set_title(document["arms"][arm][language], weight="bold")
        _care(panels[1, column], rows_of_arm(tables["months"], arm), lanes, places)
        _draw_marks(panels[1, column], rows_of_arm(tables["notes"], arm), lanes)
        _cost(panels[2, column], yearly_costs(tables["costs"], arm), language)
        for panel in panels[:, column]:
            _time(panel, document)
            panel.tick_params(axis="x", labelbottom=panel is panels[2, column])
    _names_on_the_left(panels, lanes, places, language)
    _legends(figure, panels, height)
    _write_findings(figure, document, tables, language)
    return save(figure, behind(tables, problems, places), folder / f"story_{language}.png")


def _write_findings(
    figure: Any, document: dict[str, Any], tables: dict[str, pd.DataFrame], language: str
) -> None:
    """Write cost and months without help of both runs above the figure."""
    begin = document["resident_at"]
    found: dict[str, str] = {}
    for name, arm in zip(("first", "second"), document["arms"], strict=True):
        found[name] = document["arms"][arm][language]
        found[f"cost_{name}"] = say.euros(total_cents(tables["costs"], arm, begin), language)
        found[f"unmet_{name}"] = number(rows_of_arm(tables["months"], arm, begin)["unmet"].sum(), language)
    title = frame("figure_title", language, number=document["household"], **found)
    subtitle = frame(
        "figure_subtitle",
        language,
        place=place(document["municipality"], language),
        seed=document["seeds"][0],
        households=number(document["comparison"]["households"], language),
        month=say.month(begin, language),
    )
    headline(figure, title, subtitle)


def _problems(months: pd.DataFrame, document: dict[str, Any]) -> list[str]:
    """Return the problems that were there in either run, in their order."""
    told = months[months["month"] >= document["first_told"]]
    return [name for name in LINES if (told[f"severity_{name}"] > 0.0).any()]


def _places(months: pd.DataFrame, document: dict[str, Any]) -> list[str]:
    """Return the places the household had or waited for in either run."""
    told = months[months["month"] >= document["first_told"]]
    names = (told["in_care"] + " " + told["waiting"]).str.split().explode().dropna()
    return sorted(names.unique())


def _years(months: Any) -> Any:
    """Return months as years with a fraction."""
    return BASE_YEAR + np.asarray(months, dtype=float) / MONTHS_PER_YEAR


def _time(axes: Any, document: dict[str, Any]) -> None:
    """Give a panel the axis of years, and mark where the runs part."""
    from matplotlib.ticker import MaxNLocator

    first, last = document["start"], document["end"] + 1
    axes.set_xlim(_years(first), _years(last))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    if first < document["divergence_month"] <= last:
        axes.axvspan(_years(first), _years(document["divergence_month"]), color="#EEEEEE", zorder=0, lw=0)
        axes.axvline(_years(document["divergence_month"]), color="#777777", lw=0.8, zorder=1)


def _severity(axes: Any, months: pd.DataFrame, problems: list[str], language: str) -> None:
    """Draw severity per problem; a problem that is not there is not drawn."""
    for name in problems:
        values = months[f"severity_{name}"].to_numpy(dtype=float)
        shown = np.where(values > 0.0, values, np.nan)
        colour, style = LINES[name]
        axes.plot(_years(months["month"] + 1), shown, color=colour, linestyle=style, lw=1.5,
                  label=say.problem(name, language))  # fmt: skip
    axes.set_ylim(0.0, 1.03)
    local_numbers(axes.yaxis, language)


def _care(axes: Any, months: pd.DataFrame, lanes: list[str], places: list[str]) -> None:
    """Draw a bar for every stretch of care, and a hatched one for every stretch of waiting."""
    for name in places:
        lane = lanes.index(name)
        for column, style in BARS.items():
            spans = [
                (float(_years(begin)), length / MONTHS_PER_YEAR)
                for begin, length in stretches(months, column, name)
            ]
            axes.broken_barh(spans, (lane - 0.32, 0.64), linewidth=0.5, **style)
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.set_yticks(range(len(lanes)))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color="#DDDDDD", lw=0.5)
    axes.set_axisbelow(True)


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


def _draw_marks(axes: Any, notes: pd.DataFrame, lanes: list[str]) -> None:
    """Put a mark at every signal, loss and crisis."""
    which = {"signals": ("signal",), "losses": LOSSES, "crisis_marks": ("crisis",)}
    for name, (marker, colour) in MARKS.items():
        months = notes[notes["what"].isin(which[name])]["month"]
        size = 60 if marker == "*" else 26
        axes.scatter(_years(months + 0.5), [lanes.index(name)] * len(months), marker=marker, color=colour,
                     s=size, linewidth=0, zorder=3)  # fmt: skip


def yearly_costs(costs: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return euros per year and payer of one run; own contributions are within the municipality's."""
    mine = rows_of_arm(costs, arm)
    mine = mine[mine["payer"] != PARTIES[HOUSEHOLD]]
    year = BASE_YEAR + mine["month"] // MONTHS_PER_YEAR
    yearly = mine.assign(year=year, eur=mine["cents"] / 100.0)
    return yearly.groupby(["year", "payer"], as_index=False)["eur"].sum()


def _cost(axes: Any, paid: pd.DataFrame, language: str) -> None:
    """Stack what each payer paid in a year."""
    years = sorted(paid["year"].unique())
    base = np.zeros(len(years))
    for payer, (colour, hatch) in PAYERS.items():
        mine = paid[paid["payer"] == payer].set_index("year")["eur"].reindex(years, fill_value=0.0).to_numpy()
        if mine.any():
            axes.bar(np.array(years) + 0.5, mine, 0.8, bottom=base, color=colour, hatch=hatch,
                     edgecolor="white" if not hatch else BLACK, linewidth=0.3,
                     label=say.payer(payer, language))  # fmt: skip
            base = base + mine
    local_numbers(axes.yaxis, language)


def _names_on_the_left(panels: Any, lanes: list[str], places: list[str], language: str) -> None:
    """Name the rows once; the right-hand panels share them."""
    panels[0, 0].set_ylabel(frame("severity", language))
    panels[2, 0].set_ylabel(frame("cost_per_year", language))
    names = [say.care(lane, language) if lane in places else frame(lane, language) for lane in lanes]
    panels[1, 0].set_yticks(range(len(lanes)), names)
    for row in range(3):
        panels[row, 1].tick_params(axis="y", labelleft=False)


def _legends(figure: Any, panels: Any, height: float) -> None:
    """Explain lines and colours once, for both sides, at the left and below."""
    lines, names = panels[0, 0].get_legend_handles_labels()
    if lines:
        box = panels[0, 0].get_position()
        figure.legend(lines, names, loc="center left", bbox_to_anchor=(0.005, (box.y0 + box.y1) / 2),
                      frameon=False, fontsize=SMALL - 0.5, handlelength=1.8)  # fmt: skip
    bars = {
        name: bar for panel in panels[2] for bar, name in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    if bars:
        figure.legend(bars.values(), bars.keys(), loc="lower center", ncol=len(bars), frameon=False,
                      fontsize=SMALL, bbox_to_anchor=(0.58, 0.1 / height))  # fmt: skip


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
