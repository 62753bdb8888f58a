"""Policies against one reference: paired differences with their intervals, and how often each is best."""

import textwrap
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import BLUE, SMALL, headline, local_numbers, new_figure, save, seeds
from scenarios.reporting.summary.policies import is_sure, years
from scenarios.reporting.texts.comparison_texts import outcome_words
from scenarios.reporting.texts.comparison_texts import policy_said as said
from scenarios.reporting.texts.comparison_texts import policy_title as title
from simulation.recording.store import Run

SHOWN = (
    "net_cost", "all_payers_cost", "crises", "unmet", "team_waiting", "specialist_waiting",
    "overburdened_carers", "satisfaction",
)  # fmt: skip
COLUMNS = 4


def draw(run: Run, language: str) -> Path:
    """Draw figures/policies_<language>.png, with the numbers beside it, and return its path."""
    folder = run.folder / "figures"
    folder.mkdir(exist_ok=True)
    keys = ["policy", "outcome"]
    table = run.table("policy_differences")
    behind = table[table["outcome"].isin(SHOWN)].merge(run.table("ranking")[[*keys, "best", "rank"]], on=keys)
    outcomes = [each for each in SHOWN if each in set(behind["outcome"])]
    policies = run.document["order"]
    rows = -(-len(outcomes) // COLUMNS)
    height = rows * (1.3 + 0.32 * len(policies)) + 2.1
    figure = new_figure(13.0, height)
    panels = figure.subplots(
        rows, COLUMNS, squeeze=False, sharey=True,
        gridspec_kw={"left": 0.16, "right": 0.96, "top": 1 - 1.25 / height, "bottom": 1.0 / height,
                     "wspace": 0.25, "hspace": 1.2 / (1.0 + 0.3 * len(policies))},
    )  # fmt: skip
    for number, axes in enumerate(panels.flat):
        if number < len(outcomes):
            here = behind[behind["outcome"] == outcomes[number]].set_index("policy")
            _panel(axes, run, here, outcomes[number], policies, language)
        else:
            axes.set_visible(False)
    sure = sum(is_sure(row) for _, row in behind.iterrows())
    count = texts.replications(run.document["replications"], language)
    headline(
        figure,
        said("figure_title", language, count=sure, all=len(behind)),
        said("figure_subtitle", language, replications=count),
    )
    figure.text(0.015, 0.1 / height, _note(run, language), size=SMALL, color="#333333", va="bottom")
    return save(figure, behind, folder / f"policies_{language}")


def _panel(axes: Any, run: Run, here: pd.DataFrame, outcome: str, policies: list[str], language: str) -> None:
    """Draw one outcome: for each policy its difference, and at the right how often it is best."""
    for place, policy in enumerate(policies):
        row = here.loc[policy]
        sure = is_sure(row)
        axes.hlines(
            place, row["low"], row["high"], color=BLUE, linewidth=2.0, linestyle="-" if sure else "--"
        )
        axes.plot([row["mean"]], [place], marker="o", color=BLUE, markersize=6,
                  markerfacecolor=BLUE if sure else "white")  # fmt: skip
        axes.annotate(f"{texts.share(row['best'], language)}%", (1.02, place), size=SMALL,
                      xycoords=("axes fraction", "data"), va="center", annotation_clip=False)  # fmt: skip
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.set_yticks(range(len(policies)), [title(run, each, language) for each in policies])
    axes.set_ylim(len(policies) - 0.5, -0.5)
    name, unit = outcome_words(outcome, language)
    axes.set_title("\n".join(textwrap.wrap(name, 30)))
    axes.set_xlabel("\n".join(textwrap.wrap(unit, 32)), size=SMALL)
    axes.locator_params(axis="x", nbins=4)
    local_numbers(axes.xaxis, language)


def _note(run: Run, language: str) -> str:
    about, (first, last) = run.document, years(run)
    words = said(
        "figure_note", language, first=first, last=last, place=texts.place(about["municipality"], language),
        households=texts.number(about["households"], language), seeds=seeds(about["seeds"]),
        replications=texts.replications(about["replications"], language),
    )  # fmt: skip
    return "\n".join(textwrap.wrap(words, 180))
