"""One household under two policies in the report: found for the run, checked, and told in short."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting.figures.story import describe
from scenarios.reporting.figures.style import Drawing
from scenarios.reporting.report.sentences import (
    Aside,
    Block,
    Columns,
    Grid,
    Paragraph,
    Picture,
    said,
)
from scenarios.reporting.stories.text import (
    DOCUMENT,
    STORY_SCHEMA,
    TABLES,
    log_text,
    read_story,
    story_text,
)
from scenarios.reporting.texts import number, place

# What a story and a run must have in common to be about the same thing.
SAME = ("municipality_slug", "system", "policy", "landing", "landing_years", "cut")
SIZE = "households"

Story = tuple[dict[str, Any], dict[str, pd.DataFrame]]


def open_story(folder: Path) -> Story:
    """Return a story, after comparing every file with its checksum.

    Raises
    ------
    ValueError
        When it is no story folder, incomplete or changed.
    """
    document = _document(folder)
    if document is None:
        raise ValueError(f"{folder} is not a story folder: expected one of landingsbaan story")
    for name in TABLES:
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise ValueError(f"{folder} is incomplete: {path.name} is missing")
        if hashlib.sha256(path.read_bytes()).hexdigest() != document["files"].get(path.name):
            raise ValueError(f"{path} differs from what the story wrote: its checksum is another")
    return read_story(folder)


def _document(folder: Path) -> dict[str, Any] | None:
    """Return what describes a story, or None when the folder holds none that can be read."""
    try:
        document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    known = isinstance(document, dict) and document.get("story_schema_version") == STORY_SCHEMA
    return document if known and isinstance(document.get("files"), dict) else None


def find_story(run: dict[str, Any], root: Path) -> Path | None:
    """Return the newest folder under `root` with a story of the same municipality, system and policy."""
    found = []
    for path in sorted(root.glob(f"*/{DOCUMENT}")):
        about = _document(path.parent)
        if about is not None and about.get("against") is None and _about_same(run, about):
            found.append(path.parent)
    return found[-1] if found else None


def _about_same(run: dict[str, Any], story: dict[str, Any]) -> bool:
    """Whether a story tells of what a run has run; a run that lacks a key has none."""
    return all(name in run and run[name] == story.get(name) for name in SAME)


def story_blocks(
    run: dict[str, Any], story: Story | None, drawn: Picture | None, language: str
) -> tuple[Block, ...]:
    """Return the two lives in short with their figure, and folded away the rest; or how to get a story."""
    if story is None:
        return (Aside(said("no_story", language), (Paragraph(story_command(run), kind="code"),)),)
    document, tables = story
    opening, *lives = sections_of(story_text(document, tables, language))
    first, second, _figure, beside, worth = lives
    blocks: list[Block] = [Paragraph(opening[0], kind="heading"),
                           *(Paragraph(each) for each in opening[1])]  # fmt: skip
    if not _about_same(run, document) or document[SIZE] != run[SIZE]:
        where = place(document["municipality"], language)
        size = number(document[SIZE], language)
        blocks.append(Paragraph(said("story_elsewhere", language, title=where, households=size)))
    blocks += [drawn] if drawn is not None else []
    blocks.append(Columns([(title, " ".join(words)) for title, words in (first, second)]))
    blocks.append(Aside(beside[0], tuple(_blocks(beside, language))))
    blocks.append(Aside(worth[0], tuple(_blocks((worth[0], worth[1][:-1]), language)), printed=True))
    lines: list[Block] = []
    for title, words in sections_of(log_text(document, tables, language)):
        lines.append(Paragraph(title, kind="heading"))
        lines += [Paragraph(each.replace("**", "")) for each in words]
    blocks.append(Aside(said("story_aside", language), tuple(lines)))
    return tuple(blocks)


def story_drawing(story: Story, language: str) -> Drawing:
    """Return the figure of the two lives, not yet drawn."""
    return describe(*story, language)


def story_command(run: dict[str, Any]) -> str:
    """Return the command that tells a story of what a run has run."""
    words = ["landingsbaan story", *(each for each in run.get("overrides", ()) if _of_scenario(each))]
    return " ".join(words)


def _of_scenario(override: str) -> bool:
    """Whether an override says what is run, and not how often or whereto."""
    return not override.startswith(("replication.", "output.", "processes", "language"))


def sections_of(markdown: str) -> list[tuple[str, list[str]]]:
    """Return the headings of a text in Markdown, each with the paragraphs below it.

    Examples
    --------
    >>> sections_of("# One\\n\\nfirst\\n\\n## Two\\n\\nsecond\\n\\nthird\\n")
    [('One', ['first']), ('Two', ['second', 'third'])]
    """
    found: list[tuple[str, list[str]]] = []
    for paragraph in markdown.strip().split("\n\n"):
        if paragraph.startswith("#"):
            found.append((paragraph.lstrip("# "), []))
        else:
            found[-1][1].append(paragraph)
    return found


def _blocks(section: tuple[str, list[str]], language: str) -> list[Block]:
    """Return the paragraphs and tables of a section; its heading becomes the caption of a table."""
    title, paragraphs = section
    return [
        grid_of(title, each, language) if each.startswith("|") else Paragraph(each) for each in paragraphs
    ]


def grid_of(title: str, table: str, language: str) -> Grid:
    """Return a table in Markdown as a grid."""
    lines = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()]
    head, _rule, *rows = lines
    columns = [said("story_column", language), *head] if len(head) < len(rows[0]) else head
    return Grid(title, [columns[0] or said("story_column", language), *columns[1:]], rows)
