"""Figures of a comparison, of systems or of policies: differences with their intervals."""

import textwrap
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLUE,
    ORANGE,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    save,
    seeds,
)
from scenarios.reporting.summary.comparison import is_sure
from scenarios.reporting.texts.comparison_texts import (
    one_sided,
    outcome_words,
    policy_said,
    policy_title,
    said,
    title,
    with_interval,
    years,
)
from simulation.outcomes.comparison import BY_POLICY, IN_ALL, NEUTRAL
from simulation.recording.store import Run

SHOWN = (
    "net_cost", "all_payers_cost", "crises", "unmet", "team_waiting", "specialist_waiting",
    "first_line_clients", "second_line_clients", "found_early_share", "satisfaction",
)  # fmt: skip
COLUMNS = 5
APART = 0.16  # half the distance between the two marks of a system


def draw(run: Run, language: str) -> Path:
    """Draw figures/systems_<language>.png, with the numbers next to it, and return its path."""
    folder = run.folder / "figures"
    folder.mkdir(exist_ok=True)
    table = run.table("decomposition")
    behind = table[table["part"].isin((IN_ALL, BY_POLICY)) & table["outcome"].isin(SHOWN)]
    outcomes = [each for each in SHOWN if each in set(behind["outcome"])]
    systems = run.document["systems"][1:]

    def paint(axes: Any, outcome: str) -> None:
        _panel(axes, run, behind[behind["outcome"] == outcome], outcome, systems, language)

    figure = _panels(
        outcomes, paint, len(systems), COLUMNS, 0.42, {"left": 0.13, "right": 0.985, "wspace": 0.12}
    )
    alone = behind[behind["part"] == BY_POLICY]
    named = {each: title(run, each, language) for each in systems}
    alternative = _alternative(alone.rename(columns={"system": "who"}), named, outcomes, language)
    heading, note = _finding(run, language), _note(run, language)
    return _finished(figure, behind, folder / f"systems_{language}", heading, note, alternative)


