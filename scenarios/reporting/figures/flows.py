"""Households between kinds of care: an alluvial for reference and policy, waiting under them."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLUE,
    GREEN,
    INTERVAL_ALPHA,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    SMALL,
    STYLE,
    apart,
    footnote,
    headline,
    label_ends,
    local_numbers,
    new_figure,
    save,
)
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.intervals import interval, mean_and_interval
from simulation.outcomes.savings import arm_grid
from simulation.recording.arm_names import POLICY_ARMS
from simulation.recording.store import Run
from simulation.recording.tallies import STATES

DRAWN = STATES[1:]  # inactive households would fill the page
_COLOURS_AND_HATCHES = ((SKY, ""), (ORANGE, "///"), (GREEN, ""), (BLUE, "..."), (PURPLE, "xx"), (RED, ""))
LOOKS = dict(zip(DRAWN, _COLOURS_AND_HATCHES, strict=True))
BAR = 0.09  # half the width of a bar, in dates


def yearly_matrices(flows: pd.DataFrame, arm: str) -> dict[int, np.ndarray]:
    """Return per year the flows from state (rows) to state, float64 of shape (7, 7), mean over
    replications.
    """
    of_arm = flows[flows["arm"] == arm]
    replications = of_arm["replication"].nunique()
    matrices = {}
    for year, rows in of_arm.groupby("year"):
        table = rows.pivot_table(index="from_state", columns="to_state", values="households", aggfunc="sum")
        table = table.reindex(index=STATES, columns=STATES).fillna(0.0)
        matrices[int(year)] = table.to_numpy(float) / replications
    return matrices


def chained(matrices: dict[int, np.ndarray], first: int, last: int) -> np.ndarray:
    """Return flows from 1 January of one year to that of a later one, chained from yearly flows.

    Where somebody goes next is taken not to depend on where they came from, so it is an
    approximation; one year is exact.
    """
    flow = matrices[first + 1]
    for year in range(first + 2, last + 1):
        step = matrices[year]
        leaving = step.sum(axis=1, keepdims=True)
        flow = flow @ np.divide(step, leaving, out=np.zeros_like(step), where=leaving > 0.0)
    return flow


def counted(matrices: dict[int, np.ndarray], year: int) -> np.ndarray:
    """Return households counted in each state on 1 January of a year, float64 of shape (7,), mean over
    replications.

    Those who lived there the year before too; on the first date of a run, those who stay the year after.
    """
    return matrices[year].sum(axis=0) if year in matrices else matrices[year + 1].sum(axis=1)


def within_counts(flow: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return a flow brought down where more would leave, or arrive, than was counted on the two dates."""
    arriving = flow.sum(axis=0)
    flow = flow * np.minimum(1.0, np.divide(last, arriving, out=np.ones(len(last)), where=arriving > 0.0))
    leaving = flow.sum(axis=1)
    share = np.minimum(1.0, np.divide(first, leaving, out=np.ones(len(first)), where=leaving > 0.0))
    return flow * share[:, None]


def dates(flows: pd.DataFrame, transition_year: int) -> list[int]:
    """Return about four years whose 1 January is drawn: before, at and after the transition."""
    first, last = int(flows["year"].min()) - 1, int(flows["year"].max())
    wished = [transition_year - 3, transition_year, transition_year + 3, transition_year + 9]
    inside = sorted({min(max(year, first), last) for year in wished})
    return inside if len(inside) > 1 else [first, last]


