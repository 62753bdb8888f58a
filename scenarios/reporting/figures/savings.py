"""The savings curve: cumulated and per year, with what no year counts."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.certainty import is_first_estimate
from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    GREY,
    INTERVAL_ALPHA,
    SMALL,
    STYLE,
    Drawing,
    Sheet,
    label_ends,
    panel_title,
    value_axis,
    years_axis,
)
from scenarios.reporting.summary.outcomes import headline_status, once_per_run, parts_of_headline
from simulation.months import month_number
from simulation.outcomes.headline import ARTEFACT
from simulation.outcomes.history import LAST_YEAR
from simulation.outcomes.intervals import interval, mean_and_interval
from simulation.outcomes.savings import (
    BASES,
    break_even_shares,
    mostly_shifted,
    open_care_per_inhabitant,
)
from simulation.outcomes.variance import PARTS, VarianceParts
from simulation.recording.store import Run

BREAK_EVEN_YEARS = (3, 5, 10, 15)
ROOM_BESIDE_ZERO = 0.16  # of the height, for the words on either side of zero
CUMULATED, PER_YEAR = "cumulated_eur_per_inhabitant", "saving_eur_per_inhabitant"
PART_LOOKS = dict(zip(PARTS, (("#9DB8CC", ""), ("#FFFFFF", "///"), ("#D5DADE", "...")), strict=True))


@once_per_run
def table_behind(run: Run) -> pd.DataFrame:
    """Return mean and interval per basis and year, the table behind the figure.

    `open_care_beside` is what care still open at the end will cost less, which no year counts. The shares of
    the variance at the end stand in the last year of a run whose replications share draws.
    """
    savings = run.table("savings")
    monthly, open_care = run.table("monthly"), run.table("open_care")
    start, last = month_number(run.document["transition"]), savings["year"].max()
    still_open = {each: open_care_per_inhabitant(monthly, open_care, start, each).mean() for each in BASES}
    parts = parts_of_headline(run)
    rows = []
    for (basis, year), of_year in savings.groupby(["basis", "year"], sort=True):
        row = {"basis": basis, "year": int(year)}
        for column in (PER_YEAR, CUMULATED, "present_value_eur_per_inhabitant", "unmet_difference"):
            mean, low, high = mean_and_interval(of_year[column].to_numpy())
            row |= {column: mean, f"{column}_low": low, f"{column}_high": high}
        row["open_care_beside"] = still_open[str(basis)] if year == last else 0.0
        if parts:
            shares = parts[str(basis)].shares if year == last else (np.nan,) * len(PARTS)
            row |= {f"variance_{name}": share for name, share in zip(PARTS, shares, strict=True)}
        rows.append(row | {"shifted_share": of_year["shifted"].mean()})
    return pd.DataFrame(rows)


def describe(run: Run, language: str) -> Drawing:
    """Return the figure of what the policy saves, cumulated and by year."""
    behind = table_behind(run)
    parts = (parts_of_headline(run) or {}).get("municipality")
    parts = parts if parts is not None and np.isfinite(parts.shares[0]) else None
    title, found = _finding(run, language)
    count = run.document["replications"]
    dots = texts.text("savings_dots_first" if is_first_estimate(count) else "savings_dots", language,
                      replications=texts.replications(count, language))  # fmt: skip
    note = [dots, texts.text("savings_open", language)]
    if (behind["shifted_share"] > 0.5).any():
        note.append(texts.text("shifted_mark", language))
    ends = behind[behind["year"] == behind["year"].max()].set_index("basis")
    ends_words = {
        f"{key}_{basis}": texts.number(ends.loc[basis, column], language)
        for basis in BASES
        for key, column in (("mean", CUMULATED), ("low", f"{CUMULATED}_low"), ("high", f"{CUMULATED}_high"))
    }
    words = texts.text("savings_alternative", language, first=int(behind["year"].min()),
                       last=int(behind["year"].max()), **ends_words)  # fmt: skip
    return Drawing(
        "savings", title, texts.text("savings_subtitle", language, found=found), " ".join(note),
        f"{title}. {words}", behind, lambda sheet: _paint(sheet, behind, parts, is_first_estimate(count)),
        (5.3, 5.8) if parts is None else (6.3, 7.2),
    )  # fmt: skip


def describe_total(run: Run, language: str) -> Drawing:
    """Return the total so far alone, for the first page of a report."""
    drawing = describe(run, language)
    return replace(drawing, name="total", note="", subtitle=texts.text("total_subtitle", language),
                   paint=lambda sheet: _paint_total(sheet, drawing.behind), heights=(2.3, 2.9))  # fmt: skip


def _paint_total(sheet: Sheet, behind: pd.DataFrame) -> None:
    """Draw the total so far."""
    grid = sheet.grid(left=0.55, right=0.95 if sheet.narrow else 1.25, top=0.3, bottom=0.28)
    axes = sheet.figure.add_subplot(grid[0])
    _cumulated(axes, behind, sheet, titled=False)
    first, last = int(behind["year"].min()), int(behind["year"].max())
    years_axis(axes, first - 0.6, last + 0.6, sheet.language, LAST_YEAR + 0.5)


def _paint(sheet: Sheet, behind: pd.DataFrame, parts: VarianceParts | None, first: bool) -> None:
    """Draw the total so far above what each year adds; below that, where the width comes from."""
    heights = [3.0, 1.8] if parts is None else [3.0, 1.8, 0.3]
    grid = sheet.grid(len(heights), height_ratios=heights, hspace=0.5, left=0.55,
                      right=0.95 if sheet.narrow else 1.25, top=0.62 if sheet.narrow else 0.45,
                      bottom=0.3 if parts is None else 0.65 if sheet.narrow else 0.35)  # fmt: skip
    above, below = (sheet.figure.add_subplot(grid[row]) for row in (0, 1))
    begin, last = int(behind["year"].min()), int(behind["year"].max())
    _cumulated(above, behind, sheet)
    _per_year(below, behind, sheet, first)
    for axes in (above, below):
        years_axis(axes, begin - 0.6, last + (0.6 if axes is above else 2.1), sheet.language,
                   LAST_YEAR + 0.5 if axes is above else None)  # fmt: skip
        axes.set_xticks([each for each in above.get_xticks() if each <= last])
    below.axvspan(last + 0.6, last + 2.1, color="white", zorder=-1)
    if parts is not None:
        _width(sheet.figure.add_subplot(grid[2]), parts, sheet)


def _cumulated(axes: Any, behind: pd.DataFrame, sheet: Sheet, titled: bool = True) -> None:
    """Draw the totals so far: the municipality's with its interval, and the line of all payers."""
    rows = {basis: behind[behind["basis"] == basis] for basis in BASES}
    own = rows["municipality"]
    colour = STYLE["municipality"]["color"]
    axes.fill_between(own["year"], own[f"{CUMULATED}_low"], own[f"{CUMULATED}_high"], color=colour,
                      alpha=INTERVAL_ALPHA, linewidth=0)  # fmt: skip
    ends = []
    for basis, of_basis in rows.items():
        style = {key: value for key, value in STYLE[basis].items() if key != "marker"}
        axes.plot(of_basis["year"], of_basis[CUMULATED], linewidth=2.2, **style)
        x, y = float(of_basis["year"].iloc[-1]), float(of_basis[CUMULATED].iloc[-1])
        axes.plot([x], [y], STYLE[basis]["marker"], color=style["color"], markersize=5)
        name = texts.text(f"{basis}_label", sheet.language)
        amount = texts.number(y, sheet.language, sign=True)
        ends.append((x, y, f"{amount} {texts.text('euro', sheet.language)}\n{name}", style["color"]))
    for edge in ("low", "high"):
        y = float(own[f"{CUMULATED}_{edge}"].iloc[-1])
        ends.append((float(own["year"].iloc[-1]), y, texts.number(y, sheet.language, sign=True), GREY))
    value_axis(axes, sheet.language)
    axes.margins(y=0.08)
    low, high = axes.get_ylim()
    room = ROOM_BESIDE_ZERO * (high - low)
    axes.set_ylim(min(low, -room), max(high, room))
    if titled:
        panel_title(axes, texts.text("saving_cumulated", sheet.language), sheet)
    _sides_of_zero(axes, sheet.language)
    label_ends(axes, ends)


