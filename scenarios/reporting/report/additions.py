"""What stands next to a run in its report: comparable municipalities, claims, and one household."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.common.errors import ConfigurationError, convert_read_errors, one_sentence
from scenarios.common.files import checksum, misfit, read_json, read_regular
from scenarios.reporting import texts
from scenarios.reporting.figures.story import describe
from scenarios.reporting.figures.style import Drawing
from scenarios.reporting.report.sentences import (
    Aside,
    Block,
    Bullets,
    Columns,
    Grid,
    Paragraph,
    Picture,
    Section,
    said,
    sentences_together,
    with_interval,
)
from scenarios.reporting.stories.text import (
    DOCUMENT,
    STORY_SCHEMA,
    TABLES,
    log_text,
    read_story,
    story_text,
)
from scenarios.reporting.summary.comparison import OUTCOMES_IN_TEXT
from scenarios.reporting.systems import systems
from scenarios.reporting.texts import LANGUAGES, claims, number, place
from scenarios.reporting.texts.claims import claim_verdict, statement_sentence
from scenarios.reporting.texts.comparison_texts import (
    figure_word,
    figure_written,
    outcome_words,
    title,
    years,
)
from scenarios.reporting.texts.story_words import listed
from simulation.outcomes.comparison import (
    COMPARE_TABLES,
    FIGURES,
    OWN,
    municipal_figures,
    municipality_names,
    similarity_table,
)
from simulation.outcomes.intervals import LEVEL, Interval
from simulation.recording.store import Run, open_run

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
    expected = "a table of landingsbaan story"
    for name in TABLES:
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise ValueError(f"{folder} is incomplete: {path.name} is missing")
        if checksum(read_regular(path, expected)) != document["files"].get(path.name):
            raise ValueError(f"{path} differs from what the story wrote: its checksum is another")
    with _reading(folder):
        story = read_story(folder)
        for language in LANGUAGES:
            story_blocks(story[0], story, None, language)
            story_drawing(story, language)
    return story


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Convert errors while an addition is put into words, so that the message names its own folder."""
    with convert_read_errors(folder):
        try:
            yield
        except ConfigurationError:
            raise
        except ValueError as error:
            raise ConfigurationError(
                f"{folder} is not as landingsbaan writes it ({one_sentence(error)})"
            ) from None


def _document(folder: Path) -> dict[str, Any] | None:
    """Return what describes a story, or None when the folder holds none that can be read."""
    try:
        document = read_json(folder / DOCUMENT)
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
    for heading, words in sections_of(log_text(document, tables, language)):
        lines.append(Paragraph(heading, kind="heading"))
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


COMPARABLE, EFFECTS = "comparable.json", "effects.csv"
COMPARABLE_SHAPE = {"municipalities": [str, ...], "names": dict, "policy": {"en": str, "nl": str},
                    "result_version": str, "replications": int, "first_year": int,
                    "last_year": int}  # fmt: skip
NEAREST = 3

# What describes a result of `landingsbaan comparable`, and its effects.
Comparable = tuple[dict[str, Any], pd.DataFrame]


def open_comparison(folder: Path) -> Run:
    """Return a comparison; ValueError when the folder holds none that is whole."""
    if not (folder / "outcomes.parquet").is_file():
        raise ValueError(
            f"{folder} is not a comparison of systems: expected a folder of landingsbaan compare"
        )
    return open_run(folder, COMPARE_TABLES)


def open_claims(folder: Path) -> dict[str, Any]:
    """Return a finished study of claims; ValueError when the folder holds none that is whole."""
    study = claims.open_claims(folder)
    with _reading(folder):
        for language in LANGUAGES:
            claims_section(study, language)
    return study


def as_interval(row: pd.Series) -> Interval:
    """Return a row of a comparison as an interval."""
    return Interval(float(row["mean"]), float(row["low"]), float(row["high"]), float(row["positive"]),
                    float(row["negative"]), LEVEL, int(row["replications"]))  # fmt: skip


