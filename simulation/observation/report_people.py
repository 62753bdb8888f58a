"""What happens to people: outcomes under the policy beside the reference; a section of the report."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.observation import texts
from simulation.observation.compare_texts import outcome_words
from simulation.observation.intervals import Interval, interval
from simulation.observation.outcomes import FLOW, OUTCOMES, outcome_value
from simulation.observation.report_money import policy_words, years_of
from simulation.observation.report_parts import Block, Bullets, Grid, Paragraph, Section
from simulation.observation.report_sentences import banded, said, told_together, verdict
from simulation.observation.store import Run

SHOWN = ("crises", "unmet", "found_early", "waiting_team", "waiting_specialists", "supervision_orders",
         "lost_transfers", "overburdened", "satisfaction")  # fmt: skip
# The three an alderman asks for first.
MAIN = ("crises", "unmet", "waiting_team")
TOLD = ("crises", "unmet", "found_early", "waiting_team", "waiting_specialists")


def outcome_pairs(run: Run, name: str) -> pd.DataFrame:
    """Return an outcome of both arms from the policy's first year on: a row per pair."""
    monthly = run.table("monthly")
    lived = monthly[(monthly["year"] >= years_of(run)[0]) & monthly["arm"].isin(("reference", "policy"))]
    rows = [
        (pair, arm, outcome_value(OUTCOMES[name], rows))
        for (pair, arm), rows in lived.groupby(["pair", "arm"], observed=True)
    ]
    return pd.DataFrame(rows, columns=["pair", "arm", "value"]).pivot(
        index="pair", columns="arm", values="value"
    )


def outcome_change(run: Run, name: str) -> tuple[float, Interval] | None:
    """Return the reference's mean and the change under the policy; None where nobody was there to count."""
    both = outcome_pairs(run, name)
    if not np.isfinite(both.to_numpy(float)).all():
        return None
    return float(both["reference"].mean()), interval(both["policy"] - both["reference"])


def outcome_sentences(run: Run, names: Sequence[str], language: str) -> list[str]:
    """Return what can be told of some outcomes; those of which nobody was there to count are left out."""
    known = []
    for name in names:
        found = outcome_change(run, name)
        if found is not None:
            words = _words(run, name, found[0], language)
            known.append((words["outcome"], found[1], words))
    return told_together("outcome", known, language)


def _words(run: Run, name: str, level: float, language: str) -> dict[str, str]:
    """Return what sentences call an outcome, its unit, and its level under the reference."""
    unit = outcome_words(name, language)[1]
    level_words = f"{texts.sensible(level, language)} {unit}".replace(" %", "%")
    return {"outcome": said(f"outcome_{name}", language), "unit": unit, "level": level_words,
            "policy": policy_words(run, language)}  # fmt: skip


def people_section(run: Run, language: str, story: tuple[Block, ...]) -> Section:
    """Return what happens to people, with a story of one household or how to get one."""
    blocks: tuple[Block, ...] = (
        Paragraph(said("people_how", language, policy=policy_words(run, language), first=years_of(run)[0],
                       last=years_of(run)[1])),
        Bullets(outcome_sentences(run, TOLD, language)),
        people_grid(run, language),
        *story,
    )  # fmt: skip
    return Section("people", said("people_title", language), blocks)


def people_grid(run: Run, language: str) -> Grid:
    """Return the table of outcomes: level, change, change in the whole municipality, reading."""
    rows = []
    for name in SHOWN:
        found = outcome_change(run, name)
        if found is not None:
            words = f"{said(f'outcome_{name}', language)}, {outcome_words(name, language)[1]}"
            rows.append([words, texts.sensible(found[0], language), banded(found[1], language),
                         _in_all(run, name, language), verdict(found[1], language)])  # fmt: skip
    heads = [said(key, language) for key in ("outcome", "level", "difference", "in_all", "reading")]
    return Grid(said("people_caption", language), heads, rows)


def _in_all(run: Run, name: str, language: str) -> str:
    """Return what is counted more or less a year in the whole municipality; a dash for shares and stocks."""
    outcome = OUTCOMES[name]
    if outcome.kind != FLOW:
        return "\u2013"
    first, last = years_of(run)
    monthly = run.table("monthly")
    lived = monthly[monthly["year"] >= first]
    counted = lived[["pair", "arm"]].assign(count=lived[list(outcome.above)].sum(axis=1))
    sums = counted.pivot_table(index="pair", columns="arm", values="count", aggfunc="sum", observed=True)
    return banded(interval((sums["policy"] - sums["reference"]) / (last - first + 1)), language)