def _panels(
    outcomes: list[str],
    paint: Callable[[Any, str], None],
    rows: int,
    columns: int,
    inches: float,
    sides: dict[str, float],
) -> Any:
    """Return a figure with a panel for every outcome, each as high as its rows of so many inches."""
    below = -(-len(outcomes) // columns)
    height = below * (1.3 + inches * rows) + 2.1
    figure = new_figure(13.0, height)
    grid = {"top": 1 - 1.25 / height, "bottom": 1.1 / height, "hspace": 1.2 / (1.0 + 0.3 * rows), **sides}
    panels = figure.subplots(below, columns, squeeze=False, sharey=True, gridspec_kw=grid)
    for axes, outcome in zip_longest(panels.flat, outcomes):
        if outcome is None:
            axes.set_visible(False)
        else:
            paint(axes, outcome)
    return figure


def _finished(
    figure: Any, behind: pd.DataFrame, path: Path, heading: tuple[str, str], note: str, alternative: str
) -> Path:
    """Write the finding above a figure and the note below it, and save it; return its path."""
    headline(figure, *heading)
    lines = "\n".join(textwrap.wrap(note, 180))
    figure.text(0.015, 0.1 / figure.get_figheight(), lines, size=SMALL, color="#333333", va="bottom")
    return save(figure, behind, path, f"{heading[0]}. {alternative}")


def _label(axes: Any, names: list[str], outcome: str, language: str, characters: int) -> None:
    """Write who stands at each row of a panel, and which outcome it shows in which unit."""
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    name, unit = outcome_words(outcome, language)
    axes.set_title("\n".join(textwrap.wrap(name, characters)))
    axes.set_xlabel("\n".join(textwrap.wrap(unit, characters)), size=SMALL)
    axes.locator_params(axis="x", nbins=4)
    local_numbers(axes.xaxis, language)


def _alternative(rows: pd.DataFrame, named: dict[str, str], outcomes: list[str], language: str) -> str:
    """Return differences in words: per outcome, each one's mean and interval."""
    sentences = []
    for outcome in outcomes:
        name, unit = outcome_words(outcome, language)
        of_outcome = rows[rows["outcome"] == outcome].set_index("who")
        each = [f"{called} {with_interval(of_outcome.loc[who], language)}" for who, called in named.items()]
        sentences.append(f"{texts.capital(name)} ({unit}): {', '.join(each)}.")
    return " ".join(sentences)


def _panel(axes: Any, run: Run, here: pd.DataFrame, outcome: str, systems: list[str], language: str) -> None:
    """Draw one outcome: for each system a filled mark (policy) and an open one (population too)."""
    for place, system in enumerate(systems):
        for part, colour, filled, shift in (
            (BY_POLICY, BLUE, True, -APART), (IN_ALL, ORANGE, False, APART),
        ):  # fmt: skip
            row = here[(here["system"] == system) & (here["part"] == part)].iloc[0]
            axes.hlines(place + shift, row["low"], row["high"], color=colour, linewidth=2.0,
                        linestyle="-" if filled else "--")  # fmt: skip
            axes.plot([row["mean"]], [place + shift], marker="o" if filled else "s", color=colour,
                      markerfacecolor=colour if filled else "white", markersize=6)  # fmt: skip
    _label(axes, [title(run, each, language) for each in systems], outcome, language, 26)


def _finding(run: Run, language: str) -> tuple[str, str]:
    """Return title and subtitle: how many differences lie on one side of zero."""
    table = run.table("differences")
    shown = table[table["outcome"].isin(SHOWN)]
    sided = sum(one_sided(row) for _, row in shown.iterrows())
    reference = title(run, run.document["systems"][0], language)
    replications = texts.replications(run.document["replications"], language)
    return (
        said("figure_title", language, count=sided, all=len(shown), reference=reference),
        said("figure_subtitle", language, replications=replications),
    )


def _note(run: Run, language: str) -> str:
    first, last = years(run)
    about = run.document
    households = next(iter(about["households"][NEUTRAL].values()))
    return said(
        "figure_note", language, reference=title(run, about["systems"][0], language), first=first, last=last,
        place=about["neutral"].replace("_", " "), households=texts.number(households, language),
        replications=texts.replications(about["replications"], language), seeds=seeds(about["seeds"]),
    )  # fmt: skip


SHOWN_OF_POLICIES = (
    "net_cost", "all_payers_cost", "crises", "unmet", "team_waiting", "specialist_waiting",
    "overburdened_carers", "satisfaction",
)  # fmt: skip
POLICY_COLUMNS = 4


def draw_policies(run: Run, language: str) -> Path:
    """Draw figures/policies_<language>.png, with the numbers next to it, and return its path."""
    folder = run.folder / "figures"
    folder.mkdir(exist_ok=True)
    keys = ["policy", "outcome"]
    table = run.table("policy_differences")
    behind = table[table["outcome"].isin(SHOWN_OF_POLICIES)].merge(
        run.table("ranking")[[*keys, "best", "rank"]], on=keys
    )
    outcomes = [each for each in SHOWN_OF_POLICIES if each in set(behind["outcome"])]
    policies = run.document["order"]

    def paint(axes: Any, outcome: str) -> None:
        differences = behind[behind["outcome"] == outcome].set_index("policy")
        _policy_panel(axes, run, differences, outcome, policies, language)

    figure = _panels(
        outcomes, paint, len(policies), POLICY_COLUMNS, 0.32, {"left": 0.16, "right": 0.96, "wspace": 0.25}
    )
    sure = sum(is_sure(row) for _, row in behind.iterrows())
    count = texts.replications(run.document["replications"], language)
    heading = (
        policy_said("figure_title", language, count=sure, all=len(behind)),
        policy_said("figure_subtitle", language, replications=count),
    )
    named = {each: policy_title(run, each, language) for each in policies}
    alternative = _alternative(behind.rename(columns={"policy": "who"}), named, outcomes, language)
    note = _policy_note(run, language)
    return _finished(figure, behind, folder / f"policies_{language}", heading, note, alternative)


def _policy_panel(
    axes: Any, run: Run, differences: pd.DataFrame, outcome: str, policies: list[str], language: str
) -> None:
    """Draw one outcome: for each policy its difference, and at the right how often it is best."""
    for place, policy in enumerate(policies):
        row = differences.loc[policy]
        sure = is_sure(row)
        axes.hlines(
            place, row["low"], row["high"], color=BLUE, linewidth=2.0, linestyle="-" if sure else "--"
        )
        axes.plot([row["mean"]], [place], marker="o", color=BLUE, markersize=6,
                  markerfacecolor=BLUE if sure else "white")  # fmt: skip
        axes.annotate(f"{texts.share(row['best'], language)}%", (1.02, place), size=SMALL,
                      xycoords=("axes fraction", "data"), va="center", annotation_clip=False)  # fmt: skip
    _label(axes, [policy_title(run, each, language) for each in policies], outcome, language, 30)


def _policy_note(run: Run, language: str) -> str:
    about, (first, last) = run.document, years(run, "policy_outcomes")
    return policy_said(
        "figure_note", language, first=first, last=last, place=texts.place(about["municipality"], language),
        households=texts.number(about["households"], language), seeds=seeds(about["seeds"]),
        replications=texts.replications(about["replications"], language),
    )  # fmt: skip