def open_comparable(folder: Path) -> Comparable:
    """Return what `landingsbaan comparable` wrote; ValueError when the folder holds none that is whole."""
    expected = f"{folder} is not a result of landingsbaan comparable: expected its {COMPARABLE} and {EFFECTS}"
    try:
        document = read_json(folder / COMPARABLE)
        effects = pd.read_csv(io.BytesIO(read_regular(folder / EFFECTS)))
    except (OSError, ValueError):
        raise ValueError(expected) from None
    if misfit(document, COMPARABLE_SHAPE):
        raise ValueError(expected)
    with _reading(folder):
        for language in LANGUAGES:
            _effects(document, effects, language)
    return document, effects


def find_comparable(run: dict[str, Any], root: Path) -> Path | None:
    """Return the newest result under `root` about the municipality, policy and result version of a run."""
    found = []
    for path in root.glob(f"*/{COMPARABLE}"):
        try:
            document, _ = open_comparable(path.parent)
        except ValueError:
            continue
        if (document["municipalities"][0] == run.get("municipality_slug")
                and document["policy"]["en"] == texts.policy_of(run, "en")
                and document["result_version"] == run["result_version"]):  # fmt: skip
            found.append(path)
    return max(found, key=lambda path: path.stat().st_mtime).parent if found else None


def nearest_slugs(slug: str) -> list[str]:
    """Return the municipalities of the data most like this one; none for a made-up municipality."""
    return list(similarity_table([slug])["other"].head(NEAREST))


def others_section(run: Run, comparable: Comparable | None, comparison: Run | None, language: str) -> Section:
    """Return the municipalities most like this one: who lives there, how care is organised, what is known."""
    slug = str(run.document.get("municipality_slug", ""))
    near = nearest_slugs(slug)
    blocks: list[Block] = []
    if near:
        names = municipality_names()
        words = {"municipality": run.document["municipality"],
                 "near": listed([names[each] for each in near], language)}  # fmt: skip
        blocks += [Paragraph(said("alike", language, **words)), _people_grid([slug, *near], language)]
        blocks += _organisation([slug, *near], language)
    else:
        blocks.append(Paragraph(said("no_others", language)))
    if comparable is not None:
        blocks += _effects(*comparable, language)
    if comparison is not None:
        with _reading(comparison.folder):
            blocks += _compared(run, comparison, language)
    return Section("others", said("others_title", language), tuple(blocks))


def _people_grid(slugs: list[str], language: str) -> Grid:
    """Return who lives in some municipalities, side by side."""
    figures, names = municipal_figures(), municipality_names()
    rows = [
        [figure_word(each, language), *(figure_written(float(figures.loc[slug, each]), each, language)
                                        for slug in slugs)]
        for each in FIGURES
    ]  # fmt: skip
    heads = [said("figure", language), *(names[slug] for slug in slugs)]
    return Grid(said("people_beside", language), heads, rows)


@cache
def _particulars() -> dict[str, list[dict[str, str]]]:
    """Return what the sources say of how care is organised, by municipality, in both languages."""
    found: dict[str, list[dict[str, str]]] = {}
    for content in systems().values():
        if content["particulars"]:
            found.setdefault(content["municipality"], content["particulars"])
    return found


def _organisation(slugs: list[str], language: str) -> list[Block]:
    """Return how care is organised in the municipalities that have a description of their own."""
    names, known = municipality_names(), _particulars()
    found = {slug: [each[language] for each in known[slug]] for slug in slugs if slug in known}
    without = [names[slug] for slug in slugs if slug not in found]
    blocks: list[Block] = [
        Aside(said("organised", language, municipality=names[slug]), (Bullets(found[slug]),), printed=True)
        for slug in slugs
        if slug in found
    ]
    if without:
        blocks.append(Paragraph(said("not_described", language, names=listed(without, language))))
    return blocks