def _per_year(axes: Any, behind: pd.DataFrame, sheet: Sheet, first: bool) -> None:
    """Draw a dot with its interval per year, and open care apart.

    A dot is filled where the interval excludes zero; of a first estimate none is.
    """
    own = behind[behind["basis"] == "municipality"]
    colour = STYLE["municipality"]["color"]
    x, y = own["year"].to_numpy(), own[PER_YEAR].to_numpy()
    low, high = own[f"{PER_YEAR}_low"].to_numpy(), own[f"{PER_YEAR}_high"].to_numpy()
    clear = (low > 0.0) | (high < 0.0)
    clear = np.zeros_like(clear) if first else clear
    shifted = own["shifted_share"].to_numpy() > 0.5
    axes.vlines(x[clear], low[clear], high[clear], color=colour, linewidth=4, alpha=0.45)
    axes.vlines(x[~clear], low[~clear], high[~clear], color=GREY, linewidth=4, alpha=0.35)
    for mark, those in (("o", ~shifted), ("v", shifted)):
        for face, mask in ((colour, those & clear), ("white", those & ~clear)):
            axes.plot(x[mask], y[mask], mark, color=colour, markerfacecolor=face, markersize=4.5)
    beside = float(own["open_care_beside"].iloc[-1])
    place = x[-1] + 1.4
    axes.bar(place, beside, width=0.8, facecolor="white", edgecolor=GREY, hatch="////", linewidth=0.8)
    axes.axhline(0.0, color=BLACK, linewidth=1.1)
    value_axis(axes, sheet.language)
    axes.margins(y=0.12)
    panel_title(axes, texts.text("saving_per_year", sheet.language), sheet)
    words = texts.text("open_care_bar", sheet.language,
                       mean=texts.sensible(beside, sheet.language, sign=True))  # fmt: skip
    axes.annotate(words, (1.0, 0.5), xycoords="axes fraction", xytext=(4, 0), textcoords="offset points",
                  size=SMALL, color=GREY, va="center", annotation_clip=False)  # fmt: skip


