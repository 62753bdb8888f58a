"""A grid of wijken over time: the share of households in care, reference above policy."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import SMALL, footnote, headline, local_numbers, new_figure, save
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.intervals import interval
from simulation.outcomes.municipalities import with_ranks
from simulation.recording.arm_names import POLICY_ARMS
from simulation.recording.store import Run

MOST_NUMBERS = 49  # more squares than this are too small for a readable number
MOST_SQUARES = 400  # beyond this, wijken of like deprivation share a square


def table_behind(run: Run) -> pd.DataFrame:
    """Return per replication, arm, year and wijk the percentage of households in care, mean over the year.

    `rank` is the wijk's place by deprivation within its replication, 1 is the most deprived: over
    replications, wijken of one rank are averaged, as one number may be another wijk in another replication.
    """
    monthly = run.table("monthly")
    months = monthly.groupby("year")["month"].nunique().rename("months_in_year")
    keys = ["replication", "arm", "year", "wijk", "deprivation"]
    wijken = run.table("wijken")[[*keys, "households", "households_in_care"]]
    wijken = wijken[wijken["arm"].isin(POLICY_ARMS)].join(months, on="year")
    asked = wijken["households"] * wijken["months_in_year"]
    percent = 100.0 * wijken["households_in_care"] / asked.clip(lower=1e-9)
    return with_ranks(wijken[[*keys, "households"]].assign(percent=percent))


def draw(run: Run, folder: Path, language: str) -> Path:
    """Draw wijken.png and return its path."""
    behind = table_behind(run)
    years = _years(run, behind)
    shown = _grouped(behind[behind["year"].isin(years)])
    scale = float(shown["percent"].min()), float(shown["percent"].max())
    figure = new_figure(2.9 * len(years) + 1.2, 7.6)
    panels = figure.subplots(
        2, len(years), squeeze=False,
        gridspec_kw={"left": 0.07, "right": 0.88, "top": 0.83, "bottom": 0.12, "wspace": 0.08,
                     "hspace": 0.12},
    )  # fmt: skip
    for row, arm in enumerate(POLICY_ARMS):
        for column, year in enumerate(years):
            here = shown[(shown["arm"] == arm) & (shown["year"] == year)]
            image = _squares(panels[row, column], here, scale, language)
        name = texts.arm_of(run.document, arm, language)
        panels[row, 0].set_ylabel(name, weight="bold")
    for column, year in enumerate(years):
        panels[0, column].set_title(str(year), weight="bold")
    bar = figure.colorbar(image, cax=figure.add_axes((0.905, 0.2, 0.018, 0.55)))
    bar.set_label(texts.text("share_in_care", language))
    local_numbers(bar.ax.yaxis, language)
    headline(figure, *_finding(run, behind, years[-1], language))
    footnote(figure, run, language, texts.text("wijken_note", language))
    return save(figure, behind, folder / "wijken")


def _years(run: Run, behind: pd.DataFrame) -> list[int]:
    """Return about four years to draw, within the run."""
    transition = BASE_YEAR + month_number(run.document["transition"]) // MONTHS_PER_YEAR
    first, last = int(behind["year"].min()), int(behind["year"].max())
    wished = (transition - 1, transition + 2, transition + 5, transition + 10)
    return sorted({min(max(year, first), last) for year in wished})


def _grouped(behind: pd.DataFrame) -> pd.DataFrame:
    """Return at most `MOST_SQUARES` squares a panel: neighbours in deprivation are joined."""
    joined = -(-int(behind["rank"].max()) // MOST_SQUARES)
    square = (behind["rank"] - 1) // joined
    return behind.assign(square=square).groupby(["arm", "year", "square"], as_index=False)["percent"].mean()


def _squares(axes: Any, here: pd.DataFrame, scale: tuple[float, float], language: str) -> Any:
    """Draw one panel: a square per wijk, from the most deprived at the top left."""
    count = len(here)
    side = int(np.ceil(np.sqrt(count)))
    rows = -(-count // side)
    cells = np.full((rows, side), np.nan)
    cells.flat[:count] = here.sort_values("square")["percent"]
    top = max(scale[1], scale[0] + 1e-9)
    image = axes.imshow(cells, cmap="cividis_r", vmin=scale[0], vmax=top, aspect="auto")
    axes.set_xticks(np.arange(side + 1) - 0.5, labels=[""] * (side + 1))
    axes.set_yticks(np.arange(rows + 1) - 0.5, labels=[""] * (rows + 1))
    axes.grid(color="white", linewidth=2)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if count <= MOST_NUMBERS:
        for (row, column), value in np.ndenumerate(cells):
            if np.isfinite(value):
                dark = value > scale[0] + 0.5 * (scale[1] - scale[0])
                axes.text(column, row, texts.number(value, language, 1), ha="center", va="center", size=SMALL,
                          color="white" if dark else "black")  # fmt: skip
    return image


def _finding(run: Run, behind: pd.DataFrame, year: int, language: str) -> tuple[str, str]:
    """Return title and subtitle: the range over wijken, and the gap between most and least deprived."""
    at = behind[behind["year"] == year]
    reference = at[at["arm"] == "reference"]
    of_rank = reference.groupby("rank")["percent"].mean()
    title = texts.text("wijken_title", language, year=year, low=texts.number(of_rank.min(), language, 1),
                       high=texts.number(of_rank.max(), language, 1))  # fmt: skip
    gaps = {key: _gap(rows) for key, rows in at.groupby(["arm", "replication"])}
    replications = sorted(set(at["replication"]))
    found = interval(
        [gaps["policy", replication] - gaps["reference", replication] for replication in replications]
    )
    subtitle = texts.text(
        "wijken_subtitle", language, policy_name=texts.policy_of(run.document, language),
        reference=texts.number(float(np.mean([gaps["reference", replication]
                                              for replication in replications])), language, 1),
        change=texts.change(found, language),
    )  # fmt: skip
    return title, subtitle


def _gap(at: pd.DataFrame) -> float:
    """Return the difference in percentage points between the most and least deprived fifth of wijken."""
    ordered = at.sort_values("deprivation", ascending=False)["percent"].to_numpy()
    fifth = max(1, len(ordered) // 5)
    return float(ordered[:fifth].mean() - ordered[-fifth:].mean())