def _effects(document: dict[str, Any], effects: pd.DataFrame, language: str) -> list[Block]:
    """Return what the same policy does in the municipalities, each with its own organisation."""
    own = effects[effects["organisation"] == OWN]
    slugs = [each for each in document["municipalities"] if (own["municipality"] == each).any()]
    rows = []
    for outcome in (each for each in OUTCOMES_IN_TEXT if (own["outcome"] == each).any()):
        of = own[own["outcome"] == outcome].set_index("municipality")
        cells = [with_interval(as_interval(of.loc[slug]), language) for slug in slugs]
        rows.append([", ".join(outcome_words(outcome, language)), *cells])
    heads = [said("outcome", language), *(document["names"][slug] for slug in slugs)]
    count = texts.replications(document["replications"], language)
    caption = said("effects_beside", language, policy=document["policy"][language], replications=count,
                   first=document["first_year"], last=document["last_year"])  # fmt: skip
    return [Grid(caption, heads, rows)]


def _compared(run: Run, comparison: Run, language: str) -> list[Block]:
    """Return the systems in their own municipalities, and what differs by policy alone."""
    order = comparison.document["systems"]
    names = [title(comparison, each, language) for each in order]
    first, last = years(comparison)
    count = texts.replications(comparison.document["replications"], language)
    blocks: list[Block] = [
        Paragraph(said("compared", language, systems=listed(names, language), first=first, last=last,
                       replications=count))
    ]  # fmt: skip
    if run.document.get("system") not in order:
        where = texts.place(run.document["municipality"], language)
        blocks.append(Paragraph(said("not_compared", language, municipality=where)))
    differences = comparison.table("differences")
    for system in order[1:]:
        rows = differences[differences["system"] == system].set_index("outcome")
        found = [_beside(comparison, system, each, rows.loc[each], language)
                 for each in OUTCOMES_IN_TEXT if each in rows.index]  # fmt: skip
        blocks.append(Paragraph(said("beside", language, system=title(comparison, system, language),
                                     reference=names[0]), kind="heading"))  # fmt: skip
        blocks.append(Bullets(sentences_together("beside", found, language)))
    return [*blocks, _own_grid(comparison, names, language)]


def _beside(
    comparison: Run, system: str, outcome: str, row: pd.Series, language: str
) -> tuple[str, Interval, dict[str, str]]:
    """Return one outcome of a system next to the first one: its name, interval and words."""
    name, unit = outcome_words(outcome, language)
    words = {"system": title(comparison, system, language), "outcome": name, "unit": unit,
             "reference": title(comparison, comparison.document["systems"][0], language)}  # fmt: skip
    return name, as_interval(row), words


def _own_grid(comparison: Run, names: list[str], language: str) -> Grid:
    """Return the outcomes of each system in its own municipality."""
    table = comparison.table("systems")
    own = table[table["place"] == OWN]
    rows = []
    for outcome in OUTCOMES_IN_TEXT:
        of = own[own["outcome"] == outcome].set_index("system")
        if len(of):
            cells = [
                with_interval(as_interval(of.loc[each]), language) for each in comparison.document["systems"]
            ]
            rows.append([", ".join(outcome_words(outcome, language)), *cells])
    return Grid(said("own_caption", language), [said("outcome", language), *names], rows)


def claims_section(study: dict[str, Any], language: str) -> Section:
    """Return the verdicts on the claims, each with what was found."""
    rows = [
        [f"{each['id']}: {each['title'][language]}", claim_verdict(each, language),
         texts.number(each.get("replications", 0), language)]
        for each in study["claims"]
    ]  # fmt: skip
    heads = [said(key, language) for key in ("claim", "claim_verdict", "claim_replications")]
    found = [
        f"{each['id']}. {row[f'text_{language}']} {statement_sentence(row, language)}"
        for each in study["claims"]
        for row in each["statements"]
    ]
    return Section(
        "claims",
        said("claims_title", language),
        (Paragraph(said("claims_how", language)), Grid(said("claims_caption", language), heads, rows),
         Aside(said("claims_aside", language), (Bullets(found),))),
    )  # fmt: skip
