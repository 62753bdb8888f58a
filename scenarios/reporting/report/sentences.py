"""Rules for the sentences of a report: none claims more than the interval allows.

A sentence says "more" or "less" only when the whole interval lies on one side of zero, the mean lies on
that side too, and there are enough replications that chance alone would seldom put them all there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scenarios.common.certainty import is_first_estimate
from scenarios.reporting import texts
from scenarios.reporting.texts.report import WORDS
from scenarios.reporting.texts.story_words import listed
from simulation.outcomes.intervals import Interval

# What a report is made of: sections with sentences, lists, tables, pictures and asides.
#
# Plain records without a word or a tag of their own; `report.py` fills them and the template writes them.


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
    """A figure: its images for a page and for a telephone, its finding as title, and its words.

    Attributes
    ----------
    wide, narrow : Path
        Images on disk.
    title, subtitle, note : str
        The finding; what is measured; how to read it.
    alternative : str
        What it shows, for who cannot see it.
    """

    wide: Path
    narrow: Path
    title: str
    subtitle: str
    note: str
    alternative: str
    kind: str = "picture"


@dataclass(frozen=True)
class Aside:
    """Blocks that are folded away on the screen; in print they are left out unless `printed`."""

    title: str
    blocks: Sequence["Block"]
    printed: bool = False
    kind: str = "aside"


@dataclass(frozen=True)
class Columns:
    """Short texts next to each other, each with its heading."""

    parts: Sequence[tuple[str, str]]
    kind: str = "columns"


Block = Columns | Paragraph | Bullets | Grid | Picture | Aside


@dataclass(frozen=True)
class Section:
    """A section: a name for links, its heading and its blocks."""

    name: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)


MORE, LESS, UNCLEAR, FEW, ONE, SAME = "more", "less", "unclear", "few", "one", "same"
_ZERO: Final = set("0.,\u2212 ")


def said(key: str, language: str, **values: object) -> str:
    """Return a text of the report with its values filled in.

    Examples
    --------
    >>> said("reading_unclear", "nl")
    'onzeker'
    """
    return texts.filled(WORDS, key, language, **values)


def reading(found: Interval, language: str = "en") -> str:
    """Return what may be said of an interval: more, less, unclear, few, one or same.

    Parameters
    ----------
    found : Interval
        Mean and interval over replications.
    language : str
        In which the number will be written: what is written as zero is not called more or less.

    Examples
    --------
    >>> from simulation.outcomes.intervals import interval
    >>> reading(interval([1.0, 2.0] * 5)), reading(interval([-1.0, 2.0] * 5))
    ('more', 'unclear')
    >>> reading(interval([1.0, 2.0])), reading(interval([1.0])), reading(interval([0.0, 0.0]))
    ('few', 'one', 'same')
    """
    if found.count < 2:
        return ONE
    if found.positive == found.negative == 0.0:
        return SAME
    if is_first_estimate(found.count):
        return FEW
    agrees = found.sign * found.mean > 0.0
    words = texts.three(found.mean, found.low, found.high, language)
    if not found.sign or not agrees or set(words["mean"]) <= _ZERO:
        return UNCLEAR
    return MORE if found.sign > 0 else LESS


def sentence_of(topic: str, found: Interval, language: str, **values: object) -> str:
    """Return the sentence of a topic that the interval allows.

    Parameters
    ----------
    topic : str
        What it is about; `texts/report.py` has its subject, unit, and its words for more and less.
    found : Interval
        Mean and interval over replications.
    language : str
        "en" or "nl".
    **values
        What else the topic's words name.
    """
    kind = reading(found, language)
    if kind in (MORE, LESS):
        return texts.capital(said(f"{topic}_{kind}", language, **values, **sizes(found, language)))
    unit = said(f"{topic}_unit", language, **values)
    subject = said(f"{topic}_subject", language, **values)
    numbers = texts.three(found.mean, found.low, found.high, language, sign=kind in (UNCLEAR, FEW))
    return texts.capital(said(f"told_{kind}", language, subject=subject, unit=unit, count=found.count,
                        **numbers))  # fmt: skip


def sentences_together(topic: str, found: Sequence[tuple[str, Interval, Mapping[str, object]]],
                       language: str) -> list[str]:  # fmt: skip
    """Return a sentence for each difference from zero beyond doubt, and one for all others of a kind.

    Parameters
    ----------
    topic : str
        As in `sentence_of`.
    found : sequence of (name, Interval, values)
        Name in a sentence, interval, and what else the topic's words name.
    language : str
        "en" or "nl".
    """
    sentences, names_by_kind = [], dict[str, list[str]]()
    for name, each, values in found:
        kind = reading(each, language)
        if kind in (MORE, LESS):
            sentences.append(sentence_of(topic, each, language, **values))
        else:
            names_by_kind.setdefault(kind, []).append(name)
    count = found[0][1].count if found else 0
    return sentences + [
        said(f"together_{kind}", language, names=listed(names, language), count=count)
        for kind, names in names_by_kind.items()
    ]


def sizes(found: Interval, language: str) -> dict[str, str]:
    """Return size and interval without sign, for words that say the sign themselves.

    Examples
    --------
    >>> from simulation.outcomes.intervals import interval
    >>> sizes(interval([-1.0, -2.0, -3.0]), "en")
    {'size': '2.0', 'low': '1.1', 'high': '2.9'}
    """
    turned = -1.0 if found.sign < 0 else 1.0
    low, high = sorted((turned * found.low, turned * found.high))
    numbers = texts.three(turned * found.mean, low, high, language)
    return {"size": numbers["mean"], "low": numbers["low"], "high": numbers["high"]}


def with_interval(found: Interval, language: str) -> str:
    """Return a mean with its interval, as it stands in a table.

    Examples
    --------
    >>> from simulation.outcomes.intervals import interval
    >>> with_interval(interval([1.0, 3.0]), "en"), with_interval(interval([1.0]), "nl")
    ('2.0 (1.1 to 2.9)', '1,0')
    """
    numbers = texts.three(found.mean, found.low, found.high, language)
    return said("banded", language, **numbers) if found.count > 1 else numbers["mean"]


def verdict(found: Interval, language: str, more: str = MORE, less: str = LESS) -> str:
    """Return what a row of a table may say in its last cell.

    Examples
    --------
    >>> from simulation.outcomes.intervals import interval
    >>> verdict(interval([-3.0, -2.0] * 5), "en", less="saves")
    'saves'
    """
    kind = reading(found, language)
    return said(f"reading_{(more if kind == MORE else less if kind == LESS else kind)}", language)