def table_behind(run: Run) -> pd.DataFrame:
    """Return the flows drawn: arm, first and last year, states, households (mean over replications).

    `counted_from` and `counted_to` are the bars: households counted in the two states on the two dates.
    """
    flows = run.table("flows")
    years = dates(flows, _transition_year(run))
    rows = []
    for arm in POLICY_ARMS:
        matrices = yearly_matrices(flows, arm)
        for first, last in zip(years, years[1:], strict=False):
            here, there = counted(matrices, first), counted(matrices, last)
            flow = within_counts(chained(matrices, first, last), here, there)
            rows += [(arm, first, last, origin, target, flow[i, j], here[i], there[j])
                     for i, origin in enumerate(STATES) for j, target in enumerate(STATES)]  # fmt: skip
    names = ["arm", "from_year", "to_year", "from_state", "to_state", "households", "counted_from",
             "counted_to"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def bars(behind: pd.DataFrame) -> dict[int, np.ndarray]:
    """Return the heights of one arm's bars by date: households counted in each state, shape (7,)."""
    first = behind.groupby(["from_year", "from_state"])["counted_from"].first()
    last = behind.groupby(["to_year", "to_state"])["counted_to"].first()
    years = sorted({*behind["from_year"], *behind["to_year"]})
    return {
        int(year): (last if year == years[-1] else first)[year].reindex(list(STATES)).to_numpy()
        for year in years
    }


def can_be_drawn(run: Run) -> bool:
    """Whether there are flows: a household flows from one 1 January to the next."""
    return not run.table("flows").empty


def draw(run: Run, folder: Path, language: str) -> Path:
    """Draw flows.png and return its path."""
    behind = table_behind(run)
    figure = new_figure(12.5, 9.4)
    above = figure.add_gridspec(1, 2, left=0.07, right=0.85, top=0.865, bottom=0.375, wspace=0.46)
    left = figure.add_subplot(above[0])
    for axes, arm in ((left, "reference"), (figure.add_subplot(above[1], sharey=left), "policy")):
        _alluvial(axes, behind[behind["arm"] == arm], language)
        name = texts.arm_of(run.document, arm, language, "reference_policy")
        unit = texts.text("households", language)
        axes.set_title(f"{name} ({unit})", weight="bold")
    _waiting(figure.add_axes((0.07, 0.125, 0.79, 0.165)), run, language)
    headline(figure, *_finding(run, language))
    note = texts.text("flows_note", language, share=_rest_share(behind, language))
    footnote(figure, run, language, f"{note} {texts.text('shaded', language)}")
    return save(figure, behind, folder / "flows")


def _transition_year(run: Run) -> int:
    """Return the calendar year of the transition."""
    return BASE_YEAR + month_number(run.document["transition"]) // MONTHS_PER_YEAR


def _rest_share(behind: pd.DataFrame, language: str) -> str:
    """Return the percentage of inactive households on the first date."""
    first = next(iter(bars(behind[behind["arm"] == "reference"]).values()))
    return texts.share(first[0] / max(first.sum(), 1.0), language)


def _alluvial(axes: Any, behind: pd.DataFrame, language: str) -> None:
    """Draw one alluvial: a bar per state at each date, ribbons for who went where."""
    years = sorted(bars(behind))
    flows = [_matrix(behind, first) for first in years[:-1]]
    stocks = [bars(behind)[year][1:] for year in years]
    gap = 0.03 * max(stock.sum() for stock in stocks)
    bottoms = [np.concatenate([[0.0], np.cumsum(stock + gap)[:-1]]) for stock in stocks]
    for place, flow in enumerate(flows):
        _ribbons(axes, place, flow[1:, 1:], bottoms[place], bottoms[place + 1])
    for place, (stock, bottom) in enumerate(zip(stocks, bottoms, strict=True)):
        for state, height, low in zip(DRAWN, stock, bottom, strict=True):
            colour, hatch = LOOKS[state]
            for face, clear, pattern in (("white", 1.0, ""), (colour, 0.45, hatch)):
                axes.bar(place, height, 2 * BAR, low, facecolor=face, alpha=clear, hatch=pattern,
                         edgecolor="#222222", linewidth=0.6, zorder=3)  # fmt: skip
    _name_states(axes, len(years) - 1, stocks[-1], bottoms[-1], language)
    named = [texts.text("first_of_january", language, year=year) for year in years]
    axes.set_xticks(range(len(years)), named)
    axes.set_xlim(-2 * BAR, len(years) - 1 + 2 * BAR)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(bottom=False, left=False, labelleft=False)


def _matrix(behind: pd.DataFrame, first: int) -> np.ndarray:
    """Return the households by where they were on one date and the next, float64 (7, 7)."""
    rows = behind[behind["from_year"] == first]
    table = rows.pivot(index="from_state", columns="to_state", values="households")
    return table.reindex(index=STATES, columns=STATES).to_numpy(float)


def _ribbons(axes: Any, place: int, flow: np.ndarray, left: np.ndarray, right: np.ndarray) -> None:
    """Draw the ribbons between two dates, and the solid part of the bars where they leave and arrive."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Line

    leave, arrive = left.astype(float).copy(), right.astype(float).copy()
    x0, x1 = place + BAR, place + 1 - BAR
    middle = (x0 + x1) / 2
    codes = [Line.MOVETO, *[Line.CURVE4] * 3, Line.LINETO, *[Line.CURVE4] * 3, Line.CLOSEPOLY]
    for origin, state in enumerate(DRAWN):
        colour, hatch = LOOKS[state]
        for target in range(len(DRAWN)):
            size = flow[origin, target]
            a, b = leave[origin], arrive[target]
            corners = [(x0, a), (middle, a), (middle, b), (x1, b), (x1, b + size), (middle, b + size),
                       (middle, a + size), (x0, a + size), (x0, a)]  # fmt: skip
            broad = size > 0.02 * arrive[-1]  # an edge around a thin ribbon would be all one sees
            edge = ("#555555", 0.3, hatch) if broad else ("none", 0.0, "")
            axes.add_patch(PathPatch(Line(corners, codes), facecolor=colour, alpha=0.55, zorder=2,
                                     edgecolor=edge[0], linewidth=edge[1], hatch=edge[2]))  # fmt: skip
            leave[origin] += size
            arrive[target] += size
    for bottom, top, low, state in zip((*left, *right), (*leave, *arrive), (place,) * 6 + (place + 1,) * 6,
                                       DRAWN * 2, strict=True):  # fmt: skip
        outer = low + (BAR / 2 if low == place else -BAR / 2)
        axes.bar(outer, top - bottom, BAR, bottom, color=LOOKS[state][0], zorder=4)


def _name_states(axes: Any, place: int, stock: np.ndarray, bottom: np.ndarray, language: str) -> None:
    """Write each state with its households beside the last bars."""
    middles = [float(low + height / 2) for low, height in zip(bottom, stock, strict=True)]
    total = float(bottom[-1] + stock[-1])
    for state, height, middle, at in zip(DRAWN, stock, middles, apart(middles, 0.047 * total), strict=True):
        axes.annotate(
            f"{texts.text(state, language)} {texts.number(height, language)}",
            (place + BAR, middle), (place + 2.4 * BAR, at), size=SMALL, va="center", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": "#777777", "linewidth": 0.6},
        )  # fmt: skip


def _waiting(axes: Any, run: Run, language: str) -> None:
    """Draw everybody waiting for care by month, reference and policy, with their intervals."""
    from matplotlib.ticker import MaxNLocator

    monthly = run.table("monthly")
    columns = [column for column in monthly.columns if column.startswith("waiting_")]
    waiting = monthly[["replication", "arm", "month"]].assign(waiting=monthly[columns].sum(axis=1))
    ends = []
    for arm in POLICY_ARMS:
        grid, style = arm_grid(waiting, arm, "waiting"), STYLE[arm]
        mean, low, high = mean_and_interval(grid.to_numpy())
        x = BASE_YEAR + (grid.columns.to_numpy() + 1) / MONTHS_PER_YEAR
        axes.fill_between(x, low, high, color=style["color"], alpha=INTERVAL_ALPHA, linewidth=0)
        axes.plot(x, mean, linewidth=1.2, **style)
        name = texts.arm_of(run.document, arm, language)
        ends.append((x[-1], mean[-1], name, style["color"]))
    axes.set_ylim(bottom=0.0)
    axes.margins(x=0.01)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.set_ylabel(texts.text("waiting_axis", language))
    axes.set_xlabel(texts.text("year_axis", language), labelpad=1)
    local_numbers(axes.yaxis, language)
    label_ends(axes, ends)


def _finding(run: Run, language: str) -> tuple[str, str]:
    """Return title and subtitle: households in heavy care at the last date, policy less reference."""
    flows = run.table("flows")
    year = dates(flows, _transition_year(run))[-1]
    there = flows[(flows["year"] == year) & (flows["to_state"] == "heavy")]
    heavy = there.groupby(["arm", "replication"])["households"].sum()
    found = interval((heavy["policy"] - heavy["reference"]).to_numpy())
    kind = {1: "higher", -1: "lower", 0: "unclear" if found.count > 1 else "one"}[found.sign]
    policy = texts.policy_of(run.document, language)
    title = texts.text(f"flows_{kind}", language, policy=policy, year=year,
                       mean=texts.sensible(abs(found.mean), language))  # fmt: skip
    turned = -1.0 if found.sign < 0 else 1.0  # the title says the direction in words
    low, high = sorted((turned * found.low, turned * found.high))
    words = texts.three(turned * found.mean, low, high, language, sign=not found.sign)
    return title, texts.text("interval_of", language, **words)
