"""Where the width of the intervals comes from: a sentence and a small table, for summary and report."""

import math
from collections.abc import Mapping

from scenarios.reporting.texts import number, sensible, text
from simulation.outcomes.savings import BASES
from simulation.outcomes.variance import PARTS, VarianceParts, parts_of_headline
from simulation.recording.store import Run


def split_sentence(found: Mapping[str, VarianceParts], language: str) -> str:
    """Say how much of the variance of the municipality's saving comes from what."""
    parts = found["municipality"]
    if math.isnan(parts.shares[0]):
        return text("split_nothing", language)
    words = {name: number(100.0 * each, language) for name, each in zip(PARTS, parts.shares, strict=True)}
    words |= {
        f"{name}_error": number(100.0 * each, language)
        for name, each in zip(PARTS, parts.errors, strict=True)
    }
    return text("split_sentence", language, **words)


def split_table(found: Mapping[str, VarianceParts], language: str) -> list[list[str]]:
    """Return a row per outcome that varies: its name, standard deviation, and the three parts."""
    rows = []
    for name, parts in found.items():
        if math.isnan(parts.shares[0]):
            continue
        cells = [
            f"{number(100.0 * each, language)}% ({number(100.0 * error, language)})"
            for each, error in zip(parts.shares, parts.errors, strict=True)
        ]
        deviation = sensible(math.sqrt(max(0.0, parts.total)), language)
        rows.append([_outcome(name, language), deviation, *cells])
    return rows


def split_heads(language: str) -> list[str]:
    """Return the heads of the table."""
    return [text(f"split_{name}", language) for name in ("outcome", "deviation", *PARTS)]


def split_lines(run: Run, language: str) -> list[str]:
    """Return the sentence and the table as lines; none for a run whose replications share nothing."""
    found = parts_of_headline(run)
    if not found:
        return []
    heads = split_heads(language)
    lines = [split_sentence(found, language)]
    for outcome, deviation, *cells in split_table(found, language):
        parts = [f"{head} {cell}" for head, cell in zip(heads[1:], [deviation, *cells], strict=True)]
        lines.append(text("split_line", language, outcome=outcome, parts=", ".join(parts)))
    return lines


def _outcome(name: str, language: str) -> str:
    """Return what a row is about."""
    if name in BASES:
        return text(f"split_{name}", language)
    return text("split_per_1000", language, what=text(f"side_{name}", language))
