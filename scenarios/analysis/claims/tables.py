"""The tables of a finished study: one row per statement, one per pair and statement, the draws."""

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.claims.claim import Claim
from scenarios.analysis.claims.parts import FINISHED, write
from scenarios.analysis.claims.study import ClaimFound, Draws
from scenarios.analysis.claims.verdict import Condition, Found
from scenarios.studies.store import writes
from simulation.outcomes.definitions import MEASURES


def statement_rows(found: list[ClaimFound]) -> list[dict[str, Any]]:
    """Return one row per statement of every claim."""
    return [
        _row(claim.claim, place, each.found, each.levels)
        for claim in found
        for place, each in enumerate(claim.statements)
    ]


def _row(claim: Claim, place: int, found: Found, levels: tuple[float, ...]) -> dict[str, Any]:
    statement, measure = claim.statements[place], MEASURES[claim.statements[place].measure]
    return {
        "claim": claim.number,
        "statement": place + 1,
        "text_en": statement.texts["en"],
        "text_nl": statement.texts["nl"],
        "measure": statement.measure,
        "unit_en": measure.unit["en"],
        "unit_nl": measure.unit["nl"],
        "meaning_en": measure.meaning["en"],
        "meaning_nl": measure.meaning["nl"],
        "adds_up": measure.adds_up,
        "arm": statement.arm,
        "against": statement.against,
        "first_year": statement.years[0],
        "last_year": statement.years[1],
        "sign": statement.sign,
        "band": statement.band,
        "band_reason": statement.band_reason,
        "level_arm": levels[0] if levels else math.nan,
        "level_against": levels[1] if levels else math.nan,
        **asdict(found.estimate),
        "verdict": found.verdict,
        "only_if": [_condition(each) for each in found.only_if],
        "fails_if": [_condition(each) for each in found.fails_if],
        "deciding": [asdict(each) for each in found.deciding],
    }


def _condition(condition: Condition) -> dict[str, Any]:
    terms = [{"name": name, "side": side, "value": value} for name, side, value in condition.terms]
    return asdict(condition) | {"terms": terms}


def effects_table(found: list[ClaimFound]) -> pd.DataFrame:
    """Return the effects of all pairs: claim, statement, pair, effect."""
    tables = [
        pd.DataFrame({"claim": claim.claim.number, "statement": place + 1, "pair": each.pairs,
                      "effect": each.effects})
        for claim in found for place, each in enumerate(claim.statements)
    ]  # fmt: skip
    return pd.concat(tables, ignore_index=True)


def draws_table(draws: Draws) -> pd.DataFrame:
    """Return what was drawn: a row per pair."""
    table = pd.DataFrame(draws.values, columns=draws.names)
    table.insert(0, "pair", np.arange(len(table)))
    return table


def document(found: list[ClaimFound], about: dict[str, Any]) -> dict[str, Any]:
    """Return the study as one document: per claim its texts, and per statement all that was found."""
    rows = statement_rows(found)
    claims = []
    for each in found:
        claim = each.claim
        claims.append(
            {
                "id": claim.number,
                "title": claim.titles,
                "source": claim.source,
                "verdict": each.verdict,
                "arms": claim.arms,
                "arm_titles": claim.arm_titles,
                "horizon_years": claim.horizon_years,
                "literature": claim.literature,
                "not_represented": list(claim.not_represented),
                "pairs": max(len(one.pairs) for one in each.statements),
                "statements": [row for row in rows if row["claim"] == claim.number],
            }
        )
    return {**about, "claims": claims}


def write_tables(folder: Path, found: list[ClaimFound], draws: Draws, about: dict[str, Any]) -> None:
    """Write claims.parquet, effects.parquet, draws.parquet and, last, claims.json."""
    rows = [
        {key: json.dumps(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in statement_rows(found)
    ]
    tables = {
        "claims": pd.DataFrame(rows), "effects": effects_table(found), "draws": draws_table(draws)
    }  # fmt: skip
    for name, table in tables.items():
        writes(folder / f"{name}.parquet", table.to_parquet(index=False))
    write(folder / FINISHED, _finite(document(found, about)))


def _finite(content: Any) -> Any:
    """Return a document in which what is not a number is null, as JSON wants it."""
    if isinstance(content, dict):
        return {key: _finite(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_finite(each) for each in content]
    if isinstance(content, float | np.floating):
        return float(content) if math.isfinite(content) else None
    return int(content) if isinstance(content, np.integer) else content
