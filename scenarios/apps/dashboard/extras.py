"""Beside the live figures: a story, and a run of the visitor's own."""

import json
import re
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from scenarios.apps.dashboard.charts import run_figure
from scenarios.apps.dashboard.words import RefusedError, word
from scenarios.common.installation import DOCS
from scenarios.reporting.texts import LANGUAGES

# The claims table: of the study that was finished here last, else of the one in docs/claims.md.

CLAIMS = Path("results") / "claims"
FINISHED = "claims.json"
PUBLISHED = DOCS / "claims.md"
# A row of that page's table: number, title, source, verdict, replications, literature.
ROW = re.compile(r"^\| \[(C\w+)\]\(#[\w-]+\) \| .* \| (.*) \| (.*) \| (\d+) \| .* \|$", re.MULTILINE)
COLUMNS = ("claim", "source", "verdict", "probability", "conditions", "literature")
COLUMNS_PUBLISHED = ("claim", "source", "verdict", "replications_of_claim", "literature")


def claims_table(language: str, root: Path = CLAIMS, published: Path = PUBLISHED) -> dict[str, Any]:
    """Return the table of claims, or a sentence when there is no study at all."""
    finished = sorted(root.glob(f"*/{FINISHED}"), key=lambda path: path.stat().st_mtime)
    rows = _claim_rows(finished[-1], finished[-1].stat().st_mtime, language) if finished else []
    if rows:
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
    from scenarios.reporting.texts.claims import WORDS, verdict_words

    told = {each.number: each for each in claims_called()}
    return [
        [f"{number} {told[number].titles[language]}", source,
         verdict_words(verdict, language) if verdict in WORDS else verdict, replications,
         told[number].literature[language]]
        for number, source, verdict, replications in ROW.findall(path.read_text(encoding="utf-8"))
        if number in told
    ]  # fmt: skip


@lru_cache(8)
def _claim_rows(path: Path, _changed: float, language: str) -> list[list[str]]:
    """Return a row per claim, none of a study with other verdicts than today's; a study that is written again
    is read again.
    """
    from scenarios.analysis.claims.job import parameter_meanings
    from scenarios.reporting.texts.claims import (
        claim_verdict,
        is_finished_study,
        rests_on,
        statement_sentence,
    )

    study = json.loads(path.read_text(encoding="utf-8"))
    meanings, rows = parameter_meanings(), []
    for claim in study["claims"] if is_finished_study(study) else []:
        statements = claim["statements"]
        sizes = " ".join(f"{statement_sentence(row, language)}." for row in statements)
        conditions = [said for row in statements for said in rests_on(row, meanings, language)]
        rows.append([f"{claim['id']} {claim['title'][language]}", claim["source"],
                     claim_verdict(claim, language), sizes, "; ".join(conditions),
                     claim["literature"][language]])  # fmt: skip
    return rows


class Told(NamedTuple):
    """A story in one language: its text with the figure in it, the figure, and the table behind it."""

    text: str
    figure: str
    data: str


LARGEST_ZIP, LARGEST_UNPACKED, MOST_FILES = 50_000_000, 400_000_000, 200


def tell_story(
    overrides: tuple[str, ...], _initial_states: Any, _between: Callable[[], None]
) -> dict[str, Told]:
    """Return the story of a household in every language; a task for a worker."""
    from scenarios.analysis.story import simulate_twice, story_asked
    from scenarios.reporting.figures.story import draw
    from scenarios.reporting.stories.text import story_text

    document, tables = simulate_twice(story_asked(list(overrides)))
    told = {}
    with tempfile.TemporaryDirectory(prefix="landingsbaan_") as folder:
        for language in LANGUAGES:
            picture = draw(document, tables, Path(folder), language)
            figure = f"data:image/png;base64,{b64encode(picture.read_bytes()).decode()}"
            # A page of one file: the figure stands in the text instead of beside it.
            text = story_text(document, tables, language).replace(f"({picture.name})", f"({figure})")
            data = picture.with_suffix(".csv").read_text(encoding="utf-8")
            told[language] = Told(text, figure, data)
    return told


def opened_run(path: Path | None) -> dict[str, dict[str, Any]]:
    """Return by language the summary of a run in a zip file, and its savings curve.

    Raises
    ------
    RefusedError
        When the file is no zip of one whole run folder.
    """
    from scenarios.reporting.summary.summary import summary_lines
    from simulation.recording.store import open_run

    with tempfile.TemporaryDirectory(prefix="landingsbaan_") as folder:
        try:
            run = open_run(_unpacked(path, Path(folder)))
            savings = run.table("savings")
            return {
                language: {"lines": summary_lines(run, language), "figure": run_figure(savings, language)}
                for language in LANGUAGES
            }
        except RefusedError:
            raise
        except (ValueError, KeyError, TypeError, OSError, zipfile.BadZipFile, RuntimeError) as error:
            reason = " ".join(str(error).replace(folder, "").split())[:200]
            raise RefusedError(
                f"This run folder cannot be read: {reason}",
                f"Deze runmap is niet te lezen: {reason}",
            ) from None


def _unpacked(path: Path | None, folder: Path) -> Path:
    """Unpack the one run folder of a zip file, whatever names and sizes the file claims."""
    if path is None or path.stat().st_size > LARGEST_ZIP or not zipfile.is_zipfile(path):
        raise RefusedError(
            "This is not a zip file of at most 50 MB; expected a run folder (results/runs/...) as a zip.",
            "Dit is geen zipbestand van hoogstens 50 MB; verwacht werd een zip van een runmap "
            "(results/runs/...).",
        )
    with zipfile.ZipFile(path) as packed:
        members = [each for each in packed.infolist() if not each.is_dir()]
        documents = [PurePosixPath(each.filename) for each in members if each.filename.endswith("run.json")]
        too_large = sum(each.file_size for each in members) > LARGEST_UNPACKED or len(members) > MOST_FILES
        if len(documents) != 1 or too_large:
            raise RefusedError(
                "This zip does not contain a run folder: expected one run.json with its tables.",
                "Deze zip bevat geen runmap: verwacht werd een run.json met de tabellen.",
            )
        for each in members:
            name = PurePosixPath(each.filename)
            # Only plain files beside run.json, by their last name: nothing can land elsewhere.
            if name.parent == documents[0].parent and name.suffix in (".json", ".parquet"):
                with packed.open(each) as source:
                    (folder / name.name).write_bytes(source.read(LARGEST_UNPACKED))
    return folder
