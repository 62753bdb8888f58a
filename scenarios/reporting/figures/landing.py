"""The landing: the budget in steps against the cost of the care still needed, on a short and a long strip."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.certainty import certain_sign, is_first_estimate
from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREY,
    INTERVAL_ALPHA,
    RED,
    SMALL,
    STYLE,
    Drawing,
    Sheet,
    label_ends,
    panel_title,
    value_axis,
    years_axis,
)
from scenarios.reporting.summary.outcomes import once_per_run
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.history import LAST_YEAR
from simulation.outcomes.intervals import Interval, interval, mean_and_interval
from simulation.outcomes.savings import arm_grid
from simulation.recording.store import Run

AS_HAPPENED_YEARS = 3.0  # the last step of the cut came in its third year
METRES_PER_YEAR = 600  # 3,000 m stands for five years, 1,500 m for two and a half
LINES = {"budget": "grant_eur", "care_needed": "municipal_cost_eur"}
PHASE_INS = {"reference": "landing_years", "long_phase_in": "long_years"}
BASES = ("as_announced", "same_money")
# The harms drawn; the table next to the figure has all.
DRAWN = ("own_payments", "unmet", "waiting_above_norm", "crises", "placements", "evictions", "providers_gone")


@dataclass(frozen=True)
class Stop:
    """Where a landing ends: its strip, and the first year in which costs fit the budget and stay so."""

    end: float
    year: int | None

    @property
    def overrun(self) -> float | None:
        """Metres beyond the end of the strip; None when it does not stop within the run."""
        return None if self.year is None else max(0.0, (self.year - self.end) * METRES_PER_YEAR)


@once_per_run
def table_behind(run: Run) -> pd.DataFrame:
    """Return budget and care still needed per phase-in period and year, and the transition harms under
    them."""
    rows = []
    for arm in PHASE_INS:
        for line, column in LINES.items():
            grid = arm_grid(run.table("monthly"), arm, column)
            years = pd.Index(BASE_YEAR + grid.columns.to_numpy() // MONTHS_PER_YEAR, name="year")
            per_year = (grid.T.groupby(years).sum() / 1e6).T
            mean, low, high = mean_and_interval(per_year.to_numpy())
            named = {"phase_in": arm, "what": line, "unit": "million euro of 2015"}
            rows.append(
                pd.DataFrame({**named, "year": per_year.columns, "mean": mean, "low": low, "high": high})
            )
    for (basis, part, unit), of_part in run.table("transition_harms").groupby(
        ["basis", "part", "unit"], sort=False
    ):
        found = interval(of_part["value"])
        rows.append(
            pd.DataFrame([{"phase_in": basis, "what": part, "unit": unit, "mean": found.mean,
                           "low": found.low, "high": found.high}])
        )  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def stop_of(behind: pd.DataFrame, arm: str, touchdown: float, years: float | None) -> Stop:
    """Return where a landing ends: from which year on its mean cost stays within its mean budget."""
    rows = behind[behind["phase_in"] == arm]
    cost, budget = (
        rows[rows["what"] == line].set_index("year")["mean"] for line in ("care_needed", "budget")
    )
    after = [int(year) for year in budget.index if year >= np.floor(touchdown)]
    fits = [bool(cost[year] <= budget[year]) for year in after]
    first = next((year for place, year in enumerate(after) if all(fits[place:])), None)
    return Stop(touchdown + (AS_HAPPENED_YEARS if years is None else years), first)


def describe(run: Run, language: str) -> Drawing:
    """Return the figure of the two landings, with the harms of the short one."""
    behind = table_behind(run)
    alike = run.document["landing_years"] == run.document["long_years"]
    touchdown = BASE_YEAR + month_number(run.document["transition"]) / MONTHS_PER_YEAR
    stops = {arm: stop_of(behind, arm, touchdown, run.document[key]) for arm, key in PHASE_INS.items()}
    title, found = _finding(run, language)
    words = " ".join(
        f"{texts.phase_in_words(run.document[key], language)}: {_stopped(stops[arm], language)}."
        for arm, key in PHASE_INS.items()
    )
    strips = ["reference"] if alike else list(PHASE_INS)
    note = texts.text("landing_note", language)
    if not alike:
        note += f" {_harms_note(run.document['replications'], language)}"
    return Drawing(
        "landing", title, f"{texts.text('landing_subtitle', language)} {found}", note,
        f"{title}. {words} {found}", behind,
        lambda sheet: _paint(sheet, run, behind, touchdown, stops, strips),
        (3.2, 3.2) if alike else (8.3, 10.0),
    )  # fmt: skip


def _paint(
    sheet: Sheet, run: Run, behind: pd.DataFrame, touchdown: float, stops: dict[str, Stop], strips: list[str]
) -> None:
    """Draw the strips below each other on one scale, and the harms of the short one below them."""
    total = sheet.figure.get_figheight() - sheet.above - sheet.below
    runways = 2.45 * len(strips) + 0.55
    grid = sheet.grid(len(strips), left=0.5, right=0.98 if sheet.narrow else 1.25, top=0.62,
                      bottom=total - runways - 0.1, hspace=0.5)  # fmt: skip
    panels: list[Any] = []
    for row, arm in enumerate(strips):
        axes = sheet.figure.add_subplot(grid[row], sharey=panels[0] if panels else None)
        panels.append(axes)
        rows = behind[(behind["phase_in"] == arm) & (behind["year"] >= np.floor(touchdown))]
        _strip(axes, rows, touchdown, stops[arm], run.document[PHASE_INS[arm]], sheet)
    if len(strips) > 1:
        inner = sheet.grid(left=0.1, right=0.1, top=runways + 0.45, bottom=0.05)
        _harms(sheet.figure.add_subplot(inner[0]), run, sheet)


def _strip(
    axes: Any, behind: pd.DataFrame, touchdown: float, stop: Stop, years: float | None, sheet: Sheet
) -> None:
    """Draw one landing: the strip, the budget that descends to it, the cost, and the shortfall between."""
    rows = {line: behind[behind["what"] == line] for line in LINES}
    x = rows["budget"]["year"].to_numpy(float)
    edges = np.append(x, x[-1] + 1.0)
    steps = {line: np.append(of["mean"].to_numpy(), of["mean"].iloc[-1]) for line, of in rows.items()}
    cost = rows["care_needed"]
    axes.fill_between(edges, np.append(cost["low"], cost["low"].iloc[-1]),
                      np.append(cost["high"], cost["high"].iloc[-1]), step="post", color=RED,
                      alpha=INTERVAL_ALPHA, linewidth=0)  # fmt: skip
    axes.fill_between(edges, steps["budget"], steps["care_needed"], step="post", facecolor="none",
                      where=steps["care_needed"] > steps["budget"], hatch="////", edgecolor=RED,
                      linewidth=0.0)  # fmt: skip
    ends = []
    for line in LINES:
        axes.step(edges, steps[line], where="post", linewidth=2.2, **STYLE[line])
        name = texts.text(f"{line}_label", sheet.language)
        amount = texts.number(steps[line][-1], sheet.language, 1)
        ends.append((edges[-1], float(steps[line][-1]), f"{name}\n{amount}", STYLE[line]["color"]))
    axes.margins(y=0.3)
    value_axis(axes, sheet.language, zero=False)
    years_axis(axes, np.floor(touchdown) - 0.2, edges[-1] + 0.05, sheet.language, LAST_YEAR + 1.0)
    length = AS_HAPPENED_YEARS if years is None else years
    words = texts.text("phase_in_title", sheet.language, years=texts.phase_in_words(years, sheet.language),
                       metres=texts.number(length * METRES_PER_YEAR, sheet.language),
                       stopped=_stopped(stop, sheet.language))  # fmt: skip
    panel_title(axes, words, sheet)
    _ground(axes, touchdown, stop, sheet)
    label_ends(axes, ends)


def _stopped(stop: Stop, language: str) -> str:
    """Return in words where a landing stops."""
    if stop.overrun is None:
        return texts.text("stops_never", language)
    if stop.overrun <= 0.0:
        return texts.text("stops_within", language, year=stop.year)
    return texts.text("stops_beyond", language, year=stop.year, metres=texts.number(stop.overrun, language))


def _ground(axes: Any, touchdown: float, stop: Stop, sheet: Sheet) -> None:
    """Draw the strip on the ground, what is run beyond its end hatched, and a bar where it stops."""
    blended = axes.get_xaxis_transform()
    last = axes.get_xlim()[1]
    axes.plot([touchdown], [0.085], marker="v", color=BLACK, markersize=6, transform=blended, zorder=4)
    end = min(stop.end, last)
    axes.fill_between([touchdown, end], 0.0, 0.05, transform=blended, facecolor=BLACK, linewidth=0)
    stopped = last if stop.year is None else float(stop.year)
    if stopped > end:
        axes.fill_between([end, stopped], 0.0, 0.05, transform=blended, facecolor="white", edgecolor=RED,
                          hatch="/////", linewidth=0.8)  # fmt: skip
    if stop.year is not None:
        axes.plot([stopped, stopped], [0.0, 0.14], color=BLACK, linewidth=2.5, transform=blended)
    axes.text(touchdown + 0.25, 0.075, texts.text("touchdown", sheet.language), size=SMALL, color=GREY,
              transform=blended, va="bottom")  # fmt: skip


def _found(run: Run) -> dict[tuple[str, str], Interval]:
    """Return the interval of every part on both bases."""
    table = run.table("transition_harms")
    return {key: interval(of_part["value"]) for key, of_part in table.groupby(["basis", "part"])}


def written(found: Interval, language: str) -> str:
    """Return mean and interval of one part of the transition harms."""
    words = texts.three(found.mean, found.low, found.high, language)
    return "{mean} [{low}; {high}]".format(**words) if found.count > 1 else words["mean"]


def _harms(axes: Any, run: Run, sheet: Sheet) -> None:
    """Draw each harm twice: as announced (speed and money), and with the same money (speed alone)."""
    axes.axis("off")
    found = _found(run)
    lines = 2 if sheet.narrow else 1  # on a telephone the name stands above its numbers
    columns = (0.0, 0.52) if sheet.narrow else (0.405, 0.705)
    total = len(DRAWN) * lines
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(total + 0.4, -2.2)
    axes.text(
        0.0, -1.9, texts.text("harm_column", sheet.language), weight="bold", size=SMALL + 0.5, va="center"
    )
    for basis, x in zip(BASES, columns, strict=True):
        axes.text(x, -0.75, texts.text(f"harm_{basis}", sheet.language), size=SMALL, color=GREY, va="center")
    for row, part in enumerate(DRAWN):
        top = row * lines
        unit = texts.text(f"unit_{part}", sheet.language)
        name = f"{texts.text(part, sheet.language)} ({unit})" if unit else texts.text(part, sheet.language)
        if row % 2 == 0:
            axes.axhspan(top - 0.45, top + lines - 0.55, color="#F3F6F8", zorder=-3, linewidth=0)
        axes.text(0.0, top, name, size=SMALL, va="center")
        for basis, x in zip(BASES, columns, strict=True):
            _harm(axes, found[basis, part], x, top + lines - 1, sheet)


def _harm(axes: Any, found: Interval, x: float, y: float, sheet: Sheet) -> None:
    """Draw one cell: a dot with its interval around zero on a scale of its own, and its numbers."""
    half = 0.04 if sheet.narrow else 0.035
    middle = x + half + 0.01
    size = max(abs(found.low), abs(found.high), abs(found.mean), 1e-12)
    certain = certain_sign(found)
    colour = GREY if not certain else RED if certain > 0 else BLUE
    axes.plot([middle, middle], [y - 0.35, y + 0.35], color=BLACK, linewidth=0.9)
    axes.plot([middle + half * found.low / size, middle + half * found.high / size], [y, y], color=colour,
              linewidth=4, solid_capstyle="butt", alpha=0.45)  # fmt: skip
    axes.plot([middle + half * found.mean / size], [y], "o", color=colour, markersize=4.5,
              markerfacecolor=colour if certain else "white")  # fmt: skip
    axes.text(x + 2 * half + 0.025, y, written(found, sheet.language), size=SMALL, va="center")


def _harms_note(count: int, language: str) -> str:
    """Return how to read the harms: which dots are filled, and that none is with too few replications."""
    key = "harms_note_first" if is_first_estimate(count) else "harms_note"
    return texts.text(key, language, replications=texts.replications(count, language))


def _finding(run: Run, language: str) -> tuple[str, str]:
    """Return title and subtitle: own payments with the short phase-in period beyond the long one."""
    if run.document["landing_years"] == run.document["long_years"]:
        words = texts.phase_in_words(run.document["long_years"], language)
        return texts.text("landing_alike", language, years=words), ""
    found = _found(run)
    announced, same = (found[basis, "own_payments"] for basis in BASES)
    kind = {1: "higher", -1: "lower", 0: "unclear"}[announced.sign]
    if is_first_estimate(announced.count):
        side = "higher" if announced.mean > 0.0 else "lower"
        kind = f"first_{side}" if announced.count > 1 else "one"
    short = texts.phase_in_words(run.document["landing_years"], language)
    mean = texts.three(abs(announced.mean), announced.low, announced.high, language)["mean"]
    title = texts.text(f"landing_{kind}", language, short=short, mean=mean,
                       long=texts.number(run.document["long_years"], language))  # fmt: skip
    sentences = [
        texts.text(key, language, change=texts.change(each, language, texts.text("euro", language)))
        for key, each in (("as_announced_interval", announced), ("on_same_money", same))
    ]  # fmt: skip
    return title, ". ".join(sentences) + "."
