"""The savings curve: per year and cumulated, for the municipality and all payers, with break-even."""

from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    INTERVAL_ALPHA,
    SMALL,
    STYLE,
    footnote,
    headline,
    label_ends,
    local_numbers,
    new_figure,
    save,
)
from simulation.months import month_number
from simulation.outcomes.headline import ARTEFACT, standing
from simulation.outcomes.intervals import interval, mean_and_interval
from simulation.outcomes.savings import (
    BASES,
    NO_INVESTMENT,
    break_even_shares,
    mostly_shifted,
    open_care_per_inhabitant,
)
from simulation.recording.store import Run

BREAK_EVEN_YEARS = (3, 5, 10, 15)
_BESIDE = {"municipality": -0.14, "all_payers": 0.14}  # years that the two series stand apart


def table_behind(run: Run) -> pd.DataFrame:
    """Return mean and interval per basis and year, the table behind the figure.

    `open_care_beside` is what care still open at the end will cost less, which no year counts.
    """
    savings = run.table("savings")
    monthly, open_care = run.table("monthly"), run.table("open_care")
    start, last = month_number(run.document["transition"]), savings["year"].max()
    still_open = {each: open_care_per_inhabitant(monthly, open_care, start, each).mean() for each in BASES}
    rows = []
    for (basis, year), of_year in savings.groupby(["basis", "year"], sort=True):
        row = {"basis": basis, "year": int(year)}
        for column in ("saving_eur_per_inhabitant", "cumulated_eur_per_inhabitant",
                       "present_value_eur_per_inhabitant", "unmet_difference"):  # fmt: skip
            mean, low, high = mean_and_interval(of_year[column].to_numpy())
            row |= {column: mean, f"{column}_low": low, f"{column}_high": high}
        row["open_care_beside"] = still_open[str(basis)] if year == last else 0.0
        rows.append(row | {"shifted_share": of_year["shifted"].mean()})
    return pd.DataFrame(rows)


