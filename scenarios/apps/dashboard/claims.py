"""The claims table: of the study that was finished here last, else of the one in docs/claims.md."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.apps.dashboard.words import word
from scenarios.common.installation import DOCS

CLAIMS = Path("results") / "claims"
FINISHED = "claims.json"
PUBLISHED = DOCS / "claims.md"
# A row of that page's table: number, title, source, verdict, pairs, literature.
ROW = re.compile(r"^\| \[(C\w+)\]\(#[\w-]+\) \| .* \| (.*) \| (.*) \| (\d+) \| .* \|$", re.MULTILINE)
COLUMNS = ("claim", "source", "verdict", "probability", "conditions", "literature")
COLUMNS_PUBLISHED = ("claim", "source", "verdict", "pairs_of_claim", "literature")


def claims_table(language: str, root: Path = CLAIMS, published: Path = PUBLISHED) -> dict[str, Any]:
    """Return the table of claims, or a sentence when there is no study at all."""
    finished = sorted(root.glob(f"*/{FINISHED}"), key=lambda path: path.stat().st_mtime)
    if finished:
        rows = _claim_rows(finished[-1], finished[-1].stat().st_mtime, language)
        return _table(COLUMNS, rows, "", language)
    rows = _published_rows(published, language) if published.is_file() else []
    return _table(COLUMNS_PUBLISHED, rows, "claims_published" if rows else "no_claims", language)


def _table(columns: tuple[str, ...], rows: list[list[str]], sentence: str, language: str) -> dict[str, Any]:
    told = word(sentence, language) if sentence else ""
    return {"columns": [word(key, language) for key in columns], "rows": rows, "digits": 0, "sentence": told}


@lru_cache(8)
def _published_rows(path: Path, language: str) -> list[list[str]]:
    """Return a row per claim of the page in docs; titles and literature are the claims' own."""
    from scenarios.analysis.claims.claim import claims_called
    from scenarios.reporting.texts.claim_texts import verdict_words

    told = {each.number: each for each in claims_called()}
    return [
        [f"{number} {told[number].titles[language]}", source, verdict_words(verdict, language), pairs,
         told[number].literature[language]]
        for number, source, verdict, pairs in ROW.findall(path.read_text(encoding="utf-8"))
        if number in told
    ]  # fmt: skip


@lru_cache(8)
def _claim_rows(path: Path, _changed: float, language: str) -> list[list[str]]:
    """Return a row per claim; a study that is written again is read again."""
    from scenarios.analysis.claims.page import parameter_meanings
    from scenarios.reporting.texts.claim_texts import condition_sentence, statement_sentence, verdict_words

    meanings = parameter_meanings()
    rows = []
    for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]:
        statements = claim["statements"]
        sizes = " ".join(f"{statement_sentence(row, language)}." for row in statements)
        conditions = [
            condition_sentence(each, meanings, language)
            for row in statements
            for each in (*row["only_if"], *row["fails_if"])
        ]
        rows.append([f"{claim['id']} {claim['title'][language]}", claim["source"],
                     verdict_words(claim["verdict"], language), sizes, "; ".join(conditions),
                     claim["literature"][language]])  # fmt: skip
    return rows
