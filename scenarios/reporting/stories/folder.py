"""A folder with the story of one household: texts and figures in both languages, and what they rest on."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

import pandas as pd

from scenarios.reporting.figures import story
from scenarios.reporting.stories.text import story_text
from scenarios.reporting.texts import LANGUAGES
from simulation.recording.new_folder import NewFolder
from simulation.recording.store import disk_in_words

STORY_SCHEMA: Final = 1
DOCUMENT: Final = "run.json"
TABLES: Final = ("notes", "months", "costs")


def write_story(
    folder: Path, document: dict[str, Any], tables: dict[str, pd.DataFrame], *, numbered: bool = False
) -> Path:
    """Write a story and return its folder, which is whole or not there.

    Parameters
    ----------
    folder : Path
        Where it will stand; it must not exist yet, unless `numbered`.
    document : dict
        What was run, which household, how it was picked, how it compares.
    tables : dict of str to DataFrame
        notes, months and costs of both arms.
    numbered : bool
        Whether a name that is taken gets a number.

    Raises
    ------
    ValueError
        When the folder exists or cannot be written.
    """
    new = NewFolder(folder, numbered)
    try:
        with disk_in_words(new.folder):
            new.make()
            _fill(new.hidden, document, tables)
            return new.finish()
    finally:
        new.remove()


def _fill(folder: Path, document: dict[str, Any], tables: dict[str, pd.DataFrame]) -> None:
    """Write tables, texts and figures, and last what describes them with their checksums."""
    for name in TABLES:
        tables[name].to_parquet(folder / f"{name}.parquet", index=False)
        tables[name].to_csv(folder / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    for language in LANGUAGES:
        text = story_text(document, tables, language)
        (folder / f"story_{language}.md").write_text(text, encoding="utf-8")
        story.draw(document, tables, folder, language)
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    described = {**document, "story_schema_version": STORY_SCHEMA, "files": files}
    written = json.dumps(described, indent=2, ensure_ascii=False)
    (folder / DOCUMENT).write_text(written + "\n", encoding="utf-8")


def read_story(folder: Path) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return what describes a story, and its tables; from these text and figure can be made again."""
    document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    return document, {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
