"""A folder with the story of one household: texts and figures in both languages, and what they rest on."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any, Final

import pandas as pd

from simulation.observation import figure_story
from simulation.observation.story_text import story_text
from simulation.observation.texts import LANGUAGES

STORY_SCHEMA: Final = 1
DOCUMENT: Final = "run.json"
TABLES: Final = ("notes", "months", "costs")


def write_story(folder: Path, document: dict[str, Any], tables: dict[str, pd.DataFrame]) -> Path:
    """Write a story; the folder is whole or not there.

    Parameters
    ----------
    folder : Path
        Where it will stand; it must not exist yet.
    document : dict
        What was run, which household, how it was picked, how it compares.
    tables : dict of str to DataFrame
        notes, months and costs of both arms.

    Raises
    ------
    ValueError
        When the folder exists or cannot be written.
    """
    if folder.exists():
        raise ValueError(f"results folder {folder} exists already; give the story another name")
    partial = folder.with_name(f".{folder.name}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)  # left by a run that was killed
        partial.mkdir(parents=True)
        _fill(partial, document, tables)
        os.rename(partial, folder)
    except OSError as trouble:
        raise ValueError(
            f"results folder {folder} cannot be written: {trouble.strerror or trouble}"
        ) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _fill(folder: Path, document: dict[str, Any], tables: dict[str, pd.DataFrame]) -> None:
    """Write tables, texts and figures, and last what describes them with their checksums."""
    for name in TABLES:
        tables[name].to_parquet(folder / f"{name}.parquet", index=False)
        tables[name].to_csv(folder / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    for language in LANGUAGES:
        text = story_text(document, tables, language)
        (folder / f"story_{language}.md").write_text(text, encoding="utf-8")
        figure_story.draw(document, tables, folder, language)
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    described = {**document, "story_schema_version": STORY_SCHEMA, "files": files}
    written = json.dumps(described, indent=2, ensure_ascii=False)
    (folder / DOCUMENT).write_text(written + "\n", encoding="utf-8")


def read_story(folder: Path) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return what describes a story, and its tables; from these text and figure can be made again."""
    document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    return document, {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