def _sides_of_zero(axes: Any, language: str) -> None:
    """Write in the corners on which side of zero the policy saves; the curve begins at zero, between them."""
    for height, words, side in ((0.98, "side_saves", "top"), (0.02, "side_costs", "bottom")):
        axes.text(0.01, height, texts.text(words, language), transform=axes.transAxes, size=SMALL, color=GREY,
                  va=side)  # fmt: skip


def _width(axes: Any, parts: VarianceParts, sheet: Sheet) -> None:
    """Draw where the width of the interval at the end comes from: a bar of shares that add up to 100%."""
    begin = 0.0
    for name, share in zip(PARTS, parts.shares, strict=True):
        face, hatch = PART_LOOKS[name]
        axes.barh(0.0, share, left=begin, height=1.0, facecolor=face, hatch=hatch, edgecolor=BLACK,
                  linewidth=0.8)  # fmt: skip
        begin += share
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(-0.5, 0.5)
    axes.axis("off")
    panel_title(axes, texts.text("width_from", sheet.language), sheet)
    shares = ("\n" if sheet.narrow else "  ·  ").join(
        f"{texts.text(f'split_{name}', sheet.language)} {texts.share(share, sheet.language)}%"
        for name, share in zip(PARTS, parts.shares, strict=True)
    )
    axes.text(0.0, -0.75, shares, size=SMALL, va="top", transform=axes.transData)


def _finding(run: Run, language: str) -> tuple[str, str]:
    """Return title and subtitle: the municipality's cumulated saving with its uncertainty."""
    savings = run.table("savings")
    last = int(savings["year"].max())
    at_end = savings[(savings["year"] == last) & (savings["basis"] == "municipality")]
    found = interval(at_end["cumulated_eur_per_inhabitant"])
    kind = {1: "positive", -1: "negative", 0: "unclear"}[found.sign]
    first = is_first_estimate(found.count)
    if first:
        kind = "one" if found.count < 2 else "first_positive" if found.mean >= 0.0 else "first_negative"
    policy = texts.policy_of(run.document, language)
    if kind in ("positive", "negative"):
        policy = texts.capital(policy)
    shown = found.mean if kind in ("unclear", "one") else abs(found.mean)
    mean = texts.three(shown, found.low, found.high, language)["mean"]
    if kind == "positive" and mostly_shifted(savings[savings["basis"] == "municipality"]):
        kind = "shifted"
    # A saving that survives without its mechanism says so where it is read first.
    key = "parts_artefact" if headline_status(run) == ARTEFACT and not first else f"savings_{kind}"
    title = texts.text(key, language, policy=policy, mean=mean, year=last)
    horizon = max(year for year in BREAK_EVEN_YEARS if savings["year"].min() + year - 1 <= last or year == 3)
    share = break_even_shares(run.table("break_even"), "municipality", (horizon,))[horizon]
    paid = texts.text("break_even_share", language, year=horizon, share=texts.share(share, language))
    if found.count < 2:
        return title, paid
    if first:
        words = texts.three(found.mean, found.low, found.high, language, sign=True)
        return title, f"{texts.text('replications_between', language, **words)}; {paid}"
    turned = -1.0 if found.sign < 0 else 1.0  # the title says the direction in words
    low, high = sorted((turned * found.low, turned * found.high))
    words = texts.three(turned * found.mean, low, high, language, sign=not found.sign)
    return title, f"{texts.text('interval_of', language, **words)}; {paid}"