def draw(run: Run, folder: Path, language: str) -> Path:
    """Draw savings_curve.png and return its path."""
    behind = table_behind(run)
    figure = new_figure(10.5, 9.6)
    panels = figure.subplots(
        3, 1, sharex=True,
        gridspec_kw={"height_ratios": [3, 3.6, 1.3], "hspace": 0.14, "left": 0.1, "right": 0.87,
                     "top": 0.895, "bottom": 0.105},
    )  # fmt: skip
    years = sorted(behind["year"].unique())
    # A long curve has narrow years: room at the left for the words beside the shares.
    panels[2].set_xlim(years[0] - 0.6 - 0.2 * max(0, len(years) - 15), years[-1] + 0.6)
    _per_year(panels[0], behind, language)
    _open_care(panels[0], behind, language)
    _cumulated(panels[1], behind, run, language)
    _unmet(panels[2], behind, language)
    panels[2].set_xticks(years[:: 1 + len(years) // 20])
    panels[2].set_xlabel(texts.text("year_axis", language))
    figure.align_ylabels(panels)
    headline(figure, *_finding(run, language))
    footnote(figure, run, language, texts.text("shaded", language))
    return save(figure, behind, folder / "savings_curve")


def _per_year(axes: Any, behind: pd.DataFrame, language: str) -> None:
    """Draw a point with its interval per year and basis; hollow where savings are shifted."""
    ends = []
    for basis in BASES:
        rows, style = behind[behind["basis"] == basis], STYLE[basis]
        x = rows["year"].to_numpy() + _BESIDE[basis]
        y = rows["saving_eur_per_inhabitant"].to_numpy()
        axes.vlines(x, rows["saving_eur_per_inhabitant_low"], rows["saving_eur_per_inhabitant_high"],
                    color=style["color"], linewidth=5, alpha=0.35)  # fmt: skip
        shifted = rows["shifted_share"].to_numpy() > 0.5
        axes.plot(x, y, color=style["color"], linestyle=style["linestyle"], linewidth=0.8)
        for hollow in (False, True):
            here = shifted == hollow
            axes.plot(x[here], y[here], style["marker"], color=style["color"], markersize=5,
                      markerfacecolor="white" if hollow else style["color"])  # fmt: skip
        ends.append((x[-1] + 0.3, y[-1], texts.text(basis, language), style["color"]))
    _zero_line(axes, texts.text("saving_per_year", language), language)
    axes.margins(y=0.12)
    label_ends(axes, ends)
    if (behind["shifted_share"] > 0.5).any():
        axes.text(1.0, 1.09, texts.text("shifted_mark", language), transform=axes.transAxes, ha="right",
                  size=SMALL, color="#333333")  # fmt: skip


def _open_care(axes: Any, behind: pd.DataFrame, language: str) -> None:
    """Write what care still open at the end will cost less: it stands in no year."""
    last = behind[behind["basis"] == "municipality"].iloc[-1]
    words = texts.text("open_care_in", language, year=int(last["year"]),
                       mean=texts.sensible(last["open_care_beside"], language))  # fmt: skip
    axes.set_title(words, size=SMALL, loc="left", color=STYLE["municipality"]["color"])


def _cumulated(axes: Any, behind: pd.DataFrame, run: Run, language: str) -> None:
    """Draw cumulated savings with their intervals, and the shares of draws broken even above them."""
    ends = []
    for basis in BASES:
        rows, style = behind[behind["basis"] == basis], STYLE[basis]
        column = "cumulated_eur_per_inhabitant"
        hatch = None if basis == "municipality" else "///"
        axes.fill_between(rows["year"], rows[f"{column}_low"], rows[f"{column}_high"], color=style["color"],
                          alpha=INTERVAL_ALPHA, hatch=hatch, linewidth=0)  # fmt: skip
        axes.plot(rows["year"], rows[column], color=style["color"], linestyle=style["linestyle"],
                  marker=style["marker"], markersize=4, linewidth=1.8)  # fmt: skip
        ends.append((rows["year"].iloc[-1] + 0.15, rows[column].iloc[-1], texts.text(basis, language),
                     style["color"]))  # fmt: skip
    _zero_line(axes, texts.text("saving_cumulated", language), language)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.42 * (high - low))  # room for the shares
    _break_even_marks(axes, run, int(behind["year"].min()), int(behind["year"].max()), language)
    label_ends(axes, ends)


def _break_even_marks(axes: Any, run: Run, first: int, last: int, language: str) -> None:
    """Write the share of draws broken even at the end of some years, and those that never are."""
    table = run.table("break_even")
    blended, left = axes.get_xaxis_transform(), axes.get_xlim()[0] + 0.1
    heights = {"municipality": 0.86, "all_payers": 0.785}
    shares = {basis: break_even_shares(table, basis, BREAK_EVEN_YEARS) for basis in BASES}
    axes.text(left, 0.985, texts.text("broken_even_by", language), transform=blended, size=SMALL,
              va="top")  # fmt: skip
    for year in (each for each in BREAK_EVEN_YEARS if first + each - 1 <= last):
        x = first + year - 1
        axes.plot([x, x], [0.0, 0.75], transform=blended, color="#888888", linewidth=0.8, linestyle=":")
        axes.text(x, 0.985, texts.text("year_number", language, year=year), transform=blended, size=SMALL,
                  ha="center", va="top")  # fmt: skip
        for basis in BASES:
            axes.text(x, heights[basis], f"{texts.share(shares[basis][year], language)}%", ha="center",
                      transform=blended, size=SMALL, color=STYLE[basis]["color"], weight="bold")  # fmt: skip
    for basis in BASES:
        axes.text(left, heights[basis], texts.text(basis, language), transform=blended, size=SMALL,
                  color=STYLE[basis]["color"])  # fmt: skip
    if any(shares[basis][NO_INVESTMENT] for basis in BASES):
        _beside(axes, blended, first + 6.5, heights, texts.text("never_cost", language),
                {basis: shares[basis][NO_INVESTMENT] for basis in BASES}, language)  # fmt: skip


def _beside(
    axes: Any,
    blended: Any,
    x: float,
    heights: dict[str, float],
    head: str,
    values: dict[str, Any],
    language: str,
) -> None:
    """Write one more column of shares."""
    axes.text(x, 0.985, head, transform=blended, size=SMALL, ha="center", va="top")
    for basis, value in values.items():
        axes.text(x, heights[basis], f"{texts.share(value, language)}%", transform=blended, size=SMALL,
                  ha="center", color=STYLE[basis]["color"], weight="bold")  # fmt: skip


def _unmet(axes: Any, behind: pd.DataFrame, language: str) -> None:
    """Draw unmet need, policy less reference, as bars with their interval."""
    rows = behind[behind["basis"] == "municipality"]
    mean = rows["unmet_difference"].to_numpy()
    axes.bar(rows["year"], mean, width=0.55, color="#BBBBBB", edgecolor="#333333", linewidth=0.7, hatch="..")
    axes.vlines(rows["year"], rows["unmet_difference_low"], rows["unmet_difference_high"], color="#333333")
    _zero_line(axes, texts.text("unmet_axis", language), language)
    axes.set_title(texts.text("more_unmet", language), size=SMALL, loc="right", color="#333333", pad=2)


def _zero_line(axes: Any, label: str, language: str) -> None:
    """Draw the zero line, name the axis and write its numbers."""
    axes.axhline(0.0, color="black", linewidth=0.8)
    axes.set_ylabel(label)
    local_numbers(axes.yaxis, language)


def _finding(run: Run, language: str) -> tuple[str, str]:
    """Return title and subtitle: the municipality's cumulated saving with its uncertainty."""
    savings = run.table("savings")
    last = int(savings["year"].max())
    at_end = savings[(savings["year"] == last) & (savings["basis"] == "municipality")]
    found = interval(at_end["cumulated_eur_per_inhabitant"])
    kind = {1: "positive", -1: "negative", 0: "unclear" if found.count > 1 else "one"}[found.sign]
    policy = texts.policy_of(run.document, language)
    if kind != "unclear":
        policy = policy[:1].upper() + policy[1:]
    mean = texts.sensible(abs(found.mean) if kind in ("positive", "negative") else found.mean, language)
    if kind == "positive" and mostly_shifted(savings[savings["basis"] == "municipality"]):
        kind = "shifted"
    # A saving that survives without its mechanism says so where it is read first.
    key = "parts_artefact" if standing(run) == ARTEFACT else f"savings_{kind}"
    title = texts.text(key, language, policy=policy, mean=mean, year=last)
    horizon = max(year for year in BREAK_EVEN_YEARS if savings["year"].min() + year - 1 <= last or year == 3)
    share = break_even_shares(run.table("break_even"), "municipality", (horizon,))[horizon]
    paid = texts.text("break_even_share", language, year=horizon, share=texts.share(share, language))
    if found.count < 2:
        return title, paid
    turned = -1.0 if found.sign < 0 else 1.0  # the title says the direction in words
    low, high = sorted((turned * found.low, turned * found.high))
    words = texts.three(turned * found.mean, low, high, language, sign=not found.sign)
    return title, f"{texts.text('interval_of', language, **words)}; {paid}"
