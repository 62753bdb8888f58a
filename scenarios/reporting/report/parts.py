"""What a report is made of: sections with sentences, lists, tables, pictures and asides.

Plain records without a word or a tag of their own; `report.py` fills them and the template writes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lang` is that of its words when it is not the report's."""

    words: str
    lang: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences; `lang` is that of its words when it is not the report's."""

    items: Sequence[str]
    lang: str = ""
    kind: str = "bullets"


@dataclass(frozen=True)
class Grid:
    """A table: its caption, the heads of its columns, and rows of which the first cell is a head."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    kind: str = "grid"


@dataclass(frozen=True)
class Picture:
    """A figure: its image on disk, what it shows for who cannot see it, and its caption."""

    path: Path
    alternative: str
    caption: str
    kind: str = "picture"


@dataclass(frozen=True)
class Aside:
    """Blocks that are folded away on the screen; in print they are left out unless `printed`."""

    title: str
    blocks: Sequence["Block"]
    printed: bool = False
    kind: str = "aside"


Block = Paragraph | Bullets | Grid | Picture | Aside


@dataclass(frozen=True)
class Section:
    """A section: a name for links, its heading and its blocks."""

    name: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)
