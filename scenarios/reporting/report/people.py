"""What happens to people: outcomes under the policy beside the reference; a section of the report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.reporting import texts
from scenarios.reporting.report.money import policy_words, years_of
from scenarios.reporting.report.sentences import (
    Block,
    Bullets,
    Grid,
    Paragraph,
    Section,
    said,
    told_together,
    verdict,
    with_interval,
)
from scenarios.reporting.summary.outcomes import SHOWN, once_per_run, outcomes_by_replication
from simulation.outcomes.definitions import MEASURES, SHARE, SUM, unit_of
from simulation.outcomes.intervals import Interval, interval
from simulation.recording.store import Run

TOLD = ("crises", "unmet", "found_early_share", "team_waiting", "specialist_waiting")
PER = 1000.0  # households that counts are told per


@dataclass(frozen=True)
class Change:
    """An outcome under the policy beside the reference.

    Attributes
    ----------
    level : float
        Mean of the reference; shares in percent.
    difference : Interval
        The policy less the reference.
    in_all : Interval or None
        The same a year in the whole municipality, of what is counted per 1,000 households.
    """

    level: float
    difference: Interval
    in_all: Interval | None


@once_per_run
def outcome_changes(run: Run) -> dict[str, Change]:
    """Return what changes under the policy; outcomes of which nobody was there to count are left out."""
    table = outcomes_by_replication(run)
    reference, policy = (table.xs(arm, level=1) for arm in ("reference", "policy"))
    found = {}
    for name in SHOWN:
        if not np.isfinite(table[name]).all():
            continue
        times = 100.0 if is_share(name) else 1.0
        difference = times * (policy[name] - reference[name])
        counted = MEASURES[name].adds_up == SUM
        in_all = interval(difference * reference["households"] / PER) if counted else None
        found[name] = Change(times * float(reference[name].mean()), interval(difference), in_all)
    return found


def is_share(name: str) -> bool:
    """Whether an outcome is a share, which a reader is told in percent."""
    return MEASURES[name].unit["en"] == SHARE[0]


def unit_words(name: str, language: str) -> str:
    """Return the unit of an outcome as a reader is told it."""
    return "%" if is_share(name) else unit_of(name, language)


def outcome_sentences(run: Run, names: Sequence[str], language: str) -> list[str]:
    """Return what can be told of some outcomes."""
    changes = outcome_changes(run)
    known = []
    for name in (each for each in names if each in changes):
        words = _words(run, name, changes[name].level, language)
        known.append((words["outcome"], changes[name].difference, words))
    return told_together("outcome", known, language)


def _words(run: Run, name: str, level: float, language: str) -> dict[str, str]:
    """Return what sentences call an outcome, its unit, and its level under the reference."""
    unit = unit_words(name, language)
    told = f"{texts.sensible(level, language)} {unit}".replace(" %", "%")
    points = said("points", language) if is_share(name) else ""
    return {"outcome": said(f"outcome_{name}", language), "unit": unit, "level": told, "points": points,
            "policy": policy_words(run, language)}  # fmt: skip


def people_section(run: Run, language: str, story: tuple[Block, ...]) -> Section:
    """Return what happens to people, with a story of one household or how to get one."""
    first, last = years_of(run)
    how = said("people_how", language, policy=policy_words(run, language), first=first, last=last)
    blocks: tuple[Block, ...] = (
        Paragraph(how),
        Bullets(outcome_sentences(run, TOLD, language)),
        people_grid(run, language),
        *story,
    )
    return Section("people", said("people_title", language), blocks)


def people_grid(run: Run, language: str) -> Grid:
    """Return the table of outcomes: level, change, change in the whole municipality, reading."""
    rows = []
    for name, change in outcome_changes(run).items():
        in_all = "\u2013" if change.in_all is None else with_interval(change.in_all, language)
        rows.append([f"{said(f'outcome_{name}', language)}, {unit_words(name, language)}",
                     texts.sensible(change.level, language), with_interval(change.difference, language),
                     in_all,
                     verdict(change.difference, language)])  # fmt: skip
    reference = outcomes_by_replication(run).xs("reference", level=1)
    households = texts.number(reference["households"].mean(), language)
    heads = [
        said(key, language, **({"households": households} if key == "in_all" else {}))
        for key in ("outcome", "level", "difference", "in_all", "reading")
    ]
    return Grid(said("people_caption", language), heads, rows)
